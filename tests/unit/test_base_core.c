/* Errors with their chain, arenas, buffers, the log. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "base/log.h"
#include "base/utf8.h"

static void error_chain(void **state)
{
    (void)state;
    struct gb_err e = { 0 };
    char line[256];
    assert_int_equal(gb_context(&e, "nothing yet"), GB_OK);
    assert_int_equal(e.n_frames, 0);
    assert_int_equal(gb_fail(&e, GB_E_INPUT, "cột %s: không phải số", "rate"), GB_E_INPUT);
    assert_int_equal(gb_fail(&e, GB_E_IO, "a later one"), GB_E_IO); /* returns its own code, keeps the first error */
    assert_int_equal(gb_context(&e, "bảng %d", 3), GB_E_INPUT);
    assert_int_equal(gb_context(&e, "báo cáo daily"), GB_E_INPUT);
    assert_string_equal(gb_err_line(&e, line, sizeof line), "báo cáo daily: bảng 3: cột rate: không phải số");
    assert_string_equal(gb_err_line(&e, line, 10), "báo cáo"); /* cut before the character that does not fit */
    assert_string_equal(gb_err_line(&e, line, 1), "");
    gb_err_clear(&e);
    assert_int_equal(e.code, GB_OK);
    assert_string_equal(gb_err_line(&e, line, sizeof line), "");
    assert_int_equal(gb_fail(NULL, GB_E_LIMIT, "no one listens"), GB_E_LIMIT);
    assert_int_equal(gb_context(NULL, "x"), GB_OK);
}

static void error_of_the_system(void **state)
{
    (void)state;
    struct gb_err e = { 0 };
    char line[256], want[256];
    assert_int_equal(gb_fail_errno(&e, GB_E_IO, ENOENT, "không mở được %s", "a.csv"), GB_E_IO);
    (void)snprintf(want, sizeof want, "không mở được a.csv: %s", strerror(ENOENT));
    assert_string_equal(gb_err_line(&e, line, sizeof line), want);
}

static void error_text_is_bounded(void **state)
{
    (void)state;
    struct gb_err e = { 0 };
    char huge[4096], line[4096];
    for (size_t i = 0; i + 3 < sizeof huge; i += 3) {
        memcpy(huge + i, "ế", 3);
    }
    huge[4095] = '\0';
    assert_int_equal(gb_fail(&e, GB_E_INPUT, "x%s", huge), GB_E_INPUT);
    for (int i = 0; i < 20; i++) {
        gb_context(&e, "%s", huge);
    }
    gb_err_line(&e, line, sizeof line);
    assert_true(strlen(line) < GB_ERR_TEXT);
    assert_int_equal(gb_text_check(line, strlen(line), NULL), GB_TEXT_OK); /* cut between characters */
    gb_err_clear(&e);
    assert_int_equal(gb_fail(&e, GB_E_INPUT, "cause"), GB_E_INPUT);
    for (int i = 0; i < 20; i++) {
        gb_context(&e, "%d", i);
    }
    assert_int_equal(e.n_frames, GB_ERR_FRAMES);
    assert_string_equal(gb_err_line(&e, line, sizeof line), "6: 5: 4: 3: 2: 1: 0: cause");
}

static void code_names_differ(void **state)
{
    (void)state;
    for (int a = GB_OK; a <= GB_E_BUG; a++) {
        for (int b = GB_OK; b < a; b++) {
            assert_string_not_equal(gb_code_name((enum gb_code)a), gb_code_name((enum gb_code)b));
        }
    }
    assert_string_equal(gb_code_name(GB_E_INPUT), "input");
}

enum how { BUG, OOM, MUL, LIMIT };
static int ends_with(enum how how)
{
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)!freopen("/dev/null", "w", stderr);
        struct gb_arena a;
        switch (how) {
        case BUG: gb_assert(1 + 1 == 3); break;
        case OOM: gb_oom(); break;
        case MUL: gb_mul(SIZE_MAX / 2, 3); break;
        case LIMIT:
            gb_arena_init(&a, 1000);
            for (int i = 0; i < 10; i++) {
                gb_alloc(&a, 100);
            }
            break;
        }
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void impossible_states_end_the_process(void **state)
{
    (void)state;
    assert_int_equal(ends_with(BUG), 70);
    assert_int_equal(ends_with(OOM), 71);
    assert_int_equal(ends_with(MUL), 71);
    assert_int_equal(ends_with(LIMIT), 71);
}

static bool all_zero(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i]) {
            return false;
        }
    }
    return true;
}

static void arena_memory(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_arena_mark start = gb_arena_mark(&a);
    char *prev = NULL;
    for (size_t n = 0; n < 5000; n += 7) {
        char *p = gb_alloc(&a, n);
        assert_int_equal((uintptr_t)p % 16, 0);
        assert_true(all_zero(p, n));
        assert_ptr_not_equal(p, prev);
        memset(p, 0xAA, n);
        prev = p;
    }
    struct gb_arena_mark m = gb_arena_mark(&a);
    size_t used = a.used_bytes;
    char *first = gb_strdup(&a, "hello");
    for (int i = 0; i < 100; i++) {
        memset(gb_alloc(&a, 100000), 0xBB, 100000);
    }
    gb_arena_rewind(&a, m);
    assert_int_equal(a.used_bytes, used);
    char *again = gb_alloc(&a, 6);
    assert_ptr_equal(again, first);
    assert_true(all_zero(again, 6)); /* zeroed again after a rewind */
    gb_arena_rewind(&a, start);
    assert_int_equal(a.used_bytes, 0);
    int64_t *numbers = GB_NEW_N(&a, 1000, int64_t);
    assert_true(all_zero((const char *)numbers, 8000));
    assert_string_equal(gb_sprintf(&a, "%s-%03d", "x", 7), "x-007");
    assert_string_equal(gb_strndup(&a, "hello", 3), "hel");
    assert_string_equal(gb_strndup(&a, NULL, 0), "");
    assert_null(gb_strdup(&a, NULL));
    gb_arena_release(&a);
    gb_arena_release(&a);
}

