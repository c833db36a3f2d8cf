/* pages.c — one indicator in full: its figures period by period, and what it is. For the pages of the site.
 *
 * The definition says every property of the catalogue that a reader needs to judge a figure, in the words of document/describe.h.
 */
#include "document/describe.h"
#include "script/host.h"

static const struct gb_eval *subject(lua_State *L, const char *block, struct gb_handle *x)
{
    const struct gb_handle *p = gb_to_handle(L, 2);
    if (!p)
        gb_raise(L, "%s: cần một chỉ số: doc:%s(chỉ_số)", block, block);
    *x = *p;
    gb_spend(L, 1);
    return gb_handle_eval(gb_host_of(L), x);
}

int gb_block_history(lua_State *L) /* doc:history(x, 24) */
{
    struct gb_host *h = gb_host_of(L);
    struct gb_handle x;
    const struct gb_eval *e = subject(L, "history", &x);
    lua_Integer want = luaL_optinteger(L, 3, 24);
    if (want < 1 || want > 400)
        gb_raise(L, "history: số kỳ từ 1 đến 400");
    if (!e)
        return 0;
    const struct gb_series *s = gb_cube_series(h->ev->cube, x.indicator_i, x.region_i);
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    gb_spend(L, (int)want);
    struct gb_node *t = gb_doc_table(h->doc, h->in, gb_anchor(h, "so lieu theo ky"), "Số liệu theo kỳ, mới nhất trước", 3);
    gb_doc_col(h->doc, t, 0, "Kỳ", NULL, GB_LEFT, 1);
    gb_doc_col(h->doc, t, 1, "Giá trị", ind->unit_vi, GB_DECIMAL, 1);
    gb_doc_col(h->doc, t, 2, "Trạng thái số liệu", NULL, GB_LEFT, 1);
    for (int64_t i = e->latest_i; i >= 0 && e->latest_i - i < want; i--) {
        struct gb_row *r = gb_doc_row(h->doc, t);
        gb_doc_cell_value(h->doc, r, 0, gb_value_period(ind->freq, s->period[i]));
        gb_doc_cell_value(h->doc, r, 1, gb_value_observation(h->c, s, i));
        const char *status = gb_status_vi(s->status[i]);
        gb_doc_cell_text(h->doc, r, 2, *status ? status : "chính thức");
    }
    gb_cite(h, x.indicator_i);
    return 0;
}

static void definition_row(struct gb_host *h, struct gb_node *t, const char *label, const char *text)
{
    if (!text || !*text)
        return;
    struct gb_row *r = gb_doc_row(h->doc, t);
    gb_doc_cell_text(h->doc, r, 0, label);
    gb_doc_cell_text(h->doc, r, 1, text);
}

static void target_row(struct gb_host *h, struct gb_node *t, struct gb_handle x)
{
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    const struct gb_target *g = gb_target_find(h->c, x.indicator_i, x.region_i, h->ev->date.year);
    if (!g)
        return;
    struct gb_row *r = gb_doc_row(h->doc, t);
    char text[48];
    gb_doc_cell_text(h->doc, r, 0, gb_sprintf(h->a, "Chỉ tiêu %d", g->year));
    text[gb_dec_vi(g->value, ind->scale, ind->decimals, text)] = 0;
    gb_doc_cell_text(h->doc, r, 1,
                     gb_sprintf(h->a, "%s%s%s%s (%s)", text, ind->is_percent ? "" : " ", ind->unit_vi,
                                ind->flow == GB_FLOW_FLOW && ind->freq != GB_FREQ_YEAR
                                    ? gb_sprintf(h->a, " mỗi %s", gb_freq_noun_vi(ind->freq))
                                    : "",
                                gb_target_basis_vi(g->confirmed)));
}

static void threshold_rows(struct gb_host *h, struct gb_node *t, const struct gb_indicator *ind)
{
    if (!ind->has_steps)
        return;
    const char *steps = gb_steps_vi(h->a, ind), *season = gb_streq(ind->season, "invcum") ? gb_season_vi(ind) : "";
    definition_row(h, t, ind->steps_are_norm ? "Ngưỡng cảnh báo" : "Ngưỡng đề xuất", steps);
    definition_row(h, t, "Căn cứ của ngưỡng", gb_steps_basis_vi(ind));
    definition_row(h, t, "Ngưỡng theo tháng", season);
}

int gb_block_definition(lua_State *L) /* doc:definition(x) */
{
    struct gb_host *h = gb_host_of(L);
    struct gb_handle x;
    (void)subject(L, "definition", &x);
    if (x.indicator_i < 0)
        return 0;
    const struct gb_indicator *ind = &h->c->indicator[x.indicator_i];
    struct gb_node *t = gb_doc_table(h->doc, h->in, gb_anchor(h, "dinh nghia"), "Định nghĩa chỉ số", 2);
    gb_doc_col(h->doc, t, 0, "Mục", NULL, GB_LEFT, 1);
    gb_doc_col(h->doc, t, 1, "Nội dung", NULL, GB_LEFT, 3);
    definition_row(h, t, "Mã chỉ số", ind->code);
    definition_row(h, t, "Tên", ind->name_vi);
    definition_row(h, t, "Đơn vị tính", ind->unit_vi);
    definition_row(h, t, "Tần suất", gb_frequency_of_vi(ind));
    if (ind->sector_i >= 0)
        definition_row(h, t, "Ngành, lĩnh vực", h->c->sector[ind->sector_i].name_vi);
    definition_row(h, t, "Loại số liệu", gb_flow_vi(ind->flow));
    definition_row(h, t, "Cấp có số liệu", gb_level_kind_vi(ind->level));
    definition_row(h, t, "Số toàn địa phương", gb_aggregation_vi(h->a, h->c, ind));
    definition_row(h, t, "Chiều đánh giá", gb_direction_vi(ind->direction));
    definition_row(h, t, "Giới hạn hợp lệ", gb_bounds_vi(h->a, ind));
    definition_row(h, t, "Nguồn", ind->source_vi);
    for (int k = 0; k < ind->n_owners; k++)
        definition_row(h, t, "Cơ quan cung cấp", h->c->agency[ind->owner[k]].name_vi);
    definition_row(h, t, "Căn cứ pháp lý", ind->legal_basis);
    threshold_rows(h, t, ind);
    target_row(h, t, x);
    definition_row(h, t, "Mức kiểm chứng của danh mục", gb_evidence_vi(ind));
    gb_cite(h, x.indicator_i);
    return 0;
}
