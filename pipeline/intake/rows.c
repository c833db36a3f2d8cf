/* rows.c — one row: codes, period, status and value, each against the catalogue. Whatever the form of the file, its rows pass here.
 *
 * Codes and periods repeat: each column remembers, in a small direct-mapped table keyed by the bytes, what a text came to, so that
 * a row costs four comparisons of a few bytes and one number. A row with a fault gets a finding for each of its faults and is not
 * kept; whether the file then falls as a whole is decided in intake.c.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "intake/scan_int.h"

const char *const gb_column_name[GB_N_COLS] = { "indicator", "region", "period", "value", "status", "note" };

/* ---- what a text came to ------------------------------------------------------------------------------------------- */
static size_t slot_of(const char *p, size_t n)
{
    uint64_t h = n, w;
    for (; n >= 8; n -= 8, p += 8) {
        memcpy(&w, p, 8);
        h = (h ^ w) * UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 29;
    }
    w = 0;
    for (size_t i = 0; i < n; i++)
        w = w << 8 | (unsigned char)p[i];
    h = (h ^ w) * UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(h >> (64 - GB_MEMO_BITS));
}

static int32_t find_code(struct gb_scan *s, struct gb_memo *memo, const struct gb_map *map, struct gb_str f)
{
    if (f.n == 0)
        return -1;
    struct gb_memo *m = f.n <= GB_MEMO_KEY ? &memo[slot_of(f.p, f.n)] : NULL;
    if (m && m->n == f.n && memcmp(m->key, f.p, f.n) == 0)
        return m->value;
    int32_t at = gb_map_find(map, f.p, f.n);
    if (at < 0 && !gb_is_nfc(f.p, f.n))
        at = gb_map_find_c(map, gb_nfc(s->a, f.p, f.n));
    if (m) {
        memcpy(m->key, f.p, f.n);
        m->n = (uint32_t)f.n;
        m->value = at;
    }
    return at;
}

static const struct gb_period_memo *find_period(struct gb_scan *s, struct gb_str f)
{
    if (f.n == 0 || f.n > sizeof s->period->key)
        return NULL;
    struct gb_period_memo *m = &s->period[slot_of(f.p, f.n)];
    if (m->n == f.n && memcmp(m->key, f.p, f.n) == 0)
        return m->good ? m : NULL;
    *m = (struct gb_period_memo){ .n = (uint32_t)f.n };
    memcpy(m->key, f.p, f.n);
    m->good = gb_period_parse(f.p, f.n, &m->freq, &m->ordinal);
    if (!m->good)
        return NULL;
    for (int cal = 0; cal < GB_N_CALENDARS; cal++) {
        m->start[cal] = gb_period_start(m->freq, m->ordinal, (enum gb_calendar)cal);
        m->end[cal] = gb_period_end(m->freq, m->ordinal, (enum gb_calendar)cal);
    }
    return m;
}

/* ---- findings of a row --------------------------------------------------------------------------------------------- */
static struct gb_finding *found_at(struct gb_scan *s, enum gb_severity severity, const char *code, enum gb_column col)
{
    s->k->cell_column = s->cell[col];
    struct gb_finding *f = gb_finding_add(s->k, severity, code, s->line, gb_column_name[col]);
    s->k->cell_column = 0;
    return f;
}

struct gb_finding *gb_scan_fault(struct gb_scan *s, const char *code, enum gb_column col, struct gb_str found)
{
    s->row_bad = true;
    struct gb_finding *f = found_at(s, GB_REFUSE_ROW, code, col);
    if (f)
        f->found = gb_shown(s->a, found.p, found.n);
    return f;
}

struct gb_finding *gb_scan_mark(struct gb_scan *s, const char *code, enum gb_column col)
{
    s->row_marked = true;
    return found_at(s, GB_MARK, code, col);
}

