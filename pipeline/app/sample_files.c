/* sample_files.c — made-up rows become files as departments send them: one an agency and day (a month for the past), as CSV, as a long
 * workbook or as wide ones, with letterhead, title and units above the table.
 *
 * Each agency keeps to its own form, as in life. A wide workbook holds figures of one period and one level, all of them final: what else
 * there is goes into a second file of the same day. Two files of an agency and day differ in `seq`. */
#include "app/sample_int.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"
#include "render/render.h"
#include <stdlib.h>

enum { P_FORM = 101, P_LATE };
enum { SEQ_MAIN = 1, SEQ_REVISION, SEQ_HOURS = 4, SEQ_LONG_PERIODS, SEQ_WIDE = 10 };
enum { LONG_MAX = 4000, WIDE_MIN_COLUMNS = 2, WIDE_MAX_COLUMNS = 40, GROUPS_MAX = 24 };

/* ---- slots --------------------------------------------------------------------------------------------------------- */
static int month_of(int32_t day)
{
    const struct gb_date d = gb_date_from_days(day);
    return d.year * 12 + d.month - 1;
}

static int32_t first_day(int month)
{
    return gb_date_to_days((struct gb_date){ (int16_t)(month / 12), (int8_t)(month % 12 + 1), 1 });
}

void gb_sample_set_init(struct gb_sample_set *s, struct gb_arena *a, const struct gb_catalogue *c, struct gb_date from,
                        struct gb_date to, uint64_t seed)
{
    *s = (struct gb_sample_set){
        .c = c, .to = to, .seed = seed, .to_day = gb_date_to_days(to), .revised_agency = -1, .silent = -1
    };
    s->first_month = from.year * 12 + from.month - 1;
    const int last = to.year * 12 + to.month - 1;
    s->n_history = last - 1 > s->first_month ? last - 1 - s->first_month : 0;
    s->daily_from = first_day(s->first_month + s->n_history);
    s->n_slots = s->n_history + (s->to_day - s->daily_from + 1);
    s->file = GB_NEW_N(a, gb_mul((size_t)c->n_agencies, (size_t)s->n_slots), struct gb_sample_file);
}

void gb_sample_set_release(struct gb_sample_set *s)
{
    for (size_t i = 0; i < (size_t)s->c->n_agencies * (size_t)s->n_slots; i++)
        free(s->file[i].row);
    free(s->revision.row);
}

int gb_sample_slot(const struct gb_sample_set *s, int32_t day)
{
    return day < s->daily_from ? month_of(day) - s->first_month : s->n_history + (day - s->daily_from);
}

int32_t gb_sample_slot_day(const struct gb_sample_set *s, int slot)
{
    const int32_t day = slot < s->n_history ? first_day(s->first_month + slot + 1) - 1 : s->daily_from + (slot - s->n_history);
    return day < s->to_day ? day : s->to_day;
}

/* ---- CSV and side file --------------------------------------------------------------------------------------------- */
static const struct gb_indicator *indicator_of(const struct gb_sample_delivery *d, const struct gb_sample_row *r)
{
    return &d->s->c->indicator[r->indicator_i];
}

static void csv_text(const struct gb_sample_delivery *d, struct gb_buf *out)
{
    gb_buf_adds(out, "indicator,region,period,value,status,note\r\n");
    for (size_t i = 0; i < d->n; i++) {
        const struct gb_sample_row *r = &d->row[i];
        const struct gb_indicator *ind = indicator_of(d, r);
        char period[24];
        gb_period_iso(ind->freq, r->period, period);
        gb_csv_code(out, true, ind->code);
        gb_csv_code(out, false, d->s->c->region[r->region_i].code);
        gb_csv_code(out, false, period);
        if (r->v == GB_SAMPLE_NONE)
            gb_csv_empty(out, false);
        else
            gb_csv_number(out, false, r->v, ind->scale);
        gb_buf_addc(out, ',');
        gb_buf_addc(out, r->status);
        gb_csv_text(out, false, r->note ? r->note : "");
        gb_csv_end(out);
    }
}

