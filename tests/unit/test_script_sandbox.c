/* Every way out that anybody thought of: tests/sandbox/<case>.lua says in its first line what must come of it
 * ("-- expect: <code>: <part of the message>" or "-- expect: ok"), "-- audience: public" below it runs it for that audience.
 * Each case runs in a child of its own with a CPU limit: a case that gets past the budgets ends there and fails the test. */
#define _GNU_SOURCE
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include "script/sandbox.h"
#include "script_fixture.h"

#define DIR "tests/sandbox"
static struct sfx fixture[GB_N_AUDIENCES];
static struct gb_arena texts;

static const char *text_of(const char *path)
{
    struct gb_buf b = { 0 };
    struct gb_err e = { 0 };
    if (gb_file_read(path, (size_t)8 << 20, &b, &e)) fail_msg("cannot read %s", path);
    const char *s = gb_buf_copy(&texts, &b);
    gb_buf_release(&b);
    return s;
}

static struct gb_script_file *file_of(struct gb_script_file *f, const char *path, const char *text)
{
    *f = (struct gb_script_file){ .path = path, .text = text, .n = strlen(text), .sha256 = gb_sha256_of(text, strlen(text)) };
    return f;
}

static struct gb_script_sources sources_with(const char *text)
{
    struct gb_script_file *f = GB_NEW_N(&texts, 4, struct gb_script_file);
    file_of(&f[0], "lib/circle.lua", text_of(DIR "/lib/circle.lua"));
    file_of(&f[1], "lib/good.lua", text_of(DIR "/lib/good.lua"));
    file_of(&f[2], "lib/number.lua", text_of(DIR "/lib/number.lua"));
    file_of(&f[3], "x.lua", text);
    return (struct gb_script_sources){ .arena = &texts, .file = f, .n_files = 4 };
}

static void child(int fd, const struct sfx *f, const char *text)
{
    struct rlimit cpu = { 20, 20 };
    setrlimit(RLIMIT_CPU, &cpu);
    struct gb_script_sources src = sources_with(text);
    struct gb_script_job job = sfx_job(f, "x.lua");
    job.sources = &src;
    job.instructions = 5000000;
    struct gb_arena a;
    struct gb_err e = { 0 };
    struct gb_doc *doc = NULL;
    char line[GB_ERR_TEXT], out[GB_ERR_TEXT + 64];
    gb_arena_init(&a, (size_t)256 << 20);
    enum gb_code rc = gb_script_run(&job, &a, &doc, &e);
    int n = snprintf(out, sizeof out, "%s%s%s", rc ? gb_code_name(rc) : "ok", rc ? ": " : "", rc ? gb_err_line(&e, line, sizeof line) : "");
    if (rc == GB_OK && doc->root->child && !strstr(text, "doc:section(\"<script>")) n = snprintf(out, sizeof out, "ok, but the document is not empty");
    if (write(fd, out, (size_t)n) != n) _exit(3);
    gb_arena_release(&a);
    _exit(0);
}

/* Result of one case as "code: message", or how the child died. */
static const char *outcome(const struct sfx *f, const char *text)
{
    int fd[2], status = 0;
    char buf[GB_ERR_TEXT + 64];
    assert_int_equal(pipe(fd), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) child(fd[1], f, text);
    close(fd[1]);
    size_t n = 0;
    for (ssize_t got; n < sizeof buf - 1 && (got = read(fd[0], buf + n, sizeof buf - 1 - n)) > 0;) n += (size_t)got;
    close(fd[0]);
    waitpid(pid, &status, 0);
    buf[n] = 0;
    if (WIFSIGNALED(status)) return gb_sprintf(&texts, "killed by signal %d", WTERMSIG(status));
    return n ? gb_strndup(&texts, buf, n) : "no answer";
}

static const char *line_value(const char *text, const char *key)
{
    const char *at = strstr(text, key);
    return at ? gb_strndup(&texts, at + strlen(key), strcspn(at + strlen(key), "\n")) : NULL;
}

static bool as_expected(const char *want, const char *got)
{
    if (gb_streq(want, "ok")) return gb_streq(got, "ok");
    size_t code = strcspn(want, ":");
    return strncmp(want, got, code) == 0 && got[code] == ':' && strstr(got, want + code + 2) != NULL;
}

static void every_case(void **st)
{
    (void)st;
    const char **name = NULL;
    size_t n = 0, bad = 0, run = 0;
    struct gb_err e = { 0 };
    assert_int_equal(gb_dir_list(&texts, DIR, &name, &n, &e), GB_OK);
    for (size_t i = 0; i < n; i++) {
        if (!gb_ends_with(name[i], ".lua")) continue;
        const char *text = text_of(gb_sprintf(&texts, DIR "/%s", name[i]));
        const char *want = gb_starts_with(text, "-- expect: ") ? line_value(text, "-- expect: ") : NULL, *who = line_value(text, "\n-- audience: ");
        enum gb_audience audience = GB_LEADERSHIP;
        if (!want || (who && !gb_audience_parse(who, &audience))) fail_msg("%s: first line must say what is expected", name[i]);
        const char *got = outcome(&fixture[audience], text);
        run++;
        if (as_expected(want, got)) continue;
        bad++;
        print_error("%s\n  want %s\n  got  %.400s\n", name[i], want, got);
    }
    print_message("%zu cases\n", run);
    assert_true(run > 150);
    assert_int_equal(bad, 0);
}

