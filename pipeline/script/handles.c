/* handles.c — what a script holds instead of numbers: indicators, values, states, regions, deadlines, actors.
 *
 * A value can be compared with another one of the same measure and printed by the document, and nothing else: turning it into
 * text would lose its identity and its unit, so tostring and `..` on it are errors that say what to write instead. Comparison is
 * exact across scales (gb_dec_cmp). A missing value is neither smaller nor greater nor equal: a trigger does not fire on a gap.
 */
#include <stdlib.h>
#include "catalogue/words.h"
#include "evaluation/breaks.h"
#include "script/host.h"

static const char cls_handle[] = "gb.indicator", cls_value[] = "gb.value", cls_state[] = "gb.state", cls_region[] = "gb.region",
                  cls_regions[] = "gb.regions", cls_span[] = "gb.span", cls_actor[] = "gb.actor";

struct judged { /* a state, and whose it is */
    enum gb_state state;
    struct gb_handle of;
};

struct gb_host *gb_host_of(lua_State *L)
{
    struct gb_host *h = gb_sandbox_of(L)->host;
    gb_assert(h);
    return h;
}

/* ---- classes ---------------------------------------------------------------------------------------------------------- */
static int class_index(lua_State *L) /* upvalues: methods, Vietnamese name */
{
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    const char *what = lua_tostring(L, lua_upvalueindex(2));
    if (lua_type(L, 2) != LUA_TSTRING)
        gb_raise(L, "%s không có mục này", what);
    const char *names[64];
    size_t n = 0;
    lua_settop(L, 2);
    luaL_checkstack(L, 80, NULL);
    for (lua_pushnil(L); n < 64 && lua_next(L, lua_upvalueindex(1));) {
        lua_pop(L, 1);
        names[n++] = lua_tostring(L, -1);
    }
    for (size_t i = 1; i < n; i++) /* few names: insertion sort, so that ties do not depend on hash order */
        for (size_t k = i; k > 0 && strcmp(names[k], names[k - 1]) < 0; k--) {
            const char *t = names[k];
            names[k] = names[k - 1];
            names[k - 1] = t;
        }
    const char *near = gb_nearest(lua_tostring(L, 2), names, n);
    if (near)
        gb_raise(L, "%s không có \"%s\"; có phải là \"%s\"?", what, lua_tostring(L, 2), near);
    gb_raise(L, "%s không có \"%s\"", what, lua_tostring(L, 2));
}

static int no_text(lua_State *L)
{
    gb_raise(L, "không đổi số liệu thành chữ trong định nghĩa; viết doc:text(\"... {} ...\", giá trị)");
}
static int no_set(lua_State *L)
{
    gb_raise(L, "phần này chỉ để đọc");
}

void gb_class_new(lua_State *L, const char *name, const char *what_vi, const luaL_Reg *methods, const luaL_Reg *meta)
{
    luaL_newmetatable(L, name);
    lua_newtable(L);
    luaL_setfuncs(L, methods, 0);
    lua_pushstring(L, what_vi);
    lua_pushcclosure(L, class_index, 2);
    lua_setfield(L, -2, "__index");
    const luaL_Reg common[] = { { "__newindex", no_set }, { "__tostring", no_text }, { "__concat", no_text }, { NULL, NULL } };
    luaL_setfuncs(L, common, 0);
    if (meta)
        luaL_setfuncs(L, meta, 0);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
}

static void *push_object(lua_State *L, size_t n, const char *cls)
{
    void *p = lua_newuserdatauv(L, n, 0);
    memset(p, 0, n);
    luaL_setmetatable(L, cls);
    return p;
}

void gb_push_handle(lua_State *L, int indicator_i, int region_i)
{
    *(struct gb_handle *)push_object(L, sizeof(struct gb_handle), cls_handle) = (struct gb_handle){ indicator_i, region_i };
}
void gb_push_value(lua_State *L, struct gb_value v)
{
    *(struct gb_value *)push_object(L, sizeof v, cls_value) = v;
}
void gb_push_state(lua_State *L, enum gb_state s)
{
    *(struct judged *)push_object(L, sizeof(struct judged), cls_state) = (struct judged){ s, { -1, -1 } };
}
static void push_state_of(lua_State *L, enum gb_state s, struct gb_handle x)
{
    *(struct judged *)push_object(L, sizeof(struct judged), cls_state) = (struct judged){ s, x };
}
static void push_region(lua_State *L, int region_i)
{
    *(int *)push_object(L, sizeof region_i, cls_region) = region_i;
}
void gb_push_regions(lua_State *L, const int *v, int n)
{
    struct gb_region_list *r = push_object(L, sizeof *r + (size_t)n * sizeof *v, cls_regions);
    r->n = n;
    if (n)
        memcpy(r->v, v, (size_t)n * sizeof *v);
}

