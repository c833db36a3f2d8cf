/* test_catalogue_boundaries.c — boundaries.geojson: what is taken, what is refused with which words, and where borders meet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "catalogue/catalogue.h"

static const char TOY[] = "tests/unit/data/toy-province";
static char dir[] = "/tmp/gb-boundaries-XXXXXX";

static void load(struct gb_catalogue *c, const char *place, struct gb_fault_notes *n, enum gb_code want)
{
    struct gb_err e = { 0 };
    char line[2048];
    if (gb_catalogue_load(c, "reports", place, n, &e) != want) fail_msg("%s", gb_err_line(&e, line, sizeof line));
}

static const struct gb_boundary *outline(const struct gb_catalogue *c, const char *code)
{
    for (int i = 0; i < c->n_boundaries; i++)
        if (gb_streq(c->region[c->boundary[i].region_i].code, code)) return &c->boundary[i];
    fail_msg("no outline of %s", code);
    return NULL;
}

static double area2(const struct gb_ring *r)
{
    double sum = 0;
    for (size_t i = 0; i < r->n_points; i++) {
        const double *p = r->lon_lat + 2 * i, *q = r->lon_lat + 2 * ((i + 1) % r->n_points);
        sum += (p[0] - 105) * (q[1] - 19) - (q[0] - 105) * (p[1] - 19);
    }
    return sum;
}

static void toy_is_read(void **state)
{
    (void)state;
    struct gb_catalogue c;
    struct gb_fault_notes n;
    load(&c, TOY, &n, GB_OK);
    assert_int_equal(c.n_boundaries, 6);
    int warnings = 0;
    for (size_t i = 0; i < n.n; i++) warnings += strstr(n.v[i].text, "còn thiếu 1") != NULL && strstr(n.v[i].text, "90007") != NULL && !n.v[i].fatal;
    assert_int_equal(warnings, 1); /* the commune without outline is told */
    const struct gb_boundary *river = outline(&c, "90005"), *sea = outline(&c, "90003");
    assert_int_equal(river->n_rings, 2);
    assert_true(river->ring[0].outer && !river->ring[1].outer);
    assert_true(area2(&river->ring[0]) > 0 && area2(&river->ring[1]) < 0);
    assert_int_equal(sea->n_rings, 2);
    assert_true(sea->ring[1].outer);
    assert_int_equal(sea->ring[1].n_points, 3); /* the closing point is not repeated */
    assert_true(sea->max_lon == 105.815 && river->min_lat > 19.6 && river->min_lat < 19.72);
    for (int i = 0; i < c.n_boundaries; i++) /* every point lies in the frame */
        for (int k = 0; k < c.boundary[i].n_rings; k++)
            for (size_t m = 0; m < c.boundary[i].ring[k].n_points; m++) {
                const double *p = c.boundary[i].ring[k].lon_lat + 2 * m;
                assert_true(p[0] >= c.boundary[i].min_lon && p[0] <= c.boundary[i].max_lon && p[1] >= c.boundary[i].min_lat && p[1] <= c.boundary[i].max_lat);
            }
    gb_catalogue_release(&c);
}

static void copy_toy(const char *boundaries)
{
    static const char *const name[] = { "catalogue/indicators.csv", "regions.csv", "agencies.csv", "locality.lua" };
    struct gb_err e = { 0 };
    struct gb_arena a;
    gb_arena_init(&a, 0);
    assert_int_equal(gb_remove_tree(dir, &e), GB_OK);
    assert_int_equal(gb_mkdirs(gb_path_join(&a, dir, "catalogue"), &e), GB_OK);
    for (int i = 0; i < 4; i++) {
        struct gb_buf b = { 0 };
        assert_int_equal(gb_file_read(gb_path_join(&a, TOY, name[i]), 1 << 20, &b, &e), GB_OK);
        assert_int_equal(gb_file_create(gb_path_join(&a, dir, name[i]), b.p, b.n, &e), GB_OK);
        gb_buf_release(&b);
    }
    if (boundaries) assert_int_equal(gb_file_create(gb_path_join(&a, dir, "boundaries.geojson"), boundaries, strlen(boundaries), &e), GB_OK);
    gb_arena_release(&a);
}

#define HEAD "{\"type\":\"FeatureCollection\",\"features\":["
#define FEATURE(code, geometry) "{\"type\":\"Feature\",\"properties\":{\"code\":\"" code "\"},\"geometry\":" geometry "}"
#define POLYGON(rings) "{\"type\":\"Polygon\",\"coordinates\":[" rings "]}"
#define SQUARE "[[105,19],[106,19],[106,20],[105,20],[105,19]]"
#define ONE(code, geometry) HEAD FEATURE(code, geometry) "]}"

