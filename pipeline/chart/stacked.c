/* stacked.c — parts of a whole: one bar a row, one piece a series, the total at its end.
 *
 * Only for figures that add up (document/check.c refuses others). Neighbouring pieces differ in lightness and are parted by a white
 * line, so that they stay apart on a photocopy; a piece has its figure where it fits, and the key tells them in the order in which
 * they lie. A row in which a part is missing has no total, it says how many parts are missing.
 */
#include "base/decimal.h"
#include "chart/ink.h"

enum { NAME_LINES = 2, MAX_PARTS = GB_N_PIECES };

struct row {
    const char *line[NAME_LINES], *total;
    int n_lines, missing;
    double sum;
};
struct bars {
    struct gb_sketch *k;
    size_t n, parts;
    struct row *row;
    double names_w, totals_w, row_h, least_h, key_h, most;
};

static const struct gb_value *value_at(const struct bars *b, size_t part, size_t i)
{
    const struct gb_chart_series *s = &b->k->spec->series[part];
    return i < s->n && gb_is_number(&s->point[i].y) ? &s->point[i].y : NULL;
}

/* The exact sum of a row, printed by the one formatter; NULL when it does not fit a number. */
static const char *total_of(const struct bars *b, size_t i)
{
    struct gb_value sum = { .kind = GB_V_NUM, .unit = b->k->spec->unit };
    for (size_t p = 0; p < b->parts; p++) {
        const struct gb_value *v = value_at(b, p, i);
        int64_t have, more;
        uint8_t scale = v && v->scale > sum.scale ? v->scale : sum.scale;
        if (!v)
            continue;
        if (!gb_dec_rescale(sum.num, sum.scale, scale, &have) || !gb_dec_rescale(v->num, v->scale, scale, &more) ||
            !gb_dec_add(have, more, &sum.num))
            return NULL;
        sum.scale = scale;
        sum.decimals = v->decimals > sum.decimals ? v->decimals : sum.decimals;
        sum.status = gb_is_provisional(v) ? v->status : sum.status;
    }
    return gb_ink_value(b->k, &sum, false);
}

static void read_row(struct bars *b, size_t i, double width)
{
    struct gb_sketch *k = b->k;
    struct row *r = &b->row[i];
    const struct gb_chart_point *pt = &k->spec->series[0].point[i];
    const char *name = pt->label ? pt->label : gb_ink_period(k, &pt->x);
    r->n_lines = gb_ink_wrap_even(k, GB_SANS, k->base, name, width * 0.34, NAME_LINES, r->line);
    for (int j = 0; j < r->n_lines; j++) {
        double w = gb_ink_width(k, GB_SANS, k->base, r->line[j]);
        b->names_w = w > b->names_w ? w : b->names_w;
    }
    for (size_t p = 0; p < b->parts; p++) {
        const struct gb_value *v = value_at(b, p, i);
        if (!v)
            r->missing++;
        else if (v->num > 0)
            r->sum += gb_number(v);
    }
    r->total = r->missing == (int)b->parts ? "chưa có số liệu"
               : r->missing                ? gb_sprintf(k->a, "thiếu %d phần", r->missing)
                                           : total_of(b, i);
    r->total = r->total ? r->total : "";
    double w = gb_ink_width(k, r->missing ? GB_SANS : GB_SANS_BOLD, k->base, r->total);
    b->totals_w = w > b->totals_w ? w : b->totals_w;
    b->most = r->sum > b->most ? r->sum : b->most;
    double h = k->base * (r->n_lines > 1 ? 2.7 : 1.75), least = k->base * (r->n_lines > 1 ? 2.35 : 1.3);
    b->row_h = h > b->row_h ? h : b->row_h;
    b->least_h = least > b->least_h ? least : b->least_h;
}

/* The parts in the order in which they lie. Draws when there is a canvas. @return height */
static double key(const struct bars *b, struct gb_sketch *k, double x, double y, double width)
{
    struct gb_key_item v[MAX_PARTS];
    for (size_t p = 0; p < b->parts; p++)
        v[p] = (struct gb_key_item){ .text = k->spec->series[p].name ? k->spec->series[p].name : "",
                                     .look = GB_KEY_BOX,
                                     .fill = gb_parts[p] };
    return gb_key(k, (struct gb_rect){ x, y, width, 0 }, k->base, v, (int)b->parts) + k->base * 0.4;
}

