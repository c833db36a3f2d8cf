/* stdlib.c — the names a script finds: an allow-list, each entry the plain function, a bounded wrapper of it, or our own.
 *
 * The libraries are opened into a table that nobody can reach, and what is on the list is taken out of it. What needs our own
 * version: pairs and next walk sorted keys (Lua's order differs from run to run), tostring prints no address, tonumber reads
 * whole numbers only, arithmetic helpers refuse overflow, table functions refuse tables with a metatable (a __len of 2^40 would
 * make them loop in C where no hook looks).
 */
#include <lualib.h>
#include <stdlib.h>
#include "base/decimal.h"
#include "script/sandbox.h"

#define UNPACK_MAX 200
#define SORT_MAX 100000
#define CONCAT_MAX ((size_t)1 << 20)
#define REP_MAX ((size_t)64 << 10)

/* ---- sorted keys ------------------------------------------------------------------------------------------------------ */
struct key {
    bool text;
    lua_Integer i;
    const char *p;
    size_t n;
};

static int key_cmp(const struct key *a, const struct key *b)
{
    if (a->text != b->text)
        return a->text ? 1 : -1;
    if (!a->text)
        return a->i < b->i ? -1 : a->i > b->i;
    int c = memcmp(a->p, b->p, a->n < b->n ? a->n : b->n);
    return c ? c : (a->n > b->n) - (a->n < b->n);
}
static int key_cmp_sort(const void *a, const void *b)
{
    return key_cmp(a, b);
}

static struct key key_at(lua_State *L, int idx)
{
    struct key k = { 0 };
    if (lua_isinteger(L, idx))
        k.i = lua_tointeger(L, idx);
    else if (lua_type(L, idx) == LUA_TSTRING) {
        k.text = true;
        k.p = lua_tolstring(L, idx, &k.n);
    } else
        gb_raise(L, "khóa của bảng phải là số nguyên hoặc chuỗi mới duyệt được theo thứ tự (gặp %s)", luaL_typename(L, idx));
    return k;
}

/* Push a sequence of the keys of table t in order. */
static void push_sorted_keys(lua_State *L, int t)
{
    size_t n = 0, i = 0;
    for (lua_pushnil(L); lua_next(L, t); lua_pop(L, 1))
        n++;
    gb_charge(L, n * 4 + 1);
    struct key *keys = lua_newuserdatauv(L, (n ? n : 1) * sizeof *keys, 0);
    for (lua_pushnil(L); lua_next(L, t); lua_pop(L, 1))
        keys[i++] = key_at(L, -2);
    qsort(keys, n, sizeof *keys, key_cmp_sort);
    lua_createtable(L, n < 1 << 20 ? (int)n : 0, 0);
    for (i = 0; i < n; i++) {
        if (keys[i].text)
            lua_pushlstring(L, keys[i].p, keys[i].n);
        else
            lua_pushinteger(L, keys[i].i);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_remove(L, -2);
}

/* upvalues: table, keys, position. A key removed meanwhile is passed over. */
static int pairs_step(lua_State *L)
{
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(3));
    for (;;) {
        if (lua_rawgeti(L, lua_upvalueindex(2), ++i) == LUA_TNIL)
            return 1;
        lua_pushinteger(L, i);
        lua_replace(L, lua_upvalueindex(3));
        lua_pushvalue(L, -1);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
            return 2;
        lua_pop(L, 2);
    }
}

