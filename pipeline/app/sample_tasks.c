/* sample_tasks.c — made-up reports on the tasks of the plan, one file an agency and month in which it said something.
 *
 * Each task draws its own story from (seed, code): done in time, done late, still late, done and taken back, or never reported. The
 * lead agency reports; tasks without a single lead are reported by the office, which may. Numbers of decisions say that they are made up. */
#include "app/sample_int.h"
#include "app/sample_tasks.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"
#include "evaluation/task.h"
#include <stdlib.h>

enum { PURPOSE = 77, MAX_SAID = 3, SEQ = 50 /* clear of the figures' own files of the same day */ };

struct said {
    int32_t day;
    int progress;
};
struct line {
    int agency, task_i, progress;
    int32_t day;
};

/* No made-up number without the word "mẫu" beside it. */
static const char *note_of(const struct gb_catalogue *c, const struct line *x, uint64_t seed, struct gb_arena *a)
{
    const struct gb_task *k = &c->task[x->task_i];
    struct gb_rng r = gb_rng_for(seed, k->code, "note", (uint64_t)(uint32_t)x->day);
    if (x->progress == 100)
        return gb_sprintf(a, "Văn bản số %d (số liệu mẫu)", (int)(gb_rng_next(&r) % 4000) + 100);
    static const char *const why[] = { "Đang lấy ý kiến các cơ quan (số liệu mẫu)", "Đang hoàn thiện dự thảo (số liệu mẫu)",
                                       "Chờ dữ liệu của cơ quan phối hợp (số liệu mẫu)" };
    return why[gb_rng_next(&r) % 3];
}

static int dated_story(struct gb_rng *r, int32_t due, struct said *out)
{
    int u = (int)(gb_rng_next(r) % 100), early = (int)(gb_rng_next(r) % 9), after = (int)(gb_rng_next(r) % 30);
    if (u < 16)
        return 0;
    out[0] = (struct said){ due - 25 + early, 30 + (int)(gb_rng_next(r) % 4) * 10 };
    if (u < 64) {
        out[1] = (struct said){ due - early, 100 };
        return 2;
    }
    out[1] = (struct said){ due + 3, 70 };
    if (u < 80) {
        out[2] = (struct said){ due + 10 + after, 100 };
        return 3;
    }
    if (u < 95)
        return 2;
    out[1] = (struct said){ due - early, 100 }; /* found incomplete, and taken back */
    out[2] = (struct said){ due + 12 + after, 80 };
    return 3;
}

static int story(const struct gb_due *due, struct gb_rng *r, struct gb_date to, struct said *out)
{
    int32_t day = 0;
    switch (due->kind) {
    case GB_DUE_BY: return dated_story(r, gb_date_to_days(due->last), out);
    case GB_DUE_FROM:
    case GB_DUE_CONTINUOUS:
        day = due->first.year ? gb_date_to_days(due->first) + 45 : gb_date_to_days(to) - 50;
        out[0] = (struct said){ day, 60 };
        return gb_rng_next(r) % 3 ? 1 : 0;
    case GB_DUE_YEARLY:
        day = gb_date_to_days((struct gb_date){ to.year, (int8_t)due->month, 20 });
        out[0] = (struct said){ day, gb_rng_next(r) % 2 ? 100 : 50 };
        return gb_rng_next(r) % 4 ? 1 : 0;
    case GB_DUE_ON_DEMAND:
    case GB_DUE_CENTRAL:
    case GB_DUE_NONE:
    case GB_DUE_DONE: return 0;
    }
    gb_bug("kind of due rule");
}

static int office(const struct gb_catalogue *c)
{
    for (int i = 0; i < c->n_agencies; i++)
        if (gb_streq(c->agency[i].kind, "van-phong"))
            return i;
    return -1;
}

static int by_file(const void *pa, const void *pb)
{
    const struct line *a = pa, *b = pb;
    if (a->agency != b->agency)
        return a->agency - b->agency;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return a->task_i - b->task_i;
}

