/* night.c — one night, from deliveries to editions. The order of things is the safety of things:
 *
 *   lock; definitions; prep zygote (catalogue and scripts only); heads of definitions; lock of the store; intake into the store, which is
 *   then closed; extractor child; part 0 in memory -> public zygote; part 1 -> front; part 2 -> statistics; part 3 -> leadership, ioc;
 *   the store's lock let go (what is in memory is one whole vintage; deliveries may come in while documents are made);
 *   all jobs in one pool; placeholders and contents pages; every edition sealed; then the pointers, one rename each.
 *
 * Up to the first pointer a failure leaves every `current` where it was (exit 64 to 78). The store is open again only for the journal,
 * after the last fork of this process, and no transaction is open but for the moment a batch of the journal is written. */
#include "app/clock.h"
#include "app/edition.h"
#include "app/episodes.h"
#include "app/hidden.h"
#include "app/extract.h"
#include "app/ingest.h"
#include "app/progress.h"
#include "base/file.h"
#include <stdlib.h>

#define VALID_DAYS 2 /* an edition is out of date two days after its own: one missed night is seen, not two */
#define JOURNAL_EVERY 32
#define JOURNAL_WAIT_MS 10000 /* at the end; in between the journal never waits, workers would stand still */

struct night {
    struct gb_app *app;
    struct gb_date date;
    const char *store_path;
    struct gb_plan plan;
    struct gb_outcome *outcome;
    struct gb_ingest ingest;
    struct gb_vintage vintage;
    struct gb_cube cube;
    struct gb_evaluation ev;
    uint64_t orphans;
    struct gb_sha256_state seen; /* over the parts in memory */
    struct gb_edition ed[GB_N_AUDIENCES];
    struct gb_lock store_lock;
    struct gb_store *journal;
    bool log_failed; /* the log of episodes could not be written */
    struct journal_line {
        const char *job_id;
        struct gb_sha256 in, out;
    } * line; /* done, not yet written */
    size_t n_lines;
    struct gb_progress bar;
    size_t done;
    size_t *job_of;
    bool placeholder; /* of the pool run under way */
    bool facts_only;  /* the pool run under way asks for GB_JOB_FACTS */
    struct {
        uint64_t n, cpu_us, rss_kib;
    } spent[GB_JOB_KIT + 1];
};

/* ---- figures ---- */

/* When a delivery came, and whether its rows can be found again: the quality of the data is told by day. */
static void hash_arrival(struct night *n, uint32_t at, int32_t delivery)
{
    const struct gb_cube_delivery *d = gb_cube_delivery_find(&n->cube, delivery);
    int64_t told[] = { at, d ? gb_date_to_days(d->as_of) : -1, d ? d->delivered_utc : -1, d ? d->lined : -1 };
    gb_sha256_update(&n->seen, told, sizeof told);
}

static void hash_arrivals(struct night *n, const struct gb_series *s)
{
    for (uint32_t k = 0; k < s->n; k++)
        if (k == 0 || s->delivery[k] != s->delivery[k - 1])
            hash_arrival(n, k, s->delivery[k]);
    for (uint32_t k = 0; k < s->n_first; k++) {
        hash_arrival(n, s->first[k].at, s->first[k].delivery);
        gb_sha256_update(&n->seen, &s->first[k].value, sizeof s->first[k].value);
    }
}

/* What an audience sees, independent of indexes, of arrival, and of everything it does not see. */
static void hash_part(struct night *n, int part)
{
    const struct gb_cube *c = &n->cube;
    for (size_t i = c->part_first[part]; i < c->part_first[part + 1]; i++) {
        const struct gb_series *s = &c->series[i];
        const char *ind = c->catalogue->indicator[s->indicator_i].code, *reg = c->catalogue->region[s->region_i].code;
        gb_sha256_update(&n->seen, ind, strlen(ind) + 1);
        gb_sha256_update(&n->seen, reg, strlen(reg) + 1);
        gb_sha256_update(&n->seen, &s->n, sizeof s->n);
        gb_sha256_update(&n->seen, &s->flags, sizeof s->flags);
        gb_sha256_update(&n->seen, s->period, s->n * sizeof *s->period);
        gb_sha256_update(&n->seen, s->value, s->n * sizeof *s->value);
        gb_sha256_update(&n->seen, s->status, s->n);
        hash_arrivals(n, s);
        for (uint32_t k = 0; s->flags & GB_SERIES_NOTED && k < s->n; k++)
            gb_sha256_update(&n->seen, s->note[k], strlen(s->note[k]) + 1);
    }
}

