/* Workers: what they may not do, how each end is told apart, and that the pool goes on (TRUST.md 1-6, on the release binary's walls). */
#define _GNU_SOURCE
#include "app/pool_int.h"
#include "base/arena.h"
#include "base/str.h"
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

static volatile int *volatile nowhere; /* the compiler must not know where it points */
enum { ECHO, FAIL, CRASH, LOOP, MEMORY, FLOOD, OPEN, SOCKET, FORK, EXEC, KILL, EXECUTABLE, LIE, TMPFILE, OUTSIDE, ABORT, WHO, BIG, SPIN, FIRST_ONLY, N_CASES };

/* Burns CPU seconds, whatever the wall clock does. */
static void spin(double seconds)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    double end = (double)t.tv_sec + 1e-9 * (double)t.tv_nsec + seconds;
    do
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    while ((double)t.tv_sec + 1e-9 * (double)t.tv_nsec < end);
}

static enum gb_code misbehave(int what, const struct gb_work *w, struct gb_err *e)
{
    switch (what) {
    case FAIL: return gb_fail(e, GB_E_REPORT, "dòng 7: sai");
    case CRASH: *nowhere = 1; return GB_OK;
    case LOOP:
        for (;;)
            ;
    case MEMORY: {
        struct gb_arena a;
        gb_arena_init(&a, 0);
        for (;;)
            memset(gb_alloc(&a, 1 << 20), 1, 1 << 20);
    }
    case OPEN: return open("/etc/passwd", O_RDONLY) >= 0 ? GB_OK : GB_E_IO;
    case SOCKET: return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? GB_OK : GB_E_IO;
    case FORK: return fork() >= 0 ? GB_OK : GB_E_IO;
    case EXEC: return execl("/bin/true", "true", (char *)0) == 0 ? GB_OK : GB_E_IO;
    case KILL: return kill(getppid(), SIGTERM) == 0 ? GB_OK : GB_E_IO;
    case EXECUTABLE: return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED ? GB_OK : GB_E_IO;
    case ABORT: abort();
    case LIE: { /* as if the answers of two jobs to come were written already */
        struct gb_note n = { .at = 1 << 20, .n_out = 1 << 20, .i = 7 };
        return write(4, &n, sizeof n) == (ssize_t)sizeof n ? GB_OK : GB_E_IO;
    }
    case SPIN: spin(0.9); return GB_OK;
    case FIRST_ONLY: { /* good for one job a process */
        static int before;
        return before++ == 0 ? GB_OK : gb_fail(e, GB_E_REPORT, "not the first");
    }
    case TMPFILE: {
        char path[256];
        (void)snprintf(path, sizeof path, "%s/x", w->tmpdir);
        FILE *f = fopen(path, "w+");
        return f && fputs("x", f) >= 0 && fclose(f) == 0 && unlink(path) == 0 ? GB_OK : gb_fail(e, GB_E_IO, "%s", strerror(errno));
    }
    case OUTSIDE: return open("/etc/passwd", O_RDONLY) >= 0 || open("/tmp/gb-outside", O_WRONLY | O_CREAT, 0600) >= 0 ? GB_OK : gb_fail(e, GB_E_IO, "refused");
    default: return GB_OK;
    }
}

static enum gb_code work(void *ctx, const struct gb_work *w, struct gb_buf *out, struct gb_err *e)
{
    (void)ctx;
    if (w->job == ECHO)
        gb_buf_add(out, w->in, w->n_in);
    if (w->job == WHO) {
        pid_t me = getpid();
        gb_buf_add(out, &me, sizeof me);
    }
    if (w->job == BIG) {
        gb_buf_reserve(out, 3 << 20);
        memset(out->p, *(const char *)w->in, 3 << 20);
        out->n = 3 << 20;
    }
    if (w->job == FLOOD)
        for (int i = 0; i < 80; i++) {
            static char mib[1 << 20];
            gb_buf_add(out, mib, sizeof mib);
        }
    return misbehave(w->job, w, e);
}

