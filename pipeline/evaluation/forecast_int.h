/* evaluation/forecast_int.h — what the forecasting methods share. Not for other rooms. Arrays of the series are of n values without NAN. */
#ifndef GB_EVALUATION_FORECAST_INT_H
#define GB_EVALUATION_FORECAST_INT_H
#include "evaluation/forecast.h"

/* ---- exponential smoothing in state space form (ets.c) ---- */
struct gb_ets {
    char error, trend, season;         /* 'A' 'M'; 'N' 'A'; 'N' 'A' 'M' */
    bool damped;
    int m;
    double alpha, beta, gamma, phi;    /* beta, gamma as in R: not divided by alpha */
    double l0, b0, s0[GB_FC_MAX_M];    /* states before the first value; s0[i] belongs to value i */
    double sigma2, aicc;               /* of the (relative, if error is 'M') one-step errors */
    bool ok;
};
/* Error, trend, season. Simple smoothing, Holt, damped Holt; Holt-Winters with an additive and with a multiplicative season (relative errors:
 * the same forecasts, an interval that grows with the level); and the others of their kind. */
enum gb_ets_form { GB_ETS_ANN, GB_ETS_AAN, GB_ETS_AAdN, GB_ETS_ANA, GB_ETS_AAA, GB_ETS_AAdA, GB_ETS_MNM, GB_ETS_MAM, GB_ETS_MAdM, GB_ETS_N };
/** Fit the forms that the series allows: form[i].ok says which. @return the one of least AICc, NULL: none could be fitted. */
const struct gb_ets *gb_ets_fit(const double *y, int n, int m, struct gb_ets form[GB_ETS_N]);
/** Fit one form: e->error, trend, season, damped and m say which (m = 1 without a season). */
bool gb_ets_fit_form(const double *y, int n, struct gb_ets *e);
/** Forecasts from the end of y[0..n) with the parameters and first states of `e` (which may come from a shorter part).
 * @param sd, total_sd  may be NULL */
void gb_ets_forecast(const struct gb_ets *e, const double *y, int n, int h, double *mean, double *sd, double *total_sd);
void gb_ets_name(const struct gb_ets *e, char name[8]);

/* ---- Theta (theta.c) ---- */
struct gb_theta {
    int m;                             /* 1 = no season was found */
    bool additive;                     /* the season; multiplicative when all values are positive */
    double index[GB_FC_MAX_M];         /* of value i: index[i mod m] */
    struct gb_ets level;               /* simple smoothing of the series without its season */
    double slope;                      /* half the slope of a line through it */
};
/** @return false when the series is too short (fewer than 4). */
bool gb_theta_fit(const double *y, int n, int m, struct gb_theta *t);
void gb_theta_forecast(const struct gb_theta *t, const double *y, int n, int h, double *mean, double *sd, double *total_sd);
/** Seasonal indexes by classical decomposition (centred moving average; mean of each season, normalised). */
void gb_season_indexes(const double *y, int n, int m, bool additive, double *index);
/** Is there a season? Autocorrelation at lag m against 1.645 of its standard error (as R's thetaf), two whole seasons at least. */
bool gb_season_found(const double *y, int n, int m);

/** Minimise f over a box by Nelder & Mead (1965), at most `evals` evaluations; x holds the start and then the best point. dim <= 4. */
typedef double (*gb_fc_loss)(void *ctx, const double *x);
double gb_minimise(gb_fc_loss f, void *ctx, int dim, double *x, const double *lo, const double *hi, int evals);
#endif
