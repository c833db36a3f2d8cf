/* layout/layout.h — a document becomes pages of positioned items; nothing is drawn here and nothing is measured elsewhere.
 *
 * Page by NĐ 30/2020/NĐ-CP Phụ lục I as DOMAIN.md a gives it: A4, margins 20/20/30/15 mm, serif 13-14 pt, page number in the
 * top margin centred from page 2, letterhead on page 1, marks, signature block. Tables break over pages with repeated heads;
 * a heading never stands alone at the foot; paragraphs keep two lines together (widows, orphans).
 * Lines are broken with total fit (Knuth and Plass 1981) on syllables; justified text stretches blanks only.
 */
#ifndef GB_LAYOUT_LAYOUT_H
#define GB_LAYOUT_LAYOUT_H
#include "canvas/tag.h"
#include "chart/chart.h"
#include "document/document.h"

enum gb_item_kind { GB_ITEM_RUN, GB_ITEM_RECT, GB_ITEM_LINE, GB_ITEM_CHART, GB_ITEM_STATE, GB_ITEM_LINK, GB_ITEM_OUTLINE, GB_ITEM_ANCHOR,
                    GB_ITEM_SIGNATURE /* an empty field */ };
struct gb_item {
    enum gb_item_kind kind;
    struct gb_rect r;                /* RUN: x,y = baseline start, w = measured width */
    const char *text; size_t n; enum gb_font font; double size_pt; struct gb_rgba color; double word_space_pt;
    struct gb_pen pen;               /* LINE: from (x,y) to (x+w,y+h) */
    const struct gb_chart *chart;
    enum gb_state state;
    const char *target; int level;   /* LINK target; OUTLINE title in text */
    const struct gb_elem *elem;      /* RUN, CHART, STATE, LINK, SIGNATURE: what it is part of; NULL: decoration, as rules and grounds always are */
    bool blank;                      /* RUN: a blank parts it from what is read next, though none is drawn */
    struct gb_item *next;
};
struct gb_page { double w_pt, h_pt; struct gb_item *first, *last; int number; };
struct gb_pages { struct gb_arena *arena; struct gb_page *page; int n; struct gb_elems elems; /* the structure, in order of reading */ };
struct gb_layout_foot { const char *edition_id, *short_hash, *text; }; /* footer: "Ấn bản <id> · <hash>"; strings may be NULL */
/** Lay out a checked document. Memory from a. GB_E_REPORT names the node that does not fit (for example one unbreakable cell). */
GB_MUST_USE enum gb_code gb_layout(struct gb_pages *out, struct gb_arena *a, const struct gb_doc *d, const struct gb_layout_foot *foot,
                                   struct gb_err *e);
/** How a chart item is to be drawn: the style its place was measured with. */
struct gb_chart_style gb_layout_chart_style(const struct gb_chart *c);
/** Text trace of the pages (golden): one line an item. */
void gb_pages_dump(const struct gb_pages *p, struct gb_buf *out);
#endif
