/* pdf_meta.c — metadata and colour for the archive.
 *
 * PDF/A-2 (ISO 19005-2:2011) asks for an XMP packet that agrees with the information dictionary (6.6), and, since our colours are
 * device colours, for an output intent with a profile (6.2.3, 6.2.4.3). The profile is computed here from the published constants of
 * sRGB instead of shipping somebody's file: eleven tags, the tone curve as a parametric curve of type 3. Primaries and white are those
 * of IEC 61966-2-1 adapted to D50 by the Bradford matrix, as the ICC gives them.
 */
#include "canvas/pdf_meta.h"

#include <hpdf_doc.h>

#include "canvas/canvas_int.h"
#include "canvas/pdf_font.h"

/* ---- XMP ---- */
static void element(struct gb_buf *o, const char *open, const char *s, const char *close)
{
    if (!s || !*s)
        return;
    gb_buf_adds(o, open);
    gb_put_xml(o, s, strlen(s));
    gb_buf_adds(o, close);
    gb_buf_addc(o, '\n');
}

void gb_pdf_xmp(const struct gb_pdf_info *info, bool tagged, struct gb_buf *o)
{
    char iso[16];
    gb_date_iso(info->date, iso);
    gb_buf_adds(o, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                   "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                   "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                   "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                   "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
                   " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
                   "<dc:format>application/pdf</dc:format>\n");
    element(o, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", info->title, "</rdf:li></rdf:Alt></dc:title>");
    element(o, "<dc:creator><rdf:Seq><rdf:li>", info->author, "</rdf:li></rdf:Seq></dc:creator>");
    element(o, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", info->subject, "</rdf:li></rdf:Alt></dc:description>");
    element(o, "<dc:language><rdf:Bag><rdf:li>", info->lang ? info->lang : "vi", "</rdf:li></rdf:Bag></dc:language>");
    element(o, "<pdf:Keywords>", info->keywords, "</pdf:Keywords>");
    element(o, "<pdf:Producer>", "giaoban", "</pdf:Producer>");
    gb_buf_addf(o, "<xmp:CreateDate>%sT00:00:00+07:00</xmp:CreateDate>\n<xmp:ModifyDate>%sT00:00:00+07:00</xmp:ModifyDate>\n",
                iso, iso);
    gb_buf_addf(o, "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>%c</pdfaid:conformance>\n", tagged ? 'A' : 'U');
    gb_buf_adds(o, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
}

/* ---- the profile ---- */
static void u32(struct gb_buf *o, uint32_t v)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        gb_buf_addc(o, (char)(v >> shift));
}
/* s15Fixed16Number of a value in hundred-thousandths */
static void fixed(struct gb_buf *o, int64_t v)
{
    int64_t q = v * 65536;
    u32(o, (uint32_t)(int32_t)((q + (q < 0 ? -50000 : 50000)) / 100000));
}
static void fixeds(struct gb_buf *o, const char *type, const int32_t *v, int n)
{
    gb_buf_add(o, type, 4);
    u32(o, 0);
    for (int i = 0; i < n; i++)
        fixed(o, v[i]);
}
/* multiLocalizedUnicode, one text in English */
static void mluc(struct gb_buf *o, const char *ascii)
{
    gb_buf_add(o, "mluc", 4);
    u32(o, 0);
    u32(o, 1);
    u32(o, 12);
    gb_buf_add(o, "enUS", 4);
    u32(o, (uint32_t)strlen(ascii) * 2);
    u32(o, 28);
    for (; *ascii; ascii++) {
        gb_buf_addc(o, 0);
        gb_buf_addc(o, *ascii);
    }
}

static void profile_head(struct gb_buf *o, uint32_t size)
{
    u32(o, size);
    u32(o, 0);
    u32(o, 0x04200000);
    gb_buf_add(o, "mntrRGB XYZ ", 12);
    static const uint8_t made[12] = { 2026 >> 8, 2026 & 255, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0 };
    gb_buf_add(o, made, sizeof made);
    gb_buf_add(o, "acsp", 4);
    for (int i = 0; i < 7; i++) /* platform, flags, maker, model, attributes (two), intent: perceptual */
        u32(o, 0);
    u32(o, 0xF6D6);
    u32(o, 0x10000);
    u32(o, 0xD32D); /* D50 */
    for (int i = 0; i < 12; i++)
        u32(o, 0);
}

void gb_pdf_srgb_profile(struct gb_buf *out)
{
    static const int32_t white[] = { 96420, 100000, 82491 }, red[] = { 43607, 22249, 1392 }, green[] = { 38515, 71687, 9708 },
                         blue[] = { 14307, 6061, 71410 }, curve[] = { 240000, 94787, 5213, 7740, 4045 },
                         adapt[] = { 104788, 2292, -5022, 2959, 99047, -1707, -925, 1508, 75168 };
    static const struct {
        const char *tag, *same; /* same: shares the data of that tag */
    } tags[] = { { "desc", "" }, { "cprt", "" }, { "wtpt", "" }, { "chad", "" },     { "rXYZ", "" },
                 { "gXYZ", "" }, { "bXYZ", "" }, { "rTRC", "" }, { "gTRC", "rTRC" }, { "bTRC", "rTRC" } };
    enum { N = sizeof tags / sizeof *tags };
    struct gb_buf data = { 0 };
    uint32_t at[N], size[N];
    for (int i = 0; i < N; i++) {
        if (*tags[i].same) {
            at[i] = at[i - 1];
            size[i] = size[i - 1];
            continue;
        }
        at[i] = (uint32_t)data.n;
        switch (i) {
        case 0: mluc(&data, "sRGB IEC61966-2.1"); break;
        case 1: mluc(&data, "No copyright, use freely"); break;
        case 2: fixeds(&data, "XYZ ", white, 3); break;
        case 3: fixeds(&data, "sf32", adapt, 9); break;
        case 4: fixeds(&data, "XYZ ", red, 3); break;
        case 5: fixeds(&data, "XYZ ", green, 3); break;
        case 6: fixeds(&data, "XYZ ", blue, 3); break;
        default:
            gb_buf_add(&data, "para\0\0\0\0\0\3\0\0", 12);
            for (int k = 0; k < 5; k++)
                fixed(&data, curve[k]);
        }
        size[i] = (uint32_t)data.n - at[i];
        while (data.n % 4)
            gb_buf_addc(&data, 0);
    }
    uint32_t head = 128 + 4 + 12 * N;
    profile_head(out, head + (uint32_t)data.n);
    u32(out, N);
    for (int i = 0; i < N; i++) {
        gb_buf_add(out, tags[i].tag, 4);
        u32(out, head + at[i]);
        u32(out, size[i]);
    }
    gb_buf_add(out, data.p, data.n);
    gb_buf_release(&data);
}

/* ---- in the catalog ---- */
static void add_packet(HPDF_Doc doc, const struct gb_pdf_info *info, bool tagged)
{
    struct gb_buf b = { 0 };
    gb_pdf_xmp(info, tagged, &b);
    HPDF_Dict d = HPDF_DictStream_New(doc->mmgr, doc->xref);
    if (d) {
        d->filter = HPDF_STREAM_FILTER_NONE;
        HPDF_Dict_AddName(d, "Type", "Metadata");
        HPDF_Dict_AddName(d, "Subtype", "XML");
        HPDF_Stream_Write(d->stream, (const HPDF_BYTE *)b.p, (HPDF_UINT)b.n);
        HPDF_Dict_Add(doc->catalog, "Metadata", d);
    }
    gb_buf_release(&b);
}

void gb_pdf_add_meta(HPDF_Doc doc, const struct gb_pdf_info *info, bool tagged)
{
    add_packet(doc, info, tagged);
    static struct gb_buf profile; /* compressed, once a process */
    if (!profile.n) {
        struct gb_buf raw = { 0 };
        gb_pdf_srgb_profile(&raw);
        gb_pdf_deflate(&profile, raw.p, raw.n);
        gb_buf_release(&raw);
    }
    HPDF_Dict stream = gb_pdf_add_stream(doc, &profile), intent = HPDF_Dict_New(doc->mmgr);
    HPDF_Array all = HPDF_Array_New(doc->mmgr);
    if (!stream || !intent || !all)
        return;
    HPDF_Dict_AddNumber(stream, "N", 3);
    HPDF_Dict_AddName(intent, "Type", "OutputIntent");
    HPDF_Dict_AddName(intent, "S", "GTS_PDFA1"); /* the name ISO 19005-2 keeps using */
    HPDF_Dict_Add(intent, "OutputConditionIdentifier", HPDF_String_New(doc->mmgr, "sRGB IEC61966-2.1", NULL));
    HPDF_Dict_Add(intent, "Info", HPDF_String_New(doc->mmgr, "sRGB IEC61966-2.1", NULL));
    HPDF_Dict_Add(intent, "DestOutputProfile", stream);
    HPDF_Dict_Add(doc->catalog, "OutputIntents", all);
    HPDF_Array_Add(all, intent);
}
