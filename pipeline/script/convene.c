/* convene.c — why a meeting was called out of turn, what is normal again, and who reports by when.
 *
 * A trigger returns a sentence. The figure behind it is the one whose comparison decided (handles.c keeps the last comparison that held
 * while the trigger ran), or the one that the trigger returns beside the sentence; since when comes from the log of episodes.
 */
#include "script/host.h"

/* The last episode of a series at a step, if it is not over. */
static bool open_episode(struct gb_host *h, struct gb_handle x, enum gb_state step, struct gb_event *out, size_t *nth)
{
    const struct gb_series *s = gb_cube_series(h->ev->cube, x.indicator_i, x.region_i);
    struct gb_event *e = NULL;
    size_t n = s ? gb_events_of(h->ev->cube, s, h->ev->date, GB_EVENT_RULE(step), h->a, &e) : 0;
    if (!n || !gb_event_open(&e[n - 1]))
        return false;
    *out = e[n - 1];
    *nth = 1;
    for (size_t i = 0; i + 1 < n; i++)
        *nth += gb_event_recent(h->c, s, &e[i], h->ev->date, 365);
    return true;
}

static void say_place(struct gb_host *h, struct gb_text *t, struct gb_handle x)
{
    if (gb_names_place(h, x))
        gb_text_add(h->doc, t, gb_sprintf(h->a, " tại %s", gb_region_label(h, x.region_i)), 0);
}

static void say_since(struct gb_host *h, struct gb_text *t, struct gb_handle x, enum gb_state level)
{
    struct gb_event e;
    size_t nth;
    const enum gb_state step = level >= GB_WARNING ? GB_WARNING : GB_WATCH;
    if (!gb_stands_at(level, GB_WATCH) || !open_episode(h, x, step, &e, &nth))
        return;
    const struct gb_series *s = gb_cube_series(h->ev->cube, x.indicator_i, x.region_i);
    const enum gb_freq f = h->c->indicator[x.indicator_i].freq;
    gb_text_add(h->doc, t, " Từ mức ", 0);
    gb_text_value(h->doc, t, gb_value_state(step), 0);
    gb_text_add(h->doc, t, " trở lên kể từ ", 0);
    gb_text_value(h->doc, t, gb_value_period(f, s->period[e.opened_i]), GB_STRONG);
    if (e.length > 1) {
        gb_text_add(h->doc, t, ", đã ", 0);
        gb_text_value(h->doc, t, gb_value_count(e.length, gb_freq_noun_vi(f)), 0);
    }
    if (nth > 1) {
        gb_text_add(h->doc, t, ", lần thứ ", 0);
        gb_text_value(h->doc, t, gb_value_count((int64_t)nth, NULL), 0);
        gb_text_add(h->doc, t, " trong 12\u00a0tháng", 0);
    }
    const struct gb_eval *v = gb_handle_eval(h, &x);
    if (v && s->value[e.peak_i] != v->value) {
        gb_text_add(h->doc, t, "; nặng nhất ", 0);
        gb_text_value(h->doc, t, gb_value_observation(h->c, s, e.peak_i), 0);
        gb_text_add(h->doc, t, " (", 0);
        gb_text_value(h->doc, t, gb_value_period(f, s->period[e.peak_i]), 0);
        gb_text_add(h->doc, t, ")", 0);
    }
    gb_text_add(h->doc, t, ".", 0);
}

void gb_say_convened(struct gb_host *h)
{
    struct gb_handle x = h->convened;
    if (!h->reason)
        return;
    bool told = x.indicator_i >= 0;
    if (!told && gb_definition_state(h, h->def, &x) < GB_WATCH)
        return;
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    const struct gb_eval *v = gb_handle_eval(h, &x);
    if (!v)
        return;
    const enum gb_state level = gb_level_of(h, x.indicator_i, x.region_i);
    bool judged = gb_stands_at(level, GB_WATCH);
    struct gb_node *p = judged ? gb_doc_callout(h->doc, h->in, level) : gb_doc_para(h->doc, h->in);
    struct gb_text *t = &p->text;
    gb_text_add(h->doc, t, told ? "Con số triệu tập: " : "Con số xấu nhất đang theo dõi: ", GB_STRONG);
    gb_text_add(h->doc, t, gb_phrase_lower_first(h->a, ind->name_vi), 0);
    say_place(h, t, x);
    gb_text_add(h->doc, t, " ", 0);
    gb_text_value(h->doc, t, gb_value_of(h->ev, x.indicator_i, x.region_i, GB_D_VALUE), GB_STRONG);
    gb_text_add(h->doc, t, " (", 0);
    gb_text_value(h->doc, t, gb_value_period(ind->freq, v->period), 0);
    gb_text_add(h->doc, t, ")", 0);
    if (judged) {
        gb_text_add(h->doc, t, ", mức ", 0);
        gb_text_value(h->doc, t, gb_value_state(level), 0);
    }
    gb_text_add(h->doc, t, ".", 0);
    say_since(h, t, x, level);
    gb_cite(h, x.indicator_i);
}

