/* bars.c — ranked bars and bullets: one row a name, all rows laid out by one function that also tells the height.
 *
 * Bars start at zero, always. Every bar carries its figure, so there is no axis to read off and no grid. A row's name is
 * broken over up to four lines before anything is cut. Other series (target, last year) are ticks across the bar. With less
 * height than asked for, rows move together down to the height of the letters; what still has no room is named as a number
 * of rows, never dropped in silence.
 */
#include "chart/ink.h"

#include "base/decimal.h"

enum { NAME_LINES = 4, MAX_SERIES = 8 };

struct row {
    const char *line[NAME_LINES];
    int n_lines;
    double h;
};
struct rows {
    struct gb_sketch *k;
    const struct gb_chart_series *main, *actual[MAX_SERIES], *tick[MAX_SERIES];
    size_t actual_i[MAX_SERIES], tick_i[MAX_SERIES];
    int n_actual, n_ticks;
    struct row *row;
    size_t n;
    double names, values_right, values_left; /* widths */
    bool has_marks;
    double height;
    double lo, hi;
    int decimals;
};

static const struct gb_chart_point *point_of(const struct gb_chart_series *s, const struct gb_chart_series *main, size_t i)
{
    if (i < s->n && (s == main || gb_streq(s->point[i].label, main->point[i].label)))
        return &s->point[i];
    for (size_t j = 0; j < s->n; j++)
        if (gb_streq(s->point[j].label, main->point[i].label))
            return &s->point[j];
    return NULL;
}

static void sort_series(struct rows *b)
{
    const struct gb_chart *c = b->k->spec;
    for (size_t i = 0; i < c->n_series; i++) {
        bool is_bar = c->series[i].role == GB_ROLE_ACTUAL;
        if (is_bar && b->n_actual < MAX_SERIES) {
            b->actual_i[b->n_actual] = i;
            b->actual[b->n_actual++] = &c->series[i];
        } else if (!is_bar && b->n_ticks < MAX_SERIES) {
            b->tick_i[b->n_ticks] = i;
            b->tick[b->n_ticks++] = &c->series[i];
        }
    }
    b->main = b->actual[0]; /* its names are the rows: the longest of the measured series */
    for (int s = 1; s < b->n_actual; s++)
        if (b->actual[s]->n > b->main->n)
            b->main = b->actual[s];
    b->n = b->main->n;
}

static void see(struct rows *b, const struct gb_value *v)
{
    if (!gb_is_number(v))
        return;
    double d = gb_number(v);
    if (d < b->lo)
        b->lo = d;
    if (d > b->hi)
        b->hi = d;
    if (v->decimals > b->decimals)
        b->decimals = v->decimals;
}

static void measure_values(struct rows *b)
{
    struct gb_sketch *k = b->k;
    for (int s = 0; s < b->n_actual; s++)
        for (size_t i = 0; i < b->actual[s]->n; i++) {
            const struct gb_value *v = &b->actual[s]->point[i].y;
            double w = gb_ink_width(k, GB_SANS_BOLD, k->base, gb_ink_value(k, v, false)) + k->base * 0.9;
            see(b, v);
            if (!gb_is_number(v))
                continue; /* "chưa có số liệu" stands where the bar would be */
            bool negative = gb_is_number(v) && v->num < 0;
            double *widest = negative ? &b->values_left : &b->values_right;
            if (w > *widest)
                *widest = w;
        }
    for (int s = 0; s < b->n_ticks; s++)
        for (size_t i = 0; i < b->tick[s]->n; i++)
            see(b, &b->tick[s]->point[i].y);
    if (k->spec->has_reference)
        see(b, &k->spec->reference);
    if (b->hi <= b->lo)
        b->hi = b->lo + 1;
}

