/* legend.c — what the colours mean, how many places have each, what is not on the map, and how long a kilometre is.
 *
 * One list of entries, in one column beside the map or in as many columns as fit below it; the scale bar is its last entry, so that
 * it never lies on a commune. Measured and drawn by the same code.
 */
#include <stdlib.h>

#include "map/map_plan.h"

enum { MAX_ENTRIES = GB_MAX_CLASSES + 3, NOTE_LINES = 4 };
struct entry {
    const struct gb_map_class *class;
    const char *text, *count;
    double km;
    double w;
};

struct gb_rgba gb_no_data_ground(void)
{
    return gb_unknown;
}

static double swatch_w(const struct gb_sketch *k)
{
    return k->base * 1.7;
}
static double gap(const struct gb_sketch *k)
{
    return k->base * 0.5;
}

double gb_scale_bar_km(double pt_per_km, double max_pt)
{
    static const double digit[] = { 5, 2, 1 };
    for (double p = 1000; p > 0.05; p /= 10)
        for (int i = 0; i < 3; i++)
            if (p * digit[i] * pt_per_km <= max_pt)
                return p * digit[i];
    return 0;
}

static const char *km_text(struct gb_sketch *k, double km)
{
    if (km >= 1)
        return gb_sprintf(k->a, "%d km", (int)(km + 0.5));
    return gb_sprintf(k->a, "%d m", (int)(km * 1000 + 0.5));
}

static int entries(struct gb_sketch *k, const struct gb_legend *l, struct entry *v)
{
    int n = 0;
    for (int i = 0; i < l->classes->n; i++)
        v[n++] = (struct entry){ .class = &l->classes->class[i],
                                 .text = l->classes->class[i].text,
                                 .count = gb_sprintf(k->a, "(%d)", l->classes->class[i].count) };
    if (l->n_missing)
        v[n++] = (struct entry){ .text = gb_state_vi(GB_NO_DATA), .count = gb_sprintf(k->a, "(%d)", l->n_missing) };
    double km = l->pt_per_km > 0 ? gb_scale_bar_km(l->pt_per_km, l->max_bar_pt) : 0;
    if (km > 0)
        v[n++] = (struct entry){ .km = km, .text = km_text(k, km) };
    for (int i = 0; i < n; i++) {
        double text = gb_ink_width(k, GB_SANS, k->base, v[i].text);
        if (v[i].km > 0)
            v[i].w = v[i].km * l->pt_per_km + gap(k) + text;
        else
            v[i].w = swatch_w(k) + gap(k) + text + gap(k) * 0.8 + gb_ink_width(k, GB_SANS, k->base, v[i].count);
    }
    return n;
}

double gb_legend_width(struct gb_sketch *k, const struct gb_legend *l)
{
    struct entry v[MAX_ENTRIES];
    double w = k->base * 11, circles = l->circles ? gb_circle_legend_width(k, l->circles) : 0;
    w = circles > w ? circles : w;
    for (int i = entries(k, l, v) - 1; i >= 0; i--)
        if (v[i].w > w)
            w = v[i].w;
    return w;
}

static void bar(struct gb_sketch *k, const struct entry *e, double pt_per_km, double x, double y)
{
    double len = e->km * pt_per_km, tick = k->base * 0.45;
    struct gb_pen pen = { gb_ink, k->base * 0.09, { 0 }, 0, false };
    struct gb_path p;
    double left = x + pen.width_pt / 2; /* its ink stays in the picture where the legend is at the edge */
    gb_path_init(&p, k->a);
    gb_path_move(&p, left, y - tick);
    gb_path_line(&p, left, y);
    gb_path_line(&p, left + len, y);
    gb_path_line(&p, left + len, y - tick);
    gb_canvas_stroke(k->cv, &p, &pen);
    gb_ink_text(k, GB_SANS, k->base, gb_ink, GB_START, x + len + gap(k), y, e->text);
}

