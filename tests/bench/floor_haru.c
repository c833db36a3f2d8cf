/* floor_haru.c FONTDIR NAME — five A4 pages by bare libharu: two fonts, 40 lines of text a page, four charts of 60 strokes and 20
 * labels, compressed. Cold: fonts are loaded each time, as a program that makes one document does. */
#include <hpdf.h>
#include "bench.h"

static void fail(HPDF_STATUS code, HPDF_STATUS detail, void *ctx)
{
    (void)ctx;
    fprintf(stderr, "libharu %04lx %lu\n", (unsigned long)code, (unsigned long)detail);
    exit(1);
}

static void chart(HPDF_Page page, HPDF_Font font, float y)
{
    for (int i = 0; i < 60; i++) {
        HPDF_Page_MoveTo(page, 90.0f + 6.0f * (float)i, y + (float)(i * 37 % 90));
        HPDF_Page_LineTo(page, 96.0f + 6.0f * (float)i, y + (float)((i + 1) * 37 % 90));
        HPDF_Page_Stroke(page);
    }
    HPDF_Page_SetFontAndSize(page, font, 8.5f);
    for (int i = 0; i < 20; i++) {
        HPDF_Page_BeginText(page);
        HPDF_Page_TextOut(page, 90.0f + 18.0f * (float)i, y - 10, "Phường Hạc");
        HPDF_Page_EndText(page);
    }
}

static size_t document(const char *dir)
{
    HPDF_Doc pdf = HPDF_New(fail, NULL);
    char path[2][4096];
    snprintf(path[0], sizeof path[0], "%s/LiberationSerif-Regular.ttf", dir);
    snprintf(path[1], sizeof path[1], "%s/LiberationSans-Regular.ttf", dir);
    HPDF_UseUTFEncodings(pdf);
    HPDF_SetCompressionMode(pdf, HPDF_COMP_ALL);
    HPDF_Font serif = HPDF_GetFont(pdf, HPDF_LoadTTFontFromFile(pdf, path[0], HPDF_TRUE), "UTF-8");
    HPDF_Font sans = HPDF_GetFont(pdf, HPDF_LoadTTFontFromFile(pdf, path[1], HPDF_TRUE), "UTF-8");
    for (int k = 0; k < 5; k++) {
        HPDF_Page page = HPDF_AddPage(pdf);
        HPDF_Page_SetSize(page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
        for (int line = 0; line < (k ? 32 : 40); line++) {
            char text[160];
            snprintf(text, sizeof text, "%d. Giải ngân vốn đầu tư công đạt %d,%d%% kế hoạch, tăng 3,2 điểm %% so với cùng kỳ năm trước.", line, 40 + line, k);
            HPDF_Page_BeginText(page);
            HPDF_Page_SetFontAndSize(page, serif, 13);
            HPDF_Page_TextOut(page, 85, 770 - 17 * (float)line, text);
            HPDF_Page_EndText(page);
        }
        if (k) chart(page, sans, 80);
    }
    HPDF_SaveToStream(pdf);
    size_t n = HPDF_GetStreamSize(pdf);
    HPDF_Free(pdf);
    return n;
}

int main(int argc, char **argv)
{
    if (argc < 3) bench_die("usage: floor_haru FONTDIR NAME");
    enum { TIMES = 10 };
    size_t n = 0;
    double start = bench_cpu_s();
    for (int i = 0; i < TIMES; i++) n = document(argv[1]);
    char remark[64];
    snprintf(remark, sizeof remark, "bytes=%zu", n);
    bench_line(argv[2], (bench_cpu_s() - start) / TIMES, remark);
    return 0;
}
