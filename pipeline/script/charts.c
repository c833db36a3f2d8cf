/* charts.c — pictures from series: the line of an indicator over time, bars of places, a bullet, a spark.
 *
 * A definition says which fact and beside what (plan, pace, last year); window, axis, title, alternative text and source follow
 * from the facts. A missing period is a point without value, so that the line breaks there and nobody reads a trend into a gap.
 */
#include "evaluation/breaks.h"
#include "evaluation/outlook.h"
#include <stdlib.h>
#include "script/chart_int.h"

#define SPARK_PERIODS 13

const struct gb_eval *gb_chart_subject(lua_State *L, const char *block, struct gb_handle *x)
{
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_rawgeti(L, 2, 1);
    const struct gb_handle *p = gb_to_handle(L, -1);
    if (!p)
        gb_raise(L, "%s: mục đầu tiên phải là một chỉ số: doc:%s{ rate }", block, block);
    *x = *p;
    lua_pop(L, 1);
    gb_spend(L, 1);
    return gb_handle_eval(gb_host_of(L), x);
}

int gb_default_periods(enum gb_freq f)
{
    switch (f) {
    case GB_FREQ_HOUR: return 48;
    case GB_FREQ_DAY: return 31;
    case GB_FREQ_WEEK: return 26;
    case GB_FREQ_MONTH: return 25;
    case GB_FREQ_QUARTER: return 13;
    case GB_FREQ_YEAR: return 10;
    }
    gb_bug("frequency");
}

/* Value at a period; forecasts count only when they are asked for. */
struct gb_value gb_value_at(const struct gb_host *h, const struct gb_series *s, int32_t period, bool forecast)
{
    int64_t i = period == GB_PERIOD_NONE ? -1 : gb_series_at(s, period);
    if (i < 0 || (s->status[i] == 'F') != forecast)
        return gb_value_missing(GB_MISS_NO_DATA);
    return gb_value_observation(h->c, s, i);
}

struct gb_chart_series *gb_series_new(struct gb_host *h, struct gb_chart *c, const char *name, enum gb_series_role role, size_t n)
{
    struct gb_chart_series *s = &c->series[c->n_series++];
    *s =
        (struct gb_chart_series){ .name = name, .role = role, .point = GB_NEW_N(h->a, n ? n : 1, struct gb_chart_point), .n = n };
    return s;
}

struct window {
    int32_t first, last;
    bool year;
};

static void add_actual(struct gb_host *h, struct gb_chart *c, const struct gb_series *s, struct window w)
{
    const struct gb_indicator *ind = &h->c->indicator[s->indicator_i];
    struct gb_chart_series *out = gb_series_new(h, c, ind->name_vi, GB_ROLE_ACTUAL, (size_t)(w.last - w.first + 1));
    for (int32_t p = w.first; p <= w.last; p++) {
        struct gb_chart_point *pt = &out->point[p - w.first];
        pt->x = gb_value_period(ind->freq, p);
        pt->y = gb_value_at(h, s, p, false);
    }
    out->point[out->n - 1].highlight = true;
}

static void add_last_year(struct gb_host *h, struct gb_chart *c, const struct gb_series *s, struct window w, int32_t to)
{
    enum gb_freq f = h->c->indicator[s->indicator_i].freq;
    struct gb_chart_series *out = gb_series_new(h, c, "Cùng kỳ năm trước", GB_ROLE_LAST_YEAR, (size_t)(to - w.first + 1));
    bool any = false;
    for (int32_t p = w.first; p <= to; p++) {
        struct gb_chart_point *pt = &out->point[p - w.first];
        pt->x = gb_value_period(f, p);
        int32_t before = gb_period_year_before(f, p);
        bool of_a_kind = before == GB_PERIOD_NONE || !gb_break_between(h->c, s->indicator_i, s->region_i, before, p);
        pt->y = of_a_kind ? gb_value_at(h, s, before, false) : gb_value_missing(GB_MISS_BREAK);
        any = any || pt->y.kind == GB_V_NUM;
    }
    if (!any)
        c->n_series--;
}

