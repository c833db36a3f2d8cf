/* app/episodes.h — the log of episodes in the store: written by a night from its evaluation, read by `giaoban export --events`. */
#ifndef GB_APP_EPISODES_H
#define GB_APP_EPISODES_H
#include "app/app.h"

/** Replace the rows of (locality, date of the evaluation) by the episodes of events.json, with the delivery that acknowledged each.
 * @param ev  with all its parts. @param v the vintage that it was made from */
GB_MUST_USE enum gb_code gb_episodes_write(struct gb_store *s, const struct gb_evaluation *ev, const struct gb_vintage *v, struct gb_err *e);
/** One night's log as CSV or JSON. */
void gb_episodes_csv(const struct gb_catalogue *c, const struct gb_store_night *night, struct gb_buf *out);
void gb_episodes_json(const struct gb_catalogue *c, const struct gb_store_night *night, struct gb_buf *out);
#endif
