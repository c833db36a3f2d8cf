/* quality.c — the quality of the data as data: one row a part of each whole, agency, indicator, commune and day, for whoever counts on.
 *
 * The same counts as the report on quality (evaluation/dimensions.h, daily.h), over what this process may see: its cube holds nothing
 * else. A part with nothing to count has no row. Order of the catalogue, days ascending: same cube, same bytes.
 */
#include "base/csv.h"
#include "evaluation/consistency.h"
#include "evaluation/daily.h"
#include "render/render.h"

static void rows_of(struct gb_buf *out, const char *scope, const char *code, const struct gb_parts *p, bool sample)
{
    int64_t score = 0, pct = 0;
    const bool scored = gb_quality_score(p, &score);
    for (int d = 0; d < GB_DIM_N; d++) {
        if (!gb_dimension_pct(p, (enum gb_dimension)d, &pct))
            continue;
        gb_csv_code(out, true, scope);
        gb_csv_code(out, false, code);
        gb_csv_code(out, false, gb_dimension_word((enum gb_dimension)d));
        gb_csv_number(out, false, p->n[d], 0);
        gb_csv_number(out, false, p->of[d], 0);
        gb_csv_number(out, false, pct, GB_PCT_SCALE);
        if (scored)
            gb_csv_number(out, false, score, GB_PCT_SCALE);
        else
            gb_csv_empty(out, false);
        if (sample)
            gb_csv_text(out, false, "SỐ LIỆU MẪU");
        gb_csv_end(out);
    }
}

void gb_quality_csv(const struct gb_evaluation *ev, bool sample, struct gb_buf *out)
{
    static const char *const col[] = { "scope", "code", "dimension", "met", "of", "share", "score", "sample" };
    const struct gb_catalogue *c = ev->catalogue;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    const struct gb_dimensions d = gb_dimensions_of(ev, &a);
    const struct gb_quality_days q = gb_quality_days(ev, GB_CONSISTENCY_DAYS, &a);
    for (int i = 0; i < 7 + sample; i++)
        gb_csv_code(out, i == 0, col[i]);
    gb_csv_end(out);
    if (c->locality.root_region >= 0)
        rows_of(out, "whole", c->region[c->locality.root_region].code, &d.all, sample);
    for (int i = 0; i < c->n_agencies; i++)
        rows_of(out, "agency", c->agency[i].code, &d.agency[i], sample);
    for (int i = 0; i < c->n_indicators; i++)
        rows_of(out, "indicator", c->indicator[i].code, &d.indicator[i], sample);
    for (int i = 0; i < c->n_regions; i++)
        if (c->region[i].level == GB_AT_COMMUNE)
            rows_of(out, "commune", c->region[i].code, &d.region[i], sample);
    for (int i = 0; i < q.n; i++) {
        char iso[16];
        gb_date_iso(q.day[i].date, iso);
        rows_of(out, "day", iso, &q.day[i].parts, sample);
    }
    gb_arena_release(&a);
}
