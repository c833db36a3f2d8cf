/* test_script_map.c — doc:map: what becomes a point, when it is coloured by threshold, and that nothing is left where there are no
 * outlines. Outlines are squares laid over three communes here: the project publishes none. */
#include "base/decimal.h"
#include "script_fixture.h"

static const char DATA[] = "inv.disbursement_rate 14758 2026-10=21\ninv.disbursement_rate 14797 2026-10=88\ninv.disbursement_rate 14812 2026-10=47.5\n";

static void lay_squares(struct sfx *f)
{
    static const char *const code[] = { "14758", "14797", "14812" };
    f->c.boundary = GB_NEW_N(&f->a, 3, struct gb_boundary);
    for (int i = 0; i < 3; i++) {
        double *p = GB_NEW_N(&f->a, 8, double);
        double x = 105.7 + 0.1 * i, y = 19.8;
        const double square[] = { x, y, x + 0.1, y, x + 0.1, y + 0.1, x, y + 0.1 };
        memcpy(p, square, sizeof square);
        struct gb_ring *ring = GB_NEW(&f->a, struct gb_ring);
        *ring = (struct gb_ring){ .lon_lat = p, .n_points = 4, .outer = true };
        f->c.boundary[f->c.n_boundaries++] = (struct gb_boundary){ gb_region_find(&f->c, code[i]), ring, 1, x, y, x + 0.1, y + 0.1, { { 0 } } };
        assert_true(f->c.boundary[i].region_i >= 0);
    }
}

static const char *run(struct sfx *f, const char *call, struct gb_doc **doc)
{
    const char *text = gb_sprintf(&f->a, "return gb.report { code = \"x\", title = \"x\", audiences = { \"leadership\" }, body = function(doc, s)\n%s\nend }", call);
    struct gb_script_file file = { .path = "x.lua", .text = text, .n = strlen(text) };
    struct gb_script_sources src = { .arena = &f->a, .file = &file, .n_files = 1 };
    struct gb_script_job job = sfx_job(f, "x.lua");
    struct gb_err e = { 0 };
    static char line[GB_ERR_TEXT];
    job.sources = &src;
    return gb_script_run(&job, &f->a, doc, &e) ? gb_err_line(&e, line, sizeof line) : NULL;
}

static const struct gb_chart *map_of(const struct gb_node *n)
{
    if (n->kind == GB_NODE_CHART && n->chart->kind == GB_CHART_MAP) return n->chart;
    for (const struct gb_node *c = n->child; c; c = c->next) {
        const struct gb_chart *m = map_of(c);
        if (m) return m;
    }
    return NULL;
}

static const struct gb_chart *drawn(struct sfx *f, const char *call)
{
    struct gb_doc *doc = NULL;
    const char *fault = run(f, call, &doc);
    if (fault) fail_msg("%s", fault);
    return map_of(doc->root);
}

