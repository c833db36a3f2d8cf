/* mask.c — series of which some figures are withheld below GB_PART_STATISTICS (cube.h). The maker of a cube sets the masks; whoever receives its
 * parts has first the mask, and, if it may, the series itself in the mask's place: one position, one key, so that nothing
 * that was found by either moves. */
#include "cube/cube_int.h"
#include <stdlib.h>

void gb_cube_count_mask(struct gb_cube *cube, int indicator_i, int by)
{
    if (!cube->masked)
        cube->masked = GB_NEW_N(&cube->arena, (size_t)gb_n_indicator_keys(cube->catalogue), int32_t);
    cube->masked[indicator_i] += by;
}

void gb_cube_set_hidden(struct gb_cube *cube, const struct gb_cube_hidden *v, size_t n)
{
    gb_assert(cube->n_hidden == 0);
    if (n == 0)
        return;
    cube->hidden = memcpy(GB_NEW_N(&cube->arena, n, struct gb_cube_hidden), v, n * sizeof *v);
    cube->n_hidden = n;
}

static bool same_shape(const struct gb_series *a, const struct gb_series *b)
{
    return a->n == b->n && memcmp(a->period, b->period, a->n * sizeof *a->period) == 0;
}

void gb_cube_set_masks(struct gb_cube *cube, const struct gb_series *v, size_t n)
{
    gb_assert(!cube->suppressed);
    cube->suppressed = true;
    if (n == 0)
        return;
    cube->mask = memcpy(GB_NEW_N(&cube->arena, n, struct gb_series), v, n * sizeof *v);
    cube->n_masks = n;
    for (size_t i = 0; i < n; i++) {
        const struct gb_series *s = gb_cube_series(cube, v[i].indicator_i, v[i].region_i);
        gb_assert(s && s->part == v[i].part && s->part < GB_PART_STATISTICS && (v[i].flags & GB_SERIES_MASKED) &&
                  same_shape(s, &v[i]));
        gb_assert(i == 0 || gb_series_before(&v[i - 1], &v[i]));
    }
}

void gb_cube_reveal(struct gb_cube *cube, const struct gb_series *s)
{
    const struct gb_series *found = gb_cube_series(cube, s->indicator_i, s->region_i);
    gb_assert(found && (found->flags & GB_SERIES_MASKED) && same_shape(found, s));
    struct gb_series *at = &cube->series[found - cube->series];
    uint8_t part = at->part;
    *at = *s;
    at->part = part;
    at->flags &= (uint8_t)~GB_SERIES_MASKED;
    gb_cube_count_mask(cube, s->indicator_i, -1);
    cube->reveal = gb_grow(cube->reveal, &cube->cap_reveals, cube->n_reveals + 1, sizeof *cube->reveal);
    cube->reveal[cube->n_reveals++] = (int32_t)(at - cube->series);
}

/* The masks ascend by key. */
static const struct gb_series *mask_of(const struct gb_cube *cube, const struct gb_series *s)
{
    size_t lo = 0, hi = cube->n_masks;
    while (lo < hi) {
        const size_t mid = lo + (hi - lo) / 2;
        if (gb_series_before(&cube->mask[mid], s))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < cube->n_masks && !gb_series_before(s, &cube->mask[lo]) ? &cube->mask[lo] : NULL;
}

static int by_key(const void *pa, const void *pb)
{
    const struct gb_series *a = *(const struct gb_series *const *)pa, *b = *(const struct gb_series *const *)pb;
    return gb_series_before(a, b) ? -1 : gb_series_before(b, a);
}

const struct gb_series **gb_cube_handed_on(const struct gb_cube *cube, int part, size_t *n)
{
    const struct gb_catalogue *c = cube->catalogue;
    const size_t from = cube->part_first[part], to = cube->part_first[part + 1];
    size_t cap = 0;
    const struct gb_series **out =
        gb_grow(NULL, &cap, to - from + (part == GB_PART_STATISTICS ? cube->n_masks : 0) + 1, sizeof *out);
    *n = 0;
    for (size_t i = from; i < to; i++) {
        const struct gb_series *s = &cube->series[i], *mask = part < GB_PART_STATISTICS ? mask_of(cube, s) : NULL;
        if (part < GB_PART_STATISTICS && !cube->suppressed && s->indicator_i < c->n_indicators &&
            c->indicator[s->indicator_i].small_count_k > 0 && s->region_i != c->locality.root_region)
            gb_bug("a part with small counts is handed on without suppression");
        out[(*n)++] = mask ? mask : s;
    }
    if (part != GB_PART_STATISTICS || cube->n_masks == 0)
        return out;
    for (size_t i = 0; i < cube->n_masks; i++)
        out[(*n)++] = gb_cube_series(cube, cube->mask[i].indicator_i, cube->mask[i].region_i);
    qsort(out, *n, sizeof *out, by_key);
    return out;
}
