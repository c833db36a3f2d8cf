/* str.c — byte buffers. Growth doubles, so appending is amortised constant; a NUL always follows the text. */
#include "base/str.h"
#include <stdio.h>
#include <stdlib.h>

bool gb_str_eq(struct gb_str a, struct gb_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool gb_str_eq_c(struct gb_str a, const char *b)
{
    return b && gb_str_eq(a, gb_str_of(b));
}

bool gb_streq(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

bool gb_starts_with(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool gb_ends_with(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);
    return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

void gb_buf_release(struct gb_buf *b)
{
    free(b->p);
    *b = (struct gb_buf){ 0 };
}

void gb_buf_reset(struct gb_buf *b)
{
    b->n = 0;
    if (b->p) {
        b->p[0] = '\0';
    }
}

void gb_buf_reserve(struct gb_buf *b, size_t more)
{
    if (more > SIZE_MAX - 1 - b->n) {
        gb_oom();
    }
    size_t need = b->n + more + 1;
    if (need > b->cap) {
        b->p = gb_grow(b->p, &b->cap, need < 64 ? 64 : need, 1);
        b->p[b->n] = '\0';
    }
}

void gb_buf_add(struct gb_buf *b, const void *p, size_t n)
{
    gb_buf_reserve(b, n);
    if (n > 0) {
        memcpy(b->p + b->n, p, n);
    }
    b->n += n;
    b->p[b->n] = '\0';
}

void gb_buf_adds(struct gb_buf *b, const char *s)
{
    gb_buf_add(b, s, strlen(s));
}

void gb_buf_addc(struct gb_buf *b, char c)
{
    if (b->n + 1 >= b->cap) {
        gb_buf_reserve(b, 1);
    }
    b->p[b->n++] = c;
    b->p[b->n] = '\0';
}

void gb_buf_addf(struct gb_buf *b, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    gb_buf_reserve(b, 64);
    size_t room = b->cap - b->n;
    int n = vsnprintf(b->p + b->n, room, fmt, ap);
    va_end(ap);
    gb_assert(n >= 0);
    if ((size_t)n >= room) {
        gb_buf_reserve(b, (size_t)n);
        (void)vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
    }
    va_end(again);
    b->n += (size_t)n;
}

void gb_buf_add_i64(struct gb_buf *b, int64_t v)
{
    char digits[20];
    size_t i = sizeof digits;
    uint64_t m = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do {
        digits[--i] = (char)('0' + m % 10);
        m /= 10;
    } while (m > 0);
    if (v < 0) {
        gb_buf_addc(b, '-');
    }
    gb_buf_add(b, digits + i, sizeof digits - i);
}

char *gb_buf_copy(struct gb_arena *a, const struct gb_buf *b)
{
    return gb_strndup(a, b->p, b->n);
}

size_t gb_split(struct gb_str s, char sep, struct gb_str *out, size_t max)
{
    if (s.n == 0 || max == 0) {
        return 0;
    }
    size_t n = 0;
    const char *p = s.p, *end = s.p + s.n;
    while (n + 1 < max) {
        const char *hit = memchr(p, sep, (size_t)(end - p));
        if (!hit) {
            break;
        }
        out[n++] = (struct gb_str){ p, (size_t)(hit - p) };
        p = hit + 1;
    }
    out[n++] = (struct gb_str){ p, (size_t)(end - p) };
    return n;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct gb_str gb_trim(struct gb_str s)
{
    while (s.n > 0 && is_blank(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n > 0 && is_blank(s.p[s.n - 1])) {
        s.n--;
    }
    return s;
}
