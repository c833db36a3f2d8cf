/* pictures.c — pictures of several facts at once: a heat table of places and indicators, small multiples, stacked bars;
 * and the calendar of one daily fact.
 *
 * As in charts.c a definition names facts; rows, order, title and alternative text follow from them.
 */
#include <stdlib.h>

#include "script/chart_int.h"

enum { MAX_HEAT = 16, MAX_PANELS = 24, MAX_PARTS = 8 };

/* Each indicator of the list once, in its order. */
static int indicators_of(struct gb_host *h, const struct gb_handle *v, int n, int *out)
{
    bool *seen = GB_NEW_N(h->a, (size_t)h->c->n_indicators + 1, bool);
    int m = 0;
    for (int i = 0; i < n; i++)
        if (!seen[v[i].indicator_i]) {
            seen[v[i].indicator_i] = true;
            out[m++] = v[i].indicator_i;
        }
    return m;
}

static const char *with_unit(struct gb_host *h, const struct gb_indicator *ind)
{
    return ind->unit_vi && *ind->unit_vi ? gb_sprintf(h->a, "%s (%s)", ind->name_vi, ind->unit_vi) : ind->name_vi;
}

/* Sources of all, each once. */
static const char *sources_of(struct gb_host *h, const int *indicator, int n)
{
    enum { NAMED = 3 };
    const char *all = "";
    int distinct = 0;
    for (int i = 0; i < n; i++) {
        const char *one = h->c->indicator[indicator[i]].source_vi;
        bool again = !one || !*one;
        for (int j = 0; j < i && !again; j++)
            again = gb_streq(one, h->c->indicator[indicator[j]].source_vi);
        if (!again && distinct++ < NAMED)
            all = gb_sprintf(h->a, "%s%s%s", all, *all ? "; " : "", one);
    }
    if (distinct > NAMED)
        return gb_sprintf(h->a, "%d hệ thống báo cáo, ghi ở định nghĩa từng chỉ số trong danh mục", distinct);
    return *all ? all : "số liệu giao nộp";
}

static void place_picture(struct gb_host *h, struct gb_chart *c, const char *what, const int *indicator, int n)
{
    int n_proposed = 0, n_steps = 0;
    for (int i = 0; i < n; i++) {
        const struct gb_indicator *ind = &h->c->indicator[indicator[i]];
        n_steps += ind->has_steps;
        n_proposed += ind->has_steps && !ind->steps_are_norm;
    }
    c->source = sources_of(h, indicator, n);
    if (n_proposed && gb_chart_judged(c))
        c->source = gb_sprintf(h->a, "%s. %s", c->source,
                               n_proposed == n_steps ? "Mức theo ngưỡng đề xuất" : "Mức của một số chỉ số theo ngưỡng đề xuất");
    c->alt = gb_phrase_chart_alt(h->doc, c);
    gb_doc_chart(h->doc, h->in, gb_anchor(h, what), c);
    for (int i = 0; i < n; i++)
        gb_cite(h, indicator[i]);
}

static void note(struct gb_host *h, const char *text)
{
    gb_text_add(h->doc, &gb_doc_note(h->doc, h->in)->text, text, 0);
}

/* ---- heat table ------------------------------------------------------------------------------------------------------- */
struct heat_row {
    int region_i;
    int at[GB_EMERGENCY + 1]; /* cells at each step */
    bool judged;              /* has a cell that a step speaks about */
    struct gb_value first;    /* of the first column: it decides among equals */
    bool low_is_bad;
    const char *code;
};

/* Of two values of the first column the worse one first, a missing one last. */
static int worse_first_cell(const struct heat_row *a, const struct heat_row *b)
{
    bool has_a = a->first.kind == GB_V_NUM, has_b = b->first.kind == GB_V_NUM;
    if (!has_a || !has_b)
        return (int)has_b - (int)has_a;
    int c = gb_dec_cmp(b->first.num, b->first.scale, a->first.num, a->first.scale);
    return a->low_is_bad ? -c : c;
}

static int worse_row(const void *pa, const void *pb)
{
    const struct heat_row *a = pa, *b = pb;
    for (int s = GB_EMERGENCY; s >= GB_WATCH; s--)
        if (a->at[s] != b->at[s])
            return b->at[s] - a->at[s];
    int c = worse_first_cell(a, b);
    return c ? c : strcmp(a->code, b->code);
}

