/* test_evaluation_compare.c — latest, age, changes, year to date, target, pace and judgement of single series, degenerate cases
 * first of all. A row of the table is one series seen on one date; what is not written is not compared. */
#include "cube_fixture.h"
#include "evaluation/evaluation.h"

static struct fx fx;
static struct gb_evaluation ev;

/* Evaluate one series of indicator 0 in a region. Caller has set up fx. */
static const struct gb_eval *see(int region, const char *series, const char *date)
{
    fx_series(&fx, 0, 0, region, series);
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    gb_evaluation_init(&ev, &fx.cube, fx_date(date));
    FX_OK(gb_evaluation_run(&ev, &e));
    const struct gb_eval *v = gb_eval_find(&ev, 0, region);
    assert_non_null(v);
    return v;
}

static void done(void)
{
    gb_evaluation_release(&ev);
    fx_release(&fx);
}

/* "base diff pct" with - for what is not defined; "none" when not ok. */
static const char *change_text(const struct gb_change *c, int scale)
{
    static char out[160];
    char base[48], diff[48], pct[48] = "-";
    if (!c->ok) return "none";
    gb_dec_exact(c->base, scale, base), gb_dec_exact(c->diff, scale, diff);
    if (c->pct_ok) gb_dec_plain(c->pct, GB_PCT_SCALE, GB_PCT_SCALE, pct);
    snprintf(out, sizeof out, "%s %s %s%s", base, diff, pct, c->base_negative ? " neg" : "");
    return out;
}