const struct gb_handle *gb_to_handle(lua_State *L, int idx)
{
    return luaL_testudata(L, idx, cls_handle);
}
const struct gb_value *gb_to_value(lua_State *L, int idx)
{
    return luaL_testudata(L, idx, cls_value);
}
const struct gb_region_list *gb_to_regions(lua_State *L, int idx)
{
    return luaL_testudata(L, idx, cls_regions);
}
const struct gb_span *gb_to_span(lua_State *L, int idx)
{
    return luaL_testudata(L, idx, cls_span);
}
const struct gb_actor *gb_to_actor(lua_State *L, int idx)
{
    return luaL_testudata(L, idx, cls_actor);
}
bool gb_to_state(lua_State *L, int idx, enum gb_state *out)
{
    const struct judged *s = luaL_testudata(L, idx, cls_state);
    if (s)
        *out = s->state;
    return s != NULL;
}
bool gb_to_region(lua_State *L, int idx, int *region_i)
{
    const int *r = luaL_testudata(L, idx, cls_region);
    if (r)
        *region_i = *r;
    return r != NULL;
}

static struct gb_handle self(lua_State *L)
{
    const struct gb_handle *x = gb_to_handle(L, 1);
    if (!x)
        gb_raise(L, "gọi bằng dấu hai chấm: rate:value(), không phải rate.value()");
    return *x;
}

/* ---- an indicator of a region ------------------------------------------------------------------------------------------ */
const struct gb_eval *gb_handle_eval(const struct gb_host *h, const struct gb_handle *x)
{
    if (x->indicator_i < 0 || !h->ev)
        return NULL;
    const struct gb_eval *e = gb_eval_find(h->ev, x->indicator_i, x->region_i);
    return e && e->latest_i >= 0 ? e : NULL;
}

enum gb_state gb_level_of(const struct gb_host *h, int indicator_i, int region_i)
{
    struct gb_handle x = { indicator_i, region_i };
    const struct gb_eval *e = gb_handle_eval(h, &x);
    return e ? e->level : GB_STATE_NONE;
}

int gb_worse_first(const struct gb_host *h, struct gb_handle a, struct gb_handle b)
{
    enum gb_state sa = gb_level_of(h, a.indicator_i, a.region_i), sb = gb_level_of(h, b.indicator_i, b.region_i);
    if (sa != sb)
        return sa > sb ? -1 : 1;
    const struct gb_eval *ea = gb_handle_eval(h, &a), *eb = gb_handle_eval(h, &b);
    if (ea && eb && ea->stuck != eb->stuck)
        return ea->stuck ? -1 : 1;
    int64_t ba = ea && ea->pace_ok && ea->attain_ok ? ea->behind_pct : 0,
            bb = eb && eb->pace_ok && eb->attain_ok ? eb->behind_pct : 0;
    if (ba != bb)
        return ba > bb ? -1 : 1;
    if (a.indicator_i != b.indicator_i)
        return a.indicator_i < b.indicator_i ? -1 : 1;
    enum gb_direction way = h->c->indicator[a.indicator_i].direction;
    if (ea && eb && ea->value != eb->value &&
        way != GB_BAND) /* of one state the figure decides: the fullest, the slowest place */
        return (ea->value > eb->value) == (way != GB_UP_GOOD) ? -1 : 1;
    return (a.region_i > b.region_i) - (a.region_i < b.region_i);
}

