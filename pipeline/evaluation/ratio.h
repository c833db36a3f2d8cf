/* evaluation/ratio.h — inside the evaluation room: the two terms of a root's ratio, of the same members.
 *
 * Two sums over different communes do not make a share: with two communes that told how much was done and one that told of how much, it came
 * to 120 %. Which terms are divided in a period in which the root has a value of both:
 *   both delivered      the two as they are
 *   both rolled up      where both are sums: of the members that have both, the denominator of the ratio's period, of another frequency the
 *                       latest of each member. Otherwise the two as they are if they are of the same members and of the same periods
 *   one of them         the two as they are if the rolled-up one is of every region of its level that exists in the period: a total that is
 *                       delivered is of all of them. Otherwise, where both are sums, those of the members that have both
 * else there is no ratio. Where some who see the ratio do not see its members (small counts), sums are taken of all the members of both terms or
 * not at all: beside the total of the one, the ratio of some of them would tell what the others delivered.
 */
#ifndef GB_EVALUATION_RATIO_H
#define GB_EVALUATION_RATIO_H
#include "evaluation/rollup.h"
#include "evaluation/sources.h"

struct gb_ratio_member {
    int region_i;
    bool num_source, den_source;       /* of the level of the term */
    const struct gb_series *num, *den; /* NULL when it never had a value */
};
struct gb_ratio {
    const struct gb_catalogue *c;
    const struct gb_indicator *ind;
    const struct gb_sources *src;
    struct gb_ratio_member *member; /* every region below the root of the level of a term */
    size_t n;
    bool sums, hidden; /* both terms are sums; some see the ratio and not the members */
};
/** @param cube  with the parts of the members, unless `hidden` comes out. Lives as long as arena, cube and src. */
void gb_ratio_init(struct gb_ratio *r, struct gb_arena *a, const struct gb_cube *cube, const struct gb_sources *src, int indicator_i);
/** Index of the denominator of a ratio's period: the same period, or the latest one of another frequency; -1 if there is none. */
int64_t gb_ratio_denominator(const struct gb_catalogue *c, const struct gb_indicator *ind, const struct gb_series *den, int32_t period);
/** The terms at the root, of its series `num` and `den` after roll-up (either may be NULL). t->formed says how, or that nothing is divided:
 * then the terms are the root's own. */
void gb_ratio_terms(const struct gb_ratio *r, const struct gb_series *num, const struct gb_series *den, int32_t period,
                    struct gb_rollup_terms *t);
#endif