struct seen { struct gb_job_result r[64]; bool even[64]; /* all bytes the same */ char out[64][64]; char text[64][128]; int n; };

static void done(void *ctx, size_t i, const struct gb_job_result *r)
{
    struct seen *s = ctx;
    s->r[i] = *r;
    size_t n = r->n_out < 63 ? r->n_out : 63;
    memcpy(s->out[i], r->n_out ? r->out : "", n);
    s->out[i][n] = 0;
    s->even[i] = r->n_out > 1 && memcmp(r->out, (const char *)r->out + 1, r->n_out - 1) == 0;
    (void)snprintf(s->text[i], sizeof s->text[i], "%s", r->text);
    s->n++;
}

static struct gb_cage cage;
static struct gb_zygote zygote;

static int setup(void **state)
{
    struct gb_err e = { 0 };
    (void)state;
    if (gb_cage_warm(&cage, true, &e) != GB_OK)
        return -1;
    struct gb_zygote_plan plan = { .cage = &cage, .work = work, .n_slots = 4, .tmp_parent = "/tmp", .name = "test",
                                   .limits = { { .cpu_seconds = 2, .more_memory_mib = 64, .file_mib = 64 }, { .cpu_seconds = 2, .more_memory_mib = 64, .file_mib = 64 } } };
    return gb_zygote_start(&zygote, &plan, &e) == GB_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    gb_zygote_stop(&zygote);
    gb_cage_release(&cage);
    return 0;
}

static struct gb_job_result one(int job, enum gb_box box, unsigned ms, struct seen *s)
{
    struct gb_pool_task t = { .zygote = &zygote, .job = job, .box = box, .deadline_ms = ms, .in = "xin chào", .n_in = 9 };
    memset(s, 0, sizeof *s);
    gb_pool_run(&t, 1, 4, done, s);
    assert_int_equal(s->n, 1);
    return s->r[0];
}

static void test_ends(void **state)
{
    struct seen s;
    (void)state;
    assert_int_equal(one(ECHO, GB_BOX_PURE, 5000, &s).end, GB_END_OK);
    assert_string_equal(s.out[0], "xin chào");
    assert_int_equal(one(FAIL, GB_BOX_PURE, 5000, &s).end, GB_END_FAILED);
    assert_int_equal(s.r[0].code, GB_E_REPORT);
    assert_string_equal(s.text[0], "dòng 7: sai");
    assert_int_equal(one(LOOP, GB_BOX_PURE, 300, &s).end, GB_END_TIMEOUT); /* by the deadline */
    assert_in_range(s.r[0].wall_ms, 250, 2000);
    assert_int_equal(one(LOOP, GB_BOX_PURE, 20000, &s).end, GB_END_TIMEOUT); /* by the CPU limit */
    assert_in_range(s.r[0].cpu_us, 1500000, 5000000);
#if !defined(__SANITIZE_ADDRESS__)
    assert_int_equal(one(CRASH, GB_BOX_PURE, 5000, &s).end, GB_END_CRASHED);
    assert_int_equal(one(ABORT, GB_BOX_PURE, 5000, &s).end, GB_END_CRASHED);
    assert_int_equal(one(MEMORY, GB_BOX_PURE, 20000, &s).end, GB_END_MEMORY);
#endif
    assert_int_equal(one(ECHO, GB_BOX_PURE, 5000, &s).end, GB_END_OK); /* and the zygote is as fresh as before */
}

static void test_flood(void **state)
{
    struct seen s;
    (void)state;
    struct gb_job_result r = one(FLOOD, GB_BOX_PURE, 20000, &s);
    assert_true(r.end == GB_END_FAILED || r.end == GB_END_MEMORY); /* 80 MiB against limits of 64 */
    assert_int_equal(r.n_out, 0);
}

