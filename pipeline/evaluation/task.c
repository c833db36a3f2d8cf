/* task.c — see task.h. Days are inclusive: a task done on its last day is on time. */
#include "evaluation/task.h"
#include "base/utf8.h"
#include "evaluation/eval_int.h"

/* ---- due rules ---------------------------------------------------------------------------------------------------------- */

static bool read_period(const char *p, size_t n, struct gb_date *start, struct gb_date *end)
{
    enum gb_freq f;
    int32_t ord;
    if (!gb_period_parse(p, n, &f, &ord) || f == GB_FREQ_WEEK || f == GB_FREQ_HOUR)
        return false;
    *start = gb_period_start(f, ord, GB_CAL_CIVIL);
    *end = gb_period_end(f, ord, GB_CAL_CIVIL);
    return true;
}

static bool skip(const char **p, size_t *n, const char *prefix)
{
    size_t k = strlen(prefix);
    if (*n <= k || memcmp(*p, prefix, k) != 0)
        return false;
    *p += k, *n -= k;
    return true;
}

static bool read_main(const char *p, size_t n, struct gb_due *d)
{
    static const struct {
        const char *word;
        enum gb_due_kind kind;
    } words[] = { { "on-demand", GB_DUE_ON_DEMAND },
                  { "continuous", GB_DUE_CONTINUOUS },
                  { "per-central-guidance", GB_DUE_CENTRAL },
                  { "done", GB_DUE_DONE } };
    struct gb_date start, end;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (gb_str_eq_c((struct gb_str){ p, n }, words[i].word)) {
            d->kind = words[i].kind;
            return true;
        }
    if (skip(&p, &n, "yearly-")) {
        d->kind = GB_DUE_YEARLY;
        d->month = n == 2 && p[0] >= '0' && p[0] <= '1' && p[1] >= '0' && p[1] <= '9' ? (p[0] - '0') * 10 + p[1] - '0' : 0;
        return d->month >= 1 && d->month <= 12;
    }
    bool from = skip(&p, &n, "from:"), before = !from && skip(&p, &n, "before:");
    if (!read_period(p, n, &start, &end))
        return false;
    d->kind = from ? GB_DUE_FROM : GB_DUE_BY;
    if (from)
        d->first = start;
    else
        d->last = before ? gb_date_from_days(gb_date_to_days(start) - 1) : end;
    return true;
}

bool gb_due_parse(const char *rule, struct gb_due *out)
{
    struct gb_str piece[4];
    *out = (struct gb_due){ 0 };
    if (!*rule)
        return true;
    size_t n = gb_split(gb_str_of(rule), ';', piece, 4);
    bool ok = n >= 1 && n <= 3;
    for (size_t i = 0; ok && i < n; i++) {
        struct gb_str p = gb_trim(piece[i]);
        if (i > 0 && gb_str_eq_c(p, "periodic"))
            out->periodic = true;
        else if (i > 0 && gb_str_eq_c(p, "on-demand"))
            out->on_demand = true;
        else
            ok = i == 0 && read_main(p.p, p.n, out);
    }
    if (!ok)
        *out = (struct gb_due){ 0 };
    return ok;
}

/* ---- judging ------------------------------------------------------------------------------------------------------------ */

/* The statements of [from, to] days: the newest, and the first of the hundreds at the end. @return how many there are. */
static size_t hear(const struct gb_task_statement *v, size_t n, int32_t from, int32_t to, const struct gb_task_statement **last,
                   const struct gb_task_statement **done, const struct gb_task_statement **first)
{
    size_t heard = 0;
    *last = *done = *first = NULL;
    for (size_t i = 0; i < n; i++) {
        if (v[i].day < from || v[i].day > to)
            continue;
        *first = heard++ ? *first : &v[i];
        *last = &v[i];
        *done = v[i].progress < 100 ? NULL : *done ? *done : &v[i];
    }
    return heard;
}

static void finished(struct gb_task_eval *out, const struct gb_task_statement *done)
{
    out->done = true;
    out->done_on = gb_date_from_days(done->day);
    out->state = out->has_last && gb_date_cmp(out->done_on, out->last) > 0 ? GB_TASK_DONE_LATE : GB_TASK_DONE;
}

static enum gb_task_state silent(enum gb_due_kind k)
{
    switch (k) {
    case GB_DUE_ON_DEMAND: return GB_TASK_ON_DEMAND;
    case GB_DUE_CENTRAL: return GB_TASK_CENTRAL;
    case GB_DUE_DONE: return GB_TASK_DONE_IN_PLAN;
    case GB_DUE_FROM:
    case GB_DUE_YEARLY:
    case GB_DUE_CONTINUOUS: return GB_TASK_STANDING;
    case GB_DUE_NONE:
    case GB_DUE_BY: return GB_TASK_NO_STATUS;
    }
    gb_bug("kind of due rule");
}

/* Of the civil month in which a task of every year is due. */
static int32_t due_day(int year, int month)
{
    return gb_date_to_days(gb_period_end(GB_FREQ_MONTH, year * 12 + month - 1, GB_CAL_CIVIL));
}

/* Every year anew. The round that counts is the one whose day is near, else the one whose day was last. A first word that comes after
 * that day belongs to the next round: nobody is late for a year in which they were not asked to say anything. */
