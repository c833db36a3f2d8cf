/* test_map_parts.c — projection, simplification, borders, classes, round limits, poles: the parts of a map, each against figures
 * found by other means. */
#include "map_fixture.h"

#include <math.h>

/* Lengths of a degree from the closed formulas of the WGS 84 ellipsoid. */
static void degree_lengths(void **state)
{
    (void)state;
    const double a = 6378.137, f = 1 / 298.257223563, e2 = f * (2 - f), pi = 3.14159265358979323846;
    for (double lat = -80; lat <= 80; lat += 5) {
        double lon_km, lat_km, s = sin(lat * pi / 180), w = 1 - e2 * s * s;
        gb_degree_km(lat, &lon_km, &lat_km);
        double meridian = a * (1 - e2) / (w * sqrt(w)) * pi / 180, parallel = a * cos(lat * pi / 180) / sqrt(w) * pi / 180;
        if (fabs(lat_km - meridian) > 0.0005 || fabs(lon_km - parallel) > 0.0005) fail_msg("%g: %.5f %.5f, not %.5f %.5f", lat, lat_km, lon_km, meridian, parallel);
    }
}

static void projection_fits(void **state)
{
    (void)state;
    struct gb_bounds b = { 0 };
    gb_bounds_add(&b, 105, 19);
    gb_bounds_add(&b, 106, 21);
    struct gb_rect r = { 10, 20, 300, 200 };
    struct gb_projection p = gb_projection_fit(&b, r);
    struct gb_point sw = gb_project(&p, 105, 19), ne = gb_project(&p, 106, 21), mid = gb_project(&p, 105.5, 20);
    assert_true(fabs(ne.y - 20) < 1e-9 && fabs(sw.y - 220) < 1e-9); /* taller than wide: the height decides, north is up */
    assert_true(sw.x > 10 && ne.x < 310 && fabs(sw.x + ne.x - 320) < 1e-9);
    assert_true(fabs(mid.x - 160) < 1e-9 && fabs(mid.y - 120) < 1e-9);
    assert_true(fabs((ne.x - sw.x) / (sw.y - ne.y) - gb_bounds_aspect(&b)) < 1e-9);
    assert_true(fabs((ne.x - sw.x) / p.pt_per_km - 104.65) < 0.05); /* one degree of longitude at 20° N: 104.65 km */
    b = (struct gb_bounds){ 0 }; /* one station alone */
    gb_bounds_add(&b, 105, 19);
    p = gb_projection_fit(&b, r);
    assert_true(isfinite(p.pt_per_km) && p.pt_per_km > 0);
}

static double ring_area(const struct gb_outline *o)
{
    double s = 0;
    for (size_t i = 0; i < o->n; i++) {
        struct gb_point a = o->pt[i], b = o->pt[(i + 1) % o->n];
        s += (a.x * b.y - b.x * a.y) / 2;
    }
    return fabs(s);
}

static size_t count_lines(const struct gb_path *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_ops; i++) n += p->op[i] == GB_LINE;
    return n;
}

/* Small drawing, coarse steps: neighbours still share every edge, so that each inner border is found on both sides. */
static void borders_are_shared(void **state)
{
    (void)state;
    struct gb_catalogue c;
    struct gb_arena a;
    fx_load(&c, TOY);
    gb_arena_init(&a, 0);
    struct gb_bounds b = { 0 };
    const struct gb_boundary *of[16];
    for (int i = 0; i < c.n_boundaries; i++) {
        of[i] = &c.boundary[i];
        gb_bounds_add(&b, of[i]->min_lon, of[i]->min_lat);
        gb_bounds_add(&b, of[i]->max_lon, of[i]->max_lat);
    }
    static const double size[] = { 30, 80, 400 };
    for (int s = 0; s < 3; s++) {
        struct gb_projection p = gb_projection_fit(&b, (struct gb_rect){ 0, 0, size[s], size[s] });
        struct gb_shape *v = gb_shapes_make(of, c.n_boundaries, &p, &a);
        struct gb_path inner, outer;
        size_t edges = 0;
        gb_path_init(&inner, &a);
        gb_path_init(&outer, &a);
        gb_borders(v, c.n_boundaries, &inner, &outer, &a);
        for (int i = 0; i < c.n_boundaries; i++)
            for (int k = 0; k < v[i].n_rings; k++) edges += v[i].ring[k].n;
        assert_int_equal(edges, 2 * count_lines(&inner) + count_lines(&outer));
        assert_true(count_lines(&inner) >= 8);
        double hole = ring_area(&v[4].ring[1]), town = ring_area(&v[5].ring[0]);
        assert_true(fabs(hole - town) < 1e-9); /* the enclave fills its hole exactly */
    }
    gb_arena_release(&a);
    gb_catalogue_release(&c);
}

