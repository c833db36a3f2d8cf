/* test_evaluation_overview.c — what needs more than one series: ranks, scenario triggers, data gaps, export; and that a part is
 * evaluated the same whether later parts are there or not. */
#include "base/json.h"
#include "cube_fixture.h"
#include "evaluation/export.h"
#include "evaluation/quality.h"
#include "evaluation/trigger.h"

static struct fx fx;
static struct gb_evaluation ev;

static void evaluate(const char *date)
{
    if (fx.cube.n_parts < GB_N_PARTS) gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    gb_evaluation_init(&ev, &fx.cube, fx_date(date));
    FX_OK(gb_evaluation_run(&ev, &e));
}
static void done(void)
{
    gb_evaluation_release(&ev);
    fx_release(&fx);
}
/* "1/4 1/4 3/4 -" for regions 1.. */
static const char *ranks(int ind)
{
    static char text[256];
    size_t at = 0;
    text[0] = 0;
    for (int r = 1; r < fx.c.n_regions; r++) {
        const struct gb_eval *v = gb_eval_find(&ev, ind, r);
        if (v && v->rank) at += (size_t)snprintf(text + at, sizeof text - at, "%s%d/%d", r > 1 ? " " : "", v->rank, v->n_ranked);
        else at += (size_t)snprintf(text + at, sizeof text - at, "%s-", r > 1 ? " " : "");
    }
    return text;
}

static void ranking(void **state)
{
    (void)state;
    static const struct { const char *what; enum gb_direction d; const char *series[5]; const char *period, *want; } t[] = {
        { "up", GB_UP_GOOD, { "2026-10=5", "2026-10=9", "2026-10=5", "2026-10=-1" }, "2026-10", "2/4 1/4 2/4 4/4" },
        { "down", GB_DOWN_GOOD, { "2026-10=5", "2026-10=9", "2026-10=5", "2026-10=-1" }, "2026-10", "2/4 4/4 2/4 1/4" },
        { "neutral", GB_NEUTRAL, { "2026-10=5", "2026-10=9", "2026-10=5", "2026-10=1" }, NULL, "- - - -" },
        { "band", GB_BAND, { "2026-10=5", "2026-10=9", "2026-10=5", "2026-10=1" }, NULL, "- - - -" },
        { "extremes", GB_UP_GOOD, { "2026-10=9223372036854775807", "2026-10=-9223372036854775807", "2026-10=0", "2026-10=1" }, "2026-10", "1/4 4/4 3/4 2/4" },
        { "half have the newest", GB_UP_GOOD, { "2026-09=1 2026-10=5", "2026-09=1 2026-10=9", "2026-09=7", "2026-09=1" }, "2026-10", "2/2 1/2 - -" },
        { "less than half: the one before", GB_UP_GOOD, { "2026-09=1 2026-10=5", "2026-09=2", "2026-09=7", "2026-09=1" }, "2026-09", "3/4 2/4 1/4 3/4" },
        { "missing and forecast are no value", GB_UP_GOOD, { "2026-09=1 2026-10=-", "2026-09=2 2026-10=9:F", "2026-09=7 2026-10=4", "2026-09=1" }, "2026-09", "3/4 2/4 1/4 3/4" },
        { "who never reported is not counted", GB_UP_GOOD, { "2026-09=1 2026-10=5", "2026-09=2", "2026-10=-", "" }, "2026-10", "1/1 - - -" },
        { "all apart", GB_UP_GOOD, { "2026-07=1", "2026-08=2", "2026-09=3", "2026-06=1" }, NULL, "- - - -" },
        { "nobody", GB_UP_GOOD, { "2026-10=-", "", "", "" }, NULL, "- - - -" },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        fx_init(&fx, 1, 5);
        fx.ind[0].direction = t[i].d;
        fx_series(&fx, 0, 0, 0, "2026-10=1000"); /* the province does not take part */
        for (int r = 0; r < 4; r++)
            if (*t[i].series[r]) fx_series(&fx, 0, 0, r + 1, t[i].series[r]);
        evaluate("2026-11-05");
        if (strcmp(ranks(0), t[i].want)) fail_msg("%s: %s", t[i].what, ranks(0));
        assert_int_equal(gb_eval_find(&ev, 0, 0)->rank, 0);
        for (int r = 1; r < 5; r++) {
            const struct gb_eval *v = gb_eval_find(&ev, 0, r);
            if (v && v->rank) assert_int_equal(v->rank_period, fx_period(t[i].period));
        }
        done();
    }
    fx_init(&fx, 1, 4); /* points and the remainder that belongs to nobody have no rank */
    fx.version[3].type = "unallocated";
    for (int r = 1; r < 4; r++) fx_series(&fx, 0, 0, r, "2026-10=1");
    evaluate("2026-11-05");
    assert_string_equal(ranks(0), "1/2 1/2 -");
    done();
    fx_init(&fx, 1, 3);
    fx.ind[0].level = GB_AT_POINT;
    fx.region[1].level = fx.region[2].level = GB_AT_POINT;
    for (int r = 1; r < 3; r++) fx_series(&fx, 0, 0, r, "2026-10=1");
    evaluate("2026-11-05");
    assert_string_equal(ranks(0), "- -");
    done();
}

