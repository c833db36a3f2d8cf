/* script/host.h — what the bindings share while one definition runs. Not for other rooms.
 *
 * A script holds userdata without finalizers: an indicator of a region, a value, a state, a region, a list of regions. Behind
 * them stand the catalogue and the evaluation of this process, which hold only what the audience may see. An indicator that the
 * audience may not see and one that does not exist are the same thing here: an absent handle, which every block leaves out
 * (TRUST.md 38, E11). For leadership, who sees everything, an unknown code is the author's mistake and an error.
 */
#ifndef GB_SCRIPT_HOST_H
#define GB_SCRIPT_HOST_H
#include "base/hash.h"
#include "evaluation/event.h"
#include "evaluation/scenario.h"
#include "evaluation/trigger.h"
#include "render/cap.h"
#include "script/sandbox.h"

#define GB_NODES_MAX 20000  /* nodes, rows and points of one document */
#define GB_STRING_MAX 4096  /* one text that a script hands over */
#define GB_WATCH_MAX 64
#define GB_DOUBTS_MAX 12     /* named below one table; more are told by the report of quality */

struct gb_definition {
    enum gb_script_kind kind;
    const char *path, *code, *title, *short_title, *subtitle, *type_name, *rhythm, *slug;
    bool audience[GB_N_AUDIENCES];
    bool per_indicator, per_region, page, signature, one_page;
    int body_max;                            /* pages = 2: of the text before the annexes; 0 = not limited */
    int scenario_i, group_i;
    int watch[GB_WATCH_MAX], n_watch;        /* indicator_i, in the author's order; unknown codes left out */
    const char *decide[16]; int n_decide;
    struct gb_cap_hazard *hazard; int n_hazards; /* told to others (cap.c) */
    int ref_table;                           /* registry: the table given by the author (trigger, actions, body) */
};

struct gb_handle { int indicator_i, region_i; };  /* indicator_i -1: absent */
struct gb_host {
    struct gb_sandbox sb;
    const struct gb_script_job *job;         /* NULL when only the head is read */
    const struct gb_catalogue *c;
    const struct gb_evaluation *ev;          /* NULL when only the head is read */
    struct gb_arena *a;
    enum gb_audience audience;
    bool strict;                             /* an unknown code is an error */
    int region;                              /* the region the document is about */
    const char *level;
    const char *reason;                      /* why the ad-hoc level was convened, or NULL */
    struct gb_handle convened;               /* the figure behind the reason; indicator_i -1: not known */
    struct gb_handle held;                   /* the figure of the last comparison that held; indicator_i -1: none */
    struct gb_definition *def;               /* the running definition */
    struct gb_definition **scenario;         /* per catalogue scenario, read on demand */
    bool *scenario_read;
    struct gb_doc *doc;
    struct gb_node *in;                      /* where blocks go now */
    struct gb_map ids;
    bool *cited;                             /* per indicator: since the last doc:source() */
    struct gb_scenario_state *phases;        /* per scenario, when first asked */
    struct gb_trigger *triggers;             /* per scenario, when first asked */
    int n_nodes;
    struct gb_handle doubt[GB_DOUBTS_MAX];   /* marked in the table being made, in the order of its cells */
    int n_doubts;
};
struct gb_host *gb_host_of(lua_State *L);

/* ---- handles (handles.c) ---- */
struct gb_span { int n; char unit; };             /* 'h' hours, 'd' days */
struct gb_actor { char kind; int i; };            /* 'l' lead, 'c' chair, 'o' office, 'u' communes, 'a' agency i, 'i' owner of indicator i */
struct gb_region_list { int n; int v[]; };

void gb_open_handles(lua_State *L);               /* metatables; adds gb.points, gb.percent, ... to the table on the top */
void gb_push_handle(lua_State *L, int indicator_i, int region_i);
void gb_push_value(lua_State *L, struct gb_value v);
void gb_push_state(lua_State *L, enum gb_state s);
void gb_push_regions(lua_State *L, const int *v, int n);
/** NULL when the value at idx is something else. */
const struct gb_handle *gb_to_handle(lua_State *L, int idx);
const struct gb_value *gb_to_value(lua_State *L, int idx);
bool gb_to_state(lua_State *L, int idx, enum gb_state *out);
const struct gb_region_list *gb_to_regions(lua_State *L, int idx);
bool gb_to_region(lua_State *L, int idx, int *region_i);
/** A scenario of s:scenarios() at idx; false when it is something else. */
bool gb_to_scenario(lua_State *L, int idx, int *scenario_i);
const struct gb_span *gb_to_span(lua_State *L, int idx);
const struct gb_actor *gb_to_actor(lua_State *L, int idx);
/** Evaluation behind a handle; NULL if absent or without any value. */
const struct gb_eval *gb_handle_eval(const struct gb_host *h, const struct gb_handle *x);
/** The step of the latest value (overdue or not), GB_STATE_NONE if not judged. */
enum gb_state gb_level_of(const struct gb_host *h, int indicator_i, int region_i);
/** Userdata class: methods and metamethods, an unknown method is an error with a suggestion. */
void gb_class_new(lua_State *L, const char *name, const char *what_vi, const luaL_Reg *methods, const luaL_Reg *meta);
/** Order of two facts, worst first: step, then what lasts without improvement (gb_eval.stuck), then percent behind the pace, then catalogue order. */
int gb_worse_first(const struct gb_host *h, struct gb_handle a, struct gb_handle b);

