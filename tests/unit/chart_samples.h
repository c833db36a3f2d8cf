/* chart_samples.h — charts built in code, shared by the chart tests. All figures are made up. */
#ifndef GB_TEST_CHART_SAMPLES_H
#define GB_TEST_CHART_SAMPLES_H
#include "base/period.h"
#include "chart/chart.h"

__attribute__((unused)) static struct gb_value sample_num(int64_t num, int scale, int decimals, const char *unit)
{
    return (struct gb_value){ .kind = GB_V_NUM, .num = num, .scale = (uint8_t)scale, .decimals = (uint8_t)decimals, .unit = unit, .status = 'A' };
}
__attribute__((unused)) static struct gb_value sample_period(enum gb_freq f, int32_t p) { return (struct gb_value){ .kind = GB_V_PERIOD, .freq = f, .period = p }; }

/* n points from period `from`; INT64_MIN = missing. */
__attribute__((unused)) static struct gb_chart_series sample_series(struct gb_arena *a, const char *name, enum gb_series_role role, enum gb_freq f, int32_t from, const int64_t *v,
                                            size_t n, int scale, int decimals, const char *unit)
{
    struct gb_chart_series s = { .name = name, .role = role, .point = GB_NEW_N(a, n ? n : 1, struct gb_chart_point), .n = n };
    for (size_t i = 0; i < n; i++) {
        s.point[i].x = sample_period(f, from + (int32_t)i);
        s.point[i].y = v[i] == INT64_MIN ? gb_value_missing(GB_MISS_NO_DATA) : sample_num(v[i], scale, decimals, unit);
    }
    return s;
}
__attribute__((unused)) static struct gb_chart sample_line(struct gb_arena *a, size_t n_series)
{
    return (struct gb_chart){ .kind = GB_CHART_LINE, .title = "Giải ngân vốn đầu tư công đạt 68,4%, vượt đường tiến độ 2,1 điểm %",
                              .alt = "Biểu đồ đường: tỷ lệ giải ngân từ tháng 1 đến tháng 10/2026.", .unit = "%", .freq = GB_FREQ_MONTH,
                              .source = "Sở Tài chính, số liệu tính đến 17 giờ 00 ngày 21/11/2026 (số liệu mẫu)", .n_series = n_series,
                              .series = GB_NEW_N(a, n_series, struct gb_chart_series) };
}