static void set_steps(int ind, enum gb_direction d, int64_t a, int64_t b, int64_t c, int64_t e)
{
    const int64_t t[4] = { a, b, c, e };
    fx.ind[ind].direction = d, fx.ind[ind].has_steps = true;
    for (int k = 0; k < 4; k++) fx.ind[ind].step[k] = (struct gb_threshold){ .set = true, .lo = t[k], .hi = t[k] };
}

static int both[] = { 0, 1 }, first[] = { 0 }, second[] = { 1 };

static void triggers(void **state)
{
    (void)state;
    static const struct { const char *what, *a, *b; enum gb_state worst; int worst_ind; bool moved, month; } t[] = {
        { "good", "2026-W43=9 2026-W44=0", "2026-W44=0", GB_GOOD, 0, false, false },
        { "watch does not move", "2026-W43=0 2026-W44=1", "2026-W44=0", GB_WATCH, 0, false, false },
        { "warning, worse than before", "2026-W43=1 2026-W44=2", "2026-W44=0", GB_WARNING, 0, true, false },
        { "warning, unchanged", "2026-W43=2 2026-W44=2", "2026-W44=0", GB_WARNING, 0, false, false },
        { "warning, better", "2026-W43=3 2026-W44=2", "2026-W44=0", GB_WARNING, 0, false, false },
        { "warning, previous unknown", "2026-W42=1 2026-W44=2", "2026-W44=0", GB_WARNING, 0, false, false },
        { "danger moves even when better", "2026-W43=9 2026-W44=3", "2026-W44=0", GB_DANGER, 0, true, false },
        { "a mover speaks before its equal", "2026-W43=2 2026-W44=2", "2026-W43=1 2026-W44=2", GB_WARNING, 1, true, false },
        { "overdue does not move", "2026-W40=9", "2026-W44=0", GB_GOOD, 1, false, false },
        { "nothing", "", "", GB_STATE_NONE, -1, false, false },
        { "a month at warning, worse than before: waits for its report", "2026-09=1 2026-10=2", "2026-10=0", GB_WARNING, 0, false, true },
        { "a month at danger moves", "2026-09=1 2026-10=3", "2026-10=0", GB_DANGER, 0, true, true },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        fx_init(&fx, 2, 2);
        fx.c.n_scenarios = 2;
        set_steps(0, GB_DOWN_GOOD, 1, 2, 3, 4), set_steps(1, GB_DOWN_GOOD, 1, 2, 3, 4);
        fx.ind[0].freq = fx.ind[1].freq = t[i].month ? GB_FREQ_MONTH : GB_FREQ_WEEK;
        fx.ind[0].scenario = first, fx.ind[0].n_scenarios = 1, fx.ind[1].scenario = first, fx.ind[1].n_scenarios = 1;
        if (*t[i].a) fx_series(&fx, 0, 0, 0, t[i].a);
        if (*t[i].b) fx_series(&fx, 0, 1, 0, t[i].b);
        fx_series(&fx, 0, 0, 1, t[i].month ? "2026-10=9" : "2026-W44=9"); /* a commune moves nothing */
        evaluate("2026-11-05");
        const struct gb_trigger *g = gb_triggers(&ev, &ev.arena);
        if (g[0].worst != t[i].worst || g[0].worst_indicator_i != t[i].worst_ind || g[0].moved != t[i].moved)
            fail_msg("%s: worst %s at %d, moved %d", t[i].what, gb_state_word(g[0].worst), g[0].worst_indicator_i, g[0].moved);
        assert_int_equal(g[0].n_indicators, 2);
        int sum = 0;
        for (int s = 0; s <= GB_OVERDUE; s++) sum += g[0].n_state[s];
        assert_int_equal(sum, 2);
        assert_int_equal(g[0].n_state[GB_OVERDUE], !strcmp(t[i].what, "overdue does not move"));
        assert_int_equal(g[0].n_state[GB_NO_DATA], strcmp(t[i].what, "nothing") ? 0 : 2);
        assert_int_equal(g[1].n_indicators, 0);
        assert_int_equal(g[1].worst, GB_STATE_NONE);
        done();
    }
}

