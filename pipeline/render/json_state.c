/* json_state.c — state.json for the operations centre: each scenario of the locality, its phase and since when (evaluation/scenario.h), the
 * figure that says so, and what the caller knows from the definitions: the meeting, the CAP message, the next report. */
#include "document/describe.h"
#include "evaluation/scenario.h"
#include "render/centre_int.h"

static void str_or_null(struct gb_json *j, const char *key, const char *s)
{
    if (s)
        gb_json_str(j, key, s);
    else
        gb_json_null(j, key);
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
    int32_t since;
    if (gb_scenario_figure_since(ev, x, &since)) {
        gb_period_iso(ind->freq, since, period);
        gb_json_str(j, "since", period);
    } else
        gb_json_null(j, "since");
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

static void scenario(struct gb_json *j, const struct gb_evaluation *ev, const struct gb_scenario_state *x,
                     const struct gb_scenario_line *line)
{
    const struct gb_scenario *k = &ev->catalogue->scenario[x->scenario_i];
    char since[16], next[16];
    gb_date_iso(x->since, since);
    if (line->has_next)
        gb_date_iso(line->next_report, next);
    gb_json_open(j, NULL, '{');
    gb_json_str(j, "before", gb_phase_word(x->before));
    str_or_null(j, "cap", line->cap);
    str_or_null(j, "convened", line->convened);
    if (line->convened_unknown)
        gb_json_bool(j, "convened_unknown", true);
    gb_json_str(j, "name", k->name_vi);
    str_or_null(j, "next_report", line->has_next ? next : NULL);
    gb_json_bool(j, "open", x->open);
    figure(j, ev, x);
    gb_json_str(j, "rule", gb_phase_rule_word(x->rule));
    gb_json_str(j, "scenario", k->code);
    gb_json_str(j, "since", since);
    gb_json_bool(j, "since_or_before", x->since_before);
    gb_json_str(j, "state", gb_phase_word(x->phase));
    gb_json_str(j, "why", gb_phase_rule_vi(x->rule));
    gb_json_str(j, "worst", gb_state_word(x->worst));
    gb_json_close(j, '}');
}

void gb_scenarios_json(const struct gb_evaluation *ev, const struct gb_edition_info *ed, const struct gb_scenario_line *line,
                       struct gb_buf *out)
{
    struct gb_json j = { .out = out, .pretty = true };
    struct gb_arena a;
    char iso[16];
    gb_arena_init(&a, 0);
    const struct gb_scenario_state *x = gb_scenario_states(ev, &a);
    gb_date_iso(ev->date, iso);
    gb_json_open(&j, NULL, '{');
    gb_json_str(&j, "date", iso);
    gb_json_str(&j, "edition", ed->id);
    if (ed->sample)
        gb_json_bool(&j, "sample", true);
    gb_json_open(&j, "scenarios", '[');
    for (int k = 0; k < ev->catalogue->n_scenarios; k++)
        scenario(&j, ev, &x[k], &line[k]);
    gb_json_close(&j, ']');
    gb_json_str(&j, "schema", "giaoban.state/1");
    gb_json_close(&j, '}');
    gb_buf_addc(out, '\n');
    gb_arena_release(&a);
}
