/* daily.c — see daily.h. Each observation of a series, newest first, holds for the days from when it was known until a newer one was: its
 * share of a count is two marks in an array of differences, so that cost follows observations and days, not their product. */
#include "evaluation/daily.h"
#include "evaluation/consistency.h"
#include "evaluation/eval_int.h"

enum count { EXPECTED, COMPLETE, TIMELY, N_COUNTS };
enum { FIGURE_DAYS = 366 };
struct counting {
    const struct gb_cube *cube;
    const struct gb_catalogue *c;
    struct gb_sources src;
    struct gb_quality_day *day;
    int32_t first, last; /* days */
    int n;
    int64_t (*cells)[N_COUNTS]; /* n + 1, as differences until sum_up() */
    int32_t *want, *good;       /* per region, n + 1 each: cells, timely cells */
    bool *formed;               /* per indicator: nothing of its own is delivered, a ratio of what others are */
    int32_t *newest;            /* per indicator, n each: newest period known, GB_PERIOD_NONE */
    size_t n_ind, n_regions;
    int32_t last_id, last_day; /* neighbours mostly came together */
};

/* A series' part of the days [from, to] of the window. */
static void cover(struct counting *k, enum count what, int32_t *at_region, int32_t from, int32_t to)
{
    if (from < k->first)
        from = k->first;
    if (to > k->last)
        to = k->last;
    if (from > to)
        return;
    k->cells[from - k->first][what]++, k->cells[to - k->first + 1][what]--;
    if (at_region)
        at_region[from - k->first]++, at_region[to - k->first + 1]--;
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}
static int32_t earlier(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* An indicator's part of the days of the window: those on which it is measured. */
static int32_t begins(const struct gb_indicator *ind)
{
    return ind->valid_from.year ? gb_date_to_days(ind->valid_from) : INT32_MIN;
}
static int32_t ends(const struct gb_indicator *ind)
{
    return ind->valid_to.year ? gb_date_to_days(ind->valid_to) : INT32_MAX;
}

/* The newest period of an indicator as known on each day [from, to]. */
static void note_newest(struct counting *k, int indicator_i, int32_t period, int32_t from, int32_t to)
{
    int32_t *v = &k->newest[(size_t)indicator_i * (size_t)k->n];
    for (int32_t d = later(from, k->first); d <= to; d++)
        if (v[d - k->first] == GB_PERIOD_NONE || v[d - k->first] < period)
            v[d - k->first] = period;
}

static void figure_of_day(struct counting *k, const struct gb_series *s, uint32_t i, int32_t known)
{
    struct gb_parts *p = &k->day[known - k->first].parts;
    struct gb_revised one = { 0 };
    int64_t mean = 0;
    gb_revision_add(&one, s, i);
    bool much = one.revised > one.measured || /* withdrawn, or not nothing after all */
                (gb_revision_mean(&one, &mean) && mean > GB_REVISION_LIMIT_PCT * gb_pow10[GB_PCT_SCALE]);
    bool there = s->value[i] != GB_VALUE_MISSING;
    p->revised.points++, p->revised.revised += one.revised, p->revised.measured += one.measured,
        p->revised.pct_sum += one.pct_sum;
    p->n[GB_DIM_ACCURATE] += !much, p->of[GB_DIM_ACCURATE]++;
    k->day[known - k->first].figures++;
    if (!there)
        return;
    p->n[GB_DIM_CONFORM] += gb_conforms(k->c, s, i), p->of[GB_DIM_CONFORM]++;
    p->n[GB_DIM_TRACEABLE] += gb_traceable(k->cube, s, i), p->of[GB_DIM_TRACEABLE]++;
    p->n[GB_DIM_UNIQUE]++, p->of[GB_DIM_UNIQUE]++;
}

static int32_t told_on(struct counting *k, const struct gb_series *s, uint32_t i)
{
    if (s->n_first && gb_series_first(s, i))
        return gb_series_known(k->cube, s, i);
    if (!k->last_id || s->delivery[i] != k->last_id)
        k->last_id = s->delivery[i], k->last_day = gb_series_known(k->cube, s, i);
    return k->last_day;
}

static void count_series(struct counting *k, const struct gb_series *s)
{
    const struct gb_indicator *ind = &k->c->indicator[s->indicator_i];
    int root = k->c->locality.root_region, r = s->region_i;
    int32_t to = k->last, born = r == root ? INT32_MIN : k->src.from[r], dead = r == root ? INT32_MAX : k->src.to[r];
    born = later(born, begins(ind)), dead = earlier(dead, ends(ind));
    bool cell = gb_series_any(s) && (gb_is_source(&k->src, s->indicator_i, r) ||
                                     (r == root && (ind->level <= GB_AT_PROVINCE || !(s->flags & GB_SERIES_DERIVED))));
    int32_t *want = &k->want[(size_t)r * (size_t)(k->n + 1)], *good = &k->good[(size_t)r * (size_t)(k->n + 1)];
    if (cell)
        cover(k, EXPECTED, want, born, dead);
    for (int64_t i = (int64_t)s->n - 1; i >= 0; i--) {
        int32_t start = gb_date_to_days(gb_period_start(ind->freq, s->period[i], ind->calendar));
        bool derived = s->delivery[i] == 0, counts = gb_counts(s, i);
        if (to < k->first && start <= k->last - FIGURE_DAYS)
            break;
        if (start > k->last || (!counts && !gb_series_first(s, (uint32_t)i)))
            continue;
        int32_t told = told_on(k, s, (uint32_t)i), known = earlier(later(told, start), k->last);
        if (cell && !derived && told >= k->first && told <= k->last)
            figure_of_day(k, s, (uint32_t)i, told);
        if (!counts || known > to)
            continue;
        if (!derived)
            note_newest(k, s->indicator_i, s->period[i], known, to);
        if (cell) {
            int32_t from = later(known, born), end = earlier(to, dead);
            cover(k, COMPLETE, NULL, from, end);
            cover(k, TIMELY, good, from, earlier(end, gb_due_day(ind, s->period[i])));
        }
        to = known - 1;
    }
}

static void count_indicator(struct counting *k, int i)
{
    const struct gb_indicator *ind = &k->c->indicator[i];
    int root = k->c->locality.root_region;
    bool any = false;
    for (int part = 0; part < k->cube->n_parts; part++) {
        size_t lo, hi;
        gb_series_range(k->cube, part, i, &lo, &hi);
        for (size_t x = lo; x < hi; x++) {
            count_series(k, &k->cube->series[x]);
            any = any || gb_is_cell(k->c, &k->src, &k->cube->series[x], k->last);
        }
    }
    if (any)
        return;
    const struct gb_series *derived = gb_cube_series(k->cube, i, root);
    cover(k, EXPECTED, NULL, begins(ind), ends(ind));
    k->formed[i] = ind->agg == GB_AGG_RATIO && derived && gb_series_any(derived);
}

/* Newest period of an indicator on a day; a ratio of which nothing was delivered follows its parts. */
static int32_t newest_on(const struct counting *k, int i, int d)
{
    const struct gb_indicator *ind = &k->c->indicator[i];
    int32_t own = k->newest[(size_t)i * (size_t)k->n + (size_t)d];
    if (own != GB_PERIOD_NONE || ind->agg != GB_AGG_RATIO)
        return own;
    int32_t num = k->newest[(size_t)ind->agg_num * (size_t)k->n + (size_t)d],
            den = k->newest[(size_t)ind->agg_den * (size_t)k->n + (size_t)d];
    if (num == GB_PERIOD_NONE || den == GB_PERIOD_NONE)
        return GB_PERIOD_NONE;
    return k->c->indicator[ind->agg_den].freq == ind->freq ? earlier(num, den) : num;
}

static void sum_up(struct counting *k)
{
    int64_t sum[N_COUNTS] = { 0 };
    for (int d = 0; d < k->n; d++) {
        struct gb_quality_day *q = &k->day[d];
        int64_t *n = q->parts.n, *of = q->parts.of;
        for (int w = 0; w < N_COUNTS; w++)
            sum[w] += k->cells[d][w];
        n[GB_DIM_COMPLETE] = sum[COMPLETE], of[GB_DIM_COMPLETE] = sum[EXPECTED]; /* and the formed ones, below */
        n[GB_DIM_TIMELY] = sum[TIMELY], of[GB_DIM_TIMELY] = sum[COMPLETE];
        for (size_t i = 0; i < k->n_ind; i++) {
            const struct gb_indicator *ind = &k->c->indicator[i];
            if (!gb_indicator_due(ind, q->date) || (int)gb_cube_part(k->cube, (int)i) >= k->cube->n_parts)
                continue;
            int32_t p = newest_on(k, (int)i, d);
            q->due++;
            n[GB_DIM_COMPLETE] += k->formed[i] && p != GB_PERIOD_NONE;
            q->ontime += p != GB_PERIOD_NONE && k->first + d <= gb_due_day(ind, p);
        }
    }
    for (size_t r = 0; r < k->n_regions; r++) {
        const int32_t *w = &k->want[r * (size_t)(k->n + 1)], *g = &k->good[r * (size_t)(k->n + 1)];
        int32_t want = 0, good = 0;
        for (int d = 0; d < k->n && k->c->region[r].level == GB_AT_COMMUNE; d++) {
            want += w[d], good += g[d];
            k->day[d].communes += want > 0;
            k->day[d].full += want > 0 && 100 * (int64_t)good >= gb_dimension_least(GB_DIM_COMPLETE) * (int64_t)want;
        }
    }
}

static void count_deliveries(struct counting *k)
{
    for (size_t i = 0; i < k->cube->n_deliveries; i++) {
        int32_t day = gb_delivery_day(&k->cube->delivery[i]);
        if (day >= k->first && day <= k->last)
            k->day[day - k->first].deliveries++;
    }
    for (size_t i = 0; i < k->cube->n_conflicts; i++) {
        int32_t day = gb_date_to_days(k->cube->conflict[i].as_of);
        if (day >= k->first && day <= k->last)
            k->day[day - k->first].parts.of[GB_DIM_UNIQUE]++;
    }
}

static void count_intake(struct counting *k)
{
    for (size_t i = 0; i < k->cube->n_intake; i++) {
        const struct gb_cube_intake *x = &k->cube->intake[i];
        if (x->day < k->first || x->day > k->last)
            continue;
        struct gb_quality_day *q = &k->day[x->day - k->first];
        q->received += x->rows + x->refused, q->refused += x->refused;
    }
}

struct gb_quality_days gb_quality_days_known(const struct gb_cube *cube, int n_parts, struct gb_date date, int n,
                                             struct gb_arena *a)
{
    const struct gb_catalogue *c = cube->catalogue;
    size_t regions = (size_t)gb_n_region_keys(c), days = (size_t)n + 1;
    gb_assert(n > 0 && n_parts == cube->n_parts);
    struct counting k = { .cube = cube, .c = c, .n = n, .n_ind = (size_t)c->n_indicators, .n_regions = (size_t)c->n_regions };
    k.last = gb_date_to_days(date), k.first = k.last - n + 1;
    gb_sources_init(&k.src, a, c);
    k.day = GB_NEW_N(a, (size_t)n, struct gb_quality_day);
    k.cells = (int64_t(*)[N_COUNTS])GB_NEW_N(a, days * N_COUNTS, int64_t);
    k.want = GB_NEW_N(a, regions * days, int32_t);
    k.good = GB_NEW_N(a, regions * days, int32_t);
    k.formed = GB_NEW_N(a, k.n_ind + 1, bool);
    k.newest = GB_NEW_N(a, k.n_ind * (size_t)n + 1, int32_t);
    for (size_t i = 0; i < k.n_ind * (size_t)n; i++)
        k.newest[i] = GB_PERIOD_NONE;
    for (int d = 0; d < n; d++)
        k.day[d].date = gb_date_from_days(k.first + d);
    for (int i = 0; i < c->n_indicators; i++)
        if (!c->indicator[i].computed && (int)gb_cube_part(cube, i) < cube->n_parts)
            count_indicator(&k, i);
    count_deliveries(&k);
    count_intake(&k);
    sum_up(&k);
    return (struct gb_quality_days){ k.day, n };
}

struct gb_quality_days gb_quality_days(const struct gb_evaluation *ev, int n, struct gb_arena *a)
{
    gb_assert(n <= GB_CONSISTENCY_DAYS);
    struct gb_quality_days q = gb_quality_days_known(ev->cube, ev->n_parts, ev->date, n, a);
    struct gb_consistency_found f = gb_consistency_of(ev, a);
    for (int d = 0; d < n; d++) {
        int back = n - 1 - d;
        q.day[d].parts.n[GB_DIM_CONSISTENT] = (int64_t)f.compared_on[back] - f.broken_on[back];
        q.day[d].parts.of[GB_DIM_CONSISTENT] = f.compared_on[back];
    }
    return q;
}
