/* geometry.c — geometry of outlines, by GEOS (https://libgeos.org, LGPL 2.1; C API, calls with a context).
 *
 * Simplification: all rings of a locality together are noded on a grid of 1e-6 degrees (0.1 m; Hobby 1999, as OverlayNG does it), merged
 * into lines between places where borders meet, and polygonized once into faces; each face knows its region and its sequence of
 * lines. Each level then simplifies every line by itself, keeping it free of crossings with itself and a ring above two points
 * (TopologyPreserveSimplify), and a face is put together from the simplified lines: neighbours share every point, and no face can get
 * lost. Lines are simplified one at a time because GEOS goes through several of them in the order of their addresses, which is
 * not the same in two runs. Crossings between two lines are looked for afterwards: both then take the level before.
 */
#include "catalogue/geometry.h"

#include <geos_c.h>
#include <stdlib.h>

#define GRID_DEG 1e-6
#define METRES_PER_DEG 111700.0 /* of latitude, at most (the poles): a tolerance in degrees is never more than its metres */

struct geo {
    GEOSContextHandle_t h;
    char why[200];
};

static void remember(const char *message, void *userdata)
{
    char *why = userdata;
    size_t n = strnlen(message, sizeof((struct geo *)0)->why - 1);
    memcpy(why, message, n);
    why[n] = '\0';
}

static void geo_begin(struct geo *g)
{
    g->why[0] = '\0';
    g->h = GEOS_init_r();
    (void)GEOSContext_setErrorMessageHandler_r(g->h, remember, g->why);
}
static void geo_end(struct geo *g)
{
    GEOS_finish_r(g->h);
}
static void drop(struct geo *g, GEOSGeometry *x)
{
    if (x)
        GEOSGeom_destroy_r(g->h, x);
}

/* ---- lengths of a degree ------------------------------------------------------------------------------------------------ */
/* A sum of our own, so that every libm draws the same map. */
static double cosine_deg(double deg)
{
    double x = deg * 0.017453292519943295, x2 = x * x, term = 1, sum = 1;
    for (int i = 1; i <= 12; i++) { /* |x| <= pi/2: the next term is below 1e-18 */
        term *= -x2 / ((2 * i - 1) * (2 * i));
        sum += term;
    }
    return sum;
}

/* The series for WGS 84 that the US National Geospatial-Intelligence Agency publishes: error under a metre a degree. */
void gb_degree_km(double lat, double *km_lon, double *km_lat)
{
    double c = cosine_deg(lat), c2 = 2 * c * c - 1, c3 = c * (2 * c2 - 1), c4 = 2 * c2 * c2 - 1, c5 = 2 * c * c4 - c3;
    *km_lat = (111132.92 - 559.82 * c2 + 1.175 * c4) / 1000;
    *km_lon = (111412.84 * c - 93.5 * c3 + 0.118 * c5) / 1000;
}

/* ---- to GEOS and back --------------------------------------------------------------------------------------------------- */
static GEOSCoordSequence *points_of(struct geo *g, const double *p, size_t n, bool closed)
{
    GEOSCoordSequence *s = GEOSCoordSeq_create_r(g->h, (unsigned)(n + closed), 2);
    for (size_t i = 0; s && i < n + closed; i++)
        (void)GEOSCoordSeq_setXY_r(g->h, s, (unsigned)i, p[2 * (i % n)], p[2 * (i % n) + 1]);
    return s;
}

static GEOSGeometry *ring_of(struct geo *g, const struct gb_ring *r)
{
    GEOSCoordSequence *s = points_of(g, r->lon_lat, r->n_points, true);
    return s ? GEOSGeom_createLinearRing_r(g->h, s) : NULL;
}

/* An outer ring at v[0] and the holes that follow it. *used: how many rings that were. */
static GEOSGeometry *polygon_of(struct geo *g, const struct gb_ring *v, int n, int *used)
{
    int holes = 0;
    while (1 + holes < n && !v[1 + holes].outer)
        holes++;
    *used = 1 + holes;
    struct gb_buf kept = { 0 }; /* GEOS takes the rings, not the list */
    bool good = true;
    for (int i = 0; i < holes; i++) {
        GEOSGeometry *hole = ring_of(g, &v[1 + i]);
        good = good && hole;
        gb_buf_add(&kept, (const char *)&hole, sizeof hole);
    }
    GEOSGeometry *shell = good ? ring_of(g, &v[0]) : NULL, **list = (GEOSGeometry **)(void *)kept.p, *out = NULL;
    if (shell)
        out = GEOSGeom_createPolygon_r(g->h, shell, list, (unsigned)holes);
    else
        for (int i = 0; i < holes; i++)
            drop(g, list[i]);
    gb_buf_release(&kept);
    return out;
}

