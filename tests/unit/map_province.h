/* map_province.h — a made-up province for maps: eighteen communes in a jittered grid, an islet near the coast, two communes on islands
 * far out, fourteen stations of which some lie on each other. Names, outlines and figures are made up; nothing is a real place. */
#ifndef GB_TEST_MAP_PROVINCE_H
#define GB_TEST_MAP_PROVINCE_H
#include "document/document.h"

enum { PROV_COMMUNES = 20, PROV_STATIONS = 14, PROV_COLS = 5, PROV_ROWS = 4, PROV_EDGE = 4 };
static const char *const prov_name[PROV_COMMUNES] = { "Xã Đồi Sim", "Xã Khe Lim", "Xã Bãi Sậy", "Phường Cầu Đá", "Xã Gò Mây", "Xã Suối Trong", "Phường Chợ Mới",
    "Phường Lò Gốm", "Xã Đầm Sen", "Xã Cửa Vạn", "Xã Rừng Thông", "Xã Ruộng Cả", "Phường Bến Xưa", "Xã Cồn Dừa", "Xã Hang Dơi", "Xã Thung Lau", "Xã Bờ Tre",
    "Xã Mũi Én", "Đặc khu Đảo Én", "Đặc khu Hòn Khói" };

static double prov_noise(unsigned a, unsigned b, unsigned c)
{
    unsigned h = a * 2654435761u ^ b * 2246822519u ^ c * 3266489917u;
    h ^= h >> 15;
    h *= 2246822519u;
    h ^= h >> 13;
    return (double)(h % 2001) / 1000 - 1;
}
static void prov_corner(int x, int y, double *at)
{
    at[0] = 120 + 0.16 * x + 0.045 * prov_noise((unsigned)x, (unsigned)y, 1);
    at[1] = 10 + 0.15 * y + 0.04 * prov_noise((unsigned)x, (unsigned)y, 2);
}
/* Points of an edge from one corner up to the next, the same seen from both sides. */
static size_t prov_edge(int x1, int y1, int x2, int y2, double *out, uint8_t *node)
{
    double a[2], b[2];
    bool back = x2 < x1 || y2 < y1;
    prov_corner(x1, y1, a);
    prov_corner(x2, y2, b);
    unsigned x = (unsigned)(back ? x2 : x1), y = (unsigned)(back ? y2 : y1), down = (unsigned)(x1 == x2);
    for (int i = 0; i < PROV_EDGE; i++) {
        unsigned k = (unsigned)(back ? PROV_EDGE - i : i);
        double t = (double)i / PROV_EDGE, j = i ? 0.012 : 0;
        out[2 * i] = a[0] + (b[0] - a[0]) * t + j * prov_noise(x * 8 + k, y, 3 + down);
        out[2 * i + 1] = a[1] + (b[1] - a[1]) * t + j * prov_noise(x * 8 + k, y, 5 + down);
        node[i] = i == 0;
    }
    return PROV_EDGE;
}
static void prov_close(struct gb_boundary *b)
{
    b->min_lon = b->min_lat = 1e9;
    b->max_lon = b->max_lat = -1e9;
    for (int r = 0; r < b->n_rings; r++)
        for (size_t i = 0; i < b->ring[r].n_points; i++) {
            double x = b->ring[r].lon_lat[2 * i], y = b->ring[r].lon_lat[2 * i + 1];
            b->min_lon = x < b->min_lon ? x : b->min_lon;
            b->max_lon = x > b->max_lon ? x : b->max_lon;
            b->min_lat = y < b->min_lat ? y : b->min_lat;
            b->max_lat = y > b->max_lat ? y : b->max_lat;
        }
}
static struct gb_ring prov_island(struct gb_arena *a, double lon, double lat, double size)
{
    static const double octagon[] = { 1, 0.2, 0.6, 0.8, -0.1, 1, -0.8, 0.7, -1, -0.1, -0.5, -0.9, 0.2, -0.7, 0.9, -0.5 };
    double *p = GB_NEW_N(a, 16, double);
    for (int i = 0; i < 8; i++) {
        p[2 * i] = lon + size * octagon[2 * i];
        p[2 * i + 1] = lat + size * octagon[2 * i + 1];
    }
    return (struct gb_ring){ p, 8, true };
}
static struct gb_ring prov_cell(struct gb_arena *a, int x, int y)
{
    double *p = GB_NEW_N(a, 8 * PROV_EDGE, double);
    uint8_t *node = GB_NEW_N(a, 4 * PROV_EDGE, uint8_t);
    const int walk[5][2] = { { x, y }, { x + 1, y }, { x + 1, y + 1 }, { x, y + 1 }, { x, y } };
    size_t n = 0;
    for (int i = 0; i < 4; i++) n += prov_edge(walk[i][0], walk[i][1], walk[i + 1][0], walk[i + 1][1], p + 2 * n, node + n);
    return (struct gb_ring){ p, n, true };
}

