/* contribution.c — see contribution.h. All sums are 128 bits wide and exact; where a product would not fit nothing is told. */
#include "evaluation/contribution.h"
#include <stdlib.h>
#include "evaluation/breaks.h"
#include "evaluation/eval_int.h"
#include "evaluation/rollup.h"

#define MORE_DIGITS 3
#define Q_SCALE 9 /* of R0 + R1: nine decimals of a ratio, beyond anything that a part shows */

/* N and D of one commune in one period. */
struct terms {
    bool ok;
    __int128 num, den;
    int64_t own; /* its figure; GB_VALUE_MISSING when only its terms are known */
    char status; /* of its figure */
};
struct part {
    int region_i;
    struct terms now, base;
    __int128 num_effect, den_effect; /* times `unit` of struct split */
};
struct split {
    const struct gb_evaluation *ev;
    const struct gb_indicator *ind;
    int indicator_i;
    int32_t period, base_period;
    struct part *part;
    size_t n;
    int num_scale, den_scale, times;
    __int128 n0, n1, d0, d1; /* over the parts */
};

static struct terms own_figure(const struct split *k, int region_i, int32_t period)
{
    const struct gb_series *s = gb_cube_series(k->ev->cube, k->indicator_i, region_i);
    int64_t i = s ? gb_series_at(s, period) : -1;
    bool there = i >= 0 && gb_counts(s, i);
    return (struct terms){ .own = there ? s->value[i] : GB_VALUE_MISSING, .status = there ? s->status[i] : 0 };
}

static struct terms terms_of(const struct split *k, int region_i, int32_t period)
{
    struct terms t = own_figure(k, region_i, period);
    if (k->ind->agg == GB_AGG_SUM || k->ind->agg == GB_AGG_MEAN) {
        t.ok = t.own != GB_VALUE_MISSING;
        t.num = t.ok ? t.own : 0;
        t.den = 1;
        return t;
    }
    struct gb_rollup_terms r = gb_rollup_terms(k->ev->cube, k->indicator_i, region_i, period);
    t.ok = r.num != GB_VALUE_MISSING && r.den != GB_VALUE_MISSING && r.num_status != 'F' && r.den_status != 'F';
    if (!t.ok)
        return t;
    t.num = k->ind->agg == GB_AGG_WEIGHTED_MEAN ? (__int128)r.num * r.den : r.num;
    t.den = r.den;
    return t;
}

static void collect(struct split *k, struct gb_arena *a, struct gb_contributions *out)
{
    const struct gb_catalogue *c = k->ev->catalogue;
    k->part = GB_NEW_N(a, (size_t)c->n_regions + 1, struct part);
    for (int r = 0; r < c->n_regions; r++) {
        if (!gb_is_source(&k->ev->tables->src, k->indicator_i, r))
            continue;
        struct part p = { .region_i = r, .now = terms_of(k, r, k->period), .base = terms_of(k, r, k->base_period) };
        out->n_without += p.now.ok != p.base.ok;
        if (!p.now.ok || !p.base.ok)
            continue;
        k->n1 += p.now.num, k->d1 += p.now.den;
        k->n0 += p.base.num, k->d0 += p.base.den;
        k->part[k->n++] = p;
    }
}

/* times * num * 10^(den_scale + up) / (den * 10^num_scale), rounded half away from zero. */
static bool quotient(__int128 num, __int128 den, int times, int up, int64_t *out)
{
    __int128 x;
    for (; up < 0; up++)
        if (__builtin_mul_overflow(den, (__int128)10, &den))
            return false;
    if (__builtin_mul_overflow(num, (__int128)times, &x))
        return false;
    for (; up > 0; up--)
        if (__builtin_mul_overflow(x, (__int128)10, &x))
            return false;
    return den > 0 && gb_dec_div_round(x, den, out);
}

/* 2 D' part = 2 dN - (R0 + R1) dD, in units of 10^-Q_SCALE of the numerator: num_effect and den_effect, over one divisor for all. */
static bool bennet(struct split *k, __int128 *divisor)
{
    int64_t r0, r1;
    int up = Q_SCALE + k->den_scale - k->num_scale;
    if (!quotient(k->n0, k->d0, k->times, up, &r0) || !quotient(k->n1, k->d1, k->times, up, &r1))
        return false;
    int shift = up;
    __int128 q = (__int128)r0 + r1, factor = 2 * (__int128)k->times, stretch = 1;
    for (; shift > 0; shift--)
        if (__builtin_mul_overflow(factor, (__int128)10, &factor))
            return false;
    for (; shift < 0; shift++)
        stretch *= 10;
    for (size_t i = 0; i < k->n; i++) {
        struct part *p = &k->part[i];
        if (__builtin_mul_overflow(p->now.num - p->base.num, factor, &p->num_effect) ||
            __builtin_mul_overflow(-q * stretch, p->now.den - p->base.den, &p->den_effect))
            return false;
    }
    *divisor = (k->d0 + k->d1) * stretch;
    return *divisor > 0;
}

/* Effects of values and of weights of a weighted mean: 2 W0 W1 sum(a' dv) = sum (w0 W1 + w1 W0) (v1 - v0), at the indicator's scale. */
static bool within(const struct split *k, int scale, int64_t *out)
{
    __int128 sum = 0, den;
    for (size_t i = 0; i < k->n; i++) {
        const struct part *p = &k->part[i];
        __int128 v1 = p->now.den ? p->now.num / p->now.den : 0, v0 = p->base.den ? p->base.num / p->base.den : 0, a, b, w;
        if (__builtin_mul_overflow(p->base.den, k->d1, &a) || __builtin_mul_overflow(p->now.den, k->d0, &b) ||
            __builtin_add_overflow(a, b, &w) || __builtin_mul_overflow(w, v1 - v0, &w) || __builtin_add_overflow(sum, w, &sum))
            return false;
    }
    for (int s = k->ind->scale; s < scale; s++)
        if (__builtin_mul_overflow(sum, (__int128)10, &sum))
            return false;
    return !__builtin_mul_overflow(2 * k->d0, k->d1, &den) && den > 0 && gb_dec_div_round(sum, den, out);
}

