/* test_document_check.c — every rule of gb_doc_check refuses what breaks it and names the place; the dump of a good document. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "document_fixture.h"

static struct gb_chart_point POINT = {
    .x = { .kind = GB_V_PERIOD, .freq = GB_FREQ_MONTH, .period = MONTH(2026, 10), .fact = { -1, -1, 0, 0 } },
    .y = { .kind = GB_V_NUM, .num = 684, .scale = 1, .decimals = 1, .fact = { -1, -1, 0, 0 } }
};
static struct gb_chart_series SERIES = { .name = "Thực hiện", .role = GB_ROLE_ACTUAL, .point = &POINT, .n = 1 };
static const struct gb_chart CHART = { .kind = GB_CHART_LINE,
                                       .title = "Giải ngân đạt 68,4%",
                                       .alt = "Biểu đồ đường, 1 kỳ.",
                                       .unit = "%",
                                       .source = "Sở Tài chính",
                                       .series = &SERIES,
                                       .n_series = 1,
                                       .freq = GB_FREQ_MONTH };
static const struct gb_value BARE = { .kind = GB_V_NUM, .num = 684, .scale = 1, .decimals = 1, .fact = { -1, -1, 0, 0 } };

static struct gb_node *table(struct fixture *f, struct gb_node *in)
{
    struct gb_node *t = gb_doc_table(f->d, in, "bang", "Bảng 1", 2);
    gb_doc_col(f->d, t, 0, "Chỉ số", NULL, GB_LEFT, 3);
    gb_doc_col(f->d, t, 1, "Thực hiện", "%", GB_DECIMAL, 0);
    struct gb_row *r = gb_doc_row(f->d, t);
    gb_doc_cell_text(f->d, r, 0, "Giải ngân");
    gb_doc_cell_value(f->d, r, 1, BARE);
    return t;
}

typedef void (*spoil_fn)(struct fixture *f, struct gb_node *section, struct gb_node *table);
static struct gb_node *chart_with(struct fixture *f, struct gb_node *s, struct gb_chart c)
{
    return gb_doc_chart(f->d, s, "hinh", &c);
}
static void nothing(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)f, (void)s, (void)t;
}
static void good_chart(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    chart_with(f, s, CHART);
}
static void no_alt(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    struct gb_chart c = CHART;
    c.alt = " ";
    chart_with(f, s, c);
}
static void no_source(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    struct gb_chart c = CHART;
    c.source = NULL;
    chart_with(f, s, c);
}
static void footnote_in(struct fixture *f, struct gb_text *t, const char *note)
{
    gb_text_add(f->d, t, "Theo trọng số", 0);
    gb_text_footnote(f->d, t, note);
    gb_text_add(f->d, t, ".", 0);
}
static void footnote_good(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    footnote_in(f, &gb_doc_para(f->d, s)->text, "Trọng số đề xuất.");
    footnote_in(f, &gb_doc_callout(f->d, s, GB_GOOD)->text, "Trọng số đề xuất.");
    footnote_in(f, gb_doc_item(f->d, gb_doc_list(f->d, s, false)), "Trọng số đề xuất.");
}
static void footnote_empty(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    footnote_in(f, &gb_doc_para(f->d, s)->text, " ");
}
static void footnote_in_note(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    footnote_in(f, &gb_doc_note(f->d, s)->text, "Trọng số đề xuất.");
}
static void footnote_in_source(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    footnote_in(f, &gb_doc_source(f->d, s)->text, "Trọng số đề xuất.");
}
static void footnote_in_cell(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)s;
    footnote_in(f, gb_doc_cell_inline(f->d, gb_doc_row(f->d, t), 0), "Trọng số đề xuất.");
}
static void no_series(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    struct gb_chart c = CHART;
    c.n_series = 0;
    chart_with(f, s, c);
}
static struct gb_chart two_columns(struct gb_arena *a, const char *label)
{
    struct gb_chart c = CHART;
    c.kind = GB_CHART_HEAT;
    c.series = GB_NEW_N(a, 2, struct gb_chart_series);
    for (int i = 0; i < 2; i++) {
        c.series[i] = SERIES;
        c.series[i].name = "Cột";
        c.series[i].n = 1;
        c.series[i].point = GB_NEW_N(a, 1, struct gb_chart_point);
        c.series[i].point[0] = SERIES.point[0];
        c.series[i].point[0].label = i ? label : "Xã A";
    }
    c.n_series = 2;
    return c;
}
static void heat(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    chart_with(f, s, two_columns(f->d->arena, "Xã A"));
}
static void heat_mixed(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    chart_with(f, s, two_columns(f->d->arena, "Xã B"));
}
static void stacked_mixed(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    struct gb_chart c = two_columns(f->d->arena, "Xã A");
    c.kind = GB_CHART_STACKED; /* 68.4 % twice */
    chart_with(f, s, c);
}
static void calendar_of_months(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    struct gb_chart c = CHART;
    c.kind = GB_CHART_CALENDAR;
    chart_with(f, s, c);
}
static void waterfall_off(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    struct gb_chart c = two_columns(f->d->arena, "Xã A");
    c.kind = GB_CHART_WATERFALL; /* a part and a whole that is not it */
    c.n_series = 1;
    c.series[0].point[0].y.num++;
    chart_with(f, s, c);
}
static struct gb_chart cells(struct gb_arena *a, int64_t first, int64_t second)
{
    struct gb_chart c = two_columns(a, "Xã A");
    c.kind = GB_CHART_MAP;
    c.style = GB_MAP_HEAT;
    c.n_series = 1;
    c.series[0].n = 2;
    c.series[0].point = GB_NEW_N(a, 2, struct gb_chart_point);
    c.series[0].point[0] = c.series[0].point[1] = c.series[1].point[0];
    c.series[0].point[0].y.num = first;
    c.series[0].point[1].y.num = second;
    return c;
}
static void cells_good(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    chart_with(f, s, cells(f->d->arena, INT64_MAX / 2, 0));
}
static void cells_below_zero(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    chart_with(f, s, cells(f->d->arena, 5, -1));
}
static void cells_too_much(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    chart_with(f, s, cells(f->d->arena, INT64_MAX / 2 + 1, INT64_MAX / 2 + 1));
}
static void slope_of_one(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    struct gb_chart c = two_columns(f->d->arena, "Xã A");
    c.kind = GB_CHART_SLOPE;
    c.n_series = 1;
    chart_with(f, s, c);
}
static void multiples_mixed(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    struct gb_chart c = CHART;
    c.kind = GB_CHART_MULTIPLES;
    c.freq = GB_FREQ_DAY;
    chart_with(f, s, c);
}
static void no_chart_unit(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    struct gb_chart c = CHART;
    c.unit = NULL;
    chart_with(f, s, c);
}
static void no_header(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)f, (void)s;
    t->col[1].label = "";
}
static void no_unit(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)f, (void)s;
    t->col[1].unit = NULL;
}
static void text_number(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    gb_text_value(f->d, &gb_doc_para(f->d, s)->text, BARE, 0);
}
static void text_count(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    gb_text_value(f->d, &gb_doc_para(f->d, s)->text, gb_value_count(3, NULL), 0);
}
static void skipped_level(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    gb_doc_section(f->d, s, "con", "Mục con")->level = 3;
}
static void sub_section(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    gb_doc_section(f->d, s, "con", "Mục con");
}
static void too_deep(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    for (int i = 0; i < 4; i++)
        s = gb_doc_section(f->d, s, gb_sprintf(&f->arena, "m-%d", i), "Mục con");
}
static void same_id(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    gb_doc_section(f->d, s, "bang", "Mục con");
}
static void no_id(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    gb_doc_section(f->d, s, NULL, "Mục con");
}
static void bad_id(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    gb_doc_section(f->d, s, "Mục 1", "Mục con");
}
static void no_title(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)f, (void)t;
    s->title = "";
}
static void nfd(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    gb_text_add(f->d, &gb_doc_para(f->d, s)->text,
                "Thanh Ho\xCC\x81"
                "a",
                0);
}
static void broken_utf8(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    gb_text_add(f->d, &gb_doc_para(f->d, s)->text, "a\xFFz", 0);
}
static void bidi(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    gb_doc_cell_text(f->d, t->row, 0, "x\xE2\x80\xAEy");
    (void)s;
}
static void link_to(struct fixture *f, struct gb_node *s, const char *to)
{
    gb_text_link(f->d, &gb_doc_para(f->d, s)->text, "xem", to);
}
static void external(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    link_to(f, s, "https://example.org/");
}
static void script_link(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    link_to(f, s, "javascript:alert(1)");
}
static void host_link(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    link_to(f, s, "//example.org");
}
static void up_link(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    link_to(f, s, "../leadership/x.html");
}
static void dead_link(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    link_to(f, s, "#khong-co");
}
static void good_links(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    link_to(f, s, "#bang");
    link_to(f, s, "indicator/inv.disbursement_rate.html");
    link_to(f, s, "indicator/a.html#bang-1");
}
static void child_of_para(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    gb_doc_para(f->d, gb_doc_para(f->d, s));
}
static void no_such_column(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)s;
    gb_doc_col(f->d, t, 2, "x", NULL, GB_LEFT, 0);
}
static void no_such_cell(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)s;
    gb_doc_cell_text(f->d, t->row, 2, "x");
}
static void item_of_para(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    gb_doc_item(f->d, gb_doc_para(f->d, s));
}
static void long_list(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    struct gb_node *l = gb_doc_list(f->d, s, false);
    for (int i = 0; i <= GB_LIST_MAX; i++)
        gb_text_add(f->d, gb_doc_item(f->d, l), "x", 0);
}
static void empty_figure(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)t;
    gb_doc_figures(f->d, s, 2);
}
static void no_date(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)s, (void)t;
    f->d->date = (struct gb_date){ 0 };
}
static void no_subject(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)s, (void)t;
    f->d->title = NULL;
}
static void no_type(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    (void)s, (void)t;
    f->d->type_name = NULL;
}
static void page_without_type(struct fixture *f, struct gb_node *s, struct gb_node *t)
{
    no_type(f, s, t);
    f->d->style = GB_DOC_PAGE;
}

