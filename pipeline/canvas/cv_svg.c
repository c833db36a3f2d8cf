/* cv_svg.c — SVG for the web: real text, no scripts, no references, small.
 *
 * cairo's SVG turns letters into outlines (55 KB a chart, nothing to select or read aloud), hence this one. User units are points.
 * The size attributes let a page show it anywhere; the viewBox lets its CSS scale it. No ids at all: many charts live in one HTML
 * page, and ids would clash. So a clip is a nested <svg> (which clips by itself) instead of a <clipPath>, and the accessible
 * name comes from <title> and <desc> as first children of role="img". Text keeps its anchor, so that it stays in place
 * when the reader's machine has another font. Font and size that most texts share are not repeated: they sit on the root.
 */
#include <stdlib.h>

#include "canvas/canvas_int.h"

enum { DEPTH = 65 };
struct svg {
    struct gb_buf *out; /* the caller's; written on close only */
    struct gb_buf body;
    char *head;         /* root element, title, desc */
    int n_clips[DEPTH]; /* nested <svg> opened since each save */
    int depth;
};

void gb_put_xml(struct gb_buf *b, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        switch (s[i]) {
        case '<': gb_buf_adds(b, "&lt;"); break;
        case '>': gb_buf_adds(b, "&gt;"); break;
        case '&': gb_buf_adds(b, "&amp;"); break;
        case '"': gb_buf_adds(b, "&quot;"); break;
        case '\'': gb_buf_adds(b, "&#39;"); break;
        default: gb_buf_addc(b, s[i]);
        }
}
static void put_attr(struct gb_buf *b, const char *name, double v)
{
    gb_buf_addf(b, " %s=\"", name);
    gb_put_num(b, v);
    gb_buf_addc(b, '"');
}
/* #rgb where it says the same as #rrggbb. */
static void put_paint(struct gb_buf *b, const char *name, struct gb_rgba c)
{
    bool brief = c.r % 17 == 0 && c.g % 17 == 0 && c.b % 17 == 0;
    if (brief)
        gb_buf_addf(b, " %s=\"#%x%x%x\"", name, c.r / 17, c.g / 17, c.b / 17);
    else
        gb_buf_addf(b, " %s=\"#%02x%02x%02x\"", name, c.r, c.g, c.b);
    if (c.a != 255) {
        gb_buf_addf(b, " %s-opacity=\"", name);
        gb_put_num(b, c.a / 255.0);
        gb_buf_addc(b, '"');
    }
}
/* A length in hundredths, without the zero before the point; a minus sign parts it from the number before. */
static void put_step(struct gb_buf *b, int64_t h, bool part)
{
    uint64_t v = h < 0 ? (uint64_t)-h : (uint64_t)h;
    if (h < 0)
        gb_buf_addc(b, '-');
    else if (part)
        gb_buf_addc(b, ' ');
    if (v >= 100 || v == 0)
        gb_buf_add_i64(b, (int64_t)(v / 100));
    if (v % 100 == 0)
        return;
    gb_buf_addc(b, '.');
    gb_buf_addc(b, (char)('0' + v / 10 % 10));
    if (v % 10)
        gb_buf_addc(b, (char)('0' + v % 10));
}
static int64_t hundredths(double v)
{
    return (int64_t)(v < 0 ? v * 100 - 0.5 : v * 100 + 0.5);
}
/* Steps from point to point instead of places on the page: half the bytes of a map. Steps are differences of rounded places, so no
 * error adds up. A command is not repeated for the next point. */
