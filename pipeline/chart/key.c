/* key.c — samples with their names, in as many rows as they need: the one key of every kind of chart. Measured and drawn by the same code. */
#include "chart/ink.h"

/* One sample; its middle stands where the small letters of the text are. */
static void sample(struct gb_sketch *k, const struct gb_key_item *it, double x, double y, double w, double size)
{
    double mid = y + k->base - size * 0.35, zoom = k->base / 8.5, cap = it->pen.round ? it->pen.width_pt / 2 : 0;
    struct gb_rect box = { x, mid - size * 0.42, w, size * 0.84 };
    struct gb_pen rim = { gb_rule, 0.4 * zoom, { 0 }, 0, false };
    struct gb_path p;
    gb_path_init(&p, k->a);
    switch (it->look) {
    case GB_KEY_LINE:
        gb_canvas_line(k->cv, x + cap, mid, x + w - cap, mid, &it->pen);
        break; /* a round end reaches beyond its point */
    case GB_KEY_UPRIGHT: gb_canvas_line(k->cv, x + w / 2, mid - size * 0.5, x + w / 2, mid + size * 0.5, &it->pen); break;
    case GB_KEY_BOX:
        gb_path_rect(&p, box);
        gb_canvas_fill(k->cv, &p, it->fill);
        gb_canvas_stroke(k->cv, &p, &rim);
        break;
    case GB_KEY_HATCH:
        gb_hatch_box(&p, box, k->base * 0.36);
        gb_hatch_stroke(k, &p);
        break;
    case GB_KEY_STATE: gb_state_mark(k->cv, it->state, x + w / 2, mid, k->base * 0.38, k->a); break;
    case GB_KEY_RING:
        gb_path_circle(&p, x + w / 2, mid, 2.3 * zoom);
        gb_canvas_fill(k->cv, &p, gb_ground);
        gb_canvas_stroke(k->cv, &p, &it->pen);
        break;
    }
}

static double sample_em(enum gb_key_look look)
{
    switch (look) {
    case GB_KEY_LINE: return 2;
    case GB_KEY_UPRIGHT: return 0.5;
    case GB_KEY_BOX:
    case GB_KEY_HATCH: return 1.1;
    case GB_KEY_STATE:
    case GB_KEY_RING: return 0.85;
    }
    gb_bug("key look");
}

/* Where item i stands after the one before it: x and y move on. @return its text, cut so that its figure stays whole */
static const char *place_item(struct gb_sketch *k, struct gb_rect r, double size, const struct gb_key_item *it, double *x,
                              double *y, double *next_x)
{
    double before = sample_em(it->look) * k->base + k->base * 0.42;
    const char *text = it->figure ? gb_ink_named(k, GB_SANS, size, it->text, " ", it->figure, r.w - before)
                                  : gb_ink_elide(k, GB_SANS, size, it->text, r.w - before);
    double w = before + gb_ink_width(k, GB_SANS, size, text);
    if (*next_x > r.x && *next_x + w > r.x + r.w) {
        *next_x = r.x;
        *y += k->line;
    }
    *x = *next_x;
    *next_x = *x + w + k->base * 1.3;
    return text;
}

double gb_key(struct gb_sketch *k, struct gb_rect r, double size, const struct gb_key_item *v, int n)
{
    double x, y = r.y, next = r.x, last = r.y;
    for (int i = 0; i < n; i++)
        (void)place_item(k, r, size, &v[i], &x, &last, &next);
    if (r.h > 0 && last + k->line > r.y + r.h + 0.01) /* the marks need their room: what is not named is counted */
        last = r.y + k->line * ((int)(r.h / k->line) > 1 ? (int)(r.h / k->line) - 1 : 0);
    else
        last += k->line;
    next = r.x;
    for (int i = 0; i < n; i++) {
        const char *text = place_item(k, r, size, &v[i], &x, &y, &next);
        if (y > last - 0.01) {
            gb_ink_text(k, GB_SANS, size, gb_ink_soft, GB_START, r.x, last + k->base,
                        gb_ink_elide(k, GB_SANS, size, gb_sprintf(k->a, "… và %d mục nữa", n - i), r.w));
            return last + k->line - r.y;
        }
        if (k->cv)
            sample(k, &v[i], x, y, sample_em(v[i].look) * k->base, size);
        gb_ink_text(k, GB_SANS, size, v[i].soft ? gb_ink_soft : gb_ink, GB_START, x + (sample_em(v[i].look) + 0.42) * k->base,
                    y + k->base, text);
    }
    return n ? y + k->line - r.y : 0;
}

double gb_state_key(struct gb_sketch *k, double x, double y, double width)
{
    struct gb_key_item v[GB_EMERGENCY + 1];
    bool seen[GB_EMERGENCY + 1] = { false };
    int n = 0;
    for (size_t i = 0; i < k->spec->n_series; i++)
        for (size_t j = 0; j < k->spec->series[i].n; j++) {
            enum gb_state s = k->spec->series[i].point[j].state;
            if (gb_stands_at(s, GB_GOOD))
                seen[s] = true;
        }
    for (enum gb_state s = GB_GOOD; s <= GB_EMERGENCY; s++)
        if (seen[s])
            v[n++] = (struct gb_key_item){ .text = gb_state_vi(s), .look = GB_KEY_STATE, .state = s, .soft = true };
    return gb_key(k, (struct gb_rect){ x, y, width, 0 }, k->base * 0.92, v, n);
}

void gb_hatch_box(struct gb_path *p, struct gb_rect r, double step)
{
    for (double d = step / 2; d < r.w + r.h; d += step) {
        gb_path_move(p, d < r.w ? r.x + d : r.x + r.w, d < r.w ? r.y : r.y + d - r.w);
        gb_path_line(p, d < r.h ? r.x : r.x + d - r.h, d < r.h ? r.y + d : r.y + r.h);
    }
}

void gb_hatch_stroke(struct gb_sketch *k, const struct gb_path *p)
{
    struct gb_pen pen = { gb_hatching, 0.4 * k->base / 8.5, { 0 }, 0, false };
    if (p->n_ops)
        gb_canvas_stroke(k->cv, p, &pen);
}
