/* tiles.c — a map without geography: one tile a place, in the order of the points of the spec (their codes), wrapped into the width.
 *
 * For a locality that has installed no outlines, and for points without a position. The tile carries the short name, the figure
 * where it fits and the shape of its state, so that nobody needs the colour; the line below says that a tile does not stand where
 * the place is. Detail falls in three steps when there is less height than asked for: names and figures, names, colours alone.
 */
#include "base/utf8.h"
#include "map/map_int.h"

enum { NAMES = 3, FEW = 24, FIGURES_UP_TO_ROWS = 16, NOTE_LINES = 3 };
enum detail { COLOURS, WITH_NAMES, WITH_FIGURES };

struct tile {
    const char *line[NAMES], *value;
    int n_lines, class_i;
    struct gb_rect r;
};
struct tiles {
    struct gb_sketch *k;
    const struct gb_chart_series *s;
    struct gb_classes classes;
    struct gb_legend legend;
    struct tile *v;
    size_t n, cols, rows;
    int name_lines;
    bool points, figures;
    double size, step, gap, pad, w; /* letters, their line, between tiles, inside a tile, its width */
    double legend_h, note_h;
};

static const char *const type_of_commune[] = { "Phường ", "Xã ", "Đặc khu ", "Thị trấn " };

/* "Phường Hạc Thành" -> "Hạc Thành". */
static const char *short_name(const char *label)
{
    for (size_t i = 0; i < sizeof type_of_commune / sizeof *type_of_commune; i++)
        if (gb_starts_with(label, type_of_commune[i]) && label[strlen(type_of_commune[i])])
            return label + strlen(type_of_commune[i]);
    return label;
}

/* Names of the tiles. Two places of one name keep a letter for their kind: "P. Quảng Phú", "X. Quảng Phú". */
static const char **names_of(const struct tiles *t)
{
    const char **name = GB_NEW_N(t->k->a, t->n ? t->n : 1, const char *);
    struct gb_map seen, twice;
    gb_map_init(&seen);
    gb_map_init(&twice);
    for (size_t i = 0; i < t->n; i++) {
        name[i] = short_name(t->s->point[i].label ? t->s->point[i].label : "");
        if (!gb_map_put(&seen, name[i], strlen(name[i]), 1))
            gb_map_put(&twice, name[i], strlen(name[i]), 1);
    }
    for (size_t i = 0; i < t->n; i++) {
        const char *label = t->s->point[i].label;
        if (!label || name[i] == label || gb_map_find_c(&twice, name[i]) < 0)
            continue;
        name[i] = gb_starts_with(label, "Xã ")       ? gb_sprintf(t->k->a, "X. %s", name[i])
                  : gb_starts_with(label, "Phường ") ? gb_sprintf(t->k->a, "P. %s", name[i])
                                                     : label;
    }
    gb_map_release(&seen);
    gb_map_release(&twice);
    return name;
}

static bool are_points(const struct gb_chart_series *s, const struct gb_catalogue *c)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->point[i].region_i >= 0 && s->point[i].region_i < c->n_regions)
            return c->region[s->point[i].region_i].level == GB_AT_POINT;
    return false;
}

static const char *note_text(const struct tiles *t)
{
    return t->points ? "Mỗi ô là một điểm đo, xếp theo mã; ô không cho biết vị trí địa lý."
                     : "Mỗi ô là một xã, phường, xếp theo mã; ô không cho biết vị trí địa lý.";
}

static double mark_w(const struct tiles *t)
{
    return t->classes.by_state ? t->size * 1.15 : 0;
}

static void sort_into_classes(struct tiles *t)
{
    struct gb_sketch *k = t->k;
    double inner = t->w - 2 * t->pad;
    t->v = GB_NEW_N(k->a, t->n ? t->n : 1, struct tile);
    t->figures = true;
    for (size_t i = 0; i < t->n; i++) {
        struct tile *v = &t->v[i];
        const struct gb_value *y = &t->s->point[i].y;
        v->class_i = gb_class_of(&t->classes, &t->s->point[i]);
        v->value = gb_is_number(y) ? gb_ink_value(k, y, false) : "";
        t->figures = t->figures && gb_ink_width(k, GB_SANS_BOLD, t->size, v->value) + mark_w(t) <= inner;
        if (v->class_i < 0)
            t->legend.n_missing++;
        else
            t->classes.class[v->class_i].count++;
    }
}

