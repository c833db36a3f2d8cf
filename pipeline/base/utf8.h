/* base/utf8.h — Unicode as this house needs it: strict UTF-8, NFC, Vietnamese folding and collation (utf8proc owner).
 *
 * Collation follows CLDR `vi` (DOMAIN.md b): letters a ă â b c d đ e ê ..., then tones ngang huyền hỏi ngã sắc nặng, then case.
 */
#ifndef GB_BASE_UTF8_H
#define GB_BASE_UTF8_H
#include "base/str.h"

enum gb_text_fault {
    GB_TEXT_OK = 0, GB_TEXT_BAD_UTF8, GB_TEXT_NUL, GB_TEXT_CONTROL, GB_TEXT_BIDI, GB_TEXT_ZERO_WIDTH, GB_TEXT_UNASSIGNED
};
/** Check text by TRUST.md 16: strict UTF-8, no NUL, no C0 but tab CR LF, no bidi controls, no zero width, nothing unassigned.
 * ASCII runs are skipped 8 bytes at a time. @param at out (may be NULL): byte offset of the first fault. */
enum gb_text_fault gb_text_check(const char *p, size_t n, size_t *at);
/** Vietnamese description of a fault, for receipts. */
const char *gb_text_fault_vi(enum gb_text_fault f);
/** Decode one code point of VALID UTF-8 and advance. 0 at the end. */
uint32_t gb_utf8_next(const char **p, const char *end);
size_t gb_utf8_encode(uint32_t cp, char out[4]);
size_t gb_utf8_length(const char *s); /* code points */
/** NFC copy in the arena (returns the same bytes for ASCII without work). Input must be valid UTF-8. */
char *gb_nfc(struct gb_arena *a, const char *s, size_t n);
bool gb_is_nfc(const char *s, size_t n);
/** Fold for search and matching: lower case, no diacritics, đ -> d, blanks squeezed. "Đắk Lắk" -> "dak lak". */
char *gb_fold_search(struct gb_arena *a, const char *s);
/** Fold only the place of the tone mark in oa oe uy: "Hoá" and "Hóa" give the same text (lower case). DOMAIN.md b. */
char *gb_fold_tone_place(struct gb_arena *a, const char *s);
/** Compare by Vietnamese collation. <0, 0, >0. Total order (ties by bytes). Input valid UTF-8. */
int gb_collate_vi(const char *a, const char *b);
/** Upper case by Unicode simple mapping ("Ủy ban" -> "ỦY BAN"). */
char *gb_upper(struct gb_arena *a, const char *s);
/** First letter upper case. */
char *gb_capitalise(struct gb_arena *a, const char *s);
#endif
