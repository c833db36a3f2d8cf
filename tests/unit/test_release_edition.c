/* Release: an edition from begin to current, everything verify must see (G12), names somebody else made (G11), failing syncs (G04). */
#include "base/fault.h"
#include "base/file.h"
#include "release/release.h"
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static struct gb_arena arena;
static char root[64];
static const struct gb_release_facts facts = { .date = { 2026, 11, 22 }, .vintage = 7, .vintage_digest = { { 1 } }, .definitions = { { 2 } }, .build = "b",
                                               .locality = "nho", .valid_until = { 2026, 11, 24 }, .sandbox = "landlock seccomp" };

static int setup(void **state)
{
    (void)state;
    gb_arena_init(&arena, 0);
    strcpy(root, "/tmp/gb-release.XXXXXX");
    return mkdtemp(root) ? 0 : -1;
}

static int teardown(void **state)
{
    struct gb_err e = { 0 };
    (void)state;
    gb_fault_arm(NULL);
    assert_int_equal(gb_remove_tree(root, &e), GB_OK);
    gb_arena_release(&arena);
    return 0;
}

static const char *at(const char *path) { return gb_path_join(&arena, root, path); }

static enum gb_code publish(const struct gb_release_facts *f, const char *body, const char *key, const char **id, struct gb_err *e)
{
    struct gb_release r;
    bool exists;
    enum gb_code code = gb_release_id(&arena, root, GB_PUBLIC, f, id, &exists, e);
    if (code != GB_OK || exists)
        return code;
    if ((code = gb_release_begin(&r, &arena, root, GB_PUBLIC, *id, e)) != GB_OK)
        return code;
    code = gb_release_add(&r, "index.html", body, strlen(body), "home", e);
    if (code == GB_OK)
        code = gb_release_add(&r, "data/a.csv", "x\r\n", 3, "data", e);
    gb_release_find(&r, "missing", "home", "Phần này chưa lập được");
    if (code != GB_OK) {
        gb_release_abandon(&r);
        return code;
    }
    return gb_release_commit(&r, f, key, e);
}

static const char *published(void)
{
    struct gb_err e = { 0 };
    const char *id;
    assert_int_equal(publish(&facts, "xin chào", NULL, &id, &e), GB_OK);
    return gb_path_join(&arena, at("public/rel"), id);
}

static void bad(const char *dir, const char *word)
{
    struct gb_err e = { 0 };
    struct gb_buf report = { 0 };
    assert_int_equal(gb_verify_edition(dir, NULL, &report, &e), GB_E_INPUT);
    if (!report.p || !strstr(report.p, word))
        fail_msg("no \"%s\" in: %s", word, report.p ? report.p : "(nothing)");
    gb_buf_release(&report);
}

static void good(const char *dir)
{
    struct gb_err e = { 0 };
    struct gb_buf report = { 0 };
    if (gb_verify_edition(dir, NULL, &report, &e) != GB_OK)
        fail_msg("%s", report.p ? report.p : "?");
    gb_buf_release(&report);
}

static void put(const char *dir, const char *name, const char *text)
{
    struct gb_err e = { 0 };
    assert_int_equal(gb_file_replace(gb_path_join(&arena, dir, name), text, strlen(text), &e), GB_OK);
}

/* Replace one piece of a text file; the piece must be there. */
static void edit(const char *dir, const char *name, const char *from, const char *to)
{
    struct gb_err e = { 0 };
    struct gb_buf b = { 0 }, out = { 0 };
    const char *path = gb_path_join(&arena, dir, name);
    assert_int_equal(gb_file_read(path, 1 << 20, &b, &e), GB_OK);
    const char *p = strstr(b.p, from);
    assert_non_null(p);
    gb_buf_add(&out, b.p, (size_t)(p - b.p));
    gb_buf_adds(&out, to);
    gb_buf_adds(&out, p + strlen(from));
    assert_int_equal(gb_file_replace(path, out.p, out.n, &e), GB_OK);
    gb_buf_release(&b);
    gb_buf_release(&out);
}

