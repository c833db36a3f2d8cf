/* cmd_check.c — `giaoban check`: everything that is wrong with catalogue, definitions and templates, in one go.
 *
 * Definitions are not only read but run, on no figures at all: a misspelt code or a document that breaks the rules shows before a night
 * does. Without --locality every locality of the reports folder is checked. */
#include "app/plan.h"
#include "app/prep.h"
#include "app/wire.h"
#include "base/file.h"

struct dry {
    struct gb_app *app;
    struct gb_plan *plan;
    size_t *job_of;
    int n_faults;
};

static void dry_done(void *ctx, size_t i, const struct gb_job_result *r)
{
    struct dry *d = ctx;
    const struct gb_plan_job *j = &d->plan->job[d->job_of[i]];
    if (r->end == GB_END_OK)
        return;
    d->n_faults++;
    printf("%s (%s): %s\n", j->script, gb_audience_word(j->audience), r->text[0] ? r->text : gb_job_end_word(r->end));
}

/* Each definition once for each audience, on no figures; of the many pages of one definition the first stands for all. */
static int dry_runs(struct gb_app *app, struct gb_plan *plan, struct gb_zygote *prep)
{
    struct gb_pool_task *task = GB_NEW_N(&app->arena, plan->n + 1, struct gb_pool_task);
    struct gb_buf *in = GB_NEW_N(&app->arena, plan->n + 1, struct gb_buf);
    struct dry d = { .app = app, .plan = plan, .job_of = GB_NEW_N(&app->arena, plan->n + 1, size_t) };
    const char *last = NULL;
    enum gb_audience last_audience = GB_N_AUDIENCES;
    size_t n = 0;

    for (size_t i = 0; i < plan->n; i++) {
        const struct gb_plan_job *j = &plan->job[i];
        if (j->kind != GB_JOB_DOC || gb_streq(j->level, "ad-hoc") || (gb_streq(j->script, last) && j->audience == last_audience))
            continue;
        last = j->script;
        last_audience = j->audience;
        gb_put_str(&in[n], j->script);
        gb_put_u8(&in[n], (uint8_t)j->audience);
        gb_put_i64(&in[n], j->indicator_i);
        gb_put_i64(&in[n], j->region_i);
        d.job_of[n] = i;
        task[n] = (struct gb_pool_task){
            .zygote = prep, .job = GB_PREP_DRY, .box = GB_BOX_PURE, .deadline_ms = 30000, .in = in[n].p, .n_in = in[n].n
        };
        n++;
    }
    gb_pool_run(task, n, gb_app_jobs(app), dry_done, &d);
    for (size_t i = 0; i < n; i++)
        gb_buf_release(&in[i]);
    return d.n_faults;
}

static int print_notes(const struct gb_app *app)
{
    int fatal = 0;
    for (size_t i = 0; i < app->notes.n; i++) {
        const struct gb_fault_note *v = &app->notes.v[i];
        fatal += v->fatal;
        printf("%s:%d:%s%s %s: %s\n", v->file, v->line, v->column && v->column[0] ? " " : "", v->column ? v->column : "",
               v->fatal ? "lỗi" : "lưu ý", v->text);
    }
    return fatal;
}

/* A definition that cannot be read at all is reported by the loader itself; the rest is shown file by file. */
static enum gb_code check_definitions(struct gb_app *app, int *n_faults, struct gb_err *e)
{
    struct gb_zygote prep = { .fd = -1 };
    struct gb_plan plan;
    enum gb_code code = gb_app_definitions(app, e);

    if (code == GB_OK)
        code = gb_prep_start(&prep, app, gb_app_date(app), e);
    if (code != GB_OK)
        return code;
    gb_plan_heads(&plan, app, &prep);
    for (size_t i = 0; i < plan.n_heads; i++)
        if (!plan.head[i].ok) {
            (*n_faults)++;
            printf("%s: %s\n", plan.head[i].path, plan.head[i].why);
        }
    gb_plan_build(&plan, app, gb_app_date(app));
    *n_faults += dry_runs(app, &plan, &prep);
    gb_zygote_stop(&prep);
    printf("%d chỉ số, %d địa bàn, %zu định nghĩa, %zu việc mỗi đêm\n", app->catalogue.n_indicators, app->catalogue.n_regions,
           plan.n_heads, plan.n);
    return GB_OK;
}

static int check_locality(struct gb_app *app, struct gb_err *e)
{
    int n_faults = 0;
    enum gb_code code = check_definitions(app, &n_faults, e);
    int fatal = app->has_catalogue ? print_notes(app) : 0;
    if (code != GB_OK)
        return gb_exit_of(code);
    return fatal || n_faults ? 78 : 0;
}

static int check_all(struct gb_app *app, struct gb_err *e)
{
    const char **name;
    size_t n;
    int status = 0;
    const char *dir = gb_path_join(&app->arena, app->args.reports, "localities");

    if (gb_dir_list(&app->arena, dir, &name, &n, e) != GB_OK)
        return gb_exit_of(e->code);
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(name[i]);
        struct gb_err local = { 0 };
        char line[GB_ERR_TEXT];
        if (!len || name[i][len - 1] != '/' || name[i][0] == '.')
            continue;
        app->args.locality = gb_strndup(&app->arena, name[i], len - 1);
        printf("== %s\n", app->args.locality);
        int got = check_locality(app, &local);
        if (local.code != GB_OK)
            printf("%s\n", gb_err_line(&local, line, sizeof line));
        status = got ? got : status;
        gb_cage_release(&app->cage);
        gb_catalogue_release(&app->catalogue);
        app->has_catalogue = false;
    }
    return status;
}

int gb_cmd_check(struct gb_app *app, struct gb_err *e)
{
    return app->args.locality ? check_locality(app, e) : check_all(app, e);
}
