/* From replayed segments to series.
 *
 * The store hands over one indicator's segments after another, each group in replay order. Rows of a group are gathered in one
 * scratch array (24 bytes a row), then: a counting sort by region keeps replay order within a region; a region whose periods
 * already ascend (the rule: deliveries come in time order) is done; otherwise its ascending runs are merged by
 * (period, order). Of equal periods the last one stays, whatever it says: a later M withdraws an earlier value. No memory is
 * claimed per row, and each row is moved twice.
 * Rejected: one hash table over all keys (1.8 million random accesses: 10 times slower), qsort of a whole indicator.
 * Region codes become indexes through a small cache over the *pointers* of a segment, which repeat within it; it is emptied
 * for each segment, since pointers are only valid until the callback returns.
 */
#include "cube/cube_int.h"
#include <stdlib.h>

enum { CACHE_SLOTS = 1024 };
struct row {
    int64_t value;
    int32_t period, region_i, delivery;
    char status;
};
struct cached {
    const char *code;
    uint32_t segment;
    int32_t region_i;
};
struct block {
    size_t first, n;
}; /* series of one indicator in `series` */

struct loading {
    struct gb_cube *cube;
    const struct gb_catalogue *c;
    uint64_t orphans;
    char *code; /* indicator of the open group, heap; NULL before the first */
    size_t cap_code;
    int indicator_i; /* -1: the catalogue does not know it */
    struct row *row;
    size_t n, cap;
    struct gb_cube_ack *ack; /* in replay order, not yet each key once */
    size_t n_acks, cap_acks;
    const char **note; /* beside row[], for the indicator of tasks alone: others' notes are for whoever explains a figure */
    size_t cap_note;
    uint32_t *order;
    size_t cap_order;
    uint64_t *key, *tmp;
    size_t cap_key, cap_tmp;
    uint32_t *first; /* n_regions + 1 */
    size_t cap_first;
    struct gb_first *told; /* first versions of what came more than once, of the open group */
    size_t n_told, cap_told;
    struct gb_series *series;
    size_t n_series, cap_series;
    struct block *block; /* per indicator */
    size_t cap_block;
    struct cached cache[CACHE_SLOTS];
    uint32_t segment;
};

uint64_t *gb_merge_runs(uint64_t *key, uint64_t *tmp, size_t n)
{
    for (;;) {
        size_t out = 0, n_merges = 0;
        while (out < n) {
            size_t a = out, m = a + 1;
            while (m < n && key[m - 1] <= key[m])
                m++;
            size_t b = m, end = m < n ? m + 1 : m;
            while (end < n && key[end - 1] <= key[end])
                end++;
            n_merges++;
            while (a < m && b < end)
                tmp[out++] = key[a] <= key[b] ? key[a++] : key[b++];
            while (a < m)
                tmp[out++] = key[a++];
            while (b < end)
                tmp[out++] = key[b++];
        }
        uint64_t *swap = key;
        key = tmp;
        tmp = swap;
        if (n_merges <= 1)
            return key;
    }
}

/* Of the versions order[from..to) of one observation, which will be the at-th of its series: remember the first one with a value. */
static void tell_first(struct loading *l, const uint64_t *sorted, size_t from, size_t to, size_t at)
{
    for (size_t i = from; i + 1 < to; i++) {
        const struct row *r = &l->row[(uint32_t)sorted[i]];
        if (r->value == GB_VALUE_MISSING || r->status == 'F')
            continue;
        l->told = gb_grow(l->told, &l->cap_told, l->n_told + 1, sizeof *l->told);
        l->told[l->n_told++] = (struct gb_first){ (uint32_t)at, r->delivery, r->value };
        return;
    }
}

/* Put the rows of one region (order[from..to), replay order) in order of period, last version only. @return how many stay,
 * moved to order[at..). `at` <= from, so nothing unread is overwritten. */
