/* test_map_inset.c — islands far out in frames of their own scale, the locator of a map of a part: the made-up province of map_province.h with
 * islands where they hurt. Each map is drawn twice and read (map_checks.h), and watched (canvas/watch.h). */
#include "canvas/font.h"
#include "canvas/watch.h"
#include "map/map_plan.h"
#include "map_checks.h"
#include "map_province.h"

struct fx {
    struct gb_arena a;
    struct gb_catalogue k;
    int first;
};
static void open_fx(struct fx *f)
{
    *f = (struct fx){ .first = 0 };
    gb_arena_init(&f->a, 0);
    f->first = prov_install(&f->k, &f->a);
}

/* Commune i becomes one octagon. */
static void island(struct fx *f, int i, double lon, double lat, double size)
{
    struct gb_boundary *b = &f->k.boundary[i];
    b->ring = GB_NEW_N(&f->a, 1, struct gb_ring);
    b->ring[0] = prov_island(&f->a, lon, lat, size);
    b->n_rings = 1;
    prov_close(b);
}

static struct gb_map_plan plan_of(struct fx *f, const struct gb_chart *c)
{
    struct gb_map_plan p = { .k = { .spec = c, .a = &f->a, .base = 8.5, .line = 11 }, .c = &f->k, .s = &c->series[0], .areas = true };
    p.of_region = GB_NEW_N(&f->a, (size_t)f->k.n_regions, int);
    for (int i = 0; i < f->k.n_regions; i++) p.of_region[i] = -1;
    p.base = GB_NEW_N(&f->a, (size_t)f->k.n_boundaries, const struct gb_boundary *);
    for (int i = 0; i < f->k.n_boundaries; i++) {
        p.base[p.n_base++] = &f->k.boundary[i];
        gb_bounds_add(&p.bounds, f->k.boundary[i].min_lon, f->k.boundary[i].min_lat);
        gb_bounds_add(&p.bounds, f->k.boundary[i].max_lon, f->k.boundary[i].max_lat);
    }
    gb_insets_find(&p, 370, 306);
    return p;
}

static void watched(const char *name, const struct gb_chart *c, const struct gb_catalogue *k, double width, const struct gb_chart_style *st)
{
    struct gb_watch *w = gb_watch_new();
    struct gb_buf t = { 0 }, faults = { 0 };
    struct gb_err e = { 0 };
    struct gb_arena a;
    double h = gb_figure_height_pt(c, k, width, st);
    gb_arena_init(&a, 0);
    struct gb_canvas *cv = gb_canvas_trace(&t);
    gb_canvas_watch(cv, w, width, h);
    gb_figure_draw(c, k, cv, (struct gb_rect){ 0, 0, width, h }, st, &a);
    assert_int_equal(gb_canvas_close(cv, &e), GB_OK);
    gb_watch_report(w, name, &faults);
    gb_buf_addc(&faults, '\0');
    if (faults.n > 1) fail_msg("%s: %s", name, faults.p);
    const char *dir = getenv("GB_GALLERY");
    if (dir) {
        struct gb_buf png = { 0 };
        cv = gb_canvas_png(width, h, 1.5, &png);
        gb_figure_draw(c, k, cv, (struct gb_rect){ 0, 0, width, h }, st, &a);
        assert_int_equal(gb_canvas_close(cv, &e), GB_OK);
        assert_int_equal(gb_file_replace(gb_sprintf(&a, "%s/inset-%s-%d.png", dir, name, (int)width), png.p, png.n, &e), GB_OK);
        gb_buf_release(&png);
    }
    gb_watch_free(w);
    gb_buf_release(&t);
    gb_buf_release(&faults);
    gb_arena_release(&a);
}

/* Every width and kind; colours are one class a commune, so that one that vanished would be missed in the count of fills. */
static void all_kinds(struct fx *f, const char *name)
{
    static const double widths[] = { 468, 340, 240 };
    for (int kind = 0; kind < 4; kind++) {
        struct gb_chart c = kind == 2 ? prov_map(&f->a, &f->k, f->first + PROV_COMMUNES, PROV_STATIONS, true) : prov_map(&f->a, &f->k, f->first, PROV_COMMUNES, kind == 1);
        if (kind == 3) c.style = GB_MAP_CIRCLES;
        for (int w = 0; w < 3; w++) {
            const char *n = gb_sprintf(&f->a, "%s-%d", name, kind);
            draw(n, &c, &f->k, widths[w], w ? &phone : &print, NULL);
            watched(n, &c, &f->k, widths[w], w ? &phone : &print);
        }
    }
}

