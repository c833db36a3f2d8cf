/* sample.c — made-up deliveries from a catalogue.
 *
 * One indicator at a time: a matrix of values, periods down, places across (place 0 is the province, then its communes; or the
 * points that measure it). A province path is typical value x season x smooth AR(1) noise; counts whose deviation is not below
 * their mean come from a negative binomial through the same noise, so that they are smooth in time too. Sums are drawn for the
 * province and split over the communes exactly; numerators of ratios are drawn as denominator x rate, so that the three agree.
 * Rows are kept by agency and day or month; sample_files.c makes them into files as departments send them. Rules: DOMAIN.md section 0, DESIGN.md section 4. */
#include "app/sample.h"
#include "app/sample_int.h"
#include "app/sample_tasks.h"
#include "evaluation/evaluation.h"
#include <stdlib.h>

#define NO_VALUE GB_SAMPLE_NONE
#define DAILY_COMMUNE_DAYS 31 /* a year of days by commune would be three million rows: archives keep the province */
#define HOURLY_DAYS 3
#define MAX_YEARS 40
enum { P_BASE = 1, P_SHARE, P_PATH, P_PLACE, P_SPLIT, P_MISSING, P_SAID, P_WITHIN }; /* purposes of random streams */

/* Things a demonstration must show. Step k: towards a third of the way from step k to the next one, reached on the last day. */
struct story {
    const char *indicator, *region;
    int days, step;
    double factor;
};
static const struct story stories[] = {
    { "dis.rain_24h", "tv-giang", 2, 2, 0 }, /* heavy rain upstream of Giàng, above the danger step */
    { "dis.level_giang", NULL, 2, 1, 0 },    /* the river above alarm II */
    { "dis.risk_level", NULL, 2, 1, 0 },
    { "dis.temp_max", NULL, 5, -1, 0.8 },             /* a cold front comes with the rain */
    { "inv.disbursement_rate", NULL, 150, -1, 0.72 }, /* money stops moving in summer */
    { "ep.dengue", NULL, 35, 1, 0 },                  /* dengue rises past the warning step */
    { "ep.dengue_outbreaks", NULL, 35, 1, 0 },
    { "fb.ontime_rate", NULL, 30, 0, 0 },
    { "tthc.ontime_rate", NULL, 60, 0, 0 },
};

/* What must hold between figures that are drawn apart, or the made-up province contradicts itself on one page. `times` is the most that one of
 * `of` can bring, generous: the rules forbid nonsense, they make no statistics. What the catalogue's consistency.csv says already is obeyed too. */
enum plausible {
    WITHIN,   /* only where `of` is, at most `times` each; times 0: any amount */
    TOGETHER, /* above zero exactly where `of` is; `times`: what the least of it measures */
    DRY       /* a level that rain of three days brings down */
};
static const struct rule {
    enum plausible kind;
    const char *indicator, *of;
    int times;
} rules[] = {
    { WITHIN, "tthc.resolved", "tthc.received", 1 }, { WITHIN, "fb.resolved", "fb.received", 1 },
    { WITHIN, "ts.deaths", "ts.accidents", 3 },      { WITHIN, "ts.injured", "ts.accidents", 5 },
    { WITHIN, "fire.deaths", "fire.incidents", 3 },  { WITHIN, "fire.loss", "fire.incidents", 0 },
    { WITHIN, "fl.households", "fl.points", 0 },     { TOGETHER, "tr.jam_minutes", "tr.jams", 5 },
    { DRY, "fire.forest_level", "dis.rain_24h", 0 },
};
static const struct {
    int mm, level; /* so much rain in 24 hours, and the danger of forest fire is at most this */
} drenched[] = { { 50, 1 }, { 16, 2 }, { 5, 3 } };
#define N_RULES (sizeof rules / sizeof rules[0])

struct period {
    enum gb_freq freq;
    int32_t ord;
    struct gb_date start, end;
    int32_t end_day;
    int file_month, slot;
    char iso[24];
    bool running;
};
struct place {
    int region_i;
    const char *code;
    double base;
};
struct matrix {
    int n_periods, n_places;
    struct period *period;
    struct place *place;
    int64_t *v;
};
struct world {
    const struct gb_catalogue *c;
    struct gb_date from, to;
    int32_t to_day;
    uint64_t seed;
    struct gb_arena run, scratch;
    struct place *area;
    int n_areas;                   /* [0] the root, then its communes */
    int32_t communes_from;         /* day on which the first of them exists */
    int first_month, n_months;     /* year * 12 + month - 1 */
    struct gb_sample_set *set;     /* what will be delivered, by agency and day or month */
    int revised_i, revision_month; /* the one second delivery */
    struct matrix **kept;          /* per indicator: numerators and denominators */
    int *ratio_of;                 /* per indicator: the ratio it is the numerator of, or -1 */
    bool *needed, *visiting;
    int silent; /* agency_i that has sent nothing for two months, or -1 */
    double *weight, *cum;
    int64_t *split;
};

