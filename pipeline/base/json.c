/* json.c — the writer prints figures from scaled integers and never through a double. The reader lets jansson check the text,
 * then copies its tree into the arena. jansson turns numbers into doubles, so a second pass over the (now known to be well
 * formed) text picks up the number tokens in document order, which is the order in which jansson keeps members: each number
 * value thereby keeps the text it was written with, in `s`. */
#include "base/json.h"
#include <jansson.h>
#include "base/decimal.h"
#include "base/utf8.h"

#define MAX_DEPTH 64
#define SAFE_INTEGER (INT64_C(1) << 53) /* beyond it readers that use doubles lose digits (TRUST.md 30) */

/* ---- writer -------------------------------------------------------------------------------------------------------- */

static void add_escape(struct gb_buf *b, unsigned cp)
{
    gb_buf_addf(b, "\\u%04x", cp);
}

/* One character that is not plain ASCII text. @return bytes read. */
static size_t add_special(struct gb_buf *b, const char *s, size_t n)
{
    unsigned char c = (unsigned char)*s;
    if (c < 0x80) {
        switch (c) {
        case '"': gb_buf_add(b, "\\\"", 2); break;
        case '\\': gb_buf_add(b, "\\\\", 2); break;
        case '\n': gb_buf_add(b, "\\n", 2); break;
        case '\r': gb_buf_add(b, "\\r", 2); break;
        case '\t': gb_buf_add(b, "\\t", 2); break;
        default: add_escape(b, c);
        }
        return 1;
    }
    if (c == 0xE2 && n >= 3 && (unsigned char)s[1] == 0x80 && ((unsigned char)s[2] | 1) == 0xA9) {
        add_escape(b, (unsigned char)s[2] == 0xA8 ? 0x2028 : 0x2029);
        return 3;
    }
    size_t len = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    size_t at = 0;
    len = len < n ? len : n;
    if (gb_text_check(s, len, &at) == GB_TEXT_BAD_UTF8) { /* never an invalid file, whatever came in */
        add_escape(b, 0xFFFD);
        return 1;
    }
    gb_buf_add(b, s, len);
    return len;
}

static void add_string(struct gb_buf *b, const char *s)
{
    gb_buf_addc(b, '"');
    const char *end = s + strlen(s);
    while (s < end) {
        const char *p = s;
        while (p < end && (unsigned char)*p >= 0x20 && (unsigned char)*p < 0x7F && *p != '"' && *p != '\\' && *p != '<' &&
               *p != '>' && *p != '&') {
            p++;
        }
        gb_buf_add(b, s, (size_t)(p - s));
        s = p;
        if (s < end) {
            s += add_special(b, s, (size_t)(end - s));
        }
    }
    gb_buf_addc(b, '"');
}

static void new_line(struct gb_json *j)
{
    if (j->pretty) {
        gb_buf_addc(j->out, '\n');
        for (int i = 0; i < j->depth; i++) {
            gb_buf_add(j->out, "  ", 2);
        }
    }
}

/* Separator, indent and key of the next item. */
static void begin_item(struct gb_json *j, const char *key)
{
    if (j->depth > 0) {
        uint64_t bit = UINT64_C(1) << (j->depth - 1);
        if (j->has_item & bit) {
            gb_buf_addc(j->out, ',');
        }
        j->has_item |= bit;
        new_line(j);
    }
    if (key) {
        add_string(j->out, key);
        gb_buf_adds(j->out, j->pretty ? ": " : ":");
    }
}

void gb_json_open(struct gb_json *j, const char *key, char bracket)
{
    gb_assert(j->depth < MAX_DEPTH && (bracket == '{' || bracket == '['));
    begin_item(j, key);
    gb_buf_addc(j->out, bracket);
    j->depth++;
    j->has_item &= ~(UINT64_C(1) << (j->depth - 1));
}

void gb_json_close(struct gb_json *j, char bracket)
{
    gb_assert(j->depth > 0 && (bracket == '}' || bracket == ']'));
    bool had = j->has_item >> (j->depth - 1) & 1;
    j->depth--;
    if (had) {
        new_line(j);
    }
    gb_buf_addc(j->out, bracket);
}

void gb_json_str(struct gb_json *j, const char *key, const char *s)
{
    begin_item(j, key);
    if (s) {
        add_string(j->out, s);
    } else {
        gb_buf_adds(j->out, "null");
    }
}

void gb_json_int(struct gb_json *j, const char *key, int64_t v)
{
    begin_item(j, key);
    bool text = v > SAFE_INTEGER || v < -SAFE_INTEGER;
    if (text) {
        gb_buf_addc(j->out, '"');
    }
    gb_buf_add_i64(j->out, v);
    if (text) {
        gb_buf_addc(j->out, '"');
    }
}

void gb_json_bool(struct gb_json *j, const char *key, bool v)
{
    begin_item(j, key);
    gb_buf_adds(j->out, v ? "true" : "false");
}

void gb_json_null(struct gb_json *j, const char *key)
{
    begin_item(j, key);
    gb_buf_adds(j->out, "null");
}

static void add_number(struct gb_json *j, int64_t v, int scale, const char *text, size_t n)
{
    bool quoted = gb_dec_cmp(v, scale, SAFE_INTEGER, 0) > 0 || gb_dec_cmp(v, scale, -SAFE_INTEGER, 0) < 0;
    if (quoted) {
        gb_buf_addc(j->out, '"');
    }
    gb_buf_add(j->out, text, n);
    if (quoted) {
        gb_buf_addc(j->out, '"');
    }
}

