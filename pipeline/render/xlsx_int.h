/* render/xlsx_int.h — a workbook under construction, shared by xlsx_doc.c and xlsx_sector.c (xlsxwriter owner: render/xlsx*).
 *
 * Sticky: the first fault is kept, later calls do nothing. Cells are counted as they are written and counted again in the finished
 * file, because libxlsxwriter on a full disk returns success and a silently short sheet (TRUST.md, facts).
 */
#ifndef GB_RENDER_XLSX_INT_H
#define GB_RENDER_XLSX_INT_H
#include <xlsxwriter.h>
#include "render/render.h"

enum gb_xstyle { GB_X_PLAIN, GB_X_TITLE, GB_X_HEAD, GB_X_WRAP, GB_X_SOFT, GB_X_LINK, GB_X_STRONG, GB_X_N };
struct gb_book {
    lxw_workbook *book;
    lxw_worksheet *sheet;                 /* current */
    lxw_format *style[GB_X_N];
    lxw_format *number[GB_SCALE_MAX + 1]; /* by decimals, made at first use */
    struct gb_arena *arena;
    const char *path;                     /* private file in tmpdir */
    size_t n_cells, n_sheets;
    struct gb_map names; 
    enum gb_code rc;
    struct gb_err *e;
};
void gb_book_open(struct gb_book *b, struct gb_arena *a, const char *tmpdir, const char *title, const struct gb_edition_info *ed, struct gb_err *e);
/** New sheet; the name is cut to 31 characters, cleaned of []:*?/\ and made unique. @return the name used (arena). */
const char *gb_book_sheet(struct gb_book *b, const char *wish);
void gb_book_text(struct gb_book *b, uint32_t row, uint16_t col, const char *s, enum gb_xstyle st);
void gb_book_number(struct gb_book *b, uint32_t row, uint16_t col, int64_t v, int scale, int decimals);
void gb_book_value(struct gb_book *b, uint32_t row, uint16_t col, const struct gb_value *v);
/** A row high enough for so many lines: the library writes no heights, and not every program finds them by itself. */
void gb_book_lines(struct gb_book *b, uint32_t row, int lines);
/** Characters of a text. */
int gb_book_length(const char *s);
/** How many lines a text takes in a column of so many characters. */
int gb_book_lines_of(const char *s, double width_chars);
void gb_book_width(struct gb_book *b, uint16_t first, uint16_t last, double chars);
void gb_book_link(struct gb_book *b, uint32_t row, uint16_t col, const char *sheet, const char *text);
/** Native table over a rectangle whose first row is the header (texts given, unique). */
void gb_book_table(struct gb_book *b, uint32_t row, uint16_t col, uint32_t last_row, uint16_t last_col, const char *const *header, const char *name);
/** Rows above and columns before stay in sight. */
void gb_book_freeze(struct gb_book *b, uint32_t row, uint16_t col);
/** Print set-up: A4, landscape or portrait, repeated head row, page x of y, edition in the header. */
void gb_book_print(struct gb_book *b, const struct gb_edition_info *ed, bool landscape, uint32_t head_row);
/** Finish, count cells in the file, append its bytes; removes the private file. */
enum gb_code gb_book_close(struct gb_book *b, struct gb_buf *out);
#endif
