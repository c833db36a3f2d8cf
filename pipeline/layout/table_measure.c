/* table_measure.c — what the cells of a table need, and how the columns share the width.
 *
 * A column asks for the width at which no number and no word is broken (min) and for the width at which nothing wraps (want). When
 * all wishes fit, what is left goes to the text columns; else each gets its minimum and the rest goes, bit by bit, to the column
 * that makes the table shorter by it. Weights given by the report replace the wish. Numbers of a column are aligned at the comma: the column asks for its
 * longest whole part plus its longest rest. A unit that all values of a column share goes to its head; a column of different
 * units ("5 vụ", "253,4 mm") is set as text, for commas of unlike things need not stand below each other.
 */
#include "chart/palette.h"
#include "layout/table_int.h"
#include "layout/wording.h"

#define WORD_MAX_PT 78.0 /* a word longer than this is broken rather than given its own way */
#define UNIT_MAX_EM 5.5  /* a figure with a longer unit may have it on the next line */
#define MIXED_MAX_EM 7.0 /* nor does a rare long unit widen its column beyond this */
#define COLUMN_MIN_PT 18.0
#define NAMES_SHARE 0.8
#define SHORT_EM 6.6      /* a text as short as this is not broken while there is room at a smaller size */
#define TEXT_WELL_EM 10.0 /* a text column that has less looks like a ladder */

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
    c->status = gb_value_mark(v);
    c->status_pt = *c->status ? gb_text_width_pt(GB_SERIF_ITALIC, c->style.size_pt - 2, c->status, strlen(c->status)) + 2 : 0;
    c->natural_pt = c->longest_pt = c->digits_pt + c->rest_pt + c->status_pt;
    t->missing = t->missing || v->kind == GB_V_MISSING;
    note_status(t, v->status);
}

/* A value among words: its figure and unit may part when the column is narrow. */
static void value_in_text(struct gb_table *t, struct gb_tcell *c, const struct gb_value *v, struct gb_style st)
{
    if (v->kind == GB_V_MISSING && t->mixed[c - t->cell]) {
        gb_pieces_add(&c->text, "–", strlen("–"), st, true, NULL);
        t->missing = true;
        return;
    }
    if (v->kind == GB_V_STATE && v->state >= GB_GOOD) {
        st.color = gb_state_ink(v->state);
    }
    struct gb_inline in = { .kind = GB_IN_VALUE, .value = *v };
    gb_pieces_text(t->l, &c->text, &(struct gb_text){ &in, &in }, st);
    const char *mark = v->kind == GB_V_NUM ? gb_value_mark(v) : "";
    if (*mark) {
        struct gb_style small = { GB_SERIF_ITALIC, st.size_pt - 2, gb_ink_soft };
        const char *s = gb_sprintf(t->l->a, "\u00a0%s", mark);
        gb_pieces_add(&c->text, s, strlen(s), small, true, NULL);
        note_status(t, v->status);
    }
    double room = UNIT_MAX_EM * t->size_pt, all = gb_pieces_natural_pt(&c->text);
    double unit = c->text.n ? all - c->text.v[0].w_pt : 0;
    /* "tỷ đồng (sb)" stays whole below its figure, "người/100.000 dân" may not. */
    for (size_t i = 1; v->kind == GB_V_NUM && all > room && i < c->text.n; i++) {
        c->text.v[i].may_break = c->text.v[i].gap_pt > 0 && (i == 1 || unit > room);
    }
}

static void text_cell(struct gb_table *t, struct gb_tcell *c, const struct gb_cell *cell, struct gb_style st)
{
    bool has_state = cell->state != GB_STATE_NONE && !(cell->is_value && cell->value.kind == GB_V_STATE);
    if (has_state) {
        gb_pieces_mark(&c->text, cell->state, st);
        c->text.v[c->text.n - 1].speaks = !gb_cell_says_state(cell);
        st.color = cell->is_value ? st.color : gb_state_ink(cell->state);
    }
    if (cell->is_value) {
        value_in_text(t, c, &cell->value, st);
    }
    gb_pieces_text(t->l, &c->text, &cell->text, st);
    c->natural_pt = gb_pieces_natural_pt(&c->text);
    c->longest_pt = gb_pieces_longest_pt(&c->text);
}

