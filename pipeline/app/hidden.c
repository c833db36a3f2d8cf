/* hidden.c — see hidden.h. A row whose indicator or region the catalogue no longer knows is passed over: nothing of it is shown. */
#include "app/hidden.h"
#include "evaluation/rollup.h"
#include "evaluation/suppress.h"
#include <stdlib.h>

static int order(const void *a, const void *b)
{
    return gb_hidden_before(a, b) ? -1 : gb_hidden_before(b, a);
}

static size_t to_indexes(const struct gb_catalogue *c, const struct gb_store_hidden *v, size_t n, struct gb_cube_hidden *out)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        const int ind = gb_indicator_find(c, v[i].indicator), reg = *v[i].region ? gb_key_find(c, v[i].region) : -1;
        enum gb_freq freq;
        int32_t period;
        if (ind < 0 || ind >= c->n_indicators || (*v[i].region && (reg < 0 || reg >= c->n_regions)) ||
            !gb_period_parse(v[i].period, strlen(v[i].period), &freq, &period) || freq != c->indicator[ind].freq)
            continue;
        out[m++] = (struct gb_cube_hidden){ ind, reg, period, gb_date_to_days(v[i].since) };
    }
    if (m)
        qsort(out, m, sizeof *out, order);
    return m;
}

enum gb_code gb_hidden_apply(struct gb_cube *cube, bool rolled, struct gb_store *s, struct gb_date date, struct gb_err *e)
{
    const struct gb_catalogue *c = cube->catalogue;
    struct gb_arena a;
    struct gb_cube whole;
    struct gb_store_hidden *kept;
    struct gb_told told = { 0 };
    size_t n;
    gb_arena_init(&a, 0);
    gb_cube_init(&whole, c);
    enum gb_code code = gb_store_hidden_get(s, &a, c->locality.slug, date, &kept, &n, &told.night, &told.delivery, e);
    if (code == GB_OK && !rolled)
        code = gb_rollup(&whole, cube, e);
    if (code == GB_OK) {
        struct gb_cube_hidden *v = GB_NEW_N(&a, n + 1, struct gb_cube_hidden);
        n = to_indexes(c, kept, n, v);
        gb_suppress(cube, rolled ? cube : &whole, v, n, &told, date);
    }
    gb_cube_release(&whole);
    gb_arena_release(&a);
    return code;
}

enum gb_code gb_hidden_write(struct gb_store *s, const struct gb_cube *cube, struct gb_date date, struct gb_err *e)
{
    const struct gb_catalogue *c = cube->catalogue;
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_store_hidden *v = GB_NEW_N(&a, cube->n_hidden + 1, struct gb_store_hidden);
    size_t n = 0;
    for (size_t i = 0; i < cube->n_hidden; i++) {
        const struct gb_cube_hidden *x = &cube->hidden[i];
        char period[24];
        if (x->since != gb_date_to_days(date))
            continue;
        gb_period_iso(c->indicator[x->indicator_i].freq, x->period, period);
        v[n++] = (struct gb_store_hidden){ .indicator = c->indicator[x->indicator_i].code,
                                           .region = x->region_i < 0 ? "" : c->region[x->region_i].code,
                                           .period = gb_strdup(&a, period),
                                           .since = date };
    }
    const enum gb_code code = n ? gb_store_hidden_put(s, c->locality.slug, v, n, e) : GB_OK;
    gb_arena_release(&a);
    return code;
}
