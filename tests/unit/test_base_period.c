/* Reporting periods: the contract's forms, neighbours, year ago (week 53, 29 February), Vietnamese forms. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "base/period.h"

static int32_t ordinal(const char *text, enum gb_freq want)
{
    enum gb_freq f;
    int32_t ord;
    if (!gb_period_parse(text, strlen(text), &f, &ord) || f != want) {
        fail_msg("\"%s\" is not a period of frequency %d", text, (int)want);
    }
    return ord;
}

static const struct {
    const char *text;
    enum gb_freq f;
    const char *start, *end, *vi, *before; /* before: the same period a year earlier, "" if there is none */
} form[] = {
    { "2026", GB_FREQ_YEAR, "2026-01-01", "2026-12-31", "năm 2026", "2025" },
    { "2026-Q3", GB_FREQ_QUARTER, "2026-07-01", "2026-09-30", "quý III/2026", "2025-Q3" },
    { "2026-Q1", GB_FREQ_QUARTER, "2026-01-01", "2026-03-31", "quý I/2026", "2025-Q1" },
    { "2026-Q4", GB_FREQ_QUARTER, "2026-10-01", "2026-12-31", "quý IV/2026", "2025-Q4" },
    { "2026-11", GB_FREQ_MONTH, "2026-11-01", "2026-11-30", "tháng 11/2026", "2025-11" },
    { "2024-02", GB_FREQ_MONTH, "2024-02-01", "2024-02-29", "tháng 2/2024", "2023-02" },
    { "2026-W47", GB_FREQ_WEEK, "2026-11-16", "2026-11-22", "tuần 47/2026", "2025-W47" },
    { "2026-W53", GB_FREQ_WEEK, "2026-12-28", "2027-01-03", "tuần 53/2026", "" },
    { "2026-W01", GB_FREQ_WEEK, "2025-12-29", "2026-01-04", "tuần 1/2026", "2025-W01" },
    { "2020-W53", GB_FREQ_WEEK, "2020-12-28", "2021-01-03", "tuần 53/2020", "" },
    { "2021-W52", GB_FREQ_WEEK, "2021-12-27", "2022-01-02", "tuần 52/2021", "2020-W52" },
    { "2026-11-22", GB_FREQ_DAY, "2026-11-22", "2026-11-22", "22/11/2026", "2025-11-22" },
    { "2024-02-29", GB_FREQ_DAY, "2024-02-29", "2024-02-29", "29/02/2024", "" },
    { "2025-02-28", GB_FREQ_DAY, "2025-02-28", "2025-02-28", "28/02/2025", "2024-02-28" },
    { "2026-11-22T05", GB_FREQ_HOUR, "2026-11-22", "2026-11-22", "05 giờ 22/11/2026", "2025-11-22T05" },
    { "2024-02-29T23", GB_FREQ_HOUR, "2024-02-29", "2024-02-29", "23 giờ 29/02/2024", "" },
    { "1965-03-01T00", GB_FREQ_HOUR, "1965-03-01", "1965-03-01", "00 giờ 01/03/1965", "1964-03-01T00" },
    { "1965-W09", GB_FREQ_WEEK, "1965-03-01", "1965-03-07", "tuần 9/1965", "1964-W09" },
};
#define N_FORMS (sizeof form / sizeof *form)

static void forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_FORMS; i++) {
        int32_t ord = ordinal(form[i].text, form[i].f);
        char buf[48];
        assert_int_equal(gb_period_iso(form[i].f, ord, buf), strlen(form[i].text));
        assert_string_equal(buf, form[i].text);
        assert_int_equal(gb_period_vi(form[i].f, ord, buf), strlen(form[i].vi));
        assert_string_equal(buf, form[i].vi);
        gb_date_iso(gb_period_start(form[i].f, ord, GB_CAL_CIVIL), buf);
        assert_string_equal(buf, form[i].start);
        gb_date_iso(gb_period_end(form[i].f, ord, GB_CAL_CIVIL), buf);
        assert_string_equal(buf, form[i].end);
        int32_t want = *form[i].before ? ordinal(form[i].before, form[i].f) : GB_PERIOD_NONE;
        assert_int_equal(gb_period_year_before(form[i].f, ord), want);
    }
}

static void what_is_no_period(void **state)
{
    (void)state;
    static const char *const bad[] = { "",         "26",         "0000",       "2026-",        "2026-Q0",       "2026-Q5",       "2026-q3",
                                       "2026-00",  "2026-13",    "2026-W00",   "2026-W54",     "2025-W53",      "2026-w47",      "2026-11-31",
                                       "2027-02-29", "2026-13-01", "0000-00-00", "2026-11-22T24", "2026-11-22 05", "2026-11-22T5",  "2026-11-22T05:00",
                                       "2026Q3",   "11/2026",    "2026/11/22", " 2026",        "2026 ",         "20260",         "2026-1a",
                                       "2026-1",   "2026-Q33",   "-026-11-22", "2026-11-22T-1" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        enum gb_freq f;
        int32_t ord;
        if (gb_period_parse(bad[i], strlen(bad[i]), &f, &ord)) {
            fail_msg("accepted \"%s\"", bad[i]);
        }
    }
}

