/* plan.c — see plan.h. Who gets what is DESIGN.md section 4's table, written down once, here. */
#include "app/plan.h"
#include "base/json.h"

const char *gb_job_kind_word(enum gb_job_kind k)
{
    switch (k) {
    case GB_JOB_DOC: return "document";
    case GB_JOB_DATA: return "data";
    case GB_JOB_WORKBOOK: return "workbook";
    case GB_JOB_CODEBOOK: return "codebook";
    case GB_JOB_QUALITY: return "quality";
    case GB_JOB_STATES: return "states";
    case GB_JOB_ALERTS: return "alerts";
    case GB_JOB_EVENTS: return "events";
    case GB_JOB_STATE: return "state";
    case GB_JOB_CAP: return "cap";
    case GB_JOB_INDEX: return "index";
    case GB_JOB_KIT: return "kit";
    }
    gb_bug("job kind");
}

const char *gb_format_word(enum gb_format f)
{
    switch (f) {
    case GB_F_PDF: return "pdf";
    case GB_F_HTML: return "html";
    case GB_F_XLSX: return "xlsx";
    case GB_F_CSV: return "csv";
    case GB_F_JSON: return "json";
    case GB_F_JSONLD: return "jsonld";
    case GB_F_XML: return "xml";
    }
    gb_bug("format");
}

static struct gb_plan_job *add(struct gb_plan *p, enum gb_audience audience, enum gb_job_kind kind, const char *id,
                               const char *title)
{
    p->job = gb_arena_grow(p->arena, p->job, p->n, &p->cap, p->n + 1, sizeof *p->job);
    struct gb_plan_job *j = &p->job[p->n++];
    *j = (struct gb_plan_job){ .id = gb_sprintf(p->arena, "%s/%s", gb_audience_word(audience), id),
                               .audience = audience,
                               .kind = kind,
                               .title = title,
                               .indicator_i = -1,
                               .region_i = -1,
                               .sector_i = -1,
                               .due = true };
    return j;
}

static void output(struct gb_plan *p, struct gb_plan_job *j, enum gb_format f, const char *stem)
{
    gb_assert(j->n_outputs < GB_MAX_OUTPUTS);
    j->output[j->n_outputs++] = (struct gb_plan_output){ f, gb_sprintf(p->arena, "%s.%s", stem, gb_format_word(f)) };
}

/* "scenarios/public-investment.lua" -> "kich-ban/public-investment"; the site's own pages stand at its root. */
static const char *stem_of(struct gb_arena *a, const char *path)
{
    const char *slash = strchr(path, '/'), *name = slash ? slash + 1 : path;
    int n = (int)strlen(name) - 4; /* .lua */
    const char *folder = gb_starts_with(path, "scenarios/") ? "kich-ban/" : gb_starts_with(path, "groups/") ? "nhom/" : "";
    return strcmp(path, "site/home.lua") == 0 ? "index" : gb_sprintf(a, "%s%.*s", folder, n, name);
}

bool gb_rhythm_due(const char *rhythm, struct gb_date d)
{
    if (gb_streq(rhythm, "weekly"))
        return gb_date_weekday(d) == 1;
    if (gb_streq(rhythm, "monthly"))
        return d.day == 1;
    return true;
}

static void formats(struct gb_plan *p, struct gb_plan_job *j, const char *stem)
{
    switch (j->audience) {
    case GB_LEADERSHIP:
        output(p, j, GB_F_PDF, stem);
        output(p, j, GB_F_HTML, stem);
        return;
    case GB_FRONT:
        output(p, j, GB_F_PDF, stem);
        output(p, j, GB_F_HTML, stem);
        output(p, j, GB_F_XLSX, stem);
        output(p, j, GB_F_CSV, stem);
        return;
    case GB_STATISTICS:
        output(p, j, GB_F_HTML, stem);
        output(p, j, GB_F_XLSX, stem);
        output(p, j, GB_F_CSV, stem);
        return;
    case GB_PUBLIC: output(p, j, GB_F_HTML, stem); return;
    case GB_IOC: output(p, j, GB_F_JSON, stem); return;
    case GB_N_AUDIENCES: break;
    }
    gb_bug("audience");
}

static void one_doc(struct gb_plan *p, const struct gb_head *h, enum gb_audience audience, const char *level, int indicator_i,
                    int region_i, const char *key, const char *subject, struct gb_date date)
{
    const char *stem = stem_of(p->arena, h->path);
    bool ad_hoc = gb_streq(level, "ad-hoc");
    const char *name = gb_sprintf(p->arena, "%.*s", (int)strlen(h->path) - 4, h->path);
    struct gb_plan_job *j = add(p, audience, GB_JOB_DOC,
                                gb_sprintf(p->arena, "%s/%s%s%s", name, level, key ? "/" : "", key ? key : ""), h->meta.title);
    j->script = h->path;
    j->level = level;
    j->rhythm = h->meta.rhythm;
    j->short_title = h->meta.short_title;
    j->page = h->meta.page;
    j->due = !ad_hoc && gb_rhythm_due(h->meta.rhythm, date);
    j->indicator_i = indicator_i;
    j->region_i = region_i;
    if (key)
        j->title = gb_sprintf(p->arena, "%s: %s", h->meta.title, subject);
    if (key)
        stem = gb_sprintf(p->arena, "%s/%s", indicator_i >= 0 ? "chi-so" : "dia-ban", key);
    else if (ad_hoc)
        stem = gb_sprintf(p->arena, "%s-dot-xuat", stem);
    formats(p, j, stem);
    if (audience == GB_PUBLIC && h->meta.one_page) /* the sheet for the notice board */
        output(p, j, GB_F_PDF, stem);
}

