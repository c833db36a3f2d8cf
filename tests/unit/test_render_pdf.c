/* test_render_pdf.c — a document as PDF: same bytes twice, nothing that runs or leads outside, the text a reader can search.
 *
 * Its streams are inflated here; the text of a page is checked by the layout's tests, which use the very strings that are drawn.
 */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "document_fixture.h"
#include "pdf_plain.h"
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

static struct gb_buf plain_of(const struct gb_buf *pdf)
{
    struct gb_buf plain = { 0 };
    pdf_plain(pdf, &plain);
    return plain;
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
    assert_true(has(&b, "<pdfaid:part>2<") && has(&b, "<pdfaid:conformance>A<")); /* in the clear, for any archive */
    struct gb_buf p = plain_of(&b);
    static const char *const must[] = { "/Outlines", "/ToUnicode", "/Lang", "/Link", "/MarkInfo<</Marked true>>", "/OutputIntents", "/DisplayDocTitle true" };
    for (size_t i = 0; i < sizeof must / sizeof *must; i++) {
        if (!has(&p, must[i])) fail_msg("no %s", must[i]);
    }
    static const char *const never[] = { "/JavaScript", "/URI", "/Encrypt", "/EmbeddedFile", "/Launch", "/OpenAction", "/Subtype /Form" };
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        if (has(&p, never[i])) fail_msg("has %s", never[i]);
    }
    gb_buf_release(&p);
    gb_buf_release(&b);
    fixture_close(&f);
}

/* What each part is, for those who hear it: one object an element, the right number of each. */
static void elements(void **state)
{
    (void)state;
    struct fixture f;
    build(&f);
    struct gb_node *t = gb_doc_table(f.d, f.d->root->last, "bang", "Bảng", 3);
    gb_doc_col(f.d, t, 0, "TT", NULL, GB_CENTER, 0);
    gb_doc_col(f.d, t, 1, "Xã", NULL, GB_LEFT, 0);
    gb_doc_col(f.d, t, 2, "Số", "vụ", GB_DECIMAL, 0);
    gb_doc_group_row(f.d, t, "Nhóm");
    for (int i = 0; i < 2; i++) {
        struct gb_row *r = gb_doc_row(f.d, t);
        gb_doc_cell_text(f.d, r, 1, "Xã Mẫu"); /* the first cell stays empty: still a cell */
        gb_doc_cell_value(f.d, r, 2, (struct gb_value){ .kind = GB_V_NUM, .num = 5 + i, .unit = "vụ", .fact = { -1, -1, 0, GB_D_NONE } });
        gb_doc_cell_state(f.d, r, 2, GB_WARNING);
    }
    struct gb_node *l = gb_doc_list(f.d, f.d->root->last, true);
    for (int i = 0; i < 2; i++) gb_text_add(f.d, gb_doc_item(f.d, l), "Một việc.", 0);
    struct gb_buf b = pdf(&f), p = plain_of(&b);
    static const struct {
        const char *what;
        int n;
    } want[] = { { "/S/Document/", 1 }, { "/S/H1/", 1 },      { "/S/H2/", 2 },     { "/S/Table/", 1 },     { "/S/Caption/", 1 },       { "/S/TR/", 4 },
                 { "/Scope/Column", 3 }, { "/Scope/Row", 3 }, { "/ColSpan 3", 1 }, { "/S/TD/", 4 },        { "/S/LI/", 2 },            { "/S/Lbl/", 2 },
                 { "/S/LBody/", 2 },  { "/ListNumbering/Decimal", 1 },             { "/S/Link/", 1 },      { "/Type/OBJR", 1 },        { "/S/Figure/", 1 },
                 { "/S/Span/", 2 },   { "/BBox[", 1 },        { "/StructParents", 1 }, { "/StructParent ", 1 } };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        if (pdf_count(&p, want[i].what) != want[i].n) fail_msg("%s: %d, not %d", want[i].what, pdf_count(&p, want[i].what), want[i].n);
    }
    assert_true(has(&p, "/Alt<FEFF004200691EC30075"));  /* "Biểu " of the figure */
    assert_true(has(&p, "/Alt<FEFF0063")); /* "cảnh báo": the shape beside a bare number */
    gb_buf_release(&p);
    gb_buf_release(&b);
    fixture_close(&f);
}