static double real(int64_t v, int scale)
{
    return (double)v / (double)gb_pow10[scale];
}
static double typical(const struct gb_indicator *ind)
{
    return real(ind->typical, GB_TYPICAL_SCALE);
}
static double spread(const struct gb_indicator *ind)
{
    return real(ind->typical_sd, GB_TYPICAL_SCALE);
}
static bool is_skewed(const struct gb_indicator *ind)
{
    return ind->typical > 0 && ind->typical_sd >= ind->typical;
}

/* To the stored scale, inside the valid range, with one decimal more than is published: a thermometer has no four decimals. */
static int64_t at_scale(const struct gb_indicator *ind, double x, bool clamp)
{
    int d = ind->decimals + 1 < ind->scale ? ind->decimals + 1 : ind->scale;
    double y = x * (double)gb_pow10[d];
    if (y > 9e15 || y < -9e15)
        y = 0;
    int64_t v = (int64_t)(y < 0 ? y - 0.5 : y + 0.5) * gb_pow10[ind->scale - d];
    if (clamp && ind->has_min && v < ind->valid_min)
        v = ind->valid_min;
    if (clamp && ind->has_max && v > ind->valid_max)
        v = ind->valid_max;
    return v;
}

/* ---- periods ---------------------------------------------------------------------------------------------------------- */

static int32_t first_ordinal(const struct world *w, const struct gb_indicator *ind)
{
    if (ind->freq != GB_FREQ_HOUR)
        return gb_period_of(ind->freq, w->from, ind->calendar);
    int32_t day = w->to_day - (HOURLY_DAYS - 1), from = gb_date_to_days(w->from);
    return (day > from ? day : from) * 24;
}

static void list_periods(struct world *w, const struct gb_indicator *ind, struct gb_arena *a, struct matrix *m)
{
    int32_t lo = first_ordinal(w, ind), hi = gb_period_of(ind->freq, w->to, ind->calendar);
    m->period = GB_NEW_N(a, (size_t)(hi - lo + 1), struct period);
    for (int32_t p = lo; p <= hi; p++) {
        struct gb_date end = gb_period_end(ind->freq, p, ind->calendar);
        bool running = gb_date_cmp(end, w->to) > 0;
        if (gb_date_cmp(end, w->from) < 0 || (running && (ind->flow != GB_FLOW_CUMULATIVE || ind->freq > GB_FREQ_MONTH)))
            continue;
        struct gb_date filed = running ? w->to : end;
        struct period *q = &m->period[m->n_periods++];
        *q = (struct period){ .freq = ind->freq,
                              .ord = p,
                              .start = gb_period_start(ind->freq, p, ind->calendar),
                              .end = end,
                              .end_day = gb_date_to_days(filed),
                              .running = running,
                              .slot = gb_sample_slot(w->set, gb_date_to_days(filed)),
                              .file_month = filed.year * 12 + filed.month - 1 - w->first_month };
        gb_period_iso(ind->freq, p, q->iso);
    }
}

/* ---- paths ------------------------------------------------------------------------------------------------------------ */

/* Season factor on a day, between the middles of months so that daily lines have no steps on the first. */
static double season_on(const struct gb_season *s, struct gb_date d, enum gb_freq f)
{
    if (!s)
        return 1;
    int m = d.month - 1;
    double here = real(s->month[m], 4);
    if (f < GB_FREQ_WEEK)
        return here;
    double at = ((double)d.day - 0.5) / gb_days_in_month(d.year, d.month) - 0.5;
    double other = real(s->month[at < 0 ? (m + 11) % 12 : (m + 1) % 12], 4);
    return here + (other - here) * (at < 0 ? -at : at);
}

static bool season_is_strong(const struct gb_season *s)
{
    for (int m = 0; s && m < 12; m++)
        if (s->month[m] > 11200 || s->month[m] < 8800)
            return true;
    return false;
}

/* Cumulative without a curve of its own: typical holds for October (as invcum does) or for the third quarter. */
static double elapsed(const struct period *p)
{
    return p->freq == GB_FREQ_MONTH ? p->end.month / 10.0 : p->freq == GB_FREQ_QUARTER ? p->end.month / 9.0 : 1;
}

static double running_share(const struct world *w, const struct period *p)
{
    double all = (double)(gb_date_to_days(p->end) - gb_date_to_days(p->start) + 1);
    return (double)(w->to_day - gb_date_to_days(p->start) + 1) / all;
}

static double cumulative_factor(const struct world *w, const struct gb_season *s, const struct period *p)
{
    double f = s ? real(s->month[p->end.month - 1], 4) : elapsed(p);
    if (!p->running || p->freq != GB_FREQ_MONTH)
        return p->running ? f * running_share(w, p) : f;
    double before = p->end.month == 1 ? 0 : s ? real(s->month[p->end.month - 2], 4) : f - 0.1;
    return before + (f - before) * running_share(w, p);
}

