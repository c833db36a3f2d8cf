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
    bool has_marks;
    double height;                           /* of all rows, as they wish */
    double lo, hi;                           /* of all figures, zero within */
    int decimals;
};
struct gb_field { double x, w, zero; struct gb_scale scale; };

void gb_rows_measure(struct gb_rows *b, struct gb_sketch *k, double width);
/** The point of s in row i of main: the same label. */
const struct gb_chart_point *gb_row_point(const struct gb_chart_series *s, const struct gb_chart_series *main, size_t i);
/** Rows into the height there is: all move together, each at most to the height of its own letters.
 * @return how many fit; *ease = 1 for the height asked for, 0 for the tightest. */
size_t gb_rows_fit(const struct gb_rows *b, double height, double *ease);
double gb_row_height(const struct gb_rows *b, size_t i, double ease);
/** Height below which rows would be left out. */
double gb_rows_least(const struct gb_rows *b);
void gb_row_name(const struct gb_rows *b, size_t i, double y, double h, double right);
/** "… và 3 dòng nữa không đủ chỗ để vẽ" */
void gb_rows_rest(const struct gb_rows *b, size_t from, double y);
bool gb_rows_need_key(const struct gb_rows *b);
void gb_rows_key(struct gb_rows *b);
double gb_field_x(const struct gb_field *f, double v);
double gb_rows_reference_head(struct gb_rows *b, const struct gb_field *f); /* @return height */
void gb_rows_reference_line(const struct gb_rows *b, const struct gb_field *f, double y1, double y2);
void gb_rows_axis(const struct gb_rows *b, const struct gb_field *f, double y);
#endif
