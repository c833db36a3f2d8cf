/* locality.c — locality.lua: data in Lua's clothes.
 *
 * The file may only return a table. It runs in a fresh state with no library at all (not even base: no print, no pairs, no
 * setmetatable, no string methods), text chunks only, 1 MiB of memory and 100,000 instructions. Lua reports its own errors by
 * longjmp, so everything that may raise one runs inside one protected call, and what it makes lives in the catalogue's arena. */
#include <stdlib.h>
#include <lua.h>
#include <lauxlib.h>
#include "catalogue/load.h"

#define LUA_MAX_BYTES ((size_t)1 << 20)
#define LUA_MAX_STEPS 100000

struct reader {
    struct gb_load *l;
    const char *file, *src;
    size_t n;
    size_t used;
};

/* Lua's allocator with a cap: a refusal becomes Lua's own "not enough memory". */
static void *lua_memory(void *ud, void *p, size_t old, size_t want)
{
    struct reader *r = ud;
    size_t had = p ? old : 0;
    if (want == 0) {
        r->used -= had;
        free(p);
        return NULL;
    }
    if (r->used - had + want > LUA_MAX_BYTES)
        return NULL;
    void *q = realloc(p, want);
    if (q)
        r->used = r->used - had + want;
    return q;
}

static void on_steps(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    luaL_error(L, "chạy quá %d lệnh", LUA_MAX_STEPS);
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* `key` as a whole word before an equals sign in [p, stop)? */
static bool assigns(const char *p, const char *stop, const char *key)
{
    size_t k = strlen(key);
    for (const char *at = p; (size_t)(stop - at) > k; at++) {
        if (memcmp(at, key, k) != 0 || (at > p && is_name_char(at[-1])))
            continue;
        const char *q = at + k;
        while (q < stop && (*q == ' ' || *q == '\t'))
            q++;
        if (q < stop && *q == '=')
            return true;
    }
    return false;
}

/* First line on which `key =` stands, for messages (a table knows no lines); 0 if there is none. */
static int line_of(const struct reader *r, const char *key)
{
    int line = 1;
    for (const char *p = r->src, *end = r->src + r->n; p < end; line++) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        const char *stop = nl ? nl : end;
        bool comment = stop - p >= 2 && p[0] == '-' && p[1] == '-';
        if (!comment && assigns(p, stop, key))
            return line;
        p = nl ? nl + 1 : end;
    }
    return 0;
}

static struct gb_at at_key(const struct reader *r, const char *key)
{
    return (struct gb_at){ r->file, line_of(r, key), key };
}

/* Text at the top of the stack, checked; "" and a note when it is something else. Pops it. */
static const char *take_text(lua_State *L, struct reader *r, const char *key)
{
    const char *out = "";
    if (lua_type(L, -1) != LUA_TSTRING)
        gb_note(r->l, true, at_key(r, key), lua_typename(L, lua_type(L, -1)), "chuỗi chữ trong ngoặc kép", "sửa giá trị này");
    else {
        size_t n;
        const char *s = lua_tolstring(L, -1, &n);
        enum gb_text_fault f = gb_text_check(s, n, NULL);
        if (f != GB_TEXT_OK)
            gb_note(r->l, true, at_key(r, key), NULL,
                    gb_sprintf(&r->l->c->arena, "chữ UTF-8 sạch (ở đây: %s)", gb_text_fault_vi(f)), "gõ lại giá trị này");
        else if (!gb_is_nfc(s, n))
            gb_note(r->l, true, at_key(r, key), s, "chữ Unicode dựng sẵn (NFC)", "gõ lại bằng bộ gõ Unicode dựng sẵn");
        else
            out = gb_strndup(&r->l->c->arena, s, n);
    }
    lua_pop(L, 1);
    return out;
}

static const char absent[] = ""; /* its address tells "not there" from an empty text */

/* t[key] of the table at `index` as text; `absent` if there is none. */
static const char *text_field(lua_State *L, int index, struct reader *r, const char *key)
{
    lua_pushstring(L, key);
    if (lua_rawget(L, index) == LUA_TNIL) {
        lua_pop(L, 1);
        return absent;
    }
    return take_text(L, r, key);
}