static void test_publish(void **state)
{
    struct gb_err e = { 0 };
    const char *first, *again, *second;
    char link[128];
    (void)state;
    assert_int_equal(publish(&facts, "một", NULL, &first, &e), GB_OK);
    assert_true(gb_starts_with(first, "2026-11-22-r1-"));
    good(at("public/current"));
    ssize_t n = readlink(at("public/current"), link, sizeof link - 1);
    assert_true(n > 4);
    link[n] = 0;
    assert_string_equal(link + 4, first);
    assert_int_equal(publish(&facts, "hai", NULL, &again, &e), GB_OK); /* the same input: nothing new is written */
    assert_string_equal(first, again);
    struct gb_release_facts other = facts;
    other.vintage_digest.b[0] = 9;
    assert_int_equal(publish(&other, "ba", NULL, &second, &e), GB_OK);
    assert_true(gb_starts_with(second, "2026-11-22-r2-"));
    struct gb_buf m = { 0 };
    assert_int_equal(gb_file_read(at("public/current/manifest.json"), 1 << 20, &m, &e), GB_OK);
    assert_non_null(strstr(m.p, gb_sprintf(&arena, "\"previous\": \"%s\"", first)));
    gb_buf_release(&m);
    int64_t n_findings;
    assert_int_equal(gb_release_findings(root, GB_PUBLIC, second, &n_findings, &e), GB_OK);
    assert_int_equal(n_findings, 1);
}

static void test_paths(void **state)
{
    static const char *const no[] = { "", "/a", "a/", "../a", "a/../b", "a//b", ".a", "a/.b", "a b", "đ", "manifest.json", "SHA256SUMS", "manifest.sig", "a\n" };
    struct gb_release r;
    (void)state;
    struct gb_err e = { 0 };
    assert_int_equal(gb_release_begin(&r, &arena, root, GB_IOC, "2026-11-22-r1-0123456789abcdef", &e), GB_OK);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        gb_err_clear(&e);
        if (gb_release_add(&r, no[i], "x", 1, "t", &e) != GB_E_BUG)
            fail_msg("accepted: %s", no[i]);
    }
    gb_err_clear(&e);
    assert_int_equal(gb_release_add(&r, "data/SP.POP_1-x.csv", "x", 1, "t", &e), GB_OK);
    assert_int_equal(gb_release_add(&r, "data/sp.pop_1-x.csv", "x", 1, "t", &e), GB_E_BUG); /* one file on a server that folds case */
    gb_release_abandon(&r);
    assert_false(gb_file_exists(at("ioc/rel/2026-11-22-r1-0123456789abcdef.tmp/data/SP.POP_1-x.csv")));
}

