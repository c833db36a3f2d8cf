/* forecast.c — one method for each series, chosen where it counts: by its errors at rolling origins; see forecast.h.
 *
 * The intervals are the model's, widened by what its errors at the rolling origins say: models believe themselves too much
 * (Makridakis, Hibon, Lusk & Belhadjali 1987: 95 % intervals that hold four times in five). The widening is a mean of the series' own
 * experience and of that of many series (PRIOR_*: measured by tests/bench/forecast on public series), weighted by how many origins it
 * rests on.
 */
#include "evaluation/forecast_int.h"
#include <math.h>
#include <string.h>

#define MAX_ORIGINS 12
#define PRIOR_WIDENING 1.8 /* of series in which no season was learnt: yearly ones, and all that are short */
#define PRIOR_WIDENING_SEASON 1.1
#define PRIOR_WEIGHT 6.0

/* A series as every method sees it, and what was learnt from it. */
struct fit {
    double y[GB_FC_MAX_N];
    int n, m;
    struct gb_ets form[GB_ETS_N];
    const struct gb_ets *ets; /* the best of them, NULL: none */
    struct gb_theta theta;
    bool has_theta;
    double sigma_naive, sigma_snaive, sigma_drift; /* of one-step errors */
};

const char *gb_fc_method_vi(enum gb_fc_method m)
{
    switch (m) {
    case GB_FC_NONE: return "chưa dự báo được";
    case GB_FC_NAIVE: return "giữ nguyên giá trị cuối";
    case GB_FC_SNAIVE: return "lặp lại mùa trước";
    case GB_FC_DRIFT: return "kéo dài xu thế bình quân";
    case GB_FC_SIMPLE: return "san bằng mũ đơn";
    case GB_FC_HOLT: return "Holt";
    case GB_FC_DAMPED: return "Holt giảm dần xu thế";
    case GB_FC_HW_ADD: return "Holt-Winters cộng tính";
    case GB_FC_HW_MUL: return "Holt-Winters nhân tính";
    case GB_FC_ETS: return "san bằng mũ";
    case GB_FC_THETA: return "Theta";
    case GB_FC_MEAN: return "trung bình của san bằng mũ và Theta";
    case GB_FC_N_METHODS: break;
    }
    return "";
}

const char *gb_fc_note_vi(enum gb_fc_note n)
{
    switch (n) {
    case GB_FC_FULL: return "";
    case GB_FC_TOO_SHORT: return "chuỗi số liệu quá ngắn để dự báo";
    case GB_FC_SHORT: return "chuỗi chưa đủ hai chu kỳ nên chưa tính được mùa vụ";
    case GB_FC_GAPS: return "chuỗi thiếu trên một phần năm số kỳ nên chỉ dự báo đơn giản";
    case GB_FC_CONSTANT: return "mọi kỳ có cùng một giá trị";
    case GB_FC_PROFILE: return "chuỗi chưa đủ hai năm nên mùa vụ lấy theo hệ số tháng của danh mục";
    }
    return "";
}

double gb_fc_chance(double mean, double sd, double target)
{
    return sd > 0 ? 0.5 * erfc((target - mean) / (sd * 1.4142135623730951)) : mean >= target ? 1 : 0;
}

static double rms_lag(const double *y, int n, int lag)
{
    double sum = 0;
    for (int t = lag; t < n; t++)
        sum += (y[t] - y[t - lag]) * (y[t] - y[t - lag]);
    return n > lag ? sqrt(sum / (n - lag)) : 0;
}

static void learn(struct fit *f)
{
    int n = f->n;
    f->ets = gb_ets_fit(f->y, n, f->m, f->form);
    f->has_theta = gb_theta_fit(f->y, n, f->m, &f->theta);
    f->sigma_naive = rms_lag(f->y, n, 1);
    f->sigma_snaive = f->m > 1 ? rms_lag(f->y, n, f->m) : 0;
    double drift = n > 1 ? (f->y[n - 1] - f->y[0]) / (n - 1) : 0, sum = 0;
    for (int t = 1; t < n; t++)
        sum += (f->y[t] - f->y[t - 1] - drift) * (f->y[t] - f->y[t - 1] - drift);
    f->sigma_drift = n > 2 ? sqrt(sum / (n - 2)) : f->sigma_naive;
}

