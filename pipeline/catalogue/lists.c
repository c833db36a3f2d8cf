/* lists.c — the short tables that others refer to: units, sectors, seasons, agencies, groups, scenarios.
 *
 * agencies.csv is the locality's and must be there. The others belong to a catalogue and may be absent when a locality brings its
 * own small one: then units are not checked, sectors are those the indicators name, and there are no groups, scenarios, seasons. */
#include "catalogue/load.h"

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))

static enum gb_code load_units(struct gb_load *l, struct gb_err *e)
{
    enum { CODE, VI, EN };
    static const struct gb_column cols[] = { { "code", true }, { "name_vi", true }, { "name_en", false } };
    struct gb_table t;
    enum gb_code code = gb_table_read(l, &t, l->dir_catalogue, l->rel_catalogue, "units.csv", cols, N(cols), false, e);
    if (code != GB_OK)
        return code;
    l->has_units = t.present;
    l->unit = GB_NEW_N(&l->c->arena, (size_t)t.n_rows, struct gb_unit);
    for (int i = 0; i < t.n_rows; i++) {
        const char *u = gb_cell(&t, i, CODE), *vi = gb_cell(&t, i, VI);
        bool twice = false; /* one unit code may have several Vietnamese words ({case}: vụ, ca), but each pair once */
        for (int k = 0; k < l->n_units; k++)
            twice = twice || (gb_streq(l->unit[k].code, u) && gb_streq(l->unit[k].name_vi, vi));
        if (twice)
            gb_note(l, true, gb_at_cell(&t, i, CODE), u, "mỗi cặp mã và tên đơn vị một lần", "xóa dòng lặp");
        else
            l->unit[l->n_units++] = (struct gb_unit){ u, vi };
    }
    return GB_OK;
}

static enum gb_code load_sectors(struct gb_load *l, struct gb_err *e)
{
    enum { CODE, VI, EN, NOTE };
    static const struct gb_column cols[] = { { "code", true }, { "name_vi", true }, { "name_en", false }, { "note", false } };
    struct gb_table t;
    struct gb_catalogue *c = l->c;
    enum gb_code code = gb_table_read(l, &t, l->dir_catalogue, l->rel_catalogue, "sectors.csv", cols, N(cols), false, e);
    if (code != GB_OK)
        return code;
    l->has_sectors = t.present;
    c->sector = GB_NEW_N(&c->arena, (size_t)t.n_rows, struct gb_sector);
    for (int i = 0; i < t.n_rows; i++)
        if (gb_cell_code(&t, i, CODE) && gb_table_unique(&t, i, CODE, &c->by_sector, c->n_sectors))
            c->sector[c->n_sectors++] = (struct gb_sector){ gb_cell(&t, i, CODE), gb_cell(&t, i, VI), gb_cell(&t, i, EN) };
    return GB_OK;
}

static enum gb_code load_seasons(struct gb_load *l, struct gb_err *e)
{
    static const struct gb_column cols[] = { { "profile", true }, { "m01", true },  { "m02", true }, { "m03", true },
                                             { "m04", true },     { "m05", true },  { "m06", true }, { "m07", true },
                                             { "m08", true },     { "m09", true },  { "m10", true }, { "m11", true },
                                             { "m12", true },     { "note", false } };
    struct gb_table t;
    struct gb_catalogue *c = l->c;
    enum gb_code code = gb_table_read(l, &t, l->dir_catalogue, l->rel_catalogue, "seasons.csv", cols, N(cols), false, e);
    if (code != GB_OK)
        return code;
    l->has_seasons = t.present;
    c->season = GB_NEW_N(&c->arena, (size_t)t.n_rows, struct gb_season);
    struct gb_map seen;
    gb_map_init(&seen);
    for (int i = 0; i < t.n_rows; i++) {
        if (!gb_cell_code(&t, i, 0) || !gb_table_unique(&t, i, 0, &seen, i))
            continue;
        struct gb_season *s = &c->season[c->n_seasons++];
        s->code = gb_cell(&t, i, 0);
        for (int m = 0; m < 12; m++) {
            int64_t v = 0;
            const char *cell = gb_cell(&t, i, 1 + m);
            if (gb_cell_decimal(&t, i, 1 + m, 4, &v) ? v < 0 : !*cell && t.has[1 + m])
                gb_note(l, true, gb_at_cell(&t, i, 1 + m), cell, "hệ số không âm của tháng", "điền hệ số, 1 là không đổi");
            s->month[m] = v;
        }
    }
    gb_map_release(&seen);
    return GB_OK;
}

