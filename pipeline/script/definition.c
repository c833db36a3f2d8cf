/* definition.c — gb.report{...}, gb.scenario{...}, gb.group{...}: the head of a definition, checked field by field.
 *
 * The head is data that the plan of the night reads without running the body. An unknown field is an error with a suggestion: a
 * mistyped `audience` would otherwise silently mean the default.
 */
#include "base/utf8.h"
#include "catalogue/words.h"
#include "script/host.h"

static const char cls_definition[] = "gb.definition";

static const char *const fields[][16] = {
    [GB_SCRIPT_REPORT] = { "code", "title", "short", "subtitle", "type", "audiences", "rhythm", "each", "page", "signature",
                           "fit", "pages", "watch", "deadlines", "body", NULL },
    [GB_SCRIPT_SCENARIO] = { "code", "title", "subtitle", "type", "audiences", "rhythm", "watch", "trigger", "actions", "decide",
                             "deadlines", "cap", "body", NULL },
    [GB_SCRIPT_GROUP] = { "code", "title", "subtitle", "type", "audiences", "rhythm", "watch", "body", NULL },
};
static const char *const call_name[] = { "gb.report", "gb.scenario", "gb.group" };

void gb_args_check(lua_State *L, int idx, const char *block, const char *const *allowed, size_t n)
{
    idx = lua_absindex(L, idx);
    for (lua_pushnil(L); lua_next(L, idx);) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            continue;
        const char *k = lua_tostring(L, -1);
        bool known = false;
        for (size_t i = 0; i < n && !known; i++)
            known = gb_streq(k, allowed[i]);
        if (known)
            continue;
        const char *near = gb_nearest(k, allowed, n);
        if (near)
            gb_raise(L, "%s: không có \"%s\"; có phải là \"%s\"?", block, k, near);
        gb_raise(L, "%s: không có \"%s\"; các mục dùng được: %s", block, k, gb_join_words(gb_host_of(L)->a, allowed, n));
    }
}

const char *gb_text_arg(lua_State *L, int idx, const char *what)
{
    if (lua_type(L, idx) != LUA_TSTRING)
        gb_raise(L, "%s: cần một chuỗi, gặp %s", what, luaL_typename(L, idx));
    size_t n = 0, at = 0;
    const char *s = lua_tolstring(L, idx, &n);
    if (n > GB_STRING_MAX)
        gb_raise(L, "%s: chuỗi dài %d byte, tối đa %d", what, (int)n, GB_STRING_MAX);
    enum gb_text_fault f = gb_text_check(s, n, &at);
    if (f != GB_TEXT_OK)
        gb_raise(L, "%s: %s ở byte %d", what, gb_text_fault_vi(f), (int)at + 1);
    if (!gb_is_nfc(s, n))
        gb_raise(L, "%s: chữ chưa ở dạng dựng sẵn (NFC)", what);
    return s;
}

const char *gb_arg_text(lua_State *L, int idx, const char *name)
{
    const char *s = NULL;
    if (lua_getfield(L, idx, name) != LUA_TNIL)
        s = gb_strdup(gb_host_of(L)->a, gb_text_arg(L, -1, name));
    lua_pop(L, 1);
    return s;
}

bool gb_arg_yes(lua_State *L, int idx, const char *name, bool dflt)
{
    int t = lua_getfield(L, idx, name);
    if (t != LUA_TNIL && t != LUA_TBOOLEAN)
        gb_raise(L, "%s: cần true hoặc false", name);
    bool v = t == LUA_TNIL ? dflt : lua_toboolean(L, -1);
    lua_pop(L, 1);
    return v;
}

int gb_arg_int(lua_State *L, int idx, const char *name, int lo, int hi, int dflt)
{
    int v = dflt;
    if (lua_getfield(L, idx, name) != LUA_TNIL) {
        if (!lua_isinteger(L, -1) || lua_tointeger(L, -1) < lo || lua_tointeger(L, -1) > hi)
            gb_raise(L, "%s: cần số nguyên từ %d đến %d", name, lo, hi);
        v = (int)lua_tointeger(L, -1);
    }
    lua_pop(L, 1);
    return v;
}

