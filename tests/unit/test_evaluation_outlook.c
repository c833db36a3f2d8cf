/* test_evaluation_outlook.c — from the cube to a forecast and to the year's end, and the cases in which nothing may be said. */
#include "cube_fixture.h"
#include "evaluation/outlook.h"

static struct fx fx;
static struct gb_evaluation ev;

static void set_up(enum gb_flow flow, enum gb_direction direction, int scale, int64_t target)
{
    fx_init(&fx, 1, 3);
    fx.ind[0].flow = flow;
    fx.ind[0].direction = direction;
    fx.ind[0].scale = scale;
    fx.ind[0].season = "none";
    fx.ind[0].has_min = true; /* zero */
    if (target) {
        fx.target[0] = (struct gb_target){ .indicator_i = 0, .region_i = 0, .year = 2026, .value = target };
        fx.c.n_targets = 1;
    }
}

static void see(int region, const char *series, const char *date)
{
    fx_series(&fx, 0, 0, region, series);
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    gb_evaluation_init(&ev, &fx.cube, fx_date(date));
    FX_OK(gb_evaluation_run(&ev, &e));
}

static void done(void)
{
    gb_evaluation_release(&ev);
    fx_release(&fx);
}

/* "2024-01=v ..." from first to last, v by a function of the month's number from 0. */
static const char *months(int first, int last, int (*v)(int))
{
    static char out[8192];
    size_t at = 0;
    for (int p = first; p <= last; p++)
        at += (size_t)snprintf(out + at, sizeof out - at, "%s%d-%02d=%d", p > first ? " " : "", p / 12, p % 12 + 1, v(p - first));
    return out;
}
#define MONTH(y, m) ((y) * 12 + (m) - 1)
static int ten(int i) { return 100 + i * 7919 % 5; }
static int line(int i) { return 10 + 2 * i; }
static int cumulative(int i) { return (i % 12 + 1) * 10; }
static int falling(int i) { return 60 - i; }

static void flow_adds_up(void **st)
{
    (void)st;
    set_up(GB_FLOW_FLOW, GB_UP_GOOD, 0, 120); /* a month: 1440 a year */
    see(0, months(MONTH(2023, 1), MONTH(2026, 9), ten), "2026-10-20");
    struct gb_year_end y;
    gb_year_end(&ev, 0, 0, &y);
    assert_int_equal(y.why, GB_YE_OK);
    assert_int_equal(y.left, 3), assert_int_equal(y.target, 1440);
    assert_true(y.so_far > 900 && y.so_far < 925);
    assert_int_equal(y.needed, (2 * (1440 - y.so_far) / 3 + 1) / 2);
    assert_true(y.expected > 1190 && y.expected < 1240);
    assert_int_equal(y.chance_pct, 1); /* 1440 is far away, but a forecast is never certain */
    assert_true(y.lo80 <= y.expected && y.expected <= y.hi80 && y.lo80 >= y.so_far);
    done();
}

static void cumulative_starts_anew(void **st)
{
    (void)st;
    set_up(GB_FLOW_CUMULATIVE, GB_UP_GOOD, 0, 120);
    see(0, months(MONTH(2023, 1), MONTH(2026, 9), cumulative), "2026-10-20");
    struct gb_year_end y;
    gb_year_end(&ev, 0, 0, &y);
    assert_int_equal(y.why, GB_YE_OK);
    assert_int_equal(y.so_far, 90), assert_int_equal(y.expected, 120), assert_int_equal(y.needed, 10);
    struct gb_outlook o;
    gb_outlook(&ev, 0, 0, 6, &o);
    assert_int_equal(o.n, 6), assert_int_equal(o.first, MONTH(2026, 10));
    static const int64_t want[] = { 100, 110, 120, 10, 20, 30 };
    for (int k = 0; k < 6; k++) assert_int_equal(o.mean[k], want[k]);
    done();
}

static void level_at_the_end(void **st)
{
    (void)st;
    set_up(GB_FLOW_STOCK, GB_DOWN_GOOD, 0, 10); /* from 16 to 10 in 3 months: two a month; it falls by one */
    see(0, months(MONTH(2023, 1), MONTH(2026, 9), falling), "2026-10-20");
    struct gb_year_end y;
    gb_year_end(&ev, 0, 0, &y);
    assert_int_equal(y.why, GB_YE_OK);
    assert_int_equal(y.so_far, 16), assert_int_equal(y.needed, -2), assert_int_equal(y.expected, 13);
    assert_int_equal(y.chance_pct, 1);
    assert_int_equal(y.attainment_pct, 130000000);
    done();
}

