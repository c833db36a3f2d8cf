/* test_canvas_watch.c — each fault a watch is for is found and told with its texts and places; what only looks like one is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "canvas/pdf.h"
#include "canvas/watch.h"

static const struct gb_rgba black = { 0, 0, 0, 255 }, white = { 255, 255, 255, 255 }, faint = { 255, 255, 255, 90 };
static void say(struct gb_canvas *cv, double x, double y, const char *s) { gb_canvas_text(cv, GB_SANS, 10, black, GB_START, x, y, s, strlen(s)); }

/* Draws on a page of 200 x 100 and compares what is found. */
static void expect(const char *name, void (*draw)(struct gb_canvas *), size_t faults, const char *text)
{
    struct gb_buf out = { 0 }, trace = { 0 };
    struct gb_err e = { 0 };
    struct gb_watch *w = gb_watch_new();
    for (int again = 0; again < 2; again++) { /* a page forgets the page before */
        struct gb_canvas *cv = gb_canvas_trace(&trace);
        gb_canvas_watch(cv, w, 200, 100);
        draw(cv);
        assert_int_equal(gb_canvas_close(cv, &e), GB_OK);
        gb_buf_reset(&out);
        size_t n = gb_watch_report(w, "trang 1", &out);
        gb_buf_addc(&out, '\0');
        if (n != faults || strcmp(out.p, text) != 0) fail_msg("%s: %zu faults: %s", name, n, out.p);
    }
    gb_watch_free(w);
    gb_buf_release(&out);
    gb_buf_release(&trace);
}

