/* heat.c — a heat map: figures at points added up in the cells of a hexagon grid, for where many points lie close.
 *
 * Sums, not a kernel: a smoothed surface shows figures where nobody measured, and its radius decides what is seen. Each point lies in
 * exactly one cell, so the cells add up to the total. Cells of a hexagon grid have six neighbours at one distance (Birch, Oom and
 * Beecham 2007, Ecological Modelling 206:347-359). Positions are metres in whole numbers and a cell is what lies nearest to its centre:
 * rows are 866 m apart for each kilometre of width, so cells are regular to 0.01 %. The width is round, follows the extent of the map,
 * not its size on paper, and is not below 5 km where a position is known to 2 km: every format shows the same cells.
 */
#include <math.h>
#include <stdlib.h>

#include "base/decimal.h"
#include "map/map_plan.h"

enum { ACROSS = 30, APPROXIMATE_KM = 5, NAMED = 3, CORNERS = 6 };

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int64_t row_m(int km)
{
    return (int64_t)km * 866;
}

void gb_hex_centre(int km, int64_t col, int64_t row, int64_t *x, int64_t *y)
{
    *x = col * km * 1000 + (row % 2 ? (int64_t)km * 500 : 0);
    *y = row * row_m(km);
}

void gb_hex_at(int km, int64_t x, int64_t y, int64_t *col, int64_t *row)
{
    int64_t below = floor_div(y, row_m(km)), best = INT64_MAX;
    for (int64_t r = below; r <= below + 1; r++) { /* a cell reaches 0.58 of its width up and down, less than a row */
        int64_t shift = r % 2 ? (int64_t)km * 500 : 0, c = floor_div(x - shift + (int64_t)km * 500, (int64_t)km * 1000), cx, cy;
        gb_hex_centre(km, c, r, &cx, &cy);
        int64_t d = (x - cx) * (x - cx) + (y - cy) * (y - cy);
        if (d >= best)
            continue;
        best = d;
        *col = c;
        *row = r;
    }
}

/* The least of 1, 2, 5, 10 ... km with which the longer side has at most ACROSS cells. */
static int cell_km(const struct gb_bounds *b, double km_lon, double km_lat, bool approximate)
{
    static const int round_km[] = { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000 };
    double w = (b->max_lon - b->min_lon) * km_lon, h = (b->max_lat - b->min_lat) * km_lat, most = w > h ? w : h;
    int i = 0, last = (int)(sizeof round_km / sizeof *round_km) - 1;
    while (i < last && (round_km[i] * ACROSS < most || (approximate && round_km[i] < APPROXIMATE_KM)))
        i++;
    return round_km[i];
}

static int by_place(const void *p, const void *q)
{
    const struct gb_heat_cell *a = p, *b = q;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->col != b->col)
        return a->col < b->col ? -1 : 1;
    return a->first - b->first;
}

static int highest_first(const void *p, const void *q)
{
    const struct gb_heat_cell *a = p, *b = q;
    if (a->sum != b->sum)
        return a->sum > b->sum ? -1 : 1;
    return by_place(p, q);
}

/* The figures at one scale. @return false: some figure or their sum does not fit, or is below zero */
static bool figures(struct gb_map_plan *p, int64_t *v)
{
    struct gb_heat *h = &p->heat;
    int64_t total = 0;
    for (int i = 0; i < p->n_stations; i++) {
        const struct gb_value *y = &p->s->point[p->station_point[i]].y;
        if (!gb_is_number(y))
            continue;
        h->scale = y->scale > h->scale ? y->scale : h->scale;
        h->decimals = y->decimals > h->decimals ? y->decimals : h->decimals;
    }
    for (int i = 0; i < p->n_stations; i++) {
        const struct gb_value *y = &p->s->point[p->station_point[i]].y;
        if (gb_is_number(y) &&
            (!gb_dec_rescale(y->num, y->scale, h->scale, &v[i]) || v[i] < 0 || !gb_dec_add(total, v[i], &total)))
            return false;
    }
    return true;
}

