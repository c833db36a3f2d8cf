/* theta.c — the Theta method, as simple exponential smoothing with half the drift of a line (Hyndman & Billah, Unmasking the Theta
 * method, International Journal of Forecasting 19, 2003), on the series without its season; and classical decomposition, which
 * the first states of exponential smoothing need as well. */
#include "evaluation/forecast_int.h"
#include <math.h>

/* Centred moving average over a season: for an even m the two ends count half. NAN where it does not fit. */
static double trend_at(const double *y, int n, int m, int t)
{
    int half = m / 2;
    if (t < half || t + half >= n)
        return NAN;
    double sum = 0;
    for (int k = -half; k <= half; k++)
        sum += y[t + k] * (m % 2 == 0 && (k == -half || k == half) ? 0.5 : 1);
    return sum / m;
}

void gb_season_indexes(const double *y, int n, int m, bool additive, double *index)
{
    double count[GB_FC_MAX_M] = { 0 }, mean = 0;
    for (int i = 0; i < m; i++)
        index[i] = 0;
    for (int t = 0; t < n; t++) {
        double trend = trend_at(y, n, m, t);
        if (isnan(trend) || (!additive && !(trend > 0)))
            continue;
        index[t % m] += additive ? y[t] - trend : y[t] / trend;
        count[t % m]++;
    }
    for (int i = 0; i < m; i++) {
        index[i] = count[i] > 0 ? index[i] / count[i] : additive ? 0 : 1;
        mean += index[i] / m;
    }
    for (int i = 0; i < m; i++) {
        index[i] = additive ? index[i] - mean : mean > 0 ? index[i] / mean : 1;
        if (!additive && index[i] < 1e-3)
            index[i] = 1e-3; /* a month that never has anything must not divide by zero */
    }
}

bool gb_season_found(const double *y, int n, int m)
{
    if (m < 2 || m > GB_FC_MAX_M || n < 2 * m)
        return false;
    double mean = 0, c0 = 0, others = 0, at_m = 0;
    for (int t = 0; t < n; t++)
        mean += y[t] / n;
    for (int t = 0; t < n; t++)
        c0 += (y[t] - mean) * (y[t] - mean);
    if (!(c0 > 0))
        return false;
    for (int lag = 1; lag <= m; lag++) {
        double c = 0;
        for (int t = lag; t < n; t++)
            c += (y[t] - mean) * (y[t - lag] - mean);
        if (lag == m)
            at_m = c / c0;
        else
            others += c / c0 * (c / c0);
    }
    return fabs(at_m) > 1.645 * sqrt((1 + 2 * others) / n);
}

static double slope_of(const double *y, int n)
{
    double mean = 0, up = 0, down = 0, centre = (n - 1) / 2.0;
    for (int t = 0; t < n; t++)
        mean += y[t] / n;
    for (int t = 0; t < n; t++) {
        up += (t - centre) * (y[t] - mean);
        down += (t - centre) * (t - centre);
    }
    return down > 0 ? up / down : 0;
}

static void without_season(const struct gb_theta *t, const double *y, int n, double *out)
{
    for (int i = 0; i < n; i++)
        out[i] = t->m == 1 ? y[i] : t->additive ? y[i] - t->index[i % t->m] : y[i] / t->index[i % t->m];
}

bool gb_theta_fit(const double *y, int n, int m, struct gb_theta *t)
{
    double plain[GB_FC_MAX_N];
    *t = (struct gb_theta){ .m = 1 };
    if (n < GB_FC_MIN_N)
        return false;
    if (gb_season_found(y, n, m)) {
        for (int i = 0; i < n; i++)
            t->additive = t->additive || y[i] <= 0;
        gb_season_indexes(y, n, m, t->additive, t->index);
        t->m = m;
    }
    without_season(t, y, n, plain);
    t->level = (struct gb_ets){ .error = 'A', .trend = 'N', .season = 'N', .m = 1 };
    if (!gb_ets_fit_form(plain, n, &t->level)) { /* too few values for a parameter: the last one counts */
        t->level.alpha = 0.9999;
        t->level.phi = 1;
        t->level.l0 = plain[0];
        double sum = 0;
        for (int i = 1; i < n; i++)
            sum += (plain[i] - plain[i - 1]) * (plain[i] - plain[i - 1]);
        t->level.sigma2 = sum / (n - 1);
    }
    t->slope = slope_of(plain, n) / 2;
    return true;
}

void gb_theta_forecast(const struct gb_theta *t, const double *y, int n, int h, double *mean, double *sd, double *total_sd)
{
    double plain[GB_FC_MAX_N], a = t->level.alpha;
    without_season(t, y, n, plain);
    gb_ets_forecast(&t->level, plain, n, h, mean, sd, total_sd);
    double lead = (1 - pow(1 - a, n)) / a; /* how far the level lags behind the line */
    for (int k = 0; k < h; k++) {
        double index = t->index[(n + k) % t->m];
        mean[k] += t->slope * (k + lead);
        if (t->m == 1)
            continue;
        mean[k] = t->additive ? mean[k] + index : mean[k] * index;
        if (sd && !t->additive)
            sd[k] *= index;
    }
    for (int k = 0; total_sd && t->m > 1 && !t->additive && k < h; k++) { /* steps weigh as their seasons do */
        double weight = 0;
        for (int i = 0; i <= k; i++)
            weight += t->index[(n + i) % t->m] / (k + 1);
        total_sd[k] *= weight;
    }
}
