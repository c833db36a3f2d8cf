/* standings.c — pictures of where things stand: doc:dots, the year's end of many targets with its interval; doc:slope, who rose and who fell in
 * a ranking.
 *
 * As in charts.c a definition names facts; values, order, title, alternative text and source follow from them.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "evaluation/outlook.h"
#include "script/chart_int.h"

enum { MAX_DOTS = 24 };

/* ---- doc:dots --------------------------------------------------------------------------------------------------------- */
struct dot {
    struct gb_handle x;
    struct gb_value v, lo, hi; /* % of the year's target */
    bool low_good, missed;
    int64_t short_of; /* in the bad direction, at v.scale: the first is the worst */
};

static int worst_first(const void *pa, const void *pb)
{
    const struct dot *a = pa, *b = pb;
    if (a->short_of != b->short_of)
        return a->short_of > b->short_of ? -1 : 1;
    return (a->x.indicator_i > b->x.indicator_i) - (a->x.indicator_i < b->x.indicator_i);
}

/* An end of the interval in % of the target, as exact as the middle. */
static struct gb_value end_of(const struct dot *d, int64_t v, int64_t target, int scale)
{
    struct gb_value w = d->v;
    w.fact = (struct gb_fact_id){ -1, -1, 0, GB_D_COUNT };
    return gb_dec_ratio_once(v, scale, target, scale, true, w.scale, w.decimals, &w.num)
               ? w
               : gb_value_missing(GB_MISS_NOT_APPLICABLE);
}

static bool read_dot(struct gb_host *h, struct gb_handle x, struct dot *d, int *year)
{
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    struct gb_year_end y;
    gb_year_end(h->ev, x.indicator_i, x.region_i, &y);
    *d = (struct dot){ .x = x, .low_good = ind->direction == GB_DOWN_GOOD };
    d->v = gb_value_of(h->ev, x.indicator_i, x.region_i, GB_D_EXPECTED_PCT);
    if (y.why != GB_YE_OK || d->v.kind != GB_V_NUM || y.target <= 0)
        return false;
    d->v.status = 'F';
    d->lo = end_of(d, y.lo80, y.target, ind->scale);
    d->hi = end_of(d, y.hi80, y.target, ind->scale);
    *year = y.year;
    int64_t hundred = 100 * gb_pow10[d->v.scale];
    d->short_of = d->low_good ? d->v.num - hundred : hundred - d->v.num;
    d->missed = d->short_of > 0;
    return true;
}

static void fill_dots(struct gb_host *h, struct gb_chart *c, const struct dot *d, int n, bool *illustrative)
{
    bool all = d[n - 1].missed; /* sorted: then none stands out */
    static const char *const name[] = { "Dự báo cả năm", "cận dưới 80%", "cận trên 80%" };
    static const enum gb_series_role role[] = { GB_ROLE_ACTUAL, GB_ROLE_LOW, GB_ROLE_HIGH };
    for (int s = 0; s < 3; s++) {
        struct gb_chart_series *out = gb_series_new(h, c, name[s], role[s], (size_t)n);
        for (int i = 0; i < n; i++) {
            const struct gb_indicator *ind = &h->c->indicator[d[i].x.indicator_i];
            bool marked = gb_value_of(h->ev, d[i].x.indicator_i, d[i].x.region_i, GB_D_TARGET).basis == GB_BASIS_ILLUSTRATIVE;
            *illustrative = *illustrative || marked;
            out->point[i].label =
                gb_sprintf(h->a, "%s%s%s", ind->name_vi, marked ? "\u00a0*" : "", d[i].low_good ? " (thấp là tốt)" : "");
            out->point[i].y = s == 0 ? d[i].v : s == 1 ? d[i].lo : d[i].hi;
            out->point[i].highlight = s == 0 && d[i].missed && !all;
        }
    }
}

