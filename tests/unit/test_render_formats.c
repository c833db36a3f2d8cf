/* Every format of one small document: escaping, structure, raw numbers; and a workbook re-read by other means (unzip). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"
#include "canvas/font.h"
#include "base/hash.h"
#include "chart/palette.h"
#include "document_fixture.h"
#include "evaluation/dimensions.h"
#include "render/render.h"

#define HOSTILE "</td><script>alert(1)</script>\"><img onerror=x>&#60;"

static struct gb_edition_info edition(void)
{
    return (struct gb_edition_info){ .id = "2026-11-22-r1-0123456789abcdef", .short_hash = "0123456789abcdef", .date = { 2026, 11, 22 }, .vintage = 7, .build = "test", .audience = GB_LEADERSHIP };
}

/* A document with one of each node; `name` stands wherever delivered or catalogue text can stand. */
static struct gb_doc *sample(struct fixture *f, const char *name)
{
    struct gb_doc *d = gb_doc_new(&f->arena, &f->c, GB_LEADERSHIP, "mau");
    d->type_name = "BÁO CÁO NHANH";
    d->title = gb_sprintf(&f->arena, "Tình hình %s", name);
    d->subtitle = name;
    d->lang = "vi";
    d->date = f->ev.date;
    gb_doc_mark(d, "SỐ LIỆU MẪU");
    struct gb_node *s = gb_doc_section(d, d->root, "tom-tat", name);
    struct gb_node *p = gb_doc_para(d, s);
    gb_text_add(d, &p->text, name, GB_STRONG);
    gb_text_link(d, &p->text, "xem chỉ số", "chi-so/a.html");
    struct gb_node *t = gb_doc_table(d, s, "bang-1", name, 3);
    gb_doc_col(d, t, 0, "Địa bàn", NULL, GB_LEFT, 0);
    gb_doc_col(d, t, 1, "Tỷ lệ", "%", GB_DECIMAL, 0);
    gb_doc_col(d, t, 2, "Ghi chú", NULL, GB_LEFT, 0);
    static const int64_t value[] = { 25, 50, 100500, -1250 }; /* at scale 2: 0.25 0.5 1005 -12.5 */
    for (int i = 0; i < 4; i++) {
        struct gb_row *r = gb_doc_row(d, t);
        gb_doc_cell_text(d, r, 0, name);
        gb_doc_cell_value(d, r, 1, (struct gb_value){ .kind = GB_V_NUM, .num = value[i], .scale = 2, .decimals = 1, .unit = "%", .status = i ? 'A' : 'P',
                                                      .fact = { I_RATE, PROVINCE, MONTH(2026, 10), GB_D_VALUE } });
        gb_doc_cell_value(d, r, 2, i == 3 ? gb_value_missing(GB_MISS_NO_DATA) : gb_value_text_of(i == 2 ? "=1+1" : "bình thường"));
    }
    struct gb_chart_point pt[2] = { { .label = name, .y = { .kind = GB_V_NUM, .num = 684, .scale = 1, .decimals = 1, .unit = "%", .fact = { -1, -1, 0, GB_D_NONE } } },
                                    { .label = "Khác", .y = { .kind = GB_V_NUM, .num = 512, .scale = 1, .decimals = 1, .unit = "%", .fact = { -1, -1, 0, GB_D_NONE } } } };
    struct gb_chart_series se = { .name = "Tỷ lệ", .role = GB_ROLE_ACTUAL, .point = pt, .n = 2 };
    struct gb_chart c = { .kind = GB_CHART_BARS, .title = name, .alt = name, .unit = "%", .source = "Sở Tài chính", .series = &se, .n_series = 1 };
    gb_doc_chart(d, s, "bieu-do-1", &c);
    return d;
}

static size_t count(const struct gb_buf *b, const char *what)
{
    size_t n = 0;
    for (const char *p = strstr(b->p, what); p; p = strstr(p + 1, what)) n++;
    return n;
}

static size_t elements(const struct gb_buf *b)
{
    size_t n = 0;
    for (const char *p = b->p; *p; p++) n += *p == '<' && ((p[1] >= 'a' && p[1] <= 'z') || (p[1] >= 'A' && p[1] <= 'Z'));
    return n;
}

/* Who issues it, in every place a letterhead has. */
static struct gb_locality issuer(const char *name)
{
    return (struct gb_locality){ .slug = "mau", .name = name, .short_name = name, .contact = name, .committee = name, .parent_agency = name, .issuing_agency = name,
                                 .office = "VĂN PHÒNG", .symbol = "BC-VP", .place = name, .licence = "CC BY 4.0" };
}

