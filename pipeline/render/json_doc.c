/* json_doc.c — the tree as JSON for programs: every figure raw (exact decimal), with its unit, its identity and the Vietnamese text that
 * people read elsewhere. Keys are sorted; schema "giaoban.document/1".
 */
#include "base/json.h"
#include "render/render.h"

static void text_member(struct gb_json *j, const char *key, const struct gb_value *v)
{
    struct gb_buf b = { 0 };
    gb_value_text(v, GB_WITH_UNIT, &b);
    gb_json_str(j, key, b.p ? b.p : "");
    gb_buf_release(&b);
}

static void value(struct gb_json *j, const char *key, const struct gb_catalogue *c, const struct gb_value *v)
{
    gb_json_open(j, key, '{');
    if (v->basis)
        gb_json_str(j, "basis", gb_basis_word(v->basis));
    if (v->doubtful)
        gb_json_bool(j, "doubtful", true);
    if (v->fact.indicator_i >= 0 && v->kind == GB_V_NUM) {
        char period[24];
        const struct gb_indicator *ind = &c->indicator[v->fact.indicator_i];
        gb_json_str(j, "how", gb_derivation_word(v->fact.how));
        gb_json_str(j, "indicator", ind->code);
        if (v->fact.period != GB_PERIOD_NONE) {
            gb_period_iso(ind->freq, v->fact.period, period);
            gb_json_str(j, "period", period);
        }
        if (v->fact.region_i >= 0)
            gb_json_str(j, "region", c->region[v->fact.region_i].code);
    }
    if (v->kind == GB_V_STATE)
        gb_json_str(j, "state", v->word ? v->word : gb_state_word(v->state));
    if (v->kind == GB_V_NUM && v->status) {
        char s[2] = { v->status, 0 };
        gb_json_str(j, "status", s);
    }
    text_member(j, "text", v);
    if (v->kind == GB_V_NUM) {
        if (v->unit)
            gb_json_str(j, "unit", v->unit);
        gb_json_dec(j, "value", v->num, v->scale);
    } else if (v->kind == GB_V_MISSING) {
        gb_json_null(j, "value");
    }
    gb_json_close(j, '}');
}

static void inlines(struct gb_json *j, const char *key, const struct gb_catalogue *c, const struct gb_text *t)
{
    gb_json_open(j, key, '[');
    for (const struct gb_inline *in = t->first; in; in = in->next) {
        if (in->kind == GB_IN_VALUE)
            value(j, NULL, c, &in->value);
        else if (in->kind == GB_IN_NOTE) {
            gb_json_open(j, NULL, '{');
            gb_json_str(j, "footnote", in->text);
            gb_json_close(j, '}');
        } else
            gb_json_str(j, NULL, in->text);
    }
    gb_json_close(j, ']');
}

static void columns(struct gb_json *j, const struct gb_node *n)
{
    gb_json_open(j, "columns", '[');
    for (int i = 0; i < n->n_cols; i++) {
        gb_json_open(j, NULL, '{');
        gb_json_str(j, "label", n->col[i].label);
        if (n->col[i].unit)
            gb_json_str(j, "unit", n->col[i].unit);
        gb_json_close(j, '}');
    }
    gb_json_close(j, ']');
}

static void rows(struct gb_json *j, const struct gb_doc *d, const struct gb_node *n)
{
    gb_json_open(j, "rows", '[');
    for (const struct gb_row *r = n->row; r; r = r->next) {
        gb_json_open(j, NULL, '[');
        for (int i = 0; i < (r->group_head ? 1 : n->n_cols); i++) {
            if (r->cell[i].is_value)
                value(j, NULL, d->catalogue, &r->cell[i].value);
            else
                inlines(j, NULL, d->catalogue, &r->cell[i].text);
        }
        gb_json_close(j, ']');
    }
    gb_json_close(j, ']');
}

static void series(struct gb_json *j, const struct gb_doc *d, const struct gb_chart *c)
{
    gb_json_open(j, "series", '[');
    for (size_t s = 0; s < c->n_series; s++) {
        gb_json_open(j, NULL, '{');
        gb_json_str(j, "name", c->series[s].name);
        gb_json_open(j, "points", '[');
        for (size_t i = 0; i < c->series[s].n; i++) {
            const struct gb_chart_point *p = &c->series[s].point[i];
            gb_json_open(j, NULL, '{');
            if (p->label)
                gb_json_str(j, "x", p->label);
            else
                text_member(j, "x", &p->x);
            value(j, "y", d->catalogue, &p->y);
            gb_json_close(j, '}');
        }
        gb_json_close(j, ']');
        gb_json_close(j, '}');
    }
    gb_json_close(j, ']');
}

static void figures(struct gb_json *j, const struct gb_doc *d, const struct gb_node *n)
{
    gb_json_open(j, "figures", '[');
    for (int i = 0; i < n->n_figures; i++) {
        gb_json_open(j, NULL, '{');
        if (n->figure[i].change.kind == GB_V_NUM)
            value(j, "change", d->catalogue, &n->figure[i].change);
        gb_json_str(j, "label", n->figure[i].label);
        gb_json_str(j, "state", gb_state_word(n->figure[i].state));
        value(j, "value", d->catalogue, &n->figure[i].value);
        gb_json_close(j, '}');
    }
    gb_json_close(j, ']');
}

