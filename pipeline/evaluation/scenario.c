/* scenario.c — one pass over the series that scenarios watch, night by night; then one machine a scenario. */
#include "evaluation/scenario.h"
#include "evaluation/eval_int.h"
#include "evaluation/event.h"

const char *gb_phase_vi(enum gb_phase p)
{
    static const char *const words[] = { "bình thường", "theo dõi", "cảnh báo", "đột xuất", "đang rút" };
    return words[p];
}

const char *gb_phase_word(enum gb_phase p)
{
    static const char *const words[] = { "calm", "watch", "warn", "ad-hoc", "stand-down" };
    return words[p];
}

const char *gb_phase_rule_word(enum gb_phase_rule r)
{
    static const char *const words[] = { "none",     "watch", "silent",      "warning", "danger",
                                         "worsened", "kept",  "unconfirmed", "nights" };
    return words[r];
}

const char *gb_phase_rule_vi(enum gb_phase_rule r)
{
    static const char *const words[] = { "",
                                         "có con số ở mức theo dõi",
                                         "mất số liệu khi đang từ mức cảnh báo trở lên, chưa kết luận được",
                                         "có con số từ mức cảnh báo trở lên, không xấu thêm",
                                         "có con số từ mức nguy hiểm trở lên",
                                         "có con số ở mức cảnh báo và xấu hơn kỳ trước",
                                         "còn con số từ mức cảnh báo trở lên, mới qua một đêm không xấu thêm",
                                         "các con số đã dưới mức cảnh báo, đang chờ xác nhận",
                                         "các con số đã dưới mức cảnh báo, chưa đủ ba đêm" };
    return words[r];
}

enum gb_phase gb_phase_step(struct gb_phase_memory *m, const struct gb_phase_night *n)
{
    const bool at_warning = gb_stands_at(n->level, GB_WARNING);
    m->quiet = n->moved ? 0 : m->quiet < GB_PHASE_NIGHTS ? m->quiet + 1 : m->quiet;
    m->below = at_warning || n->silent ? 0 : m->below < GB_PHASE_NIGHTS ? m->below + 1 : m->below;
    if (n->moved)
        m->phase = GB_PHASE_AD_HOC;
    else if (at_warning)
        m->phase = m->phase == GB_PHASE_AD_HOC && m->quiet < GB_PHASE_QUIET ? GB_PHASE_AD_HOC : GB_PHASE_WARN;
    else if (m->open && !n->silent && (n->shown >= GB_WARNING || m->below < GB_PHASE_BELOW))
        m->phase = GB_PHASE_STAND_DOWN;
    else
        m->phase = n->shown >= GB_WATCH || n->silent ? GB_PHASE_WATCH : GB_PHASE_CALM;
    m->open = m->phase >= GB_PHASE_WARN || (m->open && n->silent);
    return m->phase;
}

static enum gb_phase_rule rule_of(enum gb_phase p, const struct gb_phase_night *n, enum gb_state mover)
{
    switch (p) {
    case GB_PHASE_CALM: break;
    case GB_PHASE_WATCH: return n->silent ? GB_RULE_SILENT : GB_RULE_WATCH;
    case GB_PHASE_WARN: return GB_RULE_WARNING;
    case GB_PHASE_AD_HOC: return !n->moved ? GB_RULE_KEPT : mover >= GB_DANGER ? GB_RULE_DANGER : GB_RULE_WORSENED;
    case GB_PHASE_STAND_DOWN: return n->shown >= GB_WARNING ? GB_RULE_UNCONFIRMED : GB_RULE_NIGHTS;
    }
    return GB_RULE_NONE;
}

/* ---- what each night knows --------------------------------------------------------------------------------------------- */
struct figure { /* a series on one night */
    enum gb_state level, shown;
    bool moves, overdue;
};

struct who {
    int indicator_i, region_i;
};
struct night {
    struct gb_phase_night n;
    struct who level, shown, mover, silent; /* whose they are */
    enum gb_state mover_level, silent_shown;
};

