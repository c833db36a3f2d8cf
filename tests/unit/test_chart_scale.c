/* test_chart_scale.c — ticks of numbers and periods. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/decimal.h"
#include "base/period.h"
#include "chart/scale.h"

static void expect_ticks(double lo, double hi, int decimals, int want, const char *text)
{
    struct gb_scale s;
    char got[400] = "";
    gb_scale_nice(&s, lo, hi, decimals, want);
    for (int i = 0; i < s.n; i++) {
        char t[48];
        t[gb_dec_plain(s.tick[i], s.scale, s.scale, t)] = '\0';
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s", i ? " " : "", t);
    }
    assert_string_equal(got, text);
    assert_true(s.lo < s.hi && s.lo <= lo && s.hi >= hi);
}

static void test_numbers(void **state)
{
    (void)state;
    expect_ticks(3, 97, 0, 6, "0 20 40 60 80 100");
    expect_ticks(0, 2, 0, 6, "0 1 2"); /* counts have no halves */
    expect_ticks(0, 2, 1, 6, "0.0 0.5 1.0 1.5 2.0");
    expect_ticks(0, 10, 1, 5, "0.0 2.5 5.0 7.5 10.0");
    expect_ticks(-7.3, 18.4, 1, 6, "-10 0 10 20");
    expect_ticks(0.1, 0.3, 1, 6, "0.1 0.2 0.3");
    expect_ticks(1e12, 2.4e12, 0, 6, "1000000000000 1500000000000 2000000000000 2500000000000");
    expect_ticks(5, 5, 0, 5, "5 6");
}

/* An axis is not half empty for the sake of a tick less. */
static void test_snug(void **state)
{
    (void)state;
    static const struct { double hi, top; int want, n; } cases[] = { { 101.9, 150, 3, 4 }, { 97, 100, 3, 3 }, { 206, 300, 3, 4 }, { 55, 60, 4, 4 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct gb_scale s;
        gb_scale_snug(&s, 0, cases[i].hi, 0, cases[i].want);
        if (s.hi != cases[i].top || s.n != cases[i].n) fail_msg("0..%g: to %g with %d ticks", cases[i].hi, s.hi, s.n);
    }
}

static void test_any_range(void **state)
{
    (void)state;
    for (int k = -9; k < 15; k++)
        for (int m = 1; m < 1000; m += 7)
            for (int want = 3; want <= 10; want++) {
                struct gb_scale s;
                double hi = m * pow(10, k), lo = m % 2 ? -hi / 3 : hi / 7;
                gb_scale_nice(&s, lo, hi, 9, want);
                assert_true(s.lo <= lo + (s.hi - s.lo) * 1e-9 && s.hi >= hi - (s.hi - s.lo) * 1e-9 && s.lo < s.hi);
                assert_true(s.n >= 2 && s.n <= want);
                for (int i = 1; i < s.n; i++) assert_true(s.tick[i] - s.tick[i - 1] == s.tick[1] - s.tick[0]);
            }
}

static double width_of(void *ctx, const char *s)
{
    (void)ctx;
    return (double)strlen(s) * 4.5;
}
static void expect_periods(enum gb_freq f, const char *from, const char *to, double px, const char *want)
{
    enum gb_freq fa, fb;
    int32_t lo, hi;
    assert_true(gb_period_parse(from, strlen(from), &fa, &lo) && gb_period_parse(to, strlen(to), &fb, &hi) && fa == f && fb == f);
    struct gb_time_tick t[40];
    char got[900] = "";
    int n = gb_time_ticks(f, lo, hi, px, 8, width_of, NULL, t, 40);
    for (int i = 0; i < n; i++)
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s%s%s", i ? " " : "", t[i].text, t[i].group[0] ? "|" : "", t[i].group);
    assert_string_equal(got, want);
}

static void test_periods(void **state)
{
    (void)state;
    expect_periods(GB_FREQ_MONTH, "2026-01", "2026-10", 400, "T1|2026 T2 T3 T4 T5 T6 T7 T8 T9 T10");
    expect_periods(GB_FREQ_MONTH, "2024-11", "2026-10", 300, "T11|2024 T1|2025 T3 T5 T7 T9 T11 T1|2026 T3 T5 T7 T10");
    expect_periods(GB_FREQ_MONTH, "2010-01", "2026-10", 300, "2010 2012 2014 2016 2018 2020 2022 2024 2026");
    expect_periods(GB_FREQ_QUARTER, "2025-Q1", "2026-Q3", 400, "QI|2025 QII QIII QIV QI|2026 QII QIII");
    expect_periods(GB_FREQ_YEAR, "2019", "2026", 200, "2019 2020 2021 2022 2023 2024 2025 2026");
    expect_periods(GB_FREQ_DAY, "2026-11-15", "2026-11-21", 400, "15/11|2026 16/11 17/11 18/11 19/11 20/11 21/11");
    expect_periods(GB_FREQ_DAY, "2026-06-01", "2026-11-21", 300, "T6|2026 T7 T8 T9 T10 T11 21/11");
    expect_periods(GB_FREQ_HOUR, "2026-11-21T00", "2026-11-22T05", 300, "0h|21/11 3h 6h 9h 12h 15h 18h 21h 0h|22/11 3h 5h");
    expect_periods(GB_FREQ_WEEK, "2026-W40", "2026-W47", 300, "tuần 41|2026 tuần 43 tuần 45 tuần 47");
    char s[32];
    gb_period_short(GB_FREQ_MONTH, 2026 * 12 + 9, s, sizeof s);
    assert_string_equal(s, "T10/26");
    gb_period_short(GB_FREQ_QUARTER, 2026 * 4 + 2, s, sizeof s);
    assert_string_equal(s, "QIII/26");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_numbers), cmocka_unit_test(test_snug), cmocka_unit_test(test_any_range), cmocka_unit_test(test_periods) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
