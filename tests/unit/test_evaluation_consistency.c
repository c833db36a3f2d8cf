/* test_evaluation_consistency.c — each rule held and broken, what rounding explains, and what is not asked. */
#include "cube_fixture.h"
#include "evaluation/consistency.h"
#include "evaluation/rollup.h"

static struct fx fx;
static struct gb_consistency rule;
static int other[4];

static void set_up(enum gb_consistency_kind kind, int n_others)
{
    fx_init(&fx, 3, 4);
    rule = (struct gb_consistency){ .kind = kind, .indicator_i = 0, .other = other, .n_others = n_others, .note_vi = "" };
    other[0] = 1, other[1] = 2;
    for (int i = 0; i < 3; i++) fx.ind[i].unit_code = "{case}", fx.ind[i].flow = GB_FLOW_FLOW;
    fx.c.consistency = &rule, fx.c.n_consistency = 1;
}

/* "2026-02@0 7/9 ..." of what is found, after the number of comparisons. */
static const char *found(const char *date)
{
    static char out[4096];
    struct gb_arena a;
    struct gb_evaluation ev;
    struct gb_err e = { 0 };
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    assert_int_equal(gb_rollup_take(&fx.cube, &e), GB_OK);
    gb_evaluation_init(&ev, &fx.cube, fx_date(date));
    assert_int_equal(gb_evaluation_run(&ev, &e), GB_OK);
    gb_arena_init(&a, 0);
    struct gb_consistency_found f = gb_consistency_of(&ev, &a);
    size_t at = (size_t)snprintf(out, sizeof out, "%u:", (unsigned)f.n_compared);
    assert_int_equal(f.compared[0], f.n_compared), assert_int_equal(f.broken[0], f.n), assert_int_equal(f.n_rules, f.n_compared > 0);
    for (size_t i = 0; i < f.n; i++) {
        char period[24];
        gb_period_iso(fx.ind[0].freq, f.v[i].period, period);
        at += (size_t)snprintf(out + at, sizeof out - at, " %s@%d %lld/%lld", period, f.v[i].region_i, (long long)f.v[i].stated, (long long)f.v[i].other);
    }
    gb_arena_release(&a);
    gb_evaluation_release(&ev);
    fx_release(&fx);
    return out;
}

static void communes(void **st)
{
    (void)st;
    set_up(GB_MUST_SUM_COMMUNES, 0);
    fx.ind[0].agg = GB_AGG_SUM;
    fx_series(&fx, 0, 0, 0, "2025-01=1 2026-01=6 2026-02=7 2026-03=9 2026-05=99");
    fx_series(&fx, 0, 0, 1, "2025-01=5 2026-01=1 2026-02=1 2026-03=1 2026-04=1 2026-05=1");
    fx_series(&fx, 0, 0, 2, "2026-01=2 2026-02=2 2026-03=2 2026-04=1 2026-05=1");
    fx_series(&fx, 0, 0, 3, "2026-01=3 2026-02=3 2026-03=- 2026-04=1 2026-05=1"); /* March: one is missing; April: nobody states it */
    assert_string_equal(found("2026-04-30"), "2: 2026-02@0 7/6");
    for (int units = 1; units <= 3; units++) { /* measured with two decimals, published with one: 4 halves of 0.1 */
        char root[32];
        set_up(GB_MUST_SUM_COMMUNES, 0);
        fx.ind[0].agg = GB_AGG_SUM, fx.ind[0].unit_code = "kWh", fx.ind[0].scale = 2, fx.ind[0].decimals = 1;
        snprintf(root, sizeof root, "2026-02=3.%d", units);
        fx_series(&fx, 0, 0, 0, root);
        fx_series(&fx, 0, 0, 1, "2026-02=1"), fx_series(&fx, 0, 0, 2, "2026-02=1"), fx_series(&fx, 0, 0, 3, "2026-02=1");
        assert_string_equal(found("2026-02-28"), units <= 2 ? "1:" : "1: 2026-02@0 330/300");
    }
    set_up(GB_MUST_SUM_COMMUNES, 0);
    fx.ind[0].agg = GB_AGG_SUM, rule.has_tolerance = true, rule.tolerance = 1;
    fx_series(&fx, 0, 0, 0, "2026-01=4 2026-02=5");
    fx_series(&fx, 0, 0, 1, "2026-01=3 2026-02=3");
    assert_string_equal(found("2026-02-28"), "2: 2026-02@0 5/3");
}