struct steps {
    double mean[GB_FC_MAX_H], sd[GB_FC_MAX_H], total_sd[GB_FC_MAX_H];
};

/* Random walk, with drift or by seasons: errors add up, step by step or season by season. */
static void walk(const struct fit *f, enum gb_fc_method how, int n, int h, struct steps *s)
{
    double drift = how == GB_FC_DRIFT && n > 1 ? (f->y[n - 1] - f->y[0]) / (n - 1) : 0, total = 0;
    for (int k = 0; k < h; k++) {
        double j = k + 1;
        if (how == GB_FC_SNAIVE) {
            int lag = f->m - k % f->m, turns = k / f->m + 1;
            s->mean[k] = f->y[n - lag];
            s->sd[k] = f->sigma_snaive * sqrt(turns);
            total += f->sigma_snaive * f->sigma_snaive * (2 * turns - 1);
            s->total_sd[k] = sqrt(total);
        } else {
            double sigma = how == GB_FC_DRIFT ? f->sigma_drift : f->sigma_naive,
                   grow = how == GB_FC_DRIFT ? 1 + j / (n > 1 ? n - 1 : 1) : 1;
            s->mean[k] = f->y[n - 1] + drift * j;
            s->sd[k] = sigma * sqrt(j * grow);
            s->total_sd[k] = sigma * sqrt(j * (j + 1) * (2 * j + 1) / 6 * grow);
        }
    }
}

/* What of exponential smoothing a method is; NULL: nothing, or the series does not allow it. */
static const struct gb_ets *smoothing(const struct fit *f, enum gb_fc_method how)
{
    static const enum gb_ets_form form[] = { [GB_FC_SIMPLE] = GB_ETS_ANN,
                                             [GB_FC_HOLT] = GB_ETS_AAN,
                                             [GB_FC_DAMPED] = GB_ETS_AAdN,
                                             [GB_FC_HW_ADD] = GB_ETS_AAA,
                                             [GB_FC_HW_MUL] = GB_ETS_MAM };
    if (how == GB_FC_ETS || how == GB_FC_MEAN)
        return f->ets;
    return how >= GB_FC_SIMPLE && how <= GB_FC_HW_MUL && f->form[form[how]].ok ? &f->form[form[how]] : NULL;
}

static bool can(const struct fit *f, enum gb_fc_method how, int n)
{
    switch (how) {
    case GB_FC_NONE:
    case GB_FC_N_METHODS: return false;
    case GB_FC_NAIVE: return true;
    case GB_FC_SNAIVE: return f->m > 1 && n >= f->m;
    case GB_FC_DRIFT: return n >= 3;
    case GB_FC_SIMPLE:
    case GB_FC_HOLT:
    case GB_FC_DAMPED:
    case GB_FC_HW_ADD:
    case GB_FC_HW_MUL:
    case GB_FC_ETS: return smoothing(f, how);
    case GB_FC_THETA: return f->has_theta;
    case GB_FC_MEAN: return f->ets && f->has_theta;
    }
    return false;
}

/* Forecast from the end of the first n values with what was learnt. */
static void predict(const struct fit *f, enum gb_fc_method how, int n, int h, struct steps *s)
{
    switch (how) {
    case GB_FC_NAIVE:
    case GB_FC_SNAIVE:
    case GB_FC_DRIFT: walk(f, how, n, h, s); return;
    case GB_FC_SIMPLE:
    case GB_FC_HOLT:
    case GB_FC_DAMPED:
    case GB_FC_HW_ADD:
    case GB_FC_HW_MUL:
    case GB_FC_ETS: gb_ets_forecast(smoothing(f, how), f->y, n, h, s->mean, s->sd, s->total_sd); return;
    case GB_FC_THETA: gb_theta_forecast(&f->theta, f->y, n, h, s->mean, s->sd, s->total_sd); return;
    case GB_FC_MEAN: {
        struct steps other;
        gb_ets_forecast(f->ets, f->y, n, h, s->mean, s->sd, s->total_sd);
        gb_theta_forecast(&f->theta, f->y, n, h, other.mean, other.sd, other.total_sd);
        for (int k = 0; k < h; k++) {
            s->mean[k] = (s->mean[k] + other.mean[k]) / 2;
            s->sd[k] = (s->sd[k] + other.sd[k]) / 2;
            s->total_sd[k] = (s->total_sd[k] + other.total_sd[k]) / 2;
        }
        return;
    }
    case GB_FC_NONE:
    case GB_FC_N_METHODS: break;
    }
}

