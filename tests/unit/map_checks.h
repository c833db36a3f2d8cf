/* map_checks.h — draws a map twice and reads its trace: the same operations, texts keep clear of each other and inside the frame, leaders
 * cross no text; and compares it with a tracked trace. */
#ifndef GB_TEST_MAP_CHECKS_H
#define GB_TEST_MAP_CHECKS_H
#include "map_fixture.h"

__attribute__((unused)) static const struct gb_chart_style print = { GB_MEDIUM_PRINT, 8.5, true, true }, phone = { GB_MEDIUM_SCREEN, 12, false, false };

struct text_box { double x, y, w, h; char text[200]; };
static struct text_box box[1500];

__attribute__((noinline)) static const char *number(const char *p, double *v)
{
    char *end;
    *v = strtod(p, &end);
    return end;
}

/* Texts of a trace: baseline minus 0.72 em to plus 0.2 em. */
__attribute__((unused)) static int texts(const char *name, const char *t, struct gb_rect r)
{
    int n = 0;
    for (const char *p = t; *p; p = strchr(p, '\n') + 1) {
        const char *s = p + strspn(p, " ");
        if (strncmp(s, "text ", 5) != 0) continue;
        assert_true(n < 1500);
        struct text_box *b = &box[n++];
        double size, base;
        s = number(number(s + 5, &b->x) + 1, &base);
        s = number(strstr(s, "w=") + 2, &b->w);
        s = number(strchr(s + 1, ' '), &size);
        b->y = base - size * 0.72;
        b->h = size * 0.92;
        s = strchr(s, '"');
        snprintf(b->text, sizeof b->text, "%.*s", (int)(strchr(s, '\n') - s), s);
        if (b->x < r.x - 0.1 || b->x + b->w > r.x + r.w + 0.1 || b->y < r.y - 0.1 || b->y + b->h > r.y + r.h + 0.1) fail_msg("%s: outside: %s", name, b->text);
    }
    return n;
}

__attribute__((unused)) static void no_overlap(const char *name, int n)
{
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++) {
            const struct text_box *a = &box[i], *b = &box[j];
            if (a->x + 0.05 < b->x + b->w && b->x + 0.05 < a->x + a->w && a->y + 0.05 < b->y + b->h && b->y + 0.05 < a->y + a->h)
                fail_msg("%s: %s and %s overlap", name, a->text, b->text);
        }
}

__attribute__((unused)) static int has_text(int n, const char *text)
{
    int k = 0;
    for (int i = 0; i < n; i++) k += strstr(box[i].text, text) != NULL;
    return k;
}

/* Leaders are the single lines of one move and one line in the colour of ink; none runs through a text that is not its own. */
__attribute__((unused)) static void leaders_are_clear(const char *name, const char *t, int n)
{
    for (const char *p = t; *p; p = strchr(p, '\n') + 1) {
        const char *s = p + strspn(p, " "), *eol = strchr(s, '\n'), *m = strstr(s, " M ");
        double x1, y1, x2, y2;
        if (strncmp(s, "stroke #1a1a1aff", 16) != 0 || !m || m > eol) continue;
        const char *q = number(number(m + 3, &x1) + 1, &y1);
        if (strncmp(q, " L ", 3) != 0) continue;
        q = number(number(q + 3, &x2) + 1, &y2);
        if (*q != '\n') continue;
        for (int i = 0; i < n; i++)
            for (int k = 1; k < 20; k++) {
                double x = x1 + (x2 - x1) * k / 20, y = y1 + (y2 - y1) * k / 20;
                if (x > box[i].x + 0.3 && x < box[i].x + box[i].w - 0.3 && y > box[i].y + 0.3 && y < box[i].y + box[i].h - 0.3) fail_msg("%s: a leader crosses %s", name, box[i].text);
            }
    }
}

/* Draws twice, checks, returns the number of texts; *out as well if wanted. */
__attribute__((unused)) static int draw_in(const char *name, const struct gb_chart *c, const struct gb_catalogue *k, struct gb_rect r, const struct gb_chart_style *st, struct gb_buf *out)
{
    struct gb_arena a;
    struct gb_buf first = { 0 }, second = { 0 };
    struct gb_err e = { 0 };
    char line[2048];
    gb_arena_init(&a, 0);
    for (int i = 0; i < 2; i++) {
        struct gb_canvas *cv = gb_canvas_trace(i ? &second : &first);
        gb_figure_draw(c, k, cv, r, st, &a);
        if (gb_canvas_close(cv, &e)) fail_msg("%s: %s", name, gb_err_line(&e, line, sizeof line));
    }
    assert_int_equal(first.n, second.n);
    assert_memory_equal(first.p, second.p, first.n);
    int n = texts(name, first.p, r);
    no_overlap(name, n);
    leaders_are_clear(name, first.p, n);
    if (out) gb_buf_add(out, first.p, first.n);
    gb_buf_release(&first);
    gb_buf_release(&second);
    gb_arena_release(&a);
    return n;
}

__attribute__((unused)) static int draw(const char *name, const struct gb_chart *c, const struct gb_catalogue *k, double width, const struct gb_chart_style *st, struct gb_buf *out)
{
    return draw_in(name, c, k, (struct gb_rect){ 12, 7, width, gb_figure_height_pt(c, k, width, st) }, st, out);
}

__attribute__((unused)) static void compare(const char *name, const struct gb_chart *c, const struct gb_catalogue *k, double width, const struct gb_chart_style *st)
{
    struct gb_buf got = { 0 }, want = { 0 };
    struct gb_err e = { 0 };
    char line[2048], path[200];
    draw(name, c, k, width, st, &got);
    snprintf(path, sizeof path, "tests/golden/maps/%s.trace", name);
    if (getenv("GB_BLESS")) {
        assert_int_equal(gb_mkdirs("tests/golden/maps", &e), GB_OK);
        assert_int_equal(gb_file_replace(path, got.p, got.n, &e), GB_OK);
    }
    if (gb_file_read(path, 1 << 20, &want, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    if (want.n != got.n || memcmp(want.p, got.p, got.n) != 0) {
        size_t at = 0, row = 1;
        while (at < want.n && at < got.n && want.p[at] == got.p[at]) row += want.p[at++] == '\n';
        fail_msg("%s differs from %s in line %zu (GB_BLESS=1 writes it anew)", name, path, row);
    }
    gb_buf_release(&got);
    gb_buf_release(&want);
}
#endif
