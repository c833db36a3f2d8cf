/* test_script_daily.c — the daily briefing on the nights that matter: all is well, all is bad, nothing came, most is old; and with names and
 * numbers that nobody would choose. What a reader relies on: at most two pages before the annexes, nothing comforting when nothing is known,
 * every scenario that moved told, nothing asked twice. GB_BLESS=1 writes the expected texts anew (look at the diff before committing). */
#include "layout/layout.h"
#include "evaluation/trigger.h"
#include "script_fixture.h"

#define DIR "tests/golden/reports/"
#define DATE "2026-11-22"
#define LONG_NAME 120 /* letters, of one and a half bytes */

enum kind { GOOD, BAD };

/* A value that stands at the best or the worst step at the root, looked for among the limits and what lies beside them. */
static bool value_of(const struct gb_indicator *ind, enum gb_level_kind level, enum kind kind, int64_t *out)
{
    const int64_t unit = gb_pow10[ind->scale];
    int64_t try[64];
    int n = 0, rank = -1;
    for (int i = 0; i < GB_N_STEPS && ind->step[i].set; i++)
        for (int d = -1; d <= 1; d++) {
            try[n++] = ind->step[i].lo + d * unit;
            try[n++] = ind->step[i].hi + d * unit;
        }
    try[n++] = ind->valid_min;
    try[n++] = ind->valid_max;
    try[n++] = 0;
    try[n++] = 100 * unit;
    for (int i = 0; i < n; i++) {
        const enum gb_state s = gb_judge(ind, level, try[i]);
        if ((ind->has_min && try[i] < ind->valid_min) || (ind->has_max && try[i] > ind->valid_max) || !gb_stands_at(s, GB_GOOD))
            continue;
        const int r = kind == BAD ? (int)s : GB_EMERGENCY - (int)s;
        if (r > rank) {
            rank = r;
            *out = try[i];
        }
    }
    return rank >= 0;
}

static void add(struct gb_buf *b, const struct gb_catalogue *c, int i, const char *region, enum gb_level_kind level, enum kind kind, int days_old)
{
    const struct gb_indicator *ind = &c->indicator[i];
    struct gb_date d;
    int64_t v = 0;
    char value[48], period[24];
    assert_true(gb_date_parse(DATE, strlen(DATE), &d));
    d = gb_date_from_days(gb_date_to_days(d) - days_old);
    if (!ind->has_steps || !value_of(ind, level, kind, &v))
        return;
    gb_dec_exact(v, ind->scale, value);
    const int32_t last = gb_period_of(ind->freq, d, ind->calendar) - (ind->freq != GB_FREQ_DAY && ind->freq != GB_FREQ_HOUR);
    gb_buf_addf(b, "%s %s", ind->code, region);
    for (int k = 3; k >= 0; k--) {
        gb_period_iso(ind->freq, last - k, period);
        gb_buf_addf(b, " %s=%s", period, value);
    }
    gb_buf_addc(b, '\n');
}

