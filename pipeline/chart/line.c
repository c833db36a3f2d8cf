/* line.c — lines over time: names at the ends of the lines, the last value in bold, few light gridlines, gaps left open.
 *
 * Order of work: number scale, then the margins (ticks left, end labels right), period ticks, then back to front: grid, breaks,
 * reference, context lines (last year, pace, target), measured lines, points, labels. When the end labels would take more than a third
 * of the width (a phone) or do not fit one under the other, names and figures go into a key above and only the last value stays at its
 * line. All is placed on a canvas that draws nothing first: what finds no place beside its mark is told in the key, never lost.
 * Zero is on the axis only where the data come near it: a line tells of change, not of size.
 */
#include "chart/ink.h"

#include "base/decimal.h"

enum {
    MAX_ENDS = 12,
    MAX_BREAKS = 4,
    MAX_KEY = 70,
    ROUNDS = 5,
    MAX_LABEL_LINES = 3,
    MAX_TIME_TICKS = 40,
    ALL_DOTS = 18,
    LEVELS = 5
};

struct end_label {
    size_t series_i;
    const char *value;
    const char *line[MAX_LABEL_LINES];
    int n_lines;
    double w, h, x, y, anchor_y;
    bool inside;
};
/* What has no place beside its mark, and stands in the key instead. */
struct lost {
    bool names, reference, mark[MAX_BREAKS];
};
struct plot {
    struct gb_sketch *k;
    struct lost *lost;
    struct gb_scale y;
    int32_t lo, hi;   /* periods */
    struct gb_rect r; /* the marks */
    double right;     /* width of the margin for end labels */
    bool names_at_ends;
    struct end_label end[MAX_ENDS];
    int n_ends;
};

static double px(const struct plot *p, int32_t period)
{
    return p->hi == p->lo ? p->r.x + p->r.w / 2 : p->r.x + p->r.w * ((double)period - p->lo) / ((double)p->hi - p->lo);
}
static double py(const struct plot *p, double v)
{
    return p->r.y + p->r.h * (1 - gb_scale_frac(&p->y, v));
}
static bool drawable(const struct gb_chart_point *pt)
{
    return gb_is_number(&pt->y) && pt->x.kind == GB_V_PERIOD;
}
static bool is_band(const struct gb_chart_series *s)
{
    return s->role == GB_ROLE_LOW || s->role == GB_ROLE_HIGH;
}
static const struct gb_chart_point *last_of(const struct gb_chart_series *s)
{
    for (size_t i = s->n; i-- > 0;)
        if (drawable(&s->point[i]))
            return &s->point[i];
    return NULL;
}

static void grow(double v, double *lo, double *hi, bool *any)
{
    if (!*any || v < *lo)
        *lo = v;
    if (!*any || v > *hi)
        *hi = v;
    *any = true;
}

/* @return false when no point has a period. */
static bool find_domain(struct plot *p)
{
    const struct gb_chart *c = p->k->spec;
    double lo = 0, hi = 0;
    int decimals = 0;
    bool any = false, any_x = false;
    for (size_t i = 0; i < c->n_series; i++)
        for (size_t j = 0; j < c->series[i].n; j++) {
            const struct gb_chart_point *pt = &c->series[i].point[j];
            if (pt->x.kind != GB_V_PERIOD)
                continue;
            /* A missing period holds its place on the axis, so that a gap at either end is seen. */
            if (!any_x || pt->x.period < p->lo)
                p->lo = pt->x.period;
            if (!any_x || pt->x.period > p->hi)
                p->hi = pt->x.period;
            any_x = true;
            if (!gb_is_number(&pt->y))
                continue;
            grow(gb_number(&pt->y), &lo, &hi, &any);
            if (pt->y.decimals > decimals)
                decimals = pt->y.decimals;
        }
    if (!any)
        return false;
    if (c->has_reference && gb_is_number(&c->reference))
        grow(gb_number(&c->reference), &lo, &hi, &any);
    if (lo == hi) { /* all equal: room on both sides, whole steps for counts */
        double unit = 1 / gb_dec_to_double(gb_pow10[decimals > 9 ? 9 : decimals], 0), pad = (lo < 0 ? -lo : lo) * 0.1;
        if (pad < unit)
            pad = unit;
        bool up = lo >= 0, down = hi <= 0;
        lo = up && lo - pad < 0 ? 0 : lo - pad;
        hi = down && hi + pad > 0 && !up ? 0 : hi + pad;
    } else if (lo > 0 && lo < hi * 0.35)
        lo = 0;
    else if (hi < 0 && hi > lo * 0.35)
        hi = 0;
    if (gb_streq(c->unit, "cấp")) { /* levels of a scale: all of it, so that level 4 does not look like nothing */
        lo = 0;
        hi = hi > LEVELS ? hi : LEVELS;
        decimals = 0;
    }
    int want = (int)(p->k->r.h / (p->k->line * 2.4));
    gb_scale_snug(&p->y, lo, hi, decimals, want < 3 ? 3 : want > 6 ? 6 : want);
    return true;
}

