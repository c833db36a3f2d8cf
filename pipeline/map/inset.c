/* inset.c — islands far out in frames of their own scale, and the locator of a map that shows only a part.
 *
 * Rings are gathered into parts whose boxes lie more than a hundredth of the whole extent apart. The part with the most land is the main
 * map (without one that has most of all land there is no mainland, and one map shows everything). The next parts join it while its
 * scale stays at 70 % of what it could be; the others go into insets. Since boxes are apart, a position alone tells its view: outlines stay
 * one array, each ring in the projection of its view, and colours, hatching, borders, marks and labels need not know. A frame stands where
 * no land is drawn, as near as can be to where its places really lie; without such room all stand in a row below the map.
 * Scale is measured in the tallest field that the map may have: what makes a phone's map small may cost nothing on paper.
 */
#include "map/map_plan.h"

#define KEEP 0.7   /* of the scale that the mainland could have */
#define APART 0.01 /* of the whole extent; an archipelago of more than MANY parts is taken coarser */
#define MANY 120
#define INSET_SPAN 0.5 /* of the mainland: neighbours share an inset up to this */
#define LARGER 3.0     /* scale of an inset at most, in scales of the main map */

/* ---- which part goes where -------------------------------------------------------------------------------------------- */
static void join(struct gb_bounds *to, const struct gb_bounds *b)
{
    gb_bounds_add(to, b->min_lon, b->min_lat);
    gb_bounds_add(to, b->max_lon, b->max_lat);
}

static void size_km(const struct gb_bounds *b, double *w, double *h)
{
    double km_lon, km_lat;
    gb_degree_km((b->min_lat + b->max_lat) / 2, &km_lon, &km_lat);
    *w = (b->max_lon - b->min_lon) * km_lon;
    *h = (b->max_lat - b->min_lat) * km_lat;
}

/* Longer side on the ground. */
static double span_km(const struct gb_bounds *b)
{
    double w, h;
    size_km(b, &w, &h);
    return w > h ? w : h;
}

static double beyond(double a1, double a2, double b1, double b2)
{
    return b1 > a2 ? b1 - a2 : a1 > b2 ? a1 - b2 : 0;
}

/* The greater of the gaps of two boxes, east-west and north-south. */
static double gap_km(const struct gb_bounds *a, const struct gb_bounds *b)
{
    double km_lon, km_lat;
    gb_degree_km((a->min_lat + a->max_lat) / 2, &km_lon, &km_lat);
    double x = beyond(a->min_lon, a->max_lon, b->min_lon, b->max_lon) * km_lon,
           y = beyond(a->min_lat, a->max_lat, b->min_lat, b->max_lat) * km_lat;
    return x > y ? x : y;
}

static struct gb_bounds box_of_ring(const struct gb_ring *r, double *area)
{
    struct gb_bounds b = { 0 };
    *area = 0;
    for (size_t i = 0; i < r->n_points; i++) {
        size_t j = (i + 1) % r->n_points;
        gb_bounds_add(&b, r->lon_lat[2 * i], r->lon_lat[2 * i + 1]);
        *area += r->lon_lat[2 * i] * r->lon_lat[2 * j + 1] - r->lon_lat[2 * j] * r->lon_lat[2 * i + 1];
    }
    *area = *area < 0 ? -*area / 2 : *area / 2;
    return b;
}

/* A box joins every part it is near to; they become one. */
static void add_part(struct gb_views *v, struct gb_bounds box, double area, double apart)
{
    struct gb_isles now = { box, area, 0 };
    for (int i = 0; i < v->n_parts;) {
        if (gap_km(&now.box, &v->part[i].box) > apart) {
            i++;
            continue;
        }
        join(&now.box, &v->part[i].box);
        now.area += v->part[i].area;
        v->part[i] = v->part[--v->n_parts];
        i = 0;
    }
    v->part[v->n_parts++] = now;
}

