/* test_evaluation_suppress.c — small counts: what is withheld, and that nobody who subtracts, over all nights, gets it back. The attacker here knows
 * nothing of the method: he has what was shown on each night, totals, and that counts are not negative. */
#include <unistd.h>

#include "cube_fixture.h"
#include "evaluation/evaluation.h"
#include "evaluation/rollup.h"
#include "evaluation/suppress.h"

enum { K = 5, PLACES = 13, NIGHTS = 3 };
static struct fx fx;

/* ---- one night on the cube of the fixture ---- */
static struct gb_cube whole;
static void night(const struct gb_cube_hidden *kept, size_t n, const struct gb_told *told, const char *date)
{
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    gb_cube_init(&whole, &fx.c);
    FX_OK(gb_rollup(&whole, &fx.cube, &e));
    gb_suppress(&whole, &whole, kept, n, told, fx_date(date));
}
static void first_night(void)
{
    static const struct gb_told none = { { 0 }, 0 };
    night(NULL, 0, &none, "2026-02-01");
}
static const struct gb_series *shown(int ind, int region)
{
    for (size_t i = 0; i < whole.n_masks; i++)
        if (whole.mask[i].indicator_i == ind && whole.mask[i].region_i == region)
            return &whole.mask[i];
    return gb_cube_series(&whole, ind, region);
}
static void expect(int ind, int region, const char *want)
{
    assert_string_equal(fx_text(&fx.c, shown(ind, region)), want);
}
static void start(int n_ind, int n_regions)
{
    fx_init(&fx, n_ind, n_regions);
    for (int i = 0; i < n_ind; i++)
        fx.ind[i].agg = GB_AGG_SUM, fx.ind[i].flow = GB_FLOW_FLOW, fx.ind[i].small_count_k = K;
}
static void done(void)
{
    gb_cube_release(&whole);
    fx_release(&fx);
}

static void one_small_takes_the_smallest_other(void **state)
{
    (void)state;
    start(1, 5);
    fx_series(&fx, 0, 0, 1, "2026-01=3");
    fx_series(&fx, 0, 0, 2, "2026-01=40");
    fx_series(&fx, 0, 0, 3, "2026-01=7");
    fx_series(&fx, 0, 0, 4, "2026-01=0");
    first_night();
    expect(0, 1, "2026-01=-:Q");
    expect(0, 2, "2026-01=40");
    expect(0, 3, "2026-01=-:Q");
    expect(0, 4, "2026-01=0");
    expect(0, 0, "2026-01=50@0");
    done();
}

static void two_small_that_are_too_few_together(void **state)
{
    (void)state;
    start(1, 5);
    fx_series(&fx, 0, 0, 1, "2026-01=1 2026-02=2 2026-03=8");
    fx_series(&fx, 0, 0, 2, "2026-01=3 2026-02=3 2026-03=8");
    fx_series(&fx, 0, 0, 3, "2026-01=30 2026-02=30 2026-03=8");
    fx_series(&fx, 0, 0, 4, "2026-01=20 2026-02=20 2026-03=5");
    first_night();
    expect(0, 1, "2026-01=-:Q 2026-02=-:Q 2026-03=8");
    expect(0, 2, "2026-01=-:Q 2026-02=-:Q 2026-03=8");
    expect(0, 3, "2026-01=30 2026-02=30 2026-03=8");
    expect(0, 4, "2026-01=-:Q 2026-02=20 2026-03=5"); /* 1 + 3 are fewer than five: a third; 2 + 3 are not */
    done();
}

static void all_where_nothing_else_protects(void **state)
{
    (void)state;
    start(2, 4);
    fx_series(&fx, 0, 0, 1, "2026-01=1");
    fx_series(&fx, 0, 0, 2, "2026-01=0");
    fx_series(&fx, 0, 0, 3, "2026-01=2");
    fx_series(&fx, 0, 1, 1, "2026-01=4"); /* a single place: its total is it */
    first_night();
    for (int r = 1; r < 4; r++)
        expect(0, r, "2026-01=-:Q");
    expect(0, 0, "2026-01=3@0");
    expect(1, 1, "2026-01=-:Q");
    expect(1, 0, "2026-01=-:Q@0");
    done();
}

