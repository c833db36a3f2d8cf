/* near.c — where a place is and how far two places are apart: what "within 5 km" means.
 *
 * A point stands at its position; a commune at its position or, when it has an outline, at a point inside its largest part: the centre of
 * gravity, or the middle of the widest stretch at that latitude when the centre lies outside (a crescent, a hole). Distances are straight lines on
 * WGS 84, lengths of a degree at the middle latitude: within 0.1 % up to 100 km, far below the error of a position.
 */
#include "map/map_int.h"

/* Newton's square root: the same digits on every machine. */
static double root(double v)
{
    if (v <= 0)
        return 0;
    double x = v > 1 ? v : 1;
    for (int i = 0; i < 60; i++)
        x = (x + v / x) / 2;
    return x;
}

double gb_km_between(double lon1, double lat1, double lon2, double lat2)
{
    double km_lon, km_lat;
    gb_degree_km((lat1 + lat2) / 2, &km_lon, &km_lat);
    double x = (lon2 - lon1) * km_lon, y = (lat2 - lat1) * km_lat;
    return root(x * x + y * y);
}

static double area_and_centre(const struct gb_ring *r, double *lon, double *lat)
{
    const double *o = r->lon_lat; /* relative to the first point: no digits lost */
    double twice = 0, cx = 0, cy = 0;
    for (size_t i = 0; i < r->n_points; i++) {
        size_t j = (i + 1) % r->n_points;
        double x1 = r->lon_lat[2 * i] - o[0], y1 = r->lon_lat[2 * i + 1] - o[1], x2 = r->lon_lat[2 * j] - o[0],
               y2 = r->lon_lat[2 * j + 1] - o[1];
        double cross = x1 * y2 - x2 * y1;
        twice += cross;
        cx += (x1 + x2) * cross;
        cy += (y1 + y2) * cross;
    }
    *lon = twice == 0 ? o[0] : o[0] + cx / (3 * twice);
    *lat = twice == 0 ? o[1] : o[1] + cy / (3 * twice);
    return twice < 0 ? -twice : twice;
}

/* Moves lon into the widest stretch of the outline at this latitude unless it lies in one already. */
static void into(const struct gb_boundary *b, double *lon, double lat)
{
    enum { MAX_CUTS = 256 };
    double cut[MAX_CUTS];
    size_t n = 0;
    for (int i = 0; i < b->n_rings; i++)
        for (size_t j = 0; j < b->ring[i].n_points && n < MAX_CUTS; j++) {
            const double *p = &b->ring[i].lon_lat[2 * j], *q = &b->ring[i].lon_lat[2 * ((j + 1) % b->ring[i].n_points)];
            if ((p[1] < lat) == (q[1] < lat))
                continue;
            double at = p[0] + (q[0] - p[0]) * (lat - p[1]) / (q[1] - p[1]);
            size_t k = n++;
            for (; k && cut[k - 1] > at; k--)
                cut[k] = cut[k - 1];
            cut[k] = at;
        }
    double best = 0, middle = *lon;
    for (size_t i = 0; i + 1 < n; i += 2) {
        if (*lon >= cut[i] && *lon <= cut[i + 1])
            return;
        if (cut[i + 1] - cut[i] > best) {
            best = cut[i + 1] - cut[i];
            middle = (cut[i] + cut[i + 1]) / 2;
        }
    }
    *lon = middle;
}

bool gb_place_of(const struct gb_catalogue *c, int region_i, double *lon, double *lat)
{
    if (region_i < 0 || region_i >= c->n_regions)
        return false;
    const struct gb_region *r = &c->region[region_i];
    if (r->has_position) {
        *lon = r->lon;
        *lat = r->lat;
        return true;
    }
    for (int i = 0; i < c->n_boundaries; i++) {
        const struct gb_boundary *b = &c->boundary[i];
        double largest = -1;
        for (int k = 0; b->region_i == region_i && k < b->n_rings; k++) {
            double x = 0, y = 0, area = b->ring[k].outer && b->ring[k].n_points ? area_and_centre(&b->ring[k], &x, &y) : -1;
            if (area <= largest)
                continue;
            largest = area;
            *lon = x;
            *lat = y;
        }
        if (largest < 0)
            continue;
        into(b, lon, *lat);
        return true;
    }
    return false;
}

/* Even-odd over all rings, so that a hole is outside. */
static bool has_inside(const struct gb_boundary *b, double lon, double lat)
{
    bool in = false;
    for (int k = 0; k < b->n_rings; k++)
        for (size_t i = 0; i < b->ring[k].n_points; i++) {
            const double *p = &b->ring[k].lon_lat[2 * i], *q = &b->ring[k].lon_lat[2 * ((i + 1) % b->ring[k].n_points)];
            if ((p[1] < lat) != (q[1] < lat) && lon < p[0] + (q[0] - p[0]) * (lat - p[1]) / (q[1] - p[1]))
                in = !in;
        }
    return in;
}

int gb_commune_at(const struct gb_catalogue *c, double lon, double lat, struct gb_date on)
{
    for (int i = 0; i < c->n_boundaries; i++) {
        const struct gb_boundary *b = &c->boundary[i];
        const struct gb_region *r = &c->region[b->region_i];
        if (r->level != GB_AT_COMMUNE || !gb_region_valid(r, on, on) || lon < b->min_lon || lon > b->max_lon ||
            lat < b->min_lat || lat > b->max_lat)
            continue;
        if (has_inside(b, lon, lat))
            return b->region_i;
    }
    return -1;
}
