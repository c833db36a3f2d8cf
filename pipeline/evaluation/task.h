/* evaluation/task.h — what is known of a task of the plan: its due rule, what was reported of it, and the state that follows.
 *
 * A task's status is delivered like any figure (catalogue.h: the indicator of level `task`): a percentage of completion on a day, with
 * a note. Everything here follows from (due rule, statements, date) alone. The rule that matters most: a day that has passed makes
 * nothing late by itself. Late is a task of which its lead agency itself said that it is not finished, after the day (DOMAIN.md
 * section 0); one of which nobody ever said anything is "chưa báo cáo", whatever its deadline.
 */
#ifndef GB_EVALUATION_TASK_H
#define GB_EVALUATION_TASK_H
#include "evaluation/evaluation.h"

enum gb_due_kind {
    GB_DUE_NONE,       /* no rule */
    GB_DUE_BY,         /* a last day: 2026-06-15 (that day included), 2026-07 and 2026-Q3 and 2026 (their last day),
                          before:2030-12 (the day before the period begins) */
    GB_DUE_FROM,       /* from:2026-07, from:2026-07;periodic: from the first day on, without an end */
    GB_DUE_YEARLY,     /* yearly-07;on-demand: the last day of that month, every year */
    GB_DUE_ON_DEMAND, GB_DUE_CONTINUOUS, GB_DUE_CENTRAL, /* per-central-guidance */
    GB_DUE_DONE        /* the plan itself says that it is done */
};
struct gb_due {
    enum gb_due_kind kind;
    struct gb_date first, last; /* FROM: first; BY: last; else {0} */
    int month;                  /* YEARLY */
    bool periodic, on_demand;   /* what stands after the `;` */
};
/** Read a rule of DOMAIN.md section 0. @return false (and *out = none) for one that is not of those forms. */
bool gb_due_parse(const char *rule, struct gb_due *out);

/* In the order in which a reader should see them. A task is in exactly one, so that counts of states add up to the tasks. */
enum gb_task_state {
    GB_TASK_LATE,      /* the day has passed, and the newest statement is below 100 */
    GB_TASK_SOON,      /* the day is at most GB_TASK_SOON_DAYS away and the task not done */
    GB_TASK_NO_STATUS, /* a task with a day, of which nothing was ever reported */
    GB_TASK_PROGRESS,  /* reported, below 100, day not passed or none set */
    GB_TASK_DONE_LATE, /* done, after its day */
    GB_TASK_DONE,      /* done on time, or done and no day set */
    GB_TASK_STANDING,  /* nothing reported, no day: continuous, from a day on, every year */
    GB_TASK_ON_DEMAND, GB_TASK_CENTRAL, GB_TASK_DONE_IN_PLAN, /* the same, as the plan words it */
    GB_N_TASK_STATES
};
#define GB_TASK_SOON_DAYS 30
const char *gb_task_state_word(enum gb_task_state s); /* "late": machine form, and what a definition writes */
bool gb_task_state_parse(const char *word, enum gb_task_state *out);

/* One report on a task, ascending by day. progress: whole percent. */
struct gb_task_statement { int32_t day; int64_t progress; const char *note; };
struct gb_task_eval {
    enum gb_task_state state;
    bool has_last; struct gb_date last;       /* the day it is judged by */
    bool has_status;                          /* something was reported up to the date */
    int64_t progress; struct gb_date on; const char *note; /* the newest statement; note "" if none */
    bool done; struct gb_date done_on;        /* first of the unbroken 100s at the end: taken back once, it starts anew */
};
/** Pure. Statements after the date are not heard. */
void gb_task_judge(const struct gb_due *due, const struct gb_task_statement *v, size_t n, struct gb_date date, struct gb_task_eval *out);
/** The same for a task of the catalogue, from the cube of this process. Texts are borrowed from it. */
void gb_task_evaluate(const struct gb_evaluation *ev, int task_i, struct gb_arena *a, struct gb_task_eval *out);
/** Word for people: "chậm", "hoàn thành đúng hạn" ("hoàn thành" where no day was set). */
const char *gb_task_state_vi(const struct gb_task_eval *t);
/** The step whose shape and colour a state is drawn with. Never worse than `danger`: a late task is no emergency. */
enum gb_state gb_task_shape(enum gb_task_state s);
/** Does the plan name the commune committees (UBND các xã, phường) as lead or as coordinating? */
bool gb_task_for_communes(const struct gb_task *k);
/** Is anything reported of any task, as far as this process sees? Whoever sees nothing must not tell of agencies' silence. */
bool gb_task_any_status(const struct gb_evaluation *ev);
#endif
