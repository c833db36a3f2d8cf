/* work.c — inside a worker: one job of the plan from the inherited figures to bytes. No file, no store, no clock. */
#include "app/work.h"
#include "base/file.h"

enum gb_box gb_job_box(const struct gb_plan_job *j)
{
    for (int i = 0; i < j->n_outputs; i++)
        if (j->output[i].format == GB_F_XLSX)
            return GB_BOX_TMPDIR;
    return GB_BOX_PURE;
}

/* ---- documents ---- */

static struct gb_script_job script_job(const struct gb_worker_ctx *ctx, const struct gb_plan_job *j)
{
    return (struct gb_script_job){ .sources = &ctx->app->sources,
                                   .ev = ctx->ev,
                                   .path = j->script,
                                   .audience = ctx->audience,
                                   .level = j->level,
                                   .indicator_i = j->indicator_i,
                                   .region_i = j->region_i,
                                   .sample = ctx->sample };
}

enum gb_code gb_work_doc(const struct gb_worker_ctx *ctx, const struct gb_plan_job *j, struct gb_arena *a, struct gb_doc **doc,
                         const char **reason, struct gb_err *e)
{
    struct gb_script_job job = script_job(ctx, j);
    *doc = NULL;
    *reason = NULL;
    if (gb_streq(j->level, "ad-hoc")) {
        enum gb_code code = gb_script_trigger(&job, a, reason, e);
        if (code != GB_OK || !*reason)
            return code;
    }
    return gb_script_run(&job, a, doc, e);
}

/* "./", "../" ...: the way from a page back to the edition's root. */
static const char *root_of(const char *path)
{
    static const char *const up[] = { "./", "../", "../../" };
    size_t n = 0;
    for (const char *p = path; *p; p++)
        n += *p == '/';
    gb_assert(n < sizeof up / sizeof *up);
    return up[n];
}

static void escape(struct gb_buf *b, const char *s)
{
    for (; *s; s++) {
        switch (*s) {
        case '&': gb_buf_adds(b, "&amp;"); break;
        case '<': gb_buf_adds(b, "&lt;"); break;
        case '>': gb_buf_adds(b, "&gt;"); break;
        case '"': gb_buf_adds(b, "&quot;"); break;
        default: gb_buf_addc(b, *s);
        }
    }
}

static void nav_link(struct gb_buf *b, const char *root, const char *path, const char *text, bool here)
{
    gb_buf_addf(b, "<a href=\"%s%s\"%s>", root, path, here ? " aria-current=\"page\"" : "");
    escape(b, text);
    gb_buf_adds(b, "</a>\n");
}

/* The pages that stand at the root of this audience's edition, and its data for machines. */
static const char *nav_of(const struct gb_worker_ctx *ctx, const char *path, struct gb_arena *a)
{
    struct gb_buf b = { 0 };
    const char *root = root_of(path);
    nav_link(&b, root, "index.html", ctx->audience == GB_PUBLIC ? "Trang chủ" : "Mục lục", strcmp(path, "index.html") == 0);
    for (size_t i = 0; i < ctx->plan->n; i++) {
        const struct gb_plan_job *j = &ctx->plan->job[i];
        if (j->audience != ctx->audience || j->kind != GB_JOB_DOC || j->indicator_i >= 0 || j->region_i >= 0)
            continue;
        if (j->page && !j->short_title) /* a page that is reached by other ways */
            continue;
        for (int k = 0; k < j->n_outputs; k++) {
            const char *p = j->output[k].path;
            if (j->output[k].format == GB_F_HTML && !strchr(p, '/') && strcmp(p, "index.html") != 0)
                nav_link(&b, root, p, j->short_title ? j->short_title : j->title, strcmp(p, path) == 0);
        }
    }
    const char *s = gb_buf_copy(a, &b);
    gb_buf_release(&b);
    return s;
}

static const char *html_of(const struct gb_plan_job *j)
{
    for (int k = 0; k < j->n_outputs; k++)
        if (j->output[k].format == GB_F_HTML)
            return j->output[k].path;
    return NULL;
}

