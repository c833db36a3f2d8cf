/* Text: strict UTF-8, forbidden characters, NFC, folding for search and for the place of the tone, Vietnamese order. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "base/utf8.h"

static struct gb_arena arena;

static int open_arena(void **state)
{
    (void)state;
    gb_arena_init(&arena, 0);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    gb_arena_release(&arena);
    return 0;
}

static void checks(void **state)
{
    (void)state;
    static const struct { const char *text; size_t n; enum gb_text_fault want; size_t at; } row[] = {
        { "", 0, GB_TEXT_OK, 0 },
        { "Đắk Lắk, Hòa Bình\t\r\n", 26, GB_TEXT_OK, 0 },
        { "a\0b", 3, GB_TEXT_NUL, 1 },
        { "ab\x1B[2J", 6, GB_TEXT_CONTROL, 2 },
        { "a\x7F", 2, GB_TEXT_CONTROL, 1 },
        { "a\xC2\x85", 3, GB_TEXT_CONTROL, 1 },           /* C1: a Windows code page read as Latin-1 */
        { "x\xE2\x80\xAE", 4, GB_TEXT_BIDI, 1 },          /* U+202E */
        { "x\xE2\x81\xA6", 4, GB_TEXT_BIDI, 1 },          /* U+2066 */
        { "x\xE2\x80\x8B", 4, GB_TEXT_ZERO_WIDTH, 1 },    /* U+200B */
        { "x\xEF\xBB\xBF", 4, GB_TEXT_ZERO_WIDTH, 1 },    /* a BOM inside the text */
        { "\xCD\xB8", 2, GB_TEXT_UNASSIGNED, 0 },         /* U+0378 */
        { "\xEF\xBF\xBF", 3, GB_TEXT_UNASSIGNED, 0 },     /* U+FFFF */
        { "\xF0\x9F\x98\x80", 4, GB_TEXT_OK, 0 },         /* an emoji is assigned */
        { "\x80", 1, GB_TEXT_BAD_UTF8, 0 },
        { "\xC0\x80", 2, GB_TEXT_BAD_UTF8, 0 },           /* overlong NUL */
        { "\xC1\xBF", 2, GB_TEXT_BAD_UTF8, 0 },
        { "\xE0\x9F\xBF", 3, GB_TEXT_BAD_UTF8, 0 },
        { "\xF0\x8F\xBF\xBF", 4, GB_TEXT_BAD_UTF8, 0 },
        { "\xED\xA0\x80", 3, GB_TEXT_BAD_UTF8, 0 },       /* surrogate */
        { "\xF4\x90\x80\x80", 4, GB_TEXT_BAD_UTF8, 0 },   /* above U+10FFFF */
        { "\xF5\x80\x80\x80", 4, GB_TEXT_BAD_UTF8, 0 },
        { "ab\xE1\xBA", 4, GB_TEXT_BAD_UTF8, 2 },         /* cut */
        { "\xE1\xBA\x41", 3, GB_TEXT_BAD_UTF8, 0 },
        { "Thanh H\xB8", 8, GB_TEXT_BAD_UTF8, 7 },        /* TCVN3 */
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        /* at every distance from the block boundaries of the fast path, in memory that ends with the text */
        for (size_t pad = 0; pad < 40; pad++) {
            char *text = malloc(pad + row[i].n + 1);
            memset(text, 'x', pad);
            memcpy(text + pad, row[i].text, row[i].n);
            size_t at = 999;
            enum gb_text_fault got = gb_text_check(text, pad + row[i].n, &at);
            if (got != row[i].want || at != (got == GB_TEXT_OK ? 999 : pad + row[i].at)) {
                fail_msg("row %zu after %zu bytes: fault %d at %zu", i, pad, (int)got, at);
            }
            free(text);
        }
    }
    assert_int_equal(gb_text_check("x\x01", 2, NULL), GB_TEXT_CONTROL);
}

static void every_byte_alone(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++) { /* in the middle of a block of 16 */
        char text[48];
        memset(text, 'a', sizeof text);
        text[20] = (char)c;
        enum gb_text_fault want = c == 0                                          ? GB_TEXT_NUL
                                  : c == '\t' || c == '\n' || c == '\r'           ? GB_TEXT_OK
                                  : c < 0x20 || c == 0x7F                         ? GB_TEXT_CONTROL
                                  : c < 0x80                                      ? GB_TEXT_OK
                                                                                  : GB_TEXT_BAD_UTF8;
        assert_int_equal(gb_text_check(text, sizeof text, NULL), want);
    }
}

