/* receipt.c — what a department gets back: canonical JSON for machines, a page of text for people.
 *
 * JSON: keys sorted, schema version first by its name, sums as exact decimals. Text: 100 columns, one block for each kind of
 * fault with its count and first lines, never one line for each row of a bad file.
 */
#include "base/json.h"
#include "base/utf8.h"
#include "intake/intake_int.h"

enum { WIDTH = 100, LABEL = 13 };

/* Exact decimal of a 128-bit sum; @return bytes. 39 digits, sign, mark. */
static size_t sum_text(__int128 v, int scale, char buf[48])
{
    char digit[48];
    int n = 0;
    unsigned __int128 u = v < 0 ? -(unsigned __int128)v : (unsigned __int128)v;
    for (; u || n <= scale; u /= 10)
        digit[n++] = (char)('0' + (int)(u % 10));
    size_t w = 0;
    if (v < 0)
        buf[w++] = '-';
    while (n > scale)
        buf[w++] = digit[--n];
    int last = 0;
    while (last < scale && digit[last] == '0')
        last++;
    if (last < scale)
        buf[w++] = '.';
    while (n > last)
        buf[w++] = digit[--n];
    buf[w] = 0;
    return w;
}

/* ---- JSON ---------------------------------------------------------------------------------------------------------- */
static const char *severity_word(enum gb_severity s, const char *code)
{
    if (gb_starts_with(code, "Q-"))
        return "defer-file";
    switch (s) {
    case GB_REFUSE_FILE: return "refuse-file";
    case GB_REFUSE_ROW: return "refuse-row";
    case GB_MARK: return "mark";
    }
    gb_bug("severity");
}

static void json_time(struct gb_json *j, const char *key, int64_t utc)
{
    char buf[32];
    if (utc <= 0) {
        gb_json_null(j, key);
        return;
    }
    buf[gb_time_iso_vn(utc, buf)] = 0;
    gb_json_str(j, key, buf);
}

static void json_delivery(struct gb_json *j, const struct gb_intake *r)
{
    const struct gb_delivery *d = &r->delivery;
    char iso[16], hex[65];
    iso[gb_date_iso(d->as_of, iso)] = 0;
    gb_sha256_hex(&d->sha256, hex);
    gb_json_open(j, "delivery", '{');
    gb_json_str(j, "agency", d->agency);
    gb_json_str(j, "as_of", iso);
    gb_json_int(j, "bytes", d->bytes);
    gb_json_bool(j, "conflict", d->conflict);
    json_time(j, "delivered_at", d->delivered_utc);
    gb_json_str(j, "file", d->file_name);
    if (d->id)
        gb_json_int(j, "id", d->id);
    json_time(j, "received_at", d->received_utc);
    gb_json_bool(j, "sample", d->sample);
    if (d->seq)
        gb_json_int(j, "seq", d->seq);
    gb_json_str(j, "sha256", hex);
    if (r->sheet)
        gb_json_str(j, "sheet", r->sheet);
    gb_json_close(j, '}');
}

static void json_findings(struct gb_json *j, const struct gb_intake *r)
{
    gb_json_open(j, "findings", '[');
    for (size_t i = 0; i < r->n_findings; i++) {
        const struct gb_finding *f = &r->finding[i];
        gb_json_open(j, NULL, '{');
        if (f->cell_column) {
            char cell[32];
            gb_cell_name(f->cell_column, f->line, cell);
            gb_json_str(j, "cell", cell);
        }
        gb_json_str(j, "code", f->code);
        gb_json_str(j, "column", f->column);
        gb_json_str(j, "expected", f->expected);
        gb_json_str(j, "found", f->found);
        if (f->line)
            gb_json_int(j, "line", f->line);
        gb_json_str(j, "remedy", f->remedy);
        gb_json_str(j, "severity", severity_word(f->severity, f->code));
        gb_json_close(j, '}');
    }
    gb_json_close(j, ']');
    gb_json_open(j, "groups", '[');
    for (size_t i = 0; i < r->n_groups; i++) {
        gb_json_open(j, NULL, '{');
        gb_json_str(j, "code", r->group[i].code);
        gb_json_str(j, "column", r->group[i].column);
        gb_json_int(j, "count", r->group[i].n);
        gb_json_str(j, "severity", severity_word(r->group[i].severity, r->group[i].code));
        gb_json_close(j, '}');
    }
    gb_json_close(j, ']');
}

