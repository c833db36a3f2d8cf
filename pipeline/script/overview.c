/* overview.c — doc:scenarios{ list }: the scenarios that need attention, one row each.
 *
 * A chairman reads one table, not a picture a scenario: the step, the one figure that sets it, why it moved and since when.
 * What the meeting is to decide stands in a table of its own. Rows stand worst first; among equals those with a reason to meet at once, then the plan's order.
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

/* "Trạng thái đột xuất từ ngày 21/11/2026, trước đó là cảnh báo"; brief: "Từ ngày 21/11/2026 (trước đó: cảnh báo)" */
static void say_phase(struct gb_host *h, struct gb_text *t, const struct gb_scenario_state *x, bool brief)
{
    char date[16];
    gb_date_vi(x->since, date);
    gb_text_add(h->doc, t,
                brief ? gb_sprintf(h->a, "Từ ngày\u00a0%s", date)
                      : gb_sprintf(h->a, "Trạng thái %s từ ngày\u00a0%s", gb_phase_vi(x->phase), date),
                0);
    if (x->since_before)
        gb_text_add(h->doc, t, " hoặc trước đó", 0);
    else if (x->before != x->phase)
        gb_text_add(h->doc, t, gb_sprintf(h->a, brief ? " (trước đó: %s)" : ", trước đó là %s", gb_phase_vi(x->before)), 0);
}

/* What moved: the reason to meet, else the rule that gave the state; and since when. What is asked stands in the summary and in the decisions. */
static void move_cell(lua_State *L, struct gb_row *r, int i, const struct moved *m, bool brief)
{
    struct gb_host *h = gb_host_of(L);
    const struct gb_scenario_state *x = gb_phase_now(h, m->scenario_i);
    struct gb_text *t = gb_doc_cell_inline(h->doc, r, i);
    if (m->reason)
        gb_text_add(h->doc, t, gb_sprintf(h->a, "Đề nghị họp đột xuất: %s. ", gb_phrase_lower_first(h->a, m->reason)), 0);
    say_phase(h, t, x, brief);
    if (x->rule != GB_RULE_NONE && (!brief || !m->reason))
        gb_text_add(h->doc, t, gb_sprintf(h->a, ": %s", gb_phase_rule_vi(x->rule)), 0);
    gb_text_add(h->doc, t, ".", 0);
}

void gb_table_rest(lua_State *L, struct gb_node *t)
{
    struct gb_host *h = gb_host_of(L);
    t->drop = gb_arg_int(L, 2, "drop", 1, 9, 0);
    const char *rest = gb_arg_text(L, 2, "rest");
    t->beyond = gb_arg_int(L, 2, "beyond", 0, 100000, 0);
    t->rest = rest ? gb_strdup(h->doc->arena, rest) : NULL;
    if (!rest || !t->beyond)
        return;
    struct gb_node *note = gb_doc_note(h->doc, h->in);
    note->tells_rest = true;
    gb_text_add(h->doc, &note->text, "Còn ", 0);
    gb_text_value(h->doc, &note->text, gb_value_count(t->beyond, NULL), 0);
    gb_text_add(h->doc, &note->text, gb_sprintf(h->a, " %s.", rest), 0);
}

