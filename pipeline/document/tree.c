/* tree.c — builders of the document tree.
 *
 * A builder never fails in its caller's face: a wrong use is kept in doc->err (the first one wins) and a detached node is
 * returned, so that a report script can go on and is told once, by gb_doc_check(). All strings are copied into the document's
 * arena, but for units of values that are facts: those point into the catalogue, which outlives every document.
 */
#include "document/document.h"

struct gb_doc *gb_doc_new(struct gb_arena *a, const struct gb_catalogue *c, enum gb_audience audience, const char *slug)
{
    struct gb_doc *d = GB_NEW(a, struct gb_doc);
    d->arena = a;
    d->catalogue = c;
    d->audience = audience;
    d->slug = gb_strdup(a, slug);
    d->lang = "vi";
    d->root = GB_NEW(a, struct gb_node);
    d->root->kind = GB_NODE_DOC;
    return d;
}

/* A fact's unit lives in the catalogue or is a literal; any other may come from a script that ends before the document does. */
static struct gb_value copied(struct gb_arena *a, struct gb_value v)
{
    if (v.fact.indicator_i < 0) {
        v.unit = gb_strdup(a, v.unit);
    }
    v.text = gb_strdup(a, v.text);
    return v;
}

void gb_doc_mark(struct gb_doc *d, const char *mark)
{
    const char **marks = GB_NEW_N(d->arena, (size_t)d->n_marks + 1, const char *);
    for (int i = 0; i < d->n_marks; i++) {
        if (gb_streq(d->mark[i], mark)) {
            return;
        }
        marks[i] = d->mark[i];
    }
    marks[d->n_marks++] = gb_strdup(d->arena, mark);
    d->mark = marks;
}

static struct gb_node *append(struct gb_doc *d, struct gb_node *in, enum gb_node_kind kind)
{
    struct gb_node *n = GB_NEW(d->arena, struct gb_node);
    n->kind = kind;
    if (!in || (in->kind != GB_NODE_DOC && in->kind != GB_NODE_SECTION)) {
        (void)gb_fail(&d->err, GB_E_REPORT, "%s: chỉ đặt được trong tài liệu hoặc trong một mục, không đặt trong %s",
                      gb_node_kind_word(kind), in ? gb_node_kind_word(in->kind) : "NULL");
        return n;
    }
    if (in->last) {
        in->last->next = n;
    } else {
        in->child = n;
    }
    in->last = n;
    return n;
}

/* Only the right kind of node is filled; otherwise the fault is kept. */
static bool is_kind(struct gb_doc *d, const struct gb_node *n, enum gb_node_kind kind, const char *what)
{
    if (n && n->kind == kind) {
        return true;
    }
    (void)gb_fail(&d->err, GB_E_REPORT, "%s: chỉ dùng cho %s, không dùng cho %s", what, gb_node_kind_word(kind),
                  n ? gb_node_kind_word(n->kind) : "NULL");
    return false;
}

struct gb_node *gb_doc_section(struct gb_doc *d, struct gb_node *in, const char *id, const char *title)
{
    struct gb_node *n = append(d, in, GB_NODE_SECTION);
    n->id = gb_strdup(d->arena, id);
    n->title = gb_strdup(d->arena, title);
    n->level = in && in->kind == GB_NODE_SECTION ? in->level + 1 : 1;
    n->numbered = true;
    return n;
}

struct gb_node *gb_doc_para(struct gb_doc *d, struct gb_node *in)
{
    return append(d, in, GB_NODE_PARA);
}

struct gb_node *gb_doc_note(struct gb_doc *d, struct gb_node *in)
{
    return append(d, in, GB_NODE_NOTE);
}

struct gb_node *gb_doc_source(struct gb_doc *d, struct gb_node *in)
{
    return append(d, in, GB_NODE_SOURCE);
}

struct gb_node *gb_doc_break(struct gb_doc *d, struct gb_node *in)
{
    return append(d, in, GB_NODE_BREAK);
}

struct gb_node *gb_doc_callout(struct gb_doc *d, struct gb_node *in, enum gb_state state)
{
    struct gb_node *n = append(d, in, GB_NODE_CALLOUT);
    n->state = state;
    return n;
}

struct gb_node *gb_doc_list(struct gb_doc *d, struct gb_node *in, bool ordered)
{
    struct gb_node *n = append(d, in, GB_NODE_LIST);
    n->ordered = ordered;
    return n;
}

/* Room for all items is taken with the first: a pointer to an item stays good however many follow. */
struct gb_text *gb_doc_item(struct gb_doc *d, struct gb_node *list)
{
    if (!is_kind(d, list, GB_NODE_LIST, "item")) {
        return GB_NEW(d->arena, struct gb_text);
    }
    if (list->n_items == GB_LIST_MAX) {
        (void)gb_fail(&d->err, GB_E_REPORT, "danh sách có trên %d mục: hãy dùng bảng", GB_LIST_MAX);
        return GB_NEW(d->arena, struct gb_text);
    }
    if (!list->item) {
        list->item = GB_NEW_N(d->arena, GB_LIST_MAX, struct gb_text);
    }
    return &list->item[list->n_items++];
}