static bool sector_seen(const struct gb_worker_ctx *ctx, int sector_i)
{
    const struct gb_catalogue *c = &ctx->app->catalogue;
    for (int i = 0; i < c->n_indicators; i++)
        if (c->indicator[i].sector_i == sector_i && gb_indicator_seen(ctx->ev, i))
            return true;
    return false;
}

/* An indicator's page stands under its sector on the home page, between the sector's other indicators; any other page below the
 * root stands under the contents. */
static const struct gb_html_way *way_of(const struct gb_worker_ctx *ctx, const struct gb_plan_job *j, const char *path,
                                        struct gb_arena *a)
{
    const struct gb_catalogue *c = &ctx->app->catalogue;
    struct gb_html_way *w = GB_NEW(a, struct gb_html_way);
    if (!strchr(path, '/'))
        return NULL;
    w->up[w->n_up++] = (struct gb_html_link){ "index.html", ctx->audience == GB_PUBLIC ? "Trang chủ" : "Mục lục" };
    if (j->indicator_i < 0)
        return w;
    int sector_i = c->indicator[j->indicator_i].sector_i;
    const char *sector = c->sector[sector_i].name_vi;
    if (sector_seen(ctx, sector_i)) /* the home page has no part for a sector without figures */
        w->up[w->n_up++] = (struct gb_html_link){ gb_sprintf(a, "index.html#%s", gb_script_anchor(a, sector)), sector };
    bool passed = false;
    for (size_t i = 0; i < ctx->plan->n && !w->next.target; i++) {
        const struct gb_plan_job *k = &ctx->plan->job[i];
        if (k == j) {
            passed = true;
            continue;
        }
        if (k->audience != j->audience || k->kind != GB_JOB_DOC || k->indicator_i < 0 || !gb_streq(k->script, j->script) ||
            c->indicator[k->indicator_i].sector_i != sector_i || !html_of(k))
            continue;
        *(passed ? &w->next : &w->previous) = (struct gb_html_link){ html_of(k), c->indicator[k->indicator_i].name_vi };
    }
    return w;
}

enum gb_code gb_work_render(const struct gb_worker_ctx *ctx, const struct gb_plan_job *j, const struct gb_doc *d,
                            enum gb_format f, const char *path, const char *tmpdir, struct gb_buf *out, struct gb_err *e)
{
    switch (f) {
    case GB_F_PDF: return gb_render_pdf(d, &ctx->edition, out, e);
    case GB_F_HTML: {
        struct gb_html_options opt = { .templates = &ctx->app->templates,
                                       .root = root_of(path),
                                       .nav_html = nav_of(ctx, path, d->arena),
                                       .way = way_of(ctx, j, path, d->arena) };
        for (int k = 0; d->one_page && k < j->n_outputs; k++)
            if (j->output[k].format == GB_F_PDF)
                opt.print = gb_path_base(j->output[k].path);
        if (j->kind == GB_JOB_DOC && ctx->audience == GB_PUBLIC && j->indicator_i >= 0)
            opt.data_stem = gb_sprintf(d->arena, "../data/%s", ctx->app->catalogue.indicator[j->indicator_i].code);
        return gb_render_html(d, &ctx->edition, &opt, out, e);
    }
    case GB_F_XLSX: return gb_render_xlsx(d, &ctx->edition, tmpdir, out, e);
    case GB_F_CSV: return gb_render_csv(d, &ctx->edition, out, e);
    case GB_F_JSON:
    case GB_F_JSONLD: return gb_render_json(d, &ctx->edition, out, e);
    case GB_F_XML: break;
    }
    gb_bug("format of a document");
}

/* ---- the answer ---- */

static void put_file(struct gb_buf *out, int i, const struct gb_buf *b)
{
    gb_put_u8(out, 'F');
    gb_put_u8(out, (uint8_t)i);
    gb_put_bytes(out, b->p ? b->p : "", b->n);
}

