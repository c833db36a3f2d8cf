/* dimensions.c — see dimensions.h. One pass over the series; each cell is added to its indicator, its owners, its place and the whole. */
#include "evaluation/dimensions.h"
#include "evaluation/anomaly.h"
#include "evaluation/consistency.h"
#include "evaluation/eval_int.h"

int gb_dimension_weight(enum gb_dimension d)
{
    static const int weight[GB_DIM_N] = { 25, 25, 15, 15, 5, 5, 10 };
    return weight[d];
}

const char *gb_dimension_vi(enum gb_dimension d)
{
    static const char *const words[GB_DIM_N] = { "Đầy đủ",        "Kịp thời",        "Chính xác",    "Nhất quán",
                                                 "Đúng quy định", "Không trùng lặp", "Truy vết được" };
    return words[d];
}

const char *gb_dimension_word(enum gb_dimension d)
{
    static const char *const words[GB_DIM_N] = {
        "complete", "timely", "accurate", "consistent", "conform", "unique", "traceable"
    };
    return words[d];
}

bool gb_dimension_pct(const struct gb_parts *p, enum gb_dimension d, int64_t *out)
{
    int64_t nearly = 999 * gb_pow10[GB_PCT_SCALE - 1];
    if (p->of[d] <= 0 || !gb_dec_ratio_once(p->n[d], 0, p->of[d], 0, true, GB_PCT_SCALE, GB_PCT_SHOWN, out))
        return false;
    if (p->n[d] < p->of[d] && *out > nearly)
        *out = nearly; /* printed with one decimal, 100,0 would say that nothing is missing */
    return true;
}

int gb_dimension_least(enum gb_dimension d)
{
    static const int least[GB_DIM_N] = { 95, 95, 0, 100, 100, 100, 100 };
    return least[d];
}

bool gb_dimension_alarm(const struct gb_parts *p, enum gb_dimension d)
{
    return p->of[d] > 0 && p->n[d] * 100 < p->of[d] * gb_dimension_least(d);
}

bool gb_quality_score(const struct gb_parts *p, int64_t *out)
{
    __int128 sum = 0;
    int weights = 0;
    for (int d = 0; d < GB_DIM_N; d++) {
        int64_t pct;
        if (!gb_dimension_pct(p, (enum gb_dimension)d, &pct))
            continue;
        sum += (__int128)pct * gb_dimension_weight((enum gb_dimension)d);
        weights += gb_dimension_weight((enum gb_dimension)d);
    }
    return weights > 0 && gb_dec_div_round(sum, weights, out);
}

bool gb_revision_mean(const struct gb_revised *r, int64_t *out)
{
    return r->measured > 0 && gb_dec_div_round(r->pct_sum, r->measured, out);
}

void gb_revision_add(struct gb_revised *r, const struct gb_series *s, uint32_t i)
{
    const struct gb_first *first = s->n_first ? gb_series_first(s, i) : NULL;
    int64_t most = 1000 * gb_pow10[GB_PCT_SCALE], pct = 0;
    r->points++;
    if (!first || first->value == s->value[i])
        return;
    r->revised++;
    if (s->value[i] == GB_VALUE_MISSING || first->value == 0)
        return;
    bool ok = gb_dec_pct_change(s->value[i], first->value, &pct);
    pct = pct < 0 ? -pct : pct;
    r->measured++;
    r->pct_sum += !ok || pct > most ? most : pct;
}

bool gb_conforms(const struct gb_catalogue *c, const struct gb_series *s, uint32_t i)
{
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    bool inside = (!ind->has_min || s->value[i] >= ind->valid_min) && (!ind->has_max || s->value[i] <= ind->valid_max);
    return inside && gb_region_valid(&c->region[s->region_i], gb_period_start(ind->freq, s->period[i], ind->calendar),
                                     gb_period_end(ind->freq, s->period[i], ind->calendar));
}

