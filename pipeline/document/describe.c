/* describe.c — the catalogue's properties as sentences. Limits are printed without trailing zeros: a threshold of 90 at scale 2 is
 * "90", while 97.5 stays "97,5". */
#include "document/describe.h"

const char *gb_direction_vi(enum gb_direction d)
{
    switch (d) {
    case GB_UP_GOOD: return "càng cao càng tốt";
    case GB_DOWN_GOOD: return "càng thấp càng tốt";
    case GB_BAND: return "trong khoảng cho phép là tốt";
    case GB_NEUTRAL: return "không đánh giá";
    }
    gb_bug("direction");
}

const char *gb_direction_word(enum gb_direction d)
{
    switch (d) {
    case GB_UP_GOOD: return "up-good";
    case GB_DOWN_GOOD: return "down-good";
    case GB_BAND: return "band";
    case GB_NEUTRAL: return "neutral";
    }
    gb_bug("direction");
}

const char *gb_frequency_of_vi(const struct gb_indicator *ind)
{
    bool admin = ind->calendar == GB_CAL_ADMIN;
    switch (ind->freq) {
    case GB_FREQ_YEAR: return !admin ? "hằng năm, theo dương lịch" : "hằng năm, kỳ hành chính (từ 15/12 năm trước đến 14/12)";
    case GB_FREQ_QUARTER:
        return !admin ? "hằng quý, theo dương lịch"
                      : "hằng quý, kỳ hành chính (từ ngày 15 của tháng trước quý đến ngày 14 của tháng cuối quý)";
    case GB_FREQ_MONTH:
        return !admin ? "hằng tháng, theo dương lịch" : "hằng tháng, kỳ hành chính (từ ngày 15 tháng trước đến ngày 14)";
    case GB_FREQ_WEEK:
    case GB_FREQ_DAY:
    case GB_FREQ_HOUR: return gb_freq_vi(ind->freq);
    }
    gb_bug("frequency");
}

const char *gb_calendar_vi(const struct gb_indicator *ind)
{
    if (!gb_freq_has_calendar(ind->freq))
        return "";
    return ind->calendar == GB_CAL_ADMIN ? "kỳ hành chính" : "dương lịch";
}

/* ---- numbers ---------------------------------------------------------------------------------------------------------- */

static void number(struct gb_buf *b, const struct gb_indicator *ind, int64_t v)
{
    char text[48];
    int decimals = ind->scale;
    for (int64_t rest = v; decimals > 0 && rest % 10 == 0; rest /= 10)
        decimals--;
    gb_buf_add(b, text, gb_dec_vi(v, ind->scale, decimals, text));
}

static bool unit_is_name(const struct gb_indicator *ind)
{
    return gb_streq(ind->unit_vi, "chỉ số") || gb_streq(ind->unit_vi, "pH") || gb_streq(ind->unit_vi, "AQI");
}

static void unit(struct gb_buf *b, const struct gb_indicator *ind)
{
    if (!unit_is_name(ind))
        gb_buf_addf(b, "%s%s", ind->is_percent ? "" : " ", ind->unit_vi);
}

static void limit(struct gb_buf *b, const struct gb_indicator *ind, const struct gb_threshold *t)
{
    bool low_open = ind->has_min && t->lo <= ind->valid_min, high_open = ind->has_max && t->hi >= ind->valid_max;
    switch (ind->direction) {
    case GB_UP_GOOD:
        gb_buf_adds(b, "dưới ");
        number(b, ind, t->lo);
        break;
    case GB_DOWN_GOOD:
        gb_buf_adds(b, "từ ");
        number(b, ind, t->lo);
        break;
    case GB_BAND:
        gb_buf_adds(b, low_open ? "trên " : high_open ? "dưới " : "ngoài khoảng ");
        number(b, ind, low_open ? t->hi : t->lo);
        if (!low_open && !high_open) {
            gb_buf_adds(b, " đến ");
            number(b, ind, t->hi);
        }
        break;
    case GB_NEUTRAL: gb_bug("a neutral indicator has no limits");
    }
    unit(b, ind);
    if (ind->direction == GB_DOWN_GOOD)
        gb_buf_adds(b, " trở lên");
}

const char *gb_steps_vi(struct gb_arena *a, const struct gb_indicator *ind)
{
    if (!ind->has_steps || ind->direction == GB_NEUTRAL)
        return "";
    struct gb_buf b = { 0 };
    for (int i = 0; i < GB_N_STEPS; i++) {
        const struct gb_threshold *t = &ind->step[i], *before = i ? &ind->step[i - 1] : NULL;
        if (!t->set || (before && before->set && before->lo == t->lo && before->hi == t->hi))
            continue;
        gb_buf_addf(&b, "%s%s: ", b.n ? "; " : "", gb_state_vi((enum gb_state)(GB_WATCH + i)));
        limit(&b, ind, t);
    }
    char *s = gb_buf_copy(a, &b);
    gb_buf_release(&b);
    return s;
}

const char *gb_steps_basis_vi(const struct gb_indicator *ind)
{
    return !ind->has_steps       ? "không đánh giá"
           : ind->steps_are_norm ? "theo văn bản quy định"
                                 : "ngưỡng đề xuất, chờ cơ quan chủ trì quyết định";
}

const char *gb_steps_basis_word(const struct gb_indicator *ind)
{
    return !ind->has_steps ? "" : ind->steps_are_norm ? "norm" : "proposed";
}

