/* tests/tiny_workbook.h — workbooks byte by byte, good and hostile ones: a zip writer that does what it is told. */
#ifndef GB_TESTS_TINY_WORKBOOK_H
#define GB_TESTS_TINY_WORKBOOK_H
#include <zlib.h>
#include "base/str.h"

struct zip_out { struct gb_buf out, directory; int n; uint16_t flags; };

static inline void zip_16(struct gb_buf *b, unsigned v) { gb_buf_addc(b, (char)(v & 255)); gb_buf_addc(b, (char)(v >> 8 & 255)); }
static inline void zip_32(struct gb_buf *b, uint32_t v) { zip_16(b, v & 65535); zip_16(b, v >> 16); }

static inline void zip_entry_head(struct gb_buf *b, unsigned flags, unsigned method, uint32_t crc, uint32_t packed, uint32_t size, const char *name)
{
    zip_16(b, 20); zip_16(b, flags); zip_16(b, method); zip_16(b, 0); zip_16(b, 0x5A21);
    zip_32(b, crc); zip_32(b, packed); zip_32(b, size); zip_16(b, (unsigned)strlen(name)); zip_16(b, 0);
}

/* One entry, deflated when that is asked for. `lie` is added to the size that the headers tell. */
static inline void zip_add(struct zip_out *z, const char *name, const void *p, size_t n, bool deflated, int lie)
{
    struct gb_buf packed = { 0 };
    if (deflated) {
        z_stream s = { .next_in = (Bytef *)p, .avail_in = (uInt)n };
        gb_assert(deflateInit2(&s, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) == Z_OK);
        gb_buf_reserve(&packed, deflateBound(&s, n));
        s.next_out = (Bytef *)packed.p;
        s.avail_out = (uInt)packed.cap;
        gb_assert(deflate(&s, Z_FINISH) == Z_STREAM_END);
        packed.n = s.total_out;
        deflateEnd(&s);
    } else if (n)
        gb_buf_add(&packed, p, n);
    const uint32_t crc = (uint32_t)crc32(0, p, (uInt)n), at = (uint32_t)z->out.n;
    const unsigned method = deflated ? 8 : 0;
    zip_32(&z->out, 0x04034B50);
    zip_entry_head(&z->out, z->flags, method, crc, (uint32_t)packed.n, (uint32_t)((int64_t)n + lie), name);
    gb_buf_adds(&z->out, name);
    if (packed.n)
        gb_buf_add(&z->out, packed.p, packed.n);
    zip_32(&z->directory, 0x02014B50);
    zip_16(&z->directory, 20);
    zip_entry_head(&z->directory, z->flags, method, crc, (uint32_t)packed.n, (uint32_t)((int64_t)n + lie), name);
    zip_16(&z->directory, 0); zip_16(&z->directory, 0); zip_16(&z->directory, 0); zip_32(&z->directory, 0); zip_32(&z->directory, at);
    gb_buf_adds(&z->directory, name);
    z->n++;
    gb_buf_release(&packed);
}

static inline void zip_text(struct zip_out *z, const char *name, const char *text) { zip_add(z, name, text, strlen(text), false, 0); }

/* The directory and its end: `out` is then the file. */
static inline void zip_finish(struct zip_out *z)
{
    const uint32_t at = (uint32_t)z->out.n, n = (uint32_t)z->directory.n;
    gb_buf_add(&z->out, z->directory.p ? z->directory.p : "", n);
    zip_32(&z->out, 0x06054B50);
    zip_16(&z->out, 0); zip_16(&z->out, 0); zip_16(&z->out, (unsigned)z->n); zip_16(&z->out, (unsigned)z->n);
    zip_32(&z->out, n); zip_32(&z->out, at); zip_16(&z->out, 0);
    gb_buf_release(&z->directory);
}

#define BOOK_XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
#define BOOK_NS "http://schemas.openxmlformats.org/"
struct book {
    const char *workbook_pr, *sheets;      /* NULL: nothing; one sheet "Số liệu" */
    const char *before, *data, *after;     /* around and in <sheetData>; NULL: nothing */
    const char *sheet;                     /* the whole part instead */
    const char *strings, *formats, *styles; /* inside <sst>, <numFmts>, <cellXfs>; NULL: no such part */
};

