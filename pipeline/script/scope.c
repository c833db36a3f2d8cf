/* scope.c — `s`: the data as a definition may ask for them: by code, by watch list, by sector, worst first, by commune or point.
 *
 * Lists are ordinary Lua lists of handles, so an author can loop over them and take parts. They hold only what this audience may
 * see and what has values: a list never tells how many there are besides.
 */
#include <stdlib.h>
#include "catalogue/words.h"
#include "script/host.h"

static const char cls_scope[] = "gb.scope", cls_scenario[] = "gb.scenario";

struct scope {
    int region_i;
};

bool gb_indicator_visible(const struct gb_host *h, int indicator_i)
{
    return gb_indicator_part(&h->c->indicator[indicator_i]) <= gb_audience_part(h->audience);
}

static bool present(const struct gb_host *h, int indicator_i, int region_i)
{
    struct gb_handle x = { indicator_i, region_i };
    return gb_indicator_visible(h, indicator_i) && gb_handle_eval(h, &x);
}

static const char *nearest_code(const struct gb_host *h, const char *code)
{
    const char **list = GB_NEW_N(h->a, (size_t)h->c->n_indicators + 1, const char *);
    for (int i = 0; i < h->c->n_indicators; i++)
        list[i] = h->c->indicator[i].code;
    return gb_nearest(code, list, (size_t)h->c->n_indicators);
}

/* The one place where a code becomes a handle. */
static void push_code(lua_State *L, const char *code, int region_i)
{
    struct gb_host *h = gb_host_of(L);
    int i = gb_indicator_find(h->c, code);
    if (i >= 0 && !gb_indicator_visible(h, i))
        i = -1;
    if (i < 0 && h->strict && !gb_may_be_absent(h->c, code, strlen(code))) {
        const char *near = nearest_code(h, code);
        if (near)
            gb_raise(L, "không có chỉ số \"%s\"; có phải là \"%s\"?", code, near);
        gb_raise(L, "không có chỉ số \"%s\"", code);
    }
    gb_push_handle(L, i, region_i);
}

/* ---- lists ------------------------------------------------------------------------------------------------------------ */
static void push_list(lua_State *L, const struct gb_handle *v, int n)
{
    lua_createtable(L, n, 0);
    for (int i = 0; i < n; i++) {
        gb_push_handle(L, v[i].indicator_i, v[i].region_i);
        lua_rawseti(L, -2, i + 1);
    }
}

static void collect(lua_State *L, int idx, int depth, struct gb_handle *out, int *n, int cap)
{
    const struct gb_handle *x = gb_to_handle(L, idx);
    if (x) {
        if (*n == cap)
            gb_raise(L, "danh sách có quá %d chỉ số", cap);
        if (x->indicator_i >= 0)
            out[(*n)++] = *x;
        return;
    }
    if (lua_type(L, idx) != LUA_TTABLE || depth > 3)
        gb_raise(L, "cần chỉ số hoặc danh sách chỉ số, gặp %s", luaL_typename(L, idx));
    lua_Integer len = (lua_Integer)lua_rawlen(L, idx);
    luaL_checkstack(L, 2, NULL);
    for (lua_Integer i = 1; i <= len; i++) {
        lua_rawgeti(L, idx, i);
        collect(L, lua_gettop(L), depth + 1, out, n, cap);
        lua_pop(L, 1);
    }
}

int gb_handles_at(lua_State *L, int idx, struct gb_handle **out)
{
    enum { CAP = 2000 };
    int n = 0;
    *out = GB_NEW_N(gb_host_of(L)->a, CAP, struct gb_handle);
    collect(L, lua_absindex(L, idx), 0, *out, &n, CAP);
    return n;
}

/* Worst first; insertion into place keeps the order of equals. */
static void sort_worst(const struct gb_host *h, struct gb_handle *v, int n)
{
    for (int i = 1; i < n; i++)
        for (int k = i; k > 0 && gb_worse_first(h, v[k], v[k - 1]) < 0; k--) {
            struct gb_handle t = v[k];
            v[k] = v[k - 1];
            v[k - 1] = t;
        }
}

