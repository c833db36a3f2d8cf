/* test_layout_footnotes.c — footnotes: never on another page than their mark, below the text and above the lower margin, numbered in the
 * order of the text; whatever their number and length. Golden trace as in test_layout_pages.c (GB_BLESS=1). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/file.h"
#include "document_fixture.h"
#include "layout/layout.h"

#define MM (72.0 / 25.4)

static void open_doc(struct fixture *f)
{
    fixture_open(f);
    f->c.locality = (struct gb_locality){ .parent_agency = "ỦY BAN NHÂN DÂN", .issuing_agency = "TỈNH THANH HÓA", .office = "VĂN PHÒNG",
                                          .place = "Thanh Hóa", .symbol = "BC-VP", .contact = "Văn phòng", .committee = "UBND tỉnh", .name = "Tỉnh Thanh Hóa" };
    f->d->type_name = "BÁO CÁO";
    f->d->title = "Tình hình";
}

static enum gb_code try_lay(struct fixture *f, struct gb_pages *p, struct gb_err *e)
{
    enum gb_code c = gb_doc_check(f->d, e);
    return c ? c : gb_layout(p, &f->arena, f->d, &(struct gb_layout_foot){ "2026-11-22-r1", "9f3c", NULL }, e);
}

static const char *long_text(struct fixture *f, int words)
{
    struct gb_buf b = { 0 };
    for (int i = 0; i < words; i++) gb_buf_addf(&b, i ? " lời %d" : "Lời %d", i);
    gb_buf_adds(&b, ".");
    const char *s = gb_buf_copy(&f->arena, &b);
    gb_buf_release(&b);
    return s;
}

static struct gb_text *para(struct fixture *f, struct gb_node *in, int words)
{
    struct gb_text *t = &gb_doc_para(f->d, in)->text;
    gb_text_add(f->d, t, long_text(f, words), 0);
    return t;
}

static bool is_run(const struct gb_item *it, const char *text)
{
    return it->kind == GB_ITEM_RUN && it->n == strlen(text) && memcmp(it->text, text, it->n) == 0;
}

/* What must hold of any pages. @return number of notes */
static int sound(struct fixture *f, const struct gb_pages *p)
{
    int next = 1, n_notes = 0, marks = 0;
    for (int i = 0; i < p->n; i++) {
        const struct gb_page *page = &p->page[i];
        double rule = 0, bottom = page->h_pt - 20 * MM;
        int rules = 0;
        for (const struct gb_item *it = page->first; it; it = it->next)
            if (it->kind == GB_ITEM_LINE && it->r.w > 50 * MM - 0.1 && it->r.w < 50 * MM + 0.1) rules++, rule = it->r.y;
        int here = 0;
        for (const struct gb_item *it = page->first; it; it = it->next) {
            bool label = it->kind == GB_ITEM_RUN && it->elem && it->elem->role == GB_EL_LBL && it->elem->parent->role == GB_EL_NOTE;
            bool of_note = label || (it->elem && it->elem->parent && it->elem->parent->role == GB_EL_NOTE);
            if (it->kind == GB_ITEM_LINK && it->target[1] == 'f') {
                const struct gb_item *a = page->first; /* its text is on this page */
                while (a && !(a->kind == GB_ITEM_ANCHOR && gb_streq(a->text, it->target + 1))) a = a->next;
                if (!a) fail_msg("page %d: the text of %s is on another page", i + 1, it->target);
                assert_true(a->r.y > it->r.y);
                assert_int_equal(it->elem->role, GB_EL_LINK);
                assert_int_equal(it->elem->parent->role, GB_EL_REFERENCE);
                marks++;
            }
            if (label) {
                assert_true(is_run(it, gb_sprintf(&f->arena, "%d", next)));
                next++, here++, n_notes++;
            }
            if (it->kind != GB_ITEM_RUN) continue;
            if (of_note) {
                assert_true(it->r.y > rule && it->r.y <= bottom + 0.1);
                assert_true(it->size_pt < 10.1);
            } else if (rules && it->elem && it->r.y > rule)
                fail_msg("page %d: text beside the notes: %.*s", i + 1, (int)it->n, it->text);
        }
        assert_int_equal(rules, here > 0);
    }
    assert_int_equal(marks, n_notes);
    return n_notes;
}

