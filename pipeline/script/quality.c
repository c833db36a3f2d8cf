/* quality.c — how far the figures can be trusted: what must be asked about single figures, what contradicts what, and the board of the day.
 *
 * A mark is a question to the agency, not a charge (DOMAIN.md f), and only leadership, statisticians and the operations centre are told:
 * a page for everybody that calls an agency's figure odd accuses it before it could answer.
 */
#include "evaluation/anomaly.h"
#include "evaluation/consistency.h"
#include "evaluation/daily.h"
#include "script/host.h"

static bool told_of_doubts(const struct gb_host *h)
{
    return h->audience == GB_LEADERSHIP || h->audience == GB_STATISTICS || h->audience == GB_IOC;
}

static struct gb_anomaly anomaly_at(const struct gb_host *h, struct gb_handle x)
{
    const struct gb_series *s = x.indicator_i >= 0 ? gb_cube_series(h->ev->cube, x.indicator_i, x.region_i) : NULL;
    const struct gb_eval *e = gb_handle_eval(h, &x);
    if (!s || !e || (s->flags & GB_SERIES_DERIVED) || e->latest_i < 0 || e->overdue ||
        h->c->indicator[x.indicator_i].level == GB_AT_TASK)
        return (struct gb_anomaly){ 0 };
    return gb_anomaly_of(h->c, s, h->ev->date, e->has_target ? &e->target : NULL);
}

void gb_mark_doubt(struct gb_host *h, struct gb_handle x, struct gb_value *v)
{
    if (!told_of_doubts(h) || v->kind != GB_V_NUM || !anomaly_at(h, x).marks)
        return;
    v->doubtful = true;
    for (int i = 0; i < h->n_doubts; i++)
        if (h->doubt[i].indicator_i == x.indicator_i && h->doubt[i].region_i == x.region_i)
            return;
    if (h->n_doubts < GB_DOUBTS_MAX)
        h->doubt[h->n_doubts++] = x;
}

/* "tăng, giảm đột ngột so với diễn biến trước đó; ..." */
static void questions(struct gb_host *h, struct gb_text *t, const struct gb_anomaly *an)
{
    bool first = true;
    for (int k = 0; k < GB_AN_N; k++)
        if (an->marks & GB_AN_BIT(k)) {
            gb_text_add(h->doc, t, gb_sprintf(h->a, "%s%s", first ? "" : "; ", gb_anomaly_vi((enum gb_anomaly_kind)k)), 0);
            first = false;
        }
}

void gb_note_doubts(struct gb_host *h)
{
    if (!h->n_doubts)
        return;
    struct gb_text *t = &gb_doc_note(h->doc, h->in)->text;
    gb_text_add(h->doc, t, "(?) Cần kiểm tra: ", 0);
    for (int i = 0; i < h->n_doubts; i++) {
        struct gb_handle x = h->doubt[i];
        struct gb_anomaly an = anomaly_at(h, x);
        const char *name = h->c->indicator[x.indicator_i].name_vi;
        gb_text_add(h->doc, t,
                    gb_names_place(h, x) ? gb_sprintf(h->a, "%s%s, %s: ", i ? ". " : "", name, gb_region_label(h, x.region_i))
                                         : gb_sprintf(h->a, "%s%s: ", i ? ". " : "", name),
                    0);
        questions(h, t, &an);
    }
    gb_text_add(h->doc, t, ". Đề nghị cơ quan cung cấp xác nhận hoặc đính chính.", 0);
    h->n_doubts = 0;
}

/* ---- doc:doubts{ limit = 60, title = } ---------------------------------------------------------------------------------- */

static struct gb_value usual_of(const struct gb_host *h, const struct gb_marked *m)
{
    struct gb_value v = gb_value_of(h->ev, m->s->indicator_i, m->s->region_i, GB_D_VALUE);
    unsigned compares = GB_AN_BIT(GB_AN_JUMP) | GB_AN_BIT(GB_AN_UNIT) | GB_AN_BIT(GB_AN_SHIFT);
    if (v.kind != GB_V_NUM || !(m->an.marks & compares))
        return gb_value_missing(GB_MISS_NOT_APPLICABLE);
    v.num = m->an.usual;
    v.status = 0;
    v.fact = (struct gb_fact_id){ -1, -1, 0, GB_D_COUNT }; /* of the periods before, not a fact of one */
    return v;
}

