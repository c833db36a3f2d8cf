/* projection.c — the local equirectangular projection: degrees times kilometres a degree at the middle latitude.
 *
 * The projection is exact along the middle parallel; east-west lengths are off by tan(lat) * dlat elsewhere: at
 * Thanh Hóa's edges (20° N, 0.7° from the middle) by 0.44 %, in Hà Nội by 0.27 %. A conformal projection would win nothing that is
 * visible at this scale.
 */
#include "map/map_int.h"

#define SMALLEST_DEG 0.01 /* one station alone still has a map around it */

void gb_bounds_add(struct gb_bounds *b, double lon, double lat)
{
    if (!b->any)
        *b = (struct gb_bounds){ lon, lat, lon, lat, true };
    if (lon < b->min_lon)
        b->min_lon = lon;
    if (lon > b->max_lon)
        b->max_lon = lon;
    if (lat < b->min_lat)
        b->min_lat = lat;
    if (lat > b->max_lat)
        b->max_lat = lat;
}

static void extent(const struct gb_bounds *b, double *w_deg, double *h_deg)
{
    *w_deg = b->max_lon - b->min_lon;
    *h_deg = b->max_lat - b->min_lat;
    if (*w_deg < SMALLEST_DEG)
        *w_deg = SMALLEST_DEG;
    if (*h_deg < SMALLEST_DEG)
        *h_deg = SMALLEST_DEG;
}

double gb_bounds_aspect(const struct gb_bounds *b)
{
    double w, h, km_lon, km_lat;
    extent(b, &w, &h);
    gb_degree_km((b->min_lat + b->max_lat) / 2, &km_lon, &km_lat);
    if (km_lon < 1)
        km_lon = 1; /* at a pole */
    return w * km_lon / (h * km_lat);
}

struct gb_projection gb_projection_fit(const struct gb_bounds *b, struct gb_rect r)
{
    struct gb_projection p = {
        .lon0 = (b->min_lon + b->max_lon) / 2, .lat0 = (b->min_lat + b->max_lat) / 2, .x0 = r.x + r.w / 2, .y0 = r.y + r.h / 2
    };
    double w, h;
    extent(b, &w, &h);
    gb_degree_km(p.lat0, &p.km_lon, &p.km_lat);
    if (p.km_lon < 1)
        p.km_lon = 1;
    double by_w = r.w / (w * p.km_lon), by_h = r.h / (h * p.km_lat);
    p.pt_per_km = by_w < by_h ? by_w : by_h;
    if (p.pt_per_km < 0)
        p.pt_per_km = 0;
    return p;
}

struct gb_point gb_project(const struct gb_projection *p, double lon, double lat)
{
    return (struct gb_point){ p->x0 + (lon - p->lon0) * p->km_lon * p->pt_per_km,
                              p->y0 - (lat - p->lat0) * p->km_lat * p->pt_per_km };
}