bool gb_job_answer_read(struct gb_arena *a, const struct gb_plan_job *j, const void *p, size_t n, struct gb_job_answer *out)
{
    struct gb_wire w = { .p = p, .end = (const uint8_t *)p + n };
    int have = 0;
    memset(out, 0, sizeof *out);
    while (!w.bad && w.p < w.end) {
        switch (gb_take_u8(&w)) {
        case 'N': out->nothing = true; break;
        case 'R': out->reason = gb_take_str(&w, a); break;
        case 'P': out->faults = gb_take_str(&w, a); break;
        case 'D': out->facts = gb_take_bytes(&w); break;
        case 'F': {
            uint8_t i = gb_take_u8(&w);
            struct gb_str s = gb_take_bytes(&w);
            if (w.bad || i >= j->n_outputs || out->has[i] || s.n == 0)
                return false;
            out->file[i] = s;
            out->has[i] = true;
            have++;
            break;
        }
        default: return false;
        }
    }
    if (!gb_wire_done(&w))
        return false;
    if (out->nothing)
        return have == 0 && (gb_streq(j->level, "ad-hoc") || j->kind == GB_JOB_CAP);
    return have == j->n_outputs || (have == 0 && out->facts.n > 0);
}

static enum gb_code render_all(const struct gb_worker_ctx *ctx, const struct gb_plan_job *j, const struct gb_doc *d,
                               const char *tmpdir, struct gb_buf *out, struct gb_err *e)
{
    struct gb_buf b = { 0 }, faults = { 0 };
    struct gb_worker_ctx watched = *ctx;
    enum gb_code code = GB_OK;
    watched.edition.faults = &faults;
    for (int i = 0; code == GB_OK && i < j->n_outputs; i++) {
        gb_buf_reset(&b);
        code = gb_work_render(&watched, j, d, j->output[i].format, j->output[i].path, tmpdir, &b, e);
        if (code == GB_OK)
            put_file(out, i, &b);
        else
            gb_context(e, "%s", j->output[i].path);
    }
    if (code == GB_OK && faults.n) {
        gb_put_u8(out, 'P');
        gb_buf_addc(&faults, '\0');
        gb_put_str(out, faults.p);
    }
    gb_buf_release(&b);
    gb_buf_release(&faults);
    return code;
}

static void put_facts(const struct gb_plan_job *j, const struct gb_doc *d, struct gb_buf *out)
{
    struct gb_buf b = { 0 };
    gb_facts_csv(d, j->id, &b);
    gb_put_u8(out, 'D');
    gb_put_bytes(out, b.p, b.n);
    gb_buf_release(&b);
}

static enum gb_code work_doc(const struct gb_worker_ctx *ctx, const struct gb_plan_job *j, const struct gb_work *w,
                             struct gb_arena *a, struct gb_buf *out, struct gb_err *e)
{
    struct gb_doc *d = NULL;
    const char *reason = NULL;
    enum gb_code code = gb_work_doc(ctx, j, a, &d, &reason, e);
    if (code != GB_OK)
        return code;
    if (!d) {
        gb_put_u8(out, 'N');
        return GB_OK;
    }
    if (reason) {
        gb_put_u8(out, 'R');
        gb_put_str(out, reason);
    }
    put_facts(j, d, out);
    return w->job & GB_JOB_FACTS ? GB_OK : render_all(ctx, j, d, w->tmpdir, out, e);
}

/* The same words whatever happened (TRUST.md 39): a reader is told that a part is missing, not what the machine thinks of it. */
static enum gb_code work_placeholder(const struct gb_worker_ctx *ctx, const struct gb_plan_job *j, const char *tmpdir,
                                     struct gb_arena *a, struct gb_buf *out, struct gb_err *e)
{
    struct gb_doc *d = gb_doc_new(a, &ctx->app->catalogue, ctx->audience, "placeholder");
    d->title = j->title;
    d->type_name = "BẢN TIN";
    d->style = GB_DOC_PAGE;
    d->date = ctx->ev->date;
    d->vintage = ctx->edition.vintage;
    gb_doc_mark(d, "BẢN TIN TỰ ĐỘNG");
    struct gb_node *s = gb_doc_section(d, d->root, "chua-lap-duoc", "Phần này chưa lập được");
    struct gb_node *box = gb_doc_callout(d, s, GB_STATE_NONE);
    gb_text_add(d, &box->text,
                "Phần này chưa lập được trong ấn bản này. Các phần khác không bị ảnh hưởng. Bộ phận vận hành đã được báo.", 0);
    struct gb_node *t = gb_doc_table(d, s, "tinh-trang", "Tình trạng", 1);
    gb_doc_col(d, t, 0, "Tình trạng", NULL, GB_LEFT, 1);
    gb_doc_cell_text(d, gb_doc_row(d, t), 0, "Phần này chưa lập được trong ấn bản này.");
    enum gb_code code = gb_doc_check(d, e);
    return code == GB_OK ? render_all(ctx, j, d, tmpdir, out, e) : code;
}

