/* test_layout_break.c — pieces and lines: what stays together, hostile text, and that nothing is lost or too wide. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "layout/layout_int.h"

static const struct gb_style BODY = { GB_SERIF, 13, GB_RGB(0) };
static struct gb_arena arena;

static int open_arena(void **state)
{
    (void)state;
    struct gb_err e = { 0 };
    gb_arena_init(&arena, 0);
    return gb_fonts_warm(&e);
}

static int close_arena(void **state)
{
    (void)state;
    gb_arena_release(&arena);
    return 0;
}

static struct gb_pieces pieces(const char *s)
{
    struct gb_pieces p = { .arena = &arena };
    gb_pieces_add(&p, s, strlen(s), BODY, false, NULL);
    return p;
}

/* Lines as text, one a row: pieces joined by a blank where they have a gap. */
static const char *set(const char *s, double width_pt, double indent_pt, enum gb_setting how)
{
    struct gb_pieces p = pieces(s);
    gb_pieces_fit(&p, width_pt - indent_pt);
    struct gb_line *line;
    size_t n = gb_break_lines(&arena, &p, width_pt, indent_pt, how, &line);
    struct gb_buf b = { 0 };
    for (size_t k = 0; k < n; k++) {
        for (size_t i = line[k].first; i < line[k].end; i++) {
            if (i > line[k].first && p.v[i].gap_pt > 0)
                gb_buf_addc(&b, ' ');
            gb_buf_add(&b, p.v[i].text, p.v[i].n);
        }
        gb_buf_addc(&b, '\n');
        double room = k ? width_pt : width_pt - indent_pt, gaps = 0;
        for (size_t i = line[k].first + 1; i < line[k].end; i++)
            gaps += p.v[i].gap_pt;
        if (line[k].natural_pt - gaps * (how == GB_JUSTIFIED ? 0.26 : 0) > room + 0.02 && width_pt > 10)
            fail_msg("line %zu: %.2f pt in %.2f pt", k, line[k].natural_pt, room);
    }
    const char *r = gb_buf_copy(&arena, &b);
    gb_buf_release(&b);
    return r;
}

static void nothing_lost(const char *s, double width_pt)
{
    const char *lines = set(s, width_pt, 0, GB_JUSTIFIED), *a = s, *b = lines;
    for (;;) { /* equal but for blanks */
        while (*a == ' ' || *a == '\n')
            a++;
        while (*b == ' ' || *b == '\n')
            b++;
        if (*a != *b)
            fail_msg("lost at \"%.20s\" / \"%.20s\"", a, b);
        if (!*a)
            return;
        a++, b++;
    }
}

static void empty_and_single(void **state)
{
    (void)state;
    assert_string_equal(set("", 200, 0, GB_JUSTIFIED), "");
    assert_string_equal(set("   \n ", 200, 0, GB_JUSTIFIED), "");
    assert_string_equal(set("một", 200, 0, GB_JUSTIFIED), "một\n");
    assert_string_equal(set("  một  hai  ", 200, 0, GB_RAGGED), "một hai\n");
}

/* What must never be parted, at every width. */
static void bound_words(void **state)
{
    (void)state;
    static const char TEXT[] = "Thu ngân sách đạt 57.000 tỷ đồng trong tháng 7/2026, tính đến 17 giờ 00 ngày 05/02/2026, tăng "
                               "3,2 điểm % so với quý III/2025; "
                               "khoảng 1.155.000 lượt khách, 12 vụ cháy, Nghị định số 30/2020/NĐ-CP, năm 2026.";
    static const char *const together[] = { "57.000 tỷ đồng", "tháng 7/2026,",  "17 giờ 00", "ngày 05/02/2026,",  "3,2 điểm %",
                                            "quý III/2025;",  "1.155.000 lượt", "12 vụ",     "số 30/2020/NĐ-CP,", "năm 2026." };
    for (double w = 130; w < 400; w += 3.7) {
        const char *lines = set(TEXT, w, 0, GB_JUSTIFIED);
        for (size_t i = 0; i < sizeof together / sizeof *together; i++) {
            if (!strstr(lines, together[i]))
                fail_msg("parted at %.1f pt: %s\n%s", w, together[i], lines);
        }
    }
}

static void ordinary_words_may_part(void **state)
{
    (void)state;
    struct gb_pieces p = pieces("đạt 68,4% kế hoạch tháng trước ngày mai");
    int free_breaks = 0;
    for (size_t i = 1; i < p.n; i++)
        free_breaks += p.v[i].may_break;
    assert_int_equal(p.n, 8);
    assert_int_equal(free_breaks, 7); /* only a unit or a number is bound, not every word after a figure */
}

