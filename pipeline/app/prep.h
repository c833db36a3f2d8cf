/* app/prep.h — the zygote for what comes before the figures: reading delivered files and the heads of definitions. It knows the
 * catalogue and the scripts, and no observation. */
#ifndef GB_APP_PREP_H
#define GB_APP_PREP_H
#include "app/plan.h"
#include "intake/intake.h"

enum gb_prep_job { GB_PREP_HEAD, /* in: path of a definition */ GB_PREP_INTAKE, /* in: gb_intake_ask */ GB_PREP_DRY /* in: path, audience */,
                   GB_PREP_TRACE /* in: gb_trace_ask */ };
/** Question and answer about one row of a delivered file (gb_intake_trace), over the pipe. */
void gb_trace_ask(struct gb_buf *out, const struct gb_row_trace *t, const char *name, const char *agency, struct gb_date today, const void *p, size_t n);
bool gb_trace_answer(struct gb_arena *a, const void *p, size_t n, struct gb_row_trace *t);
GB_MUST_USE enum gb_code gb_prep_start(struct gb_zygote *z, struct gb_app *app, struct gb_date date, struct gb_err *e);
#endif
