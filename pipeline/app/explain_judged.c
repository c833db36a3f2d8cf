/* explain_judged.c — what the evaluation made of a figure, each result with what it was made from: changes with their base, the target and
 * the attainment with both terms, the state with the limit that gives it and what holds it, rank, marks, episodes. */
#include "app/explain.h"
#include "document/describe.h"
#include "document/value.h"
#include "evaluation/anomaly.h"
#include "evaluation/breaks.h"
#include "evaluation/event.h"
#include "evaluation/progress.h"

static void part_str(const struct gb_explain *x, const char *key, const char *s)
{
    if (s && *s)
        gb_tell_str(x->t, key, s);
}

static const char *iso_of(const struct gb_explain *x, int32_t period)
{
    char iso[24];
    gb_period_iso(x->freq, period, iso);
    return gb_strdup(x->arena, iso);
}

/* ---- derived figures ---- */

static const struct gb_change *change_of(const struct gb_eval *v, enum gb_derivation how)
{
    if (how == GB_D_PREV_DIFF || how == GB_D_PREV_PCT)
        return &v->prev;
    if (how == GB_D_YEAR_DIFF || how == GB_D_YEAR_PCT)
        return &v->year_before;
    return how == GB_D_YTD_PCT ? &v->ytd_year_before : NULL;
}

/* "; gốc 2025-10: 64,8%": the figure compared with, or why there is none. */
static const char *base_text(const struct gb_explain *x, const struct gb_change *c)
{
    if (!c || c->period == GB_PERIOD_NONE)
        return "";
    if (!c->ok)
        return gb_sprintf(x->arena, "; kỳ gốc %s", iso_of(x, c->period));
    return gb_sprintf(x->arena, "; gốc %s: %s%s", iso_of(x, c->period),
                      gb_explain_number(x, c->base, x->ind->scale, x->ind->scale),
                      c->base_negative ? ", gốc âm: tính trên trị tuyệt đối" : "");
}

static const char *components(const struct gb_explain *x, const struct gb_eval *v, enum gb_derivation how)
{
    int64_t actual = 0;
    const int scale = x->ind->scale;
    if (how == GB_D_YTD && v->ytd_ok && x->ind->flow == GB_FLOW_FLOW)
        return gb_sprintf(x->arena, "; cộng %d kỳ từ đầu năm%s", v->n_ytd, v->ytd_complete ? "" : ", còn kỳ thiếu");
    if (how == GB_D_ATTAINMENT && gb_attainment_method(x->ind, v, &actual))
        return gb_sprintf(x->arena, "; 100 × %s / kế hoạch năm %s", gb_explain_number(x, actual, scale, scale),
                          gb_explain_number(x, v->target_year, scale, scale));
    if (how == GB_D_PACE && v->pace_ok && *x->ind->season)
        return gb_sprintf(x->arena, "; phần của năm theo mùa vụ \"%s\"", x->ind->season);
    if (how == GB_D_PACE && v->pace_ok)
        return "; phần của năm đã qua, chia đều theo ngày";
    if (how == GB_D_BEHIND && v->pace_ok && v->attain_ok)
        return "; tiến độ phải đạt trừ đi phần đã đạt";
    if (how == GB_D_RANK && v->rank > 0)
        return gb_sprintf(x->arena, "; trên %d nơi, kỳ %s", v->n_ranked, iso_of(x, v->rank_period));
    return base_text(x, change_of(v, how));
}

/* Without a plan nothing is measured against it, and who is not ranked has no place to lose: one line says so, not four. */
static bool said(const struct gb_eval *v, enum gb_derivation how)
{
    if (how == GB_D_ATTAINMENT || how == GB_D_PACE || how == GB_D_BEHIND)
        return v->has_target;
    return how == GB_D_RANK || how == GB_D_RANK_CHANGE ? v->rank > 0 : true;
}

