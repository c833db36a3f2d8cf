/* calendar.c — a daily series as a calendar: weeks across, days down, months named above.
 *
 * What recurs on a weekday, and how long a bad stretch lasted, shows here and not in a line. A judged day has the tint and the
 * shape of its state; where nothing is judged days get four grounds from light to dark between round limits. A day without a value is hatched, a
 * day out of the span is left white. The figure stands in its day where days are large enough for all of them.
 */
#include "base/decimal.h"
#include "chart/ink.h"

enum { DAYS = 7, CLASSES = GB_N_DAYS, MOST_DAYS = 1100 /* older ones are not drawn; document/check.c refuses so many */ };

struct cal {
    struct gb_sketch *k;
    const struct gb_chart_series *s;
    int32_t lo, hi; /* days */
    int32_t monday; /* of the first week */
    size_t weeks, per_band, bands;
    double side, names_w, months_h, key_h, gap;
    bool judged, figures;
    struct gb_scale scale;
};

static const char *const day_name[DAYS] = { "T2", "T3", "T4", "T5", "T6", "T7", "CN" };

static double small(const struct gb_sketch *k)
{
    return k->base * 0.85;
}
static bool is_judged(enum gb_state s)
{
    return gb_stands_at(s, GB_GOOD);
}

static void read_days(struct cal *c)
{
    double lo = 1e300, hi = -1e300, widest = 0;
    int decimals = 0;
    c->lo = INT32_MAX;
    c->hi = INT32_MIN;
    for (size_t i = 0; i < c->s->n; i++) {
        const struct gb_chart_point *p = &c->s->point[i];
        c->lo = p->x.period < c->lo ? p->x.period : c->lo;
        c->hi = p->x.period > c->hi ? p->x.period : c->hi;
        c->judged = c->judged || is_judged(p->state);
        if (!gb_is_number(&p->y))
            continue;
        double v = gb_number(&p->y), w = gb_ink_width(c->k, GB_SANS, small(c->k), gb_ink_value(c->k, &p->y, false));
        lo = v < lo ? v : lo;
        hi = v > hi ? v : hi;
        widest = w > widest ? w : widest;
        decimals = p->y.decimals > decimals ? p->y.decimals : decimals;
    }
    if ((int64_t)c->hi - c->lo > MOST_DAYS)
        c->lo = c->hi - MOST_DAYS;
    gb_scale_nice(&c->scale, lo > hi ? 0 : lo, lo > hi ? 0 : hi, decimals, CLASSES + 1);
    c->side = widest; /* for now: what a day needs to show its figure */
}

static int class_of(const struct cal *c, const struct gb_value *v)
{
    int n = 0;
    for (int t = 1; t + 1 < c->scale.n && n < CLASSES - 1; t++)
        n += gb_dec_cmp(v->num, v->scale, c->scale.tick[t], c->scale.scale) >= 0;
    return n;
}
static int classes_of(const struct cal *c)
{
    int n = c->scale.n - 1;
    return n < 1 ? 1 : n > CLASSES ? CLASSES : n;
}
/* One class is dark, two are light and dark: the ends of the range are always used. */
static struct gb_rgba ground_of(const struct cal *c, int class_i)
{
    int n = classes_of(c);
    return gb_days[n == 1 ? 1 : class_i * (CLASSES - 1) / (n - 1)];
}

static const char *class_text(const struct cal *c, int i)
{
    int n = classes_of(c);
    const char *from = gb_ink_tick(c->k, &c->scale, i), *to = gb_ink_tick(c->k, &c->scale, i + 1);
    return n == 1       ? gb_sprintf(c->k->a, "%s – %s", from, to)
           : i == 0     ? gb_sprintf(c->k->a, "dưới %s", to)
           : i == n - 1 ? gb_sprintf(c->k->a, "từ %s", from)
                        : gb_sprintf(c->k->a, "%s – dưới %s", from, to);
}

static bool has_missing(const struct cal *c)
{
    for (size_t i = 0; i < c->s->n; i++)
        if (!gb_is_number(&c->s->point[i].y))
            return true;
    return c->s->n < (size_t)((int64_t)c->hi - c->lo + 1);
}