struct record {
    double abs_error, sq_ratio;
    int n;
}; /* of one method at the rolling origins */

/* Errors of each method from every origin after `first`, at up to `reach` steps. */
static void roll(const struct fit *f, int first, int reach, struct record *r)
{
    struct steps s;
    for (int how = GB_FC_NAIVE; how < GB_FC_N_METHODS; how++) {
        r[how] = (struct record){ 0 };
        for (int t = first; can(f, (enum gb_fc_method)how, first) && t < f->n; t++) {
            int h = f->n - t < reach ? f->n - t : reach;
            predict(f, (enum gb_fc_method)how, t, h, &s);
            for (int k = 0; k < h; k++) {
                double e = f->y[t + k] - s.mean[k];
                r[how].abs_error += fabs(e);
                r[how].sq_ratio += s.sd[k] > 0 ? e * e / (s.sd[k] * s.sd[k]) : 1;
                r[how].n++;
            }
        }
    }
}

/* Does a method stay, over all steps wanted, within what the series has done, widened by its whole range (or by what a line would need)? A
 * multiplicative season after an epidemic, a trend after a jump do not. */
static bool sane(const struct fit *f, enum gb_fc_method how, int h)
{
    struct steps s;
    double least = f->y[0], most = f->y[0];
    for (int t = 1; t < f->n; t++) {
        least = fmin(least, f->y[t]);
        most = fmax(most, f->y[t]);
    }
    double room = 1.1 * fmax(1, (double)h / (f->n - 1)) * (most - least);
    predict(f, how, f->n, h, &s);
    for (int k = 0; k < h; k++)
        if (!(s.mean[k] <= most + room && s.mean[k] >= least - room))
            return false;
    return true;
}

/* The method of least error at the rolling origins among those that stay within reason. A simple one must win clearly before it is believed
 * over one that has earned its place on many series: the factors are what kept the error over the public series of tests/bench/forecast least. */
static enum gb_fc_method choose(const struct fit *f, const struct record *r, int h)
{
    static const double handicap[GB_FC_N_METHODS] = {
        [GB_FC_NAIVE] = 1.1, [GB_FC_SNAIVE] = 2,    [GB_FC_DRIFT] = 1.3,   [GB_FC_SIMPLE] = 1.15,
        [GB_FC_HOLT] = 1.15, [GB_FC_DAMPED] = 1.15, [GB_FC_HW_ADD] = 1.15, [GB_FC_HW_MUL] = 1.15,
        [GB_FC_ETS] = 1,     [GB_FC_THETA] = 1.3,   [GB_FC_MEAN] = 1
    };
    enum gb_fc_method best = GB_FC_NONE;
    double least = INFINITY;
    for (int how = GB_FC_NAIVE; how < GB_FC_N_METHODS; how++) {
        double e = r[how].n ? r[how].abs_error / r[how].n * handicap[how] : INFINITY;
        if (e < least && sane(f, (enum gb_fc_method)how, h)) {
            least = e;
            best = (enum gb_fc_method)how;
        }
    }
    return best;
}

/* Without rolling origins: what has earned its place on many series, if it stays within reason. */
static enum gb_fc_method richest(const struct fit *f, int h)
{
    static const enum gb_fc_method order[] = { GB_FC_MEAN, GB_FC_THETA, GB_FC_DAMPED, GB_FC_SIMPLE };
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (can(f, order[i], f->n) && sane(f, order[i], h))
            return order[i];
    return GB_FC_NAIVE;
}

static double mase_scale(const struct fit *f, int n)
{
    int lag = f->m > 1 && n > f->m ? f->m : 1;
    double sum = 0;
    for (int t = lag; t < n; t++)
        sum += fabs(f->y[t] - f->y[t - lag]);
    return n > lag ? sum / (n - lag) : 0;
}

