/* test_evaluation_properties.c — what holds whatever the figures are: many made-up cubes from a fixed generator, gaps, ties, negatives
 * and all. Roll-up does not depend on the order in which communes came or are named; evaluating twice gives the same bytes; ranks are
 * places of a competition; parts of a change add up to it. */
#include "cube_fixture.h"
#include "evaluation/contribution.h"
#include "evaluation/evaluation.h"
#include "evaluation/export.h"
#include "evaluation/rollup.h"

enum { N = 9, MONTHS = 15, CUBES = 60 }; /* communes, months, cubes of each kind */
static uint64_t seed;
static int dice(int n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((seed >> 33) % (uint64_t)n);
}

/* Values of indicator i at commune c: by number, so that another order of communes gives the same figures. */
static int64_t value[3][N + 1][MONTHS];
static void draw(bool gaps, bool negative)
{
    for (int i = 0; i < 3; i++)
        for (int c = 1; c <= N; c++)
            for (int m = 0; m < MONTHS; m++) {
                value[i][c][m] = i == 2 ? 1 + dice(900) : dice(40) * 100 + dice(3) - (negative ? 2000 : 0);
                if (gaps && dice(12) == 0) value[i][c][m] = GB_VALUE_MISSING;
            }
}

/* 0 by `agg`, 1 numerator, 2 denominator or weight; commune c stands as region place[c], its series are added in the order of `place`. */
static void build(struct fx *f, struct gb_cube *out, enum gb_aggregation agg, const int *place)
{
    fx_init(f, 3, N + 1);
    f->ind[0].agg = agg, f->ind[0].scale = f->ind[0].decimals = 2, f->ind[1].scale = 2;
    f->ind[0].agg_num = agg == GB_AGG_RATIO ? 1 : -1;
    f->ind[0].agg_den = agg == GB_AGG_RATIO || agg == GB_AGG_WEIGHTED_MEAN ? 2 : -1;
    f->ind[0].is_percent = agg == GB_AGG_RATIO;
    f->ind[1].agg = f->ind[2].agg = GB_AGG_SUM;
    for (int k = 1; k <= N; k++)
        for (int i = 0; i < 3; i++) {
            int c = 0;
            while (place[c] != k) c++;
            int32_t period[MONTHS], delivery[MONTHS];
            char status[MONTHS];
            for (int m = 0; m < MONTHS; m++) {
                period[m] = fx_period("2025-06") + m, delivery[m] = 1;
                status[m] = value[i][c][m] == GB_VALUE_MISSING ? 'M' : 'A';
            }
            struct gb_series s = { .indicator_i = i, .region_i = k, .n = MONTHS, .period = period, .value = value[i][c], .status = status,
                                   .delivery = delivery };
            if (i > 0 || agg != GB_AGG_RATIO) gb_cube_add(&f->cube, 0, &s);
        }
    gb_cube_end_part(&f->cube, GB_N_PARTS - 1);
    gb_cube_init(out, &f->c);
    FX_OK(gb_rollup(out, &f->cube, &e));
}

static void shuffle(int *place)
{
    for (int c = 0; c <= N; c++) place[c] = c;
    for (int c = N; c > 1; c--) {
        int k = 1 + dice(c), t = place[c];
        place[c] = place[k], place[k] = t;
    }
}

static const enum gb_aggregation aggs[] = { GB_AGG_SUM, GB_AGG_MEAN, GB_AGG_MAX, GB_AGG_MIN, GB_AGG_WEIGHTED_MEAN, GB_AGG_RATIO };

static void rollup_of_permutations(void **st)
{
    (void)st;
    seed = 11;
    for (size_t a = 0; a < sizeof aggs / sizeof *aggs; a++)
        for (int k = 0; k < CUBES; k++) {
            static struct fx f, g;
            static struct gb_cube x, y;
            int as_is[N + 1], other[N + 1];
            for (int c = 0; c <= N; c++) as_is[c] = c;
            shuffle(other);
            draw(true, k % 2);
            build(&f, &x, aggs[a], as_is);
            build(&g, &y, aggs[a], other);
            char want[8192];
            snprintf(want, sizeof want, "%s", fx_text(&f.c, gb_cube_series(&x, 0, 0)));
            assert_true(*want);
            assert_string_equal(fx_text(&g.c, gb_cube_series(&y, 0, 0)), want);
            gb_cube_release(&x), gb_cube_release(&y);
            fx_release(&f), fx_release(&g);
        }
}

