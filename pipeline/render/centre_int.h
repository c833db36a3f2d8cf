/* render/centre_int.h — what the files for the operations centre share. */
#ifndef GB_RENDER_CENTRE_INT_H
#define GB_RENDER_CENTRE_INT_H
#include "base/json.h"
#include "evaluation/event.h"
#include "render/render.h"

/** One episode as an object { above, acknowledged, closed, last, length, level, missing, opened, peak, silent }. */
void gb_episode_json(struct gb_json *j, const char *key, const struct gb_evaluation *ev, const struct gb_series *s,
                     const struct gb_event *x);
#endif