/* The year's target times the share due by each period: a curve that follows the season, not a flat line. */
static void add_pace(struct gb_host *h, struct gb_chart *c, const struct gb_series *s, const struct gb_eval *e)
{
    const struct gb_indicator *ind = &h->c->indicator[s->indicator_i];
    int year = gb_period_year(ind->freq, e->period);
    int32_t first = gb_period_year_first(ind->freq, e->period), n = gb_periods_in_year(ind->freq, year);
    if (!e->has_target || ind->flow != GB_FLOW_CUMULATIVE)
        return;
    struct gb_date end = { .year = (int16_t)year, .month = 12, .day = 31 };
    struct gb_chart_series *out =
        gb_series_new(h, c,
                      gb_sprintf(h->a, "%s%s", gb_streq(ind->season, "invcum") ? "Đường tiến độ giải ngân" : "Tiến độ cần đạt",
                                 e->target_confirmed ? "" : " (chỉ tiêu minh họa)"),
                      GB_ROLE_PACE, (size_t)n);
    for (int32_t k = 0; k < n; k++) {
        int64_t share = 0, due = 0;
        struct gb_chart_point *pt = &out->point[k];
        pt->x = gb_value_period(ind->freq, first + k);
        pt->y = gb_value_missing(GB_MISS_NOT_APPLICABLE);
        bool latest = first + k == e->period; /* while it runs its figure is of the day: so is what is due */
        if (!gb_pace_pct(h->c, ind, first + k, latest ? h->ev->date : end, &share))
            continue;
        if (!gb_dec_ratio((__int128)e->target_year * share, ind->scale + GB_PCT_SCALE, 100, 0, false, ind->scale, &due))
            continue;
        pt->y = gb_value_of(h->ev, s->indicator_i, s->region_i, GB_D_TARGET);
        pt->y.num = due;
        pt->y.fact = (struct gb_fact_id){ s->indicator_i, s->region_i, first + k, GB_D_PACE };
    }
}

/* Where the year is still to be won, and no curve of due shares says how: of a flow what each period left must bring (or may bring at
 * most), of any other figure the straight way from today to the plan. A way longer than the past beside it would be all there is. */
static void add_needed(struct gb_host *h, struct gb_chart *c, const struct gb_series *s, const struct gb_eval *e, struct window w)
{
    const struct gb_indicator *ind = &h->c->indicator[s->indicator_i];
    bool flow = ind->flow == GB_FLOW_FLOW;
    struct gb_year_end y;
    if (ind->flow == GB_FLOW_CUMULATIVE)
        return;
    gb_year_end(h->ev, s->indicator_i, s->region_i, &y);
    if (!y.needed_ok || !y.needed || y.left <= 0 || y.left > w.last - w.first + 1)
        return;
    const char *name = !flow ? "Lộ trình tới kế hoạch năm"
                             : gb_sprintf(h->a, ind->direction == GB_UP_GOOD ? "Cần đạt mỗi %s còn lại" : "Tối đa mỗi %s còn lại",
                                          gb_freq_noun_vi(ind->freq));
    struct gb_chart_series *out = gb_series_new(h, c, e->target_confirmed ? name : gb_sprintf(h->a, "%s (minh họa)", name),
                                                GB_ROLE_NEEDED, (size_t)(y.left + !flow));
    for (int32_t k = flow; k <= y.left; k++) {
        struct gb_chart_point *pt = &out->point[k - flow];
        int64_t part = 0;
        pt->x = gb_value_period(ind->freq, e->period + k);
        pt->y = gb_value_of(h->ev, s->indicator_i, s->region_i, flow ? GB_D_NEEDED : k ? GB_D_TARGET : GB_D_VALUE);
        pt->y.fact.period = e->period + k;
        if (flow || !k)
            continue;
        if (!gb_dec_ratio(((__int128)y.target - y.so_far) * k, ind->scale, y.left, 0, false, ind->scale, &part)) {
            c->n_series--;
            return;
        }
        pt->y.num = y.so_far + part;
        pt->y.fact.how = GB_D_PACE;
    }
}

