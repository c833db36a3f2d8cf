/* explain_made.c — how the figure in force came about: delivered as it stands, or rolled up from which members with which weights, by which
 * formula, with what missing; why there is none; what was lost in rounding; which rules of consistency speak of it. */
#include "app/explain.h"
#include "document/describe.h"
#include "evaluation/breaks.h"
#include "evaluation/consistency.h"
#include "evaluation/rollup.h"
#include "evaluation/sources.h"
#include <stdlib.h>

struct member {
    int region_i;
    struct gb_rollup_terms terms;
    bool expected, whole; /* exists in the period and ever reported; goes into the figure */
};
struct members {
    const struct gb_explain *x;
    struct member *v;
    size_t n;
    int n_num, n_den;                 /* places with each term */
    int n_whole, n_expected, n_never; /* never: exist, and have never reported the indicator */
    __int128 sum, weights;
};

static const struct gb_series *series_of(const struct gb_explain *x, int indicator_i, int region_i)
{
    return gb_cube_series(x->cube, indicator_i, region_i);
}

static bool has_two_terms(const struct gb_indicator *ind)
{
    return ind->agg == GB_AGG_RATIO || ind->agg == GB_AGG_WEIGHTED_MEAN;
}

static int by_size(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    if (x->whole != y->whole)
        return x->whole ? -1 : 1;
    int64_t p = x->terms.num == GB_VALUE_MISSING ? 0 : x->terms.num, q = y->terms.num == GB_VALUE_MISSING ? 0 : y->terms.num;
    if (p != q)
        return llabs(p) > llabs(q) ? -1 : 1;
    return x->region_i < y->region_i ? -1 : x->region_i > y->region_i;
}

static bool ever_told(const struct gb_explain *x, int indicator_i, int region_i)
{
    const struct gb_series *s = series_of(x, indicator_i, region_i);
    return s && gb_series_any(s);
}

/* Members of the root's figure: of a ratio those of the level of a term, as evaluation/ratio.h counts them, else by its own. */
static struct members members_of(const struct gb_explain *x)
{
    const struct gb_catalogue *c = x->c;
    struct gb_sources src;
    struct members m = { .x = x };
    int32_t from = gb_date_to_days(gb_period_start(x->freq, x->period, x->ind->calendar)),
            to = gb_date_to_days(gb_period_end(x->freq, x->period, x->ind->calendar));
    bool ratio = x->ind->agg == GB_AGG_RATIO && x->ind->agg_num >= 0 && x->ind->agg_den >= 0;
    int by = ratio ? x->ind->agg_num : x->indicator_i, also = ratio ? x->ind->agg_den : by;
    gb_sources_init(&src, x->arena, c);
    m.v = GB_NEW_N(x->arena, (size_t)c->n_regions + 1, struct member);
    for (int r = 0; r < c->n_regions; r++) {
        bool is_num = gb_is_source(&src, by, r), is_den = gb_is_source(&src, also, r);
        if (!is_num && !is_den)
            continue;
        struct member k = { .region_i = r, .terms = gb_rollup_terms(x->cube, x->indicator_i, r, x->period) };
        bool ever = (is_num && ever_told(x, by, r)) || (is_den && ever_told(x, also, r)), here = gb_exists_in(&src, r, from, to);
        bool num = k.terms.num != GB_VALUE_MISSING, den = k.terms.den != GB_VALUE_MISSING;
        m.n_num += num;
        m.n_den += den;
        k.whole = num && (den || !has_two_terms(x->ind));
        k.expected = k.whole || (ever && here);
        m.n_never += here && !ever;
        if (!k.expected)
            continue;
        m.n_expected++;
        m.n_whole += k.whole;
        if (k.whole && x->ind->agg == GB_AGG_WEIGHTED_MEAN) {
            m.sum += (__int128)k.terms.num * k.terms.den;
            m.weights += k.terms.den;
        } else if (k.whole && num) {
            m.sum += k.terms.num;
        }
        m.v[m.n++] = k;
    }
    if (!x->app->args.all && !x->t->json && m.n)
        qsort(m.v, m.n, sizeof *m.v, by_size);
    return m;
}

/* ---- members ---- */

static const char *den_note(const struct gb_explain *x, const struct gb_rollup_terms *t)
{
    char iso[24];
    if (t->den == GB_VALUE_MISSING || (x->c->indicator[t->den_i].freq == x->freq && t->den_period == x->period))
        return "";
    gb_period_iso(x->c->indicator[t->den_i].freq, t->den_period, iso);
    return gb_sprintf(x->arena, "%s%s", t->den_summed ? " cộng các kỳ đến " : " kỳ ", iso);
}

