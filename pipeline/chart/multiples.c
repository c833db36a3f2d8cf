/* multiples.c — small multiples: one small line a series, all over the same time, on a grid.
 *
 * A panel names its series, its newest figure with period and state, and its limit in words; the line below shows how it came
 * there. With one shared scale heights compare across panels; with own scales only shapes do, and each panel has its ticks. In less
 * height than asked for plots get lower; panels without room are counted, never dropped in silence.
 */
#include "chart/ink.h"

enum { NAME_LINES = 3, WANT_TICKS = 3 };

struct panel {
    const struct gb_chart_series *s;
    const char *line[NAME_LINES], *value, *when, *limit;
    int n_lines;
    const struct gb_chart_point *last;
    struct gb_scale scale;
};
struct grid {
    struct gb_sketch *k;
    struct panel *v;
    size_t n, cols, rows;
    double w, gap, ticks_w, head_h, axis_h;
    int name_lines;
    bool limits;
    int32_t lo, hi; /* periods */
};

static double small(const struct gb_sketch *k)
{
    return k->base * 0.92;
}

static void see(const struct gb_value *v, double *lo, double *hi, int *decimals)
{
    if (!gb_is_number(v))
        return;
    double d = gb_number(v);
    *lo = d < *lo ? d : *lo;
    *hi = d > *hi ? d : *hi;
    *decimals = v->decimals > *decimals ? v->decimals : *decimals;
}

static void scale_of(const struct panel *from, size_t n, struct gb_scale *out)
{
    double lo = 1e300, hi = -1e300;
    int decimals = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < from[i].s->n; j++)
            see(&from[i].s->point[j].y, &lo, &hi, &decimals);
        if (from[i].s->has_limit && hi >= lo)
            see(&from[i].s->limit, &lo, &hi, &decimals);
    }
    if (lo > hi)
        lo = hi = 0;
    gb_scale_snug(out, lo, hi, decimals, WANT_TICKS);
}

static void read_panel(struct grid *g, struct panel *p)
{
    struct gb_sketch *k = g->k;
    p->n_lines = gb_ink_wrap(k, GB_SANS_BOLD, small(k), p->s->name ? p->s->name : "", g->w, NAME_LINES, p->line);
    if (p->n_lines > g->name_lines)
        g->name_lines = p->n_lines;
    for (size_t j = 0; j < p->s->n; j++) {
        const struct gb_chart_point *pt = &p->s->point[j];
        g->lo = pt->x.period < g->lo ? pt->x.period : g->lo;
        g->hi = pt->x.period > g->hi ? pt->x.period : g->hi;
        if (gb_is_number(&pt->y))
            p->last = pt;
    }
    p->value = p->last ? gb_ink_value(k, &p->last->y, false) : "chưa có số liệu";
    p->when = p->last ? gb_ink_period(k, &p->last->x) : "";
    if (p->s->has_limit && gb_is_number(&p->s->limit)) {
        p->limit =
            gb_sprintf(k->a, "%s %s", p->s->limit_label ? p->s->limit_label : "ngưỡng", gb_ink_value(k, &p->s->limit, false));
        g->limits = true;
    }
}

static void measure(struct grid *g, struct gb_sketch *k, double width)
{
    *g = (struct grid){ .k = k, .n = k->spec->n_series, .gap = k->base * 1.3, .lo = INT32_MAX, .hi = INT32_MIN, .name_lines = 1 };
    g->cols = (size_t)((width + g->gap) / (k->base * 12.6 + g->gap));
    g->cols = g->cols < 1 ? 1 : g->cols > g->n ? g->n : g->cols;
    while (g->cols > 1 && (g->n + g->cols - 2) / (g->cols - 1) == (g->n + g->cols - 1) / g->cols)
        g->cols--; /* the same rows with fewer, wider columns: 4 panels are 2 by 2, not 3 and 1 */
    g->rows = (g->n + g->cols - 1) / g->cols;
    g->w = (width + g->gap) / (double)g->cols - g->gap;
    g->v = GB_NEW_N(k->a, g->n, struct panel);
    for (size_t i = 0; i < g->n; i++) {
        g->v[i].s = &k->spec->series[i];
        read_panel(g, &g->v[i]);
    }
    for (size_t i = 0; i < g->n; i++) {
        scale_of(k->spec->shared ? g->v : &g->v[i], k->spec->shared ? g->n : 1, &g->v[i].scale);
        for (int t = 0; t < g->v[i].scale.n; t++) {
            double w = gb_ink_width(k, GB_SANS, small(k), gb_ink_tick(k, &g->v[i].scale, t));
            g->ticks_w = w > g->ticks_w ? w : g->ticks_w;
        }
    }
    g->ticks_w =
        g->ticks_w > g->w * 0.4 ? 0 : g->ticks_w + k->base * 0.5; /* 0: no room for ticks, the newest figure is told above */
    g->head_h = (g->name_lines + 1 + g->limits) * k->line + k->base * 0.65;
    g->axis_h = k->line * 1.1;
}

