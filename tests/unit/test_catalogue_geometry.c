/* test_catalogue_geometry.c — outlines for smaller scales share every point with their neighbours and lose no part; points inside, unions
 * and shares, each against figures found by other means. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "catalogue/geometry.h"

enum { ROWS = 5, COLS = 6, STEPS = 40, N = ROWS * COLS + 3 };
static unsigned seed;
static double noise(void)
{
    seed = seed * 1103515245u + 12345u;
    return ((double)(seed >> 16 & 1023) - 512) / 512;
}

static double area_of(const struct gb_ring *v, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++)
        for (size_t k = 0; k < v[i].n_points; k++) {
            const double *p = v[i].lon_lat + 2 * k, *q = v[i].lon_lat + 2 * ((k + 1) % v[i].n_points);
            sum += ((p[0] - 105) * (q[1] - 19) - (q[0] - 105) * (p[1] - 19)) / 2;
        }
    return sum;
}

/* A grid of communes with ragged borders of 40 steps each, a hole in one that is another commune, an island of 20 m that is a whole commune,
 * an island of three that belongs to a commune on land. */
struct land {
    struct gb_arena a;
    struct gb_boundary b[N], *v[N];
};

static void border(double *p, size_t *n, const double *line, bool back)
{
    for (int i = 0; i < STEPS; i++, ++*n) memcpy(p + 2 * *n, line + 2 * (back ? STEPS - i : i), 2 * sizeof *p);
}

static void frame(struct gb_boundary *b)
{
    b->min_lon = b->min_lat = 1e9;
    b->max_lon = b->max_lat = -1e9;
    for (int k = 0; k < b->n_rings; k++)
        for (size_t i = 0; i < b->ring[k].n_points; i++) {
            const double *p = b->ring[k].lon_lat + 2 * i;
            b->min_lon = fmin(b->min_lon, p[0]), b->max_lon = fmax(b->max_lon, p[0]);
            b->min_lat = fmin(b->min_lat, p[1]), b->max_lat = fmax(b->max_lat, p[1]);
        }
}

static struct gb_ring ring(struct land *l, const double *p, size_t n, bool outer)
{
    double *own = GB_NEW_N(&l->a, 2 * n, double);
    memcpy(own, p, 2 * n * sizeof *p);
    return (struct gb_ring){ own, n, outer };
}

static void add(struct land *l, int at, int region, int n, struct gb_ring one, struct gb_ring two)
{
    struct gb_ring *r = GB_NEW_N(&l->a, 2, struct gb_ring);
    r[0] = one, r[1] = two;
    l->b[at] = (struct gb_boundary){ .region_i = region, .ring = r, .n_rings = n };
    frame(&l->b[at]);
    l->v[at] = &l->b[at];
}

static void lay(struct land *l, double ragged)
{
    static double across[ROWS + 1][COLS][2 * (STEPS + 1)], up[ROWS][COLS + 1][2 * (STEPS + 1)];
    const double size = 0.1;
    seed = 7;
    gb_arena_init(&l->a, 0);
    for (int r = 0; r <= ROWS; r++)
        for (int c = 0; c <= COLS; c++)
            for (int way = 0; way < 2; way++) {
                if (way ? r == ROWS : c == COLS) continue;
                double *p = way ? up[r][c] : across[r][c];
                for (int i = 0; i <= STEPS; i++) {
                    double on = i * size / STEPS, most = 0.45 * fmin(on, size - on), off = ragged * noise(); /* within its own quarter */
                    off = fmax(-most, fmin(most, off));
                    p[2 * i] = round((105 + c * size + (way ? off : on)) * 1e6) / 1e6;
                    p[2 * i + 1] = round((19 + r * size + (way ? on : off)) * 1e6) / 1e6;
                }
            }
    static const double lake[] = { 105.24, 19.24, 105.24, 19.26, 105.2501, 19.2601, 105.26, 19.26, 105.26, 19.24 }, /* clockwise */
        town[] = { 105.26, 19.24, 105.26, 19.26, 105.2501, 19.2601, 105.24, 19.26, 105.24, 19.24 },
        speck[] = { 106, 19, 106.0002, 19, 106.0002, 19.0002, 106, 19.0002 }, isle[] = { 106.1, 19.1, 106.103, 19.1, 106.101, 19.102 };
    for (int r = 0, at = 0; r < ROWS; r++)
        for (int c = 0; c < COLS; c++, at++) {
            double p[8 * STEPS];
            size_t n = 0;
            border(p, &n, across[r][c], false), border(p, &n, up[r][c + 1], false);
            border(p, &n, across[r + 1][c], true), border(p, &n, up[r][c], true);
            struct gb_ring own = ring(l, p, n, true), more = { 0 };
            if (r == 2 && c == 2) more = ring(l, lake, 5, false);
            if (r == 4 && c == 5) more = ring(l, isle, 3, true);
            add(l, at, at, more.n_points ? 2 : 1, own, more);
        }
    add(l, N - 3, N - 3, 1, ring(l, town, 5, true), (struct gb_ring){ 0 });
    add(l, N - 2, N - 2, 1, ring(l, speck, 4, true), (struct gb_ring){ 0 });
    add(l, N - 1, N - 1, 1, ring(l, (const double[]){ 105.7, 19, 105.8, 19, 105.8, 19.1, 105.7, 19.1 }, 4, true), (struct gb_ring){ 0 }); /* alone */
}

