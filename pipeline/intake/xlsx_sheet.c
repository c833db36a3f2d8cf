/* xlsx_sheet.c — the cells of one sheet, row by row. Rows and cells must ascend, as every program writes them: a cell that comes
 * twice would leave open which one is meant. What is hidden is not read past: a value nobody saw is nobody's statement.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "intake/xlsx_int.h"

enum text_of { NOTHING, VALUE, INLINE };
struct sheet {
    struct gb_workbook *b;
    struct gb_table *t;
    int64_t line; /* of the row at hand */
    bool row_hidden, in_row, in_cell;
    struct gb_cell *cell; /* of the row; texts that are not shared strings lie in `text` */
    size_t n, cap;
    size_t *at; /* beside cell: SIZE_MAX, or where its text begins in `text` */
    size_t cap_at;
    struct gb_buf text;
    struct gb_cell now;
    size_t now_at;
    const char *type; /* s, n, b, e, str, inlineStr, d */
    enum text_of reading;
    int phonetic;
    int last_column;
    unsigned char hidden[GB_XLSX_MAX_COLUMN / 8 + 1];
};

static int64_t whole_number(const char *s)
{
    int64_t v = 0;
    if (!s || !*s)
        return -1;
    for (; *s; s++) {
        if (*s < '0' || *s > '9' || v > INT64_MAX / 100)
            return -1;
        v = v * 10 + (*s - '0');
    }
    return v;
}

/* "B12" to column 2, row 12; @return what follows, or NULL. */
static const char *read_reference(const char *s, int *column, int64_t *row)
{
    *column = 0;
    *row = 0;
    for (; *s >= 'A' && *s <= 'Z' && *column <= GB_XLSX_MAX_COLUMN; s++)
        *column = *column * 26 + (*s - 'A' + 1);
    for (; *s >= '0' && *s <= '9' && *row <= GB_XLSX_MAX_ROW; s++)
        *row = *row * 10 + (*s - '0');
    return *column && *row ? s : NULL;
}

static void hide_columns(struct sheet *s, const char **attr)
{
    const char *hidden = gb_attr(attr, "hidden");
    const int64_t from = whole_number(gb_attr(attr, "min")), to = whole_number(gb_attr(attr, "max"));
    if (!(gb_streq(hidden, "1") || gb_streq(hidden, "true")))
        return;
    for (int64_t i = from < 1 ? 1 : from; i <= to && i <= GB_XLSX_MAX_COLUMN; i++)
        s->hidden[i / 8] |= (unsigned char)(1 << (i % 8));
}

static void start_row(struct sheet *s, const char **attr)
{
    const char *r = gb_attr(attr, "r"), *hidden = gb_attr(attr, "hidden");
    const int64_t line = r ? whole_number(r) : s->line + 1;
    if (line > GB_XLSX_MAX_ROW) {
        gb_refuse_file(s->b->k, "RF-limit", 0, NULL, "quá 1.048.576 dòng", "tối đa 1.048.576 dòng một trang",
                       "Chia tệp theo tháng hoặc theo chỉ số.");
        s->b->stop = true;
        return;
    }
    if (line <= s->line) {
        gb_workbook_broken(s->b, "dòng của trang tính không theo thứ tự", "số dòng tăng dần, mỗi dòng một lần", NULL);
        return;
    }
    s->line = line;
    s->row_hidden = gb_streq(hidden, "1") || gb_streq(hidden, "true");
    s->in_row = true;
    s->n = 0;
    s->last_column = 0;
    gb_buf_reset(&s->text);
}

static void start_cell(struct sheet *s, const char **attr)
{
    static const char *const KNOWN[] = { "n", "s", "str", "inlineStr", "b", "e", "d" };
    const char *r = gb_attr(attr, "r"), *type = gb_attr(attr, "t");
    int column = s->last_column + 1;
    int64_t row = s->line;
    const char *rest = r ? read_reference(r, &column, &row) : "";
    s->type = NULL;
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++)
        if (gb_streq(KNOWN[i], type ? type : "n"))
            s->type = KNOWN[i];
    if (!rest || *rest || row != s->line || column <= s->last_column || column > GB_XLSX_MAX_COLUMN || !s->type) {
        gb_workbook_broken(s->b,
                           gb_sprintf(&s->b->k->r->arena, "ô %s ở dòng %lld",
                                      r ? gb_shown(&s->b->k->r->arena, r, strlen(r)) : "không tên", (long long)s->line),
                           "ô theo thứ tự A, B, C …, mỗi ô một lần, đúng dòng, kiểu ô đã biết", NULL);
        return;
    }
    const int64_t style = whole_number(gb_attr(attr, "s"));
    s->last_column = column;
    s->in_cell = true;
    s->now = (struct gb_cell){ .column = column };
    if (style >= 0 && (size_t)style < s->b->n_forms)
        s->now.form = (enum gb_cell_form)s->b->form[style];
    s->now_at = s->text.n;
}

static void on_start(void *ctx, const char *name, const char **attr)
{
    struct sheet *s = ctx;
    if (gb_streq(name, "c") && s->in_row && !s->in_cell) {
        start_cell(s, attr);
    } else if (gb_streq(name, "v") && s->in_cell) {
        s->reading = VALUE;
    } else if (gb_streq(name, "f") && s->in_cell) {
        s->now.formula = true;
    } else if (gb_streq(name, "rPh")) {
        s->phonetic++;
    } else if (gb_streq(name, "t") && s->in_cell) {
        s->reading = s->phonetic ? NOTHING : INLINE;
    } else if (gb_streq(name, "row") && !s->in_row) {
        start_row(s, attr);
    } else if (gb_streq(name, "col")) {
        hide_columns(s, attr);
    } else if (gb_streq(name, "mergeCell")) {
        const char *ref = gb_attr(attr, "ref");
        int c1, c2;
        int64_t r1, r2;
        const char *rest = ref ? read_reference(ref, &c1, &r1) : NULL;
        if (rest && *rest == ':' && read_reference(rest + 1, &c2, &r2))
            gb_table_merge(s->t, c1, r1, c2, r2);
    }
}

