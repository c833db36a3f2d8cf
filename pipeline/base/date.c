/* date.c — the proleptic Gregorian calendar by whole-number arithmetic on days (eras of 400 years, the year begun in March so
 * that the leap day comes last). Years 1 to 9999: four digits in every form we read. */
#include "base/date.h"
#include <stdio.h>

static bool is_leap(int y)
{
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

int gb_days_in_month(int year, int month)
{
    static const int8_t days[13] = { 0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (month < 1 || month > 12) {
        return 0;
    }
    return days[month] + (month == 2 && is_leap(year));
}

bool gb_date_valid(struct gb_date d)
{
    return d.year >= 1 && d.year <= 9999 && d.day >= 1 && d.day <= gb_days_in_month(d.year, d.month);
}

/* Value of n digits; -1 when one is none. */
static int digits(const char *p, int n)
{
    int v = 0;
    for (int i = 0; i < n; i++) {
        unsigned d = (unsigned)(unsigned char)p[i] - '0';
        if (d > 9) {
            return -1;
        }
        v = v * 10 + (int)d;
    }
    return v;
}

bool gb_date_parse(const char *p, size_t n, struct gb_date *out)
{
    if (n != 10 || p[4] != '-' || p[7] != '-') {
        return false;
    }
    int y = digits(p, 4), m = digits(p + 5, 2), d = digits(p + 8, 2);
    if (y < 1 || m < 1 || d < 1) {
        return false;
    }
    struct gb_date date = { (int16_t)y, (int8_t)m, (int8_t)d };
    if (!gb_date_valid(date)) {
        return false;
    }
    *out = date;
    return true;
}

int32_t gb_date_to_days(struct gb_date d)
{
    int y = d.year - (d.month <= 2);
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct gb_date gb_date_from_days(int32_t days)
{
    int64_t z = (int64_t)days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = (int)(z - era * 146097);
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    int month = mp + (mp < 10 ? 3 : -9);
    int64_t year = yoe + era * 400 + (month <= 2);
    return (struct gb_date){ (int16_t)year, (int8_t)month, (int8_t)(doy - (153 * mp + 2) / 5 + 1) };
}

int gb_date_weekday(struct gb_date d)
{
    int32_t days = gb_date_to_days(d); /* 1970-01-01 was a Thursday */
    int w = (days + 3) % 7;
    return (w < 0 ? w + 7 : w) + 1;
}

int gb_date_cmp(struct gb_date a, struct gb_date b)
{
    int32_t x = a.year * 10000 + a.month * 100 + a.day, y = b.year * 10000 + b.month * 100 + b.day;
    return (x > y) - (x < y);
}

/* The buffers of the header hold any int16 year; snprintf only states it. */
static size_t len(int n, size_t cap)
{
    gb_assert(n >= 0 && (size_t)n < cap);
    return (size_t)n;
}

size_t gb_date_iso(struct gb_date d, char buf[16])
{
    return len(snprintf(buf, 16, "%04d-%02d-%02d", d.year, d.month, d.day), 16);
}

size_t gb_date_vi(struct gb_date d, char buf[16])
{
    return len(snprintf(buf, 16, "%02d/%02d/%04d", d.day, d.month, d.year), 16);
}

size_t gb_date_vi_long(struct gb_date d, char buf[64])
{
    const char *zero = d.month <= 2 ? "0" : "";
    return len(snprintf(buf, 64, "ngày %02d tháng %s%d năm %d", d.day, zero, d.month, d.year), 64);
}

/* "Z" or ±hh:mm after p; seconds east of UTC. */
static bool zone_parse(const char *p, size_t n, int *east_s)
{
    if (n == 1 && *p == 'Z') {
        *east_s = 0;
        return true;
    }
    if (n != 6 || (*p != '+' && *p != '-') || p[3] != ':') {
        return false;
    }
    int h = digits(p + 1, 2), m = digits(p + 4, 2);
    if (h < 0 || h > 23 || m < 0 || m > 59) {
        return false;
    }
    *east_s = (h * 60 + m) * (*p == '-' ? -60 : 60);
    return true;
}

bool gb_time_parse(const char *p, size_t n, int64_t *utc_s)
{
    struct gb_date d;
    if (n < 20 || p[10] != 'T' || p[13] != ':' || p[16] != ':' || !gb_date_parse(p, 10, &d)) {
        return false;
    }
    int h = digits(p + 11, 2), m = digits(p + 14, 2), s = digits(p + 17, 2);
    if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59) {
        return false;
    }
    size_t i = 19;
    if (p[i] == '.') { /* a fraction of a second is accepted and left out */
        size_t first = ++i;
        while (i < n && p[i] >= '0' && p[i] <= '9') {
            i++;
        }
        if (i == first) {
            return false;
        }
    }
    int east_s;
    if (i >= n || !zone_parse(p + i, n - i, &east_s)) {
        return false;
    }
    *utc_s = (int64_t)gb_date_to_days(d) * 86400 + h * 3600 + m * 60 + s - east_s;
    return true;
}

size_t gb_time_iso_vn(int64_t utc_s, char buf[32])
{
    int64_t local = gb_time_local(utc_s);
    int64_t days = local / 86400, s = local % 86400;
    if (s < 0) {
        s += 86400;
        days--;
    }
    struct gb_date d = gb_date_from_days((int32_t)days);
    int t = (int)s;
    return len(snprintf(buf, 32, "%04d-%02d-%02dT%02d:%02d:%02d+07:00", d.year, d.month, d.day, t / 3600, t / 60 % 60, t % 60),
               32);
}

struct gb_date gb_date_of_utc(int64_t utc_s)
{
    int64_t local = gb_time_local(utc_s);
    int64_t days = local >= 0 ? local / 86400 : -((-local + 86399) / 86400);
    return gb_date_from_days((int32_t)days);
}
