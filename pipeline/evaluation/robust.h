/* evaluation/robust.h — the middle and the spread of a few values, in exact integers, so that one wild value moves neither.
 *
 * Median, and the median absolute deviation (MAD) as the robust spread: 1.4826 MAD estimates a standard deviation (Hampel, The Influence
 * Curve and its Role in Robust Estimation, JASA 69, 1974). One owner for all who ask whether a figure lies far out.
 */
#ifndef GB_EVALUATION_ROBUST_H
#define GB_EVALUATION_ROBUST_H
#include <stdbool.h>
#include <stdint.h>

#define GB_ROBUST_MAX 200 /* values at most */
/** Median of n values, the lower one of two in the middle: always a value that was there. Sorts v. */
int64_t gb_median(int64_t *v, int n);
/** |a - b| without overflow. */
uint64_t gb_distance(int64_t a, int64_t b);
/** Median absolute deviation from `mid` of n <= GB_ROBUST_MAX values. When more than half of them are the median itself, the mean deviation
 * in its stead, both as estimates of the same spread: 1.4826 MAD and 1.2533 mean deviations (Iglewicz & Hoaglin, How to Detect and
 * Handle Outliers, 1993). */
uint64_t gb_mad(const int64_t *v, int n, int64_t mid);
/** Is |x - mid| more than `times` robust standard deviations? With no spread at all nothing can be said: false. */
bool gb_far_out(int64_t x, int64_t mid, uint64_t mad, int times);
#endif
