/* plans.c — what the locality's plan adds to a catalogue: targets, who leads what, the tasks of the appendix, which point measures
 * what. All four files are optional; each reference in them is checked. */
#include "catalogue/load.h"

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))

static int one_ref(const struct gb_table *t, int row, int col, const struct gb_map *m, const char *const *known, size_t n,
                   const char *where)
{
    int count;
    const int *v = gb_cell_refs(t, row, col, m, known, n, where, &count);
    if (!*gb_cell(t, row, col) && t->has[col]) /* a code that is off here leaves no note */
        gb_note(t->l, true, gb_at_cell(t, row, col), "", gb_sprintf(&t->l->c->arena, "mã có trong %s", where), "điền mã");
    return count == 1 ? v[0] : -1;
}

/* ---- targets.csv ------------------------------------------------------------------------------------------------------ */

static void read_target(struct gb_table *t, int row, struct gb_map *seen)
{
    enum { INDICATOR, REGION, YEAR, VALUE, BASIS, SOURCE };
    static const char *const basis[] = { "illustrative", "confirmed" };
    struct gb_load *l = t->l;
    struct gb_catalogue *c = l->c;
    size_t n_ind, n_reg;
    const char *const *inds = gb_indicator_codes(l, &n_ind), *const *regs = gb_region_codes(l, &n_reg);
    struct gb_target x = { .indicator_i = one_ref(t, row, INDICATOR, &c->by_indicator, inds, n_ind, "indicators.csv"),
                           .region_i = one_ref(t, row, REGION, &c->by_region, regs, n_reg, "regions.csv"),
                           .year = (int)gb_cell_int(t, row, YEAR, 1900, 2200, 0),
                           .source_vi = gb_cell(t, row, SOURCE) };
    x.confirmed = gb_cell_word(t, row, BASIS, basis, 2, 0) == 1;
    if (x.indicator_i < 0 || x.region_i < 0)
        return;
    const struct gb_indicator *ind = &c->indicator[x.indicator_i];
    if (x.year == 0 && !*gb_cell(t, row, YEAR))
        gb_note(l, true, gb_at_cell(t, row, YEAR), "", "năm của mục tiêu", "điền năm");
    if (!*gb_cell(t, row, VALUE))
        gb_note(l, true, gb_at_cell(t, row, VALUE), "", "giá trị mục tiêu", "điền số hoặc xóa dòng");
    if (x.year == 0 || !gb_cell_decimal(t, row, VALUE, ind->scale, &x.value))
        return;
    if ((ind->has_min && x.value < ind->valid_min) || (ind->has_max && x.value > ind->valid_max))
        gb_note(l, false, gb_at_cell(t, row, VALUE), gb_cell(t, row, VALUE),
                gb_sprintf(&c->arena, "giá trị trong giới hạn hợp lệ của %s", ind->code),
                "kiểm tra đơn vị của mục tiêu và valid_min, valid_max");
    const char *key = gb_sprintf(&c->arena, "%d %d %d", x.indicator_i, x.region_i, x.year);
    if (gb_map_put(seen, key, strlen(key), row))
        c->target[c->n_targets++] = x;
    else
        gb_note(l, true, gb_at_cell(t, row, YEAR), gb_cell(t, row, YEAR), "mỗi chỉ số, địa bàn, năm một mục tiêu",
                "xóa dòng lặp");
}

static enum gb_code load_targets(struct gb_load *l, struct gb_err *e)
{
    static const struct gb_column cols[] = { { "indicator", true }, { "region", true }, { "year", true },
                                             { "value", true },     { "basis", false }, { "source_vi", false } };
    struct gb_table t;
    enum gb_code code = gb_table_read(l, &t, l->c->dir_locality, l->rel_locality, "targets.csv", cols, N(cols), false, e);
    if (code != GB_OK)
        return code;
    l->c->target = GB_NEW_N(&l->c->arena, (size_t)t.n_rows, struct gb_target);
    struct gb_map seen;
    gb_map_init(&seen);
    for (int i = 0; i < t.n_rows; i++)
        read_target(&t, i, &seen);
    gb_map_release(&seen);
    return GB_OK;
}

/* ---- leads.csv -------------------------------------------------------------------------------------------------------- */

