/* progress.c — doc:progress{} and doc:missed{}: what a plan promised beside what came of it.
 *
 * Which targets are missed is decided by evaluation/progress.h, once for everybody. An illustrative target is marked wherever it is
 * shown: a reader must not take a figure that nobody has decided for an assignment.
 */
#include <stdlib.h>
#include "evaluation/progress.h"
#include "script/host.h"

struct promise {
    struct gb_handle x; /* with its target, or, where everything of a list is shown, without one */
    enum gb_progress how;
    enum gb_state level;
    int64_t gap;
    bool confirmed;
};
struct promises {
    struct promise *v;
    int n;                     /* compared with a target */
    struct gb_handle *waiting; /* a target for this year, but no figure of this year yet */
    int n_waiting;
    bool any; /* something of the list is visible */
};

static bool seen_before(const struct gb_handle *v, int n)
{
    for (int i = 0; i < n; i++)
        if (v[i].indicator_i == v[n].indicator_i && v[i].region_i == v[n].region_i)
            return true;
    return false;
}

static struct promises read_promises(lua_State *L, struct gb_host *h)
{
    struct gb_handle *v;
    int n = gb_handles_at(L, 2, &v);
    struct promises p = { .v = GB_NEW_N(h->a, (size_t)n + 1, struct promise),
                          .waiting = GB_NEW_N(h->a, (size_t)n + 1, struct gb_handle),
                          .any = n > 0 };
    gb_charge(L, (uint64_t)n * (uint64_t)n + 1);
    for (int i = 0; i < n; i++) {
        const struct gb_indicator *ind = &h->c->indicator[v[i].indicator_i];
        if (seen_before(v, i))
            continue;
        struct promise one = { .x = v[i], .level = gb_level_of(h, v[i].indicator_i, v[i].region_i) };
        const struct gb_eval *e = gb_handle_eval(h, &v[i]);
        one.how = gb_progress_of(ind, e, &one.gap);
        one.confirmed = e && e->target_confirmed;
        if (one.how != GB_PROGRESS_NONE)
            p.v[p.n++] = one;
        else if (ind->direction != GB_NEUTRAL && gb_target_find(h->c, v[i].indicator_i, v[i].region_i, h->ev->date.year))
            p.waiting[p.n_waiting++] = v[i];
    }
    return p;
}

/* "* chỉ tiêu minh họa" under a table in which some targets are, or one note when all of them are. */
static void table_of(lua_State *L, struct gb_host *h, const char *title, const char *const *words, int n_words,
                     const struct promise *v, int n)
{
    struct gb_handle *rows = GB_NEW_N(h->a, (size_t)n + 1, struct gb_handle);
    bool *marked = GB_NEW_N(h->a, (size_t)n + 1, bool);
    int n_marked = 0, n_compared = 0;
    for (int i = 0; i < n; i++) {
        rows[i] = v[i].x;
        marked[i] = v[i].how != GB_PROGRESS_NONE && !v[i].confirmed;
        n_marked += marked[i];
        n_compared += v[i].how != GB_PROGRESS_NONE;
    }
    gb_table_of(L, title, words, n_words, rows, n, n_marked < n_compared ? marked : NULL);
    if (!n_marked)
        return;
    gb_spend(L, 1);
    gb_text_add(h->doc, &gb_doc_note(h->doc, h->in)->text,
                n_marked < n_compared ? "* Chỉ tiêu minh họa, chờ cơ quan chủ trì xác nhận."
                                      : "Kế hoạch trong bảng là chỉ tiêu minh họa, chờ cơ quan chủ trì xác nhận.",
                0);
}

