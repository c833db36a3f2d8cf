/* evaluation/evaluation.h — what is derived from the figures of a series, as seen on a business date.
 *
 * One gb_eval per series of the cube (same index). A pure function of (cube, catalogue, date). All figures are exact scaled
 * integers; percents have 6 decimals (GB_PCT_SCALE), rounded half away from zero; whoever prints them rounds that
 * integer at the published decimals, half away from zero.
 * A value counts when it is not missing, its period starts on or before the date, and its status is not F (forecast).
 * A series of part k is evaluated from parts 0..k alone, so that the result is the same whether later parts are loaded or not.
 * Degenerate cases are defined, never guessed: base zero -> no percent; base negative -> percent of |base| (flag), previous
 * period missing -> no change even if an older value exists (prev_available tells of that one), 29 February -> no year-before.
 * No figure is set against one from before a break of its series, but over a bridge (breaks.h); a year's sum begins at its last break.
 */
#ifndef GB_EVALUATION_EVALUATION_H
#define GB_EVALUATION_EVALUATION_H
#include "cube/cube.h"

/* The five steps, and two states beside them. Order = severity for sorting, worst last but for the two states beside. */
enum gb_state { GB_STATE_NONE, /* no thresholds: not judged */
    GB_GOOD, GB_WATCH, GB_WARNING, GB_DANGER, GB_EMERGENCY, /* tốt, theo dõi, cảnh báo, nguy hiểm, khẩn cấp */
    GB_NO_DATA, GB_OVERDUE /* chưa có số liệu; quá hạn: newest value older than 1.5 periods */
};
/** True if a state is a step of the scale, `from` or worse: never that of what is not judged, has no data, or is overdue. */
static inline bool gb_stands_at(enum gb_state s, enum gb_state from) { return s >= from && s <= GB_EMERGENCY; }
const char *gb_state_vi(enum gb_state s);   /* "cảnh báo" */
const char *gb_state_word(enum gb_state s); /* "warning": machine form */
const char *gb_held_vi(enum gb_state s);    /* of a step that the value has left, not confirmed: "chờ rời mức cảnh báo"; "" outside WATCH..EMERGENCY */

/* A commune's value of a `sum` indicator against the past of its own place (DOMAIN.md section 0): unusual when it lies on the worse side of
 * the median by more than 3 x 1.4826 x MAD (robust.h). The past: of a day the same weekday of the last half year, 8 of them at least; of a
 * month the same month of five or more years, else the last 24 months, 12 at least; of weeks the last 52, 12 at least; of quarters and
 * years the last 16, 8 at least; hours, and periods that have not ended, are not compared. Cumulative figures only with the same month of other years: they grow. Never
 * a step: nobody has set a limit for it. */
enum gb_unusual { GB_USUAL_UNKNOWN /* not compared, or too short a past */, GB_USUAL, GB_UNUSUAL_HIGH, GB_UNUSUAL_LOW };
const char *gb_unusual_vi(enum gb_unusual u);   /* "cao khác thường"; "" unless high or low */
const char *gb_unusual_word(enum gb_unusual u); /* "high" "low"; "none"; "unknown" */

/* ok: the base has a value and the difference fits. period: the one compared with (GB_PERIOD_NONE if there is none), also when
 * it has no value. diff at the indicator's scale, pct at GB_PCT_SCALE. over: the break that lies between (breaks.h), NULL if none does; then
 * with ok the base is the old figures converted to the new area by a bridge, and without it there are old figures and no bridge. */
