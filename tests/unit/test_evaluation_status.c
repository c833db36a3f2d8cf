/* test_evaluation_status.c — the five steps at their very limits, overdue at exactly one and a half periods, a value on the edge; and over the
 * whole catalogue of the project: no commune is ever judged by a limit that was set for the sum of the province. */
#include "cube_fixture.h"
#include "evaluation/event.h"

static struct fx fx;

static void steps(struct gb_indicator *ind, enum gb_direction d, const int64_t (*lo_hi)[2])
{
    ind->direction = d;
    ind->has_steps = true;
    for (int k = 0; k < GB_N_STEPS; k++) ind->step[k] = (struct gb_threshold){ true, lo_hi[k][0], lo_hi[k][1] };
}
static const int64_t up[4][2] = { { 90, 90 }, { 80, 80 }, { 70, 70 }, { 50, 50 } }, down[4][2] = { { 60, 60 }, { 75, 75 }, { 100, 100 }, { 150, 150 } },
                     band[4][2] = { { 63, 87 }, { 60, 90 }, { 55, 95 }, { 50, 99 } }, gapless[4][2] = { { 4, 4 }, { 5, 5 }, { 5, 5 }, { 5, 5 } },
                     zero[4][2] = { { 0, 0 }, { -5, -5 }, { -10, -10 }, { -20, -20 } };

static void at_the_limit(void **state)
{
    (void)state;
    static const struct { enum gb_direction d; const int64_t (*t)[2]; int64_t value; enum gb_state want; } v[] = {
        { GB_UP_GOOD, up, 90, GB_GOOD }, { GB_UP_GOOD, up, 89, GB_WATCH }, { GB_UP_GOOD, up, 80, GB_WATCH }, { GB_UP_GOOD, up, 79, GB_WARNING },
        { GB_UP_GOOD, up, 70, GB_WARNING }, { GB_UP_GOOD, up, 69, GB_DANGER }, { GB_UP_GOOD, up, 50, GB_DANGER }, { GB_UP_GOOD, up, 49, GB_EMERGENCY },
        { GB_DOWN_GOOD, down, 59, GB_GOOD }, { GB_DOWN_GOOD, down, 60, GB_WATCH }, { GB_DOWN_GOOD, down, 74, GB_WATCH }, { GB_DOWN_GOOD, down, 75, GB_WARNING },
        { GB_DOWN_GOOD, down, 99, GB_WARNING }, { GB_DOWN_GOOD, down, 100, GB_DANGER }, { GB_DOWN_GOOD, down, 149, GB_DANGER }, { GB_DOWN_GOOD, down, 150, GB_EMERGENCY },
        { GB_BAND, band, 63, GB_GOOD }, { GB_BAND, band, 87, GB_GOOD }, { GB_BAND, band, 62, GB_WATCH }, { GB_BAND, band, 88, GB_WATCH },
        { GB_BAND, band, 60, GB_WATCH }, { GB_BAND, band, 90, GB_WATCH }, { GB_BAND, band, 59, GB_WARNING }, { GB_BAND, band, 91, GB_WARNING },
        { GB_BAND, band, 54, GB_DANGER }, { GB_BAND, band, 96, GB_DANGER }, { GB_BAND, band, 49, GB_EMERGENCY }, { GB_BAND, band, 100, GB_EMERGENCY },
        { GB_DOWN_GOOD, gapless, 4, GB_WATCH }, { GB_DOWN_GOOD, gapless, 5, GB_WARNING }, { GB_DOWN_GOOD, gapless, 500, GB_WARNING },
        { GB_UP_GOOD, zero, 0, GB_GOOD }, { GB_UP_GOOD, zero, -1, GB_WATCH }, { GB_UP_GOOD, zero, -5, GB_WATCH }, { GB_UP_GOOD, zero, -6, GB_WARNING },
        { GB_UP_GOOD, up, INT64_MAX, GB_GOOD }, { GB_UP_GOOD, up, INT64_MIN + 1, GB_EMERGENCY }, { GB_DOWN_GOOD, down, INT64_MAX, GB_EMERGENCY },
        { GB_NEUTRAL, up, 5, GB_STATE_NONE }, { GB_UP_GOOD, up, GB_VALUE_MISSING, GB_STATE_NONE },
    };
    for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
        struct gb_indicator ind = { .agg = GB_AGG_NONE };
        steps(&ind, v[i].d, v[i].t);
        const enum gb_state got = gb_judge(&ind, GB_AT_PROVINCE, v[i].value);
        if (got != v[i].want) fail_msg("direction %d, value %lld: %s", (int)v[i].d, (long long)v[i].value, gb_state_word(got));
    }
}

