/* store/store.h — what was delivered, append-only, in one SQLite file; and the vault of delivered bytes beside it.
 *
 * The unit of storage is the segment: what one delivery brought for one indicator, as packed columns in one row. A vintage is
 * a number n: all deliveries accepted as the n-th or earlier. Its segments are replayed in (as_of, seq, agency, sha256) order,
 * never in order of arrival (TRUST.md 12), so that the same set of files gives the same figures however it arrived.
 * The same (agency, as_of, seq) with other bytes is a conflict: both are kept and neither is replayed from then on.
 * The only SQL of the house. Settings of TRUST.md 9-13: rollback journal, synchronous=EXTRA, STRICT tables, no WAL.
 * A handle never crosses fork().
 */
#ifndef GB_STORE_STORE_H
#define GB_STORE_STORE_H
#include "base/hash.h"
#include "base/log.h"
#include "base/period.h"

struct gb_store;
#define GB_VALUE_MISSING INT64_MIN /* in a value column: status M, no value */

/* One indicator's rows of one delivery, in row order; keys may repeat across segments, not within one. */
struct gb_segment {
    const char *indicator;       /* code: the store knows no catalogue */
    int scale;                   /* stored decimals of value[] */
    enum gb_freq freq;
    size_t n;
    const char **region;         /* codes; pointers may repeat */
    int32_t *period;             /* ordinals */
    int64_t *value;              /* GB_VALUE_MISSING when status is 'M' */
    char *status;                /* SDMX CL_OBS_STATUS */
    const char **note;           /* NULL, or NULL per row */
    int64_t *line;               /* line in the delivered file (1-based), for `explain`; NULL if unknown */
};
struct gb_delivery {
    int64_t id;                  /* = vintage number at which it was accepted; 0 before */
    const char *agency, *file_name, *title;
    struct gb_date as_of; int64_t seq;
    int64_t received_utc, delivered_utc; /* 0 = unknown */
    struct gb_sha256 sha256;     /* of the delivered bytes */
    int64_t bytes, n_rows, n_rounded, n_marked;
    bool sample;                 /* made-up figures: every page that shows one of them says so */
    bool conflict;               /* as seen from the vintage asked for */
};

/** Open or create (mode 0640). A symlink or anything but a regular file is refused. @param read_only also refuses to create. GB_E_IO; GB_E_BUG on a schema newer than this program. An older
 * schema is brought up in place, in one transaction; with read_only it is read as it is. */
GB_MUST_USE enum gb_code gb_store_open(struct gb_store **out, const char *path, bool read_only, struct gb_err *e);
void gb_store_close(struct gb_store *s); /* NULL ok */
/** PRAGMA quick_check must answer ok, and every delivery, region code and segment must have its checksum: SQLite finds a torn
 * tree, only a checksum finds a changed figure. GB_E_IO names what is damaged. */
GB_MUST_USE enum gb_code gb_store_check(struct gb_store *s, struct gb_err *e);

/** Delivery with these bytes, if known. *id = 0 if not. */
GB_MUST_USE enum gb_code gb_store_find(struct gb_store *s, const struct gb_sha256 *sha, int64_t *id, struct gb_err *e);
/** Append a delivery and its segments in one transaction; sets d->id. A conflict is recorded, not an error (d->conflict).
 * d->seq = 0 means "the agency gave none": the next number for (agency, as_of) is taken inside the transaction and written back.
 * Bytes that are known already change nothing: d->id, d->seq and d->conflict become those of the first delivery.
 * Not to be called from a replay callback. GB_E_IO: nothing was stored. GB_E_BUG: a segment breaks the contract above. */
GB_MUST_USE enum gb_code gb_store_append(struct gb_store *s, struct gb_delivery *d, const struct gb_segment *seg, size_t n_seg,
                                         struct gb_err *e);
/** Many deliveries in one commit: between begin and end, appends, events and jobs are durable only at the end (five syncs
 * instead of five a delivery). A delivery that fails is undone alone. Only gb_store_find, _last_seq, _append, _refuse, _event and _job_*
 * may be called in between. Closing the store without end forgets the batch. */