/* ---- end labels ---- */
static struct gb_rgba label_ink(const struct plot *p, size_t series_i)
{
    enum gb_series_role role = p->k->spec->series[series_i].role;
    return role == GB_ROLE_LAST_YEAR ? gb_ink_soft : gb_series_pen(p->k, series_i).color;
}
static double label_width(const struct plot *p, const struct end_label *l)
{
    double w = gb_ink_width(p->k, GB_SANS_BOLD, p->k->base, l->value);
    for (int i = 0; i < l->n_lines; i++) {
        double t = gb_ink_width(p->k, GB_SANS, p->k->base, l->line[i]);
        if (t > w)
            w = t;
    }
    return w;
}
static size_t n_shown(const struct gb_chart *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_series; i++)
        n += !is_band(&c->series[i]) && last_of(&c->series[i]) != NULL;
    return n;
}

/* The one measured line of a chart whose title names it needs no second name. */
static bool title_names(const struct gb_chart *c, const struct gb_chart_series *s)
{
    size_t measured = 0;
    for (size_t i = 0; i < c->n_series; i++)
        measured += c->series[i].role == GB_ROLE_ACTUAL;
    return measured == 1 && s->role == GB_ROLE_ACTUAL && c->title && s->name && strstr(c->title, s->name);
}

/* A label: value in bold for what was measured and is forecast, names below; others "name value". */
static void word_label(struct plot *p, struct end_label *l, double max_w)
{
    struct gb_sketch *k = p->k;
    const struct gb_chart_series *s = &k->spec->series[l->series_i];
    const struct gb_chart_point *pt = last_of(s);
    const char *value = gb_ink_value(k, &pt->y, false),
               *name = s->name && n_shown(k->spec) > 1 && p->names_at_ends && !title_names(k->spec, s) ? s->name : "";
    bool strong = s->role == GB_ROLE_ACTUAL || s->role == GB_ROLE_FORECAST;
    l->value = strong ? value : "";
    l->n_lines = 0;
    if (name[0])
        l->n_lines = gb_ink_wrap(k, GB_SANS, k->base, strong ? name : gb_sprintf(k->a, "%s %s", name, value), max_w,
                                 MAX_LABEL_LINES, l->line);
    l->w = label_width(p, l);
    l->h = ((l->value[0] ? 1 : 0) + l->n_lines) * k->base * 1.18;
}

static void collect_ends(struct plot *p, double max_w)
{
    const struct gb_chart *c = p->k->spec;
    p->n_ends = 0;
    for (size_t i = 0; i < c->n_series && p->n_ends < MAX_ENDS; i++) {
        const struct gb_chart_point *pt = last_of(&c->series[i]);
        if (!pt || is_band(&c->series[i]))
            continue;
        struct end_label *l = &p->end[p->n_ends];
        *l = (struct end_label){ .series_i = i };
        word_label(p, l, max_w);
        if (l->h <= 0)
            continue;
        l->inside = pt->x.period < p->hi;
        p->n_ends++;
    }
}

/* ---- the key ---- */
static struct gb_pen reference_pen(const struct gb_sketch *k)
{
    double zoom = k->base / 8.5;
    return (struct gb_pen){ .color = gb_ink, .width_pt = 0.8 * zoom, .dash_pt = { 4 * zoom, 2.4 * zoom }, .n_dash = 2 };
}
static struct gb_pen break_pen(const struct gb_sketch *k)
{
    double zoom = k->base / 8.5;
    return (struct gb_pen){ .color = gb_ink_soft, .width_pt = 0.8 * zoom, .dash_pt = { 0.9 * zoom, 1.7 * zoom }, .n_dash = 2 };
}
static const char *reference_text(struct gb_sketch *k)
{
    const struct gb_chart *c = k->spec;
    const char *value = gb_ink_value(k, &c->reference, false);
    return c->reference_label && c->reference_label[0] ? gb_sprintf(k->a, "%s %s", c->reference_label, value) : value;
}

