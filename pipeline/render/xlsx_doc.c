/* xlsx_doc.c — a document as a workbook: a cover, then one sheet for each table and each chart's figures, from A1, one header row, no
 * merged cells, nothing hidden (accessible form of OPENDATA.md section 1). Prose is not data: its first sentences are on the cover.
 */
#include "base/utf8.h"
#include "render/xlsx_int.h"

struct book_doc {
    struct gb_book b;
    const struct gb_doc *d;
    const struct gb_edition_info *ed;
    struct {
        const char *sheet, *title;
    } item[256];
    int n, n_charts;
};

static const char *plain(struct gb_arena *a, const struct gb_text *t)
{
    struct gb_buf b = { 0 };
    gb_text_plain(t, &b);
    const char *s = gb_buf_copy(a, &b);
    gb_buf_release(&b);
    return s;
}

static void remember(struct book_doc *x, const char *sheet, const char *title)
{
    if (x->n < 256) {
        x->item[x->n].sheet = sheet;
        x->item[x->n].title = title;
        x->n++;
    }
}

/* A group head becomes a value in a leading column "Nhóm", so that every row of the sheet stands by itself. */
static bool has_groups(const struct gb_node *t)
{
    for (const struct gb_row *r = t->row; r; r = r->next)
        if (r->group_head)
            return true;
    return false;
}

/* The columns of a sheet: those of the table, a leading "Nhóm" where it has groups, and the units that the table writes beside its
 * numbers, because a number in a cell of a workbook stands alone. One unit for a whole column goes to its header; units that differ
 * from row to row get a column, one for the row where its numbers agree, else one for each column. */
enum col_kind { COL_GROUP, COL_CELL, COL_ROW_UNIT, COL_OWN_UNIT };
struct out_col {
    enum col_kind kind;
    int i;
    const char *head;
    double width;
    const bool *mixed; /* ROW_UNIT: the columns it speaks of */
};

static const char *unit_of(const struct gb_cell *c)
{
    return c->is_value && c->value.kind == GB_V_NUM && c->value.unit ? c->value.unit : "";
}

static bool is_number(const struct gb_cell *c)
{
    return c->is_value && c->value.kind == GB_V_NUM;
}

/* The unit all numbers of a column share, "" if none; mixed says that there are several. */
static const char *common_unit(const struct gb_node *t, int i, bool *mixed)
{
    const char *u = NULL;
    *mixed = false;
    for (const struct gb_row *r = t->row; r; r = r->next) {
        if (r->group_head || !is_number(&r->cell[i]))
            continue;
        if (u && !gb_streq(u, unit_of(&r->cell[i])))
            *mixed = true;
        u = unit_of(&r->cell[i]);
    }
    return u && !*mixed ? u : "";
}

static const char *row_unit(const struct gb_node *t, const struct gb_row *r, const bool *mixed, bool *agree)
{
    const char *u = NULL;
    *agree = true;
    for (int i = 0; i < t->n_cols; i++) {
        if (!mixed[i] || !is_number(&r->cell[i]))
            continue;
        if (u && !gb_streq(u, unit_of(&r->cell[i])))
            *agree = false;
        u = unit_of(&r->cell[i]);
    }
    return u ? u : "";
}

/* Header texts must be unique and not empty in a native table. */
static void add_col(struct book_doc *x, struct out_col *v, int *n, enum col_kind kind, int i, const char *head)
{
    v[*n] = (struct out_col){ .kind = kind, .i = i, .head = head };
    for (int k = 0; k < *n; k++)
        if (gb_streq(gb_fold_search(x->b.arena, v[k].head), gb_fold_search(x->b.arena, head))) {
            v[*n].head = gb_sprintf(x->b.arena, "%s [%d]", head, *n + 1);
            break;
        }
    ++*n;
}

