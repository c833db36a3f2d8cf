/* map_fixture.h — maps built in code on the made-up province of tests/unit/data/toy-province. All figures are made up. */
#ifndef GB_TEST_MAP_FIXTURE_H
#define GB_TEST_MAP_FIXTURE_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/file.h"
#include "map/figure.h"
#include "map/map_int.h"

#define TOY "tests/unit/data/toy-province"

__attribute__((unused)) static void fx_load(struct gb_catalogue *c, const char *place)
{
    struct gb_err e = { 0 };
    char line[2048];
    if (gb_catalogue_load(c, "reports", place, NULL, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
}
__attribute__((unused)) static struct gb_value fx_num(int64_t num, int scale, int decimals, const char *unit)
{
    return (struct gb_value){ .kind = GB_V_NUM, .num = num, .scale = (uint8_t)scale, .decimals = (uint8_t)decimals, .unit = unit, .status = 'A' };
}
__attribute__((unused)) static struct gb_chart fx_map(struct gb_arena *a, size_t cap)
{
    struct gb_chart c = { .kind = GB_CHART_MAP, .title = "Tỷ lệ mẫu theo địa bàn, thấp nhất tại Xã Núi Cao: 21,4%", .alt = "Bản đồ mẫu.", .unit = "%",
                          .source = "số liệu mẫu", .n_series = 1, .series = GB_NEW(a, struct gb_chart_series), .direction = GB_UP_GOOD };
    c.series[0] = (struct gb_chart_series){ .name = "Tỷ lệ mẫu", .role = GB_ROLE_ACTUAL, .point = GB_NEW_N(a, cap ? cap : 1, struct gb_chart_point) };
    return c;
}
__attribute__((unused)) static struct gb_chart_point *fx_point(struct gb_chart *c, const struct gb_catalogue *k, const char *code, int64_t tenths)
{
    struct gb_chart_point *p = &c->series[0].point[c->series[0].n++];
    int r = gb_region_find(k, code);
    *p = (struct gb_chart_point){ .region_i = r, .label = r < 0 ? code : k->region[r].version[0].name,
                                  .y = tenths == INT64_MIN ? gb_value_missing(GB_MISS_NO_DATA) : fx_num(tenths, 1, 1, "%") };
    return p;
}
#endif