static int key_items(struct gb_sketch *k, bool names, const struct lost *lost, struct gb_key_item *v)
{
    const struct gb_chart *c = k->spec;
    int n = 0;
    for (size_t i = 0; names && i < c->n_series && n < MAX_KEY - MAX_BREAKS - 1; i++) {
        const struct gb_chart_series *s = &c->series[i];
        const struct gb_chart_point *last = is_band(s) ? NULL : last_of(s);
        if (!last)
            continue;
        v[n++] = (struct gb_key_item){ .text = s->name ? s->name : "",
                                       .figure = gb_ink_value(k, &last->y, false),
                                       .look = GB_KEY_LINE,
                                       .pen = gb_series_pen(k, i) };
    }
    if (lost && lost->reference)
        v[n++] = (struct gb_key_item){ .text = c->reference_label ? c->reference_label : "",
                                       .figure = gb_ink_value(k, &c->reference, false),
                                       .look = GB_KEY_LINE,
                                       .pen = reference_pen(k) };
    for (int i = 0; lost && i < c->n_breaks && i < MAX_BREAKS; i++) {
        struct gb_value at = gb_value_period(c->freq, (int32_t)c->breaks[i]);
        if (lost->mark[i])
            v[n++] = (struct gb_key_item){ .text = gb_sprintf(k->a, "%s: %s", gb_ink_period(k, &at), c->break_label[i]),
                                           .look = GB_KEY_UPRIGHT,
                                           .pen = break_pen(k) };
    }
    return n;
}

double gb_line_key_height(struct gb_sketch *k, double width_pt)
{
    struct gb_key_item v[MAX_KEY];
    struct gb_sketch probe = *k;
    probe.cv = NULL;
    if (n_shown(k->spec) < 2 || width_pt >= k->base * GB_ENDS_FROM_EM)
        return 0;
    return gb_key(&probe, (struct gb_rect){ 0, 0, width_pt, 0 }, k->base, v, key_items(&probe, true, NULL, v)) + k->base * 0.4;
}

/* Margins: try names at the ends; fall back to the key. */
static void set_margins(struct plot *p)
{
    struct gb_sketch *k = p->k;
    double max_w = k->r.w * 0.27, heights = 0, widest = 0;
    p->names_at_ends = true;
    collect_ends(p, max_w);
    bool elided = n_shown(k->spec) > MAX_ENDS;
    for (int i = 0; i < p->n_ends; i++) {
        heights += p->end[i].h;
        for (int j = 0; j < p->end[i].n_lines; j++)
            elided = elided || strstr(p->end[i].line[j], "…");
    }
    bool crowded = elided || k->r.w < k->base * GB_ENDS_FROM_EM || heights > (k->r.h - k->line * 2.4) * 0.9;
    if ((n_shown(k->spec) > 1 && crowded) || p->lost->names) {
        p->names_at_ends = false;
        collect_ends(p, max_w);
    }
    struct gb_key_item v[MAX_KEY];
    int n = key_items(k, !p->names_at_ends, p->lost, v);
    if (n) { /* at least half is for the marks */
        double used = gb_key(k, (struct gb_rect){ k->r.x, k->r.y, k->r.w, k->r.h * 0.5 }, k->base, v, n) + k->base * 0.4;
        k->r.y += used;
        k->r.h -= used;
    }
    for (int i = 0; i < p->n_ends; i++)
        if (!p->end[i].inside && p->end[i].w > widest)
            widest = p->end[i].w;
    p->right = widest > 0 ? widest + k->base * 0.75 : k->base * 0.6;
}

