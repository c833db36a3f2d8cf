/* test_map_kinds.c — every kind of map on the made-up province of map_province.h against its tracked trace (GB_BLESS=1 writes it anew),
 * and what each kind promises: areas true to figures, groups that do not touch, nobody lost. */
#include "map_checks.h"
#include "map_province.h"

#include <math.h>

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

static int count_of(const char *t, const char *what)
{
    int n = 0;
    for (const char *p = strstr(t, what); p; p = strstr(p + 1, what)) n++;
    return n;
}

static void golden(void **state)
{
    (void)state;
    struct fx f;
    open_fx(&f);
    struct gb_chart c = prov_map(&f.a, &f.k, f.first, PROV_COMMUNES, false);
    c.series[0].point[4].y = gb_value_missing(GB_MISS_NO_DATA);
    compare("kinds-quantile", &c, &f.k, 468, &print);
    c.classing = GB_CLASSING_JENKS;
    compare("kinds-jenks", &c, &f.k, 468, &print);
    c.classing = GB_CLASSING_LIMITS;
    c.n_limits = 2;
    c.limit[0] = 50, c.limit[1] = 150;
    compare("kinds-limits-phone", &c, &f.k, 340, &phone);
    c.classing = GB_CLASSING_QUANTILE;
    for (size_t i = 0; i < c.series[0].n; i++) c.series[0].point[i].y.num -= c.series[0].point[i].y.kind == GB_V_NUM ? 90 : 0;
    compare("kinds-both-signs", &c, &f.k, 468, &print);
    c.style = GB_MAP_CIRCLES;
    compare("kinds-circles", &c, &f.k, 468, &print);
    c = prov_map(&f.a, &f.k, f.first + PROV_COMMUNES, PROV_STATIONS, true);
    compare("kinds-stations", &c, &f.k, 468, &print);
    compare("kinds-stations-phone", &c, &f.k, 340, &phone);
    gb_arena_release(&f.a);
}

static void circles(void **state)
{
    (void)state;
    struct fx f;
    open_fx(&f);
    struct gb_chart c = prov_map(&f.a, &f.k, f.first, PROV_COMMUNES, true);
    int64_t v[PROV_COMMUNES] = { 1000, 250, 0, -250, 40 };
    for (int i = 0; i < PROV_COMMUNES; i++) c.series[0].point[i].y.num = i < 5 ? v[i] : 10;
    c.series[0].point[19].y = gb_value_missing(GB_MISS_NO_DATA);
    c.style = GB_MAP_CIRCLES;
    struct gb_buf t = { 0 };
    int n = draw("circles", &c, &f.k, 468, &print, &t);
    assert_int_equal(has_text(n, "(19 địa bàn)"), 1);
    assert_int_equal(has_text(n, "Dấu chấm: bằng 0"), 1);
    assert_int_equal(has_text(n, "Vòng nét đứt: số âm"), 1);
    assert_int_equal(has_text(n, "chưa có số liệu"), 1);
    assert_int_equal(has_text(n, "\"1.000\""), 1); /* round sizes, and no step but the last is above the greatest figure */
    assert_int_equal(has_text(n, "\"200\""), 1);
    assert_int_equal(has_text(n, "\"50\""), 1);
    assert_int_equal(count_of(t.p, "#2f7aac96"), 17 + 3); /* what is above zero, and the legend */
    struct gb_circle_scale s = { .most = 1000, .most_r = 20 };
    assert_true(fabs(gb_circle_radius(&s, 1000) - 20) < 1e-9 && fabs(gb_circle_radius(&s, -250) - 10) < 1e-9 && gb_circle_radius(&s, 0) == 0);
    static const int64_t hostile[] = { 0, INT64_MAX, INT64_MIN + 1, -1, 999999999999 };
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < PROV_COMMUNES; i++) {
            c.series[0].point[i].y = fx_num(round == 0 ? 0 : hostile[(i * round) % 5], round, round, "vụ");
            c.series[0].point[i].highlight = true;
        }
        draw("hostile circles", &c, &f.k, 468, &print, NULL);
        draw("hostile circles", &c, &f.k, 340, &phone, NULL);
    }
    gb_buf_release(&t);
    gb_arena_release(&f.a);
}

