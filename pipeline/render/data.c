/* data.c — an indicator's figures as open data, straight from the cube: tidy CSV (one observation a row) and columnar JSON.
 *
 * Raw values at the stored scale, never formatted; missing is an empty field with status M. Only what this process may see is in its
 * cube, so there is nothing to filter here. Regions in catalogue order, periods ascending: same cube, same bytes.
 */
#include "base/csv.h"
#include "base/json.h"
#include "document/describe.h"
#include "render/render.h"

static const char *freq_text(const struct gb_indicator *ind)
{
    return gb_freq_word(ind->freq);
}

#define MADE_UP "SỐ LIỆU MẪU"

static void csv_head(bool sample, struct gb_buf *out)
{
    static const char *const col[] = { "indicator", "region", "region_name", "period", "value", "unit", "status", "derived" };
    for (size_t i = 0; i < sizeof col / sizeof *col; i++)
        gb_csv_code(out, i == 0, col[i]);
    if (sample)
        gb_csv_code(out, false, "sample");
    gb_csv_end(out);
}

/* The three leading fields and the unit do not change within a series: they are formatted once and copied. */
static void csv_series(const struct gb_evaluation *ev, const struct gb_series *s, bool sample, struct gb_buf *out)
{
    const struct gb_catalogue *c = ev->catalogue;
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    struct gb_buf lead = { 0 }, tail = { 0 };
    gb_csv_code(&lead, true, ind->code);
    gb_csv_code(&lead, false, c->region[s->region_i].code);
    gb_csv_text(&lead, false, gb_region_name(c, s->region_i, ev->date));
    gb_csv_text(&tail, false, ind->unit_vi);
    for (uint32_t i = 0; i < s->n; i++) {
        char period[24], status[2] = { s->status[i], 0 };
        gb_period_iso(ind->freq, s->period[i], period);
        gb_buf_add(out, lead.p, lead.n);
        gb_csv_code(out, false, period);
        if (s->value[i] == GB_VALUE_MISSING)
            gb_csv_empty(out, false);
        else
            gb_csv_number(out, false, s->value[i], ind->scale);
        gb_buf_add(out, tail.p, tail.n);
        gb_csv_code(out, false, status);
        gb_csv_code(out, false, s->flags & GB_SERIES_DERIVED ? "1" : "0");
        if (sample)
            gb_csv_text(out, false, MADE_UP);
        gb_csv_end(out);
    }
    gb_buf_release(&lead);
    gb_buf_release(&tail);
}

enum gb_code gb_data_csv(const struct gb_evaluation *ev, int indicator_i, const struct gb_edition_info *ed, struct gb_buf *out,
                         struct gb_err *e)
{
    (void)e; /* kept for symmetry with the other renderers: memory faults end the process */
    csv_head(ed->sample, out);
    for (int r = 0; r < ev->catalogue->n_regions; r++) {
        const struct gb_series *s = gb_cube_series(ev->cube, indicator_i, r);
        if (s)
            csv_series(ev, s, ed->sample, out);
    }
    return GB_OK;
}

static void json_series(struct gb_json *j, const struct gb_evaluation *ev, const struct gb_series *s)
{
    const struct gb_catalogue *c = ev->catalogue;
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    gb_json_open(j, NULL, '{');
    gb_json_bool(j, "derived", (s->flags & GB_SERIES_DERIVED) != 0);
    gb_json_str(j, "name", gb_region_name(c, s->region_i, ev->date));
    gb_json_open(j, "periods", '[');
    for (uint32_t i = 0; i < s->n; i++) {
        char period[24];
        gb_period_iso(ind->freq, s->period[i], period);
        gb_json_str(j, NULL, period);
    }
    gb_json_close(j, ']');
    gb_json_str(j, "region", c->region[s->region_i].code);
    struct gb_buf status = { 0 };
    gb_buf_add(&status, s->status, s->n);
    gb_json_str(j, "status", status.p ? status.p : "");
    gb_buf_release(&status);
    gb_json_open(j, "values", '[');
    for (uint32_t i = 0; i < s->n; i++) {
        if (s->value[i] == GB_VALUE_MISSING)
            gb_json_null(j, NULL);
        else
            gb_json_dec(j, NULL, s->value[i], ind->scale);
    }
    gb_json_close(j, ']');
    gb_json_close(j, '}');
}

static void owners(struct gb_json *j, const struct gb_catalogue *c, const struct gb_indicator *ind)
{
    gb_json_open(j, "owners", '[');
    for (int k = 0; k < ind->n_owners; k++)
        gb_json_str(j, NULL, c->agency[ind->owner[k]].name_vi);
    gb_json_close(j, ']');
}

