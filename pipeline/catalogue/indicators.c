/* indicators.c — indicators.csv: one row is one thing measured.
 *
 * Words are checked against closed lists; numbers are read exactly at the row's own scale, so that a threshold of 0.05 on an
 * indicator of scale 1 is a fault and not silently 0.1. References between indicators (weights, ratios) need all rows and are
 * resolved in a second pass over the kept table. Thresholds: DOMAIN.md section 0. */
#include "catalogue/load.h"

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))

enum {
    CODE,
    VI,
    EN,
    UNIT_VI,
    UNIT,
    FREQ,
    CALENDAR,
    SECTOR,
    PART,
    GROUPS,
    SCENARIOS,
    DIR,
    AGG,
    LEVEL,
    OWNER,
    SOURCE,
    LEGAL,
    STEPS,
    BASIS,
    MIN,
    MAX,
    SCALE,
    DECIMALS,
    FLOW,
    CLASS,
    STATISTICS,
    SMALL,
    SEASON,
    TYPICAL,
    SD,
    EVIDENCE,
    NOTES,
    COMPUTED,
    SINCE,
    UNTIL
};
static const struct gb_column cols[] = { [CODE] = { "code", true },
                                         [VI] = { "name_vi", true },
                                         [EN] = { "name_en", false },
                                         [UNIT_VI] = { "unit_vi", true },
                                         [UNIT] = { "unit_code", false },
                                         [FREQ] = { "frequency", true },
                                         [CALENDAR] = { "calendar", false },
                                         [SECTOR] = { "sector", false },
                                         [PART] = { "group", false },
                                         [GROUPS] = { "indicator_groups", false },
                                         [SCENARIOS] = { "scenarios", false },
                                         [DIR] = { "direction", true },
                                         [AGG] = { "aggregation", true },
                                         [LEVEL] = { "level", true },
                                         [OWNER] = { "owner", false },
                                         [SOURCE] = { "source_vi", false },
                                         [LEGAL] = { "legal_basis", false },
                                         [STEPS] = { "warn_thresholds", false },
                                         [BASIS] = { "thresholds_basis", false },
                                         [MIN] = { "valid_min", false },
                                         [MAX] = { "valid_max", false },
                                         [SCALE] = { "scale", true },
                                         [DECIMALS] = { "decimals", false },
                                         [FLOW] = { "flow", false },
                                         [CLASS] = { "classification", false },
                                         [STATISTICS] = { "statistics", false },
                                         [SMALL] = { "small_counts", false },
                                         [SEASON] = { "season", false },
                                         [TYPICAL] = { "typical_value", false },
                                         [SD] = { "typical_sd", false },
                                         [EVIDENCE] = { "evidence", false },
                                         [NOTES] = { "notes", false },
                                         [COMPUTED] = { "computed", false },
                                         [SINCE] = { "valid_from", false },
                                         [UNTIL] = { "valid_to", false } };

static const char *const freq_words[] = { "yearly", "quarterly", "monthly", "weekly", "daily", "hourly" };
static const enum gb_freq freqs[] = { GB_FREQ_YEAR, GB_FREQ_QUARTER, GB_FREQ_MONTH, GB_FREQ_WEEK, GB_FREQ_DAY, GB_FREQ_HOUR };
static const char *const calendar_words[] = { "calendar", "administrative" };
static const char *const dir_words[] = { "up-good", "down-good", "band", "neutral" };
static const char *const agg_words[] = { "none", "sum", "mean", "weighted-mean", "max", "min", "last", "ratio" };
static const char *const level_words[] = { "country", "province", "district", "commune", "point", "task" };
static const char *const flow_words[] = { "rate", "stock", "flow", "cumulative" };
static const char *const part_words[] = { "I", "II", "III", "IV" };           /* of the list of indicator groups */
static const char *const computed_words[] = { "ontime", "full", "rejected" }; /* gb_computed, after GB_DELIVERED */
static const char *const class_words[] = { "public", "front", "internal" };

/* ---- thresholds ------------------------------------------------------------------------------------------------------- */

