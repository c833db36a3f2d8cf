/* stage_data.c DIR STORE OUT — open data of every indicator as CSV and JSON, written to OUT: beside floor_fwrite. */
#include "render/render.h"
#include "stage.h"

static long put(const char *dir, const char *code, const char *ext, const struct gb_buf *b)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.%s", dir, code, ext);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(b->p, 1, b->n, f) != b->n || fclose(f) != 0) bench_die(path);
    return (long)b->n;
}

int main(int argc, char **argv)
{
    struct gb_err e = { 0 };
    static struct gb_catalogue c;
    static struct gb_cube cube;
    static struct gb_evaluation ev;
    struct gb_edition_info ed = { .id = "2026-11-22-r1", .short_hash = "0123456789abcdef", .date = BENCH_DATE, .vintage = 20, .build = "bench", .audience = GB_PUBLIC };
    struct gb_buf b = { 0 };
    long bytes = 0;
    int files = 0;
    if (argc < 4) bench_die("usage: stage_data DIR STORE OUT");
    stage_load(&c, &cube, &ev, argv[1], argv[2]);
    double start = bench_cpu_s();
    for (int i = 0; i < c.n_indicators; i++) {
        gb_buf_reset(&b);
        stage_must(gb_data_csv(&ev, i, &ed, &b, &e), &e);
        bytes += put(argv[3], c.indicator[i].code, "csv", &b);
        gb_buf_reset(&b);
        stage_must(gb_data_json(&ev, i, &ed, &b, &e), &e);
        bytes += put(argv[3], c.indicator[i].code, "json", &b);
        files += 2;
    }
    char remark[96];
    snprintf(remark, sizeof remark, "files=%d bytes=%ld", files, bytes);
    bench_line("stage_data", bench_cpu_s() - start, remark);
    gb_buf_release(&b);
    return 0;
}
