/* run.c — from a job to a checked document: fresh state, head, body, check (TRUST.md 24).
 *
 * The state lives for one definition and one audience and is closed whatever happens. The document is in the caller's arena and
 * points into the catalogue only.
 */
#include "base/utf8.h"
#include "document/describe.h"
#include "script/host.h"

static int open_bindings(lua_State *L)
{
    lua_newtable(L);
    gb_open_handles(L);
    gb_open_definitions(L);
    gb_open_scope(L);
    gb_open_doc(L);
    gb_read_only(L, "gb");
    gb_sandbox_set(L, "gb");
    return 0;
}

static enum gb_code host_open(struct gb_host *h, const struct gb_script_sources *s, const struct gb_catalogue *c,
                              struct gb_arena *a, const struct gb_script_job *job, struct gb_err *e)
{
    *h = (struct gb_host){
        .job = job, .c = c, .a = a, .ev = job ? job->ev : NULL, .audience = job ? job->audience : GB_LEADERSHIP
    };
    h->strict = h->audience == GB_LEADERSHIP || h->audience == GB_IOC;
    h->region = job && job->region_i >= 0 ? job->region_i : c->locality.root_region;
    h->level = job ? job->level : NULL;
    h->scenario = GB_NEW_N(a, (size_t)c->n_scenarios + 1, struct gb_definition *);
    h->scenario_read = GB_NEW_N(a, (size_t)c->n_scenarios + 1, bool);
    h->cited = GB_NEW_N(a, (size_t)gb_n_indicator_keys(c) + 1, bool);
    gb_map_init(&h->ids);
    h->sb.host = h;
    h->sb.stuck = job ? job->stuck : NULL;
    enum gb_code rc = gb_sandbox_open(&h->sb, s, job ? job->memory_bytes : 0, job ? job->instructions : 0, e);
    if (rc != GB_OK)
        return rc;
    lua_pushcfunction(h->sb.L, open_bindings);
    return gb_sandbox_call(&h->sb, 0, 0, e);
}

static void host_close(struct gb_host *h)
{
    gb_sandbox_close(&h->sb);
    gb_map_release(&h->ids);
}

static enum gb_code find_file(const struct gb_script_sources *s, const char *path, const struct gb_script_file **f,
                              struct gb_err *e)
{
    *f = gb_script_find(s, path);
    return *f ? GB_OK : gb_fail(e, GB_E_USAGE, "không có định nghĩa reports/%s", path);
}

/* ---- head ------------------------------------------------------------------------------------------------------------- */
struct codes {
    const struct gb_catalogue *c;
    const char *path;
    struct gb_err *e;
};

