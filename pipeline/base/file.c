/* file.c — every system call that can lose data goes through a wrapper with a fault point, is checked, and is reported with the
 * path. A file is durable only after its own fsync and that of its directory; a failed write leaves no half file behind.
 * Modes are fixed (0644, 0755; the umask may narrow them). Temporary names are fixed too: one writer holds the lock above us,
 * so what lies there is litter of a killed run and is removed. */
#define _GNU_SOURCE /* renameat2 */
#include "base/file.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/fault.h"

#define TMP_SUFFIX ".tmp~"

/* ---- system calls with fault points -------------------------------------------------------------------------------- */

static int x_open(const char *path, int flags, mode_t mode)
{
    if (gb_fault("io.open")) {
        return -1;
    }
    int fd;
    do {
        fd = open(path, flags | O_CLOEXEC, mode);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

static int x_fsync(int fd)
{
    return gb_fault("io.fsync") ? -1 : fsync(fd);
}

static int x_close(int fd)
{
    if (gb_fault("io.close")) {
        int why = errno;
        (void)close(fd);
        errno = why;
        return -1;
    }
    return close(fd);
}

static int x_rename(const char *from, const char *to, unsigned flags)
{
    if (gb_fault("io.rename")) {
        return -1;
    }
    return flags ? renameat2(AT_FDCWD, from, AT_FDCWD, to, flags) : rename(from, to);
}

static int x_unlinkat(int dir, const char *name, int flags)
{
    return gb_fault("io.unlink") ? -1 : unlinkat(dir, name, flags);
}

static ssize_t x_read(int fd, void *p, size_t n)
{
    if (gb_fault("io.read")) {
        return -1;
    }
    ssize_t r;
    do {
        r = read(fd, p, n);
    } while (r < 0 && errno == EINTR);
    return r;
}

static int x_write_all(int fd, const char *p, size_t n)
{
    do {
        if (gb_fault("io.write")) {
            return -1;
        }
        ssize_t w = write(fd, p, n);
        if (w < 0 && errno != EINTR) {
            return -1;
        }
        if (w > 0) {
            p += w;
            n -= (size_t)w;
        }
    } while (n > 0);
    return 0;
}

/* ---- reading ------------------------------------------------------------------------------------------------------- */

static enum gb_code too_large(const char *path, size_t max, struct gb_err *e)
{
    return gb_fail(e, GB_E_LIMIT, "%s: tệp lớn hơn giới hạn %zu byte", path, max);
}

/* Until the end and not until st_size: the file may grow or shrink while we read. */
static enum gb_code read_all(int fd, const char *path, size_t hint, size_t max, struct gb_buf *out, struct gb_err *e)
{
    gb_buf_reserve(out, hint + 1);
    for (;;) {
        if (out->cap - out->n < 2) {
            gb_buf_reserve(out, out->cap);
        }
        ssize_t r = x_read(fd, out->p + out->n, out->cap - out->n - 1);
        if (r < 0) {
            return gb_fail_errno(e, GB_E_IO, errno, "không đọc được %s", path);
        }
        if (r == 0) {
            out->p[out->n] = '\0';
            return GB_OK;
        }
        out->n += (size_t)r;
        if (out->n > max) {
            return too_large(path, max, e);
        }
    }
}

enum gb_code gb_file_read(const char *path, size_t max, struct gb_buf *out, struct gb_err *e)
{
    gb_buf_reset(out);
    int fd = x_open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0); /* O_NONBLOCK: a FIFO must not hang us */
    if (fd < 0) {
        return gb_fail_errno(e, GB_E_IO, errno, "không mở được %s", path);
    }
    struct stat st;
    enum gb_code rc;
    if (fstat(fd, &st) != 0) {
        rc = gb_fail_errno(e, GB_E_IO, errno, "không xem được %s", path);
    } else if (!S_ISREG(st.st_mode)) {
        rc = gb_fail(e, GB_E_IO, "%s không phải tệp thường", path);
    } else if (st.st_size > 0 && (uintmax_t)st.st_size > max) {
        rc = too_large(path, max, e);
    } else {
        rc = read_all(fd, path, (size_t)st.st_size, max, out, e);
    }
    if (x_close(fd) != 0 && rc == GB_OK) {
        rc = gb_fail_errno(e, GB_E_IO, errno, "không đóng được %s", path);
    }
    if (rc != GB_OK) {
        gb_buf_reset(out);
    }
    return rc;
}

/* ---- writing ------------------------------------------------------------------------------------------------------- */

enum gb_code gb_file_create(const char *path, const void *p, size_t n, struct gb_err *e)
{
    int fd = x_open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0644);
    if (fd < 0) {
        return gb_fail_errno(e, GB_E_IO, errno, "không tạo được %s", path);
    }
    int why = 0;
    const char *what = "ghi";
    if (n > 0 && x_write_all(fd, p, n) != 0) {
        why = errno;
    } else if (x_fsync(fd) != 0) {
        why = errno;
        what = "đồng bộ xuống đĩa";
    }
    if (x_close(fd) != 0 && why == 0) {
        why = errno;
        what = "đóng";
    }
    if (why != 0) {
        (void)unlink(path); /* a half file must not be taken for a whole one; the error being reported is the one that counts */
        return gb_fail_errno(e, GB_E_IO, why, "không %s được %s", what, path);
    }
    return GB_OK;
}

