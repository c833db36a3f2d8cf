/* actions.c — who does what by when: the action procedure of a scenario, the summary and the decisions built from it, and tasks.
 *
 * The current step of a scenario is the worst step among the figures it watches that are not overdue: an old figure calls nobody
 * together. Deadlines are told as days and as the day itself, counted from the business date.
 */
#include "script/host.h"

static const struct {
    const char *word;
    enum gb_state s;
} steps[] = { { "watch", GB_WATCH }, { "warning", GB_WARNING }, { "danger", GB_DANGER }, { "emergency", GB_EMERGENCY } };

enum gb_state gb_definition_state(const struct gb_host *h, const struct gb_definition *d, struct gb_handle *why)
{
    enum gb_state worst = GB_STATE_NONE;
    if (why)
        *why = (struct gb_handle){ -1, -1 };
    for (int i = 0; d && i < d->n_watch; i++) {
        if (!gb_indicator_visible(h, d->watch[i]))
            continue;
        for (int r = -1; r < h->c->n_points; r++) { /* the region itself, then the points of an indicator */
            if (r >= 0 && h->c->point[r].indicator_i != d->watch[i])
                continue;
            struct gb_handle x = { d->watch[i], r < 0 ? h->region : h->c->point[r].region_i };
            const struct gb_eval *e = gb_handle_eval(h, &x);
            const enum gb_state now = e ? gb_state_now(e) : GB_NO_DATA;
            if (!gb_stands_at(now, GB_GOOD) || now <= worst)
                continue;
            worst = now;
            if (why)
                *why = x;
        }
    }
    return worst;
}

/* ---- reading the table of actions -------------------------------------------------------------------------------------- */
static const char *lead_of(const struct gb_host *h, const struct gb_definition *d)
{
    int lead = -1;
    const char *text = NULL;
    if (d->scenario_i >= 0) {
        lead = h->c->scenario[d->scenario_i].lead;
        text = h->c->scenario[d->scenario_i].lead_vi;
    } else if (d->group_i >= 0) {
        lead = h->c->group[d->group_i].lead;
        text = h->c->group[d->group_i].lead_vi;
    }
    if (lead >= 0)
        return h->c->agency[lead].name_vi;
    return text && *text ? text : NULL;
}

static const char *office_of(const struct gb_host *h)
{
    for (int i = 0; i < h->c->n_agencies; i++)
        if (gb_streq(h->c->agency[i].kind, "van-phong"))
            return h->c->agency[i].name_vi;
    return gb_sprintf(h->a, "Văn phòng %s", h->c->locality.committee);
}

const char *gb_actor_name(lua_State *L, const struct gb_definition *d, const struct gb_actor *who)
{
    struct gb_host *h = gb_host_of(L);
    const struct gb_indicator *ind;
    const char *lead;
    switch (who->kind) {
    case 'l':
        lead = lead_of(h, d);
        /* The plan names some scenarios without a lead: the office that runs the meeting must say who it is. */
        return lead ? lead : gb_sprintf(h->a, "%s (kế hoạch chưa giao cơ quan chủ trì)", office_of(h));
    case 'c': return h->c->locality.chairman_title;
    case 'o': return office_of(h);
    case 'u': return "Ủy ban nhân dân cấp xã";
    case 'a': return h->c->agency[who->i].name_vi;
    case 'i': ind = &h->c->indicator[who->i]; return ind->n_owners ? h->c->agency[ind->owner[0]].name_vi : office_of(h);
    }
    gb_bug("actor");
}

const char *gb_actor_brief(lua_State *L, const struct gb_definition *d, const struct gb_actor *who)
{
    const struct gb_catalogue *c = gb_host_of(L)->c;
    const char *name = gb_actor_name(L, d, who);
    if (who->kind == 'u')
        return "UBND cấp xã";
    for (int i = 0; i < c->n_agencies; i++)
        if (gb_streq(c->agency[i].name_vi, name) && *c->agency[i].short_vi)
            return c->agency[i].short_vi;
    return name;
}