struct change_case {
    const char *what;
    enum gb_freq freq;
    int scale;
    const char *series, *date;
    const char *latest; /* period, or NULL: no data */
    const char *prev, *available, *year;
};
static const struct change_case change_cases[] = {
    { "plain", GB_FREQ_MONTH, 1, "2025-11=40 2026-10=80 2026-11=100.5", "2026-12-05", "2026-11", "80 20.5 25.625000", "80 20.5 25.625000", "40 60.5 151.250000" },
    { "rounding half away", GB_FREQ_MONTH, 0, "2026-10=64000000 2026-11=64000001", "2026-12-05", "2026-11", "64000000 1 0.000002", NULL, "none" },
    { "rounding half away, down", GB_FREQ_MONTH, 0, "2026-10=64000000 2026-11=63999999", "2026-12-05", "2026-11", "64000000 -1 -0.000002", NULL, "none" },
    { "base zero", GB_FREQ_MONTH, 0, "2026-10=0 2026-11=5", "2026-12-05", "2026-11", "0 5 -", "0 5 -", "none" },
    { "both zero", GB_FREQ_MONTH, 0, "2026-10=0 2026-11=0", "2026-12-05", "2026-11", "0 0 -", NULL, NULL },
    { "negative base, up", GB_FREQ_MONTH, 0, "2026-10=-4 2026-11=2", "2026-12-05", "2026-11", "-4 6 150.000000 neg", NULL, NULL },
    { "negative base, down", GB_FREQ_MONTH, 0, "2026-10=-4 2026-11=-5", "2026-12-05", "2026-11", "-4 -1 -25.000000 neg", NULL, NULL },
    { "into a loss", GB_FREQ_MONTH, 0, "2026-10=4 2026-11=-2", "2026-12-05", "2026-11", "4 -6 -150.000000", NULL, NULL },
    { "out of a loss to nothing", GB_FREQ_MONTH, 0, "2026-10=-4 2026-11=0", "2026-12-05", "2026-11", "-4 4 100.000000 neg", NULL, NULL },
    { "week 1 against week 53 of the year before last", GB_FREQ_WEEK, 0, "2020-W53=4 2021-W52=5 2022-W01=6", "2022-01-10", "2022-W01", "5 1 20.000000", NULL, "none" },
    { "gap: previous period missing", GB_FREQ_MONTH, 0, "2026-08=7 2026-10=- 2026-11=9", "2026-12-05", "2026-11", "none", "7 2 28.571429", "none" },
    { "gap: previous period absent", GB_FREQ_YEAR, 0, "2005=2 2007=3", "2008-02-01", "2007", "none", "2 1 50.000000", "none" },
    { "one point", GB_FREQ_MONTH, 0, "2026-11=9", "2026-12-05", "2026-11", "none", "none", "none" },
    { "all missing", GB_FREQ_MONTH, 0, "2026-10=- 2026-11=-", "2026-12-05", NULL, "none", "none", "none" },
    { "newest missing", GB_FREQ_MONTH, 0, "2026-09=1 2026-10=2 2026-11=-", "2026-12-05", "2026-10", "1 1 100.000000", "1 1 100.000000", "none" },
    { "period after the date", GB_FREQ_MONTH, 0, "2026-10=2 2026-11=3 2026-12=4", "2026-11-30", "2026-11", "2 1 50.000000", NULL, NULL },
    { "everything after the date", GB_FREQ_DAY, 0, "2026-11-23=1", "2026-11-22", NULL, "none", "none", "none" },
    { "running period counts", GB_FREQ_MONTH, 0, "2026-11=3", "2026-11-01", "2026-11", NULL, NULL, NULL },
    { "forecast never latest", GB_FREQ_MONTH, 0, "2026-09=1 2026-10=2:F 2026-11=3:F", "2026-12-05", "2026-09", NULL, NULL, NULL },
    { "forecast is no base", GB_FREQ_MONTH, 0, "2026-09=1 2026-10=2:F 2026-11=3", "2026-12-05", "2026-11", "none", "1 2 200.000000", NULL },
    { "estimates and provisional count", GB_FREQ_MONTH, 0, "2026-10=2:E 2026-11=3:P", "2026-12-05", "2026-11", "2 1 50.000000", NULL, NULL },
    { "29 February has no year before", GB_FREQ_DAY, 0, "2023-02-28=1 2023-03-01=2 2024-02-28=4 2024-02-29=5", "2024-03-02", "2024-02-29", "4 1 25.000000", "4 1 25.000000", "none" },
    { "28 February of a leap year has", GB_FREQ_DAY, 0, "2023-02-28=1 2024-02-28=4", "2024-02-28", "2024-02-28", "none", "1 3 300.000000", "1 3 300.000000" },
    { "1 March after a leap day", GB_FREQ_DAY, 0, "2024-03-01=4 2025-03-01=5", "2025-03-02", "2025-03-01", "none", "4 1 25.000000", "4 1 25.000000" },
    { "week 53 has none", GB_FREQ_WEEK, 0, "2019-W52=1 2020-W52=2 2020-W53=3", "2021-01-04", "2020-W53", "2 1 50.000000", NULL, "none" },
    { "week 1 after week 53", GB_FREQ_WEEK, 0, "2020-W53=4 2021-W01=5", "2021-01-11", "2021-W01", "4 1 25.000000", NULL, "none" },
    { "same week a year before", GB_FREQ_WEEK, 0, "2025-W47=8 2026-W47=10", "2026-11-23", "2026-W47", "none", "8 2 25.000000", "8 2 25.000000" },
    { "hours over midnight", GB_FREQ_HOUR, 1, "2026-11-21T23=1.5 2026-11-22T00=2.5", "2026-11-22", "2026-11-22T00", "1.5 1 66.666667", NULL, NULL },
    { "quarters over new year", GB_FREQ_QUARTER, 0, "2025-Q1=2 2025-Q4=3 2026-Q1=6", "2026-04-05", "2026-Q1", "3 3 100.000000", NULL, "2 4 200.000000" },
    { "years: previous is year before", GB_FREQ_YEAR, 9, "2024=385.6 2025=376.9", "2026-01-05", "2025", "385.6 -8.7 -2.256224", "385.6 -8.7 -2.256224", "385.6 -8.7 -2.256224" },
    { "before 1970", GB_FREQ_DAY, 0, "1969-12-31=2 1970-01-01=3", "1970-01-02", "1970-01-01", "2 1 50.000000", NULL, NULL },
    { "difference does not fit", GB_FREQ_MONTH, 0, "2026-10=-9000000000000000000 2026-11=9000000000000000000", "2026-12-05", "2026-11", "none", "none", NULL },
    { "percent does not fit", GB_FREQ_MONTH, 0, "2026-10=1 2026-11=9000000000000000000", "2026-12-05", "2026-11", "1 8999999999999999999 -", NULL, NULL },
};

static void changes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof change_cases / sizeof *change_cases; i++) {
        const struct change_case *k = &change_cases[i];
        fx_init(&fx, 1, 2);
        fx.ind[0].freq = k->freq, fx.ind[0].scale = k->scale;
        const struct gb_eval *v = see(1, k->series, k->date);
        char period[24] = "";
        if (v->latest_i >= 0) gb_period_iso(k->freq, v->period, period);
        if (strcmp(period, k->latest ? k->latest : "")) fail_msg("%s: latest %s, expected %s", k->what, period, k->latest ? k->latest : "none");
        if (!k->latest && (v->state != GB_NO_DATA || v->age_days != -1 || v->overdue)) fail_msg("%s: not 'no data'", k->what);
        const struct { const char *want; const struct gb_change *got; const char *name; } c[] = {
            { k->prev, &v->prev, "previous" }, { k->available, &v->prev_available, "available" }, { k->year, &v->year_before, "year before" } };
        for (int n = 0; n < 3; n++)
            if (c[n].want && strcmp(c[n].want, change_text(c[n].got, k->scale)))
                fail_msg("%s: %s is %s, expected %s", k->what, c[n].name, change_text(c[n].got, k->scale), c[n].want);
        done();
    }
}

