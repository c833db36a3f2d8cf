/* xlsx.c — opening, filling, closing and re-reading a workbook. libxlsxwriter 1.1.4 reports success for things that went wrong, so:
 * every return and pointer is checked, text is valid UTF-8 of at most 32,767 bytes, numbers are finite, the creation time is the
 * business date, and the finished file is opened again and its cells are counted (TRUST.md 34).
 */
#include <math.h>
#include <stdio.h>
#include <unistd.h>
#include <zip.h>
#include "base/file.h"
#include "base/utf8.h"
#include "render/xlsx_int.h"

#define TEXT_MAX 32767

static bool live(const struct gb_book *b)
{
    return b->rc == GB_OK;
}

static void check(struct gb_book *b, lxw_error err)
{
    if (err != LXW_NO_ERROR && live(b))
        b->rc = gb_fail(b->e, GB_E_IO, "tệp Excel %s: %s", gb_path_base(b->path), lxw_strerror(err));
}

static lxw_format *format(struct gb_book *b)
{
    lxw_format *f = workbook_add_format(b->book);
    if (!f)
        gb_oom();
    format_set_font_name(f, "Arial");
    format_set_font_size(f, 10);
    format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    return f;
}

static void styles(struct gb_book *b)
{
    for (int i = 0; i < GB_X_N; i++)
        b->style[i] = format(b);
    format_set_bold(b->style[GB_X_TITLE]);
    format_set_font_size(b->style[GB_X_TITLE], 14);
    format_set_bold(b->style[GB_X_HEAD]);
    format_set_text_wrap(b->style[GB_X_HEAD]);
    format_set_bottom(b->style[GB_X_HEAD], LXW_BORDER_THIN);
    format_set_text_wrap(b->style[GB_X_WRAP]);
    format_set_font_color(b->style[GB_X_SOFT], 0x57606A);
    format_set_align(b->style[GB_X_SOFT], LXW_ALIGN_RIGHT); /* it stands where a number would */
    format_set_font_color(b->style[GB_X_LINK], 0x0B4F8A);
    format_set_underline(b->style[GB_X_LINK], LXW_UNDERLINE_SINGLE);
    format_set_bold(b->style[GB_X_STRONG]);
}

void gb_book_open(struct gb_book *b, struct gb_arena *a, const char *tmpdir, const char *title, const struct gb_edition_info *ed,
                  struct gb_err *e)
{
    *b = (struct gb_book){ .arena = a, .rc = GB_OK, .e = e };
    b->path = gb_path_join(a, tmpdir, "book.xlsx");
    gb_map_init(&b->names);
    (void)unlink(b->path); /* a leftover of an earlier job in the same private directory */
    lxw_workbook_options opt = { .constant_memory = LXW_FALSE, .tmpdir = gb_strdup(a, tmpdir), .use_zip64 = LXW_FALSE };
    b->book = workbook_new_opt(b->path, &opt);
    if (!b->book)
        gb_oom();
    /* lxw_doc_properties.created: seconds at noon UTC of the business date, whatever the zone of the machine */
    lxw_doc_properties p = { .title = gb_strdup(a, title),
                             .author = gb_strdup(a, "giaoban"),
                             .created = (time_t)gb_date_to_days(ed->date) * 86400 + 43200 };
    check(b, workbook_set_properties(b->book, &p));
    styles(b);
}

static const char *clean_name(struct gb_book *b, const char *wish)
{
    char name[31 * 4 + 1];
    size_t used = 0, chars = 0;
    const char *p = wish, *end = wish + strlen(wish);
    while (p < end && chars < 31) {
        const char *q = p;
        uint32_t cp = gb_utf8_next(&p, end);
        if (cp < 0x80 && strchr("[]:*?/\\", (int)cp)) {
            name[used++] = '-';
            chars++;
            continue;
        }
        if (cp == '\'' && (chars == 0)) {
            name[used++] = '-';
            chars++;
            continue;
        }
        if (cp > 0xFFFF)
            continue; /* Excel counts UTF-16 units: leave out what needs two */
        memcpy(name + used, q, (size_t)(p - q));
        used += (size_t)(p - q);
        chars++;
    }
    if (used && name[used - 1] == '\'')
        name[used - 1] = '-';
    return used ? gb_strndup(b->arena, name, used) : "Trang";
}

