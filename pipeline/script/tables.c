/* tables.c — tables whose rows are facts or places and whose columns are named derivations.
 *
 * Columns carry no unit of their own: facts of different measures stand in one table, so each cell prints its unit. A row whose
 * indicator this audience may not see does not exist. Numbers stay values; the only texts are names.
 */
#include <stdlib.h>
#include "evaluation/progress.h"
#include "script/host.h"

enum col_kind {
    COL_FACT,
    COL_STATE,
    COL_PERIOD,
    COL_OWNER,
    COL_UNIT,
    COL_SPARK,
    COL_INDICATOR,
    COL_ROOT,
    COL_GOAL,
    COL_TREND,
    COL_LASTING
};
struct column {
    const char *word, *label;
    enum col_kind kind;
    enum gb_derivation how;
    int indicator_i;
    enum gb_align align;
    double weight;
};

static const struct column known[] = {
    { "value", "Thực hiện", COL_FACT, GB_D_VALUE, -1, GB_DECIMAL, 1.2 },
    { "unit", "Đơn vị tính", COL_UNIT, GB_D_NONE, -1, GB_LEFT, 1 },
    { "previous", "So kỳ trước", COL_FACT, GB_D_PREV_PCT, -1, GB_DECIMAL, 1.1 },
    { "same_period", "So cùng kỳ", COL_FACT, GB_D_YEAR_PCT, -1, GB_DECIMAL, 1.1 },
    { "ytd", "Lũy kế từ đầu năm", COL_FACT, GB_D_YTD, -1, GB_DECIMAL, 1.2 },
    { "ytd_change", "Lũy kế so cùng kỳ", COL_FACT, GB_D_YTD_PCT, -1, GB_DECIMAL, 1.1 },
    { "target", "Kế hoạch", COL_FACT, GB_D_TARGET, -1, GB_DECIMAL, 1.2 },
    { "attainment", "Đạt kế hoạch", COL_FACT, GB_D_ATTAINMENT, -1, GB_DECIMAL, 1.1 },
    { "pace", "Tiến độ cần đạt", COL_FACT, GB_D_PACE, -1, GB_DECIMAL, 1.1 },
    { "behind", "Chậm so tiến độ", COL_FACT, GB_D_BEHIND, -1, GB_DECIMAL, 1.1 },
    { "threshold", "Ngưỡng", COL_FACT, GB_D_THRESHOLD, -1, GB_DECIMAL, 1.1 },
    { "expected", "Dự báo cuối năm", COL_FACT, GB_D_EXPECTED, -1, GB_DECIMAL, 1.1 },
    { "needed", "Cần đạt mỗi kỳ còn lại", COL_FACT, GB_D_NEEDED, -1, GB_DECIMAL, 1.1 },
    { "chance", "Khả năng đạt", COL_FACT, GB_D_CHANCE, -1, GB_DECIMAL, 0.9 },
    { "rank", "Xếp thứ", COL_FACT, GB_D_RANK, -1, GB_RIGHT, 0.8 },
    { "rank_change", "Đổi thứ bậc", COL_FACT, GB_D_RANK_CHANGE, -1, GB_LEFT, 0.9 },
    { "expected_pct", "Dự báo đạt kế hoạch", COL_FACT, GB_D_EXPECTED_PCT, -1, GB_DECIMAL, 1.1 },
    { "province", "Toàn địa phương", COL_ROOT, GB_D_VALUE, -1, GB_DECIMAL, 1.1 }, /* label: whole_name() */
    { "goal", "Chỉ tiêu", COL_GOAL, GB_D_TARGET, -1, GB_DECIMAL, 1 },
    { "trend", "So kỳ trước", COL_TREND, GB_D_NONE, -1, GB_LEFT, 0.9 },
    { "age", "Số ngày từ kỳ cuối", COL_FACT, GB_D_AGE, -1, GB_RIGHT, 0.8 },
    { "state", "Mức", COL_STATE, GB_D_VALUE, -1, GB_LEFT, 1 },
    { "lasting", "Liên tiếp", COL_LASTING, GB_D_NONE, -1, GB_LEFT, 1.35 },
    { "period", "Kỳ số liệu", COL_PERIOD, GB_D_NONE, -1, GB_LEFT, 1.1 },
    { "owner", "Cơ quan", COL_OWNER, GB_D_NONE, -1, GB_LEFT, 1.65 },
    { "spark", "Diễn biến", COL_SPARK, GB_D_NONE, -1, GB_CENTER, 1.2 },
};
#define N_KNOWN (sizeof known / sizeof *known)
#define MAX_COLS 12