static GEOSGeometry *collect(struct geo *g, int type, struct gb_buf *list)
{
    GEOSGeometry *out =
        GEOSGeom_createCollection_r(g->h, type, (GEOSGeometry **)(void *)list->p, (unsigned)(list->n / sizeof(GEOSGeometry *)));
    gb_buf_release(list);
    return out;
}

static GEOSGeometry *area_of(struct geo *g, const struct gb_ring *ring, int n)
{
    struct gb_buf parts = { 0 };
    for (int i = 0, used; i < n; i += used) {
        GEOSGeometry *p = polygon_of(g, ring + i, n - i, &used);
        if (p)
            gb_buf_add(&parts, (const char *)&p, sizeof p);
    }
    return collect(g, GEOS_MULTIPOLYGON, &parts);
}

/* Points of a line or ring; the last one is left out when it repeats the first and `open`. */
static double *points_from(struct geo *g, const GEOSGeometry *line, bool open, struct gb_arena *a, size_t *n)
{
    const GEOSCoordSequence *s = GEOSGeom_getCoordSeq_r(g->h, line);
    unsigned size = 0;
    (void)GEOSCoordSeq_getSize_r(g->h, s, &size);
    double *p = GB_NEW_N(a, 2 * (size_t)size + 2, double);
    for (unsigned i = 0; i < size; i++)
        (void)GEOSCoordSeq_getXY_r(g->h, s, i, &p[2 * i], &p[2 * i + 1]);
    *n = size;
    if (open && size > 1 && p[0] == p[2 * size - 2] && p[1] == p[2 * size - 1])
        --*n;
    return p;
}

/* ---- order ---------------------------------------------------------------------------------------------------------------- */
static int by_point(const double *p, const double *q)
{
    if (p[0] != q[0])
        return p[0] < q[0] ? -1 : 1;
    return (p[1] > q[1]) - (p[1] < q[1]);
}

double gb_geometry_area2(const double *p, size_t n)
{
    double sum = 0;
    for (size_t i = 1; i + 1 < n; i++)
        sum += (p[2 * i] - p[0]) * (p[2 * i + 3] - p[1]) - (p[2 * i + 2] - p[0]) * (p[2 * i + 1] - p[1]);
    return sum;
}

static void turn_round(double *p, size_t n)
{
    for (size_t i = 0, j = n; i + 1 < j; i++) {
        j--;
        for (int k = 0; k < 2; k++) {
            double t = p[2 * i + (size_t)k];
            p[2 * i + (size_t)k] = p[2 * j + (size_t)k];
            p[2 * j + (size_t)k] = t;
        }
    }
}

/* Start at point `at` of a ring whose first point is not repeated. */
static void start_at(double *p, size_t n, size_t at, struct gb_arena *a)
{
    struct gb_arena_mark mark = gb_arena_mark(a);
    double *t = GB_NEW_N(a, 2 * n + 1, double);
    for (size_t i = 0; i < n; i++)
        memcpy(t + 2 * i, p + 2 * ((at + i) % n), 2 * sizeof *t);
    memcpy(p, t, 2 * n * sizeof *p);
    gb_arena_rewind(a, mark);
}

static size_t least_point(const double *p, size_t n)
{
    size_t at = 0;
    for (size_t i = 1; i < n; i++)
        if (by_point(p + 2 * i, p + 2 * at) < 0)
            at = i;
    return at;
}

/* From the least point on, outer rings counter-clockwise, holes clockwise. */
static struct gb_ring ring_in_order(double *p, size_t n, bool outer, struct gb_arena *a)
{
    if ((gb_geometry_area2(p, n) > 0) != outer)
        turn_round(p, n);
    start_at(p, n, least_point(p, n), a);
    return (struct gb_ring){ p, n, outer };
}