static void find_parts(struct gb_map_plan *p, double apart)
{
    struct gb_views *v = &p->views;
    size_t most = (size_t)p->n_stations;
    double area;
    for (int i = 0; i < p->n_base; i++)
        most += (size_t)p->base[i]->n_rings;
    v->n_parts = 0;
    v->part = GB_NEW_N(p->k.a, most, struct gb_isles);
    for (int i = 0; i < p->n_base; i++)
        for (int r = 0; r < p->base[i]->n_rings; r++)
            if (p->base[i]->ring[r].outer && p->base[i]->ring[r].n_points) {
                struct gb_bounds box = box_of_ring(&p->base[i]->ring[r], &area);
                add_part(v, box, area, apart);
            }
    for (int i = 0; i < p->n_stations; i++) {
        const struct gb_region *r = &p->c->region[p->s->point[p->station_point[i]].region_i];
        add_part(v, (struct gb_bounds){ r->lon, r->lat, r->lon, r->lat, true }, 0, apart);
    }
}

/* Kilometres that a point must show for a box to fit into a field: the finer the better. */
static double km_per_pt(const struct gb_bounds *b, double w, double h)
{
    double km_w, km_h;
    size_km(b, &km_w, &km_h);
    return km_w / w > km_h / h ? km_w / w : km_h / h;
}

/* The mainland and what may join it; false: all of it is one map. */
static bool find_main(struct gb_views *v, double w, double h)
{
    double total = 0;
    int main = 0;
    for (int i = 0; i < v->n_parts; i++) {
        v->part[i].view = -1;
        total += v->part[i].area;
        if (v->part[i].area > v->part[main].area)
            main = i;
    }
    if (v->n_parts < 2 || v->part[main].area * 2 < total || v->part[main].area <= 0)
        return false;
    struct gb_bounds *b = &v->view[0].bounds;
    double span = km_per_pt(&v->part[main].box, w, h);
    *b = v->part[main].box;
    v->part[main].view = 0;
    for (int next = 0; next >= 0;) {
        double least = 0;
        next = -1;
        for (int i = 0; i < v->n_parts; i++) {
            struct gb_bounds with = *b;
            join(&with, &v->part[i].box);
            double far = km_per_pt(&with, w, h);
            if (v->part[i].view < 0 && span >= KEEP * far && (next < 0 || far < least)) {
                next = i;
                least = far;
            }
        }
        if (next >= 0) {
            join(b, &v->part[next].box);
            v->part[next].view = 0;
        }
    }
    for (int i = 0; i < v->n_parts; i++)
        if (v->part[i].view < 0)
            return true;
    return false;
}

static void fold(struct gb_views *v, struct gb_bounds *group, int *n, int a, int b)
{
    join(&group[a], &group[b]);
    (*n)--;
    for (int i = b; i < *n; i++)
        group[i] = group[i + 1];
    for (int i = 0; i < v->n_parts; i++)
        if (v->part[i].view > 0)
            v->part[i].view = v->part[i].view == b + 1 ? a + 1 : v->part[i].view - (v->part[i].view > b + 1);
}

/* Two groups that together are smallest become one, while they fit into one inset or there are too many. */
static void group_rest(struct gb_views *v, struct gb_arena *a)
{
    struct gb_bounds *group = GB_NEW_N(a, (size_t)v->n_parts, struct gb_bounds);
    double fits = span_km(&v->view[0].bounds) * INSET_SPAN;
    int n = 0;
    for (int i = 0; i < v->n_parts; i++)
        if (v->part[i].view < 0) {
            group[n++] = v->part[i].box;
            v->part[i].view = n;
        }
    while (n > 1) {
        double best = 0;
        int x = -1, y = -1;
        for (int i = 0; i < n; i++)
            for (int j = i + 1; j < n; j++) {
                struct gb_bounds both = group[i];
                join(&both, &group[j]);
                double s = span_km(&both);
                if (x < 0 || s < best)
                    best = s, x = i, y = j;
            }
        if (n <= GB_MAX_INSETS && best > fits)
            break;
        fold(v, group, &n, x, y);
    }
    for (int i = 0; i < n; i++)
        v->view[i + 1] = (struct gb_view){ .bounds = group[i] };
    v->n = n + 1;
}

