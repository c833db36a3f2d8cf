/* test_store_refusals.c — what was refused is kept once, for good, belongs to vintages as deliveries do, and is covered by their digest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/file.h"
#include "store/store_int.h"

static char dir[64], db[96];
static struct gb_arena a;
static struct gb_store *s;

#define OK(call)                                                                                                                 \
    do {                                                                                                                         \
        struct gb_err e = { 0 };                                                                                                 \
        char line_[512];                                                                                                         \
        if (call)                                                                                                                \
            fail_msg("%s", gb_err_line(&e, line_, sizeof line_));                                                                \
    } while (0)

static int setup(void **state)
{
    (void)state;
    strcpy(dir, "/tmp/gb-refusals-XXXXXX");
    if (!mkdtemp(dir))
        return 1;
    snprintf(db, sizeof db, "%s/store.db", dir);
    gb_arena_init(&a, 0);
    OK(gb_store_open(&s, db, false, &e));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    struct gb_err f = { 0 };
    gb_store_close(s);
    gb_arena_release(&a);
    return gb_remove_tree(dir, &f) != GB_OK;
}

static void deliver(const char *bytes, int day)
{
    struct gb_delivery d = { .agency = "so-y-te", .file_name = "x.csv", .as_of = { 2026, 11, (int8_t)day }, .n_rows = 9 };
    d.sha256 = gb_sha256_of(bytes, strlen(bytes));
    OK(gb_store_append(s, &d, NULL, 0, &e));
}

static void refuse(const char *bytes, int day, int64_t rows, int64_t faulty, bool partial)
{
    struct gb_refusal r = { .agency = day == 30 ? NULL : "so-y-te", .file_name = bytes, .code = "RR-number", .as_of = { 2026, 11, (int8_t)day },
                            .n_rows = rows, .n_faulty = faulty, .partial = partial };
    r.sha256 = gb_sha256_of(bytes, strlen(bytes));
    OK(gb_store_refuse(s, &r, &e));
}

/* "name rows/faulty ..." of a vintage */
static const char *known(int64_t vintage)
{
    struct gb_refusal *v;
    size_t n;
    const char *out = "";
    OK(gb_store_refusals(s, &a, vintage, &v, &n, &e));
    for (size_t i = 0; i < n; i++)
        out = gb_sprintf(&a, "%s%s%s %d/%d%s", out, i ? ", " : "", v[i].file_name, (int)v[i].n_rows, (int)v[i].n_faulty, v[i].partial ? "p" : "");
    return out;
}

static struct gb_vintage vintage(int64_t number)
{
    struct gb_vintage v;
    OK(gb_store_vintage(s, number, &v, &e));
    return v;
}

static bool same(struct gb_vintage x, struct gb_vintage y)
{
    return memcmp(&x.digest, &y.digest, sizeof x.digest) == 0;
}

static void test_once_and_for_good(void **state)
{
    (void)state;
    deliver("d1", 20);
    struct gb_vintage before = vintage(0);
    refuse("a", 20, 5, 2, false);
    struct gb_vintage with = vintage(0);
    assert_false(same(before, with));
    refuse("a", 21, 5, 2, false); /* still there the next night */
    assert_string_equal(known(0), "a 5/2");
    assert_true(same(with, vintage(0)));
    refuse("b", 30, 0, 0, false); /* nobody's, and no table */
    assert_string_equal(known(0), "a 5/2, b 0/0");
    OK(gb_store_check(s, &e));
    assert_int_not_equal(sqlite3_exec(s->db, "DELETE FROM refusal", NULL, NULL, NULL), SQLITE_OK);
    assert_int_not_equal(sqlite3_exec(s->db, "UPDATE refusal SET n_faulty = 0", NULL, NULL, NULL), SQLITE_OK);
    OK(gb_store_exec(s, "DROP TRIGGER refusal_fixed; UPDATE refusal SET n_rows = 6 WHERE n_rows = 5", "damage", &e));
    struct gb_err f = { 0 };
    assert_int_equal(gb_store_check(s, &f), GB_E_IO);
}

/* Refused bytes that were taken later were not refused after all; what was known before stays. */
static void test_taken_in_the_end(void **state)
{
    (void)state;
    refuse("c", 20, 5, 2, false);
    deliver("d1", 20);
    struct gb_vintage one = vintage(1);
    deliver("c", 21);
    refuse("c", 21, 5, 2, true); /* the two rows that --partial left out */
    assert_string_equal(known(1), "c 5/2");
    assert_string_equal(known(0), "c 5/2p");
    assert_true(same(one, vintage(1)));
    refuse("d1", 21, 5, 5, false); /* a catalogue of today would not take it: it was taken all the same */
    assert_string_equal(known(0), "c 5/2p");
}

/* A night of an earlier date knows only what was handed over up to it, and its number is the same when the store has grown. */
static void test_until(void **state)
{
    (void)state;
    deliver("d1", 20);
    refuse("a", 20, 5, 2, false);
    struct gb_vintage then = vintage(0);
    deliver("d2", 22);
    refuse("b", 22, 7, 1, false);
    gb_store_until(s, (struct gb_date){ 2026, 11, 20 });
    assert_string_equal(known(0), "a 5/2");
    assert_true(same(then, vintage(0)));
    assert_int_equal(vintage(0).number, then.number);
    refuse("c", 20, 3, 3, false); /* came late, tells of then: the number knows it */
    struct gb_vintage late = vintage(0);
    assert_false(same(then, late));
    assert_true(same(late, vintage(late.number)));
    assert_int_equal(strlen(known(late.number)), strlen("a 5/2, c 3/3"));
}

/* Whatever came first, the digest is the same. */
static void test_order_of_arrival(void **state)
{
    struct gb_vintage v[2];
    for (int turn = 0; turn < 2; turn++) {
        if (turn) {
            teardown(state);
            setup(state);
        }
        for (int i = 0; i < 3; i++) {
            int k = turn ? 2 - i : i;
            refuse(k == 0 ? "a" : k == 1 ? "b" : "c", 20 + k, k, 0, false);
        }
        v[turn] = vintage(0);
    }
    assert_true(same(v[0], v[1]));
}

static void test_a_store_of_version_2(void **state)
{
    (void)state;
    deliver("d1", 20);
    struct gb_vintage before = vintage(0);
    OK(gb_store_exec(s, "DROP TABLE refusal; DROP TABLE hidden; UPDATE meta SET value = '2' WHERE key = 'schema'; PRAGMA user_version = 2", "make it old", &e));
    gb_store_close(s);
    OK(gb_store_open(&s, db, true, &e)); /* who only reads finds none */
    assert_string_equal(known(0), "");
    assert_true(same(before, vintage(0)));
    gb_store_close(s);
    OK(gb_store_open(&s, db, false, &e));
    assert_true(same(before, vintage(0)));
    refuse("a", 20, 5, 2, false);
    assert_string_equal(known(0), "a 5/2");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = { T(test_once_and_for_good), T(test_taken_in_the_end), T(test_until), T(test_order_of_arrival), T(test_a_store_of_version_2) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
