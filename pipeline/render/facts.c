/* facts.c — which figures a document shows, and in which of its sections: rows for the index of facts of an edition (facts.csv).
 *
 * Every figure in a document keeps its identity (DESIGN.md "One fact, one text"); the formats for people drop it. So whoever makes a
 * document writes down what is in it, from the tree itself and not from what a definition might name. Sorted and merged: a table of 166
 * communes is one row. A row is a product: each of its periods at each of its regions.
 */
#include "base/csv.h"
#include "render/render.h"
#include <stdlib.h>

struct shown {
    int section, indicator_i;
    const char *how;
    int32_t period;
    int region_i;
};
struct facts {
    const struct gb_doc *d;
    struct shown *v;
    size_t n, cap;
    const struct gb_node **section; /* sections in reading order; [0] is the document itself */
    int n_sections;
    size_t cap_sections;
    int at; /* the section that is being walked */
};

static void take(struct facts *f, const struct gb_value *v)
{
    const struct gb_fact_id *id = &v->fact;
    const struct gb_catalogue *c = f->d->catalogue;
    bool state = v->kind == GB_V_STATE;
    if ((v->kind != GB_V_NUM && !state) || id->how == GB_D_NONE || id->indicator_i < 0 ||
        id->indicator_i >= gb_n_indicator_keys(c) || id->region_i < 0 || id->region_i >= gb_n_region_keys(c))
        return;
    f->v = gb_grow(f->v, &f->cap, f->n + 1, sizeof *f->v);
    f->v[f->n++] =
        (struct shown){ f->at, id->indicator_i, state ? "state" : gb_derivation_word(id->how), id->period, id->region_i };
}

static void take_text(struct facts *f, const struct gb_text *t)
{
    for (const struct gb_inline *in = t->first; in; in = in->next)
        if (in->kind == GB_IN_VALUE)
            take(f, &in->value);
}

static void take_chart(struct facts *f, const struct gb_chart *c)
{
    for (size_t s = 0; c && s < c->n_series; s++)
        for (size_t i = 0; i < c->series[s].n; i++)
            take(f, &c->series[s].point[i].y);
    if (c && c->has_reference)
        take(f, &c->reference);
}

static void take_table(struct facts *f, const struct gb_node *n)
{
    for (const struct gb_row *r = n->row; r; r = r->next)
        for (int i = 0; i < (r->group_head ? 1 : n->n_cols); i++) {
            if (r->cell[i].is_value)
                take(f, &r->cell[i].value);
            take_text(f, &r->cell[i].text);
            take_chart(f, r->cell[i].spark);
        }
}

static void walk(struct facts *f, const struct gb_node *n);

static void walk_section(struct facts *f, const struct gb_node *n)
{
    int before = f->at;
    f->section = gb_grow(f->section, &f->cap_sections, (size_t)f->n_sections + 1, sizeof *f->section);
    f->at = f->n_sections++;
    f->section[f->at] = n;
    for (const struct gb_node *c = n->child; c; c = c->next)
        walk(f, c);
    f->at = before;
}

static void walk(struct facts *f, const struct gb_node *n)
{
    switch (n->kind) {
    case GB_NODE_DOC:
    case GB_NODE_SECTION: walk_section(f, n); return;
    case GB_NODE_PARA:
    case GB_NODE_CALLOUT:
    case GB_NODE_NOTE:
    case GB_NODE_SOURCE: take_text(f, &n->text); return;
    case GB_NODE_LIST:
        for (size_t i = 0; i < n->n_items; i++)
            take_text(f, &n->item[i]);
        return;
    case GB_NODE_TABLE: take_table(f, n); return;
    case GB_NODE_CHART: take_chart(f, n->chart); return;
    case GB_NODE_FIGURES:
        for (int i = 0; i < n->n_figures; i++) {
            take(f, &n->figure[i].value);
            take(f, &n->figure[i].change);
            take_chart(f, n->figure[i].spark);
        }
        return;
    case GB_NODE_BREAK: return;
    }
    gb_bug("node kind");
}