static const char *within_text(struct gb_host *h, const struct gb_span *sp, int *days, const char **brief)
{
    char date[16];
    *days = sp->unit == 'd' ? sp->n : 0;
    *brief = gb_sprintf(h->a, "%d\u00a0%s", sp->n, sp->unit == 'h' ? "giờ" : "ngày");
    if (sp->unit == 'h' || !h->ev)
        return gb_sprintf(h->a, "trong %s", *brief);
    gb_date_vi(gb_date_from_days(gb_date_to_days(h->ev->date) + sp->n), date);
    return gb_sprintf(h->a, "trong %s (chậm nhất ngày\u00a0%s)", *brief, date);
}

/* about = { "a.b" }: the figures that this action answers. Without it the action answers whatever its scenario watches. */
static void read_about(lua_State *L, int t, struct gb_action *a)
{
    struct gb_host *h = gb_host_of(L);
    int list = lua_gettop(L) + 1;
    if (lua_getfield(L, t, "about") != LUA_TNIL) {
        luaL_checktype(L, list, LUA_TTABLE);
        a->narrow = true;
        lua_Integer n = (lua_Integer)lua_rawlen(L, list);
        if (n < 1 || n > (lua_Integer)(sizeof a->about / sizeof *a->about))
            gb_raise(L, "about: từ 1 đến %d chỉ số", (int)(sizeof a->about / sizeof *a->about));
        for (lua_Integer i = 1; i <= n; i++) {
            lua_rawgeti(L, list, i);
            const char *code = gb_text_arg(L, -1, "about");
            int k = gb_indicator_find(h->c, code);
            if (k < 0 && h->strict && !gb_may_be_absent(h->c, code, strlen(code)))
                gb_raise(L, "about: không có chỉ số \"%s\" trong danh mục", code);
            if (k >= 0)
                a->about[a->n_about++] = k;
            lua_pop(L, 1);
        }
    }
    lua_settop(L, list - 1);
}

/* One { who =, does =, within =, with =, about = } on the top of the stack. */
static struct gb_action read_action(lua_State *L, const struct gb_definition *d, enum gb_state step)
{
    static const char *const allowed[] = { "who", "does", "within", "with", "about" };
    struct gb_host *h = gb_host_of(L);
    if (lua_type(L, -1) != LUA_TTABLE)
        gb_raise(L, "actions: mỗi việc là { who = ..., does = \"...\", within = gb.days(3) }");
    int t = lua_gettop(L);
    gb_args_check(L, t, "actions", allowed, 5);
    struct gb_action a = { .step = step, .does = gb_arg_text(L, t, "does") };
    lua_getfield(L, t, "who");
    const struct gb_actor *who = gb_to_actor(L, -1);
    lua_getfield(L, t, "within");
    const struct gb_span *span = gb_to_span(L, -1);
    if (!who || !a.does || !span)
        gb_raise(L, "actions: mỗi việc cần who (gb.lead, gb.chair, ...), does và within (gb.hours, gb.days)");
    a.who = gb_actor_name(L, d, who);
    a.chair = who->kind == 'c';
    a.within = within_text(h, span, &a.days, &a.within_brief);
    a.who_brief = gb_actor_brief(L, d, who);
    if (lua_getfield(L, t, "with") != LUA_TNIL) {
        const struct gb_actor *with = gb_to_actor(L, -1);
        if (!with)
            gb_raise(L, "actions: with phải là một cơ quan");
        a.with = gb_actor_name(L, d, with);
        a.with_brief = gb_actor_brief(L, d, with);
    }
    read_about(L, t, &a);
    lua_settop(L, t);
    return a;
}

int gb_actions_of(lua_State *L, const struct gb_definition *d, enum gb_state step, struct gb_action **out)
{
    enum { CAP = 12 };
    struct gb_host *h = gb_host_of(L);
    int n = 0, top = lua_gettop(L);
    *out = GB_NEW_N(h->a, CAP, struct gb_action);
    lua_rawgeti(L, LUA_REGISTRYINDEX, d->ref_table);
    if (lua_getfield(L, -1, "actions") == LUA_TTABLE)
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
            if (steps[i].s != step || lua_getfield(L, top + 2, steps[i].word) != LUA_TTABLE)
                continue;
            int list = lua_gettop(L);
            if (lua_rawlen(L, list) == 0)
                (*out)[n++] = read_action(L, d, step);
            for (lua_Integer k = 1; k <= (lua_Integer)lua_rawlen(L, list) && n < CAP; k++) {
                lua_rawgeti(L, list, k);
                (*out)[n++] = read_action(L, d, step);
                lua_pop(L, 1);
            }
        }
    lua_settop(L, top);
    return n;
}

