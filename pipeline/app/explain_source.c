/* explain_source.c — the deliveries behind one figure. What the store keeps (file, line, hash, value) is read first and the store closed; then
 * the newest files are read again from the vault, inside the walls like any delivered file, to show how the figure was written there. */
#include "app/clock.h"
#include "app/explain.h"
#include "app/prep.h"
#include "document/value.h"
#include "intake/intake.h"
#include "store/store.h"

enum { MAX_TRACED = 12 }; /* files read again, the newest ones */

struct version {
    struct gb_delivery d;
    int64_t value, line;
    char status;
    const char *note;
    struct gb_row_trace trace;
    const char *untraced; /* why the row was not found again */
};
struct versions {
    struct gb_explain *x;
    struct version *v;
    size_t n, cap;
    struct gb_conflict *conflict;
    size_t n_conflicts;
    struct gb_delivery *delivery;
    size_t n_deliveries;
};

static enum gb_code take(void *ctx, const struct gb_delivery *d, const struct gb_segment *s, struct gb_err *e)
{
    struct versions *vs = ctx;
    struct gb_explain *x = vs->x;
    const char *region = x->c->region[x->region_i].code;
    (void)e;
    for (size_t i = 0; i < s->n; i++) {
        int64_t value = s->value[i];
        if (s->freq != x->freq || s->period[i] != x->period || strcmp(s->region[i], region) != 0)
            continue;
        if (value != GB_VALUE_MISSING && s->scale != x->ind->scale &&
            !gb_dec_rescale(value, s->scale, x->ind->scale, &value)) /* the catalogue changed its scale since */
            continue;
        vs->v = gb_arena_grow(x->arena, vs->v, vs->n, &vs->cap, vs->n + 1, sizeof *vs->v);
        struct version *v = &vs->v[vs->n++];
        *v = (struct version){ .d = *d, .value = value, .status = s->status[i], .line = s->line ? s->line[i] : 0 };
        v->d.agency = gb_strdup(x->arena, d->agency);
        v->d.file_name = gb_strdup(x->arena, d->file_name);
        v->note = s->note && s->note[i] ? gb_strdup(x->arena, s->note[i]) : "";
    }
    return GB_OK;
}

static enum gb_code from_store(struct versions *vs, struct gb_err *e)
{
    struct gb_explain *x = vs->x;
    struct gb_store *s = NULL;
    enum gb_code code = gb_store_open(&s, gb_app_store(x->app), true, e);
    if (code == GB_OK) {
        gb_store_until(s, gb_app_date(x->app)); /* as the night of that day */
        code = gb_store_vintage(s, x->app->args.vintage, &x->v, e);
    }
    if (code == GB_OK)
        code = gb_store_replay(s, x->v.number, x->ind->code, take, vs, e);
    if (code == GB_OK)
        code = gb_store_conflicts(s, x->arena, x->v.number, &vs->conflict, &vs->n_conflicts, e);
    if (code == GB_OK)
        code = gb_store_deliveries(s, x->arena, x->v.number, &vs->delivery, &vs->n_deliveries, e);
    gb_store_close(s);
    return code;
}

/* ---- the files themselves ---- */

static void traced(void *ctx, size_t i, const struct gb_job_result *r)
{
    struct versions *vs = ctx;
    struct version *v = &vs->v[vs->n - 1 - i];
    struct gb_row_trace t = v->trace;
    if (r->end == GB_END_OK && gb_trace_answer(vs->x->arena, r->out, r->n_out, &t) && t.found)
        v->trace = t;
    else if (!v->untraced)
        v->untraced = r->end == GB_END_OK
                          ? "đọc lại tệp không thấy dòng cho đúng giá trị này (tệp kèm khi giao nộp không được lưu)"
                          : gb_sprintf(vs->x->arena, "không đọc lại được tệp (%s)", gb_job_end_word(r->end));
}

