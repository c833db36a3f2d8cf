/* The three comparisons of the latest value, and what they share.
 *
 * Differences are exact at the indicator's scale; the percent is of |base|, at six decimals, by base/decimal. A base of zero has
 * a difference and no percent. The period sought is kept even when it has no value, so that a report can say which one is
 * missing.
 */
#include "evaluation/breaks.h"
#include "evaluation/eval_int.h"

int64_t gb_last_counting(const struct gb_series *s, int32_t period)
{
    int64_t i = gb_series_last(s, period);
    while (i >= 0 && !gb_counts(s, i))
        i--;
    return i;
}

struct gb_change gb_change_of(int64_t now, int64_t base, int32_t period)
{
    struct gb_change c = { .base = base, .base_negative = base < 0, .period = period };
    c.ok = gb_dec_sub(now, base, &c.diff);
    c.pct_ok = c.ok && gb_dec_pct_change(now, base, &c.pct);
    if (!c.pct_ok)
        c.pct = 0;
    return c;
}

struct gb_change gb_change_to(const struct gb_evaluation *ev, const struct gb_eval *v, const struct gb_series *s, int64_t i,
                              int32_t period)
{
    const struct gb_break *over = period == GB_PERIOD_NONE || ev->catalogue->locality.n_breaks == 0
                                      ? NULL
                                      : gb_break_between(ev->catalogue, s->indicator_i, s->region_i, period, v->period);
    int64_t base;
    bool there = i >= 0 && gb_counts(s, i);
    if (!over)
        return there ? gb_change_of(v->value, s->value[i], period) : (struct gb_change){ .period = period };
    if (!gb_bridge_value(ev->cube, s->part, s->indicator_i, s->region_i, period, over, &base)) {
        bool refused = there || over->starts || gb_bridge_any(ev->cube, s->part, s->indicator_i, s->region_i, period, over);
        return (struct gb_change){ .period = period, .over = refused ? over : NULL };
    }
    struct gb_change c = gb_change_of(v->value, base, period);
    c.over = over;
    return c;
}

void gb_eval_compare(struct gb_eval *v, const struct gb_evaluation *ev, const struct gb_series *s)
{
    const struct gb_indicator *ind = &ev->catalogue->indicator[s->indicator_i];
    int64_t i = v->latest_i;
    int32_t before = v->period - 1, year_before = gb_period_year_before(ind->freq, v->period);
    v->prev = gb_change_to(ev, v, s, i > 0 && s->period[i - 1] == before ? i - 1 : -1, before);
    int64_t available = i - 1;
    while (available >= 0 && !gb_counts(s, available))
        available--;
    v->prev_available = gb_change_to(ev, v, s, available, available >= 0 ? s->period[available] : GB_PERIOD_NONE);
    v->year_before = gb_change_to(ev, v, s, year_before == GB_PERIOD_NONE ? -1 : gb_series_at(s, year_before), year_before);
}
