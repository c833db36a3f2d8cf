/* csv.c — RFC 4180. The reader looks for delimiter, line feed and quote together, eight bytes at a time, without calls: fields
 * of a delivery are four to twenty bytes, where memchr costs more than it saves. Only quoted fields use memchr.
 *
 * Fields with doubled quotes are unescaped into `scratch`, which may move while the row grows; until the row ends such a field
 * holds an offset, marked in a bit set, and becomes a pointer at the end. */
#include "base/csv.h"
#include "base/decimal.h"

#define ONES UINT64_C(0x0101010101010101)
#define TOPS UINT64_C(0x8080808080808080)

void gb_csv_init(struct gb_csv *c, const char *p, size_t n, char delimiter)
{
    *c = (struct gb_csv){ .p = p, .end = n ? p + n : p, .delimiter = delimiter, .next_line = 1 };
    if (n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) {
        c->p += 3;
    }
}

void gb_csv_release(struct gb_csv *c)
{
    gb_buf_release(&c->scratch);
}

/* High bit of each zero byte of w; exact up to and including the lowest one, which is all we use. */
static inline uint64_t zero_bytes(uint64_t w)
{
    return (w - ONES) & ~w & TOPS;
}

static inline uint64_t load8(const char *p)
{
    uint64_t w;
    memcpy(&w, p, sizeof w);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap64(w);
#endif
    return w;
}

/* First delimiter, line feed or quote at or after p; end if none. */
static inline const char *find_special(const char *p, const char *end, char delimiter)
{
    const uint64_t d = ONES * (unsigned char)delimiter, lf = ONES * '\n', quote = ONES * '"';
    for (; end - p >= 8; p += 8) {
        uint64_t w = load8(p);
        uint64_t hit = zero_bytes(w ^ d) | zero_bytes(w ^ lf) | zero_bytes(w ^ quote);
        if (hit) {
            return p + (__builtin_ctzll(hit) >> 3);
        }
    }
    while (p < end && *p != delimiter && *p != '\n' && *p != '"') {
        p++;
    }
    return p;
}

static int64_t count_lines(const char *p, const char *end)
{
    int64_t n = 0;
    while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
        n++;
        p++;
    }
    return n;
}

static enum gb_csv_status fail(struct gb_csv *c, enum gb_csv_status why)
{
    c->p = c->end; /* the reader cannot know where the next row begins */
    return why;
}

/* What a quoted field came to. */
struct quoted {
    struct gb_str text;
    bool in_scratch;
    enum gb_csv_status status;
};

/* p is after the opening quote. Leaves c->p after the closing one. */
static struct quoted read_quoted(struct gb_csv *c)
{
    struct quoted q = { .status = GB_CSV_ROW };
    const char *start = c->p, *p = start;
    size_t at = c->scratch.n;
    for (;;) {
        const char *hit = p < c->end ? memchr(p, '"', (size_t)(c->end - p)) : NULL;
        if (!hit) {
            q.status = GB_CSV_UNCLOSED_QUOTE;
            return q;
        }
        if (hit + 1 == c->end || hit[1] != '"') {
            if (q.in_scratch) {
                gb_buf_add(&c->scratch, p, (size_t)(hit - p));
            }
            c->p = hit + 1;
            break;
        }
        q.in_scratch = true;
        gb_buf_add(&c->scratch, p, (size_t)(hit + 1 - p));
        p = hit + 2;
        if (c->scratch.n - at > GB_CSV_MAX_FIELD_BYTES) {
            q.status = GB_CSV_FIELD_TOO_LONG;
            return q;
        }
    }
    const char *close = c->p - 1, *next = c->p;
    int64_t lines = count_lines(start, close);
    bool ends =
        next == c->end || *next == c->delimiter || *next == '\n' || (*next == '\r' && c->end - next > 1 && next[1] == '\n');
    if (!ends) { /* a quote that swallowed lines and ends in the middle of one was most likely never closed */
        q.status = lines ? GB_CSV_UNCLOSED_QUOTE : GB_CSV_STRAY_QUOTE;
        return q;
    }
    c->next_line += lines;
    q.text = q.in_scratch ? (struct gb_str){ NULL, c->scratch.n - at } : (struct gb_str){ start, (size_t)(close - start) };
    return q;
}

/* Fields that were unescaped get their pointers, now that the scratch no longer moves. They lie in it one after the other. */
static void settle(struct gb_csv *c, const uint64_t in_scratch[4])
{
    const char *p = c->scratch.p;
    for (int i = 0; i < c->n_fields; i++) {
        if (in_scratch[i >> 6] >> (i & 63) & 1) {
            c->field[i].p = p;
            p += c->field[i].n;
        }
    }
}