static const char *indicator_code_at(const void *ctx, int i)
{
    return ((const struct gb_catalogue *)ctx)->indicator[i].code;
}
static const char *region_code_at(const void *ctx, int i)
{
    return ((const struct gb_catalogue *)ctx)->region[i].code;
}

static void unknown_indicator(struct gb_scan *s, struct gb_str found)
{
    struct gb_finding *f = gb_scan_fault(s, "RR-unknown", GB_COL_INDICATOR, found);
    if (!f)
        return;
    const struct gb_catalogue *c = s->k->c;
    const char *near = gb_nearest_code(found.p, found.n, indicator_code_at, c, c->n_indicators);
    f->expected = "mã chỉ số có trong danh mục indicators.csv, đúng từng ký tự";
    f->remedy = near ? gb_sprintf(s->a, "Mã gần nhất: %s (%s). Sửa mã hoặc đề nghị bổ sung danh mục.", near,
                                  c->indicator[gb_indicator_find(c, near)].name_vi)
                     : "Sửa mã, hoặc đề nghị Văn phòng bổ sung chỉ số vào danh mục.";
}

static void unknown_region(struct gb_scan *s, struct gb_str found)
{
    struct gb_finding *f = gb_scan_fault(s, "RR-unknown", GB_COL_REGION, found);
    if (!f)
        return;
    const struct gb_catalogue *c = s->k->c;
    const char *near = gb_nearest_code(found.p, found.n, region_code_at, c, c->n_regions);
    f->expected = "mã địa bàn có trong regions.csv, giữ nguyên các số 0 ở đầu";
    f->remedy = near ? gb_sprintf(s->a, "Mã gần nhất: %s (%s). Kiểm tra mã; Excel hay làm mất số 0 ở đầu.", near,
                                  gb_region_name(c, gb_region_find(c, near), s->k->opt->today))
                     : "Kiểm tra mã đơn vị hành chính hoặc mã điểm đo.";
}

static const char *task_code_at(const void *ctx, int i)
{
    return ((const struct gb_catalogue *)ctx)->task[i].code;
}

static void unknown_task(struct gb_scan *s, struct gb_str found)
{
    struct gb_finding *f = gb_scan_fault(s, "RR-unknown", GB_COL_REGION, found);
    if (!f)
        return;
    const struct gb_catalogue *c = s->k->c;
    const char *near = gb_nearest_code(found.p, found.n, task_code_at, c, c->n_tasks);
    f->expected = "mã nhiệm vụ của kế hoạch (phần.mục.số trong tasks.csv, ví dụ B.I.3)";
    f->remedy = near ? gb_sprintf(s->a, "Mã gần nhất: %s. Sửa mã.", near) : "Xem mã ở báo cáo nhiệm vụ, cột Mã.";
}

static void wrong_period(struct gb_scan *s, struct gb_str found, const struct gb_indicator *ind)
{
    struct gb_finding *f = gb_scan_fault(s, "RR-date", GB_COL_PERIOD, found);
    if (!f)
        return;
    f->expected = ind ? gb_sprintf(s->a, "kỳ %s có thật, dạng %s", gb_freq_vi(ind->freq),
                                   ind->freq == GB_FREQ_YEAR      ? "2026"
                                   : ind->freq == GB_FREQ_QUARTER ? "2026-Q3"
                                   : ind->freq == GB_FREQ_MONTH   ? "2026-11"
                                   : ind->freq == GB_FREQ_WEEK    ? "2026-W47"
                                   : ind->freq == GB_FREQ_DAY     ? "2026-11-22"
                                                                  : "2026-11-22T05")
                      : "2026, 2026-Q3, 2026-11, 2026-W47, 2026-11-22 hoặc 2026-11-22T05";
    f->remedy = "Ghi kỳ theo đúng dạng; trong Excel đặt cột period là kiểu Văn bản (Text).";
}

