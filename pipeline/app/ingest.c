/* ingest.c — see ingest.h. The store is opened by the caller after the prep zygote was forked and closed before the next fork, so
 * that no SQLite handle ever crosses one. Bytes are kept in the vault before the store knows of them. */
#define _GNU_SOURCE
#include "app/ingest.h"
#include "app/clock.h"
#include "app/drop.h"
#include "app/ingest_wire.h"
#include "app/progress.h"
#include "base/file.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#define MAX_DELIVERY_BYTES ((size_t)64 << 20)
#define MAX_META_BYTES ((size_t)1 << 20)
#define BATCH_FILES 64
#define BATCH_BYTES ((size_t)128 << 20)

struct piece {
    const char *name;
    int dir_fd;
    struct gb_buf bytes, question;
    const char *fault_code, *fault;
    struct gb_sha256 sha;
    struct gb_intake r;
    bool have_r;
};
struct batch {
    struct gb_app *app;
    struct piece *piece;
    size_t n;
};

/* ---- reading ---- */

/* 64 hexadecimal digits at the head of X.sha256, when there is one. */
static enum gb_code check_sidecar(struct piece *p, struct gb_arena *a, struct gb_err *e)
{
    struct gb_buf b = { 0 };
    bool present;
    const char *code = NULL, *text = NULL;
    char hex[65];
    enum gb_code rc = gb_drop_read(p->dir_fd, a, gb_sprintf(a, "%s.sha256", p->name), 4096, true, &b, &present, &code, &text, e);
    gb_sha256_hex(&p->sha, hex);
    if (rc == GB_OK && present && (code || b.n < 64 || memcmp(b.p, hex, 64) != 0)) {
        p->fault_code = "Q-sha256";
        p->fault = "nội dung không khớp với tệp .sha256 đi kèm; gửi lại cả hai";
    }
    gb_buf_release(&b);
    return rc;
}

static enum gb_code load(struct gb_app *app, struct piece *p, struct gb_date date, struct gb_err *e)
{
    struct gb_arena *a = &app->arena;
    struct gb_buf meta = { 0 };
    bool present, has_meta = false;
    enum gb_code code = GB_OK;

    if (strlen(p->name) > NAME_MAX - strlen(".meta.json")) { /* no room for the names of the files beside it */
        p->fault_code = "RF-name";
        p->fault = gb_sprintf(a, "tên tệp dài %zu byte; đổi tên ngắn lại, tối đa 128 ký tự, rồi gửi lại", strlen(p->name));
        return GB_OK;
    }
    code = gb_drop_read(p->dir_fd, a, p->name, MAX_DELIVERY_BYTES, false, &p->bytes, &present, &p->fault_code, &p->fault, e);

    if (code == GB_OK && !p->fault) {
        p->sha = gb_sha256_of(p->bytes.p ? p->bytes.p : "", p->bytes.n);
        code = check_sidecar(p, a, e);
    }
    if (code == GB_OK && !p->fault)
        code = gb_drop_read(p->dir_fd, a, gb_drop_meta_name(a, p->name), MAX_META_BYTES, true, &meta, &has_meta, &p->fault_code,
                            &p->fault, e);
    if (code == GB_OK && !p->fault)
        gb_intake_ask(&p->question, p->name, p->bytes.p, p->bytes.n, has_meta ? (meta.p ? meta.p : "") : NULL, meta.n, date,
                      app->args.partial);
    gb_buf_release(&meta);
    return code;
}

/* A delivery that never reached its reader gets a receipt all the same. */
static void refuse(struct piece *p, const char *code, const char *what)
{
    struct gb_intake *r = &p->r;
    if (p->have_r)
        gb_intake_release(r);
    memset(r, 0, sizeof *r);
    gb_arena_init(&r->arena, 0);
    r->delivery.file_name = gb_strdup(&r->arena, p->name);
    r->delivery.sha256 = p->sha;
    r->delivery.bytes = (int64_t)p->bytes.n;
    r->finding = GB_NEW(&r->arena, struct gb_finding);
    *r->finding =
        (struct gb_finding){ .severity = GB_REFUSE_FILE, .code = code, .expected = gb_strdup(&r->arena, what), .remedy = "" };
    r->n_findings = r->n_findings_all = 1;
    r->group = GB_NEW(&r->arena, struct gb_finding_group);
    *r->group = (struct gb_finding_group){ .severity = GB_REFUSE_FILE, .code = code, .n = 1 };
    r->n_groups = 1;
    p->have_r = true;
}

