/* stage_ingest.c DIR STORE — intake, every check, vault and store of DIR's deliveries, as the night does it but in one process: what
 * this costs beside floor_parse + floor_store. The files are in the cache of the machine in both. */
#include "base/file.h"
#include "intake/intake.h"
#include "stage.h"

int main(int argc, char **argv)
{
    struct gb_err e = { 0 };
    struct gb_catalogue c;
    struct gb_store *s;
    char dir[4096], **file;
    int64_t rows = 0, marked = 0;
    if (argc < 3) bench_die("usage: stage_ingest DIR STORE");
    snprintf(dir, sizeof dir, "%s/deliveries", argv[1]);
    stage_catalogue(&c, argv[1]);
    remove(argv[2]);
    double start = bench_cpu_s(), store_s = 0;
    int n = bench_files(dir, ".csv", &file);
    stage_must(gb_store_open(&s, argv[2], false, &e), &e);
    stage_must(gb_store_batch_begin(s, &e), &e);
    for (int i = 0; i < n; i++) {
        struct gb_intake r = { 0 };
        struct gb_intake_options opt = { .today = BENCH_DATE, .received_utc = 1793000000 };
        char side[4200];
        size_t size = 0, m = 0;
        snprintf(side, sizeof side, "%s.meta.json", file[i]);
        char *text = bench_read(file[i], &size), *meta = bench_read(side, &m);
        if (!text) bench_die(file[i]);
        stage_must(gb_intake_read(&r, &c, strrchr(file[i], '/') + 1, text, size, meta, m, &opt, &e), &e);
        if (!r.accepted) bench_die(r.n_findings ? r.finding[0].expected : "refused");
        rows += r.rows_accepted;
        marked += r.rows_marked;
        double before = bench_cpu_s();
        stage_must(gb_vault_put(argv[2], &r.delivery.sha256, text, size, &e), &e);
        stage_must(gb_store_append(s, &r.delivery, r.segment, r.n_segments, &e), &e);
        store_s += bench_cpu_s() - before;
        gb_intake_release(&r);
        free(text);
        free(meta);
    }
    double before = bench_cpu_s();
    stage_must(gb_store_batch_end(s, &e), &e);
    gb_store_close(s);
    store_s += bench_cpu_s() - before;
    char remark[128];
    snprintf(remark, sizeof remark, "rows=%lld marked=%lld store=%.3f", (long long)rows, (long long)marked, store_s);
    bench_line("stage_ingest", bench_cpu_s() - start, remark);
    gb_catalogue_release(&c);
    return 0;
}
