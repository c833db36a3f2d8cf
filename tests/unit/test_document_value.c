/* test_document_value.c — figures of each derivation, and the one formatter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "document_fixture.h"

static const char *text(struct gb_value v, enum gb_unit_style style)
{
    static struct gb_buf b;
    gb_buf_reset(&b);
    gb_value_text(&v, style, &b);
    gb_buf_addc(&b, '\0');
    return b.p;
}

static struct gb_value num(int64_t n, int scale, int decimals, const char *unit)
{
    return (struct gb_value){ .kind = GB_V_NUM, .num = n, .scale = (uint8_t)scale, .decimals = (uint8_t)decimals, .unit = unit };
}

static void formats(void **state)
{
    (void)state;
    const struct {
        struct gb_value v;
        const char *with, *without;
    } cases[] = {
        { num(57000, 0, 0, "tỷ đồng"), "57.000 tỷ đồng", "57.000" },
        { num(827, 2, 2, "%"), "8,27%", "8,27" },
        { num(32, 1, 1, "điểm %"), "3,2 điểm %", "3,2" },
        { num(1155000, 0, 0, "lượt"), "1.155.000 lượt", "1.155.000" },
        { num(-21, 1, 1, "%"), "-2,1%", "-2,1" },
        { num(-4, 2, 1, "%"), "0,0%", "0,0" },
        { num(5, 2, 1, "%"), "0,1%", "0,1" },
        { num(-5, 2, 1, "%"), "-0,1%", "-0,1" },
        { num(999, 0, 0, NULL), "999", "999" },
        { num(4, 0, 0, "cấp"), "cấp 4", "4" },
        { num(152, 0, 0, "AQI"), "152", "152" },
        { num(INT64_MAX, 0, 0, "đồng"), "9.223.372.036.854.775.807 đồng", "9.223.372.036.854.775.807" },
        { gb_value_missing(GB_MISS_NO_DATA), "chưa có số liệu", "–" },
        { gb_value_missing(GB_MISS_NO_BASE), "không có kỳ so sánh", "–" },
        { gb_value_missing(GB_MISS_ZERO_BASE), "kỳ gốc bằng 0", "–" },
        { gb_value_missing(GB_MISS_WITHHELD), "không công bố", "–" },
        { gb_value_text_of("Sở Tài chính"), "Sở Tài chính", "Sở Tài chính" },
        { gb_value_date((struct gb_date){ 2026, 11, 2 }), "02/11/2026", "02/11/2026" },
        { gb_value_period(GB_FREQ_QUARTER, QUARTER(2026, 3)), "quý III/2026", "quý III/2026" },
        { gb_value_state(GB_WARNING), "cảnh báo", "cảnh báo" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(text(cases[i].v, GB_WITH_UNIT), cases[i].with);
        assert_string_equal(text(cases[i].v, GB_WITHOUT_UNIT), cases[i].without);
    }
}

static void signs(void **state)
{
    (void)state;
    struct gb_value v = num(32, 1, 1, "%");
    v.sign = true;
    assert_string_equal(text(v, GB_WITH_UNIT), "+3,2%");
    v.num = -32;
    assert_string_equal(text(v, GB_WITH_UNIT), "-3,2%");
    v.magnitude = true;
    assert_string_equal(text(v, GB_WITH_UNIT), "3,2%");
    v.num = 32;
    assert_string_equal(text(v, GB_WITH_UNIT), "3,2%");
    v = num(4, 2, 1, "%"); /* rounds to nothing: no sign */
    v.sign = true;
    assert_string_equal(text(v, GB_WITH_UNIT), "0,0%");
    assert_int_equal(gb_value_sign(&v), 0);
}

