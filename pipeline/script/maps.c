/* maps.c — where it is: a map of places, or tiles where no outlines or positions are known.
 *
 * A map without outlines names every place valid on the day, those without a value too: a tile that is missing would be taken for
 * a place where nothing happens.
 */
#include <stdlib.h>

#include "base/decimal.h"
#include "map/map.h"
#include "script/chart_int.h"

enum { MAP_NAMED = 6, SPARSE = 4, FEW_TILES = 8, HEAT_LEAST = 10 };

struct classing {
    bool given, steps; /* steps: by threshold */
    enum gb_classing how;
    int64_t limit[GB_MAX_LIMITS];
    int n_limits;
};
enum { LIMIT_SCALE = 6 };

static bool limit_at(lua_State *L, int64_t *limit)
{
    if (lua_isinteger(L, -1))
        return gb_dec_rescale(lua_tointeger(L, -1), 0, LIMIT_SCALE, limit);
    const struct gb_value *v = gb_to_value(L, -1);
    return v && v->kind == GB_V_NUM && gb_dec_rescale(v->num, v->scale, LIMIT_SCALE, limit);
}

/* classes = { 50, 70, gb.number("82,5") } */
static void limits_of(lua_State *L, struct classing *c)
{
    int n = (int)lua_rawlen(L, -1);
    if (n < 1 || n > GB_MAX_LIMITS)
        gb_raise(L, "map: classes cần từ 1 đến %d giới hạn", GB_MAX_LIMITS);
    c->how = GB_CLASSING_LIMITS;
    for (int i = 0; i < n; i++) {
        lua_rawgeti(L, -1, i + 1);
        if (!limit_at(L, &c->limit[i]))
            gb_raise(L, "map: giới hạn thứ %d của classes phải là số nguyên, hoặc gb.number(\"82,5\")", i + 1);
        if (i && c->limit[i] <= c->limit[i - 1])
            gb_raise(L, "map: các giới hạn của classes phải tăng dần");
        lua_pop(L, 1);
    }
    c->n_limits = n;
}

static struct classing classing_of(lua_State *L)
{
    struct classing c = { 0 };
    lua_getfield(L, 2, "classes");
    c.given = !lua_isnil(L, -1);
    if (lua_type(L, -1) == LUA_TTABLE)
        limits_of(L, &c);
    lua_pop(L, 1);
    if (!c.given || c.n_limits)
        return c;
    const char *word = gb_arg_text(L, 2, "classes");
    c.steps = gb_streq(word, "thresholds");
    if (gb_streq(word, "jenks"))
        c.how = GB_CLASSING_JENKS;
    else if (!c.steps && !gb_streq(word, "quantile"))
        gb_raise(L, "map: classes = \"thresholds\", \"quantile\", \"jenks\" hoặc danh sách giới hạn, không có \"%s\"", word);
    return c;
}

/* States say more than classes where places differ in them; where all have one, or none is judged, classes do. */
static bool by_thresholds(const struct classing *c, const struct gb_bar *v, int n)
{
    bool judged = false, differ = false;
    for (int i = 0; i < n; i++) {
        judged = judged || v[i].state != GB_STATE_NONE;
        differ = differ || v[i].state != v[0].state;
    }
    return judged && (c->given ? c->steps : differ);
}

/* as = "circles": areas of circles follow the figures. "heat": they are added up in cells. The greatest are named, whatever is good. */
static enum gb_map_style style_of(lua_State *L, bool points)
{
    static const char *const word[] = { "colours", "circles", "heat" };
    const char *as = gb_arg_text(L, 2, "as");
    int style = GB_MAP_COLOURS;
    while (as && style <= GB_MAP_HEAT && !gb_streq(as, word[style]))
        style++;
    if (style > GB_MAP_HEAT)
        gb_raise(L, "map: as = \"colours\", \"circles\" hoặc \"heat\", không có \"%s\"", as);
    if (style == GB_MAP_HEAT && !points)
        gb_raise(L, "map: as = \"heat\" cộng số liệu của các điểm theo ô; hãy ghi thêm by = \"point\"");
    return (enum gb_map_style)style;
}