/* One step: a number, or for a band `lo..hi`. false if it is faulty (noted). */
static bool read_step(struct gb_table *t, int row, const struct gb_indicator *ind, struct gb_str p, struct gb_threshold *out)
{
    if (ind->direction != GB_BAND) {
        if (!gb_piece_decimal(t, row, STEPS, p, ind->scale, &out->lo))
            return false;
        out->hi = out->lo;
        return out->set = true;
    }
    size_t dots = 0;
    while (dots + 1 < p.n && !(p.p[dots] == '.' && p.p[dots + 1] == '.'))
        dots++;
    if (dots + 1 >= p.n) {
        gb_note(t->l, true, gb_at_cell(t, row, STEPS), gb_strndup(&t->l->c->arena, p.p, p.n), "khoảng cho phép dạng thấp..cao",
                "với direction = band, viết ví dụ 6..9");
        return false;
    }
    struct gb_str lo = { p.p, dots }, hi = { p.p + dots + 2, p.n - dots - 2 };
    if (!gb_piece_decimal(t, row, STEPS, lo, ind->scale, &out->lo) || !gb_piece_decimal(t, row, STEPS, hi, ind->scale, &out->hi))
        return false;
    if (out->lo > out->hi) {
        gb_note(t->l, true, gb_at_cell(t, row, STEPS), gb_strndup(&t->l->c->arena, p.p, p.n), "đầu thấp không lớn hơn đầu cao",
                "đổi chỗ hai số");
        return false;
    }
    return out->set = true;
}

/* Each step must be worse than the one before; the last one may equal the third: "no separate emergency step". */
static bool worse(enum gb_direction d, const struct gb_threshold *a, const struct gb_threshold *b)
{
    switch (d) {
    case GB_UP_GOOD: return b->lo < a->lo;
    case GB_DOWN_GOOD: return b->lo > a->lo;
    case GB_BAND: return b->lo <= a->lo && b->hi >= a->hi && (b->lo < a->lo || b->hi > a->hi);
    case GB_NEUTRAL: return true;
    }
    gb_bug("direction");
}

static void check_order(struct gb_table *t, int row, const struct gb_indicator *ind)
{
    static const char *const rule[] = { [GB_UP_GOOD] = "các bậc giảm dần vì direction = up-good",
                                        [GB_DOWN_GOOD] = "các bậc tăng dần vì direction = down-good",
                                        [GB_BAND] = "khoảng sau chứa khoảng trước vì direction = band",
                                        [GB_NEUTRAL] = "" };
    int before = -1;
    for (int i = 0; i < GB_N_STEPS; i++) {
        if (!ind->step[i].set)
            continue;
        const struct gb_threshold *a = before < 0 ? NULL : &ind->step[before], *b = &ind->step[i];
        bool equal_end = a && i == GB_N_STEPS - 1 && before == i - 1 && a->lo == b->lo && a->hi == b->hi;
        if (a && !equal_end && !worse(ind->direction, a, b)) {
            gb_note(t->l, true, gb_at_cell(t, row, STEPS), gb_cell(t, row, STEPS),
                    gb_sprintf(&t->l->c->arena, "%s (bậc cuối được bằng bậc thứ ba)", rule[ind->direction]),
                    "xếp lại các bậc theo dõi;cảnh báo;nguy hiểm;khẩn cấp");
            return;
        }
        before = i;
    }
}

