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
    refused(&f, "doc:heat { s[\"inv.disbursement_rate\"], by = \"province\" }", "không có \"province\"");
    refused(&f, "doc:heat { s[\"inv.disbursement_rate\"], worse = 2 }", "worse");
    sfx_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(heat) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