static inline void book_parts(struct zip_out *z, const struct book *b)
{
    struct gb_buf t = { 0 };
    zip_text(z, "[Content_Types].xml", BOOK_XML "<Types xmlns=\"" BOOK_NS "package/2006/content-types\"/>");
    zip_text(z, "_rels/.rels", BOOK_XML "<Relationships xmlns=\"" BOOK_NS "package/2006/relationships\"><Relationship Id=\"rId1\" "
             "Type=\"" BOOK_NS "officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    gb_buf_addf(&t, BOOK_XML "<workbook xmlns=\"" BOOK_NS "spreadsheetml/2006/main\" xmlns:r=\"" BOOK_NS
                "officeDocument/2006/relationships\">%s<sheets>%s</sheets></workbook>", b->workbook_pr ? b->workbook_pr : "",
                b->sheets ? b->sheets : "<sheet name=\"Số liệu\" sheetId=\"1\" r:id=\"rId1\"/>");
    zip_text(z, "xl/workbook.xml", t.p);
    gb_buf_reset(&t);
    gb_buf_adds(&t, BOOK_XML "<Relationships xmlns=\"" BOOK_NS "package/2006/relationships\">");
    gb_buf_adds(&t, "<Relationship Id=\"rId1\" Type=\"" BOOK_NS "officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>");
    gb_buf_adds(&t, "<Relationship Id=\"rId2\" Type=\"" BOOK_NS "officeDocument/2006/relationships/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>");
    if (b->strings) gb_buf_adds(&t, "<Relationship Id=\"rId8\" Type=\"" BOOK_NS "officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/>");
    if (b->styles) gb_buf_adds(&t, "<Relationship Id=\"rId9\" Type=\"" BOOK_NS "officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>");
    gb_buf_adds(&t, "</Relationships>");
    zip_text(z, "xl/_rels/workbook.xml.rels", t.p);
    gb_buf_reset(&t);
    if (b->strings) {
        gb_buf_addf(&t, BOOK_XML "<sst xmlns=\"" BOOK_NS "spreadsheetml/2006/main\">%s</sst>", b->strings);
        zip_text(z, "xl/sharedStrings.xml", t.p);
        gb_buf_reset(&t);
    }
    if (b->styles) {
        gb_buf_addf(&t, BOOK_XML "<styleSheet xmlns=\"" BOOK_NS "spreadsheetml/2006/main\"><numFmts>%s</numFmts><cellStyleXfs><xf "
                    "numFmtId=\"14\"/></cellStyleXfs><cellXfs>%s</cellXfs></styleSheet>", b->formats ? b->formats : "", b->styles);
        zip_text(z, "xl/styles.xml", t.p);
        gb_buf_reset(&t);
    }
    if (b->sheet)
        gb_buf_adds(&t, b->sheet);
    else
        gb_buf_addf(&t, BOOK_XML "<worksheet xmlns=\"" BOOK_NS "spreadsheetml/2006/main\">%s<sheetData>%s</sheetData>%s</worksheet>",
                    b->before ? b->before : "", b->data ? b->data : "", b->after ? b->after : "");
    zip_add(z, "xl/worksheets/sheet1.xml", t.p, t.n, t.n > 2000, 0);
    gb_buf_release(&t);
}

/* Rows written in short: cells by '|', rows by '\n'. "" no cell; a cell that begins with '#' is a stored number ("#0.5"), with
 * '#2:' one of style 2, with '<' XML as it stands (attributes and content after "<c r=.." ); everything else is an inline string. */
static inline void book_rows(struct gb_buf *out, int line, const char *text)
{
    for (const char *p = text; *p; line++) {
        const char *end = strchr(p, '\n');
        const size_t n = end ? (size_t)(end - p) : strlen(p);
        gb_buf_addf(out, "<row r=\"%d\">", line);
        int column = 0;
        for (const char *c = p; c <= p + n; column++) {
            const char *stop = memchr(c, '|', (size_t)(p + n - c));
            const int len = (int)(stop ? stop - c : p + n - c);
            const char at[4] = { column < 26 ? (char)('A' + column) : (char)('A' + column / 26 - 1), column < 26 ? 0 : (char)('A' + column % 26), 0 };
            if (len && c[0] == '<')
                gb_buf_addf(out, "<c r=\"%s%d\" %.*s</c>", at, line, len - 1, c + 1);
            else if (len > 2 && c[0] == '#' && c[2] == ':')
                gb_buf_addf(out, "<c r=\"%s%d\" s=\"%c\"><v>%.*s</v></c>", at, line, c[1], len - 3, c + 3);
            else if (len && c[0] == '#')
                gb_buf_addf(out, "<c r=\"%s%d\"><v>%.*s</v></c>", at, line, len - 1, c + 1);
            else if (len)
                gb_buf_addf(out, "<c r=\"%s%d\" t=\"inlineStr\"><is><t>%.*s</t></is></c>", at, line, len, c);
            c += len + 1;
        }
        gb_buf_adds(out, "</row>");
        p += n + (end != NULL);
    }
}
#endif