static void round_breaks(void **state)
{
    (void)state;
    static const struct { int64_t lo, hi, wish, want; } cases[] = { { 37, 52, 44, 50 }, { 0, 1000, 480, 1000 }, { 101, 109, 104, 105 }, { 41, 44, 43, 42 },
        { 12, 13, 13, 13 }, { -57, -41, -48, -50 }, { -3, 4, 1, 0 }, { 19000, 41000, 30000, 20000 }, { 61, 79, 71, 70 }, { INT64_MAX - 9, INT64_MAX, INT64_MAX - 3, 0 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t got = gb_round_break(cases[i].lo, cases[i].hi, cases[i].wish);
        assert_true(got > cases[i].lo && got <= cases[i].hi);
        if (cases[i].want && got != cases[i].want) fail_msg("case %zu: %lld, not %lld", i, (long long)got, (long long)cases[i].want);
    }
}

static struct gb_chart of_values(struct gb_arena *a, const int64_t *v, size_t n, int scale, int decimals)
{
    struct gb_chart c = fx_map(a, n);
    for (size_t i = 0; i < n; i++) c.series[0].point[c.series[0].n++] = (struct gb_chart_point){ .label = "x", .y = fx_num(v[i], scale, decimals, "ca") };
    return c;
}

static void classes_by_value(void **state)
{
    (void)state;
    struct gb_arena a;
    struct gb_classes k;
    gb_arena_init(&a, 0);
    int64_t v[100];
    for (int i = 0; i < 100; i++) v[i] = i * 10 + 3; /* 3..993 */
    struct gb_chart c = of_values(&a, v, 100, 0, 0);
    gb_classes_make(&k, &c, &a);
    static const char *const want[] = { "dưới 200", "200 – 399", "400 – 599", "600 – 799", "từ 800 trở lên" };
    assert_int_equal(k.n, 5);
    for (int i = 0; i < 5; i++) assert_string_equal(k.class[i].text, want[i]);
    for (int i = 0; i < 5; i++) /* light to dark, steps that a photocopy shows */
        if (i) assert_true(k.class[i - 1].color.g - k.class[i].color.g >= 30);
    for (int i = 0; i < 100; i++) v[i] = i < 80 ? 0 : i - 79; /* a heap of zeros is a class */
    c = of_values(&a, v, 100, 0, 0);
    gb_classes_make(&k, &c, &a);
    assert_string_equal(k.class[0].text, "0");
    assert_int_equal(gb_class_of(&k, &c.series[0].point[0]), 0);
    assert_int_equal(gb_class_of(&k, &c.series[0].point[80]), 1);
    for (int i = 0; i < 100; i++) v[i] = 7;
    c = of_values(&a, v, 100, 0, 0);
    gb_classes_make(&k, &c, &a);
    assert_int_equal(k.n, 1);
    assert_string_equal(k.class[0].text, "7");
    static const int64_t near[] = { 1996, 1994, 2004, 1000, 1100, 2900, 3000, 3100 }; /* 19,96 is printed as 20,0 and belongs there */
    c = of_values(&a, near, 8, 2, 1);
    gb_classes_make(&k, &c, &a);
    for (size_t i = 0; i < 8; i++) {
        int at = gb_class_of(&k, &c.series[0].point[i]);
        int64_t printed = (near[i] + 5) / 10;
        assert_true(at == 0 || printed >= k.from[at]);
        assert_true(at == k.n - 1 || printed < k.from[at + 1]);
    }
    c.series[0].n = 0;
    gb_classes_make(&k, &c, &a);
    assert_int_equal(k.n, 0);
    gb_arena_release(&a);
}

/* Any data: classes ascend, none is empty, every value has one. */
static void classes_of_anything(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    unsigned seed = 11;
    for (int round = 0; round < 400; round++) {
        int64_t v[60];
        size_t n = 1 + (size_t)round % 60;
        int64_t span = round % 7 == 0 ? 3 : round % 5 == 0 ? INT64_C(4000000000000) : 900;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1103515245u + 12345u;
            v[i] = (int64_t)(seed >> 8) % span - (round % 3 == 0 ? span / 2 : 0);
        }
        if (round == 1) v[0] = INT64_MAX;
        if (round == 2) v[0] = INT64_MIN + 1;
        struct gb_chart c = of_values(&a, v, n, 0, 0);
        struct gb_classes k;
        int count[GB_MAX_CLASSES] = { 0 };
        gb_classes_make(&k, &c, &a);
        assert_true(k.n >= 1 && k.n <= GB_MAX_CLASSES);
        for (int i = 2; i < k.n; i++) assert_true(k.from[i] > k.from[i - 1]);
        for (size_t i = 0; i < n; i++) {
            int at = gb_class_of(&k, &c.series[0].point[i]);
            assert_true(at >= 0);
            count[at]++;
        }
        for (int i = 0; i < k.n; i++)
            if (!count[i]) fail_msg("round %d: class %d of %d is empty", round, i, k.n);
    }
    gb_arena_release(&a);
}

