/* evaluation/contribution.h — what each commune, or each component, brought into the change of a province's figure.
 *
 * change = figure of the latest period - figure of the base period = sum of all parts + remainder, exactly, at `scale`.
 *   sum                     part = the commune's own difference
 *   mean, weighted mean,    the figure is R = N / D with N and D sums over communes (of a mean: N = values, D = how many; weighted: N =
 *   ratio                   value x weight, D = weight). By Bennet (The Theory of Measurement of Changes in Cost of Living, Journal of
 *                           the Royal Statistical Society 83, 1920): dR = (dN - R' dD) / D' with R' = (R0 + R1) / 2, D' = (D0 + D1) / 2,
 *                           an identity, so that part_i = (dN_i - R' dD_i) / D' adds up; dN_i / D' is the effect of the numerator,
 *                           -R' dD_i / D' that of the denominator
 *   max, min, last, none    not decomposable
 * By component: of a ratio the effects of numerator and denominator; of a weighted mean the effect of the values inside the communes and
 * that of their weights (shares a = w / W: sum a' dv and sum v' da, the same identity). Communes that lack a term in one of the two periods
 * are in the remainder, and so is what a delivered figure of the province differs from its communes. Rounded once, half away from zero, by
 * running sums: the rounded parts add up to the rounded whole.
 */
#ifndef GB_EVALUATION_CONTRIBUTION_H
#define GB_EVALUATION_CONTRIBUTION_H
#include "evaluation/evaluation.h"

enum gb_contribution_base { GB_FROM_PREVIOUS, GB_FROM_YEAR_BEFORE };
enum gb_contribution_why {
    GB_CONTRIB_OK,
    GB_CONTRIB_NO_CHANGE,  /* no figure, no base, or a break between */
    GB_CONTRIB_NOT_PARTS,  /* this aggregation is not made of parts */
    GB_CONTRIB_NO_COMMUNES /* no commune has both figures (or this process may not see them) */
};
struct gb_contribution {
    int region_i;             /* -1: a component */
    int64_t now, base;        /* the commune's own figure, at the indicator's scale; GB_VALUE_MISSING if it has none (a ratio by terms) */
    int64_t part;             /* at gb_contributions.scale */
    char now_status, base_status; /* of these figures, 0 if there is none */
};
struct gb_contributions {
    enum gb_contribution_why why;
    int32_t period, base_period;
    int scale;                /* of change, parts and remainder: the indicator's, for sums; 3 more digits at most, for the others */
    int64_t change, remainder;
    struct gb_contribution *v; /* by size of the part, the greatest first, ties by region; arena */
    size_t n;
    int n_without;            /* communes that have a value in one of the two periods only */
    int64_t numerator, denominator; /* of ratios, means: the two effects, or values and weights of a weighted mean; they add up to the sum of
                                 parts, give or take one last digit, which is with the denominator */
};
void gb_contributions_of(const struct gb_evaluation *ev, int indicator_i, enum gb_contribution_base from, struct gb_arena *a,
                         struct gb_contributions *out);
#endif