static void five_thousand_letters(void **state)
{
    (void)state;
    struct gb_buf b = { 0 };
    gb_buf_adds(&b, "Tên ");
    for (int i = 0; i < 5000; i++)
        gb_buf_adds(&b, "ế");
    gb_buf_adds(&b, " hết.");
    nothing_lost(b.p, 467);
    nothing_lost(b.p, 30);
    nothing_lost(b.p, 6); /* narrower than a letter and a half: a letter a line, not a loop */
    gb_buf_reset(&b);
    for (int i = 0; i < 5000; i++)
        gb_buf_adds(&b, "a ");
    nothing_lost(b.p, 467);
    gb_buf_reset(&b);
    for (int i = 0; i < 3000; i++)
        gb_buf_adds(&b, "12 ngày 5 "); /* everything bound to everything */
    nothing_lost(b.p, 200);
    gb_buf_release(&b);
}

static void long_codes_break_at_slashes(void **state)
{
    (void)state;
    const char *lines = set("30/2020/NĐ-CP/30/2020/NĐ-CP/30/2020/NĐ-CP", 120, 0, GB_RAGGED);
    for (const char *p = strchr(lines, '\n'); p && p[1]; p = strchr(p + 1, '\n')) {
        assert_true(p[-1] == '/' || p[-1] == '-');
    }
}

/* Total fit: greedy filling would leave "hết." alone on the last line of this text at some width; the sum of squares does not
 * get worse than greedy's at any width. */
static double ugliness(const char *s, double w, bool greedy)
{
    struct gb_pieces p = pieces(s);
    gb_pieces_fit(&p, w);
    struct gb_line *line;
    size_t n = gb_break_lines(&arena, &p, w, 0, GB_JUSTIFIED, &line);
    double sum = 0;
    if (!greedy) {
        for (size_t k = 0; k + 1 < n; k++) {
            double r = (w - line[k].natural_pt) / (line[k].n_gaps * 3.25 * 0.55);
            sum += (1 + 100 * (r < 0 ? -r * r * r * 10.6 : r * r * r)) * (1 + 100 * (r < 0 ? -r * r * r * 10.6 : r * r * r));
        }
        return sum;
    }
    double used = 0;
    int gaps = 0;
    for (size_t i = 0; i < p.n; i++) {
        double add = (used > 0 ? p.v[i].gap_pt : 0) + p.v[i].w_pt;
        if (used > 0 && used + add > w && p.v[i].may_break) {
            double r = (w - used + gb_hang_pt(&p.v[i - 1])) / (gaps * 3.25 * 0.55);
            sum += (1 + 100 * r * r * r) * (1 + 100 * r * r * r);
            used = p.v[i].w_pt;
            gaps = 0;
        } else {
            gaps += used > 0;
            used += add;
        }
    }
    return sum;
}

static void not_worse_than_greedy(void **state)
{
    (void)state;
    static const char TEXT[] = "Đề nghị các sở, ban, ngành, Ủy ban nhân dân các xã, phường rà soát từng dự án chậm tiến độ, báo "
                               "cáo vướng mắc về giải phóng mặt bằng, vật "
                               "liệu san lấp và thủ tục đấu thầu; đề xuất điều chuyển vốn của những dự án không có khả năng giải "
                               "ngân trước khi hết thời hạn.";
    int better = 0;
    for (double w = 180; w < 480; w += 7) {
        double total = ugliness(TEXT, w, false), greedy = ugliness(TEXT, w, true);
        if (total > greedy * 1.02 + 10000)
            fail_msg("at %.0f pt: %.0f, greedy %.0f", w, total, greedy);
        better += total < greedy * 0.8;
    }
    assert_true(better > 10);
}

static void ragged_is_even_and_short(void **state)
{
    (void)state;
    /* fewest lines first, then even ones: not "Tỷ lệ hồ sơ đúng / hạn" but "Tỷ lệ hồ sơ / đúng hạn" */
    assert_string_equal(set("Tỷ lệ hồ sơ đúng hạn", 100, 0, GB_RAGGED), "Tỷ lệ hồ sơ\nđúng hạn\n");
}

static void indent_is_of_the_first_line(void **state)
{
    (void)state;
    struct gb_pieces p = pieces("một hai ba bốn năm sáu bảy tám chín mười");
    struct gb_line *line;
    size_t n = gb_break_lines(&arena, &p, 90, 60, GB_JUSTIFIED, &line);
    assert_true(n > 2);
    assert_true(line[0].natural_pt < 31);
    assert_true(line[1].natural_pt > 31);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_and_single),
        cmocka_unit_test(bound_words),
        cmocka_unit_test(ordinary_words_may_part),
        cmocka_unit_test(five_thousand_letters),
        cmocka_unit_test(long_codes_break_at_slashes),
        cmocka_unit_test(not_worse_than_greedy),
        cmocka_unit_test(ragged_is_even_and_short),
        cmocka_unit_test(indent_is_of_the_first_line),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
