/* test_chart_hostile.c — charts of data that break charts: nothing overlaps, nothing leaves the rectangle, nothing is not a number.
 *
 * Every case is drawn on the trace canvas at print and phone width, in the height it asks for and in too little. The trace is then
 * read back: text boxes (baseline minus 0.72 em to plus 0.2 em) must not meet each other and must lie inside the rectangle,
 * as must every coordinate. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/decimal.h"
#include "chart_samples.h"

struct text_box { double x, y, w, h; char text[160]; };
static struct text_box box[4096];

__attribute__((noinline)) static const char *read_num(const char *p, double *v)
{
    char *end;
    *v = strtod(p, &end);
    return end;
}

/* Texts of a trace; fails on any coordinate outside of r. */
static int read_trace(const char *name, const char *t, struct gb_rect r)
{
    int n = 0;
    for (const char *p = t; *p;) {
        const char *eol = strchr(p, '\n');
        static char line[1 << 18];
        size_t len = (size_t)(eol - p);
        if (len >= sizeof line) len = sizeof line - 1;
        memcpy(line, p, len);
        line[len] = '\0';
        p = eol + 1;
        const char *s = line + strspn(line, " ");
        if (strstr(s, "nan") && s[0] != 't') fail_msg("%s: %s", name, line);
        if (strncmp(s, "text ", 5) == 0) {
            assert_true(n < 4096);
            struct text_box *b = &box[n++];
            double size, base;
            s = read_num(s + 5, &b->x);
            s = read_num(s + 1, &base);
            s = read_num(strstr(s, "w=") + 2, &b->w);
            s = strchr(s + 1, ' ');
            s = read_num(s, &size);
            b->y = base - size * 0.72;
            b->h = size * 0.92;
            snprintf(b->text, sizeof b->text, "%s", strchr(s, '"'));
            if (b->x < r.x - 0.1 || b->x + b->w > r.x + r.w + 0.1 || b->y < r.y - 0.1 || b->y + b->h > r.y + r.h + 0.1)
                fail_msg("%s: outside %.2f,%.2f %.2fx%.2f: %s", name, r.x, r.y, r.w, r.h, line);
        } else if (strncmp(s, "fill ", 5) == 0 || strncmp(s, "stroke ", 7) == 0) {
            for (const char *q = s; (q = strchr(q, ',')); q++) {
                const char *from = q;
                while (from > s && from[-1] != ' ' && from[-1] != '=') from--;
                if (from > s && from[-1] == '=') continue; /* dash=a,b */
                double x, y;
                if (read_num(from, &x) != q) continue;
                read_num(q + 1, &y);
                if (x < r.x - 2 || x > r.x + r.w + 2 || y < r.y - 2 || y > r.y + r.h + 2) fail_msg("%s: outside %.1f,%.1f %.1fx%.1f: %.2f,%.2f in %.60s", name, r.x, r.y, r.w, r.h, x, y, line);
            }
        }
    }
    return n;
}

static void no_overlap(const char *name, int n)
{
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++) {
            const struct text_box *a = &box[i], *b = &box[j];
            if (a->x + 0.05 < b->x + b->w && b->x + 0.05 < a->x + a->w && a->y + 0.05 < b->y + b->h && b->y + 0.05 < a->y + a->h)
                fail_msg("%s: texts overlap: %s (%.1f,%.1f %.1fx%.1f) and %s (%.1f,%.1f %.1fx%.1f)", name, a->text, a->x, a->y, a->w, a->h, b->text, b->x, b->y,
                         b->w, b->h);
        }
}

static int draw_in(const char *name, const struct gb_chart *c, struct gb_rect r, const struct gb_chart_style *st, bool check)
{
    struct gb_arena a;
    struct gb_buf out = { 0 }, again = { 0 };
    struct gb_err e = { 0 };
    char line[4096];
    gb_arena_init(&a, 0);
    for (int i = 0; i < 2; i++) {
        struct gb_canvas *cv = gb_canvas_trace(i ? &again : &out);
        gb_chart_draw(c, cv, r, st, &a);
        if (gb_canvas_close(cv, &e)) fail_msg("%s: %s", name, gb_err_line(&e, line, sizeof line));
    }
    assert_int_equal(out.n, again.n);
    assert_memory_equal(out.p, again.p, out.n);
    int n = read_trace(name, out.p, r);
    if (check) no_overlap(name, n);
    gb_buf_release(&out);
    gb_buf_release(&again);
    gb_arena_release(&a);
    return n;
}

