/* cap.c — see cap.h. Sentences are those of the reports (document/phrase.h); elements stand in the order of the schema.
 *
 * Severity follows the step (emergency Extreme, danger Severe, warning Moderate), urgency too (danger and worse Immediate, warning
 * Expected): a proposal, like the steps themselves. Certainty is Observed, or Likely when every figure is an estimate or provisional.
 */
#include "render/cap.h"
#include "document/phrase.h"
#include "evaluation/event.h"
#include "evaluation/sources.h"
#include "render/cap_int.h"
#include "render/html_int.h"

enum { TOLD = 10 /* figures told in sentences */, NAMED = 3 /* places named in a headline */ };

bool gb_cap_is_category(const char *word)
{
    static const char *const known[] = { "Geo",    "Met", "Safety",    "Security", "Rescue", "Fire",
                                         "Health", "Env", "Transport", "Infra",    "CBRNE",  "Other" };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (gb_streq(word, known[i]))
            return true;
    return false;
}

/* ---- which message ----------------------------------------------------------------------------------------------------- */
static enum gb_cap_kind kind_of(const struct gb_phase_run *run, int n)
{
    bool now = false, before = false;
    for (int i = 0; i < n; i++) {
        now = now || run[i].open[GB_PHASE_NIGHTS - 1];
        before = before || run[i].open[GB_PHASE_NIGHTS - 2];
    }
    return now ? before ? GB_CAP_UPDATE : GB_CAP_ALERT : before ? GB_CAP_CANCEL : GB_CAP_NONE;
}

static struct gb_phase_run *runs_of(const struct gb_evaluation *ev, const struct gb_cap *k, struct gb_arena *a)
{
    struct gb_phase_run *run = GB_NEW_N(a, (size_t)k->n_hazards + 1, struct gb_phase_run);
    for (int i = 0; i < k->n_hazards; i++)
        gb_phases_of(ev, k->hazard[i].about, k->hazard[i].n_about, a, &run[i]);
    return run;
}

enum gb_cap_kind gb_cap_kind_of(const struct gb_evaluation *ev, const struct gb_cap *k)
{
    struct gb_arena a;
    gb_arena_init(&a, 0);
    enum gb_cap_kind kind = kind_of(runs_of(ev, k, &a), k->n_hazards);
    gb_arena_release(&a);
    return kind;
}

/* ---- the figures of an info -------------------------------------------------------------------------------------------- */
enum why { AT_STEP, UNCONFIRMED, SILENT };
struct telling {
    const struct gb_evaluation *ev;
    const struct gb_cap *k;
    const struct gb_edition_info *ed;
    const struct gb_cap_hazard *z;
    const struct gb_phase_run *run;
    struct gb_sources src;
    struct gb_arena *a;
    struct gb_buf *out;
    struct gb_cap_figure *f; /* of the info being written */
    int n_f;
};

static bool belongs(const struct telling *t, const struct gb_series *s, const struct gb_eval *v, enum why why, enum gb_state step)
{
    const struct gb_catalogue *c = t->ev->catalogue;
    const enum gb_level_kind level = c->region[s->region_i].level;
    const bool root = s->region_i == c->locality.root_region;
    if (v->latest_i < 0 || v->overdue != (why == SILENT))
        return false;
    if (!root && !gb_is_source(&t->src, s->indicator_i, s->region_i))
        return false;
    if (!root && level != GB_AT_POINT && level != GB_AT_COMMUNE)
        return false;
    if (why == AT_STEP)
        return v->level == step;
    return gb_stands_at(gb_event_step(c, s, v->latest_i), GB_WARNING);
}

/* The root first, then the places; where places of an indicator say it, the root that is the worst or the sum of them adds nothing. */
static void collect(struct telling *t, enum why why, enum gb_state step)
{
    const struct gb_evaluation *ev = t->ev;
    t->f = GB_NEW_N(t->a, ev->n + 1, struct gb_cap_figure);
    t->n_f = 0;
    for (int k = 0; k < t->z->n_about; k++) {
        const int ind = t->z->about[k];
        const struct gb_series *root = gb_cube_series(ev->cube, ind, ev->catalogue->locality.root_region);
        const int before = t->n_f;
        for (int part = 0; part < ev->n_parts; part++) {
            size_t from, to;
            gb_series_range(ev->cube, part, ind, &from, &to);
            for (size_t i = from; i < to; i++)
                if (&ev->cube->series[i] != root && belongs(t, &ev->cube->series[i], &ev->eval[i], why, step))
                    t->f[t->n_f++] = (struct gb_cap_figure){ &ev->cube->series[i], &ev->eval[i] };
        }
        if (t->n_f == before && root && belongs(t, root, &ev->eval[root - ev->cube->series], why, step))
            t->f[t->n_f++] = (struct gb_cap_figure){ root, &ev->eval[root - ev->cube->series] };
    }
}

