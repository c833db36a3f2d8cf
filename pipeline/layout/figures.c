/* figures.c — key figures side by side, callouts, charts: the parts of a page that are looked at before anything is read. */
#include "base/utf8.h"
#include "chart/chart.h"
#include "chart/palette.h"
#include "layout/layout_int.h"
#include "map/figure.h"

#define CHART_GAP_PT 16.0
#define SMALL_BARS 8
#define GIVE 0.16 /* of its height; a document that is set tight has taken it already */
#define LONE_LINE_TIGHT_PT 140.0
#define LONE_LINE_PT 170.0 /* a line over the whole width needs no more height than two beside each other */

struct gb_chart_style gb_layout_chart_style(const struct gb_chart *c)
{
    bool spark = c->kind == GB_CHART_SPARK;
    return (struct gb_chart_style){ .medium = GB_MEDIUM_PRINT, .base_pt = 8.5, .draw_title = !spark, .draw_source = !spark };
}

bool gb_chart_is_small(const struct gb_chart *c)
{
    switch (c->kind) {
    case GB_CHART_LINE:
    case GB_CHART_SPARK: return true;
    case GB_CHART_BARS:
    case GB_CHART_BULLET: return c->n_series > 0 && c->series[0].n <= SMALL_BARS;
    case GB_CHART_WATERFALL:
    case GB_CHART_DOTS:
    case GB_CHART_SLOPE:
    case GB_CHART_MAP:
    case GB_CHART_HEAT:
    case GB_CHART_MULTIPLES:
    case GB_CHART_STACKED:
    case GB_CHART_CALENDAR: return false;
    }
    gb_bug("chart kind");
}

struct gb_item *gb_chart_item(struct gb_lay *l, struct gb_items *to, const struct gb_chart *c)
{
    struct gb_elem *was = gb_el_open(l, GB_EL_FIGURE);
    struct gb_item *it = gb_item_new(l, to, GB_ITEM_CHART);
    it->chart = c;
    if (l->el)
        l->el->alt = c->alt;
    gb_el_close(l, was);
    return it;
}

void gb_charts_strip(struct gb_lay *l, const struct gb_node *const *n, int n_charts)
{
    double w = n_charts == 2 ? (l->w_pt - CHART_GAP_PT) / 2 : l->w_pt, h = 0, least = 0;
    for (int i = 0; i < n_charts; i++) {
        struct gb_chart_style st = gb_layout_chart_style(n[i]->chart);
        double wish = gb_figure_height_pt(n[i]->chart, l->d->catalogue, w, &st);
        double need = n[i]->chart->kind == GB_CHART_MAP ? wish : gb_chart_least_pt(n[i]->chart, w, &st) + 1;
        h = wish > h ? wish : h;
        least = need > least ? need : least;
    }
    if (l->tight && n[0]->chart->kind == GB_CHART_BARS) { /* rows of bars move together, but none is left out */
        h *= l->tight > 1 ? 0.72 : 0.84;
        h = h < least ? least : h;
    }
    double lone = l->tight ? LONE_LINE_TIGHT_PT - (l->tight - 1) * 15 : LONE_LINE_PT;
    if (n_charts == 1 && n[0]->chart->kind == GB_CHART_LINE && h > lone) {
        h = lone;
    }
    h = h > l->h_pt ? l->h_pt : h; /* a chart of 166 bars is as tall as the page, no more */
    struct gb_strip *s = gb_strip_new(l, 9, h);
    double give = h - least < h * GIVE ? h - least : h * GIVE;
    s->give_pt = l->tight || give < 0 ? 0 : give;
    s->picture = true;
    for (int i = 0; i < n_charts; i++) {
        struct gb_item *it = gb_chart_item(l, &s->items, n[i]->chart);
        it->r = (struct gb_rect){ i * (w + CHART_GAP_PT), 0, w, h };
    }
}

/* ---- key figures ---- */

#define FIG_LABEL_PT 9.5
#define FIG_LABEL_LINE 11.2
#define FIG_NUMBER_PT 21.0
#define FIG_NOTE_PT 9.0
#define FIG_NOTE_LINE 10.8
#define FIG_SPARK_PT 20.0
#define FIG_PAD_PT 7.0

static size_t small_lines(struct gb_lay *l, struct gb_items *to, const char *s, struct gb_style st, double line_pt, double x,
                          double w, double y)
{
    struct gb_pieces p = { .arena = l->a };
    struct gb_line *line;
    gb_pieces_add(&p, s, strlen(s), st, false, NULL);
    gb_pieces_fit(&p, w);
    size_t n = gb_break_lines(l->a, &p, w, 0, GB_RAGGED, &line);
    for (size_t i = 0; to && i < n; i++) {
        gb_line_items(l, to, &p, &line[i], x, y + gb_baseline_pt(st, line_pt) + (double)i * line_pt, 0);
    }
    return n;
}

