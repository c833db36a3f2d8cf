/* document/phrase_int.h — what the two files of the sentence maker share. Not for other rooms. */
#ifndef GB_DOCUMENT_PHRASE_INT_H
#define GB_DOCUMENT_PHRASE_INT_H
#include "document/phrase.h"

/** "Phường Hạc Thành" -> "phường Hạc Thành". */
const char *gb_phrase_place(struct gb_arena *a, const char *name);
#endif
