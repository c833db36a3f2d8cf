/* xlsx_cell.c — what a stored number means: as a decimal, as a date, by the format it is shown in. Digits only, no doubles. */
#include "intake/xlsx_int.h"

enum { MAX_DIGITS = 40, MAX_EXPONENT = 60, KEPT = 15 };

/* ---- decimals ------------------------------------------------------------------------------------------------------ */
struct number {
    bool negative;
    char digit[MAX_DIGITS]; /* 0..9, without leading zeros */
    int n, point;           /* point: how many of the digits stand before it; may be negative or beyond n */
};

static bool read_exponent(const char *p, const char *end, int *out)
{
    const bool negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+'))
        p++;
    int v = 0;
    if (p == end || end - p > 3)
        return false;
    for (; p < end; p++) {
        if (*p < '0' || *p > '9')
            return false;
        v = v * 10 + (*p - '0');
    }
    *out = negative ? -v : v;
    return true;
}

static bool read_number(struct gb_str s, struct number *x)
{
    const char *p = s.p, *end = s.p + s.n;
    bool any = false, after_point = false;
    int exponent = 0;
    *x = (struct number){ .negative = p < end && *p == '-' };
    if (p < end && *p == '-')
        p++;
    for (; p < end && *p != 'E' && *p != 'e'; p++) {
        if (*p == '.' && !after_point) {
            after_point = true;
            continue;
        }
        if (*p < '0' || *p > '9')
            return false;
        any = true;
        if (x->n == 0 && *p == '0') {
            x->point -= after_point;
            continue;
        }
        if (x->n == MAX_DIGITS)
            return false;
        x->digit[x->n++] = (char)(*p - '0');
        x->point += !after_point;
    }
    if (!any || (p < end && !read_exponent(p + 1, end, &exponent)))
        return false;
    x->point += exponent;
    while (x->n && x->digit[x->n - 1] == 0)
        x->n--;
    if (x->n == 0)
        x->point = 0;
    return x->point <= MAX_EXPONENT && x->point >= -MAX_EXPONENT;
}

/* To KEPT significant digits, half up. */
static void round_kept(struct number *x)
{
    if (x->n <= KEPT)
        return;
    int i = KEPT - 1;
    const bool up = x->digit[KEPT] >= 5;
    x->n = KEPT;
    while (up && i >= 0 && x->digit[i] == 9)
        x->digit[i--] = 0;
    if (up && i >= 0)
        x->digit[i]++;
    else if (up) {
        x->digit[0] = 1; /* 999.. became 1000.. */
        x->point++;
    }
    while (x->n && x->digit[x->n - 1] == 0)
        x->n--;
}

size_t gb_number_plain(struct gb_str s, int shift, char out[128])
{
    struct number x;
    size_t w = 0;
    if (!read_number(s, &x))
        return 0;
    if (x.n > x.point && x.point <= KEPT) /* decimals: a whole number is what it is, however long */
        round_kept(&x);
    if (x.n)
        x.point += shift;
    if (x.negative && x.n)
        out[w++] = '-';
    if (x.point <= 0)
        out[w++] = '0';
    for (int i = 0; i < x.point; i++)
        out[w++] = (char)('0' + (i < x.n ? x.digit[i] : 0));
    if (x.n > x.point) {
        out[w++] = '.';
        for (int i = x.point; i < 0; i++)
            out[w++] = '0';
        for (int i = x.point > 0 ? x.point : 0; i < x.n; i++)
            out[w++] = (char)('0' + x.digit[i]);
    }
    out[w] = 0;
    return w;
}

/* ---- dates --------------------------------------------------------------------------------------------------------- */
/* Days and hours of a serial. A time of day is kept as a binary fraction: an hour is whole within a second of it. */
static bool split_serial(struct gb_str s, int64_t *day, int *hour)
{
    char text[128];
    int64_t v;
    const size_t n = gb_number_plain(s, 0, text);
    if (!n || text[0] == '-' || gb_dec_parse(text, n, '.', 0, 9, &v, NULL) != GB_NUM_OK)
        return false;
    *day = v / gb_pow10[9];
    const int64_t ms = (v % gb_pow10[9] * 86400 + gb_pow10[6] / 2) / gb_pow10[6], rest = (ms + 1000) % 3600000;
    *hour = (int)((ms + 1000) / 3600000);
    return rest <= 2000;
}

