/* events.c — doc:events{ list }: the episodes above a step (evaluation/event.h), place by place, with one sentence that sums them up;
 * and s:event{ list }, the one event that several facts make together.
 *
 * The log is derived from the figures of tonight and of nothing else, so that a definition can quote it as ground for a judgement:
 * who asks why is shown the figures. A place without figures in the time asked for is named apart, because "no episode" would be
 * a statement that nobody can make.
 */
#include <stdlib.h>
#include "script/host.h"

struct place {
    int region_i, n, n_open, n_above;
    int64_t seen, due; /* periods with a value, of how many in the time asked for */
    bool observed;
    enum gb_freq freq; /* of the values counted in n_above */
    bool mixed;        /* they are of several frequencies */
    const struct episode *worst;
};
struct episode {
    struct gb_handle x;
    const struct gb_series *s;
    struct gb_event e;
    const struct gb_cube_ack *ack; /* what acknowledged it; NULL: nothing, or not for these eyes */
    int place, nth;                /* nth of its place and indicator in the time asked for, from 1 */
};
struct log {
    struct episode *v;
    struct place *place;
    int *place_at; /* per region: its place + 1 */
    int n, n_places, n_open, n_silent, n_unseen, n_acked, n_open_acked;
    const struct gb_cube_ack *newest; /* of the acknowledgements */
    int64_t seen, due;
    bool one_indicator;
    enum gb_state step;
    int days;
};

static void span_text(struct gb_host *h, struct gb_text *t, int days)
{
    gb_text_value(h->doc, t, gb_value_count(days, "ngày"), 0);
    gb_text_add(h->doc, t, " đến ngày ", 0);
    gb_text_value(h->doc, t, gb_value_date(h->ev->date), 0);
}

/* ---- collecting ------------------------------------------------------------------------------------------------------- */
/* By point: what is not measured at points stands for itself. */
static char places_of(const struct gb_host *h, struct gb_handle x, char by)
{
    bool itself =
        by == 'p' && (h->c->indicator[x.indicator_i].level != GB_AT_POINT || h->c->region[x.region_i].level == GB_AT_POINT);
    return itself ? 0 : by;
}

/* A limit for the sum of a province says nothing of its parts: no episode there would not mean that all is well. */
static bool may_judge(const struct gb_host *h, struct gb_handle x, char by)
{
    by = places_of(h, x, by);
    enum gb_level_kind level = by == 'p' ? GB_AT_POINT : by == 'c' ? GB_AT_COMMUNE : h->c->region[x.region_i].level;
    return gb_judge(&h->c->indicator[x.indicator_i], level, 0) != GB_STATE_NONE;
}

/* Every place of every fact: none may be left out in silence.
 * @param more    room beyond them in *out, the caller's to use
 * @param judged  out: false when none of them has limits that hold at such places */
static int expand(lua_State *L, const struct gb_handle *v, int n, char by, int more, struct gb_handle **to, bool *judged)
{
    struct gb_host *h = gb_host_of(L);
    int made = 0, most = h->c->n_points > h->c->n_regions ? h->c->n_points : h->c->n_regions;
    size_t room = (size_t)more + 1;
    for (int k = 0; k < n; k++)
        room += v[k].indicator_i >= 0 && places_of(h, v[k], by) ? (size_t)most : 1;
    struct gb_handle *out = *to = GB_NEW_N(h->a, room, struct gb_handle);
    for (int k = 0; k < n; k++) {
        if (v[k].indicator_i < 0 || !gb_indicator_visible(h, v[k].indicator_i))
            continue;
        *judged |= may_judge(h, v[k], by);
        if (!may_judge(h, v[k], by))
            continue;
        const char at = places_of(h, v[k], by);
        if (!at) {
            out[made++] = v[k];
            continue;
        }
        for (int i = 0; at == 'p' && i < h->c->n_points; i++)
            if (h->c->point[i].indicator_i == v[k].indicator_i)
                out[made++] = (struct gb_handle){ v[k].indicator_i, h->c->point[i].region_i };
        for (int r = 0; at == 'c' && r < h->c->n_regions; r++)
            if (h->c->region[r].level == GB_AT_COMMUNE && gb_region_valid(&h->c->region[r], h->ev->date, h->ev->date))
                out[made++] = (struct gb_handle){ v[k].indicator_i, r };
        gb_charge(L, (uint64_t)h->c->n_points + (uint64_t)h->c->n_regions);
    }
    return made;
}