const char *gb_bounds_vi(struct gb_arena *a, const struct gb_indicator *ind)
{
    if (!ind->has_min && !ind->has_max)
        return "";
    struct gb_buf b = { 0 };
    if (ind->has_min) {
        gb_buf_adds(&b, "từ ");
        number(&b, ind, ind->valid_min);
    }
    if (ind->has_max) {
        gb_buf_adds(&b, ind->has_min ? " đến " : "đến ");
        number(&b, ind, ind->valid_max);
    }
    unit(&b, ind);
    if (!ind->has_max)
        gb_buf_adds(&b, " trở lên");
    char *s = gb_buf_copy(a, &b);
    gb_buf_release(&b);
    return s;
}

/* ---- place, sum, owner ------------------------------------------------------------------------------------------------- */

const char *gb_level_kind_vi(enum gb_level_kind level)
{
    switch (level) {
    case GB_AT_COUNTRY: return "cả nước";
    case GB_AT_PROVINCE: return "tỉnh, thành phố";
    case GB_AT_DISTRICT: return "huyện";
    case GB_AT_COMMUNE: return "xã, phường";
    case GB_AT_POINT: return "điểm đo";
    case GB_AT_TASK: return "nhiệm vụ của kế hoạch";
    }
    gb_bug("level");
}

const char *gb_level_kind_word(enum gb_level_kind level)
{
    static const char *const words[] = { "country", "province", "district", "commune", "point", "task" };
    gb_assert(level <= GB_AT_TASK);
    return words[level];
}

const char *gb_aggregation_vi(struct gb_arena *a, const struct gb_catalogue *c, const struct gb_indicator *ind)
{
    switch (ind->agg) {
    case GB_AGG_NONE: return "không tổng hợp từ cấp dưới, chỉ nhận số của toàn địa phương";
    case GB_AGG_SUM: return "cộng các địa bàn";
    case GB_AGG_MEAN: return "trung bình các địa bàn";
    case GB_AGG_MAX: return "giá trị lớn nhất trong các địa bàn";
    case GB_AGG_MIN: return "giá trị nhỏ nhất trong các địa bàn";
    case GB_AGG_LAST: return "giá trị mới nhất trong các địa bàn";
    case GB_AGG_WEIGHTED_MEAN:
        return ind->agg_den < 0 ? "trung bình có quyền số"
                                : gb_sprintf(a, "trung bình có quyền số là %s", c->indicator[ind->agg_den].name_vi);
    case GB_AGG_RATIO:
        return ind->agg_num < 0 || ind->agg_den < 0
                   ? "tỷ lệ tính lại từ tổng"
                   : gb_sprintf(a, "tính lại từ tổng: %s chia cho %s", c->indicator[ind->agg_num].name_vi,
                                c->indicator[ind->agg_den].name_vi);
    }
    gb_bug("aggregation");
}

const char *gb_aggregation_word(struct gb_arena *a, const struct gb_catalogue *c, const struct gb_indicator *ind)
{
    static const char *const words[] = { "none", "sum", "mean", "weighted-mean", "max", "min", "last", "ratio" };
    gb_assert(ind->agg <= GB_AGG_RATIO);
    if (ind->agg == GB_AGG_WEIGHTED_MEAN && ind->agg_den >= 0)
        return gb_sprintf(a, "%s:%s", words[ind->agg], c->indicator[ind->agg_den].code);
    if (ind->agg == GB_AGG_RATIO && ind->agg_num >= 0 && ind->agg_den >= 0)
        return gb_sprintf(a, "%s:%s/%s", words[ind->agg], c->indicator[ind->agg_num].code, c->indicator[ind->agg_den].code);
    return words[ind->agg];
}

const char *gb_flow_vi(enum gb_flow f)
{
    switch (f) {
    case GB_FLOW_RATE: return "tỷ lệ, mức độ; không cộng theo thời gian";
    case GB_FLOW_STOCK: return "số tại cuối kỳ";
    case GB_FLOW_FLOW: return "số phát sinh trong kỳ";
    case GB_FLOW_CUMULATIVE: return "lũy kế từ đầu năm";
    }
    gb_bug("flow");
}

const char *gb_flow_word(enum gb_flow f)
{
    static const char *const words[] = { "rate", "stock", "flow", "cumulative" };
    gb_assert(f <= GB_FLOW_CUMULATIVE);
    return words[f];
}

const char *gb_owners_vi(struct gb_arena *a, const struct gb_catalogue *c, const struct gb_indicator *ind, bool codes)
{
    const char *all = "";
    for (int k = 0; k < ind->n_owners; k++) {
        const struct gb_agency *g = &c->agency[ind->owner[k]];
        all = gb_sprintf(a, "%s%s%s", all, k ? "; " : "", codes ? g->code : g->name_vi);
    }
    return all;
}

const char *gb_evidence_vi(const struct gb_indicator *ind)
{
    if (gb_streq(ind->evidence, "verified"))
        return "số tham chiếu đã thấy ở nguồn công khai";
    if (gb_streq(ind->evidence, "mixed"))
        return "số tham chiếu mới kiểm chứng một phần";
    if (gb_streq(ind->evidence, "memory"))
        return "theo hiểu biết chung, cần kiểm tra";
    return "";
}

const char *gb_season_vi(const struct gb_indicator *ind)
{
    if (!ind->season || !*ind->season || gb_streq(ind->season, "none"))
        return "";
    if (gb_streq(ind->season, "invcum"))
        return "ngưỡng và tiến độ theo đường giải ngân lũy kế từng tháng; ngưỡng ghi ở đây là của tháng 10";
    return "tiến độ năm tính theo hệ số mùa vụ từng tháng";
}

const char *gb_target_basis_vi(bool confirmed)
{
    return confirmed ? "chỉ tiêu đã giao" : "chỉ tiêu minh họa";
}
