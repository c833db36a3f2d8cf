/* base/decimal.h — exact decimals: scaled int64, never a binary double on the way to an output.
 *
 * A value v at scale s stands for v / 10^s, s in 0..9. Intermediate products use __int128. Rounding is half away from zero
 * (TRUST.md 11, 30). Every function that can leave the range returns false and writes nothing. The range is +-(2^63 - 1):
 * INT64_MIN is never a value and is free as a mark for "missing".
 */
#ifndef GB_BASE_DECIMAL_H
#define GB_BASE_DECIMAL_H
#include "base/str.h"

#define GB_SCALE_MAX 9
#define GB_PCT_SHOWN 1 /* decimals that people are shown of growth and attainment (GRDP is itself in % with two of its own) */
#define GB_PCT_SCALE 6 /* percents and ratios are kept with 6 decimals (expected.json of the real sets) */
extern const int64_t gb_pow10[19];

enum gb_num_fault { GB_NUM_OK = 0, GB_NUM_EMPTY, GB_NUM_SYNTAX, GB_NUM_RANGE };
/** Parse the WHOLE field by TRUST.md 18: -?digits(mark digits)? with optional grouping exactly in threes. No exponent, plus,
 * blanks, non-ASCII digits. More decimals than scale are rounded half away from zero and reported.
 * @param mark     decimal mark '.' or ','
 * @param group    grouping mark or 0 (none allowed)
 * @param out      value at `scale`; -0 gives 0
 * @param rounded  out (may be NULL): true if non-zero decimals were rounded off */
enum gb_num_fault gb_dec_parse(const char *p, size_t n, char mark, char group, int scale, int64_t *out, bool *rounded);

/** v at scale `from` to scale `to`, rounding half away from zero. false on overflow. */
bool gb_dec_rescale(int64_t v, int from, int to, int64_t *out);
bool gb_dec_add(int64_t a, int64_t b, int64_t *out); /* same scale */
bool gb_dec_sub(int64_t a, int64_t b, int64_t *out);
int gb_dec_cmp(int64_t a, int sa, int64_t b, int sb); /* compare across scales, exact */
/** num/den (any scales) * 10^(out_scale) rounded half away from zero. times100 for percent. false if den = 0 or overflow. */
bool gb_dec_ratio(__int128 num, int num_scale, __int128 den, int den_scale, bool times100, int out_scale, int64_t *out);
/** The same for a figure that is kept with more decimals than are printed. Kept by half-away it could fall on a half of the last printed
 * decimal that it is just below (64.94996 -> 64.9500), and be rounded up a second time (65.0). There, and only there, the kept value is the
 * neighbour below (64.9499): every format that rounds it prints what the exact quotient rounds to, once.
 * @param shown printed decimals, 0..out_scale */
bool gb_dec_ratio_once(__int128 num, int num_scale, __int128 den, int den_scale, bool times100, int out_scale, int shown, int64_t *out);
/** 100 * (now - base) / |base| at GB_PCT_SCALE, printed with GB_PCT_SHOWN decimals. false when base = 0 or out of range. */
bool gb_dec_pct_change(int64_t now, int64_t base, int64_t *out);
/** Divide a 128-bit sum at some scale by a count, rounding half away from zero. */
bool gb_dec_div_round(__int128 num, __int128 den, int64_t *out);

/** Machine form: "-1234.5" with exactly `decimals` decimals after rounding from `scale`. @return bytes written (<= 40). */
size_t gb_dec_plain(int64_t v, int scale, int decimals, char *buf);
/** Machine form, shortest that is exact: trailing zeros of the stored scale dropped ("1234.5", "1200"). */
size_t gb_dec_exact(int64_t v, int scale, char *buf);
/** Vietnamese form "1.234,5", minus sign U+002D (TRUST.md 30, DOMAIN.md b). */
size_t gb_dec_vi(int64_t v, int scale, int decimals, char *buf);
/** For drawing only (chart coordinates), never for output of a figure. */
double gb_dec_to_double(int64_t v, int scale);
#endif
