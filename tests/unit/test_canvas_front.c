/* test_canvas_front.c — the front end refuses what the libraries behind would garble; every back end writes what it says. */
#define _GNU_SOURCE /* memmem */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "canvas/pdf.h"
#include "pdf_plain.h"

typedef void (*draw_fn)(struct gb_canvas *cv, struct gb_arena *a);

static void say(struct gb_canvas *cv, const char *s) { gb_canvas_text(cv, GB_SANS, 9, GB_RGB(0x111111), GB_START, 10, 20, s, strlen(s)); }
static void nan_text(struct gb_canvas *cv, struct gb_arena *a)
{
    (void)a;
    gb_canvas_text(cv, GB_SANS, 9, GB_RGB(0), GB_START, NAN, 20, "a", 1);
}
static void bad_utf8(struct gb_canvas *cv, struct gb_arena *a)
{
    (void)a;
    say(cv, "Thanh H\xC3");
}
static void no_glyph(struct gb_canvas *cv, struct gb_arena *a)
{
    (void)a;
    say(cv, "漢");
}
static void beyond_bmp(struct gb_canvas *cv, struct gb_arena *a)
{
    (void)a;
    say(cv, "😀");
}
static void bidi(struct gb_canvas *cv, struct gb_arena *a)
{
    (void)a;
    say(cv, "a\xE2\x80\xAE"
            "b");
}
static void infinite_path(struct gb_canvas *cv, struct gb_arena *a)
{
    struct gb_path p;
    gb_path_init(&p, a);
    gb_path_move(&p, 0, 0);
    gb_path_line(&p, INFINITY, 3);
    gb_canvas_fill(cv, &p, GB_RGB(0));
}
static void no_move(struct gb_canvas *cv, struct gb_arena *a)
{
    struct gb_path p;
    gb_path_init(&p, a);
    gb_path_line(&p, 1, 3);
    gb_canvas_fill(cv, &p, GB_RGB(0));
}
static void zero_pen(struct gb_canvas *cv, struct gb_arena *a)
{
    (void)a;
    struct gb_pen pen = { .color = GB_RGB(0) };
    gb_canvas_line(cv, 0, 0, 1, 1, &pen);
}
static void nan_rect(struct gb_canvas *cv, struct gb_arena *a)
{
    (void)a;
    gb_canvas_fill_rect(cv, (struct gb_rect){ 0, 0, NAN, 1 }, GB_RGB(0));
}
static void unbalanced(struct gb_canvas *cv, struct gb_arena *a)
{
    (void)a;
    gb_canvas_save(cv);
}
static void too_many_restores(struct gb_canvas *cv, struct gb_arena *a)
{
    (void)a;
    gb_canvas_restore(cv);
}
static void open_tag(struct gb_canvas *cv, struct gb_arena *a)
{
    (void)a;
    gb_canvas_tag_begin(cv, GB_TAG_FIGURE, "x");
}
static void wrong_tag(struct gb_canvas *cv, struct gb_arena *a)
{
    (void)a;
    gb_canvas_tag_begin(cv, GB_TAG_FIGURE, "x");
    gb_canvas_tag_end(cv, GB_TAG_TABLE);
}
static void bare_clip(struct gb_canvas *cv, struct gb_arena *a)
{
    (void)a;
    gb_canvas_clip(cv, (struct gb_rect){ 0, 0, 1, 1 });
}

static enum gb_code close_quietly(struct gb_canvas *cv)
{
    struct gb_err e = { 0 };
    enum gb_code code = gb_canvas_close(cv, &e);
    assert_int_equal(code, e.code);
    return code;
}

/* Each fault is an error on each back end, later calls add nothing, and nothing is written. */
static void test_refusals(void **state)
{
    (void)state;
    static const struct { draw_fn draw; enum gb_code code; } cases[] = {
        { nan_text, GB_E_BUG },   { bad_utf8, GB_E_REPORT }, { no_glyph, GB_E_REPORT },      { beyond_bmp, GB_E_REPORT }, { bidi, GB_E_REPORT },
        { infinite_path, GB_E_BUG }, { no_move, GB_E_BUG },  { zero_pen, GB_E_BUG },         { nan_rect, GB_E_BUG },      { unbalanced, GB_E_BUG },
        { too_many_restores, GB_E_BUG }, { open_tag, GB_E_BUG }, { wrong_tag, GB_E_BUG },   { bare_clip, GB_E_BUG },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int back = 0; back < 4; back++) {
            struct gb_arena a;
            struct gb_buf out = { 0 };
            struct gb_pdf *pdf = NULL;
            struct gb_pdf_info info = { .title = "t", .date = { 2026, 1, 1 } };
            struct gb_err e = { 0 };
            gb_arena_init(&a, 0);
            struct gb_canvas *cv = back == 0 ? gb_canvas_trace(&out) : back == 1 ? gb_canvas_svg(100, 100, "t", "d", "vi", &out) : back == 2 ? gb_canvas_png(100, 100, 1, &out) : NULL;
            if (!cv) cv = gb_pdf_page(pdf = gb_pdf_new(&info), 100, 100);
            cases[i].draw(cv, &a);
            size_t written = out.n;
            say(cv, "sau lỗi");
            if (pdf) assert_int_equal(gb_pdf_save(pdf, &out, &e), cases[i].code);
            else assert_int_equal(close_quietly(cv), cases[i].code);
            /* The two that are only found at the end let the text through. */
            if (cases[i].draw != unbalanced && cases[i].draw != open_tag) assert_int_equal(out.n, written);
            gb_pdf_free(pdf);
            gb_buf_release(&out);
            gb_arena_release(&a);
        }
}

