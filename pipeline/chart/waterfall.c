/* waterfall.c — how the change of a whole is made of parts: each bar begins where the one before ended, the last one is the whole change.
 *
 * The field shows the change alone, from the line of the base figure on: bars of the whole figures from a cut axis would lie about their
 * size, from zero they would leave no room for the parts. What adds is a solid bar, what takes away a pale one with an edge, and every
 * figure has its sign, so that a photocopy tells them apart.
 */
#include "chart/rows.h"

/* Running sums: the field holds all of them. */
static void measure(struct gb_rows *b, struct gb_sketch *k, double width)
{
    gb_rows_measure(b, k, width);
    double at = 0;
    b->lo = b->hi = 0;
    for (size_t i = 0; i < b->n; i++) {
        double v = gb_is_number(&b->main->point[i].y) ? gb_number(&b->main->point[i].y) : 0;
        at = i + 1 < b->n ? at + v : v;
        b->lo = at < b->lo ? at : b->lo;
        b->hi = at > b->hi ? at : b->hi;
    }
    if (b->hi <= b->lo)
        b->hi = b->lo + 1;
    if (b->values_left > b->values_right)
        b->values_right = b->values_left;
}

double gb_waterfall_height(struct gb_sketch *k, double width_pt)
{
    struct gb_rows b;
    measure(&b, k, width_pt);
    return b.height + k->base * 0.4 + (k->spec->has_reference ? k->line : 0);
}

static double head(struct gb_rows *b, const struct gb_field *f)
{
    struct gb_sketch *k = b->k;
    const struct gb_chart *c = k->spec;
    if (!c->has_reference || !gb_is_number(&c->reference) || k->r.h < k->line * 2)
        return 0;
    const char *s = gb_ink_named(k, GB_SANS, k->base, c->reference_label, ": ", gb_ink_value(k, &c->reference, false), k->r.w);
    double w = gb_ink_width(k, GB_SANS, k->base, s), x = f->zero - w / 2;
    x = x + w > k->r.x + k->r.w ? k->r.x + k->r.w - w : x;
    gb_ink_text(k, GB_SANS, k->base, gb_ink_soft, GB_START, x < k->r.x ? k->r.x : x, k->r.y + k->base, s);
    return k->line;
}

static void bar(const struct gb_rows *b, const struct gb_field *f, double from, double to, bool whole, double y, double h)
{
    struct gb_sketch *k = b->k;
    double thick = h * 0.66 < k->base * 1.1 ? h * 0.66 : k->base * 1.1, hair = 0.8 * k->base / 8.5;
    double x1 = gb_field_x(f, from < to ? from : to), x2 = gb_field_x(f, from < to ? to : from);
    if (x2 - x1 < hair)
        x2 = x1 + hair; /* a part of nearly nothing still has its place */
    if (x2 > f->x + f->w) {
        x2 = f->x + f->w;
        x1 = x2 - hair < x1 ? x2 - hair : x1;
    }
    struct gb_rect r = { x1, y + (h - thick) / 2, x2 - x1, thick };
    if (to >= from) {
        gb_canvas_fill_rect(k->cv, r, whole ? gb_ink_soft : gb_accent);
        return;
    }
    struct gb_path p;
    struct gb_pen edge = { .color = whole ? gb_ink_soft : gb_accent_2, .width_pt = hair };
    gb_path_init(&p, k->a);
    gb_path_rect(&p, r);
    gb_canvas_fill(k->cv, &p, whole ? GB_RGB(0xe4e4e4) : GB_RGB(0xf3dcea));
    gb_canvas_stroke(k->cv, &p, &edge);
}

/* Where this part takes over from the one before; with: the sum of those before. */
static void row(const struct gb_rows *b, const struct gb_field *f, size_t i, double y, double h, void *with)
{
    struct gb_sketch *k = b->k;
    const struct gb_chart_point *pt = &b->main->point[i];
    double *at = with, v = gb_is_number(&pt->y) ? gb_number(&pt->y) : 0;
    bool whole = i + 1 == b->n;
    struct gb_pen link = { .color = gb_rule, .width_pt = 0.5 * k->base / 8.5 };
    if (i && !whole)
        gb_canvas_line(k->cv, gb_field_x(f, *at), y - h * 0.17, gb_field_x(f, *at), y + h * 0.17, &link);
    bar(b, f, whole ? 0 : *at, whole ? v : *at + v, whole, y, h);
    gb_ink_text(k, whole ? GB_SANS_BOLD : GB_SANS, k->base, gb_ink, GB_END, k->r.x + k->r.w, y + h / 2 + k->base * 0.35,
                gb_ink_value(k, &pt->y, false));
    *at += v;
}

void gb_draw_waterfall(struct gb_sketch *k)
{
    struct gb_rows b;
    measure(&b, k, k->r.w);
    struct gb_field f = { .x = k->r.x + b.names, .w = k->r.w - b.names - b.values_right };
    if (f.w < k->base * 2) {
        gb_no_room(k);
        return;
    }
    f.scale = (struct gb_scale){ .lo = b.lo, .hi = b.hi };
    f.zero = gb_field_x(&f, 0);
    double at = 0;
    const struct gb_rows_look look = { .under = row, .with = &at, .zero = true };
    gb_rows_draw(&b, &f, k->r.y + head(&b, &f), &look);
}
