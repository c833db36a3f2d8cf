/* outlines.c — boundaries.levels: outlines for smaller scales, kept beside boundaries.geojson so that no command makes them again.
 *
 * A derived file: it is used only when its first line names the bytes of boundaries.geojson, this method and this version of GEOS; anything
 * else about it that is not as written here, and the outlines are made anew, as if it were not there. So it is no part of the
 * digest of a catalogue: with and without it a catalogue is the same to the last digit (coordinates are whole millionths of a degree).
 *
 *   giaoban.levels/1 <sha256 of boundaries.geojson> geos <version>
 *   <code> <level> <rings>
 *   + <points> <lon> <lat> <dlon> <dlat> ...        an outer ring; "-" a hole; the first point, then steps
 *   end
 */
#include "catalogue/geometry.h"
#include "catalogue/load.h"

#define MICRO 1000000.0
#define MAX_BYTES ((size_t)64 << 20)

static int64_t micro(double deg)
{
    return (int64_t)(deg * MICRO + (deg < 0 ? -0.5 : 0.5));
}

static void head_line(const void *geojson, size_t n, struct gb_buf *out)
{
    struct gb_sha256 h = gb_sha256_of(geojson, n);
    char hex[65];
    gb_sha256_hex(&h, hex);
    gb_buf_addf(out, "giaoban.levels/1 %s geos %s\n", hex, gb_geometry_version());
}

static void put_levels(const struct gb_catalogue *c, struct gb_buf *out)
{
    for (int i = 0; i < c->n_boundaries; i++)
        for (int level = 0; level < GB_OUTLINE_LEVELS; level++) {
            const struct gb_rings *s = &c->boundary[i].simple[level];
            gb_buf_addf(out, "%s %d %d\n", c->region[c->boundary[i].region_i].code, level, s->n_rings);
            for (int k = 0; k < s->n_rings; k++) {
                int64_t x = 0, y = 0;
                gb_buf_addf(out, "%c %zu", s->ring[k].outer ? '+' : '-', s->ring[k].n_points);
                for (size_t m = 0; m < s->ring[k].n_points; m++) {
                    int64_t lon = micro(s->ring[k].lon_lat[2 * m]), lat = micro(s->ring[k].lon_lat[2 * m + 1]);
                    gb_buf_addf(out, " %lld %lld", (long long)(lon - x), (long long)(lat - y));
                    x = lon;
                    y = lat;
                }
                gb_buf_addc(out, '\n');
            }
        }
    gb_buf_adds(out, "end\n");
}

enum gb_code gb_outlines_text(const struct gb_catalogue *c, struct gb_buf *out, struct gb_err *e)
{
    struct gb_arena a;
    struct gb_buf geojson = { 0 };
    gb_arena_init(&a, 0);
    const char *path = gb_path_join(&a, c->dir_locality, "boundaries.geojson");
    enum gb_code code = c->n_boundaries ? gb_file_read(path, GB_TABLE_MAX_BYTES, &geojson, e) : GB_OK;
    if (code == GB_OK && c->n_boundaries) {
        head_line(geojson.p, geojson.n, out);
        put_levels(c, out);
    }
    gb_buf_release(&geojson);
    gb_arena_release(&a);
    return code;
}
/* ---- reading -------------------------------------------------------------------------------------------------------------- */
struct text {
    const char *p, *end;
};

static bool word(struct text *t, const char *w)
{
    size_t n = strlen(w);
    if ((size_t)(t->end - t->p) < n || memcmp(t->p, w, n) != 0)
        return false;
    t->p += n;
    return true;
}

/* A whole number of at most nine digits and the blank or line end after it. */
static bool number(struct text *t, char after, int64_t *v)
{
    bool minus = word(t, "-");
    int digits = 0;
    *v = 0;
    for (; t->p < t->end && *t->p >= '0' && *t->p <= '9' && digits < 10; t->p++, digits++)
        *v = *v * 10 + (*t->p - '0');
    if (minus)
        *v = -*v;
    return digits > 0 && digits < 10 && t->p < t->end && *t->p++ == after;
}

static bool ring(struct text *t, struct gb_arena *a, struct gb_ring *out)
{
    int64_t n, x = 0, y = 0, dx, dy;
    out->outer = word(t, "+ ");
    if ((!out->outer && !word(t, "- ")) || !number(t, ' ', &n) || n < 3 || n > t->end - t->p)
        return false;
    double *p = GB_NEW_N(a, 2 * (size_t)n, double);
    for (int64_t i = 0; i < n; i++) {
        if (!number(t, ' ', &dx) || !number(t, i + 1 < n ? ' ' : '\n', &dy))
            return false;
        x += dx;
        y += dy;
        if (x < -180 * 1000000 || x > 180 * 1000000 || y < -90 * 1000000 || y > 90 * 1000000)
            return false;
        p[2 * i] = (double)x / MICRO;
        p[2 * i + 1] = (double)y / MICRO;
    }
    out->lon_lat = p;
    out->n_points = (size_t)n;
    return true;
}

static bool level_of(struct text *t, struct gb_catalogue *c, int i, int level)
{
    int64_t at, n;
    struct gb_rings *s = &c->boundary[i].simple[level];
    if (!word(t, c->region[c->boundary[i].region_i].code) || !word(t, " ") || !number(t, ' ', &at) || at != level ||
        !number(t, '\n', &n) || n < 0 || n > t->end - t->p)
        return false;
    s->ring = GB_NEW_N(&c->arena, (size_t)n, struct gb_ring);
    for (s->n_rings = 0; s->n_rings < n; s->n_rings++)
        if (!ring(t, &c->arena, &s->ring[s->n_rings]))
            return false;
    return true;
}

bool gb_outlines_read(struct gb_catalogue *c, const void *geojson, size_t n, const char *path)
{
    struct gb_buf file = { 0 }, head = { 0 };
    struct gb_err e = { 0 };
    if (!gb_file_exists(path))
        return false;
    bool good = gb_file_read(path, MAX_BYTES, &file, &e) == GB_OK;
    head_line(geojson, n, &head);
    gb_buf_addc(&head, '\0');
    struct text t = { file.p, file.p + file.n };
    good = good && file.n && word(&t, head.p);
    for (int i = 0; i < c->n_boundaries && good; i++)
        for (int level = 0; level < GB_OUTLINE_LEVELS && good; level++)
            good = level_of(&t, c, i, level);
    good = good && word(&t, "end\n") && t.p == t.end;
    for (int i = 0; i < c->n_boundaries && !good; i++)
        memset(c->boundary[i].simple, 0, sizeof c->boundary[i].simple);
    gb_buf_release(&file);
    gb_buf_release(&head);
    return good;
}
