/* test_render_pdf.c — a document as PDF: same bytes twice, nothing that runs or leads outside, the text a reader can search.
 *
 * The file is uncompressed by no tool here: what is looked for stands in the clear (objects, outline), and the text of a page is
 * checked by the layout's tests, which use the very strings that are drawn.
 */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "document_fixture.h"
#include "render/render.h"

static void build(struct fixture *f)
{
    fixture_open(f);
    f->c.locality = (struct gb_locality){ .slug = "thanh-hoa", .name = "Tỉnh Thanh Hóa", .parent_agency = "ỦY BAN NHÂN DÂN", .issuing_agency = "TỈNH THANH HÓA",
                                          .office = "VĂN PHÒNG", .place = "Thanh Hóa", .symbol = "BC-VP", .committee = "UBND tỉnh", .contact = "Văn phòng UBND tỉnh" };
    struct gb_node *s = gb_doc_section(f->d, f->d->root, "muc", "Mục một");
    struct gb_node *p = gb_doc_para(f->d, s);
    gb_text_add(f->d, &p->text, "Một đoạn văn đủ dài để có hai dòng căn đều, với mọi dấu: ắ ằ ẳ ẵ ặ ế ề ể ễ ệ ố ồ ổ ỗ ộ ớ ờ ở ỡ ợ ứ ừ ử ữ ự ý ỳ ỷ ỹ ỵ đ Đ; xem ", 0);
    gb_text_link(f->d, &p->text, "mục sau", "#sau");
    gb_text_add(f->d, &p->text, ".", 0);
    struct gb_chart_point pt[3];
    for (int i = 0; i < 3; i++) {
        pt[i] = (struct gb_chart_point){ .x = gb_value_period(GB_FREQ_MONTH, MONTH(2026, 8) + i), .y = { .kind = GB_V_NUM, .num = 100 + i * 7, .scale = 1, .decimals = 1 } };
    }
    struct gb_chart_series series = { .name = "Thực hiện", .role = GB_ROLE_ACTUAL, .point = pt, .n = 3 };
    struct gb_chart c = { .kind = GB_CHART_LINE, .title = "Tăng", .alt = "Biểu đồ.", .unit = "%", .source = "Sở", .series = &series, .n_series = 1, .freq = GB_FREQ_MONTH };
    gb_doc_chart(f->d, s, "hinh", &c);
    gb_doc_section(f->d, f->d->root, "sau", "Mục hai");
    gb_text_add(f->d, &gb_doc_callout(f->d, f->d->root->last, GB_DANGER)->text, "Chú ý.", 0);
}

static struct gb_buf pdf(struct fixture *f)
{
    struct gb_edition_info ed = { .id = "2026-11-22-r1", .short_hash = "9f3c0a6be21d4470", .date = { 2026, 11, 22 } };
    struct gb_buf out = { 0 };
    struct gb_err e = { 0 };
    char line[GB_ERR_TEXT];
    if (gb_doc_check(f->d, &e) || gb_render_pdf(f->d, &ed, &out, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    return out;
}

static bool has(const struct gb_buf *b, const char *s)
{
    return memmem(b->p, b->n, s, strlen(s)) != NULL;
}

static void same_bytes(void **state)
{
    (void)state;
    struct fixture f, g;
    build(&f);
    build(&g);
    struct gb_buf a = pdf(&f), b = pdf(&g), c = pdf(&f); /* laying out does not change the document */
    assert_int_equal(a.n, b.n);
    assert_memory_equal(a.p, b.p, a.n);
    assert_int_equal(a.n, c.n);
    assert_memory_equal(a.p, c.p, a.n);
    gb_buf_release(&a);
    gb_buf_release(&b);
    gb_buf_release(&c);
    fixture_close(&f);
    fixture_close(&g);
}

static void structure(void **state)
{
    (void)state;
    struct fixture f;
    build(&f);
    struct gb_buf b = pdf(&f);
    assert_true(b.n > 1000 && memcmp(b.p, "%PDF-1.", 7) == 0);
    static const char *const must[] = { "/Outlines", "/ToUnicode", "/Lang", "/FlateDecode", "/Link" };
    for (size_t i = 0; i < sizeof must / sizeof *must; i++) {
        if (!has(&b, must[i])) fail_msg("no %s", must[i]);
    }
    static const char *const never[] = { "/JavaScript", "/URI", "/Encrypt", "/EmbeddedFile", "/Launch", "/OpenAction" };
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        if (has(&b, never[i])) fail_msg("has %s", never[i]);
    }
    gb_buf_release(&b);
    fixture_close(&f);
}

/* A letter no bundled font has is an error that names the document, not a blank in the paper. */
static void unknown_letter(void **state)
{
    (void)state;
    struct fixture f;
    build(&f);
    gb_text_add(f.d, &gb_doc_para(f.d, f.d->root)->text, "\xE4\xB8\xAD", 0);
    struct gb_edition_info ed = { .id = "x", .date = { 2026, 11, 22 } };
    struct gb_buf out = { 0 };
    struct gb_err e = { 0 };
    assert_int_not_equal(gb_render_pdf(f.d, &ed, &out, &e), GB_OK);
    assert_int_equal(out.n, 0);
    gb_buf_release(&out);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(same_bytes), cmocka_unit_test(structure), cmocka_unit_test(unknown_letter) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
