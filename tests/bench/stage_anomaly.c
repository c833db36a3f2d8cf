/* stage_anomaly.c REPORTS LOCALITY STORE — how often a figure is marked (evaluation/anomaly.h): every delivered value judged as the newest of
 * its day, as it would have been on the night after it came. On data without made faults each mark is a false alarm. A line of counts. */
#include "evaluation/anomaly.h"
#include "stage.h"

int main(int argc, char **argv)
{
    struct gb_err e = { 0 };
    struct gb_catalogue c;
    struct gb_cube cube;
    struct gb_store *s;
    unsigned long long judged = 0, marked = 0, by[GB_AN_N] = { 0 };
    if (argc < 4) bench_die("usage: stage_anomaly REPORTS LOCALITY STORE");
    stage_must(gb_catalogue_load(&c, argv[1], argv[2], NULL, &e), &e);
    stage_must(gb_store_open(&s, argv[3], true, &e), &e);
    gb_cube_init(&cube, &c);
    stage_must(gb_cube_load(&cube, s, 0, NULL, &e), &e);
    gb_store_close(s);
    for (size_t k = 0; k < cube.n_series; k++) {
        const struct gb_indicator *ind = &c.indicator[cube.series[k].indicator_i];
        for (uint32_t n = 1; n <= cube.series[k].n; n++) {
            struct gb_series part = cube.series[k];
            if (part.value[n - 1] == GB_VALUE_MISSING || part.status[n - 1] == 'F') continue;
            part.n = n;
            struct gb_date end = gb_period_end(ind->freq, part.period[n - 1], ind->calendar);
            unsigned marks = gb_anomaly_of(&c, &part, end, NULL).marks;
            judged++, marked += marks != 0;
            for (int m = 0; m < GB_AN_N; m++) by[m] += (marks & GB_AN_BIT(m)) != 0;
        }
    }
    printf("%llu values, marked %llu (%.2f %%):", judged, marked, judged ? 100.0 * (double)marked / (double)judged : 0);
    for (int m = 0; m < GB_AN_ON_TARGET; m++) printf(" %s %llu", gb_anomaly_word((enum gb_anomaly_kind)m), by[m]);
    putchar('\n');
    gb_cube_release(&cube);
    gb_catalogue_release(&c);
    return 0;
}