enum gb_code gb_sample_side_file(const struct gb_sample_delivery *d, struct gb_err *e)
{
    struct gb_arena a;
    struct gb_buf meta = { 0 };
    struct gb_json j = { .out = &meta, .pretty = true };
    char as_of[16], sent[16], period[24];
    const bool late = gb_date_to_days(d->as_of) < d->sent_day, wide = d->form >= GB_SAMPLE_WIDE_INDICATORS;
    gb_arena_init(&a, 0);
    gb_date_iso(d->as_of, as_of);
    gb_date_iso(gb_date_from_days(d->sent_day), sent);
    gb_json_open(&j, NULL, '{');
    gb_json_str(&j, "agency", d->s->c->agency[d->agency].code);
    gb_json_str(&j, "as_of", as_of);
    gb_json_str(&j, "decimal", ".");
    gb_json_str(&j, "delivered_at",
                gb_sprintf(&a, "%sT%s:00+07:00", sent,
                           late                  ? "09:30"
                           : d->seq == SEQ_HOURS ? "23:30"
                                                 : "17:00")); /* the last hour of the day is in it */
    gb_json_str(&j, "encoding", "utf-8");
    gb_json_str(&j, "grouping", "");
    gb_json_str(&j, "layout", wide ? "wide" : "long");
    if (d->form == GB_SAMPLE_WIDE_INDICATORS) {
        gb_period_iso(indicator_of(d, d->row)->freq, d->row->period, period);
        gb_json_str(&j, "period", period);
    }
    gb_json_bool(&j, "sample", true);
    gb_json_int(&j, "seq", d->seq);
    gb_json_str(&j, "title", gb_sprintf(&a, "SỐ LIỆU MẪU: %s, %s", d->s->c->agency[d->agency].name_vi, d->what));
    gb_json_close(&j, '}');
    gb_buf_addc(&meta, '\n');
    const enum gb_code code = gb_file_create(gb_sprintf(&a, "%s/%s.meta.json", d->dir, d->name), meta.p, meta.n, e);
    gb_buf_release(&meta);
    gb_arena_release(&a);
    return code;
}

/* ---- workbooks ----------------------------------------------------------------------------------------------------- */
static struct gb_sheet_cell cell_text(const char *s)
{
    return (struct gb_sheet_cell){ .kind = s && *s ? GB_SHEET_TEXT : GB_SHEET_NONE, .s = s };
}

static struct gb_sheet_cell cell_value(const struct gb_indicator *ind, int64_t v)
{
    int decimals = ind->scale;
    while (decimals > ind->decimals && v % gb_pow10[ind->scale - decimals + 1] == 0)
        decimals--;
    return (struct gb_sheet_cell){ .kind = GB_SHEET_NUMBER, .v = v, .scale = ind->scale, .decimals = decimals };
}

static void letterhead(const struct gb_sample_delivery *d, struct gb_arena *a, struct gb_sheet *s)
{
    const struct gb_locality *l = &d->s->c->locality;
    const struct gb_agency *agency = &d->s->c->agency[d->agency];
    s->date = d->as_of;
    s->above[0] = gb_upper(a, gb_sprintf(a, "ỦY BAN NHÂN DÂN %s", l->name));
    s->above[1] = gb_upper(a, agency->name_vi);
    s->title = gb_sprintf(a, "SỐ LIỆU MẪU: BIỂU SỐ LIỆU %s", gb_upper(a, d->what));
    s->subtitle = "(Số liệu dựng sẵn để thử hệ thống, không phải số liệu thật)";
    s->sign[0] = "NGƯỜI LẬP BIỂU";
    s->sign[1] = "THỦ TRƯỞNG ĐƠN VỊ";
    s->landscape = true;
}

static struct gb_sheet_cell period_cell(struct gb_arena *a, enum gb_freq freq, int32_t period)
{
    char text[24];
    if (freq == GB_FREQ_DAY)
        return (struct gb_sheet_cell){ .kind = GB_SHEET_DATE, .v = period };
    gb_period_iso(freq, period, text);
    return cell_text(gb_strdup(a, text));
}

