/* lock.c — one run at a time for one publication.
 *
 * flock() on a descriptor that is closed on exec: the kernel drops it with the process, so no stale lock survives a kill -9 (a file
 * that holds a process id would). Children close their copy; the lock belongs to the open file, which the parent keeps. */
#define _GNU_SOURCE
#include "release/release.h"
#include "base/file.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

enum gb_code gb_lock_take(struct gb_lock *l, const char *out_dir, struct gb_err *e)
{
    struct gb_arena a;
    enum gb_code code;
    char *path;

    l->fd = -1;
    code = gb_mkdirs(out_dir, e);
    if (code != GB_OK)
        return code;
    gb_arena_init(&a, 0);
    path = gb_path_join(&a, out_dir, ".lock");
    l->fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (l->fd < 0) {
        code = gb_fail_errno(e, GB_E_IO, errno, "không mở được tệp khóa %s", path);
    } else if (flock(l->fd, LOCK_EX | LOCK_NB) != 0) {
        code = errno == EWOULDBLOCK ? gb_fail(e, GB_E_BUSY, "một lượt chạy khác đang giữ %s; chờ lượt ấy xong rồi chạy lại", path)
                                    : gb_fail_errno(e, GB_E_IO, errno, "không khóa được %s", path);
        close(l->fd);
        l->fd = -1;
    }
    gb_arena_release(&a);
    return code;
}

void gb_lock_drop(struct gb_lock *l)
{
    if (l->fd >= 0)
        close(l->fd);
    l->fd = -1;
}
