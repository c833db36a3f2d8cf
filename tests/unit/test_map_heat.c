/* test_map_heat.c — the hexagon grid against brute force, sums of cells against the total, golden traces, and what a heat map says about
 * points it does not show. All figures are made up. */
#include "map/map_plan.h"
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
    f->first = prov_install(&f->k, &f->a) + PROV_COMMUNES;
}

static int64_t square(int64_t x)
{
    return x * x;
}

/* The cell of a point is the one, of all around it, whose centre is nearest; a centre lies in its own cell. */
static void nearest_centre(void **state)
{
    (void)state;
    static const int width[] = { 1, 2, 5, 50 };
    for (int w = 0; w < 4; w++)
        for (int i = 0; i < 4000; i++) {
            int km = width[w];
            int64_t x = (i * 7919LL + 13) % 40009 * km / 3 - 6000LL * km, y = (i * 104729LL + 71) % 39989 * km / 3 - 6000LL * km, col, row, cx, cy, nearest = INT64_MAX;
            if (i % 5 == 0) x = x / (km * 500) * (km * 500); /* on the borders */
            if (i % 7 == 0) y = y / (km * 866) * (km * 866);
            gb_hex_at(km, x, y, &col, &row);
            gb_hex_centre(km, col, row, &cx, &cy);
            int64_t mine = square(x - cx) + square(y - cy);
            int found = 0;
            for (int64_t r = -12; r <= 12; r++)
                for (int64_t c = -12; c <= 12; c++) {
                    gb_hex_centre(km, c, r, &cx, &cy);
                    int64_t d = square(x - cx) + square(y - cy);
                    nearest = d < nearest ? d : nearest;
                    found += c == col && r == row;
                }
            assert_int_equal(found, 1);
            if (mine != nearest) fail_msg("%d km: (%lld, %lld) is in a cell %lld away, another is %lld away", km, (long long)x, (long long)y, (long long)mine, (long long)nearest);
            gb_hex_centre(km, i % 40 - 20, i % 31 - 15, &cx, &cy);
            gb_hex_at(km, cx, cy, &col, &row);
            assert_true(col == i % 40 - 20 && row == i % 31 - 15);
        }
}

/* A plan with stations and nothing else. */
static struct gb_map_plan plan_of(struct gb_arena *a, const struct gb_catalogue *k, const struct gb_chart *c)
{
    struct gb_map_plan p = { .k = { .spec = c, .a = a, .base = 8.5 }, .c = k, .s = &c->series[0] };
    p.station_point = GB_NEW_N(a, c->series[0].n, int);
    for (size_t i = 0; i < c->series[0].n; i++) {
        const struct gb_region *r = &k->region[c->series[0].point[i].region_i];
        p.station_point[p.n_stations++] = (int)i;
        gb_bounds_add(&p.bounds, r->lon, r->lat);
    }
    return p;
}

/* Many points, each once in some cell: counts and sums add up to the whole, in whatever order the points come. */
static void sums(void **state)
{
    (void)state;
    struct fx f;
    open_fx(&f);
    enum { MANY = 500 };
    for (int round = 0; round < 4; round++) {
        struct gb_chart c = prov_map(&f.a, &f.k, f.first, PROV_STATIONS, false);
        struct gb_region *r = GB_NEW_N(&f.a, (size_t)(f.k.n_regions + MANY), struct gb_region);
        memcpy(r, f.k.region, (size_t)f.k.n_regions * sizeof *r);
        struct gb_chart_point *pt = GB_NEW_N(&f.a, MANY, struct gb_chart_point);
        int64_t total = 0;
        for (int i = 0; i < MANY; i++) {
            int at = f.k.n_regions + i;
            r[at] = r[f.first];
            r[at].lon = round == 0 ? 120.3 : 120 + (i * 7919 % 1009) * 0.001 * round;
            r[at].lat = round == 0 ? 10.3 : 10 + (i * 104729 % 997) * 0.0007;
            r[at].approximate = false;
            pt[i] = (struct gb_chart_point){ .region_i = at, .label = "Điểm", .y = fx_num(round == 3 ? 1000000000000 : i % 11, i % 2, 1, "vụ") };
            total += pt[i].y.num * (i % 2 ? 1 : 10);
        }
        struct gb_catalogue k = f.k;
        k.region = r;
        k.n_regions += MANY;
        c.series[0].point = pt;
        c.series[0].n = MANY;
        c.style = GB_MAP_HEAT;
        struct gb_map_plan p = plan_of(&f.a, &k, &c);
        assert_true(gb_heat_make(&p));
        int64_t sum = 0;
        int n = 0, counted = 0;
        for (int i = 0; i < p.heat.n; i++) {
            sum += p.heat.cell[i].sum;
            n += p.heat.cell[i].n;
            assert_true(i == 0 || p.heat.cell[i].sum <= p.heat.cell[i - 1].sum);
            for (int j = 0; j < i; j++) assert_true(p.heat.cell[i].col != p.heat.cell[j].col || p.heat.cell[i].row != p.heat.cell[j].row);
        }
        for (int i = 0; i < p.classes.n; i++) counted += p.classes.class[i].count;
        assert_true(sum == total);
        assert_int_equal(n, MANY);
        assert_int_equal(counted, p.heat.n);
        assert_true(round == 0 ? p.heat.n == 1 : p.heat.n > 20);
        draw("many", &c, &k, 468, &print, NULL);
        draw("many", &c, &k, 340, &phone, NULL);
    }
    gb_arena_release(&f.a);
}