/* t[key] as a sequence, left on the stack; its length, or -1 (nothing on the stack) when absent or no table. */
static int list_field(lua_State *L, int index, struct reader *r, const char *key)
{
    lua_pushstring(L, key);
    int type = lua_rawget(L, index);
    if (type == LUA_TTABLE)
        return (int)lua_rawlen(L, -1);
    if (type != LUA_TNIL)
        gb_note(r->l, true, at_key(r, key), lua_typename(L, type), "một bảng { ... }", "đặt giá trị trong ngoặc nhọn");
    lua_pop(L, 1);
    return -1;
}

/* t.recipients of the table at `index`, as lines; *n = -1 when there are none. */
static const char **read_recipients(lua_State *L, int index, struct reader *r, int *n)
{
    *n = list_field(L, index, r, "recipients");
    if (*n < 0)
        return NULL;
    const char **out = GB_NEW_N(&r->l->c->arena, (size_t)*n, const char *);
    for (int i = 1; i <= *n; i++) {
        lua_rawgeti(L, -1, i);
        out[i - 1] = take_text(L, r, "recipients");
    }
    lua_pop(L, 1);
    return out;
}

/* Indicators of one break; the break's table is on the top of the stack. */
static void break_indicators(lua_State *L, struct reader *r, struct gb_break *b)
{
    struct gb_load *l = r->l;
    int top = lua_gettop(L);
    int n = list_field(L, top, r, "indicators");
    if (n < 0)
        return;
    b->indicator = GB_NEW_N(&l->c->arena, (size_t)n, int);
    for (int i = 1; i <= n; i++) {
        lua_rawgeti(L, -1, i);
        const char *code = take_text(L, r, "series_breaks");
        int at = gb_indicator_find(l->c, code);
        size_t n_known;
        const char *const *known = gb_indicator_codes(l, &n_known);
        if (at >= 0)
            b->indicator[b->n_indicators++] = at;
        else if (!gb_may_be_absent(l->c, code, strlen(code)))
            gb_note(l, true, at_key(r, "series_breaks"), code, "mã chỉ số có trong indicators.csv",
                    gb_did_you_mean(l, code, known, n_known, "thêm chỉ số đó hoặc xóa khỏi series_breaks"));
    }
    lua_pop(L, 1);
}

/* area = "province": not only the communes, the province itself is another area since. */
static void break_area(lua_State *L, struct reader *r, struct gb_break *b)
{
    const char *area = text_field(L, lua_gettop(L), r, "area");
    b->province = gb_streq(area, "province");
    if (*area && !b->province && !gb_streq(area, "commune"))
        gb_note(r->l, true, at_key(r, "series_breaks"), area, "area là \"province\" hoặc \"commune\"",
                "ghi \"province\" khi chính tỉnh đổi địa bàn; bỏ dòng này khi chỉ cấp xã");
    else if (*area && b->n_indicators > 0)
        gb_note(r->l, true, at_key(r, "series_breaks"), area, "mốc địa bàn (area) hoặc mốc định nghĩa (indicators), không cả hai",
                "tách thành hai mốc");
}