static bool looks_like_code(struct gb_str s)
{
    size_t dot = 0, dots = 0;
    for (size_t i = 0; i < s.n; i++) {
        char ch = s.p[i];
        if (ch == '.')
            dots++, dot = i;
        else if (!((ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9' && i > 0) || ch == '_'))
            return false;
    }
    return dots == 1 && dot > 0 && dot + 1 < s.n;
}

/* A code written in a body is checked when the definition is, not in the night in which that line runs for the first time. */
static void check_code(void *ctx, int line, struct gb_str literal)
{
    struct codes *k = ctx;
    if (!looks_like_code(literal) || gb_map_find(&k->c->by_indicator, literal.p, literal.n) >= 0)
        return;
    if (gb_may_be_absent(k->c, literal.p, literal.n))
        return; /* the shared definitions name much that this locality does not measure: absent, not wrong */
    (void)gb_fail(k->e, GB_E_REPORT, "%s:%d: không có chỉ số \"%.*s\" trong indicators.csv; sửa mã hoặc thêm chỉ số", k->path,
                  line, (int)literal.n, literal.p);
}

/* "scenarios/x.lua" of a locality whose catalogue has no scenario x: there is nothing to plan, and nothing wrong either. */
static bool applies(const struct gb_catalogue *c, const char *path)
{
    static const char *const folder[] = { "scenarios/", "groups/" };
    for (int i = 0; i < 2; i++) {
        size_t n = strlen(folder[i]), len = strlen(path);
        if (!gb_starts_with(path, folder[i]) || len < n + 4)
            continue;
        return gb_map_find(i == 0 ? &c->by_scenario : &c->by_group, path + n, len - n - 4) >= 0;
    }
    return true;
}

enum gb_code gb_script_head(const struct gb_script_sources *s, const struct gb_catalogue *c, const char *path, struct gb_arena *a,
                            struct gb_script_meta *out, struct gb_err *e)
{
    const struct gb_script_file *f;
    enum gb_code rc = find_file(s, path, &f, e);
    if (rc != GB_OK)
        return rc;
    *out = (struct gb_script_meta){ .kind = gb_starts_with(path, "groups/") ? GB_SCRIPT_GROUP : GB_SCRIPT_SCENARIO,
                                    .code = "",
                                    .title = "",
                                    .slug = "",
                                    .rhythm = "daily" };
    if (!applies(c, path))
        return GB_OK;
    struct gb_err found = { 0 };
    struct codes codes = { c, path, &found };
    rc = gb_script_lex(f, check_code, &codes, e);
    if (rc == GB_OK && found.code)
        rc = gb_fail(e, found.code, "%s", found.frame[0]);
    if (rc != GB_OK)
        return rc;
    struct gb_host h;
    struct gb_definition *d = NULL;
    rc = host_open(&h, s, c, a, NULL, e);
    if (rc == GB_OK)
        rc = gb_definition_read(&h, f, &d, e);
    if (rc == GB_OK) {
        *out = (struct gb_script_meta){ .kind = d->kind,
                                        .code = d->code,
                                        .title = d->title,
                                        .short_title = d->short_title,
                                        .rhythm = d->rhythm,
                                        .per_indicator = d->per_indicator,
                                        .per_region = d->per_region,
                                        .slug = d->slug,
                                        .page = d->page,
                                        .cap = d->n_hazards > 0,
                                        .one_page = d->one_page };
        memcpy(out->audience, d->audience, sizeof out->audience);
    }
    host_close(&h);
    return rc == GB_OK ? rc : gb_context(e, "định nghĩa %s", path);
}

/* ---- document --------------------------------------------------------------------------------------------------------- */
static const char *level_vi(const char *level)
{
    if (gb_streq(level, "periodic"))
        return "định kỳ";
    if (gb_streq(level, "ad-hoc"))
        return "đột xuất";
    if (gb_streq(level, "on-demand"))
        return "theo yêu cầu";
    return NULL;
}

/* "17 giờ 05 ngày 21/11/2026": the latest delivery among those whose figures this audience sees. A delivery is as of the time that its
 * side file gives, not later than the end of the business date. Where no time is known it is as of the end of a day: the delivery's
 * own, but not later than the day before the business date, whose figures nobody can have in the morning. The time at which a file
 * reached this machine says nothing of its figures and differs from one machine to the next. */
static const char *cutoff_of(const struct gb_host *h)
{
    const struct gb_cube *cube = h->ev->cube;
    int64_t day = 86400, today = gb_date_to_days(h->ev->date), cut = INT64_MIN; /* seconds, local time */
    char date[16];
    for (size_t i = 0; i < cube->n_deliveries; i++) {
        const struct gb_cube_delivery *d = &cube->delivery[i];
        bool timed = d->delivered_utc > 0;
        if (!timed && d->as_of.year == 0)
            continue;
        int64_t at = timed ? gb_time_local(d->delivered_utc) : ((int64_t)gb_date_to_days(d->as_of) + 1) * day;
        int64_t limit = (timed ? today + 1 : today) * day;
        if (at > limit)
            at = limit;
        if (at > cut)
            cut = at;
    }
    if (cut == INT64_MIN)
        cut = today * day;
    int minutes = (int)(cut % day / 60);
    gb_date_vi(gb_date_from_days((int32_t)(cut / day) - (cut % day == 0)), date);
    if (cut % day == 0)
        return gb_sprintf(h->a, "Số liệu tính đến hết ngày %s", date);
    return gb_sprintf(h->a, "Số liệu tính đến %02d giờ %02d ngày %s", minutes / 60, minutes % 60, date);
}

static const char *slug_of(struct gb_host *h)
{
    if (h->def->per_indicator)
        return h->c->indicator[h->job->indicator_i].code;
    if (h->def->per_region)
        return gb_sprintf(h->a, "%s-%s", h->def->slug, h->c->region[h->region].code);
    return h->def->slug;
}

/* First line of a group's report: the part of the plan that asks for it, and who answers for it here. */
static void say_lead(struct gb_host *h)
{
    const struct gb_group *g = &h->c->group[h->def->group_i];
    const char *lead = g->lead_vi && *g->lead_vi ? g->lead_vi : NULL;
    if (g->lead >= 0 && (!lead || !strpbrk(lead, ";("))) /* one agency by its name on that day; several in the plan's words */
        lead = h->c->agency[g->lead].name_vi;
    gb_text_add(h->doc, &gb_doc_note(h->doc, h->in)->text,
                lead ? gb_sprintf(h->a, "Nhóm chỉ số phần %s của kế hoạch. Cơ quan chủ trì: %s.", g->part, lead)
                     : gb_sprintf(h->a, "Nhóm chỉ số phần %s của kế hoạch; chưa có cơ quan chủ trì.", g->part),
                0);
}

static void dress(struct gb_host *h)
{
    const struct gb_definition *d = h->def;
    struct gb_doc *doc = h->doc = gb_doc_new(h->a, h->c, h->audience, slug_of(h));
    doc->style = d->page ? GB_DOC_PAGE : GB_DOC_BRIEFING;
    doc->type_name = d->type_name;
    doc->title = d->title;
    if (d->per_indicator)
        doc->title = h->c->indicator[h->job->indicator_i].name_vi;
    if (d->per_region)
        doc->title = gb_sprintf(h->a, "%s: %s", d->title, gb_region_label(h, h->region));
    doc->subtitle = d->subtitle;
    if (!d->per_region && h->region != h->c->locality.root_region) /* made for one place: nobody may take it for the whole */
        doc->subtitle = gb_sprintf(h->a, "Địa bàn: %s", gb_region_label(h, h->region));
    doc->date = h->ev->date;
    doc->cutoff = cutoff_of(h);
    doc->vintage = h->ev->cube->vintage.number;
    doc->signature =
        d->signature && h->audience == GB_LEADERSHIP; /* what others get is not signed by the office that runs the meeting */
    doc->one_page = d->one_page;
    doc->body_max = d->body_max;
    doc->reason = h->reason;
    if (d->kind == GB_SCRIPT_SCENARIO)
        doc->level_vi = level_vi(h->level);
    if (h->job->sample)
        gb_doc_mark(doc, "SỐ LIỆU MẪU");
    if (!d->page)
        gb_doc_mark(doc, "BẢN TIN TỰ ĐỘNG");
    if (!d->page && h->audience == GB_LEADERSHIP)
        gb_doc_mark(doc, "LƯU HÀNH NỘI BỘ"); /* DOMAIN.md a: the whole leadership package */
    h->in = doc->root;
    if (d->kind == GB_SCRIPT_GROUP)
        say_lead(h);
}

static enum gb_code ask_trigger(struct gb_host *h, const char **reason, struct gb_err *e)
{
    lua_State *L = h->sb.L;
    *reason = NULL;
    if (!gb_definition_function(L, h->def, "trigger"))
        return GB_OK;
    gb_push_scope(L, h->region);
    h->held = h->convened = (struct gb_handle){ -1, -1 };
    enum gb_code rc = gb_sandbox_call(&h->sb, 1, 2, e);
    if (rc != GB_OK)
        return rc;
    const struct gb_handle *named = gb_to_handle(L, -1);
    h->convened = named ? *named : h->held;
    lua_pop(L, 1);
    size_t n = 0;
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &n) : NULL;
    if (!text && !lua_isnil(L, -1))
        rc = gb_fail(e, GB_E_REPORT, "%s: trigger phải trả về một câu nêu lý do, hoặc không trả về gì", h->def->path);
    else if (text && (n > 400 || gb_text_check(text, n, NULL) != GB_TEXT_OK || !gb_is_nfc(text, n)))
        rc = gb_fail(e, GB_E_REPORT, "%s: lý do của trigger phải là một câu ngắn, chữ Việt dựng sẵn", h->def->path);
    else if (text)
        *reason = gb_strdup(h->a, text);
    lua_pop(L, 1);
    return rc;
}

static enum gb_code check_job(const struct gb_host *h, struct gb_err *e)
{
    const struct gb_definition *d = h->def;
    if (!d->audience[h->audience])
        return gb_fail(e, GB_E_USAGE, "%s không dành cho đối tượng %s", d->path, gb_audience_word(h->audience));
    if (d->per_indicator && h->job->indicator_i < 0)
        return gb_fail(e, GB_E_USAGE, "%s: phải nêu chỉ số", d->path);
    if (d->per_region && h->job->region_i < 0)
        return gb_fail(e, GB_E_USAGE, "%s: phải nêu địa bàn", d->path);
    /* The page of an indicator that this audience may not see does not exist, exactly as that of a code nobody knows. */
    if (d->per_indicator && !gb_indicator_visible(h, h->job->indicator_i))
        return gb_fail(e, GB_E_REPORT, "không có chỉ số này");
    return GB_OK;
}

static enum gb_code run_body(struct gb_host *h, struct gb_err *e)
{
    lua_State *L = h->sb.L;
    dress(h);
    gb_say_phase(h);
    gb_say_convened(h);
    if (!gb_definition_function(L, h->def, "body"))
        gb_bug("definition without body");
    gb_push_doc(L);
    gb_push_scope(L, h->region);
    enum gb_code rc = gb_sandbox_call(&h->sb, 2, 0, e);
    if (rc == GB_OK)
        gb_doc_say_calendars(h->doc);
    return rc == GB_OK ? gb_doc_check(h->doc, e) : rc;
}

static enum gb_code start(struct gb_host *h, const struct gb_script_job *job, struct gb_arena *a, struct gb_err *e)
{
    const struct gb_script_file *f;
    enum gb_code rc = find_file(job->sources, job->path, &f, e);
    if (rc == GB_OK)
        rc = host_open(h, job->sources, job->ev->catalogue, a, job, e);
    if (rc == GB_OK)
        rc = gb_definition_read(h, f, &h->def, e);
    return rc;
}

enum gb_code gb_script_run(const struct gb_script_job *job, struct gb_arena *a, struct gb_doc **out, struct gb_err *e)
{
    struct gb_host h = { 0 };
    enum gb_code rc = start(&h, job, a, e);
    if (rc == GB_OK)
        rc = check_job(&h, e);
    if (rc == GB_OK && gb_streq(job->level, "ad-hoc"))
        rc = ask_trigger(&h, &h.reason, e);
    if (rc == GB_OK)
        rc = run_body(&h, e);
    if (rc == GB_OK)
        *out = h.doc;
    host_close(&h);
    return rc == GB_OK ? rc : gb_context(e, "định nghĩa %s", job->path);
}

enum gb_code gb_script_trigger(const struct gb_script_job *job, struct gb_arena *a, const char **reason, struct gb_err *e)
{
    struct gb_host h = { 0 };
    *reason = NULL;
    enum gb_code rc = start(&h, job, a, e);
    if (rc == GB_OK && h.def->kind != GB_SCRIPT_SCENARIO)
        rc = gb_fail(e, GB_E_USAGE, "%s không phải kịch bản", job->path);
    if (rc == GB_OK)
        rc = ask_trigger(&h, reason, e);
    host_close(&h);
    return rc == GB_OK ? rc : gb_context(e, "định nghĩa %s", job->path);
}

enum gb_code gb_script_cap(const struct gb_script_job *job, struct gb_arena *a, struct gb_cap *out, struct gb_err *e)
{
    struct gb_host h = { 0 };
    *out = (struct gb_cap){ .scenario_i = -1 };
    enum gb_code rc = start(&h, job, a, e);
    if (rc == GB_OK)
        rc = gb_cap_of(&h, out, e);
    host_close(&h);
    return rc == GB_OK ? rc : gb_context(e, "định nghĩa %s", job->path);
}