/* Every grouping into k classes of runs of distinct values, by brute force: none has less squared deviation than the one found. */
static long double deviation(const int64_t *v, size_t n, const int64_t *from, int k)
{
    long double all = 0;
    for (int c = 0; c < k; c++) {
        long double s = 0, m = 0;
        int64_t count = 0;
        for (int pass = 0; pass < 2; pass++)
            for (size_t i = 0; i < n; i++) {
                if ((c && v[i] < from[c]) || (c < k - 1 && v[i] >= from[c + 1])) continue;
                if (!pass) m += v[i], count++;
                else s += (v[i] - m / count) * (v[i] - m / count);
            }
        if (!count) return -1;
        all += s;
    }
    return all;
}

static void natural_breaks(void **state)
{
    (void)state;
    struct gb_arena a;
    int64_t from[GB_MAX_CLASSES], other[GB_MAX_CLASSES];
    gb_arena_init(&a, 0);
    static const int64_t three[] = { 1, 2, 3, 50, 51, 52, 1000, 1001 };
    assert_int_equal(gb_breaks_jenks(three, 8, 3, from, &a), 3);
    assert_true(from[1] > 3 && from[1] <= 50 && from[2] > 52 && from[2] <= 1000);
    unsigned seed = 3;
    for (int round = 0; round < 200; round++) {
        int64_t v[14];
        size_t n = 4 + (size_t)round % 11;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1103515245u + 12345u;
            v[i] = (int64_t)(seed >> 16) % (round % 2 ? 12 : 1000) * (round % 3 ? 1 : 1000000007) - 300;
            for (size_t j = i; j && v[j] < v[j - 1]; j--) { int64_t t = v[j]; v[j] = v[j - 1]; v[j - 1] = t; }
        }
        int k = gb_breaks_jenks(v, n, 3, from, &a);
        long double got = deviation(v, n, from, k);
        assert_true(k >= 1 && k <= 3 && got >= 0);
        for (size_t i = 1; k == 3 && i < n; i++)
            for (size_t j = i + 1; j < n; j++) {
                other[1] = v[i], other[2] = v[j];
                long double d = other[1] < other[2] ? deviation(v, n, other, 3) : -1;
                if (d >= 0 && d < got * (1 - 1e-12L)) fail_msg("round %d: %Lf, but %Lf is possible", round, got, d);
            }
    }
    static const int64_t wide[] = { INT64_MIN + 1, 0, INT64_MAX }, same[] = { 7, 7, 7 };
    assert_int_equal(gb_breaks_jenks(wide, 3, 3, from, &a), 0);
    assert_int_equal(gb_breaks_jenks(same, 3, 3, from, &a), 1);
    assert_int_equal(gb_breaks_jenks(same, 0, 3, from, &a), 0);
    int64_t big[170]; /* 170 places at 10^12, two decimals */
    for (int i = 0; i < 170; i++) big[i] = INT64_C(100000000000000) / 170 * i;
    assert_int_equal(gb_breaks_jenks(big, 170, 5, from, &a), 5);
    for (int i = 2; i < 5; i++) assert_true(from[i] > from[i - 1]);
    gb_arena_release(&a);
}