static void bytes_of(const struct gb_cube *cube, struct gb_buf *b)
{
    struct gb_evaluation ev;
    gb_evaluation_init(&ev, cube, fx_date("2026-09-05"));
    FX_OK(gb_evaluation_run(&ev, &e));
    FX_OK(gb_evaluation_run(&ev, &e)); /* nothing left to do: nothing changes */
    FX_OK(gb_evaluation_export_csv(&ev, (struct gb_sink){ .fn = fx_sink, .ctx = b }, &e));
    gb_evaluation_release(&ev);
}

static void evaluation_is_idempotent(void **st)
{
    (void)st;
    seed = 12;
    for (int k = 0; k < CUBES; k++) {
        static struct fx f;
        static struct gb_cube x, y;
        struct gb_buf a = { 0 }, b = { 0 };
        int place[N + 1];
        shuffle(place);
        draw(true, k % 2);
        build(&f, &x, aggs[(size_t)k % 6], place);
        gb_cube_init(&y, &f.c);
        FX_OK(gb_rollup(&y, &x, &e)); /* what is rolled up already is left as it is */
        bytes_of(&x, &a), bytes_of(&y, &b);
        assert_int_equal(a.n, b.n), assert_memory_equal(a.p, b.p, a.n);
        gb_buf_release(&a), gb_buf_release(&b);
        gb_cube_release(&x), gb_cube_release(&y);
        fx_release(&f);
    }
}

/* A rank says how many are strictly better, and one more; gains weigh each other up where nobody ties. */
static void ranks_are_places(void **st)
{
    (void)st;
    seed = 13;
    for (int k = 0; k < CUBES; k++) {
        static struct fx f;
        static struct gb_cube x;
        struct gb_evaluation ev;
        int place[N + 1], n_gain = 0, best = N + 1;
        shuffle(place);
        draw(true, false);
        build(&f, &x, GB_AGG_SUM, place);
        f.ind[0].direction = k % 2 ? GB_DOWN_GOOD : GB_UP_GOOD;
        gb_evaluation_init(&ev, &x, fx_date("2026-09-05"));
        FX_OK(gb_evaluation_run(&ev, &e));
        for (int r = 1; r <= N; r++) {
            const struct gb_eval *v = gb_eval_find(&ev, 0, r);
            const struct gb_series *s = gb_cube_series(&x, 0, r);
            if (!v->rank) continue;
            best = v->rank < best ? v->rank : best;
            int better = 0, n = 0;
            int64_t mine = s->value[gb_series_at(s, v->rank_period)];
            for (int o = 1; o <= N; o++) {
                const struct gb_series *t = gb_cube_series(&x, 0, o);
                int64_t at = gb_series_at(t, v->rank_period), w = at < 0 ? GB_VALUE_MISSING : t->value[at];
                n += w != GB_VALUE_MISSING;
                better += w != GB_VALUE_MISSING && (k % 2 ? w < mine : w > mine);
            }
            assert_int_equal(v->rank, better + 1);
            assert_int_equal(v->n_ranked, n);
            n_gain += v->rank_gain_ok;
            assert_true(!v->rank_gain_ok || (v->rank_gain < N && v->rank_gain > -N));
        }
        assert_int_equal(best, 1);
        assert_true(n_gain != 1);
        gb_evaluation_release(&ev);
        gb_cube_release(&x);
        fx_release(&f);
    }
}

/* sum of parts + remainder = change, exactly; with all figures there and nothing delivered above, the remainder is the rounding of the
 * two ratios at their scale, and nothing at all for sums. */
