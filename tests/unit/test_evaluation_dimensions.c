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
    static char out[4][512];
    static int turn;
    char *o = out[turn++ % 4];
    size_t at = 0;
    for (int d = 0; d < GB_DIM_N; d++)
        at += (size_t)snprintf(o + at, 512 - at, "%s%s %lld/%lld", d ? " " : "", gb_dimension_word((enum gb_dimension)d), (long long)p->n[d], (long long)p->of[d]);
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
    assert_string_equal(text(&d.indicator[0]), "complete 2/2 timely 1/2 plausible 1/1 consistent 0/0 traceable 0/2");
    assert_string_equal(text(&d.indicator[1]), "complete 0/1 timely 0/0 plausible 0/0 consistent 0/0 traceable 0/0");
    assert_string_equal(text(&d.indicator[2]), "complete 0/1 timely 0/0 plausible 0/0 consistent 0/0 traceable 0/0");
    assert_string_equal(text(&d.indicator[3]), "complete 1/1 timely 0/0 plausible 0/0 consistent 0/0 traceable 0/0");
    assert_string_equal(text(&d.all), "complete 3/5 timely 1/2 plausible 1/1 consistent 0/0 traceable 0/2");
    assert_string_equal(text(&d.agency[0]), "complete 2/4 timely 1/2 plausible 1/1 consistent 0/0 traceable 0/2");
    assert_string_equal(text(&d.agency[1]), "complete 0/1 timely 0/0 plausible 0/0 consistent 0/0 traceable 0/0");
    assert_string_equal(text(&d.region[2]), "complete 1/1 timely 0/1 plausible 0/0 consistent 0/0 traceable 0/1");
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
    gb_cube_note_delivery(&fx.cube, &(struct gb_cube_delivery){ .id = s->delivery[1], .delivered_utc = 1700000000 });
    struct gb_dimensions d = look("2026-11-20");
    assert_string_equal(text(&d.indicator[0]), "complete 1/1 timely 1/1 plausible 1/1 consistent 1/2 traceable 1/1");
    assert_string_equal(text(&d.region[1]), "complete 2/2 timely 2/2 plausible 2/2 consistent 1/2 traceable 2/2");
    int64_t v; /* one of two comparisons broken costs half of the 15 points, however it was counted: a break alone is not a share of 0 % */
    assert_true(gb_quality_score(&d.region[1], &v));
    assert_int_equal(v, 92500000);
    done();
}

static void score(void **st)
{
    (void)st;
    int64_t v;
    struct gb_parts none = { 0 }, p = { .n = { 1, 1, 0, 0, 0 }, .of = { 1, 2, 0, 0, 0 } };
    assert_false(gb_quality_score(&none, &v));
    for (int d = 0; d < GB_DIM_N; d++) assert_false(gb_dimension_pct(&none, (enum gb_dimension)d, &v)), assert_false(gb_dimension_alarm(&none, (enum gb_dimension)d));
    assert_true(gb_quality_score(&p, &v));
    assert_int_equal(v, 75000000); /* (30 x 100 + 30 x 50) / 60: parts without anything to count do not count */
    struct gb_parts all = { .n = { 95, 94, 0, 9999999, 5 }, .of = { 100, 100, 5, 10000000, 5 } };
    static const bool alarm[] = { false, true, false, true, false };
    for (int d = 0; d < GB_DIM_N; d++) assert_int_equal(gb_dimension_alarm(&all, (enum gb_dimension)d), alarm[d]);
    assert_true(gb_dimension_pct(&all, GB_DIM_CONSISTENT, &v));
    assert_int_equal(v, 99900000); /* one of ten million broken is not 100,0 % */
    int sum = 0;
    for (int d = 0; d < GB_DIM_N; d++) sum += gb_dimension_weight((enum gb_dimension)d);
    assert_int_equal(sum, 100);
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
    const struct CMUnitTest tests[] = { cmocka_unit_test(cells), cmocka_unit_test(trace_and_consistency), cmocka_unit_test(score), cmocka_unit_test(order_does_not_matter) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
