/* map.c — one map: which places it shows, where they are, in which colour, with which names; the order of drawing.
 *
 * Areas first, then hatching of what has no data, then borders (each once), the outline of the whole, the outlines of the places
 * that are spoken about, stations, labels. The base is every place of the catalogue of the same level as the points, not only the
 * points: an empty commune is told, not left white. Points without an outline but with a position are stations; a map of stations
 * alone gets a quiet base map of the communes.
 */
#include "map/map.h"

#include "map/map_plan.h"

#define TALLEST_EM 36.0
#define TALLEST_CIRCLES_EM 22.0
#define TALLEST_BARE_EM 18.0 /* some dots without outlines around them say little more on more paper */
#define FEW_STATIONS 16
#define MARGIN_EM 0.6

static bool has_position(const struct gb_catalogue *c, int region_i)
{
    return region_i >= 0 && region_i < c->n_regions && c->region[region_i].has_position;
}

/* Level of most points that have an outline; without any, that of the communes. */
static enum gb_level_kind base_level(const struct gb_map_plan *p, bool *any)
{
    int count[GB_AT_POINT + 1] = { 0 }, best = GB_AT_COMMUNE;
    *any = false;
    for (int i = 0; i < p->c->n_boundaries; i++)
        if (p->of_region[p->c->boundary[i].region_i] >= 0)
            count[p->c->region[p->c->boundary[i].region_i].level]++;
    for (int l = 0; l <= GB_AT_POINT; l++)
        if (count[l] > 0 && (!*any || count[l] > count[best])) {
            best = l;
            *any = true;
        }
    return (enum gb_level_kind)best;
}

/* The station, and the circle around it. */
static void add_station_bounds(struct gb_map_plan *p, int point_i, const struct gb_region *r)
{
    double km_lon, km_lat, km = p->s->point[point_i].highlight ? p->k.spec->radius_km : 0;
    gb_degree_km(r->lat, &km_lon, &km_lat);
    gb_bounds_add(&p->bounds, r->lon - km / km_lon, r->lat - km / km_lat);
    gb_bounds_add(&p->bounds, r->lon + km / km_lon, r->lat + km / km_lat);
    p->legend.approximate = p->legend.approximate || r->approximate;
}

static void find_places(struct gb_map_plan *p)
{
    struct gb_arena *a = p->k.a;
    const struct gb_catalogue *c = p->c;
    size_t n = p->s ? p->s->n : 0;
    p->of_region = GB_NEW_N(a, (size_t)c->n_regions, int);
    for (int i = 0; i < c->n_regions; i++)
        p->of_region[i] = -1;
    for (size_t i = 0; i < n && i < INT32_MAX; i++) {
        int r = p->s->point[i].region_i;
        if (r >= 0 && r < c->n_regions && p->of_region[r] < 0)
            p->of_region[r] = (int)i;
    }
    enum gb_level_kind level = base_level(p, &p->areas);
    p->base = GB_NEW_N(a, (size_t)c->n_boundaries, const struct gb_boundary *);
    bool *placed = GB_NEW_N(a, n, bool);
    for (int i = 0; i < c->n_boundaries; i++) {
        const struct gb_boundary *b = &c->boundary[i];
        if (c->region[b->region_i].level != level || (p->k.spec->listed && p->areas && p->of_region[b->region_i] < 0))
            continue;
        p->base[p->n_base++] = b;
        gb_bounds_add(&p->bounds, b->min_lon, b->min_lat);
        gb_bounds_add(&p->bounds, b->max_lon, b->max_lat);
        if (p->of_region[b->region_i] >= 0)
            placed[p->of_region[b->region_i]] = true;
    }
    p->station_point = GB_NEW_N(a, n, int);
    for (size_t i = 0; i < n; i++) {
        int r = p->s->point[i].region_i;
        if (placed[i])
            continue;
        if (!has_position(c, r) || p->of_region[r] != (int)i) {
            p->legend.n_unplaced++;
            continue;
        }
        p->station_point[p->n_stations++] = (int)i;
        add_station_bounds(p, (int)i, &c->region[r]);
    }
}