static int derived(lua_State *L, enum gb_derivation how)
{
    struct gb_handle x = self(L);
    struct gb_host *h = gb_host_of(L);
    if (x.indicator_i < 0 || !h->ev) {
        struct gb_value v = gb_value_missing(GB_MISS_NO_DATA);
        gb_push_value(L, v);
    } else
        gb_push_value(L, gb_value_of(h->ev, x.indicator_i, x.region_i, how));
    return 1;
}
static int m_value(lua_State *L)
{
    return derived(L, GB_D_VALUE);
}
static int m_change(lua_State *L)
{
    return derived(L, GB_D_PREV_PCT);
}
static int m_difference(lua_State *L)
{
    return derived(L, GB_D_PREV_DIFF);
}
static int m_same_period(lua_State *L)
{
    return derived(L, GB_D_YEAR_PCT);
}
static int m_year_difference(lua_State *L)
{
    return derived(L, GB_D_YEAR_DIFF);
}
static int m_ytd(lua_State *L)
{
    return derived(L, GB_D_YTD);
}
static int m_ytd_change(lua_State *L)
{
    return derived(L, GB_D_YTD_PCT);
}
static int m_target(lua_State *L)
{
    return derived(L, GB_D_TARGET);
}
static int m_attainment(lua_State *L)
{
    return derived(L, GB_D_ATTAINMENT);
}
static int m_pace(lua_State *L)
{
    return derived(L, GB_D_PACE);
}
static int m_behind(lua_State *L)
{
    return derived(L, GB_D_BEHIND);
}
static int m_rank(lua_State *L)
{
    return derived(L, GB_D_RANK);
}
static int m_rank_change(lua_State *L)
{
    return derived(L, GB_D_RANK_CHANGE);
}
static int m_expected(lua_State *L)
{
    return derived(L, GB_D_EXPECTED);
}
static int m_needed(lua_State *L)
{
    return derived(L, GB_D_NEEDED);
}
static int m_chance(lua_State *L)
{
    return derived(L, GB_D_CHANCE);
}
static int m_age(lua_State *L)
{
    return derived(L, GB_D_AGE);
}
static int m_threshold(lua_State *L)
{
    return derived(L, GB_D_THRESHOLD);
}

static int m_state(lua_State *L)
{
    struct gb_handle x = self(L);
    struct gb_host *h = gb_host_of(L);
    const struct gb_eval *e = gb_handle_eval(h, &x);
    push_state_of(L, e ? gb_state_now(e) : GB_NO_DATA, x);
    return 1;
}
static int m_level(lua_State *L)
{
    struct gb_handle x = self(L);
    push_state_of(L, gb_level_of(gb_host_of(L), x.indicator_i, x.region_i), x);
    return 1;
}
/* The step that is shown: by the log of episodes, so that it does not flicker. Not for triggers, which speak of the value. */
static int m_shown(lua_State *L)
{
    struct gb_handle x = self(L);
    const struct gb_eval *e = gb_handle_eval(gb_host_of(L), &x);
    push_state_of(L, e ? e->state : GB_NO_DATA, x);
    return 1;
}
static int m_held(lua_State *L)
{
    struct gb_handle x = self(L);
    const struct gb_eval *e = gb_handle_eval(gb_host_of(L), &x);
    lua_pushboolean(L, e && gb_eval_held(e));
    return 1;
}
static int m_stuck(lua_State *L)
{
    struct gb_handle x = self(L);
    const struct gb_eval *e = gb_handle_eval(gb_host_of(L), &x);
    gb_host_of(L)->held = x;
    lua_pushboolean(L, e && e->stuck);
    return 1;
}
static int m_unusual(lua_State *L)
{
    struct gb_handle x = self(L);
    const struct gb_eval *e = gb_handle_eval(gb_host_of(L), &x);
    if (e && e->unusual > GB_USUAL)
        lua_pushstring(L, gb_unusual_vi(e->unusual));
    else
        lua_pushnil(L);
    return 1;
}
static int m_exists(lua_State *L)
{
    struct gb_handle x = self(L);
    lua_pushboolean(L, gb_handle_eval(gb_host_of(L), &x) != NULL);
    return 1;
}
static int m_overdue(lua_State *L)
{
    struct gb_handle x = self(L);
    const struct gb_eval *e = gb_handle_eval(gb_host_of(L), &x);
    lua_pushboolean(L, e && e->overdue);
    return 1;
}
static int m_period(lua_State *L)
{
    struct gb_handle x = self(L);
    struct gb_host *h = gb_host_of(L);
    const struct gb_eval *e = gb_handle_eval(h, &x);
    gb_push_value(L, e ? gb_value_period(h->c->indicator[x.indicator_i].freq, e->period) : gb_value_missing(GB_MISS_NO_DATA));
    return 1;
}
static int m_name(lua_State *L)
{
    struct gb_handle x = self(L);
    lua_pushstring(L, x.indicator_i < 0 ? "" : gb_host_of(L)->c->indicator[x.indicator_i].name_vi);
    return 1;
}
static int m_code(lua_State *L)
{
    struct gb_handle x = self(L);
    lua_pushstring(L, x.indicator_i < 0 ? "" : gb_host_of(L)->c->indicator[x.indicator_i].code);
    return 1;
}
static int m_unit(lua_State *L)
{
    struct gb_handle x = self(L);
    lua_pushstring(L, x.indicator_i < 0 ? "" : gb_host_of(L)->c->indicator[x.indicator_i].unit_vi);
    return 1;
}
static int m_region(lua_State *L)
{
    push_region(L, self(L).region_i);
    return 1;
}