static const char *heat_title(struct gb_host *h, const struct heat_row *worst, int n_cols, bool points, const char *first)
{
    const char *list = "";
    for (int s = GB_EMERGENCY; s >= GB_WARNING; s--)
        if (worst->at[s])
            list = gb_sprintf(h->a, "%s%s%d\u00a0chỉ số mức %s", list, *list ? ", " : "", worst->at[s],
                              gb_state_vi((enum gb_state)s));
    if (!worst->judged) /* limits of the whole are not those of its parts: nothing is called good or bad */
        return gb_sprintf(h->a, "%s%s %s tại %s", first, n_cols > 1 ? " và các chỉ số đi kèm," : "",
                          worst->low_is_bad ? "thấp nhất" : "cao nhất", gb_region_label(h, worst->region_i));
    if (!*list)
        return gb_sprintf(h->a, "%d chỉ số theo địa bàn: không %s nào từ mức cảnh báo trở lên", n_cols,
                          points ? "điểm đo" : "xã, phường");
    return gb_sprintf(h->a, "%d chỉ số theo địa bàn, nặng nhất tại %s: %s", n_cols, gb_region_label(h, worst->region_i), list);
}

/* Places with a value of any column, the worst first. @return count */
static int rank_rows(struct gb_host *h, struct gb_bar *const *col, const int *kept, int n_cols, struct heat_row *row)
{
    int n = 0;
    bool low = n_cols && h->c->indicator[kept[0]].direction == GB_UP_GOOD, judged = false;
    for (int r = 0; r < h->c->n_regions; r++) {
        struct heat_row one = { .region_i = r, .code = h->c->region[r].code, .low_is_bad = low };
        bool any = false;
        if (n_cols)
            one.first = col[0][r].v;
        for (int c = 0; c < n_cols; c++) {
            const struct gb_bar *b = &col[c][r];
            any = any || b->v.kind == GB_V_NUM;
            judged = judged || (b->v.kind == GB_V_NUM && b->state != GB_STATE_NONE);
            if (b->v.kind == GB_V_NUM && gb_stands_at(b->state, GB_WATCH))
                one.at[b->state]++;
        }
        if (any)
            row[n++] = one;
    }
    for (int i = 0; i < n; i++)
        row[i].judged = judged;
    qsort(row, (size_t)n, sizeof *row, worse_row);
    return n;
}

/* Values of one indicator by region_i. @return how many */
static int heat_column(struct gb_host *h, int indicator_i, bool points, struct gb_bar *by_region)
{
    struct gb_bar *v = GB_NEW_N(h->a, (size_t)h->c->n_regions + 1, struct gb_bar);
    int n = gb_bars_collect(h, (struct gb_handle){ indicator_i, h->region }, points, v);
    for (int r = 0; r < h->c->n_regions; r++)
        by_region[r].v = gb_value_none(h, indicator_i, r);
    for (int i = 0; i < n; i++)
        by_region[v[i].region_i] = v[i];
    return n;
}

/* A column of nothing but zeros tells no place from another: it is said below. */
static bool all_zero(const struct gb_host *h, const struct gb_bar *by_region)
{
    for (int r = 0; r < h->c->n_regions; r++)
        if (by_region[r].v.kind == GB_V_NUM && by_region[r].v.num != 0)
            return false;
    return true;
}

static void fill_heat(struct gb_host *h, struct gb_chart *c, struct gb_bar *const *col, const int *indicator,
                      const struct heat_row *row, int rows)
{
    for (size_t s = 0; s < c->n_series; s++) {
        const struct gb_indicator *ind = &h->c->indicator[indicator[s]];
        struct gb_chart_series *out = &c->series[s];
        int32_t period = GB_PERIOD_NONE;
        for (int r = 0; r < h->c->n_regions; r++)
            if (col[s][r].v.kind == GB_V_NUM)
                period = col[s][r].period;
        *out = (struct gb_chart_series){ .name = with_unit(h, ind),
                                         .role = GB_ROLE_ACTUAL,
                                         .n = (size_t)rows,
                                         .point = GB_NEW_N(h->a, (size_t)rows, struct gb_chart_point) };
        for (int i = 0; i < rows; i++) {
            const struct gb_bar *b = &col[s][row[i].region_i];
            out->point[i] = (struct gb_chart_point){ .x = gb_value_period(ind->freq, period),
                                                     .y = b->v,
                                                     .label = gb_region_label(h, row[i].region_i),
                                                     .state = b->v.kind == GB_V_NUM ? b->state : GB_STATE_NONE,
                                                     .region_i = row[i].region_i };
        }
    }
}

