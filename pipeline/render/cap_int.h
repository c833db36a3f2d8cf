/* render/cap_int.h — what the two files of CAP messages share. Not for other rooms. */
#ifndef GB_RENDER_CAP_INT_H
#define GB_RENDER_CAP_INT_H
#include "render/cap.h"

struct gb_cap_figure { const struct gb_series *s; const struct gb_eval *v; };
/* Where a figure holds: a commune with the points in it that say so, the whole locality, or a point that no commune is known for. */
struct gb_cap_place { int region_i; const char *points; };
/** Places of the figures, each once, in the order of the catalogue. None: the whole locality. @return how many, at least 1 */
int gb_cap_places(const struct gb_evaluation *ev, const struct gb_cap_figure *f, int n, struct gb_arena *a, struct gb_cap_place **out);
/** One <area> element. */
void gb_cap_area(const struct gb_evaluation *ev, const struct gb_cap_place *p, struct gb_arena *a, struct gb_buf *out);
/** <name>text</name> on a line of its own, indented. */
void gb_cap_element(struct gb_buf *out, int depth, const char *name, const char *text);
#endif
