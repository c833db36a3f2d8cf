/* evaluation/anomaly.h — figures that a person should look at before they are believed. Marks, never changes.
 *
 * A pure function of (series, indicator, target, date), in exact integers: medians, and the median absolute deviation (MAD) as the robust
 * spread (Hampel 1974; 1.4826 MAD estimates a standard deviation; the mean deviation where the MAD is zero). A mark is a question to the agency,
 * not a charge: who prints one says so (DOMAIN.md f: "flag for a person, never print as a charge").
 *
 *   jump       the newest change lies further than 6 robust standard deviations from the median of the changes before it (of the changes
 *              since the same period of the year before when the indicator has a season and two years of history), is half as large again
 *              as any of them, and larger than any in proportion to the values it lies between. 24 changes at least.
 *   unit       the newest value is 10, 100 or 1000 times the median of those before it, or that part of it, within a quarter, and the values
 *              before it lie within a factor of three of each other: a wrong unit or a shifted comma. 4 values at least.
 *   shift      the last four values all lie on one side of all of the twelve before them, and their median further than 3 robust standard
 *              deviations (of the twelve's changes) from theirs, and twice as far as any four stood from their twelve before (40 values at
 *              least): another level, not another value, not a season, a trend or one more wave.
 *   copied     the newest value repeats itself for longer than chance allows: 4 periods or more (hours: 12), where before that no such
 *              run was seen, at least two thirds of the neighbouring values differed, and half of them by more than two published units.
 *              Zeros and values on a bound are no copies.
 *   digits     the last published digit is 0 or 5 too often for a measured figure: Pearson's chi-squared over the ten digits of the last
 *              30 to 200 values above 27.88 (9 degrees of freedom, 0.1 %), 0 and 5 being more than half of them. Zeros and values on a
 *              bound do not count, nor percentages and ratios (shares of a few cases are halves
 *              and fifths), nor figures that come with fewer decimals than the catalogue gives them (two thirds end in 0), nor hours: instruments
 *              have steps of their own and gaps filled by thirds (a tenth of the hourly air of Hà Nội was marked).
 *   on target  the newest value is the target to the last stored digit: a target with a fraction, or above 100 and no multiple of 100 (a round
 *              aim may be met by a round count).
 * How often a mark is set on real figures and on the sample: `make anomaly-rate`, tests/bench/README.md. Before the rules asked what a series had
 * done before, 5 % to 36 % of real figures were marked.
 * Only what stands on the newest value's side of a break of the series (breaks.h) is looked at.
 * Cumulative figures have no unit jumps and no shifts, and no change is taken over New Year: they begin at nothing.
 */
#ifndef GB_EVALUATION_ANOMALY_H
#define GB_EVALUATION_ANOMALY_H
#include "evaluation/evaluation.h"

enum gb_anomaly_kind { GB_AN_JUMP, GB_AN_UNIT, GB_AN_SHIFT, GB_AN_COPIED, GB_AN_DIGITS, GB_AN_ON_TARGET, GB_AN_N };
#define GB_AN_BIT(k) (1u << (k))
struct gb_anomaly {
    unsigned marks;          /* GB_AN_BIT of each kind found; 0 = nothing to ask */
    int32_t period;          /* the newest value looked at; GB_PERIOD_NONE when there is none */
    int64_t usual;           /* median of the values before, at the indicator's scale (jump, unit, shift) */
    int factor_log10;        /* unit: 1, 2, 3 or -1, -2, -3 */
    int run;                 /* copied: how many periods have the same value */
    int round_share_pct;     /* digits: share of values that end in 0 or 5 */
};
/** @param target of the newest value's year at the indicator's scale, NULL if there is none. */
struct gb_anomaly gb_anomaly_of(const struct gb_catalogue *c, const struct gb_series *s, struct gb_date date, const int64_t *target);
/** The question, without name and number: "tăng, giảm đột ngột so với diễn biến trước đó". */
const char *gb_anomaly_vi(enum gb_anomaly_kind k);
const char *gb_anomaly_word(enum gb_anomaly_kind k); /* "jump": machine form */

/* All series of the loaded parts whose newest value carries a mark and is not overdue. Derived series are left out: they repeat
 * what their parts say. Ordered as the cube. */
struct gb_marked { const struct gb_series *s; struct gb_anomaly an; };
/** @param out arena-owned. @return how many */
size_t gb_anomalies(const struct gb_evaluation *ev, struct gb_arena *a, struct gb_marked **out);
#endif
