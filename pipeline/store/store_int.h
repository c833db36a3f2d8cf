/* store/store_int.h — what the files of this room share: the handle and short forms of SQLite calls. Not for other rooms. */
#ifndef GB_STORE_STORE_INT_H
#define GB_STORE_STORE_INT_H
#include <sqlite3.h>

#include "store/pack.h"
#include "store/store.h"

/* What version 2 of the schema added (episodes.c). */
#define GB_STORE_EPISODES \
    "CREATE TABLE episode_night(" \
    " locality TEXT NOT NULL CHECK(length(locality) > 0)," \
    " date INTEGER NOT NULL CHECK(date BETWEEN -800000 AND 3000000)," /* days since 1970-01-01 */ \
    " vintage INTEGER NOT NULL CHECK(vintage >= 0), digest BLOB NOT NULL CHECK(length(digest) = 32)," \
    " PRIMARY KEY(locality, date)) STRICT, WITHOUT ROWID;" \
    "CREATE TABLE episode(" \
    " locality TEXT NOT NULL, date INTEGER NOT NULL," \
    " indicator TEXT NOT NULL CHECK(length(indicator) > 0), region TEXT NOT NULL CHECK(length(region) > 0)," \
    " opened TEXT NOT NULL CHECK(length(opened) > 0)," \
    " level TEXT NOT NULL CHECK(level IN ('watch', 'warning', 'danger', 'emergency'))," \
    " peak_period TEXT NOT NULL, peak INTEGER NOT NULL, scale INTEGER NOT NULL CHECK(scale BETWEEN 0 AND 9)," \
    " last TEXT NOT NULL, closed TEXT, silent INTEGER NOT NULL CHECK(silent IN (0, 1))," \
    " ack_delivery INTEGER REFERENCES delivery(id), ack_on INTEGER CHECK(ack_on BETWEEN -800000 AND 3000000)," \
    " CHECK((ack_delivery IS NULL) = (ack_on IS NULL)), CHECK(silent = 0 OR closed IS NULL)," \
    " PRIMARY KEY(locality, date, indicator, region, opened)," \
    " FOREIGN KEY(locality, date) REFERENCES episode_night(locality, date)) STRICT, WITHOUT ROWID;"

/* What version 3 added (refusals.c). */
#define GB_STORE_HAS_REFUSALS 3
#define GB_STORE_REFUSALS \
    "CREATE TABLE refusal(" \
    " sha256 BLOB NOT NULL CHECK(length(sha256) = 32), partial INTEGER NOT NULL CHECK(partial IN (0, 1))," \
    " agency TEXT CHECK(length(agency) > 0)," /* NULL: neither side file nor name tell */ \
    " as_of INTEGER NOT NULL CHECK(as_of BETWEEN -800000 AND 3000000)," \
    " file_name TEXT NOT NULL, code TEXT NOT NULL," \
    " received_utc INTEGER NOT NULL CHECK(received_utc >= 0), delivered_utc INTEGER NOT NULL CHECK(delivered_utc >= 0)," \
    " n_rows INTEGER NOT NULL CHECK(n_rows >= 0), n_faulty INTEGER NOT NULL CHECK(n_faulty BETWEEN 0 AND n_rows)," \
    " after INTEGER NOT NULL CHECK(after >= 0)," \
    " sum INTEGER NOT NULL, PRIMARY KEY(sha256, partial)) STRICT, WITHOUT ROWID;" \
    "CREATE TRIGGER refusal_kept BEFORE DELETE ON refusal BEGIN SELECT RAISE(ABORT, 'append-only'); END;" \
    "CREATE TRIGGER refusal_fixed BEFORE UPDATE ON refusal BEGIN SELECT RAISE(ABORT, 'append-only'); END;"

/* What small counts keep from public and front (evaluation/suppress.h). Never deleted: a figure once withheld stays so. region '' stands for
 * every region below the root. */