/* A map of circles has one class: with a figure. */
int gb_plan_class(const struct gb_map_plan *p, int point_i)
{
    const struct gb_chart_point *pt = &p->s->point[point_i];
    return p->legend.circles ? gb_is_number(&pt->y) - 1 : gb_class_of(&p->classes, pt);
}

/* Counts by class of what the map shows. */
static void count_classes(struct gb_map_plan *p)
{
    bool circles = p->k.spec->style == GB_MAP_CIRCLES;
    p->legend.heat = p->k.spec->style == GB_MAP_HEAT && gb_heat_make(p) ? &p->heat : NULL;
    if (p->legend.heat) {
        p->legend.classes = &p->classes;
        return;
    }
    if (circles)
        gb_circles_scale(p);
    else
        gb_classes_make(&p->classes, p->k.spec, p->k.a);
    p->legend.classes = &p->classes;
    p->legend.circles = circles ? &p->circles : NULL;
    p->legend.stations = !p->areas;
    p->legend.radius_km = (int)(p->k.spec->radius_km + 0.5);
    for (int i = 0; p->areas && i < p->n_base; i++) {
        int at = p->of_region[p->base[i]->region_i], class = at < 0 ? -1 : gb_plan_class(p, at);
        if (class < 0)
            p->legend.n_missing++;
        else
            p->classes.class[class].count++;
    }
    for (int i = 0; i < p->n_stations; i++) {
        int class = gb_plan_class(p, p->station_point[i]);
        if (class < 0)
            p->legend.n_missing++;
        else
            p->classes.class[class].count++;
    }
}

/* Circles reach beyond the place they stand at. */
static double margin_of(const struct gb_map_plan *p)
{
    return p->legend.circles ? p->circles.most_r + p->k.base * 0.2 : p->k.base * MARGIN_EM;
}

/* At the scale that the main map has in a field. */
static void measure_legend(struct gb_map_plan *p, double width, double field_w, double field_h)
{
    struct gb_sketch probe = p->k;
    probe.cv = NULL;
    gb_views_place(p, (struct gb_rect){ 0, 0, field_w, field_h }, margin_of(p));
    p->k.boxes.n = 0;
    p->legend.pt_per_km = p->pr.pt_per_km;
    p->legend.max_bar_pt = p->k.base * (p->beside ? 7 : 8); /* with its words in the narrowest legend, 11 em */
    p->legend_h = gb_legend_put(&probe, &p->legend, 0, 0, p->beside ? p->legend_w : width);
}

/* The width of the map and its wished height; sets where the legend goes. */
static double arrange(struct gb_map_plan *p, double width, double *field_h)
{
    struct gb_sketch probe = p->k;
    probe.cv = NULL;
    p->beside = width >= p->k.base * GB_ENDS_FROM_EM;
    p->legend_w = p->beside ? gb_legend_width(&probe, &p->legend) : width;
    if (p->legend_w > width * 0.4)
        p->legend_w = p->beside ? width * 0.4 : p->legend_w;
    double field_w = p->beside ? width - p->legend_w - p->k.base * 1.5 : width;
    double least = p->k.base * 14, most = p->k.base * (p->k.spec->radius_km > 0 ? TALLEST_CIRCLES_EM : TALLEST_EM);
    if (!p->areas && !p->n_base && p->n_stations <= FEW_STATIONS && p->k.spec->radius_km <= 0)
        most = p->k.base * TALLEST_BARE_EM;
    gb_insets_find(p, field_w > 1 ? field_w : 1, most);
    double h = field_w / gb_bounds_aspect(&p->bounds);
    h = h < least ? least : h > most ? most : h;
    h += gb_insets_below(p, field_w, h, margin_of(p));
    *field_h = h > most ? most : h;
    return field_w;
}