struct day {
    int64_t as_of, delivered, rows, rounded, marked;
};
static int by_day(const void *a, const void *b)
{
    const struct day *x = a, *y = b;
    if (x->as_of != y->as_of)
        return x->as_of < y->as_of ? -1 : 1;
    if (x->delivered != y->delivered)
        return x->delivered < y->delivered ? -1 : 1;
    return memcmp(&x->rows, &y->rows, 3 * sizeof x->rows); /* any order will do that does not follow arrival */
}

/* Dates and times of the deliveries seen are shown too; sorted, since numbers of deliveries follow arrival. */
static void hash_days(struct night *n, struct gb_sha256_state *s)
{
    size_t count = n->cube.n_deliveries;
    struct day *day = GB_NEW_N(&n->app->arena, count + 1, struct day);
    for (size_t i = 0; i < count; i++)
        day[i] = (struct day){ gb_date_to_days(n->cube.delivery[i].as_of), n->cube.delivery[i].delivered_utc,
                               n->cube.delivery[i].n_rows, n->cube.delivery[i].n_rounded, n->cube.delivery[i].n_marked };
    qsort(day, count, sizeof *day, by_day);
    gb_sha256_update(s, day, count * sizeof *day);
}

/* Deliveries an audience has figures from: a count, so that numbers of what it may not see leave no gaps (TRUST.md 42). */
static int64_t vintage_seen(const struct night *n, int part)
{
    return part <= (int)gb_audience_part(GB_FRONT) ? (int64_t)n->cube.n_deliveries : n->vintage.number;
}

/* What an edition says of tonight's files: leadership's of those that could not be used, the operations centre's of all. A night that
 * took in nothing, or nothing new to tell leadership of, leaves its id as it was. */
static struct gb_sha256 inputs_of(const struct night *n, enum gb_audience a)
{
    const struct gb_ingest *in = &n->ingest;
    struct gb_sha256_state s;
    bool any = in->capped;
    if (a != GB_IOC && a != GB_LEADERSHIP)
        return (struct gb_sha256){ 0 };
    gb_sha256_init(&s);
    gb_sha256_update(&s, in->capped ? "y" : "n", 1);
    for (size_t i = 0; i < in->n; i++) {
        const struct gb_receipt *r = &in->receipt[i];
        if (a == GB_LEADERSHIP && r->accepted && !r->conflict)
            continue;
        any = true;
        gb_sha256_update(&s, r->path, strlen(r->path) + 1);
        if (a == GB_IOC)
            gb_sha256_update(&s, r->json.p, r->json.n);
        else
            gb_sha256_update(&s, r->accepted ? "" : r->summary, strlen(r->accepted ? "" : r->summary) + 1);
    }
    return any ? gb_sha256_final(&s) : (struct gb_sha256){ 0 };
}

static enum gb_code open_editions(struct night *n, int part, struct gb_err *e)
{
    bool sample = gb_cube_sample(&n->cube);
    for (int a = 0; a < GB_N_AUDIENCES; a++) {
        struct gb_edition *ed = &n->ed[a];
        if ((int)gb_audience_part((enum gb_audience)a) != part)
            continue;
        struct gb_sha256_state s = n->seen;
        hash_days(n, &s);
        if (a != GB_PUBLIC && a != GB_FRONT)
            gb_sha256_update(&s, n->vintage.digest.b, sizeof n->vintage.digest.b);
        *ed = (struct gb_edition){ .app = n->app, .plan = &n->plan, .audience = (enum gb_audience)a, .outcome = n->outcome };
        ed->ctx.ev = &n->ev;
        ed->facts = (struct gb_release_facts){ .date = n->date,
                                               .vintage = n->cube.vintage.number,
                                               .vintage_digest = gb_sha256_final(&s),
                                               .definitions = gb_plan_definitions(&n->plan, n->app, (enum gb_audience)a),
                                               .build = gb_build_id(),
                                               .locality = n->app->catalogue.locality.slug,
                                               .sample = sample,
                                               .valid_until = gb_date_from_days(gb_date_to_days(n->date) + VALID_DAYS),
                                               .sandbox = gb_cage_word(&n->app->cage) };
        ed->facts.inputs = inputs_of(n, (enum gb_audience)a);
        enum gb_code code = gb_edition_open(ed, gb_app_jobs(n->app), n->app->args.resume, e);
        if (code != GB_OK)
            return gb_context(e, "ấn bản %s", gb_audience_word((enum gb_audience)a));
    }
    return GB_OK;
}

