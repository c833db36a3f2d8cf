/* xlsx_sector.c — the statisticians' workbook of one sector: cover, contents, codebook, one wide sheet per indicator (regions down,
 * periods across, numbers only), and the status of every figure that is not plainly final. The tidy form is the edition's CSV.
 *
 * A sheet of more than PERIODS_ACROSS periods (hours, days) is turned: periods down, regions across. Nobody reads ten thousand
 * columns, and libxlsxwriter takes megabytes for the head of each of them.
 */
#include "document/describe.h"
#include "render/xlsx_int.h"

#define COLS_MAX 16384
#define ROWS_MAX 1048576
#define PERIODS_ACROSS 240 /* twenty years of months */
struct sector {
    struct gb_book b;
    const struct gb_evaluation *ev;
    const struct gb_edition_info *ed;
    int sector_i;
    const char **sheet;
};

static const char *period_label(struct gb_arena *a, enum gb_freq f, int32_t ord)
{
    char t[48];
    size_t n = gb_period_vi(f, ord, t);
    return gb_strndup(a, t, n);
}

/* Distinct periods of an indicator over all its regions, ascending: merge by marking between the extremes. */
static size_t periods(struct sector *x, int k, int32_t **out)
{
    const struct gb_catalogue *c = x->ev->catalogue;
    int32_t lo = INT32_MAX, hi = INT32_MIN;
    for (int r = 0; r < c->n_regions; r++) {
        const struct gb_series *s = gb_cube_series(x->ev->cube, k, r);
        if (s && s->n) {
            if (s->period[0] < lo)
                lo = s->period[0];
            if (s->period[s->n - 1] > hi)
                hi = s->period[s->n - 1];
        }
    }
    *out = NULL;
    if (lo > hi)
        return 0;
    size_t span = (size_t)((int64_t)hi - lo) + 1, n = 0;
    bool *seen = GB_NEW_N(x->b.arena, span, bool);
    for (int r = 0; r < c->n_regions; r++) {
        const struct gb_series *s = gb_cube_series(x->ev->cube, k, r);
        for (uint32_t i = 0; s && i < s->n; i++)
            seen[s->period[i] - lo] = true;
    }
    *out = GB_NEW_N(x->b.arena, span, int32_t);
    for (size_t i = 0; i < span; i++)
        if (seen[i])
            (*out)[n++] = lo + (int32_t)i;
    return n;
}

static void wide_row(struct sector *x, uint32_t row, const struct gb_series *s, const int32_t *per, size_t n_per)
{
    const struct gb_catalogue *c = x->ev->catalogue;
    const struct gb_indicator *ind = &c->indicator[s->indicator_i];
    gb_book_text(&x->b, row, 0, c->region[s->region_i].code, GB_X_PLAIN);
    gb_book_text(&x->b, row, 1, gb_region_name(c, s->region_i, x->ev->date), GB_X_PLAIN);
    size_t k = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        while (k < n_per && per[k] < s->period[i])
            k++;
        if (k == n_per)
            return;
        if (per[k] == s->period[i] && s->value[i] != GB_VALUE_MISSING)
            gb_book_number(&x->b, row, (uint16_t)(k + 2), s->value[i], ind->scale, ind->decimals);
    }
}

/* Regions down. All periods fit: there are at most PERIODS_ACROSS. */
static void regions_down(struct sector *x, int k, const int32_t *per, size_t n_per)
{
    const struct gb_catalogue *c = x->ev->catalogue;
    const char **h = GB_NEW_N(x->b.arena, n_per + 2, const char *);
    h[0] = "Mã địa bàn";
    h[1] = "Địa bàn";
    for (size_t i = 0; i < n_per; i++)
        h[i + 2] = period_label(x->b.arena, c->indicator[k].freq, per[i]);
    uint32_t row = 1;
    for (int r = 0; r < c->n_regions && row < ROWS_MAX; r++) {
        const struct gb_series *s = gb_cube_series(x->ev->cube, k, r);
        if (s)
            wide_row(x, row++, s, per, n_per);
    }
    gb_book_table(&x->b, 0, 0, row - 1, (uint16_t)(n_per + 1), h, gb_sprintf(x->b.arena, "cs_%d", k + 1));
    gb_book_width(&x->b, 0, 0, 11);
    gb_book_width(&x->b, 1, 1, 28);
    if (n_per)
        gb_book_width(&x->b, 2, (uint16_t)(n_per + 1), 14);
    gb_book_freeze(&x->b, 1, 2);
}