/* ---- one column each ----------------------------------------------------------------------------------------------- */
static void check_owner(struct gb_scan *s, int32_t ind_i)
{
    if (s->owned[ind_i])
        return;
    const struct gb_indicator *ind = &s->k->c->indicator[ind_i];
    const struct gb_agency *agency = s->k->c->agency;
    s->owned[ind_i] = 2;
    for (int i = 0; i < ind->n_owners; i++)
        if (ind->owner[i] == s->k->agency && !ind->computed)
            s->owned[ind_i] = 1;
    if (s->owned[ind_i] == 1)
        return;
    struct gb_finding *f = found_at(s, GB_REFUSE_FILE, "RF-ownership", GB_COL_INDICATOR);
    if (!f)
        return;
    struct gb_buf b = { 0 };
    for (int i = 0; i < ind->n_owners; i++)
        gb_buf_addf(&b, "%s%s (%s)", i ? ", " : "", agency[ind->owner[i]].name_vi, agency[ind->owner[i]].code);
    const char *owners = ind->n_owners ? gb_buf_copy(s->a, &b) : "chưa cơ quan nào được giao";
    gb_buf_release(&b);
    f->found = gb_sprintf(s->a, "%s do %s (%s) gửi", ind->code, agency[s->k->agency].name_vi, agency[s->k->agency].code);
    f->expected = ind->computed ? "chỉ số này do giaoban tự tính mỗi đêm từ các bản giao nộp"
                                : gb_sprintf(s->a, "chỉ số này do: %s", owners);
    f->remedy = ind->computed ? "Bỏ chỉ số này khỏi tệp: không cơ quan nào phải giao nộp."
                              : "Bỏ chỉ số này khỏi tệp, hoặc đề nghị Văn phòng sửa cột owner trong danh mục.";
}

/* Who may say how far a task is follows from the task, not from the indicator. */
static void check_task_owner(struct gb_scan *s, int task_i)
{
    const struct gb_catalogue *c = s->k->c;
    if (task_i < 0 || gb_task_may_deliver(c, task_i, s->k->agency))
        return;
    struct gb_finding *f = found_at(s, GB_REFUSE_FILE, "RF-ownership", GB_COL_REGION);
    if (!f)
        return;
    const struct gb_task *k = &c->task[task_i];
    struct gb_buf b = { 0 };
    for (int i = 0; i < k->n_leads; i++)
        gb_buf_addf(&b, "%s (%s), ", c->agency[k->leads[i]].name_vi, c->agency[k->leads[i]].code);
    gb_buf_adds(&b, "Văn phòng");
    f->found =
        gb_sprintf(s->a, "nhiệm vụ %s do %s (%s) gửi", k->code, c->agency[s->k->agency].name_vi, c->agency[s->k->agency].code);
    f->expected = gb_sprintf(s->a, "tình trạng nhiệm vụ này do: %s", gb_buf_copy(s->a, &b));
    gb_buf_release(&b);
    f->remedy = "Bỏ dòng này khỏi tệp, hoặc đề nghị Văn phòng sửa cột lead trong tasks.csv.";
}

static void check_level(struct gb_scan *s, const struct gb_indicator *ind, const struct gb_region *region, struct gb_str found)
{
    static const char *const LEVEL[] = { "quốc gia, vùng", "tỉnh", "huyện", "xã", "điểm đo" };
    /* What is not allotted to any place ("unallocated") belongs to every level: totals would not add up without it. */
    if (region->level <= ind->level || gb_streq(region->version[0].type, "unallocated"))
        return;
    struct gb_finding *f = gb_scan_fault(s, "RR-level", GB_COL_REGION, found);
    if (!f)
        return;
    f->expected =
        gb_sprintf(s->a, "%s được giao đến cấp %s; địa bàn này là cấp %s", ind->code, LEVEL[ind->level], LEVEL[region->level]);
    f->remedy = "Gửi số liệu ở cấp của chỉ số hoặc cấp trên.";
}

static enum gb_calendar calendar_of(const struct gb_indicator *ind)
{
    return ind ? ind->calendar : GB_CAL_CIVIL;
}