static void test_trace(void **state)
{
    (void)state;
    struct gb_buf out = { 0 };
    struct gb_canvas *cv = gb_canvas_trace(&out);
    struct gb_pen pen = { GB_RGB(0x00609c), 1.5, { 4, 2 }, 2, true };
    gb_canvas_tag_begin(cv, GB_TAG_FIGURE, "Một \"hình\"");
    gb_canvas_save(cv);
    gb_canvas_clip(cv, (struct gb_rect){ 0, 0, 50, 40.005 });
    gb_canvas_line(cv, 1, 2, -0.001, 4.125, &pen);
    gb_canvas_restore(cv);
    gb_canvas_text(cv, GB_SERIF_BOLD, 10, GB_RGB(0x1a1a1a), GB_END, 100, 20, "Đắk Lắk", strlen("Đắk Lắk"));
    gb_canvas_link(cv, (struct gb_rect){ 1, 2, 3, 4 }, "#a");
    gb_canvas_tag_end(cv, GB_TAG_FIGURE);
    assert_int_equal(close_quietly(cv), GB_OK);
    char width[32], start[32], want[600];
    double w = gb_text_width_pt(GB_SERIF_BOLD, 10, "Đắk Lắk", strlen("Đắk Lắk"));
    snprintf(width, sizeof width, "%.2f", w);
    snprintf(start, sizeof start, "%.2f", 100 - w);
    snprintf(want, sizeof want,
             "tag+ figure \"Một \\\"hình\\\"\"\n  save\n    clip 0.00 0.00 50.00 40.01\n    stroke #00609cff w=1.50 dash=4.00,2.00 round M 1.00,2.00 L 0.00,4.13\n"
             "  restore\n  text %s 20.00 w=%s serif-bold 10.00 #1a1a1aff end \"Đắk Lắk\"\n  link 1.00 2.00 3.00 4.00 \"#a\"\ntag- figure\n",
             start, width);
    assert_string_equal(out.p, want);
    gb_buf_release(&out);
}

static void test_svg(void **state)
{
    (void)state;
    struct gb_buf out = { 0 };
    struct gb_canvas *cv = gb_canvas_svg(200, 100.5, "Tỷ lệ <b> & \"x\"", "Mô tả", "vi", &out);
    gb_canvas_fill_rect(cv, (struct gb_rect){ 1.234, 2, 3, 4 }, GB_RGB(0xffffff));
    gb_canvas_save(cv);
    gb_canvas_clip(cv, (struct gb_rect){ 0, 0, 10, 10 });
    gb_canvas_restore(cv);
    gb_canvas_text(cv, GB_SANS_BOLD, 9.5, GB_RGB(0x00609c), GB_END, 100, 50, "a<b&c", 5);
    assert_int_equal(close_quietly(cv), GB_OK);
    assert_string_equal(out.p, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 100.5\" width=\"200\" height=\"100.5\" lang=\"vi\" role=\"img\" "
                               "font-family=\"'Liberation Sans',Arial,Helvetica,sans-serif\">\n<title>Tỷ lệ &lt;b&gt; &amp; &quot;x&quot;</title>\n<desc>Mô tả</desc>\n"
                               "<rect x=\"1.23\" y=\"2\" width=\"3\" height=\"4\" fill=\"#fff\"/>\n"
                               "<svg x=\"0\" y=\"0\" width=\"10\" height=\"10\" viewBox=\"0 0 10 10\"></svg>"
                               "<text x=\"100\" y=\"50\" font-size=\"9.5\" font-weight=\"700\" text-anchor=\"end\" fill=\"#00609c\">a&lt;b&amp;c</text>\n</svg>\n");
    gb_buf_reset(&out);
    static const char *const outside[] = { "https://a", "//a", "/etc", "javascript:x", "../../x", "\\\\a" };
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        cv = gb_canvas_svg(10, 10, NULL, NULL, NULL, &out);
        gb_canvas_link(cv, (struct gb_rect){ 0, 0, 1, 1 }, outside[i]);
        assert_int_equal(close_quietly(cv), GB_E_REPORT);
        assert_int_equal(out.n, 0);
    }
    gb_buf_release(&out);
}

