/* test_catalogue_carried.c — the facts gathered from the plans against what reports/ holds: every row, every column, with the changes
 * that reports/catalogue/README.md names ("Chuyển từ kế hoạch"). Skipped where ../shared/data is not there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "base/csv.h"
#include "base/file.h"
#include "catalogue/catalogue.h"

#define FACTS "../shared/data/catalogue/"
enum { MAX_ROWS = 512, MAX_COLS = 40 };
struct sheet {
    int n_cols, n_rows;
    const char *head[MAX_COLS];
    const char *cell[MAX_ROWS][MAX_COLS];
};
static struct gb_arena arena;

static bool text_of(const char *path, struct gb_buf *b)
{
    struct gb_err e = { 0 };
    return gb_file_read(path, (size_t)8 << 20, b, &e) == GB_OK;
}

static void add_row(struct sheet *s, const struct gb_str *field, int n, const char *path)
{
    if (n > MAX_COLS || s->n_rows == MAX_ROWS || (s->n_cols && n != s->n_cols))
        fail_msg("%s: row %d has %d fields", path, s->n_rows + 2, n);
    const char **to = s->n_cols ? s->cell[s->n_rows++] : s->head;
    s->n_cols = n;
    for (int i = 0; i < n; i++)
        to[i] = gb_strndup(&arena, field[i].p, field[i].n);
}

/* Tab separated, without quoting: what the facts are written in. NULL when the file is not there. */
static struct sheet *facts(const char *name)
{
    struct gb_buf b = { 0 };
    const char *path = gb_sprintf(&arena, FACTS "%s", name);
    if (!text_of(path, &b))
        return NULL;
    struct sheet *s = GB_NEW(&arena, struct sheet);
    for (const char *p = b.p, *end = b.p + b.n; p < end;) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        struct gb_str line = { p, (size_t)((nl ? nl : end) - p) }, field[MAX_COLS];
        int n = 0;
        for (const char *q = line.p, *stop = line.p + line.n;; n++) {
            const char *tab = memchr(q, '\t', (size_t)(stop - q));
            assert_true(n < MAX_COLS);
            field[n] = (struct gb_str){ q, (size_t)((tab ? tab : stop) - q) };
            if (!tab)
                break;
            q = tab + 1;
        }
        add_row(s, field, n + 1, path);
        p = nl ? nl + 1 : end;
    }
    gb_buf_release(&b);
    return s;
}

static struct sheet *ours(const char *path)
{
    struct gb_buf b = { 0 };
    struct gb_csv csv;
    assert_true(text_of(path, &b));
    struct sheet *s = GB_NEW(&arena, struct sheet);
    gb_csv_init(&csv, b.p, b.n, ',');
    while (gb_csv_next(&csv) == GB_CSV_ROW)
        add_row(s, csv.field, csv.n_fields, path);
    gb_csv_release(&csv);
    gb_buf_release(&b);
    return s;
}

static int col(const struct sheet *s, const char *name)
{
    for (int i = 0; i < s->n_cols; i++)
        if (gb_streq(s->head[i], name))
            return i;
    fail_msg("no column %s", name);
    return -1;
}

static const char *cell(const struct sheet *s, int row, const char *name)
{
    return s->cell[row][col(s, name)];
}

static int row_of(const struct sheet *s, const char *key)
{
    for (int i = 0; i < s->n_rows; i++)
        if (gb_streq(s->cell[i][0], key))
            return i;
    fail_msg("row %s is not carried over", key);
    return -1;
}

/* ---- the named changes ------------------------------------------------------------------------------------------------- */

/* Every `from` becomes `to`. */
static const char *replaced(const char *s, const char *from, const char *to)
{
    struct gb_buf b = { 0 };
    for (const char *at; (at = strstr(s, from)); s = at + strlen(from)) {
        gb_buf_add(&b, s, (size_t)(at - s));
        gb_buf_adds(&b, to);
    }
    gb_buf_adds(&b, s);
    const char *out = gb_buf_copy(&arena, &b);
    gb_buf_release(&b);
    return out;
}

