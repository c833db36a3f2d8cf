/* test_evaluation_real.c — real deliveries against an oracle made by other means.
 *
 * For every folder of ../shared/data/real that has deliveries and an expected.json: a minimal catalogue is read from its tables,
 * the deliveries go through a store, a cube is loaded, rolled up and evaluated, and the *exports* are compared with the oracle:
 * every count, number of missing, number of regions, exact sum, minimum and maximum by indicator, and every pair's latest,
 * previous, previous available and year-before period, value, change and percent. Skipped where the data are not there.
 */
#include <unistd.h>
#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"
#include "cube_fixture.h"
#include "evaluation/export.h"
#include "evaluation/rollup.h"

static const char REAL[] = "../shared/data/real";
enum { MAX_BYTES = 64 << 20 };

struct place {
    struct gb_arena a;
    struct gb_catalogue c;
    struct gb_store *store;
    char db_dir[64];
    struct gb_jval *expected;
};

static struct gb_buf slurp(const char *path)
{
    struct gb_buf b = { 0 };
    FX_OK(gb_file_read(path, MAX_BYTES, &b, &e));
    return b;
}

/* Fields of a TSV line by position; a line ends the last field. */
static size_t tsv_line(const char **p, const char *end, struct gb_str *field, size_t max)
{
    const char *nl = memchr(*p, '\n', (size_t)(end - *p));
    struct gb_str line = { *p, (size_t)((nl ? nl : end) - *p) };
    *p = nl ? nl + 1 : end;
    size_t n = 0;
    for (const char *at = line.p, *stop = line.p + line.n; n < max; n++) {
        const char *tab = memchr(at, '\t', (size_t)(stop - at));
        field[n] = (struct gb_str){ at, (size_t)((tab ? tab : stop) - at) };
        if (!tab) return n + 1;
        at = tab + 1;
    }
    return n;
}

static size_t column(const struct gb_str *head, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (gb_str_eq_c(head[i], name)) return i;
    fail_msg("no column %s", name);
    return 0;
}

static void read_indicators(struct place *l, const char *folder)
{
    struct gb_buf b = slurp(gb_sprintf(&l->a, "%s/indicators.tsv", folder));
    struct gb_str f[32];
    const char *p = b.p, *end = b.p + b.n;
    size_t n = tsv_line(&p, end, f, 32), code = column(f, n, "code"), freq = column(f, n, "frequency"), scale = column(f, n, "scale");
    size_t level = column(f, n, "level"), agg = column(f, n, "aggregation");
    l->c.indicator = GB_NEW_N(&l->a, 4096, struct gb_indicator);
    gb_map_init(&l->c.by_indicator);
    while (p < end) {
        tsv_line(&p, end, f, 32);
        struct gb_indicator *ind = &l->c.indicator[l->c.n_indicators];
        *ind = (struct gb_indicator){ .code = gb_strndup(&l->a, f[code].p, f[code].n), .class = GB_CLASS_PUBLIC, .agg_num = -1, .agg_den = -1 };
        assert_true(gb_freq_parse(gb_strndup(&l->a, f[freq].p, f[freq].n), &ind->freq));
        ind->scale = f[scale].p[0] - '0';
        ind->level = gb_str_eq_c(f[level], "point") ? GB_AT_POINT : gb_str_eq_c(f[level], "commune") ? GB_AT_COMMUNE
                     : gb_str_eq_c(f[level], "district") ? GB_AT_DISTRICT : gb_str_eq_c(f[level], "country") ? GB_AT_COUNTRY : GB_AT_PROVINCE;
        ind->agg = gb_str_eq_c(f[agg], "sum") ? GB_AGG_SUM : gb_str_eq_c(f[agg], "max") ? GB_AGG_MAX : gb_str_eq_c(f[agg], "mean") ? GB_AGG_MEAN : GB_AGG_NONE;
        gb_map_put(&l->c.by_indicator, ind->code, strlen(ind->code), l->c.n_indicators++);
    }
    gb_buf_release(&b);
}

static enum gb_level_kind level_of(struct gb_str type)
{
    static const struct { const char *type; enum gb_level_kind level; } kinds[] = { { "country", GB_AT_COUNTRY }, { "region", GB_AT_COUNTRY },
        { "province", GB_AT_PROVINCE }, { "city", GB_AT_PROVINCE }, { "district", GB_AT_DISTRICT }, { "ward", GB_AT_COMMUNE },
        { "commune", GB_AT_COMMUNE }, { "special-zone", GB_AT_COMMUNE }, { "unallocated", GB_AT_COMMUNE } };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (gb_str_eq_c(type, kinds[i].type)) return kinds[i].level;
    return GB_AT_POINT;
}

