/* test_layout_pages.c — documents as pages: what must hold for any of them, hostile tables, and golden traces.
 *
 * GB_BLESS=1 writes tests/golden/layout/<case>.txt anew; read the difference before committing it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "document_fixture.h"
#include "layout/layout.h"

#define MM (72.0 / 25.4)

static const char *const RECIPIENTS[] = { "- Chủ tịch, các PCT UBND tỉnh;", "- Lưu: VT, TH." };

static void open_doc(struct fixture *f)
{
    fixture_open(f);
    f->c.locality = (struct gb_locality){ .slug = "thanh-hoa",
                                          .name = "Tỉnh Thanh Hóa",
                                          .short_name = "Thanh Hóa",
                                          .parent_agency = "ỦY BAN NHÂN DÂN",
                                          .issuing_agency = "TỈNH THANH HÓA",
                                          .office = "VĂN PHÒNG",
                                          .place = "Thanh Hóa",
                                          .symbol = "BC-VP",
                                          .chairman_title = "Chủ tịch UBND tỉnh",
                                          .committee = "UBND tỉnh",
                                          .contact = "Văn phòng UBND tỉnh Thanh Hóa",
                                          .recipients = (const char **)RECIPIENTS,
                                          .n_recipients = 2 };
    f->d->type_name = "BÁO CÁO NHANH";
    f->d->title = "Tình hình kinh tế - xã hội ngày 22/11/2026";
    f->d->cutoff = "Số liệu tính đến 17 giờ 00 ngày 21/11/2026";
}

static const struct gb_layout_foot FOOT = { "2026-11-22-r1", "9f3c0a6be21d4470", NULL };

static struct gb_pages lay(struct fixture *f)
{
    struct gb_err e = { 0 };
    struct gb_pages p;
    char line[GB_ERR_TEXT];
    if (gb_doc_check(f->d, &e) || gb_layout(&p, &f->arena, f->d, &FOOT, &e))
        fail_msg("%s", gb_err_line(&e, line, sizeof line));
    return p;
}

/* Nothing leaves the page; text stays in the margins; a foot and, from page 2 on, a number on each page. */
static void sound(const struct gb_pages *p)
{
    assert_true(p->n > 0);
    for (int i = 0; i < p->n; i++) {
        const struct gb_page *page = &p->page[i];
        bool foot = false;
        double right = page->w_pt - 15 * MM, bottom = page->h_pt - 20 * MM;
        for (const struct gb_item *it = page->first; it; it = it->next) {
            double x2 = it->r.x + it->r.w, y2 = it->kind == GB_ITEM_RUN ? it->r.y : it->r.y + it->r.h;
            if (it->r.x < 30 * MM - 0.6 || x2 > right + 0.6)
                fail_msg("page %d: x %.1f..%.1f of %.1f: %.*s", i + 1, it->r.x, x2, right, (int)it->n, it->text ? it->text : "");
            assert_true(it->r.y >= 0 && y2 <= page->h_pt);
            bool is_foot = it->kind == GB_ITEM_RUN && it->n > 8 && memcmp(it->text, "Ấn bản", strlen("Ấn bản")) == 0;
            foot = foot || is_foot;
            is_foot = is_foot || (it->kind == GB_ITEM_RUN && it->n > 7 && memcmp(it->text, "Trang ", strlen("Trang ")) == 0 && it->size_pt == 8);
            if (!is_foot && y2 > bottom + 1)
                fail_msg("page %d: below the text at %.1f of %.1f", i + 1, y2, bottom);
        }
        assert_true(foot);
    }
}

static int count(const struct gb_pages *p, const char *text)
{
    int n = 0;
    for (int i = 0; i < p->n; i++) {
        for (const struct gb_item *it = p->page[i].first; it; it = it->next) {
            n += it->kind == GB_ITEM_RUN && it->n == strlen(text) && memcmp(it->text, text, it->n) == 0;
        }
    }
    return n;
}

static int page_of(const struct gb_pages *p, const char *text)
{
    for (int i = 0; i < p->n; i++) {
        for (const struct gb_item *it = p->page[i].first; it; it = it->next) {
            if (it->kind == GB_ITEM_RUN && it->n >= strlen(text) && memcmp(it->text, text, strlen(text)) == 0)
                return i;
        }
    }
    return -1;
}

static struct gb_value num(int64_t n, int scale, const char *unit)
{
    return (struct gb_value){ .kind = GB_V_NUM,
                              .num = n,
                              .scale = (uint8_t)scale,
                              .decimals = (uint8_t)scale,
                              .unit = unit,
                              .fact = { -1, -1, 0, GB_D_NONE } };
}

