/* bench_evaluation_cube.c — a province of 300 indicators x 167 regions x 36 months (1.8 million observations) from the store to
 * the evaluation, beside the floor: the store's replay with nothing done to the rows. CPU seconds, best of three.
 * Two ways of delivery: 20 files with all months, and 720 files (20 agencies x 36 months) with 1 % of revisions.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>
#include "base/file.h"
#include "evaluation/export.h"
#include "evaluation/quality.h"
#include "evaluation/rollup.h"
#include "evaluation/trigger.h"

enum { N_IND = 300, N_REG = 167, N_MONTHS = 36, N_AGENCIES = 20 };
static struct gb_indicator ind[N_IND];
static struct gb_region region[N_REG];
static struct gb_region_version version[N_REG];
static char ind_code[N_IND][16], region_code[N_REG][16];
static struct gb_catalogue cat = { .indicator = ind, .n_indicators = N_IND, .region = region, .n_regions = N_REG };

static void must(enum gb_code code, const struct gb_err *e)
{
    char line[1024];
    if (code == GB_OK) return;
    fprintf(stderr, "%s\n", gb_err_line(e, line, sizeof line));
    exit(1);
}

static double cpu(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + 1e-6 * (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

static void catalogue(void)
{
    gb_map_init(&cat.by_indicator), gb_map_init(&cat.by_region), gb_map_init(&cat.by_agency);
    for (int i = 0; i < N_IND; i++) {
        snprintf(ind_code[i], sizeof ind_code[i], "b.%03d", i * 7 % N_IND);
        static const enum gb_aggregation agg[] = { GB_AGG_SUM, GB_AGG_SUM, GB_AGG_WEIGHTED_MEAN, GB_AGG_NONE, GB_AGG_MEAN, GB_AGG_RATIO };
        static const enum gb_class class[] = { GB_CLASS_PUBLIC, GB_CLASS_INTERNAL, GB_CLASS_FRONT };
        ind[i] = (struct gb_indicator){ .code = ind_code[i], .freq = GB_FREQ_MONTH, .agg = agg[i % 6], .agg_num = i - 5, .agg_den = i % 6 == 2 ? i - 1 : i - 4,
            .level = GB_AT_COMMUNE, .class = class[i % 3], .flow = i % 2 ? GB_FLOW_FLOW : GB_FLOW_RATE, .direction = i % 3 ? GB_UP_GOOD : GB_DOWN_GOOD,
            .scale = i % 4, .has_steps = true };
        for (int k = 0; k < 4; k++) ind[i].step[k] = (struct gb_threshold){ .set = true, .lo = 1000 + k, .hi = 1000 + k };
        gb_map_put(&cat.by_indicator, ind_code[i], strlen(ind_code[i]), i);
    }
    for (int r = 0; r < N_REG; r++) {
        snprintf(region_code[r], sizeof region_code[r], r ? "%05d" : "38", 14000 + r * 3);
        version[r] = (struct gb_region_version){ .name = region_code[r], .type = r ? "commune" : "province", .from = { r ? 2025 : 0, r ? 7 : 0, r ? 1 : 0 } };
        region[r] = (struct gb_region){ .code = region_code[r], .parent = r ? 0 : -1, .level = r ? GB_AT_COMMUNE : GB_AT_PROVINCE, .version = &version[r], .n_versions = 1 };
        gb_map_put(&cat.by_region, region_code[r], strlen(region_code[r]), r);
    }
}

static const char *row_region[N_REG * N_MONTHS];
static int32_t row_period[N_REG * N_MONTHS];
static int64_t row_value[N_REG * N_MONTHS];
static char row_status[N_REG * N_MONTHS];

/* Months [from, to) of the indicators of one agency; the province itself is delivered for every third indicator alone. */
static void deliver(struct gb_store *s, int agency, int from, int to, int revise)
{
    static struct gb_segment seg[N_IND];
    size_t n_seg = 0;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    for (int i = agency; i < N_IND; i += N_AGENCIES) {
        size_t n = 0;
        for (int m = from; m < to; m++)
            for (int r = 0; r < N_REG; r++) {
                if (r == 0 && i % 3) continue;
                row_region[n] = region_code[r], row_period[n] = 2024 * 12 + m, row_status[n] = 'A';
                row_value[n] = (int64_t)((uint32_t)(i * 7919 + r * 104729 + m * 31 + revise) * 2654435761u >> 12) % 5000;
                n++;
            }
        struct gb_segment *g = &seg[n_seg++];
        *g = (struct gb_segment){ .indicator = ind_code[i], .scale = ind[i].scale, .freq = GB_FREQ_MONTH, .n = n };
        g->region = memcpy(gb_alloc_array(&a, n, sizeof *row_region), row_region, n * sizeof *row_region);
        g->period = memcpy(gb_alloc_array(&a, n, sizeof *row_period), row_period, n * sizeof *row_period);
        g->value = memcpy(gb_alloc_array(&a, n, sizeof *row_value), row_value, n * sizeof *row_value);
        g->status = memcpy(gb_alloc_array(&a, n, 1), row_status, n);
    }
    char name[64];
    snprintf(name, sizeof name, "so-%d_%d_%d_%d.csv", agency, from, to, revise);
    struct gb_delivery d = { .agency = name, .file_name = name, .as_of = { 2026, 12, 31 }, .seq = from * 2 + 1 + revise, .received_utc = 1,
                             .sha256 = gb_sha256_of(name, strlen(name)), .bytes = 1, .n_rows = 1 };
    struct gb_err e = { 0 };
    must(gb_store_append(s, &d, seg, n_seg, &e), &e);
    gb_arena_release(&a);
}