/* A series may be carried back before a region's first day (the new communes of July 2025 have figures for 2024): marked. A place
 * that has ended cannot have a figure for later: refused. "No value" (M) is true at any time: the statistics office lists Hà Tây
 * as missing in every year since 2008. */
static void check_validity(struct gb_scan *s, const struct gb_region *region, struct gb_date start, struct gb_date end,
                           struct gb_str found)
{
    if (gb_region_valid(region, start, end))
        return;
    bool ended = true;
    struct gb_date last = { 0 };
    for (int i = 0; i < region->n_versions; i++) {
        const struct gb_date to = region->version[i].to;
        ended &= to.year && gb_date_cmp(to, start) < 0;
        if (gb_date_cmp(to, last) > 0)
            last = to;
    }
    char iso[16];
    struct gb_finding *f;
    if (ended) {
        f = gb_scan_fault(s, "RR-validity", GB_COL_REGION, found);
        if (!f)
            return;
        gb_date_iso(last, iso);
        f->expected = gb_sprintf(s->a, "kỳ không sau %s, ngày cuối cùng của địa bàn này", iso);
        f->remedy = "Dùng mã của đơn vị thay thế sau sắp xếp.";
        return;
    }
    f = gb_scan_mark(s, "MK-validity", GB_COL_REGION);
    if (!f)
        return;
    f->found = gb_shown(s->a, found.p, found.n);
    gb_date_iso(region->version[0].from, iso);
    f->expected = gb_sprintf(s->a, "kỳ từ %s, ngày địa bàn này có hiệu lực", iso);
    f->remedy = "Số liệu tính lại cho thời gian trước: được nhận và đánh dấu.";
}

static void check_region(struct gb_scan *s, const struct gb_indicator *ind, int32_t reg_i, const struct gb_period_memo *p,
                         char status, struct gb_str found)
{
    const struct gb_region *region = &s->k->c->region[reg_i];
    if (ind)
        check_level(s, ind, region, found);
    if (!p || status == 'M')
        return;
    if (!s->bounded[reg_i]) {
        s->bounded[reg_i] = 1;
        for (int i = 0; i < region->n_versions; i++)
            if (region->version[i].from.year || region->version[i].to.year)
                s->bounded[reg_i] = 2;
    }
    if (s->bounded[reg_i] == 2)
        check_validity(s, region, p->start[calendar_of(ind)], p->end[calendar_of(ind)], found);
}

/* A figure of a time in which the indicator was not measured, or no longer, is another figure under its name. */
static void check_measured(struct gb_scan *s, const struct gb_indicator *ind, const struct gb_period_memo *p, struct gb_str found)
{
    const struct gb_date start = p->start[calendar_of(ind)], end = gb_period_end(ind->freq, p->ordinal, ind->calendar);
    const bool early = ind->valid_from.year && gb_date_cmp(end, ind->valid_from) < 0,
               late = ind->valid_to.year && gb_date_cmp(start, ind->valid_to) > 0;
    struct gb_finding *f = early || late ? gb_scan_fault(s, "RR-measured", GB_COL_PERIOD, found) : NULL;
    if (!f)
        return;
    char day[16];
    gb_date_iso(early ? ind->valid_from : ind->valid_to, day);
    f->expected = gb_sprintf(s->a, early ? "%s được đo từ %s" : "%s chỉ được đo đến %s", ind->code, day);
    f->remedy = early ? "Bỏ các kỳ trước ngày ấy; nếu số cũ được tính lại theo định nghĩa mới thì đề nghị Văn phòng sửa "
                        "valid_from của danh mục."
                      : "Bỏ các kỳ sau ngày ấy, hoặc gửi chỉ số thay thế.";
}