static void tell_terms(const struct gb_explain *x, int region_i, const struct gb_rollup_terms *t)
{
    const char *name = gb_region_name(x->c, region_i, gb_app_date(x->app));
    const struct gb_indicator *num = &x->c->indicator[t->num_i], *den = t->den_i >= 0 ? &x->c->indicator[t->den_i] : NULL;
    bool ratio = t->num_i != x->indicator_i;
    gb_tell_str(x->t, "region", x->c->region[region_i].code);
    gb_tell_str(x->t, "name", name);
    gb_tell_dec(x->t, ratio ? "numerator" : "value", t->num, num->scale);
    if (t->num != GB_VALUE_MISSING)
        gb_tell_status(x->t, "status", t->num_status);
    if (den) {
        gb_tell_dec(x->t, ratio ? "denominator" : "weight", t->den, den->scale);
        if (t->den != GB_VALUE_MISSING)
            gb_tell_period(x->t, ratio ? "denominator_period" : "weight_period", den->freq, t->den_period);
    }
    gb_tell_text(x->t, 2, "%s %s: %s%s%s%s%s", x->c->region[region_i].code, name, ratio ? "tử số " : "",
                 gb_explain_value(x, t->num_i, t->num, t->num_status), den ? (ratio ? "; mẫu số " : "; trọng số ") : "",
                 den ? gb_explain_value(x, t->den_i, t->den, t->den_status) : "", den ? den_note(x, t) : "");
}

/* " (chỉ có tử số)": why a place that did report is left out. */
static const char *lacks(const struct gb_explain *x, const struct gb_rollup_terms *t)
{
    bool num = t->num != GB_VALUE_MISSING, den = t->den != GB_VALUE_MISSING;
    if (!has_two_terms(x->ind) || num == den)
        return "";
    if (x->ind->agg == GB_AGG_WEIGHTED_MEAN)
        return num ? " (chưa có trọng số)" : "";
    return num ? " (chỉ có tử số)" : " (chỉ có mẫu số)";
}

static void tell_missing(const struct members *m)
{
    const struct gb_explain *x = m->x;
    size_t n = 0;
    struct gb_buf list = { 0 };
    gb_tell_list(x->t, "missing");
    for (size_t i = 0; i < m->n; i++) {
        if (m->v[i].whole)
            continue;
        if (x->t->json)
            gb_json_str(&x->t->j, NULL, x->c->region[m->v[i].region_i].code);
        if (n++ < GB_EXPLAIN_SHOWN || x->app->args.all)
            gb_buf_addf(&list, "%s%s %s%s", list.n ? ", " : "", x->c->region[m->v[i].region_i].code,
                        gb_region_name(x->c, m->v[i].region_i, gb_app_date(x->app)), lacks(x, &m->v[i].terms));
    }
    gb_tell_list_end(x->t);
    gb_tell_list(x->t, "left_out");
    for (size_t i = 0; i < m->n; i++)
        if (!m->v[i].whole && *lacks(x, &m->v[i].terms)) {
            gb_tell_item(x->t);
            gb_tell_str(x->t, "region", x->c->region[m->v[i].region_i].code);
            gb_tell_str(x->t, "lacks",
                        m->v[i].terms.num == GB_VALUE_MISSING ? "numerator"
                        : x->ind->agg == GB_AGG_RATIO         ? "denominator"
                                                              : "weight");
            gb_tell_item_end(x->t);
        }
    gb_tell_list_end(x->t);
    if (n)
        gb_tell_text(x->t, 2, "thiếu %zu nơi đã từng có số: %s%s", n, list.p,
                     n > GB_EXPLAIN_SHOWN && !x->app->args.all
                         ? gb_sprintf(x->arena, " và %zu nơi khác (--all)", n - GB_EXPLAIN_SHOWN)
                         : "");
    gb_buf_release(&list);
}