static const struct {
    const char *name;
    spoil_fn spoil;
    const char *message; /* NULL: good */
} RULES[] = {
    { "as built", nothing, NULL },
    { "chart", good_chart, NULL },
    { "no alt", no_alt, "chart hinh: lời tả thay hình (alt) còn trống" },
    { "footnotes", footnote_good, NULL },
    { "empty footnote", footnote_empty, "chú thích còn trống" },
    { "footnote in a note", footnote_in_note, "chỉ đặt trong đoạn văn" },
    { "footnote in a source", footnote_in_source, "chỉ đặt trong đoạn văn" },
    { "footnote in a cell", footnote_in_cell, "chỉ đặt trong đoạn văn" },
    { "no source", no_source, "chart hinh: nguồn còn trống" },
    { "no series", no_series, "không có chuỗi số liệu nào" },
    { "no chart unit", no_chart_unit, "chart hinh: chuỗi 1: điểm 1: số 68.4 không có đơn vị tính" },
    { "heat", heat, NULL },
    { "heat of other rows", heat_mixed, "chuỗi 2 không có đúng các nhãn của chuỗi đầu" },
    { "percentages that are no parts", stacked_mixed, "phần trăm không cộng đủ 100" },
    { "parts that do not add up", waterfall_off, "cộng lại không bằng" },
    { "sums of cells", cells_good, NULL },
    { "cells below zero", cells_below_zero, "\"Xã A\" có số âm, không cộng theo ô được" },
    { "cells beyond 63 bits", cells_too_much, "tổng quá lớn" },
    { "ranks of one period", slope_of_one, "cần đúng hai kỳ" },
    { "calendar of months", calendar_of_months, "không phải là ngày" },
    { "panels of two frequencies", multiples_mixed, "khác tần suất" },
    { "no header", no_header, "section muc: table bang: cột 2: đầu cột còn trống" },
    { "no unit", no_unit, "table bang: dòng 1: cột 2 (Thực hiện): số 68.4 không có đơn vị tính" },
    { "number in text", text_number, "section muc: para: số 68.4 không có đơn vị tính" },
    { "count in text", text_count, NULL },
    { "skipped level", skipped_level, "mục cấp 3 nằm trong mục cấp 1" },
    { "sub-section", sub_section, NULL },
    { "too deep", too_deep, "mục sâu quá 4 cấp" },
    { "same id", same_id, "mã \"bang\" dùng hai lần" },
    { "no id", no_id, "mã \"\" không hợp lệ" },
    { "bad id", bad_id, "mã \"Mục 1\" không hợp lệ" },
    { "no title", no_title, "tiêu đề mục còn trống" },
    { "NFD", nfd, "chưa ở dạng NFC" },
    { "broken UTF-8", broken_utf8, "(byte 2)" },
    { "bidi", bidi, "dòng 1: cột 1 (Chỉ số): văn bản" },
    { "external", external, "đi ra ngoài ấn bản" },
    { "script", script_link, "đi ra ngoài ấn bản" },
    { "host", host_link, "đi ra ngoài ấn bản" },
    { "up", up_link, "đi ra ngoài ấn bản" },
    { "dead", dead_link, "không có mục, bảng hay biểu đồ nào mang mã đó" },
    { "good links", good_links, NULL },
    { "child of para", child_of_para, "không đặt trong para" },
    { "column", no_such_column, "không có cột 3 (bảng có 2 cột)" },
    { "cell", no_such_cell, "không có ô 3 (dòng có 2 ô)" },
    { "item", item_of_para, "không dùng cho para" },
    { "long list", long_list, "danh sách có trên 256 mục" },
    { "figure", empty_figure, "số chính 1: tên còn trống" },
    { "date", no_date, "tài liệu không có ngày" },
    { "subject", no_subject, "trích yếu còn trống" },
    { "type", no_type, "tên loại văn bản còn trống" },
    { "page without type", page_without_type, NULL },
};

