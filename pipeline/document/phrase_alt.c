/* phrase_alt.c — the words for those who do not see a chart: what it is, then newest, first, highest, lowest, reference.
 *
 * Two of these that are the same point are said together, so that nobody hears a figure twice.
 */
#include "document/phrase.h"

struct extreme {
    const char *word;
    size_t i;
};

static bool has_number(const struct gb_chart_point *p)
{
    return p->y.kind == GB_V_NUM;
}

static int cmp(const struct gb_chart_point *a, const struct gb_chart_point *b)
{
    return gb_dec_cmp(a->y.num, a->y.scale, b->y.num, b->y.scale);
}

static void number(const struct gb_chart *c, const struct gb_value *v, struct gb_buf *o)
{
    struct gb_value w = *v;
    if (!w.unit) {
        w.unit = c->unit;
    }
    gb_value_text(&w, GB_WITH_UNIT, o);
}

static void point_name(const struct gb_chart_point *p, struct gb_buf *o)
{
    if (p->label) {
        gb_buf_adds(o, p->label);
    } else {
        gb_value_text(&p->x, GB_WITH_UNIT, o);
    }
}

static void say_extremes(const struct gb_chart *c, const struct gb_chart_series *s, const struct extreme *x, size_t n,
                         struct gb_buf *o)
{
    bool said[4] = { false };
    const char *before = " ";
    for (size_t k = 0; k < n; k++) {
        if (said[k]) {
            continue;
        }
        gb_buf_adds(o, before);
        gb_buf_adds(o, x[k].word);
        for (size_t j = k + 1; j < n; j++) {
            if (!said[j] && x[j].i == x[k].i) {
                gb_buf_adds(o, " và ");
                gb_buf_adds(o, x[j].word);
                said[j] = true;
            }
        }
        gb_buf_addc(o, ' ');
        number(c, &s->point[x[k].i].y, o);
        gb_buf_adds(o, " (");
        point_name(&s->point[x[k].i], o);
        gb_buf_addc(o, ')');
        before = "; ";
    }
    gb_buf_addc(o, '.');
}

/* First, last, highest, lowest point with a number; false when there is none. */
static bool find(const struct gb_chart_series *s, size_t *first, size_t *last, size_t *high, size_t *low)
{
    bool any = false;
    for (size_t i = 0; i < s->n; i++) {
        if (!has_number(&s->point[i])) {
            continue;
        }
        if (!any) {
            *first = *high = *low = i;
            any = true;
        }
        *last = i;
        *high = cmp(&s->point[i], &s->point[*high]) > 0 ? i : *high;
        *low = cmp(&s->point[i], &s->point[*low]) < 0 ? i : *low;
    }
    return any;
}

static size_t missing(const struct gb_chart_series *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++) {
        n += !has_number(&s->point[i]);
    }
    return n;
}

static const struct gb_chart_series *main_series(const struct gb_chart *c)
{
    for (size_t i = 0; i < c->n_series; i++) {
        if (c->series[i].role == GB_ROLE_ACTUAL) {
            return &c->series[i];
        }
    }
    return c->n_series ? &c->series[0] : NULL;
}

static const struct gb_chart_point *last_point(const struct gb_chart *c, enum gb_series_role role)
{
    for (size_t i = 0; i < c->n_series; i++) {
        if (c->series[i].role == role && c->series[i].n && has_number(&c->series[i].point[c->series[i].n - 1])) {
            return &c->series[i].point[c->series[i].n - 1];
        }
    }
    return NULL;
}

static void say_forecast(const struct gb_chart *c, struct gb_buf *o)
{
    const struct gb_chart_point *mean = last_point(c, GB_ROLE_FORECAST), *low = last_point(c, GB_ROLE_LOW),
                                *high = last_point(c, GB_ROLE_HIGH);
    if (!mean) {
        return;
    }
    gb_buf_adds(o, " Dự báo ");
    point_name(mean, o);
    gb_buf_adds(o, ": ");
    number(c, &mean->y, o);
    if (low && high) {
        gb_buf_adds(o, ", khả năng 80% trong khoảng ");
        number(c, &low->y, o);
        gb_buf_adds(o, " đến ");
        number(c, &high->y, o);
    }
    gb_buf_addc(o, '.');
}

static const struct gb_chart_point *point_in(const struct gb_chart_series *s, int32_t period)
{
    for (size_t i = 0; i < s->n; i++) {
        if (s->point[i].x.kind == GB_V_PERIOD && s->point[i].x.period == period && has_number(&s->point[i])) {
            return &s->point[i];
        }
    }
    return NULL;
}

