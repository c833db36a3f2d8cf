/* value.c — from an evaluated series to a typed figure, and from the figure to Vietnamese text.
 *
 * A value is copied around by value and holds no text of its own: units point into the catalogue or are literals. All roundings
 * happen in gb_dec_vi() on the exact integer, once, at the published decimals; no figure passes through a double.
 * Forms follow Vietnamese administrative usage: decimal comma, thousands dot, "8,27%" without a blank, "3,2 điểm %" with one.
 */
#include "document/value.h"
#include "evaluation/outlook.h"

static const char points_unit[] = "điểm %";

struct gb_value gb_value_text_of(const char *text)
{
    return (struct gb_value){ .kind = GB_V_TEXT, .text = text ? text : "", .fact = { .indicator_i = -1, .region_i = -1 } };
}

struct gb_value gb_value_share(bool ok, int64_t pct)
{
    return ok ? (struct gb_value){ .kind = GB_V_NUM,
                                   .num = pct,
                                   .scale = GB_PCT_SCALE,
                                   .decimals = 1,
                                   .unit = "%",
                                   .fact = { -1, -1, 0, GB_D_COUNT } }
              : gb_value_missing(GB_MISS_NOT_APPLICABLE);
}

struct gb_value gb_value_count(int64_t n, const char *unit)
{
    return (struct gb_value){ .kind = GB_V_NUM, .num = n, .unit = unit, .fact = { -1, -1, 0, GB_D_COUNT } };
}

struct gb_value gb_value_missing(enum gb_missing why)
{
    return (struct gb_value){ .kind = GB_V_MISSING, .missing = why, .fact = { .indicator_i = -1, .region_i = -1 } };
}

struct gb_value gb_value_state(enum gb_state s)
{
    return (struct gb_value){ .kind = GB_V_STATE, .state = s, .fact = { .indicator_i = -1, .region_i = -1 } };
}

struct gb_value gb_value_state_named(enum gb_state shape, const char *text, const char *word)
{
    struct gb_value v = gb_value_state(shape);
    v.text = text;
    v.word = word;
    return v;
}

struct gb_value gb_value_date(struct gb_date d)
{
    return (struct gb_value){ .kind = GB_V_DATE, .date = d, .fact = { .indicator_i = -1, .region_i = -1 } };
}

struct gb_value gb_value_period(enum gb_freq f, int32_t period)
{
    return (struct gb_value){ .kind = GB_V_PERIOD, .freq = f, .period = period, .fact = { .indicator_i = -1, .region_i = -1 } };
}

bool gb_change_is_difference(const struct gb_indicator *ind)
{
    static const char *const no_ratio[] = { "điểm %", "°C", "pH", "cấp" };
    if (ind->is_percent) {
        return true;
    }
    for (size_t i = 0; i < sizeof no_ratio / sizeof *no_ratio; i++) {
        if (gb_streq(ind->unit_vi, no_ratio[i])) {
            return true;
        }
    }
    return false;
}

static struct gb_value number(int64_t num, int scale, int decimals, const char *unit)
{
    return (struct gb_value){
        .kind = GB_V_NUM, .num = num, .scale = (uint8_t)scale, .decimals = (uint8_t)decimals, .unit = unit && *unit ? unit : NULL
    };
}

static struct gb_value percent(int64_t num, const char *unit)
{
    return number(num, GB_PCT_SCALE, GB_PCT_SHOWN, unit);
}

static struct gb_value difference(const struct gb_indicator *ind, const struct gb_change *c)
{
    if (!c->ok) {
        return gb_value_missing(c->over ? GB_MISS_BREAK : GB_MISS_NO_BASE);
    }
    struct gb_value v = number(c->diff, ind->scale, ind->decimals, ind->is_percent ? points_unit : ind->unit_vi);
    v.sign = true;
    return v;
}

