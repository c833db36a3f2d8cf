/* scale.c — ticks. Numbers: the smallest step of the 1-2-2.5-5 family that needs no more ticks than wished, found by trying all 112
 * from 10^-9 up (no logarithm, whose last bit differs between machines). Periods: from the finest step up, the first whose
 * texts keep their distance; steps lie on the calendar (quarters of the year, first of a month), short steps of days and
 * weeks count back from the last period, which is the one people look for.
 */
#include "chart/scale.h"

#include <stdio.h>

#include "base/decimal.h"
#include "base/period.h"

/* floor and ceil of v/step with a tolerance of a billionth, so that 0.30000000000000004 / 0.1 is 3. */
static double floor_of(double q)
{
    double i = (double)(int64_t)q;
    if (i > q)
        i -= 1;
    return q - i > 1 - 1e-9 ? i + 1 : i;
}
static double ceil_of(double q)
{
    return -floor_of(-q);
}

void gb_scale_nice(struct gb_scale *s, double lo, double hi, int decimals, int want)
{
    static const int digits[] = { 10, 20, 25, 50 }; /* tenths */
    if (want < 3)
        want = 3; /* signs on both sides of zero need three */
    if (want > 10)
        want = 10;
    if (decimals > GB_SCALE_MAX)
        decimals = GB_SCALE_MAX;
    for (int k = -GB_SCALE_MAX; k <= 18; k++)
        for (int m = 0; m < 4; m++) {
            int scale = k < 0 ? -k : 0;
            __int128 num = digits[m]; /* step * 10^(scale + 1) */
            for (int i = 0; i < k; i++)
                num *= 10;
            if (num % 10 == 0)
                num /= 10;
            else
                scale++;
            if (scale > decimals || num > INT64_MAX)
                continue;
            double step = (double)num / (double)gb_pow10[scale];
            double from_q = lo / step, to_q = hi / step;
            if (to_q - from_q > 100 || from_q < -9e17 || to_q > 9e17)
                continue;
            double from = floor_of(from_q), to = ceil_of(to_q);
            if (to - from < 1)
                to = from + 1;
            if (to - from + 1 > want)
                continue;
            s->n = 0;
            s->scale = scale;
            s->lo = from * step;
            s->hi = to * step;
            for (int64_t i = (int64_t)from; i <= (int64_t)to; i++) {
                int64_t v;
                if (!__builtin_mul_overflow(i, (int64_t)num, &v))
                    s->tick[s->n++] = v;
            }
            return;
        }
    *s = (struct gb_scale){ .lo = lo, .hi = hi > lo ? hi : lo + 1 }; /* at the very end of int64: an axis without ticks */
}

void gb_scale_snug(struct gb_scale *s, double lo, double hi, int decimals, int want)
{
    want = want < 3 ? 3 : want;
    gb_scale_nice(s, lo, hi, decimals, want);
    for (int more = 1; more <= 2 && hi - lo < 0.6 * (s->hi - s->lo); more++) {
        struct gb_scale finer;
        gb_scale_nice(&finer, lo, hi, decimals, want + more);
        if (finer.hi - finer.lo < s->hi - s->lo)
            *s = finer;
    }
}

double gb_scale_frac(const struct gb_scale *s, double v)
{
    return (v - s->lo) / (s->hi - s->lo);
}

enum kind { EVERY, HOURS, DAYS, MONTHS, YEARS };
struct step {
    enum kind kind;
    int n;
};
static const struct step hour_steps[] = { { EVERY, 1 },  { HOURS, 2 }, { HOURS, 3 }, { HOURS, 6 },  { HOURS, 12 },
                                          { DAYS, 1 },   { DAYS, 2 },  { DAYS, 7 },  { MONTHS, 1 }, { MONTHS, 3 },
                                          { MONTHS, 6 }, { YEARS, 1 }, { YEARS, 2 }, { YEARS, 5 },  { YEARS, 10 } };
static const struct step day_steps[] = { { EVERY, 1 },  { EVERY, 2 },  { EVERY, 7 },  { EVERY, 14 }, { MONTHS, 1 },
                                         { MONTHS, 2 }, { MONTHS, 3 }, { MONTHS, 6 }, { YEARS, 1 },  { YEARS, 2 },
                                         { YEARS, 5 },  { YEARS, 10 }, { YEARS, 50 } };
