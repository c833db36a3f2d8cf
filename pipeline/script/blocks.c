/* blocks.c — `doc`: sections, text, findings, key figures, sources; the class that the other blocks hang on.
 *
 * A block that has nothing to say for this audience leaves nothing behind, and a section without blocks is taken out again: the
 * reader of a lower edition sees no trace of what stands in a higher one (TRUST.md 42). A block whose facts are merely late says
 * "chưa có số liệu", because that is a fact of its own.
 */
#include "base/utf8.h"
#include "script/host.h"

static const char cls_doc[] = "gb.doc";

void gb_spend(lua_State *L, int n)
{
    struct gb_host *h = gb_host_of(L);
    h->n_nodes += n;
    if (h->n_nodes > GB_NODES_MAX)
        gb_raise(L, "tài liệu có quá %d phần tử; rút bớt bảng hoặc chia tài liệu", GB_NODES_MAX);
}

void gb_cite(struct gb_host *h, int indicator_i)
{
    if (indicator_i >= 0)
        h->cited[indicator_i] = true;
}

const char *gb_region_label(const struct gb_host *h, int region_i)
{
    struct gb_date d = h->ev ? h->ev->date : (struct gb_date){ 0 };
    return gb_region_name(h->c, region_i, d);
}

bool gb_names_place(const struct gb_host *h, struct gb_handle x)
{
    if (x.region_i == h->region || x.indicator_i < 0)
        return false;
    int n = 0;
    for (int i = 0; i < h->c->n_points; i++)
        n += h->c->point[i].indicator_i == x.indicator_i;
    return n != 1 && !strstr(h->c->indicator[x.indicator_i].name_vi, gb_region_label(h, x.region_i));
}

/* The same choice as in sentences (document/phrase.c): a rate or a small count is told in its own unit, a count of 3 that was 2
 * rose by one case and not by 50%. */
struct gb_value gb_shown_change(const struct gb_host *h, struct gb_handle x, enum gb_derivation how)
{
    enum { SMALL_COUNT = 100 };
    const struct gb_eval *e = gb_handle_eval(h, &x);
    if (e && (how == GB_D_PREV_PCT || how == GB_D_YEAR_PCT)) {
        const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
        const struct gb_change *c = how == GB_D_PREV_PCT ? &e->prev : &e->year_before;
        bool small = ind->scale == 0 && e->value > -SMALL_COUNT && e->value < SMALL_COUNT && c->base > -SMALL_COUNT &&
                     c->base < SMALL_COUNT;
        if (c->ok && (ind->flow == GB_FLOW_RATE || small || !c->pct_ok))
            how = how == GB_D_PREV_PCT ? GB_D_PREV_DIFF : GB_D_YEAR_DIFF;
    }
    return gb_value_of(h->ev, x.indicator_i, x.region_i, how);
}

