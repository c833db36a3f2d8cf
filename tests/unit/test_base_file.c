/* Files: what is written is there, what fails leaves nothing half done; each fault point, at each call, by gb_fault. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "base/fault.h"
#include "base/file.h"

static struct gb_arena arena;
static char root[64];

static int set_up(void **state)
{
    (void)state;
    gb_arena_init(&arena, 0);
    (void)snprintf(root, sizeof root, "/tmp/gb-file-XXXXXX");
    return mkdtemp(root) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    struct gb_err e = { 0 };
    gb_fault_arm(NULL);
    int failed = gb_remove_tree(root, &e) != GB_OK || gb_dir_exists(root);
    gb_arena_release(&arena);
    return failed;
}

static const char *in(const char *name)
{
    return gb_path_join(&arena, root, name);
}

static void put(const char *name, const char *text)
{
    struct gb_err e = { 0 };
    assert_int_equal(gb_file_create(in(name), text, strlen(text), &e), GB_OK);
}

static void holds(const char *name, const char *want)
{
    struct gb_err e = { 0 };
    struct gb_buf b = { 0 };
    assert_int_equal(gb_file_read(in(name), 1 << 20, &b, &e), GB_OK);
    assert_string_equal(b.p, want);
    gb_buf_release(&b);
}

static size_t entries(void)
{
    struct gb_err e = { 0 };
    const char **names;
    size_t n;
    assert_int_equal(gb_dir_list(&arena, root, &names, &n, &e), GB_OK);
    return n;
}

static void reads(void **state)
{
    (void)state;
    struct gb_err e = { 0 };
    struct gb_buf b = { 0 };
    put("a", "hello");
    put("empty", "");
    assert_int_equal(gb_file_read(in("a"), 5, &b, &e), GB_OK);
    assert_string_equal(b.p, "hello");
    assert_int_equal(gb_file_read(in("empty"), 0, &b, &e), GB_OK);
    assert_int_equal(b.n, 0);
    assert_int_equal(gb_file_read(in("a"), 4, &b, &e), GB_E_LIMIT);
    assert_int_equal(b.n, 0);
    gb_err_clear(&e);
    assert_int_equal(gb_file_read(in("none"), 4, &b, &e), GB_E_IO);
    assert_non_null(strstr(e.frame[0], "none"));
    gb_err_clear(&e);
    assert_int_equal(gb_file_read("/dev/zero", 4, &b, &e), GB_E_IO);
    gb_err_clear(&e);
    assert_int_equal(gb_file_read(root, 4, &b, &e), GB_E_IO);
    gb_err_clear(&e);
    assert_int_equal(mkfifo(in("fifo"), 0600), 0);
    assert_int_equal(gb_file_read(in("fifo"), 4, &b, &e), GB_E_IO); /* and does not hang */
    gb_err_clear(&e);
    assert_int_equal(symlink("a", in("link")), 0);
    assert_int_equal(gb_file_read(in("link"), 100, &b, &e), GB_E_IO);
    gb_buf_release(&b);
}

static void reads_files_that_do_not_know_their_size(void **state)
{
    (void)state;
    struct gb_err e = { 0 };
    struct gb_buf b = { 0 };
    assert_int_equal(gb_file_read("/proc/self/status", 1 << 20, &b, &e), GB_OK); /* st_size 0 */
    assert_true(b.n > 100 && strlen(b.p) == b.n);
    gb_buf_release(&b);
}

static void creates_and_replaces(void **state)
{
    (void)state;
    struct gb_err e = { 0 };
    put("a", "one");
    assert_int_equal(gb_file_create(in("a"), "two", 3, &e), GB_E_IO);
    holds("a", "one");
    gb_err_clear(&e);
    assert_int_equal(gb_file_replace(in("a"), "three", 5, &e), GB_OK);
    holds("a", "three");
    assert_int_equal(gb_file_replace(in("new"), "", 0, &e), GB_OK);
    holds("new", "");
    put("b.tmp~", "litter of a killed run");
    assert_int_equal(gb_file_replace(in("b"), "b", 1, &e), GB_OK);
    holds("b", "b");
    assert_int_equal(entries(), 3);
    assert_int_equal(gb_file_create(in("no/dir"), "x", 1, &e), GB_E_IO);
    char *big = calloc(1, 3 << 20);
    gb_err_clear(&e);
    memset(big, 'x', (3 << 20) - 1);
    assert_int_equal(gb_file_create(in("big"), big, (3 << 20) - 1, &e), GB_OK);
    struct gb_buf b = { 0 };
    assert_int_equal(gb_file_read(in("big"), 4 << 20, &b, &e), GB_OK);
    assert_int_equal(b.n, (3 << 20) - 1);
    assert_memory_equal(b.p, big, b.n);
    gb_buf_release(&b);
    free(big);
}

