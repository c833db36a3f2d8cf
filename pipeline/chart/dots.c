/* dots.c — a figure and how sure it is: a dot on the bar of its interval, one row a name, all on one scale with a reference line.
 *
 * Dots need no zero (Cleveland and McGill 1984: position along a common scale is read best), so the scale is as close as the intervals.
 * A row without an interval has its dot alone.
 */
#include "chart/rows.h"

#include "base/decimal.h"

static const struct gb_chart_series *of_role(const struct gb_sketch *k, enum gb_series_role role)
{
    for (size_t i = 0; i < k->spec->n_series; i++)
        if (k->spec->series[i].role == role)
            return &k->spec->series[i];
    return NULL;
}

static void widen(struct gb_rows *b, const struct gb_value *v, bool *any)
{
    if (!gb_is_number(v))
        return;
    double d = gb_number(v);
    b->lo = !*any || d < b->lo ? d : b->lo;
    b->hi = !*any || d > b->hi ? d : b->hi;
    *any = true;
}

static void measure(struct gb_rows *b, struct gb_sketch *k, double width)
{
    bool any = false;
    gb_rows_measure(b, k, width);
    for (size_t s = 0; s < k->spec->n_series; s++)
        for (size_t i = 0; i < k->spec->series[s].n; i++)
            widen(b, &k->spec->series[s].point[i].y, &any);
    if (k->spec->has_reference)
        widen(b, &k->spec->reference, &any);
    if (b->hi <= b->lo) { /* all equal: room on both sides, a whole printed unit at least */
        double unit = 1 / gb_dec_to_double(gb_pow10[b->decimals > 9 ? 9 : b->decimals], 0),
               pad = (b->lo < 0 ? -b->lo : b->lo) * 0.1;
        pad = pad < unit ? unit : pad;
        b->lo -= pad;
        b->hi += pad;
    }
    if (b->values_left > b->values_right)
        b->values_right = b->values_left;
}

/* "● Dự báo cả năm   ━ Cận dưới – Cận trên". Without a canvas only measured. */
static double key(struct gb_sketch *k)
{
    const struct gb_chart_series *main = of_role(k, GB_ROLE_ACTUAL), *low = of_role(k, GB_ROLE_LOW),
                                 *high = of_role(k, GB_ROLE_HIGH);
    if (!low || !high || !main)
        return 0;
    double x = k->r.x, y = k->r.y, zoom = k->base / 8.5;
    const char *name[2] = { main->name ? main->name : "",
                            gb_sprintf(k->a, "%s – %s", low->name ? low->name : "", high->name ? high->name : "") };
    for (int i = 0; i < 2; i++) {
        double sample = k->base * (i ? 2 : 0.9), gap = k->base * 0.4;
        const char *s = gb_ink_elide(k, GB_SANS, k->base, name[i], k->r.w - sample - gap);
        double w = sample + gap + gb_ink_width(k, GB_SANS, k->base, s);
        if (i && x + w > k->r.x + k->r.w) {
            x = k->r.x;
            y += k->line;
        }
        struct gb_pen pen = { .color = GB_RGB(0x9dbbd0), .width_pt = 3.2 * zoom },
                      ring = { .color = gb_accent, .width_pt = 1.4 * zoom };
        if (k->cv && i)
            gb_canvas_line(k->cv, x, y + k->base * 0.65, x + sample, y + k->base * 0.65, &pen);
        if (k->cv && !i) {
            struct gb_path p;
            gb_path_init(&p, k->a);
            gb_path_circle(&p, x + sample / 2, y + k->base * 0.65, 2.3 * zoom);
            gb_canvas_fill(k->cv, &p, gb_ground);
            gb_canvas_stroke(k->cv, &p, &ring);
        }
        gb_ink_text(k, GB_SANS, k->base, gb_ink, GB_START, x + sample + gap, y + k->base, s);
        x += w + k->base * 1.3;
    }
    return y + k->line + k->base * 0.3 - k->r.y;
}

