/* store.c — opening the store: settings, schema, integrity.
 *
 * One SQLite file, one writer. Rollback journal (TRUNCATE) and synchronous=EXTRA: SQLite 3.40 is in the range of the WAL-reset
 * corruption bug (TRUST.md 9). The schema is trusted by nobody: STRICT tables with CHECKs, triggers that refuse to change or
 * delete what was delivered, trusted_schema off, defensive mode.
 * SQLite has no page checksums, so a flipped bit in a figure would pass quick_check: rows carry a checksum of their own.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/file.h"
#include "store/store_int.h"

#define SCHEMA_VERSION 4
#define STR_(x) #x
#define STR(x) STR_(x)

static const char SCHEMA[] =
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE delivery("
    " id INTEGER PRIMARY KEY CHECK(id > 0),"
    " agency TEXT NOT NULL CHECK(length(agency) > 0),"
    " as_of INTEGER NOT NULL CHECK(as_of BETWEEN -800000 AND 3000000)," /* days since 1970-01-01 */
    " seq INTEGER NOT NULL CHECK(seq > 0),"
    " sha256 BLOB NOT NULL UNIQUE CHECK(length(sha256) = 32),"
    " file_name TEXT NOT NULL, title TEXT,"
    " received_utc INTEGER NOT NULL CHECK(received_utc >= 0), delivered_utc INTEGER NOT NULL CHECK(delivered_utc >= 0),"
    " bytes INTEGER NOT NULL CHECK(bytes >= 0), n_rows INTEGER NOT NULL CHECK(n_rows >= 0),"
    " n_rounded INTEGER NOT NULL CHECK(n_rounded >= 0), n_marked INTEGER NOT NULL CHECK(n_marked >= 0),"
    " sample INTEGER NOT NULL CHECK(sample IN (0, 1)),"
    " sum INTEGER NOT NULL) STRICT;"
    "CREATE INDEX delivery_key ON delivery(agency, as_of, seq);"
    "CREATE TABLE region_code(id INTEGER PRIMARY KEY CHECK(id >= 0), code TEXT NOT NULL UNIQUE CHECK(length(code) > 0),"
    " sum INTEGER NOT NULL) STRICT;"
    "CREATE TABLE segment("
    " id INTEGER PRIMARY KEY,"
    " delivery_id INTEGER NOT NULL REFERENCES delivery(id),"
    " indicator TEXT NOT NULL CHECK(length(indicator) > 0),"
    " freq INTEGER NOT NULL CHECK(freq BETWEEN 1 AND 6), scale INTEGER NOT NULL CHECK(scale BETWEEN 0 AND 9),"
    " n INTEGER NOT NULL CHECK(n BETWEEN 1 AND 4194304),"
    " columns BLOB NOT NULL, UNIQUE(delivery_id, indicator)) STRICT;"
    "CREATE TABLE event(id INTEGER PRIMARY KEY, utc INTEGER NOT NULL, kind TEXT NOT NULL CHECK(length(kind) > 0),"
    " subject TEXT NOT NULL, detail TEXT NOT NULL) STRICT;"
    "CREATE TABLE job(job_id TEXT NOT NULL, input BLOB NOT NULL CHECK(length(input) = 32),"
    " output BLOB NOT NULL CHECK(length(output) = 32), PRIMARY KEY(job_id, input)) STRICT;"
    "CREATE TRIGGER delivery_kept BEFORE DELETE ON delivery BEGIN SELECT RAISE(ABORT, 'append-only'); END;"
    "CREATE TRIGGER delivery_fixed BEFORE UPDATE ON delivery BEGIN SELECT RAISE(ABORT, 'append-only'); END;"
    "CREATE TRIGGER segment_kept BEFORE DELETE ON segment BEGIN SELECT RAISE(ABORT, 'append-only'); END;"
    "CREATE TRIGGER segment_fixed BEFORE UPDATE ON segment BEGIN SELECT RAISE(ABORT, 'append-only'); END;"
    "CREATE TRIGGER region_code_kept BEFORE DELETE ON region_code BEGIN SELECT RAISE(ABORT, 'append-only'); END;"
    "CREATE TRIGGER region_code_fixed BEFORE UPDATE ON region_code BEGIN SELECT RAISE(ABORT, 'append-only'); END;"
    "CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'append-only'); END;"
    "CREATE TRIGGER event_fixed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'append-only'); END;"
    "INSERT INTO meta VALUES('format', 'giaoban store'), ('schema', '1');";

