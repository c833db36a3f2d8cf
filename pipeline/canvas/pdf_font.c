/* pdf_font.c — Liberation in a PDF, without libharu's own font code.
 *
 * libharu would parse the file, subset it, fill three tables of 64 Ki entries and compress 128 KiB of CIDToGIDMap for every font of
 * every document: 5 ms a font (most of a briefing), with a ToUnicode map no strict reader understands and a subsetter that
 * loses nested composite glyphs. Our fonts are subsets already and never change, so their objects are made once a process and
 * written as they are: a Type0 font whose codes are the glyph numbers (Identity-H), the widths of hmtx to a hundredth of
 * a unit, the whole file compressed once, and a ToUnicode map by beginbfchar. libharu still numbers, owns and writes the objects;
 * its hook write_fn lets a dictionary carry entries (W, Filter) that are ready text.
 */
#include <zlib.h>

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_TRUETYPE_TABLES_H

#include "canvas/pdf_font.h"
#include "canvas/pdf_text.h"

#include <hpdf_info.h>
#include <hpdf_objects.h>
#include <hpdf_doc.h>

#include "base/utf8.h"
#include "canvas/canvas_int.h"
#include "canvas/font_int.h"

struct ready {
    bool done;
    struct gb_buf file, to_unicode, widths; /* file and to_unicode: zlib streams; widths: "/W [...]" */
    int ascent, descent, cap_height, bbox[4], flags, stem_v, default_width;
};
static struct ready ready[GB_N_FONTS];

/* A subset's name begins with six capitals and a plus (ISO 32000-1, 9.6.4). */
static const char *const base_font[GB_N_FONTS] = { "GBAAAA+LiberationSerif",        "GBAAAB+LiberationSerif-Bold",
                                                   "GBAAAC+LiberationSerif-Italic", "GBAAAD+LiberationSerif-BoldItalic",
                                                   "GBAAAE+LiberationSans",         "GBAAAF+LiberationSans-Bold" };

/* One compressor a process, reset for every stream: deflateInit takes a quarter of a megabyte from the system and clears it, which
 * for the dozen streams of a briefing costs more than the compressing. */
void gb_pdf_deflate(struct gb_buf *out, const void *p, size_t n)
{
    static z_stream z;
    static bool begun;
    if (!begun && deflateInit(&z, 6) != Z_OK)
        gb_oom();
    if (begun && deflateReset(&z) != Z_OK)
        gb_bug("deflateReset");
    begun = true;
    gb_assert(n < UINT32_MAX / 2);
    size_t room = deflateBound(&z, (uLong)n) + 1;
    gb_buf_reserve(out, room);
    z.next_in = (z_const Bytef *)p;
    z.avail_in = (uInt)n;
    z.next_out = (Bytef *)out->p + out->n;
    z.avail_out = (uInt)(room - 1);
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        gb_bug("deflate");
    out->n += z.total_out;
}