static void a_later_night_protects_what_it_adds(void **state)
{
    (void)state;
    struct gb_told told = { { 2026, 2, 1 }, 1 };
    start(1, 5);
    fx_series(&fx, 0, 0, 1, "2026-01=3 2026-02=9");
    fx_series(&fx, 0, 0, 2, "2026-01=40 2026-02=9");
    fx_series(&fx, 0, 0, 3, "2026-01=7 2026-02=9");
    fx_series(&fx, 0, 0, 4, "2026-01=2@2 2026-02=9"); /* alone: the total has moved by just it */
    const struct gb_cube_hidden kept[] = { { 0, 1, fx_period("2026-01"), 0 }, { 0, 3, fx_period("2026-01"), 0 }, { 0, 1, fx_period("2026-02"), 0 } };
    night(kept, 3, &told, "2026-02-02");
    expect(0, 4, "2026-01=-:Q@2 2026-02=9");
    expect(0, 0, "2026-01=-:Q@0 2026-02=36@0"); /* so the total goes */
    expect(0, 1, "2026-01=-:Q 2026-02=-:Q");     /* what was withheld once stays so */
    done();
}

static void cumulative_by_the_year(void **state)
{
    (void)state;
    start(1, 5);
    fx.ind[0].flow = GB_FLOW_CUMULATIVE;
    fx_series(&fx, 0, 0, 1, "2026-01=0 2026-02=2 2026-03=9");
    fx_series(&fx, 0, 0, 2, "2026-01=20 2026-02=21 2026-03=22");
    fx_series(&fx, 0, 0, 3, "2026-01=30 2026-02=31 2026-03=32");
    fx_series(&fx, 0, 0, 4, "2026-01=6 2026-02=7 2026-03=8");
    first_night();
    expect(0, 1, "2026-01=-:Q 2026-02=-:Q 2026-03=-:Q"); /* 9 in March and 0 in January would bound February */
    expect(0, 4, "2026-01=-:Q 2026-02=-:Q 2026-03=-:Q");
    expect(0, 2, "2026-01=20 2026-02=21 2026-03=22");
    done();
}

static void ratios_and_means_follow(void **state)
{
    (void)state;
    start(4, 4);
    fx.ind[1].small_count_k = 0, fx.ind[1].agg = GB_AGG_SUM;                                     /* households */
    fx.ind[2].agg = GB_AGG_RATIO, fx.ind[2].agg_num = 0, fx.ind[2].agg_den = 1;                  /* the rate */
    fx.ind[3].agg = GB_AGG_WEIGHTED_MEAN, fx.ind[3].agg_den = 0, fx.ind[3].small_count_k = 0;    /* satisfaction, by the count */
    for (int r = 1; r < 4; r++) {
        fx_series(&fx, 0, 0, r, r == 1 ? "2026-01=2" : r == 2 ? "2026-01=6" : "2026-01=60");
        fx_series(&fx, 0, 1, r, "2026-01=1000");
        fx_series(&fx, 0, 2, r, r == 1 ? "2026-01=0" : "2026-01=1");
        fx_series(&fx, 0, 3, r, "2026-01=90");
    }
    first_night();
    expect(2, 1, "2026-01=-:Q");
    expect(2, 2, "2026-01=-:Q");
    expect(2, 3, "2026-01=1");
    expect(3, 1, "2026-01=-:Q");
    expect(3, 2, "2026-01=-:Q");
    expect(3, 3, "2026-01=90");
    expect(3, 0, "2026-01=90@0");
    expect(1, 1, "2026-01=1000");
    done();
}

