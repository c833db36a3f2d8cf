/* test_document_phrase.c — every branch of the sentences, with the exact Vietnamese text expected.
 *
 * Each case writes the evaluated series itself: value, bases, target, state; -1 in a base field means "no such base".
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "document_fixture.h"

#define NO INT64_MIN
struct sentence {
    int ind, region;
    int32_t period;
    int64_t value;
    char status;
    int64_t prev, year; /* bases, NO = missing */
    unsigned say;
    /* further parts: 0 = undefined */
    int64_t target, attainment, behind;
    bool pace;
    int64_t ytd, ytd_base;
    int n_ytd;
    bool ytd_gap;
    bool illustrative;
    enum gb_state state, level;
    int rank, n_ranked;
    bool overdue;
    const char *expect;
};

static void fill(struct fixture *f, const struct sentence *x)
{
    struct gb_eval *e = fixture_eval(f, x->ind, x->region);
    *e = (struct gb_eval){ .latest_i = 0,
                           .period = x->period,
                           .value = x->value,
                           .status = x->status ? x->status : 'A',
                           .age_days = 5,
                           .overdue = x->overdue,
                           .state = x->state,
                           .level = x->level,
                           .rank = x->rank,
                           .n_ranked = x->n_ranked };
    enum gb_freq freq = f->c.indicator[x->ind].freq;
    if (x->prev != NO)
        e->prev = fixture_change(x->prev, x->value, x->period - 1);
    if (x->year != NO)
        e->year_before = fixture_change(x->year, x->value, gb_period_year_before(freq, x->period));
    if (x->target) {
        e->has_target = true;
        e->target = x->target;
        e->target_confirmed = !x->illustrative;
        e->attain_ok = x->attainment != 0;
        e->attainment_pct = x->attainment;
    }
    e->pace_ok = x->pace;
    e->behind_pct = x->behind;
    if (x->pace)
        e->has_target = true;
    if (x->n_ytd) {
        e->ytd_ok = true;
        e->ytd = x->ytd;
        e->n_ytd = x->n_ytd;
        e->ytd_complete = !x->ytd_gap;
        if (x->ytd_base != NO && x->ytd_base)
            e->ytd_year_before = fixture_change(x->ytd_base, x->ytd, gb_period_year_before(freq, x->period));
    }
}

#define P GB_SAY_PERIOD
#define V GB_SAY_PREVIOUS
#define Y GB_SAY_YEAR
#define T GB_SAY_TARGET
#define D GB_SAY_YTD
#define S GB_SAY_STATE
#define R GB_SAY_RANK
#define W GB_SAY_REGION
#define C GB_SAY_PACE
#define PCT(x) ((int64_t)((x)*1000000 + ((x) < 0 ? -0.5 : 0.5)))

