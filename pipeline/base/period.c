/* period.c — periods as ordinals. Parsing is by length and position, without a scan: every delivered row passes here. */
#include "base/period.h"
#include <stdio.h>

static inline int two(const char *p)
{
    unsigned a = (unsigned)(unsigned char)p[0] - '0', b = (unsigned)(unsigned char)p[1] - '0';
    return a > 9 || b > 9 ? -1 : (int)(a * 10 + b);
}

static int32_t floor_div(int32_t a, int32_t b)
{
    int32_t q = a / b;
    return a % b < 0 ? q - 1 : q;
}

static int32_t monday_of(int32_t days)
{
    return floor_div(days + 3, 7) * 7 - 3;
}

/* Ordinal of ISO week 1: the week that holds 4 January. */
static int32_t week_one(int year)
{
    return floor_div(gb_date_to_days((struct gb_date){ (int16_t)year, 1, 4 }) + 3, 7);
}

static int weeks_in(int year)
{
    return week_one(year + 1) - week_one(year);
}

/* The ISO year of a week is the year of its Thursday. */
static int week_year(int32_t ord)
{
    return gb_date_from_days(ord * 7 - 3 + 3).year;
}

static bool parse_seven(const char *p, int year, enum gb_freq *freq, int32_t *ordinal)
{
    if (p[5] == 'Q') {
        if (p[6] < '1' || p[6] > '4') {
            return false;
        }
        *freq = GB_FREQ_QUARTER;
        *ordinal = year * 4 + (p[6] - '1');
        return true;
    }
    int month = two(p + 5);
    if (month < 1 || month > 12) {
        return false;
    }
    *freq = GB_FREQ_MONTH;
    *ordinal = year * 12 + month - 1;
    return true;
}

static bool parse_week(const char *p, int year, enum gb_freq *freq, int32_t *ordinal)
{
    int week = two(p + 6);
    if (p[5] != 'W' || week < 1 || week > weeks_in(year)) {
        return false;
    }
    *freq = GB_FREQ_WEEK;
    *ordinal = week_one(year) + week - 1;
    return true;
}

static bool parse_day(const char *p, int year, int32_t *days)
{
    int month = two(p + 5), day = two(p + 8);
    if (p[7] != '-' || month < 1 || month > 12 || day < 1 || day > gb_days_in_month(year, month)) {
        return false;
    }
    *days = gb_date_to_days((struct gb_date){ (int16_t)year, (int8_t)month, (int8_t)day });
    return true;
}

bool gb_period_parse(const char *p, size_t n, enum gb_freq *freq, int32_t *ordinal)
{
    if (n < 4 || n > 13) {
        return false;
    }
    int high = two(p), low = two(p + 2);
    int year = high * 100 + low;
    if (high < 0 || low < 0 || year < 1) {
        return false;
    }
    if (n == 4) {
        *freq = GB_FREQ_YEAR;
        *ordinal = year;
        return true;
    }
    if (p[4] != '-') {
        return false;
    }
    int32_t days;
    switch (n) {
    case 7: return parse_seven(p, year, freq, ordinal);
    case 8: return parse_week(p, year, freq, ordinal);
    case 10:
        if (!parse_day(p, year, &days)) {
            return false;
        }
        *freq = GB_FREQ_DAY;
        *ordinal = days;
        return true;
    case 13: {
        int hour = two(p + 11);
        if (p[10] != 'T' || hour < 0 || hour > 23 || !parse_day(p, year, &days)) {
            return false;
        }
        *freq = GB_FREQ_HOUR;
        *ordinal = days * 24 + hour;
        return true;
    }
    default: return false;
    }
}

static const struct {
    const char *word, *vi, *noun, *sdmx;
} names[] = {
    [GB_FREQ_YEAR] = { "yearly", "hằng năm", "năm", "A" },       [GB_FREQ_QUARTER] = { "quarterly", "hằng quý", "quý", "Q" },
    [GB_FREQ_MONTH] = { "monthly", "hằng tháng", "tháng", "M" }, [GB_FREQ_WEEK] = { "weekly", "hằng tuần", "tuần", "W" },
    [GB_FREQ_DAY] = { "daily", "hằng ngày", "ngày", "D" },       [GB_FREQ_HOUR] = { "hourly", "hằng giờ", "giờ", "H" },
};

static void check_freq(enum gb_freq f)
{
    gb_assert(f >= GB_FREQ_YEAR && f <= GB_FREQ_HOUR);
}