/* A profile's mark is the character itself; both together must differ. */
static void agency_marks(struct gb_table *t, int row, int col_dec, int col_grp, struct gb_agency *a)
{
    static const char *const dec[] = { ".", "," };
    static const char *const grp[] = { ".", ",", "none" };
    int d = gb_cell_word(t, row, col_dec, dec, 2, 0);
    int g = gb_cell_word(t, row, col_grp, grp, 3, 2);
    a->decimal = d == 1 ? ',' : '.';
    a->grouping = g == 0 ? '.' : g == 1 ? ',' : 0;
    if (a->grouping == a->decimal)
        gb_note(t->l, true, gb_at_cell(t, row, col_grp), gb_cell(t, row, col_grp), "dấu phân nhóm khác dấu thập phân",
                "đổi một trong hai cột profile_decimal, profile_grouping");
}

enum { AG_CODE, AG_VI, AG_SHORT, AG_HEAD, AG_KIND, AG_EMAIL, AG_DEC, AG_GRP, AG_ENC, AG_LAYOUT, AG_FROM, AG_TO, AG_NOTE };
static const struct gb_column agency_cols[] = { [AG_CODE] = { "code", true },
                                                [AG_VI] = { "name_vi", true },
                                                [AG_SHORT] = { "short_vi", false },
                                                [AG_HEAD] = { "head_title_vi", false },
                                                [AG_KIND] = { "kind", false },
                                                [AG_EMAIL] = { "email", false },
                                                [AG_DEC] = { "profile_decimal", false },
                                                [AG_GRP] = { "profile_grouping", false },
                                                [AG_ENC] = { "profile_encoding", false },
                                                [AG_LAYOUT] = { "profile_layout", false },
                                                [AG_FROM] = { "valid_from", false },
                                                [AG_TO] = { "valid_to", false },
                                                [AG_NOTE] = { "note", false } };

/* One row: the names of an agency for a time. The first row of a code also says how the agency sends. */
static void agency_version(struct gb_table *t, int row, struct gb_agency *a)
{
    struct gb_agency_version v = {
        gb_cell_date(t, row, AG_FROM), gb_cell_date(t, row, AG_TO), gb_cell(t, row, AG_VI), gb_cell(t, row, AG_SHORT),
        gb_cell(t, row, AG_HEAD),      gb_cell(t, row, AG_EMAIL),   t->row[row].line
    };
    if (!*v.name_vi && t->has[AG_VI])
        gb_note(t->l, true, gb_at_cell(t, row, AG_VI), "", "tên cơ quan", "điền tên");
    if (!*v.short_vi)
        v.short_vi = v.name_vi;
    const struct gb_agency_version *before = a->n_versions ? &a->version[a->n_versions - 1] : NULL;
    if (before && (!before->to.year || !v.from.year || gb_date_cmp(v.from, before->to) <= 0)) {
        gb_note(t->l, true, gb_at_cell(t, row, AG_CODE), a->code,
                "mã không lặp trong tệp, trừ khi tên đổi theo ngày: valid_from sau valid_to của dòng trước cùng mã",
                "đổi mã, xóa dòng lặp, hoặc điền valid_to ở dòng trước và valid_from ở dòng này");
        return;
    }
    struct gb_agency_version *more = GB_NEW_N(&t->l->c->arena, (size_t)a->n_versions + 1, struct gb_agency_version);
    if (before)
        memcpy(more, a->version, (size_t)a->n_versions * sizeof *more);
    more[a->n_versions++] = v;
    a->version = more;
}

static enum gb_code load_agencies(struct gb_load *l, struct gb_err *e)
{
    struct gb_table t;
    struct gb_catalogue *c = l->c;
    enum gb_code code =
        gb_table_read(l, &t, c->dir_locality, l->rel_locality, "agencies.csv", agency_cols, N(agency_cols), true, e);
    if (code != GB_OK)
        return code;
    c->agency = GB_NEW_N(&c->arena, (size_t)t.n_rows, struct gb_agency);
    for (int i = 0; i < t.n_rows; i++) {
        if (!gb_cell_code(&t, i, AG_CODE))
            continue;
        const char *name = gb_cell(&t, i, AG_CODE);
        int at = gb_map_find_c(&c->by_agency, name);
        if (at >= 0) {
            agency_version(&t, i, &c->agency[at]);
            continue;
        }
        (void)gb_map_put(&c->by_agency, name, strlen(name), c->n_agencies);
        struct gb_agency *a = &c->agency[c->n_agencies++];
        *a = (struct gb_agency){ .code = name,
                                 .kind = gb_cell(&t, i, AG_KIND),
                                 .encoding = gb_cell(&t, i, AG_ENC),
                                 .layout = gb_cell(&t, i, AG_LAYOUT),
                                 .line = t.row[i].line };
        agency_version(&t, i, a);
        agency_marks(&t, i, AG_DEC, AG_GRP, a);
    }
    return GB_OK;
}