static void say_waiting(lua_State *L, struct gb_host *h, const struct promises *p)
{
    enum { NAMES = 8 };
    if (!p->n_waiting)
        return;
    gb_spend(L, 1);
    struct gb_text *t = &gb_doc_note(h->doc, h->in)->text;
    gb_text_add(h->doc, t, gb_sprintf(h->a, "Chưa có số liệu năm %d để so với kế hoạch: ", (int)h->ev->date.year), 0);
    for (int i = 0; i < p->n_waiting && i < NAMES; i++) {
        if (i)
            gb_text_add(h->doc, t, "; ", 0);
        gb_text_add(h->doc, t, h->c->indicator[p->waiting[i].indicator_i].name_vi, 0);
    }
    if (p->n_waiting > NAMES)
        gb_text_add(h->doc, t, gb_sprintf(h->a, " và %d chỉ tiêu khác", p->n_waiting - NAMES), 0);
    gb_text_add(h->doc, t, ".", 0);
}

static void say_count(struct gb_host *h, struct gb_text *t, const char *before, int n, const char *after)
{
    gb_text_add(h->doc, t, before, 0);
    gb_text_value(h->doc, t, gb_value_count(n, NULL), GB_STRONG);
    gb_text_add(h->doc, t, after, 0);
}

/* Nothing of the list has a target, or none of those has a figure: one sentence, and nothing else is shown. */
static bool nothing_compared(lua_State *L, struct gb_host *h, const struct promises *p)
{
    if (p->n || !p->any)
        return !p->n;
    gb_spend(L, 1);
    struct gb_text *t = &gb_doc_para(h->doc, h->in)->text;
    if (p->n_waiting)
        say_count(h, t, "", p->n_waiting,
                  gb_sprintf(h->a, " chỉ tiêu có kế hoạch đều chưa có số liệu năm %d để so sánh.", (int)h->ev->date.year));
    else
        gb_text_add(h->doc, t, "Các chỉ số này chưa có kế hoạch năm để so sánh.", 0);
    return true;
}

static struct gb_host *open_block(lua_State *L, const char *name, int n_allowed)
{
    static const char *const allowed[] = { "title", "all" };
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, name, allowed, (size_t)n_allowed);
    return gb_host_of(L);
}

/* Every fact of the list that has a value, with or without a target, in its order. */
static int everything(lua_State *L, struct gb_host *h, struct promise **out)
{
    struct gb_handle *v;
    int n = gb_handles_at(L, 2, &v), kept = 0;
    *out = GB_NEW_N(h->a, (size_t)n + 1, struct promise);
    for (int i = 0; i < n; i++) {
        const struct gb_eval *e = gb_handle_eval(h, &v[i]);
        if (!e || seen_before(v, i))
            continue;
        struct promise *one = &(*out)[kept++];
        *one = (struct promise){ .x = v[i], .confirmed = e->target_confirmed };
        one->how = gb_progress_of(&h->c->indicator[v[i].indicator_i], e, NULL);
        if (one->how == GB_PROGRESS_NONE && e->has_target)
            one->how = GB_PROGRESS_MET; /* not judged, but its target is shown: it is marked like any other */
    }
    return kept;
}

/* doc:progress{ list, title = "...", all = true }: in the order of the list; `all`: also what has no target. */
int gb_block_progress(lua_State *L)
{
    static const char *const words[] = { "value", "target", "attainment", "pace", "behind", "state", "period", "spark" };
    static const char *const all_words[] = { "value",  "previous", "target", "attainment", "pace",
                                             "behind", "state",    "period", "spark" };
    struct gb_host *h = open_block(L, "progress", 2);
    struct promises p = read_promises(L, h);
    const char *title = gb_arg_text(L, 2, "title");
    if (gb_arg_yes(L, 2, "all", false)) {
        struct promise *v;
        int n = everything(L, h, &v);
        if (!n)
            return 0;
        table_of(L, h, title, all_words, 9, v, n);
    } else {
        if (nothing_compared(L, h, &p))
            return 0;
        table_of(L, h, title, words, 8, p.v, p.n);
    }
    say_waiting(L, h, &p);
    return 0;
}