static void doubt_row(struct gb_host *h, struct gb_node *t, const struct gb_marked *m)
{
    const struct gb_indicator *ind = &h->c->indicator[m->s->indicator_i];
    struct gb_row *r = gb_doc_row(h->doc, t);
    gb_doc_cell_text(h->doc, r, 0, ind->name_vi);
    gb_doc_cell_text(h->doc, r, 1, gb_region_label(h, m->s->region_i));
    gb_doc_cell_value(h->doc, r, 2, gb_value_period(ind->freq, m->an.period));
    gb_doc_cell_value(h->doc, r, 3, gb_value_of(h->ev, m->s->indicator_i, m->s->region_i, GB_D_VALUE));
    gb_doc_cell_value(h->doc, r, 4, usual_of(h, m));
    questions(h, gb_doc_cell_inline(h->doc, r, 5), &m->an);
}

static int owner_of(const struct gb_catalogue *c, int indicator_i)
{
    return c->indicator[indicator_i].n_owners ? c->indicator[indicator_i].owner[0] : -1;
}

/* Rows under their agency, agencies as in agencies.csv. */
static void doubt_rows(struct gb_host *h, struct gb_node *t, const struct gb_marked *m, size_t n, int limit)
{
    int shown = 0;
    for (int agency = 0; agency <= h->c->n_agencies; agency++) {
        bool head = false;
        for (size_t i = 0; i < n && shown < limit; i++) {
            if (owner_of(h->c, m[i].s->indicator_i) != (agency < h->c->n_agencies ? agency : -1))
                continue;
            if (!head)
                gb_doc_group_row(h->doc, t, agency < h->c->n_agencies ? h->c->agency[agency].name_vi : "Chưa giao cơ quan");
            head = true;
            doubt_row(h, t, &m[i]);
            shown++;
        }
    }
}

static void say_more(struct gb_host *h, size_t more, const char *what)
{
    if (!more)
        return;
    struct gb_text *note = &gb_doc_note(h->doc, h->in)->text;
    gb_text_add(h->doc, note, "Còn ", 0);
    gb_text_value(h->doc, note, gb_value_count((int64_t)more, NULL), 0);
    gb_text_add(h->doc, note, what, 0);
}

static struct gb_host *begin(lua_State *L, const char *block, const char *const *allowed, size_t n)
{
    if (lua_isnoneornil(L, 2)) {
        lua_settop(L, 1);
        lua_newtable(L);
    }
    luaL_checktype(L, 2, LUA_TTABLE);
    gb_args_check(L, 2, block, allowed, n);
    gb_spend(L, 4);
    return gb_host_of(L);
}

static const char *titled(lua_State *L, const char *otherwise)
{
    const char *title = gb_arg_text(L, 2, "title");
    return title ? title : otherwise;
}

int gb_block_doubts(lua_State *L)
{
    static const char *const allowed[] = { "limit", "title" };
    static const char *const label[] = { "Chỉ số", "Địa bàn", "Kỳ", "Giá trị", "Thường thấy", "Cần kiểm tra" };
    static const double weight[] = { 2.6, 1.5, 1.1, 1.2, 1.2, 2.6 };
    struct gb_host *h = begin(L, "doubts", allowed, 2);
    int limit = gb_arg_int(L, 2, "limit", 1, 400, 60);
    if (!told_of_doubts(h))
        return 0;
    struct gb_marked *m;
    gb_charge(L, h->ev->n);
    size_t n = gb_anomalies(h->ev, h->a, &m);
    struct gb_text *t = &gb_doc_para(h->doc, h->in)->text;
    if (!n) {
        gb_text_add(h->doc, t, "Không con số mới nào có dấu hiệu khác thường so với chính chuỗi số của nó.", 0);
        return 0;
    }
    gb_text_value(h->doc, t, gb_value_count((int64_t)n, NULL), GB_STRONG);
    gb_text_add(h->doc, t,
                " con số mới cần cơ quan cung cấp kiểm tra, xác nhận. Đây là câu hỏi, không phải kết luận: số liệu không bị sửa.",
                0);
    gb_spend(L, (int)(n < (size_t)limit ? n : (size_t)limit) + h->c->n_agencies);
    struct gb_node *table =
        gb_doc_table(h->doc, h->in, gb_anchor(h, "can kiem tra"), titled(L, "Con số cần kiểm tra, theo cơ quan cung cấp"), 6);
    for (int i = 0; i < 6; i++)
        gb_doc_col(h->doc, table, i, label[i], NULL, i == 3 || i == 4 ? GB_DECIMAL : GB_LEFT, weight[i]);
    doubt_rows(h, table, m, n, limit);
    say_more(h, n > (size_t)limit ? n - (size_t)limit : 0, " con số khác cần kiểm tra.");
    return 0;
}