static enum gb_code fsync_parent(const char *path, struct gb_err *e)
{
    struct gb_buf dir = { 0 };
    const char *base = gb_path_base(path);
    gb_buf_add(&dir, path, (size_t)(base - path));
    enum gb_code rc = gb_fsync_dir(dir.n ? dir.p : ".", e);
    gb_buf_release(&dir);
    return rc;
}

/* `path` + suffix, with leftovers of a killed run removed. */
static enum gb_code fresh_tmp(const char *path, struct gb_buf *tmp, struct gb_err *e)
{
    gb_buf_adds(tmp, path);
    gb_buf_adds(tmp, TMP_SUFFIX);
    if (x_unlinkat(AT_FDCWD, tmp->p, 0) != 0 && errno != ENOENT) {
        return gb_fail_errno(e, GB_E_IO, errno, "không dọn được %s", tmp->p);
    }
    return GB_OK;
}

enum gb_code gb_rename(const char *from, const char *to, struct gb_err *e)
{
    if (x_rename(from, to, 0) != 0) {
        return gb_fail_errno(e, GB_E_IO, errno, "không đổi tên được %s thành %s", from, to);
    }
    return GB_OK;
}

enum gb_code gb_rename_new(const char *from, const char *to, struct gb_err *e)
{
    if (x_rename(from, to, RENAME_NOREPLACE) != 0) {
        return gb_fail_errno(e, GB_E_IO, errno, "không đổi tên được %s thành %s", from, to);
    }
    return GB_OK;
}

enum gb_code gb_file_replace(const char *path, const void *p, size_t n, struct gb_err *e)
{
    struct gb_buf tmp = { 0 };
    enum gb_code rc = fresh_tmp(path, &tmp, e);
    if (rc == GB_OK) {
        rc = gb_file_create(tmp.p, p, n, e);
    }
    if (rc == GB_OK) {
        rc = gb_rename(tmp.p, path, e);
        if (rc != GB_OK) {
            (void)unlink(tmp.p);
        }
    }
    if (rc == GB_OK) {
        rc = fsync_parent(path, e);
    }
    gb_buf_release(&tmp);
    return rc;
}