static void test_attacks(void **state)
{
    (void)state;
    const char *dir = published();
    good(dir);
    put(dir, "extra.html", "x");
    bad(dir, "không có trong manifest.json");
    assert_int_equal(unlink(gb_path_join(&arena, dir, "extra.html")), 0);
    assert_int_equal(mkdir(gb_path_join(&arena, dir, "empty"), 0755), 0);
    bad(dir, "empty: thư mục không có tệp nào");
    assert_int_equal(mkdir(gb_path_join(&arena, dir, "empty/deeper"), 0755), 0);
    bad(dir, "deeper: thư mục không có tệp nào");
    assert_int_equal(rmdir(gb_path_join(&arena, dir, "empty/deeper")) || rmdir(gb_path_join(&arena, dir, "empty")), 0);
    good(dir);
    put(dir, "index.html", "XIN CHÀO");
    bad(dir, "index.html: nội dung khác");
    put(dir, "index.html", "xin chào!");
    bad(dir, "index.html: dài");
    assert_int_equal(unlink(gb_path_join(&arena, dir, "index.html")), 0);
    bad(dir, "index.html: thiếu");
    assert_int_equal(symlink("/etc/hostname", gb_path_join(&arena, dir, "index.html")), 0);
    bad(dir, "không phải tệp thường");
    assert_int_equal(unlink(gb_path_join(&arena, dir, "index.html")), 0);
    put(dir, "index.html", "xin chào");
    good(dir);
    assert_int_equal(link(gb_path_join(&arena, dir, "index.html"), at("hard")), 0);
    bad(dir, "liên kết cứng");
    assert_int_equal(unlink(at("hard")), 0);
    edit(dir, "SHA256SUMS", "index.html", "index.htm");
    bad(dir, "SHA256SUMS không khớp");
    edit(dir, "SHA256SUMS", "index.htm", "index.html");
    good(dir);
    edit(dir, "manifest.json", "\"business_date\": \"2026-11-22\"", "\"business_date\": \"2026-11-23\"");
    bad(dir, "khác ngày công tác");
    edit(dir, "manifest.json", "\"business_date\": \"2026-11-23\"", "\"business_date\": \"2026-11-22\"");
    edit(dir, "manifest.json", "\"audience\": \"public\"", "\"audience\": \"front\"");
    bad(dir, "thư mục là của public");
    edit(dir, "manifest.json", "\"audience\": \"front\"", "\"audience\": \"public\"");
    edit(dir, "manifest.json", "\"sample\": false", "\"sample\": true");
    bad(dir, "không phải của các dữ kiện");
    edit(dir, "manifest.json", "\"sample\": true", "\"sample\": false");
    good(dir);
    edit(dir, "manifest.json", "\n}", "\n"); /* truncated */
    bad(dir, "");
    assert_int_equal(unlink(gb_path_join(&arena, dir, "manifest.json")), 0);
    bad(dir, "");
}

static void test_dates(void **state)
{
    struct gb_err e = { 0 };
    struct gb_buf report = { 0 };
    (void)state;
    const char *dir = published();
    struct gb_verify_options opt = { .on = { 2026, 11, 24 } };
    assert_int_equal(gb_verify_edition_with(dir, &opt, &report, &e), GB_OK);
    opt.on.day = 25;
    assert_int_equal(gb_verify_edition_with(dir, &opt, &report, &e), GB_E_INPUT);
    assert_non_null(strstr(report.p, "hết hạn"));
    gb_err_clear(&e);
    opt.on.day = 21;
    assert_int_equal(gb_verify_edition_with(dir, &opt, &report, &e), GB_E_INPUT);
    gb_buf_release(&report);
}

static void test_signature(void **state)
{
    struct gb_err e = { 0 };
    const char *id;
    (void)state;
    assert_int_equal(gb_key_create(at("key"), &e), GB_OK);
    assert_int_equal(gb_key_create(at("key"), &e), GB_E_IO); /* never replaced */
    gb_err_clear(&e);
    assert_int_equal(gb_key_create(at("other"), &e), GB_OK);
    assert_int_equal(publish(&facts, "ký", at("key"), &id, &e), GB_OK);
    const char *dir = gb_path_join(&arena, at("public/rel"), id);
    struct gb_buf report = { 0 };
    assert_int_equal(gb_verify_edition(dir, at("key.pub"), &report, &e), GB_OK);
    assert_int_equal(gb_verify_edition(dir, at("other.pub"), &report, &e), GB_E_INPUT);
    assert_non_null(strstr(report.p, "chữ ký"));
    gb_err_clear(&e);
    edit(dir, "manifest.json", "\"valid_until\": \"2026-11-24\"", "\"valid_until\": \"2027-11-24\"");
    bad(dir, "chữ ký của manifest.json sai"); /* by the key that lies beside */
    edit(dir, "manifest.json", "\"valid_until\": \"2027-11-24\"", "\"valid_until\": \"2026-11-24\"");
    good(dir);
    assert_int_equal(unlink(gb_path_join(&arena, dir, "manifest.sig")), 0);
    bad(dir, "thiếu manifest.sig");
    struct gb_release_facts other = facts;
    other.vintage_digest.b[0] = 9;
    assert_int_equal(publish(&other, "khóa khác", at("other"), &id, &e), GB_E_IO); /* another key than the one that lies there */
    assert_false(gb_dir_exists(gb_path_join(&arena, at("public/rel"), id)));
    gb_err_clear(&e);
    assert_int_equal(chmod(at("key"), 0644), 0);
    assert_int_equal(publish(&other, "khóa mở", at("key"), &id, &e), GB_E_IO);
    gb_buf_release(&report);
}

