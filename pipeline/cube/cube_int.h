/* cube/cube_int.h — inside the cube room: what may be tested alone, and what a failed read undoes. */
#ifndef GB_CUBE_CUBE_INT_H
#define GB_CUBE_CUBE_INT_H
#include "cube/cube.h"

/** Drop the series of a part that was begun and not ended. */
void gb_cube_drop_open(struct gb_cube *cube);

/** Stable sort of keys (period << 32 | order) by merging the ascending runs that are there already.
 * @param tmp  room for n keys. @return where the result is: key or tmp. */
uint64_t *gb_merge_runs(uint64_t *key, uint64_t *tmp, size_t n);
#endif