const char *gb_script_anchor(struct gb_arena *a, const char *text)
{
    const char *folded = gb_fold_search(a, text);
    char out[49];
    size_t n = 0;
    for (const char *p = folded; *p && n < sizeof out - 1; p++) {
        bool good = (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9');
        if (good)
            out[n++] = *p;
        else if (n && out[n - 1] != '-')
            out[n++] = '-';
    }
    while (n && out[n - 1] == '-')
        n--;
    return n ? gb_strndup(a, out, n) : "muc";
}

const char *gb_anchor(struct gb_host *h, const char *text)
{
    const char *base = gb_script_anchor(h->a, text), *id = base;
    for (int k = 2; !gb_map_put(&h->ids, id, strlen(id), 1); k++)
        id = gb_sprintf(h->a, "%s-%d", base, k);
    return id;
}

static struct gb_host *self(lua_State *L)
{
    if (!luaL_testudata(L, 1, cls_doc))
        gb_raise(L, "gọi bằng dấu hai chấm: doc:text(...), không phải doc.text(...)");
    gb_spend(L, 1);
    return gb_host_of(L);
}

/* ---- sections --------------------------------------------------------------------------------------------------------- */
static void drop_if_empty(struct gb_node *parent, struct gb_node *n)
{
    if (n->child || parent->last != n)
        return;
    struct gb_node *before = NULL;
    for (struct gb_node *c = parent->child; c != n; c = c->next)
        before = c;
    parent->last = before;
    if (before)
        before->next = NULL;
    else
        parent->child = NULL;
}

static int section(lua_State *L, bool annex)
{
    struct gb_host *h = self(L);
    const char *title = gb_text_arg(L, 2, annex ? "annex" : "section");
    luaL_checktype(L, 3, LUA_TFUNCTION);
    struct gb_node *parent = h->in;
    if (annex && parent->kind != GB_NODE_DOC)
        gb_raise(L, "doc:annex đặt ngoài mọi mục khác");
    struct gb_node *n = gb_doc_section(h->doc, parent, gb_anchor(h, title), title);
    n->annex = annex;
    h->in = n;
    lua_settop(L, 3);
    lua_call(L, 0, 0);
    h->in = parent;
    drop_if_empty(parent, n);
    return 0;
}
static int b_section(lua_State *L)
{
    return section(L, false);
}
static int b_annex(lua_State *L)
{
    return section(L, true);
}

static int b_page_break(lua_State *L)
{
    struct gb_host *h = self(L);
    gb_doc_break(h->doc, h->in);
    return 0;
}

/* ---- footnotes --------------------------------------------------------------------------------------------------------- */
static const char cls_footnote[] = "gb.footnote";

static int c_footnote(lua_State *L) /* gb.footnote("...") */
{
    gb_text_arg(L, 1, "footnote");
    lua_newuserdatauv(L, 1, 1);
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, -2, 1);
    luaL_setmetatable(L, cls_footnote);
    return 1;
}

/* Its text, which the argument keeps alive; NULL: it is none. */
static const char *footnote_of(lua_State *L, int idx)
{
    if (!luaL_testudata(L, idx, cls_footnote))
        return NULL;
    lua_getiuservalue(L, idx, 1);
    const char *text = lua_tostring(L, -1);
    lua_pop(L, 1);
    return text;
}

/* ---- text with values ------------------------------------------------------------------------------------------------- */
static void add_argument(lua_State *L, struct gb_host *h, struct gb_text *t, int idx)
{
    const struct gb_value *v = gb_to_value(L, idx);
    const struct gb_handle *x = gb_to_handle(L, idx);
    enum gb_state state;
    int region;
    const char *note = footnote_of(L, idx);
    if (note)
        gb_text_footnote(h->doc, t, note);
    else if (v) {
        gb_cite(h, v->fact.indicator_i);
        gb_text_value(h->doc, t, *v, GB_STRONG);
        if (v->basis)
            gb_text_add(h->doc, t, gb_sprintf(h->a, " (%s)", gb_basis_vi(v->basis)), 0);
    } else if (x) {
        gb_cite(h, x->indicator_i);
        gb_text_value(h->doc, t,
                      x->indicator_i < 0 ? gb_value_missing(GB_MISS_NO_DATA)
                                         : gb_value_of(h->ev, x->indicator_i, x->region_i, GB_D_VALUE),
                      GB_STRONG);
    } else if (gb_to_state(L, idx, &state))
        gb_text_value(h->doc, t, gb_value_state(state), 0);
    else if (gb_to_region(L, idx, &region))
        gb_text_add(h->doc, t, gb_region_label(h, region), 0);
    else if (lua_isinteger(L, idx))
        gb_text_value(h->doc, t, gb_value_count(lua_tointeger(L, idx), NULL), 0);
    else
        gb_text_add(h->doc, t, gb_text_arg(L, idx, "giá trị cho {}"), 0);
}

