/* pool.c — the master's side of app/pool.h: hands out jobs, reads answers, waits for no one forever.
 *
 * The zygote kills a worker at its deadline; the master kills a zygote that does not answer GRACE_MS after that (it can only be stuck
 * in the kernel), and counts its jobs as lost. */
#define _GNU_SOURCE
#include "app/pool_int.h"
#include "app/clock.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define GRACE_MS 15000
#define TEXT_MAX 2000
#define MAX_ZYGOTES 8

struct pool {
    struct gb_pool_task *task;
    size_t n, next;
    int running, jobs;
    gb_done_fn done;
    void *ctx;
    struct gb_zygote *zygote[MAX_ZYGOTES];
    int n_zygotes;
};

const char *gb_job_end_word(enum gb_job_end end)
{
    switch (end) {
    case GB_END_OK: return "ok";
    case GB_END_FAILED: return "failed";
    case GB_END_MEMORY: return "memory";
    case GB_END_CRASHED: return "crashed";
    case GB_END_FORBIDDEN: return "forbidden-call";
    case GB_END_TIMEOUT: return "timeout";
    case GB_END_LOST: return "lost";
    }
    gb_bug("job end");
}

static bool fill_input(struct gb_slot *s, const void *p, size_t n)
{
    const char *at = p;
    if (ftruncate(s->in, 0) != 0 || lseek(s->in, 0, SEEK_SET) != 0)
        return false;
    while (n > 0) {
        ssize_t w = write(s->in, at, n);
        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0)
            return false;
        at += w;
        n -= (size_t)w;
    }
    return true;
}

static bool reset_output(struct gb_slot *s)
{
    return ftruncate(s->out, 0) == 0 && ftruncate(s->err, 0) == 0 && lseek(s->out, 0, SEEK_SET) == 0 &&
           lseek(s->err, 0, SEEK_SET) == 0;
}

static void lose(struct pool *p, size_t task_i)
{
    struct gb_job_result r = { .end = GB_END_LOST, .code = GB_E_BUG, .text = "" };
    p->done(p->ctx, task_i, &r);
}

/* Start the next task if a slot of its zygote is free. @return false when it has to wait. */
static bool dispatch(struct pool *p)
{
    size_t i = p->next;
    struct gb_pool_task *t = &p->task[i];
    struct gb_zygote *z = t->zygote;
    int k = 0;

    if (z->lost) {
        p->next++;
        lose(p, i);
        return true;
    }
    while (k < z->n_slots && z->slot[k].busy)
        k++;
    if (k == z->n_slots)
        return false;
    struct gb_slot *s = &z->slot[k];
    struct gb_request q = { .slot = (uint32_t)k,
                            .job = (uint32_t)t->job,
                            .task = (uint32_t)i,
                            .box = (uint32_t)t->box,
                            .deadline_ms = t->deadline_ms,
                            .n_in = t->n_in };
    p->next++;
    if (!reset_output(s) || !fill_input(s, t->in, t->n_in) || send(z->fd, &q, sizeof q, MSG_NOSIGNAL) != (ssize_t)sizeof q) {
        lose(p, i);
        return true;
    }
    s->busy = true;
    s->task = i;
    s->kill_ms = gb_clock_mono_ms() + t->deadline_ms + GRACE_MS;
    p->running++;
    return true;
}

static void judge(const struct gb_reply *a, struct gb_job_result *r)
{
    r->cpu_us = a->cpu_us;
    r->rss_kib = a->rss_kib;
    r->wall_ms = a->wall_ms;
    if (WIFEXITED(a->status)) {
        int x = WEXITSTATUS(a->status);
        r->end = x == 0                                             ? GB_END_OK
                 : x == 71                                          ? GB_END_MEMORY
                 : x > GB_EXIT_CODE && x <= GB_EXIT_CODE + GB_E_BUG ? GB_END_FAILED
                                                                    : GB_END_CRASHED;
        r->code = x == 0 ? GB_OK : x == 71 ? GB_E_LIMIT : r->end == GB_END_FAILED ? (enum gb_code)(x - GB_EXIT_CODE) : GB_E_BUG;
        return;
    }
    r->signal = WIFSIGNALED(a->status) ? WTERMSIG(a->status) : 0;
    r->code = GB_E_LIMIT;
    if (r->signal == SIGSYS) {
        r->end = GB_END_FORBIDDEN;
        r->code = GB_E_BUG;
    } else if (a->timed_out || r->signal == SIGXCPU) {
        r->end = GB_END_TIMEOUT;
    } else {
        r->end = r->signal == SIGKILL ? GB_END_TIMEOUT : GB_END_CRASHED; /* SIGKILL that is not ours: the hard CPU limit */
        r->code = r->signal == SIGKILL ? GB_E_LIMIT : GB_E_BUG;
    }
}

