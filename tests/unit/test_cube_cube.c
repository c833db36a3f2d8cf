/* test_cube_cube.c — series access, replay from a store, transfer over a stream (and what breaks it), export. */
#include "cube_fixture.h"
#include <unistd.h>
#include "base/fault.h"
#include "base/file.h"
#include "base/json.h"
#include "cube/cube_int.h"
#include "cube/export.h"

static void access_by_period(void **state)
{
    (void)state;
    struct fx f;
    fx_init(&f, 2, 3);
    fx_series(&f, 0, 0, 2, "2026-01=5 2026-03=- 2026-06=7");
    fx_series(&f, 0, 1, 0, "2026-01=1"); /* not in order of region: end_part sorts */
    fx_series(&f, 0, 0, 1, "2025-12=-");
    gb_cube_end_part(&f.cube, 0);
    fx_series(&f, 3, 1, 1, "2026-02=9"); /* skips parts 1 and 2 */
    gb_cube_end_part(&f.cube, 3);
    assert_int_equal(f.cube.n_parts, 4);
    assert_int_equal(f.cube.part_first[1], 3);
    assert_int_equal(f.cube.part_first[3], 3);
    assert_int_equal(f.cube.n_obs, 6);
    assert_int_equal(f.cube.series[0].region_i, 1);
    const struct gb_series *s = gb_cube_series(&f.cube, 0, 2);
    assert_non_null(s);
    assert_int_equal(gb_series_at(s, fx_period("2026-03")), 1);
    assert_int_equal(gb_series_at(s, fx_period("2026-02")), -1);
    assert_int_equal(gb_series_at(s, fx_period("2026-07")), -1);
    assert_int_equal(gb_series_last(s, fx_period("2026-05")), 0); /* March is missing */
    assert_int_equal(gb_series_last(s, fx_period("2026-06")), 2);
    assert_int_equal(gb_series_last(s, fx_period("2025-12")), -1);
    assert_int_equal(gb_series_last(gb_cube_series(&f.cube, 0, 1), fx_period("2026-12")), -1);
    assert_null(gb_cube_series(&f.cube, 1, 2));
    assert_int_equal(gb_cube_series(&f.cube, 1, 1)->part, 3);
    fx_release(&f);
}

static void lower_bound(void **state)
{
    (void)state;
    struct { char pad; int32_t key; } v[] = { { 0, -5 }, { 0, 1 }, { 0, 1 }, { 0, 7 } };
    size_t key = offsetof(__typeof__(v[0]), key);
    assert_int_equal(gb_lower_bound(v, sizeof *v, key, 0, 4, -9), 0);
    assert_int_equal(gb_lower_bound(v, sizeof *v, key, 0, 4, 1), 1);
    assert_int_equal(gb_lower_bound(v, sizeof *v, key, 2, 4, 1), 2);
    assert_int_equal(gb_lower_bound(v, sizeof *v, key, 0, 4, 2), 3);
    assert_int_equal(gb_lower_bound(v, sizeof *v, key, 0, 4, 8), 4);
    assert_int_equal(gb_lower_bound(NULL, sizeof *v, key, 0, 0, 8), 0);
}

/* Every key of a large cube is found, absent ones are not, also while parts are added. */
static void index_finds_all(void **state)
{
    (void)state;
    static struct gb_region region[700];
    static struct gb_indicator ind[40];
    struct gb_catalogue c = { .region = region, .n_regions = 700, .indicator = ind, .n_indicators = 40 };
    struct gb_cube cube;
    gb_cube_init(&cube, &c);
    int32_t p = 1, d = 1;
    int64_t v = 1;
    for (int part = 0; part < GB_N_PARTS; part++) {
        for (int i = part; i < 40; i += 4)
            for (int r = 0; r < 700; r += 2) {
                struct gb_series s = { .indicator_i = i, .region_i = r, .n = 1, .period = &p, .value = &v, .status = "A", .delivery = &d };
                gb_cube_add(&cube, part, &s);
            }
        gb_cube_end_part(&cube, part);
        for (int i = 0; i < 40; i++)
            for (int r = 0; r < 700; r++) {
                const struct gb_series *s = gb_cube_series(&cube, i, r);
                assert_int_equal(s != NULL, r % 2 == 0 && i % 4 <= part);
                if (s) assert_true(s->indicator_i == i && s->region_i == r);
            }
    }
    gb_cube_release(&cube);
}