static double with_stories(const struct world *w, const struct gb_indicator *ind, const char *region, const struct period *p,
                           double x)
{
    for (size_t i = 0; i < sizeof stories / sizeof stories[0]; i++) {
        const struct story *s = &stories[i];
        if (!gb_streq(s->indicator, ind->code) || (s->region && !gb_streq(s->region, region)))
            continue;
        double ago =
            p->freq == GB_FREQ_HOUR ? (double)((w->to_day + 1) * 24 - 1 - p->ord) / 24 : (double)(w->to_day - p->end_day);
        double a = 1.4 * (1 - ago / s->days); /* full for the last quarter of its time */
        if (a <= 0)
            continue;
        a = a > 1 ? 1 : a;
        if (s->step < 0)
            x *= 1 + (s->factor - 1) * a;
        else if (ind->step[s->step].set) {
            const struct gb_threshold *here = &ind->step[s->step],
                                      *next = &ind->step[s->step < GB_N_STEPS - 1 ? s->step + 1 : s->step];
            double goal =
                real(here->lo, ind->scale) + (real(next->set ? next->lo : here->lo, ind->scale) - real(here->lo, ind->scale)) / 3;
            x += (goal - x) * a * 0.95; /* a story still breathes: a flat line would look like a broken sensor */
        }
    }
    return x;
}

/* A story of this indicator that one place alone has: the common path does not tell it. */
static bool only_there(const struct gb_indicator *ind)
{
    for (size_t i = 0; i < sizeof stories / sizeof stories[0]; i++)
        if (stories[i].region && gb_streq(stories[i].indicator, ind->code))
            return true;
    return false;
}

/* What noise z makes of the typical value in one period. */
static double shaped(const struct world *w, const struct gb_indicator *ind, const struct period *p, double z)
{
    const struct gb_season *s = gb_season_find(w->c, ind->season);
    double mean = typical(ind), sd = spread(ind);
    if (ind->flow == GB_FLOW_CUMULATIVE)
        return (mean + sd * z) * cumulative_factor(w, s, p);
    double f = season_on(s, p->end, p->freq);
    if (is_skewed(ind)) {
        if (ind->scale == 0)
            return (double)gb_count_quantile(gb_phi(z), mean * f, sd * f * sd * f);
        return z < 0 ? 0 : f * mean * gb_exp(1.3 * z - 0.6); /* rain: nothing half of the time, 7 x the mean at two deviations */
    }
    if (ind->flow == GB_FLOW_RATE && season_is_strong(s))
        return mean + sd * (1.2 * (f - 1) + z);
    /* Amounts grow a little: 4 % a year from the start of the span. */
    double years = (double)(p->end_day - gb_date_to_days(w->from)) / 365.0;
    double growth = ind->flow == GB_FLOW_FLOW && mean > 0 ? 1 + 0.04 * years : 1;
    return (mean * growth + sd * z) * f;
}

/* AR(1): how much of yesterday is in today. Stocks move slowly whatever their frequency. */
static double memory_of(const struct gb_indicator *ind)
{
    if (ind->flow == GB_FLOW_STOCK)
        return 0.97;
    switch (ind->freq) {
    case GB_FREQ_HOUR: return 0.95;
    case GB_FREQ_DAY: return 0.8;
    case GB_FREQ_WEEK: return 0.7;
    case GB_FREQ_MONTH:
    case GB_FREQ_QUARTER:
    case GB_FREQ_YEAR: return 0.5;
    }
    gb_bug("frequency");
}

static double root_of(double x) /* Newton: sqrt of libm is exact as well, but this file then needs no libm */
{
    double y = x > 1 ? x : 1;
    for (int i = 0; i < 60 && x > 0; i++)
        y = (y + x / y) / 2;
    return x > 0 ? y : 0;
}

/* ---- matrices --------------------------------------------------------------------------------------------------------- */

static int64_t *cell(struct matrix *m, int p, int at)
{
    return &m->v[(size_t)p * (size_t)m->n_places + (size_t)at];
}

/* Within a year a cumulative value never falls. */
static void never_fall(struct matrix *m)
{
    for (int p = 1; p < m->n_periods; p++)
        for (int at = 0; at < m->n_places; at++) {
            int64_t before = *cell(m, p - 1, at), *now = cell(m, p, at);
            if (m->period[p].end.year == m->period[p - 1].end.year && before != NO_VALUE && *now != NO_VALUE && *now < before)
                *now = before;
        }
}

static bool place_valid(const struct world *w, const struct place *pl, const struct period *p)
{
    return gb_region_valid(&w->c->region[pl->region_i], p->end, p->end);
}

/* Communes deliver this period, or (archived days, hours, province indicators) the province does. */
static bool by_commune(const struct world *w, const struct gb_indicator *ind, const struct period *p)
{
    if (w->n_areas < 2 || ind->level < GB_AT_DISTRICT || ind->freq == GB_FREQ_HOUR || gb_date_to_days(p->end) < w->communes_from)
        return false;
    return ind->freq != GB_FREQ_DAY || w->to_day - p->end_day < DAILY_COMMUNE_DAYS;
}

