/* app/explain.h — the parts of `giaoban explain` (cmd_explain.c): one question, and a teller that says each thing once, for people as
 * wrapped Vietnamese text or for programs as JSON ("giaoban.explain/1", pipeline/README.md). */
#ifndef GB_APP_EXPLAIN_H
#define GB_APP_EXPLAIN_H
#include "app/app.h"
#include "evaluation/evaluation.h"

/* What is said stands in `out` until the end, so that a command that fails has said nothing. */
struct gb_tell { struct gb_buf out; struct gb_json j; bool json; };
/** A part: an object in JSON, a line of its own after an empty one in text. @param title NULL: no line; "": the empty one alone */
void gb_tell_part(struct gb_tell *t, const char *key, const char *title);
void gb_tell_part_end(struct gb_tell *t);
void gb_tell_list(struct gb_tell *t, const char *key);
void gb_tell_list_end(struct gb_tell *t);
void gb_tell_item(struct gb_tell *t);
void gb_tell_item_end(struct gb_tell *t);
/* JSON alone. A missing value (GB_VALUE_MISSING) is null. */
void gb_tell_str(struct gb_tell *t, const char *key, const char *s);
void gb_tell_int(struct gb_tell *t, const char *key, int64_t v);
void gb_tell_flag(struct gb_tell *t, const char *key, bool v);
void gb_tell_dec(struct gb_tell *t, const char *key, int64_t v, int scale);
void gb_tell_period(struct gb_tell *t, const char *key, enum gb_freq f, int32_t period);
void gb_tell_status(struct gb_tell *t, const char *key, char status);
/** Text alone: one paragraph, `indent` blanks, later lines two more; broken before column 97 where there is a blank. */
void gb_tell_text(struct gb_tell *t, int indent, const char *fmt, ...) GB_PRINTF(3, 4);

#define GB_EXPLAIN_SHOWN 10 /* members, documents: as many in text unless --all */
struct gb_explain {
    struct gb_app *app;
    const struct gb_catalogue *c;
    const struct gb_indicator *ind;
    struct gb_arena *arena;
    struct gb_tell *t;
    int indicator_i, region_i;
    enum gb_freq freq; int32_t period;
    enum gb_audience audience; bool asked_audience;
    bool inside;               /* may hear of deliveries, files, other editions */
    struct gb_vintage v;
    const struct gb_cube *cube;
    const struct gb_evaluation *ev; /* of the day on which the period is the newest one that counts, see cmd_explain.c */
    bool of_then;                   /* that day is the period's last one, not the business date */
};

/** "1.234,5 tỷ đồng (P)", or "chưa có số liệu (M)", at the stored scale; arena-owned. */
const char *gb_explain_value(const struct gb_explain *x, int indicator_i, int64_t value, char status);
const char *gb_explain_number(const struct gb_explain *x, int64_t value, int scale, int decimals);
/** The whole command that follows one more figure down: "giaoban explain inv.plan_total 38 2026-10". */
const char *gb_explain_next(const struct gb_explain *x, int indicator_i, int region_i, int32_t period);

/** explain_source.c: what was delivered, by whom, in which file, row and cell, how it was written there; revisions; conflicts. Opens the
 * store and closes it, sets x->v. */
GB_MUST_USE enum gb_code gb_explain_deliveries(struct gb_explain *x, struct gb_err *e);
/** explain_made.c: the figure in force, its members or terms, what is missing, what rounding did, what must agree with it. */
void gb_explain_figure(const struct gb_explain *x);
/** explain_judged.c: changes, target, state and its reasons, rank, marks, episodes. */
void gb_explain_judgement(const struct gb_explain *x);
/** explain_quality.c: quality score of the indicator and its seven parts, each with its counts; not for public and front. */
void gb_explain_quality(const struct gb_explain *x);
/** explain_outlook.c: method, steps with intervals, and the year's end (--outlook). */
void gb_explain_outlook(const struct gb_explain *x);
/** explain_shown.c: documents of the newest editions that show the figure, from their facts.csv. */
void gb_explain_documents(const struct gb_explain *x);
#endif
