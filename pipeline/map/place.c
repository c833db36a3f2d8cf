/* place.c — where labels stand: inside their region if the text fits there, else beside it on a leader line.
 *
 * The map is rasterised once into cells that know their region, so that "does this box lie inside the commune" and "how much land
 * does it cover" are look-ups. A label is tried around the pole of inaccessibility of its region, then in rings of places around
 * it; hard rules (frame, other labels, marks, leaders, anchors of others) throw a place out, the rest are ranked by length of the
 * leader and by what they would cover: open water and neighbours' territory beyond the border are free. Labels come in the order of
 * the spec, worst first, so that who matters most stands best; a label without room is left out, its outline stays.
 */
#include "map/map_int.h"

#include <math.h>
#include <stdlib.h>

#define CELL_PT 1.5

/* ---- grid ------------------------------------------------------------------------------------------------------------- */
static int by_value(const void *p, const void *q)
{
    double a = *(const double *)p, b = *(const double *)q;
    return (a > b) - (a < b);
}

static void fill_row(struct gb_grid *g, int row, const struct gb_shape *s, int owner, double *cut)
{
    double y = g->r.y + (row + 0.5) * g->cell;
    size_t n = 0;
    for (int i = 0; i < s->n_rings; i++)
        for (size_t j = 0; j < s->ring[i].n; j++) {
            struct gb_point a = s->ring[i].pt[j], b = s->ring[i].pt[(j + 1) % s->ring[i].n];
            if ((a.y < y) != (b.y < y))
                cut[n++] = a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y);
        }
    if (n > 1)
        qsort(cut, n, sizeof *cut, by_value);
    for (size_t i = 0; i + 1 < n; i += 2) {
        double from = (cut[i] - g->r.x) / g->cell, to = (cut[i + 1] - g->r.x) / g->cell;
        for (int x = from < 0 ? 0 : (int)(from + 0.5); x < g->w && x + 0.5 < to; x++)
            g->owner[(size_t)row * (size_t)g->w + (size_t)x] = (int16_t)(owner + 1);
    }
}

void gb_grid_make(struct gb_grid *g, struct gb_rect r, const struct gb_shape *shape, int n, struct gb_arena *a)
{
    *g = (struct gb_grid){ .r = r, .cell = CELL_PT };
    g->w = r.w > 0 ? (int)(r.w / g->cell) + 1 : 1;
    g->h = r.h > 0 ? (int)(r.h / g->cell) + 1 : 1;
    g->owner = gb_alloc_array(a, gb_mul((size_t)g->w, (size_t)g->h), sizeof *g->owner);
    for (int i = 0; i < n && i < INT16_MAX; i++) {
        double top = 1e9, bottom = -1e9;
        size_t points = 0;
        for (int j = 0; j < shape[i].n_rings; j++)
            for (size_t m = 0; m < shape[i].ring[j].n; m++, points++) {
                double y = shape[i].ring[j].pt[m].y;
                if (y < top)
                    top = y;
                if (y > bottom)
                    bottom = y;
            }
        double *cut = GB_NEW_N(a, points, double);
        int from = (int)((top - r.y) / g->cell) - 1, to = (int)((bottom - r.y) / g->cell) + 1;
        for (int row = from < 0 ? 0 : from; row <= to && row < g->h; row++)
            fill_row(g, row, &shape[i], i, cut);
    }
}

struct cover {
    int cells, own, land, strong;
};

static struct cover cover_of(const struct gb_grid *g, const struct gb_shape *shape, struct gb_rect b, int own, bool own_only)
{
    struct cover c = { 0 };
    int x1 = (int)((b.x - g->r.x) / g->cell), x2 = (int)((b.x + b.w - g->r.x) / g->cell);
    int y1 = (int)((b.y - g->r.y) / g->cell), y2 = (int)((b.y + b.h - g->r.y) / g->cell);
    for (int y = y1 < 0 ? 0 : y1; y <= y2 && y < g->h; y++)
        for (int x = x1 < 0 ? 0 : x1; x <= x2 && x < g->w; x++) {
            int o = g->owner[(size_t)y * (size_t)g->w + (size_t)x] - 1;
            c.cells++;
            if (o == own && own >= 0)
                c.own++;
            else if (own_only)
                return c;
            c.land += o >= 0;
            c.strong += o >= 0 && shape[o].highlight;
        }
    return c;
}

