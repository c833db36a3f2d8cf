/* test_evaluation_event.c — episodes above a step: opening, closing, gaps, peaks, delays; and that the log of a vintage does not
 * depend on the order in which its values became known. */
#include "cube_fixture.h"
#include "evaluation/event.h"

static struct fx fx;

static void steps(int ind, enum gb_direction d, const int64_t (*lo_hi)[2])
{
    fx.ind[ind].direction = d;
    fx.ind[ind].has_steps = true;
    for (int k = 0; k < GB_N_STEPS; k++) fx.ind[ind].step[k] = (struct gb_threshold){ true, lo_hi[k][0], lo_hi[k][1] };
}
static const int64_t up[4][2] = { { 90, 90 }, { 80, 80 }, { 70, 70 }, { 50, 50 } }, down[4][2] = { { 60, 60 }, { 75, 75 }, { 100, 100 }, { 150, 150 } },
                     band[4][2] = { { 63, 87 }, { 60, 90 }, { 55, 90 }, { 50, 95 } }, gapless[4][2] = { { 4, 4 }, { 5, 5 }, { 5, 5 }, { 5, 5 } };

/* "2026-11-03..2026-11-05 peak 80@2026-11-04 warning n=3 len=3" per episode; "open" / "silent" in the place of the closing. */
static const char *log_text(int ind, int region, const char *date, struct gb_event_rule rule)
{
    static char text[1024];
    struct gb_arena a;
    struct gb_event *x;
    gb_arena_init(&a, 0);
    const struct gb_series *s = gb_cube_series(&fx.cube, ind, region);
    size_t n = s ? gb_events_of(&fx.cube, s, fx_date(date), rule, &a, &x) : 0, at = 0;
    text[0] = 0;
    for (size_t i = 0; i < n; i++) {
        char from[24], peak[24], to[24] = "open", settled[24] = "";
        enum gb_freq f = fx.ind[ind].freq;
        gb_period_iso(f, s->period[x[i].opened_i], from);
        gb_period_iso(f, s->period[x[i].peak_i], peak);
        if (x[i].ended) {
            gb_period_iso(f, gb_event_closed(&fx.c, s, &x[i]), to);
            snprintf(settled, sizeof settled, "ended");
        } else if (!gb_event_open(&x[i])) {
            gb_period_iso(f, gb_event_closed(&fx.c, s, &x[i]), to);
            gb_period_iso(f, s->period[x[i].settled_i], settled);
        } else if (x[i].silent) snprintf(to, sizeof to, "silent");
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%s>%s%s%s %lld@%s %s %d/%d-%d", i ? "; " : "", from, to,
                               *settled && strcmp(settled, to) ? "!" : "", *settled && strcmp(settled, to) ? settled : "",
                               (long long)s->value[x[i].peak_i], peak, gb_state_word(x[i].level), x[i].n_above, x[i].length, x[i].n_missing);
    }
    gb_arena_release(&a);
    return text;
}

struct sample { const char *what; enum gb_direction d; const int64_t (*t)[2]; struct gb_event_rule rule; const char *series, *date, *want; };

static void run(const struct sample *t, size_t n, enum gb_freq freq)
{
    for (size_t i = 0; i < n; i++) {
        fx_init(&fx, 1, 2);
        fx.ind[0].freq = freq;
        steps(0, t[i].d, t[i].t);
        fx_series(&fx, 0, 0, 1, t[i].series);
        gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
        const char *got = log_text(0, 1, t[i].date, t[i].rule);
        if (strcmp(got, t[i].want)) fail_msg("%s: %s", t[i].what, got);
        fx_release(&fx);
    }
}
#define W GB_EVENT_RULE(GB_WARNING)