static void draw_heat(lua_State *L, struct gb_host *h, struct gb_bar *const *col, const int *kept, int cols,
                      const struct heat_row *row, int rows, bool points, const char *title)
{
    gb_spend(L, rows * cols);
    struct gb_chart c = { .kind = GB_CHART_HEAT,
                          .series = GB_NEW_N(h->a, (size_t)cols, struct gb_chart_series),
                          .n_series = (size_t)cols };
    fill_heat(h, &c, col, kept, row, rows);
    c.title = title ? title : heat_title(h, &row[0], cols, points, h->c->indicator[kept[0]].name_vi);
    place_picture(h, &c, "hinh bang mau", kept, cols);
}

/* doc:heat{ list, by = "commune", worst = 12 } */
int gb_block_heat(lua_State *L)
{
    static const char *const allowed[] = { "by", "worst", "title" };
    struct gb_host *h = gb_host_of(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, "heat", allowed, sizeof allowed / sizeof *allowed);
    bool points = gb_arg_by_point(L, "heat");
    int worst = gb_arg_int(L, 2, "worst", 2, 40, 12), cols = 0;
    const char *title = gb_arg_text(L, 2, "title"), *zero = "";
    struct gb_handle *v;
    int n = gb_handles_at(L, 2, &v), *indicator = GB_NEW_N(h->a, (size_t)n + 1, int), listed = indicators_of(h, v, n, indicator);
    struct gb_bar *col[MAX_HEAT];
    int kept[MAX_HEAT];
    for (int i = 0; i < listed && cols < MAX_HEAT; i++) {
        gb_charge(L, (uint64_t)h->c->n_regions * 4);
        struct gb_bar *one = GB_NEW_N(h->a, (size_t)h->c->n_regions + 1, struct gb_bar);
        if (!heat_column(h, indicator[i], points, one))
            continue;
        if (all_zero(h, one)) {
            zero = gb_sprintf(h->a, "%s%s%s%s", zero, *zero ? "; " : "", h->c->indicator[indicator[i]].name_vi,
                              gb_cube_masked(h->ev->cube, indicator[i]) ? " (trong số được công bố)" : "");
            gb_cite(h, indicator[i]);
            continue;
        }
        kept[cols] = indicator[i];
        col[cols++] = one;
    }
    struct heat_row *row = GB_NEW_N(h->a, (size_t)h->c->n_regions + 1, struct heat_row);
    int rows = rank_rows(h, col, kept, cols, row);
    rows = rows > worst ? worst : rows;
    if (rows > 1) /* one place is not a comparison */
        draw_heat(L, h, col, kept, cols, row, rows, points, title);
    for (int i = 0; i < cols && rows > 1; i++)
        gb_note_withheld(h, kept[i], points);
    if (!points)
        gb_note_unusual(h, kept, cols);
    if (*zero)
        note(h, gb_sprintf(h->a, "Bằng 0 ở mọi %s có số liệu: %s.", points ? "điểm đo" : "xã, phường", zero));
    return 0;
}

/* ---- small multiples -------------------------------------------------------------------------------------------------- */
struct alike {
    bool unit, indicator;
};
static struct alike alike_in(const struct gb_host *h, const struct gb_handle *v, int n)
{
    struct alike a = { true, true };
    for (int i = 1; i < n; i++) {
        a.unit = a.unit && gb_streq(h->c->indicator[v[i].indicator_i].unit_vi, h->c->indicator[v[0].indicator_i].unit_vi);
        a.indicator = a.indicator && v[i].indicator_i == v[0].indicator_i;
    }
    return a;
}