/* Whether an action answers a figure. */
static bool answers(const struct gb_action *a, int indicator_i)
{
    for (int i = 0; i < a->n_about; i++)
        if (a->about[i] == indicator_i)
            return true;
    return !a->narrow;
}

/* Whether a figure that an action answers stands at its step now: nobody is asked to act on what is in order. */
static bool called_for(const struct gb_host *h, const struct gb_action *a)
{
    for (int i = 0; a->narrow && i < a->n_about; i++) {
        struct gb_definition one = { .watch = { a->about[i] }, .n_watch = 1 };
        if (gb_definition_state(h, &one, NULL) >= a->step)
            return true;
    }
    return !a->narrow;
}

/* The actions that the scenario asks for now. */
int gb_actions_now(lua_State *L, const struct gb_definition *d, enum gb_state now, struct gb_action **out)
{
    struct gb_host *h = gb_host_of(L);
    int n = gb_actions_of(L, d, now, out), kept = 0;
    for (int i = 0; i < n; i++)
        if (called_for(h, &(*out)[i]))
            (*out)[kept++] = (*out)[i];
    return kept;
}

/* ---- doc:actions() ----------------------------------------------------------------------------------------------------- */
static void check_steps(lua_State *L, const struct gb_definition *d)
{
    static const char *const allowed[] = { "watch", "warning", "danger", "emergency" };
    lua_rawgeti(L, LUA_REGISTRYINDEX, d->ref_table);
    if (lua_getfield(L, -1, "actions") == LUA_TTABLE)
        gb_args_check(L, lua_gettop(L), "actions", allowed, 4);
    lua_pop(L, 2);
}

/* What is asked where no procedure answers a figure. */
static void ask_for_report(struct gb_host *h, struct gb_text *t, int indicator_i)
{
    const struct gb_indicator *ind = &h->c->indicator[indicator_i];
    if (!ind->n_owners)
        return;
    gb_text_add(h->doc, t, " Đề nghị ", 0);
    gb_text_add(h->doc, t, h->c->agency[ind->owner[0]].name_vi, GB_STRONG);
    gb_text_add(h->doc, t, " báo cáo nguyên nhân và biện pháp khắc phục tại giao ban.", 0);
}

/* The step, the fact that sets it, and what is to be done: a reader must be able to see why. */
static void say_current(struct gb_host *h, enum gb_state now, struct gb_handle why, const struct gb_action *a, int n)
{
    struct gb_text *t = &gb_doc_callout(h->doc, h->in, now)->text;
    gb_text_add(h->doc, t, "Mức hiện tại: ", 0);
    gb_text_value(h->doc, t, gb_value_state(now), GB_STRONG);
    gb_text_add(h->doc, t, gb_sprintf(h->a, ", theo chỉ số: %s", h->c->indicator[why.indicator_i].name_vi), 0);
    if (gb_names_place(h, why))
        gb_text_add(h->doc, t, gb_sprintf(h->a, " (%s)", gb_region_label(h, why.region_i)), 0);
    gb_text_add(h->doc, t, " ", 0);
    gb_text_value(h->doc, t, gb_value_of(h->ev, why.indicator_i, why.region_i, GB_D_VALUE), 0);
    gb_text_add(h->doc, t, n ? ". " : ".", 0);
    if (!n)
        ask_for_report(h, t, why.indicator_i);
    for (int i = 0; i < n; i++) {
        gb_text_add(h->doc, t, "Đề nghị ", 0);
        gb_text_add(h->doc, t, a[i].who, GB_STRONG);
        gb_text_add(h->doc, t, ": ", 0);
        gb_text_add(h->doc, t, a[i].does, 0);
        gb_text_add(h->doc, t, gb_sprintf(h->a, ", %s.%s", a[i].within, i + 1 < n ? " " : ""), 0);
    }
}