static void make_to_unicode(enum gb_font f, struct gb_buf *out)
{
    struct gb_buf t = { 0 };
    gb_buf_adds(&t,
                "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering "
                "(UCS) /Supplement 0 >> def\n"
                "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    int n = gb_font_n_glyphs(f);
    for (int from = 1; from < n;) { /* at most 100 entries a block */
        struct gb_buf block = { 0 };
        int count = 0;
        for (; from < n && count < 100; from++) {
            uint32_t cp = gb_font_code_point(f, (uint16_t)from);
            if (!cp)
                continue; /* a part of composite letters only */
            gb_buf_addf(&block, "<%04X> <%04X>\n", (unsigned)from, (unsigned)cp);
            count++;
        }
        if (count) {
            gb_buf_addf(&t, "%d beginbfchar\n", count);
            gb_buf_add(&t, block.p, block.n);
            gb_buf_adds(&t, "endbfchar\n");
        }
        gb_buf_release(&block);
    }
    gb_buf_adds(&t, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    gb_pdf_deflate(out, t.p, t.n);
    gb_buf_release(&t);
}

void gb_pdf_font_prepare(enum gb_font f)
{
    struct ready *r = &ready[f];
    if (r->done)
        return;
    gb_fonts_need();
    FT_Face face = gb_font_face(f);
    double per_mille = 1000.0 / face->units_per_EM;
    const TT_OS2 *os2 = FT_Get_Sfnt_Table(face, FT_SFNT_OS2);
    struct gb_str bytes = gb_font_bytes(f);
    gb_pdf_deflate(&r->file, bytes.p, bytes.n);
    make_to_unicode(f, &r->to_unicode);
    gb_buf_adds(&r->widths, "/W [0 [");
    for (int g = 0; g < gb_font_n_glyphs(f); g++) {
        if (g)
            gb_buf_addc(&r->widths, g % 20 ? ' ' : '\n');
        gb_put_num(&r->widths, gb_font_advance(f, (uint16_t)g) * per_mille);
    }
    gb_buf_adds(&r->widths, "]]\n");
    r->ascent = (int)(face->ascender * per_mille);
    r->descent = (int)(face->descender * per_mille);
    r->cap_height = os2 && os2->sCapHeight ? (int)(os2->sCapHeight * per_mille) : 700;
    r->bbox[0] = (int)((double)face->bbox.xMin * per_mille);
    r->bbox[1] = (int)((double)face->bbox.yMin * per_mille);
    r->bbox[2] = (int)((double)face->bbox.xMax * per_mille);
    r->bbox[3] = (int)((double)face->bbox.yMax * per_mille);
    r->flags = 4 | (f < GB_SANS ? 2 : 0) | (gb_font_is_italic(f) ? 64 : 0); /* symbolic: more than Adobe's Latin; serif; italic */
    r->stem_v = gb_font_is_bold(f) ? 140 : 80;
    r->default_width = (int)(gb_font_advance(f, 0) * per_mille);
    r->done = true;
}

static HPDF_STATUS write_extra(HPDF_Stream stream, const char *p, size_t n)
{
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)p, (HPDF_UINT)n);
}
HPDF_STATUS gb_pdf_write_filter(HPDF_Dict d, HPDF_Stream stream)
{
    (void)d;
    static const char filter[] = "/Filter /FlateDecode\n";
    return write_extra(stream, filter, sizeof filter - 1);
}
static HPDF_STATUS write_widths(HPDF_Dict d, HPDF_Stream stream)
{
    const struct ready *r = d->attr;
    return write_extra(stream, r->widths.p, r->widths.n);
}

/* A stream whose bytes are compressed already: libharu must not do it again, so the filter's name comes by the hook. */
HPDF_Dict gb_pdf_add_stream(HPDF_Doc doc, const struct gb_buf *z)
{
    HPDF_Dict d = HPDF_DictStream_New(doc->mmgr, doc->xref);
    if (!d)
        return NULL;
    d->filter = HPDF_STREAM_FILTER_NONE;
    d->write_fn = gb_pdf_write_filter;
    HPDF_Stream_Write(d->stream, (const HPDF_BYTE *)z->p, (HPDF_UINT)z->n);
    return d;
}
static HPDF_Dict add_dict(HPDF_Doc doc)
{
    HPDF_Dict d = HPDF_Dict_New(doc->mmgr);
    if (!d || HPDF_Xref_Add(doc->xref, d) != HPDF_OK)
        return NULL;
    return d;
}

static HPDF_Dict add_descriptor(HPDF_Doc doc, enum gb_font f)
{
    const struct ready *r = &ready[f];
    HPDF_Dict file = gb_pdf_add_stream(doc, &r->file), d = add_dict(doc);
    HPDF_Array box = HPDF_Array_New(doc->mmgr);
    if (!file || !d || !box)
        return NULL;
    HPDF_Dict_AddNumber(file, "Length1", (HPDF_INT32)gb_font_bytes(f).n);
    for (int i = 0; i < 4; i++)
        HPDF_Array_AddNumber(box, r->bbox[i]);
    HPDF_Dict_AddName(d, "Type", "FontDescriptor");
    HPDF_Dict_AddName(d, "FontName", base_font[f]);
    HPDF_Dict_AddNumber(d, "Flags", r->flags);
    HPDF_Dict_Add(d, "FontBBox", box);
    HPDF_Dict_AddNumber(d, "ItalicAngle", gb_font_is_italic(f) ? -16 : 0);
    HPDF_Dict_AddNumber(d, "Ascent", r->ascent);
    HPDF_Dict_AddNumber(d, "Descent", r->descent);
    HPDF_Dict_AddNumber(d, "CapHeight", r->cap_height);
    HPDF_Dict_AddNumber(d, "StemV", r->stem_v);
    HPDF_Dict_Add(d, "FontFile2", file);
    return d;
}

