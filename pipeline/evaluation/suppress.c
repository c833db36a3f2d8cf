/* suppress.c — see suppress.h. One pass over the periods of each indicator; of a cumulative one over its years, whose months hang together. */
#include <stdlib.h>

#include "evaluation/sources.h"
#include "evaluation/suppress.h"

struct list {
    struct gb_cube_hidden *v;
    size_t n, cap;
};
struct suppressing {
    const struct gb_catalogue *c;
    const struct gb_cube *whole;
    const struct gb_cube_hidden *kept;
    size_t n_kept;
    const struct gb_told *told;
    int32_t since;
    struct gb_sources src;
    struct list out; /* heap */
    struct gb_arena a;
};
/* One indicator: its regions side by side. */
struct places {
    struct suppressing *p;
    const struct gb_indicator *ind;
    int indicator_i;
    const struct gb_series **s, *total;
    bool *chosen; /* per place: withheld in this group of periods by this night */
    size_t n;
};
/* A period: the positions of its figures, per place, -1 where there is none. */
struct moment {
    int32_t period;
    int64_t *at;
    bool *kept, all, total, all_new, total_new; /* what earlier nights withheld; what this one adds besides `chosen` */
};

static void put(struct suppressing *p, int indicator_i, int region_i, int32_t period, int32_t since)
{
    p->out.v = gb_grow(p->out.v, &p->out.cap, p->out.n + 1, sizeof *p->out.v);
    p->out.v[p->out.n++] = (struct gb_cube_hidden){ indicator_i, region_i, period, since };
}

static size_t first_kept(const struct gb_cube_hidden *v, size_t n, const struct gb_cube_hidden *key)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        const size_t mid = lo + (hi - lo) / 2;
        if (gb_hidden_before(&v[mid], key))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static bool is_listed(const struct gb_cube_hidden *v, size_t n, int indicator_i, int32_t period, int region_i)
{
    const struct gb_cube_hidden key = { .indicator_i = indicator_i, .region_i = region_i, .period = period };
    const size_t at = first_kept(v, n, &key);
    return at < n && !gb_hidden_before(&key, &v[at]);
}

static int64_t value_at(const struct gb_series *s, int64_t i)
{
    return i >= 0 && s->value[i] != GB_VALUE_MISSING ? s->value[i] : 0;
}

static bool is_fresh(const struct places *g, const struct moment *m, size_t k)
{
    const struct gb_told *told = g->p->told;
    const int32_t id = g->s[k]->delivery[m->at[k]];
    if (!told->night.year || id > told->delivery)
        return true;
    const struct gb_cube_delivery *d = gb_cube_delivery_find(g->p->whole, id);
    return d && gb_delivery_day(d) > gb_date_to_days(told->night); /* it was there, and the night did not know it yet */
}

static int64_t limit_of(const struct gb_indicator *ind)
{
    return (int64_t)ind->small_count_k * gb_pow10[ind->scale];
}

static bool is_small(const struct places *g, const struct moment *m, size_t k)
{
    const int64_t v = m->at[k] >= 0 ? value_at(g->s[k], m->at[k]) : 0;
    return v > 0 && v < limit_of(g->ind);
}

/* Withheld by this night for the first time; where all regions are, what came since: the total has moved by that. */
static bool is_new(const struct places *g, const struct moment *m, size_t k)
{
    if (m->at[k] < 0 || m->kept[k])
        return false;
    return m->all ? g->p->told->night.year && is_fresh(g, m, k) : g->chosen[k] && (is_fresh(g, m, k) || is_small(g, m, k));
}

/* The least that is known of a figure besides the total: the last one shown of a cumulative figure, and what must not exceed it. */
static int64_t least(const struct places *g, const struct moment *group, size_t which, size_t k)
{
    const struct gb_catalogue *c = g->p->c;
    const struct gb_series *s = g->s[k];
    int64_t known = 0;
    if (g->ind->flow == GB_FLOW_CUMULATIVE)
        for (size_t i = which; i-- > 0 && known == 0;)
            if (group[i].at[k] >= 0 && !group[i].kept[k] && !group[i].all && !is_new(g, &group[i], k))
                known = value_at(s, group[i].at[k]);
    for (int i = 0; i < c->n_consistency; i++) {
        const struct gb_consistency *r = &c->consistency[i];
        if (r->kind != GB_MUST_NOT_EXCEED || r->n_others != 1 || r->other[0] != g->indicator_i)
            continue;
        const struct gb_indicator *part = &c->indicator[r->indicator_i];
        const struct gb_series *of = gb_cube_series(g->p->whole, r->indicator_i, s->region_i);
        const int64_t at = of && part->freq == g->ind->freq ? gb_series_at(of, group[which].period) : -1;
        if (at >= 0 && part->scale == g->ind->scale && value_at(of, at) > known)
            known = value_at(of, at);
    }
    return known;
}