static void rules(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++) {
        struct fixture f;
        fixture_open(&f);
        struct gb_node *s = gb_doc_section(f.d, f.d->root, "muc", "Mục một");
        struct gb_node *t = table(&f, s);
        RULES[i].spoil(&f, s, t);
        struct gb_err e = { 0 };
        enum gb_code c = gb_doc_check(f.d, &e);
        char line[GB_ERR_TEXT];
        gb_err_line(&e, line, sizeof line);
        if (RULES[i].message ? c != GB_E_REPORT || !strstr(line, RULES[i].message) : c != GB_OK) {
            fail_msg("%s: code %d, message \"%s\"", RULES[i].name, c, line);
        }
        fixture_close(&f);
    }
}

/* A pointer to an item stays good however many follow; text written later goes where it belongs. */
static void items_stay(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f);
    struct gb_node *l = gb_doc_list(f.d, f.d->root, true);
    struct gb_text *first = gb_doc_item(f.d, l);
    for (int i = 0; i < 100; i++)
        gb_doc_item(f.d, l);
    gb_text_add(f.d, first, "sau", 0);
    assert_string_equal(l->item[0].first->text, "sau");
    fixture_close(&f);
}

static void strings_are_copied(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f);
    char unit[] = "vụ", label[] = "Nhãn";
    struct gb_text t = { 0 };
    gb_text_value(f.d, &t, gb_value_count(3, unit), 0);
    struct gb_chart_point p = POINT;
    p.label = label;
    struct gb_chart_series s = { .name = label, .role = GB_ROLE_ACTUAL, .point = &p, .n = 1 };
    struct gb_chart c = CHART;
    c.series = &s;
    struct gb_node *n = gb_doc_chart(f.d, f.d->root, "hinh", &c);
    memset(unit, 'x', sizeof unit - 1);
    memset(label, 'x', sizeof label - 1);
    p.y.num = 0;
    assert_string_equal(t.first->value.unit, "vụ");
    assert_string_equal(n->chart->series[0].name, "Nhãn");
    assert_string_equal(n->chart->series[0].point[0].label, "Nhãn");
    assert_int_equal(n->chart->series[0].point[0].y.num, 684);
    fixture_close(&f);
}

