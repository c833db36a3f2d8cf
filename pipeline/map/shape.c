/* shape.c — outlines as they are drawn: of the right level, projected, each border once.
 *
 * Simplified they are already, once for each level when the catalogue is read (catalogue/geometry.c): a map takes the coarsest level that
 * moves no point by more than a quarter of a point, up to one point where a map has very many. Points are then rounded to a tenth of a
 * point, which no printer shows and which halves the digits in an SVG.
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

static struct gb_outline outline_of(const struct gb_ring *r, const struct gb_projection *p, struct gb_arena *a)
{
    struct gb_outline out = { .pt = GB_NEW_N(a, r->n_points + 1, struct gb_point), .outer = r->outer };
    for (size_t i = 0; i < r->n_points; i++) {
        struct gb_point q = gb_project(p, r->lon_lat[2 * i], r->lon_lat[2 * i + 1]);
        q = (struct gb_point){ tenth(q.x), tenth(q.y) };
        if (out.n == 0 || !same(q, out.pt[out.n - 1]))
            out.pt[out.n++] = q;
    }
    while (out.n > 1 && same(out.pt[out.n - 1], out.pt[0]))
        out.n--;
    return out;
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

/* Rings of one view, of the level for its scale; the largest ring so far, for the speck. @return how much of the ground they take */
static double add_rings(struct gb_shape *s, const struct gb_views *vs, int view, double metres, double *largest,
                        struct gb_point *speck, struct gb_arena *a)
{
    const struct gb_rings v = gb_boundary_at(s->from, metres);
    struct gb_outline *ring = GB_NEW_N(a, (size_t)(s->n_rings + v.n_rings + 1), struct gb_outline);
    for (int i = 0; i < s->n_rings; i++)
        ring[i] = s->ring[i];
    s->ring = ring;
    double scale = vs->view[view].pr.pt_per_km, ground = 0;
    for (int i = 0; i < v.n_rings; i++) {
        if (vs->n > 1 && gb_view_of(vs, v.ring[i].lon_lat[0], v.ring[i].lon_lat[1]) != view)
            continue;
        struct gb_outline o = outline_of(&v.ring[i], &vs->view[view].pr, a);
        struct gb_rect box = box_of(&o);
        double size = box.w > box.h ? box.w : box.h;
        ground += scale > 0 ? box.w * box.h / (scale * scale) : 0;
        if (size > *largest) {
            *largest = size;
            *speck = (struct gb_point){ box.x, box.y };
        }
        if (o.n >= 3 && size >= SPECK_PT)
            s->ring[s->n_rings++] = o;
    }
    return ground;
}

static void shape_make(struct gb_shape *s, const struct gb_boundary *b, const struct gb_views *vs, double metres,
                       struct gb_arena *a)
{
    *s = (struct gb_shape){ .from = b, .point_i = -1, .class_i = -1 };
    double largest = -1, on_main = 0, elsewhere = 0;
    struct gb_point speck = { 0, 0 };
    for (int view = 0; view < (vs->main_only ? 1 : vs->n); view++) {
        double scale = vs->view[view].pr.pt_per_km, by = view && scale > 0 ? vs->view[0].pr.pt_per_km / scale : 1;
        double ground = add_rings(s, vs, view, metres * by, &largest, &speck, a);
        if (!view) {
            s->n_main = s->n_rings;
            on_main = ground;
        } else
            elsewhere += ground;
    }
    if (elsewhere > on_main)
        s->n_main = 0; /* an islet that stayed behind does not stand for the place */
    if (s->n_rings || largest < 0)
        return;
    struct gb_outline *o = &s->ring[s->n_rings++]; /* smaller than the eye sees: a dot, so that it is not lost */
    *o = (struct gb_outline){ .pt = GB_NEW_N(a, 4, struct gb_point), .n = 4, .outer = true };
    for (int i = 0; i < 4; i++)
        o->pt[i] = (struct gb_point){ speck.x + (i == 1 || i == 2 ? 1 : 0), speck.y + (i >= 2 ? 1 : 0) };
}

#define COARSEST_PT 1.0

/* Metres that a map may be wrong by: finer levels have more points than paper shows. */
static double metres_for(const struct gb_boundary *const *of, int n, double pt_per_km)
{
    if (!(pt_per_km > 0))
        return 0;
    for (double pt = GB_MAP_TOLERANCE_PT;; pt *= 2) {
        size_t points = 0;
        for (int i = 0; i < n; i++) {
            struct gb_rings v = gb_boundary_at(of[i], pt / pt_per_km * 1000);
            for (int k = 0; k < v.n_rings; k++)
                points += v.ring[k].n_points;
        }
        if (points <= GB_MAP_POINTS || pt >= COARSEST_PT)
            return pt / pt_per_km * 1000;
    }
}

struct gb_shape *gb_shapes_in(const struct gb_boundary *const *of, int n, const struct gb_views *vs, struct gb_arena *a)
{
    struct gb_shape *v = GB_NEW_N(a, (size_t)n, struct gb_shape);
    double metres = metres_for(of, n, vs->view[0].pr.pt_per_km);
    for (int i = 0; i < n; i++)
        shape_make(&v[i], of[i], vs, metres, a);
    return v;
}

struct gb_shape *gb_shapes_make(const struct gb_boundary *const *of, int n, const struct gb_projection *p, struct gb_arena *a)
{
    struct gb_views one = { .view = { { .pr = *p } }, .n = 1 };
    return gb_shapes_in(of, n, &one, a);
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