int gb_view_of(const struct gb_views *v, double lon, double lat)
{
    for (int i = 0; v->n > 1 && i < v->n_parts; i++) {
        const struct gb_bounds *b = &v->part[i].box;
        if (lon >= b->min_lon && lon <= b->max_lon && lat >= b->min_lat && lat <= b->max_lat)
            return v->part[i].view;
    }
    return 0;
}

/* ---- names ------------------------------------------------------------------------------------------------------------ */
enum { NAMED = 2 }; /* more are counted behind the first */

/* Is a place in a view, and all of it? */
static bool is_in(const struct gb_views *v, const struct gb_boundary *b, int view, bool *whole)
{
    bool any = false;
    *whole = true;
    for (int i = 0; i < b->n_rings; i++) {
        bool here = b->ring[i].n_points && gb_view_of(v, b->ring[i].lon_lat[0], b->ring[i].lon_lat[1]) == view;
        any = any || here;
        *whole = *whole && here;
    }
    return any;
}

static void name_view(struct gb_map_plan *p, int view)
{
    struct gb_view *w = &p->views.view[view];
    const char *first = NULL;
    for (int i = 0; i < p->n_base; i++) {
        bool whole;
        if (!is_in(&p->views, p->base[i], view, &whole))
            continue;
        int r = p->base[i]->region_i, at = p->of_region[r];
        w->spoken = w->spoken || (at >= 0 && p->s->point[at].highlight);
        if (w->n_places++ >= NAMED)
            continue;
        const struct gb_region *g = &p->c->region[r];
        const char *name = at >= 0 && p->s->point[at].label ? p->s->point[at].label
                           : g->n_versions                  ? g->version[g->n_versions - 1].name
                                                            : g->code;
        name = whole ? name : gb_sprintf(p->k.a, "%s (một phần)", name);
        w->title = first ? gb_sprintf(p->k.a, "%s, %s", first, name) : name;
        first = first ? first : name;
    }
    for (int i = 0; i < p->n_stations; i++) {
        const struct gb_chart_point *pt = &p->s->point[p->station_point[i]];
        const struct gb_region *r = &p->c->region[pt->region_i];
        w->spoken = w->spoken || (pt->highlight && gb_view_of(&p->views, r->lon, r->lat) == view);
    }
    if (!w->title)
        w->title = "Điểm ở xa";
    else if (w->n_places > NAMED)
        w->title = gb_sprintf(p->k.a, "%s và %d nơi khác", first, w->n_places - 1);
}

/* A map of a part of the places of its level shows where that part lies. */
static void find_locator(struct gb_map_plan *p)
{
    int n = 0;
    struct gb_rings *v = GB_NEW_N(p->k.a, (size_t)p->c->n_boundaries, struct gb_rings);
    if (!p->k.spec->listed || !p->areas || !p->n_base)
        return;
    enum gb_level_kind level = p->c->region[p->base[0]->region_i].level;
    for (int i = 0; i < p->c->n_boundaries; i++) {
        const struct gb_boundary *b = &p->c->boundary[i];
        if (p->c->region[b->region_i].level != level)
            continue;
        v[n++] = gb_boundary_at(b, gb_outline_metres[GB_OUTLINE_LEVELS - 1]);
        gb_bounds_add(&p->locator.bounds, b->min_lon, b->min_lat);
        gb_bounds_add(&p->locator.bounds, b->max_lon, b->max_lat);
    }
    if (n > p->n_base)
        p->locator.n_rings = gb_geometry_union(v, n, p->k.a, &p->locator.ring);
    p->locator.any = p->locator.n_rings > 0;
}

void gb_insets_find(struct gb_map_plan *p, double w, double h)
{
    struct gb_views *v = &p->views;
    v->n = 1;
    v->all = v->view[0].bounds = p->bounds;
    if (!p->bounds.any)
        return;
    find_locator(p);
    if (!p->n_base || p->legend.heat || p->k.spec->listed || p->k.spec->radius_km > 0)
        return;
    double apart = span_km(&v->all) * APART;
    find_parts(p, apart);
    while (v->n_parts > MANY)
        find_parts(p, apart *= 2);
    if (!find_main(v, w, h)) {
        v->view[0].bounds = v->all;
        return;
    }
    group_rest(v, p->k.a);
    p->bounds = v->view[0].bounds;
    for (int i = 1; i < v->n; i++) {
        name_view(p, i);
        p->legend.inset =
            gb_sprintf(p->k.a, "%s%s%s", p->legend.inset ? p->legend.inset : "", i > 1 ? "; " : "", v->view[i].title);
    }
}