enum gb_csv_status gb_csv_next(struct gb_csv *c)
{
    if (c->p == c->end) {
        return GB_CSV_END;
    }
    c->line = c->next_line;
    c->n_fields = 0;
    c->scratch.n = 0;
    uint64_t in_scratch[4] = { 0 };
    const char *end = c->end;
    const char delimiter = c->delimiter;
    for (;;) {
        if (c->n_fields == GB_CSV_MAX_FIELDS) {
            return fail(c, GB_CSV_TOO_MANY_FIELDS);
        }
        struct gb_str *f = &c->field[c->n_fields];
        const char *p;
        if (c->p < end && *c->p == '"') {
            c->p++;
            struct quoted q = read_quoted(c);
            if (q.status != GB_CSV_ROW) {
                return fail(c, q.status);
            }
            *f = q.text;
            in_scratch[c->n_fields >> 6] |= (uint64_t)q.in_scratch << (c->n_fields & 63);
            p = c->p;
            if (p < end && *p == '\r') {
                p++;
            }
        } else {
            p = find_special(c->p, end, delimiter);
            if (p < end && *p == '"') {
                return fail(c, GB_CSV_STRAY_QUOTE);
            }
            size_t n = (size_t)(p - c->p);
            n -= n > 0 && p < end && *p == '\n' && p[-1] == '\r';
            *f = (struct gb_str){ c->p, n };
        }
        c->n_fields++;
        if (f->n > GB_CSV_MAX_FIELD_BYTES) {
            return fail(c, GB_CSV_FIELD_TOO_LONG);
        }
        if (p == end || *p == '\n') {
            c->p = p == end ? end : p + 1;
            c->next_line += p != end;
            break;
        }
        c->p = p + 1; /* the delimiter; an empty last field follows when nothing does */
    }
    if (c->scratch.n > 0) {
        settle(c, in_scratch);
    }
    return GB_CSV_ROW;
}

/* ---- writing ------------------------------------------------------------------------------------------------------- */

static void add_field(struct gb_buf *b, bool first, const char *prefix, const char *s)
{
    if (!first) {
        gb_buf_addc(b, ',');
    }
    if (!s[strcspn(s, ",\"\r\n")]) {
        gb_buf_adds(b, prefix);
        gb_buf_adds(b, s);
        return;
    }
    gb_buf_addc(b, '"');
    gb_buf_adds(b, prefix);
    for (; *s; s++) {
        if (*s == '"') {
            gb_buf_addc(b, '"');
        }
        gb_buf_addc(b, *s);
    }
    gb_buf_addc(b, '"');
}

/* Would a spreadsheet run it? By its first character after blanks (also no-break and ideographic ones), ASCII or full width. A
 * whole machine number ("-12.5") is data, not a formula. */
static bool looks_like_formula(const char *s)
{
    if (*s == '\t' || *s == '\r' || *s == '\n') {
        return true;
    }
    int64_t v;
    size_t n = strlen(s);
    if (n < 40 && gb_dec_parse(s, n, '.', 0, GB_SCALE_MAX, &v, NULL) != GB_NUM_SYNTAX) {
        return false;
    }
    for (;;) {
        if (*s == ' ' || *s == '\t' || *s == '\r' || *s == '\n') {
            s++;
        } else if (gb_starts_with(s, "\xC2\xA0")) {
            s += 2;
        } else if (gb_starts_with(s, "\xE3\x80\x80")) {
            s += 3;
        } else {
            break;
        }
    }
    static const char *const wide[] = { "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0", "\xEF\xBD\x9C" };
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        if (gb_starts_with(s, wide[i])) {
            return true;
        }
    }
    return *s && strchr("=+-@|", *s) != NULL;
}

void gb_csv_text(struct gb_buf *b, bool first, const char *s)
{
    if (!s) {
        gb_csv_empty(b, first);
        return;
    }
    add_field(b, first, looks_like_formula(s) ? "'" : "", s);
}

void gb_csv_code(struct gb_buf *b, bool first, const char *s)
{
    add_field(b, first, "", s ? s : "");
}

void gb_csv_number(struct gb_buf *b, bool first, int64_t v, int scale)
{
    char text[40];
    size_t n = gb_dec_exact(v, scale, text);
    if (!first) {
        gb_buf_addc(b, ',');
    }
    gb_buf_add(b, text, n);
}

void gb_csv_empty(struct gb_buf *b, bool first)
{
    if (!first) {
        gb_buf_addc(b, ',');
    }
}

void gb_csv_end(struct gb_buf *b)
{
    gb_buf_add(b, "\r\n", 2);
}
