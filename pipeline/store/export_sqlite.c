/* export_sqlite.c — see export.h. No date or version of ours gets into the file, and SQLite writes pages in the order of the rows: the
 * same observations give the same bytes with the same SQLite. */
#include "store/export.h"
#include "base/decimal.h"
#include "base/file.h"
#include "store/store.h"
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

struct gb_sqlite_export {
    struct gb_arena arena;
    sqlite3 *db;
    sqlite3_stmt *insert;
    const char *path, *tmp;
};

static const char schema[] = "PRAGMA journal_mode=OFF; PRAGMA synchronous=FULL; PRAGMA page_size=4096;"
                             "CREATE TABLE observation("
                             " indicator TEXT NOT NULL, region TEXT NOT NULL, period TEXT NOT NULL,"
                             " value TEXT, scaled INTEGER, scale INTEGER NOT NULL CHECK(scale BETWEEN 0 AND 9),"
                             " status TEXT NOT NULL CHECK(length(status)=1), as_of TEXT,"
                             " PRIMARY KEY(indicator, region, period), CHECK((status='M')=(value IS NULL)), CHECK((value IS "
                             "NULL)=(scaled IS NULL))) STRICT, WITHOUT ROWID;"
                             "BEGIN";

static enum gb_code failed(struct gb_sqlite_export *x, struct gb_err *e)
{
    return gb_fail(e, GB_E_IO, "không ghi được %s: %s", x->path, sqlite3_errmsg(x->db));
}

enum gb_code gb_sqlite_export_open(struct gb_sqlite_export **out, const char *path, struct gb_err *e)
{
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_sqlite_export *x = GB_NEW(&a, struct gb_sqlite_export);
    x->path = gb_strdup(&a, path);
    x->tmp = gb_sprintf(&a, "%s.tmp~", path);
    x->arena = a;
    *out = x;
    (void)unlink(x->tmp); /* litter of a run that was stopped */
    if (sqlite3_open_v2(x->tmp, &x->db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE,
                        NULL) != SQLITE_OK ||
        sqlite3_exec(x->db, schema, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(x->db, "INSERT INTO observation VALUES(?,?,?,?,?,?,?,?)", -1, &x->insert, NULL) != SQLITE_OK)
        return failed(x, e);
    return GB_OK;
}

enum gb_code gb_sqlite_export_row(struct gb_sqlite_export *x, const struct gb_export_row *r, struct gb_err *e)
{
    char text[48], iso[16];
    sqlite3_stmt *s = x->insert;
    bool missing = r->value == GB_VALUE_MISSING, ok = true;
    ok = ok && sqlite3_bind_text(s, 1, r->indicator, -1, SQLITE_STATIC) == SQLITE_OK &&
         sqlite3_bind_text(s, 2, r->region, -1, SQLITE_STATIC) == SQLITE_OK &&
         sqlite3_bind_text(s, 3, r->period, -1, SQLITE_STATIC) == SQLITE_OK && sqlite3_bind_int(s, 6, r->scale) == SQLITE_OK &&
         sqlite3_bind_text(s, 7, &r->status, 1, SQLITE_STATIC) == SQLITE_OK;
    if (missing) {
        ok = ok && sqlite3_bind_null(s, 4) == SQLITE_OK && sqlite3_bind_null(s, 5) == SQLITE_OK;
    } else {
        size_t n = gb_dec_plain(r->value, r->scale, r->scale, text);
        ok = ok && sqlite3_bind_text(s, 4, text, (int)n, SQLITE_TRANSIENT) == SQLITE_OK &&
             sqlite3_bind_int64(s, 5, r->value) == SQLITE_OK;
    }
    if (r->as_of.year) {
        size_t n = gb_date_iso(r->as_of, iso);
        ok = ok && sqlite3_bind_text(s, 8, iso, (int)n, SQLITE_TRANSIENT) == SQLITE_OK;
    } else {
        ok = ok && sqlite3_bind_null(s, 8) == SQLITE_OK;
    }
    ok = ok && sqlite3_step(s) == SQLITE_DONE && sqlite3_reset(s) == SQLITE_OK;
    return ok ? GB_OK : failed(x, e);
}

enum gb_code gb_sqlite_export_close(struct gb_sqlite_export *x, bool keep, struct gb_err *e)
{
    enum gb_code code = GB_OK;
    struct gb_arena a;

    if (!x)
        return GB_OK;
    sqlite3_finalize(x->insert);
    if (keep && sqlite3_exec(x->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        code = failed(x, e);
    if (sqlite3_close(x->db) != SQLITE_OK && code == GB_OK)
        code = gb_fail(e, GB_E_IO, "không đóng được %s", x->path);
    if (keep && code == GB_OK)
        code = gb_rename(x->tmp, x->path, e);
    if (!keep || code != GB_OK)
        (void)unlink(x->tmp);
    a = x->arena;
    gb_arena_release(&a);
    return code;
}
