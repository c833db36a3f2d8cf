/* bench_canvas_pdf.c — CPU of a five-page document with four fonts, 250 lines of text, rules and links. */
#include <stdio.h>
#include <time.h>

#include "canvas/pdf.h"

enum { PAGES = 5, LINES = 50, RUNS = 50 };

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int make(struct gb_buf *out)
{
    static const char text[] = "Tỷ lệ giải ngân vốn đầu tư công tháng 10/2026 đạt 68,4%, tăng 3,2 điểm % so với cùng kỳ.";
    static const enum gb_font font[] = { GB_SERIF, GB_SERIF_BOLD, GB_SERIF_ITALIC, GB_SANS };
    struct gb_pdf_info info = { .title = "Báo cáo nhanh", .author = "UBND tỉnh", .date = { 2026, 11, 22 }, .lang = "vi" };
    struct gb_pdf *p = gb_pdf_new(&info);
    struct gb_pen rule = { .color = GB_RGB(0x8c8c8c), .width_pt = 0.5 };
    struct gb_err e = { 0 };
    for (int page = 0; page < PAGES; page++) {
        struct gb_canvas *cv = gb_pdf_page(p, 595.28, 841.89);
        gb_pdf_outline(p, page ? 1 : 0, "Kết quả theo lĩnh vực", 60);
        if (page == 2) gb_pdf_anchor(p, "bang-3", 100);
        gb_canvas_link(cv, (struct gb_rect){ 50, 50, 100, 12 }, "#bang-3");
        for (int i = 0; i < LINES; i++) {
            gb_canvas_text(cv, font[i % 4], 12, GB_RGB(0x1a1a1a), GB_START, 60, 60 + i * 15, text, sizeof text - 1);
            gb_canvas_line(cv, 60, 64 + i * 15, 535, 64 + i * 15, &rule);
        }
    }
    int bad = gb_pdf_save(p, out, &e) != GB_OK;
    gb_pdf_free(p);
    return bad;
}

int main(void)
{
    struct gb_buf out = { 0 };
    struct gb_err e = { 0 };
    double t0 = cpu_ms();
    if (gb_fonts_warm(&e)) return 1;
    double t1 = cpu_ms();
    gb_pdf_warm();
    double t2 = cpu_ms();
    for (int i = 0; i < RUNS; i++) {
        gb_buf_reset(&out);
        if (make(&out)) return 1;
    }
    printf("fonts %.1f ms and their PDF form %.1f ms, once a process; five pages, four fonts: %.2f ms, %zu bytes\n", t1 - t0, t2 - t1, (cpu_ms() - t2) / RUNS, out.n);
    gb_buf_release(&out);
    return 0;
}
