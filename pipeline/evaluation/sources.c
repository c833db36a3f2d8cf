/* A region's validity is taken as the hull of its versions: gaps between versions of one code are changes of type or name, not
 * of existence. A wrong parent loop cannot be here (the catalogue refuses it), yet the walk upwards is bounded all the same.
 */
#include "evaluation/sources.h"

static bool descends(const struct gb_catalogue *c, int region_i, int root)
{
    int at = c->region[region_i].parent;
    for (int steps = 0; at >= 0 && steps < 16; steps++, at = c->region[at].parent)
        if (at == root)
            return true;
    return false;
}

void gb_sources_init(struct gb_sources *src, struct gb_arena *a, const struct gb_catalogue *c)
{
    size_t n = (size_t)gb_n_region_keys(c); /* tasks are below no root and feed nothing */
    *src = (struct gb_sources){
        .catalogue = c, .below_root = GB_NEW_N(a, n, bool), .from = GB_NEW_N(a, n, int32_t), .to = GB_NEW_N(a, n, int32_t)
    };
    for (int r = 0; r < c->n_regions; r++) {
        const struct gb_region *g = &c->region[r];
        src->below_root[r] = descends(c, r, c->locality.root_region);
        src->from[r] = g->n_versions > 0 ? INT32_MAX : INT32_MIN;
        src->to[r] = g->n_versions > 0 ? INT32_MIN : INT32_MAX;
        for (int v = 0; v < g->n_versions; v++) {
            int32_t from = g->version[v].from.year ? gb_date_to_days(g->version[v].from) : INT32_MIN;
            int32_t to = g->version[v].to.year ? gb_date_to_days(g->version[v].to) : INT32_MAX;
            src->from[r] = from < src->from[r] ? from : src->from[r];
            src->to[r] = to > src->to[r] ? to : src->to[r];
        }
    }
}

bool gb_is_source(const struct gb_sources *src, int indicator_i, int region_i)
{
    const struct gb_catalogue *c = src->catalogue;
    return src->below_root[region_i] && c->region[region_i].level == c->indicator[indicator_i].level;
}

/* First series of a part whose indicator is not below `indicator_i`. */
static size_t first_of(const struct gb_cube *cube, int part, int indicator_i)
{
    return gb_lower_bound(cube->series, sizeof *cube->series, offsetof(struct gb_series, indicator_i), cube->part_first[part],
                          cube->part_first[part + 1], indicator_i);
}

void gb_series_range(const struct gb_cube *cube, int part, int indicator_i, size_t *from, size_t *to)
{
    *from = first_of(cube, part, indicator_i);
    *to = first_of(cube, part, indicator_i + 1);
}

bool gb_series_any(const struct gb_series *s)
{
    for (uint32_t i = s->n; i > 0; i--)
        if (s->value[i - 1] != GB_VALUE_MISSING)
            return true;
    return false;
}

int32_t gb_period_across(const struct gb_indicator *ind, int32_t p, const struct gb_indicator *other)
{
    if (ind->freq == other->freq)
        return p;
    bool by_name = gb_freq_has_calendar(ind->freq) && gb_freq_has_calendar(other->freq);
    enum gb_calendar from = by_name ? GB_CAL_CIVIL : ind->calendar, to = by_name ? GB_CAL_CIVIL : other->calendar;
    return gb_period_of(other->freq, gb_period_end(ind->freq, p, from), to);
}
