/* chart/ink.h — what every kind of chart uses: text that fits, boxes that do not overlap, the frame of title and source. Inside chart/ and map/. */
#ifndef GB_CHART_INK_H
#define GB_CHART_INK_H
#include "chart/chart.h"
#include "chart/palette.h"
#include "chart/scale.h"

struct gb_box_set { struct gb_rect *box; size_t n, cap; };
struct gb_seg { double x1, y1, x2, y2; };
struct gb_seg_set { struct gb_seg *seg; size_t n, cap; };
/* One drawing. cv is NULL while a height is measured. */
struct gb_sketch {
    const struct gb_chart *spec;
    struct gb_canvas *cv;
    const struct gb_chart_style *st;
    struct gb_arena *a;
    double base, line; /* label size; its line height */
    struct gb_rect r;  /* what is left for the marks after the frame */
    struct gb_rect whole;
    struct gb_box_set boxes; /* texts drawn inside the plot */
    struct gb_seg_set segs;  /* lines drawn inside the plot */
};

/* text */
double gb_ink_width(const struct gb_sketch *k, enum gb_font f, double size, const char *s);
void gb_ink_text(struct gb_sketch *k, enum gb_font f, double size, struct gb_rgba c, enum gb_anchor anchor, double x, double y, const char *s);
/** s, or its beginning and "…" so that it fits; "" when not even "…" does. */
const char *gb_ink_elide(struct gb_sketch *k, enum gb_font f, double size, const char *s, double max_w);
/** Broken at blanks into at most max_lines; the last is elided if need be. @return number of lines. */
int gb_ink_wrap(struct gb_sketch *k, enum gb_font f, double size, const char *s, double max_w, int max_lines, const char **line);
enum { GB_MAX_EVEN_LINES = 4 };
/** The same with lines of even length: no single word alone at the end. max_lines <= GB_MAX_EVEN_LINES. */
int gb_ink_wrap_even(struct gb_sketch *k, enum gb_font f, double size, const char *s, double max_w, int max_lines, const char **line);
/** Name and figure in max_w: the name is cut if need be, the figure never. */
const char *gb_ink_named(struct gb_sketch *k, enum gb_font f, double size, const char *name, const char *between, const char *figure, double max_w);
/** s when it fits, else "…" (or "" without room for that): a figure is whole or not there. */
const char *gb_ink_whole(const struct gb_sketch *k, enum gb_font f, double size, const char *s, double max_w);
/** A figure by the one formatter; the unit only where it is "%" or asked for. */
const char *gb_ink_value(struct gb_sketch *k, const struct gb_value *v, bool with_unit);
const char *gb_ink_tick(struct gb_sketch *k, const struct gb_scale *s, int i);
bool gb_is_number(const struct gb_value *v);
double gb_number(const struct gb_value *v);
bool gb_is_provisional(const struct gb_value *v);

/** A period in the narrowest form that stands alone: "T10/26", "tuần 47", "22/11", an hour with its day ("23 giờ 22/11"). */
const char *gb_ink_period(struct gb_sketch *k, const struct gb_value *x);

/* places */
void gb_box_add(struct gb_sketch *k, struct gb_rect r);
bool gb_box_hits(const struct gb_sketch *k, struct gb_rect r);
void gb_seg_add(struct gb_sketch *k, double x1, double y1, double x2, double y2);
int gb_seg_crossings(const struct gb_sketch *k, struct gb_rect r);
/** The candidate (top left corners) inside `in` that hits no box and crosses the fewest lines. -1 = none. */
int gb_place(const struct gb_sketch *k, struct gb_rect in, double w, double h, const struct gb_point *candidate, int n);
/** Push intervals apart: centre y[i], height h[i], within lo..hi, in the order of y. @return false if they do not fit. */
bool gb_push_apart(double *y, const double *h, int n, double lo, double hi);

/* frame */
enum { GB_ENDS_FROM_EM = 34 /* narrower than so many letter sizes: names go above, not to the ends */ };
void gb_frame(struct gb_sketch *k); /* draws title, unit and source; leaves r */
double gb_frame_height(struct gb_sketch *k, double width_pt);
void gb_nothing_to_draw(struct gb_sketch *k);
/* key */
enum gb_key_look { GB_KEY_LINE, GB_KEY_UPRIGHT, GB_KEY_BOX, GB_KEY_HATCH, GB_KEY_STATE, GB_KEY_RING };
struct gb_key_item { const char *text, *figure /* after the text, never cut; NULL: none */; enum gb_key_look look; struct gb_pen pen; struct gb_rgba fill; enum gb_state state; bool soft; };
/** Samples and names in rows inside r; drawn when k->cv is set. r.h > 0: no more than that, the rest is counted in words; 0: as many rows as
 * it takes. @return height of the rows, 0 without items */
double gb_key(struct gb_sketch *k, struct gb_rect r, double size, const struct gb_key_item *v, int n);
/** "No data", the one hatch of charts and maps: diagonals of a box, appended; and the pen for them. */
void gb_hatch_box(struct gb_path *p, struct gb_rect r, double step);
void gb_hatch_stroke(struct gb_sketch *k, const struct gb_path *p);
/** "… và 12 dòng nữa không đủ chỗ để vẽ": n of something that is not drawn, as the last line of text, at y. Nothing when n is 0. */
void gb_rest(struct gb_sketch *k, size_t n, const char *what, double y);
/** What stands where a picture has no room. */
void gb_no_room(struct gb_sketch *k);
struct gb_pen gb_series_pen(const struct gb_sketch *k, size_t series_i);
/** The unit row: "Đơn vị: %" and the key of hollow points. NULL = nothing to say. */
const char *gb_unit_line(struct gb_sketch *k);

/** Shapes and words of the judged states of the spec's points, in rows at x,y; drawn when k->cv is set. @return height, 0 if none */
double gb_state_key(struct gb_sketch *k, double x, double y, double width);
double gb_axis_rows_em(enum gb_freq f); /* height of the period axis in letter sizes */
void gb_draw_line(struct gb_sketch *k);
/** Height of the key that a narrow chart of several lines has above its plot. */
double gb_line_key_height(struct gb_sketch *k, double width_pt);
void gb_draw_bars(struct gb_sketch *k);
void gb_draw_bullet(struct gb_sketch *k);
void gb_draw_spark(struct gb_sketch *k);
double gb_bars_height(struct gb_sketch *k, double width_pt);
double gb_bullet_height(struct gb_sketch *k, double width_pt);
double gb_bars_least(struct gb_sketch *k, double width_pt); /* of both: less leaves rows out */
void gb_draw_multiples(struct gb_sketch *k);
double gb_multiples_height(struct gb_sketch *k, double width_pt);
void gb_draw_stacked(struct gb_sketch *k);
double gb_stacked_height(struct gb_sketch *k, double width_pt);
void gb_draw_calendar(struct gb_sketch *k);
double gb_calendar_height(struct gb_sketch *k, double width_pt);
void gb_draw_waterfall(struct gb_sketch *k);
double gb_waterfall_height(struct gb_sketch *k, double width_pt);
void gb_draw_dots(struct gb_sketch *k);
double gb_dots_height(struct gb_sketch *k, double width_pt);
void gb_draw_slope(struct gb_sketch *k);
double gb_slope_height(struct gb_sketch *k, double width_pt);
void gb_draw_heat(struct gb_sketch *k);
double gb_heat_height(struct gb_sketch *k, double width_pt);
#endif
