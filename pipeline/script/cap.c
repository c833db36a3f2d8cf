/* cap.c — `cap` in the head of a scenario: which hazards are told to others as CAP messages (render/cap.h), and by whom they are answered.
 *
 *     cap = { { event = "Ngập lụt", category = "Met", about = { "fl.points", "fl.depth" } }, ... }
 *
 * about takes codes, and "dis.level_*" for all that begin so: each place has stations of its own. A hazard of which this locality
 * measures nothing is left out.
 */
#include "script/host.h"

static void add_about(struct gb_cap_hazard *z, lua_State *L, int indicator_i)
{
    for (int i = 0; i < z->n_about; i++)
        if (z->about[i] == indicator_i)
            return;
    if (z->n_about == GB_CAP_ABOUT)
        gb_raise(L, "cap: about tối đa %d chỉ số", GB_CAP_ABOUT);
    z->about[z->n_about++] = indicator_i;
}

/* "dis.level_*" or one code. */
static void read_code(lua_State *L, struct gb_cap_hazard *z, const char *code)
{
    const struct gb_host *h = gb_host_of(L);
    const size_t n = strlen(code);
    if (n > 1 && code[n - 1] == '*') {
        for (int i = 0; i < h->c->n_indicators; i++)
            if (strncmp(h->c->indicator[i].code, code, n - 1) == 0)
                add_about(z, L, i);
        return;
    }
    const int k = gb_indicator_find(h->c, code);
    if (k < 0 && h->strict && !gb_may_be_absent(h->c, code, n))
        gb_raise(L, "cap: không có chỉ số \"%s\" trong danh mục", code);
    if (k >= 0)
        add_about(z, L, k);
}

static void read_category(lua_State *L, struct gb_cap_hazard *z)
{
    const char *word = gb_text_arg(L, -1, "category");
    if (!gb_cap_is_category(word))
        gb_raise(L,
                 "cap: không có category \"%s\"; CAP 1.2 có Geo, Met, Safety, Security, Rescue, Fire, Health, Env, Transport, "
                 "Infra, CBRNE, Other",
                 word);
    if (z->n_categories == GB_CAP_CATEGORIES)
        gb_raise(L, "cap: tối đa %d category", GB_CAP_CATEGORIES);
    z->category[z->n_categories++] = gb_strdup(gb_host_of(L)->a, word);
}

/* A text, or a list of texts, under `name` of the table at t: each is handed on from the top of the stack. */
static void each_text(lua_State *L, int t, const char *name, struct gb_cap_hazard *z,
                      void (*take)(lua_State *, struct gb_cap_hazard *))
{
    if (lua_getfield(L, t, name) == LUA_TSTRING)
        take(L, z);
    else if (lua_type(L, -1) == LUA_TTABLE)
        for (lua_Integer i = 1; i <= (lua_Integer)lua_rawlen(L, -1); i++) {
            lua_rawgeti(L, -1, i);
            take(L, z);
            lua_pop(L, 1);
        }
    lua_pop(L, 1);
}
static void take_about(lua_State *L, struct gb_cap_hazard *z)
{
    read_code(L, z, gb_text_arg(L, -1, "about"));
}

void gb_read_cap(lua_State *L, struct gb_definition *d)
{
    static const char *const allowed[] = { "event", "category", "about" };
    struct gb_host *h = gb_host_of(L);
    if (lua_getfield(L, 1, "cap") != LUA_TNIL) {
        luaL_checktype(L, -1, LUA_TTABLE);
        const int list = lua_gettop(L);
        const lua_Integer n = (lua_Integer)lua_rawlen(L, list);
        if (n < 1 || n > GB_CAP_HAZARDS)
            gb_raise(L, "cap: từ 1 đến %d hiểm họa, mỗi hiểm họa { event = \"...\", category = \"Met\", about = { ... } }",
                     GB_CAP_HAZARDS);
        d->hazard = GB_NEW_N(h->a, (size_t)n, struct gb_cap_hazard);
        for (lua_Integer i = 1; i <= n; i++) {
            struct gb_cap_hazard *z = &d->hazard[d->n_hazards];
            if (lua_rawgeti(L, list, i) != LUA_TTABLE)
                gb_raise(L, "cap: hiểm họa %d phải là một bảng", (int)i);
            const int t = lua_gettop(L);
            gb_args_check(L, t, "cap", allowed, 3);
            z->event = gb_arg_text(L, t, "event");
            each_text(L, t, "category", z, read_category);
            each_text(L, t, "about", z, take_about);
            if (!z->event || !z->n_categories)
                gb_raise(L, "cap: hiểm họa %d thiếu event hoặc category", (int)i);
            if (z->n_about)
                d->n_hazards++;
            else
                *z = (struct gb_cap_hazard){ 0 };
            lua_settop(L, list);
        }
    }
    lua_pop(L, 1);
}

/* Protected: reading the table of actions may raise. */
static int read_procedure(lua_State *L)
{
    struct gb_host *h = gb_host_of(L);
    struct gb_cap *out = lua_touserdata(L, 1);
    struct gb_cap_action *v = GB_NEW_N(h->a, 64, struct gb_cap_action);
    int n = 0;
    for (int step = GB_WARNING; step <= GB_EMERGENCY; step++) {
        struct gb_action *x;
        const int found = gb_actions_of(L, h->def, (enum gb_state)step, &x);
        for (int i = 0; i < found && n < 64; i++) {
            v[n] = (struct gb_cap_action){ .step = x[i].step,
                                           .who = x[i].who,
                                           .with = x[i].with,
                                           .does = x[i].does,
                                           .within = x[i].within,
                                           .n_about = x[i].n_about,
                                           .narrow = x[i].narrow };
            memcpy(v[n++].about, x[i].about, sizeof x[i].about);
        }
    }
    out->action = v;
    out->n_actions = n;
    return 0;
}

enum gb_code gb_cap_of(struct gb_host *h, struct gb_cap *out, struct gb_err *e)
{
    *out = (struct gb_cap){ .scenario_i = h->def->scenario_i, .hazard = h->def->hazard, .n_hazards = h->def->n_hazards };
    if (out->n_hazards == 0)
        return GB_OK;
    lua_pushcfunction(h->sb.L, read_procedure);
    lua_pushlightuserdata(h->sb.L, out);
    return gb_sandbox_call(&h->sb, 1, 0, e);
}