static void tell_derived(const struct gb_explain *x, const struct gb_eval *v, enum gb_derivation how, const char *label)
{
    struct gb_value value = gb_value_of(x->ev, x->indicator_i, x->region_i, how);
    struct gb_buf b = { 0 };
    const struct gb_change *c = v ? change_of(v, how) : NULL;
    gb_value_text(&value, GB_WITH_UNIT, &b);
    gb_tell_item(x->t);
    gb_tell_str(x->t, "how", gb_derivation_word(how));
    if (value.kind == GB_V_NUM)
        gb_tell_dec(x->t, "value", value.num, value.scale);
    else
        gb_tell_dec(x->t, "value", GB_VALUE_MISSING, 0);
    part_str(x, "unit", value.unit);
    gb_tell_str(x->t, "text", b.p ? b.p : "");
    part_str(x, "basis", gb_basis_word(value.basis));
    if (c && c->period != GB_PERIOD_NONE) {
        gb_tell_period(x->t, "base_period", x->freq, c->period);
        gb_tell_dec(x->t, "base", c->ok ? c->base : GB_VALUE_MISSING, x->ind->scale);
    }
    int64_t actual;
    const char *method = v && how == GB_D_ATTAINMENT ? gb_attainment_method(x->ind, v, &actual) : NULL;
    if (method) {
        gb_tell_str(x->t, "method", method);
        gb_tell_dec(x->t, "actual", actual, x->ind->scale);
        gb_tell_dec(x->t, "target_year", v->target_year, x->ind->scale);
    }
    gb_tell_item_end(x->t);
    if (!said(v, how))
        gb_buf_reset(&b);
    else
        gb_tell_text(x->t, 2, "%s: %s%s%s%s%s", label, b.p ? b.p : "", value.basis ? " (" : "", gb_basis_vi(value.basis),
                     value.basis ? ")" : "", v ? components(x, v, how) : "");
    gb_buf_release(&b);
}

static void derived(const struct gb_explain *x, const struct gb_eval *v)
{
    static const struct {
        enum gb_derivation how;
        const char *label;
    } rows[] = {
        { GB_D_VALUE, "Giá trị" },
        { GB_D_PREV_DIFF, "So với kỳ trước" },
        { GB_D_PREV_PCT, "So với kỳ trước (%)" },
        { GB_D_YEAR_DIFF, "So với cùng kỳ" },
        { GB_D_YEAR_PCT, "So với cùng kỳ (%)" },
        { GB_D_YTD, "Lũy kế từ đầu năm" },
        { GB_D_YTD_PCT, "Lũy kế so với cùng kỳ" },
        { GB_D_TARGET, "Kế hoạch" },
        { GB_D_ATTAINMENT, "So với kế hoạch" },
        { GB_D_PACE, "Tiến độ phải đạt" },
        { GB_D_BEHIND, "Chậm hơn tiến độ" },
        { GB_D_RANK, "Xếp thứ" },
        { GB_D_RANK_CHANGE, "Đổi thứ bậc so với kỳ trước" },
        { GB_D_AGE, "Tuổi số liệu" },
    };
    bool difference = gb_change_is_difference(x->ind);
    gb_tell_list(x->t, "derived");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (difference && (rows[i].how == GB_D_PREV_PCT || rows[i].how == GB_D_YEAR_PCT)) /* the same figure as the line before */
            continue;
        tell_derived(x, v, rows[i].how, rows[i].label);
    }
    gb_tell_list_end(x->t);
}

