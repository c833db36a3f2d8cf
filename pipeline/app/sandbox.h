/* app/sandbox.h — what a worker process may do: compute, and write to descriptors it was given (TRUST.md 2-4). libseccomp owner.
 *
 * Order in the child: drop user and group when root, death signal, close descriptors, limits, no_new_privs, Landlock, seccomp.
 * Warm once in the master (gb_cage_warm builds the filters), enter in each child. What cannot be set up ends the child: a worker
 * without its walls never runs.
 */
#ifndef GB_APP_SANDBOX_H
#define GB_APP_SANDBOX_H
#include "base/err.h"
#include <sys/types.h>

enum gb_box { GB_BOX_PURE, /* no file system at all */ GB_BOX_TMPDIR, /* files below one private directory */ GB_N_BOXES };
struct gb_cage {
    int landlock_abi;              /* 0: the kernel has none and --no-landlock was given */
    bool seccomp;                  /* false only in sanitizer builds */
    struct gb_bpf { void *code; size_t n_bytes; } filter[GB_N_BOXES];
};
/** Ask the kernel and build the filters. Without Landlock: GB_E_CONFIG unless no_landlock. */
GB_MUST_USE enum gb_code gb_cage_warm(struct gb_cage *s, bool no_landlock, struct gb_err *e);
void gb_cage_release(struct gb_cage *s);
/** For the manifest: "landlock seccomp". The kernel's version is left out: it does not change what an edition is. */
const char *gb_cage_word(const struct gb_cage *s);

struct gb_cage_limits { unsigned cpu_seconds, more_memory_mib, file_mib; };
/** Lock this process in. Afterwards only descriptors 0..4 are open. Ends the process with status 72 when a wall cannot be built.
 * @param jobs    how many it will do: the soft CPU limit is for the first, the hard one for all
 * @param parent  expected parent, checked after the death signal is set
 * @param tmpdir  GB_BOX_TMPDIR: the one directory; else NULL */
void gb_cage_enter(const struct gb_cage *s, enum gb_box box, const struct gb_cage_limits *lim, unsigned jobs, pid_t parent, const char *tmpdir);
/** Die with the parent: for zygotes and the extractor, which run only our code. */
void gb_die_with_parent(pid_t parent);
/** Close every descriptor from 3 up but those listed (sorted ascending). */
void gb_close_others(const int *keep, int n);
#define GB_WORKER_UID 65534 /* nobody: what a worker becomes when the run is root's */
#endif