static const struct gb_chart_style styles[] = { { GB_MEDIUM_PRINT, 8.5, true, true }, { GB_MEDIUM_SCREEN, 12, true, true } };
static const double widths[] = { 468, 320 };

static void survive(const char *name, const struct gb_chart *c)
{
    for (int m = 0; m < 2; m++) {
        double h = gb_chart_height_pt(c, widths[m], &styles[m]);
        assert_true(isfinite(h) && h > 0);
        draw_in(name, c, (struct gb_rect){ 20, 30, widths[m], h }, &styles[m], true);
        draw_in(name, c, (struct gb_rect){ 20, 30, widths[m] * 0.6, h }, &styles[m], true);
        if (h > 120) draw_in(name, c, (struct gb_rect){ 20, 30, widths[m], h * 0.75 }, &styles[m], true);
    }
}

static struct gb_chart line_of(struct gb_arena *a, const int64_t *v, size_t n, int scale, int decimals)
{
    struct gb_chart c = sample_line(a, 1);
    c.series[0] = sample_series(a, "Chỉ số", GB_ROLE_ACTUAL, GB_FREQ_MONTH, 2025 * 12, v, n, scale, decimals, "%");
    return c;
}

static void test_lines(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    static const int64_t equal[] = { 684, 684, 684, 684 }, zero[] = { 0, 0, 0 }, one[] = { 7 }, none[] = { INT64_MIN, INT64_MIN },
                         huge[] = { 1000000000000, 2400000000000, 1700000000000 }, negative[] = { -50, -912, -3 }, mixed[] = { -9000, 4, 8123, -2 },
                         fine[] = { 1000000001, 1000000002, 1000000003 }, gaps[] = { 5, INT64_MIN, 7, INT64_MIN, 3, INT64_MIN, INT64_MIN, 9 },
                         edge[] = { INT64_MAX, INT64_MIN + 1, 0 }, top[] = { INT64_MAX, INT64_MAX };
    const struct { const char *name; const int64_t *v; size_t n; int scale, decimals; } cases[] = {
        { "all equal", equal, 4, 1, 1 }, { "all zero", zero, 3, 0, 0 }, { "one point", one, 1, 0, 0 }, { "no point", none, 2, 0, 0 }, { "empty", none, 0, 0, 0 },
        { "10^12", huge, 3, 0, 0 },      { "negative", negative, 3, 1, 1 }, { "mixed signs", mixed, 4, 2, 2 }, { "scale 9", fine, 3, 9, 9 },
        { "gaps", gaps, 8, 0, 0 },       { "ends of int64", edge, 3, 0, 0 }, { "top of int64", top, 2, 0, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct gb_chart c = line_of(&a, cases[i].v, cases[i].n, cases[i].scale, cases[i].decimals);
        survive(cases[i].name, &c);
        c.kind = GB_CHART_SPARK;
        draw_in(cases[i].name, &c, (struct gb_rect){ 5, 5, 60, 14 }, &styles[0], true);
        draw_in(cases[i].name, &c, (struct gb_rect){ 5, 5, 4, 2 }, &styles[0], true);
    }
    gb_arena_release(&a);
}

static void test_no_data_says_so(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    static const int64_t none[] = { INT64_MIN };
    for (int kind = GB_CHART_LINE; kind <= GB_CHART_BULLET; kind++) {
        struct gb_chart c = line_of(&a, none, 1, 0, 0);
        c.kind = (enum gb_chart_kind)kind;
        int n = draw_in("no data", &c, (struct gb_rect){ 0, 0, 400, gb_chart_height_pt(&c, 400, &styles[0]) }, &styles[0], true);
        bool said = false;
        for (int i = 0; i < n; i++) said = said || strstr(box[i].text, "chưa có số liệu");
        assert_true(said);
    }
    gb_arena_release(&a);
}

/* Twenty lines that end within a hair of each other, with long names. */
static void test_crowded_ends(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    for (size_t n = 2; n <= 20; n += 6) {
        struct gb_chart c = sample_line(&a, n);
        for (size_t i = 0; i < n; i++) {
            int64_t v[6];
            for (int j = 0; j < 6; j++) v[j] = 500 + (int64_t)i * 2 + j;
            c.series[i] = sample_series(&a, i % 2 ? "Phường Hạc Thành, địa bàn trung tâm tỉnh Thanh Hóa" : "Xã Nông Cống", i < 4 ? (enum gb_series_role)i : GB_ROLE_ACTUAL,
                                        GB_FREQ_QUARTER, 2025 * 4, v, i % 3 == 2 ? 5 : 6, 1, 1, "%");
        }
        c.freq = GB_FREQ_QUARTER;
        c.has_reference = true;
        c.reference = sample_num(505, 1, 1, "%");
        c.reference_label = "Ngưỡng cảnh báo theo kịch bản điều hành đầu tư công trung hạn giai đoạn 2026-2030";
        c.n_breaks = 3;
        for (int i = 0; i < 3; i++) {
            c.breaks[i] = 2025 * 4 + 2 + i;
            c.break_label[i] = "Đổi phương pháp tính và phạm vi thu thập số liệu";
        }
        survive("crowded", &c);
    }
    gb_arena_release(&a);
}

static void test_frequencies(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_date d = { 2026, 11, 21 };
    static const size_t lengths[] = { 2, 9, 53, 400, 3000 };
    for (int f = GB_FREQ_YEAR; f <= GB_FREQ_HOUR; f++)
        for (size_t l = 0; l < 5; l++) {
            size_t n = lengths[l];
            if (f == GB_FREQ_YEAR && n > 400) continue;
            int64_t *v = GB_NEW_N(&a, n, int64_t);
            for (size_t i = 0; i < n; i++) v[i] = (int64_t)(i * 7919 % 1000);
            struct gb_chart c = sample_line(&a, 1);
            c.freq = (enum gb_freq)f;
            c.series[0] = sample_series(&a, "Chỉ số", GB_ROLE_ACTUAL, c.freq, gb_period_of(c.freq, d, GB_CAL_CIVIL) - (int32_t)n + 1, v, n, 1, 1, "%");
            survive(gb_freq_word(c.freq), &c);
        }
    gb_arena_release(&a);
}

static void test_bars(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    const char *names[170];
    int64_t v[170];
    for (int i = 0; i < 170; i++) {
        names[i] = gb_sprintf(&a, i % 7 ? "Xã số %d" : "Xã có một cái tên rất dài mà không bảng nào của tỉnh từng phải in trên một dòng duy nhất, số %d", i);
        v[i] = i % 11 ? (170 - i) * 12345678 : INT64_MIN;
    }
    struct gb_chart many = sample_bars_of(&a, 170, names, v, 2, 2, "triệu đồng");
    survive("170 bars", &many);
    /* In a page's height the rest is counted, not dropped. */
    int n = draw_in("170 bars on a page", &many, (struct gb_rect){ 0, 0, 468, 600 }, &styles[0], true);
    bool said = false;
    for (int i = 0; i < n; i++) said = said || strstr(box[i].text, "dòng nữa");
    assert_true(said);
    for (int i = 0; i < 170; i++) v[i] = i % 2 ? -(i * 1000000007LL) : i * 999999999LL;
    struct gb_chart signs = sample_bars_of(&a, 40, names, v, 0, 0, "đồng");
    signs.has_reference = true;
    signs.reference = sample_num(-20000000000, 0, 0, "đồng");
    signs.reference_label = "Bình quân toàn tỉnh của mọi xã, phường trong kỳ báo cáo này";
    survive("mixed bars", &signs);
    static const int64_t zero[] = { 0, 0, 0 }, one[] = { 5 };
    struct gb_chart zeros = sample_bars_of(&a, 3, names, zero, 0, 0, "vụ"), single = sample_bars_of(&a, 1, names, one, 9, 9, "%");
    survive("zero bars", &zeros);
    survive("one bar", &single);
    single.kind = zeros.kind = many.kind = signs.kind = GB_CHART_BULLET;
    survive("one bullet", &single);
    survive("zero bullets", &zeros);
    survive("170 bullets", &many);
    survive("mixed bullets", &signs);
    gb_arena_release(&a);
}

static int count_of(int n, const char *text)
{
    int k = 0;
    for (int i = 0; i < n; i++) k += strstr(box[i].text, text) != NULL;
    return k;
}

/* One cell, many columns, many rows, long names, figures wider than a column: whole figures or none, the rest counted. */
static void test_heat(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    static const char long_name[] = "Xãkhôngcódấucáchnàotrongtên và một phần tên rất dài nữa của một khu công nghiệp";
    static const struct { size_t rows, cols; const char *name; int64_t up; } cases[] = { { 1, 1, NULL, 1 }, { 2, 6, NULL, 1 }, { 12, 16, NULL, 1 }, { 166, 5, NULL, 1 },
        { 7, 40, NULL, 1 }, { 5, 60, "", 1 }, { 9, 4, long_name, 1 }, { 9, 4, NULL, 100000000000000 }, { 40, 12, long_name, -1000000 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct gb_chart c = sample_heat(&a, cases[i].rows, cases[i].cols, cases[i].name, cases[i].up);
        survive("heat", &c);
    }
    struct gb_chart c = sample_heat(&a, 166, 5, NULL, 1);
    int n = draw_in("heat on a page", &c, (struct gb_rect){ 0, 0, 468, 600 }, &styles[0], true);
    assert_int_equal(count_of(n, "dòng nữa"), 1);
    c = sample_heat(&a, 6, 5, NULL, 1);
    n = draw_in("heat", &c, (struct gb_rect){ 0, 0, 468, gb_chart_height_pt(&c, 468, &styles[0]) }, &styles[0], true);
    assert_int_equal(count_of(n, "\"–\""), 4); /* cells without a value */
    assert_int_equal(count_of(n, "\"khẩn cấp\""), 1); /* the shapes are told */
    assert_int_equal(count_of(n, "T10/26"), 5);
    c.series[1].n = 2; /* columns of unequal length */
    survive("short column", &c);
    gb_arena_release(&a);
}

static int whole(const char *name, const struct gb_chart *c)
{
    return draw_in(name, c, (struct gb_rect){ 0, 0, 468, gb_chart_height_pt(c, 468, &styles[0]) }, &styles[0], true);
}

static void test_multiples(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    static const char long_name[] = "Xãkhôngcódấucáchnàotrongtên và một phần tên rất dài nữa của một khu công nghiệp ở rất xa trung tâm";
    static const struct { size_t n, periods; const char *name; int64_t up; } cases[] = { { 1, 1, NULL, 1 }, { 1, 30, NULL, 1 }, { 2, 5, NULL, 0 }, { 5, 24, NULL, 1 },
        { 24, 12, long_name, 1 }, { 64, 3, "", 1 }, { 7, 400, NULL, 10000000000000 }, { 3, 0, NULL, 1 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int shared = 0; shared < 2; shared++) {
            struct gb_chart c = sample_multiples(&a, cases[i].n, cases[i].periods, cases[i].name, cases[i].up);
            c.shared = shared;
            survive("multiples", &c);
        }
    struct gb_chart c = sample_multiples(&a, 5, 14, NULL, 1);
    int n = whole("multiples", &c);
    assert_int_equal(count_of(n, "ngưỡng cảnh báo 30,0"), 4);
    assert_int_equal(count_of(n, "\"T1/25\""), 5); /* one time axis for all */
    n = draw_in("less height", &c, (struct gb_rect){ 0, 0, 468, 120 }, &styles[0], true);
    assert_int_equal(count_of(n, "hình nữa không đủ chỗ"), 1);
    c.series[1].n = 0;
    n = whole("empty panel", &c);
    assert_int_equal(count_of(n, "chưa có số liệu"), 1);
    gb_arena_release(&a);
}

static void test_stacked(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    static const char long_name[] = "Xãkhôngcódấucáchnàotrongtên và một phần tên rất dài nữa của một khu công nghiệp ở rất xa trung tâm";
    static const struct { size_t rows, parts; const char *name; int64_t up; } cases[] = { { 1, 1, NULL, 1 }, { 3, 2, NULL, 0 }, { 12, 4, NULL, 1 }, { 166, 8, NULL, 1 },
        { 8, 20, long_name, 1 }, { 5, 3, "", 100000000000000000 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int periods = 0; periods < 2; periods++) {
            struct gb_chart c = sample_stacked(&a, cases[i].rows, cases[i].parts, cases[i].name, cases[i].up, periods);
            survive("stacked", &c);
        }
    struct gb_chart c = sample_stacked(&a, 6, 4, NULL, 1, false);
    int n = whole("stacked", &c);
    assert_int_equal(count_of(n, "\"102\""), 1); /* 0 + 17 + 34 + 51 */
    assert_int_equal(count_of(n, "\"thiếu 1 phần\""), 2); /* no total where a part is missing */
    n = draw_in("less height", &c, (struct gb_rect){ 0, 0, 468, 120 }, &styles[0], true);
    assert_int_equal(count_of(n, "dòng nữa không đủ chỗ"), 1);
    gb_arena_release(&a);
}

static void test_calendar(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    static const size_t days[] = { 1, 7, 31, 100, 182, 400, 1000, 3000 };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        for (int mode = 0; mode < 4; mode++) {
            struct gb_chart c = sample_calendar(&a, days[i], mode & 1 ? 3 : 0, mode & 2, mode == 3 ? 1000000000000 : mode == 2 ? 0 : 1);
            survive("calendar", &c);
        }
    struct gb_chart c = sample_calendar(&a, 80, 12, false, 1);
    int n = whole("calendar", &c);
    assert_int_equal(count_of(n, "chưa có số liệu"), 1);
    assert_int_equal(count_of(n, "\"CN\""), 1);
    assert_int_equal(count_of(n, "\"Tháng 5\""), 1); /* T5 is Thursday */
    c.series[0].point[5].x.period -= 2000000000; /* days of another age: no endless walk */
    survive("far", &c);
    gb_arena_release(&a);
}

/* Kinds of several facts with rows: nothing, one, many, all equal, 10^15, below zero, names without end. */
static void test_rows_of_facts(void **state)
{
    (void)state;
    static const char lasting[] = "Ban Quản lý Khu kinh tế Nghi Sơn và các khu công nghiệp tỉnh Thanh Hóa, phân khu phía tây đường ven biển";
    static const size_t sizes[] = { 0, 1, 2, 12, 30, 170 };
    static const int64_t ups[] = { 1, 0, -1, 1000000000000 };
    struct gb_arena a;
    gb_arena_init(&a, 0);
    for (size_t n = 0; n < sizeof sizes / sizeof *sizes; n++)
        for (size_t u = 0; u < 4; u++)
            for (int names = 0; names < 2; names++) {
                struct gb_chart w = sample_waterfall(&a, sizes[n], names ? lasting : NULL, ups[u]), d = sample_dots(&a, sizes[n], names ? lasting : NULL, ups[u]),
                                s = sample_slope(&a, sizes[n], names ? lasting : NULL, u == 1);
                survive("waterfall", &w);
                survive("dots", &d);
                survive("slope", &s);
            }
    struct gb_chart s = sample_slope(&a, 5, NULL, false), d = sample_dots(&a, 3, NULL, 1);
    s.series[0].point[2].y = gb_value_missing(GB_MISS_NO_DATA); /* a place without a former rank has no line */
    survive("slope with a gap", &s);
    s.n_series = 1;
    survive("slope of one period", &s);
    d.n_series = 1;
    survive("dots alone", &d);
    for (int i = 0; i < 3; i++) d.series[0].point[i].y = gb_value_missing(GB_MISS_NO_DATA);
    survive("dots of nothing", &d);
    gb_arena_release(&a);
}

static void test_samples(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_chart all[] = { sample_disbursement(&a), sample_monthly(&a), sample_bars(&a), sample_bars_mixed(&a), sample_bullet(&a), sample_daily(&a) };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) survive(all[i].title, &all[i]);
    /* A title and a source without a blank, longer than any line. */
    char word[600];
    memset(word, 'W', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    all[0].title = all[0].source = all[0].unit = all[2].reference_label = word;
    all[0].series[0].name = all[2].series[0].point[1].label = word;
    survive("long words", &all[0]);
    survive("long names", &all[2]);
    gb_arena_release(&a);
}

static bool is_num(const struct gb_value *v) { return v->kind == GB_V_NUM; }
static uint64_t seed;
static uint64_t draw_lot(uint64_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (seed >> 33) % below;
}
/* Four hundred charts nobody would design: any kind, roles, gaps, scales, names, breaks and references, the same each run. */
static void test_random(void **state)
{
    (void)state;
    static const char *const names[] = { "", "Xã Mường Lát", "Năm 2026", "Tỷ lệ hồ sơ giải quyết đúng hạn và trước hạn trên môi trường điện tử", "W" };
    static const char status[] = { 'A', 'A', 'A', 'P', 'E', 'F' };
    for (int run_i = 0; run_i < 400; run_i++) {
        struct gb_arena a;
        char what[40];
        gb_arena_init(&a, 0);
        seed = (uint64_t)run_i;
        snprintf(what, sizeof what, "random %d", run_i);
        struct gb_chart c = sample_line(&a, 1 + draw_lot(6));
        c.kind = (enum gb_chart_kind)draw_lot(3);
        c.freq = (enum gb_freq)(1 + draw_lot(6));
        int scale = (int)draw_lot(5), decimals = (int)draw_lot(4);
        int64_t size = gb_pow10[draw_lot(12)] + 1, base = draw_lot(2) ? 0 : (int64_t)draw_lot(1000000);
        for (size_t i = 0; i < c.n_series; i++) {
            size_t n = draw_lot(3) ? 1 + draw_lot(30) : draw_lot(3);
            int64_t v[32];
            for (size_t j = 0; j < n; j++) v[j] = draw_lot(9) ? base + (int64_t)draw_lot((uint64_t)size) - (draw_lot(3) ? 0 : size / 2) : INT64_MIN;
            c.series[i] = sample_series(&a, names[draw_lot(5)], i ? (enum gb_series_role)draw_lot(5) : GB_ROLE_ACTUAL, c.freq, 2020 + (int32_t)draw_lot(12), v, n,
                                        scale, decimals, draw_lot(2) ? "%" : "đồng");
            for (size_t j = 0; j < n; j++) {
                c.series[i].point[j].label = names[draw_lot(5)];
                c.series[i].point[j].highlight = draw_lot(8) == 0;
                c.series[i].point[j].state = draw_lot(2) ? (enum gb_state)draw_lot(8) : GB_STATE_NONE;
                if (is_num(&c.series[i].point[j].y)) c.series[i].point[j].y.status = status[draw_lot(6)];
            }
        }
        c.has_reference = draw_lot(2);
        c.reference = sample_num(base + (int64_t)draw_lot((uint64_t)size), scale, decimals, "%");
        c.reference_label = names[draw_lot(5)];
        c.n_breaks = (int)draw_lot(5);
        for (int i = 0; i < c.n_breaks; i++) {
            c.breaks[i] = 2018 + (int64_t)draw_lot(40);
            c.break_label[i] = names[draw_lot(5)];
        }
        c.has_steps = draw_lot(2);
        c.direction = (enum gb_direction)draw_lot(4);
        for (int i = 0; i < GB_N_STEPS; i++) c.step[i] = (struct gb_threshold){ draw_lot(4) != 0, base + (int64_t)draw_lot(1000), base + 1000 + (int64_t)draw_lot(1000) };
        survive(what, &c);
        gb_arena_release(&a);
    }
}

/* Bars begin at zero, and one that is not zero has ink. */
static void test_bar_lengths(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    static const char *const names[] = { "a", "b", "c" };
    static const int64_t v[] = { 2000000, 1000000, 1 };
    struct gb_chart c = sample_bars_of(&a, 3, names, v, 0, 0, "vụ");
    struct gb_buf out = { 0 };
    struct gb_err e = { 0 };
    struct gb_canvas *cv = gb_canvas_trace(&out);
    gb_chart_draw(&c, cv, (struct gb_rect){ 0, 0, 400, 100 }, &styles[0], &a);
    assert_int_equal(gb_canvas_close(cv, &e), GB_OK);
    double width[3], left[3];
    int n = 0;
    for (const char *p = out.p; (p = strstr(p, "fill #00609cff M")) && n < 3; p++, n++) {
        double x2;
        const char *q = read_num(p + 17, &left[n]);
        q = strstr(q, "L ");
        read_num(q + 2, &x2);
        width[n] = x2 - left[n];
    }
    assert_int_equal(n, 3);
    assert_true(fabs(width[0] / width[1] - 2) < 0.001);
    assert_true(width[2] >= 0.3);
    assert_true(left[0] == left[1] && left[1] == left[2]);
    gb_buf_release(&out);
    gb_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_lines),   cmocka_unit_test(test_no_data_says_so), cmocka_unit_test(test_crowded_ends),
                                        cmocka_unit_test(test_frequencies), cmocka_unit_test(test_bars),        cmocka_unit_test(test_heat), cmocka_unit_test(test_multiples), cmocka_unit_test(test_stacked), cmocka_unit_test(test_calendar), cmocka_unit_test(test_rows_of_facts), cmocka_unit_test(test_samples),
                                        cmocka_unit_test(test_bar_lengths), cmocka_unit_test(test_random) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
