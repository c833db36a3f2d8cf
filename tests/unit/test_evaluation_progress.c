/* test_evaluation_progress.c — against the target: met, missed or behind, by direction and by what the figure adds up to. */
#include "cube_fixture.h"
#include "evaluation/progress.h"

static struct fx fx;
static struct gb_evaluation ev;

struct row {
    const char *what;
    enum gb_direction direction;
    enum gb_flow flow;
    enum gb_freq freq;
    int64_t target; /* -1: none */
    const char *series, *date;
    enum gb_progress want;
    int64_t gap; /* at GB_PCT_SCALE, 0: not compared */
};
#define P INT64_C(1000000)
static const struct row rows[] = {
    { "rate below its target", GB_UP_GOOD, GB_FLOW_RATE, GB_FREQ_MONTH, 80, "2026-10=60", "2026-11-22", GB_PROGRESS_MISSED, 25 * P },
    { "rate at its target", GB_UP_GOOD, GB_FLOW_RATE, GB_FREQ_MONTH, 80, "2026-10=80", "2026-11-22", GB_PROGRESS_MET, 0 },
    { "less is better, above", GB_DOWN_GOOD, GB_FLOW_STOCK, GB_FREQ_MONTH, 10, "2026-10=15", "2026-11-22", GB_PROGRESS_MISSED, 50 * P },
    { "less is better, at the limit", GB_DOWN_GOOD, GB_FLOW_STOCK, GB_FREQ_MONTH, 10, "2026-10=10", "2026-11-22", GB_PROGRESS_MET, 0 },
    { "none may be, one is", GB_DOWN_GOOD, GB_FLOW_STOCK, GB_FREQ_MONTH, 0, "2026-10=1", "2026-11-22", GB_PROGRESS_MISSED, 100 * P },
    { "none may be, none is", GB_DOWN_GOOD, GB_FLOW_STOCK, GB_FREQ_MONTH, 0, "2026-10=0", "2026-11-22", GB_PROGRESS_MET, 0 },
    { "upper limit of a band", GB_BAND, GB_FLOW_RATE, GB_FREQ_MONTH, 4, "2026-10=5", "2026-11-22", GB_PROGRESS_MISSED, 25 * P },
    { "below the limit of a band", GB_BAND, GB_FLOW_RATE, GB_FREQ_MONTH, 4, "2026-10=3", "2026-11-22", GB_PROGRESS_MET, 0 },
    { "not judged", GB_NEUTRAL, GB_FLOW_RATE, GB_FREQ_MONTH, 80, "2026-10=60", "2026-11-22", GB_PROGRESS_NONE, 0 },
    { "no target", GB_UP_GOOD, GB_FLOW_RATE, GB_FREQ_MONTH, -1, "2026-10=60", "2026-11-22", GB_PROGRESS_NONE, 0 },
    { "no figure", GB_UP_GOOD, GB_FLOW_RATE, GB_FREQ_MONTH, 80, "2026-10=-", "2026-11-22", GB_PROGRESS_NONE, 0 },
    { "figure of the year before", GB_UP_GOOD, GB_FLOW_RATE, GB_FREQ_YEAR, 80, "2025=60", "2026-11-22", GB_PROGRESS_NONE, 0 },
    /* 31 March: 90 of 365 days, 24.657534% due; 20 of 100 reached */
    { "cumulative, behind", GB_UP_GOOD, GB_FLOW_CUMULATIVE, GB_FREQ_MONTH, 100, "2026-03=20", "2026-04-22", GB_PROGRESS_BEHIND, 4657534 },
    { "cumulative, ahead though below the year's target", GB_UP_GOOD, GB_FLOW_CUMULATIVE, GB_FREQ_MONTH, 100, "2026-03=30", "2026-04-22", GB_PROGRESS_MET, 0 },
    /* 12 x 10 = 120 a year, 24 so far = 20% */
    { "flow, behind", GB_UP_GOOD, GB_FLOW_FLOW, GB_FREQ_MONTH, 10, "2026-01=4 2026-02=10 2026-03=10", "2026-04-22", GB_PROGRESS_BEHIND, 4657534 },
    { "flow, the last month short, the year ahead", GB_UP_GOOD, GB_FLOW_FLOW, GB_FREQ_MONTH, 10, "2026-01=20 2026-02=20 2026-03=1", "2026-04-22", GB_PROGRESS_MET, 0 },
    { "flow with a gap: the period's target counts", GB_UP_GOOD, GB_FLOW_FLOW, GB_FREQ_MONTH, 10, "2026-01=20 2026-03=5", "2026-04-22", GB_PROGRESS_MISSED, 50 * P },
    { "less is better, more than its share", GB_DOWN_GOOD, GB_FLOW_FLOW, GB_FREQ_MONTH, 10, "2026-01=12 2026-02=12 2026-03=12", "2026-04-22", GB_PROGRESS_BEHIND, 5342466 },
    { "less is better, within its share", GB_DOWN_GOOD, GB_FLOW_FLOW, GB_FREQ_MONTH, 10, "2026-01=9 2026-02=9 2026-03=9", "2026-04-22", GB_PROGRESS_MET, 0 },
};

