/* radius.c — what lies around the worst points of an indicator: other points, communes, people; and the circles on a map.
 *
 * Only where positions are known. What is not known is said in one sentence with the place where it is to be added; nothing is guessed.
 */
#include <stdlib.h>

#include "map/map.h"
#include "script/chart_int.h"

enum { MOST_CENTRES = 12, NAMED = 6 };

struct near {
    int region_i;
    double km;
};
struct around {
    struct near *point, *commune;
    int n_points, n_communes, n_people; /* n_people: communes whose population is known */
    int64_t people;
};

static int nearest_first(const void *pa, const void *pb)
{
    const struct near *a = pa, *b = pb;
    return a->km != b->km ? (a->km < b->km ? -1 : 1) : a->region_i - b->region_i;
}

static bool is_now(const struct gb_host *h, int r)
{
    return gb_region_valid(&h->c->region[r], h->ev->date, h->ev->date);
}

static struct around look_around(struct gb_host *h, int centre, int km)
{
    struct around a = { .point = GB_NEW_N(h->a, (size_t)h->c->n_regions, struct near),
                        .commune = GB_NEW_N(h->a, (size_t)h->c->n_regions, struct near) };
    double lon, lat, x, y;
    if (!gb_place_of(h->c, centre, &lon, &lat))
        return a;
    for (int r = 0; r < h->c->n_regions; r++) {
        enum gb_level_kind level = h->c->region[r].level;
        if (r == centre || (level != GB_AT_POINT && level != GB_AT_COMMUNE) || !is_now(h, r) || !gb_place_of(h->c, r, &x, &y))
            continue;
        struct near one = { r, gb_km_between(lon, lat, x, y) };
        if (one.km > km)
            continue;
        if (level == GB_AT_POINT) {
            a.point[a.n_points++] = one;
            continue;
        }
        a.commune[a.n_communes++] = one;
        if (h->c->region[r].population > 0) {
            a.people += h->c->region[r].population;
            a.n_people++;
        }
    }
    qsort(a.point, (size_t)a.n_points, sizeof *a.point, nearest_first);
    qsort(a.commune, (size_t)a.n_communes, sizeof *a.commune, nearest_first);
    return a;
}

/* A position that is known to about 2 km gives no tenths. */
static const char *km_text(struct gb_host *h, double km, bool approximate)
{
    char text[48];
    int64_t whole = (int64_t)(km + 0.5);
    if (approximate)
        return whole ? gb_sprintf(h->a, "khoảng %lld\u00a0km", (long long)whole) : "dưới 1\u00a0km";
    return gb_sprintf(h->a, "%.*s\u00a0km", (int)gb_dec_vi((int64_t)(km * 10 + 0.5), 1, 1, text), text);
}

/* "Trạm A (2,1 km), Hồ B (4,0 km) và 3 nơi khác". */
static const char *list_of(struct gb_host *h, int centre, const struct near *v, int n)
{
    if (!n)
        return "không có";
    const char *all = "";
    for (int i = 0; i < n && i < NAMED; i++) {
        bool approximate = h->c->region[centre].approximate || h->c->region[v[i].region_i].approximate;
        all = gb_sprintf(h->a, "%s%s%s (%s)", all, i ? ", " : "", gb_region_label(h, v[i].region_i),
                         km_text(h, v[i].km, approximate));
    }
    return n > NAMED ? gb_sprintf(h->a, "%s và %d\u00a0nơi khác", all, n - NAMED) : all;
}

/* Is a representative point of any commune known? Without, communes and people cannot be told. */
static bool knows_communes(const struct gb_host *h)
{
    double lon, lat;
    for (int r = 0; r < h->c->n_regions; r++)
        if (h->c->region[r].level == GB_AT_COMMUNE && is_now(h, r) && gb_place_of(h->c, r, &lon, &lat))
            return true;
    return false;
}

static bool knows_people(const struct gb_host *h)
{
    for (int r = 0; r < h->c->n_regions; r++)
        if (h->c->region[r].level == GB_AT_COMMUNE && is_now(h, r) && h->c->region[r].population > 0)
            return true;
    return false;
}

