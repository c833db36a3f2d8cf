/* projection.c — the local equirectangular projection: degrees times kilometres a degree at the middle latitude.
 *
 * The lengths of a degree are the series for WGS 84 that the US National Geospatial-Intelligence Agency publishes (error under a
 * metre a degree). The projection is exact along the middle parallel; east-west lengths are off by tan(lat) * dlat elsewhere: at
 * Thanh Hóa's edges (20° N, 0.7° from the middle) by 0.44 %, in Hà Nội by 0.27 %. A conformal projection would win nothing that is
 * visible at this scale. The cosine is a sum of our own, so that every libm draws the same map.
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

static double cosine_deg(double deg)
{
    double x = deg * 0.017453292519943295, x2 = x * x, term = 1, sum = 1;
    for (int i = 1; i <= 12; i++) { /* |x| <= pi/2: the next term is below 1e-18 */
        term *= -x2 / ((2 * i - 1) * (2 * i));
        sum += term;
    }
    return sum;
}

void gb_degree_km(double lat, double *km_lon, double *km_lat)
{
    double c = cosine_deg(lat), c2 = 2 * c * c - 1, c3 = c * (2 * c2 - 1), c4 = 2 * c2 * c2 - 1, c5 = 2 * c * c4 - c3;
    *km_lat = (111132.92 - 559.82 * c2 + 1.175 * c4) / 1000;
    *km_lon = (111412.84 * c - 93.5 * c3 + 0.118 * c5) / 1000;
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
