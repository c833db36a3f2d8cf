/* table.c — rows of a measured table as strips, with a head that is repeated on each page.
 *
 * Set like a statistical yearbook: no vertical rules, no zebra; a strong rule above and below, a rule under the head, hairlines
 * between rows; totals bold under a rule of their own. A row is never split unless it is taller than a page. States are a shape, a
 * tint and, where there is room, a word: they survive a black-and-white printer. A key below tells what the marks mean.
 */
#include "chart/palette.h"
#include "layout/table_int.h"
#include "layout/wording.h"

#define RULE_STRONG_PT 1.0
#define RULE_PT 0.6
#define HAIR_PT 0.4
#define ROW_CHUNK_MIN_LINES 1

static const struct gb_rgba hair = GB_RGB(0xc2c2c2), group_ground = GB_RGB(0xf1f1ef);
static const double sizes[] = { 10.5, 10, 9.5, 9, 8.5, 8, 7.5 };
#define SIZE_8_5 4

static void break_cell(struct gb_table *t, struct gb_tcell *c, double width_pt)
{
    gb_pieces_fit(&c->text, width_pt);
    c->n_lines = gb_break_lines(t->l->a, &c->text, width_pt, 0, GB_RAGGED, &c->line);
}

static enum gb_align text_align(const struct gb_table *t, int i)
{
    enum gb_align a = t->n->col[i].align;
    return a == GB_DECIMAL ? GB_RIGHT : a;
}

static void text_lines(struct gb_table *t, struct gb_items *to, const struct gb_tcell *c, double x, double w, enum gb_align align,
                       size_t from, size_t end, double y)
{
    for (size_t k = from; k < end && k < c->n_lines; k++, y += t->line_pt) {
        double room = w - 2 * GB_CELL_PAD_X - c->line[k].natural_pt;
        double at = x + GB_CELL_PAD_X + (align == GB_CENTER ? room / 2 : align == GB_LEFT ? 0 : room);
        gb_line_items(t->l, to, &c->text, &c->line[k], at, y + gb_baseline_pt(c->style, t->line_pt), 0);
    }
}

static void state_mark(struct gb_table *t, struct gb_items *to, enum gb_state s, double x, double y)
{
    struct gb_item *it = gb_item_new(t->l, to, GB_ITEM_STATE);
    it->state = s;
    gb_state_speaks(t->l, it);
    it->r = (struct gb_rect){ x, y + t->line_pt / 2 - 3.1, 6.2, 6.2 };
}

/* The comma of all numbers of a column at one x; the block of numbers in the middle of the column, or at its right. */
static void number(struct gb_table *t, struct gb_items *to, const struct gb_tcell *c, int i, double y)
{
    const struct gb_tcol *k = &t->col[i];
    double block = k->digits_pt + k->rest_pt + k->status_pt, room = k->w_pt - 2 * GB_CELL_PAD_X - block - (k->has_state ? 10 : 0);
    double right = k->x_pt + k->w_pt - GB_CELL_PAD_X - k->status_pt - k->rest_pt;
    double comma = t->n->col[i].align == GB_DECIMAL && room > 0 ? right - room / 2 : right;
    double base = y + gb_baseline_pt(c->style, t->line_pt);
    if (t->n->col[i].align == GB_RIGHT) {
        comma += k->rest_pt - c->rest_pt;
    }
    gb_item_text(t->l, to, c->number, c->style, GB_LEFT, comma - c->digits_pt, base);
    if (*c->status) {
        struct gb_style st = { GB_SERIF_ITALIC, c->style.size_pt - 2, gb_ink_soft };
        gb_item_text(t->l, to, c->status, st, GB_LEFT, comma + c->rest_pt + 2, base);
    }
    if (c->state != GB_STATE_NONE) {
        state_mark(t, to, c->state, k->x_pt + 3, y);
    }
}

static void spark(struct gb_table *t, struct gb_items *to, const struct gb_chart *chart, int i, double h)
{
    struct gb_item *it = gb_chart_item(t->l, to, chart);
    it->r = (struct gb_rect){ t->col[i].x_pt + GB_CELL_PAD_X, (h - GB_SPARK_H_PT) / 2, t->col[i].w_pt - 2 * GB_CELL_PAD_X,
                              GB_SPARK_H_PT };
}

static size_t lines_of(const struct gb_tcell *c)
{
    return c->is_number ? 1 : c->n_lines;
}

