/* verify.c — an edition against its manifest, by somebody who trusts nothing.
 *
 * Written apart from commit.c on purpose: it lists the tree itself, hashes what it finds, reads the manifest as data, works the id out
 * again from the facts in it, and shares only SHA-256, Ed25519 and the JSON reader with the writer. Whoever watches the publication
 * runs it with the rights of the web server's user, so it only reads. */
#define _GNU_SOURCE
#include "release/release_int.h"
#include "base/file.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct check {
    struct gb_arena arena;
    struct gb_buf *report;
    const char *dir;
    const char *name; /* last part of the path, without .tmp */
    struct gb_buf manifest, sums;
    struct gb_jval *m;
    int n_faults;
};

GB_PRINTF(2, 3) static void fault(struct check *c, const char *fmt, ...)
{
    char line[1024];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    c->n_faults++;
    if (c->n_faults <= 100 && n > 0)
        gb_buf_addf(c->report, "%s\n", line);
}

/* Read one file whole, whatever its size up to 4 GiB; hash as it goes: an edition may be larger than memory wants to be. */
static bool hash_file(const char *path, struct gb_sha256 *out, int64_t *bytes)
{
    struct stat st;
    struct gb_sha256_state s;
    static const size_t chunk = 1 << 16;
    char buf[1 << 16];
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

    if (fd < 0)
        return false;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return false;
    }
    gb_sha256_init(&s);
    *bytes = 0;
    for (;;) {
        ssize_t n = read(fd, buf, chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            close(fd);
            return false;
        }
        if (n == 0)
            break;
        gb_sha256_update(&s, buf, (size_t)n);
        *bytes += n;
    }
    close(fd);
    *out = gb_sha256_final(&s);
    return true;
}

/* Compare the sorted list of the manifest with the sorted tree: both directions in one walk. */
static void check_files(struct check *c)
{
    const struct gb_jval *files = gb_jget(c->m, "files");
    const char **tree = NULL;
    size_t n_tree = 0, k = 0;
    struct gb_err err = { 0 };
    const char *last = "";

    if (!files || files->kind != GB_J_ARR) {
        fault(c, "manifest.json không có danh sách tệp \"files\"");
        return;
    }
    if (gb_tree_list(&c->arena, c->dir, &tree, &n_tree, &err) != GB_OK) {
        fault(c, "không liệt kê được thư mục %s", c->dir);
        return;
    }
    for (const struct gb_jval *f = files->child; f; f = f->next) {
        const char *path = gb_jstr(f, "path"), *sha = gb_jstr(f, "sha256");
        int64_t want = -1, got = 0;
        struct gb_sha256 h, expect;
        if (!path || !sha || !gb_jint(f, "bytes", &want) || !gb_sha256_parse(sha, &expect) || strstr(path, "..") ||
            path[0] == '/') {
            fault(c, "một dòng của danh sách tệp trong manifest.json không đúng mẫu");
            continue;
        }
        if (strcmp(path, last) <= 0)
            fault(c, "%s: danh sách tệp không theo thứ tự hoặc bị lặp", path);
        last = path;
        for (; k < n_tree && strcmp(tree[k], path) < 0; k++)
            if (strcmp(tree[k], "manifest.json") != 0 && strcmp(tree[k], "SHA256SUMS") != 0 &&
                strcmp(tree[k], "manifest.sig") != 0)
                fault(c, "%s: có trong thư mục, không có trong manifest.json", tree[k]);
        if (k < n_tree && strcmp(tree[k], path) == 0)
            k++;
        if (!hash_file(gb_path_join(&c->arena, c->dir, path), &h, &got))
            fault(c, "%s: thiếu, hoặc không phải tệp thường", path);
        else if (got != want)
            fault(c, "%s: dài %lld byte, manifest.json ghi %lld", path, (long long)got, (long long)want);
        else if (memcmp(h.b, expect.b, sizeof h.b) != 0)
            fault(c, "%s: nội dung khác với mã băm trong manifest.json", path);
    }
    for (; k < n_tree; k++)
        if (strcmp(tree[k], "manifest.json") != 0 && strcmp(tree[k], "SHA256SUMS") != 0 && strcmp(tree[k], "manifest.sig") != 0)
            fault(c, "%s: có trong thư mục, không có trong manifest.json", tree[k]);
}