void gb_say_phase(struct gb_host *h)
{
    if (h->def->kind != GB_SCRIPT_SCENARIO || h->region != h->c->locality.root_region ||
        (h->audience != GB_LEADERSHIP && h->audience != GB_IOC))
        return;
    const struct gb_scenario_state *x = gb_phase_now(h, h->def->scenario_i);
    const bool told = h->reason && h->convened.indicator_i == x->indicator_i && h->convened.region_i == x->region_i;
    gb_phrase_phase(h->doc, &gb_doc_note(h->doc, h->in)->text, h->ev, x,
                    told); /* gb_say_convened tells the figure of the meeting */
    if (x->indicator_i >= 0)
        gb_cite(h, x->indicator_i);
}

/* ---- doc:ended{ scenarios, days = 1 } ---------------------------------------------------------------------------------- */
/* The day on which a delivery was handed over; 0 = not known. */
static int32_t delivered_on(const struct gb_cube *cube, int32_t id)
{
    const struct gb_cube_delivery *d = id ? gb_cube_delivery_find(cube, id) : NULL;
    if (!d)
        return 0;
    if (d->delivered_utc > 0)
        return gb_date_to_days(gb_date_of_utc(d->delivered_utc));
    return d->as_of.year ? gb_date_to_days(d->as_of) : 0;
}

/* Since when a value is known: hours and days from their own day, longer periods from their delivery (of a sum: the last of its parts).
 * Of those only the newest is news: a history that is handed over all at once is not. */
static int32_t known_since(struct gb_host *h, const struct gb_series *s, int64_t i)
{
    const struct gb_indicator *ind = &h->c->indicator[s->indicator_i];
    const enum gb_freq f = ind->freq;
    int32_t day = gb_date_to_days(gb_period_end(f, s->period[i], ind->calendar)), last = 0;
    if (f == GB_FREQ_DAY || f == GB_FREQ_HOUR)
        return day;
    const struct gb_eval *v = gb_eval_find(h->ev, s->indicator_i, s->region_i);
    if (!v || v->latest_i != i || v->overdue)
        return 0;
    if (s->delivery[i])
        last = delivered_on(h->ev->cube, s->delivery[i]);
    for (int r = 0; !s->delivery[i] && r < h->c->n_regions; r++) {
        const struct gb_series *part = gb_cube_series(h->ev->cube, s->indicator_i, r);
        int64_t at = part && part != s ? gb_series_at(part, s->period[i]) : -1;
        int32_t on = at >= 0 ? delivered_on(h->ev->cube, part->delivery[at]) : 0;
        last = on > last ? on : last;
    }
    return last > day ? last : day;
}

struct over {
    struct gb_handle x;
    const struct gb_series *s;
    struct gb_event e;
    int others;
};

static bool has_points(const struct gb_host *h, int indicator_i)
{
    for (int r = 0; r < h->c->n_points; r++)
        if (h->c->point[r].indicator_i == indicator_i && gb_cube_series(h->ev->cube, indicator_i, h->c->point[r].region_i))
            return true;
    return false;
}

