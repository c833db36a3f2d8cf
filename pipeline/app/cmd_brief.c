/* cmd_brief.c — `giaoban brief`: one report, now, into one file. The same walls and the same worker as at night. */
#include "app/extract.h"
#include "app/prep.h"
#include "app/work.h"
#include "base/file.h"

struct brief {
    struct gb_app *app;
    struct gb_plan plan;
    struct gb_worker_ctx ctx;
    struct gb_cube cube;
    struct gb_evaluation ev;
    struct gb_vintage v;
    const char *file;
    struct gb_err *e;
};

static bool format_of(const char *file, enum gb_format *f)
{
    static const enum gb_format known[] = { GB_F_PDF, GB_F_HTML, GB_F_XLSX, GB_F_CSV, GB_F_JSON };
    const char *dot = file ? strrchr(file, '.') : NULL;
    for (size_t i = 0; dot && i < sizeof known / sizeof *known; i++)
        if (strcmp(dot + 1, gb_format_word(known[i])) == 0) {
            *f = known[i];
            return true;
        }
    return false;
}

/* "daily", "public-investment", "site/indicator", "scenarios/x.lua": the definition, wherever it stands. */
static const char *find_script(struct gb_app *app, const char *word)
{
    static const char *const form[] = { "%s", "%s.lua", "scenarios/%s.lua", "groups/%s.lua", "site/%s.lua" };
    for (size_t i = 0; i < sizeof form / sizeof *form; i++) {
        const char *at = strstr(form[i], "%s");
        const char *path = gb_sprintf(&app->arena, "%.*s%s%s", (int)(at - form[i]), form[i], word, at + 2);
        if (gb_script_find(&app->sources, path) && !gb_starts_with(path, "lib/"))
            return path;
    }
    return NULL;
}

/* REPORT or REPORT:INDICATOR. */
static enum gb_code make_job(struct brief *b, struct gb_plan_job *j, struct gb_err *e)
{
    struct gb_app *app = b->app;
    const struct gb_args *g = &app->args;
    const char *colon = strchr(g->word[0], ':');
    const char *word = colon ? gb_strndup(&app->arena, g->word[0], (size_t)(colon - g->word[0])) : g->word[0];
    enum gb_format f;

    *j = (struct gb_plan_job){ .id = word,
                               .audience = GB_LEADERSHIP,
                               .kind = GB_JOB_DOC,
                               .level = g->level ? g->level : "periodic",
                               .title = word,
                               .indicator_i = -1,
                               .region_i = -1,
                               .sector_i = -1 };
    if (!g->output || !format_of(g->output, &f))
        return gb_fail(e, GB_E_USAGE, "cần -o TỆP với đuôi .pdf, .html, .xlsx, .csv hoặc .json");
    if (g->audience && !gb_audience_parse(g->audience, &j->audience))
        return gb_fail(e, GB_E_USAGE, "--audience: \"%s\" không phải là leadership, statistics, front, public hay ioc",
                       g->audience);
    if (strcmp(j->level, "periodic") != 0 && strcmp(j->level, "ad-hoc") != 0 && strcmp(j->level, "on-demand") != 0)
        return gb_fail(e, GB_E_USAGE, "--level: \"%s\" không phải là periodic, ad-hoc hay on-demand", j->level);
    if (!(j->script = find_script(app, word)))
        return gb_fail(e, GB_E_USAGE, "không có báo cáo \"%s\" trong %s (giaoban plan liệt kê các báo cáo)", word, g->reports);
    if (colon && (j->indicator_i = gb_indicator_find(&app->catalogue, colon + 1)) < 0)
        return gb_fail(e, GB_E_USAGE, "không có chỉ số \"%s\"", colon + 1);
    if (g->region && (j->region_i = gb_region_find(&app->catalogue, g->region)) < 0)
        return gb_fail(e, GB_E_USAGE, "không có địa bàn \"%s\"", g->region);
    j->output[0] = (struct gb_plan_output){ f, gb_path_base(g->output) };
    j->n_outputs = 1;
    return GB_OK;
}

/* A scenario or a group that this locality has switched off. */
static bool serves_nobody(const struct gb_script_meta *m)
{
    bool any = false;
    for (int a = 0; a < GB_N_AUDIENCES; a++)
        any = any || m->audience[a];
    return !any;
}

static enum gb_code check_head(struct brief *b, const struct gb_plan_job *j, struct gb_err *e)
{
    for (size_t i = 0; i < b->plan.n_heads; i++) {
        const struct gb_head *h = &b->plan.head[i];
        if (strcmp(h->path, j->script) != 0)
            continue;
        if (!h->ok)
            return gb_fail(e, GB_E_CONFIG, "%s: %s", h->path, h->why);
        if (serves_nobody(&h->meta))
            return gb_fail(e, GB_E_USAGE, "%s không lập ở địa phương này: kế hoạch của địa phương không nêu, đang tắt",
                           j->script);
        if (!h->meta.audience[j->audience])
            return gb_fail(e, GB_E_USAGE, "báo cáo %s không dành cho đối tượng %s", j->script, gb_audience_word(j->audience));
        if (h->meta.per_region && j->region_i < 0)
            return gb_fail(e, GB_E_USAGE, "báo cáo %s lập cho từng địa bàn: cần --region MÃ", j->script);
        if (h->meta.per_indicator && j->indicator_i < 0)
            return gb_fail(e, GB_E_USAGE, "báo cáo %s lập cho từng chỉ số: viết %s:MÃ-CHỈ-SỐ", j->script, j->id);
        if (!h->meta.per_region && h->meta.kind != GB_SCRIPT_SCENARIO && j->region_i >= 0)
            return gb_fail(e, GB_E_USAGE, "báo cáo %s không lập theo địa bàn", j->script);
        return GB_OK;
    }
    gb_bug("no head for the definition");
}

