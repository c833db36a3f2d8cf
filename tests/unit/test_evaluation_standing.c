/* test_evaluation_standing.c — the step that is shown is that of the log of episodes; rows of periods, what is stuck; communes against
 * their own past. */
#include "cube_fixture.h"
#include "evaluation/event.h"

static struct fx fx;
static struct gb_evaluation ev;

static void steps(int ind, enum gb_direction d, const int64_t *t)
{
    fx.ind[ind].direction = d;
    fx.ind[ind].has_steps = true;
    for (int k = 0; k < GB_N_STEPS; k++) fx.ind[ind].step[k] = (struct gb_threshold){ true, t[k], t[k] };
}
static const int64_t down[4] = { 60, 75, 100, 150 }, up[4] = { 90, 80, 70, 50 };

static const struct gb_eval *look(enum gb_freq f, enum gb_direction d, enum gb_flow flow, const char *series, const char *date)
{
    fx_init(&fx, 1, 2);
    fx.ind[0].freq = f;
    fx.ind[0].flow = flow;
    steps(0, d, d == GB_UP_GOOD ? up : down);
    fx_series(&fx, 0, 0, 0, series);
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    struct gb_err e = { 0 };
    gb_evaluation_init(&ev, &fx.cube, fx_date(date));
    assert_int_equal(gb_evaluation_run(&ev, &e), GB_OK);
    return gb_eval_find(&ev, 0, 0);
}
static void done(void)
{
    gb_evaluation_release(&ev);
    fx_release(&fx);
}

static void shown(void **st)
{
    (void)st;
    static const struct { const char *what; enum gb_freq f; const char *series, *date; enum gb_state state, level; } t[] = {
        { "at once up", GB_FREQ_DAY, "2026-11-01=10 2026-11-02=75", "2026-11-02", GB_WARNING, GB_WARNING },
        { "one day below: held", GB_FREQ_DAY, "2026-11-01=75 2026-11-02=74", "2026-11-02", GB_WARNING, GB_WATCH },
        { "two days below: left", GB_FREQ_DAY, "2026-11-01=75 2026-11-02=74 2026-11-03=74", "2026-11-03", GB_WATCH, GB_WATCH },
        { "good at once leaves warning, keeps watch", GB_FREQ_DAY, "2026-11-01=75 2026-11-02=10", "2026-11-02", GB_WATCH, GB_GOOD },
        { "a gap confirms nothing", GB_FREQ_DAY, "2026-11-01=75 2026-11-02=- 2026-11-03=74", "2026-11-03", GB_WARNING, GB_WATCH },
        { "a forecast confirms nothing", GB_FREQ_DAY, "2026-11-01=75 2026-11-02=74 2026-11-03=1:F", "2026-11-03", GB_WARNING, GB_WATCH },
        { "from emergency to danger", GB_FREQ_DAY, "2026-11-01=150 2026-11-02=100", "2026-11-02", GB_EMERGENCY, GB_DANGER },
        { "overdue stays beside", GB_FREQ_DAY, "2026-11-01=75 2026-11-02=74", "2026-11-20", GB_OVERDUE, GB_WATCH },
        { "months do not flicker", GB_FREQ_MONTH, "2026-09=75 2026-10=74", "2026-11-10", GB_WATCH, GB_WATCH },
        { "nothing", GB_FREQ_DAY, "2026-11-01=-", "2026-11-02", GB_NO_DATA, GB_STATE_NONE },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        const struct gb_eval *v = look(t[i].f, GB_DOWN_GOOD, GB_FLOW_RATE, t[i].series, t[i].date);
        if (v->state != t[i].state || v->level != t[i].level) fail_msg("%s: %s, %s", t[i].what, gb_state_word(v->state), gb_state_word(v->level));
        assert_int_equal(gb_eval_held(v), t[i].state > t[i].level && t[i].state <= GB_EMERGENCY);
        done();
    }
}