static void html(struct fixture *f, const char *name, struct gb_buf *out)
{
    f->c.locality = issuer(name);
    struct gb_err e = { 0 };
    struct gb_templates t;
    assert_int_equal(gb_templates_load(&t, &f->arena, "templates", &e), GB_OK);
    struct gb_html_options opt = { .templates = &t, .root = "../" };
    struct gb_edition_info ed = edition();
    if (gb_render_html(sample(f, name), &ed, &opt, out, &e) != GB_OK) { char line[512]; fail_msg("%s", gb_err_line(&e, line, sizeof line)); }
}

static void test_html_escapes(void **state)
{
    (void)state;
    struct fixture f;
    struct gb_buf clean = { 0 }, hostile = { 0 };
    fixture_open(&f);
    html(&f, "Phường Hạc Thành", &clean);
    html(&f, HOSTILE, &hostile);
    assert_int_equal(count(&hostile, "<script"), 0);
    assert_int_equal(count(&hostile, "<img"), 0);
    assert_true(count(&hostile, "&lt;script&gt;") > 3);
    assert_int_equal(count(&hostile, "Content-Security-Policy"), 1);
    assert_int_equal(count(&hostile, "style=\""), 0); /* the policy allows no inline style */
    assert_int_equal(count(&clean, "<h1>"), 1);
    assert_int_equal(count(&clean, "href=\"../chi-so/a.html\""), 1);
    assert_true(count(&clean, "0,3") >= 1);           /* 0.25 at one decimal, half away from zero */
    assert_int_equal(count(&clean, "<figure class=\"chart\""), 1);
    assert_true(elements(&clean) > 60);
    gb_buf_release(&clean);
    gb_buf_release(&hostile);
    fixture_close(&f);
}

/* A briefing is one file: its sheet is inside, and the policy allows that sheet alone, by the digest of its bytes. */
static void test_html_one_file(void **state)
{
    (void)state;
    struct fixture f;
    struct gb_buf b = { 0 };
    struct gb_sha256 h;
    fixture_open(&f);
    html(&f, "x", &b);
    assert_int_equal(count(&b, "<link"), 0);
    assert_int_equal(count(&b, "src="), 0);
    assert_int_equal(count(&b, "url("), 0);
    assert_int_equal(count(&b, "<style>"), 1);
    const char *css = strstr(b.p, "<style>") + 7, *end = strstr(css, "</style>"), *said = strstr(b.p, "'sha256-") + 8;
    assert_true(!strstr(css, "/*") || strstr(css, "/*") > end);
    h = gb_sha256_of(css, (size_t)(end - css));
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t bits = 0;
    int n_bits = 0;
    size_t n = 0;
    for (const char *p = said; *p != '=' && *p != '\''; p++) { /* base64 back to bytes */
        assert_non_null(strchr(digit, *p));
        bits = bits << 6 | (uint32_t)(strchr(digit, *p) - digit);
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            assert_true(n < 32);
            assert_int_equal(bits >> n_bits & 255, h.b[n++]);
        }
    }
    assert_int_equal(n, 32);
    gb_buf_release(&b);
    fixture_close(&f);
}

/* The same names in every place: the number of elements outside the drawings may not depend on them. */
static void test_html_same_elements(void **state)
{
    (void)state;
    struct fixture f;
    struct gb_buf a = { 0 }, b = { 0 };
    fixture_open(&f);
    html(&f, "x", &a);
    html(&f, "<b>", &b);
    assert_int_equal(elements(&a), elements(&b));
    gb_buf_release(&a);
    gb_buf_release(&b);
    fixture_close(&f);
}

static void body_of(struct fixture *f, struct gb_doc *d, const struct gb_html_options *opt, enum gb_audience audience, struct gb_buf *out)
{
    struct gb_err e = { 0 };
    struct gb_edition_info ed = edition();
    ed.audience = audience;
    (void)f;
    gb_buf_reset(out);
    if (gb_render_html(d, &ed, opt, out, &e) != GB_OK) { char line[512]; fail_msg("%s", gb_err_line(&e, line, sizeof line)); }
}

