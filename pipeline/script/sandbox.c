/* sandbox.c — opening, feeding and stopping a Lua state.
 *
 * The state starts with nothing: the environment is built up from an empty table (stdlib.c), never by deleting names from a full
 * one. Memory is counted in the allocator, instructions in a hook. A script can catch an error with pcall; it can not catch a
 * used-up budget: our pcall looks at the state and rethrows, and after death the hook fires at every line and call, so that a
 * handler or a metamethod gets no further either. Should even that not help, `stuck` ends the process.
 * Rejected: relying on the count hook alone (five ways around it are known), and on an error value that scripts could forge.
 */
#include <stdio.h>
#include <stdlib.h>
#include "catalogue/words.h"
#include "script/sandbox.h"

static const char key_env = 0, key_names = 0;

struct gb_sandbox *gb_sandbox_of(lua_State *L)
{
    return *(struct gb_sandbox **)lua_getextraspace(L);
}

/* The one malloc of this room (STYLE.md "Memory"): counted and capped. */
static void *counted(void *ud, void *p, size_t old, size_t n)
{
    struct gb_sandbox *sb = ud;
    if (!p)
        old = 0;
    if (n == 0) {
        free(p);
        sb->used_bytes -= old;
        return NULL;
    }
    if (n > old && sb->used_bytes - old + n > sb->limit_bytes)
        return NULL;
    void *q = realloc(p, n);
    if (q)
        sb->used_bytes = sb->used_bytes - old + n;
    return q;
}

static void hook(lua_State *L, lua_Debug *ar);

static void die(lua_State *L, enum gb_sandbox_state why)
{
    struct gb_sandbox *sb = gb_sandbox_of(L);
    if (sb->dead == GB_SANDBOX_ALIVE)
        sb->dead = why;
    if (++sb->n_stuck > GB_STUCK_CHECKS && sb->stuck)
        sb->stuck();
    lua_sethook(L, hook, LUA_MASKLINE | LUA_MASKCALL | LUA_MASKCOUNT, 1);
    lua_pushliteral(L, "hết hạn mức");
    lua_error(L);
}

static void hook(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    struct gb_sandbox *sb = gb_sandbox_of(L);
    if (sb->dead == GB_SANDBOX_ALIVE && sb->left > GB_SCRIPT_HOOK) {
        sb->left -= GB_SCRIPT_HOOK;
        return;
    }
    die(L, GB_SANDBOX_NO_BUDGET);
}

void gb_charge(lua_State *L, uint64_t units)
{
    struct gb_sandbox *sb = gb_sandbox_of(L);
    if (sb->dead == GB_SANDBOX_ALIVE && units < sb->left) {
        sb->left -= units;
        return;
    }
    sb->left = 0;
    die(L, GB_SANDBOX_NO_BUDGET);
}

void gb_raise(lua_State *L, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    luaL_where(L, 1);
    lua_pushvfstring(L, fmt, ap);
    va_end(ap);
    lua_concat(L, 2);
    lua_error(L);
    gb_bug("lua_error returned");
}

/* ---- protected calls for scripts -------------------------------------------------------------------------------------- */
static int finish_call(lua_State *L, int status, int results_from)
{
    struct gb_sandbox *sb = gb_sandbox_of(L);
    if (status == LUA_ERRMEM && sb->dead == GB_SANDBOX_ALIVE)
        sb->dead = GB_SANDBOX_NO_MEMORY;
    if (status == LUA_ERRERR && sb->dead == GB_SANDBOX_ALIVE)
        sb->dead = GB_SANDBOX_NO_BUDGET;
    if (sb->dead != GB_SANDBOX_ALIVE)
        die(L, sb->dead);
    if (status == LUA_OK) {
        lua_pushboolean(L, 1);
        lua_replace(L, results_from);
        return lua_gettop(L) - results_from + 1;
    }
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    return 2;
}

static int safe_pcall(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushnil(L); /* place of the result flag */
    lua_insert(L, 1);
    return finish_call(L, lua_pcall(L, lua_gettop(L) - 2, LUA_MULTRET, 0), 1);
}

/* Not Lua's message handler: one that is called for an error raised by a hook runs with hooks switched off, so an endless loop
 * in it would never be looked at again. Ours is called after the unwinding; scripts have no traceback to lose. */
static int safe_xpcall(lua_State *L)
{
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushvalue(L, 1); /* f h args -> h nil f args: nil is the place of the result flag */
    lua_remove(L, 1);
    lua_insert(L, 2);
    lua_pushnil(L);
    lua_insert(L, 2);
    int n = finish_call(L, lua_pcall(L, lua_gettop(L) - 3, LUA_MULTRET, 0), 2);
    if (lua_toboolean(L, -n))
        return n;
    lua_pushvalue(L, 1);
    lua_insert(L, -2); /* false h message */
    n = finish_call(L, lua_pcall(L, 1, 1, 0), lua_gettop(L) - 2);
    lua_pushboolean(L, 0);
    lua_pushvalue(L, -2);
    return 2;
}