/* ---- doc:consistency{ limit = 30, title = } ------------------------------------------------------------------------------ */

static struct gb_value figure(const struct gb_catalogue *c, const struct gb_inconsistency *x, int64_t num)
{
    struct gb_value v = gb_value_forecast(c, c->consistency[x->rule_i].indicator_i, x->region_i, x->period, num);
    v.status = 0;
    v.fact = (struct gb_fact_id){ -1, -1, 0, GB_D_COUNT };
    return v;
}

/* By how much the two sides differ; in all its decimals when the published ones would show nothing. */
static struct gb_value apart(const struct gb_catalogue *c, const struct gb_inconsistency *x)
{
    const struct gb_indicator *ind = &c->indicator[c->consistency[x->rule_i].indicator_i];
    int64_t off, shown;
    if (!gb_dec_sub(x->stated, x->other, &off))
        return gb_value_missing(GB_MISS_NOT_APPLICABLE);
    struct gb_value v = figure(c, x, off);
    v.sign = true;
    if (ind->is_percent)
        v.unit = "điểm %";
    if (gb_dec_rescale(off, ind->scale, ind->decimals, &shown) && shown == 0)
        v.decimals = (uint8_t)ind->scale;
    return v;
}

static void break_row(struct gb_host *h, struct gb_node *t, const struct gb_inconsistency *x)
{
    const struct gb_consistency *k = &h->c->consistency[x->rule_i];
    const struct gb_indicator *ind = &h->c->indicator[k->indicator_i];
    struct gb_row *r = gb_doc_row(h->doc, t);
    gb_doc_cell_text(h->doc, r, 0, ind->name_vi);
    gb_doc_cell_text(h->doc, r, 1, gb_region_label(h, x->region_i));
    gb_doc_cell_value(h->doc, r, 2, gb_value_period(ind->freq, x->period));
    gb_doc_cell_value(h->doc, r, 3, figure(h->c, x, x->stated));
    gb_doc_cell_value(h->doc, r, 4, figure(h->c, x, x->other));
    gb_doc_cell_value(h->doc, r, 5, apart(h->c, x));
    gb_doc_cell_text(h->doc, r, 6, gb_consistency_vi(k->kind));
    for (int i = 0; i < k->n_others; i++)
        gb_doc_cell_text(h->doc, r, 6, gb_sprintf(h->a, "%s%s", i ? "; " : ": ", h->c->indicator[k->other[i]].name_vi));
    gb_owners_cell(h, r, 7, ind);
}

int gb_block_consistency(lua_State *L)
{
    static const char *const allowed[] = { "limit", "title" };
    static const char *const label[] = { "Chỉ số",       "Địa bàn",    "Kỳ",         "Giá trị",
                                         "Số đối chiếu", "Chênh lệch", "Không khớp", "Cơ quan" };
    static const double weight[] = { 2.2, 1.3, 1.1, 1.1, 1.1, 1.1, 2.2, 1.1 };
    struct gb_host *h = begin(L, "consistency", allowed, 2);
    int limit = gb_arg_int(L, 2, "limit", 1, 400, 30);
    if (!told_of_doubts(h) || !h->c->n_consistency)
        return 0;
    gb_charge(L, h->ev->n);
    struct gb_consistency_found f = gb_consistency_of(h->ev, h->a);
    struct gb_text *t = &gb_doc_para(h->doc, h->in)->text;
    if (!f.n_compared) {
        gb_text_add(h->doc, t, "Chưa có số liệu để đối chiếu: các chỉ số liên quan chưa cùng có số.", 0);
        return 0;
    }
    gb_text_add(h->doc, t, "Trong một năm qua đã đối chiếu ", 0);
    gb_text_value(h->doc, t, gb_value_count((int64_t)f.n_compared, NULL), GB_STRONG);
    gb_text_add(h->doc, t, " con số theo ", 0);
    gb_text_value(h->doc, t, gb_value_count(f.n_rules, NULL), GB_STRONG);
    gb_text_add(h->doc, t, f.n ? " quan hệ phải đúng; không khớp: " : " quan hệ phải đúng: tất cả đều khớp.", 0);
    if (!f.n)
        return 0;
    gb_text_value(h->doc, t, gb_value_count((int64_t)f.n, NULL), GB_STRONG);
    gb_text_add(h->doc, t, ".", 0);
    size_t n = f.n < (size_t)limit ? f.n : (size_t)limit;
    gb_spend(L, (int)n);
    struct gb_node *table =
        gb_doc_table(h->doc, h->in, gb_anchor(h, "khong khop"), titled(L, "Con số không khớp nhau, kỳ mới nhất trước"), 8);
    for (int i = 0; i < 8; i++)
        gb_doc_col(h->doc, table, i, label[i], NULL, i >= 3 && i <= 5 ? GB_DECIMAL : GB_LEFT, weight[i]);
    for (size_t i = 0; i < n; i++)
        break_row(h, table, &f.v[i]);
    say_more(h, f.n - n, " con số khác không khớp.");
    return 0;
}