static int by_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void merge_runs_sorts(void **state)
{
    (void)state;
    uint64_t key[300], tmp[300], want[300];
    uint32_t seed = 7;
    for (int round = 0; round < 2000; round++) {
        size_t n = (size_t)round % 300;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525u + 1013904223u;
            key[i] = round % 3 == 0 ? seed >> 8 : round % 3 == 1 ? 1000 - i : (i * 7919) % 16 << 32 | i;
        }
        memcpy(want, key, n * sizeof *key);
        qsort(want, n, sizeof *want, by_u64);
        const uint64_t *got = gb_merge_runs(key, tmp, n);
        assert_memory_equal(got, want, n * sizeof *want);
    }
}

/* ---- replay from a store */
static char dir[64], db[96];
static int setup(void **state)
{
    (void)state;
    strcpy(dir, "/tmp/gb-cube-XXXXXX");
    if (!mkdtemp(dir)) return 1;
    snprintf(db, sizeof db, "%s/store.db", dir);
    return 0;
}
static int teardown(void **state)
{
    (void)state;
    gb_fault_arm(NULL);
    struct gb_err e = { 0 };
    return gb_remove_tree(dir, &e) != GB_OK;
}

/* One delivery of one indicator: rows "region=period=value" by the series notation of one region each. */
static void deliver(struct gb_store *st, const char *name, const char *as_of, const char *indicator, int scale, size_t n, const char **region,
                    const char **period, int64_t *value, char *status)
{
    int32_t p[16];
    for (size_t i = 0; i < n; i++) p[i] = fx_period(period[i]);
    struct gb_segment seg = { .indicator = indicator, .scale = scale, .freq = GB_FREQ_MONTH, .n = n, .region = region, .period = p, .value = value, .status = status };
    struct gb_delivery d = { .agency = "so-a", .file_name = name, .as_of = fx_date(as_of), .seq = 1, .received_utc = 1790000000,
                             .sha256 = gb_sha256_of(name, strlen(name)), .bytes = 1, .n_rows = (int64_t)n };
    FX_OK(gb_store_append(st, &d, &seg, 1, &e));
}

/* A row that comes again with a note is acknowledged by that delivery, and stays so when a third comes without; what is missing, forecast or
 * from another agency acknowledges nothing, and arrival plays no part. */
static void notes_acknowledge(void **state)
{
    (void)state;
    struct fx f;
    fx_init(&f, 1, 3);
    int owner[] = { 0 };
    f.ind[0].owner = owner, f.ind[0].n_owners = 1;
    struct gb_store *st = NULL;
    FX_OK(gb_store_open(&st, db, false, &e));
    struct sent {
        const char *name, *agency, *as_of, *note;
        int64_t delivered;
        const char *region, *period;
        char status;
    } sent[] = { { "3", "so-a", "2026-11-04", "once more", 0, "c1", "2026-10", 'A' },
                 { "1", "so-a", "2026-11-02", NULL, 0, "c1", "2026-10", 'A' },
                 { "2", "so-a", "2026-11-03", "pump repaired", 1793642400, "c1", "2026-10", 'A' }, /* 3/11/2026 01:00 +07:00 */
                 { "4", "so-a", "2026-11-05", NULL, 0, "c1", "2026-10", 'A' },
                 { "5", "so-a", "2026-11-06", "no staff", 0, "c2", "2026-10", 'M' },
                 { "6", "so-a", "2026-11-07", "", 0, "c2", "2026-09", 'A' },
                 { "7", "so-b", "2026-11-08", "not ours", 0, "c2", "2026-09", 'A' },
                 { "8", "so-a", "2026-11-09", "hoped for", 0, "c2", "2026-12", 'F' } };
    for (size_t i = 0; i < sizeof sent / sizeof *sent; i++) {
        const struct sent *x = &sent[i];
        int64_t value = x->status == 'M' ? GB_VALUE_MISSING : 5;
        char status = x->status;
        int32_t p = fx_period(x->period);
        struct gb_segment seg = { .indicator = "t.i0", .freq = GB_FREQ_MONTH, .n = 1, .region = (const char *[]){ x->region }, .period = &p, .value = &value,
                                  .status = &status, .note = (const char *[]){ x->note } };
        struct gb_delivery d = { .agency = x->agency, .file_name = x->name, .as_of = fx_date(x->as_of), .seq = 1, .received_utc = 1790000000,
                                 .delivered_utc = x->delivered, .sha256 = gb_sha256_of(x->name, 1), .bytes = 1, .n_rows = 1 };
        FX_OK(gb_store_append(st, &d, &seg, 1, &e));
    }
    FX_OK(gb_cube_load(&f.cube, st, 0, NULL, &e));
    gb_store_close(st);
    assert_int_equal(f.cube.n_acks, 1);
    assert_int_equal(f.cube.ack[0].delivery, 3); /* the number follows arrival */
    assert_int_equal(f.cube.ack[0].region_i, 1);
    assert_int_equal(f.cube.ack[0].agency_i, 0);
    assert_int_equal(f.cube.ack[0].on_days, gb_date_to_days((struct gb_date){ 2026, 11, 3 }));
    fx_release(&f);
}

