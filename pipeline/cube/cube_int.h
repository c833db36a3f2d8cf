/* cube/cube_int.h — inside the cube room: what may be tested alone, and what a failed read undoes. */
#ifndef GB_CUBE_CUBE_INT_H
#define GB_CUBE_CUBE_INT_H
#include "cube/cube.h"

/** Drop the series of a part that was begun and not ended. */
void gb_cube_drop_open(struct gb_cube *cube);

/** One masked series more (by = 1) or fewer of an indicator in this process. */
void gb_cube_count_mask(struct gb_cube *cube, int indicator_i, int by);
/** What a part hands on, ascending by key: its own series, masks in the place of masked ones; with GB_PART_STATISTICS also the whole ones of
 * the parts before it. Heap: the caller frees. */
const struct gb_series **gb_cube_handed_on(const struct gb_cube *cube, int part, size_t *n);
/** Stable sort of keys (period << 32 | order) by merging the ascending runs that are there already.
 * @param tmp  room for n keys. @return where the result is: key or tmp. */
uint64_t *gb_merge_runs(uint64_t *key, uint64_t *tmp, size_t n);
#endif
