/* shape.c — outlines as they are drawn: projected, simplified, each border once.
 *
 * Simplification is Douglas and Peucker's (1973) at a quarter of a point, up to one point where a map has very many, on the lines between nodes (catalogue/boundaries.c), each
 * taken in a direction that does not depend on which neighbour asks: both sides of a border get the same points. Points are then
 * rounded to a tenth of a point, which no printer shows and which halves the digits in an SVG. GEOS or GDAL would bring topology,
 * projections and a hundred megabytes for what is three small functions here.
 */
#include "map/map_int.h"

#define GRAIN 10.0   /* tenths of a point */
#define SPECK_PT 0.5 /* rings smaller than this are not drawn, except a region's largest */

static double tenth(double v)
{
    double t = v * GRAIN + 0.5;
    int64_t i = (int64_t)t;
    if ((double)i > t)
        i--;
    return (double)i / GRAIN;
}
static bool same(struct gb_point a, struct gb_point b)
{
    return a.x == b.x && a.y == b.y;
}
static bool before(struct gb_point a, struct gb_point b)
{
    return a.x != b.x ? a.x < b.x : a.y < b.y;
}

/* Squared distance of p from the segment a-b. */
static double far2(struct gb_point p, struct gb_point a, struct gb_point b)
{
    double dx = b.x - a.x, dy = b.y - a.y, len2 = dx * dx + dy * dy;
    double t = len2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / len2 : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    dx = p.x - a.x - t * dx;
    dy = p.y - a.y - t * dy;
    return dx * dx + dy * dy;
}

void gb_simplify_line(const struct gb_point *pt, size_t n, double tolerance, bool *keep, struct gb_arena *a)
{
    if (n == 0)
        return;
    keep[0] = keep[n - 1] = true;
    if (n < 3)
        return;
    struct gb_arena_mark mark = gb_arena_mark(a);
    bool back = before(pt[n - 1], pt[0]) || (same(pt[0], pt[n - 1]) && before(pt[n - 2], pt[1]));
    struct {
        size_t lo, hi;
    } *todo = gb_alloc_array(a, n, sizeof *todo);
    size_t n_todo = 0;
    todo[n_todo].lo = 0;
    todo[n_todo++].hi = n - 1;
    while (n_todo) {
        size_t lo = todo[--n_todo].lo, hi = todo[n_todo].hi, at = lo;
        double most = tolerance * tolerance;
        for (size_t i = lo + 1; i < hi; i++) {
            double d = far2(pt[back ? n - 1 - i : i], pt[back ? n - 1 - lo : lo], pt[back ? n - 1 - hi : hi]);
            if (d > most) {
                most = d;
                at = i;
            }
        }
        if (at == lo)
            continue;
        keep[back ? n - 1 - at : at] = true;
        todo[n_todo].lo = lo;
        todo[n_todo++].hi = at;
        todo[n_todo].lo = at;
        todo[n_todo++].hi = hi;
    }
    gb_arena_rewind(a, mark);
}

/* A ring turned so that it starts at a node, or at its leftmost point where it has none (an island). The first point is repeated. */
static size_t start_of(const struct gb_ring *r)
{
    size_t left = 0;
    for (size_t i = 0; i < r->n_points; i++) {
        if (r->node && r->node[i])
            return i;
        const double *p = r->lon_lat + 2 * i, *q = r->lon_lat + 2 * left;
        if (p[0] < q[0] || (p[0] == q[0] && p[1] < q[1]))
            left = i;
    }
    return left;
}

/* The points of a ring in plane units from its start on, the first repeated at the end, and which of them stay. */
struct marked {
    struct gb_point *pt;
    bool *keep;
    size_t from;
};

