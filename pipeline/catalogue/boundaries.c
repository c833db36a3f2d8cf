/* boundaries.c — boundaries.geojson: the outlines of a locality's regions, for maps only. The file is optional.
 *
 * What is taken of RFC 7946: one FeatureCollection whose features are Polygon or MultiPolygon with a property `code` of regions.csv.
 * Rings are stored without the repeated last point and turned to the winding of the RFC (outer counter-clockwise, holes clockwise),
 * so that the even-odd rule and the non-zero rule fill the same area on every canvas.
 * What is invalid is refused: a repair picks one of several areas. Who has decided for it sets the property `make_valid` of the feature. Outlines for
 * smaller scales are made here too: the catalogue is inherited by every worker, and a night draws many maps.
 * A fault stops the locality like any other fault of its tables: a map with a missing commune would be read as "nothing there". */
#include "base/json.h"
#include "catalogue/geometry.h"
#include "catalogue/load.h"

#define MAX_POINTS 1000000 /* of all rings: 3,321 communes at 300 points each */
#define MAX_RING_POINTS 200000

struct reader {
    struct gb_load *l;
    const char *file;
    const char *where; /* "đối tượng thứ 3, mã 14758" */
    size_t n_points;
    struct gb_ring *ring;
    int n_rings, cap_rings; /* of the feature being read */
};

static bool fault(struct reader *r, const char *expected, const char *remedy)
{
    gb_note(r->l, true, (struct gb_at){ r->file, 0, NULL }, r->where, expected, remedy);
    return false;
}

static double number(const struct gb_jval *v)
{
    return v->kind == GB_J_INT ? (double)v->i : v->d;
}
static bool is_number(const struct gb_jval *v)
{
    return v && (v->kind == GB_J_INT || v->kind == GB_J_REAL);
}

static void turn_round(double *p, size_t n)
{
    for (size_t i = 0, j = n - 1; i < j; i++, j--)
        for (int k = 0; k < 2; k++) {
            double t = p[2 * i + (size_t)k];
            p[2 * i + (size_t)k] = p[2 * j + (size_t)k];
            p[2 * j + (size_t)k] = t;
        }
}

static bool read_point(struct reader *r, const struct gb_jval *v, double *out)
{
    const struct gb_jval *x = v->kind == GB_J_ARR ? v->child : NULL, *y = x ? x->next : NULL;
    if (!is_number(x) || !is_number(y))
        return fault(r, "mỗi điểm là [kinh độ, vĩ độ]", "xuất lại tệp theo chuẩn GeoJSON (RFC 7946)");
    out[0] = number(x);
    out[1] = number(y);
    if (!(out[0] >= -180 && out[0] <= 180 && out[1] >= -90 && out[1] <= 90)) /* a NaN fails as well */
        return fault(r, "kinh độ từ -180 đến 180, vĩ độ từ -90 đến 90 (WGS 84)",
                     "chuyển tệp sang hệ tọa độ WGS 84 (EPSG:4326), kinh độ trước vĩ độ");
    return true;
}

static void keep_ring(struct reader *r, struct gb_ring ring)
{
    struct gb_arena *a = &r->l->c->arena;
    if (r->n_rings == r->cap_rings) {
        int cap = r->cap_rings ? r->cap_rings * 2 : 4;
        struct gb_ring *v = GB_NEW_N(a, (size_t)cap, struct gb_ring);
        if (r->n_rings)
            memcpy(v, r->ring, (size_t)r->n_rings * sizeof *v);
        r->ring = v;
        r->cap_rings = cap;
    }
    r->ring[r->n_rings++] = ring;
}