/* ---- frames ----------------------------------------------------------------------------------------------------------- */
static double letters(const struct gb_map_plan *p)
{
    return p->k.base * 0.88;
}
static double pad_of(const struct gb_map_plan *p)
{
    return p->k.base * 0.35;
}

static bool meet(struct gb_rect a, struct gb_rect b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static struct gb_rect grown(struct gb_rect r, double by)
{
    return (struct gb_rect){ r.x - by, r.y - by, r.w + 2 * by, r.h + 2 * by };
}

/* Size of an inset that may take a share of the field. */
static void size_inset(struct gb_map_plan *p, struct gb_view *w, struct gb_rect field, double share, double margin)
{
    double km_w, km_h, pad = pad_of(p), most_w = field.w * share, most_h = field.h * share, line = letters(p) * 1.25;
    size_km(&w->bounds, &km_w, &km_h);
    km_w = km_w < 1 ? 1 : km_w;
    km_h = km_h < 1 ? 1 : km_h;
    double s = (most_w - 2 * margin) / km_w, by_h = (most_h - 2 * margin) / km_h;
    s = by_h < s ? by_h : s;
    s = s > LARGER * p->pr.pt_per_km ? LARGER * p->pr.pt_per_km : s < 0 ? 0 : s;
    double in_w = km_w * s + 2 * margin, in_h = km_h * s + 2 * margin, least_w = p->k.base * (w->spoken ? 10 : 7.5),
           least_h = p->k.base * (w->spoken ? 5.5 : 3);
    least_w = least_w > field.w * 0.45 ? field.w * 0.45 : least_w;
    in_w = in_w < least_w ? least_w : in_w;
    in_h = in_h < least_h ? least_h : in_h;
    w->n_lines = gb_ink_wrap_even(&p->k, GB_SANS, letters(p), w->title, in_w - 0.5, 2, w->line);
    w->frame = (struct gb_rect){ 0, 0, in_w + 2 * pad, in_h + 2 * pad + (w->n_lines + 1) * line };
}

static void size_locator(struct gb_map_plan *p, struct gb_rect field)
{
    double w, h, most = field.w < field.h ? field.w * 0.24 : field.h * 0.24, pad = pad_of(p);
    size_km(&p->locator.bounds, &w, &h);
    double s = most / (w > h ? w : h);
    p->locator.frame = (struct gb_rect){ 0, 0, w * s + 2 * pad, h * s + 2 * pad };
}

static bool is_water(const struct gb_grid *g, struct gb_rect b)
{
    int x1 = (int)((b.x - g->r.x) / g->cell), x2 = (int)((b.x + b.w - g->r.x) / g->cell);
    int y1 = (int)((b.y - g->r.y) / g->cell), y2 = (int)((b.y + b.h - g->r.y) / g->cell);
    for (int y = y1 < 0 ? 0 : y1; y <= y2 && y < g->h; y++)
        for (int x = x1 < 0 ? 0 : x1; x <= x2 && x < g->w; x++)
            if (g->owner[(size_t)y * (size_t)g->w + (size_t)x])
                return false;
    return true;
}

struct frames {
    struct gb_map_plan *p;
    struct gb_rect field;
    double clear; /* from land, stations and each other */
    struct gb_rect *of[GB_MAX_INSETS + 1];
    struct gb_point wish[GB_MAX_INSETS + 1];
    int n;
};

static bool is_free(const struct frames *f, int i, struct gb_rect r)
{
    struct gb_map_plan *p = f->p;
    struct gb_rect wide = grown(r, f->clear);
    for (int j = 0; j < i; j++)
        if (meet(wide, *f->of[j]))
            return false;
    for (int j = 0; j < p->n_stations; j++) {
        const struct gb_region *g = &p->c->region[p->s->point[p->station_point[j]].region_i];
        struct gb_point at = gb_project(&p->pr, g->lon, g->lat);
        if (gb_view_of(&p->views, g->lon, g->lat) == 0 && meet(wide, (struct gb_rect){ at.x, at.y, 0.1, 0.1 }))
            return false;
    }
    return is_water(&p->grid, wide);
}

/* Along the four sides of the field, nearest to where it would lie. */
static bool put_free(const struct frames *f, int i)
{
    struct gb_rect *r = f->of[i], in = f->field, best = { 0 };
    double step = f->p->k.base, rim = step * 0.1, least = -1, room_w = in.w - r->w - 2 * rim, room_h = in.h - r->h - 2 * rim;
    if (room_w < 0 || room_h < 0)
        return false;
    int nx = (int)(room_w / step) + 1, ny = (int)(room_h / step) + 1;
    for (int y = 0; y <= ny; y++)
        for (int x = 0; x <= nx; x += y == 0 || y == ny ? 1 : nx) {
            struct gb_rect at = { in.x + rim + room_w * x / nx, in.y + rim + room_h * y / ny, r->w, r->h };
            double dx = at.x + at.w / 2 - f->wish[i].x, dy = at.y + at.h / 2 - f->wish[i].y, cost = dx * dx + dy * dy;
            if ((least >= 0 && cost >= least) || !is_free(f, i, at))
                continue;
            least = cost;
            best = at;
        }
    if (least >= 0)
        *r = best;
    return least >= 0;
}

/* Sizes for a share of the field, in the projection of a main map that has all of it. */
static struct frames frames_for(struct gb_map_plan *p, struct gb_rect field, double share, double margin)
{
    struct frames f = { .p = p, .field = field, .clear = p->legend.circles ? margin : p->k.base * 1.2 };
    for (int i = 1; i < p->views.n; i++) {
        struct gb_bounds *b = &p->views.view[i].bounds;
        size_inset(p, &p->views.view[i], field, share, margin);
        f.wish[f.n] = gb_project(&p->pr, (b->min_lon + b->max_lon) / 2, (b->min_lat + b->max_lat) / 2);
        f.of[f.n++] = &p->views.view[i].frame;
    }
    if (p->locator.any) {
        size_locator(p, field);
        f.wish[f.n] = (struct gb_point){ field.x, field.y };
        f.of[f.n++] = &p->locator.frame;
    }
    return f;
}

/* In a row at the foot of the field. @return its height, 0: too wide */
static double put_row(struct frames *f)
{
    double x = f->field.x + f->p->k.base * 0.1, h = 0, gap = f->p->k.base * 0.8;
    for (int i = 0; i < f->n; i++)
        h = f->of[i]->h > h ? f->of[i]->h : h;
    for (int i = 0; i < f->n; i++) {
        f->of[i]->x = x;
        f->of[i]->y = f->field.y + f->field.h - h - f->p->k.base * 0.1;
        x += f->of[i]->w + gap;
    }
    return x - gap <= f->field.x + f->field.w ? h + gap : 0;
}

static void fit_main(struct gb_map_plan *p, struct gb_rect r, double m)
{
    struct gb_rect in = { r.x + m, r.y + m, r.w - 2 * m > 1 ? r.w - 2 * m : 1, r.h - 2 * m > 1 ? r.h - 2 * m : 1 };
    p->pr = p->views.view[0].pr = gb_projection_fit(&p->views.view[0].bounds, in);
    p->views.view[0].frame = p->views.view[0].inner = r;
}

/* @return height of the row below, 0: all stand in free corners, -1: no room */
static double put_frames(struct gb_map_plan *p, struct gb_rect field, double margin)
{
    static const double share[] = { 0.36, 0.3, 0.24, 0.18 };
    fit_main(p, field, margin);
    p->views.main_only = true;
    struct gb_shape *land = gb_shapes_in(p->base, p->n_base, &p->views, p->k.a);
    p->views.main_only = false;
    gb_grid_make(&p->grid, field, land, p->n_base, p->k.a);
    for (int s = 0; s < 4; s++) {
        struct frames f = frames_for(p, field, share[s], margin);
        int put = 0;
        while (put < f.n && put_free(&f, put))
            put++;
        if (put == f.n)
            return 0;
    }
    for (int s = 1; s < 4; s++) {
        struct frames f = frames_for(p, field, share[s], margin);
        double h = put_row(&f);
        if (h > 0 && field.h - h >= p->k.base * 6)
            return h;
    }
    return -1;
}

double gb_insets_below(struct gb_map_plan *p, double w, double h, double margin)
{
    if (p->views.n < 2 && !p->locator.any)
        return 0;
    double below = put_frames(p, (struct gb_rect){ 0, 0, w, h }, margin);
    for (double more = 0.25; below < 0 && more <= 1; more += 0.25) /* low: frames need some height of their own */
        if (put_frames(p, (struct gb_rect){ 0, 0, w, h * (1 + more) }, margin) >= 0)
            return h * more;
    return below > 0 ? below : 0;
}

/* Names above, the bar below, between them the places. */
static void fit_inset(struct gb_map_plan *p, struct gb_view *w, double margin)
{
    double pad = pad_of(p), line = letters(p) * 1.25, most = p->pr.pt_per_km * LARGER;
    struct gb_rect f = w->frame;
    w->inner =
        (struct gb_rect){ f.x + pad, f.y + pad + w->n_lines * line, f.w - 2 * pad, f.h - 2 * pad - (w->n_lines + 1) * line };
    struct gb_rect in = grown(w->inner, -margin);
    w->pr = gb_projection_fit(&w->bounds, in.w > 1 && in.h > 1 ? in : w->inner);
    if (w->pr.pt_per_km > most)
        w->pr.pt_per_km = most;
}

void gb_views_place(struct gb_map_plan *p, struct gb_rect field, double margin)
{
    struct gb_views *v = &p->views;
    double below = v->n > 1 || p->locator.any ? put_frames(p, field, margin) : 0;
    if (below < 0) { /* small, but nobody vanishes */
        v->n = 1;
        v->view[0].bounds = p->bounds = v->all;
        p->legend.inset = NULL;
        p->locator.any = false;
        below = 0;
    }
    fit_main(p, (struct gb_rect){ field.x, field.y, field.w, field.h - below }, margin);
    for (int i = 1; i < v->n; i++) {
        fit_inset(p, &v->view[i], margin);
        gb_box_add(&p->k, v->view[i].frame); /* the first boxes: gb_plan_labels knows them by number */
    }
    if (p->locator.any)
        gb_box_add(&p->k, p->locator.frame);
}

struct gb_point gb_plan_project(const struct gb_map_plan *p, double lon, double lat)
{
    return gb_project(&p->views.view[gb_view_of(&p->views, lon, lat)].pr, lon, lat);
}

int gb_plan_view_at(const struct gb_map_plan *p, struct gb_point at, struct gb_rect *keep_to)
{
    int view = 0;
    for (int i = 1; i < p->views.n; i++)
        if (meet(p->views.view[i].frame, (struct gb_rect){ at.x, at.y, 0, 0 }))
            view = i;
    if (keep_to)
        *keep_to = view ? p->views.view[view].inner : p->k.r;
    return view;
}

void gb_plan_labels(struct gb_map_plan *p, struct gb_label *v, int n)
{
    struct gb_rect field = p->k.r;
    struct gb_label *some = GB_NEW_N(p->k.a, (size_t)n, struct gb_label);
    int *of = GB_NEW_N(p->k.a, (size_t)n, int);
    for (int view = p->views.n - 1; view >= 0; view--) {
        int m = 0;
        for (int i = 0; i < n; i++)
            if (gb_plan_view_at(p, v[i].at, NULL) == view) {
                some[m] = v[i];
                of[m++] = i;
            }
        if (!m)
            continue;
        if (view) {
            p->k.r = p->views.view[view].inner;
            p->k.boxes.box[view - 1] = (struct gb_rect){ -1e6, -1e6, 0, 0 }; /* its own frame is no obstacle */
        }
        gb_labels_place(&p->k, &p->grid, p->shape, some, m);
        p->k.r = field;
        if (view)
            p->k.boxes.box[view - 1] = p->views.view[view].frame;
        for (int i = 0; i < m; i++)
            v[of[i]] = some[i];
    }
}

/* ---- drawing ---------------------------------------------------------------------------------------------------------- */
static void draw_frame(struct gb_map_plan *p, struct gb_rect r)
{
    struct gb_path path;
    struct gb_pen pen = { gb_rule, p->k.base * 0.07, { 0 }, 0, false };
    gb_path_init(&path, p->k.a);
    gb_path_rect(&path, r);
    gb_canvas_fill(p->k.cv, &path, gb_ground);
    gb_canvas_stroke(p->k.cv, &path, &pen);
}

static void draw_bar(struct gb_map_plan *p, const struct gb_view *w)
{
    double size = letters(p) * 0.92, y = w->frame.y + w->frame.h - pad_of(p) - size * 0.2, x = w->inner.x, tick = size * 0.4;
    double km = gb_scale_bar_km(w->pr.pt_per_km, w->inner.w * 0.5), len = km * w->pr.pt_per_km;
    if (km <= 0)
        return;
    struct gb_path path;
    struct gb_pen pen = { gb_ink, p->k.base * 0.08, { 0 }, 0, false };
    gb_path_init(&path, p->k.a);
    gb_path_move(&path, x, y - tick);
    gb_path_line(&path, x, y);
    gb_path_line(&path, x + len, y);
    gb_path_line(&path, x + len, y - tick);
    gb_canvas_stroke(p->k.cv, &path, &pen);
    gb_ink_text(&p->k, GB_SANS, size, gb_ink, GB_START, x + len + size * 0.4, y,
                km >= 1 ? gb_sprintf(p->k.a, "%d km", (int)(km + 0.5)) : gb_sprintf(p->k.a, "%d m", (int)(km * 1000 + 0.5)));
}

static void draw_rings(struct gb_map_plan *p, const struct gb_projection *pr, const struct gb_ring *ring, int n,
                       struct gb_rgba fill, const struct gb_pen *pen)
{
    struct gb_path path;
    gb_path_init(&path, p->k.a);
    for (int i = 0; i < n; i++) {
        for (size_t j = 0; j < ring[i].n_points; j++) {
            struct gb_point q = gb_project(pr, ring[i].lon_lat[2 * j], ring[i].lon_lat[2 * j + 1]);
            if (j)
                gb_path_line(&path, q.x, q.y);
            else
                gb_path_move(&path, q.x, q.y);
        }
        gb_path_close(&path);
    }
    gb_canvas_fill(p->k.cv, &path, fill);
    if (pen)
        gb_canvas_stroke(p->k.cv, &path, pen);
}

static void draw_locator(struct gb_map_plan *p)
{
    const struct gb_locator *l = &p->locator;
    struct gb_projection pr = gb_projection_fit(&l->bounds, grown(l->frame, -pad_of(p)));
    struct gb_pen pen = { gb_ink_soft, p->k.base * 0.05, { 0 }, 0, false };
    draw_frame(p, l->frame);
    draw_rings(p, &pr, l->ring, l->n_rings, GB_RGB(0xf3f3f0), &pen);
    for (int i = 0; i < p->n_base; i++) {
        struct gb_rings v = gb_boundary_at(p->base[i], gb_outline_metres[GB_OUTLINE_LEVELS - 1]);
        draw_rings(p, &pr, v.ring, v.n_rings, gb_ink_soft, NULL);
    }
}

void gb_insets_draw(struct gb_map_plan *p)
{
    double size = letters(p);
    for (int i = 1; i < p->views.n; i++) {
        const struct gb_view *w = &p->views.view[i];
        draw_frame(p, w->frame);
        for (int j = 0; j < w->n_lines; j++)
            gb_ink_text(&p->k, GB_SANS, size, gb_ink, GB_START, w->inner.x, w->frame.y + pad_of(p) + j * size * 1.25 + size * 0.9,
                        w->line[j]);
        draw_bar(p, w);
    }
    if (p->locator.any)
        draw_locator(p);
}
