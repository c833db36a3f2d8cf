/* test_script_pictures.c — pictures of several facts: what a definition asks for, what it gets, what is left out or said instead. */
#include "script_fixture.h"

static const char *run(struct sfx *f, const char *call, struct gb_doc **doc)
{
    const char *text = gb_sprintf(&f->a, "return gb.report { code = \"x\", title = \"x\", audiences = { \"leadership\" }, body = function(doc, s)\n%s\nend }", call);
    struct gb_script_file file = { .path = "x.lua", .text = text, .n = strlen(text) };
    struct gb_script_sources src = { .arena = &f->a, .file = &file, .n_files = 1 };
    struct gb_script_job job = sfx_job(f, "x.lua");
    struct gb_err e = { 0 };
    static char line[GB_ERR_TEXT];
    job.sources = &src;
    enum gb_code rc = gb_script_run(&job, &f->a, doc, &e);
    return rc || gb_doc_check(*doc, &e) ? gb_err_line(&e, line, sizeof line) : NULL;
}

static const struct gb_chart *nth_chart(const struct gb_node *n, int *skip)
{
    if (n->kind == GB_NODE_CHART) return (*skip)-- == 0 ? n->chart : NULL;
    for (const struct gb_node *c = n->child; c; c = c->next) {
        const struct gb_chart *found = nth_chart(c, skip);
        if (found) return found;
    }
    return NULL;
}

static struct gb_doc *made(struct sfx *f, const char *call)
{
    struct gb_doc *doc = NULL;
    const char *fault = run(f, call, &doc);
    if (fault) fail_msg("%s: %s", call, fault);
    return doc;
}

static const struct gb_chart *drawn(struct sfx *f, const char *call)
{
    int skip = 0;
    return nth_chart(made(f, call)->root, &skip);
}

static void refused(struct sfx *f, const char *call, const char *words)
{
    struct gb_doc *doc = NULL;
    const char *fault = run(f, call, &doc);
    if (!fault || !strstr(fault, words)) fail_msg("%s: %s", call, fault ? fault : "passed");
}

static void heat(void **state)
{
    (void)state;
    struct sfx f;
    sfx_open(&f, "reports", "inv.disbursement_rate 14758 2026-10=21\ninv.disbursement_rate 14797 2026-10=88\ninv.disbursement_rate 14812 2026-10=47.5\n"
                            "fb.overdue_open 14797 2026-11-21=3\n", GB_LEADERSHIP, "2026-11-22");
    const struct gb_chart *c = drawn(&f, "doc:heat { { s[\"inv.disbursement_rate\"], s[\"fb.overdue_open\"], s[\"inv.disbursement_rate\"], s[\"inv.land_rate\"] } }");
    assert_non_null(c);
    assert_int_equal(c->kind, GB_CHART_HEAT);
    assert_int_equal(c->n_series, 2); /* each once, none without a value */
    assert_int_equal(c->series[0].n, 3);
    assert_non_null(strstr(c->series[0].name, "(%)"));
    assert_true(c->series[0].point[0].state > c->series[0].point[1].state); /* worst first */
    assert_string_equal(c->series[0].point[0].label, c->series[1].point[0].label);
    assert_int_equal(c->series[1].point[0].y.kind, GB_V_MISSING);
    assert_non_null(strstr(c->title, "2 chỉ số theo địa bàn, nặng nhất tại Phường Hàm Rồng: 1\u00a0chỉ số mức khẩn cấp"));
    assert_non_null(strstr(c->alt, "Bảng màu, 3 nơi, 2 chỉ số."));
    assert_null(drawn(&f, "doc:heat { s[\"fb.overdue_open\"] }")); /* one place is no comparison */
    assert_null(drawn(&f, "doc:heat { s[\"inv.land_rate\"] }"));
    assert_int_equal(drawn(&f, "doc:heat { s[\"inv.disbursement_rate\"], worst = 2 }")->series[0].n, 2);
    sfx_close(&f);
    sfx_open(&f, "reports", "inv.disbursement_rate 14758 2026-10=21\ninv.disbursement_rate 14797 2026-10=88\nfb.overdue_open 14797 2026-11-21=0\nfb.overdue_open 14758 2026-11-21=0\n",
             GB_LEADERSHIP, "2026-11-22");
    struct gb_doc *doc = made(&f, "doc:heat { s[\"inv.disbursement_rate\"], s[\"fb.overdue_open\"] }");
    int skip = 0;
    struct gb_buf dump = { 0 };
    assert_int_equal(nth_chart(doc->root, &skip)->n_series, 1);
    gb_doc_dump(doc, &dump);
    assert_non_null(strstr(dump.p, "Bằng 0 ở mọi xã, phường có số liệu: Số phản ánh quá hạn chưa trả lời."));
    gb_buf_release(&dump);
    assert_null(drawn(&f, "doc:heat { s[\"fb.overdue_open\"] }"));
    refused(&f, "doc:heat { s[\"inv.disbursement_rate\"], by = \"province\" }", "không có \"province\"");
    refused(&f, "doc:heat { s[\"inv.disbursement_rate\"], worse = 2 }", "worse");
    sfx_close(&f);
}

