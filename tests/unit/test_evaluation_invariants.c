/* test_evaluation_invariants.c — what must not depend on the unit, the zero or the sign in which a figure is told: comparisons, forecasts and
 * marks of many made-up series from a fixed generator; that every candidate can be elected; and that looking changes nothing. */
#include "cube_fixture.h"
#include <math.h>
#include "evaluation/anomaly.h"
#include "evaluation/forecast.h"
#include "evaluation/outlook.h"

static uint64_t seed;
static int dice(int n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((seed >> 33) % (uint64_t)n);
}
static double noise(void) { return (dice(2001) + dice(2001) + dice(2001) - 3000) / 1000.0; } /* about one standard deviation wide */

enum { LONGEST = 72 };
enum kind { FLAT, WALK, DRIFTING, TREND, FADING, SEASON, SEASON_TREND, SEASON_GROWS, NEW_SEASON, MOVING_SEASON, STEPS, N_KINDS };
static int draw(enum kind k, int m, double *y)
{
    int n = 24 + dice(LONGEST - 24);
    double level = 200 + dice(400), slope = 1 + dice(9), shape[12], x = 0;
    for (int i = 0; i < 12; i++) shape[i] = 20 * noise();
    for (int t = 0; t < n; t++) {
        double s = shape[t % m], e = noise();
        x += 3 * noise() + (k == DRIFTING ? slope : 0);
        if (k == NEW_SEASON && t == n / m / 2 * m) for (int i = 0; i < 12; i++) shape[i] = 20 * noise();
        if (k == MOVING_SEASON && t % m == 0) for (int i = 0; i < 12; i++) shape[i] += 9 * noise();
        if (k == STEPS && dice(6) == 0) level += 40 * noise();
        y[t] = k == STEPS ? level : k == FLAT ? level + 9 * e : k == WALK || k == DRIFTING ? level + x : k == TREND ? level + slope * t + 4 * e
             : k == FADING ? level + 300 * (1 - pow(0.9, t)) + e : k == SEASON ? level + 3 * s + 4 * e : k == SEASON_TREND ? level + slope * t + 2 * s + 3 * e
             : k == SEASON_GROWS ? (level + 4 * slope * t) * exp(s / 60) * (1 + e / 50) : level + 4 * s;
    }
    return n;
}

static struct gb_forecast run(const double *y, int n, int m, double times, double plus)
{
    double z[LONGEST];
    for (int t = 0; t < n; t++) z[t] = times * y[t] + plus;
    struct gb_forecast f;
    gb_forecast(&(struct gb_fc_input){ .y = z, .n = (size_t)n, .m = m, .h = 8, .lo = -INFINITY, .hi = INFINITY }, &f);
    return f;
}

/* The same forecast told in another unit, in a small part of its own interval. */
static void same_forecast(const char *what, const struct gb_forecast *a, const struct gb_forecast *b, double times, double plus)
{
    if (a->method != b->method || a->h != b->h) fail_msg("%s: %s, %s", what, gb_fc_method_vi(a->method), gb_fc_method_vi(b->method));
    for (int k = 0; k < a->h; k++) {
        double tol = 0.02 * fabs(times) * (a->hi80[k] - a->lo80[k]) + 1e-9;
        double lo = times * (times < 0 ? a->hi80[k] : a->lo80[k]) + plus;
        if (!(fabs(b->mean[k] - (times * a->mean[k] + plus)) <= tol && fabs(b->lo80[k] - lo) <= 2 * tol)) fail_msg("%s: step %d: %g, want %g", what, k, b->mean[k], times * a->mean[k] + plus);
    }
}

static void forecasts_do_not_know_the_unit(void **st)
{
    (void)st;
    seed = 21;
    for (int i = 0; i < 90; i++) {
        double y[LONGEST];
        int m = i % 2 ? 12 : 4, n = draw((enum kind)(i % N_KINDS), m, y);
        struct gb_forecast a = run(y, n, m, 1, 0), again = run(y, n, m, 1, 0), b = run(y, n, m, 1000, 0);
        assert_memory_equal(&a, &again, sizeof a);
        same_forecast("a thousand times", &a, &b, 1000, 0);
        double far = -1e4; /* where nothing is positive only additive forms are left: a shift or a mirror changes nothing */
        struct gb_forecast c = run(y, n, m, 1, far), d = run(y, n, m, 1, far - 500);
        same_forecast("another zero", &c, &d, 1, -500);
        for (int t = 0; t < n; t++) y[t] -= y[n / 2]; /* both signs */
        c = run(y, n, m, 1, 0), d = run(y, n, m, -1, 0);
        same_forecast("mirrored", &c, &d, -1, 0);
    }
}

static void every_candidate_may_win(void **st)
{
    (void)st;
    int won[GB_FC_N_METHODS] = { 0 };
    seed = 22;
    for (int i = 0; i < 3000; i++) {
        double y[LONGEST];
        int m = i / N_KINDS % 2 ? 1 : i % 2 ? 4 : 12, n = draw((enum kind)(i % N_KINDS), m, y);
        if (m == 1) n = 9 + n / 8; /* as yearly figures are */
        for (int t = 0; i % 40 == 0 && t < n; t++) y[t] = 7 * t; /* a line, exactly */
        won[run(y, n, m, 1, 0).method]++;
    }
    for (int k = GB_FC_NAIVE; k < GB_FC_N_METHODS; k++)
        if (!won[k]) fail_msg("%s was never elected", gb_fc_method_vi((enum gb_fc_method)k));
}

