/* pdf.c — pages, outline, links and information of a PDF, on libharu's objects.
 *
 * libharu keeps the objects, the page tree and the file. Page contents are written here as operators into a buffer
 * and handed to the page's stream: libharu's drawing calls format every number by their own printf and could not address
 * glyphs (pdf_font.c tells why that matters). Titles go in as UTF-16 hexadecimal strings, which needs none of libharu's
 * encoders (its "UTF-8" encoder fills 64 Ki tables first).
 *
 * Same input, same bytes: dates come from the caller, the file identifier is a hash of the contents, nothing is compressed by
 * chance. libharu's error handler only records; every call after the first error is harmless, and save reports it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "canvas/pdf.h"

#include <hpdf.h>
#include <hpdf_annotation.h>
#include <hpdf_destination.h>
#include <hpdf_doc.h>
#include <hpdf_info.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <hpdf_utils.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "canvas/canvas_int.h"
#include "canvas/font_int.h"
#include "canvas/pdf_file.h"
#include "canvas/pdf_font.h"
#include "canvas/pdf_meta.h"
#include "canvas/pdf_sign.h"
#include "canvas/pdf_struct.h"

enum { STATES = 66, OUTLINE_LEVELS = 8, PAGE_MAX_PT = 14400 };

struct place {
    char *name;
    HPDF_Page page;
    double y;
    int number; /* of the page in the file */
};              /* y in PDF space */
struct wish {
    char *name;
    HPDF_Page page;
    HPDF_Rect rect;
    int in_struct;         /* handle of its place in the structure, -1 = none */
};                         /* a link, resolved at save */
struct state {             /* what the reader of the page's operators has in mind */
    uint32_t fill, stroke; /* rgba, packed */
    uint8_t alpha;
    double width_pt;
    double dash_pt[4];
    int n_dash;
    bool round;
    int font;
    double size_pt;
};
struct gb_pdf {
    HPDF_Doc doc;
    struct gb_err err;
    struct gb_sha256_state hash;
    HPDF_Page page;
    int n_pages;
    double h_pt;
    struct gb_canvas *canvas; /* of the current page */
    struct gb_buf ops;        /* its operators */
    struct state state[STATES];
    int depth;
    HPDF_Dict fonts, alphas; /* shared resources */
    bool has_font[GB_N_FONTS], has_alpha[256];
    HPDF_Outline above[OUTLINE_LEVELS];
    int n_above;
    struct place *place;
    size_t n_places, cap_places;
    struct wish *wish;
    size_t n_wishes, cap_wishes;
    struct wish sign; /* the signature's field; page NULL: none */
    const char *sign_said;
    struct gb_pdf_info info; /* strings are the caller's */
    struct gb_pdf_struct *tree;
    const struct gb_elem *marked; /* whose content is being drawn; NULL: decoration */
    bool is_marked, blank;
};

/* ---- libharu's callbacks ---- */
static void HPDF_STDCALL on_error(HPDF_STATUS code, HPDF_STATUS detail, void *user)
{
    struct gb_pdf *p = user;
    gb_fail(&p->err, GB_E_BUG, "pdf: libharu 0x%04lX/%lu", (unsigned long)code, (unsigned long)detail);
}
/* Out of memory ends the process, as everywhere: gb_grow does not come back without. */
static void *HPDF_STDCALL on_alloc(HPDF_UINT n)
{
    size_t cap = 0;
    return gb_grow(NULL, &cap, n ? n : 1, 1);
}
static void HPDF_STDCALL on_free(void *p)
{
    free(p);
}

static void set_text(struct gb_pdf *p, HPDF_Dict d, const char *key, const char *s)
{
    if (!s || !d)
        return;
    size_t at;
    if (gb_text_check(s, strlen(s), &at))
        gb_fail(&p->err, GB_E_REPORT, "pdf: %s: văn bản hỏng ở byte %zu", key, at);
    else
        HPDF_Dict_Add(d, key, gb_pdf_text_string(p->doc, s));
}