/* ---- fields of the head ----------------------------------------------------------------------------------------------- */
static void read_audiences(lua_State *L, struct gb_definition *d)
{
    if (lua_getfield(L, 1, "audiences") == LUA_TNIL)
        d->audience[GB_LEADERSHIP] = true;
    else {
        if (lua_type(L, -1) != LUA_TTABLE || lua_rawlen(L, -1) == 0)
            gb_raise(L, "audiences: cần danh sách, ví dụ { \"leadership\", \"front\" }");
        int list = lua_gettop(L);
        for (lua_Integer i = 1; i <= (lua_Integer)lua_rawlen(L, list); i++) {
            enum gb_audience a;
            lua_rawgeti(L, list, i);
            const char *w = gb_text_arg(L, -1, "audiences");
            if (!gb_audience_parse(w, &a))
                gb_raise(L, "audiences: không có \"%s\"; dùng leadership, statistics, front, public, ioc", w);
            d->audience[a] = true;
            lua_pop(L, 1);
        }
    }
    lua_pop(L, 1);
}

static void read_watch(lua_State *L, struct gb_definition *d)
{
    struct gb_host *h = gb_host_of(L);
    if (lua_getfield(L, 1, "watch") != LUA_TNIL) {
        luaL_checktype(L, -1, LUA_TTABLE);
        int list = lua_gettop(L);
        lua_Integer n = (lua_Integer)lua_rawlen(L, list);
        if (n > GB_WATCH_MAX)
            gb_raise(L, "watch: tối đa %d chỉ số", GB_WATCH_MAX);
        for (lua_Integer i = 1; i <= n; i++) {
            lua_rawgeti(L, list, i);
            const char *code = gb_text_arg(L, -1, "watch");
            int k = gb_indicator_find(h->c, code);
            if (k < 0 && h->strict && !gb_may_be_absent(h->c, code, strlen(code)))
                gb_raise(L, "watch: không có chỉ số \"%s\" trong danh mục", code);
            if (k >= 0)
                d->watch[d->n_watch++] = k;
            lua_pop(L, 1);
        }
    }
    lua_pop(L, 1);
}

/* What the locality itself adds to this scenario, in its own indicators.csv: a shared definition cannot name it. */
static void watch_local(const struct gb_host *h, struct gb_definition *d)
{
    for (int i = 0; d->scenario_i >= 0 && i < h->c->n_indicators && d->n_watch < GB_WATCH_MAX; i++) {
        const struct gb_indicator *ind = &h->c->indicator[i];
        bool add = false;
        for (int k = 0; ind->local && k < ind->n_scenarios; k++)
            add = add || ind->scenario[k] == d->scenario_i;
        for (int k = 0; add && k < d->n_watch; k++)
            add = d->watch[k] != i;
        if (add)
            d->watch[d->n_watch++] = i;
    }
}

static void read_decide(lua_State *L, struct gb_definition *d)
{
    if (lua_getfield(L, 1, "decide") != LUA_TNIL) {
        luaL_checktype(L, -1, LUA_TTABLE);
        int list = lua_gettop(L);
        lua_Integer n = (lua_Integer)lua_rawlen(L, list);
        if (n > 16)
            gb_raise(L, "decide: tối đa 16 nội dung");
        for (lua_Integer i = 1; i <= n; i++) {
            lua_rawgeti(L, list, i);
            d->decide[d->n_decide++] = gb_strdup(gb_host_of(L)->a, gb_text_arg(L, -1, "decide"));
            lua_pop(L, 1);
        }
    }
    lua_pop(L, 1);
}

static void read_rhythm(lua_State *L, struct gb_definition *d)
{
    static const char *const words[] = { "daily", "weekly", "monthly" };
    const char *r = gb_arg_text(L, 1, "rhythm");
    d->rhythm = r ? r : "daily";
    for (size_t i = 0; i < 3; i++)
        if (gb_streq(d->rhythm, words[i]))
            return;
    gb_raise(L, "rhythm: không có \"%s\"; dùng daily, weekly, monthly", r);
}

static void read_each(lua_State *L, struct gb_definition *d)
{
    const char *each = gb_arg_text(L, 1, "each");
    d->per_indicator = gb_streq(each, "indicator");
    d->per_region = gb_streq(each, "region");
    if (each && !d->per_indicator && !d->per_region)
        gb_raise(L, "each: không có \"%s\"; dùng indicator hoặc region", each);
}

