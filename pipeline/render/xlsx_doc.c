/* xlsx_doc.c — a document as a workbook: a cover, then one sheet for each table and each chart's figures, from A1, one header row, no
 * merged cells, nothing hidden (accessible form of OPENDATA.md section 1). Prose is not data: its first sentences are on the cover.
 */
#include "render/xlsx_int.h"

struct book_doc { struct gb_book b; const struct gb_doc *d; const struct gb_edition_info *ed; struct { const char *sheet, *title; } item[256]; int n; };

static const char *plain(struct gb_arena *a, const struct gb_text *t)
{
    struct gb_buf b = { 0 };
    for (const struct gb_inline *in = t->first; in; in = in->next) {
        if (in->kind == GB_IN_VALUE) gb_value_text(&in->value, GB_WITH_UNIT, &b);
        else gb_buf_adds(&b, in->text);
    }
    const char *s = gb_buf_copy(a, &b);
    gb_buf_release(&b);
    return s;
}

static void remember(struct book_doc *x, const char *sheet, const char *title)
{
    if (x->n < 256) { x->item[x->n].sheet = sheet; x->item[x->n].title = title; x->n++; }
}

/* Header texts must be unique and not empty in a native table. */
static const char **headers(struct book_doc *x, const struct gb_node *t)
{
    const char **h = GB_NEW_N(x->b.arena, (size_t)t->n_cols, const char *);
    for (int i = 0; i < t->n_cols; i++) {
        const char *label = t->col[i].label && *t->col[i].label ? t->col[i].label : "Cột";
        h[i] = t->col[i].unit ? gb_sprintf(x->b.arena, "%s (%s)", label, t->col[i].unit) : gb_strdup(x->b.arena, label);
        for (int k = 0; k < i; k++) if (gb_streq(h[k], h[i])) { h[i] = gb_sprintf(x->b.arena, "%s [%d]", h[i], i + 1); break; }
    }
    return h;
}

static void cell(struct book_doc *x, uint32_t row, uint16_t col, const struct gb_cell *c)
{
    if (c->is_value) { gb_book_value(&x->b, row, col, &c->value); return; }
    const char *s = plain(x->b.arena, &c->text);
    if (!*s && c->state != GB_STATE_NONE) s = gb_state_vi(c->state);
    gb_book_text(&x->b, row, col, s, GB_X_WRAP);
}

/* A group head becomes a value in a leading column "Nhóm", so that every row of the sheet stands by itself. */
static bool has_groups(const struct gb_node *t)
{
    for (const struct gb_row *r = t->row; r; r = r->next) if (r->group_head) return true;
    return false;
}

static void table(struct book_doc *x, const struct gb_node *t)
{
    const char *sheet = gb_book_sheet(&x->b, t->id ? t->id : "bang");
    uint16_t shift = has_groups(t) ? 1 : 0, n_cols = (uint16_t)(t->n_cols + shift);
    const char **own = headers(x, t), **h = GB_NEW_N(x->b.arena, n_cols, const char *);
    if (shift) h[0] = "Nhóm";
    for (int i = 0; i < t->n_cols; i++) h[i + shift] = own[i];
    remember(x, sheet, t->title ? t->title : sheet);
    uint32_t row = 1;
    const char *group = NULL;
    for (const struct gb_row *r = t->row; r; r = r->next) {
        if (r->group_head) { group = plain(x->b.arena, &r->cell[0].text); continue; }
        if (shift && group) gb_book_text(&x->b, row, 0, group, GB_X_WRAP);
        for (int i = 0; i < t->n_cols; i++) cell(x, row, (uint16_t)(i + shift), &r->cell[i]);
        row++;
    }
    if (row > 1) gb_book_table(&x->b, 0, 0, row - 1, (uint16_t)(n_cols - 1), h, gb_sprintf(x->b.arena, "bang_%d", x->n));
    else for (uint16_t i = 0; i < n_cols; i++) gb_book_text(&x->b, 0, i, h[i], GB_X_HEAD);
    gb_book_width(&x->b, 0, 0, 36);
    if (n_cols > 1) gb_book_width(&x->b, 1, (uint16_t)(n_cols - 1), 16);
    gb_book_print(&x->b, x->ed, n_cols > 5, 0);
}