static int sorted_pairs(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_pushvalue(L, 1);
    push_sorted_keys(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, pairs_step, 3);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

static int sorted_next(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    bool first = lua_isnil(L, 2), found = false;
    struct key after = { 0 }, best = { 0 };
    if (!first)
        after = key_at(L, 2);
    size_t n = 0;
    for (lua_pushnil(L); lua_next(L, 1);) {
        lua_pop(L, 1);
        struct key k = key_at(L, -1);
        if ((first || key_cmp(&k, &after) > 0) && (!found || key_cmp(&k, &best) < 0)) {
            best = k;
            found = true;
        }
        n++;
    }
    gb_charge(L, n + 1);
    if (!found) {
        lua_pushnil(L);
        return 1;
    }
    if (best.text)
        lua_pushlstring(L, best.p, best.n);
    else
        lua_pushinteger(L, best.i);
    lua_pushvalue(L, -1);
    lua_rawget(L, 1);
    return 2;
}

/* ---- base ------------------------------------------------------------------------------------------------------------- */
static int safe_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    switch (lua_type(L, 1)) {
    case LUA_TSTRING: lua_settop(L, 1); return 1;
    case LUA_TNUMBER:
        if (!lua_isinteger(L, 1))
            gb_raise(L, "tostring: chỉ nhận số nguyên");
        lua_settop(L, 1);
        lua_tostring(L, 1);
        return 1;
    case LUA_TBOOLEAN: lua_pushstring(L, lua_toboolean(L, 1) ? "true" : "false"); return 1;
    case LUA_TUSERDATA:
        if (luaL_getmetafield(L, 1, "__tostring") == LUA_TFUNCTION) {
            lua_pushvalue(L, 1);
            lua_call(L, 1, 1);
            return 1;
        }
        break;
    }
    lua_pushstring(L, luaL_typename(L, 1)); /* never an address */
    return 1;
}

static int safe_tonumber(lua_State *L)
{
    luaL_checkany(L, 1);
    if (lua_gettop(L) > 1 && !lua_isnil(L, 2))
        gb_raise(L, "tonumber: chỉ đọc hệ thập phân, một tham số");
    if (lua_isinteger(L, 1)) {
        lua_settop(L, 1);
        return 1;
    }
    size_t n = 0;
    const char *s = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &n) : NULL;
    int64_t v = 0;
    if (s && n <= 20 && gb_dec_parse(s, n, '.', 0, 0, &v, NULL) == GB_NUM_OK && !memchr(s, '.', n))
        lua_pushinteger(L, v);
    else
        lua_pushnil(L);
    return 1;
}

/* ---- whole numbers ---------------------------------------------------------------------------------------------------- */
static lua_Integer int_arg(lua_State *L, int i)
{
    if (!lua_isinteger(L, i))
        gb_raise(L, "cần số nguyên, gặp %s; số liệu không tính trong định nghĩa mà do máy chủ tính", luaL_typename(L, i));
    return lua_tointeger(L, i);
}
static int overflow(lua_State *L)
{
    gb_raise(L, "kết quả vượt quá số nguyên 64 bit");
}

static int int_add(lua_State *L)
{
    int64_t r;
    if (__builtin_add_overflow((int64_t)int_arg(L, 1), (int64_t)int_arg(L, 2), &r))
        return overflow(L);
    lua_pushinteger(L, r);
    return 1;
}
static int int_sub(lua_State *L)
{
    int64_t r;
    if (__builtin_sub_overflow((int64_t)int_arg(L, 1), (int64_t)int_arg(L, 2), &r))
        return overflow(L);
    lua_pushinteger(L, r);
    return 1;
}
static int int_mul(lua_State *L)
{
    int64_t r;
    if (__builtin_mul_overflow((int64_t)int_arg(L, 1), (int64_t)int_arg(L, 2), &r))
        return overflow(L);
    lua_pushinteger(L, r);
    return 1;
}
static int int_abs(lua_State *L)
{
    lua_Integer v = int_arg(L, 1);
    if (v == LUA_MININTEGER)
        return overflow(L);
    lua_pushinteger(L, v < 0 ? -v : v);
    return 1;
}
static int int_extreme(lua_State *L, bool max)
{
    lua_Integer best = int_arg(L, 1);
    for (int i = 2; i <= lua_gettop(L); i++) {
        lua_Integer v = int_arg(L, i);
        if (max ? v > best : v < best)
            best = v;
    }
    lua_pushinteger(L, best);
    return 1;
}
static int int_max(lua_State *L)
{
    return int_extreme(L, true);
}
static int int_min(lua_State *L)
{
    return int_extreme(L, false);
}

