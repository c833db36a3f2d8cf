/* plan_table.c — `giaoban plan --table`: every scenario and every group of the plans beside every locality, as Markdown.
 *
 * The answer to "is anything missing, and who answers for it where": one row for each scenario and group of the shared catalogue, in its
 * order; what is made is taken from the plan of the night itself and from nothing else. A locality whose levels or files differ from the
 * first one's says so in its own cell; a scenario that a locality has switched off is a dash.
 */
#include "app/plan.h"
#include "app/prep.h"
#include "base/csv.h"
#include "base/file.h"

enum { MAX_LOCALITIES = 64 };
struct cell {
    bool on;
    const char *lead, *levels, *files; /* files NULL: no definition makes anything */
};
struct line {
    const char *code, *name;
    struct cell cell[MAX_LOCALITIES];
};
struct lines {
    struct line *v;
    size_t n;
};
struct table {
    struct gb_app *app;
    const char *locality[MAX_LOCALITIES]; /* short names, by slug */
    int n_localities;
    struct lines scenarios, groups;
};

/* "{tỉnh}" -> "tỉnh": a word that each locality says in its own way, as the shared catalogue has it. */
static const char *plain(struct gb_arena *a, const char *s, size_t n)
{
    char *out = gb_strndup(a, s, n), *to = out;
    for (const char *p = out; *p; p++)
        if (*p != '{' && *p != '}')
            *to++ = *p;
    *to = '\0';
    return out;
}

/* Codes and names in the order of the shared catalogue. */
static enum gb_code read_lines(struct gb_app *app, const char *file, struct lines *out, struct gb_err *e)
{
    struct gb_buf b = { 0 };
    struct gb_csv c;
    int code_at = -1, name_at = -1;
    const char *path = gb_path_join(&app->arena, app->args.reports, file);
    enum gb_code rc = gb_file_read(path, (size_t)1 << 20, &b, e);

    if (rc != GB_OK)
        return rc;
    gb_csv_init(&c, b.p, b.n, ',');
    out->v = GB_NEW_N(&app->arena, b.n / 8 + 1, struct line);
    for (bool head = true; gb_csv_next(&c) == GB_CSV_ROW; head = false) {
        for (int i = 0; head && i < c.n_fields; i++) {
            code_at = gb_str_eq_c(c.field[i], "code") ? i : code_at;
            name_at = gb_str_eq_c(c.field[i], "name_vi") ? i : name_at;
        }
        if (head || code_at < 0 || name_at < 0 || c.n_fields <= code_at || c.n_fields <= name_at)
            continue;
        struct line *l = &out->v[out->n++];
        l->code = gb_strndup(&app->arena, c.field[code_at].p, c.field[code_at].n);
        l->name = plain(&app->arena, c.field[name_at].p, c.field[name_at].n);
    }
    gb_csv_release(&c);
    gb_buf_release(&b);
    return out->n ? GB_OK : gb_fail(e, GB_E_CONFIG, "%s: không có dòng nào với cột code, name_vi", path);
}

/* Who answers: the agency, in its short form; several by field; or nobody yet. */
static const char *lead_text(struct gb_arena *a, const struct gb_catalogue *c, int lead, const char *lead_vi)
{
    if (lead >= 0)
        return gb_strdup(a, c->agency[lead].short_vi);
    if (!lead_vi || !*lead_vi)
        return "chưa giao";
    return gb_starts_with(lead_vi, "Các ") ? "nhiều cơ quan" : gb_strdup(a, lead_vi);
}

static const char *rhythm_vi(const char *rhythm)
{
    return gb_streq(rhythm, "weekly") ? "hằng tuần" : gb_streq(rhythm, "monthly") ? "hằng tháng" : "hằng ngày";
}

/* "lãnh đạo pdf, html; Mặt trận pdf, html, xlsx, csv": the files of a definition's regular issue, audience by audience. */
static const char *files_of(struct gb_arena *a, const struct gb_plan *p, const char *script)
{
    static const char *const who[GB_N_AUDIENCES] = { [GB_PUBLIC] = "công khai",
                                                     [GB_FRONT] = "Mặt trận",
                                                     [GB_STATISTICS] = "thống kê",
                                                     [GB_LEADERSHIP] = "lãnh đạo",
                                                     [GB_IOC] = "IOC" };
    static const enum gb_audience order[] = { GB_LEADERSHIP, GB_IOC, GB_FRONT, GB_STATISTICS, GB_PUBLIC };
    struct gb_buf b = { 0 };
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (size_t i = 0; i < p->n; i++) {
            const struct gb_plan_job *j = &p->job[i];
            if (j->audience != order[k] || !gb_streq(j->script, script) || gb_streq(j->level, "ad-hoc"))
                continue;
            gb_buf_addf(&b, "%s%s", b.n ? "; " : "", who[j->audience]);
            for (int f = 0; f < j->n_outputs; f++)
                gb_buf_addf(&b, "%s%s", f ? ", " : " ", gb_format_word(j->output[f].format));
            break;
        }
    const char *out = b.n ? gb_strndup(a, b.p, b.n) : NULL;
    gb_buf_release(&b);
    return out;
}

static const struct gb_head *head_of(const struct gb_plan *p, const char *script)
{
    for (size_t i = 0; i < p->n_heads; i++)
        if (gb_streq(p->head[i].path, script) && p->head[i].ok)
            return &p->head[i];
    return NULL;
}