/* Period sought stays known when it has no value. */
static void sought_period_is_kept(void **state)
{
    (void)state;
    fx_init(&fx, 1, 2);
    const struct gb_eval *v = see(1, "2026-08=7 2026-11=9", "2026-12-05");
    assert_int_equal(v->prev.period, fx_period("2026-10"));
    assert_int_equal(v->year_before.period, fx_period("2025-11"));
    assert_int_equal(v->prev_available.period, fx_period("2026-08"));
    done();
}

static void age_and_overdue(void **state)
{
    (void)state;
    static const struct { enum gb_freq freq; const char *series, *date; int age; bool overdue; } t[] = {
        { GB_FREQ_MONTH, "2026-11=1", "2026-11-22", 0, false },        /* running */
        { GB_FREQ_MONTH, "2026-10=1", "2026-11-22", 22, false },
        { GB_FREQ_MONTH, "2026-09=1", "2026-11-14", 45, false },       /* exactly 1.5 x 30 */
        { GB_FREQ_MONTH, "2026-09=1", "2026-11-15", 46, true },
        { GB_FREQ_DAY, "2026-11-21=1", "2026-11-22", 1, false },
        { GB_FREQ_DAY, "2026-11-20=1", "2026-11-22", 2, true },
        { GB_FREQ_HOUR, "2026-11-21T23=1", "2026-11-22", 1, false },   /* an hour counts as a day */
        { GB_FREQ_HOUR, "2026-11-20T23=1", "2026-11-22", 2, true },
        { GB_FREQ_WEEK, "2026-W45=1", "2026-11-18", 10, false },       /* ends 8 November */
        { GB_FREQ_WEEK, "2026-W45=1", "2026-11-19", 11, true },
        { GB_FREQ_QUARTER, "2026-Q2=1", "2026-11-13", 136, false },    /* 1.5 x 91 = 136.5 */
        { GB_FREQ_QUARTER, "2026-Q2=1", "2026-11-14", 137, true },
        { GB_FREQ_YEAR, "2025=1", "2026-11-22", 326, false },
        { GB_FREQ_YEAR, "2024=1", "2026-11-22", 691, true },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        fx_init(&fx, 1, 2);
        fx.ind[0].freq = t[i].freq;
        const struct gb_eval *v = see(1, t[i].series, t[i].date);
        if (v->age_days != t[i].age || v->overdue != t[i].overdue) fail_msg("%s on %s: age %d, overdue %d", t[i].series, t[i].date, v->age_days, v->overdue);
        assert_int_equal(v->state, t[i].overdue ? GB_OVERDUE : GB_STATE_NONE);
        done();
    }
}

/* After its last day an indicator is neither late nor judged; within its days as any other. */
static void no_longer_measured(void **state)
{
    (void)state;
    static const struct { struct gb_date to; const char *series; bool overdue; enum gb_state level; } t[] = {
        { { 0, 0, 0 }, "2026-06=1", true, GB_WARNING },
        { { 2026, 6, 30 }, "2026-06=1", false, GB_STATE_NONE },
        { { 2026, 6, 30 }, "2026-05=1", true, GB_STATE_NONE },   /* the last one was never delivered */
        { { 2026, 12, 31 }, "2026-06=1", true, GB_WARNING },
        { { 2026, 12, 31 }, "2026-10=1", false, GB_WARNING },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        fx_init(&fx, 1, 2);
        fx.ind[0].freq = GB_FREQ_MONTH, fx.ind[0].valid_to = t[i].to;
        fx.ind[0].direction = GB_UP_GOOD, fx.ind[0].has_steps = true;
        for (int k = 0; k < GB_N_STEPS; k++) fx.ind[0].step[k].set = false;
        fx.ind[0].step[1] = (struct gb_threshold){ true, 5, 5 };
        const struct gb_eval *v = see(0, t[i].series, "2026-11-22");
        if (v->overdue != t[i].overdue || v->level != t[i].level) fail_msg("%zu: overdue %d, level %d", i, v->overdue, (int)v->level);
        done();
    }
}