/* One cell for each point, then those of one place become one; `first` is the point with the greatest part. */
static void add_up(struct gb_map_plan *p, const int64_t *v)
{
    struct gb_heat *h = &p->heat;
    h->cell = GB_NEW_N(p->k.a, (size_t)p->n_stations, struct gb_heat_cell);
    int n = 0;
    for (int i = 0; i < p->n_stations; i++) {
        const struct gb_chart_point *pt = &p->s->point[p->station_point[i]];
        const struct gb_region *r = &p->c->region[pt->region_i];
        struct gb_heat_cell *c = &h->cell[n];
        if (!gb_is_number(&pt->y)) {
            h->n_missing++;
            continue;
        }
        *c = (struct gb_heat_cell){ .first = i, .n = 1, .sum = v[i], .most = v[i] };
        gb_hex_at(h->km, (int64_t)floor((r->lon - h->lon0) * h->km_lon * 1000 + 0.5),
                  (int64_t)floor((r->lat - h->lat0) * h->km_lat * 1000 + 0.5), &c->col, &c->row);
        n++;
    }
    if (n > 1)
        qsort(h->cell, (size_t)n, sizeof *h->cell, by_place);
    for (int i = 0; i < n; i++) {
        struct gb_heat_cell *last = h->n ? &h->cell[h->n - 1] : NULL, *c = &h->cell[i];
        if (!last || last->col != c->col || last->row != c->row) {
            h->cell[h->n++] = *c;
            continue;
        }
        last->n++;
        last->sum += c->sum;
        if (c->most > last->most) {
            last->most = c->most;
            last->first = c->first;
        }
    }
    if (h->n > 1)
        qsort(h->cell, (size_t)h->n, sizeof *h->cell, highest_first);
}

static void corner(const struct gb_heat *h, const struct gb_heat_cell *c, int i, double *lon, double *lat)
{
    int64_t x, y;
    double dx = h->km * 1000.0, dy = (double)row_m(h->km), tip = dy / 2 + dx * dx / (8 * dy), side = dy - tip;
    const double at[CORNERS][2] = { { 0, tip },  { dx / 2, side },   { dx / 2, -side },
                                    { 0, -tip }, { -dx / 2, -side }, { -dx / 2, side } };
    gb_hex_centre(h->km, c->col, c->row, &x, &y);
    *lon = h->lon0 + ((double)x + at[i][0]) / 1000 / h->km_lon;
    *lat = h->lat0 + ((double)y + at[i][1]) / 1000 / h->km_lat;
}

static struct gb_value cell_value(const struct gb_map_plan *p, const struct gb_heat_cell *c)
{
    struct gb_value v = p->s->point[p->station_point[c->first]].y;
    v.num = c->sum;
    v.scale = (uint8_t)p->heat.scale;
    v.decimals = (uint8_t)p->heat.decimals;
    return v;
}

static const char *cell_name(const struct gb_map_plan *p, const struct gb_heat_cell *c)
{
    const char *label = p->s->point[p->station_point[c->first]].label;
    return c->n > 1 ? gb_sprintf(p->k.a, "quanh %s", label ? label : "") : label ? label : "";
}

static void classify(struct gb_map_plan *p)
{
    struct gb_heat *h = &p->heat;
    struct gb_chart_point *pt = GB_NEW_N(p->k.a, (size_t)h->n, struct gb_chart_point);
    struct gb_chart_series s = { .point = pt, .n = (size_t)h->n };
    struct gb_chart of_cells = *p->k.spec;
    of_cells.series = &s;
    of_cells.n_series = 1;
    for (int i = 0; i < h->n; i++)
        pt[i].y = cell_value(p, &h->cell[i]);
    gb_classes_make(&p->classes, &of_cells, p->k.a);
    for (int i = 0; i < h->n; i++) {
        h->cell[i].class_i = gb_class_of(&p->classes, &pt[i]);
        p->classes.class[h->cell[i].class_i].count++;
    }
}

bool gb_heat_make(struct gb_map_plan *p)
{
    struct gb_heat *h = &p->heat;
    *h = (struct gb_heat){ 0 };
    if (p->areas || !p->n_stations)
        return false;
    int64_t *v = GB_NEW_N(p->k.a, (size_t)p->n_stations, int64_t);
    if (!figures(p, v))
        return false;
    h->lon0 = floor((p->bounds.min_lon + p->bounds.max_lon) * 5 + 0.5) / 10; /* a new point at the edge seldom moves the grid */
    h->lat0 = floor((p->bounds.min_lat + p->bounds.max_lat) * 5 + 0.5) / 10;
    gb_degree_km(h->lat0, &h->km_lon, &h->km_lat);
    h->km_lon = h->km_lon < 1 ? 1 : h->km_lon;
    h->km = cell_km(&p->bounds, h->km_lon, h->km_lat, p->legend.approximate);
    add_up(p, v);
    if (!h->n)
        return false;
    for (int i = 0; i < h->n; i++)
        for (int j = 0; j < CORNERS; j++) {
            double lon, lat;
            corner(h, &h->cell[i], j, &lon, &lat);
            gb_bounds_add(&p->bounds, lon, lat);
        }
    classify(p);
    return true;
}