static struct gb_value relative(const struct gb_indicator *ind, const struct gb_change *c)
{
    bool below_zero = c->base_negative || (c->ok && -c->diff > c->base); /* growth of or into a loss is no percentage */
    if (gb_change_is_difference(ind) || !c->ok || below_zero) {
        return difference(ind, c);
    }
    if (!c->pct_ok) {
        return gb_value_missing(GB_MISS_ZERO_BASE);
    }
    struct gb_value v = percent(c->pct, "%");
    v.sign = true;
    return v;
}

static bool adds_up(const struct gb_indicator *ind)
{
    return ind->flow == GB_FLOW_FLOW || ind->flow == GB_FLOW_CUMULATIVE;
}

static struct gb_value own(const struct gb_indicator *ind, int64_t num, char status)
{
    struct gb_value v = number(num, ind->scale, ind->decimals, ind->unit_vi);
    v.status = status;
    return v;
}

static struct gb_value attainment(const struct gb_eval *e)
{
    if (!e->has_target) {
        return gb_value_missing(GB_MISS_NO_TARGET);
    }
    if (!e->attain_ok) {
        return gb_value_missing(e->target == 0 ? GB_MISS_ZERO_BASE : GB_MISS_NO_DATA);
    }
    return percent(e->attainment_pct, "%");
}

static struct gb_value pace(const struct gb_eval *e, bool behind)
{
    if (!e->has_target) {
        return gb_value_missing(GB_MISS_NO_TARGET);
    }
    if (!e->pace_ok) {
        return gb_value_missing(GB_MISS_NOT_APPLICABLE);
    }
    return behind ? percent(e->behind_pct, points_unit) : percent(e->pace_pct, "%");
}

/* Which of a step's two limits is meant: the one that was crossed, else the nearer of those that a valid value can cross at all
 * (a band "0..85" of a percentage has no lower limit). One-sided steps have lo == hi. */
static bool limit_of(const struct gb_indicator *ind, const struct gb_threshold *t, int64_t value, int64_t *out)
{
    bool low_open = ind->direction == GB_BAND && ind->has_min && t->lo <= ind->valid_min;
    bool high_open = ind->direction == GB_BAND && ind->has_max && t->hi >= ind->valid_max;
    if (value < t->lo || value > t->hi) {
        *out = value < t->lo ? t->lo : t->hi;
        return true;
    }
    if (low_open && high_open) {
        return false;
    }
    bool low = high_open || (!low_open && value - t->lo < t->hi - value);
    *out = low ? t->lo : t->hi;
    return true;
}

/* The limit that counts for the value's own step, or of the first step for a good value, as it was used to judge: thresholds of a
 * seasonal curve hold for month 10 and are scaled to the period (DOMAIN.md 0). None where this level is not judged. */
static struct gb_value threshold(const struct gb_catalogue *c, const struct gb_indicator *ind, enum gb_level_kind level,
                                 const struct gb_eval *e)
{
    int64_t factor = gb_threshold_factor(c, ind, e->period), limit;
    if (!ind->has_steps || gb_judge_scaled(ind, level, e->value, factor) == GB_STATE_NONE) {
        return gb_value_missing(GB_MISS_NOT_APPLICABLE);
    }
    int k = gb_stands_at(e->level, GB_WATCH) ? (int)e->level - (int)GB_WATCH : 0;
    while (k < GB_N_STEPS && !ind->step[k].set) {
        k++;
    }
    if (k == GB_N_STEPS) {
        return gb_value_missing(GB_MISS_NOT_APPLICABLE);
    }
    struct gb_threshold t = ind->step[k];
    if (factor != GB_FACTOR_ONE && (!gb_dec_div_round((__int128)t.lo * factor, GB_FACTOR_ONE, &t.lo) ||
                                    !gb_dec_div_round((__int128)t.hi * factor, GB_FACTOR_ONE, &t.hi))) {
        return gb_value_missing(GB_MISS_NOT_APPLICABLE);
    }
    return limit_of(ind, &t, e->value, &limit) ? number(limit, ind->scale, ind->decimals, ind->unit_vi)
                                               : gb_value_missing(GB_MISS_NOT_APPLICABLE);
}