static void multiples(void **state)
{
    (void)state;
    struct sfx f;
    sfx_open(&f, "reports", "inv.disbursement_rate 38 2026-08=40 2026-09=44 2026-10=47.5\ninv.land_rate 38 2026-09=81 2026-10=70\nts.accidents 38 2026-11-20=3 2026-11-21=9\n"
                            "ts.deaths 38 2026-11-21=1\n", GB_LEADERSHIP, "2026-11-22");
    struct gb_doc *doc = made(&f, "doc:multiples { { s[\"ts.accidents\"], s[\"inv.disbursement_rate\"], s[\"inv.land_rate\"], s[\"ts.deaths\"], s[\"fb.received\"] }, periods = 3 }");
    int skip = 0;
    const struct gb_chart *months = nth_chart(doc->root, &skip);
    skip = 1;
    const struct gb_chart *days = nth_chart(doc->root, &skip);
    assert_non_null(days);
    assert_true(months->kind == GB_CHART_MULTIPLES && months->freq == GB_FREQ_MONTH && months->n_series == 2 && days->freq == GB_FREQ_DAY && days->n_series == 2);
    assert_string_equal(months->unit, "%"); /* one unit: told once */
    assert_null(strstr(months->series[0].name, "(%)"));
    assert_null(days->unit);
    assert_non_null(strstr(days->series[0].name, "(vụ)"));
    assert_int_equal(months->series[1].n, 3); /* the same time in each panel */
    assert_int_equal(months->series[1].point[0].y.kind, GB_V_MISSING);
    assert_true(months->series[1].has_limit && months->series[1].point[2].state > GB_GOOD);
    assert_non_null(strstr(months->title, "Diễn biến 2 chỉ số: "));
    assert_non_null(strstr(months->alt, "2 biểu đồ đường nhỏ."));
    assert_false(drawn(&f, "doc:multiples { s[\"inv.land_rate\"], s[\"inv.disbursement_rate\"], threshold = false }")->series[0].has_limit);
    assert_true(drawn(&f, "doc:multiples { s[\"inv.land_rate\"], s[\"inv.disbursement_rate\"], shared = true }")->shared);
    assert_false(drawn(&f, "doc:multiples { s[\"ts.accidents\"], s[\"ts.deaths\"], shared = true }")->shared); /* vụ and người have no common scale */
    assert_null(drawn(&f, "doc:multiples { s[\"fb.received\"] }"));
    refused(&f, "doc:multiples { s[\"inv.land_rate\"], same = true }", "same");
    sfx_close(&f);
}

