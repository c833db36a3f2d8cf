/* ets.c — exponential smoothing in state space form; see forecast.h for the sources.
 *
 * Smoothing parameters are found by the simplex; the first level and slope of models with additive errors are not searched for but
 * solved: with the parameters given, each one-step error is linear in them, so that they are a regression of two columns (Ord, Koehler &
 * Snyder 1997). First seasonal states come from classical decomposition and are kept. That makes a fit cheap: one to four
 * numbers to look for instead of up to eighteen.
 */
#include "evaluation/forecast_int.h"
#include <math.h>
#include <string.h>

/* One pass through the series. */
struct state {
    double l, b, s[GB_FC_MAX_M];
};

static double one_step(const struct gb_ets *e, const struct state *st, int at)
{
    double q = st->l + (e->trend == 'A' ? e->phi * st->b : 0);
    return e->season == 'A' ? q + st->s[at] : e->season == 'M' ? q * st->s[at] : q;
}

/* The update is the same for additive and multiplicative errors: both say how far the value lay from its forecast. */
static void update(const struct gb_ets *e, struct state *st, int at, double y)
{
    double phi_b = e->trend == 'A' ? e->phi * st->b : 0, q = st->l + phi_b;
    double p = e->season == 'A' ? y - st->s[at] : e->season == 'M' ? y / st->s[at] : y;
    double l = q + e->alpha * (p - q);
    if (e->trend == 'A')
        st->b = phi_b + e->beta / e->alpha * (l - st->l - phi_b);
    if (e->season == 'A')
        st->s[at] += e->gamma * (y - q - st->s[at]);
    else if (e->season == 'M')
        st->s[at] += e->gamma * (y / (fabs(q) < 1e-10 ? 1e-10 : q) - st->s[at]);
    st->l = l;
}

static void start(const struct gb_ets *e, struct state *st)
{
    st->l = e->l0;
    st->b = e->b0;
    if (e->season != 'N')
        memcpy(st->s, e->s0, (size_t)e->m * sizeof *st->s);
}

/* Minus twice the log-likelihood but for a constant: n log SSE, with the Jacobian of multiplicative errors. */
static double loss_of(const struct gb_ets *e, const double *y, int n, double *sse)
{
    struct state st;
    double sum = 0, jacobian = 0;
    start(e, &st);
    for (int t = 0, at = 0; t < n; t++, at = at + 1 == e->m ? 0 : at + 1) {
        double f = one_step(e, &st, at), r = y[t] - f;
        if (e->error == 'M') {
            if (f <= 0)
                return INFINITY;
            r /= f;
            jacobian += log(f);
        }
        sum += r * r;
        update(e, &st, at, y[t]);
        if (!(fabs(st.l) < 1e300) || (e->season == 'M' && !(st.s[at] > 0)))
            return INFINITY;
    }
    *sse = sum;
    return n * log(sum > 1e-300 ? sum : 1e-300) + 2 * jacobian;
}

/* First level and slope by least squares; the seasonal states stay. Errors with the states at zero, and what one unit of each
 * state takes away from them. @return the sum of squares. */