static void fill_panel(struct gb_host *h, struct gb_chart_series *out, struct gb_handle x, struct alike same, int32_t first,
                       int32_t last, bool threshold)
{
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    const struct gb_series *s = gb_cube_series(h->ev->cube, x.indicator_i, x.region_i);
    const struct gb_eval *e = gb_handle_eval(h, &x);
    const char *name = same.unit ? ind->name_vi : with_unit(h, ind), *place = gb_region_label(h, x.region_i);
    if (same.indicator)
        name = place;
    else if (gb_names_place(h, x))
        name = gb_sprintf(h->a, "%s: %s", place, name);
    size_t n = (size_t)(last - first + 1), newest = n;
    *out = (struct gb_chart_series){
        .name = name, .role = GB_ROLE_ACTUAL, .n = n, .point = GB_NEW_N(h->a, n, struct gb_chart_point)
    };
    for (size_t i = 0; i < n; i++) {
        out->point[i].x = gb_value_period(ind->freq, first + (int32_t)i);
        out->point[i].y = gb_value_at(h, s, first + (int32_t)i, false);
        newest = out->point[i].y.kind == GB_V_NUM ? i : newest;
    }
    if (newest < n)
        out->point[newest].state = gb_level_of(h, x.indicator_i, x.region_i);
    struct gb_value limit = gb_value_of(h->ev, x.indicator_i, x.region_i, GB_D_THRESHOLD);
    if (threshold && limit.kind == GB_V_NUM && !gb_streq(ind->season, "invcum")) { /* its limit moves with the month */
        out->has_limit = true;
        out->limit = limit;
        out->limit_label = gb_threshold_label(h, e);
    }
}

static const char *multiples_title(struct gb_host *h, const struct gb_handle *v, int n, bool one_indicator)
{
    int judged = 0, bad = 0;
    for (int i = 0; i < n; i++) {
        enum gb_state s = gb_level_of(h, v[i].indicator_i, v[i].region_i);
        judged += gb_stands_at(s, GB_GOOD);
        bad += gb_stands_at(s, GB_WARNING);
    }
    const char *what = one_indicator ? gb_sprintf(h->a, "%s tại %d nơi", h->c->indicator[v[0].indicator_i].name_vi, n)
                                     : gb_sprintf(h->a, "Diễn biến %d chỉ số", n);
    const char *unit = one_indicator ? "nơi" : "chỉ số";
    if (!judged)
        return what;
    if (!bad)
        return gb_sprintf(h->a, "%s: không %s nào từ mức cảnh báo trở lên", what, unit);
    return gb_sprintf(h->a, "%s: %d\u00a0%s từ mức cảnh báo trở lên", what, bad, unit);
}

/* Panels of one frequency: one picture. */
static void one_grid(lua_State *L, struct gb_host *h, const struct gb_handle *v, int n, bool shared, const char *title)
{
    const struct gb_indicator *ind = &h->c->indicator[v[0].indicator_i];
    struct alike same = alike_in(h, v, n);
    same.indicator = same.indicator && n > 1;
    int periods = gb_arg_int(L, 2, "periods", 2, 400, gb_default_periods(ind->freq));
    int32_t last = INT32_MIN, oldest = INT32_MAX;
    for (int i = 0; i < n; i++) {
        int32_t p = gb_handle_eval(h, &v[i])->period,
                start = gb_cube_series(h->ev->cube, v[i].indicator_i, v[i].region_i)->period[0];
        last = p > last ? p : last;
        oldest = start < oldest ? start : oldest;
    }
    int32_t first = last - periods + 1 > oldest ? last - periods + 1 : oldest;
    gb_spend(L, n * (last - first + 1));
    struct gb_chart c = { .kind = GB_CHART_MULTIPLES,
                          .freq = ind->freq,
                          .shared = shared && same.unit,
                          .unit = same.unit ? ind->unit_vi : NULL,
                          .series = GB_NEW_N(h->a, (size_t)n, struct gb_chart_series),
                          .n_series = (size_t)n };
    int *used = GB_NEW_N(h->a, (size_t)n, int);
    for (int i = 0; i < n; i++)
        fill_panel(h, &c.series[i], v[i], same, first, last, gb_arg_yes(L, 2, "threshold", true));
    int m = indicators_of(h, v, n, used);
    c.title = title ? title : n == 1 ? gb_chart_title(h, v[0]) : multiples_title(h, v, n, same.indicator);
    place_picture(h, &c, "hinh nhieu duong", used, m);
}