static struct gb_node *big_table(struct fixture *f, struct gb_node *in, int rows, int cols, bool long_names)
{
    struct gb_node *t = gb_doc_table(f->d, in, "bang", "Bảng lớn theo xã, phường", cols);
    for (int i = 0; i < cols; i++)
        gb_doc_col(f->d, t, i, i ? gb_sprintf(&f->arena, "Cột %d", i) : "Xã, phường", i ? "%" : NULL, i ? GB_DECIMAL : GB_LEFT,
                   0);
    for (int r = 0; r < rows; r++) {
        struct gb_row *row = gb_doc_row(f->d, t);
        gb_doc_cell_text(
            f->d, row, 0,
            gb_sprintf(&f->arena,
                       long_names
                           ? "dòng%d tên rất dài của một địa bàn có nhiều chữ, viết đầy đủ không tắt, kèm ghi chú về ranh giới"
                           : "dòng%d",
                       r));
        for (int i = 1; i < cols; i++)
            gb_doc_cell_value(f->d, row, i, num(r * 7 + i, 1, "%"));
    }
    return t;
}

static void five_hundred_rows(void **state)
{
    (void)state;
    struct fixture f;
    open_doc(&f);
    struct gb_node *s = gb_doc_section(f.d, f.d->root, "muc", "Số liệu");
    big_table(&f, s, 500, 12, true);
    struct gb_pages p = lay(&f);
    sound(&p);
    assert_true(p.n > 20);
    int pages_with_rows = 0;
    for (int i = 0; i < p.n; i++) {
        bool has = false;
        for (const struct gb_item *it = p.page[i].first; it; it = it->next)
            has = has || (it->kind == GB_ITEM_RUN && it->n > 5 && memcmp(it->text, "dòng", strlen("dòng")) == 0);
        pages_with_rows += has;
    }
    assert_int_equal(pages_with_rows, p.n); /* no page of heads alone */
    assert_int_equal(count(&p, " (tiếp theo)") + count(&p, "(tiếp theo)"), p.n - 1);
    for (int r = 0; r < 500; r++) { /* each row once */
        int n = 0;
        const char *name = gb_sprintf(&f.arena, "dòng%d ", r);
        for (int i = 0; i < p.n; i++)
            for (const struct gb_item *it = p.page[i].first; it; it = it->next)
                n += it->kind == GB_ITEM_RUN && ((it->n >= strlen(name) && memcmp(it->text, name, strlen(name)) == 0) ||
                                                 (it->n == strlen(name) - 1 && memcmp(it->text, name, it->n) == 0));
        if (n != 1)
            fail_msg("row %d: %d times", r, n);
    }
    fixture_close(&f);
}

/* Numbers of a column have their comma at one x. */
static void decimal_alignment(void **state)
{
    (void)state;
    struct fixture f;
    open_doc(&f);
    struct gb_node *t = gb_doc_table(f.d, f.d->root, "bang", "Bảng", 2);
    gb_doc_col(f.d, t, 0, "Tên", NULL, GB_LEFT, 0);
    gb_doc_col(f.d, t, 1, "Số", "tấn", GB_DECIMAL, 0);
    static const struct {
        int64_t n;
        int scale;
    } v[] = { { 5, 1 }, { 123456789, 2 }, { -42, 0 }, { 1, 3 } };
    for (int i = 0; i < 4; i++) {
        struct gb_row *r = gb_doc_row(f.d, t);
        gb_doc_cell_text(f.d, r, 0, "dòng");
        gb_doc_cell_value(f.d, r, 1, num(v[i].n, v[i].scale, "tấn"));
    }
    struct gb_pages p = lay(&f);
    sound(&p);
    static const char *const numbers[] = { "0,5", "1.234.567,89", "-42", "0,001" };
    double comma[4];
    for (int i = 0; i < 4; i++) {
        comma[i] = -1;
        for (const struct gb_item *it = p.page[0].first; it; it = it->next) {
            if (it->kind == GB_ITEM_RUN && it->n == strlen(numbers[i]) && memcmp(it->text, numbers[i], it->n) == 0) {
                comma[i] = it->r.x + gb_text_width_pt(it->font, it->size_pt, it->text, strcspn(numbers[i], ","));
            }
        }
        assert_true(comma[i] > 0 && comma[i] - comma[0] < 0.01 && comma[0] - comma[i] < 0.01);
    }
    fixture_close(&f);
}

static void too_many_columns(void **state)
{
    (void)state;
    struct fixture f;
    open_doc(&f);
    big_table(&f, f.d->root, 3, 40, false);
    struct gb_err e = { 0 };
    struct gb_pages p;
    char line[GB_ERR_TEXT];
    assert_int_equal(gb_layout(&p, &f.arena, f.d, &FOOT, &e), GB_E_REPORT);
    assert_non_null(strstr(gb_err_line(&e, line, sizeof line), "bảng bang: 40 cột không vừa"));
    fixture_close(&f);
}

