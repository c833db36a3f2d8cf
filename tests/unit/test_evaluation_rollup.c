/* test_evaluation_rollup.c — each way of aggregation, what is never derived, statuses, coverage, parts. */
#include "cube_fixture.h"
#include "evaluation/evaluation.h"
#include "evaluation/rollup.h"

static struct fx fx;
static struct gb_cube out;

static void start(enum gb_aggregation agg, int n_ind)
{
    fx_init(&fx, n_ind, 4);
    fx.ind[0].agg = agg;
}
/* Roll up and compare the root series of an indicator. */
static void expect(int ind, const char *want)
{
    if (out.catalogue == NULL) {
        gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
        gb_cube_init(&out, &fx.c);
        FX_OK(gb_rollup(&out, &fx.cube, &e));
    }
    assert_string_equal(fx_text(&fx.c, gb_cube_series(&out, ind, 0)), want);
}
static void done(void)
{
    gb_cube_release(&out);
    fx_release(&fx);
}

static void sums(void **state)
{
    (void)state;
    start(GB_AGG_SUM, 1);
    fx.ind[0].scale = 2;
    fx_series(&fx, 0, 0, 1, "2026-01=0.01 2026-02=5 2026-03=1 2026-05=1:E 2026-06=1:P 2026-07=2:F");
    fx_series(&fx, 0, 0, 2, "2026-01=-3.5 2026-02=- 2026-03=2 2026-05=1 2026-06=1 2026-07=2:E");
    fx_series(&fx, 0, 0, 3, "2026-01=9999999.99 2026-02=1 2026-03=4 2026-05=1 2026-06=1 2026-07=1");
    /* A complete; P a commune is missing; estimates, provisional, forecast */
    expect(0, "2026-01=9999996.5@0 2026-02=6:P@0 2026-03=7@0 2026-05=3:E@0 2026-06=3:P@0 2026-07=5:F@0");
    assert_int_equal(gb_cube_series(&out, 0, 0)->flags, GB_SERIES_DERIVED);
    assert_int_equal(out.n_series, 4);
    assert_int_equal(out.n_obs, 24);
    done();
}

static void delivered_wins(void **state)
{
    (void)state;
    start(GB_AGG_SUM, 1);
    fx_series(&fx, 0, 0, 0, "2025-12=70 2026-02=90 2026-03=-");
    fx_series(&fx, 0, 0, 1, "2026-01=1 2026-02=2 2026-03=3 2026-04=4");
    expect(0, "2025-12=70 2026-01=1@0 2026-02=90 2026-03=- 2026-04=4@0"); /* a delivered M is a statement */
    done();
}

static void nothing_to_derive(void **state)
{
    (void)state;
    static const enum gb_aggregation agg[] = { GB_AGG_NONE, GB_AGG_LAST, GB_AGG_SUM };
    for (int k = 0; k < 3; k++) {
        start(agg[k], 1);
        fx_series(&fx, 0, 0, 1, k == 2 ? "2026-01=-" : "2026-01=1");
        fx_series(&fx, 0, 0, 2, k == 2 ? "2026-01=-" : "2026-02=1");
        expect(0, "");
        assert_int_equal(out.n_series, 2);
        done();
    }
    start(GB_AGG_LAST, 1); /* a single region reports */
    fx_series(&fx, 0, 0, 2, "2026-01=1 2026-02=7");
    expect(0, "2026-01=1@0 2026-02=7@0");
    done();
    start(GB_AGG_SUM, 1); /* does not fit 64 bits: not derived, other periods are */
    fx_series(&fx, 0, 0, 1, "2026-01=9000000000000000000 2026-02=1");
    fx_series(&fx, 0, 0, 2, "2026-01=9000000000000000000 2026-02=1");
    expect(0, "2026-02=2@0");
    done();
}

