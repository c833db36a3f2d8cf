/* cmd_explain.c — `giaoban explain`: every version of one figure with file and line, the one in force, what a roll-up is made of, and
 * what evaluation made of it. Read from the store first; the store is closed before the extractor is forked. */
#include "app/clock.h"
#include "app/explain_more.h"
#include "app/extract.h"
#include "document/describe.h"
#include "evaluation/event.h"
#include "evaluation/rollup.h"

struct explain {
    struct gb_app *app;
    int indicator_i, region_i;
    enum gb_freq freq;
    int32_t period;
    int n_versions;
    const char *last;
};

static void print_value(const struct gb_indicator *ind, int64_t value, int scale, char status)
{
    char text[48];
    if (value == GB_VALUE_MISSING) {
        printf("chưa có số liệu (M)");
        return;
    }
    gb_dec_vi(value, scale, scale, text);
    printf("%s %s (%c)", text, ind->unit_vi, status);
}

static enum gb_code version(void *ctx, const struct gb_delivery *d, const struct gb_segment *s, struct gb_err *e)
{
    struct explain *x = ctx;
    const struct gb_catalogue *c = &x->app->catalogue;
    const char *region = c->region[x->region_i].code;
    char iso[16], when[32];
    (void)e;
    for (size_t i = 0; i < s->n; i++) {
        if (s->freq != x->freq || s->period[i] != x->period || strcmp(s->region[i], region) != 0)
            continue;
        x->n_versions++;
        gb_date_iso(d->as_of, iso);
        gb_time_iso_vn(d->received_utc, when);
        printf("  %d. ", x->n_versions);
        print_value(&c->indicator[x->indicator_i], s->value[i], s->scale, s->status[i]);
        printf("\n     bản giao nộp %lld: %s, tệp %s", (long long)d->id, d->agency, d->file_name);
        if (s->line)
            printf(", dòng %lld", (long long)s->line[i]);
        printf("; số liệu đến %s, lần %lld; nhận lúc %s%s\n", iso, (long long)d->seq, d->received_utc ? when : "không rõ",
               d->sample ? "; SỐ LIỆU MẪU" : "");
        char hash[65];
        gb_sha256_hex(&d->sha256, hash);
        printf("     SHA-256 của tệp: %s\n", hash);
        if (s->note && s->note[i] && s->note[i][0])
            printf("     ghi chú: %s\n", s->note[i]);
    }
    return GB_OK;
}

static enum gb_code from_store(struct explain *x, struct gb_vintage *v, struct gb_err *e)
{
    struct gb_store *s = NULL;
    struct gb_delivery *d;
    size_t n;
    enum gb_code code = gb_store_open(&s, gb_app_store(x->app), true, e);
    if (code == GB_OK) {
        gb_store_until(s, gb_app_date(x->app)); /* as the night of that day */
        code = gb_store_vintage(s, x->app->args.vintage, v, e);
    }
    if (code == GB_OK) {
        printf("Phiên bản số liệu %lld. Các lần giao nộp, lần sau thay lần trước:\n", (long long)v->number);
        code = gb_store_replay(s, v->number, x->app->catalogue.indicator[x->indicator_i].code, version, x, e);
    }
    if (code == GB_OK && !x->n_versions)
        puts("  không có cơ quan nào giao nộp con số này");
    if (code == GB_OK)
        code = gb_store_deliveries(s, &x->app->arena, v->number, &d, &n, e);
    for (size_t i = 0; code == GB_OK && i < n; i++)
        if (d[i].conflict)
            printf("  lưu ý: bản %lld (%s, %s) xung đột với bản khác và không được dùng\n", (long long)d[i].id, d[i].agency,
                   d[i].file_name);
    gb_store_close(s);
    return code;
}