static void against_the_target(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *r = &rows[i];
        int64_t gap = -1;
        fx_init(&fx, 1, 2);
        fx.ind[0].freq = r->freq, fx.ind[0].direction = r->direction, fx.ind[0].flow = r->flow;
        if (r->target >= 0) fx.target[0] = (struct gb_target){ .indicator_i = 0, .region_i = 1, .year = 2026, .value = r->target }, fx.c.n_targets = 1;
        fx_series(&fx, 0, 0, 1, r->series);
        gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
        gb_evaluation_init(&ev, &fx.cube, fx_date(r->date));
        FX_OK(gb_evaluation_run(&ev, &e));
        enum gb_progress got = gb_progress_of(&fx.ind[0], gb_eval_find(&ev, 0, 1), &gap);
        if (got != r->want) fail_msg("%s: %d, expected %d", r->what, (int)got, (int)r->want);
        if (r->gap && gap != r->gap) fail_msg("%s: gap %lld, expected %lld", r->what, (long long)gap, (long long)r->gap);
        if (got == GB_PROGRESS_MET) assert_int_equal(gap, 0);
        const struct gb_eval *v = gb_eval_find(&ev, 0, 1);
        assert_false(v && v->target_confirmed);
        gb_evaluation_release(&ev);
        fx.target[0].confirmed = true;
        gb_evaluation_init(&ev, &fx.cube, fx_date(r->date));
        FX_OK(gb_evaluation_run(&ev, &e));
        v = gb_eval_find(&ev, 0, 1);
        if (got != GB_PROGRESS_NONE) assert_true(v->target_confirmed); /* of this year's figure */
        else if (r->freq == GB_FREQ_YEAR) assert_false(v && v->target_confirmed);
        gb_evaluation_release(&ev);
        fx_release(&fx);
    }
}

/* A band has two sides: CPI 3 % is on target, 5 % and -1 % are not. Ranges 1..4, 0..4.5, -1..5, -2..7 at scale 1. */
static void both_sides_of_a_band(void **state)
{
    (void)state;
    static const int64_t range[GB_N_STEPS][2] = { { 10, 40 }, { 0, 45 }, { -10, 50 }, { -20, 70 } };
    static const struct { const char *series; int64_t target; bool steps; enum gb_progress want; int64_t gap; } t[] = {
        { "2026-10=3", 45, true, GB_PROGRESS_MET, 0 },
        { "2026-10=0", 45, true, GB_PROGRESS_MET, 0 },             /* the range that reaches 4,5 begins at 0 */
        { "2026-10=4.5", 45, true, GB_PROGRESS_MET, 0 },
        { "2026-10=-0.1", 45, true, GB_PROGRESS_MISSED, 100 * P }, /* a limit of zero counts as 100 */
        { "2026-10=5.4", 45, true, GB_PROGRESS_MISSED, 20 * P },
        { "2026-10=0.5", 40, true, GB_PROGRESS_MISSED, 50 * P },   /* 1..4 reaches 4 */
        { "2026-10=-3", 90, true, GB_PROGRESS_MISSED, 50 * P },    /* no range does: the widest */
        { "2026-10=-3", 45, false, GB_PROGRESS_MET, 0 },           /* nobody has said a lower limit */
        { "2026-10=-3", -25, true, GB_PROGRESS_MET, 0 },           /* the target lies below every range */
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        int64_t gap = -1;
        fx_init(&fx, 1, 2);
        fx.ind[0].direction = GB_BAND, fx.ind[0].scale = 1, fx.ind[0].has_steps = t[i].steps;
        for (int k = 0; k < GB_N_STEPS && t[i].steps; k++) fx.ind[0].step[k] = (struct gb_threshold){ true, range[k][0], range[k][1] };
        fx.target[0] = (struct gb_target){ .indicator_i = 0, .region_i = 1, .year = 2026, .value = t[i].target }, fx.c.n_targets = 1;
        fx_series(&fx, 0, 0, 1, t[i].series);
        gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
        gb_evaluation_init(&ev, &fx.cube, fx_date("2026-11-22"));
        FX_OK(gb_evaluation_run(&ev, &e));
        enum gb_progress got = gb_progress_of(&fx.ind[0], gb_eval_find(&ev, 0, 1), &gap);
        if (got != t[i].want || gap != t[i].gap) fail_msg("%s to %lld: %d, gap %lld", t[i].series, (long long)t[i].target, (int)got, (long long)gap);
        gb_evaluation_release(&ev);
        fx_release(&fx);
    }
}

