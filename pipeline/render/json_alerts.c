/* json_alerts.c — alerts.json for the operations centre: every series whose latest value stands at warning or worse, or has left it and that
 * is not confirmed (held), and every figure of the root that is overdue. Nobody reads two thousand lines: the list itself is that of the
 * root and of points, worst first; communes stand under their indicator, the worst indicators first; the counts come before all of it.
 * Beside them communes that are unusual for themselves, and figures to be asked about. Ties go by code, so that the file depends on the
 * figures alone. */
#include "render/centre_int.h"
#include "document/describe.h"
#include "evaluation/anomaly.h"
#include "evaluation/consistency.h"
#include <stdlib.h>

struct alert {
    const struct gb_series *s;
    const struct gb_eval *v;
    const char *indicator, *region;
    bool root, commune;
};
struct group { /* the communes of one indicator: alert[from, to) */
    const struct alert *first;
    size_t n, n_worst;
};

static int rank(int a, int b) /* the greater first */
{
    return (a < b) - (a > b);
}

/* The worst step; of equals what asks for attention, what is current, the whole before a part, what lasts. */
static int worst_first(const void *pa, const void *pb)
{
    const struct alert *a = pa, *b = pb;
    int c = rank(a->v->level, b->v->level);
    if (!c)
        c = rank(a->v->stuck, b->v->stuck);
    if (!c)
        c = rank(b->v->overdue, a->v->overdue);
    if (!c)
        c = rank(a->root, b->root);
    if (!c)
        c = rank(a->v->in_row, b->v->in_row);
    if (!c)
        c = strcmp(a->indicator, b->indicator);
    return c ? c : strcmp(a->region, b->region);
}

/* Communes last, indicator by indicator. */
static int by_list(const void *pa, const void *pb)
{
    const struct alert *a = pa, *b = pb;
    int c = rank(b->commune, a->commune);
    if (!c && a->commune)
        c = strcmp(a->indicator, b->indicator);
    return c ? c : worst_first(pa, pb);
}

static int by_group(const void *pa, const void *pb)
{
    const struct group *a = pa, *b = pb;
    int c = rank(a->first->v->level, b->first->v->level);
    if (!c)
        c = rank((int)a->n_worst, (int)b->n_worst);
    return c ? c : strcmp(a->first->indicator, b->first->indicator);
}

/* Since when it stands there: the open episode of a figure at warning or worse. */
static void since(struct gb_json *j, const struct gb_evaluation *ev, const struct alert *x)
{
    struct gb_event *e = NULL;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    size_t n = gb_events_of(ev->cube, x->s, ev->date, GB_EVENT_RULE(GB_WARNING), &a, &e);
    if (n && gb_event_open(&e[n - 1]))
        gb_episode_json(j, "episode", ev, x->s, &e[n - 1]);
    else
        gb_json_null(j, "episode");
    gb_arena_release(&a);
}

/* Communes whose newest value lies far from their own past; in the order of the cube. Never a step, and a list of its own. */
static void unusual(struct gb_json *j, const struct gb_evaluation *ev)
{
    const struct gb_catalogue *c = ev->catalogue;
    char period[24];
    gb_json_open(j, "unusual", '[');
    for (size_t i = 0; i < ev->n; i++) {
        const struct gb_series *s = &ev->cube->series[i];
        const struct gb_eval *v = &ev->eval[i];
        const struct gb_indicator *ind = &c->indicator[s->indicator_i];
        if (v->latest_i < 0 || v->unusual <= GB_USUAL)
            continue;
        gb_period_iso(ind->freq, v->period, period);
        gb_json_open(j, NULL, '{');
        gb_json_str(j, "indicator", ind->code);
        gb_json_dec(j, "limit", v->usual_limit, ind->scale);
        gb_json_str(j, "period", period);
        gb_json_str(j, "region", c->region[s->region_i].code);
        gb_json_str(j, "region_name", gb_region_name(c, s->region_i, ev->date));
        gb_json_str(j, "status", (const char[]){ v->status, '\0' });
        gb_json_str(j, "unusual", gb_unusual_word(v->unusual));
        gb_json_dec(j, "usual", v->usual, ind->scale);
        gb_json_dec(j, "value", v->value, ind->scale);
        gb_json_close(j, '}');
    }
    gb_json_close(j, ']');
}

