/* cap_area.c — the areas of a CAP message: outlines of communes with their codes (CAP 1.2, 3.2.4).
 *
 * A polygon is a closed list of "lat,lon" (WGS 84), the first pair repeated at the end, at least four pairs. The standard has no holes: outer
 * rings only, each a polygon. Outlines are those that move no point by more than 60 m (the whole locality: 240 m), borders the same from both sides.
 * Without boundaries.geojson an area has its geocode alone. A figure of the root that adds up its communes holds where communes are far above
 * their own past (gb_eval.unusual), when there are such; otherwise in the whole locality.
 */
#include "catalogue/geometry.h"
#include "document/phrase.h"
#include "evaluation/sources.h"
#include "map/map.h"
#include "render/cap_int.h"
#include "render/html_int.h"

#define NEAR_M 60
#define WIDE_M 240
#define MICRO 100000 /* of a degree: 1.1 m */

void gb_cap_element(struct gb_buf *out, int depth, const char *name, const char *text)
{
    gb_buf_addf(out, "%*s<%s>", 2 * depth, "", name);
    const size_t from = out->n;
    gb_html_escape(out, text);
    for (char *p = out->p + from; (p = strstr(p, "\u00a0"));) { /* a message is read by machines: ordinary blanks */
        *p = ' ';
        memmove(p + 1, p + 2, strlen(p + 2) + 1);
        out->n--;
    }
    gb_buf_addf(out, "</%s>\n", name);
}

/* ---- which places ------------------------------------------------------------------------------------------------------ */
struct places {
    struct gb_cap_place *v;
    int n;
    struct gb_arena *a;
};

static void add_place(struct places *p, int region_i, const char *point)
{
    int i = 0;
    while (i < p->n && p->v[i].region_i < region_i)
        i++;
    if (i == p->n || p->v[i].region_i != region_i) {
        for (int k = p->n++; k > i; k--)
            p->v[k] = p->v[k - 1];
        p->v[i] = (struct gb_cap_place){ region_i, point };
        return;
    }
    if (point && !p->v[i].points)
        p->v[i].points = point;
    else if (point && !strstr(p->v[i].points, point))
        p->v[i].points = gb_sprintf(p->a, "%s; %s", p->v[i].points, point);
}

/* The commune in which a point lies: as the table of regions says, or by its position when that is exact. */
static int commune_of(const struct gb_evaluation *ev, int point_i)
{
    const struct gb_catalogue *c = ev->catalogue;
    const struct gb_region *r = &c->region[point_i];
    if (r->parent >= 0 && c->region[r->parent].level == GB_AT_COMMUNE)
        return r->parent;
    return r->has_position && !r->approximate ? gb_commune_at(c, r->lon, r->lat, ev->date) : -1;
}

static void add_unusual(struct places *p, const struct gb_evaluation *ev, int indicator_i)
{
    for (int part = 0; part < ev->n_parts; part++) {
        size_t from, to;
        gb_series_range(ev->cube, part, indicator_i, &from, &to);
        for (size_t i = from; i < to; i++) {
            const int region_i = ev->cube->series[i].region_i;
            if (ev->eval[i].latest_i < 0 || ev->eval[i].unusual <= GB_USUAL || ev->eval[i].overdue ||
                ev->catalogue->region[region_i].level != GB_AT_COMMUNE)
                continue;
            add_place(p, region_i, NULL);
        }
    }
}

int gb_cap_places(const struct gb_evaluation *ev, const struct gb_cap_figure *f, int n, struct gb_arena *a,
                  struct gb_cap_place **out)
{
    const struct gb_catalogue *c = ev->catalogue;
    const int root = c->locality.root_region;
    struct places p = { .v = GB_NEW_N(a, (size_t)c->n_regions + 1, struct gb_cap_place), .a = a };
    for (int i = 0; i < n; i++) {
        const int r = f[i].s->region_i;
        const int commune = c->region[r].level == GB_AT_POINT ? commune_of(ev, r) : -1;
        if (r == root)
            add_unusual(&p, ev, f[i].s->indicator_i);
        else if (commune >= 0)
            add_place(&p, commune, gb_region_name(c, r, ev->date));
        else
            add_place(&p, r, NULL);
    }
    if (p.n == 0)
        add_place(&p, root, NULL);
    *out = p.v;
    return p.n;
}

/* ---- one area ---------------------------------------------------------------------------------------------------------- */
static int64_t micro(double deg)
{
    return (int64_t)(deg * MICRO + (deg < 0 ? -0.5 : 0.5));
}

static void put_degrees(struct gb_buf *out, int64_t v)
{
    const int64_t m = v < 0 ? -v : v;
    gb_buf_addf(out, "%s%d.%05d", v < 0 ? "-" : "", (int)(m / MICRO), (int)(m % MICRO));
}