static double *province_path(struct world *w, const struct gb_indicator *ind, const struct matrix *m)
{
    struct gb_rng r = gb_rng_for(w->seed, ind->code, "", P_PATH);
    double *x = GB_NEW_N(&w->scratch, (size_t)m->n_periods, double);
    double rho = memory_of(ind), fresh = root_of(1 - rho * rho), z = gb_rng_gauss(&r);
    for (int p = 0; p < m->n_periods; p++) {
        x[p] = with_stories(w, ind, m->place[0].code, &m->period[p], shaped(w, ind, &m->period[p], z));
        z = rho * z + fresh * gb_rng_gauss(&r);
    }
    return x;
}

/* Rates of places around the province's path, with twice its deviation: most of it lasting, some of it moving. */
static void fill_rates(struct world *w, const struct gb_indicator *ind, struct matrix *m)
{
    double *path = province_path(w, ind, m);
    double rho = memory_of(ind), fresh = root_of(1 - rho * rho);
    bool points = ind->level == GB_AT_POINT;
    for (int at = 0; at < m->n_places; at++) {
        struct gb_rng r = gb_rng_for(w->seed, ind->code, m->place[at].code, P_PLACE);
        double lasting = gb_rng_gauss(&r), z = gb_rng_gauss(&r), wide = points ? 0.4 : 1.6;
        for (int p = 0; p < m->n_periods; p++) {
            const struct period *q = &m->period[p];
            double x = path[p];
            if (points || at > 0) {
                x = is_skewed(ind) ? shaped(w, ind, q, z) : x + spread(ind) * (wide * lasting + (points ? 0.3 : 1.0) * z);
                if (is_skewed(ind) || (points && only_there(ind)))
                    x = with_stories(w, ind, m->place[at].code, q, x);
            }
            bool here = points || (by_commune(w, ind, q) ? at > 0 : at == 0);
            *cell(m, p, at) = here && place_valid(w, &m->place[at], q) ? at_scale(ind, x, true) : NO_VALUE;
            z = rho * z + fresh * gb_rng_gauss(&r);
        }
    }
}

/* Shares of the communes for one indicator: size x a lasting lognormal of their own (sigma 0.35). */
static double *shares(struct world *w, const struct gb_indicator *ind, const struct matrix *m)
{
    double *s = GB_NEW_N(&w->scratch, (size_t)m->n_places, double);
    for (int at = 1; at < m->n_places; at++) {
        struct gb_rng r = gb_rng_for(w->seed, ind->code, m->place[at].code, P_SHARE);
        s[at] = m->place[at].base * gb_exp(0.35 * gb_rng_gauss(&r));
    }
    return s;
}

static void split_period(struct world *w, const struct gb_indicator *ind, struct matrix *m, int p, const double *share,
                         int64_t total)
{
    const struct period *q = &m->period[p];
    /* A stock is the same things month after month: the same stream each time puts them in the same places. */
    struct gb_rng r = gb_rng_for(w->seed, ind->code, ind->flow == GB_FLOW_STOCK ? "" : q->iso, P_SPLIT);
    double noise = ind->flow == GB_FLOW_FLOW ? 0.15 : 0;
    int n = 0;
    for (int at = 1; at < m->n_places; at++)
        if (place_valid(w, &m->place[at], q))
            w->weight[n++] = share[at] * (noise > 0 ? gb_exp(noise * gb_rng_gauss(&r)) : 1);
    if (n == 0) {
        *cell(m, p, 0) = total;
        return;
    }
    gb_sample_split(total, w->weight, n, &r, w->cum, w->split);
    n = 0;
    for (int at = 1; at < m->n_places; at++)
        if (place_valid(w, &m->place[at], q))
            *cell(m, p, at) = w->split[n++];
}

static void fill_sum(struct world *w, const struct gb_indicator *ind, struct matrix *m)
{
    double *path = province_path(w, ind, m), *share = shares(w, ind, m);
    for (int p = 0; p < m->n_periods; p++) {
        for (int at = 0; at < m->n_places; at++)
            *cell(m, p, at) = NO_VALUE;
        int64_t total = at_scale(ind, path[p], true);
        if (by_commune(w, ind, &m->period[p]))
            split_period(w, ind, m, p, share, total);
        else
            *cell(m, p, 0) = total;
    }
}

static struct matrix *new_matrix(struct world *w, const struct gb_indicator *ind, struct gb_arena *a)
{
    struct matrix *m = GB_NEW(a, struct matrix);
    list_periods(w, ind, a, m);
    m->place = w->area;
    m->n_places = ind->level == GB_AT_DISTRICT || ind->level == GB_AT_COMMUNE ? w->n_areas : 1;
    if (ind->level == GB_AT_POINT) {
        int i = (int)(ind - w->c->indicator);
        m->place = GB_NEW_N(a, (size_t)w->c->n_points, struct place);
        m->n_places = 0;
        for (int k = 0; k < w->c->n_points; k++)
            if (w->c->point[k].indicator_i == i)
                m->place[m->n_places++] =
                    (struct place){ w->c->point[k].region_i, w->c->region[w->c->point[k].region_i].code, 1 };
    }
    m->v = GB_NEW_N(a, gb_mul((size_t)m->n_periods, (size_t)m->n_places), int64_t);
    return m;
}