/* Figures to be asked about, and figures that contradict each other: questions to whoever delivered them, no findings. */
static void questions(struct gb_json *j, const struct gb_evaluation *ev)
{
    const struct gb_catalogue *c = ev->catalogue;
    struct gb_arena a;
    struct gb_marked *m;
    char period[24];
    gb_arena_init(&a, 0);
    size_t n = gb_anomalies(ev, &a, &m);
    gb_json_open(j, "doubts", '[');
    for (size_t i = 0; i < n; i++) {
        const struct gb_indicator *ind = &c->indicator[m[i].s->indicator_i];
        gb_period_iso(ind->freq, m[i].an.period, period);
        gb_json_open(j, NULL, '{');
        gb_json_str(j, "indicator", ind->code);
        gb_json_open(j, "marks", '[');
        for (int k = 0; k < GB_AN_N; k++)
            if (m[i].an.marks & GB_AN_BIT(k))
                gb_json_str(j, NULL, gb_anomaly_word((enum gb_anomaly_kind)k));
        gb_json_close(j, ']');
        gb_json_str(j, "period", period);
        gb_json_str(j, "region", c->region[m[i].s->region_i].code);
        gb_json_close(j, '}');
    }
    gb_json_close(j, ']');
    struct gb_consistency_found f = gb_consistency_of(ev, &a);
    gb_json_open(j, "inconsistent", '[');
    for (size_t i = 0; i < f.n; i++) {
        const struct gb_consistency *k = &c->consistency[f.v[i].rule_i];
        const struct gb_indicator *ind = &c->indicator[k->indicator_i];
        gb_period_iso(ind->freq, f.v[i].period, period);
        gb_json_open(j, NULL, '{');
        gb_json_str(j, "indicator", ind->code);
        gb_json_dec(j, "other", f.v[i].other, ind->scale);
        gb_json_str(j, "period", period);
        gb_json_str(j, "region", c->region[f.v[i].region_i].code);
        gb_json_str(j, "rule", gb_consistency_word(k->kind));
        gb_json_dec(j, "value", f.v[i].stated, ind->scale);
        gb_json_close(j, '}');
    }
    gb_json_close(j, ']');
    gb_arena_release(&a);
}

static void standing(struct gb_json *j, const struct gb_evaluation *ev, const struct alert *x)
{
    const struct gb_indicator *ind = &ev->catalogue->indicator[x->s->indicator_i];
    char period[24];
    gb_period_iso(ind->freq, x->v->period, period);
    gb_json_str(j, "period", period);
    gb_json_str(j, "region", x->region);
    gb_json_str(j, "region_name", gb_region_name(ev->catalogue, x->s->region_i, ev->date));
    gb_json_str(j, "state", gb_state_word(x->v->state));
    gb_json_str(j, "status", (const char[]){ x->v->status, '\0' });
}

static void owners(struct gb_json *j, const struct gb_catalogue *c, const struct gb_indicator *ind)
{
    gb_json_open(j, "owners", '[');
    for (int i = 0; i < ind->n_owners; i++)
        gb_json_str(j, NULL, c->agency[ind->owner[i]].code);
    gb_json_close(j, ']');
}

static void one(struct gb_json *j, const struct gb_evaluation *ev, const struct alert *x)
{
    const struct gb_indicator *ind = &ev->catalogue->indicator[x->s->indicator_i];
    const bool whole = !x->commune; /* of a commune the group says what is the indicator's */
    gb_json_open(j, NULL, '{');
    gb_json_int(j, "age_days", x->v->age_days);
    gb_json_bool(j, "attention", x->v->stuck);
    if (whole)
        gb_json_str(j, "calendar", gb_calendar_word(ind->calendar));
    since(j, ev, x);
    gb_json_bool(j, "held", gb_eval_held(x->v));
    gb_json_int(j, "in_row", x->v->in_row);
    if (whole)
        gb_json_str(j, "indicator", ind->code);
    gb_json_str(j, "level", gb_state_word(x->v->level));
    if (whole)
        gb_json_str(j, "name", ind->name_vi);
    gb_json_bool(j, "overdue", x->v->overdue);
    if (whole)
        owners(j, ev->catalogue, ind);
    standing(j, ev, x);
    if (whole) {
        gb_json_str(j, "thresholds_basis", gb_steps_basis_word(ind));
        gb_json_str(j, "unit", ind->unit_vi);
    }
    gb_json_dec(j, "value", x->v->value, ind->scale);
    gb_json_close(j, '}');
}

