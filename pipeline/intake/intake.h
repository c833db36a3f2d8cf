/* intake/intake.h — a delivered file becomes typed rows, or a reasoned refusal with file, row, column and remedy.
 *
 * Pure: bytes + side file + catalogue -> result. No store, no clock (the caller gives received_utc and the business date).
 * Rules: TRUST.md 15-23, DESIGN.md section 4 "A delivery". Whole or nothing unless `partial`.
 */
#ifndef GB_INTAKE_INTAKE_H
#define GB_INTAKE_INTAKE_H
#include "base/json.h"
#include "catalogue/catalogue.h"
#include "store/store.h"

enum gb_severity { GB_REFUSE_FILE, GB_REFUSE_ROW, GB_MARK }; /* MARK: accepted, shown with a mark (plausibility) */
/* One finding. `code` is stable ("RR-number", "RF-columns", ...): reports/intake/ explains each. Text is Vietnamese. */
struct gb_finding {
    enum gb_severity severity;
    const char *code;
    int64_t line;          /* 1-based line of the file or row of the sheet, 0 = the whole file */
    int cell_column;       /* 1-based column of the sheet (2 = B), 0 = no cell */
    const char *column;    /* header name or NULL */
    const char *found;     /* what stood there, escaped and cut to 80 characters, or NULL */
    const char *expected;  /* what is expected */
    const char *remedy;    /* what to do */
};
/* All findings of one code and column, complete even where not every finding was kept. */
#define GB_GROUP_LINES 8
struct gb_finding_group {
    enum gb_severity severity;
    const char *code, *column;
    int64_t n, line[GB_GROUP_LINES];      /* the first lines, ascending as found */
    int cell_column[GB_GROUP_LINES];      /* beside each line */
    int n_lines;
    size_t first;                         /* index into finding[] of an example, SIZE_MAX if none was kept */
};
struct gb_control { const char *indicator; int64_t n_rows, n_missing; __int128 sum; int scale; }; /* control vector of a receipt */
struct gb_intake {
    struct gb_arena arena;
    struct gb_delivery delivery;          /* id 0 */
    struct gb_segment *segment; size_t n_segments;
    struct gb_finding *finding; size_t n_findings, n_findings_all; /* at most GB_FINDINGS_MAX kept, all counted */
    struct gb_finding_group *group; size_t n_groups;
    struct gb_control *control; size_t n_control;
    int64_t rows_read, rows_accepted, rows_refused, rows_marked, rows_rounded;
    int64_t rows_repeated;                /* identical to an earlier row of the file: taken once */
    bool accepted;
    const char *sheet;                    /* the sheet of a workbook that was read, NULL for a text file */
};
#define GB_FINDINGS_MAX 200
#define GB_INTAKE_MAX_BYTES ((size_t)64 << 20)
#define GB_INTAKE_MAX_ROWS 1000000

/* One stored figure, looked for in the file it came with (gb_intake_trace). */
struct gb_row_trace {
    int indicator_i, region_i; int32_t period; int64_t line, value; /* asked; value as stored at the indicator's scale, or GB_VALUE_MISSING */
    bool found;
    int cell_column;             /* 1-based column of the sheet, 0 = a text file */
    const char *written;         /* the figure as delivered; "" for an empty field */
    const char *record;          /* of a text file the whole record, NULL of a sheet */
    const char *sheet;           /* name, NULL of a text file */
};
struct gb_intake_options {
    struct gb_date today;       /* business date: periods later than the day after it are refused (A15) */
    int64_t received_utc;
    bool partial;               /* refuse rows, keep the rest */
    size_t max_bytes;           /* 0 = 64 MiB */
    struct gb_row_trace *trace; /* NULL, or a row to look out for */
};
/** Read one delivery.
 * @param name     file name without folder (allowlist of TRUST.md 15 is checked here)
 * @param p,n      the delivered bytes
 * @param meta,m   bytes of the side file (X.meta.json beside X.csv), or NULL: then the agency is the one whose code starts the file name ("so-y-te_..."),
 *                 and a name that starts with no known agency is refused with the remedy (nothing is guessed).
 * r->delivery.seq = 0 when the side file gives none: gb_store_append() then takes the next number. as_of is the side file's, else the
 * day (+07:00) of its delivered_at, else opt->today.
 * @return GB_OK also for a refused delivery (r->accepted false, findings tell). Other codes only for faults of ours. */
GB_MUST_USE enum gb_code gb_intake_read(struct gb_intake *r, const struct gb_catalogue *c, const char *name, const void *p, size_t n,
                                        const void *meta, size_t m, const struct gb_intake_options *opt, struct gb_err *e);
void gb_intake_release(struct gb_intake *r);
/** Read a delivered file once more to find the row that gave a stored figure: how the figure was written there.
 * @param t       asked fields set; the answer's text lives in the arena. found false: the file gives no such row (another sheet or a
 *                decimal mark that only its side file, which is not kept, could tell)
 * @param agency  whose delivery it was */
GB_MUST_USE enum gb_code gb_intake_trace(struct gb_row_trace *t, struct gb_arena *a, const struct gb_catalogue *c, const char *name,
                                         const void *p, size_t n, const char *agency, struct gb_date today, struct gb_err *e);
/** Whose delivery a file is by its name: the longest code of an agency that starts it and ends at a separator; -1 = nobody's. */
int gb_intake_agency_named(const struct gb_catalogue *c, const char *name);
/** "B12", or "12" where column is 0. @return bytes. */
size_t gb_cell_name(int column, int64_t row, char buf[32]);
/** Neither taken nor refused: left for the next run, as a file that is still being written (a first finding Q-...). */
bool gb_intake_deferred(const struct gb_intake *r);
/** The i-th finding code and its Vietnamese title, NULL after the last. */
const char *gb_finding_code(size_t i, const char **title_vi);
/** Receipt of a delivery, best after gb_store_append(&r->delivery): it then tells id, seq and conflict. Canonical JSON (schema version, delivery, counts, control vector, findings) / readable Vietnamese text. */
void gb_receipt_json(const struct gb_intake *r, const struct gb_catalogue *c, struct gb_buf *out);
void gb_receipt_text(const struct gb_intake *r, const struct gb_catalogue *c, struct gb_buf *out);
#endif