/* ---- validity ------------------------------------------------------------------------------------------------------------- */
const char *gb_geometry_fault(const struct gb_ring *ring, int n_rings, struct gb_arena *a)
{
    static const struct {
        const char *geos, *vi;
    } words[] = { { "Self-intersection", "đường ranh giới tự cắt" },
                  { "Ring Self-intersection", "một vòng chạm chính nó" },
                  { "Hole lies outside shell", "vòng trong nằm ngoài vòng bao" },
                  { "Holes are nested", "vòng trong nằm trong một vòng trong khác" },
                  { "Interior is disconnected", "phần trong bị vòng trong cắt rời" },
                  { "Nested shells", "một phần nằm trong phần khác" },
                  { "Duplicate Rings", "hai vòng trùng nhau" },
                  { "Too few points in geometry component", "vòng có quá ít điểm" } };
    struct geo g;
    char *reason = NULL;
    GEOSGeometry *where = NULL;
    const char *text = NULL;
    geo_begin(&g);
    GEOSGeometry *area = area_of(&g, ring, n_rings);
    char good = area ? GEOSisValidDetail_r(g.h, area, 0, &reason, &where) : 2;
    if (good != 1) {
        double x = 0, y = 0;
        text = reason ? reason : g.why;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (reason && gb_streq(reason, words[i].geos))
                text = words[i].vi;
        text = gb_sprintf(a, "%s", text);
        if (where && GEOSGeomGetX_r(g.h, where, &x) == 1 && GEOSGeomGetY_r(g.h, where, &y) == 1)
            text = gb_sprintf(a, "%s, tại kinh độ %.5f, vĩ độ %.5f", text, x, y);
    }
    if (reason)
        GEOSFree_r(g.h, reason);
    drop(&g, where);
    drop(&g, area);
    geo_end(&g);
    return text;
}

static void rings_from(struct geo *g, const GEOSGeometry *poly, struct gb_arena *a, struct gb_ring *out, int *n)
{
    int holes = GEOSGetNumInteriorRings_r(g->h, poly);
    for (int k = 0; k <= holes; k++) {
        size_t size;
        double *p =
            points_from(g, k ? GEOSGetInteriorRingN_r(g->h, poly, k - 1) : GEOSGetExteriorRing_r(g->h, poly), true, a, &size);
        out[(*n)++] = ring_in_order(p, size, k == 0, a);
    }
}

/* The rings of all polygons of x, in GEOS's normal order of parts. */
static int rings_of(struct geo *g, GEOSGeometry *x, struct gb_arena *a, struct gb_ring **out)
{
    int n = 0, room = 0;
    if (!x || GEOSNormalize_r(g->h, x) != 0)
        return 0;
    int parts = GEOSGetNumGeometries_r(g->h, x);
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < parts; i++) {
            const GEOSGeometry *p = GEOSGetGeometryN_r(g->h, x, i);
            if (GEOSGeomTypeId_r(g->h, p) != GEOS_POLYGON || GEOSisEmpty_r(g->h, p) != 0)
                continue;
            if (pass)
                rings_from(g, p, a, *out, &n);
            else
                room += 1 + GEOSGetNumInteriorRings_r(g->h, p);
        }
        if (!pass)
            *out = GB_NEW_N(a, (size_t)room + 1, struct gb_ring);
    }
    return n;
}

int gb_geometry_repair(const struct gb_ring *ring, int n_rings, struct gb_arena *a, struct gb_ring **out)
{
    struct geo g;
    geo_begin(&g);
    GEOSMakeValidParams *how = GEOSMakeValidParams_create_r(g.h);
    GEOSGeometry *area = area_of(&g, ring, n_rings), *good = NULL;
    (void)GEOSMakeValidParams_setMethod_r(g.h, how, GEOS_MAKE_VALID_STRUCTURE);
    (void)GEOSMakeValidParams_setKeepCollapsed_r(g.h, how, 0);
    if (area)
        good = GEOSMakeValidWithParams_r(g.h, area, how);
    int n = rings_of(&g, good, a, out);
    GEOSMakeValidParams_destroy_r(g.h, how);
    drop(&g, area);
    drop(&g, good);
    geo_end(&g);
    return n;
}

