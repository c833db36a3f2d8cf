/* outlook.c — see outlook.h. Cumulative figures are forecast by their steps within the year (what each month added) and summed up again:
 * the figure itself falls to zero every January, which no method knows. */
#include "evaluation/breaks.h"
#include "evaluation/eval_int.h"
#include "evaluation/outlook.h"
#include <math.h>

int gb_outlook_steps(enum gb_freq f)
{
    switch (f) {
    case GB_FREQ_HOUR: return 24;
    case GB_FREQ_DAY: return 7;
    case GB_FREQ_WEEK: return 8;
    case GB_FREQ_MONTH: return 6;
    case GB_FREQ_QUARTER: return 4;
    case GB_FREQ_YEAR: return 3;
    }
    gb_bug("frequency");
}

static int season_length(enum gb_freq f)
{
    switch (f) {
    case GB_FREQ_HOUR: return 24;
    case GB_FREQ_DAY: return 7;
    case GB_FREQ_WEEK: return 52;
    case GB_FREQ_MONTH: return 12;
    case GB_FREQ_QUARTER: return 4;
    case GB_FREQ_YEAR: return 1;
    }
    gb_bug("frequency");
}

struct columns {
    double y[GB_FC_MAX_N];
    size_t n;
    const char *break_text;
};

/* The newest periods up to `to` as doubles without gaps in time; NAN where there is no value. */
static void columns_of(const struct gb_evaluation *ev, const struct gb_series *s, int32_t to, bool steps, struct columns *out)
{
    const struct gb_indicator *ind = &ev->catalogue->indicator[s->indicator_i];
    const struct gb_break *after;
    int32_t from = gb_break_start(ev->catalogue, s->indicator_i, s->region_i, to, &after);
    out->break_text = after ? after->text : NULL;
    if (from < s->period[0])
        from = s->period[0];
    if (to - from + 1 > GB_FC_MAX_N)
        from = to - GB_FC_MAX_N + 1;
    out->n = to >= from ? (size_t)(to - from + 1) : 0;
    for (size_t k = 0; k < out->n; k++) {
        int32_t p = from + (int32_t)k;
        int64_t i = gb_series_at(s, p), before = steps && p != gb_period_year_first(ind->freq, p) ? gb_series_at(s, p - 1) : -2;
        bool ok = i >= 0 && gb_counts(s, i);
        out->y[k] = ok ? gb_dec_to_double(s->value[i], ind->scale) : NAN;
        if (before == -1 || (before >= 0 && !gb_counts(s, before)))
            out->y[k] = NAN; /* what the period added is not known */
        else if (before >= 0 && ok)
            out->y[k] -= gb_dec_to_double(s->value[before], ind->scale);
    }
}

static int64_t rounded(const struct gb_indicator *ind, double x)
{
    double v = round(x * (double)gb_pow10[ind->scale]); /* half away from zero */
    if (!(fabs(v) < 9e18))
        return v > 0 ? INT64_MAX : -INT64_MAX;
    return (int64_t)v;
}

static int64_t to_scale(const struct gb_indicator *ind, double x)
{
    int64_t i = rounded(ind, x);
    if (ind->has_min && i < ind->valid_min)
        i = ind->valid_min;
    if (ind->has_max && i > ind->valid_max)
        i = ind->valid_max;
    return i;
}

/* Does a cumulative figure never fall within its year? Counts and sums of what is not negative; a balance, a net flow or a growth may. */
static bool never_falls(const struct gb_indicator *ind)
{
    return ind->has_min && ind->valid_min >= 0;
}

static void bounds_of(const struct gb_indicator *ind, bool steps, struct gb_fc_input *in)
{
    in->lo = -INFINITY;
    in->hi = INFINITY;
    if (steps) /* what a period adds to a figure that never falls */
        in->lo = never_falls(ind) ? 0 : -INFINITY;
    else if (ind->has_min)
        in->lo = gb_dec_to_double(ind->valid_min, ind->scale);
    if (!steps && ind->has_max)
        in->hi = gb_dec_to_double(ind->valid_max, ind->scale);
}

/* The season of a monthly figure whose series is too short to show it: the catalogue's factor of the month, relative to the year's mean.
 * @return false: none is given. */
static bool profile_of(const struct gb_catalogue *c, const struct gb_indicator *ind, double factor[12])
{
    const struct gb_season *s =
        ind->freq == GB_FREQ_MONTH && *ind->season && !gb_streq(ind->season, "invcum") ? gb_season_find(c, ind->season) : NULL;
    double sum = 0;
    bool even = true;
    for (int m = 0; s && m < 12; m++) {
        if (s->month[m] <= 0)
            return false;
        sum += (double)s->month[m];
        even = even && s->month[m] == s->month[0];
    }
    for (int m = 0; s && m < 12; m++)
        factor[m] = 12 * (double)s->month[m] / sum;
    return s && !even;
}