/* Ours, when the departments gave none: the middle, and the interval that should hold in four of five cases. */
static void add_outlook(struct gb_host *h, struct gb_chart *c, const struct gb_series *s)
{
    static const char *const name[] = { "Dự báo", "Dự báo, cận dưới (80%)", "Dự báo, cận trên (80%)" };
    const struct gb_indicator *ind = &h->c->indicator[s->indicator_i];
    struct gb_outlook o;
    gb_outlook(h->ev, s->indicator_i, s->region_i, gb_outlook_steps(ind->freq), &o);
    const char *after = o.break_text ? gb_sprintf(h->a, "; chỉ dùng số liệu sau mốc: %s", o.break_text) : "";
    if (!o.n) {
        c->source = gb_sprintf(h->a, "%s. Chưa dự báo được: %s%s", c->source, gb_fc_note_vi(o.note), after);
        return;
    }
    for (int k = 0; k < 3; k++) {
        const int64_t *v = k == 0 ? o.mean : k == 1 ? o.lo80 : o.hi80;
        struct gb_chart_series *out = gb_series_new(h, c, name[k], (enum gb_series_role)(GB_ROLE_FORECAST + k), (size_t)o.n);
        for (int i = 0; i < o.n; i++) {
            out->point[i].x = gb_value_period(ind->freq, o.first + i);
            out->point[i].y = gb_value_forecast(h->c, s->indicator_i, s->region_i, o.first + i, v[i]);
        }
    }
    c->source = gb_sprintf(h->a, "%s. Dự báo tự động (%s%s%s), dải 80%%%s%s%s", c->source, gb_fc_method_vi(o.method),
                           *o.model ? ", " : "", o.model, o.note == GB_FC_FULL ? "" : "; ", gb_fc_note_vi(o.note), after);
}

enum forecasts { FORECAST_NONE, FORECAST_DELIVERED, FORECAST_ANY };

/* forecast = true: the departments', else ours. forecast = "delivered": theirs or none, for what a line through the past must not be
 * trusted with (the height of a flood is the hydrologists' to say). */
static enum forecasts forecasts_wanted(lua_State *L)
{
    int t = lua_getfield(L, 2, "forecast");
    bool word = t == LUA_TSTRING && strcmp(lua_tostring(L, -1), "delivered") == 0;
    lua_pop(L, 1);
    if (t == LUA_TSTRING && !word)
        gb_raise(L, "forecast: cần true, false hoặc \"delivered\"");
    return word ? FORECAST_DELIVERED : gb_arg_yes(L, 2, "forecast", false) ? FORECAST_ANY : FORECAST_NONE;
}

static void add_forecast(struct gb_host *h, struct gb_chart *c, const struct gb_series *s, int32_t from, enum forecasts wanted)
{
    enum gb_freq f = h->c->indicator[s->indicator_i].freq;
    size_t n = 0;
    for (int64_t i = 0; i < (int64_t)s->n; i++)
        n += s->period[i] > from && s->status[i] == 'F';
    if (n > 400)
        return;
    if (!n) {
        if (wanted == FORECAST_ANY)
            add_outlook(h, c, s);
        return;
    }
    struct gb_chart_series *out = gb_series_new(h, c, "Dự báo", GB_ROLE_FORECAST, n);
    size_t k = 0;
    for (int64_t i = 0; i < (int64_t)s->n; i++)
        if (s->period[i] > from && s->status[i] == 'F') {
            out->point[k].x = gb_value_period(f, s->period[i]);
            out->point[k++].y = gb_value_observation(h->c, s, i);
        }
}

static void add_reference(struct gb_host *h, struct gb_chart *c, struct gb_handle x, enum gb_derivation how, const char *label)
{
    struct gb_value v = gb_value_of(h->ev, x.indicator_i, x.region_i, how);
    if (v.kind != GB_V_NUM)
        return;
    c->has_reference = true;
    c->reference = v;
    c->reference_label =
        v.basis ? gb_sprintf(h->a, "%s (%s)", label, v.basis == GB_BASIS_PROPOSED ? "đề xuất" : "minh họa") : label;
}

