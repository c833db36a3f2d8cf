/* slope.c — who rose and who fell between two periods: places of a ranking on the left and on the right, a line for each.
 *
 * Rows stand at even distances in the order of each side, so that no label can meet another; the true rank is said beside each name.
 * Towards the better is a solid line, towards the worse a dashed one, no change a thin grey one: three looks that need no colour.
 */
#include "chart/ink.h"

#include "base/decimal.h"

enum { MAX_ROWS = 64 };

struct slope {
    struct gb_sketch *k;
    size_t n, left[MAX_ROWS], right[MAX_ROWS]; /* rows by rank of each side */
    size_t rest; /* places without a line: more than there is room for, or without one of the ranks */
    const struct gb_chart_series *was, *now;
};

static bool before(const struct gb_chart_series *s, size_t a, size_t b)
{
    const struct gb_value *x = &s->point[a].y, *y = &s->point[b].y;
    return gb_dec_cmp(x->num, x->scale, y->num, y->scale) < 0;
}

/* Stable insertion: equal ranks stay in the order given. */
static void order(const struct gb_chart_series *s, size_t n, size_t *out)
{
    for (size_t i = 0; i < n; i++) {
        size_t j = i;
        for (; j && before(s, i, out[j - 1]); j--)
            out[j] = out[j - 1];
        out[j] = i;
    }
}

/* Rows of both sides that have both ranks: others have no line. */
static bool read(struct slope *p, struct gb_sketch *k)
{
    *p = (struct slope){ .k = k };
    if (k->spec->n_series < 2)
        return false;
    struct gb_chart_series *side = GB_NEW_N(k->a, 2, struct gb_chart_series);
    size_t most = k->spec->series[0].n < k->spec->series[1].n ? k->spec->series[0].n : k->spec->series[1].n;
    for (int s = 0; s < 2; s++) {
        side[s] = k->spec->series[s];
        side[s].point = GB_NEW_N(k->a, most + 1, struct gb_chart_point);
    }
    for (size_t i = 0; i < most; i++) {
        const struct gb_chart_point *a = &k->spec->series[0].point[i], *b = &k->spec->series[1].point[i];
        if (p->n == MAX_ROWS || !gb_is_number(&a->y) || !gb_is_number(&b->y)) {
            p->rest++;
            continue;
        }
        side[0].point[p->n] = *a;
        side[1].point[p->n++] = *b;
    }
    p->was = &side[0];
    p->now = &side[1];
    order(p->was, p->n, p->left);
    order(p->now, p->n, p->right);
    return p->n > 0;
}

double gb_slope_height(struct gb_sketch *k, double width_pt)
{
    struct slope p;
    (void)width_pt;
    return read(&p, k) ? k->line * (p.rest ? 2.25 : 1.25) + (double)p.n * k->base * 1.5 + k->base * 0.3 : k->line * 3;
}

static double row_y(const size_t *side, size_t row, double top, double step)
{
    size_t at = 0;
    while (side[at] != row)
        at++;
    return top + step * ((double)at + 0.5);
}

static const char *label(const struct slope *p, size_t i, bool right)
{
    struct gb_sketch *k = p->k;
    const char *was = gb_ink_value(k, &p->was->point[i].y, false), *now = gb_ink_value(k, &p->now->point[i].y, false);
    const char *name = p->now->point[i].label ? p->now->point[i].label : "";
    return right ? gb_sprintf(k->a, "%s · %s", now, name) : gb_sprintf(k->a, "%s · %s", name, was);
}

static void draw_line(const struct slope *p, size_t i, double x1, double y1, double x2, double y2)
{
    struct gb_sketch *k = p->k;
    double zoom = k->base / 8.5;
    bool better =
        gb_number(&p->now->point[i].y)<gb_number(&p->was->point[i].y), worse = gb_number(&p->now->point[i].y)> gb_number(
            &p->was->point[i].y);
    struct gb_pen pen = { .color = gb_rule, .width_pt = 0.8 * zoom };
    if (better)
        pen = (struct gb_pen){ .color = gb_accent, .width_pt = 1.6 * zoom };
    else if (worse)
        pen = (struct gb_pen){ .color = gb_accent_2, .width_pt = 1.4 * zoom, .dash_pt = { 4 * zoom, 1.8 * zoom }, .n_dash = 2 };
    gb_canvas_line(k->cv, x1, y1, x2, y2, &pen);
    for (int end = 0; end < 2; end++) {
        struct gb_path c;
        gb_path_init(&c, k->a);
        gb_path_circle(&c, end ? x2 : x1, end ? y2 : y1, 1.8 * zoom);
        gb_canvas_fill(k->cv, &c, pen.color);
    }
}

void gb_draw_slope(struct gb_sketch *k)
{
    struct slope p;
    if (!read(&p, k)) {
        gb_nothing_to_draw(k);
        return;
    }
    double side = k->r.w * 0.37, gap = k->base * 0.7, x1 = k->r.x + side + gap, x2 = k->r.x + k->r.w - side - gap;
    double step = k->base * 1.5, room = k->r.h - k->line * (p.rest ? 2.25 : 1.25);
    if (step * (double)p.n > room)
        step = k->base * 1.2;
    if (x2 - x1 < k->base * 2 || step * (double)p.n > room + 0.01) { /* a part of a ranking would be another ranking */
        gb_no_room(k);
        return;
    }
    const char *head[2] = { p.was->name ? p.was->name : "", p.now->name ? p.now->name : "" };
    gb_ink_text(k, GB_SANS_BOLD, k->base, gb_ink, GB_END, k->r.x + side, k->r.y + k->base,
                gb_ink_elide(k, GB_SANS_BOLD, k->base, head[0], side));
    gb_ink_text(k, GB_SANS_BOLD, k->base, gb_ink, GB_START, x2 + gap, k->r.y + k->base,
                gb_ink_elide(k, GB_SANS_BOLD, k->base, head[1], side));
    double top = k->r.y + k->line * 1.25;
    for (size_t i = 0; i < p.n; i++) {
        double y1 = row_y(p.left, i, top, step), y2 = row_y(p.right, i, top, step);
        draw_line(&p, i, x1, y1, x2, y2);
        enum gb_font f = p.now->point[i].highlight ? GB_SANS_BOLD : GB_SANS;
        gb_ink_text(k, f, k->base, gb_ink, GB_END, k->r.x + side, y1 + k->base * 0.35,
                    gb_ink_elide(k, f, k->base, label(&p, i, false), side));
        gb_ink_text(k, f, k->base, gb_ink, GB_START, x2 + gap, y2 + k->base * 0.35,
                    gb_ink_elide(k, f, k->base, label(&p, i, true), side));
    }
    gb_rest(k, p.rest, "nơi nữa không vẽ, xem bảng số liệu", top + step * (double)p.n);
}
