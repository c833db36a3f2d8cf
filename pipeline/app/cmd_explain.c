/* cmd_explain.c — `giaoban explain`: the whole descent of one figure, and what became of it. The parts stand in explain_*.c; here is the
 * question, what the asker may see, and the day of the judgement: the business date for the newest figure, the period's last day for an
 * older one, so that its state and changes are its own and not today's. */
#include "app/clock.h"
#include "app/explain.h"
#include "app/extract.h"
#include "document/describe.h"
#include "evaluation/rollup.h"

/* ---- the question ---- */

/* "; mã gần nhất: a, b, c": codes with the longest common head, and those whose text holds the word. */
static const char *near(struct gb_arena *a, const char *word, int n, const char *(*code)(const struct gb_catalogue *, int),
                        const struct gb_catalogue *c)
{
    enum { MOST = 5 };
    struct gb_buf b = { 0 };
    size_t best = 2;
    int told = 0;
    for (int i = 0; i < n; i++) {
        size_t k = 0;
        while (word[k] && word[k] == code(c, i)[k])
            k++;
        best = k > best ? k : best;
    }
    for (int i = 0; i < n && told < MOST; i++) {
        const char *have = code(c, i);
        bool head = best > 2 && strncmp(word, have, best) == 0;
        if (head || (strlen(word) > 2 && strstr(have, word)))
            gb_buf_addf(&b, "%s%s", told++ ? ", " : "", have);
    }
    const char *out = told ? gb_sprintf(a, "; mã gần nhất: %s", b.p) : "";
    gb_buf_release(&b);
    return out;
}

static const char *indicator_code(const struct gb_catalogue *c, int i)
{
    return c->indicator[i].code;
}

static const char *region_code(const struct gb_catalogue *c, int i)
{
    return c->region[i].code;
}

static enum gb_code parse_words(struct gb_explain *x, struct gb_err *e)
{
    const struct gb_catalogue *c = x->c;
    const char *const *w = x->app->args.word;
    if ((x->indicator_i = gb_indicator_find(c, w[0])) < 0)
        return gb_fail(e, GB_E_USAGE, "không có chỉ số \"%s\" trong danh mục%s", w[0],
                       near(x->arena, w[0], c->n_indicators, indicator_code, c));
    if ((x->region_i = gb_key_find(c, w[1])) < 0)
        return gb_fail(e, GB_E_USAGE, "không có địa bàn \"%s\"; mã là văn bản, giữ số 0 ở đầu%s", w[1],
                       near(x->arena, w[1], gb_n_region_keys(c), region_code, c));
    x->ind = &c->indicator[x->indicator_i];
    if (!gb_period_parse(w[2], strlen(w[2]), &x->freq, &x->period))
        return gb_fail(e, GB_E_USAGE, "\"%s\" không phải là kỳ; ví dụ 2026, 2026-Q3, 2026-11, 2026-W47, 2026-11-22", w[2]);
    if (x->freq != x->ind->freq)
        return gb_fail(e, GB_E_USAGE, "chỉ số %s tính %s, \"%s\" là kỳ %s", w[0], gb_freq_vi(x->ind->freq), w[2],
                       gb_freq_noun_vi(x->freq));
    return GB_OK;
}

static enum gb_code parse(struct gb_explain *x, struct gb_err *e)
{
    const struct gb_args *g = &x->app->args;
    enum gb_code code;
    if (g->format && strcmp(g->format, "text") != 0 && strcmp(g->format, "json") != 0)
        return gb_fail(e, GB_E_USAGE, "--format: text hoặc json");
    x->audience = GB_LEADERSHIP;
    x->asked_audience = g->audience != NULL;
    if (g->audience && !gb_audience_parse(g->audience, &x->audience))
        return gb_fail(e, GB_E_USAGE, "--audience: \"%s\" không phải là leadership, statistics, front, public hay ioc",
                       g->audience);
    x->inside = x->audience != GB_PUBLIC && x->audience != GB_FRONT;
    if ((code = parse_words(x, e)) != GB_OK)
        return code;
    if (gb_indicator_part(x->ind) > gb_audience_part(x->audience))
        return gb_fail(e, GB_E_USAGE, "đối tượng %s không được xem chỉ số %s ở địa bàn này", gb_audience_word(x->audience),
                       x->ind->code);
    return GB_OK;
}

/* ---- the head ---- */

static const char *owners(const struct gb_explain *x)
{
    struct gb_buf b = { 0 };
    for (int i = 0; i < x->ind->n_owners; i++)
        gb_buf_addf(&b, "%s%s", b.n ? " " : "", x->c->agency[x->ind->owner[i]].code);
    if (x->region_i >= x->c->n_regions) /* a task: its leads, or the office */
        for (int i = 0; i < x->c->n_agencies; i++)
            if (gb_task_may_deliver(x->c, x->region_i - x->c->n_regions, i))
                gb_buf_addf(&b, "%s%s", b.n ? " " : "", x->c->agency[i].code);
    const char *out = b.n ? gb_buf_copy(x->arena, &b) : "";
    gb_buf_release(&b);
    return out;
}

static void head_period(const struct gb_explain *x)
{
    char from[16], to[16];
    const char *freq = gb_frequency_of_vi(x->ind);
    gb_tell_str(x->t, "frequency", freq);
    if (!gb_freq_has_calendar(x->freq)) {
        gb_tell_text(x->t, 0, "Tần suất: %s", freq);
        return;
    }
    struct gb_date a = gb_period_start(x->freq, x->period, x->ind->calendar),
                   b = gb_period_end(x->freq, x->period, x->ind->calendar);
    gb_date_iso(a, from);
    gb_date_iso(b, to);
    gb_tell_str(x->t, "from", from);
    gb_tell_str(x->t, "to", to);
    gb_date_vi(a, from);
    gb_date_vi(b, to);
    gb_tell_text(x->t, 0, "Tần suất: %s; kỳ này từ %s đến %s", freq, from, to);
}