static void two_meet(struct gb_canvas *cv) { say(cv, 10, 20, "Hạc Thành"); say(cv, 40, 24, "Sầm Sơn"); }
static void same_place(struct gb_canvas *cv) { say(cv, 10, 20, "12,5"); say(cv, 10, 20, "13"); }
static void lines_of_text(struct gb_canvas *cv) { say(cv, 10, 20, "gỹ pạ"); say(cv, 10, 31.5, "ẤẪ ĐỔI"); }
/* The tail of the g stands over a blank of the line below: boxes meet, letters do not. */
static void tail_in_a_blank(struct gb_canvas *cv) { say(cv, 10, 20, "g"); say(cv, 4, 27, "i          Ẫ"); }
static void beside(struct gb_canvas *cv) { say(cv, 10, 20, "Xã"); say(cv, 10 + gb_text_width_pt(GB_SANS, 10, "Xã", strlen("Xã")), 20, "Bá Thước"); }
static void out_right(struct gb_canvas *cv) { say(cv, 170, 50, "Thanh Hóa"); }
static void out_top(struct gb_canvas *cv) { say(cv, 10, 5, "Ấn bản"); }
static void cut(struct gb_canvas *cv)
{
    gb_canvas_save(cv);
    gb_canvas_clip(cv, (struct gb_rect){ 0, 0, 30, 100 });
    say(cv, 10, 50, "Thanh Hóa");
    gb_canvas_restore(cv);
    say(cv, 10, 80, "Thanh Hóa");
}
static void covered(struct gb_canvas *cv) { say(cv, 10, 50, "Thanh Hóa"); gb_canvas_fill_rect(cv, (struct gb_rect){ 30, 44, 40, 3 }, white); }
static void not_covered(struct gb_canvas *cv)
{
    gb_canvas_fill_rect(cv, (struct gb_rect){ 30, 44, 40, 3 }, white); /* before the text */
    say(cv, 10, 50, "Thanh Hóa");
    gb_canvas_fill_rect(cv, (struct gb_rect){ 30, 44, 40, 3 }, faint);
    gb_canvas_fill_rect(cv, (struct gb_rect){ 30, 53.5, 40, 3 }, white); /* below the letters */
}
static void shape_out(struct gb_canvas *cv)
{
    gb_canvas_fill_rect(cv, (struct gb_rect){ 190, 10, 20, 10 }, black);
    gb_canvas_fill_rect(cv, (struct gb_rect){ 190, 30, 20, 10 }, black);
}
static void shape_clipped(struct gb_canvas *cv) /* a map's outline: what leaves its frame is not drawn */
{
    gb_canvas_save(cv);
    gb_canvas_clip(cv, (struct gb_rect){ 10, 10, 100, 80 });
    gb_canvas_fill_rect(cv, (struct gb_rect){ -50, 10, 300, 10 }, black);
    gb_canvas_restore(cv);
}
static void line_at_edge(struct gb_canvas *cv)
{
    struct gb_pen blunt = { .color = black, .width_pt = 3 };
    gb_canvas_line(cv, 0, 50, 200, 50, &blunt);
}
static void round_at_edge(struct gb_canvas *cv)
{
    struct gb_pen pen = { .color = black, .width_pt = 3, .round = true };
    gb_canvas_line(cv, 0, 50, 100, 50, &pen);
}
/* An H of Liberation Sans at 10 pt is 1409/2048 em = 6.88 pt high and stands from 0.82 to 6.40 pt of its 7.22 pt. */
static void half_a_point_low(struct gb_canvas *cv) { say(cv, 10, 40, "H"); say(cv, 10, 40 + 6.88 - 0.5, "H"); }
static void half_a_point_right(struct gb_canvas *cv) { say(cv, 10, 40, "H"); say(cv, 10 + 6.40 - 0.82 - 0.5, 40, "H"); }
static void nearly_touching(struct gb_canvas *cv) { say(cv, 10, 40, "H"); say(cv, 10, 40 + 6.88 - 0.1, "H"); say(cv, 30, 40, "H"); say(cv, 30 + 6.40 - 0.82 - 0.1, 40, "H"); }
static void half_a_point_out(struct gb_canvas *cv) { say(cv, 200 - 6.40 + 0.5, 40, "H"); }
static void half_a_point_cut(struct gb_canvas *cv)
{
    gb_canvas_save(cv);
    gb_canvas_clip(cv, (struct gb_rect){ 10.82 + 0.5, 0, 100, 100 });
    say(cv, 10, 40, "H");
    gb_canvas_restore(cv);
}
static void half_a_point_covered(struct gb_canvas *cv) { say(cv, 10, 40, "H"); gb_canvas_fill_rect(cv, (struct gb_rect){ 0, 40 - 0.5, 50, 5 }, white); }
/* Two cells of a row: what is too long for the first stands in the second. */
static void cell_too_long(struct gb_canvas *cv)
{
    gb_canvas_fill_rect(cv, (struct gb_rect){ 10, 40, 180, 14 }, white);
    say(cv, 12, 50, "91.234.567.890.123,4 tỷ đồng");
    gb_canvas_text(cv, GB_SANS, 10, black, GB_END, 160, 50, "Phường Hạc Thành", strlen("Phường Hạc Thành"));
}
/* Words of a justified line, each drawn by itself; the second line too close to it. */
static void line_on_line(struct gb_canvas *cv)
{
    double x = 10;
    static const char *const word[] = { "Tỷ ", "lệ ", "giải ", "ngân" };
    for (int i = 0; i < 4; i++) {
        say(cv, x, 40, word[i]);
        x += gb_text_width_pt(GB_SANS, 10, word[i], strlen(word[i])) + 0.4;
    }
    say(cv, 10, 47, "ĐẠT");
}
static void twelve(struct gb_canvas *cv) { for (int i = 0; i < 13; i++) say(cv, 190, 20, "mmm"); }

static void test_faults(void **state)
{
    (void)state;
    expect("two meet", two_meet, 1, "trang 1: \"Hạc Thành\" (10,20) chồng lên \"Sầm Sơn\" (40,24)\n");
    expect("same place", same_place, 1, "trang 1: \"12,5\" (10,20) chồng lên \"13\" (10,20)\n");
    expect("right edge", out_right, 1, "trang 1: \"Thanh Hóa\" (170,50) ra ngoài trang\n");
    expect("top edge", out_top, 1, "trang 1: \"Ấn bản\" (10,5) ra ngoài trang\n");
    expect("cut", cut, 1, "trang 1: \"Thanh Hóa\" (10,50) bị cắt\n");
    expect("covered", covered, 1, "trang 1: \"Thanh Hóa\" (10,50) bị vẽ đè\n");
    expect("round line", round_at_edge, 1, "trang 1: nét vẽ ra ngoài trang (-1,48)\n");
    expect("half a point low", half_a_point_low, 1, "trang 1: \"H\" (10,40) chồng lên \"H\" (10,46)\n");
    expect("half a point right", half_a_point_right, 1, "trang 1: \"H\" (10,40) chồng lên \"H\" (15,40)\n");
    expect("half a point out", half_a_point_out, 1, "trang 1: \"H\" (194,40) ra ngoài trang\n");
    expect("half a point cut", half_a_point_cut, 1, "trang 1: \"H\" (10,40) bị cắt\n");
    expect("half a point covered", half_a_point_covered, 1, "trang 1: \"H\" (10,40) bị vẽ đè\n");
    expect("a cell", cell_too_long, 1, "trang 1: \"91.234.567.890.123,4 tỷ đồng\" (12,50) chồng lên \"Phường Hạc Thành\" (71,50)\n");
    expect("line on line", line_on_line, 1, "trang 1: \"Tỷ lệ giải ngân\" (10,40) chồng lên \"ĐẠT\" (10,47)\n");
    expect("shape", shape_out, 1, "trang 1: nét vẽ ra ngoài trang (190,10)\n");
}

