/* canvas/pdf_meta.h — what an archive asks of a PDF beside its pages (ISO 19005-2): metadata as XML, the colour space meant.
 * Inside canvas/ only. */
#ifndef GB_CANVAS_PDF_META_H
#define GB_CANVAS_PDF_META_H
#include <hpdf.h>
#include <hpdf_objects.h>

#include "canvas/pdf.h"

/** XMP packet: the same facts as the information dictionary, and the part of ISO 19005 that is kept: 2a with a structure, else 2u. */
void gb_pdf_xmp(const struct gb_pdf_info *info, bool tagged, struct gb_buf *out);
/** An ICC profile (v4.2, 0.5 KB) of sRGB, IEC 61966-2-1: matrix and curve in closed form. */
void gb_pdf_srgb_profile(struct gb_buf *out);
/** Adds Metadata and OutputIntents to the catalog. The packet is kept in the clear, so that any archive finds it. */
void gb_pdf_add_meta(HPDF_Doc doc, const struct gb_pdf_info *info, bool tagged);
#endif
