/* test_chart_palette.c — the palette by number: contrast (WCAG 2.2, 1.4.3 and 1.4.11) on paper and on a dark page, lightness in grey (CIE L*),
 * and difference (CIEDE2000, Sharma, Wu, Dalal 2005) for normal sight, protanopia, deuteranopia and tritanopia as simulated by Machado,
 * Oliveira and Fernandes (2009, "A physiologically-based model for simulation of color vision deficiency", severity 1.0).
 *
 * What must hold where: classes of a map, days, pieces and lines are told by colour, so they differ in grey and for every eye.
 * States are told by shape and word; in grey the three bad steps also darken in their order, the others differ by shape alone.
 * Tints are only grounds: what is written on them must be readable, nothing else.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "canvas/font.h"
#include "chart/palette.h"

enum { N_EYES = 4, SHEET = 1 << 16 };
static const char *const eye_name[N_EYES] = { "normal", "protanopia", "deuteranopia", "tritanopia" };
static const double eye[N_EYES][3][3] = {
    { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
    { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
    { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
    { { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 }, { 0.004733, 0.691367, 0.303900 } },
};
struct lab { double l, a, b; };

static double linear(uint8_t v)
{
    double c = v / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}
static double contrast(struct gb_rgba a, struct gb_rgba b)
{
    double la = 0.2126 * linear(a.r) + 0.7152 * linear(a.g) + 0.0722 * linear(a.b),
           lb = 0.2126 * linear(b.r) + 0.7152 * linear(b.g) + 0.0722 * linear(b.b);
    return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}
static double cube_root(double t) { return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116; }
static struct lab seen(struct gb_rgba c, int e)
{
    double in[3] = { linear(c.r), linear(c.g), linear(c.b) }, v[3];
    for (int i = 0; i < 3; i++) {
        v[i] = eye[e][i][0] * in[0] + eye[e][i][1] * in[1] + eye[e][i][2] * in[2];
        v[i] = v[i] < 0 ? 0 : v[i] > 1 ? 1 : v[i];
    }
    double x = cube_root((0.4124564 * v[0] + 0.3575761 * v[1] + 0.1804375 * v[2]) / 0.95047),
           y = cube_root(0.2126729 * v[0] + 0.7151522 * v[1] + 0.0721750 * v[2]),
           z = cube_root((0.0193339 * v[0] + 0.1191920 * v[1] + 0.9503041 * v[2]) / 1.08883);
    return (struct lab){ 116 * y - 16, 500 * (x - y), 200 * (y - z) };
}
static double grey(struct gb_rgba c) { return seen(c, 0).l; }

static double radians(double d) { return d * 3.14159265358979323846 / 180; }
static double hue(double b, double a)
{
    double h = a == 0 && b == 0 ? 0 : atan2(b, a) * 180 / 3.14159265358979323846;
    return h < 0 ? h + 360 : h;
}
static double mean_hue(double h1, double h2, bool grey_one)
{
    if (grey_one)
        return h1 + h2;
    return fabs(h1 - h2) <= 180 ? (h1 + h2) / 2 : h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
}
/* Sharma, Wu and Dalal (2005), equations 2 to 22. */
static double ciede2000(struct lab p, struct lab q)
{
    double c7 = pow((hypot(p.a, p.b) + hypot(q.a, q.b)) / 2, 7), g = 0.5 * (1 - sqrt(c7 / (c7 + 6103515625.0)));
    double a1 = p.a * (1 + g), a2 = q.a * (1 + g), c1 = hypot(a1, p.b), c2 = hypot(a2, q.b), h1 = hue(p.b, a1), h2 = hue(q.b, a2);
    double dh = c1 * c2 == 0 ? 0 : h2 - h1;
    dh = dh > 180 ? dh - 360 : dh < -180 ? dh + 360 : dh;
    double dl = q.l - p.l, dc = c2 - c1, dhh = 2 * sqrt(c1 * c2) * sin(radians(dh / 2));
    double l = (p.l + q.l) / 2 - 50, c = (c1 + c2) / 2, h = mean_hue(h1, h2, c1 * c2 == 0), k = pow(c, 7);
    double t = 1 - 0.17 * cos(radians(h - 30)) + 0.24 * cos(radians(2 * h)) + 0.32 * cos(radians(3 * h + 6)) - 0.20 * cos(radians(4 * h - 63));
    double sl = 1 + 0.015 * l * l / sqrt(20 + l * l), sc = 1 + 0.045 * c, sh = 1 + 0.015 * c * t;
    double turn = -sin(radians(60 * exp(-((h - 275) / 25) * ((h - 275) / 25)))) * 2 * sqrt(k / (k + 6103515625.0));
    return sqrt(dl / sl * (dl / sl) + dc / sc * (dc / sc) + dhh / sh * (dhh / sh) + turn * (dc / sc) * (dhh / sh));
}

