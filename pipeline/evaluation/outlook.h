/* evaluation/outlook.h — what a series of the cube is likely to do next, and whether the year's target will be met.
 *
 * The bridge from exact figures to forecast.h and back: a forecast is rounded to the indicator's scale, half away from zero, and kept inside
 * valid_min..valid_max. Made on demand, a third of a millisecond a series: nothing of it is stored, none of it is ever a figure of the cube.
 * A series is used from its last break (breaks.h) on; forecasts delivered by departments (status F) and missing values do not count.
 */
#ifndef GB_EVALUATION_OUTLOOK_H
#define GB_EVALUATION_OUTLOOK_H
#include "evaluation/evaluation.h"
#include "evaluation/forecast.h"

struct gb_outlook {
    enum gb_fc_method method; enum gb_fc_note note;
    char model[8];
    const char *break_text;          /* of the break after which the series was taken; NULL if there is none */
    int n;                           /* steps; 0 = no forecast, see note */
    int32_t first;                   /* period of step 0; the others follow */
    int64_t mean[GB_FC_MAX_H], lo80[GB_FC_MAX_H], hi80[GB_FC_MAX_H], lo95[GB_FC_MAX_H], hi95[GB_FC_MAX_H]; /* at the indicator's scale */
    double error; int origins;       /* as in gb_forecast */
};
/** Steps that are worth looking at for a frequency: 24 hours, 7 days, 8 weeks, 6 months, 4 quarters, 3 years. */
int gb_outlook_steps(enum gb_freq f);
/** @param steps 1..GB_FC_MAX_H. Never fails: without a series or with too short a one, n is 0 and note says why. */
void gb_outlook(const struct gb_evaluation *ev, int indicator_i, int region_i, int steps, struct gb_outlook *out);

/* The year's target, seen from the latest period. Flows and cumulative figures: the year so far plus the forecasts of the periods
 * that are left. Other figures: the forecast of the year's last period. All at the indicator's scale. */
enum gb_year_end_why { GB_YE_OK, GB_YE_NO_TARGET, GB_YE_NO_DIRECTION /* band and neutral: more is not better */, GB_YE_GAPS /* a period of this
                       year is missing */, GB_YE_NO_FORECAST, GB_YE_YEAR_IS_OVER /* nothing left to forecast: judge the figure */ };
struct gb_year_end {
    enum gb_year_end_why why;        /* other than OK: only what is said beside is set */
    int year, left;                  /* periods of the year after the latest one (set unless NO_TARGET) */
    int64_t target;                  /* of the year (set unless NO_TARGET) */
    bool needed_ok; int64_t needed;  /* flows and cumulative: average needed in each period left to meet the target, 0 when it is met; also
                                        when there is no forecast. Down-good: what each may bring at most, not ok once it is exceeded. Other figures: the change needed to the year's end in each period */
    int64_t so_far;                  /* flows: the sum of the year; else the latest value */
    int64_t expected, lo80, hi80;    /* at the year's end */
    bool attainment_ok; int64_t attainment_pct; /* 100 * expected / target at GB_PCT_SCALE, targets above zero */
    int chance_pct;                  /* that the target is met, 1..99: a forecast is never certain */
    enum gb_fc_method method; char model[8]; enum gb_fc_note note;
    const char *break_text;          /* as in gb_outlook */
    int origins;                     /* as in gb_forecast; 0: nothing has shown yet how far such a forecast errs */
};
/** What a reader must know of a forecast that rests on little: "chuỗi số liệu còn ngắn"; "" when nothing does. Without the break, which has
 * words of its own. */
const char *gb_year_end_reservation(const struct gb_year_end *y);
void gb_year_end(const struct gb_evaluation *ev, int indicator_i, int region_i, struct gb_year_end *out);
#endif
