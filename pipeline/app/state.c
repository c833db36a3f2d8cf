/* state.c — state.json for the operations centre: each scenario of the locality, its phase and since when (evaluation/scenario.h), the figure
 * that says so, whether its own trigger convenes a meeting tonight, and when its next report is due. */
#include "app/work.h"
#include "base/json.h"
#include "evaluation/event.h"
#include "document/describe.h"
#include "evaluation/scenario.h"

/* Since when the figure stands at warning or worse (at watch or worse when it is below that): its open episode, null when there is none. */
static void figure_since(struct gb_json *j, const struct gb_evaluation *ev, const struct gb_scenario_state *x,
                         enum gb_state level)
{
    const struct gb_series *s = gb_cube_series(ev->cube, x->indicator_i, x->region_i);
    struct gb_arena a;
    struct gb_event *e = NULL;
    char period[24];
    gb_arena_init(&a, 0);
    size_t n =
        s ? gb_events_of(ev->catalogue, s, ev->date, GB_EVENT_RULE(level >= GB_WARNING ? GB_WARNING : GB_WATCH), &a, &e) : 0;
    if (n && gb_event_open(&e[n - 1])) {
        gb_period_iso(ev->catalogue->indicator[x->indicator_i].freq, s->period[e[n - 1].opened_i], period);
        gb_json_str(j, "since", period);
    } else
        gb_json_null(j, "since");
    gb_arena_release(&a);
}

static void figure(struct gb_json *j, const struct gb_evaluation *ev, const struct gb_scenario_state *x)
{
    const struct gb_catalogue *c = ev->catalogue;
    const struct gb_eval *v = x->indicator_i >= 0 ? gb_eval_find(ev, x->indicator_i, x->region_i) : NULL;
    char period[24];
    if (!v || v->latest_i < 0) {
        gb_json_null(j, "reason");
        return;
    }
    const struct gb_indicator *ind = &c->indicator[x->indicator_i];
    gb_period_iso(ind->freq, v->period, period);
    gb_json_open(j, "reason", '{');
    gb_json_str(j, "indicator", ind->code);
    gb_json_str(j, "level", gb_state_word(v->level));
    gb_json_bool(j, "moves", gb_moves(ind, v));
    gb_json_str(j, "name", ind->name_vi);
    gb_json_bool(j, "overdue", v->overdue);
    gb_json_str(j, "period", period);
    gb_json_str(j, "region", c->region[x->region_i].code);
    gb_json_str(j, "region_name", gb_region_name(c, x->region_i, ev->date));
    figure_since(j, ev, x, v->state <= GB_EMERGENCY ? v->state : v->level);
    gb_json_str(j, "state", gb_state_word(v->state));
    gb_json_str(j, "status", (const char[]){ v->status, '\0' });
    struct gb_value limit = gb_value_of(ev, x->indicator_i, x->region_i, GB_D_THRESHOLD);
    if (limit.kind == GB_V_NUM)
        gb_json_dec(j, "threshold", limit.num, limit.scale);
    else
        gb_json_null(j, "threshold");
    gb_json_str(j, "threshold_basis", gb_steps_basis_word(ind));
    gb_json_str(j, "unit", ind->unit_vi);
    gb_json_dec(j, "value", v->value, ind->scale);
    gb_json_close(j, '}');
}

static const struct gb_head *head_of(const struct gb_plan *p, const struct gb_scenario *k)
{
    for (size_t i = 0; k->script && i < p->n_heads; i++)
        if (p->head[i].ok && p->head[i].meta.kind == GB_SCRIPT_SCENARIO && gb_streq(p->head[i].meta.code, k->code))
            return &p->head[i];
    return NULL;
}