static const struct { const char *text; bool fatal; const char *words[2]; } faults[] = {
    { "{", true, { "JSON đúng", "RFC 7946" } },
    { "[]", true, { "FeatureCollection", "" } },
    { "{\"type\":\"FeatureCollection\",\"features\":{}}", true, { "FeatureCollection", "" } },
    { "{\"type\":\"FeatureCollection\",\"crs\":{},\"features\":[]}", true, { "crs", "EPSG:4326" } },
    { HEAD "{\"type\":\"Point\"}]}", true, { "đối tượng thứ 1", "\"type\": \"Feature\"" } },
    { HEAD "{\"type\":\"Feature\",\"properties\":{\"code\":90001},\"geometry\":null}]}", true, { "đối tượng thứ 1", "`code` là chữ" } },
    { ONE("90010", POLYGON(SQUARE)), true, { "đối tượng thứ 1, mã 90010", "có phải là" } },
    { HEAD FEATURE("90001", POLYGON(SQUARE)) "," FEATURE("90001", POLYGON(SQUARE)) "]}", true, { "đối tượng thứ 2, mã 90001", "mỗi mã một đối tượng" } },
    { ONE("90001", "{\"type\":\"Point\",\"coordinates\":[105,19]}"), true, { "mã 90001", "Polygon hoặc MultiPolygon" } },
    { ONE("90001", POLYGON("[[105,19],[106,19],[106,20],[105,20]]")), true, { "mã 90001", "khép kín" } },
    { ONE("90001", POLYGON("[[105,19],[106,19],[105,19]]")), true, { "mã 90001", "ít nhất 4 điểm" } },
    { ONE("90001", POLYGON("[[105,19],[106,19],[106,\"20\"],[105,19]]")), true, { "mã 90001", "[kinh độ, vĩ độ]" } },
    { ONE("90001", POLYGON("[[19,105],[19,106],[20,106],[20,105],[19,105]]")), true, { "mã 90001", "vĩ độ từ -90 đến 90" } },
    { ONE("90001", POLYGON("[[5e5,2e6],[6e5,2e6],[6e5,3e6],[5e5,2e6]]")), true, { "mã 90001", "WGS 84" } },
    { ONE("90001", POLYGON("[[105,19],[106,20],[106,19],[105,20.5],[105,19]]")), true, { "mã 90001", "tự cắt, tại kinh độ 105.60000, vĩ độ 19.60000" } },
    { ONE("90001", POLYGON(SQUARE ",[[107,19],[107.5,19.5],[107,19.5],[107,19]]")), true, { "mã 90001", "vòng trong nằm ngoài" } },
    { ONE("90001", POLYGON("[[105,19],[106,19],[106,20],[105.5,19],[105,20],[105,19]]")), true, { "mã 90001", "Fix geometries" } },
    { ONE("90001", POLYGON("[[105,NaN],[106,19],[106,20],[105,19]]")), true, { "JSON đúng", "" } },
    { ONE("90001", POLYGON("[[105,19],[106,19],[106,19],[105,19]]")), false, { "mã 90001", "có diện tích" } },
    { ONE("90001", "null"), false, { "mã 90001", "geometry" } },
};

static void each_fault_is_noted(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct gb_catalogue c;
        struct gb_fault_notes n;
        bool found = false;
        copy_toy(faults[i].text);
        load(&c, dir, &n, faults[i].fatal ? GB_E_CONFIG : GB_OK);
        for (size_t k = 0; k < n.n; k++)
            found = found || (n.v[k].fatal == faults[i].fatal && strstr(n.v[k].file, "boundaries.geojson") && strstr(n.v[k].text, faults[i].words[0]) &&
                              strstr(n.v[k].text, faults[i].words[1]));
        if (!found) fail_msg("case %zu: no note with \"%s\" and \"%s\"; first: %s", i, faults[i].words[0], faults[i].words[1], n.n ? n.v[0].text : "(none)");
        gb_catalogue_release(&c);
    }
}

/* A bow of two triangles: refused above, taken when its feature says so, with a note, as the areas that the line goes round. */
static void repair_is_a_decision(void **state)
{
    (void)state;
    struct gb_catalogue c;
    struct gb_fault_notes n;
    bool told = false;
    copy_toy(HEAD "{\"type\":\"Feature\",\"properties\":{\"code\":\"90001\",\"make_valid\":true},\"geometry\":" POLYGON("[[105,19],[106,20],[106,19],[105,20.5],[105,19]]") "}]}");
    load(&c, dir, &n, GB_OK);
    for (size_t i = 0; i < n.n; i++) told = told || (!n.v[i].fatal && strstr(n.v[i].text, "tự cắt") && strstr(n.v[i].text, "1 vòng thành 2 vòng"));
    assert_true(told);
    assert_int_equal(c.n_boundaries, 1);
    assert_int_equal(c.boundary[0].n_rings, 2);
    double area = area2(&c.boundary[0].ring[0]) + area2(&c.boundary[0].ring[1]); /* 1.5 x 0.6 and 1 x 0.4 */
    assert_true(area > 1.2999 && area < 1.3001);
    gb_catalogue_release(&c);
}