static void swatch(struct gb_sketch *k, const struct gb_legend *l, const struct entry *e, double x, double baseline)
{
    struct gb_rect r = { x, baseline - k->base * 0.78, swatch_w(k), k->base * 0.92 };
    struct gb_pen frame = { gb_rule, 0.4, { 0 }, 0, false }, hatch = { gb_hatching, 0.4, { 0 }, 0, false };
    struct gb_path p;
    gb_path_init(&p, k->a);
    double cx = x + swatch_w(k) / 2, cy = baseline - k->base * 0.32;
    if (l->stations) {
        if (!e->class)
            gb_state_mark(k->cv, GB_NO_DATA, cx, cy, k->base * 0.36, k->a);
        else if (e->class->state != GB_STATE_NONE)
            gb_state_mark(k->cv, e->class->state, cx, cy, k->base * 0.36, k->a);
        else {
            struct gb_pen rim = { gb_ink, k->base * 0.07, { 0 }, 0, false };
            gb_path_circle(&p, cx, cy, k->base * 0.36);
            gb_canvas_fill(k->cv, &p, e->class->color);
            gb_canvas_stroke(k->cv, &p, &rim);
        }
        return;
    }
    gb_canvas_fill_rect(k->cv, r, e->class ? e->class->color : gb_no_data_ground());
    if (!e->class) {
        gb_hatch_box(&p, r, k->base * 0.36);
        gb_canvas_stroke(k->cv, &p, &hatch);
        gb_path_init(&p, k->a);
    }
    gb_path_rect(&p, r);
    gb_canvas_stroke(k->cv, &p, &frame);
    if (l->tiles && e->class && e->class->state != GB_STATE_NONE) {
        gb_path_init(&p, k->a);
        gb_path_circle(&p, cx, cy, k->base * 0.4);
        gb_canvas_fill(k->cv, &p, gb_ground);
        gb_state_mark(k->cv, e->class->state, cx, cy, k->base * 0.29, k->a);
    }
}

static double head(struct gb_sketch *k, const struct gb_legend *l, double x, double y, double width)
{
    const char *line[2], *text = l->circles
                                     ? gb_sprintf(k->a, "Diện tích vòng tròn theo số liệu (%d địa bàn)", l->circles->n_shown)
                                 : l->heat              ? "Tổng của các điểm trong ô (số ô)"
                                 : l->classes->by_state ? "Cấp độ (số địa bàn)"
                                                        : "Khoảng giá trị (số địa bàn)";
    int n = l->classes->n || l->circles ? gb_ink_wrap(k, GB_SANS, k->base * 0.92, text, width, 2, line) : 0;
    for (int i = 0; i < n; i++)
        gb_ink_text(k, GB_SANS, k->base * 0.92, gb_ink_soft, GB_START, x, y + i * k->line + k->base, line[i]);
    return n ? n * k->line + k->base * 0.2 : 0;
}

/* What the marks do not say: circles, positions that are not exact, places that are not on the map. */
static double note(struct gb_sketch *k, const struct gb_legend *l, double x, double y, double width)
{
    static const char *const method[] = { [GB_CLASSING_QUANTILE] = "số địa bàn mỗi khoảng gần bằng nhau, giới hạn làm tròn",
                                          [GB_CLASSING_JENKS] = "ngắt tự nhiên (Fisher – Jenks)",
                                          [GB_CLASSING_LIMITS] = "giới hạn định trước" };
    const char *text[9], *line[NOTE_LINES];
    int n_texts = 0, rows = 0;
    if (!l->classes->by_state && l->classes->n > 1)
        text[n_texts++] =
            gb_sprintf(k->a, "Cách chia: %s%s.",
                       l->heat && l->classes->method == GB_CLASSING_QUANTILE ? "số ô mỗi khoảng gần bằng nhau, giới hạn làm tròn"
                                                                             : method[l->classes->method],
                       l->classes->diverging ? "; hai phía của 0" : "");
    if (l->heat)
        text[n_texts++] = gb_sprintf(k->a, "Mỗi ô rộng khoảng %d km; nơi không tô không có điểm nào.", l->heat->km);
    if (l->heat && l->heat->n_missing)
        text[n_texts++] = gb_sprintf(k->a, "Không tính: %d điểm chưa có số liệu", l->heat->n_missing);
    if (l->circles && l->circles->n_zero)
        text[n_texts++] = gb_sprintf(k->a, "Dấu chấm: bằng 0 (%d địa bàn)", l->circles->n_zero);
    if (l->circles && l->circles->n_negative)
        text[n_texts++] = gb_sprintf(k->a, "Vòng nét đứt: số âm (%d địa bàn)", l->circles->n_negative);
    if (l->radius_km)
        text[n_texts++] = gb_sprintf(k->a, "Vòng tròn: bán kính %d km", l->radius_km);
    if (l->approximate)
        text[n_texts++] = "Vị trí gần đúng, sai số đến 2 km";
    if (l->inset)
        text[n_texts++] = gb_sprintf(k->a, "Ô phụ, tỷ lệ khác: %s.", l->inset);
    if (l->n_unplaced)
        text[n_texts++] = gb_sprintf(k->a,
                                     l->heat ? "Ngoài bản đồ: %d điểm chưa có tọa độ, không tính vào ô nào"
                                             : "Ngoài bản đồ: %d địa bàn chưa có ranh giới hoặc tọa độ",
                                     l->n_unplaced);
    for (int t = 0; t < n_texts; t++) {
        int n = gb_ink_wrap(k, GB_SANS, k->base * 0.92, text[t], width, NOTE_LINES, line);
        for (int i = 0; i < n; i++, rows++)
            gb_ink_text(k, GB_SANS, k->base * 0.92, gb_ink_soft, GB_START, x, y + rows * k->line + k->base, line[i]);
    }
    return rows * k->line;
}