/* Ways up, back and on; files to take before the text; how to check the edition, told to the public only. */
static void test_html_way(void **state)
{
    (void)state;
    struct fixture f;
    struct gb_err e = { 0 };
    struct gb_templates t;
    struct gb_buf b = { 0 };
    struct gb_html_way way = { .up = { { "index.html", "Trang chủ" }, { "index.html#kt", "<b>" } }, .n_up = 2, .next = { "chi-so/b.html", "B & C" } };
    fixture_open(&f);
    f.c.locality = issuer("Sở Tài chính");
    assert_int_equal(gb_templates_load(&t, &f.arena, "templates", &e), GB_OK);
    struct gb_html_options opt = { .templates = &t, .root = "../", .way = &way, .data_stem = "../data/a" };
    body_of(&f, sample(&f, "x"), &opt, GB_PUBLIC, &b);
    assert_non_null(strstr(b.p, "<li><a href=\"../index.html#kt\">&lt;b&gt;</a></li>"));
    assert_non_null(strstr(b.p, "rel=\"next\" href=\"../chi-so/b.html\">Sau: B &amp; C</a>"));
    assert_null(strstr(b.p, "rel=\"prev\""));
    assert_true(strstr(b.p, "../data/a.csv") < strstr(b.p, "id=\"tom-tat\""));
    assert_non_null(strstr(b.p, "href=\"../SHA256SUMS\""));
    opt.way = NULL;
    opt.data_stem = NULL;
    body_of(&f, sample(&f, "x"), &opt, GB_LEADERSHIP, &b);
    assert_null(strstr(b.p, "SHA256SUMS"));
    assert_null(strstr(b.p, "class=\"way\""));
    assert_null(strstr(b.p, "class=\"downloads\""));
    gb_buf_release(&b);
    fixture_close(&f);
}

static void plain_table(struct gb_doc *d, struct gb_node *in, const char *id, int n_cols, const char *first, const char *link)
{
    struct gb_node *t = gb_doc_table(d, in, id, id, n_cols);
    for (int i = 0; i < n_cols; i++) gb_doc_col(d, t, i, gb_sprintf(d->arena, "Cột %d", i), NULL, GB_LEFT, 0);
    struct gb_row *r = gb_doc_row(d, t);
    if (link) gb_text_link(d, gb_doc_cell_inline(d, r, 0), first, link);
    else gb_doc_cell_text(d, r, 0, first);
    for (int i = 1; i < n_cols; i++) gb_doc_cell_text(d, r, i, "a");
}

/* What depends on how much there is: contents of a page, folded sources, lists in columns, tables on a phone, a caption said once. */
static void test_html_shapes(void **state)
{
    (void)state;
    static const char long_name[] = "Một cái tên dài hơn chỗ của điện thoại";
    static const struct { int n_cols; const char *name, *link, *css; } at[] = {
        { 2, long_name, NULL, "<table>" }, { 3, "2026-10", NULL, "<table>" }, { 3, long_name, NULL, "<table class=\"stack k3\">" }, { 5, "x", NULL, "<table class=\"stack k5\">" },
        { 6, "x", NULL, "<table class=\"broad\">" }, { 2, "x", "a.html", "<table class=\"links\">" }, { 4, "x", "a.html", "<table class=\"stack k4 links\">" } };
    struct fixture f;
    struct gb_err e = { 0 };
    struct gb_templates t;
    struct gb_buf b = { 0 };
    fixture_open(&f);
    f.c.locality = issuer("x");
    assert_int_equal(gb_templates_load(&t, &f.arena, "templates", &e), GB_OK);
    struct gb_html_options opt = { .templates = &t, .root = "./" };
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        struct gb_doc *d = sample(&f, "x");
        plain_table(d, gb_doc_section(d, d->root, "phan", "bang"), "bang", at[i].n_cols, at[i].name, at[i].link);
        body_of(&f, d, &opt, GB_LEADERSHIP, &b);
        assert_non_null(strstr(strstr(b.p, "id=\"phan\""), at[i].css));
        assert_non_null(strstr(b.p, "<caption><span class=\"unseen\">bang</span>")); /* the heading above says it */
    }
    for (int n = 5; n <= 6; n++) { /* with the section of the sample: six and seven parts */
        struct gb_doc *d = sample(&f, "x");
        struct gb_node *s = NULL, *list;
        for (int i = 1; i < n; i++) s = gb_doc_section(d, d->root, gb_sprintf(&f.arena, "p%d", i), "Phần");
        list = gb_doc_list(d, s, false);
        for (int i = 0; i < n * 2; i++) gb_text_link(d, gb_doc_item(d, list), "x", "a.html");
        struct gb_node *src = gb_doc_source(d, s);
        for (int i = 0; i < n; i++) gb_text_add(d, &src->text, "Nguồn: một cơ quan có cái tên không ngắn, giao nộp hằng tháng; ", 0);
        body_of(&f, d, &opt, GB_LEADERSHIP, &b);
        assert_int_equal(count(&b, "class=\"toc side\""), n == 6);
        assert_int_equal(count(&b, "href=\"#p1\""), n == 6);
        assert_int_equal(count(&b, "<ul class=\"columns\">"), n == 6); /* twelve links */
        assert_int_equal(count(&b, "<details class=\"sources\">"), n == 6);
    }
    gb_buf_release(&b);
    fixture_close(&f);
}