static struct matrix *matrix_of(struct world *w, int i, struct gb_arena *a);

/* Whole units of x: the rest decides by chance, or three cases at 94 % would always be three. */
static int64_t whole(double x, double unit)
{
    int64_t n = (int64_t)x;
    return n + (unit < x - (double)n);
}

/* A numerator is its denominator times the rate the ratio is drawn at; whole units where it counts whole units. */
static bool fill_numerator(struct world *w, int i, struct matrix *m)
{
    int r = w->ratio_of[i];
    if (r < 0)
        return false;
    const struct gb_indicator *ratio = &w->c->indicator[r], *ind = &w->c->indicator[i], *den = &w->c->indicator[ratio->agg_den];
    if (ratio->freq != ind->freq || den->freq != ind->freq || den->level != ind->level || w->visiting[ratio->agg_den])
        return false;
    struct matrix *d = matrix_of(w, ratio->agg_den, &w->run);
    struct matrix *rate = new_matrix(w, ratio, &w->scratch);
    if (d->n_places != m->n_places || rate->n_places != m->n_places || d->n_periods < m->n_periods - 1)
        return false;
    fill_rates(w, ratio, rate);
    struct gb_rng chance = gb_rng_for(w->seed, ind->code, ratio->code, P_SPLIT);
    for (int p = 0; p < m->n_periods; p++) {
        /* The denominator has no running period when it is no cumulative figure: its last one then stands for it. */
        int dp = p < d->n_periods ? p : d->n_periods - 1, rp = p < rate->n_periods ? p : rate->n_periods - 1;
        for (int at = 0; at < m->n_places; at++) {
            int64_t dv = *cell(d, dp, at), rv = *cell(rate, rp, at);
            double x = real(dv, den->scale) * real(rv, ratio->scale) / (ratio->is_percent ? 100.0 : 1.0);
            *cell(m, p, at) = dv == NO_VALUE || rv == NO_VALUE ? NO_VALUE
                              : ind->scale == 0                ? whole(x, gb_rng_unit(&chance))
                                                               : at_scale(ind, x, false);
        }
    }
    return true;
}

static void fill_ratio(struct world *w, const struct gb_indicator *ind, struct matrix *m)
{
    struct matrix *num = matrix_of(w, ind->agg_num, &w->run), *den = matrix_of(w, ind->agg_den, &w->run);
    const struct gb_indicator *ni = &w->c->indicator[ind->agg_num], *di = &w->c->indicator[ind->agg_den];
    for (int p = 0; p < m->n_periods; p++)
        for (int at = 0; at < m->n_places; at++) {
            int64_t *v = cell(m, p, at), n = NO_VALUE, d = NO_VALUE;
            *v = NO_VALUE;
            if (p < num->n_periods && p < den->n_periods && at < num->n_places && at < den->n_places) {
                n = *cell(num, p, at);
                d = *cell(den, p, at);
            }
            if (n != NO_VALUE && d != NO_VALUE && !gb_dec_ratio(n, ni->scale, d, di->scale, ind->is_percent, ind->scale, v))
                *v = NO_VALUE; /* nothing to divide by this time */
        }
}

/* What consistency.csv says of a figure is true of the sample: a part is no larger than its whole, a whole is the sum of its parts. */
static void obey(struct world *w, const struct gb_consistency *k, struct matrix *m)
{
    struct matrix *other[8];
    if (k->n_others > 8)
        return;
    for (int o = 0; o < k->n_others; o++) {
        other[o] = w->visiting[k->other[o]] ? NULL : matrix_of(w, k->other[o], &w->run);
        if (!other[o] || other[o]->n_places != m->n_places || other[o]->n_periods != m->n_periods ||
            w->c->indicator[k->other[o]].scale != w->c->indicator[k->indicator_i].scale)
            return;
    }
    for (int p = 0; p < m->n_periods; p++)
        for (int at = 0; at < m->n_places; at++) {
            int64_t sum = 0, *v = cell(m, p, at);
            bool all = *v != NO_VALUE;
            for (int o = 0; o < k->n_others && all; o++)
                all = *cell(other[o], p, at) != NO_VALUE && gb_dec_add(sum, *cell(other[o], p, at), &sum);
            if (all && (k->kind == GB_MUST_ADD_UP || *v > sum))
                *v = sum;
        }
}

/* Of the rule's figure as much as the whole allows, at the places of the whole. */
static void within(struct world *w, const struct rule *k, struct matrix *m, int p, struct matrix *of)
{
    struct gb_rng r = gb_rng_for(w->seed, k->indicator, m->period[p].iso, P_WITHIN);
    int64_t total = 0, whole = 0;
    int n = 0;
    for (int at = 0; at < m->n_places; at++)
        if (*cell(m, p, at) != NO_VALUE && *cell(of, p, at) != NO_VALUE) {
            int64_t part = *cell(of, p, at);
            total += *cell(m, p, at);
            whole += part;
            w->weight[n++] = (double)part;
        }
    if (n == 0)
        return;
    gb_sample_within(total, whole, k->times, w->weight, n, &r, w->cum, w->split);
    n = 0;
    for (int at = 0; at < m->n_places; at++)
        if (*cell(m, p, at) != NO_VALUE && *cell(of, p, at) != NO_VALUE)
            *cell(m, p, at) = w->split[n++];
}

