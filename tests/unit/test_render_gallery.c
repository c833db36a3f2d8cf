/* test_render_gallery.c — every kind of block on friendly and on hostile data, as one PDF and one HTML, each page and picture watched
 * (canvas/watch.h): no fault. `make gallery` runs it with GB_GALLERY=DIR, where it leaves gallery.pdf and gallery.html to be looked at. All figures are made up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/file.h"
#include "canvas/font.h"
#include "chart_samples.h"
#include "document_fixture.h"
#include "render/render.h"

static const char lasting[] = "Ban Quản lý Khu kinh tế Nghi Sơn và các khu công nghiệp tỉnh Thanh Hóa, phân khu phía tây đường ven biển";

static void put(struct fixture *f, struct gb_node *s, const char *id, struct gb_chart c)
{
    c.alt = gb_phrase_chart_alt(f->d, &c);
    c.source = "số liệu mẫu";
    gb_doc_chart(f->d, s, id, &c);
}

static void words(struct fixture *f, struct gb_node *s, const char *id, const char *name)
{
    struct gb_doc *d = f->d;
    gb_text_add(d, &gb_doc_para(d, s)->text, gb_sprintf(&f->arena, "%s: đoạn văn đủ dài để phải xuống dòng nhiều lần trên trang giấy khổ A4, có chỗ in đậm.", name), 0);
    gb_text_add(d, &gb_doc_callout(d, s, GB_DANGER)->text, name, 0);
    gb_text_add(d, &gb_doc_note(d, s)->text, name, 0);
    struct gb_node *list = gb_doc_list(d, s, false);
    for (int i = 0; i < 2; i++) gb_text_add(d, gb_doc_item(d, list), name, 0);
    struct gb_node *fig = gb_doc_figures(d, s, 4);
    for (int i = 0; i < 4; i++) {
        struct gb_figure one = { .label = name, .value = sample_num(i % 2 ? 912345678901234 : 684, 1, 1, "tỷ đồng"), .change = gb_value_missing(GB_MISS_NONE), .state = (enum gb_state)(GB_GOOD + i) };
        gb_doc_figure(d, fig, i, &one);
    }
    struct gb_node *t = gb_doc_table(d, s, id, name, 4);
    gb_doc_col(d, t, 0, "Địa bàn", NULL, GB_LEFT, 0);
    gb_doc_col(d, t, 1, "Thực hiện", "tỷ đồng", GB_DECIMAL, 0);
    gb_doc_col(d, t, 2, "Mức", NULL, GB_LEFT, 0);
    gb_doc_col(d, t, 3, "Diễn biến", NULL, GB_LEFT, 1);
    struct gb_chart spark = sample_spark(&f->arena);
    for (int i = 0; i < 6; i++) {
        struct gb_row *r = gb_doc_row(d, t);
        gb_doc_cell_text(d, r, 0, name);
        gb_doc_cell_value(d, r, 1, sample_num(i % 2 ? -1 : 999999999999999 / (i + 1), 1, 1, "tỷ đồng"));
        gb_doc_cell_state(d, r, 2, (enum gb_state)(GB_GOOD + i % 5));
        gb_doc_cell_spark(d, r, 3, &spark);
    }
}

static void friendly(struct fixture *f, struct gb_node *s)
{
    struct gb_arena *a = &f->arena;
    words(f, s, "b-than-thien", "Xã Bá Thước");
    put(f, s, "c1", sample_disbursement(a));
    put(f, s, "c2", sample_monthly(a));
    put(f, s, "c3", sample_daily(a));
    put(f, s, "c4", sample_bars(a));
    put(f, s, "c5", sample_bars_mixed(a));
    put(f, s, "c6", sample_bullet(a));
    put(f, s, "c7", sample_heat(a, 6, 5, NULL, 1));
    put(f, s, "c8", sample_multiples(a, 5, 14, NULL, 1));
    put(f, s, "c9", sample_stacked(a, 6, 4, NULL, 1, false));
    put(f, s, "c10", sample_calendar(a, 80, 12, true, 1));
    put(f, s, "c11", sample_waterfall(a, 7, NULL, 1));
    put(f, s, "c12", sample_dots(a, 6, NULL, 1));
    put(f, s, "c13", sample_slope(a, 10, NULL, false));
}

static struct gb_chart plain_bars(struct gb_arena *a, size_t n, int64_t step, const char *name)
{
    const char **names = GB_NEW_N(a, n, const char *);
    int64_t *v = GB_NEW_N(a, n, int64_t);
    for (size_t i = 0; i < n; i++) {
        names[i] = name ? name : gb_sprintf(a, "Xã số %zu", i + 1);
        v[i] = step * (int64_t)(n - i);
    }
    return sample_bars_of(a, n, names, v, 1, 1, "%");
}

static void hostile(struct fixture *f, struct gb_node *s)
{
    static const int64_t one[] = { 7 }, huge[] = { 1000000000000, 2400000000000, 1700000000000 }, equal[] = { 684, 684, 684, 684 }, low[] = { -50, -912, -3 };
    static const struct { const int64_t *v; size_t n; } lines[] = { { one, 1 }, { huge, 3 }, { equal, 4 }, { low, 3 } };
    struct gb_arena *a = &f->arena;
    words(f, s, "b-doc", lasting);
    for (size_t i = 0; i < 4; i++) {
        struct gb_chart c = sample_line(a, 1);
        c.series[0] = sample_series(a, lasting, GB_ROLE_ACTUAL, GB_FREQ_MONTH, 2026 * 12, lines[i].v, lines[i].n, 1, 1, "%");
        put(f, s, gb_sprintf(a, "h-line-%zu", i), c);
    }
    put(f, s, "h2", plain_bars(a, 170, 3, NULL));
    put(f, s, "h3", plain_bars(a, 5, 0, NULL));
    put(f, s, "h4", plain_bars(a, 6, 1000000000000, NULL));
    put(f, s, "h5", plain_bars(a, 6, -77, NULL));
    put(f, s, "h6", sample_multiples(a, 24, 14, NULL, 1000000000));
    put(f, s, "h7", sample_calendar(a, 400, 3, false, 1000000000));
    put(f, s, "h8", sample_heat(a, 30, 16, NULL, 1000000000));
    put(f, s, "h9", sample_stacked(a, 24, 8, NULL, 1000000000, true));
    put(f, s, "h10", sample_waterfall(a, 40, NULL, 1000000000000));
    put(f, s, "h11", sample_waterfall(a, 6, NULL, 0));
    put(f, s, "h12", sample_dots(a, 24, NULL, -1));
    put(f, s, "h13", sample_slope(a, 30, NULL, true));
}

static void keep(const char *name, const struct gb_buf *b)
{
    const char *dir = getenv("GB_GALLERY");
    char path[300];
    struct gb_err e = { 0 };
    if (!dir) return;
    snprintf(path, sizeof path, "%s/%s", dir, name);
    assert_int_equal(gb_file_replace(path, b->p, b->n, &e), GB_OK);
}

static void gallery(void **state)
{
    (void)state;
    struct fixture f;
    struct gb_err e = { 0 };
    struct gb_templates templates;
    struct gb_buf pdf = { 0 }, html = { 0 }, faults = { 0 };
    char line[GB_ERR_TEXT];
    fixture_open(&f);
    f.d = gb_doc_new(&f.arena, &f.c, GB_LEADERSHIP, "gallery");
    f.d->type_name = "BẢN TIN";
    f.d->title = "Mọi loại khối, số liệu thuận và số liệu khó";
    f.d->lang = "vi";
    f.d->style = GB_DOC_PAGE; /* no letterhead: the fixture has no locality */
    f.c.locality.licence = "CC BY 4.0";
    f.c.locality.contact = f.c.locality.name = "Sở Tài chính";
    f.d->date = (struct gb_date){ 2026, 11, 22 };
    gb_doc_mark(f.d, "SỐ LIỆU MẪU");
    friendly(&f, gb_doc_section(f.d, f.d->root, "thuan", "Số liệu thuận"));
    hostile(&f, gb_doc_section(f.d, f.d->root, "kho", "Số liệu khó"));
    if (gb_doc_check(f.d, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    struct gb_edition_info ed = { .id = "gallery", .short_hash = "0123456789abcdef", .date = { 2026, 11, 22 }, .build = "test", .audience = GB_LEADERSHIP, .sample = true, .faults = &faults };
    assert_int_equal(gb_templates_load(&templates, &f.arena, "templates", &e), GB_OK);
    struct gb_html_options opt = { .templates = &templates, .root = "./" };
    if (gb_render_pdf(f.d, &ed, &pdf, &e) || gb_render_html(f.d, &ed, &opt, &html, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    keep("gallery.pdf", &pdf);
    keep("gallery.html", &html);
    gb_buf_addc(&faults, '\0');
    if (faults.n > 1) fail_msg("%s", faults.p);
    gb_buf_release(&pdf);
    gb_buf_release(&html);
    gb_buf_release(&faults);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(gallery) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
