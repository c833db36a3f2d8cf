/* bars.c — ranked bars and bullets: one row a name, all rows laid out by one function that also tells the height.
 *
 * Bars start at zero, always. Every bar carries its figure, so there is no axis to read off and no grid. A row's name is
 * broken over up to four lines before anything is cut. Other series (target, last year) are ticks across the bar. With less
 * height than asked for, rows move together down to the height of the letters; what still has no room is named as a number
 * of rows, never dropped in silence.
 */
#include "chart/rows.h"

#include "base/decimal.h"

static double rows_height(struct gb_sketch *k, double width, bool least)
{
    struct gb_rows b;
    gb_rows_measure(&b, k, width);
    double h = (least ? gb_rows_least(&b) : b.height) + k->base * 0.4;
    if (gb_rows_need_key(&b)) {
        struct gb_sketch probe = *k;
        probe.cv = NULL;
        probe.r = (struct gb_rect){ 0, 0, width, 0 };
        b.k = &probe;
        gb_rows_key(&b);
        h += probe.r.y;
    }
    if (k->spec->kind == GB_CHART_BARS && k->spec->has_reference)
        h += k->line;
    if (k->spec->kind == GB_CHART_BULLET)
        h += k->line * 1.3;
    return h;
}
double gb_bars_height(struct gb_sketch *k, double width_pt)
{
    return rows_height(k, width_pt, false);
}
double gb_bullet_height(struct gb_sketch *k, double width_pt)
{
    return rows_height(k, width_pt, false);
}
double gb_bars_least(struct gb_sketch *k, double width_pt)
{
    return rows_height(k, width_pt, true);
}

/* ---- drawing ---- */
static struct gb_rgba bar_color(const struct gb_rows *b, int s, const struct gb_chart_point *pt)
{
    if (b->n_actual > 1)
        return gb_series_pen(b->k, b->actual_i[s]).color;
    bool any = false;
    for (size_t i = 0; i < b->n; i++)
        any = any || b->main->point[i].highlight;
    /* With one row to look at, the others step back. */
    return !any || pt->highlight ? gb_accent : gb_back;
}

/* Where a bar ends. A figure that is not zero has at least a hair of ink. */
static double bar_end(const struct gb_field *f, double v, double least)
{
    double end = gb_field_x(f, v);
    if (v > 0 && end < f->zero + least)
        end = f->zero + least;
    if (v < 0 && end > f->zero - least)
        end = f->zero - least;
    return end;
}

static void draw_bar(const struct gb_rows *b, const struct gb_field *f, int s, size_t i, double y, double h)
{
    struct gb_sketch *k = b->k;
    const struct gb_chart_point *pt = gb_row_point(b->actual[s], b->main, i);
    if (!pt || !gb_is_number(&pt->y))
        return;
    double v = gb_number(&pt->y), end = bar_end(f, v, 0.4 * k->base / 8.5), thick = h * 0.68;
    if (thick > k->base * 1.15)
        thick = k->base * 1.15;
    struct gb_rect bar = { v < 0 ? end : f->zero, y + (h - thick) / 2, v < 0 ? f->zero - end : end - f->zero, thick };
    struct gb_rgba color = bar_color(b, s, pt);
    if (bar.w > 0 && gb_is_provisional(&pt->y)) { /* lighter with an edge: not final, yet a bar that prints */
        struct gb_path p;
        struct gb_pen pen = { .color = color, .width_pt = 1 * k->base / 8.5 };
        gb_path_init(&p, k->a);
        gb_path_rect(&p, bar);
        gb_canvas_fill(k->cv, &p, color.r == gb_accent.r && color.b == gb_accent.b ? GB_RGB(0x7fa9c7) : GB_RGB(0xc9dae6));
        gb_canvas_stroke(k->cv, &p, &pen);
    } else if (bar.w > 0)
        gb_canvas_fill_rect(k->cv, bar, color);
}

