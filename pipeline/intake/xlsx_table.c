/* xlsx_table.c — the table on a sheet: its header under any title rows, then its rows.
 *
 * Long: the columns of the contract. Wide: a column `region`, and one column for each indicator (the period stands in a column
 * `period` or in the side file) or for each period (the indicator in a column `indicator` or in the side file). Columns that only
 * help the reader (STT, tên địa bàn, đơn vị tính ...) are left out. A row of words without codes and without figures (a note, a
 * signature) is no row of the table; a row with figures and without codes is a fault.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "intake/xlsx_int.h"

#define MARK_STATUS_M "M"
enum { MAX_TITLE_ROWS = 50, MAX_MERGES = 10000 };
enum { ROLE_NONE = -1, ROLE_READER = -2, ROLE_VALUE = GB_N_COLS }; /* otherwise an enum gb_column */
struct merge {
    int c1, c2;
    int64_t r1, r2;
};
struct gb_table {
    struct gb_workbook *b;
    struct gb_scan s;
    int64_t header; /* row, 0 = not seen yet */
    int64_t last;   /* row of figures */
    int title_rows;
    int by_column; /* of wide: GB_COL_INDICATOR or GB_COL_PERIOD is what its columns are; -1 long */
    signed char role[GB_XLSX_MAX_COLUMN + 1];
    struct gb_str *head;      /* by column: indicator or period of a wide column */
    int column_of[GB_N_COLS]; /* 0 = there is none */
    int *value_column, n_values;
    struct merge *merge;
    size_t n_merges, cap_merges;
    bool stray; /* a column without a header was reported */
};

struct gb_table *gb_table_new(struct gb_workbook *b)
{
    struct gb_table *t = GB_NEW(&b->k->r->arena, struct gb_table);
    t->b = b;
    t->by_column = -1;
    memset(t->role, ROLE_NONE, sizeof t->role);
    gb_scan_begin(&t->s, b->k);
    return t;
}

static struct gb_arena *arena_of(struct gb_table *t)
{
    return &t->b->k->r->arena;
}

/* ---- cells to texts ------------------------------------------------------------------------------------------------ */
static void cell_finding(struct gb_finding *f, const char *expected, const char *remedy)
{
    if (!f)
        return;
    f->expected = expected;
    f->remedy = remedy;
}

/* What no column can take. */
static bool useless(struct gb_table *t, enum gb_column col, const struct gb_cell *c)
{
    struct gb_scan *s = &t->s;
    if (c->kind == GB_CELL_ERROR)
        cell_finding(gb_scan_fault(s, "RR-error", col, c->s), "ô không báo lỗi (#N/A, #DIV/0!, #REF! …)",
                     "Sửa công thức; nếu không có số thì để trống và ghi M vào cột status.");
    else if (c->s.n == 0)
        cell_finding(gb_scan_fault(s, "RR-formula", col, c->s), "công thức có kết quả được lưu trong tệp",
                     "Mở tệp bằng Excel để tính lại rồi lưu, hoặc dán giá trị (Paste Special, Values).");
    else if (c->kind == GB_CELL_BOOL)
        cell_finding(gb_scan_fault(s, "RR-cell", col, c->s), "văn bản hoặc số, không phải TRUE, FALSE",
                     "Gõ lại ô này với kiểu Văn bản hoặc Số.");
    else
        return false;
    s->settled[col] = true;
    return true;
}

static const char *keep(struct gb_table *t, const char *p, size_t n)
{
    return gb_strndup(&t->s.work, p, n);
}

/* A period as text: as typed, from a number such as 2026, or from a date as its format shows it. */
static bool period_text(struct gb_table *t, const struct gb_cell *c, struct gb_str *out)
{
    char text[128];
    size_t n = 0;
    *out = c->s;
    if (c->kind == GB_CELL_TEXT)
        return true;
    if (c->form == GB_FORM_PLAIN)
        n = gb_number_plain(c->s, 0, text);
    else if (c->form != GB_FORM_TIME && c->form != GB_FORM_PERCENT && !gb_serial_period(c->s, t->b->date1904, c->form, text, &n))
        n = 0;
    if (n)
        *out = (struct gb_str){ keep(t, text, n), n };
    return n > 0;
}

static void fill_period(struct gb_table *t, const struct gb_cell *c)
{
    if (period_text(t, c, &t->s.f[GB_COL_PERIOD]))
        return;
    cell_finding(gb_scan_fault(&t->s, "RR-date", GB_COL_PERIOD, c->s), "ngày có thật, định dạng ngày, tháng, năm hoặc giờ tròn",
                 "Đặt ô kỳ là kiểu Văn bản và ghi 2026, 2026-Q3, 2026-11, 2026-W47, 2026-11-22 hoặc 2026-11-22T05.");
    t->s.settled[GB_COL_PERIOD] = true;
}