static void figure_in(const struct gb_chart *c, const struct gb_chart_point *p, struct gb_buf *o)
{
    number(c, &p->y, o);
    gb_buf_adds(o, " (");
    point_name(p, o);
    gb_buf_addc(o, ')');
}

/* What the measured line is drawn beside: last year and the plan in the newest period, and what is still to be done. */
static void say_beside(const struct gb_chart *c, const struct gb_chart_point *newest, struct gb_buf *o)
{
    for (size_t i = 0; i < c->n_series; i++) {
        const struct gb_chart_series *s = &c->series[i];
        bool way = s->role == GB_ROLE_NEEDED, plan = s->role == GB_ROLE_PACE || s->role == GB_ROLE_TARGET;
        const struct gb_chart_point *end = s->n ? &s->point[s->n - 1] : NULL,
                                    *from = way && end ? &s->point[0] : point_in(s, newest->x.period);
        if ((!way && !plan && s->role != GB_ROLE_LAST_YEAR) || !end || !from) {
            continue;
        }
        gb_buf_addf(o, " %s: ", s->name ? s->name : "");
        if (s->role == GB_ROLE_LAST_YEAR) {
            number(c, &from->y, o);
        } else if (!has_number(end) || end == from) {
            figure_in(c, from, o);
        } else if (cmp(end, from) == 0) {
            number(c, &from->y, o);
            gb_buf_adds(o, ", từ ");
            point_name(from, o);
            gb_buf_adds(o, " đến ");
            point_name(end, o);
        } else {
            gb_buf_adds(o, way ? "từ " : "");
            figure_in(c, from, o);
            gb_buf_adds(o, way ? " đến " : ", đến ");
            figure_in(c, end, o);
        }
        gb_buf_addc(o, '.');
    }
}

static void say_breaks(const struct gb_chart *c, struct gb_buf *o)
{
    for (int i = 0; i < c->n_breaks; i++) {
        struct gb_value at = gb_value_period(c->freq, (int32_t)c->breaks[i]);
        gb_buf_adds(o, " Chuỗi số liệu ngắt từ ");
        gb_value_text(&at, GB_WITH_UNIT, o);
        gb_buf_addf(o, "%s%s.", c->break_label[i] ? ": " : "", c->break_label[i] ? c->break_label[i] : "");
    }
}

static void by_time(const struct gb_chart *c, const struct gb_chart_series *s, struct gb_buf *o)
{
    gb_buf_addf(o, "Biểu đồ đường, %zu kỳ", s->n);
    if (s->n > 1) {
        gb_buf_adds(o, " từ ");
        point_name(&s->point[0], o);
        gb_buf_adds(o, " đến ");
        point_name(&s->point[s->n - 1], o);
    }
    size_t first, last, high, low;
    if (!find(s, &first, &last, &high, &low)) {
        gb_buf_adds(o, ", chưa có số liệu.");
        return;
    }
    size_t gaps = missing(s);
    if (gaps) {
        gb_buf_addf(o, ", %zu kỳ chưa có số liệu", gaps);
    }
    gb_buf_addc(o, '.');
    struct extreme x[4] = { { "Mới nhất", last }, { "đầu kỳ", first }, { "cao nhất", high }, { "thấp nhất", low } };
    say_extremes(c, s, x, first == last ? 1 : 4, o);
    if (c->kind == GB_CHART_LINE) {
        say_beside(c, &s->point[last], o);
        say_forecast(c, o);
        say_breaks(c, o);
    }
}

static void by_item(const struct gb_chart *c, const struct gb_chart_series *s, struct gb_buf *o)
{
    bool map = c->kind == GB_CHART_MAP;
    gb_buf_addf(o,
                c->tiles ? "Sơ đồ ô xếp theo mã, không theo vị trí địa lý, %zu địa bàn"
                : map    ? c->style == GB_MAP_CIRCLES ? "Bản đồ vòng tròn theo số liệu, %zu địa bàn"
                           : c->style == GB_MAP_HEAT  ? "Bản đồ cộng theo ô lục giác, %zu điểm"
                                                      : "Bản đồ, %zu địa bàn"
                         : "Biểu đồ thanh, %zu mục",
                s->n);
    size_t first, last, high, low;
    if (!find(s, &first, &last, &high, &low)) {
        gb_buf_adds(o, ", chưa có số liệu.");
        return;
    }
    size_t gaps = missing(s);
    if (gaps) {
        gb_buf_addf(o, map ? ", %zu địa bàn chưa có số liệu" : ", %zu mục chưa có số liệu", gaps);
    }
    gb_buf_addc(o, '.');
    if (map && c->style == GB_MAP_HEAT && c->hot_label) {
        gb_buf_addf(o, " Mỗi ô rộng khoảng %d km; ô cao nhất %s: ", c->cell_km, c->hot_label);
        gb_value_text(&c->hot, GB_WITH_UNIT, o);
        gb_buf_addc(o, '.');
        return;
    }
    struct extreme x[2] = { { "Cao nhất", high }, { "thấp nhất", low } };
    say_extremes(c, s, x, high == low ? 1 : 2, o);
}