/* This year against last year, path and plan: ends before the year does. */
__attribute__((unused)) static struct gb_chart sample_disbursement(struct gb_arena *a)
{
    static const int64_t now[] = { 21, 58, 112, 187, 254, 339, 421, 502, 588, 684 }, last[] = { 18, 44, 95, 160, 221, 300, 368, 452, 531, 620, 742, 951 },
                         pace[] = { 20, 50, 100, 170, 240, 320, 410, 490, 570, 663, 790, 950 }, plan[] = { 950, 950, 950, 950, 950, 950, 950, 950, 950, 950, 950, 950 };
    struct gb_chart c = sample_line(a, 4);
    int32_t jan = 2026 * 12;
    c.series[0] = sample_series(a, "Năm 2026", GB_ROLE_ACTUAL, GB_FREQ_MONTH, jan, now, 10, 1, 1, "%");
    c.series[0].point[9].y.status = 'P';
    c.series[1] = sample_series(a, "Năm 2025", GB_ROLE_LAST_YEAR, GB_FREQ_MONTH, jan, last, 12, 1, 1, "%");
    c.series[2] = sample_series(a, "Đường tiến độ", GB_ROLE_PACE, GB_FREQ_MONTH, jan, pace, 12, 1, 1, "%");
    c.series[3] = sample_series(a, "Kế hoạch năm", GB_ROLE_TARGET, GB_FREQ_MONTH, jan, plan, 12, 1, 1, "%");
    return c;
}
/* A rate below its plan, and the way from today to it. */
__attribute__((unused)) static struct gb_chart sample_way(struct gb_arena *a)
{
    static const int64_t now[] = { 931, 938, 926, 941, 947, 939, 952, 944, 950 }, way[] = { 950, 957, 963, 970 };
    struct gb_chart c = sample_line(a, 2);
    c.title = "Hồ sơ giải quyết đúng hạn đạt 95,0%, cần tăng 2,0 điểm % đến hết năm";
    c.series[0] = sample_series(a, "Hồ sơ đúng hạn", GB_ROLE_ACTUAL, GB_FREQ_MONTH, 2026 * 12, now, 9, 1, 1, "%");
    c.series[1] = sample_series(a, "Lộ trình tới kế hoạch năm", GB_ROLE_NEEDED, GB_FREQ_MONTH, 2026 * 12 + 8, way, 4, 1, 1, "%");
    c.has_reference = true;
    c.reference = sample_num(970, 1, 1, "%");
    c.reference_label = "kế hoạch năm";
    return c;
}
/* Two years of months, a gap, provisional points, a series break and a threshold. */
__attribute__((unused)) static struct gb_chart sample_monthly(struct gb_arena *a)
{
    static const int64_t v[] = { 1042, 1065, 1031, 1087, 1102, 1098, 1120, INT64_MIN, INT64_MIN, 1143, 1151, 1139, 1162,
                                 1178, 1190, 1171, 1203, 1188, 1210, 1232, 1219, 1247, 1254, 1271 };
    struct gb_chart c = sample_line(a, 1);
    c.title = "Hồ sơ trễ hạn tăng tháng thứ ba liên tiếp";
    c.unit = "hồ sơ";
    c.series[0] = sample_series(a, "Hồ sơ trễ hạn", GB_ROLE_ACTUAL, GB_FREQ_MONTH, 2024 * 12 + 10, v, 24, 0, 0, "hồ sơ");
    c.series[0].point[22].y.status = 'P';
    c.series[0].point[23].y.status = 'E';
    c.has_reference = true;
    c.reference = sample_num(1150, 0, 0, "hồ sơ");
    c.reference_label = "Ngưỡng cảnh báo";
    c.n_breaks = 1;
    c.breaks[0] = 2025 * 12 + 6;
    c.break_label[0] = "Sáp nhập đơn vị hành chính";
    return c;
}
__attribute__((unused)) static struct gb_chart sample_bars_of(struct gb_arena *a, size_t n, const char *const *names, const int64_t *v, int scale, int decimals, const char *unit)
{
    struct gb_chart c = { .kind = GB_CHART_BARS, .title = "Sáu xã có tỷ lệ hồ sơ trễ hạn cao nhất", .alt = "Biểu đồ thanh theo xã.", .unit = unit,
                          .source = "Trung tâm Phục vụ hành chính công (số liệu mẫu)", .n_series = 1, .series = GB_NEW(a, struct gb_chart_series) };
    c.series[0] = (struct gb_chart_series){ .name = "Tháng 10/2026", .role = GB_ROLE_ACTUAL, .point = GB_NEW_N(a, n ? n : 1, struct gb_chart_point), .n = n };
    for (size_t i = 0; i < n; i++) {
        c.series[0].point[i].label = names[i];
        c.series[0].point[i].y = v[i] == INT64_MIN ? gb_value_missing(GB_MISS_NO_DATA) : sample_num(v[i], scale, decimals, unit);
    }
    return c;
}
__attribute__((unused)) static struct gb_chart sample_bars(struct gb_arena *a)
{
    static const char *const names[] = { "Phường Hạc Thành", "Xã Nông Cống", "Xã Vạn Lộc", "Phường Sầm Sơn", "Xã Mường Lát", "Xã Thường Xuân", "Xã Bá Thước" };
    static const int64_t v[] = { 184, 152, 121, 97, 60, 4, INT64_MIN };
    static const enum gb_state s[] = { GB_EMERGENCY, GB_DANGER, GB_WARNING, GB_WATCH, GB_GOOD, GB_GOOD, GB_NO_DATA };
    struct gb_chart c = sample_bars_of(a, 7, names, v, 1, 1, "%");
    for (int i = 0; i < 7; i++) c.series[0].point[i].state = s[i];
    c.series[0].point[2].highlight = true;
    c.has_reference = true;
    c.reference = sample_num(100, 1, 1, "%");
    c.reference_label = "Ngưỡng";
    return c;
}
__attribute__((unused)) static struct gb_chart sample_bars_mixed(struct gb_arena *a)
{
    static const char *const names[] = { "Công nghiệp chế biến, chế tạo", "Sản xuất và phân phối điện, khí đốt, nước nóng, hơi nước và điều hòa không khí",
                                         "Khai khoáng", "Cung cấp nước; hoạt động quản lý và xử lý rác thải, nước thải" };
    static const int64_t now[] = { 1843, 512, -734, -58 }, before[] = { 1211, 640, -120, 230 };
    struct gb_chart c = sample_bars_of(a, 4, names, now, 2, 1, "%");
    c.title = "Chỉ số sản xuất công nghiệp tăng ở chế biến, chế tạo, giảm ở khai khoáng so với cùng kỳ năm trước";
    struct gb_chart_series *both = GB_NEW_N(a, 2, struct gb_chart_series);
    struct gb_chart other = sample_bars_of(a, 4, names, before, 2, 1, "%");
    both[0] = c.series[0];
    both[1] = other.series[0];
    both[1].role = GB_ROLE_LAST_YEAR;
    both[1].name = "Cùng kỳ năm trước";
    c.series = both;
    c.n_series = 2;
    return c;
}
__attribute__((unused)) static struct gb_chart sample_bullet(struct gb_arena *a)
{
    static const char *const names[] = { "Giải ngân vốn đầu tư công", "Thu ngân sách nhà nước", "Giải phóng mặt bằng", "Hồ sơ giải quyết đúng hạn" };
    static const int64_t now[] = { 684, 913, 402, INT64_MIN }, plan[] = { 950, 1000, 800, 980 };
    struct gb_chart c = sample_bars_of(a, 4, names, now, 1, 1, "%");
    c.kind = GB_CHART_BULLET;
    c.title = "Mặt bằng là chỗ chậm nhất";
    struct gb_chart other = sample_bars_of(a, 4, names, plan, 1, 1, "%");
    struct gb_chart_series *both = GB_NEW_N(a, 2, struct gb_chart_series);
    both[0] = c.series[0];
    both[0].name = "Thực hiện";
    both[1] = other.series[0];
    both[1].role = GB_ROLE_TARGET;
    both[1].name = "Kế hoạch năm";
    c.series = both;
    c.n_series = 2;
    c.has_steps = true;
    c.direction = GB_UP_GOOD;
    c.step[0] = (struct gb_threshold){ true, 800, 800 };
    c.step[1] = (struct gb_threshold){ true, 650, 650 };
    c.step[2] = (struct gb_threshold){ true, 500, 500 };
    c.step[3] = (struct gb_threshold){ true, 300, 300 };
    return c;
}
__attribute__((unused)) static struct gb_chart sample_spark(struct gb_arena *a)
{
    struct gb_chart c = sample_monthly(a);
    c.kind = GB_CHART_SPARK;
    return c;
}
__attribute__((unused)) static struct gb_chart sample_daily(struct gb_arena *a)
{
    struct gb_chart c = sample_line(a, 1);
    int64_t v[120];
    for (int i = 0; i < 120; i++) v[i] = 420 + (i * 37 % 90) + (i > 70 ? (i - 70) * 3 : 0);
    c.title = "Mực nước hồ Cửa Đạt dâng nhanh từ đầu tháng 11";
    c.unit = "cm";
    c.freq = GB_FREQ_DAY;
    struct gb_date d = { 2026, 11, 21 };
    c.series[0] = sample_series(a, "Mực nước", GB_ROLE_ACTUAL, GB_FREQ_DAY, gb_date_to_days(d) - 119, v, 120, 0, 0, "cm");
    return c;
}
/* A heat table: rows x cols, every seventh cell missing, states going round. */
__attribute__((unused)) static struct gb_chart sample_heat(struct gb_arena *a, size_t rows, size_t cols, const char *name, int64_t scale_up)
{
    static const char *const place[] = { "Xã Xuân Hòa", "Phường Hạc Thành", "Xã Pù Nhi", "Khu công nghiệp Đình Hương - Tây Bắc Ga" };
    static const char *const column[] = { "Tỷ lệ giải ngân vốn đầu tư công (%)", "Số ca sốt xuất huyết (ca)", "COD (mg/L)" };
    struct gb_chart c = { .kind = GB_CHART_HEAT, .title = "6 chỉ số theo địa bàn, nặng nhất tại Xã Xuân Hòa: 1 chỉ số mức khẩn cấp", .alt = "Bảng màu.",
                          .source = "số liệu mẫu", .n_series = cols, .series = GB_NEW_N(a, cols, struct gb_chart_series) };
    for (size_t s = 0; s < cols; s++) {
        c.series[s] = (struct gb_chart_series){ .name = name ? name : column[s % 3], .role = GB_ROLE_ACTUAL, .n = rows, .point = GB_NEW_N(a, rows, struct gb_chart_point) };
        for (size_t i = 0; i < rows; i++) {
            bool gone = (i * cols + s) % 7 == 6;
            c.series[s].point[i] = (struct gb_chart_point){ .label = name ? name : gb_sprintf(a, "%s %zu", place[i % 4], i + 1), .x = sample_period(GB_FREQ_MONTH, 2026 * 12 + 9),
                .y = gone ? gb_value_missing(GB_MISS_NO_DATA) : sample_num((int64_t)(i * 37 + s * 11) % 1000 * scale_up, 1, 1, s % 3 ? "ca" : "%"),
                .state = gone || s % 3 == 2 ? GB_STATE_NONE : (enum gb_state)(GB_GOOD + (i + s) % 5) };
        }
    }
    return c;
}
/* n panels of `periods` months, with gaps; up: how large figures get. */
__attribute__((unused)) static struct gb_chart sample_multiples(struct gb_arena *a, size_t n, size_t periods, const char *name, int64_t up)
{
    struct gb_chart c = { .kind = GB_CHART_MULTIPLES, .title = "Diễn biến 5 chỉ số: 2 chỉ số từ mức cảnh báo trở lên", .alt = "Các biểu đồ đường nhỏ.", .unit = "mg/L",
                          .source = "số liệu mẫu", .freq = GB_FREQ_MONTH, .n_series = n, .series = GB_NEW_N(a, n, struct gb_chart_series) };
    int64_t *v = GB_NEW_N(a, periods + 1, int64_t);
    for (size_t s = 0; s < n; s++) {
        for (size_t i = 0; i < periods; i++) v[i] = (i + s) % 8 == 7 ? INT64_MIN : (int64_t)((i * 53 + s * 97) % 400 - (s % 4 == 3 ? 200 : 0)) * up;
        c.series[s] = sample_series(a, name ? name : gb_sprintf(a, s % 2 ? "Trạm %zu" : "Khu công nghiệp Lam Sơn - Sao Vàng, cửa xả số %zu", s + 1), GB_ROLE_ACTUAL, c.freq,
                                    2025 * 12 + (int32_t)s % 3, v, periods, 1, 1, "mg/L");
        if (periods) c.series[s].point[periods - 1].state = (enum gb_state)(GB_GOOD + s % 5);
        if (periods) c.series[s].point[periods - 1].y.status = s % 2 ? 'P' : 'A';
        c.series[s].has_limit = s % 3 != 2;
        c.series[s].limit = sample_num(300 * up, 1, 1, "mg/L");
        c.series[s].limit_label = "ngưỡng cảnh báo";
    }
    return c;
}
/* Rows of parts; every eleventh part is missing. */
__attribute__((unused)) static struct gb_chart sample_stacked(struct gb_arena *a, size_t rows, size_t parts, const char *name, int64_t up, bool periods)
{
    static const char *const part[] = { "Đã xử lý đúng hạn", "Đã xử lý trễ hạn", "Đang xử lý trong hạn", "Quá hạn chưa xử lý" };
    struct gb_chart c = { .kind = GB_CHART_STACKED, .title = "Xã Xuân Hòa có tổng lớn nhất", .alt = "Thanh xếp chồng.", .unit = "hồ sơ", .source = "số liệu mẫu",
                          .freq = GB_FREQ_MONTH, .n_series = parts, .series = GB_NEW_N(a, parts, struct gb_chart_series) };
    for (size_t s = 0; s < parts; s++) {
        c.series[s] = (struct gb_chart_series){ .name = name ? name : part[s % 4], .role = GB_ROLE_ACTUAL, .n = rows, .point = GB_NEW_N(a, rows + 1, struct gb_chart_point) };
        for (size_t i = 0; i < rows; i++) {
            c.series[s].point[i].label = periods ? NULL : name ? name : gb_sprintf(a, "Xã Xuân Hòa %zu", i + 1);
            c.series[s].point[i].x = sample_period(GB_FREQ_MONTH, 2026 * 12 + (int32_t)i);
            c.series[s].point[i].y = (i * parts + s) % 11 == 10 ? gb_value_missing(GB_MISS_NO_DATA) : sample_num((int64_t)((i * 31 + s * 17) % 90) * up, 0, 0, "hồ sơ");
        }
    }
    return c;
}
/* n days, every `hole`th missing (0: none). */
__attribute__((unused)) static struct gb_chart sample_calendar(struct gb_arena *a, size_t n, size_t hole, bool judged, int64_t up)
{
    struct gb_chart c = sample_line(a, 1);
    int64_t *v = GB_NEW_N(a, n + 1, int64_t);
    for (size_t i = 0; i < n; i++) v[i] = hole && i % hole == hole - 1 ? INT64_MIN : (int64_t)(i * 7 % 23) * up;
    c.kind = GB_CHART_CALENDAR;
    c.title = "Số vụ tai nạn giao thông: 1 vụ ngày 22/11/2026";
    c.unit = "vụ";
    c.freq = GB_FREQ_DAY;
    c.series[0] = sample_series(a, "Số vụ", GB_ROLE_ACTUAL, GB_FREQ_DAY, 20593 - (int32_t)n, v, n, 0, 0, "vụ");
    for (size_t i = 0; i < n; i++) c.series[0].point[i].state = judged && v[i] != INT64_MIN ? (enum gb_state)(GB_GOOD + i % 5) : GB_STATE_NONE;
    return c;
}
/* n parts and the whole change. */
__attribute__((unused)) static struct gb_chart sample_waterfall(struct gb_arena *a, size_t n, const char *name, int64_t up)
{
    static const char *const place[] = { "Phường Hạc Thành", "Xã Nông Cống", "Phường Sầm Sơn", "Xã Mường Lát", "Xã Bá Thước" };
    struct gb_chart c = { .kind = GB_CHART_WATERFALL, .title = "Số vụ tăng 11 vụ so với tháng trước, nhiều nhất tại Phường Hạc Thành", .alt = "Biểu đồ thác nước.", .unit = "vụ",
                          .source = "số liệu mẫu", .n_series = 1, .series = GB_NEW(a, struct gb_chart_series), .has_reference = true, .reference_label = "Tháng 10/2026" };
    struct gb_chart_point *pt = GB_NEW_N(a, n + 1, struct gb_chart_point);
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t v = ((int64_t)(i * 7 % 11) - 3) * up;
        sum += v;
        pt[i] = (struct gb_chart_point){ .label = name ? name : i < 5 ? place[i] : gb_sprintf(a, "Xã số %zu", i), .y = sample_num(v, 0, 0, "vụ") };
        pt[i].y.sign = true;
    }
    pt[n] = (struct gb_chart_point){ .label = "Toàn tỉnh", .y = sample_num(sum, 0, 0, "vụ"), .highlight = true };
    pt[n].y.sign = true;
    c.reference = sample_num(84, 0, 0, "vụ");
    c.series[0] = (struct gb_chart_series){ .name = "Đóng góp vào thay đổi", .role = GB_ROLE_ACTUAL, .point = pt, .n = n + 1 };
    return c;
}
/* n rows with intervals; every fifth has none, every seventh no figure. */
__attribute__((unused)) static struct gb_chart sample_dots(struct gb_arena *a, size_t n, const char *name, int64_t up)
{
    static const char *const what[] = { "Giải ngân vốn đầu tư công", "Thu ngân sách nhà nước", "Tỷ lệ hộ nghèo", "Xã đạt chuẩn nông thôn mới, gồm cả xã nâng cao và kiểu mẫu" };
    static const char *const names[] = { "Dự báo cả năm", "cận dưới 80%", "cận trên 80%" };
    static const enum gb_series_role role[] = { GB_ROLE_ACTUAL, GB_ROLE_LOW, GB_ROLE_HIGH };
    struct gb_chart c = { .kind = GB_CHART_DOTS, .title = "4 chỉ tiêu năm: 1 chỉ tiêu có dự báo dưới kế hoạch", .alt = "Điểm và khoảng.", .unit = "%", .source = "số liệu mẫu", .n_series = 3,
                          .series = GB_NEW_N(a, 3, struct gb_chart_series), .has_reference = true, .reference_label = "Kế hoạch" };
    c.reference = sample_num(1000 * up, 1, 1, "%");
    for (size_t s = 0; s < 3; s++) {
        c.series[s] = (struct gb_chart_series){ .name = names[s], .role = role[s], .point = GB_NEW_N(a, n + 1, struct gb_chart_point), .n = n };
        for (size_t i = 0; i < n; i++) {
            int64_t v = (930 + (int64_t)(i * 61 % 140)) * up, half = (20 + (int64_t)(i * 13 % 50)) * up;
            bool gone = i % 7 == 6 || (s && i % 5 == 4);
            c.series[s].point[i] = (struct gb_chart_point){ .label = name ? name : i < 4 ? what[i] : gb_sprintf(a, "Chỉ tiêu số %zu", i),
                .y = gone ? gb_value_missing(GB_MISS_NO_DATA) : sample_num(s == 1 ? v - half : s == 2 ? v + half : v, 1, 1, "%"), .state = s ? GB_STATE_NONE : (enum gb_state)(GB_GOOD + i % 4) };
            if (!gone) c.series[s].point[i].y.status = 'F';
        }
    }
    return c;
}
/* n places, ranks of two months; equal: all of one rank. */
__attribute__((unused)) static struct gb_chart sample_slope(struct gb_arena *a, size_t n, const char *name, bool equal)
{
    struct gb_chart c = { .kind = GB_CHART_SLOPE, .title = "Xã Bá Thước xuống 9 bậc, nhiều nhất trong các xã, phường", .alt = "Thứ hạng hai kỳ.", .source = "số liệu mẫu", .n_series = 2,
                          .series = GB_NEW_N(a, 2, struct gb_chart_series) };
    for (size_t s = 0; s < 2; s++) {
        c.series[s] = (struct gb_chart_series){ .name = s ? "Tháng 11/2026" : "Tháng 10/2026", .role = GB_ROLE_ACTUAL, .point = GB_NEW_N(a, n + 1, struct gb_chart_point), .n = n };
        for (size_t i = 0; i < n; i++)
            c.series[s].point[i] = (struct gb_chart_point){ .label = name ? name : gb_sprintf(a, i % 3 ? "Xã số %zu" : "Phường số %zu", i + 1),
                .y = sample_num(equal ? 1 : (int64_t)(s ? i * 5 % 17 : i * 3 % 17) + 1, 0, 0, NULL), .highlight = s && i == 3 };
    }
    return c;
}
#endif
