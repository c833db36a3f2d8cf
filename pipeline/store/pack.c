/* pack.c — delta runs and varints.
 *
 * A delivery is regular: regions walk down the list and start again, periods stay or step by one, statuses hardly change, lines
 * count up. All of that is constant *differences*, so each integer column is stored as runs of equal differences (difference,
 * length), or, where that is longer, as plain differences. Values jump: they are varints, of the value or of the difference,
 * whichever is shorter. A month of 167 communes takes about 2.5 bytes a row. Rejected: a general compressor (4 times the CPU for
 * a fifth less), fixed-width columns (5 times the bytes, and the disk is slower than the varint loop).
 *
 * Bytes: 'G' 'S' version=1 flags | checksum u64 little endian | region | period | status | value | line? | note?
 *   integer column = mode byte (0 differences, 1 runs) then zigzag LEB128 varints; a run is difference, length - 1
 *   value          = mode byte (0 plain, 1 differences), one varint for each row that is not missing
 *   note           = varint count, each as varint length + bytes; then an integer column of 0 = none, i + 1 = note i
 * The checksum covers indicator, freq, scale, n, flags and all columns: a row cannot pass for another one's.
 * Differences wrap modulo 2^64, so every int64 survives.
 */
#include "store/pack.h"

enum { HEAD_BYTES = 12, VERSION = 1, HAS_LINE = 1, HAS_NOTE = 2 };
enum { MODE_PLAIN = 0, MODE_DELTA = 1 }; /* values */
enum { MODE_STEPS = 0, MODE_RUNS = 1 };  /* integer columns */

static uint64_t zig(uint64_t v)
{
    return (v << 1) ^ (0 - (v >> 63));
}
static uint64_t zag(uint64_t v)
{
    return (v >> 1) ^ (0 - (v & 1));
}

static uint64_t load64(const unsigned char *p)
{
    uint64_t v = 0;
    for (int i = 7; i >= 0; i--)
        v = v << 8 | p[i]; /* compilers make one load of it */
    return v;
}

uint64_t gb_pack_sum(uint64_t seed, const void *p, size_t n)
{
    const unsigned char *b = p;
    uint64_t h = seed ^ (uint64_t)n * UINT64_C(0x9E3779B97F4A7C15);
    for (; n >= 8; n -= 8, b += 8) {
        h ^= load64(b) * UINT64_C(0xC2B2AE3D27D4EB4F);
        h = (h << 27 | h >> 37) * UINT64_C(0x9E3779B185EBCA87) + UINT64_C(0x85EBCA77C2B2AE63);
    }
    for (; n; n--, b++)
        h = (h ^ *b) * UINT64_C(0x100000001B3);
    h ^= h >> 33;
    h *= UINT64_C(0xFF51AFD7ED558CCD);
    return h ^ h >> 29;
}

static uint64_t seg_sum(const struct gb_segment *seg, unsigned flags, const void *p, size_t n)
{
    const unsigned char meta[16] = { (unsigned char)seg->freq,
                                     (unsigned char)seg->scale,
                                     (unsigned char)flags,
                                     VERSION,
                                     (unsigned char)(seg->n & 255),
                                     (unsigned char)(seg->n >> 8 & 255),
                                     (unsigned char)(seg->n >> 16 & 255),
                                     (unsigned char)(seg->n >> 24 & 255) };
    uint64_t h = gb_pack_sum(1, seg->indicator, strlen(seg->indicator));
    return gb_pack_sum(gb_pack_sum(h, meta, sizeof meta), p, n);
}

/* ---- writing ------------------------------------------------------------------------------------------------------- */
static unsigned char *put(unsigned char *w, uint64_t v)
{
    while (v >= 128) {
        *w++ = (unsigned char)(v | 128);
        v >>= 7;
    }
    *w++ = (unsigned char)v;
    return w;
}

static size_t width(uint64_t v)
{
    return v < 128 ? 1 : v < 16384 ? 2 : (size_t)(70 - __builtin_clzll(v)) / 7;
}

