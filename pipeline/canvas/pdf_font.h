/* canvas/pdf_font.h — the font objects of a PDF, prepared once a process. Inside canvas/ only. */
#ifndef GB_CANVAS_PDF_FONT_H
#define GB_CANVAS_PDF_FONT_H
#include <hpdf.h>
#include <hpdf_objects.h>

#include "canvas/font.h"

/** Compresses the font file, writes ToUnicode and widths of one font: about 1 ms, done on first use or by gb_pdf_warm(). */
void gb_pdf_font_prepare(enum gb_font f);
/** The font as objects of a document. @return the Type0 dictionary (owned by the document), NULL after an error of libharu. */
HPDF_Dict gb_pdf_font_add(HPDF_Doc doc, enum gb_font f);
/** Bytes given, as a hexadecimal string object; text becomes UTF-16 with byte order mark. */
HPDF_Binary gb_pdf_text_string(HPDF_Doc doc, const char *utf8);
/** Appends the zlib stream of n bytes. */
void gb_pdf_deflate(struct gb_buf *out, const void *p, size_t n);
/** A stream of bytes that are compressed already, as an object of the document (owned by it). NULL after an error of libharu. */
HPDF_Dict gb_pdf_add_stream(HPDF_Doc doc, const struct gb_buf *z);
/** write_fn of a stream whose bytes are compressed already (its filter in libharu must be NONE). */
HPDF_STATUS gb_pdf_write_filter(HPDF_Dict d, HPDF_Stream stream);
#endif
