/* flow.c — strips onto pages.
 *
 * Strips that must not be parted form a chunk; a chunk goes whole onto the page, or starts the next. A chunk that no page can hold
 * is laid strip by strip. A page that begins with a table row gets the table's head again. Greedy, one look ahead: official pages
 * are filled from the top, and nobody wants a half-empty page for the sake of an even foot.
 */
#include "layout/layout_int.h"

#define A4_W_PT (210 * GB_MM)
#define A4_H_PT (297 * GB_MM)
#define TOP_PT (20 * GB_MM)
#define BOTTOM_PT (20 * GB_MM)
#define LEFT_PT (30 * GB_MM)
#define RIGHT_PT (15 * GB_MM)

void gb_sheaf_begin(struct gb_lay *l, bool landscape, bool annex)
{
    struct gb_sheaf *p = GB_NEW(l->a, struct gb_sheaf);
    p->landscape = landscape;
    p->annex = annex;
    if (l->part) {
        l->part->next = p;
    } else {
        l->first = p;
    }
    l->part = p;
    double w = landscape ? A4_H_PT : A4_W_PT, h = landscape ? A4_W_PT : A4_H_PT;
    l->w_pt = w - LEFT_PT - RIGHT_PT;
    l->h_pt = h - TOP_PT - BOTTOM_PT;
}

struct filler {
    struct gb_lay *l;
    struct gb_pages *out;
    size_t cap;
    struct gb_page *page;
    double y, h_pt;
    int number;
    bool landscape;
};

static void new_page(struct filler *f)
{
    struct gb_pages *out = f->out;
    out->page = gb_arena_grow(f->l->a, out->page, (size_t)out->n, &f->cap, (size_t)out->n + 1, sizeof *out->page);
    f->page = &out->page[out->n++];
    *f->page = (struct gb_page){ .w_pt = f->landscape ? A4_H_PT : A4_W_PT,
                                 .h_pt = f->landscape ? A4_W_PT : A4_H_PT,
                                 .number = ++f->number };
    f->y = 0;
}

/* The strip's items go to the page; a repeated head keeps its own and gives copies. */
static void put(struct filler *f, const struct gb_strip *s, bool copy)
{
    double dx = LEFT_PT, dy = TOP_PT + f->y;
    if (copy) {
        struct gb_items to = { f->page->first, f->page->last };
        for (const struct gb_item *it = s->items.first; it; it = it->next) {
            struct gb_item *c = gb_item_new(f->l, &to, it->kind);
            *c = *it;
            c->next = NULL;
            c->r.x += dx;
            c->r.y += dy;
        }
        f->page->first = to.first;
        f->page->last = to.last;
    } else if (s->items.first) {
        for (struct gb_item *it = s->items.first; it; it = it->next) {
            it->r.x += dx;
            it->r.y += dy;
        }
        if (f->page->last) {
            f->page->last->next = s->items.first;
        } else {
            f->page->first = s->items.first;
        }
        f->page->last = s->items.last;
    }
    f->y += s->h_pt;
}

static void place(struct filler *f, const struct gb_strip *s)
{
    if (f->y == 0 && s->again) {
        put(f, s->again, true);
    } else if (f->y > 0) {
        f->y += s->before_pt;
    }
    put(f, s, false);
}

static double wanted(const struct filler *f, const struct gb_strip *s)
{
    return s->h_pt + (f->y > 0 ? s->before_pt : s->again ? s->again->h_pt : 0);
}

static double chunk_pt(const struct gb_strip *s, const struct gb_strip *end)
{
    double h = -s->before_pt + (s->again ? s->again->h_pt : 0);
    for (; s != end; s = s->next) {
        h += s->before_pt + s->h_pt;
    }
    return h;
}

/* A chunk that misses its page by less than its pictures can give is drawn a little lower: no quarter of a page stays blank for it. */
static double squeeze(struct gb_strip *first, const struct gb_strip *end, double too_much)
{
    double give = 0;
    for (const struct gb_strip *s = first; s != end; s = s->next) {
        give += s->give_pt;
    }
    if (give < too_much) {
        return 0;
    }
    for (struct gb_strip *s = first; s != end; s = s->next) {
        double less = s->give_pt * too_much / give;
        s->h_pt -= less;
        for (struct gb_item *it = s->items.first; it && less > 0; it = it->next) {
            it->r.h -= it->kind == GB_ITEM_CHART ? less : 0;
        }
    }
    return too_much;
}

static void fill(struct filler *f, const struct gb_sheaf *part)
{
    struct gb_strip *s = part->first;
    while (s) {
        const struct gb_strip *end = s;
        while (end->keep_next && end->next) {
            end = end->next;
        }
        end = end->next;
        double room = f->h_pt - f->y + 0.01, alone = chunk_pt(s, end);
        double here = f->y > 0 ? alone + s->before_pt - (s->again ? s->again->h_pt : 0) : alone;
        if (here > room && f->y > 0) {
            here -= squeeze(s, end, here - room + 0.02);
        }
        if (here > room && f->y > 0 && alone <= f->h_pt) {
            new_page(f);
        }
        for (; s != end; s = s->next) {
            if (f->y > 0 && wanted(f, s) > f->h_pt - f->y + 0.01) {
                new_page(f);
            }
            if (wanted(f, s) > f->h_pt - f->y + 0.01) {
                f->l->code = gb_fail(f->l->e, GB_E_REPORT, "một phần cao %.0f mm không vừa trang %.0f mm; hãy chia nhỏ",
                                     wanted(f, s) / GB_MM, f->h_pt / GB_MM);
                return;
            }
            place(f, s);
        }
    }
}

enum gb_code gb_flow(struct gb_lay *l, struct gb_pages *out)
{
    struct filler f = { .l = l, .out = out };
    for (struct gb_sheaf *p = l->first; p && !l->code; p = p->next) {
        if (!p->first) {
            continue; /* a break before nothing */
        }
        f.landscape = p->landscape;
        f.h_pt = (p->landscape ? A4_W_PT : A4_H_PT) - TOP_PT - BOTTOM_PT;
        if (p->annex) {
            f.number = 0; /* each annex numbers its own pages */
        }
        new_page(&f);
        fill(&f, p);
        if (!p->annex && f.h_pt > 0) {
            l->body_pages = out->n;
            l->last_fill = f.y / f.h_pt;
        }
        p->end_page = out->n;
    }
    int i = 0;
    for (const struct gb_sheaf *p = l->first; p && !l->code; p = p->next) {
        for (; i < p->end_page; i++) {
            gb_page_frame(l, &out->page[i], p, i + 1, out->n);
        }
    }
    return l->code;
}
