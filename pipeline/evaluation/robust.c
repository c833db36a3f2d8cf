/* robust.c — see robust.h. */
#include "evaluation/robust.h"
#include <stdlib.h>

static int by_value(const void *pa, const void *pb)
{
    int64_t a = *(const int64_t *)pa, b = *(const int64_t *)pb;
    return (a > b) - (a < b);
}

int64_t gb_median(int64_t *v, int n)
{
    qsort(v, (size_t)n, sizeof *v, by_value);
    return v[(n - 1) / 2];
}

uint64_t gb_distance(int64_t a, int64_t b)
{
    return a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a;
}

uint64_t gb_mad(const int64_t *v, int n, int64_t mid)
{
    int64_t d[GB_ROBUST_MAX];
    unsigned __int128 sum = 0;
    for (int i = 0; i < n; i++) {
        d[i] = gb_distance(v[i], mid) > INT64_MAX ? INT64_MAX : (int64_t)gb_distance(v[i], mid);
        sum += (unsigned __int128)d[i];
    }
    int64_t mad = gb_median(d, n);
    return mad > 0 ? (uint64_t)mad : (uint64_t)(sum * 8453 / ((unsigned __int128)n * 10000));
}

bool gb_far_out(int64_t x, int64_t mid, uint64_t mad, int times)
{
    return mad > 0 && (__int128)gb_distance(x, mid) * 10000 > (__int128)mad * 14826 * times;
}