/* ---- data ---- */

static enum gb_code work_data(const struct gb_worker_ctx *ctx, const struct gb_plan_job *j, struct gb_buf *out, struct gb_err *e)
{
    struct gb_buf b = { 0 };
    enum gb_code code = GB_OK;
    for (int i = 0; code == GB_OK && i < j->n_outputs; i++) {
        gb_buf_reset(&b);
        code = j->output[i].format == GB_F_CSV ? gb_data_csv(ctx->ev, j->indicator_i, &ctx->edition, &b, e)
                                               : gb_data_json(ctx->ev, j->indicator_i, &ctx->edition, &b, e);
        if (code == GB_OK)
            put_file(out, i, &b);
    }
    gb_buf_release(&b);
    return code;
}

static enum gb_code work_single(const struct gb_worker_ctx *ctx, const struct gb_plan_job *j, const char *tmpdir,
                                struct gb_buf *out, struct gb_err *e)
{
    struct gb_buf b = { 0 };
    enum gb_code code = GB_OK;
    if (j->kind == GB_JOB_WORKBOOK)
        code = gb_workbook_sector(ctx->ev, j->sector_i, &ctx->edition, tmpdir, &b, e);
    else if (j->kind == GB_JOB_CODEBOOK)
        gb_codebook_csv(ctx->ev, &b);
    else if (j->kind == GB_JOB_QUALITY)
        gb_quality_csv(ctx->ev, ctx->edition.sample, &b);
    else if (j->kind == GB_JOB_STATES)
        gb_states_json(ctx->ev, &ctx->edition, &b);
    else if (j->kind == GB_JOB_STATE)
        gb_state_json(ctx, &b);
    else if (j->kind == GB_JOB_EVENTS)
        gb_events_json(ctx->ev, &ctx->edition, &b);
    else
        gb_alerts_json(ctx->ev, &ctx->edition, &b);
    if (code == GB_OK)
        put_file(out, 0, &b);
    gb_buf_release(&b);
    return code;
}

/* Tonight's message of a scenario, or nothing. */
static enum gb_code work_cap(const struct gb_worker_ctx *ctx, const struct gb_plan_job *j, struct gb_arena *a, struct gb_buf *out,
                             struct gb_err *e)
{
    struct gb_script_job job = script_job(ctx, j);
    struct gb_cap cap;
    struct gb_buf b = { 0 };
    job.audience = GB_LEADERSHIP; /* whose definitions they are; the centre sees what leadership sees */
    enum gb_code code = gb_script_cap(&job, a, &cap, e);
    if (code == GB_OK && gb_cap_xml(ctx->ev, &cap, &ctx->edition, &b) != GB_CAP_NONE)
        put_file(out, 0, &b);
    else if (code == GB_OK)
        gb_put_u8(out, 'N');
    gb_buf_release(&b);
    return code;
}

void gb_kit_put(struct gb_buf *b, const struct gb_data_file *f)
{
    gb_put_str(b, f->path);
    gb_put_i64(b, (int64_t)f->bytes);
    gb_put_raw(b, f->sha256.b, sizeof f->sha256.b);
    gb_put_i64(b, f->indicator_i);
    gb_put_str(b, f->mime);
}

