/* test_canvas_letters.c — every Vietnamese letter of every bundled font, from the PDF to pixels, against the font as its makers made it.
 *
 * libharu's own subsetter is known to lose accents while the text extracted stays right; our fonts pass hb-subset and our own font
 * objects. So text extraction proves nothing: the page is rendered by poppler and each letter's cell is compared with FreeType's
 * rendering of the ORIGINAL file of fonts-liberation2. A letter passes when its ink overlaps with its own original by 90%
 * and no other letter's original fits it better (an "á" drawn for "ắ" fits "á"). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include <ft2build.h>
#include FT_FREETYPE_H

#include "base/file.h"
#include "base/utf8.h"
#include "canvas/pdf.h"

#define LOWER "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
#define OTHER "aeiouyAEIOUYdD0123456789.,;:!?%()/-–—…“”‘’«»+×≥≤±°²³€₫→↑↓■▲●◊►○□"
#define ORIGINALS "/usr/share/fonts/truetype/liberation2/Liberation"
enum { CELL_PT = 36, SIZE_PT = 20, PX_PER_PT = 2, CELL = CELL_PT * PX_PER_PT, COLUMNS = 15, MAX_LETTERS = 260, LEFT_PT = 6, BASE_PT = 26 };
static const char *const original[GB_N_FONTS] = { "Serif-Regular.ttf", "Serif-Bold.ttf", "Serif-Italic.ttf", "Serif-BoldItalic.ttf", "Sans-Regular.ttf", "Sans-Bold.ttf" };

static char letters[2048];
static uint32_t letter[MAX_LETTERS];
static int n_letters, n_vietnamese;
static char dir[] = "/tmp/gb-letters-XXXXXX";
static struct gb_buf pdf;

static bool has_tool(const char *name)
{
    char cmd[100];
    snprintf(cmd, sizeof cmd, "command -v %s >/dev/null 2>&1", name);
    return system(cmd) == 0;
}

static void make_pdf(struct gb_buf *out)
{
    static const struct gb_pdf_info info = { .title = "Bảng chữ cái: Đắk Lắk, Ủy ban", .author = "UBND tỉnh", .date = { 2026, 11, 22 }, .lang = "vi" };
    struct gb_pdf *p = gb_pdf_new(&info);
    struct gb_err e = { 0 };
    char line[2048];
    for (int f = 0; f < GB_N_FONTS; f++) {
        int rows = (n_letters + COLUMNS - 1) / COLUMNS;
        struct gb_canvas *cv = gb_pdf_page(p, COLUMNS * CELL_PT, rows * CELL_PT);
        for (int i = 0; i < n_letters; i++) {
            char t[4];
            size_t n = gb_utf8_encode(letter[i], t);
            gb_canvas_text(cv, (enum gb_font)f, SIZE_PT, GB_RGB(0), GB_START, i % COLUMNS * CELL_PT + LEFT_PT, i / COLUMNS * CELL_PT + BASE_PT, t, n);
        }
        gb_pdf_outline(p, 0, original[f], 0);
    }
    if (gb_pdf_save(p, out, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    gb_pdf_free(p);
}

static int set_up(void **state)
{
    (void)state;
    struct gb_arena a;
    struct gb_err e = { 0 };
    char path[200];
    gb_arena_init(&a, 0);
    char *upper = gb_upper(&a, LOWER);
    n_vietnamese = (int)(gb_utf8_length(LOWER) + gb_utf8_length(upper));
    snprintf(letters, sizeof letters, "%s%s%s", LOWER, upper, OTHER);
    for (const char *p = letters, *end = p + strlen(p); p < end;) letter[n_letters++] = gb_utf8_next(&p, end);
    gb_arena_release(&a);
    if (!mkdtemp(dir)) return -1;
    make_pdf(&pdf);
    snprintf(path, sizeof path, "%s/letters.pdf", dir);
    return gb_file_create(path, pdf.p, pdf.n, &e);
}
static int tear_down(void **state)
{
    (void)state;
    struct gb_err e = { 0 };
    gb_buf_release(&pdf);
    return gb_remove_tree(dir, &e);
}

/* A command with @ for the directory; what it wrote there. */
static void run(const char *command, const char *out_name, struct gb_buf *out)
{
    char path[200];
    struct gb_err e = { 0 };
    struct gb_buf cmd = { 0 };
    for (const char *p = command; *p; p++)
        if (*p == '@') gb_buf_adds(&cmd, dir);
        else gb_buf_addc(&cmd, *p);
    if (system(cmd.p) != 0) fail_msg("%s", cmd.p);
    gb_buf_release(&cmd);
    snprintf(path, sizeof path, "%s/%s", dir, out_name);
    gb_buf_reset(out);
    assert_int_equal(gb_file_read(path, 64 << 20, out, &e), GB_OK);
}