static bool visible(const struct gb_catalogue *c, int indicator_i, enum gb_audience a)
{
    return gb_indicator_part(&c->indicator[indicator_i]) <= gb_audience_part(a);
}

static void docs_of(struct gb_plan *p, const struct gb_catalogue *c, const struct gb_head *h, enum gb_audience a,
                    struct gb_date date)
{
    if (h->meta.per_indicator) {
        for (int i = 0; i < c->n_indicators; i++)
            if (visible(c, i, a))
                one_doc(p, h, a, "periodic", i, -1, c->indicator[i].code, c->indicator[i].name_vi, date);
        return;
    }
    if (h->meta.per_region) {
        for (int r = 0; r < c->n_regions; r++)
            if (c->region[r].level == GB_AT_COMMUNE && gb_region_valid(&c->region[r], date, date))
                one_doc(p, h, a, "periodic", -1, r, c->region[r].code, gb_region_name(c, r, date), date);
        return;
    }
    int s = h->meta.kind == GB_SCRIPT_SCENARIO && h->meta.code ? gb_scenario_find(c, h->meta.code) : -1;
    if (s < 0 || c->scenario[s].periodic)
        one_doc(p, h, a, "periodic", -1, -1, NULL, NULL, date);
    else if (c->scenario[s].on_demand && a == GB_LEADERSHIP) /* kept ready: who asks for it does not wait for a night */
        one_doc(p, h, a, "on-demand", -1, -1, NULL, NULL, date);
    if (s >= 0 && c->scenario[s].ad_hoc && a == GB_LEADERSHIP)
        one_doc(p, h, a, "ad-hoc", -1, -1, NULL, NULL, date);
}

static bool sector_has(const struct gb_catalogue *c, int sector_i, enum gb_audience a)
{
    for (int i = 0; i < c->n_indicators; i++)
        if (c->indicator[i].sector_i == sector_i && visible(c, i, a))
            return true;
    return false;
}

static void data_of(struct gb_plan *p, const struct gb_catalogue *c, enum gb_audience a)
{
    for (int i = 0; i < c->n_indicators; i++) {
        if (!visible(c, i, a))
            continue;
        const char *stem = gb_sprintf(p->arena, "data/%s", c->indicator[i].code);
        struct gb_plan_job *j = add(p, a, GB_JOB_DATA, stem, c->indicator[i].name_vi);
        j->indicator_i = i;
        output(p, j, GB_F_CSV, stem);
        if (a == GB_PUBLIC)
            output(p, j, GB_F_JSON, stem);
    }
}

static void workbooks_of(struct gb_plan *p, const struct gb_catalogue *c)
{
    for (int s = 0; s < c->n_sectors; s++) {
        if (!sector_has(c, s, GB_STATISTICS))
            continue;
        const char *stem = gb_sprintf(p->arena, "so-lieu/%s", c->sector[s].code);
        struct gb_plan_job *j = add(p, GB_STATISTICS, GB_JOB_WORKBOOK, stem, c->sector[s].name_vi);
        j->sector_i = s;
        output(p, j, GB_F_XLSX, stem);
    }
}

static void special(struct gb_plan *p, enum gb_audience a, enum gb_job_kind kind, enum gb_format f, const char *stem,
                    const char *title, bool late)
{
    struct gb_plan_job *j = add(p, a, kind, stem, title);
    output(p, j, f, stem);
    j->late = late;
}

/* cap/<scenario>.xml for the operations centre, of the scenarios that declare hazards. */
static void cap_of(struct gb_plan *p)
{
    for (size_t i = 0; i < p->n_heads; i++) {
        const struct gb_head *h = &p->head[i];
        if (!h->ok || !h->meta.cap)
            continue;
        const char *stem = gb_sprintf(p->arena, "cap/%s", h->meta.code);
        struct gb_plan_job *j = add(p, GB_IOC, GB_JOB_CAP, stem, h->meta.title);
        j->script = h->path;
        j->rhythm = "daily";
        output(p, j, GB_F_XML, stem);
    }
}

