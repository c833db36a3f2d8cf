/* Made-up deliveries: same bytes for the same seed, exact sums, formulas that agree, and nothing that intake would refuse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include "app/sample.h"
#include "app/sample_int.h"
#include "base/csv.h"
#include "base/file.h"
#include "intake/intake.h"

static char dir[] = "/tmp/gb-sample-XXXXXX";

static void put(const char *name, const char *s)
{
    struct gb_err e = {0};
    struct gb_arena a;
    gb_arena_init(&a, 0);
    assert_int_equal(gb_file_create(gb_path_join(&a, dir, name), s, strlen(s), &e), GB_OK);
    gb_arena_release(&a);
}

static int make_tiny(void **state)
{
    (void)state;
    struct gb_err e = {0};
    struct gb_arena a;
    if (!mkdtemp(dir))
        return -1;
    gb_arena_init(&a, 0);
    enum gb_code code = gb_mkdirs(gb_path_join(&a, dir, "l/catalogue"), &e);
    gb_arena_release(&a);
    if (code != GB_OK)
        return -1;
    put("l/locality.lua", "return { slug = \"l\", code = \"38\", name = \"Tỉnh X\", short_name = \"X\", kind = \"province\", root_region = \"38\" }\n");
    put("l/regions.csv", "code,name,type,parent,valid_from\n38,Tỉnh X,province,,\n001,Xã Một,commune,38,\n002,Xã Hai,commune,38,\n"
                         "003,Xã Ba,commune,38,2026-02-01\ntv-1,Trạm,station,38,\n");
    put("l/agencies.csv", "code,name_vi,profile_decimal\nso-a,Sở A,\",\"\nso-b,Sở B,\n");
    put("l/points.csv", "indicator,region\na.level,tv-1\n");
    put("l/catalogue/indicators.csv",
        "code,name_vi,unit_vi,frequency,direction,aggregation,level,owner,valid_min,valid_max,scale,decimals,flow,typical_value,typical_sd\n"
        "a.done,Đã xong,việc,monthly,neutral,sum,commune,so-a,0,,0,0,cumulative,500,20\n"
        "a.plan,Kế hoạch,việc,monthly,neutral,sum,commune,so-a,0,,0,0,stock,1000,10\n"
        "a.rate,Tỷ lệ,%,monthly,up-good,ratio:a.done/a.plan,commune,so-a,0,150,4,1,cumulative,50,5\n"
        "a.cases,Ca,ca,weekly,down-good,sum,commune,so-b,0,,0,0,flow,4,9\n"
        "a.money,Tiền,tỷ đồng,monthly,neutral,sum,commune,so-b,,,3,1,flow,120.5,9\n"
        "a.level,Mực nước,m,hourly,down-good,last,point,so-b,-1,9,2,2,rate,2,0.5\n"
        "a.index,Chỉ số,%,monthly,neutral,none,province,so-b,0,100,2,1,rate,97,9\n");
    return 0;
}

static int remove_dir(void **state)
{
    (void)state;
    struct gb_err e = {0};
    return gb_remove_tree(dir, &e) == GB_OK ? 0 : -1;
}

static void generate(struct gb_arena *a, struct gb_catalogue *c, const char *to, uint64_t seed)
{
    struct gb_err e = {0};
    struct gb_fault_notes n;
    if (gb_catalogue_load(c, "reports", gb_path_join(a, dir, "l"), &n, &e) != GB_OK)
        fail_msg("%s", n.n ? n.v[0].text : "?");
    assert_int_equal(gb_sample_write(c, (struct gb_date){ 2026, 1, 1 }, (struct gb_date){ 2026, 3, 20 }, gb_path_join(a, dir, to), seed, false, &e), GB_OK);
}

/* Workbooks are left out where a digest is pinned: their bytes are those of the library's version. */
static struct gb_sha256 hash_of(struct gb_arena *a, const char *sub, bool workbooks)
{
    struct gb_err e = {0};
    const char **rel;
    size_t n;
    struct gb_sha256_state s;
    const char *root = gb_path_join(a, dir, sub);
    gb_sha256_init(&s);
    assert_int_equal(gb_tree_list(a, root, &rel, &n, &e), GB_OK);
    for (size_t i = 0; i < n; i++) {
        struct gb_buf b = {0};
        if (!workbooks && gb_ends_with(rel[i], ".xlsx"))
            continue;
        assert_int_equal(gb_file_read(gb_path_join(a, root, rel[i]), 1 << 24, &b, &e), GB_OK);
        gb_sha256_update(&s, rel[i], strlen(rel[i]) + 1);
        gb_sha256_update(&s, b.p, b.n);
        gb_buf_release(&b);
    }
    return gb_sha256_final(&s);
}

