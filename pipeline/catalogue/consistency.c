/* consistency.c — consistency.csv: what must hold between figures, whoever delivers them.
 *
 * A catalogue may have the file or not. `*` stands for every indicator that the rule fits; a row of its own for an indicator says more (its
 * tolerance) and takes its place. A rule that names an indicator which this locality does not measure is no rule here. Which figures are
 * compared, and how exactly, is evaluation/consistency.h. */
#include "catalogue/load.h"

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))

enum { KIND, INDICATOR, OTHERS, TOLERANCE, NOTE };
static const struct gb_column cols[] = { [KIND] = { "kind", true },
                                         [INDICATOR] = { "indicator", true },
                                         [OTHERS] = { "others", false },
                                         [TOLERANCE] = { "tolerance", false },
                                         [NOTE] = { "note_vi", false } };
static const char *const words[GB_N_CONSISTENCY] = { "communes-sum", "ratio", "parts-whole", "at-most", "never-falls" };

const char *gb_consistency_word(enum gb_consistency_kind k)
{
    return words[k];
}

static bool needs_others(enum gb_consistency_kind k)
{
    return k == GB_MUST_ADD_UP || k == GB_MUST_NOT_EXCEED;
}

static bool fits(enum gb_consistency_kind k, const struct gb_indicator *ind)
{
    return k == GB_MUST_SUM_COMMUNES ? ind->agg == GB_AGG_SUM && ind->level == GB_AT_COMMUNE
           : k == GB_MUST_BE_RATIO   ? ind->agg == GB_AGG_RATIO
           : k == GB_MUST_NOT_FALL   ? ind->flow == GB_FLOW_CUMULATIVE && !ind->is_percent
                                     : true;
}

static const char *fit_words(enum gb_consistency_kind k)
{
    return k == GB_MUST_SUM_COMMUNES ? "chỉ số cấp xã, aggregation = sum"
           : k == GB_MUST_BE_RATIO   ? "chỉ số có aggregation = ratio:TỬ/MẪU"
                                     : "chỉ số flow = cumulative, không phải tỷ lệ (mẫu số có thể tăng)";
}

/* The other figures stand beside the first one: same unit, same periods, no more secret. */
static bool comparable(struct gb_table *t, int row, const struct gb_consistency *k)
{
    const struct gb_catalogue *c = t->l->c;
    const struct gb_indicator *ind = &c->indicator[k->indicator_i];
    for (int i = 0; i < k->n_others; i++) {
        const struct gb_indicator *o = &c->indicator[k->other[i]];
        const char *want = NULL;
        if (k->other[i] == k->indicator_i)
            want = "chỉ số khác với chính nó";
        else if (o->freq != ind->freq || o->calendar != ind->calendar)
            want = "chỉ số cùng tần suất và cùng lịch";
        else if (!gb_streq(o->unit_vi, ind->unit_vi))
            want = "chỉ số cùng đơn vị tính";
        else if (gb_indicator_part(o) > gb_indicator_part(ind))
            want = "chỉ số không kín hơn chỉ số ở cột indicator";
        if (want) {
            gb_note(t->l, true, gb_at_cell(t, row, OTHERS), o->code, want, "sửa mã, hoặc bỏ quy tắc này");
            return false;
        }
    }
    return true;
}

static bool known_twice(const struct gb_catalogue *c, const struct gb_consistency *k)
{
    for (int i = 0; i < c->n_consistency; i++)
        if (c->consistency[i].kind == k->kind && c->consistency[i].indicator_i == k->indicator_i &&
            c->consistency[i].n_others == k->n_others &&
            (!k->n_others || memcmp(c->consistency[i].other, k->other, (size_t)k->n_others * sizeof *k->other) == 0))
            return true;
    return false;
}