/* ---- tables ----------------------------------------------------------------------------------------------------------- */
/* The plain function is upvalue 1 of each wrapper and runs on the same arguments. */
static int plain(lua_State *L)
{
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static lua_Integer table_arg(lua_State *L, int i)
{
    luaL_checktype(L, i, LUA_TTABLE);
    if (lua_getmetatable(L, i))
        gb_raise(L, "hàm table.* chỉ nhận bảng thường: bảng này chỉ để đọc hoặc có metatable");
    return (lua_Integer)lua_rawlen(L, i);
}

static int table_shift(lua_State *L) /* insert, remove: may move every element */
{
    gb_charge(L, (uint64_t)table_arg(L, 1) / 8 + 1);
    return plain(L);
}

static int table_sort(lua_State *L)
{
    lua_Integer n = table_arg(L, 1);
    if (n > SORT_MAX)
        gb_raise(L, "table.sort: tối đa %d phần tử", SORT_MAX);
    gb_charge(L, (uint64_t)n * 17 + 1);
    return plain(L);
}

static int table_concat(lua_State *L)
{
    lua_Integer n = table_arg(L, 1), first = luaL_optinteger(L, 3, 1), last = luaL_optinteger(L, 4, n);
    size_t total = 0, sep = 0;
    luaL_optlstring(L, 2, "", &sep);
    if (first < 1 || last > n)
        gb_raise(L, "table.concat: vị trí nằm ngoài bảng");
    for (lua_Integer i = first; i <= last; i++) {
        lua_rawgeti(L, 1, i);
        total += (lua_type(L, -1) == LUA_TSTRING ? lua_rawlen(L, -1) : 20) + sep;
        lua_pop(L, 1);
        if (total > CONCAT_MAX)
            gb_raise(L, "table.concat: kết quả dài quá %d byte", (int)CONCAT_MAX);
    }
    gb_charge(L, (uint64_t)n + total / 16 + 1);
    return plain(L);
}

static int table_unpack(lua_State *L)
{
    lua_Integer n = table_arg(L, 1), first = luaL_optinteger(L, 2, 1), last = luaL_optinteger(L, 3, n);
    if (first < 0 || last > UNPACK_MAX)
        gb_raise(L, "table.unpack: tối đa %d phần tử", UNPACK_MAX);
    return plain(L);
}

static int table_move(lua_State *L)
{
    lua_Integer n = table_arg(L, 1), f = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3), t = luaL_checkinteger(L, 4);
    if (!lua_isnoneornil(L, 5))
        table_arg(L, 5);
    if (f < 1 || last > n || t < 1 || t > SORT_MAX)
        gb_raise(L, "table.move: vị trí nằm ngoài bảng");
    lua_settop(L, lua_isnoneornil(L, 5) ? 4 : 5);
    gb_charge(L, (uint64_t)n + 1);
    return plain(L);
}

/* ---- strings of any length: charged by length ---------------------------------------------------------------------------- */
static int by_length(lua_State *L)
{
    if (lua_type(L, 1) == LUA_TSTRING)
        gb_charge(L, lua_rawlen(L, 1) / 16 + 1);
    return plain(L);
}

static int string_rep(lua_State *L)
{
    size_t n = 0, sep = 0;
    luaL_checklstring(L, 1, &n);
    lua_Integer times = luaL_checkinteger(L, 2);
    luaL_optlstring(L, 3, "", &sep);
    if (times > (lua_Integer)REP_MAX || (times > 0 && (n + sep) * (size_t)times > REP_MAX))
        gb_raise(L, "string.rep: kết quả dài quá %d byte", (int)REP_MAX);
    gb_charge(L, times > 0 ? (uint64_t)times : 1);
    return plain(L);
}

/* %d and %s only, with a short width: no %p, no %q, no floats; what %s prints is a string or a whole number. */
static int string_format(lua_State *L)
{
    size_t n = 0;
    const char *f = luaL_checklstring(L, 1, &n), *end = f + n;
    int arg = 1;
    for (const char *p = f; p < end; p++) {
        if (*p != '%')
            continue;
        if (++p < end && *p == '%')
            continue;
        int width = 0;
        while (p < end && (*p == '-' || (*p >= '0' && *p <= '9')) && width < 3)
            p++, width++;
        if (p >= end || (*p != 'd' && *p != 's'))
            gb_raise(L, "string.format: chỉ dùng được %%d, %%s và %%%%");
        arg++;
        if (*p == 'd' && !lua_isinteger(L, arg))
            gb_raise(L, "string.format: %%d cần số nguyên");
        if (*p == 's' && lua_type(L, arg) != LUA_TSTRING && !lua_isinteger(L, arg))
            gb_raise(L, "string.format: %%s cần chuỗi hoặc số nguyên, gặp %s", luaL_typename(L, arg));
    }
    gb_charge(L, n + 1);
    return plain(L);
}