void gb_sample_long(const struct gb_sample_delivery *d, struct gb_arena *a, struct gb_sheet *s)
{
    static const char *const LABEL[GB_LONG_N] = { "TT", "Mã chỉ số", "Chỉ số", "Mã địa bàn", "Địa bàn",
                                                  "Kỳ", "Giá trị",   "ĐVT",    "Trạng thái", "Ghi chú" };
    static const char *const HEAD[GB_LONG_N] = { "TT",     "indicator", "Tên chỉ số",  "region", "Tên địa bàn",
                                                 "period", "value",     "Đơn vị tính", "status", "note" };
    static const double WIDTH[GB_LONG_N] = { 6, 22, 46, 14, 26, 14, 16, 16, 10, 30 };
    const struct gb_catalogue *c = d->s->c;
    struct gb_sheet_cell *cell = GB_NEW_N(a, d->n * GB_LONG_N, struct gb_sheet_cell);
    *s = (struct gb_sheet){ .name = "Số liệu",
                            .n_columns = GB_LONG_N,
                            .n_rows = (int)d->n,
                            .width = WIDTH,
                            .label = LABEL,
                            .head = HEAD,
                            .cell = cell,
                            .sign_column = { GB_LONG_NAME, GB_LONG_UNIT } };
    letterhead(d, a, s);
    for (size_t i = 0; i < d->n; i++, cell += GB_LONG_N) {
        const struct gb_sample_row *r = &d->row[i];
        const struct gb_indicator *ind = indicator_of(d, r);
        cell[GB_LONG_STT] = (struct gb_sheet_cell){ .kind = GB_SHEET_NUMBER, .v = (int64_t)i + 1 };
        cell[GB_LONG_INDICATOR] = cell_text(ind->code);
        cell[GB_LONG_NAME] = cell_text(ind->name_vi);
        cell[GB_LONG_REGION] = cell_text(c->region[r->region_i].code);
        cell[GB_LONG_PLACE] = cell_text(gb_region_name(c, r->region_i, d->as_of));
        cell[GB_LONG_PERIOD] = period_cell(a, ind->freq, r->period);
        if (r->v != GB_SAMPLE_NONE)
            cell[GB_LONG_VALUE] = cell_value(ind, r->v);
        cell[GB_LONG_UNIT] = cell_text(ind->unit_vi);
        cell[GB_LONG_STATUS] = cell_text(r->status == 'A' ? NULL : gb_sprintf(a, "%c", r->status));
        cell[GB_LONG_NOTE] = cell_text(r->note);
    }
}

/* Keys of a wide table in order of first appearance: down, and across. */
struct axis {
    const struct gb_sample_row **v;
    int n;
};

static int place_on(struct axis *x, const struct gb_sample_row *r, bool periods, bool down)
{
    for (int i = 0; i < x->n; i++) {
        const struct gb_sample_row *o = x->v[i];
        if (down      ? o->region_i == r->region_i && (!periods || o->indicator_i == r->indicator_i)
            : periods ? o->period == r->period
                      : o->indicator_i == r->indicator_i)
            return i;
    }
    x->v[x->n] = r;
    return x->n++;
}

static void head_of(const struct gb_sample_delivery *d, struct gb_arena *a, const struct axis *across, int first,
                    const char **label, const char **unit, const char **head, double *width)
{
    for (int i = 0; i < across->n; i++) {
        const struct gb_indicator *ind = indicator_of(d, across->v[i]);
        char text[48];
        width[first + i] = d->form == GB_SAMPLE_WIDE_PERIODS ? 16 : 20;
        if (d->form == GB_SAMPLE_WIDE_PERIODS) {
            gb_period_vi(ind->freq, across->v[i]->period, text);
            label[first + i] = gb_strdup(a, text);
            gb_period_iso(ind->freq, across->v[i]->period, text);
            head[first + i] = gb_strdup(a, text);
        } else {
            label[first + i] = ind->name_vi;
            unit[first + i] = gb_sprintf(a, "ĐVT: %s", ind->unit_vi);
            head[first + i] = ind->code;
        }
    }
}

