/* floor_xlsx.c DIR INDICATORS REGIONS PERIODS — ten workbooks by bare libxlsxwriter: a sheet an indicator, regions down, periods
 * across, the same number of cells and texts as the sectors' workbooks of the night. */
#include <xlsxwriter.h>
#include "bench.h"

int main(int argc, char **argv)
{
    if (argc < 5) bench_die("usage: floor_xlsx DIR INDICATORS REGIONS PERIODS");
    int n_i = atoi(argv[2]), n_r = atoi(argv[3]), n_p = atoi(argv[4]);
    long cells = 0;
    double start = bench_cpu_s();
    for (int b = 0; b < 10; b++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/floor-%d.xlsx", argv[1], b);
        lxw_workbook *book = workbook_new(path);
        lxw_format *number = workbook_add_format(book);
        format_set_num_format(number, "#,##0.0");
        for (int i = b; i < n_i; i += 10) {
            lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
            for (int r = 0; r < n_r; r++) {
                char text[64];
                snprintf(text, sizeof text, "%05d", 10000 + r);
                worksheet_write_string(sheet, (lxw_row_t)r + 1, 0, text, NULL);
                snprintf(text, sizeof text, "Xã Mẫu %d", r);
                worksheet_write_string(sheet, (lxw_row_t)r + 1, 1, text, NULL);
                for (int p = 0; p < n_p; p++) worksheet_write_number(sheet, (lxw_row_t)r + 1, (lxw_col_t)(p + 2), (double)((i * 7919 + r * 104729 + p * 31) % 100000) / 10, number);
                cells += n_p + 2;
            }
            for (int p = 0; p < n_p; p++) {
                char text[64];
                snprintf(text, sizeof text, "Tháng %d/%d", p % 12 + 1, 2023 + p / 12);
                worksheet_write_string(sheet, 0, (lxw_col_t)(p + 2), text, NULL);
                cells++;
            }
        }
        if (workbook_close(book) != LXW_NO_ERROR) bench_die(path);
        remove(path);
    }
    char remark[64];
    snprintf(remark, sizeof remark, "cells=%ld", cells);
    bench_line("floor_xlsx", bench_cpu_s() - start, remark);
    return 0;
}
