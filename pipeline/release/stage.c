/* stage.c — an edition grows in rel/<id>.tmp, where no reader looks. */
#define _GNU_SOURCE
#include "release/release_int.h"
#include "base/fault.h"
#include "base/file.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The directory itself, not what a link of its name points at: rel/ swapped for a link would let us write elsewhere (G11). */
static enum gb_code real_directory(const char *path, struct gb_err *e)
{
    struct stat st;
    if (lstat(path, &st) != 0)
        return gb_fail_errno(e, GB_E_IO, errno, "không xem được thư mục %s", path);
    if (!S_ISDIR(st.st_mode))
        return gb_fail(e, GB_E_IO, "%s không phải là thư mục thật; xóa hoặc đổi tên nó rồi chạy lại", path);
    return GB_OK;
}

enum gb_code gb_release_begin(struct gb_release *r, struct gb_arena *a, const char *out_dir, enum gb_audience audience,
                              const char *id, struct gb_err *e)
{
    struct gb_release_paths p = gb_release_paths_of(a, out_dir, audience);
    enum gb_code code;

    memset(r, 0, sizeof *r);
    r->arena = a;
    r->out_dir = gb_strdup(a, out_dir);
    r->audience = audience;
    r->id = gb_strdup(a, id);
    r->dir_final = gb_path_join(a, p.rel, id);
    r->dir_tmp = gb_sprintf(a, "%s.tmp", r->dir_final);
    if ((code = gb_mkdirs(p.rel, e)) != GB_OK)
        return code;
    if ((code = real_directory(p.root, e)) != GB_OK || (code = real_directory(p.rel, e)) != GB_OK)
        return code;
    /* Who serves the public pages must not be able to read the others' (TRUST.md 43). */
    if (chmod(p.root, audience == GB_PUBLIC ? 0755 : 0750) != 0)
        return gb_fail_errno(e, GB_E_IO, errno, "không đặt được quyền của %s", p.root);
    if ((code = gb_remove_tree(r->dir_tmp, e)) != GB_OK || (code = gb_mkdirs(r->dir_tmp, e)) != GB_OK)
        return code;
    return real_directory(r->dir_tmp, e);
}

enum gb_code gb_release_leftover(struct gb_arena *a, const char *out_dir, enum gb_audience audience, const char *id,
                                 const char **dir, struct gb_err *e)
{
    struct gb_release_paths p = gb_release_paths_of(a, out_dir, audience);
    const char *tmp = gb_sprintf(a, "%s/%s.tmp", p.rel, id), *old = gb_sprintf(a, "%s/%s.old", p.rel, id);
    struct stat st;
    enum gb_code code = gb_remove_tree(old, e);

    *dir = NULL;
    if (code != GB_OK || lstat(tmp, &st) != 0 || !S_ISDIR(st.st_mode))
        return code;
    if ((code = gb_rename_new(tmp, old, e)) == GB_OK)
        *dir = old;
    return code;
}

static bool path_allowed(const char *path)
{
    size_t n = strlen(path);
    if (n == 0 || n > 200 || path[0] == '/' || path[n - 1] == '/')
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = path[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        if (!plain && c != '.' && c != '/')
            return false;
        if ((c == '.' || c == '/') && (i == 0 || path[i - 1] == '/'))
            return false; /* hidden names, "..", empty parts */
    }
    return strcmp(path, "manifest.json") != 0 && strcmp(path, "SHA256SUMS") != 0 && strcmp(path, "manifest.sig") != 0;
}

static bool same_but_for_case(const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        char x = *a >= 'A' && *a <= 'Z' ? (char)(*a + 32) : *a, y = *b >= 'A' && *b <= 'Z' ? (char)(*b + 32) : *b;
        if (x != y)
            return false;
    }
    return *a == *b;
}

enum gb_code gb_release_add(struct gb_release *r, const char *path, const void *bytes, size_t n, const char *report,
                            struct gb_err *e)
{
    enum gb_code code;
    const char *full, *slash;
    struct gb_release_file *f;

    if (!path_allowed(path))
        return gb_fail(e, GB_E_BUG, "tên tệp của ấn bản không hợp lệ: \"%.80s\"", path);
    for (size_t i = 0; i < r->n_files; i++)
        if (same_but_for_case(r->file[i].path, path))
            return gb_fail(e, GB_E_BUG, "hai tệp của ấn bản trùng tên: %s", path);
    full = gb_path_join(r->arena, r->dir_tmp, path);
    slash = strrchr(full, '/');
    if (strchr(path, '/') && (code = gb_mkdirs(gb_strndup(r->arena, full, (size_t)(slash - full)), e)) != GB_OK)
        return code;
    if ((code = gb_file_create(full, bytes, n, e)) != GB_OK)
        return code;
    r->file = gb_arena_grow(r->arena, r->file, r->n_files, &r->cap_files, r->n_files + 1, sizeof *r->file);
    f = &r->file[r->n_files++];
    f->path = gb_strdup(r->arena, path);
    f->bytes = n;
    f->sha256 = gb_sha256_of(bytes, n);
    f->report = gb_strdup(r->arena, report ? report : "");
    return GB_OK;
}

void gb_release_find(struct gb_release *r, const char *kind, const char *subject, const char *text)
{
    struct gb_release_finding *f;
    r->finding = gb_arena_grow(r->arena, r->finding, r->n_findings, &r->cap_findings, r->n_findings + 1, sizeof *r->finding);
    f = &r->finding[r->n_findings++];
    f->kind = gb_strdup(r->arena, kind);
    f->subject = gb_strdup(r->arena, subject ? subject : "");
    f->text = gb_strdup(r->arena, text ? text : "");
}

void gb_release_abandon(struct gb_release *r)
{
    struct gb_err ignored = { 0 };
    if (r->dir_tmp && gb_remove_tree(r->dir_tmp, &ignored) != GB_OK)
        gb_err_clear(&ignored); /* what stays is garbage by name: the next run or retention removes it */
    r->dir_tmp = NULL;
}
