/* test_document_outlook.c — the sentence on the year's end, and the one on a comparison that a break forbids or a bridge allows. */
#include "cube_fixture.h"
#include "document/phrase.h"

static struct fx fx;
static struct gb_evaluation ev;
static struct gb_break breaks[1];
static struct gb_bridge bridge[1];

static void set_up(enum gb_flow flow, enum gb_direction direction, int64_t target, bool confirmed)
{
    fx_init(&fx, 1, 3);
    fx.ind[0].flow = flow, fx.ind[0].direction = direction, fx.ind[0].agg = GB_AGG_SUM;
    fx.ind[0].name_vi = "Thu ngân sách", fx.ind[0].unit_vi = "tỷ đồng", fx.ind[0].season = "none", fx.ind[0].has_min = true;
    if (target) {
        fx.target[0] = (struct gb_target){ .indicator_i = 0, .region_i = 0, .year = 2026, .value = target, .confirmed = confirmed };
        fx.c.n_targets = 1;
    }
}

static void says(int region, unsigned say, const char *date, const char *want)
{
    struct gb_arena a;
    struct gb_text t = { 0 };
    struct gb_buf b = { 0 };
    gb_arena_init(&a, 0);
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    gb_evaluation_init(&ev, &fx.cube, fx_date(date));
    FX_OK(gb_evaluation_run(&ev, &e));
    struct gb_doc *d = gb_doc_new(&a, &fx.c, GB_LEADERSHIP, "t");
    gb_phrase_fact(d, &t, &ev, 0, region, say);
    gb_text_plain(&t, &b);
    assert_string_equal(b.p, want);
    gb_buf_release(&b);
    gb_evaluation_release(&ev);
    fx_release(&fx);
    gb_arena_release(&a);
}

/* Ten a month for 33 months: what the rest of the year brings leaves no doubt. */
static const char *tens(int n)
{
    static char out[4096];
    size_t at = 0;
    for (int i = 0; i < n; i++)
        at += (size_t)snprintf(out + at, sizeof out - at, "%s%d-%02d=10", i ? " " : "", 2024 + i / 12, i % 12 + 1);
    return out;
}

static void year_end(void **st)
{
    (void)st;
    set_up(GB_FLOW_FLOW, GB_UP_GOOD, 12, true);
    fx_series(&fx, 0, 0, 0, tens(33));
    says(0, GB_SAY_PERIOD | GB_SAY_OUTLOOK, "2026-10-20",
         "Thu ngân sách tháng 9/2026 đạt 10 tỷ đồng, dự báo cả năm đạt 120 tỷ đồng, bằng 83,3% kế hoạch năm, khả năng đạt khoảng 1%; "
         "bình quân mỗi tháng còn lại cần đạt 18 tỷ đồng.");
    set_up(GB_FLOW_FLOW, GB_UP_GOOD, 12, false);
    fx_series(&fx, 0, 0, 0, "2026-08=10 2026-09=10");
    says(0, GB_SAY_PERIOD | GB_SAY_OUTLOOK, "2026-10-20",
         "Thu ngân sách tháng 9/2026 đạt 10 tỷ đồng, chưa dự báo được cả năm vì thiếu số liệu một số kỳ trong năm.");
    set_up(GB_FLOW_STOCK, GB_DOWN_GOOD, 10, false);
    fx_series(&fx, 0, 0, 0, tens(33));
    says(0, GB_SAY_OUTLOOK, "2026-10-20",
         "Thu ngân sách là 10 tỷ đồng, dự báo cuối năm là 10 tỷ đồng, bằng mục tiêu năm (10 tỷ đồng), khả năng không vượt khoảng 99% "
         "(chỉ tiêu minh họa).");
    set_up(GB_FLOW_RATE, GB_UP_GOOD, 0, false);
    fx_series(&fx, 0, 0, 0, tens(33));
    says(0, GB_SAY_OUTLOOK, "2026-10-20", "Thu ngân sách đạt 10 tỷ đồng.");
}