static void test_no_faults(void **state)
{
    (void)state;
    expect("nearly touching", nearly_touching, 0, "");
    expect("lines", lines_of_text, 0, "");
    expect("tail", tail_in_a_blank, 0, "");
    expect("beside", beside, 0, "");
    expect("not covered", not_covered, 0, "");
    expect("blunt line", line_at_edge, 0, "");
    expect("clipped shape", shape_clipped, 0, "");
}

static void test_many(void **state)
{
    (void)state;
    struct gb_buf out = { 0 }, trace = { 0 };
    struct gb_err e = { 0 };
    struct gb_watch *w = gb_watch_new();
    struct gb_canvas *cv = gb_canvas_trace(&trace);
    gb_canvas_watch(cv, w, 200, 100);
    twelve(cv);
    assert_int_equal(gb_canvas_close(cv, &e), GB_OK);
    assert_int_equal(gb_watch_report(w, "trang 3", &out), 13 + 13 * 12 / 2); /* each leaves the page and meets each */
    gb_buf_addc(&out, '\0');
    assert_non_null(strstr(out.p, "trang 3: và 83 lỗi nữa\n"));
    size_t lines = 0;
    for (const char *p = out.p; (p = strchr(p, '\n')); p++) lines++;
    assert_int_equal(lines, GB_WATCH_MAX + 1);
    gb_watch_free(w);
    gb_buf_release(&out);
    gb_buf_release(&trace);
}

/* The pages of a PDF are watched as they are drawn. */
static void test_pdf(void **state)
{
    (void)state;
    struct gb_pdf_info info = { .title = "t", .author = "a", .subject = "s", .keywords = "k", .date = { 2026, 11, 22 }, .lang = "vi" };
    struct gb_pdf *p = gb_pdf_new(&info);
    struct gb_watch *w = gb_watch_new();
    struct gb_buf out = { 0 }, bytes = { 0 };
    struct gb_err e = { 0 };
    for (int i = 0; i < 2; i++) {
        struct gb_canvas *cv = gb_pdf_page(p, 200, 100);
        gb_canvas_watch(cv, w, 200, 100);
        if (i) two_meet(cv);
        assert_int_equal(gb_watch_report(w, "trang", &out), i);
    }
    assert_int_equal(gb_pdf_save(p, &bytes, &e), GB_OK);
    gb_pdf_free(p);
    gb_watch_free(w);
    gb_buf_release(&out);
    gb_buf_release(&bytes);
}

/* So are the pictures of a page of the web. */
static void test_svg(void **state)
{
    (void)state;
    struct gb_watch *w = gb_watch_new();
    struct gb_buf svg = { 0 }, out = { 0 };
    struct gb_err e = { 0 };
    struct gb_canvas *cv = gb_canvas_svg(200, 100, "t", "d", "vi", &svg);
    gb_canvas_watch(cv, w, 200, 100);
    two_meet(cv);
    half_a_point_out(cv);
    assert_int_equal(gb_canvas_close(cv, &e), GB_OK);
    assert_int_equal(gb_watch_report(w, "hình", &out), 2);
    gb_watch_free(w);
    gb_buf_release(&svg);
    gb_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_faults), cmocka_unit_test(test_no_faults), cmocka_unit_test(test_many), cmocka_unit_test(test_pdf), cmocka_unit_test(test_svg) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