static bool read_ring(struct reader *r, const struct gb_jval *v, bool outer)
{
    if (v->kind != GB_J_ARR || v->n < 4)
        return fault(r, "mỗi vòng ranh giới có ít nhất 4 điểm, điểm cuối trùng điểm đầu", "xuất lại vòng này hoặc bỏ nó");
    if (v->n > MAX_RING_POINTS || (r->n_points += v->n) > MAX_POINTS)
        return fault(r, "không quá 200.000 điểm một vòng và 1.000.000 điểm cả tệp",
                     "giản lược ranh giới (ví dụ sai số 20 m) rồi xuất lại");
    size_t n = 0;
    double *p = gb_alloc_array(&r->l->c->arena, v->n * 2, sizeof *p);
    for (const struct gb_jval *q = v->child; q; q = q->next) {
        if (!read_point(r, q, p + 2 * n))
            return false;
        n += n == 0 || p[2 * n] != p[2 * n - 2] || p[2 * n + 1] != p[2 * n - 1]; /* a repeated point says nothing */
    }
    if (n < 2 || p[0] != p[2 * n - 2] || p[1] != p[2 * n - 1])
        return fault(r, "vòng ranh giới khép kín (điểm cuối trùng điểm đầu)", "khép vòng bằng cách lặp lại điểm đầu ở cuối");
    n--;
    double area = n < 3 ? 0 : gb_geometry_area2(p, n);
    if (area == 0) {
        gb_note(r->l, false, (struct gb_at){ r->file, 0, NULL }, r->where, "vòng ranh giới có diện tích (vòng này bị bỏ qua)",
                "bỏ vòng này khỏi tệp");
        return true;
    }
    if ((area > 0) != outer)
        turn_round(p, n);
    keep_ring(r, (struct gb_ring){ .lon_lat = p, .n_points = n, .outer = outer });
    return true;
}

static bool read_polygon(struct reader *r, const struct gb_jval *rings)
{
    if (rings->kind != GB_J_ARR || !rings->child)
        return fault(r, "tọa độ của Polygon là danh sách các vòng", "xuất lại tệp theo chuẩn GeoJSON (RFC 7946)");
    for (const struct gb_jval *v = rings->child; v; v = v->next)
        if (!read_ring(r, v, v == rings->child))
            return false;
    return true;
}

static bool read_geometry(struct reader *r, const struct gb_jval *g)
{
    const char *type = gb_jstr(g, "type");
    const struct gb_jval *at = gb_jget(g, "coordinates");
    bool one = gb_streq(type, "Polygon"), many = gb_streq(type, "MultiPolygon");
    if (!at || (!one && !many))
        return fault(r, "hình dạng Polygon hoặc MultiPolygon",
                     "bỏ đối tượng này; điểm (trạm, hồ) thì ghi tọa độ vào regions.csv");
    if (one)
        return read_polygon(r, at);
    if (at->kind != GB_J_ARR || !at->child)
        return fault(r, "tọa độ của MultiPolygon là danh sách các đa giác", "xuất lại tệp theo chuẩn GeoJSON (RFC 7946)");
    for (const struct gb_jval *v = at->child; v; v = v->next)
        if (!read_polygon(r, v))
            return false;
    return true;
}

static void frame_of(struct gb_boundary *b)
{
    b->min_lon = b->min_lat = 1e9;
    b->max_lon = b->max_lat = -1e9;
    for (int k = 0; k < b->n_rings; k++)
        for (size_t i = 0; i < b->ring[k].n_points; i++) {
            double x = b->ring[k].lon_lat[2 * i], y = b->ring[k].lon_lat[2 * i + 1];
            if (x < b->min_lon)
                b->min_lon = x;
            if (x > b->max_lon)
                b->max_lon = x;
            if (y < b->min_lat)
                b->min_lat = y;
            if (y > b->max_lat)
                b->max_lat = y;
        }
}

