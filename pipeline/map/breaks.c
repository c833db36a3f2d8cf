/* breaks.c — where sorted values are cut into classes.
 *
 * Quantile: about equal numbers of places, limits found one after the other, each from what is left above the last one: a heap of equal
 * values (communes with no case at all) becomes a class of its own instead of emptying its neighbours. Natural breaks: the grouping
 * with the least sum of squared deviations from the class means (W. D. Fisher, "On Grouping for Maximum Homogeneity", JASA 53, 1958;
 * G. F. Jenks, "Optimal Data Classification for Choropleth Maps", 1977), by dynamic programming over distinct values, O(k d²).
 * That sum is least when the sum of S²/n over the classes is greatest (S: sum of a class), which is compared exactly: whole part
 * and a fraction, no doubles. In both, equal values share a class and a limit is the roundest number in the gap it may stand in.
 */
#include "map/map_int.h"

#include "base/decimal.h"

static int64_t floor_to(int64_t v, int64_t step)
{
    int64_t r = v % step;
    return r < 0 ? v - r - step : v - r;
}

int64_t gb_round_break(int64_t lo, int64_t hi, int64_t wish)
{
    static const int64_t digit[] = { 10, 5, 2 };
    for (int p = 17; p >= 0; p--)
        for (int d = 0; d < 3; d++) {
            int64_t step = gb_pow10[p] * digit[d], below = floor_to(wish, step);
            if (below > INT64_MAX - step)
                continue;
            int64_t above = below + step;
            bool a = below > lo && below <= hi, b = above > lo && above <= hi;
            if (a && b)
                return wish - below <= above - wish ? below : above;
            if (a || b)
                return a ? below : above;
        }
    return wish;
}

static size_t count_distinct(const int64_t *v, size_t n)
{
    size_t d = n > 0;
    for (size_t i = 1; i < n; i++)
        d += v[i] != v[i - 1];
    return d;
}

int gb_breaks_quantile(const int64_t *v, size_t n, int classes, int64_t *from)
{
    size_t distinct = count_distinct(v, n), start = 0, k = (size_t)classes;
    if (k > distinct)
        k = distinct;
    int made = 1;
    while (k > 1) {
        size_t q = start + (n - start) / k, window = (n - start) / (k * 3);
        if (q >= n)
            break;
        if (v[q] == v[start]) { /* a heap: the class ends where it ends */
            while (q < n && v[q] == v[start])
                q++;
            window = 0;
        }
        if (q >= n)
            break;
        size_t low = q > start + 1 + window ? q - 1 - window : start, high = q + window < n ? q + window : n - 1;
        if (v[low] == v[q])
            low = start;
        int64_t cut = gb_round_break(v[low], v[high], v[q]);
        from[made++] = cut;
        while (start < n && v[start] < cut)
            start++;
        k--;
    }
    return made;
}

/* ---- natural breaks --------------------------------------------------------------------------------------------------- */
enum { MOST_DISTINCT = 1500 }; /* five denominators of so many places stay below 2^63 */
struct sum {                   /* whole + part / of, 0 <= part < of */
    __int128 whole;
    int64_t part, of;
};
struct groups {
    const int64_t *v; /* distinct values */
    int64_t *n_upto, *sum_upto;
    int n;
    struct sum *best; /* [class][last + 1] */
    int *first;
};

static int64_t common(int64_t a, int64_t b)
{
    while (b) {
        int64_t r = a % b;
        a = b;
        b = r;
    }
    return a;
}

/* S²/n of the values first..last, added to `s`. */
static struct sum with_class(const struct groups *g, struct sum s, int first, int last)
{
    int64_t n = g->n_upto[last + 1] - g->n_upto[first], t = g->sum_upto[last + 1] - g->sum_upto[first];
    __int128 square = (__int128)t * t, part;
    int64_t d = common(s.of, n), of = s.of / d * n;
    part = (__int128)s.part * (n / d) + (square % n) * (s.of / d);
    s.whole += square / n + part / of;
    s.part = (int64_t)(part % of);
    s.of = of;
    return s;
}

static bool more(struct sum a, struct sum b)
{
    return a.whole != b.whole ? a.whole > b.whole : (__int128)a.part * b.of > (__int128)b.part * a.of;
}

static void search(struct groups *g, int k)
{
    struct sum nothing = { 0, 0, 1 };
    int w = g->n + 1;
    for (int last = 0; last < g->n; last++)
        g->best[last + 1] = with_class(g, nothing, 0, last);
    for (int c = 1; c < k; c++)
        for (int last = c; last < g->n; last++) {
            struct sum *best = &g->best[c * w + last + 1];
            for (int first = c; first <= last; first++) {
                struct sum s = with_class(g, g->best[(c - 1) * w + first], first, last);
                if (first > c && !more(s, *best))
                    continue;
                *best = s;
                g->first[c * w + last + 1] = first;
            }
        }
}

int gb_breaks_jenks(const int64_t *v, size_t n, int classes, int64_t *from, struct gb_arena *a)
{
    size_t d = count_distinct(v, n);
    if (!n || d > MOST_DISTINCT || n > MOST_DISTINCT)
        return 0;
    __int128 span = (__int128)v[n - 1] - v[0];
    if (span * (__int128)n > INT64_MAX)
        return 0;
    int k = (size_t)classes > d ? (int)d : classes, w = (int)d + 1;
    struct groups g = { .n = (int)d,
                        .n_upto = GB_NEW_N(a, d + 1, int64_t),
                        .sum_upto = GB_NEW_N(a, d + 1, int64_t),
                        .best = GB_NEW_N(a, (d + 1) * (size_t)k, struct sum),
                        .first = GB_NEW_N(a, (d + 1) * (size_t)k, int) };
    int64_t *own = GB_NEW_N(a, d, int64_t);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (i && v[i] != v[i - 1])
            at++;
        own[at] = v[i];
        g.n_upto[at + 1] = (int64_t)i + 1;
        g.sum_upto[at + 1] = (i && v[i] == v[i - 1] ? g.sum_upto[at + 1] : g.sum_upto[at]) + (v[i] - v[0]);
    }
    g.v = own;
    search(&g, k);
    for (int c = k - 1, last = g.n; c > 0; c--) {
        int first = g.first[c * w + last];
        from[c] = gb_round_break(own[first - 1], own[first], own[first]);
        last = first;
    }
    return k;
}
