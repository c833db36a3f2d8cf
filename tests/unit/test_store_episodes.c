/* test_store_episodes.c — the log of episodes: a night replaces its own rows, whole or not at all; a store of before gets the tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/fault.h"
#include "base/file.h"
#include "store/store_int.h"

static char dir[64], db[96];

static int setup(void **state)
{
    (void)state;
    strcpy(dir, "/tmp/gb-episodes-XXXXXX");
    if (!mkdtemp(dir))
        return 1;
    snprintf(db, sizeof db, "%s/store.db", dir);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    gb_fault_arm(NULL);
    struct gb_err f = { 0 };
    return gb_remove_tree(dir, &f) != GB_OK;
}

#define OK(call)                                                                                                                 \
    do {                                                                                                                         \
        struct gb_err e = { 0 };                                                                                                 \
        char line_[512];                                                                                                         \
        if (call)                                                                                                                \
            fail_msg("%s", gb_err_line(&e, line_, sizeof line_));                                                                \
    } while (0)

static struct gb_store *open_store(bool read_only)
{
    struct gb_store *s = NULL;
    OK(gb_store_open(&s, db, read_only, &e));
    return s;
}

static void deliver(struct gb_store *s, const char *agency, int day)
{
    struct gb_delivery d = { .agency = agency, .file_name = "x.csv", .as_of = { 2026, 11, (int8_t)day }, .seq = 1 };
    d.sha256 = gb_sha256_of(&day, sizeof day);
    OK(gb_store_append(s, &d, NULL, 0, &e));
}

static const struct gb_store_episode one = { .indicator = "env.pm25", .region = "38", .opened = "2026-11-18", .last = "2026-11-20",
                                             .level = "danger", .peak_period = "2026-11-19", .peak = -1512, .scale = 1 };

static void put(struct gb_store *s, const char *locality, int day, int64_t vintage, const struct gb_store_episode *v, size_t n)
{
    struct gb_store_night night = { .date = { 2026, 11, (int8_t)day }, .vintage = vintage, .v = (struct gb_store_episode *)v, .n = n };
    night.digest = gb_sha256_of(&vintage, sizeof vintage);
    OK(gb_store_episodes_put(s, locality, &night, &e));
}

static struct gb_store_night get(struct gb_store *s, struct gb_arena *a, const char *locality, int day, bool there)
{
    struct gb_store_night night;
    bool found = !there;
    OK(gb_store_episodes_get(s, a, locality, day ? (struct gb_date){ 2026, 11, (int8_t)day } : (struct gb_date){ 0 }, &night, &found, &e));
    assert_int_equal(found, there);
    return night;
}

static void test_a_night_replaces_its_own(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_store *s = open_store(false);
    deliver(s, "so-tnmt", 18);
    struct gb_store_episode late[2] = { one, one };
    get(s, &a, "nho", 20, false);
    put(s, "nho", 20, 1, &one, 1);
    put(s, "nho", 21, 1, &one, 1);
    put(s, "khac", 20, 1, &one, 1);
    late[0].level = "emergency", late[0].ack_delivery = 1, late[0].ack_on = (struct gb_date){ 2026, 11, 18 };
    late[1].indicator = "aa", late[1].closed = "2026-11-20";
    put(s, "nho", 20, 2, late, 2);
    struct gb_store_night n = get(s, &a, "nho", 20, true);
    assert_int_equal(n.n, 2);
    assert_int_equal(n.vintage, 2);
    const int64_t two = 2;
    const struct gb_sha256 digest = gb_sha256_of(&two, sizeof two);
    assert_memory_equal(n.digest.b, digest.b, 32);
    assert_string_equal(n.v[0].indicator, "aa"); /* in the order of codes, not of writing */
    assert_string_equal(n.v[0].closed, "2026-11-20");
    assert_null(n.v[0].ack_agency);
    assert_int_equal(n.v[0].ack_delivery, 0);
    assert_int_equal(n.v[0].ack_on.year, 0);
    assert_string_equal(n.v[1].level, "emergency");
    assert_string_equal(n.v[1].ack_agency, "so-tnmt");
    assert_int_equal(n.v[1].ack_on.day, 18);
    assert_int_equal(n.v[1].peak, -1512);
    assert_null(n.v[1].closed);
    n = get(s, &a, "nho", 0, true); /* the newest */
    assert_int_equal(n.date.day, 21);
    assert_int_equal(n.n, 1);
    assert_string_equal(n.v[0].level, "danger");
    assert_int_equal(get(s, &a, "khac", 0, true).vintage, 1);
    put(s, "nho", 20, 3, NULL, 0); /* nothing happened: that is known too */
    assert_int_equal(get(s, &a, "nho", 20, true).n, 0);
    gb_store_close(s);
    gb_arena_release(&a);
}

