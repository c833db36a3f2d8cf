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
/** The highest cell of a map with GB_MAP_HEAT: its sum, where ("quanh ..." for several points, by the greatest), the width of a cell. Text from `a`.
 * @return false: the map shows its stations instead (no positions, a figure below zero, sums beyond 63 bits) */
bool gb_map_heat_top(const struct gb_chart *spec, const struct gb_catalogue *c, struct gb_arena *a, struct gb_value *top, const char **label,
                     int *km);
/** Where a place is: its position, else a point inside its outline. false: not known. Degrees, WGS 84. */
bool gb_place_of(const struct gb_catalogue *c, int region_i, double *lon, double *lat);
/** The commune whose outline has a position inside, on a day; -1 where no outline tells. Degrees, WGS 84. */
int gb_commune_at(const struct gb_catalogue *c, double lon, double lat, struct gb_date on);
/** Kilometres between two positions in degrees (WGS 84), along a straight line; good to 0.1 % up to 100 km. */
double gb_km_between(double lon1, double lat1, double lon2, double lat2);
#endif