static void read_breaks(lua_State *L, struct reader *r)
{
    struct gb_locality *loc = &r->l->c->locality;
    int n = list_field(L, 1, r, "series_breaks");
    if (n < 0)
        return;
    loc->breaks = GB_NEW_N(&r->l->c->arena, (size_t)n, struct gb_break);
    for (int i = 1; i <= n; i++) {
        if (lua_rawgeti(L, -1, i) != LUA_TTABLE) {
            gb_note(r->l, true, at_key(r, "series_breaks"), NULL, "mỗi mốc là một bảng { date = ..., text = ... }",
                    "sửa mốc này");
            lua_pop(L, 1);
            continue;
        }
        struct gb_break *b = &loc->breaks[loc->n_breaks++];
        const char *date = text_field(L, lua_gettop(L), r, "date");
        if (!gb_date_parse(date, strlen(date), &b->date))
            gb_note(r->l, true, at_key(r, "series_breaks"), date, "date dạng NNNN-TT-NN", "sửa ngày của mốc");
        b->text = text_field(L, lua_gettop(L), r, "text");
        break_indicators(L, r, b);
        break_area(L, r, b);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

/* What was called by the name of an indicator before the day from which it is measured is another figure. */
static void add_starts(struct gb_catalogue *c)
{
    int n = 0;
    for (int i = 0; i < c->n_indicators; i++)
        n += c->indicator[i].valid_from.year != 0;
    if (!n)
        return;
    struct gb_break *all = GB_NEW_N(&c->arena, (size_t)(c->locality.n_breaks + n), struct gb_break);
    for (int i = 0; i < c->locality.n_breaks; i++)
        all[i] = c->locality.breaks[i];
    c->locality.breaks = all;
    for (int i = 0; i < c->n_indicators; i++) {
        if (!c->indicator[i].valid_from.year)
            continue;
        int *only = GB_NEW_N(&c->arena, 1, int);
        *only = i;
        all[c->locality.n_breaks++] = (struct gb_break){ .date = c->indicator[i].valid_from,
                                                         .text = "ngày chỉ số bắt đầu được đo",
                                                         .indicator = only,
                                                         .n_indicators = 1,
                                                         .starts = true };
    }
}

/* A key we do not know is a mistyped one or a note: warned, in the order of names. */
static void unknown_keys(lua_State *L, int index, struct reader *r, const char *const *known, size_t n)
{
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        const char *key = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "(không phải tên)";
        bool found = false;
        for (size_t i = 0; i < n; i++)
            found = found || gb_streq(key, known[i]);
        if (!found) {
            const char *k = gb_strdup(&r->l->c->arena, gb_text_check(key, strlen(key), NULL) == GB_TEXT_OK ? key : "?");
            gb_note(r->l, false, at_key(r, k), k, "tên có trong mẫu locality.lua",
                    gb_did_you_mean(r->l, k, known, n, "bỏ dòng này; chương trình không đọc nó"));
        }
    }
}

static int by_word(const void *x, const void *y)
{
    const struct gb_word *a = x, *b = y;
    return strcmp(a->word, b->word);
}

/* words = { ["tỉnh"] = "Thành phố" }: a table of texts by text. Lua keeps no order of keys: sorted. */
static void read_words(lua_State *L, int index, struct reader *r, struct gb_names *v)
{
    enum { MAX_WORDS = 64 };
    lua_pushstring(L, "words");
    if (lua_rawget(L, index) == LUA_TTABLE) {
        v->word = GB_NEW_N(&r->l->c->arena, MAX_WORDS, struct gb_word);
        lua_pushnil(L);
        while (lua_next(L, -2)) {
            lua_pushvalue(L, -2); /* take_text() may convert what it reads, and a key must stay as it is */
            const char *word = take_text(L, r, "words"), *means = take_text(L, r, "words");
            if (v->n_words == MAX_WORDS)
                luaL_error(L, "words: tối đa %d từ", MAX_WORDS);
            v->word[v->n_words++] = (struct gb_word){ word, means };
        }
        if (v->n_words > 1)
            qsort(v->word, (size_t)v->n_words, sizeof *v->word, by_word);
    } else if (!lua_isnil(L, -1))
        gb_note(r->l, true, at_key(r, "words"), luaL_typename(L, -1), "một bảng { [\"tỉnh\"] = \"Thành phố\" }",
                "đặt giá trị trong ngoặc nhọn");
    lua_pop(L, 1);
}

/* The names in the table at `index`: the file itself (first) or one of its versions. */
static void read_names(lua_State *L, int index, struct reader *r, struct gb_names *v, bool first)
{
    static const char *const top[] = { "timezone",     "root_region", "recipients",     "series_breaks", "versions",
                                       "scenarios_on", "groups_on",   "indicators_off", "words" };
    static const char *const later[] = { "from", "recipients", "words" };
    int n_fields;
    const struct gb_name_field *field = gb_name_fields(&n_fields);
    size_t n_more = first ? sizeof top / sizeof *top : sizeof later / sizeof *later, n = 0;
    const char **known = GB_NEW_N(&r->l->c->arena, (size_t)n_fields + n_more, const char *);
    v->value = GB_NEW_N(&r->l->c->arena, (size_t)n_fields, const char *);
    for (int i = 0; i < n_fields; i++) {
        if (!first && field[i].fixed)
            continue;
        known[n++] = field[i].key;
        const char *text = text_field(L, index, r, field[i].key);
        if (first && field[i].required && text == absent)
            gb_note(r->l, true, at_key(r, field[i].key), NULL, gb_sprintf(&r->l->c->arena, "%s = \"...\"", field[i].key),
                    "thêm dòng này");
        v->value[i] = first || text != absent ? text : NULL;
    }
    for (size_t i = 0; i < n_more; i++)
        known[n++] = first ? top[i] : later[i];
    unknown_keys(L, index, r, known, n);
    v->recipients = read_recipients(L, index, r, &v->n_recipients);
    if (first && v->n_recipients < 0)
        v->n_recipients = 0;
    read_words(L, index, r, v);
}

/* versions = { { from = "2026-04-30", name = ..., ... } }: later names, the earliest first. */
static void read_versions(lua_State *L, struct reader *r)
{
    struct gb_locality *loc = &r->l->c->locality;
    int n = list_field(L, 1, r, "versions");
    loc->names = GB_NEW_N(&r->l->c->arena, (size_t)(n < 0 ? 1 : n + 1), struct gb_names);
    loc->n_names = 1;
    read_names(L, 1, r, &loc->names[0], true);
    for (int i = 1; i <= n; i++) {
        if (lua_rawgeti(L, -1, i) != LUA_TTABLE) {
            gb_note(r->l, true, at_key(r, "versions"), NULL, "mỗi phần là một bảng { from = \"2026-04-30\", name = ... }",
                    "sửa phần này");
            lua_pop(L, 1);
            continue;
        }
        int index = lua_gettop(L);
        struct gb_names *v = &loc->names[loc->n_names];
        const char *from = text_field(L, index, r, "from");
        if (!gb_date_parse(from, strlen(from), &v->from) || gb_date_cmp(v->from, loc->names[loc->n_names - 1].from) <= 0)
            gb_note(r->l, true, at_key(r, "versions"), from, "from dạng NNNN-TT-NN, phần sau có ngày sau phần trước",
                    "sửa ngày, hoặc xếp lại các phần theo ngày");
        read_names(L, index, r, v, false);
        loc->n_names++;
        lua_pop(L, 1);
    }
    if (n >= 0)
        lua_pop(L, 1);
}

/* ---- switches --------------------------------------------------------------------------------------------------------- */

static void read_switch(lua_State *L, struct reader *r, const char *key, struct gb_map *to)
{
    int n = list_field(L, 1, r, key);
    for (int i = 1; i <= n; i++) {
        lua_rawgeti(L, -1, i);
        const char *code = take_text(L, r, key);
        (void)gb_map_put(to, code, strlen(code), i);
    }
    if (n >= 0)
        lua_pop(L, 1);
}

/* Each code of a switch must be one that the shared lists have. `a`, `b`: where a code of this kind is found once all is read. */
static void check_switch(lua_State *L, struct reader *r, const char *key, const struct gb_map *a, const struct gb_map *b,
                         const char *where)
{
    int n = list_field(L, 1, r, key);
    for (int i = 1; i <= n; i++) {
        lua_rawgeti(L, -1, i);
        const char *code = lua_type(L, -1) == LUA_TSTRING ? gb_strdup(&r->l->c->arena, lua_tostring(L, -1)) : "";
        lua_pop(L, 1);
        if (gb_map_find_c(a, code) >= 0 || (b && gb_map_find_c(b, code) >= 0))
            continue;
        size_t n_known;
        const char *const *known = gb_indicator_codes(r->l, &n_known);
        gb_note(r->l, true, at_key(r, key), code, gb_sprintf(&r->l->c->arena, "mã có trong %s", where),
                gb_did_you_mean(r->l, code, known, b ? n_known : 0, "sửa mã hoặc xóa khỏi danh sách"));
    }
    if (n >= 0)
        lua_pop(L, 1);
}

static void read_root(lua_State *L, struct reader *r)
{
    struct gb_load *l = r->l;
    const char *root = text_field(L, 1, r, "root_region");
    l->c->locality.root_region = gb_region_find(l->c, root);
    if (l->c->locality.root_region >= 0)
        return;
    size_t n;
    const char *const *known = gb_region_codes(l, &n);
    gb_note(l, true, at_key(r, "root_region"), root, "mã địa bàn có trong regions.csv",
            gb_did_you_mean(l, root, known, n, "điền mã của tỉnh, thành phố hoặc cả nước"));
    l->c->locality.root_region = 0;
}

/* Runs protected. Stack 1: the reader as light userdata; then the file's value takes its place. */
static void load_value(lua_State *L, struct reader *r)
{
    const char *chunk = lua_pushfstring(L, "@%s", gb_path_base(r->file));
    if (luaL_loadbufferx(L, r->src, r->n, chunk, "t") != LUA_OK)
        lua_error(L);
    lua_remove(L, 1);
    lua_call(L, 0, 1);
    if (!lua_istable(L, 1))
        luaL_error(L, "tệp phải trả về một bảng: return { ... }");
    lua_sethook(L, NULL, 0, 0);
}

static int read_protected(lua_State *L)
{
    struct reader *r = lua_touserdata(L, 1);
    struct gb_catalogue *c = r->l->c;
    lua_settop(L, 0);
    load_value(L, r);
    read_versions(L, r);
    const char *zone = text_field(L, 1, r, "timezone");
    if (*zone && !gb_streq(zone, "+07:00"))
        gb_note(r->l, true, at_key(r, "timezone"), zone, "+07:00, múi giờ duy nhất mà chương trình dùng", "sửa hoặc bỏ dòng này");
    read_root(L, r);
    read_breaks(L, r);
    add_starts(r->l->c);
    check_switch(L, r, "scenarios_on", &c->by_scenario, NULL, "scenarios.csv");
    check_switch(L, r, "groups_on", &c->by_group, NULL, "groups.csv");
    check_switch(L, r, "indicators_off", &c->off_indicator, &c->by_indicator, "indicators.csv");
    return 0;
}

static int switches_protected(lua_State *L)
{
    struct reader *r = lua_touserdata(L, 1);
    lua_settop(L, 0);
    load_value(L, r);
    read_switch(L, r, "scenarios_on", &r->l->scenarios_on);
    read_switch(L, r, "groups_on", &r->l->groups_on);
    read_switch(L, r, "indicators_off", &r->l->indicators_off);
    return 0;
}

static void note_broken(struct reader *r, const char *why)
{
    int line = 0; /* Lua says "locality.lua:12: ..." */
    const char *at = strstr(why, ".lua:");
    for (const char *p = at ? at + 5 : ""; *p >= '0' && *p <= '9' && line < 1000000; p++)
        line = line * 10 + *p - '0';
    gb_note(r->l, true, (struct gb_at){ r->file, line, NULL }, NULL,
            gb_sprintf(&r->l->c->arena, "một tệp Lua chỉ có dữ liệu (%s)",
                       gb_text_check(why, strlen(why), NULL) == GB_TEXT_OK ? why : "lỗi cú pháp"),
            "sửa theo mẫu của địa phương khác; không dùng hàm hay vòng lặp");
}

/* The file is run twice: for the switches before anything else is read, and for the names when regions and indicators are known.
 * A broken file is told of once, the second time. */
static void run_lua(struct reader *r, lua_CFunction f, bool tell)
{
    lua_State *L = lua_newstate(lua_memory, r);
    if (!L)
        gb_oom();
    lua_sethook(L, on_steps, LUA_MASKCOUNT, LUA_MAX_STEPS);
    lua_pushcfunction(L, f);
    lua_pushlightuserdata(L, r);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK && tell)
        note_broken(r, lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "lỗi không rõ");
    lua_close(L);
}