static void read_lead(struct gb_table *t, int row, bool *led_scenario, bool *led_group)
{
    static const char *const kinds[] = { "scenario", "group" };
    struct gb_load *l = t->l;
    struct gb_catalogue *c = l->c;
    int kind = gb_cell_word(t, row, GB_LEAD_KIND, kinds, 2, -1);
    if (kind < 0)
        return;
    int n_known = kind == 0 ? c->n_scenarios : c->n_groups;
    const char **known = GB_NEW_N(&c->arena, (size_t)n_known, const char *);
    for (int i = 0; i < n_known; i++)
        known[i] = kind == 0 ? c->scenario[i].code : c->group[i].code;
    int at = one_ref(t, row, GB_LEAD_CODE, kind == 0 ? &c->by_scenario : &c->by_group, known, (size_t)n_known,
                     kind == 0 ? "scenarios.csv" : "groups.csv");
    size_t n;
    const char *const *agencies = gb_agency_codes(l, &n);
    int n_leads;
    const int *lead = gb_cell_refs(t, row, GB_LEAD_LEAD, &c->by_agency, agencies, n, "agencies.csv", &n_leads);
    if (at < 0)
        return;
    bool *led = kind == 0 ? &led_scenario[at] : &led_group[at];
    if (*led) {
        gb_note(l, true, gb_at_cell(t, row, GB_LEAD_CODE), gb_cell(t, row, GB_LEAD_CODE), "mỗi kịch bản, nhóm chỉ số một dòng",
                "xóa dòng lặp");
        return;
    }
    *led = true;
    int first = n_leads ? lead[0] : -1; /* of two leads the first answers; both are named in lead_vi */
    const char *lead_vi = gb_cell(t, row, GB_LEAD_VI), *due = gb_cell(t, row, GB_LEAD_DUE);
    const char *name = gb_cell(t, row, GB_LEAD_NAME), *full = gb_cell(t, row, GB_LEAD_FULL); /* as this plan says it */
    if (kind == 0) {
        c->scenario[at].lead = first;
        c->scenario[at].lead_vi = lead_vi;
        c->scenario[at].due = due;
        if (*name)
            c->scenario[at].name_vi = name;
        if (*full)
            c->scenario[at].full_name_vi = full;
        gb_text_slot(l, &c->scenario[at].name_vi);
        gb_text_slot(l, &c->scenario[at].full_name_vi);
    } else {
        c->group[at].lead = first;
        c->group[at].lead_vi = lead_vi;
        c->group[at].due = due;
        if (*name)
            c->group[at].name_vi = name;
        gb_text_slot(l, &c->group[at].name_vi);
    }
}

static void load_leads(struct gb_load *l)
{
    bool *led_scenario = GB_NEW_N(&l->c->arena, (size_t)l->c->n_scenarios, bool);
    bool *led_group = GB_NEW_N(&l->c->arena, (size_t)l->c->n_groups, bool);
    for (int i = 0; i < l->leads->n_rows; i++)
        read_lead(l->leads, i, led_scenario, led_group);
}

/* ---- tasks.csv -------------------------------------------------------------------------------------------------------- */

static bool digits(const char *s, size_t n, int lo, int hi)
{
    int v = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return false;
        v = v * 10 + s[i] - '0';
    }
    return n > 0 && v >= lo && v <= hi;
}

/* One part of a due rule (DOMAIN.md section 0): a date, a month, a quarter, from:MONTH, before:MONTH, yearly-MM or a word; what stands
 * behind a `;` is a word that adds to it. The same rules as gb_due_parse() reads (evaluation/task.h). */
static bool due_part_ok(struct gb_str p, bool first)
{
    static const char *const words[] = { "on-demand", "continuous", "per-central-guidance", "done" };
    if (!first)
        return gb_str_eq_c(p, "periodic") || gb_str_eq_c(p, "on-demand");
    for (int i = 0; i < N(words); i++)
        if (gb_str_eq_c(p, words[i]))
            return true;
    if (p.n == 9 && memcmp(p.p, "yearly-", 7) == 0)
        return digits(p.p + 7, 2, 1, 12);
    static const char *const prefixes[] = { "from:", "before:" };
    for (int i = 0; i < 2; i++) {
        size_t n = strlen(prefixes[i]);
        if (p.n > n && memcmp(p.p, prefixes[i], n) == 0) {
            p.p += n;
            p.n -= n;
            break;
        }
    }
    enum gb_freq f;
    int32_t ord;
    return gb_period_parse(p.p, p.n, &f, &ord) &&
           (f == GB_FREQ_DAY || f == GB_FREQ_MONTH || f == GB_FREQ_QUARTER || f == GB_FREQ_YEAR);
}

