/* One pass per indicator over the sources' series side by side: a cursor per source, each step takes the smallest period under
 * any cursor. Cost follows observations when sources report together, which they do. Means and ratios are formed from exact
 * 128-bit sums. Ratios (evaluation/ratio.h) need the root values of other indicators first: indicators are derived on demand, each once, and a
 * circle (which the catalogue refuses) ends as "not derived".
 * Derived columns are merged with what the root delivered straight into the new cube's arena.
 */
#include "evaluation/rollup.h"
#include "evaluation/daily.h"
#include "evaluation/ratio.h"
#include "evaluation/sources.h"
#include <stdlib.h>

struct cursor {
    const struct gb_series *s, *w; /* values; weights or NULL */
    uint32_t i, wi;                /* next observation of each */
    int64_t weight;                /* latest usable weight, GB_VALUE_MISSING before the first */
};
struct derived {
    int32_t period;
    int64_t value;
    char status;
};
enum state { NOT_YET, BUSY, DONE };
struct rolling {
    struct gb_cube *out;
    const struct gb_cube *in;
    const struct gb_catalogue *c;
    struct gb_arena scratch;
    struct gb_sources src;
    int root;
    enum state *state;        /* per indicator */
    struct gb_series *merged; /* per indicator: root series with derived periods, n = 0 if nothing was derived */
    bool made_up;             /* one of the sources of the indicator at hand is sample data */
    bool take;                /* `out` has taken over the arena of `in`: columns are not copied */
    struct cursor *cursor;
    size_t n, cap_cursor;
    struct derived *derived;
    size_t n_derived, cap_derived;
};
struct fold { /* the values of one period */
    int64_t n, n_expected;
    __int128 sum, weights;
    int64_t max, min;
    bool forecast, estimated, provisional, overflow;
};

static void derive(struct rolling *r, int ind);

static void take_status(struct fold *f, char status)
{
    f->forecast |= status == 'F';
    f->estimated |= status == 'E';
    f->provisional |= status != 'A';
}

static char status_of(const struct fold *f)
{
    return f->forecast ? 'F' : f->estimated ? 'E' : f->provisional || f->n < f->n_expected ? 'P' : 'A';
}

static void push(struct rolling *r, int32_t period, int64_t value, char status)
{
    if (value == GB_VALUE_MISSING) /* an exact sum can hit the one number that means "none" */
        return;
    r->derived = gb_grow(r->derived, &r->cap_derived, r->n_derived + 1, sizeof *r->derived);
    r->derived[r->n_derived++] = (struct derived){ .period = period, .value = value, .status = status };
}

static bool weighs(const struct gb_series *w, uint32_t i)
{
    return w->value[i] >= 0 && w->status[i] != 'F'; /* missing is the lowest number: out as well */
}

/* A weight counted more often than the mean weighs by what it was within the mean's period: a flow by all that it counted, not by its last
 * day; anything else by its last value there. Nothing within it: no weight, for an older one would answer for another period. */
struct weighing {
    bool within, adds_up; /* only what lies in the mean's period weighs; and its sum does */
};
static struct weighing weighing_of(const struct gb_indicator *ind, const struct gb_indicator *weight)
{
    bool finer = weight->freq > ind->freq;
    return (struct weighing){ .within = finer, .adds_up = finer && weight->flow == GB_FLOW_FLOW };
}

/* The weight of the periods of *w in (after, limit], *i being the first not yet read: their sum, or the latest. `before` is what weighed until
 * then, GB_VALUE_MISSING for nothing. What does not fit 64 bits is no weight. */
static int64_t weight_until(const struct gb_series *w, uint32_t *i, struct weighing how, int32_t after, int32_t limit,
                            int64_t before)
{
    int64_t weight = how.within ? GB_VALUE_MISSING : before;
    bool fits = true;
    for (; w && *i < w->n && w->period[*i] <= limit; (*i)++) {
        if (!weighs(w, *i) || (how.within && w->period[*i] <= after))
            continue;
        if (!how.adds_up || weight == GB_VALUE_MISSING)
            weight = w->value[*i];
        else if (fits)
            fits = gb_dec_add(weight, w->value[*i], &weight);
    }
    return fits ? weight : GB_VALUE_MISSING;
}

