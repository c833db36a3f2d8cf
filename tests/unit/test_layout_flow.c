/* test_layout_flow.c — what goes on which page: pictures that stand a little later rather than leave half a page blank, bars that keep
 * all their rows, whatever the text before them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "document_fixture.h"
#include "layout/layout.h"

#define MM (72.0 / 25.4)

static struct gb_pages lay(struct fixture *f)
{
    struct gb_err e = { 0 };
    struct gb_pages p;
    char line[GB_ERR_TEXT];
    if (gb_doc_check(f->d, &e) || gb_layout(&p, &f->arena, f->d, &(struct gb_layout_foot){ "2026-11-22-r1", "9f3c", NULL }, &e))
        fail_msg("%s", gb_err_line(&e, line, sizeof line));
    return p;
}

static void open_doc(struct fixture *f)
{
    fixture_open(f);
    f->c.locality = (struct gb_locality){ .parent_agency = "ỦY BAN NHÂN DÂN", .issuing_agency = "TỈNH THANH HÓA", .office = "VĂN PHÒNG",
                                          .place = "Thanh Hóa", .symbol = "BC-VP", .contact = "Văn phòng", .committee = "UBND tỉnh", .name = "Tỉnh Thanh Hóa" };
    f->d->type_name = "BÁO CÁO";
    f->d->title = "Tình hình";
}

static void paras(struct fixture *f, struct gb_node *in, int n, const char *text)
{
    for (int i = 0; i < n; i++)
        gb_text_add(f->d, &gb_doc_para(f->d, in)->text, gb_sprintf(&f->arena, "%s %d.", text, i), 0);
}

static struct gb_value percent(int64_t n)
{
    return (struct gb_value){ .kind = GB_V_NUM, .num = n, .unit = "%", .fact = { -1, -1, 0, GB_D_NONE } };
}

static void bars(struct fixture *f, struct gb_node *in, const char *id, int rows, enum gb_chart_kind kind)
{
    struct gb_chart_point *pt = GB_NEW_N(&f->arena, (size_t)rows, struct gb_chart_point);
    for (int i = 0; i < rows; i++)
        pt[i] = (struct gb_chart_point){ .label = gb_sprintf(&f->arena, "Xã số %d", i), .y = percent(100 - i) };
    struct gb_chart_series s = { .name = "Thực hiện", .point = pt, .n = (size_t)rows };
    struct gb_chart c = { .kind = kind, .title = "Cao nhất tại Xã số 0", .alt = "Xã số 0 cao nhất: 100%.", .unit = "%", .source = "Sở", .series = &s, .n_series = 1 };
    gb_doc_chart(f->d, in, id, &c);
}

/* Share of the text's height that is used, 0..1. */
static double fill_of(const struct gb_page *p)
{
    double low = 0;
    for (const struct gb_item *it = p->first; it; it = it->next) {
        double y = it->kind == GB_ITEM_RUN ? it->r.y : it->r.y + it->r.h;
        low = y < p->h_pt - 20 * MM + 1 && y > low ? y : low;
    }
    return (low - 20 * MM) / (p->h_pt - 40 * MM);
}

static int page_of(const struct gb_pages *p, const char *text, int *times)
{
    int at = -1;
    *times = 0;
    for (int i = 0; i < p->n; i++)
        for (const struct gb_item *it = p->page[i].first; it; it = it->next)
            if (it->kind == GB_ITEM_RUN && it->n == strlen(text) && memcmp(it->text, text, it->n) == 0) {
                at = i;
                ++*times;
            }
    return at;
}

/* A picture of half a page after k paragraphs, a lot of text behind it: no page but the last is half blank, nothing is lost, nothing twice, and
 * where the picture moved, it is the text behind it that came first. */
static void tall_picture(void **state)
{
    (void)state;
    int moved = 0;
    for (int k = 0; k <= 24; k++)
        for (int headed = 0; headed < 2; headed++) {
            struct fixture f;
            open_doc(&f);
            struct gb_node *s = gb_doc_section(f.d, f.d->root, "mot", "Mục một");
            paras(&f, s, k, "Trước");
            if (headed)
                s = gb_doc_section(f.d, f.d->root, "hai", "Mục hai");
            bars(&f, s, "hinh", 36, GB_CHART_DOTS);
            paras(&f, s, 14, "Sau");
            struct gb_node *next = gb_doc_section(f.d, f.d->root, "ba", "Mục ba");
            paras(&f, next, 14, "Cuối");
            struct gb_pages p = lay(&f);
            for (int i = 0; i + 1 < p.n; i++)
                if (fill_of(&p.page[i]) < 0.75)
                    fail_msg("%d paragraphs: page %d of %d is %.0f %% full", k, i + 1, p.n, fill_of(&p.page[i]) * 100);
            int times, picture = -1, first = page_of(&p, "Sau 0.", &times), pictures = 0;
            assert_int_equal(times, 1);
            for (int i = 0; i < p.n; i++)
                for (const struct gb_item *it = p.page[i].first; it; it = it->next)
                    if (it->kind == GB_ITEM_CHART) {
                        picture = i;
                        pictures++;
                    }
            assert_int_equal(pictures, 1);
            int after_head = page_of(&p, headed ? "II. MỤC HAI" : "I. MỤC MỘT", &times);
            assert_int_equal(times, 1);
            assert_true(picture >= after_head && picture <= page_of(&p, "Sau 13.", &times) + 1);
            moved += first < picture;
            for (int i = 0; i < 14; i++) {
                page_of(&p, gb_sprintf(&f.arena, "Cuối %d.", i), &times);
                assert_int_equal(times, 1);
            }
            fixture_close(&f);
        }
    assert_true(moved > 5);
}