/* What the indicator is: who vouches for it, on which days its period lies, what judges it. */
static void head(const struct gb_explain *x)
{
    const struct gb_indicator *ind = x->ind;
    const char *region = gb_region_name(x->c, x->region_i, gb_app_date(x->app)), *steps = gb_steps_vi(x->arena, ind);
    char iso[16];
    gb_date_iso(gb_app_date(x->app), iso);
    gb_tell_str(x->t, "schema", "giaoban.explain/1");
    gb_tell_str(x->t, "locality", x->c->locality.slug);
    gb_tell_str(x->t, "date", iso);
    gb_tell_str(x->t, "audience", gb_audience_word(x->audience));
    gb_tell_str(x->t, "indicator", ind->code);
    gb_tell_str(x->t, "indicator_name", ind->name_vi);
    gb_tell_str(x->t, "region", x->c->region[x->region_i].code);
    gb_tell_str(x->t, "region_name", region);
    gb_tell_period(x->t, "period", x->freq, x->period);
    gb_tell_str(x->t, "unit", ind->unit_vi);
    gb_tell_str(x->t, "owners", owners(x));
    gb_tell_text(x->t, 0, "%s: %s", ind->code, ind->name_vi);
    gb_tell_text(x->t, 0, "%s, %s; đơn vị %s; cơ quan: %s", region, x->app->args.word[2], ind->unit_vi,
                 *owners(x) ? owners(x) : "chưa giao cơ quan nào");
    head_period(x);
    gb_tell_str(x->t, "source", ind->source_vi);
    gb_tell_str(x->t, "legal_basis", ind->legal_basis);
    gb_tell_text(x->t, 0, "Ngưỡng: %s%s%s", steps, ind->has_steps ? "; " : "", gb_steps_basis_vi(ind));
    if (*ind->source_vi || *ind->legal_basis)
        gb_tell_text(x->t, 0, "Nguồn: %s; căn cứ: %s", ind->source_vi, ind->legal_basis);
    if (*gb_evidence_vi(ind))
        gb_tell_text(x->t, 0, "Mức kiểm chứng của danh mục: %s", gb_evidence_vi(ind));
}

/* ---- the day of the judgement ---- */

/* The evaluation of an older period is made as on its last day: then it is the newest figure. */
static enum gb_code judge_then(struct gb_explain *x, struct gb_evaluation *then, struct gb_err *e)
{
    const struct gb_eval *v = gb_eval_find(x->ev, x->indicator_i, x->region_i);
    const struct gb_series *s = gb_cube_series(x->cube, x->indicator_i, x->region_i);
    int64_t i = s ? gb_series_at(s, x->period) : -1;
    if (!v || v->latest_i < 0 || v->period <= x->period || i < 0 || s->value[i] == GB_VALUE_MISSING || s->status[i] == 'F')
        return GB_OK;
    gb_evaluation_init(then, x->cube, gb_period_end(x->freq, x->period, x->ind->calendar));
    enum gb_code code = gb_evaluation_run(then, e);
    if (code == GB_OK) {
        x->ev = then;
        x->of_then = true;
    }
    return code;
}

static enum gb_code tell_all(struct gb_explain *x, struct gb_cube *cube, struct gb_evaluation *ev, struct gb_evaluation *then,
                             struct gb_err *e)
{
    enum gb_code code =
        gb_extract_all(x->app, gb_app_store(x->app), &x->v, (int)gb_audience_part(x->audience), true, cube, ev, NULL, e);
    if (code == GB_OK)
        code = judge_then(x, then, e);
    if (code != GB_OK)
        return code;
    gb_tell_int(x->t, "vintage",
                x->inside ? x->v.number : (int64_t)cube->n_deliveries); /* as an edition of the audience counts it */
    gb_explain_figure(x);
    gb_explain_judgement(x);
    gb_explain_quality(x);
    if (x->app->args.outlook && x->ind->level != GB_AT_TASK)
        gb_explain_outlook(x);
    gb_explain_documents(x);
    return GB_OK;
}

int gb_cmd_explain(struct gb_app *app, struct gb_err *e)
{
    static struct gb_cube cube;
    static struct gb_evaluation ev, then;
    struct gb_tell t = { .json = gb_streq(app->args.format, "json") };
    struct gb_explain x = { .app = app, .c = &app->catalogue, .arena = &app->arena, .t = &t, .cube = &cube, .ev = &ev };

    t.j = (struct gb_json){ .out = &t.out, .pretty = true };
    if (gb_app_catalogue(app, e) != GB_OK || parse(&x, e) != GB_OK)
        return 0;
    if (t.json)
        gb_json_open(&t.j, NULL, '{');
    head(&x);
    if (gb_explain_deliveries(&x, e) == GB_OK) {
        gb_cube_init(&cube, &app->catalogue);
        gb_evaluation_init(&ev, &cube, gb_app_date(app));
        if (tell_all(&x, &cube, &ev, &then, e) == GB_OK) {
            if (t.json) {
                gb_json_close(&t.j, '}');
                gb_buf_addc(&t.out, '\n');
            }
            fwrite(t.out.p, 1, t.out.n, stdout);
        }
        if (x.of_then)
            gb_evaluation_release(&then);
        gb_evaluation_release(&ev);
        gb_cube_release(&cube);
    }
    gb_buf_release(&t.out);
    return 0;
}
