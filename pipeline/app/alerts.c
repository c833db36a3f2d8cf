/* alerts.c — alerts.json for the operations centre: every series whose latest value stands at warning or worse (or has left it, not confirmed: held), communes that are unusual, and every one that is
 * overdue; worst first, then by indicator and region code, so that the file does not depend on anything but the figures. */
#include "app/work.h"
#include "base/json.h"
#include "document/describe.h"
#include "evaluation/anomaly.h"
#include "evaluation/consistency.h"
#include <stdlib.h>

struct alert {
    const struct gb_series *s;
    const struct gb_eval *v;
    const char *indicator, *region;
};

static int worst_first(const void *pa, const void *pb)
{
    const struct alert *a = pa, *b = pb;
    if (a->v->level != b->v->level)
        return a->v->level > b->v->level ? -1 : 1;
    int c = strcmp(a->indicator, b->indicator);
    return c ? c : strcmp(a->region, b->region);
}

/* Since when it stands there: the open episode of a figure at warning or worse. */
static void since(struct gb_json *j, const struct gb_evaluation *ev, const struct alert *x)
{
    struct gb_event *e = NULL;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    size_t n = gb_events_of(ev->catalogue, x->s, ev->date, GB_EVENT_RULE(GB_WARNING), &a, &e);
    if (n && gb_event_open(&e[n - 1]))
        gb_episode_json(j, "episode", ev->catalogue, x->s, &e[n - 1]);
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

static void one(struct gb_json *j, const struct gb_evaluation *ev, const struct alert *x)
{
    const struct gb_indicator *ind = &ev->catalogue->indicator[x->s->indicator_i];
    char period[24];
    gb_json_open(j, NULL, '{');
    gb_json_int(j, "age_days", x->v->age_days);
    gb_json_bool(j, "attention", x->v->stuck);
    gb_json_str(j, "calendar", gb_calendar_word(ind->calendar));
    since(j, ev, x);
    gb_json_bool(j, "held", gb_eval_held(x->v));
    gb_json_int(j, "in_row", x->v->in_row);
    gb_json_str(j, "indicator", ind->code);
    gb_json_str(j, "level", gb_state_word(x->v->level));
    gb_json_str(j, "name", ind->name_vi);
    gb_json_bool(j, "overdue", x->v->overdue);
    gb_json_open(j, "owners", '[');
    for (int i = 0; i < ind->n_owners; i++)
        gb_json_str(j, NULL, ev->catalogue->agency[ind->owner[i]].code);
    gb_json_close(j, ']');
    gb_period_iso(ind->freq, x->v->period, period);
    gb_json_str(j, "period", period);
    gb_json_str(j, "region", x->region);
    gb_json_str(j, "region_name", gb_region_name(ev->catalogue, x->s->region_i, ev->date));
    gb_json_str(j, "state", gb_state_word(x->v->state));
    gb_json_str(j, "status", (const char[]){ x->v->status, '\0' });
    gb_json_str(j, "thresholds_basis", gb_steps_basis_word(ind));
    gb_json_str(j, "unit", ind->unit_vi);
    gb_json_dec(j, "value", x->v->value, ind->scale);
    gb_json_close(j, '}');
}

void gb_alerts_json(const struct gb_evaluation *ev, const struct gb_edition_info *ed, struct gb_buf *out)
{
    struct alert *v = NULL;
    size_t n = 0, cap = 0;
    char iso[16];
    struct gb_json j = { .out = out, .pretty = true };

    for (size_t i = 0; i < ev->n; i++) {
        const struct gb_series *s = &ev->cube->series[i];
        const struct gb_eval *x = &ev->eval[i];
        bool shown = x->level >= GB_WARNING || (gb_eval_held(x) && x->state >= GB_WARNING);
        if (x->latest_i < 0 || (!shown && !(x->overdue && s->region_i == ev->catalogue->locality.root_region)) ||
            x->level > GB_EMERGENCY)
            continue;
        v = gb_grow(v, &cap, n + 1, sizeof *v);
        v[n++] = (struct alert){ s, x, ev->catalogue->indicator[s->indicator_i].code, ev->catalogue->region[s->region_i].code };
    }
    if (n > 1)
        qsort(v, n, sizeof *v, worst_first);
    gb_date_iso(ev->date, iso);
    gb_json_open(&j, NULL, '{');
    gb_json_open(&j, "alerts", '[');
    for (size_t i = 0; i < n; i++)
        one(&j, ev, &v[i]);
    gb_json_close(&j, ']');
    gb_json_str(&j, "date", iso);
    gb_json_str(&j, "edition", ed->id);
    questions(&j, ev);
    if (ed->sample)
        gb_json_bool(&j, "sample", true);
    gb_json_str(&j, "schema", "giaoban.alerts/1");
    unusual(&j, ev);
    gb_json_close(&j, '}');
    gb_buf_addc(out, '\n');
    free(v);
}