int gb_block_actions(lua_State *L)
{
    static const struct {
        const char *label;
        double weight;
    } col[] = { { "Mức", 1.1 }, { "Ai làm", 1.9 }, { "Việc phải làm", 4.4 }, { "Thời hạn", 0.9 } };
    struct gb_host *h = gb_host_of(L);
    gb_spend(L, 20);
    check_steps(L, h->def);
    struct gb_handle why;
    enum gb_state now = gb_definition_state(h, h->def, &why);
    struct gb_action *a;
    int n = now >= GB_WATCH ? gb_actions_now(L, h->def, now, &a) : 0, total = 0;
    if (now >= GB_WATCH && why.indicator_i >= 0 && gb_actions_of(L, h->def, now, &(struct gb_action *){ NULL }))
        say_current(h, now, why, a, n);
    else {
        struct gb_text *t = &gb_doc_para(h->doc, h->in)->text;
        gb_text_add(h->doc, t,
                    now == GB_STATE_NONE
                        ? "Chưa có chỉ số nào được đánh giá mức; chưa áp dụng quy trình hành động."
                        : "Không phải áp dụng biện pháp nào ở mức hiện tại; tiếp tục theo dõi theo chế độ định kỳ.",
                    0);
    }
    struct gb_node *table = NULL;
    for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
        n = gb_actions_of(L, h->def, steps[k].s, &a);
        for (int i = 0; i < n; i++, total++) {
            if (!table) {
                table =
                    gb_doc_table(h->doc, h->in, gb_anchor(h, "quy trinh hanh dong"), "Quy trình hành động theo mức cảnh báo", 4);
                for (int c = 0; c < 4; c++)
                    gb_doc_col(h->doc, table, c, col[c].label, NULL, GB_LEFT, col[c].weight);
            }
            struct gb_row *r = gb_doc_row(h->doc, table);
            if (steps[k].s == now && called_for(h, &a[i]))
                r->intent = GB_STRONG;
            gb_doc_cell_value(h->doc, r, 0, gb_value_state(steps[k].s));
            gb_doc_cell_text(h->doc, r, 1, a[i].who_brief);
            gb_doc_cell_text(h->doc, r, 2,
                             a[i].with_brief ? gb_sprintf(h->a, "%s (phối hợp: %s)", a[i].does, a[i].with_brief) : a[i].does);
            gb_doc_cell_text(h->doc, r, 3, a[i].within_brief);
        }
    }
    gb_spend(L, total);
    return 0;
}

/* ---- summary and decisions -------------------------------------------------------------------------------------------- */
static bool watches(const struct gb_definition *d, int indicator_i)
{
    for (int i = 0; i < d->n_watch; i++)
        if (d->watch[i] == indicator_i)
            return true;
    return false;
}

/* What is asked for a fact: of the actions of its scenario for its step the first that names the figure, else the first that answers
 * any; where none does, a report of its owner. */
static const struct gb_action *answer_to(const struct gb_action *a, int n, int indicator_i)
{
    const struct gb_action *any = NULL;
    for (int i = 0; i < n; i++) {
        if (a[i].narrow && answers(&a[i], indicator_i))
            return &a[i];
        if (!a[i].narrow && !any)
            any = &a[i];
    }
    return any;
}

static void say_request(lua_State *L, struct gb_host *h, struct gb_text *t, struct gb_handle x)
{
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    enum gb_state s = gb_level_of(h, x.indicator_i, x.region_i);
    if (!gb_stands_at(s, GB_WARNING))
        return;
    for (int i = 0; i < ind->n_scenarios; i++) {
        const struct gb_definition *d = gb_scenario_definition(L, ind->scenario[i]);
        if (!d || !d->audience[h->audience] || !watches(d, x.indicator_i))
            continue; /* a procedure holds for what its scenario watches, not for every figure of its table */
        struct gb_action *all;
        const int n = gb_actions_of(L, d, s, &all);
        const struct gb_action *a = answer_to(all, n, x.indicator_i);
        if (!a)
            continue;
        gb_text_add(h->doc, t, " Đề nghị ", 0);
        gb_text_add(h->doc, t, a->who, GB_STRONG);
        gb_text_add(h->doc, t, gb_sprintf(h->a, ": %s, %s.", a->does, a->within), 0);
        return;
    }
    ask_for_report(h, t, x.indicator_i);
}

