/* ahead.c — doc:ahead{ list, delivered = list, limit =, drop =, rest = }: the next 24, 48 and 72 hours of what is measured by the hour or the day.
 *
 * The departments' own forecasts (status F) come first; where there is none, ours with the interval that should hold in four of five cases
 * (evaluation/outlook.h). For the series of `delivered` only theirs count: the height of a flood is the hydrologists' to say. What has
 * neither has no row. The step is that of the worst of the middles, by the indicator's thresholds.
 */
#include "evaluation/outlook.h"
#include "script/host.h"

enum { AHEAD = 3 }; /* days */

struct ahead {
    struct gb_handle x;
    bool known[AHEAD], theirs;
    int64_t mid[AHEAD], lo[AHEAD], hi[AHEAD];
    int32_t period[AHEAD];
    enum gb_fc_method method;
};

static bool holds(const struct gb_handle *v, int n, struct gb_handle x)
{
    for (int i = 0; i < n; i++)
        if (v[i].indicator_i == x.indicator_i)
            return true;
    return false;
}

/* @return whether anything is known of the three days. */
static bool look_ahead(struct gb_host *h, struct ahead *a, bool delivered_only)
{
    const struct gb_series *s = gb_cube_series(h->ev->cube, a->x.indicator_i, a->x.region_i);
    const struct gb_eval *e = gb_handle_eval(h, &a->x);
    const enum gb_freq f = h->c->indicator[a->x.indicator_i].freq;
    if (!s || !e || e->overdue || (f != GB_FREQ_DAY && f != GB_FREQ_HOUR))
        return false;
    const int32_t day = f == GB_FREQ_HOUR ? 24 : 1;
    bool any = false;
    for (int k = 0; k < AHEAD; k++) {
        a->period[k] = e->period + (k + 1) * day;
        const int64_t i = gb_series_at(s, a->period[k]);
        a->known[k] = i >= 0 && s->status[i] == 'F';
        a->mid[k] = a->lo[k] = a->hi[k] = a->known[k] ? s->value[i] : 0;
        any = any || a->known[k];
    }
    a->theirs = any;
    if (any || delivered_only)
        return any;
    struct gb_outlook o;
    gb_outlook(h->ev, a->x.indicator_i, a->x.region_i, f == GB_FREQ_HOUR ? 48 : AHEAD, &o);
    a->method = o.method;
    for (int k = 0; k < AHEAD && (k + 1) * day <= o.n; k++) {
        const int step = a->period[k] - o.first;
        if (step < 0 || step >= o.n)
            continue;
        a->known[k] = any = true;
        a->mid[k] = o.mean[step];
        a->lo[k] = o.lo80[step];
        a->hi[k] = o.hi80[step];
    }
    return any;
}

/* "12,5 (3,0 đến 20,1)": the unit stands beside the present figure; long ones made tall cells. */
static void ahead_cell(struct gb_host *h, struct gb_row *r, int i, const struct ahead *a, int k)
{
    const struct gb_handle x = a->x;
    if (!a->known[k]) {
        gb_doc_cell_value(h->doc, r, i, gb_value_missing(GB_MISS_NOT_APPLICABLE));
        return;
    }
    struct gb_value v = gb_value_forecast(h->c, x.indicator_i, x.region_i, a->period[k], a->mid[k]);
    struct gb_text *t = gb_doc_cell_inline(h->doc, r, i);
    if (v.unit && !gb_streq(v.unit, "%") && !gb_streq(v.unit, "cấp"))
        v.unit_told = true;
    gb_text_value(h->doc, t, v, GB_STRONG);
    if (a->lo[k] == a->hi[k])
        return;
    struct gb_value lo = v, hi = v;
    lo.unit_told = hi.unit_told = true;
    lo.num = a->lo[k];
    hi.num = a->hi[k];
    gb_text_add(h->doc, t, " (", 0);
    gb_text_value(h->doc, t, lo, 0);
    gb_text_add(h->doc, t, " đến ", 0);
    gb_text_value(h->doc, t, hi, 0);
    gb_text_add(h->doc, t, ")", 0);
}

