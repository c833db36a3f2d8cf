/* phrase_phase.c — in which state a scenario is, since when, by which rule and against which limit, in one sentence.
 *
 * The rule is the text of evaluation/scenario.h that state.json carries as `why`; figure, limit and periods stay values with identity.
 * A limit is said only where the value stands at a step: below it the nearest one is not why. */
#include "document/phrase.h"

const char *gb_phrase_phase_since(struct gb_arena *a, enum gb_phase phase, struct gb_date since, bool or_before)
{
    char date[16];
    gb_date_vi(since, date);
    return gb_sprintf(a, "Trạng thái: %s, từ ngày %s%s", gb_phase_vi(phase), date, or_before ? " hoặc trước đó" : "");
}

static void limit(struct gb_doc *d, struct gb_text *t, const struct gb_evaluation *ev, const struct gb_scenario_state *x,
                  const struct gb_eval *v)
{
    const struct gb_value at = gb_value_of(ev, x->indicator_i, x->region_i, GB_D_THRESHOLD);
    if (!gb_stands_at(v->level, GB_WATCH) || at.kind != GB_V_NUM)
        return;
    gb_text_add(d, t, at.basis == GB_BASIS_PROPOSED ? ", ngưỡng đề xuất của mức " : ", ngưỡng của mức ", 0);
    gb_text_value(d, t, gb_value_state(v->level), 0);
    gb_text_add(d, t, " là ", 0);
    gb_text_value(d, t, at, 0);
}

static void figure(struct gb_doc *d, struct gb_text *t, const struct gb_evaluation *ev, const struct gb_scenario_state *x)
{
    const struct gb_eval *v = x->indicator_i >= 0 ? gb_eval_find(ev, x->indicator_i, x->region_i) : NULL;
    if (!v || v->latest_i < 0)
        return;
    const struct gb_indicator *ind = &ev->catalogue->indicator[x->indicator_i];
    int32_t since;
    gb_text_add(d, t, ": ", 0);
    gb_text_add(d, t, gb_phrase_lower_first(d->arena, ind->name_vi), 0);
    if (x->region_i != ev->catalogue->locality.root_region) {
        const char *place = gb_phrase_place(d->arena, gb_region_name(ev->catalogue, x->region_i, ev->date));
        if (!strstr(ind->name_vi, place))
            gb_text_add(d, t, gb_sprintf(d->arena, " tại %s", place), 0);
    }
    gb_text_add(d, t, " ", 0);
    gb_text_value(d, t, gb_value_of(ev, x->indicator_i, x->region_i, GB_D_VALUE), 0);
    gb_text_add(d, t, " (", 0);
    gb_text_value(d, t, gb_value_period(ind->freq, v->period), 0);
    gb_text_add(d, t, ")", 0);
    limit(d, t, ev, x, v);
    if (!gb_scenario_figure_since(ev, x, &since) || since == v->period)
        return;
    const enum gb_state shown = v->state <= GB_EMERGENCY ? v->state : v->level;
    gb_text_add(d, t, ", từ mức ", 0);
    gb_text_value(d, t, gb_value_state(shown >= GB_WARNING ? GB_WARNING : GB_WATCH), 0);
    gb_text_add(d, t, " trở lên kể từ ", 0);
    gb_text_value(d, t, gb_value_period(ind->freq, since), 0);
}

void gb_phrase_phase(struct gb_doc *d, struct gb_text *t, const struct gb_evaluation *ev, const struct gb_scenario_state *x,
                     bool brief)
{
    gb_text_add(d, t, gb_phrase_phase_since(d->arena, x->phase, x->since, x->since_before), 0);
    if (x->rule != GB_RULE_NONE) {
        gb_text_add(d, t, gb_sprintf(d->arena, "; %s", gb_phase_rule_vi(x->rule)), 0);
        if (!brief)
            figure(d, t, ev, x);
    }
    gb_text_add(d, t, ".", 0);
}