GB_MUST_USE enum gb_code gb_store_batch_begin(struct gb_store *s, struct gb_err *e);
GB_MUST_USE enum gb_code gb_store_batch_end(struct gb_store *s, struct gb_err *e);
/** Highest seq an agency has for an as_of, 0 if none (for deliveries whose side file gives none). */
GB_MUST_USE enum gb_code gb_store_last_seq(struct gb_store *s, const char *agency, struct gb_date as_of, int64_t *seq, struct gb_err *e);
/** Keep delivered bytes in the vault: <store>.vault/ab/cdef... (by SHA-256), read-only, fsynced; existing = ok after compare of size. */
GB_MUST_USE enum gb_code gb_vault_put(const char *store_path, const struct gb_sha256 *sha, const void *p, size_t n, struct gb_err *e);
/** The bytes again, with the hash they are kept under; they replace what is in `out`. GB_E_IO: gone, or no longer what was delivered. */
GB_MUST_USE enum gb_code gb_vault_get(const char *store_path, const struct gb_sha256 *sha, size_t max, struct gb_buf *out, struct gb_err *e);

/** From now on readings through this handle see only deliveries whose figures were of the day `d` or before (as_of): what the night of
 * that day is made from, whatever came in later. The vintage's number is then the greatest id among those, so that a night made
 * again from a store that has grown since is the same vintage. A delivery that came late for a day before is seen: it tells of then. */
void gb_store_until(struct gb_store *s, struct gb_date d);
struct gb_vintage { int64_t number; struct gb_sha256 digest; int64_t n_deliveries; struct gb_date last_as_of;
                    struct gb_date until; /* of gb_store_until; {0} = everything */ };
/** @param number 0 = the newest (of an empty store: number 0 and the digest of nothing). GB_E_USAGE for a number not yet there.
 * digest: SHA-256 over the replay-ordered list of (as_of, seq, agency, sha256), then of what was refused (gb_store_refusals):
 * independent of arrival. */
GB_MUST_USE enum gb_code gb_store_vintage(struct gb_store *s, int64_t number, struct gb_vintage *out, struct gb_err *e);
/** Newest vintage whose deliveries were all received on or before the end (+07:00) of a day; number 0 if none. */
GB_MUST_USE enum gb_code gb_store_vintage_on(struct gb_store *s, struct gb_date d, int64_t *number, struct gb_err *e);

/* What was handed over and not taken: a file refused whole, or the rows that a --partial delivery left out. Rows that were refused:
 * of a whole file all that were read, of a partial delivery the faulty ones. */
struct gb_refusal {
    const char *agency;          /* code, NULL = neither the side file nor the name tell */
    const char *file_name, *code; /* code of the first finding */
    struct gb_date as_of;
    int64_t received_utc, delivered_utc; /* as of a delivery */
    struct gb_sha256 sha256;
    int64_t n_rows, n_faulty;    /* data rows read, and those with errors; n_rows = 0: no table could be read */
    bool partial;                /* the other rows were taken: a delivery has these bytes */
    int64_t after;               /* newest delivery when it was written down: vintages of before do not know it. Set by the store */
};
/** Append. The same bytes again change nothing (a file stays in the drop folder): one refusal of the whole and one of a part at most. May be
 * called in a batch. */
GB_MUST_USE enum gb_code gb_store_refuse(struct gb_store *s, const struct gb_refusal *r, struct gb_err *e);
/** What was refused, as a vintage knows it (0 = newest; gb_store_until applies): a whole file only when no delivery of the vintage has its
 * bytes, a part only when one has. Sorted by (as_of, agency, sha256). Arena-owned. */
GB_MUST_USE enum gb_code gb_store_refusals(struct gb_store *s, struct gb_arena *a, int64_t vintage, struct gb_refusal **out, size_t *n,
                                           struct gb_err *e);

/** Deliveries of a vintage in replay order (conflicting ones included, marked). Arena-owned. */
GB_MUST_USE enum gb_code gb_store_deliveries(struct gb_store *s, struct gb_arena *a, int64_t vintage, struct gb_delivery **out,
                                             size_t *n, struct gb_err *e);
/** What conflicting deliveries of the vintage speak of: leadership is told, the public edition withholds the indicator
 * (TRUST.md 12, D06). A conflict over an indicator ends when the agency delivers the indicator again for the same as_of with a
 * higher seq; a later as_of says nothing about which of the two was right. Sorted by agency, as_of, seq, indicator (bytes), each
 * once. Arena-owned; n = 0 in the normal case. */
