/* What the scenarios of the plan do with figures: when they call a meeting, with which sentence, when they do not, and what their first
 * page answers. One line of data just at the limit, one just short of it: a rule that is changed must change here. */
#include "script_fixture.h"

struct call { const char *code, *data, *reason; }; /* reason NULL: no meeting */

static const struct call calls[] = {
    { "civil-defence", "cd.level 14797 2026-11-22T01=1", "Đang ban bố cấp độ phòng thủ dân sự tại địa bàn" },
    { "civil-defence", "cd.level 14797 2026-11-22T01=0\ndis.risk_level 14797 2026-11-22T01=2", NULL },
    { "civil-defence", "dis.risk_level 14797 2026-11-22T01=3", "Rủi ro thiên tai từ cấp ba trở lên, phải xem xét ban bố cấp độ phòng thủ dân sự" },
    { "civil-defence", "cd.response_min 38 2026-W46=35 2026-W47=36", "Lực lượng có mặt tại hiện trường chậm hai tuần liên tiếp" },
    { "civil-defence", "cd.response_min 38 2026-W46=34.9 2026-W47=36", NULL },
    { "key-projects-inspection", "kproj.schedule_gap 38 2026-W44=-3.0 2026-W45=-4.0 2026-W46=-5.0 2026-W47=-6.0", "Chênh lệch tiến độ công trình trọng điểm xấu đi ba tuần liên tiếp" },
    { "key-projects-inspection", "kproj.schedule_gap 38 2026-W44=-6.0 2026-W45=-4.0 2026-W46=-5.0 2026-W47=-6.0", NULL },
    { "key-projects-inspection", "kproj.schedule_gap 38 2026-W47=-10.1", "Các công trình trọng điểm chậm xa so với kế hoạch" },
    { "key-projects-inspection", "kproj.safety_events 14797 2026-10=4", "Nhiều sự cố mất an toàn lao động tại các công trình trọng điểm" },
    { "public-opinion", "op.negative_rate 38 2026-11-20=20 2026-11-21=21 2026-11-22=22", "Sắc thái tiêu cực trong dư luận cao ba ngày liên tiếp" },
    { "public-opinion", "op.negative_rate 38 2026-11-20=19 2026-11-21=21 2026-11-22=22", NULL },
    { "public-opinion", "op.hot_topics 38 2026-11-22=8", "Nhiều chủ đề nóng cùng lúc trong dư luận" },
    { "public-opinion", "op.hot_topics 38 2026-11-22=2\nop.response_hours 38 2026-W47=50", NULL },
    { "public-opinion", "op.hot_topics 38 2026-11-22=3\nop.response_hours 38 2026-W47=50", "Chủ đề nóng còn mở nhưng phản hồi quá chậm" },
    { "grassroots-social-warning", "gr.mass_complaints 14797 2026-W47=5", "Khiếu kiện đông người tăng đến mức nguy hiểm" },
    { "grassroots-social-warning", "gr.hotspots_open 14797 2026-W44=1 2026-W45=2 2026-W46=3 2026-W47=4\ngr.mass_complaints 14797 2026-W47=1",
      "Điểm nóng tăng ba tuần liên tiếp, kèm khiếu kiện đông người" },
    { "grassroots-social-warning", "gr.hotspots_open 14797 2026-W44=1 2026-W45=2 2026-W46=3 2026-W47=4", NULL },
    { "major-programmes", "task.gov_overdue 38 2026-W47=6", "Nhiều nhiệm vụ Chính phủ, Thủ tướng Chính phủ giao đã quá hạn" },
    { "major-programmes", "prog.nq57_done_rate 38 2026-09=89 2026-10=89.9", "Nhiệm vụ thực hiện Nghị quyết 57-NQ/TW chậm hai tháng liên tiếp" },
    { "major-programmes", "prog.nq57_done_rate 38 2026-09=90 2026-10=89.9", NULL },
    { "transport-infrastructure", "ti.blocked 14797 2026-11-22T01=5", "Nhiều điểm chia cắt, tắc đường do thiên tai, sự cố" },
    { "transport-infrastructure", "ti.blocked 14797 2026-11-22T01=4", NULL },
    { "transport-infrastructure", "ti.defects_open 14797 2026-W43=246 2026-W44=247 2026-W45=248 2026-W46=249 2026-W47=250", "Hư hỏng đường, cầu dồn lại bốn tuần liên tiếp" },
    { "resource-extraction", "res.anomalies 14797 2026-11-20=3 2026-11-21=3 2026-11-22=4", "Cảnh báo khai thác bất thường kéo dài ba ngày liên tiếp" },
    { "resource-extraction", "res.anomalies 14797 2026-11-20=3 2026-11-21=2 2026-11-22=4", NULL },
    { "resource-extraction", "res.over_licence 14797 2026-10=6", "Nhiều mỏ khai thác vượt công suất cho phép" },
    { "public-order", "po.disorder 14797 2026-11-20=2 2026-11-21=2 2026-11-22=3", "Gây rối trật tự công cộng xảy ra nhiều ba ngày liên tiếp" },
    { "public-order", "po.disorder 14797 2026-11-20=1 2026-11-21=2 2026-11-22=3", NULL },
    { "public-order", "po.cyber 14797 2026-W44=10 2026-W45=15 2026-W46=20 2026-W47=25", "Lừa đảo trên không gian mạng tăng ba tuần liên tiếp" },
    { "construction-order", "co.hotspots 14797 2026-W47=10", "Nhiều điểm nóng trật tự xây dựng cùng lúc" },
    { "construction-order", "co.hotspots 14797 2026-W47=9", NULL },
    { "construction-order", "co.no_permit 14797 2026-10=25", "Công trình không phép tăng đến mức nguy hiểm" },
};