static void on_text(void *ctx, const char *p, size_t n)
{
    struct sheet *s = ctx;
    if (s->reading == NOTHING || !s->in_cell)
        return;
    gb_buf_add(&s->text, p, n);
    if (s->text.n - s->now_at > GB_XLSX_MAX_CELL) {
        s->b->k->cell_column = s->now.column;
        gb_refuse_file(s->b->k, "RF-limit", s->line, NULL, "một ô dài quá 32 KiB", "tối đa 32 KiB một ô", "Rút ngắn ghi chú.");
        s->b->k->cell_column = 0;
        s->b->stop = true;
    }
}

/* A finding of the file that is about one cell. */
static void cell_fault(struct sheet *s, const char *code, const char *found, const char *expected, const char *remedy)
{
    s->b->k->cell_column = s->now.column;
    gb_refuse_file(s->b->k, code, s->line, NULL, found, expected, remedy);
    s->b->k->cell_column = 0;
}

/* Kind and text of the cell that ends. False: nothing stands in it. */
static bool settle_cell(struct sheet *s)
{
    struct gb_cell *c = &s->now;
    const size_t n = s->text.n - s->now_at;
    const char *own = s->text.p ? s->text.p + s->now_at : "";
    c->kind = gb_streq(s->type, "n")   ? GB_CELL_NUMBER
              : gb_streq(s->type, "b") ? GB_CELL_BOOL
              : gb_streq(s->type, "e") ? GB_CELL_ERROR
                                       : GB_CELL_TEXT;
    c->s = (struct gb_str){ NULL, n };
    if (gb_streq(s->type, "s") && n) {
        const int64_t i = whole_number(own);
        if (i < 0 || (size_t)i >= s->b->n_strings) {
            gb_workbook_broken(s->b, gb_sprintf(&s->b->k->r->arena, "chuỗi số %s không có", gb_shown(&s->b->k->r->arena, own, n)),
                               "số thứ tự chuỗi có trong sổ tính", NULL);
            return false;
        }
        if (s->b->string[i].n == 0)
            return c->formula;
        c->s = (struct gb_str){ s->b->text.p + s->b->string[i].at, s->b->string[i].n };
    }
    if (c->s.n == 0)
        return c->formula;
    const char *p = c->s.p ? c->s.p : own;
    const enum gb_text_fault why = gb_text_check(p, c->s.n, NULL);
    if (why != GB_TEXT_OK) {
        struct gb_arena *a = &s->b->k->r->arena;
        cell_fault(s, "RF-control", gb_shown(a, p, c->s.n), gb_sprintf(a, "văn bản sạch; gặp: %s", gb_text_fault_vi(why)),
                   "Gõ lại ô này, không có ký tự lạ, rồi gửi lại.");
        return false;
    }
    return true;
}

static void end_cell(struct sheet *s)
{
    s->in_cell = false;
    s->reading = NOTHING;
    if (!settle_cell(s))
        return;
    if (s->row_hidden ||
        s->hidden[s->now.column / 8] & (1 << (s->now.column % 8))) /* the rest of the file is judged all the same */
        cell_fault(s, "RF-hidden", s->row_hidden ? "ô có nội dung ở dòng ẩn" : "ô có nội dung ở cột ẩn",
                   "mọi dòng và cột có nội dung đều nhìn thấy được",
                   "Bỏ lọc (Clear Filter), bỏ ẩn dòng và cột (Unhide), xem lại rồi gửi lại.");
    s->cell = gb_grow(s->cell, &s->cap, s->n + 1, sizeof *s->cell);
    s->at = gb_grow(s->at, &s->cap_at, s->n + 1, sizeof *s->at);
    s->at[s->n] = s->now.s.p ? SIZE_MAX : s->now_at;
    s->cell[s->n++] = s->now;
}

static void end_row(struct sheet *s)
{
    s->in_row = false;
    for (size_t i = 0; i < s->n; i++)
        if (s->at[i] != SIZE_MAX)
            s->cell[i].s.p = s->text.p ? s->text.p + s->at[i] : "";
    if (s->n)
        gb_table_row(s->t, s->line, s->cell, s->n);
}

static void on_end(void *ctx, const char *name)
{
    struct sheet *s = ctx;
    if (gb_streq(name, "c") && s->in_cell)
        end_cell(s);
    else if (gb_streq(name, "row") && s->in_row && !s->in_cell)
        end_row(s);
    else if (gb_streq(name, "rPh") && s->phonetic)
        s->phonetic--;
    else if (gb_streq(name, "v") || gb_streq(name, "t"))
        s->reading = NOTHING;
}

void gb_sheet_read(struct gb_workbook *b, struct gb_table *t)
{
    struct sheet *s = GB_NEW(&b->k->r->arena, struct sheet);
    s->b = b;
    s->t = t;
    const struct gb_part_reader reader = { s, on_start, on_end, on_text };
    (void)gb_workbook_part(b, b->sheet_part, false, &reader);
    free(s->cell);
    free(s->at);
    gb_buf_release(&s->text);
}
