/* Any bytes as a workbook. First byte: bit 0 takes the rest as the archive itself; otherwise the rest is, cut at form feeds, the inside
 * of the sheet, of the strings and of the styles, and the side file, packed into an archive here, so that a mutation reaches the
 * reader of cells and not only the checksum. The reading ends, a refusal has a finding, counts add up, receipts are clean. */
#include "base/utf8.h"
#include "intake/intake.h"
#include "tiny_catalogue.h"
#include "tiny_workbook.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { N_PARTS = 4 };

static void cut(const char *p, size_t n, struct gb_buf part[N_PARTS])
{
    for (int i = 0; i < N_PARTS; i++) {
        const char *end = i + 1 < N_PARTS && n ? memchr(p, '\f', n) : NULL;
        const size_t len = end ? (size_t)(end - p) : n;
        gb_buf_adds(&part[i], "");
        if (len)
            gb_buf_add(&part[i], p, len);
        p += end ? len + 1 : len;
        n -= end ? len + 1 : len;
    }
}

static void check(struct gb_intake *r, const struct gb_catalogue *c)
{
    struct gb_buf b = { 0 };
    struct gb_jval *v;
    struct gb_err e = { 0 };
    int64_t rows = 0;
    gb_assert(r->accepted || r->n_findings > 0);
    gb_assert(r->n_findings <= GB_FINDINGS_MAX && r->n_findings <= r->n_findings_all);
    for (size_t i = 0; i < r->n_segments; i++)
        rows += (int64_t)r->segment[i].n;
    gb_assert(rows == r->rows_accepted);
    if (r->accepted)
        gb_assert(r->rows_read == r->rows_accepted + r->rows_refused + r->rows_repeated);
    gb_receipt_text(r, c, &b);
    gb_assert(gb_text_check(b.p, b.n, NULL) == GB_TEXT_OK);
    gb_buf_reset(&b);
    gb_receipt_json(r, c, &b);
    gb_assert(gb_json_parse(&r->arena, b.p, b.n, &v, &e) == GB_OK);
    gb_buf_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    struct gb_catalogue c;
    tiny_catalogue(&c);
    const char *p = (const char *)data + 1;
    const size_t n = size - 1;
    struct zip_out z = { 0 };
    struct gb_buf part[N_PARTS] = { { 0 } };
    if (data[0] & 1) {
        gb_buf_add(&z.out, p, n);
    } else {
        cut(p, n, part);
        book_parts(&z, &(struct book){ .data = part[0].p, .strings = part[1].p, .styles = part[2].p });
        zip_finish(&z);
    }
    const struct gb_intake_options opt = { .today = { 2026, 11, 22 }, .received_utc = 1795300000, .partial = data[0] & 2 };
    struct gb_intake r;
    struct gb_err e = { 0 };
    gb_assert(gb_intake_read(&r, &c, "so-y-te_x.xlsx", z.out.p, z.out.n, part[3].n ? part[3].p : NULL, part[3].n, &opt, &e) == GB_OK);
    check(&r, &c);
    gb_intake_release(&r);
    for (int i = 0; i < N_PARTS; i++)
        gb_buf_release(&part[i]);
    gb_buf_release(&z.out);
    tiny_release(&c);
    return 0;
}
