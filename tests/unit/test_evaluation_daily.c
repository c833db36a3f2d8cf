/* test_evaluation_daily.c — what was known on a day follows from the deliveries; the last day is what the board says; late files change only the days since. */
#include "cube_fixture.h"
#include "evaluation/daily.h"
#include "evaluation/rollup.h"

static struct fx fx;
static struct gb_arena a;
static struct gb_dimensions board;

static void came(int32_t id, const char *day)
{
    gb_cube_note_delivery(&fx.cube, &(struct gb_cube_delivery){ .id = id, .as_of = fx_date(day), .lined = true,
                                                                .delivered_utc = (int64_t)gb_date_to_days(fx_date(day)) * 86400 + 3600 });
}

static struct gb_quality_days look(const char *date, int n)
{
    struct gb_evaluation ev;
    struct gb_err e = { 0 };
    gb_arena_init(&a, 0);
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    assert_int_equal(gb_rollup_take(&fx.cube, &e), GB_OK);
    gb_evaluation_init(&ev, &fx.cube, fx_date(date));
    assert_int_equal(gb_evaluation_run(&ev, &e), GB_OK);
    struct gb_quality_days q = gb_quality_days(&ev, n, &a);
    board = gb_dimensions_of(&ev, &a);
    gb_evaluation_release(&ev);
    assert_int_equal(q.n, n);
    assert_int_equal(gb_date_cmp(q.day[n - 1].date, fx_date(date)), 0);
    return q;
}

static void done(void)
{
    gb_arena_release(&a);
    fx_release(&fx);
}

/* "2/3 ..." of one part, a day each. */
static const char *row(const struct gb_quality_days *q, enum gb_dimension d)
{
    static char out[8][512];
    static int turn;
    char *o = out[turn++ % 8];
    size_t at = 0;
    for (int i = 0; i < q->n; i++)
        at += (size_t)snprintf(o + at, 512 - at, "%s%d/%d", i ? " " : "", (int)q->day[i].parts.n[d], (int)q->day[i].parts.of[d]);
    return o;
}

static const char *shares(const struct gb_quality_days *q)
{
    static char out[512];
    size_t at = 0;
    for (int i = 0; i < q->n; i++)
        at += (size_t)snprintf(out + at, 512 - at, "%s%d/%d %d/%d", i ? ", " : "", (int)q->day[i].ontime, (int)q->day[i].due, (int)q->day[i].full, (int)q->day[i].communes);
    return out;
}

static void daily_series(void)
{
    fx_init(&fx, 2, 3);
    for (int i = 0; i < 2; i++) fx.ind[i].freq = GB_FREQ_DAY, fx.ind[i].unit_code = "{case}", fx.ind[i].season = "", fx.ind[i].flow = GB_FLOW_STOCK;
}

/* Commune 1 reports each day until the 12th, commune 2 the 10th late, on the 13th, and nothing before. */
static void known_on_a_day(void **st)
{
    (void)st;
    daily_series();
    fx.c.n_indicators = 1;
    came(1, "2026-11-11"), came(2, "2026-11-12"), came(3, "2026-11-13");
    fx_series(&fx, 0, 0, 1, "2026-11-10=5@1 2026-11-11=6@1 2026-11-12=6@2"), fx_series(&fx, 0, 0, 2, "2026-11-10=5@3");
    struct gb_quality_days q = look("2026-11-15", 6); /* 10 11 12 13 14 15 */
    assert_string_equal(row(&q, GB_DIM_COMPLETE), "0/2 1/2 1/2 2/2 2/2 2/2");
    assert_string_equal(row(&q, GB_DIM_TIMELY), "0/0 1/1 1/1 1/2 0/2 0/2"); /* a day's figure serves for one day more */
    assert_string_equal(row(&q, GB_DIM_TRACEABLE), "0/0 2/2 1/1 1/1 0/0 0/0");
    assert_string_equal(shares(&q), "0/1 0/2, 1/1 1/2, 1/1 1/2, 1/1 1/2, 0/1 0/2, 0/1 0/2");
    assert_true(q.day[1].figures == 2 && q.day[1].deliveries == 1 && q.day[5].deliveries == 0);
    done();
}

/* Without the late file the days before it are the same; the board of the date is the last day. */
static void late_files_change_no_earlier_day(void **st)
{
    (void)st;
    char before[2][512];
    for (int late = 0; late < 2; late++) {
        daily_series();
        came(1, "2026-11-11"), came(2, "2026-11-12"), came(3, "2026-11-14");
        static const struct gb_first first[] = { { 1, 2, 8 } };
        fx_series(&fx, 0, 0, 1, late ? "2026-11-10=5@1 2026-11-11=6@3" : "2026-11-10=5@1 2026-11-11=8@2");
        if (late) fx.cube.series[0].first = first, fx.cube.series[0].n_first = 1;
        fx_series(&fx, 0, 0, 2, "2026-11-10=5@1");
        fx_series(&fx, 0, 1, 0, "2026-11-11=1@2");
        struct gb_quality_days q = look("2026-11-14", 4);
        for (int d = GB_DIM_COMPLETE; d <= GB_DIM_TIMELY; d++) {
            if (!late) snprintf(before[d], sizeof before[d], "%s", row(&q, (enum gb_dimension)d));
            assert_string_equal(row(&q, (enum gb_dimension)d), before[d]);
            assert_int_equal(q.day[3].parts.n[d], board.all.n[d]);
            assert_int_equal(q.day[3].parts.of[d], board.all.of[d]);
        }
        assert_string_equal(row(&q, GB_DIM_ACCURATE), late ? "2/2 1/2 0/0 0/0" : "2/2 2/2 0/0 0/0"); /* 8 became 6: a quarter */
        assert_int_equal(q.day[1].parts.revised.pct_sum, late ? 25000000 : 0);
        done();
    }
}

