/* pdf_sign.c — a signature field without a value (ISO 32000-1, 12.7.4.5): signing programs offer it and put their mark into its place.
 *
 * Signing is an increment at the end of the file, so nothing that was published changes. ISO 19005-2 (6.3.3, 6.4.1) asks of a field that
 * it is printed and has an appearance, though it shows nothing yet; no action and no script may hang on it.
 */
#include "canvas/pdf_sign.h"

#include <hpdf_doc.h>

#include "canvas/pdf_font.h"

/* A form XObject of the field's size without a stroke in it. */
static HPDF_Dict empty_appearance(HPDF_Doc doc, HPDF_Rect r)
{
    HPDF_Dict d = HPDF_DictStream_New(doc->mmgr, doc->xref);
    HPDF_Array box = HPDF_Array_New(doc->mmgr);
    if (!d || !box)
        return NULL;
    d->filter = HPDF_STREAM_FILTER_NONE;
    HPDF_Dict_AddName(d, "Type", "XObject");
    HPDF_Dict_AddName(d, "Subtype", "Form");
    HPDF_Dict_Add(d, "BBox", box);
    HPDF_Array_AddReal(box, 0);
    HPDF_Array_AddReal(box, 0);
    HPDF_Array_AddReal(box, r.right - r.left);
    HPDF_Array_AddReal(box, r.top - r.bottom);
    HPDF_Dict_Add(d, "Resources", HPDF_Dict_New(doc->mmgr));
    return d;
}

HPDF_Dict gb_pdf_add_signature(HPDF_Doc doc, HPDF_Page page, HPDF_Rect r, const char *said)
{
    HPDF_Dict field = HPDF_Dict_New(doc->mmgr), looks = HPDF_Dict_New(doc->mmgr), form = HPDF_Dict_New(doc->mmgr);
    HPDF_Array place = HPDF_Array_New(doc->mmgr), fields = HPDF_Array_New(doc->mmgr);
    HPDF_Dict normal = empty_appearance(doc, r);
    if (!field || !looks || !form || !place || !fields || !normal || HPDF_Xref_Add(doc->xref, field) != HPDF_OK)
        return NULL;
    HPDF_Dict_AddName(field, "Type", "Annot");
    HPDF_Dict_AddName(field, "Subtype", "Widget");
    HPDF_Dict_AddName(field, "FT", "Sig");
    HPDF_Dict_Add(field, "T", HPDF_String_New(doc->mmgr, "ChuKySo", NULL));
    HPDF_Dict_Add(field, "TU", gb_pdf_text_string(doc, said));
    HPDF_Dict_Add(field, "Contents", gb_pdf_text_string(doc, said));
    HPDF_Dict_AddNumber(field, "F", 4); /* printed */
    HPDF_Dict_Add(field, "Rect", place);
    HPDF_Array_AddReal(place, r.left);
    HPDF_Array_AddReal(place, r.bottom);
    HPDF_Array_AddReal(place, r.right);
    HPDF_Array_AddReal(place, r.top);
    HPDF_Dict_Add(field, "P", page);
    HPDF_Dict_Add(field, "AP", looks);
    HPDF_Dict_Add(looks, "N", normal);
    HPDF_Array annots = HPDF_Dict_GetItem(page, "Annots", HPDF_OCLASS_ARRAY);
    if (!annots) {
        annots = HPDF_Array_New(doc->mmgr);
        HPDF_Dict_Add(page, "Annots", annots);
    }
    HPDF_Array_Add(annots, field);
    HPDF_Dict_Add(doc->catalog, "AcroForm", form);
    HPDF_Dict_Add(form, "Fields", fields);
    HPDF_Array_Add(fields, field);
    HPDF_Dict_AddNumber(form, "SigFlags", 1); /* there is a field for a signature; nothing of append-only before it is signed */
    return field;
}