/* One integer column. Working from a uint64 copy keeps one encoder for four column types. */
static void put_column(struct gb_buf *out, const uint64_t *v, size_t n)
{
    size_t runs = 0;
    uint64_t prev = 0, step = 1; /* any first difference other than 1 opens a run; difference 1 is caught by runs == 0 */
    for (size_t i = 0; i < n; i++) {
        const uint64_t d = v[i] - prev;
        runs += d != step || runs == 0;
        step = d;
        prev = v[i];
    }
    const bool as_runs = runs * 2 <= n;
    gb_buf_reserve(out, 1 + (as_runs ? runs * 20 : n * 10));
    unsigned char *w = (unsigned char *)out->p + out->n;
    *w++ = as_runs ? MODE_RUNS : MODE_STEPS;
    prev = 0;
    for (size_t i = 0; i < n;) {
        const uint64_t d = v[i] - prev;
        w = put(w, zig(d));
        prev = v[i++];
        if (!as_runs)
            continue;
        size_t more = 0;
        while (i < n && v[i] - prev == d) {
            prev = v[i++];
            more++;
        }
        w = put(w, more);
    }
    out->n = (size_t)(w - (unsigned char *)out->p);
}

static void put_values(struct gb_buf *out, const struct gb_segment *seg)
{
    size_t plain = 0, delta = 0;
    uint64_t prev = 0;
    for (size_t i = 0; i < seg->n; i++) {
        if (seg->value[i] == GB_VALUE_MISSING)
            continue;
        const uint64_t v = (uint64_t)seg->value[i];
        plain += width(zig(v));
        delta += width(zig(v - prev));
        prev = v;
    }
    const bool as_delta = delta < plain;
    gb_buf_reserve(out, 1 + (as_delta ? delta : plain));
    unsigned char *w = (unsigned char *)out->p + out->n;
    *w++ = as_delta ? MODE_DELTA : MODE_PLAIN;
    prev = 0;
    for (size_t i = 0; i < seg->n; i++) {
        if (seg->value[i] == GB_VALUE_MISSING)
            continue;
        const uint64_t v = (uint64_t)seg->value[i];
        w = put(w, zig(as_delta ? v - prev : v));
        prev = v;
    }
    out->n = (size_t)(w - (unsigned char *)out->p);
}

static void put_varint(struct gb_buf *out, uint64_t v)
{
    unsigned char b[10];
    gb_buf_add(out, b, (size_t)(put(b, v) - b));
}

/* Notes repeat ("mô hình", "N/A"): each text once, then its number a row. */
static void put_notes(struct gb_arena *scratch, struct gb_buf *out, const struct gb_segment *seg, uint64_t *col)
{
    struct gb_map seen;
    gb_map_init(&seen);
    const char **text = GB_NEW_N(scratch, seg->n, const char *);
    int32_t n = 0;
    for (size_t i = 0; i < seg->n; i++) {
        const char *t = seg->note[i];
        col[i] = 0;
        if (!t || !*t)
            continue;
        if (gb_map_put(&seen, t, strlen(t), n)) {
            text[n] = t;
            col[i] = (uint64_t)++n;
        } else {
            col[i] = (uint64_t)gb_map_find_c(&seen, t) + 1;
        }
    }
    gb_map_release(&seen);
    put_varint(out, (uint64_t)n);
    for (int32_t i = 0; i < n; i++) {
        const size_t len = strlen(text[i]);
        put_varint(out, len);
        gb_buf_add(out, text[i], len);
    }
    put_column(out, col, seg->n);
}

static bool any_note(const struct gb_segment *seg)
{
    if (seg->note)
        for (size_t i = 0; i < seg->n; i++)
            if (seg->note[i] && *seg->note[i])
                return true;
    return false;
}