/* ---- the attacker ---- */
struct seen {
    bool total;
    int64_t rest;      /* total less all that is shown */
    bool in[PLACES];   /* withheld, and in the total */
};
struct range {
    int64_t lo, hi;
};

static bool narrow(const struct seen *q, struct range *x)
{
    bool moved = false;
    int64_t lo = 0, hi = 0;
    for (int i = 1; i < PLACES; i++)
        if (q->in[i])
            lo += x[i].lo, hi += x[i].hi;
    for (int i = 1; i < PLACES; i++) {
        if (!q->in[i])
            continue;
        const int64_t most = q->rest - (lo - x[i].lo), least = q->rest - (hi - x[i].hi);
        if (most < x[i].hi)
            x[i].hi = most, moved = true;
        if (least > x[i].lo)
            x[i].lo = least, moved = true;
    }
    return moved;
}

/* All totals, and the differences of any two of which one holds the other. */
static void attack(const struct seen *q, int n, struct range *x)
{
    struct seen all[NIGHTS * NIGHTS];
    int m = 0;
    for (int a = 0; a < n; a++) {
        if (q[a].total)
            all[m++] = q[a];
        for (int b = 0; b < n; b++) {
            struct seen d = { .total = true, .rest = q[a].rest - q[b].rest };
            bool holds = q[a].total && q[b].total && a != b;
            for (int i = 1; i < PLACES; i++) {
                holds = holds && (q[a].in[i] || !q[b].in[i]);
                d.in[i] = q[a].in[i] && !q[b].in[i];
            }
            if (holds)
                all[m++] = d;
        }
    }
    for (int i = 1; i < PLACES; i++)
        x[i] = (struct range){ 0, 1000000 };
    for (bool more = true; more;) {
        more = false;
        for (int a = 0; a < m; a++)
            while (narrow(&all[a], x))
                more = true;
    }
}