static void simplify(struct land *l)
{
    const char *why = gb_geometry_simplify(l->v, N, &l->a);
    if (why) fail_msg("%s", why);
}

static int by_four(const void *pa, const void *pb) { return memcmp(pa, pb, 4 * sizeof(double)); }

/* Edges that run both ways, and those that run one way only. */
static void count_edges(struct land *l, int level, int *both, int *once)
{
    size_t n = 0;
    double(*e)[4] = calloc(100000, sizeof *e);
    for (int i = 0; i < N; i++)
        for (int k = 0; k < l->b[i].simple[level].n_rings; k++) {
            const struct gb_ring *r = &l->b[i].simple[level].ring[k];
            for (size_t m = 0; m < r->n_points; m++, n++) {
                const double *p = r->lon_lat + 2 * m, *q = r->lon_lat + 2 * ((m + 1) % r->n_points);
                bool swap = p[0] > q[0] || (p[0] == q[0] && p[1] > q[1]);
                memcpy(e[n], swap ? q : p, 2 * sizeof *p), memcpy(e[n] + 2, swap ? p : q, 2 * sizeof *p);
            }
        }
    qsort(e, n, sizeof *e, by_four);
    *both = *once = 0;
    for (size_t i = 0; i < n; i++)
        if (i + 1 < n && by_four(e[i], e[i + 1]) == 0) ++*both, i++;
        else ++*once;
    free(e);
}

static void every_level_is_whole(struct land *l)
{
    for (int level = 0; level < GB_OUTLINE_LEVELS; level++) {
        struct gb_rings all[N];
        struct gb_ring *one;
        double sum = 0;
        int both, once, outside = 0;
        for (int i = 0; i < N; i++) {
            struct gb_rings *s = &l->b[i].simple[level];
            if (s->n_rings != l->b[i].n_rings) fail_msg("level %d, region %d: %d rings, not %d", level, i, s->n_rings, l->b[i].n_rings);
            const char *fault = gb_geometry_fault(s->ring, s->n_rings, &l->a);
            if (fault) fail_msg("level %d, region %d: %s", level, i, fault);
            for (int k = 0; k < s->n_rings; k++) assert_true(s->ring[k].n_points >= 3 && (area_of(&s->ring[k], 1) > 0) == s->ring[k].outer);
            sum += area_of(s->ring, s->n_rings);
            all[i] = *s;
        }
        int n = gb_geometry_union(all, N, &l->a, &one);
        assert_int_equal(n, 4); /* the land, the square alone, the speck, the isle: no gap anywhere */
        double whole = area_of(one, n);
        if (fabs(whole - sum) > 1e-12) fail_msg("level %d: %.15f of parts, %.15f together: they overlap", level, sum, whole);
        for (int i = 0; i < n; i++) outside += (int)one[i].n_points;
        count_edges(l, level, &both, &once);
        assert_int_equal(once, outside); /* an edge that one side alone has is on the outer border */
        assert_true(both >= ROWS * (COLS - 1) + COLS * (ROWS - 1));
    }
}

static void borders_stay_shared(void **state)
{
    (void)state;
    static const double ragged[] = { 0, 0.0004, 0.003, 0.03 }; /* the last: borders that come near each other and would cross */
    for (int i = 0; i < 4; i++) {
        struct land l;
        lay(&l, ragged[i]);
        simplify(&l);
        every_level_is_whole(&l);
        gb_arena_release(&l.a);
    }
}

