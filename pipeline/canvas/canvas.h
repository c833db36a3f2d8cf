/* canvas/canvas.h — one drawing, many canvases: libharu (vectors in the PDF), SVG with real text, cairo PNG, text trace.
 *
 * Origin top left, y down, lengths in points, colour sRGB. Draw freely: nothing to check until close; the first error wins and
 * later calls are no-ops. NaN and infinite coordinates, invalid UTF-8 and code points without a glyph are errors here, because
 * the libraries behind drop or garble them silently (TRUST.md 32, 33). Only this front end calls a back end's slots.
 */
#ifndef GB_CANVAS_CANVAS_H
#define GB_CANVAS_CANVAS_H
#include "canvas/font.h"

struct gb_rgba { uint8_t r, g, b, a; };
#define GB_RGB(hex) ((struct gb_rgba){ (uint8_t)((hex) >> 16), (uint8_t)((hex) >> 8), (uint8_t)(hex), 255 })
struct gb_point { double x, y; };
struct gb_rect { double x, y, w, h; };
struct gb_pen { struct gb_rgba color; double width_pt; double dash_pt[4]; int n_dash; bool round; };

enum gb_path_op { GB_MOVE, GB_LINE, GB_CURVE, GB_CLOSE }; /* CURVE takes three points: two controls and the end */
struct gb_path { enum gb_path_op *op; struct gb_point *pt; size_t n_ops, n_pts, cap_ops, cap_pts; struct gb_arena *arena; };
void gb_path_init(struct gb_path *p, struct gb_arena *a);
void gb_path_move(struct gb_path *p, double x, double y);
void gb_path_line(struct gb_path *p, double x, double y);
void gb_path_curve(struct gb_path *p, double x1, double y1, double x2, double y2, double x, double y);
void gb_path_close(struct gb_path *p);
void gb_path_circle(struct gb_path *p, double cx, double cy, double r);
void gb_path_rect(struct gb_path *p, struct gb_rect r);

enum gb_anchor { GB_START, GB_MIDDLE, GB_END };
struct gb_run { const char *text; size_t n; enum gb_font font; double size_pt; struct gb_rgba color; enum gb_anchor anchor; double width_pt; };
enum gb_tag { GB_TAG_FIGURE, GB_TAG_TABLE, GB_TAG_HEADING, GB_TAG_PARAGRAPH, GB_TAG_ARTIFACT };

struct gb_canvas;
struct gb_canvas_ops { /* filled once, statically, by a back end; a NULL slot is skipped */
    const char *name;
    void (*save)(void *self);
    void (*restore)(void *self);
    void (*clip)(void *self, struct gb_rect r);
    enum gb_code (*fill)(void *self, const struct gb_path *p, struct gb_rgba c, struct gb_err *e);
    enum gb_code (*stroke)(void *self, const struct gb_path *p, const struct gb_pen *pen, struct gb_err *e);
    enum gb_code (*text)(void *self, const struct gb_run *run, struct gb_point at, struct gb_err *e);
    enum gb_code (*link)(void *self, struct gb_rect r, const char *target, struct gb_err *e);
    enum gb_code (*tag)(void *self, enum gb_tag t, const char *alt, bool begin, struct gb_err *e);
    enum gb_code (*close)(void *self, struct gb_err *e); /* finish; may fail; called exactly once */
    void (*free)(void *self);                            /* release only */
};
struct gb_canvas *gb_canvas_new(const struct gb_canvas_ops *ops, void *self); /* takes self */
void gb_canvas_save(struct gb_canvas *cv);
void gb_canvas_restore(struct gb_canvas *cv);
void gb_canvas_clip(struct gb_canvas *cv, struct gb_rect r);
void gb_canvas_fill(struct gb_canvas *cv, const struct gb_path *p, struct gb_rgba c);
void gb_canvas_stroke(struct gb_canvas *cv, const struct gb_path *p, const struct gb_pen *pen);
/** Text at a baseline point; width is measured here from the bundled metrics, anchor applied here. */
void gb_canvas_text(struct gb_canvas *cv, enum gb_font f, double size_pt, struct gb_rgba c, enum gb_anchor anchor, double x, double y,
                    const char *s, size_t n);
void gb_canvas_link(struct gb_canvas *cv, struct gb_rect r, const char *target);
void gb_canvas_tag_begin(struct gb_canvas *cv, enum gb_tag t, const char *alt);
void gb_canvas_tag_end(struct gb_canvas *cv, enum gb_tag t);
/* Conveniences on the verbs above. */
void gb_canvas_fill_rect(struct gb_canvas *cv, struct gb_rect r, struct gb_rgba c);
void gb_canvas_line(struct gb_canvas *cv, double x1, double y1, double x2, double y2, const struct gb_pen *pen);
/** Finish; frees cv in any case. The first error of any earlier call is reported here. */
GB_MUST_USE enum gb_code gb_canvas_close(struct gb_canvas *cv, struct gb_err *e);

/* Back ends that write a whole drawing. out gets bytes on close. */
struct gb_canvas *gb_canvas_svg(double w_pt, double h_pt, const char *title, const char *desc, const char *lang, struct gb_buf *out);
struct gb_canvas *gb_canvas_png(double w_pt, double h_pt, double px_per_pt, struct gb_buf *out);
struct gb_canvas *gb_canvas_trace(struct gb_buf *out); /* one line an op, coordinates with 2 decimals: golden files */
#endif