/* What first lines can not carry: bytes that are not text. */
static void bytes_refused(void **st)
{
    (void)st;
    const struct { const char *text; size_t n; const char *part; } t[] = {
        { "\x1bLua\x54\x00", 6, "bytecode" }, { "return 1\0", 9, "x.lua:1" }, { "return '\xff'", 10, "UTF-8" }, { "return 'a\xcc\x81'", 12, "NFC" } };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct gb_err e = { 0 };
        char line[GB_ERR_TEXT];
        struct gb_script_file f = { .path = "x.lua", .text = t[i].text, .n = t[i].n };
        assert_int_equal(gb_script_lex(&f, NULL, NULL, &e), GB_E_REPORT);
        if (!strstr(gb_err_line(&e, line, sizeof line), t[i].part)) fail_msg("%s", line);
    }
    struct gb_script_file big = { .path = "x.lua", .text = "", .n = GB_SCRIPT_MAX_BYTES + 1 };
    struct gb_err e = { 0 };
    assert_int_equal(gb_script_lex(&big, NULL, NULL, &e), GB_E_REPORT);
}

/* ---- the environment is the allow-list --------------------------------------------------------------------------------- */
static const char allowed[] =
    "_G assert error ipairs math math.abs math.add math.max math.maxinteger math.min math.mininteger math.mul math.sub next pairs pcall "
    "rawequal rawlen select setmetatable string string.byte string.char string.find string.format string.gmatch string.gsub string.len "
    "string.lower string.match string.rep string.sub string.upper table table.concat table.insert table.move table.pack table.remove "
    "table.sort table.unpack tonumber tostring type use utf8 utf8.char utf8.charpattern utf8.codepoint utf8.codes utf8.len utf8.offset xpcall ";

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* Names behind a read-only view (upvalue 1 of its __index), sorted. */
static void walk(lua_State *L, const char *prefix, struct gb_buf *out)
{
    const char *name[128];
    size_t n = 0;
    assert_true(lua_getmetatable(L, -1));
    lua_getfield(L, -1, "__index");
    assert_non_null(lua_getupvalue(L, -1, 1));
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) name[n++] = gb_strdup(&texts, lua_tostring(L, -2));
    qsort(name, n, sizeof *name, by_text);
    for (size_t i = 0; i < n; i++) {
        gb_buf_addf(out, "%s%s ", prefix, name[i]);
        lua_getfield(L, -1, name[i]);
        if (lua_type(L, -1) == LUA_TTABLE && strcmp(name[i], "_G") != 0) walk(L, gb_sprintf(&texts, "%s%s.", prefix, name[i]), out);
        lua_pop(L, 1);
    }
    lua_pop(L, 3);
}

static void environment(void **st)
{
    (void)st;
    struct gb_sandbox sb = { 0 };
    struct gb_err e = { 0 };
    struct gb_script_file f;
    struct gb_buf out = { 0 };
    assert_int_equal(gb_sandbox_open(&sb, NULL, 0, 0, &e), GB_OK);
    size_t fresh = sb.used_bytes;
    assert_int_equal(gb_sandbox_load(&sb, file_of(&f, "x.lua", "return _G"), &e), GB_OK);
    assert_int_equal(gb_sandbox_call(&sb, 0, 1, &e), GB_OK);
    lua_pushvalue(sb.L, -1);
    walk(sb.L, "", &out);
    assert_string_equal(out.p, allowed);
    lua_settop(sb.L, 0);
    lua_pushglobaltable(sb.L); /* the state's own globals are empty */
    lua_pushnil(sb.L);
    assert_int_equal(lua_next(sb.L, -2), 0);
    lua_getfield(sb.L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE); /* and no library waits in package.loaded */
    assert_true(lua_isnil(sb.L, -1));
    gb_sandbox_close(&sb);
    assert_int_equal(sb.used_bytes, 0);
    assert_true(fresh < 64 * 1024);
    gb_buf_release(&out);
}

/* A process limit is the last wall: after the budget is gone the stuck callback is called, pcall or not. */
static int stuck_calls;
static void stuck(void) { stuck_calls++; }
static void gives_up(void **st)
{
    (void)st;
    struct gb_sandbox sb = { .stuck = stuck };
    struct gb_err e = { 0 };
    struct gb_script_file f;
    assert_int_equal(gb_sandbox_open(&sb, NULL, 0, 100000, &e), GB_OK);
    sb.n_stuck = GB_STUCK_CHECKS;
    assert_int_equal(gb_sandbox_load(&sb, file_of(&f, "x.lua", "while true do pcall(function() while true do end end) end"), &e), GB_OK);
    assert_int_equal(gb_sandbox_call(&sb, 0, 0, &e), GB_E_LIMIT);
    assert_true(stuck_calls > 0);
    gb_sandbox_close(&sb);
}

static int setup(void **st)
{
    (void)st;
    gb_arena_init(&texts, 0);
    const enum gb_audience used[] = { GB_LEADERSHIP, GB_PUBLIC, GB_FRONT };
    for (size_t i = 0; i < 3; i++) sfx_open(&fixture[used[i]], "reports", text_of("tests/golden/reports/data.txt"), used[i], "2026-11-22");
    return 0;
}
static int teardown(void **st)
{
    (void)st;
    sfx_close(&fixture[GB_LEADERSHIP]), sfx_close(&fixture[GB_PUBLIC]), sfx_close(&fixture[GB_FRONT]);
    gb_arena_release(&texts);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(environment), cmocka_unit_test(bytes_refused), cmocka_unit_test(gives_up), cmocka_unit_test(every_case) };
    return cmocka_run_group_tests(tests, setup, teardown);
}