static void same_seed_same_bytes(void **state)
{
    (void)state;
    struct gb_arena a;
    struct gb_catalogue c;
    gb_arena_init(&a, 0);
    generate(&a, &c, "one", 1);
    gb_catalogue_release(&c);
    generate(&a, &c, "two", 1);
    gb_catalogue_release(&c);
    generate(&a, &c, "three", 2);
    gb_catalogue_release(&c);
    struct gb_sha256 one = hash_of(&a, "one", true), two = hash_of(&a, "two", true), three = hash_of(&a, "three", true);
    assert_memory_equal(&one, &two, sizeof one);
    assert_memory_not_equal(&one, &three, sizeof one);
    /* On every machine: the digest is pinned. A deliberate change of the drawing changes it here, in the same commit. */
    char hex[65];
    one = hash_of(&a, "one", false);
    gb_sha256_hex(&one, hex);
    assert_string_equal(hex, "68db4c19dd790b5af106b2997cf9fdf774288926fe701041ba649c693fce81b0");
    gb_arena_release(&a);
}

/* One delivery and its side file through the real intake, as on the evening of a day. */
static struct gb_intake take(struct gb_arena *a, const struct gb_catalogue *c, const char *root, const char *name, struct gb_date today)
{
    struct gb_err e = {0};
    struct gb_buf b = {0}, m = {0};
    struct gb_intake r;
    struct gb_intake_options opt = { .today = today, .received_utc = 0 };
    const int stem = (int)(strlen(name) - (gb_ends_with(name, ".xlsx") ? 5 : 4));
    assert_int_equal(gb_file_read(gb_path_join(a, root, name), 1 << 27, &b, &e), GB_OK);
    assert_int_equal(gb_file_read(gb_sprintf(a, "%s/%.*s.meta.json", root, stem, name), 1 << 20, &m, &e), GB_OK);
    assert_non_null(strstr(m.p, "SỐ LIỆU MẪU"));
    assert_non_null(strstr(m.p, "\"sample\": true"));
    assert_int_equal(gb_intake_read(&r, c, gb_path_base(name), b.p, b.n, m.p, m.n, &opt, &e), GB_OK);
    gb_buf_release(&b);
    gb_buf_release(&m);
    return r;
}

static bool is_delivery(const char *rel)
{
    return (gb_ends_with(rel, ".csv") || gb_ends_with(rel, ".xlsx")) && !gb_starts_with(rel, "sai/");
}

/* Value of one cell of all deliveries of a folder; INT64_MIN if it is not there, or delivered as missing. */
static int64_t value_of(struct gb_arena *a, const struct gb_catalogue *c, const char *sub, const char *ind, const char *region, const char *period, int scale)
{
    struct gb_err e = {0};
    const char **rel;
    size_t n;
    int64_t out = INT64_MIN;
    enum gb_freq freq;
    int32_t ordinal;
    const char *root = gb_path_join(a, dir, sub);
    assert_true(gb_period_parse(period, strlen(period), &freq, &ordinal));
    assert_int_equal(gb_tree_list(a, root, &rel, &n, &e), GB_OK);
    for (size_t i = 0; i < n; i++) {
        if (!is_delivery(rel[i]))
            continue;
        struct gb_intake r = take(a, c, root, rel[i], (struct gb_date){ 2027, 1, 1 });
        for (size_t k = 0; k < r.n_segments; k++)
            for (size_t q = 0; gb_streq(r.segment[k].indicator, ind) && q < r.segment[k].n; q++)
                if (gb_streq(r.segment[k].region[q], region) && r.segment[k].period[q] == ordinal) {
                    assert_int_equal(r.segment[k].scale, scale);
                    out = r.segment[k].value[q];
                }
        gb_intake_release(&r);
    }
    return out;
}

