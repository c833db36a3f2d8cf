/* intake/scan_int.h — the way of a row from its texts to a typed row or findings, the same for every form of file. */
#ifndef GB_INTAKE_SCAN_INT_H
#define GB_INTAKE_SCAN_INT_H
#include "intake/intake_int.h"

enum { GB_MEMO_BITS = 12, GB_MEMO_SLOTS = 1 << GB_MEMO_BITS, GB_MEMO_KEY = 24 };
struct gb_memo { char key[GB_MEMO_KEY]; uint32_t n; int32_t value; }; /* n = 0: free; the empty text is never kept */
struct gb_period_memo {
    char key[16];
    uint32_t n;
    bool good;
    enum gb_freq freq;
    int32_t ordinal;
    struct gb_date start[GB_N_CALENDARS], end[GB_N_CALENDARS]; /* which of them holds is said by the indicator of the row */
};
struct gb_scan {
    struct gb_reading *k;
    struct gb_arena *a, work;
    struct gb_memo *indicator, *region;
    struct gb_period_memo *period;
    unsigned char *owned;    /* by indicator_i: 0 not asked, 1 yes, 2 no */
    unsigned char *bounded;  /* by region_i: 0 not asked, 1 without limits, 2 to be compared */
    struct gb_map note_map;
    const char **note;
    size_t n_notes, cap_notes;
    int32_t last_day;        /* periods may start on it, not later */
    /* the row at hand */
    int64_t line;
    struct gb_str f[GB_N_COLS];   /* valid UTF-8 without control characters; n = 0 where nothing stands */
    int cell[GB_N_COLS];          /* column of the sheet, 1-based; 0 in a text file */
    bool settled[GB_N_COLS];      /* already judged by whoever read the cell: no second finding */
    bool plain_value;             /* the value is written with a decimal point, whatever the side file says */
    bool row_bad, row_marked;
};
void gb_scan_begin(struct gb_scan *s, struct gb_reading *k);
void gb_scan_end(struct gb_scan *s);
/** Empty fields, no fault yet. Then fill f[] and cell[], report what the reader itself saw, and call gb_scan_row(). */
void gb_scan_row_begin(struct gb_scan *s, int64_t line);
/** A fault of this row (it will be refused). @return the kept finding to be filled in, or NULL (only counted). */
struct gb_finding *gb_scan_fault(struct gb_scan *s, const char *code, enum gb_column col, struct gb_str found);
/** A mark on this row. */
struct gb_finding *gb_scan_mark(struct gb_scan *s, const char *code, enum gb_column col);
/** Judge the row; keep it when it is without fault. */
void gb_scan_row(struct gb_scan *s);
#endif