/* The last day on which an indicator is measured ends what is open, is no silence, and nothing after it opens anything. */
static void ends_with_its_indicator(void **st)
{
    (void)st;
    static const struct { const char *to, *series, *date, *want; } t[] = {
        { "2026-11-10", "2026-11-08=80 2026-11-09=90", "2026-11-10", "2026-11-08>open 90@2026-11-09 warning 2/2-0" },
        { "2026-11-10", "2026-11-08=80 2026-11-09=90", "2026-11-20", "2026-11-08>2026-11-10!ended 90@2026-11-09 warning 2/2-0" },
        { "2026-12-31", "2026-11-08=80 2026-11-09=90", "2026-11-20", "2026-11-08>silent 90@2026-11-09 warning 2/2-0" },
        { "2026-11-10", "2026-11-08=80 2026-11-09=1", "2026-11-20", "2026-11-08>2026-11-09 80@2026-11-08 warning 1/1-0" },
        { "2026-11-10", "2026-11-09=1 2026-11-12=90", "2026-11-20", "" }, /* taken before its end was declared */
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        fx_init(&fx, 1, 2);
        fx.ind[0].freq = GB_FREQ_DAY, fx.ind[0].valid_to = fx_date(t[i].to);
        steps(0, GB_DOWN_GOOD, down);
        fx_series(&fx, 0, 0, 1, t[i].series);
        gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
        const char *got = log_text(0, 1, t[i].date, W);
        if (strcmp(got, t[i].want)) fail_msg("%zu: %s", i, got);
        fx_release(&fx);
    }
    fx_init(&fx, 1, 2); /* the log of a night: as long as it was open within its days */
    fx.ind[0].freq = GB_FREQ_DAY, fx.ind[0].valid_to = fx_date("2026-11-10");
    const struct gb_event x = { .last_i = 0, .closed_i = -1, .settled_i = -1, .ended = true };
    fx_series(&fx, 0, 0, 1, "2026-10-01=80");
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    const struct gb_series *s = gb_cube_series(&fx.cube, 0, 1);
    assert_true(gb_event_recent(&fx.c, s, &x, fx_date("2026-11-20"), 11));
    assert_false(gb_event_recent(&fx.c, s, &x, fx_date("2026-11-20"), 10));
    fx_release(&fx);
}

/* A ratio made here of which there is nothing to be a share is not silent; it is when its denominator is late as well. */
static void nothing_to_divide_by_is_not_silence(void **st)
{
    (void)st;
    static const struct { const char *den, *want; } t[] = {
        { "2026-11-08=3 2026-11-19=0 2026-11-20=0", "2026-11-08>open 80@2026-11-08 warning 1/1-0" },
        { "2026-11-08=3 2026-11-12=0", "2026-11-08>silent 80@2026-11-08 warning 1/1-0" },
        { "2026-11-08=3 2026-11-20=3", "2026-11-08>silent 80@2026-11-08 warning 1/1-0" },
        { "2026-11-08=3 2026-11-21=0", "2026-11-08>silent 80@2026-11-08 warning 1/1-0" }, /* of tomorrow */
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        fx_init(&fx, 2, 2);
        fx.ind[0].freq = fx.ind[1].freq = GB_FREQ_DAY;
        fx.ind[0].agg = GB_AGG_RATIO, fx.ind[0].agg_num = fx.ind[0].agg_den = 1;
        steps(0, GB_DOWN_GOOD, down);
        fx_series(&fx, 0, 0, 1, "2026-11-08=80@0"), fx_series(&fx, 0, 1, 1, t[i].den);
        gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
        const char *got = log_text(0, 1, "2026-11-20", W);
        if (strcmp(got, t[i].want)) fail_msg("%s: %s", t[i].den, got);
        fx_release(&fx);
    }
}