static enum gb_code load_figures(struct night *n, struct gb_err *e)
{
    struct gb_extract x;
    struct gb_progress bar;
    enum gb_code code;

    gb_progress_begin(&bar, &n->app->log, n->app->terminal, "đánh giá", GB_N_PARTS);
    gb_cube_init(&n->cube, &n->app->catalogue);
    gb_evaluation_init(&n->ev, &n->cube, n->date);
    gb_sha256_init(&n->seen);
    code = gb_extract_start(&x, n->app, n->store_path, &n->vintage, GB_N_PARTS - 1, true, e);
    for (int part = 0; code == GB_OK && part < GB_N_PARTS; part++) {
        code = gb_extract_part(&x, &n->cube, &n->ev, part, e);
        if (code != GB_OK)
            break;
        n->cube.vintage.number = vintage_seen(n, part);
        hash_part(n, part);
        code = open_editions(n, part, e);
        gb_progress_at(&bar, (size_t)part + 1);
    }
    if (code == GB_OK)
        code = gb_extract_end(&x, &n->orphans, e);
    gb_progress_end(&bar);
    return code;
}

/* ---- jobs ---- */

static enum gb_code write_lines(struct night *n, bool published, struct gb_err *e)
{
    enum gb_code code = gb_store_batch_begin(n->journal, e);
    for (size_t i = 0; code == GB_OK && i < n->n_lines; i++)
        code = gb_store_job_done(n->journal, n->line[i].job_id, &n->line[i].in, &n->line[i].out, e);
    for (int a = 0; published && code == GB_OK && a < GB_N_AUDIENCES; a++)
        if (n->ed[a].sealed)
            code = gb_store_event(n->journal, gb_clock_utc(), "published", n->ed[a].id, gb_audience_word((enum gb_audience)a), e);
    return code == GB_OK ? gb_store_batch_end(n->journal, e) : code;
}

/* One short transaction. Who takes deliveries in meanwhile holds the store's lock, maybe for long: then the lines are kept for the next
 * time. The journal only saves work: a night goes on without it. */
static void write_journal(struct night *n, bool published)
{
    struct gb_lock lock;
    struct gb_err why = { 0 };
    char text[GB_ERR_TEXT];
    const char *path = gb_sprintf(&n->app->arena, "%s.lock", n->store_path);
    enum gb_code code = n->journal ? gb_lock_file(&lock, path, published ? JOURNAL_WAIT_MS : 0, &why) : GB_E_BUSY;

    if (!n->journal || (code == GB_E_BUSY && !published))
        return;
    if (code == GB_OK) {
        code = write_lines(n, published, &why);
        gb_lock_release(&lock);
    }
    n->n_lines = 0;
    if (code == GB_OK)
        return;
    gb_log_line(&n->app->log, GB_WARN, "nhật ký", "không ghi được nhật ký lượt chạy; --resume sẽ làm lại các phần này: %s",
                gb_err_line(&why, text, sizeof text));
    gb_store_close(n->journal);
    n->journal = NULL;
}

static void journal(struct night *n, size_t job_i)
{
    struct gb_edition *ed = &n->ed[n->plan.job[job_i].audience];
    if (!n->journal || ed->outcome[job_i].made != GB_MADE)
        return;
    n->line[n->n_lines++] = (struct journal_line){ .job_id = n->plan.job[job_i].id,
                                                   .in = gb_sha256_of(ed->id, strlen(ed->id)),
                                                   .out = gb_edition_job_hash(ed, &n->plan.job[job_i]) };
    if (n->n_lines >= JOURNAL_EVERY && n->n_lines % 8 == 0)
        write_journal(n, false);
}