/* With figures the mark stands before its figure, else right of the name: then names are broken earlier. */
static void break_names(struct tiles *t, enum detail d)
{
    const char **name = names_of(t);
    double width = t->w - 2 * t->pad - (d == WITH_FIGURES ? 0 : mark_w(t));
    int most = t->n <= FEW ? NAMES : NAMES - 1;
    t->name_lines = 1;
    for (size_t i = 0; i < t->n; i++) {
        struct tile *v = &t->v[i];
        v->n_lines = gb_ink_wrap(t->k, GB_SANS, t->size, name[i], width, most, v->line);
        if (v->n_lines > t->name_lines)
            t->name_lines = v->n_lines;
    }
}

static void begin(struct tiles *t, struct gb_sketch *k, const struct gb_catalogue *c, double width)
{
    *t = (struct tiles){ .k = k, .s = &k->spec->series[0], .n = k->spec->series[0].n };
    bool few = t->n <= FEW;
    t->points = are_points(t->s, c);
    t->size = k->base * (few ? 0.88 : 0.78); /* 6.6 pt in print: the least that is read without effort */
    t->step = t->size * 1.13;
    t->gap = k->base * 0.12;
    t->pad = k->base * 0.22;
    double wish = k->base * (few ? t->points ? 11.5 : 8 : 4.05);
    t->cols = (size_t)((width + t->gap) / (wish + t->gap));
    t->cols = t->cols < 1 ? 1 : t->cols;
    t->w = (width + t->gap) / (double)t->cols - t->gap; /* the same width whether or not the row is full */
    if (t->n && t->n < t->cols)
        t->cols = t->n;
    t->rows = (t->n + t->cols - 1) / t->cols;
    gb_classes_make(&t->classes, k->spec, k->a);
    sort_into_classes(t);
    t->legend.classes = &t->classes;
    t->legend.tiles = true;
    struct gb_sketch probe = *k;
    const char *line[NOTE_LINES];
    probe.cv = NULL;
    t->legend_h = gb_legend_put(&probe, &t->legend, 0, 0, width);
    t->note_h = gb_ink_wrap(&probe, GB_SANS, k->base * 0.92, note_text(t), width, NOTE_LINES, line) * k->line;
}

static double tile_h(const struct tiles *t, enum detail d)
{
    switch (d) {
    case COLOURS: return t->k->base * 0.8;
    case WITH_NAMES: return t->name_lines * t->step + t->pad * 1.6;
    case WITH_FIGURES: return (t->name_lines + 1) * t->step + t->pad * 2.4;
    }
    gb_bug("detail");
}
static double field_h(const struct tiles *t, enum detail d)
{
    return (double)t->rows * (tile_h(t, d) + t->gap) - t->gap;
}
static enum detail most(const struct tiles *t)
{
    return (t->figures || t->classes.by_state) && t->rows <= FIGURES_UP_TO_ROWS ? WITH_FIGURES : WITH_NAMES;
}
static double below_h(const struct tiles *t)
{
    return t->k->base * 0.7 + t->legend_h + t->note_h;
}

double gb_tiles_height(struct gb_sketch *k, const struct gb_catalogue *c, double width_pt)
{
    struct tiles t;
    begin(&t, k, c, width_pt);
    break_names(&t, most(&t));
    return field_h(&t, most(&t)) + below_h(&t);
}

/* ---- drawing ---------------------------------------------------------------------------------------------------------- */
static double linear(uint8_t v)
{
    double c = v / 255.0;
    return c * (c * (c * 0.305306011 + 0.682171111) + 0.012522878); /* the curve of sRGB to 0.4 %, without a power */
}
/* White or black letters, whichever stands out more (contrast by WCAG 2.1). */
static struct gb_rgba ink_on(struct gb_rgba c)
{
    double ground = 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b) + 0.05;
    double ink = 0.2126 * linear(gb_ink.r) + 0.7152 * linear(gb_ink.g) + 0.0722 * linear(gb_ink.b) + 0.05;
    return 1.05 / ground > ground / ink ? gb_ground : gb_ink;
}

static void fill_class(const struct tiles *t, int class_i, struct gb_rgba color)
{
    struct gb_path p;
    gb_path_init(&p, t->k->a);
    for (size_t i = 0; i < t->n; i++)
        if (t->v[i].class_i == class_i)
            gb_path_rect(&p, t->v[i].r);
    if (p.n_ops)
        gb_canvas_fill(t->k->cv, &p, color);
}

static void hatch_missing(const struct tiles *t)
{
    struct gb_path p;
    struct gb_pen pen = { gb_hatching, 0.4 * t->k->base / 8.5, { 0 }, 0, false };
    gb_path_init(&p, t->k->a);
    for (size_t i = 0; i < t->n; i++) {
        const struct tile *v = &t->v[i];
        if (v->class_i >= 0)
            continue;
        double names = v->n_lines * t->step + t->pad * 1.4, rest = v->r.h - names; /* never below letters */
        if (rest > t->k->base * 0.4)
            gb_hatch_box(&p, (struct gb_rect){ v->r.x, v->r.y + names, v->r.w, rest }, t->k->base * 0.36);
    }
    if (p.n_ops)
        gb_canvas_stroke(t->k->cv, &p, &pen);
}