static void undefined_figures_say_why(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f);
    struct gb_value v = gb_value_of(&f.ev, I_AMOUNT, PROVINCE, GB_D_VALUE);
    assert_int_equal(v.kind, GB_V_MISSING);
    assert_int_equal(v.missing, GB_MISS_NO_DATA);
    struct gb_eval *e = fixture_eval(&f, I_AMOUNT, PROVINCE);
    *e = (struct gb_eval){
        .latest_i = 0, .period = MONTH(2026, 10), .value = 5230450, .status = 'P', .age_days = 22, .level = GB_WATCH
    };
    e->prev = fixture_change(0, e->value, MONTH(2026, 9));
    const struct {
        enum gb_derivation how;
        enum gb_missing why;
    } gaps[] = {
        { GB_D_PREV_PCT, GB_MISS_ZERO_BASE },   { GB_D_YEAR_PCT, GB_MISS_NO_BASE },
        { GB_D_YEAR_DIFF, GB_MISS_NO_BASE },    { GB_D_YTD, GB_MISS_NO_DATA },
        { GB_D_YTD_PCT, GB_MISS_NO_BASE },      { GB_D_TARGET, GB_MISS_NO_TARGET },
        { GB_D_ATTAINMENT, GB_MISS_NO_TARGET }, { GB_D_PACE, GB_MISS_NO_TARGET },
        { GB_D_BEHIND, GB_MISS_NO_TARGET },     { GB_D_RANK, GB_MISS_NOT_APPLICABLE },
        { GB_D_COUNT, GB_MISS_NOT_APPLICABLE }, { GB_D_THRESHOLD, GB_MISS_NOT_APPLICABLE },
    };
    for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++) {
        v = gb_value_of(&f.ev, I_AMOUNT, PROVINCE, gaps[i].how);
        assert_int_equal(v.kind, GB_V_MISSING);
        assert_int_equal(v.missing, gaps[i].why);
        assert_int_equal(v.fact.how, gaps[i].how);
    }
    const int64_t below[][2] = { { -400, 200 }, { 400, -200 }, { -400, -300 } }; /* out of a loss, into one, within: no percentage */
    for (size_t i = 0; i < 3; i++) {
        e->value = below[i][1];
        e->prev = fixture_change(below[i][0], below[i][1], MONTH(2026, 9));
        e->prev.base_negative = below[i][0] < 0;
        v = gb_value_of(&f.ev, I_AMOUNT, PROVINCE, GB_D_PREV_PCT);
        assert_string_equal(v.unit, f.c.indicator[I_AMOUNT].unit_vi);
        assert_int_equal(v.num, below[i][1] - below[i][0]);
    }
    v = gb_value_of(&f.ev, I_RATE, PROVINCE, GB_D_YTD_PCT);
    assert_int_equal(v.missing, GB_MISS_NO_DATA);
    e = fixture_eval(&f, I_RATE, PROVINCE);
    *e = (struct gb_eval){ .latest_i = 0, .period = MONTH(2026, 10), .value = 1, .status = 'A', .has_target = true };
    assert_int_equal(gb_value_of(&f.ev, I_RATE, PROVINCE, GB_D_YTD_PCT).missing, GB_MISS_NOT_APPLICABLE);
    assert_int_equal(gb_value_of(&f.ev, I_RATE, PROVINCE, GB_D_ATTAINMENT).missing, GB_MISS_ZERO_BASE);
    assert_int_equal(gb_value_of(&f.ev, I_RATE, PROVINCE, GB_D_PACE).missing, GB_MISS_NOT_APPLICABLE);
    fixture_close(&f);
}

