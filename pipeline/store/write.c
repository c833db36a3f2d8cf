/* write.c — appending a delivery, the event log, the run journal.
 *
 * A delivery is one transaction: its row, the region codes it brought, one row a segment. Nothing is ever changed afterwards; a
 * conflict is not a flag in the table but a property of the set of deliveries (two with the same agency, as_of and seq), so that
 * an older vintage still reads as it did before the second one came.
 */
#include <stdlib.h>

#include "base/fault.h"
#include "store/store_int.h"

/* ---- region codes -------------------------------------------------------------------------------------------------- */
static int64_t code_sum(size_t id, const char *code)
{
    return (int64_t)gb_pack_sum(id + 7, code, strlen(code));
}

static void remember(struct gb_store *s, const char *code)
{
    s->code = gb_grow(s->code, &s->cap_codes, s->n_codes + 1, sizeof *s->code);
    s->code[s->n_codes] = gb_strdup(&s->arena, code);
    gb_map_put(&s->by_code, s->code[s->n_codes], strlen(code), (int32_t)s->n_codes);
    s->n_codes++;
}

enum gb_code gb_store_load_codes(struct gb_store *s, struct gb_err *e)
{
    sqlite3_stmt *q;
    enum gb_code rc = gb_store_prepare(s, &q, "SELECT id, code, sum FROM region_code WHERE id >= ?1 ORDER BY id", e);
    if (rc)
        return rc;
    sqlite3_bind_int64(q, 1, (int64_t)s->n_codes);
    int step;
    while ((step = sqlite3_step(q)) == SQLITE_ROW) {
        const char *code = col_text(q, 1);
        if (sqlite3_column_int64(q, 0) != (int64_t)s->n_codes || !code ||
            sqlite3_column_int64(q, 2) != code_sum(s->n_codes, code)) {
            rc = gb_fail(e, GB_E_IO, "kho %s: bảng mã địa bàn hỏng ở số %zu; khôi phục từ bản sao lưu", s->path, s->n_codes);
            break;
        }
        remember(s, code);
    }
    if (!rc && step != SQLITE_DONE)
        rc = gb_store_fail(s, e, "đọc mã địa bàn");
    sqlite3_finalize(q);
    return rc;
}

enum gb_code gb_store_code_id(struct gb_store *s, const char *code, uint32_t *id, struct gb_err *e)
{
    const int32_t known = gb_map_find_c(&s->by_code, code);
    *id = (uint32_t)known;
    if (known >= 0)
        return GB_OK;
    sqlite3_stmt *q;
    enum gb_code rc = gb_store_prepare(s, &q, "INSERT INTO region_code(id, code, sum) VALUES(?1, ?2, ?3)", e);
    if (rc)
        return rc;
    sqlite3_bind_int64(q, 1, (int64_t)s->n_codes);
    bind_text(q, 2, code);
    sqlite3_bind_int64(q, 3, code_sum(s->n_codes, code));
    if (sqlite3_step(q) != SQLITE_DONE)
        rc = gb_store_fail(s, e, "ghi mã địa bàn");
    sqlite3_finalize(q);
    if (rc)
        return rc;
    *id = (uint32_t)s->n_codes;
    remember(s, code);
    return GB_OK;
}

/* After a rollback the dictionary in memory may know codes that the file does not: read it again. */
static void forget_codes(struct gb_store *s)
{
    gb_map_release(&s->by_code);
    gb_map_init(&s->by_code);
    s->n_codes = 0;
    struct gb_err ignored = { 0 };
    (void)!gb_store_load_codes(s, &ignored); /* if even this fails, every later call fails with the reason */
}

