/* CSV both ways: RFC 4180, its edges and its faults; formulas made harmless. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "base/csv.h"

static struct gb_csv c;

/* Every row of `text` as "a|b|c\n", then the closing status as a digit. */
static char *rows_of(const char *text, size_t n, char delimiter, struct gb_buf *out)
{
    gb_buf_reset(out);
    gb_csv_init(&c, text, n, delimiter);
    enum gb_csv_status s;
    while ((s = gb_csv_next(&c)) == GB_CSV_ROW) {
        for (int i = 0; i < c.n_fields; i++) {
            gb_buf_addf(out, "%s%.*s", i ? "|" : "", (int)c.field[i].n, c.field[i].n ? c.field[i].p : "");
        }
        gb_buf_addc(out, '\n');
    }
    gb_buf_addc(out, (char)('0' + s));
    gb_csv_release(&c);
    return out->p;
}

static void reads(void **state)
{
    (void)state;
    static const struct { const char *text; char delimiter; const char *want; } row[] = {
        { "", ',', "1" },
        { "a", ',', "a\n1" },
        { "a,b,c\n", ',', "a|b|c\n1" },
        { "a,b,c\r\n1,2,3\r\n", ',', "a|b|c\n1|2|3\n1" },
        { "a;b\n1,5;2\n", ';', "a|b\n1,5|2\n1" },
        { "a,", ',', "a|\n1" },
        { ",\n", ',', "|\n1" },
        { "\n", ',', "\n1" },
        { "a\n\nb\n", ',', "a\n\nb\n1" },
        { "\r\n", ',', "\n1" },
        { "\"\"\n", ',', "\n1" },
        { "\"\",\"\"", ',', "|\n1" },
        { "\"a,b\",c\n", ',', "a,b|c\n1" },
        { "\"say \"\"hi\"\"\",\"\"\"\",\"x\"\n", ',', "say \"hi\"|\"|x\n1" },
        { "\"two\nlines\",z\r\n", ',', "two\nlines|z\n1" },
        { "\"a\"\r\n\"b\"", ',', "a\nb\n1" },
        { "\xEF\xBB\xBFindicator,\"x\"\"y\"\r\n", ',', "indicator|x\"y\n1" },
        { "a\tb\n", '\t', "a|b\n1" },
        { "abcdefghijklmnop,qrstuvwxyz0123456789,\n", ',', "abcdefghijklmnop|qrstuvwxyz0123456789|\n1" },
        { "a\rb,c\n", ',', "a\rb|c\n1" }, /* a bare CR is data; the text check of intake names it */
        { "a,\"b\n", ',', "2" },
        { "a,\"", ',', "2" },
        { "1,2\na,b\"c,d\n", ',', "1|2\n3" },
        { "\"a\"b,c\n", ',', "3" },
        { "\"a\" ,c\n", ',', "3" },
        { "\"a\"\rb\n", ',', "3" },
        { "x,\"open\n4,\"q\",5\n", ',', "2" }, /* swallowed a line, closed by the next field's quote */
    };
    struct gb_buf out = { 0 };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        assert_string_equal(rows_of(row[i].text, strlen(row[i].text), row[i].delimiter, &out), row[i].want);
    }
    gb_buf_release(&out);
}

static void every_alignment(void **state)
{
    (void)state;
    /* the scanner looks at eight bytes at once: a field boundary must be seen at every offset, in a buffer that ends there */
    for (size_t a = 0; a < 20; a++) {
        for (size_t b = 0; b < 20; b++) {
            size_t n = a + 1 + b;
            char *text = malloc(n);
            memset(text, '~', n); /* 0x7E and 0x80 are the neighbours that a sloppy byte search gets wrong */
            memset(text, 0x80, a / 2);
            text[a] = ',';
            gb_csv_init(&c, text, n, ',');
            assert_int_equal(gb_csv_next(&c), GB_CSV_ROW);
            assert_int_equal(c.n_fields, 2);
            assert_int_equal(c.field[0].n, a);
            assert_int_equal(c.field[1].n, b);
            assert_int_equal(gb_csv_next(&c), GB_CSV_END);
            gb_csv_release(&c);
            free(text);
        }
    }
}