static void up_and_met(void **st)
{
    (void)st;
    set_up(GB_FLOW_RATE, GB_UP_GOOD, 0, 50);
    see(0, months(MONTH(2023, 1), MONTH(2026, 9), line), "2026-10-20");
    struct gb_year_end y;
    gb_year_end(&ev, 0, 0, &y);
    assert_int_equal(y.why, GB_YE_OK);
    assert_true(y.needed_ok && y.needed == 0);
    assert_int_equal(y.chance_pct, 99);
    done();
}

static void refused(void **st)
{
    (void)st;
    struct gb_year_end y;
    set_up(GB_FLOW_RATE, GB_UP_GOOD, 0, 0);
    see(0, months(MONTH(2025, 1), MONTH(2026, 9), line), "2026-10-20");
    gb_year_end(&ev, 0, 0, &y);
    assert_int_equal(y.why, GB_YE_NO_TARGET);
    gb_year_end(&ev, 0, 1, &y); /* no series at all */
    assert_int_equal(y.why, GB_YE_NO_TARGET);
    done();

    set_up(GB_FLOW_RATE, GB_BAND, 0, 5);
    see(0, months(MONTH(2025, 1), MONTH(2026, 9), line), "2026-10-20");
    gb_year_end(&ev, 0, 0, &y);
    assert_int_equal(y.why, GB_YE_NO_DIRECTION);
    done();

    set_up(GB_FLOW_FLOW, GB_UP_GOOD, 0, 5);
    see(0, "2026-01=5 2026-02=- 2026-03=6", "2026-04-20");
    gb_year_end(&ev, 0, 0, &y);
    assert_int_equal(y.why, GB_YE_GAPS);
    done();

    set_up(GB_FLOW_RATE, GB_UP_GOOD, 0, 5);
    see(0, "2026-11=5 2026-12=6", "2026-12-31");
    gb_year_end(&ev, 0, 0, &y);
    assert_int_equal(y.why, GB_YE_YEAR_IS_OVER);
    done();

    set_up(GB_FLOW_RATE, GB_UP_GOOD, 0, 9);
    see(0, "2026-01=5 2026-02=6", "2026-03-20"); /* two values are no series; what is needed can be said all the same */
    gb_year_end(&ev, 0, 0, &y);
    assert_int_equal(y.why, GB_YE_NO_FORECAST), assert_int_equal(y.note, GB_FC_TOO_SHORT);
    assert_true(y.needed_ok && y.needed == 0); /* 3 / 10 rounds to nothing at scale 0 */
    done();
}

/* A break restarts the series of a commune; the province goes through. */
static void break_restarts(void **st)
{
    (void)st;
    static struct gb_break brk = { .date = { .year = 2026, .month = 7, .day = 1 }, .text = "Sắp xếp" };
    set_up(GB_FLOW_RATE, GB_UP_GOOD, 0, 0);
    fx.c.locality.breaks = &brk, fx.c.locality.n_breaks = 1;
    fx_series(&fx, 0, 0, 0, months(MONTH(2023, 1), MONTH(2026, 9), line));
    see(1, months(MONTH(2023, 1), MONTH(2026, 9), line), "2026-10-20");
    struct gb_outlook o;
    gb_outlook(&ev, 0, 1, 3, &o);
    assert_int_equal(o.n, 0), assert_int_equal(o.note, GB_FC_TOO_SHORT), assert_string_equal(o.break_text, "Sắp xếp");
    gb_outlook(&ev, 0, 0, 3, &o);
    assert_int_equal(o.n, 3), assert_null(o.break_text);
    assert_int_equal(o.mean[0], 10 + 2 * 45);
    done();
}