static struct gb_value rank_change(const struct gb_eval *e)
{
    if (!e->rank_gain_ok) {
        return gb_value_missing(e->rank > 0 ? GB_MISS_NO_BASE : GB_MISS_NOT_APPLICABLE);
    }
    struct gb_value v = number(e->rank_gain, 0, 0, "bậc");
    v.sign = true;
    return v;
}

static struct gb_value of_eval(const struct gb_catalogue *c, const struct gb_indicator *ind, enum gb_level_kind level,
                               const struct gb_eval *e, enum gb_derivation how)
{
    switch (how) {
    case GB_D_NONE:
    case GB_D_VALUE: return own(ind, e->value, e->status);
    case GB_D_PREV_DIFF: return difference(ind, &e->prev);
    case GB_D_PREV_PCT: return relative(ind, &e->prev);
    case GB_D_YEAR_DIFF: return difference(ind, &e->year_before);
    case GB_D_YEAR_PCT: return relative(ind, &e->year_before);
    case GB_D_YTD:
        return e->ytd_ok ? own(ind, e->ytd, e->status)
                         : gb_value_missing(adds_up(ind) ? GB_MISS_NO_DATA : GB_MISS_NOT_APPLICABLE);
    case GB_D_YTD_PCT: return adds_up(ind) ? relative(ind, &e->ytd_year_before) : gb_value_missing(GB_MISS_NOT_APPLICABLE);
    case GB_D_TARGET: return e->has_target ? own(ind, e->target, 0) : gb_value_missing(GB_MISS_NO_TARGET);
    case GB_D_ATTAINMENT: return attainment(e);
    case GB_D_PACE: return pace(e, false);
    case GB_D_BEHIND: return pace(e, true);
    case GB_D_RANK: return e->rank > 0 ? number(e->rank, 0, 0, NULL) : gb_value_missing(GB_MISS_NOT_APPLICABLE);
    case GB_D_COUNT: return e->n_ranked > 0 ? number(e->n_ranked, 0, 0, NULL) : gb_value_missing(GB_MISS_NOT_APPLICABLE);
    case GB_D_AGE: return e->age_days >= 0 ? number(e->age_days, 0, 0, "ngày") : gb_value_missing(GB_MISS_NO_DATA);
    case GB_D_THRESHOLD: return threshold(c, ind, level, e);
    case GB_D_RANK_CHANGE: return rank_change(e);
    case GB_D_FORECAST: return gb_value_missing(GB_MISS_NOT_APPLICABLE);
    case GB_D_EXPECTED:
    case GB_D_NEEDED:
    case GB_D_CHANCE:
    case GB_D_EXPECTED_PCT: /* year_end() */
    case GB_D_N: break;
    }
    gb_bug("derivation");
}

static struct gb_value year_end(const struct gb_evaluation *ev, int indicator_i, int region_i, enum gb_derivation how)
{
    const struct gb_indicator *ind = &ev->catalogue->indicator[indicator_i];
    struct gb_year_end y;
    gb_year_end(ev, indicator_i, region_i, &y);
    if (y.why == GB_YE_NO_TARGET)
        return gb_value_missing(GB_MISS_NO_TARGET);
    if (how == GB_D_NEEDED ? !y.needed_ok : y.why != GB_YE_OK)
        return gb_value_missing(GB_MISS_NOT_APPLICABLE);
    if (how == GB_D_CHANCE)
        return number(y.chance_pct, 0, 0, "%");
    if (how == GB_D_EXPECTED_PCT)
        return y.attainment_ok ? percent(y.attainment_pct, "%") : gb_value_missing(GB_MISS_NOT_APPLICABLE);
    struct gb_value v = number(how == GB_D_NEEDED ? y.needed : y.expected, ind->scale, ind->decimals, ind->unit_vi);
    v.status = how == GB_D_EXPECTED ? 'F' : 0;
    v.sign = how == GB_D_NEEDED && ind->flow != GB_FLOW_FLOW && ind->flow != GB_FLOW_CUMULATIVE;
    return v;
}

