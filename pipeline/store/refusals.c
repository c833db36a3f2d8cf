/* refusals.c — what was handed over and not taken (store.h). Append-only like deliveries, each with its checksum. The same bytes lie in
 * the drop folder night after night until somebody takes them away, so they are written down once; and bytes that were taken in the end
 * (a side file was mended, the operator asked for --partial) were not refused after all: that is decided on reading, against the
 * deliveries of the vintage, so that a vintage of before still says what was known then. */
#include <stdlib.h>

#include "store/store_int.h"

static int64_t sum_of(const struct gb_refusal *r)
{
    const int64_t number[] = {
        gb_date_to_days(r->as_of), r->received_utc, r->delivered_utc, r->n_rows, r->n_faulty, r->partial, r->after
    };
    return gb_store_row_sum(5, &r->sha256, number, sizeof number / sizeof *number,
                            (const char *const[3]){ r->agency, r->file_name, r->code });
}

enum gb_code gb_store_refuse(struct gb_store *s, const struct gb_refusal *refusal, struct gb_err *e)
{
    sqlite3_stmt *q;
    struct gb_refusal r = *refusal;
    if (s->read_only)
        return gb_fail(e, GB_E_IO, "kho %s: mở chỉ để đọc", s->path);
    enum gb_code rc = gb_store_newest(s, &r.after, e);
    if (!rc)
        rc = gb_store_prepare(s, &q,
                              "INSERT INTO refusal(sha256, partial, agency, as_of, file_name, code, received_utc, delivered_utc, "
                              "n_rows, n_faulty, after, sum) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) "
                              "ON CONFLICT(sha256, partial) DO NOTHING",
                              e);
    if (rc)
        return rc;
    sqlite3_bind_blob(q, 1, r.sha256.b, sizeof r.sha256.b, SQLITE_STATIC);
    sqlite3_bind_int64(q, 2, r.partial);
    bind_text(q, 3, r.agency);
    sqlite3_bind_int64(q, 4, gb_date_to_days(r.as_of));
    bind_text(q, 5, r.file_name);
    bind_text(q, 6, r.code);
    const int64_t number[] = { r.received_utc, r.delivered_utc, r.n_rows, r.n_faulty, r.after, sum_of(&r) };
    for (int i = 0; i < 6; i++)
        sqlite3_bind_int64(q, 7 + i, number[i]);
    if (sqlite3_step(q) != SQLITE_DONE)
        rc = gb_store_fail(s, e, "ghi tệp bị từ chối");
    sqlite3_finalize(q);
    return rc;
}

static enum gb_code read_refusal(struct gb_store *s, struct gb_arena *a, sqlite3_stmt *q, struct gb_refusal *r, struct gb_err *e)
{
    const void *sha = sqlite3_column_blob(q, 0);
    if (sha && sqlite3_column_bytes(q, 0) == (int)sizeof r->sha256.b)
        memcpy(r->sha256.b, sha, sizeof r->sha256.b);
    r->partial = sqlite3_column_int64(q, 1) != 0;
    r->agency = gb_strdup(a, col_text(q, 2));
    r->as_of = gb_date_from_days((int32_t)sqlite3_column_int64(q, 3));
    r->file_name = gb_strdup(a, col_text(q, 4));
    r->code = gb_strdup(a, col_text(q, 5));
    r->received_utc = sqlite3_column_int64(q, 6);
    r->delivered_utc = sqlite3_column_int64(q, 7);
    r->n_rows = sqlite3_column_int64(q, 8);
    r->n_faulty = sqlite3_column_int64(q, 9);
    r->after = sqlite3_column_int64(q, 10);
    if (!r->file_name || !r->code || sqlite3_column_int64(q, 11) != sum_of(r))
        return gb_fail(e, GB_E_IO, "kho %s: dòng ghi tệp bị từ chối %s hỏng (sai tổng kiểm tra); khôi phục từ bản sao lưu",
                       s->path, r->file_name ? r->file_name : "?");
    return GB_OK;
}

enum gb_code gb_store_load_refusals(struct gb_store *s, struct gb_arena *a, int64_t vintage, struct gb_refusal **out, size_t *n,
                                    struct gb_err *e)
{
    sqlite3_stmt *q;
    *out = NULL;
    *n = 0;
    if (s->schema < GB_STORE_HAS_REFUSALS)
        return GB_OK; /* of before, and opened for reading alone */
    enum gb_code rc = gb_store_prepare(
        s, &q,
        "SELECT sha256, partial, agency, as_of, file_name, code, received_utc, delivered_utc, n_rows, n_faulty, after, sum "
        "FROM refusal r WHERE after <= ?1 AND as_of <= ?2 AND partial = EXISTS(SELECT 1 FROM delivery d "
        "WHERE d.sha256 = r.sha256 AND d.id <= ?1 AND d.as_of <= ?2) ORDER BY as_of, agency, sha256, partial",
        e);
    if (rc)
        return rc;
    sqlite3_bind_int64(q, 1, vintage);
    sqlite3_bind_int64(q, 2, s->until);
    struct gb_refusal *v = NULL;
    size_t cap = 0;
    int step;
    while (!rc && (step = sqlite3_step(q)) != SQLITE_DONE) {
        if (step != SQLITE_ROW) {
            rc = gb_store_fail(s, e, "đọc tệp bị từ chối");
            break;
        }
        v = gb_grow(v, &cap, *n + 1, sizeof *v);
        v[*n] = (struct gb_refusal){ 0 };
        rc = read_refusal(s, a, q, &v[*n], e);
        ++*n;
    }
    sqlite3_finalize(q);
    *out = GB_NEW_N(a, *n + 1, struct gb_refusal);
    if (!rc && *n)
        memcpy(*out, v, *n * sizeof *v);
    free(v);
    return rc;
}

void gb_store_hash_refusals(struct gb_sha256_state *h, struct gb_arena *a, const struct gb_refusal *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char iso[16], hex[65];
        gb_date_iso(v[i].as_of, iso);
        gb_sha256_hex(&v[i].sha256, hex);
        const char *line = gb_sprintf(a, "%s %s %s %s %lld %lld %lld\n", v[i].partial ? "partial" : "refused", iso,
                                      v[i].agency ? v[i].agency : "-", hex, (long long)v[i].delivered_utc, (long long)v[i].n_rows,
                                      (long long)v[i].n_faulty);
        gb_sha256_update(h, line, strlen(line));
    }
}
