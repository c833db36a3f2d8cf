/* canvas/tag.h — the logical structure of a document that is drawn on pages: what each piece of it *is*, in the order of reading.
 *
 * Layout builds the tree while it places things; a file format that can carry it (PDF, ISO 32000-1, 14.7 and 14.8) writes it out. What
 * has no element is decoration (page frames, rules, grounds, heads repeated on the next page). Only standard structure types.
 */
#ifndef GB_CANVAS_TAG_H
#define GB_CANVAS_TAG_H
#include "canvas/canvas.h"

enum gb_el { GB_EL_DOCUMENT, GB_EL_SECT, GB_EL_H1, GB_EL_H2, GB_EL_H3, GB_EL_H4, GB_EL_H5, GB_EL_H6, GB_EL_P, GB_EL_L, GB_EL_LI, GB_EL_LBL,
             GB_EL_LBODY, GB_EL_TABLE, GB_EL_CAPTION, GB_EL_THEAD, GB_EL_TBODY, GB_EL_TR, GB_EL_TH, GB_EL_TD, GB_EL_FIGURE, GB_EL_SPAN,
             GB_EL_LINK, GB_EL_NOTE, GB_EL_TOC, GB_EL_TOCI, GB_EL_REFERENCE, GB_EL_FORM, GB_N_ELS };
struct gb_elem {
    enum gb_el role;
    int no;                                   /* 0.. in order of creation, the root is 0 */
    const char *alt;                          /* FIGURE, SPAN, FORM: what to say in place of a shape; NULL: its text speaks */
    bool of_row;                              /* TH: head of its row; else of its column */
    bool ordered;                             /* L: numbered */
    int span;                                 /* TH, TD: columns it covers, if more than one */
    struct gb_elem *parent, *child, *last, *next;
};
struct gb_elems { struct gb_elem *root; int n; };
/** A new last child of `parent`; NULL makes the root of an empty tree. Memory from a. */
struct gb_elem *gb_elem_new(struct gb_elems *t, struct gb_arena *a, struct gb_elem *parent, enum gb_el role);
/** Its name in the standard: "TH". */
const char *gb_el_word(enum gb_el e);
#endif