/* The figure at the end of its bar, beyond any tick or line that stands there: neither hides the other. */
static void draw_figure(const struct gb_rows *b, const struct gb_field *f, int s, size_t i, double y, double h)
{
    struct gb_sketch *k = b->k;
    const struct gb_chart_point *pt = gb_row_point(b->actual[s], b->main, i);
    if (!pt)
        return;
    bool number = gb_is_number(&pt->y), left = number && pt->y.num < 0;
    enum gb_font font = number && gb_row_stands_out(b, i) ? GB_SANS_BOLD : GB_SANS;
    const char *text = gb_ink_value(k, &pt->y, false);
    double gap = k->base * 0.4, limit = k->r.x + k->r.w, w = gb_ink_width(k, font, k->base, text);
    double end = number ? bar_end(f, gb_number(&pt->y), 0.4 * k->base / 8.5) : f->zero, x = left ? end - gap - w : end + gap;
    if (!number) {
        text = gb_ink_elide(k, font, k->base, text, limit - x);
        w = gb_ink_width(k, font, k->base, text);
    }
    for (size_t moved = 0; moved <= k->segs.n; moved++) {
        const struct gb_seg *hit = NULL;
        for (size_t j = 0; j < k->segs.n && !hit; j++) {
            const struct gb_seg *t = &k->segs.seg[j];
            bool row = t->y1 < y + h && t->y2 > y, here = t->x1 > x - gap / 2 && t->x1 < x + w + gap / 2;
            if (row && here)
                hit = t;
        }
        if (!hit)
            break;
        double to = left ? hit->x1 - gap - w : hit->x1 + gap;
        if (left ? to < k->r.x + b->names : to + w > limit)
            break; /* no room beyond: stays, on a ground of its own */
        x = to;
    }
    struct gb_rect box = { x - 1, y + h / 2 - k->base * 0.5, w + 2, k->base };
    if (gb_seg_crossings(k, box))
        gb_canvas_fill_rect(k->cv, box, (struct gb_rgba){ 255, 255, 255, 230 });
    gb_ink_text(k, font, k->base, number ? gb_ink : gb_ink_soft, GB_START, x, y + h / 2 + k->base * 0.35, text);
}

static void draw_ticks(const struct gb_rows *b, const struct gb_field *f, size_t i, double y, double h)
{
    struct gb_sketch *k = b->k;
    for (int t = 0; t < b->n_ticks; t++) {
        const struct gb_chart_point *pt = gb_row_point(b->tick[t], b->main, i);
        if (!pt || !gb_is_number(&pt->y))
            continue;
        struct gb_pen pen = gb_series_pen(k, b->tick_i[t]);
        pen.n_dash = 0;
        pen.width_pt = 1.8 * k->base / 8.5;
        struct gb_pen casing = { .color = gb_ground, .width_pt = pen.width_pt * 1.9 }; /* stands off from the bar it crosses */
        double x = gb_field_x(f, gb_number(&pt->y)), half = h * 0.38 < k->base * 0.8 ? h * 0.38 : k->base * 0.8;
        gb_canvas_line(k->cv, x, y + h / 2 - half, x, y + h / 2 + half, &casing);
        gb_canvas_line(k->cv, x, y + h / 2 - half, x, y + h / 2 + half, &pen);
        gb_seg_add(k, x, y + h / 2 - half, x, y + h / 2 + half);
    }
}

static void bars_of_row(const struct gb_rows *b, const struct gb_field *f, size_t i, double y, double h, void *with)
{
    (void)with;
    for (int s = 0; s < b->n_actual; s++)
        draw_bar(b, f, s, i, y + s * h / b->n_actual, h / b->n_actual);
}
static void figures_of_row(const struct gb_rows *b, const struct gb_field *f, size_t i, double y, double h, void *with)
{
    (void)with;
    draw_ticks(b, f, i, y, h);
    for (int s = 0; s < b->n_actual; s++)
        draw_figure(b, f, s, i, y + s * h / b->n_actual, h / b->n_actual);
}

void gb_draw_bars(struct gb_sketch *k)
{
    struct gb_rows b;
    gb_rows_measure(&b, k, k->r.w);
    if (gb_rows_need_key(&b))
        gb_rows_key(&b);
    struct gb_field f = { .x = k->r.x + b.names + b.values_left, .w = k->r.w - b.names - b.values_left - b.values_right };
    if (f.w < k->base * 2) {
        gb_no_room(k);
        return;
    }
    f.scale = (struct gb_scale){ .lo = b.lo, .hi = b.hi };
    f.zero = gb_field_x(&f, 0);
    const struct gb_rows_look look = { .under = bars_of_row, .over = figures_of_row, .reference = true, .zero = true };
    gb_rows_draw(&b, &f, k->r.y + gb_rows_reference_head(&b, &f), &look);
}

/* ---- bullets ---- */
/* Worst step that v reaches: 0 = none. Limits are at the scale of the figures. */
static int step_reached(const struct gb_chart *c, double v, int scale)
{
    int worst = 0;
    for (int i = 0; i < GB_N_STEPS; i++) {
        if (!c->step[i].set)
            continue;
        double lo = gb_dec_to_double(c->step[i].lo, scale), hi = gb_dec_to_double(c->step[i].hi, scale);
        bool out = false;
        switch (c->direction) {
        case GB_UP_GOOD: out = v < lo; break;
        case GB_DOWN_GOOD: out = v > hi; break;
        case GB_BAND: out = v < lo || v > hi; break;
        case GB_NEUTRAL: break;
        }
        if (out)
            worst = i + 1;
    }
    return worst;
}

