/* unusual.c — the note below a picture of communes: who lies far from the own past. No step and no colour: a commune's count has no limit. */
#include "script/chart_int.h"

enum { NAMED = 8, COUNTED = 400 };

/* Communes marked in the indicator's newest period, in catalogue order. @return how many */
static int marked(const struct gb_host *h, int indicator_i, enum gb_unusual want, int *out)
{
    int n = 0;
    int32_t newest = GB_PERIOD_NONE;
    for (int r = 0; r < h->c->n_regions; r++) {
        const struct gb_eval *e = gb_eval_find(h->ev, indicator_i, r);
        if (h->c->region[r].level == GB_AT_COMMUNE && e && e->latest_i >= 0 && e->period > newest)
            newest = e->period;
    }
    for (int r = 0; r < h->c->n_regions && n < COUNTED; r++) {
        const struct gb_eval *e = gb_eval_find(h->ev, indicator_i, r);
        if (h->c->region[r].level == GB_AT_COMMUNE && e && e->latest_i >= 0 && e->period == newest && e->unusual == want)
            out[n++] = r;
    }
    return n;
}

static void say(struct gb_host *h, struct gb_node **note, int indicator_i, enum gb_unusual which, bool name)
{
    int at[COUNTED], n = marked(h, indicator_i, which, at);
    const struct gb_indicator *ind = &h->c->indicator[indicator_i];
    if (!n)
        return;
    const char *before = *note ? "; " : "Khác thường so với chính địa bàn (so các kỳ trước của nơi đó): ";
    if (!*note)
        *note = gb_doc_note(h->doc, h->in);
    struct gb_text *t = &(*note)->text;
    gb_text_add(h->doc, t, before, 0);
    if (name)
        gb_text_add(h->doc, t, gb_sprintf(h->a, "%s ", gb_phrase_lower_first(h->a, ind->name_vi)), 0);
    gb_text_add(h->doc, t, gb_sprintf(h->a, "%s trong ", gb_unusual_vi(which)), 0);
    gb_text_value(h->doc, t, gb_value_period(ind->freq, gb_eval_find(h->ev, indicator_i, at[0])->period), 0);
    gb_text_add(h->doc, t, " tại ", 0);
    for (int i = 0; i < n && i < NAMED; i++) {
        gb_text_add(h->doc, t, gb_sprintf(h->a, "%s%s (", i ? ", " : "", gb_region_label(h, at[i])), 0);
        gb_text_value(h->doc, t, gb_value_of(h->ev, indicator_i, at[i], GB_D_VALUE), 0);
        gb_text_add(h->doc, t, ")", 0);
    }
    if (n > NAMED) {
        gb_text_add(h->doc, t, " và ", 0);
        gb_text_value(h->doc, t, gb_value_count(n - NAMED, NULL), 0);
        gb_text_add(h->doc, t, " nơi khác", 0);
    }
}

void gb_note_unusual(struct gb_host *h, const int *indicator_i, int n)
{
    struct gb_node *note = NULL;
    for (int i = 0; h->audience == GB_LEADERSHIP && i < n; i++) {
        say(h, &note, indicator_i[i], GB_UNUSUAL_HIGH, n > 1);
        say(h, &note, indicator_i[i], GB_UNUSUAL_LOW, n > 1);
    }
    if (note)
        gb_text_add(h->doc, &note->text, ".", 0);
}
