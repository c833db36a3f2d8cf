/* test_evaluation_breaks.c — which figures of a series may be set against each other, and bridges over a merger of communes. */
#include "cube_fixture.h"
#include "evaluation/breaks.h"
#include "evaluation/evaluation.h"

static struct fx fx;
static struct gb_evaluation ev;
static struct gb_break breaks[2];
static struct gb_bridge bridge[4];
static int first_indicator[] = { 0 };

static void set_up(enum gb_freq freq, enum gb_flow flow, const char *day, bool of_definition)
{
    fx_init(&fx, 1, 5);
    fx.ind[0].freq = freq, fx.ind[0].flow = flow, fx.ind[0].agg = GB_AGG_SUM;
    breaks[0] = (struct gb_break){ .date = fx_date(day), .text = "Sắp xếp" };
    if (of_definition)
        breaks[0].indicator = first_indicator, breaks[0].n_indicators = 1;
    fx.c.locality.breaks = breaks, fx.c.locality.n_breaks = 1;
}

static const struct gb_eval *see(int region, const char *date)
{
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    gb_evaluation_init(&ev, &fx.cube, fx_date(date));
    FX_OK(gb_evaluation_run(&ev, &e));
    return gb_eval_find(&ev, 0, region);
}

static void done(void)
{
    gb_evaluation_release(&ev);
    fx_release(&fx);
}

/* May the two be compared? S stock, C cumulative, F flow, R rate; d: the break is of a definition. */
static void sides(void **st)
{
    (void)st;
    static const struct { enum gb_freq freq; enum gb_flow flow; bool def; const char *day, *from, *to; bool parted; } t[] = {
        { GB_FREQ_MONTH, GB_FLOW_FLOW, false, "2025-07-01", "2025-06", "2025-07", true },
        { GB_FREQ_MONTH, GB_FLOW_FLOW, false, "2025-07-01", "2025-07", "2025-08", false },
        { GB_FREQ_MONTH, GB_FLOW_FLOW, false, "2025-07-01", "2024-06", "2025-06", false },
        { GB_FREQ_MONTH, GB_FLOW_FLOW, false, "2025-07-15", "2025-07", "2025-08", true },  /* cut in two: of neither side */
        { GB_FREQ_MONTH, GB_FLOW_RATE, false, "2025-07-15", "2025-06", "2025-07", true },
        { GB_FREQ_MONTH, GB_FLOW_STOCK, false, "2025-07-15", "2025-07", "2025-08", false }, /* stands at its last day */
        { GB_FREQ_MONTH, GB_FLOW_STOCK, false, "2025-07-15", "2025-06", "2025-07", true },
        { GB_FREQ_YEAR, GB_FLOW_FLOW, false, "2025-07-01", "2025", "2026", true },
        { GB_FREQ_YEAR, GB_FLOW_STOCK, false, "2025-07-01", "2025", "2026", false },
        { GB_FREQ_MONTH, GB_FLOW_CUMULATIVE, false, "2025-07-01", "2025-11", "2026-11", false }, /* of the area of its last day */
        { GB_FREQ_MONTH, GB_FLOW_CUMULATIVE, true, "2025-07-01", "2025-11", "2026-11", true },   /* half of it of the old definition */
        { GB_FREQ_MONTH, GB_FLOW_CUMULATIVE, true, "2025-07-01", "2025-10", "2025-11", false },  /* what lies between is of the new one */
        { GB_FREQ_MONTH, GB_FLOW_CUMULATIVE, true, "2025-07-01", "2025-06", "2025-07", true },
        { GB_FREQ_MONTH, GB_FLOW_CUMULATIVE, true, "2025-01-01", "2025-11", "2026-11", false },
        { GB_FREQ_DAY, GB_FLOW_RATE, true, "2025-09-01", "2025-08-31", "2025-09-01", true },
        { GB_FREQ_DAY, GB_FLOW_RATE, true, "2025-09-01", "2025-09-01", "2025-09-02", false },
        { GB_FREQ_HOUR, GB_FLOW_RATE, true, "2025-09-01", "2025-08-31T23", "2025-09-01T00", true },
        { GB_FREQ_HOUR, GB_FLOW_RATE, true, "2025-09-01", "2025-09-01T00", "2025-09-01T01", false },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        set_up(t[i].freq, t[i].flow, t[i].day, t[i].def);
        bool got = gb_break_between(&fx.c, 0, 1, fx_period(t[i].from), fx_period(t[i].to)) != NULL;
        if (got != t[i].parted) fail_msg("case %d: %s to %s, break %s: %s", (int)i, t[i].from, t[i].to, t[i].day, got ? "parted" : "one kind");
        bool start = gb_break_start(&fx.c, 0, 1, fx_period(t[i].to), NULL) > fx_period(t[i].from);
        bool same_year_sum = t[i].flow == GB_FLOW_CUMULATIVE && t[i].def && !t[i].parted;
        if (start && !t[i].parted && !same_year_sum) fail_msg("case %d: a forecast would start later than the comparison allows", (int)i);
        done();
    }
}

