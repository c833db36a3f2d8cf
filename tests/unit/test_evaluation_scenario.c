/* test_evaluation_scenario.c — every transition of the machine of phases, and histories of figures played night by night. */
#include "cube_fixture.h"
#include "evaluation/scenario.h"

static struct fx fx;
static struct gb_evaluation ev;

static void transitions(void **st)
{
    (void)st;
    enum { C = GB_PHASE_CALM, W = GB_PHASE_WATCH, A = GB_PHASE_WARN, H = GB_PHASE_AD_HOC, S = GB_PHASE_STAND_DOWN };
    /* From each phase (rows) by each kind of night (columns); the counts as if the phase had begun long ago. */
    static const struct { const char *what; struct gb_phase_night n; int quiet, below, to[5]; } t[] = {
        { "nothing judged", { GB_STATE_NONE, GB_STATE_NONE, false, false }, 9, 9, { C, C, C, C, C } },
        { "all good", { GB_GOOD, GB_GOOD, false, false }, 9, 9, { C, C, C, C, C } },
        { "all good, for the first night", { GB_GOOD, GB_GOOD, false, false }, 9, 0, { C, C, S, S, S } },
        { "all good, for the second night", { GB_GOOD, GB_GOOD, false, false }, 9, 1, { C, C, S, S, S } },
        { "all good, for the third night", { GB_GOOD, GB_GOOD, false, false }, 9, 2, { C, C, C, C, C } },
        { "watch not confirmed to be left", { GB_GOOD, GB_WATCH, false, false }, 9, 9, { W, W, W, W, W } },
        { "watch", { GB_WATCH, GB_WATCH, false, false }, 9, 9, { W, W, W, W, W } },
        { "watch, warning not confirmed to be left", { GB_WATCH, GB_WARNING, false, false }, 9, 9, { W, W, S, S, S } },
        { "warning", { GB_WARNING, GB_WARNING, false, false }, 9, 9, { A, A, A, A, A } },
        { "warning, moved last night", { GB_WARNING, GB_WARNING, false, false }, 0, 9, { A, A, A, H, A } },
        { "warning, moved two nights ago", { GB_WARNING, GB_WARNING, false, false }, 1, 9, { A, A, A, A, A } },
        { "warning and worse", { GB_WARNING, GB_WARNING, true, false }, 9, 9, { H, H, H, H, H } },
        { "danger", { GB_DANGER, GB_DANGER, true, true }, 9, 9, { H, H, H, H, H } },
        { "fell silent at warning", { GB_GOOD, GB_GOOD, false, true }, 9, 0, { W, W, W, W, W } },
        { "silent, another one at warning", { GB_WARNING, GB_WARNING, false, true }, 9, 9, { A, A, A, A, A } },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        for (int from = C; from <= S; from++) {
            struct gb_phase_memory m = { (enum gb_phase)from, t[i].quiet, t[i].below, from >= A };
            enum gb_phase to = gb_phase_step(&m, &t[i].n);
            if ((int)to != t[i].to[from]) fail_msg("%s, from %s: %s", t[i].what, gb_phase_word((enum gb_phase)from), gb_phase_word(to));
        }
}

static struct gb_date measured_to; /* year 0: for ever */

/* "ad-hoc since 2026-11-02 worst danger by 0/0" */
static const char *look(const char *series, const char *date, enum gb_freq f, bool rule)
{
    static char text[192];
    static int scenario[1] = { 0 };
    static const int64_t limit[4] = { 60, 75, 100, 150 };
    struct gb_arena a;
    struct gb_err e = { 0 };
    char since[16];
    gb_arena_init(&a, 0);
    fx_init(&fx, 1, 1);
    fx.c.n_scenarios = 1;
    fx.ind[0].freq = f, fx.ind[0].direction = GB_DOWN_GOOD, fx.ind[0].has_steps = true;
    fx.ind[0].valid_to = measured_to;
    fx.ind[0].level = GB_AT_PROVINCE, fx.ind[0].scenario = scenario, fx.ind[0].n_scenarios = 1;
    for (int k = 0; k < 4; k++) fx.ind[0].step[k] = (struct gb_threshold){ true, limit[k], limit[k] };
    fx_series(&fx, 0, 0, 0, series);
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    gb_evaluation_init(&ev, &fx.cube, fx_date(date));
    assert_int_equal(gb_evaluation_run(&ev, &e), GB_OK);
    const struct gb_scenario_state *x = gb_scenario_states(&ev, &a);
    gb_date_iso(x->since, since);
    snprintf(text, sizeof text, "%s %s%s %s %d/%d", gb_phase_word(x->phase), x->since_before ? "before " : "", since, gb_state_word(x->worst), x->indicator_i, x->region_i);
    if (rule) snprintf(text + strlen(text), sizeof text - strlen(text), " %s after %s%s", gb_phase_rule_word(x->rule), gb_phase_word(x->before), x->open ? " open" : "");
    gb_evaluation_release(&ev);
    fx_release(&fx);
    gb_arena_release(&a);
    return text;
}

static void histories(void **st)
{
    (void)st;
    static const struct { const char *what; enum gb_freq f; const char *series, *date, *want; } t[] = {
        { "nothing known", GB_FREQ_DAY, "2026-11-01=-", "2026-11-10", "calm before 2026-08-11 none -1/-1" },
        { "good all along", GB_FREQ_DAY, "2026-11-01=1 2026-11-02=1", "2026-11-02", "calm before 2026-08-03 good -1/-1" },
        { "watch", GB_FREQ_DAY, "2026-11-01=1 2026-11-02=60", "2026-11-02", "watch 2026-11-02 watch 0/0" },
        { "warning out of nothing: no value before, so nothing worsened", GB_FREQ_DAY, "2026-11-02=80", "2026-11-02", "warn 2026-11-02 warning 0/0" },
        { "warning and worse than before", GB_FREQ_DAY, "2026-11-01=1 2026-11-02=80", "2026-11-02", "ad-hoc 2026-11-02 warning 0/0" },
        { "the day after it stays ad-hoc", GB_FREQ_DAY, "2026-11-01=1 2026-11-02=80 2026-11-03=80", "2026-11-03", "ad-hoc 2026-11-02 warning 0/0" },
        { "the second day it is a warning", GB_FREQ_DAY, "2026-11-01=1 2026-11-02=80 2026-11-03=80 2026-11-04=80", "2026-11-04", "warn 2026-11-04 warning 0/0" },
        { "below: stand-down", GB_FREQ_DAY, "2026-11-01=1 2026-11-02=120 2026-11-03=1", "2026-11-03", "stand-down 2026-11-03 good 0/0" },
        { "and on the third day calm", GB_FREQ_DAY, "2026-11-01=1 2026-11-02=120 2026-11-03=1 2026-11-04=1 2026-11-05=1", "2026-11-05", "calm 2026-11-05 good -1/-1" },
        { "a late delivery puts the history right", GB_FREQ_DAY, "2026-11-01=1 2026-11-02=120 2026-11-03=1 2026-11-04=130 2026-11-05=1", "2026-11-05", "stand-down 2026-11-05 good 0/0" },
        { "silent at danger: neither a warning nor its end", GB_FREQ_DAY, "2026-11-01=1 2026-11-02=120", "2026-11-06", "watch 2026-11-04 none 0/0" },
        { "a month at danger is news for a fortnight from its end", GB_FREQ_MONTH, "2026-09=1 2026-10=120", "2026-11-05", "ad-hoc 2026-10-31 danger 0/0" },
        { "and a warning after that", GB_FREQ_MONTH, "2026-09=1 2026-10=120", "2026-11-20", "warn 2026-11-16 danger 0/0" },
        { "a month as bad as the one before is none", GB_FREQ_MONTH, "2026-07=1 2026-08=120 2026-09=120 2026-10=120", "2026-11-05", "warn 2026-09-16 danger 0/0" },
        { "since before the nights that are played", GB_FREQ_YEAR, "2024=120 2025=120", "2026-03-20", "warn before 2025-12-19 danger 0/0" },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        const char *got = look(t[i].series, t[i].date, t[i].f, false);
        if (strcmp(got, t[i].want)) fail_msg("%s: %s", t[i].what, got);
    }
}

/* What was declared is not forgotten by silence: it stands down when the figures are back, and never out of the silence itself. */
static void silence(void **st)
{
    (void)st;
    static const struct { const char *what, *series, *date, *want; } t[] = {
        { "declared", "2026-11-01=1 2026-11-02=120", "2026-11-02", "ad-hoc 2026-11-02 danger 0/0 danger after calm open" },
        { "worse than before", "2026-11-01=1 2026-11-02=80", "2026-11-02", "ad-hoc 2026-11-02 warning 0/0 worsened after calm open" },
        { "one night more", "2026-11-01=1 2026-11-02=80 2026-11-03=80", "2026-11-03", "ad-hoc 2026-11-02 warning 0/0 kept after calm open" },
        { "then a warning", "2026-11-01=1 2026-11-02=80 2026-11-03=80 2026-11-04=80", "2026-11-04", "warn 2026-11-04 warning 0/0 warning after ad-hoc open" },
        { "silent for a week", "2026-11-01=1 2026-11-02=120", "2026-11-09", "watch 2026-11-04 none 0/0 silent after ad-hoc open" },
        { "back and good: stand-down, not calm", "2026-11-01=1 2026-11-02=120 2026-11-09=1", "2026-11-09", "stand-down 2026-11-09 good 0/0 nights after watch open" },
        { "and good again", "2026-11-01=1 2026-11-02=120 2026-11-09=1 2026-11-10=1", "2026-11-10", "stand-down 2026-11-09 good 0/0 nights after watch open" },
        { "the third night ends it", "2026-11-01=1 2026-11-02=120 2026-11-09=1 2026-11-10=1 2026-11-11=1", "2026-11-11", "calm 2026-11-11 good -1/-1 none after stand-down" },
        { "back at the edge: below the warning, not confirmed", "2026-11-01=1 2026-11-02=80 2026-11-03=70", "2026-11-03", "stand-down 2026-11-03 watch 0/0 unconfirmed after ad-hoc open" },
        { "a second value below confirms it, the nights do not", "2026-11-01=1 2026-11-02=80 2026-11-03=70 2026-11-04=70", "2026-11-04", "stand-down 2026-11-03 watch 0/0 nights after ad-hoc open" },
        { "the third night leaves a watch", "2026-11-01=1 2026-11-02=80 2026-11-03=70 2026-11-04=70 2026-11-05=70", "2026-11-05", "watch 2026-11-05 watch 0/0 watch after stand-down" },
        { "up again in the stand-down", "2026-11-01=1 2026-11-02=80 2026-11-03=70 2026-11-04=80", "2026-11-04", "ad-hoc 2026-11-04 warning 0/0 worsened after stand-down open" },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        const char *got = look(t[i].series, t[i].date, GB_FREQ_DAY, true);
        if (strcmp(got, t[i].want)) fail_msg("%s: %s", t[i].what, got);
        if (strcmp(look(t[i].series, t[i].date, GB_FREQ_DAY, true), t[i].want)) fail_msg("%s: another answer the second time", t[i].what);
    }
}

/* Those rules hold of worse steps too: a quarter's figure that stays at danger calls nobody out of turn, but it is not "at warning". */
static void reason_names_no_milder_step(void **st)
{
    (void)st;
    const char *x = look("2026-Q1=110 2026-Q2=110 2026-Q3=110", "2026-11-22", GB_FREQ_QUARTER, true);
    if (!strstr(x, " danger ") || !strstr(x, " warning after ")) fail_msg("%s", x);
    const enum gb_phase_rule rules[] = { GB_RULE_SILENT, GB_RULE_WARNING, GB_RULE_KEPT };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        assert_non_null(strstr(gb_phase_rule_vi(rules[i]), "từ mức cảnh báo trở lên"));
}

/* An indicator that is no longer measured neither warns nor falls silent: its scenario stands down by the nights and is over. */
static void ends_with_its_indicator(void **st)
{
    (void)st;
    static const struct { const char *what, *date, *want; } t[] = {
        { "its last day", "2026-11-03", "ad-hoc 2026-11-02 danger 0/0 danger after calm open" },
        { "the night after", "2026-11-04", "stand-down 2026-11-04 none 0/0 nights after ad-hoc open" },
        { "over", "2026-11-08", "calm 2026-11-06 none -1/-1 none after stand-down" },
    };
    measured_to = (struct gb_date){ 2026, 11, 3 };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        const char *got = look("2026-11-01=1 2026-11-02=120", t[i].date, GB_FREQ_DAY, true);
        if (strcmp(got, t[i].want)) fail_msg("%s: %s", t[i].what, got);
    }
    measured_to = (struct gb_date){ 0 };
}

