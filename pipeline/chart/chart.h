/* chart/chart.h — draws a document's chart on any canvas.
 *
 * Line (target, path, provisional points hollow, gaps as gaps, series-break mark, direct labels), ranked bars with reference
 * line, bullet (actual against steps and target), sparkline. Ticks people read easily, Vietnamese numbers, the unit once.
 * Nothing overlaps at any data. Same spec and size, same operations.
 *
 * What a spec means here:
 *  - x is where a point is drawn: last year's points (GB_ROLE_LAST_YEAR) come with THIS year's periods, or they stand to the left.
 *  - A missing y, or a period left out, breaks the line; targets and paths run through. Status P, E, F: hollow.
 *  - breaks[] holds the first period of the new series; the mark stands between it and the one before.
 *  - step[].lo and .hi are at the scale of the measured points (the indicator's scale).
 *  - Bars and bullets: labels of the longest ACTUAL series are the rows; other roles are ticks across the row of the same label.
 *  - Without one measured number the frame is drawn with "chưa có số liệu".
 *  - In less height than gb_chart_height_pt() rows move together; rows without room are counted in a last line of text.
 */
#ifndef GB_CHART_CHART_H
#define GB_CHART_CHART_H
#include "canvas/canvas.h"
#include "document/document.h"

enum gb_chart_medium { GB_MEDIUM_PRINT, GB_MEDIUM_SCREEN }; /* fonts: serif-free in both; screen uses larger type */
struct gb_chart_style { enum gb_chart_medium medium; double base_pt; /* label size, e.g. 8.5 in print */ bool draw_title, draw_source; };
/** Height the chart wants at a width (bars grow with rows). Points. */
double gb_chart_height_pt(const struct gb_chart *spec, double width_pt, const struct gb_chart_style *st);
/** Height below which it would leave rows out (bars, bullets), the height it wants for kinds that have no less, 0 for a line. Points. */
double gb_chart_least_pt(const struct gb_chart *spec, double width_pt, const struct gb_chart_style *st);
/** Draw inside a rectangle. Errors go to the canvas (sticky). Scratch memory from `a`. */
void gb_chart_draw(const struct gb_chart *spec, struct gb_canvas *cv, struct gb_rect r, const struct gb_chart_style *st, struct gb_arena *a);
#endif