static void read_regions(struct place *l, const char *folder)
{
    struct gb_buf b = slurp(gb_sprintf(&l->a, "%s/regions.tsv", folder));
    struct gb_str f[32];
    const char *p = b.p, *end = b.p + b.n;
    size_t n = tsv_line(&p, end, f, 32), code = column(f, n, "code"), type = column(f, n, "type"), parent = column(f, n, "parent");
    const char **parents = GB_NEW_N(&l->a, 8192, const char *);
    l->c.region = GB_NEW_N(&l->a, 8192, struct gb_region);
    gb_map_init(&l->c.by_region);
    while (p < end) {
        tsv_line(&p, end, f, 32);
        char *c = gb_strndup(&l->a, f[code].p, f[code].n);
        if (gb_map_find_c(&l->c.by_region, c) >= 0) continue; /* a second version of one code */
        int r = l->c.n_regions++;
        l->c.region[r] = (struct gb_region){ .code = c, .parent = -1, .level = level_of(f[type]) };
        parents[r] = gb_strndup(&l->a, f[parent].p, f[parent].n);
        gb_map_put(&l->c.by_region, c, strlen(c), r);
    }
    for (int r = 0; r < l->c.n_regions; r++) l->c.region[r].parent = gb_region_find(&l->c, parents[r]);
    gb_buf_release(&b);
}

/* One indicator's rows of one file. */
struct gathered { const char **region; int32_t *period; int64_t *value; char *status; size_t n, cap[4]; };

static void gather_row(struct place *l, struct gathered *g, const struct gb_csv *csv, const size_t at[5])
{
    struct gb_str ind = csv->field[at[0]], reg = csv->field[at[1]], per = csv->field[at[2]], val = csv->field[at[3]], sta = csv->field[at[4]];
    int i = gb_map_find(&l->c.by_indicator, ind.p, ind.n), r = gb_map_find(&l->c.by_region, reg.p, reg.n);
    if (i < 0 || r < 0) fail_msg("line %lld: unknown code", (long long)csv->line);
    g += i;
    g->region = gb_grow(g->region, &g->cap[0], g->n + 1, sizeof *g->region);
    g->period = gb_grow(g->period, &g->cap[1], g->n + 1, sizeof *g->period);
    g->value = gb_grow(g->value, &g->cap[2], g->n + 1, sizeof *g->value);
    g->status = gb_grow(g->status, &g->cap[3], g->n + 1, 1);
    enum gb_freq freq;
    assert_true(gb_period_parse(per.p, per.n, &freq, &g->period[g->n]) && freq == l->c.indicator[i].freq);
    g->region[g->n] = l->c.region[r].code;
    g->value[g->n] = val.n ? fx_num(val.p, val.n, l->c.indicator[i].scale) : GB_VALUE_MISSING;
    g->status[g->n++] = sta.n ? sta.p[0] : 'A';
}

static void deliver(struct place *l, const char *path)
{
    char *meta_path = gb_sprintf(&l->a, "%.*s.meta.json", (int)(strlen(path) - 4), path);
    struct gb_buf meta = slurp(meta_path), b = slurp(path);
    struct gb_jval *m;
    FX_OK(gb_json_parse(&l->a, meta.p, meta.n, &m, &e));
    struct gb_delivery d = { .agency = gb_jstr(m, "agency"), .file_name = gb_path_base(path), .as_of = fx_date(gb_jstr(m, "as_of")),
                             .received_utc = 1, .sha256 = gb_sha256_of(b.p, b.n), .bytes = (int64_t)b.n };
    assert_true(gb_jint(m, "seq", &d.seq));
    struct gathered *g = GB_NEW_N(&l->a, (size_t)l->c.n_indicators, struct gathered);
    struct gb_csv *csv = GB_NEW(&l->a, struct gb_csv);
    gb_csv_init(csv, b.p, b.n, ',');
    assert_int_equal(gb_csv_next(csv), GB_CSV_ROW);
    static const char *const names[] = { "indicator", "region", "period", "value", "status" };
    size_t at[5];
    for (int k = 0; k < 5; k++) at[k] = column(csv->field, (size_t)csv->n_fields, names[k]);
    enum gb_csv_status st;
    while ((st = gb_csv_next(csv)) == GB_CSV_ROW) gather_row(l, g, csv, at), d.n_rows++;
    assert_int_equal(st, GB_CSV_END);
    struct gb_segment *seg = GB_NEW_N(&l->a, (size_t)l->c.n_indicators, struct gb_segment);
    size_t n = 0;
    for (int i = 0; i < l->c.n_indicators; i++)
        if (g[i].n) seg[n++] = (struct gb_segment){ .indicator = l->c.indicator[i].code, .scale = l->c.indicator[i].scale, .freq = l->c.indicator[i].freq,
            .n = g[i].n, .region = g[i].region, .period = g[i].period, .value = g[i].value, .status = g[i].status };
    FX_OK(gb_store_append(l->store, &d, seg, n, &e));
    assert_false(d.conflict);
    for (int i = 0; i < l->c.n_indicators; i++) free(g[i].region), free(g[i].period), free(g[i].value), free(g[i].status);
    gb_csv_release(csv);
    gb_buf_release(&meta), gb_buf_release(&b);
}

