/* app/pool_int.h — messages between the master and a zygote: fixed size, one a packet of a SOCK_SEQPACKET pair. */
#ifndef GB_APP_POOL_INT_H
#define GB_APP_POOL_INT_H
#include "app/pool.h"

#define GB_EXIT_CODE 100 /* a worker that failed with code c exits with this + c */
struct gb_request { uint32_t slot, job, task, box, deadline_ms, pad; uint64_t n_in; };
struct gb_reply { uint32_t slot, task; int32_t status; uint32_t timed_out; uint64_t cpu_us, rss_kib, wall_ms; };
#endif
