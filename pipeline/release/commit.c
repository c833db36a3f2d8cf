/* commit.c — the steps that make an edition visible, in the order of TRUST.md 43. Each step is announced to the fault points, so that
 * tests/fault can stop the process before any of them: before the rename nothing of the edition is in rel/, before the switch readers
 * still hold the old one, and both are single system calls.
 *
 * The manifest has its keys in byte order and no time of day: it is a function of the edition. */
#define _GNU_SOURCE
#include "release/release_int.h"
#include "base/fault.h"
#include "base/file.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct gb_release_file *)a)->path, ((const struct gb_release_file *)b)->path);
}

static int by_finding(const void *pa, const void *pb)
{
    const struct gb_release_finding *a = pa, *b = pb;
    int c = strcmp(a->kind, b->kind);
    if (c == 0)
        c = strcmp(a->subject, b->subject);
    return c ? c : strcmp(a->text, b->text);
}

void gb_release_sort_findings(struct gb_release_finding *v, size_t n)
{
    if (n > 1)
        qsort(v, n, sizeof *v, by_finding);
}

static void json_hash(struct gb_json *j, const char *key, const struct gb_sha256 *h)
{
    char hex[65];
    gb_sha256_hex(h, hex);
    gb_json_str(j, key, hex);
}

static void manifest_lists(struct gb_json *j, const struct gb_release *r)
{
    gb_json_open(j, "files", '[');
    for (size_t i = 0; i < r->n_files; i++) {
        gb_json_open(j, NULL, '{');
        gb_json_int(j, "bytes", (int64_t)r->file[i].bytes);
        gb_json_str(j, "path", r->file[i].path);
        gb_json_str(j, "report", r->file[i].report);
        json_hash(j, "sha256", &r->file[i].sha256);
        gb_json_close(j, '}');
    }
    gb_json_close(j, ']');
    gb_json_open(j, "findings", '[');
    for (size_t i = 0; i < r->n_findings; i++) {
        gb_json_open(j, NULL, '{');
        gb_json_str(j, "kind", r->finding[i].kind);
        gb_json_str(j, "subject", r->finding[i].subject);
        gb_json_str(j, "text", r->finding[i].text);
        gb_json_close(j, '}');
    }
    gb_json_close(j, ']');
}

static void write_manifest(const struct gb_release *r, const struct gb_release_facts *f, const char *previous, bool is_signed,
                           struct gb_buf *out)
{
    struct gb_json j = { .out = out, .pretty = true };
    char iso[16], iso_until[16];

    gb_date_iso(f->date, iso);
    gb_date_iso(f->valid_until, iso_until);
    gb_json_open(&j, NULL, '{');
    gb_json_str(&j, "audience", gb_audience_word(r->audience));
    gb_json_str(&j, "build", f->build);
    gb_json_str(&j, "business_date", iso);
    json_hash(&j, "definitions", &f->definitions);
    manifest_lists(&j, r);
    gb_json_str(&j, "id", r->id);
    json_hash(&j, "inputs", &f->inputs);
    gb_json_str(&j, "locality", f->locality);
    gb_json_str(&j, "previous", previous);
    gb_json_bool(&j, "sample", f->sample);
    gb_json_str(&j, "sandbox", f->sandbox);
    gb_json_str(&j, "schema", GB_MANIFEST_SCHEMA);
    gb_json_bool(&j, "signed", is_signed);
    gb_json_str(&j, "valid_until", iso_until);
    gb_json_int(&j, "vintage", f->vintage);
    json_hash(&j, "vintage_digest", &f->vintage_digest);
    gb_json_close(&j, '}');
    gb_buf_addc(out, '\n');
}

static void write_sums(const struct gb_release *r, const struct gb_buf *manifest, struct gb_buf *out)
{
    struct gb_sha256 h = gb_sha256_of(manifest->p, manifest->n);
    char hex[65];
    gb_sha256_hex(&h, hex);
    gb_buf_addf(out, "%s  manifest.json\n", hex);
    for (size_t i = 0; i < r->n_files; i++) {
        gb_sha256_hex(&r->file[i].sha256, hex);
        gb_buf_addf(out, "%s  %s\n", hex, r->file[i].path);
    }
}

static void add_hex(struct gb_buf *b, const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        gb_buf_addf(b, "%02x", p[i]);
}

/* The public half is put beside the editions the first time; a different one there means that someone changed keys: the operator
 * decides, not a batch. */
static enum gb_code publish_pub(const struct gb_release *r, const uint8_t pub[GB_KEY_BYTES], struct gb_err *e)
{
    struct gb_release_paths p = gb_release_paths_of(r->arena, r->out_dir, r->audience);
    const char *path = gb_path_join(r->arena, p.root, GB_PUB_NAME);
    struct gb_buf want = { 0 }, got = { 0 };
    enum gb_code code = GB_OK;

    add_hex(&want, pub, GB_KEY_BYTES);
    gb_buf_addc(&want, '\n');
    if (!gb_file_exists(path)) {
        code = gb_file_replace(path, want.p, want.n, e);
    } else if ((code = gb_file_read(path, 1024, &got, e)) == GB_OK && (got.n != want.n || memcmp(got.p, want.p, want.n) != 0)) {
        code = gb_fail(e, GB_E_IO, "khóa ký không khớp với %s: nếu đã đổi khóa, hãy tự tay thay tệp ấy", path);
    }
    gb_buf_release(&want);
    gb_buf_release(&got);
    return code;
}

static enum gb_code step(const char *point, struct gb_err *e)
{
    if (gb_fault(point))
        return gb_fail(e, GB_E_IO, "lỗi thử nghiệm ở bước %s", point);
    return GB_OK;
}