static void read_steps(struct gb_table *t, int row, struct gb_indicator *ind)
{
    struct gb_str piece[8];
    const char *cell = gb_cell(t, row, STEPS);
    static const char *const basis[] = { "proposed", "norm" };
    ind->steps_are_norm = gb_cell_word(t, row, BASIS, basis, 2, 0) == 1;
    if (!*cell)
        return;
    if (ind->direction == GB_NEUTRAL) {
        gb_note(t->l, false, gb_at_cell(t, row, STEPS), cell, "ô trống vì direction = neutral thì không có ngưỡng",
                "xóa ngưỡng hoặc đổi direction");
        return;
    }
    size_t n = gb_split(gb_str_of(cell), ';', piece, 8);
    if (n != GB_N_STEPS) {
        gb_note(t->l, true, gb_at_cell(t, row, STEPS), cell, "đúng bốn bậc ngăn bằng dấu chấm phẩy",
                "viết theo dõi;cảnh báo;nguy hiểm;khẩn cấp; bậc không có thì để trống giữa hai dấu chấm phẩy");
        return;
    }
    bool ok = true;
    for (int i = 0; i < GB_N_STEPS; i++) {
        struct gb_str p = gb_trim(piece[i]);
        if (p.n) {
            ok = read_step(t, row, ind, p, &ind->step[i]) && ok;
            ind->has_steps = ind->has_steps || ind->step[i].set;
        }
    }
    if (ok)
        check_order(t, row, ind);
}

/* ---- one row ---------------------------------------------------------------------------------------------------------- */

static void read_numbers(struct gb_table *t, int row, struct gb_indicator *ind)
{
    struct gb_load *l = t->l;
    if (!*gb_cell(t, row, SCALE) && t->has[SCALE])
        gb_note(l, true, gb_at_cell(t, row, SCALE), "", "số chữ số thập phân được lưu, từ 0 đến 9", "điền scale");
    ind->scale = (int)gb_cell_int(t, row, SCALE, 0, GB_SCALE_MAX, 0);
    ind->decimals = (int)gb_cell_int(t, row, DECIMALS, 0, GB_SCALE_MAX, ind->scale);
    if (ind->decimals > ind->scale) {
        gb_note(l, true, gb_at_cell(t, row, DECIMALS), gb_cell(t, row, DECIMALS),
                gb_sprintf(&l->c->arena, "decimals không lớn hơn scale (%d)", ind->scale), "giảm decimals hoặc tăng scale");
        ind->decimals = ind->scale;
    }
    ind->has_min = gb_cell_decimal(t, row, MIN, ind->scale, &ind->valid_min);
    ind->has_max = gb_cell_decimal(t, row, MAX, ind->scale, &ind->valid_max);
    if (ind->has_min && ind->has_max && ind->valid_min > ind->valid_max)
        gb_note(l, true, gb_at_cell(t, row, MIN), gb_cell(t, row, MIN),
                gb_sprintf(&l->c->arena, "valid_min không lớn hơn valid_max (%s)", gb_cell(t, row, MAX)), "đổi chỗ hai số");
    ind->small_count_k = (int)gb_cell_int(t, row, SMALL, 0, 1000, 0);
    ind->has_typical = gb_cell_decimal(t, row, TYPICAL, GB_TYPICAL_SCALE, &ind->typical);
    if (!gb_cell_decimal(t, row, SD, GB_TYPICAL_SCALE, &ind->typical_sd))
        ind->typical_sd = 0;
}

static void check_unit(struct gb_table *t, int row, const struct gb_indicator *ind)
{
    struct gb_load *l = t->l;
    if (!*ind->unit_vi && t->has[UNIT_VI])
        gb_note(l, true, gb_at_cell(t, row, UNIT_VI), "", "đơn vị tính", "điền đơn vị");
    if (!l->has_units || !t->has[UNIT])
        return;
    const char **codes = GB_NEW_N(&l->c->arena, (size_t)l->n_units, const char *);
    bool code_known = false;
    for (int i = 0; i < l->n_units; i++) {
        codes[i] = l->unit[i].code;
        bool same = gb_streq(l->unit[i].code, ind->unit_code);
        code_known = code_known || same;
        if (same && gb_streq(l->unit[i].name_vi, ind->unit_vi))
            return;
    }
    if (!code_known)
        gb_note(l, true, gb_at_cell(t, row, UNIT), ind->unit_code, "mã đơn vị có trong units.csv",
                gb_did_you_mean(l, ind->unit_code, codes, (size_t)l->n_units, "thêm đơn vị này vào units.csv hoặc sửa ô này"));
    else
        gb_note(l, true, gb_at_cell(t, row, UNIT_VI), ind->unit_vi,
                gb_sprintf(&l->c->arena, "tên mà units.csv gắn với mã \"%s\"", ind->unit_code),
                "sửa tên đơn vị, hoặc thêm cặp mã và tên này vào units.csv");
}

