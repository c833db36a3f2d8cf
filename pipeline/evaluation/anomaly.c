/* anomaly.c — see anomaly.h. Only the newest GB_ROBUST_MAX values that count are looked at, in one buffer on the stack. */
#include "evaluation/anomaly.h"
#include "evaluation/breaks.h"
#include "evaluation/eval_int.h"
#include "evaluation/robust.h"

#define WINDOW GB_ROBUST_MAX
#define JUMP_MIN 24
#define UNIT_MIN 4
#define SHIFT_NEW 4
#define SHIFT_OLD 12
#define SHIFT_MIN 40 /* the sixteen of the shift, and as many steps to measure it by */
#define DIGITS_MIN 30

struct window {
    int64_t v[WINDOW]; /* oldest first */
    int32_t p[WINDOW];
    int n;
};

const char *gb_anomaly_word(enum gb_anomaly_kind k)
{
    static const char *const words[GB_AN_N] = { "jump", "unit", "level-shift", "copied", "digit-preference", "on-target" };
    return words[k];
}

const char *gb_anomaly_vi(enum gb_anomaly_kind k)
{
    static const char *const words[GB_AN_N] = { "tăng, giảm đột ngột so với diễn biến trước đó",
                                                "gấp hoặc kém mười, trăm, nghìn lần mức thường thấy (nhầm đơn vị hoặc dấu phẩy)",
                                                "chuyển hẳn sang một mức khác",
                                                "lặp lại nguyên giá trị của các kỳ trước",
                                                "chữ số cuối nhiều 0 và 5 khác thường",
                                                "trùng đúng chỉ tiêu đến chữ số cuối" };
    return words[k];
}

/* Back to the last break: a new area or definition is another level, another size, another digit by itself, and no question to the agency. */
static void take(const struct gb_catalogue *c, const struct gb_series *s, int32_t last, struct window *w)
{
    int64_t i = gb_last_counting(s, last);
    int32_t from = i >= 0 ? gb_break_start(c, s->indicator_i, s->region_i, s->period[i], NULL) : 0;
    int at = WINDOW;
    for (; i >= 0 && at > 0 && s->period[i] >= from; i--)
        if (gb_counts(s, i)) {
            at--;
            w->v[at] = s->value[i];
            w->p[at] = s->period[i];
        }
    w->n = WINDOW - at;
    memmove(w->v, w->v + at, (size_t)w->n * sizeof *w->v);
    memmove(w->p, w->p + at, (size_t)w->n * sizeof *w->p);
}

/* The change that ends at value i: since the period before, or since the same period of the year before. */
static bool change_at(const struct window *w, const struct gb_indicator *ind, bool yearly, int i, int64_t *out)
{
    int32_t base = yearly ? gb_period_year_before(ind->freq, w->p[i]) : w->p[i] - 1;
    if (!yearly && ind->flow == GB_FLOW_CUMULATIVE && w->p[i] == gb_period_year_first(ind->freq, w->p[i]))
        return false; /* these fall to nothing every January */
    for (int k = i - 1; base != GB_PERIOD_NONE && k >= 0 && w->p[k] >= base; k--)
        if (w->p[k] == base)
            return gb_dec_sub(w->v[i], w->v[k], out);
    return false;
}

/* Change as parts of a million of the two values it lies between: what tells a burst in a large series from the same in a small one. */
static int64_t relative(int64_t before, int64_t now)
{
    unsigned __int128 between = (unsigned __int128)gb_distance(before, 0) + gb_distance(now, 0);
    return between ? (int64_t)((unsigned __int128)gb_distance(now, before) * 1000000 / between) : 0;
}

/* Is it larger than so many percent of the largest of its kind before? Figures with heavy tails (epidemics, rain, air) leave six standard deviations
 * behind every year; what they have never done is news. */
static bool record(uint64_t now, uint64_t largest, int percent)
{
    return (unsigned __int128)now * 100 > (unsigned __int128)largest * (unsigned)percent;
}

