/* contents.c — the table of contents of a long document: its sections of the first level and its annexes, each a link.
 *
 * Pages are known only when everything is laid out, so a document is laid out without its contents first and then again with them; the
 * numbers are those of the foot ("Trang 3/12"), because annexes begin their own count on top of the page. Where the full list would
 * push the text onto one page more, the same goes into one small paragraph; where even that would, the outline of the file remains.
 */
#include "chart/palette.h"
#include "layout/layout_int.h"

#define LINE_PT 14.0
#define NUMBER_W_PT 26.0
#define SHORT_PT 10.0

struct gb_contents *gb_contents_of(struct gb_arena *a, const struct gb_pages *p, bool brief)
{
    struct gb_contents *t = GB_NEW(a, struct gb_contents);
    t->brief = brief;
    for (int i = 0; i < p->n; i++)
        for (const struct gb_item *it = p->page[i].first; it; it = it->next) {
            if (it->kind != GB_ITEM_OUTLINE || it->level != 0 || !it->target)
                continue;
            t->entry = gb_arena_grow(a, t->entry, (size_t)t->n, &t->cap, (size_t)t->n + 1, sizeof *t->entry);
            t->entry[t->n++] = (struct gb_contents_entry){ it->text, gb_sprintf(a, "#%s", it->target), i + 1 };
        }
    return t;
}

bool gb_contents_same(const struct gb_contents *a, const struct gb_contents *b)
{
    bool same = a->n == b->n;
    for (int i = 0; same && i < a->n; i++)
        same = a->entry[i].page == b->entry[i].page;
    return same;
}

/* Dots from x to the number, all rows in step. */
static void leader(struct gb_lay *l, struct gb_items *to, struct gb_style st, double x, double end, double baseline)
{
    static const char dots[] = "................................................................................................"
                               "................................................................................................";
    struct gb_elem *was = l->el;
    double step = gb_text_width_pt(st.font, st.size_pt, ".", 1);
    int n = (int)((end - x) / step);
    l->el = NULL;
    if (n > 2 && n < (int)sizeof dots)
        gb_item_text(l, to, gb_strndup(l->a, dots, (size_t)n), st, GB_RIGHT, end, baseline);
    l->el = was;
}

static void row(struct gb_lay *l, const struct gb_contents_entry *e, struct gb_style st)
{
    struct gb_pieces p = { .arena = l->a };
    struct gb_line *line;
    double width = l->w_pt - NUMBER_W_PT, base = gb_baseline_pt(st, LINE_PT);
    gb_pieces_add(&p, e->title, strlen(e->title), st, false, NULL);
    gb_pieces_fit(&p, width);
    size_t n = gb_break_lines(l->a, &p, width, 0, GB_RAGGED, &line);
    struct gb_elem *was = gb_el_open(l, GB_EL_TOCI);
    gb_el_open(l, GB_EL_REFERENCE);
    gb_el_open(l, GB_EL_LINK);
    for (size_t i = 0; i < n; i++) {
        struct gb_strip *s = gb_strip_new(l, 0, LINE_PT);
        gb_line_items(l, &s->items, &p, &line[i], 0, base, 0);
        struct gb_item *it = gb_item_new(l, &s->items, GB_ITEM_LINK);
        it->r = (struct gb_rect){ 0, 0, l->w_pt, LINE_PT };
        it->target = e->target;
        if (i + 1 == n) {
            leader(l, &s->items, (struct gb_style){ GB_SERIF, st.size_pt, gb_ink_soft }, line[i].natural_pt + 4,
                   l->w_pt - NUMBER_W_PT + 4, base);
            gb_item_text(l, &s->items, gb_sprintf(l->a, "%d", e->page), st, GB_RIGHT, l->w_pt, base);
        }
        s->keep_next = true;
    }
    gb_el_close(l, was);
}

static void brief(struct gb_lay *l, const struct gb_contents *t)
{
    struct gb_para_form f = { .style = { GB_SERIF_ITALIC, SHORT_PT, gb_ink }, .line_pt = 12.2, .before_pt = 4 };
    struct gb_pieces p = { .arena = l->a };
    gb_pieces_add(&p, "Mục lục: ", strlen("Mục lục: "), gb_style_with(f.style, GB_STRONG), false, NULL);
    for (int i = 0; i < t->n; i++) {
        const char *s = gb_sprintf(l->a, "%s (trang\u00a0%d)", t->entry[i].title, t->entry[i].page);
        gb_pieces_add(&p, s, strlen(s), f.style, false, t->entry[i].target);
        gb_pieces_add(&p, i + 1 < t->n ? "; " : ".", i + 1 < t->n ? 2 : 1, f.style, false, NULL);
    }
    gb_paragraph(l, &p, &f);
}

void gb_contents_strips(struct gb_lay *l, const struct gb_contents *t)
{
    if (t->brief) {
        brief(l, t);
        return;
    }
    struct gb_para_form f = {
        .role = GB_EL_CAPTION, .style = { GB_SERIF_BOLD, 12, GB_RGB(0) }, .line_pt = 16, .before_pt = 8, .align = GB_CENTER
    };
    struct gb_elem *was = gb_el_open(l, GB_EL_TOC);
    gb_paragraph_string(l, "MỤC LỤC", &f)->keep_next = true;
    for (int i = 0; i < t->n; i++)
        row(l, &t->entry[i], (struct gb_style){ GB_SERIF, 11.5, GB_RGB(0) });
    l->part->last->keep_next = false;
    gb_el_close(l, was);
}
