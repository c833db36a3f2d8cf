/* app/pool_int.h — messages between the master and a zygote: fixed size, one a packet of a SOCK_SEQPACKET pair. And what a worker tells
 * its zygote on a pipe when an answer is written; it is believed no further than its own output. */
#ifndef GB_APP_POOL_INT_H
#define GB_APP_POOL_INT_H
#include "app/pool.h"

#define GB_EXIT_CODE 100 /* a worker that failed with code c exits with this + c */
/* A worker stops after the answer that passes this, so that a batch never holds much in memory. */
#define GB_BATCH_BYTES ((uint64_t)8 << 20)
struct gb_request {
    uint32_t slot, box, deadline_ms, n;
    struct gb_request_job { uint32_t job, pad; uint64_t at, n_in; /* in the input memfd */ } job[GB_MAX_BATCH];
};
struct gb_note { uint64_t at, n_out; /* in the output memfd */ uint64_t err_at; /* end of what was said so far */ uint32_t i, last; };
/* `ended`: the worker is no more, status is how it ended; else the job is done and the next one runs. */
struct gb_reply { uint32_t slot, i; int32_t status; uint32_t timed_out, ended, pad; uint64_t at, n_out, err_at, cpu_us, rss_kib, wall_ms; };
#endif
