/* explain_quality.c — how far the figures of the indicator can be trusted on the day of the judgement: the score, and each of its seven parts
 * with its two counts (evaluation/dimensions.h), so that anybody can do the sum again. A doubt is a question to the agency, not a charge
 * (DOMAIN.md f): who hears of no delivery hears of none here. */
#include "app/explain.h"
#include "evaluation/dimensions.h"

static const char *pct_text(const struct gb_explain *x, int64_t pct)
{
    return gb_explain_number(x, pct, GB_PCT_SCALE, GB_PCT_SHOWN);
}

static void part(const struct gb_explain *x, const struct gb_parts *p, enum gb_dimension d)
{
    int64_t pct = GB_VALUE_MISSING;
    bool ok = gb_dimension_pct(p, d, &pct), alarm = ok && gb_dimension_alarm(p, d);
    int least = gb_dimension_least(d), weight = gb_dimension_weight(d);
    gb_tell_item(x->t);
    gb_tell_flag(x->t, "alarm", alarm);
    gb_tell_int(x->t, "count", p->n[d]);
    if (least)
        gb_tell_int(x->t, "least_pct", least);
    gb_tell_int(x->t, "of", p->of[d]);
    gb_tell_str(x->t, "part", gb_dimension_word(d));
    gb_tell_dec(x->t, "pct", ok ? pct : GB_VALUE_MISSING, GB_PCT_SCALE);
    gb_tell_int(x->t, "weight", weight);
    gb_tell_item_end(x->t);
    if (!ok) {
        gb_tell_text(x->t, 2, "%s: chưa có gì để tính, không vào điểm", gb_dimension_vi(d));
        return;
    }
    gb_tell_text(x->t, 2, "%s: %s%% (%s trên %s), trọng số %d%s%s", gb_dimension_vi(d), pct_text(x, pct),
                 gb_explain_number(x, p->n[d], 0, 0), gb_explain_number(x, p->of[d], 0, 0), weight,
                 least ? gb_sprintf(x->arena, "; mức yêu cầu %d%%", least) : "", alarm ? ", chưa đạt" : "");
}

void gb_explain_quality(const struct gb_explain *x)
{
    if (!x->inside || !gb_indicator_due(x->ind, x->ev->date) || x->ind->level == GB_AT_TASK)
        return;
    struct gb_dimensions d = gb_dimensions_of(x->ev, x->arena);
    const struct gb_parts *p = &d.indicator[x->indicator_i];
    int64_t score = GB_VALUE_MISSING;
    char vi[16], iso[16];
    gb_date_vi(x->ev->date, vi);
    gb_date_iso(x->ev->date, iso);
    bool ok = gb_quality_score(p, &score);
    gb_tell_part(x->t, "quality",
                 gb_sprintf(x->arena, "Chất lượng số liệu của chỉ số, mọi địa bàn, ngày %s: %s", vi,
                            ok ? gb_sprintf(x->arena, "%s điểm trên 100", pct_text(x, score)) : "chưa tính được"));
    gb_tell_str(x->t, "date", iso);
    gb_tell_dec(x->t, "score", ok ? score : GB_VALUE_MISSING, GB_PCT_SCALE);
    gb_tell_list(x->t, "parts");
    for (int k = 0; k < GB_DIM_N; k++)
        part(x, p, (enum gb_dimension)k);
    gb_tell_list_end(x->t);
    if (ok)
        gb_tell_text(x->t, 2, "điểm là trung bình có trọng số (đề xuất) của các phần tính được");
    if (x->ind->agg == GB_AGG_RATIO)
        gb_tell_text(x->t, 2, "tỷ lệ tính từ %s và %s: chất lượng của từng số xem ở giaoban explain của chúng",
                     x->c->indicator[x->ind->agg_num].code, x->c->indicator[x->ind->agg_den].code);
    gb_tell_part_end(x->t);
}