/* Every ink a chart may use on the page's own ground has its rule for a dark page: a new colour does not turn black on black. */
static void test_dark_drawings(void **state)
{
    (void)state;
    struct fixture f;
    struct gb_err e = { 0 };
    struct gb_templates t;
    fixture_open(&f);
    assert_int_equal(gb_templates_load(&t, &f.arena, "templates", &e), GB_OK);
    struct gb_rgba ink[6 + GB_OVERDUE + 1] = { gb_ink, gb_ink_soft, gb_rule, gb_rule_soft, gb_accent, gb_accent_2 };
    size_t n = 6;
    for (enum gb_state s = GB_GOOD; s <= GB_EMERGENCY; s++) ink[n++] = gb_state_ink(s);
    for (size_t i = 0; i < n; i++) {
        struct gb_rgba c = ink[i];
        bool brief = c.r % 17 == 0 && c.g % 17 == 0 && c.b % 17 == 0;
        const char *hex = brief ? gb_sprintf(&f.arena, "#%x%x%x", c.r / 17, c.g / 17, c.b / 17) : gb_sprintf(&f.arena, "#%02x%02x%02x", c.r, c.g, c.b);
        if (!strstr(t.style_css, gb_sprintf(&f.arena, "svg [stroke=\"%s\"]", hex)) || !strstr(t.style_css, gb_sprintf(&f.arena, "svg [fill=\"%s\"]", hex)))
            fail_msg("style.css has no dark form of %s", hex);
    }
    fixture_close(&f);
}

static void test_csv(void **state)
{
    (void)state;
    struct fixture f;
    struct gb_err e = { 0 };
    struct gb_buf out = { 0 };
    struct gb_edition_info ed = edition();
    fixture_open(&f);
    assert_int_equal(gb_render_csv(sample(&f, "=cmd|'/c calc'!A0"), &ed, &out, &e), GB_OK);
    assert_non_null(strstr(out.p, ",'=1+1,"));               /* text never runs */
    assert_non_null(strstr(out.p, ",-12.5,%,"));             /* a number stays a number */
    assert_non_null(strstr(out.p, "inv.disbursement_rate,38,2026-10\r\n"));
    assert_null(strstr(out.p, ",=cmd"));
    gb_buf_release(&out);
    fixture_close(&f);
}

/* Rows of facts.csv: a fact once a section, periods with the same regions in one row, no values. */
static void test_facts(void **state)
{
    (void)state;
    struct fixture f;
    struct gb_buf out = { 0 };
    fixture_open(&f);
    struct gb_doc *d = gb_doc_new(&f.arena, &f.c, GB_PUBLIC, "x");
    d->title = "Tên, có dấu phẩy";
    struct gb_node *s = gb_doc_section(d, d->root, "so-lieu", "Số liệu");
    struct gb_node *t = gb_doc_table(d, s, "bang", "Bảng", 1);
    gb_doc_col(d, t, 0, "Số", NULL, GB_LEFT, 0);
    for (int i = 0; i < 6; i++) { /* three periods, twice each */
        struct gb_value v = gb_value_count(4711, NULL);
        v.fact = (struct gb_fact_id){ .indicator_i = 0, .region_i = 0, .period = 2026 * 12 + i % 3, .how = GB_D_VALUE };
        gb_doc_cell_value(d, gb_doc_row(d, t), 0, v);
    }
    gb_doc_cell_value(d, gb_doc_row(d, t), 0, gb_value_count(3, NULL)); /* no fact */
    gb_facts_csv(d, "public/x/periodic", &out);
    const char *want = gb_sprintf(&f.arena, "public/x/periodic,,\"Tên, có dấu phẩy\",,,,\r\npublic/x/periodic,so-lieu,Số liệu,%s,value,2026-01 2026-02 2026-03,%s\r\n",
                                  f.c.indicator[0].code, f.c.region[0].code);
    assert_string_equal(out.p, want);
    gb_buf_release(&out);
    fixture_close(&f);
}

static void assert_sorted(const struct gb_jval *v);
static void test_json(void **state)
{
    (void)state;
    struct fixture f;
    struct gb_err e = { 0 };
    struct gb_buf out = { 0 };
    struct gb_jval *v;
    struct gb_edition_info ed = edition();
    fixture_open(&f);
    assert_int_equal(gb_render_json(sample(&f, HOSTILE), &ed, &out, &e), GB_OK);
    assert_int_equal(gb_json_parse(&f.arena, out.p, out.n, &v, &e), GB_OK);
    assert_string_equal(gb_jstr(v, "schema"), "giaoban.document/1");
    assert_sorted(v);
    assert_string_equal(gb_jstr(v, "subtitle"), HOSTILE);
    assert_null(strstr(out.p, "<script"));
    assert_non_null(strstr(out.p, "-12.5"));
    gb_buf_release(&out);
    fixture_close(&f);
}

