/* test_map_draw.c — whole maps: the made-up province against its tracked trace (GB_BLESS=1 writes it anew), hostile data, and real
 * outlines where they are at hand. On every map texts keep clear of each other and inside the frame, leaders cross no text. */
#include <unistd.h>

#include "map_checks.h"

static struct gb_chart toy(struct gb_arena *a, const struct gb_catalogue *k, bool judged)
{
    static const struct { const char *code; int64_t v; enum gb_state s; } rows[] = { { "90004", 214, GB_EMERGENCY }, { "90006", 402, GB_DANGER }, { "90002", 655, GB_WATCH },
        { "90001", 812, GB_GOOD }, { "90003", 907, GB_GOOD }, { "90007", 333, GB_DANGER } };
    struct gb_chart c = fx_map(a, 8);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct gb_chart_point *p = fx_point(&c, k, rows[i].code, rows[i].v);
        p->state = judged ? rows[i].s : GB_STATE_NONE;
        p->highlight = i < 2;
    }
    static const int64_t limit[] = { 700, 550, 410, 250 };
    c.has_steps = judged;
    for (int i = 0; i < 4; i++) c.step[i] = (struct gb_threshold){ true, limit[i], limit[i] };
    return c;
}

static void golden(void **state)
{
    (void)state;
    struct gb_catalogue k;
    struct gb_arena a;
    fx_load(&k, TOY);
    gb_arena_init(&a, 0);
    struct gb_chart judged = toy(&a, &k, true), plain = toy(&a, &k, false);
    compare("toy-states", &judged, &k, 468, &print);
    compare("toy-values-phone", &plain, &k, 340, &phone);
    gb_arena_release(&a);
    gb_catalogue_release(&k);
}

/* What is missing is said: communes without a value, places that the map cannot show. */
static void nothing_is_lost(void **state)
{
    (void)state;
    struct gb_catalogue k;
    struct gb_arena a;
    fx_load(&k, TOY);
    gb_arena_init(&a, 0);
    struct gb_chart c = toy(&a, &k, true);
    fx_point(&c, &k, "không có mã này", 500);
    int n = draw("toy", &c, &k, 468, &print, NULL);
    assert_int_equal(has_text(n, "chưa có số liệu"), 1); /* 90005 has no point */
    assert_int_equal(has_text(n, "(1)\""), 4);           /* three classes of one and the one without a value */
    assert_int_equal(has_text(n, "(0)\""), 1);
    assert_int_equal(has_text(n, "(2)\""), 1);
    assert_int_equal(has_text(n, "Ngoài bản đồ: 2 địa bàn"), 1);
    assert_int_equal(has_text(n, "Xã Núi Cao\""), 1);
    assert_int_equal(has_text(n, "21,4%\""), 2); /* label and title */
    assert_int_equal(has_text(n, " km\""), 1);
    assert_true(gb_map_is_drawable(&c, &k));
    int n_boundaries = k.n_boundaries;
    k.n_boundaries = 0; /* a locality without outlines */
    assert_false(gb_map_is_drawable(&c, &k));
    n = draw("without outlines", &c, &k, 468, &print, NULL);
    assert_int_equal(has_text(n, "chưa có số liệu"), 1);
    k.n_boundaries = n_boundaries;
    c.series[0].n = 0;
    assert_false(gb_map_is_drawable(&c, &k));
    draw("no points", &c, &k, 468, &print, NULL);
    c.n_series = 0;
    draw("no series", &c, &k, 468, &print, NULL);
    gb_arena_release(&a);
    gb_catalogue_release(&k);
}

