/* test_evaluation_forecast.c — the numeric core against closed forms, degenerate series and reference values.
 *
 * Reference: forecast_r.h, made by forecast_r.R, on AirPassengers (Box & Jenkins 1976, series G) and Nile (Cobb 1978). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <math.h>
#include <cmocka.h>
#include "evaluation/forecast_int.h"
#include "evaluation/robust.h"

static const double air[] = {
    112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140,
    145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194,
    196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229,
    242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306,
    315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337,
    360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432 };
static const double nile[] = {
    1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140,
    1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969,
    831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759,
    781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890,
    744, 749, 838, 1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740 };
#define LEN(a) ((int)(sizeof(a) / sizeof *(a)))
#include "forecast_r.h"

static void near(double got, double want, double share)
{
    if (!(fabs(got - want) <= share * fabs(want))) fail_msg("got %.8g, want %.8g", got, want);
}

/* Given R's parameters and first states, the recursions are R's: forecasts to the last digit, the deviation of additive errors too (of
 * relative errors R has an exact formula, ours takes the level's own relative error), and the sum of squares. */
static void recursions_as_r(void **st)
{
    (void)st;
    for (int i = 0; i < LEN(r_forms); i++) {
        const struct r_form *r = &r_forms[i];
        struct gb_ets e = { .error = r->form[0], .trend = r->form[1], .season = r->form[2], .damped = r->damped, .m = r->m, .alpha = r->alpha, .beta = r->beta,
                            .gamma = r->gamma, .phi = r->phi, .l0 = r->l0, .b0 = r->b0 };
        int states = 1 + (e.trend == 'A') + (e.season != 'N' ? r->m - 1 : 0), smooth = 1 + (e.trend == 'A') + (e.season != 'N') + e.damped;
        for (int k = 0; k < r->m && e.season != 'N'; k++) e.s0[k] = r->s0[k];
        e.sigma2 = r->sse / (r->n - states - smooth);
        double mean[12], sd[12], total[12];
        gb_ets_forecast(&e, r->y, r->n, 12, mean, sd, total);
        for (int k = 0; k < 12; k++) {
            near(mean[k], r->mean[k], e.error == 'A' ? 1e-6 : 1e-3); /* R's is the mean of the distribution */
            near(sd[k], r->sd[k], e.error == 'A' ? 2e-5 : 0.35); /* R counts the season's own error one step early */
        }
    }
}

/* Our fit finds parameters at least as good as R's: it searches fewer numbers, and solves for the first level and slope. */
static void fits_as_well_as_r(void **st)
{
    (void)st;
    for (int i = 0; i < LEN(r_forms); i++) {
        const struct r_form *r = &r_forms[i];
        struct gb_ets e = { .error = r->form[0], .trend = r->form[1], .season = r->form[2], .damped = r->damped, .m = r->m };
        assert_true(gb_ets_fit_form(r->y, r->n, &e));
        int states = 1 + (e.trend == 'A') + (e.season != 'N' ? r->m - 1 : 0), smooth = 1 + (e.trend == 'A') + (e.season != 'N') + e.damped;
        double sse = e.sigma2 * (r->n - states - smooth), room = e.season == 'N' ? 1.005 : 1.25; /* first seasons are decomposed, not searched */
        if (!(sse <= r->sse * room)) fail_msg("%s: %g, R %g", r->form, sse, r->sse);
    }
}

static void theta_as_r(void **st)
{
    (void)st;
    struct gb_theta t;
    double mean[12];
    assert_true(gb_theta_fit(air, LEN(air), 12, &t));
    assert_int_equal(t.m, 12);
    gb_theta_forecast(&t, air, LEN(air), 12, mean, NULL, NULL);
    for (int k = 0; k < 12; k++) near(mean[k], r_theta_air[k], 2e-4);
    assert_true(gb_theta_fit(nile, LEN(nile), 1, &t));
    gb_theta_forecast(&t, nile, LEN(nile), 3, mean, NULL, NULL);
    for (int k = 0; k < 3; k++) near(mean[k], r_theta_nile[k], 5e-3);
}