/* States with their shapes, or the limits of the grounds; then the day without a value. @return height */
static double key(const struct cal *c, struct gb_sketch *k, double x, double y, double width)
{
    struct gb_key_item v[CLASSES + 1];
    int n = 0, grounds = c->judged ? 0 : classes_of(c);
    double states = c->judged ? gb_state_key(k, x, y, width) : 0;
    for (; n < grounds; n++)
        v[n] = (struct gb_key_item){ .text = class_text(c, n), .look = GB_KEY_BOX, .fill = ground_of(c, n), .soft = true };
    if (has_missing(c))
        v[n++] = (struct gb_key_item){ .text = "chưa có số liệu", .look = GB_KEY_HATCH, .soft = true };
    return states + gb_key(k, (struct gb_rect){ x, y + states, width, 0 }, k->base * 0.92, v, n);
}

/* All weeks in one band where days stay large enough to be seen, else in two or more below each other. */
static void measure(struct cal *c, struct gb_sketch *k, double width)
{
    *c = (struct cal){ .k = k, .s = &k->spec->series[0] };
    read_days(c);
    double need = c->side + k->base * 0.5, largest = k->base * 2.6, least = k->base * 0.95;
    c->monday = c->lo - (gb_date_weekday(gb_date_from_days(c->lo)) - 1);
    c->weeks = (size_t)(((int64_t)c->hi - c->monday) / DAYS + 1);
    c->names_w = gb_ink_width(k, GB_SANS, small(k), "CN") + k->base * 0.5;
    c->months_h = k->line;
    c->gap = k->base * 0.7;
    size_t most = (size_t)((width - c->names_w) / least);
    most = most < 1 ? 1 : most;
    c->bands = (c->weeks + most - 1) / most;
    c->per_band = (c->weeks + c->bands - 1) / c->bands;
    c->side = (width - c->names_w) / (double)c->per_band;
    c->side = c->side > largest ? largest : c->side;
    if (c->side < need && need <= largest && (double)c->weeks * need <= (width - c->names_w) * 2) { /* two bands, with figures */
        c->bands = (size_t)((double)c->weeks * need / (width - c->names_w)) + 1;
        c->per_band = (c->weeks + c->bands - 1) / c->bands;
        c->side = (width - c->names_w) / (double)c->per_band;
        c->side = c->side > largest ? largest : c->side;
    }
    c->figures = c->side >= need && c->side >= k->base * 1.5;
    struct gb_sketch probe = *k;
    probe.cv = NULL;
    c->key_h = key(c, &probe, 0, 0, width);
}

static double height_of(const struct cal *c, double side)
{
    return (double)c->bands * (c->months_h + DAYS * side + c->gap) + c->key_h;
}

double gb_calendar_height(struct gb_sketch *k, double width_pt)
{
    struct cal c;
    measure(&c, k, width_pt);
    return height_of(&c, c.side) + k->base * 0.2;
}

/* Months above the week of their first day, the year with the first one and with January. A month of which hardly a week shows at the
 * beginning gives way to the next. */
static void draw_months(const struct cal *c, size_t first, size_t last, double x, double y)
{
    struct gb_sketch *k = c->k;
    double free_from = x, right = k->r.x + k->r.w;
    bool told = false;
    int32_t from = c->monday + (int32_t)first * DAYS, to = c->monday + (int32_t)last * DAYS - 1;
    from = from < c->lo ? c->lo : from;
    to = to > c->hi ? c->hi : to;
    for (int32_t day = from; day <= to; day++) {
        struct gb_date date = gb_date_from_days(day);
        if (date.day != 1 && day != from)
            continue;
        const char *name = gb_sprintf(k->a, !told || date.month == 1 ? "Tháng %d/%d" : "Tháng %d", date.month, date.year);
        double at = x + (double)((day - c->monday) / DAYS - (int32_t)first) * c->side,
               width = gb_ink_width(k, GB_SANS, small(k), name);
        bool short_month = date.day > 1 && (31 - date.day) / DAYS * c->side < width + k->base && to - day > 31 - date.day;
        if (at < free_from || at + width > right || short_month)
            continue;
        told = true;
        gb_ink_text(k, GB_SANS, small(k), gb_ink_soft, GB_START, at, y + k->base, name);
        free_from = at + width + k->base * 0.5;
    }
}