static void tell_members(const struct members *m)
{
    const struct gb_explain *x = m->x;
    struct gb_tell *t = x->t;
    size_t shown = 0, whole = (size_t)m->n_whole;
    gb_tell_int(t, "members_present", m->n_whole);
    gb_tell_int(t, "members_expected", m->n_expected);
    gb_tell_int(t, "members_never", m->n_never);
    gb_tell_text(t, 0, "Tổng hợp từ %d trên %d nơi đã từng có số%s:", m->n_whole, m->n_expected,
                 m->n_never ? gb_sprintf(x->arena, " (%d nơi khác chưa từng giao)", m->n_never) : "");
    gb_tell_list(t, "members");
    for (size_t i = 0; i < m->n; i++) {
        if (!m->v[i].whole)
            continue;
        if (!t->json && !x->app->args.all && shown == GB_EXPLAIN_SHOWN)
            break;
        shown++;
        gb_tell_item(t);
        tell_terms(x, m->v[i].region_i, &m->v[i].terms);
        gb_tell_item_end(t);
    }
    gb_tell_list_end(t);
    if (!t->json && whole > shown)
        gb_tell_text(t, 2, "và %zu nơi khác (--all liệt kê đủ)", whole - shown);
    tell_missing(m);
    if (x->ind->agg == GB_AGG_RATIO && (m->n_num > m->n_whole || m->n_den > m->n_whole))
        gb_tell_text(t, 2, "lưu ý: tử số có ở %d nơi, mẫu số có ở %d nơi; tỷ lệ chỉ tính ở %d nơi có cả hai", m->n_num, m->n_den,
                     m->n_whole);
}

/* Statuses of the members, when they are what makes the whole's: "165 số sơ bộ (P)". */
static void tell_status_reason(const struct members *m, char status)
{
    const struct gb_explain *x = m->x;
    int n[128] = { 0 };
    for (size_t i = 0; i < m->n; i++)
        if (m->v[i].whole) {
            n[(unsigned char)m->v[i].terms.num_status & 127]++;
            if (has_two_terms(x->ind) && m->v[i].terms.den_status != 'A')
                n[(unsigned char)m->v[i].terms.den_status & 127]++;
        }
    int other = 0;
    for (int k = 0; k < 128; k++)
        other += k && k != 'A' ? n[k] : 0;
    if (status == 'A')
        return;
    gb_tell_text(
        x->t, 2, "mã trạng thái %c vì: %s%s%s", status,
        other ? gb_sprintf(x->arena, "%d số thành phần chưa phải số chính thức (P %d, E %d, F %d)", other, n['P'], n['E'], n['F'])
              : "",
        other && m->n_whole < m->n_expected ? "; " : "", m->n_whole < m->n_expected ? "chưa đủ các nơi đã từng có số" : "");
}

/* ---- formula and rounding ---- */

/* Quotient with nine decimals: as much of the unrounded figure as fits. */
static bool quotient(const struct gb_explain *x, const struct members *m, int64_t *out, int64_t *num, int64_t *den)
{
    const struct gb_indicator *ind = x->ind;
    if (ind->agg == GB_AGG_RATIO) {
        struct gb_rollup_terms t = gb_rollup_terms(x->cube, x->indicator_i, x->region_i, x->period);
        if (t.num == GB_VALUE_MISSING || t.den == GB_VALUE_MISSING)
            return false;
        *num = t.num, *den = t.den;
        return gb_dec_ratio(t.num, x->c->indicator[t.num_i].scale, t.den, x->c->indicator[t.den_i].scale, ind->is_percent,
                            GB_SCALE_MAX, out);
    }
    __int128 d = ind->agg == GB_AGG_WEIGHTED_MEAN ? m->weights : ind->agg == GB_AGG_MEAN ? m->n_whole : 0;
    return d > 0 && gb_dec_div_round(m->sum, 1, num) && gb_dec_div_round(d, 1, den) &&
           gb_dec_ratio(m->sum, ind->scale, d, 0, false, GB_SCALE_MAX, out);
}

static void tell_weighing(const struct members *m)
{
    const struct gb_explain *x = m->x;
    const struct gb_indicator *by = &x->c->indicator[x->ind->agg_den];
    int64_t sum, weights;
    int scale = x->ind->scale + by->scale;
    if (scale > GB_SCALE_MAX || !gb_dec_div_round(m->sum, 1, &sum) || !gb_dec_div_round(m->weights, 1, &weights))
        return;
    gb_tell_str(x->t, "weight_indicator", by->code);
    gb_tell_dec(x->t, "weighted_sum", sum, scale);
    gb_tell_dec(x->t, "weights", weights, by->scale);
    gb_tell_text(x->t, 2, "tổng (giá trị × trọng số) %s", gb_explain_number(x, sum, scale, scale));
    gb_tell_text(x->t, 2, "tổng trọng số (%s) %s %s", by->name_vi, gb_explain_number(x, weights, by->scale, by->scale),
                 by->unit_vi);
}

