/* episodes.c — the log of episodes (store.h). Unlike everything else in the store it is not append-only: it is derived, and a night that
 * knows more writes its own part anew. Deleting and inserting are one transaction, so a reader finds one night's log or another's,
 * never half of each. The delivery that acknowledged an episode is a foreign key: its agency is read from there and written nowhere twice. */
#include <stdlib.h>

#include "base/fault.h"
#include "store/store_int.h"

static enum gb_code delete_nights(struct gb_store *s, const char *sql, const char *locality, struct gb_date date,
                                  struct gb_err *e)
{
    sqlite3_stmt *q;
    enum gb_code rc = gb_store_prepare(s, &q, sql, e);
    if (rc)
        return rc;
    bind_text(q, 1, locality);
    sqlite3_bind_int64(q, 2, gb_date_to_days(date));
    if (sqlite3_step(q) != SQLITE_DONE)
        rc = gb_store_fail(s, e, "ghi nhật ký diễn biến");
    sqlite3_finalize(q);
    return rc;
}

/* The rows before the night that they belong to: a foreign key. */
static enum gb_code clear(struct gb_store *s, const char *locality, struct gb_date date, struct gb_err *e)
{
    const struct gb_date old = gb_date_from_days(gb_date_to_days(date) - GB_EPISODE_DAYS);
    enum gb_code rc = delete_nights(s, "DELETE FROM episode WHERE locality = ?1 AND date = ?2", locality, date, e);
    if (!rc)
        rc = delete_nights(s, "DELETE FROM episode_night WHERE locality = ?1 AND date = ?2", locality, date, e);
    if (!rc)
        rc = delete_nights(s, "DELETE FROM episode WHERE locality = ?1 AND date < ?2", locality, old, e);
    if (!rc)
        rc = delete_nights(s, "DELETE FROM episode_night WHERE locality = ?1 AND date < ?2", locality, old, e);
    return rc;
}

static enum gb_code insert_night(struct gb_store *s, const char *locality, const struct gb_store_night *night, struct gb_err *e)
{
    sqlite3_stmt *q;
    enum gb_code rc =
        gb_store_prepare(s, &q, "INSERT INTO episode_night(locality, date, vintage, digest) VALUES(?1, ?2, ?3, ?4)", e);
    if (rc)
        return rc;
    bind_text(q, 1, locality);
    sqlite3_bind_int64(q, 2, gb_date_to_days(night->date));
    sqlite3_bind_int64(q, 3, night->vintage);
    sqlite3_bind_blob(q, 4, night->digest.b, sizeof night->digest.b, SQLITE_STATIC);
    if (sqlite3_step(q) != SQLITE_DONE)
        rc = gb_store_fail(s, e, "ghi nhật ký diễn biến");
    sqlite3_finalize(q);
    return rc;
}

static void bind_episode(sqlite3_stmt *q, const struct gb_store_episode *x)
{
    bind_text(q, 3, x->indicator);
    bind_text(q, 4, x->region);
    bind_text(q, 5, x->opened);
    bind_text(q, 6, x->level);
    bind_text(q, 7, x->peak_period);
    sqlite3_bind_int64(q, 8, x->peak);
    sqlite3_bind_int64(q, 9, x->scale);
    bind_text(q, 10, x->last);
    bind_text(q, 11, x->closed);
    sqlite3_bind_int64(q, 12, x->silent);
    if (x->ack_delivery) {
        sqlite3_bind_int64(q, 13, x->ack_delivery);
        sqlite3_bind_int64(q, 14, gb_date_to_days(x->ack_on));
    } else {
        sqlite3_bind_null(q, 13);
        sqlite3_bind_null(q, 14);
    }
}

static enum gb_code insert_episodes(struct gb_store *s, const char *locality, const struct gb_store_night *night,
                                    struct gb_err *e)
{
    sqlite3_stmt *q;
    enum gb_code rc = gb_store_prepare(s, &q,
                                       "INSERT INTO episode(locality, date, indicator, region, opened, level, peak_period, peak, "
                                       "scale, last, closed, silent, ack_delivery, ack_on) "
                                       "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
                                       e);
    if (rc)
        return rc;
    bind_text(q, 1, locality);
    sqlite3_bind_int64(q, 2, gb_date_to_days(night->date));
    for (size_t i = 0; i < night->n && !rc; i++) {
        bind_episode(q, &night->v[i]);
        if (sqlite3_step(q) != SQLITE_DONE)
            rc = gb_store_fail(s, e, "ghi nhật ký diễn biến");
        sqlite3_reset(q);
    }
    sqlite3_finalize(q);
    return rc;
}