/* Limits and who vouches for them; nothing at all where the indicator is not judged. */
static void thresholds(struct gb_json *j, const struct gb_indicator *ind)
{
    static const char *const step[GB_N_STEPS] = { "watch", "warning", "danger", "emergency" };
    static const int by_name[GB_N_STEPS] = { 2, 3, 1, 0 }; /* keys are sorted */
    if (!ind->has_steps)
        return;
    gb_json_open(j, "thresholds", '{');
    gb_json_str(j, "basis", gb_steps_basis_word(ind));
    for (int k = 0; k < GB_N_STEPS; k++) {
        const struct gb_threshold *t = &ind->step[by_name[k]];
        if (!t->set)
            continue;
        if (ind->direction == GB_BAND) {
            gb_json_open(j, step[by_name[k]], '[');
            gb_json_dec(j, NULL, t->lo, ind->scale);
            gb_json_dec(j, NULL, t->hi, ind->scale);
            gb_json_close(j, ']');
        } else
            gb_json_dec(j, step[by_name[k]], t->lo, ind->scale);
    }
    gb_json_close(j, '}');
}

enum gb_code gb_data_json(const struct gb_evaluation *ev, int indicator_i, const struct gb_edition_info *ed, struct gb_buf *out,
                          struct gb_err *e)
{
    (void)e;
    const struct gb_catalogue *c = ev->catalogue;
    const struct gb_indicator *ind = &c->indicator[indicator_i];
    struct gb_json j = { .out = out, .pretty = false };
    char date[16];
    gb_date_iso(ed->date, date);
    gb_json_open(&j, NULL, '{');
    gb_json_str(&j, "calendar", gb_calendar_word(ind->calendar));
    gb_json_str(&j, "code", ind->code);
    gb_json_str(&j, "date", date);
    gb_json_int(&j, "decimals", ind->decimals);
    gb_json_str(&j, "direction", gb_direction_word(ind->direction));
    gb_json_str(&j, "edition", ed->id);
    gb_json_str(&j, "evidence", ind->evidence);
    gb_json_str(&j, "flow", gb_flow_word(ind->flow));
    gb_json_str(&j, "frequency", freq_text(ind));
    gb_json_str(&j, "legal_basis", ind->legal_basis);
    gb_json_str(&j, "licence", c->locality.licence);
    gb_json_str(&j, "name_en", ind->name_en);
    gb_json_str(&j, "name_vi", ind->name_vi);
    owners(&j, c, ind);
    if (ed->sample)
        gb_json_bool(&j, "sample", true);
    gb_json_str(&j, "schema", "giaoban.indicator/1");
    gb_json_open(&j, "series", '[');
    for (int r = 0; r < c->n_regions; r++) {
        const struct gb_series *s = gb_cube_series(ev->cube, indicator_i, r);
        if (s)
            json_series(&j, ev, s);
    }
    gb_json_close(&j, ']');
    gb_json_str(&j, "source", ind->source_vi);
    thresholds(&j, ind);
    gb_json_str(&j, "unit", ind->unit_vi);
    gb_json_str(&j, "unit_code", ind->unit_code);
    gb_json_close(&j, '}');
    gb_buf_addc(out, '\n');
    return GB_OK;
}

bool gb_indicator_seen(const struct gb_evaluation *ev, int indicator_i)
{
    for (int r = 0; r < ev->catalogue->n_regions; r++)
        if (gb_cube_series(ev->cube, indicator_i, r))
            return true;
    return false;
}

static void optional(struct gb_buf *out, bool set, int64_t v, int scale)
{
    if (set)
        gb_csv_number(out, false, v, scale);
    else
        gb_csv_empty(out, false);
}