bool gb_freq_parse(const char *word, enum gb_freq *out)
{
    for (int f = GB_FREQ_YEAR; f <= GB_FREQ_HOUR; f++) {
        if (gb_streq(word, names[f].word)) {
            *out = (enum gb_freq)f;
            return true;
        }
    }
    return false;
}

const char *gb_freq_word(enum gb_freq f)
{
    check_freq(f);
    return names[f].word;
}

const char *gb_freq_vi(enum gb_freq f)
{
    check_freq(f);
    return names[f].vi;
}

const char *gb_freq_noun_vi(enum gb_freq f)
{
    check_freq(f);
    return names[f].noun;
}

const char *gb_freq_sdmx(enum gb_freq f)
{
    check_freq(f);
    return names[f].sdmx;
}

static size_t len(int n, size_t cap)
{
    gb_assert(n >= 0 && (size_t)n < cap);
    return (size_t)n;
}

size_t gb_period_iso(enum gb_freq f, int32_t ord, char buf[24])
{
    switch (f) {
    case GB_FREQ_YEAR: return len(snprintf(buf, 24, "%04d", ord), 24);
    case GB_FREQ_QUARTER: return len(snprintf(buf, 24, "%04d-Q%d", ord / 4, ord % 4 + 1), 24);
    case GB_FREQ_MONTH: return len(snprintf(buf, 24, "%04d-%02d", ord / 12, ord % 12 + 1), 24);
    case GB_FREQ_WEEK: {
        int year = week_year(ord);
        return len(snprintf(buf, 24, "%04d-W%02d", year, ord - week_one(year) + 1), 24);
    }
    case GB_FREQ_DAY: return gb_date_iso(gb_date_from_days(ord), buf);
    case GB_FREQ_HOUR: {
        int32_t days = floor_div(ord, 24);
        size_t n = gb_date_iso(gb_date_from_days(days), buf);
        return n + len(snprintf(buf + n, 24 - n, "T%02d", ord - days * 24), 24 - n);
    }
    }
    gb_bug("frequency");
}

size_t gb_period_vi(enum gb_freq f, int32_t ord, char buf[48])
{
    static const char *const roman[4] = { "I", "II", "III", "IV" };
    switch (f) {
    case GB_FREQ_YEAR: return len(snprintf(buf, 48, "năm %d", ord), 48);
    case GB_FREQ_QUARTER: return len(snprintf(buf, 48, "quý %s/%d", roman[ord % 4 < 0 ? 0 : ord % 4], ord / 4), 48);
    case GB_FREQ_MONTH: return len(snprintf(buf, 48, "tháng %d/%d", ord % 12 + 1, ord / 12), 48);
    case GB_FREQ_WEEK: {
        int year = week_year(ord);
        return len(snprintf(buf, 48, "tuần %d/%d", ord - week_one(year) + 1, year), 48);
    }
    case GB_FREQ_DAY: return gb_date_vi(gb_date_from_days(ord), buf);
    case GB_FREQ_HOUR: {
        int32_t days = floor_div(ord, 24);
        char date[16];
        gb_date_vi(gb_date_from_days(days), date);
        return len(snprintf(buf, 48, "%02d giờ %s", ord - days * 24, date), 48);
    }
    }
    gb_bug("frequency");
}

bool gb_freq_has_calendar(enum gb_freq f)
{
    check_freq(f);
    return f <= GB_FREQ_MONTH;
}

const char *gb_calendar_word(enum gb_calendar cal)
{
    return cal == GB_CAL_ADMIN ? "administrative" : "calendar";
}

/* First day of the civil month (month_i = year*12 + month-1), or of the administrative one of that name. */
static struct gb_date month_start(int32_t month_i, enum gb_calendar cal)
{
    int32_t m = cal == GB_CAL_ADMIN ? month_i - 1 : month_i, year = floor_div(m, 12);
    return (struct gb_date){ (int16_t)year, (int8_t)(m - year * 12 + 1), cal == GB_CAL_ADMIN ? GB_ADMIN_FIRST_DAY : 1 };
}

static struct gb_date month_end(int32_t month_i, enum gb_calendar cal)
{
    int32_t year = floor_div(month_i, 12), month = month_i - year * 12 + 1;
    int day = cal == GB_CAL_ADMIN ? GB_ADMIN_FIRST_DAY - 1 : gb_days_in_month(year, month);
    return (struct gb_date){ (int16_t)year, (int8_t)month, (int8_t)day };
}