static void place_margin_labels(struct plot *p)
{
    double y[MAX_ENDS], h[MAX_ENDS];
    int at[MAX_ENDS], n = 0;
    for (int i = 0; i < p->n_ends; i++) {
        struct end_label *l = &p->end[i];
        l->anchor_y = py(p, gb_number(&last_of(&p->k->spec->series[l->series_i])->y));
        if (l->inside)
            continue;
        at[n] = i;
        y[n] = l->anchor_y;
        h[n++] = l->h + p->k->base * 0.25; /* a name and the next line's value are not one label */
    }
    /* Without room, what matters least goes: labels are in the order of series, measured ones first to stay. */
    while (n && !gb_push_apart(y, h, n, p->r.y - p->k->base * 0.6, p->r.y + p->r.h + p->k->base * 0.6)) {
        int victim = n - 1;
        for (int i = n - 1; i >= 0; i--)
            if (p->k->spec->series[p->end[at[i]].series_i].role != GB_ROLE_ACTUAL) {
                victim = i;
                break;
            }
        p->end[at[victim]].h = 0;
        p->lost->names = true;
        for (int i = victim; i + 1 < n; i++)
            at[i] = at[i + 1];
        n--;
        for (int i = 0; i < n; i++) {
            y[i] = p->end[at[i]].anchor_y;
            h[i] = p->end[at[i]].h + p->k->base * 0.25;
        }
    }
    for (int i = 0; i < n; i++) {
        p->end[at[i]].x = p->r.x + p->r.w + p->k->base * 0.75;
        p->end[at[i]].y = y[i] - h[i] / 2;
        gb_box_add(p->k, (struct gb_rect){ p->end[at[i]].x, p->end[at[i]].y, p->end[at[i]].w, h[i] });
    }
}

static void place_inside_labels(struct plot *p)
{
    struct gb_sketch *k = p->k;
    struct gb_rect in = { p->r.x, p->r.y - k->base * 0.3, p->r.w + p->right, p->r.h };
    for (int i = 0; i < p->n_ends; i++) {
        struct end_label *l = &p->end[i];
        if (!l->inside)
            continue;
        double x = px(p, last_of(&k->spec->series[l->series_i])->x.period), y = l->anchor_y, d = k->base * 0.7;
        double below = y + d, above = y - d - l->h, middle = y - l->h / 2;
        const struct gb_point try[] = { { x + d, middle },
                                        { x + d, above + d * 0.5 },
                                        { x + d, below - d * 0.5 },
                                        { x - l->w / 2, above },
                                        { x - l->w / 2, below },
                                        { x - l->w - d, above + d * 0.5 },
                                        { x - l->w - d, below - d * 0.5 },
                                        { x - l->w / 2, above - l->h },
                                        { x - l->w / 2, below + l->h },
                                        { x + d, above - l->h },
                                        { x + d, below + l->h } };
        int best = gb_place(k, in, l->w, l->h, try, (int)(sizeof try / sizeof *try));
        if (best < 0) {
            l->h = 0;
            p->lost->names = true;
            continue;
        }
        l->x = try[best].x;
        l->y = try[best].y;
        gb_box_add(k, (struct gb_rect){ l->x, l->y, l->w, l->h });
    }
}

static void draw_label(struct plot *p, const struct end_label *l)
{
    struct gb_sketch *k = p->k;
    if (l->h <= 0)
        return;
    double y = l->y + k->base * 0.93, step = k->base * 1.18;
    struct gb_rgba c = label_ink(p, l->series_i);
    if (l->inside && gb_seg_crossings(k, (struct gb_rect){ l->x, l->y, l->w, l->h }))
        gb_canvas_fill_rect(k->cv, (struct gb_rect){ l->x - 1, l->y, l->w + 2, l->h }, (struct gb_rgba){ 255, 255, 255, 215 });
    if (l->value[0]) {
        gb_ink_text(k, GB_SANS_BOLD, k->base, c, GB_START, l->x, y, l->value);
        y += step;
    }
    for (int i = 0; i < l->n_lines; i++, y += step)
        gb_ink_text(k, GB_SANS, k->base, c, GB_START, l->x, y, l->line[i]);
}

/* ---- axes ---- */
static double measure(void *k, const char *s)
{
    return gb_ink_width(k, GB_SANS, ((struct gb_sketch *)k)->base, s);
}

static void draw_y_axis(struct plot *p)
{
    struct gb_sketch *k = p->k;
    double hair = 0.5 * k->base / 8.5;
    struct gb_pen grid = { .color = gb_rule_soft, .width_pt = hair }, zero = { .color = gb_rule, .width_pt = hair * 1.4 };
    double apart = p->y.n > 1 ? p->r.h / (p->y.n - 1) : p->r.h;
    int stride = 1 + (int)(k->base * 1.15 / apart); /* in a flat plot not every line is named */
    for (int i = 0; i < p->y.n; i++) {
        double y = py(p, gb_dec_to_double(p->y.tick[i], p->y.scale));
        gb_canvas_line(k->cv, p->r.x, y, p->r.x + p->r.w, y, i == 0 || p->y.tick[i] == 0 ? &zero : &grid);
        if (i % stride == 0)
            gb_ink_text(k, GB_SANS, k->base, gb_ink_soft, GB_END, p->r.x - k->base * 0.5, y + k->base * 0.35,
                        gb_ink_tick(k, &p->y, i));
    }
}

