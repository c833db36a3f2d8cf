/* stage_forecast.c — forecasts of a file of series: the stage that tests/bench/forecast/run measures and compares with R.
 * Input: a line a series: id m h v1 v2 ... (NA = missing). Output: id method model, then h times mean lo80 hi80 lo95 hi95. */
#include "evaluation/forecast.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char *line = NULL;
    size_t cap = 0;
    static double y[100000];
    while (getline(&line, &cap, stdin) > 0) {
        char *save = NULL, *id = strtok_r(line, " \n", &save);
        struct gb_fc_input in = { .y = y, .lo = -INFINITY, .hi = INFINITY };
        in.m = atoi(strtok_r(NULL, " \n", &save));
        in.h = atoi(strtok_r(NULL, " \n", &save));
        for (char *w; in.n < 100000 && (w = strtok_r(NULL, " \n", &save));)
            y[in.n++] = strcmp(w, "NA") == 0 ? NAN : strtod(w, NULL);
        static struct gb_forecast f;
        gb_forecast(&in, &f);
        printf("%s %d %s", id, f.method, f.model[0] ? f.model : "-");
        for (int k = 0; k < f.h; k++)
            printf(" %.10g %.10g %.10g %.10g %.10g", f.mean[k], f.lo80[k], f.hi80[k], f.lo95[k], f.hi95[k]);
        putchar('\n');
    }
    free(line);
    return 0;
}
