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
/* Where colour alone tells classes apart they also differ in lightness, enough for grey paper; tests/unit/test_chart_palette.c measures all. */
enum { GB_N_RAMP = 5, GB_N_PIECES = 8, GB_N_SERIES = 4, GB_N_BANDS = 5, GB_N_DAYS = 4 };
extern const struct gb_rgba gb_ramp[GB_N_RAMP];     /* classes of a map, low to high: light to dark */
extern const struct gb_rgba gb_sides[2][2];         /* either side of zero: [warm, cold][near, far] */
extern const struct gb_rgba gb_middle;              /* the class of zero */
extern const struct gb_rgba gb_parts[GB_N_PIECES];   /* pieces of a whole, in the order in which they lie */
extern const struct gb_rgba gb_several[GB_N_SERIES]; /* lines or bars of one picture; text is set in them too */
extern const struct gb_rgba gb_bands[GB_N_BANDS];   /* ground of a bullet, good to bad */
extern const struct gb_rgba gb_days[GB_N_DAYS];     /* days of a calendar, low to high */
extern const struct gb_rgba gb_hatching;            /* the lines that say "no data" */
extern const struct gb_rgba gb_back;              /* marks that step back behind gb_accent */
extern const struct gb_rgba gb_band, gb_quiet, gb_unknown; /* grounds: of an interval, of nothing to judge, of a place without data */
/** True where white is written on a ground, else black. */
bool gb_is_dark(struct gb_rgba ground);
/** What is written on a fill that stays as it is on a dark page: a white and a black that the sheet's dark rules do not turn round. */
struct gb_rgba gb_on(struct gb_rgba ground);
extern const struct gb_rgba gb_ink, gb_ink_soft, gb_rule, gb_rule_soft, gb_accent, gb_accent_2, gb_ground;
/** Draw a state's shape centred at x,y as a path (no font needed). */
void gb_state_mark(struct gb_canvas *cv, enum gb_state s, double x, double y, double r, struct gb_arena *a);
#endif