static void formulas_agree(void **state)
{
    (void)state;
    struct gb_arena a;
    struct gb_catalogue c;
    struct gb_err e = {0};
    gb_arena_init(&a, 0);
    assert_int_equal(gb_catalogue_load(&c, "reports", gb_path_join(&a, dir, "l"), NULL, &e), GB_OK);
    static const char *const commune[] = { "001", "002", "003" };
    for (int i = 0; i < 3; i++) {
        int64_t done = value_of(&a, &c, "one", "a.done", commune[i], "2026-02", 0), plan = value_of(&a, &c, "one", "a.plan", commune[i], "2026-02", 0);
        int64_t rate = value_of(&a, &c, "one", "a.rate", commune[i], "2026-02", 4), want = 0;
        assert_true(done >= 0 && plan > 0);
        assert_true(gb_dec_ratio(done, 0, plan, 0, true, 4, &want));
        assert_int_equal(rate, want);
        /* within a year a cumulative value does not fall; the running month is an estimate */
        assert_true(value_of(&a, &c, "one", "a.done", commune[i], "2026-03", 0) >= done);
    }
    /* the province is never delivered where it can be rolled up; a commune not before it exists */
    assert_int_equal(value_of(&a, &c, "one", "a.done", "38", "2026-02", 0), INT64_MIN);
    assert_int_equal(value_of(&a, &c, "one", "a.rate", "38", "2026-02", 4), INT64_MIN);
    assert_int_equal(value_of(&a, &c, "one", "a.plan", "003", "2026-01", 0), INT64_MIN);
    assert_true(value_of(&a, &c, "one", "a.plan", "003", "2026-02", 0) != INT64_MIN);
    assert_true(value_of(&a, &c, "one", "a.index", "38", "2026-02", 2) <= 10000);
    /* hours: the last three days only; a month that still runs only when cumulative */
    assert_true(value_of(&a, &c, "one", "a.level", "tv-1", "2026-03-18T00", 2) != INT64_MIN);
    assert_true(value_of(&a, &c, "one", "a.level", "tv-1", "2026-03-20T23", 2) != INT64_MIN);
    assert_int_equal(value_of(&a, &c, "one", "a.level", "tv-1", "2026-03-17T23", 2), INT64_MIN);
    assert_int_equal(value_of(&a, &c, "one", "a.money", "001", "2026-03", 3), INT64_MIN);
    gb_catalogue_release(&c);
    gb_arena_release(&a);
}

static int n_workbooks, n_wide;

static int64_t take_all(struct gb_arena *a, const struct gb_catalogue *c, const char *root, struct gb_date today)
{
    struct gb_err e = {0};
    const char **rel;
    size_t n;
    int64_t rows = 0;
    struct gb_map seen; /* agency, day and number: two files with the same would be a conflict */
    gb_map_init(&seen);
    n_workbooks = n_wide = 0;
    assert_int_equal(gb_tree_list(a, root, &rel, &n, &e), GB_OK);
    for (size_t i = 0; i < n; i++) {
        if (!is_delivery(rel[i]))
            continue;
        struct gb_intake r = take(a, c, root, rel[i], today);
        n_workbooks += r.sheet != NULL;
        n_wide += gb_streq(r.sheet, "Biểu ngang");
        if (!r.accepted || r.n_findings_all)
            fail_msg("%s: %s %s %s", rel[i], r.n_findings ? r.finding[0].code : "?", r.n_findings ? r.finding[0].column : "",
                     r.n_findings && r.finding[0].found ? r.finding[0].found : "");
        assert_int_equal(r.rows_rounded, 0);
        rows += r.rows_accepted;
        const char *key = gb_sprintf(a, "%s %d %lld", r.delivery.agency, gb_date_to_days(r.delivery.as_of), (long long)r.delivery.seq);
        if (r.delivery.seq && !gb_map_put(&seen, key, strlen(key), 0))
            fail_msg("%s: another file with %s", rel[i], key);
        gb_intake_release(&r);
    }
    gb_map_release(&seen);
    return rows;
}