static int m_at(lua_State *L)
{
    struct gb_handle x = self(L);
    struct gb_host *h = gb_host_of(L);
    int region = -1;
    if (!gb_to_region(L, 2, &region))
        region = gb_region_find(h->c, luaL_checkstring(L, 2));
    if (region < 0)
        gb_raise(L, "không có địa bàn \"%s\" trong regions.csv", lua_tostring(L, 2));
    gb_push_handle(L, x.indicator_i, region);
    return 1;
}

/* How many of the last periods in a row are at or above a step; a gap ends the row. */
static int m_lasting(lua_State *L)
{
    struct gb_handle x = self(L);
    struct gb_host *h = gb_host_of(L);
    enum gb_state step = GB_WARNING;
    if (!gb_to_state(L, 2, &step))
        gb_raise(L, "lasting cần một mức: rate:lasting(gb.warning)");
    const struct gb_eval *e = gb_handle_eval(h, &x);
    const struct gb_series *s = e ? gb_cube_series(h->ev->cube, x.indicator_i, x.region_i) : NULL;
    lua_Integer n = 0;
    h->held = x; /* what is asked for is a number, whose comparison Lua makes itself */
    for (int64_t i = s ? e->latest_i : -1; i >= 0 && n < 1000; i--, n++) {
        if (!gb_counts(s, i) || (i < e->latest_i && s->period[i] + 1 != s->period[i + 1]))
            break;
        if (!gb_stands_at(gb_judge_at(h->c, s, i), step))
            break;
    }
    lua_pushinteger(L, n);
    return 1;
}

/* How many periods in a row the value went up (or down). */
static int run_length(lua_State *L, int sign)
{
    struct gb_handle x = self(L);
    struct gb_host *h = gb_host_of(L);
    const struct gb_eval *e = gb_handle_eval(h, &x);
    const struct gb_series *s = e ? gb_cube_series(h->ev->cube, x.indicator_i, x.region_i) : NULL;
    lua_Integer n = 0;
    h->held = x;
    for (int64_t i = s ? e->latest_i : 0; i > 0 && n < 1000; i--, n++) {
        if (!gb_counts(s, i - 1) || s->period[i - 1] + 1 != s->period[i] ||
            gb_break_between(h->c, x.indicator_i, x.region_i, s->period[i - 1], s->period[i]))
            break;
        if (sign > 0 ? s->value[i] <= s->value[i - 1] : s->value[i] >= s->value[i - 1])
            break;
    }
    lua_pushinteger(L, n);
    return 1;
}
static int m_rising(lua_State *L)
{
    return run_length(L, 1);
}
static int m_falling(lua_State *L)
{
    return run_length(L, -1);
}

static int handle_eq(lua_State *L)
{
    const struct gb_handle *a = gb_to_handle(L, 1), *b = gb_to_handle(L, 2);
    lua_pushboolean(L, a && b && a->indicator_i == b->indicator_i && a->region_i == b->region_i);
    return 1;
}

/* ---- values and states ------------------------------------------------------------------------------------------------ */
/* 'p' points of percent, '%' percent, 'n' any other measure. */
static char measure(const struct gb_value *v)
{
    return gb_streq(v->unit, "điểm %") ? 'p' : gb_streq(v->unit, "%") ? '%' : 'n';
}

static const char *measure_vi(char m)
{
    return m == 'p' ? "điểm % (gb.points)" : m == '%' ? "% (gb.percent)" : "số lượng (gb.number)";
}