/* The region a feature is about; -1 and noted if there is none or a second feature claims it. */
static int region_of(struct reader *r, const struct gb_jval *feature, int feature_no, const bool *taken)
{
    struct gb_catalogue *c = r->l->c;
    const char *code = gb_jstr(gb_jget(feature, "properties"), "code");
    r->where = gb_sprintf(&c->arena, "đối tượng thứ %d%s%s", feature_no, code ? ", mã " : "", code ? code : "");
    if (!gb_streq(gb_jstr(feature, "type"), "Feature")) {
        fault(r, "\"type\": \"Feature\"", "xuất lại tệp theo chuẩn GeoJSON (RFC 7946)");
        return -1;
    }
    if (!code) {
        fault(r, "thuộc tính `code` là chữ (mã của regions.csv, giữ số 0 ở đầu)", "thêm `code` vào properties");
        return -1;
    }
    int at = gb_region_find(c, code);
    if (at < 0) {
        size_t n;
        const char *const *known = gb_region_codes(r->l, &n);
        fault(r, "mã có trong regions.csv",
              gb_did_you_mean(r->l, code, known, n, "thêm mã vào regions.csv hoặc bỏ đối tượng này"));
    } else if (taken[at]) {
        fault(r, "mỗi mã một đối tượng", "gộp các phần thành một MultiPolygon");
        at = -1;
    }
    return at;
}

/* An invalid outline is refused, unless its feature says that it may be repaired: then with a note of what that changed. */
static bool is_valid(struct reader *r, const struct gb_jval *make_valid)
{
    struct gb_arena *a = &r->l->c->arena;
    const char *why = gb_geometry_fault(r->ring, r->n_rings, a);
    if (!why)
        return true;
    if (!make_valid || make_valid->kind != GB_J_BOOL || !make_valid->b)
        return fault(
            r, gb_sprintf(a, "hình hợp lệ theo OGC Simple Features (%s)", why),
            "sửa hình ở tệp gốc (QGIS: Check validity, Fix geometries) rồi cài lại, hoặc cài với scripts/boundaries --repair và "
            "xem lại bản đồ");
    struct gb_ring *good;
    int n = gb_geometry_repair(r->ring, r->n_rings, a, &good);
    if (n == 0)
        return fault(r, gb_sprintf(a, "hình còn diện tích sau khi sửa (%s)", why), "sửa hình ở tệp gốc rồi cài lại");
    gb_note(r->l, false, (struct gb_at){ r->file, 0, NULL }, r->where,
            gb_sprintf(a, "hình hợp lệ (%s); đã sửa theo make_valid, %d vòng thành %d vòng", why, r->n_rings, n),
            "xem lại địa bàn này trên bản đồ");
    r->ring = good;
    r->n_rings = n;
    return true;
}

static void read_features(struct reader *r, const struct gb_jval *features)
{
    struct gb_catalogue *c = r->l->c;
    bool *taken = GB_NEW_N(&c->arena, (size_t)c->n_regions, bool);
    int no = 0;
    c->boundary = GB_NEW_N(&c->arena, features->n, struct gb_boundary);
    for (const struct gb_jval *f = features->child; f; f = f->next) {
        int at = region_of(r, f, ++no, taken);
        const struct gb_jval *g = gb_jget(f, "geometry");
        if (at < 0)
            continue;
        taken[at] = true;
        r->ring = NULL;
        r->n_rings = r->cap_rings = 0;
        if (!g || g->kind == GB_J_NULL) {
            gb_note(r->l, false, (struct gb_at){ r->file, 0, NULL }, r->where, "có hình dạng (geometry)",
                    "bổ sung, nếu không bản đồ để trống địa bàn này");
            continue;
        }
        if (!read_geometry(r, g) || r->n_rings == 0)
            continue;
        if (!is_valid(r, gb_jget(gb_jget(f, "properties"), "make_valid")))
            continue;
        struct gb_boundary *b = &c->boundary[c->n_boundaries++];
        *b = (struct gb_boundary){ .region_i = at, .ring = r->ring, .n_rings = r->n_rings };
        frame_of(b);
    }
}

