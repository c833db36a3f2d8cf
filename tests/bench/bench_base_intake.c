/* bench_base_intake.c — what base/ costs on the path of every delivered row: text check, CSV, period, number, two table
 * look-ups, over 1.8 million rows of 60 bytes made here. CPU seconds of each step and of all together; the sum of the values is
 * printed so that no step can be optimised away. */
#include <stdio.h>
#include <time.h>
#include "base/csv.h"
#include "base/decimal.h"
#include "base/hash.h"
#include "base/period.h"
#include "base/utf8.h"

enum { INDICATORS = 300, REGIONS = 167, MONTHS = 36 };

static double cpu_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void make_rows(struct gb_buf *b)
{
    gb_buf_adds(b, "indicator,region,period,value,status,note\n");
    for (int i = 0; i < INDICATORS; i++) {
        for (int r = 0; r < REGIONS; r++) {
            for (int m = 0; m < MONTHS; m++) {
                gb_buf_addf(b, "public-investment.rate_%03d,%05d,%d-%02d,%d.%02d,A,%s\n", i, 14000 + r, 2024 + m / 12, m % 12 + 1,
                            (i * 7919 + r * 104729 + m * 31) % 100000, (i + r + m) % 100, m == 35 ? "Ước tính" : "");
            }
        }
    }
}

/* What a row is turned into: steps of increasing work, so that differences show the cost of each. */
static int64_t pass(const struct gb_buf *b, const struct gb_map *codes, int steps, int64_t *rows)
{
    static struct gb_csv c;
    int64_t sum = 0;
    gb_csv_init(&c, b->p, b->n, ',');
    *rows = 0;
    gb_csv_next(&c);
    while (gb_csv_next(&c) == GB_CSV_ROW) {
        enum gb_freq freq;
        int32_t ordinal = 0;
        int64_t v = 0;
        ++*rows;
        if (steps >= 2 && !gb_period_parse(c.field[2].p, c.field[2].n, &freq, &ordinal)) {
            return -1;
        }
        if (steps >= 3 && gb_dec_parse(c.field[3].p, c.field[3].n, '.', 0, 2, &v, NULL) != GB_NUM_OK) {
            return -1;
        }
        if (steps >= 4) {
            int32_t i = gb_map_find(codes, c.field[0].p, c.field[0].n), r = gb_map_find(codes, c.field[1].p, c.field[1].n);
            if (i < 0 || r < 0) {
                return -1;
            }
            sum += i + r;
        }
        sum += v + ordinal + c.n_fields;
    }
    gb_csv_release(&c);
    return sum;
}

int main(void)
{
    struct gb_buf b = { 0 };
    struct gb_arena a;
    struct gb_map codes;
    gb_arena_init(&a, 0);
    gb_map_init(&codes);
    make_rows(&b);
    for (int i = 0; i < INDICATORS; i++) {
        char *code = gb_sprintf(&a, "public-investment.rate_%03d", i);
        gb_map_put(&codes, code, strlen(code), i);
    }
    for (int r = 0; r < REGIONS; r++) {
        char *code = gb_sprintf(&a, "%05d", 14000 + r);
        gb_map_put(&codes, code, strlen(code), r);
    }
    double before = cpu_s();
    if (gb_text_check(b.p, b.n, NULL) != GB_TEXT_OK) {
        return 1;
    }
    double check_s = cpu_s() - before, last = 0;
    static const char *const name[] = { "", "csv", "period", "number", "2 look-ups" };
    printf("rows %d, bytes %zu\n%-12s %.3f CPU s\n", INDICATORS * REGIONS * MONTHS, b.n, "text check", check_s);
    for (int steps = 1; steps <= 4; steps++) {
        int64_t rows;
        before = cpu_s();
        int64_t sum = pass(&b, &codes, steps, &rows);
        double s = cpu_s() - before;
        if (sum < 0 || rows != INDICATORS * REGIONS * MONTHS) {
            return 1;
        }
        printf("%-12s %.3f CPU s   (sum %lld)\n", name[steps], s - last, (long long)sum);
        last = s;
    }
    printf("%-12s %.3f CPU s\n", "all", check_s + last);
    gb_map_release(&codes);
    gb_arena_release(&a);
    gb_buf_release(&b);
    return 0;
}
