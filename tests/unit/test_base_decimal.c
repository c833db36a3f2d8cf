/* Exact decimals: parsing by the contract's grammar, rounding half away from zero, the edges of the range, the printed forms. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "base/decimal.h"

#define UNTOUCHED INT64_C(-77)
#define MAX INT64_MAX

static void parses(void **state)
{
    (void)state;
    static const struct { const char *text; char mark, group; int scale; enum gb_num_fault want; int64_t value; bool rounded; } row[] = {
        { "0", '.', 0, 0, GB_NUM_OK, 0, false },
        { "-0", '.', 0, 0, GB_NUM_OK, 0, false },
        { "-0,0", ',', '.', 3, GB_NUM_OK, 0, false },
        { "-0.0", '.', 0, 1, GB_NUM_OK, 0, false },
        { "007", '.', 0, 0, GB_NUM_OK, 7, false },
        { "1.234", ',', '.', 0, GB_NUM_OK, 1234, false },
        { "1.234", '.', 0, 3, GB_NUM_OK, 1234, false },
        { "1.234", '.', 0, 6, GB_NUM_OK, 1234000, false },
        { "1.234.567,89", ',', '.', 2, GB_NUM_OK, 123456789, false },
        { "-1.234,5", ',', '.', 2, GB_NUM_OK, -123450, false },
        { "1234567,8", ',', '.', 1, GB_NUM_OK, 12345678, false },
        { "1,234", '.', 0, 0, GB_NUM_SYNTAX, 0, false },
        { "1,234", '.', ',', 0, GB_NUM_OK, 1234, false },
        { "12.34", ',', '.', 0, GB_NUM_SYNTAX, 0, false },
        { "1234.567", ',', '.', 0, GB_NUM_SYNTAX, 0, false },
        { "1.2345", ',', '.', 0, GB_NUM_SYNTAX, 0, false },
        { "1.234.56", ',', '.', 0, GB_NUM_SYNTAX, 0, false },
        { "1.234567", ',', '.', 0, GB_NUM_SYNTAX, 0, false },
        { ".123", ',', '.', 0, GB_NUM_SYNTAX, 0, false },
        { "1..234", ',', '.', 0, GB_NUM_SYNTAX, 0, false },
        { "1.234.", ',', '.', 0, GB_NUM_SYNTAX, 0, false },
        { "1,5.000", ',', '.', 0, GB_NUM_SYNTAX, 0, false },
        /* rounding half away from zero, and whether anything was lost */
        { "0.25", '.', 0, 1, GB_NUM_OK, 3, true },
        { "-0.25", '.', 0, 1, GB_NUM_OK, -3, true },
        { "0.5", '.', 0, 0, GB_NUM_OK, 1, true },
        { "-0.5", '.', 0, 0, GB_NUM_OK, -1, true },
        { "1.005", '.', 0, 2, GB_NUM_OK, 101, true },
        { "2.5", '.', 0, 0, GB_NUM_OK, 3, true },
        { "-2.5", '.', 0, 0, GB_NUM_OK, -3, true },
        { "0.49999999999999999999", '.', 0, 0, GB_NUM_OK, 0, true },
        { "-0.4", '.', 0, 0, GB_NUM_OK, 0, true },
        { "9.995", '.', 0, 2, GB_NUM_OK, 1000, true },
        { "1.500", '.', 0, 1, GB_NUM_OK, 15, false },
        { "0.30000000000000004", '.', 0, 1, GB_NUM_OK, 3, true },
        { "1.0000000000000000000000000000000", '.', 0, 2, GB_NUM_OK, 100, false },
        /* the range is +-(2^63 - 1) */
        { "9223372036854775807", '.', 0, 0, GB_NUM_OK, MAX, false },
        { "-9223372036854775807", '.', 0, 0, GB_NUM_OK, -MAX, false },
        { "9223372036854775808", '.', 0, 0, GB_NUM_RANGE, 0, false },
        { "-9223372036854775808", '.', 0, 0, GB_NUM_RANGE, 0, false },
        { "922337203685477580.8", '.', 0, 6, GB_NUM_RANGE, 0, false },
        { "9223372036854.775807", '.', 0, 6, GB_NUM_OK, MAX, false },
        { "9223372036854.775808", '.', 0, 6, GB_NUM_RANGE, 0, false },
        { "9223372036854775807.4", '.', 0, 0, GB_NUM_OK, MAX, true },
        { "9223372036854775807.5", '.', 0, 0, GB_NUM_RANGE, 0, false },
        { "9223372036855", '.', 0, 6, GB_NUM_RANGE, 0, false },
        { "18446744073709551616", '.', 0, 0, GB_NUM_RANGE, 0, false },
        { "99999999999999999999999999999999999999999", '.', 0, 0, GB_NUM_RANGE, 0, false },
        { "0000000000000000000000000000000000000000000000001", '.', 0, 0, GB_NUM_OK, 1, false },
        { "99999999999999999999x", '.', 0, 0, GB_NUM_SYNTAX, 0, false },
        /* TRUST.md A04, and what else is no number */
        { "1,234.5", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
        { "12e3", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
        { "+5", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
        { " 5 ", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
        { "5 ", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
        { "5%", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
        { "NaN", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
        { "inf", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
        { "0x10", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
        { "", '.', 0, 2, GB_NUM_EMPTY, 0, false },
        { "-", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
        { "--1", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
        { "5.", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
        { ".5", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
        { "-.5", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
        { "1.2.3", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
        { "1-2", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
        { "١٢", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
        { "−5", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
        { "1 234", '.', 0, 2, GB_NUM_SYNTAX, 0, false },
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        int64_t v = UNTOUCHED;
        bool rounded = !row[i].rounded;
        enum gb_num_fault got = gb_dec_parse(row[i].text, strlen(row[i].text), row[i].mark, row[i].group, row[i].scale, &v, &rounded);
        if (got != row[i].want || (got == GB_NUM_OK ? v != row[i].value || rounded != row[i].rounded : v != UNTOUCHED)) {
            fail_msg("\"%s\" scale %d: fault %d, value %lld, rounded %d", row[i].text, row[i].scale, (int)got, (long long)v, rounded);
        }
    }
}

static void field_is_not_nul_terminated(void **state)
{
    (void)state;
    int64_t v = 0;
    assert_int_equal(gb_dec_parse("123456", 3, '.', 0, 0, &v, NULL), GB_NUM_OK);
    assert_int_equal(v, 123);
    assert_int_equal(gb_dec_parse("12\0003", 4, '.', 0, 0, &v, NULL), GB_NUM_SYNTAX);
}

static void rescales(void **state)
{
    (void)state;
    static const struct { int64_t v; int from, to; bool ok; int64_t want; } row[] = {
        { 25, 2, 1, true, 3 },      { -25, 2, 1, true, -3 },  { 5, 1, 0, true, 1 },        { -5, 1, 0, true, -1 }, { 1005, 3, 2, true, 101 },
        { 24, 2, 1, true, 2 },      { 4, 1, 0, true, 0 },     { -4, 1, 0, true, 0 },       { 7, 0, 9, true, 7000000000 },
        { 0, 9, 0, true, 0 },       { 123, 2, 2, true, 123 }, { MAX, 9, 0, true, 9223372037 },
        { MAX, 0, 1, false, 0 },    { -MAX, 0, 9, false, 0 }, { MAX / 10, 0, 1, true, MAX / 10 * 10 },
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        int64_t out = UNTOUCHED;
        bool ok = gb_dec_rescale(row[i].v, row[i].from, row[i].to, &out);
        assert_int_equal(ok, row[i].ok);
        assert_int_equal(out, row[i].ok ? row[i].want : UNTOUCHED);
    }
}

static void adds_and_subtracts(void **state)
{
    (void)state;
    int64_t out = UNTOUCHED;
    assert_true(gb_dec_add(MAX - 1, 1, &out));
    assert_int_equal(out, MAX);
    out = UNTOUCHED;
    assert_false(gb_dec_add(MAX, 1, &out));
    assert_false(gb_dec_sub(-MAX, 1, &out)); /* INT64_MIN is not a value */
    assert_int_equal(out, UNTOUCHED);
    assert_true(gb_dec_sub(5, 8, &out));
    assert_int_equal(out, -3);
}

static void compares_across_scales(void **state)
{
    (void)state;
    assert_int_equal(gb_dec_cmp(15, 1, 150, 2), 0);
    assert_true(gb_dec_cmp(15, 1, 151, 2) < 0);
    assert_true(gb_dec_cmp(-15, 1, -151, 2) > 0);
    assert_true(gb_dec_cmp(MAX, 0, MAX, 9) > 0);
    assert_true(gb_dec_cmp(-MAX, 0, MAX, 9) < 0);
}

static void ratios(void **state)
{
    (void)state;
    static const struct { int64_t num; int ns; int64_t den; int ds; bool pct; int os; bool ok; int64_t want; } row[] = {
        { 1, 0, 3, 0, false, 6, true, 333333 },
        { 2, 0, 3, 0, false, 6, true, 666667 },
        { -2, 0, 3, 0, false, 6, true, -666667 },
        { 2, 0, -3, 0, false, 6, true, -666667 },
        { 1, 0, 8, 0, false, 2, true, 13 }, /* 0.125 */
        { -1, 0, 8, 0, false, 2, true, -13 },
        { 684, 1, 100, 0, true, 1, true, 684 },
        { 125, 2, 5, 1, false, 1, true, 25 }, /* 1.25 / 0.5 */
        { 5, 1, 125, 2, false, 3, true, 400 },
        { 1, 0, 0, 0, false, 2, false, 0 },
        { 0, 0, 7, 0, true, 6, true, 0 },
        { MAX, 0, 1, 0, false, 1, false, 0 },
        { MAX, 9, 1, 0, true, 6, true, 922337203685477581 },
        { 1, 9, 1, 0, false, 0, true, 0 },
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        int64_t out = UNTOUCHED;
        bool ok = gb_dec_ratio(row[i].num, row[i].ns, row[i].den, row[i].ds, row[i].pct, row[i].os, &out);
        if (ok != row[i].ok || out != (ok ? row[i].want : UNTOUCHED)) {
            fail_msg("ratio %zu: %d %lld", i, ok, (long long)out);
        }
    }
}

static void ratio_of_long_sums(void **state)
{
    (void)state;
    /* products beyond 128 bits: the long division must agree with the reduced fraction */
    __int128 big = (__int128)1000000000000000000 * 1000000000000000000; /* 10^36 */
    int64_t out = 0;
    assert_true(gb_dec_ratio(big * 2, 0, big * 3, 0, true, 6, &out));
    assert_int_equal(out, 66666667); /* 66.666667 % */
    assert_true(gb_dec_ratio(-big, 0, big * 8, 0, false, 2, &out));
    assert_int_equal(out, -13);
    assert_true(gb_dec_ratio(MAX, 0, MAX, 9, false, 9, &out));
    assert_int_equal(out, 1000000000000000000);
    assert_false(gb_dec_ratio(big, 0, 1, 0, true, 6, &out));
}

static void change_in_percent(void **state)
{
    (void)state;
    int64_t out = UNTOUCHED;
    assert_true(gb_dec_pct_change(1061, 1000, &out));
    assert_int_equal(out, 6100000);
    assert_true(gb_dec_pct_change(-50, -100, &out)); /* a loss halved is an improvement */
    assert_int_equal(out, 50000000);
    assert_true(gb_dec_pct_change(0, 3, &out));
    assert_int_equal(out, -100000000);
    assert_true(gb_dec_pct_change(4, 3, &out));
    assert_int_equal(out, 33333333);
    out = UNTOUCHED;
    assert_false(gb_dec_pct_change(1, 0, &out));
    assert_false(gb_dec_pct_change(MAX, 1, &out));
    assert_int_equal(out, UNTOUCHED);
    assert_true(gb_dec_pct_change(MAX, -MAX, &out));
    assert_int_equal(out, 200000000);
}

static void divides_with_rounding(void **state)
{
    (void)state;
    static const struct { int64_t n, d, want; } row[] = { { 5, 2, 3 },  { -5, 2, -3 }, { 5, -2, -3 }, { -5, -2, 3 },
                                                          { 4, 3, 1 },  { 2, 4, 1 },   { 1, 4, 0 },   { -1, 4, 0 },
                                                          { 7, 7, 1 },  { 0, 9, 0 },   { MAX, 1, MAX } };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        int64_t out = UNTOUCHED;
        assert_true(gb_dec_div_round(row[i].n, row[i].d, &out));
        assert_int_equal(out, row[i].want);
    }
    int64_t out = UNTOUCHED;
    assert_false(gb_dec_div_round(1, 0, &out));
    assert_false(gb_dec_div_round((__int128)MAX + 1, 1, &out));
    assert_int_equal(out, UNTOUCHED);
    assert_true(gb_dec_div_round(((__int128)1 << 100) + ((__int128)1 << 99), (__int128)1 << 100, &out));
    assert_int_equal(out, 2);
}

static void prints(void **state)
{
    (void)state;
    static const struct { int64_t v; int scale, decimals; const char *plain, *exact, *vi; } row[] = {
        { 0, 0, 0, "0", "0", "0" },
        { 0, 2, 2, "0.00", "0", "0,00" },
        { -12345, 1, 1, "-1234.5", "-1234.5", "-1.234,5" },
        { 1155000, 0, 0, "1155000", "1155000", "1.155.000" },
        { 57000000, 3, 0, "57000", "57000", "57.000" },
        { 827, 2, 2, "8.27", "8.27", "8,27" },
        { 25, 2, 1, "0.3", "0.25", "0,3" },
        { -5, 1, 0, "-1", "-0.5", "-1" },
        { -4, 1, 0, "0", "-0.4", "0" }, /* never -0 */
        { 1005, 3, 2, "1.01", "1.005", "1,01" },
        { 999950, 3, 1, "1000.0", "999.95", "1.000,0" },
        { 999, 0, 0, "999", "999", "999" },
        { 1000, 0, 2, "1000.00", "1000", "1.000,00" },
        { 5, 3, 3, "0.005", "0.005", "0,005" },
        { MAX, 0, 9, "9223372036854775807.000000000", "9223372036854775807", "9.223.372.036.854.775.807,000000000" },
        { -MAX, 9, 9, "-9223372036.854775807", "-9223372036.854775807", "-9.223.372.036,854775807" },
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        char buf[40];
        assert_int_equal(gb_dec_plain(row[i].v, row[i].scale, row[i].decimals, buf), strlen(row[i].plain));
        assert_string_equal(buf, row[i].plain);
        assert_int_equal(gb_dec_exact(row[i].v, row[i].scale, buf), strlen(row[i].exact));
        assert_string_equal(buf, row[i].exact);
        assert_int_equal(gb_dec_vi(row[i].v, row[i].scale, row[i].decimals, buf), strlen(row[i].vi));
        assert_string_equal(buf, row[i].vi);
    }
}

static void reads_back_what_it_prints(void **state)
{
    (void)state;
    uint64_t x = 88172645463325252u; /* xorshift64, fixed start */
    for (int i = 0; i < 20000; i++) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        int scale = (int)(x % 10);
        int64_t v = (int64_t)(x >> (x % 60 + 1)) * (x & 4 ? 1 : -1), back = 0;
        char buf[40];
        size_t n = gb_dec_exact(v, scale, buf);
        assert_int_equal(gb_dec_parse(buf, n, '.', 0, scale, &back, NULL), GB_NUM_OK);
        assert_int_equal(back, v);
        n = gb_dec_vi(v, scale, scale, buf);
        assert_int_equal(gb_dec_parse(buf, n, ',', '.', scale, &back, NULL), GB_NUM_OK);
        assert_int_equal(back, v);
    }
}

/* What is kept with more decimals prints as the exact quotient does, and is never further from it than its neighbour. */
static void rounded_once(void **state)
{
    (void)state;
    static const struct { int64_t num, den; int kept, shown; int64_t want; } table[] = {
        { 6494996, 10000000, 4, 1, 649499 },   /* 64.94996: 64.9500 would print 65.0 */
        { -6494996, 10000000, 4, 1, -649499 },
        { 6495000, 10000000, 4, 1, 649500 },   /* a true half goes away from zero */
        { 6495004, 10000000, 4, 1, 649500 },   /* 64.95004: above the half, 65.0 */
        { 6494994, 10000000, 4, 1, 649499 },   /* 64.94994: 64.9499 anyway */
        { 1, 3, 4, 1, 333333 },
        { 9999996, 10000000, 4, 4, 1000000 },  /* all that is kept is printed: 99.99996 is 100.0000 */
        { 4999996, 1000000000, 4, 0, 4999 },   /* 0.4999996: 0.5000 would print 1 */
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        int64_t v = 0;
        assert_true(gb_dec_ratio_once(table[i].num, 0, table[i].den, 0, true, table[i].kept, table[i].shown, &v));
        if (v != table[i].want) fail_msg("row %zu: %lld, not %lld", i, (long long)v, (long long)table[i].want);
    }
    uint64_t seed = 88172645463325252u;
    size_t moved = 0;
    for (int i = 0; i < 400000; i++) {
        seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
        const int64_t den = (int64_t)(seed % 4000) + 1, num = (int64_t)((seed >> 20) % 9000) - 4000;
        const int shown = (int)((seed >> 50) % 4);
        int64_t kept = 0, half = 0, exact = 0, printed = 0;
        assert_true(gb_dec_ratio_once(num, 0, den, 0, true, 4, shown, &kept) && gb_dec_ratio(num, 0, den, 0, true, 4, &half));
        assert_true(gb_dec_ratio(num, 0, den, 0, true, shown, &exact) && gb_dec_rescale(kept, 4, shown, &printed));
        if (printed != exact) fail_msg("%lld/%lld: prints %lld, is %lld", (long long)num, (long long)den, (long long)printed, (long long)exact);
        assert_true(kept == half || kept == half - (half > 0 ? 1 : -1));
        moved += kept != half;
    }
    assert_true(moved > 0 && moved < 40000);
    int64_t v;
    assert_false(gb_dec_ratio_once(1, 0, 0, 0, true, 4, 1, &v));
}

static void double_is_for_drawing(void **state)
{
    (void)state;
    assert_true(gb_dec_to_double(-12345, 1) == -1234.5);
    assert_true(gb_dec_to_double(7, 0) == 7.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses),
        cmocka_unit_test(field_is_not_nul_terminated),
        cmocka_unit_test(rescales),
        cmocka_unit_test(adds_and_subtracts),
        cmocka_unit_test(compares_across_scales),
        cmocka_unit_test(ratios),
        cmocka_unit_test(ratio_of_long_sums),
        cmocka_unit_test(change_in_percent),
        cmocka_unit_test(divides_with_rounding),
        cmocka_unit_test(prints),
        cmocka_unit_test(reads_back_what_it_prints),
        cmocka_unit_test(rounded_once),
        cmocka_unit_test(double_is_for_drawing),
    };
    return cmocka_run_group_tests_name("base/decimal", tests, NULL, NULL);
}