/* @return is it of members, and not of a total that was delivered? */
static bool tell_ratio(const struct gb_explain *x)
{
    struct gb_rollup_terms t = gb_rollup_terms(x->cube, x->indicator_i, x->region_i, x->period);
    if (t.num_i < 0 || t.den_i < 0)
        return false;
    gb_tell_part(x->t, "ratio", NULL);
    gb_tell_str(x->t, "numerator_indicator", x->c->indicator[t.num_i].code);
    gb_tell_str(x->t, "denominator_indicator", x->c->indicator[t.den_i].code);
    gb_tell_text(x->t, 0, "Tính bằng %s chia cho %s%s:", x->c->indicator[t.num_i].name_vi, x->c->indicator[t.den_i].name_vi,
                 x->ind->is_percent ? ", nhân 100" : "");
    tell_terms(x, x->region_i, &t);
    gb_tell_str(x->t, "formed", t.formed == GB_FORMED_COMMON ? "common" : t.formed == GB_FORMED_DELIVERED ? "delivered" : "all");
    if (t.formed == GB_FORMED_COMMON && t.n_both < t.n_expected)
        gb_tell_text(x->t, 2, "hai tổng này chỉ gồm %lld nơi có cả tử số và mẫu số", (long long)t.n_both);
    gb_tell_text(x->t, 2, "gốc của tử số: %s", gb_explain_next(x, t.num_i, x->region_i, x->period));
    if (t.den != GB_VALUE_MISSING)
        gb_tell_text(x->t, 2, "gốc của mẫu số: %s", gb_explain_next(x, t.den_i, x->region_i, t.den_period));
    gb_tell_part_end(x->t);
    return t.n_expected > 0;
}

static void tell_rounding(const struct gb_explain *x, const struct members *m, int64_t value, bool made)
{
    const struct gb_indicator *ind = x->ind;
    int64_t exact, num, den, published, lost;
    gb_tell_part(x->t, "rounding", NULL);
    gb_tell_int(x->t, "stored_decimals", ind->scale);
    gb_tell_int(x->t, "published_decimals", ind->decimals);
    bool divided = made && quotient(x, m, &exact, &num, &den);
    if (divided)
        gb_tell_dec(x->t, "unrounded", exact, GB_SCALE_MAX);
    if (!gb_dec_rescale(value, ind->scale, ind->decimals, &published)) {
        gb_tell_part_end(x->t);
        return;
    }
    gb_tell_dec(x->t, "published", published, ind->decimals);
    const char *before = divided ? gb_sprintf(x->arena, "%s… ", gb_explain_number(x, exact, GB_SCALE_MAX, GB_SCALE_MAX)) : "";
    bool changes = ind->decimals < ind->scale && gb_dec_rescale(published, ind->decimals, ind->scale, &lost) && lost != value;
    gb_tell_text(x->t, 0, "Làm tròn: %s%slưu %s (%d số lẻ), in %s (%d số lẻ%s)", before, divided ? "→ " : "",
                 gb_explain_number(x, value, ind->scale, ind->scale), ind->scale,
                 gb_explain_number(x, value, ind->scale, ind->decimals), ind->decimals,
                 changes ? gb_sprintf(x->arena, ", làm tròn %s%s", lost > value ? "+" : "",
                                      gb_explain_number(x, lost - value, ind->scale, ind->scale))
                         : ", không mất gì");
    gb_tell_part_end(x->t);
}

/* ---- no figure ---- */