static void together(const struct gb_indicator *ind, const struct rule *k, struct matrix *m, int p, struct matrix *of)
{
    for (int at = 0; at < m->n_places; at++) {
        int64_t *v = cell(m, p, at), o = *cell(of, p, at);
        if (*v != NO_VALUE && o != NO_VALUE && (*v > 0) != (o > 0))
            *v = o > 0 ? at_scale(ind, k->times, true) : 0;
    }
}

static void dry(const struct gb_indicator *ind, struct matrix *m, int p, struct matrix *rain, const struct gb_indicator *rain_ind)
{
    int64_t worst = 0;
    for (int h = 0; h < rain->n_periods; h++)
        if (rain->period[h].end_day <= m->period[p].end_day && rain->period[h].end_day > m->period[p].end_day - 3)
            for (int at = 0; at < rain->n_places; at++)
                worst = *cell(rain, h, at) > worst ? *cell(rain, h, at) : worst;
    for (size_t k = 0; k < sizeof drenched / sizeof drenched[0]; k++) {
        if (worst < drenched[k].mm * gb_pow10[rain_ind->scale])
            continue;
        int64_t most = at_scale(ind, drenched[k].level, true);
        for (int at = 0; at < m->n_places; at++)
            if (*cell(m, p, at) > most)
                *cell(m, p, at) = most;
        return;
    }
}

static void be_plausible(struct world *w, int i, struct matrix *m)
{
    const struct gb_indicator *ind = &w->c->indicator[i];
    for (size_t k = 0; k < N_RULES; k++) {
        int o = gb_streq(rules[k].indicator, ind->code) ? gb_indicator_find(w->c, rules[k].of) : -1;
        if (o < 0 || w->visiting[o])
            continue;
        struct matrix *of = matrix_of(w, o, &w->run);
        bool alike = of->n_places == m->n_places && of->n_periods == m->n_periods && w->c->indicator[o].freq == ind->freq;
        for (int p = 0; p < m->n_periods; p++) {
            if (rules[k].kind == DRY)
                dry(ind, m, p, of, &w->c->indicator[o]);
            else if (alike && rules[k].kind == TOGETHER)
                together(ind, &rules[k], m, p, of);
            else if (alike && w->c->indicator[o].scale == 0 && (ind->scale == 0 || !rules[k].times))
                within(w, &rules[k], m, p, of);
        }
    }
}

static struct matrix *matrix_of(struct world *w, int i, struct gb_arena *a)
{
    if (w->kept[i])
        return w->kept[i];
    const struct gb_indicator *ind = &w->c->indicator[i];
    struct matrix *m = new_matrix(w, ind, w->needed[i] ? &w->run : a);
    w->visiting[i] = true;
    bool same_freq = ind->agg == GB_AGG_RATIO && w->c->indicator[ind->agg_num].freq == ind->freq &&
                     w->c->indicator[ind->agg_den].freq == ind->freq;
    if (m->n_places > 0 && !fill_numerator(w, i, m)) {
        if (same_freq && !w->visiting[ind->agg_num] && !w->visiting[ind->agg_den])
            fill_ratio(w, ind, m);
        else if (ind->agg == GB_AGG_SUM && ind->level != GB_AT_POINT)
            fill_sum(w, ind, m);
        else
            fill_rates(w, ind, m);
    }
    if (ind->flow == GB_FLOW_CUMULATIVE && ind->agg != GB_AGG_RATIO)
        never_fall(m);
    for (int k = 0; k < w->c->n_consistency; k++)
        if (w->c->consistency[k].indicator_i == i && w->c->consistency[k].n_others > 0)
            obey(w, &w->c->consistency[k], m);
    be_plausible(w, i, m);
    w->visiting[i] = false;
    if (w->needed[i])
        w->kept[i] = m;
    return m;
}

/* ---- rows ------------------------------------------------------------------------------------------------------------- */

static void add_row(struct gb_sample_file *f, int indicator_i, const struct place *pl, const struct period *q, int64_t v,
                    char status, const char *note)
{
    f->row = gb_grow(f->row, &f->cap, f->n + 1, sizeof *f->row);
    f->row[f->n++] = (struct gb_sample_row){ indicator_i, pl->region_i, q->ord, status, note, v };
}

static char status_of(const struct world *w, const struct gb_indicator *ind, const struct matrix *m, int p)
{
    const struct period *q = &m->period[p];
    if (q->running)
        return 'E';
    bool newest = p == m->n_periods - 1 || m->period[p + 1].running;
    bool revised = (int)(ind - w->c->indicator) == w->revised_i && q->file_month == w->revision_month;
    return (newest && (q->freq == GB_FREQ_MONTH || q->freq == GB_FREQ_QUARTER)) || revised ? 'P' : 'A';
}