/* A store of version 1 gets what version 2 added, in place; nothing of what it holds is touched. */
static const char TO_2[] = GB_STORE_EPISODES "UPDATE meta SET value = '2' WHERE key = 'schema'; PRAGMA user_version = 2;";
/* And one of version 2 what version 3 added. */
static const char TO_3[] = GB_STORE_REFUSALS "UPDATE meta SET value = '3' WHERE key = 'schema'; PRAGMA user_version = 3;";
/* And one of version 3 what version 4 added. */
static const char TO_4[] =
    GB_STORE_HIDDEN "UPDATE meta SET value = '4' WHERE key = 'schema'; PRAGMA user_version = " STR(SCHEMA_VERSION) ";";

enum gb_code gb_store_fail(struct gb_store *s, struct gb_err *e, const char *doing)
{
    const int rc = sqlite3_extended_errcode(s->db);
    switch (rc & 255) {
    case SQLITE_NOMEM: gb_oom();
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return gb_fail(e, GB_E_BUSY, "kho %s: %s: tiến trình khác đang ghi; chạy lại sau", s->path, doing);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return gb_fail(e, GB_E_IO, "kho %s: %s: tệp hỏng (%s); khôi phục từ bản sao lưu", s->path, doing, sqlite3_errmsg(s->db));
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_MISUSE:
    case SQLITE_RANGE: return gb_fail(e, GB_E_BUG, "store %s: %s: %s", s->path, doing, sqlite3_errmsg(s->db));
    default:
        return gb_fail(e, GB_E_IO, "kho %s: %s: %s (mã SQLite %d); kiểm tra dung lượng và quyền ghi", s->path, doing,
                       sqlite3_errmsg(s->db), rc);
    }
}

enum gb_code gb_store_exec(struct gb_store *s, const char *sql, const char *doing, struct gb_err *e)
{
    if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return GB_OK;
    return gb_store_fail(s, e, doing);
}

enum gb_code gb_store_prepare(struct gb_store *s, sqlite3_stmt **out, const char *sql, struct gb_err *e)
{
    if (sqlite3_prepare_v2(s->db, sql, -1, out, NULL) == SQLITE_OK)
        return GB_OK;
    return gb_store_fail(s, e, "chuẩn bị câu lệnh");
}

void gb_store_rollback(struct gb_store *s)
{
    if (s->db && !sqlite3_get_autocommit(s->db))
        (void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}

/* One value of one row, as text; NULL if there is none. */
static enum gb_code pragma_text(struct gb_store *s, const char *sql, char *out, size_t cap, struct gb_err *e)
{
    sqlite3_stmt *q;
    enum gb_code rc = gb_store_prepare(s, &q, sql, e);
    if (rc)
        return rc;
    const int step = sqlite3_step(q);
    out[0] = 0;
    if (step == SQLITE_ROW) {
        const char *t = col_text(q, 0);
        for (size_t i = 0; t && t[i] && i + 1 < cap; i++) {
            out[i] = t[i];
            out[i + 1] = 0;
        }
    } else if (step != SQLITE_DONE) {
        rc = gb_store_fail(s, e, sql);
    }
    sqlite3_finalize(q);
    return rc;
}

/* A setting that did not take is a failure: TRUNCATE falls back silently where the file system cannot, for one. */
static enum gb_code expect(struct gb_store *s, const char *sql, const char *want, struct gb_err *e)
{
    char got[256];
    const enum gb_code rc = pragma_text(s, sql, got, sizeof got, e);
    if (rc)
        return rc;
    if (gb_streq(got, want))
        return GB_OK;
    return gb_fail(e, GB_E_IO, "kho %s: %s trả lời \"%s\", cần \"%s\"", s->path, sql, got, want);
}

static enum gb_code settings(struct gb_store *s, struct gb_err *e)
{
    sqlite3_extended_result_codes(s->db, 1);
    sqlite3_busy_timeout(s->db, 5000);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, 0);
    enum gb_code rc = gb_store_exec(s,
                                    "PRAGMA foreign_keys=ON; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;"
                                    "PRAGMA temp_store=MEMORY; PRAGMA page_size=4096; PRAGMA cache_size=-16384;"
                                    "PRAGMA synchronous=EXTRA;",
                                    "thiết lập", e);
    if (!rc)
        rc = expect(s, "PRAGMA foreign_keys", "1", e);
    if (!rc)
        rc = expect(s, "PRAGMA synchronous", "3", e);
    if (!rc && !s->read_only)
        rc = expect(s, "PRAGMA journal_mode=TRUNCATE", "truncate", e);
    return rc;
}

