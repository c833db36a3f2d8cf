/* dump.c — canonical text of a document: one node, row or item a line, indented by depth; the golden format.
 *
 * A value shows both sides: how it reads and what it is ("68,4%" <68.4 unit=% decimals=1 fact=...>), so that a golden catches a
 * changed figure as well as a changed formatter. Strings are quoted with the escapes \" \\ \n.
 */
#include "document/document.h"

static void quoted(struct gb_buf *o, const char *s)
{
    gb_buf_addc(o, '"');
    for (; s && *s; s++) {
        if (*s == '"' || *s == '\\') {
            gb_buf_addc(o, '\\');
        }
        if (*s == '\n') {
            gb_buf_adds(o, "\\n");
        } else {
            gb_buf_addc(o, *s);
        }
    }
    gb_buf_addc(o, '"');
}

static void named(struct gb_buf *o, const char *name, const char *s)
{
    if (s && *s) {
        gb_buf_addf(o, " %s=", name);
        quoted(o, s);
    }
}

static void line(struct gb_buf *o, int depth)
{
    for (int i = 0; i < depth; i++) {
        gb_buf_adds(o, "  ");
    }
}

static void intents(struct gb_buf *o, unsigned intent)
{
    static const struct {
        unsigned bit;
        const char *word;
    } words[] = {
        { GB_STRONG, "strong" },
        { GB_EMPH, "emph" },
        { GB_WEAK, "weak" },
        { GB_TOTAL, "total" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (intent & words[i].bit) {
            gb_buf_addf(o, " %s", words[i].word);
        }
    }
}

static void fact(const struct gb_doc *d, struct gb_buf *o, const struct gb_fact_id *f)
{
    const struct gb_catalogue *c = d->catalogue;
    if (!c || f->indicator_i < 0 || f->indicator_i >= gb_n_indicator_keys(c)) {
        return;
    }
    const struct gb_indicator *ind = &c->indicator[f->indicator_i];
    gb_buf_addf(o, " fact=%s", ind->code);
    gb_buf_addf(o, "/%s", f->region_i >= 0 && f->region_i < gb_n_region_keys(c) ? c->region[f->region_i].code : "-");
    char period[24] = "-";
    if (f->period != GB_PERIOD_NONE) {
        gb_period_iso(ind->freq, f->period, period);
    }
    gb_buf_addf(o, "/%s/%s", period, gb_derivation_word(f->how));
}

static void value(const struct gb_doc *d, struct gb_buf *o, const struct gb_value *v)
{
    struct gb_buf text = { 0 };
    char raw[64];
    gb_value_text(v, GB_WITH_UNIT, &text);
    quoted(o, text.p ? text.p : "");
    gb_buf_release(&text);
    gb_buf_adds(o, " <");
    switch (v->kind) {
    case GB_V_NUM:
        gb_buf_add(o, raw, gb_dec_exact(v->num, v->scale, raw));
        gb_buf_addf(o, " decimals=%d", v->decimals);
        named(o, "unit", v->unit);
        break;
    case GB_V_TEXT: gb_buf_adds(o, "text"); break;
    case GB_V_DATE: gb_buf_add(o, raw, gb_date_iso(v->date, raw)); break;
    case GB_V_PERIOD: gb_buf_add(o, raw, gb_period_iso(v->freq, v->period, raw)); break;
    case GB_V_STATE: gb_buf_adds(o, v->word ? v->word : gb_state_word(v->state)); break;
    case GB_V_MISSING: gb_buf_addf(o, "missing %s", gb_missing_word(v->missing)); break;
    }
    if (v->status && v->status != 'A') {
        gb_buf_addf(o, " status=%c", v->status);
    }
    if (v->basis)
        gb_buf_addf(o, " %s", gb_basis_word(v->basis));
    fact(d, o, &v->fact);
    gb_buf_addc(o, '>');
}

static void text(const struct gb_doc *d, struct gb_buf *o, const struct gb_text *t)
{
    for (const struct gb_inline *in = t->first; in; in = in->next) {
        gb_buf_addc(o, ' ');
        switch (in->kind) {
        case GB_IN_TEXT: quoted(o, in->text); break;
        case GB_IN_VALUE: value(d, o, &in->value); break;
        case GB_IN_LINK:
            quoted(o, in->text);
            gb_buf_addf(o, "->%s", in->target);
            break;
        case GB_IN_NOTE:
            gb_buf_adds(o, "footnote ");
            quoted(o, in->text);
            break;
        }
        intents(o, in->intent);
    }
}

static void chart(const struct gb_doc *d, struct gb_buf *o, const struct gb_chart *c, int depth)
{
    static const char *const kinds[] = { "line",      "bars",    "bullet",   "spark",     "map",  "heat",
                                         "multiples", "stacked", "calendar", "waterfall", "dots", "slope" };
    static const char *const roles[] = { "actual", "last-year", "target", "pace", "forecast", "low", "high", "needed" };
    gb_buf_adds(o, c->tiles ? "tiles" : c->kind == GB_CHART_MAP && c->style == GB_MAP_HEAT ? "cells" : kinds[c->kind]);
    named(o, "title", c->title);
    named(o, "unit", c->unit);
    named(o, "alt", c->alt);
    named(o, "source", c->source);
    gb_buf_addc(o, '\n');
    if (c->has_reference) {
        line(o, depth);
        gb_buf_adds(o, "reference ");
        value(d, o, &c->reference);
        named(o, "label", c->reference_label);
        gb_buf_addc(o, '\n');
    }
    for (int i = 0; i < c->n_breaks; i++) {
        line(o, depth);
        gb_buf_addf(o, "break %lld ", (long long)c->breaks[i]);
        quoted(o, c->break_label[i]);
        gb_buf_addc(o, '\n');
    }
    for (size_t s = 0; s < c->n_series; s++) {
        line(o, depth);
        gb_buf_addf(o, "series %s ", roles[c->series[s].role]);
        quoted(o, c->series[s].name);
        if (c->series[s].has_limit) {
            gb_buf_adds(o, " limit ");
            value(d, o, &c->series[s].limit);
            named(o, "label", c->series[s].limit_label);
        }
        gb_buf_addc(o, '\n');
        for (size_t i = 0; i < c->series[s].n; i++) {
            const struct gb_chart_point *p = &c->series[s].point[i];
            line(o, depth + 1);
            gb_buf_adds(o, "point ");
            if (p->label) {
                quoted(o, p->label);
            } else {
                value(d, o, &p->x);
            }
            gb_buf_addc(o, ' ');
            value(d, o, &p->y);
            gb_buf_addf(o, "%s", p->highlight ? " highlight" : "");
            if (p->state != GB_STATE_NONE) {
                gb_buf_addf(o, " state=%s", gb_state_word(p->state));
            }
            gb_buf_addc(o, '\n');
        }
    }
}

static void cell(const struct gb_doc *d, struct gb_buf *o, const struct gb_cell *c, int depth)
{
    gb_buf_adds(o, " |");
    if (c->is_value) {
        gb_buf_addc(o, ' ');
        value(d, o, &c->value);
    }
    text(d, o, &c->text);
    intents(o, c->intent);
    if (c->state != GB_STATE_NONE) {
        gb_buf_addf(o, " state=%s", gb_state_word(c->state));
    }
    if (c->spark) {
        gb_buf_adds(o, " spark ");
        chart(d, o, c->spark, depth + 1);
        line(o, depth);
    }
}

static void table(const struct gb_doc *d, struct gb_buf *o, const struct gb_node *n, int depth)
{
    static const char *const aligns[] = { "left", "center", "right", "decimal" };
    for (int i = 0; i < n->n_cols; i++) {
        const struct gb_col *c = &n->col[i];
        line(o, depth);
        gb_buf_addf(o, "col %s ", aligns[c->align]);
        quoted(o, c->label);
        named(o, "unit", c->unit);
        if (c->weight > 0) {
            gb_buf_addf(o, " weight=%.2f", c->weight);
        }
        gb_buf_addc(o, '\n');
    }
    for (const struct gb_row *r = n->row; r; r = r->next) {
        line(o, depth);
        gb_buf_adds(o, r->group_head ? "group" : "row");
        intents(o, r->intent);
        for (int i = 0; i < (r->group_head ? 1 : r->n_cells); i++) {
            cell(d, o, &r->cell[i], depth);
        }
        gb_buf_addc(o, '\n');
    }
}

static void figures(const struct gb_doc *d, struct gb_buf *o, const struct gb_node *n, int depth)
{
    for (int i = 0; i < n->n_figures; i++) {
        const struct gb_figure *f = &n->figure[i];
        line(o, depth);
        gb_buf_adds(o, "figure ");
        quoted(o, f->label);
        gb_buf_addc(o, ' ');
        value(d, o, &f->value);
        gb_buf_adds(o, " change ");
        value(d, o, &f->change);
        named(o, "change-label", f->change_label);
        if (f->state != GB_STATE_NONE) {
            gb_buf_addf(o, " state=%s", gb_state_word(f->state));
        }
        if (f->spark) {
            gb_buf_adds(o, " spark ");
            chart(d, o, f->spark, depth + 1);
        } else {
            gb_buf_addc(o, '\n');
        }
    }
}

static void head(struct gb_buf *o, const struct gb_node *n)
{
    gb_buf_adds(o, gb_node_kind_word(n->kind));
    if (n->id) {
        gb_buf_addf(o, " #%s", n->id);
    }
    if (n->kind == GB_NODE_SECTION) {
        gb_buf_addf(o, " level=%d", n->level);
    }
    if (n->kind == GB_NODE_CALLOUT) {
        gb_buf_addf(o, " state=%s", gb_state_word(n->state));
    }
    static const struct {
        size_t at;
        const char *word;
    } flags[] = {
        { offsetof(struct gb_node, numbered), " numbered" },   { offsetof(struct gb_node, annex), " annex" },
        { offsetof(struct gb_node, landscape), " landscape" }, { offsetof(struct gb_node, keep_together), " keep" },
        { offsetof(struct gb_node, ordered), " ordered" },
    };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        bool on;
        memcpy(&on, (const char *)n + flags[i].at, sizeof on);
        gb_buf_adds(o, on ? flags[i].word : "");
    }
    if (n->title && n->kind != GB_NODE_CHART) {
        gb_buf_addc(o, ' ');
        quoted(o, n->title);
    }
}