static void take_value(struct fold *f, struct cursor *k, bool weighted)
{
    int64_t v = k->s->value[k->i];
    if (weighted && k->weight == GB_VALUE_MISSING)
        return;
    __int128 term = weighted ? (__int128)v * k->weight : v;
    f->overflow |= __builtin_add_overflow(f->sum, term, &f->sum);
    if (weighted)
        f->weights += k->weight;
    f->max = f->n == 0 || v > f->max ? v : f->max;
    f->min = f->n == 0 || v < f->min ? v : f->min;
    f->n++;
    take_status(f, k->s->status[k->i]);
}

static void close_period(struct rolling *r, const struct gb_indicator *ind, int32_t period, const struct fold *f)
{
    int64_t value = 0;
    bool ok = f->n > 0 && !f->overflow;
    switch (ind->agg) {
    case GB_AGG_SUM: ok = ok && gb_dec_div_round(f->sum, 1, &value); break;
    case GB_AGG_MEAN: ok = ok && gb_dec_ratio_once(f->sum, ind->scale, f->n, 0, false, ind->scale, ind->decimals, &value); break;
    case GB_AGG_WEIGHTED_MEAN:
        ok = ok && f->weights > 0 &&
             gb_dec_ratio_once(f->sum, ind->scale, f->weights, 0, false, ind->scale, ind->decimals, &value);
        break;
    case GB_AGG_MAX: value = f->max; break;
    case GB_AGG_MIN: value = f->min; break;
    case GB_AGG_LAST:
        ok = ok && r->n == 1;
        value = f->max;
        break;
    case GB_AGG_NONE:
    case GB_AGG_RATIO: ok = false; break;
    }
    if (ok)
        push(r, period, value, status_of(f));
}

/* Smallest period under the cursors, skipping missing values. false at the end. */
static bool next_period(struct rolling *r, int32_t *period)
{
    bool any = false;
    for (size_t k = 0; k < r->n; k++) {
        struct cursor *c = &r->cursor[k];
        while (c->i < c->s->n && c->s->value[c->i] == GB_VALUE_MISSING)
            c->i++;
        if (c->i < c->s->n && (!any || c->s->period[c->i] < *period)) {
            *period = c->s->period[c->i];
            any = true;
        }
    }
    return any;
}

static void fold_sources(struct rolling *r, const struct gb_indicator *ind, const struct gb_series *root)
{
    bool weighted = ind->agg == GB_AGG_WEIGHTED_MEAN;
    const struct gb_indicator *by = weighted ? &r->c->indicator[ind->agg_den] : NULL;
    struct weighing how = { 0 };
    if (weighted)
        how = weighing_of(ind, by);
    int32_t period = 0;
    uint32_t root_i = 0;
    while (next_period(r, &period)) {
        struct fold f = { 0 };
        int32_t from = gb_date_to_days(gb_period_start(ind->freq, period, ind->calendar)),
                to = gb_date_to_days(gb_period_end(ind->freq, period, ind->calendar));
        int32_t limit = weighted ? gb_period_across(ind, period, by) : 0,
                after = weighted ? gb_period_across(ind, period - 1, by) : 0;
        for (size_t k = 0; k < r->n; k++) {
            struct cursor *c = &r->cursor[k];
            bool here = c->i < c->s->n && c->s->period[c->i] == period;
            f.n_expected += here || gb_exists_in(&r->src, c->s->region_i, from, to);
            if (weighted)
                c->weight = weight_until(c->w, &c->wi, how, after, limit, c->weight);
            if (here) {
                take_value(&f, c, weighted);
                c->i++;
            }
        }
        while (root && root_i < root->n && root->period[root_i] < period)
            root_i++;
        if (!root || root_i == root->n || root->period[root_i] != period)
            close_period(r, ind, period, &f);
    }
}