static void put_path(struct gb_buf *b, const struct gb_path *p)
{
    const struct gb_point *pt = p->pt;
    int64_t x = 0, y = 0, x0 = 0, y0 = 0;
    gb_buf_adds(b, " d=\"");
    for (size_t i = 0; i < p->n_ops; i++) {
        static const int n_points[] = { 1, 1, 3, 0 };
        bool again = i && p->op[i] == p->op[i - 1] && p->op[i] != GB_MOVE && p->op[i] != GB_CLOSE;
        if (!again)
            gb_buf_addc(b, "Mlcz"[p->op[i]]);
        if (p->op[i] == GB_MOVE)
            x = y = 0;
        int64_t fx = x, fy = y; /* the points of a curve are told from where it begins */
        for (int k = 0; k < n_points[p->op[i]]; k++, pt++) {
            x = hundredths(pt->x);
            y = hundredths(pt->y);
            put_step(b, x - fx, again || k);
            put_step(b, y - fy, true);
        }
        if (p->op[i] == GB_MOVE) {
            x0 = x;
            y0 = y;
        } else if (p->op[i] == GB_CLOSE) {
            x = x0;
            y = y0;
        }
    }
    gb_buf_addc(b, '"');
}
/* Axis-parallel rectangles are the most frequent fill: <rect> is shorter and says what it is. */
static bool is_rect(const struct gb_path *p, struct gb_rect *r)
{
    const struct gb_point *q = p->pt;
    if (p->n_ops != 5 || p->n_pts != 4 || p->op[1] != GB_LINE || p->op[2] != GB_LINE || p->op[3] != GB_LINE ||
        p->op[4] != GB_CLOSE)
        return false;
    if (q[0].y != q[1].y || q[1].x != q[2].x || q[2].y != q[3].y || q[3].x != q[0].x || q[1].x < q[0].x || q[2].y < q[1].y)
        return false;
    *r = (struct gb_rect){ q[0].x, q[0].y, q[1].x - q[0].x, q[2].y - q[1].y };
    return true;
}

static void on_save(void *self)
{
    struct svg *v = self;
    v->n_clips[++v->depth] = 0;
}
static void on_restore(void *self)
{
    struct svg *v = self;
    for (int i = 0; i < v->n_clips[v->depth]; i++)
        gb_buf_adds(&v->body, "</svg>");
    v->depth--;
}
static void on_clip(void *self, struct gb_rect r)
{
    struct svg *v = self;
    struct gb_buf *b = &v->body;
    gb_buf_adds(b, "<svg");
    put_attr(b, "x", r.x);
    put_attr(b, "y", r.y);
    put_attr(b, "width", r.w);
    put_attr(b, "height", r.h);
    gb_buf_adds(b, " viewBox=\"");
    const double view[] = { r.x, r.y, r.w, r.h };
    for (int i = 0; i < 4; i++) {
        if (i)
            gb_buf_addc(b, ' ');
        gb_put_num(b, view[i]);
    }
    gb_buf_adds(b, "\">");
    v->n_clips[v->depth]++;
}
static enum gb_code on_fill(void *self, const struct gb_path *p, struct gb_rgba c, struct gb_err *e)
{
    (void)e;
    struct gb_buf *b = &((struct svg *)self)->body;
    struct gb_rect r;
    if (is_rect(p, &r)) {
        gb_buf_adds(b, "<rect");
        put_attr(b, "x", r.x);
        put_attr(b, "y", r.y);
        put_attr(b, "width", r.w);
        put_attr(b, "height", r.h);
    } else {
        gb_buf_adds(b, "<path");
        put_path(b, p);
    }
    put_paint(b, "fill", c);
    gb_buf_adds(b, "/>\n");
    return GB_OK;
}
static enum gb_code on_stroke(void *self, const struct gb_path *p, const struct gb_pen *pen, struct gb_err *e)
{
    (void)e;
    struct gb_buf *b = &((struct svg *)self)->body;
    gb_buf_adds(b, "<path");
    put_path(b, p);
    gb_buf_adds(b, " fill=\"none\"");
    put_paint(b, "stroke", pen->color);
    if (pen->width_pt < 0.995 || pen->width_pt > 1.005)
        put_attr(b, "stroke-width", pen->width_pt);
    for (int i = 0; i < pen->n_dash; i++) {
        gb_buf_adds(b, i ? " " : " stroke-dasharray=\"");
        gb_put_num(b, pen->dash_pt[i]);
    }
    if (pen->n_dash)
        gb_buf_addc(b, '"');
    if (pen->round)
        gb_buf_adds(b, " stroke-linecap=\"round\" stroke-linejoin=\"round\"");
    gb_buf_adds(b, "/>\n");
    return GB_OK;
}
static enum gb_code on_text(void *self, const struct gb_run *run, struct gb_point at, struct gb_err *e)
{
    (void)e;
    struct gb_buf *b = &((struct svg *)self)->body;
    gb_buf_adds(b, "<text");
    put_attr(b, "x", at.x + (run->anchor == GB_START ? 0 : run->anchor == GB_MIDDLE ? run->width_pt / 2 : run->width_pt));
    put_attr(b, "y", at.y);
    put_attr(b, "font-size", run->size_pt);
    if (run->font < GB_SANS)
        gb_buf_addf(b, " font-family=\"%s\"", gb_font_css_family(run->font));
    if (gb_font_is_bold(run->font))
        gb_buf_adds(b, " font-weight=\"700\"");
    if (gb_font_is_italic(run->font))
        gb_buf_adds(b, " font-style=\"italic\"");
    if (run->anchor != GB_START)
        gb_buf_addf(b, " text-anchor=\"%s\"", run->anchor == GB_MIDDLE ? "middle" : "end");
    put_paint(b, "fill", run->color);
    gb_buf_addc(b, '>');
    gb_put_xml(b, run->text, run->n);
    gb_buf_adds(b, "</text>\n");
    return GB_OK;
}
/* Only targets inside the edition: a relative path or an anchor. A scheme or a host would lead out of it. */
static bool stays_inside(const char *t)
{
    return t[0] && t[0] != '/' && t[0] != '\\' && !strchr(t, ':') && !strstr(t, "..");
}
static enum gb_code on_link(void *self, struct gb_rect r, const char *target, struct gb_err *e)
{
    struct gb_buf *b = &((struct svg *)self)->body;
    if (!stays_inside(target))
        return gb_fail(e, GB_E_REPORT, "svg: liên kết \"%s\" ra ngoài ấn bản; chỉ dùng đường dẫn tương đối hoặc #mốc", target);
    gb_buf_adds(b, "<a href=\"");
    gb_put_xml(b, target, strlen(target));
    gb_buf_adds(b, "\"><rect");
    put_attr(b, "x", r.x);
    put_attr(b, "y", r.y);
    put_attr(b, "width", r.w);
    put_attr(b, "height", r.h);
    gb_buf_adds(b, " fill-opacity=\"0\"/></a>\n");
    return GB_OK;
}
static enum gb_code on_close(void *self, struct gb_err *e)
{
    (void)e;
    struct svg *v = self;
    gb_buf_adds(v->out, v->head);
    gb_buf_add(v->out, v->body.p, v->body.n);
    gb_buf_adds(v->out, "</svg>\n");
    return GB_OK;
}
static void on_free(void *self)
{
    struct svg *v = self;
    gb_buf_release(&v->body);
    free(v->head);
    free(v);
}