/* Targets at which a share means nothing or nearly so, and what each attainment is made of. Month 2026-10, the year before in 2025-10. */
static void degenerate(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        enum gb_direction direction;
        enum gb_flow flow;
        int64_t target;
        const char *series;
        enum gb_progress want;
        int64_t gap;
        const char *method; /* NULL: no attainment */
        int64_t actual, pct;
    } t[] = {
        { "baseline equal to target, kept", GB_UP_GOOD, GB_FLOW_RATE, 80, "2025-10=80 2026-10=80", GB_PROGRESS_MET, 0, "level", 80, 100 * P },
        { "baseline equal to target, lost", GB_UP_GOOD, GB_FLOW_STOCK, 80, "2025-10=80 2026-10=60", GB_PROGRESS_MISSED, 25 * P, "level", 60, 75 * P },
        { "baseline equal to limit", GB_DOWN_GOOD, GB_FLOW_STOCK, 10, "2025-10=10 2026-10=10", GB_PROGRESS_MET, 0, "level", 10, 100 * P },
        { "at the upper limit of a band", GB_BAND, GB_FLOW_RATE, 4, "2025-10=4 2026-10=4", GB_PROGRESS_MET, 0, "level", 4, 100 * P },
        { "target zero, below it", GB_UP_GOOD, GB_FLOW_RATE, 0, "2026-10=-1", GB_PROGRESS_MISSED, 100 * P, NULL, 0, 0 },
        { "target zero, on it", GB_UP_GOOD, GB_FLOW_RATE, 0, "2026-10=0", GB_PROGRESS_MET, 0, NULL, 0, 0 },
        { "target zero, cumulative", GB_DOWN_GOOD, GB_FLOW_CUMULATIVE, 0, "2026-10=3", GB_PROGRESS_MISSED, 100 * P, NULL, 0, 0 },
        { "negative target, worse", GB_UP_GOOD, GB_FLOW_RATE, -5, "2026-10=-10", GB_PROGRESS_MISSED, 100 * P, NULL, 0, 0 },
        { "negative target, better", GB_UP_GOOD, GB_FLOW_RATE, -5, "2026-10=-4", GB_PROGRESS_MET, 0, NULL, 0, 0 },
        { "negative target, less is better", GB_DOWN_GOOD, GB_FLOW_STOCK, -5, "2026-10=-4", GB_PROGRESS_MISSED, 20 * P, NULL, 0, 0 },
        { "negative target of a band", GB_BAND, GB_FLOW_RATE, -5, "2026-10=0", GB_PROGRESS_MISSED, 100 * P, NULL, 0, 0 },
        { "nothing delivered", GB_UP_GOOD, GB_FLOW_CUMULATIVE, 80, "2025-10=80 2026-10=-", GB_PROGRESS_NONE, 0, NULL, 0, 0 },
        { "cumulative, whole", GB_UP_GOOD, GB_FLOW_CUMULATIVE, 100, "2025-10=100 2026-10=100", GB_PROGRESS_MET, 0, "cumulative", 100, 100 * P },
        { "cumulative figure fallen below zero", GB_UP_GOOD, GB_FLOW_CUMULATIVE, 100, "2026-10=-50", GB_PROGRESS_BEHIND, 0, "cumulative", -50, -50 * P },
        { "a target that does not fit twelve times", GB_UP_GOOD, GB_FLOW_FLOW, INT64_MAX / 2, "2026-01=1", GB_PROGRESS_NONE, 0, NULL, 0, 0 },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        int64_t gap = 0, actual = 0;
        fx_init(&fx, 1, 2);
        fx.ind[0].direction = t[i].direction, fx.ind[0].flow = t[i].flow, fx.ind[0].freq = GB_FREQ_MONTH;
        fx.target[0] = (struct gb_target){ .indicator_i = 0, .region_i = 1, .year = 2026, .value = t[i].target, .confirmed = true }, fx.c.n_targets = 1;
        fx_series(&fx, 0, 0, 1, t[i].series);
        gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
        gb_evaluation_init(&ev, &fx.cube, fx_date("2026-11-22"));
        FX_OK(gb_evaluation_run(&ev, &e));
        const struct gb_eval *v = gb_eval_find(&ev, 0, 1);
        enum gb_progress got = gb_progress_of(&fx.ind[0], v, &gap);
        const char *method = gb_attainment_method(&fx.ind[0], v, &actual);
        if (got != t[i].want || (t[i].gap && gap != t[i].gap)) fail_msg("%s: %d, gap %lld", t[i].what, (int)got, (long long)gap);
        if (!method != !t[i].method || (method && (strcmp(method, t[i].method) || actual != t[i].actual || v->attainment_pct != t[i].pct)))
            fail_msg("%s: %s of %lld, %lld", t[i].what, method ? method : "-", (long long)actual, (long long)v->attainment_pct);
        assert_int_equal(v->target_confirmed, v->has_target); /* never said of a target that was not compared with */
        gb_evaluation_release(&ev);
        fx_release(&fx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(against_the_target), cmocka_unit_test(both_sides_of_a_band), cmocka_unit_test(degenerate) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