void gb_receipt_json(const struct gb_intake *r, const struct gb_catalogue *c, struct gb_buf *out)
{
    (void)c;
    struct gb_json j = { .out = out, .pretty = true };
    gb_json_open(&j, NULL, '{');
    gb_json_bool(&j, "accepted", r->accepted);
    gb_json_open(&j, "control", '[');
    for (size_t i = 0; i < r->n_control; i++) {
        const struct gb_control *v = &r->control[i];
        gb_json_open(&j, NULL, '{');
        gb_json_str(&j, "indicator", v->indicator);
        gb_json_int(&j, "missing", v->n_missing);
        gb_json_int(&j, "rows", v->n_rows);
        if (v->sum >= INT64_MIN && v->sum <= INT64_MAX) {
            gb_json_dec(&j, "sum", (int64_t)v->sum, v->scale);
        } else {
            char text[48];
            sum_text(v->sum, v->scale, text);
            gb_json_str(&j, "sum", text);
        }
        gb_json_close(&j, '}');
    }
    gb_json_close(&j, ']');
    gb_json_open(&j, "counts", '{');
    gb_json_int(&j, "findings", (int64_t)r->n_findings_all);
    gb_json_int(&j, "rows_accepted", r->rows_accepted);
    gb_json_int(&j, "rows_marked", r->rows_marked);
    gb_json_int(&j, "rows_read", r->rows_read);
    gb_json_int(&j, "rows_refused", r->rows_refused);
    gb_json_int(&j, "rows_repeated", r->rows_repeated);
    gb_json_int(&j, "rows_rounded", r->rows_rounded);
    gb_json_close(&j, '}');
    json_delivery(&j, r);
    json_findings(&j, r);
    gb_json_str(&j, "schema", "giaoban/receipt/1");
    gb_json_close(&j, '}');
    gb_buf_addc(out, '\n');
}

/* ---- text ---------------------------------------------------------------------------------------------------------- */
static void pad(struct gb_buf *out, size_t n)
{
    while (n--)
        gb_buf_addc(out, ' ');
}

/* "  label:     text", broken at blanks before column 100, continued under the text. Words longer than a line stay whole. */
static void labelled(struct gb_buf *out, size_t indent, const char *label, const char *text)
{
    const size_t start = indent + LABEL;
    pad(out, indent);
    gb_buf_adds(out, label);
    const size_t used = gb_utf8_length(label);
    pad(out, used < LABEL ? LABEL - used : 1);
    size_t column = start;
    for (const char *p = text; *p;) {
        const size_t n = strcspn(p, " ");
        size_t width = 0;
        for (size_t i = 0; i < n; i++)
            width += ((unsigned char)p[i] & 0xC0) != 0x80;
        if (column > start && column + 1 + width > WIDTH) {
            gb_buf_addc(out, '\n');
            pad(out, start);
            column = start;
        } else if (column > start) {
            gb_buf_addc(out, ' ');
            column++;
        }
        gb_buf_add(out, p, n);
        column += width;
        p += n;
        while (*p == ' ')
            p++;
    }
    gb_buf_addc(out, '\n');
}

static const char *count_vi(struct gb_arena *a, int64_t n)
{
    char buf[64];
    buf[gb_dec_vi(n, 0, 0, buf)] = 0;
    return gb_strdup(a, buf);
}