static void wide_sheet(const struct gb_sample_delivery *d, struct gb_arena *a, struct gb_sheet *s)
{
    const bool periods = d->form == GB_SAMPLE_WIDE_PERIODS;
    const int first = periods ? 5 : 3; /* columns before the figures */
    struct axis down = { GB_NEW_N(a, d->n, const struct gb_sample_row *), 0 },
                across = { GB_NEW_N(a, d->n, const struct gb_sample_row *), 0 };
    int *at = GB_NEW_N(a, d->n * 2, int);
    for (size_t i = 0; i < d->n; i++) {
        at[2 * i] = place_on(&down, &d->row[i], periods, true);
        at[2 * i + 1] = place_on(&across, &d->row[i], periods, false);
    }
    const int n = first + across.n;
    const char **label = GB_NEW_N(a, (size_t)n, const char *), **unit = GB_NEW_N(a, (size_t)n, const char *),
               **head = GB_NEW_N(a, (size_t)n, const char *);
    double *width = GB_NEW_N(a, (size_t)n, double);
    static const char *const LABEL[5] = { "TT", "Mã địa bàn", "Địa bàn", "Mã chỉ số", "Chỉ số" };
    static const char *const HEAD[5] = { "TT", "region", "Tên địa bàn", "indicator", "Tên chỉ số" };
    static const double WIDTH[5] = { 6, 14, 28, 22, 40 };
    for (int i = 0; i < first; i++) {
        label[i] = LABEL[i];
        head[i] = HEAD[i];
        width[i] = WIDTH[i];
    }
    head_of(d, a, &across, first, label, unit, head, width);
    struct gb_sheet_cell *cell = GB_NEW_N(a, gb_mul((size_t)down.n, (size_t)n), struct gb_sheet_cell);
    for (int i = 0; i < down.n; i++) {
        struct gb_sheet_cell *row = &cell[(size_t)i * (size_t)n];
        row[0] = (struct gb_sheet_cell){ .kind = GB_SHEET_NUMBER, .v = i + 1 };
        row[1] = cell_text(d->s->c->region[down.v[i]->region_i].code);
        row[2] = cell_text(gb_region_name(d->s->c, down.v[i]->region_i, d->as_of));
        if (periods) {
            row[3] = cell_text(indicator_of(d, down.v[i])->code);
            row[4] =
                cell_text(gb_sprintf(a, "%s (%s)", indicator_of(d, down.v[i])->name_vi, indicator_of(d, down.v[i])->unit_vi));
        }
    }
    for (size_t i = 0; i < d->n; i++)
        cell[(size_t)at[2 * i] * (size_t)n + (size_t)(first + at[2 * i + 1])] =
            d->row[i].v == GB_SAMPLE_NONE ? cell_text("M") : cell_value(indicator_of(d, &d->row[i]), d->row[i].v);
    *s = (struct gb_sheet){ .name = "Biểu ngang",
                            .n_columns = n,
                            .n_rows = down.n,
                            .width = width,
                            .label = label,
                            .unit = periods ? NULL : unit,
                            .head = head,
                            .cell = cell,
                            .sign_column = { 2, n - 1 } };
    letterhead(d, a, s);
}

/* The file and its side file. */
static GB_MUST_USE enum gb_code deliver(const struct gb_sample_delivery *d, struct gb_err *e)
{
    struct gb_arena a;
    struct gb_buf b = { 0 };
    struct gb_sheet sheet;
    enum gb_code code = GB_OK;
    gb_arena_init(&a, 0);
    if (d->form == GB_SAMPLE_CSV) {
        csv_text(d, &b);
    } else {
        if (d->form == GB_SAMPLE_LONG)
            gb_sample_long(d, &a, &sheet);
        else
            wide_sheet(d, &a, &sheet);
        code = gb_render_sheet(&sheet, d->tmpdir, &b, e);
    }
    if (code == GB_OK)
        code =
            gb_file_create(gb_sprintf(&a, "%s/%s.%s", d->dir, d->name, d->form == GB_SAMPLE_CSV ? "csv" : "xlsx"), b.p, b.n, e);
    if (code == GB_OK)
        code = gb_sample_side_file(d, e);
    gb_buf_release(&b);
    gb_arena_release(&a);
    return code;
}