#define BY(field)                                                                                                                \
    if (x->field != y->field)                                                                                                    \
    return x->field < y->field ? -1 : 1

static int order(const void *a, const void *b)
{
    const struct shown *x = a, *y = b;
    BY(section);
    BY(indicator_i);
    int how = strcmp(x->how, y->how);
    if (how)
        return how;
    BY(period);
    BY(region_i);
    return 0;
}

static bool same_list(const struct shown *x, const struct shown *y)
{
    return x->section == y->section && x->indicator_i == y->indicator_i && strcmp(x->how, y->how) == 0;
}

/* End of the run of one (section, indicator, how, period) that begins at i. */
static size_t period_end(const struct facts *f, size_t i)
{
    size_t k = i + 1;
    while (k < f->n && same_list(&f->v[i], &f->v[k]) && f->v[i].period == f->v[k].period)
        k++;
    return k;
}

/* Do the runs [a, a_end) and [b, b_end) name the same regions? */
static bool same_regions(const struct facts *f, size_t a, size_t a_end, size_t b, size_t b_end)
{
    if (a_end - a != b_end - b)
        return false;
    for (size_t k = 0; k < a_end - a; k++)
        if (f->v[a + k].region_i != f->v[b + k].region_i)
            return false;
    return true;
}

static void add_period(const struct facts *f, const struct shown *s, struct gb_buf *list)
{
    char iso[24] = "-";
    if (s->period != GB_PERIOD_NONE)
        gb_period_iso(f->d->catalogue->indicator[s->indicator_i].freq, s->period, iso);
    gb_buf_addf(list, "%s%s", list->n ? " " : "", iso);
}

/* One row from observation i on: the periods that follow each other with the same regions. @return where the next row begins */
static size_t row(const struct facts *f, const char *report, size_t i, struct gb_buf *list, struct gb_buf *out)
{
    const struct gb_catalogue *c = f->d->catalogue;
    const struct shown *s = &f->v[i];
    const struct gb_node *n = f->section[s->section];
    size_t end = period_end(f, i), first_end = end;
    gb_csv_code(out, true, report);
    gb_csv_code(out, false, s->section && n->id ? n->id : "");
    gb_csv_text(out, false, s->section && n->title ? n->title : "");
    gb_csv_code(out, false, c->indicator[s->indicator_i].code);
    gb_csv_code(out, false, s->how);
    gb_buf_reset(list);
    add_period(f, s, list);
    while (end < f->n && same_list(s, &f->v[end]) && same_regions(f, i, first_end, end, period_end(f, end))) {
        add_period(f, &f->v[end], list);
        end = period_end(f, end);
    }
    gb_csv_code(out, false, list->p);
    gb_buf_reset(list);
    for (size_t k = i; k < first_end; k++)
        gb_buf_addf(list, "%s%s", k == i ? "" : " ", c->region[f->v[k].region_i].code);
    gb_csv_code(out, false, list->p);
    gb_csv_end(out);
    return end;
}

void gb_facts_csv_head(struct gb_buf *out)
{
    static const char *const name[] = { "report", "section", "title", "indicator", "how", "periods", "regions" };
    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        gb_csv_code(out, i == 0, name[i]);
    gb_csv_end(out);
}

void gb_facts_csv(const struct gb_doc *d, const char *report, struct gb_buf *out)
{
    struct facts f = { .d = d };
    struct gb_buf list = { 0 };
    size_t n = 0;
    walk(&f, d->root);
    if (f.n)
        qsort(f.v, f.n, sizeof *f.v, order);
    for (size_t i = 0; i < f.n; i++)
        if (n == 0 || order(&f.v[n - 1], &f.v[i]) != 0)
            f.v[n++] = f.v[i];
    f.n = n;
    gb_csv_code(out, true, report);
    gb_csv_empty(out, false);
    gb_csv_text(out, false, d->title);
    for (int i = 0; i < 4; i++)
        gb_csv_empty(out, false);
    gb_csv_end(out);
    for (size_t i = 0; i < f.n;)
        i = row(&f, report, i, &list, out);
    gb_buf_release(&list);
    free(f.v);
    free(f.section);
}