/* How many cells of a column stand at which step, and the place of the worst. */
static void heat_column(const struct gb_chart_series *s, struct gb_buf *o)
{
    size_t count[GB_EMERGENCY + 1] = { 0 }, none = missing(s), worst = 0;
    bool any = false;
    for (size_t i = 0; i < s->n; i++) {
        if (!has_number(&s->point[i]) || !gb_stands_at(s->point[i].state, GB_WATCH)) {
            continue;
        }
        count[s->point[i].state]++;
        worst = !any || s->point[i].state > s->point[worst].state ? i : worst;
        any = true;
    }
    gb_buf_addf(o, " %s:", s->name ? s->name : "");
    const char *before = " ";
    for (enum gb_state st = GB_EMERGENCY; st >= GB_WATCH; st--) {
        if (count[st]) {
            gb_buf_addf(o, "%s%zu nơi ở mức %s", before, count[st], gb_state_vi(st));
            before = ", ";
        }
    }
    if (any) {
        gb_buf_adds(o, ", nặng nhất ");
        gb_buf_adds(o, s->point[worst].label ? s->point[worst].label : "");
        gb_buf_addc(o, ' ');
        gb_value_text(&s->point[worst].y, GB_WITH_UNIT, o);
    } else {
        gb_buf_adds(o, none == s->n ? " chưa có số liệu" : " không nơi nào từ mức theo dõi");
    }
    if (none && none < s->n) {
        gb_buf_addf(o, ", %zu nơi chưa có số liệu", none);
    }
    gb_buf_addc(o, '.');
}

static void by_table(const struct gb_chart *c, struct gb_buf *o)
{
    gb_buf_addf(o, "Bảng màu, %zu nơi, %zu chỉ số.", c->series[0].n, c->n_series);
    for (size_t s = 0; s < c->n_series; s++) {
        heat_column(&c->series[s], o);
    }
}

/* Each panel: newest, highest, lowest, limit. */
static void by_panel(const struct gb_chart *c, struct gb_buf *o)
{
    gb_buf_addf(o, "%zu biểu đồ đường nhỏ%s.", c->n_series, c->shared ? " cùng một thang đo" : "");
    for (size_t s = 0; s < c->n_series; s++) {
        const struct gb_chart_series *p = &c->series[s];
        size_t first, last, high, low;
        gb_buf_addf(o, " %s:", p->name ? p->name : "");
        if (!find(p, &first, &last, &high, &low)) {
            gb_buf_adds(o, " chưa có số liệu.");
            continue;
        }
        struct extreme x[3] = { { "mới nhất", last }, { "cao nhất", high }, { "thấp nhất", low } };
        say_extremes(c, p, x, first == last ? 1 : 3, o);
        if (p->has_limit && p->limit.kind == GB_V_NUM) {
            gb_buf_addf(o, " %s: ", p->limit_label ? p->limit_label : "Ngưỡng");
            number(c, &p->limit, o);
            gb_buf_addc(o, '.');
        }
    }
}

/* The row that is looked at first: the newest period, or the first place. */
static void by_part(const struct gb_chart *c, struct gb_buf *o)
{
    const struct gb_chart_series *a = &c->series[0];
    gb_buf_addf(o, "Biểu đồ thanh xếp chồng, %zu dòng, %zu phần.", a->n, c->n_series);
    if (!a->n) {
        return;
    }
    size_t i = a->point[0].label ? 0 : a->n - 1;
    gb_buf_addc(o, ' ');
    point_name(&a->point[i], o);
    gb_buf_addc(o, ':');
    for (size_t s = 0; s < c->n_series; s++) {
        gb_buf_addf(o, "%s%s ", s ? "; " : " ", c->series[s].name ? c->series[s].name : "");
        if (i < c->series[s].n) {
            number(c, &c->series[s].point[i].y, o);
        }
    }
    gb_buf_addc(o, '.');
}

