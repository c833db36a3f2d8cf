/* sample_draw.c — random numbers with the same bits everywhere: splitmix64 (Steele, Lea, Flood 2014) and elementary functions from
 * basic arithmetic only. Speed matters a little (a million draws a run), accuracy beyond 1e-7 not at all; repeatability is all. */
#include "app/sample_int.h"

uint64_t gb_rng_next(struct gb_rng *r)
{
    uint64_t z = (r->s += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static uint64_t mix_text(uint64_t h, const char *s)
{
    for (; *s; s++)
        h = (h ^ (uint8_t)*s) * UINT64_C(0x100000001B3); /* FNV-1a */
    return (h ^ 0xFF) * UINT64_C(0x100000001B3);
}

struct gb_rng gb_rng_for(uint64_t seed, const char *a, const char *b, uint64_t purpose)
{
    struct gb_rng r = { mix_text(mix_text(seed ^ UINT64_C(0xCBF29CE484222325), a), b) + purpose * UINT64_C(0xD1342543DE82EF95) };
    gb_rng_next(&r); /* the text hash is weak in its low bits; one step spreads it */
    r.s ^= gb_rng_next(&r);
    return r;
}

double gb_rng_unit(struct gb_rng *r)
{
    return (double)(gb_rng_next(r) >> 11) * (1.0 / 9007199254740992.0);
}

double gb_rng_gauss(struct gb_rng *r)
{
    uint64_t sum = 0;
    for (int i = 0; i < 3; i++) {
        uint64_t x = gb_rng_next(r);
        sum += (x & 0xFFFF) + ((x >> 16) & 0xFFFF) + ((x >> 32) & 0xFFFF) + (x >> 48);
    }
    return (double)sum / 65536.0 - 6.0;
}

double gb_exp(double x)
{
    if (x < -60)
        return 0;
    if (x > 60)
        x = 60;
    double y = x / 64, term = 1, sum = 1;
    for (int i = 1; i <= 12; i++) {
        term = term * y / i;
        sum += term;
    }
    for (int i = 0; i < 6; i++)
        sum *= sum;
    return sum;
}

double gb_ln(double x)
{
    int k = 0;
    while (x > 1.5 && k < 2000) {
        x /= 2;
        k++;
    }
    while (x < 0.75 && k > -2000) {
        x *= 2;
        k--;
    }
    double t = (x - 1) / (x + 1), tt = t * t, term = t, sum = 0;
    for (int i = 1; i < 26; i += 2) {
        sum += term / i;
        term *= tt;
    }
    return 2 * sum + k * 0.693147180559945309;
}

/* Abramowitz and Stegun 26.2.17. */
double gb_phi(double z)
{
    double a = z < 0 ? -z : z;
    double t = 1 / (1 + 0.2316419 * a);
    double tail = 0.3989422804014327 * gb_exp(-a * a / 2) * t *
                  (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return z < 0 ? tail : 1 - tail;
}

int64_t gb_count_quantile(double u, double mean, double var)
{
    if (mean <= 0)
        return 0;
    double size = var > mean * 1.0001 ? mean * mean / (var - mean) : 0; /* 0: Poisson */
    double miss = size > 0 ? mean / (mean + size) : 0;
    double p = size > 0 ? gb_exp(size * gb_ln(1 - miss)) : gb_exp(-mean);
    double sum = p;
    int64_t k = 0;
    while (u >= sum && k < 100000 && p > 1e-300) { /* pmf by its recursion, upwards from 0 */
        p *= size > 0 ? ((double)k + size) / ((double)k + 1) * miss : mean / ((double)k + 1);
        sum += p;
        k++;
    }
    return k;
}

static int place_of(const double *cum, int n, double at)
{
    int lo = 0, hi = n - 1;
    while (lo < hi) {
        int mid = lo + (hi - lo) / 2;
        if (cum[mid] > at)
            hi = mid;
        else
            lo = mid + 1;
    }
    return lo;
}

void gb_sample_split(int64_t total, const double *weight, int n, struct gb_rng *r, double *cum, int64_t *out)
{
    double all = 0;
    int64_t abs = total < 0 ? -total : total, sign = total < 0 ? -1 : 1;
    for (int i = 0; i < n; i++)
        cum[i] = all += weight[i];
    if (abs < 3 * (int64_t)n) { /* few units: a pattern would show; draw the place of each */
        memset(out, 0, (size_t)n * sizeof *out);
        for (int64_t k = 0; k < abs; k++)
            out[place_of(cum, n, gb_rng_unit(r) * all)] += sign;
        return;
    }
    int64_t before = 0;
    for (int i = 0; i < n; i++) {
        int64_t upto = i == n - 1 ? abs : (int64_t)((double)abs * (cum[i] / all) + 0.5);
        out[i] = sign * (upto - before);
        before = upto;
    }
}

void gb_sample_within(int64_t total, int64_t whole, int times, const double *weight, int n, struct gb_rng *r, double *cum,
                      int64_t *out)
{
    const int64_t most = times ? whole * times : whole > 0 ? total : 0;
    int64_t over = 0;
    memset(out, 0, (size_t)n * sizeof *out);
    if (whole <= 0)
        return;
    gb_sample_split(total < most ? total : most, weight, n, r, cum, out);
    for (int i = 0; i < n && times; i++) {
        int64_t room = (int64_t)weight[i] * times;
        if (out[i] > room) {
            over += out[i] - room;
            out[i] = room;
        }
    }
    for (int i = 0; i < n && over > 0; i++) { /* all of it fits: what was split is within the whole */
        int64_t room = (int64_t)weight[i] * times - out[i], more = over < room ? over : room;
        out[i] += more;
        over -= more;
    }
}