static HPDF_Dict add_cid_font(HPDF_Doc doc, enum gb_font f)
{
    HPDF_Dict descriptor = add_descriptor(doc, f), d = add_dict(doc), info = HPDF_Dict_New(doc->mmgr);
    if (!descriptor || !d || !info)
        return NULL;
    HPDF_Dict_AddName(d, "Type", "Font");
    HPDF_Dict_AddName(d, "Subtype", "CIDFontType2");
    HPDF_Dict_AddName(d, "BaseFont", base_font[f]);
    HPDF_Dict_Add(d, "CIDSystemInfo", info);
    HPDF_Dict_Add(info, "Registry", HPDF_String_New(doc->mmgr, "Adobe", NULL));
    HPDF_Dict_Add(info, "Ordering", HPDF_String_New(doc->mmgr, "Identity", NULL));
    HPDF_Dict_AddNumber(info, "Supplement", 0);
    HPDF_Dict_Add(d, "FontDescriptor", descriptor);
    HPDF_Dict_AddNumber(d, "DW", ready[f].default_width);
    HPDF_Dict_AddName(d, "CIDToGIDMap", "Identity");
    d->attr = &ready[f];
    d->write_fn = write_widths;
    return d;
}

HPDF_Dict gb_pdf_font_add(HPDF_Doc doc, enum gb_font f)
{
    gb_pdf_font_prepare(f);
    HPDF_Dict cid = add_cid_font(doc, f), to_unicode = gb_pdf_add_stream(doc, &ready[f].to_unicode), d = add_dict(doc);
    HPDF_Array descendants = HPDF_Array_New(doc->mmgr);
    if (!cid || !to_unicode || !d || !descendants)
        return NULL;
    HPDF_Array_Add(descendants, cid);
    HPDF_Dict_AddName(d, "Type", "Font");
    HPDF_Dict_AddName(d, "Subtype", "Type0");
    HPDF_Dict_AddName(d, "BaseFont", base_font[f]);
    HPDF_Dict_AddName(d, "Encoding", "Identity-H");
    HPDF_Dict_Add(d, "DescendantFonts", descendants);
    HPDF_Dict_Add(d, "ToUnicode", to_unicode);
    return d;
}

void gb_pdf_utf16(struct gb_buf *b, const char *utf8)
{
    gb_buf_add(b, "\xFE\xFF", 2);
    for (const char *p = utf8, *end = utf8 + strlen(utf8); p < end;) {
        uint32_t cp = gb_utf8_next(&p, end);
        if (cp > 0xFFFF) { /* surrogates */
            uint32_t high = 0xD800 + ((cp - 0x10000) >> 10);
            gb_buf_addc(b, (char)(high >> 8));
            gb_buf_addc(b, (char)high);
            cp = 0xDC00 + ((cp - 0x10000) & 0x3FF);
        }
        gb_buf_addc(b, (char)(cp >> 8));
        gb_buf_addc(b, (char)cp);
    }
}

void gb_pdf_put_text(struct gb_buf *out, const char *utf8)
{
    struct gb_buf b = { 0 };
    gb_pdf_utf16(&b, utf8);
    gb_buf_addc(out, '<');
    for (size_t i = 0; i < b.n; i++)
        gb_buf_addf(out, "%02X", (unsigned char)b.p[i]);
    gb_buf_addc(out, '>');
    gb_buf_release(&b);
}

HPDF_Binary gb_pdf_text_string(HPDF_Doc doc, const char *utf8)
{
    struct gb_buf b = { 0 };
    gb_pdf_utf16(&b, utf8);
    HPDF_Binary s = HPDF_Binary_New(doc->mmgr, (HPDF_BYTE *)b.p, (HPDF_UINT)b.n);
    gb_buf_release(&b);
    return s;
}