/* Keys of an object ascend, at every depth: the form of all our JSON (TRUST.md 37). */
static void assert_sorted(const struct gb_jval *v)
{
    const char *last = NULL;
    for (const struct gb_jval *c = v->child; c; c = c->next) {
        if (v->kind == GB_J_OBJ) {
            if (last && strcmp(last, c->key) >= 0) fail_msg("%s stands after %s", c->key, last);
            last = c->key;
        }
        assert_sorted(c);
    }
}

static void unzip_to(struct fixture *f, const struct gb_buf *x, const char *part, struct gb_buf *out)
{
    char path[] = "/tmp/giaoban-xlsx-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, x->p, x->n), (ssize_t)x->n);
    close(fd);
    FILE *p = popen(gb_sprintf(&f->arena, "unzip -p %s '%s'", path, part), "r");
    assert_non_null(p);
    char chunk[4096];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, p)) > 0;) gb_buf_add(out, chunk, n);
    assert_int_equal(pclose(p), 0);
    unlink(path);
}

static void workbook(struct fixture *f, struct gb_buf *out)
{
    struct gb_err e = { 0 };
    struct gb_edition_info ed = edition();
    char dir[] = "/tmp/giaoban-book-XXXXXX";
    assert_non_null(mkdtemp(dir));
    enum gb_code rc = gb_render_xlsx(sample(f, "Xã [A]: B/C?*\\ một tên rất dài để cắt bớt"), &ed, dir, out, &e);
    if (rc != GB_OK) { char line[512]; fail_msg("%s", gb_err_line(&e, line, sizeof line)); }
    assert_int_equal(rmdir(dir), 0); /* nothing left behind */
}

static void test_xlsx(void **state)
{
    (void)state;
    struct fixture f;
    struct gb_buf x = { 0 }, again = { 0 }, sheet = { 0 }, shared = { 0 };
    fixture_open(&f);
    workbook(&f, &x);
    workbook(&f, &again);
    assert_int_equal(x.n, again.n);
    assert_memory_equal(x.p, again.p, x.n); /* same input, same bytes */
    unzip_to(&f, &x, "xl/worksheets/sheet2.xml", &sheet);
    assert_non_null(strstr(sheet.p, "<v>0.3</v>"));   /* 0.25 rounded half away from zero at the published decimals */
    assert_non_null(strstr(sheet.p, "<v>-12.5</v>"));
    assert_null(strstr(sheet.p, "<f>"));              /* delivered text is never a formula */
    unzip_to(&f, &x, "xl/sharedStrings.xml", &shared);
    assert_non_null(strstr(shared.p, "=1+1"));
    assert_non_null(strstr(shared.p, "chưa có số liệu"));
    gb_buf_release(&x);
    gb_buf_release(&again);
    gb_buf_release(&sheet);
    gb_buf_release(&shared);
    fixture_close(&f);
}

static struct gb_value measured(int64_t n, const char *unit)
{
    return (struct gb_value){ .kind = GB_V_NUM, .num = n, .unit = unit, .fact = { -1, -1, 0, GB_D_NONE } };
}