struct gb_value gb_value_year_target(const struct gb_evaluation *ev, int indicator_i, int region_i)
{
    const struct gb_eval *e = gb_eval_find(ev, indicator_i, region_i);
    struct gb_value v = gb_value_of(ev, indicator_i, region_i, GB_D_TARGET);
    if (v.kind == GB_V_NUM)
        v.num = e->target_year;
    return v;
}

struct gb_value gb_value_forecast(const struct gb_catalogue *c, int indicator_i, int region_i, int32_t period, int64_t num)
{
    const struct gb_indicator *ind = &c->indicator[indicator_i];
    struct gb_value v = own(ind, num, 'F');
    v.fact = (struct gb_fact_id){ indicator_i, region_i, period, GB_D_FORECAST };
    return v;
}

/* A pace is a share of the year, whatever the plan: it rests on nothing that could be undecided. */
static enum gb_basis basis_of(const struct gb_indicator *ind, const struct gb_eval *e, enum gb_derivation how)
{
    if (how == GB_D_TARGET || how == GB_D_ATTAINMENT || how == GB_D_BEHIND || how == GB_D_NEEDED || how == GB_D_CHANCE ||
        how == GB_D_EXPECTED_PCT) {
        return e->target_confirmed ? GB_BASIS_NONE : GB_BASIS_ILLUSTRATIVE;
    }
    return how == GB_D_THRESHOLD && !ind->steps_are_norm ? GB_BASIS_PROPOSED : GB_BASIS_NONE;
}

struct gb_value gb_value_of(const struct gb_evaluation *ev, int indicator_i, int region_i, enum gb_derivation how)
{
    const struct gb_eval *e = gb_eval_find(ev, indicator_i, region_i);
    bool has = e && e->latest_i >= 0;
    struct gb_value v =
        has && how >= GB_D_EXPECTED ? year_end(ev, indicator_i, region_i, how)
        : has ? of_eval(ev->catalogue, &ev->catalogue->indicator[indicator_i], ev->catalogue->region[region_i].level, e, how)
              : gb_value_missing(e && e->withheld ? GB_MISS_WITHHELD : GB_MISS_NO_DATA);
    if (v.kind == GB_V_NUM)
        v.basis = basis_of(&ev->catalogue->indicator[indicator_i], e, how);
    v.fact = (struct gb_fact_id){ indicator_i, region_i, has ? e->period : GB_PERIOD_NONE, how == GB_D_NONE ? GB_D_VALUE : how };
    return v;
}

struct gb_value gb_value_state_of(const struct gb_evaluation *ev, int indicator_i, int region_i)
{
    const struct gb_eval *e = gb_eval_find(ev, indicator_i, region_i);
    struct gb_value v = gb_value_state(e ? e->state : GB_NO_DATA);
    if (e && gb_eval_held(e))
        v.text = gb_held_vi(e->state); /* the colour of the step, and that the value is no longer there */
    v.fact = (struct gb_fact_id){ indicator_i, region_i, e && e->latest_i >= 0 ? e->period : GB_PERIOD_NONE, GB_D_VALUE };
    return v;
}

static bool withheld_at(const struct gb_series *s, int64_t i)
{
    return (s->flags & GB_SERIES_MASKED) && s->status[i] == GB_STATUS_WITHHELD;
}

struct gb_value gb_value_observation(const struct gb_catalogue *c, const struct gb_series *s, int64_t i)
{
    gb_assert(i >= 0 && i < (int64_t)s->n);
    struct gb_value v = s->value[i] == GB_VALUE_MISSING ? gb_value_missing(withheld_at(s, i) ? GB_MISS_WITHHELD : GB_MISS_NO_DATA)
                                                        : own(&c->indicator[s->indicator_i], s->value[i], s->status[i]);
    v.fact = (struct gb_fact_id){ s->indicator_i, s->region_i, s->period[i], GB_D_VALUE };
    return v;
}

bool gb_value_is_count(const struct gb_value *v)
{
    return v->kind == GB_V_NUM && v->scale == 0 && v->decimals == 0;
}

int gb_value_sign(const struct gb_value *v)
{
    int64_t rounded = v->num;
    if (v->decimals < v->scale && !gb_dec_rescale(v->num, v->scale, v->decimals, &rounded)) {
        rounded = v->num;
    }
    return rounded > 0 ? 1 : rounded < 0 ? -1 : 0;
}