void gb_json_dec(struct gb_json *j, const char *key, int64_t v, int scale)
{
    char text[40];
    begin_item(j, key);
    add_number(j, v, scale, text, gb_dec_exact(v, scale, text));
}

void gb_json_dec_fixed(struct gb_json *j, const char *key, int64_t v, int scale, int decimals)
{
    char text[40];
    begin_item(j, key);
    add_number(j, v, scale, text, gb_dec_plain(v, scale, decimals, text));
}

/* ---- reader -------------------------------------------------------------------------------------------------------- */

struct copier {
    struct gb_arena *a;
    const char *p, *end;
};

static bool in_number(char c)
{
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/* Text of the next number token; strings are skipped. jansson has accepted the text, so tokens are well formed. */
static const char *next_number(struct copier *c, size_t *n)
{
    const char *p = c->p;
    while (p < c->end && *p != '-' && (*p < '0' || *p > '9')) {
        if (*p++ == '"') {
            while (*p != '"') {
                p += *p == '\\' ? 2 : 1;
            }
            p++;
        }
    }
    const char *start = p;
    while (p < c->end && in_number(*p)) {
        p++;
    }
    gb_assert(p > start);
    c->p = p;
    *n = (size_t)(p - start);
    return gb_strndup(c->a, start, *n);
}

static struct gb_jval *copy_value(struct copier *c, const json_t *v, const char *key, int depth);

static bool copy_children(struct copier *c, const json_t *v, struct gb_jval *out, int depth)
{
    struct gb_jval **tail = &out->child;
    if (json_is_array(v)) {
        out->n = json_array_size(v);
        for (size_t i = 0; i < out->n; i++) {
            *tail = copy_value(c, json_array_get(v, i), NULL, depth + 1);
            if (!*tail) {
                return false;
            }
            tail = &(*tail)->next;
        }
        return true;
    }
    json_t *obj = (json_t *)(uintptr_t)v; /* iteration takes a non-const object but does not change it */
    out->n = json_object_size(obj);
    for (void *it = json_object_iter(obj); it; it = json_object_iter_next(obj, it)) {
        *tail = copy_value(c, json_object_iter_value(it), json_object_iter_key(it), depth + 1);
        if (!*tail) {
            return false;
        }
        tail = &(*tail)->next;
    }
    return true;
}

/* @return NULL when nested too deeply. */
static struct gb_jval *copy_value(struct copier *c, const json_t *v, const char *key, int depth)
{
    if (depth > MAX_DEPTH) {
        return NULL;
    }
    struct gb_jval *out = GB_NEW(c->a, struct gb_jval);
    out->key = gb_strdup(c->a, key);
    switch (json_typeof(v)) {
    case JSON_NULL: out->kind = GB_J_NULL; break;
    case JSON_TRUE:
    case JSON_FALSE:
        out->kind = GB_J_BOOL;
        out->b = json_is_true(v);
        break;
    case JSON_INTEGER:
        out->kind = GB_J_INT;
        out->i = json_integer_value(v);
        out->d = (double)out->i;
        out->s = next_number(c, &out->n);
        break;
    case JSON_REAL:
        out->kind = GB_J_REAL;
        out->d = json_real_value(v);
        out->s = next_number(c, &out->n);
        break;
    case JSON_STRING:
        out->kind = GB_J_STR;
        out->n = json_string_length(v);
        out->s = gb_strndup(c->a, json_string_value(v), out->n);
        break;
    case JSON_ARRAY:
    case JSON_OBJECT:
        out->kind = json_is_array(v) ? GB_J_ARR : GB_J_OBJ;
        if (!copy_children(c, v, out, depth)) {
            return NULL;
        }
        break;
    }
    return out;
}

enum gb_code gb_json_parse(struct gb_arena *a, const char *p, size_t n, struct gb_jval **out, struct gb_err *e)
{
    json_object_seed(1); /* a fixed seed: no look at the clock or at /dev/urandom, which a sandboxed worker may not open */
    json_error_t why;
    json_t *root = json_loadb(n ? p : "", n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
    if (!root) {
        return gb_fail(e, GB_E_INPUT, "JSON dòng %d, cột %d: %s", why.line, why.column, why.text);
    }
    struct copier c = { a, p, p + n };
    struct gb_jval *copy = copy_value(&c, root, NULL, 0);
    json_decref(root);
    if (!copy) {
        return gb_fail(e, GB_E_INPUT, "JSON lồng nhau quá %d tầng", MAX_DEPTH);
    }
    *out = copy;
    return GB_OK;
}

const struct gb_jval *gb_jget(const struct gb_jval *obj, const char *key)
{
    if (!obj || obj->kind != GB_J_OBJ) {
        return NULL;
    }
    for (const struct gb_jval *v = obj->child; v; v = v->next) {
        if (strcmp(v->key, key) == 0) {
            return v;
        }
    }
    return NULL;
}

const char *gb_jstr(const struct gb_jval *obj, const char *key)
{
    const struct gb_jval *v = gb_jget(obj, key);
    return v && v->kind == GB_J_STR ? v->s : NULL;
}

bool gb_jint(const struct gb_jval *obj, const char *key, int64_t *out)
{
    const struct gb_jval *v = gb_jget(obj, key);
    if (!v || v->kind != GB_J_INT) {
        return false;
    }
    *out = v->i;
    return true;
}