static void cell_path(const struct gb_map_plan *p, const struct gb_heat_cell *c, struct gb_path *path)
{
    gb_path_init(path, p->k.a);
    for (int j = 0; j < CORNERS; j++) {
        double lon, lat;
        corner(&p->heat, c, j, &lon, &lat);
        struct gb_point at = gb_project(&p->pr, lon, lat);
        if (j)
            gb_path_line(path, at.x, at.y);
        else
            gb_path_move(path, at.x, at.y);
    }
    gb_path_close(path);
}

void gb_heat_draw(struct gb_map_plan *p)
{
    double zoom = p->k.base / 8.5;
    struct gb_pen rim = { GB_RGB(0x6a93ae), 0.5 * zoom, { 0 }, 0, true }, frame = { gb_rule, 0.6 * zoom, { 0 }, 0, false };
    struct gb_path path;
    for (int i = 0; i < p->heat.n; i++) {
        const struct gb_heat_cell *c = &p->heat.cell[i];
        cell_path(p, c, &path);
        gb_canvas_fill(p->k.cv, &path, p->classes.class[c->class_i].color);
        gb_canvas_stroke(p->k.cv, &path, &rim);
    }
    if (p->n_base)
        return;
    gb_path_init(&path, p->k.a); /* no outline around the cells: a frame */
    gb_path_rect(&path, p->k.r);
    gb_canvas_stroke(p->k.cv, &path, &frame);
}

void gb_heat_outline_named(struct gb_map_plan *p)
{
    struct gb_pen strong = { gb_ink, 0.95 * p->k.base / 8.5, { 0 }, 0, true };
    for (int i = 0; i < p->n_labels; i++) {
        struct gb_path path;
        cell_path(p, &p->heat.cell[i], &path);
        gb_canvas_stroke(p->k.cv, &path, &strong);
    }
}

void gb_heat_labels(struct gb_map_plan *p)
{
    struct gb_heat *h = &p->heat;
    int wanted = 0;
    for (size_t i = 0; i < p->s->n; i++)
        wanted += p->s->point[i].highlight;
    wanted = wanted > NAMED ? NAMED : wanted;
    double size = gb_label_size(&p->k), max_w = size * 10 < p->k.r.w * 0.4 ? size * 10 : p->k.r.w * 0.4;
    for (int i = 0; i < h->n && i < wanted && h->cell[i].sum > 0; i++) {
        int64_t x, y;
        gb_hex_centre(h->km, h->cell[i].col, h->cell[i].row, &x, &y);
        struct gb_value v = cell_value(p, &h->cell[i]);
        struct gb_label *l = &p->label[p->n_labels];
        *l = (struct gb_label){ .shape_i = -1,
                                .value = gb_ink_value(&p->k, &v, false),
                                .at = gb_project(&p->pr, h->lon0 + (double)x / 1000 / h->km_lon,
                                                 h->lat0 + (double)y / 1000 / h->km_lat),
                                .keep_clear = h->km * p->pr.pt_per_km / 2 };
        l->n_names = gb_ink_wrap_even(&p->k, GB_SANS, size, cell_name(p, &h->cell[i]), max_w, GB_NAME_LINES, l->name);
        l->mark = (struct gb_rect){ l->at.x - l->keep_clear, l->at.y - l->keep_clear, 2 * l->keep_clear, 2 * l->keep_clear };
        p->label_point[p->n_labels++] = p->station_point[h->cell[i].first];
    }
}

bool gb_heat_top(const struct gb_map_plan *p, struct gb_value *top, const char **label, int *km)
{
    if (!p->heat.n)
        return false;
    *top = cell_value(p, &p->heat.cell[0]);
    *label = cell_name(p, &p->heat.cell[0]);
    *km = p->heat.km;
    return true;
}