static void stations(void **state)
{
    (void)state;
    struct gb_catalogue k;
    struct gb_arena a;
    struct gb_buf out = { 0 };
    fx_load(&k, TOY);
    gb_arena_init(&a, 0);
    struct gb_chart c = fx_map(&a, 4);
    fx_point(&c, &k, "tram-1", 321)->highlight = true;
    c.series[0].point[0].state = GB_WARNING;
    fx_point(&c, &k, "tram-2", 300)->state = GB_WARNING; /* no position */
    int n = draw("stations", &c, &k, 468, &print, &out);
    assert_int_equal(has_text(n, "Trạm Bến Đò"), 1);
    assert_int_equal(has_text(n, "Ngoài bản đồ: 1 địa bàn"), 1);
    assert_int_equal(has_text(n, "chưa có số liệu"), 0); /* communes are only the ground here */
    assert_non_null(strstr(out.p, "#e69f00ff"));
    c.radius_km = 4; /* no length of a scale bar */
    k.region[c.series[0].point[0].region_i].approximate = true;
    n = draw("circles", &c, &k, 468, &print, NULL);
    assert_int_equal(has_text(n, "Vòng tròn: bán kính 4 km"), 1);
    assert_int_equal(has_text(n, "\"4 km\""), 1); /* at the circle */
    assert_int_equal(has_text(n, "Vị trí gần đúng"), 1);
    c.radius_km = 0;
    k.n_boundaries = 0; /* stations alone still make a map */
    assert_true(gb_map_is_drawable(&c, &k));
    n = draw("stations without outlines", &c, &k, 340, &phone, NULL);
    assert_int_equal(has_text(n, "Trạm Bến Đò"), 1);
    gb_buf_release(&out);
    gb_arena_release(&a);
    gb_catalogue_release(&k);
}

/* Long names, all highlighted, huge and missing values, little room: nothing overlaps, nothing leaves the frame. */
static void hostile(void **state)
{
    (void)state;
    struct gb_catalogue k;
    struct gb_arena a;
    fx_load(&k, TOY);
    gb_arena_init(&a, 0);
    static const char *const names[] = { "Phường Văn Miếu - Quốc Tử Giám và các khu vực lân cận thuộc quận cũ", "X", "", "Xãkhôngcódấucáchnàotrongtêndàithậtlàdàiđếnmứckhôngthểngắtdòng" };
    static const int64_t values[] = { 0, INT64_MAX, INT64_MIN + 1, -1, INT64_MIN, 999999999999 };
    static const double widths[] = { 468, 340, 200, 120, 60 };
    for (int round = 0; round < 6; round++) {
        struct gb_chart c = fx_map(&a, 16);
        for (int i = 0; i < 10; i++) {
            struct gb_chart_point *p = fx_point(&c, &k, k.region[1 + i % (k.n_regions - 1)].code, values[(i + round) % 6]);
            p->label = names[(i + round) % 4];
            p->highlight = true;
            p->state = round % 2 && p->y.kind == GB_V_NUM ? (enum gb_state)(GB_GOOD + i % 5) : GB_STATE_NONE;
        }
        for (size_t w = 0; w < sizeof widths / sizeof *widths; w++)
            for (int m = 0; m < 2; m++) {
                const struct gb_chart_style *st = m ? &phone : &print;
                double h = gb_figure_height_pt(&c, &k, widths[w], st);
                assert_true(h > 0 && h < 2000);
                if (widths[w] >= 200) draw("hostile", &c, &k, widths[w], st, NULL);
                for (double part = 0.2; part < 1; part += 0.2) {
                    struct gb_buf svg = { 0 }; /* too little room: no crash, no error; the frame itself may not fit */
                    struct gb_err e = { 0 };
                    struct gb_canvas *cv = gb_canvas_svg(widths[w], h * part, "t", "d", "vi", &svg);
                    gb_figure_draw(&c, &k, cv, (struct gb_rect){ 0, 0, widths[w], h * part }, st, &a);
                    assert_int_equal(gb_canvas_close(cv, &e), GB_OK);
                    gb_buf_release(&svg);
                }
            }
    }
    gb_arena_release(&a);
    gb_catalogue_release(&k);
}

/* ---- tiles: a map without geography ------------------------------------------------------------------------------------ */
/* n communes of the made-up province again and again, every ninth without a value. */
static struct gb_chart tiles(struct gb_arena *a, const struct gb_catalogue *k, size_t n, const char *long_name, bool judged)
{
    static const char *const words[] = { "Phường Hạc Thành", "Xã Hoằng Tiến", "Phường Nghi Sơn", "Xã Thường Xuân", "Xã Nguyệt Ấn" };
    struct gb_chart c = fx_map(a, n);
    unsigned seed = 7;
    for (size_t i = 0; i < n; i++) {
        seed = seed * 1103515245u + 12345u;
        struct gb_chart_point *p = fx_point(&c, k, k->region[1 + i % 7].code, i % 9 == 8 ? INT64_MIN : (int64_t)(seed >> 16) % 1000);
        p->label = long_name && i % 4 == 0 ? long_name : gb_sprintf(a, "%s %zu", words[i % 5], i);
        p->state = judged && p->y.kind == GB_V_NUM ? (enum gb_state)(GB_GOOD + p->y.num / 200) : GB_STATE_NONE;
        p->highlight = i < 6;
    }
    c.tiles = true;
    return c;
}

