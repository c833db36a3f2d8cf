/* json_events.c — events.json for the operations centre: the log of episodes at warning or worse that were open in the last 31 days, by the
 * rules of evaluation/event.h. It is derived from the vintage of the edition and lies in it for good: what was known on a day is the file
 * of that day's edition, and a late delivery shows in the next one. */
#include "render/centre_int.h"

static void period(struct gb_json *j, const char *key, enum gb_freq f, int32_t p)
{
    char iso[24];
    if (p == GB_PERIOD_NONE) {
        gb_json_null(j, key);
        return;
    }
    gb_period_iso(f, p, iso);
    gb_json_str(j, key, iso);
}

/* Who acknowledged it and when; not by which number of delivery: numbers follow arrival, and the same figures give the same bytes. */
static void acknowledged(struct gb_json *j, const struct gb_evaluation *ev, const struct gb_series *s, const struct gb_event *x)
{
    const struct gb_cube_ack *k = gb_event_ack(ev->cube, s, x, ev->date);
    char iso[16];
    if (!k) {
        gb_json_null(j, "acknowledged");
        return;
    }
    gb_json_open(j, "acknowledged", '{');
    gb_json_str(j, "agency", ev->catalogue->agency[k->agency_i].code);
    gb_json_str(j, "agency_name", ev->catalogue->agency[k->agency_i].name_vi);
    gb_date_iso(gb_date_from_days(k->on_days), iso);
    gb_json_str(j, "on", iso);
    gb_json_close(j, '}');
}

void gb_episode_json(struct gb_json *j, const char *key, const struct gb_evaluation *ev, const struct gb_series *s,
                     const struct gb_event *x)
{
    const struct gb_catalogue *c = ev->catalogue;
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    gb_json_open(j, key, '{');
    gb_json_int(j, "above", x->n_above);
    acknowledged(j, ev, s, x);
    period(j, "closed", ind->freq, gb_event_closed(c, s, x));
    gb_json_bool(j, "ended", x->ended);
    period(j, "last", ind->freq, s->period[x->last_i]);
    gb_json_int(j, "length", x->length);
    gb_json_str(j, "level", gb_state_word(x->level));
    gb_json_int(j, "missing", x->n_missing);
    period(j, "opened", ind->freq, s->period[x->opened_i]);
    gb_json_open(j, "peak", '{');
    period(j, "period", ind->freq, s->period[x->peak_i]);
    gb_json_str(j, "status", (const char[]){ s->status[x->peak_i], '\0' });
    gb_json_dec(j, "value", s->value[x->peak_i], ind->scale);
    gb_json_close(j, '}');
    gb_json_bool(j, "silent", x->silent);
    gb_json_close(j, '}');
}

void gb_events_json(const struct gb_evaluation *ev, const struct gb_edition_info *ed, struct gb_buf *out)
{
    const struct gb_catalogue *c = ev->catalogue;
    const struct gb_event_rule rule = GB_EVENT_RULE(GB_WARNING);
    struct gb_json j = { .out = out, .pretty = true };
    struct gb_arena a;
    struct gb_logged *v;
    char iso[16];

    gb_arena_init(&a, 0);
    size_t n = gb_event_log(ev, rule, GB_EVENTS_DAYS, &a, &v);
    gb_date_iso(ev->date, iso);
    gb_json_open(&j, NULL, '{');
    gb_json_str(&j, "date", iso);
    gb_json_str(&j, "edition", ed->id);
    gb_json_open(&j, "events", '[');
    for (size_t i = 0; i < n; i++) {
        gb_json_open(&j, NULL, '{');
        gb_episode_json(&j, "episode", ev, v[i].s, &v[i].event);
        gb_json_str(&j, "indicator", c->indicator[v[i].s->indicator_i].code);
        gb_json_str(&j, "region", c->region[v[i].s->region_i].code);
        gb_json_str(&j, "region_name", gb_region_name(c, v[i].s->region_i, ev->date));
        gb_json_str(&j, "unit", c->indicator[v[i].s->indicator_i].unit_vi);
        gb_json_close(&j, '}');
    }
    gb_json_close(&j, ']');
    gb_json_open(&j, "rule", '{');
    gb_json_int(&j, "days", GB_EVENTS_DAYS);
    gb_json_int(&j, "off", gb_event_off(GB_FREQ_DAY));
    gb_json_int(&j, "off_from_months", gb_event_off(GB_FREQ_MONTH));
    gb_json_int(&j, "on", rule.on);
    gb_json_str(&j, "step", gb_state_word(rule.step));
    gb_json_close(&j, '}');
    if (ed->sample)
        gb_json_bool(&j, "sample", true);
    gb_json_str(&j, "schema", "giaoban.events/1");
    gb_json_close(&j, '}');
    gb_buf_addc(out, '\n');
    gb_arena_release(&a);
}