/* "... {} ..." and its arguments from index `arg` on. */
static void add_template(lua_State *L, struct gb_host *h, struct gb_text *t, int format, int arg)
{
    const char *p = gb_text_arg(L, format, "text");
    for (const char *brace = strchr(p, '{'); brace; p = brace + 2, brace = strchr(p, '{')) {
        if (brace[1] != '}')
            gb_raise(L, "text: sau { phải là }; mỗi {} ứng với một giá trị theo thứ tự");
        if (arg > lua_gettop(L))
            gb_raise(L, "text: thiếu giá trị cho {} thứ %d", arg - format);
        if (brace > p)
            gb_text_add(h->doc, t, gb_strndup(h->a, p, (size_t)(brace - p)), 0);
        add_argument(L, h, t, arg++);
    }
    if (*p)
        gb_text_add(h->doc, t, p, 0);
    if (arg <= lua_gettop(L))
        gb_raise(L, "text: thừa giá trị: số {} ít hơn số giá trị đưa vào");
}

static int b_text(lua_State *L)
{
    struct gb_host *h = self(L);
    add_template(L, h, &gb_doc_para(h->doc, h->in)->text, 2, 3);
    return 0;
}
static int b_note(lua_State *L)
{
    struct gb_host *h = self(L);
    add_template(L, h, &gb_doc_note(h->doc, h->in)->text, 2, 3);
    return 0;
}
static int b_callout(lua_State *L) /* doc:callout(state, "text {}", ...) */
{
    struct gb_host *h = self(L);
    enum gb_state s;
    if (!gb_to_state(L, 2, &s))
        gb_raise(L, "callout: tham số đầu là một mức, ví dụ gb.warning hoặc rate:level()");
    add_template(L, h, &gb_doc_callout(h->doc, h->in, s)->text, 3, 4);
    return 0;
}

static int b_list(lua_State *L) /* doc:list{ "a", "b" } or a list of { "text {}", value } */
{
    struct gb_host *h = self(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_Integer n = (lua_Integer)lua_rawlen(L, 2);
    if (n == 0)
        return 0;
    if (n > GB_LIST_MAX)
        gb_raise(L, "list: tối đa %d dòng", GB_LIST_MAX);
    struct gb_node *list = gb_doc_list(h->doc, h->in, false);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_settop(L, 2);
        lua_rawgeti(L, 2, i);
        struct gb_text *t = gb_doc_item(h->doc, list);
        if (lua_type(L, 3) == LUA_TTABLE) {
            lua_Integer parts = (lua_Integer)lua_rawlen(L, 3);
            if (parts < 1 || parts > 20)
                gb_raise(L, "list: mỗi dòng là một chuỗi hoặc { \"chuỗi {}\", giá trị }");
            luaL_checkstack(L, 24, NULL);
            for (lua_Integer k = 1; k <= parts; k++)
                lua_rawgeti(L, 3, k);
            add_template(L, h, t, 4, 5);
        } else
            add_template(L, h, t, 3, 4);
    }
    return 0;
}

/* ---- findings --------------------------------------------------------------------------------------------------------- */
static unsigned say_of(enum gb_derivation how)
{
    switch (how) {
    case GB_D_PREV_DIFF:
    case GB_D_PREV_PCT: return GB_SAY_PREVIOUS;
    case GB_D_YEAR_DIFF:
    case GB_D_YEAR_PCT: return GB_SAY_YEAR;
    case GB_D_YTD:
    case GB_D_YTD_PCT: return GB_SAY_YTD;
    case GB_D_TARGET:
    case GB_D_ATTAINMENT: return GB_SAY_TARGET;
    case GB_D_PACE:
    case GB_D_BEHIND: return GB_SAY_PACE;
    case GB_D_RANK:
    case GB_D_RANK_CHANGE:
    case GB_D_COUNT: return GB_SAY_RANK;
    case GB_D_EXPECTED:
    case GB_D_EXPECTED_PCT:
    case GB_D_NEEDED:
    case GB_D_CHANCE: return GB_SAY_OUTLOOK;
    case GB_D_NONE:
    case GB_D_VALUE:
    case GB_D_AGE:
    case GB_D_THRESHOLD:
    case GB_D_FORECAST:
    case GB_D_N: return 0;
    }
    gb_bug("derivation");
}

struct said {
    int indicator_i, region_i;
    unsigned say;
};

