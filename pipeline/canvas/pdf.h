/* canvas/pdf.h — a PDF file as a sequence of canvases (libharu owner together with render/pdf).
 *
 * One gb_pdf per document. Fonts come from canvas/font.h, embedded as subsets, with a right ToUnicode map (libharu 2.3.0 writes
 * begincidrange where beginbfrange belongs). Fixed dates from the caller, no clock, no random id: same input, same bytes.
 * No JavaScript, attachments, URI actions or encryption.
 */
#ifndef GB_CANVAS_PDF_H
#define GB_CANVAS_PDF_H
#include "base/date.h"
#include "canvas/canvas.h"

struct gb_pdf;
/** Compress the fonts once, before the first fork (6 to 10 ms): a document then costs no font work. Optional: else done on first use. */
void gb_pdf_warm(void);
struct gb_pdf_info { const char *title, *author, *subject, *keywords; struct gb_date date; const char *lang; };
struct gb_pdf *gb_pdf_new(const struct gb_pdf_info *info);
/** Start a page; the returned canvas belongs to the pdf (do not close it); valid until the next begin or save. */
struct gb_canvas *gb_pdf_page(struct gb_pdf *p, double w_pt, double h_pt);
/** Outline entry that points at y on the current page. level 0 = top. */
void gb_pdf_outline(struct gb_pdf *p, int level, const char *title, double y_pt);
/** Named place on the current page for internal links: gb_canvas_link(cv, rect, "#name"). */
void gb_pdf_anchor(struct gb_pdf *p, const char *name, double y_pt);
/** Write. Reports the first error of the document or of any page. */
GB_MUST_USE enum gb_code gb_pdf_save(struct gb_pdf *p, struct gb_buf *out, struct gb_err *e);
void gb_pdf_free(struct gb_pdf *p);
#endif