static void parts_add_up(void **st)
{
    (void)st;
    static const enum gb_aggregation kinds[] = { GB_AGG_SUM, GB_AGG_MEAN, GB_AGG_WEIGHTED_MEAN, GB_AGG_RATIO };
    seed = 14;
    for (int k = 0; k < 4 * CUBES; k++) {
        static struct fx f;
        static struct gb_cube x;
        struct gb_evaluation ev;
        struct gb_contributions c;
        struct gb_arena a;
        int place[N + 1];
        bool gaps = k % 3 == 0;
        shuffle(place);
        draw(gaps, k % 2);
        build(&f, &x, kinds[k % 4], place);
        gb_arena_init(&a, 0);
        gb_evaluation_init(&ev, &x, fx_date("2026-09-05"));
        FX_OK(gb_evaluation_run(&ev, &e));
        for (int from = 0; from < 2; from++) {
            gb_contributions_of(&ev, 0, from ? GB_FROM_YEAR_BEFORE : GB_FROM_PREVIOUS, &a, &c);
            if (c.why != GB_CONTRIB_OK) {
                assert_true(gaps);
                continue;
            }
            const struct gb_eval *v = gb_eval_find(&ev, 0, 0);
            int64_t sum = c.remainder, more = gb_pow10[c.scale - 2];
            for (size_t i = 0; i < c.n; i++) {
                sum += c.v[i].part;
                assert_true(i == 0 || llabs(c.v[i - 1].part) >= llabs(c.v[i].part));
            }
            assert_int_equal(sum, c.change);
            assert_int_equal(c.change, (from ? v->year_before.diff : v->prev.diff) * more);
            assert_int_equal(c.numerator + c.denominator, c.change - c.remainder);
            if (!gaps && kinds[k % 4] == GB_AGG_SUM) assert_int_equal(c.remainder, 0);
            if (!gaps && llabs(c.remainder) > more + 1) fail_msg("kind %d: remainder %lld", k % 4, (long long)c.remainder);
            if (!gaps) assert_int_equal(c.n, N);
        }
        gb_evaluation_release(&ev);
        gb_arena_release(&a);
        gb_cube_release(&x);
        fx_release(&f);
    }
}

/* By hand: 10/40 and 30/60 become 20/50 and 30/60. dR = 50/110 - 40/100 = 5,4545 %; D' = 105, R' = 0,427273: the first brings
 * (10 - 0,427273 x 10) / 105 = 5,4545 %, of it 9,5238 for its numerator and -4,0693 for its denominator. */
static void a_ratio_by_hand(void **st)
{
    (void)st;
    static struct fx f;
    static struct gb_cube x;
    struct gb_evaluation ev;
    struct gb_contributions c;
    struct gb_arena a;
    fx_init(&f, 3, 3);
    f.ind[0].agg = GB_AGG_RATIO, f.ind[0].agg_num = 1, f.ind[0].agg_den = 2, f.ind[0].is_percent = true, f.ind[0].scale = f.ind[0].decimals = 1;
    f.ind[1].agg = f.ind[2].agg = GB_AGG_SUM;
    fx_series(&f, 0, 1, 1, "2026-01=10 2026-02=20");
    fx_series(&f, 0, 1, 2, "2026-01=30 2026-02=30");
    fx_series(&f, 0, 2, 1, "2026-01=40 2026-02=50");
    fx_series(&f, 0, 2, 2, "2026-01=60 2026-02=60");
    gb_cube_end_part(&f.cube, GB_N_PARTS - 1);
    gb_cube_init(&x, &f.c);
    FX_OK(gb_rollup(&x, &f.cube, &e));
    gb_evaluation_init(&ev, &x, fx_date("2026-03-05"));
    FX_OK(gb_evaluation_run(&ev, &e));
    gb_arena_init(&a, 0);
    gb_contributions_of(&ev, 0, GB_FROM_PREVIOUS, &a, &c);
    assert_int_equal(c.why, GB_CONTRIB_OK), assert_int_equal(c.scale, 4);
    assert_int_equal(c.change, 55000); /* 45,5 - 40,0 as published */
    assert_int_equal(c.v[0].region_i, 1), assert_int_equal(c.v[0].part, 54545);
    assert_int_equal(c.v[1].part, 0), assert_int_equal(c.remainder, 455);
    assert_int_equal(c.numerator, 95238), assert_int_equal(c.denominator, -40693);
    gb_arena_release(&a);
    gb_evaluation_release(&ev);
    gb_cube_release(&x);
    fx_release(&f);
}

