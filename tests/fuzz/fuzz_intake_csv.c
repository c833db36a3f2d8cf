/* Any bytes as a delivery: the reading ends, a refusal has a finding, the counts add up, receipts are clean text and valid JSON,
 * and what was accepted survives the store's packing. The first byte chooses whether a side file is split off and how rows count. */
#include "base/utf8.h"
#include "intake/intake.h"
#include "store/pack.h"
#include "tiny_catalogue.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_segments(const struct gb_intake *r)
{
    int64_t rows = 0;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    for (size_t i = 0; i < r->n_segments; i++) {
        const struct gb_segment *s = &r->segment[i];
        const char *code[sizeof tiny_region / sizeof *tiny_region];
        uint32_t *id = GB_NEW_N(&a, s->n, uint32_t);
        for (size_t k = 0; k < sizeof code / sizeof *code; k++)
            code[k] = tiny_region[k].code;
        for (size_t k = 0; k < s->n; k++) {
            while (!gb_streq(code[id[k]], s->region[k]))
                id[k]++;
            gb_assert(s->line[k] > 1);
        }
        struct gb_buf b = { 0 };
        gb_assert(gb_pack_encode(&a, s, id, &b));
        struct gb_segment back = { .indicator = s->indicator, .scale = s->scale, .freq = s->freq, .n = s->n };
        struct gb_err e = { 0 };
        gb_assert(gb_pack_decode(&a, b.p, b.n, code, sizeof code / sizeof *code, &back, &e) == GB_OK);
        gb_assert(memcmp(back.value, s->value, s->n * sizeof *s->value) == 0);
        gb_buf_release(&b);
        rows += (int64_t)s->n;
    }
    gb_arena_release(&a);
    gb_assert(rows == r->rows_accepted);
}

static void check_receipts(struct gb_intake *r, const struct gb_catalogue *c)
{
    struct gb_buf b = { 0 };
    gb_receipt_text(r, c, &b);
    gb_assert(gb_text_check(b.p, b.n, NULL) == GB_TEXT_OK);
    gb_buf_reset(&b);
    gb_receipt_json(r, c, &b);
    struct gb_jval *v;
    struct gb_err e = { 0 };
    gb_assert(gb_json_parse(&r->arena, b.p, b.n, &v, &e) == GB_OK);
    gb_buf_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    struct gb_catalogue c;
    tiny_catalogue(&c);
    const char *csv = (const char *)data + 1, *meta = NULL;
    size_t n = size - 1, m = 0;
    if (data[0] & 2 && n) { /* side file first, up to a form feed */
        meta = csv;
        const char *end = memchr(csv, '\f', n);
        m = end ? (size_t)(end - csv) : n;
        csv += m < n ? m + 1 : m;
        n -= m < n ? m + 1 : m;
    }
    const struct gb_intake_options opt = { .today = { 2026, 11, 22 }, .received_utc = 1795300000, .partial = data[0] & 1 };
    struct gb_intake r;
    struct gb_err e = { 0 };
    gb_assert(gb_intake_read(&r, &c, "so-y-te_x.csv", csv, n, meta, m, &opt, &e) == GB_OK);
    gb_assert(r.accepted || r.n_findings > 0);
    gb_assert(r.n_findings <= GB_FINDINGS_MAX && r.n_findings <= r.n_findings_all);
    if (r.accepted)
        gb_assert(r.rows_read == r.rows_accepted + r.rows_refused + r.rows_repeated);
    else
        gb_assert(r.rows_accepted == 0 && r.n_segments == 0);
    check_segments(&r);
    check_receipts(&r, &c);
    gb_intake_release(&r);
    tiny_release(&c);
    return 0;
}
