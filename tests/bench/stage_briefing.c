/* stage_briefing.c — a briefing of five pages with six charts, a map of all communes and two tables, from the tree to the bytes of the PDF: beside
 * floor_haru. Fonts are warmed once before, as the night does before it forks; that cost stands in the remark. */
#define _GNU_SOURCE /* memmem */
#include "base/decimal.h"
#include "canvas/pdf.h"
#include "render/render.h"
#include "stage.h"
#include "../unit/pdf_plain.h"

enum { N_MONTHS = 36, N_UNITS = 12, N_ROWS = 15, N_CHARTS = 6, N_PARAS = 1, TIMES = 20 };

static struct gb_value percent(int64_t v)
{
    return (struct gb_value){ .kind = GB_V_NUM, .num = v, .scale = 2, .decimals = 1, .unit = "%", .fact = { -1, -1, 0, GB_D_NONE } };
}

static void add_chart(struct gb_doc *d, struct gb_node *in, const char *id, enum gb_chart_kind kind, int seed)
{
    static struct gb_chart_point point[2][N_MONTHS];
    static char label[N_ROWS][32];
    int n = kind == GB_CHART_LINE ? N_MONTHS : kind == GB_CHART_BULLET ? 5 : N_ROWS;
    for (int s = 0; s < 2; s++)
        for (int i = 0; i < n; i++) {
            point[s][i] = (struct gb_chart_point){ .y = percent(4000 + (i * 137 + seed * 71 + s * 900) % 3000) };
            if (kind == GB_CHART_LINE) {
                point[s][i].x = gb_value_period(GB_FREQ_MONTH, 2023 * 12 + 10 + i);
            } else {
                snprintf(label[i], sizeof label[i], "Xã Mẫu %d", i + 1);
                point[s][i].label = label[i];
                point[s][i].y.num = 9000 - i * 300;
            }
        }
    struct gb_chart_series se[2] = { { .name = "Thực hiện", .role = GB_ROLE_ACTUAL, .point = point[0], .n = (size_t)n },
                                     { .name = "Cùng kỳ", .role = GB_ROLE_LAST_YEAR, .point = point[1], .n = (size_t)n } };
    struct gb_chart c = { .kind = kind, .title = "Tỷ lệ giải ngân vốn đầu tư công tăng chậm hơn cùng kỳ", .alt = "Tỷ lệ giải ngân từng tháng so với cùng kỳ năm trước.",
                          .unit = "%", .source = "Sở Tài chính", .freq = GB_FREQ_MONTH, .series = se, .n_series = kind == GB_CHART_LINE ? 2 : 1 };
    gb_doc_chart(d, in, id, &c);
}

static void add_table(struct gb_doc *d, struct gb_node *in, const char *id)
{
    struct gb_node *t = gb_doc_table(d, in, id, "Các xã, phường có tỷ lệ thấp nhất", 4);
    gb_doc_col(d, t, 0, "Địa bàn", NULL, GB_LEFT, 0);
    gb_doc_col(d, t, 1, "Thực hiện", "%", GB_DECIMAL, 0);
    gb_doc_col(d, t, 2, "Cùng kỳ", "%", GB_DECIMAL, 0);
    gb_doc_col(d, t, 3, "Đánh giá", NULL, GB_LEFT, 0);
    for (int i = 0; i < N_UNITS; i++) {
        char name[64];
        struct gb_row *r = gb_doc_row(d, t);
        snprintf(name, sizeof name, "Phường Mẫu %d", i + 1);
        gb_doc_cell_text(d, r, 0, name);
        gb_doc_cell_value(d, r, 1, percent(4000 + i * 37));
        gb_doc_cell_value(d, r, 2, percent(4300 + i * 31));
        gb_doc_cell_state(d, r, 3, i < 4 ? GB_DANGER : GB_WATCH);
    }
}

/* Outlines on a grid, each of 4 * SIDE points that a neighbour shares: the work of a real map, without anybody's boundaries. */
static void add_outlines(struct gb_catalogue *c)
{
    enum { SIDE = 12, ACROSS = 13 };
    static double at[4096][4 * SIDE][2];
    static struct gb_ring ring[4096];
    static struct gb_boundary boundary[4096];
    int n = 0;
    for (int r = 0; r < c->n_regions && n < 4096; r++) {
        if (c->region[r].level != GB_AT_COMMUNE) continue;
        double x = 105 + 0.08 * (n % ACROSS), y = 19.5 + 0.08 * (double)(n / ACROSS);
        for (int i = 0; i < 4 * SIDE; i++) {
            double along = 0.08 * (i % SIDE) / SIDE, bent = (i % SIDE) % 2 ? 0.004 : 0;
            double side[4][2] = { { along, bent }, { 0.08 - bent, along }, { 0.08 - along, 0.08 - bent }, { bent, 0.08 - along } };
            at[n][i][0] = x + side[i / SIDE][0];
            at[n][i][1] = y + side[i / SIDE][1];
        }
        ring[n] = (struct gb_ring){ .lon_lat = at[n][0], .n_points = 4 * SIDE, .outer = true };
        boundary[n] = (struct gb_boundary){ r, &ring[n], 1, x, y, x + 0.08, y + 0.08 };
        n++;
    }
    c->boundary = boundary;
    c->n_boundaries = n;
}

