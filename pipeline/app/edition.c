/* edition.c — see edition.h. What a worker says is taken apart here: files go by their number in the plan, are searched, and written. */
#include "app/edition.h"
#include "base/file.h"
#include "base/utf8.h"
#include <stdlib.h>

enum gb_code gb_edition_open(struct gb_edition *ed, int n_slots, bool resume, struct gb_err *e)
{
    struct gb_app *app = ed->app;
    enum gb_code code = gb_release_id(&app->arena, app->args.out, ed->audience, &ed->facts, &ed->id, &ed->exists, e);
    if (code != GB_OK || ed->exists)
        return code;
    char hex[65];
    struct gb_sha256_state s;
    gb_sha256_init(&s);
    gb_sha256_update(&s, ed->facts.vintage_digest.b, 32);
    gb_sha256_update(&s, ed->facts.definitions.b, 32);
    struct gb_sha256 h = gb_sha256_final(&s);
    gb_sha256_hex(&h, hex);
    ed->ctx = (struct gb_worker_ctx){
        .app = app, .plan = ed->plan, .ev = ed->ctx.ev, .audience = ed->audience, .sample = ed->facts.sample
    };
    ed->ctx.edition = (struct gb_edition_info){ .id = ed->id,
                                                .sample = ed->facts.sample,
                                                .short_hash = gb_strndup(&app->arena, hex, 16),
                                                .date = ed->facts.date,
                                                .vintage = ed->facts.vintage,
                                                .build = ed->facts.build,
                                                .audience = ed->audience };
    if (resume && (code = gb_release_leftover(&app->arena, app->args.out, ed->audience, ed->id, &ed->leftover, e)) != GB_OK)
        return code;
    if ((code = gb_release_begin(&ed->release, &app->arena, app->args.out, ed->audience, ed->id, e)) != GB_OK)
        return code;
    ed->watched = ed->audience == GB_PUBLIC || ed->audience == GB_FRONT;
    if (ed->watched)
        gb_leak_init(&ed->leak, &app->catalogue, ed->audience);
    struct gb_zygote_plan plan = { .cage = &app->cage,
                                   .work = gb_work_job,
                                   .ctx = &ed->ctx,
                                   .n_slots = n_slots,
                                   .tmp_parent = gb_tmp_parent(app),
                                   .name = gb_audience_word(ed->audience) };
    memcpy(plan.limits, gb_limits, sizeof plan.limits);
    code = gb_zygote_start(&ed->zygote, &plan, e);
    ed->has_zygote = code == GB_OK;
    return code;
}

void gb_edition_find(struct gb_edition *ed, const char *kind, const char *subject, const char *text)
{
    ed->n_findings++;
    gb_release_find(&ed->release, kind, subject, text);
}

static void withhold(struct gb_edition *ed, const char *why)
{
    if (!ed->withheld)
        ed->why_withheld = why;
    ed->withheld = true;
}

static void note_data(struct gb_edition *ed, const char *path, const void *p, size_t n, int indicator_i)
{
    if (ed->audience != GB_PUBLIC || !gb_starts_with(path, "data/"))
        return;
    if (ed->n_data == ed->cap_data) {
        size_t cap = ed->cap_data ? ed->cap_data * 2 : 64;
        struct gb_data_file *v = GB_NEW_N(&ed->app->arena, cap, struct gb_data_file);
        if (ed->n_data)
            memcpy(v, ed->data, ed->n_data * sizeof *v);
        ed->data = v;
        ed->cap_data = cap;
    }
    ed->data[ed->n_data++] = (struct gb_data_file){ .path = gb_strdup(&ed->app->arena, path),
                                                    .bytes = n,
                                                    .sha256 = gb_sha256_of(p, n),
                                                    .indicator_i = indicator_i,
                                                    .mime = gb_ends_with(path, ".csv") ? "text/csv" : "application/json" };
}