/* ---- pole of inaccessibility ------------------------------------------------------------------------------------------ */
struct gb_point gb_pole(const struct gb_shape *s, double precision, double *distance, struct gb_arena *a)
{
    struct gb_arena_mark mark = gb_arena_mark(a);
    int n_rings = s->n_main ? s->n_main : s->n_rings;
    struct gb_ring *v = GB_NEW_N(a, (size_t)n_rings, struct gb_ring);
    struct gb_point at = { 0 };
    *distance = 0;
    for (int i = 0; i < n_rings; i++) {
        double *p = GB_NEW_N(a, 2 * s->ring[i].n, double);
        for (size_t k = 0; k < s->ring[i].n; k++) {
            p[2 * k] = s->ring[i].pt[k].x;
            p[2 * k + 1] = s->ring[i].pt[k].y;
        }
        v[i] = (struct gb_ring){ p, s->ring[i].n, s->ring[i].outer };
    }
    if (!gb_geometry_pole(v, n_rings, precision, &at.x, &at.y, distance) && s->n_rings && s->ring[0].n)
        at = s->ring[0].pt[0]; /* rounded to a line: any of its points */
    gb_arena_rewind(a, mark);
    return at;
}

/* ---- labels ----------------------------------------------------------------------------------------------------------- */
enum { N_DIRECTIONS = 24, N_RADII = 26, RETRIES = 5 };
#define INSIDE_REACH_PT 48.0

struct placer {
    struct gb_sketch *k;
    const struct gb_grid *g;
    const struct gb_shape *shape;
    struct gb_label *v;
    int n, i;
    double w, h, pad;
};

double gb_label_size(const struct gb_sketch *k)
{
    return k->base * 0.92;
}

static bool in_frame(const struct gb_rect *f, const struct gb_rect *b)
{
    return b->x >= f->x && b->y >= f->y && b->x + b->w <= f->x + f->w && b->y + b->h <= f->y + f->h;
}

static struct gb_rect grown(struct gb_rect r, double by)
{
    return (struct gb_rect){ r.x - by, r.y - by, r.w + 2 * by, r.h + 2 * by };
}
static bool holds(struct gb_rect r, struct gb_point p)
{
    return p.x > r.x && p.x < r.x + r.w && p.y > r.y && p.y < r.y + r.h;
}

static bool sits_free(const struct placer *p, struct gb_rect b)
{
    if (!in_frame(&p->k->r, &b) || gb_box_hits(p->k, grown(b, p->pad)) || gb_seg_crossings(p->k, grown(b, p->pad)))
        return false;
    for (int j = 0; j < p->n; j++) /* what others point at stays visible */
        if (j != p->i && holds(grown(b, p->v[j].keep_clear + p->pad * 2), p->v[j].at))
            return false;
    return true;
}

static bool place_inside(struct placer *p)
{
    struct gb_label *l = &p->v[p->i];
    double best = 1e18;
    if (l->shape_i < 0)
        return false;
    for (double dy = -INSIDE_REACH_PT; dy <= INSIDE_REACH_PT; dy += 3)
        for (double dx = -INSIDE_REACH_PT; dx <= INSIDE_REACH_PT; dx += 3) {
            double d = dx * dx + dy * dy * 1.5;
            struct gb_rect b = { l->at.x + dx - p->w / 2, l->at.y + dy - p->h / 2, p->w, p->h };
            if (d >= best || !sits_free(p, b))
                continue;
            struct cover c = cover_of(p->g, p->shape, b, l->shape_i, true);
            if (c.own < c.cells)
                continue;
            best = d;
            l->box = b;
            l->inside = true;
        }
    return l->inside;
}