/* The numerator and denominator, or value and weight, of one region on one line. */
static void print_terms(const struct explain *x, int region_i, const struct gb_rollup_terms *t)
{
    const struct gb_catalogue *c = &x->app->catalogue;
    bool ratio = t->num_i != x->indicator_i;
    char iso[24];
    printf("  %s %s: %s", c->region[region_i].code, gb_region_name(c, region_i, gb_app_date(x->app)), ratio ? "tử số " : "");
    print_value(&c->indicator[t->num_i], t->num, c->indicator[t->num_i].scale, t->num_status);
    if (t->den_i >= 0) {
        printf("; %s ", ratio ? "mẫu số" : "trọng số");
        print_value(&c->indicator[t->den_i], t->den, c->indicator[t->den_i].scale, t->den_status);
        if (t->den != GB_VALUE_MISSING && (c->indicator[t->den_i].freq != x->freq || t->den_period != x->period)) {
            gb_period_iso(c->indicator[t->den_i].freq, t->den_period, iso);
            printf(t->den_summed ? " cộng các kỳ đến %s" : " kỳ %s", iso);
        }
    }
    putchar('\n');
}

struct weighing {
    __int128 sum, weights;
};

/* Both sums of a weighted mean, exact. */
static void print_weighing(const struct explain *x, const struct weighing *w)
{
    const struct gb_catalogue *c = &x->app->catalogue;
    const struct gb_indicator *ind = &c->indicator[x->indicator_i], *by = &c->indicator[ind->agg_den];
    int64_t sum, weights;
    char a[48], b[48];
    int scale = ind->scale + by->scale;
    if (scale > GB_SCALE_MAX || !gb_dec_div_round(w->sum, 1, &sum) || !gb_dec_div_round(w->weights, 1, &weights))
        return;
    gb_dec_vi(sum, scale, scale, a);
    gb_dec_vi(weights, by->scale, by->scale, b);
    printf("  tổng (giá trị × trọng số) %s; tổng trọng số (%s) %s %s\n", a, by->name_vi, b, by->unit_vi);
}

static void composition(const struct explain *x, const struct gb_cube *cube)
{
    const struct gb_catalogue *c = &x->app->catalogue;
    const struct gb_indicator *ind = &c->indicator[x->indicator_i];
    struct weighing w = { 0 };
    int n = 0;
    for (int r = 0; r < c->n_regions; r++) {
        struct gb_rollup_terms t = gb_rollup_terms(cube, x->indicator_i, r, x->period);
        bool any = t.num_status || (ind->agg == GB_AGG_RATIO && t.den_status);
        if (r == x->region_i || !any || c->region[r].level != GB_AT_COMMUNE)
            continue;
        if (!n++)
            puts("Tổng hợp từ:");
        print_terms(x, r, &t);
        if (t.num != GB_VALUE_MISSING && t.den != GB_VALUE_MISSING && ind->agg == GB_AGG_WEIGHTED_MEAN) {
            w.sum += (__int128)t.num * t.den;
            w.weights += t.den;
        }
    }
    if (n)
        printf("  (%d xã, phường, đặc khu)\n", n);
    if (ind->agg == GB_AGG_WEIGHTED_MEAN)
        print_weighing(x, &w);
    if (ind->agg == GB_AGG_RATIO) {
        struct gb_rollup_terms t = gb_rollup_terms(cube, x->indicator_i, x->region_i, x->period);
        printf("Tính bằng %s chia cho %s%s:\n", c->indicator[t.num_i].name_vi, c->indicator[t.den_i].name_vi,
               ind->is_percent ? ", nhân 100" : "");
        print_terms(x, x->region_i, &t);
    }
}