static void points_and_colours(void **state)
{
    (void)state;
    struct sfx f;
    sfx_open(&f, "reports", DATA, GB_LEADERSHIP, "2026-11-22");
    lay_squares(&f);
    const struct gb_chart *m = drawn(&f, "doc:map { s[\"inv.disbursement_rate\"], by = \"commune\" }");
    assert_non_null(m);
    assert_int_equal(m->series[0].n, 3);
    assert_non_null(strstr(m->title, "theo địa bàn, thấp nhất tại"));
    assert_non_null(strstr(m->alt, "Bản đồ, 3 địa bàn"));
    const struct gb_chart_point *p = m->series[0].point;
    assert_int_equal(p[0].region_i, gb_region_find(&f.c, "14758")); /* worst first */
    assert_string_equal(p[0].x.text, "14758");
    assert_true(p[0].highlight && p[0].state > p[2].state && p[2].state == GB_GOOD && !p[2].highlight);
    m = drawn(&f, "doc:map { s[\"inv.disbursement_rate\"], classes = \"quantile\", worst = 1 }");
    assert_true(m->series[0].point[0].highlight && !m->series[0].point[1].highlight && !m->has_steps);
    for (int i = 0; i < 3; i++) assert_int_equal(m->series[0].point[i].state, GB_STATE_NONE);
    m = drawn(&f, "doc:map { s[\"inv.disbursement_rate\"], classes = { 50, gb.number(\"82,5\") } }");
    assert_true(m->classing == GB_CLASSING_LIMITS && m->n_limits == 2 && m->limit[0] == 50000000 && m->limit[1] == 82500000);
    m = drawn(&f, "doc:map { s[\"inv.disbursement_rate\"], classes = \"jenks\" }");
    assert_true(m->classing == GB_CLASSING_JENKS && m->series[0].point[0].state == GB_STATE_NONE);
    m = drawn(&f, "doc:map { s[\"inv.disbursement_rate\"], as = \"circles\", worst = 1 }");
    assert_true(m->style == GB_MAP_CIRCLES && m->series[0].point[0].state == GB_STATE_NONE);
    assert_true(m->series[0].point[0].highlight && m->series[0].point[0].region_i == gb_region_find(&f.c, "14797")); /* the greatest */
    assert_non_null(strstr(m->alt, "Bản đồ vòng tròn theo số liệu, 3 địa bàn"));
    assert_null(drawn(&f, "doc:map { s[\"inv.disbursement_rate\"], by = \"point\" }")); /* no station measures it */
    assert_null(drawn(&f, "doc:map { s[\"inv.land_rate\"] }"));                  /* no data */
    sfx_close(&f);
}

/* Without outlines: one tile for each commune of the day in the order of codes, those without a value too. Few values: a sentence. */
static void tiles(void **state)
{
    (void)state;
    struct sfx f;
    sfx_open(&f, "reports", DATA, GB_LEADERSHIP, "2026-11-22");
    size_t communes = 0, many = 0;
    struct gb_buf data = { 0 };
    for (int i = 0; i < f.c.n_regions; i++) {
        if (f.c.region[i].level != GB_AT_COMMUNE || !gb_region_valid(&f.c.region[i], f.ev.date, f.ev.date)) continue;
        if (communes++ % 3 == 0) gb_buf_addf(&data, "inv.disbursement_rate %s 2026-10=%zu\n", f.c.region[i].code, 20 + many++);
    }
    struct gb_doc *doc = NULL;
    struct gb_buf dump = { 0 };
    assert_null(run(&f, "doc:map { s[\"inv.disbursement_rate\"], by = \"commune\" }", &doc)); /* Thanh Hóa has no outlines */
    assert_null(map_of(doc->root));
    gb_doc_dump(doc, &dump);
    assert_non_null(strstr(dump.p, gb_sprintf(&f.a, "có số liệu của 3 trong %zu xã, phường, chưa đủ để vẽ sơ đồ.", communes)));
    gb_buf_release(&dump);
    const struct gb_chart *m = drawn(&f, "doc:map { s[\"inv.disbursement_rate\"], within = { \"14758\", \"14797\", \"14818\" } }");
    assert_true(m->tiles);
    assert_int_equal(m->series[0].n, 3); /* one of the three has no value */
    assert_int_equal(m->series[0].point[2].y.kind, GB_V_MISSING);
    lay_squares(&f);
    m = drawn(&f, "doc:map { s[\"inv.disbursement_rate\"], within = { \"14758\", \"14797\" } }");
    assert_true(m->listed && !m->tiles && m->series[0].n == 2);
    sfx_close(&f);
    sfx_open(&f, "reports", data.p, GB_LEADERSHIP, "2026-11-22");
    gb_buf_release(&data);
    static const char *const calls[] = { "doc:map { s[\"inv.disbursement_rate\"], by = \"commune\" }", "doc:map { s[\"inv.disbursement_rate\"], within = \"38\" }" };
    assert_null(drawn(&f, "doc:map { s[\"inv.disbursement_rate\"], by = \"commune\", tiles = false }"));
    for (int call = 0; call < 2; call++) {
        m = drawn(&f, calls[call]);
        assert_non_null(m);
        assert_true(m->tiles);
        assert_int_equal(m->series[0].n, communes);
        size_t with = 0;
        for (size_t i = 0; i < m->series[0].n; i++) {
            const struct gb_chart_point *p = &m->series[0].point[i];
            assert_true(i == 0 || strcmp(p[-1].x.text, p->x.text) < 0);
            with += p->y.kind == GB_V_NUM;
        }
        assert_int_equal(with, many);
        assert_non_null(strstr(m->alt, "Sơ đồ ô xếp theo mã, không theo vị trí địa lý"));
        assert_non_null(strstr(m->alt, "địa bàn chưa có số liệu"));
    }
    sfx_close(&f);
}