struct gb_node *gb_doc_table(struct gb_doc *d, struct gb_node *in, const char *id, const char *caption, int n_cols)
{
    struct gb_node *n = append(d, in, GB_NODE_TABLE);
    n->id = gb_strdup(d->arena, id);
    n->title = gb_strdup(d->arena, caption);
    if (n_cols < 1 || n_cols > 64) {
        (void)gb_fail(&d->err, GB_E_REPORT, "bảng %s: có %d cột, phải từ 1 đến 64 cột", id ? id : "?", n_cols);
        n_cols = 1;
    }
    n->n_cols = n_cols;
    n->col = GB_NEW_N(d->arena, (size_t)n_cols, struct gb_col);
    return n;
}

void gb_doc_col(struct gb_doc *d, struct gb_node *table, int i, const char *label, const char *unit, enum gb_align align,
                double weight)
{
    if (!is_kind(d, table, GB_NODE_TABLE, "cột")) {
        return;
    }
    if (i < 0 || i >= table->n_cols) {
        (void)gb_fail(&d->err, GB_E_REPORT, "bảng %s: không có cột %d (bảng có %d cột)", table->id ? table->id : "?", i + 1,
                      table->n_cols);
        return;
    }
    table->col[i] =
        (struct gb_col){ gb_strdup(d->arena, label), gb_strdup(d->arena, unit), align, weight > 0 && weight < 1e6 ? weight : 0 };
}

struct gb_row *gb_doc_row(struct gb_doc *d, struct gb_node *table)
{
    struct gb_row *r = GB_NEW(d->arena, struct gb_row);
    int n_cells = is_kind(d, table, GB_NODE_TABLE, "dòng") ? table->n_cols : 1;
    r->n_cells = n_cells;
    r->cell = GB_NEW_N(d->arena, (size_t)n_cells, struct gb_cell);
    if (table && table->kind == GB_NODE_TABLE) {
        if (table->last_row) {
            table->last_row->next = r;
        } else {
            table->row = r;
        }
        table->last_row = r;
        table->n_rows++;
    }
    return r;
}

static struct gb_cell *cell_at(struct gb_doc *d, struct gb_row *r, int i)
{
    if (r && i >= 0 && i < r->n_cells) {
        return &r->cell[i];
    }
    (void)gb_fail(&d->err, GB_E_REPORT, "dòng: không có ô %d (dòng có %d ô)", i + 1, r ? r->n_cells : 0);
    return GB_NEW(d->arena, struct gb_cell);
}

void gb_doc_cell_value(struct gb_doc *d, struct gb_row *r, int i, struct gb_value v)
{
    struct gb_cell *c = cell_at(d, r, i);
    c->value = copied(d->arena, v);
    c->is_value = true;
    if (v.kind == GB_V_STATE) {
        c->state = v.state;
    }
}

void gb_doc_cell_text(struct gb_doc *d, struct gb_row *r, int i, const char *text)
{
    gb_text_add(d, &cell_at(d, r, i)->text, text, 0);
}

struct gb_text *gb_doc_cell_inline(struct gb_doc *d, struct gb_row *r, int i)
{
    return &cell_at(d, r, i)->text;
}

void gb_doc_cell_state(struct gb_doc *d, struct gb_row *r, int i, enum gb_state s)
{
    cell_at(d, r, i)->state = s;
}

void gb_doc_cell_spark(struct gb_doc *d, struct gb_row *r, int i, const struct gb_chart *spec)
{
    cell_at(d, r, i)->spark = gb_chart_copy(d->arena, spec);
}

struct gb_row *gb_doc_group_row(struct gb_doc *d, struct gb_node *table, const char *text)
{
    struct gb_row *r = gb_doc_row(d, table);
    r->group_head = true;
    gb_doc_cell_text(d, r, 0, text);
    return r;
}

struct gb_chart *gb_chart_copy(struct gb_arena *a, const struct gb_chart *spec)
{
    if (!spec) {
        return NULL;
    }
    struct gb_chart *c = GB_NEW(a, struct gb_chart);
    *c = *spec;
    c->title = gb_strdup(a, spec->title);
    c->alt = gb_strdup(a, spec->alt);
    c->unit = gb_strdup(a, spec->unit);
    c->source = gb_strdup(a, spec->source);
    c->reference = copied(a, spec->reference);
    c->reference_label = gb_strdup(a, spec->reference_label);
    c->series = GB_NEW_N(a, spec->n_series, struct gb_chart_series);
    for (size_t s = 0; s < spec->n_series; s++) {
        const struct gb_chart_series *from = &spec->series[s];
        c->series[s] = *from;
        c->series[s].name = gb_strdup(a, from->name);
        c->series[s].limit = copied(a, from->limit);
        c->series[s].limit_label = gb_strdup(a, from->limit_label);
        c->series[s].point = GB_NEW_N(a, from->n, struct gb_chart_point);
        for (size_t i = 0; i < from->n; i++) {
            c->series[s].point[i] = from->point[i];
            c->series[s].point[i].x = copied(a, from->point[i].x);
            c->series[s].point[i].y = copied(a, from->point[i].y);
            c->series[s].point[i].label = gb_strdup(a, from->point[i].label);
        }
    }
    for (int i = 0; i < spec->n_breaks && i < 4; i++) {
        c->break_label[i] = gb_strdup(a, spec->break_label[i]);
    }
    return c;
}

