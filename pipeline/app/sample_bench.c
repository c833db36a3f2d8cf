/* sample_bench.c — a made-up locality of any size, for measuring: exact number of observations, all kinds of aggregation, files as
 * large as agencies send. Values are cheap to make and plausible in shape (level x season x noise); nobody reads them. */
#include "app/sample.h"
#include "app/sample_int.h"
#include "base/csv.h"
#include "base/file.h"

#define N_AGENCIES 20
#define N_SECTORS 10
#define MAX_ROWS 1000000           /* of one delivery: intake's limit */
#define LAST_MONTH (2026 * 12 + 9) /* 2026-10 */

struct bench {
    const char *dir;
    int n_indicators, n_regions, n_months;
    uint64_t seed;
    struct gb_arena a;
    struct gb_buf b;
};

static enum gb_code put(struct bench *w, const char *name, struct gb_err *e)
{
    enum gb_code code = gb_file_create(gb_path_join(&w->a, w->dir, name), w->b.p, w->b.n, e);
    gb_buf_reset(&w->b);
    return code;
}

static enum gb_code write_places(struct bench *w, struct gb_err *e)
{
    gb_buf_adds(
        &w->b,
        "-- Địa phương giả lập để đo tốc độ; mọi số liệu đều là số liệu mẫu.\nreturn {\n  slug = \"bench\", code = \"00\",\n"
        "  name = \"Tỉnh Đo Lường\", short_name = \"Đo Lường\", kind = \"province\", root_region = \"00\",\n"
        "  parent_agency = \"ỦY BAN NHÂN DÂN\", issuing_agency = \"TỈNH ĐO LƯỜNG\", office = \"VĂN PHÒNG\",\n"
        "  place = \"Đo Lường\", symbol = \"BC-VP\", chairman_title = \"Chủ tịch UBND tỉnh\", committee = \"UBND tỉnh\",\n"
        "  licence = \"CC BY 4.0\", licence_url = \"https://creativecommons.org/licenses/by/4.0/\", contact = \"Văn phòng\",\n"
        "  recipients = { \"- Lưu: VT.\" },\n}\n");
    enum gb_code code = put(w, "locality.lua", e);
    gb_buf_adds(&w->b, "code,name,type,parent,lat,lon,valid_from,valid_to,population\n00,Tỉnh Đo Lường,province,,,,,,3000000\n");
    for (int r = 1; r < w->n_regions; r++)
        gb_buf_addf(&w->b, "%05d,%s Mẫu %d,%s,00,,,,,%d\n", 10000 + r, r % 9 ? "Xã" : "Phường", r, r % 9 ? "commune" : "ward",
                    12000 + r % 37 * 500);
    if (code == GB_OK)
        code = put(w, "regions.csv", e);
    gb_buf_adds(&w->b, "code,name_vi,short_vi,head_title_vi,kind\n");
    for (int a = 0; a < N_AGENCIES; a++)
        gb_buf_addf(&w->b, "so-%02d,Sở Mẫu %d,Sở %d,Giám đốc,so\n", a + 1, a + 1, a + 1);
    return code == GB_OK ? put(w, "agencies.csv", e) : code;
}

/* Of each ten: six sums, three rates weighted by the first of them, one mean. */
static bool is_sum(int i)
{
    return i % 10 < 6;
}
static int scale_of(int i)
{
    return is_sum(i) ? (i % 3 == 0 ? 2 : 0) : 4;
}

static enum gb_code write_catalogue(struct bench *w, struct gb_err *e)
{
    enum gb_code code = gb_mkdirs(gb_path_join(&w->a, w->dir, "catalogue"), e);
    gb_buf_adds(
        &w->b,
        "code,name_vi,name_en,unit_vi,unit_code,frequency,sector,direction,aggregation,level,owner,source_vi,warn_thresholds,"
        "valid_min,valid_max,scale,decimals,flow,classification,typical_value,typical_sd\n");
    for (int i = 0; i < w->n_indicators; i++) {
        const char *dir = i % 3 == 0 ? "neutral" : i % 3 == 1 ? "up-good" : "down-good";
        const char *steps = is_sum(i) || i % 3 == 0 ? "" : i % 3 == 1 ? "40;30;20;10" : "60;70;80;90";
        gb_buf_addf(&w->b, "bm.i%04d,Chỉ số mẫu %d,Sample indicator %d,%s,%s,monthly,s%d,%s,", i + 1, i + 1, i + 1,
                    is_sum(i) ? "vụ" : "%", is_sum(i) ? "{case}" : "%", i % N_SECTORS + 1, dir);
        if (!is_sum(i) && i % 10 < 9)
            gb_buf_addf(&w->b, "weighted-mean:bm.i%04d", i - i % 10 + 1);
        else
            gb_buf_adds(&w->b, is_sum(i) ? "sum" : "mean");
        gb_buf_addf(&w->b, ",commune,so-%02d,Số liệu mẫu,%s,0,%s,%d,%d,%s,%s,%d,%d\n", i % N_AGENCIES + 1, steps,
                    is_sum(i) ? "" : "100", scale_of(i), is_sum(i) ? scale_of(i) : 1, is_sum(i) ? "flow" : "rate",
                    i % 10 == 9 ? "front" : "public", is_sum(i) ? 5000 : 50, is_sum(i) ? 900 : 9);
    }
    if (code == GB_OK)
        code = put(w, "catalogue/indicators.csv", e);
    gb_buf_adds(&w->b, "code,name_vi,name_en\n");
    for (int s = 1; s <= N_SECTORS; s++)
        gb_buf_addf(&w->b, "s%d,Lĩnh vực mẫu %d,Sample sector %d\n", s, s, s);
    if (code == GB_OK)
        code = put(w, "catalogue/sectors.csv", e);
    gb_buf_adds(&w->b, "code,name_vi,name_en\n{case},vụ,cases\n%,%,per cent\n");
    return code == GB_OK ? put(w, "catalogue/units.csv", e) : code;
}