static enum gb_code write_signature(const struct gb_release *r, const struct gb_buf *manifest, const char *key_path,
                                    struct gb_err *e)
{
    uint8_t seed[GB_KEY_BYTES], pub[GB_KEY_BYTES], sec[64], sig[GB_SIGN_BYTES];
    struct gb_buf text = { 0 };
    enum gb_code code = gb_key_read(key_path, seed, e);

    if (code != GB_OK)
        return code;
    gb_sign_keypair(seed, pub, sec);
    gb_sign_detached(sig, manifest->p, manifest->n, sec);
    memset(seed, 0, sizeof seed);
    memset(sec, 0, sizeof sec);
    code = publish_pub(r, pub, e);
    add_hex(&text, sig, sizeof sig);
    gb_buf_addc(&text, '\n');
    if (code == GB_OK)
        code = gb_file_create(gb_path_join(r->arena, r->dir_tmp, "manifest.sig"), text.p, text.n, e);
    gb_buf_release(&text);
    return code;
}

/* Every directory of the edition, deepest last; then its own. */
static enum gb_code sync_tree(struct gb_arena *a, const char *dir, struct gb_err *e)
{
    const char **name;
    size_t n;
    enum gb_code code = gb_dir_list(a, dir, &name, &n, e);
    for (size_t i = 0; code == GB_OK && i < n; i++) {
        size_t len = strlen(name[i]);
        if (len && name[i][len - 1] == '/')
            code = sync_tree(a, gb_path_join(a, dir, gb_strndup(a, name[i], len - 1)), e);
    }
    return code == GB_OK ? gb_fsync_dir(dir, e) : code;
}

static enum gb_code write_closing_files(struct gb_release *r, const struct gb_release_facts *f, const char *key_path,
                                        struct gb_err *e)
{
    struct gb_release_paths p = gb_release_paths_of(r->arena, r->out_dir, r->audience);
    struct gb_buf manifest = { 0 }, sums = { 0 };
    enum gb_code code;

    if (r->n_files > 1)
        qsort(r->file, r->n_files, sizeof *r->file, by_path);
    gb_release_sort_findings(r->finding, r->n_findings);
    write_manifest(r, f, gb_release_current(r->arena, &p), key_path != NULL, &manifest);
    write_sums(r, &manifest, &sums);
    code = step("release.sums", e);
    if (code == GB_OK)
        code = gb_file_create(gb_path_join(r->arena, r->dir_tmp, "SHA256SUMS"), sums.p, sums.n, e);
    if (code == GB_OK && (code = step("release.sign", e)) == GB_OK && key_path)
        code = write_signature(r, &manifest, key_path, e);
    if (code == GB_OK)
        code = step("release.manifest", e);
    if (code == GB_OK)
        code = gb_file_create(gb_path_join(r->arena, r->dir_tmp, "manifest.json"), manifest.p, manifest.n, e);
    gb_buf_release(&manifest);
    gb_buf_release(&sums);
    return code;
}

static enum gb_code read_back(const struct gb_release *r, struct gb_err *e)
{
    struct gb_buf report = { 0 };
    struct gb_err inner = { 0 };
    enum gb_code code = step("release.verify", e);

    if (code == GB_OK && gb_verify_edition(r->dir_tmp, NULL, &report, &inner) != GB_OK) {
        char line[512];
        size_t n = report.n;
        while (n && report.p[n - 1] == '\n')
            n--;
        code = gb_fail(e, GB_E_IO, "đọc lại ấn bản %s từ đĩa thì thấy sai: %.*s", r->id, n ? (int)(n > 400 ? 400 : n) : 200,
                       n ? report.p : gb_err_line(&inner, line, sizeof line));
    }
    gb_buf_release(&report);
    return code;
}

enum gb_code gb_release_point(const char *out_dir, enum gb_audience audience, const char *id, struct gb_err *e)
{
    struct gb_arena a;
    enum gb_code code = GB_OK;
    gb_arena_init(&a, 0);
    struct gb_release_paths p = gb_release_paths_of(&a, out_dir, audience);
    const char *now = gb_release_current(&a, &p);
    if (!gb_streq(now, id)) {
        code = step("release.switch", e);
        if (code == GB_OK)
            code = gb_symlink_switch(gb_sprintf(&a, "rel/%s", id), p.current, e);
    }
    gb_arena_release(&a);
    return code;
}

enum gb_code gb_release_seal(struct gb_release *r, const struct gb_release_facts *f, const char *key_path, struct gb_err *e)
{
    struct gb_release_paths p = gb_release_paths_of(r->arena, r->out_dir, r->audience);
    enum gb_code code = write_closing_files(r, f, key_path, e);

    if (code == GB_OK)
        code = read_back(r, e);
    if (code == GB_OK && (code = step("release.sync", e)) == GB_OK)
        code = sync_tree(r->arena, r->dir_tmp, e);
    if (code == GB_OK && (code = step("release.rename", e)) == GB_OK)
        code = gb_rename_new(r->dir_tmp, r->dir_final, e);
    if (code != GB_OK) {
        gb_context(e, "ấn bản %s của %s không được công bố", r->id, gb_audience_word(r->audience));
        gb_release_abandon(r);
        return code;
    }
    r->dir_tmp = NULL;
    return gb_fsync_dir(p.rel, e);
}

enum gb_code gb_release_commit(struct gb_release *r, const struct gb_release_facts *f, const char *key_path, struct gb_err *e)
{
    enum gb_code code = gb_release_seal(r, f, key_path, e);
    return code == GB_OK ? gb_release_point(r->out_dir, r->audience, r->id, e) : code;
}