/* "Toàn tỉnh" or "Toàn Thành phố": the figure of the whole beside that of a part. */
static const char *whole_name(const struct gb_host *h)
{
    return gb_sprintf(h->a, "Toàn %s", gb_word(h->c, "tỉnh"));
}

static struct column column_named(lua_State *L, const char *word)
{
    for (size_t i = 0; i < N_KNOWN; i++)
        if (gb_streq(known[i].word, word)) {
            struct column c = known[i];
            if (c.kind == COL_ROOT)
                c.label = whole_name(gb_host_of(L));
            return c;
        }
    gb_raise(L,
             "table: không có cột \"%s\"; các cột: value, unit, previous, same_period, ytd, ytd_change, target, attainment, "
             "pace, behind, "
             "threshold, expected, expected_pct, needed, chance, rank, rank_change, province, goal, trend, age, state, period, "
             "owner, spark, hoặc một chỉ số",
             word);
}

/* columns = { "value", "state" } or { rate, s["x"], "rank" } for places. Absent indicators give no column and are counted. */
static int read_columns(lua_State *L, struct column *out, int *n_absent)
{
    struct gb_host *h = gb_host_of(L);
    int n = 0;
    *n_absent = 0;
    if (lua_getfield(L, 2, "columns") != LUA_TTABLE)
        gb_raise(L, "table: thiếu columns = { \"value\", \"state\", ... }");
    int list = lua_gettop(L);
    for (lua_Integer i = 1; i <= (lua_Integer)lua_rawlen(L, list); i++) {
        if (n == MAX_COLS)
            gb_raise(L, "table: tối đa %d cột", MAX_COLS);
        lua_rawgeti(L, list, i);
        const struct gb_handle *x = gb_to_handle(L, -1);
        if (!x)
            out[n++] = column_named(L, gb_text_arg(L, -1, "columns"));
        else if (x->indicator_i >= 0)
            out[n++] = (struct column){
                NULL, h->c->indicator[x->indicator_i].name_vi, COL_INDICATOR, GB_D_VALUE, x->indicator_i, GB_DECIMAL, 1.2
            };
        else
            ++*n_absent;
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    if (!n && !*n_absent)
        gb_raise(L, "table: columns trống");
    return n;
}

void gb_owners_cell(struct gb_host *h, struct gb_row *r, int i, const struct gb_indicator *ind)
{
    for (int k = 0; k < ind->n_owners; k++) {
        if (k)
            gb_doc_cell_text(h->doc, r, i, "; ");
        gb_doc_cell_text(h->doc, r, i, h->c->agency[ind->owner[k]].short_vi);
    }
}

/* Percent of a target tells something where more is better; elsewhere a small one may be good and a large one bad. "Behind" is said of
 * what is behind: who is ahead has no figure there, not a negative one. */
static struct gb_value fact_shown(const struct gb_host *h, struct gb_handle x, enum gb_derivation how)
{
    bool more_is_better = h->c->indicator[x.indicator_i].direction == GB_UP_GOOD;
    bool share = how == GB_D_ATTAINMENT || how == GB_D_PACE || how == GB_D_BEHIND || how == GB_D_EXPECTED_PCT;
    if (share && !more_is_better)
        return gb_value_missing(GB_MISS_NOT_APPLICABLE);
    struct gb_value v = gb_shown_change(h, x, how);
    return how == GB_D_BEHIND && v.kind == GB_V_NUM && v.num <= 0 ? gb_value_missing(GB_MISS_NOT_APPLICABLE) : v;
}

/* The place's own target, else that of the whole where a share or a level is asked of each place alike; a total is not. */
static struct gb_value goal_of(const struct gb_host *h, struct gb_handle x)
{
    struct gb_value own = gb_value_of(h->ev, x.indicator_i, x.region_i, GB_D_TARGET);
    return own.kind == GB_V_MISSING && h->c->indicator[x.indicator_i].flow == GB_FLOW_RATE
               ? gb_value_of(h->ev, x.indicator_i, h->c->locality.root_region, GB_D_TARGET)
               : own;
}

/* In a word, since a notice board is read in passing: better or worse where the catalogue says which is which. */
static const char *trend_of(const struct gb_indicator *ind, const struct gb_eval *e)
{
    if (!e || !e->prev.ok)
        return "–";
    if (e->prev.diff == 0)
        return "như\u00a0cũ";
    if (ind->direction == GB_UP_GOOD || ind->direction == GB_DOWN_GOOD)
        return gb_worsened(ind, e->prev.base, e->value) ? "kém\u00a0đi" : "tốt\u00a0lên";
    return e->prev.diff > 0 ? "tăng" : "giảm";
}

static void fill(struct gb_host *h, struct gb_row *r, int i, const struct column *c, struct gb_handle x)
{
    if (c->indicator_i >= 0)
        x.indicator_i = c->indicator_i;
    const struct gb_eval *e = gb_handle_eval(h, &x);
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    const struct gb_chart *spark;
    switch (c->kind) {
    case COL_FACT: {
        struct gb_value v = fact_shown(h, x, c->how);
        if (c->how == GB_D_VALUE)
            gb_mark_doubt(h, x, &v);
        gb_doc_cell_value(h->doc, r, i, v);
        break;
    }
    case COL_ROOT:
        gb_doc_cell_value(h->doc, r, i, gb_value_of(h->ev, x.indicator_i, h->c->locality.root_region, GB_D_VALUE));
        break;
    case COL_INDICATOR: {
        struct gb_value v = gb_value_of(h->ev, x.indicator_i, x.region_i, GB_D_VALUE);
        gb_mark_doubt(h, x, &v);
        gb_doc_cell_value(h->doc, r, i, v);
        if (e && gb_stands_at(e->level, GB_WATCH))
            gb_doc_cell_state(h->doc, r, i, e->level);
        break;
    }
    case COL_GOAL: gb_doc_cell_value(h->doc, r, i, goal_of(h, x)); break;
    case COL_TREND: gb_doc_cell_text(h->doc, r, i, trend_of(ind, e)); break;
    case COL_STATE: gb_doc_cell_value(h->doc, r, i, gb_value_state_of(h->ev, x.indicator_i, x.region_i)); break;
    case COL_PERIOD:
        gb_doc_cell_value(h->doc, r, i, e ? gb_value_period(ind->freq, e->period) : gb_value_missing(GB_MISS_NO_DATA));
        break;
    case COL_LASTING: gb_lasting_cell(h, r, i, ind, e); break;
    case COL_OWNER: gb_owners_cell(h, r, i, ind); break;
    case COL_UNIT: gb_doc_cell_text(h->doc, r, i, ind->unit_vi); break;
    case COL_SPARK:
        spark = gb_spark_of(h, x.indicator_i, x.region_i);
        if (spark)
            gb_doc_cell_spark(h->doc, r, i, spark);
        break;
    }
    gb_cite(h, x.indicator_i);
}

/* ---- what is not decided yet ------------------------------------------------------------------------------------------- */

/* Thresholds and targets of a table are proposals, or decided, or some of each. All of one column: its head says it. Mixed: a note
 * under the table names the fewer. What is measured against a target needs no word where the target's own column stands beside. */
struct basis_count {
    int n[2];            /* decided, not decided */
    enum gb_basis basis; /* of those not decided */
};

static bool speaks_of_basis(const struct column *cols, int n_cols, int i)
{
    if (cols[i].kind != COL_FACT)
        return false;
    if (cols[i].how == GB_D_TARGET || cols[i].how == GB_D_THRESHOLD)
        return true;
    if (cols[i].how != GB_D_ATTAINMENT && cols[i].how != GB_D_BEHIND)
        return false;
    for (int k = 0; k < n_cols; k++) /* one of them is enough */
        if (k != i && cols[k].kind == COL_FACT &&
            (cols[k].how == GB_D_TARGET || (k < i && (cols[k].how == GB_D_ATTAINMENT || cols[k].how == GB_D_BEHIND))))
            return false;
    return true;
}

static struct basis_count count_basis(struct gb_host *h, const struct gb_handle *v, int n, enum gb_derivation how)
{
    struct basis_count k = { .basis = GB_BASIS_NONE };
    for (int i = 0; i < n; i++) {
        struct gb_value x = fact_shown(h, v[i], how);
        if (x.kind != GB_V_NUM)
            continue;
        k.n[x.basis != GB_BASIS_NONE]++;
        if (x.basis)
            k.basis = x.basis;
    }
    return k;
}

static void head_basis(struct gb_host *h, struct column *cols, int n_cols, const struct gb_handle *v, int n)
{
    for (int i = 0; i < n_cols; i++) {
        if (!speaks_of_basis(cols, n_cols, i))
            continue;
        struct basis_count k = count_basis(h, v, n, cols[i].how);
        if (k.n[1] && !k.n[0])
            cols[i].label = gb_sprintf(h->a, "%s (%s)", cols[i].label, k.basis == GB_BASIS_PROPOSED ? "đề xuất" : "minh họa");
    }
}

static void note_names(struct gb_host *h, struct gb_text *t, const struct gb_handle *v, int n, enum gb_derivation how, bool open)
{
    bool first = true;
    for (int i = 0; i < n; i++) {
        struct gb_value x = fact_shown(h, v[i], how);
        bool said = false;
        for (int k = 0; k < i && !said; k++)
            said = v[k].indicator_i == v[i].indicator_i;
        if (x.kind != GB_V_NUM || (x.basis != GB_BASIS_NONE) != open || said)
            continue;
        gb_text_add(h->doc, t, gb_sprintf(h->a, "%s%s", first ? "" : "; ", h->c->indicator[v[i].indicator_i].name_vi), 0);
        first = false;
    }
}

/* Under a table of which some rows rest on a decision and some do not. */
static void note_basis(struct gb_host *h, const struct column *cols, int n_cols, const struct gb_handle *v, int n)
{
    for (int i = 0; i < n_cols; i++) {
        if (!speaks_of_basis(cols, n_cols, i))
            continue;
        struct basis_count k = count_basis(h, v, n, cols[i].how);
        if (!k.n[0] || !k.n[1])
            continue;
        bool steps = k.basis == GB_BASIS_PROPOSED, name_open = k.n[1] <= k.n[0];
        struct gb_text *t = &gb_doc_note(h->doc, h->in)->text;
        gb_text_add(h->doc, t,
                    steps ? (name_open ? "Ngưỡng đề xuất: " : "Ngưỡng theo văn bản quy định: ")
                          : (name_open ? "Chỉ tiêu minh họa: " : "Chỉ tiêu đã giao: "),
                    0);
        note_names(h, t, v, n, cols[i].how, name_open);
        gb_text_add(h->doc, t,
                    name_open ? "."
                    : steps   ? ". Các ngưỡng khác là ngưỡng đề xuất."
                              : ". Các chỉ tiêu khác là chỉ tiêu minh họa.",
                    0);
    }
}

static struct gb_node *new_table(struct gb_host *h, const char *title, const char *first, const struct column *cols, int n_cols)
{
    struct gb_node *t = gb_doc_table(h->doc, h->in, gb_anchor(h, title ? title : first), title, n_cols + 1);
    /* Names of indicators are long, those of places short; with few columns a name keeps to one line. */
    double others = 0, wide = gb_streq(first, "Địa bàn") ? 0.3 : n_cols <= 4 ? 1.0 : n_cols == 5 ? 0.85 : 0.62;
    for (int i = 0; i < n_cols; i++)
        others += cols[i].weight;
    gb_doc_col(h->doc, t, 0, first, NULL, GB_LEFT, others * wide > 2.2 ? others * wide : 2.2);
    for (int i = 0; i < n_cols; i++)
        gb_doc_col(h->doc, t, i + 1, cols[i].label, NULL, cols[i].align, cols[i].weight);
    return t;
}

static void add_row(struct gb_host *h, struct gb_node *t, const char *label, const struct column *cols, int n_cols,
                    struct gb_handle x)
{
    struct gb_row *r = gb_doc_row(h->doc, t);
    gb_doc_cell_text(h->doc, r, 0, label);
    for (int i = 0; i < n_cols; i++)
        fill(h, r, i + 1, &cols[i], x);
}

/* What tells the rows apart: the place, the indicator, or both. */
static const char *row_label(struct gb_host *h, struct gb_handle x, bool one_indicator, bool one_region)
{
    const char *name = h->c->indicator[x.indicator_i].name_vi, *place = gb_region_label(h, x.region_i);
    if (one_indicator && !(one_region && x.region_i == h->region))
        return place;
    if (!gb_names_place(h, x))
        return name;
    return gb_sprintf(h->a, "%s: %s", place, name);
}

/* A fact that no row has (no plan, no year before) is no column. */
static int drop_blank(struct gb_host *h, struct column *cols, int n_cols, const struct gb_handle *v, int n)
{
    int kept = 0;
    for (int c = 0; c < n_cols; c++) {
        bool any = cols[c].kind != COL_FACT || cols[c].how == GB_D_VALUE;
        if (cols[c].kind == COL_GOAL || cols[c].kind == COL_SPARK || cols[c].kind == COL_TREND || cols[c].kind == COL_LASTING) {
            any = false;
            for (int i = 0; i < n && !any; i++) {
                const struct gb_eval *e = gb_handle_eval(h, &v[i]);
                any = cols[c].kind == COL_GOAL      ? goal_of(h, v[i]).kind != GB_V_MISSING
                      : cols[c].kind == COL_SPARK   ? gb_spark_of(h, v[i].indicator_i, v[i].region_i) != NULL
                      : cols[c].kind == COL_LASTING ? gb_lasts(e)
                                                    : e && e->prev.ok;
            }
        }
        for (int i = 0; i < n && !any; i++)
            any = fact_shown(h, v[i], cols[c].how).kind != GB_V_MISSING;
        if (any)
            cols[kept++] = cols[c];
    }
    return kept;
}

/* Rows as they come, or under the name of their sector in the catalogue's order of sectors. */
static void grouped_rows(lua_State *L, struct gb_host *h, struct gb_node *t, const struct column *cols, int n_cols,
                         const struct gb_handle *v, int n)
{
    gb_charge(L, (uint64_t)(h->c->n_sectors + 1) * (uint64_t)n);
    for (int s = 0; s <= h->c->n_sectors; s++) {
        int at = s < h->c->n_sectors ? s : -1;
        bool head = false;
        for (int i = 0; i < n; i++) {
            if (h->c->indicator[v[i].indicator_i].sector_i != at)
                continue;
            if (!head)
                gb_doc_group_row(h->doc, t, at >= 0 ? h->c->sector[at].name_vi : "Lĩnh vực khác");
            head = true;
            add_row(h, t, row_label(h, v[i], false, false), cols, n_cols, v[i]);
        }
    }
}

/* A target that nobody has set in writing must not look like a promise. */
static void say_illustrative(struct gb_host *h, const struct gb_handle *v, int n)
{
    int all = 0, open = 0;
    for (int i = 0; i < n; i++)
        if (goal_of(h, v[i]).kind != GB_V_MISSING) {
            all++;
            const struct gb_eval *own = gb_eval_find(h->ev, v[i].indicator_i, v[i].region_i),
                                 *root = gb_eval_find(h->ev, v[i].indicator_i, h->c->locality.root_region);
            open += !(own && own->target_confirmed) && !(root && root->target_confirmed);
        }
    if (open)
        gb_text_add(h->doc, &gb_doc_note(h->doc, h->in)->text,
                    open == all ? "Chỉ tiêu ghi ở đây là chỉ tiêu minh họa, chưa có văn bản giao."
                                : gb_sprintf(h->a, "%d\u00a0trong %d\u00a0chỉ tiêu là chỉ tiêu minh họa, chưa có văn bản giao.",
                                             open, all),
                    0);
}

/* A flow has its plan per period, but is measured against the plan of the year: whoever divides the two cells of such a row gets another
 * percentage than the one that stands beside them. The rows are named under the table. */
static void note_year(lua_State *L, struct gb_host *h, const struct column *cols, int n_cols, const struct gb_handle *v, int n)
{
    bool plan = false, of_year = false;
    struct gb_text *t = NULL;
    for (int i = 0; i < n_cols; i++) {
        plan = plan || (cols[i].kind == COL_FACT && cols[i].how == GB_D_TARGET);
        of_year = of_year || (cols[i].kind == COL_FACT && cols[i].how == GB_D_ATTAINMENT);
    }
    for (int i = 0; i < n && plan && of_year; i++) {
        const struct gb_eval *e = gb_handle_eval(h, &v[i]);
        if (!e || !e->has_target || e->target_year == e->target || fact_shown(h, v[i], GB_D_ATTAINMENT).kind == GB_V_MISSING)
            continue;
        if (t) {
            gb_text_add(h->doc, t, "; ", 0);
        } else {
            gb_spend(L, 1);
            t = &gb_doc_note(h->doc, h->in)->text;
            gb_text_add(h->doc, t,
                        "Kế hoạch ghi ở đây là của từng kỳ, đạt kế hoạch và tiến độ thì tính lũy kế từ đầu năm so với kế hoạch "
                        "cả năm, đối với: ",
                        0);
        }
        gb_text_add(h->doc, t, h->c->indicator[v[i].indicator_i].name_vi, 0);
    }
    if (t)
        gb_text_add(h->doc, t, ".", 0);
}

static void rows_of_handles(lua_State *L, struct gb_host *h, const char *title, struct column *cols, int n_cols,
                            struct gb_handle *v, int n, bool by_sector)
{
    bool one_indicator = true, one_region = true;
    int kept = 0;
    for (int i = 0; i < n; i++)
        if (v[i].indicator_i >= 0)
            v[kept++] = v[i];
    for (int i = 1; i < kept; i++) {
        one_indicator = one_indicator && v[i].indicator_i == v[0].indicator_i;
        one_region = one_region && v[i].region_i == v[0].region_i;
    }
    if (!kept)
        return;
    gb_spend(L, kept);
    n_cols = drop_blank(h, cols, n_cols, v, kept);
    head_basis(h, cols, n_cols, v, kept);
    struct gb_node *t =
        new_table(h, title, one_indicator && !(one_region && v[0].region_i == h->region) ? "Địa bàn" : "Chỉ số", cols, n_cols);
    if (by_sector)
        grouped_rows(L, h, t, cols, n_cols, v, kept);
    for (int i = 0; i < kept && !by_sector; i++)
        add_row(h, t, row_label(h, v[i], one_indicator, one_region), cols, n_cols, v[i]);
    for (int i = 0; i < n_cols; i++)
        if (cols[i].kind == COL_GOAL)
            say_illustrative(h, v, kept);
    note_basis(h, cols, n_cols, v, kept);
    note_year(L, h, cols, n_cols, v, kept);
    gb_note_doubts(h);
}

struct gb_node *gb_table_of(lua_State *L, const char *title, const char *const *words, int n_words, struct gb_handle *v, int n,
                            const bool *marked)
{
    struct gb_host *h = gb_host_of(L);
    struct column cols[MAX_COLS];
    gb_assert(n > 0 && n_words <= MAX_COLS);
    for (int i = 0; i < n_words; i++)
        cols[i] = column_named(L, words[i]);
    gb_spend(L, n + 1);
    int n_cols = drop_blank(h, cols, n_words, v, n);
    struct gb_node *t = new_table(h, title, "Chỉ số", cols, n_cols);
    for (int i = 0; i < n; i++) {
        const char *label = row_label(h, v[i], false, false);
        add_row(h, t, marked && marked[i] ? gb_sprintf(h->a, "%s *", label) : label, cols, n_cols, v[i]);
    }
    note_year(L, h, cols, n_cols, v, n);
    gb_note_doubts(h);
    return t;
}

/* The indicator that the other columns of a table of places lean on; -1 if the audience sees none of those named. */
static int first_indicator(lua_State *L, const struct column *cols, int n_cols, int n_absent)
{
    for (int i = 0; i < n_cols; i++)
        if (cols[i].indicator_i >= 0)
            return cols[i].indicator_i;
    if (n_absent)
        return -1;
    gb_raise(L, "table: các dòng là địa bàn thì columns phải có ít nhất một chỉ số, ví dụ { rate, \"rank\" }");
}

/* Columns of indicators that no place of the table has a value for are left out, but for the first. */
static int drop_empty(struct gb_host *h, struct column *cols, int n_cols, int lead, const struct gb_region_list *places)
{
    int kept = 0;
    for (int c = 0; c < n_cols; c++) {
        bool any = cols[c].indicator_i < 0 || cols[c].indicator_i == lead;
        for (int i = 0; i < places->n && !any; i++)
            any = gb_handle_eval(h, &(struct gb_handle){ cols[c].indicator_i, places->v[i] }) != NULL;
        if (any)
            cols[kept++] = cols[c];
    }
    return kept;
}

/* doc:table{ rows, columns = {...}, title = "...", by = "sector" }: rows are indicators, or places from s:communes(). */
int gb_block_table(lua_State *L)
{
    static const char *const allowed[] = { "columns", "title", "by", "drop" };
    struct gb_host *h = gb_host_of(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_spend(L, 1);
    gb_args_check(L, 2, "table", allowed, 4);
    const char *by = gb_arg_text(L, 2, "by");
    if (by && !gb_streq(by, "sector"))
        gb_raise(L, "table: by = \"sector\" (xếp theo lĩnh vực), không có \"%s\"", by);
    struct column cols[MAX_COLS];
    lua_rawgeti(L, 2, 1);
    const struct gb_region_list *places = gb_to_regions(L, -1);
    int rows = lua_gettop(L);
    int n_absent, n_cols = read_columns(L, cols, &n_absent);
    const char *title = gb_arg_text(L, 2, "title");
    if (!title)
        gb_raise(L, "table: thiếu title = \"tên bảng\"");
    if (!n_cols)
        return 0;
    if (!places) {
        struct gb_handle *v;
        int n = gb_handles_at(L, rows, &v);
        struct gb_node *before = h->in->last;
        rows_of_handles(L, h, title, cols, n_cols, v, n, by != NULL);
        int drop = gb_arg_int(L, 2, "drop", 1, 9, 0);
        for (struct gb_node *t = before ? before->next : h->in->child; t; t = t->next)
            t->drop = t->kind == GB_NODE_TABLE ? drop : 0;
        return 0;
    }
    if (!places->n)
        return 0;
    int lead = first_indicator(L, cols, n_cols, n_absent);
    if (lead < 0)
        return 0;
    n_cols = drop_empty(h, cols, n_cols, lead, places);
    struct gb_handle *v = GB_NEW_N(h->a, (size_t)places->n, struct gb_handle);
    for (int i = 0; i < places->n; i++)
        v[i] = (struct gb_handle){ lead, places->v[i] };
    head_basis(h, cols, n_cols, v, places->n);
    gb_spend(L, places->n);
    struct gb_node *t = new_table(h, title, "Địa bàn", cols, n_cols);
    for (int i = 0; i < places->n; i++)
        add_row(h, t, gb_region_label(h, places->v[i]), cols, n_cols, (struct gb_handle){ lead, places->v[i] });
    gb_note_doubts(h);
    return 0;
}

/* "Mức cảnh báo", and that nobody has decided the limits where this is so of every row from `from` that stands at the step. */
static const char *step_head(struct gb_host *h, const struct gb_handle *v, int n, int from, enum gb_state s)
{
    bool proposed = true;
    for (int i = from; i < n && gb_level_of(h, v[i].indicator_i, v[i].region_i) == s; i++)
        proposed = proposed && !h->c->indicator[v[i].indicator_i].steps_are_norm;
    return gb_sprintf(h->a, "Mức %s%s", gb_state_vi(s), proposed ? " (ngưỡng đề xuất)" : "");
}

/* Below warning, and still in the list: it has left the step, and that is not confirmed. */
static bool only_held(const struct gb_host *h, struct gb_handle x)
{
    const struct gb_eval *e = gb_handle_eval(h, &x);
    return e && e->level < GB_WARNING && gb_eval_held(e);
}

/* doc:alerts{ list, title = "...", brief = true, drop = 1, rest =, beyond = }: grouped by step, the worst first; a list comes from s:alerts(). */
int gb_block_alerts(lua_State *L)
{
    static const char *const allowed[] = { "title", "brief", "drop", "rest", "beyond" };
    static const char *const words[] = { "value", "previous", "period", "owner", "lasting" };
    static const char *const in_brief[] = { "state", "value", "previous", "period" }; /* a line a row, and no heads of groups */
    enum { COLS = sizeof words / sizeof *words };
    struct gb_host *h = gb_host_of(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, "alerts", allowed, 5);
    struct gb_handle *v;
    int n = gb_handles_at(L, 2, &v), kept = 0;
    for (int i = 0; i < n; i++)
        if (gb_handle_eval(h, &v[i]))
            v[kept++] = v[i];
    if (!kept)
        return 0;
    struct column cols[COLS];
    const bool brief = gb_arg_yes(L, 2, "brief", false);
    const int n_words = brief ? (int)(sizeof in_brief / sizeof *in_brief) : COLS;
    for (int i = 0; i < n_words; i++)
        cols[i] = column_named(L, brief ? in_brief[i] : words[i]);
    const char *title = gb_arg_text(L, 2, "title");
    int n_cols = drop_blank(h, cols, n_words, v, kept);
    gb_spend(L, kept + 5);
    struct gb_node *t = new_table(h, title, "Chỉ số", cols, n_cols);
    enum gb_state group = GB_STATE_NONE;
    bool waiting = false;
    for (int i = 0; i < kept; i++) {
        bool held = only_held(h, v[i]);
        enum gb_state s = held ? GB_STATE_NONE : gb_level_of(h, v[i].indicator_i, v[i].region_i);
        if (brief)
            ; /* each row tells its own step */
        else if (held && !waiting)
            gb_doc_group_row(h->doc, t, "Đã xuống dưới mức cảnh báo, chờ xác nhận trở lại bình thường");
        else if (!held && s != group)
            gb_doc_cell_state(h->doc, gb_doc_group_row(h->doc, t, step_head(h, v, kept, i, s)), 0, s);
        group = s;
        waiting = waiting || held;
        add_row(h, t, row_label(h, v[i], false, false), cols, n_cols, v[i]);
    }
    gb_table_rest(L, t);
    gb_note_doubts(h);
    return 0;
}

/* ---- index of pages --------------------------------------------------------------------------------------------------- */
int gb_block_index(lua_State *L) /* doc:index{ list, title = "..." }: names are links to the indicators' pages */
{
    static const char *const allowed[] = { "title" };
    static const char *const words[] = { "value", "same_period", "period" };
    struct gb_host *h = gb_host_of(L);
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, "index", allowed, 1);
    struct gb_handle *v;
    int n = gb_handles_at(L, 2, &v);
    const char *title = gb_arg_text(L, 2, "title");
    if (!n)
        return 0;
    struct column cols[3];
    for (int i = 0; i < 3; i++)
        cols[i] = column_named(L, words[i]);
    gb_spend(L, n + 1);
    struct gb_node *t = new_table(h, title, "Chỉ số", cols, 3); /* under a heading no caption is needed */
    for (int i = 0; i < n; i++) {
        const struct gb_indicator *ind = &h->c->indicator[v[i].indicator_i];
        struct gb_row *r = gb_doc_row(h->doc, t);
        gb_text_link(h->doc, gb_doc_cell_inline(h->doc, r, 0), ind->name_vi, gb_sprintf(h->a, "chi-so/%s.html", ind->code));
        if (gb_names_place(h, v[i]))
            gb_doc_cell_text(h->doc, r, 0, gb_sprintf(h->a, " (%s)", gb_region_label(h, v[i].region_i)));
        for (int k = 0; k < 3; k++)
            fill(h, r, k + 1, &cols[k], v[i]);
    }
    return 0;
}