/* Only what is made of months can follow the administrative calendar. */
static void read_calendar(struct gb_table *t, int row, struct gb_indicator *ind)
{
    int w = gb_cell_word(t, row, CALENDAR, calendar_words, N(calendar_words), GB_CAL_CIVIL);
    ind->calendar = w < 0 ? GB_CAL_CIVIL : (enum gb_calendar)w;
    if (ind->calendar != GB_CAL_ADMIN || gb_freq_has_calendar(ind->freq))
        return;
    gb_note(t->l, true, gb_at_cell(t, row, CALENDAR), calendar_words[GB_CAL_ADMIN],
            gb_sprintf(&t->l->c->arena, "calendar, vì số liệu %s không theo kỳ báo cáo hành chính", gb_freq_vi(ind->freq)),
            "ghi calendar hoặc để trống");
    ind->calendar = GB_CAL_CIVIL;
}

/* Words: each gets a harmless value when faulty, so that later checks still run. */
static void read_words(struct gb_table *t, int row, struct gb_indicator *ind)
{
    int w = gb_cell_word(t, row, FREQ, freq_words, N(freq_words), -1);
    ind->freq = w < 0 ? GB_FREQ_YEAR : freqs[w];
    read_calendar(t, row, ind);
    w = gb_cell_word(t, row, DIR, dir_words, N(dir_words), -1);
    ind->direction = w < 0 ? GB_NEUTRAL : (enum gb_direction)w;
    w = gb_cell_word(t, row, LEVEL, level_words, N(level_words), -1);
    ind->level = w < 0 ? GB_AT_PROVINCE : (enum gb_level_kind)w;
    w = gb_cell_word(t, row, FLOW, flow_words, N(flow_words), GB_FLOW_RATE);
    ind->flow = w < 0 ? GB_FLOW_RATE : (enum gb_flow)w;
    if (*gb_cell(t, row, PART)) /* checked and not kept: groups.csv says which part a group belongs to */
        (void)gb_cell_word(t, row, PART, part_words, N(part_words), -1);
    w = gb_cell_word(t, row, CLASS, class_words, N(class_words), GB_CLASS_INTERNAL);
    ind->class = w < 0 ? GB_CLASS_INTERNAL : (enum gb_class)w;
    ind->to_statistics = gb_cell_yes(t, row, STATISTICS, false);
}

static int sector_of(struct gb_table *t, int row)
{
    struct gb_load *l = t->l;
    struct gb_catalogue *c = l->c;
    const char *s = gb_cell(t, row, SECTOR);
    if (!*s)
        return -1;
    int at = gb_map_find_c(&c->by_sector, s);
    if (at >= 0)
        return at;
    if (!l->has_sectors) { /* a small catalogue without sectors.csv: its sectors are the words it uses */
        gb_map_put(&c->by_sector, s, strlen(s), c->n_sectors);
        c->sector[c->n_sectors] = (struct gb_sector){ s, s, s };
        return c->n_sectors++;
    }
    const char **known = GB_NEW_N(&c->arena, (size_t)c->n_sectors, const char *);
    for (int i = 0; i < c->n_sectors; i++)
        known[i] = c->sector[i].code;
    gb_note(l, true, gb_at_cell(t, row, SECTOR), s, "mã ngành có trong sectors.csv",
            gb_did_you_mean(l, s, known, (size_t)c->n_sectors, "thêm ngành vào sectors.csv hoặc sửa ô này"));
    return -1;
}

static void read_season(struct gb_table *t, int row, struct gb_indicator *ind)
{
    struct gb_catalogue *c = t->l->c;
    ind->season = gb_cell(t, row, SEASON);
    if (!*ind->season || gb_streq(ind->season, "none") || gb_season_find(c, ind->season))
        return;
    const char **known = GB_NEW_N(&c->arena, (size_t)c->n_seasons, const char *);
    for (int i = 0; i < c->n_seasons; i++)
        known[i] = c->season[i].code;
    gb_note(t->l, true, gb_at_cell(t, row, SEASON), ind->season, "mùa vụ có trong seasons.csv",
            gb_did_you_mean(t->l, ind->season, known, (size_t)c->n_seasons, "thêm dòng mùa vụ hoặc để trống"));
}