void gb_codebook_csv(const struct gb_evaluation *ev, struct gb_buf *out)
{
    const struct gb_catalogue *c = ev->catalogue;
    static const char *const col[] = { "indicator", "name_vi",          "name_en",     "unit",         "unit_code", "frequency",
                                       "calendar",  "direction",        "aggregation", "level",        "flow",      "decimals",
                                       "scale",     "valid_min",        "valid_max",   "watch",        "warning",   "danger",
                                       "emergency", "thresholds_basis", "season",      "small_counts", "source",    "legal_basis",
                                       "owner",     "owner_name",       "evidence" };
    struct gb_arena a;
    gb_arena_init(&a, 0);
    for (size_t i = 0; i < sizeof col / sizeof *col; i++)
        gb_csv_code(out, i == 0, col[i]);
    gb_csv_end(out);
    for (int k = 0; k < c->n_indicators; k++) {
        const struct gb_indicator *ind = &c->indicator[k];
        if (!gb_indicator_seen(ev, k))
            continue;
        gb_csv_code(out, true, ind->code);
        gb_csv_text(out, false, ind->name_vi);
        gb_csv_text(out, false, ind->name_en);
        gb_csv_text(out, false, ind->unit_vi);
        gb_csv_text(out, false, ind->unit_code);
        gb_csv_code(out, false, freq_text(ind));
        gb_csv_code(out, false, gb_calendar_word(ind->calendar));
        gb_csv_code(out, false, gb_direction_word(ind->direction));
        gb_csv_code(out, false, gb_aggregation_word(&a, c, ind));
        gb_csv_code(out, false, gb_level_kind_word(ind->level));
        gb_csv_code(out, false, gb_flow_word(ind->flow));
        gb_csv_number(out, false, ind->decimals, 0);
        gb_csv_number(out, false, ind->scale, 0);
        optional(out, ind->has_min, ind->valid_min, ind->scale);
        optional(out, ind->has_max, ind->valid_max, ind->scale);
        for (int s = 0; s < GB_N_STEPS; s++) {
            char band[96];
            if (!ind->step[s].set) {
                gb_csv_empty(out, false);
                continue;
            }
            size_t n = gb_dec_exact(ind->step[s].lo, ind->scale, band);
            if (ind->direction == GB_BAND) {
                memcpy(band + n, "..", 2);
                n += 2 + gb_dec_exact(ind->step[s].hi, ind->scale, band + n + 2);
                band[n] = 0;
                gb_csv_code(out, false, band);
            } else {
                gb_csv_number(out, false, ind->step[s].lo, ind->scale);
            }
        }
        gb_csv_code(out, false, gb_steps_basis_word(ind));
        gb_csv_code(out, false, gb_streq(ind->season, "none") ? "" : ind->season);
        optional(out, ind->small_count_k > 0, ind->small_count_k, 0);
        gb_csv_text(out, false, ind->source_vi);
        gb_csv_text(out, false, ind->legal_basis);
        gb_csv_code(out, false, gb_owners_vi(&a, c, ind, true));
        gb_csv_text(out, false, gb_owners_vi(&a, c, ind, false));
        gb_csv_code(out, false, ind->evidence);
        gb_csv_end(out);
    }
    gb_arena_release(&a);
}

static void state_item(struct gb_json *j, const struct gb_evaluation *ev, const struct gb_series *s, const struct gb_eval *x)
{
    const struct gb_catalogue *c = ev->catalogue;
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    char period[24];
    gb_json_open(j, NULL, '{');
    gb_json_int(j, "age_days", x->age_days);
    gb_json_str(j, "calendar", gb_calendar_word(ind->calendar));
    gb_json_str(j, "indicator", ind->code);
    gb_json_str(j, "level", gb_state_word(x->level));
    gb_json_str(j, "name", ind->name_vi);
    if (x->latest_i >= 0) {
        gb_period_iso(ind->freq, x->period, period);
        gb_json_str(j, "period", period);
    } else
        gb_json_null(j, "period");
    gb_json_str(j, "region", c->region[s->region_i].code);
    gb_json_str(j, "region_name", gb_region_name(c, s->region_i, ev->date));
    gb_json_str(j, "state", gb_state_word(x->state));
    gb_json_str(j, "thresholds_basis", gb_steps_basis_word(ind));
    gb_json_str(j, "unit", ind->unit_vi);
    if (x->latest_i >= 0)
        gb_json_dec(j, "value", x->value, ind->scale);
    else
        gb_json_null(j, "value");
    gb_json_close(j, '}');
}

void gb_states_json(const struct gb_evaluation *ev, const struct gb_edition_info *ed, struct gb_buf *out)
{
    const struct gb_catalogue *c = ev->catalogue;
    struct gb_json j = { .out = out, .pretty = true };
    char date[16];
    gb_date_iso(ed->date, date);
    gb_json_open(&j, NULL, '{');
    gb_json_str(&j, "date", date);
    gb_json_str(&j, "edition", ed->id);
    gb_json_str(&j, "locality", c->locality.slug);
    if (ed->sample)
        gb_json_bool(&j, "sample", true);
    gb_json_str(&j, "schema", "giaoban.states/1");
    gb_json_open(&j, "states", '[');
    for (int k = 0; k < c->n_indicators; k++)
        for (int r = 0; r < c->n_regions; r++) {
            if (r != c->locality.root_region && c->region[r].level != GB_AT_POINT)
                continue;
            const struct gb_series *s = gb_cube_series(ev->cube, k, r);
            const struct gb_eval *x = s ? gb_eval_find(ev, k, r) : NULL;
            if (x && x->state != GB_STATE_NONE)
                state_item(&j, ev, s, x);
        }
    gb_json_close(&j, ']');
    gb_json_close(&j, '}');
    gb_buf_addc(out, '\n');
}
