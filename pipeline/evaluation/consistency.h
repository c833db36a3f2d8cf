/* evaluation/consistency.h — figures that cannot all be true: the rules of consistency.csv, asked of a year of figures (DOMAIN.md f).
 *
 * A pure function of (cube, catalogue, date). Asked are the periods that begin within the 366 days up to the date. The first figure must have
 * been delivered (what we derive follows from its parts and would prove nothing); every figure it is compared with must be there, else
 * nothing is said. A break is a question to the agencies, not a charge.
 *
 *   communes-sum  value of the root = sum of its communes, when each commune that exists in the period and ever reported has a value
 *   ratio         value = numerator / denominator as the roll-up takes them (evaluation/rollup.h); a denominator of 0 says nothing, nor do sums
 *                 that lack a member
 *   parts-whole   value = sum of the others, same region and period
 *   at-most       value <= sum of the others, same region and period
 *   never-falls   value >= the value before it in the same year (of the indicator's calendar)
 *
 * Allowed is the rule's tolerance; without one, what rounding explains: half a published unit for each figure that takes part, nothing for
 * counts (unit in braces, no decimals). For a ratio the two ends of (numerator and denominator, each with its half unit) are formed exactly.
 * The sums must fit 64 bits, else nothing is said.
 */
#ifndef GB_EVALUATION_CONSISTENCY_H
#define GB_EVALUATION_CONSISTENCY_H
#include "evaluation/evaluation.h"

/* Comparisons are also counted by the day on which the figure that is asked was first told (gb_series_known), so many days back. */
#define GB_CONSISTENCY_DAYS 92
struct gb_inconsistency {
    int rule_i, region_i; /* rule of the catalogue */
    int32_t period;       /* of the rule's indicator */
    int64_t stated, other; /* delivered; what follows from the others (at-most: the most it could be; never-falls: the value before). Both at the
                              indicator's scale */
};
struct gb_consistency_found {
    struct gb_inconsistency *v; size_t n;  /* newest period first (by its last day), then by rule and region */
    uint32_t *compared, *broken;           /* per rule of the catalogue */
    uint32_t *compared_at, *broken_at;     /* per region */
    uint32_t *compared_on, *broken_on;     /* GB_CONSISTENCY_DAYS, by days before the date */
    uint64_t n_compared;
    int n_rules;                           /* that could be asked at all */
};
/** Arrays live in the arena. */
struct gb_consistency_found gb_consistency_of(const struct gb_evaluation *ev, struct gb_arena *a);
/** The question in words, without names and figures: "không bằng tổng số của các xã, phường". */
const char *gb_consistency_vi(enum gb_consistency_kind k);
#endif