static void test_walls(void **state)
{
    static const int forbidden[] = { OPEN, SOCKET, FORK, EXEC, KILL, EXECUTABLE };
    struct seen s;
    (void)state;
#if defined(__SANITIZE_ADDRESS__)
    skip(); /* seccomp is off in sanitizer builds */
#endif
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        if (one(forbidden[i], GB_BOX_PURE, 5000, &s).end != GB_END_FORBIDDEN)
            fail_msg("case %d ended as %s", forbidden[i], gb_job_end_word(s.r[0].end));
}

static void test_tmpdir(void **state)
{
    struct seen s;
    (void)state;
    if (one(TMPFILE, GB_BOX_TMPDIR, 5000, &s).end != GB_END_OK)
        fail_msg("%s: %s", gb_job_end_word(s.r[0].end), s.text[0]);
    if (!cage.landlock_abi)
        skip();
    assert_int_equal(one(OUTSIDE, GB_BOX_TMPDIR, 5000, &s).end, GB_END_FAILED);
    assert_int_equal(access("/tmp/gb-outside", F_OK), -1);
}

/* Sixty jobs, every third one bad, four at a time: each answered once, the good ones right. */
static void test_many(void **state)
{
    struct gb_pool_task t[60];
    char in[60][16];
    struct seen s = { 0 };
    (void)state;
    for (int i = 0; i < 60; i++) {
        (void)snprintf(in[i], sizeof in[i], "job %d", i);
        t[i] = (struct gb_pool_task){ .zygote = &zygote, .job = i % 3 == 2 ? FAIL : ECHO, .box = GB_BOX_PURE, .deadline_ms = 5000, .in = in[i], .n_in = strlen(in[i]) };
    }
    gb_pool_run(t, 60, 4, done, &s);
    assert_int_equal(s.n, 60);
    for (int i = 0; i < 60; i++)
        if (i % 3 != 2)
            assert_string_equal(s.out[i], in[i]);
        else
            assert_int_equal(s.r[i].end, GB_END_FAILED);
}

/* ---- several jobs a worker ---- */

/* n jobs of one group for one worker, numbered in what they are told; `odd` takes the place of the one in the middle. */
static void batch(struct seen *s, int n, int job, int odd, unsigned ms, int jobs)
{
    struct gb_pool_task t[64];
    char in[64][24];
    memset(s, 0, sizeof *s);
    for (int i = 0; i < n; i++) {
        (void)snprintf(in[i], sizeof in[i], "%c job %d", 'a' + i, i);
        t[i] = (struct gb_pool_task){ .zygote = &zygote, .job = i == n / 2 ? odd : job, .box = GB_BOX_PURE, .deadline_ms = ms, .in = in[i], .n_in = strlen(in[i]), .group = 1 };
    }
    gb_pool_run(t, (size_t)n, jobs, done, s);
    assert_int_equal(s->n, n);
}

static int workers_of(const struct seen *s, int n)
{
    int count = 0;
    for (int i = 0; i < n; i++) {
        bool known = false;
        for (int k = 0; k < i; k++)
            known = known || memcmp(s->out[i], s->out[k], sizeof(pid_t)) == 0;
        count += !known;
    }
    return count;
}

static void test_batch_is_one_worker(void **state)
{
    struct seen s;
    (void)state;
    batch(&s, 12, WHO, WHO, 5000, 1);
    assert_int_equal(workers_of(&s, 12), 1);
    batch(&s, 40, WHO, WHO, 5000, 1);
    assert_int_equal(workers_of(&s, 40), 3); /* 16, 16, 8 */
    batch(&s, 12, WHO, WHO, 5000, 4);
    assert_in_range(workers_of(&s, 12), 4, 12); /* nobody idle */
}

