/* pixels.h — a page of PDF as pixels, and as a fingerprint small enough to be tracked: the page at 100 dpi in cells of 16 x 16 pixels
 * (4 mm), of each its mean ink and its mean colour in steps of 1/60.
 *
 * Another version of the rasteriser sets edges a fraction of a pixel elsewhere, which moves cells by little and to both sides. What is
 * missing, shifted, cut or of another colour moves some by much, or neighbours together. The tolerance stands between the two: seen
 * between poppler's own rasteriser, cairo and mutool, which share no code, was 0.064 in a cell and 0.034 in the mean of four that touch;
 * allowed are 0.09 and 0.05. test_script_pixels.c tries both sides.
 */
#ifndef GB_TESTS_PIXELS_H
#define GB_TESTS_PIXELS_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"

enum { PIXELS_DPI = 100, PIXELS_CELL = 16, PIXELS_STEPS = 60, PIXELS_MOST = 35, PIXELS_LEAST = -26, PIXELS_MAX = 128 * 128 };
enum { PIXELS_ONE = 5, PIXELS_FOUR = 12 }; /* steps allowed in a cell, and in the sum of four that touch */

struct pixels { int w, h; unsigned char *rgb; };
struct pixel_print { int cols, rows; signed char ink[PIXELS_MAX], red[PIXELS_MAX], blue[PIXELS_MAX]; /* red and blue: less green */ };
struct pixel_difference { int faults, worst, x_mm, y_mm; }; /* cells and fours beyond the tolerance; of the worst one steps and place */

static inline void pixels_free(struct pixels *p) { free(p->rgb); p->rgb = NULL; }

/* A binary PPM from a program's output. false: it is not one. */
static inline bool pixels_read(FILE *f, struct pixels *p)
{
    int max = 0;
    if (fscanf(f, "P6 %d %d %d", &p->w, &p->h, &max) != 3 || max != 255 || fgetc(f) == EOF || p->w < 1 || p->w > 2000 || p->h < 1 || p->h > 2000) return false;
    size_t n = (size_t)p->w * (size_t)p->h * 3;
    p->rgb = malloc(n);
    return p->rgb && fread(p->rgb, 1, n, f) == n;
}

/** One page of a file. @param page from 1 @param mutool by another rasteriser */
static inline void pixels_of(const char *pdf, int page, bool mutool, struct pixels *p)
{
    char command[600];
    if (mutool) snprintf(command, sizeof command, "mutool draw -q -r %d -F ppm -o - '%s' %d 2>/dev/null", PIXELS_DPI, pdf, page);
    else snprintf(command, sizeof command, "pdftoppm -r %d -f %d -l %d '%s'", PIXELS_DPI, page, page, pdf);
    FILE *f = popen(command, "r");
    assert_non_null(f);
    *p = (struct pixels){ 0 };
    bool good = pixels_read(f, p);
    if (pclose(f) != 0 || !good) fail_msg("%s: no picture of page %d", pdf, page);
}

/* A mean as a step. Beyond what a letter can tell there is only "much". */
static inline signed char pixels_step(long sum, long n)
{
    long v = (sum * 2 * PIXELS_STEPS + (sum < 0 ? -1 : 1) * n * 255) / (n * 510);
    return (signed char)(v < PIXELS_LEAST ? PIXELS_LEAST : v > PIXELS_MOST ? PIXELS_MOST : v);
}

/** The cells of some rows and columns. */
static inline void pixels_cells(const struct pixels *p, struct pixel_print *out, int col0, int row0, int col1, int row1)
{
    for (int row = row0; row < row1 && row < out->rows; row++) {
        for (int col = col0; col < col1 && col < out->cols; col++) {
            long ink = 0, red = 0, blue = 0, n = 0;
            for (int y = row * PIXELS_CELL; y < (row + 1) * PIXELS_CELL && y < p->h; y++) {
                for (int x = col * PIXELS_CELL; x < (col + 1) * PIXELS_CELL && x < p->w; x++, n++) {
                    const unsigned char *c = p->rgb + (size_t)(y * p->w + x) * 3;
                    ink += 255 - (c[0] * 3 + c[1] * 6 + c[2]) / 10;
                    red += c[0] - c[1];
                    blue += c[2] - c[1];
                }
            }
            int i = row * out->cols + col;
            out->ink[i] = pixels_step(ink, n);
            out->red[i] = pixels_step(red, n);
            out->blue[i] = pixels_step(blue, n);
        }
    }
}
static inline void pixels_print(const struct pixels *p, struct pixel_print *out)
{
    out->cols = (p->w + PIXELS_CELL - 1) / PIXELS_CELL;
    out->rows = (p->h + PIXELS_CELL - 1) / PIXELS_CELL;
    assert_true(out->cols * out->rows <= PIXELS_MAX);
    pixels_cells(p, out, 0, 0, out->cols, out->rows);
}