static double smallest_text(int n)
{
    double least = 1000;
    for (int i = 0; i < n; i++) least = box[i].h / 0.92 < least ? box[i].h / 0.92 : least;
    return least;
}

static void tiles_golden(void **state)
{
    (void)state;
    struct gb_catalogue k;
    struct gb_arena a;
    fx_load(&k, TOY);
    gb_arena_init(&a, 0);
    struct gb_chart judged = tiles(&a, &k, 27, NULL, true), plain = tiles(&a, &k, 5, NULL, false);
    compare("tiles-states", &judged, &k, 468, &print);
    compare("tiles-values-phone", &plain, &k, 340, &phone);
    gb_arena_release(&a);
    gb_catalogue_release(&k);
}

/* Every place has its tile and its name, large enough to be read in print; what has no value is counted; it is said that a tile is no place. */
static void tiles_of_any_number(void **state)
{
    (void)state;
    static const char long_name[] = "Xã Xãkhôngcódấucáchnàotrongtêndàithậtlàdài và một phần tên rất dài nữa";
    static const size_t sizes[] = { 1, 3, 24, 25, 166, 400 };
    struct gb_catalogue k;
    fx_load(&k, TOY);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int mode = 0; mode < 8; mode++) {
            struct gb_arena a;
            gb_arena_init(&a, 0);
            size_t n = sizes[i];
            struct gb_chart c = tiles(&a, &k, n, mode & 1 ? long_name : NULL, mode & 2);
            struct gb_buf out = { 0 };
            char *name = gb_sprintf(&a, "%zu tiles, mode %d", n, mode);
            assert_true(gb_map_is_drawable(&c, &k));
            const struct gb_chart_style *st = mode & 4 ? &phone : &print;
            int drawn = draw(name, &c, &k, mode & 4 ? 340 : 467.7, st, &out);
            if (drawn < (int)n) fail_msg("%s: only %d texts", name, drawn);
            if (!strstr(out.p, "không cho biết vị trí")) fail_msg("%s: does not say that tiles are no places", name);
            if (n > 8 && !strstr(out.p, "chưa có số liệu")) fail_msg("%s: missing values are not counted", name);
            if (!(mode & 1) && strstr(out.p, "\"Xã ")) fail_msg("%s: the kind of place takes the room of its name", name);
            if (smallest_text(drawn) < 6.5) fail_msg("%s: letters of %.2f pt", name, smallest_text(drawn));
            gb_buf_release(&out);
            gb_arena_release(&a);
        }
    gb_catalogue_release(&k);
}

/* The two darkest of five classes take white letters: black on them is lost on a photocopy. */
static void tiles_are_readable(void **state)
{
    (void)state;
    struct gb_catalogue k;
    struct gb_arena a;
    struct gb_classes classes;
    struct gb_buf out = { 0 };
    fx_load(&k, TOY);
    gb_arena_init(&a, 0);
    struct gb_chart c = tiles(&a, &k, 90, NULL, false);
    int dark = 0, white = 0;
    gb_classes_make(&classes, &c, &a);
    assert_int_equal(classes.n, 5);
    for (size_t i = 0; i < c.series[0].n; i++) dark += gb_class_of(&classes, &c.series[0].point[i]) >= 3;
    draw("readable", &c, &k, 468, &print, &out);
    for (const char *p = strstr(out.p, "#ffffffff start"); p; p = strstr(p + 1, "#ffffffff start")) white++;
    assert_true(dark > 20);
    assert_in_range(white, 2 * dark, 3 * dark); /* one or two lines of name, and the figure */
    gb_buf_release(&out);
    gb_arena_release(&a);
    gb_catalogue_release(&k);
}