static void far_islands(void **state)
{
    (void)state;
    struct fx f;
    open_fx(&f);
    struct gb_chart c = prov_map(&f.a, &f.k, f.first, PROV_COMMUNES, true);
    struct gb_map_plan p = plan_of(&f, &c);
    assert_int_equal(p.views.n, 3);
    assert_int_equal(gb_view_of(&p.views, f.k.boundary[17].ring[1].lon_lat[0], f.k.boundary[17].ring[1].lon_lat[1]), 0); /* the islet near the coast */
    assert_int_equal(gb_view_of(&p.views, f.k.boundary[0].ring[0].lon_lat[0], f.k.boundary[0].ring[0].lon_lat[1]), 0);
    int big = gb_view_of(&p.views, f.k.boundary[18].ring[0].lon_lat[0], f.k.boundary[18].ring[0].lon_lat[1]);
    assert_true(big > 0);
    assert_int_equal(gb_view_of(&p.views, f.k.boundary[18].ring[1].lon_lat[0], f.k.boundary[18].ring[1].lon_lat[1]), big);
    assert_true(p.bounds.max_lon < 121 && p.bounds.min_lat > 9.5); /* the mainland alone gives the scale */
    int n = draw("far", &c, &f.k, 468, &print, NULL);
    assert_int_equal(has_text(n, "Ô phụ, tỷ lệ khác:"), 1);
    assert_int_equal(has_text(n, "\"Đặc khu Đảo Én\""), 1);
    assert_int_equal(has_text(n, "\"Đặc khu Hòn Khói\""), 1);
    assert_int_equal(has_text(n, " km\""), 3); /* each frame has its bar */
    c.radius_km = 5;                           /* circles of kilometres: one scale for all */
    n = draw("circles of km", &c, &f.k, 468, &print, NULL);
    assert_int_equal(has_text(n, "Ô phụ"), 0);
    all_kinds(&f, "far");
    c = prov_map(&f.a, &f.k, f.first, PROV_COMMUNES, false);
    c.style = GB_MAP_CIRCLES; /* wide margins and a low field: the field grows instead of giving up */
    n = draw("circles", &c, &f.k, 340, &phone, NULL);
    assert_int_equal(has_text(n, "Ô phụ"), 1);
    gb_arena_release(&f.a);
}

/* A part of a commune far out is named as a part; near islands stay where they are. */
static void parts_and_near(void **state)
{
    (void)state;
    struct fx f;
    open_fx(&f);
    f.k.boundary[17].ring[1] = prov_island(&f.a, 124, 10.5, 0.05);
    prov_close(&f.k.boundary[17]);
    struct gb_chart c = prov_map(&f.a, &f.k, f.first, PROV_COMMUNES, true);
    int n = draw("part", &c, &f.k, 468, &print, NULL);
    assert_true(has_text(n, "(một phần)") >= 1);
    gb_arena_release(&f.a);
    open_fx(&f);
    island(&f, 18, 120.95, 10.1, 0.04);
    island(&f, 19, 120.97, 10.3, 0.02);
    c = prov_map(&f.a, &f.k, f.first, PROV_COMMUNES, true);
    struct gb_map_plan p = plan_of(&f, &c);
    assert_int_equal(p.views.n, 1);
    n = draw("near", &c, &f.k, 468, &print, NULL);
    assert_int_equal(has_text(n, "Ô phụ"), 0);
    gb_arena_release(&f.a);
}

static void four_sides(void **state)
{
    (void)state;
    static const double at[4][2] = { { 118.5, 10.3 }, { 122.5, 10.3 }, { 120.4, 12.2 }, { 120.4, 8.2 } };
    struct fx f;
    open_fx(&f);
    for (int i = 0; i < 4; i++) island(&f, 16 + i, at[i][0], at[i][1], 0.03 + 0.02 * i);
    struct gb_chart c = prov_map(&f.a, &f.k, f.first, PROV_COMMUNES, true);
    struct gb_map_plan p = plan_of(&f, &c);
    assert_int_equal(p.views.n, 5);
    int n = draw("four", &c, &f.k, 468, &print, NULL);
    for (int i = 16; i < 20; i++) assert_true(has_text(n, prov_name[i]) >= 1);
    assert_int_equal(has_text(n, " km\""), 5);
    all_kinds(&f, "four");
    gb_arena_release(&f.a);
}

