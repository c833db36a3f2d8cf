/* evaluation/progress.h — how a series stands to its target of the year, in one word and one figure to sort by.
 *
 * What adds up over the year (flows, cumulative figures) is compared with the share of the target due by now: behind, or, where less is
 * better, above that share. Everything else is compared with the target itself. Less is better: the target is the most that may be. In a
 * band it is the upper limit, and the lower one is that of the first allowed range (warn_thresholds) that reaches the target: prices that
 * fall meet no target either (a proposal; targets.csv knows one number). An indicator that is not judged (neutral) neither meets nor misses.
 */
#ifndef GB_EVALUATION_PROGRESS_H
#define GB_EVALUATION_PROGRESS_H
#include "evaluation/evaluation.h"

enum gb_progress { GB_PROGRESS_NONE, /* no target, no value, not judged */
    GB_PROGRESS_MET, GB_PROGRESS_MISSED, /* against the target itself */
    GB_PROGRESS_BEHIND                   /* against the share due by now */
};
/** @param gap_pct out, may be NULL: for MISSED and BEHIND how far off, in percent of the target (points for BEHIND), > 0, at
 * GB_PCT_SCALE; a missed target of zero counts as 100. */
enum gb_progress gb_progress_of(const struct gb_indicator *ind, const struct gb_eval *e, int64_t *gap_pct);
/** What the attainment of the year's target was counted from: "ytd" (the sum of the year's flows), "cumulative" or "level" (the latest value
 * itself), over gb_eval.target_year. @param actual out, may be NULL: that figure at the indicator's scale. NULL without an attainment. */
const char *gb_attainment_method(const struct gb_indicator *ind, const struct gb_eval *e, int64_t *actual);
#endif