static void draw_x_axis(struct plot *p)
{
    struct gb_sketch *k = p->k;
    struct gb_time_tick tick[MAX_TIME_TICKS];
    int n = gb_time_ticks(k->spec->freq, p->lo, p->hi, p->r.w, k->base * 0.9, measure, k, tick, MAX_TIME_TICKS);
    double y = p->r.y + p->r.h, len = k->base * 0.35, left = k->whole.x, right = k->whole.x + k->whole.w,
           free_from[2] = { left, left };
    struct gb_pen pen = { .color = gb_rule, .width_pt = 0.7 * k->base / 8.5 };
    for (int i = 0; i < n; i++) {
        double x = px(p, tick[i].period);
        gb_canvas_line(k->cv, x, y, x, y + len, &pen);
        const char *row[2] = { tick[i].text, tick[i].group };
        for (int j = 0; j < 2; j++) {
            if (!row[j][0])
                continue;
            double w = gb_ink_width(k, GB_SANS, k->base, row[j]), at = x - w / 2;
            if (at < left)
                at = left;
            if (at + w > right)
                at = right - w;
            if (at < free_from[j])
                continue; /* pushed in from the edge onto its neighbour */
            free_from[j] = at + w + k->base * 0.3;
            gb_ink_text(k, GB_SANS, k->base, j == 0 && tick[i].last ? gb_ink : gb_ink_soft, GB_START, at,
                        y + len + k->base * (1.05 + 1.2 * j), row[j]);
        }
    }
}

/* ---- marks ---- */
static void draw_breaks(struct plot *p)
{
    struct gb_sketch *k = p->k;
    struct gb_pen pen = break_pen(k);
    for (int i = 0; i < k->spec->n_breaks; i++) {
        int64_t at = k->spec->breaks[i];
        if (at <= p->lo || at > p->hi)
            continue;
        /* The new series begins with this period: the mark stands between it and the one before. */
        double x = (px(p, (int32_t)at) + px(p, (int32_t)at - 1)) / 2;
        gb_canvas_line(k->cv, x, p->r.y, x, p->r.y + p->r.h, &pen);
        gb_seg_add(k, x, p->r.y, x, p->r.y + p->r.h);
    }
}

static void label_breaks(struct plot *p)
{
    struct gb_sketch *k = p->k;
    double size = k->base * 0.9, h = size * 1.2, d = k->base * 0.4;
    for (int i = 0; i < k->spec->n_breaks; i++) {
        int64_t at = k->spec->breaks[i];
        if (at <= p->lo || at > p->hi || !k->spec->break_label[i] || p->lost->mark[i])
            continue;
        double x = (px(p, (int32_t)at) + px(p, (int32_t)at - 1)) / 2;
        const char *s = k->spec->break_label[i];
        double w = gb_ink_width(k, GB_SANS, size, s);
        struct gb_point try[16];
        for (int row = 0; row < 8; row++) {
            double y = p->r.y + d * 0.5 + (row < 4 ? row * h : p->r.h - d - (8 - row) * h);
            try[row * 2] = (struct gb_point){ x + d, y };
            try[row * 2 + 1] = (struct gb_point){ x - d - w, y };
        }
        int best = gb_place(k, p->r, w, h, try, 16);
        p->lost->mark[i] = best < 0;
        if (best < 0)
            continue;
        gb_box_add(k, (struct gb_rect){ try[best].x, try[best].y, w, h });
        gb_ink_text(k, GB_SANS, size, gb_ink_soft, GB_START, try[best].x, try[best].y + size * 0.95, s);
    }
}

static void draw_reference(struct plot *p)
{
    struct gb_sketch *k = p->k;
    if (!k->spec->has_reference || !gb_is_number(&k->spec->reference))
        return;
    double y = py(p, gb_number(&k->spec->reference));
    struct gb_pen pen = reference_pen(k);
    gb_canvas_line(k->cv, p->r.x, y, p->r.x + p->r.w, y, &pen);
    gb_seg_add(k, p->r.x, y, p->r.x + p->r.w, y);
}

