/* heat.c — a table that is looked at: one row a place, one column an indicator, every cell with its figure.
 *
 * Colour alone says nothing here: a judged cell has the shape of its state before the figure and its tint behind it, so that a photocopy and a colour-blind
 * reader lose nothing. Figures end at one edge, so that their digits stand below each other. Columns that do not fit beside each
 * other go on in a second band below; names of columns that do not fit above them become numbers with a key.
 */
#include "base/utf8.h"
#include "chart/ink.h"

enum { HEAD_LINES = 4, NAME_LINES = 2, KEY_LINES = 2, MAX_COLS = 40 };

struct name {
    const char *line[HEAD_LINES];
    int n;
};
struct heat {
    struct gb_sketch *k;
    size_t rows, cols, per_band, bands;
    double names_w, w, pad, mark_w, row_h, least_h, head_h, key_h, band_gap, states_h;
    struct name *row, col[MAX_COLS];
    const char *when[MAX_COLS];
    bool numbered, any_mark;
    int name_lines;
};

static double small(const struct heat *t)
{
    return t->k->base * 0.92;
}

static double widest_cell(struct heat *t)
{
    double w = t->k->base * 2;
    for (size_t c = 0; c < t->cols; c++)
        for (size_t i = 0; i < t->k->spec->series[c].n; i++) {
            const struct gb_chart_point *p = &t->k->spec->series[c].point[i];
            t->any_mark = t->any_mark || p->state != GB_STATE_NONE;
            double v = gb_is_number(&p->y) ? gb_ink_width(t->k, GB_SANS_BOLD, t->k->base, gb_ink_value(t->k, &p->y, false)) : 0;
            w = v > w ? v : w;
        }
    t->mark_w = t->any_mark ? t->k->base * 1.25 : 0;
    return w + t->mark_w + 2 * t->pad;
}

static void name_rows(struct heat *t, double width)
{
    struct gb_sketch *k = t->k;
    const struct gb_chart_series *s = &k->spec->series[0];
    double most = width * 0.34;
    t->row = GB_NEW_N(k->a, t->rows ? t->rows : 1, struct name);
    t->name_lines = 1;
    for (size_t i = 0; i < t->rows; i++) {
        struct name *n = &t->row[i];
        n->n = gb_ink_wrap_even(k, GB_SANS, k->base, s->point[i].label ? s->point[i].label : "", most, NAME_LINES, n->line);
        if (n->n > t->name_lines)
            t->name_lines = n->n;
        for (int j = 0; j < n->n; j++) {
            double w = gb_ink_width(k, GB_SANS, k->base, n->line[j]);
            if (w > t->names_w)
                t->names_w = w;
        }
    }
    t->names_w += k->base * 0.7;
}

/* The period of a column, told where its points carry one. */
static const char *when_of(struct gb_sketch *k, const struct gb_chart_series *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->point[i].x.kind == GB_V_PERIOD)
            return gb_ink_period(k, &s->point[i].x);
    return "";
}

static void name_cols(struct heat *t, double width)
{
    struct gb_sketch *k = t->k;
    int most = 1;
    t->numbered = t->w < k->base * 4.5;
    for (size_t c = 0; c < t->cols; c++) {
        struct name *n = &t->col[c];
        const char *name = k->spec->series[c].name ? k->spec->series[c].name : "";
        t->when[c] = when_of(k, &k->spec->series[c]);
        n->n = gb_ink_wrap(k, GB_SANS, small(t), name, t->w - t->pad * 2, HEAD_LINES, n->line);
        for (int j = 0; j < n->n; j++)
            t->numbered = t->numbered || strstr(n->line[j], "…") || !n->line[j][0];
        if (n->n > most)
            most = n->n;
    }
    bool when = false;
    for (size_t c = 0; c < t->cols; c++)
        when = when || t->when[c][0];
    t->head_h = ((t->numbered ? 1 : most) + (when && !t->numbered)) * k->line * 0.92 + k->base * 0.4;
    for (size_t c = 0; t->numbered && c < t->cols; c++) {
        const char *name = k->spec->series[c].name ? k->spec->series[c].name : "";
        struct name *n = &t->col[c];
        name = gb_sprintf(k->a, "%zu. %s%s%s", c + 1, name, t->when[c][0] ? ", " : "", t->when[c]);
        n->n = gb_ink_wrap(k, GB_SANS, small(t), name, width, KEY_LINES, n->line);
        t->key_h += n->n * k->line;
    }
    t->key_h += t->key_h > 0 ? k->base * 0.4 : 0;
}

