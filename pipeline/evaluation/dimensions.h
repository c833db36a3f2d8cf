/* evaluation/dimensions.h — data quality in numbers: the dimensions of DOMAIN.md f, by indicator, agency, commune and for the whole.
 *
 * A pure function of (cube, catalogue, date). A *cell* is one series that is expected: of an indicator below province level each place that
 * ever reported it and still exists on the date, of others the root; an indicator of which nothing came is one missing cell. A ratio that is
 * formed from what was delivered is there. Each part is a count of so many of so many:
 *
 *   complete    cells with a value / cells expected                                            alarm below 95 %
 *   timely      cells whose newest value is not older than 1.5 periods / cells with a value    alarm below 95 %
 *   plausible   newest delivered values without a mark (evaluation/anomaly.h) / all of them    no alarm: a mark is a question
 *   consistent  comparisons that hold / comparisons made (evaluation/consistency.h)            alarm below 100 %
 *   traceable   newest delivered values that came with the time of their delivery / all        alarm below 100 %
 *
 * The score is the mean of the parts that have something to count, weighted 30, 30, 15, 15, 10 (a proposal), and is never shown without
 * them. Not here: conformity and uniqueness. What breaks them is refused on delivery and is no figure; the receipts tell of it. Comparisons
 * are counted for the indicator of their rule, its owners and the place they were made at (the sum of the communes: the root).
 */
#ifndef GB_EVALUATION_DIMENSIONS_H
#define GB_EVALUATION_DIMENSIONS_H
#include "evaluation/evaluation.h"

enum gb_dimension { GB_DIM_COMPLETE, GB_DIM_TIMELY, GB_DIM_PLAUSIBLE, GB_DIM_CONSISTENT, GB_DIM_TRACEABLE, GB_DIM_N };
struct gb_parts { int64_t n[GB_DIM_N], of[GB_DIM_N]; };
struct gb_dimensions {
    struct gb_parts all, *agency, *indicator, *region; /* by agency_i (each owner of an indicator), indicator_i, region_i */
};
/** Arrays live in the arena. */
struct gb_dimensions gb_dimensions_of(const struct gb_evaluation *ev, struct gb_arena *a);
/** n of `of` in % at GB_PCT_SCALE, 99.9 at most unless it is all of them; false when there is nothing to count. */
bool gb_dimension_pct(const struct gb_parts *p, enum gb_dimension d, int64_t *out);
/** The least share in % that raises no alarm; 0 = none does. */
int gb_dimension_least(enum gb_dimension d);
bool gb_dimension_alarm(const struct gb_parts *p, enum gb_dimension d);
/** 0 to 100 at GB_PCT_SCALE; false when no part has anything to count. */
bool gb_quality_score(const struct gb_parts *p, int64_t *out);
int gb_dimension_weight(enum gb_dimension d);
const char *gb_dimension_vi(enum gb_dimension d);   /* "đầy đủ" */
const char *gb_dimension_word(enum gb_dimension d); /* "complete" */
#endif