/* ---- simplification ------------------------------------------------------------------------------------------------------- */
/* A line between two places where borders meet, or a closed one without any. Point 0 is the lesser end. */
struct line {
    double *p;
    size_t n;
};
struct end { /* the first two points of a line, from either side */
    const double *at, *next;
    int line;
    bool back;
};
struct face {
    int owner, n_rings;
    struct track {
        int *line; /* index, or -1 - index when read backwards */
        int n;
        bool outer;
    } * ring;
    double least[2];
};
struct net {
    struct geo g;
    struct gb_arena *a, *out; /* scratch; what stays */
    struct gb_boundary *const *v;
    int n;
    struct line *line, *level[GB_OUTLINE_LEVELS];
    int n_lines;
    struct end *end;
    struct face *face;
    int n_faces;
};

static int by_end(const void *pa, const void *pb)
{
    const struct end *a = pa, *b = pb;
    int c = by_point(a->at, b->at);
    return c ? c : by_point(a->next, b->next);
}
static int by_line(const void *pa, const void *pb)
{
    const struct line *a = pa, *b = pb;
    int c = by_point(a->p, b->p);
    return c ? c : by_point(a->p + 2, b->p + 2);
}

static GEOSGeometry *all_lines(struct net *t)
{
    struct gb_buf list = { 0 };
    for (int i = 0; i < t->n; i++)
        for (int k = 0; k < t->v[i]->n_rings; k++) {
            GEOSCoordSequence *s = points_of(&t->g, t->v[i]->ring[k].lon_lat, t->v[i]->ring[k].n_points, true);
            GEOSGeometry *line = s ? GEOSGeom_createLineString_r(t->g.h, s) : NULL;
            if (line)
                gb_buf_add(&list, (const char *)&line, sizeof line);
        }
    GEOSGeometry *raw = collect(&t->g, GEOS_MULTILINESTRING, &list),
                 *noded = raw ? GEOSUnaryUnionPrec_r(t->g.h, raw, GRID_DEG) : NULL,
                 *merged = noded ? GEOSLineMerge_r(t->g.h, noded) : NULL;
    drop(&t->g, raw);
    drop(&t->g, noded);
    return merged;
}

static void index_ends(struct net *t)
{
    for (int i = 0; i < t->n_lines; i++) {
        const struct line *l = &t->line[i];
        t->end[2 * i] = (struct end){ l->p, l->p + 2, i, false };
        t->end[2 * i + 1] = (struct end){ l->p + 2 * l->n - 2, l->p + 2 * l->n - 4, i, true };
    }
    qsort(t->end, 2 * (size_t)t->n_lines, sizeof *t->end, by_end);
}

