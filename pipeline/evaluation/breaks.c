/* breaks.c — see breaks.h. A break is a day; the sides are found by periods, so that a comparison costs a few integer operations. */
#include "evaluation/breaks.h"
#include "evaluation/eval_int.h"
#include "evaluation/rollup.h"

static bool applies(const struct gb_catalogue *c, const struct gb_break *b, int indicator_i, int region_i)
{
    if (b->n_indicators == 0) {
        enum gb_level_kind level = c->region[region_i].level;
        return level == GB_AT_COMMUNE || (b->province && level == GB_AT_PROVINCE);
    }
    for (int k = 0; k < b->n_indicators; k++)
        if (b->indicator[k] == indicator_i)
            return true;
    return false;
}

/* end: the first period that ends on or after the day; start: the first that begins on or after it. */
struct edge {
    int32_t end, start;
};

static struct edge edge_of(const struct gb_indicator *ind, const struct gb_break *b)
{
    int32_t p = gb_period_of(ind->freq, b->date, ind->calendar);
    if (ind->freq == GB_FREQ_HOUR) {
        p = gb_date_to_days(b->date) * 24;
        return (struct edge){ p, p };
    }
    bool cut = gb_date_cmp(gb_period_start(ind->freq, p, ind->calendar), b->date) < 0;
    return (struct edge){ p, cut ? p + 1 : p };
}

/* First period that stands on the new side. */
static int32_t first_new(const struct gb_indicator *ind, const struct gb_break *b, struct edge at)
{
    if (ind->flow == GB_FLOW_STOCK || (ind->flow == GB_FLOW_CUMULATIVE && b->n_indicators == 0))
        return at.end;
    if (ind->flow != GB_FLOW_CUMULATIVE)
        return at.start;
    int32_t year = gb_period_year_first(ind->freq, at.end);
    return year == at.end && at.start == at.end ? at.end
                                                : year + gb_periods_in_year(ind->freq, gb_period_year(ind->freq, at.end));
}

static bool parts(const struct gb_indicator *ind, const struct gb_break *b, int32_t from, int32_t to)
{
    struct edge at = edge_of(ind, b);
    if (to < at.end || from >= first_new(ind, b, at))
        return false;
    bool one_year = gb_period_year(ind->freq, from) == gb_period_year(ind->freq, to);
    return !(ind->flow == GB_FLOW_CUMULATIVE && from >= at.end && one_year);
}

const struct gb_break *gb_break_between(const struct gb_catalogue *c, int indicator_i, int region_i, int32_t from, int32_t to)
{
    const struct gb_break *found = NULL;
    for (int i = 0; i < c->locality.n_breaks; i++) {
        const struct gb_break *b = &c->locality.breaks[i];
        if (applies(c, b, indicator_i, region_i) && parts(&c->indicator[indicator_i], b, from, to) &&
            (!found || gb_date_cmp(found->date, b->date) < 0))
            found = b;
    }
    return found;
}

int32_t gb_break_start(const struct gb_catalogue *c, int indicator_i, int region_i, int32_t to, const struct gb_break **b)
{
    const struct gb_indicator *ind = &c->indicator[indicator_i];
    int32_t from = INT32_MIN;
    if (b)
        *b = NULL;
    for (int i = 0; i < c->locality.n_breaks; i++) {
        const struct gb_break *k = &c->locality.breaks[i];
        if (!applies(c, k, indicator_i, region_i))
            continue;
        int32_t p = first_new(ind, k, edge_of(ind, k));
        if (p > to || p <= from)
            continue;
        from = p;
        if (b)
            *b = k;
    }
    return from;
}

int gb_breaks_within(const struct gb_catalogue *c, int indicator_i, int region_i, int32_t first, int32_t last, int cap,
                     const struct gb_break **b, int32_t *at)
{
    int n = 0;
    for (int i = 0; i < c->locality.n_breaks && n < cap; i++) {
        const struct gb_break *k = &c->locality.breaks[i];
        if (!applies(c, k, indicator_i, region_i))
            continue;
        int32_t p = edge_of(&c->indicator[indicator_i], k).end;
        if (p <= first || p > last)
            continue;
        b[n] = k;
        at[n++] = p;
    }
    return n;
}

enum how { BY_SUM, BY_TERMS, BY_PEOPLE, BY_NOTHING };

static enum how bridge_of(const struct gb_catalogue *c, const struct gb_indicator *ind)
{
    switch (ind->agg) {
    case GB_AGG_SUM: return BY_SUM;
    case GB_AGG_WEIGHTED_MEAN: return BY_TERMS;
    case GB_AGG_RATIO: {
        bool sums = c->indicator[ind->agg_num].agg == GB_AGG_SUM && c->indicator[ind->agg_den].agg == GB_AGG_SUM;
        return sums ? BY_TERMS : BY_NOTHING;
    }
    case GB_AGG_MEAN: return BY_PEOPLE;
    case GB_AGG_NONE:
    case GB_AGG_MAX:
    case GB_AGG_MIN:
    case GB_AGG_LAST: return BY_NOTHING;
    }
    gb_bug("aggregation");
}

