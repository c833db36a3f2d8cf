/* refused.c — how much of what was handed over was not taken (dimensions.h): counts of intake over some days, by agency or by day. */
#include "evaluation/dimensions.h"

void gb_intake_add(struct gb_cube_intake *to, const struct gb_cube_intake *x)
{
    to->files += x->files, to->refused_files += x->refused_files, to->unread_files += x->unread_files;
    to->rows += x->rows, to->refused += x->refused, to->faulty += x->faulty;
}

struct gb_cube_intake *gb_intake_by(const struct gb_cube *cube, struct gb_date date, int n, bool by_day, struct gb_arena *a)
{
    gb_assert(n > 0);
    int agencies = cube->catalogue->n_agencies, count = by_day ? n : agencies + 1;
    int32_t last = gb_date_to_days(date), first = last - n + 1;
    struct gb_cube_intake *v = GB_NEW_N(a, (size_t)count, struct gb_cube_intake);
    for (int i = 0; i < count; i++)
        v[i].day = by_day ? first + i : last, v[i].agency_i = by_day ? -1 : i - 1;
    for (size_t i = 0; i < cube->n_intake; i++) {
        const struct gb_cube_intake *x = &cube->intake[i];
        if (x->day >= first && x->day <= last)
            gb_intake_add(&v[by_day ? x->day - first : x->agency_i + 1], x);
    }
    return v;
}

bool gb_reject_pct(const struct gb_cube_intake *x, int64_t *out)
{
    int64_t received = x->rows + x->refused;
    return received > 0 && gb_dec_ratio_once(x->refused, 0, received, 0, true, GB_PCT_SCALE, GB_PCT_SHOWN, out);
}
