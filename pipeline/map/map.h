/* map/map.h — draws a document's map (GB_CHART_MAP) on any canvas: coloured regions, stations, labels, legend, scale bar.
 *
 * Needs the catalogue's boundaries (regions) or positions (stations); what the map cannot place is said below its legend, by number.
 * North is up, lengths on the ground are true to 0.5 % within a province. Labels never touch each other and never leave the frame.
 * Same spec, catalogue and size: same operations. Callers draw charts and maps alike through map/figure.h.
 */
#ifndef GB_MAP_MAP_H
#define GB_MAP_MAP_H
#include "chart/chart.h"

/** True if at least one place of the spec has an outline or a position; a spec with `tiles` needs only a point. */
bool gb_map_is_drawable(const struct gb_chart *spec, const struct gb_catalogue *c);
/** Height the map wants at a width (follows the shape of the province, within bounds). Points. */
double gb_map_height_pt(const struct gb_chart *spec, const struct gb_catalogue *c, double width_pt, const struct gb_chart_style *st);
/** Draw inside a rectangle. Errors go to the canvas (sticky). Scratch memory from `a`. */
void gb_map_draw(const struct gb_chart *spec, const struct gb_catalogue *c, struct gb_canvas *cv, struct gb_rect r,
                 const struct gb_chart_style *st, struct gb_arena *a);
#endif