static void means_and_extremes(void **state)
{
    (void)state;
    static const struct { enum gb_aggregation agg; const char *want; } t[] = {
        { GB_AGG_MEAN, "2026-01=1.7@0 2026-02=-0.3@0" }, /* 5/3 and -0.8/3 */
        { GB_AGG_MAX, "2026-01=2.5@0 2026-02=0.2@0" },
        { GB_AGG_MIN, "2026-01=1@0 2026-02=-0.9@0" },
    };
    for (int k = 0; k < 3; k++) {
        start(t[k].agg, 1);
        fx.ind[0].scale = 1;
        fx_series(&fx, 0, 0, 1, "2026-01=1 2026-02=-0.1");
        fx_series(&fx, 0, 0, 2, "2026-01=1.5 2026-02=0.2");
        fx_series(&fx, 0, 0, 3, "2026-01=2.5 2026-02=-0.9");
        expect(0, t[k].want);
        done();
    }
}

static void weighted_means(void **state)
{
    (void)state;
    start(GB_AGG_WEIGHTED_MEAN, 2);
    fx.ind[0].scale = 4, fx.ind[0].agg_den = 1, fx.ind[1].freq = GB_FREQ_YEAR, fx.ind[1].agg = GB_AGG_NONE;
    fx_series(&fx, 0, 0, 1, "2025-12=10 2026-01=10 2027-06=10");
    fx_series(&fx, 0, 0, 2, "2025-12=40 2026-01=40 2027-06=40");
    fx_series(&fx, 0, 0, 3, "2026-01=50");
    fx_series(&fx, 0, 1, 1, "2024=1 2026=2");
    fx_series(&fx, 0, 1, 2, "2024=2 2026=- 2027=4:F"); /* neither a missing one nor a forecast weighs */
    fx_series(&fx, 0, 1, 3, "2027=9");
    /* 2025-12: weights 1, 2 of 2024, commune 3 absent: (10+80)/3. 2026-01: 2, 2, commune 3 has no weight yet. 2027-06: 2, 2 */
    expect(0, "2025-12=30:P@0 2026-01=25:P@0 2027-06=25:P@0");
    done();
    start(GB_AGG_WEIGHTED_MEAN, 2); /* weights of zero; a stock of a higher frequency: the last day of the month counts */
    fx.ind[0].scale = 1, fx.ind[0].agg_den = 1, fx.ind[1].freq = GB_FREQ_DAY;
    fx_series(&fx, 0, 0, 1, "2026-01=10 2026-02=10 2026-03=10 2026-04=10");
    fx_series(&fx, 0, 0, 2, "2026-01=20 2026-02=20 2026-03=20 2026-04=20");
    fx_series(&fx, 0, 1, 1, "2026-01-05=0 2026-02-28=1 2026-03-01=100");
    fx_series(&fx, 0, 1, 2, "2026-01-05=0 2026-02-01=2");
    expect(0, "2026-02=16.7@0 2026-03=10:P@0"); /* February's stock does not weigh in March; nobody weighs in April */
    assert_int_equal(gb_rollup_terms(&fx.cube, 0, 1, fx_period("2026-02")).den, 1);
    assert_int_equal(gb_rollup_terms(&fx.cube, 0, 2, fx_period("2026-03")).den, GB_VALUE_MISSING);
    done();
}