static void growing_arrays(void **state)
{
    (void)state;
    int *v = NULL;
    size_t cap = 0;
    for (int i = 0; i < 1000; i++) {
        v = gb_grow(v, &cap, (size_t)i + 1, sizeof *v);
        v[i] = i;
    }
    assert_true(cap >= 1000 && cap < 4000);
    assert_int_equal(v[999], 999);
    free(v);
}

static void buffers(void **state)
{
    (void)state;
    struct gb_buf b = { 0 };
    gb_buf_reset(&b);
    gb_buf_adds(&b, "số ");
    gb_buf_add_i64(&b, INT64_MIN);
    gb_buf_addc(&b, ' ');
    gb_buf_add_i64(&b, 0);
    gb_buf_addf(&b, " %0300d", 7);
    assert_int_equal(b.n, strlen(b.p));
    assert_true(gb_starts_with(b.p, "số -9223372036854775808 0 000"));
    assert_true(gb_ends_with(b.p, "007"));
    struct gb_arena a;
    gb_arena_init(&a, 0);
    char *copy = gb_buf_copy(&a, &b);
    assert_string_equal(copy, b.p);
    gb_buf_reset(&b);
    assert_string_equal(b.p, "");
    gb_buf_release(&b);
    assert_string_equal(gb_buf_copy(&a, &b), "");
    gb_arena_release(&a);
}

static void strings(void **state)
{
    (void)state;
    assert_true(gb_str_eq(GB_STR("a"), gb_str_of("a")));
    assert_true(gb_str_eq((struct gb_str){ 0 }, GB_STR("")));
    assert_false(gb_str_eq(GB_STR("a"), GB_STR("b")));
    assert_false(gb_str_eq_c(GB_STR(""), NULL));
    assert_true(gb_streq(NULL, NULL));
    assert_false(gb_streq("", NULL));
    assert_true(gb_starts_with("abc", ""));
    assert_false(gb_ends_with("c", "bc"));
    struct gb_str t = gb_trim(GB_STR(" \t a b \r\n"));
    assert_true(gb_str_eq_c(t, "a b"));
    assert_int_equal(gb_trim(GB_STR("  ")).n, 0);

    struct gb_str piece[4];
    assert_int_equal(gb_split(GB_STR(""), ';', piece, 4), 0);
    assert_int_equal(gb_split(GB_STR("a;b"), ';', piece, 4), 2);
    assert_true(gb_str_eq_c(piece[1], "b"));
    assert_int_equal(gb_split(GB_STR(";"), ';', piece, 4), 2);
    assert_int_equal(piece[0].n + piece[1].n, 0);
    assert_int_equal(gb_split(GB_STR("a;b;c;d;e"), ';', piece, 4), 4);
    assert_true(gb_str_eq_c(piece[3], "d;e")); /* nothing is lost: the last piece is the rest */
    assert_int_equal(gb_split(GB_STR("a"), ';', piece, 0), 0);
}

static char *logged(struct gb_log *l, enum gb_level level, const char *message)
{
    static char text[512];
    memset(text, 0, sizeof text);
    l->out = fmemopen(text, sizeof text - 1, "w");
    gb_log_line(l, level, "intake", "%s", message);
    fclose(l->out);
    return text;
}

static void log_lines(void **state)
{
    (void)state;
    struct gb_log l = { .min = GB_INFO };
    assert_string_equal(logged(&l, GB_WARN, "tệp a.csv"), "warn  intake: tệp a.csv\n");
    assert_string_equal(logged(&l, GB_DEBUG, "quiet"), "");
    assert_string_equal(logged(&l, GB_ERROR, "a\nb\x1B[2J\x7F\xC2\x9B Đ"), "error intake: a\\nb\\x1b[2J\\x7f\\x9b Đ\n");
    l.json = true;
    assert_string_equal(logged(&l, GB_INFO, "a\n\"b\""), "{\"level\":\"info\",\"stage\":\"intake\",\"message\":\"a\\n\\\"b\\\"\"}\n");
    gb_log_line(NULL, GB_ERROR, "x", "no one listens");
    l.out = NULL;
    gb_log_line(&l, GB_ERROR, "x", "nowhere to");
}

static void arena_array_grows(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    int *v = NULL;
    size_t cap = 0, moves = 0;
    for (size_t n = 0; n < 1000; n++) {
        int *before = v;
        v = gb_arena_grow(&a, v, n, &cap, n + 1, sizeof *v);
        moves += v != before;
        assert_true(cap > n);
        v[n] = (int)n;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(v[i], i);
    assert_true(moves < 12); /* doubled, not moved each time */
    assert_ptr_equal(gb_arena_grow(&a, v, 1000, &cap, cap, sizeof *v), v);
    v = gb_arena_grow(&a, v, 1000, &cap, 100000, sizeof *v); /* more than the double at once */
    assert_true(cap >= 100000 && v[999] == 999 && v[1000] == 0);
    gb_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_array_grows), cmocka_unit_test(error_chain),       cmocka_unit_test(error_of_the_system), cmocka_unit_test(error_text_is_bounded),
        cmocka_unit_test(code_names_differ), cmocka_unit_test(impossible_states_end_the_process),
        cmocka_unit_test(arena_memory),      cmocka_unit_test(growing_arrays),      cmocka_unit_test(buffers),
        cmocka_unit_test(strings),           cmocka_unit_test(log_lines),
    };
    return cmocka_run_group_tests_name("base/core", tests, NULL, NULL);
}