static void days(void **st)
{
    (void)st;
    static const struct sample t[] = {
        { "never above", GB_DOWN_GOOD, down, { GB_WARNING, 1, 2 }, "2026-11-01=10 2026-11-02=74", "2026-11-05", "" },
        { "the limit itself is above", GB_DOWN_GOOD, down, { GB_WARNING, 1, 2 }, "2026-11-01=75 2026-11-02=10", "2026-11-05", "2026-11-01>2026-11-02 75@2026-11-01 warning 1/1-0" },
        { "good closes at once", GB_DOWN_GOOD, down, { GB_WARNING, 1, 2 }, "2026-11-01=80 2026-11-02=10 2026-11-03=80 2026-11-04=20", "2026-11-05",
          "2026-11-01>2026-11-02 80@2026-11-01 warning 1/1-0; 2026-11-03>2026-11-04 80@2026-11-03 warning 1/1-0" },
        { "one value in the watch band is flicker", GB_DOWN_GOOD, down, { GB_WARNING, 1, 2 }, "2026-11-01=80 2026-11-02=74 2026-11-03=101 2026-11-04=20", "2026-11-05",
          "2026-11-01>2026-11-04 101@2026-11-03 danger 2/3-0" },
        { "two values in the watch band close", GB_DOWN_GOOD, down, { GB_WARNING, 1, 2 }, "2026-11-01=80 2026-11-02=74 2026-11-03=70 2026-11-04=74", "2026-11-04",
          "2026-11-01>2026-11-02!2026-11-03 80@2026-11-01 warning 1/1-0" },
        { "after the first of them it is open", GB_DOWN_GOOD, down, { GB_WARNING, 1, 2 }, "2026-11-01=80 2026-11-02=74", "2026-11-02", "2026-11-01>open 80@2026-11-01 warning 1/1-0" },
        { "watch has no milder step: two values", GB_DOWN_GOOD, down, { GB_WATCH, 1, 2 }, "2026-11-01=61 2026-11-02=10 2026-11-03=62 2026-11-04=10 2026-11-05=10", "2026-11-05",
          "2026-11-01>2026-11-04!2026-11-05 62@2026-11-03 watch 2/3-0" },
        { "gap inside: neither opens nor closes", GB_DOWN_GOOD, down, { GB_WARNING, 1, 2 }, "2026-11-01=80 2026-11-02=- 2026-11-04=90 2026-11-05=1", "2026-11-05",
          "2026-11-01>2026-11-05 90@2026-11-04 warning 2/4-2" },
        { "gap after: open, and silent", GB_DOWN_GOOD, down, { GB_WARNING, 1, 2 }, "2026-11-01=80 2026-11-02=- 2026-11-03=-", "2026-11-03", "2026-11-01>silent 80@2026-11-01 warning 1/1-0" },
        { "a day late is not silent", GB_DOWN_GOOD, down, { GB_WARNING, 1, 2 }, "2026-11-01=80", "2026-11-02", "2026-11-01>open 80@2026-11-01 warning 1/1-0" },
        { "the future and forecasts do not count", GB_DOWN_GOOD, down, { GB_WARNING, 1, 2 }, "2026-11-01=10 2026-11-02=90:F 2026-11-03=90", "2026-11-02", "" },
        { "two in a row asked for", GB_DOWN_GOOD, down, { GB_WARNING, 2, 2 }, "2026-11-01=80 2026-11-02=10 2026-11-03=80 2026-11-04=90 2026-11-05=10", "2026-11-05",
          "2026-11-03>2026-11-05 90@2026-11-04 warning 2/2-0" },
        { "a gap is no row", GB_DOWN_GOOD, down, { GB_WARNING, 2, 2 }, "2026-11-01=160 2026-11-03=80 2026-11-04=90", "2026-11-04", "2026-11-03>open 90@2026-11-04 warning 2/2-0" },
        { "up-good: the lowest is the peak", GB_UP_GOOD, up, { GB_WARNING, 1, 2 }, "2026-11-01=80 2026-11-02=79 2026-11-03=71 2026-11-04=95", "2026-11-05",
          "2026-11-02>2026-11-04 71@2026-11-03 warning 2/2-0" },
        { "band, both sides: the furthest out", GB_BAND, band, { GB_WARNING, 1, 2 }, "2026-11-01=59 2026-11-02=93 2026-11-03=58 2026-11-04=75", "2026-11-05",
          "2026-11-01>2026-11-04 93@2026-11-02 danger 3/3-0" },
        { "a step equal to the one before is never reached", GB_DOWN_GOOD, gapless, { GB_DANGER, 1, 2 }, "2026-11-01=9", "2026-11-01", "" },
        { "first of equal peaks", GB_DOWN_GOOD, down, { GB_WARNING, 1, 2 }, "2026-11-01=80 2026-11-02=80", "2026-11-02", "2026-11-01>open 80@2026-11-01 warning 2/2-0" },
        { "extremes", GB_BAND, band, { GB_WARNING, 1, 1 }, "2026-11-01=9223372036854775807 2026-11-02=-9223372036854775807", "2026-11-02",
          "2026-11-01>open -9223372036854775807@2026-11-02 emergency 2/2-0" },
        { "nothing at all", GB_DOWN_GOOD, down, { GB_WARNING, 1, 2 }, "2026-11-01=-", "2026-11-05", "" },
    };
    run(t, sizeof t / sizeof *t, GB_FREQ_DAY);
}

static void other_rhythms(void **st)
{
    (void)st;
    static const struct sample hour = { "over midnight", GB_DOWN_GOOD, down, { GB_WARNING, 1, 2 }, "2026-11-01T22=80 2026-11-01T23=90 2026-11-02T00=80 2026-11-02T01=1", "2026-11-02",
                                        "2026-11-01T22>2026-11-02T01 90@2026-11-01T23 warning 3/3-0" },
                               month = { "over the year", GB_UP_GOOD, up, { GB_WARNING, 1, 2 }, "2026-12=60 2027-01=79 2027-02=95", "2027-03-01", "2026-12>2027-02 60@2026-12 danger 2/2-0" },
                               year = { "years", GB_UP_GOOD, up, { GB_WARNING, 1, 2 }, "2024=79 2025=40", "2026-03-01", "2024>open 40@2025 emergency 2/2-0" };
    run(&hour, 1, GB_FREQ_HOUR);
    run(&month, 1, GB_FREQ_MONTH);
    run(&year, 1, GB_FREQ_YEAR);
}

