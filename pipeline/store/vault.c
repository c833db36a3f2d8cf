/* vault.c — the delivered bytes themselves, kept by hash beside the store.
 *
 * A file is written under a temporary name, synced, made read-only and then renamed, so that a name in the vault always means
 * whole content. The vault is evidence: nothing here ever deletes or replaces a file that has its final name.
 */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/store.h"

static enum gb_code write_new(struct gb_arena *a, const char *root, const char *dir, const char *final, const void *p, size_t n,
                              struct gb_err *e)
{
    enum gb_code rc = gb_mkdirs(dir, e);
    if (rc)
        return rc;
    const char *part = gb_sprintf(a, "%s.part", final);
    if (unlink(part) != 0 && errno != ENOENT)
        return gb_fail_errno(e, GB_E_IO, errno, "xóa tệp dở dang %s", part);
    rc = gb_file_create(part, p, n, e);
    if (!rc && chmod(part, 0440) != 0)
        rc = gb_fail_errno(e, GB_E_IO, errno, "đặt chỉ đọc %s", part);
    if (!rc)
        rc = gb_rename_new(part, final, e);
    if (!rc)
        rc = gb_fsync_dir(dir, e);
    if (!rc)
        rc = gb_fsync_dir(root, e);
    if (rc)
        (void)unlink(part);
    return rc;
}

enum gb_code gb_vault_put(const char *store_path, const struct gb_sha256 *sha, const void *p, size_t n, struct gb_err *e)
{
    char hex[65];
    gb_sha256_hex(sha, hex);
    struct gb_arena a;
    gb_arena_init(&a, 0);
    const char *root = gb_sprintf(&a, "%s.vault", store_path);
    const char *dir = gb_sprintf(&a, "%s/%.2s", root, hex);
    const char *final = gb_sprintf(&a, "%s/%s", dir, hex + 2);
    struct stat st;
    enum gb_code rc;
    if (lstat(final, &st) == 0) {
        const bool good = S_ISREG(st.st_mode) && (uint64_t)st.st_size == n;
        rc = good ? GB_OK
                  : gb_fail(e, GB_E_IO, "kho lưu %s: tệp đã có nhưng sai kích thước; kiểm tra đĩa và khôi phục từ bản sao lưu",
                            final);
    } else if (errno != ENOENT && errno != ENOTDIR) {
        rc = gb_fail_errno(e, GB_E_IO, errno, "kho lưu %s", final);
    } else {
        rc = write_new(&a, root, dir, final, p, n, e);
    }
    gb_arena_release(&a);
    return rc;
}

enum gb_code gb_vault_get(const char *store_path, const struct gb_sha256 *sha, size_t max, struct gb_buf *out, struct gb_err *e)
{
    char hex[65];
    struct gb_arena a;
    gb_sha256_hex(sha, hex);
    gb_arena_init(&a, 0);
    const char *path = gb_sprintf(&a, "%s.vault/%.2s/%s", store_path, hex, hex + 2);
    enum gb_code rc = gb_file_read(path, max, out, e);
    if (!rc) {
        struct gb_sha256 got = gb_sha256_of(out->p ? out->p : "", out->n);
        if (memcmp(got.b, sha->b, sizeof got.b) != 0)
            rc = gb_fail(e, GB_E_IO, "kho lưu %s: nội dung không còn đúng mã băm; khôi phục từ bản sao lưu", path);
    }
    gb_arena_release(&a);
    return rc;
}
