/* document/phrase_int.h — what the two files of the sentence maker share. Not for other rooms. */
#ifndef GB_DOCUMENT_PHRASE_INT_H
#define GB_DOCUMENT_PHRASE_INT_H
#include "document/phrase.h"

/** "Tỷ lệ hộ nghèo" -> "tỷ lệ hộ nghèo"; "GRDP", "PM2,5" stay. Arena-owned, or s itself. */
const char *gb_phrase_lower_first(struct gb_arena *a, const char *s);
/** "Phường Hạc Thành" -> "phường Hạc Thành". */
const char *gb_phrase_place(struct gb_arena *a, const char *name);
#endif
