/* app/pool.h — processes that work: one zygote a body of data, one short-lived sandboxed worker a job or a few jobs of one kind.
 *
 * A zygote is forked when the data its workers may see is in memory, and nothing else is. It runs only our code: it waits for job
 * numbers on a socket, forks a worker for each, watches it (pidfd, deadline on the monotonic clock, then SIGKILL) and reports how it
 * ended. Data goes in by fork or by the slot's input memfd, output comes back in the slot's output memfd. A slot's memfds belong to
 * one zygote: no byte of one audience's output is ever in reach of another's process.
 *
 * A fork, its copied pages and its end cost more than most jobs. So tasks of one group (one definition for one audience, one agency's
 * deliveries) may share a worker, up to GB_MAX_BATCH one after the other; each still has its own deadline and its own CPU seconds,
 * both held by the zygote. What a job is told may not depend on that: an answer counts when it is good, a failure only when it is a
 * fresh worker's, so a job that fails behind others is done again alone (unless it was out of time or made a forbidden call), and so
 * are those that stood behind it.
 */
#ifndef GB_APP_POOL_H
#define GB_APP_POOL_H
#include "app/sandbox.h"
#include "base/log.h"

/* What the worker does. Runs inside the walls. Appends its answer to `out`. */
struct gb_work { int job; const void *in; size_t n_in; const char *tmpdir; /* GB_BOX_TMPDIR only */ };
typedef enum gb_code (*gb_work_fn)(void *ctx, const struct gb_work *w, struct gb_buf *out, struct gb_err *e);

enum gb_job_end { GB_END_OK, GB_END_FAILED, /* returned a code */ GB_END_MEMORY, GB_END_CRASHED, GB_END_FORBIDDEN, /* SIGSYS: a security alarm */
                  GB_END_TIMEOUT, GB_END_LOST /* its zygote is gone */ };
const char *gb_job_end_word(enum gb_job_end end);
struct gb_job_result {
    enum gb_job_end end; enum gb_code code; int signal;
    const void *out; size_t n_out;        /* until the callback returns; n_out 0 unless end is OK */
    const char *text;                     /* what the worker said on failing, cut to 2000 bytes; never NULL */
    uint64_t cpu_us, rss_kib, wall_ms;
};

#define GB_MAX_JOBS 64
#define GB_MAX_BATCH 16
struct gb_slot { int in, out, err; bool busy; size_t task[GB_MAX_BATCH]; int n, at; /* the job under way */ uint64_t kill_ms; };
struct gb_zygote { pid_t pid; int fd; int n_slots; struct gb_slot slot[GB_MAX_JOBS]; bool lost; };

struct gb_zygote_plan {
    const struct gb_cage *cage;
    gb_work_fn work; void *ctx;
    int n_slots;
    struct gb_cage_limits limits[GB_N_BOXES];
    const char *tmp_parent;      /* where GB_BOX_TMPDIR directories are made: "/dev/shm", or a folder of ours */
    const char *name;
};
/** Fork a zygote. Call with no open store. GB_E_IO when the process cannot be made. */
GB_MUST_USE enum gb_code gb_zygote_start(struct gb_zygote *z, const struct gb_zygote_plan *plan, struct gb_err *e);
/** End it (closing its socket; it kills its workers) and wait. */
void gb_zygote_stop(struct gb_zygote *z);

struct gb_pool_task {
    struct gb_zygote *zygote; int job; enum gb_box box; unsigned deadline_ms; const void *in; size_t n_in;
    unsigned group; /* neighbours with the same group, zygote, box and deadline may share a worker; 0: never */
};
typedef void (*gb_done_fn)(void *ctx, size_t task_i, const struct gb_job_result *r);
/** Run tasks in order, at most `jobs` workers at a time over all zygotes; `done` once for each task, in order of completion. */
void gb_pool_run(struct gb_pool_task *task, size_t n, int jobs, gb_done_fn done, void *ctx);
#endif