/* What is wrong on purpose is answered by exactly the codes of the list; nothing lies in sai/ that the list does not name. */
static int wrong_as_listed(struct gb_arena *a, const struct gb_catalogue *c, const char *root, struct gb_date today)
{
    struct gb_err e = {0};
    struct gb_buf list = {0};
    static struct gb_csv csv;
    const char **rel, *sai = gb_path_join(a, root, "sai");
    size_t n;
    int n_listed = 0;
    assert_int_equal(gb_file_read(gb_path_join(a, sai, "SAI-CO-Y.csv"), 1 << 20, &list, &e), GB_OK);
    assert_int_equal(gb_tree_list(a, sai, &rel, &n, &e), GB_OK);
    for (size_t i = 0; i < n; i++) {
        if (!is_delivery(rel[i]) || gb_streq(rel[i], "SAI-CO-Y.csv"))
            continue;
        struct gb_intake r = take(a, c, sai, rel[i], today);
        size_t named = 0;
        bool taken = false;
        gb_csv_init(&csv, list.p, list.n, ',');
        while (gb_csv_next(&csv) == GB_CSV_ROW) {
            if (!gb_str_eq_c(csv.field[0], rel[i]))
                continue;
            named++;
            taken = gb_str_eq_c(csv.field[3], "nhận, đánh dấu");
            bool answered = false;
            for (size_t k = 0; k < r.n_groups; k++)
                answered |= gb_str_eq_c(csv.field[2], r.group[k].code);
            if (!answered)
                fail_msg("%s: not answered by %.*s but by %s", rel[i], (int)csv.field[2].n, csv.field[2].p, r.n_groups ? r.group[0].code : "nothing");
        }
        gb_csv_release(&csv);
        size_t codes = 0;
        for (size_t k = 0; k < r.n_groups; k++) {
            bool again = false;
            for (size_t q = 0; q < k; q++)
                again |= gb_streq(r.group[q].code, r.group[k].code);
            codes += !again;
        }
        if (!named || named != codes || r.accepted != taken)
            fail_msg("%s: listed %d, answered %d codes, accepted %d", rel[i], (int)named, (int)codes, r.accepted);
        n_listed++;
        gb_intake_release(&r);
    }
    gb_buf_release(&list);
    return n_listed;
}

static void intake_accepts(void **state)
{
    (void)state;
    struct gb_arena a;
    struct gb_catalogue c;
    struct gb_err e = {0};
    gb_arena_init(&a, 0);
    assert_int_equal(gb_sample_bench(gb_path_join(&a, dir, "bench0"), 10, 3, 1, 3, &e), GB_OK);
    assert_int_equal(gb_catalogue_load(&c, "reports", gb_path_join(&a, dir, "l"), NULL, &e), GB_OK);
    assert_true(take_all(&a, &c, gb_path_join(&a, dir, "one"), (struct gb_date){ 2026, 3, 20 }) > 100);
    gb_catalogue_release(&c);
    /* the project's own catalogue, a shorter span than the demonstration's */
    assert_int_equal(gb_catalogue_load(&c, "reports", "thanh-hoa", NULL, &e), GB_OK);
    const char *to = gb_path_join(&a, dir, "thanh-hoa");
    assert_int_equal(gb_sample_write(&c, (struct gb_date){ 2026, 6, 1 }, (struct gb_date){ 2026, 7, 9 }, to, 1, false, &e), GB_OK);
    assert_true(take_all(&a, &c, to, (struct gb_date){ 2026, 7, 9 }) > 100000);
    assert_true(n_workbooks > 50 && n_wide > 10); /* in the forms that departments use */
    assert_int_equal(wrong_as_listed(&a, &c, to, (struct gb_date){ 2026, 7, 9 }), 15);
    /* before the communes there is the province, and it is delivered as such */
    const char *before = gb_path_join(&a, dir, "before");
    assert_int_equal(gb_sample_write(&c, (struct gb_date){ 2025, 6, 1 }, (struct gb_date){ 2025, 7, 31 }, before, 1, false, &e), GB_OK);
    assert_true(value_of(&a, &c, "before", "tthc.received", "38", "2025-06", 0) > 0);
    assert_true(value_of(&a, &c, "before", "tthc.ontime_rate", "38", "2025-06", 4) > 0);
    assert_int_equal(value_of(&a, &c, "before", "tthc.received", "38", "2025-07", 0), INT64_MIN);
    assert_true(value_of(&a, &c, "before", "tthc.received", "14797", "2025-07", 0) > 0);
    /* with errors: the same files among the deliveries too */
    const char *all = gb_path_join(&a, dir, "all");
    assert_int_equal(gb_sample_write(&c, (struct gb_date){ 2026, 7, 5 }, (struct gb_date){ 2026, 7, 9 }, all, 1, true, &e), GB_OK);
    const char **rel;
    size_t n, among = 0, apart = 0;
    assert_int_equal(gb_tree_list(&a, all, &rel, &n, &e), GB_OK);
    for (size_t i = 0; i < n; i++) {
        among += strstr(rel[i], "_sai_") && !gb_starts_with(rel[i], "sai/");
        apart += gb_starts_with(rel[i], "sai/") && strstr(rel[i], "_sai_");
    }
    assert_int_equal(among, apart);
    assert_int_equal(among, 30);
    /* a second run does not write over the first */
    assert_int_equal(gb_sample_write(&c, (struct gb_date){ 2026, 6, 1 }, (struct gb_date){ 2026, 7, 9 }, to, 1, false, &e), GB_E_IO);
    gb_err_clear(&e);
    assert_int_equal(gb_sample_write(&c, (struct gb_date){ 2026, 6, 2 }, (struct gb_date){ 2026, 6, 1 }, to, 1, false, &e), GB_E_USAGE);
    gb_err_clear(&e);
    /* one day without an end of a month and with no daily indicator: nothing to write, and it says so */
    gb_catalogue_release(&c);
    assert_int_equal(gb_catalogue_load(&c, "reports", gb_path_join(&a, dir, "bench0"), NULL, &e), GB_OK);
    assert_int_equal(gb_sample_write(&c, (struct gb_date){ 2026, 6, 2 }, (struct gb_date){ 2026, 6, 3 }, gb_path_join(&a, dir, "none"), 1, false, &e), GB_E_USAGE);
    gb_catalogue_release(&c);
    gb_arena_release(&a);
}