/* A cell taller than a page is cut between lines; a word of 5,000 letters between letters; nothing is lost or loops. */
static void monstrous_cells(void **state)
{
    (void)state;
    struct fixture f;
    open_doc(&f);
    struct gb_buf b = { 0 };
    for (int i = 0; i < 2000; i++)
        gb_buf_addf(&b, "tiếng%d ", i);
    struct gb_node *t = gb_doc_table(f.d, f.d->root, "bang", "Bảng", 2);
    gb_doc_col(f.d, t, 0, "Tên", NULL, GB_LEFT, 0);
    gb_doc_col(f.d, t, 1, "Số", "tấn", GB_DECIMAL, 0);
    struct gb_row *r = gb_doc_row(f.d, t);
    gb_doc_cell_text(f.d, r, 0, b.p);
    gb_doc_cell_value(f.d, r, 1, num(42, 0, "tấn"));
    gb_buf_reset(&b);
    for (int i = 0; i < 5000; i++)
        gb_buf_adds(&b, "ữ");
    r = gb_doc_row(f.d, t);
    gb_doc_cell_text(f.d, r, 0, b.p);
    gb_text_add(f.d, &gb_doc_para(f.d, f.d->root)->text, b.p, 0);
    gb_buf_release(&b);
    struct gb_pages p = lay(&f);
    sound(&p);
    assert_true(p.n >= 3);
    assert_int_equal(count(&p, "42"), 1);
    assert_true(page_of(&p, "tiếng0") == 0 || page_of(&p, "tiếng0") == 1);
    fixture_close(&f);
}

/* A heading is never the last thing on a page; paragraphs keep two lines together. */
static void headings_and_orphans(void **state)
{
    (void)state;
    for (int lead = 20; lead < 60; lead++) {
        struct fixture f;
        open_doc(&f);
        for (int i = 0; i < lead; i++)
            gb_text_add(f.d, &gb_doc_para(f.d, f.d->root)->text, "Một dòng.", 0);
        struct gb_node *s = gb_doc_section(f.d, f.d->root, "muc", "Đề mục thử");
        gb_text_add(f.d, &gb_doc_para(f.d, s)->text,
                    "DÒNGĐẦU của một đoạn văn có đúng ba dòng khi đặt trong bề rộng chữ của trang giấy A4 dọc theo Nghị định "
                    "30/2020/NĐ-CP về công tác văn thư, "
                    "cỡ chữ mười ba, căn đều hai bên, thụt đầu dòng một xăng ti mét, và dừng lại ở dòng thứ ba DÒNGCUỐI.",
                    0);
        struct gb_pages p = lay(&f);
        sound(&p);
        int head = page_of(&p, "I. ĐỀ MỤC THỬ"), first = page_of(&p, "DÒNGĐẦU");
        assert_true(head >= 0);
        assert_int_equal(head, first);
        int lines = 0; /* lines of the paragraph on its first page: never one alone, nor all but one */
        for (const struct gb_item *it = p.page[first].first; it; it = it->next)
            lines += it->kind == GB_ITEM_RUN && it->n > 40 && it->size_pt == 13;
        assert_true(lines == 3 || lines == 0 || lines >= 2);
        assert_int_equal(page_of(&p, "DÒNGĐẦU"), head);
        fixture_close(&f);
    }
}

static void letterhead_leaves_the_clerk_his_blanks(void **state)
{
    (void)state;
    struct fixture f;
    open_doc(&f);
    f.d->signature = true;
    gb_doc_mark(f.d, "BẢN TIN TỰ ĐỘNG");
    gb_doc_mark(f.d, "SỐ LIỆU MẪU");
    for (int i = 0; i < 60; i++)
        gb_text_add(f.d, &gb_doc_para(f.d, f.d->root)->text, "Một dòng.", 0);
    struct gb_node *an = gb_doc_section(f.d, f.d->root, "phu-luc", "Bảng chi tiết");
    an->annex = an->landscape = true;
    big_table(&f, an, 60, 4, false);
    struct gb_pages p = lay(&f);
    sound(&p);
    assert_int_equal(page_of(&p, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), 0);
    assert_int_equal(count(&p, "Độc lập - Tự do - Hạnh phúc"), 1);
    assert_int_equal(count(&p, "Số:            /BC-VP"), 1);
    assert_int_equal(count(&p, "Thanh Hóa, ngày        tháng 11 năm 2026"), 1);
    assert_int_equal(count(&p, "SỐ LIỆU MẪU"), p.n); /* on every page */
    assert_int_equal(count(&p, "BẢN TIN TỰ ĐỘNG"), p.n);
    int sign = page_of(&p, "CHÁNH VĂN PHÒNG"), annex = page_of(&p, "Phụ lục");
    assert_true(sign >= 0 && annex == sign + 1);
    assert_int_equal(page_of(&p, "Nơi nhận:"), sign);
    assert_true(p.page[annex].w_pt > p.page[annex].h_pt);
    assert_true(p.page[sign].w_pt < p.page[sign].h_pt);
    assert_int_equal(p.page[annex].number, 1);                                /* each annex counts its own pages */
    for (const struct gb_item *it = p.page[annex].first; it; it = it->next) { /* and the first is not shown */
        assert_false(it->kind == GB_ITEM_RUN && it->size_pt == 13 && it->r.y < 20 * MM - 1 && it->n == 1);
    }
    fixture_close(&f);
}

