/* test_render_maps.c — every kind of map on the made-up province of map_province.h, as one PDF and one HTML, each page and picture watched
 * (canvas/watch.h): no fault. `make gallery` leaves maps.pdf and maps.html beside the gallery of all blocks. All figures are made up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/file.h"
#include "canvas/font.h"
#include "document_fixture.h"
#include "map_province.h"
#include "render/render.h"

static const char lasting[] = "Ban Quản lý Khu kinh tế Nghi Sơn và các khu công nghiệp tỉnh Thanh Hóa, phân khu phía tây đường ven biển";

static void put(struct fixture *f, struct gb_node *s, const char *id, struct gb_chart c)
{
    c.alt = gb_phrase_chart_alt(f->d, &c);
    c.source = "số liệu mẫu";
    gb_doc_chart(f->d, s, id, &c);
}

static void put_map(struct fixture *f, struct gb_node *s, const char *id, struct gb_chart c)
{
    c.title = gb_sprintf(&f->arena, "%s (%s)", c.title, id); /* which picture a fault is about */
    put(f, s, id, c);
}

/* On the made-up province of map_province.h. */
static void maps(struct fixture *f, struct gb_node *s)
{
    struct gb_arena *a = &f->arena;
    int first = prov_install(&f->c, a);
    put_map(f, s, "m-states", prov_map(a, &f->c, first, PROV_COMMUNES, true));
    struct gb_chart c = prov_map(a, &f->c, first, PROV_COMMUNES, false);
    put_map(f, s, "m-quantile", c);
    c.classing = GB_CLASSING_JENKS;
    put_map(f, s, "m-jenks", c);
    c.classing = GB_CLASSING_LIMITS;
    c.n_limits = 2;
    c.limit[0] = 50, c.limit[1] = 150;
    put_map(f, s, "m-limits", c);
    c = prov_map(a, &f->c, first, PROV_COMMUNES, false);
    for (size_t i = 0; i < c.series[0].n; i++) c.series[0].point[i].y.num -= 90;
    put_map(f, s, "m-signs", c);
    c = prov_map(a, &f->c, first, PROV_COMMUNES, false);
    c.style = GB_MAP_CIRCLES;
    put_map(f, s, "m-circles", c);
    put_map(f, s, "m-stations", prov_map(a, &f->c, first + PROV_COMMUNES, PROV_STATIONS, true));
    c = prov_map(a, &f->c, first + PROV_COMMUNES, PROV_STATIONS, false);
    c.style = GB_MAP_HEAT;
    put_map(f, s, "m-heat", c);
    c = prov_map(a, &f->c, first, 6, false);
    c.listed = true;
    put_map(f, s, "m-listed", c);
    c = prov_map(a, &f->c, first, PROV_COMMUNES, true);
    for (size_t i = 0; i < c.series[0].n; i++) {
        c.series[0].point[i].y.num = i % 3 ? 1000000000000 : -1000000000000;
        c.series[0].point[i].label = lasting;
        c.series[0].point[i].highlight = true;
        if (i % 2) c.series[0].point[i].y = gb_value_missing(GB_MISS_NO_DATA), c.series[0].point[i].state = GB_STATE_NONE;
    }
    put_map(f, s, "m-hostile", c);
    c.style = GB_MAP_CIRCLES;
    put_map(f, s, "m-hostile-circles", c);
    c.style = GB_MAP_COLOURS;
    c.tiles = true;
    put_map(f, s, "m-hostile-tiles", c);
    c = prov_map(a, &f->c, first + PROV_COMMUNES, PROV_STATIONS, false);
    c.style = GB_MAP_HEAT;
    for (size_t i = 0; i < c.series[0].n; i++) {
        c.series[0].point[i].y.num = 1000000000000;
        c.series[0].point[i].label = lasting;
        c.series[0].point[i].highlight = true;
        if (i % 3 == 2) c.series[0].point[i].y = gb_value_missing(GB_MISS_NO_DATA);
    }
    put_map(f, s, "m-hostile-heat", c);
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
    f.d->title = "Mọi loại bản đồ, số liệu thuận và số liệu khó";
    f.d->lang = "vi";
    f.d->style = GB_DOC_PAGE; /* no letterhead: the fixture has no locality */
    f.c.locality.licence = "CC BY 4.0";
    f.c.locality.contact = f.c.locality.name = "Sở Tài chính";
    f.d->date = (struct gb_date){ 2026, 11, 22 };
    gb_doc_mark(f.d, "SỐ LIỆU MẪU");
    maps(&f, gb_doc_section(f.d, f.d->root, "ban-do", "Bản đồ"));
    if (gb_doc_check(f.d, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    struct gb_edition_info ed = { .id = "gallery", .short_hash = "0123456789abcdef", .date = { 2026, 11, 22 }, .build = "test", .audience = GB_LEADERSHIP, .sample = true, .faults = &faults };
    assert_int_equal(gb_templates_load(&templates, &f.arena, "templates", &e), GB_OK);
    struct gb_html_options opt = { .templates = &templates, .root = "./" };
    if (gb_render_pdf(f.d, &ed, &pdf, &e) || gb_render_html(f.d, &ed, &opt, &html, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    keep("maps.pdf", &pdf);
    keep("maps.html", &html);
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
