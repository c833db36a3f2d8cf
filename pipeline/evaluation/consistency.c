/* consistency.c — see consistency.h. Each rule walks the series of its indicator in the parts that are loaded and looks the others up by
 * (indicator, region, period); cost follows the observations of one year of the indicators that have rules. */
#include "evaluation/consistency.h"
#include "evaluation/eval_int.h"
#include "evaluation/rollup.h"
#include <stdlib.h>

enum { WINDOW_DAYS = 366 };

struct asking {
    const struct gb_evaluation *ev;
    const struct gb_catalogue *c;
    struct gb_consistency_found *f;
    struct gb_inconsistency *v; /* heap, grows */
    size_t cap;
    int rule_i;
};

const char *gb_consistency_vi(enum gb_consistency_kind k)
{
    static const char *const words[GB_N_CONSISTENCY] = { "khác tổng số của các xã, phường", "khác tử số chia cho mẫu số",
                                                         "khác tổng các thành phần", "lớn hơn tổng số chứa nó",
                                                         "thấp hơn số lũy kế của kỳ trước trong năm" };
    return words[k];
}

/* One published unit of a measured figure; 0 for a count, which is not rounded. */
static int64_t unit_of(const struct gb_indicator *ind)
{
    bool counted = ind->scale == 0 && ind->unit_code && ind->unit_code[0] == '{';
    return counted ? 0 : gb_pow10[ind->scale - ind->decimals];
}

static void compared(struct asking *q, const struct gb_series *s, int64_t i, int64_t other, bool holds)
{
    int region_i = s->region_i;
    int64_t back = (int64_t)gb_date_to_days(q->ev->date) - gb_series_known(q->ev->cube, s, (uint32_t)i);
    if (back >= 0 && back < GB_CONSISTENCY_DAYS)
        q->f->compared_on[back]++, q->f->broken_on[back] += !holds;
    q->f->compared[q->rule_i]++;
    q->f->compared_at[region_i]++;
    q->f->n_compared++;
    if (holds)
        return;
    q->f->broken[q->rule_i]++;
    q->f->broken_at[region_i]++;
    q->v = gb_grow(q->v, &q->cap, q->f->n + 1, sizeof *q->v);
    q->v[q->f->n++] = (struct gb_inconsistency){ q->rule_i, region_i, s->period[i], s->value[i], other };
}

/* Delivered, counting, of the year that is asked. */
static bool asked(const struct asking *q, const struct gb_series *s, int64_t i)
{
    const struct gb_indicator *ind = &q->c->indicator[s->indicator_i];
    return s->delivery[i] != 0 && gb_counts(s, i) && s->period[i] <= gb_period_limit(q->ev, ind) &&
           gb_date_to_days(gb_period_start(ind->freq, s->period[i], ind->calendar)) > gb_date_to_days(q->ev->date) - WINDOW_DAYS;
}

/* Sum of the communes in a period; false when one that should be there is not. */
static bool communes_sum(const struct asking *q, const struct gb_indicator *ind, int indicator_i, int32_t period, int64_t *sum,
                         int *n)
{
    __int128 total = 0;
    int32_t from = gb_date_to_days(gb_period_start(ind->freq, period, ind->calendar)),
            to = gb_date_to_days(gb_period_end(ind->freq, period, ind->calendar));
    *n = 0;
    for (int part = 0; part < q->ev->n_parts; part++) {
        size_t lo, hi;
        gb_series_range(q->ev->cube, part, indicator_i, &lo, &hi);
        for (size_t i = lo; i < hi; i++) {
            const struct gb_series *s = &q->ev->cube->series[i];
            if (!gb_is_source(&q->ev->tables->src, indicator_i, s->region_i) || !gb_series_any(s))
                continue;
            int64_t at = gb_series_at(s, period);
            if (at >= 0 && gb_counts(s, at)) {
                total += s->value[at];
                ++*n;
            } else if (gb_exists_in(&q->ev->tables->src, s->region_i, from, to)) {
                return false;
            }
        }
    }
    return *n > 0 && gb_dec_div_round(total, 1, sum);
}