static enum gb_code read_version(struct gb_store *s, struct gb_err *e)
{
    char version[32], objects[32];
    enum gb_code rc = pragma_text(s, "PRAGMA user_version", version, sizeof version, e);
    if (!rc)
        rc = pragma_text(s, "SELECT count(*) FROM sqlite_schema", objects, sizeof objects, e);
    if (rc)
        return rc;
    if (!gb_streq(objects, "0") && gb_streq(version, "0"))
        return gb_fail(e, GB_E_IO, "kho %s: là tệp SQLite nhưng không phải kho của giaoban; chọn tệp khác bằng --store", s->path);
    for (s->schema = 0; s->schema <= SCHEMA_VERSION; s->schema++)
        if (gb_streq(version, (const char[]){ (char)('0' + s->schema), 0 }))
            return GB_OK;
    return gb_fail(
        e, GB_E_BUG,
        "kho %s: lược đồ phiên bản %s, chương trình này chỉ biết phiên bản " STR(SCHEMA_VERSION) "; dùng chương trình mới hơn",
        s->path, version);
}

/* Version and steps in one transaction: two programs that open an old store at once bring it up once. */
static enum gb_code bring_up(struct gb_store *s, struct gb_err *e)
{
    const char *doing = s->schema ? "nâng cấp kho" : "tạo kho";
    enum gb_code rc = gb_store_exec(s, "BEGIN IMMEDIATE", doing, e);
    if (!rc)
        rc = read_version(s, e);
    if (!rc && s->schema == 0)
        rc = gb_store_exec(s, SCHEMA, doing, e);
    if (!rc && s->schema < 2)
        rc = gb_store_exec(s, TO_2, doing, e);
    if (!rc && s->schema < 3)
        rc = gb_store_exec(s, TO_3, doing, e);
    if (!rc && s->schema < 4)
        rc = gb_store_exec(s, TO_4, doing, e);
    if (!rc && gb_fault("store.upgrade"))
        rc = gb_fail(e, GB_E_IO, "kho %s: %s: lỗi vào ra", s->path, doing);
    if (!rc)
        rc = gb_store_exec(s, "COMMIT", doing, e);
    if (rc)
        gb_store_rollback(s);
    s->schema = SCHEMA_VERSION;
    return rc;
}

static enum gb_code schema(struct gb_store *s, struct gb_err *e)
{
    enum gb_code rc = read_version(s, e);
    if (!rc && s->schema < SCHEMA_VERSION && !s->read_only)
        rc = bring_up(s, e);
    if (!rc && s->schema == 0)
        return gb_fail(e, GB_E_IO, "kho %s: tệp trống, chưa có bản giao nộp nào", s->path);
    if (!rc)
        rc = expect(s, "SELECT value FROM meta WHERE key = 'format'", "giaoban store", e);
    const char known[2] = { (char)('0' + s->schema), 0 };
    return rc ? rc : expect(s, "SELECT value FROM meta WHERE key = 'schema'", known, e);
}

