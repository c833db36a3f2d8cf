/* xlsx_book.c — what the parts of a workbook say: where the sheets are and whether they are hidden, the strings, how styles show
 * numbers. Names of elements are the same in the two dialects of the standard (transitional, strict); their namespaces are not
 * compared.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "intake/xlsx_int.h"

/* ---- relations ----------------------------------------------------------------------------------------------------- */
enum { MAX_RELATIONS = 1000, MAX_SHEETS = 255 };
struct relation {
    const char *id, *type, *target;
};
struct relations {
    struct gb_workbook *b;
    struct gb_arena *a;
    const char *folder; /* of the part they belong to, with a slash at its end */
    struct relation v[MAX_RELATIONS];
    int n;
};

static void on_relation(void *ctx, const char *name, const char **attr)
{
    struct relations *r = ctx;
    const char *id = gb_attr(attr, "Id"), *type = gb_attr(attr, "Type"), *target = gb_attr(attr, "Target");
    const char *mode = gb_attr(attr, "TargetMode");
    if (!gb_streq(name, "Relationship") || !id || !type || !target || gb_streq(mode, "External"))
        return;
    if (r->n == MAX_RELATIONS) {
        gb_workbook_broken(r->b, "quá nhiều liên kết giữa các phần", "tối đa 1.000", NULL);
        return;
    }
    const char *slash = strrchr(type, '/');
    r->v[r->n++] =
        (struct relation){ gb_strdup(r->a, id), gb_strdup(r->a, slash ? slash + 1 : type),
                           target[0] == '/' ? gb_strdup(r->a, target + 1) : gb_sprintf(r->a, "%s%s", r->folder, target) };
}

static const char *target_of_type(const struct relations *r, const char *type)
{
    for (int i = 0; i < r->n; i++)
        if (gb_streq(r->v[i].type, type))
            return r->v[i].target;
    return NULL;
}

static bool read_relations(struct gb_workbook *b, struct relations *r, const char *folder, const char *file)
{
    struct gb_arena *a = &b->k->r->arena;
    *r = (struct relations){ .b = b, .a = a, .folder = folder };
    const struct gb_part_reader reader = { .ctx = r, .start = on_relation };
    return gb_workbook_part(b, gb_sprintf(a, "%s_rels/%s.rels", folder, file), false, &reader);
}

/* ---- the workbook -------------------------------------------------------------------------------------------------- */
struct sheets {
    struct gb_workbook *b;
    const char *name[MAX_SHEETS], *id[MAX_SHEETS];
    int n;
};

static void on_workbook(void *ctx, const char *name, const char **attr)
{
    struct sheets *s = ctx;
    struct gb_arena *a = &s->b->k->r->arena;
    if (gb_streq(name, "workbookPr")) {
        const char *v = gb_attr(attr, "date1904");
        s->b->date1904 = gb_streq(v, "1") || gb_streq(v, "true");
    }
    if (!gb_streq(name, "sheet"))
        return;
    const char *title = gb_attr(attr, "name"), *id = gb_attr(attr, "id"), *state = gb_attr(attr, "state");
    if (!title || !id || s->n == MAX_SHEETS || gb_text_check(title, strlen(title), NULL) != GB_TEXT_OK) {
        gb_workbook_broken(s->b, "danh sách trang tính sai", "mỗi trang có tên, tối đa 255 trang", NULL);
        return;
    }
    title = gb_nfc(a, title, strlen(title));
    if (state && !gb_streq(state, "visible"))
        gb_refuse_file(s->b->k, "RF-hidden", 0, NULL, gb_sprintf(a, "trang ẩn \"%s\"", gb_shown(a, title, strlen(title))),
                       "mọi trang tính đều nhìn thấy được",
                       "Bấm chuột phải vào tên trang, chọn Bỏ ẩn (Unhide), xem lại rồi để hiện hoặc xóa trang đó.");
    s->name[s->n] = title;
    s->id[s->n++] = gb_strdup(a, id);
}