/* No point that was left out lies farther from the line than the level says, and coarser levels have fewer points. */
static void levels_keep_their_word(void **state)
{
    (void)state;
    struct land l;
    lay(&l, 0.003);
    simplify(&l);
    size_t before = SIZE_MAX;
    for (int level = 0; level < GB_OUTLINE_LEVELS; level++) {
        size_t points = 0;
        for (int i = 0; i < ROWS * COLS; i++) {
            const struct gb_ring *s = &l.b[i].simple[level].ring[0], *raw = &l.b[i].ring[0];
            points += s->n_points;
            for (size_t m = 0; m < raw->n_points; m++) {
                double least = 1e9, x = raw->lon_lat[2 * m], y = raw->lon_lat[2 * m + 1];
                for (size_t k = 0; k < s->n_points; k++) {
                    const double *p = s->lon_lat + 2 * k, *q = s->lon_lat + 2 * ((k + 1) % s->n_points);
                    double dx = q[0] - p[0], dy = q[1] - p[1], t = ((x - p[0]) * dx + (y - p[1]) * dy) / (dx * dx + dy * dy);
                    t = t < 0 ? 0 : t > 1 ? 1 : t;
                    least = fmin(least, hypot((x - p[0] - t * dx) * 105.2, (y - p[1] - t * dy) * 110.7)); /* km a degree at 19.3° N */
                }
                if (least * 1000 > gb_outline_metres[level]) fail_msg("level %d, region %d: a point %.1f m away", level, i, least * 1000);
            }
        }
        assert_true(points <= before && (level == 0 || level > 3 || points < before));
        before = points;
    }
    struct gb_rings fine = gb_boundary_at(&l.b[0], 29), mid = gb_boundary_at(&l.b[0], 100), coarse = gb_boundary_at(&l.b[0], 1e9);
    assert_ptr_equal(fine.ring, l.b[0].ring);
    assert_ptr_equal(mid.ring, l.b[0].simple[1].ring);
    assert_ptr_equal(coarse.ring, l.b[0].simple[GB_OUTLINE_LEVELS - 1].ring);
    gb_arena_release(&l.a);
}

/* A bay of 670 m in which an island lies half: at 960 m the coast would run straight through the island. */
static void lines_do_not_cross(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    static const double coast[] = { 105, 18.9, 105.1, 18.9, 105.1, 19, 105.065, 19, 105.06, 18.994, 105.04, 18.994, 105.035, 19, 105, 19 },
                        island[] = { 105.045, 18.996, 105.055, 18.996, 105.055, 19.02, 105.045, 19.02 };
    struct gb_ring r[] = { { coast, 8, true }, { island, 4, true } }, *one;
    struct gb_boundary b[] = { { 0, &r[0], 1, 105, 18.9, 105.1, 19, { { 0 } } }, { 1, &r[1], 1, 105.045, 18.996, 105.055, 19.02, { { 0 } } } };
    struct gb_boundary *v[] = { &b[0], &b[1] };
    assert_null(gb_geometry_simplify(v, 2, &a));
    for (int level = 0; level < GB_OUTLINE_LEVELS; level++) {
        struct gb_rings all[] = { b[0].simple[level], b[1].simple[level] };
        double sum = area_of(all[0].ring, all[0].n_rings) + area_of(all[1].ring, all[1].n_rings);
        int n = gb_geometry_union(all, 2, &a, &one);
        if (n != 2 || fabs(area_of(one, n) - sum) > 1e-12) fail_msg("level %d: the island lies on the coast", level);
    }
    gb_arena_release(&a);
}

/* A border that ends in the middle of a neighbour's straight edge: both sides get the point where it ends. */
static void a_point_on_one_side_only(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    static const double west[] = { 105, 19, 105.1, 19, 105.1, 19.2, 105, 19.2 }, south[] = { 105.1, 19, 105.2, 19, 105.2, 19.1, 105.1, 19.1 },
                        north[] = { 105.1, 19.1, 105.2, 19.1, 105.2, 19.2, 105.1, 19.2 };
    struct gb_ring r[] = { { west, 4, true }, { south, 4, true }, { north, 4, true } };
    struct gb_boundary b[] = { { 0, &r[0], 1, 105, 19, 105.1, 19.2, { { 0 } } }, { 1, &r[1], 1, 105.1, 19, 105.2, 19.1, { { 0 } } }, { 2, &r[2], 1, 105.1, 19.1, 105.2, 19.2, { { 0 } } } };
    struct gb_boundary *v[] = { &b[0], &b[1], &b[2] };
    assert_null(gb_geometry_simplify(v, 3, &a));
    int found = 0;
    const struct gb_ring *s = b[0].simple[5].ring;
    for (size_t i = 0; i < s->n_points; i++) found += s->lon_lat[2 * i] == 105.1 && s->lon_lat[2 * i + 1] == 19.1;
    assert_int_equal(found, 1);
    gb_arena_release(&a);
}