/* Grounds of states; a group's head has one over its whole width. */
static void tints(struct gb_table *t, struct gb_strip *s, const struct gb_row *r, const struct gb_tcell *cell, int n)
{
    if (r->group_head) {
        struct gb_rgba ground = cell->state == GB_STATE_NONE ? group_ground : gb_state_tint(cell->state);
        gb_item_rect(t->l, &s->items, (struct gb_rect){ 0, 0, t->l->w_pt, s->h_pt }, ground);
        return;
    }
    for (int i = 0; i < n; i++) {
        if (cell[i].state != GB_STATE_NONE && cell[i].state != GB_GOOD) {
            gb_item_rect(t->l, &s->items, (struct gb_rect){ t->col[i].x_pt + 0.5, 0.4, t->col[i].w_pt - 1, s->h_pt - 0.8 },
                         gb_state_tint(cell[i].state));
        }
    }
}

/* Lines [from, end) of a row as one strip. */
static struct gb_strip *row_strip(struct gb_table *t, const struct gb_row *r, const struct gb_tcell *cell,
                                  struct gb_elem *const *el, size_t from, size_t end, double h)
{
    struct gb_strip *s = gb_strip_new(t->l, 0, h);
    int n = r->group_head ? 1 : t->n->n_cols;
    tints(t, s, r, cell, n);
    for (int i = 0; i < n; i++) {
        double w = r->group_head ? t->l->w_pt : t->col[i].w_pt;
        t->l->el = el[i];
        if (cell[i].is_number && from == 0) {
            number(t, &s->items, &cell[i], i, GB_CELL_PAD_Y(t));
        } else if (!cell[i].is_number) {
            text_lines(t, &s->items, &cell[i], t->col[i].x_pt, w, r->group_head ? GB_LEFT : text_align(t, i), from, end,
                       GB_CELL_PAD_Y(t));
        }
        if (r->cell[i].spark && from == 0) {
            spark(t, &s->items, r->cell[i].spark, i, h);
        }
    }
    return s;
}

/* Elements of a row's cells: the first column of words names the row. */
static struct gb_elem **row_elements(struct gb_table *t, const struct gb_row *r)
{
    struct gb_lay *l = t->l;
    int n = r->group_head ? 1 : t->n->n_cols;
    bool named = false;
    struct gb_elem **el = GB_NEW_N(l->a, (size_t)n, struct gb_elem *);
    for (int i = 0; i < n && l->el; i++) {
        bool names = !named && (r->group_head || t->n->col[i].align == GB_LEFT);
        el[i] = gb_elem_new(&l->elems, l->a, l->el, names ? GB_EL_TH : GB_EL_TD);
        el[i]->of_row = names;
        el[i]->span = r->group_head ? t->n->n_cols : 1;
        named = named || names;
    }
    return el;
}

static void row(struct gb_table *t, const struct gb_row *r, struct gb_tcell *cell, const struct gb_strip *again)
{
    int n = r->group_head ? 1 : t->n->n_cols;
    size_t lines = 1;
    bool has_spark = false;
    for (int i = 0; i < n; i++) {
        if (!cell[i].is_number) {
            break_cell(t, &cell[i], (r->group_head ? t->l->w_pt : t->col[i].w_pt) - 2 * GB_CELL_PAD_X);
        }
        lines = lines_of(&cell[i]) > lines ? lines_of(&cell[i]) : lines;
        has_spark = has_spark || r->cell[i].spark;
    }
    struct gb_elem *body = gb_el_open(t->l, GB_EL_TR), **el = row_elements(t, r);
    double room = t->l->h_pt - again->h_pt - 2 * GB_CELL_PAD_Y(t) - 40; /* 40: what stands below a last row */
    size_t most = (size_t)(room / t->line_pt);
    most = most < ROW_CHUNK_MIN_LINES ? ROW_CHUNK_MIN_LINES : most;
    if (r->intent & GB_TOTAL && t->l->part->last) {
        gb_item_line(t->l, &t->l->part->last->items, 0, t->l->part->last->h_pt, t->l->w_pt, 0, RULE_PT, gb_ink);
    }
    for (size_t from = 0; from < lines; from += most) {
        size_t end = lines - from > most ? from + most : lines;
        double h = (double)(end - from) * t->line_pt + 2 * GB_CELL_PAD_Y(t);
        h = has_spark && h < GB_SPARK_H_PT + 3 ? GB_SPARK_H_PT + 3 : h;
        struct gb_strip *s = row_strip(t, r, cell, el, from, end, h);
        s->again = again;
        s->keep_next = r->group_head;
        if (end == lines) {
            bool last = !r->next;
            gb_item_line(t->l, &s->items, 0, h, t->l->w_pt, 0, last ? RULE_STRONG_PT : HAIR_PT, last ? gb_ink : hair);
        }
    }
    gb_el_close(t->l, body);
}