/* Two footnotes: each mark a Reference with its link, each text a Note with an ID of its own that the name tree leads to. */
static void footnotes(void **state)
{
    (void)state;
    struct fixture f;
    build(&f);
    struct gb_text *t = &gb_doc_para(f.d, f.d->root->last)->text;
    for (int i = 0; i < 2; i++) {
        gb_text_add(f.d, t, i ? " và lời sau" : "Lời trước", 0);
        gb_text_footnote(f.d, t, "Giải thích.");
    }
    struct gb_buf b = pdf(&f), p = plain_of(&b);
    assert_int_equal(pdf_count(&p, "/S/Reference/"), 2);
    assert_int_equal(pdf_count(&p, "/S/Note/"), 2);
    assert_int_equal(pdf_count(&p, "/S/Lbl/"), 2);
    assert_int_equal(pdf_count(&p, "/S/Link/"), 3);
    assert_int_equal(pdf_count(&p, "/Type/OBJR"), 3);
    assert_int_equal(pdf_count(&p, "/IDTree<</Names["), 1);
    const char *id = memmem(p.p, p.n, "/ID(note.", 9);
    assert_non_null(id);
    const char *second = memmem(id + 9, (size_t)(p.p + p.n - id - 9), "/ID(note.", 9);
    assert_non_null(second);
    assert_true(memcmp(id, second, 15) < 0);
    char key[13] = { 0 };
    memcpy(key, id + 3, 12); /* "(note.000012" */
    assert_int_equal(pdf_count(&p, key), 2); /* the element and the tree */
    gb_buf_release(&p);
    gb_buf_release(&b);
    fixture_close(&f);
}

/* Each operator that paints stands in exactly one mark, each mark is closed and has its own number. */
static void all_marked(void **state)
{
    (void)state;
    struct fixture f;
    build(&f);
    struct gb_buf b = pdf(&f), p = plain_of(&b);
    const char *s = memmem(p.p, p.n, "BT ", 3), *end = s ? memmem(s, (size_t)(p.p + p.n - s), "endstream", 9) : NULL;
    assert_non_null(end);
    while (s > p.p + 8 && memcmp(s - 8, "stream\r\n", 8) != 0) s--; /* the first page's contents, as libharu begins a stream */
    assert_true(s > p.p + 8);
    int depth = 0, painted = 0, marks = 0;
    while (s < end) {
        const char *nl = memchr(s, '\n', (size_t)(end - s));
        size_t n = nl ? (size_t)(nl - s) : (size_t)(end - s);
        bool opens = n > 3 && (memcmp(s + n - 3, "BDC", 3) == 0 || memcmp(s + n - 3, "BMC", 3) == 0);
        bool paints = (n == 1 && (*s == 'f' || *s == 'S')) || (n > 2 && memcmp(s + n - 2, "ET", 2) == 0);
        if (opens) depth++, marks++;
        if (paints && (painted++, depth != 1)) fail_msg("outside of a mark: %.*s", (int)n, s);
        if (n == 3 && memcmp(s, "EMC", 3) == 0) depth--;
        assert_in_range(depth, 0, 1);
        s += n + 1;
    }
    assert_int_equal(depth, 0);
    assert_true(painted > 20 && marks > 10);
    assert_true(has(&p, "/Artifact BMC"));
    gb_buf_release(&p);
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
    const struct CMUnitTest tests[] = { cmocka_unit_test(same_bytes), cmocka_unit_test(structure), cmocka_unit_test(elements), cmocka_unit_test(footnotes), cmocka_unit_test(all_marked), cmocka_unit_test(unknown_letter) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
