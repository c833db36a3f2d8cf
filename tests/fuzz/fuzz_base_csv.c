/* Any bytes: the reader ends, its fields lie inside the input or the scratch, and rows written by us read back equal. */
#include "base/csv.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_back(const struct gb_csv *row)
{
    static struct gb_csv again;
    struct gb_buf b = { 0 };
    struct gb_arena a;
    gb_arena_init(&a, 0);
    const char *text[GB_CSV_MAX_FIELDS];
    for (int i = 0; i < row->n_fields; i++) {
        text[i] = gb_strndup(&a, row->field[i].p, row->field[i].n);
        if (strlen(text[i]) != row->field[i].n) { /* a NUL: the writer takes C strings */
            gb_arena_release(&a);
            gb_buf_release(&b);
            return;
        }
        gb_csv_code(&b, i == 0, text[i]);
    }
    gb_csv_end(&b);
    bool bom = gb_starts_with(b.p, "\xEF\xBB\xBF");
    gb_csv_init(&again, b.p, b.n, ',');
    gb_assert(gb_csv_next(&again) == GB_CSV_ROW);
    gb_assert(again.n_fields == row->n_fields);
    for (int i = bom; i < row->n_fields; i++) {
        gb_assert(gb_str_eq_c(again.field[i], text[i]));
    }
    gb_assert(gb_csv_next(&again) == GB_CSV_END);
    gb_csv_release(&again);
    gb_buf_release(&b);
    gb_arena_release(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct gb_csv c;
    if (size == 0) {
        return 0;
    }
    int64_t line = 0;
    gb_csv_init(&c, (const char *)data + 1, size - 1, data[0] & 1 ? ';' : ',');
    while (gb_csv_next(&c) == GB_CSV_ROW) {
        gb_assert(c.line > line && c.next_line >= c.line);
        gb_assert(c.n_fields >= 1);
        line = c.line;
        for (int i = 0; i < c.n_fields; i++) {
            gb_assert(c.field[i].n <= GB_CSV_MAX_FIELD_BYTES);
            (void)gb_text_check(c.field[i].p, c.field[i].n, NULL); /* reads every byte */
        }
        read_back(&c);
    }
    gb_assert(gb_csv_next(&c) == GB_CSV_END);
    gb_csv_release(&c);
    return 0;
}