/* ---- deliveries ---------------------------------------------------------------------------------------------------- */
int64_t gb_store_row_sum(uint64_t kind, const struct gb_sha256 *sha, const int64_t *number, size_t n, const char *const text[3])
{
    uint64_t h = gb_pack_sum(kind, sha->b, sizeof sha->b);
    unsigned char le[16 * sizeof *number];
    gb_assert(n <= 16);
    for (size_t i = 0; i < n * sizeof *number; i++)
        le[i] = (unsigned char)((uint64_t)number[i / 8] >> (i % 8 * 8));
    h = gb_pack_sum(h, le, n * sizeof *number);
    for (size_t i = 0; i < 3; i++)
        h = text[i] ? gb_pack_sum(h, text[i], strlen(text[i])) : gb_pack_sum(h + 1, "", 0);
    return (int64_t)h;
}

int64_t gb_store_delivery_sum(const struct gb_delivery *d)
{
    const int64_t number[] = { gb_date_to_days(d->as_of),
                               d->seq,
                               d->received_utc,
                               d->delivered_utc,
                               d->bytes,
                               d->n_rows,
                               d->n_rounded,
                               d->n_marked,
                               d->sample };
    return gb_store_row_sum(3, &d->sha256, number, sizeof number / sizeof *number,
                            (const char *const[3]){ d->agency, d->file_name, d->title });
}

enum gb_code gb_store_newest(struct gb_store *s, int64_t *id, struct gb_err *e)
{
    sqlite3_stmt *q;
    *id = 0;
    enum gb_code rc = gb_store_prepare(s, &q, "SELECT coalesce(max(id), 0) FROM delivery", e);
    if (rc)
        return rc;
    if (sqlite3_step(q) == SQLITE_ROW)
        *id = sqlite3_column_int64(q, 0);
    else
        rc = gb_store_fail(s, e, "đọc số phiên bản");
    sqlite3_finalize(q);
    return rc;
}

enum gb_code gb_store_find(struct gb_store *s, const struct gb_sha256 *sha, int64_t *id, struct gb_err *e)
{
    sqlite3_stmt *q;
    *id = 0;
    enum gb_code rc = gb_store_prepare(s, &q, "SELECT id FROM delivery WHERE sha256 = ?1", e);
    if (rc)
        return rc;
    sqlite3_bind_blob(q, 1, sha->b, sizeof sha->b, SQLITE_STATIC);
    const int step = sqlite3_step(q);
    if (step == SQLITE_ROW)
        *id = sqlite3_column_int64(q, 0);
    else if (step != SQLITE_DONE)
        rc = gb_store_fail(s, e, "tìm bản giao nộp");
    sqlite3_finalize(q);
    return rc;
}

/* One number about an (agency, as_of) or an (agency, as_of, seq). */
static enum gb_code key_number(struct gb_store *s, const char *sql, const char *agency, struct gb_date as_of, int64_t seq,
                               int64_t *out, struct gb_err *e)
{
    sqlite3_stmt *q;
    *out = 0;
    enum gb_code rc = gb_store_prepare(s, &q, sql, e);
    if (rc)
        return rc;
    bind_text(q, 1, agency);
    sqlite3_bind_int64(q, 2, gb_date_to_days(as_of));
    if (sqlite3_bind_parameter_count(q) > 2)
        sqlite3_bind_int64(q, 3, seq);
    if (sqlite3_step(q) == SQLITE_ROW)
        *out = sqlite3_column_int64(q, 0);
    else
        rc = gb_store_fail(s, e, "đọc số thứ tự bản giao nộp");
    sqlite3_finalize(q);
    return rc;
}

enum gb_code gb_store_last_seq(struct gb_store *s, const char *agency, struct gb_date as_of, int64_t *seq, struct gb_err *e)
{
    return key_number(s, "SELECT coalesce(max(seq), 0) FROM delivery WHERE agency = ?1 AND as_of = ?2", agency, as_of, 0, seq, e);
}

static enum gb_code twins(struct gb_store *s, struct gb_delivery *d, struct gb_err *e)
{
    int64_t n = 0;
    const enum gb_code rc = key_number(s, "SELECT count(*) FROM delivery WHERE agency = ?1 AND as_of = ?2 AND seq = ?3",
                                       d->agency, d->as_of, d->seq, &n, e);
    d->conflict = n > 1;
    return rc;
}

