/* map/map_plan.h — one map while it is measured and drawn: map.c fills it, stations.c and circles.c place and draw their marks. */
#ifndef GB_MAP_MAP_PLAN_H
#define GB_MAP_MAP_PLAN_H
#include "map/map_int.h"

enum { GB_MAX_LABELS = 12, GB_MAX_KEYS = 12, GB_MAX_ROWS = 40 };
/* A mark on the map: one station, several that would lie on each other, or a circle. */
struct gb_mark {
    struct gb_point at;
    struct gb_rect box;
    int first, n;       /* points of the series: the first, the others by plan.next; how many */
    int class_i;        /* the worst of them, -1 = no data */
    const char *count;  /* written into the mark, NULL for one */
};
/* A cell of a heat map with a point in it; first: station with the greatest part. */
struct gb_heat_cell { int64_t col, row, sum, most; int first, n, class_i; };
struct gb_heat {
    int km;                               /* width of a cell */
    double lon0, lat0, km_lon, km_lat;    /* origin of the grid, kilometres a degree there */
    int scale, decimals;                  /* of the sums */
    struct gb_heat_cell *cell; int n;     /* highest sum first; n = 0: no heat map */
    int n_missing;                        /* points with a position but no figure */
};
struct gb_map_plan {
    struct gb_sketch k;
    const struct gb_catalogue *c;
    const struct gb_chart_series *s; /* NULL: no series */
    const struct gb_boundary **base; /* outlines shown */
    int n_base;
    int *of_region;     /* region_i -> point or -1 */
    int *station_point; /* points that are stations */
    int n_stations;
    bool areas; /* some point is an area */
    struct gb_bounds bounds;
    struct gb_classes classes;
    struct gb_circle_scale circles;
    struct gb_heat heat;
    struct gb_legend legend;
    bool beside; /* legend at the right */
    double legend_w, legend_h;
    /* set by the layout of a field */
    struct gb_projection pr; /* of the main map */
    struct gb_views views;
    struct gb_locator { struct gb_bounds bounds; struct gb_ring *ring; int n_rings; struct gb_rect frame; bool any; } locator;
    struct gb_shape *shape;
    struct gb_point *station; /* as station_point */
    struct gb_grid grid;
    struct gb_mark *mark;
    int n_marks, *next; /* next[point] of the same mark, -1 = last */
    struct gb_label label[GB_MAX_LABELS], key[GB_MAX_KEYS];
    int label_point[GB_MAX_LABELS], n_labels, n_keys;
    struct gb_rect km_box; /* the kilometres at a circle, w = 0: none */
    const char *row[GB_MAX_ROWS]; /* below the field: what stands at the keys */
    int n_rows;
};
/** Class of a point as this map colours it, -1 = no data. */
int gb_plan_class(const struct gb_map_plan *p, int point_i);

/* ---- inset.c ---- */
/** Which places go into insets, whether a locator is wanted; once for a map, after its places are known; w, h: the largest field it may have. `bounds` become those of the main map. */
void gb_insets_find(struct gb_map_plan *p, double w, double h);
/** Height that insets and locator take below the map in a field where no corner is free for them; else 0. */
double gb_insets_below(struct gb_map_plan *p, double w, double h, double margin);
/** Projections of all views and the frames in a field. Where the field is too small for insets everything is on the main map. */
void gb_views_place(struct gb_map_plan *p, struct gb_rect field, double margin);
struct gb_point gb_plan_project(const struct gb_map_plan *p, double lon, double lat);
/** The view that a point of the drawing lies in, and what its marks and labels keep to. */
int gb_plan_view_at(const struct gb_map_plan *p, struct gb_point at, struct gb_rect *keep_to);
/** Labels (or keys): each stays in its view, those of the main map keep off the insets. */
void gb_plan_labels(struct gb_map_plan *p, struct gb_label *v, int n);
void gb_insets_draw(struct gb_map_plan *p);

/* ---- stations.c ---- */
/** Marks of the stations; those that would overlap become one, at their mean position. */
void gb_marks_place(struct gb_map_plan *p);
void gb_marks_draw(struct gb_map_plan *p);
/** Letters at groups and at marks whose name found no room, and the rows that say what stands there. After the labels are placed. */
void gb_keys_place(struct gb_map_plan *p, double width);

/* ---- heat.c ---- */
/** Cells and their classes from the stations; widens the bounds to whole cells. @return false: areas, no figure, one below zero, or sums that
 * do not fit: then the map shows its stations */
bool gb_heat_make(struct gb_map_plan *p);
void gb_heat_draw(struct gb_map_plan *p);
/** The highest cells, as many as points are highlighted, three at most. */
void gb_heat_labels(struct gb_map_plan *p);
void gb_heat_outline_named(struct gb_map_plan *p);
bool gb_heat_top(const struct gb_map_plan *p, struct gb_value *top, const char **label, int *km);

/* ---- circles.c ---- */
void gb_circles_scale(struct gb_map_plan *p);
void gb_circles_place(struct gb_map_plan *p);
void gb_circles_draw(struct gb_map_plan *p);
#endif