/* ---- doc:quality{ by = "agency" | "indicator" | "commune" | "day", worst = 20, days = 14, title = } ------------------------ */

struct scored {
    int key;
    const char *name;
    const struct gb_parts *p;
    int64_t score;
};

/* Lowest score first, in the order of the catalogue among equals. */
static void sort_scored(struct scored *v, int n)
{
    for (int i = 1; i < n; i++) {
        struct scored x = v[i];
        int at = i;
        for (; at > 0 && v[at - 1].score > x.score; at--)
            v[at] = v[at - 1];
        v[at] = x;
    }
}

static void part_cells(struct gb_host *h, struct gb_row *r, const struct gb_parts *p)
{
    for (int d = 0; d < GB_DIM_N; d++) {
        int64_t pct = 0;
        bool ok = gb_dimension_pct(p, (enum gb_dimension)d, &pct);
        gb_doc_cell_value(h->doc, r, d + 1, gb_value_share(ok, pct));
        if (ok && gb_dimension_alarm(p, (enum gb_dimension)d))
            gb_doc_cell_state(h->doc, r, d + 1, GB_WARNING);
    }
    int64_t score = 0;
    bool ok = gb_quality_score(p, &score);
    struct gb_value v = gb_value_share(ok, score);
    v.unit = ok ? "điểm" : NULL;
    gb_doc_cell_value(h->doc, r, GB_DIM_N + 1, v);
}

/* The answer in front of the table: can today's figures be trusted, and what is missing. */
static void say_whole(struct gb_host *h, const struct gb_parts *p)
{
    int64_t score = 0;
    if (!gb_quality_score(p, &score))
        return;
    bool alarm = false;
    for (int d = 0; d < GB_DIM_N; d++)
        alarm = alarm || gb_dimension_alarm(p, (enum gb_dimension)d);
    struct gb_text *t = &gb_doc_callout(h->doc, h->in, alarm ? GB_WARNING : GB_GOOD)->text;
    gb_text_add(h->doc, t,
                alarm ? "Số liệu hôm nay chưa đạt đủ các mức yêu cầu: " : "Số liệu hôm nay đạt các mức yêu cầu: ", GB_STRONG);
    bool first = true;
    for (int d = 0; d < GB_DIM_N; d++) {
        int64_t pct;
        if (!gb_dimension_pct(p, (enum gb_dimension)d, &pct))
            continue;
        gb_text_add(h->doc, t, gb_sprintf(h->a, "%s%s ", first ? "" : "; ", gb_dimension_vi((enum gb_dimension)d)), 0);
        gb_text_value(h->doc, t, gb_value_share(true, pct), GB_STRONG);
        first = false;
        if (gb_dimension_alarm(p, (enum gb_dimension)d))
            gb_text_add(h->doc, t, gb_sprintf(h->a, " (mức yêu cầu %d%%)", gb_dimension_least((enum gb_dimension)d)), 0);
    }
    gb_text_add(h->doc, t, ".", 0);
}