static int month_of(int32_t period)
{
    return (int)(((period % 12) + 12) % 12);
}

static void times_season(struct gb_forecast *f, int32_t first, const double factor[12])
{
    double sum = 0;
    for (int k = 0; k < f->h; k++) {
        double x = factor[month_of(first + k)];
        f->mean[k] *= x, f->lo80[k] *= x, f->hi80[k] *= x, f->lo95[k] *= x, f->hi95[k] *= x, f->sd[k] *= x;
        sum += x;
        f->total_sd[k] *= sum / (k + 1);
    }
    if (f->h)
        f->note = GB_FC_PROFILE;
}

static void forecast_from(const struct gb_evaluation *ev, const struct gb_series *s, int32_t to, bool steps, int h,
                          struct columns *y, struct gb_forecast *f)
{
    const struct gb_indicator *ind = &ev->catalogue->indicator[s->indicator_i];
    columns_of(ev, s, to, steps, y);
    struct gb_fc_input in = {
        .y = y->y, .n = y->n, .m = season_length(ind->freq), .h = h, .grain = gb_dec_to_double(1, ind->decimals)
    };
    bounds_of(ind, steps, &in);
    double factor[12];
    bool profile = !steps && y->n < 24 && profile_of(ev->catalogue, ind, factor);
    for (size_t k = 0; profile && k < y->n; k++)
        y->y[k] /= factor[month_of(to - (int32_t)(y->n - 1 - k))];
    if (profile)
        in.m = 1;
    gb_forecast(&in, f);
    if (profile)
        times_season(f, to + 1, factor);
}

/* Forecasts of steps on top of the year so far, from nothing after New Year. The errors of the steps are not independent (a level that was
 * misjudged is so in every month): up to New Year the forecast's own deviation of the sum; behind it what that has grown by since, which
 * leaves out no covariance and so is rather too wide than too narrow. */
static void add_up(const struct gb_indicator *ind, const struct gb_forecast *f, double base, struct gb_outlook *out)
{
    double sum = 0, before = 0;
    for (int k = 0; k < f->h; k++) {
        if (out->first + k == gb_period_year_first(ind->freq, out->first + k)) {
            base = sum = 0;
            before = k ? f->total_sd[k - 1] : 0;
        }
        sum += f->mean[k];
        double sd = sqrt(fmax(f->total_sd[k] * f->total_sd[k] - before * before, f->sd[k] * f->sd[k]));
        double least = never_falls(ind) ? base : -INFINITY;
        out->mean[k] = to_scale(ind, base + sum);
        out->lo80[k] = to_scale(ind, fmax(base + sum - GB_FC_Z80 * sd, least));
        out->hi80[k] = to_scale(ind, base + sum + GB_FC_Z80 * sd);
        out->lo95[k] = to_scale(ind, fmax(base + sum - GB_FC_Z95 * sd, least));
        out->hi95[k] = to_scale(ind, base + sum + GB_FC_Z95 * sd);
    }
}

void gb_outlook(const struct gb_evaluation *ev, int indicator_i, int region_i, int steps, struct gb_outlook *out)
{
    const struct gb_indicator *ind = &ev->catalogue->indicator[indicator_i];
    const struct gb_series *s = gb_cube_series(ev->cube, indicator_i, region_i);
    const struct gb_eval *e = gb_eval_find(ev, indicator_i, region_i);
    *out = (struct gb_outlook){ .note = GB_FC_TOO_SHORT };
    if (!s || !e || e->latest_i < 0)
        return;
    struct columns y;
    struct gb_forecast f;
    bool by_steps = ind->flow == GB_FLOW_CUMULATIVE;
    forecast_from(ev, s, e->period, by_steps, steps, &y, &f);
    out->method = f.method;
    out->note = f.note;
    memcpy(out->model, f.model, sizeof out->model);
    out->break_text = y.break_text;
    out->error = f.error;
    out->origins = f.origins;
    out->n = f.h;
    out->first = e->period + 1;
    if (by_steps)
        add_up(ind, &f, gb_dec_to_double(e->value, ind->scale), out);
    for (int k = 0; k < f.h && !by_steps; k++) {
        out->mean[k] = to_scale(ind, f.mean[k]);
        out->lo80[k] = to_scale(ind, f.lo80[k]);
        out->hi80[k] = to_scale(ind, f.hi80[k]);
        out->lo95[k] = to_scale(ind, f.lo95[k]);
        out->hi95[k] = to_scale(ind, f.hi95[k]);
    }
}

/* What each of the periods left must bring: for flows and cumulative figures the rest of the target in equal parts, for the others the way
 * that is left. */