static void target(const struct gb_explain *x, const struct gb_eval *v)
{
    int year = gb_period_end(x->freq, v->period, x->ind->calendar).year;
    const struct gb_target *t = v->has_target ? gb_target_find(x->c, x->indicator_i, x->region_i, year) : NULL;
    if (!t)
        return;
    gb_tell_part(x->t, "target", NULL);
    gb_tell_int(x->t, "year", year);
    gb_tell_dec(x->t, "value", t->value, x->ind->scale);
    gb_tell_dec(x->t, "whole_year", v->target_year, x->ind->scale);
    gb_tell_flag(x->t, "confirmed", t->confirmed);
    part_str(x, "source", t->source_vi);
    gb_tell_part_end(x->t);
    gb_tell_text(x->t, 2, "Nguồn kế hoạch %d: %s (%s)%s", year, *t->source_vi ? t->source_vi : "không ghi",
                 gb_target_basis_vi(t->confirmed),
                 v->target_year != v->target
                     ? gb_sprintf(x->arena, "; cả năm %s", gb_explain_number(x, v->target_year, x->ind->scale, x->ind->decimals))
                     : "");
}

/* ---- breaks ---- */

static void over(const struct gb_explain *x, const char *what, const struct gb_change *c)
{
    char day[16];
    if (!c->over)
        return;
    gb_date_vi(c->over->date, day);
    gb_tell_text(x->t, 2, "Đứt chuỗi số liệu từ %s (%s): %s %s", day, c->over->text, what,
                 c->ok ? "tính trên số cũ đã quy đổi theo địa bàn mới (bridges.csv)" : "không tính");
    gb_tell_item(x->t);
    gb_tell_str(x->t, "text", c->over->text);
    gb_date_iso(c->over->date, day);
    gb_tell_str(x->t, "date", day);
    gb_tell_flag(x->t, "bridged", c->ok);
    gb_tell_item_end(x->t);
}

static void breaks(const struct gb_explain *x, const struct gb_eval *v)
{
    gb_tell_list(x->t, "breaks");
    over(x, "so với kỳ trước", &v->prev);
    over(x, "so với cùng kỳ", &v->year_before);
    if (v->ytd_year_before.over && !v->year_before.over)
        over(x, "lũy kế so với cùng kỳ", &v->ytd_year_before);
    gb_tell_list_end(x->t);
}

/* ---- the state ---- */

/* The limit of a step, moved by the season where it is: "dưới 50%". */
static const char *limit_text(const struct gb_explain *x, enum gb_state level, int64_t factor)
{
    const struct gb_threshold *s = &x->ind->step[level - GB_WATCH];
    int64_t lo, hi;
    if (!gb_dec_div_round((__int128)s->lo * factor, GB_FACTOR_ONE, &lo) ||
        !gb_dec_div_round((__int128)s->hi * factor, GB_FACTOR_ONE, &hi))
        return "";
    const char *u = gb_sprintf(x->arena, "%s%s", x->ind->is_percent ? "" : " ", x->ind->unit_vi);
    const char *a = gb_explain_number(x, lo, x->ind->scale, x->ind->decimals),
               *b = gb_explain_number(x, hi, x->ind->scale, x->ind->decimals);
    switch (x->ind->direction) {
    case GB_UP_GOOD: return gb_sprintf(x->arena, "dưới %s%s", a, u);
    case GB_DOWN_GOOD: return gb_sprintf(x->arena, "từ %s%s trở lên", a, u);
    case GB_BAND: return gb_sprintf(x->arena, "ngoài khoảng %s đến %s%s", a, b, u);
    case GB_NEUTRAL: return "";
    }
    gb_bug("direction");
}

static const char *why_unjudged(const struct gb_explain *x)
{
    if (x->ind->direction == GB_NEUTRAL)
        return "chỉ số trung tính: tăng hay giảm không phải là tốt hay xấu";
    if (!x->ind->has_steps)
        return "danh mục chưa có ngưỡng";
    return "ngưỡng đặt cho tổng của cả địa bàn cấp trên, không dùng để xét một nơi";
}

