/* test_script_formats.c — every format that other programs read, as bytes: tables, JSON and XML of a small made-up vintage against
 * tests/golden/formats. What they mean is tested elsewhere; here no name of a field, no order and no rounding changes unseen.
 * `make bless T=script_formats` writes them anew: a change of meaning is a new number of the schema (pipeline/README.md). */
#include "render/render.h"
#include "script_fixture.h"

static const struct gb_edition_info edition = { .id = "2026-11-22-r1", .short_hash = "0123456789abcdef", .date = { 2026, 11, 22 }, .vintage = 7, .build = "test", .audience = GB_LEADERSHIP, .sample = true };

static void compare(const char *name, struct gb_buf *got)
{
    struct gb_buf want = { 0 };
    struct gb_err e = { 0 };
    char path[200];
    snprintf(path, sizeof path, "tests/golden/formats/%s", name);
    if (getenv("GB_BLESS")) {
        assert_int_equal(gb_mkdirs("tests/golden/formats", &e), GB_OK);
        assert_int_equal(gb_file_replace(path, got->p, got->n, &e), GB_OK);
    }
    if (gb_file_read(path, 1 << 20, &want, &e)) fail_msg("%s is missing; GB_BLESS=1 makes it", path);
    size_t at = 0, row = 1;
    while (at < want.n && at < got->n && want.p[at] == got->p[at]) row += want.p[at++] == '\n';
    if (at < want.n || at < got->n) fail_msg("%s differs in line %zu, byte %zu (make bless T=script_formats)", path, row, at);
    gb_buf_release(&want);
    gb_buf_release(got);
}

/* The lines of the vintage that is shared with the reports' goldens, of a few indicators. */
static char *data_of(void)
{
    static const char *const kept[] = { "inv.disbursed_cum 14758 ", "inv.plan_total 14758 ", "inv.disbursed_cum 14797 ", "inv.plan_total 14797 ", "iz.cod ", "dis.rain_24h " };
    struct gb_buf b = { 0 }, out = { 0 };
    struct gb_err e = { 0 };
    assert_int_equal(gb_file_read("tests/golden/reports/data.txt", (size_t)8 << 20, &b, &e), GB_OK);
    gb_buf_addc(&b, '\0');
    for (char *p = b.p, *end; (end = strchr(p, '\n')); p = end + 1)
        for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
            if (gb_starts_with(p, kept[i])) gb_buf_add(&out, p, (size_t)(end + 1 - p));
    gb_buf_addc(&out, '\0');
    gb_buf_release(&b);
    return out.p;
}

static struct sfx fx;
static int open_fixture(void **state)
{
    (void)state;
    char *data = data_of();
    sfx_open(&fx, "reports", data, GB_LEADERSHIP, "2026-11-22");
    free(data);
    return 0;
}
static int close_fixture(void **state)
{
    (void)state;
    sfx_close(&fx);
    return 0;
}

static void operations_centre(void **state)
{
    (void)state;
    struct gb_buf b = { 0 };
    gb_states_json(&fx.ev, &edition, &b);
    compare("states.json", &b);
    gb_alerts_json(&fx.ev, &edition, &b);
    compare("alerts.json", &b);
    gb_events_json(&fx.ev, &edition, &b);
    compare("events.json", &b);
}

static void data_files(void **state)
{
    (void)state;
    struct gb_buf b = { 0 };
    struct gb_err e = { 0 };
    int rate = gb_indicator_find(&fx.c, "inv.disbursement_rate");
    assert_int_equal(gb_data_csv(&fx.ev, rate, &edition, &b, &e), GB_OK);
    compare("data.csv", &b);
    assert_int_equal(gb_data_json(&fx.ev, rate, &edition, &b, &e), GB_OK);
    compare("data.json", &b);
    gb_codebook_csv(&fx.ev, &b);
    compare("codebook.csv", &b);
    gb_quality_csv(&fx.ev, true, &b);
    size_t lines = 0, n = 0;
    while (n < b.n && lines < 60) lines += b.p[n++] == '\n'; /* the rest are more of the same */
    b.n = n;
    compare("quality.csv", &b);
}

static void catalogues(void **state)
{
    (void)state;
    struct gb_buf b = { 0 };
    struct gb_data_file f[2] = { { .path = "data/inv.disbursement_rate.csv", .bytes = 1234, .indicator_i = gb_indicator_find(&fx.c, "inv.disbursement_rate"), .mime = "text/csv" },
                                 { .path = "data/iz.cod.json", .bytes = 99, .indicator_i = gb_indicator_find(&fx.c, "iz.cod"), .mime = "application/json" } };
    gb_datapackage_json(&fx.c, &edition, f, 2, &b);
    compare("datapackage.json", &b);
    gb_catalog_jsonld(&fx.c, &edition, f, 2, &b);
    compare("catalog.jsonld", &b);
    gb_feed_xml(&fx.c, &edition, f, 2, &b);
    compare("feed.xml", &b);
}

/* What stands between `open` and `close` gives way to `instead`, wherever it stands; both belong to it. */
static void cut(struct gb_buf *html, const char *open, const char *close, const char *instead)
{
    char *to = html->p, *from = html->p, *end = html->p + html->n;
    size_t n = strlen(open), put = strlen(instead);
    assert_true(put <= n + strlen(close));
    while (from < end) {
        if ((size_t)(end - from) > n && strncmp(from, open, n) == 0) {
            char *last = strstr(from + n, close);
            assert_non_null(last);
            memcpy(to, instead, put);
            to += put;
            from = last + strlen(close);
        } else *to++ = *from++;
    }
    html->n = (size_t)(to - html->p);
}

static void document(void **state)
{
    (void)state;
    struct gb_script_job job = sfx_job(&fx, "scenarios/public-investment.lua");
    struct gb_templates templates;
    struct gb_err e = { 0 };
    struct gb_doc *doc = NULL;
    struct gb_buf b = { 0 };
    char line[GB_ERR_TEXT];
    if (gb_script_run(&job, &fx.a, &doc, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    assert_int_equal(gb_render_csv(doc, &edition, &b, &e), GB_OK);
    compare("document.csv", &b);
    assert_int_equal(gb_render_json(doc, &edition, &b, &e), GB_OK);
    compare("document.json", &b);
    gb_facts_csv_head(&b);
    gb_facts_csv(doc, "scenarios/public-investment/periodic", &b);
    compare("facts.csv", &b);
    assert_int_equal(gb_templates_load(&templates, &fx.a, "templates", &e), GB_OK);
    struct gb_html_options opt = { .templates = &templates, .root = "../" };
    assert_int_equal(gb_render_html(doc, &edition, &opt, &b, &e), GB_OK);
    gb_buf_addc(&b, '\0');
    b.n--;
    cut(&b, "<svg ", "</svg>", "<svg/>"); /* pictures have traces of their own, the sheet its own file; test_render_formats.c compares the hash */
    gb_buf_addc(&b, '\0');
    b.n--;
    cut(&b, "<style>", "</style>", "<style/>");
    gb_buf_addc(&b, '\0');
    b.n--;
    cut(&b, "'sha256-", "'", "'sha256-'");
    compare("document.html", &b);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(operations_centre), cmocka_unit_test(data_files), cmocka_unit_test(catalogues), cmocka_unit_test(document) };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
