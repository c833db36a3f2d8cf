/* layout/wording.h — the words of a document that stand in none of its nodes: letterhead, numbers of headings, heads of annexes, signature,
 * keys below tables. Paper and web page say them from here, so that both are the same document (NĐ 30/2020/NĐ-CP, Phụ lục I and III). */
#ifndef GB_LAYOUT_WORDING_H
#define GB_LAYOUT_WORDING_H
#include "document/document.h"

/** Does an office below the committee issue it (its name stands under that of the committee)? */
bool gb_by_office(const struct gb_locality *loc);
/** "Số:            /BC-VP": the clerk writes the number in. */
const char *gb_letter_number(struct gb_arena *a, const struct gb_doc *d);
/** "Thanh Hóa, ngày        tháng 11 năm 2026" */
const char *gb_letter_day(struct gb_arena *a, const struct gb_doc *d);
/** "Chế độ đột xuất. Lý do: ..."; NULL when the document has no level. */
const char *gb_letter_mode(struct gb_arena *a, const struct gb_doc *d);
/** Who says it, in one line: head of a one-page sheet. */
const char *gb_sheet_issuer(struct gb_arena *a, const struct gb_doc *d);
/** Title of who signs, without the line "TM. ỦY BAN NHÂN DÂN". */
const char *gb_signer(const struct gb_locality *loc);
#define GB_SIGN_FOR "TM. ỦY BAN NHÂN DÂN" /* stands above the signer unless gb_by_office() */
#define GB_NATION "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
#define GB_MOTTO "Độc lập - Tự do - Hạnh phúc"
#define GB_RECIPIENTS "Nơi nhận:"
#define GB_EMPTY_TABLE "Không có dòng nào trong kỳ."

const char *gb_roman(struct gb_arena *a, int n); /* "XIV" */
/** Counts a heading and gives what stands before it: "I. ", "1. ", "a) ", "- "; "" when the section is not numbered.
 * @param number  GB_LEVEL_MAX + 2 counters, zero at the start of a document and of an annex
 * @param depth   1: sections of the first level, and those right below an annex */
const char *gb_heading_number(struct gb_arena *a, int *number, const struct gb_node *n, int depth);
/** "Phụ lục II", or "Phụ lục" when it is the only one. */
const char *gb_annex_word(struct gb_arena *a, int annex_no, int n_annexes);
/** Its title, without a "Phụ lục: " that the word before it says already. */
const char *gb_annex_title(const struct gb_node *n);
/** "(Kèm theo Báo cáo số ... của ...)" */
const char *gb_annex_of(struct gb_arena *a, const struct gb_doc *d);
/** Does a section lie down (landscape page)? An annex with a wide table does: the decree allows it. */
bool gb_section_lies(const struct gb_node *n);

/** Is the cell a figure in a column of figures? */
bool gb_cell_is_figure(const struct gb_node *table, const struct gb_cell *cell, int column_i);
/** The unit in the head of a column: given, or shared by all its figures; NULL: none, each figure has its own.
 * @param mixed  out: figures of unlike units stand in it */
const char *gb_column_unit(const struct gb_node *table, int column_i, bool *mixed);
/** Do the words of the cell name its state already ("Mức nguy hiểm")? */
bool gb_cell_says_state(const struct gb_cell *cell);
/** What the marks in a table's cells mean: "(sb): sơ bộ; – : không có hoặc không áp dụng."; NULL: there is none. */
const char *gb_table_key(struct gb_arena *a, const char *status, int n_status, bool missing);
#endif