/* A few values are missing, as in life: one rate in eight hundred, and two communes of some newest monthly sums. */
static const char *missing_note(struct world *w, const struct gb_indicator *ind, const struct matrix *m, int p, int at)
{
    static const char *const why[] = { "Đơn vị chưa gửi số liệu", "Đang rà soát, đối chiếu", "Thiết bị hỏng, chờ thay" };
    if (w->needed[ind - w->c->indicator] || ind->level < GB_AT_DISTRICT || m->place[at].region_i == w->c->locality.root_region)
        return NULL;
    struct gb_rng r = gb_rng_for(w->seed, ind->code, m->place[at].code, P_MISSING + (uint64_t)(uint32_t)m->period[p].ord);
    uint64_t x = gb_rng_next(&r);
    bool newest = p == m->n_periods - 1 && ind->freq == GB_FREQ_MONTH;
    uint64_t odds = ind->agg != GB_AGG_SUM ? 800 : newest && (ind - w->c->indicator) % 17 == 0 ? 80 : 0;
    if (odds == 0 || x % odds != 0)
        return NULL;
    return why[ind->level == GB_AT_POINT ? 2 : x / odds % 2];
}

/* Of figures at warning or worse some are handed over with a word on what is done about them: it acknowledges the episode. */
static const char *bad_note(const struct world *w, const struct gb_indicator *ind, const struct place *pl, const struct period *q,
                            int64_t v)
{
    const enum gb_state at = gb_judge_scaled(ind, w->c->region[pl->region_i].level, v, gb_threshold_factor(w->c, ind, q->ord));
    if (!gb_stands_at(at, GB_WARNING))
        return NULL;
    struct gb_rng r = gb_rng_for(w->seed, ind->code, pl->code, ((uint64_t)P_SAID << 32) + (uint64_t)(uint32_t)q->ord);
    return gb_rng_next(&r) % 8 ? NULL : "Đã kiểm tra, đang xử lý (số liệu mẫu)";
}

static void emit(struct world *w, int i)
{
    const struct gb_indicator *ind = &w->c->indicator[i];
    if (!ind->has_typical || ind->n_owners == 0 || ind->computed)
        return;
    struct gb_arena_mark mark = gb_arena_mark(&w->scratch);
    struct matrix *m = matrix_of(w, i, &w->scratch);
    for (int p = 0; p < m->n_periods; p++) {
        const struct period *q = &m->period[p];
        if (!gb_indicator_measured(ind, q->end))
            continue;
        struct gb_sample_file *f = &w->set->file[(size_t)ind->owner[0] * (size_t)w->set->n_slots + (size_t)q->slot];
        char status = status_of(w, ind, m, p);
        for (int at = 0; at < m->n_places; at++) {
            int64_t v = *cell(m, p, at);
            if (v == NO_VALUE)
                continue;
            const char *note = missing_note(w, ind, m, p, at);
            const char *said = note ? note : bad_note(w, ind, &m->place[at], q, v);
            add_row(f, i, &m->place[at], q, note ? NO_VALUE : v, note ? 'M' : status, said);
            if (i == w->revised_i && q->file_month == w->revision_month) {
                int64_t more = (v < 0 ? -v : v) / 33; /* about 3 % more was found later */
                add_row(&w->set->revision, i, &m->place[at], q, v + more, 'A', NULL);
            }
        }
    }
    gb_arena_rewind(&w->scratch, mark);
}

/* ---- the plan --------------------------------------------------------------------------------------------------------- */

static void list_areas(struct world *w)
{
    const struct gb_catalogue *c = w->c;
    enum gb_level_kind leaf = GB_AT_DISTRICT;
    for (int i = 0; i < c->n_regions; i++)
        if (c->region[i].level == GB_AT_COMMUNE)
            leaf = GB_AT_COMMUNE;
    w->area = GB_NEW_N(&w->run, (size_t)c->n_regions + 1, struct place);
    int root = c->locality.root_region;
    w->communes_from = INT32_MAX;
    w->area[w->n_areas++] = (struct place){ root, c->region[root].code, 1 };
    for (int i = 0; i < c->n_regions; i++) {
        const struct gb_region *r = &c->region[i];
        if (r->level != leaf || i == root || gb_streq(r->version[0].type, "unallocated"))
            continue;
        struct gb_rng g = gb_rng_for(w->seed, r->code, "", P_BASE);
        double base = r->population > 0 ? (double)r->population / 20000.0 : gb_exp(0.35 * gb_rng_gauss(&g));
        w->area[w->n_areas++] = (struct place){ i, r->code, base };
        int32_t day = r->version[0].from.year ? gb_date_to_days(r->version[0].from) : INT32_MIN;
        w->communes_from = day < w->communes_from ? day : w->communes_from;
    }
    w->weight = GB_NEW_N(&w->run, (size_t)w->n_areas, double);
    w->cum = GB_NEW_N(&w->run, (size_t)w->n_areas, double);
    w->split = GB_NEW_N(&w->run, (size_t)w->n_areas, int64_t);
}