/* Sum of the others at the scale of the indicator. */
static bool others_sum(const struct asking *q, const struct gb_consistency *k, int region_i, int32_t period, int64_t *sum)
{
    int scale = q->c->indicator[k->indicator_i].scale;
    *sum = 0;
    for (int i = 0; i < k->n_others; i++) {
        const struct gb_series *s = gb_cube_series(q->ev->cube, k->other[i], region_i);
        int64_t at = s ? gb_series_at(s, period) : -1, v;
        if (at < 0 || !gb_counts(s, at) || !gb_dec_rescale(s->value[at], q->c->indicator[k->other[i]].scale, scale, &v) ||
            !gb_dec_add(*sum, v, sum))
            return false;
    }
    return true;
}

/* What `n` figures and the sum they form may differ by. */
static bool within(const struct gb_consistency *k, const struct gb_indicator *ind, __int128 over, int n)
{
    return k->has_tolerance ? over <= k->tolerance : 2 * over <= (__int128)unit_of(ind) * (n + 1);
}

static bool between(const struct gb_indicator *ind, const struct gb_indicator *num, const struct gb_indicator *den,
                    const struct gb_rollup_terms *t, int64_t stated)
{
    int64_t lo, hi, un = unit_of(num), ud = unit_of(den), half = unit_of(ind);
    __int128 n = 2 * (__int128)t->num, d = 2 * (__int128)t->den;
    if (d - ud <= 0) /* a denominator that rounding could have made of nothing */
        return true;
    bool ok = gb_dec_ratio(n - un, num->scale, d + ud, den->scale, ind->is_percent, ind->scale, &lo) &&
              gb_dec_ratio(n + un, num->scale, d - ud, den->scale, ind->is_percent, ind->scale, &hi);
    return !ok || (2 * (__int128)stated >= 2 * (__int128)lo - half && 2 * (__int128)stated <= 2 * (__int128)hi + half);
}

static void ask_ratio(struct asking *q, const struct gb_consistency *k, const struct gb_series *s, int64_t i)
{
    const struct gb_indicator *ind = &q->c->indicator[k->indicator_i];
    struct gb_rollup_terms t = gb_rollup_terms(q->ev->cube, k->indicator_i, s->region_i, s->period[i]);
    int64_t exact, off;
    if (t.num == GB_VALUE_MISSING || t.den == GB_VALUE_MISSING || t.num < 0 || t.den <= 0)
        return;
    if (s->region_i == q->c->locality.root_region && (t.formed == GB_FORMED_NONE || t.n_both < t.n_expected))
        return; /* sums of some members say nothing of the whole */
    const struct gb_indicator *num = &q->c->indicator[t.num_i], *den = &q->c->indicator[t.den_i];
    if (!gb_dec_ratio(t.num, num->scale, t.den, den->scale, ind->is_percent, ind->scale, &exact) ||
        !gb_dec_sub(s->value[i], exact, &off))
        return;
    bool holds = k->has_tolerance ? off <= k->tolerance && off >= -k->tolerance : between(ind, num, den, &t, s->value[i]);
    compared(q, s, i, exact, holds);
}

static void ask(struct asking *q, const struct gb_consistency *k, const struct gb_series *s, int64_t i)
{
    const struct gb_indicator *ind = &q->c->indicator[k->indicator_i];
    int64_t stated = s->value[i], other = 0;
    __int128 over = 0;
    int n = k->n_others;
    switch (k->kind) {
    case GB_MUST_SUM_COMMUNES:
        if (s->region_i != q->c->locality.root_region || !communes_sum(q, ind, k->indicator_i, s->period[i], &other, &n))
            return;
        over = stated > other ? (__int128)stated - other : (__int128)other - stated;
        break;
    case GB_MUST_BE_RATIO: ask_ratio(q, k, s, i); return;
    case GB_MUST_ADD_UP:
        if (!others_sum(q, k, s->region_i, s->period[i], &other))
            return;
        over = stated > other ? (__int128)stated - other : (__int128)other - stated;
        break;
    case GB_MUST_NOT_EXCEED:
        if (!others_sum(q, k, s->region_i, s->period[i], &other))
            return;
        over = (__int128)stated - other;
        break;
    case GB_MUST_NOT_FALL: {
        int64_t before = i - 1;
        while (before >= 0 && (s->delivery[before] == 0 || !gb_counts(s, before)))
            before--;
        if (before < 0 || gb_period_year(ind->freq, s->period[before]) != gb_period_year(ind->freq, s->period[i]))
            return;
        other = s->value[before];
        over = (__int128)other - stated;
        n = 0;
        break;
    }
    case GB_N_CONSISTENCY: return;
    }
    compared(q, s, i, other, within(k, ind, over, n));
}