static void read_refs(struct gb_table *t, int row, struct gb_indicator *ind)
{
    struct gb_load *l = t->l;
    struct gb_catalogue *c = l->c;
    size_t n;
    const char *const *agencies = gb_agency_codes(l, &n);
    t->row[row].cell[OWNER] = gb_owner_here(l, ind->code, gb_cell(t, row, SECTOR), gb_cell(t, row, OWNER));
    ind->owner = gb_cell_refs(t, row, OWNER, &c->by_agency, agencies, n, "agencies.csv", &ind->n_owners);
    const char **known = GB_NEW_N(&c->arena, (size_t)(c->n_scenarios + c->n_groups), const char *);
    for (int i = 0; i < c->n_scenarios; i++)
        known[i] = c->scenario[i].code;
    ind->scenario =
        gb_cell_refs(t, row, SCENARIOS, &c->by_scenario, known, (size_t)c->n_scenarios, "scenarios.csv", &ind->n_scenarios);
    for (int i = 0; i < c->n_groups; i++)
        known[i] = c->group[i].code;
    ind->group = gb_cell_refs(t, row, GROUPS, &c->by_group, known, (size_t)c->n_groups, "groups.csv", &ind->n_groups);
    ind->sector_i = sector_of(t, row);
    read_season(t, row, ind);
}

/* A share of the quality of all figures: of each day, of the whole locality, and no less secret than what it counts. */
static void read_computed(struct gb_table *t, int row, struct gb_indicator *ind)
{
    if (!*gb_cell(t, row, COMPUTED))
        return;
    int w = gb_cell_word(t, row, COMPUTED, computed_words, N(computed_words), -1);
    bool fits = ind->freq == GB_FREQ_DAY && ind->level == GB_AT_PROVINCE && ind->is_percent && ind->class == GB_CLASS_INTERNAL &&
                !ind->to_statistics && gb_streq(gb_cell(t, row, AGG), "none");
    if (w >= 0 && !fits)
        gb_note(t->l, true, gb_at_cell(t, row, COMPUTED), gb_cell(t, row, COMPUTED),
                "chỉ số daily, cấp province, đơn vị %, aggregation = none, classification = internal",
                "sửa các cột đó: tỷ lệ này tính trên số liệu của mọi mức bảo vệ");
    else if (w >= 0)
        ind->computed = (enum gb_computed)(w + 1);
}

static void read_validity(struct gb_table *t, int row, struct gb_indicator *ind)
{
    ind->valid_from = gb_cell_date(t, row, SINCE);
    ind->valid_to = gb_cell_date(t, row, UNTIL);
    if (ind->valid_from.year && ind->valid_to.year && gb_date_cmp(ind->valid_to, ind->valid_from) < 0)
        gb_note(t->l, true, gb_at_cell(t, row, UNTIL), gb_cell(t, row, UNTIL), "valid_to không trước valid_from",
                "sửa một trong hai ngày");
}