/* {tỉnh}: each locality's own word stands for it. */
static const char *bare(const char *s)
{
    return replaced(replaced(s, "{", ""), "}", "");
}

static const char *none(const char *s) /* "-" is an empty cell */
{
    return gb_streq(s, "-") ? "" : s;
}

static const char *steps(const char *s) /* each missing step is empty; all missing: an empty cell */
{
    const char *t = replaced(replaced(gb_sprintf(&arena, ";%s;", s), ";-;", ";;"), ";-;", ";;");
    const char *inner = gb_strndup(&arena, t + 1, strlen(t) - 2);
    return gb_streq(inner, ";;;") ? "" : inner;
}

/* "verified: text": the mark is a column of its own. */
static const char *mark_of(const char *notes)
{
    return gb_strndup(&arena, notes, strcspn(notes, ": ;,"));
}
static const char *rest_of(const char *notes)
{
    const char *p = notes + strcspn(notes, ": ;,");
    return p + strspn(p, ": ;,");
}

static void same(const char *file, const char *key, const char *what, const char *want, const char *got)
{
    if (!gb_streq(want, got))
        fail_msg("%s, %s, %s: the facts say \"%s\", reports/ says \"%s\"", file, key, what, want, got);
}

/* Classes that were raised: nothing may be published of them without the owner, or they are shares over figures of all classes; the row says so. */
static bool raised(const char *code)
{
    static const char *const codes[] = { "gr.petitions_resolved_rate", "po.crimes", "po.solve_rate", "po.drugs", "po.cyber", "po.disorder",
                                         "dq.ontime_rate", "dq.complete_rate", "dq.reject_rate" };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (gb_streq(code, codes[i]))
            return true;
    return false;
}

static int class_of(const char *word)
{
    return gb_streq(word, "public") ? 0 : gb_streq(word, "front") ? 1 : 2;
}

/* ---- indicators -------------------------------------------------------------------------------------------------------- */

static void owners(const struct gb_catalogue *c, const char *code, const char *want, const char *codes)
{
    /* The facts write owners as the plans do; each must be the name, or an abbreviation, of the agency that the code means. */
    struct gb_str piece[8];
    size_t n = gb_split(gb_str_of(codes), ';', piece, 8);
    for (size_t i = 0; i < n; i++) {
        int at = gb_map_find(&c->by_agency, piece[i].p, piece[i].n);
        if (at < 0)
            fail_msg("%s: owner %.*s is no agency", code, (int)piece[i].n, piece[i].p);
        const struct gb_agency *a = &c->agency[at];
        const char *plain = replaced(replaced(want, "UBND tỉnh", "Ủy ban nhân dân tỉnh"), "BQL Khu kinh tế", "Ban Quản lý Khu kinh tế");
        plain = replaced(replaced(plain, "MTTQ", "Mặt trận Tổ quốc"), "các KCN", "các khu công nghiệp");
        if (!strstr(plain, a->name_vi))
            fail_msg("%s: owner %s (%s) is not in \"%s\"", code, a->code, a->name_vi, want);
    }
}

