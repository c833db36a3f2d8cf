/* intake.c — the steps of a reading and its verdict.
 *
 * A delivery is a set of statements by an agency: either all of it is taken or none, unless the operator asks for --partial.
 * A fault of the file (who, what kind, which columns, contradictions) always refuses it.
 */
#include <stdlib.h>

#include "intake/intake_int.h"

static bool good_name(const char *name)
{
    const size_t n = strlen(name);
    if (n == 0 || n > 128 || name[0] == '.' || name[0] == '-')
        return false;
    return strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_.-") == n;
}

static bool begins(const struct gb_reading *k, const char *magic, size_t n)
{
    return k->n >= n && memcmp(k->p, magic, n) == 0;
}

/* Kind by name and by first bytes: a workbook that was renamed to .csv is named as what it is. */
static void check_type(struct gb_reading *k)
{
    const char *remedy = "Gửi tệp .csv (mã hóa UTF-8) hoặc .xlsx. Trong Excel: Tệp, Lưu dưới dạng (Save As), chọn \"Excel "
                         "Workbook (*.xlsx)\" không đặt mật khẩu, không macro, rồi gửi lại.";
    const char *kind = NULL;
    if (begins(k, "PK\003\004", 4) && k->xlsx)
        return;
    if (begins(k, "PK\003\004", 4))
        kind = gb_ends_with(k->name, ".xlsm") ? "sổ tính có macro (.xlsm)" : "bảng tính hoặc tệp nén (ZIP) mang đuôi khác";
    else if (begins(k, "SQLite format 3", 16))
        kind = "cơ sở dữ liệu SQLite";
    else if (begins(k, "\xD0\xCF\x11\xE0", 4))
        kind = "tệp Excel đời cũ (.xls) hoặc sổ tính có mật khẩu";
    else if (k->xlsx)
        kind = "không phải sổ tính .xlsx";
    else if (!gb_ends_with(k->name, ".csv"))
        kind = gb_sprintf(&k->r->arena, "tên tệp %s", k->name);
    if (kind && (gb_ends_with(k->name, ".sqlite") || gb_ends_with(k->name, ".db") || begins(k, "SQLite", 6)))
        remedy = "Hệ thống đọc tệp .csv và .xlsx. Xuất bảng observation ra CSV (sqlite3 -header -csv TỆP \"SELECT * FROM "
                 "observation\") rồi gửi lại.";
    if (kind) {
        gb_refuse_file(k, "RF-type", 0, NULL, kind, "tệp .csv hoặc .xlsx", remedy);
    } else if (begins(k, "\xFF\xFE", 2) || begins(k, "\xFE\xFF", 2)) {
        gb_refuse_file(k, "RF-encoding", 1, NULL, "UTF-16 (Excel \"Unicode Text\")", "văn bản UTF-8",
                       "Trong Excel chọn Lưu dưới dạng \"CSV UTF-8 (Comma delimited)\" thay cho \"Unicode Text\".");
    }
}

static void read_file(struct gb_reading *k)
{
    struct gb_arena *a = &k->r->arena;
    const size_t max = k->opt->max_bytes ? k->opt->max_bytes : GB_INTAKE_MAX_BYTES;
    if (!good_name(k->name)) {
        gb_refuse_file(k, "RF-name", 0, NULL, gb_shown(a, k->name, strlen(k->name)),
                       "chữ thường a-z, chữ số, _ . -; tối đa 128 ký tự", "Đổi tên tệp, ví dụ so-y-te_2026-11.csv.");
        return;
    }
    if (k->n > max) {
        gb_refuse_file(k, "RF-limit", 0, NULL, gb_sprintf(a, "%zu byte", k->n), gb_sprintf(a, "tối đa %zu byte", max),
                       "Chia tệp theo tháng hoặc theo chỉ số.");
        return;
    }
    check_type(k);
    if (!k->refused)
        gb_read_meta(k);
    if (!k->refused)
        k->xlsx ? gb_read_xlsx(k) : gb_read_csv(k);
    if (k->n_rows)
        gb_build_columns(k);
}

static void verdict(struct gb_reading *k)
{
    struct gb_intake *r = k->r;
    r->accepted = !k->refused && r->rows_accepted > 0 && (r->rows_refused == 0 || k->opt->partial);
    if (!r->accepted) {
        r->rows_accepted = 0;
        r->n_segments = r->n_control = 0;
    }
    r->delivery.n_rows = r->rows_accepted;
    r->delivery.n_rounded = r->accepted ? r->rows_rounded : 0;
    r->delivery.n_marked = r->accepted ? r->rows_marked : 0;
}

enum gb_code gb_intake_read(struct gb_intake *r, const struct gb_catalogue *c, const char *name, const void *p, size_t n,
                            const void *meta, size_t m, const struct gb_intake_options *opt, struct gb_err *e)
{
    *r = (struct gb_intake){ 0 };
    gb_arena_init(&r->arena, 0);
    if (!gb_date_valid(opt->today))
        return gb_fail(e, GB_E_BUG, "intake of %s: no business date given", name);
    struct gb_reading k = {
        .r = r, .c = c, .opt = opt, .p = n ? p : "", .n = n, .meta = meta, .m = m, .agency = -1, .decimal = '.'
    };
    k.name = r->delivery.file_name = gb_strdup(&r->arena, name);
    k.xlsx = gb_ends_with(name, ".xlsx");
    const size_t ext = k.xlsx ? 5 : gb_ends_with(name, ".csv") ? 4 : 0;
    k.side = gb_sprintf(&r->arena, "%.*s.meta.json", (int)(strlen(name) - ext), name);
    r->delivery.sha256 = gb_sha256_of(k.p, n);
    r->delivery.bytes = (int64_t)n;
    r->delivery.received_utc = opt->received_utc;
    r->delivery.as_of = opt->today;
    read_file(&k);
    verdict(&k);
    gb_findings_finish(&k);
    free(k.row);
    return GB_OK;
}

void gb_intake_release(struct gb_intake *r)
{
    gb_arena_release(&r->arena);
}