static enum gb_code work_kit(const struct gb_worker_ctx *ctx, const struct gb_plan_job *j, const struct gb_work *w,
                             struct gb_arena *a, struct gb_buf *out, struct gb_err *e)
{
    struct gb_wire in = { .p = w->in, .end = (const uint8_t *)w->in + w->n_in };
    size_t n = gb_take_count(&in, 40);
    struct gb_data_file *f = GB_NEW_N(a, n + 1, struct gb_data_file);
    const struct gb_catalogue *c = &ctx->app->catalogue;
    struct gb_buf b = { 0 };

    for (size_t i = 0; i < n && !in.bad; i++) {
        f[i].path = gb_take_str(&in, a);
        f[i].bytes = (size_t)gb_take_i64(&in);
        const void *sha = gb_take_raw(&in, sizeof f[i].sha256.b);
        if (sha)
            memcpy(f[i].sha256.b, sha, sizeof f[i].sha256.b);
        f[i].indicator_i = (int)gb_take_i64(&in);
        f[i].mime = gb_take_str(&in, a);
    }
    if (!gb_wire_done(&in))
        return gb_fail(e, GB_E_BUG, "danh sách tệp dữ liệu bị hỏng trên đường đi");
    for (int i = 0; i < j->n_outputs; i++) {
        gb_buf_reset(&b);
        if (j->output[i].format == GB_F_JSON)
            gb_datapackage_json(c, &ctx->edition, f, n, &b);
        else if (j->output[i].format == GB_F_JSONLD)
            gb_catalog_jsonld(c, &ctx->edition, f, n, &b);
        else
            gb_feed_xml(c, &ctx->edition, f, n, &b);
        put_file(out, i, &b);
    }
    gb_buf_release(&b);
    return GB_OK;
}

static enum gb_code work_index(const struct gb_worker_ctx *ctx, const struct gb_plan_job *j, const struct gb_work *w,
                               struct gb_arena *a, struct gb_buf *out, struct gb_err *e)
{
    struct gb_wire in = { .p = w->in, .end = (const uint8_t *)w->in + w->n_in };
    struct gb_doc *d = gb_index_doc(ctx, j, a, &in);
    if (!gb_wire_done(&in))
        return gb_fail(e, GB_E_BUG, "mục lục bị hỏng trên đường đi");
    enum gb_code code = gb_doc_check(d, e);
    return code == GB_OK ? render_all(ctx, j, d, w->tmpdir, out, e) : code;
}

enum gb_code gb_work_job(void *ctx_, const struct gb_work *w, struct gb_buf *out, struct gb_err *e)
{
    const struct gb_worker_ctx *ctx = ctx_;
    size_t i = (size_t)(w->job & ~(GB_JOB_PLACEHOLDER | GB_JOB_FACTS));
    struct gb_arena a;
    enum gb_code code = GB_OK;

    gb_assert(i < ctx->plan->n && ctx->plan->job[i].audience == ctx->audience);
    const struct gb_plan_job *j = &ctx->plan->job[i];
    gb_arena_init(&a, 0);
    if ((w->job & GB_JOB_PLACEHOLDER) && j->kind == GB_JOB_CAP)
        gb_put_u8(out, 'N'); /* nobody is alerted by a page that says that a part is missing: the finding says it */
    else if (w->job & GB_JOB_PLACEHOLDER)
        code = work_placeholder(ctx, j, w->tmpdir, &a, out, e);
    else
        switch (j->kind) {
        case GB_JOB_DOC: code = work_doc(ctx, j, w, &a, out, e); break;
        case GB_JOB_DATA: code = work_data(ctx, j, out, e); break;
        case GB_JOB_WORKBOOK:
        case GB_JOB_CODEBOOK:
        case GB_JOB_QUALITY:
        case GB_JOB_STATES:
        case GB_JOB_ALERTS:
        case GB_JOB_STATE:
        case GB_JOB_EVENTS: code = work_single(ctx, j, w->tmpdir, out, e); break;
        case GB_JOB_CAP: code = work_cap(ctx, j, &a, out, e); break;
        case GB_JOB_INDEX: code = work_index(ctx, j, w, &a, out, e); break;
        case GB_JOB_KIT: code = work_kit(ctx, j, w, &a, out, e); break;
        }
    gb_arena_release(&a);
    return code == GB_OK ? code : gb_context(e, "%s", j->id);
}
