/* pool.c — the master's side of app/pool.h: hands out jobs, reads answers, waits for no one forever.
 *
 * The zygote kills a worker at its deadline; the master kills a zygote that does not answer GRACE_MS after that (it can only be stuck
 * in the kernel), and counts its jobs as lost.
 *
 * Tasks go out in order, as many of one group at once as keep all workers busy to the group's end: the size of a batch follows from
 * the number of workers, so any two nights with different --jobs also compare different batches. */
#define _GNU_SOURCE
#include "app/pool_int.h"
#include "app/clock.h"
#include "base/str.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define GRACE_MS 15000
#define TEXT_MAX 2000
#define MAX_ZYGOTES 8

enum state { WAITING, ALONE /* waiting, for a worker of its own */, TAKEN };
struct pool {
    struct gb_pool_task *task;
    uint8_t *state; /* enum state of each task */
    size_t n, next; /* none before `next` is waiting */
    int running, jobs;
    struct gb_buf answer;
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

static bool write_input(int fd, const void *p, size_t n)
{
    const char *at = p;
    while (n > 0) {
        ssize_t w = write(fd, at, n);
        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0)
            return false;
        at += w;
        n -= (size_t)w;
    }
    return true;
}

static bool reset(int fd)
{
    return ftruncate(fd, 0) == 0 && lseek(fd, 0, SEEK_SET) == 0;
}

static void lose(struct pool *p, size_t task_i)
{
    struct gb_job_result r = { .end = GB_END_LOST, .code = GB_E_BUG, .text = "" };
    p->done(p->ctx, task_i, &r);
}

static bool alike(const struct gb_pool_task *a, const struct gb_pool_task *b)
{
    return a->group && a->group == b->group && a->zygote == b->zygote && a->box == b->box && a->deadline_ms == b->deadline_ms;
}

/* The task at `next` and its neighbours into the slot and the request. */
static bool fill(struct pool *p, struct gb_slot *s, struct gb_request *q)
{
    const struct gb_pool_task *first = &p->task[p->next];
    size_t left = 1, want = 1;
    uint64_t at = 0;

    if (p->state[p->next] == WAITING) {
        while (p->next + left < p->n && p->state[p->next + left] == WAITING && alike(first, &p->task[p->next + left]))
            left++;
        want = (left + (size_t)p->jobs - 1) / (size_t)p->jobs;
    }
    bool whole = reset(s->in) && reset(s->out) && reset(s->err);
    for (s->n = 0; s->n < GB_MAX_BATCH && (size_t)s->n < want && (s->n == 0 || at < GB_BATCH_BYTES); s->n++) {
        size_t i = p->next + (size_t)s->n;
        const struct gb_pool_task *t = &p->task[i];
        q->job[s->n] = (struct gb_request_job){ .job = (uint32_t)t->job, .at = at, .n_in = t->n_in };
        whole = whole && write_input(s->in, t->in, t->n_in);
        at += t->n_in;
        s->task[s->n] = i;
        p->state[i] = TAKEN;
    }
    q->n = (uint32_t)s->n;
    s->at = 0;
    return whole;
}

static void expect(struct gb_slot *s, const struct gb_pool_task *t)
{
    s->kill_ms = gb_clock_mono_ms() + t->deadline_ms + GRACE_MS;
}

static void skip_taken(struct pool *p)
{
    while (p->next < p->n && p->state[p->next] == TAKEN)
        p->next++;
}

