/* One evaluation a series, in the order of the cube; then what needs the neighbours (ranks, coverage), indicator by indicator.
 *
 * Parts are evaluated one by one, each from itself and the parts before it, so that a process which loads part after part and
 * one which loads all at once get the same figures. In particular a derived province value whose communes lie in a later part
 * (small counts) has no coverage; its status still says when it is incomplete.
 */
#include "evaluation/eval_int.h"
#include "evaluation/ratio.h"
#include <stdlib.h>

int32_t gb_age_days(const struct gb_indicator *ind, int32_t period, struct gb_date date)
{
    int32_t age = gb_date_to_days(date) - gb_date_to_days(gb_period_end(ind->freq, period, ind->calendar));
    return age > 0 ? age : 0;
}

bool gb_is_overdue(const struct gb_indicator *ind, int32_t period, int32_t age_days)
{
    if (ind->valid_to.year && gb_date_cmp(gb_period_start(ind->freq, period + 1, ind->calendar), ind->valid_to) > 0)
        return false; /* the last one: no other will come */
    return 2 * (int64_t)age_days > 3 * (int64_t)gb_period_days(ind->freq, period, ind->calendar);
}

/* A quotient made here has no value where nothing happened that it could be of: a denominator, or the weight of a mean, that came in time
 * and is zero. Nobody is late then. */
static bool nothing_to_divide_by(const struct gb_cube *cube, const struct gb_series *s, int64_t at, int32_t limit,
                                 struct gb_date date)
{
    const struct gb_indicator *ind = &cube->catalogue->indicator[s->indicator_i];
    if ((ind->agg != GB_AGG_RATIO && ind->agg != GB_AGG_WEIGHTED_MEAN) || s->delivery[at] != 0 || ind->agg_den < 0 ||
        cube->catalogue->indicator[ind->agg_den].freq != ind->freq)
        return false;
    const struct gb_series *den = gb_cube_series(cube, ind->agg_den, s->region_i);
    int64_t i = den ? gb_last_counting(den, limit) : -1;
    return i >= 0 && den->period[i] > s->period[at] && den->value[i] == 0 &&
           !gb_is_overdue(ind, den->period[i], gb_age_days(ind, den->period[i], date));
}

bool gb_is_late(const struct gb_cube *cube, const struct gb_series *s, int64_t i, int32_t limit, struct gb_date date)
{
    const struct gb_indicator *ind = &cube->catalogue->indicator[s->indicator_i];
    return gb_is_overdue(ind, s->period[i], gb_age_days(ind, s->period[i], date)) &&
           !nothing_to_divide_by(cube, s, i, limit, date);
}

int32_t gb_due_day(const struct gb_indicator *ind, int32_t period)
{
    int64_t end = gb_date_to_days(gb_period_end(ind->freq, period, ind->calendar));
    int64_t due = end + 3 * (int64_t)gb_period_days(ind->freq, period, ind->calendar) / 2;
    return due < INT32_MAX ? (int32_t)due : INT32_MAX;
}

int32_t gb_period_limit(const struct gb_evaluation *ev, const struct gb_indicator *ind)
{
    return ev->tables->limit[ind->calendar][ind->freq];
}

static struct gb_eval_tables *tables_of(struct gb_arena *a, const struct gb_catalogue *c, struct gb_date date)
{
    struct gb_eval_tables *t = GB_NEW(a, struct gb_eval_tables);
    gb_sources_init(&t->src, a, c);
    for (int cal = 0; cal < GB_N_CALENDARS; cal++)
        for (int f = GB_FREQ_YEAR; f <= GB_FREQ_HOUR; f++)
            t->limit[cal][f] = gb_period_of((enum gb_freq)f, date, (enum gb_calendar)cal);
    t->target_head = GB_NEW_N(a, (size_t)gb_n_indicator_keys(c), int);
    t->target_next = GB_NEW_N(a, (size_t)c->n_targets, int);
    for (int i = 0; i < gb_n_indicator_keys(c); i++)
        t->target_head[i] = -1;
    for (int i = c->n_targets - 1; i >= 0; i--) { /* backwards: chains are in file order */
        t->target_next[i] = t->target_head[c->target[i].indicator_i];
        t->target_head[c->target[i].indicator_i] = i;
    }
    return t;
}