/* Each is explained in reports/intake/README.md; a unit test compares the two. */
static const char *const TITLE[][2] = {
    { "RF-name", "tên tệp không đúng quy ước" },
    { "RF-type", "loại tệp không nhận" },
    { "RF-archive", "sổ tính hỏng hoặc không an toàn" },
    { "RF-workbook", "sổ tính sai cấu trúc" },
    { "RF-hidden", "có trang, dòng hoặc cột ẩn" },
    { "RF-merged", "ô gộp trong bảng số liệu" },
    { "RF-sheet", "không có trang tính cần đọc" },
    { "RF-limit", "vượt giới hạn" },
    { "RF-agency", "không xác định được cơ quan gửi" },
    { "RF-meta", "tệp .meta.json sai" },
    { "RF-date", "ngày số liệu sai" },
    { "RF-encoding", "bảng mã không phải UTF-8" },
    { "RF-control", "có ký tự không được phép" },
    { "RF-empty", "không có số liệu" },
    { "RF-header", "dòng tiêu đề sai" },
    { "RF-columns", "sai số cột" },
    { "RF-quote", "dấu ngoặc kép sai" },
    { "RF-ownership", "chỉ số không thuộc cơ quan gửi" },
    { "RF-duplicate", "hai dòng cùng khóa, khác giá trị" },
    { "RF-gone", "tệp biến mất khi đang đọc" },
    { "RF-open", "không mở được tệp" },
    { "RF-reader", "không đọc được trong giới hạn" },
    { "Q-changing", "tệp còn đang được ghi" },
    { "Q-sha256", "không khớp tệp .sha256 đi kèm" },
    { "RR-unknown", "mã không có trong danh mục" },
    { "RR-level", "địa bàn chi tiết hơn cấp của chỉ số" },
    { "RR-validity", "địa bàn đã kết thúc" },
    { "RR-frequency", "kỳ không đúng tần suất" },
    { "RR-date", "kỳ không hợp lệ" },
    { "RR-measured", "kỳ ngoài thời gian chỉ số được đo" },
    { "RR-status", "trạng thái không hợp lệ" },
    { "RR-missing", "status = M nhưng có giá trị" },
    { "RR-number", "không phải số" },
    { "RR-range", "số quá lớn" },
    { "RR-formula", "công thức không có kết quả" },
    { "RR-error", "ô báo lỗi" },
    { "RR-cell", "kiểu ô không phù hợp" },
    { "MK-meta", "khóa lạ trong .meta.json" },
    { "MK-duplicate", "dòng lặp lại giống hệt" },
    { "MK-validity", "kỳ trước ngày địa bàn có hiệu lực" },
    { "MK-bounds", "ngoài khoảng hợp lý" },
    { "MK-formula", "giá trị từ công thức" },
    { "MK-percent", "ô định dạng phần trăm" },
    { "MK-blank", "ô trống trong bảng ngang" },
};

const char *gb_finding_code(size_t i, const char **title_vi)
{
    if (i >= sizeof TITLE / sizeof *TITLE)
        return NULL;
    *title_vi = TITLE[i][1];
    return TITLE[i][0];
}

static const char *title_of(const char *code)
{
    for (size_t i = 0; i < sizeof TITLE / sizeof *TITLE; i++)
        if (gb_streq(TITLE[i][0], code))
            return TITLE[i][1];
    return "lỗi khác"; /* a unit test keeps the table whole; should it fail us, a receipt without a title is worth more than no night */
}

bool gb_intake_deferred(const struct gb_intake *r)
{
    return !r->accepted && r->n_findings && gb_starts_with(r->finding[0].code, "Q-");
}

static void group_text(const struct gb_intake *r, const struct gb_finding_group *g, struct gb_arena *a, struct gb_buf *out)
{
    static const char *const VERDICT[] = { "TỪ CHỐI TỆP", "TỪ CHỐI DÒNG", "ĐÁNH DẤU" };
    const bool rows = g->n_lines > 0;
    gb_buf_addf(out, "\n  %s %s: %s", gb_starts_with(g->code, "Q-") ? "ĐỂ LẠI" : VERDICT[g->severity], g->code,
                title_of(g->code));
    if (g->column)
        gb_buf_addf(out, ", cột %s", g->column);
    gb_buf_addc(out, '\n');
    if (rows) {
        struct gb_buf b = { 0 };
        const bool cells = g->cell_column[0] > 0;
        gb_buf_addf(&b, "%s %s:", count_vi(a, g->n), cells ? "ô" : "dòng");
        for (int i = 0; i < g->n_lines; i++) {
            char cell[32];
            gb_cell_name(g->cell_column[i], g->line[i], cell);
            gb_buf_addf(&b, "%s %s", i ? "," : "", cells ? cell : count_vi(a, g->line[i]));
        }
        if (g->n > g->n_lines)
            gb_buf_adds(&b, ", …");
        labelled(out, 4, "Ở đâu", b.p);
        gb_buf_release(&b);
    }
    if (g->first >= r->n_findings)
        return;
    const struct gb_finding *f = &r->finding[g->first];
    if (f->found)
        labelled(out, 4, rows && g->n > 1 ? "Ví dụ" : "Gặp", *f->found ? f->found : "(ô trống)");
    if (f->expected)
        labelled(out, 4, "Cần", f->expected);
    if (f->remedy && *f->remedy)
        labelled(out, 4, "Cách sửa", f->remedy);
}