/* ---- what an agency sends on one day ------------------------------------------------------------------------------- */
struct group { /* rows of one period and level; wide when every place has every indicator, and all is final */
    enum gb_freq freq;
    int32_t period;
    enum gb_level_kind level;
    struct gb_sample_row *row;
    size_t n;
    bool plain; /* no status but A and M, no note but beside M */
};

static enum gb_sample_form form_of(const struct gb_sample_set *s, int agency)
{
    static const enum gb_sample_form FORM[] = { GB_SAMPLE_CSV, GB_SAMPLE_LONG, GB_SAMPLE_WIDE_INDICATORS };
    struct gb_rng r = gb_rng_for(s->seed, s->c->agency[agency].code, "", P_FORM);
    return FORM[gb_rng_next(&r) % 3];
}

static bool fits_excel(const struct gb_sample_row *r, size_t n) /* 15 digits are all that Excel keeps */
{
    for (size_t i = 0; i < n; i++)
        if (r[i].v != GB_SAMPLE_NONE && (r[i].v >= gb_pow10[15] || r[i].v <= -gb_pow10[15]))
            return false;
    return true;
}

/* Every place of the group has every indicator of it: n rows are a rectangle. */
static bool rectangle(const struct group *g)
{
    int n_indicators = 0;
    const int32_t first = g->n ? g->row[0].region_i : -1;
    for (size_t i = 0; i < g->n; i++)
        n_indicators += g->row[i].region_i == first;
    if (n_indicators < WIDE_MIN_COLUMNS || n_indicators > WIDE_MAX_COLUMNS || g->n % (size_t)n_indicators != 0)
        return false;
    const size_t places = g->n / (size_t)n_indicators; /* rows come indicator by indicator, places in one order */
    for (size_t i = places; i < g->n; i++)
        if (g->row[i].region_i != g->row[i - places].region_i ||
            (i % places && g->row[i].indicator_i != g->row[i - 1].indicator_i))
            return false;
    return places > 1;
}

static enum gb_code send_part(const struct gb_sample_set *s, struct gb_sample_delivery d, const char *suffix, int seq,
                              enum gb_sample_form form, const struct gb_sample_row *row, size_t n, struct gb_arena *a,
                              struct gb_err *e)
{
    if (n == 0)
        return GB_OK;
    char day[16];
    gb_date_iso(d.as_of, day);
    d.name = gb_sprintf(a, "%s_%s%s", s->c->agency[d.agency].code, day, suffix);
    d.seq = seq;
    d.row = row;
    d.n = n;
    d.form = form != GB_SAMPLE_CSV && fits_excel(row, n) && (form != GB_SAMPLE_LONG || n <= LONG_MAX) ? form : GB_SAMPLE_CSV;
    return deliver(&d, e);
}