static size_t order_region(struct loading *l, size_t from, size_t to, size_t at)
{
    bool ascending = true;
    for (size_t i = from + 1; i < to && ascending; i++)
        ascending = l->row[l->order[i - 1]].period < l->row[l->order[i]].period;
    size_t n = to - from;
    if (ascending) {
        memmove(&l->order[at], &l->order[from], n * sizeof *l->order);
        return n;
    }
    l->key = gb_grow(l->key, &l->cap_key, n, sizeof *l->key);
    l->tmp = gb_grow(l->tmp, &l->cap_tmp, n, sizeof *l->tmp);
    for (size_t i = 0; i < n; i++) /* flipping the sign bit makes negative ordinals (before 1970) sort first */
        l->key[i] = (uint64_t)((uint32_t)l->row[l->order[from + i]].period ^ 0x80000000u) << 32 | l->order[from + i];
    const uint64_t *sorted = gb_merge_runs(l->key, l->tmp, n);
    size_t kept = 0, version = 0;
    for (size_t i = 0; i < n; i++) {
        if (i + 1 < n && sorted[i] >> 32 == sorted[i + 1] >> 32)
            continue;
        if (version < i)
            tell_first(l, sorted, version, i + 1, kept);
        version = i + 1;
        l->order[at + kept++] = (uint32_t)sorted[i];
    }
    return kept;
}

static void gather(struct loading *l, const struct gb_columns *to, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct row *r = &l->row[l->order[i]];
        to->period[i] = r->period;
        to->value[i] = r->value;
        to->status[i] = r->status;
        to->delivery[i] = r->delivery;
    }
}

static bool is_task(const struct loading *l)
{
    return l->indicator_i >= 0 && l->indicator_i == gb_task_indicator(l->c);
}

/* Close the group of one indicator. */
static void flush(struct loading *l)
{
    size_t n_regions = (size_t)gb_n_region_keys(l->c);
    if (l->n == 0)
        return;
    gb_assert(l->n < UINT32_MAX);
    memset(l->first, 0, (n_regions + 1) * sizeof *l->first);
    for (size_t i = 0; i < l->n; i++)
        l->first[l->row[i].region_i + 1]++;
    for (size_t r = 0; r < n_regions; r++)
        l->first[r + 1] += l->first[r];
    l->order = gb_grow(l->order, &l->cap_order, l->n, sizeof *l->order);
    for (size_t i = 0; i < l->n; i++) /* first[r] runs to the end of its bucket, which is where r + 1 began */
        l->order[l->first[l->row[i].region_i]++] = (uint32_t)i;

    struct block *b = &l->block[l->indicator_i];
    b->first = l->n_series;
    size_t kept = 0;
    l->n_told = 0;
    for (size_t r = 0, from = 0; r < n_regions; from = l->first[r], r++) {
        size_t told = l->n_told, n = l->first[r] > from ? order_region(l, from, l->first[r], kept) : 0;
        if (n == 0)
            continue;
        l->series = gb_grow(l->series, &l->cap_series, l->n_series + 1, sizeof *l->series);
        l->series[l->n_series++] = (struct gb_series){ .indicator_i = l->indicator_i,
                                                       .region_i = (int32_t)r,
                                                       .n = (uint32_t)n,
                                                       .n_first = (uint32_t)(l->n_told - told),
                                                       .part = (uint8_t)gb_cube_part(l->cube, l->indicator_i) };
        kept += n;
    }
    b->n = l->n_series - b->first;
    struct gb_columns to = gb_columns_new(&l->cube->arena, kept);
    gather(l, &to, kept);
    const char **note = is_task(l) ? GB_NEW_N(&l->cube->arena, kept, const char *) : NULL;
    for (size_t i = 0; note && i < kept; i++)
        note[i] = l->note[l->order[i]];
    struct gb_first *first = l->n_told ? GB_NEW_N(&l->cube->arena, l->n_told, struct gb_first) : NULL;
    if (first)
        memcpy(first, l->told, l->n_told * sizeof *first);
    size_t at = 0;
    for (size_t i = b->first; i < l->n_series; at += l->series[i].n, i++) {
        struct gb_series *s = &l->series[i];
        s->first = s->n_first ? first : NULL;
        first = s->n_first ? first + s->n_first : first;
        s->period = to.period + at, s->value = to.value + at, s->status = to.status + at, s->delivery = to.delivery + at;
        if (note)
            s->note = note + at, s->flags |= GB_SERIES_NOTED;
    }
    l->n = 0;
}