static void faults_are_named(void **state)
{
    (void)state;
    for (int f = GB_TEXT_OK; f <= GB_TEXT_UNASSIGNED; f++) {
        const char *s = gb_text_fault_vi((enum gb_text_fault)f);
        assert_true(strlen(s) > 3);
        assert_true(gb_is_nfc(s, strlen(s)));
        for (int g = GB_TEXT_OK; g < f; g++) {
            assert_string_not_equal(s, gb_text_fault_vi((enum gb_text_fault)g));
        }
    }
}

static void walks(void **state)
{
    (void)state;
    const char *p = "aẾ€\xF0\x9F\x98\x80", *end = p + strlen(p);
    static const uint32_t want[] = { 'a', 0x1EBE, 0x20AC, 0x1F600, 0, 0 };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        assert_int_equal(gb_utf8_next(&p, end), want[i]);
    }
    assert_int_equal(gb_utf8_length("Đắk Lắk"), 7);
    assert_int_equal(gb_utf8_length(""), 0);
    for (uint32_t cp = 1; cp <= 0x10FFFF; cp += cp < 0x3000 ? 1 : 97) {
        if (cp >= 0xD800 && cp <= 0xDFFF) {
            continue;
        }
        char bytes[4];
        const char *q = bytes;
        size_t n = gb_utf8_encode(cp, bytes);
        assert_int_equal(gb_utf8_next(&q, bytes + n), cp);
        assert_ptr_equal(q, bytes + n);
    }
}

static void normalises(void **state)
{
    (void)state;
    static const struct { const char *in, *out; } row[] = {
        { "Thanh Hoa", "Thanh Hoa" },
        { "Thanh Hóa", "Thanh Hóa" },
        { "Thanh Ho\xCC\x81\x61", "Thanh Hóa" },
        { "\xC4\x90\x61\xCC\x86\xCC\x81k", "Đắk" },
        { "\xC4\x90\xC4\x83\xCC\x81k", "Đắk" },                      /* half composed */
        { "\xE1\xBA\xA1\xCC\x82", "ậ" },                             /* ạ + circumflex */
        { "u\xCC\x9B\xCC\xA3", "ự" },
        { "\xE2\x84\xA6", "Ω" },                                     /* OHM SIGN is Omega */
        { "", "" },
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const char *nfc = gb_nfc(&arena, row[i].in, strlen(row[i].in));
        assert_string_equal(nfc, row[i].out);
        assert_int_equal(gb_is_nfc(row[i].in, strlen(row[i].in)), strcmp(row[i].in, row[i].out) == 0);
        assert_true(gb_is_nfc(nfc, strlen(nfc)));
    }
}

static void folds_for_search(void **state)
{
    (void)state;
    static const struct { const char *in, *out; } row[] = {
        { "Đắk Lắk", "dak lak" },
        { "  Uỷ  ban\tnhân dân ", "uy ban nhan dan" },
        { "ƯỚC TÍNH", "uoc tinh" },
        { "o\xCC\x82\xCC\x81", "o" },
        { "PM2.5 (µg/m³)", "pm2.5 (µg/m³)" },
        { "đường\xC2\xA0sá", "duong sa" },
        { "", "" },
        { "   ", "" },
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        assert_string_equal(gb_fold_search(&arena, row[i].in), row[i].out);
    }
}

static void folds_the_place_of_the_tone(void **state)
{
    (void)state;
    static const struct { const char *a, *b; bool same; } row[] = {
        { "Thanh Hóa", "Thanh Hoá", true },   { "Thủy", "Thuỷ", true },     { "Khỏe", "Khoẻ", true },       { "HÒA", "hoà", true },
        { "hóa", "hoa", false },              { "hóa", "hoà", false },      { "Hoằng Hóa", "Hoằng Hoá", true },
        { "Ho\xCC\x81\x61", "hoá", true },    { "Quý", "Qúy", true },       { "của", "cuả", false },        { "hoàn", "hòan", true },
        { "thuyền", "thùyên", false },        { "oà oà", "òa òa", true },   { "Đông", "đông", true },       { "Đông", "Dông", false },
        { "xã Tùy", "xã Tuỳ", true },         { "", "", true },
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const char *a = gb_fold_tone_place(&arena, row[i].a), *b = gb_fold_tone_place(&arena, row[i].b);
        if (gb_streq(a, b) != row[i].same) {
            fail_msg("%s -> %s, %s -> %s", row[i].a, a, row[i].b, b);
        }
    }
    assert_string_equal(gb_fold_tone_place(&arena, "Thanh Hóa"), "thanh hoá");
    assert_string_equal(gb_fold_tone_place(&arena, "thuyền"), "thuyền");
    assert_string_equal(gb_fold_tone_place(&arena, "PM 2.5"), "pm 2.5");
}

