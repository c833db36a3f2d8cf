/* test_evaluation_dimensions.c — what is counted and what not, the score and its parts, and that the order of deliveries does not matter. */
#include "cube_fixture.h"
#include "evaluation/dimensions.h"
#include "evaluation/rollup.h"

static struct fx fx;
static int owner_a[] = { 0 }, owner_both[] = { 0, 1 };

static void set_up(void)
{
    fx_init(&fx, 4, 4);
    for (int i = 0; i < 4; i++) fx.ind[i].owner = owner_a, fx.ind[i].n_owners = 1, fx.ind[i].unit_code = "{case}", fx.ind[i].flow = GB_FLOW_FLOW, fx.ind[i].season = "";
}

/* "complete 3/4 timely ..." of some parts. */
static const char *text(const struct gb_parts *p)
{
    static const char *const word[GB_DIM_N] = { "complete", "timely", "accurate", "consistent", "conform", "unique", "traceable" };
    static char out[4][512];
    static int turn;
    char *o = out[turn++ % 4];
    size_t at = 0;
    for (int d = 0; d < GB_DIM_N; d++)
        at += (size_t)snprintf(o + at, 512 - at, "%s%s %lld/%lld", d ? " " : "", word[d], (long long)p->n[d], (long long)p->of[d]);
    return o;
}

static struct gb_arena a;
static struct gb_dimensions look(const char *date)
{
    struct gb_evaluation ev;
    struct gb_err e = { 0 };
    gb_arena_init(&a, 0);
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    assert_int_equal(gb_rollup_take(&fx.cube, &e), GB_OK);
    gb_evaluation_init(&ev, &fx.cube, fx_date(date));
    assert_int_equal(gb_evaluation_run(&ev, &e), GB_OK);
    struct gb_dimensions d = gb_dimensions_of(&ev, &a);
    gb_evaluation_release(&ev);
    return d;
}
static void done(void)
{
    gb_arena_release(&a);
    fx_release(&fx);
}

static void cells(void **st)
{
    (void)st;
    set_up();
    fx.ind[0].agg = GB_AGG_SUM;                                   /* two communes, one late; the derived root is no cell */
    fx_series(&fx, 0, 0, 1, "2026-01=5 2026-10=5"), fx_series(&fx, 0, 0, 2, "2026-01=5 2026-03=6");
    fx.ind[1].level = GB_AT_PROVINCE, fx.ind[1].owner = owner_both, fx.ind[1].n_owners = 2; /* nothing came */
    fx_series(&fx, 0, 2, 1, "2026-12=1");                         /* only of the future: a cell without a value */
    fx.ind[3].agg = GB_AGG_RATIO, fx.ind[3].agg_num = fx.ind[3].agg_den = 0, fx.ind[3].n_owners = 0; /* formed from what came */
    struct gb_dimensions d = look("2026-11-20");
    assert_string_equal(text(&d.indicator[0]), "complete 2/2 timely 1/2 accurate 1/1 consistent 0/0 conform 2/2 unique 2/2 traceable 0/2");
    assert_string_equal(text(&d.indicator[1]), "complete 0/1 timely 0/0 accurate 0/0 consistent 0/0 conform 0/0 unique 0/0 traceable 0/0");
    assert_string_equal(text(&d.indicator[2]), "complete 0/1 timely 0/0 accurate 0/0 consistent 0/0 conform 0/0 unique 0/0 traceable 0/0");
    assert_string_equal(text(&d.indicator[3]), "complete 1/1 timely 0/0 accurate 0/0 consistent 0/0 conform 0/0 unique 0/0 traceable 0/0");
    assert_string_equal(text(&d.all), "complete 3/5 timely 1/2 accurate 1/1 consistent 0/0 conform 2/2 unique 2/2 traceable 0/2");
    assert_string_equal(text(&d.agency[0]), "complete 2/4 timely 1/2 accurate 1/1 consistent 0/0 conform 2/2 unique 2/2 traceable 0/2");
    assert_string_equal(text(&d.agency[1]), "complete 0/1 timely 0/0 accurate 0/0 consistent 0/0 conform 0/0 unique 0/0 traceable 0/0");
    assert_string_equal(text(&d.region[2]), "complete 1/1 timely 0/1 accurate 0/0 consistent 0/0 conform 1/1 unique 1/1 traceable 0/1");
    done();
}