static void ratios(void **st)
{
    (void)st;
    set_up(GB_MUST_BE_RATIO, 0);
    fx.ind[0].agg = GB_AGG_RATIO, fx.ind[0].agg_num = 1, fx.ind[0].agg_den = 2, fx.ind[0].is_percent = true, fx.ind[0].unit_code = "%";
    fx.ind[0].scale = 2, fx.ind[0].decimals = 1, fx.ind[0].flow = GB_FLOW_RATE;
    fx_series(&fx, 0, 0, 1, "2026-01=33.3 2026-02=33.33 2026-03=33.5 2026-04=100");
    fx_series(&fx, 0, 1, 1, "2026-01=1 2026-02=1 2026-03=1 2026-04=1");
    fx_series(&fx, 0, 2, 1, "2026-01=3 2026-02=3 2026-03=3 2026-04=0"); /* nothing follows from a zero */
    assert_string_equal(found("2026-04-30"), "3: 2026-03@1 3350/3333");
    set_up(GB_MUST_BE_RATIO, 0); /* stated for the whole, of which the sums of some communes say nothing */
    fx.ind[0].agg = GB_AGG_RATIO, fx.ind[0].agg_num = 1, fx.ind[0].agg_den = 2, fx.ind[0].is_percent = true, fx.ind[0].unit_code = "%";
    fx.ind[0].flow = GB_FLOW_RATE, fx.ind[1].agg = fx.ind[2].agg = GB_AGG_SUM;
    fx_series(&fx, 0, 0, 0, "2026-01=50 2026-02=50 2026-03=50");
    fx_series(&fx, 0, 1, 1, "2026-01=10 2026-02=10 2026-03=10"), fx_series(&fx, 0, 1, 2, "2026-01=40 2026-02=10 2026-03=10");
    fx_series(&fx, 0, 2, 1, "2026-01=50 2026-02=50 2026-03=50"), fx_series(&fx, 0, 2, 2, "2026-01=50 2026-03=50");
    assert_string_equal(found("2026-03-31"), "2: 2026-03@0 50/20");
    set_up(GB_MUST_BE_RATIO, 0); /* one tỷ of two, each rounded: anything from 20 % to 100 % */
    fx.ind[0].agg = GB_AGG_RATIO, fx.ind[0].agg_num = 1, fx.ind[0].agg_den = 2, fx.ind[0].is_percent = true, fx.ind[0].unit_code = "%";
    fx.ind[1].unit_code = fx.ind[2].unit_code = "VND";
    fx_series(&fx, 0, 0, 1, "2026-01=20 2026-02=100 2026-03=19 2026-04=101");
    fx_series(&fx, 0, 1, 1, "2026-01=1 2026-02=1 2026-03=1 2026-04=1");
    fx_series(&fx, 0, 2, 1, "2026-01=2 2026-02=2 2026-03=2 2026-04=2");
    fx_series(&fx, 0, 0, 2, "2026-01=70"); /* no denominator: not asked */
    fx_series(&fx, 0, 1, 2, "2026-01=7");
    assert_string_equal(found("2026-04-30"), "4: 2026-04@1 101/50 2026-03@1 19/50");
}

static void parts(void **st)
{
    (void)st;
    set_up(GB_MUST_ADD_UP, 2);
    fx_series(&fx, 0, 0, 1, "2026-01=3 2026-02=4 2026-03=3 2026-04=9:F");
    fx_series(&fx, 0, 1, 1, "2026-01=1 2026-02=1 2026-03=1 2026-04=1");
    fx_series(&fx, 0, 2, 1, "2026-01=2 2026-02=2 2026-03=- 2026-04=1");
    assert_string_equal(found("2026-04-30"), "2: 2026-02@1 4/3");
    set_up(GB_MUST_NOT_EXCEED, 1);
    fx.ind[0].agg = fx.ind[1].agg = GB_AGG_SUM; /* what the communes break is not told a second time of their sum */
    fx_series(&fx, 0, 0, 1, "2026-01=3 2026-02=4 2026-03=-1");
    fx_series(&fx, 0, 1, 1, "2026-01=3 2026-02=3 2026-03=0");
    assert_string_equal(found("2026-04-30"), "3: 2026-02@1 4/3");
    set_up(GB_MUST_NOT_EXCEED, 1); /* scales differ */
    fx.ind[1].scale = 2;
    fx_series(&fx, 0, 0, 1, "2026-01=3 2026-02=4");
    fx_series(&fx, 0, 1, 1, "2026-01=3.00 2026-02=3.00");
    assert_string_equal(found("2026-04-30"), "2: 2026-02@1 4/3");
}

static void never_falls(void **st)
{
    (void)st;
    set_up(GB_MUST_NOT_FALL, 0);
    fx.ind[0].flow = GB_FLOW_CUMULATIVE;
    fx_series(&fx, 0, 0, 1, "2025-11=70 2025-12=60 2026-01=5 2026-02=5 2026-03=- 2026-04=4"); /* 2025-11 began too long ago to be asked itself */
    fx_series(&fx, 0, 0, 2, "2026-01=1");
    assert_string_equal(found("2026-11-30"), "3: 2026-04@1 4/5 2025-12@1 60/70");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(communes), cmocka_unit_test(ratios), cmocka_unit_test(parts), cmocka_unit_test(never_falls) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
