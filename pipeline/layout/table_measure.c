/* table_measure.c — what the cells of a table need, and how the columns share the width.
 *
 * A column asks for the width at which no number and no word is broken (min) and for the width at which nothing wraps (want). When
 * all wishes fit, what is left goes to the text columns; else each gets its minimum and a share of the rest in proportion to what it
 * lacks. Weights given by the report replace the wish. Numbers of a column are aligned at the comma: the column asks for its
 * longest whole part plus its longest rest.
 */
#include "chart/palette.h"
#include "layout/table_int.h"

#define WORD_MAX_PT 78.0 /* a word longer than this is broken rather than given its own way */
#define COLUMN_MIN_PT 18.0

static void note_status(struct gb_table *t, char status)
{
    if (!status || status == 'A' || !*gb_status_mark(status) || memchr(t->status, status, (size_t)t->n_status) ||
        t->n_status == 16) {
        return;
    }
    t->status[t->n_status++] = status;
}

static bool same_unit(const char *a, const char *b)
{
    return !a || !*a || (b && gb_streq(a, b));
}

static void number_cell(struct gb_table *t, struct gb_tcell *c, const struct gb_value *v, const char *col_unit)
{
    struct gb_buf b = { 0 };
    bool bare = col_unit && *col_unit && same_unit(v->unit, col_unit);
    gb_value_text(v, bare || v->kind == GB_V_MISSING ? GB_WITHOUT_UNIT : GB_WITH_UNIT, &b);
    char *s = gb_buf_copy(t->l->a, &b);
    gb_buf_release(&b);
    size_t whole = v->kind == GB_V_MISSING ? strlen(s) : strspn(s, "+-0123456789.");
    c->is_number = true;
    c->number = s;
    c->digits_pt = gb_text_width_pt(c->style.font, c->style.size_pt, s, whole);
    c->rest_pt = gb_text_width_pt(c->style.font, c->style.size_pt, s + whole, strlen(s + whole));
    c->status = gb_status_mark(v->status);
    c->status_pt = *c->status ? gb_text_width_pt(GB_SERIF_ITALIC, c->style.size_pt - 2, c->status, strlen(c->status)) + 2 : 0;
    c->natural_pt = c->longest_pt = c->digits_pt + c->rest_pt + c->status_pt;
    t->missing = t->missing || v->kind == GB_V_MISSING;
    note_status(t, v->status);
}

static void text_cell(struct gb_table *t, struct gb_tcell *c, const struct gb_cell *cell, struct gb_style st)
{
    if (cell->is_value) {
        struct gb_text one = { 0 };
        struct gb_inline in = { .kind = GB_IN_VALUE, .value = cell->value };
        one.first = one.last = &in;
        if (cell->value.kind == GB_V_STATE && cell->value.state >= GB_GOOD) {
            st.color = gb_state_ink(cell->value.state);
        }
        gb_pieces_text(t->l, &c->text, &one, st);
    } else if (cell->state != GB_STATE_NONE) {
        st.color = gb_state_ink(cell->state);
        gb_pieces_mark(&c->text, cell->state, st);
    }
    gb_pieces_text(t->l, &c->text, &cell->text, st);
    c->natural_pt = gb_pieces_natural_pt(&c->text);
    c->longest_pt = gb_pieces_longest_pt(&c->text);
}

static void body_cell(struct gb_table *t, const struct gb_row *r, int i)
{
    const struct gb_cell *cell = &r->cell[i];
    const struct gb_col *col = &t->n->col[i];
    struct gb_tcell *c = &t->cell[0];
    bool number = cell->is_value && (cell->value.kind == GB_V_NUM || cell->value.kind == GB_V_MISSING) && !cell->text.first &&
                  (col->align == GB_DECIMAL || col->align == GB_RIGHT);
    c->text.arena = t->l->a;
    c->style = gb_style_with((struct gb_style){ GB_SERIF, t->size_pt, GB_RGB(0) },
                             r->intent | cell->intent | (r->group_head ? GB_STRONG : 0));
    c->state = cell->state;
    if (number) {
        number_cell(t, c, &cell->value, col->unit);
    } else {
        text_cell(t, c, cell, c->style);
    }
    if (cell->spark) {
        c->longest_pt += GB_SPARK_W_PT;
        c->natural_pt += GB_SPARK_W_PT;
    }
}

static void head_cell(struct gb_table *t, int i)
{
    const struct gb_col *col = &t->n->col[i];
    struct gb_tcell *c = &t->head[i];
    c->text.arena = t->l->a;
    c->style = (struct gb_style){ GB_SERIF_BOLD, t->size_pt - 0.5, GB_RGB(0) };
    gb_pieces_add(&c->text, col->label, strlen(col->label), c->style, false, NULL);
    if (col->unit && *col->unit) {
        struct gb_style st = { GB_SERIF_ITALIC, t->size_pt - 1, GB_RGB(0) };
        const char *unit = gb_sprintf(t->l->a, " (%s)", col->unit);
        gb_pieces_add(&c->text, unit, strlen(unit), st, strlen(unit) < 16, NULL);
    }
    c->natural_pt = gb_pieces_natural_pt(&c->text);
    c->longest_pt = gb_pieces_longest_pt(&c->text);
}

