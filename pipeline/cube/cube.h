/* cube/cube.h — the observations of one vintage as columns: indicator x region x period, in compressed rows.
 *
 * A series is (indicator, region) with ascending periods; its columns are slices of four long arrays. Memory follows
 * observations: 17 bytes each, whatever the product of dimensions. Series lie in *parts* of ascending secrecy (catalogue.h
 * enum gb_part): an audience's process holds parts 0..k and nothing more. There is no "hidden" series: what an audience may
 * not see is not in its memory.
 * Build: replay segments -> last version of each key wins -> sort -> series. Derived province values (evaluation/rollup.h) are
 * series with GB_SERIES_DERIVED; a delivered value always wins over a derived one.
 */
#ifndef GB_CUBE_CUBE_H
#define GB_CUBE_CUBE_H
#include "catalogue/catalogue.h"
#include "store/store.h"

enum {
    GB_SERIES_DERIVED = 1,
    GB_SERIES_NOTED = 4, /* observations carry the note they were delivered with: task progress alone */
    GB_SERIES_SAMPLE = 2, /* derived from made-up figures, which the reader of the derived one need not see */
    GB_SERIES_MASKED = 8 /* some figures of it are withheld from this process: no value, status GB_STATUS_WITHHELD. The whole series comes with
                          * GB_PART_STATISTICS and takes its place (gb_cube_reveal) */
};
#define GB_STATUS_WITHHELD 'Q' /* SDMX CL_OBS_STATUS: missing value, suppressed */
/* What was said first of an observation that was delivered again later: its first version with a value (forecasts are none), in order of
 * replay. Beside the version in force it tells when the figure was first known, and by how much it was revised. */
struct gb_first {
    uint32_t at;               /* index of the observation in its series */
    int32_t delivery;
    int64_t value;             /* never missing; at the indicator's scale */
};
struct gb_series {
    int32_t indicator_i, region_i;
    uint32_t n;
    uint8_t part, flags;
    const int32_t *period;     /* ascending, unique */
    const int64_t *value;      /* GB_VALUE_MISSING when missing */
    const char *status;        /* SDMX status per observation */
    const int32_t *delivery;   /* delivery id of the version in force; 0 for derived */
    const char *const *note;   /* with GB_SERIES_NOTED: text or "" per observation; else NULL */
    const struct gb_first *first; /* ascending `at`; n_first of them: only of observations that came more than once */
    uint32_t n_first;
};
/* A delivery that some observation of the loaded parts came with. `giaoban export` and the table of data gaps say from when a
 * figure is; a process that sees no observation of a delivery does not know of it. */
struct gb_cube_delivery {
    int32_t id, agency_i;      /* agency_i -1: the catalogue no longer has the agency */
    struct gb_date as_of;
    int64_t delivered_utc;     /* as its side file says, 0 = it does not: never this machine's clock */
    bool sample;               /* made-up figures */
    bool lined;                /* each of its rows knows its line or row in the delivered file */
    int64_t n_rows, n_rounded, n_marked; /* as taken at intake: rows, values with more decimals than are stored, implausible ones. Known with
                                            GB_PART_ALL alone, else 0: they count rows that other audiences may not see */
};
/* Two deliveries of one agency, as_of and seq said different things of an indicator, and none has been confirmed (gb_store_conflicts).
 * While that stands the indicator is *withheld*: its series lie in GB_PART_ALL whatever its class, and so do those of ratios and
 * weighted means made from it, so that public and front hold no figure of it (TRUST.md 12, 39). */
struct gb_cube_conflict {
    int32_t agency_i, indicator_i; /* agency_i -1: the catalogue no longer has the agency */
    struct gb_date as_of;
    int64_t seq;
};
/* A row with a figure that the agency which answers for the indicator handed over with a note: it has said what it knows of that figure. Of
 * several versions of the row the first that had one, in replay order, which need not be the version in force. The fact alone is
 * here, never the text: notes may name people. Known with GB_PART_ALL alone; never of task progress. */
struct gb_cube_ack {
    int32_t indicator_i, region_i, period;
    int32_t order;              /* earlier deliveries of the indicator have lower ones */
    int32_t delivery, agency_i;
    int32_t on_days;            /* day of handing over by the side file, else as_of */
};
/* What one agency handed over on one day (gb_delivery_day, of refusals alike), as intake counted it. Rows received = taken + refused. */
struct gb_cube_intake {
    int32_t day, agency_i;      /* agency_i -1: nobody could be told, or the catalogue no longer has it */
    int64_t files, refused_files, unread_files; /* taken; refused whole, and of those the ones in which no row could be read */
    int64_t rows, refused, faulty;              /* taken; not taken; of these the ones with errors of their own */
};
/* A figure withheld from those who see less than GB_PART_STATISTICS (evaluation/suppress.h), since the night of a day: whatever is known later, it
 * stays withheld, or the two editions together would tell it (TRUST.md 41). */