/* Copy the newest values, close gaps by a straight line. @return the share missing; f->n = 0 if there is no value at all. */
static double take_series(const struct gb_fc_input *in, struct fit *f)
{
    size_t from = in->n > GB_FC_MAX_N ? in->n - GB_FC_MAX_N : 0, to = in->n;
    int missing = 0;
    while (from < to && isnan(in->y[from]))
        from++;
    while (to > from && isnan(in->y[to - 1]))
        to--;
    f->n = (int)(to - from);
    for (int t = 0, last = -1; t < f->n; t++) {
        f->y[t] = in->y[from + (size_t)t];
        if (isnan(f->y[t])) {
            missing++;
            continue;
        }
        for (int k = last + 1; last >= 0 && k < t; k++)
            f->y[k] = f->y[last] + (f->y[t] - f->y[last]) * (k - last) / (t - last);
        last = t;
    }
    return f->n ? (double)missing / f->n : 1;
}

static double clamp(double x, double lo, double hi)
{
    return x < lo ? lo : x > hi ? hi : x;
}

static void fill(const struct gb_fc_input *in, const struct steps *s, double widen, struct gb_forecast *out)
{
    double least = out->note == GB_FC_CONSTANT ? 0 : in->grain / 2;
    for (int k = 0; k < out->h; k++) {
        double sd = fmax(s->sd[k] * widen, least);
        out->sd[k] = sd;
        out->total_sd[k] = fmax(s->total_sd[k] * widen, least * sqrt(k + 1));
        out->mean[k] = clamp(s->mean[k], in->lo, in->hi);
        out->lo80[k] = clamp(s->mean[k] - GB_FC_Z80 * sd, in->lo, in->hi);
        out->hi80[k] = clamp(s->mean[k] + GB_FC_Z80 * sd, in->lo, in->hi);
        out->lo95[k] = clamp(s->mean[k] - GB_FC_Z95 * sd, in->lo, in->hi);
        out->hi95[k] = clamp(s->mean[k] + GB_FC_Z95 * sd, in->lo, in->hi);
    }
}

/* The method, and by how much its intervals are widened. */
static double elect(const struct fit *f, struct gb_forecast *out)
{
    struct record r[GB_FC_N_METHODS];
    double prior = f->m > 1 ? PRIOR_WIDENING_SEASON : PRIOR_WIDENING;
    int origins = f->n / 3 < MAX_ORIGINS ? f->n / 3 : MAX_ORIGINS, first = f->n - origins;
    out->method = GB_FC_NAIVE;
    if (f->sigma_naive <= 0)
        out->note = GB_FC_CONSTANT;
    if (out->note == GB_FC_CONSTANT || out->note == GB_FC_GAPS)
        return prior;
    out->method = GB_FC_NONE;
    if (origins >= 3 && first >= 6) {
        roll(f, first, out->h < 6 ? out->h : 6, r);
        out->method = choose(f, r, out->h);
    }
    if (out->method == GB_FC_NONE || !can(f, out->method, f->n)) {
        out->method = richest(f, out->h);
        return prior;
    }
    const struct record *own = &r[out->method];
    double scale = mase_scale(f, first);
    out->origins = origins;
    if (scale > 0)
        out->error = own->abs_error / own->n / scale;
    return sqrt((PRIOR_WEIGHT * prior * prior + origins * own->sq_ratio / own->n) / (PRIOR_WEIGHT + origins));
}

void gb_forecast(const struct gb_fc_input *in, struct gb_forecast *out)
{
    struct fit f;
    struct steps s;
    memset(out, 0, sizeof *out);
    out->error = NAN;
    double gaps = take_series(in, &f);
    if (f.n < GB_FC_MIN_N || in->h < 1) {
        out->note = GB_FC_TOO_SHORT;
        return;
    }
    f.m = in->m > 1 && in->m <= GB_FC_MAX_M && f.n >= 2 * in->m ? in->m : 1;
    out->note = gaps > 0.2 ? GB_FC_GAPS : f.m == 1 && in->m > 1 ? GB_FC_SHORT : GB_FC_FULL;
    out->h = in->h < GB_FC_MAX_H ? in->h : GB_FC_MAX_H;
    learn(&f);
    double widen = elect(&f, out);
    if (out->method == GB_FC_ETS || out->method == GB_FC_MEAN)
        gb_ets_name(f.ets, out->model);
    predict(&f, out->method, f.n, out->h, &s);
    fill(in, &s, widen, out);
}