/* For any series: the shown step is the worst one whose last episode is open, by the function that writes the log. */
static void one_rule(void **st)
{
    (void)st;
    static const enum gb_freq freqs[] = { GB_FREQ_DAY, GB_FREQ_MONTH, GB_FREQ_WEEK };
    uint32_t seed = 7;
    for (int round = 0; round < 600; round++) {
        struct gb_arena a;
        gb_arena_init(&a, 0);
        fx_init(&fx, 1, 1);
        fx.ind[0].freq = freqs[round % 3];
        const int64_t two[4] = { 60, 75, 75, 75 };
        steps(0, GB_DOWN_GOOD, round % 2 ? down : two);
        if (round % 5 == 0) fx.ind[0].step[0].set = false; /* warning is the mildest */
        int32_t at = gb_period_of(fx.ind[0].freq, fx_date("2026-05-01"), GB_CAL_CIVIL);
        int64_t value[12]; int32_t period[12]; char status[12];
        size_t n = 1 + (size_t)(round % 12);
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525u + 1013904223u;
            value[i] = (seed >> 28) == 0 ? GB_VALUE_MISSING : (int64_t)(seed >> 16) % 170;
            status[i] = value[i] == GB_VALUE_MISSING ? 'M' : (seed & 0xf00) == 0 ? 'F' : 'A';
            period[i] = at += 1 + ((seed >> 12) % 7 == 0);
        }
        struct gb_series s = { .indicator_i = 0, .region_i = 0, .n = n, .period = period, .value = value, .status = status };
        int64_t last = (int64_t)n - 1;
        while (last >= 0 && (value[last] == GB_VALUE_MISSING || status[last] == 'F')) last--;
        struct gb_date date = gb_period_end(fx.ind[0].freq, at, GB_CAL_CIVIL);
        enum gb_state want = GB_GOOD;
        for (int k = GB_WATCH; k <= GB_EMERGENCY; k++) {
            struct gb_event *x;
            size_t m = gb_has_step(&fx.ind[0], (enum gb_state)k) ? gb_events_of(&fx.cube, &s, date, GB_EVENT_RULE((enum gb_state)k), &a, &x) : 0;
            if (m && gb_event_open(&x[m - 1])) want = (enum gb_state)k;
        }
        if (last >= 0) assert_int_equal(gb_event_step(&fx.c, &s, last), want);
        fx_release(&fx);
        gb_arena_release(&a);
    }
}

static void rows(void **st)
{
    (void)st;
    static const struct { const char *what; enum gb_freq f; enum gb_direction d; enum gb_flow flow; const char *series, *date; int in_row; bool stuck; } t[] = {
        { "first", GB_FREQ_DAY, GB_DOWN_GOOD, GB_FLOW_RATE, "2026-11-01=10 2026-11-02=80", "2026-11-02", 1, false },
        { "two", GB_FREQ_DAY, GB_DOWN_GOOD, GB_FLOW_RATE, "2026-11-01=80 2026-11-02=80", "2026-11-02", 2, false },
        { "three, the same", GB_FREQ_DAY, GB_DOWN_GOOD, GB_FLOW_RATE, "2026-10-31=80 2026-11-01=90 2026-11-02=80", "2026-11-02", 3, true },
        { "three, a little better", GB_FREQ_DAY, GB_DOWN_GOOD, GB_FLOW_RATE, "2026-10-31=80 2026-11-01=90 2026-11-02=79", "2026-11-02", 3, false },
        { "a gap ends the row", GB_FREQ_DAY, GB_DOWN_GOOD, GB_FLOW_RATE, "2026-10-30=80 2026-11-01=90 2026-11-02=95", "2026-11-02", 2, false },
        { "three of warning, the last at danger", GB_FREQ_DAY, GB_DOWN_GOOD, GB_FLOW_RATE, "2026-10-31=80 2026-11-01=90 2026-11-02=101", "2026-11-02", 1, true },
        { "three of watch are none of warning", GB_FREQ_DAY, GB_DOWN_GOOD, GB_FLOW_RATE, "2026-10-31=61 2026-11-01=61 2026-11-02=61", "2026-11-02", 3, false },
        { "up-good", GB_FREQ_MONTH, GB_UP_GOOD, GB_FLOW_RATE, "2026-08=75 2026-09=79 2026-10=74", "2026-11-10", 3, true },
        { "up-good, better", GB_FREQ_MONTH, GB_UP_GOOD, GB_FLOW_RATE, "2026-08=75 2026-09=71 2026-10=76", "2026-11-10", 3, false },
        { "two quarters", GB_FREQ_QUARTER, GB_UP_GOOD, GB_FLOW_RATE, "2026-Q2=75 2026-Q3=75", "2026-11-10", 2, true },
        { "cumulative: the value grows, the step stays", GB_FREQ_MONTH, GB_UP_GOOD, GB_FLOW_CUMULATIVE, "2026-08=71 2026-09=73 2026-10=75", "2026-11-10", 3, true },
        { "cumulative: a milder step", GB_FREQ_MONTH, GB_UP_GOOD, GB_FLOW_CUMULATIVE, "2026-08=60 2026-09=73 2026-10=75", "2026-11-10", 3, false },
        { "overdue is never stuck", GB_FREQ_DAY, GB_DOWN_GOOD, GB_FLOW_RATE, "2026-10-31=80 2026-11-01=90 2026-11-02=80", "2026-11-09", 3, false },
        { "good", GB_FREQ_DAY, GB_DOWN_GOOD, GB_FLOW_RATE, "2026-11-01=80 2026-11-02=1", "2026-11-02", 0, false },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        const struct gb_eval *v = look(t[i].f, t[i].d, t[i].flow, t[i].series, t[i].date);
        if (v->in_row != t[i].in_row || v->stuck != t[i].stuck) fail_msg("%s: %d %d", t[i].what, (int)v->in_row, v->stuck);
        done();
    }
}

