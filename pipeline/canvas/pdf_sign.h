/* canvas/pdf_sign.h — an empty field for the digital signature that an office puts later. Inside canvas/ only. */
#ifndef GB_CANVAS_PDF_SIGN_H
#define GB_CANVAS_PDF_SIGN_H
#include <hpdf.h>

/** Adds the field, its widget on the page and the form of the catalog. said: what it is, for a reader that cannot see.
 * @return the widget, whose key in the structure is the caller's to set; NULL: libharu's handler knows why. */
HPDF_Dict gb_pdf_add_signature(HPDF_Doc doc, HPDF_Page page, HPDF_Rect r, const char *said);
#endif