static void read_row(struct gb_table *t, int row, struct gb_indicator *ind)
{
    *ind = (struct gb_indicator){ .code = gb_cell(t, row, CODE),
                                  .name_vi = gb_cell(t, row, VI),
                                  .name_en = gb_cell(t, row, EN),
                                  .unit_vi = gb_cell(t, row, UNIT_VI),
                                  .unit_code = gb_cell(t, row, UNIT),
                                  .source_vi = gb_cell(t, row, SOURCE),
                                  .legal_basis = gb_cell(t, row, LEGAL),
                                  .notes = gb_cell(t, row, NOTES),
                                  .evidence = gb_cell(t, row, EVIDENCE),
                                  .agg_num = -1,
                                  .agg_den = -1,
                                  .file = t->file,
                                  .line = t->row[row].line };
    gb_text_slot(t->l, &ind->name_vi);
    gb_text_slot(t->l, &ind->source_vi);
    gb_text_slot(t->l, &ind->legal_basis);
    ind->is_percent = gb_streq(ind->unit_vi, "%") || gb_streq(ind->unit_code, "%");
    if (!*ind->name_vi && t->has[VI])
        gb_note(t->l, true, gb_at_cell(t, row, VI), "", "tên chỉ số", "điền tên");
    read_words(t, row, ind);
    read_numbers(t, row, ind);
    read_steps(t, row, ind);
    check_unit(t, row, ind);
    read_refs(t, row, ind);
    read_computed(t, row, ind);
    read_validity(t, row, ind);
    if (ind->n_owners == 0 && ind->level != GB_AT_TASK && t->has[OWNER] && !*gb_cell(t, row, OWNER))
        gb_note(t->l, false, gb_at_cell(t, row, OWNER), "", "cơ quan giao nộp",
                "điền mã cơ quan; để trống thì không ai nộp được chỉ số này");
}

/* ---- formulas: weighted-mean:W and ratio:NUM/DEN ---------------------------------------------------------------------- */

static int formula_part(struct gb_table *t, int row, const struct gb_indicator *ind, struct gb_str p)
{
    struct gb_load *l = t->l;
    struct gb_arena *a = &l->c->arena;
    int at = p.n ? gb_map_find(&l->c->by_indicator, p.p, p.n) : -1;
    const char *word = gb_strndup(a, p.p, p.n);
    if (at >= 0 && &l->c->indicator[at] == ind) {
        gb_note(l, true, gb_at_cell(t, row, AGG), word, "chỉ số khác với chính nó", "sửa công thức");
        return -1;
    }
    if (at < 0 && gb_map_find(&l->c->off_indicator, p.p, p.n) >= 0)
        gb_note(l, true, gb_at_cell(t, row, AGG), word, "chỉ số không bị tắt ở địa phương này, vì công thức cần nó",
                "bỏ mã đó khỏi indicators_off trong locality.lua, hoặc tắt cả chỉ số này");
    else if (at < 0) {
        size_t n;
        const char *const *known = gb_indicator_codes(l, &n);
        gb_note(l, true, gb_at_cell(t, row, AGG), word, "mã chỉ số có trong indicators.csv",
                gb_did_you_mean(l, word, known, n, "thêm chỉ số đó hoặc sửa công thức"));
    }
    return at;
}

static void read_aggregation(struct gb_table *t, int row, struct gb_indicator *ind)
{
    struct gb_load *l = t->l;
    struct gb_arena *a = &l->c->arena;
    struct gb_str s = gb_str_of(gb_cell(t, row, AGG)), word = s, arg = { NULL, 0 };
    const char *colon = s.n ? memchr(s.p, ':', s.n) : NULL;
    if (colon) {
        word.n = (size_t)(colon - s.p);
        arg = (struct gb_str){ colon + 1, s.n - word.n - 1 };
    }
    int w = -1;
    for (int i = 0; i < N(agg_words); i++)
        if (gb_str_eq_c(word, agg_words[i]))
            w = i;
    if (w < 0) {
        if (t->has[AGG])
            gb_note(l, true, gb_at_cell(t, row, AGG), s.p,
                    gb_sprintf(a, "một trong: %s", gb_join_words(a, agg_words, (size_t)N(agg_words))),
                    gb_did_you_mean(l, gb_strndup(a, word.p, word.n), agg_words, (size_t)N(agg_words),
                                    "chọn một từ trong danh sách"));
        return;
    }
    ind->agg = (enum gb_aggregation)w;
    const char *slash = arg.n ? memchr(arg.p, '/', arg.n) : NULL;
    bool weighted = ind->agg == GB_AGG_WEIGHTED_MEAN, ratio = ind->agg == GB_AGG_RATIO;
    if ((weighted && (!arg.n || slash)) || (ratio && !slash) || (!weighted && !ratio && colon)) {
        gb_note(l, true, gb_at_cell(t, row, AGG), s.p, "weighted-mean:MÃ, ratio:TỬ/MẪU, hoặc từ khác không có dấu hai chấm",
                "viết lại công thức");
        ind->agg = GB_AGG_NONE;
        return;
    }
    if (weighted)
        ind->agg_den = formula_part(t, row, ind, arg);
    if (ratio) {
        size_t at = (size_t)(slash - arg.p);
        ind->agg_num = formula_part(t, row, ind, (struct gb_str){ arg.p, at });
        ind->agg_den = formula_part(t, row, ind, (struct gb_str){ slash + 1, arg.n - at - 1 });
    }
}