/* Every locality of the house, over the end of April 2026, when communes of some of them changed. */
static void every_locality(void **state)
{
    (void)state;
    struct gb_arena a;
    struct gb_err e = {0};
    const char **name;
    size_t n, seen = 0;
    gb_arena_init(&a, 0);
    assert_int_equal(gb_dir_list(&a, "reports/localities", &name, &n, &e), GB_OK);
    for (size_t i = 0; i < n; i++) {
        if (!gb_ends_with(name[i], "/"))
            continue;
        struct gb_catalogue c;
        const char *slug = gb_strndup(&a, name[i], strlen(name[i]) - 1), *to = gb_sprintf(&a, "%s/each-%s", dir, slug);
        assert_int_equal(gb_catalogue_load(&c, "reports", slug, NULL, &e), GB_OK);
        assert_int_equal(gb_sample_write(&c, (struct gb_date){ 2026, 4, 22 }, (struct gb_date){ 2026, 5, 4 }, to, 1, false, &e), GB_OK);
        assert_true(take_all(&a, &c, to, (struct gb_date){ 2026, 5, 4 }) > 10000);
        assert_true(n_workbooks > 10 && n_wide > 0);
        assert_true(wrong_as_listed(&a, &c, to, (struct gb_date){ 2026, 5, 4 }) >= 14);
        gb_catalogue_release(&c);
        seen++;
    }
    assert_true(seen > 0);
    gb_arena_release(&a);
}

/* ---- what the made-up province must not contradict --------------------------------------------------------------------- */
static const char *const ruled[] = { "tthc.resolved", "tthc.received", "tthc.resolved_ontime", "fb.resolved", "fb.received", "fb.resolved_ontime", "ts.deaths", "ts.injured",
                                     "ts.accidents", "fire.deaths", "fire.loss", "fire.incidents", "fl.households", "fl.points", "tr.jam_minutes", "tr.jams", "fire.forest_level" };
struct value { const char *indicator, *region; int32_t period; int64_t v; };
static struct value *values;
static size_t n_values, cap_values;
static struct gb_map by_key;

static int64_t value_at(struct gb_arena *a, const char *indicator, const char *region, int32_t period)
{
    int32_t i = gb_map_find_c(&by_key, gb_sprintf(a, "%s %s %d", indicator, region, period));
    return i < 0 ? INT64_MIN : values[i].v;
}