/* A year and a half shows no season: the catalogue's is taken, and said. */
static int summer(int i) { return i % 12 == 6 ? 300 : 100 + i * i * 31 % 3; }
static void season_of_the_catalogue(void **st)
{
    (void)st;
    struct gb_outlook o;
    set_up(GB_FLOW_FLOW, GB_UP_GOOD, 0, 120);
    fx.season[0] = (struct gb_season){ .code = "tourism" };
    for (int m = 0; m < 12; m++) fx.season[0].month[m] = m == 6 ? 30000 : 10000;
    fx.c.n_seasons = 1, fx.ind[0].season = "tourism";
    see(0, months(MONTH(2025, 1), MONTH(2026, 5), summer), "2026-06-20");
    gb_outlook(&ev, 0, 0, 3, &o);
    assert_int_equal(o.note, GB_FC_PROFILE);
    assert_true(o.mean[0] > 95 && o.mean[0] < 107);  /* June */
    assert_true(o.mean[1] > 285 && o.mean[1] < 318); /* July */
    done();

    set_up(GB_FLOW_FLOW, GB_UP_GOOD, 0, 120); /* a season by name alone: no chance is told */
    fx.ind[0].season = "tourism";
    see(0, months(MONTH(2025, 1), MONTH(2026, 5), summer), "2026-06-20");
    struct gb_year_end y;
    gb_year_end(&ev, 0, 0, &y);
    assert_int_equal(y.why, GB_YE_NO_FORECAST), assert_int_equal(y.note, GB_FC_SHORT);
    done();
}

/* Delivered forecasts and values after the date are not learnt from. */
static void forecasts_do_not_count(void **st)
{
    (void)st;
    static char series[8192 + 64];
    set_up(GB_FLOW_RATE, GB_UP_GOOD, 0, 0);
    snprintf(series, sizeof series, "%s 2026-10=9999:F 2026-11=9999:F", months(MONTH(2024, 1), MONTH(2026, 9), line));
    see(0, series, "2026-10-20");
    struct gb_outlook o;
    gb_outlook(&ev, 0, 0, 2, &o);
    assert_int_equal(o.first, MONTH(2026, 10));
    assert_int_equal(o.mean[0], 10 + 2 * 33);
    done();
}

/* The year's end where targets are odd: who is met, what each period left must bring, what may be divided. Monthly, seen after September. */
static int rising3(int i) { return 3 * i; }
static int even(int i) { return 50 + i * 7919 % 3; }
static int losses(int i) { return -40 + i * 7919 % 3; }
static void degenerate_targets(void **st)
{
    (void)st;
    static const struct {
        const char *what;
        enum gb_flow flow;
        enum gb_direction dir;
        int (*v)(int);
        bool has;
        int64_t target, year; /* as in targets.csv; of the year */
        bool needed_ok;
        int64_t needed;
        bool attainment_ok;
        int least, most; /* chance */
    } t[] = {
        { "up, met already", GB_FLOW_FLOW, GB_UP_GOOD, even, true, 10, 120, true, 0, true, 99, 99 },
        { "up, zero target", GB_FLOW_FLOW, GB_UP_GOOD, even, true, 0, 0, true, 0, false, 99, 99 },
        { "up, negative target", GB_FLOW_RATE, GB_UP_GOOD, even, true, -5, -5, true, 0, false, 99, 99 },
        { "down, zero target of a flow: gone beyond", GB_FLOW_FLOW, GB_DOWN_GOOD, even, true, 0, 0, false, 0, false, 1, 1 },
        { "down, what may still come", GB_FLOW_FLOW, GB_DOWN_GOOD, even, true, 60, 720, true, 87, true, 95, 99 },
        { "down, zero target of a level", GB_FLOW_RATE, GB_DOWN_GOOD, even, true, 0, 0, true, -17, false, 1, 1 },
        { "level equal to its target", GB_FLOW_STOCK, GB_UP_GOOD, even, true, 52, 52, true, 0, true, 1, 60 },
        { "losses that must shrink", GB_FLOW_RATE, GB_UP_GOOD, losses, true, -20, -20, true, 6, false, 1, 1 },
        { "cumulative, far ahead", GB_FLOW_CUMULATIVE, GB_UP_GOOD, cumulative, true, 80, 80, true, 0, true, 99, 99 },
        { "cumulative, out of reach", GB_FLOW_CUMULATIVE, GB_UP_GOOD, cumulative, true, 900, 900, true, 270, true, 1, 1 },
        { "no target", GB_FLOW_RATE, GB_UP_GOOD, rising3, false, 0, 0, false, 0, false, 0, 0 },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        set_up(t[i].flow, t[i].dir, 0, 0);
        fx.ind[0].has_min = t[i].v != losses;
        if (t[i].has) {
            fx.target[0] = (struct gb_target){ .indicator_i = 0, .region_i = 0, .year = 2026, .value = t[i].target };
            fx.c.n_targets = 1;
        }
        see(0, months(MONTH(2023, 1), MONTH(2026, 9), t[i].v), "2026-10-20");
        struct gb_year_end y;
        gb_year_end(&ev, 0, 0, &y);
        if (y.why != (t[i].has ? GB_YE_OK : GB_YE_NO_TARGET)) fail_msg("%s: why %d", t[i].what, y.why);
        if (t[i].has && (y.target != t[i].year || y.left != 3)) fail_msg("%s: target %lld, left %d", t[i].what, (long long)y.target, y.left);
        if (y.needed_ok != t[i].needed_ok || y.needed != t[i].needed) fail_msg("%s: needed %d %lld", t[i].what, y.needed_ok, (long long)y.needed);
        if (y.attainment_ok != t[i].attainment_ok) fail_msg("%s: attainment %d", t[i].what, y.attainment_ok);
        if (y.chance_pct < t[i].least || y.chance_pct > t[i].most) fail_msg("%s: chance %d", t[i].what, y.chance_pct);
        done();
    }
}