/* The way to the plan ends on the plan's own line: its label there has named both. */
static bool way_names_reference(const struct plot *p)
{
    const struct gb_chart *c = p->k->spec;
    for (int i = 0; i < p->n_ends && p->names_at_ends; i++) {
        const struct gb_chart_series *s = &c->series[p->end[i].series_i];
        const struct gb_value *v = &last_of(s)->y;
        if (s->role == GB_ROLE_NEEDED && p->end[i].h > 0 && v->scale == c->reference.scale && v->num == c->reference.num)
            return true;
    }
    return false;
}

static void label_reference(struct plot *p)
{
    struct gb_sketch *k = p->k;
    const struct gb_chart *c = k->spec;
    if (!c->has_reference || !gb_is_number(&c->reference) || p->lost->reference || way_names_reference(p))
        return;
    const char *line[2]; /* on a telephone "kế hoạch tháng (minh họa) 1.400.000" takes two */
    int n = gb_ink_wrap_even(k, GB_SANS, k->base, reference_text(k), p->r.w * 0.6, 2, line);
    double w = 0, step = k->base * 1.15, h = n * step, y = py(p, gb_number(&c->reference));
    for (int i = 0; i < n; i++) {
        double wide = gb_ink_width(k, GB_SANS, k->base, line[i]);
        w = wide > w ? wide : w;
    }
    struct gb_point try[18];
    for (int i = 0; i < 9; i++) {
        double x = p->r.x + k->base * 0.4 + (p->r.w - w - k->base * 0.8) * i / 8;
        try[i] = (struct gb_point){ x, y - h - k->base * 0.15 };
        try[9 + i] = (struct gb_point){ x, y + k->base * 0.2 };
    }
    struct gb_rect in = { p->r.x, p->r.y - step, p->r.w, p->r.h + step };      /* one line may rise above the plot */
    int best = strstr(line[n - 1], "…") ? -1 : gb_place(k, in, w, h, try, 18); /* cut, it would lose its figure */
    if (best < 0) {
        p->lost->reference = true;
        return;
    }
    struct gb_rect box = { try[best].x, try[best].y, w, h };
    if (gb_seg_crossings(k, box))
        gb_canvas_fill_rect(k->cv, box, (struct gb_rgba){ 255, 255, 255, 215 });
    gb_box_add(k, box);
    for (int i = 0; i < n; i++)
        gb_ink_text(k, GB_SANS, k->base, gb_ink, GB_START, box.x, box.y + k->base * 0.93 + i * step, line[i]);
}

/* The forecast's interval, from the last measured point on: light enough for the lines and in print. */
static void draw_band(struct plot *p)
{
    const struct gb_chart *c = p->k->spec;
    const struct gb_chart_series *low = NULL, *high = NULL, *actual = NULL;
    for (size_t i = 0; i < c->n_series; i++) {
        low = c->series[i].role == GB_ROLE_LOW ? &c->series[i] : low;
        high = c->series[i].role == GB_ROLE_HIGH ? &c->series[i] : high;
        actual = c->series[i].role == GB_ROLE_ACTUAL && !actual ? &c->series[i] : actual;
    }
    if (!low || !high || low->n != high->n || !low->n)
        return;
    struct gb_path path;
    gb_path_init(&path, p->k->a);
    const struct gb_chart_point *from = actual ? last_of(actual) : NULL;
    bool begun = from && from->x.period < low->point[0].x.period;
    if (begun)
        gb_path_move(&path, px(p, from->x.period), py(p, gb_number(&from->y)));
    for (size_t i = 0; i < high->n; i++, begun = true)
        (begun ? gb_path_line : gb_path_move)(&path, px(p, high->point[i].x.period), py(p, gb_number(&high->point[i].y)));
    for (size_t i = low->n; i-- > 0;)
        gb_path_line(&path, px(p, low->point[i].x.period), py(p, gb_number(&low->point[i].y)));
    gb_path_close(&path);
    gb_canvas_fill(p->k->cv, &path, gb_band);
}

static bool is_plan(const struct gb_chart_series *s)
{
    return s->role == GB_ROLE_TARGET || s->role == GB_ROLE_PACE || s->role == GB_ROLE_NEEDED;
}