/* Sums of what must not be added (shares, concentrations) would be false figures. */
static void must_add_up(lua_State *L, const struct gb_indicator *ind)
{
    if (ind->agg != GB_AGG_SUM)
        gb_raise(L, "map: as = \"heat\" cần chỉ số cộng được (aggregation = sum), \"%s\" không cộng được", ind->code);
}

/* Why figures are not added up in cells; "" where there is no map at all, NULL: they are. Few points say more one by one. */
static const char *no_heat(const struct gb_host *h, const struct gb_bar *v, int n)
{
    int placed = 0, scale = 0;
    int64_t total = 0, at;
    for (int i = 0; i < n; i++) {
        placed += h->c->region[v[i].region_i].has_position;
        scale = v[i].v.scale > scale ? v[i].v.scale : scale;
    }
    if (placed * 4 < n * 3)
        return "";
    if (placed < HEAT_LEAST)
        return gb_sprintf(h->a, "chỉ có %d điểm biết vị trí, cần từ %d điểm", placed, HEAT_LEAST);
    for (int i = 0; i < n; i++) {
        if (v[i].v.num < 0)
            return "có số âm";
        if (!gb_dec_rescale(v[i].v.num, v[i].v.scale, scale, &at) || !gb_dec_add(total, at, &total))
            return "tổng quá lớn";
    }
    return NULL;
}

/* The finding of a map of cells is the highest cell, not the highest point. */
static void find_hot(struct gb_host *h, struct gb_chart *c, const struct gb_indicator *ind, int32_t period)
{
    struct gb_buf b = { 0 };
    if (c->style != GB_MAP_HEAT || c->tiles || !gb_map_heat_top(c, h->c, h->a, &c->hot, &c->hot_label, &c->cell_km))
        return;
    gb_buf_addf(&b, "%s, tổng theo ô cao nhất %s%s: ", ind->name_vi, gb_starts_with(c->hot_label, "quanh ") ? "" : "tại ",
                c->hot_label);
    gb_value_text_bound(&c->hot, GB_WITH_UNIT, &b);
    gb_buf_adds(&b, " (");
    struct gb_value when = gb_value_period(ind->freq, period);
    gb_value_text_bound(&when, GB_WITH_UNIT, &b);
    gb_buf_addc(&b, ')');
    c->title = gb_buf_copy(h->a, &b);
    gb_buf_release(&b);
}