static void job_done(void *ctx, size_t task_i, const struct gb_job_result *r)
{
    struct night *n = ctx;
    size_t job_i = n->job_of[task_i];
    struct gb_edition *ed = &n->ed[n->plan.job[job_i].audience];
    enum gb_job_kind kind = n->plan.job[job_i].kind;
    n->spent[kind].n++;
    n->spent[kind].cpu_us += r->cpu_us;
    if (r->rss_kib > n->spent[kind].rss_kib)
        n->spent[kind].rss_kib = r->rss_kib;
    if (n->facts_only) {
        gb_edition_take_facts(ed, job_i, r);
        gb_progress_at(&n->bar, ++n->done);
        return;
    }
    gb_edition_take(ed, job_i, n->placeholder, r);
    if (!n->placeholder && !n->plan.job[job_i].late)
        journal(n, job_i);
    gb_progress_at(&n->bar, ++n->done);
}

/* What may share a worker: pages of one definition at one level; data files; workbooks. */
static unsigned group_of(const struct night *n, const struct gb_plan_job *j, bool placeholder)
{
    if (placeholder || j->late)
        return 0;
    if (j->kind != GB_JOB_DOC)
        return j->kind == GB_JOB_DATA || j->kind == GB_JOB_WORKBOOK ? 1 + (unsigned)j->kind : 0;
    for (size_t i = 0; i < n->plan.n_heads; i++)
        if (n->plan.head[i].path == j->script)
            return 100 + 2 * (unsigned)i + gb_streq(j->level, "ad-hoc");
    return 0;
}

static struct gb_pool_task task_of(struct night *n, size_t job_i, bool placeholder)
{
    const struct gb_plan_job *j = &n->plan.job[job_i];
    enum gb_box box = gb_job_box(j);
    unsigned s = (unsigned)n->app->args.deadline_s;
    return (struct gb_pool_task){ .zygote = &n->ed[j->audience].zygote,
                                  .job = (int)job_i | (placeholder ? GB_JOB_PLACEHOLDER : 0),
                                  .box = box,
                                  .group = group_of(n, j, placeholder),
                                  .deadline_ms = 1000 * (box == GB_BOX_TMPDIR ? 3 * s : s) };
}

static bool reusable(struct night *n, size_t job_i)
{
    struct gb_edition *ed = &n->ed[n->plan.job[job_i].audience];
    struct gb_sha256 in = gb_sha256_of(ed->id, strlen(ed->id)), out;
    struct gb_err ignored = { 0 };
    bool found = false;
    if (!ed->leftover || !n->journal ||
        gb_store_job_find(n->journal, n->plan.job[job_i].id, &in, &out, &found, &ignored) != GB_OK || !found)
        return false;
    return gb_edition_reuse(ed, job_i, &out);
}

static void run_main_jobs(struct night *n)
{
    struct gb_pool_task *task = GB_NEW_N(&n->app->arena, n->plan.n + 1, struct gb_pool_task);
    size_t k = 0, n_reused = 0;
    n->job_of = GB_NEW_N(&n->app->arena, n->plan.n + 1, size_t);
    n->placeholder = false;
    for (size_t i = 0; i < n->plan.n; i++) {
        const struct gb_plan_job *j = &n->plan.job[i];
        if (j->late || n->ed[j->audience].exists)
            continue;
        if (reusable(n, i)) { /* the journal has it */
            n_reused++;
            continue;
        }
        n->job_of[k] = i;
        task[k++] = task_of(n, i, false);
    }
    if (n->app->args.resume)
        gb_log_line(&n->app->log, GB_INFO, "làm tiếp", "%zu phần đã xong từ lượt trước", n_reused);
    n->done = 0;
    gb_progress_begin(&n->bar, &n->app->log, n->app->terminal, "lập tài liệu", k);
    gb_pool_run(task, k, gb_app_jobs(n->app), job_done, n);
    gb_progress_end(&n->bar);
}