/* ---- what a definition sees of the data (scope.c) ---- */
void gb_open_scope(lua_State *L);
void gb_push_scope(lua_State *L, int region_i);
bool gb_indicator_visible(const struct gb_host *h, int indicator_i);
/** Handles in a Lua list (or one handle) at idx; absent ones left out. @return count; arena-owned. */
int gb_handles_at(lua_State *L, int idx, struct gb_handle **out);
/** Group named at idx; idx 0, or nothing there: the group of the running gb.group. Raises when there is none. */
int gb_group_at(lua_State *L, int idx);
bool gb_in_group(const struct gb_indicator *ind, int group_i);

/* ---- definitions (definition.c) ---- */
void gb_open_definitions(lua_State *L);           /* adds gb.report, gb.scenario, gb.group */
GB_MUST_USE enum gb_code gb_definition_read(struct gb_host *h, const struct gb_script_file *f, struct gb_definition **out, struct gb_err *e);
/** Definition of a catalogue scenario, NULL if it has none. Raises on a broken one. */
struct gb_definition *gb_scenario_definition(lua_State *L, int scenario_i);
/** Push the reason for which a scenario's own trigger convenes the ad-hoc level at the root, or nil. */
void gb_push_reason(lua_State *L, const struct gb_definition *d);
/** Function `name` of a definition on the stack; false (nothing pushed) if there is none. */
bool gb_definition_function(lua_State *L, const struct gb_definition *d, const char *name);

/* ---- CAP (cap.c) ---- */
/** Field `cap` of the head at index 1. Raises. */
void gb_read_cap(lua_State *L, struct gb_definition *d);
/** Hazards of the running definition and the actions that answer them. */
enum gb_code gb_cap_of(struct gb_host *h, struct gb_cap *out, struct gb_err *e);

/* ---- scenarios that moved (overview.c) ---- */
/** Arguments drop, rest, beyond at index 2 of a table that is finished: how many rows more there are than it shows, and where they stand, in a
 * note below it. */
void gb_table_rest(lua_State *L, struct gb_node *t);
/** doc:decisions with a list of scenarios, at index 2. */
int gb_scenario_decisions(lua_State *L);

/* ---- actions (actions.c) ---- */
struct gb_action { enum gb_state step; const char *who, *who_brief, *with, *with_brief, *does, *within, *within_brief; int days; bool chair;
                   int about[8], n_about; bool narrow; }; /* narrow: asked for the figures of about alone */
/** Actions of a definition for one step, in the author's order. @return count */
int gb_actions_of(lua_State *L, const struct gb_definition *d, enum gb_state step, struct gb_action **out);
/** Of them, those that answer a figure which stands at the step now. @return count */
int gb_actions_now(lua_State *L, const struct gb_definition *d, enum gb_state now, struct gb_action **out);
/** Name of an actor in the sentences of a definition. */
const char *gb_actor_name(lua_State *L, const struct gb_definition *d, const struct gb_actor *who);
/** The same for a narrow column: the short name of an agency that has one. */
const char *gb_actor_brief(lua_State *L, const struct gb_definition *d, const struct gb_actor *who);
/** On page one of an ad-hoc report: the figure that convened it, its step and since when. Nothing when it is not known. */
void gb_say_convened(struct gb_host *h);
/** A note at the head of a scenario's briefing: in which state it is and why (gb_phrase_phase). Of the whole locality, for leadership and the
 * operations centre alone: who sees fewer figures would read another state than theirs. */
void gb_say_phase(struct gb_host *h);
/** The scenario's state tonight, computed when first asked. */
const struct gb_scenario_state *gb_phase_now(struct gb_host *h, int scenario_i);
/** Worst step among the watched indicators of a definition, at the region or at a point. @param why out, may be NULL: the first
 * fact at that step; indicator_i -1 if nothing is judged. */
enum gb_state gb_definition_state(const struct gb_host *h, const struct gb_definition *d, struct gb_handle *why);

/** As told in an overview: when a moved scenario is moved by a fact its definition does not watch, that fact and its step. */
enum gb_state gb_scenario_state(struct gb_host *h, int scenario_i, const struct gb_definition *d, struct gb_handle *why);