static void node(struct gb_json *j, const struct gb_doc *d, const struct gb_node *n);

static void children(struct gb_json *j, const struct gb_doc *d, const struct gb_node *n)
{
    gb_json_open(j, "children", '[');
    for (const struct gb_node *c = n->child; c; c = c->next)
        node(j, d, c);
    gb_json_close(j, ']');
}

/* Keys ascend, so what a kind has stands partly before `id` and `kind`, partly after them. */
static void before_kind(struct gb_json *j, const struct gb_doc *d, const struct gb_node *n)
{
    switch (n->kind) {
    case GB_NODE_DOC:
    case GB_NODE_SECTION: children(j, d, n); return;
    case GB_NODE_TABLE: columns(j, n); return;
    case GB_NODE_CHART: gb_json_str(j, "alt", n->chart->alt); return;
    case GB_NODE_FIGURES: figures(j, d, n); return;
    case GB_NODE_PARA:
    case GB_NODE_LIST:
    case GB_NODE_CALLOUT:
    case GB_NODE_NOTE:
    case GB_NODE_SOURCE:
    case GB_NODE_BREAK: return;
    }
    gb_bug("node kind");
}

static void items(struct gb_json *j, const struct gb_doc *d, const struct gb_node *n)
{
    gb_json_open(j, "items", '[');
    for (size_t i = 0; i < n->n_items; i++)
        inlines(j, NULL, d->catalogue, &n->item[i]);
    gb_json_close(j, ']');
}

static void after_kind(struct gb_json *j, const struct gb_doc *d, const struct gb_node *n)
{
    switch (n->kind) {
    case GB_NODE_DOC:
    case GB_NODE_LIST:
    case GB_NODE_FIGURES:
    case GB_NODE_BREAK: return;
    case GB_NODE_SECTION: gb_json_str(j, "title", n->title); return;
    case GB_NODE_CALLOUT:
        gb_json_str(j, "state", gb_state_word(n->state));
        inlines(j, "text", d->catalogue, &n->text);
        return;
    case GB_NODE_PARA:
    case GB_NODE_NOTE:
    case GB_NODE_SOURCE: inlines(j, "text", d->catalogue, &n->text); return;
    case GB_NODE_TABLE:
        rows(j, d, n);
        if (n->title)
            gb_json_str(j, "title", n->title);
        return;
    case GB_NODE_CHART:
        series(j, d, n->chart);
        if (n->chart->source)
            gb_json_str(j, "source", n->chart->source);
        gb_json_str(j, "title", n->chart->title);
        if (n->chart->unit)
            gb_json_str(j, "unit", n->chart->unit);
        return;
    }
    gb_bug("node kind");
}

static void node(struct gb_json *j, const struct gb_doc *d, const struct gb_node *n)
{
    static const char *const word[] = {
        [GB_NODE_DOC] = "document", [GB_NODE_SECTION] = "section", [GB_NODE_PARA] = "paragraph",  [GB_NODE_LIST] = "list",
        [GB_NODE_TABLE] = "table",  [GB_NODE_CHART] = "chart",     [GB_NODE_FIGURES] = "figures", [GB_NODE_CALLOUT] = "callout",
        [GB_NODE_NOTE] = "note",    [GB_NODE_SOURCE] = "source",   [GB_NODE_BREAK] = "break"
    };
    if (n->kind == GB_NODE_BREAK)
        return; /* pages are paper's business */
    gb_json_open(j, NULL, '{');
    before_kind(j, d, n);
    if (n->id)
        gb_json_str(j, "id", n->id);
    if (n->kind == GB_NODE_LIST)
        items(j, d, n);
    gb_json_str(j, "kind", word[n->kind]);
    after_kind(j, d, n);
    gb_json_close(j, '}');
}

enum gb_code gb_render_json(const struct gb_doc *d, const struct gb_edition_info *ed, struct gb_buf *out, struct gb_err *e)
{
    (void)e;
    struct gb_json j = { .out = out, .pretty = true };
    char date[16];
    gb_date_iso(ed->date, date);
    gb_json_open(&j, NULL, '{');
    gb_json_open(&j, "content", '[');
    node(&j, d, d->root);
    gb_json_close(&j, ']');
    gb_json_str(&j, "cutoff", d->cutoff);
    gb_json_str(&j, "date", date);
    gb_json_str(&j, "edition", ed->id);
    gb_json_str(&j, "locality", d->catalogue->locality.slug);
    gb_json_open(&j, "marks", '[');
    for (int i = 0; i < d->n_marks; i++)
        gb_json_str(&j, NULL, d->mark[i]);
    gb_json_close(&j, ']');
    gb_json_str(&j, "report", d->slug);
    gb_json_str(&j, "schema", "giaoban.document/1");
    gb_json_str(&j, "subtitle", d->subtitle);
    gb_json_str(&j, "title", d->title);
    gb_json_close(&j, '}');
    gb_buf_addc(out, '\n');
    return GB_OK;
}