/* doc:scenarios{ list, brief = true, title =, drop =, rest =, beyond = } */
int gb_block_scenarios(lua_State *L)
{
    static const char *const allowed[] = { "title", "brief", "drop", "rest", "beyond" };
    static const struct {
        const char *label;
        double weight, brief;
    } col[] = { { "Kịch bản", 2.3, 2.6 },
                { "Mức", 0.95, 0.95 },
                { "Con số chính", 2.3, 2.5 },
                { "Chuyển biến", 3.4, 4.1 },
                { "Diễn biến", 0.8, 0 } };
    struct gb_host *h = gb_host_of(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, "scenarios", allowed, 5);
    bool brief = gb_arg_yes(L, 2, "brief", false);
    lua_rawgeti(L, 2, 1);
    struct moved *m = GB_NEW_N(h->a, (size_t)h->c->n_scenarios + 1, struct moved);
    int n = read_moved(L, lua_gettop(L), m, h->c->n_scenarios);
    if (!n)
        return 0;
    gb_spend(L, n + 1);
    const char *title = gb_arg_text(L, 2, "title");
    const int n_cols = brief ? 4 : 5;
    struct gb_node *t = gb_doc_table(h->doc, h->in, gb_anchor(h, title ? title : "kich ban"), title, n_cols);
    for (int i = 0; i < n_cols; i++)
        gb_doc_col(h->doc, t, i, col[i].label, NULL, i == 4 ? GB_CENTER : GB_LEFT, brief ? col[i].brief : col[i].weight);
    for (int i = 0; i < n; i++) {
        struct gb_row *r = gb_doc_row(h->doc, t);
        gb_doc_cell_text(h->doc, r, 0, h->c->scenario[m[i].scenario_i].name_vi);
        gb_doc_cell_value(h->doc, r, 1, gb_value_state(m[i].state));
        bool known = m[i].why.indicator_i >= 0;
        if (known)
            figure_cell(h, r, 2, m[i].why);
        move_cell(L, r, 3, &m[i], brief);
        const struct gb_chart *spark = known && !brief ? gb_spark_of(h, m[i].why.indicator_i, m[i].why.region_i) : NULL;
        if (spark)
            gb_doc_cell_spark(h->doc, r, 4, spark);
    }
    gb_table_rest(L, t);
    return 0;
}

/* Who lays it before the meeting: the lead of the scenario, else the office that runs the meeting; in its short name where it has one. */
static const char *lays_before(lua_State *L, const struct gb_definition *d)
{
    const struct gb_catalogue *c = gb_host_of(L)->c;
    const struct gb_actor office = { .kind = 'o' }, lead = { .kind = 'l' };
    return gb_actor_brief(L, d, c->scenario[d->scenario_i].lead >= 0 ? &lead : &office);
}

/* doc:decisions{ list, each = 1, limit = 5, drop =, rest =, title = } in a briefing: the first questions of each scenario to the meeting, worst
 * first. A question stands here, what is asked of somebody at once in the summary: nothing is said twice. */
int gb_scenario_decisions(lua_State *L)
{
    static const char *const allowed[] = { "each", "limit", "title", "drop", "rest" };
    static const char *const label[] = { "Nội dung đề nghị quyết định", "Kịch bản", "Cơ quan trình" };
    static const double weight[] = { 4.4, 3.5, 1.4 };
    struct gb_host *h = gb_host_of(L);
    gb_args_check(L, 2, "decisions", allowed, 5);
    const int each = gb_arg_int(L, 2, "each", 1, 16, 16), limit = gb_arg_int(L, 2, "limit", 1, 400, 400);
    const char *title = gb_arg_text(L, 2, "title");
    lua_rawgeti(L, 2, 1);
    struct moved *m = GB_NEW_N(h->a, (size_t)h->c->n_scenarios + 1, struct moved);
    int n = read_moved(L, lua_gettop(L), m, h->c->n_scenarios), total = 0, kept = 0;
    struct gb_node *t = NULL;
    for (int k = 0; k < n; k++) {
        const struct gb_definition *d = m[k].d;
        total += d ? d->n_decide : 0;
        for (int i = 0; d && i < d->n_decide && i < each && kept < limit; i++, kept++) {
            gb_spend(L, 1);
            if (!t) {
                t = gb_doc_table(h->doc, h->in, gb_anchor(h, title ? title : "de nghi quyet dinh"), title, 3);
                for (int c = 0; c < 3; c++)
                    gb_doc_col(h->doc, t, c, label[c], NULL, GB_LEFT, weight[c]);
            }
            struct gb_row *r = gb_doc_row(h->doc, t);
            gb_doc_cell_text(h->doc, r, 0, d->decide[i]);
            gb_doc_cell_text(h->doc, r, 1, h->c->scenario[m[k].scenario_i].name_vi);
            gb_doc_cell_text(h->doc, r, 2, lays_before(L, d));
        }
    }
    if (t) {
        lua_pushinteger(L, total - kept);
        lua_setfield(L, 2, "beyond");
        gb_table_rest(L, t);
    }
    return 0;
}
