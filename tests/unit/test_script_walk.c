/* test_script_walk.c — a walk over the catalogue: every scenario and every group has a definition that uses each indicator the
 * catalogue gives it, every indicator has a place in one of them, and whoever leads or owns something is an agency of the locality.
 *
 * An indicator is used when the definition names it (a literal, or a pattern of s:like), or when the report made from a vintage in
 * which every indicator has figures shows one of them. */
#include "script_fixture.h"
#include "script/sandbox.h"

/* Definitions that are still to be written. To be empty; what is listed here and exists is a failure as well. */
static const char *const awaited[] = { NULL };

static const char *const localities[] = { "thanh-hoa", "dong-nai", "ha-noi", "an-giang" };

/* ---- a vintage in which everything has figures -------------------------------------------------------------------------- */

static const char *periods_of(enum gb_freq f)
{
    switch (f) {
    case GB_FREQ_YEAR: return "2023=%s 2024=%s 2025=%s";
    case GB_FREQ_QUARTER: return "2025-Q3=%s 2026-Q2=%s 2026-Q3=%s";
    case GB_FREQ_MONTH: return "2025-10=%s 2026-09=%s 2026-10=%s";
    case GB_FREQ_WEEK: return "2025-W47=%s 2026-W46=%s 2026-W47=%s";
    case GB_FREQ_DAY: return "2025-11-21=%s 2026-11-20=%s 2026-11-21=%s";
    case GB_FREQ_HOUR: return "2026-11-22T03=%s 2026-11-22T04=%s 2026-11-22T05=%s";
    }
    gb_bug("frequency");
}

/* A value at the worst step where there is one: then every block that waits for trouble speaks too. */
static int64_t value_for(const struct gb_indicator *ind)
{
    int64_t v = 1;
    if (ind->has_typical && !gb_dec_rescale(ind->typical, GB_TYPICAL_SCALE, ind->scale, &v))
        v = 1;
    for (int i = 0; i < GB_N_STEPS; i++)
        if (ind->step[i].set)
            v = ind->direction == GB_UP_GOOD ? ind->step[i].lo - 1 : ind->direction == GB_BAND ? ind->step[i].hi + 1 : ind->step[i].lo;
    if (ind->has_min && v < ind->valid_min)
        v = ind->valid_min;
    return ind->has_max && v > ind->valid_max ? ind->valid_max : v;
}

static const char *everything(struct gb_arena *a)
{
    struct gb_catalogue c;
    struct gb_err e = { 0 };
    struct gb_buf b = { 0 };
    assert_int_equal(gb_catalogue_load(&c, "reports", "thanh-hoa", NULL, &e), GB_OK);
    for (int i = 0; i < c.n_indicators; i++) {
        const struct gb_indicator *ind = &c.indicator[i];
        const char *where = c.region[c.locality.root_region].code;
        for (int k = 0; k < c.n_points && ind->level == GB_AT_POINT; k++)
            if (c.point[k].indicator_i == i)
                where = c.region[c.point[k].region_i].code;
        if (ind->level == GB_AT_TASK)
            continue;
        char v[48];
        v[gb_dec_exact(value_for(ind), ind->scale, v)] = 0;
        gb_buf_addf(&b, "%s %s ", ind->code, where);
        for (const char *p = periods_of(ind->freq); *p; p++)
            if (*p == '%')
                gb_buf_adds(&b, v), p++;
            else
                gb_buf_addc(&b, *p);
        gb_buf_addc(&b, '\n');
    }
    const char *text = gb_buf_copy(a, &b);
    gb_buf_release(&b);
    gb_catalogue_release(&c);
    return text;
}

/* ---- what a definition uses --------------------------------------------------------------------------------------------- */

struct uses {
    const struct gb_catalogue *c;
    bool *used;
};

/* "a.b", or "a.level_*" of s:like. */
static void literal(void *ctx, int line, struct gb_str s)
{
    (void)line;
    struct uses *u = ctx;
    bool prefix = s.n > 1 && s.p[s.n - 1] == '*';
    for (int i = 0; i < u->c->n_indicators; i++) {
        const char *code = u->c->indicator[i].code;
        u->used[i] = u->used[i] || (prefix ? strncmp(code, s.p, s.n - 1) == 0 : gb_str_eq_c(s, code));
    }
}

static void of_value(struct uses *u, const struct gb_value *v)
{
    if (v->fact.indicator_i >= 0)
        u->used[v->fact.indicator_i] = true;
}

static void of_text(struct uses *u, const struct gb_text *t)
{
    for (const struct gb_inline *in = t->first; in; in = in->next)
        if (in->kind == GB_IN_VALUE)
            of_value(u, &in->value);
}