/* Facts of one indicator that follow each other make one sentence. */
static int gather_facts(lua_State *L, struct gb_host *h, struct said *out, int cap)
{
    int n = 0;
    lua_Integer len = (lua_Integer)lua_rawlen(L, 2);
    for (lua_Integer i = 1; i <= len; i++) {
        lua_rawgeti(L, 2, i);
        const struct gb_handle *x = gb_to_handle(L, -1);
        const struct gb_value *v = gb_to_value(L, -1);
        enum gb_state s;
        bool state = gb_to_state(L, -1, &s);
        if (!x && !v && !state)
            gb_raise(L, "finding: cần chỉ số hoặc giá trị của chỉ số (rate, rate:same_period()), gặp %s", luaL_typename(L, -1));
        int ind = x ? x->indicator_i : v ? v->fact.indicator_i : n ? out[n - 1].indicator_i : -1;
        int reg = x ? x->region_i : v ? v->fact.region_i : n ? out[n - 1].region_i : -1;
        lua_pop(L, 1);
        if (ind < 0)
            continue; /* absent: nothing to say */
        bool same = n && out[n - 1].indicator_i == ind && out[n - 1].region_i == reg;
        if (!same && n == cap)
            gb_raise(L, "finding: tối đa %d chỉ số trong một đoạn", cap);
        if (!same)
            out[n++] = (struct said){ ind, reg,
                                      GB_SAY_PERIOD | (gb_names_place(h, (struct gb_handle){ ind, reg }) ? GB_SAY_REGION : 0U) };
        out[n - 1].say |= v ? say_of(v->fact.how) : state ? GB_SAY_STATE : 0U;
    }
    return n;
}

