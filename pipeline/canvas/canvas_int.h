/* canvas/canvas_int.h — numbers as text for the back ends: fixed decimals, no locale, no exponent. Inside canvas/ only. */
#ifndef GB_CANVAS_CANVAS_INT_H
#define GB_CANVAS_CANVAS_INT_H
#include "canvas/canvas.h"

/** v rounded to 2 decimals, trailing zeros dropped, never "-0": 12.5 -> "12.5". Finite input (the front end saw to it). */
void gb_put_num(struct gb_buf *b, double v);
/** Exactly 2 decimals: "12.50". */
void gb_put_num2(struct gb_buf *b, double v);
/** Text with the five characters of XML escaped (cv_svg.c). */
void gb_put_xml(struct gb_buf *b, const char *s, size_t n);
/** What a canvas whose owner outlives it (a page) says instead of close: GB_OK or its first error. Frees cv. */
enum gb_code gb_canvas_finish(struct gb_canvas *cv, struct gb_err *e);
#endif