/* Six stations on each other are one mark with their number; all are named in the rows, and the letter stands on the map. */
static void groups(void **state)
{
    (void)state;
    struct fx f;
    open_fx(&f);
    struct gb_chart c = prov_map(&f.a, &f.k, f.first + PROV_COMMUNES, PROV_STATIONS, true);
    for (int i = 0; i < PROV_STATIONS; i++) c.series[0].point[i].highlight = false;
    f.k.n_boundaries = PROV_COMMUNES - 2; /* the mainland alone */
    f.k.region[f.first + PROV_COMMUNES + 13].lon = 120.2;
    f.k.region[f.first + PROV_COMMUNES + 13].lat = 10.05;
    int n = draw("groups", &c, &f.k, 468, &print, NULL);
    assert_int_equal(has_text(n, "\"6\""), 1);
    assert_int_equal(has_text(n, "\"A\""), 1);
    assert_int_equal(has_text(n, "A (6 điểm): "), 1);
    assert_int_equal(has_text(n, "điểm có cấp độ xấu nhất"), 1);
    for (int i = 0; i < 6; i++)
        if (!has_text(n, prov_name[i] + strlen(prov_name[i]) - 3)) fail_msg("%s is lost", prov_name[i]);
    for (int i = 0; i < PROV_STATIONS; i++) { /* all in one place: one mark, names of six, the rest is counted */
        f.k.region[f.first + PROV_COMMUNES + i].lon = 120.3;
        f.k.region[f.first + PROV_COMMUNES + i].lat = 10.3;
    }
    n = draw("one place", &c, &f.k, 468, &print, NULL);
    assert_int_equal(has_text(n, "\"14\""), 1);
    assert_int_equal(has_text(n, "và 8 điểm khác"), 1);
    c.radius_km = 5; /* circles keep their centres: no groups */
    n = draw("circles of km", &c, &f.k, 468, &print, NULL);
    assert_int_equal(has_text(n, "\"14\""), 0);
    c.radius_km = 0;
    for (int spread = 1; spread < 40; spread += 3) { /* any density: marks keep clear of each other, the counts add up */
        struct gb_buf t = { 0 };
        for (int i = 0; i < PROV_STATIONS; i++) {
            f.k.region[f.first + PROV_COMMUNES + i].lon = 120.3 + 0.002 * spread * ((i * 5) % 7);
            f.k.region[f.first + PROV_COMMUNES + i].lat = 10.3 + 0.001 * spread * ((i * 3) % 11);
            c.series[0].point[i].label = i % 3 ? "Trạm" : "Trạm quan trắc tự động, liên tục nước thải khu công nghiệp phía tây đường ven biển";
            c.series[0].point[i].highlight = true;
        }
        draw("density", &c, &f.k, 468, &print, &t);
        draw("density", &c, &f.k, 340, &phone, NULL);
        gb_buf_release(&t);
    }
    gb_arena_release(&f.a);
}

/* The same map as PNG: drawn by cairo, with colours of its classes in it. */
static void png(void **state)
{
    (void)state;
    struct fx f;
    struct gb_buf out = { 0 }, again = { 0 };
    struct gb_err e = { 0 };
    open_fx(&f);
    struct gb_chart c = prov_map(&f.a, &f.k, f.first, PROV_COMMUNES, false);
    double h = gb_figure_height_pt(&c, &f.k, 468, &print);
    for (int i = 0; i < 2; i++) {
        struct gb_canvas *cv = gb_canvas_png(468, h, 1.5, i ? &again : &out);
        gb_figure_draw(&c, &f.k, cv, (struct gb_rect){ 0, 0, 468, h }, &print, &f.a);
        assert_int_equal(gb_canvas_close(cv, &e), GB_OK);
    }
    assert_int_equal(out.n, again.n);
    assert_memory_equal(out.p, again.p, out.n);
    assert_memory_equal(out.p, "\x89PNG", 4);
    const unsigned char *p = (const unsigned char *)out.p; /* IHDR: width, height */
    assert_int_equal(p[16] << 24 | p[17] << 16 | p[18] << 8 | p[19], 702);
    assert_true(out.n > 10000);
    const char *dir = getenv("GB_GALLERY");
    if (dir) assert_int_equal(gb_file_replace(gb_sprintf(&f.a, "%s/map.png", dir), out.p, out.n, &e), GB_OK);
    gb_buf_release(&out);
    gb_buf_release(&again);
    gb_arena_release(&f.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(golden), cmocka_unit_test(circles), cmocka_unit_test(groups), cmocka_unit_test(png) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