static int worst_first(const void *pa, const void *pb)
{
    const struct promise *a = pa, *b = pb;
    if (a->level != b->level)
        return a->level > b->level ? -1 : 1;
    if (a->gap != b->gap)
        return a->gap > b->gap ? -1 : 1;
    if (a->x.indicator_i != b->x.indicator_i)
        return a->x.indicator_i < b->x.indicator_i ? -1 : 1;
    return (a->x.region_i > b->x.region_i) - (a->x.region_i < b->x.region_i);
}

/* "4 trên 9 chỉ tiêu ...": how many of how many, before the table that names them. */
static void say_missed(lua_State *L, struct gb_host *h, int n_missed, int n)
{
    gb_spend(L, 1);
    struct gb_text *t = &gb_doc_para(h->doc, h->in)->text;
    if (!n_missed && n == 1) {
        gb_text_add(h->doc, t, "Chỉ tiêu duy nhất có kế hoạch đã đạt hoặc đúng tiến độ.", 0);
    } else if (!n_missed) {
        say_count(h, t, "Cả ", n, " chỉ tiêu có kế hoạch đều đạt hoặc đúng tiến độ.");
    } else {
        say_count(h, t, "", n_missed, " trên ");
        say_count(h, t, "", n, " chỉ tiêu có kế hoạch chưa đạt hoặc chậm tiến độ.");
    }
}

static bool one_owner(const struct gb_host *h, const struct promise *v, int n)
{
    const struct gb_indicator *a = &h->c->indicator[v[0].x.indicator_i];
    for (int i = 1; i < n; i++) {
        const struct gb_indicator *b = &h->c->indicator[v[i].x.indicator_i];
        if (a->n_owners != b->n_owners)
            return false;
        for (int k = 0; k < a->n_owners; k++)
            if (a->owner[k] != b->owner[k])
                return false;
    }
    return a->n_owners > 0;
}

/* One agency answers for every row: it is named once, below. */
static void say_owner(lua_State *L, struct gb_host *h, int indicator_i)
{
    const struct gb_indicator *ind = &h->c->indicator[indicator_i];
    const char *names = "";
    gb_spend(L, 1);
    for (int k = 0; k < ind->n_owners; k++)
        names = gb_sprintf(h->a, "%s%s%s", names, k ? "; " : "", h->c->agency[ind->owner[k]].short_vi);
    gb_text_add(h->doc, &gb_doc_note(h->doc, h->in)->text, gb_sprintf(h->a, "Cơ quan của các chỉ tiêu trong bảng: %s.", names),
                0);
}

int gb_block_missed(lua_State *L) /* doc:missed{ list, title = "..." }: worst first */
{
    static const char *const words[] = { "value", "target", "attainment", "behind", "expected_pct", "chance", "period", "owner" };
    struct gb_host *h = open_block(L, "missed", 1);
    struct promises p = read_promises(L, h);
    const char *title = gb_arg_text(L, 2, "title");
    if (nothing_compared(L, h, &p))
        return 0;
    int n = 0;
    struct promise *v = GB_NEW_N(h->a, (size_t)p.n + 1, struct promise);
    for (int i = 0; i < p.n; i++) {
        if (!gb_stands_at(p.v[i].level, GB_WATCH))
            p.v[i].level = GB_STATE_NONE; /* for the order alone: not judged and good are alike */
        if (p.v[i].how != GB_PROGRESS_MET)
            v[n++] = p.v[i];
        else
            gb_cite(h, p.v[i].x.indicator_i); /* "all met" is a statement about it */
    }
    if (n > 1)
        qsort(v, (size_t)n, sizeof *v, worst_first);
    say_missed(L, h, n, p.n);
    bool one = n > 1 && one_owner(h, v, n);
    if (n)
        table_of(L, h, title, words, one ? 7 : 8, v, n);
    if (one)
        say_owner(L, h, v[0].x.indicator_i);
    say_waiting(L, h, &p);
    return 0;
}
