/* app/explain_more.h — parts of `giaoban explain`, printed for people. */
#ifndef GB_APP_EXPLAIN_MORE_H
#define GB_APP_EXPLAIN_MORE_H
#include "app/app.h"
#include "evaluation/evaluation.h"

/** Breaks over which the latest value is, or is not, compared. */
void gb_explain_breaks(const struct gb_eval *v);
/** Method, steps with intervals, and the year's end (--outlook). */
void gb_explain_outlook(const struct gb_evaluation *ev, int indicator_i, int region_i);
/** Scenarios and groups of the catalogue, and definitions that name the indicator. Loads the definitions' text. */
GB_MUST_USE enum gb_code gb_explain_documents(struct gb_app *app, int indicator_i, struct gb_err *e);
#endif