static struct gb_pages lay(struct fixture *f, int notes)
{
    struct gb_err e = { 0 };
    struct gb_pages p;
    char line[GB_ERR_TEXT];
    if (try_lay(f, &p, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    assert_int_equal(sound(f, &p), notes);
    return p;
}

static int page_of(const struct gb_pages *p, enum gb_item_kind kind, const char *name)
{
    for (int i = 0; i < p->n; i++)
        for (const struct gb_item *it = p->page[i].first; it; it = it->next)
            if (it->kind == kind && gb_streq(kind == GB_ITEM_LINK ? it->target : it->text, name)) return i;
    return -1;
}

static void two_pages(void **state)
{
    (void)state;
    struct fixture f;
    open_doc(&f);
    struct gb_node *s = gb_doc_section(f.d, f.d->root, "muc", "Tình hình chung");
    struct gb_text *t = para(&f, s, 40);
    gb_text_footnote(f.d, t, "Ngưỡng đề xuất, chờ cơ quan chủ trì quyết định.");
    gb_text_add(f.d, t, " Câu sau có chữ cuối ", 0);
    gb_text_footnote(f.d, t, long_text(&f, 60));
    gb_text_add(f.d, t, ", rồi câu đi tiếp.", 0);
    t = &gb_doc_callout(f.d, s, GB_WARNING)->text;
    gb_text_add(f.d, t, "Số vụ tăng", 0);
    gb_text_footnote(f.d, t, "So với cùng kỳ năm trước.");
    gb_text_add(f.d, t, ", cần xem xét.", 0);
    for (int i = 0; i < 9; i++) para(&f, s, 60);
    struct gb_node *l = gb_doc_list(f.d, s, true);
    for (int i = 0; i < 3; i++) {
        t = gb_doc_item(f.d, l);
        gb_text_add(f.d, t, "Việc cần làm", 0);
        gb_text_footnote(f.d, t, gb_sprintf(&f.arena, "Căn cứ thứ %d.", i + 1));
        gb_text_add(f.d, t, ".", 0);
    }
    struct gb_pages p = lay(&f, 5 + 1);
    assert_int_equal(p.n, 2);
    assert_int_equal(page_of(&p, GB_ITEM_LINK, "#fn.1"), 0);
    assert_int_equal(page_of(&p, GB_ITEM_LINK, "#fn.6"), 1);
    struct gb_buf got = { 0 }, want = { 0 };
    struct gb_err e = { 0 };
    static const char path[] = "tests/golden/layout/footnotes.txt";
    gb_pages_dump(&p, &got);
    if (getenv("GB_BLESS")) assert_int_equal(gb_file_replace(path, got.p, got.n, &e), GB_OK);
    assert_int_equal(gb_file_read(path, 1 << 20, &want, &e), GB_OK);
    if (want.n != got.n || memcmp(want.p, got.p, got.n) != 0) fail_msg("%s differs", path);
    gb_buf_release(&got);
    gb_buf_release(&want);
    fixture_close(&f);
}

/* The last line of a page, then the same line with a note for which there is no room: it goes on with its note. */
static void line_moves_with_its_note(void **state)
{
    (void)state;
    int last = -1;
    for (int noted = 0; noted < 2; noted++) {
        struct fixture f;
        open_doc(&f);
        struct gb_node *s = gb_doc_section(f.d, f.d->root, "muc", "Tình hình chung");
        for (int i = 0; i < 48; i++) {
            struct gb_text *t = &gb_doc_para(f.d, s)->text;
            gb_text_add(f.d, t, gb_sprintf(&f.arena, "dòng%d", i), 0);
            if (noted && i == last) gb_text_footnote(f.d, t, long_text(&f, 50));
        }
        struct gb_pages p = lay(&f, noted);
        if (noted) {
            assert_int_equal(p.n, 2);
            assert_int_equal(page_of(&p, GB_ITEM_LINK, "#fn.1"), 1);
        } else { /* how many lines stand before the last one of the first page */
            for (const struct gb_item *it = p.page[0].first; it; it = it->next)
                if (it->kind == GB_ITEM_RUN && it->n > strlen("dòng") && memcmp(it->text, "dòng", strlen("dòng")) == 0) last++;
            assert_true(last > 10 && last < 40);
        }
        fixture_close(&f);
    }
}

static void thirty_notes_and_one_of_forty_lines(void **state)
{
    (void)state;
    struct fixture f;
    open_doc(&f);
    struct gb_node *s = gb_doc_section(f.d, f.d->root, "muc", "Tình hình chung");
    struct gb_text *t = para(&f, s, 5);
    for (int i = 0; i < 30; i++) {
        gb_text_add(f.d, t, " một lời có chú thích", 0);
        gb_text_footnote(f.d, t, gb_sprintf(&f.arena, "Chú thích thứ %d.", i + 1));
    }
    para(&f, s, 200);
    gb_text_footnote(f.d, para(&f, s, 20), long_text(&f, 40 * 12));
    for (int i = 0; i < 4; i++) para(&f, s, 100);
    struct gb_pages p = lay(&f, 31);
    for (int i = 0; i < p.n; i++) { /* several notes take a third of a page at most; one alone may take more */
        double rule = 0, bottom = p.page[i].h_pt - 20 * MM;
        int notes = 0;
        for (const struct gb_item *it = p.page[i].first; it; it = it->next) {
            if (it->kind == GB_ITEM_LINE && it->r.w > 50 * MM - 0.1 && it->r.w < 50 * MM + 0.1) rule = it->r.y;
            notes += it->kind == GB_ITEM_ANCHOR && gb_starts_with(it->text, "fn.");
        }
        if (notes > 1) assert_true(bottom - rule < 0.34 * (p.page[i].h_pt - 40 * MM));
    }
    fixture_close(&f);
}

/* Notes that no page holds beside their line: an error that says so, nothing is clipped or parted. */
static void longer_than_a_page(void **state)
{
    (void)state;
    struct fixture f;
    struct gb_err e = { 0 };
    struct gb_pages p;
    char line[GB_ERR_TEXT];
    open_doc(&f);
    gb_text_footnote(f.d, para(&f, gb_doc_section(f.d, f.d->root, "muc", "Mục"), 5), long_text(&f, 1500));
    assert_int_equal(try_lay(&f, &p, &e), GB_E_REPORT);
    assert_non_null(strstr(gb_err_line(&e, line, sizeof line), "chú thích"));
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(two_pages), cmocka_unit_test(line_moves_with_its_note),
                                        cmocka_unit_test(thirty_notes_and_one_of_forty_lines), cmocka_unit_test(longer_than_a_page) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