static enum gb_code nothing(void *ctx, const struct gb_delivery *d, const struct gb_segment *seg, struct gb_err *e)
{
    (void)d, (void)e;
    *(uint64_t *)ctx += seg->n;
    return GB_OK;
}

static enum gb_code null_sink(void *ctx, const void *p, size_t n, struct gb_err *e)
{
    (void)p, (void)e;
    *(size_t *)ctx += n;
    return GB_OK;
}

struct times { double replay, load, rollup, evaluation, overview, transfer, export; };

static void once(struct gb_store *s, struct times *best, bool print)
{
    struct gb_err e = { 0 };
    struct times t;
    uint64_t rows = 0, orphans;
    double at = cpu();
    must(gb_store_replay(s, 0, NULL, nothing, &rows, &e), &e);
    t.replay = cpu() - at, at = cpu();
    struct gb_cube out;
    gb_cube_init(&out, &cat);
    must(gb_cube_load(&out, s, 0, &orphans, &e), &e);
    uint64_t n_obs = out.n_obs;
    t.load = cpu() - at, at = cpu();
    must(gb_rollup_take(&out, &e), &e);
    t.rollup = cpu() - at, at = cpu();
    struct gb_evaluation ev;
    gb_evaluation_init(&ev, &out, (struct gb_date){ 2027, 1, 15 });
    must(gb_evaluation_run(&ev, &e), &e);
    t.evaluation = cpu() - at, at = cpu();
    gb_triggers(&ev, &ev.arena), gb_quality(&ev, &ev.arena);
    t.overview = cpu() - at, at = cpu();
    FILE *f = tmpfile();
    struct gb_cube got;
    gb_cube_init(&got, &cat);
    for (int part = 0; part < GB_N_PARTS; part++) must(gb_cube_write_part(&out, part, fileno(f), &e), &e);
    lseek(fileno(f), 0, SEEK_SET);
    for (int part = 0; part < GB_N_PARTS; part++) must(gb_cube_read_part(&got, part, fileno(f), &e), &e);
    fclose(f);
    t.transfer = cpu() - at, at = cpu();
    size_t bytes = 0;
    must(gb_cube_export_csv(&out, true, (struct gb_sink){ .fn = null_sink, .ctx = &bytes }, &e), &e);
    must(gb_evaluation_export_csv(&ev, (struct gb_sink){ .fn = null_sink, .ctx = &bytes }, &e), &e);
    t.export = cpu() - at;
    if (print)
        printf("  %llu rows -> %llu observations, %zu series, %llu after roll-up; export %zu MB\n", (unsigned long long)rows, (unsigned long long)n_obs,
               out.n_series, (unsigned long long)out.n_obs, bytes >> 20);
    const double *from = (const double *)&t;
    for (size_t i = 0; i < sizeof t / sizeof(double); i++)
        if (print || from[i] < ((double *)best)[i]) ((double *)best)[i] = from[i];
    gb_evaluation_release(&ev);
    gb_cube_release(&out), gb_cube_release(&got);
}

int main(void)
{
    catalogue();
    for (int way = 0; way < 2; way++) {
        char dir[] = "/tmp/gb-bench-XXXXXX", db[64];
        struct gb_err e = { 0 };
        if (!mkdtemp(dir)) return 1;
        snprintf(db, sizeof db, "%s/store.db", dir);
        struct gb_store *s;
        must(gb_store_open(&s, db, false, &e), &e);
        for (int a = 0; a < N_AGENCIES; a++)
            for (int m = 0; m < N_MONTHS; m += way ? 1 : N_MONTHS) deliver(s, a, m, way ? m + 1 : N_MONTHS, 0);
        for (int a = 0; way && a < N_AGENCIES; a++) deliver(s, a, 10, 11, 1);
        struct times t;
        printf("%s\n", way ? "720 deliveries, one month of each agency restated" : "20 deliveries");
        for (int k = 0; k < 3; k++) once(s, &t, k == 0);
        printf("  replay alone (floor) %.3f s; load with replay %.3f, without %.3f; roll-up %.3f; evaluation %.3f; triggers and gaps %.3f\n"
               "  cube + evaluation without SQL %.3f s (aim 0.25, limit 0.5)\n  transfer both ends %.3f s; both exports as CSV %.3f s\n",
               t.replay, t.load, t.load - t.replay, t.rollup, t.evaluation, t.overview, t.load - t.replay + t.rollup + t.evaluation, t.transfer, t.export);
        gb_store_close(s);
        must(gb_remove_tree(dir, &e), &e);
    }
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    printf("peak memory %ld MB\n", u.ru_maxrss / 1024);
    return 0;
}
