/* unusual.c — a commune's value against the past of its own place; the rule stands at enum gb_unusual in evaluation.h. */
#include "evaluation/breaks.h"
#include "evaluation/eval_int.h"
#include "evaluation/robust.h"

const char *gb_unusual_vi(enum gb_unusual u)
{
    return u == GB_UNUSUAL_HIGH ? "cao khác thường" : u == GB_UNUSUAL_LOW ? "thấp khác thường" : "";
}

const char *gb_unusual_word(enum gb_unusual u)
{
    switch (u) {
    case GB_USUAL_UNKNOWN: return "unknown";
    case GB_USUAL: return "none";
    case GB_UNUSUAL_HIGH: return "high";
    case GB_UNUSUAL_LOW: return "low";
    }
    gb_bug("unusual");
}

/* Values `step` periods apart, going back from the period before the latest to `from`, the last break; at most `most`. @return how many */
static int past(const struct gb_series *s, int64_t latest, int32_t from, int32_t step, int most, int64_t *out)
{
    int n = 0;
    for (int64_t i = latest - 1; i >= 0 && s->period[i] >= from && n < most && (s->period[latest] - s->period[i]) / step <= most;
         i--)
        if (gb_counts(s, i) && (s->period[latest] - s->period[i]) % step == 0)
            out[n++] = s->value[i];
    return n;
}

static int comparable(const struct gb_catalogue *c, const struct gb_series *s, int64_t latest, int64_t *out)
{
    enum {
        WEEKDAYS = 26,
        WEEKDAYS_MIN = 8,
        SAME_MONTHS = 20,
        SAME_MONTHS_MIN = 5,
        MONTHS = 24,
        WEEKS = 52,
        MIN = 12,
        LONG = 16,
        LONG_MIN = 8
    };
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    const int32_t from = gb_break_start(c, s->indicator_i, s->region_i, s->period[latest], NULL);
    const bool cumulative = ind->flow == GB_FLOW_CUMULATIVE;
    int n = 0;
    if (ind->freq == GB_FREQ_HOUR || (cumulative && ind->freq != GB_FREQ_MONTH))
        return 0;
    if (ind->freq == GB_FREQ_DAY)
        return (n = past(s, latest, from, 7, WEEKDAYS, out)) >= WEEKDAYS_MIN ? n : 0;
    if (ind->freq == GB_FREQ_WEEK)
        return (n = past(s, latest, from, 1, WEEKS, out)) >= MIN ? n : 0;
    if (ind->freq != GB_FREQ_MONTH)
        return (n = past(s, latest, from, 1, LONG, out)) >= LONG_MIN ? n : 0;
    n = past(s, latest, from, 12, SAME_MONTHS, out);
    if (n >= SAME_MONTHS_MIN || cumulative)
        return n >= SAME_MONTHS_MIN ? n : 0;
    return (n = past(s, latest, from, 1, MONTHS, out)) >= MIN ? n : 0;
}

/* mid +- 3 robust standard deviations, kept within int64. */
static int64_t limit_of(int64_t mid, uint64_t mad, bool high)
{
    __int128 way = ((__int128)mad * 14826 * 3 + 5000) / 10000, at = high ? mid + way : mid - way;
    return at > INT64_MAX ? INT64_MAX : at <= INT64_MIN ? INT64_MIN + 1 : (int64_t)at;
}

void gb_eval_unusual(struct gb_eval *v, const struct gb_evaluation *ev, const struct gb_series *s)
{
    const struct gb_catalogue *c = ev->catalogue;
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    int64_t before[GB_ROBUST_MAX];
    if (c->region[s->region_i].level != GB_AT_COMMUNE || ind->agg != GB_AGG_SUM || ind->direction == GB_NEUTRAL || v->overdue)
        return;
    if (gb_date_to_days(gb_period_end(ind->freq, v->period, ind->calendar)) > gb_date_to_days(ev->date))
        return; /* half a month is always less than a month */
    int n = comparable(c, s, v->latest_i, before);
    if (!n)
        return;
    v->usual = gb_median(before, n);
    uint64_t mad = gb_mad(before, n, v->usual);
    bool high = ind->direction == GB_DOWN_GOOD || (ind->direction == GB_BAND && v->value >= v->usual);
    v->usual_limit = limit_of(v->usual, mad, high);
    bool out = gb_far_out(v->value, v->usual, mad, 3) && (high ? v->value > v->usual : v->value < v->usual);
    v->unusual = !out ? GB_USUAL : high ? GB_UNUSUAL_HIGH : GB_UNUSUAL_LOW;
}
