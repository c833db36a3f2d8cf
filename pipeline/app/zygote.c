/* zygote.c — the side of app/pool.h that forks workers. */
#define _GNU_SOURCE
#include "app/pool_int.h"
#include "app/clock.h"
#include "base/file.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct running {
    pid_t pid;
    int pidfd, notes;                   /* -1 when the worker has closed its end */
    uint64_t start_ms, kill_ms, cpu_us; /* of the job under way: when it began, when it is too late, CPU of those before it */
    bool timed_out, lied, held;         /* held: its last answer is written, it only has to end */
    uint32_t i, n, deadline_ms, cpu_seconds;
    struct gb_note note;
    char tmpdir[128];
};
struct server {
    const struct gb_zygote_plan *plan;
    struct gb_zygote *z;
    struct running run[GB_MAX_JOBS];
};

/* ---- the worker ---- */

static void write_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t w = write(fd, p, n);
        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0) {
            static const char why[] = "worker: output refused\n";
            (void)!write(2, why, sizeof why - 1);
            _exit(GB_EXIT_CODE + GB_E_LIMIT); /* RLIMIT_FSIZE */
        }
        p += w;
        n -= (size_t)w;
    }
}

/* Memory is kept between the jobs of a worker: giving it back and faulting it in again would cost more than most jobs. */
static void keep_memory(void)
{
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
    (void)mallopt(M_MMAP_THRESHOLD, 32 << 20);
    (void)mallopt(M_TRIM_THRESHOLD, INT_MAX);
    (void)mallopt(M_TOP_PAD, 1 << 20);
#endif
}

/* Descriptors 0, 1, 2 what is said, 3 the answers, 4 the notes. */
static void wire_up(const struct gb_slot *slot, int notes)
{
    int out = fcntl(slot->out, F_DUPFD_CLOEXEC, 10), err = fcntl(slot->err, F_DUPFD_CLOEXEC, 10);
    notes = fcntl(notes, F_DUPFD_CLOEXEC, 10);
    if (out < 0 || err < 0 || notes < 0 || dup2(err, 0) < 0 || dup2(err, 1) < 0 || dup2(err, 2) < 0 || dup2(out, 3) < 0 ||
        dup2(notes, 4) < 0)
        _exit(72);
}

GB_NORETURN static void worker(const struct server *s, const struct gb_request *q, int notes, const char *tmpdir, pid_t parent)
{
    const struct gb_slot *slot = &s->z->slot[q->slot];
    const struct gb_request_job *end = &q->job[q->n - 1];
    const char *in = NULL;
    struct gb_buf out = { 0 };
    struct gb_err e = { 0 };
    char line[GB_ERR_TEXT];
    uint64_t at = 0;

    if (end->at + end->n_in) {
        in = mmap(NULL, (size_t)(end->at + end->n_in), PROT_READ, MAP_PRIVATE, slot->in, 0);
        if (in == MAP_FAILED)
            _exit(72);
    }
    (void)signal(SIGXFSZ, SIG_IGN); /* the write's error says it */
    (void)signal(SIGPIPE, SIG_IGN);
    wire_up(slot, notes);
    keep_memory();
    gb_cage_enter(s->plan->cage, (enum gb_box)q->box, &s->plan->limits[q->box], q->n, parent, tmpdir[0] ? tmpdir : NULL);
    for (uint32_t i = 0; i < q->n; i++) {
        const struct gb_request_job *j = &q->job[i];
        struct gb_work w = {
            .job = (int)j->job, .in = j->n_in ? in + j->at : NULL, .n_in = (size_t)j->n_in, .tmpdir = tmpdir[0] ? tmpdir : NULL
        };
        gb_buf_reset(&out);
        enum gb_code code = s->plan->work(s->plan->ctx, &w, &out, &e);
        if (code != GB_OK) {
            gb_err_line(&e, line, sizeof line);
            (void)!write(2, line, strlen(line));
            _exit(GB_EXIT_CODE + (int)code);
        }
        write_all(3, out.p ? out.p : "", out.n);
        struct gb_note n = { .at = at, .n_out = out.n, .err_at = (uint64_t)lseek(2, 0, SEEK_CUR), .i = i };
        at += out.n;
        n.last = i + 1 == q->n || at > GB_BATCH_BYTES;
        write_all(4, (const char *)&n, sizeof n);
        if (n.last)
            break;
    }
    _exit(0);
}

/* ---- the server ---- */

/* mkdtemp's name is random, but nothing of it gets into an output: libraries only keep their scratch files there. */
static bool make_tmpdir(const struct server *s, char *path, size_t cap)
{
    int n = snprintf(path, cap, "%s/giaoban-XXXXXX", s->plan->tmp_parent);
    if (n < 0 || (size_t)n >= cap || !mkdtemp(path))
        return false;
    return geteuid() != 0 || chown(path, GB_WORKER_UID, GB_WORKER_UID) == 0;
}

static void reply(const struct server *s, const struct gb_reply *r)
{
    if (send(s->z->fd, r, sizeof *r, MSG_NOSIGNAL) != (ssize_t)sizeof *r)
        _exit(0); /* the master is gone; workers die with us */
}

