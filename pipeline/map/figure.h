/* map/figure.h — one pair of functions for every figure of a document: charts by chart/, maps by map/. */
#ifndef GB_MAP_FIGURE_H
#define GB_MAP_FIGURE_H
#include "chart/chart.h"

/** Height a chart or map wants at a width. Points. */
double gb_figure_height_pt(const struct gb_chart *spec, const struct gb_catalogue *c, double width_pt, const struct gb_chart_style *st);
/** Draw it inside a rectangle. Errors go to the canvas (sticky). Scratch memory from `a`. */
void gb_figure_draw(const struct gb_chart *spec, const struct gb_catalogue *c, struct gb_canvas *cv, struct gb_rect r,
                    const struct gb_chart_style *st, struct gb_arena *a);
#endif