/* Equal islands all around: none is the mainland, one map shows all; twelve together: one frame, and twelve each elsewhere: not more than four. */
static void many_islands(void **state)
{
    (void)state;
    struct fx f;
    open_fx(&f);
    for (int i = 0; i < PROV_COMMUNES; i++) island(&f, i, 118 + 0.7 * (i % 5), 8 + 0.9 * (i / 5), 0.1);
    struct gb_chart c = prov_map(&f.a, &f.k, f.first, PROV_COMMUNES, true);
    struct gb_map_plan p = plan_of(&f, &c);
    assert_int_equal(p.views.n, 1);
    all_kinds(&f, "only");
    gb_arena_release(&f.a);
    for (int round = 0; round < 2; round++) {
        open_fx(&f);
        for (int i = 0; i < 12; i++) island(&f, 8 + i, 122.5 + (round ? 0.6 : 0.09) * (i % 4), 9 + (round ? 0.7 : 0.1) * (i / 4), 0.01 + 0.002 * i);
        c = prov_map(&f.a, &f.k, f.first, PROV_COMMUNES, true);
        p = plan_of(&f, &c);
        if (round ? p.views.n < 2 || p.views.n > 1 + GB_MAX_INSETS : p.views.n != 2) fail_msg("%d views", p.views.n);
        for (int i = 8; i < 20; i++) assert_true(gb_view_of(&p.views, f.k.boundary[i].ring[0].lon_lat[0], f.k.boundary[i].ring[0].lon_lat[1]) > 0);
        all_kinds(&f, round ? "scattered" : "twelve");
        int n = draw("twelve", &c, &f.k, 468, &print, NULL);
        assert_true(has_text(n, "nơi khác") >= 1);
        gb_arena_release(&f.a);
    }
}

/* A field too small for frames: one map of all; nothing vanishes at any size. */
static void little_room(void **state)
{
    (void)state;
    struct fx f;
    open_fx(&f);
    struct gb_chart c = prov_map(&f.a, &f.k, f.first, PROV_COMMUNES, false);
    for (double w = 60; w < 520; w += 57)
        for (double h = 40; h < 520; h += 61) {
            struct gb_buf t = { 0 };
            struct gb_err e = { 0 };
            struct gb_canvas *cv = gb_canvas_trace(&t);
            gb_figure_draw(&c, &f.k, cv, (struct gb_rect){ 0, 0, w, h }, &print, &f.a);
            assert_int_equal(gb_canvas_close(cv, &e), GB_OK);
            gb_buf_addc(&t, '\0');
            if (strstr(t.p, "nan") || strstr(t.p, "inf")) fail_msg("%g x %g: not a number", w, h);
            gb_buf_release(&t);
        }
    gb_arena_release(&f.a);
}

/* A tall mainland with an island at its side: free on wide paper, on a phone it would cost a third of the scale. */
static void as_wide_as_it_is(void **state)
{
    (void)state;
    struct fx f;
    open_fx(&f);
    struct gb_chart c = prov_map(&f.a, &f.k, f.first, PROV_COMMUNES, false);
    for (int i = 0; i < PROV_COMMUNES - 2; i++) island(&f, i, 120 + 0.08 * (i % 3), 10 + 0.1 * (i / 3), 0.06);
    island(&f, 18, 120.8, 10.3, 0.02);
    island(&f, 19, 120.8, 10.34, 0.02);
    int n = draw("wide", &c, &f.k, 468, &print, NULL);
    assert_int_equal(has_text(n, "Ô phụ"), 0);
    n = draw("narrow", &c, &f.k, 240, &phone, NULL);
    assert_int_equal(has_text(n, "Ô phụ"), 1);
    gb_arena_release(&f.a);
}

static void locator(void **state)
{
    (void)state;
    struct fx f;
    struct gb_buf t = { 0 };
    open_fx(&f);
    f.k.n_boundaries = PROV_COMMUNES - 2;
    struct gb_chart c = prov_map(&f.a, &f.k, f.first, 4, false);
    c.listed = true;
    draw("part of the province", &c, &f.k, 468, &print, &t);
    watched("locator", &c, &f.k, 468, &print);
    watched("locator", &c, &f.k, 340, &phone);
    gb_buf_addc(&t, '\0');
    assert_non_null(strstr(t.p, "#f3f3f0ff")); /* the whole province */
    compare("locator", &c, &f.k, 468, &print);
    struct gb_chart all = prov_map(&f.a, &f.k, f.first, PROV_COMMUNES - 2, false);
    all.listed = true;
    t.n = 0;
    draw("all of it", &all, &f.k, 468, &print, &t);
    gb_buf_addc(&t, '\0');
    assert_null(strstr(t.p, "#f3f3f0ff"));
    gb_buf_release(&t);
    gb_arena_release(&f.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(far_islands), cmocka_unit_test(parts_and_near), cmocka_unit_test(four_sides), cmocka_unit_test(many_islands),
                                        cmocka_unit_test(little_room), cmocka_unit_test(as_wide_as_it_is), cmocka_unit_test(locator) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