double gb_legend_put(struct gb_sketch *k, const struct gb_legend *l, double x, double y, double width)
{
    struct entry v[MAX_ENTRIES];
    int n = entries(k, l, v);
    double widest = 0, between = k->base * 1.6, step = k->line * 1.12, top = y;
    for (int i = 0; i < n; i++)
        if (v[i].w > widest)
            widest = v[i].w;
    int cols = (int)((width + between) / (widest + between));
    if (cols < 1)
        cols = 1;
    int rows = n ? (n + cols - 1) / cols : 0;
    y += head(k, l, x, y, width);
    if (l->circles)
        y += gb_circle_legend(k, l->circles, x, y, width);
    for (int i = 0; k->cv && i < n; i++) {
        double ex = x + (i / rows) * (widest + between), baseline = y + (i % rows) * step + k->base;
        if (v[i].km > 0) {
            bar(k, &v[i], l->pt_per_km, ex, baseline + (cols == 1 ? k->base * 0.4 : 0));
            continue;
        }
        double text_x = ex + swatch_w(k) + gap(k),
               room = x + width - text_x - gap(k) * 0.8 + 0.01 - gb_ink_width(k, GB_SANS, k->base, v[i].count);
        const char *text = gb_ink_elide(k, GB_SANS, k->base, v[i].text, room);
        swatch(k, l, &v[i], ex, baseline);
        gb_ink_text(k, GB_SANS, k->base, gb_ink, GB_START, text_x, baseline, text);
        gb_ink_text(k, GB_SANS, k->base, gb_ink_soft, GB_START, text_x + gb_ink_width(k, GB_SANS, k->base, text) + gap(k) * 0.8,
                    baseline, v[i].count);
    }
    y += rows * step + k->base * 0.5;
    y += note(k, l, x, y, width);
    return y - top;
}

/* ---- hatching of areas ------------------------------------------------------------------------------------------------ */
struct span {
    double from, to;
};
static int by_from(const void *p, const void *q)
{
    const struct span *a = p, *b = q;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return (a->to > b->to) - (a->to < b->to);
}
static int by_value(const void *p, const void *q)
{
    double a = *(const double *)p, b = *(const double *)q;
    return (a > b) - (a < b);
}

/* Where the line x + y = d runs inside a shape (even-odd), as spans of x. */
static size_t spans_of(const struct gb_shape *s, double d, double *cut, struct span *out)
{
    size_t n = 0, made = 0;
    for (int i = 0; i < s->n_rings; i++)
        for (size_t j = 0; j < s->ring[i].n; j++) {
            struct gb_point a = s->ring[i].pt[j], b = s->ring[i].pt[(j + 1) % s->ring[i].n];
            double da = a.x + a.y - d, db = b.x + b.y - d;
            if ((da < 0) == (db < 0))
                continue;
            cut[n++] = a.x + (b.x - a.x) * da / (da - db);
        }
    if (n > 1)
        qsort(cut, n, sizeof *cut, by_value);
    for (size_t i = 0; i + 1 < n; i += 2)
        out[made++] = (struct span){ cut[i], cut[i + 1] };
    return made;
}

void gb_hatch(const struct gb_shape *shape, int n, double step, struct gb_path *out, struct gb_arena *a)
{
    size_t n_points = 0;
    double lo = 1e9, hi = -1e9;
    for (int i = 0; i < n; i++)
        for (int j = 0; shape[i].class_i < 0 && j < shape[i].n_rings; j++)
            for (size_t m = 0; m < shape[i].ring[j].n; m++, n_points++) {
                double d = shape[i].ring[j].pt[m].x + shape[i].ring[j].pt[m].y;
                if (d < lo)
                    lo = d;
                if (d > hi)
                    hi = d;
            }
    if (!n_points)
        return;
    double *cut = GB_NEW_N(a, n_points, double);
    struct span *v = GB_NEW_N(a, n_points, struct span);
    for (double d = ((double)(int64_t)(lo / step) + 1) * step; d < hi; d += step) {
        size_t k = 0;
        for (int i = 0; i < n; i++)
            if (shape[i].class_i < 0)
                k += spans_of(&shape[i], d, cut, v + k);
        if (k > 1)
            qsort(v, k, sizeof *v, by_from);
        for (size_t i = 0; i < k;) { /* through neighbours without a gap: one line */
            double to = v[i].to;
            size_t j = i + 1;
            while (j < k && v[j].from < to + 0.3) {
                if (v[j].to > to)
                    to = v[j].to;
                j++;
            }
            gb_path_move(out, v[i].from, d - v[i].from);
            gb_path_line(out, to, d - to);
            i = j;
        }
    }
}