void gb_evaluation_init(struct gb_evaluation *ev, const struct gb_cube *cube, struct gb_date date)
{
    gb_assert(gb_date_valid(date));
    *ev = (struct gb_evaluation){ .catalogue = cube->catalogue, .cube = cube, .date = date };
    gb_arena_init(&ev->arena, 0);
    ev->tables = tables_of(&ev->arena, ev->catalogue, date);
}

void gb_evaluation_release(struct gb_evaluation *ev)
{
    gb_arena_release(&ev->arena);
    free(ev->eval);
    *ev = (struct gb_evaluation){ 0 };
}

static void evaluate(const struct gb_evaluation *ev, const struct gb_series *s, struct gb_eval *v)
{
    const struct gb_indicator *ind = &ev->catalogue->indicator[s->indicator_i];
    struct gb_change none = { .period = GB_PERIOD_NONE };
    *v = (struct gb_eval){ .latest_i = gb_last_counting(s, gb_period_limit(ev, ind)),
                           .period = GB_PERIOD_NONE,
                           .value = GB_VALUE_MISSING,
                           .status = 'M',
                           .age_days = -1,
                           .state = GB_NO_DATA,
                           .level = GB_STATE_NONE,
                           .rank_period = GB_PERIOD_NONE,
                           .prev = none,
                           .prev_available = none,
                           .year_before = none,
                           .ytd_year_before = none };
    if (s->flags & GB_SERIES_MASKED)
        for (int64_t i = (int64_t)s->n - 1; i > v->latest_i && !v->withheld; i--)
            v->withheld = s->status[i] == GB_STATUS_WITHHELD && s->period[i] <= gb_period_limit(ev, ind);
    if (v->withheld) /* an older figure in its place would be taken for the newest */
        v->latest_i = -1;
    if (v->latest_i < 0)
        return;
    v->period = s->period[v->latest_i];
    v->value = s->value[v->latest_i];
    v->status = s->status[v->latest_i];
    v->age_days = gb_age_days(ind, v->period, ev->date);
    if (ind->level == GB_AT_TASK)
        return; /* what a statement means is for evaluation/task.h: it has no rhythm in which it would grow old */
    v->overdue = gb_is_late(ev->cube, s, v->latest_i, gb_period_limit(ev, ind), ev->date);
    gb_eval_compare(v, ev, s);
    gb_eval_ytd(v, ev, s);
    gb_eval_target(v, ev, s);
    gb_eval_standing(v, ev->catalogue, s);
    if (!gb_indicator_measured(ind, ev->date)) /* its last figure stays, and is no longer news */
        v->state = v->level = GB_STATE_NONE;
    gb_eval_unusual(v, ev, s);
}

/* Of a ratio: members with both terms. None where the members are of a later part: the count must not depend on what is loaded. */
static void cover_ratio(struct gb_evaluation *ev, const struct gb_series *root, struct gb_eval *v)
{
    const struct gb_indicator *ind = &ev->catalogue->indicator[root->indicator_i];
    struct gb_rollup_terms t = { .num = GB_VALUE_MISSING, .den = GB_VALUE_MISSING };
    struct gb_ratio r;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    gb_ratio_init(&r, &a, ev->cube, &ev->tables->src, root->indicator_i);
    if (!r.hidden) {
        gb_ratio_terms(&r, gb_cube_series(ev->cube, ind->agg_num, root->region_i),
                       gb_cube_series(ev->cube, ind->agg_den, root->region_i), v->period, &t);
        v->coverage_n = t.n_both, v->coverage_of = t.n_expected;
    }
    gb_arena_release(&a);
}

/* A mean counts who weighs in it. */
static bool weighs_in(const struct gb_evaluation *ev, const struct gb_indicator *ind, const struct gb_series *s, int32_t period)
{
    return ind->agg != GB_AGG_WEIGHTED_MEAN ||
           gb_rollup_terms(ev->cube, s->indicator_i, s->region_i, period).den != GB_VALUE_MISSING;
}