static const char *centre_name(struct gb_host *h, int r)
{
    const struct gb_region *region = &h->c->region[r];
    const char *name = gb_region_label(h, r);
    if (region->parent >= 0 && h->c->region[region->parent].level == GB_AT_COMMUNE)
        name = gb_sprintf(h->a, "%s, %s", name, gb_region_label(h, region->parent));
    return region->approximate ? gb_sprintf(h->a, "%s (vị trí gần đúng)", name) : name;
}

struct asked {
    struct gb_handle x;
    int km;
    const struct gb_bar *v; /* measured points, worst first */
    int n, centre[MOST_CENTRES], n_centres, n_lost;
    bool low, communes, people; /* the lowest are the worst; places of communes, and how many live there, are known */
};

static void put_table(struct gb_host *h, const struct asked *q, const char *title)
{
    const struct gb_indicator *ind = &h->c->indicator[q->x.indicator_i];
    if (!title)
        title = gb_sprintf(h->a, "Trong bán kính %d\u00a0km quanh %d\u00a0điểm %s nhất về %s%s", q->km, q->n_centres,
                           q->low ? "thấp" : "cao", gb_phrase_lower_first(h->a, ind->name_vi),
                           q->n_lost ? ", trong các điểm đã có tọa độ" : "");
    struct gb_node *t = gb_doc_table(h->doc, h->in, gb_anchor(h, "ban kinh"), title, 3 + q->communes + q->people);
    gb_doc_col(h->doc, t, 0, "Điểm", NULL, GB_LEFT, 2);
    gb_doc_col(h->doc, t, 1, "Giá trị", ind->unit_vi, GB_DECIMAL, 0);
    gb_doc_col(h->doc, t, 2, "Điểm khác trong phạm vi", NULL, GB_LEFT, 3);
    if (q->communes) {
        gb_doc_col(h->doc, t, 3, "Xã, phường trong phạm vi", NULL, GB_LEFT, 3);
    }
    if (q->people) {
        gb_doc_col(h->doc, t, 4, "Dân số", "người", GB_DECIMAL, 0);
    }
    int unknown = 0;
    for (int i = 0; i < q->n_centres; i++) {
        const struct gb_bar *b = &q->v[q->centre[i]];
        struct around a = look_around(h, b->region_i, q->km);
        struct gb_row *r = gb_doc_row(h->doc, t);
        gb_doc_cell_text(h->doc, r, 0, centre_name(h, b->region_i));
        gb_doc_cell_value(h->doc, r, 1, b->v);
        if (b->state != GB_STATE_NONE)
            gb_doc_cell_state(h->doc, r, 1, b->state);
        gb_doc_cell_text(h->doc, r, 2, list_of(h, b->region_i, a.point, a.n_points));
        if (!q->communes)
            continue;
        gb_doc_cell_text(h->doc, r, 3, list_of(h, b->region_i, a.commune, a.n_communes));
        if (!q->people)
            continue;
        gb_doc_cell_value(h->doc, r, 4, a.n_people ? gb_value_count(a.people, "người") : gb_value_missing(GB_MISS_NO_DATA));
        unknown += a.n_communes - a.n_people;
    }
    const char *said = "Khoảng cách theo đường thẳng.";
    if (q->communes)
        said = gb_sprintf(h->a,
                          q->people ? "%s Xã, phường tính khi điểm đại diện nằm trong phạm vi, với toàn bộ số dân của xã."
                                    : "%s Xã, phường tính khi điểm đại diện nằm trong phạm vi. Chưa có số dân của xã, phường "
                                      "(cột population trong regions.csv).",
                          said);
    else
        said = gb_sprintf(h->a,
                          "%s Chưa có tọa độ, ranh giới của xã, phường (regions.csv, boundaries.geojson của địa phương) nên chưa "
                          "tính được xã và dân số trong phạm vi.",
                          said);
    if (unknown)
        said = gb_sprintf(h->a, "%s %d lượt xã, phường trong phạm vi chưa có số dân.", said, unknown);
    if (q->n_lost)
        said = gb_sprintf(h->a, "%s %d điểm khác có số liệu chưa có tọa độ.", said, q->n_lost);
    gb_text_add(h->doc, &gb_doc_note(h->doc, h->in)->text, said, 0);
}

