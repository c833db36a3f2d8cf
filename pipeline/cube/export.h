/* cube/export.h — the observations of a cube as files that others can read: tidy CSV, JSON.
 *
 * One row for each delivered observation (derived values are evaluation's, evaluation/export.h), in the order of indicators.csv,
 * regions.csv, period. Values are exact, with as many decimals as the indicator's scale. Rows leave through a sink as they are
 * made: memory does not grow with the number of rows.
 *
 * CSV columns and JSON keys, in this order:
 *   indicator  code              region    code            period  as in a delivery ("2026-11", "2026-W47", ...)
 *   value      empty/null if missing       status  SDMX CL_OBS_STATUS, one letter
 *   as_of      date of the delivery that brought the version in force; empty/null if not known
 *   delivery   its number: only with `numbers`, since numbers of what one may not see would show as gaps (TRUST.md 42)
 */
#ifndef GB_CUBE_EXPORT_H
#define GB_CUBE_EXPORT_H
#include "cube/cube.h"

/** Takes bytes; any code but GB_OK ends the export and is returned. */
typedef enum gb_code (*gb_sink_fn)(void *ctx, const void *p, size_t n, struct gb_err *e);
struct gb_sink { gb_sink_fn fn; void *ctx; };
/** A sink that writes all to the descriptor that `ctx` points to (int *). */
enum gb_code gb_sink_fd(void *ctx, const void *p, size_t n, struct gb_err *e);
/** Send what has gathered in the buffer, and empty it, once it is longer than `above` bytes. The sink's code. */
GB_MUST_USE enum gb_code gb_sink_drain(struct gb_buf *b, size_t above, struct gb_sink sink, struct gb_err *e);

/** UTF-8 without BOM, CRLF, RFC 4180. @param numbers add the column `delivery` */
GB_MUST_USE enum gb_code gb_cube_export_csv(const struct gb_cube *cube, bool numbers, struct gb_sink sink, struct gb_err *e);
/** {"schema":"giaoban/observations/1","vintage":N,"observations":[{...},...]}; vintage only with `numbers`. */
GB_MUST_USE enum gb_code gb_cube_export_json(const struct gb_cube *cube, bool numbers, struct gb_sink sink, struct gb_err *e);

/** Series of a cube in the order of indicators.csv, regions.csv, across parts. Arena-owned array of series_i. */
size_t *gb_cube_order(const struct gb_cube *cube, struct gb_arena *a);
#endif