/* Periods down, in the form of deliveries, which sorts. */
static void periods_down(struct sector *x, int k, const int32_t *per, size_t n_per)
{
    const struct gb_catalogue *c = x->ev->catalogue;
    const struct gb_indicator *ind = &c->indicator[k];
    const char **h = GB_NEW_N(x->b.arena, (size_t)c->n_regions + 1, const char *);
    h[0] = "Kỳ";
    for (size_t i = 0; i < n_per; i++) {
        char iso[24];
        gb_period_iso(ind->freq, per[i], iso);
        gb_book_text(&x->b, (uint32_t)i + 1, 0, iso, GB_X_PLAIN);
    }
    uint16_t col = 1;
    for (int r = 0; r < c->n_regions && col < COLS_MAX; r++) {
        const struct gb_series *s = gb_cube_series(x->ev->cube, k, r);
        if (!s)
            continue;
        size_t at = 0;
        for (uint32_t i = 0; i < s->n && at < n_per; i++) {
            while (at < n_per && per[at] < s->period[i])
                at++;
            if (at < n_per && per[at] == s->period[i] && s->value[i] != GB_VALUE_MISSING)
                gb_book_number(&x->b, (uint32_t)at + 1, col, s->value[i], ind->scale, ind->decimals);
        }
        h[col++] = gb_sprintf(x->b.arena, "%s %s", c->region[r].code, gb_region_name(c, r, x->ev->date));
    }
    gb_book_table(&x->b, 0, 0, (uint32_t)n_per, (uint16_t)(col - 1), h, gb_sprintf(x->b.arena, "cs_%d", k + 1));
    gb_book_width(&x->b, 0, 0, 16);
    gb_book_width(&x->b, 1, (uint16_t)(col - 1), 16);
    gb_book_freeze(&x->b, 1, 1);
}

static void wide(struct sector *x, int k)
{
    int32_t *per;
    size_t n_per = periods(x, k, &per), from = n_per > ROWS_MAX - 1 ? n_per - (ROWS_MAX - 1) : 0;
    x->sheet[k] = gb_book_sheet(&x->b, x->ev->catalogue->indicator[k].code);
    if (n_per <= PERIODS_ACROSS)
        regions_down(x, k, per, n_per);
    else
        periods_down(x, k, per + from, n_per - from); /* the newest that fit; all are in the CSV */
    gb_book_print(&x->b, x->ed, true, 0);
}

static bool in_sector(const struct sector *x, int k)
{
    return x->ev->catalogue->indicator[k].sector_i == x->sector_i && gb_indicator_seen(x->ev, k);
}

/* Status sheet: every observation that is not A, with what it means; the wide sheets hold numbers only. */
static void statuses(struct sector *x)
{
    static const char *const h[] = { "Mã chỉ số", "Mã địa bàn", "Kỳ", "Ký hiệu", "Trạng thái" };
    const struct gb_catalogue *c = x->ev->catalogue;
    uint32_t row = 1;
    gb_book_sheet(&x->b, "Trạng thái số liệu");
    for (int k = 0; k < c->n_indicators; k++)
        for (int r = 0; r < c->n_regions && in_sector(x, k); r++) {
            const struct gb_series *s = gb_cube_series(x->ev->cube, k, r);
            for (uint32_t i = 0; s && i < s->n && row < 1048575; i++) {
                if (s->status[i] == 'A')
                    continue;
                char period[24], status[2] = { s->status[i], 0 };
                gb_period_iso(c->indicator[k].freq, s->period[i], period);
                gb_book_text(&x->b, row, 0, c->indicator[k].code, GB_X_PLAIN);
                gb_book_text(&x->b, row, 1, c->region[r].code, GB_X_PLAIN);
                gb_book_text(&x->b, row, 2, period, GB_X_PLAIN);
                gb_book_text(&x->b, row, 3, status, GB_X_PLAIN);
                gb_book_text(&x->b, row, 4, gb_status_vi(s->status[i]), GB_X_PLAIN);
                row++;
            }
        }
    gb_book_freeze(&x->b, row > 1, 0);
    if (row > 1)
        gb_book_table(&x->b, 0, 0, row - 1, 4, h, "trang_thai");
    else
        gb_book_text(&x->b, 0, 0, "Mọi số liệu của ngành này đều là số chính thức.", GB_X_PLAIN);
    gb_book_width(&x->b, 0, 0, 28);
    gb_book_width(&x->b, 1, 4, 16);
    gb_book_print(&x->b, x->ed, false, 0);
}