static void check_period(struct gb_scan *s, const struct gb_indicator *ind, const struct gb_period_memo *p, struct gb_str found)
{
    if (ind && p->freq != ind->freq) {
        struct gb_finding *f = gb_scan_fault(s, "RR-frequency", GB_COL_PERIOD, found);
        if (!f)
            return;
        f->expected = gb_sprintf(s->a, "%s là chỉ số %s", ind->code, gb_freq_vi(ind->freq));
        f->remedy = "Gửi theo đúng tần suất của chỉ số trong danh mục.";
    } else if (gb_date_to_days(p->start[calendar_of(ind)]) > s->last_day) {
        struct gb_finding *f = gb_scan_fault(s, "RR-date", GB_COL_PERIOD, found);
        if (!f)
            return;
        char iso[16], start[16];
        gb_date_iso(gb_date_from_days(s->last_day), iso);
        gb_date_iso(p->start[calendar_of(ind)], start);
        f->expected = calendar_of(ind) == GB_CAL_ADMIN
                          ? gb_sprintf(s->a, "kỳ bắt đầu không sau %s; kỳ hành chính này bắt đầu ngày %s", iso, start)
                          : gb_sprintf(s->a, "kỳ bắt đầu không sau %s", iso);
        f->remedy = "Kiểm tra năm và tháng; số dự báo cho kỳ chưa bắt đầu chưa được nhận.";
    } else if (ind) {
        check_measured(s, ind, p, found);
    }
}

static char read_status(struct gb_scan *s)
{
    const struct gb_str f = s->f[GB_COL_STATUS];
    if (f.n == 0)
        return 'A';
    /* SDMX CL_OBS_STATUS but H, L, O, Q: they too mean that there is no value, and the contract has one word for that: M. */
    if (f.n == 1 && memchr("ABDEFGIJKMNPSUVW", f.p[0], 16))
        return f.p[0];
    struct gb_finding *fault = gb_scan_fault(s, "RR-status", GB_COL_STATUS, f);
    if (fault) {
        fault->expected = "một chữ theo SDMX CL_OBS_STATUS: A B D E F G I J K M N P S U V W, hoặc để trống (= A)";
        fault->remedy = "Số chính thức: A; sơ bộ: P; ước tính: E; không có số: M và ghi lý do vào cột note.";
    }
    return 0;
}

static void number_fault(struct gb_scan *s, enum gb_num_fault why, const struct gb_indicator *ind, struct gb_str f)
{
    if (why == GB_NUM_RANGE) {
        struct gb_finding *r = gb_scan_fault(s, "RR-range", GB_COL_VALUE, f);
        if (!r)
            return;
        r->expected = gb_sprintf(s->a, "giá trị vừa 64 bit với %d chữ số thập phân", ind->scale);
        r->remedy = gb_sprintf(s->a, "Kiểm tra đơn vị tính: %s.", ind->unit_vi);
        return;
    }
    struct gb_finding *r = gb_scan_fault(s, "RR-number", GB_COL_VALUE, f);
    if (!r)
        return;
    const char group[2] = { s->k->grouping, 0 };
    r->expected = gb_sprintf(s->a, "số với dấu thập phân \"%c\"%s%s%s; không dấu cộng, khoảng trắng, %%, số mũ", s->k->decimal,
                             *group ? ", dấu nhóm \"" : ", không dấu nhóm", group, *group ? "\"" : "");
    if (f.n == 0)
        r->remedy = "Ô trống phải có status = M; nếu có số thì ghi số vào.";
    else if (memchr(f.p, s->k->decimal == '.' ? ',' : '.', f.n))
        r->remedy = gb_sprintf(s->a, "Nếu tệp dùng dấu thập phân \"%c\", ghi \"decimal\": \"%c\" (và \"grouping\") vào %s.",
                               s->k->decimal == '.' ? ',' : '.', s->k->decimal == '.' ? ',' : '.', s->k->side);
    else
        r->remedy = "Chỉ ghi chữ số; đơn vị tính đã có trong danh mục.";
}