struct bridged {
    const struct gb_cube *cube;
    int max_part, indicator_i;
    int32_t period;
    enum how how;
    __int128 num, den; /* both times GB_BRIDGE_ONE */
};

static bool seen(const struct bridged *b, int indicator_i, int region_i)
{
    const struct gb_series *s = gb_cube_series(b->cube, indicator_i, region_i);
    return s && s->part <= b->max_part;
}

static bool add(__int128 *to, __int128 a, __int128 b)
{
    __int128 x;
    return !__builtin_mul_overflow(a, b, &x) && !__builtin_add_overflow(*to, x, to);
}

/* What one old region brings. @return false: it is not known */
static bool take_old(struct bridged *b, const struct gb_bridge *k)
{
    const struct gb_indicator *ind = &b->cube->catalogue->indicator[b->indicator_i];
    if (b->how == BY_TERMS) {
        struct gb_rollup_terms t = gb_rollup_terms(b->cube, b->indicator_i, k->old_region, b->period);
        if (t.num == GB_VALUE_MISSING || t.den == GB_VALUE_MISSING || t.num_status == 'F' || t.den_status == 'F' ||
            !seen(b, t.num_i, k->old_region) || !seen(b, t.den_i, k->old_region))
            return false;
        __int128 num = ind->agg == GB_AGG_RATIO ? t.num : (__int128)t.num * t.den; /* of 64 bits each */
        return add(&b->num, num, k->weight) && add(&b->den, t.den, k->weight);
    }
    const struct gb_series *s =
        seen(b, b->indicator_i, k->old_region) ? gb_cube_series(b->cube, b->indicator_i, k->old_region) : NULL;
    int64_t at = s ? gb_series_at(s, b->period) : -1, people = b->cube->catalogue->region[k->old_region].population;
    if (at < 0 || !gb_counts(s, at) || (b->how == BY_PEOPLE && people <= 0))
        return false;
    __int128 w = b->how == BY_PEOPLE ? (__int128)k->weight * people : k->weight;
    b->den += b->how == BY_PEOPLE ? w : 0;
    return add(&b->num, s->value[at], w);
}

bool gb_bridge_any(const struct gb_cube *cube, int max_part, int indicator_i, int region_i, int32_t period,
                   const struct gb_break *brk)
{
    const struct gb_catalogue *c = cube->catalogue;
    struct bridged b = { cube, max_part, indicator_i, period, bridge_of(c, &c->indicator[indicator_i]), 0, 0 };
    for (int i = 0; brk->n_indicators == 0 && i < c->n_bridges; i++) {
        const struct gb_bridge *k = &c->bridge[i];
        if (k->new_region != region_i || gb_date_cmp(k->from, brk->date) != 0)
            continue;
        const struct gb_series *s =
            seen(&b, indicator_i, k->old_region) ? gb_cube_series(cube, indicator_i, k->old_region) : NULL;
        int64_t at = s ? gb_series_at(s, period) : -1;
        if ((at >= 0 && gb_counts(s, at)) || (b.how == BY_TERMS && take_old(&b, k)))
            return true;
    }
    return false;
}

bool gb_bridge_value(const struct gb_cube *cube, int max_part, int indicator_i, int region_i, int32_t period,
                     const struct gb_break *brk, int64_t *out)
{
    const struct gb_catalogue *c = cube->catalogue;
    const struct gb_indicator *ind = &c->indicator[indicator_i];
    struct bridged b = { cube, max_part, indicator_i, period, bridge_of(c, ind), 0, 0 };
    int n = 0;
    if (brk->n_indicators > 0 || b.how == BY_NOTHING)
        return false;
    for (int i = 0; i < c->n_bridges; i++) {
        const struct gb_bridge *k = &c->bridge[i];
        if (k->new_region != region_i || gb_date_cmp(k->from, brk->date) != 0)
            continue;
        if (!take_old(&b, k))
            return false; /* a part of the new area is not known */
        n++;
    }
    if (n == 0 || (b.how != BY_SUM && b.den <= 0))
        return false;
    if (ind->agg == GB_AGG_RATIO)
        return gb_dec_ratio_once(b.num, c->indicator[ind->agg_num].scale, b.den, c->indicator[ind->agg_den].scale,
                                 ind->is_percent, ind->scale, ind->decimals, out);
    return gb_dec_ratio_once(b.num, ind->scale, b.how == BY_SUM ? GB_BRIDGE_ONE : b.den, 0, false, ind->scale, ind->decimals,
                             out);
}