static uint32_t seed;
static uint32_t draw(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

static void nobody_gets_it_back(void **state)
{
    (void)state;
    int64_t withheld = 0, cells = 0;
    for (seed = 1; seed < 600; seed++) {
        uint32_t keep_seed = seed;
        int64_t value[PLACES];
        int arrives[PLACES];
        struct seen q[NIGHTS] = { { 0 } };
        bool was_shown[PLACES] = { false };
        struct gb_cube_hidden kept[NIGHTS * PLACES];
        size_t n_kept = 0;
        const uint32_t top = 2 + draw(20), late = draw(3);
        for (int i = 1; i < PLACES; i++)
            value[i] = draw(3) ? draw(top) : 0, arrives[i] = late && !draw(4) ? 1 + (int)draw(NIGHTS - 1) : 0;
        arrives[1] = arrives[2] = 0;
        for (int t = 0; t < NIGHTS; t++) {
            char text[64];
            const struct gb_told told = { t ? (struct gb_date){ 2026, 2, t } : (struct gb_date){ 0 }, t };
            start(1, PLACES);
            for (int i = 1; i < PLACES; i++) {
                snprintf(text, sizeof text, "2026-01=%lld@%d", (long long)value[i], arrives[i] + 1);
                if (arrives[i] <= t)
                    fx_series(&fx, 0, 0, i, text);
            }
            char date[32];
            snprintf(date, sizeof date, "2026-02-%02d", t + 1);
            night(kept, n_kept, &told, date);
            const struct gb_series *root = shown(0, 0);
            q[t].total = root && root->value[0] != GB_VALUE_MISSING;
            q[t].rest = q[t].total ? root->value[0] : 0;
            for (int i = 1; i < PLACES; i++) {
                const struct gb_series *s = shown(0, i);
                if (!s)
                    continue;
                if (s->value[0] == GB_VALUE_MISSING) {
                    q[t].in[i] = !was_shown[i];
                    q[t].rest -= was_shown[i] ? value[i] : 0; /* he has the figure from an earlier night */
                } else {
                    q[t].rest -= s->value[0];
                    was_shown[i] = true;
                }
            }
            n_kept = whole.n_hidden;
            assert_true(n_kept <= NIGHTS * PLACES);
            if (n_kept)
                memcpy(kept, whole.hidden, n_kept * sizeof *kept);
            done();
            memset(&whole, 0, sizeof whole);
        }
        struct range x[PLACES];
        attack(q, NIGHTS, x);
        for (int i = 1; i < PLACES; i++) {
            cells++;
            if (value[i] == 0 || value[i] >= K)
                continue;
            withheld++;
            assert_false(was_shown[i]);
            int64_t total = 0, width = K;
            for (int k = 1; k < PLACES; k++)
                total += arrives[k] == 0 ? value[k] : 0;
            if (total < K && arrives[i] == 0)
                width = total; /* what the total alone tells of each place */
            if (x[i].hi - x[i].lo < width)
                fail_msg("seed %u: place %d of %lld is known as [%lld, %lld]", keep_seed, i, (long long)value[i], (long long)x[i].lo,
                         (long long)x[i].hi);
        }
        seed = keep_seed;
    }
    assert_true(withheld > 500 && cells > 5000);
}

/* ---- handing on ---- */
static void masks_come_off(void **state)
{
    (void)state;
    struct gb_cube in;
    struct gb_evaluation ev;
    char path[] = "/tmp/giaoban-suppress-XXXXXX";
    start(1, 4);
    fx_series(&fx, 0, 0, 1, "2026-01=3 2026-02=2");
    fx_series(&fx, 0, 0, 2, "2026-01=40 2026-02=50");
    fx_series(&fx, 0, 0, 3, "2026-01=7 2026-02=9");
    first_night();
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    for (int part = 0; part < GB_N_PARTS; part++)
        FX_OK(gb_cube_write_part(&whole, part, fd, &e));
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    gb_cube_init(&in, &fx.c);
    gb_evaluation_init(&ev, &in, fx_date("2026-03-05"));
    FX_OK(gb_cube_read_part(&in, GB_PART_PUBLIC, fd, &e));
    FX_OK(gb_evaluation_run(&ev, &e));
    assert_string_equal(fx_text(&fx.c, gb_cube_series(&in, 0, 1)), "2026-01=-:Q 2026-02=-:Q");
    assert_true(gb_cube_masked(&in, 0));
    assert_true(gb_eval_find(&ev, 0, 1)->withheld);
    assert_int_equal(gb_eval_find(&ev, 0, 1)->latest_i, -1);
    assert_int_equal(gb_eval_find(&ev, 0, 2)->n_ranked, 1);
    assert_int_equal(in.n_hidden, 0);
    for (int part = 1; part < GB_N_PARTS; part++) {
        FX_OK(gb_cube_read_part(&in, part, fd, &e));
        FX_OK(gb_evaluation_run(&ev, &e));
    }
    assert_string_equal(fx_text(&fx.c, gb_cube_series(&in, 0, 1)), "2026-01=3 2026-02=2");
    assert_false(gb_cube_masked(&in, 0));
    assert_false(gb_eval_find(&ev, 0, 1)->withheld);
    assert_int_equal(gb_eval_find(&ev, 0, 1)->value, 2);
    assert_int_equal(gb_eval_find(&ev, 0, 2)->n_ranked, 3);
    assert_int_equal(gb_eval_find(&ev, 0, 0)->coverage_n, 3);
    assert_int_equal(in.n_hidden, 4);
    gb_evaluation_release(&ev);
    gb_cube_release(&in);
    close(fd);
    unlink(path);
    done();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(one_small_takes_the_smallest_other), cmocka_unit_test(two_small_that_are_too_few_together),
                                        cmocka_unit_test(all_where_nothing_else_protects),   cmocka_unit_test(a_later_night_protects_what_it_adds),
                                        cmocka_unit_test(cumulative_by_the_year),            cmocka_unit_test(ratios_and_means_follow),
                                        cmocka_unit_test(nobody_gets_it_back),               cmocka_unit_test(masks_come_off) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