static struct scope *self(lua_State *L)
{
    struct scope *s = luaL_testudata(L, 1, cls_scope);
    if (!s)
        gb_raise(L, "gọi bằng dấu hai chấm: s:watch(), không phải s.watch()");
    gb_host_of(L)->held =
        (struct gb_handle){ -1, -1 }; /* a list is asked for: what decides next is its length, or a new comparison */
    return s;
}

/* Present indicators of the region that pass a test, in catalogue order. */
typedef bool (*test_fn)(const struct gb_host *h, int indicator_i, int region_i, int ctx);
static int push_where(lua_State *L, int region_i, test_fn test, int ctx)
{
    struct gb_host *h = gb_host_of(L);
    struct gb_handle *v = GB_NEW_N(h->a, (size_t)h->c->n_indicators + 1, struct gb_handle);
    int n = 0;
    for (int i = 0; i < h->c->n_indicators; i++)
        if (present(h, i, region_i) && test(h, i, region_i, ctx))
            v[n++] = (struct gb_handle){ i, region_i };
    push_list(L, v, n);
    return 1;
}
static bool any(const struct gb_host *h, int i, int r, int ctx)
{
    (void)h, (void)i, (void)r, (void)ctx;
    return true;
}
bool gb_in_group(const struct gb_indicator *ind, int group_i)
{
    for (int k = 0; k < ind->n_groups; k++)
        if (ind->group[k] == group_i)
            return true;
    return false;
}
static bool with_target(const struct gb_host *h, int i, int r, int ctx)
{
    (void)ctx;
    const struct gb_eval *e = gb_eval_find(h->ev, i, r);
    return e && e->has_target;
}
static int s_all(lua_State *L)
{
    return push_where(L, self(L)->region_i, any, 0);
}
static int s_with_target(lua_State *L) /* s:with_target() of everything, s:with_target(list) of a list */
{
    struct gb_host *h = gb_host_of(L);
    int region = self(L)->region_i, kept = 0;
    if (lua_isnoneornil(L, 2))
        return push_where(L, region, with_target, 0);
    struct gb_handle *v;
    int n = gb_handles_at(L, 2, &v);
    for (int i = 0; i < n; i++)
        if (gb_handle_eval(h, &v[i]) && with_target(h, v[i].indicator_i, v[i].region_i, 0))
            v[kept++] = v[i];
    push_list(L, v, kept);
    return 1;
}
int gb_group_at(lua_State *L, int idx)
{
    struct gb_host *h = gb_host_of(L);
    if (idx == 0 || lua_isnoneornil(L, idx)) {
        if (!h->def || h->def->kind != GB_SCRIPT_GROUP)
            gb_raise(L, "ngoài gb.group phải nêu mã nhóm chỉ số, ví dụ \"ig-basic-set\"");
        return h->def->group_i;
    }
    const char *code = luaL_checkstring(L, idx);
    int g = gb_map_find_c(&h->c->by_group, code);
    if (g < 0 && gb_map_find_c(&h->c->off_group, code) < 0)
        gb_raise(L, "không có nhóm chỉ số \"%s\" trong groups.csv", code);
    return g;
}

/* Each indicator (of a sector, of a group, or of all: -1) once: at the region, or, when it is measured at points only, at its worst
 * point. */
static int push_each_once(lua_State *L, int region_i, int sector_i, int group_i)
{
    struct gb_host *h = gb_host_of(L);
    struct gb_handle *v = GB_NEW_N(h->a, (size_t)h->c->n_indicators + 1, struct gb_handle);
    int n = 0;
    for (int i = 0; i < h->c->n_indicators; i++) {
        if (sector_i >= 0 && h->c->indicator[i].sector_i != sector_i)
            continue;
        if (group_i >= 0 && !gb_in_group(&h->c->indicator[i], group_i))
            continue;
        struct gb_handle best = { i, region_i };
        bool found = present(h, i, region_i), at_root = region_i == h->c->locality.root_region;
        for (int k = 0; at_root && !found && k < h->c->n_points; k++) {
            struct gb_handle at = { i, h->c->point[k].region_i };
            if (h->c->point[k].indicator_i != i || !present(h, i, at.region_i))
                continue;
            if (best.region_i == region_i || gb_worse_first(h, at, best) < 0)
                best = at;
        }
        if (found || best.region_i != region_i)
            v[n++] = best;
    }
    push_list(L, v, n);
    return 1;
}