/* Statisticians' workbooks first: they are the longest jobs, and a night ends when its last job does. */
void gb_plan_build(struct gb_plan *p, const struct gb_app *app, struct gb_date date)
{
    static const enum gb_audience order[] = { GB_STATISTICS, GB_LEADERSHIP, GB_FRONT, GB_PUBLIC, GB_IOC };
    const struct gb_catalogue *c = &app->catalogue;
    bool public_home = false;

    workbooks_of(p, c);
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (size_t i = 0; i < p->n_heads; i++)
            if (p->head[i].ok && p->head[i].meta.audience[order[k]]) {
                docs_of(p, c, &p->head[i], order[k], date);
                public_home = public_home || (order[k] == GB_PUBLIC && strcmp(p->head[i].path, "site/home.lua") == 0);
            }
    data_of(p, c, GB_STATISTICS);
    data_of(p, c, GB_PUBLIC);
    special(p, GB_STATISTICS, GB_JOB_CODEBOOK, GB_F_CSV, "codebook", "Bảng mã chỉ số", false);
    special(p, GB_STATISTICS, GB_JOB_QUALITY, GB_F_CSV, "data/quality", "Chất lượng số liệu", false);
    special(p, GB_PUBLIC, GB_JOB_CODEBOOK, GB_F_CSV, "data/codebook", "Bảng mã chỉ số", false);
    special(p, GB_IOC, GB_JOB_STATES, GB_F_JSON, "states", "Trạng thái chỉ số", false);
    special(p, GB_IOC, GB_JOB_ALERTS, GB_F_JSON, "alerts", "Cảnh báo", false);
    special(p, GB_IOC, GB_JOB_EVENTS, GB_F_JSON, "events", "Nhật ký các lần vượt mức", false);
    special(p, GB_IOC, GB_JOB_STATE, GB_F_JSON, "state", "Trạng thái kịch bản", false);
    cap_of(p);
    special(p, GB_LEADERSHIP, GB_JOB_INDEX, GB_F_HTML, "index", "Tài liệu giao ban", true);
    special(p, GB_STATISTICS, GB_JOB_INDEX, GB_F_HTML, "index", "Số liệu thống kê", true);
    special(p, GB_FRONT, GB_JOB_INDEX, GB_F_HTML, "index", "Tài liệu giám sát", true);
    if (!public_home)
        special(p, GB_PUBLIC, GB_JOB_INDEX, GB_F_HTML, "index", "Số liệu công khai", true);
    struct gb_plan_job *kit = add(p, GB_PUBLIC, GB_JOB_KIT, "kit", "Bộ dữ liệu mở");
    kit->late = true;
    output(p, kit, GB_F_JSON, "datapackage");
    output(p, kit, GB_F_JSONLD, "catalog");
    output(p, kit, GB_F_XML, "feed");
}

void gb_plan_json(const struct gb_plan *p, const struct gb_app *app, const struct gb_plan_job *j, struct gb_buf *out)
{
    struct gb_json w = { .out = out };
    const struct gb_catalogue *c = &app->catalogue;
    (void)p;
    gb_json_open(&w, NULL, '{');
    gb_json_str(&w, "audience", gb_audience_word(j->audience));
    gb_json_bool(&w, "due", j->due);
    gb_json_str(&w, "id", j->id);
    if (j->indicator_i >= 0)
        gb_json_str(&w, "indicator", c->indicator[j->indicator_i].code);
    gb_json_str(&w, "kind", gb_job_kind_word(j->kind));
    if (j->level)
        gb_json_str(&w, "level", j->level);
    gb_json_open(&w, "outputs", '[');
    for (int i = 0; i < j->n_outputs; i++)
        gb_json_str(&w, NULL, j->output[i].path);
    gb_json_close(&w, ']');
    if (j->region_i >= 0)
        gb_json_str(&w, "region", c->region[j->region_i].code);
    if (j->script) {
        gb_json_str(&w, "report", j->script);
        gb_json_str(&w, "rhythm", j->rhythm);
    }
    if (j->sector_i >= 0)
        gb_json_str(&w, "sector", c->sector[j->sector_i].code);
    gb_json_str(&w, "title", j->title);
    gb_json_str(&w, "when", gb_streq(j->level, "ad-hoc") || j->kind == GB_JOB_CAP ? "trigger" : "always");
    gb_json_close(&w, '}');
    gb_buf_addc(out, '\n');
}

/* A file without a head, or whose head could not be read in time, counts for everybody. */
static bool serves(const struct gb_plan *p, const char *path, enum gb_audience a)
{
    for (size_t i = 0; i < p->n_heads; i++)
        if (gb_streq(p->head[i].path, path))
            return !p->head[i].ok || p->head[i].meta.audience[a];
    return true;
}

struct gb_sha256 gb_plan_definitions(const struct gb_plan *p, const struct gb_app *app, enum gb_audience a)
{
    const struct gb_sha256 *catalogue = &app->catalogue.digest_of[gb_audience_part(a)];
    struct gb_sha256_state s;
    if (a == GB_LEADERSHIP || a == GB_IOC)
        return app->definitions;
    gb_sha256_init(&s);
    gb_sha256_update(&s, catalogue->b, sizeof catalogue->b);
    for (size_t i = 0; i < app->sources.n_files; i++) {
        const struct gb_script_file *f = &app->sources.file[i];
        if (!serves(p, f->path, a))
            continue;
        gb_sha256_update(&s, f->path, strlen(f->path) + 1);
        gb_sha256_update(&s, f->sha256.b, sizeof f->sha256.b);
    }
    gb_app_hash_templates(app, &s);
    return gb_sha256_final(&s);
}
