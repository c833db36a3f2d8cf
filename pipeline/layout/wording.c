/* wording.c — see wording.h. Nothing is measured here: the words are the same at any width. */
#include "layout/wording.h"
#include "base/utf8.h"

#define BLANKS "\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0" /* for the clerk; never squeezed, never a line end */
#define WIDE_COLS 8

/* ---- letterhead and signature ---- */

bool gb_by_office(const struct gb_locality *loc)
{
    return *loc->office && !gb_ends_with(loc->symbol, "-UBND");
}

const char *gb_letter_number(struct gb_arena *a, const struct gb_doc *d)
{
    return gb_sprintf(a, "Số:            /%s", d->catalogue->locality.symbol);
}

const char *gb_letter_day(struct gb_arena *a, const struct gb_doc *d)
{
    return gb_sprintf(a, d->date.month < 3 ? "%s, ngày        tháng %02d năm %d" : "%s, ngày        tháng %d năm %d",
                      d->catalogue->locality.place, d->date.month, d->date.year);
}

const char *gb_letter_mode(struct gb_arena *a, const struct gb_doc *d)
{
    if (!d->level_vi || !*d->level_vi)
        return NULL;
    return d->reason && *d->reason ? gb_sprintf(a, "Chế độ %s. Lý do: %s", d->level_vi, d->reason)
                                   : gb_sprintf(a, "Chế độ %s", d->level_vi);
}

const char *gb_sheet_issuer(struct gb_arena *a, const struct gb_doc *d)
{
    const struct gb_locality *loc = &d->catalogue->locality;
    bool office = gb_by_office(loc);
    return gb_sprintf(a, "%s %s%s%s", loc->parent_agency, loc->issuing_agency, office ? " – " : "", office ? loc->office : "");
}

const char *gb_signer(const struct gb_locality *loc)
{
    if (!gb_by_office(loc))
        return "CHỦ TỊCH";
    return gb_starts_with(loc->office, "VĂN PHÒNG") ? "CHÁNH VĂN PHÒNG" : "THỦ TRƯỞNG ĐƠN VỊ";
}

/* ---- headings ---- */

const char *gb_roman(struct gb_arena *a, int n)
{
    static const struct {
        int v;
        const char *s;
    } r[] = { { 50, "L" }, { 40, "XL" }, { 10, "X" }, { 9, "IX" }, { 5, "V" }, { 4, "IV" }, { 1, "I" } };
    const char *out = "";
    for (size_t i = 0; i < sizeof r / sizeof *r; i++) {
        for (; n >= r[i].v; n -= r[i].v) {
            out = gb_sprintf(a, "%s%s", out, r[i].s);
        }
    }
    return out;
}

const char *gb_heading_number(struct gb_arena *a, int *number, const struct gb_node *n, int depth)
{
    int k = number[depth] + 1;
    for (int i = depth + 1; i < GB_LEVEL_MAX + 2; i++) {
        number[i] = 0;
    }
    if (!n->numbered)
        return "";
    number[depth] = k;
    switch (depth) {
    case 1: return gb_sprintf(a, "%s. ", gb_roman(a, k));
    case 2: return gb_sprintf(a, "%d. ", k);
    case 3: return gb_sprintf(a, "%c) ", 'a' + (k - 1) % 26);
    default: return "- ";
    }
}

const char *gb_annex_word(struct gb_arena *a, int annex_no, int n_annexes)
{
    return n_annexes > 1 ? gb_sprintf(a, "Phụ lục %s", gb_roman(a, annex_no)) : "Phụ lục";
}

const char *gb_annex_title(const struct gb_node *n)
{
    static const char said[] = "Phụ lục: ";
    return gb_starts_with(n->title, said) ? n->title + sizeof said - 1 : n->title;
}

const char *gb_annex_of(struct gb_arena *a, const struct gb_doc *d)
{
    const struct gb_locality *loc = &d->catalogue->locality;
    const char *of = gb_by_office(loc) ? gb_capitalise(a, loc->contact) : loc->committee;
    const char *type = gb_starts_with(d->type_name, "BÁO CÁO") ? "Báo cáo" : "văn bản";
    return gb_sprintf(a, "(Kèm theo %s số" BLANKS "/%s ngày" BLANKS "tháng %d năm %d của %s)", type, loc->symbol, d->date.month,
                      d->date.year, *of ? of : loc->name);
}

/* Eight columns of words do not stand in 165 mm. */
static bool is_wide(const struct gb_node *n)
{
    bool wide = false;
    for (const struct gb_node *c = n->child; c; c = c->next) {
        wide = wide || (c->kind == GB_NODE_TABLE && c->n_cols >= WIDE_COLS) || (c->kind == GB_NODE_SECTION && is_wide(c));
    }
    return wide;
}

bool gb_section_lies(const struct gb_node *n)
{
    return n->landscape || (n->annex && is_wide(n));
}

/* ---- tables ---- */

bool gb_cell_is_figure(const struct gb_node *table, const struct gb_cell *cell, int column_i)
{
    enum gb_align a = table->col[column_i].align;
    return cell->is_value && (cell->value.kind == GB_V_NUM || cell->value.kind == GB_V_MISSING) && !cell->text.first &&
           (a == GB_DECIMAL || a == GB_RIGHT);
}

const char *gb_column_unit(const struct gb_node *table, int column_i, bool *mixed)
{
    const struct gb_col *col = &table->col[column_i];
    const char *shared = NULL;
    int n = 0;
    *mixed = false;
    if (col->unit && *col->unit)
        return col->unit;
    for (const struct gb_row *r = table->row; r; r = r->next) {
        const struct gb_cell *cell = &r->cell[column_i];
        if (r->group_head || !gb_cell_is_figure(table, cell, column_i) || cell->value.kind != GB_V_NUM)
            continue;
        const char *unit = cell->value.unit ? cell->value.unit : "";
        *mixed = *mixed || (n++ && !gb_streq(shared, unit));
        shared = unit;
    }
    return n > 1 && !*mixed && *shared ? shared : NULL;
}

bool gb_cell_says_state(const struct gb_cell *cell)
{
    struct gb_buf b = { 0 };
    gb_text_plain(&cell->text, &b);
    bool says = b.p && strstr(b.p, gb_state_vi(cell->state));
    gb_buf_release(&b);
    return says;
}

const char *gb_table_key(struct gb_arena *a, const char *status, int n_status, bool missing)
{
    struct gb_buf b = { 0 };
    if (!missing && !n_status)
        return NULL;
    for (int i = 0; i < n_status; i++) {
        gb_buf_addf(&b, "%s%s: %s", i ? "; " : "", gb_status_mark(status[i]), gb_status_vi(status[i]));
    }
    if (missing) {
        gb_buf_addf(&b, "%s– : không có hoặc không áp dụng", b.n ? "; " : "");
    }
    gb_buf_addc(&b, '.');
    const char *key = gb_buf_copy(a, &b);
    gb_buf_release(&b);
    return key;
}
