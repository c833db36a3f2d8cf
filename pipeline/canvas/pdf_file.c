/* pdf_file.c — a file of PDF 1.5 and later: streams as they are, everything else packed into compressed object streams, and a
 * cross-reference stream (ISO 32000-1, 7.5.7 and 7.5.8).
 *
 * libharu writes each object in the clear and a table of 20 bytes an object. A tagged table of 166 communes has thousands of small objects
 * that differ by a few digits: 80 bytes each in libharu's file, 8 in a compressed stream. So libharu's serialiser is used object by object
 * and the file around them is ours. Nothing here is encrypted, and a later signature is an incremental update as on any other file.
 */
#include <stdlib.h>

#include <hpdf_doc.h>

#include "canvas/pdf_file.h"

#include "canvas/pdf_font.h"

enum { PACK = 400, SMALL_BUF = 1024, STREAM_BUF = 65536 };

struct entry {
    uint8_t kind; /* 0 free, 1 at an offset, 2 in a stream of objects */
    uint32_t at;  /* offset, or number of the stream */
    uint16_t index;
};
struct file {
    HPDF_Doc doc;
    struct gb_buf *out;
    size_t base; /* where the file begins in it */
    struct entry *entry;
    size_t n, cap;
    struct gb_buf head, body; /* the pack being filled */
    unsigned packed[PACK];
    int n_packed;
};

unsigned gb_pdf_object_number(const void *object)
{
    return ((const HPDF_Obj_Header *)object)->obj_id & 0x00FFFFFF;
}
unsigned gb_pdf_first_free(HPDF_Doc doc)
{
    return (unsigned)(doc->xref->start_offset + doc->xref->entries->count);
}

static struct entry *entry_of(struct file *f, size_t number)
{
    if (number >= f->n) {
        f->entry = gb_grow(f->entry, &f->cap, number + 1, sizeof *f->entry);
        memset(f->entry + f->n, 0, (number + 1 - f->n) * sizeof *f->entry);
        f->n = number + 1;
    }
    return &f->entry[number];
}

static void begin_object(struct file *f, size_t number)
{
    *entry_of(f, number) = (struct entry){ 1, (uint32_t)(f->out->n - f->base), 0 };
    gb_buf_addf(f->out, "%zu 0 obj\n", number);
}

