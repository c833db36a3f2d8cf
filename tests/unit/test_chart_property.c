/* test_chart_property.c — every kind of chart on every kind of hostile data at three widths (a telephone, a column, a page), in the height it
 * asks for and in less: no text meets another or leaves the frame (canvas/watch.h), every row, panel and line is drawn or counted in
 * words, every figure is whole or told to be missing. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/decimal.h"
#include "canvas/watch.h"
#include "chart_hostile.h"

/* ---- what is on the picture ------------------------------------------------------------------------------------------- */
struct seen { const char *text[8192]; size_t n; };

static void read_texts(struct gb_arena *a, const struct gb_buf *trace, struct seen *out)
{
    out->n = 0;
    for (const char *p = trace->p; p && *p; p = strchr(p, '\n'), p = p ? p + 1 : NULL) {
        const char *s = p + strspn(p, " "), *end = strchr(p, '\n');
        if (strncmp(s, "text ", 5) != 0) continue;
        const char *from = memchr(s, '"', (size_t)(end - s));
        assert_true(from && out->n < 8192);
        out->text[out->n++] = gb_strndup(a, from + 1, (size_t)(end - from) - 2);
    }
}

/* The first word of a name stands in a text as a word of its own: "R7", "R7 Khu…", "R7 · 12,3". */
static bool has_name(const struct seen *t, const char *name)
{
    const size_t n = strcspn(name, " ");
    for (size_t i = 0; i < t->n; i++)
        for (const char *s = t->text[i]; *s; s++) {
            const bool starts = s == t->text[i] || s[-1] == ' ', same = strncmp(s, name, n) == 0;
            if (starts && same && (s[n] == '\0' || s[n] == ' ' || s[n] == ':' || strncmp(s + n, "…", 3) == 0)) return true;
        }
    return false;
}
static bool has_words(const struct seen *t, const char *words)
{
    for (size_t i = 0; i < t->n; i++)
        if (strstr(t->text[i], words)) return true;
    return false;
}
/* "… và 12 dòng nữa"; of what: "mục" in a key, "dòng", "hình", "nơi" in a picture. */
static size_t counted(const struct seen *t, bool key)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++) {
        const char *s = strstr(t->text[i], "… và ");
        if (s && (strstr(s, "mục nữa") != NULL) == key) n += strtoul(s + strlen("… và "), NULL, 10);
    }
    return n;
}
static bool has_value(struct gb_arena *a, const struct seen *t, const struct gb_value *v)
{
    struct gb_buf b = { 0 };
    gb_value_text(v, v->unit && gb_streq(v->unit, "%") ? GB_WITH_UNIT : GB_WITHOUT_UNIT, &b);
    const char *s = gb_buf_copy(a, &b);
    gb_buf_release(&b);
    return has_words(t, s);
}

/* A row is drawn with its figure, or it is counted among those that are not. */
static void rows_told(struct gb_arena *a, const char *what, const struct gb_chart *c, const struct seen *t)
{
    const struct gb_chart_series *s = &c->series[0];
    const bool figures = c->kind != GB_CHART_STACKED && c->kind != GB_CHART_SLOPE;
    size_t shown = 0;
    for (size_t i = 0; i < s->n; i++) {
        const bool here = has_name(t, s->point[i].label);
        shown += here;
        if (here && figures && s->point[i].y.kind == GB_V_NUM && !has_value(a, t, &s->point[i].y) && !has_words(t, "…")) fail_msg("%s: row %zu has no figure", what, i);
    }
    if (shown + counted(t, false) != s->n) fail_msg("%s: %zu rows drawn, %zu counted, of %zu", what, shown, counted(t, false), s->n);
}

static void lines_told(struct gb_arena *a, const char *what, const struct gb_chart *c, const struct seen *t)
{
    if (counted(t, true)) return; /* less height than asked for: the key says how many it does not name */
    for (size_t s = 0; s < c->n_series; s++) {
        const struct gb_chart_point *last = NULL;
        if (c->series[s].role == GB_ROLE_LOW || c->series[s].role == GB_ROLE_HIGH) continue;
        for (size_t i = 0; i < c->series[s].n; i++)
            if (c->series[s].point[i].y.kind == GB_V_NUM) last = &c->series[s].point[i];
        if (!last) continue;
        if (!has_name(t, c->series[s].name)) fail_msg("%s: line %zu is not named", what, s);
        if (!has_value(a, t, &last->y)) fail_msg("%s: line %zu has no figure at its end", what, s);
    }
    if (!has_value(a, t, &c->reference) || !has_name(t, c->reference_label)) fail_msg("%s: the reference is not named", what);
    if (c->series[0].n > 3 && !has_name(t, c->break_label[0])) fail_msg("%s: the break is not named", what);
}