/* Units present and expected in the period of a derived latest value: the count that gave its status (evaluation/rollup.c). */
static void cover(struct gb_evaluation *ev, const struct gb_series *root, struct gb_eval *v)
{
    const struct gb_indicator *ind = &ev->catalogue->indicator[root->indicator_i];
    int32_t from = gb_date_to_days(gb_period_start(ind->freq, v->period, ind->calendar)),
            to = gb_date_to_days(gb_period_end(ind->freq, v->period, ind->calendar));
    if (gb_cube_masked(ev->cube, root->indicator_i))
        return; /* how many there are cannot be told from those that are shown */
    if (ind->agg == GB_AGG_RATIO) {
        cover_ratio(ev, root, v);
        return;
    }
    if (ind->agg == GB_AGG_WEIGHTED_MEAN &&
        (gb_cube_part(ev->cube, ind->agg_den) > (enum gb_part)root->part || gb_cube_masked(ev->cube, ind->agg_den)))
        return;
    for (int part = 0; part <= root->part; part++) {
        size_t lo, hi;
        gb_series_range(ev->cube, part, root->indicator_i, &lo, &hi);
        for (size_t i = lo; i < hi; i++) {
            const struct gb_series *s = &ev->cube->series[i];
            if (!gb_is_source(&ev->tables->src, s->indicator_i, s->region_i) || !gb_series_any(s))
                continue;
            int64_t at = gb_series_at(s, v->period);
            bool here = at >= 0 && s->value[at] != GB_VALUE_MISSING;
            v->coverage_n += here && weighs_in(ev, ind, s, v->period);
            v->coverage_of += here || gb_exists_in(&ev->tables->src, s->region_i, from, to);
        }
    }
}

/* What needs the other regions of the indicator. */
static void neighbours(struct gb_evaluation *ev, int indicator_i, size_t lo, size_t hi)
{
    for (size_t i = lo; i < hi; i++) {
        struct gb_eval *v = &ev->eval[i];
        if (v->latest_i >= 0 && ev->cube->series[i].delivery[v->latest_i] == 0)
            cover(ev, &ev->cube->series[i], v);
    }
    gb_eval_rank(ev, indicator_i, lo, hi);
}

static void run_part(struct gb_evaluation *ev, int part)
{
    const struct gb_cube *cube = ev->cube;
    size_t from = cube->part_first[part], to = cube->part_first[part + 1];
    ev->eval = gb_grow(ev->eval, &ev->cap, to + 1, sizeof *ev->eval);
    for (size_t i = from; i < to; i++)
        evaluate(ev, &cube->series[i], &ev->eval[i]);
    ev->n = to;
    for (size_t lo = from, hi; lo < to; lo = hi) {
        int indicator_i = cube->series[lo].indicator_i;
        for (hi = lo; hi < to && cube->series[hi].indicator_i == indicator_i; hi++)
            ;
        neighbours(ev, indicator_i, lo, hi);
    }
    ev->n_parts = part + 1;
}

/* Masks have been taken off: the indicators they were of, and what is made from those, are evaluated anew. */
static void run_revealed(struct gb_evaluation *ev)
{
    const struct gb_cube *cube = ev->cube;
    const struct gb_catalogue *c = ev->catalogue;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    bool *again = GB_NEW_N(&a, (size_t)gb_n_indicator_keys(c), bool);
    for (size_t k = ev->n_reveals; k < cube->n_reveals; k++)
        again[cube->series[cube->reveal[k]].indicator_i] = true;
    for (int i = 0; i < c->n_indicators; i++) {
        const struct gb_indicator *ind = &c->indicator[i];
        again[i] = again[i] || (ind->agg_num >= 0 && again[ind->agg_num]) || (ind->agg_den >= 0 && again[ind->agg_den]);
    }
    for (int part = 0; part < ev->n_parts; part++)
        for (int i = 0; i < c->n_indicators; i++) {
            size_t lo, hi;
            if (!again[i])
                continue;
            gb_series_range(cube, part, i, &lo, &hi);
            for (size_t k = lo; k < hi; k++)
                evaluate(ev, &cube->series[k], &ev->eval[k]);
            neighbours(ev, i, lo, hi);
        }
    ev->n_reveals = cube->n_reveals;
    gb_arena_release(&a);
}

enum gb_code gb_evaluation_run(struct gb_evaluation *ev, struct gb_err *e)
{
    if (ev->n_parts > ev->cube->n_parts)
        return gb_fail(e, GB_E_BUG, "evaluation: the cube has lost parts since the last run");
    if (ev->n_reveals < ev->cube->n_reveals)
        run_revealed(ev);
    for (int part = ev->n_parts; part < ev->cube->n_parts; part++)
        run_part(ev, part);
    return GB_OK;
}

const struct gb_eval *gb_eval_find(const struct gb_evaluation *ev, int indicator_i, int region_i)
{
    const struct gb_series *s = gb_cube_series(ev->cube, indicator_i, region_i);
    size_t i = s ? (size_t)(s - ev->cube->series) : ev->n;
    return i < ev->n ? &ev->eval[i] : NULL;
}
