/* rows.c — one row a name: what bars, bullets, dots and waterfalls share. Names are broken over up to four lines before anything is cut;
 * with less height than asked for, rows move together down to the height of the letters; what still has no room is named as a
 * number of rows, never dropped in silence.
 */
#include "chart/rows.h"

#include "base/decimal.h"

const struct gb_chart_point *gb_row_point(const struct gb_chart_series *s, const struct gb_chart_series *main, size_t i)
{
    if (i < s->n && (s == main || gb_streq(s->point[i].label, main->point[i].label)))
        return &s->point[i];
    for (size_t j = 0; j < s->n; j++)
        if (gb_streq(s->point[j].label, main->point[i].label))
            return &s->point[j];
    return NULL;
}

static void sort_series(struct gb_rows *b)
{
    const struct gb_chart *c = b->k->spec;
    for (size_t i = 0; i < c->n_series; i++) {
        bool is_bar = c->series[i].role == GB_ROLE_ACTUAL;
        if (is_bar && b->n_actual < GB_ROWS_SERIES) {
            b->actual_i[b->n_actual] = i;
            b->actual[b->n_actual++] = &c->series[i];
        } else if (!is_bar && b->n_ticks < GB_ROWS_SERIES) {
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

static void see(struct gb_rows *b, const struct gb_value *v)
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

static void measure_values(struct gb_rows *b)
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

bool gb_row_stands_out(const struct gb_rows *b, size_t i)
{
    return b->main->point[i].highlight && !b->all_highlighted;
}

static void set_rows(struct gb_rows *b, double width)
{
    struct gb_sketch *k = b->k;
    double most = width * 0.40, single = k->base * (k->spec->kind == GB_CHART_BULLET ? 2.25 : 1.72);
    b->row = GB_NEW_N(k->a, b->n ? b->n : 1, struct gb_row_text);
    b->all_highlighted = b->n > 1;
    for (size_t i = 0; i < b->n; i++) {
        b->has_marks = b->has_marks || b->main->point[i].state != GB_STATE_NONE;
        b->all_highlighted = b->all_highlighted && b->main->point[i].highlight;
    }
    double mark = b->has_marks ? k->base * 1.2 : 0;
    b->height = 0;
    for (size_t i = 0; i < b->n; i++) {
        struct gb_row_text *r = &b->row[i];
        const struct gb_chart_point *pt = &b->main->point[i];
        enum gb_font f = gb_row_stands_out(b, i) ? GB_SANS_BOLD : GB_SANS;
        r->n_lines = gb_ink_wrap_even(k, f, k->base, pt->label ? pt->label : "", most - mark, GB_ROW_NAME_LINES, r->line);
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

bool gb_rows_need_key(const struct gb_rows *b)
{
    return b->n_actual > 1 || b->n_ticks > 0;
}

void gb_rows_measure(struct gb_rows *b, struct gb_sketch *k, double width)
{
    *b = (struct gb_rows){ .k = k };
    sort_series(b);
    measure_values(b);
    if (b->values_right < b->k->base * 0.1)
        b->values_right = b->k->base * 0.1; /* all below zero: the axis stands at the edge, inside it */
    set_rows(b, width);
}

/* The key of ticks and of grouped bars; its samples are what is drawn. */
void gb_rows_key(struct gb_rows *b)
{
    struct gb_sketch *k = b->k;
    struct gb_key_item v[2 * GB_ROWS_SERIES];
    int n = 0;
    for (int t = -b->n_actual; t < b->n_ticks; t++) {
        size_t i = t < 0 ? b->actual_i[t + b->n_actual] : b->tick_i[t];
        const char *name = k->spec->series[i].name;
        if (!name || !name[0])
            continue;
        struct gb_pen pen = gb_series_pen(k, i);
        pen.n_dash = 0;
        pen.width_pt = 1.8 * k->base / 8.5;
        v[n++] = (struct gb_key_item){ .text = name, .look = t < 0 ? GB_KEY_BOX : GB_KEY_UPRIGHT, .pen = pen, .fill = pen.color };
    }
    double used = gb_key(k,
                         (struct gb_rect){ k->r.x, k->r.y, k->r.w,
                                           !k->cv                   ? 0
                                           : k->r.h > k->base * 3.8 ? k->r.h - k->base * 2.5
                                                                    : k->line },
                         k->base, v, n) +
                  k->base * 0.4;
    k->r.y += used;
    k->r.h -= used;
}

double gb_field_x(const struct gb_field *f, double v)
{
    return f->x + f->w * gb_scale_frac(&f->scale, v);
}

static double tightest(const struct gb_rows *b, size_t i)
{
    int lines = b->row[i].n_lines > b->n_actual ? b->row[i].n_lines : b->n_actual;
    return b->k->base * (0.1 + 1.1 * (lines ? lines : 1));
}

static double row_height(const struct gb_rows *b, size_t i, double ease)
{
    double least = tightest(b, i);
    return least + (b->row[i].h - least) * ease;
}

double gb_rows_least(const struct gb_rows *b)
{
    double least = 0;
    for (size_t i = 0; i < b->n; i++)
        least += tightest(b, i);
    return least;
}

/* Rows into the height there is: all move together, each at most to the height of its own letters.
 * @return how many fit; *ease = 1 for the height asked for, 0 for the tightest. */
static size_t fit(const struct gb_rows *b, double height, double *ease)
{
    double least = gb_rows_least(b), used = 0;
    *ease = b->height <= height ? 1 : b->height > least && height > least ? (height - least) / (b->height - least) : 0;
    if (*ease > 0)
        return b->n;
    size_t n = 0;
    for (double room = height - b->k->line; n < b->n && used + tightest(b, n) <= room; n++)
        used += tightest(b, n);
    return n;
}

static void row_name(const struct gb_rows *b, size_t i, double y, double h, double right)
{
    struct gb_sketch *k = b->k;
    const struct gb_chart_point *pt = &b->main->point[i];
    const struct gb_row_text *r = &b->row[i];
    double step = k->base * 1.1, first = y + h / 2 - (r->n_lines - 1) * step / 2 + k->base * 0.35;
    for (int j = 0; j < r->n_lines; j++)
        gb_ink_text(k, gb_row_stands_out(b, i) ? GB_SANS_BOLD : GB_SANS, k->base, gb_ink, GB_END, right, first + j * step,
                    r->line[j]);
    if (pt->state != GB_STATE_NONE)
        gb_state_mark(k->cv, pt->state, k->r.x + k->base * 0.5, y + h / 2, k->base * 0.4, k->a);
}

double gb_rows_reference_head(struct gb_rows *b, const struct gb_field *f)
{
    struct gb_sketch *k = b->k;
    const struct gb_chart *c = k->spec;
    if (!c->has_reference || !gb_is_number(&c->reference) || k->r.h < k->line * 2)
        return 0;
    const char *s = gb_ink_named(k, GB_SANS, k->base, c->reference_label, " ", gb_ink_value(k, &c->reference, false), k->r.w);
    double w = gb_ink_width(k, GB_SANS, k->base, s), x = gb_field_x(f, gb_number(&c->reference)) - w / 2;
    if (x + w > k->r.x + k->r.w)
        x = k->r.x + k->r.w - w;
    if (x < k->r.x)
        x = k->r.x;
    gb_ink_text(k, GB_SANS, k->base, gb_ink, GB_START, x, k->r.y + k->base, s);
    return k->line;
}

static void reference_line(const struct gb_rows *b, const struct gb_field *f, double y1, double y2)
{
    struct gb_sketch *k = b->k;
    if (!k->spec->has_reference || !gb_is_number(&k->spec->reference))
        return;
    double zoom = k->base / 8.5, x = gb_field_x(f, gb_number(&k->spec->reference));
    struct gb_pen pen = { .color = gb_ink, .width_pt = 0.8 * zoom, .dash_pt = { 3 * zoom, 2 * zoom }, .n_dash = 2 };
    gb_canvas_line(k->cv, x, y1, x, y2, &pen);
    gb_seg_add(k, x, y1, x, y2);
}

static void axis_below(const struct gb_rows *b, const struct gb_field *f, double y)
{
    struct gb_sketch *k = b->k;
    double free_from = f->x - k->base * 2;
    struct gb_pen pen = { .color = gb_rule, .width_pt = 0.7 * k->base / 8.5 };
    for (int i = 0; i < f->scale.n; i++) {
        const char *s = gb_ink_tick(k, &f->scale, i);
        double x = gb_field_x(f, gb_dec_to_double(f->scale.tick[i], f->scale.scale)), w = gb_ink_width(k, GB_SANS, k->base, s),
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

void gb_rows_draw(const struct gb_rows *b, const struct gb_field *f, double y, const struct gb_rows_look *look)
{
    struct gb_sketch *k = b->k;
    double ease, top = y, below = look->axis ? k->line * 1.3 : 0;
    size_t shown = fit(b, k->r.y + k->r.h - y - below, &ease);
    for (size_t i = 0; i < shown; i++) {
        double h = row_height(b, i, ease);
        row_name(b, i, y, h, k->r.x + b->names - k->base * 0.6);
        if (look->under)
            look->under(b, f, i, y, h, look->with);
        y += h;
    }
    if (look->reference)
        reference_line(b, f, top, y);
    double at = top;
    for (size_t i = 0; look->over && i < shown; i++) {
        double h = row_height(b, i, ease);
        look->over(b, f, i, at, h, look->with);
        at += h;
    }
    struct gb_pen zero = { .color = gb_rule, .width_pt = 0.8 * k->base / 8.5 };
    if (look->zero)
        gb_canvas_line(k->cv, f->zero, top, f->zero, y, &zero);
    if (shown < b->n)
        gb_rest(k, b->n - shown, "dòng nữa không đủ chỗ để vẽ", y);
    else if (look->axis && y + below <= k->r.y + k->r.h + 0.01)
        axis_below(b, f, y);
}
