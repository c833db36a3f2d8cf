/* evaluation/dimensions.h — data quality in numbers: the dimensions of DOMAIN.md f, by indicator, agency, commune and for the whole; by day in
 * evaluation/daily.h.
 *
 * A pure function of (cube, catalogue, date): of the deliveries of one vintage, nothing is remembered. A *cell* is one series that is
 * expected: of an indicator below province level each place that ever reported it and still exists on the date, of others the root; an
 * indicator of which nothing came is one missing cell. A ratio that is formed from what was delivered is there. Indicators that giaoban
 * computes itself (gb_indicator.computed) are nobody's cells. Each part is a count of so many of so many:
 *
 *   complete    cells with a value / cells expected                                                              alarm below 95 %
 *   timely      cells whose newest value is not older than 1.5 periods / cells with a value                      alarm below 95 %
 *   accurate    cells whose newest delivered value bears no mark (evaluation/anomaly.h) and whose figures of     no alarm: a mark is a
 *               a year were revised by 5 % on average or less / cells with a delivered value not overdue         question
 *   consistent  comparisons that hold / comparisons made, of a year (evaluation/consistency.h)                   alarm below 100 %
 *   conform     newest delivered values inside the bounds of the catalogue as it is now, of a place that         alarm below 100 %
 *               existed in their period / newest delivered values
 *   unique      cells of which no two deliveries say different things (conflicts) / cells with a delivered value alarm below 100 %
 *   traceable   newest delivered values whose delivery, with its hash, is known, which know their row in it,     alarm below 100 %
 *               and of which the time of handing over is known / newest delivered values
 *
 * The order of the words is that of the plans (DOMAIN.md f: đầy đủ, chính xác, nhất quán, kịp thời; tuân thủ; trùng lặp), measures and alarms
 * are those of its table. The score is the mean of the parts that have something to count, weighted 25, 25, 15, 15, 5, 5, 10 (a proposal),
 * and is never shown without them. Comparisons are counted for the indicator of their rule, its owners and the place they were made at
 * (the sum of the communes: the root).
 *
 * What breaks a code list, a number form, a key or a bound on delivery is refused with its file and is no figure: how many rows were
 * refused is counted beside the dimensions (gb_intake_by). What intake let pass with a remark (values rounded, values marked as
 * implausible) is counted here.
 */
#ifndef GB_EVALUATION_DIMENSIONS_H
#define GB_EVALUATION_DIMENSIONS_H
#include "evaluation/evaluation.h"
#include "evaluation/sources.h"

enum gb_dimension {
    GB_DIM_COMPLETE, GB_DIM_TIMELY, GB_DIM_ACCURATE, GB_DIM_CONSISTENT, GB_DIM_CONFORM, GB_DIM_UNIQUE, GB_DIM_TRACEABLE, GB_DIM_N
};
/* How much later deliveries changed what was said first (gb_series.first), over the figures whose period begins within 366 days. */
struct gb_revised {
    int64_t points;   /* figures delivered */
    int64_t revised;  /* of them those that say another value than at first, or were withdrawn */
    int64_t measured; /* of those the ones with a share: not withdrawn, first figure not zero */
    int64_t pct_sum;  /* sum over measured of 100 * abs(now - first) / abs(first) at GB_PCT_SCALE, each 1000 % at most */
};
#define GB_REVISION_LIMIT_PCT 5 /* DOMAIN.md f: alarm of the revision size */
struct gb_parts {
    int64_t n[GB_DIM_N], of[GB_DIM_N];
    int64_t marked;                       /* newest values with a mark */
    struct gb_revised revised;
    int64_t rows, rounded, rows_marked;   /* of deliveries of 366 days, as taken at intake: of agencies and the whole, known with
                                             GB_PART_ALL alone (cube.h) */
};
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
const char *gb_dimension_vi(enum gb_dimension d);   /* "Đầy đủ" */
const char *gb_dimension_word(enum gb_dimension d); /* "complete" */

#define GB_REJECT_LIMIT_PCT 1 /* DOMAIN.md f: alarm of rows refused */
/** What was handed over in the n days up to the date, taken and refused (cube.h), by agency_i + 1 (0: nobody could be told) or, with
 * by_day, by day, ascending. day and agency_i are set. All zero in a process that does not see GB_PART_ALL. @return an array in the arena
 * of n_agencies + 1, or n. */
struct gb_cube_intake *gb_intake_by(const struct gb_cube *cube, struct gb_date date, int n, bool by_day, struct gb_arena *a);
void gb_intake_add(struct gb_cube_intake *to, const struct gb_cube_intake *x);
/** Rows refused in % of rows received, at GB_PCT_SCALE; false when no row was received. */
bool gb_reject_pct(const struct gb_cube_intake *x, int64_t *out);

/** Mean size of a revision in % at GB_PCT_SCALE; false when none could be measured. */
bool gb_revision_mean(const struct gb_revised *r, int64_t *out);
/** Add what later deliveries changed of the i-th figure of a series, which was delivered. */
void gb_revision_add(struct gb_revised *r, const struct gb_series *s, uint32_t i);
/** Is the figure inside the bounds of its indicator, and of a place that exists in its period? */
bool gb_conforms(const struct gb_catalogue *c, const struct gb_series *s, uint32_t i);
/** Can the figure be followed to a delivery, the time it was handed over, and a row of it? */
bool gb_traceable(const struct gb_cube *cube, const struct gb_series *s, uint32_t i);
/** Is the series a cell, by the rule above, on a day? */
bool gb_is_cell(const struct gb_catalogue *c, const struct gb_sources *src, const struct gb_series *s, int32_t day);
#endif
