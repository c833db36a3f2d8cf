/* evaluation/sources.h — inside the evaluation room: which regions feed or face each other, and which are expected to report. */
#ifndef GB_EVALUATION_SOURCES_H
#define GB_EVALUATION_SOURCES_H
#include "cube/cube.h"

struct gb_sources {
    const struct gb_catalogue *catalogue;
    bool *below_root;         /* per region: a descendant of the locality's root, not the root */
    int32_t *from, *to;       /* per region: first and last valid day over all its versions, as days */
};
/** Arrays live in the arena. */
void gb_sources_init(struct gb_sources *src, struct gb_arena *a, const struct gb_catalogue *c);
/** True if a region is of the level at which the indicator is delivered, below the root. */
bool gb_is_source(const struct gb_sources *src, int indicator_i, int region_i);
/** True if the region exists on some day of [from, to]. */
static inline bool gb_exists_in(const struct gb_sources *src, int region_i, int32_t from, int32_t to)
{
    return src->from[region_i] <= to && src->to[region_i] >= from;
}
/** Series of one indicator within a part: [*from, *to). */
void gb_series_range(const struct gb_cube *cube, int part, int indicator_i, size_t *from, size_t *to);
/** True if the series has a value in some period. */
bool gb_series_any(const struct gb_series *s);
/** The last period of the indicator `other` that starts no later than period `p` of `ind` ends. Months, quarters and years go by their
 * names, so that month 12 never asks for next year, whose administrative form has begun on the 15th. */
int32_t gb_period_across(const struct gb_indicator *ind, int32_t p, const struct gb_indicator *other);
#endif
