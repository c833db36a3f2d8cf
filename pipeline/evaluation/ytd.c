/* Year to date. Walks back from the latest observation to the first period of its year; the counterparts of last year descend
 * with it, so a second cursor follows and nothing is searched. Like is compared with like: a month that has no value this year
 * is not asked of last year either. A sum over a break of the series would be of two kinds: it begins after it.
 */
#include "evaluation/breaks.h"
#include "evaluation/eval_int.h"

/* Move *at down to the observation of `period`. @return true if it is there and counts. */
static bool seek_down(const struct gb_series *s, int64_t *at, int32_t period)
{
    while (*at >= 0 && s->period[*at] > period)
        --*at;
    return *at >= 0 && s->period[*at] == period && gb_counts(s, *at);
}

/* Add last year's figure of one period to the base: its own, or over a bridge. @return false if it has none, or none of this kind. */
static bool add_base(const struct gb_evaluation *ev, const struct gb_series *s, int64_t *at, int32_t counterpart, int32_t p,
                     int64_t *base, const struct gb_break **over, bool broken)
{
    const struct gb_break *b = broken ? gb_break_between(ev->catalogue, s->indicator_i, s->region_i, counterpart, p) : NULL;
    int64_t old;
    bool there = seek_down(s, at, counterpart);
    if (!b)
        return there && gb_dec_add(*base, s->value[*at], base);
    if (there || gb_bridge_any(ev->cube, s->part, s->indicator_i, s->region_i, counterpart, b))
        *over = b;
    if (!gb_bridge_value(ev->cube, s->part, s->indicator_i, s->region_i, counterpart, b, &old))
        return false;
    *over = b;
    return gb_dec_add(*base, old, base);
}

static void flow_ytd(struct gb_eval *v, const struct gb_evaluation *ev, const struct gb_series *s)
{
    const struct gb_catalogue *c = ev->catalogue;
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    int32_t first = gb_period_year_first(ind->freq, v->period);
    int64_t sum = 0, base = 0, last_year = v->latest_i;
    int n_base = 0;
    const struct gb_break *over = NULL;
    int32_t year_before = gb_period_year_before(ind->freq, first);
    bool ok = true, base_ok = true,
         broken = c->locality.n_breaks && gb_break_between(c, s->indicator_i, s->region_i, year_before, v->period); /* seldom */
    for (int64_t i = v->latest_i; i >= 0 && s->period[i] >= first; i--) {
        if (broken && gb_break_between(c, s->indicator_i, s->region_i, s->period[i], v->period))
            break;
        if (!gb_counts(s, i))
            continue;
        ok = ok && gb_dec_add(sum, s->value[i], &sum);
        v->n_ytd++;
        int32_t counterpart = gb_period_year_before(ind->freq, s->period[i]);
        if (counterpart == GB_PERIOD_NONE)
            continue;
        base_ok = base_ok && add_base(ev, s, &last_year, counterpart, s->period[i], &base, &over, broken);
        n_base++;
    }
    v->ytd_ok = ok;
    v->ytd = ok ? sum : 0;
    v->ytd_complete = ok && v->n_ytd == v->period - first + 1;
    if ((s->flags & GB_SERIES_MASKED) && !v->ytd_complete)
        v->ytd_ok = false; /* a sum of what is shown would be taken for the sum */
    v->ytd_year_before = (struct gb_change){ .period = gb_period_year_before(ind->freq, v->period) };
    if (ok && base_ok && n_base > 0)
        v->ytd_year_before = gb_change_of(sum, base, v->ytd_year_before.period);
    v->ytd_year_before.over = over;
}

void gb_eval_ytd(struct gb_eval *v, const struct gb_evaluation *ev, const struct gb_series *s)
{
    enum gb_flow flow = ev->catalogue->indicator[s->indicator_i].flow;
    if (flow == GB_FLOW_FLOW) {
        flow_ytd(v, ev, s);
    } else if (flow == GB_FLOW_CUMULATIVE) {
        v->ytd_ok = v->ytd_complete = true;
        v->n_ytd = 1;
        v->ytd = v->value;
        v->ytd_year_before = v->year_before;
    }
}
