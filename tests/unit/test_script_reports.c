/* Golden: every definition of reports/ over a small fixed vintage, for each audience it serves, as the text dump of the tree.
 * GB_BLESS=1 writes the expectation anew (look at the diff before committing). */
#include "script_fixture.h"

#define DIR "tests/golden/reports/"

static char *read_text(struct gb_arena *a, const char *path)
{
    struct gb_buf b = { 0 };
    struct gb_err e = { 0 };
    char *s = gb_file_read(path, (size_t)8 << 20, &b, &e) == GB_OK ? gb_buf_copy(a, &b) : NULL;
    gb_buf_release(&b);
    return s;
}

static void compare(struct sfx *f, const struct gb_doc *doc, const char *name)
{
    struct gb_buf dump = { 0 };
    struct gb_err e = { 0 };
    gb_doc_dump(doc, &dump);
    const char *path = gb_sprintf(&f->a, DIR "%s.doc", name);
    if (getenv("GB_BLESS")) assert_int_equal(gb_file_replace(path, dump.p, dump.n, &e), GB_OK);
    const char *want = read_text(&f->a, path);
    if (!want) fail_msg("%s is missing; GB_BLESS=1 makes it", path);
    size_t i = 0, line = 1;
    for (; want[i] && want[i] == dump.p[i]; i++) line += want[i] == '\n';
    if (want[i] || dump.p[i]) fail_msg("%s:%zu differs: want \"%.120s\" got \"%.120s\"", path, line, want + i, dump.p + i);
    gb_buf_release(&dump);
}

static void run_one(struct sfx *f, const char *path, const char *name, int indicator, int region)
{
    struct gb_script_job job = sfx_job(f, path);
    job.indicator_i = indicator;
    job.region_i = region;
    struct gb_err e = { 0 };
    struct gb_doc *doc = NULL;
    char line[GB_ERR_TEXT];
    if (gb_script_run(&job, &f->a, &doc, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    compare(f, doc, gb_sprintf(&f->a, "%s.%s", name, gb_audience_word(f->audience)));
}

static void all_for(enum gb_audience audience)
{
    struct sfx f;
    struct gb_arena text;
    gb_arena_init(&text, 0);
    sfx_open(&f, "reports", read_text(&text, DIR "data.txt"), audience, "2026-11-22");
    int n = 0;
    for (size_t i = 0; i < f.src.n_files; i++) {
        const char *path = f.src.file[i].path;
        struct gb_script_meta meta = { 0 };
        struct gb_err e = { 0 };
        char line[GB_ERR_TEXT];
        if (gb_starts_with(path, "lib/")) continue;
        if (gb_script_head(&f.src, &f.c, path, &f.a, &meta, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
        if (!meta.audience[audience]) continue;
        n++;
        if (meta.per_indicator) {
            run_one(&f, path, "indicator-inv.disbursement_rate", gb_indicator_find(&f.c, "inv.disbursement_rate"), -1);
            run_one(&f, path, "indicator-iz.cod", gb_indicator_find(&f.c, "iz.cod"), -1);
        } else if (meta.per_region) run_one(&f, path, "commune-14797", -1, gb_region_find(&f.c, "14797"));
        else run_one(&f, path, meta.slug, -1, -1);
    }
    assert_true(n > 0);
    sfx_close(&f);
    gb_arena_release(&text);
}
static void leadership(void **st) { (void)st; all_for(GB_LEADERSHIP); }
static void front(void **st) { (void)st; all_for(GB_FRONT); }
static void statistics(void **st) { (void)st; all_for(GB_STATISTICS); }
static void public_pages(void **st) { (void)st; all_for(GB_PUBLIC); }

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(leadership), cmocka_unit_test(front), cmocka_unit_test(statistics), cmocka_unit_test(public_pages) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