/* A share of the whole, told by some for the one and by others for the other: exactly that of those who told both, so never above 100 %. */
static int64_t num_of(int c, int m) { return value[1][c][m]; }
static int64_t den_of(int c, int m) { return value[2][c][m]; }
static void draw_shares(int silent)
{
    for (int c = 1; c <= N; c++)
        for (int m = 0; m < MONTHS; m++) {
            value[0][c][m] = GB_VALUE_MISSING;
            value[2][c][m] = 1 + dice(900);
            value[1][c][m] = dice((int)value[2][c][m] * 100 + 1); /* two decimals more */
            if (dice(3) == 0 || c == silent) value[1][c][m] = GB_VALUE_MISSING;
            if (dice(3) == 0 || c == silent - 1) value[2][c][m] = GB_VALUE_MISSING;
        }
}

static void shares_of_common_members(void **st)
{
    (void)st;
    int n_shares = 0, n_whole = 0, n_none = 0;
    seed = 15;
    for (int k = 0; k < 4 * CUBES; k++) {
        static struct fx f;
        static struct gb_cube x;
        struct gb_evaluation ev;
        int place[N + 1];
        shuffle(place);
        draw_shares(k % 3 ? 0 : 1 + dice(N));
        build(&f, &x, GB_AGG_RATIO, place);
        const struct gb_series *s = gb_cube_series(&x, 0, 0);
        gb_evaluation_init(&ev, &x, fx_date("2026-09-05"));
        FX_OK(gb_evaluation_run(&ev, &e));
        const struct gb_eval *v = gb_eval_find(&ev, 0, 0);
        for (int m = 0; m < MONTHS; m++) {
            int64_t num = 0, den = 0, both = 0, expected = 0, at = gb_series_at(s, fx_period("2025-06") + m);
            for (int c = 1; c <= N; c++) {
                bool ever = false;
                for (int o = 0; o < MONTHS; o++) ever |= num_of(c, o) != GB_VALUE_MISSING || den_of(c, o) != GB_VALUE_MISSING;
                expected += ever;
                if (num_of(c, m) == GB_VALUE_MISSING || den_of(c, m) == GB_VALUE_MISSING) continue;
                both++, num += num_of(c, m), den += den_of(c, m);
            }
            n_none += both == 0;
            if (both == 0) {
                assert_true(at < 0);
                continue;
            }
            assert_true(at >= 0);
            int64_t want = (2 * 100 * num + den) / (2 * den); /* 100 x num / den, both at two decimals, half up */
            assert_int_equal(s->value[at], want);
            assert_true(s->value[at] <= 10000);
            assert_int_equal(s->status[at], both == expected ? 'A' : 'P');
            struct gb_rollup_terms t = gb_rollup_terms(&x, 0, 0, s->period[at]);
            assert_int_equal(t.formed, GB_FORMED_COMMON);
            assert_int_equal(t.num, num), assert_int_equal(t.den, den);
            assert_int_equal(t.n_both, both), assert_int_equal(t.n_expected, expected);
            if (v->period == s->period[at]) assert_int_equal(v->coverage_n, both), assert_int_equal(v->coverage_of, expected);
            n_shares++, n_whole += both == expected;
        }
        gb_evaluation_release(&ev);
        gb_cube_release(&x);
        fx_release(&f);
    }
    assert_true(n_shares > 2000), assert_true(n_whole > 0), assert_true(n_none > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(rollup_of_permutations), cmocka_unit_test(evaluation_is_idempotent),
                                        cmocka_unit_test(ranks_are_places), cmocka_unit_test(parts_add_up), cmocka_unit_test(a_ratio_by_hand), cmocka_unit_test(shares_of_common_members) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
