/* test_document_describe.c — an indicator in words, and the sentence that says which days administrative periods cover. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "document_fixture.h"
#include "document/describe.h"

static struct fixture f;

static int open_all(void **state)
{
    (void)state;
    fixture_open(&f);
    return 0;
}
static int close_all(void **state)
{
    (void)state;
    fixture_close(&f);
    return 0;
}

static void steps(struct gb_indicator *i, int64_t a, int64_t b, int64_t c, int64_t d)
{
    const int64_t v[] = { a, b, c, d };
    i->has_steps = true;
    for (int k = 0; k < GB_N_STEPS; k++)
        i->step[k] = (struct gb_threshold){ .set = true, .lo = v[k], .hi = v[k] };
}

static void limits(void **state)
{
    (void)state;
    struct gb_indicator *rate = &f.c.indicator[I_RATE], *count = &f.c.indicator[I_COUNT], *ph = &f.c.indicator[I_PH];
    steps(rate, 9000, 8550, 7000, 6000); /* scale 2: no zeros that say nothing */
    assert_string_equal(gb_steps_vi(&f.arena, rate), "theo dõi: dưới 90%; cảnh báo: dưới 85,5%; nguy hiểm: dưới 70%; khẩn cấp: dưới 60%");
    assert_string_equal(gb_steps_basis_vi(rate), "ngưỡng đề xuất, chờ cơ quan chủ trì quyết định");
    assert_string_equal(gb_steps_basis_word(rate), "proposed");
    rate->steps_are_norm = true;
    assert_string_equal(gb_steps_basis_word(rate), "norm");
    steps(count, 1, 2, 3, 3); /* the last step does not exist */
    assert_string_equal(gb_steps_vi(&f.arena, count),
                        "theo dõi: từ 1 vụ trở lên; cảnh báo: từ 2 vụ trở lên; nguy hiểm: từ 3 vụ trở lên");
    ph->has_steps = true;
    ph->step[0] = (struct gb_threshold){ .set = true, .lo = 600, .hi = 850 };
    assert_string_equal(gb_steps_vi(&f.arena, ph), "theo dõi: ngoài khoảng 6 đến 8,5");
    ph->has_min = true, ph->valid_min = 600;
    assert_string_equal(gb_steps_vi(&f.arena, ph), "theo dõi: trên 8,5"); /* no value can be below 6 */
    assert_string_equal(gb_steps_vi(&f.arena, &f.c.indicator[I_CUM]), "");
    assert_string_equal(gb_steps_basis_vi(&f.c.indicator[I_CUM]), "không đánh giá");
}

static void properties(void **state)
{
    (void)state;
    struct gb_indicator *i = &f.c.indicator[I_RATE];
    assert_string_equal(gb_bounds_vi(&f.arena, i), "");
    i->has_min = true, i->valid_min = 0;
    assert_string_equal(gb_bounds_vi(&f.arena, i), "từ 0% trở lên");
    i->has_max = true, i->valid_max = 10000;
    assert_string_equal(gb_bounds_vi(&f.arena, i), "từ 0 đến 100%");
    i->agg = GB_AGG_RATIO, i->agg_num = I_CUM, i->agg_den = I_AMOUNT;
    assert_string_equal(gb_aggregation_word(&f.arena, &f.c, i), "ratio:inv.disbursed/econ.budget_revenue");
    assert_string_equal(gb_aggregation_vi(&f.arena, &f.c, i),
                        "tính lại từ tổng: Giá trị giải ngân vốn đầu tư công chia cho Thu ngân sách nhà nước trên địa bàn");
    assert_string_equal(gb_frequency_of_vi(i), "hằng tháng, theo dương lịch");
    i->calendar = GB_CAL_ADMIN;
    assert_string_equal(gb_frequency_of_vi(i), "hằng tháng, kỳ hành chính (từ ngày 15 tháng trước đến ngày 14)");
    assert_string_equal(gb_frequency_of_vi(&f.c.indicator[I_COUNT]), "hằng ngày");
    assert_string_equal(gb_calendar_vi(&f.c.indicator[I_COUNT]), "");
    i->evidence = "memory";
    assert_string_equal(gb_evidence_vi(i), "theo hiểu biết chung, cần kiểm tra");
    assert_string_equal(gb_season_vi(i), "");
    i->season = "invcum";
    assert_non_null(strstr(gb_season_vi(i), "của tháng 10"));
}