static void add_breaks(struct gb_host *h, struct gb_chart *c, struct gb_handle x, struct window w)
{
    const struct gb_break *b[4];
    int32_t at[4];
    c->n_breaks = gb_breaks_within(h->c, x.indicator_i, x.region_i, w.first, w.last, 4, b, at);
    for (int i = 0; i < c->n_breaks; i++) {
        c->breaks[i] = at[i];
        c->break_label[i] = b[i]->text;
    }
}

struct gb_chart gb_chart_new(struct gb_host *h, struct gb_handle x, enum gb_chart_kind kind)
{
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    return (struct gb_chart){ .kind = kind,
                              .unit = ind->unit_vi,
                              .source = ind->source_vi && *ind->source_vi ? ind->source_vi : "số liệu giao nộp",
                              .freq = ind->freq,
                              .direction = ind->direction,
                              .series = GB_NEW_N(h->a, 6, struct gb_chart_series) };
}

bool gb_chart_judged(const struct gb_chart *c)
{
    for (size_t s = 0; s < c->n_series; s++)
        for (size_t i = 0; i < c->series[s].n; i++)
            if (c->series[s].point[i].state != GB_STATE_NONE)
                return true;
    return c->has_steps;
}

void gb_chart_place(struct gb_host *h, struct gb_chart *c, struct gb_handle x)
{
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    if (gb_chart_judged(c) && ind->has_steps &&
        !ind->steps_are_norm) /* colours and bands come from limits that nobody has decided */
        c->source = gb_sprintf(h->a, "%s. Mức theo ngưỡng đề xuất", c->source);
    c->alt = gb_phrase_chart_alt(h->doc, c);
    gb_doc_chart(h->doc, h->in, gb_anchor(h, gb_sprintf(h->a, "hinh %s", h->c->indicator[x.indicator_i].code)), c);
    gb_cite(h, x.indicator_i);
}

static struct window window_of(const struct gb_indicator *ind, const struct gb_series *s, const struct gb_eval *e, int periods,
                               bool whole_year)
{
    struct window w = { .last = e->period, .year = whole_year };
    w.first = whole_year ? gb_period_year_first(ind->freq, e->period) : e->period - periods + 1;
    if (s->period[0] > w.first && s->period[0] <= w.last)
        w.first = s->period[0];
    return w;
}

const char *gb_chart_title(struct gb_host *h, struct gb_handle x)
{
    const char *title = gb_phrase_chart_title(h->doc, h->ev, x.indicator_i, x.region_i);
    return gb_names_place(h, x) ? gb_sprintf(h->a, "%s: %s", gb_region_label(h, x.region_i), title) : title;
}

/* GB_D_THRESHOLD is the limit of the value's own step, or of the first one when the value is good. */
const char *gb_threshold_label(struct gb_host *h, const struct gb_eval *e)
{
    enum gb_state s = gb_stands_at(e->level, GB_WATCH) ? e->level : GB_WATCH;
    return gb_sprintf(h->a, "ngưỡng %s", gb_state_vi(s));
}

/* One value is no course: it is said, not drawn. */
static bool too_short(struct gb_host *h, const struct gb_chart *c, struct gb_handle x, const struct gb_eval *e)
{
    size_t n = 0;
    for (size_t i = 0; i < c->series[0].n; i++)
        n += c->series[0].point[i].y.kind == GB_V_NUM;
    if (n > 1)
        return false;
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    struct gb_text *t = &gb_doc_note(h->doc, h->in)->text;
    gb_text_add(h->doc, t, gb_sprintf(h->a, "%s: mới có số liệu một kỳ (", ind->name_vi), 0);
    gb_text_value(h->doc, t, gb_value_period(ind->freq, e->period), 0);
    gb_text_add(h->doc, t, "), chưa vẽ được diễn biến.", 0);
    gb_cite(h, x.indicator_i);
    return true;
}