static void renames(void **state)
{
    (void)state;
    struct gb_err e = { 0 };
    put("a", "a");
    put("b", "b");
    assert_int_equal(gb_rename_new(in("a"), in("b"), &e), GB_E_IO);
    holds("b", "b");
    gb_err_clear(&e);
    assert_int_equal(gb_rename_new(in("a"), in("c"), &e), GB_OK);
    holds("c", "a");
    assert_int_equal(gb_rename(in("c"), in("b"), &e), GB_OK);
    holds("b", "a");
    assert_int_equal(gb_rename(in("none"), in("x"), &e), GB_E_IO);
}

static void switches_links(void **state)
{
    (void)state;
    struct gb_err e = { 0 };
    char to[64] = { 0 };
    assert_int_equal(gb_symlink_switch("rel/1", in("current"), &e), GB_OK);
    assert_int_equal(symlink("litter", in("current.tmp~")), 0);
    assert_int_equal(gb_symlink_switch("rel/2", in("current"), &e), GB_OK);
    assert_true(readlink(in("current"), to, sizeof to - 1) > 0);
    assert_string_equal(to, "rel/2");
    assert_int_equal(entries(), 1);
    assert_int_equal(gb_mkdirs(in("real"), &e), GB_OK);
    assert_int_equal(gb_symlink_switch("rel/3", in("real"), &e), GB_E_IO); /* not a link: not ours */
    assert_true(gb_dir_exists(in("real")));
    gb_err_clear(&e);
    assert_int_equal(gb_mkdirs(in("current.tmp~"), &e), GB_OK); /* an attacker's directory in the way */
    assert_int_equal(gb_symlink_switch("rel/3", in("current"), &e), GB_E_IO);
    assert_true(readlink(in("current"), to, sizeof to - 1) > 0);
    assert_string_equal(to, "rel/2");
}

static void makes_and_removes_trees(void **state)
{
    (void)state;
    struct gb_err e = { 0 };
    assert_int_equal(gb_mkdirs(in("a/b//c/"), &e), GB_OK);
    assert_int_equal(gb_mkdirs(in("a/b/c"), &e), GB_OK);
    assert_true(gb_dir_exists(in("a/b/c")));
    put("a/b/c/f", "x");
    put("outside", "kept");
    assert_int_equal(symlink("../../outside", in("a/b/out")), 0);
    assert_int_equal(symlink("..", in("a/up")), 0);
    assert_int_equal(gb_mkdirs(in("outside/x"), &e), GB_E_IO);
    gb_err_clear(&e);
    assert_int_equal(gb_remove_tree(in("a"), &e), GB_OK);
    assert_false(gb_dir_exists(in("a")));
    holds("outside", "kept");
    assert_int_equal(gb_remove_tree(in("a"), &e), GB_OK);
    assert_int_equal(gb_remove_tree(in("outside"), &e), GB_OK);
    assert_false(gb_file_exists(in("outside")));
}

static void lists(void **state)
{
    (void)state;
    struct gb_err e = { 0 };
    const char **names;
    size_t n;
    assert_int_equal(gb_mkdirs(in("b/sub"), &e), GB_OK);
    put("b/sub/z", "");
    put("b/a", "");
    put("c", "");
    put("B", "");
    assert_int_equal(symlink("b", in("link")), 0);
    assert_int_equal(gb_dir_list(&arena, root, &names, &n, &e), GB_OK);
    static const char *const want[] = { "B", "b/", "c", "link" };
    assert_int_equal(n, 4);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(names[i], want[i]);
    }
    assert_int_equal(gb_tree_list(&arena, root, &names, &n, &e), GB_OK);
    static const char *const files[] = { "B", "b/a", "b/sub/z", "c" };
    assert_int_equal(n, 4);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(names[i], files[i]);
    }
    assert_int_equal(gb_tree_list(&arena, in("none"), &names, &n, &e), GB_E_IO);
}

static void paths(void **state)
{
    (void)state;
    assert_string_equal(gb_path_join(&arena, "a", "b"), "a/b");
    assert_string_equal(gb_path_join(&arena, "a/", "b"), "a/b");
    assert_string_equal(gb_path_join(&arena, "", "b"), "b");
    assert_string_equal(gb_path_join(&arena, "/", "b"), "/b");
    assert_string_equal(gb_path_base("a/b.csv"), "b.csv");
    assert_string_equal(gb_path_base("b"), "b");
    assert_string_equal(gb_path_base("a/"), "");
    put("f", "");
    assert_true(gb_file_exists(in("f")) && !gb_dir_exists(in("f")));
    assert_true(!gb_file_exists(root) && gb_dir_exists(root));
}