/* A share of which there is nothing to be one: its last figure at warning does not count as silence. */
static void nothing_to_divide_by_is_not_silence(void **st)
{
    (void)st;
    static int scenario[1] = { 0 };
    static const struct { const char *den; bool silent; } t[] = { { "2026-11-05=3 2026-11-19=0 2026-11-20=0", false }, { "2026-11-05=3 2026-11-20=2", true } };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct gb_arena a;
        struct gb_err e = { 0 };
        gb_arena_init(&a, 0);
        fx_init(&fx, 2, 1);
        fx.c.n_scenarios = 1;
        for (int k = 0; k < 2; k++) fx.ind[k].freq = GB_FREQ_DAY, fx.ind[k].level = GB_AT_PROVINCE;
        fx.ind[0].direction = GB_DOWN_GOOD, fx.ind[0].has_steps = true, fx.ind[0].scenario = scenario, fx.ind[0].n_scenarios = 1;
        fx.ind[0].agg = GB_AGG_RATIO, fx.ind[0].agg_num = fx.ind[0].agg_den = 1;
        for (int k = 0; k < 4; k++) fx.ind[0].step[k] = (struct gb_threshold){ true, 60 + 15 * k, 60 + 15 * k };
        fx_series(&fx, 0, 0, 0, "2026-11-05=80@0"), fx_series(&fx, 0, 1, 0, t[i].den);
        gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
        gb_evaluation_init(&ev, &fx.cube, fx_date("2026-11-20"));
        assert_int_equal(gb_evaluation_run(&ev, &e), GB_OK);
        const struct gb_scenario_state *x = gb_scenario_states(&ev, &a);
        if ((x->rule == GB_RULE_SILENT) != t[i].silent) fail_msg("%s: %s", t[i].den, gb_phase_rule_word(x->rule));
        gb_evaluation_release(&ev);
        fx_release(&fx);
        gb_arena_release(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(reason_names_no_milder_step), cmocka_unit_test(transitions), cmocka_unit_test(histories), cmocka_unit_test(silence),
                                        cmocka_unit_test(ends_with_its_indicator), cmocka_unit_test(nothing_to_divide_by_is_not_silence) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