static void open_place(struct place *l, const char *folder)
{
    memset(l, 0, sizeof *l);
    gb_arena_init(&l->a, 0);
    struct gb_buf b = slurp(gb_sprintf(&l->a, "%s/expected.json", folder));
    FX_OK(gb_json_parse(&l->a, b.p, b.n, &l->expected, &e));
    gb_buf_release(&b);
    read_indicators(l, folder);
    read_regions(l, folder);
    strcpy(l->db_dir, "/tmp/gb-real-XXXXXX");
    assert_non_null(mkdtemp(l->db_dir));
    FX_OK(gb_store_open(&l->store, gb_sprintf(&l->a, "%s/store.db", l->db_dir), false, &e));
    const char **name;
    size_t n;
    char *deliveries = gb_sprintf(&l->a, "%s/deliveries", folder);
    FX_OK(gb_dir_list(&l->a, deliveries, &name, &n, &e));
    for (size_t i = n; i > 0; i--) /* backwards: arrival must not matter */
        if (gb_ends_with(name[i - 1], ".csv")) deliver(l, gb_path_join(&l->a, deliveries, name[i - 1]));
}

static void close_place(struct place *l)
{
    gb_store_close(l->store);
    FX_OK(gb_remove_tree(l->db_dir, &e));
    gb_map_release(&l->c.by_indicator), gb_map_release(&l->c.by_region);
    gb_arena_release(&l->a);
}

static int n_compared;

static void same(const char *what, const char *got, const char *want)
{
    n_compared++;
    if (strcmp(got, want ? want : "") != 0) fail_msg("%s: got %s, expected %s", what, *got ? got : "nothing", want ? want : "nothing");
}

static void same_int(const char *what, int64_t got, const struct gb_jval *obj, const char *key)
{
    int64_t want;
    assert_true(gb_jint(obj, key, &want));
    n_compared++;
    if (got != want) fail_msg("%s %s: got %lld, expected %lld", what, key, (long long)got, (long long)want);
}

/* by_indicator: over the cube as it was delivered, before any roll-up. */
static void check_indicators(struct place *l, const struct gb_cube *cube)
{
    const struct gb_jval *all = gb_jget(l->expected, "by_indicator");
    int64_t accepted = 0, missing_all = 0;
    size_t n_with_data = 0;
    for (int i = 0; i < l->c.n_indicators; i++) {
        int64_t count = 0, missing = 0, regions = 0, sum = 0, min = INT64_MAX, max = INT64_MIN;
        for (int r = 0; r < l->c.n_regions; r++) {
            const struct gb_series *s = gb_cube_series(cube, i, r);
            regions += s != NULL;
            for (uint32_t k = 0; s && k < s->n; k++) {
                int64_t v = s->value[k];
                if (v == GB_VALUE_MISSING) { missing++; continue; }
                count++;
                assert_true(gb_dec_add(sum, v, &sum));
                min = v < min ? v : min, max = v > max ? v : max;
            }
        }
        accepted += count + missing, missing_all += missing, n_with_data += regions > 0;
        if (!regions) continue;
        const char *code = l->c.indicator[i].code;
        const struct gb_jval *want = gb_jget(all, code);
        if (!want) fail_msg("%s: not in expected.json", code);
        char text[48];
        int scale = l->c.indicator[i].scale;
        same_int(code, count, want, "count");
        same_int(code, missing, want, "missing");
        same_int(code, regions, want, "regions");
        same_int(code, scale, want, "scale");
        gb_dec_plain(sum, scale, scale, text), same(code, text, gb_jstr(want, "sum"));
        if (count) {
            gb_dec_plain(min, scale, scale, text), same(code, text, gb_jstr(want, "min"));
            gb_dec_plain(max, scale, scale, text), same(code, text, gb_jstr(want, "max"));
        }
    }
    assert_int_equal(n_with_data, all->n);
    same_int("all", accepted, l->expected, "accepted");
    same_int("all", missing_all, l->expected, "missing");
}

/* One comparison of a pair against four CSV fields from `at`. */
static void check_change(const char *who, const struct gb_jval *pair, const char *key, const struct gb_str *f, struct gb_arena *a)
{
    static const char *const part[] = { "period", "value", "change", "pct" };
    const struct gb_jval *want = gb_jget(pair, key);
    assert_non_null(want);
    for (int k = 0; k < 4; k++)
        same(gb_sprintf(a, "%s %s %s", who, key, part[k]), gb_strndup(a, f[k].p, f[k].n), want->kind == GB_J_OBJ ? gb_jstr(want, part[k]) : NULL);
}