/* The parent may be reached by links (/tmp often is); the file itself may not. SQLITE_OPEN_NOFOLLOW looks at every part of the
 * path, so the parent is resolved first. The file is made here for its mode. */
static enum gb_code locate(struct gb_arena *a, const char *path, bool read_only, const char **full, struct gb_err *e)
{
    const char *base = gb_path_base(path);
    const size_t n_dir = (size_t)(base - path);
    char dir[PATH_MAX];
    if (!*base || !realpath(n_dir ? gb_strndup(a, path, n_dir) : ".", dir))
        return gb_fail_errno(e, GB_E_IO, *base ? errno : EISDIR, "kho %s: thư mục chứa kho", path);
    *full = gb_path_join(a, dir, base);
    struct stat st;
    if (lstat(*full, &st) == 0)
        return S_ISREG(st.st_mode) ? GB_OK : gb_fail(e, GB_E_IO, "kho %s: không phải tệp thường", path);
    if (errno != ENOENT || read_only)
        return gb_fail_errno(e, GB_E_IO, errno, "kho %s", path);
    if (gb_fault("io.open"))
        return gb_fail_errno(e, GB_E_IO, errno, "kho %s: không tạo được", path);
    const int fd = open(*full, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
    if (fd < 0)
        return gb_fail_errno(e, GB_E_IO, errno, "kho %s: không tạo được", path);
    if (close(fd) != 0)
        return gb_fail_errno(e, GB_E_IO, errno, "kho %s: không tạo được", path);
    return GB_OK;
}

enum gb_code gb_store_open(struct gb_store **out, const char *path, bool read_only, struct gb_err *e)
{
    *out = NULL;
    struct gb_arena arena;
    gb_arena_init(&arena, 0);
    struct gb_store *s = GB_NEW(&arena, struct gb_store);
    s->arena = arena;
    s->read_only = read_only;
    s->until = INT32_MAX;
    gb_map_init(&s->by_code);
    enum gb_code rc = locate(&s->arena, path, read_only, &s->path, e);
    if (!rc) {
        const int flags = (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOFOLLOW |
                          SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOMUTEX;
        if (sqlite3_open_v2(s->path, &s->db, flags, NULL) != SQLITE_OK)
            rc = s->db ? gb_store_fail(s, e, "mở") : gb_fail(e, GB_E_IO, "kho %s: không mở được", path);
    }
    if (!rc)
        rc = settings(s, e);
    if (!rc)
        rc = schema(s, e);
    if (!rc)
        rc = gb_store_load_codes(s, e);
    if (rc) {
        gb_store_close(s);
        return rc;
    }
    *out = s;
    return GB_OK;
}

void gb_store_close(struct gb_store *s)
{
    if (!s)
        return;
    gb_store_rollback(s);
    sqlite3_close_v2(s->db);
    gb_map_release(&s->by_code);
    free(s->code);
    struct gb_arena arena = s->arena; /* the handle lives in it */
    gb_arena_release(&arena);
}

static enum gb_code check_segment(void *ctx, const struct gb_delivery *d, const struct gb_segment *seg, struct gb_err *e)
{
    (void)d;
    (void)seg;
    (void)e;
    ++*(int64_t *)ctx;
    return GB_OK;
}

enum gb_code gb_store_check(struct gb_store *s, struct gb_err *e)
{
    enum gb_code rc = expect(s, "PRAGMA quick_check(1)", "ok", e);
    int64_t n = 0;
    if (!rc)
        rc = gb_store_replay_any(s, 0, NULL, true, check_segment, &n, e);
    struct gb_arena a;
    struct gb_refusal *refusal;
    size_t n_refusals;
    gb_arena_init(&a, 0);
    if (!rc)
        rc = gb_store_refusals(s, &a, 0, &refusal, &n_refusals, e);
    gb_arena_release(&a);
    return rc;
}
