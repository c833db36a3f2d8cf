/* progress.c — see progress.h. */
#include "evaluation/progress.h"

static const int64_t WHOLE = 100 * INT64_C(1000000); /* 100% at GB_PCT_SCALE */

/* |value - target| in percent of |target|; what does not fit is as far off as can be told. */
static int64_t distance(const struct gb_indicator *ind, int64_t value, int64_t target)
{
    int64_t pct;
    __int128 off = (__int128)value - target, of = target;
    if (target == 0)
        return WHOLE;
    if (!gb_dec_ratio_once(off < 0 ? -off : off, ind->scale, of < 0 ? -of : of, ind->scale, true, GB_PCT_SCALE, GB_PCT_SHOWN,
                           &pct))
        return INT64_MAX;
    return pct > 0 ? pct : 1; /* off by less than can be shown is still off */
}

/* Cumulative figures and complete flows have a share due; without it the latest value stands against the target of its period. */
static bool has_share(const struct gb_eval *e)
{
    return e->attain_ok && e->pace_ok;
}

/* The lower limit that goes with a target of a band: of the allowed ranges, which widen from step to step, the first that reaches up to the
 * target; the widest when none does. false without any. */
static bool least_of_band(const struct gb_indicator *ind, int64_t target, int64_t *least)
{
    bool any = false;
    for (int k = 0; ind->has_steps && k < GB_N_STEPS; k++) {
        if (!ind->step[k].set)
            continue;
        *least = ind->step[k].lo;
        any = true;
        if (target <= ind->step[k].hi)
            break;
    }
    return any && *least < target;
}

/* The limit of the target that a value has broken, in *limit. */
static bool is_missed(const struct gb_indicator *ind, int64_t value, int64_t target, int64_t *limit)
{
    *limit = target;
    if (ind->direction == GB_UP_GOOD)
        return value < target;
    return value > target || (ind->direction == GB_BAND && least_of_band(ind, target, limit) && value < *limit);
}

enum gb_progress gb_progress_of(const struct gb_indicator *ind, const struct gb_eval *e, int64_t *gap_pct)
{
    int64_t gap = 0, limit;
    enum gb_progress p = GB_PROGRESS_MET;
    if (!e || !e->has_target || e->latest_i < 0 || ind->direction == GB_NEUTRAL)
        return GB_PROGRESS_NONE;
    bool more_is_better = ind->direction == GB_UP_GOOD;
    if (has_share(e) && ind->direction != GB_BAND) {
        gap = more_is_better ? e->behind_pct : -e->behind_pct;
        if (gap > 0)
            p = GB_PROGRESS_BEHIND;
    } else if (is_missed(ind, e->value, e->target, &limit)) {
        gap = distance(ind, e->value, limit);
        p = GB_PROGRESS_MISSED;
    }
    if (gap_pct)
        *gap_pct = p == GB_PROGRESS_MET ? 0 : gap;
    return p;
}

const char *gb_attainment_method(const struct gb_indicator *ind, const struct gb_eval *e, int64_t *actual)
{
    if (!e->attain_ok)
        return NULL;
    if (actual)
        *actual = ind->flow == GB_FLOW_FLOW ? e->ytd : e->value;
    return ind->flow == GB_FLOW_FLOW ? "ytd" : ind->flow == GB_FLOW_CUMULATIVE ? "cumulative" : "level";
}