/* Only IHDR, IDAT, IEND and the ground colour that cairo adds; same bytes twice; the bar that was drawn is in the pixels' file. */
static void test_png(void **state)
{
    (void)state;
    struct gb_buf out[3] = { { 0 } };
    for (int i = 0; i < 3; i++) {
        struct gb_canvas *cv = gb_canvas_png(50, 20, 2, &out[i]);
        if (i < 2) gb_canvas_fill_rect(cv, (struct gb_rect){ 5, 5, 0.3, 10 }, GB_RGB(0x00609c));
        say(cv, "Ưu");
        assert_int_equal(close_quietly(cv), GB_OK);
    }
    assert_int_equal(out[0].n, out[1].n);
    assert_memory_equal(out[0].p, out[1].p, out[0].n);
    assert_false(out[0].n == out[2].n && memcmp(out[0].p, out[2].p, out[0].n) == 0);
    for (size_t at = 8; at + 8 <= out[0].n;) {
        const uint8_t *c = (const uint8_t *)out[0].p + at;
        size_t len = (size_t)c[0] << 24 | (size_t)c[1] << 16 | (size_t)c[2] << 8 | c[3];
        assert_true(memcmp(c + 4, "IHDR", 4) == 0 || memcmp(c + 4, "IDAT", 4) == 0 || memcmp(c + 4, "IEND", 4) == 0 || memcmp(c + 4, "bKGD", 4) == 0);
        at += len + 12;
    }
    for (int i = 0; i < 3; i++) gb_buf_release(&out[i]);
}

static void test_pdf_links(void **state)
{
    (void)state;
    struct gb_pdf_info info = { .title = "Liên kết", .date = { 2026, 11, 22 }, .lang = "vi" };
    struct gb_buf out = { 0 };
    struct gb_err e = { 0 };
    char line[1024];
    for (int missing = 0; missing < 2; missing++) {
        struct gb_pdf *p = gb_pdf_new(&info);
        struct gb_canvas *cv = gb_pdf_page(p, 200, 200);
        gb_canvas_link(cv, (struct gb_rect){ 10, 10, 50, 12 }, "#sau"); /* forward */
        gb_canvas_link(cv, (struct gb_rect){ 10, 30, 50, 12 }, "indicator/x.html"); /* leads out of the file: no link */
        gb_pdf_page(p, 200, 200);
        if (!missing) gb_pdf_anchor(p, "sau", 40);
        gb_pdf_outline(p, 0, "Một", 0);
        gb_pdf_outline(p, 5, "Một.một", 50); /* a skipped level is no level */
        gb_err_clear(&e);
        enum gb_code code = gb_pdf_save(p, &out, &e);
        if (missing) {
            assert_int_equal(code, GB_E_REPORT);
            assert_non_null(strstr(gb_err_line(&e, line, sizeof line), "sau"));
        } else if (code) fail_msg("%s", gb_err_line(&e, line, sizeof line));
        gb_pdf_free(p);
    }
    struct gb_buf plain = { 0 };
    pdf_plain(&out, &plain);
    assert_int_equal(pdf_count(&plain, "/Subtype /Link"), 1);
    assert_int_equal(pdf_count(&plain, "/F 4\n"), 1); /* links are printed, or no archive takes them */
    assert_int_equal(pdf_count(&plain, "/StructTreeRoot"), 0); /* no structure was given, none is claimed */
    assert_int_equal(pdf_count(&plain, "<pdfaid:conformance>U<"), 1);
    gb_buf_release(&plain);
    struct gb_pdf *p = gb_pdf_new(&info);
    gb_err_clear(&e);
    assert_int_equal(gb_pdf_save(p, &out, &e), GB_E_BUG); /* no page */
    gb_pdf_free(p);
    p = gb_pdf_new(&info);
    gb_pdf_page(p, 20000, 10);
    gb_err_clear(&e);
    assert_int_equal(gb_pdf_save(p, &out, &e), GB_E_BUG);
    gb_pdf_free(p);
    p = gb_pdf_new(&info); /* abandoned in the middle of a page: nothing leaks */
    gb_canvas_save(gb_pdf_page(p, 100, 100));
    gb_pdf_free(p);
    gb_buf_release(&out);
}

static void test_metrics(void **state)
{
    (void)state;
    /* Liberation Sans has the widths of Arial: digits 1139, "A" 1366 of 2048 units. */
    assert_true(fabs(gb_text_width_pt(GB_SANS, 2048, "1A", 2) - (1139 + 1366)) < 1e-9);
    assert_true(fabs(gb_text_width_pt(GB_SERIF, 10, "aa", 2) - 2 * gb_text_width_pt(GB_SERIF, 10, "a", 1)) < 1e-9);
    assert_int_equal(gb_font_lacks(GB_SERIF, "Thủy điện ☃", strlen("Thủy điện ☃")), 0x2603);
    assert_true(gb_font_ascent_pt(GB_SERIF, 10) > 8 && gb_font_descent_pt(GB_SERIF, 10) > 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_refusals), cmocka_unit_test(test_trace), cmocka_unit_test(test_svg), cmocka_unit_test(test_png),
                                        cmocka_unit_test(test_pdf_links), cmocka_unit_test(test_metrics) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
