/* canvas/pdf.h — a PDF file as a sequence of canvases (libharu owner together with render/pdf).
 *
 * One gb_pdf per document. Fonts come from canvas/font.h, embedded as subsets, with a right ToUnicode map (libharu 2.3.0 writes
 * begincidrange where beginbfrange belongs). Fixed dates from the caller, no clock, no random id: same input, same bytes.
 * Conditions of PDF/A-2 (ISO 19005-2) that can be met by writing: fonts and colour space embedded, XMP that agrees with the information
 * dictionary, no transparency without a colour space, no encryption; level A if the document gives its structure, else level U.
 * No JavaScript, attachments, URI actions or encryption.
 */
#ifndef GB_CANVAS_PDF_H
#define GB_CANVAS_PDF_H
#include "base/date.h"
#include "canvas/tag.h"

struct gb_pdf;
/** Compress the fonts once, before the first fork (6 to 10 ms): a document then costs no font work. Optional: else done on first use. */
void gb_pdf_warm(void);
struct gb_pdf_info { const char *title, *author, *subject, *keywords; struct gb_date date; const char *lang; };
/** The strings of info are borrowed until gb_pdf_save(). */
struct gb_pdf *gb_pdf_new(const struct gb_pdf_info *info);
/** The logical structure of the whole document, before its first page; the tree must outlive the pdf. */
void gb_pdf_structure(struct gb_pdf *p, const struct gb_elems *t);
/** What is drawn from here on belongs to e; NULL: to no element (decoration). Without a structure: nothing. */
void gb_pdf_mark(struct gb_pdf *p, const struct gb_elem *e);
/** Whether the next text ends with a blank that nobody sees: readers of a line, a cell, a label then find where its last word ends. */
void gb_pdf_blank(struct gb_pdf *p, bool blank);
/** Where a FIGURE is on the current page. */
void gb_pdf_figure_box(struct gb_pdf *p, const struct gb_elem *e, struct gb_rect r);
/** Start a page; the returned canvas belongs to the pdf (do not close it); valid until the next begin or save. */
struct gb_canvas *gb_pdf_page(struct gb_pdf *p, double w_pt, double h_pt);
/** Outline entry that points at y on the current page. level 0 = top. */
void gb_pdf_outline(struct gb_pdf *p, int level, const char *title, double y_pt);
/** An empty field for a digital signature on the current page, one a document. e: its element, with its words in alt; NULL without a structure. */
void gb_pdf_signature(struct gb_pdf *p, const struct gb_elem *e, struct gb_rect r);
/** Named place on the current page for internal links: gb_canvas_link(cv, rect, "#name"). */
void gb_pdf_anchor(struct gb_pdf *p, const char *name, double y_pt);
/** Write. Reports the first error of the document or of any page. */
GB_MUST_USE enum gb_code gb_pdf_save(struct gb_pdf *p, struct gb_buf *out, struct gb_err *e);
void gb_pdf_free(struct gb_pdf *p);
#endif