struct gb_pdf *gb_pdf_new(const struct gb_pdf_info *info)
{
    size_t cap = 0;
    struct gb_pdf *p = gb_grow(NULL, &cap, 1, sizeof *p);
    memset(p, 0, sizeof *p);
    p->info = *info;
    gb_fonts_need();
    gb_sha256_init(&p->hash);
    p->doc = HPDF_NewEx(on_error, on_alloc, on_free, 0, p);
    if (!p->doc) {
        gb_fail(&p->err, GB_E_BUG, "pdf: libharu does not start");
        return p;
    }
    p->doc->pdf_version = HPDF_VER_17;
    HPDF_SetCompressionMode(p->doc, HPDF_COMP_ALL);
    /* The first of these makes the dictionary; the producer is fixed: no version of a library gets into the bytes. */
    HPDF_SetInfoAttr(p->doc, HPDF_INFO_PRODUCER, "giaoban");
    HPDF_Dict d = p->doc->info;
    set_text(p, d, "Title", info->title);
    set_text(p, d, "Author", info->author);
    set_text(p, d, "Subject", info->subject);
    set_text(p, d, "Keywords", info->keywords);
    HPDF_Date date = { info->date.year, info->date.month, info->date.day, 0, 0, 0, '+', 7, 0 };
    HPDF_SetInfoDateAttr(p->doc, HPDF_INFO_CREATION_DATE, date);
    HPDF_SetInfoDateAttr(p->doc, HPDF_INFO_MOD_DATE, date);
    HPDF_Dict view = HPDF_Dict_New(p->doc->mmgr);
    HPDF_Dict_Add(p->doc->catalog, "ViewerPreferences", view);
    HPDF_Dict_AddBoolean(view, "DisplayDocTitle", HPDF_TRUE);
    HPDF_Dict_Add(p->doc->catalog, "Lang", HPDF_String_New(p->doc->mmgr, info->lang ? info->lang : "vi", NULL));
    char iso[16];
    gb_date_iso(info->date, iso);
    gb_sha256_update(&p->hash, iso, strlen(iso));
    if (info->title)
        gb_sha256_update(&p->hash, info->title, strlen(info->title));
    return p;
}

/* ---- the page's operators ---- */
static void num(struct gb_pdf *p, double v)
{
    gb_put_num(&p->ops, v);
    gb_buf_addc(&p->ops, ' ');
}
static void xy(struct gb_pdf *p, struct gb_point at)
{
    num(p, at.x);
    num(p, p->h_pt - at.y);
}
static struct state *now(struct gb_pdf *p)
{
    return &p->state[p->depth];
}

static void component(struct gb_pdf *p, uint8_t v)
{
    /* Three decimals tell all 256 steps apart. */
    int mille = (v * 1000 + 127) / 255;
    if (mille == 0 || mille == 1000)
        gb_buf_addf(&p->ops, "%d ", mille / 1000);
    else
        gb_buf_addf(&p->ops, ".%03d ", mille);
}
static void color(struct gb_pdf *p, struct gb_rgba c, bool stroke)
{
    uint32_t *known = stroke ? &now(p)->stroke : &now(p)->fill,
             packed = 1u << 24 | (uint32_t)c.r << 16 | (uint32_t)c.g << 8 | c.b;
    if (*known == packed)
        return;
    *known = packed;
    component(p, c.r);
    if (c.r == c.g && c.g == c.b) {
        gb_buf_adds(&p->ops, stroke ? "G\n" : "g\n");
        return;
    }
    component(p, c.g);
    component(p, c.b);
    gb_buf_adds(&p->ops, stroke ? "RG\n" : "rg\n");
}
/* Fill and stroke share one graphics state a level of opacity. */
static void opacity(struct gb_pdf *p, uint8_t a)
{
    if (now(p)->alpha == a)
        return;
    now(p)->alpha = a;
    if (p->alphas && !p->has_alpha[a]) {
        p->has_alpha[a] = true;
        HPDF_Dict gs = HPDF_Dict_New(p->doc->mmgr);
        if (!gs)
            return;
        char name[8];
        snprintf(name, sizeof name, "A%d", a);
        HPDF_Dict_Add(p->alphas, name, gs);
        HPDF_Dict_AddReal(gs, "ca", (HPDF_REAL)a / 255);
        HPDF_Dict_AddReal(gs, "CA", (HPDF_REAL)a / 255);
    }
    gb_buf_addf(&p->ops, "/A%d gs\n", a);
}
static void path(struct gb_pdf *p, const struct gb_path *path)
{
    const struct gb_point *q = path->pt;
    for (size_t i = 0; i < path->n_ops; i++)
        switch (path->op[i]) {
        case GB_MOVE:
            xy(p, *q++);
            gb_buf_adds(&p->ops, "m\n");
            break;
        case GB_LINE:
            xy(p, *q++);
            gb_buf_adds(&p->ops, "l\n");
            break;
        case GB_CURVE:
            for (int k = 0; k < 3; k++)
                xy(p, *q++);
            gb_buf_adds(&p->ops, "c\n");
            break;
        case GB_CLOSE: gb_buf_adds(&p->ops, "h\n"); break;
        }
}
static void pen(struct gb_pdf *p, const struct gb_pen *pen)
{
    struct state *s = now(p);
    color(p, pen->color, true);
    opacity(p, pen->color.a);
    if (s->width_pt != pen->width_pt) {
        num(p, s->width_pt = pen->width_pt);
        gb_buf_adds(&p->ops, "w\n");
    }
    if (s->round != pen->round) {
        s->round = pen->round;
        gb_buf_adds(&p->ops, pen->round ? "1 J 1 j\n" : "0 J 0 j\n");
    }
    if (s->n_dash != pen->n_dash || memcmp(s->dash_pt, pen->dash_pt, (size_t)pen->n_dash * sizeof(double)) != 0) {
        s->n_dash = pen->n_dash;
        memcpy(s->dash_pt, pen->dash_pt, sizeof s->dash_pt);
        gb_buf_addc(&p->ops, '[');
        for (int i = 0; i < pen->n_dash; i++)
            num(p, pen->dash_pt[i]);
        gb_buf_adds(&p->ops, "] 0 d\n");
    }
}
static void use_font(struct gb_pdf *p, enum gb_font f)
{
    if (!p->fonts || p->has_font[f])
        return;
    p->has_font[f] = true;
    HPDF_Dict font = gb_pdf_font_add(p->doc, f);
    char name[8];
    snprintf(name, sizeof name, "F%d", (int)f);
    if (font)
        HPDF_Dict_Add(p->fonts, name, font);
}