/* One letter of the original font in a cell, 255 = ink. */
static void original_cell(FT_Face face, uint32_t cp, uint8_t *cell)
{
    memset(cell, 0, CELL * CELL);
    FT_UInt g = FT_Get_Char_Index(face, cp);
    assert_int_not_equal(g, 0);
    assert_int_equal(FT_Load_Glyph(face, g, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP), 0);
    assert_int_equal(FT_Render_Glyph(face->glyph, FT_RENDER_MODE_NORMAL), 0);
    const FT_Bitmap *b = &face->glyph->bitmap;
    for (int y = 0; y < (int)b->rows; y++)
        for (int x = 0; x < (int)b->width; x++) {
            int cx = LEFT_PT * PX_PER_PT + face->glyph->bitmap_left + x, cy = BASE_PT * PX_PER_PT - face->glyph->bitmap_top + y;
            if (cx >= 0 && cx < CELL && cy >= 0 && cy < CELL) cell[cy * CELL + cx] = b->buffer[y * b->pitch + x];
        }
}

/* Ink in common over the larger ink. */
static double overlap(const uint8_t *a, const uint8_t *b)
{
    long common = 0, sa = 0, sb = 0;
    for (int i = 0; i < CELL * CELL; i++) {
        common += a[i] < b[i] ? a[i] : b[i];
        sa += a[i];
        sb += b[i];
    }
    return sa + sb ? (double)common / (double)(sa > sb ? sa : sb) : 0;
}

static void check_font(FT_Library lib, int f, const uint8_t *pgm, int width)
{
    static uint8_t want[MAX_LETTERS][CELL * CELL], got[CELL * CELL];
    char path[200];
    FT_Face face;
    snprintf(path, sizeof path, ORIGINALS "%s", original[f]);
    assert_int_equal(FT_New_Face(lib, path, 0, &face), 0);
    FT_Set_Pixel_Sizes(face, 0, SIZE_PT * PX_PER_PT);
    for (int i = 0; i < n_letters; i++) original_cell(face, letter[i], want[i]);
    for (int i = 0; i < n_letters; i++) {
        const uint8_t *from = pgm + (size_t)(i / COLUMNS * CELL) * (size_t)width + (size_t)(i % COLUMNS * CELL);
        for (int y = 0; y < CELL; y++)
            for (int x = 0; x < CELL; x++) got[y * CELL + x] = (uint8_t)(255 - from[y * width + x]);
        double own = overlap(got, want[i]);
        if (own < 0.90) fail_msg("%s U+%04X: %.3f of the original's ink", original[f], letter[i], own);
        for (int j = 0; j < n_letters; j++)
            if (j != i && overlap(got, want[j]) >= own) fail_msg("%s U+%04X looks like U+%04X", original[f], letter[i], letter[j]);
    }
    FT_Done_Face(face);
}

