/* evaluation/forecast.h — what a series is likely to do next, with how sure that is.
 *
 * The numeric core: doubles in, doubles out, no catalogue, no cube (forecast_series.c is the bridge). A forecast is an estimate, the
 * one place of the house where binary doubles are right; it becomes an exact scaled integer again before anybody sees it, and it never
 * replaces a figure. Deterministic: no random numbers, no threads, the same build gives the same bits.
 *
 * Methods and sources
 *   naive, seasonal naive, drift       Hyndman & Athanasopoulos, Forecasting: Principles and Practice (3rd ed., 2021), 5.2
 *   exponential smoothing (ETS)        Hyndman, Koehler, Ord & Snyder, Forecasting with Exponential Smoothing (2008): state space form with
 *                                      additive or multiplicative error, no, additive or damped trend, no, additive or multiplicative
 *                                      season. Simple, Holt, damped Holt and both Holt-Winters are members and stand for election
 *                                      themselves; ETS is the member of least AICc.
 *   Theta                              Assimakopoulos & Nikolopoulos (2000) in the form of Hyndman & Billah (2003)
 *   the mean of ETS and Theta          Bates & Granger (1969); Makridakis et al., The M4 competition (2020)
 * One is chosen for each series by its error at rolling origins (Tashman 2000): forecasts from each of the last origins, up to six steps
 * ahead, with what the series had until then; the one to four smoothing parameters are those of the whole series (refitting them at every
 * origin changed the choice, not the accuracy, on the public series). The scale of the error is that of MASE (Hyndman & Koehler 2006).
 */
#ifndef GB_EVALUATION_FORECAST_H
#define GB_EVALUATION_FORECAST_H
#include <stdbool.h>
#include <stddef.h>

#define GB_FC_MAX_N 480      /* observations looked at: the newest ones */
#define GB_FC_MAX_H 48       /* steps ahead */
#define GB_FC_MAX_M 52       /* periods of a season */
#define GB_FC_MIN_N 4        /* fewer: no forecast */
/* Errors of forecasts have heavier tails than the normal distribution: quantiles of Student's t with 4 degrees of freedom, scaled to unit
 * variance. */
#define GB_FC_Z80 1.0842
#define GB_FC_Z95 1.9632

enum gb_fc_method { GB_FC_NONE, GB_FC_NAIVE, GB_FC_SNAIVE, GB_FC_DRIFT, GB_FC_SIMPLE, GB_FC_HOLT, GB_FC_DAMPED, GB_FC_HW_ADD, GB_FC_HW_MUL,
                    GB_FC_ETS /* of the forms the one of least AICc */, GB_FC_THETA, GB_FC_MEAN /* of ETS and Theta */, GB_FC_N_METHODS };
/* Why a simpler way was taken than the data of a longer, unbroken series would allow. */
enum gb_fc_note { GB_FC_FULL, GB_FC_TOO_SHORT /* no forecast */, GB_FC_SHORT /* no season could be learnt */, GB_FC_GAPS /* more than a fifth missing */,
                  GB_FC_CONSTANT /* all values equal */,
                  GB_FC_PROFILE /* the season is the catalogue's, not learnt (outlook.c) */ };

struct gb_fc_input {
    const double *y; size_t n;        /* oldest first; NAN = missing. At most the newest GB_FC_MAX_N are used */
    int m;                            /* periods of the season: 12 months, 4 quarters, 7 days, 24 hours, 52 weeks; 1 = none */
    int h;                            /* steps wanted, 1..GB_FC_MAX_H */
    double grain;                     /* what the last published digit stands for, 0 = none: half of it is the least deviation of any step, since
                                         figures that have lain on a line so far were rounded onto it; constant series are left as they are */
    double lo, hi;                    /* physical bounds: nothing is ever forecast beyond; -INFINITY and INFINITY = none */
};
struct gb_forecast {
    enum gb_fc_method method; enum gb_fc_note note;
    char model[8];                    /* of ETS: "AAdN", else "" */
    int h;                            /* steps given; 0 when method is NONE */
    double mean[GB_FC_MAX_H];
    double lo80[GB_FC_MAX_H], hi80[GB_FC_MAX_H], lo95[GB_FC_MAX_H], hi95[GB_FC_MAX_H];
    double sd[GB_FC_MAX_H];           /* of one step's error, before the bounds */
    double total_sd[GB_FC_MAX_H];     /* of the error of the sum of steps 1..k: for year-end totals */
    double error;                     /* mean absolute error at rolling origins, scaled as in MASE; NAN when the series is too short for it */
    int origins;                      /* rolling origins used */
};
/** Forecast one series. Never fails: a series that cannot be forecast has method NONE and says why in `note`. No allocation; about
 * 30 KB of stack. */
void gb_forecast(const struct gb_fc_input *in, struct gb_forecast *out);
const char *gb_fc_method_vi(enum gb_fc_method m);  /* "trung bình của san bằng mũ và Theta" */
const char *gb_fc_note_vi(enum gb_fc_note n);      /* "" for FULL */
/** Probability that a value with this mean and standard deviation is at least `target` (normal). 0 or 1 when sd is 0. */
double gb_fc_chance(double mean, double sd, double target);
#endif