/* doc:multiples{ list, periods =, shared = true, threshold = true, title = }: one grid a frequency, in the order of the list */
int gb_block_multiples(lua_State *L)
{
    static const char *const allowed[] = { "periods", "shared", "threshold", "title" };
    struct gb_host *h = gb_host_of(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, "multiples", allowed, sizeof allowed / sizeof *allowed);
    bool shared = gb_arg_yes(L, 2, "shared", false);
    const char *title = gb_arg_text(L, 2, "title");
    struct gb_handle *v, *group;
    int n = gb_handles_at(L, 2, &v), kept = 0;
    for (int i = 0; i < n; i++)
        if (gb_handle_eval(h, &v[i]) && gb_cube_series(h->ev->cube, v[i].indicator_i, v[i].region_i))
            v[kept++] = v[i];
    if (kept > MAX_PANELS)
        note(h, gb_sprintf(h->a, "Chỉ vẽ %d đường đầu trong %d.", MAX_PANELS, kept));
    kept = kept > MAX_PANELS ? MAX_PANELS : kept;
    group = GB_NEW_N(h->a, (size_t)kept + 1, struct gb_handle);
    for (enum gb_freq f = GB_FREQ_YEAR; f <= GB_FREQ_HOUR; f++) {
        int m = 0;
        for (int i = 0; i < kept; i++)
            if (h->c->indicator[v[i].indicator_i].freq == f)
                group[m++] = v[i];
        if (m)
            one_grid(L, h, group, m, shared, title);
    }
    return 0;
}

/* ---- stacked bars ----------------------------------------------------------------------------------------------------- */
/* Entries of a list, absent indicators too: a whole of which this audience may not see a part is no whole. */
static int entries_of(lua_State *L, int idx, int depth)
{
    if (lua_type(L, idx) != LUA_TTABLE || depth > 3)
        return 1;
    int n = 0;
    lua_Integer len = (lua_Integer)lua_rawlen(L, idx);
    luaL_checkstack(L, 2, NULL);
    for (lua_Integer i = 1; i <= len; i++) {
        lua_rawgeti(L, idx, i);
        n += entries_of(L, lua_gettop(L), depth + 1);
        lua_pop(L, 1);
    }
    return n;
}

static void check_parts(lua_State *L, const struct gb_host *h, const struct gb_handle *v, int n)
{
    const struct gb_indicator *a = &h->c->indicator[v[0].indicator_i];
    if (n > MAX_PARTS)
        gb_raise(L, "stacked: có %d phần, nhiều nhất là %d; hãy gộp bớt", n, MAX_PARTS);
    for (int i = 0; i < n; i++) {
        const struct gb_indicator *b = &h->c->indicator[v[i].indicator_i];
        if (!gb_streq(a->unit_vi, b->unit_vi))
            gb_raise(L, "stacked: %s (%s) và %s (%s) khác đơn vị, không cộng được", a->code, a->unit_vi, b->code, b->unit_vi);
        if (a->freq != b->freq)
            gb_raise(L, "stacked: %s và %s khác tần suất, không cộng được", a->code, b->code);
        if (gb_change_is_difference(b) && !b->is_percent)
            gb_raise(L, "stacked: %s (%s) không phải là số cộng được", b->code, b->unit_vi);
    }
}

/* by period: the newest periods of the parts at their regions. */
static size_t rows_of_periods(struct gb_host *h, struct gb_chart *c, const struct gb_handle *v, int n, int periods)
{
    int32_t last = INT32_MIN, oldest = INT32_MAX;
    enum gb_freq f = h->c->indicator[v[0].indicator_i].freq;
    for (int i = 0; i < n; i++) {
        const struct gb_eval *e = gb_handle_eval(h, &v[i]);
        const struct gb_series *s = gb_cube_series(h->ev->cube, v[i].indicator_i, v[i].region_i);
        last = e && e->period > last ? e->period : last;
        oldest = s && s->n && s->period[0] < oldest ? s->period[0] : oldest;
    }
    if (last < oldest)
        return 0;
    int32_t first = last - periods + 1 > oldest ? last - periods + 1 : oldest;
    size_t rows = (size_t)(last - first + 1);
    for (int i = 0; i < n; i++) {
        const struct gb_series *s = gb_cube_series(h->ev->cube, v[i].indicator_i, v[i].region_i);
        c->series[i].n = rows;
        c->series[i].point = GB_NEW_N(h->a, rows, struct gb_chart_point);
        for (size_t r = 0; r < rows; r++)
            c->series[i].point[r] = (struct gb_chart_point){ .x = gb_value_period(f, first + (int32_t)r),
                                                             .y = s ? gb_value_at(h, s, first + (int32_t)r, false)
                                                                    : gb_value_missing(GB_MISS_NO_DATA) };
    }
    return rows;
}

