/* pdf_struct.c — elements, their kids, and the way back from a mark to its element.
 *
 * An element's kids are its own stretches of content, links' annotations and child elements. Their order is that of reading: a child is
 * hung in when the first thing below it is drawn, after all its elder siblings, so text and a link inside it keep their places and an empty
 * table cell is not lost. Siblings always stay in the order of the tree, whatever is drawn first.
 *
 * The parent tree maps (page, MCID) and annotation keys back. Everything is written as text: thousands of libharu's dictionaries for
 * the cells of an annex cost more than drawing it.
 */
#include <stdlib.h>

#include "canvas/pdf_struct.h"

#include "base/utf8.h"
#include "canvas/canvas_int.h"
#include "canvas/pdf_text.h"

enum kid_kind { KID_MARK, KID_ELEM, KID_ANNOTATION };
struct kid {
    enum kid_kind kind;
    int owner;       /* number of the element */
    int page, value; /* MARK: MCID; ELEM: number; ANNOTATION: its object, 0 = there is none after all */
    int next;        /* of the same element; -1 = none */
};
struct el {
    const struct gb_elem *e;
    const struct gb_elem *hung; /* last child hung in */
    int first, last;            /* kids, -1 = none */
    bool is_hung, has_box;
    double box[4];
};
struct page {
    unsigned object;
    size_t first_mark; /* into owner[]; MCID 0 of the page */
};
struct gb_pdf_struct {
    struct el *el;
    size_t n_els;
    struct kid *kid;
    size_t n_kids, cap_kids;
    struct page *page;
    size_t n_pages, cap_pages;
    int *owner; /* of each mark, page after page: number of its element */
    size_t n_owners, cap_owners;
    int *annotation; /* element of each annotation key */
    size_t n_annotations, cap_annotations;
};

static void enter(struct gb_pdf_struct *s, const struct gb_elem *e)
{
    struct el *x = &s->el[e->no];
    *x = (struct el){ .e = e, .first = -1, .last = -1 };
    for (const struct gb_elem *c = e->child; c; c = c->next)
        enter(s, c);
}

struct gb_pdf_struct *gb_pdf_struct_new(const struct gb_elems *t)
{
    size_t cap = 0, cap_els = 0;
    struct gb_pdf_struct *s = gb_grow(NULL, &cap, 1, sizeof *s);
    memset(s, 0, sizeof *s);
    s->n_els = (size_t)t->n;
    s->el = gb_grow(NULL, &cap_els, s->n_els, sizeof *s->el);
    enter(s, t->root);
    s->el[t->root->no].is_hung = true;
    return s;
}

void gb_pdf_struct_free(struct gb_pdf_struct *s)
{
    if (!s)
        return;
    free(s->el);
    free(s->kid);
    free(s->page);
    free(s->owner);
    free(s->annotation);
    free(s);
}

static int add_kid(struct gb_pdf_struct *s, const struct gb_elem *e, enum kid_kind kind, int value)
{
    s->kid = gb_grow(s->kid, &s->cap_kids, s->n_kids + 1, sizeof *s->kid);
    int at = (int)s->n_kids++;
    s->kid[at] = (struct kid){ kind, e->no, (int)s->n_pages - 1, value, -1 };
    struct el *x = &s->el[e->no];
    *(x->last < 0 ? &x->first : &s->kid[x->last].next) = at;
    x->last = at;
    return at;
}

/* Children of e up to and including `to` (NULL: all). */
static void hang_children(struct gb_pdf_struct *s, const struct gb_elem *e, const struct gb_elem *to)
{
    struct el *x = &s->el[e->no];
    const struct gb_elem *c = x->hung ? x->hung->next : e->child;
    for (; c; c = c->next) {
        s->el[c->no].is_hung = true;
        x->hung = c;
        add_kid(s, e, KID_ELEM, c->no);
        if (c == to)
            break;
    }
}
static void hang(struct gb_pdf_struct *s, const struct gb_elem *e)
{
    if (s->el[e->no].is_hung)
        return;
    hang(s, e->parent);
    hang_children(s, e->parent, e);
}