static void done(void *ctx, size_t i, const struct gb_job_result *r)
{
    struct brief *b = ctx;
    struct gb_job_answer a;
    (void)i;
    if (r->end != GB_END_OK)
        gb_fail(b->e, r->end == GB_END_FAILED ? r->code : GB_E_LIMIT, "%s (%s)", r->text[0] ? r->text : "báo cáo không lập được",
                gb_job_end_word(r->end));
    else if (!gb_job_answer_read(&b->app->arena, &b->plan.job[0], r->out, r->n_out, &a))
        gb_fail(b->e, GB_E_BUG, "câu trả lời của tiến trình lập báo cáo bị hỏng");
    else if (a.nothing)
        gb_fail(b->e, GB_E_USAGE, "kịch bản này không được kích hoạt đột xuất: không có lý do nào từ số liệu");
    else if (gb_file_replace(b->file, a.file[0].p, a.file[0].n, b->e) == GB_OK)
        gb_log_line(&b->app->log, GB_INFO, "brief", "%s, %zu byte", b->file, a.file[0].n);
    if (b->e->code == GB_OK && a.faults)
        gb_log_line(&b->app->log, GB_WARN, "layout", "%s", a.faults);
}

static enum gb_code figures(struct brief *b, enum gb_audience audience, struct gb_err *e)
{
    struct gb_app *app = b->app;
    struct gb_store *s = NULL;
    enum gb_code code = gb_store_open(&s, gb_app_store(app), true, e);

    if (code == GB_OK) {
        gb_store_until(s, gb_app_date(app));
        code = gb_store_vintage(s, app->args.vintage, &b->v, e);
    }
    gb_store_close(s);
    gb_cube_init(&b->cube, &app->catalogue);
    gb_evaluation_init(&b->ev, &b->cube, gb_app_date(app));
    if (code == GB_OK)
        code = gb_extract_all(app, gb_app_store(app), &b->v, (int)gb_audience_part(audience), true, &b->cube, &b->ev, NULL, e);
    if (code == GB_OK && gb_audience_part(audience) <= gb_audience_part(GB_FRONT)) /* as in night.c: a count of what is seen */
        b->v.number = (int64_t)b->cube.n_deliveries;
    b->ctx.sample = code == GB_OK && gb_cube_sample(&b->cube);
    return code;
}

static enum gb_code run(struct brief *b, struct gb_err *e)
{
    struct gb_app *app = b->app;
    struct gb_zygote prep = { .fd = -1 }, z = { .fd = -1 };
    struct gb_plan_job job;
    char iso[16], hex[65];
    enum gb_code code = gb_app_definitions(app, e);

    if (code == GB_OK)
        code = make_job(b, &job, e);
    if (code == GB_OK && (code = gb_prep_start(&prep, app, gb_app_date(app), e)) == GB_OK) {
        gb_plan_heads(&b->plan, app, &prep);
        gb_zygote_stop(&prep);
        code = check_head(b, &job, e);
    }
    if (code == GB_OK)
        code = figures(b, job.audience, e);
    if (code != GB_OK)
        return code;
    b->plan.job = &job;
    b->plan.n = 1;
    gb_date_iso(b->ev.date, iso);
    struct gb_sha256_state s;
    gb_sha256_init(&s);
    gb_sha256_update(&s, b->v.digest.b, 32);
    gb_sha256_update(&s, app->definitions.b, 32);
    struct gb_sha256 h = gb_sha256_final(&s);
    gb_sha256_hex(&h, hex);
    b->ctx.app = app;
    b->ctx.plan = &b->plan;
    b->ctx.ev = &b->ev;
    b->ctx.audience = job.audience;
    b->ctx.edition = (struct gb_edition_info){ .id = gb_sprintf(&app->arena, "%s-brief", iso),
                                               .sample = b->ctx.sample,
                                               .short_hash = gb_strndup(&app->arena, hex, 16),
                                               .date = b->ev.date,
                                               .vintage = b->v.number,
                                               .build = gb_build_id(),
                                               .audience = job.audience };
    struct gb_zygote_plan plan = {
        .cage = &app->cage, .work = gb_work_job, .ctx = &b->ctx, .n_slots = 1, .tmp_parent = gb_tmp_parent(app), .name = "brief"
    };
    memcpy(plan.limits, gb_limits, sizeof plan.limits);
    struct gb_pool_task task = {
        .zygote = &z, .job = 0, .box = gb_job_box(&job), .deadline_ms = (unsigned)app->args.deadline_s * 1000
    };
    if ((code = gb_zygote_start(&z, &plan, e)) == GB_OK)
        gb_pool_run(&task, 1, 1, done, b);
    gb_zygote_stop(&z);
    return e->code;
}

int gb_cmd_brief(struct gb_app *app, struct gb_err *e)
{
    static struct brief b;
    b.app = app;
    b.file = app->args.output;
    b.e = e;
    if (run(&b, e) != GB_OK)
        return gb_exit_of(e->code);
    return 0;
}