/* Why a period of the root is empty: what the roll-up needed and did not have. */
static const char *why_not_rolled(const struct gb_explain *x, const struct members *m)
{
    const struct gb_indicator *ind = x->ind;
    if (ind->computed)
        return "giaoban tính từ các bản giao nộp, mà đến hết ngày ấy chưa có gì để tính";
    if (ind->agg == GB_AGG_NONE)
        return "danh mục không cho tổng hợp chỉ số này: phải do cơ quan giao cho cả địa bàn";
    if (ind->agg == GB_AGG_RATIO) {
        struct gb_rollup_terms t = gb_rollup_terms(x->cube, x->indicator_i, x->region_i, x->period);
        const struct gb_indicator *num = &x->c->indicator[ind->agg_num], *den = &x->c->indicator[ind->agg_den];
        if (t.num == GB_VALUE_MISSING)
            return gb_sprintf(x->arena, "tỷ lệ tính từ tử số và mẫu số, mà tử số (%s) kỳ này chưa có", num->code);
        if (t.den == GB_VALUE_MISSING)
            return gb_sprintf(x->arena, "tỷ lệ tính từ tử số và mẫu số, mà mẫu số (%s) kỳ này chưa có", den->code);
        if (t.formed == GB_FORMED_NONE)
            return "tử số và mẫu số không có ở cùng những nơi: chia hai tổng ấy cho nhau sẽ sai";
        if (t.den == 0)
            return gb_sprintf(x->arena, "mẫu số (%s) bằng 0: không có tỷ lệ", den->code);
        return "kết quả vượt quá khả năng lưu số";
    }
    if (m->n == 0)
        return "chưa nơi nào cấp dưới từng giao chỉ số này";
    if (m->n_whole == 0 && ind->agg == GB_AGG_WEIGHTED_MEAN)
        for (size_t i = 0; i < m->n; i++)
            if (m->v[i].terms.num != GB_VALUE_MISSING)
                return gb_sprintf(x->arena, "có số của cấp dưới nhưng chưa có trọng số (%s)", x->c->indicator[ind->agg_den].code);
    if (m->n_whole == 0)
        return gb_sprintf(x->arena, "0 trên %d nơi đã từng có số giao kỳ này", m->n_expected);
    if (ind->agg == GB_AGG_LAST && m->n_whole > 0)
        return "lấy số của nơi giao duy nhất, mà có nhiều nơi giao: không rõ nơi nào là sau cùng";
    if (ind->agg == GB_AGG_WEIGHTED_MEAN && m->weights == 0)
        return "tổng trọng số bằng 0: không có bình quân";
    return "kết quả vượt quá khả năng lưu số";
}

static void tell_empty(const struct gb_explain *x, const struct members *m, const struct gb_series *s, int64_t i)
{
    const char *why;
    char iso[24];
    if (i >= 0)
        why = "cơ quan giao mã M: đã báo là không có số liệu kỳ này";
    else if (gb_date_to_days(gb_period_start(x->freq, x->period, x->ind->calendar)) > gb_date_to_days(gb_app_date(x->app)))
        why = "kỳ này chưa đến";
    else if (x->region_i != x->c->locality.root_region)
        why = "chưa giao nộp; số của từng nơi không tổng hợp từ nơi khác";
    else
        why = why_not_rolled(x, m);
    gb_tell_dec(x->t, "value", GB_VALUE_MISSING, 0);
    gb_tell_str(x->t, "why_empty", why);
    gb_tell_text(x->t, 0, "Con số đang dùng: chưa có số liệu kỳ này: %s", why);
    int64_t last = s ? gb_series_last(s, x->period) : -1;
    if (last >= 0) {
        gb_period_iso(x->freq, s->period[last], iso);
        gb_tell_str(x->t, "last_period", iso);
        gb_tell_text(x->t, 2, "kỳ trước đó gần nhất có số: %s, %s", iso,
                     gb_explain_value(x, x->indicator_i, s->value[last], s->status[last]));
    }
}

/* ---- what must agree ---- */

static bool speaks_of(const struct gb_consistency *k, int indicator_i)
{
    if (k->indicator_i == indicator_i)
        return true;
    for (int i = 0; i < k->n_others; i++)
        if (k->other[i] == indicator_i)
            return true;
    return false;
}

static void tell_rules(const struct gb_explain *x)
{
    struct gb_consistency_found f = gb_consistency_of(x->ev, x->arena);
    bool head = false;
    gb_tell_list(x->t, "consistency");
    for (int r = 0; r < x->c->n_consistency; r++) {
        const struct gb_consistency *k = &x->c->consistency[r];
        const struct gb_indicator *of = &x->c->indicator[k->indicator_i];
        const struct gb_inconsistency *broken = NULL;
        if (!speaks_of(k, x->indicator_i))
            continue;
        for (size_t i = 0; i < f.n && !broken; i++)
            if (f.v[i].rule_i == r && of->freq == x->freq && f.v[i].period == x->period && f.v[i].region_i == x->region_i)
                broken = &f.v[i];
        if (!head)
            gb_tell_text(x->t, 0, "Phép đối chiếu có chỉ số này:");
        head = true;
        gb_tell_item(x->t);
        gb_tell_str(x->t, "rule", gb_consistency_word(k->kind));
        gb_tell_str(x->t, "indicator", of->code);
        gb_tell_int(x->t, "line", k->line);
        gb_tell_flag(x->t, "broken", broken != NULL);
        if (broken) {
            gb_tell_dec(x->t, "stated", broken->stated, of->scale);
            gb_tell_dec(x->t, "other", broken->other, of->scale);
        }
        gb_tell_item_end(x->t);
        gb_tell_text(
            x->t, 2, "%s (consistency.csv, dòng %d, %s): %s", of->code, k->line, gb_consistency_word(k->kind),
            broken ? gb_sprintf(x->arena, "kỳ này LỆCH, %s: giao %s, theo các số kia %s", gb_consistency_vi(k->kind),
                                gb_explain_number(x, broken->stated, of->scale, of->decimals),
                                gb_explain_number(x, broken->other, of->scale, of->decimals))
                   : gb_sprintf(x->arena, "kỳ này không thấy lệch (một năm qua so %u lần, lệch %u)", f.compared[r], f.broken[r]));
    }
    gb_tell_list_end(x->t);
}

