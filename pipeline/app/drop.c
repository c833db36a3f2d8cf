/* drop.c — see drop.h.
 *
 * openat2 with RESOLVE_BENEATH and without links: a name in the folder can only ever be a file in the folder. O_NONBLOCK so that a
 * FIFO cannot stop the night; fstat before and after, so that a file that is still being written is left for the next run. */
#define _GNU_SOURCE
#include "app/drop.h"
#include "base/file.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool delivery_extension(const char *name)
{
    static const char *const ext[] = { ".csv", ".xlsx", ".db", ".sqlite", ".sqlite3" };
    for (size_t i = 0; i < sizeof ext / sizeof *ext; i++)
        if (gb_ends_with(name, ext[i]))
            return true;
    return false;
}

const char *gb_drop_meta_name(struct gb_arena *a, const char *name)
{
    const char *dot = strrchr(name, '.');
    int n = dot && dot != name ? (int)(dot - name) : (int)strlen(name);
    return gb_sprintf(a, "%.*s.meta.json", n, name);
}

enum gb_code gb_drop_open(struct gb_drop *d, struct gb_arena *a, const char *path, struct gb_err *e)
{
    const char **name;
    size_t n;
    enum gb_code code;

    memset(d, 0, sizeof *d);
    d->dir_fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (d->dir_fd < 0)
        return gb_fail_errno(e, GB_E_IO, errno, "không mở được thư mục giao nộp %s", path);
    if ((code = gb_dir_list(a, path, &name, &n, e)) != GB_OK)
        return code;
    d->item = GB_NEW_N(a, n + 1, struct gb_drop_item);
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(name[i]);
        bool folder = len && name[i][len - 1] == '/';
        const char *plain = folder ? gb_strndup(a, name[i], len - 1) : name[i];
        if (plain[0] == '.' || gb_ends_with(plain, ".meta.json") || gb_ends_with(plain, ".sha256") ||
            (folder && !delivery_extension(plain))) {
            d->n_ignored++;
            continue;
        }
        if (d->n == GB_DROP_MAX_FILES) {
            d->capped = true;
            break;
        }
        d->item[d->n++] = (struct gb_drop_item){ .name = plain };
    }
    return GB_OK;
}

void gb_drop_close(struct gb_drop *d)
{
    if (d->dir_fd >= 0)
        close(d->dir_fd);
    d->dir_fd = -1;
}

static int open_beneath(int dir_fd, const char *name)
{
    struct open_how how = { .flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY,
                            .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS };
    long fd;
    do
        fd = syscall(SYS_openat2, dir_fd, name, &how, sizeof how);
    while (fd < 0 && (errno == EINTR || errno == EAGAIN));
    return (int)fd;
}

static void fault(const char **code, const char **text, const char *c, const char *t)
{
    *code = c;
    *text = t;
}

static bool same(const struct stat *a, const struct stat *b)
{
    return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
           a->st_ino == b->st_ino;
}

static enum gb_code slurp(int fd, size_t size, const char *name, struct gb_buf *out, struct gb_err *e)
{
    gb_buf_reset(out);
    gb_buf_reserve(out, size + 1);
    while (out->n <= size) { /* one byte more than was said shows a file that grows */
        ssize_t n = read(fd, out->p + out->n, size + 1 - out->n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return gb_fail_errno(e, GB_E_IO, errno, "không đọc được %s", name);
        if (n == 0)
            break;
        out->n += (size_t)n;
    }
    return GB_OK;
}

enum gb_code gb_drop_read(int dir_fd, struct gb_arena *a, const char *name, size_t max, bool optional, struct gb_buf *out,
                          bool *present, const char **fault_code, const char **text, struct gb_err *e)
{
    struct stat before, after;
    enum gb_code code = GB_OK;
    int fd;

    *present = false;
    if (strlen(name) > NAME_MAX) { /* the same words for every file system */
        fault(fault_code, text, "RF-name",
              gb_sprintf(a, "tên tệp dài %zu byte; đổi tên ngắn lại, tối đa 128 ký tự", strlen(name)));
        return GB_OK;
    }
    fd = open_beneath(dir_fd, name);
    *present = fd >= 0;
    if (fd < 0) {
        if (optional && errno == ENOENT)
            return GB_OK;
        if (errno == ENOENT)
            fault(fault_code, text, "RF-gone", "tệp biến mất khi đang đọc; gửi lại");
        else if (errno == ENAMETOOLONG)
            fault(fault_code, text, "RF-name", "tên tệp quá dài; đổi tên ngắn lại, tối đa 128 ký tự");
        else if (errno == ELOOP || errno == EXDEV || errno == ENXIO || errno == ENODEV)
            fault(fault_code, text, "RF-type",
                  "phải là tệp thường nằm ngay trong thư mục giao nộp, không phải liên kết, ống hay thiết bị");
        else
            fault(fault_code, text, "RF-open", gb_sprintf(a, "không mở được tệp: %s", strerror(errno)));
        return GB_OK;
    }
    if (fstat(fd, &before) != 0) {
        code = gb_fail_errno(e, GB_E_IO, errno, "không xem được %s", name);
    } else if (!S_ISREG(before.st_mode)) {
        fault(fault_code, text, "RF-type", "phải là tệp thường, không phải thư mục, ống, cổng hay thiết bị");
    } else if (before.st_nlink != 1) {
        fault(fault_code, text, "RF-type", "tệp có liên kết cứng từ nơi khác; chép thành tệp riêng rồi gửi lại");
    } else if (before.st_size < 0 || (uintmax_t)before.st_size > max) {
        fault(fault_code, text, "RF-limit",
              gb_sprintf(a, "tệp dài %lld byte, giới hạn là %zu; chia thành nhiều tệp", (long long)before.st_size, max));
    } else {
        code = slurp(fd, (size_t)before.st_size, name, out, e);
        if (code == GB_OK && (fstat(fd, &after) != 0 || !same(&before, &after) || out->n != (size_t)before.st_size))
            fault(fault_code, text, "Q-changing", "tệp còn đang được ghi; được đọc ở lượt sau");
    }
    close(fd);
    return code;
}
