/* contributions.c — doc:contributions: who or what brought how much into a change of the whole (evaluation/contribution.h).
 *
 * A sentence that names the greatest in the direction of the change, then a table: the greatest parts, the rest in one row, what cannot be
 * told apart, and the whole. The rows of the last column add up to its last row, up to the digit that printing rounds off; where they miss it
 * as printed, a note says by how much. No row is bent to fit: each is what its own figures give.
 */
#include "evaluation/contribution.h"
#include "base/utf8.h"
#include "document/phrase.h"
#include "script/chart_int.h"

struct shown {
    struct gb_host *h;
    const struct gb_indicator *ind;
    struct gb_handle x;
    const struct gb_contributions *k;
    enum gb_derivation how; /* of the change of the whole */
    bool sums;
    int64_t printed; /* what a reader who adds up the parts on the page gets, at the printed decimals */
};

static struct gb_value part_value(const struct shown *s, int64_t part)
{
    int decimals = s->ind->decimals + (s->k->scale > s->ind->scale); /* a part of a rate is smaller than the rate's own changes */
    return (struct gb_value){ .kind = GB_V_NUM,
                              .num = part,
                              .scale = (uint8_t)s->k->scale,
                              .decimals = (uint8_t)(decimals > s->k->scale ? s->k->scale : decimals),
                              .unit = s->ind->is_percent ? "điểm %" : s->ind->unit_vi,
                              .sign = true,
                              .fact = { -1, -1, 0, GB_D_COUNT } };
}

/* A part that the page shows, counted for note_rounding(). */
static struct gb_value added(struct shown *s, int64_t part)
{
    struct gb_value v = part_value(s, part);
    int64_t shown;
    if (gb_dec_rescale(part, v.scale, v.decimals, &shown) && !gb_dec_add(s->printed, shown, &s->printed))
        s->printed = INT64_MAX; /* no sum that anybody adds up in the head */
    return v;
}

static void note_rounding(struct shown *s)
{
    struct gb_value v = part_value(s, s->k->change);
    int64_t whole, off;
    if (!gb_dec_rescale(s->k->change, v.scale, v.decimals, &whole) || !gb_dec_sub(s->printed, whole, &off) || !off)
        return;
    v.num = off, v.scale = v.decimals;
    struct gb_text *t = &gb_doc_note(s->h->doc, s->h->in)->text;
    gb_text_add(s->h->doc, t, gb_sprintf(s->h->a, "Các phần cộng lại lệch thay đổi của toàn %s ", gb_word(s->h->c, "tỉnh")), 0);
    gb_text_value(s->h->doc, t, v, 0);
    gb_text_add(s->h->doc, t, " do làm tròn.", 0);
}

static struct gb_value own_value(const struct shown *s, int region_i, int32_t period, int64_t v, char status)
{
    if (v == GB_VALUE_MISSING)
        return gb_value_missing(GB_MISS_NOT_APPLICABLE);
    struct gb_fact_id sum = { -1, -1, 0, GB_D_COUNT }, own = { s->x.indicator_i, region_i, period, GB_D_VALUE };
    return (struct gb_value){ .kind = GB_V_NUM,
                              .num = v,
                              .scale = (uint8_t)s->ind->scale,
                              .decimals = (uint8_t)s->ind->decimals,
                              .unit = s->ind->unit_vi,
                              .status = status,
                              .fact = region_i < 0 ? sum : own };
}

static const char *period_label(const struct shown *s, int32_t period)
{
    char text[48];
    gb_period_vi(s->ind->freq, period, text);
    return gb_capitalise(s->h->a, gb_strdup(s->h->a, text));
}