static void codebook(struct sector *x)
{
    static const char *const h[] = {
        "Mã chỉ số",        "Tên chỉ số", "Tên tiếng Anh",      "Đơn vị tính",     "Tần suất",
        "Số lẻ công bố",    "Nguồn",      "Căn cứ pháp lý",     "Ngưỡng",          "Lịch",
        "Cơ quan cung cấp", "Các mức",    "Số toàn địa phương", "Giới hạn hợp lệ", "Mức kiểm chứng"
    };
    enum { CALENDAR = 9, OWNERS, STEPS, TOTAL, BOUNDS, EVIDENCE };
    const struct gb_catalogue *c = x->ev->catalogue;
    uint32_t row = 1;
    gb_book_sheet(&x->b, "Danh mục chỉ số");
    for (int k = 0; k < c->n_indicators; k++) {
        const struct gb_indicator *ind = &c->indicator[k];
        if (!in_sector(x, k))
            continue;
        gb_book_text(&x->b, row, 0, ind->code, GB_X_PLAIN);
        gb_book_text(&x->b, row, 1, ind->name_vi, GB_X_WRAP);
        gb_book_text(&x->b, row, 2, ind->name_en, GB_X_WRAP);
        gb_book_text(&x->b, row, 3, ind->unit_vi, GB_X_WRAP);
        gb_book_text(&x->b, row, 4, gb_freq_vi(ind->freq), GB_X_PLAIN);
        gb_book_number(&x->b, row, 5, ind->decimals, 0, 0);
        gb_book_text(&x->b, row, 6, ind->source_vi, GB_X_WRAP);
        gb_book_text(&x->b, row, 7, ind->legal_basis, GB_X_WRAP);
        gb_book_text(&x->b, row, 8,
                     !ind->has_steps       ? "không đánh giá"
                     : ind->steps_are_norm ? "theo quy định"
                                           : "ngưỡng đề xuất",
                     GB_X_PLAIN);
        const char *owners = gb_owners_vi(x->b.arena, c, ind, false), *steps = gb_steps_vi(x->b.arena, ind),
                   *total = gb_aggregation_vi(x->b.arena, c, ind), *bounds = gb_bounds_vi(x->b.arena, ind);
        gb_book_text(&x->b, row, CALENDAR, gb_calendar_vi(ind), GB_X_PLAIN);
        gb_book_text(&x->b, row, OWNERS, owners, GB_X_WRAP);
        gb_book_text(&x->b, row, STEPS, steps, GB_X_WRAP);
        gb_book_text(&x->b, row, TOTAL, total, GB_X_WRAP);
        gb_book_text(&x->b, row, BOUNDS, bounds, GB_X_WRAP);
        gb_book_text(&x->b, row, EVIDENCE, gb_evidence_vi(ind), GB_X_WRAP);
        const struct {
            const char *s;
            double width;
        } wrapped[] = {
            { ind->name_vi, 40 }, { ind->name_en, 40 }, { ind->unit_vi, 16 }, { ind->source_vi, 36 }, { ind->legal_basis, 36 },
            { owners, 30 },       { steps, 40 },        { total, 40 },        { bounds, 24 },         { gb_evidence_vi(ind), 24 }
        };
        int lines = 1;
        for (size_t i = 0; i < sizeof wrapped / sizeof *wrapped; i++) {
            int n = gb_book_lines_of(wrapped[i].s, wrapped[i].width);
            if (n > lines)
                lines = n;
        }
        gb_book_lines(&x->b, row++, lines);
    }
    gb_book_table(&x->b, 0, 0, row - 1, EVIDENCE, h, "danh_muc");
    gb_book_freeze(&x->b, 1, 1);
    gb_book_width(&x->b, 0, 0, 26);
    gb_book_width(&x->b, 1, 2, 40);
    gb_book_width(&x->b, 3, 5, 16);
    gb_book_width(&x->b, 6, 7, 36);
    gb_book_width(&x->b, 8, 9, 16);
    gb_book_width(&x->b, OWNERS, OWNERS, 30);
    gb_book_width(&x->b, STEPS, TOTAL, 40);
    gb_book_width(&x->b, BOUNDS, EVIDENCE, 24);
    gb_book_print(&x->b, x->ed, true, 0);
}