struct gb_date gb_period_start(enum gb_freq f, int32_t ord, enum gb_calendar cal)
{
    switch (f) {
    case GB_FREQ_YEAR: return month_start(ord * 12, cal);
    case GB_FREQ_QUARTER: return month_start(ord * 3, cal);
    case GB_FREQ_MONTH: return month_start(ord, cal);
    case GB_FREQ_WEEK: return gb_date_from_days(ord * 7 - 3);
    case GB_FREQ_DAY: return gb_date_from_days(ord);
    case GB_FREQ_HOUR: return gb_date_from_days(floor_div(ord, 24));
    }
    gb_bug("frequency");
}

struct gb_date gb_period_end(enum gb_freq f, int32_t ord, enum gb_calendar cal)
{
    switch (f) {
    case GB_FREQ_YEAR: return month_end(ord * 12 + 11, cal);
    case GB_FREQ_QUARTER: return month_end(ord * 3 + 2, cal);
    case GB_FREQ_MONTH: return month_end(ord, cal);
    case GB_FREQ_WEEK: return gb_date_from_days(ord * 7 + 3);
    case GB_FREQ_DAY:
    case GB_FREQ_HOUR: return gb_period_start(f, ord, cal);
    }
    gb_bug("frequency");
}

int32_t gb_period_days(enum gb_freq f, int32_t ord, enum gb_calendar cal)
{
    return gb_date_to_days(gb_period_end(f, ord, cal)) - gb_date_to_days(gb_period_start(f, ord, cal)) + 1;
}

int32_t gb_period_of(enum gb_freq f, struct gb_date d, enum gb_calendar cal)
{
    int32_t month_i = d.year * 12 + d.month - 1 + (cal == GB_CAL_ADMIN && d.day >= GB_ADMIN_FIRST_DAY);
    switch (f) {
    case GB_FREQ_YEAR: return floor_div(month_i, 12);
    case GB_FREQ_QUARTER: return floor_div(month_i, 3);
    case GB_FREQ_MONTH: return month_i;
    case GB_FREQ_WEEK: return (monday_of(gb_date_to_days(d)) + 3) / 7;
    case GB_FREQ_DAY: return gb_date_to_days(d);
    case GB_FREQ_HOUR: return gb_date_to_days(d) * 24 + 23;
    }
    gb_bug("frequency");
}

static int32_t day_year_before(int32_t days)
{
    struct gb_date d = gb_date_from_days(days);
    d.year = (int16_t)(d.year - 1);
    return gb_date_valid(d) ? gb_date_to_days(d) : GB_PERIOD_NONE;
}

int32_t gb_period_year_before(enum gb_freq f, int32_t ord)
{
    switch (f) {
    case GB_FREQ_YEAR: return ord - 1;
    case GB_FREQ_QUARTER: return ord - 4;
    case GB_FREQ_MONTH: return ord - 12;
    case GB_FREQ_WEEK: {
        int year = week_year(ord);
        int32_t week_i = ord - week_one(year);
        return week_i < weeks_in(year - 1) ? week_one(year - 1) + week_i : GB_PERIOD_NONE;
    }
    case GB_FREQ_DAY: return day_year_before(ord);
    case GB_FREQ_HOUR: {
        int32_t days = floor_div(ord, 24), before = day_year_before(days);
        return before == GB_PERIOD_NONE ? before : before * 24 + (ord - days * 24);
    }
    }
    gb_bug("frequency");
}

int gb_period_year(enum gb_freq f, int32_t ord)
{
    return f == GB_FREQ_WEEK ? week_year(ord) : gb_period_start(f, ord, GB_CAL_CIVIL).year; /* its name, in both calendars */
}

int32_t gb_period_year_first(enum gb_freq f, int32_t ord)
{
    int year = gb_period_year(f, ord);
    if (f == GB_FREQ_WEEK) {
        return week_one(year);
    }
    int32_t first = gb_period_of(f, (struct gb_date){ (int16_t)year, 1, 1 }, GB_CAL_CIVIL);
    return f == GB_FREQ_HOUR ? first - 23 : first;
}

int gb_periods_in_year(enum gb_freq f, int year)
{
    int days = 337 + gb_days_in_month(year, 2);
    switch (f) {
    case GB_FREQ_YEAR: return 1;
    case GB_FREQ_QUARTER: return 4;
    case GB_FREQ_MONTH: return 12;
    case GB_FREQ_WEEK: return weeks_in(year);
    case GB_FREQ_DAY: return days;
    case GB_FREQ_HOUR: return days * 24;
    }
    gb_bug("frequency");
}