/* A finer flow weighs with what it counted within the mean's period; the last day alone lost the value when nothing happened on it. */
static void weights_that_add_up(void **state)
{
    (void)state;
    for (int calendar = GB_CAL_CIVIL; calendar <= GB_CAL_ADMIN; calendar++) {
        start(GB_AGG_WEIGHTED_MEAN, 2);
        fx.ind[0].scale = 1, fx.ind[0].agg_den = 1, fx.ind[0].calendar = (enum gb_calendar)calendar;
        fx.ind[1].freq = GB_FREQ_DAY, fx.ind[1].flow = GB_FLOW_FLOW;
        fx_series(&fx, 0, 0, 1, "2026-01=10 2026-02=10 2026-03=10 2026-04=10");
        fx_series(&fx, 0, 0, 2, "2026-01=20 2026-02=20 2026-03=20 2026-04=20");
        fx_series(&fx, 0, 0, 3, "2026-02=90");
        fx_series(&fx, 0, 1, 1, "2026-01-01=1 2026-01-31=2 2026-02-14=3 2026-02-15=0 2026-02-28=0 2026-04-20=0");
        fx_series(&fx, 0, 1, 2, "2026-01-14=3 2026-01-15=1:F 2026-02-10=3 2026-02-11=- 2026-02-28=0 2026-04-20=0");
        /* commune 3 never has a weight; March: no weight, none of an older month; April civil: zeros, administrative: nothing until the 14th */
        expect(0, calendar == GB_CAL_CIVIL ? "2026-01=15:P@0 2026-02=15:P@0" : "2026-01=17.5:P@0 2026-02=13.8:P@0");
        struct gb_rollup_terms t = gb_rollup_terms(&fx.cube, 0, 1, fx_period("2026-02"));
        assert_true(t.den_summed);
        assert_int_equal(t.den, calendar == GB_CAL_CIVIL ? 3 : 5);
        assert_int_equal(gb_rollup_terms(&fx.cube, 0, 3, fx_period("2026-02")).den, GB_VALUE_MISSING);
        done();
    }
    start(GB_AGG_WEIGHTED_MEAN, 2); /* a flow of the same or a rarer frequency: the latest, as ever */
    fx.ind[0].scale = 1, fx.ind[0].agg_den = 1, fx.ind[1].freq = GB_FREQ_QUARTER, fx.ind[1].flow = GB_FLOW_FLOW;
    fx_series(&fx, 0, 0, 1, "2026-02=10 2026-05=10");
    fx_series(&fx, 0, 0, 2, "2026-02=20 2026-05=20");
    fx_series(&fx, 0, 1, 1, "2025-Q4=5 2026-Q1=1");
    fx_series(&fx, 0, 1, 2, "2026-Q1=3");
    expect(0, "2026-02=17.5@0 2026-05=17.5@0");
    done();
    start(GB_AGG_WEIGHTED_MEAN, 2); /* more than 64 bits is no weight */
    fx.ind[0].scale = 1, fx.ind[0].agg_den = 1, fx.ind[1].freq = GB_FREQ_DAY, fx.ind[1].flow = GB_FLOW_FLOW;
    fx_series(&fx, 0, 0, 1, "2026-01=10");
    fx_series(&fx, 0, 0, 2, "2026-01=20");
    fx_series(&fx, 0, 1, 1, "2026-01-01=9000000000000000000 2026-01-02=9000000000000000000 2026-01-03=1");
    fx_series(&fx, 0, 1, 2, "2026-01-01=1");
    expect(0, "2026-01=20:P@0");
    done();
}

static void ratios(void **state)
{
    (void)state;
    start(GB_AGG_RATIO, 4);
    fx.ind[0].scale = 2, fx.ind[0].agg_num = 1, fx.ind[0].agg_den = 2, fx.ind[0].is_percent = true;
    fx.ind[1].agg = GB_AGG_SUM, fx.ind[2].agg = GB_AGG_SUM, fx.ind[2].scale = 1;
    fx.ind[3] = fx.ind[0], fx.ind[3].code = "t.i3", fx.ind[3].is_percent = false; /* times: not x 100 */
    fx_series(&fx, 0, 0, 1, "2026-01=90 2026-02=90"); /* never averaged */
    fx_series(&fx, 0, 0, 2, "2026-01=10");
    fx_series(&fx, 0, 1, 1, "2026-01=9 2026-02=1 2026-03=3 2026-04=1 2026-05=1");
    fx_series(&fx, 0, 1, 2, "2026-01=1 2026-02=1 2026-03=3 2026-04=1");
    fx_series(&fx, 0, 2, 1, "2026-01=10.5 2026-02=2 2026-03=0 2026-05=4");
    fx_series(&fx, 0, 2, 2, "2026-01=19.5 2026-02=1 2026-03=0 2026-05=4");
    fx_series(&fx, 0, 0, 0, "2026-02=12.34");
    expect(0, "2026-01=33.33@0 2026-02=12.34 2026-05=25:P@0"); /* March: divisor 0; April: no divisor; May: one numerator missing */
    expect(3, "2026-01=0.33@0 2026-02=0.67@0 2026-05=0.25:P@0");
    done();
    start(GB_AGG_RATIO, 3); /* divisor of a slower frequency: its latest; numerator of another frequency: none */
    fx.ind[0].agg_num = 1, fx.ind[0].agg_den = 2, fx.ind[2].freq = GB_FREQ_YEAR;
    fx_series(&fx, 0, 1, 0, "2026-01=9 2027-02=8");
    fx_series(&fx, 0, 2, 0, "2025=3 2027=4:P");
    expect(0, "2026-01=3@0 2027-02=2:P@0");
    done();
    start(GB_AGG_RATIO, 3);
    fx.ind[0].agg_num = 1, fx.ind[0].agg_den = 2, fx.ind[1].freq = GB_FREQ_YEAR, fx.ind[2].freq = GB_FREQ_YEAR;
    fx_series(&fx, 0, 1, 0, "2026=9");
    fx_series(&fx, 0, 2, 0, "2026=3");
    expect(0, "");
    done();
}

