/* source.c — reading the definitions: once, before the fork, in path order, so that a worker opens no file.
 *
 * What may be a definition is decided by place and name (reports/[a-z0-9-]+.lua and the folders scenarios, groups, site, lib); an
 * unexpected .lua name there is a fault, not something passed over in silence.
 */
#include <stdlib.h>
#include "base/file.h"
#include "script/sandbox.h"

static const char *const folders[] = { "", "groups", "lib", "scenarios", "site" };

static bool good_name(const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return n > 0 && gb_streq(name + n, ".lua");
}

static enum gb_code read_one(struct gb_script_sources *s, struct gb_arena *a, const char *reports, const char *rel,
                             struct gb_err *e)
{
    struct gb_buf b = { 0 };
    enum gb_code rc = gb_file_read(gb_path_join(a, reports, rel), GB_SCRIPT_MAX_BYTES, &b, e);
    if (rc == GB_E_LIMIT)
        rc = e->code = GB_E_CONFIG;
    if (rc == GB_OK) {
        struct gb_script_file f = {
            .path = rel, .text = gb_strndup(a, b.p ? b.p : "", b.n), .n = b.n, .sha256 = gb_sha256_of(b.p ? b.p : "", b.n)
        };
        struct gb_script_file *all = GB_NEW_N(a, s->n_files + 1, struct gb_script_file);
        if (s->n_files)
            memcpy(all, s->file, s->n_files * sizeof *all);
        all[s->n_files++] = f;
        s->file = all;
        rc = gb_script_lex(&f, NULL, NULL, e);
    }
    gb_buf_release(&b);
    return rc;
}

static enum gb_code read_folder(struct gb_script_sources *s, struct gb_arena *a, const char *reports, const char *folder,
                                struct gb_err *e)
{
    const char **name = NULL;
    size_t n = 0;
    const char *dir = *folder ? gb_path_join(a, reports, folder) : reports;
    if (!gb_dir_exists(dir))
        return *folder ? GB_OK : gb_fail(e, GB_E_CONFIG, "không có thư mục định nghĩa %s", dir);
    enum gb_code rc = gb_dir_list(a, dir, &name, &n, e);
    for (size_t i = 0; rc == GB_OK && i < n; i++) {
        if (!gb_ends_with(name[i], ".lua"))
            continue;
        const char *rel = *folder ? gb_sprintf(a, "%s/%s", folder, name[i]) : name[i];
        if (!good_name(name[i]))
            rc = gb_fail(e, GB_E_CONFIG, "reports/%s: tên tệp định nghĩa chỉ gồm a-z, 0-9 và dấu -; đổi tên tệp", rel);
        else
            rc = read_one(s, a, reports, rel, e);
    }
    return rc;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct gb_script_file *)a)->path, ((const struct gb_script_file *)b)->path);
}

enum gb_code gb_script_load(struct gb_script_sources *s, struct gb_arena *a, const char *reports, struct gb_err *e)
{
    *s = (struct gb_script_sources){ .arena = a };
    enum gb_code rc = GB_OK;
    for (size_t i = 0; rc == GB_OK && i < sizeof folders / sizeof *folders; i++)
        rc = read_folder(s, a, reports, folders[i], e);
    if (rc != GB_OK) {
        if (rc == GB_E_REPORT)
            rc = e->code = GB_E_CONFIG; /* found before any night: nothing is published with broken definitions */
        return rc;
    }
    if (s->n_files)
        qsort(s->file, s->n_files, sizeof *s->file, by_path);
    struct gb_sha256_state st;
    gb_sha256_init(&st);
    for (size_t i = 0; i < s->n_files; i++) {
        gb_sha256_update(&st, s->file[i].path, strlen(s->file[i].path) + 1);
        gb_sha256_update(&st, s->file[i].sha256.b, sizeof s->file[i].sha256.b);
    }
    s->digest = gb_sha256_final(&st);
    return GB_OK;
}

const struct gb_script_file *gb_script_find(const struct gb_script_sources *s, const char *path)
{
    struct gb_script_file key = { .path = path };
    return s->n_files ? bsearch(&key, s->file, s->n_files, sizeof *s->file, by_path) : NULL;
}