enum gb_code gb_read_switches(struct gb_load *l, struct gb_err *e)
{
    enum gb_code code = gb_load_file(l, l->c->dir_locality, l->rel_locality, "locality.lua", &l->locality_file, &l->locality_src,
                                     &l->locality_n, e);
    struct reader r = { .l = l, .file = l->locality_file, .src = l->locality_src, .n = l->locality_n };
    if (code == GB_OK && r.src)
        run_lua(&r, switches_protected, false);
    return code;
}

enum gb_code gb_load_locality(struct gb_load *l, struct gb_err *e)
{
    (void)e;
    struct gb_locality *loc = &l->c->locality;
    struct reader r = { .l = l, .file = l->locality_file, .src = l->locality_src, .n = l->locality_n };
    int n;
    const struct gb_name_field *field = gb_name_fields(&n);
    *loc = (struct gb_locality){ 0 };
    for (int i = 0; i < n; i++)
        memcpy((char *)loc + field[i].offset, &(const char *){ "" }, sizeof(const char *));
    if (!r.src)
        gb_note(l, true, (struct gb_at){ r.file, 0, NULL }, NULL, "tệp này, hiện không có",
                "chép tệp mẫu locality.lua vào thư mục địa phương");
    else
        run_lua(&r, read_protected, true);
    for (int i = 0; i < loc->n_breaks; i++)
        if (!loc->breaks[i].text)
            loc->breaks[i].text = "";
    return GB_OK;
}