/* Documents that were taken from a stopped run: what they show is asked of them again, without making their files. */
static void run_facts(struct night *n)
{
    struct gb_pool_task *task = GB_NEW_N(&n->app->arena, n->plan.n + 1, struct gb_pool_task);
    size_t k = 0;
    for (size_t i = 0; i < n->plan.n; i++) {
        if (n->plan.job[i].kind != GB_JOB_DOC || n->outcome[i].made != GB_MADE || n->outcome[i].facts.n)
            continue;
        n->job_of[k] = i;
        task[k] = task_of(n, i, false);
        task[k].box = GB_BOX_PURE;
        task[k++].job |= GB_JOB_FACTS;
    }
    if (!k)
        return;
    n->facts_only = true;
    n->done = 0;
    gb_progress_begin(&n->bar, &n->app->log, n->app->terminal, "con số trong tài liệu", k);
    gb_pool_run(task, k, gb_app_jobs(n->app), job_done, n);
    gb_progress_end(&n->bar);
    n->facts_only = false;
}

static void run_placeholders(struct night *n)
{
    struct gb_pool_task *task = GB_NEW_N(&n->app->arena, n->plan.n + 1, struct gb_pool_task);
    size_t k = 0;
    n->placeholder = true;
    for (size_t i = 0; i < n->plan.n; i++)
        if (n->outcome[i].made == GB_FAILED && n->plan.job[i].audience != GB_PUBLIC) {
            n->job_of[k] = i;
            task[k++] = task_of(n, i, true);
        }
    if (!k)
        return;
    n->done = 0;
    gb_progress_begin(&n->bar, &n->app->log, n->app->terminal, "trang thay thế", k);
    gb_pool_run(task, k, gb_app_jobs(n->app), job_done, n);
    gb_progress_end(&n->bar);
}

static void run_late_jobs(struct night *n)
{
    size_t n_late = 0, k = 0;
    for (size_t i = 0; i < n->plan.n; i++)
        n_late += n->plan.job[i].late;
    struct gb_pool_task *task = GB_NEW_N(&n->app->arena, n_late + 1, struct gb_pool_task);
    struct gb_buf *payload = GB_NEW_N(&n->app->arena, n_late + 1, struct gb_buf);
    n->placeholder = false;
    for (size_t i = 0; i < n->plan.n; i++) {
        const struct gb_plan_job *j = &n->plan.job[i];
        if (!j->late || n->ed[j->audience].exists || n->ed[j->audience].withheld)
            continue;
        gb_edition_payload(&n->ed[j->audience], j, &payload[k]);
        n->job_of[k] = i;
        task[k] = task_of(n, i, false);
        task[k].in = payload[k].p;
        task[k].n_in = payload[k].n;
        k++;
    }
    n->done = 0;
    gb_progress_begin(&n->bar, &n->app->log, n->app->terminal, "mục lục", k);
    gb_pool_run(task, k, gb_app_jobs(n->app), job_done, n);
    gb_progress_end(&n->bar);
    for (size_t i = 0; i < k; i++)
        gb_buf_release(&payload[i]);
}

/* What each kind of job cost: in the log only, times never get into an edition. */
static void report_spent(const struct night *n)
{
    for (int k = 0; k <= GB_JOB_KIT; k++)
        if (n->spent[k].n)
            gb_log_line(&n->app->log, GB_INFO, gb_job_kind_word((enum gb_job_kind)k),
                        "%llu việc, CPU %llu,%03llu giây, bộ nhớ nhiều nhất %llu MiB", (unsigned long long)n->spent[k].n,
                        (unsigned long long)(n->spent[k].cpu_us / 1000000),
                        (unsigned long long)(n->spent[k].cpu_us / 1000 % 1000), (unsigned long long)(n->spent[k].rss_kib / 1024));
}

/* ---- what the master adds ---- */

static void add_own_files(struct night *n)
{
    for (int a = 0; a < GB_N_AUDIENCES; a++) {
        if (!n->ed[a].exists)
            gb_edition_add_facts(&n->ed[a]);
        if (!n->ed[a].exists && a != GB_IOC)
            gb_edition_add(&n->ed[a], "assets/style.css", n->app->templates.style_css, strlen(n->app->templates.style_css),
                           "templates", -1);
    }
    if (n->ed[GB_IOC].exists)
        return;
    for (size_t i = 0; i < n->ingest.n; i++) {
        const struct gb_receipt *r = &n->ingest.receipt[i];
        gb_edition_add(&n->ed[GB_IOC], gb_sprintf(&n->app->arena, "%s.json", r->path), r->json.p, r->json.n, "intake", -1);
        gb_edition_add(&n->ed[GB_IOC], gb_sprintf(&n->app->arena, "%s.txt", r->path), r->text.p, r->text.n, "intake", -1);
    }
}

