/* evaluation/eval_int.h — inside the evaluation room: the steps of one evaluation and the tables they share. */
#ifndef GB_EVALUATION_EVAL_INT_H
#define GB_EVALUATION_EVAL_INT_H
#include "evaluation/evaluation.h"
#include "evaluation/sources.h"

struct gb_eval_tables {
    struct gb_sources src;
    int32_t limit[GB_N_CALENDARS][GB_FREQ_HOUR + 1]; /* the last period that starts on or before the date */
    int *target_head, *target_next;  /* per indicator, per target: chains, -1 ends */
};

/** Like gb_series_last, forecasts left out as well. */
int64_t gb_last_counting(const struct gb_series *s, int32_t period);
/** Change of the value in *v against one observation (i < 0 or not counting: not ok, but over a bridge). */
struct gb_change gb_change_to(const struct gb_evaluation *ev, const struct gb_eval *v, const struct gb_series *s, int64_t i, int32_t period);
/** The same against a computed base. */
struct gb_change gb_change_of(int64_t now, int64_t base, int32_t period);

/* Each step fills its fields of *v from the series, given that v->latest_i >= 0. */
void gb_eval_compare(struct gb_eval *v, const struct gb_evaluation *ev, const struct gb_series *s);
void gb_eval_ytd(struct gb_eval *v, const struct gb_evaluation *ev, const struct gb_series *s);
void gb_eval_target(struct gb_eval *v, const struct gb_evaluation *ev, const struct gb_series *s);
void gb_eval_standing(struct gb_eval *v, const struct gb_catalogue *c, const struct gb_series *s);
void gb_eval_unusual(struct gb_eval *v, const struct gb_evaluation *ev, const struct gb_series *s);
/* Ranks of the units of one indicator: series [from, to) of one part. */
void gb_eval_rank(struct gb_evaluation *ev, int indicator_i, size_t from, size_t to);
/** Age of an indicator's period on a date in days: date - last day, not below 0. */
int32_t gb_age_days(const struct gb_indicator *ind, int32_t period, struct gb_date date);
/** Older than one and a half of its periods. */
bool gb_is_overdue(const struct gb_indicator *ind, int32_t period, int32_t age_days);
/** Is observation i of a series, its newest known on `date`, overdue? Not where a quotient made here had nothing to be of: its denominator came
 * in time, up to period `limit`, and is zero. */
bool gb_is_late(const struct gb_cube *cube, const struct gb_series *s, int64_t i, int32_t limit, struct gb_date date);
/** The last day on which a period is not overdue. */
int32_t gb_due_day(const struct gb_indicator *ind, int32_t period);
/** The last period of an indicator that starts on or before the date of the evaluation. */
int32_t gb_period_limit(const struct gb_evaluation *ev, const struct gb_indicator *ind);
#endif