/* "Tháng 10/2026, số vụ cháy tăng 12 vụ so với tháng trước; góp nhiều nhất là xã A (+5 vụ), xã B (+3 vụ)." */
static void say(lua_State *L, const struct shown *s)
{
    enum { NAMES = 3 };
    struct gb_host *h = s->h;
    gb_spend(L, 1);
    struct gb_text *t = &gb_doc_para(h->doc, h->in)->text;
    gb_text_add(h->doc, t, period_label(s, s->k->period), 0);
    gb_text_add(h->doc, t, gb_sprintf(h->a, ", %s ", gb_phrase_lower_first(h->a, s->ind->name_vi)), 0);
    gb_phrase_change(h->doc, t, h->ev, s->x.indicator_i, s->x.region_i, s->how);
    int said = 0;
    for (size_t i = 0; i < s->k->n && said < NAMES; i++) {
        const struct gb_contribution *c = &s->k->v[i];
        struct gb_value v = part_value(s, c->part);
        if ((c->part > 0) != (s->k->change > 0) || gb_value_sign(&v) == 0 || !s->k->change)
            continue;
        gb_text_add(h->doc, t, said++ ? ", " : "; góp nhiều nhất là ", 0);
        gb_text_add(h->doc, t, gb_phrase_place(h->a, gb_region_label(h, c->region_i)), 0);
        gb_text_add(h->doc, t, " (", 0);
        gb_text_value(h->doc, t, v, 0);
        gb_text_add(h->doc, t, ")", 0);
    }
    gb_text_add(h->doc, t, ".", 0);
}

static void row(struct shown *s, struct gb_node *t, const char *label, const struct gb_value *was, const struct gb_value *now,
                int64_t part, unsigned intent)
{
    struct gb_row *r = gb_doc_row(s->h->doc, t);
    int col = 1;
    r->intent = intent;
    gb_doc_cell_text(s->h->doc, r, 0, label);
    if (was) {
        gb_doc_cell_value(s->h->doc, r, col++, *was);
        gb_doc_cell_value(s->h->doc, r, col++, *now);
    }
    gb_doc_cell_value(s->h->doc, r, col, intent & GB_TOTAL ? part_value(s, part) : added(s, part));
}

/* What is left, and the whole: the last rows of both tables. */
static void end_rows(struct shown *s, struct gb_node *t, bool with_figures)
{
    const struct gb_eval *e = gb_handle_eval(s->h, &s->x);
    struct gb_value none = gb_value_missing(GB_MISS_NOT_APPLICABLE), rest = part_value(s, s->k->remainder);
    int64_t base = s->how == GB_D_PREV_DIFF ? e->prev.base : e->year_before.base;
    if (gb_value_sign(&rest))
        row(s, t, "Phần không tách được theo địa bàn", with_figures ? &none : NULL, &none, s->k->remainder, 0);
    const struct gb_series *series = gb_cube_series(s->h->ev->cube, s->x.indicator_i, s->x.region_i);
    int64_t at = series ? gb_series_at(series, s->k->base_period) : -1;
    struct gb_value was = own_value(s, s->x.region_i, s->k->base_period, base, at >= 0 ? series->status[at] : 0),
                    now = own_value(s, s->x.region_i, s->k->period, e->value, e->status);
    row(s, t, gb_sprintf(s->h->a, "Toàn %s", gb_word(s->h->c, "tỉnh")), with_figures ? &was : NULL, &now, s->k->change, GB_TOTAL);
    note_rounding(s);
}

/* Of a sum, as in evaluation/rollup.h: estimated if any is, else provisional if any is not final. */
static char less_final(char a, char b)
{
    return a == 'E' || b == 'E' ? 'E' : (a == 'A' || !a) && (b == 'A' || !b) ? 'A' : 'P';
}

