/* base/arena.h — memory with three lifetimes: run, job, scratch.
 *
 * An arena gives zeroed memory and is released as a whole. Allocation never returns NULL: gb_oom() ends the process.
 * Blocks grow geometrically, so 60 million observations cost a few dozen mmaps.
 */
#ifndef GB_BASE_ARENA_H
#define GB_BASE_ARENA_H
#include "base/err.h"

struct gb_arena_block;
struct gb_arena {
    struct gb_arena_block *top;
    size_t used_bytes;  /* handed out since init */
    size_t limit_bytes; /* 0 = none; beyond it gb_oom() */
};
struct gb_arena_mark { struct gb_arena_block *top; size_t at, used_bytes; };

void gb_arena_init(struct gb_arena *a, size_t limit_bytes);
void gb_arena_release(struct gb_arena *a);
/** n bytes, zeroed, aligned to 16. n = 0 gives a valid unique pointer. */
void *gb_alloc(struct gb_arena *a, size_t n);
/** count * size with overflow check. */
void *gb_alloc_array(struct gb_arena *a, size_t count, size_t size);
#define GB_NEW(a, type) ((type *)gb_alloc((a), sizeof(type)))
#define GB_NEW_N(a, n, type) ((type *)gb_alloc_array((a), (n), sizeof(type)))
/** Room for `need` elements in an arena array of which `n` are in use: as it is, or a doubled copy (the old one stays in the arena, which
 * costs as much again at most). *cap is 0 at first and *p NULL. Example: v->item = gb_arena_grow(a, v->item, v->n, &v->cap, v->n + 1,
 * sizeof *v->item). */
void *gb_arena_grow(struct gb_arena *a, void *p, size_t n, size_t *cap, size_t need, size_t size);
char *gb_strdup(struct gb_arena *a, const char *s);                 /* NULL stays NULL */
char *gb_strndup(struct gb_arena *a, const char *s, size_t n);
char *gb_sprintf(struct gb_arena *a, const char *fmt, ...) GB_PRINTF(2, 3);
struct gb_arena_mark gb_arena_mark(struct gb_arena *a);
void gb_arena_rewind(struct gb_arena *a, struct gb_arena_mark m);
/** Checked product for sizes; gb_oom() on overflow. */
size_t gb_mul(size_t a, size_t b);

/** Heap growth for plain C arrays outside arenas: ensures room for `need` elements of `size`; doubles. Frees with free(). */
void *gb_grow(void *p, size_t *cap, size_t need, size_t size);

/** Before forking many processes that allocate: takes the free pieces of the heap and leaves them. Every child would otherwise fill
 * the same holes, each at the cost of a copied page; now they allocate from fresh pages only. No-op without glibc. */
void gb_heap_settle(void);
#endif