static void show(struct gb_row *r, int ind, int32_t period, enum gb_derivation how)
{
    struct gb_value v = gb_value_count(5, NULL);
    v.fact = (struct gb_fact_id){ ind, PROVINCE, period, how };
    gb_doc_cell_value(f.d, r, 0, v);
}

/* What the document says after the facts (indicator, period) were shown in a table, "" for nothing. */
static const char *said(const int (*fact)[2], int n, bool source)
{
    f.d = gb_doc_new(&f.arena, &f.c, GB_LEADERSHIP, "x");
    struct gb_node *t = gb_doc_table(f.d, f.d->root, "bang", "Bảng", 1), *s = NULL;
    gb_doc_col(f.d, t, 0, "Số", NULL, GB_RIGHT, 1);
    for (int i = 0; i < n; i++)
        show(gb_doc_row(f.d, t), fact[i][0], fact[i][1], GB_D_VALUE);
    show(gb_doc_row(f.d, t), I_AMOUNT, 2026 * 12 + 11, GB_D_TARGET); /* a plan reaches into December: that is no figure of December */
    if (source) {
        s = gb_doc_source(f.d, f.d->root);
        gb_text_add(f.d, &s->text, "Nguồn: sổ.", 0);
    }
    gb_doc_say_calendars(f.d);
    struct gb_buf b = { 0 };
    struct gb_node *last = f.d->root->last;
    if (last != t)
        gb_text_plain(&last->text, &b);
    const char *text = gb_buf_copy(&f.arena, &b);
    gb_buf_release(&b);
    return text;
}

static void calendars(void **state)
{
    (void)state;
    enum { OCT = 2026 * 12 + 9, JAN = 2026 * 12 };
    struct gb_indicator *i = f.c.indicator;
    const int civil[][2] = { { I_AMOUNT, OCT } };
    assert_string_equal(said(civil, 1, false), "");
    i[I_AMOUNT].calendar = i[I_QUARTER].calendar = i[I_YEARLY].calendar = GB_CAL_ADMIN;
    assert_string_equal(said(civil, 1, true),
                        "Nguồn: sổ. Kỳ hành chính: tháng 10/2026 tính từ 15/09 đến 14/10/2026 (Nghị định 09/2019/NĐ-CP).");
    const int many[][2] = { { I_AMOUNT, JAN - 1 }, { I_AMOUNT, JAN }, { I_QUARTER, 2026 * 4 + 2 }, { I_YEARLY, 2025 }, { I_COUNT, 20000 } };
    assert_string_equal(said(many, 5, false),
                        "Kỳ hành chính: tháng 1/2026 tính từ 15/12/2025 đến 14/01/2026; quý III/2026 tính từ 15/06 đến 14/09/2026; năm "
                        "2025 tính từ 15/12/2024 đến 14/12/2025 (Nghị định 09/2019/NĐ-CP).");
    const int both[][2] = { { I_AMOUNT, OCT }, { I_CUM, OCT } };
    assert_string_equal(said(both, 2, false),
                        "Kỳ hành chính: tháng 10/2026 tính từ 15/09 đến 14/10/2026 (Nghị định 09/2019/NĐ-CP). Theo dương lịch: Giá trị "
                        "giải ngân vốn đầu tư công.");
    const int rest[][2] = { { I_AMOUNT, OCT }, { I_CUM, OCT }, { I_RATE, OCT }, { I_NEW, OCT }, { I_DEATHS, OCT } };
    assert_string_equal(said(rest, 5, false),
                        "Kỳ hành chính: tháng 10/2026 tính từ 15/09 đến 14/10/2026 (Nghị định 09/2019/NĐ-CP). Kỳ hành chính chỉ áp dụng "
                        "với: Thu ngân sách nhà nước trên địa bàn; các chỉ số khác theo dương lịch.");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(limits, open_all, close_all),
                                        cmocka_unit_test_setup_teardown(properties, open_all, close_all),
                                        cmocka_unit_test_setup_teardown(calendars, open_all, close_all) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
