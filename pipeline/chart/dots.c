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
    double zoom = k->base / 8.5;
    const struct gb_key_item v[2] = {
        { .text = main->name ? main->name : "", .look = GB_KEY_RING, .pen = { .color = gb_accent, .width_pt = 1.4 * zoom } },
        { .text = gb_sprintf(k->a, "%s – %s", low->name ? low->name : "", high->name ? high->name : ""),
          .look = GB_KEY_LINE,
          .pen = { .color = gb_back, .width_pt = 3.2 * zoom } },
    };
    return gb_key(k, k->cv ? k->r : (struct gb_rect){ k->r.x, k->r.y, k->r.w, 0 }, k->base, v, 2) + k->base * 0.3;
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

static void dot_row(const struct gb_rows *b, const struct gb_field *f, size_t i, double y, double h, void *with)
{
    (void)with;
    struct gb_sketch *k = b->k;
    const struct gb_chart_point *pt = &b->main->point[i];
    double zoom = k->base / 8.5, mid = y + h / 2;
    const char *text = gb_ink_value(k, &pt->y, false);
    if (!gb_is_number(&pt->y)) {
        gb_ink_text(k, GB_SANS, k->base, gb_ink_soft, GB_START, f->x, mid + k->base * 0.35,
                    gb_ink_elide(k, GB_SANS, k->base, text, k->r.x + k->r.w - f->x));
        return;
    }
    struct gb_pen guide = { .color = gb_rule_soft, .width_pt = 0.5 * zoom }, band = { .color = gb_back, .width_pt = 3.2 * zoom },
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
    if (f.w < k->base * 2) {
        gb_no_room(k);
        return;
    }
    gb_scale_nice(&f.scale, b.lo, b.hi, b.decimals, f.w < k->base * 18 ? 4 : 6);
    f.zero = f.x;
    const struct gb_rows_look look = { .over = dot_row, .reference = true, .axis = true };
    gb_rows_draw(&b, &f, k->r.y + gb_rows_reference_head(&b, &f), &look);
}
