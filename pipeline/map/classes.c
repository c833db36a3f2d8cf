/* classes.c — which places get the same colour.
 *
 * By state where states were judged: then the map answers "where is it bad" and its colours are those of the whole briefing, the
 * good ones pale so that the eye goes to the bad ones; lightness falls step by step, so that a photocopy still tells them apart.
 * Otherwise classes by value (breaks.c, or limits the definition declares) in one hue from light to dark, in two from zero where values
 * have both signs. Values are compared as they are printed, so that no place stands outside its range.
 */
#include "map/map_int.h"

#include <stdlib.h>

#include "base/decimal.h"

static struct gb_rgba mixed(struct gb_rgba c, int part_pct)
{
    int w = 100 - part_pct;
    return (struct gb_rgba){ (uint8_t)((c.r * part_pct + 255 * w) / 100), (uint8_t)((c.g * part_pct + 255 * w) / 100),
                             (uint8_t)((c.b * part_pct + 255 * w) / 100), 255 };
}

/* Lightness (Rec. 601) about 218 191 162 119 52 of 255. */
static struct gb_rgba state_fill(enum gb_state s)
{
    switch (s) {
    case GB_GOOD: return mixed(gb_state_color(s), 25);
    case GB_WATCH: return mixed(gb_state_color(s), 65);
    case GB_WARNING:
    case GB_DANGER:
    case GB_EMERGENCY: return gb_state_color(s);
    case GB_STATE_NONE:
    case GB_NO_DATA:
    case GB_OVERDUE: break;
    }
    return gb_no_data_ground();
}

static bool is_step(enum gb_state s)
{
    return gb_stands_at(s, GB_GOOD);
}

static const char *trimmed(struct gb_arena *a, int64_t v, int scale, int at_most)
{
    int decimals = scale;
    int64_t rest = v;
    while (decimals > 0 && rest % 10 == 0) {
        rest /= 10;
        decimals--;
    }
    char t[48];
    size_t n = gb_dec_vi(v, scale, decimals > at_most ? at_most : decimals, t);
    return gb_strndup(a, t, n);
}

/* ---- by state --------------------------------------------------------------------------------------------------------- */
/* The range of a step: from the limit that reaches it to the next one; steps equal to the one before do not exist (evaluation/judge.c). */
static const char *step_range(const struct gb_chart *spec, int step, int scale, struct gb_arena *a)
{
    const struct gb_threshold *own = step < 0 ? NULL : &spec->step[step], *next = NULL;
    for (int k = step + 1; k < GB_N_STEPS && !next; k++)
        if (spec->step[k].set && !(k > 0 && own && spec->step[k].lo == own->lo && spec->step[k].hi == own->hi))
            next = &spec->step[k];
    const char *from = own ? trimmed(a, own->lo, scale, scale) : NULL, *to = next ? trimmed(a, next->lo, scale, scale) : NULL;
    switch (spec->direction) {
    case GB_DOWN_GOOD:
        if (from && to)
            return gb_sprintf(a, "%s – dưới %s", from, to);
        return from ? gb_sprintf(a, "từ %s trở lên", from) : to ? gb_sprintf(a, "dưới %s", to) : "";
    case GB_UP_GOOD:
        if (from && to)
            return gb_sprintf(a, "%s – dưới %s", to, from);
        return from ? gb_sprintf(a, "dưới %s", from) : to ? gb_sprintf(a, "từ %s trở lên", to) : "";
    case GB_BAND:
    case GB_NEUTRAL: return "";
    }
    gb_bug("direction");
}

