/* standing.c — how a series stands at its newest value: the step that is shown, for how many periods in a row, and whether it gets better.
 *
 * The shown step is that of the log of episodes (event.h), so that the table of alerts, the log and the operations centre never contradict
 * each other. The step of the value itself stays beside it, and sentences say both when they differ.
 */
#include "evaluation/eval_int.h"
#include "evaluation/event.h"

/* Periods at warning or worse without improvement that call for more attention. A proposal: no norm counts them. */
static int stuck_after(enum gb_freq f)
{
    return f == GB_FREQ_HOUR ? 24 : f >= GB_FREQ_MONTH ? 3 : 2;
}

enum { ROW_MAX = 999 };

/* The start of the row of consecutive periods at `level` or worse that ends at the latest value. */
static int64_t row_start(const struct gb_eval *v, const struct gb_catalogue *c, const struct gb_series *s)
{
    int64_t from = v->latest_i;
    for (int64_t i = v->latest_i - 1; i >= 0 && v->latest_i - from < ROW_MAX; i--) {
        if (!gb_counts(s, i) || s->period[i] != s->period[from] - 1)
            break;
        enum gb_state at = gb_judge_at(c, s, i);
        if (!gb_stands_at(at, v->level))
            break;
        from = i;
    }
    return from;
}

/* For at least stuck_after() periods at warning or worse, and no better than when those began? Values before the row at `level` may have
 * stood at a milder step of warning: the question is about warning, not about the level reached meanwhile. */
static bool is_stuck(const struct gb_eval *v, const struct gb_catalogue *c, const struct gb_series *s)
{
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    int64_t first = v->latest_i - stuck_after(ind->freq) + 1;
    if (!gb_stands_at(v->level, GB_WARNING) || first < 0)
        return false;
    for (int64_t i = first; i <= v->latest_i; i++) {
        enum gb_state at = gb_counts(s, i) ? gb_judge_at(c, s, i) : GB_STATE_NONE;
        if (!gb_stands_at(at, GB_WARNING) || s->period[i] - s->period[first] != (int32_t)(i - first))
            return false;
    }
    if (ind->flow == GB_FLOW_CUMULATIVE)
        return v->level >= gb_judge_at(c, s, first);
    return !gb_worsened(ind, v->value,
                        s->value[first]); /* going back to the first one would not be for the worse: nothing was gained */
}

void gb_eval_standing(struct gb_eval *v, const struct gb_catalogue *c, const struct gb_series *s)
{
    v->level = gb_judge_at(c, s, v->latest_i);
    v->state = v->overdue ? GB_OVERDUE : gb_event_step(c, s, v->latest_i);
    if (!gb_stands_at(v->level, GB_WATCH))
        return;
    v->in_row = (int32_t)(v->latest_i - row_start(v, c, s) + 1);
    v->stuck = !v->overdue && is_stuck(v, c, s);
}