static void neighbours_of_the_specials(void **state)
{
    (void)state;
    /* bytes one off a special character are not special */
    const char text[] = "+-\v\t!#+-\v\t!#,+-!#\v\t+-!#";
    gb_csv_init(&c, text, sizeof text - 1, ',');
    assert_int_equal(gb_csv_next(&c), GB_CSV_ROW);
    assert_int_equal(c.n_fields, 2);
    assert_int_equal(c.field[0].n, 12);
    gb_csv_release(&c);
}

static void a01_excel_file(void **state)
{
    (void)state;
    const char text[] = "\xEF\xBB\xBFindicator,region,note\r\nx,14818,\"một, hai\nba\"\r\n";
    gb_csv_init(&c, text, sizeof text - 1, ',');
    assert_int_equal(gb_csv_next(&c), GB_CSV_ROW);
    assert_true(gb_str_eq_c(c.field[0], "indicator"));
    assert_int_equal(c.line, 1);
    assert_int_equal(gb_csv_next(&c), GB_CSV_ROW);
    assert_true(gb_str_eq_c(c.field[2], "một, hai\nba"));
    assert_int_equal(c.line, 2);
    assert_int_equal(c.next_line, 4);
    assert_int_equal(gb_csv_next(&c), GB_CSV_END);
    gb_csv_release(&c);
}

static void a07_line_of_a_short_row(void **state)
{
    (void)state;
    struct gb_buf b = { 0 };
    for (int i = 1; i <= 10000; i++) {
        gb_buf_adds(&b, i == 5000 ? "1,2,3,4,5,6,7\n" : i == 100 ? "\"1\n1\",2,3,4,5,6,7,8\n" : "1,2,3,4,5,6,7,8\n");
    }
    gb_csv_init(&c, b.p, b.n, ',');
    int64_t at = 0, n = 0;
    while (gb_csv_next(&c) == GB_CSV_ROW) {
        n++;
        if (c.n_fields != 8) {
            at = c.line;
        }
    }
    assert_int_equal(n, 10000);
    assert_int_equal(at, 5001); /* row 100 has two lines */
    gb_csv_release(&c);
    gb_buf_release(&b);
}

static void a08_unclosed_quote(void **state)
{
    (void)state;
    struct gb_buf b = { 0 };
    gb_buf_adds(&b, "a,b\n1,2\n3,\"open\n");
    while (b.n < 8u << 20) {
        gb_buf_adds(&b, "1234567890,1234567890,1234567890\n");
    }
    gb_csv_init(&c, b.p, b.n, ',');
    assert_int_equal(gb_csv_next(&c), GB_CSV_ROW);
    assert_int_equal(gb_csv_next(&c), GB_CSV_ROW);
    assert_int_equal(gb_csv_next(&c), GB_CSV_UNCLOSED_QUOTE);
    assert_int_equal(c.line, 3);
    assert_int_equal(gb_csv_next(&c), GB_CSV_END); /* nothing is read after a fault */
    gb_csv_release(&c);
    gb_buf_release(&b);
}

static void a09_limits(void **state)
{
    (void)state;
    struct gb_buf b = { 0 };
    for (int i = 0; i < 256; i++) {
        gb_buf_adds(&b, i ? ",x" : "x");
    }
    gb_csv_init(&c, b.p, b.n, ',');
    assert_int_equal(gb_csv_next(&c), GB_CSV_ROW);
    assert_int_equal(c.n_fields, 256);
    gb_csv_release(&c);
    gb_buf_adds(&b, ",x");
    gb_csv_init(&c, b.p, b.n, ',');
    assert_int_equal(gb_csv_next(&c), GB_CSV_TOO_MANY_FIELDS);
    gb_csv_release(&c);

    for (int quoted = 0; quoted < 3; quoted++) { /* plain, quoted, with doubled quotes */
        for (size_t over = 0; over < 2; over++) {
            gb_buf_reset(&b);
            gb_buf_adds(&b, quoted ? "\"" : "");
            for (size_t i = 0; i < GB_CSV_MAX_FIELD_BYTES + over; i++) {
                gb_buf_adds(&b, quoted == 2 ? "\"\"" : "x");
            }
            gb_buf_adds(&b, quoted ? "\"\n" : "\n");
            gb_csv_init(&c, b.p, b.n, ',');
            assert_int_equal(gb_csv_next(&c), over ? GB_CSV_FIELD_TOO_LONG : GB_CSV_ROW);
            assert_true(over || c.field[0].n == GB_CSV_MAX_FIELD_BYTES);
            gb_csv_release(&c);
        }
    }
    gb_buf_release(&b);
}