static void keep(struct gb_table *t, int row, struct gb_consistency k, bool named)
{
    struct gb_catalogue *c = t->l->c;
    const struct gb_indicator *ind = &c->indicator[k.indicator_i];
    if (known_twice(c, &k)) {
        if (named)
            gb_note(t->l, true, gb_at_cell(t, row, INDICATOR), ind->code, "mỗi quy tắc một dòng", "xóa dòng lặp");
        return;
    }
    k.has_tolerance = named && *gb_cell(t, row, TOLERANCE);
    if (k.has_tolerance && (!gb_cell_decimal(t, row, TOLERANCE, ind->scale, &k.tolerance) || k.tolerance < 0)) {
        if (k.tolerance < 0)
            gb_note(t->l, true, gb_at_cell(t, row, TOLERANCE), gb_cell(t, row, TOLERANCE), "số không âm",
                    "sửa, hoặc để trống: chỉ chấp nhận sai số làm tròn");
        return;
    }
    c->consistency[c->n_consistency] = k;
    gb_text_slot(t->l, &c->consistency[c->n_consistency++].note_vi);
}

/* Codes of the row that are simply not measured here make the rule vanish; mistyped ones are noted by whoever resolves them. */
static bool absent_here(const struct gb_catalogue *c, const char *cell)
{
    struct gb_str piece[64];
    size_t n = gb_split((struct gb_str){ cell, strlen(cell) }, ';', piece, 64);
    for (size_t i = 0; i < n && i < 64; i++)
        if (gb_map_find(&c->by_indicator, piece[i].p, piece[i].n) < 0 && gb_may_be_absent(c, piece[i].p, piece[i].n))
            return true;
    return false;
}

static void read_row(struct gb_table *t, int row, bool named)
{
    struct gb_load *l = t->l;
    struct gb_catalogue *c = l->c;
    const char *code = gb_cell(t, row, INDICATOR), *others = gb_cell(t, row, OTHERS);
    if (gb_streq(code, "*") == named)
        return;
    int kind = gb_cell_word(t, row, KIND, words, GB_N_CONSISTENCY, -1);
    if (kind < 0)
        return;
    struct gb_consistency k = { .kind = (enum gb_consistency_kind)kind,
                                .note_vi = gb_cell(t, row, NOTE),
                                .line = t->row[row].line };
    if (needs_others(k.kind) != (*others != 0) || (!named && needs_others(k.kind))) {
        gb_note(l, true, gb_at_cell(t, row, OTHERS), others,
                needs_others(k.kind) ? "các mã khác, cách nhau bằng dấu chấm phẩy, và indicator là một mã"
                                     : "ô trống với loại quy tắc này",
                "sửa dòng này");
        return;
    }
    if (!named) {
        for (k.indicator_i = 0; k.indicator_i < c->n_indicators; k.indicator_i++)
            if (fits(k.kind, &c->indicator[k.indicator_i]))
                keep(t, row, k, false);
        return;
    }
    if (absent_here(c, code) || absent_here(c, others))
        return;
    size_t n;
    int count = 0;
    const char *const *known = gb_indicator_codes(l, &n);
    const int *at = gb_cell_refs(t, row, INDICATOR, &c->by_indicator, known, n, "indicators.csv", &count);
    if (count != 1)
        return;
    k.indicator_i = at[0];
    if (k.indicator_i >= c->n_indicators || !fits(k.kind, &c->indicator[k.indicator_i])) {
        gb_note(l, true, gb_at_cell(t, row, INDICATOR), code, fit_words(k.kind), "sửa mã, hoặc bỏ quy tắc này");
        return;
    }
    if (needs_others(k.kind))
        k.other = gb_cell_refs(t, row, OTHERS, &c->by_indicator, known, n, "indicators.csv", &k.n_others);
    if ((!needs_others(k.kind) || k.n_others > 0) && comparable(t, row, &k))
        keep(t, row, k, true);
}

enum gb_code gb_load_consistency(struct gb_load *l, struct gb_err *e)
{
    struct gb_table t;
    struct gb_catalogue *c = l->c;
    enum gb_code code = gb_table_read(l, &t, l->dir_catalogue, l->rel_catalogue, "consistency.csv", cols, N(cols), false, e);
    if (code != GB_OK || !t.present)
        return code;
    c->consistency =
        GB_NEW_N(&c->arena, (size_t)t.n_rows + (size_t)GB_N_CONSISTENCY * (size_t)c->n_indicators, struct gb_consistency);
    for (int named = 1; named >= 0; named--) /* rows that name an indicator first */
        for (int i = 0; i < t.n_rows; i++)
            read_row(&t, i, named);
    return GB_OK;
}
