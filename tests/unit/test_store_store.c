/* test_store_store.c — append, vintages, order, conflicts, damage. Works in a fresh directory below /tmp. */
#define _GNU_SOURCE /* memmem */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/fault.h"
#include "base/file.h"
#include "store/store.h"

static char dir[64];
static char db[96];

static int setup(void **state)
{
    (void)state;
    strcpy(dir, "/tmp/gb-store-XXXXXX");
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

static struct gb_store *open_store(bool read_only)
{
    struct gb_store *s = NULL;
    struct gb_err f = { 0 };
    char line[512];
    if (gb_store_open(&s, db, read_only, &f))
        fail_msg("%s", gb_err_line(&f, line, sizeof line));
    return s;
}

#define OK(call)                                                                                                                 \
    do {                                                                                                                         \
        struct gb_err e = { 0 };                                                                                                 \
        char line_[512];                                                                                                         \
        if (call)                                                                                                                \
            fail_msg("%s", gb_err_line(&e, line_, sizeof line_));                                                                \
    } while (0)

/* A delivery of a day: two indicators, three regions; the second restates the day before. */
static struct gb_sha256 sha_of(const char *text)
{
    return gb_sha256_of(text, strlen(text));
}

static int64_t deliver(struct gb_store *s, const char *agency, int day, int64_t seq, int64_t factor, bool *conflict)
{
    char name[64];
    snprintf(name, sizeof name, "%s_%02d_%d_%d.csv", agency, day, (int)seq, (int)factor);
    struct gb_delivery d = { .agency = agency,
                             .file_name = name,
                             .as_of = { 2026, 11, (int8_t)day },
                             .seq = seq,
                             .received_utc = 1790000000 + day,
                             .sha256 = sha_of(name),
                             .bytes = 100,
                             .n_rows = 5 };
    const char *region[] = { "38", "14758", "00004" };
    int32_t period[] = { 100 + day, 100 + day, 99 + day };
    int64_t value[] = { day * factor, GB_VALUE_MISSING, day * factor + 7 };
    char status[] = { 'A', 'M', 'P' };
    int64_t line[] = { 2, 4, 6 };
    const char *note[] = { NULL, "mất điện", NULL };
    struct gb_segment seg[] = {
        { .indicator = "z.last",
          .scale = 1,
          .freq = GB_FREQ_DAY,
          .n = 2,
          .region = region,
          .period = period,
          .value = value,
          .status = status,
          .line = line },
        { .indicator = "a.first",
          .scale = 2,
          .freq = GB_FREQ_DAY,
          .n = 3,
          .region = region,
          .period = period,
          .value = value,
          .status = status,
          .note = note,
          .line = line },
    };
    OK(gb_store_append(s, &d, seg, 2, &e));
    if (conflict)
        *conflict = d.conflict;
    return d.id;
}

/* The replay as text: what a cube would see, in the order it would see it. */
static enum gb_code dump_segment(void *ctx, const struct gb_delivery *d, const struct gb_segment *seg, struct gb_err *e)
{
    (void)e;
    struct gb_buf *b = ctx;
    gb_buf_addf(b, "%s %s %d/%lld s%d f%d\n", seg->indicator, d->agency, d->as_of.day, (long long)d->seq, seg->scale,
                (int)seg->freq);
    for (size_t i = 0; i < seg->n; i++)
        gb_buf_addf(b, " %s %d %lld %c %s %lld\n", seg->region[i], seg->period[i], (long long)seg->value[i], seg->status[i],
                    seg->note && seg->note[i] ? seg->note[i] : "-", (long long)seg->line[i]);
    return GB_OK;
}

static void dump(struct gb_store *s, int64_t vintage, const char *indicator, struct gb_buf *out)
{
    gb_buf_reset(out);
    gb_buf_adds(out, "");
    OK(gb_store_replay(s, vintage, indicator, dump_segment, out, &e));
}

static struct gb_vintage vintage_of(struct gb_store *s, int64_t number)
{
    struct gb_vintage v;
    OK(gb_store_vintage(s, number, &v, &e));
    return v;
}

static void test_arrival_does_not_matter(void **state) /* D04, D03 */
{
    (void)state;
    static const int order[2][10] = { { 1, 2, 3, 4, 5, 5, 4, 3, 2, 1 }, { 5, 5, 3, 1, 3, 2, 1, 4, 2, 4 } };
    struct gb_buf text[2] = { { 0 }, { 0 } };
    struct gb_vintage v[2];
    for (int k = 0; k < 2; k++) {
        snprintf(db, sizeof db, "%s/order%d.db", dir, k);
        struct gb_store *s = open_store(false);
        for (int i = 0; i < 10; i++)
            deliver(s, "so-y-te", order[k][i], 1, 10, NULL);
        v[k] = vintage_of(s, 0);
        dump(s, 0, NULL, &text[k]);
        gb_store_close(s);
    }
    assert_int_equal(v[0].n_deliveries, 5);
    assert_int_equal(v[0].number, 5);
    assert_int_equal(v[1].number, 5);
    assert_memory_equal(v[0].digest.b, v[1].digest.b, 32);
    assert_int_equal(v[1].last_as_of.day, 5);
    assert_string_equal(text[0].p, text[1].p);
    assert_true(
        gb_starts_with(text[0].p, "a.first so-y-te 1/1 s2 f5\n 38 101 10 A - 2\n 14758 101 -9223372036854775808 M mất điện 4\n"));
    gb_buf_release(&text[0]);
    gb_buf_release(&text[1]);
}

static void test_old_vintage_stays(void **state)
{
    (void)state;
    struct gb_store *s = open_store(false);
    deliver(s, "so-y-te", 3, 1, 10, NULL);
    deliver(s, "cong-an", 3, 1, 20, NULL);
    struct gb_buf before = { 0 }, after = { 0 };
    dump(s, 2, NULL, &before);
    const struct gb_vintage v = vintage_of(s, 2);
    assert_int_equal(deliver(s, "so-y-te", 1, 1, 30, NULL), 3); /* older as_of, later arrival */
    deliver(s, "so-y-te", 3, 1, 40, NULL);                      /* and a conflict with the first */
    gb_store_close(s);
    s = open_store(true);
    dump(s, 2, NULL, &after);
    assert_string_equal(before.p, after.p);
    assert_memory_equal(v.digest.b, vintage_of(s, 2).digest.b, 32);
    dump(s, 3, "z.last", &after);
    assert_string_equal(after.p, "z.last so-y-te 1/1 s1 f5\n 38 101 30 A - 2\n 14758 101 -9223372036854775808 M - 4\n"
                                 "z.last cong-an 3/1 s1 f5\n 38 103 60 A - 2\n 14758 103 -9223372036854775808 M - 4\n"
                                 "z.last so-y-te 3/1 s1 f5\n 38 103 30 A - 2\n 14758 103 -9223372036854775808 M - 4\n");
    struct gb_err f = { 0 };
    struct gb_vintage none;
    assert_int_equal(gb_store_vintage(s, 5, &none, &f), GB_E_USAGE);
    gb_store_close(s);
    gb_buf_release(&before);
    gb_buf_release(&after);
}

static void test_conflict_quarantines_both(void **state) /* D06 */
{
    (void)state;
    struct gb_store *s = open_store(false);
    bool conflict = true;
    deliver(s, "so-y-te", 3, 1, 10, &conflict);
    assert_false(conflict);
    deliver(s, "so-y-te", 3, 1, 11, &conflict);
    assert_true(conflict);
    deliver(s, "so-y-te", 3, 2, 12, &conflict);
    assert_false(conflict);
    deliver(s, "so-y-te", 3, 1, 10, &conflict); /* the first again: no-op, but the answer tells */
    assert_true(conflict);
    struct gb_buf text = { 0 };
    dump(s, 0, "a.first", &text);
    assert_true(gb_starts_with(text.p, "a.first so-y-te 3/2 "));
    assert_null(strstr(text.p, "3/1"));
    dump(s, 1, "a.first", &text);
    assert_non_null(strstr(text.p, "3/1"));
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_delivery *d;
    size_t n;
    OK(gb_store_deliveries(s, &a, 0, &d, &n, &e));
    assert_int_equal(n, 3);
    assert_true(d[0].conflict && d[1].conflict && !d[2].conflict);
    OK(gb_store_deliveries(s, &a, 1, &d, &n, &e));
    assert_int_equal(n, 1);
    assert_false(d[0].conflict);
    struct gb_conflict *c;
    OK(gb_store_conflicts(s, &a, 2, &c, &n, &e));
    assert_int_equal(n, 2); /* each indicator once, though both twins have it */
    assert_string_equal(c[0].indicator, "a.first");
    assert_string_equal(c[1].indicator, "z.last");
    assert_string_equal(c[1].agency, "so-y-te");
    assert_int_equal(c[1].as_of.day, 3);
    assert_int_equal(c[1].seq, 1);
    OK(gb_store_conflicts(s, &a, 1, &c, &n, &e));
    assert_int_equal(n, 0);
    OK(gb_store_conflicts(s, &a, 0, &c, &n, &e));
    assert_int_equal(n, 0);                     /* the third delivery, lần 2, settled it */
    deliver(s, "so-y-te", 3, 2, 13, &conflict); /* which is itself contradicted */
    OK(gb_store_conflicts(s, &a, 0, &c, &n, &e));
    assert_int_equal(n, 4);
    assert_int_equal(c[0].seq, 1);
    assert_int_equal(c[3].seq, 2);
    deliver(s, "so-y-te", 4, 1, 14, &conflict); /* another date says nothing about the third of the month */
    OK(gb_store_conflicts(s, &a, 0, &c, &n, &e));
    assert_int_equal(n, 4);
    gb_arena_release(&a);
    gb_buf_release(&text);
    gb_store_close(s);
}

static void test_seq_and_find(void **state)
{
    (void)state;
    struct gb_store *s = open_store(false);
    int64_t seq = -1, id = -1;
    OK(gb_store_last_seq(s, "so-y-te", (struct gb_date){ 2026, 11, 3 }, &seq, &e));
    assert_int_equal(seq, 0);
    deliver(s, "so-y-te", 3, 4, 1, NULL);
    deliver(s, "so-y-te", 3, 0, 2, NULL); /* none given: 5 */
    OK(gb_store_last_seq(s, "so-y-te", (struct gb_date){ 2026, 11, 3 }, &seq, &e));
    assert_int_equal(seq, 5);
    const struct gb_sha256 known = sha_of("so-y-te_03_4_1.csv"), unknown = sha_of("?");
    OK(gb_store_find(s, &known, &id, &e));
    assert_int_equal(id, 1);
    OK(gb_store_find(s, &unknown, &id, &e));
    assert_int_equal(id, 0);
    gb_store_close(s);
}

static void test_vintage_on_day(void **state)
{
    (void)state;
    struct gb_store *s = open_store(false);
    int64_t n = -1;
    OK(gb_store_vintage_on(s, (struct gb_date){ 2026, 9, 21 }, &n, &e));
    assert_int_equal(n, 0);
    const int64_t midnight = ((int64_t)gb_date_to_days((struct gb_date){ 2026, 9, 22 })) * 86400 - 7 * 3600;
    for (int i = 0; i < 2; i++) {
        struct gb_delivery d = { .agency = "x", .file_name = "x.csv", .as_of = { 2026, 9, 1 }, .received_utc = midnight - 1 + i };
        d.sha256 = sha_of(i ? "b" : "a");
        OK(gb_store_append(s, &d, NULL, 0, &e));
    }
    OK(gb_store_vintage_on(s, (struct gb_date){ 2026, 9, 20 }, &n, &e));
    assert_int_equal(n, 0);
    OK(gb_store_vintage_on(s, (struct gb_date){ 2026, 9, 21 }, &n, &e));
    assert_int_equal(n, 1);
    OK(gb_store_vintage_on(s, (struct gb_date){ 2026, 9, 22 }, &n, &e));
    assert_int_equal(n, 2);
    gb_store_close(s);
}

static void test_journal(void **state)
{
    (void)state;
    struct gb_store *s = open_store(false);
    const struct gb_sha256 in = sha_of("in"), other = sha_of("other"), out = sha_of("out"), out2 = sha_of("out2");
    struct gb_sha256 got;
    bool found = true;
    OK(gb_store_job_find(s, "daily", &in, &got, &found, &e));
    assert_false(found);
    OK(gb_store_job_done(s, "daily", &in, &out, &e));
    OK(gb_store_job_done(s, "daily", &in, &out2, &e));
    OK(gb_store_job_find(s, "daily", &in, &got, &found, &e));
    assert_true(found);
    assert_memory_equal(got.b, out2.b, 32);
    OK(gb_store_job_find(s, "daily", &other, &got, &found, &e));
    assert_false(found);
    OK(gb_store_event(s, 1790000000, "refused", "x.csv", "{}", &e));
    gb_store_close(s);
}

/* ---- faults and damage --------------------------------------------------------------------------------------------- */
static void expect_open(enum gb_code want, bool read_only)
{
    struct gb_store *s = NULL;
    struct gb_err f = { 0 };
    assert_int_equal(gb_store_open(&s, db, read_only, &f), want);
    assert_null(s);
}

static void test_refused_files(void **state)
{
    (void)state;
    expect_open(GB_E_IO, true); /* does not exist */
    OK(gb_file_create(db, "this is no database, it is a text file of some length", 53, &e));
    expect_open(GB_E_IO, false);
    char target[128];
    snprintf(target, sizeof target, "%s/real.db", dir);
    assert_int_equal(unlink(db), 0);
    assert_int_equal(symlink(target, db), 0);
    expect_open(GB_E_IO, false); /* a link, even to nothing */
    assert_int_equal(access(target, F_OK), -1);
    assert_int_equal(unlink(db), 0);
    assert_int_equal(mkfifo(db, 0600), 0);
    expect_open(GB_E_IO, false); /* and it does not hang */
}

static void test_commit_fault_stores_nothing(void **state)
{
    (void)state;
    struct gb_store *s = open_store(false);
    deliver(s, "so-y-te", 1, 1, 10, NULL);
    const struct gb_vintage v = vintage_of(s, 0);
    struct gb_delivery d = { .agency = "x", .file_name = "x.csv", .as_of = { 2026, 9, 1 }, .sha256 = sha_of("x") };
    const char *region = "new-region";
    int32_t period = 1;
    int64_t value = 1;
    char status = 'A';
    const struct gb_segment seg = {
        .indicator = "i", .freq = GB_FREQ_DAY, .n = 1, .region = &region, .period = &period, .value = &value, .status = &status
    };
    struct gb_err f = { 0 };
    gb_fault_arm("store.commit:1");
    assert_int_equal(gb_store_append(s, &d, &seg, 1, &f), GB_E_IO);
    gb_fault_arm(NULL);
    assert_int_equal(d.id, 0);
    assert_int_equal(d.seq, 0);
    assert_memory_equal(v.digest.b, vintage_of(s, 0).digest.b, 32);
    OK(gb_store_append(s, &d, &seg, 1, &e)); /* and the retry works, new region and all */
    OK(gb_store_check(s, &e));
    struct gb_buf text = { 0 };
    dump(s, 0, "a.first", &text);
    gb_buf_release(&text);
    gb_store_close(s);
    s = open_store(true);
    gb_err_clear(&f);
    assert_int_equal(gb_store_append(s, &d, &seg, 1, &f), GB_E_IO); /* read only */
    gb_store_close(s);
}

static void test_batch(void **state)
{
    (void)state;
    struct gb_store *s = open_store(false);
    struct gb_err f = { 0 };
    assert_int_equal(gb_store_batch_end(s, &f), GB_E_BUG);
    OK(gb_store_batch_begin(s, &e));
    deliver(s, "so-y-te", 1, 1, 10, NULL);
    struct gb_delivery d = { .agency = "x", .file_name = "x.csv", .as_of = { 2026, 9, 1 }, .sha256 = sha_of("x") };
    gb_fault_arm("store.commit:1");
    gb_err_clear(&f);
    assert_int_equal(gb_store_append(s, &d, NULL, 0, &f), GB_E_IO); /* undone alone */
    gb_fault_arm(NULL);
    assert_int_equal(deliver(s, "so-y-te", 2, 1, 10, NULL), 2);
    OK(gb_store_batch_end(s, &e));
    assert_int_equal(vintage_of(s, 0).number, 2);
    OK(gb_store_batch_begin(s, &e));
    deliver(s, "so-y-te", 3, 1, 10, NULL);
    gb_fault_arm("store.commit:1");
    gb_err_clear(&f);
    assert_int_equal(gb_store_batch_end(s, &f), GB_E_IO);
    gb_fault_arm(NULL);
    assert_int_equal(vintage_of(s, 0).number, 2);
    OK(gb_store_batch_begin(s, &e));
    deliver(s, "so-y-te", 4, 1, 10, NULL);
    gb_store_close(s); /* without end: forgotten */
    s = open_store(true);
    assert_int_equal(vintage_of(s, 0).number, 2);
    OK(gb_store_check(s, &e));
    gb_store_close(s);
}

/* SIGKILL just before the commit: the next opening finds the state before, whole. */
static void test_killed_at_commit(void **state)
{
    (void)state;
    struct gb_store *s = open_store(false);
    deliver(s, "so-y-te", 1, 1, 10, NULL);
    const struct gb_vintage v = vintage_of(s, 0);
    gb_store_close(s); /* a handle never crosses fork() */
    const pid_t child = fork();
    if (child == 0) {
        s = open_store(false);
        gb_fault_arm("store.commit:1!");
        deliver(s, "so-y-te", 2, 1, 10, NULL);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    s = open_store(false);
    OK(gb_store_check(s, &e));
    assert_memory_equal(v.digest.b, vintage_of(s, 0).digest.b, 32);
    assert_int_equal(deliver(s, "so-y-te", 2, 1, 10, NULL), 2);
    gb_store_close(s);
}

/* Flip one byte wherever `needle` stands in the file. */
static void damage(const char *needle, size_t n, size_t at)
{
    struct gb_buf b = { 0 };
    OK(gb_file_read(db, 64 << 20, &b, &e));
    char *hit = memmem(b.p, b.n, needle, n);
    assert_non_null(hit);
    hit[at] = (char)(hit[at] ^ 1);
    OK(gb_file_replace(db, b.p, b.n, &e));
    gb_buf_release(&b);
}

static void test_damage_is_found(void **state)
{
    (void)state;
    struct gb_store *s = open_store(false);
    deliver(s, "so-y-te", 1, 1, 10, NULL);
    gb_store_close(s);
    damage("GS\1", 3, 14); /* a byte of a packed column: SQLite cannot see it */
    s = open_store(false);
    struct gb_err f = { 0 };
    assert_int_equal(gb_store_check(s, &f), GB_E_IO);
    char line[512];
    gb_err_line(&f, line, sizeof line);
    assert_non_null(strstr(line, "so-y-te_01_1_10.csv"));
    assert_true(strstr(line, "a.first") || strstr(line, "z.last"));
    gb_store_close(s);
    damage("GS\1", 3, 14);
    damage("so-y-te_01", 10, 8); /* a delivery's row */
    s = open_store(false);
    gb_err_clear(&f);
    assert_int_equal(gb_store_check(s, &f), GB_E_IO);
    gb_store_close(s);
    damage("so-y-te_11", 10, 8);
    s = open_store(false);
    OK(gb_store_check(s, &e)); /* healed: the test damaged what it meant to */
    gb_store_close(s);
    struct gb_buf b = { 0 };
    OK(gb_file_read(db, 64 << 20, &b, &e));
    OK(gb_file_replace(db, b.p, b.n - 8192, &e)); /* last page cut off */
    gb_buf_release(&b);
    gb_err_clear(&f);
    if (gb_store_open(&s, db, false, &f) == GB_OK) {
        assert_int_equal(gb_store_check(s, &f), GB_E_IO);
        gb_store_close(s);
    }
    assert_int_equal(f.code, GB_E_IO);
}

/* The limit on file size stands in for a full disk: a write fails with EFBIG, the process lives. < 0 lifts it again. */
static int limit_file_size(long bytes)
{
    static struct rlimit old;
    if (bytes < 0)
        return setrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, SIG_IGN);
    if (getrlimit(RLIMIT_FSIZE, &old))
        return -1;
    const struct rlimit now = { (rlim_t)bytes, old.rlim_max };
    return setrlimit(RLIMIT_FSIZE, &now);
}

static void test_full_disk(void **state)
{
    (void)state;
    struct gb_store *s = open_store(false);
    deliver(s, "so-y-te", 1, 1, 10, NULL);
    gb_store_close(s);
    assert_int_equal(chmod(db, 0440), 0);
    if (geteuid() != 0)
        expect_open(GB_E_IO, false);
    assert_int_equal(chmod(db, 0640), 0);
    s = open_store(false);
    assert_int_equal(limit_file_size(16384), 0);
    struct gb_delivery d = { .agency = "x", .file_name = "x.csv", .as_of = { 2026, 9, 1 }, .sha256 = sha_of("big") };
    enum { N = 50000 };
    static const char *region[N];
    static int32_t period[N];
    static int64_t value[N];
    static char status[N];
    for (int i = 0; i < N; i++) {
        region[i] = "38";
        period[i] = (int32_t)((i * 2654435761u) >> 8);
        value[i] = (int64_t)i * 1000003 * 65537;
        status[i] = 'A';
    }
    const struct gb_segment seg = {
        .indicator = "i", .freq = GB_FREQ_DAY, .n = N, .region = region, .period = period, .value = value, .status = status
    };
    struct gb_err f = { 0 };
    assert_int_equal(gb_store_append(s, &d, &seg, 1, &f), GB_E_IO);
    limit_file_size(-1);
    assert_int_equal(vintage_of(s, 0).number, 1);
    OK(gb_store_check(s, &e));
    gb_store_close(s);
}

static void test_vault(void **state)
{
    (void)state;
    const char *bytes = "indicator,region,period,value\n";
    const size_t n = strlen(bytes);
    const struct gb_sha256 sha = gb_sha256_of(bytes, n);
    char hex[65], path[256];
    gb_sha256_hex(&sha, hex);
    snprintf(path, sizeof path, "%s.vault/%.2s/%s", db, hex, hex + 2);
    static const char *const points[] = { "io.mkdir:1", "io.write:1", "io.fsync:1", "io.close:1", "io.rename:1" };
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        struct gb_err f = { 0 };
        gb_fault_arm(points[i]);
        assert_int_equal(gb_vault_put(db, &sha, bytes, n, &f), GB_E_IO);
        gb_fault_arm(NULL);
        assert_int_equal(access(path, F_OK), -1); /* never half a file under a final name */
    }
    OK(gb_vault_put(db, &sha, bytes, n, &e));
    OK(gb_vault_put(db, &sha, bytes, n, &e));
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0440);
    struct gb_buf b = { 0 };
    OK(gb_file_read(path, 1000, &b, &e));
    assert_int_equal(b.n, n);
    assert_memory_equal(b.p, bytes, n);
    gb_buf_reset(&b);
    OK(gb_vault_get(db, &sha, 1000, &b, &e));
    assert_int_equal(b.n, n);
    assert_memory_equal(b.p, bytes, n);
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(truncate(path, 3), 0);
    struct gb_err f = { 0 }, g = { 0 };
    assert_int_equal(gb_vault_put(db, &sha, bytes, n, &f), GB_E_IO);
    gb_buf_reset(&b);
    assert_int_equal(gb_vault_get(db, &sha, 1000, &b, &g), GB_E_IO); /* what is read again is what was delivered, or nothing */
    gb_buf_release(&b);
}

