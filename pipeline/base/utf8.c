/* utf8.c — strict UTF-8 and the text rules of the house on top of utf8proc (the only file that includes it).
 *
 * Checking looks at 16 bytes at a time through GCC's portable vectors: a delivery is nearly all ASCII. Unicode properties come
 * from utf8proc; the blocks that Vietnamese lives in are known to be assigned and skip the look-up.
 * Collation is by syllable, as Vietnamese dictionaries sort: letters of the syllable, then its tone; case last of all. */
#include "base/utf8.h"
#include <stdlib.h>
#include <utf8proc.h>

/* ---- decoding ------------------------------------------------------------------------------------------------------ */

/* One code point by the table of well-formed byte sequences (Unicode 3.9, table 3-7). @return bytes, 0 if ill-formed. */
static size_t decode(const unsigned char *p, size_t n, uint32_t *cp)
{
    unsigned char c = p[0];
    if (c < 0x80) {
        *cp = c;
        return 1;
    }
    if (c < 0xC2 || c > 0xF4) {
        return 0;
    }
    size_t len = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (n < len) {
        return 0;
    }
    uint32_t v = c & (0x7Fu >> len);
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            return 0;
        }
        v = v << 6 | (p[i] & 0x3Fu);
    }
    static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
    if (v < least[len] || v > 0x10FFFF || (v >= 0xD800 && v <= 0xDFFF)) {
        return 0;
    }
    *cp = v;
    return len;
}

uint32_t gb_utf8_next(const char **p, const char *end)
{
    if (*p >= end) {
        return 0;
    }
    uint32_t cp;
    size_t len = decode((const unsigned char *)*p, (size_t)(end - *p), &cp);
    gb_assert(len > 0); /* the contract: valid text only */
    *p += len;
    return cp;
}

size_t gb_utf8_encode(uint32_t cp, char out[4])
{
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)out);
}

size_t gb_utf8_length(const char *s)
{
    size_t n = 0;
    for (; *s; s++) {
        n += ((unsigned char)*s & 0xC0) != 0x80;
    }
    return n;
}

/* ---- checking ------------------------------------------------------------------------------------------------------ */

typedef uint8_t bytes16 __attribute__((vector_size(16)));
typedef uint64_t words2 __attribute__((vector_size(16)));

/* 16 bytes of printable ASCII, tab, CR, LF? */
static inline bool plain16(const char *p)
{
    bytes16 v;
    memcpy(&v, p, sizeof v);
    bytes16 bad = (bytes16)((v < 0x20) & (v != '\t') & (v != '\n') & (v != '\r')) | (bytes16)(v >= 0x7F);
    words2 w = (words2)bad;
    return (w[0] | w[1]) == 0;
}