static int place_of(struct log *g, int region_i)
{
    if (!g->place_at[region_i]) {
        g->place[g->n_places] = (struct place){ .region_i = region_i };
        g->place_at[region_i] = ++g->n_places;
    }
    return g->place_at[region_i] - 1;
}

/* Worse: the higher step, then, for one indicator, the worse value. */
static bool worse(const struct gb_host *h, const struct episode *a, const struct episode *b)
{
    if (a->e.level != b->e.level)
        return a->e.level > b->e.level;
    return a->x.indicator_i == b->x.indicator_i &&
           gb_worsened(&h->c->indicator[a->x.indicator_i], b->s->value[b->e.peak_i], a->s->value[a->e.peak_i]);
}

/* Acknowledgements are for leadership: an agency's notes are between it and those who lead. */
static bool sees_acks(const struct gb_host *h)
{
    return h->audience == GB_LEADERSHIP && gb_cube_acks_known(h->ev->cube);
}

static void acknowledge(const struct gb_host *h, struct log *g, struct episode *x)
{
    x->ack = sees_acks(h) ? gb_event_ack(h->ev->cube, x->s, &x->e, h->ev->date) : NULL;
    if (!x->ack)
        return;
    g->n_acked++;
    g->n_open_acked += gb_event_open(&x->e);
    if (!g->newest || x->ack->on_days > g->newest->on_days)
        g->newest = x->ack;
}

static void collect_one(lua_State *L, struct log *g, struct gb_handle x, struct gb_event_rule rule, bool only_open)
{
    struct gb_host *h = gb_host_of(L);
    const struct gb_series *s = gb_cube_series(h->ev->cube, x.indicator_i, x.region_i);
    struct place *p = &g->place[place_of(g, x.region_i)];
    struct gb_event *e = NULL;
    int64_t due = 0, seen = s ? gb_event_observed(h->c, s, h->ev->date, g->days, &due) : 0;
    if (!seen)
        return;
    p->seen += seen;
    p->due += due;
    g->seen += seen;
    g->due += due;
    const enum gb_freq f = h->c->indicator[x.indicator_i].freq;
    gb_cite(h, x.indicator_i);
    gb_charge(L, s->n);
    p->mixed |= p->observed && p->freq != f;
    p->observed = true;
    p->freq = f;
    size_t n = gb_events_of(h->ev->cube, s, h->ev->date, rule, h->a, &e);
    for (size_t i = 0, nth = 0; i < n; i++) {
        if (!gb_event_recent(h->c, s, &e[i], h->ev->date, g->days))
            continue;
        nth++;
        if (only_open && !gb_event_open(&e[i]))
            continue;
        gb_spend(L, 1);
        g->v[g->n] = (struct episode){ .x = x, .s = s, .e = e[i], .place = (int)(p - g->place), .nth = (int)nth };
        acknowledge(h, g, &g->v[g->n]);
        g->n++;
        p->n++;
        p->n_above += e[i].n_above;
        p->n_open += gb_event_open(&e[i]);
        g->n_open += gb_event_open(&e[i]);
        g->n_silent += e[i].silent;
    }
}

/* Two passes: places cannot point into an array that may still grow, so the room is counted first. */
static void collect(lua_State *L, struct log *g, const struct gb_handle *x, int n, struct gb_event_rule rule, bool only_open)
{
    struct gb_host *h = gb_host_of(L);
    size_t room = 1;
    for (int i = 0; i < n; i++) {
        const struct gb_series *s = gb_cube_series(h->ev->cube, x[i].indicator_i, x[i].region_i);
        room += s ? s->n / 2 + 1 : 0;
    }
    gb_charge(L, (uint64_t)n + (uint64_t)gb_n_region_keys(h->c) + 1);
    g->place_at = GB_NEW_N(h->a, (size_t)gb_n_region_keys(h->c), int);
    g->v = GB_NEW_N(h->a, room, struct episode);
    g->place = GB_NEW_N(h->a, (size_t)n + 1, struct place);
    g->one_indicator = true;
    for (int i = 0; i < n; i++) {
        g->one_indicator = g->one_indicator && x[i].indicator_i == x[0].indicator_i;
        collect_one(L, g, x[i], rule, only_open);
    }
    for (int i = 0; i < g->n; i++) {
        struct place *p = &g->place[g->v[i].place];
        if (!p->worst || worse(h, &g->v[i], p->worst))
            p->worst = &g->v[i];
    }
    for (int i = 0; i < g->n_places; i++)
        g->n_unseen += !g->place[i].observed;
}