/* A folder is in an edition for the files below it. */
static bool holds_listed(const struct check *c, const char *path)
{
    const char *rel = path + strlen(c->dir) + 1;
    const size_t n = strlen(rel);
    const struct gb_jval *files = gb_jget(c->m, "files");
    for (const struct gb_jval *f = files && files->kind == GB_J_ARR ? files->child : NULL; f; f = f->next) {
        const char *file = gb_jstr(f, "path");
        if (file && strncmp(file, rel, n) == 0 && file[n] == '/')
            return true;
    }
    return false;
}

/* Anything that is neither a regular file nor a directory has no place in an edition (gb_tree_list leaves it out). */
static void check_kinds(struct check *c, const char *dir)
{
    const char **name = NULL;
    size_t n = 0;
    struct gb_err err = { 0 };
    if (gb_dir_list(&c->arena, dir, &name, &n, &err) != GB_OK) {
        fault(c, "không mở được thư mục %s", dir);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(name[i]);
        struct stat st;
        char *path = gb_path_join(&c->arena, dir, gb_strndup(&c->arena, name[i], len && name[i][len - 1] == '/' ? len - 1 : len));
        if (lstat(path, &st) != 0 || (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)))
            fault(c, "%s: không phải tệp thường hay thư mục", path);
        else if (S_ISREG(st.st_mode) && st.st_nlink != 1)
            fault(c, "%s: có liên kết cứng từ nơi khác", path);
        else if (S_ISDIR(st.st_mode)) {
            if (!holds_listed(c, path))
                fault(c, "%s: thư mục không có tệp nào của manifest.json", path);
            check_kinds(c, path);
        }
    }
}

static void check_sums(struct check *c)
{
    struct gb_buf want = { 0 };
    struct gb_sha256 h = gb_sha256_of(c->manifest.p, c->manifest.n);
    char hex[65];
    const struct gb_jval *files = gb_jget(c->m, "files");

    gb_sha256_hex(&h, hex);
    gb_buf_addf(&want, "%s  manifest.json\n", hex);
    for (const struct gb_jval *f = files ? files->child : NULL; f; f = f->next) {
        const char *sha = gb_jstr(f, "sha256"), *path = gb_jstr(f, "path");
        gb_buf_addf(&want, "%s  %s\n", sha ? sha : "", path ? path : "");
    }
    if (want.n != c->sums.n || memcmp(want.p, c->sums.p, want.n) != 0)
        fault(c, "SHA256SUMS không khớp với manifest.json");
    gb_buf_release(&want);
}

static void fact(struct check *c, struct gb_buf *b, const char *key)
{
    const struct gb_jval *v = gb_jget(c->m, key);
    if (v && v->kind == GB_J_BOOL)
        gb_buf_addf(b, "%s=%s\n", key, v->b ? "true" : "false");
    else if (v && v->kind == GB_J_STR)
        gb_buf_addf(b, "%s=%s\n", key, v->s);
    else
        fault(c, "manifest.json thiếu \"%s\"", key);
}