/* A forecast goes on from the last measured point. */
static const struct gb_chart_point *comes_from(const struct gb_chart *c, const struct gb_chart_series *s)
{
    for (size_t i = 0; s->role == GB_ROLE_FORECAST && i < c->n_series; i++)
        if (c->series[i].role == GB_ROLE_ACTUAL) {
            const struct gb_chart_point *last = last_of(&c->series[i]);
            return last && s->n && last->x.period + 1 == s->point[0].x.period ? last : NULL;
        }
    return NULL;
}

/* The first period of a new series is not to be compared with the one before: no line leads there. */
static bool is_broken(const struct gb_chart *c, const struct gb_chart_point *pt)
{
    for (int i = 0; i < c->n_breaks; i++)
        if (c->breaks[i] == pt->x.period)
            return true;
    return false;
}

static void draw_series(struct plot *p, size_t series_i)
{
    const struct gb_chart_series *s = &p->k->spec->series[series_i];
    struct gb_pen pen = gb_series_pen(p->k, series_i);
    struct gb_path path;
    gb_path_init(&path, p->k->a);
    const struct gb_chart_point *before = comes_from(p->k->spec, s);
    if (before)
        gb_path_move(&path, px(p, before->x.period), py(p, gb_number(&before->y)));
    for (size_t i = 0; i < s->n; i++) {
        const struct gb_chart_point *pt = &s->point[i];
        if (!drawable(pt)) {
            before = NULL;
            continue;
        }
        double x = px(p, pt->x.period), y = py(p, gb_number(&pt->y));
        /* Not the next period, or no longer the same series: the line breaks. Plans are no measurements: they run through. */
        bool runs = before && (is_plan(s) || (pt->x.period == before->x.period + 1 && !is_broken(p->k->spec, pt)));
        if (runs) {
            gb_path_line(&path, x, y);
            gb_seg_add(p->k, px(p, before->x.period), py(p, gb_number(&before->y)), x, y);
        } else
            gb_path_move(&path, x, y);
        before = pt;
    }
    if (path.n_ops > 1)
        gb_canvas_stroke(p->k->cv, &path, &pen);
}

static void dot(struct gb_sketch *k, double x, double y, double r, struct gb_pen pen, bool hollow)
{
    struct gb_path c;
    gb_path_init(&c, k->a);
    gb_path_circle(&c, x, y, r);
    gb_canvas_fill(k->cv, &c, hollow ? gb_ground : pen.color);
    pen.n_dash = 0;
    pen.width_pt = 1.1 * k->base / 8.5;
    if (hollow)
        gb_canvas_stroke(k->cv, &c, &pen);
    gb_seg_add(k, x - r, y, x + r, y);
}

static bool joins(const struct gb_chart *c, const struct gb_chart_series *s, size_t i, size_t j)
{
    return drawable(&s->point[i]) && drawable(&s->point[j]) && s->point[j].x.period == s->point[i].x.period + 1 &&
           !is_broken(c, &s->point[j]);
}

static void draw_dots(struct plot *p, size_t series_i)
{
    const struct gb_chart *c = p->k->spec;
    const struct gb_chart_series *s = &c->series[series_i];
    if (is_plan(s) && (s->role != GB_ROLE_NEEDED || s->n > 1))
        return;
    struct gb_pen pen = gb_series_pen(p->k, series_i);
    const struct gb_chart_point *last = last_of(s);
    double zoom = p->k->base / 8.5;
    for (size_t i = 0; i < s->n; i++) {
        const struct gb_chart_point *pt = &s->point[i];
        if (!drawable(pt))
            continue;
        bool alone = !(i && joins(c, s, i - 1, i)) && !(i + 1 < s->n && joins(c, s, i, i + 1)),
             hollow = gb_is_provisional(&pt->y);
        bool measured = s->role == GB_ROLE_ACTUAL, end = pt == last && measured;
        if (!end && !hollow && !alone && !pt->highlight && !(measured && s->n <= ALL_DOTS))
            continue;
        dot(p->k, px(p, pt->x.period), py(p, gb_number(&pt->y)),
            (end || pt->highlight ? 2.7
             : hollow             ? 2.1
                                  : 1.6) *
                zoom,
            pen, hollow);
    }
}

static void draw_marks(struct plot *p)
{
    const struct gb_chart *c = p->k->spec;
    draw_band(p);
    draw_breaks(p);
    draw_reference(p);
    for (int pass = 0; pass < 2; pass++) /* context first, measured on top */
        for (size_t i = 0; i < c->n_series; i++)
            if (!is_band(&c->series[i]) && (c->series[i].role == GB_ROLE_ACTUAL) == (pass == 1)) {
                draw_series(p, i);
                draw_dots(p, i);
            }
}

