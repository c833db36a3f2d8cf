/* gaps.c — doc:gaps: who owes which figures, and deliveries that contradict each other. Counts what this process may see, nothing else. */
#include "evaluation/quality.h"
#include "script/host.h"

static void quality_table(lua_State *L, struct gb_host *h, const struct gb_quality *q)
{
    static const char *const label[] = { "Cơ quan", "Phải có", "Đúng hạn", "Quá hạn", "Chưa có", "Tỷ lệ đúng hạn" };
    gb_spend(L, q->n_agencies + 1);
    struct gb_node *t =
        gb_doc_table(h->doc, h->in, gb_anchor(h, "day du theo co quan"), "Chỉ số đúng hạn, quá hạn, chưa có theo cơ quan", 6);
    for (int i = 0; i < 6; i++)
        gb_doc_col(h->doc, t, i, label[i], NULL, i ? GB_RIGHT : GB_LEFT, i ? 1 : 5);
    for (int i = 0; i <= q->n_agencies; i++) {
        const struct gb_agency_quality *a = i < q->n_agencies ? &q->agency[i] : &q->all;
        if (!a->n_due)
            continue;
        struct gb_row *r = gb_doc_row(h->doc, t);
        if (i == q->n_agencies)
            r->intent = GB_TOTAL;
        gb_doc_cell_text(h->doc, r, 0, i < q->n_agencies ? h->c->agency[a->agency_i].name_vi : "Toàn bộ");
        int counts[] = { a->n_due, a->n_with_data - a->n_overdue, a->n_overdue, a->n_missing };
        for (int k = 0; k < 4; k++)
            gb_doc_cell_value(h->doc, r, k + 1, gb_value_count(counts[k], NULL));
        gb_doc_cell_value(h->doc, r, 5, gb_value_share(a->pct_ok, a->ontime_pct));
    }
}

/* The newest period, with its identity: the document then says which days it covers. */
static struct gb_value gap_period(const struct gb_host *h, const struct gb_gap *g, enum gb_missing none)
{
    if (g->missing)
        return gb_value_missing(none);
    struct gb_value v = gb_value_period(h->c->indicator[g->indicator_i].freq, g->period);
    v.fact = (struct gb_fact_id){ g->indicator_i, h->c->locality.root_region, g->period, GB_D_VALUE };
    return v;
}

static void gap_rows(lua_State *L, struct gb_host *h, const struct gb_quality *q, int limit)
{
    size_t n = q->n_gaps < (size_t)limit ? q->n_gaps : (size_t)limit;
    if (!n)
        return;
    gb_spend(L, (int)n);
    struct gb_node *t =
        gb_doc_table(h->doc, h->in, gb_anchor(h, "khoang trong so lieu"), "Chỉ số chưa có số liệu hoặc quá hạn", 4);
    static const char *const label[] = { "Chỉ số", "Tình trạng", "Kỳ cuối cùng có số liệu", "Cơ quan" };
    for (int i = 0; i < 4; i++)
        gb_doc_col(h->doc, t, i, label[i], NULL, GB_LEFT, i ? 1.3 : 3);
    for (size_t i = 0; i < n; i++) {
        const struct gb_gap *g = &q->gap[i];
        const struct gb_indicator *ind = &h->c->indicator[g->indicator_i];
        struct gb_row *r = gb_doc_row(h->doc, t);
        gb_doc_cell_text(h->doc, r, 0, ind->name_vi);
        gb_doc_cell_value(h->doc, r, 1, gb_value_state(g->missing ? GB_NO_DATA : GB_OVERDUE));
        gb_doc_cell_value(h->doc, r, 2, gap_period(h, g, GB_MISS_NO_DATA));
        gb_owners_cell(h, r, 3, ind);
    }
    if (q->n_gaps > n) {
        struct gb_text *note = &gb_doc_note(h->doc, h->in)->text;
        gb_text_add(h->doc, note, "Còn ", 0);
        gb_text_value(h->doc, note, gb_value_count((int64_t)(q->n_gaps - n), NULL), 0);
        bool has_report = h->audience == GB_LEADERSHIP || h->audience == GB_STATISTICS; /* quality.lua is not for the others */
        gb_text_add(h->doc, note, " chỉ số khác chưa có số liệu hoặc quá hạn", 0);
        gb_text_add(h->doc, note, has_report ? ", xem báo cáo chất lượng số liệu." : ".", 0);
    }
}