/* The same bytes again: answer with what is stored, even where the side file says something else this time. */
static enum gb_code as_stored(struct gb_store *s, int64_t id, struct gb_delivery *d, struct gb_err *e)
{
    sqlite3_stmt *q;
    enum gb_code rc =
        gb_store_prepare(s, &q,
                         "SELECT seq, (SELECT count(*) FROM delivery b WHERE b.agency = a.agency AND b.as_of = a.as_of "
                         "AND b.seq = a.seq) FROM delivery a WHERE id = ?1",
                         e);
    if (rc)
        return rc;
    sqlite3_bind_int64(q, 1, id);
    if (sqlite3_step(q) == SQLITE_ROW) {
        d->id = id;
        d->seq = sqlite3_column_int64(q, 0);
        d->conflict = sqlite3_column_int64(q, 1) > 1;
    } else {
        rc = gb_store_fail(s, e, "đọc bản giao nộp đã có");
    }
    sqlite3_finalize(q);
    return rc;
}

static enum gb_code insert_delivery(struct gb_store *s, const struct gb_delivery *d, struct gb_err *e)
{
    sqlite3_stmt *q;
    enum gb_code rc = gb_store_prepare(s, &q,
                                       "INSERT INTO delivery(id, agency, as_of, seq, sha256, file_name, title, received_utc, "
                                       "delivered_utc, bytes, n_rows, n_rounded, n_marked, sample, sum) "
                                       "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
                                       e);
    if (rc)
        return rc;
    sqlite3_bind_int64(q, 1, d->id);
    bind_text(q, 2, d->agency);
    sqlite3_bind_int64(q, 3, gb_date_to_days(d->as_of));
    sqlite3_bind_int64(q, 4, d->seq);
    sqlite3_bind_blob(q, 5, d->sha256.b, sizeof d->sha256.b, SQLITE_STATIC);
    bind_text(q, 6, d->file_name);
    bind_text(q, 7, d->title);
    const int64_t number[] = { d->received_utc, d->delivered_utc, d->bytes,  d->n_rows,
                               d->n_rounded,    d->n_marked,      d->sample, gb_store_delivery_sum(d) };
    for (int i = 0; i < 8; i++)
        sqlite3_bind_int64(q, 8 + i, number[i]);
    if (sqlite3_step(q) != SQLITE_DONE)
        rc = gb_store_fail(s, e, "ghi bản giao nộp");
    sqlite3_finalize(q);
    return rc;
}

/* Rows borrow their region code from the same few strings, so most ids are found by the address of the code alone. */
enum { CACHE_BITS = 12 };
struct code_cache {
    const char *code;
    uint32_t id;
};

static enum gb_code region_ids(struct gb_store *s, struct code_cache *cache, const struct gb_segment *seg, uint32_t *id,
                               struct gb_err *e)
{
    for (size_t i = 0; i < seg->n; i++) {
        const char *c = seg->region[i];
        struct code_cache *at = &cache[(uint64_t)(uintptr_t)c * UINT64_C(0x9E3779B97F4A7C15) >> (64 - CACHE_BITS)];
        if (at->code != c) {
            const enum gb_code rc = gb_store_code_id(s, c, &at->id, e);
            if (rc)
                return rc;
            at->code = c;
        }
        id[i] = at->id;
    }
    return GB_OK;
}

