/* base/period.h — reporting periods as ordered integers.
 *
 * A period is (frequency, ordinal). Within one frequency ordinals are consecutive, so "previous" is ordinal - 1:
 * year: the year; quarter: year*4 + q-1; month: year*12 + m-1; week: Monday's days-since-epoch (+3) / 7; day: days since
 * 1970-01-01; hour: day*24 + hour, local time +07:00. An indicator has one frequency, so a cube stores ordinals only.
 */
#ifndef GB_BASE_PERIOD_H
#define GB_BASE_PERIOD_H
#include "base/date.h"

enum gb_freq { GB_FREQ_YEAR = 1, GB_FREQ_QUARTER, GB_FREQ_MONTH, GB_FREQ_WEEK, GB_FREQ_DAY, GB_FREQ_HOUR };
#define GB_PERIOD_NONE INT32_MIN

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
struct gb_date gb_period_start(enum gb_freq f, int32_t ord);
struct gb_date gb_period_end(enum gb_freq f, int32_t ord); /* inclusive last day */
/** The period that contains a day; for hours: hour 23 of that day. */
int32_t gb_period_of(enum gb_freq f, struct gb_date d);
/** Same period one year earlier: week 53 -> none when that year has 52; 29 February -> none. GB_PERIOD_NONE if none. */
int32_t gb_period_year_before(enum gb_freq f, int32_t ord);
int gb_period_year(enum gb_freq f, int32_t ord);   /* calendar (ISO for weeks) year */
/** First ordinal of the period's calendar year (for year-to-date). */
int32_t gb_period_year_first(enum gb_freq f, int32_t ord);
/** Number of periods in that year. */
int gb_periods_in_year(enum gb_freq f, int year);
#endif