/* A quotient made here is not late while there is nothing to divide by; it is when the other term is late, or had something. */
static void nothing_to_divide_by(void **state)
{
    (void)state;
    static const struct { enum gb_aggregation agg; const char *den; bool overdue; } t[] = {
        { GB_AGG_WEIGHTED_MEAN, "2026-11-15=3 2026-11-21=0 2026-11-22=0", false },
        { GB_AGG_RATIO, "2026-11-15=3 2026-11-22=0", false },
        { GB_AGG_RATIO, "2026-11-15=3 2026-11-17=0", true },  /* and nothing said since */
        { GB_AGG_RATIO, "2026-11-15=3 2026-11-22=2", true },  /* there was something: the numerator is late */
        { GB_AGG_RATIO, "2026-11-15=3 2026-11-22=0:F", true },
        { GB_AGG_RATIO, "2026-11-15=3", true },
        { GB_AGG_SUM, "2026-11-22=0", true },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        fx_init(&fx, 2, 2);
        fx.ind[0].freq = fx.ind[1].freq = GB_FREQ_DAY;
        fx.ind[0].agg = t[i].agg, fx.ind[0].agg_num = 1, fx.ind[0].agg_den = 1;
        fx_series(&fx, 0, 1, 0, t[i].den);
        const struct gb_eval *v = see(0, "2026-11-15=50@0", "2026-11-22");
        if (v->overdue != t[i].overdue) fail_msg("%zu: overdue %d", i, v->overdue);
        done();
    }
}

/* Months, quarters and years that close on the 14th: which one is the latest, how old it is, what should be done by then. */
static void administrative_periods(void **state)
{
    (void)state;
    static const struct { enum gb_freq freq; const char *series, *date, *latest; int age; bool overdue; const char *pace; } t[] = {
        { GB_FREQ_MONTH, "2026-10=1 2026-11=2 2026-12=3", "2026-11-14", "2026-11", 0, false, "91.780822" },  /* 335 of 365 days */
        { GB_FREQ_MONTH, "2026-10=1 2026-11=2 2026-12=3", "2026-11-15", "2026-12", 0, false, "92.054795" },  /* 336: month 12 has begun */
        { GB_FREQ_MONTH, "2026-10=1 2026-11=2 2027-01=3", "2026-12-14", "2026-11", 30, false, "91.780822" },
        { GB_FREQ_MONTH, "2026-10=1 2026-11=2 2027-01=3", "2026-12-15", "2027-01", 0, false, "-" },          /* no target for 2027 */
        { GB_FREQ_MONTH, "2026-10=1", "2026-11-28", "2026-10", 45, false, "83.287671" },                     /* ends on 14 October, has 30 days */
        { GB_FREQ_MONTH, "2026-10=1", "2026-11-29", "2026-10", 46, true, "83.287671" },
        { GB_FREQ_MONTH, "2026-01=1", "2026-01-20", "2026-01", 6, false, "8.493151" },                       /* begins in 2025: 31 days */
        { GB_FREQ_QUARTER, "2026-Q2=1", "2026-06-15", "2026-Q2", 1, false, "49.863014" },                    /* 182 days */
        { GB_FREQ_QUARTER, "2026-Q2=1 2026-Q3=1", "2026-06-14", "2026-Q2", 0, false, "49.863014" },
        { GB_FREQ_YEAR, "2026=1 2027=1", "2026-12-14", "2026", 0, false, "100.000000" },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        fx_init(&fx, 1, 2);
        fx.ind[0].freq = t[i].freq, fx.ind[0].calendar = GB_CAL_ADMIN, fx.ind[0].flow = GB_FLOW_CUMULATIVE;
        fx.target[0] = (struct gb_target){ .indicator_i = 0, .region_i = 1, .year = 2026, .value = 100 }, fx.c.n_targets = 1;
        const struct gb_eval *v = see(1, t[i].series, t[i].date);
        char pace[48] = "-";
        if (v->pace_ok) gb_dec_plain(v->pace_pct, 6, 6, pace);
        if (v->period != fx_period(t[i].latest) || v->age_days != t[i].age || v->overdue != t[i].overdue || strcmp(pace, t[i].pace))
            fail_msg("%s on %s: period %d age %d overdue %d pace %s", t[i].series, t[i].date, v->period, v->age_days, v->overdue, pace);
        done();
    }
}