static void months_have_their_zero(void **state)
{
    (void)state;
    struct fixture f;
    open_doc(&f);
    f.d->date = (struct gb_date){ 2026, 2, 5 };
    f.c.locality.symbol = "BC-UBND";
    f.d->signature = true;
    struct gb_pages p = lay(&f);
    assert_int_equal(count(&p, "Thanh Hóa, ngày        tháng 02 năm 2026"), 1);
    assert_int_equal(count(&p, "VĂN PHÒNG"), 0); /* the committee issues: no office line */
    assert_int_equal(count(&p, "TM. ỦY BAN NHÂN DÂN"), 1);
    fixture_close(&f);
}

static void plain_page_has_no_letterhead(void **state)
{
    (void)state;
    struct fixture f;
    open_doc(&f);
    f.d->style = GB_DOC_PAGE;
    struct gb_pages p = lay(&f);
    sound(&p);
    assert_int_equal(count(&p, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), 0);
    assert_int_equal(page_of(&p, "Tình hình kinh tế"), 0);
    fixture_close(&f);
}

static void breaks_make_no_empty_page(void **state)
{
    (void)state;
    struct fixture f;
    open_doc(&f);
    gb_text_add(f.d, &gb_doc_para(f.d, f.d->root)->text, "Trang một.", 0);
    for (int i = 0; i < 3; i++)
        gb_doc_break(f.d, f.d->root);
    gb_text_add(f.d, &gb_doc_para(f.d, f.d->root)->text, "Trang hai.", 0);
    gb_doc_break(f.d, f.d->root);
    struct gb_pages p = lay(&f);
    assert_int_equal(p.n, 2);
    assert_int_equal(page_of(&p, "Trang hai."), 1);
    assert_int_equal(p.page[1].number, 2);
    fixture_close(&f);
}

/* A unit that all share is in the head, once; different units stay with their figures. */
static void units_of_columns(void **state)
{
    (void)state;
    struct fixture f;
    open_doc(&f);
    struct gb_node *t = gb_doc_table(f.d, f.d->root, "bang", "Bảng", 3);
    gb_doc_col(f.d, t, 0, "Tên", NULL, GB_LEFT, 0);
    gb_doc_col(f.d, t, 1, "Chung", NULL, GB_DECIMAL, 0);
    gb_doc_col(f.d, t, 2, "Riêng", NULL, GB_DECIMAL, 0);
    static const char *const units[] = { "vụ", "mm", "%" };
    for (int i = 0; i < 3; i++) {
        struct gb_row *r = gb_doc_row(f.d, t);
        gb_doc_cell_text(f.d, r, 0, "dòng");
        gb_doc_cell_value(f.d, r, 1, num(100 + i, 1, "tỷ đồng"));
        gb_doc_cell_value(f.d, r, 2, num(200 + i, 1, units[i]));
    }
    struct gb_pages p = lay(&f);
    sound(&p);
    assert_int_equal(count(&p, "(tỷ đồng)"), 1);
    assert_int_equal(count(&p, "10,1"), 1);
    assert_int_equal(count(&p, "20,0 vụ"), 1);
    assert_int_equal(count(&p, "20,2%"), 1);
    fixture_close(&f);
}

static void wide_annex_lies_down(void **state)
{
    (void)state;
    for (int cols = 7; cols <= 8; cols++) {
        struct fixture f;
        open_doc(&f);
        struct gb_node *an = gb_doc_section(f.d, f.d->root, "phu-luc", "Phụ lục: Bảng chi tiết");
        an->annex = true;
        big_table(&f, an, 5, cols, false);
        struct gb_pages p = lay(&f);
        sound(&p);
        assert_int_equal(p.n, 2);
        assert_int_equal(p.page[1].w_pt > p.page[1].h_pt, cols == 8);
        assert_int_equal(count(&p, "BẢNG CHI TIẾT"), 1); /* "Phụ lục" is said once, above */
        fixture_close(&f);
    }
}

/* ---- golden traces ---- */

static void golden(struct fixture *f, const char *name)
{
    struct gb_pages p = lay(f);
    sound(&p);
    struct gb_buf got = { 0 }, want = { 0 };
    gb_pages_dump(&p, &got);
    const char *path = gb_sprintf(&f->arena, "tests/golden/layout/%s.txt", name);
    struct gb_err e = { 0 };
    if (getenv("GB_BLESS")) {
        assert_int_equal(gb_file_replace(path, got.p, got.n, &e), GB_OK);
    }
    char line[GB_ERR_TEXT];
    if (gb_file_read(path, 1 << 20, &want, &e))
        fail_msg("%s (GB_BLESS=1 writes it)", gb_err_line(&e, line, sizeof line));
    if (want.n != got.n || memcmp(want.p, got.p, got.n) != 0) {
        size_t at = 0;
        while (at < want.n && at < got.n && want.p[at] == got.p[at])
            at++;
        while (at > 0 && want.p[at - 1] != '\n')
            at--;
        fail_msg("%s differs:\n  wants %.120s\n  got   %.120s", path, want.p + at, got.p + at);
    }
    gb_buf_release(&got);
    gb_buf_release(&want);
}