static void by_state(struct gb_classes *c, const struct gb_chart *spec, int scale, struct gb_arena *a)
{
    const struct gb_chart_series *s = &spec->series[0];
    c->by_state = true;
    for (enum gb_state st = GB_GOOD; st <= GB_EMERGENCY; st++) {
        int step = (int)st - GB_WATCH, count = 0;
        for (size_t i = 0; i < s->n; i++)
            count += s->point[i].state == st && gb_is_number(&s->point[i].y);
        bool exists =
            step < 0 ||
            (spec->has_steps && spec->step[step].set &&
             !(step > 0 && spec->step[step].lo == spec->step[step - 1].lo && spec->step[step].hi == spec->step[step - 1].hi));
        if (!count && !(spec->has_steps && exists))
            continue;
        const char *range = spec->has_steps ? step_range(spec, step, scale, a) : "";
        c->class[c->n++] =
            (struct gb_map_class){ state_fill(st), st, gb_sprintf(a, "%s%s%s", gb_state_vi(st), range[0] ? ": " : "", range), 0 };
    }
}

/* ---- by value --------------------------------------------------------------------------------------------------------- */
static int by_number(const void *p, const void *q)
{
    int64_t a = *(const int64_t *)p, b = *(const int64_t *)q;
    return (a > b) - (a < b);
}

static int breaks(struct gb_classes *c, const struct gb_chart *spec, const int64_t *v, size_t n, int k, int64_t *from,
                  struct gb_arena *a)
{
    int made = spec->classing == GB_CLASSING_JENKS ? gb_breaks_jenks(v, n, k, from, a) : 0;
    c->method = made ? GB_CLASSING_JENKS : GB_CLASSING_QUANTILE;
    return made ? made : gb_breaks_quantile(v, n, k, from);
}

/* Both signs: zero is a limit, a heap of zeros a class of its own, each side is cut for itself. */
static void both_sides(struct gb_classes *c, const struct gb_chart *spec, const int64_t *v, size_t n, struct gb_arena *a)
{
    size_t below = 0, zero = 0;
    while (below < n && v[below] < 0)
        below++;
    while (below + zero < n && v[below + zero] == 0)
        zero++;
    int k = n >= 15 ? 2 : 1;
    int64_t up[GB_MAX_CLASSES];
    c->n = breaks(c, spec, v, below, k, c->from, a);
    if (zero)
        c->from[c->n++] = 0;
    c->from[c->n++] = zero ? 1 : 0;
    int n_up = breaks(c, spec, v + below + zero, n - below - zero, k, up, a);
    for (int i = 1; i < n_up; i++)
        c->from[c->n++] = up[i];
}

/* The least printed figure that is not below a limit. */
static int64_t limit_up(int64_t limit, int scale, int decimals)
{
    int64_t v;
    if (scale <= decimals)
        return gb_dec_rescale(limit, scale, decimals, &v) ? v : limit < 0 ? INT64_MIN + 1 : INT64_MAX;
    int64_t p = gb_pow10[scale - decimals], q = limit / p;
    return limit % p > 0 ? q + 1 : q;
}

static void declared(struct gb_classes *c, const struct gb_chart *spec)
{
    c->n = 1;
    c->method = GB_CLASSING_LIMITS;
    for (int i = 0; i < spec->n_limits && c->n < GB_MAX_CLASSES; i++) {
        int64_t from = limit_up(spec->limit[i], spec->limit_scale, c->decimals);
        if (c->n == 1 || from > c->from[c->n - 1])
            c->from[c->n++] = from;
    }
}

static const char *range_text(const struct gb_classes *c, int i, int64_t lowest, int64_t highest, struct gb_arena *a)
{
    int d = c->decimals;
    const char *from = trimmed(a, c->from[i], d, d);
    if (c->n == 1)
        return lowest == highest ? trimmed(a, lowest, d, d)
                                 : gb_sprintf(a, "%s – %s", trimmed(a, lowest, d, d), trimmed(a, highest, d, d));
    if (i == c->n - 1)
        return highest == c->from[i] ? from : gb_sprintf(a, "từ %s trở lên", from);
    const char *to = trimmed(a, c->from[i + 1], d, d), *last = trimmed(a, c->from[i + 1] - 1, d, d);
    if (i == 0)
        return d == 0 && lowest == c->from[1] - 1 ? trimmed(a, lowest, d, d) : gb_sprintf(a, "dưới %s", to);
    if (c->from[i] == c->from[i + 1] - 1)
        return from;
    bool minus = c->from[i] < 0; /* a dash before a minus would be misread */
    if (d > 0)
        return gb_sprintf(a, minus ? "từ %s đến dưới %s" : "%s – dưới %s", from, to);
    return gb_sprintf(a, minus ? "từ %s đến %s" : "%s – %s", from, last); /* whole numbers: both ends belong to it */
}

