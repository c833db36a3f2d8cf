/* One description of a row serves both formats: each field is sent through `struct writer`, which knows whether it writes CSV
 * (and then the header too, by the names alone) or JSON. So the columns cannot drift apart.
 */
#include "evaluation/export.h"
#include "evaluation/progress.h"
#include "base/csv.h"
#include "base/json.h"

enum { CHUNK = 1 << 16 };
enum form { HEADER, CSV, JSON };
struct writer {
    enum form form;
    struct gb_buf *b;
    struct gb_json j;
    bool first;
};

static void text(struct writer *w, const char *name, const char *s) /* NULL: none */
{
    if (w->form == JSON)
        gb_json_str(&w->j, name, s);
    else if (w->form == HEADER || s)
        gb_csv_code(w->b, w->first, w->form == HEADER ? name : s);
    else
        gb_csv_empty(w->b, w->first);
    w->first = false;
}

static void number(struct writer *w, const char *name, bool ok, int64_t v, int scale)
{
    char buf[48];
    if (w->form == JSON && ok) {
        gb_json_dec_fixed(&w->j, name, v, scale, scale);
        return;
    }
    if (w->form == CSV && ok)
        gb_dec_plain(v, scale, scale, buf);
    text(w, name, ok ? buf : NULL);
}

static void flag(struct writer *w, const char *name, bool ok, bool v)
{
    if (w->form == JSON && ok)
        gb_json_bool(&w->j, name, v);
    else
        text(w, name, !ok ? NULL : v ? "yes" : "no");
}

static void period(struct writer *w, const char *name, bool ok, enum gb_freq f, int32_t p)
{
    char buf[24];
    if (ok && w->form != HEADER)
        gb_period_iso(f, p, buf);
    text(w, name, ok && w->form != HEADER ? buf : NULL);
}

static void change(struct writer *w, const char *const name[4], const struct gb_change *c, const struct gb_indicator *ind)
{
    period(w, name[0], c->ok, ind->freq, c->period);
    number(w, name[1], c->ok, c->base, ind->scale);
    number(w, name[2], c->ok, c->diff, ind->scale);
    number(w, name[3], c->pct_ok, c->pct, GB_PCT_SCALE);
}

static void changes(struct writer *w, const struct gb_eval *v, const struct gb_indicator *ind)
{
    static const char *const previous[] = { "previous_period", "previous_value", "previous_change", "previous_pct" };
    static const char *const available[] = { "previous_available_period", "previous_available_value", "previous_available_change",
                                             "previous_available_pct" };
    static const char *const year[] = { "year_before_period", "year_before_value", "year_before_change", "year_before_pct" };
    change(w, previous, &v->prev, ind);
    change(w, available, &v->prev_available, ind);
    change(w, year, &v->year_before, ind);
}

static void latest(struct writer *w, const struct gb_eval *v, const struct gb_indicator *ind, bool derived)
{
    bool any = v->latest_i >= 0;
    char status[2] = { v->status, 0 };
    period(w, "latest_period", any, ind->freq, v->period);
    number(w, "latest_value", any, v->value, ind->scale);
    text(w, "latest_status", any ? status : NULL);
    flag(w, "derived", any, derived);
    number(w, "age_days", any, v->age_days, 0);
    flag(w, "overdue", any, v->overdue);
}

/* The break between the value and a year before, and whether the base was converted over it. */
static void overs(struct writer *w, const struct gb_eval *v)
{
    char day[16];
    const struct gb_break *over = v->year_before.over;
    if (over && w->form != HEADER)
        gb_date_iso(over->date, day);
    text(w, "year_before_break", over && w->form != HEADER ? day : NULL);
    flag(w, "year_before_bridged", over != NULL, v->year_before.ok);
}

