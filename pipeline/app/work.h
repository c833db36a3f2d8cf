/* app/work.h — what a worker of an audience does with one job of the plan, and how its answer is read. */
#ifndef GB_APP_WORK_H
#define GB_APP_WORK_H
#include "app/plan.h"
#include "base/json.h"
#include "app/wire.h"

struct gb_worker_ctx {
    struct gb_app *app; const struct gb_plan *plan; struct gb_evaluation *ev;
    enum gb_audience audience; struct gb_edition_info edition; bool sample;
};
#define GB_JOB_PLACEHOLDER (1 << 30) /* or-ed to a job's number: make its placeholder instead */
#define GB_JOB_FACTS (1 << 29)       /* or-ed to a document's: only say which figures it shows (its files are there already) */
/** gb_work_fn of an audience's zygote; ctx is a struct gb_worker_ctx. */
enum gb_code gb_work_job(void *ctx, const struct gb_work *w, struct gb_buf *out, struct gb_err *e);
/** Build one document as the job says (also for `brief`). *doc NULL: an ad-hoc briefing that is not convened. */
GB_MUST_USE enum gb_code gb_work_doc(const struct gb_worker_ctx *ctx, const struct gb_plan_job *j, struct gb_arena *a, struct gb_doc **doc, const char **reason, struct gb_err *e);
GB_MUST_USE enum gb_code gb_work_render(const struct gb_worker_ctx *ctx, const struct gb_plan_job *j, const struct gb_doc *d, enum gb_format f, const char *path, const char *tmpdir,
                                        struct gb_buf *out, struct gb_err *e);
enum gb_box gb_job_box(const struct gb_plan_job *j);

/* The answer: files by their number in the plan (never by a name the worker chose), or "nothing to make"; of a document also its rows of
 * facts.csv (borrowed). Asked for facts alone, those alone. */
struct gb_job_answer { bool nothing; const char *reason, *faults /* of its pages, a line each (canvas/watch.h), or NULL */; struct gb_str file[GB_MAX_OUTPUTS]; bool has[GB_MAX_OUTPUTS];
                       struct gb_str facts; };
bool gb_job_answer_read(struct gb_arena *a, const struct gb_plan_job *j, const void *p, size_t n, struct gb_job_answer *out);

/* What late jobs are told. */
struct gb_index_entry { const char *title, *note; const char *path[GB_MAX_OUTPUTS]; int n_paths; bool failed; };
void gb_index_put(struct gb_buf *b, const struct gb_index_entry *e);
void gb_kit_put(struct gb_buf *b, const struct gb_data_file *f);
/** Contents page of an edition as a document; entries read from the payload. */
struct gb_doc *gb_index_doc(const struct gb_worker_ctx *ctx, const struct gb_plan_job *j, struct gb_arena *a, struct gb_wire *w);
/** state.json of the locality: asks the definitions, gb_scenarios_json writes it. */
void gb_state_json(const struct gb_worker_ctx *ctx, struct gb_buf *out);
#endif