static int lightness(struct gb_rgba c) { return (299 * c.r + 587 * c.g + 114 * c.b) / 1000; }

/* Both signs, every method, hostile values: zero is a limit, no sign is mixed, hues differ, greys differ, equal values share a class. */
static void both_signs_and_methods(void **state)
{
    (void)state;
    struct gb_arena a;
    struct gb_classes k;
    gb_arena_init(&a, 0);
    static const int64_t few[] = { -5, -1, 0, 0, 3, 8, 90 }, pair[] = { -1, 1 };
    struct gb_chart c = of_values(&a, few, 7, 0, 0);
    gb_classes_make(&k, &c, &a);
    assert_true(k.diverging && k.n == 3);
    assert_string_equal(k.class[0].text, "dưới 0");
    assert_string_equal(k.class[1].text, "0");
    assert_string_equal(k.class[2].text, "từ 1 trở lên");
    assert_true(k.class[0].color.r > k.class[0].color.b && k.class[2].color.b > k.class[2].color.r); /* rising is good: below zero is warm */
    c.direction = GB_DOWN_GOOD;
    gb_classes_make(&k, &c, &a);
    assert_true(k.class[0].color.b > k.class[0].color.r && k.class[2].color.r > k.class[2].color.b);
    c = of_values(&a, pair, 2, 0, 0);
    gb_classes_make(&k, &c, &a);
    assert_true(k.n == 2 && k.from[1] == 0);
    for (int round = 0; round < 240; round++) {
        int64_t v[170];
        size_t n = round % 4 == 0 ? 170 : 15 + (size_t)round % 50;
        unsigned seed = (unsigned)round + 1;
        int64_t span = round % 5 == 0 ? 6 : round % 7 == 0 ? INT64_C(2000000000000) : 800;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1103515245u + 12345u;
            v[i] = (int64_t)(seed >> 8) % span - span / 2;
        }
        c = of_values(&a, v, n, round % 2 ? 2 : 0, round % 2);
        c.classing = round % 3 == 0 ? GB_CLASSING_JENKS : GB_CLASSING_QUANTILE;
        if (round % 6 == 1) {
            c.classing = GB_CLASSING_LIMITS;
            c.n_limits = 3;
            c.limit[0] = -10, c.limit[1] = 0, c.limit[2] = 155;
            c.limit_scale = 1;
        }
        gb_classes_make(&k, &c, &a);
        assert_int_equal(k.method, c.classing);
        for (int i = 2; i < k.n; i++) assert_true(k.from[i] > k.from[i - 1]);
        for (int i = 1; k.diverging && i < k.n; i++)
            for (int j = 0; j < i; j++)
                if (abs(lightness(k.class[i].color) - lightness(k.class[j].color)) < 28) fail_msg("round %d: greys of %d and %d", round, j, i);
        int cold[2] = { 0 };
        for (size_t i = 0; i < n; i++) {
            int at = gb_class_of(&k, &c.series[0].point[i]);
            assert_true(at >= 0);
            struct gb_rgba color = k.class[at].color;
            int64_t printed = round % 2 ? (v[i] < 0 ? -((-v[i] + 5) / 10) : (v[i] + 5) / 10) : v[i];
            if (k.diverging && printed) cold[printed > 0] |= color.b > color.r ? 1 : 2;
        }
        if (k.diverging && (cold[0] == 3 || cold[1] == 3 || cold[0] == cold[1])) fail_msg("round %d: hues mix signs (%d %d)", round, cold[0], cold[1]);
    }
    static const int64_t rates[] = { 100, 450, 500, 501, 990 };
    c = of_values(&a, rates, 5, 1, 1);
    c.classing = GB_CLASSING_LIMITS;
    c.n_limits = 2;
    c.limit[0] = 50000000, c.limit[1] = 82500000;
    c.limit_scale = 6;
    gb_classes_make(&k, &c, &a);
    assert_string_equal(k.class[0].text, "dưới 50");
    assert_string_equal(k.class[1].text, "50 – dưới 82,5");
    assert_int_equal(gb_class_of(&k, &c.series[0].point[2]), 1); /* the limit itself belongs above */
    gb_arena_release(&a);
}