void gb_edition_add(struct gb_edition *ed, const char *path, const void *p, size_t n, const char *report, int indicator_i)
{
    const char *hit =
        ed->watched && !gb_ends_with(path, ".pdf") && !gb_ends_with(path, ".xlsx") ? gb_leak_scan(&ed->leak, p, n) : NULL;
    if (hit) {
        gb_log_line(&ed->app->log, GB_ERROR, gb_audience_word(ed->audience),
                    "%s nhắc tới chỉ số %s không thuộc diện được xem: không công bố ấn bản này", path, hit);
        withhold(ed, "một tệp nhắc tới chỉ số không thuộc diện được xem");
        return;
    }
    if (ed->io.code == GB_OK && gb_release_add(&ed->release, path, p, n, report, &ed->io) == GB_OK)
        note_data(ed, path, p, n, indicator_i);
}

/* What a worker saw on its own pages (canvas/watch.h): the pages stand, and those who run the night are told. The text comes from a
 * worker, so it is looked at as a worker's. */
static void note_faults(struct gb_edition *ed, const struct gb_plan_job *j, const char *faults)
{
    enum { MOST = 12 };
    size_t at, lines = 0;
    for (const char *p = faults, *end; *p && lines < MOST; p = *end ? end + 1 : end, lines++) {
        end = strchr(p, '\n');
        end = end ? end : p + strlen(p);
        const char *line = gb_strndup(&ed->app->arena, p, (size_t)(end - p));
        if (!gb_text_check(line, strlen(line), &at))
            gb_log_line(&ed->app->log, GB_WARN, "layout", "%s: %s", j->id, line);
    }
    gb_edition_find(ed, "layout", j->id,
                    "Có chữ hoặc hình trên trang chồng lên nhau hoặc ra ngoài trang; xem nhật ký của lượt chạy");
}

static void keep_facts(struct gb_edition *ed, size_t job_i, const struct gb_job_answer *a)
{
    if (a->facts.n)
        ed->outcome[job_i].facts = (struct gb_str){ gb_strndup(&ed->app->arena, a->facts.p, a->facts.n), a->facts.n };
}

void gb_edition_take_facts(struct gb_edition *ed, size_t job_i, const struct gb_job_result *r)
{
    const struct gb_plan_job *j = &ed->plan->job[job_i];
    struct gb_job_answer a;
    if (r->end == GB_END_OK && gb_job_answer_read(&ed->app->arena, j, r->out, r->n_out, &a))
        keep_facts(ed, job_i, &a);
    else
        gb_log_line(&ed->app->log, GB_WARN, j->id, "không ghi lại được tài liệu này nêu những con số nào: %s (%s)", r->text,
                    gb_job_end_word(r->end));
}

void gb_edition_add_facts(struct gb_edition *ed)
{
    struct gb_buf b = { 0 };
    gb_facts_csv_head(&b);
    for (size_t i = 0; i < ed->plan->n; i++)
        if (ed->plan->job[i].audience == ed->audience)
            gb_buf_add(&b, ed->outcome[i].facts.p, ed->outcome[i].facts.n);
    gb_edition_add(ed, "facts.csv", b.p, b.n, "facts", -1);
    gb_buf_release(&b);
}

static void take_answer(struct gb_edition *ed, size_t job_i, const struct gb_job_answer *a, bool placeholder)
{
    const struct gb_plan_job *j = &ed->plan->job[job_i];
    struct gb_outcome *o = &ed->outcome[job_i];
    o->made = placeholder ? GB_REPLACED : a->nothing ? GB_NOTHING : GB_MADE;
    o->reason = a->reason;
    keep_facts(ed, job_i, a);
    for (int i = 0; i < j->n_outputs; i++)
        if (a->has[i])
            gb_edition_add(ed, j->output[i].path, a->file[i].p, a->file[i].n, j->id, j->indicator_i);
    if (a->faults)
        note_faults(ed, j, a->faults);
}

