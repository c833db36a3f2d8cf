/* test_chart_golden.c — each kind of chart against its tracked trace in tests/golden/charts/. GB_BLESS=1 writes the traces anew: read
 * the difference in git before committing it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/file.h"
#include "chart_hostile.h"

static void compare(const char *name, const struct gb_chart *c, double width, const struct gb_chart_style *st)
{
    struct gb_arena a;
    struct gb_buf got = { 0 }, want = { 0 };
    struct gb_err e = { 0 };
    char line[4096], path[200];
    gb_arena_init(&a, 0);
    struct gb_canvas *cv = gb_canvas_trace(&got);
    double h = c->kind == GB_CHART_SPARK ? 14 : gb_chart_height_pt(c, width, st);
    gb_chart_draw(c, cv, (struct gb_rect){ 0, 0, width, h }, st, &a);
    if (gb_canvas_close(cv, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    snprintf(path, sizeof path, "tests/golden/charts/%s.trace", name);
    if (getenv("GB_BLESS")) {
        assert_int_equal(gb_mkdirs("tests/golden/charts", &e), GB_OK);
        assert_int_equal(gb_file_replace(path, got.p, got.n, &e), GB_OK);
    }
    if (gb_file_read(path, 1 << 20, &want, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    if (want.n != got.n || memcmp(want.p, got.p, got.n) != 0) {
        size_t at = 0, row = 1;
        while (at < want.n && at < got.n && want.p[at] == got.p[at]) row += want.p[at++] == '\n';
        fail_msg("%s differs from %s in line %zu (GB_BLESS=1 writes it anew)", name, path, row);
    }
    gb_buf_release(&got);
    gb_buf_release(&want);
    gb_arena_release(&a);
}

static void test_charts(void **state)
{
    (void)state;
    static const struct gb_chart_style print = { GB_MEDIUM_PRINT, 8.5, true, true }, phone = { GB_MEDIUM_SCREEN, 12, true, true };
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_chart disbursement = sample_disbursement(&a), monthly = sample_monthly(&a), bars = sample_bars(&a), mixed = sample_bars_mixed(&a),
                    bullet = sample_bullet(&a), daily = sample_daily(&a), spark = sample_spark(&a);
    compare("line-year", &disbursement, 468, &print);
    compare("line-year-phone", &disbursement, 320, &phone);
    compare("line-months", &monthly, 468, &print);
    compare("line-days", &daily, 468, &print);
    compare("bars", &bars, 468, &print);
    compare("bars-mixed", &mixed, 468, &print);
    compare("bullet", &bullet, 468, &print);
    compare("spark", &spark, 60, &print);
    struct gb_chart heat = sample_heat(&a, 6, 5, NULL, 1);
    compare("heat", &heat, 468, &print);
    compare("heat-phone", &heat, 340, &phone);
    struct gb_chart multiples = sample_multiples(&a, 4, 14, NULL, 1), stacked = sample_stacked(&a, 6, 4, NULL, 1, false), calendar = sample_calendar(&a, 80, 12, true, 1),
                    plain_days = sample_calendar(&a, 80, 12, false, 1);
    compare("multiples", &multiples, 468, &print);
    multiples.shared = true;
    compare("multiples-shared-phone", &multiples, 340, &phone);
    compare("stacked", &stacked, 468, &print);
    compare("calendar-states", &calendar, 468, &print);
    compare("calendar-values-phone", &plain_days, 340, &phone);
    struct gb_chart waterfall = sample_waterfall(&a, 5, NULL, 1), dots = sample_dots(&a, 4, NULL, 1), slope = sample_slope(&a, 8, NULL, false);
    compare("waterfall", &waterfall, 468, &print);
    compare("waterfall-phone", &waterfall, 340, &phone);
    compare("dots", &dots, 468, &print);
    compare("dots-phone", &dots, 340, &phone);
    compare("slope", &slope, 468, &print);
    compare("slope-phone", &slope, 340, &phone);
    disbursement.series[0].n = disbursement.n_series = 0;
    compare("line-empty", &disbursement, 468, &print);
    gb_arena_release(&a);
}

/* Each kind on data that is hard for it, on a telephone where names are long. */
static void test_hostile_charts(void **state)
{
    (void)state;
    static const struct gb_chart_style print = { GB_MEDIUM_PRINT, 8.5, true, true }, phone = { GB_MEDIUM_SCREEN, 12, true, true };
    static const enum hostile what[N_KINDS] = { LONG_NAMES, MIXED, HUGE_ONES, ONE_MISSING, HUGE_ONES, FAR_TARGET, ONE_MISSING, HUGE_ONES, LONG_NAMES, ON_TARGET, ONE_MISSING };
    struct gb_arena a;
    gb_arena_init(&a, 0);
    for (int i = 0; i < N_KINDS; i++) {
        struct gb_chart c = chart_of(&a, kinds[i], what[i]);
        const bool narrow = what[i] == LONG_NAMES || what[i] == HUGE_ONES;
        compare(gb_sprintf(&a, "hostile-%s", kind_name[i]), &c, c.kind == GB_CHART_SPARK ? 60 : narrow ? 320 : 468, narrow ? &phone : &print);
    }
    struct gb_chart way = sample_way(&a);
    compare("line-way", &way, 468, &print);
    compare("line-way-phone", &way, 320, &phone);
    gb_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_charts), cmocka_unit_test(test_hostile_charts) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