static void set_rows(struct rows *b, double width)
{
    struct gb_sketch *k = b->k;
    double most = width * 0.40, single = k->base * (k->spec->kind == GB_CHART_BULLET ? 2.25 : 1.72);
    b->row = GB_NEW_N(k->a, b->n ? b->n : 1, struct row);
    for (size_t i = 0; i < b->n; i++)
        b->has_marks = b->has_marks || b->main->point[i].state != GB_STATE_NONE;
    double mark = b->has_marks ? k->base * 1.2 : 0;
    b->height = 0;
    for (size_t i = 0; i < b->n; i++) {
        struct row *r = &b->row[i];
        const struct gb_chart_point *pt = &b->main->point[i];
        enum gb_font f = pt->highlight ? GB_SANS_BOLD : GB_SANS;
        r->n_lines = gb_ink_wrap_even(k, f, k->base, pt->label ? pt->label : "", most - mark, NAME_LINES, r->line);
        for (int j = 0; j < r->n_lines; j++) {
            double w = gb_ink_width(k, f, k->base, r->line[j]) + mark;
            if (w > b->names)
                b->names = w;
        }
        r->h = single + (r->n_lines > 1 ? (r->n_lines - 1) * k->base * 1.1 : 0);
        if (b->n_actual > 1 && r->h < single * 0.8 * b->n_actual)
            r->h = single * 0.8 * b->n_actual;
        b->height += r->h;
    }
    if (b->names > 0)
        b->names += k->base * 0.6;
}

static bool needs_legend(const struct rows *b)
{
    return b->n_actual > 1 || b->n_ticks > 0;
}

static void measure_rows(struct rows *b, struct gb_sketch *k, double width)
{
    *b = (struct rows){ .k = k };
    sort_series(b);
    measure_values(b);
    set_rows(b, width);
}

/* The key of ticks and of grouped bars; its samples are what is drawn. */
static void draw_key(struct rows *b)
{
    struct gb_sketch *k = b->k;
    double x = k->r.x, y = k->r.y, gap = k->base * 0.45, zoom = k->base / 8.5;
    for (int t = -b->n_actual; t < b->n_ticks; t++) {
        bool bar = t < 0;
        size_t i = bar ? b->actual_i[t + b->n_actual] : b->tick_i[t];
        const char *name = k->spec->series[i].name;
        if (!name || !name[0])
            continue;
        double sample = bar ? k->base * 1.2 : k->base * 0.5;
        name = gb_ink_elide(k, GB_SANS, k->base, name, k->r.w - sample - gap);
        double w = sample + gap + gb_ink_width(k, GB_SANS, k->base, name);
        if (x > k->r.x && x + w > k->r.x + k->r.w) {
            x = k->r.x;
            y += k->line;
        }
        if (k->cv && y + k->line > k->r.y + k->r.h) { /* less height than asked for: the rows come first */
            y -= k->line;
            break;
        }
        struct gb_pen pen = gb_series_pen(k, i);
        if (k->cv && bar)
            gb_canvas_fill_rect(k->cv, (struct gb_rect){ x, y + k->base * 0.3, sample, k->base * 0.75 }, pen.color);
        if (k->cv && !bar) {
            pen.n_dash = 0;
            pen.width_pt = 1.8 * zoom;
            gb_canvas_line(k->cv, x + sample / 2, y + k->base * 0.15, x + sample / 2, y + k->base * 1.15, &pen);
        }
        gb_ink_text(k, GB_SANS, k->base, gb_ink, GB_START, x + sample + gap, y + k->base, name);
        x += w + k->base * 1.3;
    }
    double used = y + k->line + k->base * 0.4 - k->r.y;
    k->r.y += used;
    k->r.h -= used;
}

