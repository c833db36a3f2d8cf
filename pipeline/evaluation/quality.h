/* evaluation/quality.h — who owes what: completeness by agency, and the list of gaps.
 *
 * Counted are the indicators that this process may see, but for those that giaoban computes itself (nobody owes them); an indicator with two owners is due from both.
 * Its newest period is the newest counting value of any of its series, up to the date; derived values do not count as delivered,
 * but for ratios: who delivered numerator and denominator owes nothing more.
 */
#ifndef GB_EVALUATION_QUALITY_H
#define GB_EVALUATION_QUALITY_H
#include "evaluation/evaluation.h"

struct gb_gap {
    int indicator_i;
    bool missing;              /* no value at all; then period = GB_PERIOD_NONE, age_days = -1 */
    int32_t period, age_days;
};
struct gb_agency_quality {
    int agency_i;
    int n_due, n_with_data, n_overdue, n_missing; /* due = with_data + missing; overdue is among with_data */
    bool pct_ok;                                  /* false when nothing is due */
    int64_t ontime_pct;                         /* 100 * (with_data - overdue) / due at GB_PCT_SCALE */
    struct gb_date newest_as_of;                  /* of its deliveries in the cube; {0} if none */
    int64_t newest_delivered_utc;                 /* 0 if none or no side file said it */
};
struct gb_quality {
    struct gb_agency_quality *agency; int n_agencies; /* catalogue order, all agencies */
    struct gb_gap *gap; size_t n_gaps;                /* missing first (catalogue order), then overdue by age in periods, oldest first */
    struct gb_agency_quality all;                     /* agency_i = -1: each indicator once, also those without owner */
    const struct gb_cube_conflict *conflict; size_t n_conflicts; /* the cube's: by agency, as_of, seq, indicator; only leadership has any */
};
/** Arrays live in the arena. */
struct gb_quality gb_quality(const struct gb_evaluation *ev, struct gb_arena *a);
#endif
