/* test_store_pack.c — columns to bytes and back, and bytes that are not columns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "store/pack.h"

static const char *const CODE[] = { "38", "14758", "00004", "644-649", "tv-71558" };

struct sample {
    size_t n;
    const uint32_t *id;
    const int32_t *period;
    const int64_t *value;
    const char *status;
    const char *const *note;
    const int64_t *line;
};

static void round_trip(const struct sample *x)
{
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_segment in = { .indicator = "dis.rain_24h",
                             .scale = 3,
                             .freq = GB_FREQ_DAY,
                             .n = x->n,
                             .period = (int32_t *)x->period,
                             .value = (int64_t *)x->value,
                             .status = (char *)x->status,
                             .note = (const char **)x->note,
                             .line = (int64_t *)x->line };
    in.region = GB_NEW_N(&a, x->n, const char *);
    for (size_t i = 0; i < x->n; i++)
        in.region[i] = CODE[x->id[i]];
    struct gb_buf b = { 0 };
    assert_true(gb_pack_encode(&a, &in, x->id, &b));
    struct gb_segment out = { .indicator = "dis.rain_24h", .scale = 3, .freq = GB_FREQ_DAY, .n = x->n };
    struct gb_err e = { 0 };
    assert_int_equal(gb_pack_decode(&a, b.p, b.n, CODE, 5, &out, &e), GB_OK);
    for (size_t i = 0; i < x->n; i++) {
        assert_string_equal(out.region[i], in.region[i]);
        assert_int_equal(out.period[i], in.period[i]);
        assert_true(out.value[i] == in.value[i]);
        assert_int_equal(out.status[i], in.status[i]);
        if (x->line)
            assert_true(out.line[i] == in.line[i]);
        else
            assert_null(out.line);
        const char *t = x->note ? x->note[i] : NULL;
        if (t)
            assert_string_equal(out.note[i], t);
        else
            assert_true(!out.note || !out.note[i]);
    }
    /* every shorter prefix, every flipped bit and every foreign description is refused */
    for (size_t cut = 0; cut < b.n; cut++) {
        struct gb_err f = { 0 };
        struct gb_segment bad = out;
        assert_int_equal(gb_pack_decode(&a, b.p, cut, CODE, 5, &bad, &f), GB_E_IO);
    }
    for (size_t bit = 0; bit < b.n * 8; bit++) {
        struct gb_err f = { 0 };
        struct gb_segment bad = out;
        b.p[bit / 8] = (char)(b.p[bit / 8] ^ (1 << bit % 8));
        assert_int_equal(gb_pack_decode(&a, b.p, b.n, CODE, 5, &bad, &f), GB_E_IO);
        b.p[bit / 8] = (char)(b.p[bit / 8] ^ (1 << bit % 8));
    }
    struct gb_segment other = out;
    struct gb_err f = { 0 };
    other.indicator = "dis.rain_48h";
    assert_int_equal(gb_pack_decode(&a, b.p, b.n, CODE, 5, &other, &f), GB_E_IO);
    other = out;
    other.n++;
    gb_err_clear(&f);
    assert_int_equal(gb_pack_decode(&a, b.p, b.n, CODE, 5, &other, &f), GB_E_IO);
    other = out;
    other.scale = 2;
    gb_err_clear(&f);
    assert_int_equal(gb_pack_decode(&a, b.p, b.n, CODE, 5, &other, &f), GB_E_IO);
    gb_buf_release(&b);
    gb_arena_release(&a);
}

static void test_extremes(void **state)
{
    (void)state;
    static const uint32_t id[] = { 4, 0, 3, 1, 2, 2, 0 };
    static const int32_t period[] = { INT32_MAX, INT32_MIN + 1, 0, -5, 24321, 24321, 1 };
    static const int64_t value[] = { INT64_MAX, INT64_MIN + 1, 0, -1, GB_VALUE_MISSING, 1, INT64_MIN + 1 };
    static const int64_t line[] = { 2, 3, 9, 1, INT64_MAX, 0, 5 };
    static const char *const note[] = { NULL, "mô hình", NULL, "N/A, xem phụ lục", "mô hình", NULL, "x" };
    round_trip(&(struct sample){ 7, id, period, value, "APEUMAF", note, line });
    round_trip(&(struct sample){ 7, id, period, value, "APEUMAF", NULL, NULL });
    round_trip(&(struct sample){ 1, id, period, value, "A", NULL, line });
}

static void test_regular_is_small(void **state)
{
    (void)state;
    enum { REGIONS = 167, MONTHS = 36, N = REGIONS * MONTHS };
    static uint32_t id[N];
    static int32_t period[N];
    static int64_t value[N], line[N];
    static char status[N];
    static const char *region[N];
    for (int m = 0, i = 0; m < MONTHS; m++)
        for (int r = 0; r < REGIONS; r++, i++) {
            id[i] = (uint32_t)r;
            period[i] = 24300 + m;
            value[i] = 5000 + (r * 7919 + m * 104729) % 3000;
            line[i] = i + 2;
            status[i] = 'A';
            region[i] = "x";
        }
    struct gb_segment seg = { .indicator = "x",
                              .freq = GB_FREQ_MONTH,
                              .n = N,
                              .region = region,
                              .period = period,
                              .value = value,
                              .status = status,
                              .line = line };
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_buf b = { 0 };
    assert_true(gb_pack_encode(&a, &seg, id, &b));
    assert_true(b.n < N * 2 + 600); /* all columns but the values are a few runs */
    gb_buf_release(&b);
    gb_arena_release(&a);
}

static void test_contract(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_buf b = { 0 };
    const char *region = "38";
    int32_t period = 1;
    int64_t value = 5;
    char status = 'M';
    const uint32_t id = 0;
    struct gb_segment seg = {
        .indicator = "x", .freq = GB_FREQ_MONTH, .n = 1, .region = &region, .period = &period, .value = &value, .status = &status
    };
    assert_false(gb_pack_encode(&a, &seg, &id, &b)); /* M with a value */
    status = 'A';
    value = GB_VALUE_MISSING;
    assert_false(gb_pack_encode(&a, &seg, &id, &b)); /* A without one */
    /* a region id beyond the dictionary, with a right checksum */
    value = 5;
    const uint32_t beyond = 5;
    assert_true(gb_pack_encode(&a, &seg, &beyond, &b));
    struct gb_err e = { 0 };
    assert_int_equal(gb_pack_decode(&a, b.p, b.n, CODE, 5, &seg, &e), GB_E_IO);
    gb_buf_release(&b);
    gb_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_extremes), cmocka_unit_test(test_regular_is_small),
                                        cmocka_unit_test(test_contract) };
    return cmocka_run_group_tests_name("store pack", tests, NULL, NULL);
}
