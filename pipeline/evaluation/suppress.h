/* evaluation/suppress.h — small counts: which figures public and front do not get, so that none of 1 to k - 1 persons of one commune can be
 * read or worked out from what they do get (TRUST.md 38 to 41; DOMAIN.md c: 1 to 4 for persons, and the complementary cells).
 *
 * Of an indicator with small_count_k = k that is summed up, in each period:
 *   primary     every figure of a region below the root with 0 < n < k;
 *   secondary   the smallest others, until at least two are withheld and together they are k or more above what else is known of them (an
 *               earlier figure of a cumulative one; a part of it, by a rule `at-most`). Whoever subtracts all that is shown from
 *               the total then has for each of them an interval of k or more. When that cannot be had: all regions of the period;
 *               when even that would tell (a single region, or figures that were published before), the total.
 *   over time   what was withheld once stays so, and what a later night adds must protect itself by figures that were not published yet:
 *               the difference of two editions tells no more than each. Of a cumulative figure a region is withheld for the rest of the year.
 * A ratio or a mean follows its terms. An indicator with k that is made in another way shows nothing below the root.
 * Marks do not say which of them are primary.
 */
#ifndef GB_EVALUATION_SUPPRESS_H
#define GB_EVALUATION_SUPPRESS_H
#include "cube/cube.h"

/* What an earlier night's editions knew: deliveries up to a number that were handed over by its date. night {0}: there was none. */
struct gb_told { struct gb_date night; int64_t delivery; };

/** Set the masks and the list of what is withheld of a cube that is to be handed on.
 * @param cube    all parts, from a store or rolled up; gb_cube_set_masks and gb_cube_set_hidden have not been called
 * @param whole   the same rolled up (totals are needed); may be `cube`
 * @param kept    what earlier nights withheld, ascending by (indicator_i, period, region_i)
 * @param date    of the night: `since` of what it adds */
void gb_suppress(struct gb_cube *cube, const struct gb_cube *whole, const struct gb_cube_hidden *kept, size_t n_kept,
                 const struct gb_told *told, struct gb_date date);
#endif