static void collect_sources(struct rolling *r, int ind)
{
    int weight_i = r->c->indicator[ind].agg == GB_AGG_WEIGHTED_MEAN ? r->c->indicator[ind].agg_den : -1;
    r->n = 0;
    r->made_up = false;
    for (int part = 0; part < r->in->n_parts; part++) {
        size_t from, to;
        gb_series_range(r->in, part, ind, &from, &to);
        for (size_t i = from; i < to; i++) {
            const struct gb_series *s = &r->in->series[i];
            if (!gb_is_source(&r->src, ind, s->region_i) || !gb_series_any(s))
                continue;
            r->cursor = gb_grow(r->cursor, &r->cap_cursor, r->n + 1, sizeof *r->cursor);
            r->cursor[r->n++] = (struct cursor){ .s = s,
                                                 .weight = GB_VALUE_MISSING,
                                                 .w = weight_i >= 0 ? gb_cube_series(r->in, weight_i, s->region_i) : NULL };
            const struct gb_series *w = r->cursor[r->n - 1].w;
            r->made_up = r->made_up || gb_series_sample(r->in, s) || (w && gb_series_sample(r->in, w));
        }
    }
}

/* Root series of an indicator after derivation: what was merged, else what was delivered, else NULL. */
static const struct gb_series *root_of(struct rolling *r, int ind)
{
    derive(r, ind);
    return r->merged[ind].n > 0 ? &r->merged[ind] : gb_cube_series(r->in, ind, r->root);
}

static void ratio_at_root(const struct gb_cube *cube, int indicator_i, int region_i, int32_t period, struct gb_rollup_terms *t)
{
    struct gb_arena a;
    struct gb_sources src;
    struct gb_ratio r;
    gb_arena_init(&a, 0);
    gb_sources_init(&src, &a, cube->catalogue);
    gb_ratio_init(&r, &a, cube, &src, indicator_i);
    gb_ratio_terms(&r, gb_cube_series(cube, t->num_i, region_i), gb_cube_series(cube, t->den_i, region_i), period, t);
    gb_arena_release(&a);
}

struct gb_rollup_terms gb_rollup_terms(const struct gb_cube *cube, int indicator_i, int region_i, int32_t period)
{
    const struct gb_catalogue *c = cube->catalogue;
    const struct gb_indicator *ind = &c->indicator[indicator_i];
    struct gb_rollup_terms t = { .num = GB_VALUE_MISSING, .den = GB_VALUE_MISSING };
    bool ratio = ind->agg == GB_AGG_RATIO, weighted = ind->agg == GB_AGG_WEIGHTED_MEAN;
    t.num_i = ratio ? ind->agg_num : indicator_i;
    t.den_i = ratio || weighted ? ind->agg_den : -1;
    if (ratio && region_i == c->locality.root_region) {
        ratio_at_root(cube, indicator_i, region_i, period, &t);
        return t;
    }
    const struct gb_series *num = gb_cube_series(cube, t.num_i, region_i);
    const struct gb_series *den = t.den_i >= 0 ? gb_cube_series(cube, t.den_i, region_i) : NULL;
    int64_t i = num ? gb_series_at(num, period) : -1;
    if (i >= 0)
        t.num = num->value[i], t.num_status = num->status[i];
    i = -1;
    if (den && ratio) {
        i = gb_ratio_denominator(c, ind, den, period);
    } else if (den && weighted) {
        const struct gb_indicator *by = &c->indicator[t.den_i];
        int32_t limit = gb_period_across(ind, period, by), after = gb_period_across(ind, period - 1, by);
        struct weighing how = weighing_of(ind, by);
        uint32_t from = 0;
        for (i = gb_series_last(den, limit); i >= 0 && !weighs(den, (uint32_t)i);)
            i--;
        t.den_summed = how.adds_up;
        if (how.within) {
            t.den = weight_until(den, &from, how, after, limit, GB_VALUE_MISSING);
            t.den_status = t.den == GB_VALUE_MISSING ? 0 : den->status[i];
            t.den_period = t.den == GB_VALUE_MISSING ? 0 : den->period[i];
            i = -1;
        }
    }
    if (i >= 0)
        t.den = den->value[i], t.den_status = den->status[i], t.den_period = den->period[i];
    return t;
}