/* The newest value of the root on a date, evaluated. */
static struct gb_eval seen(enum gb_freq freq, const char *series, struct gb_date date, enum gb_direction d, const int64_t (*t)[2])
{
    struct gb_evaluation ev;
    struct gb_err e = { 0 };
    fx_init(&fx, 1, 2);
    fx.ind[0].freq = freq;
    steps(&fx.ind[0], d, t);
    fx_series(&fx, 0, 0, 0, series);
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    gb_evaluation_init(&ev, &fx.cube, date);
    assert_int_equal(gb_evaluation_run(&ev, &e), GB_OK);
    const struct gb_eval v = *gb_eval_find(&ev, 0, 0);
    gb_evaluation_release(&ev);
    fx_release(&fx);
    return v;
}

/* One and a half periods old is not yet overdue, a day more is; what is shown then is that, whatever the value. */
static void overdue_after_one_and_a_half(void **state)
{
    (void)state;
    static const struct { enum gb_freq f; const char *series, *still, *overdue; } v[] = {
        { GB_FREQ_HOUR, "2026-11-10T05=49", "2026-11-11", "2026-11-12" }, /* dates have no hours: as a day */
        { GB_FREQ_DAY, "2026-11-10=49", "2026-11-11", "2026-11-12" },
        { GB_FREQ_WEEK, "2026-W45=49", "2026-11-18", "2026-11-19" },     /* ends 8/11: 10 days, 11 */
        { GB_FREQ_MONTH, "2026-09=49", "2026-11-14", "2026-11-15" },     /* 30 days: 45, 46 */
        { GB_FREQ_MONTH, "2026-10=49", "2026-12-16", "2026-12-17" },     /* 31 days: 46, 47 */
        { GB_FREQ_MONTH, "2026-02=49", "2026-04-11", "2026-04-12" },     /* 28 days: 42, 43 */
        { GB_FREQ_QUARTER, "2026-Q1=49", "2026-08-13", "2026-08-14" },   /* 90 days: 135, 136 */
        { GB_FREQ_QUARTER, "2026-Q3=49", "2027-02-15", "2027-02-16" },   /* 92 days: 138, 139 */
        { GB_FREQ_YEAR, "2025=49", "2027-07-01", "2027-07-02" },         /* 365 days: 547, 548 */
        { GB_FREQ_YEAR, "2024=49", "2026-07-03", "2026-07-04" },         /* 366 days: 549, 550 */
    };
    for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
        const struct gb_eval a = seen(v[i].f, v[i].series, fx_date(v[i].still), GB_UP_GOOD, up),
                             b = seen(v[i].f, v[i].series, fx_date(v[i].overdue), GB_UP_GOOD, up);
        if (a.overdue || !b.overdue) fail_msg("%s: age %d %s, age %d %s", v[i].series, a.age_days, a.overdue ? "overdue" : "not", b.age_days, b.overdue ? "overdue" : "not");
        assert_int_equal(a.state, GB_EMERGENCY);
        assert_int_equal(b.state, GB_OVERDUE);
        assert_int_equal(b.level, GB_EMERGENCY);
    }
}

/* A value that goes to and fro over a limit day by day does not change what is shown; of months it does, each is a finding of its own. */
static void on_the_edge(void **state)
{
    (void)state;
    static const char *const day[] = { "2026-11-01=75", " 2026-11-02=74", " 2026-11-03=75", " 2026-11-04=74", " 2026-11-05=75", " 2026-11-06=74", " 2026-11-07=74" };
    static const enum gb_state shown[] = { GB_WARNING, GB_WARNING, GB_WARNING, GB_WARNING, GB_WARNING, GB_WARNING, GB_WATCH };
    char series[256] = "";
    for (int i = 0; i < 7; i++) {
        strcat(series, day[i]);
        const struct gb_eval v = seen(GB_FREQ_DAY, series, (struct gb_date){ 2026, 11, (int8_t)(i + 1) }, GB_DOWN_GOOD, down);
        if (v.state != shown[i]) fail_msg("day %d: %s", i + 1, gb_state_word(v.state));
        assert_int_equal(v.level, i % 2 || i == 6 ? GB_WATCH : GB_WARNING);
        assert_int_equal(gb_eval_held(&v), v.level != v.state);
    }
    assert_int_equal(seen(GB_FREQ_DAY, "2026-11-01=75 2026-11-02=59", fx_date("2026-11-02"), GB_DOWN_GOOD, down).state, GB_WATCH); /* through the band of the warning, not yet out of the mildest step */
    assert_int_equal(seen(GB_FREQ_MONTH, "2026-09=75 2026-10=74", fx_date("2026-11-02"), GB_DOWN_GOOD, down).state, GB_WATCH);
    assert_int_equal(seen(GB_FREQ_DAY, "2026-11-01=80 2026-11-02=81", fx_date("2026-11-02"), GB_UP_GOOD, up).state, GB_WATCH); /* on the limit is not below it */
    assert_int_equal(seen(GB_FREQ_DAY, "2026-11-01=90 2026-11-02=60", fx_date("2026-11-02"), GB_BAND, band).state, GB_WATCH); /* both edges are inside */
}

