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
/** Order of keys: (indicator_i, region_i). */
static inline bool gb_series_before(const struct gb_series *a, const struct gb_series *b)
{
    return a->indicator_i != b->indicator_i ? a->indicator_i < b->indicator_i : a->region_i < b->region_i;
}
/** Order of what is withheld: (indicator_i, period, region_i). */
static inline bool gb_hidden_before(const struct gb_cube_hidden *a, const struct gb_cube_hidden *b)
{
    if (a->indicator_i != b->indicator_i)
        return a->indicator_i < b->indicator_i;
    return a->period != b->period ? a->period < b->period : a->region_i < b->region_i;
}

/** Stable sort of keys (period << 32 | order) by merging the ascending runs that are there already.
 * @param tmp  room for n keys. @return where the result is: key or tmp. */
uint64_t *gb_merge_runs(uint64_t *key, uint64_t *tmp, size_t n);
#endif