static const char EXPECT_DUMP[] =
    "document test style=briefing audience=leadership lang=vi date=2026-11-22 vintage=0\n"
    "  type \"BÁO CÁO\"\n"
    "  title \"Kiểm thử\"\n"
    "  mark \"SỐ LIỆU MẪU\"\n"
    "  section #muc level=1 numbered \"Mục một\"\n"
    "    table #bang \"Bảng 1\"\n"
    "      col left \"Chỉ số\" weight=3.00\n"
    "      col decimal \"Thực hiện\" unit=\"%\"\n"
    "      row | \"Giải ngân\" | \"68,4\" <68.4 decimals=1>\n"
    "      group | \"Nhóm \\\"A\\\"\"\n"
    "    para \"Đạt \" \"68,4%\" <68.4 decimals=1 unit=\"%\" fact=inv.disbursement_rate/38/2026-10/value> strong \"xem\"->#bang\n"
    "    callout state=danger \"Chú ý\"\n"
    "    chart #hinh line title=\"Giải ngân đạt 68,4%\" unit=\"%\" alt=\"Biểu đồ đường, 1 kỳ.\" source=\"Sở Tài chính\"\n"
    "      series actual \"Thực hiện\"\n"
    "        point \"tháng 10/2026\" <2026-10> \"68,4\" <68.4 decimals=1>\n"
    "    figures\n"
    "      figure \"Giải ngân\" \"68,4%\" <68.4 decimals=1 unit=\"%\" fact=inv.disbursement_rate/38/2026-10/value> change "
    "\"không có kỳ so sánh\" <missing no-base> "
    "change-label=\"so với cùng kỳ\" state=warning\n";