/* Start the next task if a slot of its zygote is free. @return false when it has to wait. */
static bool dispatch(struct pool *p)
{
    const struct gb_pool_task *t = &p->task[p->next];
    struct gb_zygote *z = t->zygote;
    int k = 0;

    if (z->lost) {
        p->state[p->next] = TAKEN;
        lose(p, p->next);
        skip_taken(p);
        return true;
    }
    while (k < z->n_slots && z->slot[k].busy)
        k++;
    if (k == z->n_slots)
        return false;
    struct gb_slot *s = &z->slot[k];
    struct gb_request q = { .slot = (uint32_t)k, .box = (uint32_t)t->box, .deadline_ms = t->deadline_ms };
    if (!fill(p, s, &q) || send(z->fd, &q, sizeof q, MSG_NOSIGNAL) != (ssize_t)sizeof q) {
        for (int i = 0; i < s->n; i++)
            lose(p, s->task[i]);
    } else {
        s->busy = true;
        expect(s, t);
        p->running++;
    }
    skip_taken(p);
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

/* The answer of a job that ended well, out of the slot's memfd into a buffer of ours. What the worker said about its place and size
 * is checked by reading it. */
static bool read_answer(struct pool *p, const struct gb_slot *s, const struct gb_reply *a)
{
    struct stat st;
    if (fstat(s->out, &st) != 0 || a->at > (uint64_t)st.st_size || a->n_out > (uint64_t)st.st_size - a->at)
        return false;
    gb_buf_reset(&p->answer);
    gb_buf_reserve(&p->answer, (size_t)a->n_out + 1);
    while (p->answer.n < a->n_out) {
        ssize_t n = pread(s->out, p->answer.p + p->answer.n, (size_t)a->n_out - p->answer.n, (off_t)(a->at + p->answer.n));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        p->answer.n += (size_t)n;
    }
    return true;
}

static void wait_again(struct pool *p, size_t task_i, enum state how)
{
    p->state[task_i] = (uint8_t)how;
    if (task_i < p->next)
        p->next = task_i;
}

/* A failure behind other jobs of the same worker may be their doing. */
static bool may_be_others_doing(const struct gb_slot *s, const struct gb_reply *a, const struct gb_job_result *r)
{
    return s->at > 0 && r->end != GB_END_OK && r->end != GB_END_FORBIDDEN && !a->timed_out;
}

static void collect(struct pool *p, struct gb_slot *s, const struct gb_reply *a)
{
    struct gb_job_result r = { .text = "" };
    char text[TEXT_MAX + 1];
    size_t task_i = s->task[s->at];

    judge(a, &r);
    ssize_t n = r.end == GB_END_OK ? 0 : pread(s->err, text, TEXT_MAX, (off_t)a->err_at);
    if (n > 0) {
        text[n] = '\0';
        r.text = text;
    }
    if (r.end == GB_END_OK && !read_answer(p, s, a))
        r.end = GB_END_LOST;
    if (r.end == GB_END_OK) {
        r.out = p->answer.p;
        r.n_out = p->answer.n;
    }
    bool again = may_be_others_doing(s, a, &r);
    s->at++;
    if (a->ended) {
        for (int k = s->at; k < s->n; k++)
            wait_again(p, s->task[k], r.end == GB_END_OK ? WAITING : ALONE);
        s->busy = false;
        p->running--;
    } else {
        expect(s, &p->task[task_i]);
    }
    if (again)
        wait_again(p, task_i, ALONE);
    else
        p->done(p->ctx, task_i, &r);
    if (a->ended)
        (void)!(ftruncate(s->out, 0) | ftruncate(s->in, 0));
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
            for (int i = z->slot[k].at; i < z->slot[k].n; i++)
                lose(p, z->slot[k].task[i]);
        }
}

static void hear(struct pool *p, struct gb_zygote *z)
{
    struct gb_reply a;
    ssize_t n = recv(z->fd, &a, sizeof a, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    struct gb_slot *s = n == (ssize_t)sizeof a && a.slot < (uint32_t)z->n_slots ? &z->slot[a.slot] : NULL;
    if (!s || !s->busy || (uint32_t)s->at != a.i || (!a.ended && s->at + 1 >= s->n))
        drop_zygote(p, z);
    else
        collect(p, s, &a);
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
    struct gb_buf state = { 0 };
    gb_buf_reserve(&state, n + 1);
    memset(state.p, WAITING, n + 1);
    struct pool p = { .task = task, .state = (uint8_t *)state.p, .n = n, .jobs = jobs, .done = done, .ctx = ctx };
    enlist(&p);
    while (p.next < p.n || p.running > 0) {
        while (p.next < p.n && p.running < p.jobs && dispatch(&p))
            ;
        if (p.running > 0)
            wait_some(&p);
    }
    gb_buf_release(&p.answer);
    gb_buf_release(&state);
}