/* A forecast that rests on little says so: a short series, one with holes, one that begins at a break. */
static void reservations(void **st)
{
    (void)st;
    static struct gb_break since[1] = { { .date = { 2024, 3, 1 }, .text = "Đổi phương pháp" } };
    static const struct { int months; bool broken; const char *want; } t[] = {
        { 9, false, ", dè dặt vì chuỗi số liệu còn ngắn" },
        { 33, true, ", dè dặt vì chỉ dùng số liệu sau mốc: Đổi phương pháp" },
        { 33, false, NULL },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        static char text[4096];
        size_t at = 0;
        for (int k = 33 - t[i].months; k < 33; k++)
            at += (size_t)snprintf(text + at, sizeof text - at, "%s%d-%02d=%d", at ? " " : "", 2024 + k / 12, k % 12 + 1, 10 + k % 5 + k % 3);
        struct gb_arena a;
        struct gb_text said = { 0 };
        struct gb_buf b = { 0 };
        gb_arena_init(&a, 0);
        set_up(GB_FLOW_FLOW, GB_UP_GOOD, 12, true);
        if (t[i].broken) fx.c.locality.breaks = since, fx.c.locality.n_breaks = 1;
        fx_series(&fx, 0, 0, 1, text);
        fx.target[0].region_i = 1;
        gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
        gb_evaluation_init(&ev, &fx.cube, fx_date("2026-10-20"));
        FX_OK(gb_evaluation_run(&ev, &e));
        struct gb_doc *d = gb_doc_new(&a, &fx.c, GB_LEADERSHIP, "t");
        gb_phrase_fact(d, &said, &ev, 0, 1, GB_SAY_PERIOD | GB_SAY_OUTLOOK);
        gb_text_plain(&said, &b);
        if (!strstr(b.p, "dự báo cả năm") || (t[i].want ? !strstr(b.p, t[i].want) : strstr(b.p, "dè dặt") != NULL)) fail_msg("%zu: %s", i, b.p);
        gb_buf_release(&b);
        gb_evaluation_release(&ev);
        fx_release(&fx);
        gb_arena_release(&a);
    }
}

static void breaks_and_bridges(void **st)
{
    (void)st;
    breaks[0] = (struct gb_break){ .date = { 2026, 7, 1 }, .text = "Sắp xếp đơn vị hành chính cấp xã" };
    set_up(GB_FLOW_FLOW, GB_UP_GOOD, 0, false);
    fx.c.locality.breaks = breaks, fx.c.locality.n_breaks = 1;
    fx_series(&fx, 0, 0, 1, "2025-07=90 2026-06=100 2026-07=300");
    says(1, GB_SAY_PERIOD | GB_SAY_PREVIOUS | GB_SAY_YEAR, "2026-08-05",
         "Thu ngân sách tháng 7/2026 đạt 300 tỷ đồng, không so sánh với cùng kỳ năm trước vì đứt chuỗi số liệu từ 01/07/2026 (Sắp xếp đơn "
         "vị hành chính cấp xã).");
    set_up(GB_FLOW_FLOW, GB_UP_GOOD, 0, false);
    fx.c.locality.breaks = breaks, fx.c.locality.n_breaks = 1;
    bridge[0] = (struct gb_bridge){ 2, 1, GB_BRIDGE_ONE, { 2026, 7, 1 }, "", 2 };
    fx.c.bridge = bridge, fx.c.n_bridges = 1;
    fx_series(&fx, 0, 0, 1, "2026-07=300");
    fx_series(&fx, 0, 0, 2, "2025-07=200");
    says(1, GB_SAY_PERIOD | GB_SAY_YEAR, "2026-08-05",
         "Thu ngân sách tháng 7/2026 đạt 300 tỷ đồng, tăng 50,0% so với cùng kỳ năm trước (quy đổi theo địa bàn mới).");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(year_end), cmocka_unit_test(reservations), cmocka_unit_test(breaks_and_bridges) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