/* ---- texts ------------------------------------------------------------------------------------------------------------- */
static const char *moment(struct gb_arena *a, struct gb_date d, int hour)
{
    char iso[16];
    gb_date_iso(d, iso);
    return gb_sprintf(a, "%sT%02d:00:00+07:00", iso, hour);
}

static struct gb_date days_after(struct gb_date d, int n)
{
    return gb_date_from_days(gb_date_to_days(d) + n);
}

static const char *places_vi(struct telling *t, const struct gb_cap_place *p, int n)
{
    const char *names = "";
    for (int i = 0; i < n && i < NAMED; i++)
        names = gb_sprintf(t->a, "%s%s%s", names, i ? ", " : "",
                           gb_phrase_place(t->a, gb_region_name(t->ev->catalogue, p[i].region_i, t->ev->date)));
    return n > NAMED ? gb_sprintf(t->a, "%s và %d nơi khác", names, n - NAMED) : names;
}

static const char *facts_vi(struct telling *t)
{
    const struct gb_catalogue *c = t->ev->catalogue;
    struct gb_doc *d = gb_doc_new(t->a, c, GB_LEADERSHIP, "cap");
    struct gb_text x = { 0 };
    for (int i = 0; i < t->n_f && i < TOLD; i++) {
        if (i)
            gb_text_add(d, &x, " ", 0);
        gb_phrase_fact(d, &x, t->ev, t->f[i].s->indicator_i, t->f[i].s->region_i,
                       GB_SAY_PERIOD | GB_SAY_STATE | GB_SAY_LASTING |
                           (t->f[i].s->region_i == c->locality.root_region ? 0 : GB_SAY_REGION));
    }
    if (t->n_f > TOLD)
        gb_text_add(d, &x, gb_sprintf(t->a, " Còn %d con số khác ở cùng mức.", t->n_f - TOLD), 0);
    struct gb_buf b = { 0 };
    gb_text_plain(&x, &b);
    const char *s = gb_buf_copy(t->a, &b);
    gb_buf_release(&b);
    return s;
}

static bool answers(const struct gb_cap_action *x, const struct telling *t)
{
    for (int i = 0; i < x->n_about; i++)
        for (int k = 0; k < t->n_f; k++)
            if (x->about[i] == t->f[k].s->indicator_i)
                return true;
    return !x->narrow;
}

static const char *procedure_vi(struct telling *t, enum gb_state step)
{
    const char *s = "";
    for (int i = 0; i < t->k->n_actions; i++) {
        const struct gb_cap_action *x = &t->k->action[i];
        if (x->step == step && answers(x, t))
            s = gb_sprintf(t->a, "%s%sĐề nghị %s: %s, %s%s%s.", s, *s ? " " : "", x->who, x->does, x->within,
                           x->with ? "; phối hợp: " : "", x->with ? x->with : "");
    }
    return s;
}

/* First moment of the earliest open episode among the figures; NULL when the log has none. */
static const char *onset_of(struct telling *t)
{
    int64_t first = INT64_MAX; /* hours since 1970, local time */
    for (int i = 0; i < t->n_f; i++) {
        const struct gb_series *s = t->f[i].s;
        const struct gb_indicator *ind = &t->ev->catalogue->indicator[s->indicator_i];
        struct gb_event *e = NULL;
        size_t n = gb_events_of(t->ev->cube, s, t->ev->date, GB_EVENT_RULE(GB_WARNING), t->a, &e);
        if (!n || !gb_event_open(&e[n - 1]))
            continue;
        const int32_t p = s->period[e[n - 1].opened_i];
        int64_t at = ind->freq == GB_FREQ_HOUR ? p : (int64_t)gb_date_to_days(gb_period_start(ind->freq, p, ind->calendar)) * 24;
        if (at < first)
            first = at;
    }
    if (first == INT64_MAX)
        return NULL;
    const int32_t day = (int32_t)(first / 24 - (first % 24 < 0));
    return moment(t->a, gb_date_from_days(day), (int)(first - (int64_t)day * 24));
}

/* ---- elements ---------------------------------------------------------------------------------------------------------- */
static void parameter(struct telling *t, const char *name, const char *value)
{
    gb_buf_adds(t->out, "    <parameter>\n");
    gb_cap_element(t->out, 3, "valueName", name);
    gb_cap_element(t->out, 3, "value", value);
    gb_buf_adds(t->out, "    </parameter>\n");
}

static const char *exact(struct gb_arena *a, int64_t v, int scale)
{
    char text[48];
    (void)gb_dec_exact(v, scale, text);
    return gb_strdup(a, text);
}

