/* pdf.c — a document as PDF: lays it out, then walks the pages onto the canvases of canvas/pdf.h.
 *
 * Everything is placed already; this file only draws. A justified line is drawn word by word, each with the blank that follows it,
 * because word spacing (Tw) does not work for the two-byte codes of embedded fonts; a reader that copies text still finds the
 * blanks. Charts are vectors by the same code that draws them for the web.
 */
#include "canvas/pdf.h"
#include "canvas/watch.h"
#include "chart/palette.h"
#include "layout/layout.h"
#include "map/figure.h"
#include "render/render.h"

static void run(struct gb_pdf *pdf, struct gb_canvas *cv, const struct gb_item *it)
{
    double x = it->r.x, y = it->r.y;
    if (it->word_space_pt == 0) {
        gb_pdf_blank(pdf, it->blank);
        gb_canvas_text(cv, it->font, it->size_pt, it->color, GB_START, x, y, it->text, it->n);
        return;
    }
    const char *s = it->text, *end = s + it->n;
    while (s < end) {
        const char *blank = memchr(s, ' ', (size_t)(end - s));
        gb_pdf_blank(pdf, !blank && it->blank);
        size_t n = blank ? (size_t)(blank - s) + 1 : (size_t)(end - s);
        gb_canvas_text(cv, it->font, it->size_pt, it->color, GB_START, x, y, s, n);
        x += gb_text_width_pt(it->font, it->size_pt, s, n) + (blank ? it->word_space_pt : 0);
        s += n;
    }
}

static void chart(const struct gb_catalogue *c, struct gb_pdf *pdf, struct gb_canvas *cv, const struct gb_item *it,
                  struct gb_arena *scratch)
{
    struct gb_chart_style st = gb_layout_chart_style(it->chart);
    gb_canvas_tag_begin(cv, GB_TAG_FIGURE, it->chart->alt);
    gb_figure_draw(it->chart, c, cv, it->r, &st, scratch);
    gb_canvas_tag_end(cv, GB_TAG_FIGURE);
    gb_pdf_figure_box(pdf, it->elem, it->r);
}

static void item(const struct gb_catalogue *c, struct gb_pdf *pdf, struct gb_canvas *cv, const struct gb_item *it,
                 struct gb_arena *scratch)
{
    if (it->kind < GB_ITEM_OUTLINE)
        gb_pdf_mark(pdf, it->elem);
    switch (it->kind) {
    case GB_ITEM_RUN: run(pdf, cv, it); return;
    case GB_ITEM_RECT: gb_canvas_fill_rect(cv, it->r, it->color); return;
    case GB_ITEM_LINE: gb_canvas_line(cv, it->r.x, it->r.y, it->r.x + it->r.w, it->r.y + it->r.h, &it->pen); return;
    case GB_ITEM_CHART: chart(c, pdf, cv, it, scratch); return;
    case GB_ITEM_STATE: gb_state_mark(cv, it->state, it->r.x + it->r.w / 2, it->r.y + it->r.h / 2, it->r.w / 2, scratch); return;
    case GB_ITEM_LINK: gb_canvas_link(cv, it->r, it->target); return;
    case GB_ITEM_OUTLINE: gb_pdf_outline(pdf, it->level, gb_strndup(scratch, it->text, it->n), it->r.y); return;
    case GB_ITEM_SIGNATURE: gb_pdf_signature(pdf, it->elem, it->r); return;
    case GB_ITEM_ANCHOR: gb_pdf_anchor(pdf, gb_strndup(scratch, it->text, it->n), it->r.y); return;
    }
    gb_bug("item kind");
}

enum gb_code gb_render_pdf(const struct gb_doc *d, const struct gb_edition_info *ed, struct gb_buf *out, struct gb_err *e)
{
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_layout_foot foot = { .edition_id = ed->id, .short_hash = ed->short_hash };
    struct gb_pages pages;
    enum gb_code c = gb_layout(&pages, &a, d, &foot, e);
    if (!c) {
        const struct gb_locality *loc = &d->catalogue->locality;
        struct gb_pdf_info info = { .title = d->title,
                                    .author = *loc->contact ? loc->contact : loc->name,
                                    .subject = d->cutoff ? d->cutoff : d->type_name,
                                    .keywords = d->slug,
                                    .date = ed->date,
                                    .lang = d->lang };
        struct gb_pdf *pdf = gb_pdf_new(&info);
        struct gb_watch *watch = ed->faults ? gb_watch_new() : NULL;
        gb_pdf_structure(pdf, &pages.elems);
        for (int i = 0; i < pages.n; i++) {
            struct gb_canvas *cv = gb_pdf_page(pdf, pages.page[i].w_pt, pages.page[i].h_pt);
            gb_canvas_watch(cv, watch, pages.page[i].w_pt, pages.page[i].h_pt);
            for (const struct gb_item *it = pages.page[i].first; it; it = it->next) {
                item(d->catalogue, pdf, cv, it, &a);
            }
            if (watch) {
                gb_watch_report(watch, gb_sprintf(&a, "trang %d", i + 1), ed->faults);
            }
        }
        c = gb_pdf_save(pdf, out, e);
        gb_pdf_free(pdf); /* its last page is watched until here */
        gb_watch_free(watch);
    }
    gb_arena_release(&a);
    return c;
}
