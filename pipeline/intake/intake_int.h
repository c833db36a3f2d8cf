/* intake/intake_int.h — what the files of this room share: one reading in progress. Not for other rooms.
 *
 * Steps: name and type (intake.c) -> side file (meta.c) -> csv_file.c, or xlsx_*.c -> rows (rows.c) -> segments (columns.c). Each step adds
 * findings; a refusal of the file ends the reading, refused rows do not, so that a department sees all of them at once.
 */
#ifndef GB_INTAKE_INTAKE_INT_H
#define GB_INTAKE_INTAKE_INT_H
#include "intake/intake.h"

enum gb_column { GB_COL_INDICATOR, GB_COL_REGION, GB_COL_PERIOD, GB_COL_VALUE, GB_COL_STATUS, GB_COL_NOTE, GB_N_COLS };
extern const char *const gb_column_name[GB_N_COLS];

struct gb_row { int64_t value; const char *note; int32_t indicator, region, period; uint32_t line; char status; };

struct gb_reading {
    struct gb_intake *r;
    const struct gb_catalogue *c;
    const struct gb_intake_options *opt;
    const char *name, *side; /* side: name of the side file, X.meta.json beside X.csv */
    const char *p;
    size_t n;
    const char *meta;
    size_t m;
    int agency;              /* agency_i */
    char decimal, grouping;  /* grouping 0 = none */
    struct gb_row *row;      /* rows without fault, in file order; heap */
    size_t n_rows, cap_rows;
    bool refused;            /* the file, as a whole */
    bool xlsx, wide;         /* a workbook; regions down, indicators or periods across */
    const char *sheet, *period, *indicator; /* of the side file, or NULL */
    int cell_column;         /* column of the sheet that the next finding is about, 0 = none */
    size_t cap_findings, cap_groups;
};

/** Count a finding and, while there is room, keep it. @return the kept one, to be filled in, or NULL (only counted). */
struct gb_finding *gb_finding_add(struct gb_reading *k, enum gb_severity severity, const char *code, int64_t line, const char *column);
/** Refuse the file, with all texts. `found` as by gb_shown(). */
void gb_refuse_file(struct gb_reading *k, const char *code, int64_t line, const char *column, const char *found, const char *expected,
                    const char *remedy);
/** Bytes as they can be shown on a receipt: control characters and broken UTF-8 as \xNN, cut to 80 characters. */
const char *gb_shown(struct gb_arena *a, const char *p, size_t n);
/** By line, files' faults first; stable. Then the groups are built anew. */
void gb_findings_finish(struct gb_reading *k);
/** Nearest of n codes by edit distance, or NULL if none is near. */
const char *gb_nearest_code(const char *code, size_t n, const char *(*at)(const void *ctx, int i), const void *ctx, int count);

void gb_read_meta(struct gb_reading *k);
void gb_read_csv(struct gb_reading *k);
void gb_read_xlsx(struct gb_reading *k);
/** Rows to segments: grouping, repeated keys, control vector. */
void gb_build_columns(struct gb_reading *k);
#endif