static void golden_briefing(void **state)
{
    (void)state;
    struct fixture f;
    open_doc(&f);
    f.d->signature = true;
    gb_doc_mark(f.d, "LƯU HÀNH NỘI BỘ");
    struct gb_node *s = gb_doc_section(f.d, f.d->root, "tom-tat", "Tóm tắt điều hành");
    struct gb_figure fig[2] = {
        { "Giải ngân vốn đầu tư công", num(684, 1, "%"), num(32, 1, "điểm %"), "so với cùng kỳ", GB_WARNING, NULL },
        { "Số vụ cháy, nổ", num(3, 0, "vụ"), gb_value_missing(GB_MISS_NO_BASE), "so với ngày trước", GB_STATE_NONE, NULL }
    };
    struct gb_node *figs = gb_doc_figures(f.d, s, 2);
    gb_doc_figure(f.d, figs, 0, &fig[0]);
    gb_doc_figure(f.d, figs, 1, &fig[1]);
    gb_text_add(f.d, &gb_doc_callout(f.d, s, GB_DANGER)->text,
                "Mưa rất to, nguy cơ sạt lở đất ở 12 xã vùng núi; đề nghị quyết định lệnh sơ tán trước 18 giờ 00 hôm nay.", 0);
    struct gb_node *l = gb_doc_list(f.d, s, true);
    struct gb_text *item = gb_doc_item(f.d, l);
    gb_text_add(f.d, item, "Tỷ lệ giải ngân đạt ", 0);
    gb_text_value(f.d, item, num(684, 1, "%"), GB_STRONG);
    gb_text_add(f.d, item, ", xem ", 0);
    gb_text_link(f.d, item, "mục sau", "#con");
    gb_text_add(f.d, item, ".", 0);
    gb_text_add(f.d, gb_doc_item(f.d, l), "Việc thứ hai.", GB_EMPH);
    struct gb_node *sub = gb_doc_section(f.d, s, "con", "Mục con");
    gb_text_add(f.d, &gb_doc_para(f.d, sub)->text,
                "Một đoạn văn ngắn để thấy thụt đầu dòng và căn đều hai bên ở những dòng không phải là dòng cuối cùng của đoạn.",
                0);
    gb_text_add(f.d, &gb_doc_source(f.d, sub)->text, "Sở Tài chính", 0);
    golden(&f, "briefing");
    fixture_close(&f);
}

static void golden_table(void **state)
{
    (void)state;
    struct fixture f;
    open_doc(&f);
    f.d->style = GB_DOC_PAGE;
    struct gb_node *t = gb_doc_table(f.d, f.d->root, "bang", "Bảng 1. Thu, chi theo tháng", 4);
    gb_doc_col(f.d, t, 0, "Khoản", NULL, GB_LEFT, 2);
    gb_doc_col(f.d, t, 1, "Thực hiện", "tỷ đồng", GB_DECIMAL, 0);
    gb_doc_col(f.d, t, 2, "So cùng kỳ", NULL, GB_DECIMAL, 0);
    gb_doc_col(f.d, t, 3, "Mức", NULL, GB_LEFT, 1);
    gb_doc_group_row(f.d, t, "Thu");
    for (int i = 0; i < 3; i++) {
        struct gb_row *r = gb_doc_row(f.d, t);
        gb_doc_cell_text(f.d, r, 0,
                         i == 1 ? "Thu từ hoạt động xuất khẩu, nhập khẩu qua các cửa khẩu trên địa bàn" : "Thu nội địa");
        struct gb_value v = num(12345 * (i + 1), 1, "tỷ đồng");
        v.status = i == 0 ? 'P' : 'A';
        gb_doc_cell_value(f.d, r, 1, v);
        v = num(32 - 40 * i, 1, "%");
        v.sign = true;
        gb_doc_cell_value(f.d, r, 2, i == 2 ? gb_value_missing(GB_MISS_ZERO_BASE) : v);
        gb_doc_cell_value(f.d, r, 3, gb_value_state(i ? GB_GOOD : GB_WATCH));
    }
    struct gb_row *total = gb_doc_row(f.d, t);
    total->intent = GB_TOTAL;
    gb_doc_cell_text(f.d, total, 0, "Cộng");
    gb_doc_cell_value(f.d, total, 1, num(74070, 1, "tỷ đồng"));
    gb_doc_cell_state(f.d, total, 1, GB_WARNING);
    gb_text_add(f.d, &gb_doc_note(f.d, f.d->root)->text, "Số liệu tháng 10 là sơ bộ.", 0);
    gb_doc_table(f.d, f.d->root, "rong", NULL, 1);
    gb_doc_col(f.d, f.d->root->last, 0, "Không có dòng", NULL, GB_LEFT, 0);
    golden(&f, "table");
    fixture_close(&f);
}