static int figure_scale(const struct gb_rows *b)
{
    for (size_t i = 0; i < b->n; i++)
        if (gb_is_number(&b->main->point[i].y))
            return b->main->point[i].y.scale;
    return 0;
}

/* Bands between all limits, each as dark as its step is bad: grey, so that the bar and the target keep the say. */
static void draw_bands(const struct gb_rows *b, const struct gb_field *f, double y, double h)
{
    const struct gb_chart *c = b->k->spec;
    double at[2 * GB_N_STEPS + 2];
    int n = 0, scale = figure_scale(b);
    at[n++] = f->scale.lo;
    for (int i = 0; c->has_steps && i < GB_N_STEPS; i++)
        for (int side = 0; c->step[i].set && side < 2; side++) {
            double v = gb_dec_to_double(side ? c->step[i].hi : c->step[i].lo, scale);
            if (v <= f->scale.lo || v >= f->scale.hi)
                continue;
            int j = n++;
            for (; at[j - 1] > v; j--)
                at[j] = at[j - 1];
            at[j] = v;
        }
    at[n++] = f->scale.hi;
    for (int i = 0; i + 1 < n; i++)
        if (at[i + 1] > at[i])
            gb_canvas_fill_rect(b->k->cv,
                                (struct gb_rect){ gb_field_x(f, at[i]), y, gb_field_x(f, at[i + 1]) - gb_field_x(f, at[i]), h },
                                gb_bands[c->has_steps ? step_reached(c, (at[i] + at[i + 1]) / 2, scale) : 0]);
}

static void draw_bullet_row(const struct gb_rows *b, const struct gb_field *f, size_t i, double y, double h, void *with)
{
    (void)with;
    struct gb_sketch *k = b->k;
    const struct gb_chart_point *pt = &b->main->point[i];
    double band = h * 0.62 < k->base * 1.5 ? h * 0.62 : k->base * 1.5, thick = band * 0.42, zoom = k->base / 8.5;
    const char *text = gb_ink_value(k, &pt->y, false);
    if (!gb_is_number(&pt->y)) {
        gb_ink_text(k, GB_SANS, k->base, gb_ink_soft, GB_START, f->x, y + h / 2 + k->base * 0.35,
                    gb_ink_elide(k, GB_SANS, k->base, text, k->r.x + k->r.w - f->x));
        return;
    }
    draw_bands(b, f, y + (h - band) / 2, band);
    double end = gb_field_x(f, gb_number(&pt->y)), from = end < f->zero ? end : f->zero;
    gb_canvas_fill_rect(k->cv, (struct gb_rect){ from, y + (h - thick) / 2, (end < f->zero ? f->zero : end) - from, thick },
                        gb_accent);
    struct gb_pen pen = { .color = gb_ink, .width_pt = 2 * zoom };
    if (k->spec->has_reference && gb_is_number(&k->spec->reference)) {
        double x = gb_field_x(f, gb_number(&k->spec->reference));
        gb_canvas_line(k->cv, x, y + (h - band * 0.9) / 2, x, y + (h + band * 0.9) / 2, &pen);
    }
    draw_ticks(b, f, i, y, h);
    gb_ink_text(k, GB_SANS_BOLD, k->base, gb_ink, GB_END, k->r.x + k->r.w, y + h / 2 + k->base * 0.35, text);
}

void gb_draw_bullet(struct gb_sketch *k)
{
    struct gb_rows b;
    gb_rows_measure(&b, k, k->r.w);
    if (gb_rows_need_key(&b))
        gb_rows_key(&b);
    int scale = figure_scale(&b);
    for (int i = 0; k->spec->has_steps && i < GB_N_STEPS; i++) /* every limit is inside the picture */
        if (k->spec->step[i].set) {
            double lo = gb_dec_to_double(k->spec->step[i].lo, scale), hi = gb_dec_to_double(k->spec->step[i].hi, scale);
            if (lo < b.lo)
                b.lo = lo;
            if (hi > b.hi)
                b.hi = hi;
        }
    if (b.values_left > b.values_right)
        b.values_right = b.values_left;
    struct gb_field f = { .x = k->r.x + b.names, .w = k->r.w - b.names - b.values_right };
    if (f.w < k->base * 2) {
        gb_no_room(k);
        return;
    }
    gb_scale_nice(&f.scale, b.lo, b.hi, b.decimals, f.w < k->base * 18 ? 4 : 6);
    f.zero = gb_field_x(&f, f.scale.lo > 0 ? f.scale.lo : 0);
    const struct gb_rows_look look = { .under = draw_bullet_row, .axis = true };
    gb_rows_draw(&b, &f, k->r.y, &look);
}