static void outside_bounds(struct gb_scan *s, const struct gb_indicator *ind, struct gb_str found)
{
    struct gb_finding *f = gb_scan_mark(s, "MK-bounds", GB_COL_VALUE);
    if (!f)
        return;
    char lo[48] = "-∞", hi[48] = "+∞";
    if (ind->has_min)
        lo[gb_dec_vi(ind->valid_min, ind->scale, ind->decimals, lo)] = 0;
    if (ind->has_max)
        hi[gb_dec_vi(ind->valid_max, ind->scale, ind->decimals, hi)] = 0;
    f->found = gb_sprintf(s->a, "%s = %s", ind->code, gb_shown(s->a, found.p, found.n));
    f->expected = gb_sprintf(s->a, "%s: từ %s đến %s %s", ind->name_vi, lo, hi, ind->unit_vi);
    f->remedy = "Giá trị được giữ và đánh dấu; nếu sai, gửi lại bản sửa.";
}

/* The value at the indicator's scale. `status` 0 = refused already. */
static int64_t read_value(struct gb_scan *s, const struct gb_indicator *ind, char status)
{
    const struct gb_str f = s->f[GB_COL_VALUE];
    if (status == 'M') {
        if (f.n == 0)
            return GB_VALUE_MISSING;
        struct gb_finding *r = gb_scan_fault(s, "RR-missing", GB_COL_VALUE, f);
        if (r) {
            r->expected = "ô value trống khi status = M";
            r->remedy = "Nếu có số: bỏ M; nếu không có số: để trống ô value.";
        }
        return GB_VALUE_MISSING;
    }
    int64_t v = 0;
    bool rounded = false;
    const enum gb_num_fault why = gb_dec_parse(f.p, f.n, s->plain_value ? '.' : s->k->decimal,
                                               s->plain_value ? 0 : s->k->grouping, ind->scale, &v, &rounded);
    if (why == GB_NUM_OK && v != GB_VALUE_MISSING) {
        if (rounded)
            s->k->r->rows_rounded++;
        const bool outside = (ind->has_min && v < ind->valid_min) || (ind->has_max && v > ind->valid_max);
        if (outside && ind->level == GB_AT_TASK) { /* "120 % done" says nothing that could be shown with a mark */
            struct gb_finding *r = gb_scan_fault(s, "RR-range", GB_COL_VALUE, f);
            if (r) {
                r->expected = "phần trăm hoàn thành, từ 0 đến 100";
                r->remedy = "Hoàn thành thì ghi 100; số và ngày văn bản ghi ở cột note.";
            }
        } else if (outside)
            outside_bounds(s, ind, f);
        return v;
    }
    number_fault(s, why == GB_NUM_OK ? GB_NUM_RANGE : why, ind, f);
    return GB_VALUE_MISSING;
}

static const char *read_note(struct gb_scan *s)
{
    const struct gb_str f = s->f[GB_COL_NOTE];
    if (f.n == 0)
        return NULL;
    int32_t at = gb_map_find(&s->note_map, f.p, f.n);
    if (at < 0) {
        const char *text = gb_nfc(s->a, f.p, f.n), *key = gb_strndup(s->a, f.p, f.n);
        at = (int32_t)s->n_notes;
        s->note = gb_grow(s->note, &s->cap_notes, s->n_notes + 1, sizeof *s->note);
        s->note[s->n_notes++] = text;
        gb_map_put(&s->note_map, key, f.n, at);
    }
    return s->note[at];
}

/* The row that somebody asked for (trace.c): its figure as it is written there. */
static void trace_row(struct gb_scan *s, struct gb_row_trace *t, const struct gb_row *row)
{
    const struct gb_str f = s->f[GB_COL_VALUE];
    if (t->found || row->line != t->line || row->indicator != t->indicator_i || row->region != t->region_i ||
        row->period != t->period || row->value != t->value)
        return;
    t->found = true;
    t->cell_column = s->cell[GB_COL_VALUE];
    t->written = gb_strndup(s->a, f.p, f.n);
}