static double solve_first_states(struct gb_ets *e, const double *y, int n)
{
    bool trend = e->trend == 'A';
    struct state st = { 0 };
    double d1 = 1, d2 = 0, b1 = 0, b2 = 1; /* level and slope after a unit of l0, of b0, on a series of zeros */
    double s11 = 0, s12 = 0, s22 = 0, r1 = 0, r2 = 0, rr = 0;
    if (e->season == 'A')
        memcpy(st.s, e->s0, (size_t)e->m * sizeof *st.s);
    double unit1[GB_FC_MAX_M], unit2[GB_FC_MAX_M];
    memset(unit1, 0, sizeof unit1);
    memset(unit2, 0, sizeof unit2);
    for (int t = 0, at = 0; t < n; t++, at = at + 1 == e->m ? 0 : at + 1) {
        double r = y[t] - one_step(e, &st, at);
        double phi = trend ? e->phi : 0, q1 = d1 + phi * b1, q2 = trend ? d2 + phi * b2 : 0;
        double f1 = q1 + unit1[at], f2 = q2 + unit2[at];
        s11 += f1 * f1;
        s12 += f1 * f2;
        s22 += f2 * f2;
        r1 += f1 * r;
        r2 += f2 * r;
        rr += r * r;
        update(e, &st, at, y[t]);
        d1 = q1 - e->alpha * f1;
        d2 = q2 - e->alpha * f2;
        b1 = phi * b1 - e->beta * f1;
        b2 = phi * b2 - e->beta * f2;
        if (e->season == 'A') {
            unit1[at] -= e->gamma * f1;
            unit2[at] -= e->gamma * f2;
        }
    }
    double det = s11 * s22 - s12 * s12;
    if (trend && det > 1e-9 * s11 * s22) {
        e->l0 = (r1 * s22 - r2 * s12) / det;
        e->b0 = (r2 * s11 - r1 * s12) / det;
    } else {
        e->b0 = 0;
        e->l0 = s11 > 0 ? r1 / s11 : 0;
    }
    double sse = rr - 2 * (e->l0 * r1 + e->b0 * r2) + e->l0 * e->l0 * s11 + 2 * e->l0 * e->b0 * s12 + e->b0 * e->b0 * s22;
    return sse > 0 ? sse : 0;
}

struct search {
    struct gb_ets e;
    const double *y;
    int n;
};

static void set_parameters(struct gb_ets *e, const double *x)
{
    e->alpha = x[0];
    int k = 1;
    e->beta = e->trend == 'A' ? x[0] * x[k++] : 0;         /* 0 < beta < alpha */
    e->gamma = e->season != 'N' ? (1 - x[0]) * x[k++] : 0; /* 0 < gamma < 1 - alpha */
    e->phi = e->damped ? x[k] : 1;
}

static double search_loss(void *ctx, const double *x)
{
    struct search *s = ctx;
    set_parameters(&s->e, x);
    if (s->e.error == 'A' && s->e.season != 'M') {
        double sse = solve_first_states(&s->e, s->y, s->n);
        return s->n * log(sse > 1e-300 ? sse : 1e-300);
    }
    double sse;
    return loss_of(&s->e, s->y, s->n, &sse);
}

/* First level and slope from a line through the first values without their season (as R's initstate). */
static void guess_first_states(struct gb_ets *e, const double *y, int n)
{
    double st = 0, sy = 0, stt = 0, sty = 0;
    int k = n < 10 || e->season == 'N' ? (n < 10 ? n : 10) : e->m < n ? (e->m > 10 ? e->m : 10) : n;
    if (k > n)
        k = n;
    for (int t = 0; t < k; t++) {
        double v = e->season == 'A' ? y[t] - e->s0[t % e->m] : e->season == 'M' ? y[t] / e->s0[t % e->m] : y[t];
        st += t + 1;
        sy += v;
        stt += (t + 1.0) * (t + 1.0);
        sty += (t + 1.0) * v;
    }
    double det = k * stt - st * st;
    e->b0 = e->trend == 'A' && det > 0 ? (k * sty - st * sy) / det : 0;
    e->l0 = (sy - e->b0 * st) / k;
    if (e->error == 'M' && e->l0 + e->b0 <= 0) { /* a relative error needs a level above zero */
        e->b0 = 0;
        e->l0 = sy / k;
    }
}

