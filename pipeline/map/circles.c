/* circles.c — circles whose area is proportional to the value, for counts: a colour over a large empty commune would make it weigh more
 * than a small crowded one.
 *
 * The area is true to the figure. Flannery's correction (exponent 0.57 for 0.5, because readers underestimate large circles) is left
 * out: sizes are compared with those of the legend, and the greatest are labelled with their figure. The greatest lie at the bottom,
 * all are half transparent. Zero is a dot; what is below zero has its area too, empty and broken, so that it is not read as more.
 */
#include "map/map_plan.h"

#include <math.h>
#include <stdlib.h>

#include "base/decimal.h"

#define MOST_R_EM 2.0

static int64_t size_of(int64_t v)
{
    return v < 0 ? v == INT64_MIN ? INT64_MAX : -v : v;
}

static bool figure(const struct gb_circle_scale *c, const struct gb_value *y, int64_t *v)
{
    return gb_is_number(y) && gb_dec_rescale(y->num, y->scale, c->decimals, v);
}

/* The greatest 1, 2 or 5 times a power of ten up to v. */
static int64_t round_size(int64_t v)
{
    static const int64_t digit[] = { 5, 2, 1 };
    for (int p = 17; p >= 0; p--)
        for (int d = 0; d < 3; d++)
            if (gb_pow10[p] * digit[d] <= v)
                return gb_pow10[p] * digit[d];
    return 0;
}

double gb_circle_radius(const struct gb_circle_scale *c, int64_t v)
{
    return c->most > 0 ? c->most_r * sqrt((double)size_of(v) / (double)c->most) : 0;
}

void gb_circles_scale(struct gb_map_plan *p)
{
    struct gb_circle_scale *c = &p->circles;
    *c = (struct gb_circle_scale){ .most_r = p->k.base * MOST_R_EM };
    p->classes = (struct gb_classes){ .class = { { .color = GB_RGB(0xf3f3f0) } } };
    for (size_t i = 0; p->s && i < p->s->n; i++)
        if (gb_is_number(&p->s->point[i].y) && p->s->point[i].y.decimals > c->decimals)
            c->decimals = p->s->point[i].y.decimals;
    for (size_t i = 0; p->s && i < p->s->n; i++) {
        int64_t v;
        if (!figure(c, &p->s->point[i].y, &v))
            continue;
        c->n_shown++;
        c->n_zero += v == 0;
        c->n_negative += v < 0;
        if (size_of(v) > c->most)
            c->most = size_of(v);
    }
    for (int64_t v = round_size(c->most); v > 0 && c->n_sizes < GB_CIRCLE_SIZES; v = round_size(v / 4))
        c->size[c->n_sizes++] = v;
}

static int largest_first(const void *a, const void *b)
{
    const struct gb_mark *p = a, *q = b;
    return p->box.w != q->box.w ? (p->box.w > q->box.w ? -1 : 1) : p->first - q->first;
}

static void add_circle(struct gb_map_plan *p, int point_i, struct gb_point at)
{
    int64_t v = 0;
    bool has = figure(&p->circles, &p->s->point[point_i].y, &v);
    double r = has ? gb_circle_radius(&p->circles, v) : p->k.base * 0.42, least = p->k.base * 0.15;
    r = r < least ? least : r;
    p->mark[p->n_marks++] =
        (struct gb_mark){ .at = at, .box = { at.x - r, at.y - r, 2 * r, 2 * r }, .first = point_i, .n = 1, .class_i = has - 1 };
}

void gb_circles_place(struct gb_map_plan *p)
{
    p->mark = GB_NEW_N(p->k.a, (size_t)(p->n_stations + p->n_base), struct gb_mark);
    p->next = GB_NEW_N(p->k.a, p->s->n, int);
    p->n_marks = 0;
    for (size_t i = 0; i < p->s->n; i++)
        p->next[i] = -1;
    for (int i = 0; i < p->n_stations; i++)
        add_circle(p, p->station_point[i], p->station[i]);
    for (int i = 0; i < p->n_base; i++) {
        double depth;
        if (p->shape[i].point_i >= 0 && p->shape[i].class_i >= 0)
            add_circle(p, p->shape[i].point_i, gb_pole(&p->shape[i], 0.5, &depth, p->k.a));
    }
    if (p->n_marks > 1)
        qsort(p->mark, (size_t)p->n_marks, sizeof *p->mark, largest_first);
    for (int i = 0; i < p->n_marks; i++) {
        struct gb_rect b = p->mark[i].box; /* the square inside the circle: the corners around it are free */
        gb_box_add(&p->k, (struct gb_rect){ b.x + b.w * 0.12, b.y + b.h * 0.12, b.w * 0.76, b.h * 0.76 });
    }
}