/* Each before all that follow it. */
static const char *const ordered[] = {
    "",         "-",        "1",         "10",       "9",        "a",         "A",        "à",        "À",       "ả",      "ã",
    "á",        "ạ",        "An",        "ă",        "ằ",        "ắ",         "ặ",        "â",        "ầ",       "ấ",      "ậ",
    "b",        "Ba Đình",  "Bà Rịa",    "Bá Thước", "Bắc Ninh", "c",         "Cẩm Thủy", "ch",       "cz",      "d",      "đ",
    "Đ",        "đa",       "e",         "é",        "ê",        "ế",         "f",        "g",        "h",       "Hà Trung", "Hạ Long",
    "Hậu Lộc",  "i",        "j",         "k",        "l",        "ma lan",    "mà",       "mà ca",    "mã",      "má",
    "n",        "Nga Sơn",  "Ngọc Lặc",  "o",        "ô",        "ơ",         "ợ",        "p",        "q",       "r",      "s",
    "t",        "u",        "ư",         "ự",        "v",        "w",         "x",        "y",        "z",
};

static void collates(void **state)
{
    (void)state;
    static const char *const tones[] = { "ma", "mà", "mả", "mã", "má", "mạ" };
    for (int i = 0; i + 1 < 6; i++) {
        assert_true(gb_collate_vi(tones[i], tones[i + 1]) < 0);
        assert_true(gb_collate_vi(tones[i + 1], tones[i]) > 0);
    }
    const size_t n = sizeof ordered / sizeof *ordered;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            if (gb_collate_vi(ordered[i], ordered[j]) >= 0 || gb_collate_vi(ordered[j], ordered[i]) <= 0) {
                fail_msg("\"%s\" should come before \"%s\"", ordered[i], ordered[j]);
            }
        }
        assert_int_equal(gb_collate_vi(ordered[i], ordered[i]), 0);
    }
}

static void collates_by_syllable(void **state)
{
    (void)state;
    static const char *const pair[][2] = {
        { "ma lan", "mà ca" },         /* the tone of the first syllable before the letters of the second */
        { "Hà Nội", "Hải Phòng" },     /* blank lowest */
        { "Thanh Hóa", "thanh Sơn" },
        { "thanh hóa", "Thanh Hóa" },  /* case last of all */
        { "Thanh hoa", "thanh hóa" },
        { "dân", "đan" },
    };
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
        if (gb_collate_vi(pair[i][0], pair[i][1]) >= 0) {
            fail_msg("\"%s\" should come before \"%s\"", pair[i][0], pair[i][1]);
        }
    }
    /* equal but for the form of the bytes: ordered, never equal; the same for the letters */
    assert_int_not_equal(gb_collate_vi("\xC3\xA0", "a\xCC\x80"), 0);
    assert_true(gb_collate_vi("a\xCC\x80", "ả") < 0);
    assert_true(gb_collate_vi("\xE1\xBA\xAD", "b") < 0);
}

static void changes_case(void **state)
{
    (void)state;
    assert_string_equal(gb_upper(&arena, "Ủy ban nhân dân tỉnh đặc khu"), "ỦY BAN NHÂN DÂN TỈNH ĐẶC KHU");
    assert_string_equal(gb_upper(&arena, ""), "");
    assert_string_equal(gb_capitalise(&arena, "đầu tư công"), "Đầu tư công");
    assert_string_equal(gb_capitalise(&arena, "ước tính"), "Ước tính");
    assert_string_equal(gb_capitalise(&arena, "9 tháng"), "9 tháng");
    assert_string_equal(gb_capitalise(&arena, ""), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checks),
        cmocka_unit_test(every_byte_alone),
        cmocka_unit_test(faults_are_named),
        cmocka_unit_test(walks),
        cmocka_unit_test(normalises),
        cmocka_unit_test(folds_for_search),
        cmocka_unit_test(folds_the_place_of_the_tone),
        cmocka_unit_test(collates),
        cmocka_unit_test(collates_by_syllable),
        cmocka_unit_test(changes_case),
    };
    return cmocka_run_group_tests_name("base/utf8", tests, open_arena, close_arena);
}