/* Findings about what came in are for those who run things; they are written in a fixed order and without times. */
static void add_findings(struct night *n)
{
    static const enum gb_audience inside[] = { GB_LEADERSHIP, GB_IOC };
    for (size_t k = 0; k < 2; k++) {
        struct gb_edition *ed = &n->ed[inside[k]];
        if (ed->exists)
            continue;
        for (size_t i = 0; i < n->ingest.n; i++) {
            const struct gb_receipt *r = &n->ingest.receipt[i];
            if (!r->accepted)
                gb_edition_find(ed, r->deferred ? "delivery-deferred" : "delivery-refused", gb_path_base(r->path), r->summary);
            else if (r->conflict)
                gb_edition_find(ed, "delivery-conflict", gb_path_base(r->path),
                                "trùng cơ quan, ngày và số thứ tự với một bản khác nội dung: cả hai không được dùng");
        }
        if (n->log_failed)
            gb_edition_find(ed, "episode-log", "", "nhật ký diễn biến của ngày này chưa ghi được vào kho");
        if (n->ingest.capped)
            gb_edition_find(ed, "drop-full", "", "thư mục giao nộp có quá nhiều tệp: phần còn lại để lượt sau");
        if (n->orphans)
            gb_edition_find(ed, "orphans", "",
                            gb_sprintf(&n->app->arena, "%llu quan sát không còn chỉ số hay địa bàn trong danh mục",
                                       (unsigned long long)n->orphans));
        for (size_t i = 0; i < n->plan.n_heads; i++)
            if (!n->plan.head[i].ok)
                gb_edition_find(ed, "missing", n->plan.head[i].path,
                                "Định nghĩa này không đọc được trong giới hạn: các phần của nó chưa lập được");
    }
    for (size_t i = 0; i < n->plan.n_heads; i++)
        if (!n->plan.head[i].ok && gb_starts_with(n->plan.head[i].path, "site/") && !n->ed[GB_PUBLIC].exists) {
            n->ed[GB_PUBLIC].withheld = true;
            n->ed[GB_PUBLIC].why_withheld = n->plan.head[i].path;
        }
}

/* ---- publish ---- */

static const enum gb_audience publish_order[] = { GB_LEADERSHIP, GB_IOC, GB_STATISTICS, GB_FRONT, GB_PUBLIC };

/* Every edition stands whole on disk before the first becomes visible. The public one alone may stay behind. */
static enum gb_code seal_all(struct night *n, struct gb_err *e)
{
    for (size_t k = 0; k < GB_N_AUDIENCES; k++) {
        struct gb_edition *ed = &n->ed[publish_order[k]];
        struct gb_err local = { 0 };
        char line[GB_ERR_TEXT];
        if (ed->exists || ed->withheld)
            continue;
        enum gb_code code = ed->io.code;
        if (code != GB_OK)
            local = ed->io;
        else
            code = gb_release_seal(&ed->release, &ed->facts, n->app->args.key, &local);
        ed->sealed = code == GB_OK;
        if (code == GB_OK)
            continue;
        if (ed->audience != GB_PUBLIC) {
            *e = local;
            return code;
        }
        gb_log_line(&n->app->log, GB_ERROR, "public", "%s", gb_err_line(&local, line, sizeof line));
        ed->withheld = true;
        ed->why_withheld = "ấn bản không qua được bước kiểm tra";
    }
    return GB_OK;
}

static enum gb_code point_all(struct night *n, struct gb_err *e)
{
    for (size_t k = 0; k < GB_N_AUDIENCES; k++) {
        struct gb_edition *ed = &n->ed[publish_order[k]];
        if (ed->withheld)
            continue;
        enum gb_code code = gb_release_point(n->app->args.out, ed->audience, ed->id, e);
        if (code == GB_OK)
            code = gb_release_retain(n->app->args.out, ed->audience, (int)n->app->args.keep, e);
        if (code != GB_OK)
            return gb_context(e, "công bố %s", gb_audience_word(ed->audience));
    }
    return GB_OK;
}

/* ---- summary ---- */

