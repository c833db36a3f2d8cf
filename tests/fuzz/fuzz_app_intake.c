/* Any bytes as what the reader of a delivery says, and as what it is asked. What decodes must hold only indexes of the catalogue (a
 * receipt is written from it) and come out the same after encoding and decoding again. */
#include "app/ingest_wire.h"
#include "tiny_catalogue.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void answer(const uint8_t *data, size_t size)
{
    struct gb_catalogue c;
    struct gb_intake r = { 0 }, again = { 0 };
    struct gb_buf b = { 0 }, b2 = { 0 }, text = { 0 };
    tiny_catalogue(&c);
    if (gb_intake_decode(&r, &c, data, size)) {
        gb_receipt_json(&r, &c, &text);
        gb_receipt_text(&r, &c, &text);
        gb_intake_encode(&r, &b);
        gb_assert(gb_intake_decode(&again, &c, b.p, b.n));
        gb_intake_encode(&again, &b2);
        gb_assert(b.n == b2.n && memcmp(b.p, b2.p, b.n) == 0);
        gb_intake_release(&again);
    }
    gb_intake_release(&r);
    gb_buf_release(&b);
    gb_buf_release(&b2);
    gb_buf_release(&text);
    tiny_release(&c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct gb_intake_question q;
    struct gb_arena a;
    answer(data, size);
    gb_arena_init(&a, 0);
    if (gb_intake_question_read(&a, data, size, &q))
        gb_assert(q.bytes.n <= size && q.meta.n <= size && strlen(q.name) < size);
    gb_arena_release(&a);
    return 0;
}
