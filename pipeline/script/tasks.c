/* tasks.c — tasks of the plan: how far each lead agency is, by its own reports (evaluation/task.h has the rules).
 *
 * A task led by two agencies stands under both, since each must find what it owes; totals count it once. Who may not see reports, or sees
 * none at all, gets the plan without states: an audience that was told nothing must not read that agencies said nothing. */
#include "evaluation/task.h"
#include "catalogue/words.h"
#include "script/host.h"
#include <stdlib.h>

struct item {
    int task_i;
    struct gb_task_eval e;
};
struct wish {
    char due; /* 'n'ext, 'p'ast, 'o'pen, 0 = all */
    int days, agency, limit;
    bool communes, told, state[GB_N_TASK_STATES], any_state;
};

/* May this document tell states? Leadership and the operations centre see every report there is. */
static bool told(const struct gb_host *h)
{
    if (!h->c->has_task_indicator || !h->ev)
        return false;
    const struct gb_indicator *ind = &h->c->indicator[gb_task_indicator(h->c)];
    return gb_indicator_part(ind) <= gb_audience_part(h->audience) &&
           (gb_audience_part(h->audience) == GB_PART_ALL || gb_task_any_status(h->ev));
}

static void read_state(lua_State *L, struct wish *w)
{
    enum gb_task_state s;
    const char *word = gb_text_arg(L, -1, "state");
    if (!gb_task_state_parse(word, &s)) {
        const char *known[GB_N_TASK_STATES];
        for (int i = 0; i < GB_N_TASK_STATES; i++)
            known[i] = gb_task_state_word((enum gb_task_state)i);
        gb_raise(L, "tasks: không có tình trạng \"%s\"; dùng: %s", word,
                 gb_join_words(gb_host_of(L)->a, known, GB_N_TASK_STATES));
    }
    w->state[s] = w->any_state = true;
}

static void read_wish(lua_State *L, struct wish *w)
{
    struct gb_host *h = gb_host_of(L);
    *w = (struct wish){ .agency = -1, .told = told(h) };
    w->days = gb_arg_int(L, 2, "days", 1, 366, GB_TASK_SOON_DAYS);
    w->limit = gb_arg_int(L, 2, "limit", 1, 1000, 1000);
    w->communes = gb_arg_yes(L, 2, "communes", false);
    const char *due = gb_arg_text(L, 2, "due"), *agency = gb_arg_text(L, 2, "agency");
    if (due && !gb_streq(due, "past") && !gb_streq(due, "next") && !gb_streq(due, "open"))
        gb_raise(L, "tasks: due = \"past\", \"next\" hoặc \"open\"");
    w->due = due ? *due : 0;
    if (agency && (w->agency = gb_agency_find(h->c, agency)) < 0)
        gb_raise(L, "tasks: không có cơ quan \"%s\" trong agencies.csv", agency);
    int type = lua_getfield(L, 2, "state");
    if (type == LUA_TTABLE)
        for (lua_Integer i = 1; i <= (lua_Integer)lua_rawlen(L, -1) && i <= GB_N_TASK_STATES; i++) {
            lua_rawgeti(L, -1, i);
            read_state(L, w);
            lua_pop(L, 1);
        }
    else if (type != LUA_TNIL)
        read_state(L, w);
    lua_pop(L, 1);
}

static bool led_by(const struct gb_task *k, int agency)
{
    for (int i = 0; i < k->n_leads; i++)
        if (k->leads[i] == agency)
            return true;
    return agency < 0 && k->n_leads == 0;
}

static bool wanted(const struct gb_host *h, const struct wish *w, const struct item *x)
{
    const struct gb_task *k = &h->c->task[x->task_i];
    int64_t left = x->e.has_last ? (int64_t)gb_date_to_days(x->e.last) - gb_date_to_days(h->ev->date) : 0;
    if ((w->agency >= 0 && !led_by(k, w->agency)) || (w->communes && !gb_task_for_communes(k)) ||
        (w->any_state && !(w->told && w->state[x->e.state])))
        return false;
    switch (w->due) {
    case 'n': return x->e.has_last && left >= 0 && left <= w->days && !x->e.done;
    case 'p': return x->e.has_last && left < 0;
    case 'o': return !x->e.has_last && x->e.state != GB_TASK_DONE_IN_PLAN;
    default: return true;
    }
}

