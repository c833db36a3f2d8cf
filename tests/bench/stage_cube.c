/* stage_cube.c DIR STORE — the newest vintage as columns, rolled up to the province, and everything that is derived of it. */
#include "stage.h"

int main(int argc, char **argv)
{
    struct gb_err e = { 0 };
    struct gb_catalogue c;
    struct gb_cube cube;
    struct gb_evaluation ev;
    struct gb_store *s;
    if (argc < 3) bench_die("usage: stage_cube DIR STORE");
    stage_catalogue(&c, argv[1]);
    double t0 = bench_cpu_s();
    stage_must(gb_store_open(&s, argv[2], true, &e), &e);
    gb_cube_init(&cube, &c);
    stage_must(gb_cube_load(&cube, s, 0, NULL, &e), &e);
    gb_store_close(s);
    double t1 = bench_cpu_s();
    stage_must(gb_rollup_take(&cube, &e), &e);
    double t2 = bench_cpu_s();
    gb_evaluation_init(&ev, &cube, BENCH_DATE);
    stage_must(gb_evaluation_run(&ev, &e), &e);
    double t3 = bench_cpu_s();
    char remark[128];
    snprintf(remark, sizeof remark, "observations=%llu series=%zu load=%.3f rollup=%.3f evaluation=%.3f", (unsigned long long)cube.n_obs, cube.n_series, t1 - t0, t2 - t1, t3 - t2);
    bench_line("stage_cube", t3 - t0, remark);
    gb_evaluation_release(&ev);
    gb_cube_release(&cube);
    gb_catalogue_release(&c);
    return 0;
}