enum gb_code gb_symlink_switch(const char *target, const char *link, struct gb_err *e)
{
    struct stat st;
    if (lstat(link, &st) == 0 && !S_ISLNK(st.st_mode)) { /* someone put something else there: not ours to replace */
        return gb_fail(e, GB_E_IO, "%s không phải liên kết: dời nó đi rồi chạy lại", link);
    }
    struct gb_buf tmp = { 0 };
    enum gb_code rc = fresh_tmp(link, &tmp, e);
    if (rc == GB_OK && (gb_fault("io.symlink") || symlink(target, tmp.p) != 0)) {
        rc = gb_fail_errno(e, GB_E_IO, errno, "không tạo được liên kết %s", tmp.p);
    }
    if (rc == GB_OK) {
        rc = gb_rename(tmp.p, link, e);
        if (rc != GB_OK) {
            (void)unlink(tmp.p);
        }
    }
    if (rc == GB_OK) {
        rc = fsync_parent(link, e);
    }
    gb_buf_release(&tmp);
    return rc;
}

/* ---- directories --------------------------------------------------------------------------------------------------- */

static enum gb_code make_one(const char *path, struct gb_err *e)
{
    if (!gb_fault("io.mkdir") && mkdir(path, 0755) == 0) {
        return GB_OK;
    }
    int why = errno;
    if (why == EEXIST && gb_dir_exists(path)) {
        return GB_OK;
    }
    return gb_fail_errno(e, GB_E_IO, why, "không tạo được thư mục %s", path);
}

enum gb_code gb_mkdirs(const char *path, struct gb_err *e)
{
    struct gb_buf b = { 0 };
    enum gb_code rc = GB_OK;
    for (const char *p = path; rc == GB_OK && *p; p++) {
        if (*p == '/' && p > path && p[-1] != '/' && !gb_dir_exists(b.p)) {
            rc = make_one(b.p, e);
        }
        gb_buf_addc(&b, *p);
    }
    if (rc == GB_OK && b.n > 0 && !gb_dir_exists(b.p)) {
        rc = make_one(b.p, e);
    }
    gb_buf_release(&b);
    return rc;
}

enum gb_code gb_fsync_dir(const char *path, struct gb_err *e)
{
    int fd = x_open(path, O_RDONLY | O_DIRECTORY, 0);
    if (fd < 0) {
        return gb_fail_errno(e, GB_E_IO, errno, "không mở được thư mục %s", path);
    }
    int why = x_fsync(fd) != 0 ? errno : 0;
    if (x_close(fd) != 0 && why == 0) {
        why = errno;
    }
    return why ? gb_fail_errno(e, GB_E_IO, why, "không đồng bộ được thư mục %s", path) : GB_OK;
}

bool gb_file_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

bool gb_dir_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Empty the directory behind fd, which is closed on return. @return 0 or errno. */
static int empty_dir(int fd)
{
    DIR *d = fdopendir(fd);
    if (!d) {
        int why = errno;
        (void)close(fd);
        return why;
    }
    int why = 0;
    struct dirent *entry;
    while (why == 0 && (errno = 0, entry = readdir(d)) != NULL) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
            continue;
        }
        struct stat st;
        if (fstatat(dirfd(d), name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
            why = errno;
        } else if (S_ISDIR(st.st_mode)) {
            int sub = openat(dirfd(d), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            why = sub < 0 ? errno : empty_dir(sub);
            if (why == 0 && x_unlinkat(dirfd(d), name, AT_REMOVEDIR) != 0) {
                why = errno;
            }
        } else if (x_unlinkat(dirfd(d), name, 0) != 0) {
            why = errno;
        }
    }
    if (why == 0) {
        why = errno; /* of readdir */
    }
    (void)closedir(d);
    return why;
}

enum gb_code gb_remove_tree(const char *path, struct gb_err *e)
{
    struct stat st;
    int why = 0;
    if (lstat(path, &st) != 0) {
        why = errno == ENOENT ? 0 : errno;
    } else if (S_ISDIR(st.st_mode)) {
        int fd = x_open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
        why = fd < 0 ? errno : empty_dir(fd);
        if (why == 0 && x_unlinkat(AT_FDCWD, path, AT_REMOVEDIR) != 0) {
            why = errno;
        }
    } else if (x_unlinkat(AT_FDCWD, path, 0) != 0) {
        why = errno;
    }
    return why ? gb_fail_errno(e, GB_E_IO, why, "không xóa được %s", path) : GB_OK;
}