/* One whole publication in small: every fault point is passed at least once. */
static enum gb_code publish(struct gb_err *e)
{
    enum gb_code rc = gb_mkdirs(in("stage/deep"), e);
    rc = rc ? rc : gb_file_create(in("stage/deep/new"), "new", 3, e);
    rc = rc ? rc : gb_fsync_dir(in("stage/deep"), e);
    rc = rc ? rc : gb_rename_new(in("stage"), in("done"), e);
    rc = rc ? rc : gb_file_replace(in("state"), "new", 3, e);
    rc = rc ? rc : gb_symlink_switch("done", in("current"), e);
    struct gb_buf b = { 0 };
    rc = rc ? rc : gb_file_read(in("state"), 100, &b, e);
    gb_buf_release(&b);
    return rc;
}

static void every_fault_is_reported(void **state)
{
    (void)state;
    static const char *const point[] = { "io.open", "io.read", "io.write", "io.fsync", "io.close", "io.rename", "io.mkdir", "io.symlink",
                                         "io.unlink" };
    for (size_t p = 0; p < sizeof point / sizeof *point; p++) {
        int struck = 0;
        for (int n = 1;; n++) {
            gb_fault_arm(NULL);
            struct gb_err e = { 0 };
            assert_int_equal(gb_remove_tree(root, &e), GB_OK);
            assert_int_equal(gb_mkdirs(root, &e), GB_OK);
            put("state", "old");
            assert_int_equal(gb_symlink_switch("old", in("current"), &e), GB_OK);
            char spec[64];
            (void)snprintf(spec, sizeof spec, "%s:%d", point[p], n);
            gb_fault_arm(spec);
            enum gb_code rc = publish(&e);
            gb_fault_arm(NULL);
            if (rc == GB_OK) {
                break; /* fewer than n calls: the fault did not fire */
            }
            struck++;
            assert_int_equal(rc, GB_E_IO);
            assert_int_equal(e.code, GB_E_IO);
            if (!strstr(e.frame[0], strcmp(point[p], "io.write") == 0 ? strerror(ENOSPC) : strerror(EIO))) {
                fail_msg("%s: %s", spec, e.frame[0]);
            }
            /* old or new, whole; no temporary file left over */
            struct gb_buf b = { 0 };
            struct gb_err again = { 0 };
            assert_int_equal(gb_file_read(in("state"), 100, &b, &again), GB_OK);
            assert_true(gb_streq(b.p, "old") || gb_streq(b.p, "new"));
            gb_buf_release(&b);
            const char **names;
            size_t count;
            assert_int_equal(gb_dir_list(&arena, root, &names, &count, &again), GB_OK);
            for (size_t i = 0; i < count; i++) {
                assert_false(gb_ends_with(names[i], ".tmp~"));
            }
        }
        if (struck == 0) {
            fail_msg("%s never fired", point[p]);
        }
    }
}

static void faults_count_and_last(void **state)
{
    (void)state;
    gb_fault_arm("io.fsync:2");
    assert_false(gb_fault("io.fsync"));
    assert_false(gb_fault("io.open"));
    assert_true(gb_fault("io.fsync"));
    assert_false(gb_fault("io.fsync"));
    gb_fault_arm("io.write:2+");
    assert_false(gb_fault("io.write"));
    errno = 0;
    assert_true(gb_fault("io.write"));
    assert_int_equal(errno, ENOSPC);
    assert_true(gb_fault("io.write"));
    gb_fault_arm("");
    assert_false(gb_fault("io.write"));
}

static void killing_fault_kills(void **state)
{
    (void)state;
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        gb_fault_arm("io.rename:1!");
        struct gb_err e = { 0 };
        (void)!gb_rename(in("x"), in("y"), &e);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void a_spec_that_arms_nothing_is_a_bug(void **state)
{
    (void)state;
    static const char *const bad[] = { "io.write", "io.write:", "io.write:0", "io.write:x", ":3", "io.write:3?", "io.write:3+!" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        fflush(NULL);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            (void)!freopen("/dev/null", "w", stderr);
            gb_fault_arm(bad[i]);
            _exit(0);
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 70);
    }
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(reads),  T(reads_files_that_do_not_know_their_size), T(creates_and_replaces), T(renames),
        T(switches_links), T(makes_and_removes_trees), T(lists), T(paths), T(every_fault_is_reported),
        T(faults_count_and_last), T(killing_fault_kills), T(a_spec_that_arms_nothing_is_a_bug),
    };
    return cmocka_run_group_tests_name("base/file", tests, NULL, NULL);
}