static void derived(const struct gb_evaluation *ev, int indicator_i, int region_i)
{
    static const struct {
        enum gb_derivation how;
        const char *label;
    } rows[] = {
        { GB_D_VALUE, "Giá trị mới nhất" },
        { GB_D_PREV_DIFF, "So với kỳ trước" },
        { GB_D_PREV_PCT, "So với kỳ trước (%)" },
        { GB_D_YEAR_DIFF, "So với cùng kỳ" },
        { GB_D_YEAR_PCT, "So với cùng kỳ (%)" },
        { GB_D_YTD, "Lũy kế từ đầu năm" },
        { GB_D_YTD_PCT, "Lũy kế so với cùng kỳ" },
        { GB_D_TARGET, "Kế hoạch" },
        { GB_D_ATTAINMENT, "So với kế hoạch" },
        { GB_D_PACE, "Tiến độ phải đạt" },
        { GB_D_BEHIND, "Chậm hơn tiến độ" },
        { GB_D_RANK, "Xếp thứ" },
        { GB_D_RANK_CHANGE, "Đổi thứ bậc so với kỳ trước" },
        { GB_D_AGE, "Tuổi số liệu" },
    };
    const struct gb_eval *v = gb_eval_find(ev, indicator_i, region_i);
    struct gb_buf b = { 0 };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct gb_value value = gb_value_of(ev, indicator_i, region_i, rows[i].how);
        gb_buf_reset(&b);
        gb_value_text(&value, GB_WITH_UNIT, &b);
        printf("  %s: %s%s%s%s\n", rows[i].label, b.p ? b.p : "", value.basis ? " (" : "", gb_basis_vi(value.basis),
               value.basis ? ")" : "");
    }
    if (v)
        printf("  Trạng thái: %s (mức của giá trị: %s%s%s)\n", gb_state_vi(v->state), gb_state_vi(v->level),
               gb_eval_held(v) ? "; " : "", gb_eval_held(v) ? gb_held_vi(v->state) : "");
    if (v)
        gb_explain_breaks(v);
    if (v && v->in_row > 1)
        printf("  Liên tiếp từ mức này trở lên: %d %s%s\n", (int)v->in_row,
               gb_freq_noun_vi(ev->catalogue->indicator[indicator_i].freq), v->stuck ? ", chưa cải thiện" : "");
    if (v && v->unusual > GB_USUAL)
        printf("  So với chính địa bàn: %s\n", gb_unusual_vi(v->unusual));
    gb_buf_release(&b);
}

/* The episodes at warning or worse of the last year: when it began, how bad it became, when it ended. */
static void episodes(const struct gb_evaluation *ev, int indicator_i, int region_i)
{
    enum { DAYS = 366 };
    const struct gb_catalogue *c = ev->catalogue;
    const struct gb_indicator *ind = &c->indicator[indicator_i];
    const struct gb_series *s = gb_cube_series(ev->cube, indicator_i, region_i);
    struct gb_event *e = NULL;
    struct gb_arena a;
    char from[24], peak[24], to[24];
    gb_arena_init(&a, 0);
    size_t n = s ? gb_events_of(c, s, ev->date, GB_EVENT_RULE(GB_WARNING), &a, &e) : 0, told = 0;
    for (size_t i = 0; i < n; i++) {
        if (!gb_event_recent(c, s, &e[i], ev->date, DAYS))
            continue;
        if (!told++)
            puts("\nCác lần từ mức cảnh báo trở lên trong một năm:");
        gb_period_iso(ind->freq, s->period[e[i].opened_i], from);
        gb_period_iso(ind->freq, s->period[e[i].peak_i], peak);
        if (!gb_event_open(&e[i]))
            gb_period_iso(ind->freq, s->period[e[i].closed_i], to);
        printf("  %s đến %s; nặng nhất ", from,
               !gb_event_open(&e[i]) ? to
               : e[i].silent         ? "chưa rõ, mất số liệu"
                                     : "chưa kết thúc");
        print_value(ind, s->value[e[i].peak_i], ind->scale, s->status[e[i].peak_i]);
        printf(" %s, mức %s; %d %s\n", peak, gb_state_vi(e[i].level), (int)e[i].n_above, gb_freq_noun_vi(ind->freq));
    }
    gb_arena_release(&a);
}

/* What the indicator is: who vouches for it, on which days its period lies, what judges it. */
static void head(const struct explain *x)
{
    const struct gb_catalogue *c = &x->app->catalogue;
    const struct gb_indicator *ind = &c->indicator[x->indicator_i];
    struct gb_arena a;
    gb_arena_init(&a, 0);
    printf("%s: %s\n%s, %s; đơn vị %s; cơ quan:", ind->code, ind->name_vi, gb_region_name(c, x->region_i, gb_app_date(x->app)),
           x->app->args.word[2], ind->unit_vi);
    for (int i = 0; i < ind->n_owners; i++)
        printf(" %s", c->agency[ind->owner[i]].code);
    if (x->region_i >= c->n_regions) /* a task: its leads, or the office */
        for (int i = 0; i < c->n_agencies; i++)
            if (gb_task_may_deliver(c, x->region_i - c->n_regions, i))
                printf(" %s", c->agency[i].code);
    printf("\nTần suất: %s", gb_frequency_of_vi(ind));
    if (gb_freq_has_calendar(ind->freq)) {
        char from[16], to[16];
        gb_date_vi(gb_period_start(ind->freq, x->period, ind->calendar), from);
        gb_date_vi(gb_period_end(ind->freq, x->period, ind->calendar), to);
        printf("; kỳ này từ %s đến %s", from, to);
    }
    printf("\nNgưỡng: %s%s%s\n", gb_steps_vi(&a, ind), ind->has_steps ? "; " : "", gb_steps_basis_vi(ind));
    if (*ind->source_vi || *ind->legal_basis)
        printf("Nguồn: %s; căn cứ: %s\n", ind->source_vi, ind->legal_basis);
    if (*gb_evidence_vi(ind))
        printf("Mức kiểm chứng của danh mục: %s\n", gb_evidence_vi(ind));
    putchar('\n');
    gb_arena_release(&a);
}