static void start_ratio(void)
{
    start(GB_AGG_RATIO, 3);
    fx.ind[0].scale = 1, fx.ind[0].agg_num = 1, fx.ind[0].agg_den = 2, fx.ind[0].is_percent = true;
    fx.ind[1].agg = fx.ind[2].agg = GB_AGG_SUM;
}

/* Two communes told how much was done and one of how much: 120 of 100 is not 120 %. */
static void ratios_of_the_same_members(void **state)
{
    (void)state;
    start_ratio();
    fx_series(&fx, 0, 1, 1, "2026-01=50 2026-02=60 2026-03=60 2026-05=60:E");
    fx_series(&fx, 0, 1, 2, "2026-01=70 2026-02=60 2026-04=60 2026-05=60");
    fx_series(&fx, 0, 2, 1, "2026-01=100 2026-02=100 2026-04=100 2026-05=100");
    fx_series(&fx, 0, 2, 2, "2026-01=100 2026-03=100 2026-05=-");
    /* March, April: nobody has both. May: the estimate is one of those with both */
    expect(0, "2026-01=60@0 2026-02=60:P@0 2026-05=60:E@0");
    expect(1, "2026-01=120@0 2026-02=120@0 2026-03=60:P@0 2026-04=60:P@0 2026-05=120:E@0"); /* the sums themselves are what they were */
    struct gb_rollup_terms t = gb_rollup_terms(&out, 0, 0, fx_period("2026-02"));
    assert_int_equal(t.formed, GB_FORMED_COMMON);
    assert_int_equal(t.num, 60), assert_int_equal(t.den, 100);
    assert_int_equal(t.n_both, 1), assert_int_equal(t.n_expected, 2);
    assert_int_equal(gb_rollup_terms(&out, 0, 0, fx_period("2026-03")).formed, GB_FORMED_NONE);
    done();
    start_ratio(); /* the year's denominator: not that of the one who told it first; each has its latest */
    fx.ind[2].freq = GB_FREQ_YEAR;
    fx_series(&fx, 0, 1, 1, "2026-02=5");
    fx_series(&fx, 0, 1, 2, "2026-02=20");
    fx_series(&fx, 0, 2, 1, "2025=90 2026=50");
    fx_series(&fx, 0, 2, 2, "2025=50");
    expect(0, "2026-02=25@0");
    done();
}