static void stacked(void **state)
{
    (void)state;
    struct sfx f;
    sfx_open(&f, "reports", "ts.deaths 38 2026-11-20=2 2026-11-21=1\nts.injured 38 2026-11-19=4 2026-11-20=3 2026-11-21=5\n"
                            "fb.received 14758 2026-11-21=9\nfb.received 14797 2026-11-21=4\nfb.overdue_open 14797 2026-11-21=30\nfb.ontime_rate 38 2026-11-21=80\n"
                            "fb.satisfied_rate 38 2026-10=30\nfb.env_share 38 2026-10=70\n", GB_LEADERSHIP, "2026-11-22");
    const struct gb_chart *c = drawn(&f, "doc:stacked { s[\"ts.deaths\"], s[\"ts.injured\"], periods = 2 }");
    assert_non_null(c);
    assert_true(c->kind == GB_CHART_STACKED && c->n_series == 2 && c->series[0].n == 2 && !c->series[0].point[0].label);
    assert_non_null(strstr(c->title, "phần lớn nhất là số người bị thương do tai nạn giao thông: 5\u00a0người"));
    assert_non_null(strstr(c->alt, "Biểu đồ thanh xếp chồng, 2 dòng, 2 phần."));
    c = drawn(&f, "doc:stacked { s[\"fb.received\"], s[\"fb.overdue_open\"], by = \"commune\" }");
    assert_int_equal(c->series[1].n, 2);
    assert_string_equal(c->series[0].point[0].label, "Phường Hạc Thành"); /* the largest sum first */
    assert_int_equal(c->series[1].point[1].y.kind, GB_V_MISSING);
    assert_non_null(drawn(&f, "doc:stacked { s[\"fb.satisfied_rate\"], s[\"fb.env_share\"] }")); /* 30 + 70 */
    assert_null(drawn(&f, "doc:stacked { s[\"ts.deaths\"] }"));
    refused(&f, "doc:stacked { s[\"ts.deaths\"], s[\"ts.accidents\"] }", "khác đơn vị, không cộng được");
    refused(&f, "doc:stacked { s[\"fb.env_share\"], s[\"fb.ontime_rate\"] }", "khác tần suất");
    refused(&f, "doc:stacked { s[\"ts.deaths\"], s[\"ts.injured\"], by = \"point\" }", "không có \"point\"");
    sfx_close(&f);
    sfx_open(&f, "reports", "fb.satisfied_rate 38 2026-10=30\nfb.env_share 38 2026-10=71\n", GB_LEADERSHIP, "2026-11-22");
    struct gb_doc *doc = made(&f, "doc:stacked { s[\"fb.satisfied_rate\"], s[\"fb.env_share\"] }");
    int skip = 0;
    struct gb_buf dump = { 0 };
    assert_null(nth_chart(doc->root, &skip));
    gb_doc_dump(doc, &dump);
    assert_non_null(strstr(dump.p, "không cộng đủ 100%"));
    gb_buf_release(&dump);
    sfx_close(&f);
}

/* A part that an audience may not see: no whole, and no trace. */
static void no_whole_without_its_parts(void **state)
{
    (void)state;
    static const char data[] = "ts.deaths 38 2026-11-21=1\nts.injured 38 2026-11-21=5\n";
    struct sfx f;
    sfx_open(&f, "reports", data, GB_LEADERSHIP, "2026-11-22");
    f.c.indicator[gb_indicator_find(&f.c, "ts.deaths")].class = GB_CLASS_PUBLIC;
    f.c.indicator[gb_indicator_find(&f.c, "ts.injured")].class = GB_CLASS_INTERNAL;
    struct gb_doc *doc = NULL;
    const char *text = "return gb.report { code = \"x\", title = \"x\", audiences = { \"public\" }, body = function(doc, s) doc:stacked { s[\"ts.deaths\"], s[\"ts.injured\"] } end }";
    struct gb_script_file file = { .path = "x.lua", .text = text, .n = strlen(text) };
    struct gb_script_sources src = { .arena = &f.a, .file = &file, .n_files = 1 };
    struct gb_script_job job = sfx_job(&f, "x.lua");
    struct gb_err e = { 0 };
    job.sources = &src;
    job.audience = GB_PUBLIC;
    assert_int_equal(gb_script_run(&job, &f.a, &doc, &e), GB_OK);
    int skip = 0;
    assert_null(nth_chart(doc->root, &skip));
    sfx_close(&f);
}

