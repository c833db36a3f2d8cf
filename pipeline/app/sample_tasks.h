/* app/sample_tasks.h — made-up reports on tasks, beside the made-up figures of sample.h and marked like them. */
#ifndef GB_APP_SAMPLE_TASKS_H
#define GB_APP_SAMPLE_TASKS_H
#include "catalogue/catalogue.h"

/** Write `<agency>_nhiem-vu_<YYYY-MM>.csv` and its side file for each agency and month with a report in [from, to]. Nothing where the
 * catalogue has no indicator of level `task`. @param dir exists @return GB_E_IO */
GB_MUST_USE enum gb_code gb_sample_tasks(const struct gb_catalogue *c, struct gb_date from, struct gb_date to, const char *dir,
                                         uint64_t seed, struct gb_err *e);
#endif