/* A delivered total is of all: divided by a sum of all or not at all; those who told both are a ratio by themselves. */
static void ratios_of_a_delivered_total(void **state)
{
    (void)state;
    start_ratio();
    fx_series(&fx, 0, 2, 0, "2026-01=300 2026-02=300 2026-03=300 2026-04=300");
    fx_series(&fx, 0, 1, 0, "2026-04=60");
    fx_series(&fx, 0, 1, 1, "2026-01=10 2026-02=10 2026-03=10 2026-04=10");
    fx_series(&fx, 0, 1, 2, "2026-01=20 2026-02=20 2026-03=20");
    fx_series(&fx, 0, 1, 3, "2026-01=30");
    fx_series(&fx, 0, 2, 2, "2026-03=40");
    expect(0, "2026-01=20@0 2026-03=50:P@0 2026-04=20@0"); /* February: 30 of two is not 10 % of all */
    assert_int_equal(gb_rollup_terms(&out, 0, 0, fx_period("2026-01")).formed, GB_FORMED_ALL);
    assert_int_equal(gb_rollup_terms(&out, 0, 0, fx_period("2026-02")).formed, GB_FORMED_NONE);
    assert_int_equal(gb_rollup_terms(&out, 0, 0, fx_period("2026-03")).formed, GB_FORMED_COMMON);
    assert_int_equal(gb_rollup_terms(&out, 0, 0, fx_period("2026-04")).formed, GB_FORMED_DELIVERED);
    done();
    start_ratio(); /* a delivered numerator, a denominator that the only commune ever to report told: not that of the three */
    fx_series(&fx, 0, 1, 0, "2026-01=300");
    fx_series(&fx, 0, 2, 1, "2026-01=100");
    expect(0, "");
    done();
}

/* Small counts: the ratio of some beside the sum of all would tell what the others counted. Means have no terms to choose from. */
static void ratios_without_choice(void **state)
{
    (void)state;
    start_ratio();
    fx.ind[0].small_count_k = fx.ind[1].small_count_k = 5;
    fx_series(&fx, 0, 2, 1, "2026-01=10 2026-02=10 2026-03=10");
    fx_series(&fx, 0, 2, 2, "2026-01=10 2026-03=10");
    gb_cube_end_part(&fx.cube, 0);
    fx_series(&fx, GB_PART_STATISTICS, 1, 1, "2026-01=2 2026-02=2 2026-03=2");
    fx_series(&fx, GB_PART_STATISTICS, 1, 2, "2026-01=4 2026-02=4");
    expect(0, "2026-01=30@0");
    assert_int_equal(gb_cube_series(&out, 0, 0)->part, GB_PART_PUBLIC);
    struct gb_evaluation ev;
    gb_evaluation_init(&ev, &out, fx_date("2026-03-01"));
    FX_OK(gb_evaluation_run(&ev, &e));
    assert_int_equal(gb_eval_find(&ev, 0, 0)->coverage_of, 0); /* whoever asks: the public does not see who told */
    gb_evaluation_release(&ev);
    done();
    start_ratio();
    fx.ind[2].agg = GB_AGG_MEAN;
    fx_series(&fx, 0, 1, 1, "2026-01=10 2026-02=10");
    fx_series(&fx, 0, 1, 2, "2026-01=20 2026-02=20");
    fx_series(&fx, 0, 2, 1, "2026-01=30 2026-02=30");
    fx_series(&fx, 0, 2, 2, "2026-01=50");
    expect(0, "2026-01=75@0");
    done();
}

/* Who has a value and no weight is in no mean, and is not counted in what the mean covers. */
static void coverage_of_a_mean(void **state)
{
    (void)state;
    struct gb_evaluation ev;
    start(GB_AGG_WEIGHTED_MEAN, 2);
    fx.ind[0].agg_den = 1, fx.ind[1].agg = GB_AGG_SUM;
    fx_series(&fx, 0, 0, 1, "2026-01=10");
    fx_series(&fx, 0, 0, 2, "2026-01=40");
    fx_series(&fx, 0, 1, 1, "2026-01=3");
    expect(0, "2026-01=10:P@0");
    gb_evaluation_init(&ev, &out, fx_date("2026-02-05"));
    FX_OK(gb_evaluation_run(&ev, &e));
    assert_int_equal(gb_eval_find(&ev, 0, 0)->coverage_n, 1);
    assert_int_equal(gb_eval_find(&ev, 0, 0)->coverage_of, 2);
    gb_evaluation_release(&ev);
    done();
}