static void widen(double *to, double v)
{
    *to = v > *to ? v : *to;
}

static void column(struct gb_table *t, int i)
{
    struct gb_tcol *k = &t->col[i];
    const struct gb_tcell *c = t->cell + i;
    *k = (struct gb_tcol){ 0 };
    int row = 0;
    for (const struct gb_row *r = t->n->row; r; r = r->next, row++, c += t->n->n_cols) {
        if (r->group_head) {
            continue;
        }
        if (c->is_number) {
            widen(&k->digits_pt, c->digits_pt);
            widen(&k->rest_pt, c->rest_pt);
            widen(&k->status_pt, c->status_pt);
            k->has_state = k->has_state || c->state != GB_STATE_NONE;
        } else {
            widen(&k->want_pt, c->natural_pt);
            widen(&k->min_pt, c->longest_pt < WORD_MAX_PT ? c->longest_pt : WORD_MAX_PT);
        }
    }
    double block = k->digits_pt + k->rest_pt + k->status_pt + (k->has_state ? 11 : 0);
    k->is_text = t->n->col[i].align == GB_LEFT;
    widen(&k->min_pt, block);
    widen(&k->min_pt, t->head[i].longest_pt < WORD_MAX_PT ? t->head[i].longest_pt : WORD_MAX_PT);
    widen(&k->want_pt, k->min_pt);
    widen(&k->want_pt, t->head[i].natural_pt < 60 ? t->head[i].natural_pt : 60);
    k->min_pt += 2 * GB_CELL_PAD_X;
    k->want_pt += 2 * GB_CELL_PAD_X;
}

void gb_table_measure(struct gb_table *t, double size_pt)
{
    const struct gb_node *n = t->n;
    size_t cols = (size_t)n->n_cols;
    t->size_pt = size_pt;
    t->line_pt = size_pt * 1.19;
    t->missing = false;
    t->n_status = 0;
    t->head = GB_NEW_N(t->l->a, cols, struct gb_tcell);
    t->col = GB_NEW_N(t->l->a, cols, struct gb_tcol);
    struct gb_tcell *all = GB_NEW_N(t->l->a, gb_mul((size_t)n->n_rows, cols), struct gb_tcell);
    t->cell = all;
    for (const struct gb_row *r = n->row; r; r = r->next) {
        for (int i = 0; i < (r->group_head ? 1 : n->n_cols); i++, t->cell++) {
            body_cell(t, r, i);
        }
        t->cell = all += cols;
    }
    t->cell = all - gb_mul((size_t)n->n_rows, cols);
    for (int i = 0; i < n->n_cols; i++) {
        head_cell(t, i);
        column(t, i);
    }
}

/* Weighted columns wish their share of what the others leave. */
static void apply_weights(struct gb_table *t, double avail)
{
    double weights = 0, others = 0;
    for (int i = 0; i < t->n->n_cols; i++) {
        weights += t->n->col[i].weight;
        others += t->n->col[i].weight > 0 ? 0 : t->col[i].want_pt;
    }
    for (int i = 0; weights > 0 && i < t->n->n_cols; i++) {
        if (t->n->col[i].weight > 0) {
            double share = (avail - others) * t->n->col[i].weight / weights;
            t->col[i].want_pt = share > t->col[i].min_pt ? share : t->col[i].min_pt;
        }
    }
}

bool gb_table_columns(struct gb_table *t, bool force)
{
    int n = t->n->n_cols, n_text = 0;
    double avail = t->l->w_pt, min = 0, want = 0, text = 0;
    apply_weights(t, avail);
    for (int i = 0; i < n; i++) {
        min += t->col[i].min_pt;
        want += t->col[i].want_pt;
        n_text += t->col[i].is_text;
        text += t->col[i].is_text ? t->col[i].want_pt : 0;
    }
    if (min > avail + 0.01 && !force) {
        return false;
    }
    double x = 0;
    for (int i = 0; i < n; i++) {
        struct gb_tcol *k = &t->col[i];
        if (min > avail) {
            k->w_pt = k->min_pt * avail / min;
        } else if (want <= avail) {
            double extra = avail - want;
            k->w_pt = k->want_pt + (n_text ? (k->is_text ? extra * 0.5 * k->want_pt / text : 0) + extra * 0.5 / n : extra / n);
        } else {
            double lack = want - min;
            k->w_pt = k->min_pt + (lack > 0 ? (k->want_pt - k->min_pt) * (avail - min) / lack : 0);
        }
        if (k->w_pt < COLUMN_MIN_PT) {
            return false;
        }
        k->x_pt = x;
        x += k->w_pt;
    }
    return true;
}