static const char *value_text(struct gb_lay *l, const struct gb_value *v, enum gb_unit_style style)
{
    struct gb_buf b = { 0 };
    gb_value_text(v, style, &b);
    const char *s = gb_buf_copy(l->a, &b);
    gb_buf_release(&b);
    return s;
}

static const char *change_text(struct gb_lay *l, const struct gb_figure *f)
{
    if (f->change.kind == GB_V_MISSING && f->change.missing == GB_MISS_NONE) {
        return "";
    }
    const char *s = value_text(l, &f->change, GB_WITH_UNIT);
    return f->change_label && *f->change_label && f->change.kind == GB_V_NUM ? gb_sprintf(l->a, "%s %s", s, f->change_label) : s;
}

/* The number as large as its box allows, its unit small beside it. */
static void big_number(struct gb_lay *l, struct gb_items *to, const struct gb_figure *f, double x, double w, double baseline)
{
    bool number = f->value.kind == GB_V_NUM;
    const char *all = value_text(l, &f->value, GB_WITH_UNIT);
    struct gb_style st = { GB_SANS_BOLD, FIG_NUMBER_PT, gb_ink }, unit = { GB_SANS, 9, gb_ink_soft };
    if (!number) {
        st = (struct gb_style){ GB_SERIF_ITALIC, 11.5, gb_ink_soft };
    }
    const char *digits = number ? value_text(l, &f->value, GB_WITHOUT_UNIT) : all;
    const char *rest = number && gb_starts_with(all, digits) ? all + strlen(digits) : "";
    const char *first = number && !gb_starts_with(all, digits) ? all : digits;
    double rest_w = gb_text_width_pt(unit.font, unit.size_pt, rest, strlen(rest));
    double room = w - rest_w - 2, natural = gb_text_width_pt(st.font, st.size_pt, first, strlen(first));
    bool below = number && natural * 0.62 > room; /* still too long when small: the unit gives way to the note */
    if (!below && natural > room && room > 0) {
        st.size_pt *= room / natural;
    } else if (below && natural > w) {
        st.size_pt *= w / natural;
    }
    double used = gb_item_text(l, to, first, st, GB_LEFT, x, baseline);
    if (*rest && !below) {
        gb_item_text(l, to, rest, unit, GB_LEFT, x + used + (rest[0] == ' ' ? 0 : 1), baseline);
    }
}

struct figure_box {
    size_t label_lines, note_lines;
    const char *note;
};

static void one_figure(struct gb_lay *l, struct gb_items *to, const struct gb_figure *f, const struct figure_box *b,
                       size_t label_lines, size_t note_lines, double x, double w)
{
    double y = 6;
    struct gb_elem *item = gb_el_open(l, GB_EL_LBL);
    small_lines(l, to, f->label, (struct gb_style){ GB_SANS, FIG_LABEL_PT - 1, gb_ink_soft }, FIG_LABEL_LINE, x, w, y);
    gb_el_close(l, item);
    gb_el_open(l, GB_EL_LBODY);
    y += (double)label_lines * FIG_LABEL_LINE + FIG_NUMBER_PT * 0.98;
    big_number(l, to, f, x, w, y);
    y += 5;
    small_lines(l, to, b->note, (struct gb_style){ GB_SANS, FIG_NOTE_PT - 1, gb_ink }, FIG_NOTE_LINE, x, w, y);
    y += (double)note_lines * FIG_NOTE_LINE;
    if (f->state != GB_STATE_NONE) {
        struct gb_item *it = gb_item_new(l, to, GB_ITEM_STATE);
        it->elem = NULL; /* its word follows */
        it->state = f->state;
        it->r = (struct gb_rect){ x, y + 2.6, 7, 7 };
        gb_item_text(l, to, gb_state_vi(f->state), (struct gb_style){ GB_SANS_BOLD, FIG_NOTE_PT - 0.5, gb_state_ink(f->state) },
                     GB_LEFT, x + 10, y + 9.2);
    }
}

