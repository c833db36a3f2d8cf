/* test_render_gallery.c — every kind of block on friendly and on hostile data, as one PDF and one HTML, each page and picture watched
 * (canvas/watch.h): no fault, and no kind of node, chart or map is left out. `make gallery` runs it with GB_GALLERY=DIR, where it leaves
 * gallery.pdf and gallery.html to be looked at. Two of its sheets are compared by pixels (pixels.h). All figures are made up. */
#include "map_fixture.h"

#include <unistd.h>

#include "base/file.h"
#include "canvas/font.h"
#include "chart/palette.h"
#include "chart_samples.h"
#include "document/phrase.h"
#include "pixels.h"
#include "render/render.h"

#define PLACE "tests/unit/data/toy-province"

static const char lasting[] = "Ban Quản lý Khu kinh tế Nghi Sơn và các khu công nghiệp tỉnh Thanh Hóa, phân khu phía tây đường ven biển";

struct gallery { struct gb_arena arena; struct gb_catalogue c; struct gb_doc *d; };

static void put(struct gallery *f, struct gb_node *s, const char *id, struct gb_chart c)
{
    if (c.kind != GB_CHART_MAP) c.alt = gb_phrase_chart_alt(f->d, &c);
    c.source = "số liệu mẫu";
    gb_doc_chart(f->d, s, id, &c);
}

static void put_map(struct gallery *f, struct gb_node *s, const char *id, const char *title, struct gb_chart c)
{
    c.title = c.alt = title;
    put(f, s, id, c);
}

/* ---- text, figures, tables -------------------------------------------------------------------------------------------- */
static void words(struct gallery *f, struct gb_node *s, const char *table_id, const char *name)
{
    struct gb_doc *d = f->d;
    struct gb_text *t = &gb_doc_para(d, s)->text;
    gb_text_add(d, t, gb_sprintf(&f->arena, "%s: đoạn văn đủ dài để phải xuống dòng nhiều lần trên trang giấy khổ A4, có chỗ ", name), 0);
    gb_text_add(d, t, "in đậm", GB_STRONG);
    gb_text_add(d, t, ", có chỗ ", 0);
    gb_text_add(d, t, "in nghiêng", GB_EMPH);
    gb_text_add(d, t, ", có con số ", 0);
    gb_text_value(d, t, sample_num(-1234567, 1, 1, "tỷ đồng"), GB_STRONG);
    gb_text_add(d, t, " và có lời dẫn đến ", 0);
    gb_text_link(d, t, "bảng ở dưới", gb_sprintf(&f->arena, "#%s", table_id));
    gb_text_add(d, t, ", và có chú thích", 0);
    gb_text_footnote(d, t, gb_sprintf(&f->arena, "Chú thích cuối trang về %s.", name));
    gb_text_add(d, t, ".", 0);
    for (int i = GB_GOOD; i <= GB_EMERGENCY; i++) gb_text_add(d, &gb_doc_callout(d, s, (enum gb_state)i)->text, name, 0);
    gb_text_add(d, &gb_doc_note(d, s)->text, name, 0);
    for (int ordered = 0; ordered < 2; ordered++) {
        struct gb_node *list = gb_doc_list(d, s, ordered);
        for (int i = 0; i < 2; i++) gb_text_add(d, gb_doc_item(d, list), name, i ? GB_STRONG : 0);
    }
    gb_text_add(d, &gb_doc_source(d, s)->text, "Nguồn: số liệu mẫu.", 0);
}

static void figures(struct gallery *f, struct gb_node *s, const char *name)
{
    struct gb_chart spark = sample_spark(&f->arena);
    struct gb_node *fig = gb_doc_figures(f->d, s, 4);
    for (int i = 0; i < 4; i++) {
        struct gb_figure one = { .label = name, .value = sample_num(i % 2 ? 912345678901234 : 684, 1, 1, "tỷ đồng"), .change = gb_value_missing(GB_MISS_NONE), .state = (enum gb_state)(GB_GOOD + i),
                                 .spark = i == 3 ? &spark : NULL };
        gb_doc_figure(f->d, fig, i, &one);
    }
}