static void meetings(void **st)
{
    (void)st;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        const struct call *k = &calls[i];
        struct sfx f;
        struct gb_err e = { 0 };
        char line[GB_ERR_TEXT];
        const char *reason = NULL;
        sfx_open(&f, "reports", k->data, GB_LEADERSHIP, "2026-11-22");
        struct gb_script_job job = sfx_job(&f, gb_sprintf(&f.a, "scenarios/%s.lua", k->code));
        if (gb_script_trigger(&job, &f.a, &reason, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
        if (k->reason && !reason) fail_msg("%s: no meeting for %s", k->code, k->data);
        if (!k->reason && reason) fail_msg("%s: a meeting (%s) for %s", k->code, reason, k->data);
        if (k->reason) assert_string_equal(reason, k->reason);
        sfx_close(&f);
    }
}

/* The dump of a scenario's document over one vintage. */
static const char *page(struct sfx *f, const char *code)
{
    struct gb_script_job job = sfx_job(f, gb_sprintf(&f->a, "scenarios/%s.lua", code));
    struct gb_err e = { 0 };
    struct gb_doc *doc = NULL;
    struct gb_buf b = { 0 };
    char line[GB_ERR_TEXT];
    if (gb_script_run(&job, &f->a, &doc, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    gb_doc_dump(doc, &b);
    const char *text = gb_buf_copy(&f->a, &b);
    gb_buf_release(&b);
    return text;
}

static const struct { const char *code, *data, *says; } answers[] = {
    { "civil-defence", "cd.level 14797 2026-11-22T01=0\ndis.risk_level 14797 2026-11-22T01=0", "callout state=good \"Không nơi nào ban bố cấp độ phòng thủ dân sự" },
    { "civil-defence", "cd.level 14797 2026-11-22T01=0\ndis.risk_level 14797 2026-11-22T01=2", "callout state=warning \"Chưa nơi nào ban bố" },
    { "civil-defence", "cd.level 14797 2026-11-22T01=2\ndis.risk_level 14797 2026-11-22T01=1", "callout state=warning \"Đang ban bố phòng thủ dân sự" },
    { "key-projects-inspection", "kproj.schedule_gap 38 2026-W47=-2.8", "callout state=good \"Các công trình trọng điểm chậm nhẹ" },
    { "key-projects-inspection", "kproj.schedule_gap 38 2026-W47=0.5", "callout state=good \"Các công trình trọng điểm đúng hoặc vượt kế hoạch" },
    { "key-projects-inspection", "kproj.schedule_gap 38 2026-W47=-5.5", "callout state=warning \"Các công trình trọng điểm chậm so với kế hoạch" },
    { "public-opinion", "op.negative_rate 38 2026-11-20=12 2026-11-21=14 2026-11-22=16\nop.hot_topics 38 2026-11-22=1", "callout state=watch \"Dư luận \" \"đang nóng lên\"" },
    { "public-opinion", "op.negative_rate 38 2026-11-20=14 2026-11-21=12 2026-11-22=13\nop.hot_topics 38 2026-11-22=1", "\"chưa rõ chiều hướng\"" },
    { "transport-infrastructure", "ti.blocked 14797 2026-11-22T01=0\nti.defects_open 14797 2026-W47=100", "callout state=good \"Đường thông suốt" },
    { "transport-infrastructure", "ti.blocked 14797 2026-11-22T01=2", "callout state=watch \"Đang có \"" },
    /* Worse than what the answer is about is named under it. */
    { "public-order", "po.disorder 14797 2026-11-22=0\npo.reports_rate 38 2026-10=80", "callout state=danger \"Tỷ lệ giải quyết tố giác, tin báo tội phạm\"" },
    /* Nothing is passed over in silence: neither what has no figure, nor the figures beside it. */
    { "civil-defence", "dis.casualties 14797 2026-11-22=1", "fact=dis.casualties/38/2026-11-22/value" },
    { "construction-order", "co.hotspots 14797 2026-W47=1", "Chưa có số liệu về \" \"8\"" },
};

static void first_page(void **st)
{
    (void)st;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        struct sfx f;
        sfx_open(&f, "reports", answers[i].data, GB_LEADERSHIP, "2026-11-22");
        const char *text = page(&f, answers[i].code);
        if (!strstr(text, answers[i].says)) fail_msg("%s over %s does not say %s:\n%.1500s", answers[i].code, answers[i].data, answers[i].says, text);
        sfx_close(&f);
    }
}

/* Leads, committees and police differ by locality: a definition asks gb.lead and its like, and never writes the rank of the place. */
static void no_rank_of_a_place(void **st)
{
    (void)st;
    struct sfx f;
    sfx_open(&f, "reports", NULL, GB_LEADERSHIP, "2026-11-22");
    int n = 0;
    for (size_t i = 0; i < f.src.n_files; i++) {
        if (!gb_starts_with(f.src.file[i].path, "scenarios/")) continue;
        n++;
        char *save = NULL, *text = gb_strdup(&f.a, f.src.file[i].text);
        for (char *l = strtok_r(text, "\n", &save); l; l = strtok_r(NULL, "\n", &save))
            if (!gb_starts_with(l + strspn(l, " "), "--") && (strstr(l, "tỉnh") || strstr(l, "Tỉnh") || strstr(l, "Thành phố")))
                fail_msg("%s names the rank of a place: %s", f.src.file[i].path, l);
    }
    assert_true(n > 20);
    sfx_close(&f);
}

/* The last periods of a usual value (one at least: what is zero is told in words) for one indicator, at one commune or at the whole. */
static void add_usual(struct gb_buf *b, const struct gb_catalogue *c, int i)
{
    const struct gb_indicator *ind = &c->indicator[i];
    const struct gb_date today = { 2026, 11, 22 };
    int64_t unit = 1;
    for (int k = 0; k < GB_TYPICAL_SCALE; k++) unit *= 10;
    gb_buf_addf(b, "%s %s", ind->code, ind->level == GB_AT_COMMUNE && ind->agg != GB_AGG_NONE ? "14797" : "38");
    int32_t last = gb_period_of(ind->freq, today, ind->calendar);
    if (gb_date_to_days(gb_period_end(ind->freq, last, ind->calendar)) > gb_date_to_days(today)) last--;
    int32_t n = ind->freq == GB_FREQ_DAY ? 60 : ind->freq == GB_FREQ_WEEK ? 9 : 3; /* weights reach back as far as months do */
    for (int32_t p = last - n + 1; p <= last; p++) {
        char iso[24];
        gb_period_iso(ind->freq, p, iso);
        gb_buf_addf(b, " %s=%lld", iso, (long long)(ind->has_typical && ind->typical > unit ? ind->typical / unit : 1));
    }
    gb_buf_adds(b, "\n");
}

/* What a scenario watches it also shows: a figure that can call a meeting and stands on no page would surprise the meeting. */
static void what_is_watched_is_shown(void **st)
{
    (void)st;
    static const char *const mine[] = { "civil-defence", "key-projects-inspection", "public-opinion", "grassroots-social-warning", "major-programmes",
                                        "transport-infrastructure", "resource-extraction", "public-order", "construction-order" };
    struct sfx f;
    struct gb_buf data = { 0 };
    sfx_open(&f, "reports", NULL, GB_LEADERSHIP, "2026-11-22");
    bool *wanted = GB_NEW_N(&f.a, (size_t)f.c.n_indicators, bool);
    for (int i = 0; i < f.c.n_indicators; i++)
        for (int k = 0; k < f.c.indicator[i].n_scenarios; k++)
            for (size_t m = 0; m < sizeof mine / sizeof *mine; m++)
                wanted[i] = wanted[i] || gb_streq(f.c.scenario[f.c.indicator[i].scenario[k]].code, mine[m]);
    for (int i = 0; i < f.c.n_indicators; i++) { /* a rate over places needs its weight, a ratio its two parts */
        if (wanted[i] && f.c.indicator[i].agg_den >= 0) wanted[f.c.indicator[i].agg_den] = true;
        if (wanted[i] && f.c.indicator[i].agg_num >= 0) wanted[f.c.indicator[i].agg_num] = true;
    }
    for (int i = 0; i < f.c.n_indicators; i++)
        if (wanted[i]) add_usual(&data, &f.c, i);
    const char *text = gb_buf_copy(&f.a, &data);
    gb_buf_release(&data);
    struct sfx g;
    sfx_open(&g, "reports", text, GB_LEADERSHIP, "2026-11-22");
    for (size_t m = 0; m < sizeof mine / sizeof *mine; m++) {
        const char *shown = page(&g, mine[m]);
        if (strstr(shown, "Chưa có số liệu về \"")) fail_msg("%s lacks a figure:\n%.900s", mine[m], strstr(shown, "Chưa có số liệu về \""));
        for (int i = 0; i < g.c.n_indicators; i++) {
            const struct gb_indicator *ind = &g.c.indicator[i];
            for (int k = 0; k < ind->n_scenarios; k++)
                if (gb_streq(g.c.scenario[ind->scenario[k]].code, mine[m]) && !strstr(shown, gb_sprintf(&g.a, "fact=%s/", ind->code)))
                    fail_msg("%s shows no figure of %s", mine[m], ind->code);
        }
    }
    sfx_close(&g);
    sfx_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(meetings), cmocka_unit_test(first_page), cmocka_unit_test(what_is_watched_is_shown), cmocka_unit_test(no_rank_of_a_place) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