void gb_edition_take(struct gb_edition *ed, size_t job_i, bool placeholder, const struct gb_job_result *r)
{
    struct gb_app *app = ed->app;
    const struct gb_plan_job *j = &ed->plan->job[job_i];
    struct gb_outcome *o = &ed->outcome[job_i];
    struct gb_job_answer a;

    if (r->end == GB_END_OK && gb_job_answer_read(&app->arena, j, r->out, r->n_out, &a)) {
        take_answer(ed, job_i, &a, placeholder);
        return;
    }
    o->made = GB_FAILED;
    o->end = r->end == GB_END_OK ? GB_END_CRASHED : r->end;
    gb_log_line(&app->log, r->end == GB_END_FORBIDDEN ? GB_ERROR : GB_WARN, j->id, "%s%s%s (%s)",
                placeholder ? "cả trang thay thế cũng không lập được: " : "không lập được: ", r->text,
                r->signal ? gb_sprintf(&app->arena, " tín hiệu %d", r->signal) : "", gb_job_end_word(o->end));
    if (placeholder)
        return;
    gb_edition_find(ed, "missing", j->id, "Phần này chưa lập được trong ấn bản này");
    if (ed->audience == GB_PUBLIC)
        withhold(ed, gb_sprintf(&app->arena, "không lập được %s", j->id));
}

/* ---- late jobs ---- */

/* For leadership alone: what was found in the night, in the order of the manifest (jobs end in any order). To others a part that is
 * missing is told beside its name, and what came in is not for them. */
static void findings_payload(const struct gb_edition *ed, struct gb_buf *out)
{
    const struct gb_release *r = &ed->release;
    if (ed->audience != GB_LEADERSHIP || !r->n_findings) {
        gb_put_i64(out, 0);
        return;
    }
    struct gb_release_finding *v = GB_NEW_N(&ed->app->arena, r->n_findings, struct gb_release_finding);
    memcpy(v, r->finding, r->n_findings * sizeof *v);
    gb_release_sort_findings(v, r->n_findings);
    gb_put_i64(out, (int64_t)r->n_findings);
    for (size_t i = 0; i < r->n_findings; i++) {
        const char *subject = v[i].subject;
        for (size_t k = 0; k < ed->plan->n; k++)
            if (strcmp(ed->plan->job[k].id, subject) == 0)
                subject = ed->plan->job[k].title; /* a reader knows a part by its title */
        gb_put_str(out, v[i].kind);
        gb_put_str(out, subject);
        gb_put_str(out, v[i].text);
    }
}

static void index_payload(const struct gb_edition *ed, struct gb_buf *out)
{
    struct gb_buf list = { 0 };
    int64_t n = 0;
    for (size_t i = 0; i < ed->plan->n; i++) {
        const struct gb_plan_job *j = &ed->plan->job[i];
        enum gb_made made = ed->outcome[i].made;
        if (j->audience != ed->audience || j->late || made == GB_PENDING || made == GB_NOTHING || made == GB_FAILED)
            continue;
        struct gb_index_entry x = { .title = j->title, .n_paths = j->n_outputs, .failed = made == GB_REPLACED };
        if (gb_streq(j->level, "ad-hoc"))
            x.note = gb_sprintf(&ed->app->arena, "Đột xuất: %s", ed->outcome[i].reason ? ed->outcome[i].reason : "");
        else if (gb_streq(j->level, "on-demand"))
            x.note = "Theo yêu cầu";
        else if (j->due && (gb_streq(j->rhythm, "weekly") || gb_streq(j->rhythm, "monthly")))
            x.note = gb_streq(j->rhythm, "weekly") ? "Kỳ hằng tuần đến hạn hôm nay" : "Kỳ hằng tháng đến hạn hôm nay";
        for (int k = 0; k < j->n_outputs; k++)
            x.path[k] = j->output[k].path;
        gb_index_put(&list, &x);
        n++;
    }
    gb_put_i64(out, n);
    gb_put_raw(out, list.p ? list.p : "", list.n);
    gb_buf_release(&list);
    findings_payload(ed, out);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct gb_data_file *)a)->path, ((const struct gb_data_file *)b)->path);
}