static const struct sentence CASES[] = {
    /* value and period */
    { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'A', NO, NO, P,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công tháng 10/2026 đạt 68,4%." },
    { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'A', NO, NO, 0, .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4%." },
    { I_RATE, WARD, MONTH(2026, 10), 6840, 'A', NO, NO, P | W,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công tại phường Hạc Thành tháng 10/2026 đạt 68,4%." },
    { I_COUNT, PROVINCE, 0, 3, 'A', NO, NO, P, .expect = "Số vụ cháy, nổ ngày 21/11/2026 là 3 vụ." },
    { I_LEVEL, PROVINCE, 1, 9835, 'A', NO, NO, P, .expect = "Mực nước hồ Cửa Đạt lúc 05 giờ ngày 21/11/2026 là 98,35 m." },
    { I_STOCK, PROVINCE, 0, 12, 'A', NO, NO, P,
      .expect = "Số phản ánh quá hạn chưa trả lời đến hết ngày 21/11/2026 là 12 phản ánh." },
    { I_CUM, PROVINCE, MONTH(2026, 10), 123456, 'A', NO, NO, P,
      .expect = "Giá trị giải ngân vốn đầu tư công lũy kế đến hết tháng 10/2026 đạt 12.346 tỷ đồng." },
    { I_QUARTER, PROVINCE, QUARTER(2026, 3), 45230, 'A', NO, NO, P,
      .expect = "Tổng vốn đầu tư phát triển toàn xã hội quý III/2026 đạt 45.230 tỷ đồng." },
    { I_YEARLY, PROVINCE, 2025, 9012, 'A', NO, NO, P, .expect = "Chỉ số cải cách hành chính (PAR INDEX) năm 2025 đạt 90,12%." },
    { I_NEW, PROVINCE, MONTH(2026, 10), 7, 'A', NO, NO, P, .expect = "Số dự án đầu tư mới trong tháng 10/2026 đạt 7 dự án." },
    { I_WAIT, PROVINCE, 2, 23, 'A', NO, NO, P, .expect = "Thời gian xử lý bình quân một phản ánh tuần 47/2026 là 2,3 ngày." },
    { I_GRADE, PROVINCE, 0, 4, 'A', NO, NO, P, .expect = "Cấp dự báo cháy rừng cao nhất ngày 21/11/2026 là cấp 4." },
    { I_PH, PROVINCE, 1, 712, 'A', NO, NO, P, .expect = "pH nước thải sau xử lý lúc 05 giờ ngày 21/11/2026 là 7,12." },
    /* the name is a comparison: time goes first, levels instead of rises */
    { I_GROWTH, PROVINCE, MONTH(2026, 10), 1583, 'A', NO, 1370, P | Y,
      .expect = "Tháng 10/2026, chỉ số sản xuất công nghiệp (IIP) so với cùng kỳ đạt 15,8%, cao hơn 2,1 điểm % so với mức cùng "
                "kỳ năm trước." },
    { I_GROWTH, PROVINCE, MONTH(2026, 10), -210, 'A', 150, NO, P | V,
      .expect = "Tháng 10/2026, chỉ số sản xuất công nghiệp (IIP) so với cùng kỳ là -2,1%, thấp hơn 3,6 điểm % so với mức tháng "
                "trước." },
    { I_CUMPCT, PROVINCE, MONTH(2026, 10), 6840, 'A', NO, NO, P,
      .expect = "Đến hết tháng 10/2026, tỷ lệ giải ngân vốn đầu tư công so với kế hoạch đạt 68,4%." },
    { I_GROWTH, PROVINCE, MONTH(2026, 10), 1583, 'A', NO, NO, 0,
      .expect = "Chỉ số sản xuất công nghiệp (IIP) so với cùng kỳ đạt 15,8%." },
    /* zero is not reached, it is */
    { I_NEW, PROVINCE, MONTH(2026, 10), 0, 'A', 3, NO, P | V,
      .expect = "Số dự án đầu tư mới trong tháng 10/2026 là 0 dự án, giảm 3 dự án so với tháng trước." },
    /* up, down, unchanged, nearly */
    { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'A', NO, 6520, P | Y,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công tháng 10/2026 đạt 68,4%, tăng 3,2 điểm % so với cùng kỳ năm trước." },
    { I_RATE, PROVINCE, MONTH(2026, 10), 6200, 'A', NO, 6520, P | Y,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công tháng 10/2026 đạt 62,0%, giảm 3,2 điểm % so với cùng kỳ năm trước." },
    { I_RATE, PROVINCE, MONTH(2026, 10), 6200, 'A', 6200, NO, V,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 62,0%, không đổi so với tháng trước." },
    { I_RATE, PROVINCE, MONTH(2026, 10), 6202, 'A', 6200, NO, V,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 62,0%, xấp xỉ tháng trước." },
    { I_AMOUNT, PROVINCE, MONTH(2026, 10), 5230400, 'A', NO, 4929689, P | Y,
      .expect = "Thu ngân sách nhà nước trên địa bàn tháng 10/2026 đạt 5.230,4 tỷ đồng, tăng 6,1% so với cùng kỳ năm trước." },
    { I_QUARTER, PROVINCE, QUARTER(2026, 3), 45230, 'A', 45231, 45230, V | Y,
      .expect =
          "Tổng vốn đầu tư phát triển toàn xã hội đạt 45.230 tỷ đồng, xấp xỉ quý trước, không đổi so với cùng kỳ năm trước." },
    /* two comparisons: one verb when both go the same way */
    { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'A', 6630, 6520, V | Y,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4%, tăng 2,1 điểm % so với tháng trước và 3,2 điểm % so với cùng kỳ năm "
                "trước." },
    { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'A', 6630, 7000, V | Y,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4%, tăng 2,1 điểm % so với tháng trước, giảm 1,6 điểm % so với cùng kỳ "
                "năm trước." },
    { I_COUNT, PROVINCE, 0, 3, 'A', 3, 3, V | Y,
      .expect = "Số vụ cháy, nổ là 3 vụ, không đổi so với ngày trước và cùng kỳ năm trước." },
    /* counts: pieces when few, percent when many */
    { I_COUNT, PROVINCE, 0, 3, 'A', 2, 5, V | Y,
      .expect = "Số vụ cháy, nổ là 3 vụ, tăng 1 vụ so với ngày trước, giảm 2 vụ so với cùng kỳ năm trước." },
    { I_STOCK, PROVINCE, 0, 1230, 'A', 1000, NO, V,
      .expect = "Số phản ánh quá hạn chưa trả lời là 1.230 phản ánh, tăng 23,0% so với ngày trước." },
    { I_STOCK, PROVINCE, 0, 100, 'A', 80, NO, V,
      .expect = "Số phản ánh quá hạn chưa trả lời là 100 phản ánh, tăng 25,0% so với ngày trước." },
    { I_STOCK, PROVINCE, 0, 99, 'A', 80, NO, V,
      .expect = "Số phản ánh quá hạn chưa trả lời là 99 phản ánh, tăng 19 phản ánh so với ngày trước." },
    { I_WAIT, PROVINCE, 2, 23, 'A', 26, NO, V,
      .expect = "Thời gian xử lý bình quân một phản ánh là 2,3 ngày, giảm 0,3 ngày so với tuần trước." },
    { I_GRADE, PROVINCE, 0, 4, 'A', 3, NO, V, .expect = "Cấp dự báo cháy rừng cao nhất là cấp 4, tăng 1 cấp so với ngày trước." },
    { I_LEVEL, PROVINCE, 1, 9835, 'A', 9800, NO, V, .expect = "Mực nước hồ Cửa Đạt là 98,35 m, tăng 0,35 m so với giờ trước." },
    { I_LEVEL, PROVINCE, 1, 9835, 'A', 9831, NO, V, .expect = "Mực nước hồ Cửa Đạt là 98,35 m." }, /* a few last digits: noise */
    { I_LEVEL, PROVINCE, 1, 9835, 'A', 9835, NO, V, .expect = "Mực nước hồ Cửa Đạt là 98,35 m." },
    /* zero and negative bases */
    { I_COUNT, PROVINCE, 0, 3, 'A', 0, NO, V, .expect = "Số vụ cháy, nổ là 3 vụ, tăng 3 vụ so với ngày trước." },
    { I_AMOUNT, PROVINCE, MONTH(2026, 10), 5000, 'A', 0, NO, V,
      .expect = "Thu ngân sách nhà nước trên địa bàn đạt 5,0 tỷ đồng, tăng 5,0 tỷ đồng so với tháng trước." },
    { I_AMOUNT, PROVINCE, MONTH(2026, 10), 5000, 'A', -1000, NO, V,
      .expect = "Thu ngân sách nhà nước trên địa bàn đạt 5,0 tỷ đồng, tăng 6,0 tỷ đồng so với tháng trước." },
    /* missing bases */
    { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'A', NO, NO, Y,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4%, chưa có số liệu cùng kỳ để so sánh." },
    { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'A', NO, NO, V,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4%, chưa có số liệu tháng trước để so sánh." },
    { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'A', NO, NO, V | Y,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4%, chưa có số liệu kỳ trước và cùng kỳ để so sánh." },
    { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'A', NO, 6520, V | Y,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4%, tăng 3,2 điểm % so với cùng kỳ năm trước, chưa có số liệu tháng "
                "trước để so sánh." },
    { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'A', 6630, NO, V | Y,
      .expect =
          "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4%, tăng 2,1 điểm % so với tháng trước, chưa có số liệu cùng kỳ để so sánh." },
    /* yearly: the year before is the previous period, said once */
    { I_YEARLY, PROVINCE, 2025, 9012, 'A', 8900, 8900, P | V | Y,
      .expect = "Chỉ số cải cách hành chính (PAR INDEX) năm 2025 đạt 90,12%, tăng 1,12 điểm % so với năm trước." },
    { I_YEARLY, PROVINCE, 2025, 9012, 'A', NO, 8900, P | Y,
      .expect = "Chỉ số cải cách hành chính (PAR INDEX) năm 2025 đạt 90,12%, tăng 1,12 điểm % so với năm trước." },
    /* status */
    { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'P', NO, NO, P,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công tháng 10/2026 đạt 68,4% (sơ bộ)." },
    { I_AMOUNT, PROVINCE, MONTH(2026, 11), 5230400, 'E', NO, NO, P,
      .expect = "Thu ngân sách nhà nước trên địa bàn tháng 11/2026 ước đạt 5.230,4 tỷ đồng." },
    { I_DEATHS, PROVINCE, MONTH(2026, 11), 9, 'E', NO, NO, P,
      .expect = "Số người chết do tai nạn giao thông tháng 11/2026 ước tính là 9 người." },
    { I_LEVEL, PROVINCE, 1, 9835, 'F', NO, NO, P, .expect = "Mực nước hồ Cửa Đạt lúc 05 giờ ngày 21/11/2026 dự báo là 98,35 m." },
    { I_COUNT, PROVINCE, 0, 3, 'V', NO, NO, 0, .expect = "Số vụ cháy, nổ là 3 vụ (chưa xác minh)." },
    /* year to date */
    { I_AMOUNT, PROVINCE, MONTH(2026, 10), 5230400, 'A', NO, 4929689, P | Y | D, .ytd = 45230500, .ytd_base = 42630066,
      .n_ytd = 10,
      .expect = "Thu ngân sách nhà nước trên địa bàn tháng 10/2026 đạt 5.230,4 tỷ đồng, tăng 6,1% so với cùng kỳ năm trước; lũy "
                "kế 10 tháng đạt "
                "45.230,5 tỷ đồng, tăng 6,1% so với cùng kỳ." },
    { I_AMOUNT, PROVINCE, MONTH(2026, 6), 5000000, 'A', NO, NO, P | D, .ytd = 30000000, .ytd_base = 31000000, .n_ytd = 6,
      .expect = "Thu ngân sách nhà nước trên địa bàn tháng 6/2026 đạt 5.000,0 tỷ đồng; lũy kế 6 tháng đầu năm đạt 30.000,0 tỷ "
                "đồng, giảm 3,2% so "
                "với cùng kỳ năm trước." },
    { I_AMOUNT, PROVINCE, MONTH(2026, 12), 5000000, 'A', NO, NO, D, .ytd = 60000000, .n_ytd = 12,
      .expect = "Thu ngân sách nhà nước trên địa bàn đạt 5.000,0 tỷ đồng; lũy kế cả năm đạt 60.000,0 tỷ đồng." },
    { I_AMOUNT, PROVINCE, MONTH(2026, 10), 5000000, 'A', NO, NO, D, .ytd = 40000000, .n_ytd = 8, .ytd_gap = true,
      .expect = "Thu ngân sách nhà nước trên địa bàn đạt 5.000,0 tỷ đồng; lũy kế từ đầu năm (có số liệu 8/10 tháng) đạt 40.000,0 "
                "tỷ đồng." },
    { I_AMOUNT, PROVINCE, MONTH(2026, 1), 5000000, 'A', NO, NO, P | D, .ytd = 5000000, .n_ytd = 1,
      .expect = "Thu ngân sách nhà nước trên địa bàn tháng 1/2026 đạt 5.000,0 tỷ đồng." },
    { I_QUARTER, PROVINCE, QUARTER(2026, 3), 45230, 'A', NO, NO, P | D, .ytd = 118000, .n_ytd = 3,
      .expect = "Tổng vốn đầu tư phát triển toàn xã hội quý III/2026 đạt 45.230 tỷ đồng; lũy kế 9 tháng đạt 118.000 tỷ đồng." },
    { I_COUNT, PROVINCE, 0, 3, 'A', NO, NO, P | D, .ytd = 215, .ytd_base = 231, .n_ytd = 325,
      .expect = "Số vụ cháy, nổ ngày 21/11/2026 là 3 vụ; lũy kế từ đầu năm là 215 vụ, giảm 6,9% so với cùng kỳ năm trước." },
    { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'A', NO, NO, D, .ytd = 1, .n_ytd = 10,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4%." },
    /* plan */
    { I_AMOUNT, PROVINCE, MONTH(2026, 10), 5230400, 'A', NO, NO, P | D | T, .ytd = 45230500, .n_ytd = 10, .target = 46437885,
      .attainment = PCT(97.4),
      .expect = "Thu ngân sách nhà nước trên địa bàn tháng 10/2026 đạt 5.230,4 tỷ đồng; lũy kế 10 tháng đạt 45.230,5 tỷ đồng, "
                "bằng 97,4% kế hoạch năm." },
    { I_AMOUNT, PROVINCE, MONTH(2026, 10), 5230400, 'A', NO, NO, P | T, .ytd = 45230500, .n_ytd = 10, .target = 46437885,
      .attainment = PCT(97.4),
      .expect =
          "Thu ngân sách nhà nước trên địa bàn tháng 10/2026 đạt 5.230,4 tỷ đồng, lũy kế 10 tháng bằng 97,4% kế hoạch năm." },
    { I_CUM, PROVINCE, MONTH(2026, 10), 123456, 'A', NO, 110000, P | Y | T, .target = 180000, .attainment = PCT(68.6),
      .expect = "Giá trị giải ngân vốn đầu tư công lũy kế đến hết tháng 10/2026 đạt 12.346 tỷ đồng, tăng 12,2% so với cùng kỳ "
                "năm trước; bằng 68,6% kế hoạch năm." },
    { I_CUM, PROVINCE, MONTH(2026, 10), 180000, 'A', NO, NO, T, .target = 180000, .attainment = PCT(100),
      .expect = "Giá trị giải ngân vốn đầu tư công đạt 18.000 tỷ đồng, đạt kế hoạch năm (100,0%)." },
    { I_CUM, PROVINCE, MONTH(2026, 10), 184140, 'A', NO, NO, T, .target = 180000, .attainment = PCT(102.3),
      .expect = "Giá trị giải ngân vốn đầu tư công đạt 18.414 tỷ đồng, vượt kế hoạch năm (102,3%)." },
    { I_CUM, PROVINCE, MONTH(2025, 12), 184140, 'A', NO, NO, T, .target = 180000, .attainment = PCT(102.3),
      .expect = "Giá trị giải ngân vốn đầu tư công đạt 18.414 tỷ đồng, vượt kế hoạch năm 2025 (102,3%)." },
    { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'A', NO, NO, T, .target = 9500, .attainment = PCT(72),
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4%, thấp hơn mục tiêu năm (95,0%)." },
    { I_RATE, PROVINCE, MONTH(2026, 10), 9600, 'A', 9500, NO, V | T, .target = 9500, .attainment = PCT(101),
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 96,0%, tăng 1,0 điểm % so với tháng trước; cao hơn mục tiêu năm (95,0%)." },
    { I_RATE, PROVINCE, MONTH(2026, 10), 9500, 'A', NO, NO, T, .target = 9500, .attainment = PCT(100),
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 95,0%, bằng mục tiêu năm (95,0%)." },
    { I_DEATHS, PROVINCE, MONTH(2026, 10), 9, 'A', NO, NO, D | T, .ytd = 92, .n_ytd = 10, .target = 115, .attainment = PCT(80),
      .expect = "Số người chết do tai nạn giao thông là 9 người; lũy kế 10 tháng là 92 người, bằng 80,0% mức mục tiêu năm." },
    { I_DEATHS, PROVINCE, MONTH(2026, 10), 9, 'A', NO, NO, D | T, .ytd = 120, .n_ytd = 10, .target = 115,
      .attainment = PCT(104.347826),
      .expect = "Số người chết do tai nạn giao thông là 9 người; lũy kế 10 tháng là 120 người, vượt mức mục tiêu năm (104,3%)." },
    { I_CUMPCT, PROVINCE, MONTH(2026, 10), 6840, 'A', NO, 6520, P | Y | T, .target = 10000, .attainment = PCT(68.4),
      .expect = "Đến hết tháng 10/2026, tỷ lệ giải ngân vốn đầu tư công so với kế hoạch đạt 68,4%, tăng 3,2 điểm % so với cùng "
                "kỳ năm trước." },
    { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'A', NO, NO, T, .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4%." },
    /* a target that nobody has decided */
    { I_CUM, PROVINCE, MONTH(2026, 10), 123456, 'A', NO, NO, T, .target = 180000, .attainment = PCT(68.6), .illustrative = true,
      .expect = "Giá trị giải ngân vốn đầu tư công đạt 12.346 tỷ đồng, bằng 68,6% kế hoạch năm (chỉ tiêu minh họa)." },
    { I_CUM, PROVINCE, MONTH(2026, 10), 184140, 'A', NO, NO, T, .target = 180000, .attainment = PCT(102.3), .illustrative = true,
      .expect = "Giá trị giải ngân vốn đầu tư công đạt 18.414 tỷ đồng, vượt kế hoạch năm (102,3%, chỉ tiêu minh họa)." },
    { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'A', NO, NO, T, .target = 9500, .attainment = PCT(72), .illustrative = true,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4%, thấp hơn mục tiêu năm (95,0%, chỉ tiêu minh họa)." },
    { I_CUM, PROVINCE, MONTH(2026, 10), 123456, 'A', NO, NO, C, .pace = true, .behind = PCT(2.5), .target = 180000,
      .attainment = PCT(68.6), .illustrative = true,
      .expect = "Giá trị giải ngân vốn đầu tư công đạt 12.346 tỷ đồng, chậm 2,5 điểm % so với tiến độ năm (chỉ tiêu minh họa)." },
    { I_CUM, PROVINCE, MONTH(2026, 10), 123456, 'A', NO, NO, T | C, .pace = true, .behind = PCT(-2.5), .target = 180000,
      .attainment = PCT(68.6), .illustrative = true,
      .expect = "Giá trị giải ngân vốn đầu tư công đạt 12.346 tỷ đồng, bằng 68,6% kế hoạch năm (chỉ tiêu minh họa); nhanh hơn 2,5 "
                "điểm % so với tiến độ năm." },
    /* pace */
    { I_CUMPCT, PROVINCE, MONTH(2026, 10), 6840, 'A', NO, NO, P | C, .pace = true, .behind = PCT(11.6), .target = 10000,
      .attainment = PCT(68.4),
      .expect = "Đến hết tháng 10/2026, tỷ lệ giải ngân vốn đầu tư công so với kế hoạch đạt 68,4%, chậm 11,6 điểm % so với đường "
                "tiến độ giải ngân." },
    { I_CUM, PROVINCE, MONTH(2026, 10), 123456, 'A', NO, NO, T | C, .pace = true, .behind = PCT(-2.5), .target = 180000,
      .attainment = PCT(68.6),
      .expect = "Giá trị giải ngân vốn đầu tư công đạt 12.346 tỷ đồng, bằng 68,6% kế hoạch năm; nhanh hơn 2,5 điểm % so với tiến "
                "độ năm." },
    { I_CUMPCT, PROVINCE, MONTH(2026, 10), 6840, 'A', NO, NO, C, .pace = true, .behind = PCT(14.3), .target = 10000,
      .attainment = PCT(68.4),
      .expect = "Tỷ lệ giải ngân vốn đầu tư công so với kế hoạch đạt 68,4%, chậm 14,3 điểm % so với đường tiến độ giải ngân." },
    { I_CUMPCT, PROVINCE, MONTH(2026, 10), 6840, 'A', NO, NO, C, .pace = true, .behind = 0, .target = 10000,
      .attainment = PCT(68.4), .expect = "Tỷ lệ giải ngân vốn đầu tư công so với kế hoạch đạt 68,4%, đúng đường tiến độ giải ngân." },
    { I_CUM, PROVINCE, MONTH(2026, 10), 123456, 'A', NO, NO, C, .pace = true, .behind = 0, .target = 180000,
      .attainment = PCT(68.6), .expect = "Giá trị giải ngân vốn đầu tư công đạt 12.346 tỷ đồng, đúng tiến độ năm." },
    { I_DEATHS, PROVINCE, MONTH(2026, 10), 9, 'A', NO, NO, C, .pace = true, .behind = PCT(3.3), .target = 115,
      .attainment = PCT(80),
      .expect = "Số người chết do tai nạn giao thông là 9 người, thấp hơn 3,3 điểm % so với mức theo tiến độ năm." },
    { I_DEATHS, PROVINCE, MONTH(2026, 10), 9, 'A', NO, NO, C, .pace = true, .behind = PCT(-3.3), .target = 115,
      .attainment = PCT(90),
      .expect = "Số người chết do tai nạn giao thông là 9 người, cao hơn 3,3 điểm % so với mức theo tiến độ năm." },
    /* rank and state */
    { I_RATE, WARD, MONTH(2026, 10), 6840, 'A', NO, NO, W | R, .rank = 12, .n_ranked = 150,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công tại phường Hạc Thành đạt 68,4%, xếp thứ 12 trong 150 xã, phường có số liệu." },
    { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'A', NO, NO, S, .state = GB_WARNING, .level = GB_WARNING,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4%, ở mức cảnh báo." },
    { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'A', 6630, NO, V | S, .state = GB_GOOD, .level = GB_GOOD,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4%, tăng 2,1 điểm % so với tháng trước; ở mức tốt." },
    { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'A', NO, NO, S, .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4%." },
    /* late */
    { I_RATE, PROVINCE, MONTH(2026, 8), 6840, 'A', NO, NO, P, .overdue = true,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4% (số liệu mới nhất của tháng 8/2026)." },
    { I_RATE, PROVINCE, MONTH(2026, 8), 6840, 'P', NO, NO, 0, .overdue = true,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4% (sơ bộ; số liệu mới nhất của tháng 8/2026)." },
    { I_RATE, PROVINCE, MONTH(2026, 8), 6840, 'A', 6630, 6520, P | V | Y, .overdue = true,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4% (số liệu mới nhất của tháng 8/2026), tăng 2,1 điểm % so với tháng "
                "7/2026 và 3,2 điểm % so với tháng 8/2025." },
    { I_COUNT, PROVINCE, -9, 3, 'A', NO, NO, P, .overdue = true,
      .expect = "Số vụ cháy, nổ là 3 vụ (số liệu mới nhất của ngày 12/11/2026)." },
    { I_RATE, PROVINCE, MONTH(2026, 8), 6840, 'A', NO, NO, P | S, .overdue = true, .state = GB_OVERDUE, .level = GB_WARNING,
      .expect = "Tỷ lệ giải ngân vốn đầu tư công đạt 68,4% (số liệu mới nhất của tháng 8/2026), đã quá hạn cập nhật, mức gần "
                "nhất là cảnh báo." },
    { I_GROWTH, PROVINCE, MONTH(2026, 8), 1583, 'A', NO, NO, P, .overdue = true,
      .expect = "Chỉ số sản xuất công nghiệp (IIP) so với cùng kỳ đạt 15,8% (số liệu mới nhất của tháng 8/2026)." },
    /* everything at once still reads */
    { I_AMOUNT, PROVINCE, MONTH(2026, 10), 5230400, 'P', 5000000, 4929689, P | V | Y | D | T | C | S, .ytd = 45230500,
      .ytd_base = 42630066, .n_ytd = 10, .target = 57000000, .attainment = PCT(79.351754), .pace = true, .behind = PCT(4.0),
      .state = GB_WATCH, .level = GB_WATCH,
      .expect = "Thu ngân sách nhà nước trên địa bàn tháng 10/2026 đạt 5.230,4 tỷ đồng (sơ bộ), tăng 4,6% so với tháng trước và "
                "6,1% so với cùng kỳ năm "
                "trước; lũy kế 10 tháng đạt 45.230,5 tỷ đồng, tăng 6,1% so với cùng kỳ, bằng 79,4% kế hoạch năm; chậm 4,0 điểm % "
                "so với tiến độ năm; ở "
                "mức theo dõi." },
};

/* Periods that need the calendar: 0 = 21/11/2026, 1 = 05:00 of it, 2 = its week, negative: days before. */
static int32_t real_period(enum gb_freq freq, int32_t p)
{
    int32_t day = fixture_day(2026, 11, 21);
    switch (freq) {
    case GB_FREQ_DAY: return day + p;
    case GB_FREQ_HOUR: return day * 24 + 5;
    case GB_FREQ_WEEK: return gb_period_of(GB_FREQ_WEEK, (struct gb_date){ 2026, 11, 21 }, GB_CAL_CIVIL);
    case GB_FREQ_YEAR:
    case GB_FREQ_QUARTER:
    case GB_FREQ_MONTH: break;
    }
    return p;
}

static void plain_equal(const struct gb_text *t, const char *expect)
{
    struct gb_buf b = { 0 };
    gb_text_plain(t, &b);
    assert_string_equal(b.p ? b.p : "", expect);
    gb_buf_release(&b);
}

static void sentences(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct fixture f;
        fixture_open(&f);
        struct sentence x = CASES[i];
        x.period = real_period(f.c.indicator[x.ind].freq, x.period);
        fill(&f, &x);
        struct gb_text t = { 0 };
        gb_phrase_fact(f.d, &t, &f.ev, x.ind, x.region, x.say);
        plain_equal(&t, x.expect);
        assert_int_equal(f.d->err.code, GB_OK);
        fixture_close(&f);
    }
}

static void nothing_known(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f);
    struct gb_text t = { 0 }, u = { 0 }, v = { 0 };
    gb_phrase_fact(f.d, &t, &f.ev, I_COUNT, WARD, P | W | V | Y | S);
    plain_equal(&t, "Chưa có số liệu về số vụ cháy, nổ tại phường Hạc Thành.");
    gb_phrase_fact(f.d, &u, &f.ev, I_PH, PROVINCE, P);
    plain_equal(&u, "Chưa có số liệu về pH nước thải sau xử lý.");
    gb_phrase_change(f.d, &v, &f.ev, I_COUNT, WARD, GB_D_YEAR_PCT);
    plain_equal(&v, "chưa có số liệu");
    fixture_close(&f);
}

struct change_case {
    int ind;
    int64_t value, prev, year;
    enum gb_derivation how;
    const char *expect;
};
static const struct change_case CHANGES[] = {
    { I_RATE, 6840, NO, 6520, GB_D_YEAR_PCT, "tăng 3,2 điểm % so với cùng kỳ năm trước" },
    { I_RATE, 6840, NO, 6520, GB_D_YEAR_DIFF, "tăng 3,2 điểm % so với cùng kỳ năm trước" },
    { I_RATE, 6840, NO, NO, GB_D_YEAR_PCT, "chưa có số liệu cùng kỳ để so sánh" },
    { I_AMOUNT, 5230400, 5000000, NO, GB_D_PREV_PCT, "tăng 4,6% so với tháng trước" },
    { I_AMOUNT, 5230400, 5000000, NO, GB_D_PREV_DIFF, "tăng 230,4 tỷ đồng so với tháng trước" },
    { I_AMOUNT, 4000000, 5000000, NO, GB_D_PREV_PCT, "giảm 20,0% so với tháng trước" },
    { I_AMOUNT, 5000000, 5000000, NO, GB_D_PREV_PCT, "không đổi so với tháng trước" },
    { I_DEATHS, 3, 0, NO, GB_D_PREV_PCT, "tăng 3 người so với tháng trước" },
    { I_DEATHS, 3, 2, NO, GB_D_PREV_PCT, "tăng 50,0% so với tháng trước" },
    { I_DEATHS, 3, NO, NO, GB_D_PREV_DIFF, "chưa có số liệu tháng trước để so sánh" },
    { I_DEATHS, 0, 0, NO, GB_D_PREV_PCT, "không đổi so với tháng trước" },
};

static void changes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CHANGES / sizeof *CHANGES; i++) {
        const struct change_case *c = &CHANGES[i];
        struct fixture f;
        fixture_open(&f);
        struct sentence x = { c->ind, PROVINCE, MONTH(2026, 10), c->value, 'A', c->prev, c->year, 0, .expect = "" };
        fill(&f, &x);
        struct gb_text t = { 0 };
        gb_phrase_change(f.d, &t, &f.ev, c->ind, PROVINCE, c->how);
        plain_equal(&t, c->expect);
        fixture_close(&f);
    }
}

/* The figures in a sentence are facts: with their number's own sign, and who they are. */
static void figures_keep_identity(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f);
    struct sentence x = { I_RATE, PROVINCE, MONTH(2026, 10), 6200, 'A', NO, 6520, P | Y, .expect = "" };
    fill(&f, &x);
    struct gb_text t = { 0 };
    gb_phrase_fact(f.d, &t, &f.ev, I_RATE, PROVINCE, P | Y);
    bool found = false;
    for (const struct gb_inline *in = t.first; in; in = in->next) {
        if (in->kind == GB_IN_VALUE && in->value.fact.how == GB_D_YEAR_DIFF) {
            found = true;
            assert_int_equal(in->value.num, -320);
            assert_int_equal(in->value.fact.indicator_i, I_RATE);
            assert_int_equal(in->value.fact.period, MONTH(2026, 10));
        }
        if (in->kind == GB_IN_TEXT)
            assert_null(strpbrk(in->text, "0123456789"));
    }
    assert_true(found);
    fixture_close(&f);
}

static void not_a_comparison(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f);
    struct gb_text t = { 0 };
    gb_phrase_change(f.d, &t, &f.ev, I_RATE, PROVINCE, GB_D_TARGET);
    assert_int_equal(f.d->err.code, GB_E_REPORT);
    fixture_close(&f);
}

static void chart_words(void **state)
{
    (void)state;
    struct fixture f;
    fixture_open(&f);
    assert_string_equal(gb_phrase_chart_title(f.d, &f.ev, I_RATE, PROVINCE), "Tỷ lệ giải ngân vốn đầu tư công: chưa có số liệu");
    struct sentence x = { I_RATE, PROVINCE, MONTH(2026, 10), 6840, 'A', 6630, NO, 0, .expect = "" };
    fill(&f, &x);
    assert_string_equal(gb_phrase_chart_title(f.d, &f.ev, I_RATE, PROVINCE),
                        "Tỷ lệ giải ngân vốn đầu tư công: 68,4% tháng\u00a010/2026, tăng 2,1\u00a0điểm % so với tháng trước");
    x.year = 6520;
    fill(&f, &x);
    assert_string_equal(gb_phrase_chart_title(f.d, &f.ev, I_RATE, PROVINCE),
                        "Tỷ lệ giải ngân vốn đầu tư công: 68,4% tháng\u00a010/2026, tăng 3,2\u00a0điểm % so với cùng kỳ năm trước");

    struct gb_chart_point p[4];
    static const int64_t y[4] = { 100, 500, 0, 684 };
    for (int i = 0; i < 4; i++) {
        p[i] = (struct gb_chart_point){ .x = gb_value_period(GB_FREQ_MONTH, MONTH(2026, 7) + i),
                                        .y = { .kind = GB_V_NUM, .num = y[i], .scale = 1, .decimals = 1 } };
    }
    p[2].y = gb_value_missing(GB_MISS_NO_DATA);
    struct gb_chart_series s = { .name = "Thực hiện", .role = GB_ROLE_ACTUAL, .point = p, .n = 4 };
    struct gb_chart c = { .kind = GB_CHART_LINE,
                          .unit = "%",
                          .series = &s,
                          .n_series = 1,
                          .freq = GB_FREQ_MONTH,
                          .has_reference = true,
                          .reference = { .kind = GB_V_NUM, .num = 95, .unit = "%" },
                          .reference_label = "Mục tiêu" };
    assert_string_equal(gb_phrase_chart_alt(f.d, &c), "Biểu đồ đường, 4 kỳ từ tháng 7/2026 đến tháng 10/2026, 1 kỳ chưa có số "
                                                      "liệu. Mới nhất và cao nhất 68,4% (tháng 10/2026); đầu kỳ và "
                                                      "thấp nhất 10,0% (tháng 7/2026). Mục tiêu: 95%.");
    s.n = 0;
    c.has_reference = false;
    assert_string_equal(gb_phrase_chart_alt(f.d, &c), "Biểu đồ đường, 0 kỳ, chưa có số liệu.");
    p[0].label = "Xã A", p[1].label = "Xã B";
    s.n = 2;
    c.kind = GB_CHART_BARS;
    assert_string_equal(gb_phrase_chart_alt(f.d, &c), "Biểu đồ thanh, 2 mục. Cao nhất 50,0% (Xã B); thấp nhất 10,0% (Xã A).");
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences),        cmocka_unit_test(nothing_known),
        cmocka_unit_test(changes),          cmocka_unit_test(figures_keep_identity),
        cmocka_unit_test(not_a_comparison), cmocka_unit_test(chart_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
