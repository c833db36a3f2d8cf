/* Civil dates: validity, day numbers, weekdays, the printed forms, RFC 3339 times. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "base/date.h"

static void parses_only_real_days(void **state)
{
    (void)state;
    static const char *const good[] = { "2026-11-22", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31" };
    static const char *const bad[] = { "2027-02-29", "2026-04-31", "2026-13-01", "0000-00-00", "2026-00-10", "2026-11-00", "1900-02-29",
                                       "29/02/2027", "2026-1-22",  "2026-11-2",  "2026/11/22", "2026-11-22 ", " 2026-11-22", "-026-11-22",
                                       "2026-11-32", "20261122",   "" };
    struct gb_date d;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        char buf[16];
        assert_true(gb_date_parse(good[i], strlen(good[i]), &d));
        assert_int_equal(gb_date_iso(d, buf), 10);
        assert_string_equal(buf, good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (gb_date_parse(bad[i], strlen(bad[i]), &d)) {
            fail_msg("accepted \"%s\"", bad[i]);
        }
    }
    assert_false(gb_date_valid((struct gb_date){ 0 }));
}

static void day_numbers(void **state)
{
    (void)state;
    static const struct { struct gb_date d; int32_t days; int weekday; } row[] = {
        { { 1970, 1, 1 }, 0, 4 },       { { 1969, 12, 31 }, -1, 3 },   { { 2000, 2, 29 }, 11016, 2 }, { { 2000, 3, 1 }, 11017, 3 },
        { { 2026, 11, 22 }, 20779, 7 }, { { 2026, 11, 23 }, 20780, 1 }, { { 1, 1, 1 }, -719162, 1 },  { { 1900, 3, 1 }, -25508, 4 },
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        assert_int_equal(gb_date_to_days(row[i].d), row[i].days);
        assert_int_equal(gb_date_cmp(gb_date_from_days(row[i].days), row[i].d), 0);
        assert_int_equal(gb_date_weekday(row[i].d), row[i].weekday);
    }
}

static void every_day_follows_the_one_before(void **state)
{
    (void)state;
    struct gb_date prev = gb_date_from_days(-719162);
    assert_int_equal(prev.year, 1);
    for (int32_t days = -719161; days <= 2932896; days++) { /* to 9999-12-31 */
        struct gb_date d = gb_date_from_days(days);
        bool next_day = d.year == prev.year && d.month == prev.month && d.day == prev.day + 1;
        bool next_month = d.year == prev.year && d.month == prev.month + 1 && d.day == 1 &&
                          prev.day == gb_days_in_month(prev.year, prev.month);
        bool next_year = d.year == prev.year + 1 && d.month == 1 && d.day == 1 && prev.month == 12 && prev.day == 31;
        if (!(next_day || next_month || next_year) || gb_date_to_days(d) != days) {
            fail_msg("day %d: %d-%d-%d", days, d.year, d.month, d.day);
        }
        prev = d;
    }
    assert_int_equal(prev.year, 9999);
}

static void months(void **state)
{
    (void)state;
    assert_int_equal(gb_days_in_month(2024, 2), 29);
    assert_int_equal(gb_days_in_month(2100, 2), 28);
    assert_int_equal(gb_days_in_month(2000, 2), 29);
    assert_int_equal(gb_days_in_month(2026, 13), 0);
    assert_int_equal(gb_days_in_month(2026, 0), 0);
}

static void compares(void **state)
{
    (void)state;
    struct gb_date a = { 2026, 1, 31 }, b = { 2026, 2, 1 };
    assert_true(gb_date_cmp(a, b) < 0);
    assert_true(gb_date_cmp(b, a) > 0);
    assert_int_equal(gb_date_cmp(a, a), 0);
}

static void vietnamese_forms(void **state)
{
    (void)state;
    char buf[64];
    gb_date_vi((struct gb_date){ 2026, 2, 5 }, buf);
    assert_string_equal(buf, "05/02/2026");
    gb_date_vi_long((struct gb_date){ 2026, 2, 5 }, buf); /* NĐ 30/2020: days below 10 and months 1, 2 with a zero */
    assert_string_equal(buf, "ngày 05 tháng 02 năm 2026");
    gb_date_vi_long((struct gb_date){ 2026, 3, 15 }, buf);
    assert_string_equal(buf, "ngày 15 tháng 3 năm 2026");
    gb_date_vi_long((struct gb_date){ 2026, 11, 22 }, buf);
    assert_string_equal(buf, "ngày 22 tháng 11 năm 2026");
}

static void times(void **state)
{
    (void)state;
    static const struct { const char *text; int64_t utc_s; } good[] = {
        { "1970-01-01T00:00:00Z", 0 },
        { "1970-01-01T07:00:00+07:00", 0 },
        { "2026-11-22T05:00:00+07:00", 1795298400 },
        { "2026-11-21T22:00:00Z", 1795298400 },
        { "2026-11-21T22:00:00.999Z", 1795298400 },
        { "2026-11-21T17:30:00-04:30", 1795298400 },
    };
    static const char *const bad[] = { "2026-11-22",           "2026-11-22T05:00:00",       "2026-11-22T05:00+07:00", "2026-11-22T24:00:00Z",
                                       "2026-11-22T05:60:00Z", "2026-02-30T05:00:00Z",      "2026-11-22 05:00:00Z",   "2026-11-22T05:00:00+7:00",
                                       "2026-11-22T05:00:00.Z", "2026-11-22T05:00:00+0700", "2026-11-22T05:00:00ZZ",  "2026-11-22T05:00:60Z" };
    int64_t s;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(gb_time_parse(good[i].text, strlen(good[i].text), &s));
        assert_int_equal(s, good[i].utc_s);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (gb_time_parse(bad[i], strlen(bad[i]), &s)) {
            fail_msg("accepted \"%s\"", bad[i]);
        }
    }
    char buf[32];
    gb_time_iso_vn(1795298400, buf);
    assert_string_equal(buf, "2026-11-22T05:00:00+07:00");
    gb_time_iso_vn(-7 * 3600 - 1, buf);
    assert_string_equal(buf, "1969-12-31T23:59:59+07:00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses_only_real_days), cmocka_unit_test(day_numbers), cmocka_unit_test(every_day_follows_the_one_before),
        cmocka_unit_test(months),                cmocka_unit_test(compares),    cmocka_unit_test(vietnamese_forms),
        cmocka_unit_test(times),
    };
    return cmocka_run_group_tests_name("base/date", tests, NULL, NULL);
}