static double height_of(const struct grid *g, size_t rows, double plot)
{
    return (double)rows * (g->head_h + plot + g->axis_h + g->gap) - (rows ? g->gap : 0);
}

double gb_multiples_height(struct gb_sketch *k, double width_pt)
{
    struct grid g;
    measure(&g, k, width_pt);
    return height_of(&g, g.rows, k->base * 6) + k->base * 0.2;
}

/* ---- drawing ---------------------------------------------------------------------------------------------------------- */
static void draw_head(const struct grid *g, const struct panel *p, double x, double y)
{
    struct gb_sketch *k = g->k;
    for (int i = 0; i < p->n_lines; i++)
        gb_ink_text(k, GB_SANS_BOLD, small(k), gb_ink, GB_START, x, y + (g->name_lines - p->n_lines + i) * k->line + k->base,
                    p->line[i]);
    y += g->name_lines * k->line;
    double at = x, right = x + g->w;
    if (p->last && gb_stands_at(p->last->state, GB_GOOD)) {
        gb_state_mark(k->cv, p->last->state, at + k->base * 0.42, y + k->base * 0.68, k->base * 0.38, k->a);
        at += k->base * 1.15;
    }
    enum gb_font f = p->last ? GB_SANS_BOLD : GB_SANS;
    const char *value =
        p->last ? gb_ink_whole(k, f, k->base, p->value, right - at) : gb_ink_elide(k, f, k->base, p->value, right - at);
    gb_ink_text(k, f, k->base, p->last ? gb_ink : gb_ink_soft, GB_START, at, y + k->base, value);
    at += gb_ink_width(k, f, k->base, value) + k->base * 0.6;
    if (at + gb_ink_width(k, GB_SANS, small(k), p->when) <= right)
        gb_ink_text(k, GB_SANS, small(k), gb_ink_soft, GB_START, at, y + k->base, p->when);
    if (p->limit)
        gb_ink_text(k, GB_SANS, small(k), gb_ink_soft, GB_START, x, y + k->line + k->base,
                    gb_ink_elide(k, GB_SANS, small(k), p->limit, g->w));
}

static double px(const struct grid *g, struct gb_rect plot, int32_t period)
{
    return g->hi == g->lo ? plot.x + plot.w / 2 : plot.x + plot.w * ((double)period - g->lo) / ((double)g->hi - g->lo);
}
static double py(const struct panel *p, struct gb_rect plot, const struct gb_value *v)
{
    return plot.y + plot.h * (1 - gb_scale_frac(&p->scale, gb_number(v)));
}

static void draw_ticks(const struct grid *g, const struct panel *p, struct gb_rect plot)
{
    struct gb_sketch *k = g->k;
    struct gb_pen rule = { gb_rule_soft, 0.5 * k->base / 8.5, { 0 }, 0, false };
    double last = 1e9;
    for (int t = 0; t < p->scale.n; t++) {
        double at = plot.y + plot.h * (1 - gb_scale_frac(&p->scale, gb_dec_to_double(p->scale.tick[t], p->scale.scale)));
        gb_canvas_line(k->cv, plot.x, at, plot.x + plot.w, at, &rule);
        if (g->ticks_w <= 0 || last - at < k->base)
            continue;
        gb_ink_text(k, GB_SANS, small(k), gb_ink_soft, GB_END, plot.x - k->base * 0.4, at + k->base * 0.32,
                    gb_ink_tick(k, &p->scale, t));
        last = at;
    }
}

