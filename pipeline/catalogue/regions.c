/* regions.c — regions.csv: a row is one version of a region, key = code and validity (DESIGN.md section 4).
 *
 * Rows of one code become one region with versions by ascending valid_from; validity is inclusive at both ends and may have gaps
 * but no overlap. A commune that became a ward keeps its series; what must not change is the kind of place (level), because a
 * roll-up would then count it twice or not at all. Parents are looked up after all rows are known, so their order is free. */
#include <stdlib.h>
#include "catalogue/load.h"

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))

enum { CODE, NAME, TYPE, PARENT, LAT, LON, FROM, TO, POPULATION, BASIS, NOTE };
static const struct gb_column cols[] = {
    { "code", true }, { "name", true },        { "type", true },      { "parent", false },     { "lat", false },
    { "lon", false }, { "valid_from", false }, { "valid_to", false }, { "population", false }, { "position_basis", false },
    { "note", false }
};

static const char *const type_words[] = { "country",      "region",      "province", "city",      "district", "ward", "commune",
                                          "special-zone", "unallocated", "station",  "reservoir", "zone",     "point" };
static const enum gb_level_kind type_level[] = { GB_AT_COUNTRY, GB_AT_COUNTRY, GB_AT_PROVINCE, GB_AT_PROVINCE, GB_AT_DISTRICT,
                                                 GB_AT_COMMUNE, GB_AT_COMMUNE, GB_AT_COMMUNE,  GB_AT_COMMUNE,  GB_AT_POINT,
                                                 GB_AT_POINT,   GB_AT_POINT,   GB_AT_POINT };

#define OPEN_FROM INT32_MIN
#define OPEN_TO INT32_MAX
static int32_t day_from(struct gb_date d)
{
    return d.year ? gb_date_to_days(d) : OPEN_FROM;
}
static int32_t day_to(struct gb_date d)
{
    return d.year ? gb_date_to_days(d) : OPEN_TO;
}

/* Latitude and longitude: both or none, inside the world. Read as exact decimals; they are drawn, never printed. */
static void read_position(struct gb_table *t, int row, struct gb_region *r)
{
    int64_t lat = 0, lon = 0;
    bool has_lat = gb_cell_decimal(t, row, LAT, 9, &lat), has_lon = gb_cell_decimal(t, row, LON, 9, &lon);
    if (has_lat != has_lon && (*gb_cell(t, row, LAT) == 0 || *gb_cell(t, row, LON) == 0))
        gb_note(t->l, true, gb_at_cell(t, row, has_lat ? LON : LAT), "", "cả vĩ độ và kinh độ, hoặc để trống cả hai",
                "điền ô còn thiếu");
    if (!has_lat || !has_lon)
        return;
    if (lat < -90 * gb_pow10[9] || lat > 90 * gb_pow10[9] || lon < -180 * gb_pow10[9] || lon > 180 * gb_pow10[9]) {
        gb_note(t->l, true, gb_at_cell(t, row, LAT), gb_cell(t, row, LAT), "vĩ độ -90 đến 90, kinh độ -180 đến 180 (WGS 84)",
                "kiểm tra xem hai cột có bị đổi chỗ");
        return;
    }
    r->has_position = true;
    static const char *const basis[] = { "exact", "approximate" };
    r->approximate = gb_cell_word(t, row, BASIS, basis, 2, 0) == 1;
    r->lat = gb_dec_to_double(lat, 9);
    r->lon = gb_dec_to_double(lon, 9);
}

struct rows {
    int *region, *row;
    struct gb_date *from, *to;
    int n;
}; /* accepted rows, with their region, in file order */

static void read_row(struct gb_table *t, int row, struct rows *rows)
{
    struct gb_load *l = t->l;
    struct gb_catalogue *c = l->c;
    if (!gb_cell_code(t, row, CODE))
        return;
    const char *code = gb_cell(t, row, CODE);
    int w = gb_cell_word(t, row, TYPE, type_words, N(type_words), -1);
    int at = gb_map_find_c(&c->by_region, code);
    if (at < 0) {
        at = c->n_regions++;
        gb_map_put(&c->by_region, code, strlen(code), at);
        c->region[at] = (struct gb_region){ .code = code, .parent = -1, .level = w < 0 ? GB_AT_COMMUNE : type_level[w] };
    } else if (w >= 0 && type_level[w] != c->region[at].level)
        gb_note(l, true, gb_at_cell(t, row, TYPE), gb_cell(t, row, TYPE), "cùng cấp với các dòng khác của mã này",
                "dùng mã khác cho nơi thuộc cấp khác");
    struct gb_region *r = &c->region[at];
    if (!*gb_cell(t, row, NAME) && t->has[NAME])
        gb_note(l, true, gb_at_cell(t, row, NAME), "", "tên địa bàn", "điền tên");
    struct gb_date from = gb_cell_date(t, row, FROM), to = gb_cell_date(t, row, TO);
    if (day_from(from) > day_to(to))
        gb_note(l, true, gb_at_cell(t, row, TO), gb_cell(t, row, TO), "valid_to không trước valid_from", "sửa ngày");
    read_position(t, row, r);
    int64_t people = gb_cell_int(t, row, POPULATION, 0, INT64_C(10000000000), 0);
    r->population = people ? people : r->population;
    r->n_versions++;
    rows->from[rows->n] = from;
    rows->to[rows->n] = to;
    rows->region[rows->n] = at;
    rows->row[rows->n++] = row;
}