static const struct gb_canvas_ops ops = { .name = "svg",
                                          .save = on_save,
                                          .restore = on_restore,
                                          .clip = on_clip,
                                          .fill = on_fill,
                                          .stroke = on_stroke,
                                          .text = on_text,
                                          .link = on_link,
                                          .close = on_close,
                                          .free = on_free };

struct gb_canvas *gb_canvas_svg(double w_pt, double h_pt, const char *title, const char *desc, const char *lang,
                                struct gb_buf *out)
{
    size_t cap = 0;
    struct svg *v = gb_grow(NULL, &cap, 1, sizeof *v);
    memset(v, 0, sizeof *v);
    v->out = out;
    struct gb_buf h = { 0 };
    gb_buf_adds(&h, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ");
    gb_put_num(&h, w_pt);
    gb_buf_addc(&h, ' ');
    gb_put_num(&h, h_pt);
    gb_buf_addc(&h, '"');
    put_attr(&h, "width", w_pt);
    put_attr(&h, "height", h_pt);
    if (lang) {
        gb_buf_adds(&h, " lang=\"");
        gb_put_xml(&h, lang, strlen(lang));
        gb_buf_addc(&h, '"');
    }
    gb_buf_addf(&h, " role=\"img\" font-family=\"%s\">\n", gb_font_css_family(GB_SANS));
    if (title) {
        gb_buf_adds(&h, "<title>");
        gb_put_xml(&h, title, strlen(title));
        gb_buf_adds(&h, "</title>\n");
    }
    if (desc) {
        gb_buf_adds(&h, "<desc>");
        gb_put_xml(&h, desc, strlen(desc));
        gb_buf_adds(&h, "</desc>\n");
    }
    v->head = h.p; /* moved in: released by on_free */
    return gb_canvas_new(&ops, v);
}