/* doc:dots{ list, worst = 12 }: the forecast of the year's end in % of the year's target, with the interval of four in five cases. Indicators
 * without a target, a direction or a forecast have no row. */
int gb_block_dots(lua_State *L)
{
    static const char *const allowed[] = { "worst", "title" };
    struct gb_host *h = gb_host_of(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, "dots", allowed, sizeof allowed / sizeof *allowed);
    int worst = gb_arg_int(L, 2, "worst", 2, MAX_DOTS, 12), n = 0, missed = 0, year = 0;
    const char *title = gb_arg_text(L, 2, "title");
    struct gb_handle *v;
    int given = gb_handles_at(L, 2, &v);
    struct dot *d = GB_NEW_N(h->a, (size_t)given + 1, struct dot);
    gb_spend(L, given); /* a forecast each */
    for (int i = 0; i < given; i++)
        if (gb_handle_eval(h, &v[i]) && read_dot(h, v[i], &d[n], &year))
            missed += d[n++].missed;
    if (n < 2) /* one is a sentence: doc:finding{ x:outlook() } */
        return 0;
    qsort(d, (size_t)n, sizeof *d, worst_first);
    int shown = n > worst ? worst : n;
    bool illustrative = false;
    struct gb_chart c = gb_chart_new(h, d[0].x, GB_CHART_DOTS);
    c.unit = "%";
    fill_dots(h, &c, d, shown, &illustrative);
    c.has_reference = true;
    c.reference = (struct gb_value){ .kind = GB_V_NUM, .num = 100, .unit = "%", .fact = { -1, -1, 0, GB_D_COUNT } };
    c.reference_label = "kế hoạch năm";
    if (!title)
        title = missed ? gb_sprintf(h->a, "Dự báo cả năm %d: %d trong %d\u00a0chỉ tiêu chưa đạt kế hoạch", year, missed, n)
                       : gb_sprintf(h->a, "Dự báo cả năm %d: cả %d\u00a0chỉ tiêu đạt kế hoạch", year, n);
    c.title = title;
    c.source = gb_sprintf(h->a, "dự báo tự động từ số liệu đã giao nộp, so với kế hoạch năm%s%s",
                          shown < n ? gb_sprintf(h->a, "; vẽ %d chỉ tiêu kém nhất", shown) : "",
                          illustrative ? ". * Chỉ tiêu minh họa" : "");
    c.alt = gb_phrase_chart_alt(h->doc, &c);
    gb_doc_chart(h->doc, h->in, gb_anchor(h, "hinh du bao nam"), &c);
    for (int i = 0; i < shown; i++)
        gb_cite(h, d[i].x.indicator_i);
    return 0;
}

/* ---- doc:slope -------------------------------------------------------------------------------------------------------- */
struct mover {
    int region_i, rank, gain;
};

static int most_moved_first(const void *pa, const void *pb)
{
    const struct mover *a = pa, *b = pb;
    int x = a->gain < 0 ? -a->gain : a->gain, y = b->gain < 0 ? -b->gain : b->gain;
    if (x != y)
        return y - x;
    return a->rank != b->rank ? a->rank - b->rank : a->region_i - b->region_i;
}

/* Ranked communes of the common period that have a rank before. @return count, *moved: how many stand elsewhere now */
static int movers_of(struct gb_host *h, struct gb_handle x, struct mover *out, int32_t *period, int *moved)
{
    int n = 0;
    *moved = 0;
    *period = GB_PERIOD_NONE;
    for (int r = 0; r < h->c->n_regions; r++) {
        const struct gb_eval *e =
            h->c->region[r].level == GB_AT_COMMUNE ? gb_handle_eval(h, &(struct gb_handle){ x.indicator_i, r }) : NULL;
        if (!e || e->rank <= 0 || !e->rank_gain_ok)
            continue;
        *period = e->rank_period;
        *moved += e->rank_gain != 0;
        out[n++] = (struct mover){ r, e->rank, e->rank_gain };
    }
    qsort(out, (size_t)n, sizeof *out, most_moved_first);
    return n;
}