static void head_text(const struct gb_intake *r, const struct gb_catalogue *c, struct gb_arena *a, struct gb_buf *out)
{
    const struct gb_delivery *d = &r->delivery;
    gb_buf_adds(out, "BIÊN NHẬN BẢN GIAO NỘP\n");
    labelled(out, 2, "Tệp",
             gb_sprintf(a, "%s (%s byte)", gb_shown(a, d->file_name, strlen(d->file_name)), count_vi(a, d->bytes)));
    const int agency = d->agency ? gb_agency_find(c, d->agency) : -1;
    if (agency >= 0)
        labelled(out, 2, "Cơ quan", gb_sprintf(a, "%s (%s)", c->agency[agency].name_vi, d->agency));
    if (r->sheet)
        labelled(out, 2, "Trang tính", r->sheet);
    char date[16];
    date[gb_date_vi(d->as_of, date)] = 0;
    if (d->agency)
        labelled(out, 2, "Số liệu",
                 gb_sprintf(a, d->seq ? "tính đến %s, lần gửi thứ %lld" : "tính đến %s", date, (long long)d->seq));
    if (d->sample)
        labelled(out, 2, "Ghi chú", "SỐ LIỆU MẪU");
    labelled(out, 2, "Kết quả",
             r->accepted
                 ? d->conflict
                       ? "ĐÃ NHẬN, NHƯNG XUNG ĐỘT với một bản cùng ngày, cùng thứ tự: cả hai bị giữ lại; để xác nhận, gửi tệp "
                         "mới cùng ngày số liệu với lần gửi lớn hơn"
                       : "ĐÃ NHẬN"
             : gb_intake_deferred(r) ? "ĐỂ LẠI ĐÊM SAU, chưa lưu dòng nào"
                                     : "TỪ CHỐI, không lưu dòng nào");
    labelled(out, 2, "Dòng",
             gb_sprintf(a, "đọc %s, nhận %s, từ chối %s, lặp lại %s, đánh dấu %s, làm tròn %s", count_vi(a, r->rows_read),
                        count_vi(a, r->rows_accepted), count_vi(a, r->rows_refused), count_vi(a, r->rows_repeated),
                        count_vi(a, r->rows_marked), count_vi(a, r->rows_rounded)));
    char hex[65];
    gb_sha256_hex(&d->sha256, hex);
    labelled(out, 2, "SHA-256", hex);
}

/* "-1234567.5" as "-1.234.567,5". */
static void sum_vi(const char *plain, char out[64])
{
    size_t w = 0;
    if (*plain == '-')
        out[w++] = *plain++;
    for (size_t n = strcspn(plain, "."), i = 0; i < n; i++) {
        if (i && (n - i) % 3 == 0)
            out[w++] = '.';
        out[w++] = plain[i];
    }
    const char *mark = strchr(plain, '.');
    if (mark)
        out[w++] = ',';
    while (mark && *++mark)
        out[w++] = *mark;
    out[w] = 0;
}

static void control_text(const struct gb_intake *r, struct gb_buf *out)
{
    size_t width = gb_utf8_length("chỉ số"); /* codes are ASCII */
    for (size_t i = 0; i < r->n_control; i++)
        if (strlen(r->control[i].indicator) > width)
            width = strlen(r->control[i].indicator);
    gb_buf_adds(out, "\n  Đối chiếu:\n    chỉ số");
    pad(out, width - gb_utf8_length("chỉ số"));
    gb_buf_adds(out, "      dòng     trống  tổng\n");
    for (size_t i = 0; i < r->n_control; i++) {
        const struct gb_control *v = &r->control[i];
        char plain[48], sum[64];
        sum_text(v->sum, v->scale, plain);
        sum_vi(plain, sum);
        gb_buf_addf(out, "    %-*s %9lld %9lld  %s\n", (int)width, v->indicator, (long long)v->n_rows, (long long)v->n_missing,
                    sum);
    }
}

void gb_receipt_text(const struct gb_intake *r, const struct gb_catalogue *c, struct gb_buf *out)
{
    struct gb_arena a;
    gb_arena_init(&a, 0);
    head_text(r, c, &a, out);
    for (int severity = GB_REFUSE_FILE; severity <= GB_MARK; severity++)
        for (size_t i = 0; i < r->n_groups; i++)
            if ((int)r->group[i].severity == severity)
                group_text(r, &r->group[i], &a, out);
    if (r->accepted)
        control_text(r, out);
    gb_arena_release(&a);
}