static enum gb_code parse(struct explain *x, struct gb_err *e)
{
    const struct gb_catalogue *c = &x->app->catalogue;
    const char *const *w = x->app->args.word;
    if ((x->indicator_i = gb_indicator_find(c, w[0])) < 0)
        return gb_fail(e, GB_E_USAGE, "không có chỉ số \"%s\" trong danh mục", w[0]);
    if ((x->region_i = gb_key_find(c, w[1])) < 0)
        return gb_fail(e, GB_E_USAGE, "không có địa bàn \"%s\"; mã là văn bản, giữ số 0 ở đầu", w[1]);
    if (!gb_period_parse(w[2], strlen(w[2]), &x->freq, &x->period))
        return gb_fail(e, GB_E_USAGE, "\"%s\" không phải là kỳ; ví dụ 2026, 2026-Q3, 2026-11, 2026-W47, 2026-11-22", w[2]);
    if (x->freq != c->indicator[x->indicator_i].freq)
        return gb_fail(e, GB_E_USAGE, "chỉ số %s tính %s, \"%s\" là kỳ %s", w[0], gb_freq_vi(c->indicator[x->indicator_i].freq),
                       w[2], gb_freq_noun_vi(x->freq));
    return GB_OK;
}

int gb_cmd_explain(struct gb_app *app, struct gb_err *e)
{
    static struct gb_cube cube;
    static struct gb_evaluation ev;
    struct explain x = { .app = app };
    struct gb_vintage v;

    if (gb_app_catalogue(app, e) != GB_OK || parse(&x, e) != GB_OK)
        return 0;
    const struct gb_indicator *ind = &app->catalogue.indicator[x.indicator_i];
    head(&x);
    if (from_store(&x, &v, e) != GB_OK)
        return 0;
    gb_cube_init(&cube, &app->catalogue);
    gb_evaluation_init(&ev, &cube, gb_app_date(app));
    if (gb_extract_all(app, gb_app_store(app), &v, GB_N_PARTS - 1, true, &cube, &ev, NULL, e) == GB_OK) {
        const struct gb_series *s = gb_cube_series(&cube, x.indicator_i, x.region_i);
        int64_t i = s ? gb_series_at(s, x.period) : -1;
        bool made = i >= 0 && s->delivery[i] == 0; /* this period's figure, not some period's */
        printf("\nCon số đang dùng: ");
        if (i < 0)
            printf("chưa có số liệu kỳ này%s",
                   s && s->flags & GB_SERIES_DERIVED ? ", cũng không có số liệu cấp dưới để tổng hợp" : "");
        else
            print_value(ind, s->value[i], ind->scale, s->status[i]);
        printf("%s\n", !made           ? ""
                       : ind->computed ? " — giaoban tính từ các bản giao nộp đã có đến hết ngày ấy"
                                       : " — tổng hợp từ cấp dưới");
        if (made)
            composition(&x, &cube);
        char iso[16];
        gb_date_iso(gb_app_date(app), iso);
        printf("\nĐánh giá của chỉ số này tại địa bàn này, ngày %s:\n", iso);
        derived(&ev, x.indicator_i, x.region_i);
        episodes(&ev, x.indicator_i, x.region_i);
        if (app->args.outlook && ind->level != GB_AT_TASK)
            gb_explain_outlook(&ev, x.indicator_i, x.region_i);
        if (x.indicator_i < app->catalogue.n_indicators)
            (void)!gb_explain_documents(app, x.indicator_i, e); /* the error is in e */
    }
    gb_evaluation_release(&ev);
    gb_cube_release(&cube);
    return 0;
}
