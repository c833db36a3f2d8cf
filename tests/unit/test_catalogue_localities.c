/* The localities of the project: real communes by day, names by day, what each plan names, and what is off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>
#include "base/file.h"
#include "catalogue/catalogue.h"

static const struct gb_date today = { 2026, 11, 22 }, march = { 2026, 3, 31 }, last_day = { 2026, 4, 29 }, first_day = { 2026, 4, 30 };

static void load(struct gb_catalogue *c, const char *locality)
{
    struct gb_err e = { 0 };
    char line[512];
    if (gb_catalogue_load(c, "reports", locality, NULL, &e)) fail_msg("%s: %s", locality, gb_err_line(&e, line, sizeof line));
}

static void counts(void **state)
{
    (void)state;
    const struct {
        const char *slug, *root, *type;
        int commune, ward, zone, tasks, scenarios, groups;
    } want[] = { { "thanh-hoa", "38", "province", 147, 19, 0, 66, 32, 29 },
                 { "dong-nai", "75", "city", 62, 33, 0, 64, 27, 23 },
                 { "ha-noi", "01", "city", 75, 51, 0, 64, 27, 18 },
                 { "an-giang", "91", "province", 85, 14, 3, 11, 4, 7 } };
    for (size_t k = 0; k < sizeof want / sizeof *want; k++) {
        struct gb_catalogue c;
        load(&c, want[k].slug);
        gb_catalogue_on(&c, today);
        int commune = 0, ward = 0, zone = 0;
        for (int i = 0; i < c.n_regions; i++) {
            if (c.region[i].level != GB_AT_COMMUNE || !gb_region_valid(&c.region[i], today, today)) continue;
            const struct gb_region_version *v = gb_region_at(&c.region[i], today);
            commune += gb_streq(v->type, "commune"), ward += gb_streq(v->type, "ward"), zone += gb_streq(v->type, "special-zone");
            assert_int_equal(strlen(c.region[i].code), 5);
            assert_true(gb_starts_with(v->name, gb_streq(v->type, "commune") ? "Xã " : gb_streq(v->type, "ward") ? "Phường " : "Đặc khu "));
        }
        assert_int_equal(commune, want[k].commune);
        assert_int_equal(ward, want[k].ward);
        assert_int_equal(zone, want[k].zone);
        assert_int_equal(c.n_tasks, want[k].tasks);
        assert_int_equal(c.n_scenarios, want[k].scenarios);
        assert_int_equal(c.n_groups, want[k].groups);
        for (int i = 0; i < c.n_indicators && gb_streq(want[k].type, "city"); i++)
            if (strstr(c.indicator[i].legal_basis, "UBND tỉnh") || strstr(c.indicator[i].legal_basis, "của tỉnh"))
                fail_msg("%s: %s: %s", want[k].slug, c.indicator[i].code, c.indicator[i].legal_basis);
        const struct gb_region *root = &c.region[c.locality.root_region];
        assert_string_equal(root->code, want[k].root);
        assert_string_equal(gb_region_at(root, today)->type, want[k].type);
        assert_string_equal(c.locality.kind, want[k].type);
        gb_catalogue_release(&c);
    }
}

/* Every indicator has somebody who delivers it, every scenario's lead is known here, nothing confirmed without a source. */
static void owners_and_leads(void **state)
{
    (void)state;
    static const char *const slug[] = { "thanh-hoa", "dong-nai", "ha-noi", "an-giang" };
    for (size_t k = 0; k < 4; k++) {
        struct gb_catalogue c;
        load(&c, slug[k]);
        for (int i = 0; i < c.n_indicators; i++)
            assert_true(c.indicator[i].n_owners > 0);
        for (int i = 0; i < c.n_scenarios; i++)
            assert_true(c.scenario[i].lead >= 0 || gb_starts_with(c.scenario[i].lead_vi, "Các sở") || !*c.scenario[i].lead_vi);
        for (int i = 0; i < c.n_tasks; i++) /* the plan says "the departments": no single one */
            assert_true(c.task[i].lead >= 0 || gb_starts_with(c.task[i].lead_vi, "Các sở"));
        for (int i = 0; i < c.n_targets; i++)
            assert_true(!c.target[i].confirmed || gb_streq(slug[k], "thanh-hoa"));
        for (int i = 0; i < c.n_regions; i++)
            assert_true(!c.region[i].has_position || c.region[i].approximate);
        gb_catalogue_release(&c);
    }
}