/* Does the total, less all that is shown, leave each figure that this night adds an interval of k or more? */
static bool is_protected(const struct places *g, const struct moment *group, size_t which)
{
    const struct moment *m = &group[which];
    size_t n = 0;
    int64_t room = 0;
    bool any = false;
    if (m->total || m->total_new)
        return true;
    for (size_t k = 0; k < g->n; k++) {
        if (!is_new(g, m, k))
            continue;
        n++;
        any = any || is_small(g, m, k);
        const int64_t more = value_at(g->s[k], m->at[k]) - least(g, group, which, k);
        if (more > 0 && !gb_dec_add(room, more, &room))
            room = INT64_MAX;
    }
    return !any || (n >= 2 && room >= limit_of(g->ind));
}

/* The smallest figure that can still be withheld and is not small itself; g->n if there is none. */
static size_t candidate(const struct places *g, const struct moment *group, size_t which)
{
    const struct moment *m = &group[which];
    size_t best = g->n;
    for (size_t k = 0; k < g->n && !m->all; k++) {
        if (g->chosen[k] || m->at[k] < 0 || m->kept[k] || !is_fresh(g, m, k))
            continue;
        const int64_t v = value_at(g->s[k], m->at[k]);
        if (v - least(g, group, which, k) > 0 && (best == g->n || v < value_at(g->s[best], m->at[best])))
            best = k;
    }
    return best;
}

/* All regions of the period, if none of them has been published and there are several. */
static bool can_take_all(const struct places *g, const struct moment *m)
{
    size_t n = 0;
    for (size_t k = 0; k < g->n; k++) {
        if (m->at[k] < 0)
            continue;
        n++;
        if (m->kept[k] || !is_fresh(g, m, k))
            return false;
    }
    return n >= 2;
}

static void protect(struct places *g, struct moment *group, size_t n)
{
    bool all = false;
    for (size_t i = 0; i < n; i++)
        while (!all && !is_protected(g, group, i)) {
            const size_t more = candidate(g, group, i);
            if (more < g->n) {
                g->chosen[more] = true;
                i = 0; /* of a cumulative figure it is withheld in the other months too */
                continue;
            }
            all = true;
            for (size_t k = 0; k < n; k++)
                all = all && can_take_all(g, &group[k]);
            if (!all)
                group[i].total_new = true;
        }
    for (size_t i = 0; all && i < n; i++)
        group[i].all_new = true;
}

static void take_group(struct places *g, struct moment *group, size_t n)
{
    struct suppressing *p = g->p;
    const int root = p->c->locality.root_region;
    memset(g->chosen, 0, g->n * sizeof *g->chosen);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < g->n; k++)
            g->chosen[k] = g->chosen[k] || is_small(g, &group[i], k) || (group[i].kept[k] && n > 1);
    protect(g, group, n);
    for (size_t i = 0; i < n; i++) {
        const struct moment *m = &group[i];
        if (m->all_new)
            put(p, g->indicator_i, -1, m->period, p->since);
        if (m->total_new)
            put(p, g->indicator_i, root, m->period, p->since);
        for (size_t k = 0; k < g->n && !m->all && !m->all_new; k++)
            if (is_new(g, m, k))
                put(p, g->indicator_i, g->s[k]->region_i, m->period, p->since);
    }
}

static struct moment moment_of(struct places *g, int32_t period)
{
    struct suppressing *p = g->p;
    struct moment m = { .period = period, .at = GB_NEW_N(&p->a, g->n, int64_t), .kept = GB_NEW_N(&p->a, g->n, bool) };
    m.all = is_listed(p->kept, p->n_kept, g->indicator_i, period, -1);
    m.total = is_listed(p->kept, p->n_kept, g->indicator_i, period, p->c->locality.root_region);
    for (size_t k = 0; k < g->n; k++) {
        m.at[k] = gb_series_at(g->s[k], period);
        if (m.at[k] >= 0 && g->s[k]->value[m.at[k]] == GB_VALUE_MISSING)
            m.at[k] = -1;
        m.kept[k] = m.at[k] >= 0 && is_listed(p->kept, p->n_kept, g->indicator_i, period, g->s[k]->region_i);
    }
    return m;
}