/* A break of areas is one of communes; one of a definition is one of the indicators it names, everywhere. */
static void whose_break(void **st)
{
    (void)st;
    set_up(GB_FREQ_MONTH, GB_FLOW_FLOW, "2025-07-01", false);
    assert_null(gb_break_between(&fx.c, 0, 0, fx_period("2025-01"), fx_period("2025-12")));
    assert_non_null(gb_break_between(&fx.c, 0, 1, fx_period("2025-01"), fx_period("2025-12")));
    done();
    set_up(GB_FREQ_MONTH, GB_FLOW_FLOW, "2025-07-01", true);
    assert_non_null(gb_break_between(&fx.c, 0, 0, fx_period("2025-01"), fx_period("2025-12")));
    first_indicator[0] = 7;
    assert_null(gb_break_between(&fx.c, 0, 0, fx_period("2025-01"), fx_period("2025-12")));
    first_indicator[0] = 0;
    done();
}

/* Values of before 1 July stand under the code of the new commune: they are of another place, and no change is told. */
static void refused(void **st)
{
    (void)st;
    set_up(GB_FREQ_MONTH, GB_FLOW_FLOW, "2025-07-01", false);
    fx_series(&fx, 0, 0, 1, "2025-05=10 2025-06=20 2025-07=30 2025-08=50");
    const struct gb_eval *v = see(1, "2025-09-05");
    assert_true(v->prev.ok && !v->prev.over);
    assert_int_equal(v->ytd, 80), assert_int_equal(v->n_ytd, 2), assert_false(v->ytd_complete); /* not 110 */
    done();
    set_up(GB_FREQ_MONTH, GB_FLOW_FLOW, "2025-07-01", false);
    fx_series(&fx, 0, 0, 1, "2025-06=20 2025-07=30");
    v = see(1, "2025-08-05");
    assert_false(v->prev.ok), assert_ptr_equal(v->prev.over, &breaks[0]);
    assert_false(v->prev_available.ok), assert_ptr_equal(v->prev_available.over, &breaks[0]);
    assert_false(v->year_before.ok), assert_null(v->year_before.over); /* there is no old figure at all: nothing is refused */
    done();
    set_up(GB_FREQ_MONTH, GB_FLOW_FLOW, "2025-07-01", false);
    fx_series(&fx, 0, 0, 1, "2025-01=1 2025-02=2 2026-01=5 2026-02=6");
    v = see(1, "2026-03-05");
    assert_int_equal(v->ytd, 11);
    assert_false(v->ytd_year_before.ok), assert_ptr_equal(v->ytd_year_before.over, &breaks[0]);
    done();
}

/* 1 = all of 2 and half of 3: 2026-01 against 2025-01 of 2 and 3. */
static void merged(enum gb_aggregation agg, enum gb_flow flow)
{
    set_up(GB_FREQ_MONTH, flow, "2025-07-01", false);
    fx.ind[0].agg = agg;
    bridge[0] = (struct gb_bridge){ 2, 1, GB_BRIDGE_ONE, fx_date("2025-07-01"), "", 2 };
    bridge[1] = (struct gb_bridge){ 3, 1, GB_BRIDGE_ONE / 2, fx_date("2025-07-01"), "", 3 };
    bridge[2] = (struct gb_bridge){ 3, 4, GB_BRIDGE_ONE / 2, fx_date("2025-07-01"), "", 4 };
    fx.c.bridge = bridge, fx.c.n_bridges = 3;
    fx_series(&fx, 0, 0, 2, "2025-01=10 2025-02=20");
    fx_series(&fx, 0, 0, 3, "2025-01=7 2025-02=9");
    fx_series(&fx, 0, 0, 1, "2026-01=27 2026-02=30");
}

