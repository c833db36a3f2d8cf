/* app/progress.h — how far a stage is: a bar with the time that remains on a terminal, one line when it ends otherwise. */
#ifndef GB_APP_PROGRESS_H
#define GB_APP_PROGRESS_H
#include "base/log.h"

struct gb_progress { struct gb_log *log; bool terminal; const char *stage; size_t n, at; uint64_t start_ms, drawn_ms; };
void gb_progress_begin(struct gb_progress *p, struct gb_log *log, bool terminal, const char *stage, size_t n);
void gb_progress_at(struct gb_progress *p, size_t at);
void gb_progress_end(struct gb_progress *p);
#endif
