/* xlsx_sheet.c — one sheet as a department sends it (render.h, gb_sheet): what the reader of deliveries must cope with every day.
 *
 * Rows: 1, 2 letterhead; 4 title; 5 what it is about; then names of columns, units, the header of the contract, the table. Numbers are
 * stored as numbers, days as dates. Names and units stand above the header row, where a machine does not look.
 */
#include "render/xlsx_int.h"

enum { TITLE_ROW = 3, LABEL_ROW = 6, FITTING = 14 };
struct look {
    lxw_format *title, *plain, *soft, *head, *label, *text, *date, *sign, *number[GB_SCALE_MAX + 1];
};

static int head_row(const struct gb_sheet *s) /* 0-based */
{
    return LABEL_ROW + (s->label != NULL) + (s->unit != NULL);
}

static lxw_format *format(struct gb_book *b, double size, bool framed)
{
    lxw_format *f = workbook_add_format(b->book);
    if (!f)
        gb_oom();
    format_set_font_name(f, "Times New Roman");
    format_set_font_size(f, size);
    format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
    if (framed)
        format_set_border(f, LXW_BORDER_THIN);
    return f;
}

static void looks(struct gb_book *b, struct look *l)
{
    *l = (struct look){ .title = format(b, 14, false),
                        .soft = format(b, 12, false),
                        .head = format(b, 10, true),
                        .label = format(b, 12, true),
                        .text = format(b, 12, true),
                        .date = format(b, 12, true),
                        .sign = format(b, 12, false) };
    l->plain = format(b, 12, false);
    format_set_align(l->plain, LXW_ALIGN_CENTER);
    format_set_bold(l->title);
    format_set_align(l->title, LXW_ALIGN_CENTER);
    format_set_align(l->soft, LXW_ALIGN_CENTER);
    format_set_italic(l->soft);
    format_set_bold(l->label);
    format_set_text_wrap(l->label);
    format_set_align(l->label, LXW_ALIGN_CENTER);
    format_set_align(l->head, LXW_ALIGN_CENTER);
    format_set_font_color(l->head, 0x57606A);
    format_set_num_format(l->date, "dd/mm/yyyy");
    format_set_bold(l->sign);
}

static lxw_format *number(struct gb_book *b, struct look *l, int decimals)
{
    if (l->number[decimals])
        return l->number[decimals];
    char pattern[24] = "#,##0";
    if (decimals > 0) {
        pattern[5] = '.';
        memset(pattern + 6, '0', (size_t)decimals);
        pattern[6 + decimals] = 0;
    }
    l->number[decimals] = format(b, 12, true);
    format_set_num_format(l->number[decimals], pattern);
    return l->number[decimals];
}

static void check(struct gb_book *b, lxw_error err)
{
    if (err != LXW_NO_ERROR && b->rc == GB_OK)
        b->rc = gb_fail(b->e, GB_E_IO, "tệp Excel %s: %s", b->path, lxw_strerror(err));
}

static void text(struct gb_book *b, int row, int col, const char *s, lxw_format *f)
{
    if (!s)
        return;
    check(b, worksheet_write_string(b->sheet, (lxw_row_t)row, (lxw_col_t)col, s, f));
    b->n_cells++;
}

static void across(struct gb_book *b, const struct gb_sheet *s, int row, int first, int last, const char *t, lxw_format *f)
{
    if (last >= s->n_columns)
        last = s->n_columns - 1;
    if (!t || last <= first) {
        text(b, row, first, t, f);
        return;
    }
    check(b, worksheet_merge_range(b->sheet, (lxw_row_t)row, (lxw_col_t)first, (lxw_row_t)row, (lxw_col_t)last, t, f));
    b->n_cells += (size_t)(last - first + 1);
}

