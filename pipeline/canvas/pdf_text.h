/* canvas/pdf_text.h — text strings of a PDF as ready text. Inside canvas/ only. */
#ifndef GB_CANVAS_PDF_TEXT_H
#define GB_CANVAS_PDF_TEXT_H
#include "base/str.h"

/** UTF-8 as UTF-16 with byte order mark, in big-endian bytes. */
void gb_pdf_utf16(struct gb_buf *out, const char *utf8);
/** The same as a hexadecimal string: <FEFF...>. */
void gb_pdf_put_text(struct gb_buf *out, const char *utf8);
#endif