static void by_commune(lua_State *L, struct shown *s, const char *title, size_t worst)
{
    struct gb_host *h = s->h;
    size_t n = s->k->n <= worst + 1 ? s->k->n : worst; /* a row "1 other" is no shorter than its name */
    while (n > 1 && s->k->v[n - 1].part == 0)
        n--; /* who brought nothing is not named: the greatest come first */
    gb_spend(L, (int)n + 4);
    say(L, s);
    struct gb_node *t = gb_doc_table(h->doc, h->in, gb_anchor(h, title), title, 4);
    gb_doc_col(h->doc, t, 0, "Địa bàn", NULL, GB_LEFT, 2.2);
    gb_doc_col(h->doc, t, 1, period_label(s, s->k->base_period), NULL, GB_DECIMAL, 1.2);
    gb_doc_col(h->doc, t, 2, period_label(s, s->k->period), NULL, GB_DECIMAL, 1.2);
    gb_doc_col(h->doc, t, 3, "Đóng góp vào thay đổi", NULL, GB_DECIMAL, 1.2);
    int64_t was = 0, now = 0, part = 0;
    char was_status = 'A', now_status = 'A';
    bool fits = true;
    for (size_t i = 0; i < s->k->n; i++) {
        const struct gb_contribution *c = &s->k->v[i];
        struct gb_value a = own_value(s, c->region_i, s->k->base_period, c->base, c->base_status),
                        b = own_value(s, c->region_i, s->k->period, c->now, c->now_status);
        if (i < n) {
            row(s, t, gb_region_label(h, c->region_i), &a, &b, c->part, 0);
            continue;
        }
        was_status = less_final(was_status, c->base_status), now_status = less_final(now_status, c->now_status);
        part += c->part; /* parts of one whole that fits */
        fits = fits && s->sums && gb_dec_add(was, c->base, &was) && gb_dec_add(now, c->now, &now);
    }
    if (n < s->k->n) {
        struct gb_value a = own_value(s, -1, s->k->base_period, fits ? was : GB_VALUE_MISSING, was_status),
                        b = own_value(s, -1, s->k->period, fits ? now : GB_VALUE_MISSING, now_status);
        row(s, t, gb_sprintf(h->a, "%d địa bàn khác", (int)(s->k->n - n)), &a, &b, part, 0);
    }
    end_rows(s, t, true);
    if (s->k->n_without)
        gb_text_add(h->doc, &gb_doc_note(h->doc, h->in)->text,
                    gb_sprintf(h->a, "%d địa bàn chỉ có số liệu của một trong hai kỳ, không tách riêng được.", s->k->n_without),
                    0);
}

static void by_component(lua_State *L, struct shown *s, const char *title)
{
    struct gb_host *h = s->h;
    const struct gb_indicator *num = &h->c->indicator[s->ind->agg_num < 0 ? s->x.indicator_i : s->ind->agg_num],
                              *den = &h->c->indicator[s->ind->agg_den];
    bool ratio = s->ind->agg == GB_AGG_RATIO;
    gb_spend(L, 5);
    struct gb_node *t = gb_doc_table(h->doc, h->in, gb_anchor(h, title), title, 2);
    gb_doc_col(h->doc, t, 0, "Thành phần", NULL, GB_LEFT, 3);
    gb_doc_col(h->doc, t, 1, "Đóng góp vào thay đổi", NULL, GB_DECIMAL, 1);
    row(s, t, ratio ? gb_sprintf(h->a, "Tử số: %s", gb_phrase_lower_first(h->a, num->name_vi)) : "Thay đổi trong từng địa bàn",
        NULL, NULL, s->k->numerator, 0);
    row(s, t,
        ratio ? gb_sprintf(h->a, "Mẫu số: %s", gb_phrase_lower_first(h->a, den->name_vi))
              : gb_sprintf(h->a, "Thay đổi cơ cấu giữa các địa bàn (%s)", gb_phrase_lower_first(h->a, den->name_vi)),
        NULL, NULL, s->k->denominator, 0);
    end_rows(s, t, false);
}

/* The same rows as a picture: each part begins where the one before ended, and the last is the whole change, exactly. */
static void draw_parts(lua_State *L, struct shown *s, const char *title, size_t worst)
{
    struct gb_host *h = s->h;
    const struct gb_eval *e = gb_handle_eval(h, &s->x);
    size_t n = s->k->n <= worst + 1 ? s->k->n : worst, m = 0;
    int64_t others = 0;
    say(L, s);
    gb_spend(L, (int)n + 4);
    struct gb_chart c = gb_chart_new(h, s->x, GB_CHART_WATERFALL);
    struct gb_chart_series *out = gb_series_new(h, &c, "Đóng góp vào thay đổi", GB_ROLE_ACTUAL, n + 3);
    for (size_t i = 0; i < s->k->n; i++)
        if (i < n)
            out->point[m++] = (struct gb_chart_point){ .label = gb_region_label(h, s->k->v[i].region_i),
                                                       .y = added(s, s->k->v[i].part),
                                                       .region_i = s->k->v[i].region_i };
        else
            others += s->k->v[i].part;
    if (n < s->k->n)
        out->point[m++] =
            (struct gb_chart_point){ .label = gb_sprintf(h->a, "%d địa bàn khác", (int)(s->k->n - n)), .y = added(s, others) };
    if (s->k->remainder)
        out->point[m++] = (struct gb_chart_point){ .label = "Phần không tách được theo địa bàn", .y = added(s, s->k->remainder) };
    out->point[m++] = (struct gb_chart_point){ .label = gb_sprintf(h->a, "Thay đổi của toàn %s", gb_word(h->c, "tỉnh")),
                                               .y = part_value(s, s->k->change),
                                               .highlight = true };
    out->n = m;
    c.unit = s->ind->is_percent ? "điểm %" : s->ind->unit_vi;
    c.has_reference = true;
    c.reference =
        own_value(s, s->x.region_i, s->k->base_period, s->how == GB_D_PREV_DIFF ? e->prev.base : e->year_before.base, 0);
    c.reference_label = period_label(s, s->k->base_period);
    c.title = title;
    gb_chart_place(h, &c, s->x);
    note_rounding(s);
}