/* ---- assembly --------------------------------------------------------------------------------------------------------- */
/* Take `name` out of the library on the top of the stack, wrapped or (wrapper NULL) as it is, into table `to`. */
static void take(lua_State *L, int to, const char *name, lua_CFunction wrapper)
{
    if (lua_getfield(L, -1, name) == LUA_TNIL)
        gb_bug("standard library lacks a function");
    if (wrapper)
        lua_pushcclosure(L, wrapper, 1);
    lua_setfield(L, to, name);
}

void gb_open_base(lua_State *L, int env)
{
    static const char *const as_is[] = { "assert", "error", "ipairs", "rawequal", "rawlen", "select", "type" };
    lua_pushcfunction(L, luaopen_base);
    lua_call(L, 0, 1);
    for (size_t i = 0; i < sizeof as_is / sizeof *as_is; i++)
        take(L, env, as_is[i], NULL);
    lua_pop(L, 1);
    const luaL_Reg own[] = { { "next", sorted_next },
                             { "pairs", sorted_pairs },
                             { "tonumber", safe_tonumber },
                             { "tostring", safe_tostring },
                             { NULL, NULL } };
    luaL_setfuncs(L, own, 0);
    const luaL_Reg ints[] = { { "abs", int_abs }, { "add", int_add }, { "max", int_max }, { "min", int_min },
                              { "mul", int_mul }, { "sub", int_sub }, { NULL, NULL } };
    luaL_newlib(L, ints);
    lua_pushinteger(L, LUA_MAXINTEGER);
    lua_setfield(L, -2, "maxinteger");
    lua_pushinteger(L, LUA_MININTEGER);
    lua_setfield(L, -2, "mininteger");
    gb_read_only(L, "math");
    lua_setfield(L, env, "math");
}

void gb_open_table(lua_State *L, int env)
{
    lua_newtable(L);
    int to = lua_gettop(L);
    lua_pushcfunction(L, luaopen_table);
    lua_call(L, 0, 1);
    take(L, to, "concat", table_concat);
    take(L, to, "insert", table_shift);
    take(L, to, "move", table_move);
    take(L, to, "pack", NULL);
    take(L, to, "remove", table_shift);
    take(L, to, "sort", table_sort);
    take(L, to, "unpack", table_unpack);
    lua_settop(L, to);
    gb_read_only(L, "table");
    lua_setfield(L, env, "table");
    lua_newtable(L);
    to = lua_gettop(L);
    lua_pushcfunction(L, luaopen_utf8);
    lua_call(L, 0, 1);
    static const char *const counted[] = { "codepoint", "codes", "len", "offset" };
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
        take(L, to, counted[i], by_length);
    take(L, to, "char", NULL);
    take(L, to, "charpattern", NULL);
    lua_settop(L, to);
    gb_read_only(L, "utf8");
    lua_setfield(L, env, "utf8");
}

void gb_open_string(lua_State *L, int env)
{
    lua_newtable(L);
    int to = lua_gettop(L);
    lua_pushcfunction(L, luaopen_string);
    lua_call(L, 0, 1);
    static const char *const counted[] = { "byte", "char", "len", "lower", "sub", "upper" };
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
        take(L, to, counted[i], by_length);
    take(L, to, "rep", string_rep);
    take(L, to, "format", string_format);
    take(L, to, "find", gb_string_find);
    take(L, to, "match", gb_string_find);
    take(L, to, "gmatch", gb_string_gmatch);
    take(L, to, "gsub", gb_string_gsub);
    lua_settop(L, to);
    gb_read_only(L, "string");
    lua_pushvalue(L, -1);
    lua_setfield(L, env, "string");
    /* ("x"):rep(2) goes through the view too; no arithmetic on strings; the metatable is ours and locked. */
    lua_pushliteral(L, "");
    lua_createtable(L, 0, 2);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_settop(L, to - 1);
}