struct total {
    int region_i;
    __int128 sum; /* at GB_SCALE_MAX */
    const char *code;
};
static int largest_first(const void *pa, const void *pb)
{
    const struct total *a = pa, *b = pb;
    return a->sum != b->sum ? (a->sum < b->sum ? 1 : -1) : strcmp(a->code, b->code);
}

/* by commune: the places with the largest sums, every part of one common period. */
static size_t rows_of_places(struct gb_host *h, struct gb_chart *c, const struct gb_handle *v, int n, int worst, int32_t *period)
{
    struct gb_bar *part[MAX_PARTS];
    struct total *t = GB_NEW_N(h->a, (size_t)h->c->n_regions + 1, struct total);
    *period = GB_PERIOD_NONE;
    for (int i = 0; i < n; i++) {
        part[i] = GB_NEW_N(h->a, (size_t)h->c->n_regions + 1, struct gb_bar);
        heat_column(h, v[i].indicator_i, false, part[i]);
        for (int r = 0; r < h->c->n_regions; r++)
            if (part[i][r].v.kind == GB_V_NUM && (*period == GB_PERIOD_NONE || part[i][r].period > *period))
                *period = part[i][r].period;
    }
    int places = 0;
    for (int r = 0; r < h->c->n_regions; r++) {
        struct total one = { .region_i = r, .code = h->c->region[r].code };
        bool any = false;
        for (int i = 0; i < n; i++) {
            struct gb_bar *b = &part[i][r];
            if (b->v.kind == GB_V_NUM && b->period != *period)
                b->v = gb_value_missing(GB_MISS_NO_DATA);
            if (b->v.kind == GB_V_NUM)
                one.sum += (__int128)b->v.num * gb_pow10[GB_SCALE_MAX - b->v.scale];
            any = any || b->v.kind == GB_V_NUM;
        }
        if (any)
            t[places++] = one;
    }
    qsort(t, (size_t)places, sizeof *t, largest_first);
    size_t rows = (size_t)(places < worst ? places : worst);
    for (int i = 0; i < n; i++) {
        c->series[i].n = rows;
        c->series[i].point = GB_NEW_N(h->a, rows + 1, struct gb_chart_point);
        for (size_t r = 0; r < rows; r++)
            c->series[i].point[r] = (struct gb_chart_point){ .label = gb_region_label(h, t[r].region_i),
                                                             .y = part[i][t[r].region_i].v,
                                                             .region_i = t[r].region_i };
    }
    return rows;
}

/* The largest part of the row that is looked at first. */
static const char *stacked_title(struct gb_host *h, const struct gb_chart *c, size_t row, struct gb_value when)
{
    size_t most = c->n_series;
    for (size_t s = 0; s < c->n_series; s++) {
        const struct gb_value *y = &c->series[s].point[row].y;
        if (y->kind != GB_V_NUM)
            continue;
        const struct gb_value *m = most < c->n_series ? &c->series[most].point[row].y : NULL;
        if (!m || gb_dec_cmp(y->num, y->scale, m->num, m->scale) > 0)
            most = s;
    }
    struct gb_buf b = { 0 };
    const char *place = c->series[0].point[row].label;
    gb_buf_adds(&b, place ? place : "");
    gb_buf_adds(&b, place ? " có tổng lớn nhất" : "Cơ cấu theo kỳ");
    if (most < c->n_series && c->series[most].point[row].y.num > 0) {
        gb_buf_addf(&b, "; phần lớn nhất là %s: ", gb_phrase_lower_first(h->a, c->series[most].name));
        gb_value_text_bound(&c->series[most].point[row].y, GB_WITH_UNIT, &b);
    }
    gb_buf_adds(&b, " (");
    gb_value_text_bound(&when, GB_WITH_UNIT, &b);
    gb_buf_addc(&b, ')');
    const char *s = gb_buf_copy(h->a, &b);
    gb_buf_release(&b);
    return s;
}