static void figures(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f);
    struct gb_indicator *ind = &f.c.indicator[I_AMOUNT];
    ind->has_steps = true;
    ind->step[0] = (struct gb_threshold){ true, 6000000, 6000000 };
    ind->step[1] = (struct gb_threshold){ true, 5500000, 5500000 };
    struct gb_eval *e = fixture_eval(&f, I_AMOUNT, PROVINCE);
    *e = (struct gb_eval){ .latest_i = 0,
                           .period = MONTH(2026, 10),
                           .value = 5230450,
                           .status = 'P',
                           .age_days = 22,
                           .level = GB_WARNING,
                           .state = GB_WARNING,
                           .has_target = true,
                           .attain_ok = true,
                           .pace_ok = true,
                           .target = 57000000,
                           .attainment_pct = 79351754,
                           .pace_pct = 83333333,
                           .behind_pct = 3981579,
                           .rank = 3,
                           .n_ranked = 150,
                           .ytd_ok = true,
                           .ytd = 45230500,
                           .n_ytd = 10 };
    e->prev = fixture_change(5000000, e->value, MONTH(2026, 9));
    e->year_before = fixture_change(6000000, e->value, MONTH(2025, 10));
    e->ytd_year_before = fixture_change(42630066, e->ytd, MONTH(2025, 10));
    static const struct {
        enum gb_derivation how;
        const char *expect;
    } all[] = {
        { GB_D_VALUE, "5.230,5 tỷ đồng" },
        { GB_D_PREV_DIFF, "+230,5 tỷ đồng" },
        { GB_D_PREV_PCT, "+4,6%" },
        { GB_D_YEAR_DIFF, "-769,6 tỷ đồng" },
        { GB_D_YEAR_PCT, "-12,8%" },
        { GB_D_YTD, "45.230,5 tỷ đồng" },
        { GB_D_YTD_PCT, "+6,1%" },
        { GB_D_TARGET, "57.000,0 tỷ đồng" },
        { GB_D_ATTAINMENT, "79,4%" },
        { GB_D_PACE, "83,3%" },
        { GB_D_BEHIND, "4,0 điểm %" },
        { GB_D_RANK, "3" },
        { GB_D_COUNT, "150" },
        { GB_D_AGE, "22 ngày" },
        { GB_D_THRESHOLD, "5.500,0 tỷ đồng" },
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct gb_value v = gb_value_of(&f.ev, I_AMOUNT, PROVINCE, all[i].how);
        assert_string_equal(text(v, GB_WITH_UNIT), all[i].expect);
        assert_int_equal(v.fact.period, MONTH(2026, 10));
    }
    assert_int_equal(gb_value_of(&f.ev, I_AMOUNT, PROVINCE, GB_D_VALUE).status, 'P');
    assert_int_equal(gb_value_of(&f.ev, I_AMOUNT, PROVINCE, GB_D_YEAR_PCT).status, 0);
    assert_int_equal(gb_value_state_of(&f.ev, I_AMOUNT, PROVINCE).state, GB_WARNING);
    assert_int_equal(gb_value_state_of(&f.ev, I_AMOUNT, WARD).state, GB_STATE_NONE);
    e->level = GB_GOOD; /* good: the first step is what it keeps clear of */
    assert_string_equal(text(gb_value_of(&f.ev, I_AMOUNT, PROVINCE, GB_D_THRESHOLD), GB_WITH_UNIT), "6.000,0 tỷ đồng");
    fixture_close(&f);
}

static void limit_is(struct fixture *f, int64_t value, enum gb_state level, const char *expect)
{
    struct gb_eval *e = fixture_eval(f, I_PH, PROVINCE);
    *e = (struct gb_eval){ .latest_i = 0, .period = fixture_day(2026, 3, 31) * 24, .value = value, .status = 'A', .level = level, .state = level };
    assert_string_equal(text(gb_value_of(&f->ev, I_PH, PROVINCE, GB_D_THRESHOLD), GB_WITH_UNIT), expect);
}

/* The limit that is told is the one used to judge: the side of a band that can be crossed, the month's share of a seasonal curve, and
 * none where a province's sum would judge a commune. */