static void chart(struct book_doc *x, const struct gb_node *n)
{
    const struct gb_chart *c = n->chart;
    if (!c->n_series || c->kind == GB_CHART_SPARK) return;
    const char *sheet = gb_book_sheet(&x->b, n->id ? n->id : "bieu-do");
    remember(x, sheet, c->title);
    const char *h[4] = { "Chuỗi", c->series[0].n && c->series[0].point[0].label ? "Tên" : "Kỳ",
                         c->unit ? gb_sprintf(x->b.arena, "Giá trị (%s)", c->unit) : "Giá trị", "Trạng thái số liệu" };
    uint32_t row = 1;
    for (size_t s = 0; s < c->n_series; s++)
        for (size_t i = 0; i < c->series[s].n; i++, row++) {
            const struct gb_chart_point *p = &c->series[s].point[i];
            gb_book_text(&x->b, row, 0, c->series[s].name, GB_X_PLAIN);
            if (p->label) gb_book_text(&x->b, row, 1, p->label, GB_X_PLAIN); else gb_book_value(&x->b, row, 1, &p->x);
            gb_book_value(&x->b, row, 2, &p->y);
            gb_book_text(&x->b, row, 3, p->y.kind == GB_V_NUM ? gb_status_vi(p->y.status) : NULL, GB_X_PLAIN);
        }
    if (row > 1) gb_book_table(&x->b, 0, 0, row - 1, 3, h, gb_sprintf(x->b.arena, "bang_%d", x->n));
    gb_book_width(&x->b, 0, 1, 30);
    gb_book_width(&x->b, 2, 3, 18);
    gb_book_print(&x->b, x->ed, false, 0);
}

static void walk(struct book_doc *x, const struct gb_node *n)
{
    switch (n->kind) {
    case GB_NODE_DOC: case GB_NODE_SECTION: for (const struct gb_node *c = n->child; c; c = c->next) walk(x, c); return;
    case GB_NODE_TABLE: table(x, n); return;
    case GB_NODE_CHART: chart(x, n); return;
    case GB_NODE_PARA: case GB_NODE_LIST: case GB_NODE_FIGURES: case GB_NODE_CALLOUT: case GB_NODE_NOTE: case GB_NODE_SOURCE: case GB_NODE_BREAK: return;
    }
    gb_bug("node kind");
}

static void cover_line(struct book_doc *x, uint32_t *row, const char *label, const char *text)
{
    if (!text || !*text) return;
    gb_book_text(&x->b, *row, 0, label, GB_X_STRONG);
    gb_book_text(&x->b, *row, 1, text, GB_X_WRAP);
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
    for (int i = 0; i < d->n_marks; i++) cover_line(x, &row, "Lưu ý", d->mark[i]);
    cover_line(x, &row, "Cách đọc", "Mỗi bảng ở một trang tính, bắt đầu từ ô A1, một dòng tiêu đề. Ô ghi chữ thay cho số là số liệu không có, kèm lý do.");
    row++;
    gb_book_text(&x->b, row++, 0, "Các trang tính", GB_X_HEAD);
    lxw_worksheet *first = x->b.sheet;
    walk(x, d->root);
    x->b.sheet = first;
    for (int i = 0; i < x->n; i++, row++) {
        gb_book_link(&x->b, row, 0, x->item[i].sheet, x->item[i].sheet);
        gb_book_text(&x->b, row, 1, x->item[i].title, GB_X_WRAP);
    }
    gb_book_width(&x->b, 0, 0, 28);
    gb_book_width(&x->b, 1, 1, 90);
    gb_book_print(&x->b, x->ed, false, 0);
}

enum gb_code gb_render_xlsx(const struct gb_doc *d, const struct gb_edition_info *ed, const char *tmpdir, struct gb_buf *out, struct gb_err *e)
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
