/* stage.h — the generated province as the stages see it: catalogue, store, cube, evaluation. A fault ends the program. */
#ifndef GB_TESTS_STAGE_H
#define GB_TESTS_STAGE_H
#include "bench.h"
#include "evaluation/evaluation.h"
#include "evaluation/rollup.h"

#define BENCH_DATE ((struct gb_date){ 2026, 11, 22 })

static inline void stage_must(enum gb_code code, const struct gb_err *e)
{
    char line[GB_ERR_TEXT];
    if (code != GB_OK) bench_die(gb_err_line(e, line, sizeof line));
}

static inline void stage_catalogue(struct gb_catalogue *c, const char *dir)
{
    struct gb_err e = { 0 };
    stage_must(gb_catalogue_load(c, "reports", dir, NULL, &e), &e);
}

/* Store to evaluated cube, as the extractor does it: load, roll up, evaluate. */
static inline void stage_load(struct gb_catalogue *c, struct gb_cube *cube, struct gb_evaluation *ev, const char *dir, const char *store)
{
    struct gb_err e = { 0 };
    struct gb_store *s;
    stage_catalogue(c, dir);
    stage_must(gb_store_open(&s, store, true, &e), &e);
    gb_cube_init(cube, c);
    stage_must(gb_cube_load(cube, s, 0, NULL, &e), &e);
    gb_store_close(s);
    stage_must(gb_rollup_take(cube, &e), &e);
    gb_evaluation_init(ev, cube, BENCH_DATE);
    stage_must(gb_evaluation_run(ev, &e), &e);
}
#endif