static void node(const struct gb_doc *d, struct gb_buf *o, const struct gb_node *n, int depth)
{
    line(o, depth);
    head(o, n);
    switch (n->kind) {
    case GB_NODE_PARA:
    case GB_NODE_NOTE:
    case GB_NODE_SOURCE:
    case GB_NODE_CALLOUT:
        text(d, o, &n->text);
        gb_buf_addc(o, '\n');
        return;
    case GB_NODE_CHART:
        gb_buf_addc(o, ' ');
        chart(d, o, n->chart, depth + 1);
        return;
    case GB_NODE_LIST:
        gb_buf_addc(o, '\n');
        for (size_t i = 0; i < n->n_items; i++) {
            line(o, depth + 1);
            gb_buf_adds(o, "item");
            text(d, o, &n->item[i]);
            gb_buf_addc(o, '\n');
        }
        return;
    case GB_NODE_TABLE:
        gb_buf_addc(o, '\n');
        table(d, o, n, depth + 1);
        return;
    case GB_NODE_FIGURES:
        gb_buf_addc(o, '\n');
        figures(d, o, n, depth + 1);
        return;
    case GB_NODE_BREAK:
    case GB_NODE_DOC:
    case GB_NODE_SECTION: break;
    }
    gb_buf_addc(o, '\n');
    for (const struct gb_node *c = n->child; c; c = c->next) {
        node(d, o, c, depth + 1);
    }
}