static double head_items(struct gb_table *t, struct gb_items *to, double top)
{
    size_t lines = 1;
    for (int i = 0; i < t->n->n_cols; i++) {
        lines = t->head[i].n_lines > lines ? t->head[i].n_lines : lines;
    }
    double h = (double)lines * t->line_pt + 2 * GB_CELL_PAD_Y(t) + 1.5;
    gb_item_line(t->l, to, 0, top, t->l->w_pt, 0, RULE_STRONG_PT, gb_ink);
    for (int i = 0; i < t->n->n_cols; i++) {
        const struct gb_tcell *c = &t->head[i];
        struct gb_elem *was = gb_el_open(t->l, GB_EL_TH);
        double down = ((double)(lines - c->n_lines) * t->line_pt) / 2;
        text_lines(t, to, c, t->col[i].x_pt, t->col[i].w_pt, t->n->col[i].align == GB_LEFT ? GB_LEFT : GB_CENTER, 0, c->n_lines,
                   top + GB_CELL_PAD_Y(t) + 0.5 + down);
        gb_el_close(t->l, was);
    }
    gb_item_line(t->l, to, 0, top + h, t->l->w_pt, 0, RULE_PT, gb_ink);
    return h;
}

/* Head of the following pages: caption with "(tiếp theo)" on one line or more, then the head again. */
static struct gb_strip *continued(struct gb_table *t)
{
    struct gb_lay *l = t->l;
    l->el = NULL; /* said once already */
    struct gb_strip *s = GB_NEW(l->a, struct gb_strip);
    struct gb_style st = { GB_SERIF_BOLD, 11, gb_ink }, it = { GB_SERIF_ITALIC, 11, gb_ink };
    struct gb_pieces p = { .arena = l->a };
    if (!t->n->title || !*t->n->title) { /* without a caption the head says enough */
        s->h_pt = head_items(t, &s->items, 0);
        return s;
    }
    gb_pieces_add(&p, t->n->title, strlen(t->n->title), st, false, NULL);
    gb_pieces_add(&p, " (tiếp theo)", strlen(" (tiếp theo)"), it, true, NULL);
    gb_pieces_fit(&p, l->w_pt);
    struct gb_line *line;
    size_t n = gb_break_lines(l->a, &p, l->w_pt, 0, GB_RAGGED, &line);
    double y = 0;
    for (size_t i = 0; i < n; i++, y += 13.5) {
        gb_line_items(l, &s->items, &p, &line[i], 0, y + gb_baseline_pt(st, 13.5), 0);
    }
    s->h_pt = y + 3 + head_items(t, &s->items, y + 3);
    return s;
}

static void caption(struct gb_table *t)
{
    struct gb_para_form f = { .role = GB_EL_CAPTION, .style = { GB_SERIF_BOLD, 11, gb_ink }, .line_pt = 13.5, .before_pt = 10 };
    struct gb_strip *s = t->n->title && *t->n->title ? gb_paragraph_string(t->l, t->n->title, &f) : NULL;
    for (; s; s = s->next) {
        s->keep_next = true;
    }
}

/* What the marks in the cells mean. */
static void key(struct gb_table *t)
{
    const char *text = gb_table_key(t->l->a, t->status, t->n_status, t->missing);
    if (!text) {
        return;
    }
    t->l->part->last->keep_next = true;
    struct gb_para_form f = { .style = { GB_SERIF_ITALIC, 9, gb_ink_soft }, .line_pt = 11, .before_pt = 2.5 };
    gb_paragraph_string(t->l, text, &f);
}

/* The largest size at which it fits well; else the largest at which nothing is broken; else the smallest. */
static bool fit(struct gb_table *t)
{
    size_t n = sizeof sizes / sizeof *sizes, n_well = n - 2, first = t->n->n_cols > 9 ? 3 : t->n->n_cols > 7 ? 1 : 0;
    size_t tight = t->l->tight ? (size_t)t->l->tight + 1 : 0;                      /* 9.5, then 9 pt */
    tight = tight > SIZE_8_5 ? SIZE_8_5 : tight > 3 ? (size_t)t->l->tight : tight; /* one page: 9 pt again, then 8.5, no less */
    first = first < tight ? tight : first;
    for (int how = GB_FIT_WELL; how <= GB_FIT_FORCED; how++) {
        size_t from = how == GB_FIT_FORCED ? n - 1 : how == GB_FIT_JUST && first < 4 ? 4 : first;
        for (size_t i = from; i < (how == GB_FIT_WELL ? n_well : n); i++) {
            gb_table_measure(t, sizes[i]);
            if (gb_table_columns(t, (enum gb_fit)how)) {
                return true;
            }
        }
    }
    return false;
}