static void fill_text(struct gb_table *t, enum gb_column col, const struct gb_cell *c)
{
    char text[128];
    t->s.f[col] = c->s;
    if (c->kind == GB_CELL_TEXT)
        return;
    const size_t n = c->form == GB_FORM_PLAIN ? gb_number_plain(c->s, 0, text) : 0;
    if (n) {
        t->s.f[col] = (struct gb_str){ keep(t, text, n), n };
        return;
    }
    cell_finding(gb_scan_fault(&t->s, "RR-cell", col, c->s), "văn bản, không phải ngày hay phần trăm",
                 "Đặt cột này là kiểu Văn bản (Text) rồi gõ lại.");
    t->s.settled[col] = true;
}

/* The value. A text obeys the marks of the side file; a number is what was typed; 12,5 % is stored as 0,125. */
static void fill_value(struct gb_table *t, const struct gb_cell *c)
{
    struct gb_scan *s = &t->s;
    char text[128];
    s->f[GB_COL_VALUE] = c->s;
    if (c->kind == GB_CELL_TEXT)
        return;
    const struct gb_str code = s->f[GB_COL_INDICATOR];
    const int i = gb_map_find(&t->b->k->c->by_indicator, code.p, code.n);
    const bool percent = c->form == GB_FORM_PERCENT, percent_unit = i >= 0 && gb_streq(t->b->k->c->indicator[i].unit_vi, "%");
    const size_t n = gb_number_plain(c->s, percent ? 2 : 0, text);
    if (n && (c->form == GB_FORM_PLAIN || (percent && percent_unit))) {
        s->f[GB_COL_VALUE] = (struct gb_str){ keep(t, text, n), n };
        s->plain_value = true;
        if (percent) {
            struct gb_finding *f = gb_scan_mark(s, "MK-percent", GB_COL_VALUE);
            if (f)
                f->found = gb_sprintf(arena_of(t), "%s %%", text);
            cell_finding(f, "số theo đơn vị của chỉ số, ô kiểu Số (Number)",
                         "Được đọc đúng như Excel hiển thị; lần sau đặt ô là kiểu Số và ghi 12,5 thay cho 12,5%.");
        }
        return;
    }
    cell_finding(gb_scan_fault(s, "RR-cell", GB_COL_VALUE, c->s),
                 percent ? "số theo đơn vị của chỉ số; đơn vị này không phải %" : "số, không phải ngày hay giờ",
                 percent ? "Đặt ô là kiểu Số (Number) và ghi giá trị theo đơn vị trong danh mục."
                         : "Excel đã đổi số thành ngày: đặt cột này là kiểu Số (Number) rồi gõ lại giá trị.");
    s->settled[GB_COL_VALUE] = true;
}

static void fill(struct gb_table *t, enum gb_column col, const struct gb_cell *c)
{
    t->s.cell[col] = c->column;
    if (useless(t, col, c))
        return;
    if (c->formula && col <= GB_COL_VALUE) {
        struct gb_finding *f = gb_scan_mark(&t->s, "MK-formula", col);
        if (f)
            f->found = gb_shown(arena_of(t), c->s.p, c->s.n);
        cell_finding(f, "giá trị được gõ hoặc dán vào ô",
                     "Kết quả lưu trong tệp được dùng; nên dán giá trị (Paste Special, Values).");
    }
    if (col == GB_COL_VALUE)
        fill_value(t, c);
    else if (col == GB_COL_PERIOD)
        fill_period(t, c);
    else
        fill_text(t, col, c);
}

/* ---- the header ---------------------------------------------------------------------------------------------------- */
static bool for_the_reader(struct gb_table *t, struct gb_str s)
{
    static const char *const WORD[] = { "stt",         "tt",     "ten dia ban", "dia ban", "ten chi so", "chi so",
                                        "don vi tinh", "don vi", "dvt",         "name",    "unit" };
    const char *have = gb_fold_search(&t->s.work, gb_nfc(&t->s.work, s.p, s.n));
    for (size_t i = 0; i < sizeof WORD / sizeof *WORD; i++)
        if (gb_streq(have, WORD[i]))
            return true;
    return false;
}

static int column_named(struct gb_str s)
{
    for (int col = 0; col < GB_N_COLS; col++)
        if (gb_str_eq_c(s, gb_column_name[col]))
            return col;
    return -1;
}