static void replay_last_version_wins(void **state)
{
    (void)state;
    struct fx f;
    fx_init(&f, 2, 3);
    f.ind[0].scale = 2, f.ind[1].class = GB_CLASS_INTERNAL;
    struct gb_store *st = NULL;
    FX_OK(gb_store_open(&st, db, false, &e));
    /* arrives first, but is the later word: January restated, February withdrawn */
    deliver(st, "b.csv", "2026-03-02", "t.i0", 2, 3, (const char *[]){ "c1", "c1", "c1" }, (const char *[]){ "2026-02", "2026-01", "2026-03" },
            (int64_t[]){ GB_VALUE_MISSING, 150, 300 }, (char[]){ 'M', 'P', 'A' });
    deliver(st, "a.csv", "2026-02-02", "t.i0", 2, 4, (const char *[]){ "c1", "c1", "38", "zz" }, (const char *[]){ "2026-01", "2026-02", "2026-01", "2026-01" },
            (int64_t[]){ 100, 200, 900, 1 }, (char[]){ 'A', 'A', 'A', 'A' });
    deliver(st, "c.csv", "2026-04-02", "t.i1", 1, 1, (const char *[]){ "c2" }, (const char *[]){ "2026-03" }, (int64_t[]){ 25 }, (char[]){ 'A' });
    deliver(st, "d.csv", "2026-04-03", "t.gone", 0, 2, (const char *[]){ "c2", "c1" }, (const char *[]){ "2026-03", "2026-03" }, (int64_t[]){ 25, 1 }, (char[]){ 'A', 'A' });
    uint64_t orphans;
    FX_OK(gb_cube_load(&f.cube, st, 0, &orphans, &e));
    gb_store_close(st);
    assert_int_equal(orphans, 3); /* region zz, indicator t.gone twice */
    assert_int_equal(f.cube.n_parts, GB_N_PARTS);
    assert_int_equal(f.cube.vintage.number, 4);
    assert_string_equal(fx_text(&f.c, gb_cube_series(&f.cube, 0, 1)), "2026-01=1.5:P 2026-02=- 2026-03=3");
    assert_string_equal(fx_text(&f.c, gb_cube_series(&f.cube, 0, 0)), "2026-01=9@2");
    assert_string_equal(fx_text(&f.c, gb_cube_series(&f.cube, 1, 2)), "2026-03=3@3"); /* 2.5 stored at scale 1, now scale 0 */
    assert_int_equal(gb_cube_series(&f.cube, 1, 2)->part, GB_PART_ALL);
    assert_int_equal(f.cube.n_deliveries, 3); /* the one of t.gone left nothing */
    const struct gb_series *told = gb_cube_series(&f.cube, 0, 1); /* what was said first, in order of replay, not of arrival */
    assert_int_equal(told->n_first, 2);
    assert_true(told->first[0].at == 0 && told->first[0].value == 100 && told->first[0].delivery == 2);
    assert_true(told->first[1].at == 1 && told->first[1].value == 200 && told->first[1].delivery == 2);
    assert_ptr_equal(gb_series_first(told, 1), &told->first[1]);
    assert_null(gb_series_first(told, 2)); /* March came once */
    assert_null(gb_series_first(gb_cube_series(&f.cube, 0, 0), 0));
    assert_int_equal(gb_cube_delivery_find(&f.cube, 2)->n_rows, 4);
    assert_int_equal(gb_cube_delivery_find(&f.cube, 2)->as_of.month, 2);
    fx_release(&f);

    fx_init(&f, 1, 2); /* an older vintage: only the delivery that came first */
    f.ind[0].scale = 2;
    FX_OK(gb_store_open(&st, db, true, &e));
    FX_OK(gb_cube_load(&f.cube, st, 1, NULL, &e));
    gb_store_close(st);
    assert_string_equal(fx_text(&f.c, gb_cube_series(&f.cube, 0, 1)), "2026-01=1.5:P 2026-02=- 2026-03=3");
    assert_null(gb_cube_series(&f.cube, 0, 0));
    fx_release(&f);
}

