/* paragraph.c — pieces and lines into strips of items.
 *
 * Neighbours of one style on a line become one run, blanks included, so that a page has a few items a line and text copied from
 * the PDF has its blanks; justification is one number per run (word_space_pt).
 */
#include "chart/palette.h"
#include "layout/layout_int.h"

struct gb_elem *gb_el_open(struct gb_lay *l, enum gb_el role)
{
    struct gb_elem *was = l->el;
    l->el = was ? gb_elem_new(&l->elems, l->a, was, role) : NULL;
    return was;
}
void gb_el_close(struct gb_lay *l, struct gb_elem *was)
{
    l->el = was;
}

struct gb_item *gb_item_new(struct gb_lay *l, struct gb_items *to, enum gb_item_kind kind)
{
    struct gb_item *it = GB_NEW(l->a, struct gb_item);
    it->kind = kind;
    it->elem = kind == GB_ITEM_RECT || kind == GB_ITEM_LINE ? NULL : l->el;
    if (to->last) {
        to->last->next = it;
    } else {
        to->first = it;
    }
    to->last = it;
    return it;
}

void gb_item_line(struct gb_lay *l, struct gb_items *to, double x, double y, double w, double h, double width_pt,
                  struct gb_rgba c)
{
    struct gb_item *it = gb_item_new(l, to, GB_ITEM_LINE);
    it->r = (struct gb_rect){ x, y, w, h };
    it->pen = (struct gb_pen){ .color = c, .width_pt = width_pt };
}

void gb_item_rect(struct gb_lay *l, struct gb_items *to, struct gb_rect r, struct gb_rgba c)
{
    struct gb_item *it = gb_item_new(l, to, GB_ITEM_RECT);
    it->r = r;
    it->color = c;
}

static struct gb_item *run(struct gb_lay *l, struct gb_items *to, const char *s, size_t n, struct gb_style st, double x,
                           double baseline, double w, double extra)
{
    struct gb_item *it = gb_item_new(l, to, GB_ITEM_RUN);
    it->r = (struct gb_rect){ x, baseline, w, 0 };
    it->text = s;
    it->n = n;
    it->font = st.font;
    it->size_pt = st.size_pt;
    it->color = st.color;
    it->word_space_pt = extra;
    it->blank = true;
    return it;
}

double gb_item_text(struct gb_lay *l, struct gb_items *to, const char *s, struct gb_style st, enum gb_align align, double x,
                    double baseline)
{
    size_t n = strlen(s);
    double w = gb_text_width_pt(st.font, st.size_pt, s, n);
    if (n) {
        run(l, to, gb_strndup(l->a, s, n), n, st, align == GB_CENTER ? x - w / 2 : align == GB_RIGHT ? x - w : x, baseline, w, 0);
    }
    return w;
}

struct gb_style gb_style_with(struct gb_style st, unsigned intent)
{
    bool bold = gb_font_is_bold(st.font) || (intent & (GB_STRONG | GB_TOTAL));
    bool italic = gb_font_is_italic(st.font) || (intent & GB_EMPH);
    if (st.font >= GB_SANS) {
        st.font = bold ? GB_SANS_BOLD : GB_SANS;
    } else {
        st.font = bold && italic ? GB_SERIF_BOLD_ITALIC : bold ? GB_SERIF_BOLD : italic ? GB_SERIF_ITALIC : GB_SERIF;
    }
    if (intent & GB_WEAK) {
        st.color = gb_ink_soft;
    }
    return st;
}

static void value_pieces(struct gb_lay *l, struct gb_pieces *p, const struct gb_value *v, struct gb_style st)
{
    if (v->kind == GB_V_STATE && v->state != GB_STATE_NONE) {
        gb_pieces_mark(p, v->state, st);
    }
    struct gb_buf b = { 0 };
    gb_value_text(v, GB_WITH_UNIT, &b);
    const char *s = gb_buf_copy(l->a, &b);
    gb_pieces_add(p, s, b.n, st, v->kind != GB_V_TEXT || b.n < 40, NULL);
    gb_buf_release(&b);
}

void gb_pieces_text(struct gb_lay *l, struct gb_pieces *p, const struct gb_text *t, struct gb_style st)
{
    for (const struct gb_inline *in = t->first; in; in = in->next) {
        struct gb_style s = gb_style_with(st, in->intent);
        switch (in->kind) {
        case GB_IN_TEXT: gb_pieces_add(p, in->text, strlen(in->text), s, false, NULL); break;
        case GB_IN_LINK: gb_pieces_add(p, in->text, strlen(in->text), s, false, in->target); break;
        case GB_IN_VALUE: value_pieces(l, p, &in->value, s); break;
        case GB_IN_NOTE: gb_footnote_pieces(l, p, in->text, s); break;
        }
    }
}

static bool same_style(const struct gb_piece *a, const struct gb_piece *b)
{
    return a->style.font == b->style.font && a->style.size_pt == b->style.size_pt &&
           memcmp(&a->style.color, &b->style.color, sizeof a->style.color) == 0 && a->target == b->target &&
           a->mark == GB_STATE_NONE && b->mark == GB_STATE_NONE && !a->note && !b->note;
}

void gb_state_speaks(struct gb_lay *l, struct gb_item *it)
{
    struct gb_elem *was = gb_el_open(l, GB_EL_SPAN);
    it->elem = l->el;
    if (l->el)
        l->el->alt = gb_state_vi(it->state);
    gb_el_close(l, was);
}

