/* One pass over a series, with at most one open episode in hand. */
#include "evaluation/event.h"
#include "evaluation/eval_int.h"

struct walk {
    const struct gb_indicator *ind;
    const struct gb_series *s;
    struct gb_event_rule rule;
    bool milder;         /* a milder step lies below the rule's */
    struct gb_event now; /* the one being followed */
    bool open;           /* `now` has its `on` values */
    int run;             /* values at the step in a row; 0: nothing is being followed */
    int below;           /* values below the step in a row since the last above */
    int64_t first_below;
};

bool gb_has_step(const struct gb_indicator *ind, enum gb_state step)
{
    if (!gb_stands_at(step, GB_WATCH) || !ind->has_steps || ind->direction == GB_NEUTRAL)
        return false;
    int k = (int)step - GB_WATCH;
    const struct gb_threshold *t = &ind->step[k], *before = k ? &ind->step[k - 1] : NULL;
    return t->set && !(before && before->set && before->lo == t->lo && before->hi == t->hi);
}

static bool has_milder(const struct gb_indicator *ind, enum gb_state step)
{
    for (int k = GB_WATCH; k < (int)step; k++)
        if (gb_has_step(ind, (enum gb_state)k))
            return true;
    return false;
}

/* How far a value lies out, for comparison within one step only. */
static __int128 badness(const struct walk *w, int64_t value)
{
    const struct gb_threshold *t = &w->ind->step[w->rule.step - GB_WATCH];
    const __int128 v = value;
    switch (w->ind->direction) {
    case GB_UP_GOOD: return -v;
    case GB_DOWN_GOOD: return v;
    case GB_BAND: return !t->set ? 0 : v < t->lo ? t->lo - v : v - t->hi;
    case GB_NEUTRAL: return 0;
    }
    gb_bug("direction");
}

static void above(struct walk *w, int64_t i, enum gb_state level)
{
    if (!w->open && w->run && w->s->period[i] != w->s->period[w->now.last_i] + 1)
        w->run = 0; /* not proven to be in a row */
    if (!w->open && !w->run)
        w->now = (struct gb_event){ .opened_i = i, .peak_i = i, .closed_i = -1, .settled_i = -1, .level = level };
    struct gb_event *x = &w->now;
    bool newer = w->ind->flow == GB_FLOW_CUMULATIVE, worse = badness(w, w->s->value[i]) > badness(w, w->s->value[x->peak_i]);
    if (level > x->level || (level == x->level && (newer || worse))) {
        x->level = level;
        x->peak_i = i;
    }
    x->last_i = i;
    x->n_above++;
    w->run++;
    w->below = 0;
    w->open = w->open || w->run >= w->rule.on;
}

/* @return true if the value closes the episode in hand */
static bool under(struct walk *w, int64_t i, enum gb_state level)
{
    w->run = 0;
    if (!w->open)
        return false;
    if (w->below++ == 0)
        w->first_below = i;
    if (w->below < w->rule.off && !(level == GB_GOOD && w->milder))
        return false;
    w->now.closed_i = w->first_below;
    w->now.settled_i = i;
    w->open = false;
    w->below = 0;
    return true;
}

/* Length and gaps: values between the first and the last at the step, against the calendar. */
static struct gb_event finish(const struct walk *w)
{
    struct gb_event x = w->now;
    int32_t n = 0;
    for (int64_t i = x.opened_i; i <= x.last_i; i++)
        n += gb_counts(w->s, i);
    x.length = w->s->period[x.last_i] - w->s->period[x.opened_i] + 1;
    x.n_missing = x.length - n;
    return x;
}

int gb_event_off(enum gb_freq f)
{
    return f >= GB_FREQ_WEEK ? 2 : 1;
}

/* Backwards over the values that may still hold a step open: at most off - 1 below it. */
enum gb_state gb_event_step(const struct gb_catalogue *c, const struct gb_series *s, int64_t i)
{
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    if (!ind->has_steps)
        return GB_STATE_NONE;
    enum gb_state shown = gb_judge_at(c, s, i);
    bool good = shown == GB_GOOD; /* a good value since: it closed every step that has a milder one */
    int left = gb_event_off(ind->freq) - 1;
    if (shown == GB_STATE_NONE)
        return shown;
    for (int64_t k = i - 1; k >= 0 && left > 0; k--) {
        if (!gb_counts(s, k))
            continue;
        const enum gb_state at = gb_judge_at(c, s, k);
        for (int step = (int)at; step > (int)shown; step--)
            if (gb_has_step(ind, (enum gb_state)step) && !(good && has_milder(ind, (enum gb_state)step))) {
                shown = (enum gb_state)step;
                break;
            }
        good = good || at == GB_GOOD;
        left--;
    }
    return shown;
}

/* True if the indicator has had its last day. */
static bool is_past(const struct gb_indicator *ind, struct gb_date date)
{
    return ind->valid_to.year && gb_date_cmp(date, ind->valid_to) > 0;
}

int32_t gb_event_closed(const struct gb_catalogue *c, const struct gb_series *s, const struct gb_event *x)
{
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    if (x->ended)
        return gb_period_of(ind->freq, ind->valid_to, ind->calendar);
    return x->closed_i < 0 ? GB_PERIOD_NONE : s->period[x->closed_i];
}