/* A number in a cell stands alone: its unit is in the header, in a column for the row, or in a column of its own. */
static void test_xlsx_units(void **state)
{
    (void)state;
    static const struct { const char *unit[2][2]; const char *head[3]; } at[] = { /* [row][column] */
        { { { "xã", "xã" }, { "xã", "xã" } }, { "A (xã)", "B (xã)", NULL } },
        { { { "xã", "xã" }, { "vụ", "vụ" } }, { "Đơn vị tính", "A", "B" } },
        { { { "xã", "vụ" }, { "vụ", "vụ" } }, { "Đơn vị tính", "A", "B (vụ)" } },
        { { { "xã", "vụ" }, { "vụ", "xã" } }, { "Đơn vị: A", "Đơn vị: B", "B" } } };
    for (size_t k = 0; k < sizeof at / sizeof *at; k++) {
        struct fixture f;
        struct gb_err e = { 0 };
        struct gb_buf x = { 0 }, shared = { 0 }, book = { 0 };
        struct gb_edition_info ed = edition();
        char dir[] = "/tmp/giaoban-book-XXXXXX";
        fixture_open(&f);
        struct gb_doc *d = sample(&f, "x");
        struct gb_node *t = gb_doc_table(d, gb_doc_section(d, d->root, "phan", "Phần"), "bang", "Tình hình của các xã, phường trong tháng", 3);
        gb_doc_col(d, t, 0, "Tên", NULL, GB_LEFT, 0);
        gb_doc_col(d, t, 1, "A", NULL, GB_DECIMAL, 0);
        gb_doc_col(d, t, 2, "B", NULL, GB_DECIMAL, 0);
        for (int r = 0; r < 2; r++) {
            struct gb_row *row = gb_doc_row(d, t);
            gb_doc_cell_text(d, row, 0, "một");
            for (int i = 0; i < 2; i++) gb_doc_cell_value(d, row, i + 1, measured(5, at[k].unit[r][i]));
        }
        assert_non_null(mkdtemp(dir));
        if (gb_render_xlsx(d, &ed, dir, &x, &e) != GB_OK) { char line[512]; fail_msg("%s", gb_err_line(&e, line, sizeof line)); }
        assert_int_equal(rmdir(dir), 0);
        unzip_to(&f, &x, "xl/sharedStrings.xml", &shared);
        for (int i = 0; i < 3 && at[k].head[i]; i++)
            if (!strstr(shared.p, gb_sprintf(&f.arena, "<t>%s</t>", at[k].head[i]))) fail_msg("case %zu: no column %s", k, at[k].head[i]);
        assert_true((strstr(shared.p, "Đơn vị") != NULL) == (k > 0));
        unzip_to(&f, &x, "xl/workbook.xml", &book);
        assert_non_null(strstr(book.p, "name=\"Tình hình của các xã, phường\"")); /* cut between words */
        gb_buf_release(&x);
        gb_buf_release(&shared);
        gb_buf_release(&book);
        fixture_close(&f);
    }
}

static struct gb_locality place(const char *name, const char *website, const char *licence_url)
{
    return (struct gb_locality){ .slug = "mau", .name = name, .short_name = name, .contact = name, .committee = name, .website = website,
                                 .licence = *licence_url ? "CC BY 4.0" : "", .licence_url = licence_url };
}

/* Months stand across, hours down: nobody reads ten thousand columns. */
static void test_sector_shape(void **state)
{
    (void)state;
    static const struct { int indicator_i; uint32_t n; const char *last, *beyond; } at[] = { { I_RATE, 100, "r=\"CX3\"", "r=\"A4\"" }, { I_LEVEL, 300, "r=\"C301\"", "r=\"D1\"" } };
    static int32_t period[300], delivery[300];
    static int64_t value[300];
    static char status[300];
    struct gb_sector sector = { .code = "kt", .name_vi = "Kinh tế", .name_en = "" };
    for (int i = 0; i < 300; i++) value[i] = i, status[i] = 'A';
    for (size_t t = 0; t < 2; t++) {
        struct fixture f;
        struct gb_cube cube;
        struct gb_err e = { 0 };
        struct gb_buf x = { 0 }, sheet = { 0 };
        struct gb_edition_info ed = edition();
        char dir[] = "/tmp/giaoban-book-XXXXXX";
        fixture_open(&f);
        f.c.locality = place("Tỉnh Thanh Hóa", "", "");
        f.c.sector = &sector;
        f.c.n_sectors = 1;
        if (t == 0) for (int32_t i = 0; i < 300; i++) period[i] = 24000 + i;
        else for (int32_t i = 0; i < 300; i++) period[i] = 480000 + i;
        gb_cube_init(&cube, &f.c);
        for (int r = 0; r < 2; r++)
            gb_cube_add(&cube, GB_PART_PUBLIC, &(struct gb_series){ .indicator_i = at[t].indicator_i, .region_i = r, .n = at[t].n, .period = period, .value = value, .status = status, .delivery = delivery });
        gb_cube_end_part(&cube, GB_PART_PUBLIC);
        struct gb_evaluation ev = { .catalogue = &f.c, .cube = &cube, .date = { 2026, 11, 22 } };
        assert_non_null(mkdtemp(dir));
        if (gb_workbook_sector(&ev, 0, &ed, dir, &x, &e) != GB_OK) { char line[512]; fail_msg("%s", gb_err_line(&e, line, sizeof line)); }
        assert_int_equal(rmdir(dir), 0);
        unzip_to(&f, &x, "xl/worksheets/sheet3.xml", &sheet);
        assert_non_null(strstr(sheet.p, at[t].last));
        assert_null(strstr(sheet.p, at[t].beyond));
        gb_buf_release(&x);
        gb_buf_release(&sheet);
        gb_cube_release(&cube);
        fixture_close(&f);
    }
}

