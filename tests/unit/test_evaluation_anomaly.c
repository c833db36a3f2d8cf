/* test_evaluation_anomaly.c — a table of series and the marks they must carry; and that nothing else is marked. */
#include "cube_fixture.h"
#include "evaluation/anomaly.h"

static struct fx fx;

static struct gb_anomaly look(const char *series, const char *date, const int64_t *target)
{
    fx_series(&fx, 0, 0, 0, series);
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    return gb_anomaly_of(&fx.c, gb_cube_series(&fx.cube, 0, 0), fx_date(date), target);
}

static void set_up(enum gb_freq freq, int scale, int decimals)
{
    fx_init(&fx, 1, 2);
    fx.ind[0].freq = freq, fx.ind[0].scale = scale, fx.ind[0].decimals = decimals;
    fx.ind[0].season = "none", fx.ind[0].flow = GB_FLOW_FLOW;
    fx.ind[0].has_min = true;
}

static const char *marks_text(unsigned marks)
{
    static char out[120];
    size_t at = 0;
    out[0] = 0;
    for (int k = 0; k < GB_AN_N; k++)
        if (marks & GB_AN_BIT(k)) at += (size_t)snprintf(out + at, sizeof out - at, "%s%s", at ? " " : "", gb_anomaly_word((enum gb_anomaly_kind)k));
    return out;
}

/* Daily values from a list, ending on 2026-03-31. */
static const char *days(const char *list)
{
    static char out[8192];
    char word[32];
    int n = 0, k = 0, used;
    size_t at = 0;
    for (const char *p = list; sscanf(p, "%31s%n", word, &used) == 1; p += used) n++;
    int32_t last = fx_period("2026-03-31");
    for (const char *p = list; sscanf(p, "%31s%n", word, &used) == 1; p += used, k++) {
        char day[24];
        gb_period_iso(GB_FREQ_DAY, last - n + 1 + k, day);
        at += (size_t)snprintf(out + at, sizeof out - at, "%s%s=%s", k ? " " : "", day, word);
    }
    return out;
}

#define CALM16 "51 48 53 49 52 47 50 54 48 51 49 53 47 52 50 48 "
#define CALM CALM16 CALM16 CALM16
#define WAVES "51 78 83 79 52 47 50 54 78 81 79 53 47 52 50 48 51 79 84 78 52 47 51 54 "
static const struct { const char *what, *values, *want; } cases[] = {
    { "calm", CALM "49 51", "" },
    { "jump", CALM "49 95", "jump" },
    { "jump down", CALM "49 3", "jump" },
    { "jump needs history", "51 48 95", "" },
    { "jump in the past is over", CALM "95 49 51", "" },
    { "ten times", CALM "51 490", "jump unit" },
    { "a hundredth", "5100 4800 5300 4900 52", "unit" },
    { "a thousand times", "51 48 53 49 52000", "unit" },
    { "thirty times is no power", "51 48 53 49 1500", "" },
    { "spread too wide for a unit", "5 48 53 9 490", "" },
    { "another level", CALM "71 74 70 73", "level-shift" },
    { "three values are no level", CALM "47 74 70 73", "" },
    { "a level needs history", CALM16 "71 74 70 73", "" },
    { "waves have come before", WAVES WAVES "79 83 80 78", "" },
    { "a trend goes on", "10 12 14 16 18 20 22 24 26 28 30 32 34 36 38 40 42 44 46 48 50 52 54 56 58 60 62 64 66 68 70 72 74 76 78 80 82 84 86 88 90 92 94 96", "" },
    { "a jump as there was one is none", CALM16 "95 49 51 " CALM "49 95", "" },
    { "but a larger one is", CALM16 "75 49 51 " CALM "49 150", "jump" },
    { "a growing series grows by more", "1 2 3 4 5 7 9 12 15 19 24 30 38 48 60 75 94 118 148 185 231 289 361 451 564 705 881 1101 1376 1720", "" },
    { "copied", CALM "49 51 53 47 47 47 47", "copied" },
    { "copied three times may be chance", CALM "49 51 53 47 47 47", "" },
    { "zeros are no copies", CALM "49 51 3 0 0 0 0 0", "" },
    { "always the same is no copy", "7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7", "" },
    { "a stock that hardly moves", "535 536 535 537 538 537 538 537 536 535 536 537 536 535 535 535 535 535", "" },
    { "stepwise figures repeat", "5 5 5 5 6 6 6 6 6 8 8 8 8 9 9 9 9 9 9", "" },
    { "constant", "5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5", "" },
    { "nothing ever", "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0", "" },
    { "small counts repeat and are round by nature", "1 0 2 1 0 0 1 3 1 1 0 2 1 1 0 0 2 1 0 1 1 2 0 1 0 0 1 1 2 0 5 0 1 1 0 2 1 1 1 1 1", "" },
    { "a first case is no jump", "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1", "" },
    { "a week's course", "50 51 49 52 50 20 12 51 50 50 51 49 21 11 49 52 51 50 50 20 13 50 50 51 49 52 19 12 51 49 50 50 51 21 11 50 51 52 49 50 20 12 50 51", "" },
    { "two values", "5 500", "" },
    { "gaps break a run", CALM "49 51 53 47 - 47 47 47", "" },
};