static void neighbours_touch(void **state)
{
    (void)state;
    static const char *const first[] = { "1999", "1999-Q1", "1999-01", "1999-W01", "1999-01-01" };
    for (int i = 0; i < 5; i++) {
        enum gb_freq f = (enum gb_freq)(GB_FREQ_YEAR + i);
        int32_t ord = ordinal(first[i], f);
        for (int n = 0; n < 2000; n++, ord++) {
            for (int c = 0; c < GB_N_CALENDARS; c++) {
                enum gb_calendar cal = (enum gb_calendar)c;
                struct gb_date start = gb_period_start(f, ord, cal), end = gb_period_end(f, ord, cal);
                assert_true(gb_date_valid(start) && gb_date_valid(end));
                assert_int_equal(gb_date_to_days(end) + 1, gb_date_to_days(gb_period_start(f, ord + 1, cal)));
                assert_int_equal(gb_period_days(f, ord, cal), gb_date_to_days(end) - gb_date_to_days(start) + 1);
                assert_int_equal(gb_period_of(f, start, cal), ord);
                assert_int_equal(gb_period_of(f, end, cal), ord);
            }
            char buf[24];
            size_t len = gb_period_iso(f, ord, buf);
            enum gb_freq back_f;
            int32_t back;
            assert_true(gb_period_parse(buf, len, &back_f, &back));
            assert_int_equal(back_f, f);
            assert_int_equal(back, ord);
        }
    }
}

/* Nghị định 09/2019/NĐ-CP: from the 15th to the 14th. The name, the year of the name and the year before it do not move. */
static void administrative(void **state)
{
    (void)state;
    static const struct { const char *text; enum gb_freq f; const char *start, *end; int days; } row[] = {
        { "2026-11", GB_FREQ_MONTH, "2026-10-15", "2026-11-14", 31 },
        { "2026-01", GB_FREQ_MONTH, "2025-12-15", "2026-01-14", 31 }, /* begins in the year before its name */
        { "2026-12", GB_FREQ_MONTH, "2026-11-15", "2026-12-14", 30 },
        { "2026-03", GB_FREQ_MONTH, "2026-02-15", "2026-03-14", 28 },
        { "2024-03", GB_FREQ_MONTH, "2024-02-15", "2024-03-14", 29 }, /* over 29 February */
        { "2026-Q1", GB_FREQ_QUARTER, "2025-12-15", "2026-03-14", 90 },
        { "2024-Q1", GB_FREQ_QUARTER, "2023-12-15", "2024-03-14", 91 },
        { "2026-Q4", GB_FREQ_QUARTER, "2026-09-15", "2026-12-14", 91 },
        { "2026", GB_FREQ_YEAR, "2025-12-15", "2026-12-14", 365 },
        { "2024", GB_FREQ_YEAR, "2023-12-15", "2024-12-14", 366 },
        { "2026-W47", GB_FREQ_WEEK, "2026-11-16", "2026-11-22", 7 }, /* these three have no second form */
        { "2026-11-22", GB_FREQ_DAY, "2026-11-22", "2026-11-22", 1 },
        { "2026-11-22T05", GB_FREQ_HOUR, "2026-11-22", "2026-11-22", 1 },
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        int32_t ord = ordinal(row[i].text, row[i].f);
        char buf[48];
        gb_date_iso(gb_period_start(row[i].f, ord, GB_CAL_ADMIN), buf);
        assert_string_equal(buf, row[i].start);
        gb_date_iso(gb_period_end(row[i].f, ord, GB_CAL_ADMIN), buf);
        assert_string_equal(buf, row[i].end);
        assert_int_equal(gb_period_days(row[i].f, ord, GB_CAL_ADMIN), row[i].days);
        assert_int_equal(gb_freq_has_calendar(row[i].f), row[i].f <= GB_FREQ_MONTH);
    }
    static const struct { struct gb_date d; const char *month, *quarter, *year; } day[] = {
        { { 2026, 11, 14 }, "2026-11", "2026-Q4", "2026" }, { { 2026, 11, 15 }, "2026-12", "2026-Q4", "2026" },
        { { 2026, 9, 14 }, "2026-09", "2026-Q3", "2026" },  { { 2026, 9, 15 }, "2026-10", "2026-Q4", "2026" },
        { { 2026, 12, 14 }, "2026-12", "2026-Q4", "2026" }, { { 2026, 12, 15 }, "2027-01", "2027-Q1", "2027" },
        { { 2026, 12, 31 }, "2027-01", "2027-Q1", "2027" }, { { 2024, 2, 29 }, "2024-03", "2024-Q1", "2024" },
    };
    for (size_t i = 0; i < sizeof day / sizeof *day; i++) {
        assert_int_equal(gb_period_of(GB_FREQ_MONTH, day[i].d, GB_CAL_ADMIN), ordinal(day[i].month, GB_FREQ_MONTH));
        assert_int_equal(gb_period_of(GB_FREQ_QUARTER, day[i].d, GB_CAL_ADMIN), ordinal(day[i].quarter, GB_FREQ_QUARTER));
        assert_int_equal(gb_period_of(GB_FREQ_YEAR, day[i].d, GB_CAL_ADMIN), ordinal(day[i].year, GB_FREQ_YEAR));
    }
    int32_t january = ordinal("2026-01", GB_FREQ_MONTH);
    assert_int_equal(gb_period_year(GB_FREQ_MONTH, january), 2026);
    assert_int_equal(gb_period_year_first(GB_FREQ_MONTH, ordinal("2026-12", GB_FREQ_MONTH)), january);
    assert_int_equal(gb_period_year_before(GB_FREQ_MONTH, january), ordinal("2025-01", GB_FREQ_MONTH));
    assert_string_equal(gb_calendar_word(GB_CAL_ADMIN), "administrative");
    assert_string_equal(gb_calendar_word(GB_CAL_CIVIL), "calendar");
}