/* Distance of two paragraphs that follow each other on the first page. */
static double pitch_of(const struct gb_pages *p)
{
    double y[2] = { 0, 0 };
    for (const struct gb_item *it = p->page[0].first; it; it = it->next) {
        if (it->kind == GB_ITEM_RUN && strstr(it->text, "mốc")) {
            y[0] = y[1];
            y[1] = it->r.y;
        }
    }
    return y[1] - y[0];
}

static struct gb_pages paragraphs(struct fixture *f, int n)
{
    open_doc(f);
    for (int i = 0; i < n; i++) {
        gb_text_add(f->d, &gb_doc_para(f->d, f->d->root)->text, i < 2 ? "Đoạn mốc." : "Đoạn.", 0);
    }
    return lay(f);
}

/* A few lines on a last page come back to the page before; what fits, or fills its last page, keeps its air. */
static void a_few_last_lines_come_back(void **state)
{
    (void)state;
    struct fixture f;
    int n = 5;
    struct gb_pages p = paragraphs(&f, n);
    double airy = pitch_of(&p), closer = airy;
    while (p.n == 1 && closer > airy - 1) {
        fixture_close(&f);
        p = paragraphs(&f, ++n);
        closer = pitch_of(&p);
    }
    assert_int_equal(p.n, 1); /* the first number that does not fit with air is set closer, on one page */
    assert_true(closer < airy - 1);
    sound(&p);
    fixture_close(&f);
    p = paragraphs(&f, 2 * n);
    assert_int_equal(p.n, 2);
    assert_true(pitch_of(&p) > airy - 0.1);
    fixture_close(&f);
}

static size_t count_text(const struct gb_pages *p, const char *start)
{
    size_t n = 0;
    for (int i = 0; i < p->n; i++)
        for (const struct gb_item *it = p->page[i].first; it; it = it->next)
            n += it->kind == GB_ITEM_RUN && it->n >= strlen(start) && memcmp(it->text, start, strlen(start)) == 0;
    return n;
}

/* A sheet is one page whatever is on it: letters keep a readable size, rows that go are the last ones, the table that is to give first
 * gives first, and what is missing is counted in words. */
static void one_page_exactly(void **state)
{
    (void)state;
    static const int rows[] = { 0, 3, 20, 40, 60, 90, 300 };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        for (int names = 0; names < 2; names++) {
            struct fixture f;
            open_doc(&f);
            f.d->one_page = true;
            struct gb_node *first = gb_doc_table(f.d, f.d->root, "tren", "Bảng trên", 1);
            gb_doc_col(f.d, first, 0, "Tên", NULL, GB_LEFT, 0);
            for (int i = 0; i < 12; i++) gb_doc_cell_text(f.d, gb_doc_row(f.d, first), 0, gb_sprintf(&f.arena, "trên%d", i));
            first->drop = 2;
            big_table(&f, f.d->root, rows[k], 4, names)->drop = 1;
            gb_text_add(f.d, &gb_doc_note(f.d, f.d->root)->text, "Cuối trang.", 0);
            struct gb_pages p = lay(&f);
            sound(&p);
            assert_int_equal(p.n, 1);
            for (const struct gb_item *it = p.page[0].first; it; it = it->next)
                if (it->kind == GB_ITEM_RUN && it->n > 4 && memcmp(it->text, "dòng", 5) == 0) assert_true(it->size_pt >= 8.5);
            size_t kept = count_text(&p, "dòng"), above = count_text(&p, "trên");
            assert_int_equal(count_text(&p, "Còn "), (kept < (size_t)rows[k]) + (above < 12));
            if (above < 12) assert_true(kept <= 3); /* order 2 gives only when order 1 has nothing left */
            if (rows[k] <= 3) assert_int_equal(above, 12);
            if (rows[k] == 300) assert_true(kept < 300 && kept >= 3);
            for (size_t i = 0; i < kept; i++) { /* the first ones stay */
                char want[24];
                snprintf(want, sizeof want, names ? "dòng%zu tên" : "dòng%zu", i);
                if (count_text(&p, want) == 0) fail_msg("%d rows: row %zu of %zu is not there", rows[k], i, kept);
            }
            fixture_close(&f);
        }
}

