/* footnote.c — footnotes: the mark in the line, the text that flow.c sets at the foot of the same page.
 *
 * A note is laid out into strips of its own as soon as the line with its mark is, so that flow.c knows the room it takes before it gives
 * the line a page. In the structure the mark is a Reference with the link in it; the Note follows the paragraph (ISO 32000-1, 14.8.4.4.1).
 */
#include "chart/palette.h"
#include "layout/layout_int.h"

#define NOTE_PT 10.0
#define NOTE_LINE_PT 12.2
#define NOTE_GAP_PT 2.0
#define LEFT_PT 12.0
#define MARK_SIZE 0.65 /* of the text beside it: as small and as high as the figures of a superscript in Liberation Serif */
#define MARK_RISE 0.33
#define RULE_PT (50 * GB_MM)

static struct gb_style small(struct gb_style st)
{
    st.size_pt *= MARK_SIZE;
    return st;
}

/* No id of a document has a dot in it: never the name of a section. */
static const char *name_of(struct gb_lay *l, int number)
{
    return gb_sprintf(l->a, "#fn.%d", number);
}

void gb_footnote_pieces(struct gb_lay *l, struct gb_pieces *p, const char *text, struct gb_style st)
{
    struct gb_footnote *n = GB_NEW(l->a, struct gb_footnote);
    n->number = ++l->n_notes;
    n->text = text;
    gb_pieces_note(p, n, gb_sprintf(l->a, "%d", n->number), small(st));
}

void gb_footnote_mark(struct gb_lay *l, struct gb_items *to, const struct gb_piece *x, double at, double baseline)
{
    double text_pt = x->style.size_pt / MARK_SIZE;
    struct gb_elem *was = gb_el_open(l, GB_EL_REFERENCE);
    (void)gb_el_open(l, GB_EL_LINK);
    struct gb_item *link = gb_item_new(l, to, GB_ITEM_LINK);
    link->r = (struct gb_rect){ at, baseline - text_pt * 0.8, x->w_pt, text_pt };
    link->target = name_of(l, x->note->number);
    gb_item_text(l, to, x->text, x->style, GB_LEFT, at, baseline - MARK_RISE * text_pt);
    gb_el_close(l, was);
}

static void lay_note(struct gb_lay *l, struct gb_footnote *n)
{
    double less = l->tight > GB_TIGHTEST ? 1 : 0;
    struct gb_para_form f = { .style = { GB_SERIF, NOTE_PT - less, gb_ink },
                              .line_pt = NOTE_LINE_PT - 1.2 * less,
                              .before_pt = NOTE_GAP_PT,
                              .left_pt = LEFT_PT,
                              .justify = true };
    struct gb_sheaf *part = l->part, apart = { .landscape = part->landscape };
    struct gb_elem *was = gb_el_open(l, GB_EL_NOTE), *note = l->el, *label = gb_el_open(l, GB_EL_LBL);
    label = l->el;
    l->el = note;
    l->part = &apart;
    n->first = gb_paragraph_string(l, n->text, &f);
    l->part = part;
    l->el = label;
    double baseline = gb_baseline_pt(f.style, f.line_pt);
    if (n->first) {
        struct gb_item *anchor = gb_item_new(l, &n->first->items, GB_ITEM_ANCHOR);
        anchor->text = name_of(l, n->number) + 1;
        anchor->n = strlen(anchor->text);
        gb_item_text(l, &n->first->items, gb_sprintf(l->a, "%d", n->number), small(f.style), GB_RIGHT, LEFT_PT - 2,
                     baseline - MARK_RISE * f.style.size_pt);
    }
    gb_el_close(l, was);
    for (const struct gb_strip *s = n->first; s; s = s->next) {
        n->h_pt += s->before_pt + s->h_pt;
    }
}

void gb_footnote_strips(struct gb_lay *l, struct gb_strip *s, const struct gb_pieces *p, const struct gb_line *line)
{
    struct gb_footnote *last = NULL;
    for (size_t i = line->first; i < line->end; i++) {
        struct gb_footnote *n = p->v[i].note;
        if (n) {
            lay_note(l, n);
            *(last ? &last->next : &s->notes) = n;
            last = n;
        }
    }
}

double gb_footnotes_pt(const struct gb_footnote *n)
{
    double h = 0;
    for (; n; n = n->next) {
        h += n->h_pt;
    }
    return h;
}

struct gb_item *gb_footnote_rule(struct gb_lay *l, struct gb_items *to)
{
    gb_item_line(l, to, 0, GB_FOOT_HEAD_PT * 0.7, RULE_PT, 0, 0.5, gb_ink);
    return to->last;
}