bool gb_pack_encode(struct gb_arena *scratch, const struct gb_segment *seg, const uint32_t *region_id, struct gb_buf *out)
{
    if (seg->n > GB_PACK_MAX_ROWS)
        return false;
    for (size_t i = 0; i < seg->n; i++)
        if ((seg->status[i] == 'M') != (seg->value[i] == GB_VALUE_MISSING))
            return false;
    const unsigned flags = (seg->line ? HAS_LINE : 0U) | (any_note(seg) ? HAS_NOTE : 0U);
    uint64_t *col = GB_NEW_N(scratch, seg->n, uint64_t);
    const size_t head = out->n;
    gb_buf_add(out, "GS\0\0\0\0\0\0\0\0\0\0", HEAD_BYTES);
    for (size_t i = 0; i < seg->n; i++)
        col[i] = region_id[i];
    put_column(out, col, seg->n);
    for (size_t i = 0; i < seg->n; i++)
        col[i] = (uint64_t)(int64_t)seg->period[i];
    put_column(out, col, seg->n);
    for (size_t i = 0; i < seg->n; i++)
        col[i] = (unsigned char)seg->status[i];
    put_column(out, col, seg->n);
    put_values(out, seg);
    if (flags & HAS_LINE) {
        for (size_t i = 0; i < seg->n; i++)
            col[i] = (uint64_t)seg->line[i];
        put_column(out, col, seg->n);
    }
    if (flags & HAS_NOTE)
        put_notes(scratch, out, seg, col);
    unsigned char *h = (unsigned char *)out->p + head;
    uint64_t sum = seg_sum(seg, flags, h + HEAD_BYTES, out->n - head - HEAD_BYTES);
    h[2] = VERSION;
    h[3] = (unsigned char)flags;
    for (int i = 0; i < 8; i++, sum >>= 8)
        h[4 + i] = (unsigned char)sum;
    return true;
}

/* ---- reading ------------------------------------------------------------------------------------------------------- */
struct reader {
    const unsigned char *p, *end;
    bool bad;
};

static uint64_t get_slow(struct reader *r)
{
    uint64_t v = 0;
    for (unsigned shift = 0; r->p < r->end && shift < 64; shift += 7) {
        const uint64_t b = *r->p++;
        if (shift == 63 && b > 1)
            break;
        v |= (b & 127) << shift;
        if (b < 128)
            return v;
    }
    r->bad = true;
    return 0;
}

static inline uint64_t get(struct reader *r)
{
    if (r->p < r->end && *r->p < 128)
        return *r->p++;
    return get_slow(r);
}

static unsigned get_byte(struct reader *r, unsigned max)
{
    if (r->p >= r->end || *r->p > max) {
        r->bad = true;
        return 0;
    }
    return *r->p++;
}

/* An integer column into an array of its own type. Every element is checked against lo..hi: the checksum holds against accidents,
 * the bounds against everything else. */
#define DEFINE_COLUMN(name, type, convert)                                                                                       \
    static void name(struct reader *r, type *out, size_t n, int64_t lo, int64_t hi, const void *table)                           \
    {                                                                                                                            \
        const char *const *code = table;                                                                                         \
        (void)code;                                                                                                              \
        const bool runs = get_byte(r, MODE_RUNS) == MODE_RUNS;                                                                   \
        uint64_t v = 0;                                                                                                          \
        for (size_t i = 0; i < n && !r->bad;) {                                                                                  \
            const uint64_t d = zag(get(r));                                                                                      \
            const uint64_t more = runs ? get(r) : 0;                                                                             \
            if (more >= n - i) {                                                                                                 \
                r->bad = true;                                                                                                   \
                break;                                                                                                           \
            }                                                                                                                    \
            for (uint64_t k = 0; k <= more; k++) {                                                                               \
                v += d;                                                                                                          \
                if ((int64_t)v < lo || (int64_t)v > hi) {                                                                        \
                    r->bad = true;                                                                                               \
                    return;                                                                                                      \
                }                                                                                                                \
                out[i++] = convert;                                                                                              \
            }                                                                                                                    \
        }                                                                                                                        \
    }