/* A commune that ended is not missed afterwards; one that starts is not missed before; points do not feed commune indicators. */
static void who_is_expected(void **state)
{
    (void)state;
    start(GB_AGG_SUM, 1);
    fx.version[1].to = (struct gb_date){ 2026, 1, 31 };
    fx.version[2].from = (struct gb_date){ 2026, 2, 1 };
    fx.region[3].level = GB_AT_POINT;
    fx_series(&fx, 0, 0, 1, "2026-01=1");
    fx_series(&fx, 0, 0, 2, "2026-02=2");
    fx_series(&fx, 0, 0, 3, "2026-01=100 2026-02=100");
    expect(0, "2026-01=1@0 2026-02=2@0");
    done();
    start(GB_AGG_MAX, 1);
    fx.ind[0].level = GB_AT_POINT, fx.region[3].level = GB_AT_POINT, fx.region[3].parent = 1; /* a station in a commune */
    fx_series(&fx, 0, 0, 3, "2026-01=5");
    fx_series(&fx, 0, 0, 1, "2026-01=9");
    expect(0, "2026-01=5@0");
    done();
}

/* The derived province value of a small-count indicator is public, its communes are not; coverage is known only where they are. */
static void parts_and_coverage(void **state)
{
    (void)state;
    start(GB_AGG_SUM, 2);
    fx.ind[0].small_count_k = 5, fx.ind[1].agg = GB_AGG_SUM;
    for (int r = 1; r <= 3; r++) fx_series(&fx, 0, 1, r, r == 3 ? "2026-01=1" : "2026-01=1 2026-02=1");
    gb_cube_end_part(&fx.cube, 0);
    for (int r = 1; r <= 3; r++) fx_series(&fx, GB_PART_STATISTICS, 0, r, "2026-01=1");
    expect(0, "2026-01=3@0");
    assert_int_equal(gb_cube_series(&out, 0, 0)->part, GB_PART_PUBLIC);
    assert_int_equal(gb_cube_series(&out, 0, 1)->part, GB_PART_STATISTICS);
    struct gb_evaluation ev;
    gb_evaluation_init(&ev, &out, fx_date("2026-03-01"));
    FX_OK(gb_evaluation_run(&ev, &e));
    assert_int_equal(gb_eval_find(&ev, 0, 0)->coverage_of, 0);
    assert_int_equal(gb_eval_find(&ev, 1, 0)->coverage_n, 2);
    assert_int_equal(gb_eval_find(&ev, 1, 0)->coverage_of, 3);
    assert_int_equal(gb_eval_find(&ev, 1, 0)->status, 'P');
    gb_evaluation_release(&ev);
    done();
}