bool gb_serial_period(struct gb_str s, bool date1904, enum gb_cell_form form, char out[24], size_t *n)
{
    int64_t day;
    int hour;
    if (!split_serial(s, &day, &hour))
        return false;
    day += hour / 24;
    hour %= 24;
    if (day < 1 || day > 2958465 || (!date1904 && day == 60) || (form != GB_FORM_HOUR && hour != 0))
        return false; /* 60 is 29 February 1900, which never was */
    const int64_t epoch = date1904 ? 24107 : day < 60 ? 25568 : 25569;
    const int32_t days = (int32_t)(day - epoch);
    const struct gb_date date = gb_date_from_days(days);
    const enum gb_freq freq = form == GB_FORM_YEAR    ? GB_FREQ_YEAR
                              : form == GB_FORM_MONTH ? GB_FREQ_MONTH
                              : form == GB_FORM_HOUR  ? GB_FREQ_HOUR
                                                      : GB_FREQ_DAY;
    *n = gb_period_iso(freq, freq == GB_FREQ_HOUR ? days * 24 + hour : gb_period_of(freq, date, GB_CAL_CIVIL), out);
    return true;
}

/* ---- formats ------------------------------------------------------------------------------------------------------- */
enum gb_cell_form gb_form_of_id(int id)
{
    if (id == 9 || id == 10)
        return GB_FORM_PERCENT;
    if (id >= 14 && id <= 16)
        return GB_FORM_DAY;
    if (id == 17) /* mmm-yy: what "2026-11" becomes when it is typed into a cell of no format */
        return GB_FORM_MONTH;
    if (id == 22)
        return GB_FORM_HOUR;
    if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
        return GB_FORM_TIME; /* times of day, and dates whose look depends on the country */
    return GB_FORM_PLAIN;
}

/* After what stands in brackets, quotes or behind an escape; one character otherwise. */
static const char *skip_token(const char *p, bool *plain, bool *elapsed)
{
    const char *end = *p == '"' ? strchr(p + 1, '"') : *p == '[' ? strchr(p, ']') : NULL;
    *plain = false;
    if (*p == '"' || *p == '[') {
        if (*p == '[' && (p[1] == 'h' || p[1] == 'H' || p[1] == 'm' || p[1] == 's'))
            *elapsed = true;
        return end ? end + 1 : p + strlen(p);
    }
    if ((*p == '\\' || *p == '_' || *p == '*') && p[1])
        return p + 2;
    if ((p[0] == 'A' || p[0] == 'a') && (p[1] == 'M' || p[1] == 'm') && p[2] == '/')
        return p + (p[3] ? 5 : 3) - (p[3] && !p[4]);
    *plain = true;
    return p + 1;
}

enum gb_cell_form gb_form_of_code(const char *code)
{
    bool day = false, month = false, year = false, clock = false, percent = false, plain, elapsed = false;
    for (const char *p = code; *p && *p != ';';) {
        const char c = *p;
        p = skip_token(p, &plain, &elapsed);
        if (!plain)
            continue;
        day = day || c == 'd' || c == 'D';
        month = month || c == 'm' || c == 'M';
        year = year || c == 'y' || c == 'Y';
        clock = clock || c == 'h' || c == 'H' || c == 's' || c == 'S';
        percent = percent || c == '%';
    }
    if (clock || elapsed)
        return day && !elapsed ? GB_FORM_HOUR : GB_FORM_TIME;
    return day ? GB_FORM_DAY : month ? GB_FORM_MONTH : year ? GB_FORM_YEAR : percent ? GB_FORM_PERCENT : GB_FORM_PLAIN;
}
