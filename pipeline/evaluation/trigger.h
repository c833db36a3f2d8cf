/* evaluation/trigger.h — which scenarios are moved tonight, and by what.
 *
 * One entry per scenario of the catalogue, from what this process may see: indicators above its parts are not counted, not even
 * as missing. Each indicator counts once, by the state at the locality's root; an indicator delivered at points (stations,
 * reservoirs) by the worst state at any point or the root.
 * A scenario is *moved* (to be convened đột xuất) when one of its current, not overdue, figures is at danger or worse, or at
 * warning and worse than in the calendar's previous period by the indicator's direction. The latter holds for hours, days and weeks: a
 * figure of a month or longer at warning waits for the periodic report, half of them are worse than the month before in any month. An overdue figure never moves a
 * scenario: it is counted, and `quality.h` says whose it is.
 */
#ifndef GB_EVALUATION_TRIGGER_H
#define GB_EVALUATION_TRIGGER_H
#include "evaluation/evaluation.h"

struct gb_trigger {
    int scenario_i;
    int n_indicators;               /* visible to this process */
    int n_state[GB_OVERDUE + 1];    /* indicators by enum gb_state; the entries add up to n_indicators */
    enum gb_state worst;            /* worst step of a current figure: GOOD..EMERGENCY, NONE if nothing was judged */
    int worst_indicator_i, worst_region_i; /* where; -1 if nothing was judged. Among equals a mover first, then catalogue order */
    bool moved;
};
/** Entries for all scenarios, in catalogue order (scenario_i = index). Arena-owned array of catalogue->n_scenarios. */
struct gb_trigger *gb_triggers(const struct gb_evaluation *ev, struct gb_arena *a);
/** True if this figure alone moves a scenario. */
bool gb_moves(const struct gb_indicator *ind, const struct gb_eval *v);
#endif
