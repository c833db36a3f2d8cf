/* evaluation/rollup.h — exact sums from communes to the province by the indicator's aggregation.
 *
 * For each period in which some commune has a value and the province has none delivered. sum: exact sum; mean: sum / count;
 * weighted-mean:W: sum(v*w)/sum(w) with the latest value of W at or before the period for the same commune; max, min; last: the
 * value of the commune that reported last is meaningless, so `last` rolls up only when a single region reports; ratio:NUM/DEN:
 * rebuilt from the province sums of NUM and DEN (x 100 for %), never averaged; none: never. Rounded half away from zero at the
 * stored scale. A sum over an incomplete set of communes is marked: status 'P' and coverage below 1 (TRUST.md, DOMAIN.md f).
 * Deeper trees (country <- region <- province) roll up only to the locality's root.
 */
#ifndef GB_EVALUATION_ROLLUP_H
#define GB_EVALUATION_ROLLUP_H
#include "cube/cube.h"

/** Derive into `out`, a cube that has `in`'s series plus the derived ones, each in its right part: the part of its indicator
 * at province level (gb_indicator_part). Catalogue checks guarantee that inputs are not of a higher class. Status of a derived
 * value: 'A' if all inputs are A and all communes that ever reported this indicator are present, else 'P' (E if any E). */
GB_MUST_USE enum gb_code gb_rollup(struct gb_cube *out, const struct gb_cube *in, struct gb_err *e);
#endif