/* A map of communes on which some have no shape is drawn all the same, but it is said who is missing. */
static void note_missing(struct reader *r)
{
    struct gb_catalogue *c = r->l->c;
    bool *has = GB_NEW_N(&c->arena, (size_t)c->n_regions, bool);
    int n_communes = 0, n_missing = 0, first = -1;
    for (int i = 0; i < c->n_boundaries; i++) {
        has[c->boundary[i].region_i] = true;
        n_communes += c->region[c->boundary[i].region_i].level == GB_AT_COMMUNE;
    }
    if (!n_communes)
        return;
    for (int i = 0; i < c->n_regions; i++) {
        const struct gb_region_version *newest = &c->region[i].version[c->region[i].n_versions - 1];
        if (c->region[i].level != GB_AT_COMMUNE || has[i] || newest->to.year || gb_streq(newest->type, "unallocated"))
            continue;
        first = first < 0 ? i : first;
        n_missing++;
    }
    if (n_missing)
        gb_note(r->l, false, (struct gb_at){ r->file, 0, NULL }, c->region[first].code,
                gb_sprintf(&c->arena, "ranh giới của mọi xã, phường (còn thiếu %d, bắt đầu từ mã này)", n_missing),
                "bổ sung, nếu không bản đồ để trống các địa bàn này");
}

/* Communes and their province lie over each other: each level of regions is a net of its own. */
static void simplify(struct reader *r)
{
    struct gb_catalogue *c = r->l->c;
    struct gb_boundary **v = GB_NEW_N(&c->arena, (size_t)c->n_boundaries, struct gb_boundary *);
    for (int level = 0; level <= GB_AT_POINT; level++) {
        int n = 0;
        for (int i = 0; i < c->n_boundaries; i++)
            if ((int)c->region[c->boundary[i].region_i].level == level)
                v[n++] = &c->boundary[i];
        const char *why = gb_geometry_simplify(v, n, &c->arena);
        if (why)
            gb_note(r->l, false, (struct gb_at){ r->file, 0, NULL }, "cả tệp",
                    gb_sprintf(&c->arena, "ranh giới giản lược được cho bản đồ (GEOS: %s)", why),
                    "kiểm tra các đường ranh giới chồng lên nhau; bản đồ vẽ theo ranh giới gốc, chậm hơn");
    }
}

enum gb_code gb_load_boundaries(struct gb_load *l, struct gb_err *e)
{
    struct gb_catalogue *c = l->c;
    struct reader r = { .l = l, .where = "cả tệp" };
    const char *bytes;
    size_t n;
    enum gb_code code = gb_load_file(l, c->dir_locality, l->rel_locality, "boundaries.geojson", &r.file, &bytes, &n, e);
    if (code != GB_OK || !bytes)
        return code;
    struct gb_arena scratch; /* the tree is fifty times the numbers that are kept */
    gb_arena_init(&scratch, 0);
    struct gb_jval *top;
    struct gb_err bad = { 0 };
    char line[512];
    if (gb_json_parse(&scratch, bytes, n, &top, &bad) != GB_OK)
        fault(&r, gb_sprintf(&c->arena, "JSON đúng (%s)", gb_err_line(&bad, line, sizeof line)),
              "xuất lại tệp theo chuẩn GeoJSON (RFC 7946)");
    else {
        const struct gb_jval *features = gb_jget(top, "features");
        if (!gb_streq(gb_jstr(top, "type"), "FeatureCollection") || !features || features->kind != GB_J_ARR)
            fault(&r, "một FeatureCollection với danh sách features", "xuất lại tệp theo chuẩn GeoJSON (RFC 7946)");
        else if (gb_jget(top, "crs"))
            fault(&r, "tọa độ WGS 84 (RFC 7946 không có `crs`)", "chuyển tệp sang EPSG:4326 rồi bỏ `crs`");
        else
            read_features(&r, features);
    }
    gb_arena_release(&scratch);
    note_missing(&r);
    const char *levels = gb_path_join(&c->arena, c->dir_locality, GB_OUTLINES_FILE);
    if (!l->n_fatal && !gb_outlines_read(c, bytes, n, levels)) {
        if (gb_file_exists(levels))
            gb_note(l, false, (struct gb_at){ r.file, 0, NULL }, GB_OUTLINES_FILE,
                    "tệp giản lược làm từ đúng boundaries.geojson này và phiên bản GEOS này",
                    "chạy giaoban outlines; trước đó mỗi lệnh tự giản lược lại, kết quả như nhau");
        simplify(&r);
    }
    return GB_OK;
}
