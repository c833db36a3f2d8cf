/* prep.c — see prep.h. Definitions are run as far as their head here too, since even a head can loop or grow without end. */
#include "app/prep.h"
#include "app/ingest_wire.h"

struct prep {
    struct gb_app *app;
    struct gb_cube cube;
    struct gb_evaluation ev;
};
static struct prep prep; /* borrowed by the zygote for as long as it lives */

static void put_meta(struct gb_buf *out, const struct gb_script_meta *m)
{
    gb_put_u8(out, (uint8_t)m->kind);
    gb_put_str(out, m->code);
    gb_put_str(out, m->title);
    for (int a = 0; a < GB_N_AUDIENCES; a++)
        gb_put_u8(out, m->audience[a]);
    gb_put_str(out, m->rhythm);
    gb_put_str(out, m->short_title ? m->short_title : "");
    gb_put_u8(out, m->page);
    gb_put_u8(out, m->one_page);
    gb_put_u8(out, m->cap);
    gb_put_u8(out, m->per_indicator);
    gb_put_u8(out, m->per_region);
}

static bool take_meta(struct gb_arena *a, const void *p, size_t n, struct gb_script_meta *m)
{
    struct gb_wire w = { .p = p, .end = (const uint8_t *)p + n };
    uint8_t kind = gb_take_u8(&w);
    m->kind = (enum gb_script_kind)kind;
    m->code = gb_take_str(&w, a);
    m->title = gb_take_str(&w, a);
    for (int i = 0; i < GB_N_AUDIENCES; i++)
        m->audience[i] = gb_take_u8(&w) != 0;
    m->rhythm = gb_take_str(&w, a);
    m->short_title = gb_take_str(&w, a);
    if (m->short_title && !*m->short_title)
        m->short_title = NULL;
    m->page = gb_take_u8(&w) != 0;
    m->one_page = gb_take_u8(&w) != 0;
    m->cap = gb_take_u8(&w) != 0;
    m->per_indicator = gb_take_u8(&w) != 0;
    m->per_region = gb_take_u8(&w) != 0;
    return gb_wire_done(&w) && kind <= GB_SCRIPT_GROUP && m->title;
}

static enum gb_code work_head(const struct gb_work *w, struct gb_buf *out, struct gb_err *e)
{
    struct gb_arena a;
    struct gb_script_meta m = { 0 };
    gb_arena_init(&a, 0);
    enum gb_code code = gb_script_head(&prep.app->sources, &prep.app->catalogue, w->in, &a, &m, e);
    if (code == GB_OK)
        put_meta(out, &m);
    gb_arena_release(&a);
    return code;
}

static enum gb_code work_intake(const struct gb_work *w, struct gb_buf *out, struct gb_err *e)
{
    struct gb_arena a;
    struct gb_intake_question q;
    struct gb_intake r;
    gb_arena_init(&a, 0);
    if (!gb_intake_question_read(&a, w->in, w->n_in, &q)) {
        gb_arena_release(&a);
        return gb_fail(e, GB_E_BUG, "câu hỏi cho tiến trình nhận bản giao nộp bị hỏng");
    }
    enum gb_code code =
        gb_intake_read(&r, &prep.app->catalogue, q.name, q.bytes.p, q.bytes.n, q.has_meta ? q.meta.p : NULL, q.meta.n, &q.opt, e);
    if (code == GB_OK)
        gb_intake_encode(&r, out);
    gb_intake_release(&r);
    gb_arena_release(&a);
    return code;
}

/* A run on no figures at all finds misspelt names, wrong arguments and documents that break the rules, before any night does. */
static enum gb_code work_dry(const struct gb_work *w, struct gb_buf *out, struct gb_err *e)
{
    struct gb_arena a;
    struct gb_wire in = { .p = w->in, .end = (const uint8_t *)w->in + w->n_in };
    struct gb_doc *doc = NULL;
    gb_arena_init(&a, 0);
    struct gb_script_job job = {
        .sources = &prep.app->sources, .ev = &prep.ev, .level = "periodic", .indicator_i = -1, .region_i = -1
    };
    job.path = gb_take_str(&in, &a);
    job.audience = (enum gb_audience)gb_take_u8(&in);
    job.indicator_i = (int)gb_take_i64(&in);
    job.region_i = (int)gb_take_i64(&in);
    (void)out;
    enum gb_code code = gb_script_run(&job, &a, &doc, e);
    gb_arena_release(&a);
    return code;
}

/* ---- one row of a delivered file ---- */

void gb_trace_ask(struct gb_buf *out, const struct gb_row_trace *t, const char *name, const char *agency, struct gb_date today,
                  const void *p, size_t n)
{
    gb_put_str(out, name);
    gb_put_str(out, agency);
    gb_put_i64(out, gb_date_to_days(today));
    gb_put_i64(out, t->indicator_i);
    gb_put_i64(out, t->region_i);
    gb_put_i64(out, t->period);
    gb_put_i64(out, t->line);
    gb_put_i64(out, t->value);
    gb_put_bytes(out, p ? p : "", n);
}

bool gb_trace_answer(struct gb_arena *a, const void *p, size_t n, struct gb_row_trace *t)
{
    struct gb_wire w = { .p = p, .end = (const uint8_t *)p + n };
    t->found = gb_take_u8(&w) != 0;
    t->cell_column = (int)gb_take_u32(&w);
    t->written = gb_take_str(&w, a);
    t->record = gb_take_str(&w, a);
    t->sheet = gb_take_str(&w, a);
    return gb_wire_done(&w) && (!t->found || t->written);
}