struct gb_cube_hidden {
    int32_t indicator_i, region_i, period; /* region_i -1: of every region below the root */
    int32_t since;                         /* days */
};
struct gb_cube {
    struct gb_arena arena;
    const struct gb_catalogue *catalogue;
    struct gb_vintage vintage; /* of a cube that came over a pipe only the digest: a number counts what its reader may not see */
    struct gb_series *series; size_t n_series, cap_series; /* grouped by part; in a part by (indicator_i, region_i) */
    size_t part_first[GB_N_PARTS + 1];                     /* series [part_first[k], part_first[k+1]) are part k */
    int n_parts;                                           /* parts loaded so far */
    int32_t *index;            /* n_indicators * ... : hash (indicator_i, region_i) -> series_i; private */
    size_t index_cap;
    uint64_t n_obs;
    struct gb_cube_delivery *delivery; size_t n_deliveries, cap_deliveries; /* ascending id */
    struct gb_cube_conflict *conflict; size_t n_conflicts; /* arena; known with GB_PART_ALL alone */
    struct gb_date date;       /* business date up to which shares of quality are computed by day (evaluation/rollup.h); {0}: none are */
    bool *withheld;            /* per indicator; NULL when there is no conflict */
    struct gb_cube_intake *intake; size_t n_intake; /* arena; ascending (day, agency_i), each once; known with GB_PART_ALL alone */
    struct gb_cube_ack *ack; size_t n_acks; /* arena; ascending (indicator_i, region_i, period), each key once */
    struct gb_cube_hidden *hidden; size_t n_hidden; /* arena; ascending (indicator_i, period, region_i), each once; known with GB_PART_ALL alone */
    struct gb_series *mask; size_t n_masks; /* of a cube that is to be handed on: what parts below GB_PART_STATISTICS get of these series */
    bool suppressed;           /* the masks are set, be there none: without, no part with small counts is handed on */
    int32_t *reveal; size_t n_reveals, cap_reveals; /* positions of series whose mask has been taken off, heap */
    int32_t *masked;           /* arena, per indicator: how many of its series are masked here; NULL: none of any */
};

/** Order of keys: (indicator_i, region_i). */
static inline bool gb_series_before(const struct gb_series *a, const struct gb_series *b)
{
    return a->indicator_i != b->indicator_i ? a->indicator_i < b->indicator_i : a->region_i < b->region_i;
}
/** Order of what is withheld: (indicator_i, period, region_i). */
static inline bool gb_hidden_before(const struct gb_cube_hidden *a, const struct gb_cube_hidden *b)
{
    if (a->indicator_i != b->indicator_i)
        return a->indicator_i < b->indicator_i;
    return a->period != b->period ? a->period < b->period : a->region_i < b->region_i;
}

void gb_cube_init(struct gb_cube *cube, const struct gb_catalogue *c); /* the catalogue is borrowed */
void gb_cube_release(struct gb_cube *cube);
/** Build all parts from a store (export, explain, brief of one audience and the extractor use it).
 * @param cube     fresh from gb_cube_init
 * @param vintage  0 = the newest; cube->vintage tells which it was
 * @param orphans  out, may be NULL: observations left out because the catalogue no longer knows their indicator or region, or
 *                 gives the indicator another frequency. A changed scale is followed (rounded half away from zero when it
 *                 lost decimals).
 * @return GB_E_CONFIG when a value does not fit a scale that the catalogue raised; codes of the store. */
GB_MUST_USE enum gb_code gb_cube_load(struct gb_cube *cube, struct gb_store *s, int64_t vintage, uint64_t *orphans, struct gb_err *e);
/** Append one series (columns are copied; part of *s is ignored). Parts must be appended in ascending order, series within a
 * part in any order; call gb_cube_end_part after each. An empty series is left out. A series that is not ascending, or indexes
 * out of range, are bugs of the caller (gb_bug). May move cube->series: borrowed series end here. */
void gb_cube_add(struct gb_cube *cube, int part, const struct gb_series *s);
/** The same without a copy, for columns that already live in cube->arena: what gb_columns_new gave. */
void gb_cube_adopt(struct gb_cube *cube, int part, const struct gb_series *s);
/** Zeroed columns for n observations. */
struct gb_columns { int32_t *period; int64_t *value; char *status; int32_t *delivery; };
struct gb_columns gb_columns_new(struct gb_arena *a, size_t n);
/** Close parts up to and including `part`: sort by (indicator_i, region_i) and index. Two series of one key are a bug. */
void gb_cube_end_part(struct gb_cube *cube, int part);
/** NULL if there is none (or none that this process may see: the answer is the same). Series of an open part are not found. */
const struct gb_series *gb_cube_series(const struct gb_cube *cube, int indicator_i, int region_i);
/** Index of an exact period in a series, or -1 (binary search). */
int64_t gb_series_at(const struct gb_series *s, int32_t period);
/** Index of the last observation with a value at or before `period`, or -1. */
int64_t gb_series_last(const struct gb_series *s, int32_t period);
/** Does observation i count: neither missing nor a forecast? */
static inline bool gb_counts(const struct gb_series *s, int64_t i) { return s->value[i] != GB_VALUE_MISSING && s->status[i] != 'F'; }
/** Position in [lo, hi) of the first element whose key is not below `key`, else hi; the keys ascend.
 * @param keys    address of element 0 (not read when lo = hi, then NULL will do)
 * @param stride  bytes from one element to the next. @param offset where in it the key, an int32_t, lies */