static bool is_stream(const void *object)
{
    const HPDF_Obj_Header *h = object;
    return (h->obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_DICT && ((const HPDF_Dict_Rec *)object)->stream;
}

/* What libharu writes for the value of one object. */
static void serialise(HPDF_Doc doc, void *object, struct gb_buf *to)
{
    HPDF_Stream s = HPDF_MemStream_New(doc->mmgr, is_stream(object) ? STREAM_BUF : SMALL_BUF);
    if (!s)
        return;
    if (HPDF_Obj_WriteValue(object, s, NULL) == HPDF_OK)
        for (HPDF_UINT i = 0; i < HPDF_MemStream_GetBufCount(s); i++) {
            HPDF_UINT n = 0;
            const HPDF_BYTE *bytes = HPDF_MemStream_GetBufPtr(s, i, &n);
            if (bytes)
                gb_buf_add(to, bytes, n);
        }
    HPDF_Stream_Free(s);
}

static void end_pack(struct file *f)
{
    if (!f->n_packed)
        return;
    size_t number = f->n;
    struct gb_buf z = { 0 };
    size_t first = f->head.n;
    gb_buf_add(&f->head, f->body.p, f->body.n);
    gb_pdf_deflate(&z, f->head.p, f->head.n);
    begin_object(f, number);
    gb_buf_addf(f->out, "<</Type/ObjStm/N %d/First %zu/Length %zu/Filter/FlateDecode>>\nstream\n", f->n_packed, first, z.n);
    gb_buf_add(f->out, z.p, z.n);
    gb_buf_adds(f->out, "\nendstream\nendobj\n");
    for (int i = 0; i < f->n_packed; i++)
        *entry_of(f, f->packed[i]) = (struct entry){ 2, (uint32_t)number, (uint16_t)i };
    gb_buf_release(&z);
    gb_buf_reset(&f->head);
    gb_buf_reset(&f->body);
    f->n_packed = 0;
}
/* Call, then append the object's value to f->body. */
static void begin_packed(struct file *f, unsigned number)
{
    if (f->n_packed == PACK)
        end_pack(f);
    gb_buf_addf(&f->head, "%u %zu ", number, f->body.n);
    f->packed[f->n_packed++] = number;
}
static void end_packed(struct file *f)
{
    gb_buf_addc(&f->body, '\n');
}

static void cross_reference(struct file *f, const uint8_t id[16])
{
    size_t number = f->n, start = f->out->n - f->base;
    begin_object(f, number);
    struct gb_buf raw = { 0 }, z = { 0 };
    for (size_t i = 0; i < f->n; i++) {
        const struct entry *e = &f->entry[i];
        char row[7] = { (char)e->kind, (char)(e->at >> 24),   (char)(e->at >> 16), (char)(e->at >> 8),
                        (char)e->at,   (char)(e->index >> 8), (char)e->index };
        if (i == 0)
            row[5] = row[6] = (char)0xFF;
        gb_buf_add(&raw, row, sizeof row);
    }
    gb_pdf_deflate(&z, raw.p, raw.n);
    gb_buf_addf(f->out, "<</Type/XRef/Size %zu/W[1 4 2]/Root %u 0 R/Info %u 0 R/ID[", f->n, gb_pdf_object_number(f->doc->catalog),
                gb_pdf_object_number(f->doc->info));
    for (int half = 0; half < 2; half++) {
        gb_buf_addc(f->out, '<');
        for (int i = 0; i < 16; i++)
            gb_buf_addf(f->out, "%02X", id[i]);
        gb_buf_addc(f->out, '>');
    }
    gb_buf_addf(f->out, "]/Length %zu/Filter/FlateDecode>>\nstream\n", z.n);
    gb_buf_add(f->out, z.p, z.n);
    gb_buf_addf(f->out, "\nendstream\nendobj\nstartxref\n%zu\n%%%%EOF\n", start);
    gb_buf_release(&raw);
    gb_buf_release(&z);
}

void gb_pdf_write_file(HPDF_Doc doc, struct gb_pdf_struct *st, const uint8_t id[16], struct gb_buf *out)
{
    struct file f = { .doc = doc, .out = out, .base = out->n };
    unsigned end = gb_pdf_first_free(doc), n_own = st ? gb_pdf_struct_objects(st) : 0;
    gb_buf_adds(out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    entry_of(&f, end + n_own - 1);
    f.entry[0].kind = 0;
    /* Streams first: writing one tells libharu its length, which is an object of its own. */
    for (int pass = 0; pass < 2; pass++)
        for (HPDF_UINT i = 0; i < doc->xref->entries->count; i++) {
            HPDF_XrefEntry e = HPDF_Xref_GetEntry(doc->xref, i);
            if (!e || e->entry_typ != 'n' || !e->obj || is_stream(e->obj) != (pass == 0))
                continue;
            unsigned number = (unsigned)(doc->xref->start_offset + i);
            if (pass == 0) {
                begin_object(&f, number);
                serialise(doc, e->obj, out);
                gb_buf_adds(out, "\nendobj\n");
            } else {
                begin_packed(&f, number);
                serialise(doc, e->obj, &f.body);
                end_packed(&f);
            }
        }
    for (unsigned i = 0; i < n_own; i++) {
        begin_packed(&f, end + i);
        gb_pdf_struct_write(st, i, end, &f.body);
        end_packed(&f);
    }
    end_pack(&f);
    cross_reference(&f, id);
    gb_buf_release(&f.head);
    gb_buf_release(&f.body);
    free(f.entry);
}
