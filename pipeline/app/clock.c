/* clock.c — see clock.h. localtime() is not used: the zone of a Vietnamese authority is +07:00 all year, the server's TZ is not. */
#define _GNU_SOURCE
#include "app/clock.h"
#include <time.h>

int64_t gb_clock_utc(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec;
}

uint64_t gb_clock_mono_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

struct gb_date gb_clock_today(void)
{
    return gb_date_of_utc(gb_clock_utc());
}
