/* base/period.h — reporting periods as ordered integers.
 *
 * A period is (frequency, ordinal). Within one frequency ordinals are consecutive, so "previous" is ordinal - 1:
 * year: the year; quarter: year*4 + q-1; month: year*12 + m-1; week: Monday's days-since-epoch (+3) / 7; day: days since
 * 1970-01-01; hour: day*24 + hour, local time +07:00. An indicator has one frequency, so a cube stores ordinals only.
 *
 * A month, quarter or year has a name ("2026-11") and days; which days is said by the indicator's calendar. Reports of the
 * administration close on the 14th (Nghị định 09/2019/NĐ-CP): month M runs from the 15th of M-1 to the 14th of M, a quarter from the
 * 15th of the month before it to the 14th of its last month, a year from 15/12 to 14/12. Hours, days and weeks know no such thing.
 * Names, order, "a year before" and "first of the year" are the same in both calendars; what asks for days takes the calendar.
 */
#ifndef GB_BASE_PERIOD_H
#define GB_BASE_PERIOD_H
#include "base/date.h"

enum gb_freq { GB_FREQ_YEAR = 1, GB_FREQ_QUARTER, GB_FREQ_MONTH, GB_FREQ_WEEK, GB_FREQ_DAY, GB_FREQ_HOUR };
#define GB_PERIOD_NONE INT32_MIN
enum gb_calendar { GB_CAL_CIVIL, GB_CAL_ADMIN, GB_N_CALENDARS };
#define GB_ADMIN_FIRST_DAY 15 /* of the month before: the 14th closes a period */

/** Parse the contract's forms: 2026 2026-Q3 2026-11 2026-W47 2026-11-22 2026-11-22T05. The form decides *freq. false: not a period. */
bool gb_period_parse(const char *p, size_t n, enum gb_freq *freq, int32_t *ordinal);
/** Catalogue word ("hourly" "daily" "weekly" "monthly" "quarterly" "yearly") to frequency. */
bool gb_freq_parse(const char *word, enum gb_freq *out);
const char *gb_freq_word(enum gb_freq f);     /* "monthly" */
const char *gb_freq_vi(enum gb_freq f);       /* "hằng tháng" */
const char *gb_freq_noun_vi(enum gb_freq f);  /* "tháng" */
const char *gb_freq_sdmx(enum gb_freq f);     /* CL_FREQ: "M" */
/** Machine form, as in the contract. */
size_t gb_period_iso(enum gb_freq f, int32_t ord, char buf[24]);
/** Vietnamese: "năm 2026", "quý III/2026", "tháng 11/2026", "tuần 47/2026", "22/11/2026", "05 giờ 22/11/2026". */
size_t gb_period_vi(enum gb_freq f, int32_t ord, char buf[48]);
struct gb_date gb_period_start(enum gb_freq f, int32_t ord, enum gb_calendar cal);
struct gb_date gb_period_end(enum gb_freq f, int32_t ord, enum gb_calendar cal); /* inclusive last day */
/** Days from the first to the last, both counted: at least 1. */
int32_t gb_period_days(enum gb_freq f, int32_t ord, enum gb_calendar cal);
/** The period that contains a day; for hours: hour 23 of that day. */
int32_t gb_period_of(enum gb_freq f, struct gb_date d, enum gb_calendar cal);
/** True for the frequencies whose periods are months or made of months: those that an administrative calendar moves. */
bool gb_freq_has_calendar(enum gb_freq f);
const char *gb_calendar_word(enum gb_calendar cal); /* of the catalogue: "calendar", "administrative" */
/** Same period one year earlier: week 53 -> none when that year has 52; 29 February -> none. GB_PERIOD_NONE if none. */
int32_t gb_period_year_before(enum gb_freq f, int32_t ord);
int gb_period_year(enum gb_freq f, int32_t ord);   /* the year in its name (ISO for weeks) */
/** First ordinal of the period's year (for year-to-date). */
int32_t gb_period_year_first(enum gb_freq f, int32_t ord);
/** Number of periods in that year. */
int gb_periods_in_year(enum gb_freq f, int year);
#endif