int gb_block_line(lua_State *L)
{
    static const char *const allowed[] = { "target", "pace", "last_year", "forecast", "threshold", "periods" };
    struct gb_host *h = gb_host_of(L);
    struct gb_handle x;
    const struct gb_eval *e = gb_chart_subject(L, "line", &x);
    gb_args_check(L, 2, "line", allowed, sizeof allowed / sizeof *allowed);
    if (!e)
        return 0;
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    const struct gb_series *s = gb_cube_series(h->ev->cube, x.indicator_i, x.region_i);
    bool pace = gb_arg_yes(L, 2, "pace", false) && e->has_target && ind->flow == GB_FLOW_CUMULATIVE;
    bool target = gb_arg_yes(L, 2, "target", false), last_year = gb_arg_yes(L, 2, "last_year", false);
    int periods = gb_arg_int(L, 2, "periods", 2, 400, gb_default_periods(ind->freq));
    struct window w = window_of(ind, s, e, periods, pace || (last_year && ind->flow == GB_FLOW_CUMULATIVE));
    struct gb_chart c = gb_chart_new(h, x, GB_CHART_LINE);
    gb_spend(L, w.last - w.first + 1);
    add_actual(h, &c, s, w);
    if (too_short(h, &c, x, e))
        return 0;
    if (last_year)
        add_last_year(h, &c, s, w,
                      w.year ? w.first + gb_periods_in_year(ind->freq, gb_period_year(ind->freq, w.first)) - 1 : w.last);
    if (pace)
        add_pace(h, &c, s, e);
    else if (target || gb_arg_yes(L, 2, "pace", false))
        add_needed(h, &c, s, e, w);
    enum forecasts wanted = forecasts_wanted(L);
    if (wanted)
        add_forecast(h, &c, s, e->period, wanted);
    if (target)
        add_reference(h, &c, x, GB_D_TARGET,
                      ind->flow == GB_FLOW_FLOW ? gb_sprintf(h->a, "kế hoạch %s", gb_freq_noun_vi(ind->freq)) : "kế hoạch năm");
    else if (gb_arg_yes(L, 2, "threshold", false) &&
             !gb_streq(ind->season, "invcum")) /* its limit moves with the month: no straight line */
        add_reference(h, &c, x, GB_D_THRESHOLD, gb_threshold_label(h, e));
    add_breaks(h, &c, x, w);
    c.title = gb_chart_title(h, x);
    gb_chart_place(h, &c, x);
    return 0;
}

/* ---- bars of places --------------------------------------------------------------------------------------------------- */
int gb_lowest_first(const void *pa, const void *pb)
{
    const struct gb_bar *a = pa, *b = pb;
    int c = gb_dec_cmp(a->v.num, a->v.scale, b->v.num, b->v.scale);
    return c ? c : (a->region_i > b->region_i) - (a->region_i < b->region_i);
}
int gb_highest_first(const void *pa, const void *pb)
{
    const struct gb_bar *a = pa, *b = pb;
    int c = gb_dec_cmp(b->v.num, b->v.scale, a->v.num, a->v.scale);
    return c ? c : (a->region_i > b->region_i) - (a->region_i < b->region_i);
}

int gb_bars_collect(struct gb_host *h, struct gb_handle x, bool points, struct gb_bar *out)
{
    int32_t period = GB_PERIOD_NONE;
    for (int r = 0; r < h->c->n_regions; r++) {
        enum gb_level_kind level = h->c->region[r].level;
        const struct gb_eval *e = (points ? level == GB_AT_POINT : level == GB_AT_COMMUNE)
                                      ? gb_handle_eval(h, &(struct gb_handle){ x.indicator_i, r })
                                      : NULL;
        if (!e)
            continue;
        int32_t p = !points && e->rank > 0 ? e->rank_period : e->period;
        if (period == GB_PERIOD_NONE || p > period)
            period = p;
    }
    int n = 0;
    for (int r = 0; period != GB_PERIOD_NONE && r < h->c->n_regions; r++) {
        enum gb_level_kind level = h->c->region[r].level;
        if (points ? level != GB_AT_POINT : level != GB_AT_COMMUNE)
            continue;
        const struct gb_series *s = gb_cube_series(h->ev->cube, x.indicator_i, r);
        int64_t i = s ? gb_series_at(s, period) : -1;
        if (i < 0 || !gb_counts(s, i))
            continue;
        out[n++] = (struct gb_bar){ r, period, gb_value_observation(h->c, s, i), gb_judge_at(h->c, s, i) };
    }
    return n;
}