static void check_due(struct gb_table *t, int row, int col)
{
    struct gb_str piece[8];
    size_t n = gb_split(gb_str_of(gb_cell(t, row, col)), ';', piece, 8);
    for (size_t i = 0; i < n; i++)
        if (!due_part_ok(gb_trim(piece[i]), i == 0))
            gb_note(t->l, true, gb_at_cell(t, row, col), gb_strndup(&t->l->c->arena, piece[i].p, piece[i].n),
                    "2026-07-15, 2026-07, 2026-Q3, from:2026-07, before:2030-12, yearly-07, periodic, on-demand, continuous, "
                    "per-central-guidance hoặc done",
                    "viết lại thời hạn theo một trong các dạng đó");
}

/* The code of a task is its place in the plan: section, part, number, whatever of them the plan gives. Statuses are delivered under it
 * for years, so two rows of one code, or a code that a region has, are refused. */
static void name_task(struct gb_table *t, int row, struct gb_task *k)
{
    struct gb_load *l = t->l;
    struct gb_catalogue *c = l->c;
    const char *const part[] = { k->section, k->part, k->no };
    struct gb_buf b = { 0 };
    for (int i = 0; i < 3; i++)
        if (*part[i])
            gb_buf_addf(&b, "%s%s", b.n ? "." : "", part[i]);
    k->code = b.n ? gb_buf_copy(&c->arena, &b) : "";
    gb_buf_release(&b);
    struct gb_at at = gb_at_cell(t, row, 1);
    if (!*k->code)
        gb_note(l, true, at, "", "số thứ tự của nhiệm vụ trong kế hoạch", "điền section, part, no");
    else if (gb_region_find(c, k->code) >= 0)
        gb_note(l, true, at, k->code, "mã nhiệm vụ khác mọi mã địa bàn", "đổi mã địa bàn trong regions.csv");
    else if (!gb_map_put(&c->by_task, k->code, strlen(k->code), c->n_tasks))
        gb_note(l, true, at, k->code, "mỗi mã nhiệm vụ (section.part.no) một dòng", "sửa no để không trùng dòng khác");
    for (const char *p = k->code; *p; p++)
        if (!((*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || strchr("._-", *p))) {
            gb_note(l, true, at, k->code, "chữ cái không dấu, chữ số, dấu chấm, gạch ngang", "sửa section, part hoặc no");
            break;
        }
}

/* Tasks behind the regions: the same index space for whoever keeps columns by key, outside the places for whoever counts them. */
static void tasks_as_keys(struct gb_catalogue *c)
{
    struct gb_region *all = GB_NEW_N(&c->arena, (size_t)(c->n_regions + c->n_tasks) + 1, struct gb_region);
    if (c->n_regions)
        memcpy(all, c->region, (size_t)c->n_regions * sizeof *all);
    for (int i = 0; i < c->n_tasks; i++) {
        struct gb_region_version *v = GB_NEW(&c->arena, struct gb_region_version);
        *v = (struct gb_region_version){ .name = gb_sprintf(&c->arena, "Nhiệm vụ %s", c->task[i].code),
                                         .type = "task",
                                         .line = c->task[i].line };
        all[c->n_regions + i] =
            (struct gb_region){ .code = c->task[i].code, .parent = -1, .level = GB_AT_TASK, .version = v, .n_versions = 1 };
    }
    c->region = all;
}

static enum gb_code load_tasks(struct gb_load *l, struct gb_err *e)
{
    enum { SECTION, PART, NO, CONTENT, RESULT, LEAD_VI, LEAD, COORD, DUE, DUE_VI, NOTE };
    static const struct gb_column cols[] = {
        { "section", false },   { "part", true },         { "no", false },   { "content_vi", true },
        { "result_vi", false }, { "lead_vi", false },     { "lead", false }, { "coordinating_vi", false },
        { "due_rule", false },  { "due_text_vi", false }, { "note", false }
    };
    struct gb_table t;
    struct gb_catalogue *c = l->c;
    enum gb_code code = gb_table_read(l, &t, c->dir_locality, l->rel_locality, "tasks.csv", cols, N(cols), false, e);
    if (code != GB_OK)
        return code;
    c->task = GB_NEW_N(&c->arena, (size_t)t.n_rows, struct gb_task);
    size_t n;
    const char *const *agencies = gb_agency_codes(l, &n);
    for (int i = 0; i < t.n_rows; i++) {
        int n_leads;
        int *lead = gb_cell_refs(&t, i, LEAD, &c->by_agency, agencies, n, "agencies.csv", &n_leads);
        check_due(&t, i, DUE);
        c->task[c->n_tasks] = (struct gb_task){ .section = gb_cell(&t, i, SECTION),
                                                .part = gb_cell(&t, i, PART),
                                                .no = gb_cell(&t, i, NO),
                                                .content_vi = gb_cell(&t, i, CONTENT),
                                                .result_vi = gb_cell(&t, i, RESULT),
                                                .lead_vi = gb_cell(&t, i, LEAD_VI),
                                                .coordinating_vi = gb_cell(&t, i, COORD),
                                                .due_rule = gb_cell(&t, i, DUE),
                                                .due_text_vi = gb_cell(&t, i, DUE_VI),
                                                .note = gb_cell(&t, i, NOTE),
                                                .leads = lead,
                                                .n_leads = n_leads,
                                                .lead = n_leads ? lead[0] : -1,
                                                .line = t.row[i].line };
        name_task(&t, i, &c->task[c->n_tasks]);
        c->n_tasks++;
    }
    tasks_as_keys(c);
    return GB_OK;
}

/* ---- points.csv ------------------------------------------------------------------------------------------------------- */

/* A locality that lists its points should have one for each indicator that is measured at points. */
static void note_unmeasured(struct gb_load *l, const char *file)
{
    const struct gb_catalogue *c = l->c;
    for (int i = 0; i < c->n_indicators; i++) {
        bool found = c->indicator[i].level != GB_AT_POINT;
        for (int k = 0; k < c->n_points && !found; k++)
            found = c->point[k].indicator_i == i;
        if (!found)
            gb_note(l, false, (struct gb_at){ file, 0, "indicator" }, c->indicator[i].code,
                    "ít nhất một điểm đo cho chỉ số level = point này",
                    "thêm dòng indicator,region; nếu địa phương không đo thì bỏ qua");
    }
}

static enum gb_code load_points(struct gb_load *l, struct gb_err *e)
{
    static const struct gb_column cols[] = { { "indicator", true }, { "region", true }, { "note", false } };
    struct gb_table t;
    struct gb_catalogue *c = l->c;
    enum gb_code code = gb_table_read(l, &t, c->dir_locality, l->rel_locality, "points.csv", cols, N(cols), false, e);
    if (code != GB_OK)
        return code;
    c->point = GB_NEW_N(&c->arena, (size_t)t.n_rows, struct gb_point_series);
    size_t n_ind, n_reg;
    const char *const *inds = gb_indicator_codes(l, &n_ind), *const *regs = gb_region_codes(l, &n_reg);
    for (int i = 0; i < t.n_rows; i++) {
        struct gb_point_series p = { one_ref(&t, i, 0, &c->by_indicator, inds, n_ind, "indicators.csv"),
                                     one_ref(&t, i, 1, &c->by_region, regs, n_reg, "regions.csv") };
        if (p.indicator_i < 0 || p.region_i < 0)
            continue;
        if (c->indicator[p.indicator_i].level != GB_AT_POINT)
            gb_note(l, true, gb_at_cell(&t, i, 0), gb_cell(&t, i, 0), "chỉ số có level = point",
                    "sửa level của chỉ số hoặc xóa dòng này");
        if (c->region[p.region_i].level != GB_AT_POINT)
            gb_note(l, true, gb_at_cell(&t, i, 1), gb_cell(&t, i, 1), "địa bàn loại station, reservoir, zone hoặc point",
                    "sửa mã địa bàn");
        bool twice = false;
        for (int k = 0; k < c->n_points; k++)
            twice = twice || (c->point[k].indicator_i == p.indicator_i && c->point[k].region_i == p.region_i);
        if (twice)
            gb_note(l, true, gb_at_cell(&t, i, 1), gb_cell(&t, i, 1), "mỗi chỉ số, điểm đo một dòng", "xóa dòng lặp");
        else
            c->point[c->n_points++] = p;
    }
    if (t.present)
        note_unmeasured(l, t.file);
    return GB_OK;
}

enum gb_code gb_load_plans(struct gb_load *l, struct gb_err *e)
{
    enum gb_code (*const step[])(struct gb_load *, struct gb_err *) = { load_targets, load_tasks, load_points, gb_load_bridges };
    load_leads(l);
    for (size_t i = 0; i < sizeof step / sizeof step[0]; i++) {
        enum gb_code code = step[i](l, e);
        if (code != GB_OK)
            return code;
    }
    return GB_OK;
}
