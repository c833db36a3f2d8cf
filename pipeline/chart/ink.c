/* ink.c — text that fits and labels that keep clear of each other. A label is tried at a handful of places (cartographers' point
 * labelling, candidate positions): never on another label, best where the fewest lines run. End labels in the margin are
 * pushed apart by merging neighbours into blocks (pool adjacent violators), which keeps their order and moves them least.
 */
#include "chart/ink.h"

#include "base/decimal.h"
#include "base/utf8.h"

double gb_ink_width(const struct gb_sketch *k, enum gb_font f, double size, const char *s)
{
    (void)k;
    return gb_text_width_pt(f, size, s, strlen(s));
}
void gb_ink_text(struct gb_sketch *k, enum gb_font f, double size, struct gb_rgba c, enum gb_anchor anchor, double x, double y,
                 const char *s)
{
    if (k->cv && s)
        gb_canvas_text(k->cv, f, size, c, anchor, x, y, s, strlen(s));
}

const char *gb_ink_elide(struct gb_sketch *k, enum gb_font f, double size, const char *s, double max_w)
{
    if (gb_ink_width(k, f, size, s) <= max_w)
        return s;
    double room = max_w - gb_ink_width(k, f, size, "…");
    if (room < 0)
        return "";
    const char *p = s, *end = s + strlen(s), *keep = s;
    while (p < end) {
        gb_utf8_next(&p, end);
        if (gb_text_width_pt(f, size, s, (size_t)(p - s)) > room)
            break;
        keep = p;
    }
    while (keep > s && keep[-1] == ' ')
        keep--;
    return gb_sprintf(k->a, "%.*s…", (int)(keep - s), s);
}

const char *gb_ink_named(struct gb_sketch *k, enum gb_font f, double size, const char *name, const char *between,
                         const char *figure, double max_w)
{
    if (!name || !name[0])
        return figure;
    const char *end = gb_sprintf(k->a, "%s%s", between, figure);
    name = gb_ink_elide(k, f, size, name, max_w - gb_ink_width(k, f, size, end));
    return name[0] ? gb_sprintf(k->a, "%s%s", name, end) : gb_ink_whole(k, f, size, figure, max_w);
}

const char *gb_ink_whole(const struct gb_sketch *k, enum gb_font f, double size, const char *s, double max_w)
{
    return gb_ink_width(k, f, size, s) <= max_w ? s : gb_ink_width(k, f, size, "…") <= max_w ? "…" : "";
}

int gb_ink_wrap(struct gb_sketch *k, enum gb_font f, double size, const char *s, double max_w, int max_lines, const char **line)
{
    int n = 0;
    while (*s == ' ')
        s++;
    while (*s && n < max_lines) {
        const char *cut = NULL;
        for (const char *p = s;; p++) {
            if (*p != ' ' && *p)
                continue;
            if (cut && gb_text_width_pt(f, size, s, (size_t)(p - s)) > max_w)
                break;
            cut = p;
            if (!*p)
                break;
        }
        bool rest = n == max_lines - 1 && *cut;
        line[n++] = gb_ink_elide(k, f, size, rest ? s : gb_strndup(k->a, s, (size_t)(cut - s)), max_w);
        if (rest)
            break;
        for (s = cut; *s == ' ';)
            s++;
    }
    return n;
}

int gb_ink_wrap_even(struct gb_sketch *k, enum gb_font f, double size, const char *s, double max_w, int max_lines,
                     const char **line)
{
    int n = gb_ink_wrap(k, f, size, s, max_w, max_lines, line);
    if (n < 2 || strstr(line[n - 1], "…"))
        return n;
    for (int part = 11; part < 20; part++) { /* the narrowest twentieth that needs no more lines */
        const char *try[GB_MAX_EVEN_LINES];
        double w = max_w * part / 20;
        if (gb_ink_wrap(k, f, size, s, w, max_lines, try) != n)
            continue;
        bool whole = true;
        for (int i = 0; i < n; i++)
            whole = whole && !strstr(try[i], "…");
        if (!whole)
            continue;
        memcpy(line, try, (size_t)n * sizeof *line);
        return n;
    }
    return n;
}