static bool is_bidi(uint32_t cp)
{
    return (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0x200E || cp == 0x200F || cp == 0x061C;
}

static bool is_zero_width(uint32_t cp)
{
    return (cp >= 0x200B && cp <= 0x200D) || (cp >= 0x2060 && cp <= 0x2064) || cp == 0xFEFF || cp == 0x180E;
}

static enum gb_text_fault classify(uint32_t cp)
{
    if (cp < 0x20) {
        return cp == 0 ? GB_TEXT_NUL : cp == '\t' || cp == '\n' || cp == '\r' ? GB_TEXT_OK : GB_TEXT_CONTROL;
    }
    if (cp < 0x7F || (cp >= 0xA0 && cp < 0x370) || (cp >= 0x1E00 && cp < 0x1F00)) {
        return GB_TEXT_OK;
    }
    if (cp < 0xA0) {
        return GB_TEXT_CONTROL;
    }
    if (is_bidi(cp)) {
        return GB_TEXT_BIDI;
    }
    if (is_zero_width(cp)) {
        return GB_TEXT_ZERO_WIDTH;
    }
    return utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_CN ? GB_TEXT_UNASSIGNED : GB_TEXT_OK;
}

enum gb_text_fault gb_text_check(const char *p, size_t n, size_t *at)
{
    size_t i = 0;
    while (i < n) {
        if (n - i >= 16 && plain16(p + i)) {
            i += 16;
            continue;
        }
        size_t stop = n - i >= 16 ? i + 16 : n; /* look at these one by one, then at blocks again */
        while (i < stop) {
            uint32_t cp;
            size_t len = decode((const unsigned char *)p + i, n - i, &cp);
            enum gb_text_fault f = len == 0 ? GB_TEXT_BAD_UTF8 : classify(cp);
            if (f != GB_TEXT_OK) {
                if (at) {
                    *at = i;
                }
                return f;
            }
            i += len;
        }
    }
    return GB_TEXT_OK;
}

const char *gb_text_fault_vi(enum gb_text_fault f)
{
    switch (f) {
    case GB_TEXT_OK: return "hợp lệ";
    case GB_TEXT_BAD_UTF8: return "không phải UTF-8";
    case GB_TEXT_NUL: return "có byte 0";
    case GB_TEXT_CONTROL: return "có ký tự điều khiển";
    case GB_TEXT_BIDI: return "có ký tự đổi chiều viết";
    case GB_TEXT_ZERO_WIDTH: return "có ký tự không có bề rộng (vô hình)";
    case GB_TEXT_UNASSIGNED: return "có mã ký tự chưa được Unicode gán";
    }
    gb_bug("text fault");
}

/* ---- normal form --------------------------------------------------------------------------------------------------- */

/* Unchanged by NFC whatever surrounds it? (Block-wise, so a "no" only costs time.) */
static bool surely_nfc(uint32_t cp)
{
    return cp < 0x300 || (cp >= 0x1EA0 && cp <= 0x1EF9) || (cp >= 0x2010 && cp <= 0x2046) || (cp >= 0x20A0 && cp <= 0x20C0);
}

static bool looks_nfc(const char *s, size_t n)
{
    const char *end = s + n;
    while (s < end) {
        if ((unsigned char)*s < 0x80) {
            s++;
        } else if (!surely_nfc(gb_utf8_next(&s, end))) {
            return false;
        }
    }
    return true;
}

/* utf8proc_map into the arena. */
static char *map_text(struct gb_arena *a, const char *s, size_t n, utf8proc_option_t options, size_t *out_n)
{
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t m = utf8proc_map((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, &mapped, options);
    if (m == UTF8PROC_ERROR_NOMEM) {
        gb_oom();
    }
    gb_assert(m >= 0);
    char *copy = gb_strndup(a, (const char *)mapped, (size_t)m);
    free(mapped);
    if (out_n) {
        *out_n = (size_t)m;
    }
    return copy;
}

char *gb_nfc(struct gb_arena *a, const char *s, size_t n)
{
    if (looks_nfc(s, n)) {
        return gb_strndup(a, s, n);
    }
    return map_text(a, s, n, UTF8PROC_STABLE | UTF8PROC_COMPOSE, NULL);
}

bool gb_is_nfc(const char *s, size_t n)
{
    if (looks_nfc(s, n)) {
        return true;
    }
    struct gb_arena a;
    gb_arena_init(&a, 0);
    size_t m;
    char *nfc = map_text(&a, s, n, UTF8PROC_STABLE | UTF8PROC_COMPOSE, &m);
    bool same = m == n && memcmp(nfc, s, n) == 0;
    gb_arena_release(&a);
    return same;
}

/* ---- folding ------------------------------------------------------------------------------------------------------- */

#define DECOMPOSED_MAX 8

static int decompose(uint32_t cp, utf8proc_int32_t out[DECOMPOSED_MAX])
{
    if (cp < 0x80) {
        out[0] = (utf8proc_int32_t)cp;
        return 1;
    }
    int boundclass = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)cp, out, DECOMPOSED_MAX, UTF8PROC_DECOMPOSE, &boundclass);
    if (n < 1 || n > DECOMPOSED_MAX) {
        out[0] = (utf8proc_int32_t)cp;
        return 1;
    }
    return (int)n;
}

static bool is_mark(uint32_t cp)
{
    return cp >= 0x300 && utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_MN;
}

static bool is_space(uint32_t cp)
{
    return cp == ' ' || (cp >= '\t' && cp <= '\r') ||
           (cp >= 0x80 && utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_ZS);
}