bool gb_ets_fit_form(const double *y, int n, struct gb_ets *e)
{
    double x[4] = { 0.3, 0, 0, 0 }, lo[4] = { 1e-4, 0, 0, 0 }, hi[4] = { 0.9999, 0, 0, 0 };
    int dim = 1, states = 1 + (e->trend == 'A') + (e->season != 'N' ? e->m - 1 : 0);
    if (e->trend == 'A')
        x[dim] = 0.1, lo[dim] = 1e-4, hi[dim++] = 0.9999;
    if (e->season != 'N')
        x[dim] = 0.1, lo[dim] = 1e-4, hi[dim++] = 0.9999;
    if (e->damped)
        x[dim] = 0.95, lo[dim] = 0.8, hi[dim++] = 0.98;
    int k = dim + states + 1;
    if (n <= k + 1)
        return false;
    if (e->season != 'N')
        gb_season_indexes(y, n, e->m, e->season == 'A', e->s0);
    guess_first_states(e, y, n);
    struct search s = { *e, y, n };
    double f = gb_minimise(search_loss, &s, dim, x, lo, hi, 30 + 30 * dim);
    if (!isfinite(f))
        return false;
    f = search_loss(&s, x); /* leaves the states of the best point */
    *e = s.e;
    double sse = 0;
    (void)loss_of(e, y, n, &sse);
    e->sigma2 = sse / (n - k + 1 > 1 ? n - k + 1 : 1);
    e->aicc = f + 2.0 * k + 2.0 * k * (k + 1) / (n - k - 1);
    e->ok = true;
    return true;
}

const struct gb_ets *gb_ets_fit(const double *y, int n, int m, struct gb_ets form[GB_ETS_N])
{
    static const char names[GB_ETS_N][5] = { "ANN", "AAN", "AAdN", "ANA", "AAA", "AAdA", "MNM", "MAM", "MAdM" };
    const struct gb_ets *best = NULL;
    bool positive = true, seasonal = m > 1 && m <= 24 && n >= 2 * m;
    for (int t = 0; t < n; t++)
        positive = positive && y[t] > 0;
    for (int i = 0; i < GB_ETS_N; i++) {
        const char *f = names[i];
        bool damped = f[2] == 'd';
        struct gb_ets *e = &form[i];
        *e = (struct gb_ets){ .error = f[0], .trend = f[1], .damped = damped, .season = f[damped ? 3 : 2], .m = 1 };
        if (e->season != 'N')
            e->m = m;
        e->ok = (e->season == 'N' || seasonal) && (e->error == 'A' || positive) && gb_ets_fit_form(y, n, e);
        if (e->ok && (!best || e->aicc < best->aicc))
            best = e;
    }
    return best;
}

void gb_ets_forecast(const struct gb_ets *e, const double *y, int n, int h, double *mean, double *sd, double *total_sd)
{
    struct state st;
    start(e, &st);
    for (int t = 0; t < n; t++)
        update(e, &st, t % e->m, y[t]);
    double trend = 0, damp = 1, q[GB_FC_MAX_H];
    for (int k = 0; k < h; k++) {
        damp *= e->phi;
        trend += e->trend == 'A' ? damp * st.b : 0;
        double s = st.s[(n + k) % e->m];
        q[k] = st.l + trend;
        mean[k] = e->season == 'A' ? q[k] + s : e->season == 'M' ? q[k] * s : q[k];
    }
    if (!sd)
        return;
    /* What an error at one step does to the forecast j steps later: c_j; C_j is what it does to the sum up to there. */
    double sigma = sqrt(e->sigma2), var = 1, phi_j = 0, pw = 1, sum_c[GB_FC_MAX_H] = { 1 };
    for (int k = 0; k < h; k++) {
        double scale = e->error == 'M' ? fabs(mean[k]) * sigma : sigma;
        sd[k] = scale * sqrt(var);
        pw *= e->phi;
        phi_j += pw;
        double c = e->alpha + (e->trend == 'A' ? e->beta * phi_j : 0) + (e->season != 'N' && (k + 1) % e->m == 0 ? e->gamma : 0);
        var += c * c;
        if (k + 1 < h)
            sum_c[k + 1] = sum_c[k] + c;
    }
    for (int k = 0; total_sd && k < h; k++) {
        double v = 0;
        for (int i = 0; i <= k; i++) {
            double scale = e->error == 'M' ? fabs(mean[i]) * sigma : sigma;
            v += scale * scale * sum_c[k - i] * sum_c[k - i];
        }
        total_sd[k] = sqrt(v);
    }
}

void gb_ets_name(const struct gb_ets *e, char name[8])
{
    int k = 0;
    name[k++] = e->error;
    name[k++] = e->trend;
    if (e->damped)
        name[k++] = 'd';
    name[k++] = e->season;
    name[k] = 0;
}