bool gb_is_number(const struct gb_value *v)
{
    return v->kind == GB_V_NUM;
}
double gb_number(const struct gb_value *v)
{
    return gb_dec_to_double(v->num, v->scale);
}
bool gb_is_provisional(const struct gb_value *v)
{
    return v->status == 'P' || v->status == 'E' || v->status == 'F';
}

static bool is_percent(const char *unit)
{
    return unit && gb_streq(unit, "%");
}

const char *gb_ink_value(struct gb_sketch *k, const struct gb_value *v, bool with_unit)
{
    struct gb_buf b = { 0 };
    gb_value_text(v, with_unit || is_percent(v->unit) || !gb_is_number(v) ? GB_WITH_UNIT : GB_WITHOUT_UNIT, &b);
    char *s = gb_buf_copy(k->a, &b);
    gb_buf_release(&b);
    return s;
}

/* From ten million up ticks are told in the words people use for money; the labels of points stay full. A unit that already
 * says "triệu" would make it "1.000 tỷ triệu đồng": then figures stay as they are. */
const char *gb_ink_tick(struct gb_sketch *k, const struct gb_scale *s, int i)
{
    const char *unit = k->spec->unit, *word = "";
    struct gb_value v = { .kind = GB_V_NUM, .num = s->tick[i], .scale = (uint8_t)s->scale, .decimals = (uint8_t)s->scale };
    double top = s->hi > -s->lo ? s->hi : -s->lo;
    bool has_word = unit && (strstr(unit, "nghìn") || strstr(unit, "triệu") || strstr(unit, "tỷ"));
    if (!has_word && s->scale == 0 && top >= 1e7 && s->n > 1) {
        int digits = top >= 1e10 ? 9 : 6;
        int64_t step = s->tick[1] - s->tick[0];
        int decimals = 0;
        while (decimals < 3 && step % gb_pow10[digits - decimals])
            decimals++;
        v.scale = (uint8_t)digits;
        v.decimals = (uint8_t)decimals;
        word = v.num == 0 ? "" : digits == 9 ? " tỷ" : " triệu";
        if (v.num == 0)
            v.decimals = 0;
    }
    struct gb_buf b = { 0 };
    gb_value_text(&v, GB_WITHOUT_UNIT, &b);
    gb_buf_adds(&b, word);
    char *text = gb_buf_copy(k->a, &b);
    gb_buf_release(&b);
    return text;
}

const char *gb_ink_period(struct gb_sketch *k, const struct gb_value *x)
{
    char text[32];
    if (x->kind != GB_V_PERIOD)
        return "";
    if (x->freq != GB_FREQ_HOUR)
        return gb_strndup(k->a, text, gb_period_short(x->freq, x->period, text, sizeof text));
    const char *full = gb_ink_value(k, x, true), *year = strrchr(full, '/');
    return year ? gb_strndup(k->a, full, (size_t)(year - full)) : full;
}