/* The worst episode among what a definition watches that was seen to be over within the days. */
static bool find_over(struct gb_host *h, const struct gb_definition *d, int days, struct over *best)
{
    bool found = false;
    for (int i = 0; i < d->n_watch; i++)
        for (int r = -1; r < h->c->n_points; r++) {
            if (!gb_indicator_visible(h, d->watch[i]) || (r >= 0 && h->c->point[r].indicator_i != d->watch[i]))
                continue;
            if (r < 0 && has_points(h, d->watch[i]))
                continue; /* the figure of the whole is made from them: it would be told twice */
            struct gb_handle x = { d->watch[i], r < 0 ? h->region : h->c->point[r].region_i };
            const struct gb_series *s = gb_cube_series(h->ev->cube, x.indicator_i, x.region_i);
            struct gb_event *e = NULL;
            size_t n = s ? gb_events_of(h->ev->cube, s, h->ev->date, GB_EVENT_RULE(GB_WARNING), h->a, &e) : 0;
            if (!n || gb_event_open(&e[n - 1]) || e[n - 1].ended /* nobody found it normal again */ ||
                known_since(h, s, e[n - 1].settled_i) < gb_date_to_days(h->ev->date) - days)
                continue;
            int others = found ? best->others + 1 : 0;
            if (!found || e[n - 1].level > best->e.level)
                *best = (struct over){ x, s, e[n - 1], 0 };
            best->others = others;
            found = true;
        }
    return found;
}

static void say_over(struct gb_host *h, struct gb_text *t, int scenario_i, const struct over *o)
{
    const struct gb_indicator *ind = &h->c->indicator[o->x.indicator_i];
    gb_text_add(h->doc, t, h->c->scenario[scenario_i].name_vi, GB_STRONG);
    gb_text_add(h->doc, t, " đã trở lại bình thường từ ", 0);
    gb_text_value(h->doc, t, gb_value_period(ind->freq, o->s->period[o->e.closed_i]), GB_STRONG);
    gb_text_add(h->doc, t, gb_sprintf(h->a, ": %s", gb_phrase_lower_first(h->a, ind->name_vi)), 0);
    say_place(h, t, o->x);
    gb_text_add(h->doc, t, " từ mức cảnh báo trở lên ", 0);
    if (o->e.length > 1) {
        gb_text_add(h->doc, t, "từ ", 0);
        gb_text_value(h->doc, t, gb_value_period(ind->freq, o->s->period[o->e.opened_i]), 0);
        gb_text_add(h->doc, t, " đến ", 0);
    }
    gb_text_value(h->doc, t, gb_value_period(ind->freq, o->s->period[o->e.last_i]), 0);
    gb_text_add(h->doc, t, ", nặng nhất ", 0);
    gb_text_value(h->doc, t, gb_value_observation(h->c, o->s, o->e.peak_i), 0);
    gb_text_add(h->doc, t, "; nay ", 0);
    gb_text_value(h->doc, t, gb_value_of(h->ev, o->x.indicator_i, o->x.region_i, GB_D_VALUE), 0);
    if (o->others) {
        gb_text_add(h->doc, t, "; cùng với ", 0);
        gb_text_value(h->doc, t, gb_value_count(o->others, NULL), 0);
        gb_text_add(h->doc, t, " chỉ số hoặc điểm đo khác", 0);
    }
    gb_text_add(h->doc, t, ".", 0);
    gb_cite(h, o->x.indicator_i);
}

/* doc:ended{ s:scenarios(), days = 1 }: the scenarios that stood at warning or worse and no longer do, once, when that became known.
 * A scenario whose watched figures are overdue is not called normal by their silence. */
int gb_block_ended(lua_State *L)
{
    static const char *const allowed[] = { "days" };
    struct gb_host *h = gb_host_of(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, "ended", allowed, 1);
    int days = gb_arg_int(L, 2, "days", 1, 31, 1);
    struct gb_node *list = NULL;
    lua_rawgeti(L, 2, 1);
    if (lua_type(L, -1) != LUA_TTABLE)
        gb_raise(L, "ended: cần danh sách kịch bản, ví dụ doc:ended{ s:scenarios() }");
    int scenarios = lua_gettop(L);
    for (lua_Integer i = 1; i <= (lua_Integer)lua_rawlen(L, scenarios); i++) {
        int k = -1;
        struct over o = { .others = 0 };
        struct gb_handle why;
        lua_rawgeti(L, scenarios, i);
        if (!gb_to_scenario(L, -1, &k))
            gb_raise(L, "ended: mục %d không phải kịch bản (lấy từ s:scenarios())", (int)i);
        const struct gb_definition *d = gb_scenario_definition(L, k);
        gb_push_reason(L, d);
        bool called = !lua_isnil(L, -1);
        lua_settop(L, scenarios);
        gb_charge(L, 20000);
        const enum gb_state now = d ? gb_scenario_state(h, k, d, &why) : GB_STATE_NONE;
        if (!d || called || now < GB_GOOD || now >= GB_WARNING || !find_over(h, d, days, &o))
            continue;
        gb_spend(L, 1);
        if (!list)
            list = gb_doc_list(h->doc, h->in, false);
        say_over(h, gb_doc_item(h->doc, list), k, &o);
    }
    return 0;
}

