/* test_intake_xlsx.c — the acceptance battery for workbooks (B01..B15), on workbooks made byte by byte. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "intake/intake.h"
#include "intake/xlsx_int.h"
#include "tiny_catalogue.h"
#include "tiny_workbook.h"

static const struct gb_intake_options OPT = { .today = { 2026, 11, 22 }, .received_utc = 1795300000 };
static struct gb_catalogue cat;
static int start(void **state) { (void)state; tiny_catalogue(&cat); return 0; }
static int stop(void **state) { (void)state; tiny_release(&cat); return 0; }

static struct gb_intake read_bytes(const char *name, const struct gb_buf *b, const char *meta)
{
    struct gb_intake r;
    struct gb_err e = { 0 };
    assert_int_equal(gb_intake_read(&r, &cat, name, b->p, b->n, meta, meta ? strlen(meta) : 0, &OPT, &e), GB_OK);
    struct gb_buf text = { 0 };
    gb_receipt_text(&r, &cat, &text);
    assert_int_equal(gb_text_check(text.p, text.n, NULL), GB_TEXT_OK);
    gb_buf_release(&text);
    return r;
}

static struct gb_intake read_book(const struct book *b, const char *meta)
{
    struct zip_out z = { 0 };
    book_parts(&z, b);
    zip_finish(&z);
    struct gb_intake r = read_bytes("so-y-te_x.xlsx", &z.out, meta);
    gb_buf_release(&z.out);
    return r;
}

/* Rows in short form (tiny_workbook.h), from row `line`. */
static struct gb_intake read_rows_at(int line, const char *rows, const char *meta)
{
    struct gb_buf data = { 0 };
    book_rows(&data, line, rows);
    /* Styles: 0 plain, 1 dd/mm/yyyy, 2 mmm-yy, 3 percent, 4 date and hour, 5 time, 6 [Red] with text, 7 year */
    const struct book b = { .data = data.p,
                            .formats = "<numFmt numFmtId=\"164\" formatCode=\"dd\\/mm\\/yyyy\"/><numFmt numFmtId=\"165\" "
                                       "formatCode=\"dd/mm/yyyy hh:mm\"/><numFmt numFmtId=\"166\" formatCode=\"[Red]#,##0.0&quot; "
                                       "days&quot;;0\"/><numFmt numFmtId=\"167\" formatCode=\"yyyy\"/>",
                            .styles = "<xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"17\"/><xf numFmtId=\"10\"/><xf "
                                      "numFmtId=\"165\"/><xf numFmtId=\"20\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"/>" };
    struct gb_intake r = read_book(&b, meta);
    gb_buf_release(&data);
    return r;
}

static void tell(const struct gb_intake *r, const char *what)
{
    struct gb_buf b = { 0 };
    gb_receipt_text(r, &cat, &b);
    fail_msg("%s\n%s", what, b.p);
}

/* The first finding is `code` at this cell ("B12", "" = the file) and, unless it is a mark, nothing is stored. */
static void expect(struct gb_intake r, const char *code, const char *cell)
{
    char at[32] = "";
    if (r.n_findings && r.finding[0].line)
        gb_cell_name(r.finding[0].cell_column, r.finding[0].line, at);
    if (r.n_findings == 0 || !gb_streq(r.finding[0].code, code) || !gb_streq(at, cell))
        tell(&r, gb_sprintf(&r.arena, "want %s at \"%s\", got %s at \"%s\"", code, cell, r.n_findings ? r.finding[0].code : "none", at));
    assert_int_equal(r.accepted, code[0] == 'M');
    assert_non_null(r.finding[0].expected);
    assert_non_null(r.finding[0].remedy);
    if (code[0] != 'M')
        assert_int_equal(r.n_segments, 0);
    gb_intake_release(&r);
}

#define H "indicator|region|period|value|status|note\n"
static void refused(const char *rows, const char *meta, const char *code, const char *cell)
{
    expect(read_rows_at(1, rows, meta), code, cell);
}

/* One row, one value. */
static void gives(const char *row, const char *meta, int64_t want)
{
    char rows[400];
    snprintf(rows, sizeof rows, H "%s", row);
    struct gb_intake r = read_rows_at(3, rows, meta);
    if (!r.accepted)
        tell(&r, row);
    assert_int_equal(r.n_segments, 1);
    if (r.segment[0].value[0] != want)
        fail_msg("%s: want %lld, got %lld", row, (long long)want, (long long)r.segment[0].value[0]);
    gb_intake_release(&r);
}

static void test_plain(void **state) /* B01, B15 */
{
    (void)state;
    struct gb_buf data = { 0 };
    book_rows(&data, 1, "SỐ LIỆU DỊCH BỆNH\nTừ ngày 01/11 đến ngày 21/11/2026||#45\n");
    book_rows(&data, 5, "STT|indicator|Tên chỉ số|region|period|value|status|note\n"
                        "#1|<t=\"s\"><v>0</v>|Số ca|#38|#1:46347|#7|P|kh\xC3\xB4ng\n"
                        "#2|<t=\"s\"><v>0</v>|Số ca|14758|2026-11-21||M|<t=\"s\"><v>1</v>\n"
                        "#3|ep.rate|Tỷ lệ|00004|#2:46296|#-1.25\n");
    gb_buf_adds(&data, "<row r=\"12\"/>");
    book_rows(&data, 14, "Người lập biểu|||||Thủ trưởng\n");
    const struct book b = { .data = data.p,
                            .sheets = "<sheet name=\"Tháng 11 \xF0\x9F\x98\x80\" sheetId=\"4\" r:id=\"rId1\"/>",
                            .before = "<dimension ref=\"A1:XFD1048576\"/>",
                            .after = "<mergeCells count=\"1\"><mergeCell ref=\"A1:H1\"/></mergeCells>",
                            .strings = "<si><r><t>ep.</t></r><r><rPr><b/></rPr><t>cases</t></r><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></si>"
                                       "<si><t xml:space=\"preserve\">chưa báo cáo</t></si>",
                            .styles = "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"17\"/>" };
    struct gb_intake r = read_book(&b, NULL);
    if (!r.accepted || r.n_findings)
        tell(&r, "plain");
    assert_string_equal(r.sheet, "Tháng 11 \xF0\x9F\x98\x80");
    assert_int_equal(r.rows_read, 3);
    assert_int_equal(r.n_segments, 2);
    const struct gb_segment *s = &r.segment[0];
    assert_string_equal(s->indicator, "ep.cases");
    assert_int_equal(s->n, 2);
    assert_string_equal(s->region[0], "38");
    assert_int_equal(s->period[0], gb_date_to_days((struct gb_date){ 2026, 11, 21 }));
    assert_int_equal(s->period[1], s->period[0]);
    assert_int_equal(s->value[0], 7);
    assert_true(s->value[1] == GB_VALUE_MISSING);
    assert_memory_equal(s->status, "PM", 2);
    assert_string_equal(s->note[0], "không");
    assert_string_equal(s->note[1], "chưa báo cáo");
    assert_int_equal(s->line[0], 6);
    assert_int_equal(r.segment[1].value[0], -1250);
    assert_int_equal(r.segment[1].period[0], 2026 * 12 + 9);
    gb_intake_release(&r);
    gb_buf_release(&data);
}

static void test_numbers(void **state) /* B12 */
{
    (void)state;
    gives("ep.rate|38|2026-10|#0.30000000000000004", NULL, 300);
    gives("ep.rate|38|2026-10|#0.29999999999999999", NULL, 300);
    gives("ep.rate|38|2026-10|#12.345000000000001", NULL, 12345);
    gives("ep.rate|38|2026-10|#-1.5E-2", NULL, -15);
    gives("ep.big|38|2025|#1.234E+15", NULL, 1234000000000000);
    gives("ep.big|38|2025|#12345678901234567", NULL, 12345678901234567);
    gives("ep.micro|38|2025|#0.000001", NULL, 1);
    gives("ep.micro|38|2025|#9.9999999999999995E-7", NULL, 1);
    gives("ep.rate|38|2026-10|12.5", NULL, 12500);
    gives("ep.rate|38|2026-10|1.234,5", "{\"decimal\": \",\", \"grouping\": \".\"}", 1234500);
    gives("ep.rate|38|2026-10|#1234.5", "{\"decimal\": \",\", \"grouping\": \".\"}", 1234500); /* a number has no marks */
    gives("ep.rate|38|2026-10|#6:3.5", NULL, 3500);
    refused(H "ep.rate|38|2026-10|12,5", NULL, "RR-number", "D2");
    refused(H "ep.rate|38|2026-10|#1E+30", NULL, "RR-range", "D2");
    refused(H "ep.rate|38|2026-10|#1E+300", NULL, "RR-cell", "D2");
    refused(H "ep.rate|38|2026-10|<><v>NaN</v>", NULL, "RR-cell", "D2");
    refused(H "ep.rate|38|2026-10|", NULL, "RR-number", "D2");
    struct gb_intake r = read_rows_at(1, H "ep.rate|38|2026-10|#0.33333333333333331\nep.rate|14758|2026-10|#1.005", NULL);
    assert_int_equal(r.rows_rounded, 1); /* never silently */
    assert_int_equal(r.segment[0].value[0], 333);
    gb_intake_release(&r);
}

static void test_percent(void **state)
{
    (void)state;
    struct gb_intake r = read_rows_at(1, H "ep.rate|38|2026-10|#3:0.125", NULL);
    assert_true(r.accepted);
    assert_int_equal(r.segment[0].value[0], 12500);
    assert_int_equal(r.rows_marked, 1);
    expect(r, "MK-percent", "D2");
    refused(H "ep.cases|38|2026-11-21|#3:0.12", NULL, "RR-cell", "D2"); /* cases are no per cent */
}

static int32_t period_of(const char *cell, const char *indicator, const char *region, bool date1904)
{
    char rows[200];
    struct gb_buf data = { 0 };
    snprintf(rows, sizeof rows, H "%s|%s|%s|#1", indicator, region, cell);
    book_rows(&data, 1, rows);
    const struct book b = { .data = data.p,
                            .workbook_pr = date1904 ? "<workbookPr date1904=\"1\"/>" : NULL,
                            .formats = "<numFmt numFmtId=\"165\" formatCode=\"dd/mm/yyyy hh:mm\"/><numFmt numFmtId=\"167\" formatCode=\"yyyy\"/>",
                            .styles = "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"17\"/><xf numFmtId=\"165\"/><xf numFmtId=\"167\"/>" };
    struct gb_intake r = read_book(&b, NULL);
    if (!r.accepted)
        tell(&r, cell);
    const int32_t p = r.segment[0].period[0];
    gb_intake_release(&r);
    gb_buf_release(&data);
    return p;
}

static void test_periods(void **state) /* B10 */
{
    (void)state;
    const int32_t day = gb_date_to_days((struct gb_date){ 2026, 11, 21 });
    assert_int_equal(period_of("#1:46347", "ep.cases", "38", false), day);
    assert_int_equal(period_of("#1:44885", "ep.cases", "38", true), day);
    assert_int_equal(period_of("#2:46327", "ep.rate", "38", false), 2026 * 12 + 10);
    assert_int_equal(period_of("#4:46000", "ep.big", "38", false), 2025);
    assert_int_equal(period_of("#2025", "ep.big", "38", false), 2025);
    assert_int_equal(period_of("#3:46347.208333333336", "ep.hourly", "tv-muong-lat", false), day * 24 + 5);
    assert_int_equal(period_of("#3:46346.999999999993", "ep.hourly", "tv-muong-lat", false), day * 24);
    refused(H "ep.cases|38|#1:60|#1", NULL, "RR-date", "C2");
    refused(H "ep.cases|38|#1:46347.5|#1", NULL, "RR-date", "C2");
    refused(H "ep.hourly|tv-muong-lat|#4:46347.2100|#1", NULL, "RR-date", "C2");
    refused(H "ep.cases|38|#5:0.5|#1", NULL, "RR-date", "C2");
    refused(H "ep.rate|38|#1:46327|#1", NULL, "RR-frequency", "C2"); /* a day is no month: nothing is guessed */
    refused(H "ep.rate|38|#202611|#1", NULL, "RR-date", "C2");
    refused(H "ep.cases|38|#1:99999999|#1", NULL, "RR-date", "C2");
    refused(H "ep.rate|38|2026-10|#2:46327", NULL, "RR-cell", "D2"); /* "12.5" that Excel turned into a date */
}

static void test_formats(void **state)
{
    (void)state;
    static const struct { const char *code; enum gb_cell_form form; } CASE[] = {
        { "General", GB_FORM_PLAIN }, { "0.00E+00", GB_FORM_PLAIN }, { "#,##0", GB_FORM_PLAIN }, { "[Red]0;-0", GB_FORM_PLAIN },
        { "0\" ngày\"", GB_FORM_PLAIN }, { "\\d0", GB_FORM_PLAIN }, { "[$-42A]dd mmmm yyyy", GB_FORM_DAY }, { "mm/yyyy", GB_FORM_MONTH },
        { "\"Tháng \"mm/yyyy", GB_FORM_MONTH }, { "yyyy", GB_FORM_YEAR }, { "hh:mm", GB_FORM_TIME }, { "[h]:mm", GB_FORM_TIME },
        { "d/m/yy h:mm AM/PM", GB_FORM_HOUR }, { "0.0%", GB_FORM_PERCENT }, { "0;dd", GB_FORM_PLAIN }, { "\"open", GB_FORM_PLAIN },
        { "[open", GB_FORM_PLAIN }, { "\\", GB_FORM_PLAIN }, { "h AM/P", GB_FORM_TIME }, { "AM/", GB_FORM_PLAIN }, { "", GB_FORM_PLAIN },
    };
    for (size_t i = 0; i < sizeof CASE / sizeof *CASE; i++)
        if (gb_form_of_code(CASE[i].code) != CASE[i].form)
            fail_msg("%s: %d", CASE[i].code, (int)gb_form_of_code(CASE[i].code));
}

static void test_cells(void **state) /* B08 */
{
    (void)state;
    refused(H "ep.cases|38|2026-11-21|<t=\"e\"><v>#DIV/0!</v>", NULL, "RR-error", "D2");
    refused(H "ep.cases|38|2026-11-21|<><f>1+1</f>", NULL, "RR-formula", "D2");
    refused(H "ep.cases|38|2026-11-21|<t=\"b\"><v>1</v>", NULL, "RR-cell", "D2");
    refused(H "ep.cases|#3:0.38|2026-11-21|#1", NULL, "RR-cell", "B2");
    refused(H "ep.cases|#4|2026-11-21|#1", NULL, "RR-unknown", "B2"); /* 00004 that lost its zeros */
    refused(H "ep.cases|38|2026-11-21|#1|Z", NULL, "RR-status", "E2");
    refused(H "|38|2026-11-21|#1", NULL, "RR-unknown", "A2");
    refused(H "Tổng cộng|||#99", NULL, "RR-unknown", "A2");
    refused(H "ep.cases|38|2026-11-21|#1||<t=\"str\"><v>a\xE2\x80\x8B" "b</v>", NULL, "RF-control", "F2");
    struct gb_intake r = read_rows_at(1, H "ep.cases|38|2026-11-21|<><f>SUM(D3:D9)</f><v>12</v>", NULL);
    assert_true(r.accepted);
    assert_int_equal(r.segment[0].value[0], 12);
    assert_int_equal(r.delivery.n_marked, 1);
    expect(r, "MK-formula", "D2");
    refused(H "ep.cases|38|2026-11-21|#30000", NULL, "MK-bounds", "D2");
    refused(H "ep.cases|38|2026-11-21|#1\nep.cases|38|2026-11-21|#2", NULL, "RF-duplicate", "3");
}

static void test_receipt(void **state)
{
    (void)state;
    struct gb_intake r = read_rows_at(1, H "ep.cases|38|2026-11-21|x\nep.cases|14758|2026-11-21|y", NULL);
    struct gb_buf b = { 0 };
    gb_receipt_text(&r, &cat, &b);
    assert_non_null(strstr(b.p, "Trang tính:") ? b.p : strstr(b.p, "Trang tính"));
    assert_non_null(strstr(b.p, "Số liệu"));
    assert_non_null(strstr(b.p, "2 ô: D2, D3"));
    gb_buf_reset(&b);
    gb_receipt_json(&r, &cat, &b);
    assert_non_null(strstr(b.p, "\"cell\": \"D2\""));
    assert_non_null(strstr(b.p, "\"sheet\": \"Số liệu\""));
    gb_buf_release(&b);
    gb_intake_release(&r);
    char name[32];
    gb_cell_name(16384, 1048576, name);
    assert_string_equal(name, "XFD1048576");
    gb_cell_name(27, 1, name);
    assert_string_equal(name, "AA1");
}

static void test_header(void **state)
{
    (void)state;
    refused("a|b\nc|d", NULL, "RF-header", "");
    refused("indicator|region|period\nep.cases|38|2026-11-21", NULL, "RF-header", "1");
    refused("indicator|region|period|value|value\n", NULL, "RF-header", "E1");
    refused("indicator|region|period|value|Số\n", NULL, "RF-header", "E1");
    refused("indicator|region|period|value\nep.cases|38|2026-11-21|#1||#5", NULL, "RF-columns", "F2");
    refused(H, NULL, "RF-empty", "");
    refused(H "\nNgười lập|||", NULL, "RR-unknown", "A3"); /* a word where a code should be is a row */
}

#define WIDE "{\"layout\": \"wide\"}"
/* The cell of one stored figure, though the side file that said "wide" and which indicator is gone. */
static void test_trace(void **state)
{
    (void)state;
    struct gb_buf data = { 0 };
    struct zip_out z = { 0 };
    struct gb_err e = { 0 };
    struct gb_arena a;
    gb_arena_init(&a, 0);
    book_rows(&data, 1, "Bảng 1\nTT|region|2026-09|2026-10\n#1|14758|#1.5|#2.25\n#2|38|#2.25|#4");
    const struct book b = { .data = data.p };
    book_parts(&z, &b);
    zip_finish(&z);
    struct gb_row_trace t = { .indicator_i = gb_indicator_find(&cat, "ep.rate"), .region_i = gb_region_find(&cat, "14758"), .period = 2026 * 12 + 9, .line = 3, .value = 2250 };
    assert_int_equal(gb_intake_trace(&t, &a, &cat, "x.xlsx", z.out.p, z.out.n, "so-y-te", (struct gb_date){ 2026, 11, 22 }, &e), GB_OK);
    assert_true(t.found);
    assert_int_equal(t.cell_column, 4);
    assert_string_equal(t.written, "2.25");
    assert_non_null(t.sheet);
    gb_buf_release(&z.out);
    gb_buf_release(&data);
    gb_arena_release(&a);
}

static void test_wide(void **state)
{
    (void)state;
    struct gb_intake r = read_rows_at(1, "Bảng 1. Tỷ lệ mắc\n|||ĐVT: %\nTT|region|Tên địa bàn|2026-09|#2:46296\n"
                                         "#1|14758|Phường Hàm Rồng|#1.5|12.5\n#2|00004|Xã Ba Đình|M|#3:0.02\n||Cộng\n||Người lập",
                                      "{\"layout\": \"wide\", \"indicator\": \"ep.rate\"}");
    if (!r.accepted || r.n_segments != 1 || r.segment[0].n != 4)
        tell(&r, "periods across");
    assert_int_equal(r.segment[0].value[0], 1500);
    assert_int_equal(r.segment[0].period[1], 2026 * 12 + 9);
    assert_int_equal(r.segment[0].value[1], 12500);
    assert_true(r.segment[0].value[2] == GB_VALUE_MISSING);
    assert_int_equal(r.segment[0].status[2], 'M');
    assert_int_equal(r.segment[0].value[3], 2000);
    gb_intake_release(&r);

    r = read_rows_at(1, "region|ep.rate|crime.cases\n14758|#3|#4", "{\"layout\": \"wide\", \"period\": \"2026-10\"}");
    assert_false(r.accepted);
    assert_string_equal(r.finding[0].code, "RF-ownership");
    assert_int_equal(r.finding[0].cell_column, 3);
    gb_intake_release(&r);

    r = read_rows_at(1, "indicator|region|2025|2024\nep.big|38|#1|#2\nep.micro|38|#3|", WIDE);
    assert_true(r.accepted);
    assert_int_equal(r.n_segments, 2);
    assert_int_equal(r.segment[1].value[0], 3000000);
    expect(r, "MK-blank", "D3");

    r = read_rows_at(1, "period|region|ep.cases\n2026-11-20|38|#1\n2026-11-21|38|#2", WIDE);
    assert_true(r.accepted);
    assert_int_equal(r.segment[0].n, 2);
    gb_intake_release(&r);
    refused("region|ep.cases\n38|#1", WIDE, "RF-header", "1");
    refused("indicator|period|region|x\nep.cases|2026|38|#1", WIDE, "RF-header", "1");
    refused("region|2026-11|2026-11\n38|#1|#2", "{\"layout\": \"wide\", \"indicator\": \"ep.rate\"}", "RF-header", "C1");
    refused("region|tháng 11\n38|#1", "{\"layout\": \"wide\", \"indicator\": \"ep.rate\"}", "RF-header", "B1");
    refused("region|ep.csaes\n38|#1", "{\"layout\": \"wide\", \"period\": \"2026-11\"}", "RF-header", "B1");
    refused("region|2026-10\n99|#1", "{\"layout\": \"wide\", \"indicator\": \"ep.rate\"}", "RR-unknown", "A2");
    refused("region|2026-10\n|#1", "{\"layout\": \"wide\", \"indicator\": \"ep.rate\"}", "RR-unknown", "2");
    refused("region|2026-10\n38|x", "{\"layout\": \"wide\", \"indicator\": \"ep.rate\"}", "RR-number", "B2");
    refused("region|x", "{\"layout\": \"tall\"}", "RF-meta", "");
    refused("region|x", "{\"layout\": \"wide\", \"period\": \"Q3\"}", "RF-meta", "");
    refused("region|x", "{\"layout\": \"wide\", \"indicator\": \"no\"}", "RF-meta", "");
    refused("region|x", "{\"layout\": \"wide\", \"indicator\": \"ep.rate\", \"period\": \"2026\"}", "RF-meta", "");
}

static void one_sheet(struct book b, const char *meta, const char *code, const char *cell)
{
    expect(read_book(&b, meta), code, cell);
}

#define ROWS "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>indicator</v></c><c r=\"B1\" t=\"str\"><v>region</v></c><c r=\"C1\" t=\"str\"><v>period</v></c>" \
             "<c r=\"D1\" t=\"str\"><v>value</v></c></row>"
#define ROW2 "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>ep.cases</v></c><c r=\"B2\"><v>38</v></c><c r=\"C2\" t=\"str\"><v>2026-11-21</v></c><c r=\"D2\"><v>5</v></c></row>"

static void test_structure(void **state) /* B07, B11 */
{
    (void)state;
    struct gb_intake r = read_book(&(struct book){ .data = ROWS ROW2 }, NULL);
    assert_true(r.accepted);
    gb_intake_release(&r);
    /* References may be left out; rows then follow each other. */
    r = read_book(&(struct book){ .data = "<row><c t=\"str\"><v>indicator</v></c><c t=\"str\"><v>region</v></c><c t=\"str\"><v>period</v></c>"
                                          "<c t=\"str\"><v>value</v></c></row><row><c t=\"str\"><v>ep.cases</v></c><c><v>38</v></c>"
                                          "<c t=\"str\"><v>2026-11-21</v></c><c><v>5</v></c></row>" }, NULL);
    assert_true(r.accepted);
    gb_intake_release(&r);
#define SHEET(state, id) "<sheet name=\"S" id "\" sheetId=\"" id "\" r:id=\"rId" id "\" " state "/>"
    one_sheet((struct book){ .sheets = SHEET("", "1") SHEET("state=\"hidden\"", "2"), .data = ROWS ROW2 }, NULL, "RF-hidden", "");
    one_sheet((struct book){ .sheets = SHEET("", "1") SHEET("state=\"veryHidden\"", "2"), .data = ROWS ROW2 }, NULL, "RF-hidden", "");
    one_sheet((struct book){ .before = "<cols><col min=\"4\" max=\"4\" hidden=\"1\"/></cols>", .data = ROWS ROW2 }, NULL, "RF-hidden", "D1");
    one_sheet((struct book){ .before = "<cols><col min=\"9\" max=\"9\" hidden=\"1\"/></cols>",
                             .data = ROWS "<row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>1</v></c></row>" }, NULL, "RF-hidden", "A2");
    one_sheet((struct book){ .data = ROWS ROW2 }, "{\"sheet\": \"Khác\"}", "RF-sheet", "");
    one_sheet((struct book){ .sheets = SHEET("", "7"), .data = ROWS ROW2 }, NULL, "RF-sheet", "");
    one_sheet((struct book){ .sheets = SHEET("", "1") SHEET("", "2"), .data = ROWS ROW2 }, "{\"sheet\": \"S2\"}", "RF-workbook", "");
    one_sheet((struct book){ .data = ROWS ROW2, .after = "<mergeCells><mergeCell ref=\"B2:B3\"/></mergeCells>" }, NULL, "RF-merged", "B2");
    one_sheet((struct book){ .data = ROWS ROW2 ROW2 }, NULL, "RF-workbook", "");
    one_sheet((struct book){ .data = ROWS "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"B2\"><v>2</v></c></row>" }, NULL, "RF-workbook", "");
    one_sheet((struct book){ .data = ROWS "<row r=\"2\"><c r=\"B3\"><v>1</v></c></row>" }, NULL, "RF-workbook", "");
    one_sheet((struct book){ .data = "<row r=\"2\"><c r=\"XFE2\"><v>1</v></c></row>" }, NULL, "RF-workbook", "");
    one_sheet((struct book){ .data = "<row r=\"1048577\"><c r=\"A1048577\"><v>1</v></c></row>" }, NULL, "RF-limit", "");
    static const char *const INDEX[] = { "1", "-1", "2147483648", "99999999999999999999999", "x", "1.0" };
    for (size_t i = 0; i < sizeof INDEX / sizeof *INDEX; i++) {
        char data[200];
        snprintf(data, sizeof data, "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>%s</v></c></row>", INDEX[i]);
        one_sheet((struct book){ .data = data, .strings = "<si><t>a</t></si>" }, NULL, "RF-workbook", "");
    }
    one_sheet((struct book){ .data = ROWS "<row r=\"2\"><c r=\"A2\" t=\"zz\"><v>1</v></c></row>" }, NULL, "RF-workbook", "");
}

static void test_xml(void **state) /* B03 */
{
    (void)state;
    static const char *const SHEET_XML[] = {
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>&b;</v></c></row></sheetData></worksheet>",
        "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>&f;</v></c></row></sheetData></worksheet>",
        "<!DOCTYPE x SYSTEM \"http://127.0.0.1/x.dtd\"><worksheet/>",
        "<worksheet><sheetData>", "<worksheet>&nbsp;</worksheet>", "", "\xFF\xFE", "<worksheet/><worksheet/>",
    };
    for (size_t i = 0; i < sizeof SHEET_XML / sizeof *SHEET_XML; i++)
        one_sheet((struct book){ .sheet = SHEET_XML[i] }, NULL, "RF-workbook", "");
    struct gb_buf deep = { 0 };
    for (int i = 0; i < 70; i++) gb_buf_adds(&deep, "<x>");
    one_sheet((struct book){ .sheet = deep.p }, NULL, "RF-workbook", "");
    gb_buf_reset(&deep);
    gb_buf_adds(&deep, "<worksheet");
    for (int i = 0; i < 70; i++) gb_buf_addf(&deep, " a%d=\"\"", i);
    gb_buf_adds(&deep, "/>");
    one_sheet((struct book){ .sheet = deep.p }, NULL, "RF-workbook", "");
    gb_buf_release(&deep);
}

static void expect_zip(struct zip_out *z, const char *code)
{
    zip_finish(z);
    expect(read_bytes("so-y-te_x.xlsx", &z->out, NULL), code, "");
    gb_buf_release(&z->out);
}

static void test_archive(void **state) /* B06, B13 */
{
    (void)state;
    const struct book good = { .data = ROWS ROW2 };
    static const struct { const char *name, *code; } EXTRA[] = {
        { "../../etc/cron.d/x", "RF-archive" }, { "/etc/passwd", "RF-archive" }, { "xl\\workbook2.xml", "RF-archive" },
        { "C:x", "RF-archive" }, { "xl/..", "RF-archive" }, { "XL/WORKBOOK.XML", "RF-archive" }, { "xl/workbook.xml", "RF-archive" },
        { "xl/vbaProject.bin", "RF-type" }, { "xl/externalLinks/externalLink1.xml", "RF-workbook" }, { "xl/macrosheets/sheet1.xml", "RF-type" },
    };
    for (size_t i = 0; i < sizeof EXTRA / sizeof *EXTRA; i++) {
        struct zip_out z = { 0 };
        book_parts(&z, &good);
        zip_text(&z, EXTRA[i].name, "x");
        expect_zip(&z, EXTRA[i].code);
    }
    struct zip_out z = { 0 };
    for (int i = 0; i < 1001; i++) {
        char name[20];
        snprintf(name, sizeof name, "x%d", i);
        zip_text(&z, name, "");
    }
    expect_zip(&z, "RF-archive");
    z = (struct zip_out){ .flags = 1 }; /* encrypted */
    book_parts(&z, &good);
    expect_zip(&z, "RF-archive");
    z = (struct zip_out){ 0 };
    zip_text(&z, "word/document.xml", "<x/>");
    expect_zip(&z, "RF-workbook");
    /* One byte of the sheet changed: the checksum finds it. */
    z = (struct zip_out){ 0 };
    book_parts(&z, &good);
    zip_finish(&z);
    char *at = memmem(z.out.p, z.out.n, "<v>5</v>", 8);
    assert_non_null(at);
    at[3] = '6';
    expect(read_bytes("so-y-te_x.xlsx", &z.out, NULL), "RF-archive", "");
    at[3] = '5';
    struct gb_buf cut = { .p = z.out.p, .n = z.out.n - 30 };
    expect(read_bytes("so-y-te_x.xlsx", &cut, NULL), "RF-archive", "");
    cut.n = 4;
    expect(read_bytes("so-y-te_x.xlsx", &cut, NULL), "RF-archive", "");
    expect(read_bytes("so-y-te_x.csv", &z.out, NULL), "RF-type", "");
    expect(read_bytes("so-y-te_x.xlsm", &z.out, NULL), "RF-type", "");
    gb_buf_release(&z.out);
    static const char *const NOT_BOOKS[] = { "", "<html><table>", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 EncryptedPackage", "a,b\n" };
    for (size_t i = 0; i < sizeof NOT_BOOKS / sizeof *NOT_BOOKS; i++) {
        struct gb_buf b = { .p = (char *)NOT_BOOKS[i], .n = strlen(NOT_BOOKS[i]) };
        expect(read_bytes("so-y-te_x.xlsx", &b, NULL), "RF-type", "");
    }
}

static void test_bombs(void **state) /* B02: what comes out counts, not what the header says */
{
    (void)state;
    const size_t n = (size_t)80 << 20;
    struct gb_buf big = { 0 };
    gb_buf_reserve(&big, n);
    memset(big.p, ' ', n);
    memcpy(big.p, "<worksheet>", 11);
    for (int lie = 0; lie < 2; lie++) {
        struct zip_out z = { 0 };
        book_parts(&z, &(struct book){ .sheet = "<worksheet/>", .sheets = "<sheet name=\"S2\" sheetId=\"2\" r:id=\"rId2\"/>" });
        zip_add(&z, "xl/worksheets/sheet2.xml", big.p, n, true, lie ? -(int)n + 1000 : 0);
        zip_finish(&z);
        struct gb_intake r = read_bytes("so-y-te_x.xlsx", &z.out, NULL);
        assert_true(gb_streq(r.finding[0].code, "RF-limit") || gb_streq(r.finding[0].code, "RF-archive"));
        assert_true(r.arena.used_bytes < (size_t)4 << 20);
        gb_intake_release(&r);
        gb_buf_release(&z.out);
    }
    gb_buf_release(&big);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),   cmocka_unit_test(test_numbers), cmocka_unit_test(test_percent),   cmocka_unit_test(test_periods),
        cmocka_unit_test(test_formats), cmocka_unit_test(test_cells),   cmocka_unit_test(test_receipt),   cmocka_unit_test(test_header),
        cmocka_unit_test(test_wide),    cmocka_unit_test(test_structure), cmocka_unit_test(test_xml),     cmocka_unit_test(test_archive),
        cmocka_unit_test(test_bombs),   cmocka_unit_test(test_trace),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