static enum gb_state worst_ahead(const struct gb_host *h, const struct ahead *a)
{
    enum gb_state worst = GB_STATE_NONE;
    for (int k = 0; k < AHEAD; k++) {
        const enum gb_state at = a->known[k]
                                     ? gb_judge(&h->c->indicator[a->x.indicator_i], h->c->region[a->x.region_i].level, a->mid[k])
                                     : GB_STATE_NONE;
        worst = gb_stands_at(at, GB_GOOD) && at > worst ? at : worst;
    }
    return worst;
}

static void ahead_row(struct gb_host *h, struct gb_node *t, const struct ahead *a)
{
    struct gb_row *r = gb_doc_row(h->doc, t);
    struct gb_text *name = gb_doc_cell_inline(h->doc, r, 0);
    gb_text_add(h->doc, name, h->c->indicator[a->x.indicator_i].name_vi, 0);
    if (gb_names_place(h, a->x))
        gb_text_add(h->doc, name, gb_sprintf(h->a, " (%s)", gb_region_label(h, a->x.region_i)), 0);
    if (a->theirs)
        gb_text_add(h->doc, name, " *", 0);
    gb_doc_cell_value(h->doc, r, 1, gb_value_of(h->ev, a->x.indicator_i, a->x.region_i, GB_D_VALUE));
    for (int k = 0; k < AHEAD; k++)
        ahead_cell(h, r, 2 + k, a, k);
    const enum gb_state worst = worst_ahead(h, a);
    gb_doc_cell_value(h->doc, r, 2 + AHEAD,
                      worst != GB_STATE_NONE ? gb_value_state(worst) : gb_value_missing(GB_MISS_NOT_APPLICABLE));
    gb_cite(h, a->x.indicator_i);
}

static void say_whose(struct gb_host *h, const struct ahead *a, int n)
{
    int theirs = 0;
    for (int i = 0; i < n; i++)
        theirs += a[i].theirs;
    const char *ours = "Dự báo tự động từ chuỗi số liệu; trong ngoặc là khoảng dự báo 80%.";
    gb_text_add(h->doc, &gb_doc_note(h->doc, h->in)->text,
                theirs == n ? "Dự báo do cơ quan chuyên môn giao nộp."
                : theirs > 0
                    ? gb_sprintf(h->a, "* Dự báo do cơ quan chuyên môn giao nộp. Còn lại: %s", gb_phrase_lower_first(h->a, ours))
                    : ours,
                0);
}

int gb_block_ahead(lua_State *L)
{
    static const char *const allowed[] = { "delivered", "limit", "title", "drop", "rest" };
    static const char *const label[] = { "Chỉ số", "Hiện nay", "24 giờ tới", "48 giờ tới", "72 giờ tới", "Mức dự báo" };
    struct gb_host *h = gb_host_of(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, "ahead", allowed, 5);
    const int limit = gb_arg_int(L, 2, "limit", 1, 40, 12);
    struct gb_handle *v, *theirs = NULL;
    int n = gb_handles_at(L, 2, &v), n_theirs = 0, kept = 0, beyond = 0;
    if (lua_getfield(L, 2, "delivered") == LUA_TTABLE)
        n_theirs = gb_handles_at(L, lua_gettop(L), &theirs);
    lua_settop(L, 2);
    struct ahead *a = GB_NEW_N(h->a, (size_t)limit, struct ahead);
    const bool counted = gb_arg_text(L, 2, "rest") != NULL;
    for (int i = 0; i < n && (kept < limit || counted); i++) {
        gb_charge(L, 200);
        struct ahead one = { .x = v[i] };
        const bool known = look_ahead(h, &one, holds(theirs, n_theirs, v[i]));
        if (known && kept < limit)
            a[kept++] = one;
        else
            beyond += known;
    }
    if (!kept)
        return 0;
    gb_spend(L, kept + 2);
    const char *title = gb_arg_text(L, 2, "title");
    struct gb_node *t = gb_doc_table(h->doc, h->in, gb_anchor(h, title ? title : "du bao"), title, 6);
    for (int i = 0; i < 6; i++)
        gb_doc_col(h->doc, t, i, label[i], NULL, i == 0 || i == 5 ? GB_LEFT : GB_RIGHT,
                   i == 0             ? 2.2
                   : i == 1 || i == 5 ? 1.1
                                      : 1.9);
    for (int i = 0; i < kept; i++)
        ahead_row(h, t, &a[i]);
    lua_pushinteger(L, beyond);
    lua_setfield(L, 2, "beyond");
    gb_table_rest(L, t);
    say_whose(h, a, kept);
    return 0;
}
