/* app/ingest.h — deliveries into the store, one receipt each.
 *
 * Files are read in byte order of name by sandboxed workers; the master alone writes the store, in that order, in batches. Neither the
 * number of workers nor who is ready first changes anything. A receipt holds neither time nor number of arrival: the same files give the same bytes.
 */
#ifndef GB_APP_INGEST_H
#define GB_APP_INGEST_H
#include "app/prep.h"
#include "intake/intake.h"

struct gb_receipt { const char *name, *path; /* "receipts/<path>.json" */ bool accepted, deferred, known, conflict; struct gb_buf json, text; const char *summary; };
struct gb_ingest {
    struct gb_receipt *receipt; size_t n;
    size_t n_accepted, n_new, n_refused, n_deferred, n_known, n_conflicts;
    int64_t n_rows;
    bool capped;
};
/** From a drop folder. @param store open for writing */
GB_MUST_USE enum gb_code gb_ingest_drop(struct gb_ingest *in, struct gb_app *app, struct gb_zygote *prep, struct gb_store *store, const char *store_path,
                                        const char *drop, struct gb_date date, struct gb_err *e);
/** From named files; each is read from its own folder. */
GB_MUST_USE enum gb_code gb_ingest_files(struct gb_ingest *in, struct gb_app *app, struct gb_zygote *prep, struct gb_store *store, const char *store_path,
                                         const char *const *path, size_t n, struct gb_date date, struct gb_err *e);
void gb_ingest_release(struct gb_ingest *in);
#endif