/* -1 0 1, or 2 when there is nothing to compare. Raises for different measures. */
static int compare(lua_State *L)
{
    enum gb_state sa, sb;
    if (gb_to_state(L, 1, &sa) && gb_to_state(L, 2, &sb)) {
        bool judged = gb_stands_at(sa, GB_GOOD) && gb_stands_at(sb, GB_GOOD);
        return judged ? (sa > sb) - (sa < sb) : sa == sb ? 0 : 2;
    }
    const struct gb_value *a = gb_to_value(L, 1), *b = gb_to_value(L, 2);
    if (!a || !b)
        gb_raise(
            L,
            "chỉ so sánh giá trị với giá trị (gb.points, gb.percent, gb.number) và mức với mức (gb.warning), không so %s với %s",
            luaL_typename(L, 1), luaL_typename(L, 2));
    if (a->kind == GB_V_MISSING || b->kind == GB_V_MISSING)
        return 2;
    if (a->kind == GB_V_PERIOD && b->kind == GB_V_PERIOD && a->freq == b->freq)
        return (a->period > b->period) - (a->period < b->period);
    if (a->kind != GB_V_NUM || b->kind != GB_V_NUM)
        gb_raise(L, "hai giá trị này không so sánh được với nhau");
    if (measure(a) != measure(b))
        gb_raise(L, "không so sánh %s với %s", measure_vi(measure(a)), measure_vi(measure(b)));
    int c = gb_dec_cmp(a->num, a->scale, b->num, b->scale);
    return (c > 0) - (c < 0);
}
/* The answer of a comparison; one that holds is remembered with its figure (convene.c). */
static int answer(lua_State *L, bool holds)
{
    for (int i = 1; holds && i <= 2; i++) {
        const struct gb_value *v = gb_to_value(L, i);
        const struct judged *s = luaL_testudata(L, i, cls_state);
        struct gb_handle x = v   ? (struct gb_handle){ v->fact.indicator_i, v->fact.region_i }
                             : s ? s->of
                                 : (struct gb_handle){ -1, -1 };
        if (x.indicator_i >= 0)
            gb_host_of(L)->held = x;
    }
    lua_pushboolean(L, holds);
    return 1;
}
static int value_lt(lua_State *L)
{
    return answer(L, compare(L) == -1);
}
static int value_le(lua_State *L)
{
    int c = compare(L);
    return answer(L, c == -1 || c == 0);
}
static int value_eq(lua_State *L)
{
    return answer(L, compare(L) == 0);
}
static int value_missing(lua_State *L)
{
    const struct gb_value *v = luaL_checkudata(L, 1, cls_value);
    lua_pushboolean(L, v->kind == GB_V_MISSING);
    return 1;
}

/* A decimal written by an author: 10 or "12,5". */
static struct gb_value constant(lua_State *L, const char *unit)
{
    struct gb_value v = { .kind = GB_V_NUM, .unit = unit, .fact = { .indicator_i = -1, .region_i = -1 } };
    if (lua_isinteger(L, 1)) {
        v.num = lua_tointeger(L, 1);
        return v;
    }
    size_t n = 0;
    const char *s = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &n) : "";
    bool rounded = false;
    if (gb_dec_parse(s, n, ',', '.', 6, &v.num, &rounded) != GB_NUM_OK || rounded)
        gb_raise(L, "cần số nguyên hoặc chuỗi như \"12,5\" (dấu phẩy thập phân, tối đa sáu chữ số thập phân)");
    v.scale = 6;
    const char *comma = memchr(s, ',', n);
    v.decimals = comma ? (uint8_t)(s + n - comma - 1) : 0;
    return v;
}
static int c_points(lua_State *L)
{
    gb_push_value(L, constant(L, "điểm %"));
    return 1;
}
static int c_percent(lua_State *L)
{
    gb_push_value(L, constant(L, "%"));
    return 1;
}
static int c_number(lua_State *L)
{
    gb_push_value(L, constant(L, NULL));
    return 1;
}

/* ---- regions ---------------------------------------------------------------------------------------------------------- */
static int region_eq(lua_State *L)
{
    int a = -1, b = -2;
    lua_pushboolean(L, gb_to_region(L, 1, &a) && gb_to_region(L, 2, &b) && a == b);
    return 1;
}
static int region_name(lua_State *L)
{
    int r = -1;
    if (!gb_to_region(L, 1, &r))
        gb_raise(L, "name là của một địa bàn");
    lua_pushstring(L, gb_region_label(gb_host_of(L), r));
    return 1;
}