static void header_fault(struct gb_table *t, const struct gb_cell *c, const char *column, const char *expected,
                         const char *remedy)
{
    t->b->k->cell_column = c ? c->column : 0;
    gb_refuse_file(t->b->k, "RF-header", t->header, column, c ? gb_shown(arena_of(t), c->s.p, c->s.n) : NULL, expected, remedy);
    t->b->k->cell_column = 0;
    t->b->stop = true;
}

/* Is this the header? Names of the contract are in no title. */
static bool is_header(struct gb_table *t, const struct gb_cell *cell, size_t n)
{
    bool have[GB_N_COLS] = { false };
    for (size_t i = 0; i < n; i++) {
        const int col = cell[i].kind == GB_CELL_TEXT ? column_named(cell[i].s) : -1;
        if (col >= 0)
            have[col] = true;
    }
    return have[GB_COL_REGION] && (t->b->k->wide || have[GB_COL_INDICATOR] || have[GB_COL_VALUE]);
}

/* What the columns of a wide table are. */
static void decide_wide(struct gb_table *t, const bool have[GB_N_COLS])
{
    const struct gb_reading *k = t->b->k;
    const bool indicator = have[GB_COL_INDICATOR] || k->indicator, period = have[GB_COL_PERIOD] || k->period;
    if (indicator != period && !have[GB_COL_VALUE] && !have[GB_COL_STATUS])
        t->by_column = indicator ? GB_COL_PERIOD : GB_COL_INDICATOR;
    else
        header_fault(
            t, NULL, NULL,
            "bảng ngang: cột region, và hoặc kỳ (cột period hay khóa \"period\") với mỗi chỉ số một cột, hoặc chỉ số (cột "
            "indicator hay khóa \"indicator\") với mỗi kỳ một cột",
            gb_sprintf(arena_of(t), "Sửa dòng tiêu đề hoặc tệp %s.", k->side));
}

/* A column of figures of a wide table: its indicator or its period. */
static void wide_column(struct gb_table *t, const struct gb_cell *c)
{
    struct gb_str text;
    enum gb_freq freq;
    int32_t ordinal;
    bool ok;
    if (t->by_column == GB_COL_PERIOD)
        ok = c->kind <= GB_CELL_NUMBER && period_text(t, c, &text) && gb_period_parse(text.p, text.n, &freq, &ordinal);
    else
        ok = c->kind == GB_CELL_TEXT && gb_map_find(&t->b->k->c->by_indicator, c->s.p, c->s.n) >= 0;
    if (!ok) {
        header_fault(t, c, NULL,
                     t->by_column == GB_COL_PERIOD ? "mỗi cột số liệu một kỳ: 2026, 2026-Q3, 2026-11, 2026-W47, 2026-11-22 …"
                                                   : "mỗi cột số liệu một mã chỉ số có trong danh mục",
                     "Sửa ô tiêu đề này; cột chỉ để đọc được mang tên STT, Tên địa bàn, Tên chỉ số hoặc Đơn vị tính.");
        return;
    }
    if (t->by_column == GB_COL_INDICATOR)
        text = c->s;
    for (int i = 0; i < t->n_values; i++)
        if (gb_str_eq(t->head[t->value_column[i]], text))
            header_fault(t, c, NULL, "mỗi chỉ số hoặc kỳ một cột", "Xóa cột trùng.");
    t->role[c->column] = ROLE_VALUE;
    t->head[c->column] = (struct gb_str){ keep(t, text.p, text.n), text.n };
    t->value_column[t->n_values++] = c->column;
}

static void read_header(struct gb_table *t, int64_t line, const struct gb_cell *cell, size_t n)
{
    bool have[GB_N_COLS] = { false };
    t->header = line;
    t->head = GB_NEW_N(&t->s.work, GB_XLSX_MAX_COLUMN + 1, struct gb_str);
    t->value_column = GB_NEW_N(&t->s.work, n, int);
    for (size_t i = 0; i < n && !t->b->stop; i++) {
        const int col = cell[i].kind == GB_CELL_TEXT ? column_named(cell[i].s) : -1;
        if (col >= 0 && have[col])
            header_fault(t, &cell[i], gb_column_name[col], "mỗi cột một lần", "Xóa cột trùng.");
        if (col >= 0) {
            t->role[cell[i].column] = (signed char)col;
            t->column_of[col] = cell[i].column;
            have[col] = true;
        } else if (cell[i].kind == GB_CELL_TEXT && for_the_reader(t, cell[i].s)) {
            t->role[cell[i].column] = ROLE_READER;
        }
    }
    if (t->b->k->wide && !t->b->stop)
        decide_wide(t, have);
    for (size_t i = 0; i < n && !t->b->stop; i++) {
        if (t->role[cell[i].column] != ROLE_NONE)
            continue;
        if (t->by_column >= 0)
            wide_column(t, &cell[i]);
        else
            header_fault(
                t, &cell[i], NULL,
                "chỉ các cột: indicator, region, period, value, status, note, và các cột để đọc (STT, Tên địa bàn, Tên chỉ "
                "số, Đơn vị tính)",
                "Đổi tên hoặc xóa cột này; nếu là bảng ngang, ghi \"layout\": \"wide\" vào tệp .meta.json.");
    }
    for (int col = 0; col <= GB_COL_VALUE && t->by_column < 0 && !t->b->stop; col++)
        if (!have[col])
            header_fault(t, NULL, gb_column_name[col], "các cột bắt buộc: indicator, region, period, value",
                         gb_sprintf(arena_of(t), "Thêm cột %s.", gb_column_name[col]));
    if (t->by_column >= 0 && t->n_values == 0 && !t->b->stop)
        header_fault(t, NULL, NULL, "ít nhất một cột số liệu", "Thêm cột số liệu.");
}