static struct gb_map_plan begin(const struct gb_chart *spec, const struct gb_catalogue *c, struct gb_canvas *cv, struct gb_rect r,
                                const struct gb_chart_style *st, struct gb_arena *a)
{
    double base = st->base_pt > 0 ? st->base_pt : st->medium == GB_MEDIUM_SCREEN ? 12 : 8.5;
    struct gb_map_plan p = {
        .k = { .spec = spec, .cv = cv, .st = st, .a = a, .base = base, .line = base * 1.3, .r = r, .whole = r },
        .c = c,
        .s = spec->n_series ? &spec->series[0] : NULL
    };
    if (!spec->tiles)
        find_places(&p);
    p.station = GB_NEW_N(a, (size_t)p.n_stations, struct gb_point);
    return p;
}

static bool can_draw(const struct gb_map_plan *p)
{
    return p->k.spec->tiles ? p->s && p->s->n : p->areas || p->n_stations;
}

bool gb_map_is_drawable(const struct gb_chart *spec, const struct gb_catalogue *c)
{
    struct gb_arena scratch;
    struct gb_chart_style st = { .base_pt = 8.5 };
    gb_arena_init(&scratch, 0);
    struct gb_map_plan p = begin(spec, c, NULL, (struct gb_rect){ 0 }, &st, &scratch);
    bool yes = can_draw(&p);
    gb_arena_release(&scratch);
    return yes;
}

bool gb_map_heat_top(const struct gb_chart *spec, const struct gb_catalogue *c, struct gb_arena *a, struct gb_value *top,
                     const char **label, int *km)
{
    struct gb_chart_style st = { .base_pt = 8.5 };
    struct gb_map_plan p = begin(spec, c, NULL, (struct gb_rect){ 0 }, &st, a);
    return can_draw(&p) && gb_heat_make(&p) && gb_heat_top(&p, top, label, km);
}

/* ---- drawing ---------------------------------------------------------------------------------------------------------- */
static struct gb_shape *make_shapes(struct gb_map_plan *p)
{
    struct gb_shape *v = gb_shapes_in(p->base, p->n_base, &p->views, p->k.a);
    for (int i = 0; i < p->n_base; i++) {
        v[i].point_i = p->of_region[p->base[i]->region_i];
        if (v[i].point_i < 0)
            continue;
        v[i].class_i = gb_plan_class(p, v[i].point_i);
        v[i].highlight = p->s->point[v[i].point_i].highlight;
    }
    return v;
}

static void draw_areas(struct gb_map_plan *p, const struct gb_shape *v)
{
    struct gb_canvas *cv = p->k.cv;
    double zoom = p->k.base / 8.5;
    struct gb_rgba quiet = GB_RGB(0xf3f3f0);
    for (int i = 0; i < p->n_base; i++) {
        struct gb_path path;
        gb_path_init(&path, p->k.a);
        gb_shape_path(&v[i], &path);
        gb_canvas_fill(cv, &path,
                       !p->areas || (p->legend.circles && v[i].class_i >= 0) ? quiet
                       : v[i].class_i < 0                                    ? gb_no_data_ground()
                                                                             : p->classes.class[v[i].class_i].color);
    }
    if (p->legend.heat)
        gb_heat_draw(p);
    if (p->areas) {
        struct gb_path lines;
        struct gb_pen pen = { gb_hatching, 0.4 * zoom, { 0 }, 0, false };
        gb_path_init(&lines, p->k.a);
        gb_hatch(v, p->n_base, 4 * zoom, &lines, p->k.a);
        if (lines.n_ops)
            gb_canvas_stroke(cv, &lines, &pen);
    }
    struct gb_path inner, outer;
    struct gb_pen in = { p->areas && !p->legend.circles ? gb_ground : GB_RGB(0xcfcfca), 0.5 * zoom, { 0 }, 0, true },
                  out = { gb_rule, 0.6 * zoom, { 0 }, 0, true };
    gb_path_init(&inner, p->k.a);
    gb_path_init(&outer, p->k.a);
    gb_borders(v, p->n_base, &inner, &outer, p->k.a);
    if (inner.n_ops)
        gb_canvas_stroke(cv, &inner, &in);
    if (outer.n_ops)
        gb_canvas_stroke(cv, &outer, &out);
    struct gb_pen strong = { gb_ink, 0.95 * zoom, { 0 }, 0, true };
    for (int i = 0; i < p->n_base; i++) {
        if (!v[i].highlight)
            continue;
        struct gb_path path;
        gb_path_init(&path, p->k.a);
        gb_shape_path(&v[i], &path);
        gb_canvas_stroke(cv, &path, &strong);
    }
}