/* One name, two kinds: the letter of the kind stays. Points are said to be points. Less height: names, then colours, then a sentence. */
static void tiles_told_apart(void **state)
{
    (void)state;
    struct gb_catalogue k;
    struct gb_arena a;
    struct gb_err e = { 0 };
    fx_load(&k, TOY);
    gb_arena_init(&a, 0);
    struct gb_chart c = tiles(&a, &k, 4, NULL, false);
    c.series[0].point[0].label = "Phường Quảng Phú";
    c.series[0].point[1].label = "Xã Quảng Phú";
    c.series[0].point[2].label = NULL;
    c.series[0].point[3].label = "Xã ";
    int n = draw("told apart", &c, &k, 468, &print, NULL);
    assert_int_equal(has_text(n, "\"P. Quảng Phú\""), 1);
    assert_int_equal(has_text(n, "\"X. Quảng Phú\""), 1);
    struct gb_chart stations = fx_map(&a, 2);
    fx_point(&stations, &k, "tram-2", 300);
    fx_point(&stations, &k, "tram-1", 321);
    stations.tiles = true;
    n = draw("points", &stations, &k, 468, &print, NULL);
    assert_int_equal(has_text(n, "Mỗi ô là một điểm đo"), 1);
    c = tiles(&a, &k, 166, NULL, true);
    double wish = gb_figure_height_pt(&c, &k, 468, &print);
    static const struct { double part; bool names, said; } less[] = { { 1, true, false }, { 0.75, true, false }, { 0.5, false, false }, { 0.12, false, true } };
    for (size_t i = 0; i < sizeof less / sizeof *less; i++) {
        struct gb_buf t = { 0 };
        struct gb_canvas *cv = gb_canvas_trace(&t);
        gb_figure_draw(&c, &k, cv, (struct gb_rect){ 0, 0, 468, wish * less[i].part }, &print, &a);
        assert_int_equal(gb_canvas_close(cv, &e), GB_OK);
        if (!!strstr(t.p, "Hạc") != less[i].names || !!strstr(t.p, "không đủ chỗ vẽ sơ đồ ô") != less[i].said) fail_msg("at %.2f of the height", less[i].part);
        gb_buf_release(&t);
    }
    gb_arena_release(&a);
    gb_catalogue_release(&k);
}

/* ---- real outlines ---------------------------------------------------------------------------------------------------- */
static void copy_into(struct gb_arena *a, const char *from, const char *dir, const char *name)
{
    struct gb_buf b = { 0 };
    struct gb_err e = { 0 };
    assert_int_equal(gb_file_read(from, 16 << 20, &b, &e), GB_OK);
    assert_int_equal(gb_file_create(gb_path_join(a, dir, name), b.p, b.n, &e), GB_OK);
    gb_buf_release(&b);
}

static void regions_csv(struct gb_arena *a, const char *folder, const char *dir)
{
    struct gb_buf b = { 0 }, out = { 0 };
    struct gb_err e = { 0 };
    assert_int_equal(gb_file_read(gb_sprintf(a, "%s/regions.tsv", folder), 16 << 20, &b, &e), GB_OK);
    for (size_t i = 0; i < b.n; i++) {
        assert_true(b.p[i] != ',' && b.p[i] != '"');
        gb_buf_addc(&out, b.p[i] == '\t' ? ',' : b.p[i]);
    }
    assert_int_equal(gb_file_create(gb_path_join(a, dir, "regions.csv"), out.p, out.n, &e), GB_OK);
    gb_buf_release(&b);
    gb_buf_release(&out);
}

/* Every commune with a made-up value, the twelve lowest named. */
static void real_map(struct gb_arena *a, const struct gb_catalogue *k, const char *name, int mode)
{
    struct gb_chart c = fx_map(a, (size_t)k->n_regions);
    unsigned seed = 3;
    for (int i = 0; i < k->n_boundaries; i++) {
        if (k->region[k->boundary[i].region_i].level != GB_AT_COMMUNE) continue;
        seed = seed * 1103515245u + 12345u;
        struct gb_chart_point *p = fx_point(&c, k, k->region[k->boundary[i].region_i].code, (int64_t)(seed >> 16) % 900);
        p->highlight = mode == 0 ? i % 12 == 5 : i < 14; /* spread out, or all in one corner */
    }
    assert_true(c.series[0].n > 90);
    int n = draw(name, &c, k, 467.7, &print, NULL), named = has_text(n, "%\"") - 1; /* one is the unit */
    if (named < 9) fail_msg("%s: only %d of 12 places named", name, named);
    n = draw(name, &c, k, 340, &phone, NULL);
    if (has_text(n, "%\"") - 1 < 6) fail_msg("%s: only %d places named on a phone", name, has_text(n, "%\"") - 1);
    static const double width[] = { 467.7, 340, 680 };
    for (int i = 0; i < 3; i++) {
        struct gb_buf svg = { 0 };
        struct gb_err e = { 0 };
        const struct gb_chart_style *st = i ? &phone : &print;
        double h = gb_figure_height_pt(&c, k, width[i], st);
        struct gb_canvas *cv = gb_canvas_svg(width[i], h, c.title, c.alt, "vi", &svg);
        gb_figure_draw(&c, k, cv, (struct gb_rect){ 0, 0, width[i], h }, st, a);
        assert_int_equal(gb_canvas_close(cv, &e), GB_OK);
        if (svg.n >= 100000) fail_msg("%s: %zu bytes of SVG at %.0f pt", name, svg.n, width[i]);
        gb_buf_release(&svg);
    }
}