static void trace_and_consistency(void **st)
{
    (void)st;
    static struct gb_consistency rule = { .kind = GB_MUST_NOT_EXCEED, .note_vi = "" };
    static int other[] = { 1 };
    set_up();
    rule.other = other, rule.n_others = 1, fx.c.consistency = &rule, fx.c.n_consistency = 1;
    fx_series(&fx, 0, 0, 1, "2026-09=1 2026-10=5"), fx_series(&fx, 0, 1, 1, "2026-09=1 2026-10=4");
    const struct gb_series *s = NULL;
    gb_cube_end_part(&fx.cube, 0);
    s = gb_cube_series(&fx.cube, 0, 1);
    gb_cube_note_delivery(&fx.cube, &(struct gb_cube_delivery){ .id = s->delivery[1], .delivered_utc = 1700000000, .lined = true });
    struct gb_dimensions d = look("2026-11-20");
    assert_string_equal(text(&d.indicator[0]), "complete 1/1 timely 1/1 accurate 1/1 consistent 1/2 conform 1/1 unique 1/1 traceable 1/1");
    assert_string_equal(text(&d.region[1]), "complete 2/2 timely 2/2 accurate 2/2 consistent 1/2 conform 2/2 unique 2/2 traceable 2/2");
    int64_t v; /* one of two comparisons broken costs half of the 15 points, however it was counted: a break alone is not a share of 0 % */
    assert_true(gb_quality_score(&d.region[1], &v));
    assert_int_equal(v, 92500000);
    done();
}

static void score(void **st)
{
    (void)st;
    int64_t v;
    struct gb_parts none = { 0 }, p = { .n = { 1, 1 }, .of = { 1, 2 } };
    assert_false(gb_quality_score(&none, &v));
    for (int d = 0; d < GB_DIM_N; d++) assert_false(gb_dimension_pct(&none, (enum gb_dimension)d, &v)), assert_false(gb_dimension_alarm(&none, (enum gb_dimension)d));
    assert_true(gb_quality_score(&p, &v));
    assert_int_equal(v, 75000000); /* (25 x 100 + 25 x 50) / 50: parts without anything to count do not count */
    struct gb_parts all = { .n = { 95, 94, 0, 9999999, 5, 4, 5 }, .of = { 100, 100, 5, 10000000, 5, 5, 5 } };
    static const bool alarm[] = { false, true, false, true, false, true, false };
    for (int d = 0; d < GB_DIM_N; d++) assert_int_equal(gb_dimension_alarm(&all, (enum gb_dimension)d), alarm[d]);
    assert_true(gb_dimension_pct(&all, GB_DIM_CONSISTENT, &v));
    assert_int_equal(v, 99900000); /* one of ten million broken is not 100,0 % */
    int sum = 0;
    for (int d = 0; d < GB_DIM_N; d++) sum += gb_dimension_weight((enum gb_dimension)d);
    assert_int_equal(sum, 100);
}

/* Delivery d came on a day, with its rows numbered and `rows` of them. */
static void came(int32_t id, int agency, const char *day, int64_t rows)
{
    int64_t utc = (int64_t)gb_date_to_days(fx_date(day)) * 86400 + 3600; /* eight in the morning */
    gb_cube_note_delivery(&fx.cube, &(struct gb_cube_delivery){ .id = id, .agency_i = agency, .as_of = fx_date(day), .delivered_utc = utc, .lined = true,
                                                                .n_rows = rows, .n_rounded = rows / 10, .n_marked = rows / 5 });
}

/* One indicator at a commune with what was said first of some figures. */
static void revised_series(int ind, int region, const char *text, const struct gb_first *first, uint32_t n)
{
    fx_series(&fx, 0, ind, region, text);
    fx.cube.series[fx.cube.n_series - 1].first = first, fx.cube.series[fx.cube.n_series - 1].n_first = n;
}