static uint32_t lower(uint32_t cp)
{
    if (cp < 0x80) {
        return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    }
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

static void add_cp(struct gb_buf *b, uint32_t cp)
{
    char bytes[4];
    gb_buf_add(b, bytes, gb_utf8_encode(cp, bytes));
}

static char *detach(struct gb_arena *a, struct gb_buf *b)
{
    char *s = gb_buf_copy(a, b);
    gb_buf_release(b);
    return s;
}

char *gb_fold_search(struct gb_arena *a, const char *s)
{
    struct gb_buf b = { 0 };
    const char *end = s + strlen(s);
    bool gap = false;
    uint32_t cp;
    while ((cp = gb_utf8_next(&s, end)) != 0) {
        if (is_space(cp)) {
            gap = b.n > 0;
            continue;
        }
        utf8proc_int32_t parts[DECOMPOSED_MAX];
        int n = decompose(cp, parts);
        for (int i = 0; i < n; i++) {
            uint32_t c = lower((uint32_t)parts[i]);
            if (is_mark(c)) {
                continue;
            }
            if (gap) {
                gb_buf_addc(&b, ' ');
                gap = false;
            }
            add_cp(&b, c == 0x111 ? 'd' : c);
        }
    }
    return detach(a, &b);
}

static int tone_rank(uint32_t cp)
{
    switch (cp) {
    case 0x300: return 1; /* huyền */
    case 0x309: return 2; /* hỏi */
    case 0x303: return 3; /* ngã */
    case 0x301: return 4; /* sắc */
    case 0x323: return 5; /* nặng */
    default: return 0;
    }
}

/* A base letter of the decomposed text and what stands on it. */
struct letter {
    uint32_t base, tone;
    const char *marks; /* other marks, in order, borrowed from the decomposed text */
    bool shaped;       /* has marks other than the tone */
};

static bool moves_tone(uint32_t first, uint32_t second)
{
    return (first == 'o' && (second == 'a' || second == 'e')) || (first == 'u' && second == 'y');
}

static void add_letter(struct gb_buf *b, const struct letter *l, const char *end)
{
    if (l->base == 0) {
        return;
    }
    add_cp(b, l->base);
    for (const char *p = l->marks; p < end;) {
        uint32_t cp = gb_utf8_next(&p, end);
        if (!is_mark(cp)) {
            break;
        }
        if (!tone_rank(cp)) {
            add_cp(b, cp);
        }
    }
    if (l->tone) { /* after circumflex, breve, horn: only in this order do they compose */
        add_cp(b, l->tone);
    }
}

/* Move the tone of the first vowel of "oa oe uy" to the second: hóa -> hoá. Both spellings then read the same, and the tone of
 * closed syllables (hoàn, thuyền), which both spellings write on the second vowel, stays where it is. */
char *gb_fold_tone_place(struct gb_arena *a, const char *s)
{
    struct gb_arena scratch;
    gb_arena_init(&scratch, 0);
    size_t n;
    const char *p = map_text(&scratch, s, strlen(s), UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, &n);
    const char *end = p + n;
    struct gb_buf b = { 0 };
    struct letter prev = { 0 }, cur = { 0 };
    uint32_t cp;
    while ((cp = gb_utf8_next(&p, end)) != 0) {
        if (is_mark(cp) && cur.base) {
            if (tone_rank(cp) && !cur.tone) {
                cur.tone = cp;
            } else {
                cur.shaped = true;
            }
            continue;
        }
        if (prev.tone && !prev.shaped && !cur.tone && moves_tone(prev.base, cur.base)) {
            cur.tone = prev.tone;
            prev.tone = 0;
        }
        add_letter(&b, &prev, end);
        prev = cur;
        cur = (struct letter){ .base = lower(cp), .marks = p };
    }
    if (prev.tone && !prev.shaped && !cur.tone && moves_tone(prev.base, cur.base)) {
        cur.tone = prev.tone;
        prev.tone = 0;
    }
    add_letter(&b, &prev, end);
    add_letter(&b, &cur, end);
    char *nfc = gb_nfc(a, b.p ? b.p : "", b.n);
    gb_buf_release(&b);
    gb_arena_release(&scratch);
    return nfc;
}

char *gb_upper(struct gb_arena *a, const char *s)
{
    struct gb_buf b = { 0 };
    const char *end = s + strlen(s);
    uint32_t cp;
    while ((cp = gb_utf8_next(&s, end)) != 0) {
        add_cp(&b, (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp));
    }
    return detach(a, &b);
}

char *gb_capitalise(struct gb_arena *a, const char *s)
{
    struct gb_buf b = { 0 };
    const char *end = s + strlen(s);
    uint32_t cp = gb_utf8_next(&s, end);
    if (cp) {
        add_cp(&b, (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp));
    }
    gb_buf_add(&b, s, (size_t)(end - s));
    return detach(a, &b);
}

/* ---- collation ----------------------------------------------------------------------------------------------------- */

/* Pending code points of the text, decomposed one source character at a time. */
struct reader {
    const char *p, *end;
    utf8proc_int32_t part[DECOMPOSED_MAX];
    int part_i, n_parts;
};

static uint32_t peek(struct reader *r)
{
    if (r->part_i == r->n_parts) {
        uint32_t cp = gb_utf8_next(&r->p, r->end);
        if (cp == 0) {
            return 0;
        }
        r->n_parts = decompose(cp, r->part);
        r->part_i = 0;
    }
    return (uint32_t)r->part[r->part_i];
}

struct element {
    uint32_t letter, tone;
    bool upper;
};

/* Primary weight: punctuation, digits, then letters a ă â b c d đ e ê ... in the order of CLDR `vi`, then everything else. */
static uint32_t letter_weight(uint32_t base, bool breve, bool circumflex, bool horn)
{
    if (base < 0x80) {
        if (base >= 'a' && base <= 'z') {
            return 0x2000 + (base - 'a') * 4 + (breve ? 1 : circumflex ? 2 : horn ? 3 : 0);
        }
        return base >= '0' && base <= '9' ? 0x1000 + base : 0x100 + base;
    }
    return base == 0x111 ? 0x2000 + ('d' - 'a') * 4 + 1 : 0x10000 + base;
}

/* Next letter of the syllable with its marks. @return false at a blank or the end. */
static bool next_element(struct reader *r, struct element *out)
{
    uint32_t cp = peek(r);
    if (cp == 0 || is_space(cp)) {
        return false;
    }
    r->part_i++;
    uint32_t base = lower(cp);
    bool breve = false, circumflex = false, horn = false;
    out->upper = base != cp;
    out->tone = 0;
    for (cp = peek(r); is_mark(cp); cp = peek(r)) {
        r->part_i++;
        int rank = tone_rank(cp);
        breve = breve || cp == 0x306;
        circumflex = circumflex || cp == 0x302;
        horn = horn || cp == 0x31B;
        if (rank) {
            out->tone = (uint32_t)rank;
        } else if (cp != 0x306 && cp != 0x302 && cp != 0x31B) {
            out->tone = out->tone * 0x1000 + (cp - 0x2F0); /* foreign marks after the tones */
        }
    }
    out->letter = letter_weight(base, breve, circumflex, horn);
    return true;
}

static void skip_blanks(struct reader *r)
{
    for (uint32_t cp = peek(r); cp != 0 && is_space(cp); cp = peek(r)) {
        r->part_i++;
    }
}

/* One syllable against another: letters, then tones. *by_case keeps the first difference of case over the whole text. */
static int compare_syllable(struct reader *x, struct reader *y, int *by_case)
{
    int by_tone = 0;
    for (;;) {
        struct element a, b;
        bool has_a = next_element(x, &a), has_b = next_element(y, &b);
        if (!has_a || !has_b) {
            return has_a != has_b ? (has_a ? 1 : -1) : by_tone;
        }
        if (a.letter != b.letter) {
            return a.letter < b.letter ? -1 : 1;
        }
        if (by_tone == 0 && a.tone != b.tone) {
            by_tone = a.tone < b.tone ? -1 : 1;
        }
        if (*by_case == 0 && a.upper != b.upper) {
            *by_case = a.upper ? 1 : -1;
        }
    }
}

int gb_collate_vi(const char *a, const char *b)
{
    struct reader x = { .p = a, .end = a + strlen(a) }, y = { .p = b, .end = b + strlen(b) };
    int by_case = 0;
    for (;;) {
        skip_blanks(&x);
        skip_blanks(&y);
        bool more_x = peek(&x) != 0, more_y = peek(&y) != 0;
        if (!more_x || !more_y) {
            if (more_x != more_y) {
                return more_x ? 1 : -1;
            }
            break;
        }
        int d = compare_syllable(&x, &y, &by_case);
        if (d != 0) {
            return d;
        }
    }
    return by_case != 0 ? by_case : strcmp(a, b);
}
