/* lock.c — one run at a time for one publication, one writer at a time for one store.
 *
 * flock() on a descriptor that is closed on exec: the kernel drops it with the process, so no stale lock survives a kill -9 (a file
 * that holds a process id would). Children close their copy; the lock belongs to the open file, which the parent keeps.
 *
 * The store has a lock of its own beside SQLite's: SQLite's guards a transaction, and a delivery folder goes in over many of them. Who
 * only asked SQLite could pin a vintage that is half of somebody else's night.
 */
#define _GNU_SOURCE
#include "release/release.h"
#include "base/file.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define LOOK_EVERY_MS 50 /* flock() has no time limit: it is asked again */

enum gb_code gb_lock_file(struct gb_lock *l, const char *path, unsigned wait_ms, struct gb_err *e)
{
    const struct timespec pause = { .tv_nsec = LOOK_EVERY_MS * 1000000L };
    int why = 0;

    l->fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (l->fd < 0)
        return gb_fail_errno(e, GB_E_IO, errno, "không mở được tệp khóa %s", path);
    for (unsigned waited = 0;; waited += LOOK_EVERY_MS) {
        if (flock(l->fd, LOCK_EX | LOCK_NB) == 0)
            return GB_OK;
        why = errno;
        if (why != EINTR && (why != EWOULDBLOCK || waited >= wait_ms))
            break;
        (void)nanosleep(&pause, NULL); /* cut short by a signal: asked a little sooner */
    }
    close(l->fd);
    l->fd = -1;
    return why == EWOULDBLOCK ? gb_fail(e, GB_E_BUSY, "một lượt chạy khác đang giữ %s; chờ lượt ấy xong rồi chạy lại", path)
                              : gb_fail_errno(e, GB_E_IO, why, "không khóa được %s", path);
}

enum gb_code gb_lock_take(struct gb_lock *l, const char *out_dir, struct gb_err *e)
{
    struct gb_arena a;
    enum gb_code code;

    l->fd = -1;
    code = gb_mkdirs(out_dir, e);
    if (code != GB_OK)
        return code;
    gb_arena_init(&a, 0);
    code = gb_lock_file(l, gb_path_join(&a, out_dir, ".lock"), 0, e);
    gb_arena_release(&a);
    return code;
}

void gb_lock_release(struct gb_lock *l)
{
    if (l->fd >= 0)
        (void)flock(l->fd, LOCK_UN);
    gb_lock_drop(l);
}

void gb_lock_drop(struct gb_lock *l)
{
    if (l->fd >= 0)
        close(l->fd);
    l->fd = -1;
}