static void draw_radius(struct gb_map_plan *p)
{
    double zoom = p->k.base / 8.5;
    struct gb_pen pen = { gb_ink, 0.8 * zoom, { 3 * zoom, 2 * zoom }, 2, false };
    for (int i = 0; i < p->n_stations && p->k.spec->radius_km > 0; i++) {
        struct gb_path path;
        if (!p->s->point[p->station_point[i]].highlight)
            continue;
        gb_path_init(&path, p->k.a);
        gb_path_circle(&path, p->station[i].x, p->station[i].y, p->k.spec->radius_km * p->pr.pt_per_km);
        gb_canvas_fill(p->k.cv, &path, (struct gb_rgba){ 0, 96, 156, 24 });
        gb_canvas_stroke(p->k.cv, &path, &pen);
    }
}

static const char *radius_text(const struct gb_map_plan *p)
{
    return gb_sprintf(p->k.a, "%d km", p->legend.radius_km);
}

/* How far it is stands on one circle, the first that has room for it beside all names: they all have the same radius. */
static void place_km(struct gb_map_plan *p)
{
    double size = gb_label_size(&p->k), w = gb_ink_width(&p->k, GB_SANS, size, radius_text(p)) + size * 0.3, h = size * 1.2,
           r = p->k.spec->radius_km * p->pr.pt_per_km;
    p->km_box = (struct gb_rect){ 0 };
    for (int i = 0; i < p->n_stations && r > 0 && p->km_box.w <= 0; i++) {
        struct gb_point c = { p->station[i].x - w / 2, p->station[i].y - h / 2 };
        const struct gb_point at[] = { { c.x, c.y + r }, { c.x, c.y - r }, { c.x + r, c.y }, { c.x - r, c.y } };
        if (!p->s->point[p->station_point[i]].highlight)
            continue;
        int best = gb_place(&p->k, p->k.r, w, h, at, 4);
        struct gb_rect box = { best < 0 ? 0 : at[best].x, best < 0 ? 0 : at[best].y, w, h };
        if (best >= 0 && !gb_seg_crossings(&p->k, box))
            p->km_box = box;
    }
    if (p->km_box.w > 0)
        gb_box_add(&p->k, p->km_box);
}

static void draw_km(struct gb_map_plan *p)
{
    double size = gb_label_size(&p->k);
    struct gb_rect b = p->km_box;
    if (b.w <= 0)
        return;
    gb_canvas_fill_rect(p->k.cv, b, (struct gb_rgba){ 255, 255, 255, 215 });
    gb_ink_text(&p->k, GB_SANS, size, gb_ink, GB_MIDDLE, b.x + b.w / 2, b.y + size * 0.95, radius_text(p));
}