enum gb_code gb_store_episodes_put(struct gb_store *s, const char *locality, const struct gb_store_night *night, struct gb_err *e)
{
    if (s->read_only)
        return gb_fail(e, GB_E_IO, "kho %s: mở chỉ để đọc", s->path);
    if (s->batch)
        return gb_fail(e, GB_E_BUG, "store %s: episodes inside a batch", s->path);
    enum gb_code rc = gb_store_exec(s, "BEGIN IMMEDIATE", "ghi nhật ký diễn biến", e);
    if (!rc)
        rc = clear(s, locality, night->date, e);
    if (!rc)
        rc = insert_night(s, locality, night, e);
    if (!rc)
        rc = insert_episodes(s, locality, night, e);
    if (!rc && gb_fault("store.episodes"))
        rc = gb_fail(e, GB_E_IO, "kho %s: ghi nhật ký diễn biến: lỗi vào ra", s->path);
    if (!rc)
        rc = gb_store_exec(s, "COMMIT", "ghi nhật ký diễn biến", e);
    if (rc)
        gb_store_rollback(s);
    return rc;
}

/* ---- reading ----------------------------------------------------------------------------------------------------------- */
static enum gb_code read_night(struct gb_store *s, const char *locality, struct gb_date date, struct gb_store_night *out,
                               bool *found, struct gb_err *e)
{
    sqlite3_stmt *q;
    enum gb_code rc =
        gb_store_prepare(s, &q,
                         date.year ? "SELECT date, vintage, digest FROM episode_night WHERE locality = ?1 AND date = ?2"
                                   : "SELECT date, vintage, digest FROM episode_night WHERE locality = ?1 "
                                     "ORDER BY date DESC LIMIT 1",
                         e);
    if (rc)
        return rc;
    bind_text(q, 1, locality);
    if (date.year)
        sqlite3_bind_int64(q, 2, gb_date_to_days(date));
    const int step = sqlite3_step(q);
    *found = step == SQLITE_ROW;
    if (*found) {
        out->date = gb_date_from_days((int32_t)sqlite3_column_int64(q, 0));
        out->vintage = sqlite3_column_int64(q, 1);
        const void *digest = sqlite3_column_blob(q, 2);
        if (digest && sqlite3_column_bytes(q, 2) == (int)sizeof out->digest.b)
            memcpy(out->digest.b, digest, sizeof out->digest.b);
    } else if (step != SQLITE_DONE) {
        rc = gb_store_fail(s, e, "đọc nhật ký diễn biến");
    }
    sqlite3_finalize(q);
    return rc;
}

static struct gb_store_episode episode_of(struct gb_arena *a, sqlite3_stmt *q)
{
    return (struct gb_store_episode){ .indicator = gb_strdup(a, col_text(q, 0)),
                                      .region = gb_strdup(a, col_text(q, 1)),
                                      .opened = gb_strdup(a, col_text(q, 2)),
                                      .level = gb_strdup(a, col_text(q, 3)),
                                      .peak_period = gb_strdup(a, col_text(q, 4)),
                                      .peak = sqlite3_column_int64(q, 5),
                                      .scale = (int)sqlite3_column_int64(q, 6),
                                      .last = gb_strdup(a, col_text(q, 7)),
                                      .closed = gb_strdup(a, col_text(q, 8)),
                                      .silent = sqlite3_column_int64(q, 9) != 0,
                                      .ack_delivery = sqlite3_column_int64(q, 10),
                                      .ack_on = sqlite3_column_int64(q, 10)
                                                    ? gb_date_from_days((int32_t)sqlite3_column_int64(q, 11))
                                                    : (struct gb_date){ 0 },
                                      .ack_agency = gb_strdup(a, col_text(q, 12)) };
}

static enum gb_code read_episodes(struct gb_store *s, struct gb_arena *a, const char *locality, struct gb_store_night *out,
                                  struct gb_err *e)
{
    sqlite3_stmt *q;
    enum gb_code rc =
        gb_store_prepare(s, &q,
                         "SELECT x.indicator, x.region, x.opened, x.level, x.peak_period, x.peak, x.scale, x.last, "
                         "x.closed, x.silent, x.ack_delivery, x.ack_on, d.agency FROM episode x LEFT JOIN delivery d "
                         "ON d.id = x.ack_delivery WHERE x.locality = ?1 AND x.date = ?2 "
                         "ORDER BY x.indicator, x.region, x.opened",
                         e);
    if (rc)
        return rc;
    bind_text(q, 1, locality);
    sqlite3_bind_int64(q, 2, gb_date_to_days(out->date));
    size_t cap = 0;
    int step;
    while ((step = sqlite3_step(q)) == SQLITE_ROW) {
        out->v = gb_arena_grow(a, out->v, out->n, &cap, out->n + 1, sizeof *out->v);
        out->v[out->n++] = episode_of(a, q);
    }
    if (step != SQLITE_DONE)
        rc = gb_store_fail(s, e, "đọc nhật ký diễn biến");
    sqlite3_finalize(q);
    return rc;
}

enum gb_code gb_store_episodes_get(struct gb_store *s, struct gb_arena *a, const char *locality, struct gb_date date,
                                   struct gb_store_night *out, bool *found, struct gb_err *e)
{
    *out = (struct gb_store_night){ .date = date };
    *found = false;
    if (s->schema < 2) /* from before there was a log */
        return GB_OK;
    enum gb_code rc = gb_store_exec(s, "BEGIN", "đọc", e);
    if (!rc)
        rc = read_night(s, locality, date, out, found, e);
    if (!rc && *found)
        rc = read_episodes(s, a, locality, out, e);
    gb_store_rollback(s);
    return rc;
}