double gb_dots_height(struct gb_sketch *k, double width_pt)
{
    struct gb_rows b;
    measure(&b, k, width_pt);
    struct gb_sketch probe = *k;
    probe.cv = NULL;
    probe.r = (struct gb_rect){ 0, 0, width_pt, 0 };
    return b.height + k->base * 0.4 + k->line * 1.3 + key(&probe) + (k->spec->has_reference ? k->line : 0);
}

static void dot_row(const struct gb_rows *b, const struct gb_field *f, size_t i, double y, double h)
{
    struct gb_sketch *k = b->k;
    const struct gb_chart_point *pt = &b->main->point[i];
    double zoom = k->base / 8.5, mid = y + h / 2;
    const char *text = gb_ink_value(k, &pt->y, false);
    if (!gb_is_number(&pt->y)) {
        gb_ink_text(k, GB_SANS, k->base, gb_ink_soft, GB_START, f->x, mid + k->base * 0.35,
                    gb_ink_elide(k, GB_SANS, k->base, text, k->r.x + k->r.w - f->x));
        return;
    }
    struct gb_pen guide = { .color = gb_rule_soft, .width_pt = 0.5 * zoom },
                  band = { .color = GB_RGB(0x9dbbd0), .width_pt = 3.2 * zoom },
                  ring = { .color = gb_accent, .width_pt = 1.4 * zoom };
    gb_canvas_line(k->cv, f->x, mid, f->x + f->w, mid, &guide);
    const struct gb_chart_series *low = of_role(k, GB_ROLE_LOW), *high = of_role(k, GB_ROLE_HIGH);
    const struct gb_chart_point *lo = low ? gb_row_point(low, b->main, i) : NULL,
                                *hi = high ? gb_row_point(high, b->main, i) : NULL;
    if (lo && hi && gb_is_number(&lo->y) && gb_is_number(&hi->y) && gb_number(&lo->y) < gb_number(&hi->y))
        gb_canvas_line(k->cv, gb_field_x(f, gb_number(&lo->y)), mid, gb_field_x(f, gb_number(&hi->y)), mid, &band);
    struct gb_path p;
    gb_path_init(&p, k->a);
    gb_path_circle(&p, gb_field_x(f, gb_number(&pt->y)), mid, 2.5 * zoom);
    gb_canvas_fill(k->cv, &p, gb_is_provisional(&pt->y) ? gb_ground : gb_accent);
    gb_canvas_stroke(k->cv, &p, &ring);
    gb_ink_text(k, GB_SANS_BOLD, k->base, gb_ink, GB_END, k->r.x + k->r.w, mid + k->base * 0.35, text);
}

void gb_draw_dots(struct gb_sketch *k)
{
    struct gb_rows b;
    double used = k->r.h > k->line * 5 ? key(k) : 0;
    k->r.y += used;
    k->r.h -= used;
    measure(&b, k, k->r.w);
    struct gb_field f = { .x = k->r.x + b.names + k->base * 0.4, .w = k->r.w - b.names - b.values_right - k->base * 0.8 };
    if (f.w < k->base * 2)
        return;
    gb_scale_nice(&f.scale, b.lo, b.hi, b.decimals, f.w < k->base * 18 ? 4 : 6);
    f.zero = f.x;
    double y = k->r.y + gb_rows_reference_head(&b, &f), top = y, ease;
    size_t shown = gb_rows_fit(&b, k->r.y + k->r.h - y - k->line * 1.3, &ease);
    double bottom = y;
    for (size_t i = 0; i < shown; i++)
        bottom += gb_row_height(&b, i, ease);
    gb_rows_reference_line(&b, &f, top, bottom);
    for (size_t i = 0; i < shown; i++) {
        double h = gb_row_height(&b, i, ease);
        gb_row_name(&b, i, y, h, k->r.x + b.names - k->base * 0.6);
        dot_row(&b, &f, i, y, h);
        y += h;
    }
    if (shown < b.n)
        gb_rows_rest(&b, shown, y);
    else if (y + k->line * 1.3 <= k->r.y + k->r.h + 0.01)
        gb_rows_axis(&b, &f, y);
}
