/* ratio.c — see ratio.h. One walk over the members counts who has which term and adds up those with both; what is divided is chosen from that. */
#include "evaluation/ratio.h"

struct walk { /* of the members, for one period */
    __int128 num, den;
    int64_t n_num, n_den, n_both, n_expected; /* expected: exists in the period, ever had a term; or has both */
    int64_t n_num_places, n_den_places;       /* regions of the level that exist in the period, or have the term */
    bool overflow, other_den;                 /* some member's denominator is not of the root's period */
    bool forecast, estimated, provisional;    /* of the members with both */
};

static const struct gb_series *told(const struct gb_cube *cube, int indicator_i, int region_i)
{
    const struct gb_series *s = gb_cube_series(cube, indicator_i, region_i);
    return s && gb_series_any(s) ? s : NULL;
}

static bool is_hidden(const struct gb_cube *cube, const struct gb_indicator *ind, int indicator_i)
{
    enum gb_part seen = gb_cube_part(cube, indicator_i);
    return gb_cube_part(cube, ind->agg_num) > seen || gb_cube_part(cube, ind->agg_den) > seen ||
           cube->catalogue->indicator[ind->agg_num].small_count_k > 0 ||
           cube->catalogue->indicator[ind->agg_den].small_count_k > 0;
}

void gb_ratio_init(struct gb_ratio *r, struct gb_arena *a, const struct gb_cube *cube, const struct gb_sources *src,
                   int indicator_i)
{
    const struct gb_catalogue *c = cube->catalogue;
    const struct gb_indicator *ind = &c->indicator[indicator_i];
    *r = (struct gb_ratio){ .c = c, .ind = ind, .src = src };
    r->sums = c->indicator[ind->agg_num].agg == GB_AGG_SUM && c->indicator[ind->agg_den].agg == GB_AGG_SUM;
    r->hidden = is_hidden(cube, ind, indicator_i);
    r->member = GB_NEW_N(a, (size_t)c->n_regions, struct gb_ratio_member);
    for (int k = 0; k < c->n_regions; k++) {
        struct gb_ratio_member m = { .region_i = k,
                                     .num_source = gb_is_source(src, ind->agg_num, k),
                                     .den_source = gb_is_source(src, ind->agg_den, k) };
        m.num = m.num_source ? told(cube, ind->agg_num, k) : NULL;
        m.den = m.den_source ? told(cube, ind->agg_den, k) : NULL;
        if (m.num_source || m.den_source)
            r->member[r->n++] = m;
    }
}

int64_t gb_ratio_denominator(const struct gb_catalogue *c, const struct gb_indicator *ind, const struct gb_series *den,
                             int32_t period)
{
    const struct gb_indicator *of = &c->indicator[ind->agg_den];
    return of->freq == ind->freq ? gb_series_at(den, period) : gb_series_last(den, gb_period_across(ind, period, of));
}

static bool valued(const struct gb_series *s, int64_t i)
{
    return i >= 0 && s->value[i] != GB_VALUE_MISSING;
}

static void take_status(struct walk *w, char status)
{
    w->forecast |= status == 'F';
    w->estimated |= status == 'E';
    w->provisional |= status != 'A';
}

static void visit(const struct gb_ratio *r, const struct gb_ratio_member *m, int32_t period, int32_t den_period, bool exists,
                  struct walk *w)
{
    int64_t i = m->num ? gb_series_at(m->num, period) : -1, j = m->den ? gb_ratio_denominator(r->c, r->ind, m->den, period) : -1;
    bool num = m->num && valued(m->num, i), den = m->den && valued(m->den, j);
    w->n_num += num;
    w->n_den += den;
    w->n_num_places += m->num_source && (exists || num);
    w->n_den_places += m->den_source && (exists || den);
    w->n_expected += (num && den) || (exists && (m->num || m->den));
    w->other_den |= den && m->den->period[j] != den_period;
    if (!num || !den)
        return;
    w->n_both++;
    w->overflow |= __builtin_add_overflow(w->num, (__int128)m->num->value[i], &w->num) ||
                   __builtin_add_overflow(w->den, (__int128)m->den->value[j], &w->den);
    take_status(w, m->num->status[i]);
    take_status(w, m->den->status[j]);
}

static struct walk walk(const struct gb_ratio *r, int32_t period, int32_t den_period)
{
    struct walk w = { 0 };
    int32_t from = gb_date_to_days(gb_period_start(r->ind->freq, period, r->ind->calendar)),
            to = gb_date_to_days(gb_period_end(r->ind->freq, period, r->ind->calendar));
    for (size_t k = 0; k < r->n; k++)
        visit(r, &r->member[k], period, den_period, gb_exists_in(r->src, r->member[k].region_i, from, to), &w);
    return w;
}

/* What an aggregation made of its members: those with a value, no others. A ratio or a weighted mean has members of its own. */
static bool is_of_its_members(const struct gb_indicator *ind)
{
    return ind->agg != GB_AGG_NONE && ind->agg != GB_AGG_RATIO && ind->agg != GB_AGG_WEIGHTED_MEAN;
}

static bool as_they_are(const struct gb_ratio *r, const struct walk *w, bool num_given, bool den_given)
{
    bool num_of_all = num_given || (is_of_its_members(&r->c->indicator[r->ind->agg_num]) && w->n_num == w->n_num_places),
         den_of_all =
             den_given || (is_of_its_members(&r->c->indicator[r->ind->agg_den]) && w->n_den == w->n_den_places && !w->other_den);
    if (num_given || den_given)
        return num_of_all && den_of_all;
    return (r->hidden || !r->sums) && is_of_its_members(&r->c->indicator[r->ind->agg_num]) &&
           is_of_its_members(&r->c->indicator[r->ind->agg_den]) && w->n_both > 0 && w->n_num == w->n_both &&
           w->n_den == w->n_both && !w->other_den;
}

static void sum_up(const struct walk *w, struct gb_rollup_terms *t)
{
    if (w->n_both == 0 || w->overflow || !gb_dec_div_round(w->num, 1, &t->num) || !gb_dec_div_round(w->den, 1, &t->den))
        return;
    t->formed = GB_FORMED_COMMON;
    t->num_status = t->den_status = w->forecast                                   ? 'F'
                                    : w->estimated                                ? 'E'
                                    : w->provisional || w->n_both < w->n_expected ? 'P'
                                                                                  : 'A';
}

void gb_ratio_terms(const struct gb_ratio *r, const struct gb_series *num, const struct gb_series *den, int32_t period,
                    struct gb_rollup_terms *t)
{
    int64_t i = num ? gb_series_at(num, period) : -1, j = den ? gb_ratio_denominator(r->c, r->ind, den, period) : -1;
    t->formed = GB_FORMED_NONE;
    if (i >= 0)
        t->num = num->value[i], t->num_status = num->status[i];
    if (j >= 0)
        t->den = den->value[j], t->den_status = den->status[j], t->den_period = den->period[j];
    if (i < 0 || j < 0 || t->num == GB_VALUE_MISSING || t->den == GB_VALUE_MISSING)
        return;
    bool num_given = num->delivery[i] != 0, den_given = den->delivery[j] != 0;
    if (num_given && den_given) {
        t->formed = GB_FORMED_DELIVERED;
        return;
    }
    struct walk w = walk(r, period, t->den_period);
    if (as_they_are(r, &w, num_given, den_given)) {
        t->formed = GB_FORMED_ALL;
        if (num_given || den_given)
            return;
    } else if (r->sums && !r->hidden) {
        sum_up(&w, t);
    }
    t->n_both = w.n_both, t->n_expected = w.n_expected;
}