static void draw_day(const struct cal *c, const struct gb_chart_point *p, struct gb_rect r, struct gb_path *missing)
{
    struct gb_sketch *k = c->k;
    if (!gb_is_number(&p->y)) {
        gb_hatch_box(missing, r, k->base * 0.36);
        return;
    }
    struct gb_rgba g = is_judged(p->state) ? gb_state_tint(p->state) : c->judged ? gb_quiet : ground_of(c, class_of(c, &p->y));
    gb_canvas_fill_rect(k->cv, r, g);
    bool mark = is_judged(p->state) && (p->state != GB_GOOD || !c->figures);
    double cx = r.x + r.w / 2, cy = r.y + r.h / 2, radius = r.w * 0.28 < k->base * 0.34 ? r.w * 0.28 : k->base * 0.34;
    if (c->figures) {
        bool both = mark && r.h >= k->base * 1.6;
        if (both)
            gb_state_mark(k->cv, p->state, cx, r.y + r.h * 0.27, radius * 0.9, k->a);
        gb_ink_text(k, p->state >= GB_WARNING && mark ? GB_SANS_BOLD : GB_SANS, small(k), c->judged ? gb_ink : gb_on(g),
                    GB_MIDDLE, cx, both ? r.y + r.h - k->base * 0.28 : cy + small(k) * 0.35, gb_ink_value(k, &p->y, false));
    } else if (mark)
        gb_state_mark(k->cv, p->state, cx, cy, radius, k->a);
}

void gb_draw_calendar(struct gb_sketch *k)
{
    struct cal c;
    measure(&c, k, k->r.w);
    if (height_of(&c, c.side) > k->r.h + 0.01) { /* less height: smaller days, without figures */
        c.side = ((k->r.h - c.key_h) / (double)c.bands - c.months_h - c.gap) / DAYS;
        c.figures = false;
    }
    if (c.side < k->base * 0.4) {
        if (k->r.h >= k->line)
            gb_ink_text(k, GB_SANS, k->base, gb_ink_soft, GB_START, k->r.x, k->r.y + k->base,
                        gb_ink_elide(k, GB_SANS, k->base, "không đủ chỗ vẽ lịch", k->r.w));
        return;
    }
    double x = k->r.x + c.names_w, band_h = c.months_h + DAYS * c.side + c.gap, rim = c.side * 0.05;
    struct gb_path missing;
    gb_path_init(&missing, k->a);
    for (size_t b = 0; b < c.bands; b++) {
        size_t first = b * c.per_band, last = first + c.per_band < c.weeks ? first + c.per_band : c.weeks;
        double y = k->r.y + (double)b * band_h + c.months_h;
        draw_months(&c, first, last, x, y - c.months_h);
        for (int d = 0; d < DAYS; d++)
            if (c.side >= small(k) || d % 2 == 0)
                gb_ink_text(k, GB_SANS, small(k), gb_ink_soft, GB_START, k->r.x, y + (d + 0.5) * c.side + small(k) * 0.35,
                            day_name[d]);
    }
    struct gb_chart_point none = { 0 };
    none.y = gb_value_missing(GB_MISS_NO_DATA);
    size_t at = 0;
    for (int32_t day = c.lo;; day++) {
        size_t w = (size_t)((day - c.monday) / DAYS), band = w / c.per_band;
        struct gb_rect r = { x + (double)(w % c.per_band) * c.side + rim,
                             k->r.y + (double)band * band_h + c.months_h + (day - c.monday) % DAYS * c.side + rim,
                             c.side - 2 * rim, c.side - 2 * rim };
        while (at < c.s->n && c.s->point[at].x.period < day)
            at++;
        draw_day(&c, at < c.s->n && c.s->point[at].x.period == day ? &c.s->point[at] : &none, r, &missing);
        if (day == c.hi)
            break;
    }
    gb_hatch_stroke(k, &missing);
    (void)key(&c, k, k->r.x, k->r.y + (double)c.bands * band_h, k->r.w);
}