/* Worst state first, then the nearer day, then the order of the plan. */
static int worst_first(const void *pa, const void *pb)
{
    const struct item *a = pa, *b = pb;
    if (a->e.state != b->e.state)
        return a->e.state < b->e.state ? -1 : 1;
    if (a->e.has_last != b->e.has_last)
        return a->e.has_last ? -1 : 1;
    int d = a->e.has_last ? gb_date_cmp(a->e.last, b->e.last) : 0;
    return d ? d : a->task_i - b->task_i;
}

static int by_day(const void *pa, const void *pb)
{
    const struct item *a = pa, *b = pb;
    if (a->e.has_last != b->e.has_last)
        return a->e.has_last ? -1 : 1;
    int d = a->e.has_last ? gb_date_cmp(a->e.last, b->e.last) : 0;
    return d ? d : a->task_i - b->task_i;
}

static int collect(lua_State *L, const struct wish *w, struct item **out)
{
    struct gb_host *h = gb_host_of(L);
    struct item *v = GB_NEW_N(h->a, (size_t)h->c->n_tasks + 1, struct item);
    int n = 0;
    gb_charge(L, (uint64_t)h->c->n_tasks * 8 + 1);
    for (int i = 0; i < h->c->n_tasks; i++) {
        v[n].task_i = i;
        gb_task_evaluate(h->ev, i, h->a, &v[n].e);
        n += wanted(h, w, &v[n]);
    }
    if (n > 1)
        qsort(v, (size_t)n, sizeof *v, w->told ? worst_first : by_day);
    *out = v;
    return n;
}

/* ---- cells -------------------------------------------------------------------------------------------------------------- */

static const char *lead_name(const struct gb_host *h, const struct gb_task *k, bool brief)
{
    const char *detail = strstr(k->lead_vi, " ("); /* the plan lists examples in brackets */
    if (!k->n_leads)
        return brief && detail ? gb_strndup(h->a, k->lead_vi, (size_t)(detail - k->lead_vi)) : k->lead_vi;
    struct gb_buf b = { 0 };
    for (int i = 0; i < k->n_leads; i++) {
        const struct gb_agency *a = &h->c->agency[k->leads[i]];
        gb_buf_addf(&b, "%s%s", i ? "; " : "", brief && *a->short_vi ? a->short_vi : a->name_vi);
    }
    const char *s = gb_buf_copy(h->a, &b);
    gb_buf_release(&b);
    return s;
}

static const char *content_of(const struct gb_task *k)
{
    return *k->content_vi ? k->content_vi : "(kế hoạch để trống nội dung)";
}

static const char *closed(const struct gb_host *h, const char *s)
{
    size_t n = strlen(s);
    while (n && strchr(" .;,", s[n - 1]))
        n--;
    return gb_sprintf(h->a, "%.*s.", (int)n, s);
}

/* Content, then in italics what must come of it and who helps. A task of no single agency also names its leads as the plan does. */
static void content_cell(struct gb_host *h, struct gb_row *r, int i, const struct gb_task *k, bool by_lead)
{
    struct gb_text *t = gb_doc_cell_inline(h->doc, r, i);
    const char *say[] = { "Kết quả", "Chủ trì", "Phối hợp" };
    const char *what[] = { gb_phrase_lower_first(h->a, k->result_vi), by_lead && !k->n_leads ? k->lead_vi : "",
                           k->coordinating_vi };
    gb_text_add(h->doc, t, closed(h, content_of(k)), 0);
    for (int n = 0; n < 3; n++)
        if (*what[n])
            gb_text_add(h->doc, t, gb_sprintf(h->a, " %s: %s", say[n], closed(h, what[n])), GB_EMPH);
}

