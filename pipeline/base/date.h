/* base/date.h — civil dates, proleptic Gregorian, no clock and no time zone database. Zone is +07:00, without summer time. */
#ifndef GB_BASE_DATE_H
#define GB_BASE_DATE_H
#include "base/str.h"

struct gb_date { int16_t year; int8_t month, day; }; /* {0} = none */
bool gb_date_valid(struct gb_date d);
bool gb_date_parse(const char *p, size_t n, struct gb_date *out); /* YYYY-MM-DD only */
int32_t gb_date_to_days(struct gb_date d);                        /* days since 1970-01-01 */
struct gb_date gb_date_from_days(int32_t days);
int gb_date_weekday(struct gb_date d);                            /* 1 Monday .. 7 Sunday */
int gb_days_in_month(int year, int month);
int gb_date_cmp(struct gb_date a, struct gb_date b);
/** "2026-11-22" */
size_t gb_date_iso(struct gb_date d, char buf[16]);
/** "22/11/2026" (tables) */
size_t gb_date_vi(struct gb_date d, char buf[16]);
/** "ngày 05 tháng 02 năm 2026" (heads: days 1-9 and months 1, 2 get a leading zero, NĐ 30/2020) */
size_t gb_date_vi_long(struct gb_date d, char buf[64]);

/** RFC 3339 "2026-11-22T05:00:00+07:00" <-> UTC seconds. Accepts Z or ±hh:mm. */
bool gb_time_parse(const char *p, size_t n, int64_t *utc_s);
size_t gb_time_iso_vn(int64_t utc_s, char buf[32]); /* always +07:00 */
/** Seconds since 1970-01-01T00:00 of the local calendar and clock, and back. */
static inline int64_t gb_time_local(int64_t utc_s) { return utc_s + INT64_C(7) * 3600; }
static inline int64_t gb_time_utc(int64_t local_s) { return local_s - INT64_C(7) * 3600; }
/** The local day of a moment, also before 1970. */
struct gb_date gb_date_of_utc(int64_t utc_s);
#endif