size_t gb_lower_bound(const void *keys, size_t stride, size_t offset, size_t lo, size_t hi, int32_t key);
/** Note a delivery (an id known already keeps its first entry, and takes over the counts of rows); NULL if none has the id. */
/** The day (+07:00) on which the i-th observation was first told: of its first version's delivery the time that the side file gives, else
 * as_of; never the time at which this machine received it. INT32_MIN for what was derived or when nothing is known. */
int32_t gb_series_known(const struct gb_cube *cube, const struct gb_series *s, uint32_t i);
/** The same of a delivery. */
int32_t gb_delivery_day(const struct gb_cube_delivery *d);
/** First version of the i-th observation, NULL when it came once. */
const struct gb_first *gb_series_first(const struct gb_series *s, uint32_t i);
void gb_cube_note_delivery(struct gb_cube *cube, const struct gb_cube_delivery *d);
const struct gb_cube_delivery *gb_cube_delivery_find(const struct gb_cube *cube, int32_t id);
/** Is one of the loaded figures made up, or derived from made-up ones? */
bool gb_series_sample(const struct gb_cube *cube, const struct gb_series *s);
bool gb_cube_sample(const struct gb_cube *cube);
/** Set the conflicts (copied, once per cube) and what they withhold: gb_cube_part answers accordingly from then on. */
void gb_cube_set_conflicts(struct gb_cube *cube, const struct gb_cube_conflict *v, size_t n);
/** Set the acknowledgements (copied, once per cube; sorted as above). */
void gb_cube_set_acks(struct gb_cube *cube, const struct gb_cube_ack *v, size_t n);
/** Set what intake counted (copied, once per cube; sorted as above). */
void gb_cube_set_intake(struct gb_cube *cube, const struct gb_cube_intake *v, size_t n);
/** Set what is withheld (copied, once per cube; sorted as above). */
void gb_cube_set_hidden(struct gb_cube *cube, const struct gb_cube_hidden *v, size_t n);
/** Set the masks of a whole cube, once: each has the key, part and periods of a series of it, with GB_SERIES_MASKED; columns live as long as
 * the cube. gb_cube_write_part hands on the mask in its part and the series itself in GB_PART_STATISTICS. Without this call no part
 * with a small count is handed on (gb_bug): suppression cannot be forgotten. */
void gb_cube_set_masks(struct gb_cube *cube, const struct gb_series *v, size_t n);
/** The whole series in the place of its mask (key and periods are the mask's; columns live as long as the cube). */
void gb_cube_reveal(struct gb_cube *cube, const struct gb_series *s);
/** Is some figure of the indicator withheld from this process? Then sums over its regions say nothing here. */
static inline bool gb_cube_masked(const struct gb_cube *cube, int indicator_i) { return cube->masked && cube->masked[indicator_i] > 0; }
/** Index of the first acknowledgement of an indicator at a region (-1: any) that is not before `period`; n_acks if there is none. */
size_t gb_cube_ack_from(const struct gb_cube *cube, int indicator_i, int region_i, int32_t period);
/** False in a process that does not see them: no acknowledgement then means nothing. */
static inline bool gb_cube_acks_known(const struct gb_cube *cube) { return cube->n_parts > GB_PART_ALL; }
/** Part in which a series belongs: gb_indicator_part, or GB_PART_ALL when the indicator is withheld. */
enum gb_part gb_cube_part(const struct gb_cube *cube, int indicator_i);

/* Transfer of a part between the extractor (which may read the store) and the loader (which may not): a private framed
 * stream over a pipe, checked on reading: magic, the catalogue's digest, counts, index ranges, ascending periods, a checksum.
 * Bytes are in the order of this machine: the two ends are one program. Reading claims memory only for what has arrived.
 * @return write: GB_E_IO. read: GB_E_IO when the stream ends early or a read fails, GB_E_BUG when what arrived breaks a rule;
 *         the cube then has no new part, and its earlier parts stand. */
GB_MUST_USE enum gb_code gb_cube_write_part(const struct gb_cube *cube, int part, int fd, struct gb_err *e);
GB_MUST_USE enum gb_code gb_cube_read_part(struct gb_cube *cube, int part, int fd, struct gb_err *e);
#endif