static void read_ruled(struct gb_arena *a, const struct gb_catalogue *c, const char *root, struct gb_date today)
{
    struct gb_err e = {0};
    const char **rel;
    size_t n;
    assert_int_equal(gb_tree_list(a, root, &rel, &n, &e), GB_OK);
    for (size_t i = 0; i < n; i++) {
        if (!is_delivery(rel[i]))
            continue;
        struct gb_intake r = take(a, c, root, rel[i], today);
        for (size_t k = 0; k < r.n_segments; k++)
            for (size_t z = 0; z < sizeof ruled / sizeof ruled[0]; z++)
                for (size_t q = 0; gb_streq(r.segment[k].indicator, ruled[z]) && q < r.segment[k].n; q++) {
                    if (r.segment[k].status[q] == 'M')
                        continue;
                    const char *key = gb_sprintf(a, "%s %s %d", ruled[z], r.segment[k].region[q], r.segment[k].period[q]);
                    assert_true(gb_map_put(&by_key, key, strlen(key), (int32_t)n_values));
                    values = gb_grow(values, &cap_values, n_values + 1, sizeof *values);
                    values[n_values++] = (struct value){ ruled[z], gb_strdup(a, r.segment[k].region[q]), r.segment[k].period[q], r.segment[k].value[q] };
                }
        gb_intake_release(&r);
    }
}

/* At every place and time: at most `times` of the whole for each of it (0: any amount), nothing where the whole is nothing. */
static void at_most(struct gb_arena *a, const char *part, const char *whole, int times, bool rare)
{
    int seen = 0, above = 0;
    for (size_t i = 0; i < n_values; i++) {
        if (!gb_streq(values[i].indicator, part))
            continue;
        int64_t w = value_at(a, whole, values[i].region, values[i].period), v = values[i].v;
        if (w == INT64_MIN)
            continue;
        if (v < 0 || (w == 0 && v > 0) || (times && v > w * times))
            fail_msg("%s %lld of %s %lld at %s", part, (long long)v, whole, (long long)w, values[i].region);
        seen++;
        above += v > 0;
    }
    if (seen < 3 || (!above && !rare))
        fail_msg("%s of %s: %d compared, %d above zero", part, whole, seen, above); /* a rule that leaves nothing is no rule */
}

static void nothing_contradicts(void **state)
{
    (void)state;
    struct gb_arena a;
    struct gb_catalogue c;
    struct gb_err e = {0};
    const struct gb_date last = { 2026, 11, 22 };
    gb_arena_init(&a, 0);
    gb_map_init(&by_key);
    assert_int_equal(gb_catalogue_load(&c, "reports", "thanh-hoa", NULL, &e), GB_OK);
    const char *to = gb_path_join(&a, dir, "plausible");
    assert_int_equal(gb_sample_write(&c, (struct gb_date){ 2026, 9, 1 }, last, to, 1, false, &e), GB_OK);
    read_ruled(&a, &c, to, last);
    at_most(&a, "tthc.resolved", "tthc.received", 1, false);
    at_most(&a, "tthc.resolved_ontime", "tthc.resolved", 1, false);
    at_most(&a, "fb.resolved", "fb.received", 1, false);
    at_most(&a, "fb.resolved_ontime", "fb.resolved", 1, false);
    at_most(&a, "ts.deaths", "ts.accidents", 3, false);
    at_most(&a, "ts.injured", "ts.accidents", 5, false);
    at_most(&a, "fire.deaths", "fire.incidents", 3, true);
    at_most(&a, "fire.loss", "fire.incidents", 0, false);
    at_most(&a, "fl.households", "fl.points", 0, true);
    at_most(&a, "tr.jam_minutes", "tr.jams", 0, false);
    int64_t forest = 0, jams = 0;
    for (size_t i = 0; i < n_values; i++) {
        const struct value *v = &values[i];
        if (gb_streq(v->indicator, "tr.jams") && v->v > 0 && value_at(&a, "tr.jam_minutes", v->region, v->period) != INT64_MIN) {
            assert_true(value_at(&a, "tr.jam_minutes", v->region, v->period) > 0);
            jams++;
        }
        /* the story of the last day: more than 200 mm upstream of Giàng, and no forest is about to burn */
        if (gb_streq(v->indicator, "fire.forest_level") && v->period == gb_date_to_days(last)) {
            assert_true(v->v >= 1 && v->v <= 1);
            forest++;
        }
    }
    assert_true(jams > 0 && forest > 0);
    free(values);
    gb_map_release(&by_key);
    gb_catalogue_release(&c);
    gb_arena_release(&a);
}

