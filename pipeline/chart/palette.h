/* chart/palette.h — one palette for paper and screen: survives black-and-white printing and colour-blind readers; a state is
 * always word + shape + colour. Okabe-Ito based for the states; greys for context. */
#ifndef GB_CHART_PALETTE_H
#define GB_CHART_PALETTE_H
#include "canvas/canvas.h"
#include "evaluation/evaluation.h"
struct gb_rgba gb_state_color(enum gb_state s);      /* fill of the mark */
struct gb_rgba gb_state_ink(enum gb_state s);        /* text on white, contrast >= 4.5 */
struct gb_rgba gb_state_tint(enum gb_state s);       /* pale cell ground */
const char *gb_state_shape(enum gb_state s);         /* one character each, in all bundled fonts: "●" tốt ... distinct shapes */
extern const struct gb_rgba gb_ink, gb_ink_soft, gb_rule, gb_rule_soft, gb_accent, gb_accent_2, gb_ground;
/** Draw a state's shape centred at x,y as a path (no font needed). */
void gb_state_mark(struct gb_canvas *cv, enum gb_state s, double x, double y, double r, struct gb_arena *a);
#endif