/* Does a border other than this closed line end at its first point? */
static bool is_met(const struct net *t, const struct line *l)
{
    int lo = 0, hi = 2 * t->n_lines, at = 0;
    while (lo < hi) {
        int mid = (lo + hi) / 2;
        if (by_point(t->end[mid].at, l->p) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    while (lo + at < 2 * t->n_lines && by_point(t->end[lo + at].at, l->p) == 0)
        at++;
    return at > 2;
}

/* Direction, and the start of what is closed, so that they say nothing about how GEOS went through the net. */
static void put_in_order(struct net *t)
{
    index_ends(t);
    for (int i = 0; i < t->n_lines; i++) {
        struct line *l = &t->line[i];
        double *last = l->p + 2 * l->n - 2;
        bool closed = by_point(l->p, last) == 0;
        if (closed && !is_met(t, l)) {
            start_at(l->p, l->n - 1, least_point(l->p, l->n - 1), t->a);
            memcpy(last, l->p, 2 * sizeof *last);
        }
        if (closed ? by_point(l->p + 2, last - 2) > 0 : by_point(l->p, last) > 0)
            turn_round(l->p, l->n);
    }
    if (t->n_lines)
        qsort(t->line, (size_t)t->n_lines, sizeof *t->line, by_line);
    index_ends(t);
}

static bool find_lines(struct net *t)
{
    GEOSGeometry *merged = all_lines(t);
    if (!merged)
        return false;
    t->n_lines = GEOSGetNumGeometries_r(t->g.h, merged);
    t->line = GB_NEW_N(t->a, (size_t)t->n_lines, struct line);
    t->end = GB_NEW_N(t->a, 2 * (size_t)t->n_lines, struct end);
    for (int i = 0; i < t->n_lines; i++)
        t->line[i].p = points_from(&t->g, GEOSGetGeometryN_r(t->g.h, merged, i), false, t->a, &t->line[i].n);
    drop(&t->g, merged);
    put_in_order(t);
    return true;
}

static GEOSGeometry *line_of(struct net *t, const struct line *l)
{
    GEOSCoordSequence *s = points_of(&t->g, l->p, l->n, false);
    return s ? GEOSGeom_createLineString_r(t->g.h, s) : NULL;
}

static GEOSGeometry *lines_of(struct net *t, const struct line *v)
{
    struct gb_buf list = { 0 };
    for (int i = 0; i < t->n_lines; i++) {
        GEOSGeometry *line = line_of(t, &v[i]);
        if (line)
            gb_buf_add(&list, (const char *)&line, sizeof line);
    }
    return collect(&t->g, GEOS_MULTILINESTRING, &list);
}

/* ---- faces ---------------------------------------------------------------------------------------------------------------- */
static const struct end *line_from(const struct net *t, const double *at, const double *next)
{
    struct end want = { at, next, 0, false };
    return bsearch(&want, t->end, 2 * (size_t)t->n_lines, sizeof *t->end, by_end);
}

/* The ring as lines of the net. false: it does not follow them. */
static bool track_ring(struct net *t, const GEOSGeometry *ring, bool outer, struct track *out)
{
    size_t n, from = 0, done = 0;
    double *p = points_from(&t->g, ring, true, t->a, &n);
    while (from < n && !line_from(t, p + 2 * from, p + 2 * ((from + 1) % n)))
        from++;
    *out = (struct track){ GB_NEW_N(t->a, n, int), 0, outer };
    while (done < n) {
        const struct end *e = line_from(t, p + 2 * ((from + done) % n), p + 2 * ((from + done + 1) % n));
        if (!e)
            return false;
        out->line[out->n++] = e->back ? -1 - e->line : e->line;
        done += t->line[e->line].n - 1;
    }
    return done == n;
}

struct whole {
    GEOSGeometry *area;
    const GEOSPreparedGeometry *ready;
};

/* The region in whose outline a point inside the face lies, -1: none (a lake that belongs to nobody, a gap). */
static int owner_of(struct net *t, struct whole *w, const GEOSGeometry *face)
{
    GEOSGeometry *at = GEOSPointOnSurface_r(t->g.h, face);
    double x = 0, y = 0;
    int owner = -1;
    if (at && GEOSGeomGetX_r(t->g.h, at, &x) == 1 && GEOSGeomGetY_r(t->g.h, at, &y) == 1)
        for (int i = 0; i < t->n && owner < 0; i++) {
            const struct gb_boundary *b = t->v[i];
            if (x < b->min_lon || x > b->max_lon || y < b->min_lat || y > b->max_lat)
                continue;
            if (!w[i].area) {
                w[i].area = area_of(&t->g, b->ring, b->n_rings);
                w[i].ready = w[i].area ? GEOSPrepare_r(t->g.h, w[i].area) : NULL;
            }
            if (w[i].ready && GEOSPreparedIntersects_r(t->g.h, w[i].ready, at) == 1)
                owner = i;
        }
    drop(&t->g, at);
    return owner;
}

static int by_owner(const void *pa, const void *pb)
{
    const struct face *a = pa, *b = pb;
    return a->owner != b->owner ? (a->owner > b->owner) - (a->owner < b->owner) : by_point(a->least, b->least);
}

static bool take_face(struct net *t, const GEOSGeometry *poly, int owner)
{
    int holes = GEOSGetNumInteriorRings_r(t->g.h, poly);
    struct face *f = &t->face[t->n_faces++];
    *f = (struct face){ .owner = owner, .ring = GB_NEW_N(t->a, (size_t)holes + 1, struct track) };
    const GEOSGeometry *shell = GEOSGetExteriorRing_r(t->g.h, poly);
    size_t n;
    const double *p = points_from(&t->g, shell, true, t->a, &n);
    memcpy(f->least, p + 2 * least_point(p, n), sizeof f->least);
    for (int k = 0; k <= holes; k++)
        if (!track_ring(t, k ? GEOSGetInteriorRingN_r(t->g.h, poly, k - 1) : shell, k == 0, &f->ring[f->n_rings++]))
            return false;
    return true;
}

static bool find_faces(struct net *t)
{
    GEOSGeometry *lines = lines_of(t, t->line);
    const GEOSGeometry *list[] = { lines };
    GEOSGeometry *faces = lines ? GEOSPolygonize_r(t->g.h, list, 1) : NULL;
    int n = faces ? GEOSGetNumGeometries_r(t->g.h, faces) : 0;
    struct whole *w = GB_NEW_N(t->a, (size_t)t->n, struct whole);
    bool good = faces != NULL;
    t->face = GB_NEW_N(t->a, (size_t)n, struct face);
    for (int i = 0; i < n && good; i++) {
        const GEOSGeometry *face = GEOSGetGeometryN_r(t->g.h, faces, i);
        int owner = owner_of(t, w, face);
        if (owner >= 0)
            good = take_face(t, face, owner);
    }
    for (int i = 0; i < t->n; i++) {
        if (w[i].ready)
            GEOSPreparedGeom_destroy_r(t->g.h, w[i].ready);
        drop(&t->g, w[i].area);
    }
    drop(&t->g, lines);
    drop(&t->g, faces);
    if (t->n_faces)
        qsort(t->face, (size_t)t->n_faces, sizeof *t->face, by_owner);
    return good;
}

/* ---- levels --------------------------------------------------------------------------------------------------------------- */
static struct line thinned(struct net *t, const struct line *l, double tolerance)
{
    GEOSGeometry *line = line_of(t, l), *less = line ? GEOSTopologyPreserveSimplify_r(t->g.h, line, tolerance) : NULL;
    struct line out = *l;
    if (less)
        out.p = points_from(&t->g, less, false, t->a, &out.n);
    drop(&t->g, line);
    drop(&t->g, less);
    return out;
}

static bool boxes_meet(const struct line *a, const struct line *b)
{
    for (int k = 0; k < 2; k++) {
        double lo[2] = { 1e9, 1e9 }, hi[2] = { -1e9, -1e9 };
        for (int s = 0; s < 2; s++) {
            const struct line *l = s ? b : a;
            for (size_t i = 0; i < l->n; i++) {
                double c = l->p[2 * i + (size_t)k];
                lo[s] = c < lo[s] ? c : lo[s];
                hi[s] = c > hi[s] ? c : hi[s];
            }
        }
        if (lo[0] > hi[1] || lo[1] > hi[0])
            return false;
    }
    return true;
}

/* Lines that cross another one take the level before. @return whether any did. Quadratic, and needed by hardly any map. */
static bool uncross(struct net *t, struct line *v, const struct line *before)
{
    bool *bad = GB_NEW_N(t->a, (size_t)t->n_lines, bool), any = false;
    for (int i = 0; i < t->n_lines; i++)
        for (int k = i + 1; k < t->n_lines; k++) {
            if (!boxes_meet(&v[i], &v[k]))
                continue;
            GEOSGeometry *p = line_of(t, &v[i]), *q = line_of(t, &v[k]);
            if (p && q && GEOSRelatePattern_r(t->g.h, p, q, "T********") == 1)
                bad[i] = bad[k] = true;
            drop(&t->g, p);
            drop(&t->g, q);
        }
    for (int i = 0; i < t->n_lines; i++)
        if (bad[i] && v[i].p != before[i].p) {
            v[i] = before[i];
            any = true;
        }
    return any;
}

static void make_level(struct net *t, int level)
{
    const struct line *before = level ? t->level[level - 1] : t->line;
    struct line *v = t->level[level] = GB_NEW_N(t->a, (size_t)t->n_lines, struct line);
    for (int i = 0; i < t->n_lines; i++)
        v[i] = thinned(t, &t->line[i], gb_outline_metres[level] / METRES_PER_DEG);
    for (bool again = true; again;) {
        GEOSGeometry *all = lines_of(t, v);
        again = all && GEOSisSimple_r(t->g.h, all) != 1 && uncross(t, v, before);
        drop(&t->g, all);
    }
}

static struct gb_ring ring_from(struct net *t, const struct track *r, const struct line *v)
{
    size_t n = 0, total = 0;
    for (int i = 0; i < r->n; i++)
        total += v[r->line[i] < 0 ? -1 - r->line[i] : r->line[i]].n;
    double *p = GB_NEW_N(t->out, 2 * total, double);
    for (int i = 0; i < r->n; i++) {
        bool back = r->line[i] < 0;
        const struct line *l = &v[back ? -1 - r->line[i] : r->line[i]];
        for (size_t k = 0; k + 1 < l->n; k++, n++) /* the last point is the first of the next */
            memcpy(p + 2 * n, l->p + 2 * (back ? l->n - 1 - k : k), 2 * sizeof *p);
    }
    return ring_in_order(p, n, r->outer, t->a);
}

static void put_level(struct net *t, int level)
{
    for (int i = 0, f = 0; i < t->n; i++) {
        int from = f, rings = 0;
        for (; f < t->n_faces && t->face[f].owner == i; f++)
            rings += t->face[f].n_rings;
        struct gb_rings *out = &t->v[i]->simple[level];
        out->ring = GB_NEW_N(t->out, (size_t)rings, struct gb_ring);
        out->n_rings = 0;
        for (int k = from; k < f; k++)
            for (int r = 0; r < t->face[k].n_rings; r++) {
                struct gb_ring ring = ring_from(t, &t->face[k].ring[r], t->level[level]);
                if (ring.n_points >= 3)
                    out->ring[out->n_rings++] = ring;
                else if (r == 0)
                    break; /* between two places where borders meet nothing is left */
            }
    }
}

const double gb_outline_metres[GB_OUTLINE_LEVELS] = { 30, 60, 120, 240, 480, 960 };

const char *gb_geometry_simplify(struct gb_boundary *const *v, int n, struct gb_arena *a)
{
    struct gb_arena scratch;
    gb_arena_init(&scratch, 0);
    struct net t = { .a = &scratch, .out = a, .v = v, .n = n };
    geo_begin(&t.g);
    bool good = n == 0 || (find_lines(&t) && find_faces(&t));
    for (int i = 0; i < GB_OUTLINE_LEVELS && good && n; i++) {
        make_level(&t, i);
        put_level(&t, i);
    }
    const char *why = good ? NULL : gb_sprintf(a, "%s", t.g.why[0] ? t.g.why : "các vòng không nối được thành mạng");
    geo_end(&t.g);
    gb_arena_release(&scratch);
    return why;
}

struct gb_rings gb_boundary_at(const struct gb_boundary *b, double metres)
{
    for (int i = GB_OUTLINE_LEVELS - 1; i >= 0; i--)
        if (gb_outline_metres[i] <= metres && b->simple[i].n_rings)
            return b->simple[i];
    return (struct gb_rings){ b->ring, b->n_rings };
}

const char *gb_geometry_version(void)
{
    return GEOSversion();
}

/* ---- points, unions, shares ------------------------------------------------------------------------------------------------- */
bool gb_geometry_holds(const struct gb_ring *ring, int n_rings, double x, double y)
{
    struct geo g;
    geo_begin(&g);
    GEOSGeometry *area = area_of(&g, ring, n_rings), *at = GEOSGeom_createPointFromXY_r(g.h, x, y);
    bool in = area && at && GEOSIntersects_r(g.h, area, at) == 1;
    drop(&g, area);
    drop(&g, at);
    geo_end(&g);
    return in;
}

bool gb_geometry_pole(const struct gb_ring *ring, int n_rings, double precision, double *x, double *y, double *radius)
{
    struct geo g;
    geo_begin(&g);
    GEOSGeometry *area = area_of(&g, ring, n_rings), *circle = area ? GEOSMaximumInscribedCircle_r(g.h, area, precision) : NULL;
    const GEOSCoordSequence *s = circle ? GEOSGeom_getCoordSeq_r(g.h, circle) : NULL;
    bool good = s && GEOSCoordSeq_getXY_r(g.h, s, 0, x, y) == 1 && GEOSGeomGetLength_r(g.h, circle, radius) == 1;
    drop(&g, circle);
    drop(&g, area);
    geo_end(&g);
    return good;
}

static bool position_of(struct geo *g, GEOSGeometry *at, double *x, double *y)
{
    return at && GEOSisEmpty_r(g->h, at) == 0 && GEOSGeomGetX_r(g->h, at, x) == 1 && GEOSGeomGetY_r(g->h, at, y) == 1;
}

bool gb_geometry_centre(const struct gb_ring *ring, int n_rings, double *lon, double *lat)
{
    struct geo g;
    geo_begin(&g);
    GEOSGeometry *largest = NULL;
    double most = 0;
    for (int i = 0, used; i < n_rings; i += used) {
        GEOSGeometry *part = polygon_of(&g, ring + i, n_rings - i, &used);
        double area = 0;
        if (part && GEOSArea_r(g.h, part, &area) == 1 && area > most) {
            GEOSGeometry *t = largest;
            largest = part;
            part = t;
            most = area;
        }
        drop(&g, part);
    }
    GEOSGeometry *centre = largest ? GEOSGetCentroid_r(g.h, largest) : NULL, *inside = NULL;
    bool good = centre && GEOSIntersects_r(g.h, largest, centre) == 1 && position_of(&g, centre, lon, lat);
    if (!good && largest) {
        inside = GEOSPointOnSurface_r(g.h, largest);
        good = position_of(&g, inside, lon, lat);
    }
    drop(&g, centre);
    drop(&g, inside);
    drop(&g, largest);
    geo_end(&g);
    return good;
}

int gb_geometry_union(const struct gb_rings *v, int n, struct gb_arena *a, struct gb_ring **out)
{
    struct geo g;
    struct gb_buf list = { 0 };
    geo_begin(&g);
    for (int i = 0; i < n; i++)
        for (int k = 0, used; k < v[i].n_rings; k += used) {
            GEOSGeometry *p = polygon_of(&g, v[i].ring + k, v[i].n_rings - k, &used);
            if (p)
                gb_buf_add(&list, (const char *)&p, sizeof p);
        }
    GEOSGeometry *all = collect(&g, GEOS_MULTIPOLYGON, &list), *one = all ? GEOSUnaryUnion_r(g.h, all) : NULL;
    int n_rings = rings_of(&g, one, a, out);
    drop(&g, all);
    drop(&g, one);
    geo_end(&g);
    return n_rings;
}

/* The outline in kilometres around a position. */
static GEOSGeometry *area_around(struct geo *g, const struct gb_ring *ring, int n, double lon, double lat, struct gb_arena *a)
{
    double km_lon, km_lat;
    struct gb_ring *v = GB_NEW_N(a, (size_t)n, struct gb_ring);
    gb_degree_km(lat, &km_lon, &km_lat);
    for (int i = 0; i < n; i++) {
        double *p = GB_NEW_N(a, 2 * ring[i].n_points, double);
        for (size_t k = 0; k < ring[i].n_points; k++) {
            p[2 * k] = (ring[i].lon_lat[2 * k] - lon) * km_lon;
            p[2 * k + 1] = (ring[i].lon_lat[2 * k + 1] - lat) * km_lat;
        }
        v[i] = (struct gb_ring){ p, ring[i].n_points, ring[i].outer };
    }
    return area_of(g, v, n);
}

double gb_geometry_share(const struct gb_ring *ring, int n_rings, double lon, double lat, double km)
{
    struct geo g;
    struct gb_arena scratch;
    double whole = 0, part = 0;
    gb_arena_init(&scratch, 0);
    geo_begin(&g);
    GEOSGeometry *area = area_around(&g, ring, n_rings, lon, lat, &scratch), *at = GEOSGeom_createPointFromXY_r(g.h, 0, 0),
                 *circle = at ? GEOSBuffer_r(g.h, at, km, 64) : NULL,
                 *both = area && circle ? GEOSIntersection_r(g.h, area, circle) : NULL;
    bool good = both && GEOSArea_r(g.h, area, &whole) == 1 && GEOSArea_r(g.h, both, &part) == 1 && whole > 0;
    drop(&g, both);
    drop(&g, circle);
    drop(&g, at);
    drop(&g, area);
    geo_end(&g);
    gb_arena_release(&scratch);
    return !good ? 0 : part > whole ? 1 : part / whole;
}