static void bench_locality(void **state)
{
    (void)state;
    struct gb_arena a;
    struct gb_catalogue c;
    struct gb_fault_notes n;
    struct gb_err e = {0};
    gb_arena_init(&a, 0);
    const char *to = gb_path_join(&a, dir, "bench");
    assert_int_equal(gb_sample_bench(to, 30, 12, 5, 3, &e), GB_OK);
    assert_int_equal(gb_catalogue_load(&c, "reports", to, &n, &e), GB_OK);
    assert_int_equal(n.n, 0);
    assert_int_equal(take_all(&a, &c, gb_path_join(&a, to, "deliveries"), (struct gb_date){ 2026, 11, 21 }), 30 * 12 * 5);
    int64_t sum = 0;
    for (int k = 1; k < 12; k++)
        sum += value_of(&a, &c, "bench/deliveries", "bm.i0001", gb_sprintf(&a, "%05d", 10000 + k), "2026-10", 2);
    assert_int_equal(value_of(&a, &c, "bench/deliveries", "bm.i0001", "00", "2026-10", 2), sum);
    gb_catalogue_release(&c);
    gb_err_clear(&e);
    assert_int_equal(gb_sample_bench(to, 5000, 20000, 600, 1, &e), GB_E_USAGE);
    gb_arena_release(&a);
}

static void split_is_exact(void **state)
{
    (void)state;
    enum { N = 166 };
    double weight[N], cum[N];
    int64_t out[N];
    struct gb_rng r = gb_rng_for(1, "x", "y", 0);
    static const int64_t totals[] = { 0, 1, 7, 497, 498, 499, 15200123, -5, -90000, INT64_C(4000000000000) };
    for (size_t t = 0; t < sizeof totals / sizeof totals[0]; t++)
        for (int round = 0; round < 20; round++) {
            int64_t sum = 0;
            for (int i = 0; i < N; i++)
                weight[i] = gb_exp(0.35 * gb_rng_gauss(&r));
            gb_sample_split(totals[t], weight, N, &r, cum, out);
            for (int i = 0; i < N; i++) {
                assert_true(totals[t] < 0 ? out[i] <= 0 : out[i] >= 0);
                sum += out[i];
            }
            assert_int_equal(sum, totals[t]);
        }
}

static bool near(double a, double b, double tolerance) { return a - b < tolerance && b - a < tolerance; }

static void elementary(void **state)
{
    (void)state;
    assert_true(near(gb_exp(1), 2.718281828459045, 1e-12));
    assert_true(near(gb_exp(-5), 0.006737946999085467, 1e-14));
    assert_true(near(gb_ln(10), 2.302585092994046, 1e-12));
    assert_true(near(gb_ln(0.001), -6.907755278982137, 1e-11));
    assert_true(near(gb_phi(0), 0.5, 1e-7));
    assert_true(near(gb_phi(1.959964), 0.975, 1e-6));
    struct gb_rng r = gb_rng_for(5, "", "", 0);
    double sum = 0, square = 0, counts = 0, counts2 = 0;
    for (int i = 0; i < 40000; i++) {
        double g = gb_rng_gauss(&r);
        sum += g;
        square += g * g;
        double k = (double)gb_count_quantile(gb_rng_unit(&r), 4, 81);
        counts += k;
        counts2 += k * k;
    }
    assert_true(near(sum / 40000, 0, 0.02));
    assert_true(near(square / 40000, 1, 0.03));
    assert_true(near(counts / 40000, 4, 0.25));
    assert_true(near(counts2 / 40000 - (counts / 40000) * (counts / 40000), 81, 12));
    assert_int_equal(gb_count_quantile(0.99, 0, 5), 0);
    assert_int_equal(gb_count_quantile(0.5, 10, 10), 10); /* Poisson median */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elementary), cmocka_unit_test(split_is_exact), cmocka_unit_test(same_seed_same_bytes),
        cmocka_unit_test(formulas_agree), cmocka_unit_test(intake_accepts), cmocka_unit_test(bench_locality), cmocka_unit_test(every_locality), cmocka_unit_test(nothing_contradicts) };
    return cmocka_run_group_tests(tests, make_tiny, remove_dir);
}
