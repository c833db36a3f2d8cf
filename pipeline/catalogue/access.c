/* access.c — lookups and who may see what. The order of enum gb_part is the order of secrecy everywhere. */
#include <stdlib.h>
#include "catalogue/load.h"

int gb_indicator_find(const struct gb_catalogue *c, const char *code)
{
    return code ? gb_map_find_c(&c->by_indicator, code) : -1;
}
int gb_region_find(const struct gb_catalogue *c, const char *code)
{
    return code ? gb_map_find_c(&c->by_region, code) : -1;
}
int gb_task_key_find(const struct gb_catalogue *c, const char *code)
{
    int at = code ? gb_map_find_c(&c->by_task, code) : -1;
    return at < 0 ? -1 : c->n_regions + at;
}
int gb_key_find(const struct gb_catalogue *c, const char *code)
{
    int at = gb_region_find(c, code);
    return at < 0 ? gb_task_key_find(c, code) : at;
}
bool gb_task_may_deliver(const struct gb_catalogue *c, int task_i, int agency_i)
{
    const struct gb_task *k = &c->task[task_i];
    for (int i = 0; i < k->n_leads; i++)
        if (k->leads[i] == agency_i)
            return true;
    return gb_streq(c->agency[agency_i].kind, "van-phong");
}
int gb_agency_find(const struct gb_catalogue *c, const char *code)
{
    return code ? gb_map_find_c(&c->by_agency, code) : -1;
}
int gb_scenario_find(const struct gb_catalogue *c, const char *code)
{
    return code ? gb_map_find_c(&c->by_scenario, code) : -1;
}

/* Days between a day and a version's validity; 0 inside. */
static int64_t away(const struct gb_region_version *v, int32_t day)
{
    if (v->from.year && day < gb_date_to_days(v->from))
        return (int64_t)gb_date_to_days(v->from) - day;
    if (v->to.year && day > gb_date_to_days(v->to))
        return (int64_t)day - gb_date_to_days(v->to);
    return 0;
}

const struct gb_region_version *gb_region_at(const struct gb_region *r, struct gb_date d)
{
    const struct gb_region_version *best = &r->version[r->n_versions - 1];
    if (!d.year)
        return best; /* no day: the newest */
    int32_t day = gb_date_to_days(d);
    for (int i = r->n_versions - 1; i >= 0; i--)
        if (away(&r->version[i], day) < away(best, day))
            best = &r->version[i];
    return best;
}

bool gb_region_valid(const struct gb_region *r, struct gb_date from, struct gb_date to)
{
    for (int i = 0; i < r->n_versions; i++) {
        const struct gb_region_version *v = &r->version[i];
        if ((!v->from.year || gb_date_cmp(v->from, to) <= 0) && (!v->to.year || gb_date_cmp(v->to, from) >= 0))
            return true;
    }
    return false;
}

const char *gb_region_name(const struct gb_catalogue *c, int region_i, struct gb_date d)
{
    return gb_region_at(&c->region[region_i], d)->name;
}

const struct gb_target *gb_target_find(const struct gb_catalogue *c, int indicator_i, int region_i, int year)
{
    int lo = 0, hi = c->n_targets; /* targets are sorted by (indicator, region, year) once loaded */
    while (lo < hi) {
        int mid = lo + (hi - lo) / 2;
        const struct gb_target *t = &c->target[mid];
        int d = t->indicator_i != indicator_i ? t->indicator_i - indicator_i
                : t->region_i != region_i     ? t->region_i - region_i
                                              : t->year - year;
        if (d == 0)
            return t;
        if (d < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

const struct gb_season *gb_season_find(const struct gb_catalogue *c, const char *code)
{
    for (int i = 0; code && i < c->n_seasons; i++)
        if (gb_streq(c->season[i].code, code))
            return &c->season[i];
    return NULL;
}

bool gb_indicator_measured(const struct gb_indicator *ind, struct gb_date day)
{
    return (!ind->valid_from.year || gb_date_cmp(day, ind->valid_from) >= 0) &&
           (!ind->valid_to.year || gb_date_cmp(day, ind->valid_to) <= 0);
}

bool gb_indicator_due(const struct gb_indicator *ind, struct gb_date day)
{
    return !ind->computed && gb_indicator_measured(ind, day);
}

enum gb_part gb_indicator_part(const struct gb_indicator *ind)
{
    enum gb_part part = GB_PART_ALL;
    switch (ind->class) {
    case GB_CLASS_PUBLIC: part = GB_PART_PUBLIC; break;
    case GB_CLASS_FRONT: part = GB_PART_FRONT; break;
    case GB_CLASS_INTERNAL: part = ind->to_statistics ? GB_PART_STATISTICS : GB_PART_ALL; break;
    }
    return part;
}

enum gb_part gb_audience_part(enum gb_audience a)
{
    switch (a) {
    case GB_PUBLIC: return GB_PART_PUBLIC;
    case GB_FRONT: return GB_PART_FRONT;
    case GB_STATISTICS: return GB_PART_STATISTICS;
    case GB_LEADERSHIP:
    case GB_IOC: return GB_PART_ALL;
    case GB_N_AUDIENCES: break;
    }
    gb_bug("audience");
}

static const char *const audience_words[GB_N_AUDIENCES] = {
    [GB_PUBLIC] = "public", [GB_FRONT] = "front", [GB_STATISTICS] = "statistics", [GB_LEADERSHIP] = "leadership", [GB_IOC] = "ioc"
};

const char *gb_audience_word(enum gb_audience a)
{
    gb_assert((int)a >= 0 && a < GB_N_AUDIENCES);
    return audience_words[a];
}

bool gb_audience_parse(const char *s, enum gb_audience *out)
{
    for (int i = 0; i < GB_N_AUDIENCES; i++)
        if (gb_streq(s, audience_words[i])) {
            *out = (enum gb_audience)i;
            return true;
        }
    return false;
}

const char *gb_class_word(enum gb_class c)
{
    switch (c) {
    case GB_CLASS_PUBLIC: return "public";
    case GB_CLASS_FRONT: return "front";
    case GB_CLASS_INTERNAL: return "internal";
    }
    gb_bug("class");
}
