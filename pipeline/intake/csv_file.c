/* csv_file.c — a CSV file: text check, header, rows. What a row says is judged in rows.c. */
#include "base/csv.h"
#include "base/utf8.h"
#include "intake/scan_int.h"

#define ALLOWED_COLUMNS "indicator, region, period, value, status, note"

struct table {
    struct gb_scan s;
    struct gb_csv csv;
    int n_columns, at[GB_N_COLS]; /* field of each column, -1 = not delivered */
};

static bool structural(struct table *t, enum gb_csv_status st)
{
    struct gb_reading *k = t->s.k;
    switch (st) {
    case GB_CSV_ROW:
    case GB_CSV_END: return false;
    case GB_CSV_UNCLOSED_QUOTE:
        gb_refuse_file(k, "RF-quote", t->csv.line, NULL, "dấu ngoặc kép mở mà không đóng",
                       "mỗi ô mở bằng \" phải đóng bằng \" (RFC 4180)",
                       "Tìm dấu \" thừa từ dòng này trở đi; dấu \" trong ô phải viết đôi \"\".");
        return true;
    case GB_CSV_STRAY_QUOTE:
        gb_refuse_file(k, "RF-quote", t->csv.line, NULL, "dấu ngoặc kép giữa ô",
                       "ô có dấu \" phải nằm trong ngoặc kép, dấu \" viết đôi",
                       "Lưu lại tệp bằng Excel hoặc LibreOffice dạng CSV UTF-8.");
        return true;
    case GB_CSV_TOO_MANY_FIELDS:
        gb_refuse_file(k, "RF-limit", t->csv.line, NULL, "quá 256 cột", "tối đa 256 cột",
                       "Gửi đúng các cột: " ALLOWED_COLUMNS ".");
        return true;
    case GB_CSV_FIELD_TOO_LONG:
        gb_refuse_file(k, "RF-limit", t->csv.line, NULL, "một ô dài quá 32 KiB", "tối đa 32 KiB một ô",
                       "Rút ngắn ghi chú; kiểm tra dấu ngoặc kép.");
        return true;
    }
    gb_bug("csv status");
}

static bool read_header(struct table *t)
{
    struct gb_reading *k = t->s.k;
    const enum gb_csv_status st = gb_csv_next(&t->csv);
    if (structural(t, st))
        return false;
    if (st == GB_CSV_END) {
        gb_refuse_file(k, "RF-empty", 0, NULL, "tệp trống", "dòng đầu là tên cột: " ALLOWED_COLUMNS, "Xuất lại tệp và gửi lại.");
        return false;
    }
    for (int i = 0; i < GB_N_COLS; i++)
        t->at[i] = -1;
    t->n_columns = t->csv.n_fields;
    for (int i = 0; i < t->n_columns; i++) {
        int col = 0;
        while (col < GB_N_COLS && !gb_str_eq_c(t->csv.field[i], gb_column_name[col]))
            col++;
        if (col < GB_N_COLS && t->at[col] < 0) {
            t->at[col] = i;
            continue;
        }
        const char *found = gb_shown(t->s.a, t->csv.field[i].p, t->csv.field[i].n);
        gb_refuse_file(k, "RF-header", t->csv.line, col < GB_N_COLS ? gb_column_name[col] : NULL, found,
                       col < GB_N_COLS ? "mỗi cột một lần" : "chỉ các cột: " ALLOWED_COLUMNS,
                       t->n_columns == 1 ? "Dấu phân cách phải là dấu phẩy; tên cột viết thường, đúng từng ký tự."
                                         : "Đổi tên hoặc xóa cột này; tên cột viết thường, đúng từng ký tự.");
    }
    for (int col = 0; col <= GB_COL_VALUE; col++)
        if (t->at[col] < 0)
            gb_refuse_file(k, "RF-header", t->csv.line, gb_column_name[col], NULL,
                           "các cột bắt buộc: indicator, region, period, value",
                           gb_sprintf(t->s.a, "Thêm cột %s.", gb_column_name[col]));
    return !k->refused;
}

static void read_row(struct table *t)
{
    gb_scan_row_begin(&t->s, t->csv.line);
    for (int col = 0; col < GB_N_COLS; col++)
        if (t->at[col] >= 0)
            t->s.f[col] = t->csv.field[t->at[col]];
    gb_scan_row(&t->s);
}