/* Rows of every state, under heads of groups, with figures of every size and every reason for having none. */
static void table(struct gallery *f, struct gb_node *s, const char *id, const char *name, int rows)
{
    struct gb_doc *d = f->d;
    struct gb_node *t = gb_doc_table(d, s, id, name, 6);
    struct gb_chart spark = sample_spark(&f->arena);
    gb_doc_col(d, t, 0, "Địa bàn", NULL, GB_LEFT, 0);
    gb_doc_col(d, t, 1, "Thực hiện", "tỷ đồng", GB_DECIMAL, 0);
    gb_doc_col(d, t, 2, "So với kỳ trước", "%", GB_DECIMAL, 0);
    gb_doc_col(d, t, 3, "Mức", NULL, GB_LEFT, 0);
    gb_doc_col(d, t, 4, "Kỳ", NULL, GB_CENTER, 0);
    gb_doc_col(d, t, 5, "Diễn biến", NULL, GB_LEFT, 1);
    for (int i = 0; i < rows; i++) {
        if (i % 8 == 0) gb_doc_group_row(d, t, name);
        struct gb_row *r = gb_doc_row(d, t);
        struct gb_value v = sample_num(i % 2 ? -1 : 999999999999999 / (i + 1), 1, 1, "tỷ đồng"), change = sample_num(i * 137 - 200, 1, 1, "%");
        v.status = (char)(i % 3 == 1 ? 'P' : i % 3 == 2 ? 'E' : 'A');
        v.doubtful = i % 7 == 3;
        change.sign = true;
        gb_doc_cell_text(d, r, 0, name);
        gb_doc_cell_value(d, r, 1, v);
        gb_doc_cell_value(d, r, 2, i % 2 ? change : gb_value_missing((enum gb_missing)(GB_MISS_NO_DATA + i / 2 % 7)));
        gb_doc_cell_value(d, r, 3, gb_value_state((enum gb_state)(GB_GOOD + i % 5)));
        gb_doc_cell_value(d, r, 4, gb_value_period(GB_FREQ_MONTH, 2026 * 12 + i % 12));
        gb_doc_cell_spark(d, r, 5, &spark);
    }
}

static void blocks(struct gallery *f, struct gb_node *s, const char *id, const char *name, int rows)
{
    words(f, s, id, name);
    figures(f, s, name);
    table(f, s, id, name, rows);
}

/* ---- charts ------------------------------------------------------------------------------------------------------------ */
static void friendly_charts(struct gallery *f, struct gb_node *s)
{
    struct gb_arena *a = &f->arena;
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

static void hostile_charts(struct gallery *f, struct gb_node *s)
{
    static const int64_t one[] = { 7 }, huge[] = { 1000000000000, 2400000000000, 1700000000000 }, equal[] = { 684, 684, 684, 684 }, low[] = { -50, -912, -3 };
    static const struct { const int64_t *v; size_t n; } lines[] = { { one, 1 }, { huge, 3 }, { equal, 4 }, { low, 3 } };
    struct gb_arena *a = &f->arena;
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
    struct gb_chart plan = sample_bullet(a);
    for (size_t i = 0; i < plan.series[0].n; i++) {
        plan.series[0].point[i].label = lasting;
        plan.series[0].point[i].y.num *= i % 2 ? -1000000000 : 1000000000;
    }
    put(f, s, "h14", plan);
    put(f, s, "h12", sample_dots(a, 24, NULL, -1));
    put(f, s, "h13", sample_slope(a, 30, NULL, true));
}

/* ---- maps -------------------------------------------------------------------------------------------------------------- */
static struct gb_chart map_of(struct gallery *f, bool judged, int64_t up)
{
    static const struct { const char *code; int64_t v; enum gb_state s; } rows[] = { { "90004", 214, GB_EMERGENCY }, { "90006", 402, GB_DANGER }, { "90002", 655, GB_WATCH }, { "90001", 812, GB_GOOD },
                                                                                    { "90003", 907, GB_WARNING } };
    struct gb_chart c = fx_map(&f->arena, 8);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct gb_chart_point *p = fx_point(&c, &f->c, rows[i].code, rows[i].v * up);
        p->state = judged ? rows[i].s : GB_STATE_NONE;
        p->highlight = i < 2;
        p->x = gb_value_text_of(rows[i].code);
    }
    return c;
}
static struct gb_chart stations_of(struct gallery *f, double km)
{
    struct gb_chart c = fx_map(&f->arena, 2);
    struct gb_chart_point *p = fx_point(&c, &f->c, "tram-1", 321);
    p->highlight = true;
    p->state = GB_WARNING;
    p->x = gb_value_text_of("tram-1");
    c.radius_km = km;
    return c;
}
static struct gb_chart tiles_of(struct gallery *f, size_t n, const char *name)
{
    struct gb_chart c = fx_map(&f->arena, n);
    for (size_t i = 0; i < n; i++) {
        struct gb_chart_point *p = fx_point(&c, &f->c, "90001", i % 9 == 8 ? INT64_MIN : (int64_t)(i * 373 % 1000));
        p->label = name ? name : gb_sprintf(&f->arena, "Xã số %zu", i + 1);
        p->state = i % 9 == 8 ? GB_STATE_NONE : (enum gb_state)(GB_GOOD + i % 5);
        p->x = gb_value_text_of(gb_sprintf(&f->arena, "%zu", i));
    }
    c.tiles = true;
    return c;
}