static void read_functions(lua_State *L, struct gb_definition *d)
{
    static const char *const names[] = { "body", "trigger" };
    for (size_t i = 0; i < 2; i++) {
        int t = lua_getfield(L, 1, names[i]);
        if (t != LUA_TFUNCTION && (t != LUA_TNIL || i == 0))
            gb_raise(L, "%s: cần một hàm %s", call_name[d->kind], names[i]);
        lua_pop(L, 1);
    }
    int t = lua_getfield(L, 1, "actions");
    if (t != LUA_TNIL && t != LUA_TTABLE)
        gb_raise(L, "actions: cần một bảng theo mức");
    lua_pop(L, 1);
}

static void name_from_catalogue(lua_State *L, struct gb_definition *d)
{
    struct gb_host *h = gb_host_of(L);
    d->scenario_i = d->group_i = -1;
    if (d->kind == GB_SCRIPT_SCENARIO) {
        d->scenario_i = gb_scenario_find(h->c, d->code);
        if (d->scenario_i < 0)
            gb_raise(L, "code: không có kịch bản \"%s\" trong scenarios.csv", d->code);
        if (!d->title)
            d->title = h->c->scenario[d->scenario_i].full_name_vi;
        d->slug = gb_sprintf(h->a, "scenario-%s", d->code);
    } else if (d->kind == GB_SCRIPT_GROUP) {
        d->group_i = gb_map_find_c(&h->c->by_group, d->code);
        if (d->group_i < 0)
            gb_raise(L, "code: không có nhóm chỉ số \"%s\" trong groups.csv", d->code);
        if (!d->title)
            d->title = h->c->group[d->group_i].name_vi;
        d->slug = gb_sprintf(h->a, "group-%s", d->code);
    } else
        d->slug = d->code;
    if (!d->title)
        gb_raise(L, "%s: thiếu title", call_name[d->kind]);
    size_t n = strspn(d->code, "abcdefghijklmnopqrstuvwxyz0123456789-");
    if (!n || d->code[n])
        gb_raise(L, "code: chỉ gồm a-z, 0-9 và dấu -");
}

static int define(lua_State *L, enum gb_script_kind kind)
{
    struct gb_host *h = gb_host_of(L);
    if (!gb_is_plain_table(L, 1))
        gb_raise(L, "%s{ ... }: cần một bảng", call_name[kind]);
    lua_settop(L, 1);
    size_t n = 0;
    while (fields[kind][n])
        n++;
    gb_args_check(L, 1, call_name[kind], fields[kind], n);
    struct gb_definition *d = GB_NEW(h->a, struct gb_definition);
    d->kind = kind;
    d->code = gb_arg_text(L, 1, "code");
    if (!d->code)
        gb_raise(L, "%s: thiếu code", call_name[kind]);
    d->title = gb_arg_text(L, 1, "title");
    d->short_title = gb_arg_text(L, 1, "short");
    d->subtitle = gb_arg_text(L, 1, "subtitle");
    d->type_name = gb_arg_text(L, 1, "type");
    d->page = gb_arg_yes(L, 1, "page", false);
    d->signature = gb_arg_yes(L, 1, "signature", !d->page);
    const char *fit = gb_arg_text(L, 1, "fit");
    if (fit && !gb_streq(fit, "page"))
        gb_raise(L, "fit: chỉ có \"page\" (đúng một trang giấy), không có \"%s\"", fit);
    d->one_page = fit != NULL;
    d->body_max = gb_arg_int(L, 1, "pages", 1, 20, 0);
    if (d->one_page && d->body_max)
        gb_raise(L, "pages: fit = \"page\" đã là một trang; chỉ dùng một trong hai");
    if (!d->type_name && !d->page)
        d->type_name = kind == GB_SCRIPT_SCENARIO ? "BÁO CÁO" : "BẢN TIN";
    read_audiences(L, d);
    read_rhythm(L, d);
    read_each(L, d);
    read_watch(L, d);
    read_decide(L, d);
    read_functions(L, d);
    gb_read_cap(L, d);
    name_from_catalogue(L, d);
    if (h->strict && d->scenario_i >= 0 && !h->c->scenario[d->scenario_i].ad_hoc && lua_getfield(L, 1, "trigger") != LUA_TNIL)
        gb_raise(L, "trigger: scenarios.csv không ghi cấp \"ad-hoc\" cho \"%s\": thêm vào cột levels, hoặc bỏ trigger", d->code);
    lua_settop(L, 1);
    watch_local(h, d);
    lua_pushvalue(L, 1);
    d->ref_table = luaL_ref(L, LUA_REGISTRYINDEX);
    *(struct gb_definition **)lua_newuserdatauv(L, sizeof d, 0) = d;
    luaL_setmetatable(L, cls_definition);
    return 1;
}
static int c_report(lua_State *L)
{
    return define(L, GB_SCRIPT_REPORT);
}
static int c_scenario(lua_State *L)
{
    return define(L, GB_SCRIPT_SCENARIO);
}
static int c_group(lua_State *L)
{
    return define(L, GB_SCRIPT_GROUP);
}

