/* near.c — where a place is and how far two places are apart: what "within 5 km" means.
 *
 * A point stands at its position; a commune at its position or, when it has an outline, at a point inside its largest part
 * (gb_geometry_centre). Distances are straight lines on
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
    for (int i = 0; i < c->n_boundaries; i++)
        if (c->boundary[i].region_i == region_i)
            return gb_geometry_centre(c->boundary[i].ring, c->boundary[i].n_rings, lon, lat);
    return false;
}

int gb_commune_at(const struct gb_catalogue *c, double lon, double lat, struct gb_date on)
{
    for (int i = 0; i < c->n_boundaries; i++) {
        const struct gb_boundary *b = &c->boundary[i];
        const struct gb_region *r = &c->region[b->region_i];
        if (r->level != GB_AT_COMMUNE || !gb_region_valid(r, on, on) || lon < b->min_lon || lon > b->max_lon ||
            lat < b->min_lat || lat > b->max_lat)
            continue;
        if (gb_geometry_holds(b->ring, b->n_rings, lon, lat))
            return b->region_i;
    }
    return -1;
}