/* An epidemic at the end of a quiet series: what a multiplicative season makes of it is not believed. */
static void no_forecast_runs_away(void **st)
{
    (void)st;
    seed = 23;
    for (int i = 0; i < 200; i++) {
        double y[48], most = 0;
        for (int t = 0; t < 48; t++) y[t] = 1 + dice(60) + (t > 42 ? (t - 42) * (t - 42) * dice(400) : 0), most = fmax(most, y[t]);
        struct gb_forecast f = run(y, 48, i % 2 ? 12 : 4, 1, 0);
        for (int k = 0; k < f.h; k++) assert_true(f.mean[k] <= 2.2 * most && f.mean[k] >= -1.2 * most);
    }
}

static struct fx fx;

/* Monthly figures at a scale; `times` multiplies what is stored. */
static void cube_of(const double *y, int n, int scale, int64_t times)
{
    static int32_t period[LONGEST], delivery[LONGEST];
    static int64_t value[LONGEST];
    static char status[LONGEST];
    fx_init(&fx, 1, 1);
    fx.ind[0].scale = scale, fx.ind[0].decimals = scale, fx.ind[0].season = "none", fx.ind[0].flow = GB_FLOW_FLOW;
    for (int t = 0; t < n; t++) period[t] = fx_period("2020-01") + t, delivery[t] = 1, status[t] = 'A', value[t] = (int64_t)llround(y[t]) * times;
    struct gb_series s = { .n = (uint32_t)n, .period = period, .value = value, .status = status, .delivery = delivery };
    gb_cube_add(&fx.cube, 0, &s);
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
}

/* Series with faults: a jump, a level, a run, a wrong unit at the end; or none. */
static int faulty(int fault, double *y)
{
    int n = 64;
    for (int t = 0; t < n; t++) y[t] = 500 + dice(60);
    for (int t = n - 4; fault == 1 && t < n; t++) y[t] += 400;
    for (int t = n - 5; fault == 2 && t < n; t++) y[t] = 533;
    if (fault == 3) y[n - 1] += 900;
    if (fault == 4) y[n - 1] *= 100;
    return n;
}

static void marks_do_not_know_the_unit(void **st)
{
    (void)st;
    seed = 24;
    unsigned seen = 0;
    for (int i = 0; i < 100; i++) {
        double y[LONGEST];
        int n = faulty(i % 5, y);
        unsigned want = 0;
        for (int way = 0; way < 4; way++) { /* as it is, at another scale, mirrored, the same again */
            int64_t times = way == 1 ? 1000 : way == 2 ? -1 : 1;
            cube_of(y, n, way == 1 ? 3 : 0, times);
            fx.ind[0].decimals = 0;
            struct gb_anomaly an = gb_anomaly_of(&fx.c, gb_cube_series(&fx.cube, 0, 0), fx_date("2026-12-31"), NULL);
            unsigned marks = an.marks & ~(way == 2 ? GB_AN_BIT(GB_AN_UNIT) : 0u); /* a comma is not shifted below zero */
            if (way == 0) want = marks;
            if (marks != (way == 2 ? want & ~GB_AN_BIT(GB_AN_UNIT) : want)) fail_msg("series %d, way %d: %x, want %x", i, way, marks, want);
            for (int t = 0; t < n; t++) assert_int_equal(gb_cube_series(&fx.cube, 0, 0)->value[t], (int64_t)llround(y[t]) * times); /* marked, never changed */
            fx_release(&fx);
        }
        if (i % 5 == 0) assert_int_equal(want, 0);
        seen |= want;
    }
    assert_int_equal(seen, GB_AN_BIT(GB_AN_JUMP) | GB_AN_BIT(GB_AN_UNIT) | GB_AN_BIT(GB_AN_SHIFT) | GB_AN_BIT(GB_AN_COPIED));
}

/* Shares and ratios are the same when figures come with another scale, and changes are that many times larger; the outlook as well. */
static void comparisons_do_not_know_the_scale(void **st)
{
    (void)st;
    seed = 25;
    for (int i = 0; i < 60; i++) {
        double y[LONGEST];
        int n = draw((enum kind)(i % N_KINDS), 12, y);
        struct gb_eval v[2];
        struct gb_outlook o[2];
        for (int way = 0; way < 2; way++) {
            cube_of(y, n, way ? 2 : 0, way ? 100 : 1);
            fx.ind[0].decimals = 0;
            struct gb_evaluation ev;
            gb_evaluation_init(&ev, &fx.cube, fx_date("2026-12-31"));
            FX_OK(gb_evaluation_run(&ev, &e));
            v[way] = *gb_eval_find(&ev, 0, 0);
            gb_outlook(&ev, 0, 0, 4, &o[way]);
            gb_evaluation_release(&ev);
            fx_release(&fx);
        }
        assert_int_equal(v[1].value, 100 * v[0].value), assert_int_equal(v[1].prev.diff, 100 * v[0].prev.diff), assert_int_equal(v[1].ytd, 100 * v[0].ytd);
        assert_int_equal(v[1].prev.pct, v[0].prev.pct), assert_int_equal(v[1].year_before.pct, v[0].year_before.pct);
        assert_int_equal(o[0].method, o[1].method), assert_int_equal(o[0].n, 4);
        for (int k = 0; k < 4; k++) assert_in_range(o[1].mean[k] - 100 * o[0].mean[k] + 50, 0, 100); /* rounded once each */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forecasts_do_not_know_the_unit), cmocka_unit_test(every_candidate_may_win), cmocka_unit_test(no_forecast_runs_away),
        cmocka_unit_test(marks_do_not_know_the_unit), cmocka_unit_test(comparisons_do_not_know_the_scale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
