/* Attainment of the year's target, and the share of it that should have been reached by now.
 *
 * Pace runs to the end of the latest period, not to the date: the figure tells of that day, and the days it is late are `age`.
 * By profile: a season whose factors are weights of the months gives their running sum over the year's sum; `invcum` is
 * cumulative already and gives the month's factor over December's (DOMAIN.md section 0). Within a month both are linear by days.
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
    return season ? season->month[gb_period_end(ind->freq, period).month - 1] : GB_FACTOR_ONE;
}

/* Share of the year gone by the end of day d of year `year`, as a fraction. */
static void elapsed(struct gb_date d, __int128 *num, __int128 *den)
{
    struct gb_date first = { .year = d.year, .month = 1, .day = 1 }, last = { .year = d.year, .month = 12, .day = 31 };
    *num = gb_date_to_days(d) - gb_date_to_days(first) + 1;
    *den = gb_date_to_days(last) - gb_date_to_days(first) + 1;
}

static void by_weights(const struct gb_season *season, struct gb_date d, __int128 *num, __int128 *den)
{
    int days = gb_days_in_month(d.year, d.month);
    __int128 before = 0, all = 0;
    for (int m = 0; m < 12; m++) {
        all += season->month[m];
        before += m < d.month - 1 ? season->month[m] : 0;
    }
    *num = before * days + (__int128)season->month[d.month - 1] * d.day;
    *den = all * days;
}

static void by_cumulative(const struct gb_season *season, struct gb_date d, __int128 *num, __int128 *den)
{
    int days = gb_days_in_month(d.year, d.month);
    __int128 before = d.month > 1 ? season->month[d.month - 2] : 0, now = season->month[d.month - 1];
    *num = before * days + (now - before) * d.day;
    *den = (__int128)season->month[11] * days;
}

bool gb_pace_pct(const struct gb_catalogue *c, const struct gb_indicator *ind, int32_t period, struct gb_date by, int64_t *out)
{
    int year = gb_period_year(ind->freq, period);
    struct gb_date d = gb_period_end(ind->freq, period);
    if (gb_date_cmp(by, d) < 0)
        d = by;
    if (d.year != year) /* ISO weeks at either end of a year */
        d = d.year < year ? (struct gb_date){ .year = (int16_t)year, .month = 1, .day = 1 }
                          : (struct gb_date){ .year = (int16_t)year, .month = 12, .day = 31 };
    const struct gb_season *season = ind->season && !gb_streq(ind->season, SEASON_FLAT) ? gb_season_find(c, ind->season) : NULL;
    __int128 num, den;
    if (!season)
        elapsed(d, &num, &den);
    else if (gb_streq(season->code, SEASON_CUMULATIVE))
        by_cumulative(season, d, &num, &den);
    else
        by_weights(season, d, &num, &den);
    return den > 0 && gb_dec_ratio(num, 0, den, 0, true, GB_PCT_SCALE, out);
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
    int64_t actual = flow ? v->ytd : v->value;
    if (v->target_year > 0 && (!flow || v->ytd_complete))
        v->attain_ok = gb_dec_ratio(actual, ind->scale, v->target_year, ind->scale, true, GB_PCT_SCALE, &v->attainment_pct);
    if (flow || ind->flow == GB_FLOW_CUMULATIVE)
        v->pace_ok = gb_pace_pct(ev->catalogue, ind, v->period, ev->date, &v->pace_pct);
    if (v->attain_ok && v->pace_ok && !gb_dec_sub(v->pace_pct, v->attainment_pct, &v->behind_pct))
        v->pace_ok = false;
}