static const struct step week_steps[] = { { EVERY, 1 }, { EVERY, 2 }, { EVERY, 4 },  { EVERY, 13 }, { YEARS, 1 },
                                          { YEARS, 2 }, { YEARS, 5 }, { YEARS, 10 }, { YEARS, 50 } };
static const struct step month_steps[] = { { MONTHS, 1 }, { MONTHS, 2 }, { MONTHS, 3 }, { MONTHS, 6 }, { YEARS, 1 },
                                           { YEARS, 2 },  { YEARS, 5 },  { YEARS, 10 }, { YEARS, 50 } };
static const struct step quarter_steps[] = { { MONTHS, 3 }, { MONTHS, 6 }, { YEARS, 1 }, { YEARS, 2 },
                                             { YEARS, 5 },  { YEARS, 10 }, { YEARS, 50 } };
static const struct step year_steps[] = { { YEARS, 1 },  { YEARS, 2 },  { YEARS, 5 },  { YEARS, 10 },
                                          { YEARS, 20 }, { YEARS, 50 }, { YEARS, 100 } };
static const struct {
    const struct step *step;
    int n;
} steps_of[] = {
#define STEPS(a)                                                                                                                 \
    {                                                                                                                            \
        a, (int)(sizeof(a) / sizeof *(a))                                                                                        \
    }
    [GB_FREQ_YEAR] = STEPS(year_steps), [GB_FREQ_QUARTER] = STEPS(quarter_steps), [GB_FREQ_MONTH] = STEPS(month_steps),
    [GB_FREQ_WEEK] = STEPS(week_steps), [GB_FREQ_DAY] = STEPS(day_steps),         [GB_FREQ_HOUR] = STEPS(hour_steps),
};

static int hour_of(int32_t p)
{
    return (int)(((p % 24) + 24) % 24);
}
static bool year_begins(enum gb_freq f, int32_t p)
{
    return gb_period_year_first(f, p) == p;
}
static bool is_tick(enum gb_freq f, int32_t p, int32_t last, struct step s)
{
    struct gb_date d = gb_period_start(f, p, GB_CAL_CIVIL); /* for its name */
    bool midnight = f != GB_FREQ_HOUR || hour_of(p) == 0;
    switch (s.kind) {
    case EVERY: return ((int64_t)last - p) % s.n == 0;
    case HOURS: return hour_of(p) % s.n == 0;
    case DAYS: return midnight && (s.n == 1 || ((int64_t)last - p) / 24 % s.n == 0);
    case MONTHS: return midnight && ((f != GB_FREQ_DAY && f != GB_FREQ_HOUR) || d.day == 1) && (d.month - 1) % s.n == 0;
    case YEARS: return year_begins(f, p) && gb_period_year(f, p) % s.n == 0;
    }
    gb_bug("tick kind");
}

static const char *const roman[] = { "I", "II", "III", "IV" };
static void name_tick(enum gb_freq f, int32_t p, enum kind kind, struct gb_time_tick *t)
{
    struct gb_date d = gb_period_start(f, p, GB_CAL_CIVIL); /* for its name */
    int year = gb_period_year(f, p);
    t->period = p;
    t->last = false;
    t->group[0] = '\0';
    if (kind == YEARS) {
        snprintf(t->text, sizeof t->text, "%d", year);
        return;
    }
    snprintf(t->group, sizeof t->group, "%d", year);
    if (f == GB_FREQ_HOUR && (kind == EVERY || kind == HOURS)) {
        snprintf(t->text, sizeof t->text, "%dh", hour_of(p));
        snprintf(t->group, sizeof t->group, "%d/%d", d.day, d.month);
    } else if (kind == DAYS || (f == GB_FREQ_DAY && kind == EVERY))
        snprintf(t->text, sizeof t->text, "%d/%d", d.day, d.month);
    else if (f == GB_FREQ_WEEK) {
        char iso[24] = "";
        size_t n = gb_period_iso(f, p, iso);
        snprintf(t->text, sizeof t->text, "tuần %.2s", n > 2 ? iso + n - 2 : "");
    } else if (f == GB_FREQ_QUARTER)
        snprintf(t->text, sizeof t->text, "Q%s", roman[(d.month - 1) / 3]);
    else
        snprintf(t->text, sizeof t->text, "T%d", d.month);
}