/* What progress of tasks is delivered as: at most one row, kept behind the indicators of the plan (catalogue.h). */
static void read_task_indicator(struct gb_table *t)
{
    struct gb_catalogue *c = t->l->c;
    for (int i = 0; i < t->n_rows; i++) {
        if (!gb_streq(gb_cell(t, i, LEVEL), "task") || !gb_cell_code(t, i, CODE) ||
            !gb_table_unique(t, i, CODE, &c->by_indicator, c->n_indicators))
            continue;
        if (c->has_task_indicator) {
            gb_note(t->l, true, gb_at_cell(t, i, LEVEL), "task", "nhiều nhất một chỉ số có level = task", "bỏ dòng thừa");
            continue;
        }
        struct gb_indicator *ind = &c->indicator[c->n_indicators];
        c->has_task_indicator = true;
        read_row(t, i, ind);
        if (ind->freq != GB_FREQ_DAY || !gb_streq(gb_cell(t, i, AGG), "none"))
            gb_note(t->l, true, gb_at_cell(t, i, LEVEL), "task", "frequency = daily và aggregation = none với level = task",
                    "sửa hai cột đó: tình trạng nhiệm vụ tính theo ngày báo cáo và không cộng dồn");
    }
}

/* Rows of one table after those that are there; row_of: where each came from, for the second pass. */
static void read_table(struct gb_table *t, bool local, int *row_of)
{
    struct gb_load *l = t->l;
    struct gb_catalogue *c = l->c;
    for (int i = 0; i < t->n_rows; i++) {
        if (gb_streq(gb_cell(t, i, LEVEL), "task") || !gb_cell_code(t, i, CODE))
            continue;
        const char *code = gb_cell(t, i, CODE);
        if (!local && gb_map_find_c(&l->indicators_off, code) >= 0) {
            (void)gb_map_put(&c->off_indicator, code, strlen(code), 0);
            continue;
        }
        if (!gb_table_unique(t, i, CODE, &c->by_indicator, c->n_indicators))
            continue;
        row_of[c->n_indicators] = i;
        struct gb_indicator *ind = &c->indicator[c->n_indicators++];
        read_row(t, i, ind);
        ind->local = local;
    }
}

/* The shared table without what the locality switched off, then the locality's own. */
enum gb_code gb_load_indicators(struct gb_load *l, struct gb_err *e)
{
    struct gb_catalogue *c = l->c;
    struct gb_table t, own;
    enum gb_code code = gb_table_read(l, &t, l->dir_catalogue, l->rel_catalogue, "indicators.csv", cols, N(cols), true, e);
    if (code == GB_OK)
        code = gb_table_read(l, &own, c->dir_locality, l->rel_locality, "indicators.csv", cols, N(cols), false, e);
    if (code != GB_OK)
        return code;
    size_t n = (size_t)t.n_rows + (size_t)own.n_rows;
    c->indicator = GB_NEW_N(&c->arena, n, struct gb_indicator);
    if (!l->has_sectors)
        c->sector = GB_NEW_N(&c->arena, n, struct gb_sector);
    int *row_of = GB_NEW_N(&c->arena, n, int);
    read_table(&t, false, row_of);
    int n_shared = c->n_indicators;
    read_table(&own, true, row_of);
    read_task_indicator(&t);
    for (int i = 0; i < c->n_indicators; i++)
        read_aggregation(i < n_shared ? &t : &own, row_of[i], &c->indicator[i]);
    return GB_OK;
}