static const char *agency(const struct gb_catalogue *c, const char *code)
{
    return c->agency[gb_agency_find(c, code)].name_vi;
}

/* A report of a March day has the names of March, whatever was asked for before. */
static void names_follow_the_day(void **state)
{
    (void)state;
    struct gb_catalogue c;
    load(&c, "dong-nai");
    assert_string_equal(c.locality.name, "Thành phố Đồng Nai"); /* loaded without a day: the newest */
    gb_catalogue_on(&c, march);
    const struct gb_indicator *task = &c.indicator[gb_indicator_find(&c, "task.prov_overdue")];
    assert_string_equal(c.locality.name, "Tỉnh Đồng Nai");
    assert_string_equal(c.locality.issuing_agency, "TỈNH ĐỒNG NAI");
    assert_string_equal(c.locality.chairman_title, "Chủ tịch UBND tỉnh");
    assert_string_equal(c.locality.party_committee, "Tỉnh ủy");
    assert_string_equal(c.locality.recipients[0], "- Chủ tịch, các PCT UBND tỉnh;");
    assert_string_equal(agency(&c, "cong-an"), "Công an tỉnh");
    assert_string_equal(gb_word(&c, "tỉnh"), "tỉnh");
    assert_string_equal(task->name_vi, "Số nhiệm vụ UBND tỉnh giao quá hạn chưa hoàn thành");
    gb_catalogue_on(&c, last_day);
    assert_string_equal(agency(&c, "thue"), "Thuế tỉnh");
    gb_catalogue_on(&c, first_day);
    assert_string_equal(c.locality.name, "Thành phố Đồng Nai");
    assert_string_equal(c.locality.kind, "city");
    assert_string_equal(c.locality.chairman_title, "Chủ tịch UBND Thành phố");
    assert_string_equal(c.locality.place, "Đồng Nai"); /* what a version does not say stays */
    assert_string_equal(c.locality.recipients[0], "- Chủ tịch, các PCT UBND Thành phố;");
    assert_string_equal(agency(&c, "cong-an"), "Công an Thành phố");
    assert_string_equal(agency(&c, "so-y-te"), "Sở Y tế");
    assert_string_equal(gb_word(&c, "tỉnh"), "Thành phố");
    assert_string_equal(task->name_vi, "Số nhiệm vụ UBND Thành phố giao quá hạn chưa hoàn thành");
    int i = gb_region_find(&c, "26368");
    assert_string_equal(gb_region_name(&c, i, last_day), "Xã Long Thành");
    assert_string_equal(gb_region_name(&c, i, first_day), "Phường Long Thành");
    gb_catalogue_release(&c);
}

static void ha_noi_has_its_own_departments(void **state)
{
    (void)state;
    struct gb_catalogue c;
    load(&c, "ha-noi");
    const struct gb_indicator *visitors = &c.indicator[gb_indicator_find(&c, "to.visitors")];
    const struct gb_indicator *heritage = &c.indicator[gb_indicator_find(&c, "her.degraded")];
    assert_string_equal(c.agency[visitors->owner[0]].name_vi, "Sở Du lịch");
    assert_string_equal(c.agency[heritage->owner[0]].name_vi, "Sở Văn hóa và Thể thao");
    assert_string_equal(agency(&c, "bo-chi-huy-quan-su"), "Bộ Tư lệnh Thủ đô Hà Nội");
    const struct gb_scenario *key = &c.scenario[gb_scenario_find(&c, "key-projects-inspection")];
    assert_non_null(strstr(key->full_name_vi, "ngành giao thông vận tải"));
    assert_string_equal(c.agency[c.scenario[gb_scenario_find(&c, "traffic-safety")].lead].code, "so-xay-dung");
    int level = gb_indicator_find(&c, "dis.level_hanoi");
    assert_true(level >= 0 && c.indicator[level].local && c.indicator[level].steps_are_norm);
    assert_int_equal(c.indicator[level].step[0].lo, 950);
    assert_int_equal(c.indicator[level].step[2].lo, 1150);
    assert_int_equal(gb_indicator_find(&c, "dis.level_giang"), -1);
    assert_true(gb_may_be_absent(&c, "dis.level_giang", strlen("dis.level_giang")));
    assert_false(gb_may_be_absent(&c, "dis.level_gian", strlen("dis.level_gian")));
    for (int i = 0; i < c.n_indicators; i++) /* no text of Thanh Hóa in another place */
        if (strstr(c.indicator[i].source_vi, "Thanh Hóa") || strchr(c.indicator[i].source_vi, '{'))
            fail_msg("%s: %s", c.indicator[i].code, c.indicator[i].source_vi);
    gb_catalogue_release(&c);
}