static void check_identity(struct check *c)
{
    static const char *const keys[] = { "audience", "build",    "business_date", "definitions",
                                        "inputs",   "locality", "sample",        "vintage_digest" };
    const char *schema = gb_jstr(c->m, "schema"), *id = gb_jstr(c->m, "id"), *date = gb_jstr(c->m, "business_date"), *hex = NULL;
    struct gb_buf text = { 0 };
    struct gb_date d = { 0 }, in_id = { 0 };
    int64_t number = 0;
    char got[65];

    if (!schema || strcmp(schema, GB_MANIFEST_SCHEMA) != 0)
        fault(c, "manifest.json không theo mẫu %s", GB_MANIFEST_SCHEMA);
    if (!date || !gb_date_parse(date, strlen(date), &d))
        fault(c, "manifest.json không ghi ngày công tác hợp lệ");
    if (!id || !gb_release_id_parse(id, &in_id, &number, &hex)) {
        fault(c, "manifest.json không ghi số hiệu ấn bản hợp lệ");
        return;
    }
    if (gb_date_cmp(in_id, d) != 0)
        fault(c, "ngày trong số hiệu %s khác ngày công tác %s", id, date ? date : "?");
    if (strcmp(id, c->name) != 0)
        fault(c, "thư mục tên là %s, manifest.json là của ấn bản %s", c->name, id);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        fact(c, &text, keys[i]);
    struct gb_sha256 h = gb_sha256_of(text.p ? text.p : "", text.n);
    gb_sha256_hex(&h, got);
    if (strncmp(got, hex, 16) != 0)
        fault(c, "số hiệu %s không phải của các dữ kiện ghi trong manifest.json", id);
    gb_buf_release(&text);
}

/* The folder above rel/ is named after the audience. `current` is resolved by realpath before. */
static void check_audience(struct check *c, const char *real)
{
    const char *word = gb_jstr(c->m, "audience");
    enum gb_audience a;
    size_t n = strlen(real);

    if (!word || !gb_audience_parse(word, &a)) {
        fault(c, "manifest.json không ghi đối tượng hợp lệ");
        return;
    }
    for (int up = 0; up < 2; up++) { /* cut <id>, then rel */
        while (n && real[n - 1] != '/')
            n--;
        if (n)
            n--;
        if (up == 0 && !(n >= 4 && memcmp(real + n - 4, "/rel", 4) == 0))
            return; /* a copy somewhere else: nothing to compare with */
    }
    const char *root = gb_strndup(&c->arena, real, n);
    if (gb_audience_parse(gb_path_base(root), &a) && strcmp(gb_path_base(root), word) != 0)
        fault(c, "manifest.json là của đối tượng %s, thư mục là của %s", word, gb_path_base(root));
}

static void check_dates(struct check *c, struct gb_date on)
{
    const char *from = gb_jstr(c->m, "business_date"), *until = gb_jstr(c->m, "valid_until");
    struct gb_date d0, d1;
    char iso[16];

    if (!from || !until || !gb_date_parse(from, strlen(from), &d0) || !gb_date_parse(until, strlen(until), &d1) ||
        gb_date_cmp(d1, d0) < 0) {
        fault(c, "manifest.json không ghi thời hạn hợp lệ");
        return;
    }
    if (on.year == 0)
        return;
    gb_date_iso(on, iso);
    if (gb_date_cmp(on, d1) > 0)
        fault(c, "ấn bản hết hạn ngày %s, nay là %s", until, iso);
    if (gb_date_cmp(d0, on) > 0)
        fault(c, "ấn bản ghi ngày %s, sau ngày %s", from, iso);
}

static bool read_hex(const struct gb_buf *b, uint8_t *out, size_t n)
{
    if (b->n != 2 * n + 1 || b->p[2 * n] != '\n')
        return false;
    for (size_t i = 0; i < 2 * n; i++) {
        char ch = b->p[i];
        int v = ch >= '0' && ch <= '9' ? ch - '0' : ch >= 'a' && ch <= 'f' ? ch - 'a' + 10 : -1;
        if (v < 0)
            return false;
        out[i / 2] = (uint8_t)(i % 2 ? out[i / 2] | v : v << 4);
    }
    return true;
}

