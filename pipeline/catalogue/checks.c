/* checks.c — faults that only the whole catalogue shows: formulas against their inputs.
 *
 * Secrecy flows with a formula (TRUST.md 38, F11): a public ratio of an internal count would publish the count's movements, so an
 * input may not live in a more secret part than its result. The other checks are about roll-ups that could never be computed. */
#include "catalogue/load.h"

static void check_input(struct gb_load *l, const struct gb_indicator *ind, int input)
{
    if (input < 0)
        return;
    struct gb_arena *a = &l->c->arena;
    const struct gb_indicator *in = &l->c->indicator[input];
    struct gb_at agg = { ind->file, ind->line, "aggregation" };
    if (gb_indicator_part(in) > gb_indicator_part(ind))
        gb_note(l, true, (struct gb_at){ ind->file, ind->line, "classification" }, gb_class_word(ind->class),
                gb_sprintf(a, "mức không thấp hơn chỉ số đầu vào %s (%s%s)", in->code, gb_class_word(in->class),
                           in->class == GB_CLASS_INTERNAL && !in->to_statistics ? ", không cho thống kê" : ""),
                "nâng mức của chỉ số này, hoặc hạ mức của chỉ số đầu vào nếu được phép");
    if (in->level < ind->level)
        gb_note(l, false, agg, in->code, "chỉ số đầu vào có ở cùng cấp địa bàn hoặc chi tiết hơn",
                "sửa level của chỉ số đầu vào, nếu không thì không tổng hợp được từ cấp xã");
    if (ind->agg == GB_AGG_RATIO && in->freq != ind->freq)
        gb_note(l, false, agg, in->code, gb_sprintf(a, "tử số và mẫu số cùng kỳ \"%s\" với tỷ lệ", gb_freq_word(ind->freq)),
                "sửa frequency, nếu không thì tỷ lệ không dựng lại được");
    bool rarer = in->freq<ind->freq, finer = in->freq> ind->freq;
    if (ind->agg == GB_AGG_WEIGHTED_MEAN && rarer && (in->flow == GB_FLOW_FLOW || in->flow == GB_FLOW_CUMULATIVE))
        gb_note(l, true, agg, in->code, "quyền số thưa hơn chỉ số là số hiện có (flow = stock)",
                "số phát sinh của cả quý, năm không nói lên phần của từng kỳ; chọn quyền số cùng kỳ hoặc dày hơn");
    if (ind->agg == GB_AGG_RATIO && input == ind->agg_den && finer && in->flow != GB_FLOW_STOCK)
        gb_note(l, true, agg, in->code, "mẫu số dày hơn tỷ lệ là số hiện có (flow = stock)",
                "số của riêng ngày cuối không phải mẫu số của cả kỳ; chọn mẫu số cùng kỳ");
    bool of_time = in->flow == GB_FLOW_FLOW || in->flow == GB_FLOW_CUMULATIVE; /* its figure depends on the days of the period */
    if (in->freq == ind->freq && in->calendar != ind->calendar && (of_time || input == ind->agg_num))
        gb_note(l, ind->agg == GB_AGG_RATIO, (struct gb_at){ ind->file, ind->line, "calendar" }, gb_calendar_word(ind->calendar),
                gb_sprintf(a, "cùng lịch với chỉ số đầu vào %s (%s)", in->code, gb_calendar_word(in->calendar)),
                "sửa calendar của một trong hai, vì số của hai khoảng ngày khác nhau không chia cho nhau được");
    if (ind->agg == GB_AGG_RATIO && in->small_count_k > 0 && ind->small_count_k == 0)
        gb_note(l, false, (struct gb_at){ ind->file, ind->line, "small_counts" }, "",
                gb_sprintf(a, "ngưỡng số đếm nhỏ vì đầu vào %s có ngưỡng %d", in->code, in->small_count_k),
                "khai small_counts như chỉ số đầu vào, để tỷ lệ của xã không làm lộ số đếm");
}

#define MAX_CHAIN 8 /* formulas over formulas: real ones have one or two floors */

/* Depth-first over the two inputs; a formula that reaches itself is noted at every member of the circle. */
static bool reaches(const struct gb_catalogue *c, int from, int goal, int left)
{
    if (from < 0 || left == 0)
        return false;
    if (from == goal)
        return true;
    const struct gb_indicator *i = &c->indicator[from];
    return reaches(c, i->agg_num, goal, left - 1) || (i->agg_den != i->agg_num && reaches(c, i->agg_den, goal, left - 1));
}

void gb_check_all(struct gb_load *l)
{
    struct gb_catalogue *c = l->c;
    for (int i = 0; i < c->n_indicators; i++) {
        const struct gb_indicator *ind = &c->indicator[i];
        check_input(l, ind, ind->agg_num);
        if (ind->agg_den != ind->agg_num)
            check_input(l, ind, ind->agg_den);
        if (reaches(c, ind->agg_num, i, MAX_CHAIN) || reaches(c, ind->agg_den, i, MAX_CHAIN))
            gb_note(l, true, (struct gb_at){ ind->file, ind->line, "aggregation" }, ind->code, "công thức không vòng về chính nó",
                    "sửa công thức của một chỉ số trong vòng");
    }
}