static struct out_col *plan_columns(struct book_doc *x, const struct gb_node *t, int *n)
{
    struct gb_arena *a = x->b.arena;
    struct out_col *v = GB_NEW_N(a, (size_t)t->n_cols * 2 + 2, struct out_col);
    bool *mixed = GB_NEW_N(a, (size_t)t->n_cols, bool), any = false, all_agree = true, agree, told = false;
    const char **unit = GB_NEW_N(a, (size_t)t->n_cols, const char *);
    for (int i = 0; i < t->n_cols; i++) {
        unit[i] = t->col[i].unit ? t->col[i].unit : common_unit(t, i, &mixed[i]);
        any = any || mixed[i];
    }
    for (const struct gb_row *r = t->row; r && any; r = r->next)
        if (!r->group_head) {
            (void)row_unit(t, r, mixed, &agree);
            all_agree = all_agree && agree;
        }
    if (has_groups(t))
        add_col(x, v, n, COL_GROUP, 0, "Nhóm");
    for (int i = 0; i < t->n_cols; i++) {
        const char *label = t->col[i].label && *t->col[i].label ? t->col[i].label : "Cột";
        if (mixed[i] && all_agree && !told) {
            add_col(x, v, n, COL_ROW_UNIT, i, "Đơn vị tính");
            v[*n - 1].mixed = mixed;
            told = true;
        }
        add_col(x, v, n, COL_CELL, i, *unit[i] ? gb_sprintf(a, "%s (%s)", label, unit[i]) : gb_strdup(a, label));
        if (mixed[i] && !all_agree)
            add_col(x, v, n, COL_OWN_UNIT, i, gb_sprintf(a, "Đơn vị: %s", label));
    }
    return v;
}

static void cell(struct book_doc *x, uint32_t row, uint16_t col, const struct gb_cell *c)
{
    if (c->is_value) {
        gb_book_value(&x->b, row, col, &c->value);
        return;
    }
    const char *s = plain(x->b.arena, &c->text);
    if (!*s && c->state != GB_STATE_NONE)
        s = gb_state_vi(c->state);
    gb_book_text(&x->b, row, col, s, GB_X_WRAP);
}

static const char *text_in(struct book_doc *x, const struct gb_node *t, const struct gb_row *r, const char *group,
                           const struct out_col *c)
{
    switch (c->kind) {
    case COL_GROUP: return group ? group : "";
    case COL_OWN_UNIT: return unit_of(&r->cell[c->i]);
    case COL_ROW_UNIT: /* the columns that share it begin here */
        for (int i = c->i; i < t->n_cols; i++)
            if (c->mixed[i] && *unit_of(&r->cell[i]))
                return unit_of(&r->cell[i]);
        return "";
    case COL_CELL: break;
    }
    const struct gb_cell *cell = &r->cell[c->i];
    struct gb_buf b = { 0 };
    if (cell->is_value)
        gb_value_text(&cell->value, is_number(cell) ? GB_WITHOUT_UNIT : GB_WITH_UNIT, &b);
    const char *s = cell->is_value ? gb_buf_copy(x->b.arena, &b) : plain(x->b.arena, &cell->text);
    gb_buf_release(&b);
    return !*s && cell->state != GB_STATE_NONE ? gb_state_vi(cell->state) : s;
}

/* A column as wide as its longest text, within reason; its header may take two or three lines. */
static void measure(struct book_doc *x, const struct gb_node *t, struct out_col *v, int n)
{
    enum { NARROWEST = 10, WIDEST = 46, HEAD_LINE = 18 };
    for (int i = 0; i < n; i++) {
        const char *group = NULL;
        int longest = gb_book_length(v[i].head) < HEAD_LINE ? gb_book_length(v[i].head) + 1 : HEAD_LINE;
        for (const struct gb_row *r = t->row; r; r = r->next) {
            if (r->group_head) {
                group = plain(x->b.arena, &r->cell[0].text);
                continue;
            }
            int w = gb_book_length(text_in(x, t, r, group, &v[i]));
            if (w > longest)
                longest = w;
        }
        v[i].width = longest + 2 < NARROWEST ? NARROWEST : longest + 2 > WIDEST ? WIDEST : longest + 2;
        gb_book_width(&x->b, (uint16_t)i, (uint16_t)i, v[i].width);
    }
}

