/* stage_xlsx.c DIR STORE TMP — the statisticians' workbook of every sector, each re-read after writing: beside floor_xlsx. */
#include "render/render.h"
#include "stage.h"

int main(int argc, char **argv)
{
    struct gb_err e = { 0 };
    static struct gb_catalogue c;
    static struct gb_cube cube;
    static struct gb_evaluation ev;
    struct gb_edition_info ed = { .id = "2026-11-22-r1", .short_hash = "0123456789abcdef", .date = BENCH_DATE, .vintage = 20, .build = "bench", .audience = GB_STATISTICS };
    struct gb_buf b = { 0 };
    size_t bytes = 0;
    if (argc < 4) bench_die("usage: stage_xlsx DIR STORE TMP");
    stage_load(&c, &cube, &ev, argv[1], argv[2]);
    double start = bench_cpu_s();
    for (int s = 0; s < c.n_sectors; s++) {
        gb_buf_reset(&b);
        stage_must(gb_workbook_sector(&ev, s, &ed, argv[3], &b, &e), &e);
        bytes += b.n;
    }
    char remark[96];
    snprintf(remark, sizeof remark, "workbooks=%d bytes=%zu", c.n_sectors, bytes);
    bench_line("stage_xlsx", bench_cpu_s() - start, remark);
    gb_buf_release(&b);
    return 0;
}
