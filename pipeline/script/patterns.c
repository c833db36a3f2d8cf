/* patterns.c — Lua patterns with a known worst case.
 *
 * A pattern with q repetitions tried at every position of n bytes takes up to n^(q+1) steps inside one C call that no hook sees
 * (".-.-.-b" on 500 bytes runs over half a minute). So the worst case is computed before, refused when it is large, and a part of it
 * charged to the budget. %b and back references look at up to n bytes for each try and count as a repetition.
 */
#include "script/sandbox.h"

static int plain(lua_State *L)
{
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/* Repetitions in a pattern; *anchored if it is tried at one place only. */
static int count_repetitions(const char *p, size_t n, bool *anchored)
{
    int q = 0;
    size_t i = 0;
    *anchored = n > 0 && p[0] == '^';
    for (; i < n; i++) {
        if (p[i] == '%' && i + 1 < n) {
            i++;
            if (p[i] == 'b' || (p[i] >= '0' && p[i] <= '9'))
                q++;
            if (p[i] == 'b')
                i += 2;
        } else if (p[i] == '[') {
            i++;
            if (i < n && p[i] == '^')
                i++;
            if (i < n && p[i] == ']')
                i++;
            for (; i < n && p[i] != ']'; i++)
                if (p[i] == '%')
                    i++;
        } else if (p[i] == '*' || p[i] == '+' || p[i] == '-' || p[i] == '?')
            q++;
    }
    return q;
}

static void check_pattern(lua_State *L, bool may_anchor)
{
    size_t n_subject = 0, n_pattern = 0;
    luaL_checklstring(L, 1, &n_subject);
    const char *p = luaL_checklstring(L, 2, &n_pattern);
    if (n_subject > GB_SUBJECT_MAX)
        gb_raise(L, "mẫu: chuỗi dài %d byte, tối đa %d", (int)n_subject, GB_SUBJECT_MAX);
    if (n_pattern > GB_PATTERN_MAX)
        gb_raise(L, "mẫu dài %d byte, tối đa %d", (int)n_pattern, GB_PATTERN_MAX);
    bool anchored = false;
    int q = count_repetitions(p, n_pattern, &anchored);
    if (q > GB_QUANTIFIERS_MAX)
        gb_raise(L, "mẫu có %d phép lặp, tối đa %d", q, GB_QUANTIFIERS_MAX);
    uint64_t steps = anchored && may_anchor ? 1 : n_subject + 1;
    for (int i = 0; i < q; i++)
        steps *= n_subject + 1; /* at most 4097^4 < 2^49 */
    if (steps > GB_MATCH_STEPS_MAX)
        gb_raise(L, "mẫu này có thể chạy quá lâu trên chuỗi %d byte; dùng ít phép lặp hơn", (int)n_subject);
    gb_charge(L, steps / 16 + n_subject + 1);
}

int gb_string_find(lua_State *L)
{
    check_pattern(L, true);
    return plain(L);
}

int gb_string_gmatch(lua_State *L)
{
    check_pattern(L, false);
    return plain(L);
}

int gb_string_gsub(lua_State *L)
{
    check_pattern(L, false);
    if (lua_type(L, 3) == LUA_TSTRING) {
        size_t n = lua_rawlen(L, 3);
        if (n > GB_SUBJECT_MAX)
            gb_raise(L, "gsub: chuỗi thay thế dài quá %d byte", GB_SUBJECT_MAX);
        gb_charge(L, n * (lua_rawlen(L, 1) + 1) / 16 + 1);
    }
    return plain(L);
}