/* D06: two files of one agency, as_of and seq. What they speak of leaves the parts of the public and of the front, and so does a
 * ratio made from it; other indicators stay; the older figure is what leadership has. */
static void conflict_moves_the_part(void **state)
{
    (void)state;
    struct fx f;
    fx_init(&f, 4, 3);
    f.ind[2].agg = GB_AGG_RATIO, f.ind[2].agg_num = 1, f.ind[2].agg_den = 0;
    f.ind[3].agg = GB_AGG_RATIO, f.ind[3].agg_num = 2, f.ind[3].agg_den = 2;
    struct gb_store *st = NULL;
    const char *c1[] = { "c1" }, *jan[] = { "2026-01" }, *feb[] = { "2026-02" };
    FX_OK(gb_store_open(&st, db, false, &e));
    for (int i = 0; i < 3; i++)
        deliver(st, gb_sprintf(&f.cube.arena, "jan%d.csv", i), gb_sprintf(&f.cube.arena, "2026-02-0%d", i + 1), f.ind[i].code, 0, 1, c1, jan, (int64_t[]){ 100 }, (char[]){ 'A' });
    deliver(st, "feb-a.csv", "2026-03-01", "t.i1", 0, 1, c1, feb, (int64_t[]){ 200 }, (char[]){ 'A' });
    deliver(st, "feb-b.csv", "2026-03-01", "t.i1", 0, 1, c1, feb, (int64_t[]){ 300 }, (char[]){ 'A' });
    FX_OK(gb_cube_load(&f.cube, st, 0, NULL, &e));
    assert_int_equal(gb_cube_series(&f.cube, 0, 1)->part, GB_PART_PUBLIC);
    assert_int_equal(gb_cube_series(&f.cube, 1, 1)->part, GB_PART_ALL);
    assert_int_equal(gb_cube_series(&f.cube, 2, 1)->part, GB_PART_ALL);
    assert_int_equal(gb_cube_part(&f.cube, 3), GB_PART_ALL);
    assert_string_equal(fx_text(&f.c, gb_cube_series(&f.cube, 1, 1)), "2026-01=100@2");
    assert_int_equal(f.cube.n_conflicts, 1);
    assert_int_equal(f.cube.conflict[0].indicator_i, 1);
    assert_int_equal(f.cube.conflict[0].agency_i, 0);
    assert_int_equal(f.cube.conflict[0].seq, 1);
    assert_int_equal(f.cube.n_intake, 4); /* three days of January's files and one of February's two */
    assert_int_equal(f.cube.intake[3].files, 2);

    FILE *t = tmpfile(); /* the list travels with the last part alone */
    struct gb_cube got;
    gb_cube_init(&got, &f.c);
    for (int part = 0; part < GB_N_PARTS; part++) FX_OK(gb_cube_write_part(&f.cube, part, fileno(t), &e));
    lseek(fileno(t), 0, SEEK_SET);
    for (int part = 0; part < GB_N_PARTS; part++) {
        assert_int_equal(got.n_conflicts, 0);
        assert_int_equal(got.n_intake, 0);
        assert_null(gb_cube_series(&got, 1, 1));
        FX_OK(gb_cube_read_part(&got, part, fileno(t), &e));
    }
    assert_int_equal(got.n_conflicts, 1);
    assert_int_equal(got.n_intake, 4);
    assert_memory_equal(got.intake, f.cube.intake, 4 * sizeof *got.intake);
    assert_int_equal(got.conflict[0].as_of.month, 3);
    fclose(t);
    gb_cube_release(&got);

    struct gb_cube before; /* the vintage before the second file knows of nothing */
    gb_cube_init(&before, &f.c);
    FX_OK(gb_cube_load(&before, st, 4, NULL, &e));
    assert_int_equal(gb_cube_series(&before, 1, 1)->part, GB_PART_PUBLIC);
    assert_int_equal(before.n_conflicts, 0);
    gb_cube_release(&before);
    gb_store_close(st);
    fx_release(&f);
}