static bool same_deliveries(const struct gb_cube_conflict *a, const struct gb_cube_conflict *b)
{
    return a->agency_i == b->agency_i && a->seq == b->seq && gb_date_cmp(a->as_of, b->as_of) == 0;
}

/* One paragraph for each pair of deliveries that contradict each other; a whole file can be in doubt, so names stop somewhere. */
static void conflict_rows(lua_State *L, struct gb_host *h, const struct gb_quality *q)
{
    enum { NAMES = 12, PAIRS = 3 };
    size_t told = 0, more = 0;
    for (size_t i = 0, end; i < q->n_conflicts; i = end) {
        const struct gb_cube_conflict *k = &q->conflict[i];
        for (end = i + 1; end < q->n_conflicts && same_deliveries(k, &q->conflict[end]);)
            end++;
        if (told++ >= PAIRS) {
            more++;
            continue;
        }
        gb_spend(L, 1);
        struct gb_text *t = &gb_doc_para(h->doc, h->in)->text;
        gb_text_add(h->doc, t, "Xung đột số liệu: ", GB_STRONG);
        gb_text_add(h->doc, t, k->agency_i >= 0 ? h->c->agency[k->agency_i].name_vi : "một cơ quan không còn trong danh mục", 0);
        gb_text_add(h->doc, t, " giao hai bản khác nhau cùng kỳ chốt (", 0);
        gb_text_value(h->doc, t, gb_value_date(k->as_of), 0);
        gb_text_add(h->doc, t, ", lần ", 0);
        gb_text_value(h->doc, t, gb_value_count(k->seq, NULL), 0);
        gb_text_add(h->doc, t, ") cho ", 0);
        for (size_t n = i; n < end && n < i + NAMES; n++) {
            if (n > i)
                gb_text_add(h->doc, t, "; ", 0);
            gb_text_add(h->doc, t, h->c->indicator[q->conflict[n].indicator_i].name_vi, 0);
        }
        if (end - i > NAMES) {
            gb_text_add(h->doc, t, " và ", 0);
            gb_text_value(h->doc, t, gb_value_count((int64_t)(end - i - NAMES), NULL), 0);
            gb_text_add(h->doc, t, " chỉ số khác", 0);
        }
        gb_text_add(h->doc, t, "; chưa dùng bản nào, chờ cơ quan xác nhận.", 0);
    }
    if (more) { /* a delivery made anew for a whole year contradicts itself in each month */
        struct gb_text *t = &gb_doc_para(h->doc, h->in)->text;
        gb_text_add(h->doc, t, "Còn ", 0);
        gb_text_value(h->doc, t, gb_value_count((int64_t)more, NULL), 0);
        gb_text_add(h->doc, t, " cặp bản giao nộp khác mâu thuẫn như vậy.", 0);
    }
}

/* The newest value of an indicator that is late: at the region, else at the point that has the newest one. */
static struct gb_handle last_known(const struct gb_host *h, int indicator_i)
{
    struct gb_handle best = { indicator_i, h->region };
    const struct gb_eval *e = gb_handle_eval(h, &best);
    for (int k = 0; !e && k < h->c->n_points; k++) {
        struct gb_handle at = { indicator_i, h->c->point[k].region_i };
        if (h->c->point[k].indicator_i == indicator_i && (e = gb_handle_eval(h, &at)))
            best = at;
    }
    return best;
}

static void group_gap_row(struct gb_host *h, struct gb_node *t, const struct gb_gap *g)
{
    const struct gb_indicator *ind = &h->c->indicator[g->indicator_i];
    struct gb_handle x = last_known(h, g->indicator_i);
    struct gb_row *r = gb_doc_row(h->doc, t);
    gb_doc_cell_text(h->doc, r, 0, ind->name_vi);
    gb_doc_cell_text(h->doc, r, 1, gb_freq_vi(ind->freq));
    gb_doc_cell_value(h->doc, r, 2, gb_value_state(g->missing ? GB_NO_DATA : GB_OVERDUE));
    gb_doc_cell_value(h->doc, r, 3,
                      g->missing ? gb_value_missing(GB_MISS_NONE) : gb_value_of(h->ev, x.indicator_i, x.region_i, GB_D_VALUE));
    gb_doc_cell_value(h->doc, r, 4, gap_period(h, g, GB_MISS_NONE));
    gb_owners_cell(h, r, 5, ind);
}