static void divide(struct rolling *r, const struct gb_indicator *ind, const struct gb_series *root)
{
    const struct gb_indicator *num_ind = &r->c->indicator[ind->agg_num], *den_ind = &r->c->indicator[ind->agg_den];
    const struct gb_series *num = root_of(r, ind->agg_num), *den = root_of(r, ind->agg_den);
    r->n_derived = 0; /* the two may have used it */
    if (!num || !den || num_ind->freq != ind->freq)
        return;
    r->made_up = gb_series_sample(r->in, num) || gb_series_sample(r->in, den);
    struct gb_ratio ratio;
    gb_ratio_init(&ratio, &r->scratch, r->in, &r->src, (int)(ind - r->c->indicator));
    for (uint32_t i = 0; i < num->n; i++) {
        int32_t p = num->period[i];
        if (num->value[i] == GB_VALUE_MISSING || (root && gb_series_at(root, p) >= 0))
            continue;
        struct gb_rollup_terms t = { .num = GB_VALUE_MISSING, .den = GB_VALUE_MISSING };
        int64_t value;
        gb_ratio_terms(&ratio, num, den, p, &t);
        if (t.formed == GB_FORMED_NONE ||
            !gb_dec_ratio_once(t.num, num_ind->scale, t.den, den_ind->scale, ind->is_percent, ind->scale, ind->decimals, &value))
            continue;
        struct fold f = { 0 };
        take_status(&f, t.num_status);
        take_status(&f, t.den_status);
        push(r, p, value, status_of(&f));
    }
}

/* Merge r->derived (ascending, none of root's periods) with what the root delivered. */
static void merge(struct rolling *r, int ind, const struct gb_series *root)
{
    size_t n_root = root ? root->n : 0, n = n_root + r->n_derived;
    gb_assert(n <= UINT32_MAX);
    struct gb_columns to = gb_columns_new(&r->out->arena, n);
    uint32_t n_first = root ? root->n_first : 0, next = 0;
    struct gb_first *first = n_first ? GB_NEW_N(&r->out->arena, n_first, struct gb_first) : NULL;
    for (size_t i = 0, a = 0, b = 0; i < n; i++) {
        if (b == r->n_derived || (a < n_root && root->period[a] < r->derived[b].period)) {
            to.period[i] = root->period[a], to.value[i] = root->value[a];
            to.status[i] = root->status[a], to.delivery[i] = root->delivery[a];
            if (next < n_first && root->first[next].at == a) {
                first[next] = root->first[next];
                first[next++].at = (uint32_t)i;
            }
            a++;
        } else {
            to.period[i] = r->derived[b].period, to.value[i] = r->derived[b].value, to.status[i] = r->derived[b].status;
            b++; /* delivery stays 0 */
        }
    }
    r->merged[ind] = (struct gb_series){ .indicator_i = ind,
                                         .region_i = r->root,
                                         .n = (uint32_t)n,
                                         .flags = GB_SERIES_DERIVED | (r->made_up ? GB_SERIES_SAMPLE : 0),
                                         .period = to.period,
                                         .value = to.value,
                                         .status = to.status,
                                         .delivery = to.delivery,
                                         .first = first,
                                         .n_first = n_first };
}

static void derive(struct rolling *r, int i)
{
    const struct gb_indicator *ind = &r->c->indicator[i];
    if (r->state[i] != NOT_YET || ind->computed)
        return;
    r->state[i] = BUSY;
    const struct gb_series *root = gb_cube_series(r->in, i, r->root);
    r->n_derived = 0;
    if (ind->agg == GB_AGG_RATIO) {
        divide(r, ind, root);
    } else if (ind->agg != GB_AGG_NONE) {
        collect_sources(r, i);
        fold_sources(r, ind, root);
    }
    if (r->n_derived > 0)
        merge(r, i, root);
    r->state[i] = DONE;
}

/* The shares of quality that are ours to say, by day. */
static void compute(struct rolling *r)
{
    const struct gb_catalogue *c = r->c;
    struct gb_quality_days q = { 0 };
    for (int i = 0; i < c->n_indicators && r->in->date.year; i++) {
        const struct gb_indicator *ind = &c->indicator[i];
        if (!ind->computed)
            continue;
        if (!q.n)
            q = gb_quality_days_known(r->in, r->in->n_parts, r->in->date, GB_COMPUTED_DAYS, &r->scratch);
        r->n_derived = 0;
        r->made_up = gb_cube_sample(r->in);
        for (int d = 0; d < q.n; d++) {
            const struct gb_quality_day *day = &q.day[d];
            bool rejected = ind->computed == GB_COMPUTED_REJECTED; /* of what came: a day on which nothing came has none */
            int64_t n = rejected                              ? day->refused
                        : ind->computed == GB_COMPUTED_ONTIME ? day->ontime
                                                              : day->full,
                    of = rejected                              ? day->received
                         : ind->computed == GB_COMPUTED_ONTIME ? day->due
                                                               : day->communes,
                    v;
            if ((rejected ? of : day->parts.n[GB_DIM_COMPLETE]) > 0 &&
                gb_dec_ratio_once(n, 0, of, 0, true, ind->scale, ind->decimals, &v))
                push(r, gb_period_of(GB_FREQ_DAY, day->date, ind->calendar), v, 'A');
        }
        if (r->n_derived > 0)
            merge(r, i, NULL);
        r->state[i] = DONE;
    }
}