static void calendar(void **state)
{
    (void)state;
    struct sfx f;
    sfx_open(&f, "reports", "ts.accidents 38 2026-11-10=3 2026-11-11=1 2026-11-12=0 2026-11-13=5 2026-11-15=2 2026-11-16=9 2026-11-20=1 2026-11-21=4\n"
                            "ts.deaths 38 2026-11-20=1 2026-11-21=0\ninv.land_rate 38 2026-10=70\n", GB_LEADERSHIP, "2026-11-22");
    const struct gb_chart *c = drawn(&f, "doc:calendar { s[\"ts.accidents\"] }");
    assert_non_null(c);
    assert_true(c->kind == GB_CHART_CALENDAR && c->series[0].n == 12); /* every day from the first to the newest */
    assert_int_equal(c->series[0].point[4].y.kind, GB_V_MISSING);
    assert_true(c->series[0].point[6].state > c->series[0].point[2].state);
    assert_non_null(strstr(c->alt, "Lịch màu, 12 ngày"));
    assert_non_null(strstr(c->alt, "4 ngày chưa có số liệu"));
    struct gb_doc *doc = made(&f, "doc:calendar { s[\"ts.deaths\"] }");
    int skip = 0;
    assert_null(nth_chart(doc->root, &skip));
    refused(&f, "doc:calendar { s[\"inv.land_rate\"] }", "không phải là chỉ số ngày");
    refused(&f, "doc:calendar { s[\"ts.accidents\"], days = 3 }", "days");
    sfx_close(&f);
}

static void says(struct sfx *f, const char *call, const char *words)
{
    struct gb_buf dump = { 0 };
    gb_doc_dump(made(f, call), &dump);
    if (!strstr(dump.p, words)) fail_msg("%s: no \"%s\" in %s", call, words, dump.p);
    gb_buf_release(&dump);
}

/* Zeros are no bars, equals have an order that means something, one owner is named once. */
static void plain_words(void **state)
{
    (void)state;
    struct sfx f;
    sfx_open(&f, "reports", "fb.overdue_open 14758 2026-11-21=0\nfb.overdue_open 14797 2026-11-21=3\nfb.overdue_open 14812 2026-11-21=0\n"
                            "inv.disbursement_rate 14758 2026-10=21\ninv.disbursement_rate 14797 2026-10=20\n"
                            "to.crowd_ratio dl-sam-son 2026-11-21T17=40\nto.crowd_ratio dl-ham-rong 2026-11-21T17=55\n", GB_LEADERSHIP, "2026-11-22");
    assert_null(drawn(&f, "doc:bars { s[\"fb.overdue_open\"], by = \"commune\" }"));
    says(&f, "doc:bars { s[\"fb.overdue_open\"], by = \"commune\" }", "; 2\u00a0địa bàn khác có số liệu bằng\u00a00.");
    assert_string_equal(drawn(&f, "doc:heat { s[\"inv.disbursement_rate\"] }")->series[0].point[0].label, "Phường Hạc Thành"); /* 20 before 21 */
    says(&f, "doc:text(\"Đông nhất: {}.\", s:points(s[\"to.crowd_ratio\"])[1]:region())", "Khu di tích lịch sử, văn hóa Hàm Rồng");
    sfx_close(&f);
    sfx_open(&f, "reports", "fb.overdue_open 38 2026-11-21=3\nfb.ontime_rate 38 2026-11-21=70\nto.visitors 38 2026-10=1\n", GB_LEADERSHIP, "2026-11-22");
    says(&f, "doc:missed { s[\"fb.overdue_open\"], s[\"fb.ontime_rate\"] }", "Cơ quan của các chỉ tiêu trong bảng: VP UBND tỉnh.");
    says(&f, "doc:missed { s[\"fb.overdue_open\"], s[\"to.visitors\"] }", "col left \"Cơ quan\"");
    sfx_close(&f);
}

