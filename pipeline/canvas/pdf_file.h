/* canvas/pdf_file.h — the bytes of a PDF from libharu's objects and our own. Inside canvas/ only. */
#ifndef GB_CANVAS_PDF_FILE_H
#define GB_CANVAS_PDF_FILE_H
#include <hpdf.h>
#include <hpdf_objects.h>

#include "canvas/pdf_struct.h"

/** Number of one of libharu's objects, as in "12 0 R". */
unsigned gb_pdf_object_number(const void *object);
/** The number that the structure's root (then its elements) will have: all of libharu's objects must exist by now. */
unsigned gb_pdf_first_free(HPDF_Doc doc);
/** Writes the whole file. id: 16 bytes for both halves of the identifier; st may be NULL. Errors go to the document's handler. */
void gb_pdf_write_file(HPDF_Doc doc, struct gb_pdf_struct *st, const uint8_t id[16], struct gb_buf *out);
#endif