/* ---- read-only tables and the environment ------------------------------------------------------------------------------ */
static int refuse_write(lua_State *L)
{
    const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    gb_raise(L, "không được sửa %s (%s): phần này chỉ để đọc", lua_tostring(L, lua_upvalueindex(1)), key);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* upvalues: table, name. An unknown field is a slip of the author, so it is an error with a suggestion, not nil. */
static int read_field(lua_State *L)
{
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    const char *what = lua_tostring(L, lua_upvalueindex(2));
    if (lua_type(L, 2) != LUA_TSTRING)
        gb_raise(L, "không có mục này trong %s", what);
    const char *names[256];
    size_t n = 0;
    lua_settop(L, 2);
    luaL_checkstack(L, 300, NULL);
    lua_pushnil(L);
    while (n < 256 && lua_next(L, lua_upvalueindex(1))) {
        lua_pop(L, 1);
        if (lua_type(L, -1) == LUA_TSTRING)
            names[n++] = lua_tostring(L, -1);
    }
    qsort(names, n, sizeof *names, by_bytes);
    const char *near = gb_nearest(lua_tostring(L, 2), names, n);
    if (near)
        gb_raise(L, "không có \"%s\" trong %s; có phải là \"%s\"?", lua_tostring(L, 2), what, near);
    gb_raise(L, "không có \"%s\" trong %s", lua_tostring(L, 2), what);
}

/* The view that scripts hold and the table behind it, so that only we can add to it later. */
void gb_read_only(lua_State *L, const char *what)
{
    lua_newtable(L);          /* t view */
    lua_createtable(L, 0, 3); /* t view mt */
    lua_pushvalue(L, -3);
    lua_pushstring(L, what);
    lua_pushcclosure(L, read_field, 2);
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, what);
    lua_pushcclosure(L, refuse_write, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_remove(L, -2);
}

bool gb_is_plain_table(lua_State *L, int idx)
{
    if (lua_type(L, idx) != LUA_TTABLE)
        return false;
    if (!luaL_getmetafield(L, idx, "__metatable"))
        return true;
    lua_pop(L, 1);
    return false;
}

void gb_sandbox_set(lua_State *L, const char *name)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &key_names);
    lua_insert(L, -2);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

/* setmetatable that knows harmless fields only: no finalizers, weak tables, closing, protection games. */
static int safe_setmetatable(lua_State *L)
{
    if (!gb_is_plain_table(L, 1))
        gb_raise(L, "setmetatable: bảng này chỉ để đọc");
    if (!lua_isnil(L, 2)) {
        if (!gb_is_plain_table(L, 2))
            gb_raise(L, "setmetatable: tham số thứ hai phải là bảng hoặc nil");
        static const char *const bad[] = { "__gc", "__mode", "__close", "__metatable", "__name", "__tostring", "__pairs" };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
            lua_pushstring(L, bad[i]);
            if (lua_rawget(L, 2) != LUA_TNIL)
                gb_raise(L, "setmetatable: không được dùng %s", bad[i]);
            lua_pop(L, 1);
        }
        /* A copy: fields added to the table later have no effect, so the list above can not be passed by afterwards. */
        lua_newtable(L);
        lua_pushnil(L);
        while (lua_next(L, 2)) {
            gb_charge(L, 1);
            lua_pushvalue(L, -2);
            lua_insert(L, -2);
            lua_rawset(L, 3);
        }
        lua_replace(L, 2);
    }
    lua_settop(L, 2);
    lua_setmetatable(L, 1);
    return 1;
}

/* use "name": the table that reports/lib/name.lua returns, once a state, read-only. */
static int use(lua_State *L)
{
    struct gb_sandbox *sb = gb_sandbox_of(L);
    const char *name = luaL_checkstring(L, 1);
    const char *path = lua_pushfstring(L, "lib/%s.lua", name);
    if (lua_getfield(L, lua_upvalueindex(1), path) == LUA_TBOOLEAN)
        gb_raise(L, "use \"%s\": thư viện gọi vòng lại chính nó", name);
    if (!lua_isnil(L, -1))
        return 1;
    const struct gb_script_file *f = sb->sources ? gb_script_find(sb->sources, path) : NULL;
    if (!f)
        gb_raise(L, "use \"%s\": không có tệp reports/%s", name, path);
    lua_pushboolean(L, 1);
    lua_setfield(L, lua_upvalueindex(1), path);
    struct gb_err err = { 0 };
    if (gb_sandbox_load(sb, f, &err) != GB_OK) {
        char line[GB_ERR_TEXT];
        lua_pushstring(L, gb_err_line(&err, line, sizeof line));
        lua_error(L);
    }
    lua_call(L, 0, 1);
    if (!gb_is_plain_table(L, -1))
        gb_raise(L, "use \"%s\": tệp thư viện phải trả về một bảng", name);
    gb_read_only(L, path);
    lua_pushvalue(L, -1);
    lua_setfield(L, lua_upvalueindex(1), path);
    return 1;
}