/* A head of a group does not stay without a row of its group, and is no row that a reader misses. */
static void no_head_alone(void **state)
{
    (void)state;
    for (int group = 2; group < 9; group++) {
        struct fixture f;
        open_doc(&f);
        f.d->one_page = true;
        struct gb_node *t = gb_doc_table(f.d, f.d->root, "bang", "Bảng", 1);
        gb_doc_col(f.d, t, 0, "Tên", NULL, GB_LEFT, 0);
        enum { N = 120 };
        for (int i = 0; i < N; i++) {
            if (i % group == 0) gb_doc_group_row(f.d, t, gb_sprintf(&f.arena, "nhóm%03d", i));
            gb_doc_cell_text(f.d, gb_doc_row(f.d, t), 0, gb_sprintf(&f.arena, "hàng%03d", i));
        }
        t->drop = 1;
        struct gb_pages p = lay(&f);
        sound(&p);
        int kept = 0;
        for (int i = 0; i < N; i++) {
            bool row = count_text(&p, gb_sprintf(&f.arena, "hàng%03d", i)) > 0;
            if (i % group == 0) assert_int_equal(count_text(&p, gb_sprintf(&f.arena, "nhóm%03d", i)) > 0, row);
            kept += row;
        }
        assert_true(kept > 3 && kept < N);
        assert_int_equal(count_text(&p, gb_sprintf(&f.arena, "Còn %d\u00a0dòng", N - kept)), 1);
        fixture_close(&f);
    }
}

/* Without rows that may go there is no page: an error, never a clipped sheet. */
static void one_page_or_an_error(void **state)
{
    (void)state;
    struct fixture f;
    struct gb_err e = { 0 };
    struct gb_pages p;
    open_doc(&f);
    f.d->one_page = true;
    big_table(&f, f.d->root, 200, 3, false);
    assert_int_equal(gb_doc_check(f.d, &e), GB_OK);
    assert_int_equal(gb_layout(&p, &f.arena, f.d, &FOOT, &e), GB_E_REPORT);
    fixture_close(&f);
}

/* A body of at most two pages: rows go, in their order, never letters or annexes; what cannot be held is set whole, not lost. */
static void body_of_two_pages(void **state)
{
    (void)state;
    static const int rows[] = { 10, 70, 300 };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        for (int may_drop = 0; may_drop < 2; may_drop++) {
            struct fixture f;
            open_doc(&f);
            f.d->body_max = 2;
            big_table(&f, f.d->root, rows[k], 3, false)->drop = may_drop;
            gb_text_add(f.d, &gb_doc_para(f.d, f.d->root)->text, "Cuối thân bài.", 0);
            struct gb_node *an = gb_doc_section(f.d, f.d->root, "phu-luc", "Phụ lục: Bảng chi tiết");
            an->annex = true;
            gb_text_add(f.d, &gb_doc_para(f.d, an)->text, "Ở phụ lục.", 0);
            struct gb_pages p = lay(&f);
            sound(&p);
            const int last = page_of(&p, "Cuối thân bài.");
            const size_t kept = count_text(&p, "dòng");
            assert_true(page_of(&p, "Ở phụ lục.") > last);
            assert_int_equal(count_text(&p, "Còn "), kept < (size_t)rows[k]);
            if (may_drop) assert_true(last <= 1);
            else assert_int_equal(kept, rows[k]);
            if (rows[k] == 10) assert_int_equal(kept, 10);
            if (rows[k] == 300) assert_true(may_drop ? kept > 40 && kept < 300 : last > 1);
            fixture_close(&f);
        }
}

/* A long document says where its parts are, truly; a short one does not; a list that would cost a page of text becomes a paragraph. */
static void contents(void **state)
{
    (void)state;
    int seen[3] = { 0 };
    for (int k = 0; k <= 28; k++) { /* no long annex; then one, and a text that fills its page and begins another */
        struct fixture f;
        open_doc(&f);
        for (int i = 0; i < 4; i++) {
            struct gb_node *s = gb_doc_section(f.d, f.d->root, gb_sprintf(&f.arena, "phan-%d", i), gb_sprintf(&f.arena, "Phần %d", i));
            for (int n = 0; n < k - 3 * i && n < 7; n++)
                gb_text_add(f.d, &gb_doc_para(f.d, s)->text, "Một câu ngắn.", 0);
        }
        struct gb_node *annex = gb_doc_section(f.d, f.d->root, "phu-luc", "Số liệu");
        annex->annex = true;
        big_table(&f, annex, k ? 400 : 20, 4, false);
        struct gb_pages p = lay(&f);
        sound(&p);
        bool full = page_of(&p, "MỤC LỤC") == 0, brief = page_of(&p, "Mục lục:") == 0;
        assert_false(full && brief);
        assert_int_equal(p.n >= 7, k > 0);
        assert_true(k || !(full || brief));
        seen[full ? 2 : brief]++;
        bool long_text = full || brief;
        int links = 0;
        for (const struct gb_item *it = p.page[0].first; it; it = it->next) {
            links += it->kind == GB_ITEM_LINK;
            if (it->kind == GB_ITEM_LINK && full && it->next && it->next->kind == GB_ITEM_RUN && it->next->next) {
                const struct gb_item *number = it->next->next; /* after the dots */
                const char *title = gb_sprintf(&f.arena, "%s", it->target + 1);
                int at = -1;
                for (int i = 0; i < p.n; i++)
                    for (const struct gb_item *o = p.page[i].first; o; o = o->next)
                        at = o->kind == GB_ITEM_ANCHOR && o->n == strlen(title) && memcmp(o->text, title, o->n) == 0 ? i + 1 : at;
                assert_string_equal(gb_strndup(&f.arena, number->text, number->n), gb_sprintf(&f.arena, "%d", at));
            }
        }
        assert_true(long_text ? links >= 5 : links == 0);
        assert_int_equal(count(&p, gb_sprintf(&f.arena, "Trang %d/%d", p.n, p.n)), p.n > 1);
        fixture_close(&f);
    }
    assert_true(seen[2] > 2 && seen[1] > 0);
}