/* The curve of a season goes by the months of the same calendar: at the end of administrative month 11 all of month 11 is due. */
static void administrative_season(void **state)
{
    (void)state;
    static const struct { const char *series, *date, *pace; } t[] = {
        { "2026-11=1", "2026-11-22", "75.757576" },          /* 12500 / 16500 */
        { "2026-12=1", "2026-11-22", "82.222222" },          /* 12500 + 4000 x 8 days of 30 */
        { "2026-12=1", "2026-12-14", "100.000000" },
        { "2026-01=1", "2026-01-14", "1.818182" },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        fx_init(&fx, 1, 2);
        fx.season[0] = (struct gb_season){ "invcum", { 300, 800, 1700, 2800, 4000, 5200, 6400, 7600, 8800, 10000, 12500, 16500 } };
        fx.c.n_seasons = 1;
        fx.ind[0].calendar = GB_CAL_ADMIN, fx.ind[0].flow = GB_FLOW_CUMULATIVE, fx.ind[0].season = "invcum";
        fx.target[0] = (struct gb_target){ .indicator_i = 0, .region_i = 1, .year = 2026, .value = 100 }, fx.c.n_targets = 1;
        const struct gb_eval *v = see(1, t[i].series, t[i].date);
        char pace[48] = "-";
        if (v->pace_ok) gb_dec_plain(v->pace_pct, 6, 6, pace);
        if (strcmp(pace, t[i].pace)) fail_msg("%s on %s: pace %s, want %s", t[i].series, t[i].date, pace, t[i].pace);
        done();
    }
}

static void year_to_date(void **state)
{
    (void)state;
    static const struct { const char *what; enum gb_freq freq; enum gb_flow flow; const char *series, *date, *ytd; int n; bool complete; const char *base; } t[] = {
        { "two months", GB_FREQ_MONTH, GB_FLOW_FLOW, "2025-01=10 2025-02=10 2025-03=99 2026-01=12 2026-02=13", "2026-03-05", "25", 2, true, "20 5 25.000000" },
        { "last year incomplete", GB_FREQ_MONTH, GB_FLOW_FLOW, "2025-02=10 2026-01=12 2026-02=13", "2026-03-05", "25", 2, true, "none" },
        { "last year lacks the newest month", GB_FREQ_MONTH, GB_FLOW_FLOW, "2025-01=10 2026-01=12 2026-02=13", "2026-03-05", "25", 2, true, "none" },
        { "last year has a gap with M", GB_FREQ_MONTH, GB_FLOW_FLOW, "2025-01=- 2025-02=10 2026-01=12 2026-02=13", "2026-03-05", "25", 2, true, "none" },
        { "this year incomplete: like with like", GB_FREQ_MONTH, GB_FLOW_FLOW, "2025-01=1 2025-02=10 2025-03=20 2026-02=13 2026-03=23", "2026-04-05", "36", 2, false, "30 6 20.000000" },
        { "missing in between", GB_FREQ_MONTH, GB_FLOW_FLOW, "2026-01=1 2026-02=- 2026-03=3", "2026-04-05", "4", 2, false, "none" },
        { "last year zero", GB_FREQ_MONTH, GB_FLOW_FLOW, "2025-01=0 2026-01=3", "2026-02-05", "3", 1, true, "0 3 -" },
        { "leap day has no counterpart", GB_FREQ_DAY, GB_FLOW_FLOW, "2023-02-28=2 2023-03-01=2 2024-02-28=3 2024-02-29=4 2024-03-01=5", "2024-03-02", "12", 3, false, "4 8 200.000000" },
        { "week 53 alone", GB_FREQ_WEEK, GB_FLOW_FLOW, "2020-W53=3", "2021-01-04", "3", 1, false, "none" },
        { "year of a week is ISO", GB_FREQ_WEEK, GB_FLOW_FLOW, "2020-W52=7 2020-W53=3 2021-W01=5", "2021-01-11", "5", 1, true, "none" },
        { "yearly", GB_FREQ_YEAR, GB_FLOW_FLOW, "2024=4 2025=5", "2026-01-11", "5", 1, true, "4 1 25.000000" },
        { "cumulative is its value", GB_FREQ_MONTH, GB_FLOW_CUMULATIVE, "2025-02=10 2026-01=12 2026-02=13", "2026-03-05", "13", 1, true, "10 3 30.000000" },
        { "a rate has none", GB_FREQ_MONTH, GB_FLOW_RATE, "2025-02=10 2026-01=12 2026-02=13", "2026-03-05", NULL, 0, false, "none" },
        { "does not fit", GB_FREQ_MONTH, GB_FLOW_FLOW, "2026-01=9000000000000000000 2026-02=9000000000000000000", "2026-03-05", NULL, 2, false, "none" },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        fx_init(&fx, 1, 2);
        fx.ind[0].freq = t[i].freq, fx.ind[0].flow = t[i].flow;
        const struct gb_eval *v = see(1, t[i].series, t[i].date);
        char ytd[48] = "";
        if (v->ytd_ok) gb_dec_exact(v->ytd, 0, ytd);
        if (strcmp(ytd, t[i].ytd ? t[i].ytd : "") || v->n_ytd != t[i].n || v->ytd_complete != t[i].complete || strcmp(t[i].base, change_text(&v->ytd_year_before, 0)))
            fail_msg("%s: ytd %s n %d complete %d base %s", t[i].what, ytd, v->n_ytd, v->ytd_complete, change_text(&v->ytd_year_before, 0));
        done();
    }
}

