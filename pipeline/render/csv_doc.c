/* csv_doc.c — every table and chart of a document as one tidy CSV: part, row, column, then the raw value with its unit.
 *
 * One shape for all tables, so that one header serves the file: table,row,label,column,value,unit,text,status,indicator,region,period.
 * Lossless for numbers; prose is not data and is left out on purpose.
 */
#include <stdio.h>
#include "base/csv.h"
#include "render/render.h"

struct at {
    const char *table;
    int row;
    const char *label;
};

static void head(struct gb_buf *out)
{
    static const char *const col[] = { "table", "row",    "label",     "column", "value", "unit",
                                       "text",  "status", "indicator", "region", "period" };
    for (size_t i = 0; i < sizeof col / sizeof *col; i++)
        gb_csv_code(out, i == 0, col[i]);
    gb_csv_end(out);
}

static void identity(struct gb_buf *out, const struct gb_catalogue *c, const struct gb_fact_id *f)
{
    char period[24] = "";
    if (f->indicator_i < 0) {
        gb_csv_empty(out, false);
        gb_csv_empty(out, false);
        gb_csv_empty(out, false);
        return;
    }
    const struct gb_indicator *ind = &c->indicator[f->indicator_i];
    gb_csv_code(out, false, ind->code);
    if (f->region_i >= 0)
        gb_csv_code(out, false, c->region[f->region_i].code);
    else
        gb_csv_empty(out, false);
    if (f->period != GB_PERIOD_NONE)
        gb_period_iso(ind->freq, f->period, period);
    gb_csv_code(out, false, period);
}

static void value_row(struct gb_buf *out, const struct gb_catalogue *c, struct at at, const char *column,
                      const struct gb_value *v)
{
    char row[16];
    struct gb_buf text = { 0 };
    int n = snprintf(row, sizeof row, "%d", at.row);
    gb_assert(n > 0 && n < (int)sizeof row);
    gb_csv_code(out, true, at.table);
    gb_csv_code(out, false, row);
    gb_csv_text(out, false, at.label);
    gb_csv_text(out, false, column);
    bool num = v->kind == GB_V_NUM;
    if (num)
        gb_csv_number(out, false, v->num, v->scale);
    else
        gb_csv_empty(out, false);
    gb_csv_text(out, false, num && v->unit ? v->unit : "");
    if (!num)
        gb_value_text(v, GB_WITH_UNIT, &text);
    gb_csv_text(out, false, text.p ? text.p : "");
    char status[2] = { num && v->status ? v->status : 0, 0 };
    gb_csv_code(out, false, status);
    identity(out, c, &v->fact);
    gb_csv_end(out);
    gb_buf_release(&text);
}

static void plain(const struct gb_text *t, struct gb_buf *b)
{
    for (const struct gb_inline *in = t->first; in; in = in->next) {
        if (in->kind == GB_IN_VALUE)
            gb_value_text(&in->value, GB_WITH_UNIT, b);
        else
            gb_buf_adds(b, in->text);
    }
}

static void table(struct gb_buf *out, const struct gb_doc *d, const struct gb_node *t)
{
    struct gb_buf label = { 0 }, text = { 0 };
    int row_i = 0;
    for (const struct gb_row *r = t->row; r; r = r->next) {
        if (r->group_head)
            continue;
        row_i++;
        gb_buf_reset(&label);
        if (r->cell[0].is_value)
            gb_value_text(&r->cell[0].value, GB_WITH_UNIT, &label);
        else
            plain(&r->cell[0].text, &label);
        struct at at = { t->id, row_i, label.p ? label.p : "" };
        for (int i = 1; i < t->n_cols; i++) {
            const struct gb_cell *c = &r->cell[i];
            if (c->is_value) {
                value_row(out, d->catalogue, at, t->col[i].label, &c->value);
                continue;
            }
            gb_buf_reset(&text);
            plain(&c->text, &text);
            struct gb_value v = gb_value_text_of(text.p ? text.p : "");
            value_row(out, d->catalogue, at, t->col[i].label, &v);
        }
    }
    gb_buf_release(&label);
    gb_buf_release(&text);
}

static void chart(struct gb_buf *out, const struct gb_doc *d, const struct gb_node *n)
{
    struct gb_buf label = { 0 };
    for (size_t s = 0; s < n->chart->n_series; s++)
        for (size_t i = 0; i < n->chart->series[s].n; i++) {
            const struct gb_chart_point *p = &n->chart->series[s].point[i];
            gb_buf_reset(&label);
            if (p->label)
                gb_buf_adds(&label, p->label);
            else
                gb_value_text(&p->x, GB_WITH_UNIT, &label);
            struct at at = { n->id, (int)i + 1, label.p ? label.p : "" };
            value_row(out, d->catalogue, at, n->chart->series[s].name, &p->y);
        }
    gb_buf_release(&label);
}

static void walk(struct gb_buf *out, const struct gb_doc *d, const struct gb_node *n)
{
    switch (n->kind) {
    case GB_NODE_DOC:
    case GB_NODE_SECTION:
        for (const struct gb_node *c = n->child; c; c = c->next)
            walk(out, d, c);
        return;
    case GB_NODE_TABLE: table(out, d, n); return;
    case GB_NODE_CHART: chart(out, d, n); return;
    case GB_NODE_PARA:
    case GB_NODE_LIST:
    case GB_NODE_FIGURES:
    case GB_NODE_CALLOUT:
    case GB_NODE_NOTE:
    case GB_NODE_SOURCE:
    case GB_NODE_BREAK: return;
    }
    gb_bug("node kind");
}

enum gb_code gb_render_csv(const struct gb_doc *d, const struct gb_edition_info *ed, struct gb_buf *out, struct gb_err *e)
{
    (void)e;
    head(out);
    if (ed->sample) {
        struct gb_value made_up = gb_value_text_of("SỐ LIỆU MẪU");
        value_row(out, d->catalogue, (struct at){ "sample", 1, "SỐ LIỆU MẪU" }, "sample", &made_up);
    }
    walk(out, d, d->root);
    return GB_OK;
}