static void friendly_maps(struct gallery *f, struct gb_node *s)
{
    struct gb_chart values = map_of(f, false, 1);
    put_map(f, s, "m1", "Bản đồ tô theo mức", map_of(f, true, 1));
    put_map(f, s, "m2", "Điểm đo và vòng tròn 5 km", stations_of(f, 5));
    put_map(f, s, "m3", "Bản đồ tô theo giá trị, nhóm đều nhau", values);
    values.classing = GB_CLASSING_JENKS;
    put_map(f, s, "m4", "Bản đồ tô theo giá trị, nhóm tự nhiên", values);
    values.classing = GB_CLASSING_LIMITS;
    values.n_limits = 2;
    values.limit[0] = 400;
    values.limit[1] = 800;
    values.limit_scale = 1;
    put_map(f, s, "m5", "Bản đồ tô theo giá trị, ngưỡng cho trước", values);
    values.listed = true;
    put_map(f, s, "m6", "Bản đồ của riêng các địa bàn có số liệu", values);
    put_map(f, s, "m7", "Sơ đồ ô khi không có ranh giới", tiles_of(f, 27, NULL));
}
static void hostile_maps(struct gallery *f, struct gb_node *s)
{
    struct gb_chart all_named = map_of(f, false, -1000000000000);
    for (size_t i = 0; i < all_named.series[0].n; i++) {
        all_named.series[0].point[i].highlight = true;
        all_named.series[0].point[i].label = lasting;
    }
    put_map(f, s, "hm1", "Giá trị rất lớn, nơi nào cũng nêu tên dài", all_named);
    put_map(f, s, "hm2", "Mọi nơi bằng 0", map_of(f, false, 0));
    put_map(f, s, "hm3", "Vòng tròn lớn hơn cả tỉnh", stations_of(f, 500));
    put_map(f, s, "hm4", "Sơ đồ 170 ô", tiles_of(f, 170, NULL));
    put_map(f, s, "hm5", "Sơ đồ ô có tên rất dài", tiles_of(f, 24, lasting));
}

/* ---- the whole --------------------------------------------------------------------------------------------------------- */
enum { WORDS = 1, CHARTS = 2, MAPS = 4, HOSTILE = 8, ANNEX = 16, ALL = 31 };

static void fill(struct gallery *f, unsigned parts)
{
    struct gb_doc *d = f->d;
    struct gb_node *s = gb_doc_section(d, d->root, "thuan", "Số liệu thuận"), *h = parts & HOSTILE ? gb_doc_section(d, d->root, "kho", "Số liệu khó") : NULL;
    if (parts & WORDS) {
        blocks(f, s, "b-than-thien", "Xã Bá Thước", 12);
        if (h) blocks(f, h, "b-doc", lasting, 40);
    }
    if (parts & CHARTS) {
        friendly_charts(f, s);
        if (h) hostile_charts(f, h);
    }
    if (parts & MAPS) {
        friendly_maps(f, s);
        if (h) hostile_maps(f, h);
    }
    if (!(parts & ANNEX)) return;
    gb_doc_break(d, h ? h : s);
    struct gb_node *a = gb_doc_section(d, d->root, "phu-luc", "Bảng nằm ngang");
    a->annex = a->landscape = true;
    table(f, a, "bang-ngang", "Xã Bá Thước", 30);
}