/* Ranks of two periods: who moved most first; nobody moved is a sentence. */
static void slope(void **state)
{
    (void)state;
    struct sfx f;
    sfx_open(&f, "reports", "inv.disbursement_rate 14758 2026-09=10 2026-10=50\ninv.disbursement_rate 14797 2026-09=20 2026-10=40\n"
                            "inv.disbursement_rate 14812 2026-09=30 2026-10=45\nfb.ontime_rate 14758 2026-11-20=80 2026-11-21=81\n"
                            "fb.ontime_rate 14797 2026-11-20=90 2026-11-21=91\n", GB_LEADERSHIP, "2026-11-22");
    const struct gb_chart *c = drawn(&f, "doc:slope { s[\"inv.disbursement_rate\"] }");
    assert_non_null(c);
    assert_true(c->kind == GB_CHART_SLOPE && c->n_series == 2 && c->series[0].n == 3);
    assert_int_equal(c->series[1].point[0].region_i, gb_region_find(&f.c, "14758"));
    assert_true(c->series[0].point[0].y.num == 3 && c->series[1].point[0].y.num == 1); /* from the third place to the first */
    assert_string_equal(c->series[0].name, "Hạng tháng 9/2026");
    assert_non_null(strstr(c->title, "xuống 1\u00a0bậc"));
    assert_non_null(strstr(c->title, "lên 2\u00a0bậc so với tháng trước"));
    assert_non_null(strstr(c->alt, "từ hạng 3 đến hạng 1"));
    assert_null(drawn(&f, "doc:slope { s[\"fb.ontime_rate\"] }"));
    says(&f, "doc:slope { s[\"fb.ontime_rate\"] }", "không xã, phường nào đổi hạng so với ngày trước.");
    refused(&f, "doc:slope { s[\"inv.disbursement_rate\"], movers = 99 }", "movers");
    sfx_close(&f);
}

/* The parts of a change, the rest in one bar, the whole at the end: they add up or the document is refused. */
static void waterfall(void **state)
{
    (void)state;
    struct sfx f;
    sfx_open(&f, "reports", "fb.overdue_open 38 2026-11-20=15 2026-11-21=21\nfb.overdue_open 14758 2026-11-20=5 2026-11-21=9\nfb.overdue_open 14797 2026-11-20=5 2026-11-21=4\n"
                            "fb.overdue_open 14812 2026-11-20=1 2026-11-21=3\nfb.overdue_open 14818 2026-11-20=0 2026-11-21=0\n", GB_LEADERSHIP, "2026-11-22");
    const struct gb_chart *c = drawn(&f, "doc:contributions { s[\"fb.overdue_open\"], chart = true, worst = 1 }");
    assert_non_null(c);
    assert_true(c->kind == GB_CHART_WATERFALL && c->n_series == 1);
    const struct gb_chart_series *p = &c->series[0];
    assert_int_equal(p->n, 4); /* the greatest, the others, what no commune explains, the whole */
    assert_true(p->point[0].y.num == 4 && p->point[1].y.num == 1 && p->point[2].y.num == 1 && p->point[3].y.num == 6 && p->point[3].highlight);
    assert_true(c->has_reference && c->reference.num == 15);
    assert_non_null(strstr(c->alt, "Biểu đồ thác nước, 3 phần"));
    assert_null(drawn(&f, "doc:contributions { s[\"fb.overdue_open\"] }")); /* a table unless asked */
    sfx_close(&f);
}

