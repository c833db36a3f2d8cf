/* chart/rows.h — rows of names beside a field of marks, shared by bars, bullets, dots and waterfalls. Inside chart/ only. */
#ifndef GB_CHART_ROWS_H
#define GB_CHART_ROWS_H
#include "chart/ink.h"

enum { GB_ROW_NAME_LINES = 4, GB_ROWS_SERIES = 8 };
struct gb_row_text { const char *line[GB_ROW_NAME_LINES]; int n_lines; double h; };
struct gb_rows {
    struct gb_sketch *k;
    const struct gb_chart_series *main, *actual[GB_ROWS_SERIES], *tick[GB_ROWS_SERIES];
    size_t actual_i[GB_ROWS_SERIES], tick_i[GB_ROWS_SERIES];
    int n_actual, n_ticks;
    struct gb_row_text *row;
    size_t n;
    double names, values_right, values_left; /* widths */
    bool has_marks, all_highlighted;
    double height;                           /* of all rows, as they wish */
    double lo, hi;                           /* of all figures, zero within */
    int decimals;
};
struct gb_field { double x, w, zero; struct gb_scale scale; };

void gb_rows_measure(struct gb_rows *b, struct gb_sketch *k, double width);
/** The point of s in row i of main: the same label. */
const struct gb_chart_point *gb_row_point(const struct gb_chart_series *s, const struct gb_chart_series *main, size_t i);
/** Height below which rows would be left out. */
double gb_rows_least(const struct gb_rows *b);
/* How a row's marks are drawn, and what stands across all rows. */
typedef void gb_row_mark(const struct gb_rows *b, const struct gb_field *f, size_t i, double y, double h, void *with);
struct gb_rows_look {
    gb_row_mark *under, *over; /* below and above the reference line; NULL: nothing */
    void *with;
    bool reference, zero, axis; /* the line of the reference, of zero; the axis below, when every row has its place */
};
/** All rows from y down: names, marks, lines; "… và 3 dòng nữa không đủ chỗ để vẽ" for what has no room. */
void gb_rows_draw(const struct gb_rows *b, const struct gb_field *f, double y, const struct gb_rows_look *look);
/** Is row i one to look at? Not when all are: then none stands out. */
bool gb_row_stands_out(const struct gb_rows *b, size_t i);
bool gb_rows_need_key(const struct gb_rows *b);
void gb_rows_key(struct gb_rows *b);
double gb_field_x(const struct gb_field *f, double v);
double gb_rows_reference_head(struct gb_rows *b, const struct gb_field *f); /* @return height */
#endif