/* A sheet is named by its table, cut between words at the 31 characters that Excel allows. */
static const char *sheet_name(struct gb_arena *a, const char *title)
{
    enum { LONGEST = 31 };
    if (gb_book_length(title) <= LONGEST)
        return title;
    const char *cut = title, *p = title, *end = title + strlen(title);
    for (int n = 0; p < end && n <= LONGEST; n++) {
        if (*p == ' ')
            cut = p;
        (void)gb_utf8_next(&p, end);
    }
    return cut == title ? title : gb_strndup(a, title, (size_t)(cut - title));
}

static void table(struct book_doc *x, const struct gb_node *t)
{
    int n = 0, lines = 1;
    const char *sheet = gb_book_sheet(&x->b, sheet_name(x->b.arena, t->title ? t->title : t->id ? t->id : "Bảng"));
    struct out_col *v = plan_columns(x, t, &n);
    const char **h = GB_NEW_N(x->b.arena, (size_t)n, const char *);
    measure(x, t, v, n);
    for (int i = 0; i < n; i++) {
        h[i] = v[i].head;
        int k = gb_book_lines_of(h[i], v[i].width - 2); /* the filter button takes its place */
        if (k > lines)
            lines = k;
    }
    gb_book_lines(&x->b, 0, lines);
    remember(x, sheet, t->title ? t->title : sheet);
    uint32_t row = 1;
    const char *group = NULL;
    for (const struct gb_row *r = t->row; r; r = r->next) {
        if (r->group_head) {
            group = plain(x->b.arena, &r->cell[0].text);
            continue;
        }
        lines = 1;
        for (int i = 0; i < n; i++) {
            const char *s = text_in(x, t, r, group, &v[i]);
            if (v[i].kind == COL_CELL)
                cell(x, row, (uint16_t)i, &r->cell[v[i].i]);
            else
                gb_book_text(&x->b, row, (uint16_t)i, s, GB_X_WRAP);
            int k = gb_book_lines_of(s, v[i].width);
            if (k > lines)
                lines = k;
        }
        gb_book_lines(&x->b, row, lines);
        row++;
    }
    if (row > 1)
        gb_book_table(&x->b, 0, 0, row - 1, (uint16_t)(n - 1), h, gb_sprintf(x->b.arena, "bang_%d", x->n));
    else
        for (int i = 0; i < n; i++)
            gb_book_text(&x->b, 0, (uint16_t)i, h[i], GB_X_HEAD);
    gb_book_freeze(&x->b, 1, 1);
    gb_book_print(&x->b, x->ed, n > 5, 0);
}

static void chart(struct book_doc *x, const struct gb_node *n)
{
    const struct gb_chart *c = n->chart;
    if (!c->n_series || c->kind == GB_CHART_SPARK)
        return;
    const char *sheet = gb_book_sheet(&x->b, gb_sprintf(x->b.arena, "Biểu đồ %d", ++x->n_charts));
    remember(x, sheet, c->title);
    const char *h[4] = { "Chuỗi", c->series[0].n && c->series[0].point[0].label ? "Tên" : "Kỳ",
                         c->unit ? gb_sprintf(x->b.arena, "Giá trị (%s)", c->unit) : "Giá trị", "Trạng thái số liệu" };
    uint32_t row = 1;
    for (size_t s = 0; s < c->n_series; s++)
        for (size_t i = 0; i < c->series[s].n; i++, row++) {
            const struct gb_chart_point *p = &c->series[s].point[i];
            gb_book_text(&x->b, row, 0, c->series[s].name, GB_X_PLAIN);
            if (p->label)
                gb_book_text(&x->b, row, 1, p->label, GB_X_PLAIN);
            else
                gb_book_value(&x->b, row, 1, &p->x);
            gb_book_value(&x->b, row, 2, &p->y);
            gb_book_text(&x->b, row, 3, p->y.kind == GB_V_NUM ? gb_status_vi(p->y.status) : NULL, GB_X_PLAIN);
        }
    if (row > 1)
        gb_book_table(&x->b, 0, 0, row - 1, 3, h, gb_sprintf(x->b.arena, "bang_%d", x->n));
    gb_book_width(&x->b, 0, 0, 46);
    gb_book_width(&x->b, 1, 1, 30);
    gb_book_width(&x->b, 2, 3, 20);
    gb_book_freeze(&x->b, 1, 0);
    gb_book_print(&x->b, x->ed, false, 0);
}

