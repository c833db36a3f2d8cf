/* id.c — names of editions and the way `current` names one.
 *
 * id = <business date>-r<n>-<16 hex>. The hex part is the head of a SHA-256 over everything the edition is a function of, so that the
 * same input finds the same edition, wherever and whenever it is asked for; n counts the editions of one date for one audience.
 * Every input stands in the manifest too, so that verify.c can work the hex part out again by itself. */
#define _GNU_SOURCE
#include "release/release_int.h"
#include "base/file.h"
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

struct gb_release_paths gb_release_paths_of(struct gb_arena *a, const char *out_dir, enum gb_audience audience)
{
    struct gb_release_paths p;
    p.root = gb_path_join(a, out_dir, gb_audience_word(audience));
    p.rel = gb_path_join(a, p.root, "rel");
    p.current = gb_path_join(a, p.root, "current");
    return p;
}

bool gb_release_id_parse(const char *name, struct gb_date *date, int64_t *number, const char **hex16)
{
    size_t n = strlen(name), i = 12;
    int64_t k = 0;

    if (n < 10 + 3 + 1 + 16 || n > 10 + 2 + 9 + 1 + 16)
        return false;
    if (!gb_date_parse(name, 10, date) || name[10] != '-' || name[11] != 'r')
        return false;
    for (; name[i] >= '0' && name[i] <= '9'; i++)
        k = k * 10 + (name[i] - '0');
    if (i == 12 || k < 1 || name[12] == '0' || name[i] != '-' || n - i != 17)
        return false;
    for (size_t j = i + 1; j < n; j++)
        if (!((name[j] >= '0' && name[j] <= '9') || (name[j] >= 'a' && name[j] <= 'f')))
            return false;
    *number = k;
    *hex16 = name + i + 1;
    return true;
}

const char *gb_release_current(struct gb_arena *a, const struct gb_release_paths *p)
{
    char target[256];
    ssize_t n = readlink(p->current, target, sizeof target - 1);
    struct gb_date d;
    int64_t k;
    const char *hex;

    if (n <= 4)
        return NULL;
    target[n] = '\0';
    if (strncmp(target, "rel/", 4) != 0 || !gb_release_id_parse(target + 4, &d, &k, &hex))
        return NULL;
    return gb_strdup(a, target + 4);
}

static void hash_line(struct gb_sha256_state *s, const char *key, const char *value)
{
    gb_sha256_update(s, key, strlen(key));
    gb_sha256_update(s, "=", 1);
    gb_sha256_update(s, value, strlen(value));
    gb_sha256_update(s, "\n", 1);
}

/* The text that is hashed: key=value lines in a fixed order. verify.c builds the same text from the manifest. */
static void facts_hex(enum gb_audience audience, const struct gb_release_facts *f, char out[17])
{
    struct gb_sha256_state s;
    struct gb_sha256 h;
    char buf[65];

    gb_sha256_init(&s);
    hash_line(&s, "audience", gb_audience_word(audience));
    hash_line(&s, "build", f->build);
    gb_date_iso(f->date, buf);
    hash_line(&s, "business_date", buf);
    gb_sha256_hex(&f->definitions, buf);
    hash_line(&s, "definitions", buf);
    gb_sha256_hex(&f->inputs, buf);
    hash_line(&s, "inputs", buf);
    hash_line(&s, "locality", f->locality);
    hash_line(&s, "sample", f->sample ? "true" : "false");
    gb_sha256_hex(&f->vintage_digest, buf);
    hash_line(&s, "vintage_digest", buf);
    h = gb_sha256_final(&s);
    gb_sha256_hex(&h, buf);
    memcpy(out, buf, 16);
    out[16] = '\0';
}

enum gb_code gb_release_id(struct gb_arena *a, const char *out_dir, enum gb_audience audience, const struct gb_release_facts *f,
                           const char **id, bool *exists, struct gb_err *e)
{
    struct gb_release_paths p = gb_release_paths_of(a, out_dir, audience);
    char hex[17], iso[16];
    const char **name = NULL;
    size_t n = 0;
    int64_t last = 0;

    *exists = false;
    facts_hex(audience, f, hex);
    gb_date_iso(f->date, iso);
    if (gb_dir_exists(p.rel)) {
        enum gb_code code = gb_dir_list(a, p.rel, &name, &n, e);
        if (code != GB_OK)
            return code;
    }
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(name[i]);
        char *plain = gb_strndup(a, name[i], len && name[i][len - 1] == '/' ? len - 1 : len);
        struct gb_date d;
        int64_t k;
        const char *got;
        if (!gb_release_id_parse(plain, &d, &k, &got) || gb_date_cmp(d, f->date) != 0)
            continue;
        if (k > last)
            last = k;
        if (strcmp(got, hex) == 0 && !*exists) {
            struct gb_buf report = { 0 };
            struct gb_err ignored = { 0 };
            if (gb_verify_edition(gb_path_join(a, p.rel, plain), NULL, &report, &ignored) == GB_OK) {
                *exists = true;
                *id = plain;
            }
            gb_buf_release(&report);
        }
    }
    if (!*exists)
        *id = gb_sprintf(a, "%s-r%lld-%s", iso, (long long)(last + 1), hex);
    return GB_OK;
}