static int summary(struct night *n)
{
    bool findings = n->ingest.n_refused || n->ingest.n_deferred || n->ingest.n_conflicts || n->ingest.capped || n->log_failed;
    for (size_t k = 0; k < GB_N_AUDIENCES; k++) {
        struct gb_edition *ed = &n->ed[publish_order[k]];
        struct gb_err ignored = { 0 };
        int64_t count = ed->n_findings;
        if (ed->withheld) {
            printf("%-12s KHÔNG công bố: %s\n", gb_audience_word(ed->audience), ed->why_withheld);
            continue;
        }
        if (ed->exists && gb_release_findings(n->app->args.out, ed->audience, ed->id, &count, &ignored) != GB_OK)
            count = 0;
        findings = findings || count > 0;
        printf("%-12s %s/%s/current -> rel/%s%s", gb_audience_word(ed->audience), n->app->args.out,
               gb_audience_word(ed->audience), ed->id, ed->exists ? " (đã có từ trước, cùng đầu vào)" : "");
        if (!ed->exists)
            printf(", %zu tệp", ed->release.n_files);
        if (count)
            printf(", %lld phát hiện", (long long)count);
        putchar('\n');
    }
    return n->ed[GB_PUBLIC].withheld ? 20 : findings ? 10 : 0;
}

static void report_intake(struct night *n, int64_t n_later)
{
    for (size_t i = 0; i < n->ingest.n; i++) {
        const struct gb_receipt *r = &n->ingest.receipt[i];
        if (!r->accepted || r->conflict)
            gb_log_line(&n->app->log, GB_WARN, "phiếu nhận", "%s: %s%s", r->name, r->summary, r->conflict ? " (xung đột)" : "");
    }
    gb_log_line(&n->app->log, GB_INFO, "nhận số liệu",
                "%zu bản mới (%lld dòng), %zu bản đã có, %zu bản bị từ chối, %zu bản để lại đêm sau; phiên bản số liệu %lld",
                n->ingest.n_new, (long long)n->ingest.n_rows, n->ingest.n_known, n->ingest.n_refused, n->ingest.n_deferred,
                (long long)n->vintage.number);
    if (n_later)
        gb_log_line(&n->app->log, GB_INFO, "nhận số liệu", "%lld bản có số liệu sau ngày của lượt đêm: không dùng trong lượt này",
                    (long long)n_later);
}

/* ---- the night ---- */

static enum gb_code take_in(struct night *n, struct gb_zygote *prep, struct gb_err *e)
{
    struct gb_store *s = NULL;
    const char *drop = n->app->args.drop;
    enum gb_code code = gb_app_lock_store(n->app, &n->store_lock, e);

    if (!drop && gb_dir_exists("drop"))
        drop = "drop";
    if (code == GB_OK)
        code = gb_store_open(&s, n->store_path, false, e);
    if (code == GB_OK)
        code = gb_store_check(s, e);
    if (code == GB_OK && drop)
        code = gb_ingest_drop(&n->ingest, n->app, prep, s, n->store_path, drop, n->date, e);
    int64_t all = 0;
    if (code == GB_OK && (code = gb_store_vintage(s, n->app->args.vintage, &n->vintage, e)) == GB_OK) {
        all = n->vintage.n_deliveries;
        gb_store_until(s, n->date); /* what was delivered of later days is for later nights */
        code = gb_store_vintage(s, n->app->args.vintage, &n->vintage, e);
    }
    gb_store_close(s);
    if (code == GB_OK)
        report_intake(n, all - n->vintage.n_deliveries);
    return code;
}

static enum gb_code prepare(struct night *n, struct gb_err *e)
{
    struct gb_zygote prep = { .fd = -1 };
    enum gb_code code = gb_app_definitions(n->app, e);
    if (code != GB_OK)
        return code;
    n->store_path = gb_app_store(n->app);
    if ((code = gb_prep_start(&prep, n->app, n->date, e)) != GB_OK)
        return code;
    gb_plan_heads(&n->plan, n->app, &prep);
    const struct gb_head *broken = gb_plan_broken(&n->plan);
    if (broken)
        code =
            gb_fail(e, GB_E_CONFIG, "định nghĩa %s sai: %s (chạy giaoban check để thấy hết các lỗi)", broken->path, broken->why);
    if (code == GB_OK) {
        gb_plan_build(&n->plan, n->app, n->date);
        n->outcome = GB_NEW_N(&n->app->arena, n->plan.n + 1, struct gb_outcome);
        code = take_in(n, &prep, e);
    }
    gb_zygote_stop(&prep);
    return code;
}