static void check_pairs(struct place *l, const struct gb_evaluation *ev)
{
    struct gb_buf out = { 0 };
    FX_OK(gb_evaluation_export_csv(ev, (struct gb_sink){ .fn = fx_sink, .ctx = &out }, &e));
    struct gb_csv *csv = GB_NEW(&l->a, struct gb_csv);
    gb_csv_init(csv, out.p, out.n, ',');
    assert_int_equal(gb_csv_next(csv), GB_CSV_ROW);
    size_t period = column(csv->field, (size_t)csv->n_fields, "latest_period"), previous = column(csv->field, (size_t)csv->n_fields, "previous_period");
    size_t available = column(csv->field, (size_t)csv->n_fields, "previous_available_period");
    size_t year = column(csv->field, (size_t)csv->n_fields, "year_before_period");
    struct gb_map rows; /* "indicator region" -> pair */
    gb_map_init(&rows);
    const struct gb_jval *pairs = gb_jget(l->expected, "pairs"), **pair = GB_NEW_N(&l->a, pairs->n, const struct gb_jval *);
    int n = 0, n_seen = 0;
    for (const struct gb_jval *p = pairs->child; p; p = p->next, n++) {
        char *key = gb_sprintf(&l->a, "%s %s", gb_jstr(p, "indicator"), gb_jstr(p, "region"));
        pair[n] = p;
        assert_true(gb_map_put(&rows, key, strlen(key), n));
    }
    while (gb_csv_next(csv) == GB_CSV_ROW) {
        const struct gb_str *f = csv->field;
        char *key = gb_sprintf(&l->a, "%.*s %.*s", (int)f[0].n, f[0].p, (int)f[1].n, f[1].p);
        int k = gb_map_find_c(&rows, key);
        if (k < 0) continue;
        n_seen++;
        const struct gb_jval *latest = gb_jget(pair[k], "latest");
        same(key, gb_strndup(&l->a, f[period].p, f[period].n), gb_jstr(latest, "period"));
        same(key, gb_strndup(&l->a, f[period + 1].p, f[period + 1].n), gb_jstr(latest, "value"));
        check_change(key, pair[k], "previous", &f[previous], &l->a);
        check_change(key, pair[k], "previous_available", &f[available], &l->a);
        check_change(key, pair[k], "year_before", &f[year], &l->a);
    }
    assert_int_equal(n_seen, n);
    gb_map_release(&rows);
    gb_csv_release(csv);
    gb_buf_release(&out);
}

/* The observation export holds every accepted key once. */
static void check_export(struct place *l, const struct gb_cube *cube)
{
    struct gb_buf out = { 0 };
    FX_OK(gb_cube_export_csv(cube, false, (struct gb_sink){ .fn = fx_sink, .ctx = &out }, &e));
    int64_t lines = -1;
    for (size_t i = 0; i < out.n; i++) lines += out.p[i] == '\n';
    same_int("export", lines, l->expected, "accepted");
    gb_buf_release(&out);
}

static void run_place(const char *name)
{
    char folder[256];
    snprintf(folder, sizeof folder, "%s/%s", REAL, name);
    if (access(folder, R_OK) != 0) skip();
    struct place l;
    open_place(&l, folder);
    struct gb_cube cube, rolled;
    gb_cube_init(&cube, &l.c), gb_cube_init(&rolled, &l.c);
    uint64_t orphans;
    FX_OK(gb_cube_load(&cube, l.store, 0, &orphans, &e));
    assert_int_equal(orphans, 0);
    n_compared = 0;
    check_indicators(&l, &cube);
    check_export(&l, &cube);
    FX_OK(gb_rollup(&rolled, &cube, &e));
    struct gb_evaluation ev;
    gb_evaluation_init(&ev, &rolled, fx_date(gb_jstr(l.expected, "business_date")));
    FX_OK(gb_evaluation_run(&ev, &e));
    check_pairs(&l, &ev);
    check_export(&l, &rolled); /* derived values are not exported as delivered */
    print_message("# %s: %llu observations, %d figures equal\n", name, (unsigned long long)cube.n_obs, n_compared);
    gb_evaluation_release(&ev);
    gb_cube_release(&cube), gb_cube_release(&rolled);
    close_place(&l);
}

static void dengue(void **state) { (void)state; run_place("dengue"); }
static void floods(void **state) { (void)state; run_place("floods-2025"); }
static void provinces(void **state) { (void)state; run_place("gso-provinces"); }
static void air(void **state) { (void)state; run_place("hanoi-air"); }
static void worldbank(void **state) { (void)state; run_place("worldbank-vn"); }

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(dengue), cmocka_unit_test(floods), cmocka_unit_test(provinces),
                                        cmocka_unit_test(air), cmocka_unit_test(worldbank) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