/* As scripts/boundaries --repair installs them: some outlines of Thanh Hóa and Hà Nội cross or touch themselves. */
static void copy_repairable(struct gb_arena *a, const char *from, const char *dir)
{
    static const char yes[] = " \"make_valid\": true,";
    struct gb_buf b = { 0 }, out = { 0 };
    struct gb_err e = { 0 };
    assert_int_equal(gb_file_read(from, 1 << 24, &b, &e), GB_OK);
    gb_buf_addc(&b, '\0');
    const char *p = b.p, *q;
    for (; (q = strstr(p, "\"properties\"")) && (q = strchr(q, '{')); p = q + 1) {
        gb_buf_add(&out, p, (size_t)(q + 1 - p));
        gb_buf_add(&out, yes, sizeof yes - 1);
    }
    gb_buf_adds(&out, p);
    assert_int_equal(gb_file_create(gb_path_join(a, dir, "boundaries.geojson"), out.p, out.n, &e), GB_OK);
    gb_buf_release(&b);
    gb_buf_release(&out);
}

static void real_outlines(void **state)
{
    (void)state;
    static const char *const places[] = { "thanh-hoa-units", "ha-noi-units", "an-giang-units", "dong-nai-units" };
    int done = 0;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct gb_arena a;
        struct gb_err e = { 0 };
        struct gb_catalogue k;
        char dir[] = "/tmp/gb-map-XXXXXX";
        gb_arena_init(&a, 0);
        char *folder = gb_sprintf(&a, "../shared/data/real/%s", places[i]);
        if (gb_file_exists(gb_sprintf(&a, "%s/boundaries.geojson", folder))) {
            assert_non_null(mkdtemp(dir));
            assert_int_equal(gb_mkdirs(gb_path_join(&a, dir, "catalogue"), &e), GB_OK);
            copy_into(&a, TOY "/catalogue/indicators.csv", dir, "catalogue/indicators.csv");
            copy_into(&a, TOY "/agencies.csv", dir, "agencies.csv");
            regions_csv(&a, folder, dir);
            copy_repairable(&a, gb_sprintf(&a, "%s/boundaries.geojson", folder), dir);
            struct gb_buf b = { 0 };
            assert_int_equal(gb_file_read(gb_path_join(&a, dir, "regions.csv"), 1 << 20, &b, &e), GB_OK);
            const char *second = strchr(b.p, '\n') + 1;
            const char *root = gb_strndup(&a, second, (size_t)(strchr(second, ',') - second));
            char *lua = gb_sprintf(&a, "return { slug = \"x\", code = \"%s\", name = \"X\", short_name = \"X\", kind = \"province\", root_region = \"%s\", recipients = {} }\n", root, root);
            assert_int_equal(gb_file_create(gb_path_join(&a, dir, "locality.lua"), lua, strlen(lua), &e), GB_OK);
            gb_buf_release(&b);
            fx_load(&k, dir);
            real_map(&a, &k, places[i], 0);
            real_map(&a, &k, places[i], 1);
            gb_catalogue_release(&k);
            assert_int_equal(gb_remove_tree(dir, &e), GB_OK);
            done++;
        }
        gb_arena_release(&a);
    }
    if (!done) skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(golden), cmocka_unit_test(nothing_is_lost), cmocka_unit_test(stations), cmocka_unit_test(hostile), cmocka_unit_test(tiles_golden), cmocka_unit_test(tiles_of_any_number), cmocka_unit_test(tiles_are_readable), cmocka_unit_test(tiles_told_apart),
                                        cmocka_unit_test(real_outlines) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
