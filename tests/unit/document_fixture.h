/* document_fixture.h — a small catalogue and an evaluation whose figures a test writes itself.
 *
 * One indicator per entry of `ind`, two regions (the province and a ward), one series per indicator at the province and one at the
 * ward; the eval of each is filled by the test, so that every branch of a sentence can be reached without a season of data.
 */
#ifndef GB_TESTS_DOCUMENT_FIXTURE_H
#define GB_TESTS_DOCUMENT_FIXTURE_H
#include "document/document.h"
#include "document/phrase.h"

enum { PROVINCE, WARD };
enum { I_RATE, I_AMOUNT, I_COUNT, I_GROWTH, I_LEVEL, I_CUM, I_STOCK, I_GRADE, I_WAIT, I_YEARLY, I_QUARTER, I_NEW, I_PH, I_DEATHS, I_CUMPCT, N_IND };

struct fixture {
    struct gb_arena arena;
    struct gb_catalogue c;
    struct gb_cube cube;
    struct gb_evaluation ev;
    struct gb_doc *d;
};

static inline void fixture_indicator(struct gb_indicator *i, const char *code, const char *name, const char *unit, enum gb_freq freq,
                                     enum gb_flow flow, enum gb_direction dir, int scale, int decimals)
{
    i->code = code;
    i->name_vi = name;
    i->unit_vi = unit;
    i->freq = freq;
    i->flow = flow;
    i->direction = dir;
    i->scale = scale;
    i->decimals = decimals;
    i->is_percent = gb_streq(unit, "%");
    i->agg_num = i->agg_den = -1;
    i->name_en = i->unit_code = i->source_vi = i->legal_basis = i->notes = i->evidence = i->season = "";
}