static void read_all(struct table *t)
{
    struct gb_reading *k = t->s.k;
    for (;;) {
        const enum gb_csv_status st = gb_csv_next(&t->csv);
        if (st == GB_CSV_END || structural(t, st))
            return;
        if (t->csv.n_fields != t->n_columns) {
            gb_refuse_file(k, "RF-columns", t->csv.line, NULL, gb_sprintf(t->s.a, "%d cột", t->csv.n_fields),
                           gb_sprintf(t->s.a, "%d cột như dòng tiêu đề", t->n_columns),
                           "Ô có dấu phẩy phải nằm trong ngoặc kép; xóa dòng trống và dòng ghi chú.");
            return;
        }
        if (k->r->rows_read == GB_INTAKE_MAX_ROWS) {
            gb_refuse_file(k, "RF-limit", t->csv.line, NULL, "quá 1.000.000 dòng", "tối đa 1.000.000 dòng một tệp",
                           "Chia tệp theo tháng hoặc theo chỉ số.");
            return;
        }
        read_row(t);
    }
}

/* Line and column of a byte that may not be there: read the rows before it as CSV and see where that ends. */
static void text_fault(struct table *t, enum gb_text_fault why, size_t at)
{
    struct gb_reading *k = t->s.k;
    int64_t line = 1;
    for (const char *p = k->p; (p = memchr(p, '\n', (size_t)(k->p + at - p))) != NULL; p++)
        line++;
    const char *column = NULL;
    gb_csv_init(&t->csv, k->p, at, ',');
    int n_columns = 0;
    const char **name = NULL;
    while (gb_csv_next(&t->csv) == GB_CSV_ROW) {
        if (!name) {
            n_columns = t->csv.n_fields;
            name = GB_NEW_N(t->s.a, (size_t)n_columns, const char *);
            for (int i = 0; i < n_columns; i++)
                name[i] = gb_shown(t->s.a, t->csv.field[i].p, t->csv.field[i].n);
        }
        const bool last = t->csv.p == t->csv.end && (at == 0 || k->p[at - 1] != '\n');
        if (last && line > 1 && t->csv.n_fields <= n_columns)
            column = name[t->csv.n_fields - 1];
    }
    if (!column && name && line > 1 && at && k->p[at - 1] == '\n')
        column = name[0];
    size_t from = at;
    while (from > 0 && at - from < 20 && k->p[from - 1] != '\n' && k->p[from - 1] != ',')
        from--;
    const size_t show = k->n - from < 40 ? k->n - from : 40;
    const bool bytes = why == GB_TEXT_BAD_UTF8;
    gb_refuse_file(k, bytes ? "RF-encoding" : "RF-control", line, column, gb_shown(t->s.a, k->p + from, show),
                   bytes ? "văn bản UTF-8" : gb_sprintf(t->s.a, "văn bản sạch; gặp: %s", gb_text_fault_vi(why)),
                   bytes ? "Lưu tệp dạng \"CSV UTF-8\"; bảng mã TCVN3, VNI, CP1258 phải được chuyển sang Unicode trước khi gửi."
                         : "Xóa ký tự lạ ở dòng này rồi gửi lại.");
}

void gb_read_csv(struct gb_reading *k)
{
    struct table t;
    gb_scan_begin(&t.s, k);
    const size_t bom = k->n >= 3 && memcmp(k->p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0; /* one is allowed, at the start */
    size_t at = 0;
    const enum gb_text_fault why = gb_text_check(k->p + bom, k->n - bom, &at);
    gb_csv_init(&t.csv, k->p, k->n, ',');
    if (why != GB_TEXT_OK)
        text_fault(&t, why, at + bom);
    else if (read_header(&t)) {
        read_all(&t);
        if (!k->refused && k->r->rows_read == 0)
            gb_refuse_file(k, "RF-empty", 0, NULL, "chỉ có dòng tiêu đề", "ít nhất một dòng số liệu",
                           "Nếu kỳ này không có số liệu, gửi dòng có value trống và status = M.");
    }
    gb_csv_release(&t.csv);
    gb_scan_end(&t.s);
}