static struct marked mark_ring(const struct gb_ring *r, const struct gb_projection *p, double tolerance, struct gb_arena *a)
{
    size_t n = r->n_points, from = start_of(r), far = 0, n_nodes = 0, lo = 0;
    struct gb_point *pt = GB_NEW_N(a, n + 1, struct gb_point);
    bool *keep = GB_NEW_N(a, n + 1, bool);
    double most = -1;
    for (size_t i = 0; i <= n; i++) {
        size_t at = (from + i) % n;
        pt[i] = gb_project(p, r->lon_lat[2 * at], r->lon_lat[2 * at + 1]);
        double dx = pt[i].x - pt[0].x, dy = pt[i].y - pt[0].y;
        if (dx * dx + dy * dy > most) {
            most = dx * dx + dy * dy;
            far = i;
        }
        n_nodes += i < n && r->node && r->node[at];
    }
    for (size_t i = 1; i <= n;
         i++) { /* an arc ends at a node, at the start, and, where that is all there is, at the farthest point */
        size_t at = (from + i) % n;
        if (i < n && !(r->node && r->node[at]) && !(n_nodes < 2 && i == far))
            continue;
        gb_simplify_line(pt + lo, i - lo + 1, tolerance, keep + lo, a);
        lo = i;
    }
    return (struct marked){ pt, keep, from };
}

static struct gb_outline simplify_ring(const struct gb_ring *r, const struct gb_projection *p, double tolerance,
                                       struct gb_arena *a)
{
    struct marked m = mark_ring(r, p, tolerance, a);
    struct gb_point *pt = m.pt;
    struct gb_outline out = { .pt = pt, .outer = r->outer };
    for (size_t i = 0; i < r->n_points; i++) {
        if (!m.keep[i])
            continue;
        struct gb_point q = { tenth(pt[i].x), tenth(pt[i].y) };
        if (out.n == 0 || !same(q, pt[out.n - 1]))
            pt[out.n++] = q;
    }
    while (out.n > 1 && same(pt[out.n - 1], pt[0]))
        out.n--;
    return out;
}

size_t gb_ring_simple(const struct gb_ring *r, double km, struct gb_arena *a, double **lon_lat)
{
    /* One plane for all rings, so that two neighbours keep the same points of their border; 16 degrees is the middle of the country. */
    struct gb_projection p = { .lon0 = 106, .lat0 = 16, .pt_per_km = 1 };
    gb_degree_km(p.lat0, &p.km_lon, &p.km_lat);
    struct marked m = mark_ring(r, &p, km, a);
    double *out = GB_NEW_N(a, 2 * r->n_points + 2, double);
    size_t n = 0;
    for (size_t i = 0; i < r->n_points; i++) {
        size_t at = (m.from + i) % r->n_points;
        if (!m.keep[i])
            continue;
        out[2 * n] = r->lon_lat[2 * at];
        out[2 * n + 1] = r->lon_lat[2 * at + 1];
        n++;
    }
    *lon_lat = out;
    return n;
}

static struct gb_rect box_of(const struct gb_outline *o)
{
    double x1 = o->pt[0].x, x2 = x1, y1 = o->pt[0].y, y2 = y1;
    for (size_t i = 1; i < o->n; i++) {
        if (o->pt[i].x < x1)
            x1 = o->pt[i].x;
        if (o->pt[i].x > x2)
            x2 = o->pt[i].x;
        if (o->pt[i].y < y1)
            y1 = o->pt[i].y;
        if (o->pt[i].y > y2)
            y2 = o->pt[i].y;
    }
    return (struct gb_rect){ x1, y1, x2 - x1, y2 - y1 };
}

static void shape_make(struct gb_shape *s, const struct gb_boundary *b, const struct gb_projection *p, double tolerance,
                       struct gb_arena *a)
{
    *s = (struct gb_shape){ .from = b, .ring = GB_NEW_N(a, (size_t)b->n_rings, struct gb_outline), .point_i = -1, .class_i = -1 };
    double largest = -1;
    struct gb_point speck = { 0, 0 };
    for (int i = 0; i < b->n_rings; i++) {
        struct gb_outline o = simplify_ring(&b->ring[i], p, tolerance, a);
        struct gb_rect box = box_of(&o);
        double size = box.w > box.h ? box.w : box.h;
        if (size > largest) {
            largest = size;
            speck = (struct gb_point){ box.x, box.y };
        }
        if (o.n >= 3 && size >= SPECK_PT)
            s->ring[s->n_rings++] = o;
    }
    if (s->n_rings)
        return;
    struct gb_outline *o = &s->ring[s->n_rings++]; /* smaller than the eye sees: a dot, so that it is not lost */
    *o = (struct gb_outline){ .pt = GB_NEW_N(a, 4, struct gb_point), .n = 4, .outer = true };
    for (int i = 0; i < 4; i++)
        o->pt[i] = (struct gb_point){ speck.x + (i == 1 || i == 2 ? 1 : 0), speck.y + (i >= 2 ? 1 : 0) };
}