static void read_done(void *ctx, size_t i, const struct gb_job_result *res)
{
    struct batch *b = ctx;
    struct piece *p = &b->piece[i];
    if (p->fault)
        return;
    if (res->end == GB_END_OK && gb_intake_decode(&p->r, &b->app->catalogue, res->out, res->n_out)) {
        p->have_r = true;
        return;
    }
    if (res->end == GB_END_OK)
        p->have_r = true; /* its arena is open */
    gb_log_line(&b->app->log, res->end == GB_END_FORBIDDEN ? GB_ERROR : GB_WARN, "intake",
                "%s: tiến trình đọc kết thúc bất thường (%s, tín hiệu %d) %s", p->name, gb_job_end_word(res->end), res->signal,
                res->text);
    refuse(p, "RF-reader",
           "không đọc được tệp này trong giới hạn thời gian và bộ nhớ; kiểm tra tệp rồi gửi lại, hoặc báo bộ phận vận hành");
}

/* ---- storing ---- */

static enum gb_code store_one(struct gb_app *app, struct gb_store *store, const char *store_path, struct piece *p,
                              struct gb_receipt *rc, struct gb_err *e)
{
    struct gb_delivery *d = &p->r.delivery;
    int64_t known = 0;
    enum gb_code code;

    d->sha256 = p->sha;
    d->received_utc = app->args.has_received ? app->args.received_utc : d->delivered_utc ? d->delivered_utc : gb_clock_utc();
    if ((code = gb_store_find(store, &p->sha, &known, e)) != GB_OK)
        return code;
    if (!known && (code = gb_vault_put(store_path, &p->sha, p->bytes.p ? p->bytes.p : "", p->bytes.n, e)) != GB_OK)
        return code;
    code = gb_store_append(store, d, p->r.segment, p->r.n_segments, e);
    rc->known = known != 0;
    rc->conflict = d->conflict;
    return code;
}

/* A name with only what a path of an edition may hold; others go by their hash. */
static const char *receipt_path(struct gb_arena *a, const char *name, const struct gb_sha256 *sha)
{
    char hex[65];
    bool plain = name[0] != '.' && strlen(name) <= 120;
    for (const char *p = name; *p; p++)
        plain = plain && ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '.' ||
                          *p == '_' || *p == '-');
    if (plain)
        return gb_sprintf(a, "receipts/%s", name);
    struct gb_sha256 h = gb_sha256_of(name, strlen(name));
    (void)sha;
    gb_sha256_hex(&h, hex);
    return gb_sprintf(a, "receipts/ten-khong-hop-le-%.16s", hex);
}

static const char *summary_of(struct gb_arena *a, const struct piece *p)
{
    const struct gb_intake *r = &p->r;
    if (r->accepted)
        return gb_sprintf(a, "nhận %lld dòng", (long long)r->rows_accepted);
    const struct gb_finding *f = r->n_findings ? &r->finding[0] : NULL;
    char cell[32];
    if (f)
        gb_cell_name(f->cell_column, f->line, cell);
    const char *where = f && f->line ? gb_sprintf(a, ", %s %s", f->cell_column ? "ô" : "dòng", cell) : "";
    return gb_sprintf(a, "%s: %s%s%s%s", gb_intake_deferred(r) ? "để lại đêm sau" : "từ chối", f ? f->code : "?", where,
                      f && f->column ? ", cột " : "", f && f->column ? f->column : "");
}

/* What is not taken is kept as a fact: who handed over how many rows, and how many had faults. What came without its bytes is known by its
 * name and fault. A day later than the night's own cannot be told from a wrong clock: the night's is taken. */
static enum gb_code note_refusal(struct gb_app *app, struct gb_store *store, const struct piece *p, int64_t utc,
                                 struct gb_date date, struct gb_err *e)
{
    static const struct gb_sha256 none;
    const struct gb_intake *r = &p->r;
    const struct gb_delivery *d = &r->delivery;
    int said = d->agency ? gb_agency_find(&app->catalogue, d->agency) : -1;
    int agency_i = said >= 0 ? said : gb_intake_agency_named(&app->catalogue, p->name);
    int64_t rows = r->rows_read > 0 ? r->rows_read : 0;
    int32_t today = gb_date_to_days(date);
    struct gb_refusal x = { .agency = agency_i >= 0 ? app->catalogue.agency[agency_i].code : NULL,
                            .file_name = p->name,
                            .code = r->n_findings ? r->finding[0].code : "",
                            .as_of = gb_date_valid(d->as_of) && gb_date_to_days(d->as_of) <= today ? d->as_of : date,
                            .received_utc = utc,
                            .sha256 = p->sha,
                            .n_rows = rows,
                            .n_faulty = r->rows_refused < 0      ? 0
                                        : r->rows_refused > rows ? rows
                                                                 : r->rows_refused,
                            .partial = r->accepted };
    if (d->delivered_utc > 0 && gb_date_to_days(gb_date_of_utc(d->delivered_utc)) <= today)
        x.delivered_utc = d->delivered_utc;
    if (memcmp(&x.sha256, &none, sizeof none) == 0) {
        const char *known = gb_sprintf(&app->arena, "%s %s", p->name, x.code);
        x.sha256 = gb_sha256_of(known, strlen(known));
    }
    return gb_store_refuse(store, &x, e);
}

