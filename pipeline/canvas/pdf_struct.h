/* canvas/pdf_struct.h — the structure tree of one PDF (ISO 32000-1, 14.7): which marks of which page belong to which element.
 * Inside canvas/ only; knows no libharu, writes ready text of objects whose numbers its user gives. */
#ifndef GB_CANVAS_PDF_STRUCT_H
#define GB_CANVAS_PDF_STRUCT_H
#include "canvas/tag.h"

struct gb_pdf_struct;
struct gb_pdf_struct *gb_pdf_struct_new(const struct gb_elems *t); /* borrows the tree until freed */
void gb_pdf_struct_free(struct gb_pdf_struct *s);
/** The next page begins; object: its number. */
void gb_pdf_struct_page(struct gb_pdf_struct *s, unsigned object);
/** A stretch of the current page's content belongs to e. @return its MCID. */
int gb_pdf_struct_mark(struct gb_pdf_struct *s, const struct gb_elem *e);
/** Room for a link's annotation in its element, in its place among the content. @return a handle for gb_pdf_struct_annotation(). */
int gb_pdf_struct_link(struct gb_pdf_struct *s, const struct gb_elem *e);
/** The annotation of a link is there; object: its number. @return its key in the parent tree (StructParent). */
int gb_pdf_struct_annotation(struct gb_pdf_struct *s, int handle, unsigned object);
/** Where a figure is on its page, in PDF space. */
void gb_pdf_struct_box(struct gb_pdf_struct *s, const struct gb_elem *e, double x1, double y1, double x2, double y2);
/** Number of objects gb_pdf_struct_write() makes: the root first, then an object an element. */
unsigned gb_pdf_struct_objects(const struct gb_pdf_struct *s);
/** Appends the object of index i (0..objects-1), numbered first + i. */
void gb_pdf_struct_write(struct gb_pdf_struct *s, unsigned i, unsigned first, struct gb_buf *out);
#endif
