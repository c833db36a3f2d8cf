/* chart.c — the frame around every chart: what was found (title), in which unit, from where (source); and which kind draws inside. */
#include "chart/ink.h"

#include "document/value.h"

enum { MAX_TITLE_LINES = 3, MAX_SOURCE_LINES = 2 };

static double title_size(const struct gb_sketch *k)
{
    return k->base * 1.15;
}
static double small_size(const struct gb_sketch *k)
{
    return k->base * 0.85;
}
static bool is_framed(const struct gb_sketch *k)
{
    return k->spec->kind != GB_CHART_SPARK;
}

static void seen_statuses(const struct gb_chart *c, bool seen[3])
{
    for (size_t i = 0; i < c->n_series; i++)
        for (size_t j = 0; j < c->series[i].n; j++) {
            const struct gb_value *y = &c->series[i].point[j].y;
            if (gb_is_number(y) && gb_is_provisional(y))
                seen[y->status == 'P' ? 0 : y->status == 'E' ? 1 : 2] = true;
        }
}

const char *gb_unit_line(struct gb_sketch *k)
{
    static const char status[] = "PEF";
    const char *unit = k->spec->unit && k->spec->unit[0] ? gb_sprintf(k->a, "Đơn vị: %s", k->spec->unit) : "";
    bool seen[3] = { false, false, false };
    const char *key = "";
    bool bars = k->spec->kind == GB_CHART_BARS;
    if (bars || k->spec->kind == GB_CHART_LINE || k->spec->kind == GB_CHART_MULTIPLES)
        seen_statuses(k->spec, seen);
    for (int i = 0; i < 3; i++)
        if (seen[i])
            key = gb_sprintf(k->a, "%s%s%s", key, key[0] ? ", " : bars ? "nền nhạt: " : "○ ", gb_status_vi(status[i]));
    if (!unit[0] && !key[0])
        return NULL;
    return gb_sprintf(k->a, "%s%s%s", unit, unit[0] && key[0] ? " · " : "", key);
}

/* Draws or, without a canvas, only measures: one code, so that the height asked for is the height used. */
static double top_of_frame(struct gb_sketch *k, double width, double y)
{
    const char *line[MAX_TITLE_LINES];
    double from = y;
    if (k->st->draw_title && k->spec->title && k->spec->title[0]) {
        double size = title_size(k);
        int n = gb_ink_wrap_even(k, GB_SANS_BOLD, size, k->spec->title, width, MAX_TITLE_LINES, line);
        for (int i = 0; i < n; i++, y += size * 1.25)
            gb_ink_text(k, GB_SANS_BOLD, size, gb_ink, GB_START, k->r.x, y + size * 0.95, line[i]);
        y += size * 0.2;
    }
    const char *unit = gb_unit_line(k);
    if (unit) {
        int n = gb_ink_wrap(k, GB_SANS, k->base, unit, width, 2, line);
        for (int i = 0; i < n; i++, y += k->line)
            gb_ink_text(k, GB_SANS, k->base, gb_ink_soft, GB_START, k->r.x, y + k->base, line[i]);
    }
    return y > from ? y - from + k->base * 0.45 : 0;
}

static double foot_of_frame(struct gb_sketch *k, double width, double bottom)
{
    if (!k->st->draw_source || !k->spec->source || !k->spec->source[0])
        return 0;
    const char *line[MAX_SOURCE_LINES];
    double size = small_size(k), step = size * 1.25;
    int n = gb_ink_wrap(k, GB_SANS, size, gb_sprintf(k->a, "Nguồn: %s", k->spec->source), width, MAX_SOURCE_LINES, line);
    for (int i = 0; i < n; i++)
        gb_ink_text(k, GB_SANS, size, gb_ink_soft, GB_START, k->r.x, bottom - (n - 1 - i) * step - size * 0.25, line[i]);
    return n * step + k->base * 0.35;
}

void gb_frame(struct gb_sketch *k)
{
    double top = top_of_frame(k, k->r.w, k->r.y), foot = foot_of_frame(k, k->r.w, k->r.y + k->r.h);
    k->r.y += top;
    k->r.h -= top + foot;
}

double gb_frame_height(struct gb_sketch *k, double width_pt)
{
    return top_of_frame(k, width_pt, 0) + foot_of_frame(k, width_pt, 0);
}