static void cover(struct sector *x, const char *title)
{
    const struct gb_catalogue *c = x->ev->catalogue;
    char date[16];
    gb_date_vi(x->ed->date, date);
    const char *line[][2] = { { "Cơ quan", c->locality.contact },
                              { "Ngày số liệu", date },
                              { "Ấn bản", x->ed->id },
                              { "Mã đối chiếu", x->ed->short_hash },
                              { "Cách đọc", "Mỗi chỉ số ở một trang tính: địa bàn theo dòng, kỳ theo cột (chỉ số theo giờ, theo "
                                            "ngày: kỳ theo dòng, địa bàn theo cột), chỉ có số. Ô trống là chưa có số liệu. Số "
                                            "ước tính, sơ bộ hoặc thiếu được ghi ở trang \"Trạng thái số liệu\"." } };
    gb_book_sheet(&x->b, "Giới thiệu");
    lxw_worksheet *first = x->b.sheet;
    codebook(x);
    for (int k = 0; k < c->n_indicators; k++)
        if (in_sector(x, k))
            wide(x, k);
    statuses(x);
    x->b.sheet = first;
    uint32_t row = 0;
    gb_book_text(&x->b, row++, 0, title, GB_X_TITLE);
    for (size_t i = 0; i < sizeof line / sizeof *line; i++, row++) {
        gb_book_text(&x->b, row, 0, line[i][0], GB_X_STRONG);
        gb_book_text(&x->b, row, 1, line[i][1], GB_X_WRAP);
    }
    gb_book_lines(&x->b, row - 1, gb_book_lines_of(line[sizeof line / sizeof *line - 1][1], 90));
    if (x->ed->sample) {
        gb_book_text(&x->b, row, 0, "Lưu ý", GB_X_STRONG);
        gb_book_text(&x->b, row++, 1, "SỐ LIỆU MẪU", GB_X_STRONG);
    }
    gb_book_text(&x->b, ++row, 0, "Các trang tính", GB_X_HEAD);
    gb_book_link(&x->b, ++row, 0, "Danh mục chỉ số", "Danh mục chỉ số");
    gb_book_text(&x->b, row, 1, "Tên, đơn vị tính, nguồn và căn cứ của từng chỉ số", GB_X_WRAP);
    gb_book_link(&x->b, ++row, 0, "Trạng thái số liệu", "Trạng thái số liệu");
    gb_book_text(&x->b, row, 1, "Số nào là sơ bộ, ước tính hoặc còn thiếu", GB_X_WRAP);
    for (int k = 0; k < c->n_indicators; k++) {
        if (!in_sector(x, k))
            continue;
        gb_book_link(&x->b, ++row, 0, x->sheet[k], x->sheet[k]);
        gb_book_text(&x->b, row, 1, gb_sprintf(x->b.arena, "%s (%s)", c->indicator[k].name_vi, c->indicator[k].unit_vi),
                     GB_X_WRAP);
    }
    gb_book_width(&x->b, 0, 0, 30);
    gb_book_width(&x->b, 1, 1, 90);
    gb_book_print(&x->b, x->ed, false, 0);
}

enum gb_code gb_workbook_sector(const struct gb_evaluation *ev, int sector_i, const struct gb_edition_info *ed,
                                const char *tmpdir, struct gb_buf *out, struct gb_err *e)
{
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct sector *x = GB_NEW(&a, struct sector);
    const struct gb_catalogue *c = ev->catalogue;
    *x = (struct sector){ .ev = ev, .ed = ed, .sector_i = sector_i };
    x->sheet = GB_NEW_N(&a, (size_t)c->n_indicators, const char *);
    const char *title = gb_sprintf(&a, "%s – %s", c->sector[sector_i].name_vi, c->locality.name);
    gb_book_open(&x->b, &a, tmpdir, title, ed, e);
    cover(x, title);
    enum gb_code rc = gb_book_close(&x->b, out);
    gb_arena_release(&a);
    return rc == GB_OK ? GB_OK : gb_context(e, "sổ số liệu ngành %s", c->sector[sector_i].code);
}