static int s_group(lua_State *L) /* s:group() in a gb.group, s:group("ig-...") anywhere */
{
    int region = self(L)->region_i;
    return push_each_once(L, region, -1, gb_group_at(L, 2));
}

static int s_sectors(lua_State *L)
{
    struct gb_host *h = gb_host_of(L);
    int region = self(L)->region_i;
    lua_newtable(L);
    lua_Integer n = 0;
    for (int k = 0; k < h->c->n_sectors; k++) {
        push_each_once(L, region, k, -1);
        if (lua_rawlen(L, -1) == 0) {
            lua_pop(L, 1);
            continue;
        }
        lua_createtable(L, 0, 3);
        lua_insert(L, -2);
        lua_setfield(L, -2, "items");
        lua_pushstring(L, h->c->sector[k].name_vi);
        lua_setfield(L, -2, "title");
        lua_pushstring(L, h->c->sector[k].code);
        lua_setfield(L, -2, "code");
        lua_rawseti(L, -2, ++n);
    }
    return 1;
}

static int push_watch(lua_State *L, const struct gb_definition *d, int region_i)
{
    struct gb_host *h = gb_host_of(L);
    struct gb_handle v[GB_WATCH_MAX];
    int n = 0;
    for (int i = 0; i < d->n_watch; i++)
        if (gb_indicator_visible(h, d->watch[i]))
            v[n++] = (struct gb_handle){ d->watch[i], region_i };
    push_list(L, v, n);
    return 1;
}
static int s_watch(lua_State *L)
{
    int region = self(L)->region_i;
    return push_watch(L, gb_host_of(L)->def, region);
}

/* s:like("dis.level_*"): what this locality measures under such a code; a place has its own stations. In catalogue order, also
 * where there is no figure at the region, so that s:points() finds the points. */
static int s_like(lua_State *L)
{
    struct gb_host *h = gb_host_of(L);
    int region = self(L)->region_i, n = 0;
    size_t len;
    const char *pattern = luaL_checklstring(L, 2, &len);
    const char *star = strchr(pattern, '*');
    if (!star || star[1] || star == pattern)
        gb_raise(L, "like cần phần đầu của mã và một dấu * ở cuối: s:like(\"dis.level_*\")");
    struct gb_handle *v = GB_NEW_N(h->a, (size_t)h->c->n_indicators + 1, struct gb_handle);
    for (int i = 0; i < h->c->n_indicators; i++)
        if (strncmp(h->c->indicator[i].code, pattern, len - 1) == 0 && gb_indicator_visible(h, i))
            v[n++] = (struct gb_handle){ i, region };
    push_list(L, v, n);
    return 1;
}

static int s_list(lua_State *L) /* s:list{ "a.b", "c.d" } */
{
    struct gb_host *h = gb_host_of(L);
    int region = self(L)->region_i;
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_newtable(L);
    lua_Integer n = 0, len = (lua_Integer)lua_rawlen(L, 2);
    for (lua_Integer i = 1; i <= len; i++) {
        lua_rawgeti(L, 2, i);
        push_code(L, luaL_checkstring(L, -1), region);
        if (gb_handle_eval(h, gb_to_handle(L, -1)))
            lua_rawseti(L, 3, ++n);
        lua_settop(L, 3);
    }
    return 1;
}