static struct figure figure_at(const struct gb_cube *cube, const struct gb_series *s, int64_t i, int32_t limit,
                               struct gb_date night)
{
    const struct gb_catalogue *c = cube->catalogue;
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    const int32_t age = gb_age_days(ind, s->period[i], night);
    struct gb_eval v = { .latest_i = i, .value = s->value[i] };
    struct figure f = { .shown = gb_event_step(c, s, i), .overdue = gb_is_late(cube, s, i, limit, night) };
    f.level = v.level = gb_judge_at(c, s, i);
    v.overdue = f.overdue;
    if (i > 0 && gb_counts(s, i - 1) && s->period[i - 1] == s->period[i] - 1)
        v.prev = (struct gb_change){ .ok = true, .base = s->value[i - 1] };
    f.moves = gb_moves(ind, &v);
    if (ind->freq <= GB_FREQ_MONTH)
        f.moves = f.moves && v.prev.ok && gb_worsened(ind, v.prev.base, v.value) && age <= GB_PHASE_FRESH;
    return f;
}

static void enter(struct night *t, const struct figure *f, struct who who)
{
    if (f->overdue) {
        if (f->shown >= GB_WARNING && f->shown > t->silent_shown) {
            t->n.silent = true;
            t->silent_shown = f->shown;
            t->silent = who;
        }
        return;
    }
    if (f->level > t->n.level) {
        t->n.level = f->level;
        t->level = who;
    }
    if (f->shown > t->n.shown) {
        t->n.shown = f->shown;
        t->shown = who;
    }
    if (f->moves && f->level > t->mover_level) {
        t->n.moved = true;
        t->mover_level = f->level;
        t->mover = who;
    }
}

/* All nights of one series, oldest first, into those of its scenarios, or of the one machine that is asked for; night k is `GB_PHASE_NIGHTS - 1 - k` days before the date. */
static void play(const struct gb_evaluation *ev, const struct gb_series *s, struct night *nights, bool one)
{
    const struct gb_catalogue *c = ev->catalogue;
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    const struct who who = { s->indicator_i, s->region_i };
    int64_t at = -1, next = 0;
    for (int k = 0; k < GB_PHASE_NIGHTS; k++) {
        struct gb_date night = gb_date_from_days(gb_date_to_days(ev->date) - (GB_PHASE_NIGHTS - 1 - k));
        int32_t limit = gb_period_of(ind->freq, night, ind->calendar);
        if (k < GB_PHASE_NIGHTS - 1 && gb_date_to_days(gb_period_end(ind->freq, limit, ind->calendar)) > gb_date_to_days(night))
            limit--; /* nobody knew a month before it was over */
        for (; next < (int64_t)s->n && s->period[next] <= limit; next++)
            if (gb_counts(s, next))
                at = next;
        if (at < 0 || !gb_indicator_measured(ind, night)) /* what is no longer measured neither warns nor falls silent */
            continue;
        struct figure f = figure_at(ev->cube, s, at, limit, night);
        for (int i = 0; i < (one ? 1 : ind->n_scenarios); i++)
            enter(&nights[(one ? 0 : ind->scenario[i]) * GB_PHASE_NIGHTS + k], &f, who);
    }
}

static void play_indicator(const struct gb_evaluation *ev, int indicator_i, struct night *nights, bool one)
{
    const struct gb_catalogue *c = ev->catalogue;
    const int root = c->locality.root_region;
    const struct gb_indicator *ind = &c->indicator[indicator_i];
    if (!ind->has_steps || root < 0 || (int)gb_indicator_part(ind) >= ev->n_parts)
        return;
    const struct gb_series *s = gb_cube_series(ev->cube, indicator_i, root);
    if (s && (size_t)(s - ev->cube->series) < ev->n)
        play(ev, s, nights, one);
    if (ind->level != GB_AT_POINT)
        return;
    for (int part = 0; part < ev->n_parts; part++) {
        size_t from, to;
        gb_series_range(ev->cube, part, indicator_i, &from, &to);
        for (size_t i = from; i < to; i++)
            if (ev->cube->series[i].region_i != root && gb_is_source(&ev->tables->src, indicator_i, ev->cube->series[i].region_i))
                play(ev, &ev->cube->series[i], nights, one);
    }
}