static enum gb_code close_piece(struct gb_ingest *in, struct gb_app *app, struct gb_store *store, const char *store_path,
                                struct piece *p, struct gb_date date, struct gb_err *e)
{
    struct gb_receipt *rc = &in->receipt[in->n++];
    enum gb_code code = GB_OK;

    if (p->fault)
        refuse(p, p->fault_code, p->fault);
    gb_assert(p->have_r);
    *rc = (struct gb_receipt){ .name = gb_strdup(&app->arena, p->name),
                               .path = receipt_path(&app->arena, p->name, &p->sha),
                               .accepted = p->r.accepted };
    if (p->r.accepted) {
        code = store_one(app, store, store_path, p, rc, e);
        if (code == GB_OK && !rc->known && p->r.rows_refused > 0)
            code = note_refusal(app, store, p, p->r.delivery.received_utc, date, e);
        in->n_accepted++;
        in->n_known += rc->known;
        in->n_new += !rc->known;
        in->n_rows += rc->known ? 0 : p->r.rows_accepted;
        in->n_conflicts += rc->conflict;
    } else {
        bool deferred = gb_intake_deferred(&p->r);
        rc->deferred = deferred;
        in->n_deferred += deferred;
        in->n_refused += !deferred;
        int64_t utc = app->args.has_received ? app->args.received_utc : gb_clock_utc();
        code = gb_store_event(store, utc, deferred ? "deferred" : "refused", p->name, p->r.n_findings ? p->r.finding[0].code : "",
                              e);
        if (code == GB_OK && !deferred)
            code = note_refusal(app, store, p, utc, date, e);
    }
    rc->summary = summary_of(&app->arena, p);
    /* The store keeps the clock's time and the number of arrival; a receipt is a function of the file. */
    p->r.delivery.received_utc = p->r.delivery.delivered_utc;
    p->r.delivery.id = 0;
    gb_receipt_json(&p->r, &app->catalogue, &rc->json);
    gb_receipt_text(&p->r, &app->catalogue, &rc->text);
    return code;
}

static void free_batch(struct batch *b)
{
    for (size_t i = 0; i < b->n; i++) {
        struct piece *p = &b->piece[i];
        gb_buf_release(&p->bytes);
        gb_buf_release(&p->question);
        if (p->have_r)
            gb_intake_release(&p->r);
    }
    b->n = 0;
}

/* Deliveries may share a reading process when they are one agency's by their names: what a bad file could do to the process that reads
 * it stays with its sender. */
static unsigned group_of(const struct piece *v, size_t i)
{
    const char *end = strchr(v[i].name, '_');
    size_t n = end ? (size_t)(end - v[i].name) + 1 : 0;
    if (!n)
        return 0;
    while (i > 0 && strncmp(v[i - 1].name, v[i].name, n) == 0)
        i--;
    return 1 + (unsigned)i;
}

static enum gb_code run_batch(struct gb_ingest *in, struct batch *b, struct gb_zygote *prep, struct gb_store *store,
                              const char *store_path, struct gb_date date, struct gb_err *e)
{
    struct gb_pool_task task[BATCH_FILES];
    size_t index[BATCH_FILES], n = 0;
    enum gb_code code;
    struct piece ask[BATCH_FILES];
    struct batch asked = { .app = b->app, .piece = ask };

    for (size_t i = 0; i < b->n; i++)
        if (!b->piece[i].fault) {
            ask[n] = b->piece[i];
            index[n] = i;
            task[n++] = (struct gb_pool_task){ .zygote = prep,
                                               .job = GB_PREP_INTAKE,
                                               .box = GB_BOX_PURE,
                                               .deadline_ms = (unsigned)b->app->args.deadline_s * 1000,
                                               .in = b->piece[i].question.p,
                                               .n_in = b->piece[i].question.n,
                                               .group = group_of(b->piece, i) };
        }
    gb_pool_run(task, n, gb_app_jobs(b->app), read_done, &asked);
    for (size_t k = 0; k < n; k++)
        b->piece[index[k]] = ask[k];
    if ((code = gb_store_batch_begin(store, e)) != GB_OK)
        return code;
    for (size_t i = 0; code == GB_OK && i < b->n; i++)
        code = close_piece(in, b->app, store, store_path, &b->piece[i], date, e);
    return code == GB_OK ? gb_store_batch_end(store, e) : code;
}

struct source {
    const char *name;
    int dir_fd;
};