/* The groups of a wide agency that are rectangles become workbooks; the rest stays in `row`. @return how many are left. */
static enum gb_code send_wide(const struct gb_sample_set *s, const struct gb_sample_delivery *d, const char *suffix, int seq,
                              struct gb_sample_row *row, size_t *n, struct gb_arena *a, struct gb_err *e)
{
    static const char *const LEVEL[] = { "", "tinh", "huyen", "xa", "diem", "" };
    struct group *g = GB_NEW_N(a, GROUPS_MAX, struct group);
    int n_groups = 0;
    enum gb_code code = GB_OK;
    for (size_t i = 0; i < *n; i++) {
        const struct gb_indicator *ind = &s->c->indicator[row[i].indicator_i];
        const enum gb_level_kind level = s->c->region[row[i].region_i].level;
        int k = 0;
        while (k < n_groups && (g[k].freq != ind->freq || g[k].period != row[i].period || g[k].level != level))
            k++;
        if (k == GROUPS_MAX)
            return GB_OK; /* too many kinds for one day: all of it goes long */
        if (k == n_groups)
            g[n_groups++] = (struct group){ ind->freq, row[i].period, level, GB_NEW_N(a, *n, struct gb_sample_row), 0, true };
        g[k].row[g[k].n++] = row[i];
        g[k].plain &= row[i].status == 'A' || row[i].status == 'M';
    }
    size_t left = 0;
    for (int k = 0; k < n_groups && code == GB_OK; k++) {
        if (g[k].plain && rectangle(&g[k]) && fits_excel(g[k].row, g[k].n)) {
            code = send_part(s, *d, gb_sprintf(a, "%s_%s%s", suffix, LEVEL[g[k].level], k ? gb_sprintf(a, "-%d", k + 1) : ""),
                             seq + k, GB_SAMPLE_WIDE_INDICATORS, g[k].row, g[k].n, a, e);
            continue;
        }
        memcpy(row + left, g[k].row, g[k].n * sizeof *row);
        left += g[k].n;
    }
    *n = left;
    return code;
}

static enum gb_code send_day(const struct gb_sample_set *s, struct gb_sample_delivery d, const struct gb_sample_file *f,
                             struct gb_err *e)
{
    struct gb_arena a;
    enum gb_code code = GB_OK;
    const enum gb_sample_form form = form_of(s, d.agency);
    gb_arena_init(&a, 0);
    struct gb_sample_row *part[3];
    size_t n[3] = { 0 };
    for (int k = 0; k < 3; k++)
        part[k] = GB_NEW_N(&a, f->n, struct gb_sample_row);
    for (size_t i = 0; i < f->n; i++) { /* days and weeks; hours; months, quarters, years */
        const enum gb_freq freq = s->c->indicator[f->row[i].indicator_i].freq;
        const int k = freq == GB_FREQ_HOUR ? 1 : freq <= GB_FREQ_MONTH ? 2 : 0;
        part[k][n[k]++] = f->row[i];
    }
    if (form == GB_SAMPLE_WIDE_INDICATORS) {
        code = send_wide(s, &d, "", SEQ_WIDE, part[0], &n[0], &a, e);
        if (code == GB_OK)
            code = send_wide(s, &d, "_thang", SEQ_WIDE + GROUPS_MAX, part[2], &n[2], &a, e);
    }
    const enum gb_sample_form rest = form == GB_SAMPLE_CSV ? GB_SAMPLE_CSV : GB_SAMPLE_LONG;
    if (code == GB_OK)
        code = send_part(s, d, "", SEQ_MAIN, rest, part[0], n[0], &a, e);
    bool plain = true;
    for (size_t i = 0; i < n[1]; i++)
        plain &= part[1][i].status == 'A' || part[1][i].status == 'M';
    if (code == GB_OK)
        code = send_part(s, d, "_theo-gio", SEQ_HOURS, plain ? GB_SAMPLE_WIDE_PERIODS : GB_SAMPLE_CSV, part[1], n[1], &a, e);
    d.sent_day = d.sent_day + 4 < s->to_day ? d.sent_day + 4 : s->to_day; /* the month is closed a few days later */
    if (code == GB_OK)
        code = send_part(s, d, "_thang", SEQ_LONG_PERIODS, rest, part[2], n[2], &a, e);
    gb_arena_release(&a);
    return code;
}

