/* Heads, triggers, comparisons, empty data, and the example of reports/README.md, through the public functions of the room. */
#include "script_fixture.h"

static struct gb_arena texts;
static const char *data;

static const char *text_of(const char *path)
{
    struct gb_buf b = { 0 };
    struct gb_err e = { 0 };
    if (gb_file_read(path, (size_t)8 << 20, &b, &e)) fail_msg("cannot read %s", path);
    const char *s = gb_buf_copy(&texts, &b);
    gb_buf_release(&b);
    return s;
}

static struct gb_script_sources one_source(const char *path, const char *text)
{
    struct gb_script_file *f = GB_NEW(&texts, struct gb_script_file);
    *f = (struct gb_script_file){ .path = path, .text = text, .n = strlen(text) };
    return (struct gb_script_sources){ .arena = &texts, .file = f, .n_files = 1 };
}

/* Run text as a report; NULL if it passed, else the error line. */
static const char *run_text(struct sfx *f, const char *text, struct gb_doc **doc)
{
    struct gb_script_sources src = one_source("x.lua", text);
    struct gb_script_job job = sfx_job(f, "x.lua");
    struct gb_err e = { 0 };
    static char line[GB_ERR_TEXT];
    job.sources = &src;
    return gb_script_run(&job, &f->a, doc, &e) ? gb_err_line(&e, line, sizeof line) : NULL;
}

static void passes(struct sfx *f, const char *body)
{
    struct gb_doc *doc = NULL;
    const char *text = gb_sprintf(&texts, "return gb.report { code = \"x\", title = \"x\", audiences = { \"leadership\", \"public\" }, body = function(doc, s)\n%s\nend }", body);
    const char *line = run_text(f, text, &doc);
    if (line) fail_msg("%s", line);
}

static void comparisons(void **st)
{
    (void)st;
    struct sfx f;
    sfx_open(&f, "reports", "inv.land_rate 38 2026-09=72.4 2026-10=70.1\nfb.overdue_open 38 2026-11-20=4 2026-11-21=12\n"
                            "ts.accidents 38 2026-11-18=1 2026-11-19=2 2026-11-20=5 2026-11-21=6\n"
                            "ts.deaths 38 2026-11-19=8:F 2026-11-20=9 2026-11-21=10\n", GB_LEADERSHIP, "2026-11-22");
    passes(&f, "local x = s[\"inv.land_rate\"]\n"
               "assert(x:value() > gb.percent(\"70,0\") and x:value() < gb.percent(\"70,2\") and x:value() == gb.percent(\"70,1\"))\n"
               "assert(x:value() ~= gb.percent(70) and x:value() >= gb.percent(\"70,1\") and x:value() <= gb.percent(\"70,1\"))\n"
               "assert(x:change() == gb.points(\"-2,3\") and x:change() < gb.points(0))\n"
               "assert(gb.number(\"1.234,5\") > gb.number(1234) and gb.number(\"1.234,5\") < gb.number(1235))");
    passes(&f, "local gap = s[\"fb.avg_days\"]:value()\n" /* a gap is neither smaller nor greater nor equal */
               "assert(gap:missing() and not (gap < gb.number(1)) and not (gap > gb.number(1)) and not (gap <= gb.number(1)) and gap ~= gb.number(1))");
    passes(&f, "local x = s[\"fb.overdue_open\"]\n"
               "assert(x:state() == gb.watch and x:state() < gb.warning and x:state() >= gb.watch and not (x:state() >= gb.danger))\n"
               "assert(x:lasting(gb.watch) == 1 and x:rising() == 1 and x:falling() == 0 and s[\"ts.accidents\"]:rising() == 3)\n"
               "assert(not (s[\"fb.avg_days\"]:state() >= gb.watch) and s[\"fb.avg_days\"]:state() == gb.no_data)\n"
               "assert(x == s[\"fb.overdue_open\"] and x ~= s[\"fb.received\"] and x:at(\"14797\") ~= x)");
    passes(&f, "local x = s[\"ts.deaths\"]\nassert(x:rising() == 1 and x:state() >= gb.watch and x:lasting(gb.watch) == 2)"); /* a forecast counts for neither */
    passes(&f, "local list = s:alerts(gb.watch)\nassert(#list >= 2 and list[1]:level() >= list[2]:level())\n"
               "assert(#s:take(1, list) == 1 and #s:communes() == 166 and s:communes()[1]:name() ~= \"\" and s:communes()[167] == nil)\n"
               "assert(s:is(\"leadership\") and not s:is(\"public\"))");
    sfx_close(&f);
}