void gb_scan_row(struct gb_scan *s)
{
    struct gb_reading *k = s->k;
    const struct gb_str fi = s->f[GB_COL_INDICATOR], fr = s->f[GB_COL_REGION], fp = s->f[GB_COL_PERIOD];
    const int64_t rounded_before = k->r->rows_rounded;
    const int32_t ind_i = find_code(s, s->indicator, &k->c->by_indicator, fi);
    const struct gb_period_memo *p = find_period(s, fp);
    const struct gb_indicator *ind = ind_i < 0 ? NULL : &k->c->indicator[ind_i];
    const bool task = ind && ind->level == GB_AT_TASK; /* its "region" is a task of the plan and nothing else */
    const int32_t task_i = task ? gb_map_find(&k->c->by_task, fr.p, fr.n) : -1;
    const int32_t reg_i = task ? (task_i < 0 ? -1 : k->c->n_regions + task_i) : find_code(s, s->region, &k->c->by_region, fr);
    const char status = read_status(s);
    if (task)
        check_task_owner(s, task_i);
    else if (ind)
        check_owner(s, ind_i);
    else if (!s->settled[GB_COL_INDICATOR])
        unknown_indicator(s, fi);
    if (reg_i >= 0)
        check_region(s, ind, reg_i, p, status, fr);
    else if (!s->settled[GB_COL_REGION])
        task ? unknown_task(s, fr) : unknown_region(s, fr);
    if (p)
        check_period(s, ind, p, fp);
    else if (!s->settled[GB_COL_PERIOD])
        wrong_period(s, fp, ind);
    const int64_t value = ind && status && !s->settled[GB_COL_VALUE] ? read_value(s, ind, status) : GB_VALUE_MISSING;
    k->r->rows_read++;
    if (s->row_bad || ind_i < 0 || reg_i < 0 || !p) {
        k->r->rows_refused++;
        k->r->rows_rounded = rounded_before;
        return;
    }
    k->r->rows_marked += s->row_marked;
    if (k->n_rows == k->cap_rows)
        k->row = gb_grow(k->row, &k->cap_rows, k->n_rows + 1, sizeof *k->row);
    k->row[k->n_rows++] = (struct gb_row){ .value = value,
                                           .note = read_note(s),
                                           .indicator = ind_i,
                                           .region = reg_i,
                                           .period = p->ordinal,
                                           .line = (uint32_t)s->line,
                                           .status = status };
    if (k->opt->trace)
        trace_row(s, k->opt->trace, &k->row[k->n_rows - 1]);
}

void gb_scan_row_begin(struct gb_scan *s, int64_t line)
{
    static const struct gb_str none = { "", 0 };
    for (int i = 0; i < GB_N_COLS; i++) {
        s->f[i] = none;
        s->cell[i] = 0;
        s->settled[i] = false;
    }
    s->line = line;
    s->row_bad = s->row_marked = s->plain_value = false;
}

void gb_scan_begin(struct gb_scan *s, struct gb_reading *k)
{
    *s = (struct gb_scan){ .k = k, .a = &k->r->arena };
    gb_arena_init(&s->work, 0);
    s->indicator = GB_NEW_N(&s->work, GB_MEMO_SLOTS, struct gb_memo);
    s->region = GB_NEW_N(&s->work, GB_MEMO_SLOTS, struct gb_memo);
    s->period = GB_NEW_N(&s->work, GB_MEMO_SLOTS, struct gb_period_memo);
    s->owned = GB_NEW_N(&s->work, (size_t)gb_n_indicator_keys(k->c), unsigned char);
    s->bounded = GB_NEW_N(&s->work, (size_t)gb_n_region_keys(k->c), unsigned char);
    s->last_day = gb_date_to_days(k->opt->today) + 1;
    gb_map_init(&s->note_map);
}

void gb_scan_end(struct gb_scan *s)
{
    gb_map_release(&s->note_map);
    free(s->note);
    gb_arena_release(&s->work);
}