static void open_gallery(struct gallery *f, unsigned parts)
{
    struct gb_err e = { 0 };
    char line[GB_ERR_TEXT];
    memset(f, 0, sizeof *f);
    gb_arena_init(&f->arena, 0);
    fx_load(&f->c, PLACE);
    f->d = gb_doc_new(&f->arena, &f->c, GB_LEADERSHIP, "gallery");
    f->d->type_name = "BẢN TIN";
    f->d->title = "Mọi loại khối, số liệu thuận và số liệu khó";
    f->d->lang = "vi";
    f->d->signature = true;
    f->c.locality.licence = "CC BY 4.0";
    f->d->date = (struct gb_date){ 2026, 11, 22 };
    f->d->cutoff = "Số liệu tính đến 17 giờ 00 ngày 21/11/2026";
    gb_doc_mark(f->d, "SỐ LIỆU MẪU");
    fill(f, parts);
    if (gb_doc_check(f->d, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
}
static void close_gallery(struct gallery *f)
{
    gb_catalogue_release(&f->c);
    gb_arena_release(&f->arena);
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

static void render(struct gallery *f, struct gb_buf *pdf, struct gb_buf *html)
{
    struct gb_templates templates;
    struct gb_buf faults = { 0 };
    struct gb_err e = { 0 };
    char line[GB_ERR_TEXT];
    struct gb_edition_info ed = { .id = "gallery", .short_hash = "0123456789abcdef", .date = { 2026, 11, 22 }, .build = "test", .audience = GB_LEADERSHIP, .sample = true, .faults = &faults };
    assert_int_equal(gb_templates_load(&templates, &f->arena, "templates", &e), GB_OK);
    struct gb_html_options opt = { .templates = &templates, .root = "./" };
    if (gb_render_pdf(f->d, &ed, pdf, &e) || (html && gb_render_html(f->d, &ed, &opt, html, &e))) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    gb_buf_addc(&faults, '\0');
    if (faults.n > 1) fail_msg("%s", faults.p);
    gb_buf_release(&faults);
}

/* A state is never told by colour alone: in text, cells and boxes its shape stands before a word; a map's key has the word of every colour. */
static void states_speak(const struct gb_buf *html)
{
    int told[GB_OVERDUE + 1] = { 0 }, boxes = 0, maps = 0;
    for (const char *p = strstr(html->p, "class=\"state s-"); p; p = strstr(p + 1, "class=\"state s-")) {
        const char *name = p + strlen("class=\"state s-"), *shape = strstr(p, "aria-hidden=\"true\">"), *word = strstr(p, "</span>&nbsp;");
        int s = GB_GOOD;
        while (s <= GB_OVERDUE && (strncmp(name, gb_state_word((enum gb_state)s), strcspn(name, "\"")) || gb_state_word((enum gb_state)s)[strcspn(name, "\"")])) s++;
        assert_true(s <= GB_OVERDUE && shape && word);
        const char *want = gb_state_shape((enum gb_state)s);
        shape += strlen("aria-hidden=\"true\">");
        assert_true(*want && !strncmp(shape, want, strlen(want)) && shape + strlen(want) == word);
        assert_true(word[strlen("</span>&nbsp;")] != '<'); /* a word follows */
        told[s]++;
    }
    for (int s = GB_GOOD; s <= GB_EMERGENCY; s++) assert_true(told[s] > 1);
    for (const char *p = strstr(html->p, "<div class=\"callout c-"); p; p = strstr(p + 1, "<div class=\"callout c-"), boxes++)
        assert_true(!strncmp(p, "<div class=\"callout c-none", 26) || !strncmp(strchr(p, '>') + 1, "<p><span class=\"state s-", 24));
    assert_true(boxes >= 5);
    for (const char *p = strstr(html->p, "<figure class=\"chart map\""); p; p = strstr(p + 1, "<figure class=\"chart map\""), maps++) {
        const char *end = strstr(p, "</figure>");
        for (int s = GB_DANGER; s <= GB_EMERGENCY; s++) { /* the two whose areas have the mark's own colour */
            char hex[16];
            struct gb_rgba c = gb_state_color((enum gb_state)s);
            snprintf(hex, sizeof hex, "#%02x%02x%02x", c.r, c.g, c.b);
            const char *has = strstr(p, hex), *word = strstr(p, gb_state_vi((enum gb_state)s));
            if (has && has < end && (!word || word > end)) fail_msg("a map with %s has no word for it", hex);
        }
    }
    assert_true(maps > 3);
}

static void gallery(void **state)
{
    (void)state;
    struct gallery f;
    struct gb_buf pdf = { 0 }, html = { 0 };
    open_gallery(&f, ALL);
    render(&f, &pdf, &html);
    keep("gallery.pdf", &pdf);
    keep("gallery.html", &html);
    gb_buf_addc(&html, '\0');
    states_speak(&html);
    for (int i = 1; i <= 2; i++) { /* each footnote: from its mark to its text and back */
        assert_non_null(strstr(html.p, gb_sprintf(&f.arena, "<a id=\"fnref.%d\" href=\"#fn.%d\" role=\"doc-noteref\"", i, i)));
        assert_non_null(strstr(html.p, gb_sprintf(&f.arena, "<li id=\"fn.%d\"><p role=\"doc-footnote\">", i)));
        assert_non_null(strstr(html.p, gb_sprintf(&f.arena, "href=\"#fnref.%d\" role=\"doc-backlink\"", i)));
    }
    assert_null(strstr(html.p, "fn.3"));
    gb_buf_release(&pdf);
    gb_buf_release(&html);
    close_gallery(&f);
}

/* ---- nothing is left out ----------------------------------------------------------------------------------------------- */
/* How many names an enumeration of document.h has: read there, so that one more name asks for its block here. 0: no such enumeration. */
static int names_of(const char *header, const char *enumeration)
{
    char opening[80];
    snprintf(opening, sizeof opening, "enum %s {", enumeration);
    const char *p = strstr(header, opening), *end = p ? strchr(p, '}') : NULL;
    int n = 0;
    for (p = p ? strchr(p, '{') : NULL; p && p < end; p++) {
        if (strncmp(p, "/*", 2) == 0) p = strstr(p, "*/");
        n += strncmp(p, "GB_", 3) == 0 && (p[-1] == ' ' || p[-1] == '{' || p[-1] == '\n');
    }
    return n;
}

struct seen { unsigned node, chart, classing, in; };
static void look(const struct gb_node *n, struct seen *s)
{
    s->node |= 1u << n->kind;
    if (n->chart) {
        s->chart |= 1u << n->chart->kind;
        if (n->chart->kind == GB_CHART_MAP) s->classing |= 1u << n->chart->classing;
    }
    for (const struct gb_inline *in = n->text.first; in; in = in->next) s->in |= 1u << in->kind;
    for (const struct gb_row *r = n->row; r; r = r->next)
        for (int i = 0; i < r->n_cells; i++)
            if (r->cell[i].spark) s->chart |= 1u << r->cell[i].spark->kind;
    for (const struct gb_node *c = n->child; c; c = c->next) look(c, s);
}
static void all_of(const char *header, const char *enumeration, unsigned seen, const char *where)
{
    int n = names_of(header, enumeration);
    assert_true(n > 1 && n < 31);
    for (int i = 0; i < n; i++)
        if (!(seen >> i & 1)) fail_msg("the gallery shows no block of enum %s number %d on %s data", enumeration, i, where);
}

static void nothing_is_left_out(void **state)
{
    (void)state;
    struct gb_buf header = { 0 };
    struct gb_err e = { 0 };
    struct gallery f;
    struct seen friendly = { 0 }, hostile = { 0 };
    assert_int_equal(gb_file_read("pipeline/document/document.h", 1 << 20, &header, &e), GB_OK);
    gb_buf_addc(&header, '\0');
    assert_int_equal(names_of("enum x { GB_A, /* GB_C */ GB_B };", "x"), 2);
    open_gallery(&f, ALL);
    look(f.d->root, &friendly);
    look(f.d->root->child, &friendly);
    look(f.d->root->child->next, &hostile);
    all_of(header.p, "gb_node_kind", friendly.node, "any");
    all_of(header.p, "gb_chart_kind", friendly.chart, "friendly");
    all_of(header.p, "gb_chart_kind", hostile.chart, "hostile");
    all_of(header.p, "gb_classing", friendly.classing, "any");
    all_of(header.p, "gb_inline_kind", friendly.in, "friendly");
    all_of(header.p, "gb_inline_kind", hostile.in, "hostile");
    close_gallery(&f);
    gb_buf_release(&header);
}

/* ---- two sheets by pixels ----------------------------------------------------------------------------------------------- */
static void sheet(const char *name, unsigned parts, int page)
{
    static struct pixel_print got;
    const char *tmp = getenv("TMPDIR");
    char file[300];
    struct gallery f;
    struct gb_buf pdf = { 0 };
    struct gb_err e = { 0 };
    struct pixels picture;
    snprintf(file, sizeof file, "%s/gb-sheet.%d.pdf", tmp ? tmp : "/tmp", (int)getpid());
    open_gallery(&f, parts);
    render(&f, &pdf, NULL);
    assert_int_equal(gb_file_replace(file, pdf.p, pdf.n, &e), GB_OK);
    pixels_of(file, page, false, &picture);
    unlink(file);
    pixels_print(&picture, &got);
    pixels_golden(name, &got, "render_gallery");
    pixels_free(&picture);
    gb_buf_release(&pdf);
    close_gallery(&f);
}
static void sheets(void **state)
{
    (void)state;
    if (system("command -v pdftoppm >/dev/null") != 0) skip();
    sheet("gallery-blocks", WORDS, 1);
    sheet("gallery-maps", MAPS, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(gallery), cmocka_unit_test(nothing_is_left_out), cmocka_unit_test(sheets) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