static void same(const struct gb_rings *a, const struct gb_rings *b)
{
    assert_int_equal(a->n_rings, b->n_rings);
    for (int k = 0; k < a->n_rings; k++) {
        assert_int_equal(a->ring[k].n_points, b->ring[k].n_points);
        assert_memory_equal(a->ring[k].lon_lat, b->ring[k].lon_lat, 2 * sizeof(double) * a->ring[k].n_points);
    }
}

/* Again, in another order of places, and with rings that start elsewhere: the same points in the same order. */
static void order_does_not_matter(void **state)
{
    (void)state;
    struct land l, m;
    lay(&l, 0.03);
    lay(&m, 0.03);
    simplify(&l);
    for (int i = 0; i < N; i++) m.v[i] = &m.b[(i * 7 + 3) % N]; /* 7 and 33 have no common divisor */
    for (int i = 0; i < ROWS * COLS; i++) {
        struct gb_ring *r = &m.b[i].ring[0];
        double *p = GB_NEW_N(&m.a, 2 * r->n_points, double);
        for (size_t k = 0; k < r->n_points; k++) memcpy(p + 2 * k, r->lon_lat + 2 * ((k + 57) % r->n_points), 2 * sizeof *p);
        r->lon_lat = p;
    }
    simplify(&m);
    for (int i = 0; i < N; i++)
        for (int level = 0; level < GB_OUTLINE_LEVELS; level++) same(&l.b[i].simple[level], &m.b[i].simple[level]);
    gb_arena_release(&l.a);
    gb_arena_release(&m.a);
}

static void points_of_areas(void **state)
{
    (void)state;
    static const double crescent[] = { 0, 0, 3, 0, 3, 1, 1, 1, 1, 2, 3, 2, 3, 3, 0, 3 }, big[] = { 0, 0, 30, 0, 30, 30, 0, 30 }, hole[] = { 5, 5, 5, 25, 25, 25, 25, 5 };
    struct gb_ring one = { crescent, 8, true }, two[] = { { big, 4, true }, { hole, 4, false } };
    double x, y, r;
    assert_true(gb_geometry_centre(&one, 1, &x, &y) && x > 0 && x < 1 && y == 1.5); /* its centre of gravity lies in the gap */
    assert_true(gb_geometry_centre(&two[0], 1, &x, &y) && x == 15 && y == 15);
    assert_true(gb_geometry_pole(two, 2, 0.01, &x, &y, &r));
    assert_true(!(x > 5 && x < 25 && y > 5 && y < 25) && r > 2.4 && r < 2.95); /* in a corner: 5 = r + r / sqrt(2), r = 2.93 */
    assert_true(gb_geometry_holds(two, 2, 2, 2) && gb_geometry_holds(two, 2, 5, 10) && !gb_geometry_holds(two, 2, 15, 15) && !gb_geometry_holds(two, 2, 31, 2));
}

/* Circle and square against areas known in closed form. */
static void shares(void **state)
{
    (void)state;
    double km_lon, km_lat;
    gb_degree_km(19.8, &km_lon, &km_lat);
    const double pi = 3.14159265358979323846, w = 10 / km_lon, h = 10 / km_lat; /* 20 km by 20 km around the centre */
    const double box[] = { 105.7 - w, 19.8 - h, 105.7 + w, 19.8 - h, 105.7 + w, 19.8 + h, 105.7 - w, 19.8 + h };
    struct gb_ring r = { box, 4, true };
    static const double km[] = { 1, 5, 10 };
    for (int i = 0; i < 3; i++) {
        double got = gb_geometry_share(&r, 1, 105.7, 19.8, km[i]), want = pi * km[i] * km[i] / 400;
        if (fabs(got / want - 1) > 0.0002) fail_msg("%g km: %.6f, not %.6f", km[i], got, want);
    }
    assert_true(gb_geometry_share(&r, 1, 105.7, 19.8, 15) > 0.99); /* sqrt(200) = 14.1 reaches the corners */
    assert_true(fabs(gb_geometry_share(&r, 1, 105.7 + w, 19.8, 5) / (pi * 25 / 800) - 1) < 0.0002); /* on the border: half a circle */
    assert_true(gb_geometry_share(&r, 1, 106.7, 19.8, 5) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(borders_stay_shared), cmocka_unit_test(levels_keep_their_word), cmocka_unit_test(lines_do_not_cross), cmocka_unit_test(a_point_on_one_side_only),
                                        cmocka_unit_test(order_does_not_matter), cmocka_unit_test(points_of_areas), cmocka_unit_test(shares) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
