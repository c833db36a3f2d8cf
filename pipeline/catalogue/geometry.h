/* catalogue/geometry.h — what is computed with outlines: validity, simplification that keeps borders shared, points inside, unions.
 *
 * The owner of GEOS (libgeos_c, thread-safe calls): no other file includes its header. Rings come as in the catalogue: pairs of numbers, the first
 * not repeated, an outer ring followed by its holes. Any plane will do (degrees, points of a drawing); lengths are in its unit. Results
 * do not depend on the order in which GEOS finds things: lines, parts and rings are put in order here.
 */
#ifndef GB_CATALOGUE_GEOMETRY_H
#define GB_CATALOGUE_GEOMETRY_H
#include "catalogue/catalogue.h"

/** Kilometres of one degree of longitude and of latitude at a latitude, WGS 84. */
void gb_degree_km(double lat, double *km_lon, double *km_lat);

/** What makes an outline invalid (OGC Simple Features 06-103r4, 6.1.11: rings that cross themselves or each other, holes outside).
 * @return the fault in Vietnamese with the place in degrees (arena), NULL when valid. Nothing is repaired. */
const char *gb_geometry_fault(const struct gb_ring *ring, int n_rings, struct gb_arena *a);

/** The valid area nearest to an invalid one (GEOS MakeValid, method "structure": what an outer ring goes round counts as inside).
 * Only where somebody has decided for it. @return number of rings, 0: nothing is left of it */
int gb_geometry_repair(const struct gb_ring *ring, int n_rings, struct gb_arena *a, struct gb_ring **out);

/** Fills `simple` of boundaries that do not lie over each other (the communes; the province is another call): all borders are noded and cut into lines between places where borders meet; each line is
 * simplified once for each level, so that both neighbours get the same points. A line that would cross another keeps more points.
 * Every part of every outline stays, with at least a triangle.
 * @return NULL, or why not (arena): the outlines are then used as they are */
const char *gb_geometry_simplify(struct gb_boundary *const *v, int n, struct gb_arena *a);
/** The coarsest outline none of whose points was moved by more than `metres`; as read where there is none. */
struct gb_rings gb_boundary_at(const struct gb_boundary *b, double metres);

/** Version of GEOS: outlines made by another one may differ. */
const char *gb_geometry_version(void);

/** Is a point inside or on the border? */
bool gb_geometry_holds(const struct gb_ring *ring, int n_rings, double x, double y);
/** The point farthest from the border and that distance (maximum inscribed circle), to a precision. false: no area. */
bool gb_geometry_pole(const struct gb_ring *ring, int n_rings, double precision, double *x, double *y, double *radius);
/** A point that stands for an area: the centre of gravity of its largest part, or when that lies outside (a crescent) a point
 * inside that part, halfway up. false: no area. */
bool gb_geometry_centre(const struct gb_ring *ring, int n_rings, double *lon, double *lat);
/** The outline of several areas together: borders between them fall away. Made of outlines of one level.
 * @return number of rings, 0 when GEOS refuses */
int gb_geometry_union(const struct gb_rings *v, int n, struct gb_arena *a, struct gb_ring **out);
/** Which share of an area (0 to 1) lies within some kilometres of a position; degrees, WGS 84. The circle is a polygon of 256 sides
 * (area 0.01 % too small). */
double gb_geometry_share(const struct gb_ring *ring, int n_rings, double lon, double lat, double km);
/** Twice the signed area of a ring of n points (pairs, the first not repeated), relative to its first point so that no digits are lost:
 * positive = counter-clockwise. Square degrees where the points are degrees. */
double gb_geometry_area2(const double *p, size_t n);
#endif