static void bridged(void **st)
{
    (void)st;
    merged(GB_AGG_SUM, GB_FLOW_FLOW);
    const struct gb_eval *v = see(1, "2026-03-05");
    assert_true(v->year_before.ok), assert_non_null(v->year_before.over);
    assert_int_equal(v->year_before.base, 25); /* 20 + 4,5 */
    assert_int_equal(v->year_before.diff, 5);
    assert_true(v->ytd_year_before.ok);
    assert_int_equal(v->ytd_year_before.base, 39); /* 13,5 and 24,5, each rounded away from zero */
    done();
    merged(GB_AGG_MEAN, GB_FLOW_RATE);
    assert_false(see(1, "2026-03-05")->year_before.ok); /* nobody knows how many people */
    done();
    merged(GB_AGG_MEAN, GB_FLOW_RATE);
    fx.region[2].population = 1000, fx.region[3].population = 4000;
    v = see(1, "2026-03-05");
    assert_true(v->year_before.ok);
    assert_int_equal(v->year_before.base, 13); /* (20 x 1000 + 9 x 2000) / 3000 = 12,67 */
    done();
    merged(GB_AGG_MAX, GB_FLOW_RATE);
    assert_false(see(1, "2026-03-05")->year_before.ok);
    done();
    merged(GB_AGG_SUM, GB_FLOW_FLOW);
    breaks[0].date = fx_date("2025-10-01"); /* another merger than that of the bridge */
    assert_false(see(1, "2026-03-05")->year_before.ok);
    done();
    merged(GB_AGG_SUM, GB_FLOW_FLOW);
    fx_series(&fx, 0, 0, 4, "2026-01=3 2026-02=4");
    assert_int_equal(see(4, "2026-03-05")->year_before.base, 5); /* half of 9 */
    done();
}

/* Of 2 and half of 3: 30 of 40 and 10 of 200. By people or by shares alone it would be another figure; the old ratios are not asked. */
static void bridged_terms(void **st)
{
    (void)st;
    for (int k = 0; k < 4; k++) { /* a ratio; without a denominator; of figures that do not add up; a weighted mean */
        fx_init(&fx, 3, 5);
        breaks[0] = (struct gb_break){ .date = fx_date("2025-07-01"), .text = "Sắp xếp" };
        fx.c.locality.breaks = breaks, fx.c.locality.n_breaks = 1;
        bridge[0] = (struct gb_bridge){ 2, 1, GB_BRIDGE_ONE, fx_date("2025-07-01"), "", 2 };
        bridge[1] = (struct gb_bridge){ 3, 1, GB_BRIDGE_ONE / 2, fx_date("2025-07-01"), "", 3 };
        fx.c.bridge = bridge, fx.c.n_bridges = 2;
        fx.region[2].population = 1000000, fx.region[3].population = 1;
        struct gb_indicator *r = &fx.ind[0];
        r->agg = k == 3 ? GB_AGG_WEIGHTED_MEAN : GB_AGG_RATIO, r->agg_num = k == 3 ? -1 : 1, r->agg_den = 2, r->is_percent = true, r->scale = 1;
        fx.ind[1].agg = k == 2 ? GB_AGG_MEAN : GB_AGG_SUM, fx.ind[2].agg = GB_AGG_SUM;
        fx.ind[1].flow = fx.ind[2].flow = GB_FLOW_STOCK, fx.ind[2].scale = 1;
        fx_series(&fx, 0, 0, 1, "2026-01=30");
        fx_series(&fx, 0, 0, 2, "2025-01=75");
        fx_series(&fx, 0, 0, 3, "2025-01=5");
        fx_series(&fx, 0, 1, 2, "2025-01=30");
        fx_series(&fx, 0, 1, 3, "2025-01=10");
        fx_series(&fx, 0, 2, 2, "2025-01=40");
        if (k != 1)
            fx_series(&fx, 0, 2, 3, "2025-01=200");
        const struct gb_eval *v = see(1, "2026-03-05");
        assert_int_equal(v->year_before.ok, k == 0 || k == 3);
        assert_ptr_equal(v->year_before.over, &breaks[0]); /* converted, or refused: old figures are there */
        if (k == 0)
            assert_int_equal(v->year_before.base, 250); /* 35 / 140 */
        if (k == 3)
            assert_int_equal(v->year_before.base, 250); /* (75 x 40 + 5 x 100) / 140 */
        done();
    }
}

/* A part of the new commune that has no value in that month: no base, never a smaller one. */
static void bridge_with_a_gap(void **st)
{
    (void)st;
    merged(GB_AGG_SUM, GB_FLOW_FLOW);
    bridge[3] = (struct gb_bridge){ 4, 1, GB_BRIDGE_ONE, fx_date("2025-07-01"), "", 5 };
    fx.c.n_bridges = 4;
    const struct gb_eval *v = see(1, "2026-03-05");
    assert_false(v->year_before.ok), assert_ptr_equal(v->year_before.over, &breaks[0]); /* 2 and 3 have figures: it is the break that forbids it */
    assert_false(v->ytd_year_before.ok), assert_ptr_equal(v->ytd_year_before.over, &breaks[0]);
    done();
    set_up(GB_FREQ_MONTH, GB_FLOW_FLOW, "2025-07-01", false); /* the old region has none either: there is no base, and nothing is refused */
    bridge[0] = (struct gb_bridge){ 2, 1, GB_BRIDGE_ONE, fx_date("2025-07-01"), "", 2 };
    fx.c.bridge = bridge, fx.c.n_bridges = 1;
    fx_series(&fx, 0, 0, 2, "2024-01=1 2025-01=-");
    fx_series(&fx, 0, 0, 1, "2026-01=27");
    v = see(1, "2026-02-05");
    assert_false(v->year_before.ok), assert_null(v->year_before.over);
    done();
}