static enum gb_code work_trace(const struct gb_work *w, struct gb_buf *out, struct gb_err *e)
{
    struct gb_arena a;
    struct gb_wire in = { .p = w->in, .end = (const uint8_t *)w->in + w->n_in };
    struct gb_row_trace t = { 0 };
    gb_arena_init(&a, 0);
    const char *name = gb_take_str(&in, &a), *agency = gb_take_str(&in, &a);
    int64_t today = gb_take_i64(&in);
    t.indicator_i = (int)gb_take_i64(&in);
    t.region_i = (int)gb_take_i64(&in);
    t.period = (int32_t)gb_take_i64(&in);
    t.line = gb_take_i64(&in);
    t.value = gb_take_i64(&in);
    struct gb_str bytes = gb_take_bytes(&in);
    enum gb_code code =
        gb_wire_done(&in) && name && agency
            ? gb_intake_trace(&t, &a, &prep.app->catalogue, name, bytes.p, bytes.n, agency, gb_date_from_days((int32_t)today), e)
            : gb_fail(e, GB_E_BUG, "câu hỏi về một dòng của bản giao nộp bị hỏng");
    gb_put_u8(out, t.found);
    gb_put_u32(out, (uint32_t)t.cell_column);
    gb_put_str(out, t.found ? t.written : NULL);
    gb_put_str(out, t.found ? t.record : NULL);
    gb_put_str(out, t.found ? t.sheet : NULL);
    gb_arena_release(&a);
    return code;
}

static enum gb_code work(void *ctx, const struct gb_work *w, struct gb_buf *out, struct gb_err *e)
{
    (void)ctx;
    switch ((enum gb_prep_job)w->job) {
    case GB_PREP_HEAD: return work_head(w, out, e);
    case GB_PREP_INTAKE: return work_intake(w, out, e);
    case GB_PREP_DRY: return work_dry(w, out, e);
    case GB_PREP_TRACE: return work_trace(w, out, e);
    }
    gb_bug("prep job");
}

enum gb_code gb_prep_start(struct gb_zygote *z, struct gb_app *app, struct gb_date date, struct gb_err *e)
{
    struct gb_zygote_plan plan = {
        .cage = &app->cage, .work = work, .n_slots = gb_app_jobs(app), .tmp_parent = "/nonexistent", .name = "chuẩn bị"
    };
    memcpy(plan.limits, gb_limits, sizeof plan.limits);
    plan.limits[GB_BOX_PURE].file_mib = 256; /* the columns of a million rows */
    prep.app = app;
    gb_cube_init(&prep.cube, &app->catalogue);
    gb_cube_end_part(&prep.cube, GB_N_PARTS - 1);
    gb_evaluation_init(&prep.ev, &prep.cube, date);
    enum gb_code code = gb_evaluation_run(&prep.ev, e);
    if (code == GB_OK)
        code = gb_zygote_start(z, &plan, e);
    gb_evaluation_release(&prep.ev); /* the zygote has its own copy of what it was forked with */
    gb_cube_release(&prep.cube);
    return code;
}

/* ---- heads ---- */

struct heads {
    struct gb_plan *plan;
};

static void head_done(void *ctx, size_t i, const struct gb_job_result *r)
{
    struct gb_plan *p = ((struct heads *)ctx)->plan;
    struct gb_head *h = &p->head[i];
    h->ok = r->end == GB_END_OK && take_meta(p->arena, r->out, r->n_out, &h->meta);
    if (!h->ok) {
        h->code = r->end == GB_END_OK ? GB_E_BUG : r->code;
        h->why = r->text[0] ? gb_strdup(p->arena, r->text) : gb_job_end_word(r->end);
    }
}

static bool is_definition(const char *path)
{
    return !gb_starts_with(path, "lib/");
}

void gb_plan_heads(struct gb_plan *p, struct gb_app *app, struct gb_zygote *z)
{
    size_t n = app->sources.n_files;
    struct gb_pool_task *task = GB_NEW_N(&app->arena, n + 1, struct gb_pool_task);
    struct heads ctx = { .plan = p };

    memset(p, 0, sizeof *p);
    p->arena = &app->arena;
    p->head = GB_NEW_N(p->arena, n + 1, struct gb_head);
    for (size_t i = 0; i < n; i++) {
        const char *path = app->sources.file[i].path;
        if (!is_definition(path))
            continue;
        p->head[p->n_heads].path = path;
        task[p->n_heads++] = (struct gb_pool_task){
            .zygote = z, .job = GB_PREP_HEAD, .box = GB_BOX_PURE, .deadline_ms = 10000, .in = path, .n_in = strlen(path) + 1
        };
    }
    gb_pool_run(task, p->n_heads, gb_app_jobs(app), head_done, &ctx);
}

const struct gb_head *gb_plan_broken(const struct gb_plan *p)
{
    for (size_t i = 0; i < p->n_heads; i++)
        if (!p->head[i].ok && (p->head[i].code == GB_E_REPORT || p->head[i].code == GB_E_CONFIG))
            return &p->head[i];
    return NULL;
}