static void test_whole_or_not_at_all(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_store *s = open_store(false);
    put(s, "nho", 20, 1, &one, 1);
    struct gb_store_episode v[2] = { one, one };
    v[0].region = "14758", v[1].level = "quite bad";
    struct gb_store_night night = { .date = { 2026, 11, 20 }, .vintage = 2, .v = v, .n = 2 };
    struct gb_err f = { 0 }, g = { 0 }, h = { 0 };
    assert_int_equal(gb_store_episodes_put(s, "nho", &night, &f), GB_E_BUG); /* no such level */
    v[1] = one, v[1].ack_delivery = 77, v[1].ack_on = (struct gb_date){ 2026, 11, 20 };
    assert_int_equal(gb_store_episodes_put(s, "nho", &night, &h), GB_E_BUG); /* no such delivery */
    v[1] = one;
    gb_fault_arm("store.episodes:1");
    assert_int_equal(gb_store_episodes_put(s, "nho", &night, &g), GB_E_IO);
    gb_fault_arm(NULL);
    struct gb_store_night n = get(s, &a, "nho", 20, true);
    assert_int_equal(n.vintage, 1);
    assert_int_equal(n.n, 1);
    assert_string_equal(n.v[0].region, "38");
    OK(gb_store_episodes_put(s, "nho", &night, &e)); /* and nothing is left open */
    gb_store_close(s);
    s = open_store(true);
    struct gb_err r = { 0 };
    assert_int_equal(gb_store_episodes_put(s, "nho", &night, &r), GB_E_IO);
    assert_int_equal(get(s, &a, "nho", 20, true).n, 2);
    gb_store_close(s);
    gb_arena_release(&a);
}

static void test_old_nights_go(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_store *s = open_store(false);
    const int32_t day = gb_date_to_days((struct gb_date){ 2026, 11, 20 });
    static const int back[] = { GB_EPISODE_DAYS + 1, GB_EPISODE_DAYS, 0 };
    for (int i = 0; i < 3; i++) {
        struct gb_store_night n = { .date = gb_date_from_days(day - back[i]), .v = (struct gb_store_episode *)&one, .n = 1 };
        OK(gb_store_episodes_put(s, "nho", &n, &e));
    }
    for (int i = 0; i < 3; i++) {
        struct gb_store_night n;
        bool found = i == 0;
        OK(gb_store_episodes_get(s, &a, "nho", gb_date_from_days(day - back[i]), &n, &found, &e));
        assert_int_equal(found, i > 0);
    }
    gb_store_close(s);
    gb_arena_release(&a);
}

/* What version 1 was: everything but the tables of later ones. */
static void make_old(void)
{
    struct gb_store *s = open_store(false);
    deliver(s, "so-y-te", 3);
    OK(gb_store_exec(s, "DROP TABLE episode; DROP TABLE episode_night; DROP TABLE refusal; DROP TABLE hidden; UPDATE meta SET value = '1' WHERE key = 'schema'; PRAGMA user_version = 1", "make it old", &e));
    gb_store_close(s);
}

static void test_an_old_store_is_brought_up(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    make_old();
    struct gb_store *s = open_store(true); /* who may only read reads it as it is */
    assert_int_equal(s->schema, 1);
    get(s, &a, "nho", 0, false);
    struct gb_vintage v;
    OK(gb_store_vintage(s, 0, &v, &e));
    assert_int_equal(v.number, 1);
    gb_store_close(s);
    gb_fault_arm("store.upgrade:1");
    struct gb_err f = { 0 };
    assert_int_equal(gb_store_open(&s, db, false, &f), GB_E_IO);
    gb_fault_arm(NULL);
    s = open_store(true); /* a step that failed left nothing behind */
    assert_int_equal(s->schema, 1);
    gb_store_close(s);
    s = open_store(false);
    assert_int_equal(s->schema, 4);
    OK(gb_store_check(s, &e));
    OK(gb_store_vintage(s, 0, &v, &e));
    assert_int_equal(v.number, 1);
    put(s, "nho", 20, 1, &one, 1);
    gb_store_close(s);
    s = open_store(false); /* and again: nothing to do */
    assert_int_equal(get(s, &a, "nho", 0, true).n, 1);
    gb_store_close(s);
    gb_arena_release(&a);
}

static void test_a_newer_store_is_refused(void **state)
{
    (void)state;
    struct gb_store *s = open_store(false);
    OK(gb_store_exec(s, "PRAGMA user_version = 5", "make it newer", &e));
    gb_store_close(s);
    struct gb_err f = { 0 };
    assert_int_equal(gb_store_open(&s, db, false, &f), GB_E_BUG);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = { T(test_a_night_replaces_its_own), T(test_whole_or_not_at_all), T(test_old_nights_go),
                                        T(test_an_old_store_is_brought_up), T(test_a_newer_store_is_refused) };
    return cmocka_run_group_tests_name("store episodes", tests, NULL, NULL);
}
