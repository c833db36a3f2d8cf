/* pdf_plain.h — a PDF in the clear: its bytes with every compressed stream inflated in place, for tests that look for objects. */
#ifndef GB_TEST_PDF_PLAIN_H
#define GB_TEST_PDF_PLAIN_H
#ifndef _GNU_SOURCE
#error "memmem"
#endif
#include <string.h>
#include <zlib.h>

#include "base/err.h"
#include "base/str.h"

static inline void pdf_plain(const struct gb_buf *pdf, struct gb_buf *out)
{
    const char *p = pdf->p, *end = p + pdf->n;
    static const char word[] = "stream";
    while (p < end) {
        const char *s = memmem(p, (size_t)(end - p), word, sizeof word - 1);
        if (!s || s + 8 >= end) break;
        const char *data = s + sizeof word - 1;
        data += *data == '\r';
        data += *data == '\n';
        gb_buf_add(out, p, (size_t)(data - p));
        z_stream z = { .next_in = (z_const Bytef *)data, .avail_in = (uInt)(end - data) };
        if ((unsigned char)*data == 0x78 && inflateInit(&z) == Z_OK) {
            char part[8192];
            int rc;
            do {
                z.next_out = (Bytef *)part;
                z.avail_out = sizeof part;
                rc = inflate(&z, Z_NO_FLUSH);
                gb_buf_add(out, part, sizeof part - z.avail_out);
            } while (rc == Z_OK);
            data = rc == Z_STREAM_END ? (const char *)z.next_in : data;
            inflateEnd(&z);
        }
        const char *stop = memmem(data, (size_t)(end - data), "endstream", 9);
        if (!stop) break;
        gb_buf_add(out, data, (size_t)(stop - data));
        gb_buf_adds(out, "\nendstream");
        p = stop + 9;
    }
    if (p < end) gb_buf_add(out, p, (size_t)(end - p));
}

static inline int pdf_count(const struct gb_buf *plain, const char *what)
{
    int n = 0;
    const char *p = plain->p, *end = p + plain->n;
    while (p < end && (p = memmem(p, (size_t)(end - p), what, strlen(what))) != NULL) {
        n++;
        p += strlen(what);
    }
    return n;
}
#endif