/* It lasts, it grows: counted in a row, called out after the third day without improvement; a gap in between proves nothing. */
static void it_lasts_and_grows(void **state)
{
    (void)state;
    static const struct { const char *series; int in_row; bool stuck; enum gb_state level; } v[] = {
        { "2026-11-05=80", 1, false, GB_WARNING },
        { "2026-11-04=80 2026-11-05=80", 2, false, GB_WARNING },
        { "2026-11-03=80 2026-11-04=80 2026-11-05=80", 3, true, GB_WARNING },
        { "2026-11-03=80 2026-11-04=90 2026-11-05=80", 3, true, GB_WARNING },
        { "2026-11-03=81 2026-11-04=80 2026-11-05=80", 3, false, GB_WARNING }, /* better than when it began */
        { "2026-11-03=80 2026-11-05=80", 1, false, GB_WARNING },
        { "2026-11-03=-  2026-11-04=- 2026-11-05=80", 1, false, GB_WARNING },
        { "2026-11-03=80 2026-11-04=80 2026-11-05=100", 1, true, GB_DANGER },
        { "2026-11-03=150 2026-11-04=100 2026-11-05=80", 3, false, GB_WARNING },
    };
    for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
        const struct gb_eval x = seen(GB_FREQ_DAY, v[i].series, fx_date("2026-11-05"), GB_DOWN_GOOD, down);
        if (x.in_row != v[i].in_row || x.stuck != v[i].stuck || x.level != v[i].level)
            fail_msg("%s: %d in a row, %s, %s", v[i].series, x.in_row, x.stuck ? "stuck" : "not stuck", gb_state_word(x.level));
    }
}

/* Every indicator of the catalogue at every value near its own limits: a sum is judged for the whole and never for a part. */
static void no_commune_by_the_sum_of_the_province(void **state)
{
    (void)state;
    static const enum gb_level_kind part[] = { GB_AT_DISTRICT, GB_AT_COMMUNE, GB_AT_POINT };
    struct gb_catalogue c;
    struct gb_err e = { 0 };
    char line[GB_ERR_TEXT];
    if (gb_catalogue_load(&c, "reports", "thanh-hoa", NULL, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    int sums = 0, rates = 0;
    for (int i = 0; i < c.n_indicators; i++) {
        const struct gb_indicator *ind = &c.indicator[i];
        for (int k = 0; ind->has_steps && ind->direction != GB_NEUTRAL && k < GB_N_STEPS; k++)
            for (int d = -1; ind->step[k].set && d <= 1; d++) {
                const int64_t value = ind->step[k].lo + d;
                assert_int_not_equal(gb_judge(ind, GB_AT_PROVINCE, value), GB_STATE_NONE);
                for (int p = 0; p < 3; p++) {
                    const bool judged = gb_judge(ind, part[p], value) != GB_STATE_NONE;
                    if (judged == (ind->agg == GB_AGG_SUM)) fail_msg("%s, level %d, value %lld", ind->code, (int)part[p], (long long)value);
                }
                sums += ind->agg == GB_AGG_SUM;
                rates += ind->agg != GB_AGG_SUM;
            }
    }
    assert_true(sums > 100 && rates > 100); /* the walk saw both kinds */
    gb_catalogue_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(at_the_limit), cmocka_unit_test(overdue_after_one_and_a_half), cmocka_unit_test(on_the_edge),
                                        cmocka_unit_test(it_lasts_and_grows), cmocka_unit_test(no_commune_by_the_sum_of_the_province) };
    return cmocka_run_group_tests_name("evaluation status", tests, NULL, NULL);
}