static void measure(struct heat *t, struct gb_sketch *k, double width)
{
    *t = (struct heat){ .k = k,
                        .cols = k->spec->n_series < MAX_COLS ? k->spec->n_series : MAX_COLS,
                        .rows = k->spec->series[0].n };
    t->pad = k->base * 0.45;
    t->band_gap = k->base * 0.8;
    name_rows(t, width);
    double field = width - t->names_w, need = widest_cell(t);
    size_t fit = field > need ? (size_t)(field / need) : 1;
    t->bands = (t->cols + fit - 1) / fit;
    t->per_band = (t->cols + t->bands - 1) / t->bands; /* bands of equal length */
    t->w = field / (double)t->per_band;
    if (t->w > k->base * 13)
        t->w = k->base * 13;
    name_cols(t, width);
    struct gb_sketch probe = *k;
    probe.cv = NULL;
    t->states_h = gb_state_key(&probe, 0, 0, width);
    t->states_h += t->states_h > 0 ? k->base * 0.4 : 0;
    t->row_h = (t->name_lines - 1) * k->base * 1.12 + k->base * 1.75;
    t->least_h = (t->name_lines - 1) * k->base * 1.12 + k->base * 1.3;
}

static double height_of(const struct heat *t, size_t rows, double row_h)
{
    return t->key_h + t->states_h + (double)t->bands * (t->head_h + (double)rows * row_h + t->band_gap) - t->band_gap;
}

double gb_heat_height(struct gb_sketch *k, double width_pt)
{
    struct heat t;
    measure(&t, k, width_pt);
    return height_of(&t, t.rows, t.row_h) + k->base * 0.4;
}

static void draw_key(const struct heat *t, double x, double y)
{
    for (size_t c = 0; t->numbered && c < t->cols; c++)
        for (int j = 0; j < t->col[c].n; j++, y += t->k->line)
            gb_ink_text(t->k, GB_SANS, small(t), gb_ink, GB_START, x, y + t->k->base, t->col[c].line[j]);
}

static void draw_head(const struct heat *t, size_t c, double x, double y)
{
    struct gb_sketch *k = t->k;
    double right = x + t->w - t->pad, step = k->line * 0.92, base = y + t->head_h - k->base * 0.55;
    if (t->numbered) {
        gb_ink_text(k, GB_SANS_BOLD, small(t), gb_ink, GB_END, right, base, gb_sprintf(k->a, "%zu", c + 1));
        return;
    }
    if (t->when[c][0]) {
        gb_ink_text(k, GB_SANS, small(t), gb_ink_soft, GB_END, right, base,
                    gb_ink_elide(k, GB_SANS, small(t), t->when[c], t->w - t->pad * 2));
        base -= step;
    }
    for (int j = t->col[c].n - 1; j >= 0; j--, base -= step)
        gb_ink_text(k, GB_SANS, small(t), gb_ink, GB_END, right, base, t->col[c].line[j]);
}