static void put_pair(struct gb_buf *out, int64_t lon, int64_t lat)
{
    put_degrees(out, lat);
    gb_buf_addc(out, ',');
    put_degrees(out, lon);
}

/* Points that fall together when rounded are one; a ring of fewer than three is no area and left out. */
static void polygon(const struct gb_ring *r, struct gb_arena *a, struct gb_buf *out)
{
    int64_t *v = GB_NEW_N(a, 2 * r->n_points + 2, int64_t);
    size_t kept = 0;
    for (size_t i = 0; i < r->n_points; i++) {
        const int64_t lon = micro(r->lon_lat[2 * i]), lat = micro(r->lon_lat[2 * i + 1]);
        if (kept && v[2 * kept - 2] == lon && v[2 * kept - 1] == lat)
            continue;
        v[2 * kept] = lon;
        v[2 * kept + 1] = lat;
        kept++;
    }
    while (kept > 1 && v[0] == v[2 * kept - 2] && v[1] == v[2 * kept - 1])
        kept--;
    if (kept < 3)
        return;
    gb_buf_adds(out, "      <polygon>");
    for (size_t i = 0; i <= kept; i++) {
        if (i)
            gb_buf_addc(out, ' ');
        put_pair(out, v[2 * (i % kept)], v[2 * (i % kept) + 1]);
    }
    gb_buf_adds(out, "</polygon>\n");
}

static void polygons(const struct gb_rings *v, struct gb_arena *a, struct gb_buf *out)
{
    for (int k = 0; k < v->n_rings; k++)
        if (v->ring[k].outer)
            polygon(&v->ring[k], a, out);
}

static bool outline(const struct gb_catalogue *c, int region_i, double metres, struct gb_arena *a, struct gb_buf *out)
{
    for (int i = 0; i < c->n_boundaries; i++) {
        if (c->boundary[i].region_i != region_i)
            continue;
        struct gb_rings v = gb_boundary_at(&c->boundary[i], metres);
        polygons(&v, a, out);
        return true;
    }
    return false;
}

/* The locality where only its communes have outlines: all of them together. */
static void outline_of_communes(const struct gb_evaluation *ev, struct gb_arena *a, struct gb_buf *out)
{
    const struct gb_catalogue *c = ev->catalogue;
    struct gb_rings *v = GB_NEW_N(a, (size_t)c->n_boundaries, struct gb_rings), whole = { 0 };
    int n = 0;
    for (int i = 0; i < c->n_boundaries; i++) {
        const struct gb_region *r = &c->region[c->boundary[i].region_i];
        if (r->level == GB_AT_COMMUNE && gb_region_valid(r, ev->date, ev->date))
            v[n++] = gb_boundary_at(&c->boundary[i], WIDE_M);
    }
    whole.n_rings = gb_geometry_union(v, n, a, &whole.ring);
    polygons(&whole, a, out);
}

/* The code of the decision that numbers the units of the country: two digits of a province, five of a commune; else ours. */
static void geocode(const struct gb_region *r, struct gb_buf *out)
{
    const size_t n = strlen(r->code), digits = strspn(r->code, "0123456789");
    const bool unit = n == digits && ((r->level == GB_AT_COMMUNE && n == 5) || (r->level == GB_AT_PROVINCE && n == 2));
    gb_buf_adds(out, "      <geocode>\n");
    gb_cap_element(out, 4, "valueName", unit ? "QĐ 19/2025/QĐ-TTg" : "giaoban");
    gb_cap_element(out, 4, "value", r->code);
    gb_buf_adds(out, "      </geocode>\n");
}

void gb_cap_area(const struct gb_evaluation *ev, const struct gb_cap_place *p, struct gb_arena *a, struct gb_buf *out)
{
    const struct gb_catalogue *c = ev->catalogue;
    const struct gb_region *r = &c->region[p->region_i];
    const bool root = p->region_i == c->locality.root_region;
    const char *name = gb_region_name(c, p->region_i, ev->date);
    gb_buf_adds(out, "    <area>\n");
    if (p->points)
        name = gb_sprintf(a, "%s (%s)", name, p->points);
    else if (r->level == GB_AT_POINT && !root) /* no commune is known for it: at least in whose land */
        name = gb_sprintf(a, "%s, %s", name, gb_phrase_place(a, c->locality.name));
    gb_cap_element(out, 3, "areaDesc", name);
    if (!outline(c, p->region_i, root ? WIDE_M : NEAR_M, a, out) && root)
        outline_of_communes(ev, a, out);
    if (r->level == GB_AT_POINT && r->has_position) { /* radius 0: a place; 2: known to about 2 km, as maps say */
        gb_buf_adds(out, "      <circle>");
        put_pair(out, micro(r->lon), micro(r->lat));
        gb_buf_addf(out, " %d</circle>\n", r->approximate ? 2 : 0);
    }
    geocode(r, out);
    gb_buf_adds(out, "    </area>\n");
}