/* A ratio that is formed follows its parts; a place counts while it exists; what we compute is not due. */
static void formed_and_abolished(void **st)
{
    (void)st;
    fx_init(&fx, 4, 3);
    for (int i = 0; i < 4; i++) fx.ind[i].freq = GB_FREQ_DAY, fx.ind[i].unit_code = "{case}", fx.ind[i].season = "", fx.ind[i].flow = GB_FLOW_FLOW, fx.ind[i].agg = GB_AGG_SUM;
    fx.ind[2].agg = GB_AGG_RATIO, fx.ind[2].agg_num = 0, fx.ind[2].agg_den = 1, fx.ind[2].flow = GB_FLOW_RATE;
    fx.ind[3].computed = GB_COMPUTED_FULL;
    fx.version[2].to = fx_date("2026-11-11");
    came(1, "2026-11-10"), came(2, "2026-11-11");
    fx_series(&fx, 0, 0, 1, "2026-11-10=5@1"), fx_series(&fx, 0, 1, 1, "2026-11-10=5@2"), fx_series(&fx, 0, 0, 2, "2026-11-10=5@1");
    struct gb_quality_days q = look("2026-11-12", 3);
    assert_string_equal(shares(&q), "1/3 1/2, 3/3 2/2, 0/3 0/1");
    assert_string_equal(row(&q, GB_DIM_COMPLETE), "2/4 4/4 3/3"); /* the ratio is there since its denominator is; commune 2 is gone on the 12th */
    done();
}

/* Nobody owes a figure of a day on which the indicator is not measured: of cells that reported, and of an indicator of which nothing came. */
static void outside_its_validity(void **st)
{
    (void)st;
    daily_series();
    fx.ind[0].valid_from = fx_date("2026-11-11"), fx.ind[0].valid_to = fx_date("2026-11-12");
    fx.ind[1].valid_to = fx_date("2026-11-11");
    came(1, "2026-11-11"), came(2, "2026-11-12");
    fx_series(&fx, 0, 0, 1, "2026-11-11=6@1 2026-11-12=6@2"), fx_series(&fx, 0, 0, 2, "2026-11-11=5@1");
    struct gb_quality_days q = look("2026-11-13", 4); /* 10 11 12 13 */
    assert_string_equal(row(&q, GB_DIM_COMPLETE), "0/1 2/3 2/2 0/0");
    assert_string_equal(row(&q, GB_DIM_TIMELY), "0/0 2/2 2/2 0/0");
    assert_string_equal(shares(&q), "0/1 0/0, 1/2 2/2, 1/1 2/2, 0/0 0/0");
    for (int d = GB_DIM_COMPLETE; d <= GB_DIM_TIMELY; d++)
        assert_true(q.day[3].parts.n[d] == board.all.n[d] && q.day[3].parts.of[d] == board.all.of[d]);
    done();
}

static void comparisons_and_conflicts_of_a_day(void **st)
{
    (void)st;
    static struct gb_consistency rule = { .kind = GB_MUST_NOT_EXCEED, .note_vi = "" };
    static int other[] = { 1 };
    daily_series();
    rule.other = other, rule.n_others = 1, fx.c.consistency = &rule, fx.c.n_consistency = 1;
    came(1, "2026-11-11"), came(2, "2026-11-12");
    fx_series(&fx, 0, 0, 1, "2026-11-10=5@1 2026-11-11=6@2"), fx_series(&fx, 0, 1, 1, "2026-11-10=5@1 2026-11-11=5@1");
    gb_cube_set_conflicts(&fx.cube, &(struct gb_cube_conflict){ .indicator_i = 1, .as_of = { 2026, 11, 12 }, .seq = 1 }, 1);
    struct gb_quality_days q = look("2026-11-12", 3);
    assert_string_equal(row(&q, GB_DIM_CONSISTENT), "0/0 1/1 0/1");
    assert_string_equal(row(&q, GB_DIM_UNIQUE), "0/0 3/3 1/2");
    done();
}