/* Every n-th call of each point fails once, as long as it strikes: either the edition is out and whole, or nothing of it is seen. */
static void test_faults(void **state)
{
    static const char *const points[] = { "io.fsync", "io.write", "io.open", "io.close", "io.rename", "io.mkdir", "io.symlink", "io.read", "release.sums",
                                          "release.sign", "release.manifest", "release.verify", "release.sync", "release.rename", "release.switch" };
    (void)state;
    for (size_t k = 0; k < sizeof points / sizeof *points; k++) {
        int n_failed = 0;
        for (int n = 1; n < 200; n++) {
            struct gb_err e = { 0 };
            const char *id = NULL;
            assert_int_equal(gb_remove_tree(at("public"), &e), GB_OK);
            gb_fault_arm(gb_sprintf(&arena, "%s:%d", points[k], n));
            enum gb_code code = publish(&facts, "thử", NULL, &id, &e);
            gb_fault_arm(NULL);
            if (code == GB_OK) {
                good(at("public/current"));
                break;
            }
            n_failed++;
            assert_int_equal(code, GB_E_IO);
            /* not current, unless it was the very last sync that failed after the switch */
            if (gb_file_exists(at("public/current/index.html")))
                good(at("public/current"));
            gb_err_clear(&e);
            assert_int_equal(publish(&facts, "thử", NULL, &id, &e), GB_OK); /* the next run gets through, whatever was left */
            if (id)
                assert_int_equal(gb_release_point(root, GB_PUBLIC, id, &e), GB_OK);
            good(at("public/current"));
        }
        if (n_failed == 0)
            fail_msg("%s never struck", points[k]);
    }
}

static void test_strangers(void **state)
{
    struct gb_err e = { 0 };
    const char *id;
    (void)state;
    assert_int_equal(gb_mkdirs(at("elsewhere"), &e), GB_OK);
    assert_int_equal(gb_mkdirs(at("public"), &e), GB_OK);
    assert_int_equal(symlink(at("elsewhere"), at("public/rel")), 0); /* rel/ points somewhere else: refused */
    assert_int_equal(publish(&facts, "x", NULL, &id, &e), GB_E_IO);
    assert_int_equal(unlink(at("public/rel")), 0);
    gb_err_clear(&e);
    assert_int_equal(symlink(at("elsewhere"), at("public/current")), 0); /* current points somewhere else: replaced */
    assert_int_equal(publish(&facts, "x", NULL, &id, &e), GB_OK);
    good(at("public/current"));
    const char **names;
    size_t n;
    assert_int_equal(gb_dir_list(&arena, at("elsewhere"), &names, &n, &e), GB_OK);
    assert_int_equal(n, 0);
    struct gb_release_facts other = facts; /* an empty folder under the name we would take: the next number */
    other.vintage_digest.b[0] = 9;
    bool exists;
    assert_int_equal(gb_release_id(&arena, root, GB_PUBLIC, &other, &id, &exists, &e), GB_OK);
    assert_int_equal(gb_mkdirs(gb_path_join(&arena, at("public/rel"), id), &e), GB_OK);
    const char *next;
    assert_int_equal(publish(&other, "y", NULL, &next, &e), GB_OK);
    assert_string_not_equal(id, next);
    good(at("public/current"));
}