/* ---- transfer */
static void make_cube(struct fx *f)
{
    fx_init(f, 3, 4);
    f->c.digest.b[0] = 42;
    f->cube.vintage = (struct gb_vintage){ .number = 7, .n_deliveries = 3, .last_as_of = { 2026, 11, 21 } };
    gb_cube_note_delivery(&f->cube, &(struct gb_cube_delivery){ .id = 3, .agency_i = 1, .as_of = { 2026, 11, 21 }, .delivered_utc = 5, .sample = true, .lined = true, .n_rows = 30, .n_rounded = 2, .n_marked = 1 });
    gb_cube_note_delivery(&f->cube, &(struct gb_cube_delivery){ .id = 1, .agency_i = 0, .as_of = { 2026, 10, 1 }, .delivered_utc = 4, .n_rows = 10 });
    gb_cube_set_conflicts(&f->cube, &(struct gb_cube_conflict){ .agency_i = 1, .indicator_i = 1, .as_of = { 2026, 11, 1 }, .seq = 2 }, 1);
    gb_cube_set_acks(&f->cube, (const struct gb_cube_ack[]){ { 0, 1, 672, 5, 3, 1, 20778 }, { 0, 1, 673, 4, 1, 0, 20700 } }, 2);
    fx_series(f, 0, 0, 1, "2025-12=-5 2026-01=- 2026-02=9:P");
    fx_series(f, 0, 2, 3, "2026-01=77");
    gb_cube_end_part(&f->cube, 0);
    gb_cube_end_part(&f->cube, 2);
    fx_series(f, 3, 1, 0, "2026-01=1@3 2026-02=2@0:E");
    f->cube.series[2].flags = GB_SERIES_DERIVED;
    static const struct gb_first first[] = { { 0, 1, 12 }, { 1, 3, 2 } };
    f->cube.series[2].first = first, f->cube.series[2].n_first = 2;
    gb_cube_end_part(&f->cube, 3);
}

/* All parts through one file, as they go through one pipe. */
static FILE *written(const struct gb_cube *cube)
{
    FILE *t = tmpfile();
    assert_non_null(t);
    for (int part = 0; part < cube->n_parts; part++) FX_OK(gb_cube_write_part(cube, part, fileno(t), &e));
    assert_int_equal(lseek(fileno(t), 0, SEEK_SET), 0);
    return t;
}