static void table(void **st)
{
    (void)st;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_up(GB_FREQ_DAY, 0, 0);
        struct gb_anomaly an = look(days(cases[i].values), "2026-04-01", NULL);
        if (strcmp(marks_text(an.marks), cases[i].want) != 0) fail_msg("%s: \"%s\", want \"%s\"", cases[i].what, marks_text(an.marks), cases[i].want);
        fx_release(&fx);
    }
}

static void what_is_told(void **st)
{
    (void)st;
    set_up(GB_FREQ_DAY, 0, 0);
    struct gb_anomaly an = look(days(CALM "51 490"), "2026-04-01", NULL);
    assert_int_equal(an.factor_log10, 1), assert_int_equal(an.usual, 50), assert_int_equal(an.period, fx_period("2026-03-31"));
    fx_release(&fx);
    set_up(GB_FREQ_DAY, 0, 0);
    an = look(days(CALM "49 51 53 47 47 47 47 47"), "2026-04-01", NULL);
    assert_int_equal(an.run, 5);
    fx_release(&fx);
}

static const char *measured(int round_in_ten)
{
    static char list[4096];
    size_t at = 0;
    for (int i = 0; i < 60; i++) {
        int v = 300 + i * 7919 % 150;
        if (i % 10 < round_in_ten) v = v / 5 * 5;
        at += (size_t)snprintf(list + at, sizeof list - at, "%d ", v);
    }
    return list;
}

static void last_digits(void **st)
{
    (void)st;
    for (int share = 0; share <= 8; share += 4) {
        set_up(GB_FREQ_DAY, 0, 0);
        struct gb_anomaly an = look(days(measured(share)), "2026-04-01", NULL);
        bool marked = an.marks & GB_AN_BIT(GB_AN_DIGITS);
        assert_int_equal(marked, share == 8);
        struct gb_anomaly share_of_few = { 0 };
        fx_release(&fx);
        set_up(GB_FREQ_DAY, 0, 0);
        fx.ind[0].is_percent = true;
        share_of_few = look(days(measured(share)), "2026-04-01", NULL);
        assert_int_equal(share_of_few.marks & GB_AN_BIT(GB_AN_DIGITS), 0);
        if (marked) assert_true(an.round_share_pct > 75 && an.round_share_pct <= 95);
        fx_release(&fx);
    }
}

static void exactly_on_target(void **st)
{
    (void)st;
    static const struct { const char *value; int64_t target; bool want; } t[] = {
        { "708.33", 70833, true }, { "708.30", 70833, false }, { "12.50", 1250, true }, { "95", 9500, false }, { "1400000", 140000000, false }, { "1234", 123400, true },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        char series[64];
        set_up(GB_FREQ_MONTH, 2, 2);
        snprintf(series, sizeof series, "2026-02=%s", t[i].value);
        struct gb_anomaly an = look(series, "2026-04-01", &t[i].target);
        assert_int_equal((an.marks & GB_AN_BIT(GB_AN_ON_TARGET)) != 0, t[i].want);
        fx_release(&fx);
    }
}

/* Instruments have steps of their own: digits of hours tell nothing about a person. */
static void hours_are_not_written_by_hand(void **st)
{
    (void)st;
    static char series[8192];
    for (int hours = 0; hours <= 1; hours++) {
        size_t at = 0;
        enum gb_freq freq = hours ? GB_FREQ_HOUR : GB_FREQ_DAY;
        int32_t last = hours ? fx_period("2026-03-31T20") : fx_period("2026-03-31");
        for (int i = 0; i < 60; i++) {
            char when[24];
            gb_period_iso(freq, last - 59 + i, when);
            at += (size_t)snprintf(series + at, sizeof series - at, "%s%s=%d", i ? " " : "", when, (300 + i * 7919 % 150) / 5 * 5);
        }
        set_up(freq, 0, 0);
        assert_int_equal(look(series, "2026-04-01", NULL).marks & GB_AN_BIT(GB_AN_DIGITS), hours ? 0 : GB_AN_BIT(GB_AN_DIGITS));
        fx_release(&fx);
    }
}