static void measure(struct bars *b, struct gb_sketch *k, double width)
{
    *b = (struct bars){ .k = k,
                        .n = k->spec->series[0].n,
                        .parts = k->spec->n_series < MAX_PARTS ? k->spec->n_series : MAX_PARTS };
    b->row = GB_NEW_N(k->a, b->n ? b->n : 1, struct row);
    for (size_t i = 0; i < b->n; i++)
        read_row(b, i, width);
    b->names_w += k->base * 0.6;
    if (b->totals_w > width * 0.35)
        b->totals_w = width * 0.35;
    b->totals_w += k->base * 0.5;
    struct gb_sketch probe = *k;
    probe.cv = NULL;
    b->key_h = key(b, &probe, 0, 0, width);
}

double gb_stacked_height(struct gb_sketch *k, double width_pt)
{
    struct bars b;
    measure(&b, k, width_pt);
    return b.key_h + (double)b.n * b.row_h + k->base * 0.3;
}

static void draw_pieces(const struct bars *b, size_t i, struct gb_rect field)
{
    struct gb_sketch *k = b->k;
    double thick = field.h * 0.74 < k->base * 1.5 ? field.h * 0.74 : k->base * 1.5, x = field.x, gap = 0.5 * k->base / 8.5;
    for (size_t p = 0; p < b->parts && b->most > 0; p++) {
        const struct gb_value *v = value_at(b, p, i);
        double w = v && v->num > 0 ? field.w * (gb_number(v) / b->most) : 0;
        if (w <= 0)
            continue;
        struct gb_rect piece = { x, field.y + (field.h - thick) / 2, w > 3 * gap ? w - gap : w, thick };
        gb_canvas_fill_rect(k->cv, piece, gb_parts[p]);
        const char *text = gb_ink_value(k, v, false);
        if (gb_ink_width(k, GB_SANS, k->base * 0.92, text) + k->base * 0.5 <= piece.w)
            gb_ink_text(k, GB_SANS, k->base * 0.92, gb_on(gb_parts[p]), GB_MIDDLE, piece.x + piece.w / 2,
                        field.y + field.h / 2 + k->base * 0.33, text);
        x += w;
    }
    const struct row *r = &b->row[i];
    enum gb_font f = r->missing ? GB_SANS : GB_SANS_BOLD;
    double room = k->r.x + k->r.w - (x + k->base * 0.5);
    gb_ink_text(k, f, k->base, r->missing ? gb_ink_soft : gb_ink, GB_START, x + k->base * 0.5,
                field.y + field.h / 2 + k->base * 0.35,
                r->missing ? gb_ink_elide(k, f, k->base, r->total, room) : gb_ink_whole(k, f, k->base, r->total, room));
}

void gb_draw_stacked(struct gb_sketch *k)
{
    struct bars b;
    measure(&b, k, k->r.w);
    double room = k->r.h - b.key_h, h = b.row_h;
    size_t n = b.n;
    if ((double)n * h > room + 0.01) { /* rows move together; what still has no room is counted */
        h = room / (double)n;
        if (h < b.least_h) {
            h = b.least_h;
            n = room > k->line ? (size_t)((room - k->line) / h) : 0;
            n = n > b.n ? b.n : n;
        }
    }
    double y = k->r.y;
    if (n)
        y += key(&b, k, k->r.x, y, k->r.w);
    for (size_t i = 0; i < n; i++, y += h) {
        const struct row *r = &b.row[i];
        double step = k->base * 1.1, base = y + h / 2 + k->base * 0.35 - (r->n_lines - 1) * step / 2;
        for (int j = 0; j < r->n_lines; j++)
            gb_ink_text(k, GB_SANS, k->base, gb_ink, GB_START, k->r.x, base + j * step, r->line[j]);
        draw_pieces(&b, i, (struct gb_rect){ k->r.x + b.names_w, y, k->r.w - b.names_w - b.totals_w, h });
    }
    gb_rest(k, b.n - n, "dòng nữa không đủ chỗ để vẽ", y);
}
