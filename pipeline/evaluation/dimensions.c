/* dimensions.c — see dimensions.h. One pass over the series; each cell is added to its indicator, its owners, its place and the whole. */
#include "evaluation/dimensions.h"
#include "evaluation/anomaly.h"
#include "evaluation/consistency.h"
#include "evaluation/eval_int.h"

int gb_dimension_weight(enum gb_dimension d)
{
    static const int weight[GB_DIM_N] = { 30, 30, 15, 15, 10 };
    return weight[d];
}

const char *gb_dimension_vi(enum gb_dimension d)
{
    static const char *const words[GB_DIM_N] = { "Đầy đủ", "Kịp thời", "Không khác thường", "Nhất quán", "Truy vết được" };
    return words[d];
}

const char *gb_dimension_word(enum gb_dimension d)
{
    static const char *const words[GB_DIM_N] = { "complete", "timely", "plausible", "consistent", "traceable" };
    return words[d];
}

bool gb_dimension_pct(const struct gb_parts *p, enum gb_dimension d, int64_t *out)
{
    int64_t nearly = 999 * gb_pow10[GB_PCT_SCALE - 1];
    if (p->of[d] <= 0 || !gb_dec_ratio(p->n[d], 0, p->of[d], 0, true, GB_PCT_SCALE, out))
        return false;
    if (p->n[d] < p->of[d] && *out > nearly)
        *out = nearly; /* printed with one decimal, 100,0 would say that nothing is missing */
    return true;
}

int gb_dimension_least(enum gb_dimension d)
{
    static const int least[GB_DIM_N] = { 95, 95, 0, 100, 100 };
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

struct counting {
    const struct gb_evaluation *ev;
    const struct gb_catalogue *c;
    struct gb_dimensions *d;
};

static void add(struct counting *k, int indicator_i, int region_i, enum gb_dimension d, int64_t n, int64_t of)
{
    const struct gb_indicator *ind = &k->c->indicator[indicator_i];
    struct gb_parts *to[] = { &k->d->all, &k->d->indicator[indicator_i], region_i >= 0 ? &k->d->region[region_i] : NULL };
    for (size_t i = 0; i < sizeof to / sizeof *to; i++)
        if (to[i])
            to[i]->n[d] += n, to[i]->of[d] += of;
    for (int i = 0; i < ind->n_owners; i++)
        k->d->agency[ind->owner[i]].n[d] += n, k->d->agency[ind->owner[i]].of[d] += of;
}

/* The newest delivered value of a series: can it be traced to the time it was handed over, and is anything odd about it? */
static void count_newest(struct counting *k, const struct gb_series *s, const struct gb_eval *e)
{
    int32_t id = s->delivery[e->latest_i];
    if (id == 0)
        return;
    const struct gb_cube_delivery *d = gb_cube_delivery_find(k->ev->cube, id);
    add(k, s->indicator_i, s->region_i, GB_DIM_TRACEABLE, d && d->delivered_utc != 0, 1);
    if (!e->overdue) {
        struct gb_anomaly an = gb_anomaly_of(k->c, s, k->ev->date, e->has_target ? &e->target : NULL);
        add(k, s->indicator_i, s->region_i, GB_DIM_PLAUSIBLE, an.marks == 0, 1);
    }
}

static void count_indicator(struct counting *k, int i)
{
    const struct gb_indicator *ind = &k->c->indicator[i];
    int root = k->c->locality.root_region, n_cells = 0;
    int32_t today = gb_date_to_days(k->ev->date);
    if (root < 0 || (int)gb_cube_part(k->ev->cube, i, k->c->region[root].level) >= k->ev->n_parts)
        return;
    for (int part = 0; part < k->ev->n_parts; part++) {
        size_t lo, hi;
        gb_series_range(k->ev->cube, part, i, &lo, &hi);
        for (size_t x = lo; x < hi && x < k->ev->n; x++) {
            const struct gb_series *s = &k->ev->cube->series[x];
            const struct gb_eval *e = &k->ev->eval[x];
            bool source =
                gb_is_source(&k->ev->tables->src, i, s->region_i) && gb_exists_in(&k->ev->tables->src, s->region_i, today, today);
            bool own = s->region_i == root && (ind->level <= GB_AT_PROVINCE || !(s->flags & GB_SERIES_DERIVED));
            if ((!source && !own) || !gb_series_any(s))
                continue;
            n_cells++;
            bool any = e->latest_i >= 0;
            add(k, i, s->region_i, GB_DIM_COMPLETE, any, 1);
            if (!any)
                continue;
            add(k, i, s->region_i, GB_DIM_TIMELY, !e->overdue, 1);
            count_newest(k, s, e);
        }
    }
    const struct gb_series *derived = gb_cube_series(k->ev->cube, i, root);
    if (n_cells == 0 && ind->agg == GB_AGG_RATIO && derived && gb_series_any(derived))
        add(k, i, root, GB_DIM_COMPLETE, 1, 1); /* who delivered numerator and denominator owes nothing more */
    else if (n_cells == 0)
        add(k, i, ind->level <= GB_AT_PROVINCE ? root : -1, GB_DIM_COMPLETE, 0, 1);
}

struct gb_dimensions gb_dimensions_of(const struct gb_evaluation *ev, struct gb_arena *a)
{
    const struct gb_catalogue *c = ev->catalogue;
    struct gb_dimensions d = { .agency = GB_NEW_N(a, (size_t)c->n_agencies + 1, struct gb_parts),
                               .indicator = GB_NEW_N(a, (size_t)c->n_indicators + 1, struct gb_parts),
                               .region = GB_NEW_N(a, (size_t)gb_n_region_keys(c) + 1, struct gb_parts) };
    struct counting k = { ev, c, &d };
    for (int i = 0; i < c->n_indicators; i++)
        count_indicator(&k, i);
    struct gb_consistency_found f = gb_consistency_of(ev, a);
    for (int r = 0; r < c->n_consistency; r++)
        if (f.compared[r])
            add(&k, c->consistency[r].indicator_i, -1, GB_DIM_CONSISTENT, f.compared[r] - f.broken[r], f.compared[r]);
    for (int r = 0; r < c->n_regions; r++) {
        d.region[r].n[GB_DIM_CONSISTENT] = (int64_t)f.compared_at[r] - f.broken_at[r];
        d.region[r].of[GB_DIM_CONSISTENT] = f.compared_at[r];
    }
    return d;
}