static void test_data(void **state)
{
    (void)state;
    struct fixture f;
    struct gb_err e = { 0 };
    struct gb_buf csv = { 0 }, json = { 0 };
    struct gb_jval *v;
    struct gb_edition_info ed = edition();
    fixture_open(&f);
    f.c.locality.licence = "CC BY 4.0"; /* fields of a loaded catalogue are never NULL */
    assert_int_equal(gb_data_csv(&f.ev, I_RATE, &ed, &csv, &e), GB_OK);
    assert_string_equal(csv.p, "indicator,region,region_name,period,value,unit,status,derived\r\n"
                               "inv.disbursement_rate,38,Tỉnh Thanh Hóa,0000-01,0.01,%,A,0\r\n"
                               "inv.disbursement_rate,14797,Phường Hạc Thành,0000-01,0.01,%,A,0\r\n");
    assert_int_equal(gb_data_json(&f.ev, I_RATE, &ed, &json, &e), GB_OK);
    assert_int_equal(gb_json_parse(&f.arena, json.p, json.n, &v, &e), GB_OK);
    assert_int_equal(gb_jget(v, "series")->n, 2);
    assert_sorted(v);
    assert_null(gb_jget(v, "sample"));
    /* made-up figures say so wherever they go, in each row */
    ed.sample = true;
    gb_buf_reset(&csv);
    gb_buf_reset(&json);
    assert_int_equal(gb_data_csv(&f.ev, I_RATE, &ed, &csv, &e), GB_OK);
    assert_string_equal(csv.p, "indicator,region,region_name,period,value,unit,status,derived,sample\r\n"
                               "inv.disbursement_rate,38,Tỉnh Thanh Hóa,0000-01,0.01,%,A,0,SỐ LIỆU MẪU\r\n"
                               "inv.disbursement_rate,14797,Phường Hạc Thành,0000-01,0.01,%,A,0,SỐ LIỆU MẪU\r\n");
    assert_int_equal(gb_data_json(&f.ev, I_RATE, &ed, &json, &e), GB_OK);
    assert_int_equal(gb_json_parse(&f.arena, json.p, json.n, &v, &e), GB_OK);
    assert_true(gb_jget(v, "sample") && gb_jget(v, "sample")->b);
    assert_sorted(v);
    gb_buf_release(&csv);
    gb_buf_release(&json);
    fixture_close(&f);
}

static struct gb_jval *parsed(struct fixture *f, const struct gb_buf *b)
{
    struct gb_err e = { 0 };
    struct gb_jval *v = NULL;
    if (gb_json_parse(&f->arena, b->p, b->n, &v, &e) != GB_OK) { char line[512]; fail_msg("%s", gb_err_line(&e, line, sizeof line)); }
    assert_sorted(v);
    return v;
}

static void test_open_data(void **state)
{
    (void)state;
    static const struct { const char *website, *licence_url, *self; bool licences; } at[] = {
        { "", "", "href=\"feed.xml\"", false },
        { "https://x.gov.vn", "https://creativecommons.org/licenses/by/4.0/", "href=\"https://x.gov.vn/feed.xml\"", true },
        { "https://x.gov.vn/", "https://creativecommons.org/licenses/by/4.0/", "href=\"https://x.gov.vn/feed.xml\"", true } };
    struct gb_sector sector = { .code = "kt", .name_vi = HOSTILE, .name_en = "" };
    struct gb_data_file file[] = { { .path = "data/a b.csv", .bytes = 10, .indicator_i = I_RATE, .mime = "text/csv" },
                                   { .path = "data/a b.json", .bytes = 20, .indicator_i = I_RATE, .mime = "application/json" },
                                   { .path = "data/codebook.csv", .bytes = 30, .indicator_i = -1, .mime = "text/csv" } };
    for (size_t i = 0; i < 3; i++) {
        struct fixture f;
        struct gb_buf b = { 0 };
        struct gb_edition_info ed = edition();
        ed.id = "2026-11-22-r3-0123456789abcdef";
        fixture_open(&f);
        f.c.locality = place(HOSTILE, at[i].website, at[i].licence_url);
        f.c.sector = &sector;
        gb_datapackage_json(&f.c, &ed, file, 3, &b);
        struct gb_jval *v = parsed(&f, &b);
        assert_string_equal(gb_jstr(v, "version"), "1.20261122.2"); /* date and release, nothing that counts what others get */
        assert_true((gb_jget(v, "licenses") != NULL) == at[i].licences);
        const struct gb_jval *r = gb_jget(v, "resources");
        assert_int_equal(r->n, 3);
        assert_string_equal(gb_jstr(r->child, "name"), "data-a-b.csv");
        assert_non_null(gb_jget(r->child, "schema"));
        assert_null(gb_jget(r->child->next, "schema"));       /* JSON is no table */
        assert_null(gb_jget(r->child->next->next, "schema")); /* nor has the codebook these columns */
        gb_buf_reset(&b);
        gb_catalog_jsonld(&f.c, &ed, file, 3, &b);
        v = parsed(&f, &b);
        assert_int_equal(gb_jget(v, "@graph")->n, 3);       /* catalogue, publisher, one dataset */
        assert_int_equal(count(&b, "dcat:downloadURL"), 2); /* with two distributions */
        gb_buf_reset(&b);
        gb_feed_xml(&f.c, &ed, file, 3, &b);
        assert_non_null(strstr(b.p, at[i].self));
        assert_int_equal(count(&b, "<script"), 0);
        assert_non_null(strstr(b.p, ": 1 chỉ số công khai"));
        assert_null(strstr(b.p, "SỐ LIỆU MẪU"));
        ed.sample = true;
        gb_buf_reset(&b);
        gb_feed_xml(&f.c, &ed, file, 3, &b);
        assert_int_equal(count(&b, "SỐ LIỆU MẪU"), 2); /* feed and entry */
        gb_buf_reset(&b);
        gb_catalog_jsonld(&f.c, &ed, file, 3, &b);
        assert_int_equal(count(&b, "SỐ LIỆU MẪU"), 1);
        gb_buf_reset(&b);
        gb_datapackage_json(&f.c, &ed, file, 3, &b);
        assert_int_equal(count(&b, "SỐ LIỆU MẪU"), 1);
        assert_int_equal(count(&b, "\"name\": \"sample\""), 1);
        gb_buf_release(&b);
        fixture_close(&f);
    }
}