void gb_box_add(struct gb_sketch *k, struct gb_rect r)
{
    k->boxes.box = gb_arena_grow(k->a, k->boxes.box, k->boxes.n, &k->boxes.cap, k->boxes.n + 1, sizeof *k->boxes.box);
    k->boxes.box[k->boxes.n++] = r;
}
bool gb_box_hits(const struct gb_sketch *k, struct gb_rect r)
{
    for (size_t i = 0; i < k->boxes.n; i++) {
        const struct gb_rect *b = &k->boxes.box[i];
        if (r.x < b->x + b->w && b->x < r.x + r.w && r.y < b->y + b->h && b->y < r.y + r.h)
            return true;
    }
    return false;
}
void gb_seg_add(struct gb_sketch *k, double x1, double y1, double x2, double y2)
{
    k->segs.seg = gb_arena_grow(k->a, k->segs.seg, k->segs.n, &k->segs.cap, k->segs.n + 1, sizeof *k->segs.seg);
    k->segs.seg[k->segs.n++] = (struct gb_seg){ x1, y1, x2, y2 };
}
/* Liang-Barsky: does the segment enter the rectangle? */
static bool crosses(const struct gb_seg *s, struct gb_rect r)
{
    double t0 = 0, t1 = 1, dx = s->x2 - s->x1, dy = s->y2 - s->y1;
    const double p[4] = { -dx, dx, -dy, dy }, q[4] = { s->x1 - r.x, r.x + r.w - s->x1, s->y1 - r.y, r.y + r.h - s->y1 };
    for (int i = 0; i < 4; i++) {
        if (p[i] == 0) {
            if (q[i] < 0)
                return false;
            continue;
        }
        double t = q[i] / p[i];
        if (p[i] < 0 && t > t0)
            t0 = t;
        if (p[i] > 0 && t < t1)
            t1 = t;
        if (t0 > t1)
            return false;
    }
    return true;
}
int gb_seg_crossings(const struct gb_sketch *k, struct gb_rect r)
{
    int n = 0;
    for (size_t i = 0; i < k->segs.n; i++)
        n += crosses(&k->segs.seg[i], r);
    return n;
}
int gb_place(const struct gb_sketch *k, struct gb_rect in, double w, double h, const struct gb_point *candidate, int n)
{
    int best = -1, least = 0;
    for (int i = 0; i < n; i++) {
        struct gb_rect r = { candidate[i].x, candidate[i].y, w, h };
        if (r.x < in.x || r.y < in.y || r.x + w > in.x + in.w || r.y + h > in.y + in.h || gb_box_hits(k, r))
            continue;
        int lines = gb_seg_crossings(k, r);
        if (best >= 0 && lines >= least)
            continue;
        best = i;
        least = lines;
    }
    return best;
}

enum { MAX_PUSH = 32 };
bool gb_push_apart(double *y, const double *h, int n, double lo, double hi)
{
    int order[MAX_PUSH];
    double total = 0;
    if (n > MAX_PUSH)
        return false;
    for (int i = 0; i < n; i++) {
        int j = i;
        for (; j && y[order[j - 1]] > y[i]; j--)
            order[j] = order[j - 1];
        order[j] = i;
        total += h[i];
    }
    if (total > hi - lo)
        return false;
    struct {
        double sum, height;
        int n;
    } block[MAX_PUSH]; /* sum: of wished tops, each less what stands above it in the block */
    int blocks = 0;
    for (int i = 0; i < n; i++) {
        int o = order[i];
        block[blocks].sum = y[o] - h[o] / 2;
        block[blocks].height = h[o];
        block[blocks++].n = 1;
        for (;;) {
            double top[2];
            for (int b = blocks > 1 ? blocks - 2 : 0, t = 0; b < blocks; b++, t++) {
                double v = block[b].sum / block[b].n;
                if (v > hi - block[b].height)
                    v = hi - block[b].height;
                top[t] = v < lo ? lo : v;
            }
            if (blocks < 2 || top[1] >= top[0] + block[blocks - 2].height)
                break;
            block[blocks - 2].sum += block[blocks - 1].sum - block[blocks - 1].n * block[blocks - 2].height;
            block[blocks - 2].height += block[blocks - 1].height;
            block[blocks - 2].n += block[blocks - 1].n;
            blocks--;
        }
    }
    for (int b = 0, i = 0; b < blocks; b++) {
        double top = block[b].sum / block[b].n;
        if (top > hi - block[b].height)
            top = hi - block[b].height;
        if (top < lo)
            top = lo;
        for (int m = 0; m < block[b].n; m++, i++) {
            y[order[i]] = top + h[order[i]] / 2;
            top += h[order[i]];
        }
    }
    return true;
}
