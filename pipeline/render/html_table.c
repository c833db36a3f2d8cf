/* html_table.c — tables, figures and charts of a page. A chart is drawn twice, for wide and for narrow screens (a style sheet shows
 * one), because shrinking one drawing to a phone makes its letters unreadable; and its numbers stand beside it as a table.
 */
#include "canvas/watch.h"
#include "layout/wording.h"
#include "map/figure.h"
#include "render/html_int.h"

#define WIDE_PT 680.0
#define NARROW_PT 340.0
#define SPARK_PT 90.0

static const char *align_class(enum gb_align a)
{
    switch (a) {
    case GB_LEFT: return "";
    case GB_CENTER: return " class=\"mid\"";
    case GB_RIGHT:
    case GB_DECIMAL: return " class=\"num\"";
    }
    gb_bug("align");
}

static void mark(struct gb_html *h, char status)
{
    const char *m = gb_status_mark(status);
    if (!m || !*m)
        return;
    gb_buf_adds(h->out, " <abbr title=\"");
    gb_html_attr(h->out, gb_status_vi(status));
    gb_buf_adds(h->out, "\">");
    gb_html_escape(h->out, m);
    gb_buf_adds(h->out, "</abbr>");
}

/* A table while it is written: what its columns have in common, and which marks its cells bear. */
struct table {
    const struct gb_node *n;
    const char **unit;
    bool *mixed, *words; /* words: sentences stand in it */
    bool missing;
    char status[16];
    int n_status;
};

static bool is_words(const struct gb_node *n, int column_i, struct gb_buf *scratch)
{
    enum { SHORT = 60 }; /* bytes: what stands well in a third of a phone, on some lines */
    for (const struct gb_row *r = n->row; r; r = r->next) {
        if (r->group_head || r->cell[column_i].is_value)
            continue;
        gb_buf_reset(scratch);
        gb_text_plain(&r->cell[column_i].text, scratch);
        if (scratch->n > SHORT)
            return true;
    }
    return false;
}

static struct table table_of(struct gb_html *h, const struct gb_node *n)
{
    size_t cols = (size_t)n->n_cols;
    struct table t = { .n = n,
                       .unit = GB_NEW_N(h->arena, cols, const char *),
                       .mixed = GB_NEW_N(h->arena, cols, bool),
                       .words = GB_NEW_N(h->arena, cols, bool) };
    for (int i = 0; i < n->n_cols; i++) {
        t.unit[i] = gb_column_unit(n, i, &t.mixed[i]);
        t.words[i] = i > 0 && is_words(n, i, &h->scratch);
    }
    return t;
}

static void cell_value(struct gb_html *h, struct table *t, const struct gb_cell *c, int i)
{
    const struct gb_value *v = &c->value;
    bool figure = gb_cell_is_figure(t->n, c, i), named = t->unit[i] && (!v->unit || !*v->unit || gb_streq(v->unit, t->unit[i]));
    if (v->kind == GB_V_PERIOD) { /* "23 giờ 22/11/2026" may part: a quarter of a phone is narrower */
        gb_buf_reset(&h->scratch);
        gb_value_text(v, GB_WITH_UNIT, &h->scratch);
        gb_html_escape(h->out, h->scratch.p ? h->scratch.p : "");
        return;
    }
    gb_html_value(h, v, figure && (v->kind == GB_V_MISSING || named) ? GB_WITHOUT_UNIT : GB_WITH_UNIT);
    t->missing = t->missing || (figure && v->kind == GB_V_MISSING);
    if (v->kind != GB_V_NUM)
        return;
    mark(h, v->status);
    if (v->doubtful)
        gb_buf_adds(h->out, " <abbr title=\"cần kiểm tra\">(?)</abbr>");
    if (v->status && v->status != 'A' && *gb_status_mark(v->status) && t->n_status < (int)sizeof t->status &&
        !memchr(t->status, v->status, (size_t)t->n_status))
        t->status[t->n_status++] = v->status;
}

