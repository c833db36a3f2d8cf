/* pictures.c — pictures of several facts at once: a heat table of places and indicators.
 *
 * As in charts.c a definition names facts; rows, order, title and alternative text follow from them.
 */
#include <stdlib.h>

#include "script/chart_int.h"

enum { MAX_HEAT = 16 };

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
    c->source = sources_of(h, indicator, n);
    c->alt = gb_phrase_chart_alt(h->doc, c);
    gb_doc_chart(h->doc, h->in, gb_anchor(h, what), c);
    for (int i = 0; i < n; i++)
        gb_cite(h, indicator[i]);
}

/* ---- heat table ------------------------------------------------------------------------------------------------------- */
struct heat_row {
    int region_i;
    int at[GB_EMERGENCY + 1]; /* cells at each step */
    const char *code;
};

static int worse_row(const void *pa, const void *pb)
{
    const struct heat_row *a = pa, *b = pb;
    for (int s = GB_EMERGENCY; s >= GB_WATCH; s--)
        if (a->at[s] != b->at[s])
            return b->at[s] - a->at[s];
    return strcmp(a->code, b->code);
}

static const char *heat_title(struct gb_host *h, const struct heat_row *worst, int n_cols, bool points)
{
    const char *list = "";
    for (int s = GB_EMERGENCY; s >= GB_WARNING; s--)
        if (worst->at[s])
            list = gb_sprintf(h->a, "%s%s%d\u00a0chỉ số mức %s", list, *list ? ", " : "", worst->at[s],
                              gb_state_vi((enum gb_state)s));
    if (!*list)
        return gb_sprintf(h->a, "%d chỉ số theo địa bàn: không %s nào từ mức cảnh báo trở lên", n_cols,
                          points ? "điểm đo" : "xã, phường");
    return gb_sprintf(h->a, "%d chỉ số theo địa bàn, nặng nhất tại %s: %s", n_cols, gb_region_label(h, worst->region_i), list);
}

/* Places with a value of any column, the worst first. @return count */
static int rank_rows(struct gb_host *h, struct gb_bar *const *col, int n_cols, struct heat_row *row)
{
    int n = 0;
    for (int r = 0; r < h->c->n_regions; r++) {
        struct heat_row one = { .region_i = r, .code = h->c->region[r].code };
        bool any = false;
        for (int c = 0; c < n_cols; c++) {
            const struct gb_bar *b = &col[c][r];
            any = any || b->v.kind == GB_V_NUM;
            if (b->v.kind == GB_V_NUM && b->state >= GB_WATCH && b->state <= GB_EMERGENCY)
                one.at[b->state]++;
        }
        if (any)
            row[n++] = one;
    }
    qsort(row, (size_t)n, sizeof *row, worse_row);
    return n;
}

/* Values of one indicator by region_i. @return how many */
static int heat_column(struct gb_host *h, int indicator_i, bool points, struct gb_bar *by_region)
{
    struct gb_bar *v = GB_NEW_N(h->a, (size_t)h->c->n_regions + 1, struct gb_bar);
    int n = gb_bars_collect(h, (struct gb_handle){ indicator_i, h->region }, points, v);
    for (int r = 0; r < h->c->n_regions; r++)
        by_region[r].v = gb_value_missing(GB_MISS_NO_DATA);
    for (int i = 0; i < n; i++)
        by_region[v[i].region_i] = v[i];
    return n;
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

/* doc:heat{ list, by = "commune", worst = 12 } */
int gb_block_heat(lua_State *L)
{
    static const char *const allowed[] = { "by", "worst", "title" };
    struct gb_host *h = gb_host_of(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, "heat", allowed, sizeof allowed / sizeof *allowed);
    bool points = gb_arg_by_point(L, "heat");
    int worst = gb_arg_int(L, 2, "worst", 2, 40, 12), cols = 0;
    const char *title = gb_arg_text(L, 2, "title");
    struct gb_handle *v;
    int n = gb_handles_at(L, 2, &v), *indicator = GB_NEW_N(h->a, (size_t)n + 1, int), listed = indicators_of(h, v, n, indicator);
    struct gb_bar *col[MAX_HEAT];
    int kept[MAX_HEAT];
    for (int i = 0; i < listed && cols < MAX_HEAT; i++) {
        gb_charge(L, (uint64_t)h->c->n_regions * 4);
        struct gb_bar *one = GB_NEW_N(h->a, (size_t)h->c->n_regions + 1, struct gb_bar);
        if (!heat_column(h, indicator[i], points, one))
            continue;
        kept[cols] = indicator[i];
        col[cols++] = one;
    }
    struct heat_row *row = GB_NEW_N(h->a, (size_t)h->c->n_regions + 1, struct heat_row);
    int rows = rank_rows(h, col, cols, row);
    if (rows < 2)
        return 0; /* one place is not a comparison */
    rows = rows > worst ? worst : rows;
    gb_spend(L, rows * cols);
    struct gb_chart c = { .kind = GB_CHART_HEAT,
                          .series = GB_NEW_N(h->a, (size_t)cols, struct gb_chart_series),
                          .n_series = (size_t)cols };
    fill_heat(h, &c, col, kept, row, rows);
    c.title = title ? title : heat_title(h, &row[0], cols, points);
    place_picture(h, &c, "hinh bang mau", kept, cols);
    return 0;
}