static const char *text_of(struct sfx *f, const char *call, const struct gb_chart **map)
{
    struct gb_doc *doc = NULL;
    struct gb_buf dump = { 0 };
    const char *fault = run(f, call, &doc);
    struct gb_err e = { 0 };
    if (fault || gb_doc_check(doc, &e)) fail_msg("%s", fault ? fault : "check");
    gb_doc_dump(doc, &dump);
    *map = map_of(doc->root);
    const char *s = gb_buf_copy(&f->a, &dump);
    gb_buf_release(&dump);
    return s;
}

static int stand(struct sfx *f, const char *code, double lon, double lat, bool approximate)
{
    int r = gb_region_find(&f->c, code);
    assert_true(r >= 0);
    f->c.region[r].has_position = true;
    f->c.region[r].lon = lon;
    f->c.region[r].lat = lat;
    f->c.region[r].approximate = approximate;
    return r;
}

/* What lies within so many kilometres, and what is not known about it. */
static void radius(void **state)
{
    (void)state;
    struct sfx f;
    const struct gb_chart *map = NULL;
    sfx_open(&f, "reports", DATA, GB_LEADERSHIP, "2026-11-22");
    int cod = gb_indicator_find(&f.c, "iz.cod"), at[2], n = 0;
    for (int i = 0; i < f.c.n_points && n < 2; i++)
        if (f.c.point[i].indicator_i == cod) at[n++] = f.c.point[i].region_i;
    assert_int_equal(n, 2);
    char *data = gb_sprintf(&f.a, "iz.cod %s 2026-11-22T05=90\niz.cod %s 2026-11-22T05=50\n", f.c.region[at[0]].code, f.c.region[at[1]].code);
    char *a = strdup(f.c.region[at[0]].code), *b = strdup(f.c.region[at[1]].code), *copy = strdup(data);
    sfx_close(&f);
    sfx_open(&f, "reports", copy, GB_LEADERSHIP, "2026-11-22");
    for (int r = 0; r < f.c.n_regions; r++) f.c.region[r].has_position = false;
    const char *s = text_of(&f, "doc:radius { s[\"iz.cod\"], km = 5 }", &map);
    assert_null(map);
    assert_non_null(strstr(s, "chưa có tọa độ của điểm đo nào; bổ sung cột lat, lon trong regions.csv"));
    stand(&f, a, 105.80, 19.80, false);
    s = text_of(&f, "doc:radius { s[\"iz.cod\"], km = 5 }", &map);
    assert_non_null(strstr(s, "trong các điểm đã có tọa độ"));
    assert_non_null(strstr(s, "1 điểm khác có số liệu chưa có tọa độ."));
    assert_non_null(strstr(s, "nên chưa tính được xã và dân số"));
    stand(&f, b, 105.80, 19.82, false); /* 2.21 km north */
    int near = stand(&f, "14797", 105.81, 19.80, true), far = stand(&f, "14812", 105.9, 19.9, false);
    f.c.region[near].population = 41000;
    f.c.region[far].population = 7;
    s = text_of(&f, "doc:radius { s[\"iz.cod\"], km = 5, worst = 1 }", &map);
    assert_non_null(strstr(s, "(2,2\u00a0km)"));
    assert_non_null(strstr(s, "Phường Hạc Thành (khoảng 1\u00a0km)"));
    assert_non_null(strstr(s, "41.000"));
    assert_null(strstr(s, "chưa có số dân"));
    assert_non_null(map);
    assert_true(map->radius_km == 5 && map->series[0].point[0].highlight && !map->series[0].point[1].highlight);
    f.c.region[near].population = 0; /* one commune of two: counted as unknown */
    s = text_of(&f, "doc:radius { s[\"iz.cod\"], km = 50, worst = 1, map = false }", &map);
    assert_non_null(strstr(s, "1 lượt xã, phường trong phạm vi chưa có số dân."));
    assert_null(map);
    f.c.region[far].population = 0; /* none at all: no column of dashes */
    s = text_of(&f, "doc:radius { s[\"iz.cod\"], km = 50, worst = 1, map = false }", &map);
    assert_non_null(strstr(s, "Chưa có số dân của xã, phường"));
    assert_null(strstr(s, "Dân số"));
    free(a), free(b), free(copy);
    sfx_close(&f);
}