/* The state of a cell stands before its words, as on paper; where they name it, its shape is enough. */
static void cell_content(struct gb_html *h, struct table *t, const struct gb_cell *c, int i)
{
    bool marked = c->state != GB_STATE_NONE && !(c->is_value && c->value.kind == GB_V_STATE), words = c->text.first != NULL;
    if (c->spark)
        gb_html_svg(h, c->spark, SPARK_PT, "spark", false);
    if (marked && words && gb_cell_says_state(c)) {
        gb_html_shape(h, c->state);
        marked = false;
    }
    if (c->is_value)
        cell_value(h, t, c, i);
    gb_html_text(h, &c->text);
    if (marked) {
        gb_buf_adds(h->out, " <span class=\"beside\">");
        gb_html_state(h, c->state);
        gb_buf_adds(h->out, "</span>");
    }
}

static const char *cell_class(struct gb_html *h, const struct table *t, int i)
{
    const char *align = align_class(t->n->col[i].align);
    return t->words[i] ? gb_sprintf(h->arena, " class=\"words%s\"", *align ? " mid" : "") : align;
}

static void table_row(struct gb_html *h, struct table *t, const struct gb_row *r)
{
    const struct gb_node *n = t->n;
    if (r->group_head) {
        gb_buf_addf(h->out, "<tr class=\"head\"><th scope=\"rowgroup\" colspan=\"%d\">", n->n_cols);
        cell_content(h, t, &r->cell[0], 0);
        gb_buf_adds(h->out, "</th></tr>\n");
        return;
    }
    gb_buf_adds(h->out, r->intent & GB_TOTAL ? "<tr class=\"total\">" : "<tr>");
    for (int i = 0; i < n->n_cols; i++) {
        const char *cls = cell_class(h, t, i);
        if (i == 0)
            gb_buf_addf(h->out, "<th scope=\"row\"%s>", cls);
        else
            gb_buf_addf(h->out, "<td%s>", cls);
        cell_content(h, t, &r->cell[i], i);
        gb_buf_adds(h->out, i == 0 ? "</th>" : "</td>");
    }
    gb_buf_adds(h->out, "</tr>\n");
}

static void head_cell(struct gb_html *h, const char *label, const char *unit, const char *cls)
{
    gb_buf_addf(h->out, "<th scope=\"col\"%s>", cls);
    gb_html_escape(h->out, label);
    if (unit && *unit) {
        gb_buf_adds(h->out, " <span class=\"unit\">(");
        gb_html_escape(h->out, unit);
        gb_buf_adds(h->out, ")</span>");
    }
    gb_buf_adds(h->out, "</th>");
}

/* A table wider than the screen scrolls in its own frame, reached by keyboard. A group, not a region: a page of thirty tables is no
 * page of thirty landmarks. */
