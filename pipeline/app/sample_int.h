/* app/sample_int.h — drawing numbers for sample.c and sample_bench.c; open to tests.
 *
 * Only + - * / and sqrt on doubles (exact by IEEE 754, contraction is off in -std=c11) and own exp, ln, Phi: libm's last bit
 * differs between machines, and with it would the bytes. */
#ifndef GB_APP_SAMPLE_INT_H
#define GB_APP_SAMPLE_INT_H
#include "base/str.h"

struct gb_rng { uint64_t s; };
/** Stream for (seed, any two texts, a purpose): independent of every other stream and of the order of drawing. */
struct gb_rng gb_rng_for(uint64_t seed, const char *a, const char *b, uint64_t purpose);
uint64_t gb_rng_next(struct gb_rng *r);              /* splitmix64 */
double gb_rng_unit(struct gb_rng *r);                /* [0, 1) */
double gb_rng_gauss(struct gb_rng *r);               /* mean 0, sd 1, within +-6: twelve uniforms */
double gb_exp(double x);                             /* relative error < 1e-12 for |x| < 40 */
double gb_ln(double x);                              /* x > 0 */
double gb_phi(double z);                             /* normal distribution function, error < 1e-7 */
/** Quantile of the negative binomial with this mean and variance (Poisson when var <= mean), u in [0, 1). */
int64_t gb_count_quantile(double u, double mean, double var);
/** Split `total` over n places by weights > 0: integers that sum to it exactly, each of the total's sign.
 * Large totals by cumulative rounding; totals below 3n one unit at a time, drawn with r. cum: scratch, n values. */
void gb_sample_split(int64_t total, const double *weight, int n, struct gb_rng *r, double *cum, int64_t *out);
#endif
