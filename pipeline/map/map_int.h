/* map/map_int.h — what the files of map/ share while one map is drawn. Not for other rooms. */
#ifndef GB_MAP_MAP_INT_H
#define GB_MAP_MAP_INT_H
#include "catalogue/geometry.h"
#include "chart/ink.h"
#include "map/map.h"

/* ---- projection.c ---- */
struct gb_bounds { double min_lon, min_lat, max_lon, max_lat; bool any; };
struct gb_projection {
    double lon0, lat0;      /* centre of the bounds */
    double km_lon, km_lat;  /* kilometres a degree there */
    double pt_per_km;
    double x0, y0;          /* where the centre is drawn */
};
void gb_bounds_add(struct gb_bounds *b, double lon, double lat);
/** Width over height of the bounds on the ground. */
double gb_bounds_aspect(const struct gb_bounds *b);
/** As large as fits into r, centred, the same scale in both directions. */
struct gb_projection gb_projection_fit(const struct gb_bounds *b, struct gb_rect r);
struct gb_point gb_project(const struct gb_projection *p, double lon, double lat);

/* ---- shape.c ---- */
#define GB_MAP_TOLERANCE_PT 0.25 /* finest; coarser steps while a map has more points than GB_MAP_POINTS */
#define GB_MAP_POINTS 6000
struct gb_outline { struct gb_point *pt; size_t n; bool outer; };
struct gb_shape {
    const struct gb_boundary *from;
    struct gb_outline *ring;
    int n_rings, n_main;    /* the first n_main are on the main map, the others in insets; 0: most of the place is in insets */
    int point_i;            /* of the series, -1 = no data */
    int class_i;            /* -1 = no data */
    bool highlight;
};
/** Project all boundaries, of the level that their scale needs; `of` has n. Every region keeps at least one ring, if only a speck. Shapes have no point yet. */
struct gb_shape *gb_shapes_make(const struct gb_boundary *const *of, int n, const struct gb_projection *p, struct gb_arena *a);
/* ---- inset.c: which part of the ground is drawn where ---- */
enum { GB_MAX_INSETS = 4 };
struct gb_view {
    struct gb_bounds bounds;
    struct gb_projection pr;
    struct gb_rect frame, inner; /* inner: where its places and labels may stand */
    const char *title;           /* the places in it; NULL for the main map */
    const char *line[2];         /* the title as it is written */
    int n_lines, n_places;
    bool spoken;                 /* a place in it gets a label */
};
/* Places near to each other: a box on the ground; boxes lie apart from each other. */
struct gb_isles { struct gb_bounds box; double area; int view; };
struct gb_views {
    struct gb_view view[1 + GB_MAX_INSETS]; /* 0 is the main map */
    int n;
    struct gb_isles *part;
    int n_parts;
    struct gb_bounds all;
    bool main_only; /* insets stand nowhere yet: shapes leave their rings out */
};
/** The view that shows a position. */
int gb_view_of(const struct gb_views *v, double lon, double lat);
/** The same as gb_shapes_make, each ring in its view's projection, those of the main map first. */
struct gb_shape *gb_shapes_in(const struct gb_boundary *const *of, int n, const struct gb_views *vs, struct gb_arena *a);
void gb_shape_path(const struct gb_shape *s, struct gb_path *p);
/** Every border once: `inner` gets the edges that two shapes share, `outer` those of one shape only. */
void gb_borders(const struct gb_shape *shape, int n, struct gb_path *inner, struct gb_path *outer, struct gb_arena *a);

/* ---- classes.c ---- */
enum { GB_MAX_CLASSES = 5 };
struct gb_map_class { struct gb_rgba color; enum gb_state state; const char *text; int count; };
struct gb_classes {
    bool by_state;
    int decimals;           /* values are compared as they are printed */
    enum gb_classing method; /* by value: how they were found; natural breaks of figures too large for exact sums fall back */
    bool diverging;          /* values of both signs: two hues from zero */
    int n;
    struct gb_map_class class[GB_MAX_CLASSES];
    int64_t from[GB_MAX_CLASSES]; /* by value: class i starts here (class 0 anywhere below from[1]) */
};
void gb_classes_make(struct gb_classes *out, const struct gb_chart *spec, struct gb_arena *a);
/** Class of a point, -1 = no data. */
int gb_class_of(const struct gb_classes *c, const struct gb_chart_point *p);

/* ---- breaks.c ---- */
/** The roundest number in (lo, hi], nearest to `wish` among equally round ones. */
int64_t gb_round_break(int64_t lo, int64_t hi, int64_t wish);
/** Limits of at most `classes` classes of about equal number of ascending values; class i starts at from[i], from[0] is not set. Equal
 * values share a class, fewer distinct values make fewer classes. @return how many */
int gb_breaks_quantile(const int64_t *v, size_t n, int classes, int64_t *from);
/** The same by natural breaks: the least sum of squared deviations from the class means (Fisher 1958, Jenks 1977), exact.
 * @return how many; 0 if the sums do not fit (more than 1500 values, or number times span from 2^63) */