static void apart(const char *what, struct gb_rgba a, struct gb_rgba b, double least)
{
    for (int e = 0; e < N_EYES; e++) {
        double d = ciede2000(seen(a, e), seen(b, e));
        if (d < least)
            fail_msg("%s: #%02x%02x%02x and #%02x%02x%02x are %.1f apart for %s, at least %.0f wanted", what, a.r, a.g, a.b, b.r, b.g, b.b,
                     d, eye_name[e], least);
    }
}
static void all_apart(const char *what, const struct gb_rgba *v, int n, double least)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++) apart(what, v[j], v[i], least);
}
static void at_least(const char *what, struct gb_rgba a, struct gb_rgba b, double least)
{
    if (contrast(a, b) < least)
        fail_msg("%s: #%02x%02x%02x on #%02x%02x%02x has contrast %.2f, %.1f wanted", what, a.r, a.g, a.b, b.r, b.g, b.b, contrast(a, b), least);
}
static void darkens(const char *what, const struct gb_rgba *v, int n, double step)
{
    for (int i = 1; i < n; i++)
        if (grey(v[i - 1]) - grey(v[i]) < step)
            fail_msg("%s: L* %.1f then %.1f, a step of %.0f wanted", what, grey(v[i - 1]), grey(v[i]), step);
}

/* Two pairs of the test data that Sharma, Wu and Dalal published, one in the blue where most programs err. */
static void test_measure(void **state)
{
    (void)state;
    assert_true(fabs(ciede2000((struct lab){ 50, 2.6772, -79.7751 }, (struct lab){ 50, 0, -82.7485 }) - 2.0425) < 0.0001);
    assert_true(fabs(ciede2000((struct lab){ 50, 2.5, 0 }, (struct lab){ 73, 25, -18 }) - 27.1492) < 0.0001);
    assert_true(fabs(contrast(gb_ground, GB_RGB(0x000000)) - 21) < 0.001);
}

static void test_states(void **state)
{
    (void)state;
    struct gb_rgba ink[GB_OVERDUE], fill[GB_EMERGENCY + 1];
    for (int s = GB_STATE_NONE; s <= GB_OVERDUE; s++) {
        enum gb_state st = (enum gb_state)s;
        at_least("word on paper", gb_state_ink(st), gb_ground, 4.5);
        at_least("word on its tint", gb_state_ink(st), gb_state_tint(st), 4.5);
        at_least("figure on a tint", gb_ink, gb_state_tint(st), 4.5);
        const char *shape = gb_state_shape(st);
        for (int f = 0; f < GB_N_FONTS; f++) assert_int_equal(gb_font_lacks((enum gb_font)f, shape, strlen(shape)), 0);
        for (int t = GB_STATE_NONE; t < s; t++) assert_string_not_equal(shape, gb_state_shape((enum gb_state)t));
        if (s >= GB_GOOD)
            ink[s - GB_GOOD] = gb_state_ink(st);
        if (s >= GB_GOOD && s <= GB_EMERGENCY)
            fill[s - GB_GOOD] = gb_state_color(st);
    }
    all_apart("inks of states", ink, GB_OVERDUE - GB_GOOD + 1, 6);
    all_apart("marks of states", fill, GB_EMERGENCY - GB_GOOD + 1, 10);
    darkens("bad inks", &ink[GB_WARNING - GB_GOOD], 3, 10);
    darkens("bad marks", &fill[GB_WARNING - GB_GOOD], 3, 10);
    /* The marks that are filled without a rim; the others are drawn, or rimmed, in the ink. */
    at_least("mark", gb_state_color(GB_GOOD), gb_ground, 3);
    at_least("mark", gb_state_color(GB_DANGER), gb_ground, 3);
    at_least("mark", gb_state_color(GB_EMERGENCY), gb_ground, 3);
    at_least("mark on its tint", gb_state_color(GB_GOOD), gb_state_tint(GB_GOOD), 3);
    at_least("mark on its tint", gb_state_color(GB_DANGER), gb_state_tint(GB_DANGER), 3);
}