static const char *why_level(const struct gb_explain *x, const struct gb_eval *v)
{
    int64_t factor = gb_threshold_factor(x->c, x->ind, v->period);
    const char *basis = x->ind->steps_are_norm ? "ngưỡng theo quy định" : "ngưỡng đề xuất";
    if (v->level == GB_STATE_NONE)
        return why_unjudged(x);
    const char *season =
        factor != GB_FACTOR_ONE ? gb_sprintf(x->arena, ", ngưỡng nhân %s theo mùa vụ", gb_explain_number(x, factor, 4, 4)) : "";
    const char *value = gb_explain_value(x, x->indicator_i, v->value, v->status);
    if (v->level == GB_GOOD) {
        for (int k = 0; k < GB_N_STEPS; k++)
            if (x->ind->step[k].set)
                return gb_sprintf(x->arena, "%s chưa đến ngưỡng đầu tiên, %s là %s (%s%s)", value,
                                  limit_text(x, (enum gb_state)(GB_WATCH + k), factor),
                                  gb_state_vi((enum gb_state)(GB_WATCH + k)), basis, season);
        return "";
    }
    return gb_sprintf(x->arena, "%s; %s là %s (%s%s)", value, limit_text(x, v->level, factor), gb_state_vi(v->level), basis,
                      season);
}

static void state(const struct gb_explain *x, const struct gb_eval *v)
{
    const char *why = why_level(x, v), *held = gb_eval_held(v) ? gb_held_vi(v->state) : "";
    const char *noun = gb_freq_noun_vi(x->freq);
    gb_tell_part(x->t, "state", NULL);
    gb_tell_str(x->t, "state", gb_state_word(v->state));
    gb_tell_str(x->t, "level", gb_state_word(v->level));
    gb_tell_str(x->t, "reason", why);
    gb_tell_str(x->t, "thresholds", gb_steps_vi(x->arena, x->ind));
    gb_tell_str(x->t, "thresholds_basis", gb_steps_basis_word(x->ind));
    gb_tell_flag(x->t, "held", gb_eval_held(v));
    gb_tell_int(x->t, "in_row", v->in_row);
    gb_tell_flag(x->t, "stuck", v->stuck);
    gb_tell_flag(x->t, "overdue", v->overdue);
    gb_tell_str(x->t, "unusual", gb_unusual_word(v->unusual));
    gb_tell_part_end(x->t);
    gb_tell_text(x->t, 2, "Trạng thái: %s (mức của giá trị: %s%s%s)", gb_state_vi(v->state), gb_state_vi(v->level),
                 *held ? "; " : "", held);
    gb_tell_text(x->t, 4, "vì: %s", why);
    if (v->overdue)
        gb_tell_text(x->t, 4, "quá hạn: số mới nhất đã %d ngày, hơn 1,5 kỳ", (int)v->age_days);
    if (*held)
        gb_tell_text(x->t, 4, "chưa hạ mức: %s cần %d kỳ liên tiếp dưới mức này mới coi là đã qua", noun, gb_event_off(x->freq));
    if (v->in_row > 1)
        gb_tell_text(x->t, 4, "liên tiếp từ mức này trở lên: %d %s%s", (int)v->in_row, noun, v->stuck ? ", chưa cải thiện" : "");
    if (v->unusual > GB_USUAL)
        gb_tell_text(x->t, 4, "so với chính địa bàn: %s (thường %s, giới hạn %s)", gb_unusual_vi(v->unusual),
                     gb_explain_number(x, v->usual, x->ind->scale, x->ind->decimals),
                     gb_explain_number(x, v->usual_limit, x->ind->scale, x->ind->decimals));
}

static void marks(const struct gb_explain *x, const struct gb_series *s, const struct gb_eval *v)
{
    struct gb_anomaly an = gb_anomaly_of(x->c, s, x->ev->date, v->has_target ? &v->target : NULL);
    gb_tell_list(x->t, "questions");
    for (int k = 0; k < GB_AN_N; k++) {
        if (!(an.marks & GB_AN_BIT(k)))
            continue;
        if (x->t->json)
            gb_json_str(&x->t->j, NULL, gb_anomaly_word((enum gb_anomaly_kind)k));
        gb_tell_text(x->t, 2, "Câu hỏi về số liệu: %s", gb_anomaly_vi((enum gb_anomaly_kind)k));
    }
    gb_tell_list_end(x->t);
}