/* The sheet the side file names, else the first. */
static void choose_sheet(struct gb_workbook *b, const struct sheets *s, const struct relations *r)
{
    struct gb_arena *a = &b->k->r->arena;
    int i = 0;
    while (b->k->sheet && i < s->n && !gb_streq(s->name[i], b->k->sheet))
        i++;
    if (i >= s->n) {
        struct gb_buf names = { 0 };
        for (int k = 0; k < s->n && k < 8; k++)
            gb_buf_addf(&names, "%s\"%s\"", k ? ", " : "", gb_shown(a, s->name[k], strlen(s->name[k])));
        gb_refuse_file(b->k, "RF-sheet", 0, "sheet",
                       gb_sprintf(a, "sổ tính có các trang: %s", names.n ? gb_buf_copy(a, &names) : "không có trang nào"),
                       b->k->sheet ? gb_sprintf(a, "trang \"%s\"", b->k->sheet) : "ít nhất một trang tính",
                       gb_sprintf(a, "Sửa khóa \"sheet\" trong %s hoặc đổi tên trang.", b->k->side));
        gb_buf_release(&names);
        b->stop = true;
        return;
    }
    b->k->r->sheet = s->name[i];
    for (int k = 0; k < r->n; k++)
        if (gb_streq(r->v[k].id, s->id[i]) && gb_streq(r->v[k].type, "worksheet"))
            b->sheet_part = r->v[k].target;
    if (!b->sheet_part) {
        gb_refuse_file(b->k, "RF-sheet", 0, "sheet", gb_sprintf(a, "trang \"%s\" không phải bảng tính", s->name[i]),
                       "trang tính có bảng số liệu", "Đưa trang có bảng số liệu lên đầu, hoặc ghi tên trang vào khóa \"sheet\".");
        b->stop = true;
    }
}

static bool read_workbook(struct gb_workbook *b)
{
    struct gb_arena *a = &b->k->r->arena;
    struct relations *r = GB_NEW(a, struct relations);
    struct sheets *s = GB_NEW(a, struct sheets);
    if (!read_relations(b, r, "", ""))
        return false;
    const char *book = target_of_type(r, "officeDocument");
    if (!book) {
        gb_workbook_broken(b, "không phải sổ tính", "tệp .xlsx do Excel hoặc LibreOffice lưu", NULL);
        return false;
    }
    const char *slash = strrchr(book, '/');
    const char *folder = slash ? gb_strndup(a, book, (size_t)(slash - book) + 1) : "";
    if (!read_relations(b, r, folder, slash ? slash + 1 : book))
        return false;
    b->strings_part = target_of_type(r, "sharedStrings");
    b->styles_part = target_of_type(r, "styles");
    s->b = b;
    const struct gb_part_reader reader = { .ctx = s, .start = on_workbook };
    if (!gb_workbook_part(b, book, false, &reader))
        return false;
    choose_sheet(b, s, r);
    return !b->stop;
}

/* ---- strings ------------------------------------------------------------------------------------------------------- */
struct strings {
    struct gb_workbook *b;
    size_t from;
    int phonetic; /* depth inside <rPh>: how a word is read, not what stands in the cell */
    bool in_text;
};

static void on_string_start(void *ctx, const char *name, const char **attr)
{
    struct strings *s = ctx;
    (void)attr;
    if (gb_streq(name, "si"))
        s->from = s->b->text.n;
    else if (gb_streq(name, "rPh"))
        s->phonetic++;
    else if (gb_streq(name, "t"))
        s->in_text = s->phonetic == 0;
}

static void on_string_text(void *ctx, const char *p, size_t n)
{
    struct strings *s = ctx;
    if (s->in_text)
        gb_buf_add(&s->b->text, p, n);
}