int gb_breaks_jenks(const int64_t *v, size_t n, int classes, int64_t *from, struct gb_arena *a);

/* ---- place.c: where a label may stand ---- */
struct gb_grid { struct gb_rect r; double cell; int w, h; int16_t *owner; }; /* shape index + 1, 0 = nothing */
void gb_grid_make(struct gb_grid *g, struct gb_rect r, const struct gb_shape *shape, int n, struct gb_arena *a);
/** The point inside a shape that is farthest from its border, and that distance, to a precision; on the main map if any of it is there. Points. */
struct gb_point gb_pole(const struct gb_shape *s, double precision, double *distance, struct gb_arena *a);
enum { GB_NAME_LINES = 2 };
struct gb_label {
    const char *name[GB_NAME_LINES], *value;
    int n_names;
    int shape_i;            /* -1: a station */
    struct gb_point at;     /* pole or station */
    double keep_clear;      /* radius of the mark at `at`, 0 for a shape */
    struct gb_rect mark;    /* a mark with text in it: the leader starts at its edge; w = 0: none */
    struct gb_rect box;     /* out; w = 0: no room */
    bool inside, leader;    /* out */
    struct gb_point foot;   /* out: end of the leader at the box */
};
/** Sets box, inside, leader and foot of each label; earlier ones choose first, but a label that found no room is tried again before
 * the others. What still has none keeps w = 0. Adds boxes and leaders to k. */
void gb_labels_place(struct gb_sketch *k, const struct gb_grid *g, const struct gb_shape *shape, struct gb_label *v, int n);
double gb_label_size(const struct gb_sketch *k);

/* ---- circles.c: circles whose area follows the value ---- */
enum { GB_CIRCLE_SIZES = 3 };
struct gb_circle_scale {
    int decimals;        /* figures are taken as they are printed */
    int64_t most;        /* the greatest distance from zero */
    double most_r;       /* its radius */
    int64_t size[GB_CIRCLE_SIZES]; /* round figures of the legend, the greatest first */
    int n_sizes, n_shown, n_zero, n_negative;
};
double gb_circle_radius(const struct gb_circle_scale *c, int64_t v);
/** One circle of a value at a point: filled above zero, an empty broken one below, a dot at zero. */
void gb_circle_draw(struct gb_sketch *k, const struct gb_circle_scale *c, int64_t v, struct gb_point at);
double gb_circle_legend_width(struct gb_sketch *k, const struct gb_circle_scale *c);
/** Round sizes in each other, their figures beside them. Draws when k->cv is set. @return height */
double gb_circle_legend(struct gb_sketch *k, const struct gb_circle_scale *c, double x, double y, double width);

/* ---- heat.c: the hexagon grid; metres from its origin, cells `km` wide ---- */
/** Centre of a cell. */
void gb_hex_centre(int km, int64_t col, int64_t row, int64_t *x, int64_t *y);
/** The cell of a position: the one with the nearest centre; at one distance from two, the lower row, then the right column. */
void gb_hex_at(int km, int64_t x, int64_t y, int64_t *col, int64_t *row);

/* ---- legend.c ---- */
struct gb_heat;
struct gb_legend {
    const struct gb_classes *classes;
    const struct gb_circle_scale *circles; /* instead of classes */
    const struct gb_heat *heat; /* classes are of cells; NULL: of places */
    int n_missing;          /* places of the same level without a value */
    int n_unplaced;         /* points of the spec that have neither outline nor position */
    int radius_km;          /* circles on the map, 0: none */
    bool approximate;       /* some station is known to about 2 km */
    bool stations;          /* marks, not areas */
    bool tiles;             /* areas that carry the mark of their state */
    const char *inset;      /* places drawn in insets, NULL: none */
    double pt_per_km;       /* 0: no scale bar */
    double max_bar_pt;
};
/** Width a legend in one column takes. */
double gb_legend_width(struct gb_sketch *k, const struct gb_legend *l);
/** Draws at x,y when k->cv is set. @return its height at a width */
double gb_legend_put(struct gb_sketch *k, const struct gb_legend *l, double x, double y, double width);
/** Round length for a scale bar of at most max_pt. */
double gb_scale_bar_km(double pt_per_km, double max_pt);
struct gb_rgba gb_no_data_ground(void);
/** Hatching of areas: lines at 45 degrees through all shapes for which class_i is -1, as one path. */
void gb_hatch(const struct gb_shape *shape, int n, double step, struct gb_path *out, struct gb_arena *a);

/* ---- tiles.c: a spec with `tiles` (one series) ---- */
double gb_tiles_height(struct gb_sketch *k, const struct gb_catalogue *c, double width_pt);
void gb_tiles_draw(struct gb_sketch *k, const struct gb_catalogue *c);
#endif
