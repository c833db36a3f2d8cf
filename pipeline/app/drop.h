/* app/drop.h — reading the folder in which agencies leave files: nothing there is trusted, nothing is deleted (TRUST.md 15). */
#ifndef GB_APP_DROP_H
#define GB_APP_DROP_H
#include "base/str.h"

#define GB_DROP_MAX_FILES 20000
struct gb_drop_item { const char *name; const char *fault_code, *fault; /* set: not even opened as a delivery */ };
struct gb_drop { int dir_fd; struct gb_drop_item *item; size_t n; size_t n_ignored; bool capped; };

/** List deliveries by byte order of name: everything but side files (X.meta.json), checksums (X.sha256), hidden names and folders without a
 * delivery's extension. GB_E_IO when the folder cannot be read. */
GB_MUST_USE enum gb_code gb_drop_open(struct gb_drop *d, struct gb_arena *a, const char *path, struct gb_err *e);
/** The same for files named on the command line; names are paths. */
void gb_drop_close(struct gb_drop *d);
/** Read one file of the folder whole. A type, link count, size or change during reading that is not allowed sets *fault_code and *fault
 * (Vietnamese) and returns GB_OK: it is the delivery's fault, not the run's. @param optional a missing file is no fault; *present tells */
GB_MUST_USE enum gb_code gb_drop_read(int dir_fd, struct gb_arena *a, const char *name, size_t max, bool optional, struct gb_buf *out, bool *present,
                                      const char **fault_code, const char **fault, struct gb_err *e);
/** "x.csv" -> "x.meta.json". */
const char *gb_drop_meta_name(struct gb_arena *a, const char *name);
#endif