static void test_pixels(void **state)
{
    (void)state;
    assert_int_equal(n_vietnamese, 134);
    if (!has_tool("pdftoppm") || access(ORIGINALS "Sans-Regular.ttf", R_OK) != 0) {
        print_message("SKIP: pdftoppm or fonts-liberation2 is not here\n");
        skip();
    }
    FT_Library lib;
    struct gb_buf img = { 0 };
    assert_int_equal(FT_Init_FreeType(&lib), 0);
    for (int f = 0; f < GB_N_FONTS; f++) {
        char fmt[120], name[20];
        snprintf(fmt, sizeof fmt, "pdftoppm -gray -r %d -f %d -l %d -singlefile @/letters.pdf @/page%d", 72 * PX_PER_PT, f + 1, f + 1, f);
        snprintf(name, sizeof name, "page%d.pgm", f);
        run(fmt, name, &img);
        int w = 0, h = 0, skip_bytes = 0;
        assert_int_equal(sscanf(img.p, "P5 %d %d 255%n", &w, &h, &skip_bytes), 2);
        assert_int_equal(w, COLUMNS * CELL);
        assert_int_equal(img.n, (size_t)skip_bytes + 1 + (size_t)w * (size_t)h);
        check_font(lib, f, (const uint8_t *)img.p + skip_bytes + 1, w);
    }
    FT_Done_FreeType(lib);
    gb_buf_release(&img);
}

/* Copy and search: the same letters come back, in order, from each page. */
static void test_extraction(void **state)
{
    (void)state;
    if (!has_tool("pdftotext")) skip();
    struct gb_buf text = { 0 }, want = { 0 }, got = { 0 };
    run("pdftotext -raw -enc UTF-8 @/letters.pdf @/letters.txt", "letters.txt", &text);
    for (int f = 0; f < GB_N_FONTS; f++) gb_buf_adds(&want, letters);
    for (size_t i = 0; i < text.n; i++)
        if (!strchr(" \n\f\r", text.p[i])) gb_buf_addc(&got, text.p[i]);
    assert_string_equal(got.p, want.p);
    gb_buf_release(&text);
    gb_buf_release(&want);
    gb_buf_release(&got);
}

/* The structure is sound, and nothing in it acts, reaches out or carries files (TRUST.md F12). */
static void test_structure(void **state)
{
    (void)state;
    if (!has_tool("qpdf")) skip();
    struct gb_buf q = { 0 };
    run("qpdf --check @/letters.pdf >@/check.txt 2>&1", "check.txt", &q);
    run("qpdf --qdf --object-streams=disable @/letters.pdf @/letters.qdf", "letters.qdf", &q);
    static const char *const never[] = { "/JS",  "/JavaScript",  "/OpenAction", "/AA ", "/Launch", "/EmbeddedFile", "/URI", "/GoToR", "/SubmitForm",
                                         "/RichMedia", "/Encrypt", "/XFA", "begincidrange" };
    for (size_t k = 0; k < sizeof never / sizeof *never; k++)
        for (size_t i = 0, n = strlen(never[k]); i + n <= q.n; i++)
            if (memcmp(q.p + i, never[k], n) == 0) fail_msg("%s in the PDF", never[k]);
    static const char *const always[] = { "beginbfchar", "/ToUnicode", "/Lang (vi)", "/DisplayDocTitle true", "/FontFile2", "(D:20261122000000+07'00')",
                                          "/Producer (giaoban)" };
    for (size_t k = 0; k < sizeof always / sizeof *always; k++) {
        bool found = false;
        for (size_t i = 0, n = strlen(always[k]); i + n <= q.n && !found; i++) found = memcmp(q.p + i, always[k], n) == 0;
        if (!found) fail_msg("%s is not in the PDF", always[k]);
    }
    gb_buf_release(&q);
}

static void test_same_bytes(void **state)
{
    (void)state;
    struct gb_buf again = { 0 };
    make_pdf(&again);
    assert_int_equal(again.n, pdf.n);
    assert_memory_equal(again.p, pdf.p, pdf.n);
    gb_buf_release(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_pixels), cmocka_unit_test(test_extraction), cmocka_unit_test(test_structure),
                                        cmocka_unit_test(test_same_bytes) };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