/* ---- rows ---------------------------------------------------------------------------------------------------------- */
static bool like_a_figure(const struct gb_cell *c)
{
    if (c->kind != GB_CELL_TEXT || c->formula)
        return true;
    const char *p = c->s.p + (c->s.n > 1 && c->s.p[0] == '-');
    return *p >= '0' && *p <= '9';
}

/* Words below or between the rows: no codes and no figures in any column that is read. */
static bool only_words(const struct gb_table *t, const struct gb_cell *cell, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const int role = t->role[cell[i].column];
        if (role == ROLE_READER)
            continue;
        if ((role >= 0 && role <= GB_COL_PERIOD) || like_a_figure(&cell[i]))
            return false;
    }
    return true;
}

static bool stray_column(struct gb_table *t, int64_t line, const struct gb_cell *cell, size_t n)
{
    for (size_t i = 0; i < n && !t->stray; i++) {
        if (t->role[cell[i].column] != ROLE_NONE)
            continue;
        t->stray = true;
        t->b->k->cell_column = cell[i].column;
        gb_refuse_file(t->b->k, "RF-columns", line, NULL, gb_shown(arena_of(t), cell[i].s.p, cell[i].s.n),
                       "số liệu chỉ ở các cột có tên trên dòng tiêu đề", "Đặt tên cho cột này, hoặc xóa nội dung của nó.");
        t->b->k->cell_column = 0;
    }
    return t->stray;
}

static void long_row(struct gb_table *t, int64_t line, const struct gb_cell *cell, size_t n)
{
    gb_scan_row_begin(&t->s, line);
    for (int pass = 0; pass < 2; pass++) /* the value last: how it is read depends on the indicator */
        for (size_t i = 0; i < n; i++) {
            const int role = t->role[cell[i].column];
            if (role >= 0 && (role == GB_COL_VALUE) == (pass == 1))
                fill(t, (enum gb_column)role, &cell[i]);
        }
    for (int col = 0; col < GB_N_COLS; col++) /* an empty cell has a place too */
        t->s.cell[col] = t->column_of[col];
    gb_scan_row(&t->s);
}

static void blank(struct gb_table *t, int64_t line, int column)
{
    t->b->k->cell_column = column;
    struct gb_finding *f = gb_finding_add(t->b->k, GB_MARK, "MK-blank", line, gb_column_name[GB_COL_VALUE]);
    t->b->k->cell_column = 0;
    if (!f)
        return;
    f->found = "";
    f->expected = "một số, hoặc M nếu không có số";
    f->remedy = "Không ghi nhận giá trị nào cho ô này; nếu không có số, ghi M.";
}

static void wide_row(struct gb_table *t, int64_t line, const struct gb_cell *cell, size_t n)
{
    const struct gb_reading *k = t->b->k;
    bool first = true;
    size_t at = 0;
    for (int i = 0; i < t->n_values; i++) {
        const int column = t->value_column[i];
        while (at < n && cell[at].column < column)
            at++;
        if (at == n || cell[at].column != column) {
            blank(t, line, column);
            continue;
        }
        gb_scan_row_begin(&t->s, line);
        if (k->period)
            t->s.f[GB_COL_PERIOD] = gb_str_of(k->period);
        if (k->indicator)
            t->s.f[GB_COL_INDICATOR] = gb_str_of(k->indicator);
        for (size_t c = 0; c < n; c++)
            if (t->role[cell[c].column] >= 0 && t->role[cell[c].column] < GB_N_COLS)
                fill(t, (enum gb_column)t->role[cell[c].column], &cell[c]);
        t->s.f[t->by_column] = t->head[column];
        t->s.cell[t->by_column] = column;
        if (!first && gb_map_find(&k->c->by_region, t->s.f[GB_COL_REGION].p, t->s.f[GB_COL_REGION].n) < 0)
            t->s.settled[GB_COL_REGION] = t->s.row_bad = true; /* was said at the first figure of the row */
        if (cell[at].kind == GB_CELL_TEXT && gb_str_eq_c(cell[at].s, MARK_STATUS_M))
            t->s.f[GB_COL_STATUS] = GB_STR(MARK_STATUS_M);
        else
            fill(t, GB_COL_VALUE, &cell[at]);
        t->s.cell[GB_COL_VALUE] = column;
        gb_scan_row(&t->s);
        first = false;
    }
}

