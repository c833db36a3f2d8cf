/* test_evaluation_task.c — due rules of the plans at their edge days, and what statements make of a task. */
#include "cube_fixture.h"
#include "evaluation/task.h"

struct rule_case {
    const char *rule;
    enum gb_due_kind kind;
    const char *day; /* last day of BY, first of FROM */
    int month;
    bool periodic, on_demand;
};
static const struct rule_case rules[] = {
    { "2026-06-15", GB_DUE_BY, "2026-06-15", 0, false, false },
    { "2026-07", GB_DUE_BY, "2026-07-31", 0, false, false },
    { "2026-02", GB_DUE_BY, "2026-02-28", 0, false, false },
    { "2028-02", GB_DUE_BY, "2028-02-29", 0, false, false },
    { "2025-Q2", GB_DUE_BY, "2025-06-30", 0, false, false },
    { "2025-Q3", GB_DUE_BY, "2025-09-30", 0, false, false },
    { "2026", GB_DUE_BY, "2026-12-31", 0, false, false },
    { "before:2030-12", GB_DUE_BY, "2030-11-30", 0, false, false },
    { "before:2026-03", GB_DUE_BY, "2026-02-28", 0, false, false },
    { "before:2026-06-15", GB_DUE_BY, "2026-06-14", 0, false, false },
    { "from:2026-07", GB_DUE_FROM, "2026-07-01", 0, false, false },
    { "from:2026-07;periodic", GB_DUE_FROM, "2026-07-01", 0, true, false },
    { "yearly-07;on-demand", GB_DUE_YEARLY, NULL, 7, false, true },
    { "yearly-12", GB_DUE_YEARLY, NULL, 12, false, false },
    { "on-demand", GB_DUE_ON_DEMAND, NULL, 0, false, false },
    { "continuous", GB_DUE_CONTINUOUS, NULL, 0, false, false },
    { "per-central-guidance", GB_DUE_CENTRAL, NULL, 0, false, false },
    { "done", GB_DUE_DONE, NULL, 0, false, false },
    { "", GB_DUE_NONE, NULL, 0, false, false },
};

static void due_rules(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const struct rule_case *k = &rules[i];
        struct gb_due d;
        if (!gb_due_parse(k->rule, &d)) fail_msg("%s is refused", k->rule);
        struct gb_date day = k->kind == GB_DUE_FROM ? d.first : d.last, want = k->day ? fx_date(k->day) : (struct gb_date){ 0 };
        if (d.kind != k->kind || gb_date_cmp(day, want) != 0 || d.month != k->month || d.periodic != k->periodic || d.on_demand != k->on_demand)
            fail_msg("%s: kind %d, day %d-%d-%d", k->rule, d.kind, day.year, day.month, day.day);
    }
    static const char *const bad[] = { "2026-13", "2026-W20", "yearly-13", "yearly-7", "from:", "before:soon", "tomorrow", "2026-07;2026-08", "periodic", ";", "from:before:2026-07" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct gb_due d;
        if (gb_due_parse(bad[i], &d)) fail_msg("%s is accepted", bad[i]);
        assert_int_equal(d.kind, GB_DUE_NONE);
    }
}

