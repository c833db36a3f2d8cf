/* arena.c — bump allocation in blocks from calloc. calloc, because large blocks come as fresh pages that the kernel has
 * zeroed already: memory that is never touched is never paid for. Rewinding zeroes what was used, so that "zeroed" stays true.
 *
 * Large blocks ask for huge pages. A night forks a thousand workers from a process that holds the cube: what a fork, its page
 * faults and its exit cost grows with the number of pages (1.8 million observations: 55 MB, 13,700 small pages or 27 huge ones). It is
 * a wish: without huge pages everything works, only slower. */
#define _GNU_SOURCE /* MADV_HUGEPAGE */
#include "base/arena.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

#define FIRST_BLOCK ((size_t)8 << 10)
#define LARGEST_STEP ((size_t)64 << 20)
#define HUGE_PAGE ((uintptr_t)2 << 20)

struct gb_arena_block {
    struct gb_arena_block *below;
    size_t cap, at;
    _Alignas(16) char data[];
};

void gb_arena_init(struct gb_arena *a, size_t limit_bytes)
{
    *a = (struct gb_arena){ .limit_bytes = limit_bytes };
}

void gb_arena_release(struct gb_arena *a)
{
    while (a->top) {
        struct gb_arena_block *below = a->top->below;
        free(a->top);
        a->top = below;
    }
    a->used_bytes = 0;
}

static void wish_huge(void *p, size_t n)
{
    uintptr_t from = ((uintptr_t)p + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1), to = ((uintptr_t)p + n) & ~(HUGE_PAGE - 1);
    if (from < to)
        (void)madvise((void *)from, to - from, MADV_HUGEPAGE);
}

static void *alloc_block(struct gb_arena *a, size_t n)
{
    size_t cap = a->top ? a->top->cap : FIRST_BLOCK / 2;
    cap = cap < LARGEST_STEP / 2 ? cap * 2 : LARGEST_STEP;
    if (cap < n) {
        cap = n;
    }
    if (cap > SIZE_MAX - sizeof(struct gb_arena_block)) {
        gb_oom();
    }
    struct gb_arena_block *b = calloc(1, sizeof *b + cap);
    if (!b) {
        gb_oom();
    }
    wish_huge(b, sizeof *b + cap);
    b->below = a->top;
    b->cap = cap;
    b->at = n;
    a->top = b;
    return b->data;
}

void *gb_alloc(struct gb_arena *a, size_t n)
{
    if (n > SIZE_MAX - 32) {
        gb_oom();
    }
    n = n == 0 ? 16 : (n + 15) & ~(size_t)15;
    a->used_bytes += n;
    if (a->used_bytes < n || (a->limit_bytes && a->used_bytes > a->limit_bytes)) {
        gb_oom();
    }
    struct gb_arena_block *b = a->top;
    if (!b || b->cap - b->at < n) {
        return alloc_block(a, n);
    }
    void *p = b->data + b->at;
    b->at += n;
    return p;
}

size_t gb_mul(size_t a, size_t b)
{
    size_t r;
    if (__builtin_mul_overflow(a, b, &r)) {
        gb_oom();
    }
    return r;
}

void *gb_alloc_array(struct gb_arena *a, size_t count, size_t size)
{
    return gb_alloc(a, gb_mul(count, size));
}

char *gb_strndup(struct gb_arena *a, const char *s, size_t n)
{
    if (n == SIZE_MAX) {
        gb_oom();
    }
    char *copy = gb_alloc(a, n + 1);
    if (n > 0) {
        memcpy(copy, s, n);
    }
    return copy;
}

void *gb_arena_grow(struct gb_arena *a, void *p, size_t n, size_t *cap, size_t need, size_t size)
{
    gb_assert(n <= *cap);
    if (need <= *cap) {
        return p;
    }
    size_t want = *cap ? *cap : 8;
    while (want < need) {
        want = want > SIZE_MAX / 2 ? need : want * 2;
    }
    void *wider = gb_alloc_array(a, want, size);
    if (n) {
        memcpy(wider, p, n * size);
    }
    *cap = want;
    return wider;
}

char *gb_strdup(struct gb_arena *a, const char *s)
{
    return s ? gb_strndup(a, s, strlen(s)) : NULL;
}

char *gb_sprintf(struct gb_arena *a, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    gb_assert(n >= 0);
    char *s = gb_alloc(a, (size_t)n + 1);
    (void)vsnprintf(s, (size_t)n + 1, fmt, again);
    va_end(again);
    return s;
}

struct gb_arena_mark gb_arena_mark(struct gb_arena *a)
{
    return (struct gb_arena_mark){ a->top, a->top ? a->top->at : 0, a->used_bytes };
}

void gb_arena_rewind(struct gb_arena *a, struct gb_arena_mark m)
{
    while (a->top != m.top) {
        gb_assert(a->top != NULL); /* a mark of another arena, or older than a rewind */
        struct gb_arena_block *below = a->top->below;
        free(a->top);
        a->top = below;
    }
    if (a->top) {
        gb_assert(m.at <= a->top->at);
        memset(a->top->data + m.at, 0, a->top->at - m.at);
        a->top->at = m.at;
    }
    a->used_bytes = m.used_bytes;
}

void *gb_grow(void *p, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap && p) {
        return p;
    }
    size_t want = *cap < 8 ? 8 : *cap;
    while (want < need) {
        want = want > SIZE_MAX / 2 ? need : want * 2;
    }
    void *bigger = realloc(p, gb_mul(want, size));
    if (!bigger) {
        gb_oom();
    }
    wish_huge(bigger, want * size);
    *cap = want;
    return bigger;
}

void gb_heap_settle(void)
{
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
    struct mallinfo2 m = mallinfo2();
    if (m.arena < m.keepcost) {
        return;
    }
    uintptr_t top = (uintptr_t)sbrk(0) - m.keepcost;
    for (size_t n = 1 << 20; n >= 24; n -= n > 1024 ? n / 4 : 16) {
        for (size_t taken = 0; taken < m.fordblks; taken += n) {
            char *volatile p = malloc(n);
            if ((uintptr_t)p >= top) { /* no free piece of this size is left below: this one is new */
                free(p);
                break;
            }
        }
    }
#endif
}