/* Below and above zero in two hues. The bad side, if there is one, is the warm one. */
static struct gb_rgba two_hues(const struct gb_classes *c, int i, bool warm_above)
{
    bool below = i + 1 < c->n && c->from[i + 1] <= 0, above = i > 0 && c->from[i] >= 0;
    int far = 0;
    if (below == above || (above && c->from[i] == 0 && i + 1 < c->n && c->from[i + 1] == 1))
        return gb_middle; /* zero, or a declared class around it */
    if (below)
        far = i == 0 && c->n > 2 && c->from[1] < 0;
    else
        far = i == c->n - 1 && i > 1 && c->from[i - 1] >= 0 && !(c->from[i] == 1 && c->from[i - 1] == 0);
    return gb_sides[above != warm_above][far];
}

static void by_value(struct gb_classes *c, const struct gb_chart *spec, struct gb_arena *a)
{
    _Static_assert((int)GB_N_RAMP == (int)GB_MAX_CLASSES, "a colour a class");
    static const int pick[GB_MAX_CLASSES][GB_MAX_CLASSES] = { { 2 }, { 1, 3 }, { 0, 2, 4 }, { 0, 1, 3, 4 }, { 0, 1, 2, 3, 4 } };
    const struct gb_chart_series *s = &spec->series[0];
    int64_t *v = GB_NEW_N(a, s->n, int64_t);
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        if (gb_is_number(&s->point[i].y) && gb_dec_rescale(s->point[i].y.num, s->point[i].y.scale, c->decimals, &v[n]))
            n++;
    if (!n)
        return;
    qsort(v, n, sizeof *v, by_number);
    bool both = v[0] < 0 && v[n - 1] > 0;
    if (spec->classing == GB_CLASSING_LIMITS && spec->n_limits)
        declared(c, spec);
    else if (both)
        both_sides(c, spec, v, n, a);
    else
        c->n = breaks(c, spec, v, n, n >= 40 ? GB_MAX_CLASSES : n >= 15 ? 4 : 3, c->from, a);
    c->diverging = both && c->n > 1;
    for (int i = 0; i < c->n; i++)
        c->class[i] =
            (struct gb_map_class){ c->diverging ? two_hues(c, i, spec->direction == GB_DOWN_GOOD) : gb_ramp[pick[c->n - 1][i]],
                                   GB_STATE_NONE, range_text(c, i, v[0], v[n - 1], a), 0 };
}

void gb_classes_make(struct gb_classes *c, const struct gb_chart *spec, struct gb_arena *a)
{
    *c = (struct gb_classes){ 0 };
    if (!spec->n_series)
        return;
    const struct gb_chart_series *s = &spec->series[0];
    bool judged = false;
    int scale = 0;
    for (size_t i = 0; i < s->n; i++) {
        const struct gb_value *y = &s->point[i].y;
        if (!gb_is_number(y))
            continue;
        judged = judged || is_step(s->point[i].state);
        if (y->decimals > c->decimals)
            c->decimals = y->decimals;
        scale = y->scale;
    }
    if (judged)
        by_state(c, spec, scale, a);
    else
        by_value(c, spec, a);
}

int gb_class_of(const struct gb_classes *c, const struct gb_chart_point *p)
{
    int64_t v;
    if (!gb_is_number(&p->y))
        return -1;
    if (c->by_state) {
        for (int i = 0; i < c->n; i++)
            if (c->class[i].state == p->state)
                return i;
        return -1;
    }
    if (!c->n || !gb_dec_rescale(p->y.num, p->y.scale, c->decimals, &v))
        return -1;
    int i = c->n - 1;
    while (i > 0 && v < c->from[i])
        i--;
    return i;
}