struct state_case {
    const char *rule, *said, *date;
    enum gb_task_state want;
    const char *done_on; /* NULL: not done */
};
static const struct state_case states[] = {
    /* a day that has passed makes nothing late */
    { "2026-07", "", "2026-07-31", GB_TASK_SOON, NULL },
    { "2026-07", "", "2026-08-01", GB_TASK_NO_STATUS, NULL },
    { "2026-07", "", "2026-11-22", GB_TASK_NO_STATUS, NULL },
    { "2026-07", "", "2026-07-01", GB_TASK_SOON, NULL },
    { "2026-07", "", "2026-06-30", GB_TASK_NO_STATUS, NULL },
    /* the agency's own word does, from the day after */
    { "2026-07", "2026-07-20=60", "2026-06-30", GB_TASK_NO_STATUS, NULL }, /* said after the date: not heard */
    { "2026-07", "2026-06-20=60", "2026-06-30", GB_TASK_PROGRESS, NULL },
    { "2026-07", "2026-07-20=60", "2026-07-31", GB_TASK_SOON, NULL },
    { "2026-07", "2026-07-20=60", "2026-08-01", GB_TASK_LATE, NULL },
    { "2026-07", "2026-07-20=99", "2026-11-22", GB_TASK_LATE, NULL },
    { "2026-07", "2026-07-20=0", "2026-08-01", GB_TASK_LATE, NULL },
    /* done on the last day is on time */
    { "2026-07", "2026-07-31=100", "2026-07-31", GB_TASK_DONE, "2026-07-31" },
    { "2026-07", "2026-08-01=100", "2026-08-01", GB_TASK_DONE_LATE, "2026-08-01" },
    { "2026-06-15", "2026-06-15=100", "2026-11-22", GB_TASK_DONE, "2026-06-15" },
    { "2026-06-15", "2026-06-16=100", "2026-11-22", GB_TASK_DONE_LATE, "2026-06-16" },
    { "before:2030-12", "2030-11-30=100", "2031-01-01", GB_TASK_DONE, "2030-11-30" },
    { "before:2030-12", "2030-12-01=100", "2031-01-01", GB_TASK_DONE_LATE, "2030-12-01" },
    { "2025-Q3", "2025-09-30=100", "2026-11-22", GB_TASK_DONE, "2025-09-30" },
    /* the first 100 counts, unless it was taken back */
    { "2026-07", "2026-07-10=100 2026-08-20=100", "2026-11-22", GB_TASK_DONE, "2026-07-10" },
    { "2026-07", "2026-07-10=100 2026-07-20=80", "2026-11-22", GB_TASK_LATE, NULL },
    { "2026-07", "2026-07-10=100 2026-07-20=80 2026-08-02=100", "2026-11-22", GB_TASK_DONE_LATE, "2026-08-02" },
    { "2026-07", "2026-07-10=100 2026-07-20=80", "2026-07-15", GB_TASK_DONE, "2026-07-10" },
    /* withdrawn and forecast statements say nothing */
    { "2026-07", "2026-07-10=-", "2026-11-22", GB_TASK_NO_STATUS, NULL },
    { "2026-07", "2026-07-10=50 2026-07-20=100:F", "2026-11-22", GB_TASK_LATE, NULL },
    /* no day: never late, whatever is said */
    { "from:2026-07", "", "2026-11-22", GB_TASK_STANDING, NULL },
    { "from:2026-07;periodic", "2026-08-10=40", "2026-11-22", GB_TASK_PROGRESS, NULL },
    { "from:2026-07", "2026-08-10=100", "2026-11-22", GB_TASK_DONE, "2026-08-10" },
    { "continuous", "", "2026-11-22", GB_TASK_STANDING, NULL },
    { "continuous", "2026-08-10=40", "2026-11-22", GB_TASK_PROGRESS, NULL },
    { "on-demand", "", "2026-11-22", GB_TASK_ON_DEMAND, NULL },
    { "on-demand", "2026-08-10=100", "2026-11-22", GB_TASK_DONE, "2026-08-10" },
    { "per-central-guidance", "", "2026-11-22", GB_TASK_CENTRAL, NULL },
    { "done", "", "2026-11-22", GB_TASK_DONE_IN_PLAN, NULL },
    { "done", "2026-08-10=50", "2026-11-22", GB_TASK_PROGRESS, NULL },
    { "", "", "2026-11-22", GB_TASK_NO_STATUS, NULL },
    /* every July */
    { "yearly-07;on-demand", "", "2026-11-22", GB_TASK_STANDING, NULL },
    { "yearly-07;on-demand", "", "2026-06-30", GB_TASK_STANDING, NULL },
    { "yearly-07;on-demand", "", "2026-07-01", GB_TASK_SOON, NULL },
    { "yearly-07;on-demand", "", "2026-07-31", GB_TASK_SOON, NULL },
    { "yearly-07;on-demand", "", "2026-08-01", GB_TASK_STANDING, NULL },
    { "yearly-07;on-demand", "2026-07-20=50", "2026-07-31", GB_TASK_SOON, NULL },
    { "yearly-07;on-demand", "2026-07-20=50", "2026-08-01", GB_TASK_LATE, NULL },
    { "yearly-07;on-demand", "2026-07-31=100", "2026-11-22", GB_TASK_DONE, "2026-07-31" },
    { "yearly-07;on-demand", "2026-07-20=50 2026-08-01=100", "2026-11-22", GB_TASK_DONE_LATE, "2026-08-01" },
    { "yearly-07;on-demand", "2026-08-20=50", "2026-11-22", GB_TASK_PROGRESS, NULL }, /* of the round of 2027 */
    { "yearly-07;on-demand", "2026-07-15=100", "2027-07-05", GB_TASK_SOON, NULL },    /* last year's does not count twice */
};