static void scenario_cell(struct table *t, const struct gb_plan *p, struct line *l)
{
    struct gb_arena *a = &t->app->arena;
    const struct gb_catalogue *c = &t->app->catalogue;
    int i = gb_scenario_find(c, l->code);
    if (i < 0)
        return;
    const struct gb_scenario *s = &c->scenario[i];
    const char *script = gb_sprintf(a, "scenarios/%s.lua", l->code);
    const struct gb_head *h = head_of(p, script);
    l->cell[t->n_localities] =
        (struct cell){ .on = true,
                       .lead = lead_text(a, c, s->lead, s->lead_vi),
                       .levels =
                           gb_sprintf(a, "%s%s%s%s%s", s->periodic ? rhythm_vi(h ? h->meta.rhythm : "") : "",
                                      s->periodic && s->ad_hoc ? ", " : "", s->ad_hoc ? "đột xuất" : "",
                                      (s->periodic || s->ad_hoc) && s->on_demand ? ", " : "", s->on_demand ? "theo yêu cầu" : ""),
                       .files = files_of(a, p, script) };
}

static void group_cell(struct table *t, const struct gb_plan *p, struct line *l)
{
    struct gb_arena *a = &t->app->arena;
    const struct gb_catalogue *c = &t->app->catalogue;
    int i = gb_map_find_c(&c->by_group, l->code);
    if (i < 0)
        return;
    const char *script = gb_sprintf(a, "groups/%s.lua", l->code);
    const struct gb_head *h = head_of(p, script);
    l->cell[t->n_localities] = (struct cell){ .on = true,
                                              .lead = lead_text(a, c, c->group[i].lead, c->group[i].lead_vi),
                                              .levels = gb_sprintf(a, "%s, theo yêu cầu", rhythm_vi(h ? h->meta.rhythm : "")),
                                              .files = files_of(a, p, script) };
}

static enum gb_code one_locality(struct table *t, const char *slug, struct gb_err *e)
{
    struct gb_app *app = t->app;
    struct gb_zygote prep = { .fd = -1 };
    struct gb_plan plan;

    app->args.locality = slug;
    enum gb_code code = gb_app_definitions(app, e);
    if (code == GB_OK)
        code = gb_prep_start(&prep, app, gb_app_date(app), e);
    if (code != GB_OK)
        return gb_context(e, "địa phương %s", slug);
    gb_plan_heads(&plan, app, &prep);
    gb_zygote_stop(&prep);
    const struct gb_head *broken = gb_plan_broken(&plan);
    if (broken)
        return gb_fail(e, GB_E_CONFIG, "địa phương %s: định nghĩa %s sai: %s", slug, broken->path, broken->why);
    gb_plan_build(&plan, app, gb_app_date(app));
    for (size_t i = 0; i < t->scenarios.n; i++)
        scenario_cell(t, &plan, &t->scenarios.v[i]);
    for (size_t i = 0; i < t->groups.n; i++)
        group_cell(t, &plan, &t->groups.v[i]);
    t->locality[t->n_localities++] = gb_strdup(&app->arena, app->catalogue.locality.short_name);
    gb_cage_release(&app->cage);
    gb_catalogue_release(&app->catalogue);
    app->has_catalogue = false;
    return GB_OK;
}

static const char *made(const struct cell *c)
{
    return c->files ? c->files : "chưa có định nghĩa";
}

static void print_line(const struct table *t, const struct line *l)
{
    const struct cell *first = NULL;
    for (int i = 0; i < t->n_localities && !first; i++)
        first = l->cell[i].on ? &l->cell[i] : NULL;
    printf("| `%s` %s | %s | %s |", l->code, l->name, first ? first->levels : "–", first ? made(first) : "–");
    for (int i = 0; i < t->n_localities; i++) {
        const struct cell *c = &l->cell[i];
        printf(" %s", c->on ? c->lead : "–");
        if (c->on && !gb_streq(c->levels, first->levels))
            printf(" (%s)", c->levels);
        if (c->on && !gb_streq(made(c), made(first)))
            printf(" (%s)", made(c));
        printf(" |");
    }
    printf("\n");
}

static void print_lines(const struct table *t, const char *heading, const char *first, const struct lines *l)
{
    printf("### %s: %zu\n\n| %s | cấp độ | tệp mỗi kỳ |", heading, l->n, first);
    for (int i = 0; i < t->n_localities; i++)
        printf(" %s |", t->locality[i]);
    printf("\n|---|---|---|");
    for (int i = 0; i < t->n_localities; i++)
        printf("---|");
    printf("\n");
    for (size_t i = 0; i < l->n; i++)
        print_line(t, &l->v[i]);
}

enum gb_code gb_plan_table(struct gb_app *app, struct gb_err *e)
{
    struct table t = { .app = app };
    const char **name;
    size_t n;
    enum gb_code code = read_lines(app, "catalogue/scenarios.csv", &t.scenarios, e);

    if (code == GB_OK)
        code = read_lines(app, "catalogue/groups.csv", &t.groups, e);
    if (code == GB_OK)
        code = gb_dir_list(&app->arena, gb_path_join(&app->arena, app->args.reports, "localities"), &name, &n, e);
    for (size_t i = 0; code == GB_OK && i < n; i++) {
        size_t len = strlen(name[i]);
        if (len < 2 || name[i][len - 1] != '/' || name[i][0] == '.')
            continue;
        if (t.n_localities == MAX_LOCALITIES)
            return gb_fail(e, GB_E_USAGE, "bảng có tối đa %d địa phương", (int)MAX_LOCALITIES);
        code = one_locality(&t, gb_strndup(&app->arena, name[i], len - 1), e);
    }
    if (code != GB_OK)
        return code;
    print_lines(&t, "Kịch bản", "kịch bản", &t.scenarios);
    printf("\n");
    print_lines(&t, "Nhóm chỉ số", "nhóm chỉ số", &t.groups);
    return GB_OK;
}