static bool jumps(const struct window *w, const struct gb_indicator *ind)
{
    bool yearly = ind->freq <= GB_FREQ_MONTH && ind->freq != GB_FREQ_YEAR && !gb_streq(ind->season, "none") && *ind->season &&
                  w->n >= 2 * gb_periods_in_year(ind->freq, gb_period_year(ind->freq, w->p[w->n - 1]));
    int64_t change[WINDOW], now, x = w->v[w->n - 1], wildest = 0;
    int n = 0;
    if (w->n < 2 || !change_at(w, ind, yearly, w->n - 1, &now))
        return false;
    for (int i = 1; i < w->n - 1; i++)
        if (change_at(w, ind, yearly, i, &change[n])) {
            int64_t r = relative(w->v[i] - change[n], w->v[i]); /* fits: it was a value */
            wildest = r > wildest ? r : wildest;
            n++;
        }
    if (n < JUMP_MIN)
        return false;
    uint64_t largest = 0;
    int64_t mid = gb_median(change, n);
    for (int i = 0; i < n; i++)
        largest = gb_distance(change[i], mid) > largest ? gb_distance(change[i], mid) : largest;
    return gb_far_out(now, mid, gb_mad(change, n, mid), 6) && record(gb_distance(now, mid), largest, 150) &&
           relative(x - now, x) > wildest;
}

/* a is `k` powers of ten above b, within a quarter; both above zero. */
static bool is_power_above(int64_t a, int64_t b, int k)
{
    __int128 up = (__int128)b * gb_pow10[k];
    return (__int128)a * 4 >= up * 3 && (__int128)a * 4 <= up * 5;
}

static void unit(const struct window *w, struct gb_anomaly *an)
{
    int64_t before[WINDOW], x = w->v[w->n - 1];
    int n = w->n - 1 < 12 ? w->n - 1 : 12;
    if (n < UNIT_MIN)
        return;
    memcpy(before, w->v + w->n - 1 - n, (size_t)n * sizeof *before);
    int64_t mid = gb_median(before, n);
    if (before[0] <= 0 || x <= 0 || (__int128)before[n - 1] > (__int128)before[0] * 3)
        return;
    for (int k = 1; k <= 3; k++)
        if (is_power_above(x, mid, k) || is_power_above(mid, x, k)) {
            an->marks |= GB_AN_BIT(GB_AN_UNIT);
            an->factor_log10 = x > mid ? k : -k;
            an->usual = mid;
        }
}

/* How far the median of the four values that end before `end` lies from that of the twelve before them. */
static uint64_t step_at(const struct window *w, int end)
{
    int64_t old[SHIFT_OLD], new[SHIFT_NEW];
    memcpy(new, w->v + end - SHIFT_NEW, sizeof new);
    memcpy(old, w->v + end - SHIFT_NEW - SHIFT_OLD, sizeof old);
    return gb_distance(gb_median(new, SHIFT_NEW), gb_median(old, SHIFT_OLD));
}

static bool shifted(const struct window *w)
{
    int64_t old[SHIFT_OLD], new[SHIFT_NEW], change[SHIFT_OLD - 1];
    if (w->n < SHIFT_MIN)
        return false;
    const int64_t *v = w->v + w->n - SHIFT_OLD - SHIFT_NEW;
    for (int i = 1; i < SHIFT_OLD; i++)
        if (!gb_dec_sub(v[i], v[i - 1], &change[i - 1]))
            return false;
    memcpy(old, v, sizeof old);
    memcpy(new, v + SHIFT_OLD, sizeof new);
    int64_t mid_old = gb_median(old, SHIFT_OLD), mid_new = gb_median(new, SHIFT_NEW);
    bool apart = new[0] > old[SHIFT_OLD - 1] || new[SHIFT_NEW - 1] < old[0];
    int64_t mid_change = gb_median(change, SHIFT_OLD - 1);
    if (!apart || !gb_far_out(mid_new, mid_old, gb_mad(change, SHIFT_OLD - 1, mid_change), 3))
        return false;
    uint64_t largest =
        0; /* of the steps that do not reach into this one: a trend, a season or a wave has taken such steps before */
    for (int end = SHIFT_OLD + SHIFT_NEW; end <= w->n - SHIFT_NEW; end++)
        largest = step_at(w, end) > largest ? step_at(w, end) : largest;
    return record(gb_distance(mid_new, mid_old), largest, 200);
}

static int run_ending_at(const struct window *w, int i)
{
    int n = 1;
    while (i - n >= 0 && w->v[i - n] == w->v[i] && w->p[i - n] == w->p[i] - n)
        n++;
    return n;
}

static void copied(const struct window *w, const struct gb_indicator *ind, struct gb_anomaly *an)
{
    int64_t x = w->v[w->n - 1];
    int run = run_ending_at(w, w->n - 1), least = ind->freq == GB_FREQ_HOUR ? 12 : 4, differ = 0, longest = 1;
    if (run < least || x == 0 || (ind->has_min && x == ind->valid_min) || (ind->has_max && x == ind->valid_max))
        return;
    int before = w->n - run, moved = 0;
    uint64_t unit = (uint64_t)gb_pow10[ind->scale - ind->decimals];
    for (int i = 1; i < before; i++) {
        int r = run_ending_at(w, i);
        longest = r > longest ? r : longest;
        differ += w->v[i] != w->v[i - 1];
        moved += gb_distance(w->v[i], w->v[i - 1]) > 2 * unit; /* a stock of 535 rooms that was 536 has not been copied */
    }
    if (before < 2 * least || longest >= run || differ * 3 < (before - 1) * 2 || moved * 2 < before - 1)
        return;
    an->marks |= GB_AN_BIT(GB_AN_COPIED);
    an->run = run;
}