/* "indicator=fl.depth; region=cam-01; period=2026-11-22T05; value=62; unit=cm; status=A; step=danger; threshold=50" */
static void figure_parameter(struct telling *t, const struct gb_cap_figure *f)
{
    const struct gb_catalogue *c = t->ev->catalogue;
    const struct gb_indicator *ind = &c->indicator[f->s->indicator_i];
    const struct gb_value limit = gb_value_of(t->ev, f->s->indicator_i, f->s->region_i, GB_D_THRESHOLD);
    char period[24];
    gb_period_iso(ind->freq, f->v->period, period);
    const char *s = gb_sprintf(t->a, "indicator=%s; region=%s; period=%s; value=%s; unit=%s; status=%c; step=%s", ind->code,
                               c->region[f->s->region_i].code, period, exact(t->a, f->v->value, ind->scale), ind->unit_vi,
                               f->v->status, gb_state_word(f->v->level));
    if (limit.kind == GB_V_NUM)
        s = gb_sprintf(t->a, "%s; threshold=%s", s, exact(t->a, limit.num, limit.scale));
    parameter(t, "giaoban:figure", s);
}

struct kind { /* of an info */
    const char *response, *urgency, *severity, *certainty, *headline, *lead, *instruction;
};

static const char *certainty_of(const struct telling *t)
{
    for (int i = 0; i < t->n_f; i++)
        if (t->f[i].v->status != 'E' && t->f[i].v->status != 'P')
            return "Observed";
    return "Likely";
}

static void put_info(struct telling *t, const struct kind *x)
{
    const struct gb_locality *l = &t->ev->catalogue->locality;
    struct gb_cap_place *place;
    const int n = gb_cap_places(t->ev, t->f, t->n_f, t->a, &place);
    const char *onset = onset_of(t), *facts = facts_vi(t), *sample = t->ed->sample ? "DIỄN TẬP, SỐ LIỆU MẪU. " : "";
    gb_buf_adds(t->out, "  <info>\n");
    gb_cap_element(t->out, 2, "language", "vi-VN");
    for (int i = 0; i < t->z->n_categories; i++)
        gb_cap_element(t->out, 2, "category", t->z->category[i]);
    gb_cap_element(t->out, 2, "event", t->z->event);
    gb_cap_element(t->out, 2, "responseType", x->response);
    gb_cap_element(t->out, 2, "urgency", x->urgency);
    gb_cap_element(t->out, 2, "severity", x->severity);
    gb_cap_element(t->out, 2, "certainty", x->certainty);
    gb_cap_element(t->out, 2, "effective", moment(t->a, t->ev->date, 0));
    if (onset)
        gb_cap_element(t->out, 2, "onset", onset);
    gb_cap_element(t->out, 2, "expires", moment(t->a, days_after(t->ev->date, 1), 12));
    gb_cap_element(t->out, 2, "senderName", *l->contact ? l->contact : l->committee);
    gb_cap_element(t->out, 2, "headline",
                   gb_sprintf(t->a, "%s%s: %s, %s", sample, t->z->event, x->headline, places_vi(t, place, n)));
    gb_cap_element(t->out, 2, "description", gb_sprintf(t->a, "%s%s%s%s", sample, x->lead, *facts ? " " : "", facts));
    if (*x->instruction)
        gb_cap_element(t->out, 2, "instruction", x->instruction);
    if (*l->website)
        gb_cap_element(t->out, 2, "web", l->website);
    if (*l->contact)
        gb_cap_element(t->out, 2, "contact", l->contact);
    parameter(t, "giaoban:edition", t->ed->id);
    parameter(t, "giaoban:scenario", t->ev->catalogue->scenario[t->k->scenario_i].code);
    parameter(t, "giaoban:state", gb_phase_word(t->run->phase[GB_PHASE_NIGHTS - 1]));
    for (int i = 0; i < t->n_f; i++)
        figure_parameter(t, &t->f[i]);
    for (int i = 0; i < n; i++)
        gb_cap_area(t->ev, &place[i], t->a, t->out);
    gb_buf_adds(t->out, "  </info>\n");
}

/* "Đột xuất từ ngày 21/11/2026." */
static const char *phase_vi(struct telling *t)
{
    const enum gb_phase now = t->run->phase[GB_PHASE_NIGHTS - 1];
    int k = GB_PHASE_NIGHTS - 1;
    while (k > 0 && t->run->phase[k - 1] == now)
        k--;
    return gb_sprintf(t->a, "%s.", gb_phrase_phase_since(t->a, now, days_after(t->ev->date, k - (GB_PHASE_NIGHTS - 1)), k == 0));
}