/* ---- marked content ---- */
static void end_mark(struct gb_pdf *p)
{
    if (p->is_marked)
        gb_buf_adds(&p->ops, "EMC\n");
    p->is_marked = false;
}

void gb_pdf_structure(struct gb_pdf *p, const struct gb_elems *t)
{
    gb_assert(!p->tree && !p->page);
    p->tree = gb_pdf_struct_new(t);
}

void gb_pdf_mark(struct gb_pdf *p, const struct gb_elem *e)
{
    if (!p->tree || !p->page || (p->is_marked && p->marked == e))
        return;
    end_mark(p);
    p->is_marked = true;
    p->marked = e;
    if (e)
        gb_buf_addf(&p->ops, "/%s<</MCID %d>>BDC\n", gb_el_word(e->role), gb_pdf_struct_mark(p->tree, e));
    else
        gb_buf_adds(&p->ops, "/Artifact BMC\n");
}
/* Nothing is drawn outside of a mark: content that is neither real nor decoration makes a file of no level A. */
static void need_mark(struct gb_pdf *p)
{
    if (!p->is_marked)
        gb_pdf_mark(p, NULL);
}

void gb_pdf_blank(struct gb_pdf *p, bool blank)
{
    p->blank = blank;
}

void gb_pdf_figure_box(struct gb_pdf *p, const struct gb_elem *e, struct gb_rect r)
{
    if (p->tree && p->page && e)
        gb_pdf_struct_box(p->tree, e, r.x, p->h_pt - r.y - r.h, r.x + r.w, p->h_pt - r.y);
}