static void what_is_needed(const struct gb_indicator *ind, bool adds_up, struct gb_year_end *y)
{
    int64_t rest;
    if (y->left <= 0 || gb_dec_sub(y->target, y->so_far, &rest) == false)
        return;
    bool met = ind->direction == GB_UP_GOOD ? rest <= 0 : adds_up ? false : rest >= 0;
    if (adds_up && ind->direction == GB_DOWN_GOOD && rest < 0 && ind->has_min && ind->valid_min >= 0)
        return; /* gone beyond, and nothing can be taken back */
    if (met) {
        y->needed = 0;
        y->needed_ok = true;
    } else {
        y->needed_ok = gb_dec_div_round(rest, y->left, &y->needed);
    }
}

static void expect(const struct gb_indicator *ind, bool adds_up, const struct gb_forecast *f, struct gb_year_end *y)
{
    int last = y->left - 1;
    double base = adds_up ? gb_dec_to_double(y->so_far, ind->scale) : 0, mean = base, sd;
    if (adds_up)
        for (int k = 0; k <= last; k++)
            mean += f->mean[k];
    else
        mean = f->mean[last];
    sd = adds_up ? f->total_sd[last] : f->sd[last];
    double target = gb_dec_to_double(y->target, ind->scale), p = gb_fc_chance(mean, sd, target);
    if (ind->direction == GB_DOWN_GOOD) /* mirrored, not 1 - p: on the target is met in both directions */
        p = gb_fc_chance(-mean, sd, -target);
    y->chance_pct = p > 0.99 ? 99 : p < 0.01 ? 1 : (int)(100 * p + 0.5);
    /* The bounds of a flow are those of one period: a year's sum goes beyond them. */
    int64_t (*const scaled)(const struct gb_indicator *, double) = ind->flow == GB_FLOW_FLOW ? rounded : to_scale;
    y->expected = scaled(ind, mean);
    y->lo80 = scaled(ind, mean - 1.2815515655446004 * sd);
    y->hi80 = scaled(ind, mean + 1.2815515655446004 * sd);
    if (adds_up && never_falls(ind) && y->lo80 < y->so_far)
        y->lo80 = y->so_far;
    y->attainment_ok = y->target > 0 && gb_dec_ratio_once(y->expected, ind->scale, y->target, ind->scale, true, GB_PCT_SCALE,
                                                          GB_PCT_SHOWN, &y->attainment_pct);
}

const char *gb_year_end_reservation(const struct gb_year_end *y)
{
    switch (y->note) {
    case GB_FC_TOO_SHORT:
    case GB_FC_SHORT:
    case GB_FC_PROFILE: return "chuỗi số liệu còn ngắn";
    case GB_FC_GAPS: return "chuỗi số liệu thiếu nhiều kỳ";
    case GB_FC_CONSTANT: return "";
    case GB_FC_FULL: return y->origins ? "" : "chuỗi số liệu còn ngắn";
    }
    gb_bug("note of a forecast");
}

void gb_year_end(const struct gb_evaluation *ev, int indicator_i, int region_i, struct gb_year_end *out)
{
    const struct gb_indicator *ind = &ev->catalogue->indicator[indicator_i];
    const struct gb_eval *e = gb_eval_find(ev, indicator_i, region_i);
    *out = (struct gb_year_end){ .why = GB_YE_NO_TARGET };
    if (!e || e->latest_i < 0 || !e->has_target)
        return;
    bool flow = ind->flow == GB_FLOW_FLOW, adds_up = flow || ind->flow == GB_FLOW_CUMULATIVE;
    out->year = gb_period_year(ind->freq, e->period);
    out->target = e->target_year;
    out->left = gb_period_year_first(ind->freq, e->period) + gb_periods_in_year(ind->freq, out->year) - 1 - e->period;
    out->so_far = flow ? e->ytd : e->value;
    if (ind->direction == GB_BAND || ind->direction == GB_NEUTRAL) {
        out->why = GB_YE_NO_DIRECTION;
        return;
    }
    if (flow && !e->ytd_complete) {
        out->why = GB_YE_GAPS;
        return;
    }
    if (out->left == 0) {
        out->why = GB_YE_YEAR_IS_OVER;
        return;
    }
    what_is_needed(ind, adds_up, out);
    out->why = GB_YE_NO_FORECAST;
    if (out->left > GB_FC_MAX_H)
        return;
    struct columns y;
    struct gb_forecast f;
    forecast_from(ev, gb_cube_series(ev->cube, indicator_i, region_i), e->period, ind->flow == GB_FLOW_CUMULATIVE, out->left, &y,
                  &f);
    out->method = f.method;
    out->note = f.note;
    out->break_text = y.break_text;
    out->origins = f.origins;
    memcpy(out->model, f.model, sizeof out->model);
    bool blind = f.note == GB_FC_SHORT && *ind->season && !gb_streq(ind->season, "none"); /* a season that nobody knows */
    if (f.h < out->left || blind)
        return;
    expect(ind, adds_up, &f, out);
    out->why = GB_YE_OK;
}