/* The year's end of several targets in % of each, the worst first. */
static void dots(void **state)
{
    (void)state;
    struct sfx f;
    char data[8192];
    size_t n = 0;
    static const char *const code[] = { "econ.budget_revenue", "econ.export" };
    static const int per_month[] = { 100, 708 };
    for (int k = 0; k < 2; k++) {
        n += (size_t)snprintf(data + n, sizeof data - n, "%s 38", code[k]);
        for (int m = 0; m < 34; m++) n += (size_t)snprintf(data + n, sizeof data - n, " %d-%02d=%d", 2024 + m / 12, m % 12 + 1, per_month[k] + m % 5);
        n += (size_t)snprintf(data + n, sizeof data - n, "\n");
    }
    sfx_open(&f, "reports", data, GB_LEADERSHIP, "2026-11-22");
    const struct gb_chart *c = drawn(&f, "doc:dots { s:with_target() }");
    assert_non_null(c);
    assert_true(c->kind == GB_CHART_DOTS && c->n_series == 3 && c->series[0].n == 2);
    assert_true(c->has_reference && c->reference.num == 100);
    for (int i = 0; i < 2; i++) {
        const struct gb_value *v = &c->series[0].point[i].y, *lo = &c->series[1].point[i].y, *hi = &c->series[2].point[i].y;
        assert_true(lo->num <= v->num && v->num <= hi->num && lo->scale == v->scale && hi->scale == v->scale);
        assert_true(v->status == 'F');
    }
    assert_true(c->series[0].point[0].y.num < c->series[0].point[1].y.num); /* both are good when high */
    assert_non_null(strstr(c->title, "Dự báo cả năm 2026: "));
    assert_non_null(strstr(c->alt, " đến "));
    assert_null(drawn(&f, "doc:dots { s[\"econ.export\"] }")); /* one is a sentence */
    sfx_close(&f);
}

static const struct gb_chart_series *of_role(const struct gb_chart *c, enum gb_series_role role)
{
    for (size_t i = 0; i < c->n_series; i++)
        if (c->series[i].role == role) return &c->series[i];
    return NULL;
}

/* From today to the plan: a straight way for a rate, what each month must bring for a flow; none when the plan is met, when more would be
 * ahead than is behind, and beside the curve of due shares of a cumulative figure. */
static void way_to_the_plan(void **state)
{
    (void)state;
    struct sfx f;
    sfx_open(&f, "reports", "econ.iip 38 2026-06=10 2026-07=11 2026-08=12 2026-09=12\n"
                            "econ.export 38 2026-01=600 2026-02=600 2026-03=600 2026-04=600 2026-05=600 2026-06=600 2026-07=600 2026-08=600 2026-09=600\n"
                            "inv.disbursement_rate 38 2026-08=40 2026-09=50\n", GB_LEADERSHIP, "2026-10-22");
    const struct gb_chart *c = drawn(&f, "doc:line { s[\"econ.iip\"], target = true }");
    const struct gb_chart_series *way = of_role(c, GB_ROLE_NEEDED);
    assert_non_null(way);
    assert_int_equal(way->n, 4);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(way->point[i].x.period, 2026 * 12 + 8 + i);
        assert_true(gb_dec_cmp(way->point[i].y.num, way->point[i].y.scale, 12 + i, 0) == 0);
    }
    assert_string_equal(way->name, "Lộ trình tới kế hoạch năm (minh họa)");
    assert_non_null(strstr(c->alt, "Lộ trình tới kế hoạch năm (minh họa): từ 12,0% (tháng 9/2026) đến 15,0% (tháng 12/2026)."));
    c = drawn(&f, "doc:line { s[\"econ.export\"], pace = true }");
    way = of_role(c, GB_ROLE_NEEDED);
    assert_non_null(way);
    assert_int_equal(way->n, 3); /* (8.496 - 5.400) / 3 */
    assert_true(gb_dec_cmp(way->point[2].y.num, way->point[2].y.scale, 1032, 0) == 0);
    assert_non_null(strstr(c->alt, "Cần đạt mỗi tháng còn lại: 1.032,0 triệu USD, từ tháng 10/2026 đến tháng 12/2026."));
    c = drawn(&f, "doc:line { s[\"inv.disbursement_rate\"], pace = true, target = true }");
    assert_null(of_role(c, GB_ROLE_NEEDED));
    assert_non_null(of_role(c, GB_ROLE_PACE));
    assert_non_null(strstr(c->alt, "Đường tiến độ giải ngân"));
    assert_null(of_role(drawn(&f, "doc:line { s[\"econ.iip\"] }"), GB_ROLE_NEEDED));
    sfx_close(&f);
    sfx_open(&f, "reports", "econ.iip 38 2026-06=10 2026-07=11 2026-08=12 2026-09=16\n"
                            "econ.export 38 2026-01=600 2026-02=600\n", GB_LEADERSHIP, "2026-10-22");
    assert_null(of_role(drawn(&f, "doc:line { s[\"econ.iip\"], target = true }"), GB_ROLE_NEEDED));
    assert_null(of_role(drawn(&f, "doc:line { s[\"econ.export\"], target = true }"), GB_ROLE_NEEDED));
    sfx_close(&f);
}