/* Ten points with positions: cells; nine: marks and the reason; none: tiles, as every map of points. */
static void heat(void **state)
{
    (void)state;
    struct sfx f;
    const struct gb_chart *map = NULL;
    struct gb_buf data = { 0 };
    char code[17][40];
    int n = 0;
    sfx_open(&f, "reports", DATA, GB_LEADERSHIP, "2026-11-22");
    int rain = gb_indicator_find(&f.c, "dis.rain_24h");
    for (int i = 0; i < f.c.n_points && n < 17; i++)
        if (f.c.point[i].indicator_i == rain) snprintf(code[n++], sizeof code[0], "%s", f.c.region[f.c.point[i].region_i].code);
    assert_true(n >= 12);
    enum gb_freq freq = f.c.indicator[rain].freq;
    for (int i = 0; i < n; i++) gb_buf_addf(&data, freq == GB_FREQ_DAY ? "dis.rain_24h %s 2026-11-22=%d\n" : "dis.rain_24h %s 2026-11-22T05=%d\n", code[i], 10 + i);
    char *kept = strdup(gb_buf_copy(&f.a, &data));
    sfx_close(&f);
    gb_buf_release(&data);
    static const char call[] = "doc:map { s[\"dis.rain_24h\"], by = \"point\", as = \"heat\" }";
    sfx_open(&f, "reports", kept, GB_LEADERSHIP, "2026-11-22");
    free(kept);
    f.c.indicator[rain].agg = GB_AGG_SUM; /* no point of this locality counts what adds up in so many places */
    for (int r = 0; r < f.c.n_regions; r++) f.c.region[r].has_position = false;
    for (int i = 0; i < n; i++) stand(&f, code[i], 105.0 + 0.25 * (i / 3), 19.8, true); /* three to a cell */
    const char *s = text_of(&f, call, &map);
    assert_non_null(map);
    assert_true(map->style == GB_MAP_HEAT && map->cell_km == 5 && map->series[0].point[0].state == GB_STATE_NONE);
    assert_non_null(strstr(map->title, "tổng theo ô cao nhất "));
    assert_non_null(strstr(map->alt, "Bản đồ cộng theo ô lục giác"));
    assert_non_null(strstr(map->alt, "Mỗi ô rộng khoảng 5 km; ô cao nhất quanh "));
    int64_t want = 0; /* the cell of three with the highest figures */
    for (int i = (n / 3 - 1) * 3; i < n / 3 * 3; i++) want += 10 + i;
    int64_t got;
    assert_true(gb_dec_rescale(map->hot.num, map->hot.scale, 0, &got));
    assert_int_equal(got, want);
    assert_null(strstr(s, "Không cộng theo ô"));
    assert_non_null(strstr(s, "cells title="));
    for (int i = 0; i < n; i++) f.c.region[gb_region_find(&f.c, code[i])].has_position = i >= n / 4;
    if (n - n / 4 >= 10) {
        text_of(&f, call, &map);
        assert_true(map->style == GB_MAP_HEAT && map->series[0].n == (size_t)n); /* those without a position stay in the spec: the legend counts them */
    }
    for (int i = 0; i < n; i++) f.c.region[gb_region_find(&f.c, code[i])].has_position = false;
    text_of(&f, call, &map);
    assert_true(map->tiles);
    sfx_close(&f);
    gb_buf_addf(&data, "dis.rain_24h %s %s=5\ndis.rain_24h %s %s=7\n", code[0], freq == GB_FREQ_DAY ? "2026-11-22" : "2026-11-22T05", code[1], freq == GB_FREQ_DAY ? "2026-11-22" : "2026-11-22T05");
    sfx_open(&f, "reports", data.p, GB_LEADERSHIP, "2026-11-22");
    gb_buf_release(&data);
    f.c.indicator[rain].agg = GB_AGG_SUM;
    stand(&f, code[0], 105, 19.8, false), stand(&f, code[1], 105, 19.9, false);
    s = text_of(&f, call, &map);
    assert_true(map->style == GB_MAP_COLOURS && !map->tiles);
    assert_non_null(strstr(s, "Không cộng theo ô: chỉ có 2 điểm biết vị trí, cần từ 10 điểm; bản đồ ghi từng điểm."));
    sfx_close(&f);
}