static void mark_item(struct gb_lay *l, struct gb_items *to, const struct gb_piece *x, double at, double baseline)
{
    struct gb_item *it = gb_item_new(l, to, GB_ITEM_STATE);
    double r = 0.30 * x->style.size_pt;
    it->state = x->mark;
    it->elem = NULL; /* the word beside it is read */
    if (x->speaks)
        gb_state_speaks(l, it);
    it->r = (struct gb_rect){ at, baseline - 0.33 * x->style.size_pt - r, 2 * r, 2 * r };
}

void gb_line_items(struct gb_lay *l, struct gb_items *to, const struct gb_pieces *p, const struct gb_line *line, double x,
                   double baseline, double extra)
{
    for (size_t i = line->first; i < line->end;) {
        const struct gb_piece *head = &p->v[i];
        if (i > line->first && head->gap_pt > 0) {
            x += head->gap_pt + extra;
        }
        if (head->mark != GB_STATE_NONE) {
            mark_item(l, to, head, x, baseline);
            x += head->w_pt;
            i++;
            continue;
        }
        if (head->note) {
            gb_footnote_mark(l, to, head, x, baseline);
            to->last->blank = ++i == p->n || p->v[i].gap_pt > 0;
            x += head->w_pt;
            continue;
        }
        struct gb_buf b = { 0 };
        double w = 0;
        bool blanks = false;
        size_t from = i;
        for (; i < line->end && (i == from || same_style(head, &p->v[i])); i++) {
            if (i > from && p->v[i].gap_pt > 0) {
                gb_buf_addc(&b, ' ');
                w += p->v[i].gap_pt + extra;
                blanks = true;
            }
            gb_buf_add(&b, p->v[i].text, p->v[i].n);
            w += p->v[i].w_pt;
        }
        if (b.n) {
            bool inside = head->target && head->target[0] == '#';
            struct gb_elem *was = inside ? gb_el_open(l, GB_EL_LINK) : l->el;
            struct gb_item *text = run(l, to, gb_buf_copy(l->a, &b), b.n, head->style, x, baseline, w, blanks ? extra : 0);
            text->blank = i == p->n || p->v[i].gap_pt > 0 || p->v[i].note;
            if (head->target) {
                struct gb_item *it = gb_item_new(l, to, GB_ITEM_LINK);
                it->r = (struct gb_rect){ x, baseline - head->style.size_pt * 0.8, w, head->style.size_pt };
                it->target = head->target;
            }
            gb_el_close(l, was);
        }
        gb_buf_release(&b);
        x += w;
    }
}

double gb_baseline_pt(struct gb_style st, double line_pt)
{
    double up = gb_font_ascent_pt(st.font, st.size_pt), down = gb_font_descent_pt(st.font, st.size_pt);
    return (line_pt - up - down) / 2 + up;
}

struct gb_strip *gb_strip_new(struct gb_lay *l, double before_pt, double h_pt)
{
    struct gb_strip *s = GB_NEW(l->a, struct gb_strip);
    s->before_pt = before_pt;
    s->h_pt = h_pt;
    s->block = l->block;
    if (l->part->last) {
        l->part->last->next = s;
    } else {
        l->part->first = s;
    }
    l->part->last = s;
    return s;
}

struct gb_strip *gb_paragraph(struct gb_lay *l, const struct gb_pieces *p, const struct gb_para_form *f)
{
    double width = l->w_pt - f->left_pt - f->right_pt;
    struct gb_pieces fit = *p;
    gb_pieces_fit(&fit, width - f->indent_pt);
    struct gb_line *line;
    size_t n = gb_break_lines(l->a, &fit, width, f->indent_pt, f->justify ? GB_JUSTIFIED : GB_RAGGED, &line);
    struct gb_strip *first = NULL;
    struct gb_elem *was = n ? gb_el_open(l, f->role ? f->role : GB_EL_P) : l->el;
    for (size_t i = 0; i < n; i++) {
        struct gb_strip *s = gb_strip_new(l, i ? 0 : f->before_pt, f->line_pt);
        first = first ? first : s;
        double indent = i ? 0 : f->indent_pt, room = width - indent - line[i].natural_pt;
        bool spread = f->justify && line[i].n_gaps && (i + 1 < n || room < 0);
        double extra = spread ? room / line[i].n_gaps : 0;
        double x = f->left_pt + indent + (f->align == GB_CENTER ? room / 2 : f->align == GB_RIGHT ? room : 0);
        gb_line_items(l, &s->items, &fit, &line[i], x, gb_baseline_pt(f->style, f->line_pt), extra);
        s->keep_next = n > 1 && (i == 0 || i + 2 == n); /* no orphan, no widow */
    }
    /* Notes are read after the paragraph; what belongs to a list's item stays inside it. */
    struct gb_elem *inner = l->el;
    l->el = f->role == GB_EL_LBODY ? inner : was;
    struct gb_strip *s = first;
    for (size_t i = 0; i < n; i++, s = s->next) {
        gb_footnote_strips(l, s, &fit, &line[i]);
    }
    gb_el_close(l, was);
    return first;
}

struct gb_strip *gb_paragraph_string(struct gb_lay *l, const char *s, const struct gb_para_form *f)
{
    struct gb_pieces p = { .arena = l->a };
    gb_pieces_add(&p, s, strlen(s), f->style, false, NULL);
    return gb_paragraph(l, &p, f);
}

struct gb_strip *gb_paragraph_text(struct gb_lay *l, const struct gb_text *t, const struct gb_para_form *f)
{
    struct gb_pieces p = { .arena = l->a };
    gb_pieces_text(l, &p, t, f->style);
    return gb_paragraph(l, &p, f);
}