/* The roll-up says it as a series of the root: a day each since something is known, none without a date. */
static void computed_series(void **st)
{
    (void)st;
    for (int dated = 0; dated < 2; dated++) {
        struct gb_err e = { 0 };
        fx_init(&fx, 4, 3);
        for (int i = 0; i < 4; i++) fx.ind[i].freq = GB_FREQ_DAY, fx.ind[i].unit_code = "{case}", fx.ind[i].season = "", fx.ind[i].flow = GB_FLOW_STOCK;
        for (int i = 2; i < 4; i++) fx.ind[i].level = GB_AT_PROVINCE, fx.ind[i].scale = 2, fx.ind[i].class = GB_CLASS_INTERNAL, fx.ind[i].flow = GB_FLOW_RATE;
        fx.ind[2].computed = GB_COMPUTED_ONTIME, fx.ind[3].computed = GB_COMPUTED_FULL;
        came(1, "2026-11-11"), came(2, "2026-11-12");
        fx_series(&fx, 0, 0, 1, "2026-11-10=5@1 2026-11-11=6@1 2026-11-12=6@2"), fx_series(&fx, 0, 0, 2, "2026-11-10=5@1"), fx_series(&fx, 0, 1, 2, "2026-11-12=5@2");
        gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
        if (dated) fx.cube.date = fx_date("2026-11-13");
        assert_int_equal(gb_rollup_take(&fx.cube, &e), GB_OK);
        const struct gb_series *on = gb_cube_series(&fx.cube, 2, 0), *full = gb_cube_series(&fx.cube, 3, 0);
        if (dated) {
            assert_string_equal(fx_text(&fx.c, on), "2026-11-11=50@0 2026-11-12=100@0 2026-11-13=100@0");
            assert_string_equal(fx_text(&fx.c, full), "2026-11-11=50@0 2026-11-12=50@0 2026-11-13=50@0");
            assert_true(on->part == GB_PART_ALL && on->flags & GB_SERIES_DERIVED);
        } else {
            assert_true(!on && !full);
        }
        fx_release(&fx);
    }
}

/* Of what was handed over on a day, how much was refused: no day without rows, nobody's file counts too, a share of nothing is none. */
static void refused_rows(void **st)
{
    (void)st;
    struct gb_err e = { 0 };
    struct gb_arena m;
    int64_t pct = 0;
    gb_arena_init(&m, 0);
    fx_init(&fx, 2, 3);
    fx.ind[0].freq = fx.ind[1].freq = GB_FREQ_DAY, fx.ind[0].unit_code = "{case}", fx.ind[0].season = "";
    fx.ind[1].level = GB_AT_PROVINCE, fx.ind[1].scale = 2, fx.ind[1].class = GB_CLASS_INTERNAL, fx.ind[1].flow = GB_FLOW_RATE;
    fx.ind[1].computed = GB_COMPUTED_REJECTED;
    came(1, "2026-11-10");
    fx_series(&fx, 0, 0, 1, "2026-11-10=5@1");
    int32_t day = gb_date_to_days(fx_date("2026-11-10"));
    const struct gb_cube_intake in[] = { { .day = day, .agency_i = -1, .refused_files = 1, .unread_files = 1 },
                                         { .day = day, .agency_i = 0, .files = 2, .refused_files = 1, .rows = 60, .refused = 20, .faulty = 1 },
                                         { .day = day + 1, .agency_i = -1, .refused_files = 1, .unread_files = 1 },
                                         { .day = day + 2, .agency_i = 0, .files = 1, .rows = 7 } };
    gb_cube_set_intake(&fx.cube, in, 4);
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    fx.cube.date = fx_date("2026-11-13");
    assert_int_equal(gb_rollup_take(&fx.cube, &e), GB_OK);
    assert_string_equal(fx_text(&fx.c, gb_cube_series(&fx.cube, 1, 0)), "2026-11-10=25@0 2026-11-12=0@0");
    assert_int_equal(gb_cube_series(&fx.cube, 1, 0)->part, GB_PART_ALL);
    struct gb_cube_intake *v = gb_intake_by(&fx.cube, fx_date("2026-11-12"), 2, false, &m); /* not the 10th */
    assert_true(v[0].unread_files == 1 && v[0].agency_i == -1 && v[1].rows == 7 && v[1].refused == 0 && !gb_reject_pct(&v[0], &pct));
    v = gb_intake_by(&fx.cube, fx_date("2026-11-12"), 3, true, &m);
    assert_true(v[0].refused == 20 && v[0].refused_files == 2 && v[0].unread_files == 1 && v[1].unread_files == 1 && v[2].rows == 7);
    assert_true(gb_reject_pct(&v[0], &pct) && pct == 25 * gb_pow10[GB_PCT_SCALE]);
    assert_true(gb_reject_pct(&v[2], &pct) && pct == 0);
    /* 64.9499999 % would be kept as 64.950000 and printed as 65,0 */
    const struct gb_cube_intake near = { .rows = 1000000000 - 649499999, .refused = 649499999 };
    assert_true(gb_reject_pct(&near, &pct) && pct == 64949999);
    gb_arena_release(&m);
    fx_release(&fx);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(known_on_a_day), cmocka_unit_test(late_files_change_no_earlier_day), cmocka_unit_test(formed_and_abolished), cmocka_unit_test(outside_its_validity),
                                        cmocka_unit_test(comparisons_and_conflicts_of_a_day), cmocka_unit_test(computed_series), cmocka_unit_test(refused_rows) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