/* doc:stacked{ list, by = "period" or "commune", periods =, worst = 12, title = } */
int gb_block_stacked(lua_State *L)
{
    static const char *const allowed[] = { "by", "periods", "worst", "title" };
    struct gb_host *h = gb_host_of(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, "stacked", allowed, sizeof allowed / sizeof *allowed);
    const char *by = gb_arg_text(L, 2, "by"), *title = gb_arg_text(L, 2, "title");
    if (by && !gb_streq(by, "period") && !gb_streq(by, "commune"))
        gb_raise(L, "stacked: by = \"period\" hoặc \"commune\", không có \"%s\"", by);
    int worst = gb_arg_int(L, 2, "worst", 1, 40, 12), periods = gb_arg_int(L, 2, "periods", 1, 60, 12);
    struct gb_handle *v;
    int n = gb_handles_at(L, 2, &v);
    if (n < 2 || n != entries_of(L, 2, 0))
        return 0;
    check_parts(L, h, v, n);
    gb_charge(L, (uint64_t)h->c->n_regions * 8);
    const struct gb_indicator *ind = &h->c->indicator[v[0].indicator_i];
    struct gb_chart c = { .kind = GB_CHART_STACKED,
                          .freq = ind->freq,
                          .unit = ind->unit_vi,
                          .series = GB_NEW_N(h->a, (size_t)n, struct gb_chart_series),
                          .n_series = (size_t)n };
    int *used = GB_NEW_N(h->a, (size_t)n, int);
    for (int i = 0; i < n; i++) {
        c.series[i].name = h->c->indicator[v[i].indicator_i].name_vi;
        c.series[i].role = GB_ROLE_ACTUAL;
    }
    int32_t period = GB_PERIOD_NONE;
    bool places = gb_streq(by, "commune");
    size_t rows = places ? rows_of_places(h, &c, v, n, worst, &period) : rows_of_periods(h, &c, v, n, periods);
    if (!rows)
        return 0;
    gb_spend(L, (int)rows * n);
    if (!gb_chart_adds_up(&c)) {
        note(h, gb_sprintf(h->a, "%s và %d chỉ số khác: có số âm hoặc tỷ lệ không cộng đủ 100%%, không vẽ thanh xếp chồng.",
                           ind->name_vi, n - 1));
        return 0;
    }
    c.title = title ? title
                    : stacked_title(h, &c, places ? 0 : rows - 1,
                                    places ? gb_value_period(ind->freq, period) : c.series[0].point[rows - 1].x);
    place_picture(h, &c, "hinh xep chong", used, indicators_of(h, v, n, used));
    return 0;
}

/* ---- calendar --------------------------------------------------------------------------------------------------------- */
/* doc:calendar{ x, days = 182 }: a daily series, weeks across */
int gb_block_calendar(lua_State *L)
{
    enum { LEAST = 7 };
    static const char *const allowed[] = { "days", "title" };
    struct gb_host *h = gb_host_of(L);
    struct gb_handle x;
    const struct gb_eval *e = gb_chart_subject(L, "calendar", &x);
    gb_args_check(L, 2, "calendar", allowed, sizeof allowed / sizeof *allowed);
    int days = gb_arg_int(L, 2, "days", LEAST, 400, 182), with = 0;
    const char *title = gb_arg_text(L, 2, "title");
    if (x.indicator_i >= 0 && h->c->indicator[x.indicator_i].freq != GB_FREQ_DAY)
        gb_raise(L, "calendar: %s không phải là chỉ số ngày; lịch màu chỉ vẽ số liệu từng ngày",
                 h->c->indicator[x.indicator_i].code);
    if (!e)
        return 0;
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    const struct gb_series *s = gb_cube_series(h->ev->cube, x.indicator_i, x.region_i);
    int32_t first = e->period - days + 1 > s->period[0] ? e->period - days + 1 : s->period[0], n = e->period - first + 1;
    gb_spend(L, n);
    struct gb_chart c = gb_chart_new(h, x, GB_CHART_CALENDAR);
    struct gb_chart_series *out = gb_series_new(h, &c, ind->name_vi, GB_ROLE_ACTUAL, (size_t)n);
    for (int32_t i = 0; i < n; i++) {
        struct gb_chart_point *p = &out->point[i];
        int64_t at = gb_series_at(s, first + i);
        p->x = gb_value_period(GB_FREQ_DAY, first + i);
        p->y = gb_value_at(h, s, first + i, false);
        if (p->y.kind != GB_V_NUM)
            continue;
        with++;
        p->state = gb_judge_at(h->c, s, at);
    }
    if (with < LEAST) {
        note(h, gb_sprintf(h->a, "%s: mới có số liệu %d ngày, chưa vẽ được lịch.", ind->name_vi, with));
        gb_cite(h, x.indicator_i);
        return 0;
    }
    c.title = title ? title : gb_chart_title(h, x);
    gb_chart_place(h, &c, x);
    return 0;
}