void gb_pdf_struct_page(struct gb_pdf_struct *s, unsigned object)
{
    s->page = gb_grow(s->page, &s->cap_pages, s->n_pages + 1, sizeof *s->page);
    s->page[s->n_pages++] = (struct page){ object, s->n_owners };
}

int gb_pdf_struct_mark(struct gb_pdf_struct *s, const struct gb_elem *e)
{
    gb_assert(s->n_pages);
    hang(s, e);
    int mcid = (int)(s->n_owners - s->page[s->n_pages - 1].first_mark);
    s->owner = gb_grow(s->owner, &s->cap_owners, s->n_owners + 1, sizeof *s->owner);
    s->owner[s->n_owners++] = e->no;
    add_kid(s, e, KID_MARK, mcid);
    return mcid;
}

int gb_pdf_struct_link(struct gb_pdf_struct *s, const struct gb_elem *e)
{
    hang(s, e);
    return add_kid(s, e, KID_ANNOTATION, 0);
}

int gb_pdf_struct_annotation(struct gb_pdf_struct *s, int handle, unsigned object)
{
    s->kid[handle].value = (int)object;
    s->annotation = gb_grow(s->annotation, &s->cap_annotations, s->n_annotations + 1, sizeof *s->annotation);
    s->annotation[s->n_annotations++] = s->kid[handle].owner;
    return (int)(s->n_pages + s->n_annotations - 1);
}

void gb_pdf_struct_box(struct gb_pdf_struct *s, const struct gb_elem *e, double x1, double y1, double x2, double y2)
{
    struct el *x = &s->el[e->no];
    x->has_box = true;
    x->box[0] = x1;
    x->box[1] = y1;
    x->box[2] = x2;
    x->box[3] = y2;
}

unsigned gb_pdf_struct_objects(const struct gb_pdf_struct *s)
{
    return (unsigned)s->n_els + 1;
}

static void put_ref(struct gb_buf *o, unsigned object)
{
    gb_buf_add_i64(o, object);
    gb_buf_adds(o, " 0 R");
}

/* A note has an ID (ISO 14289-1, 7.9), by which readers find it from its mark: the same in its element and in the name tree, in order. */
static void put_id(const struct gb_elem *e, struct gb_buf *o)
{
    gb_buf_addf(o, "(note.%06d)", e->no);
}

static void put_ids(const struct gb_pdf_struct *s, unsigned first, struct gb_buf *o)
{
    bool any = false;
    for (size_t i = 0; i < s->n_els; i++) {
        if (s->el[i].e->role != GB_EL_NOTE)
            continue;
        gb_buf_adds(o, any ? " " : "/IDTree<</Names[");
        any = true;
        put_id(s->el[i].e, o);
        gb_buf_addc(o, ' ');
        put_ref(o, first + 1 + (unsigned)i);
    }
    if (any)
        gb_buf_adds(o, "]>>");
}

/* ParentTree: a page's key gives an array by MCID, an annotation's key its element. */
static void put_root(struct gb_pdf_struct *s, unsigned first, struct gb_buf *o)
{
    hang_children(s, s->el[0].e, NULL);
    for (size_t i = 0; i < s->n_els; i++)
        hang_children(s, s->el[i].e, NULL);
    gb_buf_adds(o, "<</Type/StructTreeRoot/K ");
    put_ref(o, first + 1);
    gb_buf_adds(o, "/ParentTree<</Nums[");
    for (size_t p = 0; p < s->n_pages; p++) {
        size_t end = p + 1 < s->n_pages ? s->page[p + 1].first_mark : s->n_owners;
        gb_buf_addf(o, "%zu[", p);
        for (size_t m = s->page[p].first_mark; m < end; m++) {
            put_ref(o, first + 1 + (unsigned)s->owner[m]);
            gb_buf_addc(o, m + 1 < end ? ' ' : ']');
        }
        if (s->page[p].first_mark == end)
            gb_buf_addc(o, ']');
    }
    for (size_t i = 0; i < s->n_annotations; i++) {
        gb_buf_addf(o, i ? " %zu " : "%zu ", s->n_pages + i);
        put_ref(o, first + 1 + (unsigned)s->annotation[i]);
    }
    gb_buf_addf(o, "]>>/ParentTreeNextKey %zu", s->n_pages + s->n_annotations);
    put_ids(s, first, o);
    gb_buf_adds(o, ">>");
}