size_t gb_period_short(enum gb_freq f, int32_t p, char *out, size_t cap)
{
    struct gb_time_tick t;
    name_tick(f, p, f == GB_FREQ_YEAR ? YEARS : f == GB_FREQ_MONTH || f == GB_FREQ_QUARTER ? MONTHS : EVERY, &t);
    int yy = gb_period_year(f, p) % 100;
    int n = f == GB_FREQ_MONTH || f == GB_FREQ_QUARTER ? snprintf(out, cap, "%s/%02d", t.text, yy < 0 ? -yy : yy)
                                                       : snprintf(out, cap, "%s", t.text);
    return n > 0 ? (size_t)n : 0;
}

struct axis {
    int32_t lo, hi;
    double px, gap;
    double (*measure)(void *, const char *);
    void *ctx;
};
static double at(const struct axis *x, int32_t p)
{
    return x->hi == x->lo ? x->px / 2 : x->px * ((double)p - x->lo) / ((double)x->hi - x->lo);
}
static bool apart(const struct axis *x, const struct gb_time_tick *a, const struct gb_time_tick *b)
{
    return at(x, b->period) - at(x, a->period) >= (x->measure(x->ctx, a->text) + x->measure(x->ctx, b->text)) / 2 + x->gap;
}

/* @return ticks, or -1 when two texts touch or there are too many. */
static int try_step(enum gb_freq f, const struct axis *x, struct step s, struct gb_time_tick *out, int cap)
{
    int n = 0;
    for (int64_t p = x->lo; p <= x->hi; p++) {
        if (!is_tick(f, (int32_t)p, x->hi, s))
            continue;
        if (n == cap)
            return -1;
        name_tick(f, (int32_t)p, s.kind, &out[n]);
        if (n && !apart(x, &out[n - 1], &out[n]))
            return -1;
        n++;
    }
    return n;
}

/* The last period is what people look for: it takes the place of the ticks it would touch. */
static int add_last(enum gb_freq f, const struct axis *x, enum kind kind, struct gb_time_tick *out, int n, int cap)
{
    if (n && out[n - 1].period == x->hi) {
        out[n - 1].last = true;
        return n;
    }
    if (n && kind == YEARS && f != GB_FREQ_YEAR)
        return n; /* "T10" beside years would not be understood */
    struct gb_time_tick t;
    bool days = f == GB_FREQ_DAY || f == GB_FREQ_HOUR;
    if (kind == MONTHS && days)
        kind = f == GB_FREQ_DAY ? EVERY : DAYS; /* the 21st is not "T11" */
    name_tick(f, x->hi, n ? kind : f == GB_FREQ_YEAR ? YEARS : f == GB_FREQ_MONTH || f == GB_FREQ_QUARTER ? MONTHS : EVERY, &t);
    t.last = true;
    while (n && (n == cap || !apart(x, &out[n - 1], &t)))
        n--;
    out[n++] = t;
    return n;
}

/* Say the second row once a year (a day for hours), and leave out the one that its successor would touch. */
static void thin_groups(const struct axis *x, struct gb_time_tick *t, int n)
{
    const char *shown = "";
    int before = -1;
    for (int i = 0; i < n; i++) {
        if (!t[i].group[0])
            continue;
        if (before >= 0 && gb_streq(t[i].group, shown)) {
            t[i].group[0] = '\0';
            continue;
        }
        if (before >= 0) {
            double need = (x->measure(x->ctx, t[before].group) + x->measure(x->ctx, t[i].group)) / 2 + x->gap;
            if (at(x, t[i].period) - at(x, t[before].period) < need)
                t[before].group[0] = '\0';
        }
        before = i;
        shown = t[i].group;
    }
}

int gb_time_ticks(enum gb_freq freq, int32_t lo, int32_t hi, double px, double gap, double (*measure)(void *, const char *),
                  void *ctx, struct gb_time_tick *out, int cap)
{
    struct axis x = { lo, hi, px, gap, measure, ctx };
    if (lo > hi || cap < 2)
        return 0;
    int n = 0;
    enum kind kind = YEARS;
    for (int i = 0; i < steps_of[freq].n; i++) {
        n = try_step(freq, &x, steps_of[freq].step[i], out, cap);
        kind = steps_of[freq].step[i].kind;
        if (n >= 0)
            break;
    }
    if (n < 0)
        n = 0;
    n = add_last(freq, &x, kind, out, n, cap);
    thin_groups(&x, out, n);
    return n;
}