static void indicators(void **state)
{
    (void)state;
    static const char *const plain[][2] = { { "name_en", "name_en" },       { "unit_vi", "unit_vi" },
                                            { "unit_ucum_or_code", "unit_code" }, { "frequency", "frequency" }, { "sector", "sector" },
                                            { "group", "group" },         { "direction", "direction" },   { "aggregation", "aggregation" },
                                            { "level", "level" },         { "legal_basis", "legal_basis" },
                                            { "valid_min", "valid_min" }, { "valid_max", "valid_max" },   { "typical_value", "typical_value" },
                                            { "typical_sd", "typical_sd" } };
    struct sheet *f = facts("indicators.tsv");
    if (!f)
        skip();
    struct sheet *r = ours("reports/catalogue/indicators.csv"), *targets = ours("reports/localities/thanh-hoa/targets.csv");
    struct gb_catalogue c;
    struct gb_err e = { 0 };
    assert_int_equal(gb_catalogue_load(&c, "reports", "thanh-hoa", NULL, &e), GB_OK);
    assert_int_equal(f->n_rows, 318);
    assert_int_equal(f->n_cols, 25);
    assert_true(r->n_rows >= 318); /* and what the house itself needs, as the status of a task */
    int n_targets = 0;
    for (int i = 0; i < f->n_rows; i++) {
        const char *code = f->cell[i][0], *notes = cell(f, i, "notes");
        int at = row_of(r, code);
        int found = gb_indicator_find(&c, code);
        assert_true(found >= 0);
        const struct gb_indicator *ind = &c.indicator[found]; /* with Thanh Hóa's own words in it */
        same("indicators", code, "name_vi", cell(f, i, "name_vi"), ind->name_vi);
        if (!ind->computed)
            same("indicators", code, "source_vi", none(cell(f, i, "source_vi")), ind->source_vi);
        for (size_t k = 0; k < sizeof plain / sizeof *plain; k++)
            same("indicators", code, plain[k][0], bare(none(cell(f, i, plain[k][0]))), bare(cell(r, at, plain[k][1])));
        same("indicators", code, "scenarios", replaced(none(cell(f, i, "scenarios")), ",", ";"), cell(r, at, "scenarios"));
        same("indicators", code, "groups", replaced(none(cell(f, i, "indicator_groups")), ",", ";"), cell(r, at, "indicator_groups"));
        same("indicators", code, "warn_thresholds", steps(cell(f, i, "warn_thresholds")), cell(r, at, "warn_thresholds"));
        const char *season = cell(f, i, "season");
        same("indicators", code, "season", gb_streq(season, "none") ? "" : season, cell(r, at, "season"));
        same("indicators", code, "evidence", mark_of(notes), cell(r, at, "evidence"));
        owners(&c, code, cell(f, i, "owner_vi"), cell(r, at, "owner"));
        const char *class = cell(f, i, "classification"), *now = cell(r, at, "classification"), *said = cell(r, at, "notes");
        if (raised(code)) {
            assert_true(class_of(now) > class_of(class));
            assert_true(gb_starts_with(said, rest_of(notes)) && strlen(said) > strlen(rest_of(notes)));
        } else {
            same("indicators", code, "classification", class, now);
            same("indicators", code, "notes", rest_of(notes), said);
        }
        const char *target = none(cell(f, i, "target_2026"));
        if (*target) {
            n_targets++;
            same("indicators", code, "target_2026", target, cell(targets, row_of(targets, code), "value"));
        }
    }
    assert_int_equal(n_targets, targets->n_rows);
    gb_catalogue_release(&c);
}

/* ---- groups, scenarios, seasons, who leads them, tasks ------------------------------------------------------------------ */

static const char *const place[][2] = { { "thanh-hoa", "thanh_hoa" }, { "dong-nai", "dong_nai" }, { "ha-noi", "ha_noi" }, { "an-giang", "an_giang" } };
enum { N_PLACES = 4 };

static void list(const char *fact_file, const char *file, int n, const char *const *columns, int n_columns)
{
    struct sheet *f = facts(fact_file);
    if (!f)
        skip();
    struct sheet *r = ours(gb_sprintf(&arena, "reports/catalogue/%s", file));
    assert_int_equal(f->n_rows, n);
    assert_int_equal(r->n_rows, n);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n_columns; k++) {
            bool many = gb_streq(columns[k], "levels");
            const char *want = none(cell(f, i, columns[k]));
            same(file, f->cell[i][0], columns[k], many ? replaced(want, ",", ";") : bare(want),
                 bare(cell(r, row_of(r, f->cell[i][0]), columns[k])));
        }
}