/** Adds the province to a catalogue (its arrays are replaced, older regions keep their place). @return region_i of the first commune; stations follow the communes */
__attribute__((unused)) static int prov_install(struct gb_catalogue *c, struct gb_arena *a)
{
    int first = c->n_regions, n = 0;
    struct gb_region *r = GB_NEW_N(a, (size_t)(first + PROV_COMMUNES + PROV_STATIONS), struct gb_region);
    if (first) memcpy(r, c->region, (size_t)first * sizeof *r);
    c->boundary = GB_NEW_N(a, PROV_COMMUNES, struct gb_boundary);
    c->n_boundaries = 0;
    for (int y = 0; y < PROV_ROWS; y++)
        for (int x = 0; x < PROV_COLS; x++) {
            if ((y == 0 && x == 4) || (y == 3 && x == 4)) continue;
            struct gb_boundary *b = &c->boundary[n];
            *b = (struct gb_boundary){ .region_i = first + n, .ring = GB_NEW_N(a, 2, struct gb_ring), .n_rings = 1 };
            b->ring[0] = prov_cell(a, x, y);
            if (n == 17) b->ring[b->n_rings++] = prov_island(a, 120.62, 10.53, 0.02); /* an islet of a coastal commune */
            n++;
        }
    for (int i = 0; i < 2; i++) { /* far out: alone they would make the mainland a third as large */
        struct gb_boundary *b = &c->boundary[n];
        *b = (struct gb_boundary){ .region_i = first + n, .ring = GB_NEW_N(a, 3, struct gb_ring), .n_rings = i ? 1 : 2 };
        b->ring[0] = prov_island(a, 122.1 - 0.2 * i, 8.9 - 0.75 * i, i ? 0.03 : 0.12);
        if (!i) b->ring[1] = prov_island(a, 122.3, 8.8, 0.025);
        n++;
    }
    c->n_boundaries = n;
    for (int i = 0; i < n + PROV_STATIONS; i++) {
        struct gb_region *g = &r[first + i];
        struct gb_region_version *v = GB_NEW(a, struct gb_region_version);
        bool station = i >= n;
        v->name = station ? gb_sprintf(a, "Trạm đo %s", strchr(prov_name[i - n], ' ') + 1) : prov_name[i];
        v->type = station ? "station" : "commune";
        *g = (struct gb_region){ .code = gb_sprintf(a, "9%04d", i), .parent = -1, .level = station ? GB_AT_POINT : GB_AT_COMMUNE, .version = v, .n_versions = 1 };
        if (!station) {
            prov_close(&c->boundary[i]);
            continue;
        }
        int s = i - n;
        g->has_position = true;
        g->lon = s < 6 ? 120.42 + 0.012 * s : 120.1 + 0.045 * s;
        g->lat = s < 6 ? 10.3 + 0.008 * (s % 3) : 10.08 + 0.05 * (s % 9);
        if (s == 13) g->lon = 122.12, g->lat = 8.92;
    }
    c->region = r;
    c->n_regions = first + n + PROV_STATIONS;
    return first;
}

/** A map of `n` places from region_i `first`: figures like 3, 40, 500 ... in a fixed disorder; `judged` gives states. */
__attribute__((unused)) static struct gb_chart prov_map(struct gb_arena *a, const struct gb_catalogue *c, int first, size_t n, bool judged)
{
    struct gb_chart m = { .kind = GB_CHART_MAP, .title = "Số vụ việc mẫu theo địa bàn, cao nhất tại nơi đứng đầu danh sách", .alt = "Bản đồ mẫu.", .unit = "vụ",
                          .source = "số liệu mẫu", .n_series = 1, .series = GB_NEW(a, struct gb_chart_series), .direction = GB_DOWN_GOOD };
    m.series[0] = (struct gb_chart_series){ .name = "Số vụ việc mẫu", .role = GB_ROLE_ACTUAL, .point = GB_NEW_N(a, n ? n : 1, struct gb_chart_point), .n = n };
    for (size_t i = 0; i < n; i++) {
        int64_t v = (int64_t)((i * 7919 + 13) % 97) * (int64_t)((i * 31) % 5 + 1);
        m.series[0].point[i] = (struct gb_chart_point){ .x = { .kind = GB_V_TEXT, .text = c->region[first + (int)i].code }, .region_i = first + (int)i, .label = c->region[first + (int)i].version[0].name,
            .y = { .kind = GB_V_NUM, .num = v, .unit = "vụ", .status = 'A' }, .state = judged ? (enum gb_state)(GB_GOOD + (v > 60) + (v > 120) + (v > 200) + (v > 300)) : GB_STATE_NONE, .highlight = i % 4 == 1 };
    }
    return m;
}
#endif