/* The table without its last rows. */
/* A copy without its last rows, nor the heads of groups that are left without a row. *gone: what a reader misses, heads not counted. */
static const struct gb_node *cut(struct gb_lay *l, const struct gb_node *n, int n_left_out, int *gone)
{
    struct gb_node *c = GB_NEW(l->a, struct gb_node);
    struct gb_row *last = NULL;
    int kept = 0, i = 0;
    *c = *n;
    c->row = NULL;
    *gone = 0;
    for (const struct gb_row *r = n->row; r; r = r->next, i++) {
        if (i < n->n_rows - n_left_out && !r->group_head)
            kept = i + 1;
        *gone += i >= n->n_rows - n_left_out && !r->group_head;
    }
    c->n_rows = kept;
    const struct gb_row *r = n->row;
    for (i = 0; i < kept; i++, r = r->next) {
        struct gb_row *copy = GB_NEW(l->a, struct gb_row);
        *copy = *r;
        copy->next = NULL;
        *(last ? &last->next : &c->row) = copy;
        last = copy;
    }
    c->last_row = last;
    return c;
}

static void left_out(struct gb_table *t, int n)
{
    struct gb_para_form f = { .style = { GB_SERIF_ITALIC, 9, gb_ink_soft }, .line_pt = 11, .before_pt = 2.5 };
    t->l->part->last->keep_next = true;
    gb_paragraph_string(t->l,
                        t->n->rest
                            ? gb_sprintf(t->l->a, "%s %d\u00a0%s.", t->n->n_rows ? "Còn" : "Có", n + t->n->beyond, t->n->rest)
                            : gb_sprintf(t->l->a, "Còn %d\u00a0dòng ở bản đầy đủ trên trang web.", n),
                        &f);
}

void gb_table_strips(struct gb_lay *l, const struct gb_node *whole)
{
    int n_left_out = gb_rows_left_out(l, whole);
    int gone = 0;
    const struct gb_node *n = n_left_out ? cut(l, whole, n_left_out, &gone) : whole;
    struct gb_table t = { .l = l, .n = n };
    if (whole->n_rows && !n->n_rows) {
        left_out(&t, gone);
        return;
    }
    if (!fit(&t)) {
        l->code = gb_fail(l->e, GB_E_REPORT,
                          "bảng %s: %d cột không vừa bề ngang %.0f mm; hãy đặt mục nằm ngang (landscape) hoặc bớt cột",
                          n->id ? n->id : "?", n->n_cols, l->w_pt / GB_MM);
        return;
    }
    for (int i = 0; i < n->n_cols; i++) {
        break_cell(&t, &t.head[i], t.col[i].w_pt - 2 * GB_CELL_PAD_X);
    }
    struct gb_elem *above = gb_el_open(l, GB_EL_TABLE), *table = l->el;
    caption(&t);
    gb_el_open(l, GB_EL_THEAD);
    gb_el_open(l, GB_EL_TR);
    struct gb_strip *head = gb_strip_new(l, n->title && *n->title ? 3 : 8, 0);
    head->h_pt = head_items(&t, &head->items, 0);
    head->keep_next = true;
    const struct gb_strip *again = continued(&t);
    gb_el_close(l, table);
    gb_el_open(l, GB_EL_TBODY);
    if (!n->row) {
        gb_el_open(l, GB_EL_TR);
        gb_el_open(l, GB_EL_TD);
        if (l->el)
            l->el->span = n->n_cols;
        struct gb_strip *s = gb_strip_new(l, 0, t.line_pt + 2 * GB_CELL_PAD_Y(&t));
        gb_item_text(l, &s->items, GB_EMPTY_TABLE, (struct gb_style){ GB_SERIF_ITALIC, t.size_pt, gb_ink_soft }, GB_LEFT,
                     GB_CELL_PAD_X, GB_CELL_PAD_Y(&t) + t.size_pt);
        gb_item_line(l, &s->items, 0, s->h_pt, l->w_pt, 0, RULE_STRONG_PT, gb_ink);
    }
    struct gb_tcell *cell = t.cell;
    struct gb_strip *before = NULL;
    for (const struct gb_row *r = n->row; r; r = r->next, cell += n->n_cols) {
        row(&t, r, cell, again);
        if (before && !r->next) {
            before->keep_next = true; /* no page with a last row alone */
        }
        before = l->part->last;
    }
    gb_el_close(l, above);
    key(&t);
    if (gone || (n_left_out && n->beyond))
        left_out(&t, gone);
}