/* leads.csv has a row where a plan names the thing; "(unassigned)" is an empty lead with a note. */
static void leads(const char *fact_file, const char *kind, const char *prefix)
{
    struct sheet *f = facts(fact_file);
    for (int p = 0; p < N_PLACES; p++) {
        struct sheet *r = ours(gb_sprintf(&arena, "reports/localities/%s/leads.csv", place[p][0]));
        for (int i = 0; i < f->n_rows; i++) {
            const char *lead = none(cell(f, i, gb_sprintf(&arena, "%s%s", prefix, place[p][1])));
            const char *due = none(cell(f, i, gb_sprintf(&arena, "due_%s", place[p][1])));
            int at = -1;
            for (int k = 0; k < r->n_rows; k++)
                if (gb_streq(cell(r, k, "kind"), kind) && gb_streq(cell(r, k, "code"), f->cell[i][0]))
                    at = k;
            if (at < 0) {
                same(place[p][0], f->cell[i][0], "lead", lead, "");
                continue;
            }
            same(place[p][0], f->cell[i][0], "lead", gb_streq(lead, "(unassigned)") ? "" : lead, cell(r, at, "lead_vi"));
            same(place[p][0], f->cell[i][0], "due", due, cell(r, at, "due"));
        }
    }
}

static void groups(void **state)
{
    (void)state;
    static const char *const columns[] = { "code", "part", "name_vi", "name_en", "notes" };
    list("indicator_groups.tsv", "groups.csv", 29, columns, 5);
    leads("indicator_groups.tsv", "group", "lead_");
}

static void scenarios(void **state)
{
    (void)state;
    static const char *const columns[] = { "code",       "part",   "name_vi",   "name_en", "full_name_vi",
                                           "purpose_vi", "levels", "needs_map", "notes" };
    list("scenarios.tsv", "scenarios.csv", 32, columns, 9);
    leads("scenarios.tsv", "scenario", "in_");
}

static void seasons(void **state)
{
    (void)state;
    static const char *const columns[] = { "profile", "m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12", "note" };
    list("season_profiles.tsv", "seasons.csv", 14, columns, 14);
}

/* Word for word, in the plans' order; notes are in Vietnamese here, where they are for civil servants. */
static void tasks(void **state)
{
    (void)state;
    static const char *const columns[][2] = { { "section", "section" },         { "part", "part" },
                                              { "no", "no" },                   { "content_vi", "content_vi" },
                                              { "result_vi", "result_vi" },     { "lead_vi", "lead_vi" },
                                              { "coordinating_vi", "coordinating_vi" }, { "due_iso_or_rule", "due_rule" },
                                              { "due_text_vi", "due_text_vi" } };
    struct sheet *f = facts("plan_tasks.tsv");
    if (!f)
        skip();
    assert_int_equal(f->n_rows, 205);
    int n = 0;
    for (int p = 0; p < N_PLACES; p++) {
        struct sheet *r = ours(gb_sprintf(&arena, "reports/localities/%s/tasks.csv", place[p][0]));
        int at = 0;
        for (int i = 0; i < f->n_rows; i++) {
            if (!gb_streq(cell(f, i, "place"), place[p][1]))
                continue;
            assert_true(at < r->n_rows);
            for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
                same(place[p][0], cell(f, i, "content_vi"), columns[k][0], none(cell(f, i, columns[k][0])), cell(r, at, columns[k][1]));
            assert_int_equal(*none(cell(f, i, "note")) != 0, *cell(r, at, "note") != 0);
            at++;
        }
        assert_int_equal(at, r->n_rows);
        n += at;
    }
    assert_int_equal(n, 205);
}

int main(void)
{
    gb_arena_init(&arena, 0);
    const struct CMUnitTest tests[] = { cmocka_unit_test(indicators), cmocka_unit_test(groups), cmocka_unit_test(scenarios),
                                        cmocka_unit_test(seasons), cmocka_unit_test(tasks) };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    gb_arena_release(&arena);
    return failed;
}