static int32_t region_of(struct loading *l, const char *code)
{
    size_t h = ((uintptr_t)code * UINT64_C(0x9E3779B97F4A7C15) >> 40) & (CACHE_SLOTS - 1);
    struct cached *k = &l->cache[h];
    if (k->segment != l->segment || k->code != code)
        *k = (struct cached){ .code = code, .segment = l->segment, .region_i = gb_key_find(l->c, code) };
    return k->region_i;
}

static enum gb_code begin_group(struct loading *l, const char *code, struct gb_err *e)
{
    flush(l);
    size_t n = strlen(code) + 1;
    l->code = gb_grow(l->code, &l->cap_code, n, 1);
    memcpy(l->code, code, n);
    l->indicator_i = gb_indicator_find(l->c, code);
    if (l->indicator_i >= 0 && l->block[l->indicator_i].n > 0)
        return gb_fail(e, GB_E_BUG, "replay: the segments of %s do not come together", code);
    return GB_OK;
}

static bool owns(const struct gb_indicator *ind, int agency_i)
{
    for (int i = 0; i < ind->n_owners; i++)
        if (ind->owner[i] == agency_i)
            return true;
    return false;
}

/* A row that came with a note. What is said of a missing figure is why it is missing, and of a forecast nothing has happened yet. */
static void take_ack(struct loading *l, const struct gb_delivery *d, const struct row *r)
{
    const int agency_i = d->agency ? gb_agency_find(l->c, d->agency) : -1;
    if (r->status == 'M' || r->status == 'F' || agency_i < 0 || !owns(&l->c->indicator[l->indicator_i], agency_i))
        return;
    l->ack = gb_grow(l->ack, &l->cap_acks, l->n_acks + 1, sizeof *l->ack);
    l->ack[l->n_acks] = (struct gb_cube_ack){
        .indicator_i = l->indicator_i,
        .region_i = r->region_i,
        .period = r->period,
        .order = (int32_t)l->n_acks,
        .delivery = (int32_t)d->id,
        .agency_i = agency_i,
        .on_days = gb_date_to_days(d->delivered_utc > 0 ? gb_date_of_utc(d->delivered_utc) : d->as_of),
    };
    l->n_acks++;
}

static int by_key_and_order(const void *pa, const void *pb)
{
    const struct gb_cube_ack *a = pa, *b = pb;
    const int32_t va[] = { a->indicator_i, a->region_i, a->period, a->order },
                  vb[] = { b->indicator_i, b->region_i, b->period, b->order };
    for (int i = 0; i < 4; i++)
        if (va[i] != vb[i])
            return va[i] < vb[i] ? -1 : 1;
    return 0;
}

/* Of each row the first version with a note. */
static void adopt_acks(struct loading *l)
{
    size_t kept = 0;
    if (l->n_acks)
        qsort(l->ack, l->n_acks, sizeof *l->ack, by_key_and_order);
    for (size_t i = 0; i < l->n_acks; i++) {
        const struct gb_cube_ack *x = &l->ack[i], *last = kept ? &l->ack[kept - 1] : NULL;
        if (!last || last->indicator_i != x->indicator_i || last->region_i != x->region_i || last->period != x->period)
            l->ack[kept++] = *x;
    }
    gb_cube_set_acks(l->cube, l->ack, kept);
}