void gb_figures_strip(struct gb_lay *l, const struct gb_node *n)
{
    double w = l->w_pt / n->n_figures;
    struct figure_box *box = GB_NEW_N(l->a, (size_t)n->n_figures, struct figure_box);
    size_t label_lines = 1, note_lines = 0;
    bool states = false, sparks = false;
    for (int i = 0; i < n->n_figures; i++) {
        const struct gb_figure *f = &n->figure[i];
        double inner = w - FIG_PAD_PT - (i ? FIG_PAD_PT : 0);
        box[i].note = change_text(l, f);
        box[i].label_lines =
            small_lines(l, NULL, f->label, (struct gb_style){ GB_SANS, FIG_LABEL_PT - 1, gb_ink }, FIG_LABEL_LINE, 0, inner, 0);
        box[i].note_lines =
            small_lines(l, NULL, box[i].note, (struct gb_style){ GB_SANS, FIG_NOTE_PT - 1, gb_ink }, FIG_NOTE_LINE, 0, inner, 0);
        label_lines = box[i].label_lines > label_lines ? box[i].label_lines : label_lines;
        note_lines = box[i].note_lines > note_lines ? box[i].note_lines : note_lines;
        states = states || f->state != GB_STATE_NONE;
        sparks = sparks || f->spark;
    }
    double text_h =
        6 + (double)label_lines * FIG_LABEL_LINE + FIG_NUMBER_PT + 5 + (double)note_lines * FIG_NOTE_LINE + (states ? 13 : 0);
    double h = text_h + (sparks ? FIG_SPARK_PT + 3 : 0) + 5;
    struct gb_strip *s = gb_strip_new(l, 10, h);
    gb_item_line(l, &s->items, 0, 0, l->w_pt, 0, 1, gb_ink);
    struct gb_elem *above = gb_el_open(l, GB_EL_L);
    for (int i = 0; i < n->n_figures; i++) {
        const struct gb_figure *f = &n->figure[i];
        double x = i * w + (i ? FIG_PAD_PT : 0), inner = w - FIG_PAD_PT - (i ? FIG_PAD_PT : 0);
        if (i) {
            gb_item_line(l, &s->items, i * w, 7, 0, h - 14, 0.4, gb_rule);
        }
        struct gb_elem *list = gb_el_open(l, GB_EL_LI);
        one_figure(l, &s->items, f, &box[i], label_lines, note_lines, x, inner);
        if (f->spark) {
            struct gb_item *it = gb_chart_item(l, &s->items, f->spark);
            it->r = (struct gb_rect){ x, text_h + 1, inner, FIG_SPARK_PT };
        }
        gb_el_close(l, list);
    }
    gb_el_close(l, above);
    gb_item_line(l, &s->items, 0, h, l->w_pt, 0, 0.6, gb_ink);
}

/* ---- callouts ---- */

#define BAR_PT 3.0

/* A line is a strip with its piece of ground and bar, so that a long callout may go on over the page. */
void gb_callout_strips(struct gb_lay *l, const struct gb_node *n)
{
    struct gb_para_form f = {
        .style = { GB_SERIF, 12.5, GB_RGB(0) }, .line_pt = 15.6, .before_pt = 8, .left_pt = 14, .right_pt = 10, .justify = true
    };
    struct gb_pieces p = { .arena = l->a };
    if (n->state != GB_STATE_NONE) {
        struct gb_style strong = { GB_SERIF_BOLD, 12.5, gb_state_ink(n->state) };
        const char *word = gb_sprintf(l->a, "%s. ", gb_capitalise(l->a, gb_state_vi(n->state)));
        gb_pieces_mark(&p, n->state, strong);
        gb_pieces_add(&p, word, strlen(word), strong, true, NULL);
    }
    gb_pieces_text(l, &p, &n->text, f.style);
    struct gb_strip *first = gb_paragraph(l, &p, &f);
    struct gb_rgba bar = n->state == GB_STATE_NONE ? gb_rule : gb_state_color(n->state), ground = gb_state_tint(n->state);
    for (struct gb_strip *s = first; s; s = s->next) {
        double top = 0;
        if (s == first) {
            top = 5;
            s->h_pt += top;
        }
        double after = s->next ? 0 : 4;
        s->h_pt += s->next ? 0 : 6 + after;
        for (struct gb_item *it = s->items.first; it; it = it->next) {
            it->r.y += top;
        }
        struct gb_items below = { 0 };
        gb_item_rect(l, &below, (struct gb_rect){ 0, 0, l->w_pt, s->h_pt - after + 0.1 }, ground);
        gb_item_rect(l, &below, (struct gb_rect){ 0, 0, BAR_PT, s->h_pt - after + 0.1 }, bar);
        below.last->next = s->items.first;
        s->items.first = below.first;
        if (!s->items.last) {
            s->items.last = below.last;
        }
    }
}