/* Everything, on k->cv. What found no place is noted in `lost`. */
static void draw(struct gb_sketch *k, struct lost *lost)
{
    struct plot p = { .k = k, .lost = lost };
    if (!find_domain(&p)) {
        gb_nothing_to_draw(k);
        return;
    }
    set_margins(&p);
    if (!p.names_at_ends)
        (void)find_domain(&p); /* the key took some height: fewer ticks may do */
    double left = 0, below = k->base * gb_axis_rows_em(k->spec->freq), above = k->base * 0.6;
    for (int i = 0; i < p.y.n; i++) {
        double w = gb_ink_width(k, GB_SANS, k->base, gb_ink_tick(k, &p.y, i));
        if (w > left)
            left = w;
    }
    left += k->base * 0.5;
    p.r = (struct gb_rect){ k->r.x + left, k->r.y + above, k->r.w - left - p.right, k->r.h - above - below };
    if (p.r.w < k->base * 2 || p.r.h < k->base * 2) {
        gb_no_room(k);
        return;
    }
    draw_y_axis(&p);
    draw_x_axis(&p);
    draw_marks(&p);
    place_margin_labels(&p);
    place_inside_labels(&p);
    label_reference(&p);
    label_breaks(&p);
    for (int i = 0; i < p.n_ends; i++)
        draw_label(&p, &p.end[i]);
}

void gb_draw_line(struct gb_sketch *k)
{
    static const struct gb_canvas_ops nowhere = { .name = "nowhere" };
    struct lost lost = { 0 }, before;
    for (int round = 0; round < ROUNDS; round++) { /* a key takes height, and then another label may find no place */
        struct gb_sketch trial = *k;
        struct gb_err e = { 0 };
        before = lost;
        trial.cv = gb_canvas_new(&nowhere, NULL);
        draw(&trial, &lost);
        if (gb_canvas_close(trial.cv, &e) || memcmp(&before, &lost, sizeof lost) == 0)
            break; /* an error of the trial comes again in the drawing, and is kept there */
    }
    draw(k, &lost);
}

/* ---- the line in a table's cell ---- */
void gb_draw_spark(struct gb_sketch *k)
{
    const struct gb_chart *c = k->spec;
    struct plot p = { .k = k };
    if (!find_domain(&p))
        return;
    size_t main_i = 0;
    while (main_i + 1 < c->n_series && c->series[main_i].role != GB_ROLE_ACTUAL)
        main_i++;
    const struct gb_chart_series *s = &c->series[main_i];
    double lo = 0, hi = 0, zoom = k->base / 8.5, pad = 2.2 * zoom;
    bool any = false;
    for (size_t i = 0; i < s->n; i++)
        if (drawable(&s->point[i]))
            grow(gb_number(&s->point[i].y), &lo, &hi, &any);
    if (!any || k->r.w < pad * 3 || k->r.h < pad * 2)
        return;
    p.y = (struct gb_scale){ .lo = lo, .hi = hi };
    if (lo == hi)
        p.y = (struct gb_scale){ .lo = lo - 1, .hi = lo + 1 };
    if (p.y.lo >= p.y.hi)
        return; /* beyond 2^53 a step of one is nothing */
    p.r = (struct gb_rect){ k->r.x + pad, k->r.y + pad, k->r.w - 2 * pad, k->r.h - 2 * pad };
    struct gb_pen pen = { .color = gb_rule, .width_pt = 1.1 * zoom, .round = true };
    struct gb_path path;
    gb_path_init(&path, k->a);
    const struct gb_chart_point *before = NULL;
    for (size_t i = 0; i < s->n; i++) {
        const struct gb_chart_point *pt = &s->point[i];
        if (!drawable(pt)) {
            before = NULL;
            continue;
        }
        double x = px(&p, pt->x.period), y = py(&p, gb_number(&pt->y));
        if (before && pt->x.period == before->x.period + 1)
            gb_path_line(&path, x, y);
        else
            gb_path_move(&path, x, y);
        before = pt;
    }
    if (path.n_ops > 1)
        gb_canvas_stroke(k->cv, &path, &pen);
    const struct gb_chart_point *last = last_of(s);
    pen.color = gb_accent;
    dot(k, px(&p, last->x.period), py(&p, gb_number(&last->y)), 1.9 * zoom, pen, gb_is_provisional(&last->y));
}