static void ets_close_to_r(void **st)
{
    (void)st;
    static struct gb_ets form[GB_ETS_N];
    double mean[12], sd[12], total[12];
    const struct gb_ets *e = gb_ets_fit(air, LEN(air), 12, form);
    assert_int_equal(e->season, 'M');
    gb_ets_forecast(e, air, LEN(air), 12, mean, sd, total);
    for (int k = 0; k < 12; k++) near(mean[k], r_ets_air[k], 0.035);
    e = gb_ets_fit(nile, LEN(nile), 1, form);
    assert_int_equal(e->trend, 'N');
    gb_ets_forecast(e, nile, LEN(nile), 3, mean, sd, total);
    near(mean[0], r_ets_nile[0], 0.05);
    near(1.96 * sd[0], r_ets_nile[0] - r_ets_nile_lo95, 0.2); /* R's model has a relative error here */
}

static void quantiles_and_robust_as_r(void **st)
{
    (void)st;
    int64_t v[LEN(nile)];
    for (int t = 0; t < LEN(nile); t++) v[t] = (int64_t)nile[t];
    near(GB_FC_Z80, r_t4[0], 1e-4), near(GB_FC_Z95, r_t4[1], 1e-4);
    int64_t mid = gb_median(v, LEN(nile)); /* R takes the middle of two, we the lower one */
    assert_int_equal(v[49], mid), near((double)(v[49] + v[50]) / 2, r_nile_median, 1e-12);
    near((double)gb_mad(v, LEN(nile), mid), r_nile_mad, 0.02);
}

/* Of simple smoothing: the variance of h steps is sigma2 (1 + (h-1) alpha^2); of the sum of two sigma2 (1 + (1+alpha)^2). */
static void variance_of_simple_smoothing(void **st)
{
    (void)st;
    struct gb_ets e = { .error = 'A', .trend = 'N', .season = 'N', .m = 1 };
    double mean[5], sd[5], total[5];
    assert_true(gb_ets_fit_form(nile, LEN(nile), &e));
    gb_ets_forecast(&e, nile, LEN(nile), 5, mean, sd, total);
    for (int k = 0; k < 5; k++) near(sd[k] * sd[k], e.sigma2 * (1 + k * e.alpha * e.alpha), 1e-9);
    near(total[1] * total[1], e.sigma2 * (1 + (1 + e.alpha) * (1 + e.alpha)), 1e-9);
}

static struct gb_forecast run(const double *y, int n, int m, int h, double lo, double hi)
{
    struct gb_forecast f;
    gb_forecast(&(struct gb_fc_input){ .y = y, .n = (size_t)n, .m = m, .h = h, .lo = lo, .hi = hi }, &f);
    return f;
}

static void a_line_goes_on(void **st)
{
    (void)st;
    double y[30];
    for (int t = 0; t < 30; t++) y[t] = 7 + 3 * t;
    struct gb_forecast f = run(y, 30, 1, 4, -INFINITY, INFINITY);
    for (int k = 0; k < 4; k++) near(f.mean[k], 7 + 3 * (30 + k), 1e-3);
    assert_true(f.hi95[3] - f.lo95[3] < 1);
}

static void a_season_comes_back(void **st)
{
    (void)st;
    double y[48];
    for (int t = 0; t < 48; t++) y[t] = 100 + 10 * (t % 12) + (t * 7919 % 13) / 13.0;
    struct gb_forecast f = run(y, 48, 12, 12, 0, INFINITY);
    for (int k = 0; k < 12; k++) near(f.mean[k], 100.5 + 10 * k, 0.02);
    assert_int_equal(f.note, GB_FC_FULL);
}