static enum gb_code insert_segments(struct gb_store *s, const struct gb_delivery *d, const struct gb_segment *seg, size_t n_seg,
                                    struct gb_err *e)
{
    sqlite3_stmt *q;
    enum gb_code rc = gb_store_prepare(s, &q,
                                       "INSERT INTO segment(delivery_id, indicator, freq, scale, n, columns) "
                                       "VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                                       e);
    if (rc)
        return rc;
    struct gb_arena scratch;
    gb_arena_init(&scratch, 0);
    struct code_cache *cache = GB_NEW_N(&scratch, (size_t)1 << CACHE_BITS, struct code_cache);
    struct gb_buf packed = { 0 };
    sqlite3_bind_int64(q, 1, d->id);
    for (size_t i = 0; i < n_seg && !rc; i++) {
        const struct gb_arena_mark mark = gb_arena_mark(&scratch);
        uint32_t *id = GB_NEW_N(&scratch, seg[i].n, uint32_t);
        rc = region_ids(s, cache, &seg[i], id, e);
        if (rc)
            break;
        gb_buf_reset(&packed);
        if (!gb_pack_encode(&scratch, &seg[i], id, &packed)) {
            rc = gb_fail(e, GB_E_BUG, "segment %s: a status does not fit its value, or too many rows", seg[i].indicator);
            break;
        }
        bind_text(q, 2, seg[i].indicator);
        sqlite3_bind_int64(q, 3, seg[i].freq);
        sqlite3_bind_int64(q, 4, seg[i].scale);
        sqlite3_bind_int64(q, 5, (int64_t)seg[i].n);
        sqlite3_bind_blob64(q, 6, packed.p, packed.n, SQLITE_STATIC);
        if (sqlite3_step(q) != SQLITE_DONE)
            rc = gb_store_fail(s, e, "ghi khối số liệu");
        sqlite3_reset(q);
        gb_arena_rewind(&scratch, mark);
    }
    sqlite3_finalize(q);
    gb_buf_release(&packed);
    gb_arena_release(&scratch);
    return rc;
}

static enum gb_code append_locked(struct gb_store *s, struct gb_delivery *d, const struct gb_segment *seg, size_t n_seg,
                                  struct gb_err *e)
{
    int64_t known, newest = 0;
    enum gb_code rc = gb_store_find(s, &d->sha256, &known, e);
    if (!rc && known)
        return as_stored(s, known, d, e);
    if (!rc)
        rc = gb_store_load_codes(s, e);
    if (!rc)
        rc = gb_store_newest(s, &newest, e);
    if (!rc && d->seq == 0) {
        rc = gb_store_last_seq(s, d->agency, d->as_of, &d->seq, e);
        d->seq++;
    }
    if (rc)
        return rc;
    d->id = newest + 1;
    rc = insert_delivery(s, d, e);
    if (!rc)
        rc = insert_segments(s, d, seg, n_seg, e);
    if (!rc)
        rc = twins(s, d, e);
    return rc;
}

static enum gb_code commit(struct gb_store *s, const char *sql, struct gb_err *e)
{
    if (gb_fault("store.commit"))
        return gb_fail(e, GB_E_IO, "kho %s: ghi bản giao nộp: lỗi vào ra", s->path);
    return gb_store_exec(s, sql, "ghi bản giao nộp", e);
}

enum gb_code gb_store_append(struct gb_store *s, struct gb_delivery *d, const struct gb_segment *seg, size_t n_seg,
                             struct gb_err *e)
{
    if (s->read_only)
        return gb_fail(e, GB_E_IO, "kho %s: mở chỉ để đọc", s->path);
    const struct gb_delivery before = *d;
    enum gb_code rc = gb_store_exec(s, s->batch ? "SAVEPOINT delivery" : "BEGIN IMMEDIATE", "ghi bản giao nộp", e);
    if (rc)
        return rc;
    rc = append_locked(s, d, seg, n_seg, e);
    if (!rc)
        rc = commit(s, s->batch ? "RELEASE delivery" : "COMMIT", e);
    if (!rc)
        return GB_OK;
    if (s->batch)
        (void)sqlite3_exec(s->db, "ROLLBACK TO delivery; RELEASE delivery", NULL, NULL, NULL);
    else
        gb_store_rollback(s);
    forget_codes(s);
    *d = before;
    return gb_context(e, "bản giao nộp %s", d->file_name ? d->file_name : "?");
}

enum gb_code gb_store_batch_begin(struct gb_store *s, struct gb_err *e)
{
    if (s->read_only)
        return gb_fail(e, GB_E_IO, "kho %s: mở chỉ để đọc", s->path);
    if (s->batch)
        return gb_fail(e, GB_E_BUG, "store %s: a batch is open", s->path);
    const enum gb_code rc = gb_store_exec(s, "BEGIN IMMEDIATE", "ghi bản giao nộp", e);
    s->batch = rc == GB_OK;
    return rc;
}

enum gb_code gb_store_batch_end(struct gb_store *s, struct gb_err *e)
{
    if (!s->batch)
        return gb_fail(e, GB_E_BUG, "store %s: no batch is open", s->path);
    s->batch = false;
    /* A full disk can end the whole transaction under a delivery: then there is nothing to commit, and that must be said. */
    if (sqlite3_get_autocommit(s->db))
        return gb_fail(e, GB_E_IO, "kho %s: giao dịch đã bị hủy giữa chừng, chưa lưu gì", s->path);
    const enum gb_code rc = commit(s, "COMMIT", e);
    if (rc) {
        gb_store_rollback(s);
        forget_codes(s);
    }
    return rc;
}

/* ---- event log and run journal ------------------------------------------------------------------------------------- */
static enum gb_code run_once(struct gb_store *s, sqlite3_stmt *q, const char *doing, struct gb_err *e)
{
    enum gb_code rc = GB_OK;
    if (sqlite3_step(q) != SQLITE_DONE)
        rc = gb_store_fail(s, e, doing);
    sqlite3_finalize(q);
    return rc;
}

enum gb_code gb_store_event(struct gb_store *s, int64_t utc, const char *kind, const char *subject, const char *detail,
                            struct gb_err *e)
{
    sqlite3_stmt *q;
    const enum gb_code rc = gb_store_prepare(s, &q, "INSERT INTO event(utc, kind, subject, detail) VALUES(?1, ?2, ?3, ?4)", e);
    if (rc)
        return rc;
    sqlite3_bind_int64(q, 1, utc);
    bind_text(q, 2, kind);
    bind_text(q, 3, subject ? subject : "");
    bind_text(q, 4, detail ? detail : "{}");
    return run_once(s, q, "ghi sự kiện", e);
}

enum gb_code gb_store_job_done(struct gb_store *s, const char *job_id, const struct gb_sha256 *input,
                               const struct gb_sha256 *output, struct gb_err *e)
{
    sqlite3_stmt *q;
    const enum gb_code rc = gb_store_prepare(s, &q,
                                             "INSERT INTO job(job_id, input, output) VALUES(?1, ?2, ?3) "
                                             "ON CONFLICT(job_id, input) DO UPDATE SET output = excluded.output",
                                             e);
    if (rc)
        return rc;
    bind_text(q, 1, job_id);
    sqlite3_bind_blob(q, 2, input->b, sizeof input->b, SQLITE_STATIC);
    sqlite3_bind_blob(q, 3, output->b, sizeof output->b, SQLITE_STATIC);
    return run_once(s, q, "ghi nhật ký công việc", e);
}

enum gb_code gb_store_job_find(struct gb_store *s, const char *job_id, const struct gb_sha256 *input, struct gb_sha256 *output,
                               bool *found, struct gb_err *e)
{
    sqlite3_stmt *q;
    *found = false;
    enum gb_code rc = gb_store_prepare(s, &q, "SELECT output FROM job WHERE job_id = ?1 AND input = ?2", e);
    if (rc)
        return rc;
    bind_text(q, 1, job_id);
    sqlite3_bind_blob(q, 2, input->b, sizeof input->b, SQLITE_STATIC);
    const int step = sqlite3_step(q);
    if (step == SQLITE_ROW && sqlite3_column_bytes(q, 0) == (int)sizeof output->b) {
        memcpy(output->b, sqlite3_column_blob(q, 0), sizeof output->b);
        *found = true;
    } else if (step != SQLITE_DONE) {
        rc = gb_store_fail(s, e, "đọc nhật ký công việc");
    }
    sqlite3_finalize(q);
    return rc;
}
