/* calendars.c — which days the periods of a document cover. A table says "tháng 11/2026" for both calendars; the document says once
 * what that means where it is not the civil month. What it shows is asked of the finished tree, so that no block can forget. */
#include "document/describe.h"

enum { NAMED = 3 };
struct seen {
    const struct gb_catalogue *c;
    bool *shown;                       /* per indicator */
    int32_t latest[GB_FREQ_MONTH + 1]; /* newest administrative period of each frequency */
    struct gb_node *source;            /* the last one */
};

static void value(struct seen *k, const struct gb_value *v)
{
    const struct gb_fact_id *f = &v->fact;
    bool planned = f->how == GB_D_PACE || f->how == GB_D_TARGET || v->status == 'F'; /* reaches beyond what is known */
    if (f->indicator_i < 0 || f->indicator_i >= k->c->n_indicators || f->period == GB_PERIOD_NONE || planned ||
        v->kind == GB_V_MISSING || f->how == GB_D_NONE)
        return;
    const struct gb_indicator *ind = &k->c->indicator[f->indicator_i];
    if (!gb_freq_has_calendar(ind->freq))
        return;
    k->shown[f->indicator_i] = true;
    if (ind->calendar == GB_CAL_ADMIN && f->period > k->latest[ind->freq])
        k->latest[ind->freq] = f->period;
}

static void text(struct seen *k, const struct gb_text *t)
{
    for (const struct gb_inline *in = t->first; in; in = in->next)
        if (in->kind == GB_IN_VALUE)
            value(k, &in->value);
}

static void chart(struct seen *k, const struct gb_chart *c)
{
    for (size_t s = 0; c && s < c->n_series; s++)
        for (size_t i = 0; i < c->series[s].n; i++)
            value(k, &c->series[s].point[i].y);
}

static void walk(struct seen *k, struct gb_node *n)
{
    text(k, &n->text);
    for (size_t i = 0; i < n->n_items; i++)
        text(k, &n->item[i]);
    for (const struct gb_row *r = n->row; r; r = r->next)
        for (int i = 0; i < r->n_cells; i++) {
            text(k, &r->cell[i].text);
            if (r->cell[i].is_value)
                value(k, &r->cell[i].value);
            chart(k, r->cell[i].spark);
        }
    for (int i = 0; i < n->n_figures; i++) {
        value(k, &n->figure[i].value);
        chart(k, n->figure[i].spark);
    }
    chart(k, n->chart);
    if (n->kind == GB_NODE_SOURCE)
        k->source = n;
    for (struct gb_node *c = n->child; c; c = c->next)
        walk(k, c);
}

/* "15/10" or, where the period begins in another year than it ends, "15/12/2025". */
static void day(struct gb_buf *b, struct gb_date d, bool with_year)
{
    char t[16];
    size_t n = gb_date_vi(d, t);
    gb_buf_add(b, t, with_year ? n : 5);
}

static void span(struct gb_buf *b, enum gb_freq f, int32_t p)
{
    char name[48];
    struct gb_date from = gb_period_start(f, p, GB_CAL_ADMIN), to = gb_period_end(f, p, GB_CAL_ADMIN);
    gb_buf_add(b, name, gb_period_vi(f, p, name));
    gb_buf_adds(b, " tính từ ");
    day(b, from, from.year != to.year);
    gb_buf_adds(b, " đến ");
    day(b, to, true);
}

/* Which of the shown ones go by the civil calendar, or, if those are the many, which go by the administrative one. */
static void others(struct gb_buf *b, const struct seen *k)
{
    int n[GB_N_CALENDARS] = { 0 };
    for (int i = 0; i < k->c->n_indicators; i++)
        if (k->shown[i])
            n[k->c->indicator[i].calendar]++;
    if (!n[GB_CAL_CIVIL])
        return;
    bool few_civil = n[GB_CAL_CIVIL] <= NAMED, few_admin = n[GB_CAL_ADMIN] <= NAMED;
    if (!few_civil && !few_admin) {
        gb_buf_adds(b, " Một số chỉ số khác theo tháng, quý, năm dương lịch, như ghi ở định nghĩa từng chỉ số.");
        return;
    }
    enum gb_calendar named = few_civil ? GB_CAL_CIVIL : GB_CAL_ADMIN;
    gb_buf_adds(b, named == GB_CAL_CIVIL ? " Theo dương lịch: " : " Kỳ hành chính chỉ áp dụng với: ");
    bool first = true;
    for (int i = 0; i < k->c->n_indicators; i++)
        if (k->shown[i] && k->c->indicator[i].calendar == named) {
            gb_buf_addf(b, "%s%s", first ? "" : "; ", k->c->indicator[i].name_vi);
            first = false;
        }
    gb_buf_adds(b, named == GB_CAL_CIVIL ? "." : "; các chỉ số khác theo dương lịch.");
}

void gb_doc_say_calendars(struct gb_doc *d)
{
    static const enum gb_freq order[] = { GB_FREQ_MONTH, GB_FREQ_QUARTER, GB_FREQ_YEAR };
    struct seen k = { .c = d->catalogue };
    if (!d->catalogue || d->err.code != GB_OK)
        return;
    k.shown = GB_NEW_N(d->arena, (size_t)d->catalogue->n_indicators + 1, bool);
    for (size_t i = 0; i < sizeof k.latest / sizeof *k.latest; i++)
        k.latest[i] = GB_PERIOD_NONE;
    walk(&k, d->root);
    struct gb_buf b = { 0 };
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (k.latest[order[i]] != GB_PERIOD_NONE) {
            gb_buf_adds(&b, b.n ? "; " : "Kỳ hành chính: ");
            span(&b, order[i], k.latest[order[i]]);
        }
    if (b.n) {
        gb_buf_adds(&b, " (Nghị định 09/2019/NĐ-CP).");
        others(&b, &k);
        struct gb_node *at = k.source ? k.source : gb_doc_note(d, d->root);
        const char *before = at->text.last && at->text.last->kind == GB_IN_TEXT ? at->text.last->text : "";
        if (*before && before[strlen(before) - 1] != ' ')
            gb_text_add(d, &at->text, " ", 0);
        gb_text_add(d, &at->text, gb_buf_copy(d->arena, &b), 0);
    }
    gb_buf_release(&b);
}