static void on_string_end(void *ctx, const char *name)
{
    struct strings *s = ctx;
    struct gb_workbook *b = s->b;
    if (gb_streq(name, "t"))
        s->in_text = false;
    else if (gb_streq(name, "rPh") && s->phonetic)
        s->phonetic--;
    if (!gb_streq(name, "si"))
        return;
    if (b->n_strings == GB_XLSX_MAX_STRINGS) {
        gb_refuse_file(b->k, "RF-limit", 0, NULL, "quá 2.000.000 chuỗi khác nhau", "tối đa 2.000.000 chuỗi một sổ tính",
                       "Chia tệp theo tháng hoặc theo chỉ số.");
        b->stop = true;
        return;
    }
    b->string = gb_grow(b->string, &b->cap_strings, b->n_strings + 1, sizeof *b->string);
    b->string[b->n_strings++] = (struct gb_string_at){ (uint32_t)s->from, (uint32_t)(b->text.n - s->from) };
}

/* ---- styles -------------------------------------------------------------------------------------------------------- */
enum { MAX_FORMATS = 2000, MAX_STYLES = 65536 };
struct styles {
    struct gb_workbook *b;
    bool in_formats, in_styles;
    int id[MAX_FORMATS], n;
    enum gb_cell_form form[MAX_FORMATS];
};

static int small_number(const char *s)
{
    int v = 0;
    if (!s || !*s)
        return -1;
    for (; *s; s++) {
        if (*s < '0' || *s > '9' || v > 100000000)
            return -1;
        v = v * 10 + (*s - '0');
    }
    return v;
}

static void on_style_start(void *ctx, const char *name, const char **attr)
{
    struct styles *s = ctx;
    struct gb_workbook *b = s->b;
    s->in_formats = gb_streq(name, "numFmts") || (s->in_formats && gb_streq(name, "numFmt"));
    if (gb_streq(name, "cellXfs"))
        s->in_styles = true;
    const int id = small_number(gb_attr(attr, "numFmtId"));
    const char *code = gb_attr(attr, "formatCode");
    if (s->in_formats && gb_streq(name, "numFmt") && code && id >= 0 && s->n < MAX_FORMATS) {
        s->id[s->n] = id;
        s->form[s->n++] = gb_form_of_code(code);
    }
    if (!s->in_styles || !gb_streq(name, "xf"))
        return;
    enum gb_cell_form form = gb_form_of_id(id);
    for (int i = 0; i < s->n; i++)
        if (s->id[i] == id)
            form = s->form[i];
    if (b->n_forms == MAX_STYLES || s->n == MAX_FORMATS) {
        gb_workbook_broken(b, "quá nhiều kiểu ô", "tối đa 65.536 kiểu, 2.000 định dạng số", NULL);
        return;
    }
    b->form = gb_grow(b->form, &b->cap_forms, b->n_forms + 1, 1);
    b->form[b->n_forms++] = (unsigned char)form;
}

static void on_style_end(void *ctx, const char *name)
{
    struct styles *s = ctx;
    if (gb_streq(name, "cellXfs"))
        s->in_styles = false;
    if (gb_streq(name, "numFmts"))
        s->in_formats = false;
}

void gb_read_xlsx(struct gb_reading *k)
{
    struct gb_workbook b = { .k = k };
    if (gb_workbook_open(&b) && read_workbook(&b)) {
        struct strings strings = { .b = &b };
        struct styles *styles = GB_NEW(&k->r->arena, struct styles);
        styles->b = &b;
        const struct gb_part_reader read_strings = { &strings, on_string_start, on_string_end, on_string_text };
        const struct gb_part_reader read_styles = { .ctx = styles, .start = on_style_start, .end = on_style_end };
        if ((!b.strings_part || gb_workbook_part(&b, b.strings_part, false, &read_strings)) &&
            (!b.styles_part || gb_workbook_part(&b, b.styles_part, false, &read_styles))) {
            struct gb_table *t = gb_table_new(&b);
            gb_sheet_read(&b, t);
            gb_table_end(t);
        }
    }
    gb_workbook_close(&b);
}
