/* Any bytes as the parts of a cube: an error or a cube that holds its rules, never a crash, and no half part left behind. */
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>
#include "cube/cube.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct gb_cube *cube)
{
    gb_assert(cube->n_series == cube->part_first[cube->n_parts]);
    for (size_t i = 0; i < cube->n_series; i++) {
        const struct gb_series *s = &cube->series[i];
        gb_assert(gb_cube_series(cube, s->indicator_i, s->region_i) == s && s->n > 0);
        for (uint32_t k = 1; k < s->n; k++)
            gb_assert(s->period[k - 1] < s->period[k]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct gb_indicator ind[3];
    static struct gb_region region[4];
    static struct gb_agency agency[2];
    struct gb_catalogue c = { .indicator = ind, .n_indicators = 3, .region = region, .n_regions = 4, .agency = agency, .n_agencies = 2 };
    FILE *f = tmpfile();
    if (!f)
        return 0;
    gb_assert(write(fileno(f), data, size) == (ssize_t)size && lseek(fileno(f), 0, SEEK_SET) == 0);
    struct gb_cube cube;
    gb_cube_init(&cube, &c);
    for (int part = 0; part < GB_N_PARTS; part++) {
        struct gb_err e = { 0 };
        enum gb_code code = gb_cube_read_part(&cube, part, fileno(f), &e);
        check(&cube);
        if (code != GB_OK) {
            gb_assert(e.code == code && cube.n_parts == part);
            break;
        }
    }
    gb_cube_release(&cube);
    fclose(f);
    return 0;
}