static void cell(struct gb_book *b, struct look *l, int row, int col, const struct gb_sheet_cell *c)
{
    const lxw_row_t r = (lxw_row_t)row;
    const lxw_col_t k = (lxw_col_t)col;
    b->n_cells++;
    switch (c->kind) {
    case GB_SHEET_NONE: check(b, worksheet_write_blank(b->sheet, r, k, l->text)); return;
    case GB_SHEET_TEXT: check(b, worksheet_write_string(b->sheet, r, k, c->s, l->text)); return;
    case GB_SHEET_NUMBER:
        check(b, worksheet_write_number(b->sheet, r, k, gb_dec_to_double(c->v, c->scale), number(b, l, c->decimals)));
        return;
    case GB_SHEET_DATE: check(b, worksheet_write_number(b->sheet, r, k, (double)(c->v + 25569), l->date)); return;
    case GB_SHEET_FORMULA:
        check(b, worksheet_write_formula_num(b->sheet, r, k, c->s, number(b, l, c->decimals), gb_dec_to_double(c->v, c->scale)));
        return;
    }
    gb_bug("kind of cell");
}

static void table(struct gb_book *b, struct look *l, const struct gb_sheet *s)
{
    const int head = head_row(s);
    int lines = 1;
    for (int col = 0; col < s->n_columns; col++) {
        gb_book_width(b, (uint16_t)col, (uint16_t)col, s->width[col]);
        if (s->label) {
            const int n = gb_book_lines_of(s->label[col], s->width[col] * 0.8); /* bold, 12 points */
            lines = n > lines ? n : lines;
            text(b, LABEL_ROW, col, s->label[col], l->label);
        }
        if (s->unit)
            text(b, LABEL_ROW + (s->label != NULL), col, s->unit[col], l->soft);
        text(b, head, col, s->head[col], l->head);
    }
    gb_book_lines(b, LABEL_ROW, lines + 1);
    for (int row = 0; row < s->n_rows; row++)
        for (int col = 0; col < s->n_columns; col++)
            cell(b, l, head + 1 + row, col, &s->cell[(size_t)row * (size_t)s->n_columns + (size_t)col]);
    for (int i = 0; i < 2; i++)
        text(b, head + s->n_rows + 3, s->sign_column[i], s->sign[i], l->sign);
}

static void wrong_on_purpose(struct gb_book *b, struct look *l, const struct gb_sheet *s)
{
    const lxw_row_t first = (lxw_row_t)head_row(s) + 1;
    if (s->hidden_column) {
        lxw_row_col_options hide = { .hidden = 1 };
        const lxw_col_t c = (lxw_col_t)(s->hidden_column - 1);
        check(b, worksheet_set_column_opt(b->sheet, c, c, s->width[c], NULL, &hide));
    }
    if (s->merged_column) { /* over what stands there: the cells were counted */
        const lxw_col_t c = (lxw_col_t)(s->merged_column - 1);
        const struct gb_sheet_cell *v = &s->cell[c];
        check(b, worksheet_merge_range(b->sheet, first, c, first + 1, c, v->s ? v->s : "", l->text));
    }
}

enum gb_code gb_render_sheet(const struct gb_sheet *s, const char *tmpdir, struct gb_buf *out, struct gb_err *e)
{
    struct gb_arena a;
    struct gb_book b;
    struct look l;
    const struct gb_edition_info ed = { .date = s->date };
    gb_arena_init(&a, 0);
    gb_book_open(&b, &a, tmpdir, s->title, &ed, e);
    (void)gb_book_sheet(&b, s->name);
    if (b.rc == GB_OK) {
        looks(&b, &l);
        const int half = s->n_columns > 5 ? s->n_columns / 2 - 1 : s->n_columns - 1;
        across(&b, s, 0, 0, half, s->above[0], l.plain);
        across(&b, s, 1, 0, half, s->above[1], l.title);
        across(&b, s, TITLE_ROW, 0, s->n_columns - 1, s->title, l.title);
        across(&b, s, TITLE_ROW + 1, 0, s->n_columns - 1, s->subtitle, l.soft);
        table(&b, &l, s);
        wrong_on_purpose(&b, &l, s);
        gb_book_freeze(&b, (uint32_t)head_row(s) + 1, 0);
        worksheet_set_paper(b.sheet, 9);
        if (s->landscape)
            worksheet_set_landscape(b.sheet);
        if (s->n_columns <= FITTING)
            worksheet_fit_to_pages(b.sheet, 1, 0); /* a wider one is read on the screen */
    }
    const enum gb_code code = gb_book_close(&b, out);
    gb_arena_release(&a);
    return code;
}