/* doc:finding{ rate, rate:against_pace(), rate:same_period() }: one true sentence from three facts. From warning on it stands out. */
static int b_finding(lua_State *L)
{
    struct gb_host *h = self(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    static const char *const allowed[] = { "plain" };
    gb_args_check(L, 2, "finding", allowed, 1);
    struct said said[8];
    int n = gather_facts(L, h, said, 8);
    if (!n)
        return 0;
    enum gb_state s = gb_level_of(h, said[0].indicator_i, said[0].region_i);
    bool stands_out = gb_stands_at(s, GB_WARNING) && !gb_arg_yes(L, 2, "plain", false);
    struct gb_node *p = stands_out ? gb_doc_callout(h->doc, h->in, s) : gb_doc_para(h->doc, h->in);
    for (int i = 0; i < n; i++) {
        if (i)
            gb_text_add(h->doc, &p->text, " ", 0);
        gb_phrase_fact(h->doc, &p->text, h->ev, said[i].indicator_i, said[i].region_i, said[i].say);
        gb_cite(h, said[i].indicator_i);
    }
    return 0;
}

/* ---- key figures ------------------------------------------------------------------------------------------------------ */
static struct gb_figure figure_of(struct gb_host *h, struct gb_handle x)
{
    const struct gb_eval *e = gb_handle_eval(h, &x);
    bool year = e && e->year_before.ok;
    struct gb_figure f = { .label = h->c->indicator[x.indicator_i].name_vi };
    f.value = gb_value_of(h->ev, x.indicator_i, x.region_i, GB_D_VALUE);
    f.change = gb_shown_change(h, x, year ? GB_D_YEAR_PCT : GB_D_PREV_PCT);
    if (f.change.kind != GB_V_NUM)
        f.change = gb_value_missing(GB_MISS_NONE);
    else
        f.change_label =
            year ? "so với cùng kỳ" : gb_sprintf(h->a, "so với %s trước", gb_freq_noun_vi(h->c->indicator[x.indicator_i].freq));
    f.state = gb_level_of(h, x.indicator_i, x.region_i);
    f.spark = gb_spark_of(h, x.indicator_i, x.region_i);
    return f;
}

/* Figures of one period need not say it, the text around them does; side by side with others each says its own. */
static bool of_one_period(const struct gb_host *h, const struct gb_handle *v, int n)
{
    for (int i = 1; i < n; i++)
        if (h->c->indicator[v[i].indicator_i].freq != h->c->indicator[v[0].indicator_i].freq ||
            gb_handle_eval(h, &v[i])->period != gb_handle_eval(h, &v[0])->period)
            return false;
    return true;
}

static const char *with_period(struct gb_host *h, const char *label, const struct gb_handle *x)
{
    char period[48];
    gb_period_vi(h->c->indicator[x->indicator_i].freq, gb_handle_eval(h, x)->period, period);
    return gb_sprintf(h->a, "%s (%s)", label, period);
}

static int b_figures(lua_State *L)
{
    struct gb_host *h = self(L);
    struct gb_handle *v;
    int n = gb_handles_at(L, 2, &v), kept = 0;
    for (int i = 0; i < n; i++)
        if (gb_handle_eval(h, &v[i]))
            v[kept++] = v[i];
    if (kept > 6)
        gb_raise(L, "figures: tối đa sáu số chính");
    if (!kept)
        return 0;
    struct gb_node *f = gb_doc_figures(h->doc, h->in, kept);
    bool alike = of_one_period(h, v, kept);
    for (int i = 0; i < kept; i++) {
        struct gb_figure one = figure_of(h, v[i]);
        if (!alike)
            one.label = with_period(h, one.label, &v[i]);
        gb_doc_figure(h->doc, f, i, &one);
        gb_cite(h, v[i].indicator_i);
    }
    return 0;
}

/* ---- sources ---------------------------------------------------------------------------------------------------------- */
enum { SOURCES_MAX = 64 };
static void add_once(const char **list, int *n, const char *text) /* list has SOURCES_MAX places */
{
    if (!text || !*text || *n == SOURCES_MAX)
        return;
    for (int i = 0; i < *n; i++)
        if (gb_streq(list[i], text))
            return;
    list[(*n)++] = text;
}

static void add_list(struct gb_host *h, struct gb_text *t, const char *lead, const char **v, int n)
{
    if (!n)
        return;
    gb_text_add(h->doc, t, lead, 0);
    for (int i = 0; i < n; i++) {
        if (i)
            gb_text_add(h->doc, t, "; ", 0);
        gb_text_add(h->doc, t, v[i], 0);
    }
    gb_text_add(h->doc, t, ". ", 0);
}

enum { NAMED_SOURCES = 4, NAMED_NORMS = 3 };

/* Who vouches for the thresholds: a rule, or so far only a proposal. */
static void say_norms(struct gb_host *h, struct gb_text *t, const char **norm, int n_norm, int n_proposed)
{
    if (n_norm && n_norm <= NAMED_NORMS && n_proposed)
        add_list(h, t, "Ngưỡng theo văn bản quy định: ", norm, n_norm);
    if (n_norm > NAMED_NORMS && n_proposed)
        gb_text_add(h->doc, t, gb_sprintf(h->a, "Ngưỡng của %d\u00a0chỉ số theo văn bản quy định; ", n_norm), 0);
    if (n_proposed)
        gb_text_add(h->doc, t,
                    n_norm > NAMED_NORMS ? "các ngưỡng khác là đề xuất, chờ cơ quan chủ trì quyết định."
                    : n_norm ? "Các ngưỡng khác là ngưỡng đề xuất, chờ cơ quan chủ trì quyết định."
                             : "Ngưỡng cảnh báo là ngưỡng đề xuất, chờ cơ quan chủ trì quyết định.",
                    0);
    else if (n_norm)
        gb_text_add(h->doc, t, "Ngưỡng cảnh báo theo văn bản quy định.", 0);
}

/* Where the figures since the last doc:source() come from, and whether the steps are a norm or a proposal. More than a handful of
 * systems is a wall nobody reads: then the agencies are named, and the catalogue has each indicator's own source. */
static int b_source(lua_State *L)
{
    struct gb_host *h = self(L);
    const char *source[SOURCES_MAX], *owner[SOURCES_MAX], *brief[SOURCES_MAX], *norm[SOURCES_MAX];
    int n_source = 0, n_owner = 0, n_brief = 0, n_norm = 0, n_used = 0, n_proposed = 0;
    for (int i = 0; i < h->c->n_indicators; i++) {
        if (!h->cited[i])
            continue;
        const struct gb_indicator *ind = &h->c->indicator[i];
        h->cited[i] = false;
        n_used++;
        add_once(source, &n_source, ind->source_vi);
        for (int k = 0; k < ind->n_owners; k++) {
            add_once(owner, &n_owner, h->c->agency[ind->owner[k]].name_vi);
            add_once(brief, &n_brief, h->c->agency[ind->owner[k]].short_vi);
        }
        if (ind->has_steps && ind->steps_are_norm)
            add_once(norm, &n_norm, ind->name_vi);
        n_proposed += ind->has_steps && !ind->steps_are_norm;
    }
    if (!n_used)
        return 0;
    struct gb_text *t = &gb_doc_source(h->doc, h->in)->text;
    if (n_source > NAMED_SOURCES && n_brief) {
        gb_text_add(h->doc, t,
                    gb_sprintf(h->a, "Nguồn: hệ thống báo cáo của %d\u00a0cơ quan, ghi ở định nghĩa từng chỉ số trong danh mục. ",
                               n_brief),
                    0);
        add_list(h, t, "Cơ quan cung cấp: ", brief, n_brief);
    } else {
        add_list(h, t, "Nguồn: ", source, n_source);
        add_list(h, t, "Cơ quan cung cấp: ", owner, n_owner);
    }
    say_norms(h, t, norm, n_norm, n_proposed);
    return 0;
}

/* ---- class ------------------------------------------------------------------------------------------------------------ */
void gb_open_doc(lua_State *L)
{
    const luaL_Reg methods[] = { { "section", b_section },
                                 { "annex", b_annex },
                                 { "page_break", b_page_break },
                                 { "text", b_text },
                                 { "note", b_note },
                                 { "callout", b_callout },
                                 { "list", b_list },
                                 { "finding", b_finding },
                                 { "figures", b_figures },
                                 { "source", b_source },
                                 { "line", gb_block_line },
                                 { "bars", gb_block_bars },
                                 { "map", gb_block_map },
                                 { "bullet", gb_block_bullet },
                                 { "heat", gb_block_heat },
                                 { "radius", gb_block_radius },
                                 { "multiples", gb_block_multiples },
                                 { "stacked", gb_block_stacked },
                                 { "calendar", gb_block_calendar },
                                 { "dots", gb_block_dots },
                                 { "slope", gb_block_slope },
                                 { "table", gb_block_table },
                                 { "alerts", gb_block_alerts },
                                 { "gaps", gb_block_gaps },
                                 { "doubts", gb_block_doubts },
                                 { "consistency", gb_block_consistency },
                                 { "quality", gb_block_quality },
                                 { "revisions", gb_block_revisions },
                                 { "refusals", gb_block_refusals },
                                 { "history", gb_block_history },
                                 { "definition", gb_block_definition },
                                 { "tasks", gb_block_tasks },
                                 { "actions", gb_block_actions },
                                 { "decisions", gb_block_decisions },
                                 { "summary", gb_block_summary },
                                 { "index", gb_block_index },
                                 { "scenarios", gb_block_scenarios },
                                 { "ahead", gb_block_ahead },
                                 { "progress", gb_block_progress },
                                 { "missed", gb_block_missed },
                                 { "contributions", gb_block_contributions },
                                 { "events", gb_block_events },
                                 { "ended", gb_block_ended },
                                 { "deadlines", gb_block_deadlines },
                                 { NULL, NULL } };
    gb_class_new(L, cls_doc, "doc", methods, NULL);
    const luaL_Reg none[] = { { NULL, NULL } };
    gb_class_new(L, cls_footnote, "chú thích", none, NULL);
    lua_pushcfunction(L, c_footnote);
    lua_setfield(L, -2, "footnote");
}

void gb_push_doc(lua_State *L)
{
    *(int *)lua_newuserdatauv(L, sizeof(int), 0) = 0;
    luaL_setmetatable(L, cls_doc);
}