static const char *slope_title(struct gb_host *h, const struct gb_indicator *ind, const struct mover *m, int n)
{
    const struct mover *up = NULL, *down = NULL;
    for (int i = n - 1; i >= 0; i--) { /* the first of each direction is the farthest */
        up = m[i].gain > 0 ? &m[i] : up;
        down = m[i].gain < 0 ? &m[i] : down;
    }
    const char *s = gb_sprintf(h->a, "Thứ hạng %s: ", gb_phrase_lower_first(h->a, ind->name_vi));
    if (down)
        s = gb_sprintf(h->a, "%s%s xuống %d\u00a0bậc", s, gb_region_label(h, down->region_i), -down->gain);
    if (up)
        s = gb_sprintf(h->a, "%s%s%s lên %d\u00a0bậc", s, down ? ", " : "", gb_region_label(h, up->region_i), up->gain);
    return gb_sprintf(h->a, "%s so với %s trước", s, gb_freq_noun_vi(ind->freq));
}

static const char *period_name(struct gb_host *h, enum gb_freq f, int32_t p)
{
    char text[48];
    gb_period_vi(f, p, text);
    return gb_capitalise(h->a, gb_strdup(h->a, text));
}

static void slope(lua_State *L, struct gb_host *h, struct gb_handle x, const struct mover *m, int n, int32_t period,
                  const char *title)
{
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    struct gb_chart c = gb_chart_new(h, x, GB_CHART_SLOPE);
    gb_spend(L, 2 * n);
    c.unit = NULL; /* places have none */
    for (int s = 0; s < 2; s++) {
        struct gb_chart_series *out = gb_series_new(
            h, &c, gb_sprintf(h->a, "Hạng %s", gb_phrase_lower_first(h->a, period_name(h, ind->freq, period - 1 + s))),
            GB_ROLE_ACTUAL, (size_t)n);
        for (int i = 0; i < n; i++) {
            out->point[i].label = gb_region_label(h, m[i].region_i);
            out->point[i].region_i = m[i].region_i;
            out->point[i].y =
                s ? gb_value_of(h->ev, x.indicator_i, m[i].region_i, GB_D_RANK) : gb_value_count(m[i].rank + m[i].gain, NULL);
        }
    }
    c.title = title ? title : slope_title(h, ind, m, n);
    gb_chart_place(h, &c, x);
}

/* doc:slope{ x, movers = 12 }: the communes whose rank moved most since the period before. */
int gb_block_slope(lua_State *L)
{
    static const char *const allowed[] = { "movers", "title" };
    struct gb_host *h = gb_host_of(L);
    struct gb_handle x;
    (void)gb_chart_subject(L, "slope", &x); /* the whole may have no figure of its own */
    gb_args_check(L, 2, "slope", allowed, sizeof allowed / sizeof *allowed);
    int most = gb_arg_int(L, 2, "movers", 2, 30, 12), moved;
    int32_t period;
    if (x.indicator_i < 0 || !h->ev)
        return 0;
    struct mover *m = GB_NEW_N(h->a, (size_t)h->c->n_regions + 1, struct mover);
    gb_charge(L, (uint64_t)h->c->n_regions * 4);
    int n = movers_of(h, x, m, &period, &moved);
    if (n > 1 && moved > 0)
        slope(L, h, x, m, moved < 2 ? 2 : moved < most ? moved : most, period, gb_arg_text(L, 2, "title"));
    else if (n > 1) {
        gb_text_add(h->doc, &gb_doc_note(h->doc, h->in)->text,
                    gb_sprintf(h->a, "%s: không xã, phường nào đổi hạng so với %s trước.", h->c->indicator[x.indicator_i].name_vi,
                               gb_freq_noun_vi(h->c->indicator[x.indicator_i].freq)),
                    0);
        gb_cite(h, x.indicator_i);
    }
    return 0;
}