static void of_node(struct uses *u, const struct gb_node *n)
{
    of_text(u, &n->text);
    for (size_t i = 0; i < n->n_items; i++)
        of_text(u, &n->item[i]);
    for (const struct gb_row *r = n->row; r; r = r->next)
        for (int i = 0; i < r->n_cells; i++) {
            of_text(u, &r->cell[i].text);
            if (r->cell[i].is_value)
                of_value(u, &r->cell[i].value);
        }
    for (int i = 0; i < n->n_figures; i++)
        of_value(u, &n->figure[i].value);
    for (size_t s = 0; n->chart && s < n->chart->n_series; s++)
        for (size_t i = 0; i < n->chart->series[s].n; i++)
            of_value(u, &n->chart->series[s].point[i].y);
    for (const struct gb_node *c = n->child; c; c = c->next)
        of_node(u, c);
}

static void uses_of(struct sfx *f, const struct gb_script_file *file, bool *used)
{
    struct uses u = { &f->c, used };
    struct gb_err e = { 0 };
    char line[GB_ERR_TEXT];
    struct gb_doc *doc = NULL;
    if (gb_script_lex(file, literal, &u, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    struct gb_script_job job = sfx_job(f, file->path);
    if (gb_script_run(&job, &f->a, &doc, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    of_node(&u, doc->root);
}

static bool is_awaited(const char *path)
{
    for (size_t i = 0; awaited[i]; i++)
        if (gb_streq(awaited[i], path))
            return true;
    return false;
}

static bool lists(const int *v, int n, int what)
{
    for (int i = 0; i < n; i++)
        if (v[i] == what)
            return true;
    return false;
}

/* Every fault is printed, so that one run shows what is left to do. */
static int walk(struct sfx *f, bool scenarios, bool *somewhere)
{
    int faults = 0, n = scenarios ? f->c.n_scenarios : f->c.n_groups;
    for (int k = 0; k < n; k++) {
        const char *code = scenarios ? f->c.scenario[k].code : f->c.group[k].code;
        const char *path = gb_sprintf(&f->a, "%s/%s.lua", scenarios ? "scenarios" : "groups", code);
        const struct gb_script_file *file = gb_script_find(&f->src, path);
        if (!file != is_awaited(path)) {
            print_error("reports/%s: %s\n", path, file ? "is here; take it from the list of what is awaited" : "there is no definition");
            faults++;
        }
        if (!file)
            continue;
        bool *used = GB_NEW_N(&f->a, (size_t)f->c.n_indicators + 1, bool);
        uses_of(f, file, used);
        for (int i = 0; i < f->c.n_indicators; i++) {
            const struct gb_indicator *ind = &f->c.indicator[i];
            bool asked = scenarios ? lists(ind->scenario, ind->n_scenarios, k) : lists(ind->group, ind->n_groups, k);
            somewhere[i] = somewhere[i] || used[i];
            if (asked && !used[i]) {
                print_error("reports/%s: does not use %s\n", path, ind->code);
                faults++;
            }
        }
    }
    return faults;
}

static void definitions(void **state)
{
    (void)state;
    struct gb_arena text;
    struct sfx f;
    gb_arena_init(&text, 0);
    sfx_open(&f, "reports", everything(&text), GB_LEADERSHIP, "2026-11-22");
    assert_int_equal(f.c.n_scenarios, 32);
    assert_int_equal(f.c.n_groups, 29);
    bool *somewhere = GB_NEW_N(&f.a, (size_t)f.c.n_indicators + 1, bool);
    int faults = walk(&f, true, somewhere) + walk(&f, false, somewhere);
    for (int i = 0; i < f.c.n_indicators; i++)
        if (!somewhere[i] && f.c.indicator[i].level != GB_AT_TASK) { /* the status of tasks has a report of its own */
            print_error("%s: no scenario and no group uses it\n", f.c.indicator[i].code);
            faults++;
        }
    sfx_close(&f);
    gb_arena_release(&text);
    assert_int_equal(faults, 0);
}

/* In each locality: who leads a scenario, a group or a task that has one lead, and who owns an indicator, is in agencies.csv. */
static void agencies(void **state)
{
    (void)state;
    for (size_t l = 0; l < sizeof localities / sizeof *localities; l++) {
        struct gb_catalogue c;
        struct gb_fault_notes notes;
        struct gb_err e = { 0 };
        char line[GB_ERR_TEXT];
        if (gb_catalogue_load(&c, "reports", localities[l], &notes, &e)) fail_msg("%s: %s", localities[l], gb_err_line(&e, line, sizeof line));
        int led = 0, faults = 0;
        for (int i = 0; i < c.n_indicators; i++)
            if (!c.indicator[i].n_owners && c.indicator[i].level != GB_AT_TASK) {
                print_error("%s: %s has no owner\n", localities[l], c.indicator[i].code);
                faults++;
            }
        for (int i = 0; i < c.n_scenarios; i++)
            led += c.scenario[i].lead >= 0;
        assert_true(led > 0);
        for (int i = 0; i < c.n_tasks; i++)
            if (!*c.task[i].lead_vi) {
                print_error("%s: task %s.%s.%s has no lead\n", localities[l], c.task[i].section, c.task[i].part, c.task[i].no);
                faults++;
            }
        gb_catalogue_release(&c);
        assert_int_equal(faults, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(definitions), cmocka_unit_test(agencies) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
