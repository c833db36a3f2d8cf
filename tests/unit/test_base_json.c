/* JSON: what the writer prints byte for byte, what the reader keeps and what it refuses. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "base/json.h"

static void writes_a_tree(struct gb_json *j)
{
    gb_json_open(j, NULL, '{');
    gb_json_str(j, "name", "Thanh Hóa");
    gb_json_open(j, "empty", '[');
    gb_json_close(j, ']');
    gb_json_open(j, "values", '[');
    gb_json_dec(j, NULL, 12345, 1);
    gb_json_dec(j, NULL, -120000, 2);
    gb_json_dec_fixed(j, NULL, 25, 2, 1);
    gb_json_null(j, NULL);
    gb_json_open(j, NULL, '{');
    gb_json_bool(j, "ok", true);
    gb_json_bool(j, "no", false);
    gb_json_close(j, '}');
    gb_json_close(j, ']');
    gb_json_int(j, "n", -7);
    gb_json_str(j, "none", NULL);
    gb_json_close(j, '}');
}

static void layouts(void **state)
{
    (void)state;
    struct gb_buf b = { 0 };
    struct gb_json j = { .out = &b };
    writes_a_tree(&j);
    assert_string_equal(b.p, "{\"name\":\"Thanh Hóa\",\"empty\":[],\"values\":[1234.5,-1200,0.3,null,{\"ok\":true,\"no\":false}],"
                             "\"n\":-7,\"none\":null}");
    gb_buf_reset(&b);
    j = (struct gb_json){ .out = &b, .pretty = true };
    writes_a_tree(&j);
    assert_string_equal(b.p, "{\n  \"name\": \"Thanh Hóa\",\n  \"empty\": [],\n  \"values\": [\n    1234.5,\n    -1200,\n    0.3,\n    null,\n"
                             "    {\n      \"ok\": true,\n      \"no\": false\n    }\n  ],\n  \"n\": -7,\n  \"none\": null\n}");
    gb_buf_release(&b);
}

static void escapes(void **state)
{
    (void)state;
    static const struct { const char *in, *out; } row[] = {
        { "<script>&</script>", "\"\\u003cscript\\u003e\\u0026\\u003c/script\\u003e\"" },
        { "a\"b\\c", "\"a\\\"b\\\\c\"" },
        { "\n\r\t\b\x01\x7F", "\"\\n\\r\\t\\u0008\\u0001\\u007f\"" },
        { "\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xA7", "\"\\u2028\\u2029\xE2\x80\xA7\"" },
        { "Đắk Lắk \xF0\x9F\x98\x80", "\"Đắk Lắk \xF0\x9F\x98\x80\"" },
        { "bad \xB8 byte", "\"bad \\ufffd byte\"" },
        { "cut \xE1\xBA", "\"cut \\ufffd\\ufffd\"" },
        { "\xED\xA0\x80", "\"\\ufffd\\ufffd\\ufffd\"" },
        { "", "\"\"" },
    };
    struct gb_buf b = { 0 };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        gb_buf_reset(&b);
        struct gb_json j = { .out = &b };
        gb_json_str(&j, NULL, row[i].in);
        assert_string_equal(b.p, row[i].out);
    }
    gb_buf_release(&b);
}

static void numbers_beyond_doubles_are_text(void **state)
{
    (void)state;
    static const struct { int64_t v; int scale; const char *out; } row[] = {
        { INT64_C(9007199254740992), 0, "9007199254740992" },
        { INT64_C(9007199254740993), 0, "\"9007199254740993\"" },
        { -INT64_C(9007199254740993), 0, "\"-9007199254740993\"" },
        { INT64_C(9007199254740993), 3, "9007199254740.993" },
        { INT64_MAX, 0, "\"9223372036854775807\"" },
    };
    struct gb_buf b = { 0 };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        gb_buf_reset(&b);
        struct gb_json j = { .out = &b };
        gb_json_dec(&j, NULL, row[i].v, row[i].scale);
        assert_string_equal(b.p, row[i].out);
        if (row[i].scale == 0) {
            gb_buf_reset(&b);
            gb_json_int(&j, NULL, row[i].v);
            assert_string_equal(b.p, row[i].out);
        }
    }
    gb_buf_release(&b);
}

static void reads(void **state)
{
    (void)state;
    static const char text[] = "{\"agency\": \"So 1.5\\\" \\u0110\", \"seq\": 3, \"v\": [1.10, -2e3, 9223372036854775807, \"7\", [], {\"x\": 0.30}],"
                               " \"ok\": true, \"no\": false, \"none\": null, \"last\": -0.5}";
    struct gb_arena a;
    struct gb_err e = { 0 };
    struct gb_jval *v;
    gb_arena_init(&a, 0);
    assert_int_equal(gb_json_parse(&a, text, sizeof text - 1, &v, &e), GB_OK);
    assert_int_equal(v->kind, GB_J_OBJ);
    assert_int_equal(v->n, 7);
    assert_string_equal(gb_jstr(v, "agency"), "So 1.5\" Đ");
    int64_t n = 0;
    assert_true(gb_jint(v, "seq", &n));
    assert_int_equal(n, 3);
    const struct gb_jval *list = gb_jget(v, "v");
    assert_int_equal(list->kind, GB_J_ARR);
    assert_int_equal(list->n, 6);
    const struct gb_jval *x = list->child;
    assert_string_equal(x->s, "1.10"); /* as written */
    assert_int_equal(x->kind, GB_J_REAL);
    x = x->next;
    assert_string_equal(x->s, "-2e3");
    x = x->next;
    assert_string_equal(x->s, "9223372036854775807");
    assert_int_equal(x->i, INT64_MAX);
    x = x->next;
    assert_int_equal(x->kind, GB_J_STR);
    assert_string_equal(x->s, "7");
    x = x->next;
    assert_int_equal(x->n, 0);
    assert_null(x->child);
    x = x->next;
    assert_string_equal(gb_jget(x, "x")->s, "0.30");
    assert_null(x->next);
    assert_true(gb_jget(v, "ok")->b);
    assert_false(gb_jget(v, "no")->b);
    assert_int_equal(gb_jget(v, "none")->kind, GB_J_NULL);
    assert_string_equal(gb_jget(v, "last")->s, "-0.5");
    assert_null(gb_jget(v, "absent"));
    assert_null(gb_jget(list, "x"));
    assert_null(gb_jget(NULL, "x"));
    assert_null(gb_jstr(v, "seq"));
    assert_false(gb_jint(v, "last", &n));
    assert_string_equal(v->child->key, "agency"); /* members keep their order */
    gb_arena_release(&a);
}

