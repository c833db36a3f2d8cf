/* oom.c — an allocation that fails ends the process, also inside libraries (TRUST.md 7).
 *
 * libxlsxwriter and cairo report success on a different file after some failed allocations, so no library may see NULL. Defining
 * malloc here takes the place of the C library's for everything linked with the program. Lua's allocator counts and refuses before it
 * gets here, so a script that asks for too much still fails softly. Sanitizer builds bring their own allocator and end the process
 * themselves. */
#define _GNU_SOURCE
#include "base/err.h"
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

#if !defined(__SANITIZE_ADDRESS__) && defined(__GLIBC__)
extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);
extern void *__libc_memalign(size_t alignment, size_t n);

void *malloc(size_t n)
{
    void *p = __libc_malloc(n);
    if (!p)
        gb_oom();
    return p;
}

void *calloc(size_t n, size_t size)
{
    void *p = __libc_calloc(n, size);
    if (!p)
        gb_oom();
    return p;
}

void *realloc(void *old, size_t n)
{
    void *p = __libc_realloc(old, n);
    if (!p && n)
        gb_oom();
    return p;
}

void *memalign(size_t alignment, size_t n)
{
    void *p = __libc_memalign(alignment, n);
    if (!p)
        gb_oom();
    return p;
}

void *aligned_alloc(size_t alignment, size_t n)
{
    return memalign(alignment, n);
}

/* The result is said by the return value; asking for an alignment that is none is the caller's error. */
int posix_memalign(void **out, size_t alignment, size_t n)
{
    if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0)
        return EINVAL;
    *out = memalign(alignment, n);
    return 0;
}
#endif