/* How many at each step of the value; attention: of all of them. Held and overdue ones may stand below warning. */
static void count(struct gb_json *j, const char *key, const struct alert *v, size_t n)
{
    int64_t at[GB_OVERDUE + 1] = { 0 }, stuck = 0, held = 0, overdue = 0;
    for (size_t i = 0; i < n; i++) {
        at[v[i].v->level]++;
        stuck += v[i].v->stuck;
        held += gb_eval_held(v[i].v);
        overdue += v[i].v->overdue;
    }
    gb_json_open(j, key, '{');
    gb_json_int(j, "all", (int64_t)n);
    gb_json_int(j, "attention", stuck);
    gb_json_int(j, "danger", at[GB_DANGER]);
    gb_json_int(j, "emergency", at[GB_EMERGENCY]);
    gb_json_int(j, "held", held);
    gb_json_int(j, "overdue", overdue);
    gb_json_int(j, "warning", at[GB_WARNING]);
    gb_json_close(j, '}');
}

static void communes(struct gb_json *j, const struct gb_evaluation *ev, const struct alert *v, size_t n)
{
    struct group *g = NULL;
    size_t n_groups = 0, cap = 0;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || v[i].s->indicator_i != v[i - 1].s->indicator_i) {
            g = gb_grow(g, &cap, n_groups + 1, sizeof *g);
            g[n_groups++] = (struct group){ .first = &v[i] };
        }
        g[n_groups - 1].n++;
        g[n_groups - 1].n_worst += v[i].v->level == g[n_groups - 1].first->v->level;
    }
    if (n_groups > 1)
        qsort(g, n_groups, sizeof *g, by_group);
    gb_json_open(j, "communes", '[');
    for (size_t i = 0; i < n_groups; i++) {
        const struct gb_indicator *ind = &ev->catalogue->indicator[g[i].first->s->indicator_i];
        gb_json_open(j, NULL, '{');
        gb_json_str(j, "calendar", gb_calendar_word(ind->calendar));
        count(j, "count", g[i].first, g[i].n);
        gb_json_str(j, "indicator", ind->code);
        gb_json_str(j, "name", ind->name_vi);
        owners(j, ev->catalogue, ind);
        gb_json_open(j, "regions", '[');
        for (size_t k = 0; k < g[i].n; k++)
            one(j, ev, &g[i].first[k]);
        gb_json_close(j, ']');
        gb_json_str(j, "thresholds_basis", gb_steps_basis_word(ind));
        gb_json_str(j, "unit", ind->unit_vi);
        gb_json_close(j, '}');
    }
    gb_json_close(j, ']');
    free(g);
}

/* @param n_own  out: how many are not of communes; those come first. @return heap */
static struct alert *collect(const struct gb_evaluation *ev, size_t *n_own, size_t *n)
{
    const struct gb_catalogue *c = ev->catalogue;
    struct alert *v = NULL;
    size_t cap = 0;
    *n = *n_own = 0;
    for (size_t i = 0; i < ev->n; i++) {
        const struct gb_series *s = &ev->cube->series[i];
        const struct gb_eval *x = &ev->eval[i];
        const bool root = s->region_i == c->locality.root_region, commune = c->region[s->region_i].level == GB_AT_COMMUNE;
        const bool shown = gb_stands_at(x->level, GB_WARNING) || (gb_eval_held(x) && x->state >= GB_WARNING);
        if (x->latest_i < 0 || (!shown && !(x->overdue && root)))
            continue;
        v = gb_grow(v, &cap, *n + 1, sizeof *v);
        v[(*n)++] = (struct alert){ s, x, c->indicator[s->indicator_i].code, c->region[s->region_i].code, root, commune };
        *n_own += !commune;
    }
    if (*n > 1)
        qsort(v, *n, sizeof *v, by_list);
    return v;
}

void gb_alerts_json(const struct gb_evaluation *ev, const struct gb_edition_info *ed, struct gb_buf *out)
{
    size_t n, n_own;
    struct alert *v = collect(ev, &n_own, &n);
    char iso[16];
    struct gb_json j = { .out = out, .pretty = true };

    gb_date_iso(ev->date, iso);
    gb_json_open(&j, NULL, '{');
    gb_json_open(&j, "alert_count", '{');
    count(&j, "alerts", v, n_own);
    count(&j, "communes", n > n_own ? v + n_own : NULL, n - n_own);
    gb_json_close(&j, '}');
    gb_json_open(&j, "alerts", '[');
    for (size_t i = 0; i < n_own; i++)
        one(&j, ev, &v[i]);
    gb_json_close(&j, ']');
    communes(&j, ev, n > n_own ? v + n_own : NULL, n - n_own);
    gb_json_str(&j, "date", iso);
    gb_json_str(&j, "edition", ed->id);
    questions(&j, ev);
    if (ed->sample)
        gb_json_bool(&j, "sample", true);
    gb_json_str(&j, "schema", "giaoban.alerts/2");
    unusual(&j, ev);
    gb_json_close(&j, '}');
    gb_buf_addc(out, '\n');
    free(v);
}