/* Units that only repeat what the indicator is called: "độ pH là 7,2", never "7,2 pH". */
static bool is_nominal(const char *unit)
{
    return gb_streq(unit, "chỉ số") || gb_streq(unit, "pH") || gb_streq(unit, "AQI");
}

static bool is_change(enum gb_derivation how)
{
    return how >= GB_D_PREV_DIFF && how <= GB_D_YEAR_PCT;
}

static void number_text(const struct gb_value *v, enum gb_unit_style style, struct gb_buf *out)
{
    char text[64];
    size_t n = gb_dec_vi(v->num, v->scale, v->decimals, text);
    const char *digits = text;
    bool unit = style == GB_WITH_UNIT && !v->unit_told && v->unit && *v->unit && !is_nominal(v->unit);
    bool ordinal = unit && gb_streq(v->unit, "cấp") && !is_change(v->fact.how);
    if (ordinal) {
        gb_buf_adds(out, "cấp ");
    }
    if (v->fact.how == GB_D_RANK_CHANGE) { /* "lên 2 bậc": a sign before a place is read as a place */
        if (v->num == 0) {
            gb_buf_adds(out, "giữ nguyên");
            return;
        }
        gb_buf_adds(out, v->num > 0 ? "lên " : "xuống ");
        digits += *digits == '-';
        n = strlen(digits);
    } else if (v->magnitude && *digits == '-') {
        digits++;
        n--;
    } else if (v->sign && !v->magnitude && gb_value_sign(v) > 0) {
        gb_buf_addc(out, '+');
    }
    gb_buf_add(out, digits, n);
    if (unit && !ordinal) {
        if (!gb_streq(v->unit, "%")) {
            gb_buf_addc(out, ' ');
        }
        gb_buf_adds(out, v->unit);
    }
}

void gb_value_text(const struct gb_value *v, enum gb_unit_style style, struct gb_buf *out)
{
    char text[64];
    switch (v->kind) {
    case GB_V_NUM: number_text(v, style, out); return;
    case GB_V_TEXT: gb_buf_adds(out, v->text ? v->text : ""); return;
    case GB_V_DATE: gb_buf_add(out, text, gb_date_vi(v->date, text)); return;
    case GB_V_PERIOD: gb_buf_add(out, text, gb_period_vi(v->freq, v->period, text)); return;
    case GB_V_STATE: gb_buf_adds(out, v->text ? v->text : gb_state_vi(v->state)); return;
    case GB_V_MISSING: gb_buf_adds(out, style == GB_WITH_UNIT ? gb_missing_vi(v->missing) : "–"); return;
    }
    gb_bug("value kind");
}

void gb_value_text_bound(const struct gb_value *v, enum gb_unit_style style, struct gb_buf *out)
{
    struct gb_buf b = { 0 };
    gb_value_text(v, style, &b);
    /* A TEXT with identity is a period that a sentence words by itself ("23 giờ ngày 21/11/2026"). */
    bool whole = v->kind == GB_V_PERIOD || v->kind == GB_V_DATE || (v->kind == GB_V_TEXT && v->fact.indicator_i >= 0),
         first = v->kind == GB_V_NUM;
    for (size_t i = 0; i < b.n; i++) {
        if (b.p[i] == ' ' && (whole || first)) {
            gb_buf_adds(out, "\u00a0");
            first = false; /* "5 phản ánh/10.000 dân": only the figure holds on to its unit */
        } else {
            gb_buf_addc(out, b.p[i]);
        }
    }
    gb_buf_release(&b);
}

static const struct {
    const char *vi, *word;
} missing_words[] = {
    [GB_MISS_NONE] = { "", "" },
    [GB_MISS_NO_DATA] = { "chưa có số liệu", "no-data" },
    [GB_MISS_NOT_APPLICABLE] = { "không áp dụng", "not-applicable" },
    [GB_MISS_NO_BASE] = { "không có kỳ so sánh", "no-base" },
    [GB_MISS_ZERO_BASE] = { "kỳ gốc bằng 0", "zero-base" },
    [GB_MISS_NO_TARGET] = { "chưa có kế hoạch", "no-target" },
    [GB_MISS_WITHHELD] = { "không công bố", "withheld" },
    [GB_MISS_BREAK] = { "đứt chuỗi số liệu", "series-break" },
};