static void told(struct gb_arena *a, const char *what, const struct gb_chart *c, const struct seen *t)
{
    bool any = false;
    for (size_t s = 0; s < c->n_series; s++)
        for (size_t i = 0; i < c->series[s].n; i++) any = any || c->series[s].point[i].y.kind == GB_V_NUM;
    if (!any) {
        if (c->kind != GB_CHART_SPARK && !has_words(t, "chưa có số liệu")) fail_msg("%s: does not say that there is nothing", what);
        return;
    }
    if (has_words(t, "không đủ chỗ để vẽ, xem bảng số liệu") || has_words(t, "không đủ chỗ vẽ lịch")) return;
    if (c->kind == GB_CHART_LINE) return lines_told(a, what, c, t);
    const bool across = c->kind == GB_CHART_BARS || c->kind == GB_CHART_DOTS || c->kind == GB_CHART_WATERFALL;
    if (across && c->series[0].n > 1 && !has_value(a, t, &c->reference)) fail_msg("%s: the reference has no figure", what);
    if (c->kind == GB_CHART_MULTIPLES) {
        size_t shown = 0;
        for (size_t s = 0; s < c->n_series; s++) shown += has_name(t, c->series[s].name);
        if (shown + counted(t, false) != c->n_series) fail_msg("%s: %zu panels drawn, %zu counted, of %zu", what, shown, counted(t, false), c->n_series);
    } else if (c->kind == GB_CHART_CALENDAR) {
        if (!has_words(t, "T2")) fail_msg("%s: no weekday is named", what);
    } else if (c->kind != GB_CHART_SPARK) rows_told(a, what, c, t);
}

static const struct { const char *name; double w; struct gb_chart_style st; } sheets[] = { { "phone", 320, { GB_MEDIUM_SCREEN, 12, true, true } },
                                                                                          { "column", 240, { GB_MEDIUM_PRINT, 8.5, true, true } },
                                                                                          { "page", 468, { GB_MEDIUM_PRINT, 8.5, true, true } } };

/* @return faults, appended to `out` */
static void draw_one(enum gb_chart_kind kind, enum hostile h, int sheet, double share, struct gb_buf *faults)
{
    struct gb_arena a;
    struct gb_buf trace = { 0 };
    struct gb_err e = { 0 };
    static struct seen t;
    gb_arena_init(&a, 0);
    struct gb_chart c = chart_of(&a, kind, h);
    size_t at = 0;
    while (kinds[at] != kind) at++;
    const char *what = gb_sprintf(&a, "%s, %s, %s, %.0f %%", kind_name[at], hostile_name[h], sheets[sheet].name, share * 100);
    const bool spark = kind == GB_CHART_SPARK;
    const double w = spark ? 60 : sheets[sheet].w, height = spark ? 14 : gb_chart_height_pt(&c, w, &sheets[sheet].st) * share;
    struct gb_canvas *cv = gb_canvas_trace(&trace);
    struct gb_watch *watch = gb_watch_new();
    gb_canvas_watch(cv, watch, w, height);
    gb_chart_draw(&c, cv, (struct gb_rect){ 0, 0, w, height }, &sheets[sheet].st, &a);
    (void)gb_watch_report(watch, what, faults);
    assert_int_equal(gb_canvas_close(cv, &e), GB_OK);
    gb_watch_free(watch);
    gb_buf_addc(&trace, '\0');
    read_texts(&a, &trace, &t);
    told(&a, what, &c, &t);
    if (share >= 1 && counted(&t, true)) fail_msg("%s: the key is cut in the height it asked for", what);
    gb_buf_release(&trace);
    gb_arena_release(&a);
}

static void hostile_data(void **state)
{
    const int at = (int)(intptr_t)*state;
    struct gb_buf faults = { 0 };
    for (int h = 0; h < N_HOSTILE; h++)
        for (int sheet = 0; sheet < 3; sheet++) {
            draw_one(kinds[at], (enum hostile)h, sheet, 1, &faults);
            draw_one(kinds[at], (enum hostile)h, sheet, 0.8, &faults);
        }
    gb_buf_addc(&faults, '\0');
    if (faults.n > 1) fail_msg("%s", faults.p);
    gb_buf_release(&faults);
}

int main(void)
{
    struct CMUnitTest tests[N_KINDS];
    for (int i = 0; i < N_KINDS; i++) tests[i] = (struct CMUnitTest){ kind_name[i], hostile_data, NULL, NULL, (void *)(intptr_t)i };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
