/* layout/table_int.h — a table being laid out: measured cells, then column widths, then strips. Only table*.c. */
#ifndef GB_LAYOUT_TABLE_INT_H
#define GB_LAYOUT_TABLE_INT_H
#include "layout/layout_int.h"

#define GB_CELL_PAD_X 4.0
/* Air above and below a line; a sheet that must be one page gives some of it away first, and so does whoever would else leave rows out. */
#define GB_CELL_PAD_Y(t) ((t)->l->tight > GB_TIGHTEST || (t)->l->n_left_out > 0 ? 1.7 : 2.6)
#define GB_SPARK_H_PT 15.0
#define GB_SPARK_W_PT 62.0

struct gb_tcell {
    struct gb_pieces text;       /* of a cell that is not a bare number */
    struct gb_line *line; size_t n_lines;
    bool is_number;              /* set at the decimal comma; never broken */
    const char *number;          /* whole, drawn as one run, so that a reader finds it as one word */
    double digits_pt, rest_pt;   /* before the comma; from the comma on, unit included */
    const char *status;          /* "(sb)" */
    double status_pt;
    double natural_pt, longest_pt;
    struct gb_style style;
    enum gb_state state;
};
struct gb_tcol { double min_pt, want_pt, short_pt /* widest of the short texts */, x_pt, w_pt; double digits_pt, rest_pt, status_pt; bool has_state, is_text; };
struct gb_table {
    struct gb_lay *l;
    const struct gb_node *n;
    double size_pt, line_pt;
    struct gb_tcell *cell;       /* rows x cols */
    struct gb_tcell *head;       /* cols */
    struct gb_tcol *col;
    const char **unit;           /* of each column: given, or shared by all its values; NULL: none, or mixed */
    bool *mixed;                 /* values in different units: set as text, commas need not stand below each other */
    bool missing; char status[16]; int n_status; /* for the key below the table */
};
/** Measure all cells at size_pt. */
void gb_table_measure(struct gb_table *t, double size_pt);
enum gb_fit { GB_FIT_WELL, /* text columns have room for some words a line */ GB_FIT_JUST, /* nothing is broken */ GB_FIT_FORCED };
/** Share the width among the columns. false: they do not fit at this size. */
bool gb_table_columns(struct gb_table *t, enum gb_fit how);
#endif