/* Derived series take their places: after this every lookup and the order (indicator, region) hold. */
static void order_holds(void **state)
{
    (void)state;
    fx_init(&fx, 4, 4);
    fx.c.locality.root_region = 2; /* the root need not be the first row */
    for (int r = 0; r < 4; r++) fx.region[r].level = r == 2 ? GB_AT_PROVINCE : GB_AT_COMMUNE, fx.region[r].parent = r == 2 ? -1 : 2;
    for (int i = 0; i < 4; i++) fx.ind[i].agg = i == 2 ? GB_AGG_NONE : GB_AGG_SUM;
    for (int i = 0; i < 4; i++)
        for (int r = 0; r < 4; r++)
            if (r != 2 || i == 1) fx_series(&fx, 0, i, r, i == 3 && r == 3 ? "2026-02=5" : "2026-01=5");
    gb_cube_end_part(&fx.cube, 0);
    gb_cube_init(&out, &fx.c);
    FX_OK(gb_rollup(&out, &fx.cube, &e));
    assert_int_equal(out.n_series, 15);
    for (size_t i = 1; i < out.n_series; i++)
        assert_true(out.series[i - 1].indicator_i * 4 + out.series[i - 1].region_i < out.series[i].indicator_i * 4 + out.series[i].region_i);
    assert_string_equal(fx_text(&fx.c, gb_cube_series(&out, 0, 2)), "2026-01=15@0");
    assert_string_equal(fx_text(&fx.c, gb_cube_series(&out, 1, 2)), "2026-01=5");
    assert_null(gb_cube_series(&out, 2, 2));
    assert_string_equal(fx_text(&fx.c, gb_cube_series(&out, 3, 2)), "2026-01=10:P@0 2026-02=5:P@0");
    FX_OK(gb_rollup_take(&fx.cube, &e)); /* in place: the same cube */
    assert_int_equal(fx.cube.n_series, out.n_series);
    assert_int_equal(fx.cube.n_obs, out.n_obs);
    for (size_t i = 0; i < out.n_series; i++) {
        char want[256];
        snprintf(want, sizeof want, "%d %d %d %s", out.series[i].indicator_i, out.series[i].region_i, out.series[i].flags, fx_text(&fx.c, &out.series[i]));
        const struct gb_series *s = &fx.cube.series[i];
        char got[256];
        snprintf(got, sizeof got, "%d %d %d %s", s->indicator_i, s->region_i, s->flags, fx_text(&fx.c, s));
        assert_string_equal(got, want);
    }
    done();
    fx_init(&fx, 1, 2);
    fx.c.locality.root_region = -1;
    struct gb_err e = { 0 };
    gb_cube_init(&out, &fx.c);
    assert_int_equal(gb_rollup(&out, &fx.cube, &e), GB_E_CONFIG);
    gb_err_clear(&e);
    assert_int_equal(gb_rollup_take(&fx.cube, &e), GB_E_CONFIG);
    done();
}

/* A total of made-up figures is made up, also for those who see the total alone; a total of others is not. */
static void made_up(void **state)
{
    (void)state;
    start(GB_AGG_SUM, 2);
    fx.ind[1].agg = GB_AGG_SUM;
    fx.ind[0].small_count_k = 5;
    gb_cube_note_delivery(&fx.cube, &(struct gb_cube_delivery){ .id = 1, .agency_i = -1 });
    gb_cube_note_delivery(&fx.cube, &(struct gb_cube_delivery){ .id = 2, .agency_i = -1, .sample = true });
    fx_series(&fx, 0, 1, 1, "2026-01=1 2026-02=3");
    gb_cube_end_part(&fx.cube, GB_PART_FRONT);
    fx_series(&fx, GB_PART_STATISTICS, 0, 1, "2026-01=1 2026-02=3@2");
    fx_series(&fx, GB_PART_STATISTICS, 0, 2, "2026-01=1");
    expect(0, "2026-01=2@0 2026-02=3:P@0");
    assert_int_equal(gb_cube_series(&out, 0, 0)->part, GB_PART_PUBLIC);
    assert_int_equal(gb_cube_series(&out, 0, 0)->flags, GB_SERIES_DERIVED | GB_SERIES_SAMPLE);
    assert_int_equal(gb_cube_series(&out, 1, 0)->flags, GB_SERIES_DERIVED);
    assert_true(gb_series_sample(&out, gb_cube_series(&out, 0, 0)) && !gb_series_sample(&out, gb_cube_series(&out, 1, 0)));
    assert_true(gb_series_sample(&out, gb_cube_series(&out, 0, 1)) && !gb_series_sample(&out, gb_cube_series(&out, 0, 2)));
    done();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums), cmocka_unit_test(delivered_wins), cmocka_unit_test(nothing_to_derive), cmocka_unit_test(means_and_extremes),
        cmocka_unit_test(weighted_means), cmocka_unit_test(weights_that_add_up), cmocka_unit_test(ratios), cmocka_unit_test(ratios_of_the_same_members), cmocka_unit_test(ratios_of_a_delivered_total),
        cmocka_unit_test(ratios_without_choice), cmocka_unit_test(coverage_of_a_mean), cmocka_unit_test(who_is_expected), cmocka_unit_test(parts_and_coverage),
        cmocka_unit_test(order_holds), cmocka_unit_test(made_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