static void state_cell(struct gb_host *h, struct gb_row *r, int i, const struct gb_task_eval *e)
{
    gb_doc_cell_value(h->doc, r, i,
                      gb_value_state_named(gb_task_shape(e->state), gb_task_state_vi(e), gb_task_state_word(e->state)));
}

/* "60 % (20/11/2026). Quyết định số ...": what the agency said last, when, and its own words. */
static void statement_cell(struct gb_host *h, struct gb_row *r, int i, const struct item *x)
{
    if (!x->e.has_status)
        return;
    struct gb_text *t = gb_doc_cell_inline(h->doc, r, i);
    int key = h->c->n_regions + x->task_i;
    const struct gb_series *s = gb_cube_series(h->ev->cube, gb_task_indicator(h->c), key);
    int64_t at = gb_series_at(s, gb_date_to_days(x->e.on));
    gb_text_value(h->doc, t, gb_value_observation(h->c, s, at), 0);
    gb_text_add(h->doc, t, " (", 0);
    gb_text_value(h->doc, t, gb_value_date(x->e.on), 0);
    gb_text_add(h->doc, t, ")", 0);
    if (*x->e.note)
        gb_text_add(h->doc, t, gb_sprintf(h->a, ". %s", x->e.note), 0);
}

/* ---- doc:tasks ---------------------------------------------------------------------------------------------------------- */

enum shape { FLAT, BY_LEAD, BRIEF };
struct layout {
    enum shape shape;
    bool told;
    int n;                                 /* columns */
    int code, what, who, due, state, said; /* their places, -1 = left out */
};

static struct gb_node *new_table(struct gb_host *h, const char *title, enum shape shape, bool told_, struct layout *o)
{
    static const struct {
        const char *label[3];
        double weight[3];
    } col[] = { { { "Nhiệm vụ, kết quả, phối hợp", "Nhiệm vụ, kết quả, phối hợp", "Nhiệm vụ" }, { 5.2, 6.4, 6 } },
                { { "Mã", "Mã", "" }, { 0, 0, 0 } },
                { { "Chủ trì", "", "Chủ trì" }, { 1.5, 0, 1.5 } },
                { { "Thời hạn", "Thời hạn", "Thời hạn" }, { 1.3, 1.3, 1.4 } },
                { { "Tình trạng", "Tình trạng", "Tình trạng" }, { 1.3, 1.3, 1.5 } },
                { { "Báo cáo gần nhất", "Báo cáo gần nhất", "" }, { 2.1, 2.1, 0 } } };
    int *place[] = { &o->what, &o->code, &o->who, &o->due, &o->state, &o->said };
    *o = (struct layout){ .shape = shape, .told = told_ };
    for (int i = 0; i < 6; i++)
        *place[i] = !*col[i].label[shape] || (i >= 4 && !told_) ? -1 : o->n++;
    struct gb_node *t = gb_doc_table(h->doc, h->in, gb_anchor(h, title ? title : "nhiem vu"), title, o->n);
    for (int i = 0; i < 6; i++)
        if (*place[i] >= 0)
            gb_doc_col(h->doc, t, *place[i], col[i].label[shape], NULL, GB_LEFT, col[i].weight[shape]);
    return t;
}

static void add_row(lua_State *L, struct gb_node *t, const struct layout *o, const struct item *x)
{
    struct gb_host *h = gb_host_of(L);
    const struct gb_task *k = &h->c->task[x->task_i];
    gb_spend(L, 1);
    struct gb_row *r = gb_doc_row(h->doc, t);
    if (o->code >= 0)
        gb_doc_cell_text(h->doc, r, o->code, k->code);
    if (o->shape == BRIEF)
        gb_doc_cell_text(h->doc, r, o->what, closed(h, content_of(k)));
    else
        content_cell(h, r, o->what, k, o->shape == BY_LEAD);
    if (o->who >= 0)
        gb_doc_cell_text(h->doc, r, o->who, lead_name(h, k, true));
    gb_doc_cell_text(h->doc, r, o->due, k->due_text_vi);
    if (o->state >= 0)
        state_cell(h, r, o->state, &x->e);
    if (o->said >= 0)
        statement_cell(h, r, o->said, x);
}

