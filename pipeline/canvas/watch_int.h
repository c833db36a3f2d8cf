/* canvas/watch_int.h — what the front end tells a watch. Inside canvas/ only. */
#ifndef GB_CANVAS_WATCH_INT_H
#define GB_CANVAS_WATCH_INT_H
#include "canvas/watch.h"

void gb_watch_save(struct gb_watch *w);
void gb_watch_restore(struct gb_watch *w);
void gb_watch_clip(struct gb_watch *w, struct gb_rect r);
void gb_watch_text(struct gb_watch *w, const struct gb_run *run, struct gb_point at);
/** p is filled or, with half > 0, stroked with a pen of twice that width, whose ends may be round. */
void gb_watch_path(struct gb_watch *w, const struct gb_path *p, struct gb_rgba c, double half, bool round);
/** A page begins. */
void gb_watch_begin(struct gb_watch *w, double w_pt, double h_pt);
#endif
