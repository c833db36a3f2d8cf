/* Overdue is the same rule as in evaluation.c (gb_is_late). Gaps are sorted by age / length of period, compared by
 * cross-multiplication, so that a weekly figure two months old stands before a yearly one two years old.
 */
#include "evaluation/quality.h"
#include "evaluation/eval_int.h"
#include <stdlib.h>

struct newest {
    bool any;
    int32_t period;
    const struct gb_series *s;
    int64_t i;
};
struct sortable {
    struct gb_gap gap;
    int32_t days;
};

static struct newest newest_of(const struct gb_evaluation *ev, int indicator_i)
{
    struct newest n = { 0 };
    const struct gb_cube *cube = ev->cube;
    int32_t limit = gb_period_limit(ev, &ev->catalogue->indicator[indicator_i]);
    bool rebuilt = ev->catalogue->indicator[indicator_i].agg == GB_AGG_RATIO;
    for (int part = 0; part < ev->n_parts; part++) {
        size_t from, to;
        gb_series_range(cube, part, indicator_i, &from, &to);
        for (size_t k = from; k < to; k++) {
            const struct gb_series *s = &cube->series[k];
            int64_t i = gb_last_counting(s, limit);
            while (i >= 0 && ((s->delivery[i] == 0 && !rebuilt) || !gb_counts(s, i)))
                i--;
            if (i >= 0 && (!n.any || s->period[i] > n.period))
                n = (struct newest){ .any = true, .period = s->period[i], .s = s, .i = i };
        }
    }
    return n;
}

static int worst_first(const void *pa, const void *pb)
{
    const struct sortable *a = pa, *b = pb;
    if (a->gap.missing != b->gap.missing)
        return a->gap.missing ? -1 : 1;
    int64_t x = a->gap.missing ? 0 : (int64_t)a->gap.age_days * b->days,
            y = a->gap.missing ? 0 : (int64_t)b->gap.age_days * a->days;
    if (x != y)
        return x > y ? -1 : 1;
    return a->gap.indicator_i < b->gap.indicator_i ? -1 : a->gap.indicator_i > b->gap.indicator_i;
}

static void count(struct gb_agency_quality *q, const struct newest *n, bool overdue)
{
    q->n_due++;
    q->n_with_data += n->any;
    q->n_missing += !n->any;
    q->n_overdue += overdue;
}

static void finish(struct gb_agency_quality *q)
{
    q->pct_ok =
        gb_dec_ratio_once(q->n_with_data - q->n_overdue, 0, q->n_due, 0, true, GB_PCT_SCALE, GB_PCT_SHOWN, &q->ontime_pct);
    if (!q->pct_ok)
        q->ontime_pct = 0;
}

static void newest_delivery(struct gb_agency_quality *q, const struct gb_cube_delivery *d)
{
    if (gb_date_cmp(d->as_of, q->newest_as_of) > 0)
        q->newest_as_of = d->as_of;
    if (d->delivered_utc > q->newest_delivered_utc)
        q->newest_delivered_utc = d->delivered_utc;
}

struct gb_quality gb_quality(const struct gb_evaluation *ev, struct gb_arena *a)
{
    const struct gb_catalogue *c = ev->catalogue;
    struct gb_quality q = { .n_agencies = c->n_agencies,
                            .all = { .agency_i = -1 },
                            .conflict = ev->cube->conflict,
                            .n_conflicts = ev->cube->n_conflicts };
    q.agency = GB_NEW_N(a, (size_t)c->n_agencies, struct gb_agency_quality);
    q.gap = GB_NEW_N(a, (size_t)c->n_indicators, struct gb_gap);
    struct sortable *sort = GB_NEW_N(a, (size_t)c->n_indicators, struct sortable);
    for (int i = 0; i < c->n_agencies; i++)
        q.agency[i].agency_i = i;
    int root = c->locality.root_region;
    for (int i = 0; i < c->n_indicators; i++) {
        const struct gb_indicator *ind = &c->indicator[i];
        if (!gb_indicator_due(ind, ev->date) || root < 0 || (int)gb_indicator_part(ind) >= ev->n_parts)
            continue;
        struct newest n = newest_of(ev, i);
        int32_t age = n.any ? gb_age_days(ind, n.period, ev->date) : -1;
        int32_t days = n.any ? gb_period_days(ind->freq, n.period, ind->calendar) : 1;
        bool overdue = n.any && gb_is_late(ev->cube, n.s, n.i, gb_period_limit(ev, ind), ev->date);
        count(&q.all, &n, overdue);
        for (int k = 0; k < ind->n_owners; k++)
            count(&q.agency[ind->owner[k]], &n, overdue);
        if (!n.any || overdue)
            sort[q.n_gaps++] = (struct sortable){
                .days = days,
                .gap = { .indicator_i = i, .missing = !n.any, .period = n.any ? n.period : GB_PERIOD_NONE, .age_days = age }
            };
    }
    if (q.n_gaps > 1)
        qsort(sort, q.n_gaps, sizeof *sort, worst_first);
    for (size_t i = 0; i < q.n_gaps; i++)
        q.gap[i] = sort[i].gap;
    for (size_t i = 0; i < ev->cube->n_deliveries; i++) {
        const struct gb_cube_delivery *d = &ev->cube->delivery[i];
        newest_delivery(&q.all, d);
        if (d->agency_i >= 0)
            newest_delivery(&q.agency[d->agency_i], d);
    }
    finish(&q.all);
    for (int i = 0; i < c->n_agencies; i++)
        finish(&q.agency[i]);
    return q;
}