static void refuses(void **state)
{
    (void)state;
    static const char *const bad[] = { "",        "{",           "{\"a\":1,\"a\":2}", "[1] x",  "{'a':1}",   "[1,]",      "[01]",  "[+1]",
                                       "[1.]",    "[NaN]",       "[1e999]",           "nul",    "[\"\xB8\"]", "[\"a\nb\"]", "{\"a\" 1}",
                                       "[9223372036854775808]",  "[\"\\u0000\"]",     "// x\n1" };
    struct gb_arena a;
    gb_arena_init(&a, 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct gb_err e = { 0 };
        struct gb_jval *v = NULL;
        if (gb_json_parse(&a, bad[i], strlen(bad[i]), &v, &e) != GB_E_INPUT || v) {
            fail_msg("accepted %s", bad[i]);
        }
        assert_int_equal(e.code, GB_E_INPUT);
        assert_non_null(strstr(e.frame[0], "JSON dòng"));
    }
    gb_arena_release(&a);
}

static void depth_is_limited(void **state)
{
    (void)state;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    for (int depth = 64; depth <= 66; depth++) {
        struct gb_buf b = { 0 };
        for (int i = 0; i < depth; i++) {
            gb_buf_addc(&b, '[');
        }
        for (int i = 0; i < depth; i++) {
            gb_buf_addc(&b, ']');
        }
        struct gb_err e = { 0 };
        struct gb_jval *v;
        assert_int_equal(gb_json_parse(&a, b.p, b.n, &v, &e), depth <= 65 ? GB_OK : GB_E_INPUT); /* 64 inside the outermost */
        gb_buf_release(&b);
    }
    gb_arena_release(&a);
}

static void a_scalar_is_a_document(void **state)
{
    (void)state;
    struct gb_arena a;
    struct gb_err e = { 0 };
    struct gb_jval *v;
    gb_arena_init(&a, 0);
    assert_int_equal(gb_json_parse(&a, " 12.50 ", 7, &v, &e), GB_OK);
    assert_string_equal(v->s, "12.50");
    gb_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layouts), cmocka_unit_test(escapes), cmocka_unit_test(numbers_beyond_doubles_are_text),
        cmocka_unit_test(reads),   cmocka_unit_test(refuses), cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(a_scalar_is_a_document),
    };
    return cmocka_run_group_tests_name("base/json", tests, NULL, NULL);
}
