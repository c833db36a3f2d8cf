/* explain_outlook.c — what `giaoban explain --outlook` tells of the time to come: how the forecast was made, its steps, the year's end. */
#include "app/explain.h"
#include "document/value.h"
#include "evaluation/outlook.h"

static const char *amount(const struct gb_explain *x, int64_t v)
{
    return gb_explain_number(x, v, x->ind->scale, x->ind->decimals);
}

static const char *how_made(const struct gb_explain *x, enum gb_fc_method method, enum gb_fc_note note, const char *model)
{
    const char *said = gb_fc_note_vi(note);
    return gb_sprintf(x->arena, "Phương pháp: %s%s%s%s%s%s", gb_fc_method_vi(method), *model ? " " : "", model, *said ? " (" : "",
                      said, *said ? ")" : "");
}

static void year_end(const struct gb_explain *x)
{
    static const char *const why[] = { [GB_YE_OK] = "",
                                       [GB_YE_NO_TARGET] = "chưa có kế hoạch năm",
                                       [GB_YE_NO_DIRECTION] = "chỉ số trung tính hoặc theo khoảng, không có \"đạt kế hoạch\"",
                                       [GB_YE_GAPS] = "thiếu số liệu một số kỳ trong năm",
                                       [GB_YE_NO_FORECAST] = "chưa đủ số liệu để dự báo",
                                       [GB_YE_YEAR_IS_OVER] = "năm của kỳ cuối đã hết" };
    const struct gb_indicator *ind = x->ind;
    struct gb_tell *t = x->t;
    struct gb_year_end y;
    gb_year_end(x->ev, x->indicator_i, x->region_i, &y);
    gb_tell_part(t, "year_end", NULL);
    if (y.why != GB_YE_OK) {
        gb_tell_str(t, "why_none", why[y.why]);
        gb_tell_text(t, 2, "Cả năm: %s", why[y.why]);
    } else {
        gb_tell_dec(t, "so_far", y.so_far, ind->scale);
        gb_tell_dec(t, "expected", y.expected, ind->scale);
        gb_tell_dec(t, "lo80", y.lo80, ind->scale);
        gb_tell_dec(t, "hi80", y.hi80, ind->scale);
        gb_tell_dec(t, "target", y.target, ind->scale);
        gb_tell_int(t, "chance_pct", y.chance_pct);
        gb_tell_str(t, "reservation", gb_year_end_reservation(&y));
        gb_tell_text(t, 2, "Cả năm: đã có %s, dự báo %s (80%%: %s đến %s); kế hoạch %s %s; khả năng đạt %d%%. %s",
                     amount(x, y.so_far), amount(x, y.expected), amount(x, y.lo80), amount(x, y.hi80), amount(x, y.target),
                     ind->unit_vi, y.chance_pct, how_made(x, y.method, y.note, y.model));
    }
    if (y.needed_ok) {
        gb_tell_dec(t, "needed", y.needed, ind->scale);
        gb_tell_int(t, "periods_left", y.left);
        gb_tell_text(t, 2, "Mỗi %s còn lại (%d) cần: %s %s", gb_freq_noun_vi(ind->freq), y.left, amount(x, y.needed),
                     ind->unit_vi);
    }
    gb_tell_part_end(t);
}

static void steps(const struct gb_explain *x, const struct gb_outlook *o)
{
    const struct gb_indicator *ind = x->ind;
    struct gb_tell *t = x->t;
    char iso[24];
    gb_tell_list(t, "steps");
    for (int k = 0; k < o->n; k++) {
        gb_period_iso(ind->freq, o->first + k, iso);
        gb_tell_item(t);
        gb_tell_str(t, "period", iso);
        gb_tell_dec(t, "value", o->mean[k], ind->scale);
        gb_tell_dec(t, "lo80", o->lo80[k], ind->scale);
        gb_tell_dec(t, "hi80", o->hi80[k], ind->scale);
        gb_tell_dec(t, "lo95", o->lo95[k], ind->scale);
        gb_tell_dec(t, "hi95", o->hi95[k], ind->scale);
        gb_tell_item_end(t);
        gb_tell_text(t, 2, "%s: %s %s (80%%: %s đến %s; 95%%: %s đến %s)", iso, amount(x, o->mean[k]), ind->unit_vi,
                     amount(x, o->lo80[k]), amount(x, o->hi80[k]), amount(x, o->lo95[k]), amount(x, o->hi95[k]));
    }
    gb_tell_list_end(t);
}

void gb_explain_outlook(const struct gb_explain *x)
{
    struct gb_tell *t = x->t;
    struct gb_outlook o;
    const char *tested = "";
    gb_outlook(x->ev, x->indicator_i, x->region_i, gb_outlook_steps(x->freq), &o);
    gb_tell_part(t, "outlook", "");
    const char *method = how_made(x, o.method, o.note, o.model);
    gb_tell_str(t, "method", method);
    if (o.break_text)
        gb_tell_str(t, "since_break", o.break_text);
    if (o.n && o.origins && o.error >= 0 && o.error < 1e6) {
        int64_t error = (int64_t)(o.error * 100 + 0.5);
        gb_tell_dec(t, "error", error, 2);
        gb_tell_int(t, "origins", o.origins);
        tested = gb_sprintf(x->arena, "; sai số qua %d lần dự báo thử: %s lần sai số của \"như kỳ trước\"", o.origins,
                            gb_explain_number(x, error, 2, 2));
    }
    gb_tell_text(t, 0, "Dự báo. %s%s%s%s", method, o.break_text ? "; chỉ dùng số liệu sau mốc: " : "",
                 o.break_text ? o.break_text : "", tested);
    steps(x, &o);
    year_end(x);
    gb_tell_part_end(t);
}
