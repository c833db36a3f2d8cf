/* intake/xlsx_int.h — a workbook, in steps: the archive and its XML parts (xlsx_file.c: the one owner of expat here), what the parts
 * of a workbook say (xlsx_book.c), the cells of a sheet row by row (xlsx_sheet.c), what a cell's number means (xlsx_cell.c), and the
 * table on the sheet (xlsx_table.c), whose rows then go the way of every other row (scan_int.h).
 *
 * Parts are streamed; what stays in memory is the strings of the workbook, one row of cells and the typed rows.
 */
#ifndef GB_INTAKE_XLSX_INT_H
#define GB_INTAKE_XLSX_INT_H
#include "intake/scan_int.h"

#define GB_XLSX_MAX_ENTRIES 1000
#define GB_XLSX_MAX_PART ((size_t)64 << 20) /* inflated */
#define GB_XLSX_MAX_RATIO 100               /* inflated to packed, beyond the first 100 KiB */
#define GB_XLSX_MAX_COLUMN 16384
#define GB_XLSX_MAX_ROW 1048576
#define GB_XLSX_MAX_CELL 32768
#define GB_XLSX_MAX_STRINGS 2000000

enum gb_cell_kind { GB_CELL_TEXT, GB_CELL_NUMBER, GB_CELL_BOOL, GB_CELL_ERROR };
/* How a number is shown: what the person who typed it saw. */
enum gb_cell_form { GB_FORM_PLAIN, GB_FORM_YEAR, GB_FORM_MONTH, GB_FORM_DAY, GB_FORM_HOUR, GB_FORM_TIME, GB_FORM_PERCENT };
struct gb_cell {
    int column; /* 1-based */
    enum gb_cell_kind kind;
    enum gb_cell_form form;
    bool formula;
    struct gb_str s; /* n = 0 only in a formula without a result */
};

struct gb_string_at { uint32_t at, n; };
struct gb_workbook {
    struct gb_reading *k;
    void *zip;        /* zip_t, for xlsx_file.c */
    bool stop;        /* read no further */
    bool date1904;
    const char *sheet_part, *strings_part, *styles_part;
    struct gb_buf text; /* all shared strings, one after the other */
    struct gb_string_at *string; size_t n_strings, cap_strings;
    unsigned char *form; size_t n_forms, cap_forms; /* gb_cell_form by cell style */
};

/* ---- xlsx_file.c ---- */
struct gb_part_reader {
    void *ctx;
    void (*start)(void *ctx, const char *name, const char **attr); /* local name; attributes for gb_attr() */
    void (*end)(void *ctx, const char *name);
    void (*text)(void *ctx, const char *p, size_t n);
};
/** Open the archive in k->p and refuse what no workbook of ours holds. False when it was refused. */
bool gb_workbook_open(struct gb_workbook *b);
void gb_workbook_close(struct gb_workbook *b);
/** Stream one part. False when the file was refused or b->stop was set. A missing part: `optional` true, else refused. */
bool gb_workbook_part(struct gb_workbook *b, const char *path, bool optional, const struct gb_part_reader *r);
/** Value of the attribute with this local name, or NULL. */
const char *gb_attr(const char **attr, const char *name);
/** Refuse the file for its structure and stop. */
void gb_workbook_broken(struct gb_workbook *b, const char *found, const char *expected, const char *remedy);

/* ---- xlsx_cell.c ---- */
/** What a number format shows. */
enum gb_cell_form gb_form_of_code(const char *code);
enum gb_cell_form gb_form_of_id(int id); /* the formats that have no code in the file */
/** A stored number ("0.30000000000000004", "1.2E-3") as the plain decimal that was typed: where there are decimals, 15 significant
 * digits, which is what Excel keeps and shows. `shift` moves the point to the right (2 for per cent). @return bytes, 0: no number. */
size_t gb_number_plain(struct gb_str s, int shift, char out[128]);
/** A date's serial number as a period in the contract's form. False: no such date, or a time that is no whole hour. */
bool gb_serial_period(struct gb_str s, bool date1904, enum gb_cell_form form, char out[24], size_t *n);

/* ---- xlsx_table.c ---- */
struct gb_table;
/** ---- xlsx_sheet.c: read the sheet into the table. */
void gb_sheet_read(struct gb_workbook *b, struct gb_table *t);
struct gb_table *gb_table_new(struct gb_workbook *b);
void gb_table_row(struct gb_table *t, int64_t line, const struct gb_cell *cell, size_t n);
void gb_table_merge(struct gb_table *t, int c1, int64_t r1, int c2, int64_t r2);
void gb_table_end(struct gb_table *t);
#endif