static void collect(struct pool *p, struct gb_zygote *z, const struct gb_reply *a)
{
    struct gb_slot *s = &z->slot[a->slot];
    struct gb_job_result r = { .text = "" };
    char text[TEXT_MAX + 1];
    struct stat st;
    void *map = NULL;

    judge(a, &r);
    ssize_t n = pread(s->err, text, TEXT_MAX, 0);
    if (n > 0) {
        text[n] = '\0';
        r.text = text;
    }
    if (r.end == GB_END_OK && fstat(s->out, &st) == 0 && st.st_size > 0) {
        map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, s->out, 0);
        if (map == MAP_FAILED) {
            map = NULL;
            r.end = GB_END_LOST;
        } else {
            r.out = map;
            r.n_out = (size_t)st.st_size;
        }
    }
    s->busy = false;
    p->running--;
    p->done(p->ctx, s->task, &r);
    if (map)
        munmap(map, (size_t)st.st_size);
    (void)!ftruncate(s->out, 0);
    (void)!ftruncate(s->in, 0);
}

static void drop_zygote(struct pool *p, struct gb_zygote *z)
{
    z->lost = true;
    if (z->pid > 0)
        kill(z->pid, SIGKILL);
    for (int k = 0; k < z->n_slots; k++)
        if (z->slot[k].busy) {
            z->slot[k].busy = false;
            p->running--;
            lose(p, z->slot[k].task);
        }
}

static void hear(struct pool *p, struct gb_zygote *z)
{
    struct gb_reply a;
    ssize_t n = recv(z->fd, &a, sizeof a, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n != (ssize_t)sizeof a || a.slot >= (uint32_t)z->n_slots || !z->slot[a.slot].busy || z->slot[a.slot].task != a.task)
        drop_zygote(p, z);
    else
        collect(p, z, &a);
}

/* The zygotes of all tasks, each once: at most one an audience and one for intake. */
static void enlist(struct pool *p)
{
    for (size_t i = 0; i < p->n; i++) {
        int k = 0;
        while (k < p->n_zygotes && p->zygote[k] != p->task[i].zygote)
            k++;
        if (k == p->n_zygotes) {
            gb_assert(k < MAX_ZYGOTES);
            p->zygote[p->n_zygotes++] = p->task[i].zygote;
        }
    }
}

static bool busy(const struct gb_zygote *z)
{
    for (int k = 0; k < z->n_slots; k++)
        if (z->slot[k].busy)
            return true;
    return false;
}

static void wait_some(struct pool *p)
{
    struct gb_zygote *z[MAX_ZYGOTES];
    struct pollfd pf[MAX_ZYGOTES];
    size_t n = 0;
    uint64_t now = gb_clock_mono_ms();

    for (int i = 0; i < p->n_zygotes; i++)
        if (busy(p->zygote[i]))
            z[n++] = p->zygote[i];
    for (size_t i = 0; i < n; i++)
        pf[i] = (struct pollfd){ .fd = z[i]->fd, .events = POLLIN };
    int got = poll(pf, (nfds_t)n, 1000);
    for (size_t i = 0; i < n; i++) {
        if (got > 0 && pf[i].revents) {
            hear(p, z[i]);
            continue;
        }
        for (int k = 0; k < z[i]->n_slots; k++)
            if (z[i]->slot[k].busy && now > z[i]->slot[k].kill_ms) {
                drop_zygote(p, z[i]);
                break;
            }
    }
}

void gb_pool_run(struct gb_pool_task *task, size_t n, int jobs, gb_done_fn done, void *ctx)
{
    struct pool p = { .task = task, .n = n, .jobs = jobs, .done = done, .ctx = ctx };
    enlist(&p);
    while (p.next < p.n || p.running > 0) {
        while (p.next < p.n && p.running < p.jobs && dispatch(&p))
            ;
        if (p.running > 0)
            wait_some(&p);
    }
}