static int collect(const struct gb_catalogue *c, struct gb_date from, struct gb_date to, uint64_t seed, struct line *v)
{
    int n = 0, clerk = office(c);
    for (int i = 0; i < c->n_tasks; i++) {
        const struct gb_task *k = &c->task[i];
        struct gb_rng r = gb_rng_for(seed, k->code, "task", PURPOSE);
        struct said said[MAX_SAID];
        struct gb_due due;
        int agency = k->lead >= 0 ? k->lead : clerk;
        int count = gb_due_parse(k->due_rule, &due) && agency >= 0 ? story(&due, &r, to, said) : 0;
        for (int s = 0; s < count; s++)
            if (said[s].day >= gb_date_to_days(from) && said[s].day <= gb_date_to_days(to))
                v[n++] = (struct line){ agency, i, said[s].progress, said[s].day };
    }
    if (n > 1)
        qsort(v, (size_t)n, sizeof *v, by_file);
    return n;
}

static bool same_file(const struct line *a, const struct line *b)
{
    struct gb_date x = gb_date_from_days(a->day), y = gb_date_from_days(b->day);
    return a->agency == b->agency && x.year == y.year && x.month == y.month;
}

static void side_file(const struct gb_catalogue *c, const struct line *last, struct gb_buf *out, struct gb_arena *a)
{
    struct gb_json j = { .out = out, .pretty = true };
    char day[16];
    gb_date_iso(gb_date_from_days(last->day), day);
    gb_json_open(&j, NULL, '{');
    gb_json_str(&j, "agency", c->agency[last->agency].code);
    gb_json_str(&j, "as_of", day);
    gb_json_str(&j, "decimal", ".");
    gb_json_str(&j, "delivered_at", gb_sprintf(a, "%sT17:00:00+07:00", day));
    gb_json_str(&j, "encoding", "utf-8");
    gb_json_str(&j, "grouping", "");
    gb_json_str(&j, "layout", "long");
    gb_json_bool(&j, "sample", true);
    gb_json_int(&j, "seq", SEQ);
    gb_json_str(&j, "title", gb_sprintf(a, "SỐ LIỆU MẪU: %s, tình trạng nhiệm vụ", c->agency[last->agency].name_vi));
    gb_json_close(&j, '}');
    gb_buf_addc(out, '\n');
}

static enum gb_code write_file(const struct gb_catalogue *c, const struct line *v, int n, const char *dir, uint64_t seed,
                               struct gb_arena *a, struct gb_err *e)
{
    struct gb_date d = gb_date_from_days(v[0].day);
    const char *base = gb_sprintf(a, "%s/%s_nhiem-vu_%04d-%02d", dir, c->agency[v[0].agency].code, d.year, d.month);
    const struct gb_indicator *ind = &c->indicator[gb_task_indicator(c)];
    struct gb_buf csv = { 0 }, meta = { 0 };
    gb_buf_adds(&csv, "indicator,region,period,value,status,note\r\n");
    for (int i = 0; i < n; i++) {
        char day[16];
        gb_date_iso(gb_date_from_days(v[i].day), day);
        gb_csv_code(&csv, true, ind->code);
        gb_csv_code(&csv, false, c->task[v[i].task_i].code);
        gb_csv_code(&csv, false, day);
        gb_csv_number(&csv, false, v[i].progress, 0);
        gb_csv_empty(&csv, false);
        gb_csv_text(&csv, false, note_of(c, &v[i], seed, a));
        gb_csv_end(&csv);
    }
    side_file(c, &v[n - 1], &meta, a);
    enum gb_code code = gb_file_create(gb_sprintf(a, "%s.csv", base), csv.p, csv.n, e);
    if (code == GB_OK)
        code = gb_file_create(gb_sprintf(a, "%s.meta.json", base), meta.p, meta.n, e);
    gb_buf_release(&csv);
    gb_buf_release(&meta);
    return code;
}

enum gb_code gb_sample_tasks(const struct gb_catalogue *c, struct gb_date from, struct gb_date to, const char *dir, uint64_t seed,
                             struct gb_err *e)
{
    struct gb_arena a;
    enum gb_code code = GB_OK;
    if (!c->has_task_indicator)
        return GB_OK;
    gb_arena_init(&a, 0);
    struct line *v = GB_NEW_N(&a, (size_t)c->n_tasks * MAX_SAID + 1, struct line);
    int n = collect(c, from, to, seed, v);
    for (int i = 0, k; i < n && code == GB_OK; i = k) {
        for (k = i + 1; k < n && same_file(&v[i], &v[k]); k++)
            ;
        code = write_file(c, &v[i], k - i, dir, seed, &a, e);
    }
    gb_arena_release(&a);
    return code;
}
