/* cv_png.c — PNG by cairo, for sharing and for workbooks. White ground, no alpha, no text chunks, no time.
 *
 * Fonts come as FreeType faces from our own bytes: fontconfig is never asked, so the machine's fonts and settings do not matter.
 * Hinting and subpixel order are off: same pixels everywhere. cairo goes silent after its first error and still writes a file,
 * so both statuses are asked at the end (TRUST.md 33).
 */
#include <stdlib.h>

#include <cairo-ft.h>
#include <cairo.h>

#include "base/utf8.h"
#include "canvas/canvas_int.h"
#include "canvas/font_int.h"

struct png {
    struct gb_buf *out;
    cairo_surface_t *surface;
    cairo_t *cr;
    cairo_font_face_t *face[GB_N_FONTS];
};

static void set_color(cairo_t *cr, struct gb_rgba c)
{
    cairo_set_source_rgba(cr, c.r / 255.0, c.g / 255.0, c.b / 255.0, c.a / 255.0);
}
static void set_path(cairo_t *cr, const struct gb_path *p)
{
    const struct gb_point *q = p->pt;
    cairo_new_path(cr);
    for (size_t i = 0; i < p->n_ops; i++)
        switch (p->op[i]) {
        case GB_MOVE:
            cairo_move_to(cr, q->x, q->y);
            q++;
            break;
        case GB_LINE:
            cairo_line_to(cr, q->x, q->y);
            q++;
            break;
        case GB_CURVE:
            cairo_curve_to(cr, q[0].x, q[0].y, q[1].x, q[1].y, q[2].x, q[2].y);
            q += 3;
            break;
        case GB_CLOSE: cairo_close_path(cr); break;
        }
}
static void on_save(void *self)
{
    cairo_save(((struct png *)self)->cr);
}
static void on_restore(void *self)
{
    cairo_restore(((struct png *)self)->cr);
}
static void on_clip(void *self, struct gb_rect r)
{
    cairo_t *cr = ((struct png *)self)->cr;
    cairo_new_path(cr);
    cairo_rectangle(cr, r.x, r.y, r.w, r.h);
    cairo_clip(cr);
}
static enum gb_code status(struct png *v, struct gb_err *e)
{
    cairo_status_t s = cairo_status(v->cr);
    if (s == CAIRO_STATUS_SUCCESS)
        s = cairo_surface_status(v->surface);
    if (s == CAIRO_STATUS_NO_MEMORY)
        gb_oom();
    return s == CAIRO_STATUS_SUCCESS ? GB_OK : gb_fail(e, GB_E_BUG, "png: cairo: %s", cairo_status_to_string(s));
}
static enum gb_code on_fill(void *self, const struct gb_path *p, struct gb_rgba c, struct gb_err *e)
{
    struct png *v = self;
    set_color(v->cr, c);
    set_path(v->cr, p);
    cairo_fill(v->cr);
    return status(v, e);
}
static enum gb_code on_stroke(void *self, const struct gb_path *p, const struct gb_pen *pen, struct gb_err *e)
{
    struct png *v = self;
    set_color(v->cr, pen->color);
    cairo_set_line_width(v->cr, pen->width_pt);
    cairo_set_dash(v->cr, pen->dash_pt, pen->n_dash, 0);
    cairo_set_line_cap(v->cr, pen->round ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
    cairo_set_line_join(v->cr, pen->round ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER);
    set_path(v->cr, p);
    cairo_stroke(v->cr);
    return status(v, e);
}
static cairo_font_face_t *face_of(struct png *v, enum gb_font f)
{
    if (!v->face[f])
        v->face[f] = cairo_ft_font_face_create_for_ft_face(gb_font_face(f), FT_LOAD_NO_HINTING);
    return v->face[f];
}
/* Glyphs with places of our own: the widths are those every other back end uses, cairo's text shaping is not asked. */
static enum gb_code on_text(void *self, const struct gb_run *run, struct gb_point at, struct gb_err *e)
{
    struct png *v = self;
    cairo_set_font_face(v->cr, face_of(v, run->font));
    cairo_set_font_size(v->cr, run->size_pt);
    set_color(v->cr, run->color);
    cairo_glyph_t glyph[64];
    int n = 0;
    double x = at.x, unit = run->size_pt / gb_font_units_per_em(run->font);
    for (const char *q = run->text, *end = q + run->n; q < end;) {
        uint16_t g = gb_font_glyph(run->font, gb_utf8_next(&q, end));
        glyph[n++] = (cairo_glyph_t){ g, x, at.y };
        x += gb_font_advance(run->font, g) * unit;
        if (n == 64 || q == end) {
            cairo_show_glyphs(v->cr, glyph, n);
            n = 0;
        }
    }
    return status(v, e);
}
static cairo_status_t on_bytes(void *self, const unsigned char *p, unsigned n)
{
    gb_buf_add(((struct png *)self)->out, p, n);
    return CAIRO_STATUS_SUCCESS;
}
static enum gb_code on_close(void *self, struct gb_err *e)
{
    struct png *v = self;
    enum gb_code code = status(v, e);
    if (code)
        return code;
    cairo_surface_flush(v->surface);
    cairo_status_t s = cairo_surface_write_to_png_stream(v->surface, on_bytes, v);
    if (s == CAIRO_STATUS_NO_MEMORY)
        gb_oom();
    return s == CAIRO_STATUS_SUCCESS ? GB_OK : gb_fail(e, GB_E_BUG, "png: cairo: %s", cairo_status_to_string(s));
}
static void on_free(void *self)
{
    struct png *v = self;
    cairo_destroy(v->cr);
    cairo_surface_destroy(v->surface);
    for (int f = 0; f < GB_N_FONTS; f++)
        if (v->face[f])
            cairo_font_face_destroy(v->face[f]);
    free(v);
}

static const struct gb_canvas_ops ops = { .name = "png",
                                          .save = on_save,
                                          .restore = on_restore,
                                          .clip = on_clip,
                                          .fill = on_fill,
                                          .stroke = on_stroke,
                                          .text = on_text,
                                          .close = on_close,
                                          .free = on_free };

struct gb_canvas *gb_canvas_png(double w_pt, double h_pt, double px_per_pt, struct gb_buf *out)
{
    gb_fonts_need();
    size_t cap = 0;
    struct png *v = gb_grow(NULL, &cap, 1, sizeof *v);
    memset(v, 0, sizeof *v);
    v->out = out;
    v->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(w_pt * px_per_pt + 0.5), (int)(h_pt * px_per_pt + 0.5));
    v->cr = cairo_create(v->surface);
    cairo_set_source_rgb(v->cr, 1, 1, 1);
    cairo_paint(v->cr);
    cairo_scale(v->cr, px_per_pt, px_per_pt);
    cairo_font_options_t *o = cairo_font_options_create();
    cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(v->cr, o);
    cairo_font_options_destroy(o);
    return gb_canvas_new(&ops, v);
}