static void add_map(struct gb_doc *d, struct gb_node *in, const struct gb_catalogue *c)
{
    static struct gb_chart_point point[4096];
    for (int i = 0; i < c->n_boundaries; i++)
        point[i] = (struct gb_chart_point){ .region_i = c->boundary[i].region_i, .label = c->region[c->boundary[i].region_i].version->name,
                                            .y = percent(2000 + i * 7919 % 6000) };
    struct gb_chart_series s = { .name = "Tỷ lệ giải ngân", .role = GB_ROLE_ACTUAL, .point = point, .n = (size_t)c->n_boundaries };
    struct gb_chart map = { .kind = GB_CHART_MAP, .title = "Tỷ lệ giải ngân theo xã, phường", .alt = "Bản đồ tỷ lệ giải ngân theo xã, phường.", .unit = "%",
                            .source = "Sở Tài chính", .series = &s, .n_series = 1, .direction = GB_UP_GOOD };
    gb_doc_chart(d, in, "ban-do", &map);
}

static struct gb_doc *briefing(struct gb_arena *a, const struct gb_catalogue *c)
{
    static const enum gb_chart_kind kind[N_CHARTS] = { GB_CHART_LINE, GB_CHART_BARS, GB_CHART_BULLET, GB_CHART_LINE, GB_CHART_DOTS, GB_CHART_LINE };
    struct gb_doc *d = gb_doc_new(a, c, GB_LEADERSHIP, "daily");
    d->type_name = "BẢN TIN ĐIỀU HÀNH";
    d->title = "Tình hình kinh tế - xã hội ngày 22 tháng 11 năm 2026";
    d->lang = "vi";
    d->date = BENCH_DATE;
    d->signature = true;
    gb_doc_mark(d, "BẢN TIN TỰ ĐỘNG");
    for (int s = 0; s < N_CHARTS; s++) {
        char id[32], text[400];
        snprintf(id, sizeof id, "phan-%d", s + 1);
        struct gb_node *in = gb_doc_section(d, d->root, id, "Giải ngân vốn đầu tư công");
        for (int p = 0; p < N_PARAS; p++) {
            struct gb_node *para = gb_doc_para(d, in);
            snprintf(text, sizeof text, "Lũy kế đến hết tháng %d, giải ngân vốn đầu tư công đạt ", p + 6);
            gb_text_add(d, &para->text, text, 0);
            gb_text_value(d, &para->text, percent(6840 + p * 13 + s), GB_STRONG);
            gb_text_add(d, &para->text, " kế hoạch, tăng so với cùng kỳ năm trước; các chủ đầu tư còn vướng mắc về giải phóng mặt bằng và thủ tục điều chỉnh "
                        "chủ trương đầu tư, đề nghị các sở, ngành tập trung tháo gỡ trong tháng tới để bảo đảm tiến độ chung của cả năm.", 0);
        }
        snprintf(id, sizeof id, "bieu-do-%d", s + 1);
        add_chart(d, in, id, kind[s], s);
        snprintf(id, sizeof id, "bang-%d", s + 1);
        if (s == 0 || s == 3) add_table(d, in, id);
        if (s == 4) add_map(d, in, c);
    }
    return d;
}

static void measure(const struct gb_catalogue *c, const char *name, double warm_s, bool watched, struct gb_buf *out)
{
    struct gb_err e = { 0 };
    struct gb_buf faults = { 0 };
    struct gb_edition_info ed = { .id = "2026-11-22-r1", .short_hash = "0123456789abcdef", .date = BENCH_DATE, .vintage = 20, .build = "bench", .audience = GB_LEADERSHIP,
                                  .faults = watched ? &faults : NULL };
    double before = bench_cpu_s();
    for (int i = 0; i < TIMES; i++) {
        struct gb_arena a;
        gb_arena_init(&a, 0);
        struct gb_doc *d = briefing(&a, c);
        stage_must(gb_doc_check(d, &e), &e);
        gb_buf_reset(out);
        stage_must(gb_render_pdf(d, &ed, out, &e), &e);
        gb_arena_release(&a);
    }
    double cpu = (bench_cpu_s() - before) / TIMES;
    struct gb_buf plain = { 0 };
    pdf_plain(out, &plain);
    char remark[128];
    snprintf(remark, sizeof remark, "bytes=%zu pages=%d pictures=%d outlines=%d findings=%zu warm=%.4f", out->n, pdf_count(&plain, "/Type /Page\n"),
             pdf_count(&plain, "/S/Figure"), c->n_boundaries, faults.n, warm_s);
    gb_buf_release(&plain);
    gb_buf_release(&faults);
    bench_line(name, cpu, remark);
}

int main(int argc, char **argv)
{
    struct gb_err e = { 0 };
    static struct gb_catalogue c;
    struct gb_buf out = { 0 };
    if (argc < 2) bench_die("usage: stage_briefing DIR");
    stage_catalogue(&c, argv[1]);
    add_outlines(&c);
    double before = bench_cpu_s();
    stage_must(gb_fonts_warm(&e), &e);
    gb_pdf_warm();
    double warm_s = bench_cpu_s() - before;
    measure(&c, "stage_briefing", warm_s, false, &out);
    measure(&c, "stage_briefing_watched", warm_s, true, &out);
    if (argc > 2) {
        FILE *f = fopen(argv[2], "wb");
        if (!f || fwrite(out.p, 1, out.n, f) != out.n || fclose(f) != 0) bench_die(argv[2]);
    }
    return 0;
}