static void degenerate(void **st)
{
    (void)st;
    double y[40];
    for (int t = 0; t < 40; t++) y[t] = 5;
    struct gb_forecast f = run(y, 40, 12, 3, 0, INFINITY);
    assert_int_equal(f.note, GB_FC_CONSTANT);
    assert_true(f.mean[2] == 5 && f.lo95[2] == 5 && f.hi95[2] == 5);

    f = run(y, 3, 12, 3, 0, INFINITY);
    assert_int_equal(f.method, GB_FC_NONE), assert_int_equal(f.note, GB_FC_TOO_SHORT), assert_int_equal(f.h, 0);
    f = run(y, 0, 12, 3, 0, INFINITY);
    assert_int_equal(f.method, GB_FC_NONE);

    for (int t = 0; t < 40; t++) y[t] = NAN;
    f = run(y, 40, 12, 3, 0, INFINITY);
    assert_int_equal(f.method, GB_FC_NONE);

    for (int t = 0; t < 40; t++) y[t] = t % 3 ? NAN : t; /* two thirds missing */
    f = run(y, 40, 1, 3, 0, INFINITY);
    assert_int_equal(f.note, GB_FC_GAPS), assert_int_equal(f.method, GB_FC_NAIVE);
    assert_true(f.mean[0] == 39);

    for (int t = 0; t < 15; t++) y[t] = t * t % 7;
    f = run(y, 15, 12, 3, 0, INFINITY);
    assert_int_equal(f.note, GB_FC_SHORT);
    for (int n = 4; n < 15; n++) { /* never a NAN, however short */
        f = run(y, n, 12, 6, 0, INFINITY);
        for (int k = 0; k < 6; k++) assert_true(isfinite(f.mean[k]) && isfinite(f.lo95[k]) && isfinite(f.hi95[k]));
    }
}

static void extremes_stay_finite(void **st)
{
    (void)st;
    static const double hostile[][12] = { { 1e15, -1e15, 1e15, 0, 0, 1, 1e-9, 1e15, 5, 5, 5, 5 }, { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1e12 },
                                          { 1e-12, 2e-12, 1e-12, 2e-12, 1e-12, 3e-12, 1e-12, 1e-12, 1e-12, 1e-12, 1e-12, 1e-12 } };
    double y[120];
    for (int i = 0; i < LEN(hostile); i++) {
        for (int t = 0; t < 120; t++) y[t] = hostile[i][t % 12] * (1 + t / 12);
        struct gb_forecast f = run(y, 120, 12, 48, -INFINITY, INFINITY);
        assert_int_equal(f.h, 48);
        for (int k = 0; k < 48; k++) {
            assert_true(isfinite(f.mean[k]) && isfinite(f.lo95[k]) && isfinite(f.hi95[k]) && isfinite(f.total_sd[k]));
            assert_true(f.lo95[k] <= f.lo80[k] && f.lo80[k] <= f.mean[k] && f.mean[k] <= f.hi80[k] && f.hi80[k] <= f.hi95[k]);
        }
    }
}

static void bounds_hold(void **st)
{
    (void)st;
    double y[24];
    for (int t = 0; t < 24; t++) y[t] = 92 + t / 3.0; /* a percentage on its way beyond 100 */
    struct gb_forecast f = run(y, 24, 1, 12, 0, 100);
    for (int k = 0; k < 12; k++) assert_true(f.mean[k] <= 100 && f.hi95[k] <= 100 && f.lo95[k] >= 0);
    for (int t = 0; t < 24; t++) y[t] = 23 - t; /* a count on its way below nothing */
    f = run(y, 24, 1, 12, 0, INFINITY);
    for (int k = 0; k < 12; k++) assert_true(f.mean[k] >= 0 && f.lo95[k] >= 0);
}

static void same_twice(void **st)
{
    (void)st;
    struct gb_forecast a = run(air, LEN(air), 12, 12, 0, INFINITY), b = run(air, LEN(air), 12, 12, 0, INFINITY);
    assert_memory_equal(&a, &b, sizeof a);
    assert_true(a.origins > 0 && a.error > 0);
}

static void chances(void **st)
{
    (void)st;
    near(gb_fc_chance(10, 2, 10), 0.5, 1e-12);
    near(gb_fc_chance(10, 2, 8), 0.8413447, 1e-6);
    assert_true(gb_fc_chance(10, 0, 10) == 1 && gb_fc_chance(10, 0, 10.5) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recursions_as_r), cmocka_unit_test(fits_as_well_as_r), cmocka_unit_test(quantiles_and_robust_as_r), cmocka_unit_test(theta_as_r), cmocka_unit_test(ets_close_to_r), cmocka_unit_test(variance_of_simple_smoothing), cmocka_unit_test(a_line_goes_on),
        cmocka_unit_test(a_season_comes_back), cmocka_unit_test(degenerate), cmocka_unit_test(extremes_stay_finite), cmocka_unit_test(bounds_hold),
        cmocka_unit_test(same_twice), cmocka_unit_test(chances),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