/* doc:contributions{ x, by = "commune", worst = 10, against = "previous", chart = false, title = "..." } */
int gb_block_contributions(lua_State *L)
{
    static const char *const allowed[] = { "by", "worst", "against", "title", "chart" };
    struct gb_host *h = gb_host_of(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, "contributions", allowed, 5);
    lua_rawgeti(L, 2, 1);
    const struct gb_handle *x = gb_to_handle(L, -1);
    if (!x)
        gb_raise(L, "contributions: mục đầu tiên phải là một chỉ số: doc:contributions{ rate }");
    const char *by = gb_arg_text(L, 2, "by"), *against = gb_arg_text(L, 2, "against"), *title = gb_arg_text(L, 2, "title");
    int worst = gb_arg_int(L, 2, "worst", 1, 200, 10);
    bool component = by && gb_streq(by, "component"), year = against && gb_streq(against, "same_period");
    if (by && !component && !gb_streq(by, "commune"))
        gb_raise(L, "contributions: by = \"commune\" hoặc \"component\", không có \"%s\"", by);
    if (against && !year && !gb_streq(against, "previous"))
        gb_raise(L, "contributions: against = \"previous\" hoặc \"same_period\", không có \"%s\"", against);
    if (x->indicator_i < 0 || !h->ev)
        return 0;
    if (x->region_i != h->c->locality.root_region)
        return 0; /* the report of one place: it has no parts */
    struct gb_contributions k;
    struct shown s = { h, &h->c->indicator[x->indicator_i], *x, &k, year ? GB_D_YEAR_DIFF : GB_D_PREV_DIFF, false, 0 };
    s.sums = s.ind->agg == GB_AGG_SUM;
    bool two = s.ind->agg == GB_AGG_RATIO || s.ind->agg == GB_AGG_WEIGHTED_MEAN;
    gb_contributions_of(h->ev, x->indicator_i, year ? GB_FROM_YEAR_BEFORE : GB_FROM_PREVIOUS, h->a, &k);
    if (k.why == GB_CONTRIB_NOT_PARTS || (component && !two))
        gb_raise(L, "contributions: %s không tách được theo %s (aggregation trong danh mục)", s.ind->code,
                 component ? "thành phần; cần ratio hoặc weighted-mean" : "địa bàn; cần sum, mean, weighted-mean hoặc ratio");
    if (k.why != GB_CONTRIB_OK)
        return 0;
    if (!title)
        title = gb_sprintf(h->a, "%s: %s góp bao nhiêu vào thay đổi so với %s", s.ind->name_vi,
                           component ? "thành phần nào" : "địa bàn nào",
                           gb_phrase_lower_first(h->a, period_label(&s, k.base_period)));
    if (component)
        by_component(L, &s, title);
    else if (gb_arg_yes(L, 2, "chart", false))
        draw_parts(L, &s, title, (size_t)worst);
    else
        by_commune(L, &s, title, (size_t)worst);
    if (!s.sums) {
        gb_spend(L, 1);
        gb_text_add(h->doc, &gb_doc_note(h->doc, h->in)->text,
                    "Tách theo phương pháp Bennet (1920): phần của tử số và của mẫu số lấy trung bình hai kỳ, cộng lại đúng bằng "
                    "thay đổi.",
                    0);
    }
    gb_cite(h, x->indicator_i);
    return 0;
}