/* The episodes at warning or worse of the last year: when it began, how bad it became, when it ended. */
static void episodes(const struct gb_explain *x, const struct gb_series *s)
{
    enum { DAYS = 366 };
    struct gb_event *e = NULL;
    size_t n = gb_events_of(x->cube, s, x->ev->date, GB_EVENT_RULE(GB_WARNING), x->arena, &e), told = 0;
    gb_tell_list(x->t, "episodes");
    for (size_t i = 0; i < n; i++) {
        bool open = gb_event_open(&e[i]);
        if (!gb_event_recent(x->c, s, &e[i], x->ev->date, DAYS))
            continue;
        if (!told++)
            gb_tell_text(x->t, 2, "Các lần từ mức cảnh báo trở lên trong một năm:");
        gb_tell_item(x->t);
        gb_tell_period(x->t, "opened", x->freq, s->period[e[i].opened_i]);
        gb_tell_period(x->t, "closed", x->freq, gb_event_closed(x->c, s, &e[i]));
        gb_tell_flag(x->t, "ended", e[i].ended);
        gb_tell_period(x->t, "peak", x->freq, s->period[e[i].peak_i]);
        gb_tell_dec(x->t, "peak_value", s->value[e[i].peak_i], x->ind->scale);
        gb_tell_str(x->t, "level", gb_state_word(e[i].level));
        gb_tell_int(x->t, "periods", e[i].n_above);
        gb_tell_item_end(x->t);
        gb_tell_text(x->t, 4, "%s đến %s; nặng nhất %s %s, mức %s; %d %s", iso_of(x, s->period[e[i].opened_i]),
                     e[i].ended ? gb_sprintf(x->arena, "khi chỉ số thôi được đo (%s)", iso_of(x, gb_event_closed(x->c, s, &e[i])))
                     : !open       ? iso_of(x, s->period[e[i].closed_i])
                     : e[i].silent ? "chưa rõ, mất số liệu"
                                   : "chưa kết thúc",
                     gb_explain_value(x, x->indicator_i, s->value[e[i].peak_i], s->status[e[i].peak_i]),
                     iso_of(x, s->period[e[i].peak_i]), gb_state_vi(e[i].level), (int)e[i].n_above, gb_freq_noun_vi(x->freq));
    }
    gb_tell_list_end(x->t);
}

void gb_explain_judgement(const struct gb_explain *x)
{
    const struct gb_series *s = gb_cube_series(x->cube, x->indicator_i, x->region_i);
    const struct gb_eval *v = gb_eval_find(x->ev, x->indicator_i, x->region_i);
    char vi[16], iso[16];
    gb_date_vi(x->ev->date, vi);
    gb_date_iso(x->ev->date, iso);
    bool have = v && v->latest_i >= 0;
    bool other = have && v->period != x->period;
    gb_tell_part(x->t, "evaluation",
                 gb_sprintf(x->arena, "Đánh giá %s ngày %s%s:", x->of_then ? "như vào cuối kỳ," : "vào", vi,
                            other ? gb_sprintf(x->arena, ", của kỳ mới nhất có số (%s)", iso_of(x, v->period)) : ""));
    gb_tell_str(x->t, "date", iso);
    gb_tell_flag(x->t, "of_then", x->of_then);
    gb_tell_period(x->t, "period", x->freq, have ? v->period : GB_PERIOD_NONE);
    if (!have) {
        gb_tell_text(x->t, 2, "chưa có số nào đến ngày này: không có gì để đánh giá");
        gb_tell_part_end(x->t);
        return;
    }
    derived(x, v);
    target(x, v);
    breaks(x, v);
    state(x, v);
    marks(x, s, v);
    episodes(x, s);
    gb_tell_part_end(x->t);
}