/* A station speaks for its indicator; what one may not see is not counted. */
static void triggers_points_and_parts(void **state)
{
    (void)state;
    fx_init(&fx, 2, 4);
    fx.c.n_scenarios = 2;
    set_steps(0, GB_DOWN_GOOD, 1, 2, 3, 4);
    fx.ind[0].level = GB_AT_POINT, fx.ind[0].scenario = both, fx.ind[0].n_scenarios = 2;
    fx.ind[1].class = GB_CLASS_INTERNAL, fx.ind[1].scenario = second, fx.ind[1].n_scenarios = 1;
    for (int r = 1; r < 4; r++) fx.region[r].level = GB_AT_POINT;
    fx_series(&fx, 0, 0, 1, "2026-10=0");
    fx_series(&fx, 0, 0, 2, "2026-10=3");
    fx_series(&fx, 0, 0, 3, "2026-06=9"); /* an old reading */
    gb_cube_end_part(&fx.cube, GB_PART_PUBLIC);
    gb_evaluation_init(&ev, &fx.cube, fx_date("2026-11-05"));
    FX_OK(gb_evaluation_run(&ev, &e));
    const struct gb_trigger *g = gb_triggers(&ev, &ev.arena);
    assert_int_equal(g[0].worst, GB_DANGER);
    assert_int_equal(g[0].worst_region_i, 2);
    assert_true(g[0].moved && g[1].moved);
    assert_int_equal(g[1].n_indicators, 1);
    gb_cube_end_part(&fx.cube, GB_PART_ALL);
    FX_OK(gb_evaluation_run(&ev, &e));
    g = gb_triggers(&ev, &ev.arena);
    assert_int_equal(g[1].n_indicators, 2);
    assert_int_equal(g[1].n_state[GB_NO_DATA], 1);
    done();
}