/* quality.csv read back: every part that has something to count, of the counts and the score that the report shows, and nothing else. */
static void test_quality_csv(void **st)
{
    (void)st;
    struct fixture f;
    struct gb_buf b = { 0 };
    struct gb_csv csv;
    int rows = 0, expected = 0, whole = 0;
    fixture_open(&f);
    struct gb_evaluation ev;
    struct gb_err e = { 0 };
    gb_evaluation_init(&ev, &f.cube, f.ev.date);
    assert_int_equal(gb_evaluation_run(&ev, &e), GB_OK);
    struct gb_dimensions d = gb_dimensions_of(&ev, &f.arena);
    for (int i = 0; i < GB_DIM_N; i++) expected += d.all.of[i] > 0;
    for (int made_up = 0; made_up < 2; made_up++) {
        gb_buf_reset(&b);
        gb_quality_csv(&ev, made_up, &b);
        assert_true(gb_starts_with(b.p, made_up ? "scope,code,dimension,met,of,share,score,sample\r\n" : "scope,code,dimension,met,of,share,score\r\n"));
        gb_csv_init(&csv, b.p, b.n, ',');
        for (rows = whole = 0; gb_csv_next(&csv) == GB_CSV_ROW; rows++) {
            assert_int_equal(csv.n_fields, 7 + made_up);
            if (rows == 0) continue;
            int at = 0, got[2];
            while (at < GB_DIM_N && strncmp(csv.field[2].p, gb_dimension_word((enum gb_dimension)at), csv.field[2].n) != 0) at++;
            assert_in_range(at, 0, GB_DIM_N - 1);
            for (int k = 0; k < 2; k++) got[k] = atoi(csv.field[3 + k].p);
            assert_true(got[1] > 0 && got[0] <= got[1]);
            if (csv.field[0].n == 5 && memcmp(csv.field[0].p, "whole", 5) == 0) {
                whole++;
                assert_int_equal(got[0], d.all.n[at]);
                assert_int_equal(got[1], d.all.of[at]);
            }
        }
        gb_csv_release(&csv);
        assert_true(whole > 0 && whole == expected && rows > 2 * whole);
    }
    gb_buf_release(&b);
    gb_evaluation_release(&ev);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_html_escapes), cmocka_unit_test(test_html_one_file), cmocka_unit_test(test_quality_csv), cmocka_unit_test(test_html_same_elements), cmocka_unit_test(test_html_way),
                                        cmocka_unit_test(test_html_shapes), cmocka_unit_test(test_dark_drawings), cmocka_unit_test(test_csv),
                                        cmocka_unit_test(test_facts), cmocka_unit_test(test_json), cmocka_unit_test(test_xlsx), cmocka_unit_test(test_xlsx_units), cmocka_unit_test(test_data),
                                        cmocka_unit_test(test_open_data), cmocka_unit_test(test_sector_shape) };
    struct gb_err e = { 0 };
    if (gb_fonts_warm(&e) != GB_OK) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