static inline void fixture_open(struct fixture *f)
{
    memset(f, 0, sizeof *f);
    gb_arena_init(&f->arena, 0);
    struct gb_catalogue *c = &f->c;
    c->n_indicators = N_IND;
    c->indicator = GB_NEW_N(&f->arena, N_IND, struct gb_indicator);
    struct gb_indicator *i = c->indicator;
    fixture_indicator(&i[I_RATE], "inv.disbursement_rate", "Tỷ lệ giải ngân vốn đầu tư công", "%", GB_FREQ_MONTH, GB_FLOW_RATE, GB_UP_GOOD, 2, 1);
    fixture_indicator(&i[I_AMOUNT], "econ.budget_revenue", "Thu ngân sách nhà nước trên địa bàn", "tỷ đồng", GB_FREQ_MONTH, GB_FLOW_FLOW, GB_UP_GOOD, 3, 1);
    fixture_indicator(&i[I_COUNT], "fire.count", "Số vụ cháy, nổ", "vụ", GB_FREQ_DAY, GB_FLOW_FLOW, GB_DOWN_GOOD, 0, 0);
    fixture_indicator(&i[I_GROWTH], "econ.iip", "Chỉ số sản xuất công nghiệp (IIP) so với cùng kỳ", "%", GB_FREQ_MONTH, GB_FLOW_RATE, GB_UP_GOOD, 2, 1);
    fixture_indicator(&i[I_LEVEL], "dis.level", "Mực nước hồ Cửa Đạt", "m", GB_FREQ_HOUR, GB_FLOW_RATE, GB_DOWN_GOOD, 2, 2);
    fixture_indicator(&i[I_CUM], "inv.disbursed", "Giá trị giải ngân vốn đầu tư công", "tỷ đồng", GB_FREQ_MONTH, GB_FLOW_CUMULATIVE, GB_UP_GOOD, 1, 0);
    fixture_indicator(&i[I_STOCK], "fb.overdue", "Số phản ánh quá hạn chưa trả lời", "phản ánh", GB_FREQ_DAY, GB_FLOW_STOCK, GB_DOWN_GOOD, 0, 0);
    fixture_indicator(&i[I_GRADE], "fire.grade", "Cấp dự báo cháy rừng cao nhất", "cấp", GB_FREQ_DAY, GB_FLOW_RATE, GB_DOWN_GOOD, 0, 0);
    fixture_indicator(&i[I_WAIT], "fb.days", "Thời gian xử lý bình quân một phản ánh", "ngày", GB_FREQ_WEEK, GB_FLOW_RATE, GB_DOWN_GOOD, 1, 1);
    fixture_indicator(&i[I_YEARLY], "par.index", "Chỉ số cải cách hành chính (PAR INDEX)", "%", GB_FREQ_YEAR, GB_FLOW_RATE, GB_UP_GOOD, 2, 2);
    fixture_indicator(&i[I_QUARTER], "econ.invest", "Tổng vốn đầu tư phát triển toàn xã hội", "tỷ đồng", GB_FREQ_QUARTER, GB_FLOW_FLOW, GB_UP_GOOD, 0, 0);
    fixture_indicator(&i[I_NEW], "iz.new", "Số dự án đầu tư mới trong tháng", "dự án", GB_FREQ_MONTH, GB_FLOW_FLOW, GB_UP_GOOD, 0, 0);
    fixture_indicator(&i[I_PH], "iz.ph", "pH nước thải sau xử lý", "pH", GB_FREQ_HOUR, GB_FLOW_RATE, GB_BAND, 2, 2);
    fixture_indicator(&i[I_DEATHS], "tr.deaths", "Số người chết do tai nạn giao thông", "người", GB_FREQ_MONTH, GB_FLOW_FLOW, GB_DOWN_GOOD, 0, 0);
    fixture_indicator(&i[I_CUMPCT], "inv.rate", "Tỷ lệ giải ngân vốn đầu tư công so với kế hoạch", "%", GB_FREQ_MONTH, GB_FLOW_CUMULATIVE, GB_UP_GOOD, 2, 1);
    i[I_CUMPCT].season = "invcum";
    c->n_regions = 2;
    c->region = GB_NEW_N(&f->arena, 2, struct gb_region);
    static const char *const names[2][3] = { { "38", "Tỉnh Thanh Hóa", "province" }, { "14797", "Phường Hạc Thành", "ward" } };
    for (int r = 0; r < 2; r++) {
        c->region[r] = (struct gb_region){ .code = names[r][0], .parent = r - 1, .level = r ? GB_AT_COMMUNE : GB_AT_PROVINCE,
                                           .version = GB_NEW(&f->arena, struct gb_region_version), .n_versions = 1 };
        *c->region[r].version = (struct gb_region_version){ .name = names[r][1], .type = names[r][2] };
    }
    gb_cube_init(&f->cube, c);
    for (int k = 0; k < N_IND; k++) {
        for (int r = 0; r < 2; r++) {
            int32_t period = 0, delivery = 1;
            int64_t value = 1;
            char status = 'A';
            gb_cube_add(&f->cube, GB_PART_PUBLIC, &(struct gb_series){ .indicator_i = k, .region_i = r, .n = 1, .period = &period,
                                                                      .value = &value, .status = &status, .delivery = &delivery });
        }
    }
    gb_cube_end_part(&f->cube, GB_PART_PUBLIC);
    f->ev = (struct gb_evaluation){ .catalogue = c, .cube = &f->cube, .date = { 2026, 11, 22 } };
    f->ev.n = f->ev.cap = f->cube.n_series;
    f->ev.eval = GB_NEW_N(&f->arena, f->ev.n, struct gb_eval);
    for (size_t s = 0; s < f->ev.n; s++) {
        f->ev.eval[s].latest_i = -1;
    }
    f->d = gb_doc_new(&f->arena, c, GB_LEADERSHIP, "test");
    f->d->title = "Kiểm thử";
    f->d->type_name = "BÁO CÁO";
    f->d->date = f->ev.date;
}

static inline void fixture_close(struct fixture *f)
{
    gb_cube_release(&f->cube);
    gb_arena_release(&f->arena);
}

static inline struct gb_eval *fixture_eval(struct fixture *f, int indicator_i, int region_i)
{
    return &f->ev.eval[gb_cube_series(&f->cube, indicator_i, region_i) - f->cube.series];
}

/** base -> now, with the percentage the evaluation would give. */
static inline struct gb_change fixture_change(int64_t base, int64_t now, int32_t period)
{
    struct gb_change c = { .ok = true, .base = base, .diff = now - base, .base_negative = base < 0, .period = period };
    c.pct_ok = gb_dec_pct_change(now, base, &c.pct);
    return c;
}

#define MONTH(y, m) ((y) * 12 + (m) - 1)
#define QUARTER(y, q) ((y) * 4 + (q) - 1)
static inline int32_t fixture_day(int y, int m, int d)
{
    return gb_date_to_days((struct gb_date){ (int16_t)y, (int8_t)m, (int8_t)d });
}
#endif
