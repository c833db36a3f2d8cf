/* Any bytes as a number, a period, a time: what is accepted prints back to itself. */
#include "base/decimal.h"
#include "base/period.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    const char *p = (const char *)data + 1;
    size_t n = size - 1;
    int scale = data[0] % 10;
    bool vi = data[0] & 0x80, rounded = false;
    int64_t v = 0, back = 0;
    if (gb_dec_parse(p, n, vi ? ',' : '.', vi ? '.' : 0, scale, &v, &rounded) == GB_NUM_OK) {
        char buf[40];
        gb_assert(v != INT64_MIN);
        size_t m = gb_dec_exact(v, scale, buf);
        gb_assert(gb_dec_parse(buf, m, '.', 0, scale, &back, NULL) == GB_NUM_OK && back == v);
        m = gb_dec_vi(v, scale, scale, buf);
        gb_assert(m <= 40 && gb_dec_parse(buf, m, ',', '.', scale, &back, NULL) == GB_NUM_OK && back == v);
    }
    enum gb_freq f;
    int32_t ord;
    if (gb_period_parse(p, n, &f, &ord)) {
        char buf[48];
        size_t m = gb_period_iso(f, ord, buf);
        gb_assert(m == n && memcmp(buf, p, n) == 0);
        for (int cal = 0; cal < GB_N_CALENDARS; cal++)
            gb_assert(gb_date_valid(gb_period_start(f, ord, (enum gb_calendar)cal)) &&
                      gb_date_valid(gb_period_end(f, ord, (enum gb_calendar)cal)));
        gb_period_vi(f, ord, buf);
        (void)gb_period_year_before(f, ord);
    }
    int64_t utc_s;
    if (gb_time_parse(p, n, &utc_s)) {
        char buf[32];
        size_t m = gb_time_iso_vn(utc_s, buf);
        gb_assert(m == 25);
    }
    return 0;
}