static int scored_of(struct gb_host *h, const struct gb_dimensions *d, const char *by, struct scored *v)
{
    bool agency = gb_streq(by, "agency"), indicator = gb_streq(by, "indicator");
    int count = agency ? h->c->n_agencies : indicator ? h->c->n_indicators : h->c->n_regions, n = 0;
    for (int i = 0; i < count; i++) {
        struct scored s = { .key = i, .p = agency ? &d->agency[i] : indicator ? &d->indicator[i] : &d->region[i] };
        if ((!agency && !indicator && h->c->region[i].level != GB_AT_COMMUNE) || !gb_quality_score(s.p, &s.score))
            continue;
        s.name = agency ? h->c->agency[i].name_vi : indicator ? h->c->indicator[i].name_vi : gb_region_label(h, i);
        v[n++] = s;
    }
    sort_scored(v, n);
    return n;
}

static struct gb_node *score_table(lua_State *L, struct gb_host *h, const char *by, const char *first, const char *title,
                                   int extra)
{
    struct gb_node *t =
        gb_doc_table(h->doc, h->in, gb_anchor(h, gb_sprintf(h->a, "chat luong %s", by)), titled(L, title), GB_DIM_N + 2 + extra);
    gb_doc_col(h->doc, t, 0, first, NULL, GB_LEFT, extra ? 1.4 : 2.6);
    for (int i = 0; i < GB_DIM_N; i++)
        gb_doc_col(h->doc, t, i + 1, gb_dimension_vi((enum gb_dimension)i), NULL, GB_DECIMAL, 1.1);
    gb_doc_col(h->doc, t, GB_DIM_N + 1, "Điểm chung", NULL, GB_DECIMAL, 1.1);
    return t;
}

/* Each of the last days, the newest first: what was known then, and what was told on it. */
static int by_day(lua_State *L, struct gb_host *h, int days)
{
    gb_charge(L, 2 * h->ev->n);
    gb_spend(L, days + 1);
    struct gb_quality_days q = gb_quality_days(h->ev, days, h->a);
    struct gb_node *t = score_table(L, h, "day", "Ngày", gb_sprintf(h->a, "Chất lượng số liệu %d ngày gần nhất", days), 1);
    gb_doc_col(h->doc, t, GB_DIM_N + 2, "Số mới nhận", NULL, GB_RIGHT, 1.1);
    for (int i = q.n - 1; i >= 0; i--) {
        struct gb_row *r = gb_doc_row(h->doc, t);
        gb_doc_cell_value(h->doc, r, 0, gb_value_date(q.day[i].date));
        part_cells(h, r, &q.day[i].parts);
        gb_doc_cell_value(h->doc, r, GB_DIM_N + 2, gb_value_count(q.day[i].figures, NULL));
    }
    return 0;
}

int gb_block_quality(lua_State *L)
{
    static const char *const allowed[] = { "by", "worst", "summary", "title", "days" };
    struct gb_host *h = begin(L, "quality", allowed, 5);
    const char *by = gb_arg_text(L, 2, "by");
    int worst = gb_arg_int(L, 2, "worst", 1, 400, 20), days = gb_arg_int(L, 2, "days", 1, GB_CONSISTENCY_DAYS, 14);
    if (by && !gb_streq(by, "agency") && !gb_streq(by, "indicator") && !gb_streq(by, "commune") && !gb_streq(by, "day"))
        gb_raise(L, "quality: by = \"agency\", \"indicator\", \"commune\" hoặc \"day\", không có \"%s\"", by);
    if (!told_of_doubts(h))
        return 0;
    if (by && gb_streq(by, "day"))
        return by_day(L, h, days);
    gb_charge(L, 2 * h->ev->n);
    struct gb_dimensions d = gb_dimensions_of(h->ev, h->a);
    if (gb_arg_yes(L, 2, "summary", !by))
        say_whole(h, &d.all);
    if (!by)
        return 0;
    size_t most = (size_t)(h->c->n_agencies + h->c->n_indicators + h->c->n_regions);
    struct scored *v = GB_NEW_N(h->a, most + 1, struct scored);
    int n = scored_of(h, &d, by, v), shown = n < worst ? n : worst;
    if (!n)
        return 0;
    gb_spend(L, shown + 1);
    bool place = gb_streq(by, "commune"), agency = gb_streq(by, "agency");
    struct gb_node *t = score_table(L, h, by,
                                    place    ? "Xã, phường"
                                    : agency ? "Cơ quan"
                                             : "Chỉ số",
                                    gb_sprintf(h->a, "Chất lượng số liệu theo %s, thấp nhất trước",
                                               place    ? "xã, phường"
                                               : agency ? "cơ quan cung cấp"
                                                        : "chỉ số"),
                                    0);
    for (int i = 0; i < shown; i++) {
        struct gb_row *r = gb_doc_row(h->doc, t);
        gb_doc_cell_text(h->doc, r, 0, v[i].name);
        part_cells(h, r, v[i].p);
    }
    struct gb_row *r = gb_doc_row(h->doc, t);
    r->intent = GB_TOTAL;
    gb_doc_cell_text(h->doc, r, 0, "Toàn bộ");
    part_cells(h, r, &d.all);
    say_more(h, (size_t)(n - shown), " dòng khác có điểm cao hơn.");
    return 0;
}