/* s:alerts(gb.warning, list): at or above a step and not overdue, worst first. Without list: everything of the region. */
static int s_alerts(lua_State *L)
{
    struct gb_host *h = gb_host_of(L);
    int region = self(L)->region_i;
    enum gb_state step = GB_WATCH;
    if (!lua_isnoneornil(L, 2) && !gb_to_state(L, 2, &step))
        gb_raise(L, "alerts cần một mức: s:alerts(gb.warning)");
    if (lua_isnoneornil(L, 3)) {
        lua_settop(L, 2);
        push_each_once(L, region, -1, -1);
    }
    struct gb_handle *v;
    int n = gb_handles_at(L, 3, &v), kept = 0;
    for (int i = 0; i < n; i++) {
        const struct gb_eval *e = gb_handle_eval(h, &v[i]);
        if (e && gb_stands_at(e->state, step))
            v[kept++] = v[i];
    }
    gb_charge(L, (uint64_t)kept * (uint64_t)kept + 1);
    sort_worst(h, v, kept);
    push_list(L, v, kept);
    return 1;
}

static int s_take(lua_State *L) /* s:take(n, list) */
{
    self(L);
    lua_Integer want = luaL_checkinteger(L, 2);
    struct gb_handle *v;
    int n = gb_handles_at(L, 3, &v);
    if (want < 0)
        gb_raise(L, "số mục phải từ 0 trở lên");
    push_list(L, v, want < n ? (int)want : n);
    return 1;
}

static int s_communes(lua_State *L)
{
    self(L);
    struct gb_host *h = gb_host_of(L);
    int *v = GB_NEW_N(h->a, (size_t)h->c->n_regions + 1, int), n = 0;
    for (int i = 0; i < h->c->n_regions; i++)
        if (h->c->region[i].level == GB_AT_COMMUNE && (!h->ev || gb_region_valid(&h->c->region[i], h->ev->date, h->ev->date)))
            v[n++] = i;
    gb_push_regions(L, v, n);
    return 1;
}

/* s:points(a, b, ...): each indicator at each point that has values, worst first. */
static int s_points(lua_State *L)
{
    self(L);
    struct gb_host *h = gb_host_of(L);
    struct gb_handle *v = GB_NEW_N(h->a, (size_t)h->c->n_points + 1, struct gb_handle);
    int n = 0, top = lua_gettop(L);
    for (int a = 2; a <= top; a++) {
        struct gb_handle *want;
        int n_want = gb_handles_at(L, a, &want);
        for (int k = 0; k < n_want; k++)
            for (int i = 0; i < h->c->n_points && n < h->c->n_points; i++)
                if (h->c->point[i].indicator_i == want[k].indicator_i && present(h, want[k].indicator_i, h->c->point[i].region_i))
                    v[n++] = (struct gb_handle){ want[k].indicator_i, h->c->point[i].region_i };
    }
    gb_charge(L, (uint64_t)n * (uint64_t)n + 1);
    sort_worst(h, v, n);
    push_list(L, v, n);
    return 1;
}

static int s_indicator(lua_State *L)
{
    struct gb_host *h = gb_host_of(L);
    int region = self(L)->region_i;
    if (!h->job || h->job->indicator_i < 0)
        gb_raise(L, "s:indicator() chỉ có trong báo cáo each = \"indicator\"");
    gb_push_handle(L, gb_indicator_visible(h, h->job->indicator_i) ? h->job->indicator_i : -1, region);
    return 1;
}
static int s_region(lua_State *L)
{
    lua_pushstring(L, gb_region_label(gb_host_of(L), self(L)->region_i));
    return 1;
}
static int s_reason(lua_State *L)
{
    self(L);
    lua_pushstring(L, gb_host_of(L)->reason);
    return 1;
}
static int s_date(lua_State *L)
{
    self(L);
    struct gb_host *h = gb_host_of(L);
    gb_push_value(L, h->ev ? gb_value_date(h->ev->date) : gb_value_missing(GB_MISS_NO_DATA));
    return 1;
}
static int s_locality(lua_State *L)
{
    self(L);
    lua_pushstring(L, gb_host_of(L)->c->locality.name);
    return 1;
}
static int s_word(lua_State *L) /* s:word("tỉnh"): "Thành phố" in a city */
{
    self(L);
    lua_pushstring(L, gb_word(gb_host_of(L)->c, luaL_checkstring(L, 2)));
    return 1;
}
static int s_is(lua_State *L) /* s:is("front") */
{
    self(L);
    enum gb_audience a;
    const char *word = luaL_checkstring(L, 2);
    if (!gb_audience_parse(word, &a))
        gb_raise(L, "không có đối tượng \"%s\": leadership, statistics, front, public, ioc", word);
    lua_pushboolean(L, gb_host_of(L)->audience == a);
    return 1;
}

