/* cube/cube_int.h — inside the cube room: how a finished series gets in without a copy, and what else may be tested alone. */
#ifndef GB_CUBE_CUBE_INT_H
#define GB_CUBE_CUBE_INT_H
#include "cube/cube.h"

/** Like gb_cube_add, but the columns already live in cube->arena. */
void gb_cube_adopt(struct gb_cube *cube, int part, const struct gb_series *s);
/** Drop the series of a part that was begun and not ended. */
void gb_cube_drop_open(struct gb_cube *cube);
/** Columns for n observations in cube->arena; pointers of *s are set, values are the caller's to fill through these. */
struct gb_columns { int32_t *period; int64_t *value; char *status; int32_t *delivery; };
struct gb_columns gb_columns_new(struct gb_arena *a, size_t n);

/** Stable sort of keys (period << 32 | order) by merging the ascending runs that are there already.
 * @param tmp  room for n keys. @return where the result is: key or tmp. */
uint64_t *gb_merge_runs(uint64_t *key, uint64_t *tmp, size_t n);
#endif