/* The sentence of the definition's own trigger, null when it convenes nobody; a definition that fails is told as such, not as calm. */
static void convened(struct gb_json *j, const struct gb_worker_ctx *ctx, const struct gb_head *h, struct gb_arena *a)
{
    const char *reason = NULL;
    struct gb_err e = { 0 };
    struct gb_script_job job = { .sources = &ctx->app->sources,
                                 .ev = ctx->ev,
                                 .path = h ? h->path : NULL,
                                 .audience = GB_LEADERSHIP,
                                 .level = "ad-hoc",
                                 .indicator_i = -1,
                                 .region_i = -1,
                                 .sample = ctx->sample };
    bool failed = h && gb_script_trigger(&job, a, &reason, &e) != GB_OK;
    if (reason && !failed)
        gb_json_str(j, "convened", reason);
    else
        gb_json_null(j, "convened");
    if (failed)
        gb_json_bool(j, "convened_unknown", true);
}

/* Path of tonight's CAP message, null when there is none. */
static void cap_path(struct gb_json *j, const struct gb_worker_ctx *ctx, const struct gb_head *h, struct gb_arena *a)
{
    struct gb_err e = { 0 };
    struct gb_cap cap;
    struct gb_script_job job = { .sources = &ctx->app->sources,
                                 .ev = ctx->ev,
                                 .path = h ? h->path : NULL,
                                 .audience = GB_LEADERSHIP,
                                 .indicator_i = -1,
                                 .region_i = -1,
                                 .sample = ctx->sample };
    if (h && h->meta.cap && gb_script_cap(&job, a, &cap, &e) == GB_OK && gb_cap_kind_of(ctx->ev, &cap) != GB_CAP_NONE)
        gb_json_str(j, "cap", gb_sprintf(a, "cap/%s.xml", h->meta.code));
    else
        gb_json_null(j, "cap");
}

static void next_report(struct gb_json *j, const struct gb_head *h, struct gb_date date)
{
    char iso[16];
    for (int k = 1; h && k <= 31; k++) {
        struct gb_date d = gb_date_from_days(gb_date_to_days(date) + k);
        if (!gb_rhythm_due(h->meta.rhythm, d))
            continue;
        gb_date_iso(d, iso);
        gb_json_str(j, "next_report", iso);
        return;
    }
    gb_json_null(j, "next_report");
}

void gb_state_json(const struct gb_worker_ctx *ctx, struct gb_buf *out)
{
    const struct gb_evaluation *ev = ctx->ev;
    const struct gb_catalogue *c = ev->catalogue;
    struct gb_json j = { .out = out, .pretty = true };
    struct gb_arena a;
    char iso[16];
    gb_arena_init(&a, 0);
    const struct gb_scenario_state *x = gb_scenario_states(ev, &a);
    gb_date_iso(ev->date, iso);
    gb_json_open(&j, NULL, '{');
    gb_json_str(&j, "date", iso);
    gb_json_str(&j, "edition", ctx->edition.id);
    if (ctx->edition.sample)
        gb_json_bool(&j, "sample", true);
    gb_json_open(&j, "scenarios", '[');
    for (int k = 0; k < c->n_scenarios; k++) {
        const struct gb_head *h = head_of(ctx->plan, &c->scenario[k]);
        gb_date_iso(x[k].since, iso);
        gb_json_open(&j, NULL, '{');
        gb_json_str(&j, "before", gb_phase_word(x[k].before));
        cap_path(&j, ctx, h, &a);
        convened(&j, ctx, h, &a);
        gb_json_str(&j, "name", c->scenario[k].name_vi);
        next_report(&j, h, ev->date);
        gb_json_bool(&j, "open", x[k].open);
        figure(&j, ev, &x[k]);
        gb_json_str(&j, "rule", gb_phase_rule_word(x[k].rule));
        gb_json_str(&j, "scenario", c->scenario[k].code);
        gb_json_str(&j, "since", iso);
        gb_json_bool(&j, "since_or_before", x[k].since_before);
        gb_json_str(&j, "state", gb_phase_word(x[k].phase));
        gb_json_str(&j, "why", gb_phase_rule_vi(x[k].rule));
        gb_json_str(&j, "worst", gb_state_word(x[k].worst));
        gb_json_close(&j, '}');
    }
    gb_json_close(&j, ']');
    gb_json_str(&j, "schema", "giaoban.state/1");
    gb_json_close(&j, '}');
    gb_buf_addc(out, '\n');
    gb_arena_release(&a);
}
