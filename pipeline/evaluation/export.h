/* evaluation/export.h — what was derived, as files: one row per series (indicator, region), in the order of indicators.csv,
 * regions.csv. Exact figures with as many decimals as the indicator's scale; percents with 6; empty (CSV) or null (JSON) where a
 * figure is not defined.
 *
 * CSV columns and JSON keys, in this order:
 *   indicator region
 *   latest_period latest_value latest_status derived(yes|no) age_days overdue(yes|no)
 *   previous_period previous_value previous_change previous_pct
 *   previous_available_period .._value .._change .._pct
 *   year_before_period .._value .._change .._pct      period, value, change, pct are empty together when the base has no value;
 *                                                     pct alone when the base is zero
 *   ytd ytd_n ytd_complete(yes|no) ytd_year_before ytd_change ytd_pct
 *   target target_year attainment_pct pace_pct behind_pct
 *   state level                                       words of gb_state_word
 *   rank rank_of rank_period
 *   coverage_n coverage_of                            derived latest values only
 *   calendar target_basis thresholds_basis
 *   year_before_break year_before_bridged(yes|no)     day of the break between the value and a year before, and whether the base was
 *                                                     converted over it; empty without a break
 *   rank_gain                                         places gained since the period before rank_period
 *   attainment_method(ytd|cumulative|level) attainment_actual
 *                                                     attainment_pct is 100 x attainment_actual / target_year: the sum of the year's flows,
 *                                                     the newest cumulative figure, or the level itself; empty without attainment_pct
 * In JSON yes|no are true|false.
 */
#ifndef GB_EVALUATION_EXPORT_H
#define GB_EVALUATION_EXPORT_H
#include "cube/export.h"
#include "evaluation/evaluation.h"

GB_MUST_USE enum gb_code gb_evaluation_export_csv(const struct gb_evaluation *ev, struct gb_sink sink, struct gb_err *e);
/** {"schema":"giaoban/evaluation/1","date":"...","evaluation":[{...},...]} */
GB_MUST_USE enum gb_code gb_evaluation_export_json(const struct gb_evaluation *ev, struct gb_sink sink, struct gb_err *e);
#endif