static struct who reason_of(enum gb_phase p, const struct night *t, struct who last_warned)
{
    switch (p) {
    case GB_PHASE_CALM: break;
    case GB_PHASE_WATCH: return t->n.silent && t->silent_shown > t->n.shown ? t->silent : t->shown;
    case GB_PHASE_WARN: return t->level;
    case GB_PHASE_AD_HOC: return t->n.moved ? t->mover : t->level;
    case GB_PHASE_STAND_DOWN: return t->n.shown >= GB_WARNING ? t->shown : last_warned;
    }
    return (struct who){ -1, -1 };
}

static struct gb_scenario_state run(const struct gb_evaluation *ev, int scenario_i, const struct night *t)
{
    struct gb_phase_memory m = { 0 };
    struct who last = { -1, -1 }, why;
    const struct night *now = &t[GB_PHASE_NIGHTS - 1];
    int since = 0;
    enum gb_phase before = GB_PHASE_CALM, phase = GB_PHASE_CALM;
    for (int k = 0; k < GB_PHASE_NIGHTS; k++) {
        enum gb_phase p = gb_phase_step(&m, &t[k].n);
        if (k == 0 || p != phase) {
            since = k;
            before = k > 0 ? phase : p;
        }
        phase = p;
        if (t[k].n.level >= GB_WARNING)
            last = t[k].level;
    }
    why = reason_of(phase, now, last);
    return (struct gb_scenario_state){ .scenario_i = scenario_i,
                                       .phase = phase,
                                       .since = gb_date_from_days(gb_date_to_days(ev->date) - (GB_PHASE_NIGHTS - 1 - since)),
                                       .since_before = since == 0,
                                       .before = before,
                                       .rule = rule_of(phase, &now->n, now->mover_level),
                                       .open = m.open,
                                       .worst = now->n.level,
                                       .indicator_i = why.indicator_i,
                                       .region_i = why.region_i };
}

static struct night *fresh_nights(struct gb_arena *a, size_t n)
{
    struct night *nights = GB_NEW_N(a, n + 1, struct night);
    for (size_t i = 0; i < n; i++)
        nights[i] = (struct night){ 0 };
    return nights;
}

void gb_phases_of(const struct gb_evaluation *ev, const int *indicator_i, int n, struct gb_arena *a, struct gb_phase_run *out)
{
    struct night *nights = fresh_nights(a, GB_PHASE_NIGHTS);
    struct gb_phase_memory m = { 0 };
    for (int i = 0; i < n; i++)
        play_indicator(ev, indicator_i[i], nights, true);
    for (int k = 0; k < GB_PHASE_NIGHTS; k++) {
        out->phase[k] = gb_phase_step(&m, &nights[k].n);
        out->open[k] = m.open;
    }
}

struct gb_scenario_state *gb_scenario_states(const struct gb_evaluation *ev, struct gb_arena *a)
{
    const struct gb_catalogue *c = ev->catalogue;
    struct night *nights = fresh_nights(a, (size_t)c->n_scenarios * GB_PHASE_NIGHTS);
    struct gb_scenario_state *out = GB_NEW_N(a, (size_t)c->n_scenarios + 1, struct gb_scenario_state);
    for (int i = 0; i < c->n_indicators; i++)
        if (c->indicator[i].n_scenarios)
            play_indicator(ev, i, nights, false);
    for (int k = 0; k < c->n_scenarios; k++)
        out[k] = run(ev, k, &nights[k * GB_PHASE_NIGHTS]);
    return out;
}

bool gb_scenario_figure_since(const struct gb_evaluation *ev, const struct gb_scenario_state *x, int32_t *period)
{
    const struct gb_eval *v = x->indicator_i >= 0 ? gb_eval_find(ev, x->indicator_i, x->region_i) : NULL;
    const struct gb_series *s = v && v->latest_i >= 0 ? gb_cube_series(ev->cube, x->indicator_i, x->region_i) : NULL;
    if (!s)
        return false;
    const enum gb_state level = v->state <= GB_EMERGENCY ? v->state : v->level;
    struct gb_arena a;
    struct gb_event *e = NULL;
    gb_arena_init(&a, 0);
    size_t n = gb_events_of(ev->cube, s, ev->date, GB_EVENT_RULE(level >= GB_WARNING ? GB_WARNING : GB_WATCH), &a, &e);
    bool open = n && gb_event_open(&e[n - 1]);
    if (open)
        *period = s->period[e[n - 1].opened_i];
    gb_arena_release(&a);
    return open;
}
