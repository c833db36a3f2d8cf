/* hidden.c — what small counts keep from public and front (store.h): written by each night before it publishes, read by the next. */
#include "base/fault.h"
#include "store/store_int.h"

static const char doing[] = "ghi số liệu không công bố";

static void text(sqlite3_stmt *q, int at, const char *s)
{
    sqlite3_bind_text(q, at, s, -1, SQLITE_STATIC);
}

static enum gb_code insert(struct gb_store *s, const char *locality, const struct gb_store_hidden *v, size_t n, struct gb_err *e)
{
    sqlite3_stmt *q;
    enum gb_code rc =
        gb_store_prepare(s, &q,
                         "INSERT INTO hidden(locality, indicator, period, region, since) VALUES(?1, ?2, ?3, ?4, ?5) "
                         "ON CONFLICT DO UPDATE SET since = min(since, excluded.since)",
                         e);
    if (rc)
        return rc;
    for (size_t i = 0; !rc && i < n; i++) {
        sqlite3_reset(q);
        text(q, 1, locality);
        text(q, 2, v[i].indicator);
        text(q, 3, v[i].period);
        text(q, 4, v[i].region);
        sqlite3_bind_int64(q, 5, gb_date_to_days(v[i].since));
        if (sqlite3_step(q) != SQLITE_DONE)
            rc = gb_store_fail(s, e, doing);
    }
    sqlite3_finalize(q);
    return rc;
}

enum gb_code gb_store_hidden_put(struct gb_store *s, const char *locality, const struct gb_store_hidden *v, size_t n,
                                 struct gb_err *e)
{
    if (s->read_only)
        return gb_fail(e, GB_E_IO, "kho %s: mở chỉ để đọc", s->path);
    if (s->batch)
        return gb_fail(e, GB_E_BUG, "store %s: hidden figures inside a batch", s->path);
    enum gb_code rc = gb_store_exec(s, "BEGIN IMMEDIATE", doing, e);
    if (!rc)
        rc = insert(s, locality, v, n, e);
    if (!rc && gb_fault("store.hidden"))
        rc = gb_fail(e, GB_E_IO, "kho %s: %s: lỗi vào ra", s->path, doing);
    if (!rc)
        rc = gb_store_exec(s, "COMMIT", doing, e);
    if (rc)
        gb_store_rollback(s);
    return rc;
}

static enum gb_code read_rows(struct gb_store *s, sqlite3_stmt *q, struct gb_arena *a, struct gb_store_hidden **v, size_t *n,
                              struct gb_err *e)
{
    size_t cap = 0;
    int step;
    while ((step = sqlite3_step(q)) == SQLITE_ROW) {
        if (*n == cap) {
            struct gb_store_hidden *more = GB_NEW_N(a, cap = cap ? 2 * cap : 256, struct gb_store_hidden);
            if (*n)
                memcpy(more, *v, *n * sizeof *more);
            *v = more;
        }
        (*v)[(*n)++] = (struct gb_store_hidden){ .indicator = gb_strdup(a, (const char *)sqlite3_column_text(q, 0)),
                                                 .region = gb_strdup(a, (const char *)sqlite3_column_text(q, 2)),
                                                 .period = gb_strdup(a, (const char *)sqlite3_column_text(q, 1)),
                                                 .since = gb_date_from_days((int32_t)sqlite3_column_int64(q, 3)) };
    }
    return step == SQLITE_DONE ? GB_OK : gb_store_fail(s, e, "đọc số liệu không công bố");
}

static enum gb_code last_night(struct gb_store *s, const char *locality, struct gb_date date, struct gb_date *night,
                               int64_t *vintage, struct gb_err *e)
{
    sqlite3_stmt *q;
    enum gb_code rc = gb_store_prepare(
        s, &q, "SELECT date, vintage FROM episode_night WHERE locality = ?1 AND date <= ?2 ORDER BY date DESC LIMIT 1", e);
    if (rc)
        return rc;
    text(q, 1, locality);
    sqlite3_bind_int64(q, 2, gb_date_to_days(date));
    const int step = sqlite3_step(q);
    if (step == SQLITE_ROW) {
        *night = gb_date_from_days((int32_t)sqlite3_column_int64(q, 0));
        *vintage = sqlite3_column_int64(q, 1);
    } else if (step != SQLITE_DONE)
        rc = gb_store_fail(s, e, "đọc số liệu không công bố");
    sqlite3_finalize(q);
    return rc;
}

enum gb_code gb_store_hidden_get(struct gb_store *s, struct gb_arena *a, const char *locality, struct gb_date date,
                                 struct gb_store_hidden **v, size_t *n, struct gb_date *night, int64_t *vintage, struct gb_err *e)
{
    sqlite3_stmt *q;
    *v = NULL, *n = 0, *night = (struct gb_date){ 0 }, *vintage = 0;
    if (s->schema < 4) /* open read-only, and not yet brought up */
        return s->schema < 2 ? GB_OK : last_night(s, locality, date, night, vintage, e);
    enum gb_code rc = gb_store_prepare(s, &q,
                                       "SELECT indicator, period, region, since FROM hidden WHERE locality = ?1 AND since <= ?2 "
                                       "ORDER BY indicator, period, region",
                                       e);
    if (rc)
        return rc;
    text(q, 1, locality);
    sqlite3_bind_int64(q, 2, gb_date_to_days(date));
    rc = read_rows(s, q, a, v, n, e);
    sqlite3_finalize(q);
    return rc ? rc : last_night(s, locality, date, night, vintage, e);
}