static int by_from(const void *x, const void *y)
{
    const struct gb_region_version *a = x, *b = y;
    int32_t fa = day_from(a->from), fb = day_from(b->from);
    return fa != fb ? (fa > fb) - (fa < fb) : (a->line > b->line) - (a->line < b->line);
}

static void collect_versions(struct gb_table *t, const struct rows *rows)
{
    struct gb_catalogue *c = t->l->c;
    int *filled = GB_NEW_N(&c->arena, (size_t)c->n_regions, int);
    for (int i = 0; i < c->n_regions; i++)
        c->region[i].version = GB_NEW_N(&c->arena, (size_t)c->region[i].n_versions, struct gb_region_version);
    for (int i = 0; i < rows->n; i++) {
        int at = rows->region[i], row = rows->row[i];
        c->region[at].version[filled[at]++] = (struct gb_region_version){ gb_cell(t, row, NAME), gb_cell(t, row, TYPE),
                                                                          rows->from[i], rows->to[i], t->row[row].line };
    }
    for (int i = 0; i < c->n_regions; i++) {
        struct gb_region *r = &c->region[i];
        qsort(r->version, (size_t)r->n_versions, sizeof *r->version, by_from);
        for (int k = 1; k < r->n_versions; k++)
            if (day_from(r->version[k].from) <= day_to(r->version[k - 1].to))
                gb_note(t->l, true, (struct gb_at){ t->file, r->version[k].line, "valid_from" }, r->code,
                        gb_sprintf(&c->arena, "thời gian hiệu lực không chồng lên dòng %d của cùng mã", r->version[k - 1].line),
                        "đặt valid_to của dòng trước là ngày liền trước valid_from của dòng này, hoặc đổi mã");
    }
}

static void resolve_parents(struct gb_table *t, const struct rows *rows)
{
    struct gb_load *l = t->l;
    struct gb_catalogue *c = l->c;
    size_t n;
    const char *const *known = gb_region_codes(l, &n);
    bool *seen = GB_NEW_N(&c->arena, (size_t)c->n_regions, bool);
    for (int i = 0; i < rows->n; i++) {
        int at = rows->region[i], row = rows->row[i], count;
        const int *p = gb_cell_refs(t, row, PARENT, &c->by_region, known, n, "regions.csv", &count);
        int parent = count ? p[0] : -1;
        if (seen[at] && parent != c->region[at].parent)
            gb_note(l, true, gb_at_cell(t, row, PARENT), gb_cell(t, row, PARENT), "cùng địa bàn cha với các dòng khác của mã này",
                    "dùng mã mới cho địa bàn chuyển sang nơi khác");
        c->region[at].parent = parent;
        seen[at] = true;
    }
}

/* A chain of parents longer than the number of regions is a cycle. It is cut, so that nobody behind loops. */
static void cut_cycles(struct gb_table *t, const struct rows *rows)
{
    struct gb_catalogue *c = t->l->c;
    for (int i = 0; i < rows->n; i++) {
        int at = rows->region[i], up = c->region[at].parent, steps = 0;
        while (up >= 0 && up != at && steps++ < c->n_regions)
            up = c->region[up].parent;
        if (up != at)
            continue;
        gb_note(t->l, true, gb_at_cell(t, rows->row[i], PARENT), gb_cell(t, rows->row[i], PARENT),
                "địa bàn cha không nằm trong chính địa bàn này (vòng lặp cha con)", "sửa cột parent");
        c->region[at].parent = -1;
    }
}

enum gb_code gb_load_regions(struct gb_load *l, struct gb_err *e)
{
    struct gb_catalogue *c = l->c;
    struct gb_table t;
    enum gb_code code = gb_table_read(l, &t, c->dir_locality, l->rel_locality, "regions.csv", cols, N(cols), true, e);
    if (code != GB_OK)
        return code;
    size_t n = (size_t)t.n_rows;
    struct rows rows = { GB_NEW_N(&c->arena, n, int), GB_NEW_N(&c->arena, n, int), GB_NEW_N(&c->arena, n, struct gb_date),
                         GB_NEW_N(&c->arena, n, struct gb_date), 0 };
    c->region = GB_NEW_N(&c->arena, n, struct gb_region);
    for (int i = 0; i < t.n_rows; i++)
        read_row(&t, i, &rows);
    collect_versions(&t, &rows);
    resolve_parents(&t, &rows);
    cut_cycles(&t, &rows);
    if (t.present && c->n_regions == 0)
        gb_note(l, true, (struct gb_at){ t.file, 0, NULL }, NULL, "ít nhất một địa bàn", "điền regions.csv");
    return GB_OK;
}