static void dump(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f);
    struct gb_eval *ev = fixture_eval(&f, I_RATE, PROVINCE);
    *ev = (struct gb_eval){ .latest_i = 0, .period = MONTH(2026, 10), .value = 6840, .status = 'A' };
    gb_doc_mark(f.d, "SỐ LIỆU MẪU");
    gb_doc_mark(f.d, "SỐ LIỆU MẪU");
    struct gb_node *s = gb_doc_section(f.d, f.d->root, "muc", "Mục một");
    struct gb_node *t = table(&f, s);
    gb_doc_group_row(f.d, t, "Nhóm \"A\"");
    struct gb_node *p = gb_doc_para(f.d, s);
    gb_text_add(f.d, &p->text, "Đạt ", 0);
    struct gb_value v = gb_value_of(&f.ev, I_RATE, PROVINCE, GB_D_VALUE);
    v.num = 684, v.scale = 1; /* equal figure, shorter form */
    gb_text_value(f.d, &p->text, v, GB_STRONG);
    gb_text_link(f.d, &p->text, "xem", "#bang");
    gb_text_add(f.d, &gb_doc_callout(f.d, s, GB_DANGER)->text, "Chú ý", 0);
    gb_doc_chart(f.d, s, "hinh", &CHART);
    struct gb_figure fig = { "Giải ngân", v, gb_value_missing(GB_MISS_NO_BASE), "so với cùng kỳ", GB_WARNING, NULL };
    gb_doc_figure(f.d, gb_doc_figures(f.d, s, 1), 0, &fig);
    struct gb_err e = { 0 };
    assert_int_equal(gb_doc_check(f.d, &e), GB_OK);
    struct gb_buf b = { 0 };
    gb_doc_dump(f.d, &b);
    assert_string_equal(b.p, EXPECT_DUMP);
    gb_buf_release(&b);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules),
        cmocka_unit_test(items_stay),
        cmocka_unit_test(strings_are_copied),
        cmocka_unit_test(dump),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
