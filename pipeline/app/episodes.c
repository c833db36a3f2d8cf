/* episodes.c — see episodes.h. Rows are of codes and periods as a delivery writes them, so that whoever opens the store reads them; names are
 * added on the way out, from the catalogue of the day on which somebody asks. */
#include "app/episodes.h"
#include "base/csv.h"
#include "base/json.h"
#include "evaluation/event.h"
#include "render/render.h"

static const char *period(struct gb_arena *a, enum gb_freq f, int32_t p)
{
    char iso[24];
    if (p == GB_PERIOD_NONE)
        return NULL;
    gb_period_iso(f, p, iso);
    return gb_strdup(a, iso);
}

static struct gb_store_episode row_of(struct gb_arena *a, const struct gb_evaluation *ev, const struct gb_logged *x)
{
    const struct gb_catalogue *c = ev->catalogue;
    const struct gb_indicator *ind = &c->indicator[x->s->indicator_i];
    const struct gb_cube_ack *ack = gb_event_ack(ev->cube, x->s, &x->event, ev->date);
    struct gb_store_episode r = { .indicator = ind->code,
                                  .region = c->region[x->s->region_i].code,
                                  .opened = period(a, ind->freq, x->s->period[x->event.opened_i]),
                                  .last = period(a, ind->freq, x->s->period[x->event.last_i]),
                                  .closed = period(a, ind->freq, gb_event_closed(c, x->s, &x->event)),
                                  .level = gb_state_word(x->event.level),
                                  .peak_period = period(a, ind->freq, x->s->period[x->event.peak_i]),
                                  .peak = x->s->value[x->event.peak_i],
                                  .scale = ind->scale,
                                  .silent = x->event.silent };
    if (ack) {
        r.ack_delivery = ack->delivery;
        r.ack_on = gb_date_from_days(ack->on_days);
    }
    return r;
}

enum gb_code gb_episodes_write(struct gb_store *s, const struct gb_evaluation *ev, const struct gb_vintage *v, struct gb_err *e)
{
    struct gb_arena a;
    struct gb_logged *x;
    gb_assert(gb_cube_acks_known(ev->cube));
    gb_arena_init(&a, 0);
    struct gb_store_night night = { .date = ev->date, .vintage = v->number, .digest = v->digest };
    night.n = gb_event_log(ev, GB_EVENT_RULE(GB_WARNING), GB_EVENTS_DAYS, &a, &x);
    night.v = GB_NEW_N(&a, night.n + 1, struct gb_store_episode);
    for (size_t i = 0; i < night.n; i++)
        night.v[i] = row_of(&a, ev, &x[i]);
    const enum gb_code code = gb_store_episodes_put(s, ev->catalogue->locality.slug, &night, e);
    gb_arena_release(&a);
    return code;
}

/* ---- for people -------------------------------------------------------------------------------------------------------- */
static const char *name_of(const struct gb_catalogue *c, const char *indicator)
{
    const int i = gb_indicator_find(c, indicator);
    return i >= 0 ? c->indicator[i].name_vi : "";
}

static const char *place_of(const struct gb_catalogue *c, const char *region, struct gb_date date)
{
    const int i = gb_key_find(c, region);
    return i >= 0 && i < c->n_regions ? gb_region_name(c, i, date) : "";
}

void gb_episodes_csv(const struct gb_catalogue *c, const struct gb_store_night *night, struct gb_buf *out)
{
    static const char *const head[] = {
        "date", "vintage",     "indicator", "name",   "region", "region_name",     "opened",          "level",
        "peak", "peak_period", "last",      "closed", "silent", "acknowledged_by", "acknowledged_on", "acknowledged_delivery"
    };
    char iso[16];
    for (size_t k = 0; k < sizeof head / sizeof *head; k++)
        gb_csv_code(out, k == 0, head[k]);
    gb_csv_end(out);
    for (size_t i = 0; i < night->n; i++) {
        const struct gb_store_episode *x = &night->v[i];
        gb_date_iso(night->date, iso);
        gb_csv_code(out, true, iso);
        gb_csv_number(out, false, night->vintage, 0);
        gb_csv_code(out, false, x->indicator);
        gb_csv_text(out, false, name_of(c, x->indicator));
        gb_csv_code(out, false, x->region);
        gb_csv_text(out, false, place_of(c, x->region, night->date));
        gb_csv_code(out, false, x->opened);
        gb_csv_code(out, false, x->level);
        gb_csv_number(out, false, x->peak, x->scale);
        gb_csv_code(out, false, x->peak_period);
        gb_csv_code(out, false, x->last);
        gb_csv_code(out, false, x->closed ? x->closed : "");
        gb_csv_number(out, false, x->silent, 0);
        gb_csv_code(out, false, x->ack_agency ? x->ack_agency : "");
        if (x->ack_delivery)
            gb_date_iso(x->ack_on, iso);
        gb_csv_code(out, false, x->ack_delivery ? iso : "");
        if (x->ack_delivery)
            gb_csv_number(out, false, x->ack_delivery, 0);
        else
            gb_csv_code(out, false, "");
        gb_csv_end(out);
    }
}

static void episode_json(struct gb_json *j, const struct gb_catalogue *c, const struct gb_store_night *night,
                         const struct gb_store_episode *x)
{
    char iso[16];
    gb_json_open(j, NULL, '{');
    if (x->ack_delivery) {
        gb_date_iso(x->ack_on, iso);
        gb_json_open(j, "acknowledged", '{');
        gb_json_str(j, "agency", x->ack_agency);
        gb_json_int(j, "delivery", x->ack_delivery);
        gb_json_str(j, "on", iso);
        gb_json_close(j, '}');
    } else {
        gb_json_null(j, "acknowledged");
    }
    gb_json_str(j, "closed", x->closed);
    gb_json_str(j, "indicator", x->indicator);
    gb_json_str(j, "last", x->last);
    gb_json_str(j, "level", x->level);
    gb_json_str(j, "name", name_of(c, x->indicator));
    gb_json_str(j, "opened", x->opened);
    gb_json_open(j, "peak", '{');
    gb_json_str(j, "period", x->peak_period);
    gb_json_dec(j, "value", x->peak, x->scale);
    gb_json_close(j, '}');
    gb_json_str(j, "region", x->region);
    gb_json_str(j, "region_name", place_of(c, x->region, night->date));
    gb_json_bool(j, "silent", x->silent);
    gb_json_close(j, '}');
}

void gb_episodes_json(const struct gb_catalogue *c, const struct gb_store_night *night, struct gb_buf *out)
{
    struct gb_json j = { .out = out, .pretty = true };
    char iso[16];
    gb_date_iso(night->date, iso);
    gb_json_open(&j, NULL, '{');
    gb_json_str(&j, "date", iso);
    gb_json_open(&j, "events", '[');
    for (size_t i = 0; i < night->n; i++)
        episode_json(&j, c, night, &night->v[i]);
    gb_json_close(&j, ']');
    gb_json_str(&j, "locality", c->locality.slug);
    gb_json_str(&j, "schema", "giaoban.log/1");
    gb_json_int(&j, "vintage", night->vintage);
    gb_json_close(&j, '}');
    gb_buf_addc(out, '\n');
}
