/* overlay.c — what makes the shared catalogue one locality's: which scenarios and groups its plan names, what it does not measure,
 * and which of its agencies delivers what.
 *
 * The plans differ (DOMAIN.md section g): a scenario that leads.csv does not name is off here, unless locality.lua switches it on.
 * What is off never enters an array of the catalogue, so there is no list, job, page or delivery that could show it; its code is
 * kept in a map, because a shared definition may go on naming it without being wrong. */
#include "catalogue/load.h"

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))

static const struct gb_column lead_cols[] = {
    [GB_LEAD_KIND] = { "kind", true },     [GB_LEAD_CODE] = { "code", true },         [GB_LEAD_LEAD] = { "lead", true },
    [GB_LEAD_VI] = { "lead_vi", false },   [GB_LEAD_DUE] = { "due", false },          [GB_LEAD_NOTE] = { "note", false },
    [GB_LEAD_NAME] = { "name_vi", false }, [GB_LEAD_FULL] = { "full_name_vi", false }
};

enum gb_code gb_load_overlay(struct gb_load *l, struct gb_err *e)
{
    l->leads = GB_NEW(&l->c->arena, struct gb_table);
    enum gb_code code =
        gb_table_read(l, l->leads, l->c->dir_locality, l->rel_locality, "leads.csv", lead_cols, N(lead_cols), false, e);
    return code == GB_OK ? gb_read_switches(l, e) : code;
}

bool gb_is_on(struct gb_load *l, bool scenario, const char *code)
{
    const struct gb_table *t = l->leads;
    if (!t->present || l->c->own_catalogue || gb_map_find_c(scenario ? &l->scenarios_on : &l->groups_on, code) >= 0)
        return true; /* without leads.csv nobody has said that anything is off */
    for (int i = 0; i < t->n_rows; i++)
        if (gb_streq(gb_cell(t, i, GB_LEAD_KIND), scenario ? "scenario" : "group") && gb_streq(gb_cell(t, i, GB_LEAD_CODE), code))
            return true;
    (void)gb_map_put(scenario ? &l->c->off_scenario : &l->c->off_group, code, strlen(code), 0);
    return false;
}

bool gb_may_be_absent(const struct gb_catalogue *c, const char *code, size_t n)
{
    return c->own_catalogue || gb_map_find(&c->off_indicator, code, n) >= 0;
}

/* ---- owners.csv ------------------------------------------------------------------------------------------------------- */

enum gb_code gb_load_owners(struct gb_load *l, struct gb_err *e)
{
    enum { KIND, CODE, OWNER };
    static const struct gb_column cols[] = { { "kind", true }, { "code", true }, { "owner", true }, { "note", false } };
    static const char *const kinds[] = { "agency", "sector", "indicator" };
    struct gb_table t;
    struct gb_catalogue *c = l->c;
    enum gb_code code = gb_table_read(l, &t, c->dir_locality, l->rel_locality, "owners.csv", cols, N(cols), false, e);
    if (code != GB_OK)
        return code;
    l->owner_rule = GB_NEW_N(&c->arena, (size_t)t.n_rows, struct gb_owner_rule);
    size_t n;
    const char *const *agencies = gb_agency_codes(l, &n);
    for (int i = 0; i < t.n_rows; i++) {
        int kind = gb_cell_word(&t, i, KIND, kinds, N(kinds), -1), n_owners;
        (void)gb_cell_refs(&t, i, OWNER, &c->by_agency, agencies, n, "agencies.csv", &n_owners);
        if (!n_owners && !*gb_cell(&t, i, OWNER))
            gb_note(l, true, gb_at_cell(&t, i, OWNER), "", "mã cơ quan cung cấp số liệu", "điền mã cơ quan hoặc xóa dòng");
        if (kind == GB_OWNER_SECTOR && gb_map_find_c(&c->by_sector, gb_cell(&t, i, CODE)) < 0 && l->has_sectors)
            gb_note(l, true, gb_at_cell(&t, i, CODE), gb_cell(&t, i, CODE), "mã ngành có trong sectors.csv", "sửa mã ngành");
        if (kind >= 0)
            l->owner_rule[l->n_owner_rules++] = (struct gb_owner_rule){ kind == 0   ? GB_OWNER_AGENCY
                                                                        : kind == 1 ? GB_OWNER_SECTOR
                                                                                    : GB_OWNER_INDICATOR,
                                                                        gb_cell(&t, i, CODE), gb_cell(&t, i, OWNER) };
    }
    return GB_OK;
}

static const char *rule_for(const struct gb_load *l, int kind, struct gb_str code)
{
    for (int i = 0; i < l->n_owner_rules; i++)
        if ((int)l->owner_rule[i].kind == kind && gb_str_eq_c(code, l->owner_rule[i].code))
            return l->owner_rule[i].owner;
    return NULL;
}

/* The rule for the indicator itself, else that for its sector, else each agency of the cell by the rule for that agency. */
const char *gb_owner_here(struct gb_load *l, const char *indicator, const char *sector, const char *owners)
{
    const char *own = rule_for(l, GB_OWNER_INDICATOR, gb_str_of(indicator));
    if (!own)
        own = rule_for(l, GB_OWNER_SECTOR, gb_str_of(sector));
    if (own || l->n_owner_rules == 0)
        return own ? own : owners;
    struct gb_str piece[16];
    size_t n = gb_split(gb_str_of(owners), ';', piece, 16);
    const char *out = "";
    for (size_t i = 0; i < n; i++) {
        struct gb_str p = gb_trim(piece[i]);
        const char *by = rule_for(l, GB_OWNER_AGENCY, p);
        if (!by)
            by = gb_strndup(&l->c->arena, p.p, p.n);
        out = *out ? gb_sprintf(&l->c->arena, "%s;%s", out, by) : by;
    }
    return out;
}