static void transfer_is_faithful(void **state)
{
    (void)state;
    struct fx f;
    make_cube(&f);
    FILE *t = written(&f.cube);
    struct gb_cube got;
    gb_cube_init(&got, &f.c);
    FX_OK(gb_cube_read_part(&got, 0, fileno(t), &e));
    assert_int_equal(got.n_deliveries, 1); /* delivery 3 is known to part 3 alone */
    assert_true(got.vintage.number == 0 && got.vintage.n_deliveries == 0 && got.vintage.last_as_of.year == 0); /* counts of what is not here */
    assert_false(gb_cube_sample(&got)); /* delivery 3 is the sample */
    assert_int_equal(gb_cube_delivery_find(&got, 1)->n_rows, 0); /* counts rows of other parts too */
    for (int part = 1; part < GB_N_PARTS; part++) {
        assert_int_equal(got.n_acks, 0); /* not for those who see less than all */
        assert_false(gb_cube_acks_known(&got));
        FX_OK(gb_cube_read_part(&got, part, fileno(t), &e));
    }
    assert_true(gb_cube_acks_known(&got));
    assert_int_equal(got.n_acks, 2);
    assert_memory_equal(got.ack, f.cube.ack, 2 * sizeof *got.ack);
    assert_int_equal(gb_cube_ack_from(&got, 0, 1, 673), 1);
    assert_int_equal(gb_cube_ack_from(&got, 0, 1, 674), 2);
    assert_int_equal(gb_cube_ack_from(&got, 0, -1, 674), 0);
    assert_int_equal(gb_cube_ack_from(&got, 1, -1, 0), 2);
    assert_int_equal(got.n_series, 3);
    assert_int_equal(got.n_obs, f.cube.n_obs);
    for (size_t i = 0; i < got.n_series; i++) {
        char want[512];
        snprintf(want, sizeof want, "%s", fx_text(&f.c, &f.cube.series[i]));
        assert_string_equal(fx_text(&f.c, &got.series[i]), want);
        assert_int_equal(got.series[i].part, f.cube.series[i].part);
        assert_int_equal(got.series[i].flags, f.cube.series[i].flags);
    }
    assert_int_equal(got.n_deliveries, 2);
    assert_int_equal(gb_cube_delivery_find(&got, 3)->agency_i, 1);
    assert_true(gb_cube_delivery_find(&got, 3)->lined && !gb_cube_delivery_find(&got, 1)->lined);
    assert_true(gb_cube_delivery_find(&got, 3)->n_rounded == 2 && gb_cube_delivery_find(&got, 3)->n_marked == 1);
    assert_int_equal(gb_cube_delivery_find(&got, 1)->n_rows, 10);
    assert_int_equal(got.series[2].n_first, 2);
    assert_memory_equal(got.series[2].first, f.cube.series[2].first, 2 * sizeof *got.series[2].first);
    assert_true(gb_cube_sample(&got) && gb_cube_delivery_find(&got, 3)->delivered_utc == 5);
    char byte;
    assert_int_equal(read(fileno(t), &byte, 1), 0); /* nothing is left, nothing was taken too much */
    fclose(t);
    gb_cube_release(&got);
    fx_release(&f);
}

static enum gb_code read_all(const struct gb_catalogue *c, const char *p, size_t n, int n_parts)
{
    FILE *t = tmpfile();
    assert_non_null(t);
    assert_int_equal(write(fileno(t), p, n), n);
    lseek(fileno(t), 0, SEEK_SET);
    struct gb_cube got;
    struct gb_err e = { 0 };
    gb_cube_init(&got, c);
    enum gb_code code = GB_OK;
    for (int part = 0; part < n_parts && code == GB_OK; part++) {
        size_t before = got.n_series;
        code = gb_cube_read_part(&got, part, fileno(t), &e);
        if (code != GB_OK) assert_int_equal(got.n_series, before); /* no half part stays */
    }
    fclose(t);
    gb_cube_release(&got);
    return code;
}

/* Each single wrong byte and each cut is an error: every bit of the stream is under a rule or the checksum. */
static void transfer_breaks_safely(void **state)
{
    (void)state;
    struct fx f;
    make_cube(&f);
    FILE *t = written(&f.cube);
    char bytes[8192];
    ssize_t n = read(fileno(t), bytes, sizeof bytes);
    fclose(t);
    assert_true(n > 500 && n < (ssize_t)sizeof bytes);
    assert_int_equal(read_all(&f.c, bytes, (size_t)n, GB_N_PARTS), GB_OK);
    static const unsigned char flip[] = { 0x01, 0x80, 0xFF };
    for (ssize_t i = 0; i < n; i++)
        for (size_t k = 0; k < sizeof flip; k++) {
            bytes[i] = (char)(bytes[i] ^ flip[k]);
            if (read_all(&f.c, bytes, (size_t)n, GB_N_PARTS) == GB_OK) fail_msg("byte %zd with %02x passed", i, flip[k]);
            bytes[i] = (char)(bytes[i] ^ flip[k]);
        }
    for (ssize_t cut = 0; cut < n; cut++) assert_int_not_equal(read_all(&f.c, bytes, (size_t)cut, GB_N_PARTS), GB_OK);
    f.c.digest.b[0] = 43; /* another catalogue at this end */
    assert_int_equal(read_all(&f.c, bytes, (size_t)n, 1), GB_E_BUG);
    fx_release(&f);
}

