/* Any bytes as packed columns. The checksum is made right first, so that mutations reach the decoder behind it. What decodes must
 * be inside its bounds and come out the same after encoding and decoding again. */
#include "store/pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const CODE[] = { "38", "14758", "00004" };
enum { N_CODES = 3, HEAD = 12 };

static void set_sum(uint8_t *p, size_t n, const struct gb_segment *seg)
{
    const unsigned char meta[16] = {
        (unsigned char)seg->freq,           (unsigned char)seg->scale,           p[3], p[2], (unsigned char)(seg->n & 255),
        (unsigned char)(seg->n >> 8 & 255), (unsigned char)(seg->n >> 16 & 255), 0
    };
    uint64_t h = gb_pack_sum(1, seg->indicator, strlen(seg->indicator));
    h = gb_pack_sum(gb_pack_sum(h, meta, sizeof meta), p + HEAD, n - HEAD);
    for (int i = 0; i < 8; i++, h >>= 8)
        p[4 + i] = (uint8_t)h;
}

static void check(struct gb_arena *a, const struct gb_segment *seg)
{
    uint32_t *id = GB_NEW_N(a, seg->n, uint32_t);
    for (size_t i = 0; i < seg->n; i++) {
        while (id[i] < N_CODES && CODE[id[i]] != seg->region[i])
            id[i]++;
        gb_assert(id[i] < N_CODES);
        gb_assert(seg->status[i] >= 'A' && seg->status[i] <= 'Z');
        gb_assert((seg->status[i] == 'M') == (seg->value[i] == GB_VALUE_MISSING));
    }
    struct gb_buf b = { 0 };
    gb_assert(gb_pack_encode(a, seg, id, &b));
    struct gb_segment back = { .indicator = seg->indicator, .freq = seg->freq, .scale = seg->scale, .n = seg->n };
    struct gb_err e = { 0 };
    gb_assert(gb_pack_decode(a, b.p, b.n, CODE, N_CODES, &back, &e) == GB_OK);
    gb_assert(memcmp(back.value, seg->value, seg->n * sizeof *seg->value) == 0);
    gb_assert(memcmp(back.period, seg->period, seg->n * sizeof *seg->period) == 0);
    for (size_t i = 0; i < seg->n; i++) {
        gb_assert(back.region[i] == seg->region[i]);
        gb_assert(gb_streq(back.note ? back.note[i] : NULL, seg->note ? seg->note[i] : NULL));
        gb_assert(!seg->line || back.line[i] == seg->line[i]);
    }
    gb_buf_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_segment seg = {
        .indicator = "x", .freq = GB_FREQ_DAY, .scale = 2, .n = (size_t)data[0] | (size_t)(data[1] & 15) << 8
    };
    if (seg.n == 0)
        seg.n = 1;
    const size_t n = size - 2;
    uint8_t *p = gb_alloc(&a, n + 1);
    memcpy(p, data + 2, n);
    struct gb_err e = { 0 };
    if (n >= HEAD) {
        p[0] = 'G';
        p[1] = 'S';
        p[2] = 1;
        p[3] &= 3;
        set_sum(p, n, &seg);
    }
    if (gb_pack_decode(&a, p, n, CODE, N_CODES, &seg, &e) == GB_OK)
        check(&a, &seg);
    else
        gb_assert(e.code == GB_E_IO);
    gb_arena_release(&a);
    return 0;
}
