/* minimise.c — Nelder and Mead's simplex (A simplex method for function minimization, The Computer Journal 7, 1965) in a box.
 *
 * The smoothing parameters of a series are one to four numbers between 0 and 1 and the loss is cheap but has no convenient
 * derivative: the simplex is what R's ets() uses as well. A point outside the box is moved to its edge.
 */
#include "evaluation/forecast_int.h"
#include <math.h>

#define MAX_DIM 4

struct simplex {
    int dim;
    double x[MAX_DIM + 1][MAX_DIM], f[MAX_DIM + 1];
    const double *lo, *hi;
};

static void into_box(const struct simplex *s, double *x)
{
    for (int i = 0; i < s->dim; i++)
        x[i] = x[i] < s->lo[i] ? s->lo[i] : x[i] > s->hi[i] ? s->hi[i] : x[i];
}

static void sort(struct simplex *s)
{
    for (int i = 1; i <= s->dim; i++)
        for (int j = i; j > 0 && s->f[j] < s->f[j - 1]; j--) {
            double f = s->f[j];
            s->f[j] = s->f[j - 1];
            s->f[j - 1] = f;
            for (int k = 0; k < s->dim; k++) {
                double x = s->x[j][k];
                s->x[j][k] = s->x[j - 1][k];
                s->x[j - 1][k] = x;
            }
        }
}

/* The point `t` of the way from the worst point through the centre of the others: 1 the mirror image, 2 further, 0.5 half way. */
static double along(const struct simplex *s, double t, double *x, gb_fc_loss f, void *ctx)
{
    for (int k = 0; k < s->dim; k++) {
        double centre = 0;
        for (int i = 0; i < s->dim; i++)
            centre += s->x[i][k];
        centre /= s->dim;
        x[k] = centre + t * (centre - s->x[s->dim][k]);
    }
    into_box(s, x);
    return f(ctx, x);
}

static void take(struct simplex *s, const double *x, double f)
{
    for (int k = 0; k < s->dim; k++)
        s->x[s->dim][k] = x[k];
    s->f[s->dim] = f;
}

static int shrink(struct simplex *s, gb_fc_loss f, void *ctx)
{
    for (int i = 1; i <= s->dim; i++) {
        for (int k = 0; k < s->dim; k++)
            s->x[i][k] = (s->x[0][k] + s->x[i][k]) / 2;
        s->f[i] = f(ctx, s->x[i]);
    }
    return s->dim;
}

static int step(struct simplex *s, gb_fc_loss f, void *ctx)
{
    double x[MAX_DIM], y[MAX_DIM];
    double fx = along(s, 1, x, f, ctx);
    if (fx < s->f[0]) {
        double fy = along(s, 2, y, f, ctx);
        if (fy < fx)
            take(s, y, fy);
        else
            take(s, x, fx);
        return 2;
    }
    if (fx < s->f[s->dim - 1 > 0 ? s->dim - 1 : 0]) {
        take(s, x, fx);
        return 1;
    }
    double fy = along(s, fx < s->f[s->dim] ? 0.5 : -0.5, y, f, ctx);
    if (fy < s->f[s->dim] && fy < fx) {
        take(s, y, fy);
        return 2;
    }
    return 2 + shrink(s, f, ctx);
}

double gb_minimise(gb_fc_loss f, void *ctx, int dim, double *x, const double *lo, const double *hi, int evals)
{
    struct simplex s = { .dim = dim, .lo = lo, .hi = hi };
    for (int i = 0; i <= dim; i++) {
        for (int k = 0; k < dim; k++)
            s.x[i][k] = x[k];
        if (i > 0) /* a quarter of the box, towards the roomier side */
            s.x[i][i - 1] += (hi[i - 1] - x[i - 1] > x[i - 1] - lo[i - 1] ? 0.25 : -0.25) * (hi[i - 1] - lo[i - 1]);
        s.f[i] = f(ctx, s.x[i]);
    }
    int used = dim + 1;
    sort(&s);
    while (used < evals && fabs(s.f[dim] - s.f[0]) > 1e-6 * (fabs(s.f[0]) + 1e-6)) {
        used += step(&s, f, ctx);
        sort(&s);
    }
    for (int k = 0; k < dim; k++)
        x[k] = s.x[0][k];
    return s.f[0];
}
