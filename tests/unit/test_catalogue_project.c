/* The project's own reports/ with locality thanh-hoa: it must load without a fault and say what the plans say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "catalogue/catalogue.h"

static struct gb_catalogue c;
static struct gb_fault_notes notes;

static int load(void **state)
{
    (void)state;
    struct gb_err e = {0};
    enum gb_code code = gb_catalogue_load(&c, "reports", "thanh-hoa", &notes, &e);
    for (size_t i = 0; i < notes.n; i++)
        if (notes.v[i].fatal)
            print_error("%s:%d: %s\n", notes.v[i].file, notes.v[i].line, notes.v[i].text);
    return code == GB_OK ? 0 : -1;
}
static int release(void **state)
{
    (void)state;
    gb_catalogue_release(&c);
    return 0;
}

static void counts(void **state)
{
    (void)state;
    int communes = 0, wards = 0;
    for (int i = 0; i < c.n_regions; i++) {
        communes += c.region[i].level == GB_AT_COMMUNE;
        wards += gb_streq(c.region[i].version[0].type, "ward");
    }
    assert_int_equal(communes, 166);
    assert_int_equal(wards, 19);
    assert_int_equal(c.n_indicators, 318);
    assert_int_equal(c.n_scenarios, 32);
    assert_int_equal(c.n_groups, 29);
    assert_int_equal(c.n_tasks, 66);
    assert_string_equal(c.region[c.locality.root_region].code, "38");
    assert_string_equal(c.locality.slug, "thanh-hoa");
}

static void steps(const char *code, int64_t w, int64_t a, int64_t d, int64_t e)
{
    int at = gb_indicator_find(&c, code);
    assert_true(at >= 0);
    const struct gb_indicator *i = &c.indicator[at];
    const int64_t want[] = { w, a, d, e };
    for (int k = 0; k < GB_N_STEPS; k++) {
        assert_true(i->step[k].set);
        assert_int_equal(i->step[k].lo, want[k] * gb_pow10[i->scale]);
    }
}

static void thresholds(void **state)
{
    (void)state;
    steps("inv.disbursement_rate", 60, 50, 40, 30);
    steps("dis.rain_24h", 50, 100, 200, 400);
    steps("env.vn_aqi", 101, 151, 201, 301);
    steps("cd.level", 1, 2, 3, 3); /* no separate emergency step */
    const struct gb_indicator *ph = &c.indicator[gb_indicator_find(&c, "iz.ph")];
    assert_int_equal(ph->direction, GB_BAND);
    assert_int_equal(ph->step[1].lo, 600);
    assert_int_equal(ph->step[1].hi, 900);
}

static void formulas(void **state)
{
    (void)state;
    const struct gb_indicator *r = &c.indicator[gb_indicator_find(&c, "inv.disbursement_rate")];
    assert_int_equal(r->agg, GB_AGG_RATIO);
    assert_string_equal(c.indicator[r->agg_num].code, "inv.disbursed_cum");
    assert_string_equal(c.indicator[r->agg_den].code, "inv.plan_total");
    assert_true(r->is_percent);
    assert_string_equal(c.agency[r->owner[0]].code, "so-tai-chinh");
    assert_int_equal(gb_season_find(&c, r->season)->month[9], 10000);
    for (int i = 0; i < c.n_indicators; i++) { /* F11, seen from the outside */
        const struct gb_indicator *ind = &c.indicator[i];
        if (ind->agg_num >= 0)
            assert_true(c.indicator[ind->agg_num].class <= ind->class);
        if (ind->agg_den >= 0)
            assert_true(c.indicator[ind->agg_den].class <= ind->class);
    }
}

static void parts(void **state)
{
    (void)state;
    struct gb_indicator ind = { .class = GB_CLASS_PUBLIC };
    assert_int_equal(gb_indicator_part(&ind), GB_PART_PUBLIC);
    ind.small_count_k = 5;
    assert_int_equal(gb_indicator_part(&ind), GB_PART_PUBLIC); /* its small counts are masked, not its series */
    ind.class = GB_CLASS_INTERNAL;
    assert_int_equal(gb_indicator_part(&ind), GB_PART_ALL);
    ind.to_statistics = true;
    assert_int_equal(gb_indicator_part(&ind), GB_PART_STATISTICS);
    ind = (struct gb_indicator){ .class = GB_CLASS_FRONT };
    assert_int_equal(gb_indicator_part(&ind), GB_PART_FRONT);
    assert_int_equal(gb_audience_part(GB_PUBLIC), GB_PART_PUBLIC);
    assert_int_equal(gb_audience_part(GB_FRONT), GB_PART_FRONT);
    assert_int_equal(gb_audience_part(GB_STATISTICS), GB_PART_STATISTICS);
    assert_int_equal(gb_audience_part(GB_IOC), gb_audience_part(GB_LEADERSHIP));
    for (int a = 0; a < GB_N_AUDIENCES; a++) {
        enum gb_audience back;
        assert_true(gb_audience_parse(gb_audience_word((enum gb_audience)a), &back));
        assert_int_equal(back, a);
    }
    enum gb_audience none;
    assert_false(gb_audience_parse("Public", &none));
}

static void leads_and_points(void **state)
{
    (void)state;
    const struct gb_scenario *s = &c.scenario[gb_scenario_find(&c, "epidemic-response")];
    assert_string_equal(c.agency[s->lead].code, "so-y-te");
    assert_string_equal(s->due, "2026-07");
    assert_true(s->ad_hoc && s->needs_map);
    int unled = c.scenario[gb_scenario_find(&c, "public-opinion")].lead;
    assert_int_equal(unled, -1);
    for (int i = 0; i < c.n_points; i++)
        assert_int_equal(c.indicator[c.point[i].indicator_i].level, GB_AT_POINT);
    assert_true(c.n_points > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(counts), cmocka_unit_test(thresholds), cmocka_unit_test(formulas),
                                        cmocka_unit_test(parts), cmocka_unit_test(leads_and_points) };
    return cmocka_run_group_tests(tests, load, release);
}
