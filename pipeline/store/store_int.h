/* store/store_int.h — what the files of this room share: the handle and short forms of SQLite calls. Not for other rooms. */
#ifndef GB_STORE_STORE_INT_H
#define GB_STORE_STORE_INT_H
#include <sqlite3.h>

#include "store/pack.h"
#include "store/store.h"

struct gb_store {
    struct gb_arena arena;    /* the handle itself, the path, the region codes */
    sqlite3 *db;
    const char *path;
    bool read_only, batch;
    int32_t until;            /* last as_of that is read, as days; INT32_MAX: all */
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
int64_t gb_store_delivery_sum(const struct gb_delivery *d);
/** Deliveries 1..vintage in replay order, conflicts marked. */
GB_MUST_USE enum gb_code gb_store_load_deliveries(struct gb_store *s, struct gb_arena *a, int64_t vintage, struct gb_delivery **out,
                                                  size_t *n, struct gb_err *e);
/** gb_store_replay, with the segments of conflicting deliveries if asked for. */
GB_MUST_USE enum gb_code gb_store_replay_any(struct gb_store *s, int64_t vintage, const char *indicator, bool with_conflicts,
                                             gb_segment_fn fn, void *ctx, struct gb_err *e);
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