/* doc:summary{ list, requests = true }: one point each, fact + change + what is asked of whom. */
int gb_block_summary(lua_State *L)
{
    static const char *const allowed[] = { "requests" };
    struct gb_host *h = gb_host_of(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, "summary", allowed, 1);
    bool requests = gb_arg_yes(L, 2, "requests", true);
    struct gb_handle *v;
    int n = gb_handles_at(L, 2, &v);
    struct gb_node *list = NULL;
    gb_spend(L, n + 1);
    for (int i = 0; i < n && i < 20; i++) {
        const struct gb_eval *e = gb_handle_eval(h, &v[i]);
        if (!e)
            continue;
        if (!list)
            list = gb_doc_list(h->doc, h->in, true);
        struct gb_text *t = gb_doc_item(h->doc, list);
        unsigned say = GB_SAY_PERIOD | GB_SAY_STATE | GB_SAY_LASTING | (e->prev.ok ? GB_SAY_PREVIOUS : 0U) |
                       (e->year_before.ok || !e->prev.ok ? GB_SAY_YEAR : 0U) | (e->pace_ok && e->attain_ok ? GB_SAY_PACE : 0U) |
                       (gb_names_place(h, v[i]) ? GB_SAY_REGION : 0U);
        gb_phrase_fact(h->doc, t, h->ev, v[i].indicator_i, v[i].region_i, say);
        gb_cite(h, v[i].indicator_i);
        if (requests)
            say_request(L, h, t, v[i]);
    }
    return 0;
}

static bool any_figure(const struct gb_host *h, const struct gb_definition *d)
{
    for (int i = 0; i < d->n_watch; i++)
        for (int r = 0; r < h->c->n_regions; r++)
            if (gb_handle_eval(h, &(struct gb_handle){ d->watch[i], r }))
                return true;
    return false;
}

/* What a meeting of the scenario decides. Nothing is put to a decision without a figure, and nothing is pressing when all is good. */
static void own_decisions(struct gb_host *h)
{
    const struct gb_definition *d = h->def;
    if (!any_figure(h, d)) {
        gb_text_add(h->doc, &gb_doc_para(h->doc, h->in)->text,
                    "Kịch bản chưa có số liệu nên chưa có nội dung đề nghị quyết định.", 0);
        return;
    }
    if (d->n_decide && gb_definition_state(h, d, NULL) == GB_GOOD)
        gb_text_add(h->doc, &gb_doc_para(h->doc, h->in)->text,
                    "Các chỉ số được đánh giá đều ở mức tốt; những nội dung sau chỉ đặt ra khi có cảnh báo.", 0);
    struct gb_node *list = d->n_decide ? gb_doc_list(h->doc, h->in, true) : NULL;
    for (int i = 0; i < d->n_decide; i++)
        gb_text_add(h->doc, gb_doc_item(h->doc, list), d->decide[i], 0);
}

/* doc:decisions{}: in a scenario its own questions to the meeting; in a briefing what the chair is asked for by the scenarios
 * that stand at danger or worse; with a list of scenarios their questions to the meeting (overview.c). */
int gb_block_decisions(lua_State *L)
{
    struct gb_host *h = gb_host_of(L);
    struct gb_node *list = NULL;
    if (lua_istable(L, 2))
        return gb_scenario_decisions(L);
    gb_spend(L, 10);
    if (h->def->kind == GB_SCRIPT_SCENARIO) {
        own_decisions(h);
        return 0;
    }
    for (int k = 0; k < h->c->n_scenarios; k++) {
        const struct gb_definition *d = gb_scenario_definition(L, k);
        enum gb_state now = d && d->audience[h->audience] ? gb_definition_state(h, d, NULL) : GB_STATE_NONE;
        struct gb_action *a;
        int n = now >= GB_DANGER ? gb_actions_now(L, d, now, &a) : 0;
        for (int i = 0; i < n; i++) {
            if (!a[i].chair)
                continue;
            if (!list)
                list = gb_doc_list(h->doc, h->in, true);
            struct gb_text *t = gb_doc_item(h->doc, list);
            gb_text_add(h->doc, t, h->c->scenario[k].name_vi, GB_STRONG);
            gb_text_add(h->doc, t, " (mức ", 0);
            gb_text_value(h->doc, t, gb_value_state(now), 0);
            gb_text_add(h->doc, t, gb_sprintf(h->a, "): %s, %s.", a[i].does, a[i].within), 0);
        }
    }
    return 0;
}