/* Places: something open first, then the most episodes, the worst of them, the order of the list. */
static bool place_before(const struct gb_host *h, const struct place *a, const struct place *b)
{
    if ((a->n_open > 0) != (b->n_open > 0))
        return a->n_open > 0;
    if (a->n != b->n)
        return a->n > b->n;
    return a->worst && b->worst && worse(h, a->worst, b->worst);
}

static int *order_of_places(lua_State *L, const struct log *g)
{
    int *order = GB_NEW_N(gb_host_of(L)->a, (size_t)g->n_places + 1, int);
    gb_charge(L, (uint64_t)g->n_places * (uint64_t)g->n_places / 4 + 1);
    for (int i = 0; i < g->n_places; i++) {
        int k = i;
        for (; k > 0 && place_before(gb_host_of(L), &g->place[i], &g->place[order[k - 1]]); k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    return order;
}

static int32_t first_day(const struct gb_host *h, const struct episode *x)
{
    const struct gb_indicator *ind = &h->c->indicator[x->x.indicator_i];
    return gb_date_to_days(gb_period_start(ind->freq, x->s->period[x->e.opened_i], ind->calendar));
}

static int32_t last_day(const struct gb_host *h, const struct episode *x)
{
    const struct gb_indicator *ind = &h->c->indicator[x->x.indicator_i];
    return gb_date_to_days(gb_period_end(ind->freq, x->s->period[x->e.last_i], ind->calendar));
}

/* Episodes of a place: open ones first, then the newest opening first. */
static bool episode_before(const struct gb_host *h, const struct episode *a, const struct episode *b)
{
    if (gb_event_open(&a->e) != gb_event_open(&b->e))
        return gb_event_open(&a->e);
    int32_t da = first_day(h, a), db = first_day(h, b);
    if (da != db)
        return da > db;
    return a->x.indicator_i == b->x.indicator_i && a->e.opened_i > b->e.opened_i;
}

/* ---- the sentence ------------------------------------------------------------------------------------------------------ */
static void say_worst(struct gb_host *h, struct gb_text *t, const struct episode *w, bool with_place)
{
    const struct gb_indicator *ind = &h->c->indicator[w->x.indicator_i];
    gb_text_add(h->doc, t, gb_phrase_lower_first(h->a, ind->name_vi), 0);
    if (with_place && gb_names_place(h, w->x))
        gb_text_add(h->doc, t, gb_sprintf(h->a, " tại %s", gb_region_label(h, w->x.region_i)), 0);
    gb_text_add(h->doc, t, " ", 0);
    gb_text_value(h->doc, t, gb_value_observation(h->c, w->s, w->e.peak_i), GB_STRONG);
    gb_text_add(h->doc, t, " (", 0);
    gb_text_value(h->doc, t, gb_value_state(w->e.level), 0);
    gb_text_add(h->doc, t, "), ", 0);
    gb_text_value(h->doc, t, gb_value_period(ind->freq, w->s->period[w->e.peak_i]), 0);
}

/* Share of the time for which there are figures, downwards: 99,97 % is not all. */
static struct gb_value seen_share(int64_t seen, int64_t due)
{
    return (struct gb_value){ .kind = GB_V_NUM,
                              .num = due ? 1000 * seen / due : 0,
                              .scale = 1,
                              .decimals = 1,
                              .unit = "%",
                              .fact = { -1, -1, 0, GB_D_COUNT } };
}

static void say_unseen(struct gb_host *h, struct gb_text *t, const struct log *g)
{
    if (g->due && 10 * g->seen < 9 * g->due) {
        gb_text_add(h->doc, t, " Số liệu chỉ có ", 0);
        gb_text_value(h->doc, t, seen_share(g->seen, g->due), GB_STRONG);
        gb_text_add(h->doc, t, " thời gian này.", 0);
    }
    if (!g->n_unseen)
        return;
    gb_text_add(h->doc, t, " Không có số liệu trong thời gian này nên không kết luận: ", 0);
    enum { NAMES = 6 };
    int told = 0;
    for (int i = 0; i < g->n_places && told < NAMES; i++)
        if (!g->place[i].observed)
            gb_text_add(h->doc, t, gb_sprintf(h->a, "%s%s", told++ ? ", " : "", gb_region_label(h, g->place[i].region_i)), 0);
    if (g->n_unseen > told) {
        gb_text_add(h->doc, t, " và ", 0);
        gb_text_value(h->doc, t, gb_value_count(g->n_unseen - told, NULL), 0);
        gb_text_add(h->doc, t, " nơi khác", 0);
    }
    gb_text_add(h->doc, t, ".", 0);
}

static int count_places(const struct log *g)
{
    int n = 0;
    for (int i = 0; i < g->n_places; i++)
        n += g->place[i].n > 0;
    return n;
}

static void say_step(struct gb_host *h, struct gb_text *t, enum gb_state step)
{
    gb_text_add(h->doc, t, step == GB_EMERGENCY ? " ở mức " : " từ mức ", 0);
    gb_text_value(h->doc, t, gb_value_state(step), 0);
    gb_text_add(h->doc, t, step == GB_EMERGENCY ? "" : " trở lên", 0);
}

/* "Sở Y tế, giao nộp ngày 20/11/2026" */
static void say_ack(struct gb_host *h, struct gb_text *t, const struct gb_cube_ack *k)
{
    gb_text_add(h->doc, t, gb_sprintf(h->a, "%s, giao nộp ngày ", h->c->agency[k->agency_i].name_vi), 0);
    gb_text_value(h->doc, t, gb_value_date(gb_date_from_days(k->on_days)), 0);
}

static void say_acks(struct gb_host *h, struct gb_text *t, const struct log *g)
{
    const int none = g->n_open - g->n_open_acked;
    if (!sees_acks(h) || (!g->n_acked && !g->n_open))
        return;
    if (g->n_acked) {
        gb_text_add(h->doc, t, g->n == 1 ? " Đã ghi nhận: " : " Đã ghi nhận ", 0);
        if (g->n > 1) {
            gb_text_value(h->doc, t, gb_value_count(g->n_acked, NULL), 0);
            gb_text_add(h->doc, t, g->n_acked > 1 ? " lần, gần nhất: " : " lần: ", 0);
        }
        say_ack(h, t, g->newest);
        gb_text_add(h->doc, t, ".", 0);
    }
    if (!none)
        return;
    if (g->n == 1) {
        gb_text_add(h->doc, t, " Chưa có ghi nhận của đơn vị.", 0);
        return;
    }
    gb_text_add(h->doc, t, " Trong các lần chưa kết thúc, chưa có ghi nhận của đơn vị: ", 0);
    gb_text_value(h->doc, t, gb_value_count(none, NULL), 0);
    gb_text_add(h->doc, t, " lần.", 0);
}

static void summarise(lua_State *L, struct log *g, const int *order, bool only_open)
{
    struct gb_host *h = gb_host_of(L);
    gb_spend(L, 1);
    struct gb_text *t = &gb_doc_para(h->doc, h->in)->text;
    const struct episode *worst = NULL;
    int places = count_places(g);
    if (g->n_unseen == g->n_places) {
        gb_text_add(h->doc, t, "Không có số liệu trong ", 0);
        span_text(h, t, g->days);
        gb_text_add(h->doc, t, " để lập nhật ký.", 0);
        return;
    }
    gb_text_add(h->doc, t, only_open ? "Tính đến ngày " : "Trong ", 0);
    if (only_open)
        gb_text_value(h->doc, t, gb_value_date(h->ev->date), 0);
    else
        span_text(h, t, g->days);
    gb_text_add(h->doc, t, g->n ? only_open ? " còn " : " có " : " không có lần nào", 0);
    if (g->n) {
        gb_text_value(h->doc, t, gb_value_count(g->n, NULL), GB_STRONG);
        gb_text_add(h->doc, t, " lần", 0);
    }
    say_step(h, t, g->step);
    if (places > 1) {
        gb_text_add(h->doc, t, " tại ", 0);
        gb_text_value(h->doc, t, gb_value_count(places, NULL), GB_STRONG);
        gb_text_add(h->doc, t, " nơi", 0);
    }
    if (only_open && g->n)
        gb_text_add(h->doc, t, " chưa kết thúc", 0);
    else if (g->n) {
        gb_text_add(h->doc, t, g->n_open ? "; chưa kết thúc " : "; tất cả đã kết thúc", 0);
        if (g->n_open)
            gb_text_value(h->doc, t, gb_value_count(g->n_open, NULL), GB_STRONG);
    }
    if (g->n_silent) {
        gb_text_add(h->doc, t, ", trong đó ", 0);
        gb_text_value(h->doc, t, gb_value_count(g->n_silent, NULL), 0);
        gb_text_add(h->doc, t, " đã mất số liệu", 0);
    }
    const struct place *most = NULL;
    for (int i = 0; i < g->n_places; i++) {
        const struct place *p = &g->place[order[i]];
        if (p->worst && (!worst || worse(h, p->worst, worst)))
            worst = p->worst;
        if (p->n && (!most || p->n > most->n))
            most = p;
    }
    if (places > 1 && most->n > 1) {
        gb_text_add(h->doc, t, gb_sprintf(h->a, "; nhiều nhất: %s, ", gb_region_label(h, most->region_i)), 0);
        gb_text_value(h->doc, t, gb_value_count(most->n, NULL), GB_STRONG);
        gb_text_add(h->doc, t, " lần", 0);
    }
    if (worst) {
        gb_text_add(h->doc, t, ". Nặng nhất: ", 0);
        say_worst(h, t, worst, true);
    }
    gb_text_add(h->doc, t, ".", 0);
    say_acks(h, t, g);
    say_unseen(h, t, g);
}

/* ---- the tables -------------------------------------------------------------------------------------------------------- */
struct head {
    const char *label;
    double weight;
};
static struct gb_node *table_new(struct gb_host *h, const char *title, const struct head *col, int n)
{
    struct gb_node *t = gb_doc_table(h->doc, h->in, gb_anchor(h, title ? title : "nhat ky"), title, n);
    for (int i = 0; i < n; i++)
        gb_doc_col(h->doc, t, i, col[i].label, NULL, GB_LEFT, col[i].weight);
    return t;
}

static void lasted(struct gb_host *h, struct gb_row *r, int i, const struct episode *x)
{
    const char *noun = gb_freq_noun_vi(h->c->indicator[x->x.indicator_i].freq);
    struct gb_text *t = gb_doc_cell_inline(h->doc, r, i);
    gb_text_value(h->doc, t, gb_value_count(x->e.length, noun), 0);
    if (x->e.n_missing) {
        gb_text_add(h->doc, t, ", thiếu số liệu ", 0);
        gb_text_value(h->doc, t, gb_value_count(x->e.n_missing, noun), 0);
    }
}

/* Who has acknowledged it, where anybody has acknowledged any. */
static void ack_cell(struct gb_host *h, struct gb_row *r, int i, const struct episode *x)
{
    char date[16];
    if (!x->ack) {
        gb_doc_cell_text(h->doc, r, i, "chưa có");
        return;
    }
    gb_date_vi(gb_date_from_days(x->ack->on_days), date);
    const struct gb_agency *who = &h->c->agency[x->ack->agency_i];
    gb_doc_cell_text(h->doc, r, i, gb_sprintf(h->a, "%s, %s", *who->short_vi ? who->short_vi : who->name_vi, date));
}

static void episode_row(struct gb_host *h, struct gb_node *t, const struct episode *x, const char *label, bool acks)
{
    const enum gb_freq f = h->c->indicator[x->x.indicator_i].freq;
    struct gb_row *r = gb_doc_row(h->doc, t);
    gb_doc_cell_text(h->doc, r, 0, label);
    gb_doc_cell_value(h->doc, r, 1, gb_value_period(f, x->s->period[x->e.opened_i]));
    gb_doc_cell_value(h->doc, r, 2, gb_value_observation(h->c, x->s, x->e.peak_i));
    gb_doc_cell_state(h->doc, r, 2, x->e.level);
    gb_doc_cell_value(h->doc, r, 3, gb_value_period(f, x->s->period[x->e.peak_i]));
    if (x->e.ended) {
        char date[16];
        gb_date_vi(h->c->indicator[x->x.indicator_i].valid_to, date);
        gb_doc_cell_text(h->doc, r, 4, gb_sprintf(h->a, "chỉ số thôi được đo sau %s", date));
    } else if (!gb_event_open(&x->e))
        gb_doc_cell_value(h->doc, r, 4, gb_value_period(f, x->s->period[x->e.closed_i]));
    else
        gb_doc_cell_text(h->doc, r, 4, x->e.silent ? "chưa rõ: mất số liệu" : "chưa kết thúc");
    lasted(h, r, 5, x);
    if (acks)
        ack_cell(h, r, 6, x);
}

static const char *episode_label(struct gb_host *h, const struct log *g, const struct episode *x, bool grouped)
{
    const char *name = h->c->indicator[x->x.indicator_i].name_vi;
    if (grouped)
        return g->one_indicator ? gb_sprintf(h->a, "Lần %d", x->nth) : name;
    if (!gb_names_place(h, x->x))
        return name;
    return g->one_indicator ? gb_region_label(h, x->x.region_i)
                            : gb_sprintf(h->a, "%s: %s", gb_region_label(h, x->x.region_i), name);
}

static void detail(lua_State *L, const struct log *g, const int *order, const char *title, int limit)
{
    static const struct head col[] = { { "", 2.3 },          { "Bắt đầu", 1.25 }, { "Nặng nhất", 1.2 },      { "Vào lúc", 1.25 },
                                       { "Kết thúc", 1.25 }, { "Kéo dài", 1 },    { "Đơn vị ghi nhận", 1.5 } };
    struct gb_host *h = gb_host_of(L);
    struct head heads[7];
    const struct episode **mine = GB_NEW_N(h->a, (size_t)g->n + 1, const struct episode *);
    bool grouped = count_places(g) > 1 && g->n > count_places(g);
    int left = limit;
    memcpy(heads, col, sizeof heads);
    heads[0].label = grouped ? g->one_indicator ? "Lần" : "Chỉ số" : g->one_indicator && count_places(g) > 1 ? "Nơi" : "Chỉ số";
    gb_spend(L, (g->n < limit ? g->n : limit) + g->n_places);
    gb_charge(L, (uint64_t)g->n * (uint64_t)g->n_places + 1);
    struct gb_node *t = table_new(h, title, heads, g->n_acked ? 7 : 6);
    for (int k = 0; k < g->n_places && left > 0; k++) {
        int n = 0;
        for (int i = 0; i < g->n; i++) {
            if (g->v[i].place != order[k])
                continue;
            int at = n++;
            for (; at > 0 && episode_before(h, &g->v[i], mine[at - 1]); at--)
                mine[at] = mine[at - 1];
            mine[at] = &g->v[i];
        }
        if (!n)
            continue;
        if (grouped)
            gb_doc_group_row(h->doc, t, gb_sprintf(h->a, "%s: %d\u00a0lần", gb_region_label(h, g->place[order[k]].region_i), n));
        for (int i = 0; i < n && left > 0; i++, left--)
            episode_row(h, t, mine[i], episode_label(h, g, mine[i], grouped), g->n_acked > 0);
    }
    if (g->n > limit) {
        struct gb_text *note = &gb_doc_note(h->doc, h->in)->text;
        gb_text_add(h->doc, note, "Còn ", 0);
        gb_text_value(h->doc, note, gb_value_count(g->n - limit, NULL), 0);
        gb_text_add(h->doc, note, " lần khác trong thời gian này không ghi ở bảng.", 0);
    }
}

/* One row a place: how often, how long, how bad. Points that kept within the limits stand there too: that is a finding as well. */
static void counts(lua_State *L, const struct log *g, const int *order, const char *title, bool zeros)
{
    static const struct head col[] = { { "Nơi", 2.2 },       { "Số lần", 0.7 },  { "Chưa kết thúc", 0.9 }, { "Tổng cộng", 0.9 },
                                       { "Nặng nhất", 2.4 }, { "Vào lúc", 1.2 }, { "Có số liệu", 0.9 } };
    struct gb_host *h = gb_host_of(L);
    gb_spend(L, g->n_places + 1);
    struct gb_node *t = table_new(h, title, col, 7);
    for (int k = 0; k < g->n_places; k++) {
        const struct place *p = &g->place[order[k]];
        if (!p->n && !zeros)
            continue;
        struct gb_row *r = gb_doc_row(h->doc, t);
        gb_doc_cell_text(h->doc, r, 0, gb_region_label(h, p->region_i));
        if (!p->observed) {
            gb_doc_cell_value(h->doc, r, 1, gb_value_missing(GB_MISS_NO_DATA));
            continue;
        }
        gb_doc_cell_value(h->doc, r, 1, gb_value_count(p->n, NULL));
        gb_doc_cell_value(h->doc, r, 2, gb_value_count(p->n_open, NULL));
        gb_doc_cell_value(h->doc, r, 6, seen_share(p->seen, p->due));
        gb_doc_cell_value(h->doc, r, 3, gb_value_count(p->n_above, p->mixed ? NULL : gb_freq_noun_vi(p->freq)));
        if (!p->worst)
            continue;
        struct gb_text *cell = gb_doc_cell_inline(h->doc, r, 4);
        if (!g->one_indicator)
            gb_text_add(h->doc, cell, gb_sprintf(h->a, "%s: ", h->c->indicator[p->worst->x.indicator_i].name_vi), 0);
        gb_text_value(h->doc, cell, gb_value_observation(h->c, p->worst->s, p->worst->e.peak_i), 0);
        gb_doc_cell_state(h->doc, r, 4, p->worst->e.level);
        gb_doc_cell_value(
            h->doc, r, 5,
            gb_value_period(h->c->indicator[p->worst->x.indicator_i].freq, p->worst->s->period[p->worst->e.peak_i]));
    }
}

/* ---- the block --------------------------------------------------------------------------------------------------------- */
static struct gb_event_rule rule_arg(lua_State *L, int idx)
{
    struct gb_event_rule rule = GB_EVENT_RULE(GB_WARNING);
    if (lua_getfield(L, idx, "step") != LUA_TNIL && !gb_to_state(L, -1, &rule.step))
        gb_raise(L, "step: cần một mức, ví dụ gb.warning");
    lua_pop(L, 1);
    if (!gb_stands_at(rule.step, GB_WATCH))
        gb_raise(L, "step: dùng gb.watch, gb.warning, gb.danger hoặc gb.emergency");
    rule.on = gb_arg_int(L, idx, "lasting", 1, 100, 1);
    return rule;
}

/* doc:events{ list, by = "point" | "commune", days = 90, step = gb.warning, lasting = 1, open = true, count = true, limit = 20,
 * title = "..." }. @return the number of episodes */
int gb_block_events(lua_State *L)
{
    static const char *const allowed[] = { "by", "days", "step", "lasting", "open", "count", "limit", "title" };
    struct gb_host *h = gb_host_of(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, "events", allowed, 8);
    const char *by = gb_arg_text(L, 2, "by"), *title = gb_arg_text(L, 2, "title");
    if (by && !gb_streq(by, "point") && !gb_streq(by, "commune"))
        gb_raise(L, "events: by = \"point\" hoặc \"commune\", không có \"%s\"", by);
    bool only_open = gb_arg_yes(L, 2, "open", false), count = gb_arg_yes(L, 2, "count", false);
    int limit = gb_arg_int(L, 2, "limit", 1, 400, 20);
    struct gb_event_rule rule = rule_arg(L, 2);
    struct log g = { .step = rule.step, .days = gb_arg_int(L, 2, "days", 1, 3660, 90) };
    struct gb_handle *v, *x;
    bool judged = false;
    int n = gb_handles_at(L, 2, &v), seen = 0;
    for (int i = 0; i < n; i++)
        seen += v[i].indicator_i >= 0;
    n = expand(L, v, n, by ? *by : 0, 0, &x, &judged);
    if (seen && !judged) {
        gb_spend(L, 1);
        gb_text_add(h->doc, &gb_doc_para(h->doc, h->in)->text, "Chưa có ngưỡng để xét từng nơi, nên không lập nhật ký.", 0);
    }
    if (!n)
        return 0;
    collect(L, &g, x, n, rule, only_open);
    const int *order = order_of_places(L, &g);
    if (!count || !g.n)
        summarise(L, &g, order, only_open);
    if (count && g.n_places > g.n_unseen)
        counts(L, &g, order, title, by && *by == 'p');
    else if (!count && g.n)
        detail(L, &g, order, title, limit);
    lua_pushinteger(L, g.n);
    return 1;
}

/* ---- s:event{ list } --------------------------------------------------------------------------------------------------- */
struct stretch {
    int32_t from, to; /* days */
    bool open, silent;
    enum gb_state level;
};
static int by_from(const void *pa, const void *pb)
{
    const struct stretch *a = pa, *b = pb;
    return a->from != b->from ? (a->from > b->from) - (a->from < b->from) : (a->to > b->to) - (a->to < b->to);
}

/* Stretches that overlap or follow each other day on day are one. @return how many are left */
static int merge(struct stretch *v, int n)
{
    int kept = 0;
    qsort(v, (size_t)n, sizeof *v, by_from);
    for (int i = 0; i < n; i++) {
        struct stretch *last = kept ? &v[kept - 1] : NULL;
        if (!last || v[i].from > last->to + 1) {
            v[kept++] = v[i];
            continue;
        }
        last->to = v[i].to > last->to ? v[i].to : last->to;
        last->level = v[i].level > last->level ? v[i].level : last->level;
        last->silent = v[i].open && last->open ? last->silent && v[i].silent : (v[i].open ? v[i].silent : last->silent);
        last->open |= v[i].open;
    }
    return kept;
}

static void push_field(lua_State *L, const char *name, struct gb_value v)
{
    gb_push_value(L, v);
    lua_setfield(L, -2, name);
}

/* s:event{ list, step = gb.warning, lasting = 1 }: what the episodes of several facts (an indicator measured at points: of each
 * point) make together. A table { open, silent, day, number, since, ended, level }: day: the day of the event at the business date,
 * 1 on its first; number: which one of the year; nil when there was none in the last 366 days. */
int gb_scope_event(lua_State *L)
{
    static const char *const allowed[] = { "step", "lasting" };
    struct gb_host *h = gb_host_of(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, "event", allowed, 2);
    struct gb_event_rule rule = rule_arg(L, 2);
    struct log g = { .step = rule.step, .days = 366 };
    struct gb_handle *v, *x;
    int n = gb_handles_at(L, 2, &v), given = n;
    bool judged = false;
    n = expand(L, v, n, 'p', n, &x, &judged);
    for (int i = 0; i < given; i++) /* an indicator of points may have a figure at the root as well */
        if (v[i].indicator_i >= 0 && gb_indicator_visible(h, v[i].indicator_i) &&
            h->c->region[v[i].region_i].level != GB_AT_POINT)
            x[n++] = v[i];
    collect(L, &g, x, n, rule, false);
    struct stretch *s = GB_NEW_N(h->a, (size_t)g.n + 1, struct stretch);
    for (int i = 0; i < g.n; i++)
        s[i] = (struct stretch){ first_day(h, &g.v[i]), last_day(h, &g.v[i]), gb_event_open(&g.v[i].e), g.v[i].e.silent,
                                 g.v[i].e.level };
    int left = merge(s, g.n), number = 0;
    if (!left)
        return 0;
    const struct stretch *e = &s[left - 1];
    for (int i = 0; i < left; i++)
        number += gb_date_from_days(s[i].from).year == gb_date_from_days(e->from).year;
    lua_createtable(L, 0, 7);
    lua_pushboolean(L, e->open);
    lua_setfield(L, -2, "open");
    lua_pushboolean(L, e->open && e->silent);
    lua_setfield(L, -2, "silent");
    lua_pushinteger(L, gb_date_to_days(h->ev->date) - e->from + 1);
    lua_setfield(L, -2, "day");
    lua_pushinteger(L, number);
    lua_setfield(L, -2, "number");
    push_field(L, "since", gb_value_date(gb_date_from_days(e->from)));
    push_field(L, "ended", e->open ? gb_value_missing(GB_MISS_NOT_APPLICABLE) : gb_value_date(gb_date_from_days(e->to)));
    gb_push_state(L, e->level);
    lua_setfield(L, -2, "level");
    return 1;
}