static enum gb_code on_segment(void *ctx, const struct gb_delivery *d, const struct gb_segment *seg, struct gb_err *e)
{
    struct loading *l = ctx;
    if (l->code == NULL || strcmp(l->code, seg->indicator) != 0) {
        enum gb_code code = begin_group(l, seg->indicator, e);
        if (code != GB_OK)
            return code;
    }
    if (l->indicator_i < 0 || l->c->indicator[l->indicator_i].freq != seg->freq) {
        l->orphans += seg->n;
        return GB_OK;
    }
    if (d->id <= 0 || d->id > INT32_MAX)
        return gb_fail(e, GB_E_BUG, "replay: delivery id %lld out of range", (long long)d->id);
    int scale = l->c->indicator[l->indicator_i].scale;
    l->segment++;
    l->row = gb_grow(l->row, &l->cap, l->n + seg->n, sizeof *l->row);
    size_t before = l->n;
    for (size_t i = 0; i < seg->n; i++) {
        struct row r = { .value = seg->value[i],
                         .period = seg->period[i],
                         .region_i = region_of(l, seg->region[i]),
                         .delivery = (int32_t)d->id,
                         .status = seg->status[i] };
        if (r.region_i < 0 || is_task(l) != (r.region_i >= l->c->n_regions)) {
            l->orphans++;
            continue;
        }
        if (r.status == 'M')
            r.value = GB_VALUE_MISSING;
        else if (seg->scale != scale && r.value != GB_VALUE_MISSING && !gb_dec_rescale(r.value, seg->scale, scale, &r.value))
            return gb_fail(e, GB_E_CONFIG,
                           "indicator %s, delivery %lld: a value stored with %d decimals does not fit scale %d; "
                           "lower `scale` in indicators.csv",
                           seg->indicator, (long long)d->id, seg->scale, scale);
        if (is_task(l)) {
            l->note = gb_grow(l->note, &l->cap_note, l->n + 1, sizeof *l->note);
            l->note[l->n] = seg->note && seg->note[i] ? gb_strdup(&l->cube->arena, seg->note[i]) : "";
        } else if (seg->note && seg->note[i] && seg->note[i][0])
            take_ack(l, d, &r);
        l->row[l->n++] = r;
    }
    if (l->n > before) {
        struct gb_cube_delivery note = { .id = (int32_t)d->id,
                                         .agency_i = d->agency ? gb_agency_find(l->c, d->agency) : -1,
                                         .as_of = d->as_of,
                                         .delivered_utc = d->delivered_utc,
                                         .sample = d->sample,
                                         .lined = seg->line != NULL,
                                         .n_rows = d->n_rows,
                                         .n_rounded = d->n_rounded,
                                         .n_marked = d->n_marked };
        gb_cube_note_delivery(l->cube, &note);
    }
    return GB_OK;
}

static void adopt_all(struct loading *l)
{
    for (int part = 0; part < GB_N_PARTS; part++) {
        for (int ind = 0; ind < gb_n_indicator_keys(l->c); ind++)
            for (size_t i = 0; i < l->block[ind].n; i++)
                if (l->series[l->block[ind].first + i].part == part)
                    gb_cube_adopt(l->cube, part, &l->series[l->block[ind].first + i]);
        gb_cube_end_part(l->cube, part);
    }
}

/* Conflicts over what the catalogue still knows, before the first series: they decide on parts. */
static enum gb_code take_conflicts(struct gb_cube *cube, struct gb_store *s, struct gb_err *e)
{
    const struct gb_catalogue *c = cube->catalogue;
    struct gb_arena a;
    struct gb_conflict *found;
    size_t n, kept = 0;
    gb_arena_init(&a, 0);
    enum gb_code code = gb_store_conflicts(s, &a, cube->vintage.number, &found, &n, e);
    if (code == GB_OK) {
        struct gb_cube_conflict *v = GB_NEW_N(&a, n + 1, struct gb_cube_conflict);
        for (size_t i = 0; i < n; i++) {
            struct gb_cube_conflict one = { .agency_i = gb_agency_find(c, found[i].agency),
                                            .indicator_i = gb_indicator_find(c, found[i].indicator),
                                            .as_of = found[i].as_of,
                                            .seq = found[i].seq };
            if (one.indicator_i >= 0)
                v[kept++] = one;
        }
        gb_cube_set_conflicts(cube, v, kept);
    }
    gb_arena_release(&a);
    return code;
}

static int by_day_and_agency(const void *pa, const void *pb)
{
    const struct gb_cube_intake *a = pa, *b = pb;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return a->agency_i < b->agency_i ? -1 : a->agency_i > b->agency_i;
}

