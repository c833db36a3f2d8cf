/* From a value to one of five steps. The worst step reached counts. Thresholds that a season moves are not rounded: value x 10^4
 * is compared with threshold x factor in 128 bits. A step equal to the one before it (`4;5;5`) says that the scale does not have
 * the later one (DOMAIN.md section 0), so it is never reached.
 */
#include "evaluation/evaluation.h"

const char *gb_state_vi(enum gb_state s)
{
    switch (s) {
    case GB_STATE_NONE: return "không đánh giá";
    case GB_GOOD: return "tốt";
    case GB_WATCH: return "theo dõi";
    case GB_WARNING: return "cảnh báo";
    case GB_DANGER: return "nguy hiểm";
    case GB_EMERGENCY: return "khẩn cấp";
    case GB_NO_DATA: return "chưa có số liệu";
    case GB_OVERDUE: return "quá hạn";
    }
    gb_bug("state");
}

const char *gb_state_word(enum gb_state s)
{
    switch (s) {
    case GB_STATE_NONE: return "none";
    case GB_GOOD: return "good";
    case GB_WATCH: return "watch";
    case GB_WARNING: return "warning";
    case GB_DANGER: return "danger";
    case GB_EMERGENCY: return "emergency";
    case GB_NO_DATA: return "no-data";
    case GB_OVERDUE: return "overdue";
    }
    gb_bug("state");
}

const char *gb_held_vi(enum gb_state s)
{
    switch (s) {
    case GB_WATCH: return "chờ rời mức theo dõi";
    case GB_WARNING: return "chờ rời mức cảnh báo";
    case GB_DANGER: return "chờ rời mức nguy hiểm";
    case GB_EMERGENCY: return "chờ rời mức khẩn cấp";
    case GB_STATE_NONE:
    case GB_GOOD:
    case GB_NO_DATA:
    case GB_OVERDUE: return "";
    }
    gb_bug("state");
}

/* Does the value reach a step? Limits at the indicator's scale, factor at scale 4. */
static bool reached(enum gb_direction direction, const struct gb_threshold *t, int64_t value, int64_t factor)
{
    __int128 v = (__int128)value * GB_FACTOR_ONE, lo = (__int128)t->lo * factor, hi = (__int128)t->hi * factor;
    switch (direction) {
    case GB_UP_GOOD: return v < lo;
    case GB_DOWN_GOOD: return v >= lo;
    case GB_BAND: return v < lo || v > hi;
    case GB_NEUTRAL: return false;
    }
    gb_bug("direction");
}

static bool same_step(const struct gb_threshold *a, const struct gb_threshold *b)
{
    return a->set && b->set && a->lo == b->lo && a->hi == b->hi;
}

enum gb_state gb_judge_scaled(const struct gb_indicator *ind, enum gb_level_kind level, int64_t value, int64_t factor)
{
    if (!ind->has_steps || ind->direction == GB_NEUTRAL || value == GB_VALUE_MISSING)
        return GB_STATE_NONE;
    if (ind->agg == GB_AGG_SUM && level != GB_AT_COUNTRY && level != GB_AT_PROVINCE)
        return GB_STATE_NONE;
    enum gb_state state = GB_GOOD;
    for (int k = 0; k < GB_N_STEPS; k++) {
        if (!ind->step[k].set || (k > 0 && same_step(&ind->step[k - 1], &ind->step[k])))
            continue;
        if (reached(ind->direction, &ind->step[k], value, factor))
            state = (enum gb_state)(GB_WATCH + k);
    }
    return state;
}

enum gb_state gb_judge(const struct gb_indicator *ind, enum gb_level_kind level, int64_t value)
{
    return gb_judge_scaled(ind, level, value, GB_FACTOR_ONE);
}

enum gb_state gb_judge_at(const struct gb_catalogue *c, const struct gb_series *s, int64_t i)
{
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    return gb_judge_scaled(ind, c->region[s->region_i].level, s->value[i], gb_threshold_factor(c, ind, s->period[i]));
}

bool gb_worsened(const struct gb_indicator *ind, int64_t before, int64_t now)
{
    const struct gb_threshold *t = &ind->step[0];
    switch (ind->direction) {
    case GB_UP_GOOD: return now < before;
    case GB_DOWN_GOOD: return now > before;
    case GB_BAND: return t->set && ((now > t->hi && now > before) || (now < t->lo && now < before));
    case GB_NEUTRAL: return false;
    }
    gb_bug("direction");
}
