/* decimal.c — scaled integers. The range is symmetric, ±(2^63 - 1): a value can always be negated, and INT64_MIN stays free
 * for those who need a mark outside the values. Rounding is half away from zero, decided on the magnitude.
 *
 * gb_dec_parse sits on the path of every delivered value, so it reads digits straight into a uint64 and looks at each byte
 * once; overflow is checked only from the nineteenth digit on, where it can first happen. */
#include "base/decimal.h"

typedef __int128 i128;
typedef unsigned __int128 u128;

const int64_t gb_pow10[19] = { 1,
                               10,
                               100,
                               1000,
                               10000,
                               100000,
                               1000000,
                               10000000,
                               100000000,
                               1000000000,
                               10000000000,
                               100000000000,
                               1000000000000,
                               10000000000000,
                               100000000000000,
                               1000000000000000,
                               10000000000000000,
                               100000000000000000,
                               1000000000000000000 };

static inline bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

/* Append a digit to a magnitude; false when it no longer fits in 63 bits. */
static inline bool push_digit(uint64_t *m, char c)
{
    uint64_t d = (uint64_t)(c - '0');
    if (*m >= (uint64_t)INT64_MAX / 10 && (*m > (uint64_t)INT64_MAX / 10 || d > (uint64_t)INT64_MAX % 10)) {
        return false;
    }
    *m = *m * 10 + d;
    return true;
}

/* Integer digits, grouped in threes when `group` shows up. @return first byte after them, NULL if malformed. */
static const char *read_whole(const char *p, const char *end, char group, uint64_t *m, bool *fits)
{
    const char *start = p;
    while (p < end && is_digit(*p)) {
        *fits = push_digit(m, *p++) && *fits;
    }
    if (p == start) {
        return NULL;
    }
    if (group == 0 || p == end || *p != group) {
        return p;
    }
    if (p - start > 3) {
        return NULL;
    }
    while (p < end && *p == group) {
        if (end - p < 4 || !is_digit(p[1]) || !is_digit(p[2]) || !is_digit(p[3])) {
            return NULL;
        }
        for (int i = 1; i <= 3; i++) {
            *fits = push_digit(m, p[i]) && *fits;
        }
        p += 4;
        if (p < end && is_digit(*p)) {
            return NULL;
        }
    }
    return p;
}

/* Decimals after the mark: `scale` of them into the magnitude, the rest rounds. @return false if there are none or a stranger. */
static bool read_decimals(const char *p, const char *end, int scale, uint64_t *m, bool *fits, bool *rounded)
{
    if (p == end) {
        return false;
    }
    int taken = 0;
    bool up = false;
    for (const char *q = p; q < end; q++) {
        if (!is_digit(*q)) {
            return false;
        }
        if (taken < scale) {
            *fits = push_digit(m, *q) && *fits;
        } else {
            if (taken == scale) {
                up = *q >= '5';
            }
            *rounded = *rounded || *q != '0';
        }
        taken++;
    }
    for (; taken < scale; taken++) {
        *fits = push_digit(m, '0') && *fits;
    }
    if (up) {
        *m += 1; /* m <= INT64_MAX: no wrap of the uint64 */
    }
    return true;
}

enum gb_num_fault gb_dec_parse(const char *p, size_t n, char mark, char group, int scale, int64_t *out, bool *rounded)
{
    gb_assert(scale >= 0 && scale <= GB_SCALE_MAX);
    if (n == 0) {
        return GB_NUM_EMPTY;
    }
    const char *end = p + n;
    bool negative = *p == '-';
    uint64_t m = 0;
    bool fits = true, cut = false;
    p = read_whole(p + negative, end, group, &m, &fits);
    if (!p) {
        return GB_NUM_SYNTAX;
    }
    if (p < end) {
        if (*p != mark || !read_decimals(p + 1, end, scale, &m, &fits, &cut)) {
            return GB_NUM_SYNTAX;
        }
    } else if (scale > 0) {
        uint64_t wide;
        fits = !__builtin_mul_overflow(m, (uint64_t)gb_pow10[scale], &wide) && fits;
        m = wide;
    }
    if (!fits || m > (uint64_t)INT64_MAX) {
        return GB_NUM_RANGE;
    }
    *out = negative ? -(int64_t)m : (int64_t)m;
    if (rounded) {
        *rounded = cut;
    }
    return GB_NUM_OK;
}

static bool in_range(i128 v, int64_t *out)
{
    if (v > INT64_MAX || v < -(i128)INT64_MAX) {
        return false;
    }
    *out = (int64_t)v;
    return true;
}

static inline u128 magnitude(i128 v)
{
    return v < 0 ? 0 - (u128)v : (u128)v;
}

bool gb_dec_div_round(i128 num, i128 den, int64_t *out)
{
    if (den == 0) {
        return false;
    }
    u128 n = magnitude(num), d = magnitude(den);
    u128 q, r;
    if (n <= UINT64_MAX && d <= UINT64_MAX) { /* the usual case: a machine division, ten times faster than a 128-bit one */
        q = (uint64_t)n / (uint64_t)d;
        r = (uint64_t)n % (uint64_t)d;
    } else {
        q = n / d;
        r = n % d;
    }
    if (r >= d - r) {
        q++;
    }
    if (q > (u128)INT64_MAX) {
        return false;
    }
    *out = (num < 0) != (den < 0) ? -(int64_t)q : (int64_t)q;
    return true;
}

