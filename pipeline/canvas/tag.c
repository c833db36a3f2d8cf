/* tag.c — the tree of elements: only links and numbers; who draws says what belongs to which. */
#include "canvas/tag.h"

struct gb_elem *gb_elem_new(struct gb_elems *t, struct gb_arena *a, struct gb_elem *parent, enum gb_el role)
{
    struct gb_elem *e = GB_NEW(a, struct gb_elem);
    e->role = role;
    e->no = t->n++;
    e->parent = parent;
    if (!parent) {
        gb_assert(!t->root);
        t->root = e;
        return e;
    }
    *(parent->last ? &parent->last->next : &parent->child) = e;
    parent->last = e;
    return e;
}

const char *gb_el_word(enum gb_el e)
{
    static const char *const word[GB_N_ELS] = { "Document", "Sect",  "H1",    "H2",  "H3",   "H4",        "H5",
                                                "H6",       "P",     "L",     "LI",  "Lbl",  "LBody",     "Table",
                                                "Caption",  "THead", "TBody", "TR",  "TH",   "TD",        "Figure",
                                                "Span",     "Link",  "Note",  "TOC", "TOCI", "Reference", "Form" };
    return word[e];
}
