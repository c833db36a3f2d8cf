/* chart_hostile.h — every kind of chart on data that breaks charts: shared by the property and the golden tests. All figures are made up. */
#ifndef GB_TEST_CHART_HOSTILE_H
#define GB_TEST_CHART_HOSTILE_H
#include <stdlib.h>

#include "chart_samples.h"

enum hostile { EQUAL, ONE, NONE, HUGE_ONES, NEGATIVE, MIXED, LONG_NAMES, MANY, ALL_MISSING, ONE_MISSING, ON_TARGET, FAR_TARGET, N_HOSTILE };
__attribute__((unused)) static const char *const hostile_name[] = { "all equal", "one", "none", "10^12", "negative", "mixed signs", "long names", "170", "all missing", "one missing", "zero range target", "far target" };
static const enum gb_chart_kind kinds[] = { GB_CHART_LINE, GB_CHART_BARS, GB_CHART_BULLET, GB_CHART_SPARK, GB_CHART_HEAT, GB_CHART_MULTIPLES, GB_CHART_STACKED, GB_CHART_CALENDAR,
                                            GB_CHART_WATERFALL, GB_CHART_DOTS, GB_CHART_SLOPE };
__attribute__((unused)) static const char *const kind_name[] = { "line", "bars", "bullet", "spark", "heat", "multiples", "stacked", "calendar", "waterfall", "dots", "slope" };
enum { N_KINDS = sizeof kinds / sizeof *kinds };

static size_t points_of(enum hostile h) { return h == NONE ? 0 : h == ONE ? 1 : h == MANY ? 170 : 6; }

static int64_t value_of(enum hostile h, size_t i)
{
    const int64_t some = 400 + (int64_t)(i * 7919 % 613);
    switch (h) {
    case EQUAL: case ON_TARGET: return 684;
    case HUGE_ONES: return 1000000000000 * (1 + (int64_t)(i % 4)) + (int64_t)i;
    case NEGATIVE: return -some;
    case MIXED: return i % 2 ? -some * 3 : some;
    case ALL_MISSING: return INT64_MIN;
    case ONE_MISSING: return i == 2 ? INT64_MIN : some;
    case ONE: case NONE: case LONG_NAMES: case MANY: case FAR_TARGET: case N_HOSTILE: break;
    }
    return some;
}

/* Sixty letters, the number first: the beginning is what a cut name keeps. */
static const char *name_of(struct gb_arena *a, enum hostile h, char letter, size_t i)
{
    return gb_sprintf(a, h == LONG_NAMES ? "%c%zu Khu công nghiệp Đình Hương và vùng phụ cận phía tây bắc ga" : "%c%zu", letter, i);
}

static struct gb_chart_series series_of(struct gb_arena *a, enum hostile h, enum gb_chart_kind kind, size_t s, enum gb_series_role role, int64_t shift)
{
    const bool days = kind == GB_CHART_CALENDAR, natural = kind == GB_CHART_STACKED || kind == GB_CHART_SLOPE;
    const size_t n = points_of(h);
    int64_t *v = GB_NEW_N(a, n + 1, int64_t);
    for (size_t i = 0; i < n; i++) {
        v[i] = value_of(h, i + s);
        if (v[i] != INT64_MIN) v[i] = natural ? llabs(v[i]) : v[i] + shift;
    }
    struct gb_chart_series out = sample_series(a, name_of(a, h, 'S', s), role, days ? GB_FREQ_DAY : GB_FREQ_MONTH, days ? 20400 : 2012 * 12, v, n, 1, 1, "%");
    for (size_t i = 0; i < n; i++) {
        out.point[i].label = kind == GB_CHART_LINE || kind == GB_CHART_SPARK || days ? NULL : name_of(a, h, 'R', i);
        out.point[i].state = role == GB_ROLE_ACTUAL && kind != GB_CHART_STACKED ? (enum gb_state)(GB_GOOD + (i + s) % 5) : GB_STATE_NONE;
        if (i % 3 == 1 && v[i] != INT64_MIN) out.point[i].y.status = 'P';
    }
    return out;
}

__attribute__((unused)) static struct gb_chart chart_of(struct gb_arena *a, enum gb_chart_kind kind, enum hostile h)
{
    static const enum gb_series_role roles[N_KINDS][5] = {
        { GB_ROLE_ACTUAL, GB_ROLE_LAST_YEAR, GB_ROLE_FORECAST, GB_ROLE_LOW, GB_ROLE_HIGH }, { GB_ROLE_ACTUAL, GB_ROLE_LAST_YEAR }, { GB_ROLE_ACTUAL, GB_ROLE_TARGET }, { GB_ROLE_ACTUAL }, { 0 }, { 0 }, { 0 }, { 0 }, { 0 },
        { GB_ROLE_ACTUAL, GB_ROLE_LOW, GB_ROLE_HIGH }, { 0 } };
    static const size_t n_series[N_KINDS] = { 5, 2, 2, 1, 5, 4, 4, 1, 1, 3, 2 };
    size_t at = 0;
    while (kinds[at] != kind) at++;
    const bool many = kind == GB_CHART_MULTIPLES && h == MANY;
    const size_t n = many ? 60 : n_series[at];
    struct gb_chart c = { .kind = kind, .title = name_of(a, h, 'T', 1), .alt = "Biểu đồ.", .unit = "%", .freq = kind == GB_CHART_CALENDAR ? GB_FREQ_DAY : GB_FREQ_MONTH, .source = "số liệu mẫu",
                          .n_series = n, .series = GB_NEW_N(a, n + 1, struct gb_chart_series), .direction = GB_UP_GOOD };
    for (size_t s = 0; s < n; s++) {
        const enum gb_series_role role = many ? GB_ROLE_ACTUAL : roles[at][s];
        c.series[s] = series_of(a, h, kind, s, role, role == GB_ROLE_LOW ? -90 : role == GB_ROLE_HIGH ? 90 : 0);
        c.series[s].has_limit = kind == GB_CHART_MULTIPLES;
        c.series[s].limit = sample_num(h == FAR_TARGET ? 90000000 : 684, 1, 1, "%");
        for (size_t i = 0; (role == GB_ROLE_FORECAST || role == GB_ROLE_LOW || role == GB_ROLE_HIGH) && kind == GB_CHART_LINE && i < c.series[s].n; i++)
            c.series[s].point[i].x.period += (int32_t)c.series[s].n;
    }
    c.has_reference = kind != GB_CHART_WATERFALL || h != NONE;
    c.reference = sample_num(h == FAR_TARGET ? 90000000 : h == HUGE_ONES ? 2000000000000 : 684, 1, 1, "%");
    c.reference_label = name_of(a, h, 'N', 1);
    if (kind == GB_CHART_LINE) {
        c.n_breaks = 1;
        c.breaks[0] = 2012 * 12 + 3;
        c.break_label[0] = name_of(a, h, 'B', 1);
    }
    if (kind == GB_CHART_BULLET) {
        c.has_steps = true;
        for (int i = 0; i < GB_N_STEPS; i++) c.step[i] = (struct gb_threshold){ true, 800 - 100 * i, 800 - 100 * i };
    }
    return c;
}
#endif
