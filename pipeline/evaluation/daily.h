/* evaluation/daily.h — data quality day by day, and the shares that giaoban computes itself of it (dq.* of the catalogue).
 *
 * A pure function of (cube, catalogue, date): what was known at the end of a day follows from the times of the deliveries (gb_series_known),
 * so a rerun gives the same days, and a delivery that comes late changes none but those since it came. A figure counts for the days since
 * it was first told and its period had begun; one that a vintage knows only from after the date counts on the date itself.
 *
 *   complete, timely   cells as they were known on the day (evaluation/dimensions.h), of places that existed on it
 *   the other parts    of the figures first told on that day (of periods that begin within 366 days before the date), as they stand now: accurate = revised since by 5 % or less (and not withdrawn);
 *                      consistent = comparisons of them that hold; unique = beside them, conflicts of deliveries as of the day are counted
 *                      as broken; conform and traceable as in dimensions.h
 *
 * Days without figures have nothing to count there. The computed indicators, per day:
 *   ontime   indicators whose newest figure was not overdue (older than 1.5 periods) / indicators that agencies deliver. A ratio formed from
 *            others is on time when its numerator is and its denominator has come (of one frequency: when both are)
 *   full     communes of whose cells 95 % or more (the alarm of completeness) were known and not overdue / communes with cells: with all of
 *            them asked, one agency that has fallen silent would speak for every commune
 *   rejected rows refused / rows received: of a file that was refused whole all its rows, whatever was wrong with how many of them, since none
 *            was taken; of a partial delivery those left out. A file in which no row could be read has none to count (DOMAIN.md f: alarm
 *            above 1 %)
 */
#ifndef GB_EVALUATION_DAILY_H
#define GB_EVALUATION_DAILY_H
#include "evaluation/dimensions.h"

struct gb_quality_day {
    struct gb_date date;
    struct gb_parts parts;                /* marked, revised and rows are not told by day but for revised of the figures first told on it */
    int64_t figures, deliveries;          /* first told on the day; deliveries of the day of which a figure is in force or came first */
    int64_t ontime, due, full, communes;
    int64_t received, refused;            /* rows handed over on the day (cube.h gb_cube_intake): taken and refused; known with GB_PART_ALL alone */
};
struct gb_quality_days { struct gb_quality_day *day; int n; /* ascending, the last one is the date */ };
/** @param n days up to the date, 1 to GB_CONSISTENCY_DAYS. Arrays live in the arena. */
struct gb_quality_days gb_quality_days(const struct gb_evaluation *ev, int n, struct gb_arena *a);
/** The same without consistency, of a cube alone (the roll-up computes with it): any number of days. */
struct gb_quality_days gb_quality_days_known(const struct gb_cube *cube, int n_parts, struct gb_date date, int n, struct gb_arena *a);
#endif