/* within: the code of a parent, or a list of codes. in[] has every region. @return true if given */
static bool places_within(lua_State *L, struct gb_host *h, bool *in)
{
    lua_getfield(L, 2, "within");
    bool all = lua_isnil(L, -1), list = lua_type(L, -1) == LUA_TTABLE;
    if (!all && !list && lua_type(L, -1) != LUA_TSTRING)
        gb_raise(L, "map: within là mã địa bàn cấp trên hoặc danh sách mã: within = { \"14758\", \"14797\" }");
    for (int r = 0; r < h->c->n_regions; r++)
        in[r] = all;
    int n = list ? (int)lua_rawlen(L, -1) : all ? 0 : 1;
    for (int i = 1; i <= n; i++) {
        if (list)
            lua_rawgeti(L, -1, i);
        const char *code = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
        int at = gb_region_find(h->c, code);
        if (at < 0)
            gb_raise(L, "map: within có mã \"%s\" không có trong regions.csv", code);
        in[at] = in[at] || list;
        for (int r = 0; r < h->c->n_regions; r++)
            in[r] = in[r] || h->c->region[r].parent == at;
        if (list)
            lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return !all;
}

static int by_code(const void *p, const void *q)
{
    const struct gb_chart_point *a = p, *b = q;
    return strcmp(a->x.text, b->x.text);
}

/* Points at which an indicator is measured, by points.csv. */
static bool measured_at(const struct gb_host *h, int indicator_i, int region_i)
{
    for (int i = 0; i < h->c->n_points; i++)
        if (h->c->point[i].indicator_i == indicator_i && h->c->point[i].region_i == region_i)
            return true;
    return false;
}

static bool is_place(const struct gb_host *h, int r, bool points)
{
    const struct gb_region *region = &h->c->region[r];
    return region->level == (points ? GB_AT_POINT : GB_AT_COMMUNE) && gb_region_valid(region, h->ev->date, h->ev->date) &&
           !gb_streq(gb_region_at(region, h->ev->date)->type, "unallocated");
}

/* Places without a value become points without a number. */
static void add_missing(struct gb_host *h, struct gb_chart *c, struct gb_handle x, bool points, const bool *in)
{
    struct gb_chart_series *s = &c->series[0];
    struct gb_chart_point *v = GB_NEW_N(h->a, s->n + (size_t)h->c->n_regions, struct gb_chart_point);
    bool *has = GB_NEW_N(h->a, (size_t)h->c->n_regions, bool);
    size_t n = s->n;
    memcpy(v, s->point, n * sizeof *v);
    for (size_t i = 0; i < n; i++)
        has[v[i].region_i] = true;
    for (int r = 0; r < h->c->n_regions; r++) {
        const struct gb_region *region = &h->c->region[r];
        if (has[r] || !in[r] || !is_place(h, r, points) || (points && !measured_at(h, x.indicator_i, r)))
            continue;
        struct gb_value y = gb_value_of(h->ev, x.indicator_i, r, GB_D_VALUE);
        if (y.kind != GB_V_MISSING)
            y = gb_value_missing(GB_MISS_NO_DATA); /* it has one, but not of this period */
        v[n++] =
            (struct gb_chart_point){ .x = gb_value_text_of(region->code), .y = y, .label = gb_region_label(h, r), .region_i = r };
    }
    s->point = v;
    s->n = n;
}

/* Tiles of which hardly one has a value are half a page of nothing: a sentence says how many have. */
static bool too_sparse(struct gb_host *h, struct gb_handle x, bool points, const bool *in, int n, int32_t period)
{
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    int places = 0;
    for (int r = 0; r < h->c->n_regions; r++)
        places += in[r] && is_place(h, r, points) && (!points || measured_at(h, x.indicator_i, r));
    if (n * SPARSE >= places)
        return false;
    struct gb_text *t = &gb_doc_note(h->doc, h->in)->text;
    gb_text_add(h->doc, t, gb_sprintf(h->a, "%s: ", ind->name_vi), 0);
    gb_text_value(h->doc, t, gb_value_period(ind->freq, period), 0);
    gb_text_add(
        h->doc, t,
        gb_sprintf(h->a, " có số liệu của %d trong %d %s, chưa đủ để vẽ sơ đồ.", n, places, points ? "điểm đo" : "xã, phường"),
        0);
    gb_cite(h, x.indicator_i);
    return true;
}

/* Points of which the worst, or more than a quarter, have no known position: a map would show the others only. */
static bool poorly_placed(const struct gb_host *h, const struct gb_bar *v, int n)
{
    int placed = 0;
    for (int i = 0; i < n; i++)
        placed += h->c->region[v[i].region_i].has_position;
    return !h->c->region[v[0].region_i].has_position || placed * 4 < n * 3;
}

static int collect_within(struct gb_host *h, struct gb_handle x, bool points, const bool *in, struct gb_bar *v)
{
    int n = 0, found = gb_bars_collect(h, x, points, v);
    for (int i = 0; i < found; i++)
        if (in[v[i].region_i])
            v[n++] = v[i];
    return n;
}

static void set_style(struct gb_chart *c, const struct classing *classing, enum gb_map_style style)
{
    c->style = style;
    c->classing = classing->how;
    c->n_limits = classing->n_limits;
    c->limit_scale = LIMIT_SCALE;
    memcpy(c->limit, classing->limit, sizeof c->limit);
}

static void add_points(struct gb_host *h, struct gb_chart *c, const char *name, const struct gb_bar *v, int n, int worst,
                       bool steps)
{
    struct gb_chart_series *s = gb_series_new(h, c, name, GB_ROLE_ACTUAL, (size_t)n);
    for (int i = 0; i < n; i++)
        s->point[i] =
            (struct gb_chart_point){ .x = gb_value_text_of(h->c->region[v[i].region_i].code),
                                     .y = v[i].v,
                                     .label = gb_region_label(h, v[i].region_i),
                                     .state = steps ? v[i].state : GB_STATE_NONE,
                                     .region_i = v[i].region_i,
                                     .highlight = i < worst && (steps                     ? v[i].state >= GB_WATCH
                                                                : c->style == GB_MAP_HEAT ? v[i].v.num != 0
                                                                                          : v[i].v.num != v[n - 1].v.num) };
}

int gb_block_map(lua_State *L)
{
    static const char *const allowed[] = { "by", "worst", "classes", "within", "tiles", "as" };
    struct gb_host *h = gb_host_of(L);
    struct gb_handle x;
    (void)gb_chart_subject(L, "map", &x);
    gb_args_check(L, 2, "map", allowed, sizeof allowed / sizeof *allowed);
    bool points = gb_arg_by_point(L, "map");
    int worst = gb_arg_int(L, 2, "worst", 0, 12, MAP_NAMED);
    bool *in = GB_NEW_N(h->a, (size_t)h->c->n_regions, bool);
    bool within = places_within(L, h, in);
    enum gb_map_style style = style_of(L, points);
    struct classing classing = classing_of(L);
    if (x.indicator_i < 0)
        return 0;
    gb_charge(L, (uint64_t)h->c->n_regions * 4);
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    if (style == GB_MAP_HEAT)
        must_add_up(L, ind);
    struct gb_bar *v = GB_NEW_N(h->a, (size_t)h->c->n_regions + 1, struct gb_bar);
    int n = collect_within(h, x, points, in, v);
    const char *why = style == GB_MAP_HEAT ? no_heat(h, v, n) : NULL;
    if (why)
        style = GB_MAP_COLOURS;
    bool plain = style == GB_MAP_COLOURS, low = ind->direction == GB_UP_GOOD && plain,
         steps = plain && by_thresholds(&classing, v, n);
    if (n > 1)
        qsort(v, (size_t)n, sizeof *v, low ? gb_lowest_first : gb_highest_first);
    if (low && n > worst && gb_dec_cmp(v[0].v.num, v[0].v.scale, v[worst].v.num, v[worst].v.scale) == 0) {
        low = false; /* so many share the lowest that naming some of them would be arbitrary */
        qsort(v, (size_t)n, sizeof *v, gb_highest_first);
    }
    if (n < 2 || (v[0].v.num == v[n - 1].v.num && (style != GB_MAP_HEAT || v[0].v.num == 0)))
        return 0; /* nothing to tell apart */
    struct gb_chart c = gb_chart_new(h, x, GB_CHART_MAP);
    set_style(&c, &classing, style);
    add_points(h, &c, ind->name_vi, v, n, worst, steps);
    if (!gb_map_is_drawable(&c, h->c) || (points && poorly_placed(h, v, n))) /* no boundaries.geojson, no positions */
        c.tiles = true;
    if (c.tiles && !gb_arg_yes(L, 2, "tiles", true)) /* the places are told beside: without geography a map adds nothing */
        return 0;
    if (c.tiles &&
        (too_sparse(h, x, points, in, n, v[0].period) || (!points && !steps && !low && gb_few_in_words(h, x, v, n, FEW_TILES))))
        return 0; /* half a page of equal tiles */
    c.listed = within;
    if (c.tiles || c.listed)
        add_missing(h, &c, x, points, in);
    if (c.tiles)
        qsort(c.series[0].point, c.series[0].n, sizeof *c.series[0].point, by_code);
    gb_spend(L, (int)c.series[0].n);
    c.has_steps = steps && gb_threshold_factor(h->c, ind, v[0].period) == 10000; /* limits of one month only would mislead */
    memcpy(c.step, ind->step, sizeof c.step);
    c.title = gb_bars_title(h, x, " theo địa bàn,", &v[0], low);
    find_hot(h, &c, ind, v[0].period);
    gb_chart_place(h, &c, x);
    if (why && why[0] && !c.tiles)
        gb_text_add(h->doc, &gb_doc_note(h->doc, h->in)->text,
                    gb_sprintf(h->a, "Không cộng theo ô: %s; bản đồ ghi từng điểm.", why), 0);
    gb_note_withheld(h, x.indicator_i, points);
    return 0;
}