struct gb_conflict { const char *agency, *indicator; struct gb_date as_of; int64_t seq; };
GB_MUST_USE enum gb_code gb_store_conflicts(struct gb_store *s, struct gb_arena *a, int64_t vintage, struct gb_conflict **out,
                                            size_t *n, struct gb_err *e);
/** Every segment of a vintage, grouped by indicator (byte order of code), within it in replay order; conflicts left out.
 * Pointers live until the callback returns. The callback's code other than GB_OK stops the replay and is returned. */
typedef enum gb_code (*gb_segment_fn)(void *ctx, const struct gb_delivery *d, const struct gb_segment *seg, struct gb_err *e);
GB_MUST_USE enum gb_code gb_store_replay(struct gb_store *s, int64_t vintage, const char *indicator_or_null, gb_segment_fn fn,
                                         void *ctx, struct gb_err *e);

/* Run journal (TRUST.md 14): a job whose input hash matches a finished one need not run again when --resume is given. */
GB_MUST_USE enum gb_code gb_store_job_find(struct gb_store *s, const char *job_id, const struct gb_sha256 *input,
                                           struct gb_sha256 *output, bool *found, struct gb_err *e);
GB_MUST_USE enum gb_code gb_store_job_done(struct gb_store *s, const char *job_id, const struct gb_sha256 *input,
                                           const struct gb_sha256 *output, struct gb_err *e);
/* Event log: append-only lines of what happened to deliveries and editions (kind, subject, detail JSON). */
GB_MUST_USE enum gb_code gb_store_event(struct gb_store *s, int64_t utc, const char *kind, const char *subject, const char *detail,
                                        struct gb_err *e);

/* Log of episodes, as a night of (locality, business date) derived it from its vintage: for people to read, never read back to decide
 * (evaluation/event.h says what an episode is). A night replaces exactly the rows of its own locality and date, so that a rerun leaves
 * what it found and a late delivery rewrites it; what was written for other dates stays as it was known then. */
struct gb_store_episode {
    const char *indicator, *region;                   /* codes */
    const char *opened, *last, *closed;               /* periods as in a delivery; closed NULL: not over */
    const char *level, *peak_period;                  /* worst step, as a machine word, and when */
    int64_t peak; int scale;                          /* the worst value */
    bool silent;                                      /* not over, and no current value */
    int64_t ack_delivery; struct gb_date ack_on;      /* acknowledged by; 0 and {0}: by none */
    const char *ack_agency;                           /* read: who handed that delivery over; NULL with none. Not written */
};
struct gb_store_night { struct gb_date date; int64_t vintage; struct gb_sha256 digest; struct gb_store_episode *v; size_t n; };
#define GB_EPISODE_DAYS 92 /* older nights of the locality go when one is written: any of them can be derived again */
/** One transaction. GB_E_IO: the rows of before stand. GB_E_BUG: a row breaks the table's rules, or a batch is open. */
GB_MUST_USE enum gb_code gb_store_episodes_put(struct gb_store *s, const char *locality, const struct gb_store_night *night, struct gb_err *e);
/** @param date {0} = the newest night of the locality. @param found out: false when there is none. Arena-owned; ordered by indicator,
 * region, opening. */
GB_MUST_USE enum gb_code gb_store_episodes_get(struct gb_store *s, struct gb_arena *a, const char *locality, struct gb_date date,
                                               struct gb_store_night *out, bool *found, struct gb_err *e);

/* A figure withheld from public and front since the night of a date: codes and period as in a delivery; region "": every one below the root. */
struct gb_store_hidden { const char *indicator, *region, *period; struct gb_date since; };
/** Add what a night withholds; a row that is there keeps the earlier date. Nothing is ever taken away. */
GB_MUST_USE enum gb_code gb_store_hidden_put(struct gb_store *s, const char *locality, const struct gb_store_hidden *v, size_t n, struct gb_err *e);
/** What nights up to a date withhold, by (indicator, period, region); and the last of these nights: its date, {0} = none, and the number of
 * its vintage. A store of an older program that is open read-only has none. */
GB_MUST_USE enum gb_code gb_store_hidden_get(struct gb_store *s, struct gb_arena *a, const char *locality, struct gb_date date, struct gb_store_hidden **v,
                                             size_t *n, struct gb_date *night, int64_t *vintage, struct gb_err *e);
#endif
