/* evaluation/evaluation.h — what is derived from the figures of a series, as seen on a business date.
 *
 * One gb_eval per series of the cube (same index). A pure function of (cube, catalogue, date). All figures are exact scaled
 * integers; percents have 6 decimals (GB_PCT_SCALE), rounded half away from zero; whoever prints them rounds that
 * integer at the published decimals, half away from zero.
 * Degenerate cases are defined, never guessed: base zero -> no percent; base negative -> percent of |base| (flag), previous
 * period missing -> no change even if an older value exists (prev_available tells of that one), 29 February -> no year-before.
 */
#ifndef GB_EVALUATION_EVALUATION_H
#define GB_EVALUATION_EVALUATION_H
#include "cube/cube.h"

/* The five steps, and two states beside them. Order = severity for sorting, worst last but for the two states beside. */
enum gb_state { GB_STATE_NONE, /* no thresholds: not judged */
    GB_GOOD, GB_WATCH, GB_WARNING, GB_DANGER, GB_EMERGENCY, /* tốt, theo dõi, cảnh báo, nguy hiểm, khẩn cấp */
    GB_NO_DATA, GB_OVERDUE /* chưa có số liệu; quá hạn: newest value older than 1.5 periods */
};
const char *gb_state_vi(enum gb_state s);   /* "cảnh báo" */
const char *gb_state_word(enum gb_state s); /* "warning": machine form */

struct gb_change { bool ok, pct_ok, base_negative; int64_t base, diff, pct; int32_t period; }; /* diff at scale, pct at GB_PCT_SCALE */
struct gb_eval {
    int64_t latest_i;          /* observation index in the series, -1 = no value up to the date */
    int32_t period; int64_t value; char status;
    int32_t age_days;          /* date - last day of the latest period (>= 0), or -1 */
    bool overdue;              /* age > 1.5 periods */
    struct gb_change prev;           /* calendar's previous period */
    struct gb_change prev_available; /* greatest earlier period with a value */
    struct gb_change year_before;    /* same period one year earlier */
    /* Year to date, for flows: sum of this year's periods up to the latest, and the same periods of last year (ok only if
     * every one of those has a value; n_ytd tells how many were there this year). Cumulative indicators: the value itself. */
    bool ytd_ok; int64_t ytd; int n_ytd; bool ytd_complete; struct gb_change ytd_year_before;
    /* Target of the latest period's year. attainment_pct = 100 * actual / target at GB_PCT_SCALE, actual = ytd for flows, value
     * otherwise. pace_pct = share of the target due by now (season profile for cumulative and flow, else linear by days); behind
     * = pace_pct - attainment_pct in points, for cumulative and flow only. */
    bool has_target, attain_ok, pace_ok; int64_t target, attainment_pct, pace_pct, behind_pct;
    enum gb_state state;       /* GOOD..EMERGENCY by thresholds; NO_DATA; OVERDUE when overdue (level kept in `level`) */
    enum gb_state level;       /* the step of the latest value itself, GB_STATE_NONE if not judged */
    int rank, n_ranked;        /* among communes with a value in the SAME period, 1 = best by direction; ties share; 0 = none */
    int64_t coverage_n, coverage_of; /* derived series: communes present / expected in the latest period */
};
struct gb_evaluation {
    struct gb_arena arena;
    const struct gb_catalogue *catalogue;
    const struct gb_cube *cube;
    struct gb_date date;
    struct gb_eval *eval; size_t n; size_t cap; /* parallel to cube->series */
};
void gb_evaluation_init(struct gb_evaluation *ev, const struct gb_cube *cube, struct gb_date date);
/** Evaluate the series of parts not yet evaluated (called after each gb_cube_end_part; earlier results do not change). */
GB_MUST_USE enum gb_code gb_evaluation_run(struct gb_evaluation *ev, struct gb_err *e);
void gb_evaluation_release(struct gb_evaluation *ev);
/** NULL if there is no such series for this process. */
const struct gb_eval *gb_eval_find(const struct gb_evaluation *ev, int indicator_i, int region_i);
/** Step of one value against an indicator's thresholds (province-sum thresholds do not judge communes: pass the region's level;
 * then GB_STATE_NONE, see DOMAIN.md section 0). */
enum gb_state gb_judge(const struct gb_indicator *ind, enum gb_level_kind level, int64_t value);
#endif