/* ---- doc:revisions{ by = "agency" | "indicator" | "commune", worst = 20, title = } ---------------------------------------- */

/* Most often revised first; those of whom nothing was revised and no value was rounded or marked say nothing. */
static int revised_of(const struct gb_dimensions *d, const char *by, struct gb_host *h, struct scored *v)
{
    int n = scored_of(h, d, by, v), kept = 0;
    for (int i = 0; i < n; i++) {
        const struct gb_parts *p = v[i].p;
        if (!p->revised.revised && !p->rounded && !p->rows_marked && !p->marked)
            continue;
        v[kept] = v[i];
        v[kept].score = 0;
        if (p->revised.points)
            (void)gb_dec_ratio_once(-p->revised.revised, 0, p->revised.points, 0, true, GB_PCT_SCALE, GB_PCT_SHOWN,
                                    &v[kept].score);
        kept++;
    }
    sort_scored(v, kept);
    return kept;
}

static void share_cell(struct gb_host *h, struct gb_row *r, int col, int64_t n, int64_t of)
{
    int64_t pct = 0;
    int shown = n > 0 && (__int128)n * 2000 < of ? 2 : GB_PCT_SHOWN; /* 0,0 % would say that there is none */
    bool ok = of > 0 && gb_dec_ratio_once(n, 0, of, 0, true, GB_PCT_SCALE, shown, &pct);
    struct gb_value v = gb_value_share(ok, pct);
    v.decimals = ok ? (uint8_t)shown : v.decimals;
    gb_doc_cell_value(h->doc, r, col, v);
}

static struct gb_row *revision_row(struct gb_host *h, struct gb_node *t, const char *name, const struct gb_parts *p, bool intake)
{
    int64_t mean = 0;
    struct gb_row *r = gb_doc_row(h->doc, t);
    gb_doc_cell_text(h->doc, r, 0, name);
    gb_doc_cell_value(h->doc, r, 1, gb_value_count(p->revised.points, NULL));
    gb_doc_cell_value(h->doc, r, 2, gb_value_count(p->revised.revised, NULL));
    share_cell(h, r, 3, p->revised.revised, p->revised.points);
    bool ok = gb_revision_mean(&p->revised, &mean);
    gb_doc_cell_value(h->doc, r, 4, gb_value_share(ok, mean));
    if (ok && mean > GB_REVISION_LIMIT_PCT * gb_pow10[GB_PCT_SCALE])
        gb_doc_cell_state(h->doc, r, 4, GB_WARNING);
    gb_doc_cell_value(h->doc, r, 5, gb_value_count(p->marked, NULL));
    if (!intake)
        return r;
    share_cell(h, r, 6, p->rounded, p->rows);
    share_cell(h, r, 7, p->rows_marked, p->rows);
    return r;
}