void gb_doc_dump(const struct gb_doc *d, struct gb_buf *o)
{
    char date[16] = "-";
    if (d->date.year) {
        gb_date_iso(d->date, date);
    }
    gb_buf_addf(o, "document %s style=%s audience=%s lang=%s date=%s vintage=%lld%s%s\n", d->slug ? d->slug : "-",
                d->style == GB_DOC_BRIEFING ? "briefing" : "page", gb_audience_word(d->audience), d->lang, date,
                (long long)d->vintage, d->signature ? " signature" : "", d->one_page ? " one-page" : "");
    if (d->body_max)
        gb_buf_addf(o, "body-max %d\n", d->body_max);
    const struct {
        const char *name, *s;
    } heads[] = {
        { "type", d->type_name }, { "title", d->title },    { "subtitle", d->subtitle },
        { "cutoff", d->cutoff },  { "level", d->level_vi }, { "reason", d->reason },
    };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (heads[i].s) {
            gb_buf_addf(o, "  %s ", heads[i].name);
            quoted(o, heads[i].s);
            gb_buf_addc(o, '\n');
        }
    }
    for (int i = 0; i < d->n_marks; i++) {
        gb_buf_adds(o, "  mark ");
        quoted(o, d->mark[i]);
        gb_buf_addc(o, '\n');
    }
    for (const struct gb_node *c = d->root->child; c; c = c->next) {
        node(d, o, c, 1);
    }
}
