/* evaluation/breaks.h — the only owner of the question whether two figures of a series may be set against each other.
 *
 * Breaks are declared in locality.lua (series_breaks): of an area when they name no indicator (all series of commune level, and those of the
 * province where the break says `area = "province"`: it was merged too), of a definition when they name some. A new name or kind of the same
 * area (a new row of regions.csv) is no break. On which side of a break a figure stands follows from what it tells of:
 *   stock                   of the last day of its period
 *   cumulative              of an area: of that day too, since whoever delivers it adds up for the area of that day;
 *                           of a definition: of all days since the year's first
 *   flow, rate, level       of all days of its period
 * A figure whose days lie on both sides stands on neither. Two figures may be compared when both stand on the same side, and two cumulative
 * ones also within the year that holds the break, both after it: what lies between them is of one kind.
 *
 * Over the break of an area stands a bridge where bridges.csv has one from that day on (old region, new region, share of the old that
 * became the new): the old figures become one for the new area,
 *   aggregation sum, flow or stock or cumulative    the sum of old x share
 *   ratio NUM/DEN                                   sum of old NUM x share / sum of old DEN x share, if both are sums themselves
 *   weighted-mean:W                                 sum of old x W x share / sum of W x share
 *   mean                                            the mean of the old by population x share, if every old region's population is given
 *   others (max, min, last, none)                   no bridge: nothing about the new area follows from them
 * rounded once, half away from zero. Every old region must have a value in that period. Else the comparison is refused and says why.
 */
#ifndef GB_EVALUATION_BREAKS_H
#define GB_EVALUATION_BREAKS_H
#include "cube/cube.h"

/** The newest break between two periods of a series that keeps them from being compared (from < to); NULL if there is none. */
const struct gb_break *gb_break_between(const struct gb_catalogue *c, int indicator_i, int region_i, int32_t from, int32_t to);
/** First period that stands wholly on the side of `to`, INT32_MIN without a break; *b, may be NULL: the break before it, or NULL. */
int32_t gb_break_start(const struct gb_catalogue *c, int indicator_i, int region_i, int32_t to, const struct gb_break **b);
/** Breaks that apply to a series with the first period that holds a day of the new kind, if first < at <= last; in file order.
 * @return how many, at most cap. */
int gb_breaks_within(const struct gb_catalogue *c, int indicator_i, int region_i, int32_t first, int32_t last, int cap,
                     const struct gb_break **b, int32_t *at);
/** The figure of a period before break `b` for the region as it is since: by the bridges above.
 * @param max_part  only series of parts up to this one are read. @return false: no bridge, or it does not hold. */
bool gb_bridge_value(const struct gb_cube *cube, int max_part, int indicator_i, int region_i, int32_t period,
                     const struct gb_break *b, int64_t *out);
/** Has one of the old regions of such a bridge a figure in that period? Then a bridge that does not hold is a refusal, not a want of figures. */
bool gb_bridge_any(const struct gb_cube *cube, int max_part, int indicator_i, int region_i, int32_t period, const struct gb_break *b);
#endif