static void job_begins(struct running *r)
{
    r->start_ms = gb_clock_mono_ms();
    r->kill_ms = r->start_ms + r->deadline_ms;
}

static void start(struct server *s, const struct gb_request *q)
{
    struct running *r = &s->run[q->slot];
    struct gb_reply fail = { .slot = q->slot, .status = 72 << 8, .ended = 1 };
    pid_t self = getpid();
    int p[2];

    memset(r, 0, sizeof *r);
    if ((q->box == GB_BOX_TMPDIR && !make_tmpdir(s, r->tmpdir, sizeof r->tmpdir)) || pipe2(p, O_CLOEXEC) != 0) {
        reply(s, &fail);
        return;
    }
    r->n = q->n;
    r->deadline_ms = q->deadline_ms;
    r->cpu_seconds = s->plan->limits[q->box].cpu_seconds;
    r->notes = p[0];
    job_begins(r);
    r->pid = fork();
    if (r->pid == 0)
        worker(s, q, p[1], r->tmpdir, self);
    close(p[1]);
    r->pidfd = r->pid > 0 ? (int)syscall(SYS_pidfd_open, r->pid, 0) : -1;
    if (r->pid < 0 || r->pidfd < 0) {
        if (r->pid > 0) {
            kill(r->pid, SIGKILL);
            (void)waitpid(r->pid, NULL, 0);
        }
        close(r->notes);
        r->pid = 0;
        reply(s, &fail);
    }
}

static uint64_t cpu_us_of(pid_t pid)
{
    clockid_t clock;
    struct timespec t;
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &t) != 0)
        return 0;
    return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

/* An answer is written: the master is told, and the next job gets its own time. A worker can only say what comes next in its batch. */
static void take_note(struct server *s, uint32_t slot)
{
    struct running *r = &s->run[slot];
    struct gb_note n;
    ssize_t got = read(r->notes, &n, sizeof n);

    if (got < 0 && errno == EINTR)
        return;
    if (got != (ssize_t)sizeof n) {
        close(r->notes); /* it has ended; or half a note, which no pipe makes of one write */
        r->notes = -1;
        return;
    }
    if (r->held || r->lied || n.i != r->i || (n.last == 0 && n.i + 1 >= r->n)) {
        r->lied = true;
        kill(r->pid, SIGKILL);
        return;
    }
    r->note = n;
    if (n.last) {
        r->held = true;
        return;
    }
    uint64_t cpu = cpu_us_of(r->pid);
    struct gb_reply a = { .slot = slot,
                          .i = n.i,
                          .at = n.at,
                          .n_out = n.n_out,
                          .cpu_us = cpu - r->cpu_us,
                          .wall_ms = gb_clock_mono_ms() - r->start_ms };
    r->cpu_us = cpu;
    r->i++;
    job_begins(r);
    /* The soft limit moves on. Where that is refused, the first job's limit stands for all of them and whom it strikes is done again
     * alone. */
    struct rlimit lim;
    if (prlimit(r->pid, RLIMIT_CPU, NULL, &lim) == 0) {
        lim.rlim_cur = (rlim_t)(cpu / 1000000) + 1 + r->cpu_seconds;
        if (lim.rlim_cur > lim.rlim_max)
            lim.rlim_cur = lim.rlim_max;
        (void)prlimit(r->pid, RLIMIT_CPU, &lim, NULL);
    }
    reply(s, &a);
}

static void finish(struct server *s, uint32_t slot)
{
    struct running *r = &s->run[slot];
    struct rusage ru;
    struct gb_err ignored = { 0 };

    while (r->notes >= 0) /* what it wrote before it ended; then the end of the pipe */
        take_note(s, slot);
    struct gb_reply a = { .slot = slot, .i = r->i, .timed_out = r->timed_out, .ended = 1, .err_at = r->note.err_at };
    if (wait4(r->pid, &a.status, 0, &ru) == r->pid) {
        a.cpu_us =
            (uint64_t)(ru.ru_utime.tv_sec + ru.ru_stime.tv_sec) * 1000000 + (uint64_t)(ru.ru_utime.tv_usec + ru.ru_stime.tv_usec);
        a.cpu_us = a.cpu_us > r->cpu_us ? a.cpu_us - r->cpu_us : 0;
        a.rss_kib = (uint64_t)ru.ru_maxrss;
    }
    if (r->lied || (a.status == 0 && !r->held))
        a.status = 72 << 8;
    if (a.status == 0) {
        a.at = r->note.at;
        a.n_out = r->note.n_out;
    }
    a.wall_ms = gb_clock_mono_ms() - r->start_ms;
    close(r->pidfd);
    if (r->tmpdir[0] && gb_remove_tree(r->tmpdir, &ignored) != GB_OK)
        gb_err_clear(&ignored); /* scratch on a tmpfs: the next reboot is early enough */
    r->pid = 0;
    reply(s, &a);
}

/* A malformed request can only be a bug of ours. */
static bool well_formed(const struct server *s, const struct gb_request *q)
{
    return q->slot < (uint32_t)s->z->n_slots && s->run[q->slot].pid == 0 && q->box < GB_N_BOXES && q->n > 0 &&
           q->n <= GB_MAX_BATCH;
}