static enum gb_code send_month(const struct gb_sample_set *s, struct gb_sample_delivery d, int slot, int seq,
                               const struct gb_sample_file *f, struct gb_err *e)
{
    struct gb_arena a;
    const int ym = s->first_month + slot;
    gb_arena_init(&a, 0);
    d.name = gb_sprintf(&a, "%s_%04d-%02d%s", s->c->agency[d.agency].code, ym / 12, ym % 12 + 1, seq == SEQ_REVISION ? "_2" : "");
    d.what = gb_sprintf(&a, "tháng %02d/%04d%s", ym % 12 + 1, ym / 12, seq == SEQ_REVISION ? ", điều chỉnh" : "");
    d.seq = seq;
    d.as_of = gb_date_from_days(gb_sample_slot_day(s, slot));
    d.sent_day = gb_sample_slot_day(s, slot) + (seq == SEQ_REVISION ? 40 : 4);
    if (d.sent_day > s->to_day)
        d.sent_day = s->to_day;
    d.form = GB_SAMPLE_CSV;
    d.row = f->row;
    d.n = f->n;
    const enum gb_code code = deliver(&d, e);
    gb_arena_release(&a);
    return code;
}

static enum gb_code send_slot(const struct gb_sample_set *s, struct gb_sample_delivery d, int slot, struct gb_err *e)
{
    const struct gb_sample_file *f = &s->file[(size_t)d.agency * (size_t)s->n_slots + (size_t)slot];
    if (f->n == 0)
        return GB_OK;
    if (slot < s->n_history)
        return send_month(s, d, slot, SEQ_MAIN, f, e);
    struct gb_arena a;
    char day[16];
    const int32_t today = gb_sample_slot_day(s, slot);
    gb_arena_init(&a, 0);
    d.as_of = gb_date_from_days(today);
    gb_date_vi(d.as_of, day);
    d.what = gb_sprintf(&a, "ngày %s", day);
    struct gb_rng r = gb_rng_for(s->seed, s->c->agency[d.agency].code, day, P_LATE);
    const uint64_t x = gb_rng_next(&r); /* one file in fifteen is one to three days late */
    d.sent_day = today + (x % 15 == 0 ? (int32_t)(1 + x / 15 % 3) : 0);
    if (d.sent_day > s->to_day)
        d.sent_day = s->to_day;
    const enum gb_code code = send_day(s, d, f, e);
    gb_arena_release(&a);
    return code;
}

enum gb_code gb_sample_files(struct gb_sample_set *s, const char *dir, bool with_errors, struct gb_err *e)
{
    struct gb_arena a;
    size_t n_rows = 0;
    gb_arena_init(&a, 0);
    const char *wrong = gb_path_join(&a, dir, "sai"), *tmpdir = gb_path_join(&a, wrong, ".tmp");
    enum gb_code code = gb_mkdirs(tmpdir, e);
    for (int agency = 0; agency < s->c->n_agencies; agency++)
        for (int slot = 0; slot < s->n_slots && code == GB_OK; slot++) {
            struct gb_sample_file *f = &s->file[(size_t)agency * (size_t)s->n_slots + (size_t)slot];
            if (agency == s->silent && slot >= s->n_history)
                f->n = 0;
            n_rows += f->n;
            code = send_slot(s, (struct gb_sample_delivery){ .s = s, .dir = dir, .tmpdir = tmpdir, .agency = agency }, slot, e);
        }
    if (code == GB_OK && n_rows == 0)
        code = gb_fail(e, GB_E_USAGE,
                       "không có gì để sinh: indicators.csv cần typical_value và owner, và có kỳ kết thúc trong --from, --to");
    if (code == GB_OK && s->revised_agency >= 0 && s->revision.n > 0)
        code = send_month(s, (struct gb_sample_delivery){ .s = s, .dir = dir, .tmpdir = tmpdir, .agency = s->revised_agency },
                          s->revision_month, SEQ_REVISION, &s->revision, e);
    if (code == GB_OK)
        code = gb_sample_wrong(s, dir, tmpdir, with_errors, e);
    struct gb_err ignored = { 0 };
    const enum gb_code removed = gb_remove_tree(tmpdir, code == GB_OK ? e : &ignored);
    if (code == GB_OK)
        code = removed;
    if (code != GB_OK)
        (void)gb_context(e, "số liệu mẫu vào %s", dir);
    gb_arena_release(&a);
    return code;
}