const char *gb_book_sheet(struct gb_book *b, const char *wish)
{
    const char *name = clean_name(b, wish);
    for (int k = 2; gb_map_find_c(&b->names, gb_fold_search(b->arena, name)) >= 0; k++) { /* Excel compares without case */
        char tail[16];
        int t = snprintf(tail, sizeof tail, " (%d)", k);
        const char *base = clean_name(b, wish), *p = base, *end = base + strlen(base);
        for (int chars = 0; p < end && chars < 31 - t; chars++)
            (void)gb_utf8_next(&p, end);
        name = gb_sprintf(b->arena, "%.*s%s", (int)(p - base), base, tail);
    }
    const char *key = gb_fold_search(b->arena, name);
    gb_map_put(&b->names, key, strlen(key), 1);
    if (!live(b))
        return name;
    b->sheet = workbook_add_worksheet(b->book, name);
    if (!b->sheet) {
        b->rc = gb_fail(b->e, GB_E_BUG, "tên trang tính '%s' không được Excel chấp nhận", name);
        return name;
    }
    b->n_sheets++;
    if (b->n_sheets == 1)
        worksheet_activate(b->sheet);
    return name;
}

void gb_book_text(struct gb_book *b, uint32_t row, uint16_t col, const char *s, enum gb_xstyle st)
{
    if (!live(b) || !s || !*s)
        return;
    size_t n = strlen(s);
    if (n > TEXT_MAX || gb_text_check(s, n, NULL) != GB_TEXT_OK) {
        b->rc = gb_fail(b->e, GB_E_REPORT, "ô %u,%u: chữ không hợp lệ hoặc quá dài", row + 1, col + 1u);
        return;
    }
    check(b, worksheet_write_string(b->sheet, row, col, s, b->style[st]));
    b->n_cells++;
}

void gb_book_number(struct gb_book *b, uint32_t row, uint16_t col, int64_t v, int scale, int decimals)
{
    if (!live(b))
        return;
    if (!b->number[decimals]) {
        char pattern[24] = "#,##0";
        if (decimals > 0) {
            pattern[5] = '.';
            memset(pattern + 6, '0', (size_t)decimals);
            pattern[6 + decimals] = 0;
        }
        b->number[decimals] = format(b);
        format_set_num_format(b->number[decimals], pattern);
    }
    double d = gb_dec_to_double(v, scale); /* nearest double of the exact decimal: Excel knows no other number */
    gb_assert(isfinite(d));
    check(b, worksheet_write_number(b->sheet, row, col, d, b->number[decimals]));
    b->n_cells++;
}

void gb_book_value(struct gb_book *b, uint32_t row, uint16_t col, const struct gb_value *v)
{
    if (v->kind == GB_V_NUM) {
        int64_t rounded;
        if (gb_dec_rescale(v->num, v->scale, v->decimals, &rounded))
            gb_book_number(b, row, col, rounded, v->decimals, v->decimals);
        return;
    }
    struct gb_buf t = { 0 };
    gb_value_text(v, GB_WITH_UNIT, &t);
    gb_book_text(b, row, col, t.p, v->kind == GB_V_MISSING ? GB_X_SOFT : GB_X_PLAIN);
    gb_buf_release(&t);
}

void gb_book_width(struct gb_book *b, uint16_t first, uint16_t last, double chars)
{
    if (live(b))
        check(b, worksheet_set_column(b->sheet, first, last, chars, NULL));
}

int gb_book_length(const char *s)
{
    int n = 0;
    for (const char *p = s, *end = s + strlen(s); p < end; n++)
        (void)gb_utf8_next(&p, end);
    return n;
}

int gb_book_lines_of(const char *s, double width_chars)
{
    int room = (int)width_chars,
        n = s ? gb_book_length(s) : 0; /* letters are narrower than the figures a width counts: room for ragged edges */
    return n <= room ? 1 : (n + room - 1) / room;
}

void gb_book_lines(struct gb_book *b, uint32_t row, int lines)
{
    if (live(b) && lines > 1)
        check(b, worksheet_set_row(b->sheet, row, 13.0 * (lines > 30 ? 30 : lines) + 2, NULL)); /* Excel: 409 points at most */
}

void gb_book_link(struct gb_book *b, uint32_t row, uint16_t col, const char *sheet, const char *text)
{
    if (!live(b))
        return;
    struct gb_buf url = { 0 };
    gb_buf_adds(&url, "internal:'");
    for (const char *p = sheet; *p; p++) {
        if (*p == '\'')
            gb_buf_addc(&url, '\'');
        gb_buf_addc(&url, *p);
    }
    gb_buf_adds(&url, "'!A1");
    check(b, worksheet_write_url_opt(b->sheet, row, col, url.p, b->style[GB_X_LINK], text, NULL));
    b->n_cells++;
    gb_buf_release(&url);
}