/* A label keeps clear of its mark: a circle, a mark, a group of marks; in an area without one it stands around the pole. */
static void gather_labels(struct gb_map_plan *p)
{
    int *shape_of = GB_NEW_N(p->k.a, p->s->n, int), *mark_of = GB_NEW_N(p->k.a, p->s->n, int);
    for (int i = 0; i < p->n_base; i++)
        if (p->shape[i].point_i >= 0)
            shape_of[p->shape[i].point_i] = i + 1;
    for (int i = 0; i < p->n_marks; i++)
        for (int m = p->mark[i].first; m >= 0; m = p->next[m])
            mark_of[m] = i + 1;
    int room = (int)(p->k.r.w * p->k.r.h / (p->k.base * p->k.base * 60));
    for (size_t i = 0; i < p->s->n && p->n_labels < GB_MAX_LABELS && p->n_labels < room; i++) {
        const struct gb_chart_point *pt = &p->s->point[i];
        if (!pt->highlight || (!shape_of[i] && !mark_of[i]))
            continue;
        struct gb_label *l = &p->label[p->n_labels];
        *l = (struct gb_label){ .shape_i = mark_of[i] ? -1 : shape_of[i] - 1, .value = gb_ink_value(&p->k, &pt->y, false) };
        p->label_point[p->n_labels++] = (int)i;
        double size = gb_label_size(&p->k), max_w = size * 10 < p->k.r.w * 0.4 ? size * 10 : p->k.r.w * 0.4;
        l->n_names = gb_ink_wrap_even(&p->k, GB_SANS, size, pt->label ? pt->label : "", max_w, GB_NAME_LINES, l->name);
        if (mark_of[i]) {
            const struct gb_mark *m = &p->mark[mark_of[i] - 1];
            l->at = m->at;
            l->mark = m->n > 1 ? m->box : (struct gb_rect){ 0 };
            l->keep_clear = (m->box.w < m->box.h ? m->box.w : m->box.h) / 2;
        } else {
            double depth;
            l->at = gb_pole(&p->shape[l->shape_i], 0.3, &depth, p->k.a);
        }
        if (shape_of[i] && p->views.view[gb_plan_view_at(p, l->at, NULL)].n_places == 1)
            l->n_names = 0; /* the inset is called so */
    }
}

/* Where the way from a mark to its label leaves the mark. */
static struct gb_point leader_start(const struct gb_label *l)
{
    double dx = l->foot.x - l->at.x, dy = l->foot.y - l->at.y, ax = dx < 0 ? -dx : dx, ay = dy < 0 ? -dy : dy, t = 1;
    if (l->mark.w <= 0)
        return l->at;
    if (ax > 0 && l->mark.w / 2 / ax < t)
        t = l->mark.w / 2 / ax;
    if (ay > 0 && l->mark.h / 2 / ay < t)
        t = l->mark.h / 2 / ay;
    return (struct gb_point){ l->at.x + dx * t, l->at.y + dy * t };
}

static void draw_labels(struct gb_map_plan *p, const struct gb_label *v, int n)
{
    struct gb_sketch *k = &p->k;
    const struct gb_shape *shape = p->shape;
    double size = gb_label_size(k), zoom = k->base / 8.5;
    struct gb_pen casing = { { 255, 255, 255, 200 }, 1.8 * zoom, { 0 }, 0, false },
                  line = { gb_ink, 0.5 * zoom, { 0 }, 0, false };
    for (int i = 0; i < n; i++) {
        if (!v[i].leader)
            continue;
        struct gb_point from = leader_start(&v[i]);
        gb_canvas_line(k->cv, from.x, from.y, v[i].foot.x, v[i].foot.y, &casing);
        gb_canvas_line(k->cv, from.x, from.y, v[i].foot.x, v[i].foot.y, &line);
        struct gb_path dot;
        gb_path_init(&dot, k->a);
        if (v[i].shape_i < 0)
            continue;
        gb_path_circle(&dot, v[i].at.x, v[i].at.y, 1.9 * zoom);
        gb_canvas_fill(k->cv, &dot, casing.color);
        gb_path_init(&dot, k->a);
        gb_path_circle(&dot, v[i].at.x, v[i].at.y, 1.2 * zoom);
        gb_canvas_fill(k->cv, &dot, gb_ink);
    }
    for (int i = 0; i < n; i++) {
        struct gb_rect b = v[i].box;
        if (b.w <= 0)
            continue;
        struct gb_rgba ink = gb_ink;
        if (!v[i].inside)
            gb_canvas_fill_rect(k->cv, b, (struct gb_rgba){ 255, 255, 255, 215 });
        else if (shape[v[i].shape_i].class_i >= 0 && gb_is_dark(p->classes.class[shape[v[i].shape_i].class_i].color))
            ink = gb_ground;
        double y = b.y + size * 0.95;
        for (int j = 0; j < v[i].n_names; j++, y += size * 1.13)
            gb_ink_text(k, GB_SANS, size, ink, GB_MIDDLE, b.x + b.w / 2, y, v[i].name[j]);
        gb_ink_text(k, GB_SANS_BOLD, size, ink, GB_MIDDLE, b.x + b.w / 2, y, v[i].value);
    }
}