/* ---- by lead ------------------------------------------------------------------------------------------------------------ */

struct lead {
    int agency; /* -1: tasks that the plan gives to no single agency */
    int total, state[GB_N_TASK_STATES];
};

static int leads_of(struct gb_host *h, const struct item *v, int n, struct lead *out)
{
    int n_leads = 0;
    for (int a = 0; a <= h->c->n_agencies; a++) {
        struct lead one = { .agency = a < h->c->n_agencies ? a : -1 };
        for (int i = 0; i < n; i++)
            if (led_by(&h->c->task[v[i].task_i], one.agency)) {
                one.total++;
                one.state[v[i].e.state]++;
            }
        if (!one.total)
            continue;
        int at = n_leads++; /* the most late ones first, then the most silent; equals in the order of agencies.csv */
        for (; at > 0 && (out[at - 1].state[GB_TASK_LATE] < one.state[GB_TASK_LATE] ||
                          (out[at - 1].state[GB_TASK_LATE] == one.state[GB_TASK_LATE] &&
                           out[at - 1].state[GB_TASK_NO_STATUS] < one.state[GB_TASK_NO_STATUS]));
             at--)
            out[at] = out[at - 1];
        out[at] = one;
    }
    return n_leads;
}

static const char *lead_title(const struct gb_host *h, const struct lead *x)
{
    return x->agency >= 0 ? h->c->agency[x->agency].name_vi : "Nhiều cơ quan (kế hoạch không giao riêng một cơ quan)";
}

/* "Sở Xây dựng: 9 nhiệm vụ, 2 chậm, 1 chưa báo cáo"; of a list of late ones alone "2 nhiệm vụ chậm": it is not all the agency leads. */
static const char *group_title(struct gb_host *h, const struct lead *x, bool told_)
{
    static const struct {
        enum gb_task_state s;
        const char *vi;
    } said[] = { { GB_TASK_LATE, "chậm" }, { GB_TASK_SOON, "sắp đến hạn" }, { GB_TASK_NO_STATUS, "chưa báo cáo" } };
    struct gb_buf b = { 0 };
    gb_buf_addf(&b, "%s: %d\u00a0nhiệm vụ", lead_title(h, x), x->total);
    for (size_t i = 0; told_ && i < 3; i++)
        if (x->total && x->state[said[i].s] == x->total)
            gb_buf_addf(&b, " %s", said[i].vi);
        else if (x->state[said[i].s])
            gb_buf_addf(&b, ", %d\u00a0%s", x->state[said[i].s], said[i].vi);
    const char *s = gb_buf_copy(h->a, &b);
    gb_buf_release(&b);
    return s;
}

/* The columns of the summary are a partition: each line adds up to its total. */
static int summary_column(enum gb_task_state s)
{
    return s <= GB_TASK_DONE ? (int)s : (int)GB_TASK_DONE + 1;
}

static void summary_row(struct gb_host *h, struct gb_node *t, const char *name, const struct lead *x, unsigned intent)
{
    struct gb_row *r = gb_doc_row(h->doc, t);
    int sum[GB_TASK_DONE + 2] = { 0 };
    for (int s = 0; s < GB_N_TASK_STATES; s++)
        sum[summary_column((enum gb_task_state)s)] += x->state[s];
    r->intent = intent;
    gb_doc_cell_text(h->doc, r, 0, name);
    gb_doc_cell_value(h->doc, r, 1, gb_value_count(x->total, NULL));
    for (int i = 0; i < GB_TASK_DONE + 2; i++)
        gb_doc_cell_value(h->doc, r, 2 + i, gb_value_count(sum[i], NULL));
    if (sum[GB_TASK_LATE])
        r->cell[2 + GB_TASK_LATE].intent |= GB_STRONG;
}

