/* Indicators are walked once; each finds its one figure (the worst of root and points) and is entered under its scenarios. */
#include "evaluation/trigger.h"
#include "evaluation/sources.h"

struct figure {
    enum gb_state state, level;
    bool moves;
    int region_i;
};

bool gb_moves(const struct gb_indicator *ind, const struct gb_eval *v)
{
    if (v->latest_i < 0 || v->overdue)
        return false;
    return v->level >= GB_DANGER ||
           (v->level == GB_WARNING && ind->freq > GB_FREQ_MONTH && v->prev.ok && gb_worsened(ind, v->prev.base, v->value));
}

/* Order in which one figure speaks for its indicator: current and judged by step, current and not judged, overdue, no data. */
static int weight(const struct figure *f)
{
    if (f->state == GB_NO_DATA)
        return 0;
    if (f->state == GB_OVERDUE)
        return 1;
    return 2 + 2 * (int)f->level + (f->moves ? 1 : 0);
}

static void consider(const struct gb_evaluation *ev, const struct gb_series *s, struct figure *best)
{
    const struct gb_eval *v = &ev->eval[s - ev->cube->series];
    struct figure f = { .state = gb_state_now(v),
                        .level = v->level,
                        .region_i = s->region_i,
                        .moves = gb_moves(&ev->catalogue->indicator[s->indicator_i], v) };
    if (best->region_i < 0 || weight(&f) > weight(best))
        *best = f;
}

static struct figure figure_of(const struct gb_evaluation *ev, const struct gb_sources *src, int indicator_i)
{
    struct figure best = { .state = GB_NO_DATA, .level = GB_STATE_NONE, .region_i = -1 };
    int root = ev->catalogue->locality.root_region;
    const struct gb_series *s = gb_cube_series(ev->cube, indicator_i, root);
    if (s && (size_t)(s - ev->cube->series) < ev->n)
        consider(ev, s, &best);
    if (ev->catalogue->indicator[indicator_i].level != GB_AT_POINT)
        return best;
    for (int part = 0; part < ev->n_parts; part++) {
        size_t from, to;
        gb_series_range(ev->cube, part, indicator_i, &from, &to);
        for (size_t i = from; i < to; i++)
            if (gb_is_source(src, indicator_i, ev->cube->series[i].region_i))
                consider(ev, &ev->cube->series[i], &best);
    }
    return best;
}

static void enter(struct gb_trigger *t, const struct figure *f, int indicator_i)
{
    t->n_indicators++;
    t->n_state[f->state]++;
    bool current = f->state != GB_NO_DATA && f->state != GB_OVERDUE && f->level != GB_STATE_NONE;
    if (!current)
        return;
    if (f->level > t->worst || (f->level == t->worst && f->moves && !t->moved)) {
        t->worst = f->level;
        t->worst_indicator_i = indicator_i;
        t->worst_region_i = f->region_i;
    }
    t->moved |= f->moves;
}

struct gb_trigger *gb_triggers(const struct gb_evaluation *ev, struct gb_arena *a)
{
    const struct gb_catalogue *c = ev->catalogue;
    struct gb_trigger *t = GB_NEW_N(a, (size_t)c->n_scenarios, struct gb_trigger);
    struct gb_sources src;
    gb_sources_init(&src, a, c);
    for (int k = 0; k < c->n_scenarios; k++)
        t[k] = (struct gb_trigger){ .scenario_i = k, .worst_indicator_i = -1, .worst_region_i = -1 };
    int root = c->locality.root_region;
    for (int i = 0; i < c->n_indicators; i++) {
        const struct gb_indicator *ind = &c->indicator[i];
        if (ind->n_scenarios == 0 || root < 0 || !gb_indicator_measured(ind, ev->date) ||
            (int)gb_indicator_part(ind) >= ev->n_parts)
            continue;
        struct figure f = figure_of(ev, &src, i);
        for (int k = 0; k < ind->n_scenarios; k++)
            enter(&t[ind->scenario[k]], &f, i);
    }
    return t;
}