/* One entry a delivery or refusal becomes one a day and agency. @return how many */
static size_t sum_up(struct gb_cube_intake *v, size_t n)
{
    size_t kept = 0;
    if (n)
        qsort(v, n, sizeof *v, by_day_and_agency);
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || by_day_and_agency(&v[kept - 1], &v[i]) != 0) {
            v[kept++] = v[i];
            continue;
        }
        struct gb_cube_intake *to = &v[kept - 1];
        to->files += v[i].files, to->refused_files += v[i].refused_files, to->unread_files += v[i].unread_files;
        to->rows += v[i].rows, to->refused += v[i].refused, to->faulty += v[i].faulty;
    }
    return kept;
}

static int32_t day_of(struct gb_date as_of, int64_t delivered_utc)
{
    const struct gb_cube_delivery d = { .as_of = as_of, .delivered_utc = delivered_utc };
    return gb_delivery_day(&d);
}

/* What was handed over day by day, taken or not: all of the vintage, also deliveries of which no figure is in force any more. */
static enum gb_code take_intake(struct gb_cube *cube, struct gb_store *s, struct gb_err *e)
{
    struct gb_arena a;
    struct gb_delivery *d = NULL;
    struct gb_refusal *r = NULL;
    size_t n_d = 0, n_r = 0, n = 0;
    gb_arena_init(&a, 0);
    enum gb_code code = gb_store_deliveries(s, &a, cube->vintage.number, &d, &n_d, e);
    if (code == GB_OK)
        code = gb_store_refusals(s, &a, cube->vintage.number, &r, &n_r, e);
    struct gb_cube_intake *v = GB_NEW_N(&a, n_d + n_r + 1, struct gb_cube_intake);
    for (size_t i = 0; code == GB_OK && i < n_d; i++)
        v[n++] = (struct gb_cube_intake){ .day = day_of(d[i].as_of, d[i].delivered_utc),
                                          .agency_i = gb_agency_find(cube->catalogue, d[i].agency),
                                          .files = 1,
                                          .rows = d[i].n_rows };
    for (size_t i = 0; code == GB_OK && i < n_r; i++)
        v[n++] = (struct gb_cube_intake){ .day = day_of(r[i].as_of, r[i].delivered_utc),
                                          .agency_i = r[i].agency ? gb_agency_find(cube->catalogue, r[i].agency) : -1,
                                          .refused_files = !r[i].partial,
                                          .unread_files = r[i].n_rows == 0,
                                          .refused = r[i].partial ? r[i].n_faulty : r[i].n_rows,
                                          .faulty = r[i].n_faulty };
    if (code == GB_OK)
        gb_cube_set_intake(cube, v, sum_up(v, n));
    gb_arena_release(&a);
    return code;
}

enum gb_code gb_cube_load(struct gb_cube *cube, struct gb_store *s, int64_t vintage, uint64_t *orphans, struct gb_err *e)
{
    gb_assert(cube->n_parts == 0 && cube->n_series == 0);
    struct loading l = { .cube = cube, .c = cube->catalogue };
    if (orphans)
        *orphans = 0;
    enum gb_code code = gb_store_vintage(s, vintage, &cube->vintage, e);
    if (code != GB_OK)
        return gb_context(e, "cube");
    size_t n_ind = (size_t)gb_n_indicator_keys(l.c);
    l.first = gb_grow(NULL, &l.cap_first, (size_t)gb_n_region_keys(l.c) + 1, sizeof *l.first);
    l.block = gb_grow(NULL, &l.cap_block, n_ind + 1, sizeof *l.block);
    memset(l.block, 0, (n_ind + 1) * sizeof *l.block);
    code = take_conflicts(cube, s, e);
    if (code == GB_OK)
        code = take_intake(cube, s, e);
    if (code == GB_OK)
        code = gb_store_replay(s, cube->vintage.number, NULL, on_segment, &l, e);
    if (code == GB_OK) {
        flush(&l);
        adopt_all(&l);
        adopt_acks(&l);
        if (orphans)
            *orphans = l.orphans;
    }
    free(l.code), free(l.row), free(l.order), free(l.key), free(l.tmp), free(l.first), free(l.series), free(l.block),
        free(l.note), free(l.told), free(l.ack);
    return code == GB_OK ? GB_OK : gb_context(e, "cube of vintage %lld", (long long)cube->vintage.number);
}