static void digits(const struct window *w, const struct gb_indicator *ind, struct gb_anomaly *an)
{
    int64_t seen[10] = { 0 }, per_digit = gb_pow10[ind->scale - ind->decimals], big = 0, n = 0;
    if (ind->is_percent || ind->agg == GB_AGG_RATIO || ind->freq == GB_FREQ_HOUR)
        return; /* shares of a few cases are halves and fifths; nobody writes down hours by hand */
    for (int i = 0; i < w->n; i++) {
        uint64_t v = gb_distance(w->v[i], 0) / (uint64_t)per_digit;
        if (v == 0 || (ind->has_min && w->v[i] == ind->valid_min) || (ind->has_max && w->v[i] == ind->valid_max))
            continue; /* all or nothing is no rounding */
        n++;
        big += v >= 100; /* a count of ten or so has its own digits */
        seen[v % 10]++;
    }
    if (n < DIGITS_MIN || big * 2 < n ||
        (ind->decimals > 0 && seen[0] * 3 > n * 2)) /* the last: fewer decimals than the catalogue has */
        return;
    int64_t squares = 0, round = seen[0] + seen[5];
    for (int d = 0; d < 10; d++)
        squares += seen[d] * seen[d];
    /* chi-squared = sum (seen - n/10)^2 / (n/10) = 10 squares / n - n */
    if ((10 * squares - n * n) * 100 > 2788 * n && round * 2 > n) {
        an->marks |= GB_AN_BIT(GB_AN_DIGITS);
        an->round_share_pct = (int)((200 * round + n) / (2 * n));
    }
}

static bool on_target(const struct gb_indicator *ind, int64_t x, int64_t target)
{
    int64_t whole = gb_pow10[ind->scale];
    return x == target && target != 0 && (target % whole != 0 || gb_distance(target, 0) / (uint64_t)whole >= 101) &&
           gb_distance(target, 0) % ((uint64_t)whole * 100) != 0; /* 1,400,000 is a round aim that a round count may meet */
}

struct gb_anomaly gb_anomaly_of(const struct gb_catalogue *c, const struct gb_series *s, struct gb_date date,
                                const int64_t *target)
{
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    struct gb_anomaly an = { .period = GB_PERIOD_NONE };
    struct window w;
    take(c, s, gb_period_of(ind->freq, date, ind->calendar), &w);
    if (!w.n)
        return an;
    an.period = w.p[w.n - 1];
    bool cumulative = ind->flow == GB_FLOW_CUMULATIVE, jump = jumps(&w, ind), shift = !jump && !cumulative && shifted(&w);
    if (jump || shift) {
        int64_t before[WINDOW];
        int n = w.n - (shift ? SHIFT_NEW : 1);
        memcpy(before, w.v, (size_t)n * sizeof *before);
        an.usual = n < 12 ? gb_median(before, n) : gb_median(before + n - 12, 12);
        an.marks |= GB_AN_BIT(jump ? GB_AN_JUMP : GB_AN_SHIFT);
    }
    if (!cumulative)
        unit(&w, &an);
    copied(&w, ind, &an);
    digits(&w, ind, &an);
    if (target && on_target(ind, w.v[w.n - 1], *target))
        an.marks |= GB_AN_BIT(GB_AN_ON_TARGET);
    return an;
}

size_t gb_anomalies(const struct gb_evaluation *ev, struct gb_arena *a, struct gb_marked **out)
{
    size_t n = 0;
    struct gb_marked *v = GB_NEW_N(a, ev->n ? ev->n : 1, struct gb_marked);
    for (size_t i = 0; i < ev->n; i++) {
        const struct gb_series *s = &ev->cube->series[i];
        const struct gb_eval *e = &ev->eval[i];
        if ((s->flags & GB_SERIES_DERIVED) || e->latest_i < 0 || e->overdue)
            continue;
        struct gb_anomaly an = gb_anomaly_of(ev->catalogue, s, ev->date, e->has_target ? &e->target : NULL);
        if (an.marks)
            v[n++] = (struct gb_marked){ s, an };
    }
    *out = v;
    return n;
}
