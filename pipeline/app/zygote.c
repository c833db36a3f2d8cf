/* zygote.c — the side of app/pool.h that forks workers. */
#define _GNU_SOURCE
#include "app/pool_int.h"
#include "app/clock.h"
#include "base/file.h"
#include <errno.h>
#include <fcntl.h>
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
#include <unistd.h>

struct running {
    pid_t pid;
    int pidfd;
    uint64_t start_ms, kill_ms;
    bool timed_out;
    uint32_t task;
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

GB_NORETURN static void worker(const struct server *s, const struct gb_request *q, const char *tmpdir, pid_t parent)
{
    const struct gb_slot *slot = &s->z->slot[q->slot];
    struct gb_work w = { .job = (int)q->job, .n_in = (size_t)q->n_in, .tmpdir = tmpdir[0] ? tmpdir : NULL };
    struct gb_buf out = { 0 };
    struct gb_err e = { 0 };
    char line[GB_ERR_TEXT];

    if (w.n_in) {
        w.in = mmap(NULL, w.n_in, PROT_READ, MAP_PRIVATE, slot->in, 0);
        if (w.in == MAP_FAILED)
            _exit(72);
    }
    (void)signal(SIGXFSZ, SIG_IGN); /* the write's error says it */
    (void)signal(SIGPIPE, SIG_IGN);
    int out_fd = fcntl(slot->out, F_DUPFD_CLOEXEC, 10), err_fd = fcntl(slot->err, F_DUPFD_CLOEXEC, 10);
    if (out_fd < 0 || err_fd < 0 || dup2(err_fd, 0) < 0 || dup2(err_fd, 1) < 0 || dup2(err_fd, 2) < 0 || dup2(out_fd, 3) < 0)
        _exit(72);
    gb_cage_enter(s->plan->cage, (enum gb_box)q->box, &s->plan->limits[q->box], parent, w.tmpdir);
    enum gb_code code = s->plan->work(s->plan->ctx, &w, &out, &e);
    if (code == GB_OK)
        write_all(3, out.p ? out.p : "", out.n);
    else {
        gb_err_line(&e, line, sizeof line);
        (void)!write(2, line, strlen(line));
    }
    _exit(code == GB_OK ? 0 : GB_EXIT_CODE + (int)code);
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

static void start(struct server *s, const struct gb_request *q)
{
    struct running *r = &s->run[q->slot];
    struct gb_reply fail = { .slot = q->slot, .task = q->task, .status = 72 << 8 };
    pid_t self = getpid();

    memset(r, 0, sizeof *r);
    if (q->box == GB_BOX_TMPDIR && !make_tmpdir(s, r->tmpdir, sizeof r->tmpdir)) {
        reply(s, &fail);
        return;
    }
    r->task = q->task;
    r->start_ms = gb_clock_mono_ms();
    r->kill_ms = r->start_ms + q->deadline_ms;
    r->pid = fork();
    if (r->pid == 0)
        worker(s, q, r->tmpdir, self);
    r->pidfd = r->pid > 0 ? (int)syscall(SYS_pidfd_open, r->pid, 0) : -1;
    if (r->pid < 0 || r->pidfd < 0) {
        if (r->pid > 0) {
            kill(r->pid, SIGKILL);
            (void)waitpid(r->pid, NULL, 0);
        }
        r->pid = 0;
        reply(s, &fail);
    }
}

static void finish(struct server *s, uint32_t slot)
{
    struct running *r = &s->run[slot];
    struct rusage ru;
    struct gb_reply a = { .slot = slot, .task = r->task, .timed_out = r->timed_out };
    struct gb_err ignored = { 0 };

    if (wait4(r->pid, &a.status, 0, &ru) == r->pid) {
        a.cpu_us =
            (uint64_t)(ru.ru_utime.tv_sec + ru.ru_stime.tv_sec) * 1000000 + (uint64_t)(ru.ru_utime.tv_usec + ru.ru_stime.tv_usec);
        a.rss_kib = (uint64_t)ru.ru_maxrss;
    }
    a.wall_ms = gb_clock_mono_ms() - r->start_ms;
    close(r->pidfd);
    if (r->tmpdir[0] && gb_remove_tree(r->tmpdir, &ignored) != GB_OK)
        gb_err_clear(&ignored); /* scratch on a tmpfs: the next reboot is early enough */
    r->pid = 0;
    reply(s, &a);
}

GB_NORETURN static void serve(struct server *s)
{
    struct pollfd p[GB_MAX_JOBS + 1];
    uint32_t of[GB_MAX_JOBS + 1];

    for (;;) {
        nfds_t n = 1;
        int64_t wait_ms = -1;
        uint64_t now = gb_clock_mono_ms();
        p[0] = (struct pollfd){ .fd = s->z->fd, .events = POLLIN };
        for (uint32_t i = 0; i < (uint32_t)s->z->n_slots; i++) {
            struct running *r = &s->run[i];
            if (r->pid <= 0)
                continue;
            if (now >= r->kill_ms && !r->timed_out) {
                r->timed_out = true;
                kill(r->pid, SIGKILL);
            }
            int64_t left = r->timed_out ? 1000 : (int64_t)(r->kill_ms - now);
            if (wait_ms < 0 || left < wait_ms)
                wait_ms = left;
            of[n] = i;
            p[n++] = (struct pollfd){ .fd = r->pidfd, .events = POLLIN };
        }
        if (poll(p, n, (int)wait_ms) < 0 && errno != EINTR)
            _exit(72);
        for (nfds_t k = 1; k < n; k++)
            if (p[k].revents)
                finish(s, of[k]);
        if (p[0].revents) {
            struct gb_request q;
            ssize_t got = recv(s->z->fd, &q, sizeof q, MSG_DONTWAIT);
            if (got == (ssize_t)sizeof q && q.slot < (uint32_t)s->z->n_slots && s->run[q.slot].pid == 0 && q.box < GB_N_BOXES)
                start(s, &q);
            else if (got >= 0 || (errno != EAGAIN && errno != EINTR))
                _exit(0); /* closed by the master; a malformed request can only be a bug and ends here too */
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