void gb_nothing_to_draw(struct gb_sketch *k)
{
    static const char text[] = "chưa có số liệu";
    double w = gb_ink_width(k, GB_SANS, k->base, text);
    if (k->r.h < k->base || k->r.w < w)
        return; /* a spark's cell: the cell itself says so */
    if (k->r.h >= k->line * 3)
        gb_canvas_fill_rect(k->cv, k->r, gb_quiet);
    gb_ink_text(k, GB_SANS, k->base, gb_ink_soft, GB_MIDDLE, k->r.x + k->r.w / 2, k->r.y + k->r.h / 2 + k->base * 0.35, text);
}

void gb_no_room(struct gb_sketch *k)
{
    if (k->r.h >= k->base * 1.2)
        gb_ink_text(k, GB_SANS, k->base, gb_ink_soft, GB_START, k->r.x, k->r.y + k->base,
                    gb_ink_elide(k, GB_SANS, k->base, "không đủ chỗ để vẽ, xem bảng số liệu", k->r.w));
}

void gb_rest(struct gb_sketch *k, size_t n, const char *what, double y)
{
    if (!n || y + k->base * 1.2 > k->r.y + k->r.h + 0.01)
        return; /* not even a line of text: the caller gave no height at all */
    gb_ink_text(k, GB_SANS, k->base, gb_ink_soft, GB_START, k->r.x, y + k->base,
                gb_ink_elide(k, GB_SANS, k->base, gb_sprintf(k->a, "… và %zu %s", n, what), k->r.w));
}

struct gb_pen gb_series_pen(const struct gb_sketch *k, size_t series_i)
{
    static const struct gb_pen actual[GB_N_SERIES] = { { .width_pt = 1.7, .round = true },
                                                       { .width_pt = 1.4, .dash_pt = { 5, 1.6 }, .n_dash = 2 },
                                                       { .width_pt = 1.4, .dash_pt = { 2.4, 1.6 }, .n_dash = 2 },
                                                       { .width_pt = 1.4, .dash_pt = { 7, 1.6, 1.6, 1.6 }, .n_dash = 4 } };
    const struct gb_chart_series *s = &k->spec->series[series_i];
    size_t nth = 0;
    struct gb_pen pen = actual[0];
    switch (s->role) {
    case GB_ROLE_ACTUAL:
        for (size_t i = 0; i < series_i; i++)
            nth += k->spec->series[i].role == GB_ROLE_ACTUAL;
        pen = actual[nth % GB_N_SERIES];
        pen.color = gb_several[nth % GB_N_SERIES];
        break;
    case GB_ROLE_LAST_YEAR: pen = (struct gb_pen){ gb_rule, 1.2, { 0 }, 0, true }; break;
    case GB_ROLE_TARGET: pen = (struct gb_pen){ gb_ink, 0.9, { 4, 2.4 }, 2, false }; break;
    case GB_ROLE_PACE: pen = (struct gb_pen){ gb_ink_soft, 0.9, { 1.2, 1.8 }, 2, false }; break;
    case GB_ROLE_NEEDED: pen = (struct gb_pen){ gb_ink, 1.3, { 1.4, 1.9 }, 2, false }; break;
    case GB_ROLE_LOW:
    case GB_ROLE_HIGH:
    case GB_ROLE_FORECAST: pen = (struct gb_pen){ gb_accent, 1.2, { 2.6, 2 }, 2, false }; break;
    }
    double zoom = k->base / 8.5; /* lines grow with the letters: a phone's chart is not a page's shrunk */
    pen.width_pt *= zoom;
    for (int i = 0; i < pen.n_dash; i++)
        pen.dash_pt[i] *= zoom;
    return pen;
}

static bool has_points(const struct gb_chart *c)
{
    for (size_t i = 0; i < c->n_series; i++)
        for (size_t j = 0; j < c->series[i].n; j++)
            if (c->series[i].role == GB_ROLE_ACTUAL && gb_is_number(&c->series[i].point[j].y))
                return true;
    return false;
}

static struct gb_sketch begin(const struct gb_chart *spec, struct gb_canvas *cv, struct gb_rect r,
                              const struct gb_chart_style *st, struct gb_arena *a)
{
    double base = st->base_pt > 0 ? st->base_pt : st->medium == GB_MEDIUM_SCREEN ? 12 : 8.5;
    return (struct gb_sketch){ .spec = spec, .cv = cv, .st = st, .a = a, .base = base, .line = base * 1.3, .r = r, .whole = r };
}

/* Years need one row of period names, all others a second for the year (hours: the day). */
double gb_axis_rows_em(enum gb_freq f)
{
    return f == GB_FREQ_YEAR ? 1.6 : 2.75;
}