struct gb_value gb_value_none(const struct gb_host *h, int indicator_i, int region_i)
{
    const struct gb_eval *e = gb_eval_find(h->ev, indicator_i, region_i);
    return gb_value_missing(e && e->withheld ? GB_MISS_WITHHELD : GB_MISS_NO_DATA);
}

void gb_note_withheld(struct gb_host *h, int indicator_i, bool points)
{
    int n = 0;
    if (!gb_cube_masked(h->ev->cube, indicator_i))
        return;
    for (int r = 0; r < h->c->n_regions; r++) {
        const struct gb_eval *e =
            h->c->region[r].level == (points ? GB_AT_POINT : GB_AT_COMMUNE) ? gb_eval_find(h->ev, indicator_i, r) : NULL;
        n += e && e->withheld;
    }
    if (n)
        gb_text_add(h->doc, &gb_doc_note(h->doc, h->in)->text,
                    gb_sprintf(h->a,
                               "%s: không kể %d\u00a0địa bàn có số liệu không công bố (số đếm nhỏ, hoặc số làm lộ số đếm nhỏ).",
                               h->c->indicator[indicator_i].name_vi, n),
                    0);
}

const char *gb_bars_title(struct gb_host *h, struct gb_handle x, const char *where, const struct gb_bar *first, bool lowest)
{
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    struct gb_buf b = { 0 };
    gb_buf_addf(&b, "%s%s %s tại %s: ", ind->name_vi, where, lowest ? "thấp nhất" : "cao nhất",
                gb_region_label(h, first->region_i));
    gb_value_text_bound(&first->v, GB_WITH_UNIT, &b);
    gb_buf_adds(&b, " (");
    struct gb_value when = gb_value_period(ind->freq, first->period);
    gb_value_text_bound(&when, GB_WITH_UNIT, &b);
    gb_buf_addc(&b, ')');
    const char *s = gb_buf_copy(h->a, &b);
    gb_buf_release(&b);
    return s;
}

/* Something happened in a few places only: they are named with their figures, the zeros of all others are one clause. */
bool gb_few_in_words(struct gb_host *h, struct gb_handle x, const struct gb_bar *v, int n, int most)
{
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    int some = 0;
    while (some < n && v[some].v.num > 0)
        some++;
    if (!some || some > most || n - some < 2 || v[n - 1].v.num != 0 || !gb_starts_with(ind->name_vi, "Số "))
        return false;
    struct gb_text *t = &gb_doc_para(h->doc, h->in)->text;
    gb_text_add(h->doc, t, gb_sprintf(h->a, "%s, ", ind->name_vi), 0);
    gb_text_value(h->doc, t, gb_value_period(ind->freq, v[0].period), 0);
    gb_text_add(h->doc, t, ": ", 0);
    for (int i = 0; i < some; i++) {
        gb_text_add(h->doc, t, gb_sprintf(h->a, "%s%s ", i ? ", " : "", gb_region_label(h, v[i].region_i)), 0);
        gb_text_value(h->doc, t, v[i].v, GB_STRONG);
    }
    gb_text_add(h->doc, t, gb_sprintf(h->a, "; %d\u00a0địa bàn khác có số liệu bằng\u00a00.", n - some), 0);
    gb_cite(h, x.indicator_i);
    return true;
}