static void quality(void **state)
{
    (void)state;
    fx_init(&fx, 6, 3);
    static int a[] = { 0 }, b[] = { 1 }, ab[] = { 0, 1 };
    int *owner[6] = { a, a, b, ab, NULL, b };
    for (int i = 0; i < 6; i++) fx.ind[i].owner = owner[i], fx.ind[i].n_owners = owner[i] == ab ? 2 : owner[i] != NULL;
    fx.ind[1].freq = GB_FREQ_YEAR, fx.ind[2].freq = GB_FREQ_WEEK, fx.ind[5].class = GB_CLASS_INTERNAL;
    fx_series(&fx, 0, 0, 1, "2026-08=1 2026-10=1"); /* in time: the newest of two communes */
    fx_series(&fx, 0, 0, 2, "2026-07=1");
    fx_series(&fx, 0, 1, 0, "2024=1");              /* 674 days late of 366 */
    fx_series(&fx, 0, 2, 0, "2026-W30=1 2026-W44=1@0"); /* derived values were not delivered: 102 days of 7 */
    gb_cube_note_delivery(&fx.cube, &(struct gb_cube_delivery){ .id = 1, .agency_i = 0, .as_of = { 2026, 11, 2 }, .delivered_utc = 50 });
    gb_cube_note_delivery(&fx.cube, &(struct gb_cube_delivery){ .id = 2, .agency_i = 0, .as_of = { 2026, 11, 1 }, .delivered_utc = 60 });
    gb_cube_end_part(&fx.cube, GB_PART_PUBLIC); /* the public: nothing is known of indicator 5 */
    gb_evaluation_init(&ev, &fx.cube, fx_date("2026-11-05"));
    FX_OK(gb_evaluation_run(&ev, &e));
    struct gb_quality q = gb_quality(&ev, &ev.arena);
    assert_int_equal(q.n_agencies, 2);
    assert_true(q.agency[0].n_due == 3 && q.agency[0].n_with_data == 2 && q.agency[0].n_overdue == 1 && q.agency[0].n_missing == 1);
    assert_int_equal(q.agency[0].ontime_pct, 33333333);
    assert_int_equal(q.agency[0].newest_as_of.day, 2);
    assert_int_equal(q.agency[0].newest_delivered_utc, 60);
    assert_true(q.agency[1].n_due == 2 && q.agency[1].n_overdue == 1 && q.agency[1].n_missing == 1);
    assert_int_equal(q.agency[1].newest_as_of.year, 0);
    assert_true(q.all.n_due == 5 && q.all.n_missing == 2 && q.all.n_overdue == 2);
    assert_int_equal(q.n_gaps, 4);
    static const int order[] = { 3, 4, 2, 1 };
    for (int i = 0; i < 4; i++) assert_int_equal(q.gap[i].indicator_i, order[i]);
    assert_true(q.gap[0].missing && q.gap[0].age_days == -1 && !q.gap[2].missing);
    assert_int_equal(q.gap[2].age_days, 102);
    gb_cube_end_part(&fx.cube, GB_PART_ALL);
    FX_OK(gb_evaluation_run(&ev, &e));
    assert_int_equal(gb_quality(&ev, &ev.arena).agency[1].n_due, 3);
    done();
}

static void nothing_due(void **state)
{
    (void)state;
    fx_init(&fx, 0, 1);
    evaluate("2026-11-05");
    struct gb_quality q = gb_quality(&ev, &ev.arena);
    assert_int_equal(q.n_gaps, 0);
    assert_false(q.all.pct_ok || q.agency[0].pct_ok);
    done();
}

/* Part by part, with later parts appearing, equals all at once. */
static void parts_do_not_look_ahead(void **state)
{
    (void)state;
    fx_init(&fx, 3, 4);
    fx.ind[1].class = GB_CLASS_FRONT, fx.ind[2].class = GB_CLASS_INTERNAL;
    struct gb_evaluation step;
    gb_evaluation_init(&step, &fx.cube, fx_date("2026-11-05"));
    for (int part = 0; part < GB_N_PARTS; part++) {
        for (int i = 0; i < 3; i++)
            for (int r = 0; r < 4; r++)
                if ((int)gb_indicator_part(&fx.ind[i]) == part) fx_series(&fx, part, i, r, r == 0 ? "2026-10=3@0" : "2026-09=5 2026-10=1");
        gb_cube_end_part(&fx.cube, part);
        FX_OK(gb_evaluation_run(&step, &e));
        assert_int_equal(step.n, fx.cube.n_series);
    }
    evaluate("2026-11-05");
    assert_int_equal(ev.n, step.n);
    struct gb_buf x = { 0 }, y = { 0 };
    FX_OK(gb_evaluation_export_csv(&ev, (struct gb_sink){ .fn = fx_sink, .ctx = &x }, &e));
    FX_OK(gb_evaluation_export_csv(&step, (struct gb_sink){ .fn = fx_sink, .ctx = &y }, &e));
    assert_string_equal(x.p, y.p);
    assert_int_equal(gb_eval_find(&step, 2, 0)->coverage_of, 3);
    gb_buf_release(&x), gb_buf_release(&y);
    gb_evaluation_release(&step);
    done();
}