/* A catalogue of one task beside one province, and its statements. */
static void open_task(struct fx *f, struct gb_task *task, const char *rule, const char *said)
{
    fx_init(f, 1, 2);
    f->c.n_indicators = 0;
    f->c.has_task_indicator = true;
    f->ind[0].level = GB_AT_TASK;
    f->ind[0].freq = GB_FREQ_DAY;
    f->ind[0].class = GB_CLASS_FRONT;
    f->c.n_regions = 1;
    f->region[1].level = GB_AT_TASK;
    *task = (struct gb_task){ .code = "A.I.1", .due_rule = rule, .lead_vi = "", .coordinating_vi = "", .lead = -1 };
    f->c.task = task;
    f->c.n_tasks = 1;
    if (*said) fx_series(f, GB_PART_FRONT, 0, 1, said);
    gb_cube_end_part(&f->cube, GB_N_PARTS - 1);
}

static void task_states(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        const struct state_case *k = &states[i];
        struct fx f;
        struct gb_task task;
        struct gb_evaluation ev;
        struct gb_task_eval out;
        open_task(&f, &task, k->rule, k->said);
        gb_evaluation_init(&ev, &f.cube, fx_date(k->date));
        FX_OK(gb_evaluation_run(&ev, &e));
        gb_task_evaluate(&ev, 0, &ev.arena, &out);
        struct gb_date done = k->done_on ? fx_date(k->done_on) : (struct gb_date){ 0 };
        if (out.state != k->want || out.done != (k->done_on != NULL) || gb_date_cmp(out.done_on, done) != 0)
            fail_msg("%s | %s | %s: %s, want %s", k->rule, k->said, k->date, gb_task_state_word(out.state), gb_task_state_word(k->want));
        const struct gb_eval *v = gb_eval_find(&ev, 0, 1);
        assert_true(!v || (v->state != GB_OVERDUE && !v->overdue && v->level == GB_STATE_NONE)); /* a statement does not grow old */
        gb_evaluation_release(&ev);
        fx_release(&f);
    }
}

static void words(void **state)
{
    (void)state;
    for (int i = 0; i < GB_N_TASK_STATES; i++) {
        enum gb_task_state back;
        assert_true(gb_task_state_parse(gb_task_state_word((enum gb_task_state)i), &back));
        assert_int_equal(back, i);
    }
    struct gb_task k = { .lead_vi = "Sở Y tế", .coordinating_vi = "Các sở, ban, ngành; UBND các xã, phường" };
    assert_true(gb_task_for_communes(&k));
    k.coordinating_vi = "Các sở, ban, ngành UBND các huyện, thị xã, thành phố";
    assert_false(gb_task_for_communes(&k));
}

/* Each rule that a locality's tasks.csv may have is one that is judged: the loader and this room agree. */
static void rules_of_localities(void **state)
{
    (void)state;
    struct gb_catalogue c;
    struct gb_err e = { 0 };
    assert_int_equal(gb_catalogue_load(&c, "reports", "thanh-hoa", NULL, &e), GB_OK);
    assert_int_equal(c.n_tasks, 66);
    for (int i = 0; i < c.n_tasks; i++) {
        struct gb_due d;
        if (!gb_due_parse(c.task[i].due_rule, &d)) fail_msg("%s: %s", c.task[i].code, c.task[i].due_rule);
        int key = gb_task_key_find(&c, c.task[i].code);
        assert_int_equal(key, c.n_regions + i);
        assert_int_equal(c.region[key].level, GB_AT_TASK);
        assert_int_equal(gb_region_find(&c, c.task[i].code), -1); /* no place */
    }
    assert_true(c.has_task_indicator);
    assert_int_equal(gb_indicator_find(&c, "task.progress"), c.n_indicators);
    assert_int_equal(c.n_indicators, 318); /* the plans' indicators, and none of ours among them */
    gb_catalogue_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(due_rules), cmocka_unit_test(task_states), cmocka_unit_test(words),
                                        cmocka_unit_test(rules_of_localities) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