static int build(lua_State *L)
{
    lua_newtable(L); /* names behind the environment */
    int names = lua_gettop(L);
    lua_pushvalue(L, names);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &key_names);
    gb_open_base(L, names);
    gb_open_string(L, names);
    gb_open_table(L, names);
    const luaL_Reg own[] = {
        { "pcall", safe_pcall }, { "xpcall", safe_xpcall }, { "setmetatable", safe_setmetatable }, { NULL, NULL }
    };
    luaL_setfuncs(L, own, 0);
    lua_newtable(L);
    lua_pushcclosure(L, use, 1);
    lua_setfield(L, names, "use");
    lua_pushvalue(L, names);
    gb_read_only(L, "các tên dùng chung");
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &key_env);
    lua_setfield(L, names, "_G");
    /* The state's own globals stay empty: a function that slips past the environment finds nothing there. */
    lua_newtable(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    return 0;
}

enum gb_code gb_sandbox_open(struct gb_sandbox *sb, const struct gb_script_sources *s, size_t memory_bytes, uint64_t instructions,
                             struct gb_err *e)
{
    void *host = sb->host;
    void (*stuck)(void) = sb->stuck;
    *sb = (struct gb_sandbox){ .sources = s,
                               .limit_bytes = memory_bytes ? memory_bytes : GB_SCRIPT_MEMORY,
                               .budget = instructions ? instructions : GB_SCRIPT_INSTRUCTIONS,
                               .host = host,
                               .stuck = stuck };
    sb->left = sb->budget;
    sb->L = lua_newstate(counted, sb);
    if (!sb->L)
        return gb_fail(e, GB_E_LIMIT, "không đủ bộ nhớ để mở môi trường Lua (%zu byte)", sb->limit_bytes);
    *(struct gb_sandbox **)lua_getextraspace(sb->L) = sb;
    lua_pushcfunction(sb->L, build);
    enum gb_code rc = gb_sandbox_call(sb, 0, 0, e);
    if (rc == GB_OK)
        lua_sethook(sb->L, hook, LUA_MASKCOUNT, GB_SCRIPT_HOOK);
    return rc;
}

void gb_sandbox_close(struct gb_sandbox *sb)
{
    if (!sb->L)
        return;
    lua_sethook(sb->L, NULL, 0, 0);
    lua_close(sb->L);
    sb->L = NULL;
}

static enum gb_code tell(struct gb_sandbox *sb, int status, struct gb_err *e)
{
    if (status == LUA_ERRMEM || sb->dead == GB_SANDBOX_NO_MEMORY) {
        sb->dead = GB_SANDBOX_NO_MEMORY;
        return gb_fail(e, GB_E_LIMIT, "định nghĩa dùng quá %zu byte bộ nhớ", sb->limit_bytes);
    }
    if (sb->dead == GB_SANDBOX_NO_BUDGET)
        return gb_fail(e, GB_E_LIMIT, "định nghĩa chạy quá %llu lệnh: có vòng lặp không dừng?", (unsigned long long)sb->budget);
    /* Only a string is read: lua_tostring would turn a number into text in place, and a table has no message. */
    const char *text = lua_type(sb->L, -1) == LUA_TSTRING ? lua_tostring(sb->L, -1) : NULL;
    return gb_fail(e, GB_E_REPORT, "%.1500s", text ? text : "lỗi không kèm lời giải thích: error() phải nhận một chuỗi");
}

enum gb_code gb_sandbox_call(struct gb_sandbox *sb, int n_args, int n_results, struct gb_err *e)
{
    lua_State *L = sb->L;
    int base = lua_gettop(L) - n_args - 1;
    int status = lua_pcall(L, n_args, n_results, 0);
    if (status == LUA_OK && sb->dead == GB_SANDBOX_ALIVE)
        return GB_OK;
    enum gb_code rc = tell(sb, status, e);
    lua_settop(L, base);
    return rc;
}

enum gb_code gb_sandbox_load(struct gb_sandbox *sb, const struct gb_script_file *f, struct gb_err *e)
{
    lua_State *L = sb->L;
    enum gb_code rc = gb_script_lex(f, NULL, NULL, e);
    if (rc != GB_OK)
        return rc;
    char chunk[256];
    snprintf(chunk, sizeof chunk, "=%s", f->path);
    int status = luaL_loadbufferx(L, f->text, f->n, chunk, "t");
    if (status != LUA_OK) {
        rc = tell(sb, status, e);
        lua_pop(L, 1);
        return rc;
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, &key_env);
    lua_setupvalue(L, -2, 1); /* _ENV */
    return GB_OK;
}
