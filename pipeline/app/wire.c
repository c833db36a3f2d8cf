/* wire.c — see wire.h. Both ends run on the same machine, but the byte order is written out all the same: a dump of a message then
 * reads alike everywhere. */
#include "app/wire.h"

static void put_le(struct gb_buf *b, uint64_t v, int n)
{
    uint8_t byte[8];
    for (int i = 0; i < n; i++)
        byte[i] = (uint8_t)(v >> (8 * i));
    gb_buf_add(b, byte, (size_t)n);
}

void gb_put_u8(struct gb_buf *b, uint8_t v)
{
    put_le(b, v, 1);
}
void gb_put_u32(struct gb_buf *b, uint32_t v)
{
    put_le(b, v, 4);
}
void gb_put_i64(struct gb_buf *b, int64_t v)
{
    put_le(b, (uint64_t)v, 8);
}
void gb_put_raw(struct gb_buf *b, const void *p, size_t n)
{
    gb_buf_add(b, p, n);
}

void gb_put_bytes(struct gb_buf *b, const void *p, size_t n)
{
    put_le(b, n, 8);
    gb_buf_add(b, p, n);
}

void gb_put_str(struct gb_buf *b, const char *s)
{
    gb_put_u8(b, s != NULL);
    if (s) {
        size_t n = strlen(s);
        gb_put_u32(b, (uint32_t)n);
        gb_buf_add(b, s, n);
    }
}

static uint64_t take_le(struct gb_wire *w, int n)
{
    const uint8_t *p = gb_take_raw(w, (size_t)n);
    uint64_t v = 0;
    for (int i = 0; p && i < n; i++)
        v |= (uint64_t)p[i] << (8 * i);
    return v;
}

const void *gb_take_raw(struct gb_wire *w, size_t n)
{
    const uint8_t *p = w->p;
    if (w->bad || (size_t)(w->end - w->p) < n) {
        w->bad = true;
        return NULL;
    }
    w->p += n;
    return p;
}

uint8_t gb_take_u8(struct gb_wire *w)
{
    return (uint8_t)take_le(w, 1);
}
uint32_t gb_take_u32(struct gb_wire *w)
{
    return (uint32_t)take_le(w, 4);
}
int64_t gb_take_i64(struct gb_wire *w)
{
    return (int64_t)take_le(w, 8);
}

size_t gb_take_count(struct gb_wire *w, size_t min_bytes)
{
    uint64_t n = take_le(w, 8);
    if (w->bad || (min_bytes && n > (uint64_t)(w->end - w->p) / min_bytes)) {
        w->bad = true;
        return 0;
    }
    return (size_t)n;
}

const char *gb_take_str(struct gb_wire *w, struct gb_arena *a)
{
    uint8_t has = gb_take_u8(w);
    if (has == 0)
        return NULL;
    uint32_t n = gb_take_u32(w);
    const char *p = gb_take_raw(w, n);
    if (has != 1 || !p || memchr(p, 0, n)) {
        w->bad = true;
        return NULL;
    }
    return gb_strndup(a, p, n);
}

struct gb_str gb_take_bytes(struct gb_wire *w)
{
    struct gb_str s = { 0 };
    size_t n = gb_take_count(w, 1);
    const char *p = gb_take_raw(w, n);
    if (p) {
        s.p = p;
        s.n = n;
    }
    return s;
}

bool gb_wire_done(const struct gb_wire *w)
{
    return !w->bad && w->p == w->end;
}