/* A month that is always high is no jump; when it is not, that is one for an indicator with a season, and passes for calm without. */
static void the_season_is_known(void **st)
{
    (void)st;
    static char series[4096];
    size_t at = 0;
    for (int last = 100; last <= 500; last += 400, at = 0) {
        for (int m = 0; m < 60; m++)
            at += (size_t)snprintf(series + at, sizeof series - at, "%s%d-%02d=%d", m ? " " : "", 2021 + m / 12, m % 12 + 1,
                                   (m == 59 ? last : m % 12 == 11 ? 500 : 100) + m * m * 31 % 11);
        for (int season = 0; season <= 1; season++) {
            set_up(GB_FREQ_MONTH, 0, 0);
            fx.ind[0].season = season ? "tourism" : "";
            bool jump = look(series, "2026-01-20", NULL).marks & GB_AN_BIT(GB_AN_JUMP);
            assert_int_equal(jump, season && last == 100);
            fx_release(&fx);
        }
    }
}

/* New Year is no fall of a cumulative figure. */
static void cumulative(void **st)
{
    (void)st;
    static char series[4096];
    size_t at = 0;
    for (int m = 0; m < 25; m++)
        at += (size_t)snprintf(series + at, sizeof series - at, "%s%d-%02d=%d", m ? " " : "", 2024 + m / 12, m % 12 + 1, (m % 12 + 1) * 1000 + m * 7919 % 90);
    set_up(GB_FREQ_MONTH, 0, 0);
    fx.ind[0].flow = GB_FLOW_CUMULATIVE;
    assert_int_equal(look(series, "2026-02-20", NULL).marks, 0);
    fx_release(&fx);
}

/* What changes at a declared break, of an area or a definition, is no question to the agency; the same without one is. */
static void a_break_explains(void **st)
{
    (void)st;
    static int changed[] = { 0 };
    static struct gb_break brk = { .date = { .year = 2026, .month = 3, .day = 28 }, .text = "Sắp xếp" };
    static const struct { const char *values; int day; unsigned want; } t[] = {
        { CALM "71 74 70 73", 28, GB_AN_BIT(GB_AN_SHIFT) },
        { CALM "510", 31, GB_AN_BIT(GB_AN_UNIT) },
        { CALM "95", 31, GB_AN_BIT(GB_AN_JUMP) },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        for (int kind = 0; kind < 4; kind++) { /* none, of an area, of this definition, of an area but at the province */
            set_up(GB_FREQ_DAY, 0, 0);
            brk.date.day = t[i].day, brk.indicator = changed, brk.n_indicators = kind == 2;
            fx.c.locality.breaks = &brk, fx.c.locality.n_breaks = kind > 0;
            fx_series(&fx, 0, 0, kind != 3, days(t[i].values));
            gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
            unsigned marks = gb_anomaly_of(&fx.c, gb_cube_series(&fx.cube, 0, kind != 3), fx_date("2026-04-01"), NULL).marks;
            bool asked = marks & t[i].want;
            if (asked != (kind == 0 || kind == 3)) fail_msg("case %zu, break %d: \"%s\"", i, kind, marks_text(marks));
            fx_release(&fx);
        }
}

static void nothing_to_look_at(void **st)
{
    (void)st;
    set_up(GB_FREQ_DAY, 0, 0);
    struct gb_anomaly an = look("2026-03-30=- 2026-03-31=5:F", "2026-04-01", NULL);
    assert_int_equal(an.marks, 0), assert_int_equal(an.period, GB_PERIOD_NONE);
    fx_release(&fx);
}

static void huge_values(void **st)
{
    (void)st;
    set_up(GB_FREQ_DAY, 0, 0);
    struct gb_anomaly an = look(days("9000000000000000000 -9000000000000000000 9000000000000000000 -9000000000000000000 9000000000000000000 -9000000000000000000 "
                                     "9000000000000000000 -9000000000000000000 1 2 3 4 5 6 7 8 9 9000000000000000000"), "2026-04-01", NULL);
    assert_int_equal(an.period, fx_period("2026-03-31"));
    fx_release(&fx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table), cmocka_unit_test(what_is_told), cmocka_unit_test(last_digits), cmocka_unit_test(hours_are_not_written_by_hand), cmocka_unit_test(exactly_on_target),
        cmocka_unit_test(the_season_is_known), cmocka_unit_test(cumulative), cmocka_unit_test(a_break_explains), cmocka_unit_test(nothing_to_look_at), cmocka_unit_test(huge_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
