/* evaluation/scenario.h — in which phase a scenario is tonight, since when, and which figure says so.
 *
 * A pure function of the figures and the date: the last GB_PHASE_NIGHTS nights are played again, each from what is known now of the periods
 * ended by that night (tonight: of those that have begun, as everywhere else), so that a rerun or a late delivery gives the history that would have been written in time.
 * What counts: the indicators of the scenario, at the root and at the points where they are measured, as in trigger.h.
 *
 *   ad-hoc      a current figure moves the scenario (gb_moves: danger or worse, or of hours, days and weeks warning and worse than before; a figure of a month or longer at danger only
 *               when it is worse than before, for GB_PHASE_FRESH days from the end of its period: what stood so last month is no news); kept for as long as a current
 *               figure is at warning, until GB_PHASE_QUIET nights in a row have moved nothing.
 *   warn        a current figure is at warning or worse, and nothing moves.
 *   stand-down  after warn or ad-hoc no current figure is at warning: until the log confirms it for each of them (gb_event_step) and
 *               GB_PHASE_BELOW nights have passed in which nothing was silent.
 *   watch       a figure is at watch, or has not confirmed to have left it; or figures fell silent at warning: that is neither a warning nor its end.
 *               What was declared stays open through the silence: when the figures are back below the warning it stands down first.
 *   calm        nothing of that.
 * The counts of nights are proposals. The trigger of a definition (Lua) may convene a meeting for reasons of its own; it is told beside.
 */
#ifndef GB_EVALUATION_SCENARIO_H
#define GB_EVALUATION_SCENARIO_H
#include "evaluation/trigger.h"

#define GB_PHASE_NIGHTS 92
#define GB_PHASE_QUIET 2
#define GB_PHASE_BELOW 3
#define GB_PHASE_FRESH 14
enum gb_phase { GB_PHASE_CALM, GB_PHASE_WATCH, GB_PHASE_WARN, GB_PHASE_AD_HOC, GB_PHASE_STAND_DOWN };
const char *gb_phase_vi(enum gb_phase p);   /* "bình thường" "theo dõi" "cảnh báo" "đột xuất" "đang rút" */
const char *gb_phase_word(enum gb_phase p); /* "calm" "watch" "warn" "ad-hoc" "stand-down": machine form */

/* What one night knows of a scenario. */
struct gb_phase_night {
    enum gb_state level; /* worst step of a current value: GOOD..EMERGENCY, NONE */
    enum gb_state shown; /* worst step of a current figure that is not confirmed to be left */
    bool moved;          /* a current figure moves the scenario */
    bool silent;         /* an overdue figure was last shown at warning or worse */
};
struct gb_phase_memory {
    enum gb_phase phase;
    int quiet; /* nights since it was moved */
    int below; /* nights in a row without a figure at warning and without a silent one */
    bool open; /* warn or ad-hoc was declared and has not been stood down to its end */
};
/* Which rule gave the phase. */
enum gb_phase_rule {
    GB_RULE_NONE,     /* calm */
    GB_RULE_WATCH,    /* watch: a figure at watch, or not confirmed to have left it */
    GB_RULE_SILENT,   /* watch: a figure fell silent at warning */
    GB_RULE_WARNING,  /* warn: a current figure at warning or worse, not worse than before */
    GB_RULE_DANGER,   /* ad-hoc: a current figure at danger or worse */
    GB_RULE_WORSENED, /* ad-hoc: a current figure at warning and worse than before */
    GB_RULE_KEPT,     /* ad-hoc: moved less than GB_PHASE_QUIET nights ago and still at warning */
    GB_RULE_UNCONFIRMED, /* stand-down: a figure has not confirmed to have left the warning */
    GB_RULE_NIGHTS    /* stand-down: fewer than GB_PHASE_BELOW nights below the warning */
};
const char *gb_phase_rule_word(enum gb_phase_rule r); /* "none" "watch" "silent" ... "kept" "unconfirmed" "nights": machine form */
/** "có con số từ mức nguy hiểm trở lên": why, in a sentence about the phase; "" for NONE. */
const char *gb_phase_rule_vi(enum gb_phase_rule r);
/** One transition; the memory starts as { 0 }. */
enum gb_phase gb_phase_step(struct gb_phase_memory *m, const struct gb_phase_night *n);

struct gb_scenario_state {
    int scenario_i;
    enum gb_phase phase;
    struct gb_date since;          /* first night of the phase */
    bool since_before;             /* it began before the nights that were played: since is the first of these */
    enum gb_phase before;          /* the phase before it; its own when since_before */
    enum gb_phase_rule rule;       /* which rule gave it tonight */
    bool open;                     /* declared (warn, ad-hoc) and not stood down to its end; true in a watch that is silence */
    enum gb_state worst;           /* of tonight: gb_phase_night.level */
    int indicator_i, region_i;     /* the figure that says so; -1 in calm. In stand-down the one that was at warning */
};
/** All scenarios, in catalogue order. Arena-owned array of catalogue->n_scenarios. */
struct gb_scenario_state *gb_scenario_states(const struct gb_evaluation *ev, struct gb_arena *a);
/** Since when the figure that says so stands at warning or worse (at watch or worse when it is below that): the period that opened its episode.
 * @return false: none is open, or there is no figure */
bool gb_scenario_figure_since(const struct gb_evaluation *ev, const struct gb_scenario_state *x, int32_t *period);

/* The same machine over a choice of indicators (a hazard that is told to others, render/cap.h). */
struct gb_phase_run {
    enum gb_phase phase[GB_PHASE_NIGHTS]; /* oldest first, the last is tonight */
    bool open[GB_PHASE_NIGHTS];
};
void gb_phases_of(const struct gb_evaluation *ev, const int *indicator_i, int n, struct gb_arena *a, struct gb_phase_run *out);
#endif