static void put_attributes(const struct el *x, struct gb_buf *o)
{
    const struct gb_elem *e = x->e;
    if (e->role == GB_EL_TH || (e->role == GB_EL_TD && e->span > 1)) {
        gb_buf_adds(o, "/A<</O/Table");
        if (e->role == GB_EL_TH)
            gb_buf_adds(o, e->of_row ? "/Scope/Row" : "/Scope/Column");
        if (e->span > 1)
            gb_buf_addf(o, "/ColSpan %d", e->span);
        gb_buf_adds(o, ">>");
    } else if (e->role == GB_EL_L) {
        gb_buf_adds(o, e->ordered ? "/A<</O/List/ListNumbering/Decimal>>" : "/A<</O/List/ListNumbering/None>>");
    } else if (x->has_box) {
        gb_buf_adds(o, "/A<</O/Layout/BBox[");
        for (int i = 0; i < 4; i++) {
            gb_put_num(o, x->box[i]);
            gb_buf_addc(o, i < 3 ? ' ' : ']');
        }
        gb_buf_adds(o, ">>");
    }
    if (e->role == GB_EL_NOTE) {
        gb_buf_adds(o, "/ID");
        put_id(e, o);
    }
    if (e->alt) {
        gb_buf_adds(o, "/Alt");
        gb_pdf_put_text(o, e->alt);
    }
}

/* The page named once for the element is that of its first mark; a mark on another page names its own. */
static void put_kids(const struct gb_pdf_struct *s, const struct el *x, unsigned first, struct gb_buf *o)
{
    int page = -1, n = 0;
    for (int k = x->first; k >= 0; k = s->kid[k].next) {
        n += s->kid[k].kind != KID_ANNOTATION || s->kid[k].value;
        if (page < 0 && s->kid[k].kind != KID_ELEM)
            page = s->kid[k].page;
    }
    if (page >= 0) {
        gb_buf_adds(o, "/Pg ");
        put_ref(o, s->page[page].object);
    }
    if (!n)
        return;
    gb_buf_adds(o, n > 1 ? "/K[" : "/K ");
    bool sep = false;
    for (int k = x->first; k >= 0; k = s->kid[k].next) {
        const struct kid *kid = &s->kid[k];
        if (kid->kind == KID_ANNOTATION && !kid->value)
            continue;
        if (sep)
            gb_buf_addc(o, ' ');
        sep = true;
        if (kid->kind == KID_ELEM)
            put_ref(o, first + 1 + (unsigned)kid->value);
        else if (kid->kind == KID_ANNOTATION)
            gb_buf_addf(o, "<</Type/OBJR/Pg %u 0 R/Obj %d 0 R>>", s->page[kid->page].object, kid->value);
        else if (kid->page == page)
            gb_buf_add_i64(o, kid->value);
        else
            gb_buf_addf(o, "<</Type/MCR/Pg %u 0 R/MCID %d>>", s->page[kid->page].object, kid->value);
    }
    if (n > 1)
        gb_buf_addc(o, ']');
}

void gb_pdf_struct_write(struct gb_pdf_struct *s, unsigned i, unsigned first, struct gb_buf *o)
{
    if (i == 0) {
        put_root(s, first, o);
        return;
    }
    const struct el *x = &s->el[i - 1];
    gb_buf_addf(o, "<</S/%s/P ", gb_el_word(x->e->role));
    put_ref(o, x->e->parent ? first + 1 + (unsigned)x->e->parent->no : first);
    put_attributes(x, o);
    put_kids(s, x, first, o);
    gb_buf_adds(o, ">>");
}