/* The gaps of one group: who owes what, how often, and the last that is known of it. */
static void group_gaps(lua_State *L, struct gb_host *h, const struct gb_quality *q, int group_i)
{
    static const char *const label[] = { "Chỉ số", "Tần suất", "Tình trạng", "Số cuối cùng", "Kỳ", "Cơ quan" };
    static const double weight[] = { 3, 1.1, 1.3, 1.3, 1.2, 1.6 };
    int n_gaps = 0, n_due = 0;
    for (size_t i = 0; i < q->n_gaps; i++)
        n_gaps += gb_in_group(&h->c->indicator[q->gap[i].indicator_i], group_i);
    for (int i = 0; i < h->c->n_indicators; i++)
        n_due += gb_in_group(&h->c->indicator[i], group_i) && gb_indicator_visible(h, i) &&
                 gb_indicator_due(&h->c->indicator[i], h->ev->date);
    if (!n_due)
        return;
    gb_spend(L, n_gaps + 2);
    struct gb_text *t = &gb_doc_para(h->doc, h->in)->text;
    if (!n_gaps)
        gb_text_add(h->doc, t, "Cả ", 0);
    gb_text_value(h->doc, t, gb_value_count(n_gaps ? n_due - n_gaps : n_due, NULL), GB_STRONG);
    if (!n_gaps) {
        gb_text_add(h->doc, t, " chỉ số của nhóm có số liệu đúng hạn.", 0);
        return;
    }
    gb_text_add(h->doc, t, " trên ", 0);
    gb_text_value(h->doc, t, gb_value_count(n_due, NULL), GB_STRONG);
    gb_text_add(h->doc, t, " chỉ số của nhóm có số liệu đúng hạn. Còn thiếu:", 0);
    struct gb_node *table = gb_doc_table(h->doc, h->in, gb_anchor(h, "chua co so lieu"), NULL, 6);
    for (int i = 0; i < 6; i++)
        gb_doc_col(h->doc, table, i, label[i], NULL, i == 3 ? GB_DECIMAL : GB_LEFT, weight[i]);
    for (size_t i = 0; i < q->n_gaps; i++)
        if (gb_in_group(&h->c->indicator[q->gap[i].indicator_i], group_i))
            group_gap_row(h, table, &q->gap[i]);
}

/* "313 trên 315 chỉ số có số liệu đúng hạn; 2 chỉ số quá hạn." What there is none of is not told. */
static void say_gaps(struct gb_host *h, struct gb_text *t, const struct gb_agency_quality *all)
{
    const int fresh = all->n_with_data - all->n_overdue;
    if (fresh == all->n_due) {
        gb_text_add(h->doc, t, "Cả ", 0);
        gb_text_value(h->doc, t, gb_value_count(fresh, NULL), GB_STRONG);
        gb_text_add(h->doc, t, " chỉ số có số liệu đúng hạn.", 0);
        return;
    }
    gb_text_value(h->doc, t, gb_value_count(fresh, NULL), GB_STRONG);
    gb_text_add(h->doc, t, " trên ", 0);
    gb_text_value(h->doc, t, gb_value_count(all->n_due, NULL), GB_STRONG);
    gb_text_add(h->doc, t, " chỉ số có số liệu đúng hạn", 0);
    if (all->n_overdue) {
        gb_text_add(h->doc, t, "; ", 0);
        gb_text_value(h->doc, t, gb_value_count(all->n_overdue, NULL), GB_STRONG);
        gb_text_add(h->doc, t, " chỉ số quá hạn", 0);
    }
    if (all->n_missing) {
        gb_text_add(h->doc, t, "; ", 0);
        gb_text_value(h->doc, t, gb_value_count(all->n_missing, NULL), GB_STRONG);
        gb_text_add(h->doc, t, " chỉ số chưa có số liệu", 0);
    }
    gb_text_add(h->doc, t, ".", 0);
}