/* ---- scenarios -------------------------------------------------------------------------------------------------------- */
static int scenario_self(lua_State *L)
{
    const int *i = luaL_testudata(L, 1, cls_scenario);
    if (!i)
        gb_raise(L, "gọi bằng dấu hai chấm: kb:title()");
    return *i;
}

/* Scenarios that have a definition for this audience, in the plan's order. */
static int s_scenarios(lua_State *L)
{
    self(L);
    struct gb_host *h = gb_host_of(L);
    lua_newtable(L);
    lua_Integer n = 0;
    for (int i = 0; i < h->c->n_scenarios; i++) {
        const struct gb_definition *d = gb_scenario_definition(L, i);
        if (!d || !d->audience[h->audience])
            continue;
        *(int *)lua_newuserdatauv(L, sizeof(int), 0) = i;
        luaL_setmetatable(L, cls_scenario);
        lua_rawseti(L, -2, ++n);
    }
    return 1;
}
static int k_title(lua_State *L)
{
    lua_pushstring(L, gb_host_of(L)->c->scenario[scenario_self(L)].name_vi);
    return 1;
}
static int k_state(lua_State *L)
{
    int i = scenario_self(L);
    gb_push_state(L, gb_definition_state(gb_host_of(L), gb_scenario_definition(L, i), NULL));
    return 1;
}
static int k_watch(lua_State *L)
{
    int i = scenario_self(L);
    return push_watch(L, gb_scenario_definition(L, i), gb_host_of(L)->region);
}
static const struct gb_trigger *trigger_of(struct gb_host *h, int scenario_i)
{
    if (!h->triggers)
        h->triggers = gb_triggers(h->ev, h->a);
    return &h->triggers[scenario_i];
}
/* Moved by the common rule (evaluation/trigger.h), whatever the definition's own trigger says. */
static int k_moved(lua_State *L)
{
    int i = scenario_self(L);
    lua_pushboolean(L, trigger_of(gb_host_of(L), i)->moved);
    return 1;
}
void gb_push_reason(lua_State *L, const struct gb_definition *d)
{
    if (!d || !gb_definition_function(L, d, "trigger")) {
        lua_pushnil(L);
        return;
    }
    gb_push_scope(L, gb_host_of(L)->region);
    lua_call(L, 1, 1);
    if (!lua_isnil(L, -1))
        gb_text_arg(L, -1, "trigger");
}
static int k_reason(lua_State *L)
{
    gb_push_reason(L, gb_scenario_definition(L, scenario_self(L)));
    return 1;
}
enum gb_state gb_scenario_state(struct gb_host *h, int scenario_i, const struct gb_definition *d, struct gb_handle *why)
{
    enum gb_state s = gb_definition_state(h, d, why);
    const struct gb_trigger *t = trigger_of(h, scenario_i);
    if (!t->moved || t->worst <= s)
        return s;
    *why = (struct gb_handle){ t->worst_indicator_i, t->worst_region_i };
    return t->worst;
}
static int k_worst(lua_State *L) /* the fact that sets the scenario's step; absent when nothing is judged */
{
    struct gb_handle why;
    int i = scenario_self(L);
    (void)gb_scenario_state(gb_host_of(L), i, gb_scenario_definition(L, i), &why);
    gb_push_handle(L, why.indicator_i, why.region_i);
    return 1;
}
/* kb:state_word(): the phase by the figures; kb:since(): its first night; kb:is("stand-down"). */
const struct gb_scenario_state *gb_phase_now(struct gb_host *h, int scenario_i)
{
    if (!h->phases)
        h->phases = gb_scenario_states(h->ev, h->a);
    return &h->phases[scenario_i];
}
static const struct gb_scenario_state *phase_of(lua_State *L)
{
    int i = scenario_self(L);
    struct gb_host *h = gb_host_of(L);
    if (!h->phases)
        gb_charge(L, 200000);
    return gb_phase_now(h, i);
}
static int k_state_word(lua_State *L)
{
    lua_pushstring(L, gb_phase_vi(phase_of(L)->phase));
    return 1;
}
static int k_since(lua_State *L)
{
    const struct gb_scenario_state *x = phase_of(L);
    gb_push_value(L, x->since_before ? gb_value_missing(GB_MISS_NOT_APPLICABLE) : gb_value_date(x->since));
    return 1;
}
static int k_is(lua_State *L)
{
    const struct gb_scenario_state *x = phase_of(L);
    const char *word = luaL_checkstring(L, 2);
    bool known = false;
    for (int p = GB_PHASE_CALM; p <= GB_PHASE_STAND_DOWN; p++)
        known = known || gb_streq(word, gb_phase_word((enum gb_phase)p));
    if (!known)
        gb_raise(L, "không có trạng thái \"%s\": calm, watch, warn, ad-hoc, stand-down", word);
    lua_pushboolean(L, gb_streq(word, gb_phase_word(x->phase)));
    return 1;
}
bool gb_to_scenario(lua_State *L, int idx, int *scenario_i)
{
    const int *i = luaL_testudata(L, idx, cls_scenario);
    if (i)
        *scenario_i = *i;
    return i != NULL;
}

