/* base/log.h — the run's log: one line a message on a stream given by app/, text or JSON. Layers below app/ take a
 * `struct gb_log *` (may be NULL) and never print by themselves. Control characters in values are escaped. */
#ifndef GB_BASE_LOG_H
#define GB_BASE_LOG_H
#include <stdio.h>
#include "base/str.h"
enum gb_level { GB_DEBUG, GB_INFO, GB_WARN, GB_ERROR };
struct gb_log { FILE *out; bool json; enum gb_level min; };
void gb_log_line(struct gb_log *l, enum gb_level level, const char *stage, const char *fmt, ...) GB_PRINTF(4, 5);
#endif