static void trace_all(struct versions *vs)
{
    struct gb_explain *x = vs->x;
    struct gb_zygote prep = { .fd = -1 };
    struct gb_pool_task task[MAX_TRACED];
    struct gb_buf question[MAX_TRACED] = { 0 }, bytes = { 0 };
    struct gb_err why = { 0 };
    char line[GB_ERR_TEXT];
    size_t n = 0;
    for (; n < vs->n && n < MAX_TRACED; n++) { /* the newest first, and each must have a task of its number */
        struct version *v = &vs->v[vs->n - 1 - n];
        v->trace = (struct gb_row_trace){
            .indicator_i = x->indicator_i, .region_i = x->region_i, .period = x->period, .line = v->line, .value = v->value
        };
        gb_buf_reset(&bytes);
        struct gb_err e = { 0 };
        if (gb_vault_get(gb_app_store(x->app), &v->d.sha256, GB_INTAKE_MAX_BYTES, &bytes, &e) != GB_OK)
            v->untraced = gb_strdup(x->arena, gb_err_line(&e, line, sizeof line));
        gb_trace_ask(&question[n], &v->trace, v->d.file_name, v->d.agency, gb_app_date(x->app), bytes.p,
                     v->untraced ? 0 : bytes.n);
        task[n] = (struct gb_pool_task){ .zygote = &prep,
                                         .job = GB_PREP_TRACE,
                                         .box = GB_BOX_PURE,
                                         .deadline_ms = (unsigned)x->app->args.deadline_s * 1000,
                                         .in = question[n].p,
                                         .n_in = question[n].n };
    }
    if (n && gb_cage_warm(&x->app->cage, x->app->args.no_landlock, &why) == GB_OK &&
        gb_prep_start(&prep, x->app, gb_app_date(x->app), &why) == GB_OK)
        gb_pool_run(task, n, gb_app_jobs(x->app), traced, vs);
    else if (n)
        for (size_t i = 0; i < n; i++)
            vs->v[vs->n - 1 - i].untraced = gb_strdup(x->arena, gb_err_line(&why, line, sizeof line));
    gb_zygote_stop(&prep);
    gb_buf_release(&bytes);
    for (size_t i = 0; i < n; i++)
        gb_buf_release(&question[i]);
}

/* ---- telling ---- */

static void tell_written(const struct gb_explain *x, const struct version *v)
{
    struct gb_tell *t = x->t;
    char cell[32] = "";
    if (v->trace.found && v->trace.cell_column)
        gb_cell_name(v->trace.cell_column, v->line, cell);
    if (v->trace.found) {
        gb_tell_str(t, "written", v->trace.written);
        if (*cell) {
            gb_tell_str(t, "cell", cell);
            gb_tell_str(t, "sheet", v->trace.sheet);
            gb_tell_text(t, 5, "nguyên văn ô %s!%s: \"%s\"", v->trace.sheet, cell, v->trace.written);
        } else {
            gb_tell_str(t, "record", v->trace.record);
            gb_tell_text(t, 5, "nguyên văn: \"%s\", trong dòng: %s", v->trace.written, v->trace.record ? v->trace.record : "");
        }
    } else if (v->untraced) {
        gb_tell_str(t, "written_missing", v->untraced);
        gb_tell_text(t, 5, "nguyên văn: %s", v->untraced);
    }
}

static void tell_delivery(const struct gb_explain *x, const struct version *v)
{
    struct gb_tell *t = x->t;
    const struct gb_delivery *d = &v->d;
    char iso[16], when[32] = "", sent[32] = "", hash[65];
    gb_date_iso(d->as_of, iso);
    if (d->received_utc)
        gb_time_iso_vn(d->received_utc, when);
    if (d->delivered_utc)
        gb_time_iso_vn(d->delivered_utc, sent);
    gb_sha256_hex(&d->sha256, hash);
    gb_tell_int(t, "delivery", d->id);
    gb_tell_str(t, "agency", d->agency);
    gb_tell_str(t, "file", d->file_name);
    gb_tell_str(t, "sha256", hash);
    if (v->line)
        gb_tell_int(t, "line", v->line);
    gb_tell_str(t, "as_of", iso);
    gb_tell_int(t, "seq", d->seq);
    gb_tell_str(t, "delivered", *sent ? sent : NULL);
    gb_tell_str(t, "received", *when ? when : NULL);
    gb_tell_flag(t, "sample", d->sample);
    gb_tell_int(t, "rows", d->n_rows);
    gb_tell_int(t, "rows_rounded", d->n_rounded);
    gb_tell_int(t, "rows_marked", d->n_marked);
    if (*v->note)
        gb_tell_str(t, "note", v->note);
    gb_tell_text(t, 5, "bản giao nộp %lld: %s, tệp %s%s%s", (long long)d->id, d->agency, d->file_name, v->line ? ", dòng " : "",
                 v->line ? gb_sprintf(x->arena, "%lld", (long long)v->line) : "");
    gb_tell_text(t, 5, "số liệu đến %s, lần %lld; nhận lúc %s%s", iso, (long long)d->seq, *when ? when : "không rõ",
                 d->sample ? "; SỐ LIỆU MẪU" : "");
    tell_written(x, v);
    gb_tell_text(t, 5, "SHA-256 của tệp: %s", hash);
    if (d->n_rounded || d->n_marked)
        gb_tell_text(t, 5, "cả tệp: %lld dòng, %lld dòng làm tròn khi nhận, %lld dòng bị đánh dấu", (long long)d->n_rows,
                     (long long)d->n_rounded, (long long)d->n_marked);
    if (*v->note)
        gb_tell_text(t, 5, "ghi chú: %s", v->note);
}