static void on_save(void *self)
{
    struct gb_pdf *p = self;
    p->state[p->depth + 1] = p->state[p->depth];
    p->depth++;
    gb_buf_adds(&p->ops, "q\n");
}
static void on_restore(void *self)
{
    struct gb_pdf *p = self;
    p->depth--;
    gb_buf_adds(&p->ops, "Q\n");
}
static void rect(struct gb_pdf *p, struct gb_rect r)
{
    xy(p, (struct gb_point){ r.x, r.y + r.h });
    num(p, r.w);
    num(p, r.h);
    gb_buf_adds(&p->ops, "re ");
}
static void on_clip(void *self, struct gb_rect r)
{
    rect(self, r);
    gb_buf_adds(&((struct gb_pdf *)self)->ops, "W n\n");
}
static enum gb_code on_fill(void *self, const struct gb_path *pt, struct gb_rgba c, struct gb_err *e)
{
    (void)e;
    struct gb_pdf *p = self;
    need_mark(p);
    color(p, c, false);
    opacity(p, c.a);
    path(p, pt);
    gb_buf_adds(&p->ops, "f\n");
    return GB_OK;
}
static enum gb_code on_stroke(void *self, const struct gb_path *pt, const struct gb_pen *pn, struct gb_err *e)
{
    (void)e;
    struct gb_pdf *p = self;
    need_mark(p);
    pen(p, pn);
    path(p, pt);
    gb_buf_adds(&p->ops, "S\n");
    return GB_OK;
}
static enum gb_code on_text(void *self, const struct gb_run *run, struct gb_point at, struct gb_err *e)
{
    struct gb_pdf *p = self;
    if (run->n > 16383)
        return gb_fail(e, GB_E_LIMIT, "pdf: một dòng chữ dài %zu byte, nhiều nhất 16383", run->n);
    need_mark(p);
    use_font(p, run->font);
    color(p, run->color, false);
    opacity(p, run->color.a);
    gb_buf_adds(&p->ops, "BT ");
    struct state *s = now(p);
    if (s->font != (int)run->font || s->size_pt != run->size_pt) {
        s->font = (int)run->font;
        s->size_pt = run->size_pt;
        gb_buf_addf(&p->ops, "/F%d ", (int)run->font);
        num(p, run->size_pt);
        gb_buf_adds(&p->ops, "Tf ");
    }
    xy(p, at);
    gb_buf_adds(&p->ops, "Td <");
    for (const char *q = run->text, *end = q + run->n; q < end;) {
        static const char hex[] = "0123456789ABCDEF";
        unsigned g = gb_font_glyph(run->font, gb_utf8_next(&q, end));
        char four[4] = { hex[g >> 12], hex[g >> 8 & 15], hex[g >> 4 & 15], hex[g & 15] };
        gb_buf_add(&p->ops, four, 4);
    }
    if (p->blank)
        gb_buf_addf(&p->ops, "%04X", gb_font_glyph(run->font, ' '));
    p->blank = false;
    gb_buf_adds(&p->ops, "> Tj ET\n");
    return GB_OK;
}
static HPDF_Rect box_of(const struct gb_pdf *p, struct gb_rect r)
{
    return (HPDF_Rect){ (HPDF_REAL)r.x, (HPDF_REAL)(p->h_pt - r.y - r.h), (HPDF_REAL)(r.x + r.w), (HPDF_REAL)(p->h_pt - r.y) };
}

/* Links inside the document only. A target elsewhere in the edition (a page of the site) has no place in a file that travels
 * alone: its text stays, without a link. */
static enum gb_code on_link(void *self, struct gb_rect r, const char *target, struct gb_err *e)
{
    (void)e;
    struct gb_pdf *p = self;
    if (target[0] != '#')
        return GB_OK;
    p->wish = gb_grow(p->wish, &p->cap_wishes, p->n_wishes + 1, sizeof *p->wish);
    struct gb_buf name = { 0 };
    gb_buf_adds(&name, target + 1);
    p->wish[p->n_wishes++] = (struct wish){ name.p, p->page, box_of(p, r), -1 };
    if (p->tree && p->is_marked && p->marked)
        p->wish[p->n_wishes - 1].in_struct = gb_pdf_struct_link(p->tree, p->marked);
    return GB_OK;
}

static const struct gb_canvas_ops ops = { .name = "pdf",
                                          .save = on_save,
                                          .restore = on_restore,
                                          .clip = on_clip,
                                          .fill = on_fill,
                                          .stroke = on_stroke,
                                          .text = on_text,
                                          .link = on_link };

/* ---- pages ---- */
static void end_page(struct gb_pdf *p)
{
    if (!p->canvas)
        return;
    end_mark(p);
    enum gb_code code = gb_canvas_finish(p->canvas, &p->err);
    p->canvas = NULL;
    if (code || p->err.code || !p->page)
        return;
    HPDF_PageAttr attr = p->page->attr;
    struct gb_buf z = { 0 };
    gb_pdf_deflate(&z, p->ops.p, p->ops.n);
    HPDF_Stream_Write(attr->stream, (const HPDF_BYTE *)z.p, (HPDF_UINT)z.n);
    attr->contents->filter = HPDF_STREAM_FILTER_NONE;
    attr->contents->write_fn = gb_pdf_write_filter;
    gb_buf_release(&z);
    gb_sha256_update(&p->hash, p->ops.p, p->ops.n);
}