/* Eight and more Mondays of 10, 11 or 12 before 2026-11-23; every other day of the week is wild and must not count. */
static const char *mondays(int n, int last)
{
    static char text[4096];
    int32_t day = gb_date_to_days(fx_date("2026-11-23"));
    size_t at = 0;
    for (int i = n * 7; i >= 0; i--) {
        char iso[16];
        gb_date_iso(gb_date_from_days(day - i), iso);
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%s=%d", at ? " " : "", iso, i == 0 ? last : i % 7 ? 500 + i : 10 + i / 7 % 3);
    }
    return text;
}

static void own_past(void **st)
{
    (void)st;
    static const struct { const char *what; enum gb_direction d; enum gb_aggregation agg; enum gb_level_kind level; int n, last; enum gb_unusual want; } t[] = {
        { "within", GB_DOWN_GOOD, GB_AGG_SUM, GB_AT_COMMUNE, 9, 15, GB_USUAL },              /* 11 + 3 x 1.4826 x 1 = 15.4478 */
        { "beyond", GB_DOWN_GOOD, GB_AGG_SUM, GB_AT_COMMUNE, 9, 16, GB_UNUSUAL_HIGH },
        { "low is no harm where less is better", GB_DOWN_GOOD, GB_AGG_SUM, GB_AT_COMMUNE, 9, 0, GB_USUAL },
        { "low", GB_UP_GOOD, GB_AGG_SUM, GB_AT_COMMUNE, 9, 6, GB_UNUSUAL_LOW },
        { "not low", GB_UP_GOOD, GB_AGG_SUM, GB_AT_COMMUNE, 9, 7, GB_USUAL },
        { "seven weeks are too few", GB_DOWN_GOOD, GB_AGG_SUM, GB_AT_COMMUNE, 7, 400, GB_USUAL_UNKNOWN },
        { "a rate has its limits", GB_DOWN_GOOD, GB_AGG_NONE, GB_AT_COMMUNE, 9, 400, GB_USUAL_UNKNOWN },
        { "the province has its limits", GB_DOWN_GOOD, GB_AGG_SUM, GB_AT_PROVINCE, 9, 400, GB_USUAL_UNKNOWN },
        { "no direction, no worse side", GB_NEUTRAL, GB_AGG_SUM, GB_AT_COMMUNE, 9, 400, GB_USUAL_UNKNOWN },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        fx_init(&fx, 1, 2);
        fx.ind[0].freq = GB_FREQ_DAY;
        fx.ind[0].agg = t[i].agg;
        fx.ind[0].direction = t[i].d;
        fx.region[1].level = t[i].level;
        fx_series(&fx, 0, 0, 1, mondays(t[i].n, t[i].last));
        gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
        struct gb_err e = { 0 };
        gb_evaluation_init(&ev, &fx.cube, fx_date("2026-11-23"));
        assert_int_equal(gb_evaluation_run(&ev, &e), GB_OK);
        const struct gb_eval *v = gb_eval_find(&ev, 0, 1);
        if (v->unusual != t[i].want) fail_msg("%s: %s", t[i].what, gb_unusual_word(v->unusual));
        if (v->unusual >= GB_USUAL) assert_int_equal(v->usual, 11);
        if (v->unusual == GB_UNUSUAL_HIGH) assert_int_equal(v->usual_limit, 15);
        assert_true(t[i].agg != GB_AGG_SUM || t[i].level != GB_AT_COMMUNE || v->level == GB_STATE_NONE); /* never a step */
        done();
    }
}

