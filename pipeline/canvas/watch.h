/* canvas/watch.h — looks at a page while it is drawn: no two texts meet, no text is cut by a clip or hidden by what is drawn over it,
 * nothing leaves the page. It sees the drawing itself, of every back end alike, so that nothing is published unseen.
 *
 * Texts are compared by the ink of their letters (canvas/font.h measures nothing but widths; a watch asks for the outlines' boxes),
 * with a tolerance of 0.2 pt: letters that touch are not a fault, letters that stand in each other are.
 */
#ifndef GB_CANVAS_WATCH_H
#define GB_CANVAS_WATCH_H
#include "canvas/canvas.h"

struct gb_watch;
struct gb_watch *gb_watch_new(void);
void gb_watch_free(struct gb_watch *w);
/** Watch what is drawn on cv from now on, as one page of this size; what was seen of an earlier page is forgotten. w outlives cv. */
void gb_canvas_watch(struct gb_canvas *cv, struct gb_watch *w, double w_pt, double h_pt);
/** Append what is wrong with the page, a line each, in Vietnamese, with both texts and where they stand: "trang 2: \"a\" (10,20) chồng
 * lên \"b\" (12,21)". At most GB_WATCH_MAX lines a page, then how many more. @return number of faults */
size_t gb_watch_report(struct gb_watch *w, const char *where, struct gb_buf *out);
enum { GB_WATCH_MAX = 8 };
#endif