static void put_map(struct gb_host *h, const struct asked *q)
{
    const struct gb_indicator *ind = &h->c->indicator[q->x.indicator_i];
    struct gb_chart c = gb_chart_new(h, q->x, GB_CHART_MAP);
    struct gb_chart_series *s = gb_series_new(h, &c, ind->name_vi, GB_ROLE_ACTUAL, (size_t)q->n);
    for (int i = 0; i < q->n; i++)
        s->point[i] = (struct gb_chart_point){ .x = gb_value_text_of(h->c->region[q->v[i].region_i].code),
                                               .y = q->v[i].v,
                                               .label = gb_region_label(h, q->v[i].region_i),
                                               .state = q->v[i].state,
                                               .region_i = q->v[i].region_i };
    for (int i = 0; i < q->n_centres; i++)
        s->point[q->centre[i]].highlight = true;
    c.radius_km = q->km;
    const struct gb_bar *first = &q->v[q->centre[0]];
    struct gb_buf b = { 0 };
    gb_buf_addf(&b, "Phạm vi %d\u00a0km quanh %s", q->km, gb_region_label(h, first->region_i));
    if (q->n_centres > 1)
        gb_buf_addf(&b, " và %d\u00a0điểm khác", q->n_centres - 1);
    gb_buf_addf(&b, "; %s tại %s: ", gb_phrase_lower_first(h->a, ind->name_vi), gb_region_label(h, first->region_i));
    gb_value_text_bound(&first->v, GB_WITH_UNIT, &b);
    c.title = gb_buf_copy(h->a, &b);
    gb_buf_release(&b);
    gb_chart_place(h, &c, q->x);
}

/* doc:radius{ x, km = 5, worst = 3, map = false, title = } */
int gb_block_radius(lua_State *L)
{
    static const char *const allowed[] = { "km", "worst", "map", "title" };
    struct gb_host *h = gb_host_of(L);
    struct asked q = { .km = 0 };
    (void)gb_chart_subject(L, "radius", &q.x);
    gb_args_check(L, 2, "radius", allowed, sizeof allowed / sizeof *allowed);
    q.km = gb_arg_int(L, 2, "km", 1, 100, 5);
    int worst = gb_arg_int(L, 2, "worst", 1, MOST_CENTRES, 3);
    const char *title = gb_arg_text(L, 2, "title");
    bool map = gb_arg_yes(L, 2, "map", true);
    if (q.x.indicator_i < 0)
        return 0;
    const struct gb_indicator *ind = &h->c->indicator[q.x.indicator_i];
    struct gb_bar *v = GB_NEW_N(h->a, (size_t)h->c->n_regions + 1, struct gb_bar);
    gb_charge(L, (uint64_t)h->c->n_regions * 40);
    q.n = gb_bars_collect(h, q.x, true, v);
    if (!q.n)
        return 0;
    q.v = v;
    q.low = ind->direction == GB_UP_GOOD;
    qsort(v, (size_t)q.n, sizeof *v, q.low ? gb_lowest_first : gb_highest_first);
    for (int i = 0; i < q.n; i++) {
        double lon, lat;
        if (!gb_place_of(h->c, v[i].region_i, &lon, &lat))
            q.n_lost++;
        else if (q.n_centres < worst)
            q.centre[q.n_centres++] = i;
    }
    gb_spend(L, q.n + q.n_centres + 2);
    gb_cite(h, q.x.indicator_i);
    if (!q.n_centres) {
        gb_text_add(h->doc, &gb_doc_note(h->doc, h->in)->text,
                    gb_sprintf(h->a,
                               "%s: chưa có tọa độ của điểm đo nào; bổ sung cột lat, lon trong regions.csv của địa phương thì "
                               "mới tính được phạm vi %d\u00a0km.",
                               ind->name_vi, q.km),
                    0);
        return 0;
    }
    q.communes = knows_communes(h);
    q.people = q.communes && knows_people(h);
    put_table(h, &q, title);
    if (map)
        put_map(h, &q);
    return 0;
}