static void export_text(void **state)
{
    (void)state;
    fx_init(&fx, 1, 3);
    fx.ind[0].scale = 1, fx.ind[0].flow = GB_FLOW_FLOW;
    set_steps(0, GB_DOWN_GOOD, 10, 20, 30, 40); /* at scale 1: 1.0 2.0 3.0 4.0 */
    fx.target[0] = (struct gb_target){ .region_i = 1, .year = 2026, .value = 20 }, fx.c.n_targets = 1;
    fx_series(&fx, 0, 0, 1, "2025-01=0 2025-12=2 2026-01=2.5:P");
    fx_series(&fx, 0, 0, 2, "2026-01=-");
    evaluate("2026-02-05");
    struct gb_buf b = { 0 };
    FX_OK(gb_evaluation_export_csv(&ev, (struct gb_sink){ .fn = fx_sink, .ctx = &b }, &e));
    assert_string_equal(b.p,
        "indicator,region,latest_period,latest_value,latest_status,derived,age_days,overdue,previous_period,previous_value,previous_change,"
        "previous_pct,previous_available_period,previous_available_value,previous_available_change,previous_available_pct,year_before_period,"
        "year_before_value,year_before_change,year_before_pct,ytd,ytd_n,ytd_complete,ytd_year_before,ytd_change,ytd_pct,target,target_year,"
        "attainment_pct,pace_pct,behind_pct,state,level,rank,rank_of,rank_period,coverage_n,coverage_of,calendar,target_basis,thresholds_basis,"
        "year_before_break,year_before_bridged,rank_gain,attainment_method,attainment_actual\r\n"
        "t.i0,c1,2026-01,2.5,P,no,5,no,2025-12,2.0,0.5,25.000000,2025-12,2.0,0.5,25.000000,2025-01,0.0,2.5,,2.5,1,yes,0.0,2.5,,2.0,24.0,"
        "10.416667,8.493151,-1.923516,warning,warning,1,1,2026-01,,,calendar,illustrative,proposed,,,,ytd,2.5\r\n"
        "t.i0,c2,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,no-data,none,,,,,,calendar,,proposed,,,,,\r\n");
    gb_buf_reset(&b);
    FX_OK(gb_evaluation_export_json(&ev, (struct gb_sink){ .fn = fx_sink, .ctx = &b }, &e));
    struct gb_jval *j;
    FX_OK(gb_json_parse(&ev.arena, b.p, b.n, &j, &e));
    assert_string_equal(gb_jstr(j, "date"), "2026-02-05");
    const struct gb_jval *row = gb_jget(j, "evaluation")->child;
    assert_int_equal(row->n, 46); /* as many keys as the CSV has columns */
    assert_string_equal(gb_jstr(row, "latest_period"), "2026-01");
    assert_int_equal(gb_jget(row, "year_before_pct")->kind, GB_J_NULL);
    assert_int_equal(gb_jget(row, "latest_value")->kind, GB_J_REAL);
    assert_int_equal(gb_jget(row->next, "latest_value")->kind, GB_J_NULL);
    gb_buf_release(&b);
    done();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranking), cmocka_unit_test(triggers), cmocka_unit_test(triggers_points_and_parts), cmocka_unit_test(quality),
        cmocka_unit_test(nothing_due), cmocka_unit_test(parts_do_not_look_ahead), cmocka_unit_test(export_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
