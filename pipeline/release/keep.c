/* keep.c — retention, findings of a published edition, and keys. */
#define _GNU_SOURCE
#include "release/release_int.h"
#include "base/file.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static enum gb_code read_manifest(struct gb_arena *a, const char *dir, struct gb_jval **out, struct gb_err *e)
{
    struct gb_buf b = { 0 };
    enum gb_code code = gb_file_read(gb_path_join(a, dir, "manifest.json"), GB_MANIFEST_MAX_BYTES, &b, e);
    if (code == GB_OK)
        code = gb_json_parse(a, b.p, b.n, out, e);
    gb_buf_release(&b);
    return code;
}

enum gb_code gb_release_findings(const char *out_dir, enum gb_audience audience, const char *id, int64_t *n, struct gb_err *e)
{
    struct gb_arena a;
    struct gb_jval *m = NULL;
    gb_arena_init(&a, 0);
    struct gb_release_paths p = gb_release_paths_of(&a, out_dir, audience);
    enum gb_code code = read_manifest(&a, gb_path_join(&a, p.rel, id), &m, e);
    *n = 0;
    if (code == GB_OK) {
        const struct gb_jval *list = gb_jget(m, "findings");
        for (const struct gb_jval *v = list ? list->child : NULL; v; v = v->next)
            (*n)++;
    }
    gb_arena_release(&a);
    return code;
}

struct kept {
    char *name;
    struct gb_date date;
    int64_t number;
};

static int newest_first(const void *pa, const void *pb)
{
    const struct kept *a = pa, *b = pb;
    int c = gb_date_cmp(b->date, a->date);
    return c ? c : a->number < b->number ? 1 : a->number > b->number ? -1 : strcmp(b->name, a->name);
}

/* What the edition that `current` shows calls its previous one. NULL if none or unreadable: then nothing more is protected. */
static const char *previous_of(struct gb_arena *a, const struct gb_release_paths *p, const char *current)
{
    struct gb_jval *m = NULL;
    struct gb_err ignored = { 0 };
    if (!current || read_manifest(a, gb_path_join(a, p->rel, current), &m, &ignored) != GB_OK)
        return NULL;
    return gb_jstr(m, "previous");
}

enum gb_code gb_release_retain(const char *out_dir, enum gb_audience audience, int keep, struct gb_err *e)
{
    struct gb_arena a;
    const char **name = NULL;
    size_t n = 0, n_kept = 0;
    gb_arena_init(&a, 0);
    struct gb_release_paths p = gb_release_paths_of(&a, out_dir, audience);
    enum gb_code code = gb_dir_exists(p.rel) ? gb_dir_list(&a, p.rel, &name, &n, e) : GB_OK;
    struct kept *v = GB_NEW_N(&a, n + 1, struct kept);
    const char *current = gb_release_current(&a, &p), *previous = previous_of(&a, &p, current);

    for (size_t i = 0; code == GB_OK && i < n; i++) {
        size_t len = strlen(name[i]);
        const char *hex;
        if (!len || name[i][len - 1] != '/')
            continue;
        char *plain = gb_strndup(&a, name[i], len - 1);
        if (gb_ends_with(plain, ".tmp") || gb_ends_with(plain, ".old")) {
            struct gb_date d;
            int64_t k;
            if (gb_release_id_parse(gb_strndup(&a, plain, len - 1 - 4), &d, &k, &hex))
                code = gb_remove_tree(gb_path_join(&a, p.rel, plain), e);
            continue;
        }
        v[n_kept].name = plain;
        if (gb_release_id_parse(plain, &v[n_kept].date, &v[n_kept].number, &hex))
            n_kept++; /* anything else is not ours to delete */
    }
    if (n_kept > 1)
        qsort(v, n_kept, sizeof *v, newest_first);
    for (size_t i = keep < 1 ? 1 : (size_t)keep; code == GB_OK && i < n_kept; i++) {
        if (gb_streq(v[i].name, current) || gb_streq(v[i].name, previous))
            continue;
        code = gb_remove_tree(gb_path_join(&a, p.rel, v[i].name), e);
    }
    gb_arena_release(&a);
    return code;
}

enum gb_code gb_key_read(const char *path, uint8_t seed[GB_KEY_BYTES], struct gb_err *e)
{
    struct stat st;
    struct gb_buf b = { 0 };
    enum gb_code code = gb_file_read(path, 4096, &b, e);

    if (code == GB_OK && (stat(path, &st) != 0 || (st.st_mode & 077) != 0))
        code = gb_fail(e, GB_E_IO, "khóa ký %s có quyền quá rộng: chạy chmod 600 %s", path, path);
    if (code == GB_OK && b.n != GB_KEY_BYTES)
        code = gb_fail(e, GB_E_IO, "khóa ký %s phải có đúng %d byte; tạo khóa bằng `giaoban keygen`", path, GB_KEY_BYTES);
    if (code == GB_OK)
        memcpy(seed, b.p, GB_KEY_BYTES);
    if (b.p)
        memset(b.p, 0, b.n);
    gb_buf_release(&b);
    return code;
}

enum gb_code gb_key_create(const char *path, struct gb_err *e)
{
    uint8_t seed[GB_KEY_BYTES], pub[GB_KEY_BYTES], sec[64];
    struct gb_buf name = { 0 }, hex = { 0 };
    enum gb_code code = GB_OK;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (fd < 0)
        return gb_fail_errno(e, GB_E_IO, errno, "không tạo được tệp khóa %s (tệp đã có thì không bị ghi đè)", path);
    gb_random_bytes(seed, sizeof seed);
    gb_sign_keypair(seed, pub, sec);
    if (write(fd, seed, sizeof seed) != (ssize_t)sizeof seed || fsync(fd) != 0)
        code = gb_fail_errno(e, GB_E_IO, errno, "không ghi được %s", path);
    if (close(fd) != 0 && code == GB_OK)
        code = gb_fail_errno(e, GB_E_IO, errno, "không đóng được %s", path);
    memset(seed, 0, sizeof seed);
    memset(sec, 0, sizeof sec);
    for (size_t i = 0; i < sizeof pub; i++)
        gb_buf_addf(&hex, "%02x", pub[i]);
    gb_buf_addc(&hex, '\n');
    gb_buf_addf(&name, "%s.pub", path);
    if (code == GB_OK)
        code = gb_file_replace(name.p, hex.p, hex.n, e);
    gb_buf_release(&name);
    gb_buf_release(&hex);
    return code;
}