bool gb_traceable(const struct gb_cube *cube, const struct gb_series *s, uint32_t i)
{
    const struct gb_cube_delivery *d = s->delivery[i] ? gb_cube_delivery_find(cube, s->delivery[i]) : NULL;
    return d && d->delivered_utc != 0 && d->lined;
}

bool gb_is_cell(const struct gb_catalogue *c, const struct gb_sources *src, const struct gb_series *s, int32_t day)
{
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    int root = c->locality.root_region;
    bool source = gb_is_source(src, s->indicator_i, s->region_i) && gb_exists_in(src, s->region_i, day, day);
    bool own = s->region_i == root && (ind->level <= GB_AT_PROVINCE || !(s->flags & GB_SERIES_DERIVED));
    return (source || own) && gb_series_any(s);
}

struct counting {
    const struct gb_evaluation *ev;
    const struct gb_catalogue *c;
    struct gb_dimensions *d;
    struct gb_parts one; /* what a single cell or indicator has, before it is added to all that it belongs to */
};

static void add_parts(struct gb_parts *to, const struct gb_parts *p)
{
    for (int d = 0; d < GB_DIM_N; d++)
        to->n[d] += p->n[d], to->of[d] += p->of[d];
    to->marked += p->marked;
    to->revised.points += p->revised.points;
    to->revised.revised += p->revised.revised;
    to->revised.measured += p->revised.measured;
    to->revised.pct_sum += p->revised.pct_sum;
}

static void part(struct counting *k, enum gb_dimension d, int64_t n, int64_t of)
{
    k->one.n[d] += n, k->one.of[d] += of;
}

/* Hand out what was counted; region_i < 0: of no place. */
static void give(struct counting *k, int indicator_i, int region_i)
{
    const struct gb_indicator *ind = &k->c->indicator[indicator_i];
    add_parts(&k->d->all, &k->one);
    add_parts(&k->d->indicator[indicator_i], &k->one);
    if (region_i >= 0)
        add_parts(&k->d->region[region_i], &k->one);
    for (int i = 0; i < ind->n_owners; i++)
        add_parts(&k->d->agency[ind->owner[i]], &k->one);
    k->one = (struct gb_parts){ 0 };
}

/* What a year of deliveries changed of a series. */
static void count_revisions(struct counting *k, const struct gb_series *s)
{
    enum { WINDOW_DAYS = 366 };
    const struct gb_indicator *ind = &k->c->indicator[s->indicator_i];
    int32_t limit = gb_period_limit(k->ev, ind), oldest = gb_date_to_days(k->ev->date) - WINDOW_DAYS;
    for (int64_t i = gb_series_last(s, limit); i >= 0; i--) {
        if (gb_date_to_days(gb_period_start(ind->freq, s->period[i], ind->calendar)) <= oldest)
            break;
        bool withdrawn = s->value[i] == GB_VALUE_MISSING && gb_series_first(s, (uint32_t)i);
        if (s->delivery[i] != 0 && (gb_counts(s, i) || withdrawn))
            gb_revision_add(&k->one.revised, s, (uint32_t)i);
    }
}

/* The newest delivered value of a series. */
static void count_newest(struct counting *k, const struct gb_series *s, const struct gb_eval *e)
{
    int64_t mean = 0;
    uint32_t i = (uint32_t)e->latest_i;
    if (s->delivery[i] == 0)
        return;
    part(k, GB_DIM_TRACEABLE, gb_traceable(k->ev->cube, s, i), 1);
    part(k, GB_DIM_CONFORM, gb_conforms(k->c, s, i), 1);
    part(k, GB_DIM_UNIQUE, !k->ev->cube->withheld || !k->ev->cube->withheld[s->indicator_i], 1);
    count_revisions(k, s);
    if (e->overdue)
        return;
    struct gb_anomaly an = gb_anomaly_of(k->c, s, k->ev->date, e->has_target ? &e->target : NULL);
    bool much = gb_revision_mean(&k->one.revised, &mean) && mean > GB_REVISION_LIMIT_PCT * gb_pow10[GB_PCT_SCALE];
    k->one.marked = an.marks != 0;
    part(k, GB_DIM_ACCURATE, an.marks == 0 && !much, 1);
}