/* 0 is '.', what is more 1-9a-z, what is less A-Z. */
static inline char pixels_letter(int v) { return v >= 0 ? ".123456789abcdefghijklmnopqrstuvwxyz"[v] : (char)('A' - v - 1); }
static inline int pixels_level(char c)
{
    return c >= '1' && c <= '9' ? c - '0' : c >= 'a' && c <= 'z' ? c - 'a' + 10 : c >= 'A' && c <= 'Z' ? -(c - 'A' + 1) : 0;
}

static inline void pixels_layer(struct gb_buf *b, const char *name, const signed char *v, int cols, int rows)
{
    gb_buf_addf(b, "%s\n", name);
    for (int row = 0; row < rows; row++) {
        int n = cols;
        while (n && !v[row * cols + n - 1]) n--;
        for (int i = 0; i < n; i++) gb_buf_addc(b, pixels_letter(v[row * cols + i]));
        gb_buf_addc(b, '\n');
    }
}
/** As tracked: rows of letters that show the page, blank ends left out. */
static inline void pixels_write(const struct pixel_print *p, struct gb_buf *b)
{
    gb_buf_addf(b, "%d %d\n", p->cols, p->rows);
    pixels_layer(b, "ink", p->ink, p->cols, p->rows);
    pixels_layer(b, "red", p->red, p->cols, p->rows);
    pixels_layer(b, "blue", p->blue, p->cols, p->rows);
}
static inline const char *pixels_parse_layer(const char *s, signed char *v, int cols, int rows)
{
    s = strchr(s, '\n');
    for (int row = 0; s && row < rows; row++) {
        const char *line = s + 1;
        s = strchr(line, '\n');
        for (int i = 0; s && i < cols; i++) v[row * cols + i] = (signed char)(line + i < s ? pixels_level(line[i]) : 0);
    }
    return s ? s + 1 : NULL;
}
static inline bool pixels_parse(const char *s, struct pixel_print *p)
{
    if (sscanf(s, "%d %d", &p->cols, &p->rows) != 2 || p->cols < 1 || p->rows < 1 || p->cols * p->rows > PIXELS_MAX) return false;
    signed char *layer[] = { p->ink, p->red, p->blue };
    s = strchr(s, '\n');
    s = s ? s + 1 : NULL;
    for (int i = 0; s && i < 3; i++) s = pixels_parse_layer(s, layer[i], p->cols, p->rows);
    return s != NULL;
}

static inline void pixels_note(struct pixel_difference *d, int steps, int allowed, int col, int row)
{
    if (abs(steps) <= allowed) return;
    d->faults++;
    if (abs(steps) > d->worst) *d = (struct pixel_difference){ d->faults, abs(steps), col * 4, row * 4 };
}
static inline void pixels_compare_layer(const signed char *a, const signed char *b, int cols, int rows, struct pixel_difference *d)
{
    for (int row = 0; row < rows; row++) {
        for (int col = 0; col < cols; col++) {
            int i = row * cols + col, one = a[i] - b[i];
            pixels_note(d, one, PIXELS_ONE, col, row);
            if (row + 1 < rows && col + 1 < cols)
                pixels_note(d, one + a[i + 1] - b[i + 1] + a[i + cols] - b[i + cols] + a[i + cols + 1] - b[i + cols + 1], PIXELS_FOUR, col, row);
        }
    }
}
static inline bool pixels_same(const struct pixel_print *a, const struct pixel_print *b, struct pixel_difference *d)
{
    *d = (struct pixel_difference){ 0 };
    if (a->cols != b->cols || a->rows != b->rows) return false;
    pixels_compare_layer(a->ink, b->ink, a->cols, a->rows, d);
    pixels_compare_layer(a->red, b->red, a->cols, a->rows, d);
    pixels_compare_layer(a->blue, b->blue, a->cols, a->rows, d);
    return !d->faults;
}

/** A page against tests/golden/pixels/NAME.txt; GB_BLESS=1 writes it anew. @param test whose bless it is */
static inline void pixels_golden(const char *name, const struct pixel_print *got, const char *test)
{
    static struct pixel_print want;
    struct gb_buf b = { 0 };
    struct gb_err e = { 0 };
    struct pixel_difference d;
    char path[200];
    snprintf(path, sizeof path, "tests/golden/pixels/%s.txt", name);
    if (getenv("GB_BLESS")) {
        pixels_write(got, &b);
        assert_int_equal(gb_mkdirs("tests/golden/pixels", &e), GB_OK);
        assert_int_equal(gb_file_replace(path, b.p, b.n, &e), GB_OK);
        gb_buf_reset(&b);
    }
    if (gb_file_read(path, 1 << 20, &b, &e)) fail_msg("%s is missing; GB_BLESS=1 makes it", path);
    gb_buf_addc(&b, '\0');
    if (!pixels_parse(b.p, &want)) fail_msg("%s: not a fingerprint", path);
    gb_buf_release(&b);
    if (want.cols != got->cols || want.rows != got->rows) fail_msg("%s: the page is of another size now (make bless T=%s)", path, test);
    if (!pixels_same(&want, got, &d))
        fail_msg("the page does not look like %s: %d places differ, most of all the one %d mm from the left and %d mm from the top (make bless T=%s)", path, d.faults, d.x_mm, d.y_mm, test);
}
#endif
