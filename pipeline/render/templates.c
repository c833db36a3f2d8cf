/* templates.c — the few files of templates/site, read once before the fork, and their {{placeholder}} substitution.
 *
 * A template is our own trusted HTML; what goes in was escaped by the caller for the place it goes to. An unknown or unclosed
 * placeholder is a fault of the template and is found by gb_templates_load(), so that no night starts with it.
 */
#include "base/file.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "render/render.h"
#include "render/template_int.h"

static const char *const known[] = { "lang", "title", "description", "root",  "class",      "place",
                                     "nav",  "body",  "foot",        "style", "style-hash", NULL };

static int known_index(const char *p, size_t n)
{
    for (int i = 0; known[i]; i++)
        if (strlen(known[i]) == n && memcmp(known[i], p, n) == 0)
            return i;
    return -1;
}

static enum gb_code check_placeholders(const char *file, const char *text, struct gb_err *e)
{
    for (const char *p = strstr(text, "{{"); p; p = strstr(p + 2, "{{")) {
        const char *end = strstr(p, "}}");
        if (!end)
            return gb_fail(e, GB_E_CONFIG, "%s: thiếu \"}}\" đóng chỗ điền; hãy thêm vào", file);
        if (known_index(p + 2, (size_t)(end - p - 2)) < 0)
            return gb_fail(e, GB_E_CONFIG, "%s: không có chỗ điền {{%.*s}}; hãy sửa tên", file, (int)(end - p - 2), p + 2);
    }
    return GB_OK;
}

static enum gb_code load_one(struct gb_arena *a, const char *dir, const char *name, const char **out, struct gb_err *e)
{
    struct gb_buf b = { 0 };
    const char *path = gb_path_join(a, dir, name);
    enum gb_code rc = gb_file_read(path, 1 << 20, &b, e);
    if (rc == GB_E_LIMIT)
        rc = e->code = GB_E_CONFIG;
    if (rc == GB_OK && gb_text_check(b.p ? b.p : "", b.n, NULL) != GB_TEXT_OK)
        rc = gb_fail(e, GB_E_CONFIG, "%s: không phải UTF-8 hợp lệ", path);
    if (rc == GB_OK)
        *out = gb_buf_copy(a, &b);
    gb_buf_release(&b);
    if (rc == GB_OK && gb_ends_with(name, ".html"))
        rc = check_placeholders(path, *out, e);
    return rc == GB_E_IO ? gb_context(e, "mẫu trang web") : rc;
}

/* The sheet as it stands inside a page: without comments and blank line starts. */
static const char *inside(struct gb_arena *a, const char *css)
{
    struct gb_buf b = { 0 };
    for (const char *p = css; *p;) {
        const char *end = p[0] == '/' && p[1] == '*' ? strstr(p + 2, "*/") : NULL;
        if (end) {
            p = end + 2;
        } else if ((*p == ' ' || *p == '\n') && (!b.n || b.p[b.n - 1] == '\n')) {
            p++;
        } else {
            gb_buf_addc(&b, *p++);
        }
    }
    const char *r = gb_buf_copy(a, &b);
    gb_buf_release(&b);
    return r;
}

/* RFC 4648, section 4; a policy names a style sheet by the digest of its bytes. */
static const char *base64(struct gb_arena *a, const uint8_t *p, size_t n)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct gb_buf b = { 0 };
    for (size_t i = 0; i < n; i += 3) {
        uint32_t v = (uint32_t)p[i] << 16 | (i + 1 < n ? (uint32_t)p[i + 1] << 8 : 0) | (i + 2 < n ? p[i + 2] : 0);
        gb_buf_addc(&b, digit[v >> 18]);
        gb_buf_addc(&b, digit[v >> 12 & 63]);
        gb_buf_addc(&b, i + 1 < n ? digit[v >> 6 & 63] : '=');
        gb_buf_addc(&b, i + 2 < n ? digit[v & 63] : '=');
    }
    const char *r = gb_buf_copy(a, &b);
    gb_buf_release(&b);
    return r;
}

enum gb_code gb_templates_load(struct gb_templates *t, struct gb_arena *a, const char *dir, struct gb_err *e)
{
    *t = (struct gb_templates){ .arena = a };
    enum gb_code rc = load_one(a, dir, "site/page.html", &t->page_html, e);
    if (rc == GB_OK)
        rc = load_one(a, dir, "site/briefing.html", &t->briefing_html, e);
    if (rc == GB_OK)
        rc = load_one(a, dir, "site/style.css", &t->style_css, e);
    if (rc == GB_OK && strstr(t->style_css, "</"))
        rc = gb_fail(e, GB_E_CONFIG, "%s/site/style.css: không được có \"</\", vì tệp này nằm trong trang; hãy bỏ", dir);
    if (rc == GB_OK) {
        t->style_inside = inside(a, t->style_css);
        struct gb_sha256 h = gb_sha256_of(t->style_inside, strlen(t->style_inside));
        t->style_hash = base64(a, h.b, sizeof h.b);
    }
    return rc;
}

void gb_template_fill(const char *text, const struct gb_template_values *v, struct gb_buf *out)
{
    const char *const value[] = { v->lang, v->title, v->description, v->root,  v->css_class, v->place,
                                  v->nav,  v->body,  v->foot,        v->style, v->style_hash };
    const char *p = text;
    for (const char *q = strstr(p, "{{"); q; q = strstr(p, "{{")) {
        const char *end = strstr(q, "}}");
        gb_assert(end); /* checked at load */
        gb_buf_add(out, p, (size_t)(q - p));
        int i = known_index(q + 2, (size_t)(end - q - 2));
        gb_assert(i >= 0);
        if (value[i])
            gb_buf_adds(out, value[i]);
        p = end + 2;
    }
    gb_buf_adds(out, p);
}