/* A row; with form HEADER only the names are taken from it. */
static void row(struct writer *w, const char *region, const struct gb_eval *v, const struct gb_indicator *ind, bool derived)
{
    text(w, "indicator", ind->code);
    text(w, "region", region);
    latest(w, v, ind, derived);
    changes(w, v, ind);
    bool has_ytd = v->ytd_ok && v->latest_i >= 0;
    number(w, "ytd", has_ytd, v->ytd, ind->scale);
    number(w, "ytd_n", has_ytd, v->n_ytd, 0);
    flag(w, "ytd_complete", has_ytd, v->ytd_complete);
    number(w, "ytd_year_before", v->ytd_year_before.ok, v->ytd_year_before.base, ind->scale);
    number(w, "ytd_change", v->ytd_year_before.ok, v->ytd_year_before.diff, ind->scale);
    number(w, "ytd_pct", v->ytd_year_before.pct_ok, v->ytd_year_before.pct, GB_PCT_SCALE);
    number(w, "target", v->has_target, v->target, ind->scale);
    number(w, "target_year", v->has_target, v->target_year, ind->scale);
    number(w, "attainment_pct", v->attain_ok, v->attainment_pct, GB_PCT_SCALE);
    number(w, "pace_pct", v->pace_ok, v->pace_pct, GB_PCT_SCALE);
    number(w, "behind_pct", v->attain_ok && v->pace_ok, v->behind_pct, GB_PCT_SCALE);
    text(w, "state", gb_state_word(v->state));
    text(w, "level", gb_state_word(v->level));
    number(w, "rank", v->rank > 0, v->rank, 0);
    number(w, "rank_of", v->rank > 0, v->n_ranked, 0);
    period(w, "rank_period", v->rank > 0, ind->freq, v->rank_period);
    number(w, "coverage_n", derived && v->coverage_of > 0, v->coverage_n, 0);
    number(w, "coverage_of", derived && v->coverage_of > 0, v->coverage_of, 0);
    text(w, "calendar", gb_freq_has_calendar(ind->freq) ? gb_calendar_word(ind->calendar) : NULL);
    text(w, "target_basis", !v->has_target ? NULL : v->target_confirmed ? "confirmed" : "illustrative");
    text(w, "thresholds_basis", !ind->has_steps ? NULL : ind->steps_are_norm ? "norm" : "proposed");
    overs(w, v);
    number(w, "rank_gain", v->rank_gain_ok, v->rank_gain, 0);
    int64_t actual = 0;
    const char *method = gb_attainment_method(ind, v, &actual);
    text(w, "attainment_method", method);
    number(w, "attainment_actual", method != NULL, actual, ind->scale);
}

static enum gb_code rows(const struct gb_evaluation *ev, struct writer *w, struct gb_sink sink, struct gb_err *e)
{
    struct gb_arena a;
    gb_arena_init(&a, 0);
    gb_assert(ev->n == ev->cube->part_first[ev->cube->n_parts]);
    const size_t *order = gb_cube_order(ev->cube, &a);
    enum gb_code code = GB_OK;
    for (size_t k = 0; k < ev->n && code == GB_OK; k++) {
        const struct gb_series *s = &ev->cube->series[order[k]];
        const struct gb_eval *v = &ev->eval[order[k]];
        bool derived = v->latest_i >= 0 && s->delivery[v->latest_i] == 0;
        w->first = true;
        if (w->form == JSON)
            gb_json_open(&w->j, NULL, '{');
        row(w, ev->catalogue->region[s->region_i].code, v, &ev->catalogue->indicator[s->indicator_i], derived);
        if (w->form == JSON)
            gb_json_close(&w->j, '}');
        else
            gb_csv_end(w->b);
        code = gb_sink_drain(w->b, CHUNK, sink, e);
    }
    gb_arena_release(&a);
    return code;
}

enum gb_code gb_evaluation_export_csv(const struct gb_evaluation *ev, struct gb_sink sink, struct gb_err *e)
{
    struct gb_buf b = { 0 };
    struct writer w = { .form = HEADER, .b = &b, .first = true };
    row(&w, "", &(struct gb_eval){ 0 }, &(struct gb_indicator){ .code = "", .freq = GB_FREQ_YEAR }, false);
    gb_csv_end(&b);
    w.form = CSV;
    enum gb_code code = rows(ev, &w, sink, e);
    if (code == GB_OK)
        code = gb_sink_drain(&b, 0, sink, e);
    gb_buf_release(&b);
    return code;
}

enum gb_code gb_evaluation_export_json(const struct gb_evaluation *ev, struct gb_sink sink, struct gb_err *e)
{
    struct gb_buf b = { 0 };
    struct writer w = { .form = JSON, .b = &b, .j = { .out = &b } };
    char date[16];
    gb_date_iso(ev->date, date);
    gb_json_open(&w.j, NULL, '{');
    gb_json_str(&w.j, "schema", "giaoban/evaluation/1");
    gb_json_str(&w.j, "date", date);
    gb_json_open(&w.j, "evaluation", '[');
    enum gb_code code = rows(ev, &w, sink, e);
    if (code == GB_OK) {
        gb_json_close(&w.j, ']');
        gb_json_close(&w.j, '}');
        gb_buf_addc(&b, '\n');
        code = gb_sink_drain(&b, 0, sink, e);
    }
    gb_buf_release(&b);
    return code;
}