/* Where everything stands in a field; nothing is drawn. Again for another field: what stood before is forgotten. */
static void lay_out(struct gb_map_plan *p, struct gb_rect field)
{
    p->k.r = field;
    p->k.boxes.n = p->k.segs.n = 0;
    gb_views_place(p, field, margin_of(p));
    p->n_labels = p->n_keys = p->n_rows = 0;
    p->shape = make_shapes(p);
    for (int i = 0; i < p->n_stations; i++) {
        const struct gb_region *region = &p->c->region[p->s->point[p->station_point[i]].region_i];
        p->station[i] = gb_plan_project(p, region->lon, region->lat);
    }
    if (p->legend.heat) {
        gb_heat_labels(p);
    } else {
        if (p->legend.circles)
            gb_circles_place(p);
        else
            gb_marks_place(p);
        gather_labels(p);
    }
    if (p->n_labels || p->n_marks) {
        gb_grid_make(&p->grid, field, p->shape, p->n_base, p->k.a);
        gb_plan_labels(p, p->label, p->n_labels);
    }
    gb_keys_place(p, field.w);
    place_km(p);
}

static double rows_h(const struct gb_map_plan *p)
{
    return p->n_rows ? p->n_rows * p->k.line + p->k.base * 0.5 : 0;
}

static void draw_field(struct gb_map_plan *p)
{
    gb_insets_draw(p);
    draw_areas(p, p->shape);
    draw_radius(p);
    if (p->legend.heat)
        gb_heat_outline_named(p);
    else if (p->legend.circles)
        gb_circles_draw(p);
    else
        gb_marks_draw(p);
    draw_labels(p, p->label, p->n_labels);
    draw_labels(p, p->key, p->n_keys);
    draw_km(p);
}

/* The rows below need their height first; they follow from where the marks stand in the field, and the field gives way to them. */
static struct gb_rect lay_out_in(struct gb_map_plan *p, struct gb_rect room, double wish)
{
    struct gb_rect field = room;
    if (p->n_stations && wish < room.h)
        field.h = wish;
    lay_out(p, field);
    double left = room.h - rows_h(p);
    if (p->n_stations && (left < field.h - 0.01 || left > field.h + 0.01)) {
        field.h = left;
        lay_out(p, field);
    }
    if (field.h + rows_h(p) > room.h + 0.01)
        p->n_rows = p->n_keys = 0; /* letters without what they stand for say nothing */
    return field;
}

