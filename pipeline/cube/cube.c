/* How a cube is held: series descriptors in one heap array, columns in the arena, and an open-addressing index over
 * (indicator_i, region_i) that is filled when a part is closed. The index holds positions, not pointers, because the array
 * moves while parts are added. Sorting happens at the end of a part and only if the caller did not append in order: the
 * loaders do, tests and rollups need not.
 */
#include "cube/cube_int.h"
#include <stdlib.h>

void gb_cube_init(struct gb_cube *cube, const struct gb_catalogue *c)
{
    *cube = (struct gb_cube){ .catalogue = c };
    gb_arena_init(&cube->arena, 0);
}

void gb_cube_release(struct gb_cube *cube)
{
    gb_arena_release(&cube->arena);
    free(cube->series);
    free(cube->index);
    free(cube->delivery);
    free(cube->reveal);
    *cube = (struct gb_cube){ 0 };
}

struct gb_columns gb_columns_new(struct gb_arena *a, size_t n)
{
    return (struct gb_columns){ .period = GB_NEW_N(a, n, int32_t),
                                .value = GB_NEW_N(a, n, int64_t),
                                .status = GB_NEW_N(a, n, char),
                                .delivery = GB_NEW_N(a, n, int32_t) };
}

void gb_cube_adopt(struct gb_cube *cube, int part, const struct gb_series *s)
{
    gb_assert(part >= cube->n_parts && part < GB_N_PARTS);
    gb_assert(s->indicator_i >= 0 && s->indicator_i < gb_n_indicator_keys(cube->catalogue));
    gb_assert(s->region_i >= 0 && s->region_i < gb_n_region_keys(cube->catalogue));
    if (s->n == 0)
        return;
    if (part > cube->n_parts)
        gb_cube_end_part(cube, part - 1);
    gb_assert(cube->n_series < INT32_MAX);
    cube->series = gb_grow(cube->series, &cube->cap_series, cube->n_series + 1, sizeof *cube->series);
    struct gb_series *to = &cube->series[cube->n_series++];
    *to = *s;
    to->part = (uint8_t)part;
    cube->n_obs += s->n;
    if (s->flags & GB_SERIES_MASKED)
        gb_cube_count_mask(cube, s->indicator_i, 1);
}

void gb_cube_add(struct gb_cube *cube, int part, const struct gb_series *s)
{
    for (uint32_t i = 1; i < s->n; i++)
        gb_assert(s->period[i - 1] < s->period[i]);
    if (s->n == 0)
        return;
    struct gb_columns to = gb_columns_new(&cube->arena, s->n);
    memcpy(to.period, s->period, s->n * sizeof *to.period);
    memcpy(to.value, s->value, s->n * sizeof *to.value);
    memcpy(to.status, s->status, s->n);
    memcpy(to.delivery, s->delivery, s->n * sizeof *to.delivery);
    struct gb_series copy = *s;
    if (s->note) {
        const char **note = GB_NEW_N(&cube->arena, s->n, const char *);
        for (uint32_t i = 0; i < s->n; i++)
            note[i] = gb_strdup(&cube->arena, s->note[i]);
        copy.note = note;
    }
    if (s->n_first)
        copy.first = memcpy(GB_NEW_N(&cube->arena, s->n_first, struct gb_first), s->first, s->n_first * sizeof *s->first);
    copy.period = to.period, copy.value = to.value, copy.status = to.status, copy.delivery = to.delivery;
    gb_cube_adopt(cube, part, &copy);
}

void gb_cube_drop_open(struct gb_cube *cube)
{
    size_t keep = cube->part_first[cube->n_parts];
    for (size_t i = keep; i < cube->n_series; i++) {
        cube->n_obs -= cube->series[i].n;
        if (cube->series[i].flags & GB_SERIES_MASKED)
            gb_cube_count_mask(cube, cube->series[i].indicator_i, -1);
    }
    cube->n_series = keep;
}

static int by_key(const void *a, const void *b)
{
    return gb_series_before(a, b) ? -1 : gb_series_before(b, a);
}

/* Fibonacci hashing of the pair; the table is never walked, so its order shows nowhere. */
static size_t slot_of(int indicator_i, int region_i, size_t cap)
{
    uint64_t h = ((uint64_t)(uint32_t)indicator_i << 32 | (uint32_t)region_i) * UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(h >> 20) & (cap - 1);
}

static void index_put(struct gb_cube *cube, size_t series_i)
{
    const struct gb_series *s = &cube->series[series_i];
    size_t at = slot_of(s->indicator_i, s->region_i, cube->index_cap);
    for (; cube->index[at] >= 0; at = (at + 1) & (cube->index_cap - 1)) {
        const struct gb_series *other = &cube->series[cube->index[at]];
        gb_assert(other->indicator_i != s->indicator_i || other->region_i != s->region_i);
    }
    cube->index[at] = (int32_t)series_i;
}