static void classes_by_state(void **state)
{
    (void)state;
    struct gb_arena a;
    struct gb_classes k;
    gb_arena_init(&a, 0);
    static const int64_t v[] = { 950, 700, 200 };
    struct gb_chart c = of_values(&a, v, 3, 1, 1);
    c.series[0].point[0].state = GB_GOOD;
    c.series[0].point[1].state = GB_WATCH;
    c.series[0].point[2].state = GB_EMERGENCY;
    c.has_steps = true;
    static const int64_t limit[] = { 800, 655, 655, 300 }; /* the third step does not exist */
    for (int i = 0; i < 4; i++) c.step[i] = (struct gb_threshold){ true, limit[i], limit[i] };
    gb_classes_make(&k, &c, &a);
    static const char *const up[] = { "tốt: từ 80 trở lên", "theo dõi: 65,5 – dưới 80", "cảnh báo: 30 – dưới 65,5", "khẩn cấp: dưới 30" };
    assert_int_equal(k.n, 4);
    for (int i = 0; i < 4; i++) assert_string_equal(k.class[i].text, up[i]);
    assert_int_equal(gb_class_of(&k, &c.series[0].point[2]), 3);
    c.direction = GB_DOWN_GOOD;
    static const int64_t rising[] = { 10, 20, 30, 40 };
    for (int i = 0; i < 4; i++) c.step[i] = (struct gb_threshold){ true, rising[i], rising[i] };
    gb_classes_make(&k, &c, &a);
    assert_int_equal(k.n, 5);
    assert_string_equal(k.class[0].text, "tốt: dưới 1");
    assert_string_equal(k.class[2].text, "cảnh báo: 2 – dưới 3");
    assert_string_equal(k.class[4].text, "khẩn cấp: từ 4 trở lên");
    c.has_steps = false; /* states without limits: only those that occur */
    gb_classes_make(&k, &c, &a);
    assert_int_equal(k.n, 3);
    assert_string_equal(k.class[1].text, "theo dõi");
    for (int i = 1; i < k.n; i++) {
        struct gb_rgba p = k.class[i - 1].color, q = k.class[i].color;
        assert_true(299 * p.r + 587 * p.g + 114 * p.b > 299 * q.r + 587 * q.g + 114 * q.b + 20000);
    }
    gb_arena_release(&a);
}

static struct gb_shape shape_of(struct gb_outline *ring, int n) { return (struct gb_shape){ .ring = ring, .n_rings = n }; }