static void limits_as_judged(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f);
    struct gb_indicator *i = &f.c.indicator[I_PH];
    i->unit_vi = "%";
    i->direction = GB_BAND;
    i->has_steps = i->has_min = i->has_max = true;
    i->valid_min = 0;
    i->valid_max = 10000;
    i->step[0] = (struct gb_threshold){ true, 0, 8500 };
    i->step[1] = (struct gb_threshold){ true, 0, 9200 };
    limit_is(&f, 4800, GB_GOOD, "85,00%"); /* far nearer to 0, which nothing valid can fall below */
    limit_is(&f, 9300, GB_WARNING, "92,00%");
    i->step[0] = (struct gb_threshold){ true, 2000, 8500 };
    limit_is(&f, 4800, GB_GOOD, "20,00%");
    limit_is(&f, 1900, GB_WATCH, "20,00%");
    i->step[0] = (struct gb_threshold){ true, 0, 10000 };
    limit_is(&f, 4800, GB_GOOD, "không áp dụng");

    static struct gb_season invcum = { .code = "invcum", .month = { [2] = 1700, [9] = 10000 } };
    i->direction = GB_UP_GOOD;
    i->season = "invcum";
    i->step[0] = (struct gb_threshold){ true, 6000, 6000 };
    f.c.season = &invcum;
    f.c.n_seasons = 1;
    limit_is(&f, 900, GB_WATCH, "10,20%"); /* 60 in October, 17 % of that in March */

    i->season = "";
    i->agg = GB_AGG_SUM;
    struct gb_eval *ward = fixture_eval(&f, I_PH, WARD);
    *ward = *fixture_eval(&f, I_PH, PROVINCE);
    assert_int_equal(gb_value_of(&f.ev, I_PH, WARD, GB_D_THRESHOLD).missing, GB_MISS_NOT_APPLICABLE);
    fixture_close(&f);
}

/* A change of a percentage is in points; a change of a temperature or a grade has no percentage. */
static void changes_that_are_differences(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f);
    struct gb_eval *e = fixture_eval(&f, I_RATE, PROVINCE);
    *e = (struct gb_eval){ .latest_i = 0, .period = MONTH(2026, 10), .value = 6840, .status = 'A' };
    e->year_before = fixture_change(6520, 6840, 0);
    assert_string_equal(text(gb_value_of(&f.ev, I_RATE, PROVINCE, GB_D_YEAR_PCT), GB_WITH_UNIT), "+3,2 điểm %");
    assert_true(gb_change_is_difference(&f.c.indicator[I_GRADE]));
    assert_true(gb_change_is_difference(&f.c.indicator[I_PH]));
    assert_false(gb_change_is_difference(&f.c.indicator[I_AMOUNT]));
    fixture_close(&f);
}

static void observations(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f);
    int32_t period[2] = { MONTH(2026, 9), MONTH(2026, 10) };
    int64_t value[2] = { GB_VALUE_MISSING, 6840 };
    struct gb_series s = { .indicator_i = I_RATE, .region_i = WARD, .n = 2, .period = period, .value = value, .status = "ME" };
    struct gb_value v = gb_value_observation(&f.c, &s, 0);
    assert_int_equal(v.kind, GB_V_MISSING);
    v = gb_value_observation(&f.c, &s, 1);
    assert_string_equal(text(v, GB_WITH_UNIT), "68,4%");
    assert_int_equal(v.status, 'E');
    assert_int_equal(v.fact.region_i, WARD);
    fixture_close(&f);
}

static void status_words(void **state)
{
    (void)state;
    assert_string_equal(gb_status_mark('P'), "(sb)");
    assert_string_equal(gb_status_mark('E'), "(ước)");
    assert_string_equal(gb_status_mark('A'), "");
    assert_string_equal(gb_status_mark(0), "");
    assert_string_equal(gb_status_mark('Z'), "(*)");
    assert_string_equal(gb_status_vi('P'), "sơ bộ");
    assert_string_equal(gb_derivation_word(GB_D_YTD_PCT), "ytd-pct");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats),
        cmocka_unit_test(signs),
        cmocka_unit_test(undefined_figures_say_why),
        cmocka_unit_test(figures),
        cmocka_unit_test(limits_as_judged),
        cmocka_unit_test(changes_that_are_differences),
        cmocka_unit_test(observations),
        cmocka_unit_test(status_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