/* Where the picture would be a comb of equal bars, a sentence says it: nothing anywhere, the same everywhere, or so many places
 * with the same highest figure that a choice among them would be arbitrary. @return true when said */
static bool told_in_words(struct gb_host *h, struct gb_handle x, const struct gb_bar *v, int n, int shown, bool low)
{
    enum { NAMED = 8 };
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    int equal = 1;
    while (equal < n && gb_dec_cmp(v[equal].v.num, v[equal].v.scale, v[0].v.num, v[0].v.scale) == 0)
        equal++;
    if (equal < shown && equal < n)
        return false;
    struct gb_text *t = &gb_doc_para(h->doc, h->in)->text;
    struct gb_value when = gb_value_period(ind->freq, v[0].period);
    bool count = gb_starts_with(ind->name_vi, "Số ");
    const char *name = count ? ind->name_vi + strlen("Số ") : gb_phrase_lower_first(h->a, ind->name_vi);
    gb_text_add(h->doc, t, ind->freq == GB_FREQ_DAY ? "Ngày " : "Kỳ ", 0);
    gb_text_value(h->doc, t, when, 0);
    if (equal == n && v[0].v.num == 0 && count)
        gb_text_add(h->doc, t,
                    gb_sprintf(h->a,
                               gb_cube_masked(h->ev->cube, x.indicator_i) ? ", các địa bàn có số liệu công bố không ghi nhận %s."
                                                                          : ", không địa bàn nào ghi nhận %s.",
                               name),
                    0);
    else {
        const char *all = equal == n ? gb_sprintf(h->a, ", cả %d\u00a0địa bàn có số liệu cùng có %s là ", n,
                                                  gb_phrase_lower_first(h->a, ind->name_vi))
                                     : gb_sprintf(h->a, ", %d\u00a0địa bàn cùng có %s %s là ", equal,
                                                  gb_phrase_lower_first(h->a, ind->name_vi), low ? "thấp nhất" : "cao nhất");
        gb_text_add(h->doc, t, all, 0);
        gb_text_value(h->doc, t, v[0].v, GB_STRONG);
        for (int i = 0; equal < n && i < equal && i < NAMED; i++)
            gb_text_add(h->doc, t, gb_sprintf(h->a, "%s%s", i ? ", " : ", gồm ", gb_region_label(h, v[i].region_i)), 0);
        gb_text_add(h->doc, t, equal < n && equal > NAMED ? gb_sprintf(h->a, " và %d\u00a0địa bàn khác.", equal - NAMED) : ".",
                    0);
    }
    gb_cite(h, x.indicator_i);
    return true;
}

bool gb_arg_by_point(lua_State *L, const char *block)
{
    const char *by = gb_arg_text(L, 2, "by");
    if (by && !gb_streq(by, "commune") && !gb_streq(by, "point"))
        gb_raise(L, "%s: by = \"commune\" hoặc \"point\", không có \"%s\"", block, by);
    return gb_streq(by, "point");
}

