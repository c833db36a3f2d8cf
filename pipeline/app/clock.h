/* app/clock.h — the only place that reads time. Everything below app/ gets dates and seconds as arguments. */
#ifndef GB_APP_CLOCK_H
#define GB_APP_CLOCK_H
#include "base/date.h"

int64_t gb_clock_utc(void);             /* seconds since 1970, wall clock */
uint64_t gb_clock_mono_ms(void);        /* durations and deadlines */
struct gb_date gb_clock_today(void);    /* in +07:00, whatever TZ says (TRUST.md 49, G09) */
#endif