static int s_event(lua_State *L)
{
    self(L);
    return gb_scope_event(L);
}

/* ---- class ------------------------------------------------------------------------------------------------------------ */
static int scope_index(lua_State *L) /* upvalue: methods */
{
    struct scope *s = luaL_checkudata(L, 1, cls_scope);
    const char *k = luaL_checkstring(L, 2);
    if (strchr(k, '.')) {
        push_code(L, k, s->region_i);
        return 1;
    }
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    gb_raise(L, "s không có \"%s\"; mã chỉ số viết s[\"nhom.ten\"]", k);
}

void gb_open_scope(lua_State *L)
{
    const luaL_Reg none[] = { { NULL, NULL } };
    const luaL_Reg scenario[] = {
        { "title", k_title }, { "state", k_state },           { "watch", k_watch }, { "reason", k_reason }, { "moved", k_moved },
        { "worst", k_worst }, { "state_word", k_state_word }, { "since", k_since }, { "is", k_is },         { NULL, NULL }
    };
    const luaL_Reg methods[] = { { "all", s_all },
                                 { "watch", s_watch },
                                 { "list", s_list },
                                 { "like", s_like },
                                 { "alerts", s_alerts },
                                 { "take", s_take },
                                 { "group", s_group },
                                 { "sectors", s_sectors },
                                 { "with_target", s_with_target },
                                 { "communes", s_communes },
                                 { "points", s_points },
                                 { "scenarios", s_scenarios },
                                 { "tasks", gb_scope_tasks },
                                 { "coverage", gb_scope_coverage },
                                 { "event", s_event },
                                 { "indicator", s_indicator },
                                 { "region", s_region },
                                 { "reason", s_reason },
                                 { "date", s_date },
                                 { "locality", s_locality },
                                 { "word", s_word },
                                 { "is", s_is },
                                 { NULL, NULL } };
    gb_class_new(L, cls_scenario, "kịch bản", scenario, NULL);
    gb_class_new(L, cls_scope, "s", none, NULL);
    luaL_getmetatable(L, cls_scope);
    luaL_newlib(L, methods);
    lua_pushcclosure(L, scope_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

void gb_push_scope(lua_State *L, int region_i)
{
    struct scope *s = lua_newuserdatauv(L, sizeof *s, 0);
    s->region_i = region_i;
    luaL_setmetatable(L, cls_scope);
}