#define COARSEST_PT 1.0

struct gb_shape *gb_shapes_make(const struct gb_boundary *const *of, int n, const struct gb_projection *p, struct gb_arena *a)
{
    struct gb_shape *v = GB_NEW_N(a, (size_t)n, struct gb_shape);
    for (double tolerance = GB_MAP_TOLERANCE_PT;; tolerance *= 1.41) {
        struct gb_arena_mark mark = gb_arena_mark(a);
        size_t points = 0;
        for (int i = 0; i < n; i++) {
            shape_make(&v[i], of[i], p, tolerance, a);
            for (int j = 0; j < v[i].n_rings; j++)
                points += v[i].ring[j].n;
        }
        if (points <= GB_MAP_POINTS || tolerance >= COARSEST_PT)
            return v;
        gb_arena_rewind(a, mark);
    }
}

void gb_shape_path(const struct gb_shape *s, struct gb_path *p)
{
    for (int i = 0; i < s->n_rings; i++) {
        for (size_t j = 0; j < s->ring[i].n; j++)
            if (j)
                gb_path_line(p, s->ring[i].pt[j].x, s->ring[i].pt[j].y);
            else
                gb_path_move(p, s->ring[i].pt[j].x, s->ring[i].pt[j].y);
        gb_path_close(p);
    }
}

/* ---- borders ---------------------------------------------------------------------------------------------------------- */
struct edge {
    struct gb_point a, b;
    uint8_t seen;
    bool drawn;
};
struct edges {
    struct edge *v;
    size_t mask;
};

static struct edge *edge_at(struct edges *e, struct gb_point a, struct gb_point b)
{
    if (before(b, a)) {
        struct gb_point t = a;
        a = b;
        b = t;
    }
    uint64_t h = 14695981039346656037u; /* FNV-1a over the four numbers in tenths */
    const int64_t k[4] = { (int64_t)(a.x * GRAIN), (int64_t)(a.y * GRAIN), (int64_t)(b.x * GRAIN), (int64_t)(b.y * GRAIN) };
    for (int i = 0; i < 4; i++)
        h = (h ^ (uint64_t)k[i]) * 1099511628211u;
    h ^= h >> 29;
    for (size_t at = h & e->mask;; at = (at + 1) & e->mask) {
        struct edge *x = &e->v[at];
        if (!x->seen) {
            x->a = a;
            x->b = b;
            return x;
        }
        if (same(x->a, a) && same(x->b, b))
            return x;
    }
}

/* Runs of edges that were not drawn yet, as lines as long as possible. */
static void trace_ring(struct edges *e, const struct gb_outline *o, bool shared, struct gb_path *out)
{
    bool pen = false;
    for (size_t j = 0; j < o->n; j++) {
        struct gb_point a = o->pt[j], b = o->pt[(j + 1) % o->n];
        struct edge *x = edge_at(e, a, b);
        if (x->drawn || (x->seen > 1) != shared) {
            pen = false;
            continue;
        }
        x->drawn = true;
        if (!pen)
            gb_path_move(out, a.x, a.y);
        gb_path_line(out, b.x, b.y);
        pen = true;
    }
}

void gb_borders(const struct gb_shape *shape, int n, struct gb_path *inner, struct gb_path *outer, struct gb_arena *a)
{
    size_t n_edges = 0, cap = 64;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < shape[i].n_rings; j++)
            n_edges += shape[i].ring[j].n;
    while (cap < n_edges * 2)
        cap *= 2;
    struct edges e = { GB_NEW_N(a, cap, struct edge), cap - 1 };
    for (int i = 0; i < n; i++)
        for (int j = 0; j < shape[i].n_rings; j++) {
            const struct gb_outline *o = &shape[i].ring[j];
            for (size_t m = 0; m < o->n; m++) {
                struct edge *x = edge_at(&e, o->pt[m], o->pt[(m + 1) % o->n]);
                if (x->seen < 255)
                    x->seen++;
            }
        }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < shape[i].n_rings; j++) {
            trace_ring(&e, &shape[i].ring[j], true, inner);
            trace_ring(&e, &shape[i].ring[j], false, outer);
        }
}