struct gb_change { bool ok, pct_ok, base_negative; int64_t base, diff, pct; int32_t period; const struct gb_break *over; };
struct gb_eval {
    int64_t latest_i;          /* observation index in the series, -1 = no value up to the date */
    bool withheld;             /* there is a figure up to the date that this process does not get, newer than all it gets: latest_i is -1 */
    int32_t period; int64_t value; char status;
    int32_t age_days;          /* date - last day of the latest period (>= 0), or -1 */
    bool overdue;              /* age > 1.5 periods (days of the latest period; an hour counts as a day: dates have no hours) */
    struct gb_change prev;           /* calendar's previous period */
    struct gb_change prev_available; /* greatest earlier period with a value */
    struct gb_change year_before;    /* same period one year earlier */
    /* Year to date. Flows: sum of this year's periods up to the latest that have a value (n_ytd of them; complete: all of them).
     * Base: the same periods of last year; ok only if every one of those has a value. 29 February and week 53 have no
     * counterpart and stand only in this year's sum. Cumulative indicators: the value itself, base the year before. */
    bool ytd_ok; int64_t ytd; int n_ytd; bool ytd_complete; struct gb_change ytd_year_before;
    /* Target of the latest period's year. targets.csv gives flows their target per period (exports: "8,5 tỷ USD; chia đều 12
     * tháng" = 708 a month): `target` is that row, `target_year` = target x periods of the year; else both are the row's value.
     * attainment_pct = 100 * actual / target_year at GB_PCT_SCALE, actual = ytd for flows, value otherwise; only for a target
     * above zero, and for flows only if the year to date is complete. pace_pct = share of the year's target due by the end of the
     * latest period (or by the date, if that is earlier): by the season profile if the indicator has one, else linear by days;
     * cumulative and flow only. behind = pace_pct - attainment_pct in points, negative = ahead. */
    bool has_target, target_confirmed /* else illustrative, and reports say so */, attain_ok, pace_ok; int64_t target, target_year, attainment_pct, pace_pct, behind_pct;
    enum gb_state state;       /* what is shown: the worst step whose episode (event.h, GB_EVENT_RULE) is not over yet, so that a value on
                                  the edge does not flicker; never milder than `level`. NO_DATA; OVERDUE when overdue */
    enum gb_state level;       /* the step of the latest value itself, GB_STATE_NONE if not judged. What a sentence about the value says */
    int32_t in_row;            /* values in a row (consecutive periods) at `level` or worse, the latest included; 0 unless WATCH or worse */
    bool stuck;                /* at WARNING or worse for 24 hours, 3 days, weeks or months, 2 quarters or years in a row (stuck_after in
                                  standing.c: a proposal, no norm counts them), and not better than at the first of them: by the value; of
                                  a cumulative figure, which only ever grows, by the step */
    /* A commune's value of a `sum` indicator has no limit of its own: it is compared with the place's own past (unusual.c). */
    enum gb_unusual unusual; int64_t usual, usual_limit;
    /* Among the units of the indicator's level (communes, districts, provinces below the root; never points) with a value in
     * the SAME period rank_period: the newest period which at least half of the units that ever reported have. 1 = best by
     * direction; ties share (1, 1, 3); 0 = none. Neutral and band have no rank. */
    int rank, n_ranked; int32_t rank_period;
    /* Places gained since the period before rank_period (negative: lost), both ranks taken among the units that have a value in both of
     * them and no break between; ok if these are at least half of the ranked ones. */
    bool rank_gain_ok; int rank_gain;
    /* Derived latest value: units present / expected in its period (0 / 0 when this part does not hold the units). */
    int64_t coverage_n, coverage_of;
};
struct gb_evaluation {
    struct gb_arena arena;
    const struct gb_catalogue *catalogue;
    const struct gb_cube *cube;
    struct gb_date date;
    struct gb_eval *eval; size_t n; size_t cap; /* parallel to cube->series */
    int n_parts;                                /* parts evaluated */
    size_t n_reveals;                           /* masks of the cube whose removal has been taken in */
    struct gb_eval_tables *tables;              /* private: lookups made once */
};
void gb_evaluation_init(struct gb_evaluation *ev, const struct gb_cube *cube, struct gb_date date);
/** Evaluate the series of parts not yet evaluated (called after each gb_cube_end_part). Earlier results do not change, but for those that rest on
 * series whose mask a part has taken off. */
GB_MUST_USE enum gb_code gb_evaluation_run(struct gb_evaluation *ev, struct gb_err *e);
void gb_evaluation_release(struct gb_evaluation *ev);
/** The state without hysteresis: what holds of the latest value itself. For triggers, which speak of the value. */
static inline enum gb_state gb_state_now(const struct gb_eval *v)
{
    return v->latest_i < 0 ? GB_NO_DATA : v->overdue ? GB_OVERDUE : v->level;
}
/** True if the value has left the step that is shown, and that is not confirmed yet. */
static inline bool gb_eval_held(const struct gb_eval *v) { return v->state <= GB_EMERGENCY && v->state > v->level; }
/** NULL if there is no such series for this process, or its part is not evaluated yet. */
const struct gb_eval *gb_eval_find(const struct gb_evaluation *ev, int indicator_i, int region_i);
/** Step of one value, at the scale of the indicator, against an indicator's thresholds (province-sum thresholds do not judge communes: pass the region's level;
 * then GB_STATE_NONE, see DOMAIN.md section 0). */
enum gb_state gb_judge(const struct gb_indicator *ind, enum gb_level_kind level, int64_t value);
#define GB_FACTOR_ONE 10000 /* seasons are at scale 4 */
/** The same with thresholds multiplied by factor / GB_FACTOR_ONE, exactly. */
enum gb_state gb_judge_scaled(const struct gb_indicator *ind, enum gb_level_kind level, int64_t value, int64_t factor);
/** Step of observation i of a series: of its value, at its place, against the limits as they are in its period. */
enum gb_state gb_judge_at(const struct gb_catalogue *c, const struct gb_series *s, int64_t i);
/** Factor for the thresholds in a period: the month's factor of season `invcum` for indicators that have it (their thresholds
 * hold for month 10; the month is that of the period's last day), else GB_FACTOR_ONE. */
int64_t gb_threshold_factor(const struct gb_catalogue *c, const struct gb_indicator *ind, int32_t period);
/** Share of a year's target due by the end of a period, or by the day `by` if that is earlier: what gb_eval.pace_pct holds, for any
 * period (the pace line of a chart). % at GB_PCT_SCALE. false when the season has no weight at all. */
bool gb_pace_pct(const struct gb_catalogue *c, const struct gb_indicator *ind, int32_t period, struct gb_date by, int64_t *out);
/** True if a change from `before` to `now` is for the worse: down for up-good, up for down-good, further out of the watch band
 * for band; never for neutral. */
bool gb_worsened(const struct gb_indicator *ind, int64_t before, int64_t now);
#endif