static void replace_in(struct gb_arena *a, const char *path, const char *find, const char *put)
{
    struct gb_buf b = { 0 };
    struct gb_err e = { 0 };
    assert_int_equal(gb_file_read(path, (size_t)1 << 20, &b, &e), GB_OK);
    const char *at = strstr(b.p, find);
    assert_non_null(at);
    const char *text = gb_sprintf(a, "%.*s%s%s", (int)(at - b.p), b.p, put, at + strlen(find));
    assert_int_equal(gb_file_replace(path, text, strlen(text), &e), GB_OK);
    gb_buf_release(&b);
}

/* Off by default because the plan does not name it; a line in locality.lua switches it on; a mistyped code is told of. */
static void switches(void **state)
{
    (void)state;
    struct gb_catalogue c;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    load(&c, "an-giang");
    assert_int_equal(gb_scenario_find(&c, "admin-reform"), -1);
    assert_true(gb_map_find_c(&c.off_scenario, "admin-reform") >= 0);
    gb_catalogue_release(&c);
    char dir[] = "/tmp/gb-loc-XXXXXX";
    assert_non_null(mkdtemp(dir));
    assert_int_equal(system(gb_sprintf(&a, "cp reports/localities/an-giang/* %s/", dir)), 0);
    const char *lua = gb_sprintf(&a, "%s/locality.lua", dir);
    replace_in(&a, lua, "scenarios_on = {}", "scenarios_on = { \"admin-reform\" }");
    replace_in(&a, lua, "groups_on    = {}", "groups_on = { \"ig-feedback\" }");
    load(&c, dir);
    int at = gb_scenario_find(&c, "admin-reform");
    assert_true(at >= 0 && c.scenario[at].lead == -1);
    assert_int_equal(c.n_scenarios, 5);
    assert_int_equal(c.n_groups, 8);
    int sat = gb_indicator_find(&c, "sat.satisfied_rate"); /* and its indicators are attached to it again */
    bool attached = false;
    for (int k = 0; k < c.indicator[sat].n_scenarios; k++)
        attached = attached || c.indicator[sat].scenario[k] == at;
    assert_true(attached);
    gb_catalogue_release(&c);
    replace_in(&a, lua, "admin-reform", "admin-refrom");
    struct gb_err e = { 0 };
    struct gb_fault_notes n;
    assert_int_equal(gb_catalogue_load(&c, "reports", dir, &n, &e), GB_E_CONFIG);
    bool told = false;
    for (size_t i = 0; i < n.n; i++)
        told = told || (gb_streq(n.v[i].column, "scenarios_on") && strstr(n.v[i].text, "admin-refrom"));
    assert_true(told);
    gb_catalogue_release(&c);
    replace_in(&a, lua, "{ \"admin-refrom\" }", "{}"); /* a formula that needs what is off is a fault, not a silent gap */
    replace_in(&a, lua, "\"dis.level_giang\"", "\"inv.plan_total\"");
    assert_int_equal(gb_catalogue_load(&c, "reports", dir, &n, &e), GB_E_CONFIG);
    gb_catalogue_release(&c);
    assert_int_equal(gb_remove_tree(dir, &e), GB_OK);
    gb_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts),   cmocka_unit_test(owners_and_leads), cmocka_unit_test(names_follow_the_day),
        cmocka_unit_test(ha_noi_has_its_own_departments), cmocka_unit_test(switches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