void gb_book_table(struct gb_book *b, uint32_t row, uint16_t col, uint32_t last_row, uint16_t last_col, const char *const *header,
                   const char *name)
{
    if (!live(b) || last_row <= row)
        return; /* a head without rows is no table to the library */
    size_t n = (size_t)(last_col - col) + 1;
    lxw_table_column *c = GB_NEW_N(b->arena, n, lxw_table_column);
    lxw_table_column **list = GB_NEW_N(b->arena, n + 1, lxw_table_column *);
    for (size_t i = 0; i < n; i++) {
        c[i].header = gb_strdup(b->arena, header[i]);
        c[i].header_format = b->style[GB_X_HEAD];
        list[i] = &c[i];
    }
    lxw_table_options opt = { .name = gb_strdup(b->arena, name),
                              .columns = list,
                              .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                              .style_type_number = 1,
                              .no_autofilter = LXW_FALSE };
    check(b, worksheet_add_table(b->sheet, row, col, last_row, last_col, &opt));
    b->n_cells += n; /* the header texts */
}

void gb_book_freeze(struct gb_book *b, uint32_t row, uint16_t col)
{
    if (live(b))
        worksheet_freeze_panes(b->sheet, row, col);
}

void gb_book_print(struct gb_book *b, const struct gb_edition_info *ed, bool landscape, uint32_t head_row)
{
    if (!live(b))
        return;
    worksheet_set_paper(b->sheet, 9); /* A4 */
    if (landscape)
        worksheet_set_landscape(b->sheet);
    else
        worksheet_set_portrait(b->sheet);
    worksheet_fit_to_pages(b->sheet, 1, 0);
    check(b, worksheet_repeat_rows(b->sheet, head_row, head_row));
    check(b, worksheet_set_header(b->sheet, gb_sprintf(b->arena, "&L&8Ấn bản %s&R&8Mã đối chiếu %s", ed->id, ed->short_hash)));
    check(b, worksheet_set_footer(b->sheet, "&C&8Trang &P/&N"));
}

/* Count `<c ` elements of one part. The text is our own library's: a cell starts exactly so, and `<` in data is escaped. */
static bool count_part(zip_t *z, zip_uint64_t i, size_t *cells)
{
    zip_stat_t st;
    zip_file_t *f = zip_fopen_index(z, i, 0);
    if (!f)
        return false;
    bool ok = zip_stat_index(z, i, 0, &st) == 0;
    char chunk[65536 + 3];
    size_t keep = 0;
    zip_uint64_t total = 0;
    zip_int64_t got = 0;
    while (ok && (got = zip_fread(f, chunk + keep, 65536)) > 0) {
        size_t n = keep + (size_t)got;
        total += (zip_uint64_t)got;
        for (size_t k = 0; k + 2 < n; k++)
            *cells += chunk[k] == '<' && chunk[k + 1] == 'c' && chunk[k + 2] == ' ';
        keep = n < 2 ? n : 2;
        memmove(chunk, chunk + n - keep, keep);
    }
    ok = ok && got == 0 && total == st.size;
    return zip_fclose(f) == 0 && ok; /* also the CRC was checked */
}

static enum gb_code recount(struct gb_book *b)
{
    int code = 0;
    size_t cells = 0, sheets = 0;
    bool ok = true;
    zip_t *z = zip_open(b->path, ZIP_RDONLY | ZIP_CHECKCONS, &code);
    if (!z)
        return gb_fail(b->e, GB_E_IO, "tệp Excel vừa ghi không mở lại được (lỗi zip %d); hãy xem đĩa còn chỗ không", code);
    zip_int64_t n = zip_get_num_entries(z, 0);
    for (zip_int64_t i = 0; i < n && ok; i++) {
        const char *name = zip_get_name(z, (zip_uint64_t)i, 0);
        if (!name || !gb_starts_with(name, "xl/worksheets/sheet"))
            continue;
        sheets++;
        ok = count_part(z, (zip_uint64_t)i, &cells);
    }
    zip_discard(z);
    if (!ok || sheets != b->n_sheets || cells != b->n_cells)
        return gb_fail(b->e, GB_E_IO, "tệp Excel vừa ghi thiếu dữ liệu: %zu/%zu ô, %zu/%zu trang; hãy xem đĩa còn chỗ không",
                       cells, b->n_cells, sheets, b->n_sheets);
    return GB_OK;
}

enum gb_code gb_book_close(struct gb_book *b, struct gb_buf *out)
{
    lxw_error err = workbook_close(b->book); /* frees the book whatever happens */
    check(b, err);
    if (live(b))
        b->rc = recount(b);
    if (live(b))
        b->rc = gb_file_read(b->path, (size_t)1 << 30, out, b->e);
    (void)unlink(b->path); /* private scratch: the release writes its own copy */
    gb_map_release(&b->names);
    return b->rc;
}