static void targets_and_pace(void **state)
{
    (void)state;
    static const struct { const char *what; enum gb_freq freq; enum gb_flow flow; const char *season, *series, *date; int64_t target; bool has;
                          const char *attain, *pace, *behind; } t[] = {
        { "no target", GB_FREQ_MONTH, GB_FLOW_RATE, NULL, "2026-10=9", "2026-11-05", INT64_MIN, false, "-", "-", "0.000000" },
        { "rate", GB_FREQ_MONTH, GB_FLOW_RATE, NULL, "2026-10=9", "2026-11-05", 12, true, "75.000000", "-", "0.000000" },
        { "stock over target", GB_FREQ_YEAR, GB_FLOW_STOCK, NULL, "2026=13", "2026-11-05", 12, true, "108.333333", "-", "0.000000" },
        { "zero target", GB_FREQ_MONTH, GB_FLOW_RATE, NULL, "2026-10=9", "2026-11-05", 0, true, "-", "-", "0.000000" },
        { "negative target", GB_FREQ_MONTH, GB_FLOW_RATE, NULL, "2026-10=9", "2026-11-05", -5, true, "-", "-", "0.000000" },
        { "negative actual", GB_FREQ_MONTH, GB_FLOW_RATE, NULL, "2026-10=-3", "2026-11-05", 12, true, "-25.000000", "-", "0.000000" },
        { "target of another year", GB_FREQ_MONTH, GB_FLOW_RATE, NULL, "2025-12=9", "2026-01-05", 12, false, "-", "-", "0.000000" },
        { "cumulative, by days", GB_FREQ_MONTH, GB_FLOW_CUMULATIVE, NULL, "2026-10=80", "2026-11-22", 100, true, "80.000000", "83.287671", "3.287671" }, /* 304 of 365 days */
        { "cumulative, period still running", GB_FREQ_MONTH, GB_FLOW_CUMULATIVE, NULL, "2026-11=80", "2026-11-22", 100, true, "80.000000", "89.315068", "9.315068" }, /* 326 */
        { "season none is by days", GB_FREQ_MONTH, GB_FLOW_CUMULATIVE, "none", "2026-10=80", "2026-11-22", 100, true, "80.000000", "83.287671", "3.287671" },
        { "unknown season is by days", GB_FREQ_MONTH, GB_FLOW_CUMULATIVE, "later", "2026-10=80", "2026-11-22", 100, true, "80.000000", "83.287671", "3.287671" },
        { "invcum at the end of October", GB_FREQ_MONTH, GB_FLOW_CUMULATIVE, "invcum", "2026-10=80", "2026-11-22", 100, true, "80.000000", "60.606061", "-19.393939" },
        { "invcum in January, half way", GB_FREQ_DAY, GB_FLOW_CUMULATIVE, "invcum", "2026-01-31=1", "2026-01-31", 100, true, "1.000000", "1.818182", "0.818182" },
        { "invcum year's end", GB_FREQ_MONTH, GB_FLOW_CUMULATIVE, "invcum", "2026-12=80", "2027-01-05", 100, true, "80.000000", "100.000000", "20.000000" },
        { "flow: target is per period", GB_FREQ_QUARTER, GB_FLOW_FLOW, NULL, "2026-Q1=10 2026-Q2=20", "2026-07-05", 25, true, "30.000000", "49.589041", "19.589041" },
        { "flow with a gap: no attainment", GB_FREQ_QUARTER, GB_FLOW_FLOW, NULL, "2026-Q2=20", "2026-07-05", 25, true, "-", "49.589041", "0.000000" },
        { "flow by weights", GB_FREQ_MONTH, GB_FLOW_FLOW, "tet", "2026-01=30", "2026-02-05", 10, true, "25.000000", "14.285714", "-10.714286" }, /* 2 of 14 */
        { "ISO week beyond the year", GB_FREQ_WEEK, GB_FLOW_CUMULATIVE, NULL, "2026-W53=50", "2027-01-05", 100, true, "50.000000", "100.000000", "50.000000" },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        fx_init(&fx, 1, 2);
        fx.season[0] = (struct gb_season){ "invcum", { 300, 800, 1700, 2800, 4000, 5200, 6400, 7600, 8800, 10000, 12500, 16500 } };
        fx.season[1] = (struct gb_season){ "tet", { 20000, 20000, 10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000 } };
        fx.season[2] = (struct gb_season){ "none", { 10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000 } };
        fx.c.n_seasons = 3;
        fx.ind[0].freq = t[i].freq, fx.ind[0].flow = t[i].flow, fx.ind[0].season = t[i].season;
        if (t[i].target != INT64_MIN) fx.target[0] = (struct gb_target){ .indicator_i = 0, .region_i = 1, .year = 2026, .value = t[i].target }, fx.c.n_targets = 1;
        const struct gb_eval *v = see(1, t[i].series, t[i].date);
        char attain[48] = "-", pace[48] = "-", behind[48];
        if (v->attain_ok) gb_dec_plain(v->attainment_pct, 6, 6, attain);
        if (v->pace_ok) gb_dec_plain(v->pace_pct, 6, 6, pace);
        gb_dec_plain(v->behind_pct, 6, 6, behind);
        if (v->has_target != t[i].has || strcmp(attain, t[i].attain) || strcmp(pace, t[i].pace) || strcmp(behind, t[i].behind))
            fail_msg("%s: has %d attain %s pace %s behind %s", t[i].what, v->has_target, attain, pace, behind);
        done();
    }
}