static void kit_payload(const struct gb_edition *ed, struct gb_buf *out)
{
    struct gb_data_file *v = GB_NEW_N(&ed->app->arena, ed->n_data + 1, struct gb_data_file);
    if (ed->n_data) {
        memcpy(v, ed->data, ed->n_data * sizeof *v);
        qsort(v, ed->n_data, sizeof *v, by_path);
    }
    gb_put_i64(out, (int64_t)ed->n_data);
    for (size_t i = 0; i < ed->n_data; i++)
        gb_kit_put(out, &v[i]);
}

void gb_edition_payload(const struct gb_edition *ed, const struct gb_plan_job *j, struct gb_buf *out)
{
    if (j->kind == GB_JOB_INDEX)
        index_payload(ed, out);
    else if (j->kind == GB_JOB_KIT)
        kit_payload(ed, out);
}

/* ---- resume ---- */

static void hash_one(struct gb_sha256_state *s, const char *path, const struct gb_sha256 *h)
{
    gb_sha256_update(s, path, strlen(path) + 1);
    gb_sha256_update(s, h->b, sizeof h->b);
}

/* A job's files are the last that were staged when it is journaled. */
struct gb_sha256 gb_edition_job_hash(const struct gb_edition *ed, const struct gb_plan_job *j)
{
    struct gb_sha256_state s;
    gb_sha256_init(&s);
    for (int i = 0; i < j->n_outputs; i++)
        for (size_t k = ed->release.n_files; k-- > 0;)
            if (strcmp(ed->release.file[k].path, j->output[i].path) == 0) {
                hash_one(&s, j->output[i].path, &ed->release.file[k].sha256);
                break;
            }
    return gb_sha256_final(&s);
}

bool gb_edition_reuse(struct gb_edition *ed, size_t job_i, const struct gb_sha256 *want)
{
    const struct gb_plan_job *j = &ed->plan->job[job_i];
    struct gb_buf b[GB_MAX_OUTPUTS] = { 0 };
    struct gb_sha256_state s;
    struct gb_err ignored = { 0 };
    bool whole = j->n_outputs > 0;

    gb_sha256_init(&s);
    for (int i = 0; whole && i < j->n_outputs; i++) {
        whole = gb_file_read(gb_path_join(&ed->app->arena, ed->leftover, j->output[i].path), (size_t)256 << 20, &b[i],
                             &ignored) == GB_OK;
        struct gb_sha256 h = gb_sha256_of(whole ? b[i].p : "", whole ? b[i].n : 0);
        hash_one(&s, j->output[i].path, &h);
    }
    struct gb_sha256 got = gb_sha256_final(&s);
    whole = whole && memcmp(got.b, want->b, sizeof got.b) == 0;
    for (int i = 0; i < j->n_outputs; i++) {
        if (whole)
            gb_edition_add(ed, j->output[i].path, b[i].p, b[i].n, j->id, j->indicator_i);
        gb_buf_release(&b[i]);
    }
    if (whole)
        ed->outcome[job_i].made = GB_MADE;
    return whole;
}

void gb_edition_close(struct gb_edition *ed)
{
    struct gb_err ignored = { 0 };
    if (ed->has_zygote)
        gb_zygote_stop(&ed->zygote);
    ed->has_zygote = false;
    if (ed->watched)
        gb_leak_release(&ed->leak);
    ed->watched = false;
    if (!ed->sealed && ed->release.dir_tmp)
        gb_release_abandon(&ed->release);
    if (ed->leftover && gb_remove_tree(ed->leftover, &ignored) != GB_OK)
        gb_err_clear(&ignored); /* its name marks it as garbage for retention */
    ed->leftover = NULL;
}