static void test_retain(void **state)
{
    struct gb_err e = { 0 };
    const char *id[6], **names;
    size_t n;
    (void)state;
    for (int i = 0; i < 6; i++) {
        struct gb_release_facts f = facts;
        f.vintage_digest.b[0] = (uint8_t)(100 + i);
        assert_int_equal(publish(&f, "x", NULL, &id[i], &e), GB_OK);
    }
    assert_int_equal(gb_mkdirs(at("public/rel/2026-11-21-r1-0123456789abcdef.tmp/data"), &e), GB_OK);
    assert_int_equal(gb_mkdirs(at("public/rel/of-somebody-else"), &e), GB_OK);
    assert_int_equal(gb_release_point(root, GB_PUBLIC, id[1], &e), GB_OK); /* somebody went back */
    assert_int_equal(gb_release_retain(root, GB_PUBLIC, 2, &e), GB_OK);
    assert_int_equal(gb_dir_list(&arena, at("public/rel"), &names, &n, &e), GB_OK);
    assert_int_equal(n, 5); /* r6 r5, current r2 and its previous r1, and what is not ours */
    assert_true(gb_dir_exists(gb_path_join(&arena, at("public/rel"), id[0])));
    assert_true(gb_dir_exists(gb_path_join(&arena, at("public/rel"), id[1])));
    assert_false(gb_dir_exists(gb_path_join(&arena, at("public/rel"), id[3])));
    good(at("public/current"));
}

static void test_lock(void **state)
{
    struct gb_err e = { 0 };
    struct gb_lock a, b;
    (void)state;
    assert_int_equal(gb_lock_take(&a, root, &e), GB_OK);
    assert_int_equal(gb_lock_take(&b, root, &e), GB_E_BUSY);
    gb_err_clear(&e);
    gb_lock_drop(&a);
    assert_int_equal(gb_lock_take(&b, root, &e), GB_OK);
    gb_lock_drop(&b);
}

/* A lock on a file: it is waited for, and a child that still has the descriptor does not keep it after release. */
static void test_lock_file(void **state)
{
    struct gb_err e = { 0 };
    struct gb_lock a, b;
    const char *path = at("s.db.lock");
    int hold[2];
    (void)state;
    assert_int_equal(pipe(hold), 0);
    assert_int_equal(gb_lock_file(&a, path, 0, &e), GB_OK);
    assert_int_equal(gb_lock_file(&b, path, 100, &e), GB_E_BUSY);
    assert_int_equal(b.fd, -1);
    assert_non_null(strstr(e.text, path));
    gb_err_clear(&e);
    pid_t child = fork();
    if (child == 0) { /* lives until the parent closes its end */
        char c;
        close(hold[1]);
        (void)!read(hold[0], &c, 1);
        _exit(0);
    }
    gb_lock_release(&a);
    assert_int_equal(gb_lock_file(&b, path, 0, &e), GB_OK);
    close(hold[0]);
    close(hold[1]);
    assert_int_equal(waitpid(child, NULL, 0), child);

    child = fork();
    if (child == 0) { /* lets go after a while */
        (void)poll(NULL, 0, 300);
        gb_lock_release(&b);
        _exit(0);
    }
    assert_int_equal(gb_lock_file(&a, path, 10000, &e), GB_OK);
    assert_int_equal(waitpid(child, NULL, 0), child);
    gb_lock_release(&a);
    gb_lock_drop(&b);
    assert_int_equal(symlink("elsewhere", at("link.lock")), 0);
    assert_int_equal(gb_lock_file(&a, at("link.lock"), 0, &e), GB_E_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_publish, setup, teardown),   cmocka_unit_test_setup_teardown(test_paths, setup, teardown),
        cmocka_unit_test_setup_teardown(test_attacks, setup, teardown),   cmocka_unit_test_setup_teardown(test_dates, setup, teardown),
        cmocka_unit_test_setup_teardown(test_signature, setup, teardown), cmocka_unit_test_setup_teardown(test_faults, setup, teardown),
        cmocka_unit_test_setup_teardown(test_strangers, setup, teardown), cmocka_unit_test_setup_teardown(test_retain, setup, teardown),
        cmocka_unit_test_setup_teardown(test_lock, setup, teardown),      cmocka_unit_test_setup_teardown(test_lock_file, setup, teardown),
    };
    return cmocka_run_group_tests_name("release_edition", tests, NULL, NULL);
}