/* 110 was 100, 90 was 100, 7 was 7, 5 was 0, one was withdrawn, one is as it came. */
static void revisions(void **st)
{
    (void)st;
    static const struct gb_first first[] = { { 0, 1, 100 }, { 1, 1, 100 }, { 2, 1, 7 }, { 3, 1, 0 }, { 4, 1, 9 } }, small[] = { { 0, 1, 100 } };
    set_up();
    came(1, 0, "2026-07-02", 20), came(2, 0, "2026-11-01", 10), came(3, 1, "2024-11-01", 1000); /* the last one is older than a year */
    revised_series(0, 1, "2026-05=110@2 2026-06=90@2 2026-07=7@2 2026-08=5@2 2026-09=-@2 2026-10=8@2", first, 5);
    revised_series(1, 2, "2026-09=104@2 2026-10=104@2", small, 1);
    struct gb_dimensions d = look("2026-11-20");
    const struct gb_revised *r = &d.indicator[0].revised;
    int64_t mean;
    assert_true(r->points == 6 && r->revised == 4 && r->measured == 2 && r->pct_sum == 20000000);
    assert_true(gb_revision_mean(r, &mean) && mean == 10000000); /* 10 % */
    assert_string_equal(text(&d.indicator[0]), "complete 1/1 timely 1/1 accurate 0/1 consistent 0/0 conform 1/1 unique 1/1 traceable 1/1");
    assert_true(gb_revision_mean(&d.region[2].revised, &mean) && mean == 4000000); /* 4 % is no alarm */
    assert_string_equal(text(&d.region[2]), "complete 1/1 timely 1/1 accurate 1/1 consistent 0/0 conform 1/1 unique 1/1 traceable 1/1");
    assert_true(d.agency[0].revised.revised == 5 && d.all.revised.points == 8);
    assert_true(d.agency[0].rows == 30 && d.agency[0].rounded == 3 && d.agency[0].rows_marked == 6 && d.agency[1].rows == 0 && d.all.rows == 30);
    done();
}

/* Bounds that the catalogue has by now; two files that say different things. */
static void conform_and_unique(void **st)
{
    (void)st;
    set_up();
    fx.ind[0].has_max = true, fx.ind[0].valid_max = 100;
    fx_series(&fx, 0, 0, 1, "2026-10=100"), fx_series(&fx, 0, 0, 2, "2026-10=101");
    gb_cube_set_conflicts(&fx.cube, &(struct gb_cube_conflict){ .agency_i = 0, .indicator_i = 1, .as_of = { 2026, 11, 1 }, .seq = 1 }, 1);
    fx_series(&fx, GB_PART_ALL, 1, 1, "2026-10=4");
    struct gb_dimensions d = look("2026-11-20");
    assert_string_equal(text(&d.indicator[0]), "complete 2/2 timely 2/2 accurate 2/2 consistent 0/0 conform 1/2 unique 2/2 traceable 0/2");
    assert_string_equal(text(&d.indicator[1]), "complete 1/1 timely 1/1 accurate 1/1 consistent 0/0 conform 1/1 unique 0/1 traceable 0/1");
    done();
}

/* What giaoban computes is nobody's debt. */
static void computed(void **st)
{
    (void)st;
    set_up();
    fx.ind[3].computed = GB_COMPUTED_ONTIME;
    fx_series(&fx, 0, 0, 1, "2026-10=5"), fx_series(&fx, 0, 1, 1, "2026-10=5"), fx_series(&fx, 0, 2, 1, "2026-10=5");
    struct gb_dimensions d = look("2026-11-20");
    assert_string_equal(text(&d.all), "complete 3/3 timely 3/3 accurate 3/3 consistent 0/0 conform 3/3 unique 3/3 traceable 0/3");
    assert_int_equal(d.indicator[3].of[GB_DIM_COMPLETE], 0);
    done();
}

/* The same series handed to the cube in any order: the same quality. */
static void order_does_not_matter(void **st)
{
    (void)st;
    static const struct { int ind, region; const char *v; } s[] = {
        { 0, 1, "2026-01=5 2026-10=5" }, { 0, 2, "2026-03=6" }, { 1, 1, "2026-10=9" }, { 2, 3, "2026-10=- 2026-11=1" }, { 3, 0, "2026-10=7" } };
    static const int order[][5] = { { 0, 1, 2, 3, 4 }, { 4, 3, 2, 1, 0 }, { 2, 0, 4, 1, 3 }, { 3, 4, 1, 0, 2 } };
    char first[4][512];
    for (size_t o = 0; o < sizeof order / sizeof *order; o++) {
        set_up();
        for (int k = 0; k < 5; k++) fx_series(&fx, 0, s[order[o][k]].ind, s[order[o][k]].region, s[order[o][k]].v);
        struct gb_dimensions d = look("2026-11-20");
        const struct gb_parts *p[] = { &d.all, &d.agency[0], &d.region[1], &d.indicator[0] };
        for (int k = 0; k < 4; k++) {
            if (o == 0) snprintf(first[k], sizeof first[k], "%s", text(p[k]));
            assert_string_equal(text(p[k]), first[k]);
        }
        done();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(cells), cmocka_unit_test(trace_and_consistency), cmocka_unit_test(score), cmocka_unit_test(revisions), cmocka_unit_test(conform_and_unique), cmocka_unit_test(computed),
                                        cmocka_unit_test(order_does_not_matter) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