void gb_table_row(struct gb_table *t, int64_t line, const struct gb_cell *cell, size_t n)
{
    struct gb_reading *k = t->b->k;
    if (!t->header) {
        if (is_header(t, cell, n))
            read_header(t, line, cell, n);
        else if (++t->title_rows > MAX_TITLE_ROWS)
            t->b->stop = true;
        return;
    }
    if (only_words(t, cell, n) || stray_column(t, line, cell, n))
        return;
    if (k->r->rows_read + (t->by_column < 0 ? 1 : t->n_values) > GB_INTAKE_MAX_ROWS) {
        gb_refuse_file(k, "RF-limit", line, NULL, "quá 1.000.000 giá trị", "tối đa 1.000.000 giá trị một tệp",
                       "Chia tệp theo tháng hoặc theo chỉ số.");
        t->b->stop = true;
        return;
    }
    t->last = line;
    struct gb_arena_mark mark = gb_arena_mark(&t->s.work);
    if (t->by_column < 0)
        long_row(t, line, cell, n);
    else
        wide_row(t, line, cell, n);
    gb_arena_rewind(&t->s.work, mark);
}

/* ---- the end ------------------------------------------------------------------------------------------------------- */
void gb_table_merge(struct gb_table *t, int c1, int64_t r1, int c2, int64_t r2)
{
    if (t->n_merges == MAX_MERGES) {
        gb_workbook_broken(t->b, "quá nhiều ô gộp", "tối đa 10.000", NULL);
        return;
    }
    t->merge = gb_grow(t->merge, &t->cap_merges, t->n_merges + 1, sizeof *t->merge);
    t->merge[t->n_merges++] = (struct merge){ c1, c2, r1, r2 };
}

static bool spoils(const struct gb_table *t, const struct merge *m)
{
    if (m->r2 <= t->header || m->r1 > t->last)
        return false;
    for (int c = m->c1; c <= m->c2 && c <= GB_XLSX_MAX_COLUMN; c++)
        if (t->role[c] >= 0)
            return true;
    return false;
}

static void check_merges(struct gb_table *t)
{
    for (size_t i = 0; i < t->n_merges && t->last; i++) {
        const struct merge *m = &t->merge[i];
        char from[32], to[32];
        if (!spoils(t, m))
            continue;
        gb_cell_name(m->c1, m->r1, from);
        gb_cell_name(m->c2, m->r2, to);
        t->b->k->cell_column = m->c1;
        gb_refuse_file(t->b->k, "RF-merged", m->r1, NULL, gb_sprintf(arena_of(t), "%s:%s", from, to),
                       "mỗi ô của bảng số liệu một giá trị, không gộp ô dưới dòng tiêu đề",
                       "Bỏ gộp (Unmerge Cells) rồi ghi mã vào từng dòng.");
        t->b->k->cell_column = 0;
    }
}

void gb_table_end(struct gb_table *t)
{
    struct gb_reading *k = t->b->k;
    if (!t->header && !k->refused)
        gb_refuse_file(k, "RF-header", 0, NULL, gb_sprintf(arena_of(t), "trang \"%s\" không có dòng tiêu đề", k->r->sheet),
                       k->wide ? "trong 50 dòng đầu có một dòng với ô \"region\""
                               : "trong 50 dòng đầu có một dòng với các ô indicator, region, period, value",
                       "Ghi dòng tiêu đề dưới tên bảng, chữ thường, đúng từng ký tự.");
    check_merges(t);
    if (!k->refused && k->r->rows_read == 0)
        gb_refuse_file(k, "RF-empty", 0, NULL, "chỉ có dòng tiêu đề", "ít nhất một dòng số liệu",
                       "Nếu kỳ này không có số liệu, gửi dòng có value trống và status = M.");
    free(t->merge);
    gb_scan_end(&t->s);
}