static int regions_len(lua_State *L)
{
    const struct gb_region_list *r = luaL_checkudata(L, 1, cls_regions);
    lua_pushinteger(L, r->n);
    return 1;
}

/* regions:worst(n, rate), :best(n, rate): by place among communes of the newest common period; equal places by code order. */
struct ranked {
    int region, rank;
};
static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    return x->rank != y->rank ? (x->rank > y->rank) - (x->rank < y->rank) : (x->region > y->region) - (x->region < y->region);
}
static int pick(lua_State *L, bool worst)
{
    const struct gb_region_list *r = luaL_checkudata(L, 1, cls_regions);
    lua_Integer want = luaL_checkinteger(L, 2);
    const struct gb_handle *x = gb_to_handle(L, 3);
    if (!x)
        gb_raise(L, "cần chỉ số để xếp: s:communes():worst(15, rate)");
    if (want < 1 || want > 500)
        gb_raise(L, "số địa bàn phải từ 1 đến 500");
    struct gb_host *h = gb_host_of(L);
    struct ranked *v = GB_NEW_N(h->a, (size_t)r->n + 1, struct ranked);
    int n = 0;
    for (int i = 0; i < r->n; i++) {
        struct gb_handle at = { x->indicator_i, r->v[i] };
        const struct gb_eval *e = gb_handle_eval(h, &at);
        if (e && e->rank > 0)
            v[n++] = (struct ranked){ r->v[i], worst ? -e->rank : e->rank };
    }
    qsort(v, (size_t)n, sizeof *v, by_rank);
    if (n > want)
        n = (int)want;
    int *out = GB_NEW_N(h->a, (size_t)n + 1, int);
    for (int i = 0; i < n; i++)
        out[i] = v[i].region;
    gb_push_regions(L, out, n);
    return 1;
}
static int regions_worst(lua_State *L)
{
    return pick(L, true);
}
static int regions_best(lua_State *L)
{
    return pick(L, false);
}

static const luaL_Reg regions_methods[] = { { "worst", regions_worst }, { "best", regions_best }, { NULL, NULL } };
static int regions_index(lua_State *L) /* list[i] or a method */
{
    const struct gb_region_list *r = luaL_checkudata(L, 1, cls_regions);
    if (lua_isinteger(L, 2)) {
        lua_Integer i = lua_tointeger(L, 2);
        if (i >= 1 && i <= r->n)
            push_region(L, r->v[i - 1]);
        else
            lua_pushnil(L);
        return 1;
    }
    const char *k = luaL_checkstring(L, 2);
    for (const luaL_Reg *m = regions_methods; m->name; m++)
        if (gb_streq(k, m->name)) {
            lua_pushcfunction(L, m->func);
            return 1;
        }
    gb_raise(L, "danh sách địa bàn không có \"%s\"; có worst, best, #danh_sách, danh_sách[i]", k);
}

/* ---- deadlines and actors ---------------------------------------------------------------------------------------------- */
static int span(lua_State *L, int per, char unit)
{
    lua_Integer n = luaL_checkinteger(L, 1);
    if (n < 1 || n > 366)
        gb_raise(L, "thời hạn phải từ 1 đến 366");
    *(struct gb_span *)push_object(L, sizeof(struct gb_span), cls_span) = (struct gb_span){ (int)n * per, unit };
    return 1;
}
static int c_hours(lua_State *L)
{
    return span(L, 1, 'h');
}
static int c_days(lua_State *L)
{
    return span(L, 1, 'd');
}
static int c_weeks(lua_State *L)
{
    return span(L, 7, 'd');
}

static void push_actor(lua_State *L, char kind, int i)
{
    *(struct gb_actor *)push_object(L, sizeof(struct gb_actor), cls_actor) = (struct gb_actor){ kind, i };
}
/* An agency by its code, or the agency of that kind where a locality has its own code. */
static int c_agency(lua_State *L)
{
    const char *code = luaL_checkstring(L, 1);
    const struct gb_catalogue *c = gb_host_of(L)->c;
    int i = gb_agency_find(c, code);
    for (int k = 0; i < 0 && k < c->n_agencies; k++)
        if (gb_streq(c->agency[k].kind, code))
            i = k;
    if (i < 0)
        gb_raise(L, "agencies.csv của địa phương không có cơ quan \"%s\"; dùng gb.owner(\"mã chỉ số\")", code);
    push_actor(L, 'a', i);
    return 1;
}
static int c_owner(lua_State *L)
{
    const char *code = luaL_checkstring(L, 1);
    int i = gb_indicator_find(gb_host_of(L)->c, code);
    if (i < 0 && !gb_may_be_absent(gb_host_of(L)->c, code, strlen(code)))
        gb_raise(L, "không có chỉ số \"%s\"", code);
    push_actor(L, i < 0 ? 'l' : 'i', i); /* a subject that this locality does not measure: its scenario's lead */
    return 1;
}

