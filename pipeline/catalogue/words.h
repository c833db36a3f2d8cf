/* catalogue/words.h — help for who mistyped a word of a list: in a table (this room) or in a definition (script/). */
#ifndef GB_CATALOGUE_WORDS_H
#define GB_CATALOGUE_WORDS_H
#include "base/str.h"

/** The word of a list that is nearest to `word` by edit distance, or NULL if none is near (more than a third is different). */
const char *gb_nearest(const char *word, const char *const *list, size_t n);
char *gb_join_words(struct gb_arena *a, const char *const *list, size_t n); /* "a, b, c" */
#endif