/* A night of the 4th made again when there is more: what was delivered of later days is not there, what came late of earlier ones is. */
static void test_until_a_day(void **state)
{
    (void)state;
    struct gb_store *s = open_store(false);
    struct gb_buf then = { 0 }, now = { 0 };
    deliver(s, "so-y-te", 3, 1, 10, NULL);
    deliver(s, "so-y-te", 4, 1, 10, NULL);
    dump(s, 0, NULL, &then);
    const struct gb_vintage was = vintage_of(s, 0);
    deliver(s, "so-y-te", 5, 1, 10, NULL);
    deliver(s, "cong-an", 5, 1, 20, NULL);
    deliver(s, "cong-an", 5, 1, 21, NULL); /* and a conflict about the 5th */
    gb_store_until(s, (struct gb_date){ 2026, 11, 4 });
    dump(s, 0, NULL, &now);
    assert_string_equal(now.p, then.p);
    struct gb_vintage v = vintage_of(s, 0);
    assert_int_equal(v.number, 2);
    assert_int_equal(v.n_deliveries, 2);
    assert_int_equal(v.until.day, 4);
    assert_int_equal(v.last_as_of.day, 4);
    assert_memory_equal(v.digest.b, was.digest.b, 32);
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_conflict *c;
    struct gb_delivery *d;
    size_t n;
    OK(gb_store_conflicts(s, &a, 0, &c, &n, &e));
    assert_int_equal(n, 0);
    OK(gb_store_deliveries(s, &a, 0, &d, &n, &e));
    assert_int_equal(n, 2);
    deliver(s, "cong-an", 2, 1, 30, NULL); /* late, but of a day before */
    v = vintage_of(s, 0);
    assert_int_equal(v.number, 6);
    assert_int_equal(v.n_deliveries, 3);
    gb_store_until(s, (struct gb_date){ 2026, 11, 1 });
    v = vintage_of(s, 0);
    assert_int_equal(v.number, 0);
    assert_int_equal(v.n_deliveries, 0);
    gb_store_close(s);
    gb_arena_release(&a);
    gb_buf_release(&then);
    gb_buf_release(&now);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = { T(test_arrival_does_not_matter),
                                        T(test_old_vintage_stays),
                                        T(test_until_a_day),
                                        T(test_conflict_quarantines_both),
                                        T(test_seq_and_find),
                                        T(test_vintage_on_day),
                                        T(test_journal),
                                        T(test_refused_files),
                                        T(test_commit_fault_stores_nothing),
                                        T(test_batch),
                                        T(test_killed_at_commit),
                                        T(test_damage_is_found),
                                        T(test_full_disk),
                                        T(test_vault) };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