/* Series of one part in order: those of `in`, with the merged root series in their places. */
static void assemble(struct rolling *r, int part)
{
    const struct gb_cube *in = r->in;
    size_t at = in->part_first[part], end = in->part_first[part + 1];
    for (int i = 0; i < gb_n_indicator_keys(r->c); i++) {
        bool derived = r->merged[i].n > 0 && gb_cube_part(r->out, i) == (enum gb_part)part;
        for (; at < end && in->series[at].indicator_i == i; at++) {
            if (derived && in->series[at].region_i >= r->root) {
                gb_cube_adopt(r->out, part, &r->merged[i]);
                derived = false;
            }
            if (in->series[at].region_i == r->root && r->merged[i].n > 0)
                continue;
            if (r->take)
                gb_cube_adopt(r->out, part, &in->series[at]);
            else
                gb_cube_add(r->out, part, &in->series[at]);
        }
        if (derived)
            gb_cube_adopt(r->out, part, &r->merged[i]);
    }
    gb_cube_end_part(r->out, part);
}

static void roll(struct gb_cube *out, const struct gb_cube *in, bool take)
{
    gb_assert(out->n_parts == 0 && out->n_series == 0 && out->catalogue == in->catalogue);
    struct rolling r = { .out = out, .in = in, .c = in->catalogue, .root = in->catalogue->locality.root_region, .take = take };
    gb_arena_init(&r.scratch, 0);
    gb_sources_init(&r.src, &r.scratch, r.c);
    r.state = GB_NEW_N(&r.scratch, (size_t)gb_n_indicator_keys(r.c), enum state);
    r.merged = GB_NEW_N(&r.scratch, (size_t)gb_n_indicator_keys(r.c), struct gb_series);
    for (int i = 0; i < r.c->n_indicators; i++)
        derive(&r, i);
    compute(&r);
    out->date = in->date;
    out->vintage = in->vintage;
    gb_cube_set_conflicts(out, in->conflict, in->n_conflicts);
    gb_cube_set_acks(out, in->ack, in->n_acks);
    gb_cube_set_intake(out, in->intake, in->n_intake);
    for (size_t i = 0; i < in->n_deliveries; i++)
        gb_cube_note_delivery(out, &in->delivery[i]);
    for (int part = 0; part < in->n_parts; part++)
        assemble(&r, part);
    free(r.cursor);
    free(r.derived);
    gb_arena_release(&r.scratch);
}

static enum gb_code check_root(const struct gb_catalogue *c, struct gb_err *e)
{
    if (c->locality.root_region >= 0 && c->locality.root_region < c->n_regions)
        return GB_OK;
    return gb_fail(e, GB_E_CONFIG, "rollup: the locality has no root region; set `root_region` in locality.lua");
}

enum gb_code gb_rollup(struct gb_cube *out, const struct gb_cube *in, struct gb_err *e)
{
    enum gb_code code = check_root(in->catalogue, e);
    if (code == GB_OK)
        roll(out, in, false);
    return code;
}

enum gb_code gb_rollup_take(struct gb_cube *cube, struct gb_err *e)
{
    struct gb_cube out;
    enum gb_code code = check_root(cube->catalogue, e);
    if (code != GB_OK)
        return code;
    gb_cube_init(&out, cube->catalogue);
    gb_arena_release(&out.arena); /* empty; the columns' arena moves over */
    out.arena = cube->arena;
    gb_arena_init(&cube->arena, 0);
    roll(&out, cube, true);
    gb_cube_release(cube);
    *cube = out;
    return GB_OK;
}