static void walk(struct book_doc *x, const struct gb_node *n)
{
    switch (n->kind) {
    case GB_NODE_DOC:
    case GB_NODE_SECTION:
        for (const struct gb_node *c = n->child; c; c = c->next)
            walk(x, c);
        return;
    case GB_NODE_TABLE: table(x, n); return;
    case GB_NODE_CHART: chart(x, n); return;
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

static void cover_line(struct book_doc *x, uint32_t *row, const char *label, const char *text)
{
    if (!text || !*text)
        return;
    gb_book_text(&x->b, *row, 0, label, GB_X_STRONG);
    gb_book_text(&x->b, *row, 1, text, GB_X_WRAP);
    gb_book_lines(&x->b, *row, gb_book_lines_of(text, 90));
    ++*row;
}

static void cover(struct book_doc *x)
{
    const struct gb_doc *d = x->d;
    char date[16];
    uint32_t row = 0;
    gb_date_vi(x->ed->date, date);
    gb_book_sheet(&x->b, "Giới thiệu");
    gb_book_text(&x->b, row++, 0, d->title, GB_X_TITLE);
    cover_line(x, &row, "Nội dung", d->subtitle);
    cover_line(x, &row, "Cơ quan", d->catalogue->locality.contact);
    cover_line(x, &row, "Ngày số liệu", date);
    cover_line(x, &row, "Thời điểm chốt", d->cutoff);
    cover_line(x, &row, "Ấn bản", x->ed->id);
    cover_line(x, &row, "Mã đối chiếu", x->ed->short_hash);
    for (int i = 0; i < d->n_marks; i++)
        cover_line(x, &row, "Lưu ý", d->mark[i]);
    cover_line(
        x, &row, "Cách đọc",
        "Mỗi bảng ở một trang tính, bắt đầu từ ô A1, một dòng tiêu đề. Ô ghi chữ thay cho số là số liệu không có, kèm lý do.");
    row++;
    gb_book_text(&x->b, row++, 0, "Các trang tính", GB_X_HEAD);
    lxw_worksheet *first = x->b.sheet;
    walk(x, d->root);
    x->b.sheet = first;
    for (int i = 0; i < x->n; i++, row++) {
        gb_book_link(&x->b, row, 0, x->item[i].sheet, x->item[i].sheet);
        gb_book_text(&x->b, row, 1, x->item[i].title, GB_X_WRAP);
        gb_book_lines(&x->b, row, gb_book_lines_of(x->item[i].title, 90));
    }
    gb_book_width(&x->b, 0, 0, 34);
    gb_book_width(&x->b, 1, 1, 90);
    gb_book_print(&x->b, x->ed, false, 0);
}

enum gb_code gb_render_xlsx(const struct gb_doc *d, const struct gb_edition_info *ed, const char *tmpdir, struct gb_buf *out,
                            struct gb_err *e)
{
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct book_doc *x = GB_NEW(&a, struct book_doc);
    x->d = d;
    x->ed = ed;
    gb_book_open(&x->b, &a, tmpdir, d->title, ed, e);
    cover(x);
    enum gb_code rc = gb_book_close(&x->b, out);
    gb_arena_release(&a);
    return rc == GB_OK ? GB_OK : gb_context(e, "tệp Excel của %s", d->slug);
}
