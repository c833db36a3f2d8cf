/* evaluation/rollup.h — exact sums from communes to the province by the indicator's aggregation.
 *
 * Sources are the regions of the indicator's `level` (communes, districts, points) below the locality's root. Derived are the
 * periods in which some source has a value and the root has no observation delivered. A delivered M counts as delivered: the
 * agency said that there is no value, and a sum of communes would contradict it. Deeper trees (country <- region <- province)
 * roll up only to the root.
 *   sum, max, min   exact
 *   mean            sum / count
 *   weighted-mean:W sum(v*w)/sum(w); w = latest value of W for the same source whose period starts no later than the period
 *                   ends; if W is of a finer frequency, only those of its periods that start within the mean's period: a flow's sum, else the
 *                   last of them: a month's mean answers for the month's cases, not for those of its last day or of another month.
 *                   A rarer flow or cumulative W is refused by the catalogue: a quarter's cases are not this month's. A source without weight is left
 *                   out and makes the value incomplete; no value if sum(w) = 0
 *   last            only when a single source ever reported: which of several was last means nothing
 *   ratio:NUM/DEN   root value of NUM / root value of DEN (x 100 for %), never averaged, both delivered or else of the same members:
 *                   sums of those that have both, see evaluation/ratio.h. DEN of the same period, or, if its frequency differs, its
 *                   latest as above; no value if DEN = 0; NUM must have the frequency of the ratio. Incomplete when a source that
 *                   ever reported one of the two terms and is valid in the period does not have both
 *   none            never
 * Indicators that are computed (gb_indicator.computed) have at the root one value a day, of the GB_COMPUTED_DAYS up to cube.date and since the
 * first delivery: what evaluation/daily.h knows of the day; of refused rows only the days on which rows were handed over. Nothing is derived of them without a date.
 * Rounded half away from zero at the stored scale. What does not fit 64 bits is not derived.
 */
#ifndef GB_EVALUATION_ROLLUP_H
#define GB_EVALUATION_ROLLUP_H
#include "cube/cube.h"

#define GB_COMPUTED_DAYS 400 /* a year to compare with, and a month */

/** Derive into `out` (fresh from gb_cube_init), a cube that has `in`'s series plus the derived ones, each in its right part: the
 * part of its indicator at the root's level (gb_indicator_part). Catalogue checks guarantee that inputs are not of a higher
 * class. Nothing is borrowed from `in`. A root series with some delivered and some derived periods is one series with
 * GB_SERIES_DERIVED; its derived observations have delivery 0.
 * Status of a derived value: F if any input is F, else E if any is E, else P if any is not A or the set is incomplete, else A.
 * Complete: every source that ever reported the indicator and is valid in the period (or reports in it all the same) is there. */
GB_MUST_USE enum gb_code gb_rollup(struct gb_cube *out, const struct gb_cube *in, struct gb_err *e);
/** The same in place: *cube becomes the rolled-up cube, its columns are not copied (half the time, half the memory). Borrowed
 * series end here. On error the cube is as it was. */
GB_MUST_USE enum gb_code gb_rollup_take(struct gb_cube *cube, struct gb_err *e);
/** What a region has to bring into a figure of the indicator, by the rules above: of a ratio its numerator and denominator, of a
 * weighted mean its value and weight, else its value alone (den_i = -1). Asked of the root of a rolled-up cube, the two figures that a
 * ratio was formed from, and how: GB_FORMED_NONE when the two it has are not of the same members. (Where the members are of small counts
 * and the process does not see them it cannot tell: the root's own, GB_FORMED_NONE.) GB_VALUE_MISSING where there is none; scales are
 * those of num_i and den_i. */
enum gb_formed {
    GB_FORMED_NONE,      /* not divided; and of any other region than the root, any other aggregation than ratio */
    GB_FORMED_DELIVERED, /* both delivered for the root */
    GB_FORMED_ALL,       /* the root's own figures, one or both rolled up, of the same members */
    GB_FORMED_COMMON     /* sums of the members that have both: they may be less than the root's own figures */
};
struct gb_rollup_terms {
    int num_i, den_i;
    int64_t num, den;
    char num_status, den_status;
    int32_t den_period; /* of a sum: the last one in it */
    bool den_summed;    /* den is a sum over the periods of a finer flow */
    enum gb_formed formed;
    int64_t n_both, n_expected; /* of a root's ratio, unless a total of all was delivered: members with both, and those there should be */
};
struct gb_rollup_terms gb_rollup_terms(const struct gb_cube *cube, int indicator_i, int region_i, int32_t period);
#endif