/* Whatever the job in the middle does, it is lost and it alone; what stood behind it is made by others. */
static void test_batch_loses_one(void **state)
{
    static const struct { int job; enum gb_job_end end; bool walls; } odd[] = {
        { FAIL, GB_END_FAILED, false }, { LOOP, GB_END_TIMEOUT, false }, { CRASH, GB_END_CRASHED, true }, { ABORT, GB_END_CRASHED, true },
        { MEMORY, GB_END_MEMORY, true }, { OPEN, GB_END_FORBIDDEN, true }, { FORK, GB_END_FORBIDDEN, true }, { LIE, GB_END_CRASHED, false },
    };
    struct seen s;
    char want[24];
    (void)state;
    for (size_t k = 0; k < sizeof odd / sizeof *odd; k++) {
#if defined(__SANITIZE_ADDRESS__)
        if (odd[k].walls)
            continue;
#endif
        batch(&s, 9, ECHO, odd[k].job, odd[k].job == LOOP ? 400 : 10000, 1);
        for (int i = 0; i < 9; i++) {
            if (s.r[i].end != (i == 4 ? odd[k].end : GB_END_OK))
                fail_msg("case %d, job %d ended as %s", odd[k].job, i, gb_job_end_word(s.r[i].end));
            (void)snprintf(want, sizeof want, "%c job %d", 'a' + i, i);
            if (i != 4)
                assert_string_equal(s.out[i], want);
            else
                assert_int_equal(s.r[i].n_out, 0);
        }
        if (odd[k].job == FAIL)
            assert_string_equal(s.text[4], "dòng 7: sai");
    }
}

/* What fails behind others only because of them, fails for nobody. */
static void test_batch_does_not_decide(void **state)
{
    struct seen s;
    (void)state;
    batch(&s, 9, FIRST_ONLY, FIRST_ONLY, 5000, 1);
    for (int i = 0; i < 9; i++)
        assert_int_equal(s.r[i].end, GB_END_OK);
}

/* Answers of 3 MiB: a worker stops when it has given enough, the others of its batch are done by the next. */
static void test_batch_of_large_answers(void **state)
{
    struct seen s;
    (void)state;
    batch(&s, 16, BIG, BIG, 10000, 1);
    for (int i = 0; i < 16; i++) {
        assert_int_equal(s.r[i].end, GB_END_OK);
        assert_int_equal(s.r[i].n_out, 3 << 20);
        assert_int_equal(s.out[i][0], 'a' + i);
        assert_true(s.even[i]);
    }
}

/* Two CPU seconds a job, not a batch: four jobs of 0.9 are well; one without end is stopped after its own two. */
static void test_batch_cpu(void **state)
{
    struct seen s;
    (void)state;
    batch(&s, 4, SPIN, SPIN, 20000, 1);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(s.r[i].end, GB_END_OK);
        assert_in_range(s.r[i].cpu_us, 800000, 1600000);
    }
    batch(&s, 3, ECHO, LOOP, 20000, 1);
    assert_int_equal(s.r[1].end, GB_END_TIMEOUT);
    assert_in_range(s.r[1].cpu_us, 1500000, 5000000);
    assert_int_equal(s.r[2].end, GB_END_OK);
}

/* A zygote that is killed takes its jobs with it, and nothing else. */
static void test_lost(void **state)
{
    struct seen s;
    (void)state;
    kill(zygote.pid, SIGKILL);
    assert_int_equal(one(ECHO, GB_BOX_PURE, 5000, &s).end, GB_END_LOST);
    assert_int_equal(one(ECHO, GB_BOX_PURE, 5000, &s).end, GB_END_LOST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ends, setup, teardown),   cmocka_unit_test_setup_teardown(test_flood, setup, teardown),
        cmocka_unit_test_setup_teardown(test_walls, setup, teardown),  cmocka_unit_test_setup_teardown(test_tmpdir, setup, teardown),
        cmocka_unit_test_setup_teardown(test_many, setup, teardown),   cmocka_unit_test_setup_teardown(test_lost, setup, teardown),
        cmocka_unit_test_setup_teardown(test_batch_is_one_worker, setup, teardown), cmocka_unit_test_setup_teardown(test_batch_loses_one, setup, teardown),
        cmocka_unit_test_setup_teardown(test_batch_does_not_decide, setup, teardown), cmocka_unit_test_setup_teardown(test_batch_of_large_answers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_batch_cpu, setup, teardown),
    };
    return cmocka_run_group_tests_name("app_pool", tests, NULL, NULL);
}