/* At most half full; a later part that does not fit any more gets a new table with everything in it. */
static void index_range(struct gb_cube *cube, size_t from, size_t to)
{
    if (cube->index_cap < 2 * to) {
        size_t want = 64, heap_cap = 0;
        while (want < 4 * to)
            want *= 2;
        free(cube->index);
        cube->index = gb_grow(NULL, &heap_cap, want, sizeof *cube->index);
        cube->index_cap = want;
        for (size_t i = 0; i < want; i++)
            cube->index[i] = -1;
        from = 0;
    }
    for (size_t i = from; i < to; i++)
        index_put(cube, i);
}

void gb_cube_end_part(struct gb_cube *cube, int part)
{
    gb_assert(part >= cube->n_parts && part < GB_N_PARTS);
    size_t from = cube->part_first[cube->n_parts], to = cube->n_series;
    bool sorted = true;
    for (size_t i = from + 1; i < to && sorted; i++)
        sorted = by_key(&cube->series[i - 1], &cube->series[i]) < 0;
    if (!sorted)
        qsort(&cube->series[from], to - from, sizeof *cube->series, by_key);
    for (int k = cube->n_parts; k <= part; k++)
        cube->part_first[k + 1] = to;
    cube->n_parts = part + 1;
    if (to > from)
        index_range(cube, from, to);
}

static int ack_cmp(const struct gb_cube_ack *a, int indicator_i, int region_i, int32_t period)
{
    if (a->indicator_i != indicator_i)
        return a->indicator_i < indicator_i ? -1 : 1;
    if (a->region_i != region_i)
        return a->region_i < region_i ? -1 : 1;
    return (a->period > period) - (a->period < period);
}

void gb_cube_set_acks(struct gb_cube *cube, const struct gb_cube_ack *v, size_t n)
{
    gb_assert(cube->n_acks == 0);
    if (n == 0)
        return;
    cube->ack = GB_NEW_N(&cube->arena, n, struct gb_cube_ack);
    cube->n_acks = n;
    memcpy(cube->ack, v, n * sizeof *v);
}