/* "Đề nghị gửi bổ sung: Sở Xây dựng (3 chỉ số), Sở Y tế (1)": who owes most first, equals as in agencies.csv. */
static void say_owed(struct gb_host *h, struct gb_text *t, const struct gb_quality *q)
{
    enum { NAMED = 4 };
    int at[NAMED], n = 0, owing = 0;
    for (int i = 0; i < q->n_agencies; i++) {
        const int owes = q->agency[i].n_overdue + q->agency[i].n_missing;
        int k = n;
        owing += owes > 0;
        for (; owes && k > 0 && q->agency[at[k - 1]].n_overdue + q->agency[at[k - 1]].n_missing < owes; k--)
            if (k < NAMED)
                at[k] = at[k - 1];
        if (owes && k < NAMED) {
            at[k] = i;
            n += n < NAMED;
        }
    }
    if (!owing)
        return;
    gb_text_add(h->doc, t, " Đề nghị gửi bổ sung: ", 0);
    for (int k = 0; k < n; k++) {
        const struct gb_agency_quality *a = &q->agency[at[k]];
        gb_text_add(h->doc, t, k ? ", " : "", 0);
        gb_text_add(h->doc, t, h->c->agency[a->agency_i].name_vi, GB_STRONG);
        gb_text_add(h->doc, t, " (", 0);
        gb_text_value(h->doc, t, gb_value_count(a->n_overdue + a->n_missing, "chỉ số"), 0);
        gb_text_add(h->doc, t, ")", 0);
    }
    if (owing > n) {
        gb_text_add(h->doc, t, " và ", 0);
        gb_text_value(h->doc, t, gb_value_count(owing - n, "cơ quan"), 0);
        gb_text_add(h->doc, t, " khác, ghi ở phụ lục", 0);
    }
    gb_text_add(h->doc, t, ".", 0);
}

/* doc:gaps{ limit = 15, agencies = true, summary = true, owed = true, group = "ig-..." or true }: counts what this process may see, nothing else (quality.h). */
int gb_block_gaps(lua_State *L)
{
    static const char *const allowed[] = { "limit", "agencies", "summary", "group", "owed" };
    struct gb_host *h = gb_host_of(L);
    if (lua_isnoneornil(L, 2)) {
        lua_settop(L, 1);
        lua_newtable(L);
    }
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, "gaps", allowed, 5);
    int limit = gb_arg_int(L, 2, "limit", 0, 400, 15);
    int given = lua_getfield(L, 2, "group"), group_i = -1;
    if (given != LUA_TNIL)
        group_i = gb_group_at(L, given == LUA_TBOOLEAN ? 0 : lua_gettop(L));
    gb_spend(L, 4);
    struct gb_quality q = gb_quality(h->ev, h->a);
    if (group_i >= 0) {
        group_gaps(L, h, &q, group_i);
        return 0;
    }
    bool summary = gb_arg_yes(L, 2, "summary", true);
    if (summary)
        conflict_rows(L, h, &q);
    if (!q.all.n_due)
        return 0;
    if (summary) {
        struct gb_text *t = &gb_doc_para(h->doc, h->in)->text;
        say_gaps(h, t, &q.all);
        if (gb_arg_yes(L, 2, "owed", false))
            say_owed(h, t, &q);
    }
    if (gb_arg_yes(L, 2, "agencies", false))
        quality_table(L, h, &q);
    gap_rows(L, h, &q, limit);
    return 0;
}

/* s:coverage(): { due, fresh, overdue, missing }, indicators that must have figures and those that have them in time. */
int gb_scope_coverage(lua_State *L)
{
    struct gb_host *h = gb_host_of(L);
    gb_charge(L, 2000);
    const struct gb_quality q = gb_quality(h->ev, h->a);
    const struct {
        const char *key;
        int n;
    } v[] = { { "due", q.all.n_due },
              { "fresh", q.all.n_with_data - q.all.n_overdue },
              { "overdue", q.all.n_overdue },
              { "missing", q.all.n_missing } };
    lua_createtable(L, 0, 4);
    for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
        lua_pushinteger(L, v[i].n);
        lua_setfield(L, -2, v[i].key);
    }
    return 1;
}