int gb_block_bars(lua_State *L)
{
    enum { FEW_PLACES = 3 };
    static const char *const allowed[] = { "by", "worst", "best", "target" };
    struct gb_host *h = gb_host_of(L);
    struct gb_handle x;
    (void)gb_chart_subject(L, "bars", &x);
    gb_args_check(L, 2, "bars", allowed, sizeof allowed / sizeof *allowed);
    bool points = gb_arg_by_point(L, "bars");
    int worst = gb_arg_int(L, 2, "worst", 0, 40, 0), best = gb_arg_int(L, 2, "best", 0, 40, 0);
    if (worst && best)
        gb_raise(L, "bars: chọn worst hoặc best, không chọn cả hai");
    bool target = gb_arg_yes(L, 2, "target", false);
    if (x.indicator_i < 0)
        return 0;
    gb_charge(L, (uint64_t)h->c->n_regions * 4);
    struct gb_bar *v = GB_NEW_N(h->a, (size_t)h->c->n_regions + 1, struct gb_bar);
    int n = gb_bars_collect(h, x, points, v);
    if (n < 2)
        return 0; /* one place is not a comparison */
    bool up_good = h->c->indicator[x.indicator_i].direction == GB_UP_GOOD;
    bool low = best ? !up_good : up_good;
    qsort(v, (size_t)n, sizeof *v, low ? gb_lowest_first : gb_highest_first);
    int want = best ? best : worst ? worst : 12;
    if (!low && gb_few_in_words(h, x, v, n, FEW_PLACES)) {
        gb_note_withheld(h, x.indicator_i, points);
        return 0;
    }
    while (!low && n > want && v[want - 1].v.num == 0 && want > FEW_PLACES)
        want--; /* bars of no length say less than the room they take */
    if (told_in_words(h, x, v, n, want < n ? want : n, low)) {
        gb_note_withheld(h, x.indicator_i, points);
        return 0;
    }
    if (n > want)
        n = want;
    gb_spend(L, n);
    struct gb_chart c = gb_chart_new(h, x, GB_CHART_BARS);
    struct gb_chart_series *s = gb_series_new(h, &c, h->c->indicator[x.indicator_i].name_vi, GB_ROLE_ACTUAL, (size_t)n);
    for (int i = 0; i < n; i++)
        s->point[i] = (struct gb_chart_point){ .y = v[i].v,
                                               .label = gb_region_label(h, v[i].region_i),
                                               .state = v[i].state,
                                               .highlight = gb_stands_at(v[i].state, GB_WARNING) };
    if (target)
        add_reference(h, &c, (struct gb_handle){ x.indicator_i, h->region }, GB_D_TARGET, "kế hoạch chung");
    c.title = gb_bars_title(h, x, "", &v[0], low);
    gb_chart_place(h, &c, x);
    gb_note_withheld(h, x.indicator_i, points);
    if (!points)
        gb_note_unusual(h, &x.indicator_i, 1);
    return 0;
}

/* ---- bullet and spark ------------------------------------------------------------------------------------------------- */
int gb_block_bullet(lua_State *L)
{
    struct gb_host *h = gb_host_of(L);
    struct gb_handle x;
    const struct gb_eval *e = gb_chart_subject(L, "bullet", &x);
    gb_args_check(L, 2, "bullet", NULL, 0);
    if (!e)
        return 0;
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    struct gb_chart c = gb_chart_new(h, x, GB_CHART_BULLET);
    struct gb_chart_series *s = gb_series_new(h, &c, ind->name_vi, GB_ROLE_ACTUAL, 1);
    s->point[0] = (struct gb_chart_point){ .y = gb_value_of(h->ev, x.indicator_i, x.region_i, GB_D_VALUE),
                                           .label = ind->name_vi,
                                           .state = e->level };
    add_reference(h, &c, x, GB_D_TARGET, "kế hoạch");
    c.has_steps = ind->has_steps && gb_judge(ind, h->c->region[x.region_i].level, e->value) != GB_STATE_NONE;
    memcpy(c.step, ind->step, sizeof c.step);
    c.title = gb_phrase_chart_title(h->doc, h->ev, x.indicator_i, x.region_i);
    gb_chart_place(h, &c, x);
    return 0;
}

const struct gb_chart *gb_spark_of(struct gb_host *h, int indicator_i, int region_i)
{
    struct gb_handle x = { indicator_i, region_i };
    const struct gb_eval *e = gb_handle_eval(h, &x);
    const struct gb_series *s = e ? gb_cube_series(h->ev->cube, indicator_i, region_i) : NULL;
    if (!s || s->n < 3)
        return NULL;
    struct window w = window_of(&h->c->indicator[indicator_i], s, e, SPARK_PERIODS, false);
    if (w.last - w.first < 2)
        return NULL;
    struct gb_chart *c = GB_NEW(h->a, struct gb_chart);
    *c = gb_chart_new(h, x, GB_CHART_SPARK);
    add_actual(h, c, s, w);
    c->alt = gb_phrase_chart_alt(h->doc, c);
    return c;
}