/* The province itself was merged: its own figures are parted by the day, communes' too; a merger of communes leaves it whole. */
static void province_merged(void **st)
{
    (void)st;
    for (int province = 0; province < 2; province++) {
        set_up(GB_FREQ_MONTH, GB_FLOW_FLOW, "2025-07-01", false);
        breaks[0].province = province;
        fx_series(&fx, 0, 0, 0, "2025-01=1 2025-02=2 2025-06=40 2025-07=90 2026-01=5 2026-02=6");
        assert_non_null(gb_break_between(&fx.c, 0, 1, fx_period("2025-06"), fx_period("2025-07")));
        const struct gb_break *b, *after;
        int32_t at;
        assert_int_equal(gb_breaks_within(&fx.c, 0, 0, fx_period("2025-01"), fx_period("2026-02"), 1, &b, &at), province);
        assert_int_equal(gb_break_start(&fx.c, 0, 0, fx_period("2026-02"), &after), province ? fx_period("2025-07") : INT32_MIN);
        const struct gb_eval *v = see(0, "2026-03-05");
        assert_true(v->prev.ok && !v->prev.over);
        assert_int_equal(v->ytd, 11);
        assert_int_equal(v->year_before.ok, !province), assert_ptr_equal(v->year_before.over, province ? &breaks[0] : NULL);
        assert_int_equal(v->ytd_year_before.ok, !province), assert_ptr_equal(v->ytd_year_before.over, province ? &breaks[0] : NULL);
        done();
    }
    set_up(GB_FREQ_MONTH, GB_FLOW_FLOW, "2025-07-01", false); /* within the year of the merger the sum begins with it */
    breaks[0].province = true;
    fx_series(&fx, 0, 0, 0, "2025-05=10 2025-06=20 2025-07=30 2025-08=50");
    const struct gb_eval *v = see(0, "2025-09-05");
    assert_int_equal(v->ytd, 80), assert_false(v->ytd_complete);
    done();
    set_up(GB_FREQ_MONTH, GB_FLOW_STOCK, "2025-07-01", false); /* both old provinces, whole: added up */
    breaks[0].province = true, fx.region[2].level = fx.region[3].level = GB_AT_PROVINCE;
    bridge[0] = (struct gb_bridge){ 2, 0, GB_BRIDGE_ONE, fx_date("2025-07-01"), "", 2 };
    bridge[1] = (struct gb_bridge){ 3, 0, GB_BRIDGE_ONE, fx_date("2025-07-01"), "", 3 };
    fx.c.bridge = bridge, fx.c.n_bridges = 2;
    fx_series(&fx, 0, 0, 0, "2025-12=9 2026-01=30");
    fx_series(&fx, 0, 0, 2, "2025-01=10");
    fx_series(&fx, 0, 0, 3, "2025-01=5");
    v = see(0, "2026-02-05");
    assert_true(v->year_before.ok), assert_int_equal(v->year_before.base, 15), assert_ptr_equal(v->year_before.over, &breaks[0]);
    done();
}

/* Who gained on whom, among those that are in both months. */
static void rank_gains(void **st)
{
    (void)st;
    fx_init(&fx, 1, 6);
    fx_series(&fx, 0, 0, 1, "2026-01=10 2026-02=10");
    fx_series(&fx, 0, 0, 2, "2026-01=20 2026-02=5");
    fx_series(&fx, 0, 0, 3, "2026-01=10 2026-02=30");
    fx_series(&fx, 0, 0, 4, "2026-02=40"); /* new: first, and pushes nobody down */
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    gb_evaluation_init(&ev, &fx.cube, fx_date("2026-03-05"));
    FX_OK(gb_evaluation_run(&ev, &e));
    static const struct { int rank; bool ok; int gain; } want[] = { { 3, true, 0 }, { 4, true, -2 }, { 2, true, 1 }, { 1, false, 0 } };
    for (int r = 1; r <= 4; r++) {
        const struct gb_eval *v = gb_eval_find(&ev, 0, r);
        assert_int_equal(v->rank, want[r - 1].rank);
        assert_int_equal(v->rank_gain_ok, want[r - 1].ok);
        assert_int_equal(v->rank_gain, want[r - 1].gain);
    }
    done();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sides), cmocka_unit_test(whose_break), cmocka_unit_test(refused), cmocka_unit_test(bridged), cmocka_unit_test(bridged_terms),
        cmocka_unit_test(bridge_with_a_gap), cmocka_unit_test(province_merged), cmocka_unit_test(rank_gains),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
