/* app/hidden.h — between the store's memory of withheld figures and the cube: codes to indexes and back. */
#ifndef GB_APP_HIDDEN_H
#define GB_APP_HIDDEN_H
#include "app/app.h"

/** Withhold small counts from the parts of a cube that is to be handed on (evaluation/suppress.h), by what earlier nights withheld and told.
 * @param rolled  the cube is rolled up already */
GB_MUST_USE enum gb_code gb_hidden_apply(struct gb_cube *cube, bool rolled, struct gb_store *s, struct gb_date date, struct gb_err *e);
/** Remember what this night withholds (rows of cube->hidden since `date`): before anything is published, or the next night could tell it. */
GB_MUST_USE enum gb_code gb_hidden_write(struct gb_store *s, const struct gb_cube *cube, struct gb_date date, struct gb_err *e);
#endif
