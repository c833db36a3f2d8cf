/* lasting.c — the column `lasting` of tables: for how many periods in a row, and whether it gets better (evaluation/standing.c). */
#include "script/host.h"

bool gb_lasts(const struct gb_eval *e)
{
    return e && !e->overdue && gb_stands_at(e->level, GB_WARNING) && e->in_row >= 2;
}

/* "3 tháng, chưa cải thiện": periods in a row at the row's step or worse; blank unless at warning or worse for two or more. */
void gb_lasting_cell(struct gb_host *h, struct gb_row *r, int i, const struct gb_indicator *ind, const struct gb_eval *e)
{
    if (!gb_lasts(e))
        return;
    struct gb_text *t = gb_doc_cell_inline(h->doc, r, i);
    gb_text_value(h->doc, t, gb_value_count(e->in_row, gb_freq_noun_vi(ind->freq)), 0);
    if (e->stuck)
        gb_text_add(h->doc, t, ", chưa\u00a0cải\u00a0thiện", 0);
}
