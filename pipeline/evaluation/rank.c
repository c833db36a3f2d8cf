/* Ranks of one indicator's units. The period is found by walking down: the newest period under any unit, counted; if fewer than
 * half of the units that ever reported have it, the next lower one. Ties share the better rank (1, 1, 3), so that a rank says
 * how many are strictly better. Equal values are ordered by region for the sort's sake only; it shows nowhere.
 */
#include "evaluation/breaks.h"
#include "evaluation/eval_int.h"
#include <stdlib.h>

struct unit {
    size_t series_i;
    int64_t at;
}; /* at: observation under the cursor, -1 when it ran out */
struct ranked {
    int64_t key; /* the lower the better */
    size_t series_i;
    int rank;
};

static int by_key(const void *pa, const void *pb)
{
    const struct ranked *a = pa, *b = pb;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->series_i < b->series_i ? -1 : a->series_i > b->series_i;
}

static int32_t newest(const struct gb_cube *cube, const struct unit *unit, size_t n)
{
    int32_t p = GB_PERIOD_NONE;
    for (size_t k = 0; k < n; k++)
        if (unit[k].at >= 0 && cube->series[unit[k].series_i].period[unit[k].at] > p)
            p = cube->series[unit[k].series_i].period[unit[k].at];
    return p;
}

static bool at_period(const struct gb_cube *cube, const struct unit *u, int32_t period)
{
    return u->at >= 0 && cube->series[u->series_i].period[u->at] == period;
}

/* Newest period that at least half of the units have; cursors stand at it where they have it. */
static int32_t rank_period(const struct gb_cube *cube, struct unit *unit, size_t n)
{
    for (;;) {
        int32_t p = newest(cube, unit, n);
        size_t have = 0;
        for (size_t k = 0; k < n; k++)
            have += at_period(cube, &unit[k], p);
        if (p == GB_PERIOD_NONE || 2 * have >= n)
            return p;
        for (size_t k = 0; k < n; k++)
            if (at_period(cube, &unit[k], p)) {
                int64_t at = unit[k].at - 1;
                while (at >= 0 && !gb_counts(&cube->series[unit[k].series_i], at))
                    at--;
                unit[k].at = at;
            }
    }
}

static bool is_unit(const struct gb_evaluation *ev, int indicator_i, int region_i)
{
    const struct gb_region *r = &ev->catalogue->region[region_i];
    return gb_is_source(&ev->tables->src, indicator_i, region_i) && r->level != GB_AT_POINT &&
           !(r->n_versions > 0 && gb_streq(r->version[0].type, "unallocated")); /* a remainder, not a place */
}

/* ~v = -1 - v turns the order without overflow. */
static int64_t key_of(const struct gb_indicator *ind, int64_t v)
{
    return ind->direction == GB_UP_GOOD ? ~v : v;
}

static void place(struct ranked *r, size_t n)
{
    if (n > 1)
        qsort(r, n, sizeof *r, by_key);
    for (size_t k = 0; k < n; k++)
        r[k].rank = k > 0 && r[k].key == r[k - 1].key ? r[k - 1].rank : (int)k + 1;
}

static int by_series(const void *pa, const void *pb)
{
    const struct ranked *a = pa, *b = pb;
    return (a->series_i > b->series_i) - (a->series_i < b->series_i);
}

/* Who gained on whom: the same units in both periods, else a newcomer at the top would push everyone down. Over the break of an area
 * or a definition nobody gained. */
static void gains(struct gb_evaluation *ev, const struct gb_indicator *ind, const struct unit *unit, size_t n, int32_t period)
{
    const struct gb_cube *cube = ev->cube;
    struct ranked *now = GB_NEW_N(&ev->arena, n, struct ranked), *was = GB_NEW_N(&ev->arena, n, struct ranked);
    size_t both = 0, have = 0;
    for (size_t k = 0; k < n; k++) {
        if (!at_period(cube, &unit[k], period))
            continue;
        have++;
        const struct gb_series *s = &cube->series[unit[k].series_i];
        int64_t at = unit[k].at - 1;
        if (at < 0 || s->period[at] != period - 1 || !gb_counts(s, at))
            continue;
        if (gb_break_between(ev->catalogue, s->indicator_i, s->region_i, period - 1, period))
            return;
        now[both] = (struct ranked){ .key = key_of(ind, s->value[unit[k].at]), .series_i = unit[k].series_i };
        was[both++] = (struct ranked){ .key = key_of(ind, s->value[at]), .series_i = unit[k].series_i };
    }
    if (both < 2 || 2 * both < have)
        return;
    place(now, both);
    place(was, both);
    qsort(now, both, sizeof *now, by_series);
    qsort(was, both, sizeof *was, by_series);
    for (size_t k = 0; k < both; k++) {
        ev->eval[now[k].series_i].rank_gain_ok = true;
        ev->eval[now[k].series_i].rank_gain = was[k].rank - now[k].rank;
    }
}

void gb_eval_rank(struct gb_evaluation *ev, int indicator_i, size_t from, size_t to)
{
    const struct gb_indicator *ind = &ev->catalogue->indicator[indicator_i];
    if (ind->direction == GB_NEUTRAL || ind->direction == GB_BAND || from == to)
        return;
    struct gb_arena_mark mark = gb_arena_mark(&ev->arena);
    struct unit *unit = GB_NEW_N(&ev->arena, to - from, struct unit);
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        if (ev->eval[i].latest_i >= 0 && is_unit(ev, indicator_i, ev->cube->series[i].region_i))
            unit[n++] = (struct unit){ .series_i = i, .at = ev->eval[i].latest_i };
    int32_t period = n > 0 ? rank_period(ev->cube, unit, n) : GB_PERIOD_NONE;
    struct ranked *ranked = GB_NEW_N(&ev->arena, n, struct ranked);
    size_t n_ranked = 0;
    for (size_t k = 0; k < n && period != GB_PERIOD_NONE; k++)
        if (at_period(ev->cube, &unit[k], period))
            ranked[n_ranked++] = (struct ranked){ .key = key_of(ind, ev->cube->series[unit[k].series_i].value[unit[k].at]),
                                                  .series_i = unit[k].series_i };
    place(ranked, n_ranked);
    for (size_t k = 0; k < n_ranked; k++) {
        struct gb_eval *v = &ev->eval[ranked[k].series_i];
        v->rank = ranked[k].rank, v->n_ranked = (int)n_ranked, v->rank_period = period;
    }
    if (period != GB_PERIOD_NONE)
        gains(ev, ind, unit, n, period);
    gb_arena_rewind(&ev->arena, mark);
}