/* A picture that ends its section under its own heading stays there: a heading never stands above another section. */
static void not_from_its_heading(void **state)
{
    (void)state;
    for (int k = 1; k <= 24; k++) {
        struct fixture f;
        open_doc(&f);
        paras(&f, gb_doc_section(f.d, f.d->root, "mot", "Mục một"), k, "Trước");
        bars(&f, gb_doc_section(f.d, f.d->root, "hai", "Mục hai"), "hinh", 36, GB_CHART_DOTS);
        paras(&f, gb_doc_section(f.d, f.d->root, "ba", "Mục ba"), 12, "Cuối");
        f.d->signature = true;
        struct gb_pages p = lay(&f);
        int times, head = page_of(&p, "II. MỤC HAI", &times), sign = page_of(&p, "Nơi nhận:", &times);
        for (int i = 0; i < p.n; i++)
            for (const struct gb_item *it = p.page[i].first; it; it = it->next)
                if (it->kind == GB_ITEM_CHART) {
                    assert_int_equal(i, head);
                    assert_true(i <= sign);
                }
        fixture_close(&f);
    }
}

/* However tight a document is set, bars are drawn in a height that leaves none of them out. */
static void bars_keep_their_rows(void **state)
{
    (void)state;
    int tight = 0;
    for (int k = 0; k <= 30; k++) {
        struct fixture f;
        open_doc(&f);
        f.d->signature = true;
        struct gb_node *s = gb_doc_section(f.d, f.d->root, "mot", "Mục một");
        paras(&f, s, k, "Trước");
        bars(&f, s, "hinh", 20, GB_CHART_BARS);
        paras(&f, s, 4, "Giữa");
        bars(&f, s, "hinh-hai", 12, GB_CHART_BULLET);
        struct gb_pages p = lay(&f);
        for (int i = 0; i < p.n; i++)
            for (const struct gb_item *it = p.page[i].first; it; it = it->next)
                if (it->kind == GB_ITEM_CHART) {
                    struct gb_chart_style st = gb_layout_chart_style(it->chart);
                    double least = gb_chart_least_pt(it->chart, it->r.w, &st), wish = gb_chart_height_pt(it->chart, it->r.w, &st);
                    assert_true(least < wish);
                    if (it->r.h < least)
                        fail_msg("%d paragraphs: %.1f pt for bars that need %.1f", k, it->r.h, least);
                    tight += it->r.h < wish - 0.1;
                }
        fixture_close(&f);
    }
    assert_true(tight > 0);
}

/* Lines of justified text end at one edge: letters on it, light marks a little beyond, never more than the mark is wide. */
static void marks_hang(void **state)
{
    (void)state;
    static const char TEXT[] = "Đề nghị các sở, ban, ngành, đơn vị, xã, phường, đoàn thể, hội, quỹ, viện, trường, trạm, đội, tổ, nhóm rà soát, báo cáo, tháo gỡ, "
                               "điều chỉnh, đôn đốc, kiểm tra, xử lý, công khai, giải trình, tiếp thu, bổ sung, hoàn thiện, ban hành, thực hiện, sơ kết, tổng kết. ";
    struct fixture f;
    open_doc(&f);
    for (int i = 0; i < 12; i++)
        gb_text_add(f.d, &gb_doc_para(f.d, f.d->root)->text, gb_sprintf(&f.arena, "%.*s%s%s", 6 * i, "xa lo ta mo ca ra da sa xa lo ta mo ca ra da sa xa lo ta mo ca ra da sa ", " ", TEXT), 0);
    struct gb_pages p = lay(&f);
    int hung = 0, straight = 0;
    double edge = p.page[0].w_pt - 15 * MM;
    for (const struct gb_item *it = p.page[0].first; it; it = it->next) {
        if (it->kind != GB_ITEM_RUN || it->word_space_pt == 0 || it->r.x > 30 * MM + 40 || it->r.x + it->r.w < edge - 1)
            continue;
        double over = it->r.x + it->r.w - edge, comma = gb_text_width_pt(it->font, it->size_pt, ",", 1);
        if (it->text[it->n - 1] == ',') {
            hung++;
            assert_true(over > comma * 0.69 && over < comma * 0.71);
        } else if (it->text[it->n - 1] != '.') {
            straight++;
            assert_true(over > -0.01 && over < 0.01);
        }
    }
    assert_true(hung > 3 && straight > 3);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tall_picture),
        cmocka_unit_test(not_from_its_heading),
        cmocka_unit_test(bars_keep_their_rows),
        cmocka_unit_test(marks_hang),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