/* A limit for the sum of a province judges no commune; rates judge both. */
static void who_may_be_judged(void **st)
{
    (void)st;
    fx_init(&fx, 2, 2);
    for (int i = 0; i < 2; i++) {
        fx.ind[i].freq = GB_FREQ_DAY;
        steps(i, GB_DOWN_GOOD, down);
        fx_series(&fx, 0, i, 0, "2026-11-01=80");
        fx_series(&fx, 0, i, 1, "2026-11-01=80");
    }
    fx.ind[0].agg = GB_AGG_SUM;
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    assert_string_equal(log_text(0, 0, "2026-11-01", W), "2026-11-01>open 80@2026-11-01 warning 1/1-0");
    assert_string_equal(log_text(0, 1, "2026-11-01", W), "");
    assert_string_equal(log_text(1, 1, "2026-11-01", W), "2026-11-01>open 80@2026-11-01 warning 1/1-0");
    fx_release(&fx);
}

/* A season moves the limits: 55 % is behind in December and ahead in March. */
static void season(void **st)
{
    (void)st;
    fx_init(&fx, 1, 2);
    fx.ind[0].season = "invcum";
    steps(0, GB_UP_GOOD, up);
    fx.season[0] = (struct gb_season){ .code = "invcum", .month = { 500, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 10000, 11000, 12000 } };
    fx.c.n_seasons = 1;
    fx_series(&fx, 0, 0, 1, "2026-03=55 2026-10=75 2026-11=85 2026-12=109");
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    assert_string_equal(log_text(0, 1, "2026-12-31", W), "2026-10>2026-12 75@2026-10 warning 2/2-0");
    fx.ind[0].flow = GB_FLOW_CUMULATIVE; /* grows with the year: what counts is how it stood last */
    assert_string_equal(log_text(0, 1, "2026-12-31", W), "2026-10>2026-12 85@2026-11 warning 2/2-0");
    fx_release(&fx);
}

static void log_of_a_night(void **st)
{
    (void)st;
    struct gb_evaluation ev;
    struct gb_arena a;
    struct gb_logged *v;
    gb_arena_init(&a, 0);
    fx_init(&fx, 2, 3);
    for (int i = 0; i < 2; i++) fx.ind[i].freq = GB_FREQ_DAY, steps(i, GB_DOWN_GOOD, down);
    fx_series(&fx, 0, 0, 1, "2026-11-01=80 2026-11-02=1 2026-11-09=80 2026-11-10=1");
    fx_series(&fx, 0, 0, 2, "2026-10-01=80");
    fx_series(&fx, 0, 1, 1, "2026-11-09=1");
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    gb_evaluation_init(&ev, &fx.cube, fx_date("2026-11-10"));
    FX_OK(gb_evaluation_run(&ev, &e));
    assert_int_equal(gb_event_log(&ev, W, 2, &a, &v), 2); /* of the 9th, and the open one of October; the 1st is too long ago */
    assert_int_equal(v[0].s->period[v[0].event.opened_i], fx_period("2026-11-09"));
    assert_int_equal(v[1].s->region_i, 2);
    assert_true(v[1].event.silent);
    assert_int_equal(gb_event_log(&ev, W, 1, &a, &v), 1);
    assert_int_equal(gb_event_log(&ev, W, 10, &a, &v), 3);
    assert_int_equal(gb_event_log(&ev, W, 9, &a, &v), 2);
    gb_evaluation_release(&ev);
    fx_release(&fx);
    gb_arena_release(&a);
}