static void by_day(const struct gb_chart *c, const struct gb_chart_series *s, struct gb_buf *o)
{
    size_t first, last, high, low, bad = 0, none = missing(s);
    gb_buf_addf(o, "Lịch màu, %zu ngày", s->n);
    if (s->n > 1) {
        gb_buf_adds(o, " từ ");
        point_name(&s->point[0], o);
        gb_buf_adds(o, " đến ");
        point_name(&s->point[s->n - 1], o);
    }
    for (size_t i = 0; i < s->n; i++) {
        bad += has_number(&s->point[i]) && gb_stands_at(s->point[i].state, GB_WARNING);
    }
    if (none) {
        gb_buf_addf(o, ", %zu ngày chưa có số liệu", none);
    }
    if (bad) {
        gb_buf_addf(o, ", %zu ngày từ mức cảnh báo trở lên", bad);
    }
    gb_buf_addc(o, '.');
    if (find(s, &first, &last, &high, &low)) {
        struct extreme x[3] = { { "Mới nhất", last }, { "cao nhất", high }, { "thấp nhất", low } };
        say_extremes(c, s, x, first == last ? 1 : 3, o);
    }
}

/* From the base to the whole: each part with its sign, in the order drawn. */
static void by_step(const struct gb_chart *c, const struct gb_chart_series *s, struct gb_buf *o)
{
    gb_buf_addf(o, "Biểu đồ thác nước, %zu phần cộng thành thay đổi chung.", s->n ? s->n - 1 : 0);
    for (size_t i = 0; i < s->n; i++) {
        gb_buf_adds(o, i ? "; " : " ");
        point_name(&s->point[i], o);
        gb_buf_addc(o, ' ');
        number(c, &s->point[i].y, o);
    }
    gb_buf_addc(o, '.');
}

/* Each row with its interval. */
static void by_interval(const struct gb_chart *c, const struct gb_chart_series *s, struct gb_buf *o)
{
    gb_buf_addf(o, "Biểu đồ điểm có khoảng, %zu mục.", s->n);
    for (size_t i = 0; i < s->n; i++) {
        gb_buf_adds(o, i ? "; " : " ");
        point_name(&s->point[i], o);
        gb_buf_addc(o, ' ');
        number(c, &s->point[i].y, o);
        const char *before = " (";
        for (size_t k = 0; k < c->n_series; k++) {
            const struct gb_chart_series *end = &c->series[k];
            if ((end->role == GB_ROLE_LOW || end->role == GB_ROLE_HIGH) && i < end->n && has_number(&end->point[i])) {
                gb_buf_adds(o, before);
                number(c, &end->point[i].y, o);
                before = " đến ";
            }
        }
        gb_buf_adds(o, *before == ' ' && before[1] == '(' ? "" : ")");
    }
    gb_buf_addc(o, '.');
}

static void by_rank(const struct gb_chart *c, struct gb_buf *o)
{
    const struct gb_chart_series *was = &c->series[0], *now = &c->series[1];
    gb_buf_addf(o, "Biểu đồ thứ hạng, %zu nơi, từ %s đến %s.", now->n, was->name ? was->name : "", now->name ? now->name : "");
    for (size_t i = 0; i < now->n && i < was->n; i++) {
        gb_buf_adds(o, i ? "; " : " ");
        point_name(&now->point[i], o);
        gb_buf_adds(o, " từ hạng ");
        number(c, &was->point[i].y, o);
        gb_buf_adds(o, " đến hạng ");
        number(c, &now->point[i].y, o);
    }
    gb_buf_addc(o, '.');
}

const char *gb_phrase_chart_alt(struct gb_doc *d, const struct gb_chart *c)
{
    struct gb_buf o = { 0 };
    const struct gb_chart_series *s = main_series(c);
    if (!s) {
        gb_buf_adds(&o, "Biểu đồ chưa có số liệu.");
    } else {
        switch (c->kind) {
        case GB_CHART_LINE:
        case GB_CHART_SPARK: by_time(c, s, &o); break;
        case GB_CHART_HEAT: by_table(c, &o); break;
        case GB_CHART_MULTIPLES: by_panel(c, &o); break;
        case GB_CHART_STACKED: by_part(c, &o); break;
        case GB_CHART_CALENDAR: by_day(c, s, &o); break;
        case GB_CHART_WATERFALL: by_step(c, s, &o); break;
        case GB_CHART_DOTS: by_interval(c, s, &o); break;
        case GB_CHART_SLOPE:
            if (c->n_series == 2) {
                by_rank(c, &o);
            }
            break;
        case GB_CHART_BARS:
        case GB_CHART_BULLET:
        case GB_CHART_MAP: by_item(c, s, &o); break;
        }
    }
    if (c->has_reference && c->reference.kind == GB_V_NUM) {
        gb_buf_addc(&o, ' ');
        gb_buf_adds(&o, c->reference_label ? c->reference_label : "Mốc so sánh");
        gb_buf_adds(&o, ": ");
        number(c, &c->reference, &o);
        gb_buf_addc(&o, '.');
    }
    char *alt = gb_buf_copy(d->arena, &o);
    gb_buf_release(&o);
    return alt;
}