static void summary(lua_State *L, const char *title, const struct item *v, int n)
{
    static const char *const label[] = { "Cơ quan chủ trì", "Tổng số",         "Chậm",       "Sắp đến hạn", "Chưa báo cáo",
                                         "Đang thực hiện",  "Hoàn thành muộn", "Hoàn thành", "Không có hạn" };
    enum { N_COLS = sizeof label / sizeof *label };
    struct gb_host *h = gb_host_of(L);
    struct lead *lead = GB_NEW_N(h->a, (size_t)h->c->n_agencies + 2, struct lead), all = { .agency = -1, .total = n };
    int n_leads = leads_of(h, v, n, lead), listed = 0;
    gb_spend(L, n_leads + 2);
    struct gb_node *t = gb_doc_table(h->doc, h->in, gb_anchor(h, title ? title : "tong hop nhiem vu"), title, N_COLS);
    for (int i = 0; i < N_COLS; i++)
        gb_doc_col(h->doc, t, i, label[i], NULL, i ? GB_RIGHT : GB_LEFT, i ? 1 : 3.6);
    for (int i = 0; i < n_leads; i++) {
        summary_row(h, t, lead_title(h, &lead[i]), &lead[i], 0);
        listed += lead[i].total;
    }
    for (int i = 0; i < n; i++)
        all.state[v[i].e.state]++;
    summary_row(h, t, "Cộng", &all, GB_TOTAL | GB_STRONG);
    if (listed > n)
        gb_text_add(h->doc, &gb_doc_note(h->doc, h->in)->text,
                    "Nhiệm vụ có hai cơ quan chủ trì được ghi ở cả hai cơ quan; dòng cộng chỉ tính một lần.", 0);
}

static void by_lead(lua_State *L, const char *title, bool told_, const struct item *v, int n)
{
    struct gb_host *h = gb_host_of(L);
    struct lead *lead = GB_NEW_N(h->a, (size_t)h->c->n_agencies + 2, struct lead);
    int n_leads = leads_of(h, v, n, lead);
    struct layout o;
    struct gb_node *t = new_table(h, title, BY_LEAD, told_, &o);
    for (int k = 0; k < n_leads; k++) {
        gb_spend(L, 1);
        gb_doc_group_row(h->doc, t, group_title(h, &lead[k], told_));
        for (int i = 0; i < n; i++)
            if (led_by(&h->c->task[v[i].task_i], lead[k].agency))
                add_row(L, t, &o, &v[i]);
    }
}

static const char *const allowed[] = { "by",    "state", "agency",  "due",   "days", "communes",
                                       "limit", "title", "summary", "brief", "drop" };

/* doc:tasks{...}: see reports/README.md. @return how many tasks there are, nil when there is none or states were asked for that this
 * reader may not see */
int gb_block_tasks(lua_State *L)
{
    struct gb_host *h = gb_host_of(L);
    struct wish w;
    struct item *v;
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, "tasks", allowed, sizeof allowed / sizeof *allowed);
    read_wish(L, &w);
    const char *by = gb_arg_text(L, 2, "by"), *title = gb_arg_text(L, 2, "title");
    bool sum = gb_arg_yes(L, 2, "summary", false), brief = gb_arg_yes(L, 2, "brief", false);
    if (by && !gb_streq(by, "lead"))
        gb_raise(L, "tasks: by = \"lead\", hoặc bỏ trống để xếp chung");
    int n = collect(L, &w, &v);
    if (!n || (sum && !w.told))
        return 0;
    if (sum)
        summary(L, title, v, n);
    else if (by)
        by_lead(L, title, w.told, v, n < w.limit ? n : w.limit); /* the worst of all, each below who leads it */
    else {
        struct layout o;
        struct gb_node *t = new_table(h, title, brief ? BRIEF : FLAT, w.told, &o);
        t->drop = gb_arg_int(L, 2, "drop", 1, 9, 0);
        for (int i = 0; i < n && i < w.limit; i++)
            add_row(L, t, &o, &v[i]);
    }
    if (!sum && n > w.limit)
        gb_text_add(h->doc, &gb_doc_note(h->doc, h->in)->text, gb_sprintf(h->a, "Và %d\u00a0nhiệm vụ khác.", n - w.limit), 0);
    lua_pushinteger(L, n);
    return 1;
}