static void draw_periods(const struct grid *g, struct gb_rect plot)
{
    struct gb_sketch *k = g->k;
    struct gb_value from = gb_value_period(k->spec->freq, g->lo), to = gb_value_period(k->spec->freq, g->hi);
    const char *first = gb_ink_period(k, &from), *last = gb_ink_period(k, &to);
    double y = plot.y + plot.h + k->base * 1.15, wa = gb_ink_width(k, GB_SANS, small(k), first),
           wb = gb_ink_width(k, GB_SANS, small(k), last);
    if (wb > plot.w)
        return;
    gb_ink_text(k, GB_SANS, small(k), gb_ink_soft, GB_END, plot.x + plot.w, y, last);
    if (g->lo != g->hi && wa + wb + k->base * 0.8 <= plot.w)
        gb_ink_text(k, GB_SANS, small(k), gb_ink_soft, GB_START, plot.x, y, first);
}

static void dot(struct gb_sketch *k, double x, double y, const struct gb_value *v, struct gb_rgba color)
{
    struct gb_path p;
    struct gb_pen rim = { color, 0.9 * k->base / 8.5, { 0 }, 0, false };
    gb_path_init(&p, k->a);
    gb_path_circle(&p, x, y, k->base * 0.24);
    gb_canvas_fill(k->cv, &p, gb_is_provisional(v) ? gb_ground : color);
    if (gb_is_provisional(v))
        gb_canvas_stroke(k->cv, &p, &rim);
}

/* A missing value or period breaks the line; a value alone between gaps is a dot. */
static void draw_line(const struct grid *g, const struct panel *p, struct gb_rect plot)
{
    struct gb_sketch *k = g->k;
    struct gb_pen pen = { gb_accent, 1.4 * k->base / 8.5, { 0 }, 0, true };
    struct gb_path path;
    gb_path_init(&path, k->a);
    size_t run = 0;
    for (size_t j = 0; j < p->s->n; j++) {
        const struct gb_chart_point *pt = &p->s->point[j];
        bool here = gb_is_number(&pt->y);
        bool joined = here && run && pt->x.period == p->s->point[j - 1].x.period + 1;
        if (!here) {
            run = 0;
            continue;
        }
        double x = px(g, plot, pt->x.period), y = py(p, plot, &pt->y);
        if (joined)
            gb_path_line(&path, x, y);
        else
            gb_path_move(&path, x, y);
        run = joined ? run + 1 : 1;
        bool next = j + 1 < p->s->n && gb_is_number(&p->s->point[j + 1].y) && p->s->point[j + 1].x.period == pt->x.period + 1;
        if (!joined && !next)
            dot(k, x, y, &pt->y, pen.color);
    }
    if (path.n_ops)
        gb_canvas_stroke(k->cv, &path, &pen);
    if (p->last)
        dot(k, px(g, plot, p->last->x.period), py(p, plot, &p->last->y), &p->last->y, pen.color);
}

static void draw_panel(const struct grid *g, const struct panel *p, struct gb_rect r)
{
    struct gb_sketch *k = g->k;
    double inset = k->base * 0.35;
    draw_head(g, p, r.x, r.y);
    struct gb_rect plot = { r.x + g->ticks_w, r.y + g->head_h, r.w - g->ticks_w - inset, r.h - g->head_h - g->axis_h };
    if (!p->last)
        return;
    draw_ticks(g, p, plot);
    if (p->limit) {
        struct gb_pen pen = { gb_ink, 0.9 * k->base / 8.5, { 4, 2.4 }, 2, false };
        double y = py(p, plot, &p->s->limit);
        gb_canvas_line(k->cv, plot.x, y, plot.x + plot.w, y, &pen);
    }
    draw_line(g, p, plot);
    draw_periods(g, plot);
}

void gb_draw_multiples(struct gb_sketch *k)
{
    struct grid g;
    measure(&g, k, k->r.w);
    double least = k->base * 2.5, plot = k->base * 6;
    size_t rows = g.rows;
    if (height_of(&g, rows, plot) > k->r.h + 0.01) {
        plot = (k->r.h + g.gap) / (double)rows - g.gap - g.head_h - g.axis_h;
        if (plot < least) {
            plot = least;
            while (rows && height_of(&g, rows, plot) > k->r.h - k->line)
                rows--;
        }
    }
    double h = g.head_h + plot + g.axis_h;
    size_t shown = rows * g.cols < g.n ? rows * g.cols : g.n;
    for (size_t i = 0; i < shown; i++)
        draw_panel(&g, &g.v[i],
                   (struct gb_rect){ k->r.x + (double)(i % g.cols) * (g.w + g.gap), k->r.y + (double)(i / g.cols) * (h + g.gap),
                                     g.w, h });
    double y = k->r.y + height_of(&g, rows, plot);
    gb_rest(k, g.n - shown, "hình nữa không đủ chỗ để vẽ", y);
}