static void winding_does_not_matter(void **state)
{
    (void)state;
    static const char *const text[] = { ONE("90001", POLYGON(SQUARE)), ONE("90001", POLYGON("[[105,19],[105,20],[106,20],[106,19],[105,19]]")) };
    for (int i = 0; i < 2; i++) {
        struct gb_catalogue c;
        copy_toy(text[i]);
        load(&c, dir, NULL, GB_OK);
        assert_int_equal(c.n_boundaries, 1);
        assert_int_equal(c.boundary[0].ring[0].n_points, 4);
        assert_true(area2(&c.boundary[0].ring[0]) > 0);
        gb_catalogue_release(&c);
    }
}

static void optional_and_part_of_the_digest(void **state)
{
    (void)state;
    struct gb_catalogue c;
    struct gb_sha256 without;
    copy_toy(NULL);
    load(&c, dir, NULL, GB_OK);
    assert_int_equal(c.n_boundaries, 0);
    without = c.digest;
    gb_catalogue_release(&c);
    copy_toy(ONE("90001", POLYGON(SQUARE)));
    load(&c, dir, NULL, GB_OK);
    assert_memory_not_equal(&without, &c.digest, sizeof without);
    gb_catalogue_release(&c);
}

/* What boundaries.levels gives is what would be made, to the last bit; made of other bytes, cut or changed it is not used, and told. */
static void levels_are_kept(void **state)
{
    (void)state;
    struct gb_err e = { 0 };
    struct gb_buf geojson = { 0 }, text = { 0 }, again = { 0 }, bad = { 0 };
    struct gb_catalogue made, kept;
    struct gb_fault_notes n;
    char path[128], levels[128];
    snprintf(path, sizeof path, "%s/boundaries.geojson", TOY);
    snprintf(levels, sizeof levels, "%s/boundaries.levels", dir);
    assert_int_equal(gb_file_read(path, 1 << 20, &geojson, &e), GB_OK);
    gb_buf_addc(&geojson, '\0');
    copy_toy(geojson.p);
    load(&made, dir, NULL, GB_OK);
    assert_int_equal(gb_outlines_text(&made, &text, &e), GB_OK);
    for (int round = 0; round < 5; round++) {
        static const char *const from[] = { "", "\n90001 0 1\n", "\n+ 3 ", " geos ", "end\n" }, *const to[] = { "", "\n90001 0 2\n", "\n+ 4 ", " zeus ", "" };
        const char *at = NULL;
        bad.n = 0;
        gb_buf_add(&bad, text.p, text.n);
        gb_buf_addc(&bad, '\0');
        at = strstr(bad.p, from[round]);
        assert_non_null(at);
        size_t before = (size_t)(at - bad.p), skip = before + strlen(from[round]);
        again.n = 0;
        gb_buf_add(&again, text.p, before);
        gb_buf_adds(&again, to[round]);
        gb_buf_add(&again, text.p + skip, text.n - skip);
        assert_int_equal(gb_file_replace(levels, again.p, again.n, &e), GB_OK);
        load(&kept, dir, &n, GB_OK);
        int told = 0;
        for (size_t i = 0; i < n.n; i++) told += strstr(n.v[i].text, "giaoban outlines") != NULL && !n.v[i].fatal;
        if (told != (round > 0)) fail_msg("round %d: told %d times", round, told);
        assert_memory_equal(&made.digest, &kept.digest, sizeof made.digest);
        for (int i = 0; i < made.n_boundaries; i++)
            for (int l = 0; l < GB_OUTLINE_LEVELS; l++) {
                const struct gb_rings *p = &made.boundary[i].simple[l], *q = &kept.boundary[i].simple[l];
                assert_true(p->n_rings > 0 && p->n_rings == q->n_rings);
                for (int k = 0; k < p->n_rings; k++) {
                    assert_true(p->ring[k].n_points == q->ring[k].n_points && p->ring[k].outer == q->ring[k].outer);
                    assert_memory_equal(p->ring[k].lon_lat, q->ring[k].lon_lat, 2 * sizeof(double) * p->ring[k].n_points);
                }
            }
        gb_catalogue_release(&kept);
    }
    gb_catalogue_release(&made);
    gb_buf_release(&geojson), gb_buf_release(&text), gb_buf_release(&again), gb_buf_release(&bad);
}

static int remove_dir(void **state)
{
    (void)state;
    struct gb_err e = { 0 };
    return gb_remove_tree(dir, &e) == GB_OK ? 0 : -1;
}

int main(void)
{
    if (!mkdtemp(dir)) return 1;
    const struct CMUnitTest tests[] = { cmocka_unit_test(toy_is_read), cmocka_unit_test(each_fault_is_noted), cmocka_unit_test(repair_is_a_decision),
                                        cmocka_unit_test(winding_does_not_matter), cmocka_unit_test(optional_and_part_of_the_digest), cmocka_unit_test(levels_are_kept) };
    return cmocka_run_group_tests(tests, NULL, remove_dir);
}