static void own_months(void **st)
{
    (void)st;
    static const struct { const char *what; enum gb_flow flow; const char *series; enum gb_unusual want; } t[] = {
        { "the same month of five years, not the others", GB_FLOW_FLOW, "2020-12=9 2021-10=50 2022-10=51 2023-10=52 2024-10=50 2025-10=51 2026-09=1 2026-10=52", GB_USUAL },
        { "beyond them", GB_FLOW_FLOW, "2021-10=50 2022-10=51 2023-10=52 2024-10=50 2025-10=51 2026-10=60", GB_UNUSUAL_HIGH },
        { "else all", GB_FLOW_FLOW, "2025-10=5 2025-11=6 2025-12=7 2026-01=5 2026-02=6 2026-03=7 2026-04=5 2026-05=6 2026-06=7 2026-07=5 2026-08=6 2026-09=7 2026-10=11", GB_UNUSUAL_HIGH },
        { "eleven are too few", GB_FLOW_FLOW, "2025-11=6 2025-12=7 2026-01=5 2026-02=6 2026-03=7 2026-04=5 2026-05=6 2026-06=7 2026-07=5 2026-08=6 2026-09=7 2026-10=99", GB_USUAL_UNKNOWN },
        { "cumulative: what grows is not compared with what was smaller", GB_FLOW_CUMULATIVE, "2025-10=5 2025-11=6 2025-12=7 2026-01=5 2026-02=6 2026-03=7 2026-04=5 2026-05=6 2026-06=7 2026-07=5 2026-08=6 2026-09=7 2026-10=99", GB_USUAL_UNKNOWN },
        { "a month that has not ended", GB_FLOW_FLOW, "2025-10=5 2025-11=6 2025-12=7 2026-01=5 2026-02=6 2026-03=7 2026-04=5 2026-05=6 2026-06=7 2026-07=5 2026-08=6 2026-09=7 2026-11=99", GB_USUAL_UNKNOWN },
        { "no spread, nothing to say", GB_FLOW_FLOW, "2025-10=5 2025-11=5 2025-12=5 2026-01=5 2026-02=5 2026-03=5 2026-04=5 2026-05=5 2026-06=5 2026-07=5 2026-08=5 2026-09=5 2026-10=11", GB_USUAL },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        fx_init(&fx, 1, 2);
        fx.ind[0].agg = GB_AGG_SUM;
        fx.ind[0].direction = GB_DOWN_GOOD;
        fx.ind[0].flow = t[i].flow;
        fx_series(&fx, 0, 0, 1, t[i].series);
        gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
        struct gb_err e = { 0 };
        gb_evaluation_init(&ev, &fx.cube, fx_date("2026-11-10"));
        assert_int_equal(gb_evaluation_run(&ev, &e), GB_OK);
        const struct gb_eval *v = gb_eval_find(&ev, 0, 1);
        if (v->unusual != t[i].want) fail_msg("%s: %s", t[i].what, gb_unusual_word(v->unusual));
        done();
    }
}

/* A merged commune is not measured by what its smaller part used to have. */
static void past_of_another_area(void **st)
{
    (void)st;
    static struct gb_break brk = { .date = { .year = 2026, .month = 7, .day = 1 }, .text = "Sắp xếp" };
    for (int merged = 0; merged <= 1; merged++) {
        fx_init(&fx, 1, 2);
        fx.ind[0].agg = GB_AGG_SUM, fx.ind[0].direction = GB_DOWN_GOOD, fx.ind[0].flow = GB_FLOW_FLOW;
        fx.c.locality.breaks = &brk, fx.c.locality.n_breaks = merged;
        fx_series(&fx, 0, 0, 1, "2025-09=5 2025-10=5 2025-11=6 2025-12=7 2026-01=5 2026-02=6 2026-03=7 2026-04=5 2026-05=6 2026-06=7 2026-07=25 2026-08=26 2026-09=27 2026-10=26");
        gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
        struct gb_err e = { 0 };
        gb_evaluation_init(&ev, &fx.cube, fx_date("2026-11-10"));
        assert_int_equal(gb_evaluation_run(&ev, &e), GB_OK);
        assert_int_equal(gb_eval_find(&ev, 0, 1)->unusual, merged ? GB_USUAL_UNKNOWN : GB_UNUSUAL_HIGH);
        done();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(shown), cmocka_unit_test(one_rule), cmocka_unit_test(rows), cmocka_unit_test(own_past), cmocka_unit_test(own_months), cmocka_unit_test(past_of_another_area) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
