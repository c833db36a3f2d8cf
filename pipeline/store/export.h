/* store/export.h — observations as an SQLite file for whoever wants SQL.
 *
 * Table observation, STRICT, one row an observation, written in one transaction: indicator, region, period, value (exact decimal as
 * text, NULL when missing), scaled and scale (value = scaled / 10^scale, for exact sums), status, as_of. The file is made new; it
 * appears under its name only when it is whole.
 */
#ifndef GB_STORE_EXPORT_H
#define GB_STORE_EXPORT_H
#include "base/date.h"
#include "base/err.h"

struct gb_export_row { const char *indicator, *region, *period; int64_t value; /* GB_VALUE_MISSING */ int scale; char status; struct gb_date as_of; };
struct gb_sqlite_export;
GB_MUST_USE enum gb_code gb_sqlite_export_open(struct gb_sqlite_export **out, const char *path, struct gb_err *e);
GB_MUST_USE enum gb_code gb_sqlite_export_row(struct gb_sqlite_export *x, const struct gb_export_row *r, struct gb_err *e);
/** Commit, sync, rename into place; frees x in any case. @param keep false: throw away */
GB_MUST_USE enum gb_code gb_sqlite_export_close(struct gb_sqlite_export *x, bool keep, struct gb_err *e);
#endif