/* Old areas that became this one, and their shares: what a comparison over the break stands on. */
static void tell_bridges(const struct gb_explain *x)
{
    char day[16];
    gb_tell_list(x->t, "bridges");
    for (int i = 0; i < x->c->n_bridges; i++) {
        const struct gb_bridge *b = &x->c->bridge[i];
        if (b->new_region != x->region_i)
            continue;
        gb_date_vi(b->from, day);
        gb_tell_item(x->t);
        gb_tell_str(x->t, "old_region", x->c->region[b->old_region].code);
        gb_tell_dec(x->t, "share", b->weight, 6);
        gb_tell_item_end(x->t);
        gb_tell_text(x->t, 0, "Địa bàn từ %s gồm %s%% của %s %s (bridges.csv, dòng %d)", day,
                     gb_explain_number(x, b->weight, 4, 2), x->c->region[b->old_region].code,
                     gb_region_name(x->c, b->old_region, b->from), b->line);
    }
    gb_tell_list_end(x->t);
}

static void tell_made(const struct gb_explain *x, const struct members *m, char status)
{
    gb_tell_str(x->t, "method", gb_aggregation_word(x->arena, x->c, x->ind));
    gb_tell_text(x->t, 2, "cách tổng hợp: %s", gb_aggregation_vi(x->arena, x->c, x->ind));
    bool of_members = x->ind->agg != GB_AGG_RATIO || (tell_ratio(x) && m->n_whole > 0); /* or this reader does not see them */
    if (of_members) {
        tell_members(m);
        tell_status_reason(m, status);
    }
    if (x->ind->agg == GB_AGG_WEIGHTED_MEAN)
        tell_weighing(m);
}

void gb_explain_figure(const struct gb_explain *x)
{
    const struct gb_series *s = series_of(x, x->indicator_i, x->region_i);
    int64_t i = s ? gb_series_at(s, x->period) : -1;
    bool made = i >= 0 && s->delivery[i] == 0, root = x->region_i == x->c->locality.root_region;
    struct members m = root ? members_of(x) : (struct members){ .x = x };
    gb_tell_part(x->t, "figure", "");
    gb_tell_str(x->t, "origin",
                i < 0 || s->value[i] == GB_VALUE_MISSING ? "none"
                : x->ind->computed && made               ? "computed"
                : made                                   ? "rolled-up"
                                                         : "delivered");
    if (i < 0 || s->value[i] == GB_VALUE_MISSING) {
        tell_empty(x, &m, s, i);
    } else {
        gb_tell_dec(x->t, "value", s->value[i], x->ind->scale);
        gb_tell_status(x->t, "status", s->status[i]);
        gb_tell_text(x->t, 0, "Con số đang dùng: %s — %s", gb_explain_value(x, x->indicator_i, s->value[i], s->status[i]),
                     made && x->ind->computed ? "giaoban tính từ các bản giao nộp đã có đến hết ngày ấy"
                     : made                   ? "tổng hợp từ cấp dưới"
                     : x->inside              ? gb_sprintf(x->arena, "giao nộp nguyên số, bản %d", (int)s->delivery[i])
                                              : "giao nộp nguyên số");
        if (made && !x->ind->computed)
            tell_made(x, &m, s->status[i]);
        tell_rounding(x, &m, s->value[i], made && !x->ind->computed);
    }
    tell_rules(x);
    tell_bridges(x);
    gb_tell_part_end(x->t);
}