static void constants(lua_State *L)
{
    static const struct {
        const char *name;
        enum gb_state s;
    } states[] = { { "good", GB_GOOD },           { "watch", GB_WATCH },     { "warning", GB_WARNING }, { "danger", GB_DANGER },
                   { "emergency", GB_EMERGENCY }, { "no_data", GB_NO_DATA }, { "overdue", GB_OVERDUE } };
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        gb_push_state(L, states[i].s);
        lua_setfield(L, -2, states[i].name);
    }
    static const struct {
        const char *name;
        char kind;
    } actors[] = { { "lead", 'l' }, { "chair", 'c' }, { "office", 'o' }, { "commune_committees", 'u' } };
    for (size_t i = 0; i < sizeof actors / sizeof *actors; i++) {
        push_actor(L, actors[i].kind, -1);
        lua_setfield(L, -2, actors[i].name);
    }
}

void gb_open_handles(lua_State *L)
{
    const luaL_Reg none[] = { { NULL, NULL } };
    const luaL_Reg handle[] = { { "value", m_value },
                                { "change", m_change },
                                { "difference", m_difference },
                                { "same_period", m_same_period },
                                { "year_difference", m_year_difference },
                                { "ytd", m_ytd },
                                { "ytd_change", m_ytd_change },
                                { "target", m_target },
                                { "attainment", m_attainment },
                                { "pace", m_pace },
                                { "behind_pace", m_behind },
                                { "against_pace", m_behind },
                                { "rank", m_rank },
                                { "rank_change", m_rank_change },
                                { "outlook", m_expected },
                                { "needed", m_needed },
                                { "chance", m_chance },
                                { "age", m_age },
                                { "threshold", m_threshold },
                                { "state", m_state },
                                { "level", m_level },
                                { "shown", m_shown },
                                { "held", m_held },
                                { "stuck", m_stuck },
                                { "unusual", m_unusual },
                                { "exists", m_exists },
                                { "overdue", m_overdue },
                                { "period", m_period },
                                { "name", m_name },
                                { "code", m_code },
                                { "unit", m_unit },
                                { "region", m_region },
                                { "at", m_at },
                                { "lasting", m_lasting },
                                { "rising", m_rising },
                                { "falling", m_falling },
                                { NULL, NULL } };
    const luaL_Reg handle_meta[] = { { "__eq", handle_eq }, { NULL, NULL } };
    const luaL_Reg value[] = { { "missing", value_missing }, { NULL, NULL } };
    const luaL_Reg order[] = { { "__lt", value_lt }, { "__le", value_le }, { "__eq", value_eq }, { NULL, NULL } };
    const luaL_Reg region[] = { { "name", region_name }, { NULL, NULL } };
    const luaL_Reg region_meta[] = { { "__eq", region_eq }, { NULL, NULL } };
    const luaL_Reg regions_meta[] = { { "__index", regions_index }, { "__len", regions_len }, { NULL, NULL } };
    gb_class_new(L, cls_handle, "chỉ số", handle, handle_meta);
    gb_class_new(L, cls_value, "giá trị", value, order);
    gb_class_new(L, cls_state, "mức", none, order);
    gb_class_new(L, cls_region, "địa bàn", region, region_meta);
    gb_class_new(L, cls_regions, "danh sách địa bàn", none, regions_meta);
    gb_class_new(L, cls_span, "thời hạn", none, NULL);
    gb_class_new(L, cls_actor, "người thực hiện", none, NULL);
    const luaL_Reg make[] = { { "points", c_points }, { "percent", c_percent }, { "number", c_number },
                              { "hours", c_hours },   { "days", c_days },       { "weeks", c_weeks },
                              { "agency", c_agency }, { "owner", c_owner },     { NULL, NULL } };
    luaL_setfuncs(L, make, 0);
    constants(L);
}