const char *gb_missing_vi(enum gb_missing m)
{
    return missing_words[m].vi;
}

const char *gb_missing_word(enum gb_missing m)
{
    return missing_words[m].word;
}

/* SDMX CL_OBS_STATUS 2.2. What is normal carries no mark; what is not listed is marked, never passed over. */
static const struct {
    char status;
    const char *mark, *vi, *doubtful;
} statuses[] = {
    { 'A', "", "", "(?)" },
    { 'B', "(đc)", "đứt chuỗi", "(đc) (?)" },
    { 'D', "(kđn)", "khác định nghĩa", "(kđn) (?)" },
    { 'E', "(ước)", "ước tính", "(ước) (?)" },
    { 'F', "(db)", "dự báo", "(db) (?)" },
    { 'G', "(tn)", "thử nghiệm", "(tn) (?)" },
    { 'I', "(bt)", "bù thiếu", "(bt) (?)" },
    { 'M', "", "chưa có số liệu", "(?)" },
    { 'N', "(kyn)", "không có ý nghĩa thống kê", "(kyn) (?)" },
    { 'P', "(sb)", "sơ bộ", "(sb) (?)" },
    { 'U', "(tct)", "độ tin cậy thấp", "(tct) (?)" },
    { 'V', "(cxm)", "chưa xác minh", "(cxm) (?)" },
};

const char *gb_basis_vi(enum gb_basis b)
{
    static const char *const text[] = { "", "ngưỡng đề xuất", "chỉ tiêu minh họa" };
    return text[b];
}

const char *gb_basis_word(enum gb_basis b)
{
    static const char *const word[] = { "", "proposed", "illustrative" };
    return word[b];
}

const char *gb_status_mark(char status)
{
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        if (statuses[i].status == (status ? status : 'A')) {
            return statuses[i].mark;
        }
    }
    return "(*)";
}

const char *gb_value_mark(const struct gb_value *v)
{
    if (!v->doubtful)
        return gb_status_mark(v->status);
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        if (statuses[i].status == (v->status ? v->status : 'A')) {
            return statuses[i].doubtful;
        }
    }
    return "(*) (?)";
}

const char *gb_status_vi(char status)
{
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        if (statuses[i].status == (status ? status : 'A')) {
            return statuses[i].vi;
        }
    }
    return "có ghi chú riêng";
}

const char *gb_derivation_word(enum gb_derivation d)
{
    static const char *const word[GB_D_N] = {
        [GB_D_NONE] = "none",
        [GB_D_VALUE] = "value",
        [GB_D_PREV_DIFF] = "prev-diff",
        [GB_D_PREV_PCT] = "prev-pct",
        [GB_D_YEAR_DIFF] = "year-diff",
        [GB_D_YEAR_PCT] = "year-pct",
        [GB_D_YTD] = "ytd",
        [GB_D_YTD_PCT] = "ytd-pct",
        [GB_D_TARGET] = "target",
        [GB_D_ATTAINMENT] = "attainment",
        [GB_D_PACE] = "pace",
        [GB_D_BEHIND] = "behind",
        [GB_D_RANK] = "rank",
        [GB_D_AGE] = "age",
        [GB_D_COUNT] = "count",
        [GB_D_THRESHOLD] = "threshold",
        [GB_D_RANK_CHANGE] = "rank-change",
        [GB_D_FORECAST] = "forecast",
        [GB_D_EXPECTED] = "expected",
        [GB_D_NEEDED] = "needed",
        [GB_D_CHANCE] = "chance",
        [GB_D_EXPECTED_PCT] = "expected-pct",
    };
    gb_assert(d >= GB_D_NONE && d < GB_D_N);
    return word[d];
}