static void active(struct telling *t)
{
    static const char *const severity[] = { "Moderate", "Severe", "Extreme" };
    for (int step = GB_EMERGENCY; step >= GB_WARNING; step--) {
        collect(t, AT_STEP, (enum gb_state)step);
        if (t->n_f == 0)
            continue;
        const char *todo = procedure_vi(t, (enum gb_state)step);
        put_info(t, &(struct kind){ .response = *todo ? "Execute" : "Assess",
                                    .urgency = step >= GB_DANGER ? "Immediate" : "Expected",
                                    .severity = severity[step - GB_WARNING],
                                    .certainty = certainty_of(t),
                                    .headline = gb_sprintf(t->a, "mức %s", gb_state_vi((enum gb_state)step)),
                                    .lead = phase_vi(t),
                                    .instruction = todo });
    }
}

static void hazard(struct telling *t)
{
    const int now = GB_PHASE_NIGHTS - 1;
    switch (t->run->phase[now]) {
    case GB_PHASE_WARN:
    case GB_PHASE_AD_HOC: active(t); return;
    case GB_PHASE_STAND_DOWN:
        collect(t, UNCONFIRMED, GB_WARNING);
        put_info(t,
                 &(struct kind){ "Monitor", "Unknown", "Minor", "Possible", "đang rút, chưa xác nhận kết thúc", phase_vi(t),
                                 "Tiếp tục theo dõi: các con số đã dưới mức cảnh báo nhưng chưa đủ để xác nhận đã kết thúc." });
        return;
    case GB_PHASE_WATCH:
    case GB_PHASE_CALM: break;
    }
    if (t->run->open[now]) {
        collect(t, SILENT, GB_WARNING);
        put_info(t, &(struct kind){ "Assess", "Unknown", "Unknown", "Unknown", "mất số liệu khi đang ở mức cảnh báo",
                                    "Số liệu mới nhất đã quá hạn: chưa kết luận được tình hình đã kết thúc hay chưa.",
                                    "Đề nghị cơ quan cung cấp số liệu kiểm tra, báo cáo ngay tình hình tại nơi mất số liệu." });
    } else if (t->run->open[now - 1]) {
        t->n_f = 0;
        put_info(t, &(struct kind){ "AllClear", "Past", "Minor", "Observed", "đã kết thúc",
                                    "Mọi con số theo dõi đã được xác nhận dưới mức cảnh báo.", "" });
    }
}

static const char *identifier(struct telling *t, struct gb_date d)
{
    const struct gb_catalogue *c = t->ev->catalogue;
    char iso[16];
    gb_date_iso(d, iso);
    return gb_sprintf(t->a, "giaoban-%s-%s-%s%s", c->locality.code, c->scenario[t->k->scenario_i].code, iso,
                      t->ed->sample ? "-exercise" : "");
}

static void head(struct telling *t, enum gb_cap_kind kind)
{
    static const char *const word[] = { "", "Alert", "Update", "Cancel" };
    const struct gb_date date = t->ev->date, eve = days_after(date, -1);
    const char *sender = gb_sprintf(t->a, "giaoban-vn-%s", t->ev->catalogue->locality.code);
    gb_cap_element(t->out, 1, "identifier", identifier(t, date));
    gb_cap_element(t->out, 1, "sender", sender);
    gb_cap_element(t->out, 1, "sent", moment(t->a, date, 0));
    gb_cap_element(t->out, 1, "status", t->ed->sample ? "Exercise" : "Actual");
    gb_cap_element(t->out, 1, "msgType", word[kind]);
    gb_cap_element(t->out, 1, "source", gb_sprintf(t->a, "giaoban, ấn bản %s", t->ed->id));
    gb_cap_element(t->out, 1, "scope", "Restricted");
    gb_cap_element(t->out, 1, "restriction",
                   "Tin tự động cho trung tâm điều hành. Phát ra công chúng do người có thẩm quyền quyết định.");
    if (t->ed->sample)
        gb_cap_element(t->out, 1, "note", "Số liệu mẫu, không có sự việc thật.");
    if (kind != GB_CAP_ALERT)
        gb_cap_element(t->out, 1, "references", gb_sprintf(t->a, "%s,%s,%s", sender, identifier(t, eve), moment(t->a, eve, 0)));
}

enum gb_cap_kind gb_cap_xml(const struct gb_evaluation *ev, const struct gb_cap *k, const struct gb_edition_info *ed,
                            struct gb_buf *out)
{
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct telling t = { .ev = ev, .k = k, .ed = ed, .a = &a, .out = out };
    const struct gb_phase_run *run = runs_of(ev, k, &a);
    const enum gb_cap_kind kind = kind_of(run, k->n_hazards);
    if (kind != GB_CAP_NONE) {
        gb_sources_init(&t.src, &a, ev->catalogue);
        gb_buf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n");
        head(&t, kind);
        for (int i = 0; i < k->n_hazards; i++) {
            t.z = &k->hazard[i];
            t.run = &run[i];
            hazard(&t);
        }
        gb_buf_adds(out, "</alert>\n");
    }
    gb_arena_release(&a);
    return kind;
}