static void outline_highlights(const struct tiles *t)
{
    struct gb_path p;
    double w = t->k->base * 0.13;
    struct gb_pen pen = { gb_ink, w, { 0 }, 0, false };
    gb_path_init(&p, t->k->a);
    for (size_t i = 0; i < t->n; i++)
        if (t->s->point[i].highlight) {
            struct gb_rect r = t->v[i].r;
            gb_path_rect(&p, (struct gb_rect){ r.x + w / 2, r.y + w / 2, r.w - w, r.h - w });
        }
    if (p.n_ops)
        gb_canvas_stroke(t->k->cv, &p, &pen);
}

static void draw_mark(const struct tiles *t, enum gb_state s, double x, double y)
{
    struct gb_path p;
    gb_path_init(&p, t->k->a);
    gb_path_circle(&p, x, y, t->size * 0.46); /* a white ground: the mark has the colour of its tile */
    gb_canvas_fill(t->k->cv, &p, gb_ground);
    gb_state_mark(t->k->cv, s, x, y, t->size * 0.32, t->k->a);
}

static void draw_tile(const struct tiles *t, const struct tile *v, enum detail d)
{
    struct gb_sketch *k = t->k;
    double x = v->r.x + t->pad, y = v->r.y + t->pad * 0.8 + t->size * 0.88, right = v->r.x + v->r.w - t->pad;
    struct gb_rgba ink = v->class_i < 0 ? gb_ink : ink_on(t->classes.class[v->class_i].color);
    for (int i = 0; i < v->n_lines; i++)
        gb_ink_text(k, GB_SANS, t->size, ink, GB_START, x, y + i * t->step, v->line[i]);
    if (v->class_i < 0)
        return;
    enum gb_state s = t->classes.class[v->class_i].state;
    if (d == WITH_FIGURES) {
        double base = v->r.y + v->r.h - t->pad * 0.9 - t->size * 0.1;
        if (s != GB_STATE_NONE)
            draw_mark(t, s, x + t->size * 0.46, base - t->size * 0.34);
        if (t->figures)
            gb_ink_text(k, GB_SANS_BOLD, t->size, ink, GB_START, x + mark_w(t), base, v->value);
        return;
    }
    if (s != GB_STATE_NONE)
        draw_mark(t, s, right - t->size * 0.4, y - t->size * 0.34);
}

void gb_tiles_draw(struct gb_sketch *k, const struct gb_catalogue *c)
{
    struct tiles t;
    struct gb_rect in = k->r;
    begin(&t, k, c, in.w);
    enum detail d = most(&t);
    double room = in.h - below_h(&t) + 0.01;
    break_names(&t, d);
    while (d > COLOURS && field_h(&t, d) > room)
        break_names(&t, --d);
    if (field_h(&t, d) > room || t.w < t.size * 2) {
        static const char text[] = "không đủ chỗ vẽ sơ đồ ô";
        if (in.h >= k->line && in.w >= gb_ink_width(k, GB_SANS, k->base, text))
            gb_ink_text(k, GB_SANS, k->base, gb_ink_soft, GB_MIDDLE, in.x + in.w / 2, in.y + in.h / 2 + k->base * 0.35, text);
        return;
    }
    double h = tile_h(&t, d);
    for (size_t i = 0; i < t.n; i++)
        t.v[i].r =
            (struct gb_rect){ in.x + (double)(i % t.cols) * (t.w + t.gap), in.y + (double)(i / t.cols) * (h + t.gap), t.w, h };
    for (int i = -1; i < t.classes.n; i++)
        fill_class(&t, i, i < 0 ? gb_no_data_ground() : t.classes.class[i].color);
    hatch_missing(&t);
    outline_highlights(&t);
    for (size_t i = 0; d != COLOURS && i < t.n; i++)
        draw_tile(&t, &t.v[i], d);
    double y = in.y + field_h(&t, d) + k->base * 0.7;
    y += gb_legend_put(k, &t.legend, in.x, y, in.w);
    const char *line[NOTE_LINES];
    int n = gb_ink_wrap(k, GB_SANS, k->base * 0.92, note_text(&t), in.w, NOTE_LINES, line);
    for (int i = 0; i < n; i++)
        gb_ink_text(k, GB_SANS, k->base * 0.92, gb_ink_soft, GB_START, in.x, y + i * k->line + k->base, line[i]);
}