static HPDF_Dict shared_dict(struct gb_pdf *p)
{
    HPDF_Dict d = HPDF_Dict_New(p->doc->mmgr);
    return d && HPDF_Xref_Add(p->doc->xref, d) == HPDF_OK ? d : NULL;
}

struct gb_canvas *gb_pdf_page(struct gb_pdf *p, double w_pt, double h_pt)
{
    end_page(p);
    gb_buf_reset(&p->ops);
    p->h_pt = h_pt;
    p->depth = 0;
    p->state[0] = (struct state){ .font = -1, .alpha = 255 };
    p->page = NULL;
    p->is_marked = false;
    p->canvas = gb_canvas_new(&ops, p);
    if (!(w_pt > 0 && w_pt <= PAGE_MAX_PT && h_pt > 0 && h_pt <= PAGE_MAX_PT))
        gb_fail(&p->err, GB_E_BUG, "pdf: page of %g x %g pt", w_pt, h_pt);
    if (p->err.code)
        return p->canvas;
    if (!p->fonts)
        p->fonts = shared_dict(p);
    if (!p->alphas)
        p->alphas = shared_dict(p);
    p->page = HPDF_AddPage(p->doc);
    HPDF_Dict resources = p->page ? HPDF_Page_GetInheritableItem(p->page, "Resources", HPDF_OCLASS_DICT) : NULL;
    if (!resources || !p->fonts || !p->alphas) {
        gb_fail(&p->err, GB_E_BUG, "pdf: libharu gave no page");
        return p->canvas;
    }
    HPDF_Page_SetWidth(p->page, (HPDF_REAL)w_pt);
    HPDF_Page_SetHeight(p->page, (HPDF_REAL)h_pt);
    HPDF_Dict_Add(resources, "Font", p->fonts);
    HPDF_Dict_Add(resources, "ExtGState", p->alphas);
    if (p->tree) {
        HPDF_Dict_AddNumber(p->page, "StructParents", p->n_pages);
        HPDF_Dict_AddName(p->page, "Tabs", "S");
        gb_pdf_struct_page(p->tree, gb_pdf_object_number(p->page));
    }
    p->n_pages++;
    return p->canvas;
}

/* [page /XYZ null-left top 0]: the reader keeps the magnification. */
static HPDF_Destination destination(HPDF_Page page, double y)
{
    HPDF_Destination d = HPDF_Page_CreateDestination(page);
    if (!d)
        return NULL;
    HPDF_Array_Clear(d);
    HPDF_Array_Add(d, page);
    HPDF_Array_AddName(d, "XYZ");
    HPDF_Array_AddReal(d, 0);
    HPDF_Array_AddReal(d, (HPDF_REAL)y);
    HPDF_Array_AddReal(d, 0);
    return d;
}

void gb_pdf_outline(struct gb_pdf *p, int level, const char *title, double y_pt)
{
    if (p->err.code || !p->page)
        return;
    if (level < 0)
        level = 0;
    if (level > p->n_above)
        level = p->n_above; /* a skipped level hangs below the one there is */
    if (level >= OUTLINE_LEVELS)
        level = OUTLINE_LEVELS - 1;
    /* The title handed to libharu is a stand-in: it is replaced by the UTF-16 string. */
    HPDF_Outline o = HPDF_CreateOutline(p->doc, level ? p->above[level - 1] : NULL, "-", NULL);
    HPDF_Destination d = destination(p->page, p->h_pt - y_pt);
    if (!o || !d)
        return;
    set_text(p, o, "Title", title);
    HPDF_Outline_SetDestination(o, d);
    HPDF_Outline_SetOpened(o, level == 0);
    p->above[level] = o;
    p->n_above = level + 1;
    HPDF_SetPageMode(p->doc, HPDF_PAGE_MODE_USE_OUTLINE);
}

void gb_pdf_anchor(struct gb_pdf *p, const char *name, double y_pt)
{
    if (p->err.code || !p->page)
        return;
    struct gb_buf copy = { 0 };
    gb_buf_adds(&copy, name);
    p->place = gb_grow(p->place, &p->cap_places, p->n_places + 1, sizeof *p->place);
    p->place[p->n_places++] = (struct place){ copy.p, p->page, p->h_pt - y_pt, p->n_pages };
}