static double rows_height(struct gb_sketch *k, double width)
{
    struct rows b;
    measure_rows(&b, k, width);
    double h = b.height + k->base * 0.4;
    if (needs_legend(&b)) {
        struct gb_sketch probe = *k;
        probe.cv = NULL;
        probe.r = (struct gb_rect){ 0, 0, width, 0 };
        b.k = &probe;
        draw_key(&b);
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
    return rows_height(k, width_pt);
}
double gb_bullet_height(struct gb_sketch *k, double width_pt)
{
    return rows_height(k, width_pt);
}

/* ---- drawing ---- */
struct field {
    double x, w, zero;
    struct gb_scale scale;
};
static double fx(const struct field *f, double v)
{
    return f->x + f->w * gb_scale_frac(&f->scale, v);
}

/* Rows into the height there is: all move together, each at most to the height of its own letters.
 * @return how many fit; *ease = 1 for the height asked for, 0 for the tightest. */
static double tightest(const struct rows *b, size_t i)
{
    int lines = b->row[i].n_lines > b->n_actual ? b->row[i].n_lines : b->n_actual;
    return b->k->base * (0.1 + 1.1 * (lines ? lines : 1));
}
static double row_height(const struct rows *b, size_t i, double ease)
{
    double least = tightest(b, i);
    return least + (b->row[i].h - least) * ease;
}
static size_t fit_rows(const struct rows *b, double height, double *ease)
{
    double least = 0, used = 0;
    for (size_t i = 0; i < b->n; i++)
        least += tightest(b, i);
    *ease = b->height <= height ? 1 : b->height > least && height > least ? (height - least) / (b->height - least) : 0;
    if (*ease > 0)
        return b->n;
    size_t n = 0;
    for (double room = height - b->k->line; n < b->n && used + tightest(b, n) <= room; n++)
        used += tightest(b, n);
    return n;
}

static void draw_name(const struct rows *b, size_t i, double y, double h, double right)
{
    struct gb_sketch *k = b->k;
    const struct gb_chart_point *pt = &b->main->point[i];
    const struct row *r = &b->row[i];
    double step = k->base * 1.1, first = y + h / 2 - (r->n_lines - 1) * step / 2 + k->base * 0.35;
    for (int j = 0; j < r->n_lines; j++)
        gb_ink_text(k, pt->highlight ? GB_SANS_BOLD : GB_SANS, k->base, gb_ink, GB_END, right, first + j * step, r->line[j]);
    if (pt->state != GB_STATE_NONE)
        gb_state_mark(k->cv, pt->state, k->r.x + k->base * 0.5, y + h / 2, k->base * 0.4, k->a);
}

static struct gb_rgba bar_color(const struct rows *b, int s, const struct gb_chart_point *pt)
{
    if (b->n_actual > 1)
        return gb_series_pen(b->k, b->actual_i[s]).color;
    bool any = false;
    for (size_t i = 0; i < b->n; i++)
        any = any || b->main->point[i].highlight;
    /* With one row to look at, the others step back. */
    return !any || pt->highlight ? gb_accent : GB_RGB(0x9dbbd0);
}

/* Where a bar ends. A figure that is not zero has at least a hair of ink. */
static double bar_end(const struct field *f, double v, double least)
{
    double end = fx(f, v);
    if (v > 0 && end < f->zero + least)
        end = f->zero + least;
    if (v < 0 && end > f->zero - least)
        end = f->zero - least;
    return end;
}

static void draw_bar(const struct rows *b, const struct field *f, int s, size_t i, double y, double h)
{
    struct gb_sketch *k = b->k;
    const struct gb_chart_point *pt = point_of(b->actual[s], b->main, i);
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
static void draw_figure(const struct rows *b, const struct field *f, int s, size_t i, double y, double h)
{
    struct gb_sketch *k = b->k;
    const struct gb_chart_point *pt = point_of(b->actual[s], b->main, i);
    if (!pt)
        return;
    bool number = gb_is_number(&pt->y), left = number && pt->y.num < 0;
    enum gb_font font = number && pt->highlight ? GB_SANS_BOLD : GB_SANS;
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

static void draw_ticks(const struct rows *b, const struct field *f, size_t i, double y, double h)
{
    struct gb_sketch *k = b->k;
    for (int t = 0; t < b->n_ticks; t++) {
        const struct gb_chart_point *pt = point_of(b->tick[t], b->main, i);
        if (!pt || !gb_is_number(&pt->y))
            continue;
        struct gb_pen pen = gb_series_pen(k, b->tick_i[t]);
        pen.n_dash = 0;
        pen.width_pt = 1.8 * k->base / 8.5;
        struct gb_pen casing = { .color = gb_ground, .width_pt = pen.width_pt * 1.9 }; /* stands off from the bar it crosses */
        double x = fx(f, gb_number(&pt->y)), half = h * 0.38 < k->base * 0.8 ? h * 0.38 : k->base * 0.8;
        gb_canvas_line(k->cv, x, y + h / 2 - half, x, y + h / 2 + half, &casing);
        gb_canvas_line(k->cv, x, y + h / 2 - half, x, y + h / 2 + half, &pen);
        gb_seg_add(k, x, y + h / 2 - half, x, y + h / 2 + half);
    }
}

static void draw_rest(const struct rows *b, size_t from, double y)
{
    struct gb_sketch *k = b->k;
    if (from == b->n || y + k->base * 1.2 > k->r.y + k->r.h + 0.01)
        return; /* not even a line of text: the caller gave no height at all */
    const char *s = gb_sprintf(k->a, "… và %zu dòng nữa không đủ chỗ để vẽ", b->n - from);
    gb_ink_text(k, GB_SANS, k->base, gb_ink_soft, GB_START, k->r.x, y + k->base, gb_ink_elide(k, GB_SANS, k->base, s, k->r.w));
}

static double reference_head(struct rows *b, const struct field *f)
{
    struct gb_sketch *k = b->k;
    const struct gb_chart *c = k->spec;
    if (!c->has_reference || !gb_is_number(&c->reference) || k->r.h < k->line * 2)
        return 0;
    const char *name = c->reference_label ? c->reference_label : "", *value = gb_ink_value(k, &c->reference, false);
    const char *s = gb_ink_elide(k, GB_SANS, k->base, name[0] ? gb_sprintf(k->a, "%s %s", name, value) : value, k->r.w);
    double w = gb_ink_width(k, GB_SANS, k->base, s), x = fx(f, gb_number(&c->reference)) - w / 2;
    if (x + w > k->r.x + k->r.w)
        x = k->r.x + k->r.w - w;
    if (x < k->r.x)
        x = k->r.x;
    gb_ink_text(k, GB_SANS, k->base, gb_ink, GB_START, x, k->r.y + k->base, s);
    return k->line;
}

static void reference_line(const struct rows *b, const struct field *f, double y1, double y2)
{
    struct gb_sketch *k = b->k;
    if (!k->spec->has_reference || !gb_is_number(&k->spec->reference))
        return;
    double zoom = k->base / 8.5, x = fx(f, gb_number(&k->spec->reference));
    struct gb_pen pen = { .color = gb_ink, .width_pt = 0.8 * zoom, .dash_pt = { 3 * zoom, 2 * zoom }, .n_dash = 2 };
    gb_canvas_line(k->cv, x, y1, x, y2, &pen);
    gb_seg_add(k, x, y1, x, y2);
}

void gb_draw_bars(struct gb_sketch *k)
{
    struct rows b;
    measure_rows(&b, k, k->r.w);
    if (needs_legend(&b))
        draw_key(&b);
    struct field f = { .x = k->r.x + b.names + b.values_left, .w = k->r.w - b.names - b.values_left - b.values_right };
    if (f.w < k->base * 2)
        return;
    f.scale = (struct gb_scale){ .lo = b.lo, .hi = b.hi };
    f.zero = fx(&f, 0);
    double y = k->r.y + reference_head(&b, &f), ease;
    size_t shown = fit_rows(&b, k->r.y + k->r.h - y, &ease);
    double bottom = y;
    for (size_t i = 0; i < shown; i++)
        bottom += row_height(&b, i, ease);
    double top = y;
    for (size_t i = 0; i < shown; i++) {
        double h = row_height(&b, i, ease), each = h / b.n_actual;
        draw_name(&b, i, y, h, k->r.x + b.names - k->base * 0.6);
        for (int s = 0; s < b.n_actual; s++)
            draw_bar(&b, &f, s, i, y + s * each, each);
        y += h;
    }
    reference_line(&b, &f, top, bottom); /* over the bars, under the figures */
    y = top;
    for (size_t i = 0; i < shown; i++) {
        double h = row_height(&b, i, ease), each = h / b.n_actual;
        draw_ticks(&b, &f, i, y, h);
        for (int s = 0; s < b.n_actual; s++)
            draw_figure(&b, &f, s, i, y + s * each, each);
        y += h;
    }
    struct gb_pen axis = { .color = gb_rule, .width_pt = 0.8 * k->base / 8.5 };
    gb_canvas_line(k->cv, f.zero, top, f.zero, bottom, &axis);
    draw_rest(&b, shown, y);
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

static int figure_scale(const struct rows *b)
{
    for (size_t i = 0; i < b->n; i++)
        if (gb_is_number(&b->main->point[i].y))
            return b->main->point[i].y.scale;
    return 0;
}

/* Bands between all limits, each as dark as its step is bad: grey, so that the bar and the target keep the say. */
static void draw_bands(const struct rows *b, const struct field *f, double y, double h)
{
    static const struct gb_rgba grey[] = { GB_RGB(0xf0f0f0), GB_RGB(0xe0e0e0), GB_RGB(0xcfcfcf), GB_RGB(0xbcbcbc),
                                           GB_RGB(0xa8a8a8) };
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
            gb_canvas_fill_rect(b->k->cv, (struct gb_rect){ fx(f, at[i]), y, fx(f, at[i + 1]) - fx(f, at[i]), h },
                                grey[c->has_steps ? step_reached(c, (at[i] + at[i + 1]) / 2, scale) : 0]);
}

static void draw_bullet_row(const struct rows *b, const struct field *f, size_t i, double y, double h)
{
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
    double end = fx(f, gb_number(&pt->y)), from = end < f->zero ? end : f->zero;
    gb_canvas_fill_rect(k->cv, (struct gb_rect){ from, y + (h - thick) / 2, (end < f->zero ? f->zero : end) - from, thick },
                        gb_accent);
    struct gb_pen pen = { .color = gb_ink, .width_pt = 2 * zoom };
    if (k->spec->has_reference && gb_is_number(&k->spec->reference)) {
        double x = fx(f, gb_number(&k->spec->reference));
        gb_canvas_line(k->cv, x, y + (h - band * 0.9) / 2, x, y + (h + band * 0.9) / 2, &pen);
    }
    draw_ticks(b, f, i, y, h);
    gb_ink_text(k, GB_SANS_BOLD, k->base, gb_ink, GB_END, k->r.x + k->r.w, y + h / 2 + k->base * 0.35, text);
}

static void bullet_axis(const struct rows *b, const struct field *f, double y)
{
    struct gb_sketch *k = b->k;
    double free_from = f->x - k->base * 2;
    struct gb_pen pen = { .color = gb_rule, .width_pt = 0.7 * k->base / 8.5 };
    for (int i = 0; i < f->scale.n; i++) {
        const char *s = gb_ink_tick(k, &f->scale, i);
        double x = fx(f, gb_dec_to_double(f->scale.tick[i], f->scale.scale)), w = gb_ink_width(k, GB_SANS, k->base, s),
               at = x - w / 2;
        gb_canvas_line(k->cv, x, y, x, y + k->base * 0.3, &pen);
        if (at + w > k->r.x + k->r.w)
            at = k->r.x + k->r.w - w;
        if (at < free_from || at < k->r.x)
            continue;
        free_from = at + w + k->base * 0.5;
        gb_ink_text(k, GB_SANS, k->base, gb_ink_soft, GB_START, at, y + k->base * 1.25, s);
    }
}

void gb_draw_bullet(struct gb_sketch *k)
{
    struct rows b;
    measure_rows(&b, k, k->r.w);
    if (needs_legend(&b))
        draw_key(&b);
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
    struct field f = { .x = k->r.x + b.names, .w = k->r.w - b.names - b.values_right };
    if (f.w < k->base * 2)
        return;
    gb_scale_nice(&f.scale, b.lo, b.hi, b.decimals, f.w < k->base * 18 ? 4 : 6);
    f.zero = fx(&f, f.scale.lo > 0 ? f.scale.lo : 0);
    double y = k->r.y, ease;
    size_t shown = fit_rows(&b, k->r.h - k->line * 1.3, &ease);
    for (size_t i = 0; i < shown; i++) {
        double h = row_height(&b, i, ease);
        draw_name(&b, i, y, h, k->r.x + b.names - k->base * 0.6);
        draw_bullet_row(&b, &f, i, y, h);
        y += h;
    }
    if (shown < b.n)
        draw_rest(&b, shown, y);
    else if (y + k->line * 1.3 <= k->r.y + k->r.h + 0.01)
        bullet_axis(&b, &f, y);
}
