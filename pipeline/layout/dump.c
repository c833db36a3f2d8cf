/* dump.c — text trace of pages: one line an item, lengths with one decimal; the golden format of layout. */
#include "layout/layout.h"

static void tenth(struct gb_buf *o, double v)
{
    int64_t t = (int64_t)(v * 10 + (v < 0 ? -0.5 : 0.5));
    gb_buf_addf(o, " %s%lld.%lld", t < 0 ? "-" : "", (long long)(t < 0 ? -t : t) / 10, (long long)(t < 0 ? -t : t) % 10);
}

static void color(struct gb_buf *o, struct gb_rgba c)
{
    gb_buf_addf(o, " #%02x%02x%02x", c.r, c.g, c.b);
}

static void item(struct gb_buf *o, const struct gb_item *it)
{
    static const char *const kinds[] = { "run", "rect", "line", "chart", "state", "link", "outline", "anchor", "signature" };
    static const char *const fonts[] = { "serif", "serif-bold", "serif-italic", "serif-bold-italic", "sans", "sans-bold" };
    gb_buf_adds(o, kinds[it->kind]);
    tenth(o, it->r.x);
    tenth(o, it->r.y);
    tenth(o, it->r.w);
    switch (it->kind) {
    case GB_ITEM_RUN:
        gb_buf_addf(o, " %s", fonts[it->font]);
        tenth(o, it->size_pt);
        color(o, it->color);
        if (it->word_space_pt > 0.005 || it->word_space_pt < -0.005) {
            gb_buf_addf(o, " ws=%.2f", it->word_space_pt);
        }
        gb_buf_addf(o, " \"%.*s\"", (int)it->n, it->text);
        break;
    case GB_ITEM_RECT:
        tenth(o, it->r.h);
        color(o, it->color);
        break;
    case GB_ITEM_LINE:
        tenth(o, it->r.h);
        tenth(o, it->pen.width_pt);
        color(o, it->pen.color);
        break;
    case GB_ITEM_CHART:
        tenth(o, it->r.h);
        gb_buf_addf(o, " \"%s\"", it->chart->title ? it->chart->title : "");
        break;
    case GB_ITEM_SIGNATURE: tenth(o, it->r.h); break;
    case GB_ITEM_STATE: gb_buf_addf(o, " %s", gb_state_word(it->state)); break;
    case GB_ITEM_LINK: gb_buf_addf(o, " %s", it->target); break;
    case GB_ITEM_OUTLINE: gb_buf_addf(o, " %d \"%.*s\"", it->level, (int)it->n, it->text); break;
    case GB_ITEM_ANCHOR: gb_buf_addf(o, " #%.*s", (int)it->n, it->text); break;
    }
    gb_buf_addc(o, '\n');
}

void gb_pages_dump(const struct gb_pages *p, struct gb_buf *out)
{
    for (int i = 0; i < p->n; i++) {
        const struct gb_page *page = &p->page[i];
        gb_buf_addf(out, "page %d", page->number);
        tenth(out, page->w_pt);
        tenth(out, page->h_pt);
        gb_buf_addc(out, '\n');
        for (const struct gb_item *it = page->first; it; it = it->next) {
            item(out, it);
        }
    }
}
