/* app/extract.h — the figures of one vintage, part by part in ascending secrecy, from a child that alone opens the store for reading.
 *
 * The master (or whoever wants figures) gets part 0, forks the zygotes that may see no more, gets part 1, and so on. Asking for parts
 * 0..k only means that no byte of part k+1 ever crosses the pipe. */
#ifndef GB_APP_EXTRACT_H
#define GB_APP_EXTRACT_H
#include "app/app.h"

struct gb_extract { pid_t pid; int fd, err_fd; int max_part; };
/** @param v  of gb_store_vintage, its `until` with it. @param rollup  false: delivered observations only (export) */
GB_MUST_USE enum gb_code gb_extract_start(struct gb_extract *x, struct gb_app *app, const char *store_path, const struct gb_vintage *v, int max_part, bool rollup,
                                          struct gb_err *e);
/** Read the next part (reading closes it in the cube) and evaluate it (ev may be NULL). */
GB_MUST_USE enum gb_code gb_extract_part(struct gb_extract *x, struct gb_cube *cube, struct gb_evaluation *ev, int part, struct gb_err *e);
/** Wait for the child. @param orphans observations the catalogue no longer knows, may be NULL */
GB_MUST_USE enum gb_code gb_extract_end(struct gb_extract *x, uint64_t *orphans, struct gb_err *e);
/** All of the above for commands that need the figures once. */
GB_MUST_USE enum gb_code gb_extract_all(struct gb_app *app, const char *store_path, const struct gb_vintage *v, int max_part, bool rollup, struct gb_cube *cube,
                                        struct gb_evaluation *ev, uint64_t *orphans, struct gb_err *e);
#endif
