/* Any bytes as text: the check never lets through what the others cannot take, and NFC, folding and order keep their laws. */
#include "base/json.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int sign(int d)
{
    return (d > 0) - (d < 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct gb_arena a;
    gb_arena_init(&a, 0);
    size_t at = SIZE_MAX;
    const char *text = gb_strndup(&a, (const char *)data, size);
    struct gb_buf b = { 0 };
    struct gb_json j = { .out = &b };
    gb_json_str(&j, NULL, text); /* whatever the bytes, the output is one valid JSON string */
    struct gb_jval *v;
    struct gb_err e = { 0 };
    gb_assert(gb_json_parse(&a, b.p, b.n, &v, &e) == GB_OK && v->kind == GB_J_STR);
    if (gb_text_check(text, size, &at) == GB_TEXT_OK) {
        gb_assert(at == SIZE_MAX && gb_streq(v->s, text));
        const char *nfc = gb_nfc(&a, text, size);
        gb_assert(gb_is_nfc(nfc, strlen(nfc)) && gb_streq(gb_nfc(&a, nfc, strlen(nfc)), nfc));
        gb_assert(gb_is_nfc(text, size) == gb_streq(nfc, text));
        const char *folded = gb_fold_search(&a, text);
        gb_assert(gb_streq(gb_fold_search(&a, folded), folded));
        const char *placed = gb_fold_tone_place(&a, nfc);
        gb_assert(gb_text_check(placed, strlen(placed), NULL) == GB_TEXT_OK);
        gb_assert(gb_utf8_length(gb_capitalise(&a, nfc)) == gb_utf8_length(nfc));
        gb_assert(gb_collate_vi(text, text) == 0);
        const char *second = gb_strndup(&a, text, size);
        for (char *p = (char *)(uintptr_t)second; *p; p++) { /* halves at a blank: two texts to compare */
            if (*p == ' ') {
                *p++ = '\0';
                gb_assert(sign(gb_collate_vi(second, p)) == -sign(gb_collate_vi(p, second)));
                break;
            }
        }
    } else {
        gb_assert(at < size);
    }
    gb_buf_release(&b);
    gb_arena_release(&a);
    return 0;
}