static void observed(void **st)
{
    (void)st;
    static const struct { enum gb_freq f; const char *series; int days; int64_t seen, due; } t[] = {
        { GB_FREQ_DAY, "2026-11-08=1 2026-11-09=- 2026-11-10=2 2026-11-11=3", 3, 2, 3 },
        { GB_FREQ_DAY, "2026-11-10=1:F", 1, 0, 1 },
        { GB_FREQ_HOUR, "2026-11-09T23=1 2026-11-10T00=1 2026-11-10T23=1 2026-11-11T00=1", 1, 2, 24 },
        { GB_FREQ_MONTH, "2026-09=1 2026-10=1 2026-11=1", 30, 2, 2 },
        { GB_FREQ_YEAR, "2025=1", 30, 0, 1 },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        int64_t due = -1;
        fx_init(&fx, 1, 2);
        fx.ind[0].freq = t[i].f;
        fx_series(&fx, 0, 0, 1, t[i].series);
        gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
        assert_int_equal(gb_event_observed(&fx.c, gb_cube_series(&fx.cube, 0, 1), fx_date("2026-11-10"), t[i].days, &due), t[i].seen);
        assert_int_equal(due, t[i].due);
        fx_release(&fx);
    }
}

/* Which delivery acknowledges each of two episodes: the first in replay order with a note from the opening to what proved the end. */
static void acknowledged_by(void **state)
{
    (void)state;
    static const struct { const char *what; struct gb_cube_ack v[3]; int n, region, want[2]; } t[] = {
        { "none", { { 0 } }, 0, 1, { 0, 0 } },
        { "before the opening", { { 0, 1, 1, 0, 9, 0, 5 } }, 1, 1, { 0, 0 } },
        { "on its first day", { { 0, 1, 2, 0, 9, 0, 5 } }, 1, 1, { 9, 0 } },
        { "what proved the end", { { 0, 1, 5, 0, 9, 0, 5 } }, 1, 1, { 9, 0 } },
        { "after it", { { 0, 1, 6, 0, 9, 0, 5 } }, 1, 1, { 0, 0 } },
        { "the first delivery, not the first period", { { 0, 1, 2, 7, 9, 0, 5 }, { 0, 1, 3, 4, 8, 0, 5 } }, 2, 1, { 8, 0 } },
        { "open: up to the date", { { 0, 1, 8, 0, 9, 0, 5 } }, 1, 1, { 0, 9 } },
        { "not beyond it", { { 0, 1, 11, 0, 9, 0, 5 } }, 1, 1, { 0, 0 } },
        { "another place", { { 0, 2, 3, 0, 9, 0, 5 } }, 1, 1, { 0, 0 } },
        { "another indicator", { { 1, 1, 3, 0, 9, 0, 5 } }, 1, 1, { 0, 0 } },
        { "a sum made here: its parts", { { 0, 1, 1, 0, 7, 0, 5 }, { 0, 1, 8, 0, 8, 0, 5 }, { 0, 2, 3, 1, 9, 0, 5 } }, 3, 0, { 9, 8 } },
    };
    const int32_t day = fx_period("2026-11-01") - 1;
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct gb_arena a;
        struct gb_event *x;
        struct gb_cube_ack v[3];
        gb_arena_init(&a, 0);
        fx_init(&fx, 2, 3);
        fx.ind[0].freq = GB_FREQ_DAY;
        steps(0, GB_DOWN_GOOD, down);
        fx_series(&fx, 3, 0, t[i].region, "2026-11-01=1 2026-11-02=80 2026-11-03=80 2026-11-04=70 2026-11-05=70 2026-11-06=1 2026-11-07=80 2026-11-08=80");
        if (t[i].region == 0) fx.cube.series[0].flags |= GB_SERIES_DERIVED;
        for (int k = 0; k < t[i].n; k++) v[k] = t[i].v[k], v[k].period += day;
        gb_cube_set_acks(&fx.cube, v, (size_t)t[i].n);
        gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
        const struct gb_series *s = gb_cube_series(&fx.cube, 0, t[i].region);
        assert_int_equal(gb_events_of(&fx.cube, s, fx_date("2026-11-10"), W, &a, &x), 2);
        for (int k = 0; k < 2; k++) {
            const struct gb_cube_ack *ack = gb_event_ack(&fx.cube, s, &x[k], fx_date("2026-11-10"));
            if ((ack ? ack->delivery : 0) != t[i].want[k]) fail_msg("%s: episode %d: %d", t[i].what, k, ack ? ack->delivery : 0);
        }
        fx_release(&fx);
        gb_arena_release(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(acknowledged_by), cmocka_unit_test(ends_with_its_indicator), cmocka_unit_test(nothing_to_divide_by_is_not_silence), cmocka_unit_test(days), cmocka_unit_test(other_rhythms), cmocka_unit_test(who_may_be_judged), cmocka_unit_test(season),
                                        cmocka_unit_test(log_of_a_night), cmocka_unit_test(observed) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