/* A night without any data: every definition still makes a document for everyone it serves, and no scenario is convened. */
static void no_data(void **st)
{
    (void)st;
    for (int audience = 0; audience < GB_N_AUDIENCES; audience++) {
        struct sfx f;
        sfx_open(&f, "reports", NULL, (enum gb_audience)audience, "2026-01-01");
        for (size_t i = 0; i < f.src.n_files; i++) {
            const char *path = f.src.file[i].path, *reason = NULL;
            struct gb_script_meta meta = { 0 };
            struct gb_err e = { 0 };
            struct gb_doc *doc = NULL;
            char line[GB_ERR_TEXT];
            if (gb_starts_with(path, "lib/")) continue;
            if (gb_script_head(&f.src, &f.c, path, &f.a, &meta, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
            if (!meta.audience[audience]) continue;
            struct gb_script_job job = sfx_job(&f, path);
            if (meta.per_indicator) job.indicator_i = gb_indicator_find(&f.c, "fb.received");
            if (meta.per_region) job.region_i = gb_region_find(&f.c, "14797");
            if (gb_script_run(&job, &f.a, &doc, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
            if (meta.kind != GB_SCRIPT_SCENARIO) continue;
            if (gb_script_trigger(&job, &f.a, &reason, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
            assert_null(reason);
        }
        sfx_close(&f);
    }
}

static const char *trigger_of(struct sfx *f, const char *path)
{
    struct gb_script_job job = sfx_job(f, path);
    struct gb_err e = { 0 };
    const char *reason = NULL;
    char line[GB_ERR_TEXT];
    if (gb_script_trigger(&job, &f->a, &reason, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    return reason;
}

static void triggers(void **st)
{
    (void)st;
    struct sfx f;
    sfx_open(&f, "reports", data, GB_LEADERSHIP, "2026-11-22");
    assert_string_equal(trigger_of(&f, "scenarios/public-investment.lua"), "Giải ngân vốn đầu tư công chậm hơn đường tiến độ trên mười điểm phần trăm");
    assert_string_equal(trigger_of(&f, "scenarios/disaster-response.lua"), "Mực nước sông Mã tại trạm Giàng vượt báo động hai hoặc mức cảnh báo");
    assert_null(trigger_of(&f, "scenarios/tourism-services.lua"));
    /* The reason of an ad-hoc run is the trigger's own. */
    struct gb_script_job job = sfx_job(&f, "scenarios/public-investment.lua");
    struct gb_err e = { 0 };
    struct gb_doc *doc = NULL;
    job.level = "ad-hoc";
    assert_int_equal(gb_script_run(&job, &f.a, &doc, &e), GB_OK);
    assert_non_null(strstr(doc->reason, "mười điểm"));
    assert_string_equal(doc->level_vi, "đột xuất");
    job.path = "daily.lua";
    const char *reason = NULL;
    assert_int_equal(gb_script_trigger(&job, &f.a, &reason, &e), GB_E_USAGE);
    sfx_close(&f);
}

static void heads(void **st)
{
    (void)st;
    struct sfx f;
    struct gb_script_meta m = { 0 };
    struct gb_err e = { 0 };
    char line[GB_ERR_TEXT];
    sfx_open(&f, "reports", NULL, GB_LEADERSHIP, "2026-11-22");
    assert_int_equal(gb_script_head(&f.src, &f.c, "scenarios/citizen-feedback.lua", &f.a, &m, &e), GB_OK);
    assert_int_equal(m.kind, GB_SCRIPT_SCENARIO);
    assert_string_equal(m.slug, "scenario-citizen-feedback");
    assert_string_equal(m.rhythm, "weekly");
    assert_true(m.audience[GB_LEADERSHIP] && m.audience[GB_FRONT] && !m.audience[GB_PUBLIC]);
    assert_int_equal(gb_script_head(&f.src, &f.c, "site/indicator.lua", &f.a, &m, &e), GB_OK);
    assert_true(m.per_indicator && m.page);
    /* A code in a body is checked though the body does not run; where a locality brought its own catalogue, the shared definitions may
     * name what it does not measure. */
    struct gb_script_sources slip = one_source("x.lua", "return gb.report { code = \"x\", title = \"x\",\n body = function(doc, s)\n  doc:finding { s[\"fb.recieved\"] } end }");
    assert_int_equal(gb_script_head(&slip, &f.c, "x.lua", &f.a, &m, &e), GB_E_REPORT);
    assert_non_null(strstr(gb_err_line(&e, line, sizeof line), "x.lua:3: không có chỉ số \"fb.recieved\""));
    struct gb_script_sources other = one_source("x.lua", "return gb.report { code = \"x\", title = \"x\", watch = { \"moon.phase\" }, body = function(doc, s) doc:finding { s[\"moon.phase\"] } end }");
    gb_err_clear(&e);
    assert_int_equal(gb_script_head(&other, &f.c, "x.lua", &f.a, &m, &e), GB_E_REPORT);
    gb_err_clear(&e);
    f.c.own_catalogue = true;
    assert_int_equal(gb_script_head(&other, &f.c, "x.lua", &f.a, &m, &e), GB_OK);
    assert_int_equal(gb_script_head(&slip, &f.c, "x.lua", &f.a, &m, &e), GB_OK);
    assert_int_equal(gb_script_head(&other, &f.c, "y.lua", &f.a, &m, &e), GB_E_USAGE);
    /* A scenario that this catalogue does not have serves nobody, and that is no fault. */
    struct gb_script_sources foreign = one_source("scenarios/moon-landing.lua", "return gb.scenario { code = \"moon-landing\", body = function() end }");
    assert_int_equal(gb_script_head(&foreign, &f.c, "scenarios/moon-landing.lua", &f.a, &m, &e), GB_OK);
    for (int i = 0; i < GB_N_AUDIENCES; i++) assert_false(m.audience[i]);
    gb_err_clear(&e);
    /* Files come in path order, and the digest hangs on every byte of them. */
    for (size_t i = 1; i < f.src.n_files; i++) assert_true(strcmp(f.src.file[i - 1].path, f.src.file[i].path) < 0);
    struct gb_script_sources again = { 0 };
    gb_err_clear(&e);
    assert_int_equal(gb_script_load(&again, &f.a, "reports", &e), GB_OK);
    assert_memory_equal(&again.digest, &f.src.digest, sizeof again.digest);
    assert_int_equal(gb_script_load(&again, &f.a, "reports/nowhere", &e), GB_E_CONFIG);
    sfx_close(&f);
}

static void readme_example(void **st)
{
    (void)st;
    const char *readme = text_of("reports/README.md"), *from = strstr(readme, "```lua\n");
    assert_non_null(from);
    from += strlen("```lua\n");
    const char *to = strstr(from, "```");
    assert_non_null(to);
    struct sfx f;
    struct gb_doc *doc = NULL;
    struct gb_buf dump = { 0 };
    sfx_open(&f, "reports", data, GB_LEADERSHIP, "2026-11-22");
    const char *line = run_text(&f, gb_strndup(&texts, from, (size_t)(to - from)), &doc);
    if (line) fail_msg("%s", line);
    gb_doc_dump(doc, &dump);
    assert_non_null(strstr(dump.p, "Có trả lời đúng hạn không"));
    assert_non_null(strstr(dump.p, "bars title="));
    assert_non_null(strstr(dump.p, "cần kiểm tra đơn vị nợ nhiều"));
    gb_buf_release(&dump);
    sfx_close(&f);
}

/* Every method of doc, s and an indicator that the code has stands in README.md, so that the page can not fall behind. */
static void readme_is_complete(void **st)
{
    (void)st;
    const char *readme = text_of("reports/README.md");
    static const char *const files[] = { "pipeline/script/blocks.c", "pipeline/script/scope.c", "pipeline/script/handles.c" };
    size_t n = 0;
    for (size_t i = 0; i < 3; i++)
        for (const char *p = strstr(text_of(files[i]), "{ \""); p; p = strstr(p + 3, "{ \"")) {
            size_t len = strspn(p + 3, "abcdefghijklmnopqrstuvwxyz_");
            if (p[3] == '_' || p[3 + len] != '"' || p[3 + len + 1] != ',') continue;
            const char *word = gb_strndup(&texts, p + 3, len);
            n++;
            if (!strstr(readme, gb_sprintf(&texts, ":%s", word)) && !strstr(readme, gb_sprintf(&texts, "gb.%s", word))) fail_msg("README.md does not tell of %s", word);
        }
    assert_true(n > 80);
}

/* The same job twice, and a job after another one: the same bytes (no state survives). */
static void repeatable(void **st)
{
    (void)st;
    struct sfx f;
    struct gb_buf first = { 0 }, second = { 0 };
    struct gb_err e = { 0 };
    struct gb_doc *doc = NULL;
    sfx_open(&f, "reports", data, GB_LEADERSHIP, "2026-11-22");
    struct gb_script_job job = sfx_job(&f, "daily.lua"), other = sfx_job(&f, "tasks.lua");
    assert_int_equal(gb_script_run(&job, &f.a, &doc, &e), GB_OK);
    gb_doc_dump(doc, &first);
    assert_int_equal(gb_script_run(&other, &f.a, &doc, &e), GB_OK);
    assert_int_equal(gb_script_run(&job, &f.a, &doc, &e), GB_OK);
    gb_doc_dump(doc, &second);
    assert_int_equal(first.n, second.n);
    assert_memory_equal(first.p, second.p, first.n);
    gb_buf_release(&first), gb_buf_release(&second);
    sfx_close(&f);
}

/* A quiet night is a short briefing that says so; a night without figures must not be told as a quiet one. */
static void quiet_and_empty(void **st)
{
    (void)st;
    const struct { const char *rows, *says, *never; } t[] = {
        { "fb.ontime_rate 38 2026-11-20=99.0 2026-11-21=98.5\n", "chưa đủ để kết luận về tình hình", "không có chỉ số nào ở mức cảnh báo" },
        { NULL, "chưa có số liệu nào dùng được", "không có chỉ số nào ở mức cảnh báo" } };
    for (size_t i = 0; i < 2; i++) {
        struct sfx f;
        struct gb_buf dump = { 0 };
        struct gb_err e = { 0 };
        struct gb_doc *doc = NULL;
        sfx_open(&f, "reports", t[i].rows, GB_LEADERSHIP, "2026-11-22");
        struct gb_script_job job = sfx_job(&f, "daily.lua");
        assert_int_equal(gb_script_run(&job, &f.a, &doc, &e), GB_OK);
        gb_doc_dump(doc, &dump);
        assert_non_null(strstr(dump.p, t[i].says));
        assert_null(strstr(dump.p, t[i].never));
        assert_null(strstr(dump.p, "Chỉ số cảnh báo"));
        gb_buf_release(&dump);
        sfx_close(&f);
    }
}

/* Run text as the definition of a group and dump what came of it. Caller releases. */
static struct gb_buf group_dump(struct sfx *f, const char *body)
{
    const char *text = gb_sprintf(&texts, "return gb.group { code = \"ig-public-investment\", audiences = { \"leadership\", \"statistics\", \"public\" }, body = function(doc, s)\n%s\nend }", body);
    struct gb_script_sources src = one_source("groups/ig-public-investment.lua", text);
    struct gb_script_job job = sfx_job(f, "groups/ig-public-investment.lua");
    struct gb_err e = { 0 };
    struct gb_doc *doc = NULL;
    struct gb_buf dump = { 0 };
    char line[GB_ERR_TEXT];
    job.sources = &src;
    if (gb_script_run(&job, &f->a, &doc, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    gb_doc_dump(doc, &dump);
    return dump;
}

static void says(struct sfx *f, const char *body, const char *wanted, const char *unwanted)
{
    struct gb_buf dump = group_dump(f, body);
    if (!strstr(dump.p, wanted)) fail_msg("no \"%s\" in\n...%s", wanted, dump.n > 900 ? dump.p + dump.n - 900 : dump.p);
    if (unwanted && strstr(dump.p, unwanted)) fail_msg("\"%s\" in\n%s", unwanted, dump.p);
    gb_buf_release(&dump);
}

/* A footnote is an argument of {}: in text, callouts and lists; where there is no foot to set it at, it is refused with the remedy. */
static void footnotes(void **state)
{
    (void)state;
    struct sfx f;
    struct gb_doc *doc = NULL;
    sfx_open(&f, "reports", "", GB_LEADERSHIP, "2026-11-22");
    says(&f, "doc:text(\"Theo trọng số{}, là {}.\", gb.footnote(\"Đề xuất.\"), 5)", "para \"Theo trọng số\" footnote \"Đề xuất.\" \", là \"", NULL);
    says(&f, "doc:list { { \"Việc{}.\", gb.footnote(\"Đề xuất.\") } }", "item \"Việc\" footnote \"Đề xuất.\" \".\"", NULL);
    says(&f, "doc:callout(gb.good, \"Việc{}.\", gb.footnote(\"Đề xuất.\"))", "\"Việc\" footnote \"Đề xuất.\" \".\"", NULL);
    static const char *const refused[] = { "doc:note(\"Việc{}.\", gb.footnote(\"Đề xuất.\"))", "doc:text(\"Việc{}.\", gb.footnote(gb.footnote(\"Đề xuất.\")))",
                                           "doc:text(\"Việc{}.\", gb.footnote())" };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        const char *text = gb_sprintf(&texts, "return gb.report { code = \"x\", title = \"x\", audiences = { \"leadership\" }, body = function(doc, s)\n%s\nend }", refused[i]);
        const char *line = run_text(&f, text, &doc);
        struct gb_err e = { 0 };
        static char shown[GB_ERR_TEXT];
        if (!line && gb_doc_check(doc, &e)) line = gb_err_line(&e, shown, sizeof shown);
        assert_non_null(line);
        if (i == 0) assert_non_null(strstr(line, "chỉ đặt trong đoạn văn"));
    }
    sfx_close(&f);
}

/* Who brought the change: the greatest first, the rest in one row, the whole at the end; a lower audience without communes sees nothing. */
/* Three parts of 0,33 points each make a change of 1,0: as printed with fewer decimals they miss it, and the note says by how much. */
static void parts_that_printing_rounds(void **state)
{
    (void)state;
    struct sfx f;
    sfx_open(&f, "reports", "inv.disbursed_cum 14758 2026-09=300 2026-10=310\ninv.plan_total 14758 2026-09=1000 2026-10=1000\n"
                            "inv.disbursed_cum 14797 2026-09=300 2026-10=310\ninv.plan_total 14797 2026-09=1000 2026-10=1000\n"
                            "inv.disbursed_cum 14812 2026-09=300 2026-10=310\ninv.plan_total 14812 2026-09=1000 2026-10=1000\n", GB_LEADERSHIP, "2026-11-22");
    struct gb_buf dump = group_dump(&f, "doc:contributions { s[\"inv.disbursement_rate\"] }");
    if (!strstr(dump.p, "Các phần cộng lại lệch thay đổi của toàn tỉnh") || !strstr(dump.p, "do làm tròn.")) fail_msg("%s", dump.p);
    gb_buf_release(&dump);
    dump = group_dump(&f, "doc:contributions { s[\"inv.disbursement_rate\"], chart = true }");
    if (!strstr(dump.p, "do làm tròn.")) fail_msg("%s", dump.p);
    gb_buf_release(&dump);
    dump = group_dump(&f, "doc:contributions { s[\"inv.disbursed_cum\"] }"); /* whole figures add up */
    if (strstr(dump.p, "làm tròn")) fail_msg("%s", dump.p);
    gb_buf_release(&dump);
    sfx_close(&f);
}

static void contributions(void **st)
{
    (void)st;
    struct sfx f;
    sfx_open(&f, "reports", "inv.projects_slow 14758 2026-09=4 2026-10=7\ninv.projects_slow 14797 2026-09=2 2026-10=1:P\ninv.projects_slow 14812 2026-09=5 2026-10=5\n"
                            "inv.disbursed_cum 14758 2026-09=400 2026-10=500\ninv.plan_total 14758 2026-09=1000 2026-10=1000\n"
                            "inv.disbursed_cum 14797 2026-09=300 2026-10=300\ninv.plan_total 14797 2026-09=500 2026-10=600\n",
             GB_LEADERSHIP, "2026-11-22");
    says(&f, "doc:contributions { s[\"inv.projects_slow\"], worst = 1 }", "\"; góp nhiều nhất là \" \"phường Hàm Rồng\"", "18,2%");
    struct gb_buf dump = group_dump(&f, "doc:contributions { s[\"inv.projects_slow\"], worst = 1 }");
    if (!strstr(dump.p, "2 địa bàn khác") || !strstr(dump.p, "Toàn tỉnh") || strstr(dump.p, "Phần không tách") || strstr(dump.p, "Bennet")) fail_msg("%s", dump.p);
    gb_buf_release(&dump);
    says(&f, "doc:contributions { s[\"inv.projects_slow\"], worst = 2 }", "status=P fact=inv.projects_slow/14797/2026-10/value", NULL); /* provisional stays provisional in the table */
    says(&f, "doc:contributions { s[\"inv.disbursement_rate\"], by = \"component\" }", "Mẫu số: kế hoạch", "Phường");
    says(&f, "doc:contributions { s[\"inv.disbursement_rate\"] }", "Bennet", NULL);
    says(&f, "doc:contributions { s[\"inv.projects_slow\"] }", "\"1 địa bàn khác\"", "Phường Bỉm Sơn"); /* 14812: no change */
    struct gb_buf year = group_dump(&f, "doc:text(\"x\") doc:contributions { s[\"inv.projects_slow\"], against = \"same_period\" }");
    assert_null(strstr(year.p, "table")); /* no year before: nothing to take apart */
    gb_buf_release(&year);
    sfx_close(&f);
}

/* The path of a chart and the pace of a table are one figure, also in a month that has not ended. */
static void pace_of_a_running_month(void **st)
{
    (void)st;
    struct sfx f;
    sfx_open(&f, "reports", "econ.budget_revenue_pct 38 2026-09=70 2026-10=80 2026-11=85:E\n", GB_LEADERSHIP, "2026-11-22");
    says(&f, "doc:line { s[\"econ.budget_revenue_pct\"], pace = true } doc:table { s:list { \"econ.budget_revenue_pct\" }, title = \"x\", columns = { \"value\", \"pace\" } }",
         "89,3%", "91,5%");
    sfx_close(&f);
}

/* What a plan promised: worst first, who has met it is not named, an illustrative target is never shown as an assigned one. */
static void promises(void **st)
{
    (void)st;
    struct sfx f;
    sfx_open(&f, "reports", "inv.land_rate 38 2026-10=100.0\ninv.disbursement_rate 38 2026-10=46.3\ninv.projects_slow 38 2026-10=60\n"
                            "inv.plan_total 38 2026-10=100\necon.grdp_growth 38 2026-Q3=9.6\nkproj.schedule_gap 38 2025-W47=-9\n",
             GB_LEADERSHIP, "2026-11-22");
    const char *all = "doc:missed { s:list { \"inv.land_rate\", \"inv.disbursement_rate\", \"inv.projects_slow\" } }";
    says(&f, all, "2", "Tỷ lệ giải phóng mặt bằng");
    struct gb_buf dump = group_dump(&f, all);
    const char *slow = strstr(dump.p, "Số dự án chậm tiến độ"), *rate = strstr(dump.p, "Tỷ lệ giải ngân vốn đầu tư công");
    assert_true(slow && rate && slow < rate); /* danger before warning */
    assert_non_null(strstr(dump.p, "Kế hoạch trong bảng là chỉ tiêu minh họa"));
    gb_buf_release(&dump);
    says(&f, "doc:missed { s[\"inv.land_rate\"] }", "Chỉ tiêu duy nhất có kế hoạch đã đạt hoặc đúng tiến độ.", "minh họa");
    says(&f, "doc:missed { s[\"inv.plan_total\"] }", "Các chỉ số này chưa có kế hoạch năm để so sánh.", "table");
    says(&f, "doc:missed { s[\"econ.grdp_growth\"], s[\"inv.projects_slow\"] }", "* Chỉ tiêu minh họa, chờ cơ quan chủ trì xác nhận.", "so với cùng kỳ *");
    says(&f, "doc:missed { s[\"econ.grdp_growth\"], s[\"inv.projects_slow\"] }", "Số dự án chậm tiến độ so với kế hoạch *", NULL);
    says(&f, "doc:missed { s[\"kproj.schedule_gap\"] }", "đều chưa có số liệu năm 2026 để so sánh", "table");
    says(&f, "doc:progress { s:group() }", "Tỷ lệ giải phóng mặt bằng", "Kế hoạch vốn đầu tư công được giao");
    says(&f, "doc:progress { s:group(), all = true }", "Kế hoạch vốn đầu tư công được giao", "*");
    says(&f, "doc:progress { s:group(), s[\"econ.grdp_growth\"], all = true }", "Tỷ lệ giải phóng mặt bằng *", "được giao trong năm *");
    says(&f, "doc:progress { s:group() }", "\"Chênh lệch tiến độ so với kế hoạch\" \".\"", NULL);
    sfx_close(&f);
}

/* 240 of 708 a month is not the 20.3% that stand beside them: whose plan is per period is named under the table, once, and nobody else. */
static void plans_per_period(void **st)
{
    (void)st;
    struct sfx f;
    const char *said = "đạt kế hoạch và tiến độ thì tính lũy kế từ đầu năm so với kế hoạch cả năm, đối với: \" \"Giá trị xuất khẩu hàng hóa\" \".\"";
    sfx_open(&f, "reports", "econ.export 38 2026-01=500 2026-02=500 2026-03=240\ninv.land_rate 38 2026-03=80.0\n", GB_LEADERSHIP, "2026-04-22");
    says(&f, "doc:missed { s:list { \"econ.export\", \"inv.land_rate\" } }", said, NULL);
    says(&f, "doc:progress { s:list { \"inv.land_rate\", \"econ.export\" } }", said, NULL);
    says(&f, "doc:table { s:list { \"econ.export\" }, title = \"x\", columns = { \"value\", \"target\", \"attainment\" } }", said, NULL);
    says(&f, "doc:table { s:list { \"econ.export\" }, title = \"x\", columns = { \"value\", \"attainment\" } }", "table", "kế hoạch cả năm");
    says(&f, "doc:progress { s:list { \"inv.land_rate\" } }", "table", "kế hoạch cả năm");
    sfx_close(&f);
    sfx_open(&f, "reports", "econ.export 38 2026-01=500 2026-03=240\n", GB_LEADERSHIP, "2026-04-22"); /* a month is missing: no attainment */
    says(&f, "doc:missed { s:list { \"econ.export\" } }", "table", "kế hoạch cả năm");
    sfx_close(&f);
}

/* The gaps of a group are those of its own indicators, with the last that is known; a report must name the group. */
static void gaps_of_a_group(void **st)
{
    (void)st;
    struct sfx f;
    struct gb_doc *doc = NULL;
    sfx_open(&f, "reports", "inv.land_rate 38 2026-10=82.8\nkproj.schedule_gap 38 2025-W47=-9.5\n", GB_LEADERSHIP, "2026-11-22");
    says(&f, "doc:gaps { group = true }", "tuần 47/2025", "Tỷ lệ giải phóng mặt bằng");
    says(&f, "doc:gaps { group = true }", "-9,5", "GRDP");
    says(&f, "doc:gaps { group = \"ig-competitiveness\" }", "Chỉ số năng lực cạnh tranh cấp tỉnh (PCI)", "tuần 47/2025");
    says(&f, "doc:text(\"{} chỉ số\", #s:group())", "2", NULL);
    const char *line = run_text(&f, "return gb.report { code = \"x\", title = \"x\", body = function(doc, s) doc:gaps { group = true } end }", &doc);
    assert_non_null(strstr(line, "ngoài gb.group phải nêu mã nhóm chỉ số"));
    line = run_text(&f, "return gb.report { code = \"x\", title = \"x\", body = function(doc, s) doc:missed { s:group(\"ig-none\") } end }", &doc);
    assert_non_null(strstr(line, "không có nhóm chỉ số \"ig-none\""));
    sfx_close(&f);
    /* An audience that sees less is told of less: neither named nor counted. */
    sfx_open(&f, "reports", "inv.land_rate 38 2026-10=82.8\n", GB_PUBLIC, "2026-11-22");
    says(&f, "doc:gaps { group = true }", "7", "vướng mắc");
    sfx_close(&f);
}

/* A figure that asks for a question carries a mark and a note in a table of those who can ask; nobody else is told. */
static void doubts(void **st)
{
    (void)st;
    struct sfx f;
    static const enum gb_audience who[] = { GB_LEADERSHIP, GB_PUBLIC };
    const char *table = "doc:table { { s[\"econ.export\"] }, columns = { \"value\" }, title = \"Bảng\" }";
    for (size_t i = 0; i < sizeof who / sizeof *who; i++) {
        sfx_open(&f, "reports", "econ.export 38 2026-04=702.1 2026-05=711.3 2026-06=690.2 2026-07=705.4 2026-08=716.9 2026-09=708.8 2026-10=7071.2\n",
                 who[i], "2026-11-22");
        bool told = who[i] == GB_LEADERSHIP;
        says(&f, table, told ? "(?) Cần kiểm tra: \" \"Giá trị xuất khẩu hàng hóa: \" \"gấp hoặc kém mười, trăm, nghìn lần" : "Giá trị xuất khẩu",
             told ? NULL : "kiểm tra");
        says(&f, told ? "doc:doubts()" : table, told ? "câu hỏi, không phải kết luận" : "Giá trị xuất khẩu", NULL);
        struct gb_buf dump = group_dump(&f, "doc:doubts() doc:consistency() doc:quality() doc:quality { by = \"agency\" } doc:quality { by = \"day\" } doc:revisions() doc:text(\"hết\")");
        assert_int_equal(strstr(dump.p, "table") != NULL, told);
        gb_buf_release(&dump);
        if (told) says(&f, "doc:quality()", "Đầy đủ", NULL);
        int32_t day = gb_date_to_days(f.ev.date);
        const struct gb_cube_intake in[] = { { .day = day - 1, .agency_i = -1, .refused_files = 1, .unread_files = 1 },
                                             { .day = day, .agency_i = 0, .files = 1, .refused_files = 1, .rows = 90, .refused = 10, .faulty = 2 } };
        gb_cube_set_intake(&f.cube, in, 2);
        dump = group_dump(&f, "doc:refusals() doc:refusals { by = \"agency\" } doc:refusals { by = \"day\", days = 2 } doc:text(\"hết\")");
        bool counts = who[i] == GB_LEADERSHIP;
        assert_int_equal(strstr(dump.p, "table") != NULL, counts);
        assert_int_equal(strstr(dump.p, "Không rõ cơ quan") != NULL, counts);
        assert_int_equal(strstr(dump.p, "trên mức cảnh báo 1%") != NULL, counts);
        assert_int_equal(strstr(dump.p, "\"10,0%\" <10 decimals=1 unit=\"%\"> state=warning") != NULL, counts);
        assert_int_equal(strstr(dump.p, "21/11/2026") != NULL, counts);
        gb_buf_release(&dump);
        sfx_close(&f);
    }
    sfx_open(&f, "reports", "econ.export 38 2026-10=707.1\n", GB_STATISTICS, "2026-11-22");
    gb_cube_set_intake(&f.cube, &(struct gb_cube_intake){ .day = gb_date_to_days(f.ev.date), .files = 1, .rows = 9, .refused = 1 }, 1);
    says(&f, "doc:refusals() doc:refusals { by = \"agency\" } doc:text(\"hết\")", "hết", "loại"); /* counted over files of all classes */
    sfx_close(&f);
    sfx_open(&f, "reports", "econ.export 38 2026-04=702.1 2026-10=707.2\ntthc.resolved 38 2026-10=10\ntthc.resolved_ontime 38 2026-10=11\n", GB_LEADERSHIP, "2026-11-22");
    says(&f, table, "Giá trị xuất khẩu", "kiểm tra");
    says(&f, "doc:doubts()", "Không con số mới nào có dấu hiệu khác thường", "table");
    says(&f, "doc:consistency()", "lớn hơn tổng số chứa nó", NULL);
    says(&f, "doc:consistency()", "| \"11 hồ sơ\" <11 decimals=0 unit=\"hồ sơ\"> | \"10 hồ sơ\" <10 decimals=0 unit=\"hồ sơ\"> | \"+1 hồ sơ\" <1", NULL); /* both sides and by how much */
    says(&f, "doc:quality { by = \"day\", days = 2 }", "2 ngày gần nhất", NULL);
    says(&f, "doc:quality { by = \"day\", days = 2 }", "\"21/11/2026\" <2026-11-21> | \"0,0%\"", "20/11/2026"); /* the delivery came on the 22nd */
    says(&f, "doc:revisions()", "không con số nào bị bản giao nộp sau sửa lại", "table");
    struct gb_series *s = (struct gb_series *)gb_cube_series(&f.cube, gb_indicator_find(&f.c, "tthc.resolved"), f.c.locality.root_region);
    static const struct gb_first eight[] = { { 0, 1, 8 } };
    s->first = eight, s->n_first = 1; /* 8 at first, 10 now */
    says(&f, "doc:revisions { by = \"indicator\" }", "| \"1\" <1 decimals=0> | \"1\" <1 decimals=0> | \"100,0%\" <100 decimals=1 unit=\"%\"> | \"25,0%\" <25 decimals=1 unit=\"%\"> state=warning", NULL);
    sfx_close(&f);
}

static int setup(void **st)
{
    (void)st;
    gb_arena_init(&texts, 0);
    data = text_of("tests/golden/reports/data.txt");
    return 0;
}
static int teardown(void **st)
{
    (void)st;
    gb_arena_release(&texts);
    return 0;
}

/* The dump of one body over a small vintage. */
static const char *dump_of(const char *vintage, const char *body)
{
    struct sfx f;
    struct gb_doc *doc = NULL;
    struct gb_buf b = { 0 };
    sfx_open(&f, "reports", vintage, GB_LEADERSHIP, "2026-11-22");
    const char *text = gb_sprintf(&texts, "return gb.report { code = \"x\", title = \"x\", body = function(doc, s)\n%s\nend }", body);
    const char *line = run_text(&f, text, &doc);
    if (line) fail_msg("%s", line);
    gb_doc_dump(doc, &b);
    const char *out = gb_buf_copy(&texts, &b);
    gb_buf_release(&b);
    sfx_close(&f);
    return out;
}

/* What a picture could not show is said: one value, nothing anywhere, a tie among more places than there are bars. */
static void words_for_pictures(void **st)
{
    (void)st;
    const char *one = dump_of("fb.satisfied_rate 38 2026-10=76.9\n", "doc:line { s[\"fb.satisfied_rate\"] }");
    assert_null(strstr(one, "chart"));
    assert_non_null(strstr(one, "mới có số liệu một kỳ"));
    static const char bars[] = "doc:bars { s[\"fb.overdue_open\"], by = \"commune\", worst = 2 }";
    const char *zero = dump_of("fb.overdue_open 14797 2026-11-21=0\nfb.overdue_open 14758 2026-11-21=0\n", bars);
    assert_null(strstr(zero, "chart"));
    assert_non_null(strstr(zero, "không địa bàn nào ghi nhận phản ánh quá hạn chưa trả lời"));
    const char *tie = dump_of("fb.overdue_open 14797 2026-11-21=3\nfb.overdue_open 14758 2026-11-21=3\nfb.overdue_open 14812 2026-11-21=1\n", bars);
    assert_null(strstr(tie, "chart"));
    assert_non_null(strstr(tie, "2\u00a0địa bàn cùng có"));
    assert_non_null(strstr(tie, "cao nhất là"));
    const char *differ = dump_of("fb.overdue_open 14797 2026-11-21=4\nfb.overdue_open 14758 2026-11-21=3\nfb.overdue_open 14812 2026-11-21=1\n", bars);
    assert_non_null(strstr(differ, "chart"));
}

/* One row a scenario, the worst first, with the fact that sets its step; rows of a table under the names of their sectors, and no
 * column that no row can fill. */
static void overview_tables(void **st)
{
    (void)st;
    struct sfx f;
    struct gb_err e = { 0 };
    struct gb_doc *doc = NULL;
    struct gb_buf b = { 0 };
    sfx_open(&f, "reports", data, GB_LEADERSHIP, "2026-11-22");
    struct gb_script_job job = sfx_job(&f, "daily.lua");
    assert_int_equal(gb_script_run(&job, &f.a, &doc, &e), GB_OK);
    gb_doc_dump(doc, &b);
    const char *table = strstr(b.p, "table #kich-ban"), *before = table, *end = table ? strstr(table, "section #") : NULL;
    assert_true(table && end);
    static const char *const steps[] = { "state=emergency", "state=danger", "state=warning" };
    for (size_t i = 0; i < 3; i++) {
        const char *first = strstr(table, steps[i]);
        assert_true(first && first < end && first > before);
        for (const char *p = first; p && p < end; p = strstr(p + 1, steps[i])) before = p;
    }
    const char *dump = gb_buf_copy(&texts, &b);
    gb_buf_release(&b);
    sfx_close(&f);
    assert_non_null(strstr(dump, "Đề nghị họp đột xuất: giải ngân vốn đầu tư công chậm hơn"));
    const char *by = dump_of("inv.land_rate 38 2026-10=70.1\nfb.satisfied_rate 38 2026-10=76.9\n",
                             "doc:table { s:all(), title = \"t\", by = \"sector\", columns = { \"value\", \"same_period\", \"province\" } }");
    assert_non_null(strstr(by, "group | \"Đầu tư công\""));
    assert_null(strstr(by, "So cùng kỳ"));
    assert_non_null(strstr(by, "Toàn tỉnh"));
}

/* An action is asked for the figures that it answers: nobody closes a destination because complaints are answered late, and the office
 * for civil servants is not asked about monuments. */
static void asked_for_what_it_answers(void **st)
{
    (void)st;
    struct sfx f;
    struct gb_doc *doc = NULL;
    struct gb_err e = { 0 };
    struct gb_buf b = { 0 };
    sfx_open(&f, "reports", "to.complaints_done_rate 38 2026-11-21=60.0\nher.degraded 38 2026-Q3=125\nto.overload_sites 38 2026-11-21T20=0\n"
                            "zi.slow 38 2026-11=47\n", GB_LEADERSHIP, "2026-11-22");
    struct gb_script_job job = sfx_job(&f, "daily.lua");
    assert_int_equal(gb_script_run(&job, &f.a, &doc, &e), GB_OK);
    gb_doc_dump(doc, &b);
    const char *rate = strstr(b.p, "Tỷ lệ phản ánh du khách"), *sites = strstr(b.p, "Số di tích xuống cấp");
    assert_true(rate && sites && strstr(rate, "báo cáo nguyên nhân và biện pháp khắc phục"));
    assert_null(strstr(b.p, "tạm dừng nhận khách"));
    assert_null(strstr(b.p, "tuyển bổ sung công chức"));
    assert_non_null(strstr(sites, "lập danh mục di tích cần tu bổ khẩn cấp"));
    assert_non_null(strstr(b.p, "phân loại dự án chậm theo nguyên nhân"));
    job.path = "scenarios/tourism-services.lua";
    gb_buf_reset(&b);
    assert_int_equal(gb_script_run(&job, &f.a, &doc, &e), GB_OK);
    gb_doc_dump(doc, &b);
    const char *now = strstr(b.p, "Mức hiện tại"), *table = now ? strstr(now, "Quy trình hành động") : NULL;
    assert_true(now && table);
    const char *asked = strstr(now, "báo cáo nguyên nhân"), *closed = strstr(now, "tạm dừng nhận khách");
    assert_true(asked && asked < table && closed && closed > table); /* the procedure is still there to read */
    gb_buf_release(&b);
    sfx_close(&f);
}

static struct gb_buf dump_in(const char *locality, const char *path, enum gb_audience audience, const char *data_in)
{
    struct sfx f;
    struct gb_doc *doc = NULL;
    struct gb_err e = { 0 };
    struct gb_buf b = { 0 };
    struct gb_date d = { 2026, 11, 22 };
    char line[GB_ERR_TEXT];
    sfx_open_in(&f, locality, "reports", data_in, audience, "2026-11-22");
    gb_catalogue_on(&f.c, d);
    struct gb_script_job job = sfx_job(&f, path);
    if (gb_script_run(&job, &f.a, &doc, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    gb_doc_dump(doc, &b);
    sfx_close(&f);
    return b;
}

/* A lead is named as it is called on that day, and silence is not calm. */
static void names_and_silence(void **st)
{
    (void)st;
    struct gb_buf b = dump_in("dong-nai", "groups/ig-public-order.lua", GB_LEADERSHIP, "");
    assert_non_null(strstr(b.p, "Cơ quan chủ trì: Công an Thành phố."));
    gb_buf_release(&b);
    b = dump_in("thanh-hoa", "front.lua", GB_FRONT, "");
    assert_null(strstr(b.p, "Không có chỉ tiêu nào ở mức cảnh báo"));
    gb_buf_release(&b);
    const char *hot = dump_of("dis.temp_max 38 2026-11-21=39.0\n", "doc:finding { s[\"dis.temp_max\"] }");
    if (!strstr(hot, "\"Nhiệt độ cao nhất\" \" \" \"ngày \" \"21/11/2026\"")) fail_msg("%s", hot); /* not "ngày ngày" */
    b = dump_in("thanh-hoa", "front.lua", GB_FRONT, "tthc.ontime_rate 38 2026-10=99.5\n");
    assert_non_null(strstr(b.p, "Không có chỉ tiêu nào ở mức cảnh báo"));
    gb_buf_release(&b);
}

/* A report made for one place says so: its figures must not be taken for the province's. */
static void place_of_a_report(void **st)
{
    (void)st;
    struct sfx f;
    struct gb_doc *doc = NULL;
    struct gb_err e = { 0 };
    sfx_open(&f, "reports", "inv.land_rate 14797 2026-10=70.1\n", GB_LEADERSHIP, "2026-11-22");
    struct gb_script_job job = sfx_job(&f, "scenarios/public-investment.lua");
    job.level = "on-demand";
    assert_int_equal(gb_script_run(&job, &f.a, &doc, &e), GB_OK);
    assert_null(doc->subtitle);
    job.region_i = gb_key_find(&f.c, "14797");
    assert_int_equal(gb_script_run(&job, &f.a, &doc, &e), GB_OK);
    assert_string_equal(doc->subtitle, "Địa bàn: Phường Hạc Thành");
    sfx_close(&f);
}

/* A scenario that is never convened for a reason of its own must not promise a meeting: no report would be made for it. */
static void trigger_needs_its_level(void **st)
{
    (void)st;
    struct sfx f;
    struct gb_script_meta m = { 0 };
    struct gb_err e = { 0 };
    char line[GB_ERR_TEXT];
    sfx_open(&f, "reports", NULL, GB_LEADERSHIP, "2026-11-22");
    struct gb_script_sources src = one_source("x.lua", "return gb.scenario { code = \"other-thematic\", trigger = function(now) return \"x\" end,\n body = function(doc, s) end }");
    assert_int_equal(gb_script_head(&src, &f.c, "x.lua", &f.a, &m, &e), GB_E_REPORT);
    assert_non_null(strstr(gb_err_line(&e, line, sizeof line), "thêm vào cột levels"));
    sfx_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(place_of_a_report), cmocka_unit_test(trigger_needs_its_level), cmocka_unit_test(names_and_silence), cmocka_unit_test(asked_for_what_it_answers), cmocka_unit_test(comparisons), cmocka_unit_test(heads), cmocka_unit_test(triggers), cmocka_unit_test(words_for_pictures), cmocka_unit_test(overview_tables), cmocka_unit_test(no_data), cmocka_unit_test(quiet_and_empty), cmocka_unit_test(footnotes), cmocka_unit_test(contributions), cmocka_unit_test(parts_that_printing_rounds), cmocka_unit_test(pace_of_a_running_month), cmocka_unit_test(promises), cmocka_unit_test(plans_per_period), cmocka_unit_test(gaps_of_a_group), cmocka_unit_test(doubts),
                                        cmocka_unit_test(readme_example), cmocka_unit_test(readme_is_complete), cmocka_unit_test(repeatable) };
    return cmocka_run_group_tests(tests, setup, teardown);
}