void gb_pdf_signature(struct gb_pdf *p, const struct gb_elem *e, struct gb_rect r)
{
    if (p->err.code || !p->page)
        return;
    gb_assert(!p->sign.page);
    p->sign = (struct wish){ .page = p->page, .rect = box_of(p, r), .in_struct = -1 };
    p->sign_said = e && e->alt ? e->alt : "Chữ ký số";
    if (p->tree && e)
        p->sign.in_struct = gb_pdf_struct_link(p->tree, e);
}

static void make_signature(struct gb_pdf *p)
{
    HPDF_Dict field = p->sign.page ? gb_pdf_add_signature(p->doc, p->sign.page, p->sign.rect, p->sign_said) : NULL;
    if (field && p->tree && p->sign.in_struct >= 0)
        HPDF_Dict_AddNumber(field, "StructParent",
                            gb_pdf_struct_annotation(p->tree, p->sign.in_struct, gb_pdf_object_number(field)));
}

static void make_links(struct gb_pdf *p)
{
    for (size_t i = 0; i < p->n_wishes; i++) {
        const struct wish *w = &p->wish[i];
        const struct place *to = NULL;
        for (size_t k = 0; k < p->n_places && !to; k++)
            if (gb_streq(p->place[k].name, w->name))
                to = &p->place[k];
        if (!to) {
            gb_fail(&p->err, GB_E_REPORT, "pdf: liên kết tới mốc \"%s\" không có trong tài liệu", w->name ? w->name : "");
            return;
        }
        HPDF_Destination d = destination(to->page, to->y);
        HPDF_Annotation link = d ? HPDF_Page_CreateLinkAnnot(w->page, w->rect, d) : NULL;
        if (!link)
            return;
        HPDF_LinkAnnot_SetBorderStyle(link, 0, 0, 0);
        HPDF_Dict_AddNumber(link, "F", 4); /* printed: ISO 19005-2, 6.3.2 */
        struct gb_buf said = { 0 };
        gb_buf_addf(&said, "Đến trang %d", to->number);
        set_text(p, link, "Contents", said.p);
        gb_buf_release(&said);
        if (p->tree && w->in_struct >= 0)
            HPDF_Dict_AddNumber(link, "StructParent",
                                gb_pdf_struct_annotation(p->tree, w->in_struct, gb_pdf_object_number(link)));
    }
}

/* Entries of the catalog that name an object libharu does not know. */
static HPDF_STATUS write_catalog(HPDF_Dict d, HPDF_Stream stream)
{
    char text[96];
    int n = snprintf(text, sizeof text, "/MarkInfo<</Marked true>>/StructTreeRoot %u 0 R\n", gb_pdf_first_free(d->attr));
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)text, (HPDF_UINT)n);
}

enum gb_code gb_pdf_save(struct gb_pdf *p, struct gb_buf *out, struct gb_err *e)
{
    end_page(p);
    if (!p->err.code && !p->doc->cur_page_num)
        gb_fail(&p->err, GB_E_BUG, "pdf: no page");
    if (!p->err.code) {
        make_links(p);
        make_signature(p);
        gb_pdf_add_meta(p->doc, &p->info, p->tree != NULL);
    }
    if (!p->err.code) {
        if (p->tree) {
            p->doc->catalog->attr = p->doc;
            p->doc->catalog->write_fn = write_catalog;
        }
        /* Both halves of the identifier are the same for a file never changed since; readers use it to tell files apart. */
        struct gb_sha256 id = gb_sha256_final(&p->hash);
        size_t before = out->n;
        gb_pdf_write_file(p->doc, p->tree, id.b, out);
        if (p->err.code)
            out->n = before;
    }
    if (p->err.code)
        return gb_fail(e, p->err.code, "%s", p->err.n_frames ? p->err.frame[0] : "pdf");
    return GB_OK;
}

void gb_pdf_free(struct gb_pdf *p)
{
    if (!p)
        return;
    if (p->canvas)
        (void)gb_canvas_finish(p->canvas, NULL);
    if (p->doc)
        HPDF_Free(p->doc);
    for (size_t i = 0; i < p->n_places; i++)
        free(p->place[i].name);
    for (size_t i = 0; i < p->n_wishes; i++)
        free(p->wish[i].name);
    free(p->place);
    free(p->wish);
    gb_pdf_struct_free(p->tree);
    gb_buf_release(&p->ops);
    free(p);
}

void gb_pdf_warm(void)
{
    for (int f = 0; f < GB_N_FONTS; f++)
        gb_pdf_font_prepare((enum gb_font)f);
}