static void wrong_words(void **state)
{
    (void)state;
    static const struct { const char *call, *words; } cases[] = {
        { "doc:map { s[\"inv.disbursement_rate\"], classes = \"thresold\" }", "không có \"thresold\"" },
        { "doc:map { s[\"inv.disbursement_rate\"], classes = { 50, \"82.5\" } }", "giới hạn thứ 2 của classes" },
        { "doc:map { s[\"inv.disbursement_rate\"], classes = { 50, 50 } }", "phải tăng dần" },
        { "doc:map { s[\"inv.disbursement_rate\"], classes = { 1, 2, 3, 4, 5 } }", "từ 1 đến 4" },
        { "doc:map { s[\"inv.disbursement_rate\"], classes = {} }", "từ 1 đến 4" },
        { "doc:map { s[\"inv.disbursement_rate\"], as = \"hot\" }", "không có \"hot\"" },
        { "doc:map { s[\"inv.disbursement_rate\"], as = \"heat\" }", "hãy ghi thêm by = \"point\"" },
        { "doc:map { s[\"iz.cod\"], by = \"point\", as = \"heat\" }", "cần chỉ số cộng được" },
        { "doc:map { s[\"inv.disbursement_rate\"], by = \"province\" }", "không có \"province\"" },
        { "doc:map { s[\"inv.disbursement_rate\"], within = { \"1\" } }", "mã \"1\" không có trong regions.csv" },
        { "doc:map { s[\"inv.disbursement_rate\"], within = 38 }", "within là mã địa bàn" },
        { "doc:map { s[\"inv.disbursement_rate\"], colour = true }", "colour" },
        { "doc:map { \"inv.disbursement_rate\" }", "mục đầu tiên phải là một chỉ số" },
    };
    struct sfx f;
    sfx_open(&f, "reports", DATA, GB_LEADERSHIP, "2026-11-22");
    lay_squares(&f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct gb_doc *doc = NULL;
        const char *fault = run(&f, cases[i].call, &doc);
        if (!fault || !strstr(fault, cases[i].words)) fail_msg("%s: %s", cases[i].call, fault ? fault : "passed");
    }
    sfx_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(points_and_colours), cmocka_unit_test(tiles), cmocka_unit_test(radius), cmocka_unit_test(heat), cmocka_unit_test(wrong_words) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