static void draw_cell(const struct heat *t, size_t c, size_t i, struct gb_rect r)
{
    struct gb_sketch *k = t->k;
    const struct gb_chart_series *s = &k->spec->series[c];
    const struct gb_chart_point *p = i < s->n ? &s->point[i] : NULL;
    double base = r.y + r.h / 2 + k->base * 0.35, gap = k->base * 0.06;
    if (!p || !gb_is_number(&p->y)) {
        gb_ink_text(k, GB_SANS, k->base, gb_ink_soft, GB_END, r.x + r.w - t->pad, base, "–");
        return;
    }
    struct gb_rect ground = { r.x + gap, r.y + gap, r.w - 2 * gap, r.h - 2 * gap };
    if (p->state != GB_STATE_NONE) {
        gb_canvas_fill_rect(k->cv, ground, gb_state_tint(p->state));
        if (r.w > t->mark_w)
            gb_state_mark(k->cv, p->state, r.x + t->pad + k->base * 0.4, r.y + r.h / 2, k->base * 0.38, k->a);
    }
    const char *v = gb_ink_value(k, &p->y, false);
    bool bad = gb_stands_at(p->state, GB_WARNING);
    enum gb_font f = bad ? GB_SANS_BOLD : GB_SANS;
    gb_ink_text(k, f, k->base, gb_ink, GB_END, r.x + r.w - t->pad, base,
                gb_ink_whole(k, f, k->base, v, r.w - t->mark_w - t->pad));
}

static void draw_row(const struct heat *t, size_t i, size_t first, size_t last, struct gb_rect r)
{
    struct gb_sketch *k = t->k;
    struct gb_pen rule = { gb_rule_soft, 0.4 * k->base / 8.5, { 0 }, 0, false };
    double step = k->base * 1.12, base = r.y + r.h / 2 + k->base * 0.35 - (t->row[i].n - 1) * step / 2;
    gb_canvas_line(k->cv, r.x, r.y, r.x + t->names_w + (double)(last - first) * t->w, r.y, &rule);
    for (int j = 0; j < t->row[i].n; j++)
        gb_ink_text(k, GB_SANS, k->base, gb_ink, GB_START, r.x, base + j * step, t->row[i].line[j]);
    for (size_t c = first; c < last; c++)
        draw_cell(t, c, i, (struct gb_rect){ r.x + t->names_w + (double)(c - first) * t->w, r.y, t->w, r.h });
}

void gb_draw_heat(struct gb_sketch *k)
{
    struct heat t;
    measure(&t, k, k->r.w);
    double room = k->r.h + 0.01, row_h = t.row_h;
    size_t rows = t.rows;
    if (height_of(&t, rows, row_h) > room) { /* rows move together; what still has no room is counted */
        row_h = (room - height_of(&t, 0, 0)) / ((double)t.bands * (double)rows);
        if (row_h < t.least_h) {
            row_h = t.least_h;
            double left = room - k->line - height_of(&t, 0, 0);
            rows = left > 0 ? (size_t)(left / ((double)t.bands * row_h)) : 0;
            rows = rows > t.rows ? t.rows : rows;
        }
    }
    double y = k->r.y;
    if (rows) {
        draw_key(&t, k->r.x, y);
        y += t.key_h;
    }
    for (size_t b = 0; rows && b < t.bands; b++, y += t.band_gap) {
        size_t first = b * t.per_band, last = first + t.per_band < t.cols ? first + t.per_band : t.cols;
        for (size_t c = first; c < last; c++)
            draw_head(&t, c, k->r.x + t.names_w + (double)(c - first) * t.w, y);
        y += t.head_h;
        for (size_t i = 0; i < rows; i++, y += row_h)
            draw_row(&t, i, first, last, (struct gb_rect){ k->r.x, y, t.names_w + (double)(last - first) * t.w, row_h });
    }
    y -= rows ? t.band_gap : 0;
    if (rows && t.states_h > 0)
        y += k->base * 0.4 + gb_state_key(k, k->r.x, y + k->base * 0.4, k->r.w);
    gb_rest(k, t.rows - rows, "dòng nữa không đủ chỗ để vẽ", y);
}