/* A forecast that cannot be made, or only from a part of the series, says so under the picture. */
static void no_forecast_says_why(void **state)
{
    (void)state;
    struct sfx f;
    sfx_open(&f, "reports", "fb.satisfied_rate 38 2025-07=76.5 2025-08=76.9\n"
                            "fb.satisfied_rate 14758 2025-04=70 2025-05=71 2025-06=73 2025-07=75 2025-08=76\n", GB_LEADERSHIP, "2025-09-22");
    const struct gb_chart *c = drawn(&f, "doc:line { s[\"fb.satisfied_rate\"]:at(\"14758\"), forecast = true, periods = 6 }");
    assert_non_null(c);
    assert_non_null(strstr(c->source, "Chưa dự báo được: chuỗi số liệu quá ngắn"));
    assert_non_null(strstr(c->source, "chỉ dùng số liệu sau mốc: "));
    sfx_close(&f);
}

/* The next days: our forecast with its interval, never for a series that only its agency may foretell, never of a monthly one. */
static void ahead(void **state)
{
    (void)state;
    struct sfx f;
    char data[4000] = "inv.disbursement_rate 38 2026-10=50\ndis.temp_max 38 2026-11-22=30 2026-11-23=31.5:F";
    for (int m = 0; m < 2; m++) {
        strcat(data, m ? "\ndis.landslides 38" : "\nfb.overdue_open 38");
        for (int d = 1; d <= 22; d++) {
            const size_t n = strlen(data);
            snprintf(data + n, sizeof data - n, " 2026-11-%02d=%d", d, 40 + d);
        }
    }
    sfx_open(&f, "reports", data, GB_LEADERSHIP, "2026-11-22");
    static const char call[] = "doc:ahead { { s[\"fb.overdue_open\"], s[\"dis.landslides\"], s[\"dis.temp_max\"], s[\"inv.disbursement_rate\"] }, delivered = s:like(\"dis.*\") }";
    const struct gb_doc *doc = made(&f, call);
    const struct gb_node *t = doc->root->child;
    while (t && t->kind != GB_NODE_TABLE) t = t->next;
    assert_non_null(t);
    assert_int_equal(t->n_rows, 2);
    says(&f, call, "fact=dis.temp_max/38/2026-11-23/forecast");
    says(&f, call, "fact=fb.overdue_open/38/2026-11-23/forecast");
    says(&f, call, "fact=fb.overdue_open/38/2026-11-25/forecast");
    says(&f, call, "khoảng dự báo 80%");
    int none = 0;
    doc = made(&f, "doc:ahead { { s[\"dis.landslides\"] }, delivered = { s[\"dis.landslides\"] } }");
    assert_null(nth_chart(doc->root, &none));
    for (const struct gb_node *n = doc->root->child; n; n = n->next) assert_int_not_equal(n->kind, GB_NODE_TABLE);
    sfx_close(&f);
    sfx_open(&f, "reports", "dis.level_giang tv-giang 2026-11-20T23=6.9 2026-11-21T00=5.4\n", GB_LEADERSHIP, "2026-11-21");
    says(&f, "doc:alerts { s:alerts(gb.warning) }", "Đã xuống dưới mức cảnh báo, chờ xác nhận trở lại bình thường");
    sfx_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(heat), cmocka_unit_test(multiples), cmocka_unit_test(stacked), cmocka_unit_test(no_whole_without_its_parts),
                                        cmocka_unit_test(calendar), cmocka_unit_test(slope), cmocka_unit_test(waterfall), cmocka_unit_test(dots), cmocka_unit_test(plain_words), cmocka_unit_test(way_to_the_plan), cmocka_unit_test(no_forecast_says_why), cmocka_unit_test(ahead) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