/* A picture that misses the page by a little is drawn a little lower. */
static void picture_gives_way(void **state)
{
    (void)state;
    int lower = 0;
    double most = 0;
    for (int k = 4; k <= 34; k++) {
        struct fixture f;
        open_doc(&f);
        struct gb_node *s = gb_doc_section(f.d, f.d->root, "muc", "Mục");
        for (int n = 0; n < k; n++)
            gb_text_add(f.d, &gb_doc_para(f.d, s)->text, "Một câu ngắn.", 0);
        struct gb_chart_point pt[2] = { { .x = gb_value_period(GB_FREQ_YEAR, 2024), .y = num(1, 0, "%") }, { .x = gb_value_period(GB_FREQ_YEAR, 2025), .y = num(2, 0, "%") } };
        struct gb_chart_series series = { .name = "Thực hiện", .point = pt, .n = 2 };
        struct gb_chart c = { .kind = GB_CHART_LINE, .title = "Tăng", .alt = "Tăng từ 1% lên 2%.", .unit = "%", .source = "Sở", .series = &series, .n_series = 1, .freq = GB_FREQ_YEAR };
        gb_doc_chart(f.d, s, "hinh", &c);
        struct gb_pages p = lay(&f);
        sound(&p);
        for (int i = 0; i < p.n; i++)
            for (const struct gb_item *it = p.page[i].first; it; it = it->next)
                if (it->kind == GB_ITEM_CHART) {
                    most = it->r.h > most ? it->r.h : most;
                    lower += it->r.h < most - 0.1 && it->r.h > most * 0.83; /* a document set tight has it at 0.82 or less */
                }
        fixture_close(&f);
    }
    assert_true(lower > 0);
}

/* Tables of an annex are looked up: each has its bookmark, one level below its section. Those of the body have none. */
static void bookmarks_of_an_annex(void **state)
{
    (void)state;
    struct fixture f;
    open_doc(&f);
    big_table(&f, gb_doc_section(f.d, f.d->root, "muc", "Mục"), 3, 3, false)->id = "a";
    struct gb_node *annex = gb_doc_section(f.d, f.d->root, "phu-luc", "Số liệu");
    annex->annex = true;
    big_table(&f, annex, 3, 3, false)->id = "b";
    struct gb_node *part = gb_doc_section(f.d, annex, "phan", "Phần");
    part->level = 2;
    big_table(&f, part, 3, 3, false);
    struct gb_pages p = lay(&f);
    char seen[256] = "";
    for (int i = 0; i < p.n; i++)
        for (const struct gb_item *it = p.page[i].first; it; it = it->next)
            if (it->kind == GB_ITEM_OUTLINE)
                snprintf(seen + strlen(seen), sizeof seen - strlen(seen), "%d %.*s; ", it->level, (int)it->n, it->text);
    assert_string_equal(seen, "0 I. MỤC; 0 Phụ lục. Số liệu; 1 Bảng lớn theo xã, phường; 1 I. PHẦN; 2 Bảng lớn theo xã, phường; ");
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bookmarks_of_an_annex), cmocka_unit_test(contents), cmocka_unit_test(picture_gives_way), cmocka_unit_test(five_hundred_rows),
        cmocka_unit_test(decimal_alignment),
        cmocka_unit_test(too_many_columns),
        cmocka_unit_test(monstrous_cells),
        cmocka_unit_test(headings_and_orphans),
        cmocka_unit_test(letterhead_leaves_the_clerk_his_blanks),
        cmocka_unit_test(months_have_their_zero),
        cmocka_unit_test(plain_page_has_no_letterhead),
        cmocka_unit_test(breaks_make_no_empty_page),
        cmocka_unit_test(a_few_last_lines_come_back),
        cmocka_unit_test(units_of_columns), cmocka_unit_test(wide_annex_lies_down), cmocka_unit_test(golden_briefing),
        cmocka_unit_test(golden_table),
        cmocka_unit_test(one_page_exactly),
        cmocka_unit_test(no_head_alone),
        cmocka_unit_test(one_page_or_an_error),
        cmocka_unit_test(body_of_two_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