static void list_formulas(struct world *w)
{
    const struct gb_catalogue *c = w->c;
    size_t n = (size_t)c->n_indicators;
    w->kept = GB_NEW_N(&w->run, n, struct matrix *);
    w->ratio_of = GB_NEW_N(&w->run, n, int);
    w->needed = GB_NEW_N(&w->run, n, bool);
    w->visiting = GB_NEW_N(&w->run, n, bool);
    for (int i = 0; i < c->n_indicators; i++)
        w->ratio_of[i] = -1;
    for (int i = 0; i < c->n_indicators; i++) {
        const struct gb_indicator *ind = &c->indicator[i];
        if (ind->agg != GB_AGG_RATIO || !ind->has_typical)
            continue;
        w->needed[ind->agg_num] = w->needed[ind->agg_den] = true;
        if (w->ratio_of[ind->agg_num] < 0)
            w->ratio_of[ind->agg_num] = i;
    }
    for (int k = 0; k < c->n_consistency; k++)
        for (int o = 0; o < c->consistency[k].n_others; o++)
            w->needed[c->consistency[k].other[o]] = true;
    for (size_t k = 0; k < N_RULES; k++) {
        int o = gb_indicator_find(c, rules[k].of);
        if (o >= 0)
            w->needed[o] = true;
    }
}

static bool in_story(const struct world *w, int agency)
{
    for (size_t k = 0; k < sizeof stories / sizeof stories[0]; k++) {
        int i = gb_indicator_find(w->c, stories[k].indicator);
        if (i >= 0 && w->c->indicator[i].n_owners && w->c->indicator[i].owner[0] == agency)
            return true;
    }
    return false;
}

/* The agency that has fallen silent: the smallest that owes at least two figures every month and has no part in a story. */
static int silent_agency(const struct world *w)
{
    int best = -1, best_n = INT32_MAX;
    for (int a = 0; a < w->c->n_agencies && w->n_months >= 6; a++) {
        int n = 0;
        for (int i = 0; i < w->c->n_indicators; i++)
            n += w->c->indicator[i].n_owners && w->c->indicator[i].owner[0] == a && w->c->indicator[i].freq >= GB_FREQ_MONTH;
        if (n >= 2 && n < best_n && !in_story(w, a)) {
            best = a;
            best_n = n;
        }
    }
    return best;
}

static void choose_revision(struct world *w)
{
    w->revised_i = -1;
    w->revision_month = w->n_months - 4;
    for (int i = 0; i < w->c->n_indicators && w->revision_month >= 0; i++) {
        const struct gb_indicator *ind = &w->c->indicator[i];
        if (ind->freq == GB_FREQ_MONTH && ind->agg == GB_AGG_SUM && ind->level == GB_AT_COMMUNE && ind->flow == GB_FLOW_FLOW &&
            !w->needed[i] && ind->n_owners && ind->owner[0] != w->silent && ind->has_typical) {
            w->revised_i = i;
            return;
        }
    }
}

enum gb_code gb_sample_write(const struct gb_catalogue *c, struct gb_date from, struct gb_date to, const char *dir, uint64_t seed,
                             bool with_errors, struct gb_err *e)
{
    if (!gb_date_valid(from) || !gb_date_valid(to) || gb_date_cmp(from, to) > 0)
        return gb_fail(e, GB_E_USAGE, "khoảng ngày của số liệu mẫu không hợp lệ: --from phải không sau --to");
    if (to.year - from.year > MAX_YEARS)
        return gb_fail(e, GB_E_USAGE, "khoảng ngày của số liệu mẫu dài quá %d năm: rút ngắn --from, --to", MAX_YEARS);
    struct world w = { .c = c, .from = from, .to = to, .to_day = gb_date_to_days(to), .seed = seed };
    gb_arena_init(&w.run, 0);
    gb_arena_init(&w.scratch, 0);
    w.first_month = from.year * 12 + from.month - 1;
    w.n_months = to.year * 12 + to.month - w.first_month;
    w.set = GB_NEW(&w.run, struct gb_sample_set);
    gb_sample_set_init(w.set, &w.run, c, from, to, seed);
    list_areas(&w);
    list_formulas(&w);
    w.silent = silent_agency(&w);
    choose_revision(&w);
    for (int i = 0; i < c->n_indicators; i++)
        emit(&w, i);
    w.set->silent = w.silent;
    w.set->revised_agency = w.revised_i >= 0 ? c->indicator[w.revised_i].owner[0] : -1;
    w.set->revision_month = w.revision_month;
    enum gb_code code = gb_sample_files(w.set, dir, with_errors, e);
    if (code == GB_OK)
        code = gb_sample_tasks(c, from, to, dir, seed, e);
    gb_sample_set_release(w.set);
    gb_arena_release(&w.scratch);
    gb_arena_release(&w.run);
    return code;
}
