/* test_script_pixels.c — a dozen pages as they come out of the rasteriser, against their fingerprints in tests/golden/pixels (pixels.h), and
 * the proof that the comparison can fail: on each page, what must be seen is done to its pixels and is seen.
 *
 * Needs pdftoppm (poppler-utils); without it the tests are skipped and counted. `make bless T=script_pixels` writes the fingerprints
 * anew; PIXELS_KEEP=DIR leaves the PDF files there. */
#include <unistd.h>

#include "base/file.h"
#include "pixels.h"
#include "render/render.h"
#include "script_fixture.h"

static const struct page { const char *name, *path, *region, *level; enum gb_audience audience; int number; } pages[] = {
    { "daily-1", "daily.lua", NULL, "periodic", GB_LEADERSHIP, 1 },
    { "daily-2", "daily.lua", NULL, "periodic", GB_LEADERSHIP, 2 },
    { "daily-annex-landscape", "daily.lua", NULL, "periodic", GB_LEADERSHIP, 3 },
    { "daily-annex-charts", "daily.lua", NULL, "periodic", GB_LEADERSHIP, 5 },
    { "scenario-figures-chart", "scenarios/public-investment.lua", NULL, "periodic", GB_LEADERSHIP, 1 },
    { "scenario-bars-tables", "scenarios/public-investment.lua", NULL, "periodic", GB_LEADERSHIP, 3 },
    { "adhoc-map", "scenarios/disaster-response.lua", NULL, "ad-hoc", GB_LEADERSHIP, 1 },
    { "group-sparks", "groups/ig-basic-set.lua", NULL, "periodic", GB_LEADERSHIP, 1 },
    { "group-annex", "groups/ig-basic-set.lua", NULL, "periodic", GB_LEADERSHIP, 4 },
    { "quality-contents", "quality.lua", NULL, "periodic", GB_LEADERSHIP, 1 },
    { "tasks-table", "tasks.lua", NULL, "periodic", GB_LEADERSHIP, 2 },
    { "commune-sheet", "commune.lua", "14797", "periodic", GB_LEADERSHIP, 1 },
    { "front-package", "front.lua", NULL, "periodic", GB_FRONT, 1 },
};
enum { N_PAGES = sizeof pages / sizeof *pages };
static char dir[200], *data;
static struct pixels picture[N_PAGES], other[N_PAGES]; /* by pdftoppm, by mutool */
static bool have_mutool;