static void count_indicator(struct counting *k, int i)
{
    const struct gb_indicator *ind = &k->c->indicator[i];
    int root = k->c->locality.root_region, n_cells = 0;
    int32_t today = gb_date_to_days(k->ev->date);
    if (root < 0 || (int)gb_cube_part(k->ev->cube, i) >= k->ev->n_parts)
        return;
    for (int p = 0; p < k->ev->n_parts; p++) {
        size_t lo, hi;
        gb_series_range(k->ev->cube, p, i, &lo, &hi);
        for (size_t x = lo; x < hi && x < k->ev->n; x++) {
            const struct gb_series *s = &k->ev->cube->series[x];
            const struct gb_eval *e = &k->ev->eval[x];
            if (!gb_is_cell(k->c, &k->ev->tables->src, s, today))
                continue;
            n_cells++;
            part(k, GB_DIM_COMPLETE, e->latest_i >= 0, 1);
            if (e->latest_i >= 0) {
                part(k, GB_DIM_TIMELY, !e->overdue, 1);
                count_newest(k, s, e);
            }
            give(k, i, s->region_i);
        }
    }
    const struct gb_series *derived = gb_cube_series(k->ev->cube, i, root);
    if (n_cells)
        return;
    bool formed = ind->agg == GB_AGG_RATIO && derived && gb_series_any(derived);
    part(k, GB_DIM_COMPLETE, formed, 1); /* who delivered numerator and denominator owes nothing more */
    give(k, i, formed || ind->level <= GB_AT_PROVINCE ? root : -1);
}

/* Rows as intake took them, of a year of deliveries. */
static void count_intake(struct counting *k)
{
    enum { WINDOW_DAYS = 366 };
    const struct gb_cube *cube = k->ev->cube;
    int32_t today = gb_date_to_days(k->ev->date);
    for (size_t i = 0; i < cube->n_deliveries; i++) {
        const struct gb_cube_delivery *d = &cube->delivery[i];
        int32_t day = gb_delivery_day(d);
        struct gb_parts *to[] = { &k->d->all, d->agency_i >= 0 ? &k->d->agency[d->agency_i] : NULL };
        for (size_t t = 0; t < 2 && day > today - WINDOW_DAYS; t++)
            if (to[t])
                to[t]->rows += d->n_rows, to[t]->rounded += d->n_rounded, to[t]->rows_marked += d->n_marked;
    }
}

struct gb_dimensions gb_dimensions_of(const struct gb_evaluation *ev, struct gb_arena *a)
{
    const struct gb_catalogue *c = ev->catalogue;
    struct gb_dimensions d = { .agency = GB_NEW_N(a, (size_t)c->n_agencies + 1, struct gb_parts),
                               .indicator = GB_NEW_N(a, (size_t)c->n_indicators + 1, struct gb_parts),
                               .region = GB_NEW_N(a, (size_t)gb_n_region_keys(c) + 1, struct gb_parts) };
    struct counting k = { .ev = ev, .c = c, .d = &d };
    for (int i = 0; i < c->n_indicators; i++)
        if (gb_indicator_due(&c->indicator[i], ev->date))
            count_indicator(&k, i);
    count_intake(&k);
    struct gb_consistency_found f = gb_consistency_of(ev, a);
    for (int r = 0; r < c->n_consistency; r++) {
        part(&k, GB_DIM_CONSISTENT, (int64_t)f.compared[r] - f.broken[r], f.compared[r]);
        give(&k, c->consistency[r].indicator_i, -1);
    }
    for (int r = 0; r < c->n_regions; r++) {
        d.region[r].n[GB_DIM_CONSISTENT] = (int64_t)f.compared_at[r] - f.broken_at[r];
        d.region[r].of[GB_DIM_CONSISTENT] = f.compared_at[r];
    }
    return d;
}