void gb_circle_draw(struct gb_sketch *k, const struct gb_circle_scale *c, int64_t v, struct gb_point at)
{
    double r = gb_circle_radius(c, v), zoom = k->base / 8.5;
    struct gb_pen rim = { GB_RGB(0x0b4a75), 0.6 * zoom, { 0 }, 0, false },
                  below = { GB_RGB(0x7f3b08), 0.9 * zoom, { 2 * zoom, 1.4 * zoom }, 2, false };
    struct gb_path path;
    gb_path_init(&path, k->a);
    if (v == 0) {
        gb_path_circle(&path, at.x, at.y, k->base * 0.11);
        gb_canvas_fill(k->cv, &path, gb_ink_soft);
        return;
    }
    gb_path_circle(&path, at.x, at.y, r > k->base * 0.15 ? r : k->base * 0.15);
    gb_canvas_fill(k->cv, &path, v > 0 ? (struct gb_rgba){ 0x2f, 0x7a, 0xac, 150 } : (struct gb_rgba){ 255, 255, 255, 170 });
    gb_canvas_stroke(k->cv, &path, v > 0 ? &rim : &below);
}

void gb_circles_draw(struct gb_map_plan *p)
{
    for (int i = 0; i < p->n_marks; i++) {
        const struct gb_mark *m = &p->mark[i];
        int64_t v;
        if (figure(&p->circles, &p->s->point[m->first].y, &v))
            gb_circle_draw(&p->k, &p->circles, v, m->at);
        else
            gb_state_mark(p->k.cv, GB_NO_DATA, m->at.x, m->at.y, p->k.base * 0.42, p->k.a);
    }
}

static const char *size_text(struct gb_sketch *k, const struct gb_circle_scale *c, int i)
{
    char t[48];
    int decimals = c->decimals;
    for (int64_t rest = c->size[i]; decimals > 0 && rest % 10 == 0; rest /= 10)
        decimals--;
    size_t n = gb_dec_vi(c->size[i], c->decimals, decimals, t);
    return gb_strndup(k->a, t, n);
}

static double text_from(const struct gb_sketch *k, const struct gb_circle_scale *c)
{
    return 2 * gb_circle_radius(c, c->size[0]) + k->base * 0.7;
}

double gb_circle_legend_width(struct gb_sketch *k, const struct gb_circle_scale *c)
{
    return c->n_sizes ? text_from(k, c) + gb_ink_width(k, GB_SANS, k->base, size_text(k, c, 0)) + 0.5 : 0;
}

double gb_circle_legend(struct gb_sketch *k, const struct gb_circle_scale *c, double x, double y, double width)
{
    double text_y[GB_CIRCLE_SIZES], text_h[GB_CIRCLE_SIZES], big = c->n_sizes ? gb_circle_radius(c, c->size[0]) : 0;
    double h = 2 * big > c->n_sizes * k->line ? 2 * big : c->n_sizes * k->line, cx = x + big + k->base * 0.1,
           tip = x + text_from(k, c);
    y += k->line * 0.5;
    struct gb_pen line = { gb_ink_soft, k->base * 0.05, { 0 }, 0, false };
    if (!c->n_sizes)
        return 0;
    for (int i = 0; i < c->n_sizes; i++) {
        text_y[i] = y + h - 2 * gb_circle_radius(c, c->size[i]);
        text_h[i] = k->line;
    }
    gb_push_apart(text_y, text_h, c->n_sizes, y - k->line * 0.5, y + h + k->line * 0.5);
    for (int i = 0; k->cv && i < c->n_sizes; i++) {
        double r = gb_circle_radius(c, c->size[i]), top = y + h - 2 * r;
        gb_circle_draw(k, c, c->size[i], (struct gb_point){ cx, y + h - r });
        gb_canvas_line(k->cv, cx, top, tip - k->base * 0.4, text_y[i], &line);
        const char *text = gb_ink_elide(k, GB_SANS, k->base, size_text(k, c, i), width - (tip - x));
        gb_ink_text(k, GB_SANS, k->base, gb_ink, GB_START, tip, text_y[i] + k->base * 0.35, text);
    }
    return h + k->line;
}