/* ---- doc:deadlines() ---------------------------------------------------------------------------------------------------- */
/* "17:00" -> "17 giờ 00"; raises on anything else. */
static const char *clock_text(lua_State *L, const char *at)
{
    bool ok = strlen(at) == 5 && at[2] == ':' && strspn(at, "0123456789") == 2 && strspn(at + 3, "0123456789") == 2 &&
              (at[0] - '0') * 10 + (at[1] - '0') < 24 && at[3] < '6';
    if (!ok)
        gb_raise(L, "deadlines: at = \"17:00\" (giờ:phút), không phải \"%s\"", at);
    return gb_sprintf(gb_host_of(L)->a, "%.2s\u00a0giờ\u00a0%s", at, at + 3);
}

/* One { who =, at = "17:00" or within = gb.hours(24), does = "" } on the top of the stack. */
static void deadline_row(lua_State *L, struct gb_node *table)
{
    static const char *const allowed[] = { "who", "at", "within", "does" };
    struct gb_host *h = gb_host_of(L);
    if (lua_type(L, -1) != LUA_TTABLE)
        gb_raise(L, "deadlines: mỗi dòng là { who = ..., at = \"17:00\", does = \"...\" }");
    int t = lua_gettop(L);
    gb_args_check(L, t, "deadlines", allowed, 4);
    const char *does = gb_arg_text(L, t, "does"), *at = gb_arg_text(L, t, "at");
    lua_getfield(L, t, "who");
    const struct gb_actor *who = gb_to_actor(L, -1);
    lua_getfield(L, t, "within");
    const struct gb_span *span = gb_to_span(L, -1);
    if (!who || !does || !at == !span)
        gb_raise(L, "deadlines: mỗi dòng cần who, does và một trong hai: at = \"17:00\" hoặc within = gb.hours(24)");
    struct gb_row *r = gb_doc_row(h->doc, table);
    gb_doc_cell_text(h->doc, r, 0, gb_actor_name(L, h->def, who));
    gb_doc_cell_text(h->doc, r, 1,
                     at ? clock_text(L, at) : gb_sprintf(h->a, "trong %d\u00a0%s", span->n, span->unit == 'h' ? "giờ" : "ngày"));
    gb_doc_cell_text(h->doc, r, 2, does);
    lua_settop(L, t);
}

int gb_block_deadlines(lua_State *L)
{
    struct gb_host *h = gb_host_of(L);
    lua_settop(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, h->def->ref_table);
    if (lua_getfield(L, -1, "deadlines") != LUA_TTABLE)
        gb_raise(L, "deadlines: đầu định nghĩa chưa có deadlines = { { who = gb.lead, at = \"19:00\", does = \"...\" } }");
    int list = lua_gettop(L);
    lua_Integer n = (lua_Integer)lua_rawlen(L, list);
    if (n < 1 || n > 12)
        gb_raise(L, "deadlines: từ 1 đến 12 dòng");
    gb_spend(L, (int)n + 1);
    struct gb_node *t = gb_doc_table(h->doc, h->in, gb_anchor(h, "thoi han bao cao"), "Thời hạn báo cáo", 3);
    gb_doc_col(h->doc, t, 0, "Cơ quan, đơn vị", NULL, GB_LEFT, 2.2);
    gb_doc_col(h->doc, t, 1, "Chậm nhất", NULL, GB_LEFT, 1);
    gb_doc_col(h->doc, t, 2, "Báo cáo", NULL, GB_LEFT, 3.6);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, list, i);
        deadline_row(L, t);
        lua_pop(L, 1);
    }
    return 0;
}