static void golden(void **state)
{
    (void)state;
    struct fx f;
    open_fx(&f);
    struct gb_chart c = prov_map(&f.a, &f.k, f.first, PROV_STATIONS, false);
    c.style = GB_MAP_HEAT;
    c.series[0].point[3].y = gb_value_missing(GB_MISS_NO_DATA);
    f.k.region[f.first + 8].has_position = false;
    compare("kinds-heat", &c, &f.k, 468, &print);
    compare("kinds-heat-phone", &c, &f.k, 340, &phone);
    int n = draw("heat", &c, &f.k, 468, &print, NULL);
    assert_int_equal(has_text(n, "Tổng của các điểm trong ô"), 1);
    assert_int_equal(has_text(n, "Mỗi ô rộng khoảng 10 km"), 1);
    assert_int_equal(has_text(n, "Không tính: 1 điểm chưa"), 1);
    assert_int_equal(has_text(n, "Ngoài bản đồ: 1 điểm"), 1);
    assert_int_equal(has_text(n, "quanh"), 2);
    f.k.n_boundaries = 0; /* no outlines: the cells in a frame, with the bar of kilometres */
    compare("kinds-heat-bare", &c, &f.k, 468, &print);
    for (int i = 0; i < f.k.n_regions; i++) f.k.region[i].has_position = false;
    assert_false(gb_map_is_drawable(&c, &f.k));
    gb_arena_release(&f.a);
}

/* One point; figures that cannot be added fall back to marks. */
static void edges(void **state)
{
    (void)state;
    struct fx f;
    struct gb_value top;
    const char *label;
    int km;
    open_fx(&f);
    struct gb_chart c = prov_map(&f.a, &f.k, f.first, 1, false);
    c.style = GB_MAP_HEAT;
    c.series[0].point[0].y = fx_num(123, 1, 1, "vụ");
    assert_true(gb_map_heat_top(&c, &f.k, &f.a, &top, &label, &km));
    assert_true(top.num == 123 && top.scale == 1);
    assert_string_equal(label, c.series[0].point[0].label);
    f.k.n_boundaries = 0;
    assert_true(gb_map_heat_top(&c, &f.k, &f.a, &top, &label, &km));
    assert_int_equal(km, 1);
    draw("one", &c, &f.k, 468, &print, NULL);
    f.k.region[f.first].approximate = true; /* known to 2 km: no cells of 1 km */
    assert_true(gb_map_heat_top(&c, &f.k, &f.a, &top, &label, &km));
    assert_int_equal(km, 5);
    c.series[0].point[0].y.num = -1;
    assert_false(gb_map_heat_top(&c, &f.k, &f.a, &top, &label, &km));
    c = prov_map(&f.a, &f.k, f.first, PROV_STATIONS, false);
    c.style = GB_MAP_HEAT;
    c.series[0].point[0].y.num = c.series[0].point[1].y.num = INT64_MAX / 2 + 1;
    assert_false(gb_map_heat_top(&c, &f.k, &f.a, &top, &label, &km));
    int n = draw("too much", &c, &f.k, 468, &print, NULL);
    assert_int_equal(has_text(n, "Mỗi ô"), 0);
    gb_arena_release(&f.a);
}

/* Great circles on a sphere (Sinnott 1984) against gb_km_between: nobody within r is lost, nobody beyond it is let in, but for a rim of
 * 0.7 % where the sphere itself is off the ellipsoid. */
static double haversine(double lon1, double lat1, double lon2, double lat2)
{
    const double rad = 3.14159265358979323846 / 180, dlat = (lat2 - lat1) * rad / 2, dlon = (lon2 - lon1) * rad / 2;
    return 2 * 6371.0088 * asin(sqrt(sin(dlat) * sin(dlat) + cos(lat1 * rad) * cos(lat2 * rad) * sin(dlon) * sin(dlon)));
}

static void within(void **state)
{
    (void)state;
    static const double centre[][2] = { { 105.78, 19.81 }, { 105.85, 21.03 }, { 104.0, 10.2 } };
    static const int radius[] = { 1, 5, 10, 50, 100 };
    int in = 0, out = 0, rim = 0;
    for (int c = 0; c < 3; c++)
        for (int r = 0; r < 5; r++)
            for (int i = 0; i < 2000; i++) {
                double lon = centre[c][0] + (i * 7919 % 2003 - 1001) * 0.000016 * radius[r], lat = centre[c][1] + (i * 104729 % 1999 - 999) * 0.000016 * radius[r];
                double h = haversine(centre[c][0], centre[c][1], lon, lat), km = gb_km_between(centre[c][0], centre[c][1], lon, lat);
                if (h > radius[r] * 0.993 && h < radius[r] * 1.007) {
                    rim++;
                    continue;
                }
                if ((h <= radius[r]) != (km <= radius[r])) fail_msg("%d km: %f by haversine, %f by gb_km_between", radius[r], h, km);
                in += h <= radius[r];
                out += h > radius[r];
            }
    assert_true(in > 5000 && out > 5000 && rim < 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(nearest_centre), cmocka_unit_test(sums), cmocka_unit_test(golden), cmocka_unit_test(edges), cmocka_unit_test(within) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