int gb_block_revisions(lua_State *L)
{
    static const char *const allowed[] = { "by", "worst", "title" };
    static const char *const label[] = { "",        "Số đã giao",  "Số bị sửa",         "Tỷ lệ sửa",
                                         "Mức sửa", "Cần hỏi lại", "Làm tròn khi nhận", "Đánh dấu khi nhận" };
    struct gb_host *h = begin(L, "revisions", allowed, 3);
    const char *by = gb_arg_text(L, 2, "by");
    by = by ? by : "agency";
    int worst = gb_arg_int(L, 2, "worst", 1, 400, 20);
    bool place = gb_streq(by, "commune"), agency = gb_streq(by, "agency");
    if (!agency && !place && !gb_streq(by, "indicator"))
        gb_raise(L, "revisions: by = \"agency\", \"indicator\" hoặc \"commune\", không có \"%s\"", by);
    if (!told_of_doubts(h))
        return 0;
    gb_charge(L, 2 * h->ev->n);
    struct gb_dimensions d = gb_dimensions_of(h->ev, h->a);
    struct scored *v = GB_NEW_N(h->a, (size_t)(h->c->n_agencies + h->c->n_indicators + h->c->n_regions) + 1, struct scored);
    int n = revised_of(&d, by, h, v), shown = n < worst ? n : worst, columns = agency && d.all.rows ? 8 : 6;
    if (!n) {
        gb_text_add(h->doc, &gb_doc_para(h->doc, h->in)->text,
                    "Trong một năm qua không con số nào bị bản giao nộp sau sửa lại, làm tròn hoặc đánh dấu.", 0);
        return 0;
    }
    gb_spend(L, shown + 1);
    struct gb_node *t = gb_doc_table(h->doc, h->in, gb_anchor(h, gb_sprintf(h->a, "sua so lieu %s", by)),
                                     titled(L, "Số liệu một năm qua bị bản giao nộp sau sửa lại, sửa nhiều nhất trước"), columns);
    for (int i = 0; i < columns; i++)
        gb_doc_col(h->doc, t, i,
                   i        ? label[i]
                   : place  ? "Xã, phường"
                   : agency ? "Cơ quan"
                            : "Chỉ số",
                   NULL,
                   !i                           ? GB_LEFT
                   : i == 3 || i == 4 || i >= 6 ? GB_DECIMAL
                                                : GB_RIGHT,
                   i ? 1 : 3);
    for (int i = 0; i < shown; i++)
        (void)revision_row(h, t, v[i].name, v[i].p, columns == 8);
    revision_row(h, t, "Toàn bộ", &d.all, columns == 8)->intent = GB_TOTAL;
    say_more(h, (size_t)(n - shown), " dòng khác bị sửa ít hơn.");
    return 0;
}

/* ---- doc:refusals{ by = "agency" | "day", days = 14, title = } -------------------------------------------------------------- */

static void refusal_row(struct gb_host *h, struct gb_node *t, struct gb_value name, const struct gb_cube_intake *x, bool total)
{
    const int64_t count[] = { x->files + x->refused_files, x->refused_files, x->unread_files,
                              x->rows + x->refused,        x->refused,       x->faulty };
    struct gb_row *r = gb_doc_row(h->doc, t);
    int64_t pct = 0;
    bool ok = gb_reject_pct(x, &pct);
    gb_doc_cell_value(h->doc, r, 0, name);
    for (int i = 0; i < 6; i++)
        gb_doc_cell_value(h->doc, r, i + 1, gb_value_count(count[i], NULL));
    share_cell(h, r, 7, x->refused, x->rows + x->refused);
    if (ok && pct > GB_REJECT_LIMIT_PCT * gb_pow10[GB_PCT_SCALE])
        gb_doc_cell_state(h->doc, r, 7, GB_WARNING);
    if (total)
        r->intent = GB_TOTAL;
}

/* The answer in front of the tables. */
static void say_refused(struct gb_host *h, const struct gb_cube_intake *all, int days)
{
    int64_t pct = 0;
    struct gb_text *t = &gb_doc_para(h->doc, h->in)->text;
    if (!all->files && !all->refused_files) {
        gb_text_add(h->doc, t, gb_sprintf(h->a, "Trong %d ngày gần nhất không nhận được tệp nào.", days), 0);
        return;
    }
    gb_text_add(h->doc, t, gb_sprintf(h->a, "Trong %d ngày gần nhất nhận được ", days), 0);
    gb_text_value(h->doc, t, gb_value_count(all->files + all->refused_files, "tệp"), 0);
    gb_text_add(h->doc, t, ", ", 0);
    gb_text_value(h->doc, t, gb_value_count(all->rows + all->refused, "dòng"), 0);
    if (!all->refused && !all->refused_files) {
        gb_text_add(h->doc, t, "; không tệp nào, dòng nào bị loại.", 0);
        return;
    }
    gb_text_add(h->doc, t, "; bị loại ", 0);
    gb_text_value(h->doc, t, gb_value_count(all->refused, "dòng"), GB_STRONG);
    if (gb_reject_pct(all, &pct) && pct > GB_REJECT_LIMIT_PCT * gb_pow10[GB_PCT_SCALE])
        gb_text_add(h->doc, t, gb_sprintf(h->a, ", trên mức cảnh báo %d%%", GB_REJECT_LIMIT_PCT), GB_STRONG);
    if (all->unread_files) {
        gb_text_add(h->doc, t, "; ngoài ra ", 0);
        gb_text_value(h->doc, t, gb_value_count(all->unread_files, "tệp"), 0);
        gb_text_add(h->doc, t, " không đọc được dòng nào", 0);
    }
    gb_text_add(h->doc, t, ".", 0);
}

