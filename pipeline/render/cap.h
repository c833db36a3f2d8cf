/* render/cap.h — CAP 1.2 messages (OASIS Common Alerting Protocol 1.2, 1 July 2010) of a scenario's hazards, for the operations centre.
 *
 * A hazard is declared in the head of a scenario's definition (`cap`): its event in words, its CAP categories, the indicators that tell of it.
 * Each hazard runs the machine of phases (evaluation/scenario.h) over these indicators alone: that a plan's rate is low alerts nobody.
 *   Alert   the first night on which a hazard of the scenario is open (declared, not stood down to its end) and none was the night before
 *   Update  every later night, the stand-down and a silence included; refers to the message of the night before
 *   Cancel  the night on which none is open any more; refers to the message of the night before
 * One info per hazard and step (danger apart from warning), with the places that stand there as areas; one info for a hazard that is
 * standing down (Monitor), silent (Assess) or over (AllClear). A message is told again each night and expires half a day after the next is due.
 * Identifier, time sent and references follow from locality, scenario and date alone, so that a rerun gives the same message. What a late
 * delivery changes in the past is told by the next message; one that was never sent may be referred to, and receivers treat such an
 * Update as new. Made-up figures: status Exercise, always.
 */
#ifndef GB_RENDER_CAP_H
#define GB_RENDER_CAP_H
#include "evaluation/scenario.h"
#include "render/render.h"

enum { GB_CAP_ABOUT = 64, GB_CAP_HAZARDS = 6, GB_CAP_CATEGORIES = 3 };
struct gb_cap_hazard {
    const char *event;
    const char *category[GB_CAP_CATEGORIES]; int n_categories;
    int about[GB_CAP_ABOUT], n_about;        /* indicator_i */
};
/* A step of the scenario's procedure: who does what within which time; about: the figures it answers, all when not narrow. */
struct gb_cap_action { enum gb_state step; const char *who, *with, *does, *within; int about[8], n_about; bool narrow; };
struct gb_cap {
    int scenario_i;
    const struct gb_cap_hazard *hazard; int n_hazards;
    const struct gb_cap_action *action; int n_actions;
};
/** True for the categories of the standard ("Met" "Health" "Env" ...). */
bool gb_cap_is_category(const char *word);

enum gb_cap_kind { GB_CAP_NONE, GB_CAP_ALERT, GB_CAP_UPDATE, GB_CAP_CANCEL };
/** Which message tonight asks for. Needs all parts of the evaluation. */
enum gb_cap_kind gb_cap_kind_of(const struct gb_evaluation *ev, const struct gb_cap *k);
/** Append tonight's message as XML. @return its kind; NONE: nothing appended */
enum gb_cap_kind gb_cap_xml(const struct gb_evaluation *ev, const struct gb_cap *k, const struct gb_edition_info *ed, struct gb_buf *out);
#endif