static void written_on(const char *what, const struct gb_rgba *v, int n)
{
    for (int i = 0; i < n; i++) {
        at_least(what, gb_on(v[i]), v[i], 4.5);
        at_least(what, gb_is_dark(v[i]) ? gb_ground : gb_ink, v[i], 4.5);
    }
}
static void test_classes(void **state)
{
    (void)state;
    struct gb_rgba side[5] = { gb_sides[0][1], gb_sides[0][0], gb_middle, gb_sides[1][0], gb_sides[1][1] };
    darkens("classes of a map", gb_ramp, GB_N_RAMP, 12);
    all_apart("classes of a map", gb_ramp, GB_N_RAMP, 10);
    written_on("figure on a class", gb_ramp, GB_N_RAMP);
    darkens("days", gb_days, GB_N_DAYS, 12);
    all_apart("days", gb_days, GB_N_DAYS, 10);
    written_on("figure on a day", gb_days, GB_N_DAYS);
    darkens("cold side", &side[2], 3, 12);
    for (int i = 2; i > 0; i--) assert_true(grey(side[i]) - grey(side[i - 1]) >= 12);
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < i; j++) assert_true(fabs(grey(side[i]) - grey(side[j])) >= 12); /* grey paper tells warm from cold */
    all_apart("sides of zero", side, 5, 12);
    written_on("figure on a side", side, 5);
    darkens("bands", gb_bands, GB_N_BANDS, 4.5); /* grounds that touch; the bar on them has the say */
    for (int i = 0; i < GB_N_BANDS; i++) at_least("bar on a band", gb_accent, gb_bands[i], 3);
    at_least("edge of a map", gb_rule, gb_ground, 3);
    at_least("hatching", gb_hatching, gb_ground, 3);
    at_least("hatching", gb_hatching, gb_unknown, 3);
}

static void test_series(void **state)
{
    (void)state;
    for (int i = 0; i < GB_N_SERIES; i++) {
        at_least("name at a line", gb_several[i], gb_ground, 4.5);
        for (int j = 0; j < i; j++) assert_true(fabs(grey(gb_several[i]) - grey(gb_several[j])) >= 9);
        apart("line and last year's", gb_several[i], gb_rule, 11);
    }
    all_apart("lines", gb_several, GB_N_SERIES, 11);
    all_apart("pieces", gb_parts, GB_N_PIECES, 11);
    written_on("figure on a piece", gb_parts, GB_N_PIECES);
    for (int i = 0; i < GB_N_PIECES; i++)
        for (int j = 0; j < i; j++) assert_true(fabs(grey(gb_parts[i]) - grey(gb_parts[j])) >= (j + 1 == i ? 17 : 5));
    at_least("soft text", gb_ink_soft, gb_ground, 4.5);
    at_least("text", gb_accent, gb_ground, 4.5);
    at_least("text", gb_accent_2, gb_ground, 4.5);
    at_least("bar that steps back", gb_back, gb_ground, 3);
    apart("bars", gb_accent, gb_back, 15);
    assert_true(grey(gb_back) - grey(gb_accent) >= 15);
}

/* ---- the sheet of the web pages ---- */
static char sheet[SHEET];
static void read_sheet(void)
{
    FILE *f = fopen("templates/site/style.css", "rb");
    assert_non_null(f);
    size_t n = fread(sheet, 1, sizeof sheet - 1, f);
    assert_true(n > 1000 && n < sizeof sheet - 1);
    sheet[n] = 0;
    fclose(f);
}
static struct gb_rgba hex_at(const char *s)
{
    char v[7] = { 0 };
    size_t n = strspn(s + 1, "0123456789abcdef");
    assert_true(*s == '#' && (n == 3 || n == 6));
    for (size_t i = 0; i < 6; i++) v[i] = s[1 + (n == 3 ? i / 2 : i)];
    unsigned long c = strtoul(v, NULL, 16);
    return GB_RGB(c);
}
/* A variable of the light (nth 0) or the dark (nth 1) list. */
static struct gb_rgba var(const char *name, int nth)
{
    char key[40];
    (void)snprintf(key, sizeof key, "--%s: ", name);
    const char *at = strstr(sheet, key);
    for (; nth && at; nth--) at = strstr(at + 1, key);
    if (!at)
        fail_msg("no %s in the sheet", key);
    return hex_at(at + strlen(key));
}
/* What a drawing's colour becomes on a dark page; itself without a rule. */
static struct gb_rgba turned(struct gb_rgba c)
{
    char key[48], name[24];
    bool brief = c.r % 17 == 0 && c.g % 17 == 0 && c.b % 17 == 0;
    if (brief)
        (void)snprintf(key, sizeof key, "\n  svg [fill=\"#%x%x%x\"] { fill: ", c.r / 17, c.g / 17, c.b / 17);
    else
        (void)snprintf(key, sizeof key, " svg [fill=\"#%02x%02x%02x\"] { fill: ", c.r, c.g, c.b);
    const char *at = strstr(sheet, brief ? key + 1 : key);
    while (at && !strncmp(at - 4, ".map", 4)) at = strstr(at + 1, key);
    if (!at)
        return c;
    at += strlen(brief ? key + 1 : key);
    if (*at == '#')
        return hex_at(at);
    assert_int_equal(sscanf(at, "var(--%20[a-z-])", name), 1);
    return var(name, 1);
}
static bool same(struct gb_rgba a, struct gb_rgba b) { return a.r == b.r && a.g == b.g && a.b == b.b; }
static const char *const word[] = { "good", "watch", "warning", "danger", "emergency" };