static void ask_rule(struct asking *q, const struct gb_consistency *k)
{
    for (int part = 0; part < q->ev->n_parts; part++) {
        size_t lo, hi;
        gb_series_range(q->ev->cube, part, k->indicator_i, &lo, &hi);
        for (size_t x = lo; x < hi; x++) {
            const struct gb_series *s = &q->ev->cube->series[x];
            for (int64_t i = (int64_t)s->n - 1; i >= 0; i--) {
                if (asked(q, s, i))
                    ask(q, k, s, i);
                else if (gb_date_to_days(gb_period_end(q->c->indicator[k->indicator_i].freq, s->period[i],
                                                       q->c->indicator[k->indicator_i].calendar)) <=
                         gb_date_to_days(q->ev->date) - WINDOW_DAYS)
                    break;
            }
        }
    }
}

struct sortable {
    int32_t end;
    struct gb_inconsistency x;
};

static int newest_first(const void *pa, const void *pb)
{
    const struct sortable *a = pa, *b = pb;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    if (a->x.rule_i != b->x.rule_i)
        return a->x.rule_i - b->x.rule_i;
    if (a->x.region_i != b->x.region_i)
        return a->x.region_i - b->x.region_i;
    return (a->x.period < b->x.period) - (a->x.period > b->x.period); /* hours of one day */
}

static void in_order(struct asking *q, struct gb_arena *a)
{
    size_t n = q->f->n;
    struct sortable *s = GB_NEW_N(a, n ? n : 1, struct sortable);
    for (size_t i = 0; i < n; i++) {
        const struct gb_indicator *ind = &q->c->indicator[q->c->consistency[q->v[i].rule_i].indicator_i];
        s[i] = (struct sortable){ gb_date_to_days(gb_period_end(ind->freq, q->v[i].period, ind->calendar)), q->v[i] };
    }
    if (n > 1)
        qsort(s, n, sizeof *s, newest_first);
    q->f->v = GB_NEW_N(a, n ? n : 1, struct gb_inconsistency);
    for (size_t i = 0; i < n; i++)
        q->f->v[i] = s[i].x;
}

struct gb_consistency_found gb_consistency_of(const struct gb_evaluation *ev, struct gb_arena *a)
{
    const struct gb_catalogue *c = ev->catalogue;
    size_t n = c->n_consistency > 0 ? (size_t)c->n_consistency : 1;
    size_t places = (size_t)gb_n_region_keys(c) + 1;
    struct gb_consistency_found f = { .compared = GB_NEW_N(a, n, uint32_t),
                                      .broken = GB_NEW_N(a, n, uint32_t),
                                      .compared_at = GB_NEW_N(a, places, uint32_t),
                                      .broken_at = GB_NEW_N(a, places, uint32_t),
                                      .compared_on = GB_NEW_N(a, GB_CONSISTENCY_DAYS, uint32_t),
                                      .broken_on = GB_NEW_N(a, GB_CONSISTENCY_DAYS, uint32_t) };
    struct asking q = { .ev = ev, .c = c, .f = &f };
    for (q.rule_i = 0; q.rule_i < c->n_consistency; q.rule_i++) {
        ask_rule(&q, &c->consistency[q.rule_i]);
        f.n_rules += f.compared[q.rule_i] > 0;
    }
    in_order(&q, a);
    free(q.v);
    return f;
}