bool gb_dec_rescale(int64_t v, int from, int to, int64_t *out)
{
    gb_assert(from >= 0 && from <= 18 && to >= 0 && to <= 18);
    if (to >= from) {
        return in_range((i128)v * gb_pow10[to - from], out);
    }
    return gb_dec_div_round(v, gb_pow10[from - to], out);
}

bool gb_dec_add(int64_t a, int64_t b, int64_t *out)
{
    return in_range((i128)a + b, out);
}

bool gb_dec_sub(int64_t a, int64_t b, int64_t *out)
{
    return in_range((i128)a - b, out);
}

int gb_dec_cmp(int64_t a, int sa, int64_t b, int sb)
{
    gb_assert(sa >= 0 && sa <= 18 && sb >= 0 && sb <= 18);
    i128 x = a, y = b;
    if (sa < sb) {
        x *= gb_pow10[sb - sa];
    } else {
        y *= gb_pow10[sa - sb];
    }
    return (x > y) - (x < y);
}

/* num * 10^k / den by long division, one decimal a step: for numerators whose product would leave 128 bits. */
static bool long_ratio(u128 num, u128 den, int k, u128 *q_out)
{
    u128 q = num / den, r = num % den;
    for (; k > 0; k--) {
        if (den > ~(u128)0 / 10 || q > (u128)INT64_MAX) {
            return false;
        }
        r *= 10;
        q = q * 10 + r / den;
        r %= den;
    }
    *q_out = q + (r >= den - r);
    return true;
}

bool gb_dec_ratio(i128 num, int num_scale, i128 den, int den_scale, bool times100, int out_scale, int64_t *out)
{
    if (den == 0) {
        return false;
    }
    int k = den_scale - num_scale + out_scale + (times100 ? 2 : 0);
    gb_assert(k >= -18 && k <= 36);
    i128 wide = num;
    if (k < 0) {
        if (__builtin_mul_overflow(den, (i128)gb_pow10[-k], &den)) {
            return false;
        }
    } else if (k > 18 || __builtin_mul_overflow(num, (i128)gb_pow10[k], &wide)) {
        u128 q;
        if (!long_ratio(magnitude(num), magnitude(den), k, &q) || q > (u128)INT64_MAX) {
            return false;
        }
        *out = (num < 0) != (den < 0) ? -(int64_t)q : (int64_t)q;
        return true;
    }
    return gb_dec_div_round(wide, den, out);
}

bool gb_dec_ratio_once(i128 num, int num_scale, i128 den, int den_scale, bool times100, int out_scale, int shown, int64_t *out)
{
    int64_t kept, printed, again;
    if (!gb_dec_ratio(num, num_scale, den, den_scale, times100, out_scale, &kept))
        return false;
    gb_assert(shown >= 0 && shown <= out_scale);
    if (gb_dec_ratio(num, num_scale, den, den_scale, times100, shown, &printed) &&
        gb_dec_rescale(kept, out_scale, shown, &again) && again != printed)
        kept -= kept > 0 ? 1 : -1; /* half away from zero errs away from zero alone */
    *out = kept;
    return true;
}

bool gb_dec_pct_change(int64_t now, int64_t base, int64_t *out)
{
    i128 b = base;
    return gb_dec_ratio_once((i128)now - b, 0, b < 0 ? -b : b, 0, true, GB_PCT_SCALE, GB_PCT_SHOWN, out);
}

/* Write a rounded magnitude: digits, `group` in threes (0: none), `mark`, exactly `decimals` decimals. */
static size_t print_dec(int64_t v, int scale, int decimals, char mark, char group, char *buf)
{
    gb_assert(scale >= 0 && scale <= 18 && decimals >= 0 && decimals <= GB_SCALE_MAX);
    u128 m = magnitude(v);
    if (decimals >= scale) {
        uint64_t up = (uint64_t)gb_pow10[decimals - scale];
        m *= up;
    } else {
        u128 d = (u128)gb_pow10[scale - decimals];
        m = (m + d / 2) / d; /* powers of ten above 1 are even: exactly half away from zero */
    }
    char rev[48];
    size_t n = 0;
    bool zero = m == 0;
    for (int i = 0; i < decimals; i++) {
        rev[n++] = (char)('0' + (int)(m % 10));
        m /= 10;
    }
    if (decimals > 0) {
        rev[n++] = mark;
    }
    int whole = 0;
    do {
        if (group && whole > 0 && whole % 3 == 0) {
            rev[n++] = group;
        }
        rev[n++] = (char)('0' + (int)(m % 10));
        m /= 10;
        whole++;
    } while (m > 0);
    if (v < 0 && !zero) {
        rev[n++] = '-';
    }
    for (size_t i = 0; i < n; i++) {
        buf[i] = rev[n - 1 - i];
    }
    buf[n] = '\0';
    return n;
}

size_t gb_dec_plain(int64_t v, int scale, int decimals, char *buf)
{
    return print_dec(v, scale, decimals, '.', 0, buf);
}

size_t gb_dec_exact(int64_t v, int scale, char *buf)
{
    while (scale > 0 && v % 10 == 0) {
        v /= 10;
        scale--;
    }
    return print_dec(v, scale, scale, '.', 0, buf);
}

size_t gb_dec_vi(int64_t v, int scale, int decimals, char *buf)
{
    return print_dec(v, scale, decimals, ',', '.', buf);
}

double gb_dec_to_double(int64_t v, int scale)
{
    gb_assert(scale >= 0 && scale <= 18);
    return (double)v / (double)gb_pow10[scale];
}