static void test_sheet(void **state)
{
    (void)state;
    read_sheet();
    for (int s = GB_GOOD; s <= GB_EMERGENCY; s++) {
        char tint[24];
        (void)snprintf(tint, sizeof tint, "%s-t", word[s - GB_GOOD]);
        assert_true(same(var(word[s - GB_GOOD], 0), gb_state_ink((enum gb_state)s)));
        assert_true(same(var(tint, 0), gb_state_tint((enum gb_state)s)));
    }
    assert_true(same(var("none", 0), gb_state_ink(GB_NO_DATA)));
    assert_true(same(var("c-ink", 0), gb_ink) && same(var("c-soft", 0), gb_ink_soft) && same(var("ground", 0), gb_ground));
    for (int dark = 0; dark < 2; dark++) {
        at_least("link", var("accent", dark), var("ground", dark), 4.5);
        at_least("text", var("ink", dark), var("card", dark), 4.5);
        at_least("soft text", var("soft", dark), var("card", dark), 4.5);
        at_least("focus", var("focus", dark), var("ground", dark), 3);
    }
}

/* Every rule that turns a colour is for a colour that drawings have: one that is changed here and not there is found. */
static void test_no_stale_rule(void **state)
{
    (void)state;
    struct gb_rgba known[64] = { gb_ink, gb_ink_soft, gb_rule, gb_rule_soft, gb_ground, gb_accent, gb_accent_2, gb_back, gb_band, gb_quiet,
                                 gb_unknown };
    size_t n = 11;
    for (int i = 0; i < GB_N_SERIES; i++) known[n++] = gb_several[i];
    for (int i = 0; i < GB_N_BANDS; i++) known[n++] = gb_bands[i];
    for (int s = GB_GOOD; s <= GB_OVERDUE; s++) {
        known[n++] = gb_state_ink((enum gb_state)s);
        known[n++] = gb_state_color((enum gb_state)s);
        known[n++] = gb_state_tint((enum gb_state)s);
    }
    read_sheet();
    int rules = 0;
    for (const char *p = strstr(sheet, "=\"#"); p; p = strstr(p + 1, "=\"#"), rules++) {
        bool found = false;
        for (size_t i = 0; i < n; i++) found = found || same(known[i], hex_at(p + 2));
        if (!found)
            fail_msg("a rule for %.7s, which no drawing has", p + 2);
    }
    assert_true(rules > 40);
}

static void test_dark(void **state)
{
    (void)state;
    struct gb_rgba v[5], line[GB_N_SERIES], paper;
    read_sheet();
    paper = var("ground", 1);
    for (int s = GB_GOOD; s <= GB_EMERGENCY; s++) {
        char tint[24];
        (void)snprintf(tint, sizeof tint, "%s-t", word[s - GB_GOOD]);
        v[s - GB_GOOD] = var(word[s - GB_GOOD], 1);
        at_least("dark word", v[s - GB_GOOD], paper, 4.5);
        at_least("dark word on its tint", v[s - GB_GOOD], var(tint, 1), 4.5);
        assert_true(same(turned(gb_state_ink((enum gb_state)s)), v[s - GB_GOOD]));
        assert_true(same(turned(gb_state_tint((enum gb_state)s)), var(tint, 1)));
        at_least("dark figure on a tint", turned(gb_ink), turned(gb_state_tint((enum gb_state)s)), 4.5);
        at_least("dark mark", turned(gb_state_color((enum gb_state)s)), paper, 3);
    }
    all_apart("dark words", v, 5, 8);
    darkens("bad words", &v[GB_WARNING - GB_GOOD], 3, 10);
    for (int i = 0; i < GB_N_SERIES; i++) {
        line[i] = turned(gb_several[i]);
        at_least("dark name at a line", line[i], paper, 4.5);
        for (int j = 0; j < i; j++) assert_true(fabs(grey(line[i]) - grey(line[j])) >= 7);
    }
    all_apart("dark lines", line, GB_N_SERIES, 11);
    for (int i = 0; i < GB_N_BANDS; i++) at_least("dark bar on a band", turned(gb_accent), turned(gb_bands[i]), 3);
    for (int i = 0; i < GB_N_PIECES; i++) assert_true(same(turned(gb_on(gb_parts[i])), gb_on(gb_parts[i]))); /* stays as its ground does */
    at_least("dark bar that steps back", turned(gb_back), paper, 3);
    at_least("dark line on its band", turned(gb_accent), turned(gb_band), 3);
    at_least("dark soft text", turned(gb_ink_soft), turned(gb_quiet), 4.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_measure), cmocka_unit_test(test_states), cmocka_unit_test(test_classes),
                                        cmocka_unit_test(test_series),  cmocka_unit_test(test_sheet),  cmocka_unit_test(test_no_stale_rule),
                                        cmocka_unit_test(test_dark) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