#define GB_STORE_HIDDEN \
    "CREATE TABLE hidden(" \
    " locality TEXT NOT NULL CHECK(length(locality) > 0), indicator TEXT NOT NULL CHECK(length(indicator) > 0)," \
    " period TEXT NOT NULL CHECK(length(period) > 0), region TEXT NOT NULL," \
    " since INTEGER NOT NULL CHECK(since BETWEEN -800000 AND 3000000)," /* date of the night, days since 1970-01-01 */ \
    " PRIMARY KEY(locality, indicator, period, region)) STRICT, WITHOUT ROWID;" \
    "CREATE TRIGGER hidden_kept BEFORE DELETE ON hidden BEGIN SELECT RAISE(ABORT, 'append-only'); END;"

struct gb_store {
    struct gb_arena arena;    /* the handle itself, the path, the region codes */
    sqlite3 *db;
    const char *path;
    bool read_only, batch;
    int32_t until;            /* last as_of that is read, as days; INT32_MAX: all */
    int schema;               /* version of the file: an older one that was opened for reading alone stays as it is */
    struct gb_map by_code;    /* region code -> id */
    const char **code;        /* id -> region code, as far as read */
    size_t n_codes, cap_codes;
};

/** Turn an SQLite result into an error that names the store and what was being done. Corruption and full disks are GB_E_IO,
 * a lock GB_E_BUSY, a broken CHECK GB_E_BUG. */
enum gb_code gb_store_fail(struct gb_store *s, struct gb_err *e, const char *doing);
GB_MUST_USE enum gb_code gb_store_exec(struct gb_store *s, const char *sql, const char *doing, struct gb_err *e);
GB_MUST_USE enum gb_code gb_store_prepare(struct gb_store *s, sqlite3_stmt **out, const char *sql, struct gb_err *e);
/** Roll back whatever is open; for use on error paths, so it reports nothing. */
void gb_store_rollback(struct gb_store *s);
/** Read region codes added since the last call. Inside a transaction of the caller's. */
GB_MUST_USE enum gb_code gb_store_load_codes(struct gb_store *s, struct gb_err *e);
/** Id of a code; a new one is inserted. */
GB_MUST_USE enum gb_code gb_store_code_id(struct gb_store *s, const char *code, uint32_t *id, struct gb_err *e);
/** Checksum of a delivery's row, over every field that has a meaning. */
/** Checksum of a row that is never rewritten: its kind, the hash of the bytes, up to 16 numbers, three texts (NULL differs from ""). */
int64_t gb_store_row_sum(uint64_t kind, const struct gb_sha256 *sha, const int64_t *number, size_t n, const char *const text[3]);
int64_t gb_store_delivery_sum(const struct gb_delivery *d);
/** Deliveries 1..vintage in replay order, conflicts marked. */
GB_MUST_USE enum gb_code gb_store_load_deliveries(struct gb_store *s, struct gb_arena *a, int64_t vintage, struct gb_delivery **out,
                                                  size_t *n, struct gb_err *e);
/** gb_store_replay, with the segments of conflicting deliveries if asked for. */
GB_MUST_USE enum gb_code gb_store_replay_any(struct gb_store *s, int64_t vintage, const char *indicator, bool with_conflicts,
                                             gb_segment_fn fn, void *ctx, struct gb_err *e);
/** Refusals known at a vintage, in order of content; none of a store of before version 3. Inside a transaction of the caller's. */
GB_MUST_USE enum gb_code gb_store_load_refusals(struct gb_store *s, struct gb_arena *a, int64_t vintage, struct gb_refusal **out,
                                                size_t *n, struct gb_err *e);
/** What of them a vintage's digest covers: all but names and this machine's clock. */
void gb_store_hash_refusals(struct gb_sha256_state *h, struct gb_arena *a, const struct gb_refusal *v, size_t n);
/** Highest delivery id, 0 if none. */
GB_MUST_USE enum gb_code gb_store_newest(struct gb_store *s, int64_t *id, struct gb_err *e);

/* Text of a column as a C string; a NUL inside would have failed the CHECKs. NULL stays NULL. */
static inline const char *col_text(sqlite3_stmt *q, int i) { return (const char *)sqlite3_column_text(q, i); }
static inline void bind_text(sqlite3_stmt *q, int i, const char *s)
{
    if (s) sqlite3_bind_text(q, i, s, -1, SQLITE_STATIC);
    else sqlite3_bind_null(q, i);
}
#endif