static void poles(void **state)
{
    (void)state;
    struct gb_arena a;
    double d;
    gb_arena_init(&a, 0);
    struct gb_point square[] = { { 0, 0 }, { 10, 0 }, { 10, 10 }, { 0, 10 } };
    struct gb_point l[] = { { 0, 0 }, { 30, 0 }, { 30, 4 }, { 10, 4 }, { 10, 30 }, { 0, 30 } };
    struct gb_point big[] = { { 0, 0 }, { 30, 0 }, { 30, 30 }, { 0, 30 } }, hole[] = { { 5, 5 }, { 5, 25 }, { 25, 25 }, { 25, 5 } };
    struct gb_point needle[] = { { 0, 0 }, { 1000, 0.1 }, { 1000, 0.2 } };
    struct gb_outline one = { square, 4, true };
    struct gb_shape s = shape_of(&one, 1);
    struct gb_point p = gb_pole(&s, 0.05, &d, &a);
    assert_true(fabs(p.x - 5) < 0.2 && fabs(p.y - 5) < 0.2 && fabs(d - 5) < 0.06);
    one = (struct gb_outline){ l, 6, true };
    p = gb_pole(&s, 0.05, &d, &a);
    assert_true(p.x < 10 && d > 4.9 && d <= 5.86); /* in the thick arm; the corner circle r = (4 + 10) - sqrt(2*4*10) = 5.06 */
    struct gb_outline two[] = { { big, 4, true }, { hole, 4, false } };
    s = shape_of(two, 2);
    p = gb_pole(&s, 0.05, &d, &a);
    assert_true(!(p.x > 5 && p.x < 25 && p.y > 5 && p.y < 25) && d > 2.4); /* not in the hole */
    one = (struct gb_outline){ needle, 3, true };
    s = shape_of(&one, 1);
    p = gb_pole(&s, 0.05, &d, &a);
    assert_true(isfinite(p.x) && isfinite(p.y));
    gb_arena_release(&a);
}

static void scale_bars(void **state)
{
    (void)state;
    assert_true(gb_scale_bar_km(2.0, 68) == 20);
    assert_true(gb_scale_bar_km(2.0, 100) == 50);
    assert_true(gb_scale_bar_km(100, 68) == 0.5);
    assert_true(gb_scale_bar_km(0.05, 68) == 1000);
    assert_true(gb_scale_bar_km(1e6, 68) == 0);
}

/* A commune stands at its position, else inside its outline, also when its centre of gravity lies outside. */
static void places_and_distances(void **state)
{
    (void)state;
    double km = gb_km_between(105.7761, 19.8067, 105.8342, 21.0278); /* 1.2211 degrees of 110.70 km north, 0.0581 of 104.3 km east */
    if (km < 135.2 || km > 135.5) fail_msg("%f km", km);
    assert_true(gb_km_between(105, 20, 105, 20) == 0);
    assert_true(gb_km_between(105, 20, 106, 21) == gb_km_between(106, 21, 105, 20));
    struct gb_catalogue k;
    fx_load(&k, TOY);
    static const double crescent[] = { 0, 0, 3, 0, 3, 1, 1, 1, 1, 2, 3, 2, 3, 3, 0, 3 };
    struct gb_ring ring = { crescent, 8, true };
    struct gb_boundary b = { .region_i = 1, .ring = &ring, .n_rings = 1, .max_lon = 3, .max_lat = 3 }, *own = k.boundary;
    int n = k.n_boundaries;
    double lon, lat;
    k.boundary = &b;
    k.n_boundaries = 1;
    k.region[1].has_position = false;
    assert_true(gb_place_of(&k, 1, &lon, &lat));
    if (lon < 0.4 || lon > 0.6 || lat < 1.49 || lat > 1.51) fail_msg("%f %f", lon, lat); /* the gap begins at 1 */
    k.region[1].has_position = true;
    k.region[1].lon = 7;
    k.region[1].lat = 8;
    assert_true(gb_place_of(&k, 1, &lon, &lat) && lon == 7 && lat == 8);
    assert_false(gb_place_of(&k, 2, &lon, &lat) && !k.region[2].has_position);
    assert_false(gb_place_of(&k, -1, &lon, &lat));
    k.boundary = own;
    k.n_boundaries = n;
    gb_catalogue_release(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(places_and_distances), cmocka_unit_test(degree_lengths), cmocka_unit_test(projection_fits), 
                                        cmocka_unit_test(borders_are_shared), cmocka_unit_test(round_breaks), cmocka_unit_test(classes_by_value),
                                        cmocka_unit_test(classes_of_anything), cmocka_unit_test(natural_breaks), cmocka_unit_test(both_signs_and_methods), cmocka_unit_test(classes_by_state), cmocka_unit_test(poles), cmocka_unit_test(scale_bars) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