static enum gb_code load_groups(struct gb_load *l, struct gb_err *e)
{
    enum { CODE, PART, VI, EN, NOTES };
    static const struct gb_column cols[] = {
        { "code", true }, { "part", false }, { "name_vi", true }, { "name_en", false }, { "notes", false }
    };
    struct gb_table t;
    struct gb_catalogue *c = l->c;
    enum gb_code code = gb_table_read(l, &t, l->dir_catalogue, l->rel_catalogue, "groups.csv", cols, N(cols), false, e);
    if (code != GB_OK)
        return code;
    c->group = GB_NEW_N(&c->arena, (size_t)t.n_rows, struct gb_group);
    for (int i = 0; i < t.n_rows; i++)
        if (gb_cell_code(&t, i, CODE) && gb_is_on(l, false, gb_cell(&t, i, CODE)) &&
            gb_table_unique(&t, i, CODE, &c->by_group, c->n_groups)) {
            c->group[c->n_groups] = (struct gb_group){
                gb_cell(&t, i, CODE), gb_cell(&t, i, PART), gb_cell(&t, i, VI), gb_cell(&t, i, EN), -1, "", ""
            };
            gb_text_slot(l, &c->group[c->n_groups++].name_vi);
        }
    return GB_OK;
}

/* `periodic;ad-hoc;on-demand`: which levels a scenario is convened at (DESIGN.md section 1). */
static void scenario_levels(struct gb_table *t, int row, int col, struct gb_scenario *s)
{
    static const char *const words[] = { "periodic", "ad-hoc", "on-demand" };
    struct gb_arena *a = &t->l->c->arena;
    struct gb_str piece[8];
    size_t n = gb_split(gb_str_of(gb_cell(t, row, col)), ';', piece, 8);
    for (size_t k = 0; k < n; k++) {
        struct gb_str p = gb_trim(piece[k]);
        if (gb_str_eq_c(p, words[0]))
            s->periodic = true;
        else if (gb_str_eq_c(p, words[1]))
            s->ad_hoc = true;
        else if (gb_str_eq_c(p, words[2]))
            s->on_demand = true;
        else {
            const char *w = gb_strndup(a, p.p, p.n);
            gb_note(t->l, true, gb_at_cell(t, row, col), w, gb_sprintf(a, "một hay nhiều trong: %s", gb_join_words(a, words, 3)),
                    gb_did_you_mean(t->l, w, words, 3, "chọn từ trong danh sách, ngăn bằng dấu chấm phẩy"));
        }
    }
}

static enum gb_code load_scenarios(struct gb_load *l, struct gb_err *e)
{
    enum { CODE, PART, VI, EN, FULL, PURPOSE, LEVELS, MAP, NOTES };
    static const struct gb_column cols[] = { { "code", true },     { "part", false },         { "name_vi", true },
                                             { "name_en", false }, { "full_name_vi", false }, { "purpose_vi", false },
                                             { "levels", false },  { "needs_map", false },    { "notes", false } };
    struct gb_table t;
    struct gb_catalogue *c = l->c;
    enum gb_code code = gb_table_read(l, &t, l->dir_catalogue, l->rel_catalogue, "scenarios.csv", cols, N(cols), false, e);
    if (code != GB_OK)
        return code;
    c->scenario = GB_NEW_N(&c->arena, (size_t)t.n_rows, struct gb_scenario);
    for (int i = 0; i < t.n_rows; i++) {
        if (!gb_cell_code(&t, i, CODE) || !gb_is_on(l, true, gb_cell(&t, i, CODE)) ||
            !gb_table_unique(&t, i, CODE, &c->by_scenario, c->n_scenarios))
            continue;
        struct gb_scenario *s = &c->scenario[c->n_scenarios++];
        *s = (struct gb_scenario){ .code = gb_cell(&t, i, CODE),
                                   .part = gb_cell(&t, i, PART),
                                   .name_vi = gb_cell(&t, i, VI),
                                   .name_en = gb_cell(&t, i, EN),
                                   .full_name_vi = gb_cell(&t, i, FULL),
                                   .purpose_vi = gb_cell(&t, i, PURPOSE),
                                   .needs_map = gb_cell_yes(&t, i, MAP, false),
                                   .lead = -1,
                                   .lead_vi = "",
                                   .due = "" };
        gb_text_slot(l, &s->name_vi);
        gb_text_slot(l, &s->full_name_vi);
        gb_text_slot(l, &s->purpose_vi);
        scenario_levels(&t, i, LEVELS, s);
        const char *script = gb_sprintf(&c->arena, "%s/scenarios/%s.lua", c->dir_reports, s->code);
        s->script = gb_file_exists(script) ? script : NULL;
    }
    return GB_OK;
}

enum gb_code gb_load_lists(struct gb_load *l, struct gb_err *e)
{
    enum gb_code (*const step[])(struct gb_load *, struct gb_err *) = { load_units,    load_sectors, load_seasons,
                                                                        load_agencies, load_groups,  load_scenarios };
    for (size_t i = 0; i < sizeof step / sizeof step[0]; i++) {
        enum gb_code code = step[i](l, e);
        if (code != GB_OK)
            return code;
    }
    return GB_OK;
}