/* ---- judgement */
static struct gb_indicator judged(enum gb_direction d, enum gb_aggregation agg, const int64_t lo[4], const int64_t hi[4])
{
    struct gb_indicator ind = { .direction = d, .agg = agg, .has_steps = true };
    for (int k = 0; k < 4; k++) ind.step[k] = (struct gb_threshold){ .set = lo[k] != -99, .lo = lo[k], .hi = hi ? hi[k] : lo[k] };
    return ind;
}

static void steps(void **state)
{
    (void)state;
    static const struct { enum gb_direction d; int64_t lo[4], hi[4]; int64_t value; enum gb_state want; } t[] = {
        { GB_UP_GOOD, { 60, 50, 40, 30 }, { 60, 50, 40, 30 }, 60, GB_GOOD },       /* reached when value < t */
        { GB_UP_GOOD, { 60, 50, 40, 30 }, { 60, 50, 40, 30 }, 59, GB_WATCH },
        { GB_UP_GOOD, { 60, 50, 40, 30 }, { 60, 50, 40, 30 }, 49, GB_WARNING },
        { GB_UP_GOOD, { 60, 50, 40, 30 }, { 60, 50, 40, 30 }, 30, GB_DANGER },
        { GB_UP_GOOD, { 60, 50, 40, 30 }, { 60, 50, 40, 30 }, -1, GB_EMERGENCY },
        { GB_DOWN_GOOD, { 1, 2, 3, 4 }, { 1, 2, 3, 4 }, 0, GB_GOOD },              /* reached when value >= t */
        { GB_DOWN_GOOD, { 1, 2, 3, 4 }, { 1, 2, 3, 4 }, 1, GB_WATCH },
        { GB_DOWN_GOOD, { 1, 2, 3, 4 }, { 1, 2, 3, 4 }, 4, GB_EMERGENCY },
        { GB_DOWN_GOOD, { 1, 2, 3, 3 }, { 1, 2, 3, 3 }, 3, GB_DANGER },            /* equal last step: no emergency on this scale */
        { GB_DOWN_GOOD, { 3, 4, 5, 5 }, { 3, 4, 5, 5 }, 9, GB_DANGER },
        { GB_DOWN_GOOD, { -99, -99, 3, 5 }, { 0 }, 2, GB_GOOD },                   /* steps left open */
        { GB_DOWN_GOOD, { -99, -99, 3, 5 }, { 0 }, 3, GB_DANGER },
        { GB_BAND, { 10, 5, 0, -5 }, { 40, 45, 50, 60 }, 40, GB_GOOD },            /* bounds are allowed */
        { GB_BAND, { 10, 5, 0, -5 }, { 40, 45, 50, 60 }, 41, GB_WATCH },
        { GB_BAND, { 10, 5, 0, -5 }, { 40, 45, 50, 60 }, 4, GB_WARNING },
        { GB_BAND, { 10, 5, 0, -5 }, { 40, 45, 50, 60 }, -6, GB_EMERGENCY },
        { GB_NEUTRAL, { 1, 2, 3, 4 }, { 1, 2, 3, 4 }, 9, GB_STATE_NONE },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct gb_indicator ind = judged(t[i].d, GB_AGG_MEAN, t[i].lo, t[i].d == GB_BAND ? t[i].hi : NULL);
        if (gb_judge(&ind, GB_AT_COMMUNE, t[i].value) != t[i].want) fail_msg("case %zu: %s", i, gb_state_word(gb_judge(&ind, GB_AT_COMMUNE, t[i].value)));
    }
    struct gb_indicator sum = judged(GB_DOWN_GOOD, GB_AGG_SUM, (const int64_t[]){ 1, 2, 3, 4 }, NULL);
    assert_int_equal(gb_judge(&sum, GB_AT_PROVINCE, 4), GB_EMERGENCY);
    assert_int_equal(gb_judge(&sum, GB_AT_COMMUNE, 4), GB_STATE_NONE);
    assert_int_equal(gb_judge(&sum, GB_AT_POINT, 4), GB_STATE_NONE);
    assert_int_equal(gb_judge(&sum, GB_AT_PROVINCE, GB_VALUE_MISSING), GB_STATE_NONE);
    sum.has_steps = false;
    assert_int_equal(gb_judge(&sum, GB_AT_PROVINCE, 4), GB_STATE_NONE);
}