static void judge_yearly(const struct gb_due *due, const struct gb_task_statement *v, size_t n, int32_t today,
                         struct gb_task_eval *out)
{
    int year = gb_date_from_days(today).year;
    int32_t next = due_day(year, due->month);
    if (next < today)
        next = due_day(++year, due->month);
    int32_t passed = due_day(year - 1, due->month), before = due_day(year - 2, due->month);
    bool near = next - today <= GB_TASK_SOON_DAYS;
    const struct gb_task_statement *last, *done, *first;
    size_t heard = hear(v, n, near ? passed + 1 : before + 1, today, &last, &done, &first);
    out->has_last = true;
    out->last = gb_date_from_days(near ? next : passed);
    if (done)
        finished(out, done);
    else if (near)
        out->state = GB_TASK_SOON;
    else if (heard && first->day <= passed)
        out->state = GB_TASK_LATE;
    else {
        out->last = gb_date_from_days(next);
        out->state = heard ? GB_TASK_PROGRESS : GB_TASK_STANDING;
    }
}

void gb_task_judge(const struct gb_due *due, const struct gb_task_statement *v, size_t n, struct gb_date date,
                   struct gb_task_eval *out)
{
    int32_t today = gb_date_to_days(date);
    const struct gb_task_statement *last, *done, *first;
    *out = (struct gb_task_eval){ .note = "" };
    out->has_status = hear(v, n, INT32_MIN, today, &last, &done, &first) > 0;
    if (out->has_status) {
        out->progress = last->progress;
        out->on = gb_date_from_days(last->day);
        out->note = last->note ? last->note : "";
    }
    if (due->kind == GB_DUE_YEARLY) {
        judge_yearly(due, v, n, today, out);
        return;
    }
    out->has_last = due->kind == GB_DUE_BY;
    out->last = due->last;
    int32_t left = out->has_last ? gb_date_to_days(due->last) - today : INT32_MAX;
    if (done)
        finished(out, done);
    else if (left >= 0 && left <= GB_TASK_SOON_DAYS)
        out->state = GB_TASK_SOON;
    else if (!out->has_status)
        out->state = silent(due->kind);
    else
        out->state = left < 0 ? GB_TASK_LATE : GB_TASK_PROGRESS;
}

void gb_task_evaluate(const struct gb_evaluation *ev, int task_i, struct gb_arena *a, struct gb_task_eval *out)
{
    const struct gb_catalogue *c = ev->catalogue;
    struct gb_due due;
    (void)gb_due_parse(c->task[task_i].due_rule, &due); /* the catalogue refused what this does not read */
    const struct gb_series *s =
        c->has_task_indicator ? gb_cube_series(ev->cube, gb_task_indicator(c), c->n_regions + task_i) : NULL;
    size_t n = 0;
    struct gb_task_statement *v = GB_NEW_N(a, (s ? s->n : 0) + 1, struct gb_task_statement);
    int64_t whole = s ? gb_pow10[c->indicator[s->indicator_i].scale] : 1;
    for (uint32_t i = 0; s && i < s->n; i++)
        if (gb_counts(s, i)) /* a day that was withdrawn (M) says nothing any more */
            v[n++] = (struct gb_task_statement){ s->period[i], s->value[i] / whole, s->note ? s->note[i] : "" };
    gb_task_judge(&due, v, n, ev->date, out);
}

/* ---- words -------------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *word, *vi;
    enum gb_state shape;
} table[GB_N_TASK_STATES] = {
    [GB_TASK_LATE] = { "late", "chậm", GB_DANGER },
    [GB_TASK_SOON] = { "soon", "sắp đến hạn", GB_WATCH },
    [GB_TASK_NO_STATUS] = { "no-status", "chưa báo cáo", GB_NO_DATA },
    [GB_TASK_PROGRESS] = { "progress", "đang thực hiện", GB_STATE_NONE },
    [GB_TASK_DONE_LATE] = { "done-late", "hoàn thành muộn", GB_GOOD },
    [GB_TASK_DONE] = { "done", "hoàn thành đúng hạn", GB_GOOD },
    [GB_TASK_STANDING] = { "standing", "thường xuyên, định kỳ", GB_STATE_NONE },
    [GB_TASK_ON_DEMAND] = { "on-demand", "theo yêu cầu", GB_STATE_NONE },
    [GB_TASK_CENTRAL] = { "central", "theo hướng dẫn của Trung ương", GB_STATE_NONE },
    [GB_TASK_DONE_IN_PLAN] = { "done-in-plan", "kế hoạch ghi đã hoàn thành", GB_GOOD },
};

const char *gb_task_state_word(enum gb_task_state s)
{
    gb_assert((int)s >= 0 && s < GB_N_TASK_STATES);
    return table[s].word;
}

bool gb_task_state_parse(const char *word, enum gb_task_state *out)
{
    for (int i = 0; i < GB_N_TASK_STATES; i++)
        if (gb_streq(word, table[i].word)) {
            *out = (enum gb_task_state)i;
            return true;
        }
    return false;
}

const char *gb_task_state_vi(const struct gb_task_eval *t)
{
    return t->state == GB_TASK_DONE && !t->has_last ? "hoàn thành" : table[t->state].vi;
}

enum gb_state gb_task_shape(enum gb_task_state s)
{
    return table[s].shape;
}

bool gb_task_for_communes(const struct gb_task *k)
{
    static const char *const names[] = { "UBND các xã", "UBND xã", "UBND cấp xã", "Ủy ban nhân dân các xã", "các xã, phường" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strstr(k->lead_vi, names[i]) || strstr(k->coordinating_vi, names[i]))
            return true;
    return false;
}

bool gb_task_any_status(const struct gb_evaluation *ev)
{
    const struct gb_catalogue *c = ev->catalogue;
    for (int i = 0; c->has_task_indicator && i < c->n_tasks; i++)
        if (gb_cube_series(ev->cube, gb_task_indicator(c), c->n_regions + i))
            return true;
    return false;
}