/* A chart without one measured point still says what it would show, from where, and that nothing came. */
static double marks_height(struct gb_sketch *k, double width_pt)
{
    double plot = width_pt * 0.36;
    switch (k->spec->kind) {
    case GB_CHART_LINE:
        if (!has_points(k->spec))
            return k->line * 5;
        if (plot < k->base * 14)
            plot = k->base * 14;
        if (plot > k->base * 26)
            plot = k->base * 26;
        return plot + k->base * (gb_axis_rows_em(k->spec->freq) + 0.4) + gb_line_key_height(k, width_pt);
    case GB_CHART_BARS: return has_points(k->spec) ? gb_bars_height(k, width_pt) : k->line * 3;
    case GB_CHART_BULLET: return has_points(k->spec) ? gb_bullet_height(k, width_pt) : k->line * 3;
    case GB_CHART_SPARK: return k->base * 1.6;
    case GB_CHART_MULTIPLES: return has_points(k->spec) ? gb_multiples_height(k, width_pt) : k->line * 3;
    case GB_CHART_STACKED: return has_points(k->spec) ? gb_stacked_height(k, width_pt) : k->line * 3;
    case GB_CHART_CALENDAR: return has_points(k->spec) ? gb_calendar_height(k, width_pt) : k->line * 3;
    case GB_CHART_WATERFALL: return has_points(k->spec) ? gb_waterfall_height(k, width_pt) : k->line * 3;
    case GB_CHART_DOTS: return has_points(k->spec) ? gb_dots_height(k, width_pt) : k->line * 3;
    case GB_CHART_SLOPE: return has_points(k->spec) ? gb_slope_height(k, width_pt) : k->line * 3;
    case GB_CHART_HEAT: return has_points(k->spec) ? gb_heat_height(k, width_pt) : k->line * 3;
    case GB_CHART_MAP: break;
    }
    gb_bug("chart kind: a map is drawn by map/, see map/figure.h");
}

double gb_chart_least_pt(const struct gb_chart *spec, double width_pt, const struct gb_chart_style *st)
{
    bool rows = spec->kind == GB_CHART_BARS || spec->kind == GB_CHART_BULLET;
    if (!rows || !has_points(spec))
        return spec->kind == GB_CHART_LINE ? 0 : gb_chart_height_pt(spec, width_pt, st);
    struct gb_arena scratch;
    gb_arena_init(&scratch, 0);
    struct gb_sketch k = begin(spec, NULL, (struct gb_rect){ 0, 0, width_pt, 0 }, st, &scratch);
    double h = gb_frame_height(&k, width_pt) + gb_bars_least(&k, width_pt);
    gb_arena_release(&scratch);
    return h;
}

double gb_chart_height_pt(const struct gb_chart *spec, double width_pt, const struct gb_chart_style *st)
{
    struct gb_arena scratch;
    gb_arena_init(&scratch, 0);
    struct gb_sketch k = begin(spec, NULL, (struct gb_rect){ 0, 0, width_pt, 0 }, st, &scratch);
    double h = (is_framed(&k) ? gb_frame_height(&k, width_pt) : 0) + marks_height(&k, width_pt);
    gb_arena_release(&scratch);
    return h;
}

void gb_chart_draw(const struct gb_chart *spec, struct gb_canvas *cv, struct gb_rect r, const struct gb_chart_style *st,
                   struct gb_arena *a)
{
    struct gb_sketch k = begin(spec, cv, r, st, a);
    gb_canvas_tag_begin(cv, GB_TAG_FIGURE, spec->alt);
    if (is_framed(&k))
        gb_frame(&k);
    if (!has_points(spec))
        gb_nothing_to_draw(&k);
    else
        switch (spec->kind) {
        case GB_CHART_LINE: gb_draw_line(&k); break;
        case GB_CHART_BARS: gb_draw_bars(&k); break;
        case GB_CHART_BULLET: gb_draw_bullet(&k); break;
        case GB_CHART_SPARK: gb_draw_spark(&k); break;
        case GB_CHART_MULTIPLES: gb_draw_multiples(&k); break;
        case GB_CHART_STACKED: gb_draw_stacked(&k); break;
        case GB_CHART_CALENDAR: gb_draw_calendar(&k); break;
        case GB_CHART_WATERFALL: gb_draw_waterfall(&k); break;
        case GB_CHART_DOTS: gb_draw_dots(&k); break;
        case GB_CHART_SLOPE: gb_draw_slope(&k); break;
        case GB_CHART_HEAT: gb_draw_heat(&k); break;
        case GB_CHART_MAP: gb_bug("chart kind: a map is drawn by map/, see map/figure.h");
        }
    gb_canvas_tag_end(cv, GB_TAG_FIGURE);
}