/* Thresholds 60;50;40;30 for October, factor 0.88 in September: watch below 52.8 exactly. */
static void seasonal_steps(void **state)
{
    (void)state;
    static const struct { const char *series, *date; enum gb_state want; } t[] = {
        { "2026-10=60.0000", "2026-11-05", GB_GOOD },  { "2026-10=59.9999", "2026-11-05", GB_WATCH },
        { "2026-09=52.8000", "2026-10-05", GB_GOOD },  { "2026-09=52.7999", "2026-10-05", GB_WATCH },
        { "2026-01=1.8", "2026-02-05", GB_GOOD },      { "2026-01=0.8999", "2026-02-05", GB_EMERGENCY },
        { "2026-12=98.9999", "2027-01-05", GB_WATCH }, { "2026-09=52.7999", "2026-12-05", GB_OVERDUE },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        fx_init(&fx, 1, 2);
        fx.season[0] = (struct gb_season){ "invcum", { 300, 800, 1700, 2800, 4000, 5200, 6400, 7600, 8800, 10000, 12500, 16500 } };
        fx.c.n_seasons = 1;
        fx.ind[0] = judged(GB_UP_GOOD, GB_AGG_NONE, (const int64_t[]){ 600000, 500000, 400000, 300000 }, NULL);
        fx.ind[0].code = "t.i0", fx.ind[0].freq = GB_FREQ_MONTH, fx.ind[0].scale = 4, fx.ind[0].season = "invcum", fx.ind[0].flow = GB_FLOW_CUMULATIVE;
        const struct gb_eval *v = see(0, t[i].series, t[i].date);
        if (v->state != t[i].want) fail_msg("%s: %s", t[i].series, gb_state_word(v->state));
        if (v->state == GB_OVERDUE) assert_int_equal(v->level, GB_WATCH); /* the step stays known */
        done();
    }
}

static void worsening(void **state)
{
    (void)state;
    const int64_t lo[4] = { 10, 5, 0, -5 }, hi[4] = { 40, 45, 50, 60 };
    struct gb_indicator up = judged(GB_UP_GOOD, GB_AGG_NONE, lo, NULL), down = judged(GB_DOWN_GOOD, GB_AGG_NONE, lo, NULL),
                        band = judged(GB_BAND, GB_AGG_NONE, lo, hi), neutral = judged(GB_NEUTRAL, GB_AGG_NONE, lo, NULL);
    assert_true(gb_worsened(&up, 5, 4) && !gb_worsened(&up, 5, 5) && !gb_worsened(&up, 5, 6));
    assert_true(gb_worsened(&down, 5, 6) && !gb_worsened(&down, 5, 5) && !gb_worsened(&down, 5, 4));
    assert_true(gb_worsened(&band, 41, 42) && gb_worsened(&band, 20, 41) && gb_worsened(&band, 9, 8));
    assert_false(gb_worsened(&band, 43, 42) || gb_worsened(&band, 20, 30) || gb_worsened(&band, 8, 9));
    assert_false(gb_worsened(&neutral, 1, 2) || gb_worsened(&neutral, 2, 1));
}

static void words(void **state)
{
    (void)state;
    static const char *const vi[] = { "không đánh giá", "tốt", "theo dõi", "cảnh báo", "nguy hiểm", "khẩn cấp", "chưa có số liệu", "quá hạn" };
    for (int s = GB_STATE_NONE; s <= GB_OVERDUE; s++) {
        assert_string_equal(gb_state_vi((enum gb_state)s), vi[s]);
        for (int o = GB_STATE_NONE; o < s; o++) assert_string_not_equal(gb_state_word((enum gb_state)s), gb_state_word((enum gb_state)o));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes), cmocka_unit_test(sought_period_is_kept), cmocka_unit_test(age_and_overdue), cmocka_unit_test(nothing_to_divide_by), cmocka_unit_test(no_longer_measured),
        cmocka_unit_test(administrative_periods), cmocka_unit_test(administrative_season), cmocka_unit_test(year_to_date),
        cmocka_unit_test(targets_and_pace), cmocka_unit_test(steps), cmocka_unit_test(seasonal_steps), cmocka_unit_test(worsening), cmocka_unit_test(words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
