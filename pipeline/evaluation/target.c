/* Attainment of the year's target, and the share of it that should have been reached by now.
 *
 * Pace runs to the end of the latest period, not to the date: the figure tells of that day, and the days it is late are `age`.
 * By profile: a season whose factors are weights of the months gives their running sum over the year's sum; `invcum` is
 * cumulative already and gives the month's factor over December's (DOMAIN.md section 0). Within a month both are linear by days.
 * Months and the year are those of the indicator's calendar: the plan of an administrative year runs from 15/12 to 14/12.
 * Without a profile, or with `none`: days of the year gone / days of the year (econ.budget_revenue_pct: "compare with 100 % x
 * elapsed share of the year"). All in integers: one division at the end.
 */
#include "evaluation/eval_int.h"

static const char SEASON_CUMULATIVE[] = "invcum";
static const char SEASON_FLAT[] = "none";

int64_t gb_threshold_factor(const struct gb_catalogue *c, const struct gb_indicator *ind, int32_t period)
{
    if (!gb_streq(ind->season, SEASON_CUMULATIVE))
        return GB_FACTOR_ONE;
    const struct gb_season *season = gb_season_find(c, SEASON_CUMULATIVE);
    return season ? season->month[gb_period_end(ind->freq, period, ind->calendar).month - 1] : GB_FACTOR_ONE;
}

/* A day within its year and month of a calendar. */
struct place {
    int month;      /* 0 to 11 */
    int day, days;  /* of the month, from 1 */
    int yday, yall; /* of the year, from 1 */
};

/* Where day d stands in year `year`, held to its first and last day (ISO weeks reach over either end). */
static struct place place_in(int year, struct gb_date d, enum gb_calendar cal)
{
    struct gb_date first = gb_period_start(GB_FREQ_YEAR, year, cal), last = gb_period_end(GB_FREQ_YEAR, year, cal);
    d = gb_date_cmp(d, first) < 0 ? first : gb_date_cmp(d, last) > 0 ? last : d;
    int32_t day = gb_date_to_days(d), month = gb_period_of(GB_FREQ_MONTH, d, cal);
    return (struct place){ .month = month - year * 12,
                           .day = day - gb_date_to_days(gb_period_start(GB_FREQ_MONTH, month, cal)) + 1,
                           .days = gb_period_days(GB_FREQ_MONTH, month, cal),
                           .yday = day - gb_date_to_days(first) + 1,
                           .yall = gb_period_days(GB_FREQ_YEAR, year, cal) };
}

static void by_weights(const struct gb_season *season, struct place at, __int128 *num, __int128 *den)
{
    __int128 before = 0, all = 0;
    for (int m = 0; m < 12; m++) {
        all += season->month[m];
        before += m < at.month ? season->month[m] : 0;
    }
    *num = before * at.days + (__int128)season->month[at.month] * at.day;
    *den = all * at.days;
}

static void by_cumulative(const struct gb_season *season, struct place at, __int128 *num, __int128 *den)
{
    __int128 before = at.month > 0 ? season->month[at.month - 1] : 0, now = season->month[at.month];
    *num = before * at.days + (now - before) * at.day;
    *den = (__int128)season->month[11] * at.days;
}

bool gb_pace_pct(const struct gb_catalogue *c, const struct gb_indicator *ind, int32_t period, struct gb_date by, int64_t *out)
{
    int year = gb_period_year(ind->freq, period);
    struct gb_date d = gb_period_end(ind->freq, period, ind->calendar);
    if (gb_date_cmp(by, d) < 0)
        d = by;
    struct place at = place_in(year, d, ind->calendar);
    const struct gb_season *season = ind->season && !gb_streq(ind->season, SEASON_FLAT) ? gb_season_find(c, ind->season) : NULL;
    __int128 num, den;
    if (!season)
        num = at.yday, den = at.yall;
    else if (gb_streq(season->code, SEASON_CUMULATIVE))
        by_cumulative(season, at, &num, &den);
    else
        by_weights(season, at, &num, &den);
    return den > 0 && gb_dec_ratio_once(num, 0, den, 0, true, GB_PCT_SCALE, GB_PCT_SHOWN, out);
}

static const struct gb_target *find_target(const struct gb_evaluation *ev, const struct gb_series *s, int year)
{
    for (int t = ev->tables->target_head[s->indicator_i]; t >= 0; t = ev->tables->target_next[t]) {
        const struct gb_target *target = &ev->catalogue->target[t];
        if (target->region_i == s->region_i && target->year == year)
            return target;
    }
    return NULL;
}

void gb_eval_target(struct gb_eval *v, const struct gb_evaluation *ev, const struct gb_series *s)
{
    const struct gb_indicator *ind = &ev->catalogue->indicator[s->indicator_i];
    int year = gb_period_year(ind->freq, v->period);
    const struct gb_target *target = find_target(ev, s, year);
    if (!target)
        return;
    bool flow = ind->flow == GB_FLOW_FLOW;
    v->target = v->target_year = target->value;
    v->has_target =
        !flow || !__builtin_mul_overflow(target->value, (int64_t)gb_periods_in_year(ind->freq, year), &v->target_year);
    if (!v->has_target) {
        v->target = v->target_year = 0;
        return;
    }
    v->target_confirmed = target->confirmed;
    int64_t actual = flow ? v->ytd : v->value;
    if (v->target_year > 0 && (!flow || v->ytd_complete))
        v->attain_ok = gb_dec_ratio_once(actual, ind->scale, v->target_year, ind->scale, true, GB_PCT_SCALE, GB_PCT_SHOWN,
                                         &v->attainment_pct);
    if (flow || ind->flow == GB_FLOW_CUMULATIVE)
        v->pace_ok = gb_pace_pct(ev->catalogue, ind, v->period, ev->date, &v->pace_pct);
    if (v->attain_ok && v->pace_ok && !gb_dec_sub(v->pace_pct, v->attainment_pct, &v->behind_pct))
        v->pace_ok = false;
}