/* ---- listing ------------------------------------------------------------------------------------------------------- */

struct names {
    const char **v;
    size_t n, cap;
};

static void push_name(struct names *list, const char *s)
{
    list->v = gb_grow(list->v, &list->cap, list->n + 1, sizeof *list->v);
    list->v[list->n++] = s;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sort, move into the arena, free the growing array. */
static void hand_over(struct gb_arena *a, struct names *list, const char ***out, size_t *n)
{
    if (list->n > 1) {
        qsort(list->v, list->n, sizeof *list->v, by_bytes);
    }
    *out = GB_NEW_N(a, list->n, const char *);
    if (list->n > 0) {
        memcpy(*out, list->v, list->n * sizeof **out);
    }
    *n = list->n;
    free(list->v);
}

/* Visit the entries of a directory: names of directories to `dirs`, with their slash, of regular files to `files`, of the rest
 * (links, sockets, FIFOs) to `others`. Each may be NULL. `prefix` goes before each name. */
static enum gb_code scan(struct gb_arena *a, const char *path, const char *prefix, struct names *dirs, struct names *files,
                         struct names *others, struct gb_err *e)
{
    DIR *d = gb_fault("io.open") ? NULL : opendir(path);
    if (!d) {
        return gb_fail_errno(e, GB_E_IO, errno, "không mở được thư mục %s", path);
    }
    enum gb_code rc = GB_OK;
    struct dirent *entry;
    while (rc == GB_OK && (errno = 0, entry = readdir(d)) != NULL) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
            continue;
        }
        struct stat st;
        if (fstatat(dirfd(d), name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
            rc = gb_fail_errno(e, GB_E_IO, errno, "không xem được %s/%s", path, name);
            break;
        }
        bool is_dir = S_ISDIR(st.st_mode);
        struct names *to = is_dir ? dirs : S_ISREG(st.st_mode) ? files : others;
        if (to) {
            push_name(to, gb_sprintf(a, "%s%s%s", prefix, name, is_dir ? "/" : ""));
        }
    }
    if (rc == GB_OK && errno != 0) {
        rc = gb_fail_errno(e, GB_E_IO, errno, "không đọc được thư mục %s", path);
    }
    (void)closedir(d);
    return rc;
}

enum gb_code gb_dir_list(struct gb_arena *a, const char *path, const char ***names, size_t *n, struct gb_err *e)
{
    struct names list = { 0 };
    enum gb_code rc = scan(a, path, "", &list, &list, &list, e);
    if (rc != GB_OK) {
        free(list.v);
        return rc;
    }
    hand_over(a, &list, names, n);
    return GB_OK;
}

enum gb_code gb_tree_list(struct gb_arena *a, const char *path, const char ***rel, size_t *n, struct gb_err *e)
{
    struct names files = { 0 }, dirs = { 0 };
    enum gb_code rc = scan(a, path, "", &dirs, &files, NULL, e);
    for (size_t i = 0; rc == GB_OK && i < dirs.n; i++) { /* dirs grows while we walk: breadth first, no recursion */
        rc = scan(a, gb_path_join(a, path, dirs.v[i]), dirs.v[i], &dirs, &files, NULL, e);
    }
    free(dirs.v);
    if (rc != GB_OK) {
        free(files.v);
        return rc;
    }
    hand_over(a, &files, rel, n);
    return GB_OK;
}

char *gb_path_join(struct gb_arena *a, const char *dir, const char *name)
{
    size_t n = strlen(dir);
    return gb_sprintf(a, "%s%s%s", dir, n > 0 && dir[n - 1] != '/' ? "/" : "", name);
}

const char *gb_path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}
