/* overview.c — doc:scenarios{ list }: the scenarios that need attention, one row each.
 *
 * A chairman reads one table, not a picture a scenario: the step, the one figure that sets it with its change, how it went, and
 * what is asked. With ask = true the chair's own first step stands beside the reason: what the meeting is to decide. Rows stand worst first; among equals those with a reason to meet at once, then the plan's order.
 */
#include "script/host.h"

struct moved {
    int scenario_i;
    const struct gb_definition *d;
    enum gb_state state;
    struct gb_handle why;
    const char *reason;
};

static bool goes_before(const struct moved *a, const struct moved *b)
{
    if (a->state != b->state)
        return a->state > b->state;
    return a->reason && !b->reason;
}

/* The list at `idx`, worst first; equals keep their order. */
static int read_moved(lua_State *L, int idx, struct moved *out, int cap)
{
    struct gb_host *h = gb_host_of(L);
    int n = 0;
    if (lua_type(L, idx) != LUA_TTABLE)
        gb_raise(L, "scenarios: cần danh sách kịch bản, ví dụ doc:scenarios{ s:scenarios() }");
    for (lua_Integer i = 1; i <= (lua_Integer)lua_rawlen(L, idx) && n < cap; i++) {
        struct moved m = { .scenario_i = -1 };
        lua_rawgeti(L, idx, i);
        if (!gb_to_scenario(L, -1, &m.scenario_i))
            gb_raise(L, "scenarios: mục %d không phải kịch bản (lấy từ s:scenarios())", (int)i);
        m.d = gb_scenario_definition(L, m.scenario_i);
        m.state = gb_scenario_state(h, m.scenario_i, m.d, &m.why);
        gb_push_reason(L, m.d);
        if (!lua_isnil(L, -1))
            m.reason = gb_strdup(h->a, lua_tostring(L, -1));
        lua_pop(L, 2);
        int k = n++;
        for (; k > 0 && goes_before(&m, &out[k - 1]); k--)
            out[k] = out[k - 1];
        out[k] = m;
    }
    return n;
}

/* "Lượng mưa 24 giờ lớn nhất: 253,4 mm": the name, the place where it is not said by the name, the figure. */
static void figure_cell(struct gb_host *h, struct gb_row *r, int i, struct gb_handle x)
{
    struct gb_text *t = gb_doc_cell_inline(h->doc, r, i);
    gb_text_add(h->doc, t, h->c->indicator[x.indicator_i].name_vi, 0);
    if (gb_names_place(h, x))
        gb_text_add(h->doc, t, gb_sprintf(h->a, " (%s)", gb_region_label(h, x.region_i)), 0);
    gb_text_add(h->doc, t, ": ", 0);
    gb_text_value(h->doc, t, gb_value_of(h->ev, x.indicator_i, x.region_i, GB_D_VALUE), GB_STRONG);
    gb_cite(h, x.indicator_i);
}

/* "Họp đột xuất: đang cảnh báo rủi ro từ cấp ba trở lên. Chủ tịch UBND tỉnh: ban hành công điện, trong 2 giờ." */
static void request_cell(lua_State *L, struct gb_row *r, int i, const struct moved *m, bool ask)
{
    struct gb_host *h = gb_host_of(L);
    struct gb_text *t = gb_doc_cell_inline(h->doc, r, i);
    struct gb_action *a = NULL;
    const struct gb_action *chair = NULL;
    int n = ask && m->d && m->state >= GB_WARNING && m->state <= GB_EMERGENCY ? gb_actions_now(L, m->d, m->state, &a) : 0;
    for (int k = 0; k < n && !chair; k++)
        chair = a[k].chair ? &a[k] : NULL;
    if (!chair && n)
        chair = &a[0];
    gb_text_add(h->doc, t,
                m->reason ? gb_sprintf(h->a, "Họp đột xuất: %s", gb_phrase_lower_first(h->a, m->reason)) : "Báo cáo tại giao ban",
                0);
    if (!chair)
        return;
    gb_text_add(h->doc, t, ". ", 0);
    gb_text_add(h->doc, t, chair->who_brief, GB_STRONG);
    gb_text_add(h->doc, t, gb_sprintf(h->a, ": %s, %s.", chair->does, chair->within_brief), 0);
}

int gb_block_scenarios(lua_State *L)
{
    static const char *const allowed[] = { "title", "ask", "drop" };
    static const struct {
        const char *label;
        double weight, asked; /* wide enough for what is asked, the trend stands elsewhere */
    } col[] = { { "Kịch bản", 2.4, 2.5 },
                { "Mức", 0.95, 0.95 },
                { "Con số chính", 2.5, 2.3 },
                { "Đề nghị", 2.8, 4.4 },
                { "Diễn biến", 0.8, 0 } };
    struct gb_host *h = gb_host_of(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, "scenarios", allowed, 3);
    bool ask = gb_arg_yes(L, 2, "ask", false);
    lua_rawgeti(L, 2, 1);
    struct moved *m = GB_NEW_N(h->a, (size_t)h->c->n_scenarios + 1, struct moved);
    int n = read_moved(L, lua_gettop(L), m, h->c->n_scenarios);
    if (!n)
        return 0;
    gb_spend(L, n + 1);
    const char *title = gb_arg_text(L, 2, "title");
    const int n_cols = ask ? 4 : 5;
    struct gb_node *t = gb_doc_table(h->doc, h->in, gb_anchor(h, title ? title : "kich ban"), title, n_cols);
    t->drop = gb_arg_int(L, 2, "drop", 1, 9, 0);
    for (int i = 0; i < n_cols; i++)
        gb_doc_col(h->doc, t, i, i == 3 && ask ? "Đề nghị quyết định" : col[i].label, NULL, i == 4 ? GB_CENTER : GB_LEFT,
                   ask ? col[i].asked : col[i].weight);
    for (int i = 0; i < n; i++) {
        struct gb_row *r = gb_doc_row(h->doc, t);
        gb_doc_cell_text(h->doc, r, 0, h->c->scenario[m[i].scenario_i].name_vi);
        gb_doc_cell_value(h->doc, r, 1, gb_value_state(m[i].state));
        bool known = m[i].why.indicator_i >= 0;
        if (known)
            figure_cell(h, r, 2, m[i].why);
        const struct gb_chart *spark = known && !ask ? gb_spark_of(h, m[i].why.indicator_i, m[i].why.region_i) : NULL;
        if (spark)
            gb_doc_cell_spark(h->doc, r, 4, spark);
        request_cell(L, r, 3, &m[i], ask);
    }
    return 0;
}