struct gb_node *gb_doc_chart(struct gb_doc *d, struct gb_node *in, const char *id, const struct gb_chart *spec)
{
    struct gb_node *n = append(d, in, GB_NODE_CHART);
    n->id = gb_strdup(d->arena, id);
    n->chart = gb_chart_copy(d->arena, spec);
    if (!n->chart) {
        (void)gb_fail(&d->err, GB_E_REPORT, "biểu đồ %s: không có nội dung", id ? id : "?");
        n->chart = GB_NEW(d->arena, struct gb_chart);
    }
    n->title = n->chart->title;
    return n;
}

struct gb_node *gb_doc_figures(struct gb_doc *d, struct gb_node *in, int n_figures)
{
    struct gb_node *n = append(d, in, GB_NODE_FIGURES);
    if (n_figures < 1 || n_figures > 6) {
        (void)gb_fail(&d->err, GB_E_REPORT, "dãy số chính: có %d số, phải từ 1 đến 6", n_figures);
        n_figures = 1;
    }
    n->n_figures = n_figures;
    n->figure = GB_NEW_N(d->arena, (size_t)n_figures, struct gb_figure);
    for (int i = 0; i < n_figures; i++) {
        n->figure[i].value = n->figure[i].change = gb_value_missing(GB_MISS_NONE);
    }
    return n;
}

void gb_doc_figure(struct gb_doc *d, struct gb_node *figures, int i, const struct gb_figure *f)
{
    if (!is_kind(d, figures, GB_NODE_FIGURES, "số chính")) {
        return;
    }
    if (i < 0 || i >= figures->n_figures) {
        (void)gb_fail(&d->err, GB_E_REPORT, "dãy số chính: không có ô %d (có %d ô)", i + 1, figures->n_figures);
        return;
    }
    figures->figure[i] = (struct gb_figure){ gb_strdup(d->arena, f->label),
                                             copied(d->arena, f->value),
                                             copied(d->arena, f->change),
                                             gb_strdup(d->arena, f->change_label),
                                             f->state,
                                             gb_chart_copy(d->arena, f->spark) };
}

static struct gb_inline *add_inline(struct gb_doc *d, struct gb_text *t, enum gb_inline_kind kind, unsigned intent)
{
    struct gb_inline *in = GB_NEW(d->arena, struct gb_inline);
    in->kind = kind;
    in->intent = intent;
    if (t->last) {
        t->last->next = in;
    } else {
        t->first = in;
    }
    t->last = in;
    return in;
}

void gb_text_add(struct gb_doc *d, struct gb_text *t, const char *text, unsigned intent)
{
    if (text && *text) {
        add_inline(d, t, GB_IN_TEXT, intent)->text = gb_strdup(d->arena, text);
    }
}

void gb_text_value(struct gb_doc *d, struct gb_text *t, struct gb_value v, unsigned intent)
{
    add_inline(d, t, GB_IN_VALUE, intent)->value = copied(d->arena, v);
}

void gb_text_link(struct gb_doc *d, struct gb_text *t, const char *text, const char *target)
{
    struct gb_inline *in = add_inline(d, t, GB_IN_LINK, 0);
    in->text = gb_strdup(d->arena, text ? text : "");
    in->target = gb_strdup(d->arena, target ? target : "");
}

void gb_text_footnote(struct gb_doc *d, struct gb_text *t, const char *note)
{
    add_inline(d, t, GB_IN_NOTE, 0)->text = gb_strdup(d->arena, note ? note : "");
}

void gb_text_plain(const struct gb_text *t, struct gb_buf *out)
{
    for (const struct gb_inline *in = t->first; in; in = in->next) {
        switch (in->kind) {
        case GB_IN_TEXT:
        case GB_IN_LINK: gb_buf_adds(out, in->text); break;
        case GB_IN_VALUE: gb_value_text(&in->value, GB_WITH_UNIT, out); break;
        case GB_IN_NOTE: gb_buf_addf(out, " (%s)", in->text); break;
        }
    }
}

const char *gb_node_kind_word(enum gb_node_kind k)
{
    switch (k) {
    case GB_NODE_DOC: return "doc";
    case GB_NODE_SECTION: return "section";
    case GB_NODE_PARA: return "para";
    case GB_NODE_LIST: return "list";
    case GB_NODE_TABLE: return "table";
    case GB_NODE_CHART: return "chart";
    case GB_NODE_FIGURES: return "figures";
    case GB_NODE_CALLOUT: return "callout";
    case GB_NODE_NOTE: return "note";
    case GB_NODE_SOURCE: return "source";
    case GB_NODE_BREAK: return "break";
    }
    gb_bug("node kind");
}