static double clamp(double v, double lo, double hi)
{
    return v < lo ? lo : v > hi ? hi : v;
}
static double cross(struct gb_point o, struct gb_point a, struct gb_point b)
{
    return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

static bool leader_is_free(const struct placer *p, struct gb_point from, struct gb_point to)
{
    struct gb_seg seg = { from.x, from.y, to.x, to.y };
    struct gb_sketch one = { .segs = { &seg, 1, 1 } };
    for (size_t i = 0; i < p->k->boxes.n; i++) {
        if (holds(p->k->boxes.box[i], from))
            continue; /* a station's own mark */
        if (gb_seg_crossings(&one, p->k->boxes.box[i]))
            return false;
    }
    for (size_t i = 0; i < p->k->segs.n; i++) {
        const struct gb_seg *s = &p->k->segs.seg[i];
        struct gb_point a = { s->x1, s->y1 }, b = { s->x2, s->y2 };
        if ((cross(a, b, from) > 0) != (cross(a, b, to) > 0) && (cross(from, to, a) > 0) != (cross(from, to, b) > 0))
            return false;
    }
    return true;
}

/* Unit vectors of the directions: a rational circle of 24 points, so that no libm is asked. */
static struct gb_point direction(int i)
{
    static const double t[6] = {
        0, 0.131652497587396, 0.267949192431123, 0.414213562373095, 0.577350269189626, 0.767326987978960
    }; /* tan(a/2) */
    double q = t[i % 6], c = (1 - q * q) / (1 + q * q), s = 2 * q / (1 + q * q);
    switch (i / 6) {
    case 0: return (struct gb_point){ c, s };
    case 1: return (struct gb_point){ -s, c };
    case 2: return (struct gb_point){ -c, -s };
    default: return (struct gb_point){ s, -c };
    }
}

static void place_outside(struct placer *p)
{
    struct gb_label *l = &p->v[p->i];
    double best = 1e18, near = p->k->base * 0.5;
    for (int r = 0; r < N_RADII; r++)
        for (int d = 0; d < N_DIRECTIONS; d++) {
            struct gb_point u = direction(d);
            double reach = l->keep_clear + p->k->base * (0.35 + 0.6 * r);
            struct gb_rect b = { l->at.x + u.x * (reach + p->w / 2) - p->w / 2, l->at.y + u.y * (reach + p->h / 2) - p->h / 2,
                                 p->w, p->h };
            struct gb_point foot = { clamp(l->at.x, b.x, b.x + b.w), clamp(l->at.y, b.y, b.y + b.h) };
            double dx = foot.x - l->at.x, dy = foot.y - l->at.y, far = sqrt(dx * dx + dy * dy);
            if (far <= l->keep_clear || far >= best || !sits_free(p, b))
                continue;
            bool leader = l->shape_i >= 0 || far > l->keep_clear + near;
            if (leader && !leader_is_free(p, l->at, foot))
                continue;
            struct cover c = cover_of(p->g, p->shape, b, l->shape_i, false);
            double cost =
                far + (c.cells ? (double)c.land / c.cells * 45 + (double)c.strong / c.cells * 260 : 0) * (p->k->base / 8.5);
            if (cost >= best)
                continue;
            best = cost;
            l->box = b;
            l->foot = foot;
            l->leader = leader;
        }
}

static void place_one(struct gb_sketch *k, const struct gb_grid *g, const struct gb_shape *shape, struct gb_label *v, int n,
                      int i)
{
    double size = gb_label_size(k);
    struct placer p = {
        k, g, shape, v, n, i, gb_ink_width(k, GB_SANS_BOLD, size, v[i].value), size * (1.17 + 1.13 * v[i].n_names), k->base * 0.14
    };
    for (int j = 0; j < v[i].n_names; j++) {
        double w = gb_ink_width(k, GB_SANS, size, v[i].name[j]);
        if (w > p.w)
            p.w = w;
    }
    p.w += size * 0.3;
    v[i].box = (struct gb_rect){ 0 };
    v[i].inside = v[i].leader = false;
    if (!place_inside(&p))
        place_outside(&p);
    if (v[i].box.w <= 0)
        return;
    gb_box_add(k, v[i].box);
    if (v[i].leader)
        gb_seg_add(k, v[i].at.x, v[i].at.y, v[i].foot.x, v[i].foot.y);
}

void gb_labels_place(struct gb_sketch *k, const struct gb_grid *g, const struct gb_shape *shape, struct gb_label *v, int n)
{
    size_t n_boxes = k->boxes.n, n_segs = k->segs.n;
    int *order = GB_NEW_N(k->a, (size_t)n, int), *next = GB_NEW_N(k->a, (size_t)n, int), *best = GB_NEW_N(k->a, (size_t)n, int),
        most = -1;
    for (int i = 0; i < n; i++)
        order[i] = i;
    for (int attempt = 0; attempt <= RETRIES; attempt++) {
        bool last = attempt == RETRIES;
        const int *now = last ? best : order; /* the last time the best order is drawn */
        int placed = 0, at = 0;
        k->boxes.n = n_boxes;
        k->segs.n = n_segs;
        for (int i = 0; i < n; i++) {
            place_one(k, g, shape, v, n, now[i]);
            placed += v[now[i]].box.w > 0;
        }
        if (placed == n || last)
            return;
        if (placed > most) {
            most = placed;
            memcpy(best, order, (size_t)n * sizeof *best);
        }
        for (int side = 0; side < 2; side++)
            for (int i = 0; i < n; i++)
                if ((v[order[i]].box.w <= 0) == (side == 0))
                    next[at++] = order[i];
        memcpy(order, next, (size_t)n * sizeof *order);
    }
}