/* A document as a file in dir. */
static void make_pdf(struct sfx *f, const struct page *p, const char *file)
{
    struct gb_script_job job = sfx_job(f, p->path);
    struct gb_edition_info ed = { .id = "2026-11-22-r1", .short_hash = "0123456789abcdef", .date = { 2026, 11, 22 }, .build = "test", .audience = p->audience, .sample = true };
    struct gb_err e = { 0 };
    struct gb_doc *doc = NULL;
    struct gb_buf pdf = { 0 };
    char line[GB_ERR_TEXT];
    job.level = p->level;
    if (p->region) job.region_i = gb_region_find(&f->c, p->region);
    if (gb_script_run(&job, &f->a, &doc, &e) || gb_render_pdf(doc, &ed, &pdf, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    assert_int_equal(gb_file_replace(file, pdf.p, pdf.n, &e), GB_OK);
    gb_buf_release(&pdf);
}

static void pictures_of(enum gb_audience audience)
{
    struct sfx f;
    char file[400] = "";
    sfx_open(&f, "reports", data, audience, "2026-11-22");
    f.c.n_boundaries = 0; /* tiles, whatever outlines are installed here */
    for (int i = 0; i < N_PAGES; i++) {
        if (pages[i].audience != audience) continue;
        if (!i || pages[i].path != pages[i - 1].path) {
            if (!getenv("PIXELS_KEEP") && *file) unlink(file);
            snprintf(file, sizeof file, "%s/%s.pdf", dir, pages[i].name);
            make_pdf(&f, &pages[i], file);
        }
        pixels_of(file, pages[i].number, false, &picture[i]);
        if (have_mutool) pixels_of(file, pages[i].number, true, &other[i]);
    }
    if (!getenv("PIXELS_KEEP")) unlink(file);
    sfx_close(&f);
}

static int make_pictures(void **state)
{
    (void)state;
    if (system("command -v pdftoppm >/dev/null") != 0) return 0;
    have_mutool = system("command -v mutool >/dev/null") == 0;
    const char *keep = getenv("PIXELS_KEEP"), *tmp = getenv("TMPDIR");
    struct gb_buf b = { 0 };
    struct gb_err e = { 0 };
    if (gb_file_read("tests/golden/reports/data.txt", (size_t)8 << 20, &b, &e)) return -1;
    gb_buf_addc(&b, '\0');
    data = b.p;
    snprintf(dir, sizeof dir, "%s", keep ? keep : "");
    if (!keep) {
        snprintf(dir, sizeof dir, "%s/gb-pixels.XXXXXX", tmp ? tmp : "/tmp");
        if (!mkdtemp(dir)) return -1;
    }
    pictures_of(GB_LEADERSHIP);
    pictures_of(GB_FRONT);
    if (!keep) rmdir(dir);
    gb_buf_release(&b);
    return 0;
}
static int drop_pictures(void **state)
{
    (void)state;
    for (int i = 0; i < N_PAGES; i++) {
        pixels_free(&picture[i]);
        pixels_free(&other[i]);
    }
    return 0;
}

static void test_pages(void **state)
{
    (void)state;
    static struct pixel_print got;
    if (!picture[0].rgb) skip();
    for (int i = 0; i < N_PAGES; i++) {
        pixels_print(&picture[i], &got);
        pixels_golden(pages[i].name, &got, "script_pixels");
    }
}

/* The tolerance is wide enough: a rasteriser of other people, with its own anti-aliasing, draws the same page. */
static void test_another_rasteriser(void **state)
{
    (void)state;
    static struct pixel_print one, two;
    if (!picture[0].rgb || !have_mutool) skip();
    for (int i = 0; i < N_PAGES; i++) {
        struct pixel_difference d;
        if (strcmp(pages[i].name, "daily-2") == 0) continue; /* mutool sticks a flag "SIGN" of its own on the empty field of its signature */
        pixels_print(&picture[i], &one);
        pixels_print(&other[i], &two);
        if (!pixels_same(&one, &two, &d)) fail_msg("%s: mutool draws it otherwise: %d places, the worst by %d steps at %d mm, %d mm", pages[i].name, d.faults, d.worst, d.x_mm, d.y_mm);
    }
}

/* ---- and narrow enough ---- */
struct rect { int x, y, w, h; };
static const struct rect everything = { 0, 0, 4000, 4000 };

static unsigned char *pixel(const struct pixels *p, int x, int y) { return p->rgb + (size_t)(y * p->w + x) * 3; }
static struct pixels copy_of(const struct pixels *p)
{
    struct pixels q = { p->w, p->h, malloc((size_t)p->w * (size_t)p->h * 3) };
    assert_non_null(q.rgb);
    memcpy(q.rgb, p->rgb, (size_t)p->w * (size_t)p->h * 3);
    return q;
}
/* What is in r of `from` moves by dx, dy in `to`, over a white ground. */
static void shift(const struct pixels *from, struct pixels *to, struct rect r, int dx, int dy)
{
    for (int y = r.y; y < r.y + r.h && y < to->h; y++) {
        for (int x = r.x; x < r.x + r.w && x < to->w; x++) {
            int fx = x - dx, fy = y - dy;
            bool in = fx >= r.x && fy >= r.y && fx < from->w && fy < from->h;
            if (in) memcpy(pixel(to, x, y), pixel(from, fx, fy), 3);
            else memset(pixel(to, x, y), 255, 3);
        }
    }
}
static void erase(struct pixels *p, struct rect r)
{
    for (int y = r.y; y < r.y + r.h && y < p->h; y++)
        for (int x = r.x; x < r.x + r.w && x < p->w; x++) memset(pixel(p, x, y), 255, 3);
}
static void restore(const struct pixels *from, struct pixels *to, struct rect r)
{
    for (int y = r.y; y < r.y + r.h && y < to->h; y++)
        for (int x = r.x; x < r.x + r.w && x < to->w; x++) memcpy(pixel(to, x, y), pixel(from, x, y), 3);
}
static void grey(struct pixels *p)
{
    for (unsigned char *c = p->rgb; c < p->rgb + (size_t)p->w * (size_t)p->h * 3; c += 3) memset(c, (c[0] * 3 + c[1] * 6 + c[2]) / 10, 3);
}
static void red_for_green(struct pixels *p, struct rect r)
{
    for (int y = r.y; y < r.y + r.h && y < p->h; y++) {
        for (int x = r.x; x < r.x + r.w && x < p->w; x++) {
            unsigned char *c = pixel(p, x, y), red = c[0];
            c[0] = c[1];
            c[1] = red;
        }
    }
}

static void must_be_seen(int i, const struct pixel_print *want, const struct pixels *got, const char *what)
{
    static struct pixel_print now;
    struct pixel_difference d;
    pixels_print(got, &now);
    if (pixels_same(want, &now, &d)) fail_msg("%s: %s is not seen", pages[i].name, what);
}

/* Is there any colour that is more than the thin lines of a chart? */
static bool is_coloured(const struct pixel_print *p)
{
    for (int k = 0; k < p->cols * p->rows; k++)
        if (abs(p->red[k]) > PIXELS_ONE + 1 || abs(p->blue[k]) > PIXELS_ONE + 1) return true;
    return false;
}

/* Shifts of all, of a band of it, and colours where there are some. */
static void test_mutations(void **state)
{
    (void)state;
    static struct pixel_print want;
    int coloured = 0;
    if (!picture[0].rgb) skip();
    for (int i = 0; i < N_PAGES; i++) {
        const struct pixels *p = &picture[i];
        struct pixels m = copy_of(p);
        struct rect band = { 0, p->h * 3 / 10, p->w, p->h / 5 };
        pixels_print(p, &want);
        shift(p, &m, everything, 0, 16);
        must_be_seen(i, &want, &m, "a page 4 mm lower");
        restore(p, &m, everything);
        shift(p, &m, everything, 4, 0);
        must_be_seen(i, &want, &m, "a page 1 mm to the right");
        restore(p, &m, everything);
        shift(p, &m, band, 0, 8);
        must_be_seen(i, &want, &m, "a fifth of a page 2 mm lower");
        if (is_coloured(&want)) {
            coloured++;
            restore(p, &m, everything);
            grey(&m);
            must_be_seen(i, &want, &m, "a page without colour");
            restore(p, &m, everything);
            red_for_green(&m, everything);
            must_be_seen(i, &want, &m, "red for green");
        }
        pixels_free(&m);
    }
    assert_true(coloured >= 6);
}

/* Mean ink of a part of a page, in steps. */
static int ink_in(const struct pixels *p, struct rect r)
{
    long ink = 0, n = 0;
    for (int y = r.y; y < r.y + r.h && y < p->h; y++) {
        for (int x = r.x; x < r.x + r.w && x < p->w; x++, n++) {
            const unsigned char *c = pixel(p, x, y);
            ink += 255 - (c[0] * 3 + c[1] * 6 + c[2]) / 10;
        }
    }
    return n ? pixels_step(ink, n) : 0;
}

/* Wherever there is a line of text or a part of a chart, 12 mm of it do not go unseen: not at the end of a column, nor in a picture.
 * (One in two hundred may: the pale half of a line that straddles four cells.) */
static void test_holes(void **state)
{
    (void)state;
    static struct pixel_print want, now;
    int holes = 0, unseen = 0;
    if (!picture[0].rgb) skip();
    for (int i = 0; i < N_PAGES; i++) {
        struct pixels m = copy_of(&picture[i]);
        pixels_print(&m, &want);
        now = want;
        for (struct rect r = { 8, 8, 48, 32 }; r.y < m.h; r.y += r.h) {
            for (r.x = 8; r.x < m.w; r.x += r.w) {
                int c0 = r.x / PIXELS_CELL, r0 = r.y / PIXELS_CELL;
                struct pixel_difference d;
                if (ink_in(&m, r) < 5) continue; /* half a line of text has as much; less is a blank, a rule, the end of a word */
                holes++;
                erase(&m, r);
                pixels_cells(&m, &now, c0, r0, c0 + 4, r0 + 3);
                unseen += pixels_same(&want, &now, &d);
                restore(&picture[i], &m, r);
                pixels_cells(&m, &now, c0, r0, c0 + 4, r0 + 3);
            }
        }
        pixels_free(&m);
    }
    if (holes < 1000 || unseen * 200 > holes) fail_msg("%d of %d holes are not seen", unseen, holes);
}

/* The mark of one state in the colour of another. */
static void test_one_mark(void **state)
{
    (void)state;
    static struct pixel_print want;
    int marks = 0;
    if (!picture[0].rgb) skip();
    for (int i = 0; i < N_PAGES; i++) {
        struct pixels m = copy_of(&picture[i]);
        int reddest = 0;
        pixels_print(&m, &want);
        for (int k = 0; k < want.cols * want.rows; k++)
            if (want.red[k] > want.red[reddest]) reddest = k;
        if (want.red[reddest] >= 4) {
            marks++;
            red_for_green(&m, (struct rect){ reddest % want.cols * PIXELS_CELL, reddest / want.cols * PIXELS_CELL, PIXELS_CELL, PIXELS_CELL });
            must_be_seen(i, &want, &m, "a red mark in green");
        }
        pixels_free(&m);
    }
    assert_true(marks >= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_pages), cmocka_unit_test(test_another_rasteriser), cmocka_unit_test(test_mutations), cmocka_unit_test(test_holes),
                                        cmocka_unit_test(test_one_mark) };
    return cmocka_run_group_tests(tests, make_pictures, drop_pictures);
}