static int by_number(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* The periods in which some region has a figure, ascending, each once. */
static int32_t *periods_of(const struct places *g, size_t *n)
{
    size_t total = 0, m = 0;
    for (size_t k = 0; k < g->n; k++)
        total += g->s[k]->n;
    int32_t *v = GB_NEW_N(&g->p->a, total + 1, int32_t);
    for (size_t k = 0, at = 0; k < g->n; k++)
        for (uint32_t i = 0; i < g->s[k]->n; i++)
            v[at++] = g->s[k]->period[i];
    qsort(v, total, sizeof *v, by_number);
    for (size_t i = 0; i < total; i++)
        if (i == 0 || v[i] != v[i - 1])
            v[m++] = v[i];
    *n = m;
    return v;
}

static void take_sum(struct suppressing *p, int indicator_i)
{
    enum { GROUP = 12 };
    struct gb_arena_mark mark = gb_arena_mark(&p->a);
    struct places g = { .p = p, .ind = &p->c->indicator[indicator_i], .indicator_i = indicator_i };
    g.s = GB_NEW_N(&p->a, (size_t)p->c->n_regions, const struct gb_series *);
    for (int r = 0; r < p->c->n_regions; r++) {
        const struct gb_series *s = gb_is_source(&p->src, indicator_i, r) ? gb_cube_series(p->whole, indicator_i, r) : NULL;
        if (s)
            g.s[g.n++] = s;
    }
    g.chosen = GB_NEW_N(&p->a, g.n + 1, bool);
    size_t n = 0;
    const int32_t *period = periods_of(&g, &n);
    for (size_t i = 0, next; i < n; i = next) {
        struct gb_arena_mark here = gb_arena_mark(&p->a);
        struct moment group[GROUP];
        size_t m = 0;
        const bool year = g.ind->flow == GB_FLOW_CUMULATIVE && g.ind->freq <= GB_FREQ_MONTH;
        const int32_t first = gb_period_year_first(g.ind->freq, period[i]);
        for (next = i; next < n && m < (year ? GROUP : 1) && gb_period_year_first(g.ind->freq, period[next]) == first; next++)
            group[m++] = moment_of(&g, period[next]);
        take_group(&g, group, m);
        gb_arena_rewind(&p->a, here);
    }
    gb_arena_rewind(&p->a, mark);
}

static bool is_withheld(const struct gb_cube *cube, int indicator_i)
{
    return (cube->withheld && cube->withheld[indicator_i]) ||
           gb_indicator_part(&cube->catalogue->indicator[indicator_i]) >= GB_PART_STATISTICS;
}

static int hidden_order(const void *a, const void *b)
{
    return gb_hidden_before(a, b) ? -1 : gb_hidden_before(b, a);
}

/* ---- masks ---- */

/* Is the figure that a term has in a period withheld? Of a finer term: any in the period; of a rarer one: its latest. */
static bool term_hidden(const struct suppressing *p, const struct gb_indicator *ind, int term, int region_i, int32_t period)
{
    const struct gb_indicator *of = &p->c->indicator[term];
    const bool root = region_i == p->c->locality.root_region;
    const int32_t last = of->freq == ind->freq ? period : gb_period_across(ind, period, of);
    int32_t from = last;
    if (of->freq > ind->freq) { /* finer: from the first that starts in the period */
        const int32_t before = gb_period_across(ind, period - 1, of);
        from = before < last ? before + 1 : last;
    }
    for (int32_t t = from; t <= last; t++)
        if (is_listed(p->out.v, p->out.n, term, t, region_i) || (!root && is_listed(p->out.v, p->out.n, term, t, -1)))
            return true;
    return false;
}

/* Does the catalogue let one work out the indicator's figures below the root from small counts, or the counts from them? */
static bool follows(const struct gb_catalogue *c, const struct gb_indicator *ind, int term)
{
    return term >= 0 && c->indicator[term].small_count_k > 0 && (ind->agg == GB_AGG_RATIO || ind->agg == GB_AGG_WEIGHTED_MEAN);
}

static bool cell_hidden(const struct suppressing *p, const struct gb_series *s, uint32_t i)
{
    const struct gb_catalogue *c = p->c;
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    const bool root = s->region_i == c->locality.root_region,
               made = follows(c, ind, ind->agg_num) || follows(c, ind, ind->agg_den);
    if (s->value[i] == GB_VALUE_MISSING)
        return false;
    if (made)
        return (ind->agg == GB_AGG_RATIO && follows(c, ind, ind->agg_num) &&
                term_hidden(p, ind, ind->agg_num, s->region_i, s->period[i])) ||
               (follows(c, ind, ind->agg_den) && !(root && ind->agg == GB_AGG_WEIGHTED_MEAN) &&
                term_hidden(p, ind, ind->agg_den, s->region_i, s->period[i]));
    if (ind->agg != GB_AGG_SUM || (!root && !gb_is_source(&p->src, s->indicator_i, s->region_i)))
        return !root || ind->agg == GB_AGG_MAX || ind->agg == GB_AGG_MIN || ind->agg == GB_AGG_LAST;
    return is_listed(p->out.v, p->out.n, s->indicator_i, s->period[i], s->region_i) ||
           (!root && is_listed(p->out.v, p->out.n, s->indicator_i, s->period[i], -1));
}

static bool mask_of(const struct suppressing *p, struct gb_cube *cube, const struct gb_series *s, struct gb_series *out)
{
    uint32_t first = 0;
    while (first < s->n && !cell_hidden(p, s, first))
        first++;
    if (first == s->n)
        return false;
    struct gb_columns to = gb_columns_new(&cube->arena, s->n);
    memcpy(to.value, s->value, s->n * sizeof *to.value);
    memcpy(to.status, s->status, s->n);
    for (uint32_t i = first; i < s->n; i++)
        if (cell_hidden(p, s, i))
            to.value[i] = GB_VALUE_MISSING, to.status[i] = GB_STATUS_WITHHELD;
    *out = *s;
    out->flags = (uint8_t)((s->flags & ~GB_SERIES_NOTED) | GB_SERIES_MASKED);
    out->value = to.value, out->status = to.status;
    out->note = NULL, out->first = NULL, out->n_first = 0; /* what a figure was before is for those who see it */
    return true;
}

static void set_masks(const struct suppressing *p, struct gb_cube *cube)
{
    const struct gb_catalogue *c = p->c;
    struct gb_series *v = NULL;
    size_t n = 0, cap = 0;
    for (int i = 0; i < c->n_indicators; i++) {
        const struct gb_indicator *ind = &c->indicator[i];
        if (is_withheld(cube, i) || (ind->small_count_k == 0 && !follows(c, ind, ind->agg_num) && !follows(c, ind, ind->agg_den)))
            continue;
        for (int r = 0; r < c->n_regions; r++) {
            const struct gb_series *s = gb_cube_series(cube, i, r);
            v = gb_grow(v, &cap, n + 1, sizeof *v);
            n += s && mask_of(p, cube, s, &v[n]);
        }
    }
    gb_cube_set_masks(cube, v, n);
    free(v);
}

void gb_suppress(struct gb_cube *cube, const struct gb_cube *whole, const struct gb_cube_hidden *kept, size_t n_kept,
                 const struct gb_told *told, struct gb_date date)
{
    const struct gb_catalogue *c = cube->catalogue;
    struct suppressing p = {
        .c = c, .whole = whole, .kept = kept, .n_kept = n_kept, .told = told, .since = gb_date_to_days(date)
    };
    gb_arena_init(&p.a, 0);
    gb_sources_init(&p.src, &p.a, c);
    for (size_t i = 0; i < n_kept; i++)
        put(&p, kept[i].indicator_i, kept[i].region_i, kept[i].period, kept[i].since);
    for (int i = 0; i < c->n_indicators; i++)
        if (c->indicator[i].small_count_k > 0 && c->indicator[i].agg == GB_AGG_SUM && !is_withheld(whole, i))
            take_sum(&p, i);
    if (p.out.n)
        qsort(p.out.v, p.out.n, sizeof *p.out.v, hidden_order);
    gb_cube_set_hidden(cube, p.out.v, p.out.n);
    set_masks(&p, cube);
    free(p.out.v);
    gb_arena_release(&p.a);
}