static int greatest_first(const void *pa, const void *pb)
{
    const struct gb_contribution *a = pa, *b = pb;
    uint64_t x = a->part < 0 ? -(uint64_t)a->part : (uint64_t)a->part, y = b->part < 0 ? -(uint64_t)b->part : (uint64_t)b->part;
    if (x != y)
        return x > y ? -1 : 1;
    return (a->region_i > b->region_i) - (a->region_i < b->region_i);
}

/* Round effects / (divisor * 10^(Q_SCALE - scale)) by running sums. */
static bool round_parts(struct split *k, __int128 divisor, struct gb_contributions *out)
{
    __int128 running = 0, numerators = 0;
    int64_t before = 0, at;
    for (int i = out->scale; i < Q_SCALE; i++)
        if (__builtin_mul_overflow(divisor, (__int128)10, &divisor))
            return false;
    for (size_t i = 0; i < k->n; i++) {
        struct part *p = &k->part[i];
        if (__builtin_add_overflow(running, p->num_effect + p->den_effect, &running) ||
            __builtin_add_overflow(numerators, p->num_effect, &numerators) || !gb_dec_div_round(running, divisor, &at))
            return false;
        out->v[i] = (struct gb_contribution){ p->region_i, p->now.own, p->base.own, at - before, p->now.status, p->base.status };
        before = at;
    }
    if (!gb_dec_div_round(numerators, divisor, &out->numerator))
        return false;
    if (k->ind->agg == GB_AGG_WEIGHTED_MEAN && !within(k, out->scale, &out->numerator))
        return false;
    out->denominator = before - out->numerator;
    return true;
}

static bool plain_parts(struct split *k, struct gb_contributions *out)
{
    for (size_t i = 0; i < k->n; i++) {
        const struct part *p = &k->part[i];
        int64_t d;
        if (!gb_dec_sub(p->now.own, p->base.own, &d))
            return false;
        out->v[i] = (struct gb_contribution){ p->region_i, p->now.own, p->base.own, d, p->now.status, p->base.status };
        if (!gb_dec_add(out->numerator, d, &out->numerator))
            return false;
    }
    return true;
}

/* Scales of N and D, and 100 where the ratio is a percentage. */
static void measure(struct split *k)
{
    const struct gb_catalogue *c = k->ev->catalogue;
    k->times = k->ind->agg == GB_AGG_RATIO && k->ind->is_percent ? 100 : 1;
    k->num_scale = k->ind->agg == GB_AGG_RATIO ? c->indicator[k->ind->agg_num].scale : k->ind->scale;
    k->den_scale = k->ind->agg == GB_AGG_RATIO ? c->indicator[k->ind->agg_den].scale : 0;
    if (k->ind->agg == GB_AGG_WEIGHTED_MEAN) { /* the weight's own scale stands on both sides */
        k->den_scale = c->indicator[k->ind->agg_den].scale;
        k->num_scale += k->den_scale;
    }
}

static bool is_decomposable(const struct gb_indicator *ind)
{
    return ind->agg == GB_AGG_SUM || ind->agg == GB_AGG_MEAN || ind->agg == GB_AGG_WEIGHTED_MEAN || ind->agg == GB_AGG_RATIO;
}

void gb_contributions_of(const struct gb_evaluation *ev, int indicator_i, enum gb_contribution_base from, struct gb_arena *a,
                         struct gb_contributions *out)
{
    const struct gb_indicator *ind = &ev->catalogue->indicator[indicator_i];
    const struct gb_eval *e = gb_eval_find(ev, indicator_i, ev->catalogue->locality.root_region);
    const struct gb_change *change = !e ? NULL : from == GB_FROM_PREVIOUS ? &e->prev : &e->year_before;
    *out = (struct gb_contributions){ .why = GB_CONTRIB_NO_CHANGE, .scale = ind->scale };
    if (!e || e->latest_i < 0 || !change->ok || change->over)
        return;
    out->period = e->period, out->base_period = change->period, out->why = GB_CONTRIB_NOT_PARTS;
    if (!is_decomposable(ind))
        return;
    struct split k = { .ev = ev, .ind = ind, .indicator_i = indicator_i, .period = e->period, .base_period = change->period };
    measure(&k);
    collect(&k, a, out);
    out->why = GB_CONTRIB_NO_COMMUNES;
    for (size_t i = 0; i < k.n; i++) /* the root alone tells nothing about its communes */
        if (gb_break_between(ev->catalogue, indicator_i, k.part[i].region_i, k.base_period, k.period))
            return;
    if (!k.n)
        return;
    out->v = GB_NEW_N(a, k.n, struct gb_contribution);
    __int128 divisor;
    bool plain = ind->agg == GB_AGG_SUM;
    if (!plain)
        out->scale = ind->scale + MORE_DIGITS > GB_SCALE_MAX ? GB_SCALE_MAX : ind->scale + MORE_DIGITS;
    if (!gb_dec_rescale(change->diff, ind->scale, out->scale, &out->change) ||
        !(plain ? plain_parts(&k, out) : bennet(&k, &divisor) && round_parts(&k, divisor, out)))
        return;
    out->n = k.n;
    out->remainder = out->change - (out->numerator + out->denominator);
    if (out->n > 1)
        qsort(out->v, out->n, sizeof *out->v, greatest_first);
    out->why = GB_CONTRIB_OK;
}
