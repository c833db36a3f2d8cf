/* evaluation/event.h — episodes: from when to when a series stood at a step or worse, how bad it became, whether it is over.
 *
 * A pure function of (series, thresholds, date): nothing is remembered from one night to the next, so that a rerun, a corrected or
 * a late delivery gives the log that would have been written had everything been known in time.
 *
 * Rules. A value counts as in evaluation.h: not missing, no forecast, its period starts on or before the date. Its step is that of
 * gb_judge_scaled() with the factor of its own period, so that a series which may not be judged at its place (a commune against
 * a limit for the sum of the province) has no episodes.
 *   opens   with the first of `on` values in a row at the step or worse. In a row means consecutive periods: a gap in between proves
 *           nothing and starts the count anew.
 *   closes  with the first of `off` values in a row below the step; at once when the value is good and a milder step lies between
 *           (it fell through a whole band: that is no flicker). Until the last of them has come the episode is open.
 *   gaps    neither open nor close anything; those inside are counted. An open episode without a current value is `silent`: nobody
 *           knows whether it is over, and it is told so.
 *   peak    the worst step, within it the worst value by the direction (band: furthest from the step's range), the first of equals; of a
 *           cumulative indicator the newest at that step: its limits grow with the year, and January's figure is always the smallest.
 *   ends    after the last day on which the indicator is measured (gb_indicator.valid_to): no value can tell any more, so the episode is over
 *           (`ended`) without having been found to be left.
 * On-delay, off-delay and dead band are those of alarm management: IEC 62682:2014 (ANSI/ISA-18.2), EEMUA 191; the numbers are ours.
 */
#ifndef GB_EVALUATION_EVENT_H
#define GB_EVALUATION_EVENT_H
#include "evaluation/evaluation.h"

struct gb_event_rule {
    enum gb_state step; /* WATCH..EMERGENCY */
    int on, off;        /* values in a row; at least 1; off 0: gb_event_off() of the frequency */
};
#define GB_EVENT_RULE(at) ((struct gb_event_rule){ .step = (at), .on = 1, .off = 0 })
/** Values below a step that confirm that it is left: 2 for hours, days and weeks; 1 for longer periods, which do not flicker: nobody
 * should read for another quarter that last quarter's step may still hold. */
int gb_event_off(enum gb_freq f);
/** The worst step whose episode by GB_EVENT_RULE is open after observation i, which counts; at least the step of the value itself,
 * GOOD if none, NONE if the value is not judged. What gb_eval.state shows: one rule for the log and the state. */
enum gb_state gb_event_step(const struct gb_catalogue *c, const struct gb_series *s, int64_t i);
struct gb_event {
    int64_t opened_i, peak_i, last_i; /* observations of the series; last: the last one at the step or worse */
    int64_t closed_i;                 /* the first one back below the step; -1 while open */
    int64_t settled_i;                /* the one that proved it closed; -1 while open */
    enum gb_state level;              /* worst step reached */
    int32_t n_above;                  /* values at the step or worse */
    int32_t length;                   /* periods from the opening to the last one at the step, both included, gaps too */
    int32_t n_missing;                /* of those, periods without a value */
    bool silent;                      /* open, and the series' newest value is overdue */
    bool ended;                       /* over because the indicator is no longer measured: no value closed it, closed_i and settled_i are -1 */
};
/** All episodes of a series, oldest first. @param out arena-owned. @return how many */
size_t gb_events_of(const struct gb_cube *cube, const struct gb_series *s, struct gb_date date, struct gb_event_rule rule,
                    struct gb_arena *a, struct gb_event **out);
static inline bool gb_event_open(const struct gb_event *x) { return x->closed_i < 0 && !x->ended; }
/** The first period back below the step; of what `ended` the last one that was measured; GB_PERIOD_NONE while open. */
int32_t gb_event_closed(const struct gb_catalogue *c, const struct gb_series *s, const struct gb_event *x);
/** True if the indicator's scale has this step, as a step of its own. */
bool gb_has_step(const struct gb_indicator *ind, enum gb_state step);
/** How many periods that touch the last `days` days have a value that counts, of how many periods (`of`, out). */
int64_t gb_event_observed(const struct gb_catalogue *c, const struct gb_series *s, struct gb_date date, int days, int64_t *of);

/** What first acknowledged an episode: the first delivery, in replay order, of the agency that answers for the indicator in which a row of the
 * series, at a period from the opening to what proved the end (open: to the date), has a figure and a note: the agency has said what it
 * knows or does. Of a sum made here (GB_SERIES_DERIVED) the rows are those of its parts. NULL: none; also where the process does not see
 * acknowledgements (gb_cube_acks_known). Rejected: any delivery after the opening (agencies deliver daily without looking), and the
 * bare receipt of an alert, which this program cannot see. */
const struct gb_cube_ack *gb_event_ack(const struct gb_cube *cube, const struct gb_series *s, const struct gb_event *x, struct gb_date date);

/* The log of a night: every episode of every series of the loaded parts that touches the last `days` days. */
struct gb_logged { const struct gb_series *s; struct gb_event event; };
/** Ordered by indicator, region, opening. @param out arena-owned. @return how many */
size_t gb_event_log(const struct gb_evaluation *ev, struct gb_event_rule rule, int days, struct gb_arena *a, struct gb_logged **out);
/** True if the episode is open or its last period at the step ends within the days up to the date (days = 1: the date alone). */
bool gb_event_recent(const struct gb_catalogue *c, const struct gb_series *s, const struct gb_event *x, struct gb_date date, int days);
#endif