/* One indicator's rows: months down, regions across; of a sum the province is the exact sum of its communes. */
static void add_indicator(struct bench *w, int i, int64_t *value)
{
    char code[16], region[16], period[24];
    struct gb_buf name = { 0 };
    gb_buf_addf(&name, "bm.i%04d", i + 1);
    memcpy(code, name.p, name.n + 1);
    struct gb_rng r = gb_rng_for(w->seed, code, "bench", 0);
    for (int m = 0; m < w->n_months; m++) {
        int32_t ord = LAST_MONTH - w->n_months + 1 + m;
        gb_period_iso(GB_FREQ_MONTH, ord, period);
        int64_t sum = 0, season = 80 + (ord % 12) * 4;
        for (int k = 1; k < w->n_regions; k++) {
            int64_t noise = (int64_t)(gb_rng_next(&r) % 1000);
            value[k] = is_sum(i) ? (20 + k % 30) * season / 100 * gb_pow10[scale_of(i)] + noise % (10 * gb_pow10[scale_of(i)])
                                 : 300000 + (k % 40) * 8000 + noise * 100;
            sum += value[k];
        }
        value[0] = is_sum(i) ? sum : sum / (w->n_regions - 1);
        for (int k = 0; k < w->n_regions; k++) {
            gb_buf_reset(&name);
            gb_buf_addf(&name, k ? "%05d" : "%02d", k ? 10000 + k : 0);
            memcpy(region, name.p, name.n + 1);
            gb_csv_code(&w->b, true, code);
            gb_csv_code(&w->b, false, region);
            gb_csv_code(&w->b, false, period);
            gb_csv_number(&w->b, false, value[k], scale_of(i));
            gb_csv_end(&w->b);
        }
    }
    gb_buf_release(&name);
}

static enum gb_code write_deliveries(struct bench *w, struct gb_err *e)
{
    enum gb_code code = gb_mkdirs(gb_path_join(&w->a, w->dir, "deliveries"), e);
    int64_t *value = GB_NEW_N(&w->a, (size_t)w->n_regions, int64_t);
    for (int a = 0; a < N_AGENCIES && a < w->n_indicators && code == GB_OK; a++) {
        gb_buf_adds(&w->b, "indicator,region,period,value\r\n");
        for (int i = a; i < w->n_indicators; i += N_AGENCIES)
            add_indicator(w, i, value);
        code = put(w, gb_sprintf(&w->a, "deliveries/so-%02d_all.csv", a + 1), e);
        gb_buf_addf(&w->b,
                    "{\"agency\": \"so-%02d\", \"as_of\": \"2026-10-31\", \"delivered_at\": \"2026-11-05T17:00:00+07:00\", "
                    "\"sample\": true, "
                    "\"seq\": 1, \"title\": \"SỐ LIỆU MẪU: đo tốc độ\"}\n",
                    a + 1);
        if (code == GB_OK)
            code = put(w, gb_sprintf(&w->a, "deliveries/so-%02d_all.meta.json", a + 1), e);
    }
    return code;
}

enum gb_code gb_sample_bench(const char *dir, int n_indicators, int n_regions, int n_months, uint64_t seed, struct gb_err *e)
{
    if (n_indicators < 1 || n_indicators > 5000 || n_regions < 2 || n_regions > 20000 || n_months < 1 || n_months > 600)
        return gb_fail(e, GB_E_USAGE, "cỡ của địa phương giả lập ngoài giới hạn: 1-5000 chỉ số, 2-20000 địa bàn, 1-600 tháng");
    int64_t rows = (int64_t)((n_indicators + N_AGENCIES - 1) / N_AGENCIES) * n_regions * n_months;
    if (rows > MAX_ROWS)
        return gb_fail(e, GB_E_USAGE, "mỗi cơ quan sẽ có %lld dòng, quá %d dòng của một bản giao nộp: giảm cỡ", (long long)rows,
                       MAX_ROWS);
    struct bench w = { .dir = dir, .n_indicators = n_indicators, .n_regions = n_regions, .n_months = n_months, .seed = seed };
    gb_arena_init(&w.a, 0);
    enum gb_code code = gb_mkdirs(dir, e);
    if (code == GB_OK)
        code = write_places(&w, e);
    if (code == GB_OK)
        code = write_catalogue(&w, e);
    if (code == GB_OK)
        code = write_deliveries(&w, e);
    gb_buf_release(&w.b);
    gb_arena_release(&w.a);
    return code == GB_OK ? GB_OK : gb_context(e, "địa phương giả lập %s", dir);
}