static void transfer_faults(void **state)
{
    (void)state;
    struct fx f;
    make_cube(&f);
    FILE *t = tmpfile();
    struct gb_err e = { 0 };
    gb_fault_arm("io.write:1");
    assert_int_equal(gb_cube_write_part(&f.cube, 0, fileno(t), &e), GB_E_IO);
    gb_fault_arm(NULL);
    fclose(t);
    t = written(&f.cube);
    struct gb_cube got;
    gb_cube_init(&got, &f.c);
    gb_err_clear(&e);
    gb_fault_arm("io.read:2");
    assert_int_equal(gb_cube_read_part(&got, 0, fileno(t), &e), GB_E_IO);
    assert_int_equal(got.n_series, 0);
    fclose(t);
    gb_cube_release(&got);
    fx_release(&f);
}

/* ---- export */
static void export_text(void **state)
{
    (void)state;
    struct fx f;
    make_cube(&f);
    f.ind[0].scale = 2; /* the same integers, read as hundredths */
    struct gb_buf b = { 0 };
    struct gb_sink sink = { .fn = fx_sink, .ctx = &b };
    FX_OK(gb_cube_export_csv(&f.cube, true, sink, &e));
    assert_string_equal(b.p, "indicator,region,period,value,status,as_of,delivery\r\n"
                             "t.i0,c1,2025-12,-0.05,A,2026-10-01,1\r\n"
                             "t.i0,c1,2026-01,,M,2026-10-01,1\r\n"
                             "t.i0,c1,2026-02,0.09,P,2026-10-01,1\r\n"
                             "t.i1,38,2026-01,1,A,2026-11-21,3\r\n" /* the derived one is not delivered */
                             "t.i2,c3,2026-01,77,A,2026-10-01,1\r\n");
    gb_buf_reset(&b);
    FX_OK(gb_cube_export_json(&f.cube, false, sink, &e));
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_jval *j;
    FX_OK(gb_json_parse(&a, b.p, b.n, &j, &e));
    assert_string_equal(gb_jstr(j, "schema"), "giaoban/observations/1");
    assert_null(gb_jget(j, "vintage"));
    const struct gb_jval *rows = gb_jget(j, "observations");
    assert_int_equal(rows->n, 5);
    assert_string_equal(gb_jstr(rows->child, "period"), "2025-12");
    assert_int_equal(gb_jget(rows->child->next, "value")->kind, GB_J_NULL);
    assert_null(gb_jget(rows->child, "delivery"));
    gb_arena_release(&a);
    gb_buf_release(&b);
    fx_release(&f);
}

static enum gb_code full_sink(void *ctx, const void *p, size_t n, struct gb_err *e)
{
    (void)ctx, (void)p, (void)n;
    return gb_fail(e, GB_E_IO, "disk full");
}

static void export_stops_at_a_full_disk(void **state)
{
    (void)state;
    struct fx f;
    make_cube(&f);
    struct gb_err e = { 0 };
    assert_int_equal(gb_cube_export_csv(&f.cube, true, (struct gb_sink){ .fn = full_sink }, &e), GB_E_IO);
    gb_err_clear(&e);
    assert_int_equal(gb_cube_export_json(&f.cube, true, (struct gb_sink){ .fn = full_sink }, &e), GB_E_IO);
    fx_release(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(access_by_period),
        cmocka_unit_test(lower_bound),
        cmocka_unit_test(index_finds_all),
        cmocka_unit_test(merge_runs_sorts),
        cmocka_unit_test_setup_teardown(replay_last_version_wins, setup, teardown),
        cmocka_unit_test_setup_teardown(conflict_moves_the_part, setup, teardown),
        cmocka_unit_test(transfer_is_faithful),
        cmocka_unit_test(transfer_breaks_safely),
        cmocka_unit_test_setup_teardown(transfer_faults, setup, teardown),
        cmocka_unit_test_setup_teardown(notes_acknowledge, setup, teardown),
        cmocka_unit_test(export_text),
        cmocka_unit_test(export_stops_at_a_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