/* Map and legend in what the frame left. Colours without their legend would mislead: with less height than both need, nothing is drawn. */
static void draw_map(struct gb_map_plan *p)
{
    double wish, top = p->k.base * 0.6;
    struct gb_rect in = p->k.r;
    count_classes(p);
    double field_w = arrange(p, in.w, &wish);
    measure_legend(p, in.w, field_w, in.h < wish ? in.h : wish);
    struct gb_rect field = { in.x, in.y, field_w, in.h - (p->beside ? 0 : p->legend_h + top) };
    if (field.h < wish - 0.01 && field.h >= p->k.base * 6) { /* less height than wished: another scale, another bar */
        measure_legend(p, in.w, field_w, field.h);
        field.h = in.h - (p->beside ? 0 : p->legend_h + top);
    }
    if (field.h >= p->k.base * 6)
        field = lay_out_in(p, field, wish);
    if (field.h < p->k.base * 6 || (p->beside && p->legend_h + top > in.h)) {
        static const char text[] = "không đủ chỗ vẽ bản đồ";
        if (in.h >= p->k.line && in.w >= gb_ink_width(&p->k, GB_SANS, p->k.base, text))
            gb_ink_text(&p->k, GB_SANS, p->k.base, gb_ink_soft, GB_MIDDLE, in.x + in.w / 2, in.y + in.h / 2 + p->k.base * 0.35,
                        text);
        return;
    }
    draw_field(p);
    for (int i = 0; i < p->n_rows; i++)
        gb_ink_text(&p->k, GB_SANS, p->k.base * 0.92, gb_ink_soft, GB_START, field.x,
                    field.y + field.h + p->k.base * 0.5 + i * p->k.line + p->k.base * 0.9, p->row[i]);
    p->legend.pt_per_km = p->pr.pt_per_km; /* the bar is that of the map as drawn */
    if (p->beside)
        gb_legend_put(&p->k, &p->legend, in.x + in.w - p->legend_w, in.y + top, p->legend_w);
    else
        gb_legend_put(&p->k, &p->legend, in.x, in.y + in.h - p->legend_h, in.w);
}

double gb_map_height_pt(const struct gb_chart *spec, const struct gb_catalogue *c, double width_pt,
                        const struct gb_chart_style *st)
{
    struct gb_arena scratch;
    gb_arena_init(&scratch, 0);
    struct gb_map_plan p = begin(spec, c, NULL, (struct gb_rect){ 0, 0, width_pt, 0 }, st, &scratch);
    double field_h = p.k.line * 3, h = gb_frame_height(&p.k, width_pt);
    if (can_draw(&p) && spec->tiles) {
        p.beside = true; /* its legend is part of it */
        field_h = gb_tiles_height(&p.k, c, width_pt);
    } else if (can_draw(&p)) {
        count_classes(&p);
        double field_w = arrange(&p, width_pt, &field_h);
        measure_legend(&p, width_pt, field_w, field_h);
        if (p.n_stations) {
            lay_out(&p, (struct gb_rect){ 0, 0, field_w, field_h });
            field_h += rows_h(&p);
        }
    }
    double beside_h = p.legend_h + p.k.base * 0.6;
    if (p.beside)
        h += field_h > beside_h ? field_h : beside_h;
    else
        h += field_h + (p.legend_h > 0 ? p.k.base * 0.6 + p.legend_h : 0);
    gb_arena_release(&scratch);
    return h;
}

void gb_map_draw(const struct gb_chart *spec, const struct gb_catalogue *c, struct gb_canvas *cv, struct gb_rect r,
                 const struct gb_chart_style *st, struct gb_arena *a)
{
    struct gb_arena_mark mark = gb_arena_mark(a); /* a map takes megabytes of scratch, and a page may have several */
    struct gb_map_plan p = begin(spec, c, cv, r, st, a);
    gb_canvas_tag_begin(cv, GB_TAG_FIGURE, spec->alt);
    gb_frame(&p.k);
    if (!can_draw(&p))
        gb_nothing_to_draw(&p.k);
    else if (spec->tiles)
        gb_tiles_draw(&p.k, c);
    else
        draw_map(&p);
    gb_canvas_tag_end(cv, GB_TAG_FIGURE);
    gb_arena_rewind(a, mark);
}