void gb_open_definitions(lua_State *L)
{
    const luaL_Reg none[] = { { NULL, NULL } };
    gb_class_new(L, cls_definition, "định nghĩa", none, NULL);
    const luaL_Reg make[] = { { "report", c_report }, { "scenario", c_scenario }, { "group", c_group }, { NULL, NULL } };
    luaL_setfuncs(L, make, 0);
}

/* The file's name says what it is: a scenario of another name would be found under the wrong one. */
static enum gb_code check_place(const struct gb_definition *d, const struct gb_script_file *f, struct gb_err *e)
{
    static const char *const folder[] = { NULL, "scenarios/", "groups/" };
    const char *base = strrchr(f->path, '/') ? strrchr(f->path, '/') + 1 : f->path;
    size_t n = strlen(d->code);
    bool at_home = d->kind == GB_SCRIPT_REPORT ? !gb_starts_with(f->path, "scenarios/") && !gb_starts_with(f->path, "groups/")
                                               : gb_starts_with(f->path, folder[d->kind]);
    if (!at_home)
        return gb_fail(e, GB_E_REPORT, "%s: %s không đặt ở thư mục này", f->path, call_name[d->kind]);
    if (d->kind != GB_SCRIPT_REPORT && (strncmp(base, d->code, n) != 0 || !gb_streq(base + n, ".lua")))
        return gb_fail(e, GB_E_REPORT, "%s: code = \"%s\" không trùng tên tệp", f->path, d->code);
    return GB_OK;
}

enum gb_code gb_definition_read(struct gb_host *h, const struct gb_script_file *f, struct gb_definition **out, struct gb_err *e)
{
    lua_State *L = h->sb.L;
    enum gb_code rc = gb_sandbox_load(&h->sb, f, e);
    if (rc == GB_OK)
        rc = gb_sandbox_call(&h->sb, 0, 1, e);
    if (rc != GB_OK)
        return rc;
    struct gb_definition **d = luaL_testudata(L, -1, cls_definition);
    lua_pop(L, 1);
    if (!d)
        return gb_fail(e, GB_E_REPORT, "%s: tệp phải kết thúc bằng return gb.report{ ... } hoặc gb.scenario{ ... }", f->path);
    (*d)->path = f->path;
    *out = *d;
    return check_place(*d, f, e);
}

struct gb_definition *gb_scenario_definition(lua_State *L, int scenario_i)
{
    struct gb_host *h = gb_host_of(L);
    if (h->def && h->def->scenario_i == scenario_i && h->def->kind == GB_SCRIPT_SCENARIO)
        return h->def;
    if (h->scenario_read[scenario_i])
        return h->scenario[scenario_i];
    h->scenario_read[scenario_i] = true;
    const struct gb_script_file *f =
        gb_script_find(h->sb.sources, gb_sprintf(h->a, "scenarios/%s.lua", h->c->scenario[scenario_i].code));
    /* A broken scenario has its own report that says so; the briefing goes on without it. A used-up budget is ours. */
    struct gb_err err = { 0 };
    if (f && gb_definition_read(h, f, &h->scenario[scenario_i], &err) != GB_OK)
        h->scenario[scenario_i] = NULL;
    if (h->sb.dead != GB_SANDBOX_ALIVE)
        gb_charge(L, UINT64_MAX);
    return h->scenario[scenario_i];
}

bool gb_definition_function(lua_State *L, const struct gb_definition *d, const char *name)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, d->ref_table);
    lua_pushstring(L, name);
    lua_rawget(L, -2);
    lua_remove(L, -2);
    if (lua_type(L, -1) == LUA_TFUNCTION)
        return true;
    lua_pop(L, 1);
    return false;
}