/* ---- blocks (blocks.c charts.c tables.c lists.c) ---- */
void gb_open_doc(lua_State *L);                   /* the class of `doc` */
void gb_push_doc(lua_State *L);
int gb_block_line(lua_State *L);
int gb_block_bars(lua_State *L);
int gb_block_map(lua_State *L);
int gb_block_bullet(lua_State *L);
int gb_block_heat(lua_State *L);
int gb_block_radius(lua_State *L);
int gb_block_multiples(lua_State *L);
int gb_block_stacked(lua_State *L);
int gb_block_calendar(lua_State *L);
int gb_block_dots(lua_State *L);     /* standings.c */
int gb_block_slope(lua_State *L);
int gb_block_table(lua_State *L);
int gb_block_alerts(lua_State *L);
int gb_block_gaps(lua_State *L);
int gb_block_doubts(lua_State *L);
int gb_block_consistency(lua_State *L);
int gb_block_quality(lua_State *L);
int gb_block_revisions(lua_State *L);
int gb_block_refusals(lua_State *L);
/** Set v->doubtful if a question must be asked about the newest figure of x, where this audience is told such things, and keep x for the note. */
void gb_mark_doubt(struct gb_host *h, struct gb_handle x, struct gb_value *v);
/** Under a table: what is asked about the figures marked in it. */
void gb_note_doubts(struct gb_host *h);
int gb_block_history(lua_State *L);
int gb_block_definition(lua_State *L);
int gb_block_tasks(lua_State *L);
int gb_scope_tasks(lua_State *L);                 /* s:tasks{} (tasks.c) */
int gb_scope_coverage(lua_State *L);              /* s:coverage() (gaps.c) */
int gb_block_actions(lua_State *L);
int gb_block_decisions(lua_State *L);
int gb_block_summary(lua_State *L);
int gb_block_index(lua_State *L);
int gb_block_scenarios(lua_State *L);
int gb_block_ahead(lua_State *L);
int gb_block_progress(lua_State *L);
int gb_block_missed(lua_State *L);
int gb_block_contributions(lua_State *L);
/** A table of facts with the columns that `words` name, as doc:table makes it; `marked` (may be NULL) puts " *" after a row's name. */
struct gb_node *gb_table_of(lua_State *L, const char *title, const char *const *words, int n_words, struct gb_handle *v, int n,
                            const bool *marked);
/** True if a row has something to say in the column `lasting`: at warning or worse for two periods or more, not overdue. */
bool gb_lasts(const struct gb_eval *e);
void gb_lasting_cell(struct gb_host *h, struct gb_row *r, int i, const struct gb_indicator *ind, const struct gb_eval *e);
void gb_owners_cell(struct gb_host *h, struct gb_row *r, int i, const struct gb_indicator *ind);
int gb_block_events(lua_State *L);
int gb_block_ended(lua_State *L);
int gb_block_deadlines(lua_State *L);
int gb_scope_event(lua_State *L); /* s:event{ list } */
/** Count a node, row or point against GB_NODES_MAX; raises beyond. */
void gb_spend(lua_State *L, int n);
/** Note that a document uses an indicator: its source will be named. */
void gb_cite(struct gb_host *h, int indicator_i);
/** Unique anchor from a text: "Cảnh báo" -> "canh-bao", "canh-bao-2". Arena-owned. */
const char *gb_anchor(struct gb_host *h, const char *text);
/** Text argument: valid, NFC, not longer than GB_STRING_MAX; raises. Borrowed from Lua. */
const char *gb_text_arg(lua_State *L, int idx, const char *what);
/** Small picture of a series' last periods, NULL when there are fewer than three. */
const struct gb_chart *gb_spark_of(struct gb_host *h, int indicator_i, int region_i);
const char *gb_region_label(const struct gb_host *h, int region_i);
/** True if a sentence or row about this fact must name the place: not for the document's own region, and not for an indicator
 * that is measured at one point alone, whose name says where. */
bool gb_names_place(const struct gb_host *h, struct gb_handle x);
/** A change as tables and key figures show it (the same choice as in sentences): percent, or the difference for rates, small counts and where the
 * base is zero; missing with its reason. */
struct gb_value gb_shown_change(const struct gb_host *h, struct gb_handle x, enum gb_derivation how);

/* Named arguments of a block: doc:line{ rate, target = true }. Unknown names are errors with a suggestion. */
void gb_args_check(lua_State *L, int idx, const char *block, const char *const *allowed, size_t n);
bool gb_arg_yes(lua_State *L, int idx, const char *name, bool dflt);
int gb_arg_int(lua_State *L, int idx, const char *name, int lo, int hi, int dflt);
const char *gb_arg_text(lua_State *L, int idx, const char *name); /* NULL if not given; copied to the arena */
#endif