static void years(void **state)
{
    (void)state;
    /* 53 weeks in 2020 and 2026; the ISO year is the year of the Thursday */
    assert_int_equal(gb_periods_in_year(GB_FREQ_WEEK, 2026), 53);
    assert_int_equal(gb_periods_in_year(GB_FREQ_WEEK, 2025), 52);
    assert_int_equal(gb_periods_in_year(GB_FREQ_WEEK, 2020), 53);
    assert_int_equal(gb_periods_in_year(GB_FREQ_DAY, 2024), 366);
    assert_int_equal(gb_periods_in_year(GB_FREQ_DAY, 2026), 365);
    assert_int_equal(gb_periods_in_year(GB_FREQ_HOUR, 2026), 8760);
    assert_int_equal(gb_periods_in_year(GB_FREQ_QUARTER, 2026), 4);
    assert_int_equal(gb_period_year(GB_FREQ_WEEK, ordinal("2026-W01", GB_FREQ_WEEK)), 2026); /* begins in December 2025 */
    assert_int_equal(gb_period_year_first(GB_FREQ_WEEK, ordinal("2026-W47", GB_FREQ_WEEK)), ordinal("2026-W01", GB_FREQ_WEEK));
    assert_int_equal(gb_period_year_first(GB_FREQ_MONTH, ordinal("2026-11", GB_FREQ_MONTH)), ordinal("2026-01", GB_FREQ_MONTH));
    assert_int_equal(gb_period_year_first(GB_FREQ_DAY, ordinal("2026-11-22", GB_FREQ_DAY)), ordinal("2026-01-01", GB_FREQ_DAY));
    assert_int_equal(gb_period_year_first(GB_FREQ_HOUR, ordinal("2026-11-22T05", GB_FREQ_HOUR)), ordinal("2026-01-01T00", GB_FREQ_HOUR));
    assert_int_equal(gb_period_year_first(GB_FREQ_QUARTER, ordinal("2026-Q4", GB_FREQ_QUARTER)), ordinal("2026-Q1", GB_FREQ_QUARTER));
    assert_int_equal(gb_period_year_first(GB_FREQ_YEAR, 2026), 2026);
    assert_int_equal(gb_period_of(GB_FREQ_HOUR, (struct gb_date){ 2026, 11, 22 }, GB_CAL_CIVIL), ordinal("2026-11-22T23", GB_FREQ_HOUR));
}

static void words(void **state)
{
    (void)state;
    static const struct { enum gb_freq f; const char *word, *vi, *noun, *sdmx; } row[] = {
        { GB_FREQ_HOUR, "hourly", "hằng giờ", "giờ", "H" },       { GB_FREQ_DAY, "daily", "hằng ngày", "ngày", "D" },
        { GB_FREQ_WEEK, "weekly", "hằng tuần", "tuần", "W" },     { GB_FREQ_MONTH, "monthly", "hằng tháng", "tháng", "M" },
        { GB_FREQ_QUARTER, "quarterly", "hằng quý", "quý", "Q" }, { GB_FREQ_YEAR, "yearly", "hằng năm", "năm", "A" },
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        enum gb_freq f;
        assert_true(gb_freq_parse(row[i].word, &f));
        assert_int_equal(f, row[i].f);
        assert_string_equal(gb_freq_word(f), row[i].word);
        assert_string_equal(gb_freq_vi(f), row[i].vi);
        assert_string_equal(gb_freq_noun_vi(f), row[i].noun);
        assert_string_equal(gb_freq_sdmx(f), row[i].sdmx);
    }
    enum gb_freq f;
    assert_false(gb_freq_parse("annual", &f));
    assert_false(gb_freq_parse("", &f));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms), cmocka_unit_test(what_is_no_period), cmocka_unit_test(neighbours_touch),
        cmocka_unit_test(administrative), cmocka_unit_test(years), cmocka_unit_test(words),
    };
    return cmocka_run_group_tests_name("base/period", tests, NULL, NULL);
}
