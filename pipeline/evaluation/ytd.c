/* Year to date. Walks back from the latest observation to the first period of its year; the counterparts of last year descend
 * with it, so a second cursor follows and nothing is searched. Like is compared with like: a month that has no value this year
 * is not asked of last year either.
 */
#include "evaluation/eval_int.h"

/* Move *at down to the observation of `period`. @return true if it is there and counts. */
static bool seek_down(const struct gb_series *s, int64_t *at, int32_t period)
{
    while (*at >= 0 && s->period[*at] > period)
        --*at;
    return *at >= 0 && s->period[*at] == period && gb_counts(s, *at);
}

static void flow_ytd(struct gb_eval *v, const struct gb_indicator *ind, const struct gb_series *s)
{
    int32_t first = gb_period_year_first(ind->freq, v->period);
    int64_t sum = 0, base = 0, last_year = v->latest_i;
    int n_base = 0;
    bool ok = true, base_ok = true;
    for (int64_t i = v->latest_i; i >= 0 && s->period[i] >= first; i--) {
        if (!gb_counts(s, i))
            continue;
        ok = ok && gb_dec_add(sum, s->value[i], &sum);
        v->n_ytd++;
        int32_t counterpart = gb_period_year_before(ind->freq, s->period[i]);
        if (counterpart == GB_PERIOD_NONE)
            continue;
        base_ok = base_ok && seek_down(s, &last_year, counterpart) && gb_dec_add(base, s->value[last_year], &base);
        n_base++;
    }
    v->ytd_ok = ok;
    v->ytd = ok ? sum : 0;
    v->ytd_complete = ok && v->n_ytd == v->period - first + 1;
    v->ytd_year_before = (struct gb_change){ .period = gb_period_year_before(ind->freq, v->period) };
    if (ok && base_ok && n_base > 0)
        v->ytd_year_before = gb_change_of(sum, base, v->ytd_year_before.period);
}

void gb_eval_ytd(struct gb_eval *v, const struct gb_indicator *ind, const struct gb_series *s)
{
    if (ind->flow == GB_FLOW_FLOW) {
        flow_ytd(v, ind, s);
    } else if (ind->flow == GB_FLOW_CUMULATIVE) {
        v->ytd_ok = v->ytd_complete = true;
        v->n_ytd = 1;
        v->ytd = v->value;
        v->ytd_year_before = v->year_before;
    }
}