/* A cumulative balance may fall: nothing holds its interval above what it is now. A count may not, and no step is certain. */
static int balance(int i) { return (i % 12 + 1) * 10 + i * 7919 % 37; }
static void what_may_fall(void **st)
{
    (void)st;
    for (int counts = 0; counts <= 1; counts++) {
        set_up(GB_FLOW_CUMULATIVE, GB_UP_GOOD, 0, 0);
        fx.ind[0].has_min = counts;
        see(0, months(MONTH(2023, 1), MONTH(2026, 9), balance), "2026-10-20");
        struct gb_outlook o;
        gb_outlook(&ev, 0, 0, 6, &o);
        int64_t now = 90 + 44 * 7919 % 37;
        assert_int_equal(o.n, 6);
        if (counts) assert_true(o.lo95[0] >= now && o.lo95[3] >= 0);
        else assert_true(o.lo95[0] < now);
        for (int k = 0; k < 6; k++) assert_true(o.lo95[k] <= o.lo80[k] && o.lo80[k] <= o.mean[k] && o.mean[k] <= o.hi80[k] && o.hi80[k] <= o.hi95[k]);
        done();
    }
}

/* Values that have lain on a line were rounded onto it: the next is not certain to the last digit. */
static void nothing_is_certain(void **st)
{
    (void)st;
    set_up(GB_FLOW_RATE, GB_UP_GOOD, 0, 0);
    see(0, months(MONTH(2025, 9), MONTH(2026, 9), line), "2026-10-20");
    struct gb_outlook o;
    gb_outlook(&ev, 0, 0, 3, &o);
    for (int k = 0; k < 3; k++) assert_true(o.lo80[k] < o.mean[k] && o.mean[k] < o.hi80[k]);
    done();
}

/* The bounds of a monthly flow are not those of the year's sum. */
static void a_year_exceeds_a_month(void **st)
{
    (void)st;
    set_up(GB_FLOW_FLOW, GB_UP_GOOD, 0, 60);
    fx.ind[0].has_max = true, fx.ind[0].valid_max = 100;
    see(0, months(MONTH(2023, 1), MONTH(2026, 9), even), "2026-10-20");
    struct gb_year_end y;
    gb_year_end(&ev, 0, 0, &y);
    assert_int_equal(y.why, GB_YE_OK);
    assert_true(y.expected > 600 && y.expected < 625);
    done();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flow_adds_up), cmocka_unit_test(cumulative_starts_anew), cmocka_unit_test(level_at_the_end), cmocka_unit_test(up_and_met),
        cmocka_unit_test(refused), cmocka_unit_test(break_restarts), cmocka_unit_test(forecasts_do_not_count), cmocka_unit_test(season_of_the_catalogue),
        cmocka_unit_test(degenerate_targets), cmocka_unit_test(a_year_exceeds_a_month), cmocka_unit_test(what_may_fall), cmocka_unit_test(nothing_is_certain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