static void many_unescaped_fields(void **state)
{
    (void)state;
    /* the scratch moves several times while one row is read; all its fields must point into the last place */
    struct gb_buf b = { 0 };
    for (int i = 0; i < 200; i++) {
        gb_buf_addf(&b, "%s\"%d\"\"%0*d\",p%d", i ? "," : "", i, i + 1, 0, i);
    }
    gb_csv_init(&c, b.p, b.n, ',');
    assert_int_equal(gb_csv_next(&c), GB_CSV_TOO_MANY_FIELDS); /* 400 */
    gb_csv_release(&c);
    gb_buf_reset(&b);
    for (int i = 0; i < 120; i++) {
        gb_buf_addf(&b, "%s\"%d\"\"%0*d\",p%d", i ? "," : "", i, i + 1, 0, i);
    }
    gb_csv_init(&c, b.p, b.n, ',');
    assert_int_equal(gb_csv_next(&c), GB_CSV_ROW);
    assert_int_equal(c.n_fields, 240);
    for (int i = 0; i < 120; i++) {
        char want[160];
        int n = snprintf(want, sizeof want, "%d\"%0*d", i, i + 1, 0);
        assert_int_equal(c.field[2 * i].n, n);
        assert_memory_equal(c.field[2 * i].p, want, (size_t)n);
        n = snprintf(want, sizeof want, "p%d", i);
        assert_memory_equal(c.field[2 * i + 1].p, want, (size_t)n);
    }
    gb_csv_release(&c);
    gb_buf_release(&b);
}

static void writes_text(void **state)
{
    (void)state;
    static const struct { const char *in, *want; } row[] = {
        { "Thanh Hóa", "Thanh Hóa" },
        { "a,b", "\"a,b\"" },
        { "say \"hi\"", "\"say \"\"hi\"\"\"" },
        { "two\nlines", "\"two\nlines\"" },
        { "", "" },
        { "=1+1", "'=1+1" },
        { "@SUM(A1)", "'@SUM(A1)" },
        { "+cmd|'/c calc'!A0", "'+cmd|'/c calc'!A0" },
        { "-2+3", "'-2+3" },
        { "\t=1", "'\t=1" },
        { "\r=1", "\"'\r=1\"" },
        { "  =1", "'  =1" },
        { "\xC2\xA0=1", "'\xC2\xA0=1" },
        { "|x", "'|x" },
        { "=\"x\"", "\"'=\"\"x\"\"\"" },
        { "＝1+1", "'＝1+1" },
        { "＠x", "'＠x" },
        { "－1", "'－1" },
        { "-12.5", "-12.5" },
        { "-", "'-" },
        { "- gạch đầu dòng", "'- gạch đầu dòng" },
        { "1=1", "1=1" },
    };
    struct gb_buf b = { 0 };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        gb_buf_reset(&b);
        gb_csv_text(&b, true, row[i].in);
        assert_string_equal(b.p, row[i].want);
    }
    gb_buf_release(&b);
}

static void writes_rows_it_can_read(void **state)
{
    (void)state;
    struct gb_buf b = { 0 };
    gb_csv_code(&b, true, "2026-W47");
    gb_csv_text(&b, false, "một, \"hai\"");
    gb_csv_number(&b, false, -123450, 2);
    gb_csv_number(&b, false, 0, 6);
    gb_csv_empty(&b, false);
    gb_csv_text(&b, false, NULL);
    gb_csv_code(&b, false, "-x");
    gb_csv_end(&b);
    assert_string_equal(b.p, "2026-W47,\"một, \"\"hai\"\"\",-1234.5,0,,,-x\r\n");
    struct gb_buf out = { 0 };
    assert_string_equal(rows_of(b.p, b.n, ',', &out), "2026-W47|một, \"hai\"|-1234.5|0|||-x\n1");
    gb_buf_release(&out);
    gb_buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads),
        cmocka_unit_test(every_alignment),
        cmocka_unit_test(neighbours_of_the_specials),
        cmocka_unit_test(a01_excel_file),
        cmocka_unit_test(a07_line_of_a_short_row),
        cmocka_unit_test(a08_unclosed_quote),
        cmocka_unit_test(a09_limits),
        cmocka_unit_test(many_unescaped_fields),
        cmocka_unit_test(writes_text),
        cmocka_unit_test(writes_rows_it_can_read),
    };
    return cmocka_run_group_tests_name("base/csv", tests, NULL, NULL);
}