static void body_cell(struct gb_table *t, const struct gb_row *r, int i)
{
    const struct gb_cell *cell = &r->cell[i];
    struct gb_tcell *c = &t->cell[i];
    unsigned intent = r->intent | cell->intent | (r->group_head ? GB_STRONG : 0);
    c->text.arena = t->l->a;
    c->style = gb_style_with((struct gb_style){ GB_SERIF, t->size_pt, GB_RGB(0) }, intent);
    c->state = cell->state;
    if (gb_cell_is_figure(t->n, cell, i) && !t->mixed[i]) {
        number_cell(t, c, &cell->value, t->unit[i]);
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
    if (t->unit[i]) {
        struct gb_style st = { GB_SERIF_ITALIC, t->size_pt - 1, GB_RGB(0) };
        const char *unit = gb_sprintf(t->l->a, " (%s)", t->unit[i]);
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
            widen(&k->want_pt,
                  t->mixed[i] && c->natural_pt > MIXED_MAX_EM * t->size_pt ? MIXED_MAX_EM * t->size_pt : c->natural_pt);
            if (!t->mixed[i] && c->natural_pt < SHORT_EM * t->size_pt) {
                widen(&k->short_pt, c->natural_pt);
            }
            double most = t->mixed[i] ? UNIT_MAX_EM * t->size_pt : WORD_MAX_PT;
            widen(&k->min_pt, c->longest_pt < most ? c->longest_pt : most);
        }
    }
    double block = k->digits_pt + k->rest_pt + k->status_pt + (k->has_state ? 11 : 0);
    k->is_text = t->n->col[i].align == GB_LEFT;
    widen(&k->min_pt, block);
    widen(&k->min_pt, t->head[i].longest_pt < WORD_MAX_PT ? t->head[i].longest_pt : WORD_MAX_PT);
    widen(&k->want_pt, k->min_pt);
    widen(&k->want_pt, t->head[i].natural_pt < 60 ? t->head[i].natural_pt : 60);
    k->min_pt += 2 * GB_CELL_PAD_X;
    k->short_pt += 2 * GB_CELL_PAD_X;
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
    t->unit = GB_NEW_N(t->l->a, cols, const char *);
    t->mixed = GB_NEW_N(t->l->a, cols, bool);
    for (int i = 0; i < n->n_cols; i++) {
        t->unit[i] = gb_column_unit(t->n, i, &t->mixed[i]);
    }
    struct gb_tcell *all = GB_NEW_N(t->l->a, gb_mul((size_t)n->n_rows, cols), struct gb_tcell);
    t->cell = all;
    for (const struct gb_row *r = n->row; r; r = r->next, t->cell += cols) {
        for (int i = 0; i < (r->group_head ? 1 : n->n_cols); i++) {
            body_cell(t, r, i);
        }
    }
    t->cell = all;
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

/* What a column of long texts should not go below while there is room at a smaller size; the first column, which names the rows,
 * keeps most of the share its report wishes: smaller letters read better than names in three lines. */
static double enough(const struct gb_table *t, const struct gb_tcol *k)
{
    double well = TEXT_WELL_EM * t->size_pt;
    if (k == t->col && t->n->col[0].weight > 0 && well < NAMES_SHARE * k->want_pt) {
        well = NAMES_SHARE * k->want_pt;
    } else if (k->is_text && k != t->col && k->short_pt > k->min_pt) {
        return k->short_pt; /* "VP UBND tỉnh" keeps its line, "BQL KKT Nghi Sơn và các KCN" need not */
    }
    return k->is_text && k->want_pt > well && k->min_pt < well ? well : k->min_pt;
}

#define SHARE_STEP_PT 3.0
#define COLS_MAX 64   /* document/tree.c refuses more */
#define HEAD_LINES 3  /* a head of more lines than this is read as a column of words */
#define HEAD_WEIGHT 4 /* then it counts as so many rows */
#define SHARE_ROWS 80 /* rows that decide: more would cost and change nothing */

/* How tall a cell is in a column of this width, in lines, not rounded: what a wider column would gain is then never zero. */
static double lines_of(const struct gb_tcell *c, const struct gb_tcol *k)
{
    double w = k->w_pt - 2 * GB_CELL_PAD_X;
    return c->natural_pt <= w ? 1 : c->natural_pt / w;
}

static void gain_of_row(const struct gb_table *t, const struct gb_tcell *cell, double *gain)
{
    int tallest = 0;
    for (int i = 1; i < t->n->n_cols; i++)
        tallest = lines_of(&cell[i], &t->col[i]) > lines_of(&cell[tallest], &t->col[tallest]) ? i : tallest;
    double lines = lines_of(&cell[tallest], &t->col[tallest]);
    if (cell == t->head && lines > HEAD_LINES)
        lines *= HEAD_WEIGHT;
    gain[tallest] += lines > 1 ? lines / (t->col[tallest].w_pt - 2 * GB_CELL_PAD_X) : 0;
}

/* Per column: by how many lines all rows together shrink for each point of width. A row is as tall as its tallest cell, so only that
 * cell's column gains. */
static void gains(const struct gb_table *t, double *gain)
{
    const struct gb_tcell *cell = t->cell;
    int rows = 0;
    memset(gain, 0, COLS_MAX * sizeof *gain);
    gain_of_row(t, t->head, gain);
    for (const struct gb_row *r = t->n->row; r && rows < SHARE_ROWS; r = r->next, cell += t->n->n_cols, rows++)
        if (!r->group_head)
            gain_of_row(t, cell, gain);
}

/* Give the room that is left above every column's least, where it shortens the table most. */
static void share_rest(struct gb_table *t, double rest)
{
    double gain[COLS_MAX];
    while (rest > 0.01) {
        double step = rest < SHARE_STEP_PT ? rest : SHARE_STEP_PT;
        gains(t, gain);
        int best = -1;
        for (int i = 0; i < t->n->n_cols; i++)
            if (gain[i] > 0 && (best < 0 || gain[i] > gain[best]))
                best = i;
        t->col[best < 0 ? 0 : best].w_pt += step;
        rest -= step;
    }
}

bool gb_table_columns(struct gb_table *t, enum gb_fit how)
{
    int n = t->n->n_cols, n_text = 0;
    double avail = t->l->w_pt, min = 0, well = 0, want = 0, text = 0;
    apply_weights(t, avail);
    for (int i = 0; i < n; i++) {
        min += t->col[i].min_pt;
        well += enough(t, &t->col[i]);
        want += t->col[i].want_pt;
        n_text += t->col[i].is_text;
        text += t->col[i].is_text ? t->col[i].want_pt : 0;
    }
    if ((how == GB_FIT_WELL && well > avail + 0.01) || (how != GB_FIT_FORCED && min > avail + 0.01)) {
        return false;
    }
    double floor_sum = how == GB_FIT_WELL ? well : min, extra = avail - want;
    for (int i = 0; i < n; i++) {
        struct gb_tcol *k = &t->col[i];
        if (min > avail) {
            k->w_pt = k->min_pt * avail / min;
        } else if (extra >= 0) {
            k->w_pt = k->want_pt + (n_text ? (k->is_text ? extra * 0.5 * k->want_pt / text : 0) + extra * 0.5 / n : extra / n);
        } else {
            k->w_pt = how == GB_FIT_WELL ? enough(t, k) : k->min_pt;
        }
    }
    if (min <= avail && extra < 0)
        share_rest(t, avail - floor_sum);
    double x = 0;
    for (int i = 0; i < n; i++) {
        struct gb_tcol *k = &t->col[i];
        if (k->w_pt < COLUMN_MIN_PT) {
            return false;
        }
        k->x_pt = x;
        x += k->w_pt;
    }
    return true;
}