/* Descriptors to wait for, and how long; kills what is out of time. @return how many */
static nfds_t watch(struct server *s, struct pollfd *p, uint32_t *of, int64_t *wait_ms)
{
    nfds_t n = 0;
    uint64_t now = gb_clock_mono_ms();
    *wait_ms = -1;
    p[n++] = (struct pollfd){ .fd = s->z->fd, .events = POLLIN };
    for (uint32_t i = 0; i < (uint32_t)s->z->n_slots; i++) {
        struct running *r = &s->run[i];
        if (r->pid <= 0)
            continue;
        if (now >= r->kill_ms && !r->timed_out) {
            r->timed_out = true;
            kill(r->pid, SIGKILL);
        }
        int64_t left = r->timed_out ? 1000 : (int64_t)(r->kill_ms - now);
        if (*wait_ms < 0 || left < *wait_ms)
            *wait_ms = left;
        of[n] = i;
        p[n++] = (struct pollfd){ .fd = r->pidfd, .events = POLLIN };
        of[n] = i;
        p[n++] = (struct pollfd){ .fd = r->notes, .events = POLLIN }; /* -1 is passed over */
    }
    return n;
}

GB_NORETURN static void serve(struct server *s)
{
    struct pollfd p[2 * GB_MAX_JOBS + 1];
    uint32_t of[2 * GB_MAX_JOBS + 1];

    for (;;) {
        int64_t wait_ms;
        nfds_t n = watch(s, p, of, &wait_ms);
        if (poll(p, n, (int)wait_ms) < 0 && errno != EINTR)
            _exit(72);
        for (nfds_t k = 1; k + 1 < n; k += 2) {
            if (p[k].revents)
                finish(s, of[k]);
            else if (p[k + 1].revents)
                take_note(s, of[k]);
        }
        if (p[0].revents) {
            struct gb_request q;
            ssize_t got = recv(s->z->fd, &q, sizeof q, MSG_DONTWAIT);
            if (got == (ssize_t)sizeof q && well_formed(s, &q))
                start(s, &q);
            else if (got >= 0 || (errno != EAGAIN && errno != EINTR))
                _exit(0); /* closed by the master */
        }
    }
}

static int by_fd(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void become(struct server *s, int sock, pid_t parent)
{
    int keep[3 * GB_MAX_JOBS + 1], n = 0;

    gb_die_with_parent(parent);
    for (int sig = 1; sig < 32; sig++) /* no handler of the master's makes sense here; SIGKILL and SIGSTOP refuse, rightly */
        (void)signal(sig, SIG_DFL);
    s->z->fd = sock;
    keep[n++] = sock;
    for (int i = 0; i < s->z->n_slots; i++) {
        keep[n++] = s->z->slot[i].in;
        keep[n++] = s->z->slot[i].out;
        keep[n++] = s->z->slot[i].err;
    }
    qsort(keep, (size_t)n, sizeof *keep, by_fd);
    gb_close_others(keep, n);
    gb_heap_settle();
}

enum gb_code gb_zygote_start(struct gb_zygote *z, const struct gb_zygote_plan *plan, struct gb_err *e)
{
    int pair[2] = { -1, -1 };
    pid_t self = getpid();

    memset(z, 0, sizeof *z);
    z->fd = -1;
    gb_assert(plan->n_slots > 0 && plan->n_slots <= GB_MAX_JOBS);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return gb_fail_errno(e, GB_E_IO, errno, "không tạo được kênh tới tiến trình %s", plan->name);
    for (z->n_slots = 0; z->n_slots < plan->n_slots; z->n_slots++) {
        struct gb_slot *s = &z->slot[z->n_slots];
        s->in = memfd_create("in", MFD_CLOEXEC);
        s->out = memfd_create("out", MFD_CLOEXEC);
        s->err = memfd_create("err", MFD_CLOEXEC);
        if (s->in < 0 || s->out < 0 || s->err < 0)
            return gb_fail_errno(e, GB_E_IO, errno, "không tạo được vùng nhớ cho tiến trình %s", plan->name);
    }
    fflush(NULL); /* nothing buffered may be written twice */
    z->pid = fork();
    if (z->pid < 0)
        return gb_fail_errno(e, GB_E_IO, errno, "không tạo được tiến trình %s", plan->name);
    if (z->pid == 0) {
        struct server s = { .plan = plan, .z = z };
        become(&s, pair[1], self);
        serve(&s);
    }
    close(pair[1]);
    z->fd = pair[0];
    return GB_OK;
}

void gb_zygote_stop(struct gb_zygote *z)
{
    if (z->fd >= 0)
        close(z->fd);
    if (z->pid > 0) {
        if (z->lost)
            kill(z->pid, SIGKILL);
        (void)waitpid(z->pid, NULL, 0);
    }
    for (int i = 0; i < z->n_slots; i++) {
        close(z->slot[i].in);
        close(z->slot[i].out);
        close(z->slot[i].err);
    }
    memset(z, 0, sizeof *z);
    z->fd = -1;
}