DEFINE_COLUMN(get_regions, const char *, code[v])
DEFINE_COLUMN(get_periods, int32_t, (int32_t)(int64_t)v)
DEFINE_COLUMN(get_status, char, (char)v)
DEFINE_COLUMN(get_lines, int64_t, (int64_t)v)
DEFINE_COLUMN(get_texts, const char *, v ? code[v - 1] : NULL)

static void get_values(struct reader *r, const char *status, int64_t *out, size_t n)
{
    const bool delta = get_byte(r, MODE_DELTA) == MODE_DELTA;
    uint64_t prev = 0;
    for (size_t i = 0; i < n && !r->bad; i++) {
        if (status[i] == 'M') {
            out[i] = GB_VALUE_MISSING;
            continue;
        }
        uint64_t v = zag(get(r));
        if (delta)
            v += prev;
        out[i] = (int64_t)v;
        r->bad |= out[i] == GB_VALUE_MISSING;
        prev = v;
    }
}

static void get_notes(struct gb_arena *a, struct reader *r, struct gb_segment *seg)
{
    const uint64_t n = get(r);
    if (r->bad || n == 0 || n > seg->n) {
        r->bad = true;
        return;
    }
    const char **text = GB_NEW_N(a, (size_t)n, const char *);
    for (uint64_t i = 0; i < n; i++) {
        const uint64_t len = get(r);
        if (r->bad || len == 0 || len > (uint64_t)(r->end - r->p) || memchr(r->p, 0, (size_t)len)) {
            r->bad = true;
            return;
        }
        text[i] = gb_strndup(a, (const char *)r->p, (size_t)len);
        r->p += len;
    }
    seg->note = GB_NEW_N(a, seg->n, const char *);
    get_texts(r, seg->note, seg->n, 0, (int64_t)n, text);
}

enum gb_code gb_pack_decode(struct gb_arena *a, const void *p, size_t n_bytes, const char *const *code, size_t n_codes,
                            struct gb_segment *seg, struct gb_err *e)
{
    const unsigned char *h = p;
    if (n_bytes < HEAD_BYTES || h[0] != 'G' || h[1] != 'S' || h[2] != VERSION || h[3] > (HAS_LINE | HAS_NOTE) ||
        seg->n > GB_PACK_MAX_ROWS)
        return gb_fail(e, GB_E_IO, "khối số liệu hỏng: phần đầu không đúng");
    const unsigned flags = h[3];
    if (load64(h + 4) != seg_sum(seg, flags, h + HEAD_BYTES, n_bytes - HEAD_BYTES))
        return gb_fail(e, GB_E_IO, "khối số liệu hỏng: sai tổng kiểm tra");
    struct reader r = { h + HEAD_BYTES, h + n_bytes, false };
    seg->region = GB_NEW_N(a, seg->n, const char *);
    seg->period = GB_NEW_N(a, seg->n, int32_t);
    seg->status = GB_NEW_N(a, seg->n, char);
    seg->value = GB_NEW_N(a, seg->n, int64_t);
    seg->line = NULL;
    seg->note = NULL;
    get_regions(&r, seg->region, seg->n, 0, (int64_t)n_codes - 1, code);
    get_periods(&r, seg->period, seg->n, INT32_MIN + (int64_t)1, INT32_MAX, NULL);
    get_status(&r, seg->status, seg->n, 'A', 'Z', NULL);
    if (!r.bad)
        get_values(&r, seg->status, seg->value, seg->n);
    if (flags & HAS_LINE) {
        seg->line = GB_NEW_N(a, seg->n, int64_t);
        get_lines(&r, seg->line, seg->n, 0, INT64_MAX, NULL);
    }
    if (!r.bad && flags & HAS_NOTE)
        get_notes(a, &r, seg);
    if (r.bad || r.p != r.end)
        return gb_fail(e, GB_E_IO, "khối số liệu hỏng: cột không đúng số dòng hoặc ngoài phạm vi");
    return GB_OK;
}