size_t gb_cube_ack_from(const struct gb_cube *cube, int indicator_i, int region_i, int32_t period)
{
    size_t lo = 0, hi = cube->n_acks;
    while (lo < hi) {
        const size_t mid = lo + (hi - lo) / 2;
        if (ack_cmp(&cube->ack[mid], indicator_i, region_i, region_i < 0 ? INT32_MIN : period) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* What is made from a withheld figure tells of it: the mark goes on through ratios and weights until nothing changes. */
void gb_cube_set_conflicts(struct gb_cube *cube, const struct gb_cube_conflict *v, size_t n)
{
    const struct gb_catalogue *c = cube->catalogue;
    gb_assert(cube->n_conflicts == 0);
    if (n == 0)
        return;
    cube->conflict = GB_NEW_N(&cube->arena, n, struct gb_cube_conflict);
    cube->n_conflicts = n;
    memcpy(cube->conflict, v, n * sizeof *v);
    bool *w = cube->withheld = GB_NEW_N(&cube->arena, (size_t)gb_n_indicator_keys(c), bool);
    for (size_t i = 0; i < n; i++)
        w[v[i].indicator_i] = true;
    for (bool more = true; more;) {
        more = false;
        for (int i = 0; i < c->n_indicators; i++) {
            const struct gb_indicator *ind = &c->indicator[i];
            bool made = (ind->agg_num >= 0 && w[ind->agg_num]) || (ind->agg_den >= 0 && w[ind->agg_den]);
            if (made && !w[i])
                w[i] = more = true;
        }
    }
}

void gb_cube_set_intake(struct gb_cube *cube, const struct gb_cube_intake *v, size_t n)
{
    gb_assert(cube->n_intake == 0);
    if (n == 0)
        return;
    cube->intake = GB_NEW_N(&cube->arena, n, struct gb_cube_intake);
    cube->n_intake = n;
    memcpy(cube->intake, v, n * sizeof *v);
}

enum gb_part gb_cube_part(const struct gb_cube *cube, int indicator_i)
{
    if (cube->withheld && cube->withheld[indicator_i])
        return GB_PART_ALL;
    return gb_indicator_part(&cube->catalogue->indicator[indicator_i]);
}

const struct gb_series *gb_cube_series(const struct gb_cube *cube, int indicator_i, int region_i)
{
    if (cube->index_cap == 0)
        return NULL;
    for (size_t at = slot_of(indicator_i, region_i, cube->index_cap); cube->index[at] >= 0;
         at = (at + 1) & (cube->index_cap - 1)) {
        const struct gb_series *s = &cube->series[cube->index[at]];
        if (s->indicator_i == indicator_i && s->region_i == region_i)
            return s;
    }
    return NULL;
}

/* Number of observations with a period <= `period`. */
static uint32_t count_upto(const struct gb_series *s, int32_t period)
{
    uint32_t lo = 0, hi = s->n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (s->period[mid] <= period)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

int64_t gb_series_at(const struct gb_series *s, int32_t period)
{
    uint32_t n = count_upto(s, period);
    return n > 0 && s->period[n - 1] == period ? (int64_t)n - 1 : -1;
}

int64_t gb_series_last(const struct gb_series *s, int32_t period)
{
    int64_t i = (int64_t)count_upto(s, period) - 1;
    while (i >= 0 && s->value[i] == GB_VALUE_MISSING)
        i--;
    return i;
}

size_t gb_lower_bound(const void *keys, size_t stride, size_t offset, size_t lo, size_t hi, int32_t key)
{
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int32_t at;
        memcpy(&at, (const char *)keys + mid * stride + offset, sizeof at);
        if (at < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Position of the first delivery whose id is not below `id`. */
static size_t delivery_slot(const struct gb_cube *cube, int32_t id)
{
    return gb_lower_bound(cube->delivery, sizeof *cube->delivery, offsetof(struct gb_cube_delivery, id), 0, cube->n_deliveries,
                          id);
}

void gb_cube_note_delivery(struct gb_cube *cube, const struct gb_cube_delivery *d)
{
    size_t at = delivery_slot(cube, d->id);
    if (at < cube->n_deliveries && cube->delivery[at].id == d->id) {
        struct gb_cube_delivery *known = &cube->delivery[at];
        if (d->n_rows)
            known->n_rows = d->n_rows, known->n_rounded = d->n_rounded, known->n_marked = d->n_marked;
        known->lined = known->lined && d->lined;
        return;
    }
    cube->delivery = gb_grow(cube->delivery, &cube->cap_deliveries, cube->n_deliveries + 1, sizeof *cube->delivery);
    memmove(&cube->delivery[at + 1], &cube->delivery[at], (cube->n_deliveries - at) * sizeof *cube->delivery);
    cube->delivery[at] = *d;
    cube->n_deliveries++;
}

const struct gb_first *gb_series_first(const struct gb_series *s, uint32_t i)
{
    size_t at = gb_lower_bound(s->first, sizeof *s->first, offsetof(struct gb_first, at), 0, s->n_first, (int32_t)i);
    return at < s->n_first && s->first[at].at == i ? &s->first[at] : NULL;
}

int32_t gb_delivery_day(const struct gb_cube_delivery *d)
{
    enum { DAY = 86400, VIETNAM = 7 * 3600 };
    if (d->delivered_utc > 0)
        return (int32_t)((d->delivered_utc + VIETNAM) / DAY);
    return d->as_of.year ? gb_date_to_days(d->as_of) : INT32_MIN;
}

int32_t gb_series_known(const struct gb_cube *cube, const struct gb_series *s, uint32_t i)
{
    const struct gb_first *first = s->n_first ? gb_series_first(s, i) : NULL;
    int32_t id = first ? first->delivery : s->delivery[i];
    const struct gb_cube_delivery *d = id ? gb_cube_delivery_find(cube, id) : NULL;
    return d ? gb_delivery_day(d) : INT32_MIN;
}

bool gb_series_sample(const struct gb_cube *cube, const struct gb_series *s)
{
    bool made_up = (s->flags & GB_SERIES_SAMPLE) != 0;
    int32_t last = 0;
    for (uint32_t k = 0; k < s->n && !made_up; k++) {
        if (s->delivery[k] == last) /* neighbours mostly came together */
            continue;
        last = s->delivery[k];
        const struct gb_cube_delivery *d = gb_cube_delivery_find(cube, last);
        made_up = d && d->sample;
    }
    return made_up;
}

bool gb_cube_sample(const struct gb_cube *cube)
{
    for (size_t i = 0; i < cube->n_series; i++)
        if (gb_series_sample(cube, &cube->series[i]))
            return true;
    return false;
}

const struct gb_cube_delivery *gb_cube_delivery_find(const struct gb_cube *cube, int32_t id)
{
    size_t at = delivery_slot(cube, id);
    return at < cube->n_deliveries && cube->delivery[at].id == id ? &cube->delivery[at] : NULL;
}