static enum gb_code read_all(struct gb_ingest *in, struct gb_app *app, struct gb_zygote *prep, struct gb_store *store,
                             const char *store_path, const struct source *src, size_t n, struct gb_date date, struct gb_err *e)
{
    struct batch b = { .app = app, .piece = GB_NEW_N(&app->arena, BATCH_FILES, struct piece) };
    struct gb_progress bar;
    size_t bytes = 0;
    enum gb_code code = GB_OK;

    in->receipt = GB_NEW_N(&app->arena, n + 1, struct gb_receipt);
    gb_progress_begin(&bar, &app->log, app->terminal, "nhận số liệu", n);
    for (size_t i = 0; code == GB_OK && i < n; i++) {
        struct piece *p = &b.piece[b.n];
        memset(p, 0, sizeof *p);
        p->name = src[i].name;
        p->dir_fd = src[i].dir_fd;
        b.n++;
        code = load(app, p, date, e);
        bytes += p->bytes.n;
        if (code == GB_OK && (b.n == BATCH_FILES || bytes >= BATCH_BYTES || i + 1 == n)) {
            code = run_batch(in, &b, prep, store, store_path, date, e);
            free_batch(&b);
            bytes = 0;
            gb_progress_at(&bar, i + 1);
        }
    }
    free_batch(&b);
    gb_progress_end(&bar);
    return code;
}

/* A file that contradicts an earlier one of the same night turns a receipt that was already written into a wrong one, be it in
 * another batch. So a night that brings a new conflict reads its files once more: by then the store knows all of them, and every
 * receipt is what the next night would write. What the first reading stored stays counted as new. */
static enum gb_code ingest_all(struct gb_ingest *in, struct gb_app *app, struct gb_zygote *prep, struct gb_store *store,
                               const char *store_path, const struct source *src, size_t n, struct gb_date date, struct gb_err *e)
{
    enum gb_code code = read_all(in, app, prep, store, store_path, src, n, date, e);
    bool fresh = false;
    for (size_t i = 0; i < in->n; i++)
        fresh = fresh || (in->receipt[i].conflict && !in->receipt[i].known);
    if (code != GB_OK || !fresh)
        return code;
    struct gb_ingest again = { .capped = in->capped };
    code = read_all(&again, app, prep, store, store_path, src, n, date, e);
    for (size_t i = 0; i < again.n && i < in->n; i++)
        again.receipt[i].known = again.receipt[i].known && in->receipt[i].known;
    again.n_new += in->n_new;
    again.n_rows += in->n_rows;
    again.n_known = again.n_accepted > again.n_new ? again.n_accepted - again.n_new : 0;
    gb_ingest_release(in);
    *in = again;
    return code;
}

enum gb_code gb_ingest_drop(struct gb_ingest *in, struct gb_app *app, struct gb_zygote *prep, struct gb_store *store,
                            const char *store_path, const char *drop, struct gb_date date, struct gb_err *e)
{
    struct gb_drop d;
    enum gb_code code = gb_drop_open(&d, &app->arena, drop, e);
    memset(in, 0, sizeof *in);
    if (code == GB_OK) {
        struct source *src = GB_NEW_N(&app->arena, d.n + 1, struct source);
        for (size_t i = 0; i < d.n; i++)
            src[i] = (struct source){ d.item[i].name, d.dir_fd };
        in->capped = d.capped;
        code = ingest_all(in, app, prep, store, store_path, src, d.n, date, e);
    }
    gb_drop_close(&d);
    return code;
}

enum gb_code gb_ingest_files(struct gb_ingest *in, struct gb_app *app, struct gb_zygote *prep, struct gb_store *store,
                             const char *store_path, const char *const *path, size_t n, struct gb_date date, struct gb_err *e)
{
    struct source *src = GB_NEW_N(&app->arena, n + 1, struct source);
    enum gb_code code = GB_OK;
    size_t opened = 0;

    memset(in, 0, sizeof *in);
    for (; code == GB_OK && opened < n; opened++) {
        const char *base = gb_path_base(path[opened]);
        const char *dir = base == path[opened] ? "." : gb_strndup(&app->arena, path[opened], (size_t)(base - path[opened]));
        if (!gb_file_exists(path[opened]))
            return gb_fail(e, GB_E_USAGE, "không có tệp %s", path[opened]);
        src[opened] = (struct source){ base, open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC) };
        if (src[opened].dir_fd < 0)
            return gb_fail_errno(e, GB_E_IO, errno, "không mở được thư mục %s", dir);
    }
    code = ingest_all(in, app, prep, store, store_path, src, n, date, e);
    for (size_t i = 0; i < opened; i++)
        close(src[i].dir_fd);
    return code;
}

void gb_ingest_release(struct gb_ingest *in)
{
    for (size_t i = 0; i < in->n; i++) {
        gb_buf_release(&in->receipt[i].json);
        gb_buf_release(&in->receipt[i].text);
    }
    in->n = 0;
}