/* Most refused first, in the order of the catalogue among equals; whoever had nothing refused is left out. @return how many */
static int refused_agencies(const struct gb_cube_intake *v, int n, struct scored *out)
{
    int kept = 0;
    for (int i = 0; i < n; i++) {
        if (!v[i].refused && !v[i].refused_files)
            continue;
        out[kept] = (struct scored){ .key = i, .score = -v[i].refused };
        kept++;
    }
    sort_scored(out, kept);
    return kept;
}

static struct gb_node *refusal_table(lua_State *L, struct gb_host *h, bool by_day, int days)
{
    static const char *const label[] = { "",          "Tệp nhận",     "Tệp trả lại", "Không đọc được",
                                         "Dòng nhận", "Dòng bị loại", "Dòng có lỗi", "Tỷ lệ loại" };
    struct gb_node *t =
        gb_doc_table(h->doc, h->in, gb_anchor(h, by_day ? "bi loai theo ngay" : "bi loai theo co quan"),
                     titled(L, gb_sprintf(h->a,
                                          by_day ? "Tệp, dòng bị loại khi kiểm tra, %d ngày gần nhất"
                                                 : "Cơ quan có tệp, dòng bị loại khi kiểm tra trong %d ngày gần nhất",
                                          days)),
                     8);
    for (int i = 0; i < 8; i++)
        gb_doc_col(h->doc, t, i,
                   i        ? label[i]
                   : by_day ? "Ngày"
                            : "Cơ quan",
                   NULL,
                   !i       ? GB_LEFT
                   : i == 7 ? GB_DECIMAL
                            : GB_RIGHT,
                   i        ? 1
                   : by_day ? 1.2
                            : 2.6);
    return t;
}

int gb_block_refusals(lua_State *L)
{
    static const char *const allowed[] = { "by", "days", "title" };
    struct gb_host *h = begin(L, "refusals", allowed, 3);
    const char *by = gb_arg_text(L, 2, "by");
    int days = gb_arg_int(L, 2, "days", 1, 366, 14);
    bool by_day = by && gb_streq(by, "day");
    if (by && !by_day && !gb_streq(by, "agency"))
        gb_raise(L, "refusals: by = \"agency\" hoặc \"day\", không có \"%s\"", by);
    if (h->ev->n_parts <= GB_PART_ALL || (h->audience != GB_LEADERSHIP && h->audience != GB_IOC))
        return 0; /* counts over files of all classes */
    int n = by_day ? days : h->c->n_agencies + 1;
    gb_charge(L, h->ev->cube->n_intake + (size_t)n);
    struct gb_cube_intake *v = gb_intake_by(h->ev->cube, h->ev->date, days, by_day, h->a), all = { 0 };
    for (int i = 0; i < n; i++)
        gb_intake_add(&all, &v[i]);
    if (!by)
        say_refused(h, &all, days);
    if (!by || (!all.refused && !all.refused_files))
        return 0;
    struct scored *worst = GB_NEW_N(h->a, (size_t)n + 1, struct scored);
    int shown = by_day ? n : refused_agencies(v, n, worst);
    gb_spend(L, shown + 1);
    struct gb_node *t = refusal_table(L, h, by_day, days);
    for (int i = by_day ? n - 1 : 0; i >= 0 && i < shown; i += by_day ? -1 : 1) {
        const struct gb_cube_intake *x = &v[by_day ? i : worst[i].key];
        refusal_row(h, t,
                    by_day            ? gb_value_date(gb_date_from_days(x->day))
                    : x->agency_i < 0 ? gb_value_text_of("Không rõ cơ quan")
                                      : gb_value_text_of(h->c->agency[x->agency_i].name_vi),
                    x, false);
    }
    refusal_row(h, t, gb_value_text_of(by_day ? "Cộng" : "Toàn bộ các cơ quan"), &all, true);
    return 0;
}
