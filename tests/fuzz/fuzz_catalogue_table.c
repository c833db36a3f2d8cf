/* Any bytes as a catalogue table: no crash, every note has a file and a text, every cell is clean NFC text. */
#include <stddef.h>
#include <stdint.h>
#include "catalogue/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct gb_column cols[] = { { "code", true }, { "value", true }, { "date", false }, { "yes", false }, { "refs", false } };
    struct gb_catalogue c = {0};
    struct gb_table t;
    gb_arena_init(&c.arena, 0);
    gb_map_init(&c.by_agency);
    struct gb_load l = { .c = &c, .notes = { .arena = &c.arena } };
    gb_table_parse(&l, &t, "fuzz.csv", (const char *)data, size, cols, 5);
    for (int i = 0; i < t.n_rows; i++) {
        int n;
        int64_t v;
        if (gb_cell_code(&t, i, 0) && gb_table_unique(&t, i, 0, &c.by_agency, i))
            gb_assert(gb_map_find_c(&c.by_agency, gb_cell(&t, i, 0)) == i);
        if (gb_cell_decimal(&t, i, 1, 3, &v))
            gb_assert(v != INT64_MIN);
        struct gb_date d = gb_cell_date(&t, i, 2);
        gb_assert(d.year == 0 || gb_date_valid(d));
        (void)gb_cell_yes(&t, i, 3, false);
        (void)gb_cell_refs(&t, i, 4, &c.by_agency, NULL, 0, "fuzz.csv", &n);
        for (int k = 0; k < 5; k++) {
            const char *s = gb_cell(&t, i, k);
            gb_assert(gb_text_check(s, strlen(s), NULL) == GB_TEXT_OK && gb_is_nfc(s, strlen(s)));
        }
    }
    for (size_t i = 0; i < l.notes.n; i++) {
        const char *s = l.notes.v[i].text;
        gb_assert(l.notes.v[i].file && *s && gb_text_check(s, strlen(s), NULL) == GB_TEXT_OK);
    }
    gb_notes_sort(&l.notes);
    gb_map_release(&c.by_agency);
    gb_arena_release(&c.arena);
    return 0;
}