/* Everything that has a step, delivered at the root, and at its points where only these are measured. */
static char *province(struct gb_arena *a, const char *locality, enum kind kind, int days_old, bool tasks)
{
    struct gb_catalogue c;
    struct gb_err e = { 0 };
    struct gb_buf b = { 0 };
    char line[GB_ERR_TEXT];
    if (gb_catalogue_load(&c, "reports", locality, NULL, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    const char *root = c.region[c.locality.root_region].code;
    for (int i = 0; i < c.n_indicators; i++) {
        bool at_point = false;
        for (int k = 0; k < c.n_points; k++)
            if (c.point[k].indicator_i == i) {
                at_point = true;
                add(&b, &c, i, c.region[c.point[k].region_i].code, GB_AT_POINT, kind, days_old);
            }
        if (!at_point && c.indicator[i].agg != GB_AGG_RATIO)
            add(&b, &c, i, root, c.region[c.locality.root_region].level, kind, days_old);
    }
    for (int k = 0; tasks && k < c.n_tasks; k++)
        gb_buf_addf(&b, "%s %s 2026-11-20=10\n", c.indicator[c.n_indicators].code, c.task[k].code);
    char *text = gb_buf_copy(a, &b);
    gb_buf_release(&b);
    gb_catalogue_release(&c);
    return text;
}

static const struct gb_doc *run(struct sfx *f)
{
    struct gb_script_job job = sfx_job(f, "daily.lua");
    struct gb_err e = { 0 };
    struct gb_doc *doc = NULL;
    char line[GB_ERR_TEXT];
    if (gb_script_run(&job, &f->a, &doc, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    return doc;
}

/* Pages before the first annex. */
static int body_pages(struct sfx *f, const struct gb_doc *doc, struct gb_pages *p)
{
    struct gb_layout_foot foot = { .edition_id = "2026-11-22-r1", .short_hash = "0123456789abcdef" };
    struct gb_err e = { 0 };
    char line[GB_ERR_TEXT];
    if (gb_layout(p, &f->a, doc, &foot, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    for (int i = 0; i < p->n; i++)
        for (const struct gb_item *x = p->page[i].first; x; x = x->next)
            if (x->kind == GB_ITEM_RUN && x->n >= strlen("Phụ lục") && !memcmp(x->text, "Phụ lục", strlen("Phụ lục")) && x->font == GB_SERIF_BOLD)
                return i;
    return p->n;
}

static const struct gb_node *section_named(const struct gb_doc *doc, const char *title, bool annex)
{
    for (const struct gb_node *c = doc->root->child; c; c = c->next)
        if (c->kind == GB_NODE_SECTION && c->annex == annex && gb_streq(c->title, title)) return c;
    return NULL;
}

static const struct gb_node *first_of(const struct gb_node *s, enum gb_node_kind kind)
{
    for (const struct gb_node *c = s ? s->child : NULL; c; c = c->next)
        if (c->kind == kind) return c;
    return NULL;
}

static char *dump_of(struct gb_arena *a, const struct gb_doc *doc)
{
    struct gb_buf b = { 0 };
    gb_doc_dump(doc, &b);
    char *s = gb_buf_copy(a, &b);
    gb_buf_release(&b);
    return s;
}

static void has(const char *text, const char *what)
{
    if (!strstr(text, what)) fail_msg("not told: %s\n%.3000s", what, text);
}

static void has_not(const char *text, const char *what)
{
    const char *at = strstr(text, what);
    if (at) fail_msg("told: %.200s", at);
}

/* The text of the body, as people read it. */
static char *body_text(struct gb_arena *a, const struct gb_pages *p, int n)
{
    struct gb_buf b = { 0 };
    for (int i = 0; i < n; i++)
        for (const struct gb_item *x = p->page[i].first; x; x = x->next)
            if (x->kind == GB_ITEM_RUN) {
                gb_buf_add(&b, x->text, x->n);
                gb_buf_addc(&b, ' ');
            }
    char *s = gb_buf_copy(a, &b);
    gb_buf_release(&b);
    return s;
}

static void golden(struct sfx *f, const struct gb_doc *doc, const char *name)
{
    char *got = dump_of(&f->a, doc);
    const char *path = gb_sprintf(&f->a, DIR "%s.doc", name);
    struct gb_buf b = { 0 };
    struct gb_err e = { 0 };
    if (getenv("GB_BLESS")) assert_int_equal(gb_file_replace(path, got, strlen(got), &e), GB_OK);
    if (gb_file_read(path, (size_t)8 << 20, &b, &e)) fail_msg("%s is missing; GB_BLESS=1 makes it", path);
    const char *want = gb_buf_copy(&f->a, &b);
    size_t i = 0, line = 1;
    for (; want[i] && want[i] == got[i]; i++) line += want[i] == '\n';
    if (want[i] || got[i]) fail_msg("%s:%zu differs: want \"%.120s\" got \"%.120s\"", path, line, want + i, got + i);
    gb_buf_release(&b);
}

/* ---- all is well -------------------------------------------------------------------------------------------------------- */
static void quiet(const char *locality, bool blessed)
{
    struct sfx f;
    struct gb_arena a;
    struct gb_pages p;
    gb_arena_init(&a, 0);
    sfx_open_in(&f, locality, "reports", province(&a, locality, GOOD, 0, false), GB_LEADERSHIP, DATE);
    const struct gb_doc *doc = run(&f);
    const int pages = body_pages(&f, doc, &p);
    const char *text = dump_of(&f.a, doc), *body = body_text(&f.a, &p, pages);
    assert_int_equal(pages, 1);
    has(text, "không có chỉ số nào ở mức cảnh báo trở lên");
    has(text, "Không có kịch bản nào chuyển biến, không có nội dung đề nghị quyết định.");
    has(body, "SỐ LIỆU CÒN THIẾU");
    has_not(body, "KỊCH BẢN CÓ CHUYỂN BIẾN");
    has_not(text, "đột xuất");
    has_not(text, "Diễn biến của các việc nặng nhất");
    if (blessed) golden(&f, doc, "daily-quiet.leadership");
    sfx_close(&f);
    gb_arena_release(&a);
}
static void all_is_well(void **state)
{
    (void)state;
    quiet("thanh-hoa", true);
    quiet("dong-nai", false);
    quiet("ha-noi", false);
    quiet("an-giang", false);
}

/* ---- nothing came; most is old: no comfort ------------------------------------------------------------------------------ */
static void nothing_came(void **state)
{
    (void)state;
    struct sfx f;
    struct gb_pages p;
    sfx_open(&f, "reports", NULL, GB_LEADERSHIP, DATE);
    const struct gb_doc *doc = run(&f);
    assert_int_equal(body_pages(&f, doc, &p), 1);
    const char *text = dump_of(&f.a, doc);
    has(text, "chưa có số liệu nào dùng được, chưa thể đánh giá tình hình");
    has(text, "Đề nghị gửi bổ sung: ");
    has_not(text, "không có chỉ số nào ở mức cảnh báo");
    has_not(text, "Không có kịch bản nào chuyển biến");
    golden(&f, doc, "daily-none.leadership");
    sfx_close(&f);
}

static void most_is_old(void **state)
{
    (void)state;
    struct sfx f;
    struct gb_arena a;
    struct gb_pages p;
    gb_arena_init(&a, 0);
    sfx_open(&f, "reports", province(&a, "thanh-hoa", GOOD, 900, false), GB_LEADERSHIP, DATE);
    const struct gb_doc *doc = run(&f);
    assert_int_equal(body_pages(&f, doc, &p), 1);
    const char *text = dump_of(&f.a, doc);
    has(text, "chưa đủ để kết luận về tình hình");
    has_not(text, "không có chỉ số nào ở mức cảnh báo");
    has_not(text, "Không có kịch bản nào chuyển biến");
    sfx_close(&f);
    gb_arena_release(&a);
}

/* ---- all is bad --------------------------------------------------------------------------------------------------------- */
static int rows_with(const struct gb_node *table, const char *first_cell)
{
    int n = 0;
    for (const struct gb_row *r = table ? table->row : NULL; r; r = r->next)
        n += r->cell[0].text.first && gb_streq(r->cell[0].text.first->text, first_cell);
    return n;
}

/* Each scenario that moved stands once in the annex; the body shows the worst and tells how many more there are. */
static void each_that_moved_is_told(struct sfx *f, const struct gb_doc *doc)
{
    const struct gb_node *annex = first_of(section_named(doc, "Kịch bản có chuyển biến và nội dung đề nghị quyết định", true), GB_NODE_TABLE);
    const struct gb_trigger *t = gb_triggers(&f->ev, &f->a);
    int moved = 0;
    for (int i = 0; i < f->c.n_scenarios; i++) {
        if (!t[i].moved) continue;
        moved++;
        if (rows_with(annex, f->c.scenario[i].name_vi) != 1) fail_msg("%s moved and is not told once", f->c.scenario[i].code);
    }
    assert_true(moved > 0);
    const struct gb_node *body = first_of(section_named(doc, "Kịch bản có chuyển biến", false), GB_NODE_TABLE);
    assert_non_null(body);
    assert_true(body->n_rows >= moved && body->n_rows == annex->n_rows);
}

/* What the summary says of a figure or asks of somebody stands in no table below it. */
static void nothing_is_said_twice(struct sfx *f, const struct gb_doc *doc)
{
    const struct gb_node *points = first_of(section_named(doc, "Tóm tắt điều hành", false), GB_NODE_LIST);
    const struct gb_node *others = first_of(section_named(doc, "Các chỉ số cảnh báo khác", false), GB_NODE_TABLE);
    const struct gb_node *asked = first_of(section_named(doc, "Nội dung đề nghị quyết định", false), GB_NODE_TABLE);
    assert_non_null(points);
    assert_true(points->n_items >= 1 && points->n_items <= 7);
    for (size_t i = 0; i < points->n_items; i++) {
        struct gb_buf b = { 0 };
        gb_text_plain(&points->item[i], &b);
        gb_buf_addc(&b, 0);
        has(b.p, "Đề nghị ");
        for (int k = 0; k < f->c.n_indicators; k++)
            if (gb_starts_with(b.p, f->c.indicator[k].name_vi) && !gb_starts_with(b.p, gb_sprintf(&f->a, "%s ", f->c.indicator[k].name_vi)))
                continue;
            else if (gb_starts_with(b.p, gb_sprintf(&f->a, "%s ", f->c.indicator[k].name_vi)))
                assert_int_equal(rows_with(others, f->c.indicator[k].name_vi), 0);
        for (const struct gb_row *r = asked ? asked->row : NULL; r; r = r->next)
            has_not(b.p, r->cell[0].text.first->text);
        gb_buf_release(&b);
    }
}

static void bad_in(const char *locality, bool blessed)
{
    static const char *const order[] = { "TÓM TẮT ĐIỀU HÀNH", "CÁC CHỈ SỐ CẢNH BÁO KHÁC", "KỊCH BẢN CÓ CHUYỂN BIẾN", "NHIỆM VỤ, PHẢN ÁNH", "NỘI DUNG ĐỀ NGHỊ QUYẾT ĐỊNH", "SỐ LIỆU CÒN THIẾU" };
    struct sfx f;
    struct gb_arena a;
    struct gb_pages p;
    gb_arena_init(&a, 0);
    sfx_open_in(&f, locality, "reports", province(&a, locality, BAD, 0, true), GB_LEADERSHIP, DATE);
    const struct gb_doc *doc = run(&f);
    const int pages = body_pages(&f, doc, &p);
    const char *at = body_text(&f.a, &p, pages);
    if (pages > 2) fail_msg("%s: %d pages", locality, pages);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const char *next = strstr(at, order[i]);
        if (!next) fail_msg("%s: %s is missing or out of order: %.600s", locality, order[i], at);
        at = next;
    }
    each_that_moved_is_told(&f, doc);
    nothing_is_said_twice(&f, doc);
    if (blessed) golden(&f, doc, "daily-bad.leadership");
    sfx_close(&f);
    gb_arena_release(&a);
}
static void all_is_bad(void **state)
{
    (void)state;
    bad_in("thanh-hoa", true);
    bad_in("dong-nai", false);
    bad_in("ha-noi", false);
    bad_in("an-giang", false);
}

/* ---- names that nobody would choose ------------------------------------------------------------------------------------- */
static const char *lengthened(struct gb_arena *a, const char *name)
{
    struct gb_buf b = { 0 };
    gb_buf_adds(&b, name);
    while (b.n < LONG_NAME * 3 / 2) gb_buf_adds(&b, " nghiêng ngả đường trường");
    const char *s = gb_buf_copy(a, &b);
    gb_buf_release(&b);
    return s;
}

static void hostile_names(void **state)
{
    (void)state;
    struct sfx f;
    struct gb_arena a;
    struct gb_pages p;
    gb_arena_init(&a, 0);
    sfx_open(&f, "reports", province(&a, "thanh-hoa", BAD, 0, true), GB_LEADERSHIP, DATE);
    for (int i = 0; i < f.c.n_indicators; i++) f.c.indicator[i].name_vi = lengthened(&a, f.c.indicator[i].name_vi);
    for (int i = 0; i < f.c.n_scenarios; i++) f.c.scenario[i].name_vi = lengthened(&a, f.c.scenario[i].name_vi);
    for (int i = 0; i < f.c.n_agencies; i++) f.c.agency[i].name_vi = f.c.agency[i].short_vi = lengthened(&a, f.c.agency[i].name_vi);
    const struct gb_doc *doc = run(&f);
    const int pages = body_pages(&f, doc, &p);
    if (pages > 2) fail_msg("%d pages", pages);
    has(body_text(&f.a, &p, pages), "ghi ở phụ lục");
    each_that_moved_is_told(&f, doc);
    sfx_close(&f);
    gb_arena_release(&a);
}

/* An agency that delivers a whole history anew contradicts itself in every delivery: three are told, the others counted. */
static void a_flood_of_conflicts(void **state)
{
    (void)state;
    enum { N = 300 };
    struct sfx f;
    struct gb_arena a;
    struct gb_pages p;
    struct gb_cube_conflict v[N];
    gb_arena_init(&a, 0);
    sfx_open(&f, "reports", province(&a, "thanh-hoa", BAD, 0, true), GB_LEADERSHIP, DATE);
    for (int i = 0; i < N; i++)
        v[i] = (struct gb_cube_conflict){ .agency_i = i % 5, .indicator_i = i % 40, .as_of = { 2025, 1 + i / 28, 1 + i % 28 }, .seq = 1 };
    gb_cube_set_conflicts(&f.cube, v, N);
    const struct gb_doc *doc = run(&f);
    const int pages = body_pages(&f, doc, &p);
    if (pages > 2) fail_msg("%d pages", pages);
    has(dump_of(&f.a, doc), "cặp bản giao nộp khác mâu thuẫn như vậy");
    sfx_close(&f);
    gb_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(all_is_well), cmocka_unit_test(nothing_came), cmocka_unit_test(most_is_old), cmocka_unit_test(all_is_bad), cmocka_unit_test(hostile_names),
                                        cmocka_unit_test(a_flood_of_conflicts) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