static void tell_version(const struct versions *vs, size_t i, const char *revision)
{
    const struct gb_explain *x = vs->x;
    struct gb_tell *t = x->t;
    const struct version *v = &vs->v[i];
    gb_tell_item(t);
    gb_tell_int(t, "version", (int64_t)i + 1);
    gb_tell_dec(t, "value", v->value, x->ind->scale);
    gb_tell_status(t, "status", v->status);
    gb_tell_flag(t, "in_force", i + 1 == vs->n);
    gb_tell_text(t, 2, "%zu. %s%s%s", i + 1, gb_explain_value(x, x->indicator_i, v->value, v->status), revision,
                 i + 1 == vs->n && vs->n > 1 ? "; đang dùng" : "");
    tell_delivery(x, v);
    gb_tell_item_end(t);
}

/* "; sửa +1,5 so với bản trước" */
static const char *revision_of(const struct versions *vs, size_t i)
{
    const struct gb_explain *x = vs->x;
    int64_t diff;
    if (i == 0)
        return "";
    const struct version *a = &vs->v[i - 1], *b = &vs->v[i];
    if (a->value == b->value)
        return a->status == b->status ? "; như bản trước" : "; cùng số, mã trạng thái đổi";
    if (a->value == GB_VALUE_MISSING || b->value == GB_VALUE_MISSING || !gb_dec_sub(b->value, a->value, &diff))
        return "; thay bản trước";
    return gb_sprintf(x->arena, "; sửa %s%s so với bản trước", diff > 0 ? "+" : "",
                      gb_explain_number(x, diff, x->ind->scale, x->ind->scale));
}

static void tell_history(const struct versions *vs)
{
    const struct gb_explain *x = vs->x;
    struct gb_tell *t = x->t;
    int64_t n_changes = 0, total = 0;
    for (size_t i = 1; i < vs->n; i++)
        n_changes += vs->v[i].value != vs->v[i - 1].value;
    bool both = vs->n > 1 && vs->v[0].value != GB_VALUE_MISSING && vs->v[vs->n - 1].value != GB_VALUE_MISSING &&
                gb_dec_sub(vs->v[vs->n - 1].value, vs->v[0].value, &total);
    gb_tell_int(t, "changes", n_changes);
    gb_tell_dec(t, "changed_by", both ? total : GB_VALUE_MISSING, x->ind->scale);
    if (both)
        gb_tell_text(t, 2, "%zu bản, số đổi %lld lần; từ bản đầu đến bản cuối: %s%s", vs->n, (long long)n_changes,
                     total > 0 ? "+" : "", gb_explain_number(x, total, x->ind->scale, x->ind->scale));
}

static void tell_conflicts(const struct versions *vs)
{
    const struct gb_explain *x = vs->x;
    gb_tell_list(x->t, "conflicts");
    for (size_t k = 0; k < vs->n_conflicts; k++) {
        const struct gb_conflict *c = &vs->conflict[k];
        if (strcmp(c->indicator, x->ind->code) != 0)
            continue;
        for (size_t i = 0; i < vs->n_deliveries; i++) {
            const struct gb_delivery *d = &vs->delivery[i];
            if (!d->conflict || strcmp(d->agency, c->agency) != 0 || gb_date_to_days(d->as_of) != gb_date_to_days(c->as_of) ||
                d->seq != c->seq)
                continue;
            gb_tell_item(x->t);
            gb_tell_int(x->t, "delivery", d->id);
            gb_tell_str(x->t, "agency", d->agency);
            gb_tell_str(x->t, "file", d->file_name);
            gb_tell_item_end(x->t);
            gb_tell_text(x->t, 2,
                         "lưu ý: bản %lld (%s, %s) xung đột với bản khác cùng ngày, cùng số thứ tự: không được dùng; chỉ số chưa "
                         "công khai đến khi cơ quan gửi lại",
                         (long long)d->id, d->agency, d->file_name);
        }
    }
    gb_tell_list_end(x->t);
}

enum gb_code gb_explain_deliveries(struct gb_explain *x, struct gb_err *e)
{
    struct versions vs = { .x = x };
    enum gb_code code = from_store(&vs, e);
    if (code != GB_OK || !x->inside)
        return code;
    trace_all(&vs);
    gb_tell_part(
        x->t, "delivered",
        gb_sprintf(x->arena, "Các lần giao nộp, lần sau thay lần trước (phiên bản số liệu %lld):", (long long)x->v.number));
    if (!vs.n)
        gb_tell_text(x->t, 2, "không có cơ quan nào giao nộp con số này");
    gb_tell_list(x->t, "versions");
    for (size_t i = 0; i < vs.n; i++)
        tell_version(&vs, i, revision_of(&vs, i));
    gb_tell_list_end(x->t);
    tell_history(&vs);
    tell_conflicts(&vs);
    gb_tell_part_end(x->t);
    return GB_OK;
}