static void check_signature(struct check *c, const char *real, const char *pub_path)
{
    const struct gb_jval *is_signed = gb_jget(c->m, "signed");
    const char *sig_path = gb_path_join(&c->arena, c->dir, "manifest.sig");
    uint8_t pub[GB_KEY_BYTES], sig[GB_SIGN_BYTES];
    struct gb_buf b = { 0 };
    struct gb_err err = { 0 };
    bool have_sig = gb_file_exists(sig_path), have_pub = false, asked = pub_path != NULL;

    if (!pub_path) {
        pub_path = gb_sprintf(&c->arena, "%s/../../" GB_PUB_NAME, real);
        if (!gb_file_exists(pub_path))
            pub_path = NULL;
    }
    if (pub_path) {
        have_pub = gb_file_read(pub_path, 1024, &b, &err) == GB_OK && read_hex(&b, pub, sizeof pub);
        if (!have_pub)
            fault(c, "không đọc được khóa công khai %s", pub_path);
    }
    if (is_signed && is_signed->kind == GB_J_BOOL && is_signed->b != have_sig)
        fault(c, have_sig ? "có manifest.sig nhưng manifest.json ghi là không ký"
                          : "manifest.json ghi là đã ký nhưng thiếu manifest.sig");
    if (asked && !have_sig)
        fault(c, "ấn bản không có chữ ký");
    if (have_sig && have_pub) {
        gb_err_clear(&err);
        if (gb_file_read(sig_path, 1024, &b, &err) != GB_OK || !read_hex(&b, sig, sizeof sig))
            fault(c, "manifest.sig không đúng mẫu");
        else if (!gb_sign_verify(sig, c->manifest.p, c->manifest.n, pub))
            fault(c, "chữ ký của manifest.json sai");
    }
    gb_buf_release(&b);
}

static bool read_manifest(struct check *c)
{
    struct gb_err err = { 0 };
    char line[256];
    if (gb_file_read(gb_path_join(&c->arena, c->dir, "manifest.json"), GB_MANIFEST_MAX_BYTES, &c->manifest, &err) != GB_OK ||
        gb_file_read(gb_path_join(&c->arena, c->dir, "SHA256SUMS"), GB_MANIFEST_MAX_BYTES, &c->sums, &err) != GB_OK ||
        gb_json_parse(&c->arena, c->manifest.p, c->manifest.n, &c->m, &err) != GB_OK) {
        fault(c, "%s", gb_err_line(&err, line, sizeof line));
        return false;
    }
    if (c->m->kind != GB_J_OBJ) {
        fault(c, "manifest.json không phải là một đối tượng JSON");
        return false;
    }
    return true;
}

enum gb_code gb_verify_edition_with(const char *dir, const struct gb_verify_options *opt, struct gb_buf *report, struct gb_err *e)
{
    struct check c = { .report = report };
    char *real = realpath(dir, NULL);
    enum gb_code code = GB_OK;

    if (!real || !gb_dir_exists(real)) {
        free(real);
        return gb_fail(e, GB_E_IO, "không có thư mục ấn bản %s", dir);
    }
    gb_arena_init(&c.arena, 0);
    c.dir = real;
    c.name = gb_strdup(&c.arena, gb_path_base(real));
    if (gb_ends_with(c.name, ".tmp"))
        c.name = gb_strndup(&c.arena, c.name, strlen(c.name) - 4);
    if (read_manifest(&c)) {
        check_identity(&c);
        check_audience(&c, real);
        check_dates(&c, opt->on);
        check_kinds(&c, real);
        check_files(&c);
        check_sums(&c);
        check_signature(&c, real, opt->pub_key_path);
    }
    if (c.n_faults)
        code = gb_fail(e, GB_E_INPUT, "ấn bản %s không khớp với manifest.json (%d lỗi)", dir, c.n_faults);
    gb_buf_release(&c.manifest);
    gb_buf_release(&c.sums);
    gb_arena_release(&c.arena);
    free(real);
    return code;
}

enum gb_code gb_verify_edition(const char *dir, const char *pub_key_path, struct gb_buf *report, struct gb_err *e)
{
    struct gb_verify_options opt = { .pub_key_path = pub_key_path };
    return gb_verify_edition_with(dir, &opt, report, e);
}