static void open_journal(struct night *n)
{
    struct gb_err ignored = { 0 };
    n->line = GB_NEW_N(&n->app->arena, n->plan.n + 1, struct journal_line);
    if (gb_store_open(&n->journal, n->store_path, false, &ignored) != GB_OK)
        n->journal = NULL;
}

/* What small counts withhold tonight must be known to the next night, or the two editions together would tell it: without that memory neither
 * public nor front is published. */
static void withhold_unless_remembered(struct night *n, struct gb_store *s)
{
    static const enum gb_audience below[] = { GB_PUBLIC, GB_FRONT };
    struct gb_err why = { 0 };
    char text[GB_ERR_TEXT];
    if (s && gb_hidden_write(s, &n->cube, n->date, &why) == GB_OK)
        return;
    for (size_t k = 0; k < sizeof below / sizeof *below; k++)
        if (!n->ed[below[k]].exists) {
            n->ed[below[k]].withheld = true;
            n->ed[below[k]].why_withheld = "không ghi nhớ được số liệu nhỏ cần giữ kín";
        }
    gb_log_line(&n->app->log, GB_ERROR, "nhật ký",
                "không ghi được vào kho danh sách số liệu nhỏ cần giữ kín; chạy lại lượt đêm: %s",
                s ? gb_err_line(&why, text, sizeof text) : "không mở được kho");
}

/* The log of episodes is for people and decides nothing: a night without it is published and says so. */
static void write_episodes(struct night *n)
{
    struct gb_err why = { 0 };
    char text[GB_ERR_TEXT];
    struct gb_store *s = n->journal;
    enum gb_code code = s ? GB_OK : gb_store_open(&s, n->store_path, false, &why);
    withhold_unless_remembered(n, code == GB_OK ? s : NULL);
    if (code == GB_OK)
        code = gb_episodes_write(s, &n->ev, &n->vintage, &why);
    if (!n->journal)
        gb_store_close(s);
    n->log_failed = code != GB_OK;
    if (n->log_failed)
        gb_log_line(&n->app->log, GB_ERROR, "nhật ký",
                    "không ghi được nhật ký diễn biến của ngày này vào kho; chạy lại lượt đêm: %s",
                    gb_err_line(&why, text, sizeof text));
}

static enum gb_code run_night(struct night *n, int *status, struct gb_err *e)
{
    enum gb_code code = prepare(n, e);
    if (code == GB_OK)
        code = load_figures(n, e);
    if (code != GB_OK)
        return code;
    open_journal(n); /* no fork of this process after this line */
    write_episodes(n);
    gb_lock_release(&n->store_lock);
    run_main_jobs(n);
    run_facts(n);
    run_placeholders(n);
    add_own_files(n);
    add_findings(n);
    run_late_jobs(n);
    report_spent(n);
    if ((code = seal_all(n, e)) == GB_OK && (code = point_all(n, e)) == GB_OK) {
        write_journal(n, true);
        *status = summary(n);
    }
    return code;
}

int gb_cmd_night(struct gb_app *app, struct gb_err *e)
{
    static struct night n; /* large; one a process */
    struct gb_lock lock;
    int status = 0;

    if (!app->args.locality)
        return gb_exit_of(gb_fail(e, GB_E_USAGE, "thiếu --locality"));
    n.app = app;
    n.date = gb_app_date(app);
    n.store_lock.fd = -1;
    if (gb_lock_take(&lock, app->args.out, e) != GB_OK)
        return 0;
    if (run_night(&n, &status, e) != GB_OK)
        status = 0;
    for (int a = 0; a < GB_N_AUDIENCES; a++)
        if (n.ed[a].app)
            gb_edition_close(&n.ed[a]);
    gb_store_close(n.journal);
    gb_ingest_release(&n.ingest);
    if (n.ev.catalogue) {
        gb_evaluation_release(&n.ev);
        gb_cube_release(&n.cube);
    }
    gb_lock_release(&n.store_lock);
    gb_lock_drop(&lock);
    return status;
}