static const char *brief_lead(const struct gb_host *h, const struct lead *x)
{
    const struct gb_agency *a = &h->c->agency[x->agency];
    return *a->short_vi ? a->short_vi : a->name_vi;
}

/* "Sở XD 3, Sở YT 2 và 4 cơ quan khác": who leads the tasks of one state, most first. A task of two leads counts at both. */
static const char *leads_with(struct gb_host *h, const struct item *v, int n, enum gb_task_state s)
{
    enum { NAMED = 3 };
    struct lead *lead = GB_NEW_N(h->a, (size_t)h->c->n_agencies + 2, struct lead);
    struct item *of = GB_NEW_N(h->a, (size_t)n + 1, struct item);
    struct gb_buf b = { 0 };
    int kept = 0;
    for (int i = 0; i < n; i++)
        if (v[i].e.state == s)
            of[kept++] = v[i];
    const int n_leads = leads_of(h, of, kept, lead);
    for (int done = 0; done < n_leads && done < NAMED; done++) { /* leads_of sorts by what is late */
        int most = done;
        for (int i = done + 1; i < n_leads; i++)
            most = lead[i].total > lead[most].total ? i : most;
        const struct lead x = lead[most];
        memmove(&lead[done + 1], &lead[done], (size_t)(most - done) * sizeof *lead);
        lead[done] = x;
        gb_buf_addf(&b, "%s%s\u00a0%d", done ? ", " : "", x.agency >= 0 ? brief_lead(h, &x) : "chưa giao riêng cơ quan nào",
                    x.total);
    }
    if (n_leads > NAMED)
        gb_buf_addf(&b, " và %d\u00a0cơ quan khác", n_leads - NAMED);
    const char *text = gb_buf_copy(h->a, &b);
    gb_buf_release(&b);
    return text;
}

/* s:tasks{ agency =, communes = ... }: { total, told, late, soon, ... } for sentences. Counts are whole numbers. */
int gb_scope_tasks(lua_State *L)
{
    struct wish w;
    struct item *v;
    int count[GB_N_TASK_STATES] = { 0 };
    if (lua_isnoneornil(L, 2)) {
        lua_settop(L, 1);
        lua_newtable(L);
    }
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, "tasks", allowed, 7);
    read_wish(L, &w);
    int n = collect(L, &w, &v), undated = 0;
    for (int i = 0; i < n; i++)
        count[v[i].e.state]++;
    lua_createtable(L, 0, GB_N_TASK_STATES + 3);
    for (int i = 0; i < GB_N_TASK_STATES; i++) {
        char key[32];
        size_t k = 0;
        for (const char *p = gb_task_state_word((enum gb_task_state)i); *p && k + 1 < sizeof key; p++)
            key[k++] = *p == '-' ? '_' : *p;
        key[k] = 0;
        lua_pushinteger(L, w.told ? count[i] : 0);
        lua_setfield(L, -2, key);
        undated += i > GB_TASK_DONE ? count[i] : 0;
    }
    lua_pushstring(L, w.told ? leads_with(gb_host_of(L), v, n, GB_TASK_LATE) : "");
    lua_setfield(L, -2, "late_leads");
    lua_pushstring(L, w.told ? leads_with(gb_host_of(L), v, n, GB_TASK_SOON) : "");
    lua_setfield(L, -2, "soon_leads");
    lua_pushinteger(L, undated);
    lua_setfield(L, -2, "undated");
    lua_pushinteger(L, n);
    lua_setfield(L, -2, "total");
    lua_pushboolean(L, w.told);
    lua_setfield(L, -2, "told");
    return 1;
}
