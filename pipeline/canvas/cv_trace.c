/* cv_trace.c — a drawing as text, one operation a line: the golden format, and what the overlap tests read.
 *
 *   save · restore · clip X Y W H
 *   fill #RRGGBBAA M x,y L x,y C x,y x,y x,y Z
 *   stroke #RRGGBBAA w=W [dash=a,b] [round] M ...
 *   text X Y w=WIDTH FONT SIZE #RRGGBBAA ANCHOR "text"      X is the left end after anchoring, Y the baseline
 *   link X Y W H "target" · tag+ NAME "alt" · tag- NAME
 * Coordinates have exactly 2 decimals; quotes and backslashes in texts are escaped by a backslash.
 */
#include <stdlib.h>

#include "canvas/canvas_int.h"

struct trace {
    struct gb_buf *out;
    int depth;
};
static const char *const font_word[GB_N_FONTS] = {
    "serif", "serif-bold", "serif-italic", "serif-bold-italic", "sans", "sans-bold"
};
static const char *const tag_word[] = { "figure", "table", "heading", "paragraph", "artifact" };
static const char *const anchor_word[] = { "start", "middle", "end" };

static struct gb_buf *line(struct trace *t)
{
    for (int i = 0; i < t->depth; i++)
        gb_buf_adds(t->out, "  ");
    return t->out;
}
static void put_color(struct gb_buf *b, struct gb_rgba c)
{
    gb_buf_addf(b, " #%02x%02x%02x%02x", c.r, c.g, c.b, c.a);
}
static void put_pair(struct gb_buf *b, struct gb_point p)
{
    gb_buf_addc(b, ' ');
    gb_put_num2(b, p.x);
    gb_buf_addc(b, ',');
    gb_put_num2(b, p.y);
}
static void put_rect(struct gb_buf *b, struct gb_rect r)
{
    const double v[] = { r.x, r.y, r.w, r.h };
    for (int i = 0; i < 4; i++) {
        gb_buf_addc(b, ' ');
        gb_put_num2(b, v[i]);
    }
}
static void put_quoted(struct gb_buf *b, const char *s, size_t n)
{
    gb_buf_adds(b, " \"");
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '"' || s[i] == '\\')
            gb_buf_addc(b, '\\');
        gb_buf_addc(b, s[i]);
    }
    gb_buf_addc(b, '"');
}
static void put_path(struct gb_buf *b, const struct gb_path *p)
{
    const struct gb_point *pt = p->pt;
    for (size_t i = 0; i < p->n_ops; i++) {
        static const char letter[] = "MLCZ";
        static const int n_points[] = { 1, 1, 3, 0 };
        gb_buf_addc(b, ' ');
        gb_buf_addc(b, letter[p->op[i]]);
        for (int k = 0; k < n_points[p->op[i]]; k++)
            put_pair(b, *pt++);
    }
}

static void on_save(void *self)
{
    struct trace *t = self;
    gb_buf_adds(line(t), "save\n");
    t->depth++;
}
static void on_restore(void *self)
{
    struct trace *t = self;
    t->depth--;
    gb_buf_adds(line(t), "restore\n");
}
static void on_clip(void *self, struct gb_rect r)
{
    struct gb_buf *b = line(self);
    gb_buf_adds(b, "clip");
    put_rect(b, r);
    gb_buf_addc(b, '\n');
}
static enum gb_code on_fill(void *self, const struct gb_path *p, struct gb_rgba c, struct gb_err *e)
{
    (void)e;
    struct gb_buf *b = line(self);
    gb_buf_adds(b, "fill");
    put_color(b, c);
    put_path(b, p);
    gb_buf_addc(b, '\n');
    return GB_OK;
}
static enum gb_code on_stroke(void *self, const struct gb_path *p, const struct gb_pen *pen, struct gb_err *e)
{
    (void)e;
    struct gb_buf *b = line(self);
    gb_buf_adds(b, "stroke");
    put_color(b, pen->color);
    gb_buf_adds(b, " w=");
    gb_put_num2(b, pen->width_pt);
    for (int i = 0; i < pen->n_dash; i++) {
        gb_buf_adds(b, i ? "," : " dash=");
        gb_put_num2(b, pen->dash_pt[i]);
    }
    if (pen->round)
        gb_buf_adds(b, " round");
    put_path(b, p);
    gb_buf_addc(b, '\n');
    return GB_OK;
}
static enum gb_code on_text(void *self, const struct gb_run *run, struct gb_point at, struct gb_err *e)
{
    (void)e;
    struct gb_buf *b = line(self);
    gb_buf_adds(b, "text ");
    gb_put_num2(b, at.x);
    gb_buf_addc(b, ' ');
    gb_put_num2(b, at.y);
    gb_buf_adds(b, " w=");
    gb_put_num2(b, run->width_pt);
    gb_buf_addf(b, " %s ", font_word[run->font]);
    gb_put_num2(b, run->size_pt);
    put_color(b, run->color);
    gb_buf_addf(b, " %s", anchor_word[run->anchor]);
    put_quoted(b, run->text, run->n);
    gb_buf_addc(b, '\n');
    return GB_OK;
}
static enum gb_code on_link(void *self, struct gb_rect r, const char *target, struct gb_err *e)
{
    (void)e;
    struct gb_buf *b = line(self);
    gb_buf_adds(b, "link");
    put_rect(b, r);
    put_quoted(b, target, strlen(target));
    gb_buf_addc(b, '\n');
    return GB_OK;
}
static enum gb_code on_tag(void *self, enum gb_tag t, const char *alt, bool begin, struct gb_err *e)
{
    (void)e;
    struct trace *tr = self;
    if (!begin)
        tr->depth--;
    struct gb_buf *b = line(tr);
    gb_buf_addf(b, "tag%c %s", begin ? '+' : '-', tag_word[t]);
    if (alt)
        put_quoted(b, alt, strlen(alt));
    gb_buf_addc(b, '\n');
    if (begin)
        tr->depth++;
    return GB_OK;
}

static const struct gb_canvas_ops ops = { .name = "trace",
                                          .save = on_save,
                                          .restore = on_restore,
                                          .clip = on_clip,
                                          .fill = on_fill,
                                          .stroke = on_stroke,
                                          .text = on_text,
                                          .link = on_link,
                                          .tag = on_tag,
                                          .free = free };

struct gb_canvas *gb_canvas_trace(struct gb_buf *out)
{
    size_t cap = 0;
    struct trace *t = gb_grow(NULL, &cap, 1, sizeof *t);
    *t = (struct trace){ .out = out };
    return gb_canvas_new(&ops, t);
}