static void scroll_open(struct gb_html *h, const char *what, const char *label, const char *css)
{
    gb_buf_addf(h->out, "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"%s", what);
    if (label) {
        gb_buf_adds(h->out, ": ");
        gb_html_attr(h->out, label);
    }
    gb_buf_adds(h->out, css ? "\">\n<table class=\"" : "\">\n<table>\n");
    if (css)
        gb_buf_addf(h->out, "%s\">\n", css);
}

/* Every row begins with a link: a list of pages, whose columns line up with those of its neighbours. */
static bool leads_on(const struct gb_node *n)
{
    for (const struct gb_row *r = n->row; r; r = r->next)
        if (!r->group_head && (r->cell[0].is_value || !r->cell[0].text.first || r->cell[0].text.first->kind != GB_IN_LINK))
            return false;
    return n->row != NULL;
}

/* Does the first column need more room than a phone has beside two others? */
static bool long_names(const struct gb_node *n, struct gb_buf *scratch)
{
    enum { NARROW = 24 }; /* bytes: some eighteen letters */
    for (const struct gb_row *r = n->row; r; r = r->next) {
        if (r->group_head || r->cell[0].is_value)
            continue;
        gb_buf_reset(scratch);
        gb_text_plain(&r->cell[0].text, scratch);
        if (scratch->n > NARROW)
            return true;
    }
    return false;
}

/* What a narrow screen does with a table: two or three short columns fit; up to five stand with the name of the row above its
 * figures; more scroll. */
static void table_class(const struct gb_node *n, bool names_long, struct gb_buf *b)
{
    enum { STACK_MIN = 3, STACK_MAX = 5 };
    if (n->n_cols >= STACK_MIN && n->n_cols <= STACK_MAX && (n->n_cols > STACK_MIN || names_long))
        gb_buf_addf(b, "stack k%d", n->n_cols);
    else if (n->n_cols > STACK_MAX)
        gb_buf_adds(b, "broad");
    if (leads_on(n))
        gb_buf_adds(b, b->n ? " links" : "links");
}

void gb_html_table(struct gb_html *h, const struct gb_node *n)
{
    bool names_long = long_names(n, &h->scratch);
    gb_buf_reset(&h->scratch);
    table_class(n, names_long, &h->scratch);
    scroll_open(h, "Bảng", n->title, h->scratch.n ? h->scratch.p : NULL);
    if (n->title) {
        gb_buf_adds(h->out, gb_streq(n->title, h->heading) ? "<caption><span class=\"unseen\">" : "<caption>");
        gb_html_escape(h->out, n->title);
        gb_buf_adds(h->out, gb_streq(n->title, h->heading) ? "</span></caption>\n" : "</caption>\n");
    }
    gb_buf_adds(h->out, "<thead><tr>");
    struct table t = table_of(h, n);
    for (int i = 0; i < n->n_cols; i++)
        head_cell(h, n->col[i].label, t.unit[i], cell_class(h, &t, i));
    gb_buf_adds(h->out, "</tr></thead>\n<tbody>\n");
    for (const struct gb_row *r = n->row; r; r = r->next)
        table_row(h, &t, r);
    if (!n->row)
        gb_buf_addf(h->out, "<tr><td colspan=\"%d\" class=\"weak\">" GB_EMPTY_TABLE "</td></tr>\n", n->n_cols);
    gb_buf_adds(h->out, "</tbody>\n</table>\n</div>\n");
    const char *key = gb_table_key(h->arena, t.status, t.n_status, t.missing);
    if (key) {
        gb_buf_adds(h->out, "<p class=\"note key\">");
        gb_html_escape(h->out, key);
        gb_buf_adds(h->out, "</p>\n");
    }
}

void gb_html_figures(struct gb_html *h, const struct gb_node *n)
{
    gb_buf_adds(h->out, "<dl class=\"figures\">\n");
    for (int i = 0; i < n->n_figures; i++) {
        const struct gb_figure *f = &n->figure[i];
        gb_buf_adds(h->out, "<div class=\"figure\"><dt>");
        gb_html_escape(h->out, f->label);
        gb_buf_adds(h->out, "</dt>\n<dd class=\"big\">");
        gb_html_value(h, &f->value, GB_WITH_UNIT);
        gb_buf_adds(h->out, "</dd>\n");
        if (f->change_label || f->change.kind == GB_V_NUM) {
            gb_buf_adds(h->out, "<dd class=\"small\">");
            if (f->change.kind == GB_V_NUM)
                gb_html_value(h, &f->change, GB_WITH_UNIT);
            if (f->change_label) {
                gb_buf_addc(h->out, ' ');
                gb_html_escape(h->out, f->change_label);
            }
            gb_buf_adds(h->out, "</dd>\n");
        }
        if (f->state != GB_STATE_NONE) {
            gb_buf_adds(h->out, "<dd class=\"small\">");
            gb_html_state(h, f->state);
            gb_buf_adds(h->out, "</dd>\n");
        }
        gb_buf_adds(h->out, "</div>\n");
    }
    gb_buf_adds(h->out, "</dl>\n");
}

void gb_html_svg(struct gb_html *h, const struct gb_chart *c, double width_pt, const char *css_class, bool described)
{
    bool spark = c->kind == GB_CHART_SPARK;
    struct gb_chart_style st = {
        .medium = GB_MEDIUM_SCREEN, .base_pt = spark ? 7.0 : 12.0, .draw_title = false, .draw_source = false
    };
    double height = spark ? 22.0 : gb_figure_height_pt(c, h->doc->catalogue, width_pt, &st);
    struct gb_buf svg = { 0 };
    struct gb_canvas *cv = gb_canvas_svg(width_pt, height, described ? c->title : NULL, described ? c->alt : NULL, "vi", &svg);
    struct gb_watch *watch = h->faults ? gb_watch_new() : NULL;
    gb_canvas_watch(cv, watch, width_pt, height);
    gb_figure_draw(c, h->doc->catalogue, cv, (struct gb_rect){ 0, 0, width_pt, height }, &st, h->arena);
    enum gb_code rc = gb_canvas_close(cv, h->e);
    if (watch)
        gb_watch_report(watch, gb_sprintf(h->arena, "hình \"%s\" (%s)", c->title ? c->title : "", css_class), h->faults);
    gb_watch_free(watch);
    if (rc != GB_OK && h->rc == GB_OK)
        h->rc = rc;
    if (rc == GB_OK) {
        gb_buf_addf(h->out, described ? "<div class=\"%s\">" : "<div class=\"%s\" aria-hidden=\"true\">",
                    css_class); /* the cell beside a spark says its number */
        gb_buf_add(h->out, svg.p, svg.n);
        gb_buf_adds(h->out, "</div>");
    }
    gb_buf_release(&svg);
}

/* Line: one row a period, one column a series. Bars and bullet: one row a label. Longest series gives the rows. */
static void chart_rows(struct gb_html *h, const struct gb_chart *c)
{
    size_t lead = 0;
    for (size_t s = 1; s < c->n_series; s++)
        if (c->series[s].n > c->series[lead].n)
            lead = s;
    if (!c->n_series)
        return;
    for (size_t i = 0; i < c->series[lead].n; i++) {
        const struct gb_chart_point *x = &c->series[lead].point[i];
        gb_buf_adds(h->out, "<tr><th scope=\"row\">");
        if (x->label)
            gb_html_escape(h->out, x->label);
        else
            gb_html_value(h, &x->x, GB_WITH_UNIT);
        gb_buf_adds(h->out, "</th>");
        for (size_t s = 0; s < c->n_series; s++) {
            const struct gb_chart_series *se = &c->series[s];
            const struct gb_chart_point *p = NULL;
            for (size_t k = 0; k < se->n && !p; k++) /* same place first: series nearly always share their x */
                if (x->label ? gb_streq(se->point[(i + k) % se->n].label, x->label)
                             : se->point[(i + k) % se->n].x.period == x->x.period)
                    p = &se->point[(i + k) % se->n];
            gb_buf_adds(h->out, "<td class=\"num\">");
            if (p) {
                gb_html_value(h, &p->y, GB_WITHOUT_UNIT);
                if (p->y.kind == GB_V_NUM)
                    mark(h, p->y.status);
            } else
                gb_buf_adds(h->out, "–");
            gb_buf_adds(h->out, "</td>");
        }
        gb_buf_adds(h->out, "</tr>\n");
    }
}

void gb_html_chart(struct gb_html *h, const struct gb_node *n)
{
    const struct gb_chart *c = n->chart;
    gb_buf_adds(h->out, c->kind == GB_CHART_MAP ? "<figure class=\"chart map\"" : "<figure class=\"chart\"");
    if (n->id) {
        gb_buf_adds(h->out, " id=\"");
        gb_html_attr(h->out, n->id);
        gb_buf_addc(h->out, '"');
    }
    gb_buf_adds(h->out, ">\n<figcaption>");
    gb_html_escape(h->out, c->title);
    gb_buf_adds(h->out, "</figcaption>\n");
    gb_html_svg(h, c, WIDE_PT, "wide", true);
    gb_html_svg(h, c, NARROW_PT, "narrow", true);
    gb_buf_adds(h->out, "\n<details class=\"data\"><summary>Bảng số liệu của biểu đồ</summary>\n");
    scroll_open(h, "Bảng số liệu của biểu đồ", c->title, NULL);
    gb_buf_adds(h->out, "<thead><tr>");
    bool by_label = c->n_series && c->series[0].n && c->series[0].point[0].label;
    head_cell(h, by_label ? "Tên" : "Kỳ", NULL, "");
    for (size_t s = 0; s < c->n_series; s++)
        head_cell(h, c->series[s].name, c->unit, " class=\"num\"");
    gb_buf_adds(h->out, "</tr></thead>\n<tbody>\n");
    chart_rows(h, c);
    gb_buf_adds(h->out, "</tbody>\n</table>\n</div>\n</details>\n");
    if (c->source) {
        gb_buf_adds(h->out, "<p class=\"source\">Nguồn: ");
        gb_html_escape(h->out, c->source);
        gb_buf_adds(h->out, "</p>\n");
    }
    gb_buf_adds(h->out, "</figure>\n");
}