size_t gb_events_of(const struct gb_cube *cube, const struct gb_series *s, struct gb_date date, struct gb_event_rule rule,
                    struct gb_arena *a, struct gb_event **out)
{
    const struct gb_catalogue *c = cube->catalogue;
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    const bool past = is_past(ind, date);
    const int32_t limit = gb_period_of(ind->freq, past ? ind->valid_to : date, ind->calendar);
    struct walk w = { .ind = ind, .s = s, .rule = rule, .milder = has_milder(ind, rule.step) };
    size_t n = 0, cap = 0;
    int64_t newest = -1;
    gb_assert(gb_stands_at(rule.step, GB_WATCH) && rule.on > 0 && rule.off >= 0);
    w.rule.off = rule.off ? rule.off : gb_event_off(ind->freq);
    *out = NULL;
    if (!ind->has_steps)
        return 0;
    for (int64_t i = 0; i < (int64_t)s->n && s->period[i] <= limit; i++) {
        if (!gb_counts(s, i))
            continue;
        newest = i;
        enum gb_state at = gb_judge_at(c, s, i);
        if (gb_stands_at(at, rule.step))
            above(&w, i, at);
        else if (at != GB_STATE_NONE && under(&w, i, at)) {
            *out = gb_arena_grow(a, *out, n, &cap, n + 1, sizeof **out);
            (*out)[n++] = finish(&w);
        }
    }
    if (w.open) {
        *out = gb_arena_grow(a, *out, n, &cap, n + 1, sizeof **out);
        (*out)[n] = finish(&w);
        (*out)[n].ended = past;
        (*out)[n++].silent = !past && gb_is_late(cube, s, newest, limit, date);
    }
    return n;
}

static bool touches(const struct gb_indicator *ind, int32_t period, struct gb_date date, int days)
{
    return gb_date_to_days(gb_period_end(ind->freq, period, ind->calendar)) > gb_date_to_days(date) - days;
}

int64_t gb_event_observed(const struct gb_catalogue *c, const struct gb_series *s, struct gb_date date, int days, int64_t *of)
{
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    /* For hours the period of a day is its last: the first hour of the first day is the one after the last hour of the day before. */
    const struct gb_date eve = gb_date_from_days(gb_date_to_days(date) - days);
    const int32_t last = gb_period_of(ind->freq, date, ind->calendar), before = gb_period_of(ind->freq, eve, ind->calendar);
    const int32_t first = touches(ind, before, date, days) ? before : before + 1;
    int64_t n = 0;
    for (int64_t i = gb_last_counting(s, last); i >= 0 && s->period[i] >= first; i--)
        n += gb_counts(s, i);
    *of = (int64_t)last - first + 1;
    return n;
}

const struct gb_cube_ack *gb_event_ack(const struct gb_cube *cube, const struct gb_series *s, const struct gb_event *x,
                                       struct gb_date date)
{
    const struct gb_indicator *ind = &cube->catalogue->indicator[s->indicator_i];
    const int32_t first = s->period[x->opened_i];
    const int32_t last = gb_event_open(x) ? gb_period_of(ind->freq, date, ind->calendar)
                         : x->ended       ? gb_event_closed(cube->catalogue, s, x)
                                          : s->period[x->settled_i];
    const int region_i = s->flags & GB_SERIES_DERIVED ? -1 : s->region_i;
    const struct gb_cube_ack *found = NULL;
    for (size_t i = gb_cube_ack_from(cube, s->indicator_i, region_i, first); i < cube->n_acks; i++) {
        const struct gb_cube_ack *k = &cube->ack[i];
        if (k->indicator_i != s->indicator_i || (region_i >= 0 && (k->region_i != region_i || k->period > last)))
            break;
        if (k->period >= first && k->period <= last && (!found || k->order < found->order))
            found = k;
    }
    return found;
}

bool gb_event_recent(const struct gb_catalogue *c, const struct gb_series *s, const struct gb_event *x, struct gb_date date,
                     int days)
{
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    if (x->ended)
        return gb_date_to_days(ind->valid_to) > gb_date_to_days(date) - days;
    return gb_event_open(x) || touches(ind, s->period[x->last_i], date, days);
}

size_t gb_event_log(const struct gb_evaluation *ev, struct gb_event_rule rule, int days, struct gb_arena *a,
                    struct gb_logged **out)
{
    const struct gb_catalogue *c = ev->catalogue;
    size_t n = 0, cap = 0;
    *out = NULL;
    for (size_t k = 0; k < ev->n; k++) {
        const struct gb_series *s = &ev->cube->series[k];
        struct gb_event *x;
        size_t found = gb_events_of(ev->cube, s, ev->date, rule, a, &x);
        for (size_t i = 0; i < found; i++) {
            if (!gb_event_recent(c, s, &x[i], ev->date, days))
                continue;
            *out = gb_arena_grow(a, *out, n, &cap, n + 1, sizeof **out);
            (*out)[n++] = (struct gb_logged){ s, x[i] };
        }
    }
    return n;
}
