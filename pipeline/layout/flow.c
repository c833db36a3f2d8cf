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
    bool dry;   /* only counts: */
    int turned; /* pages begun since */
};

static void new_page(struct filler *f)
{
    if (f->dry) {
        f->turned++;
        f->y = 0;
        return;
    }
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
    if (copy && !f->dry) {
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
    } else if (s->items.first && !f->dry) {
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
static double squeeze(struct gb_strip *first, const struct gb_strip *end, double too_much, bool dry)
{
    double give = 0;
    for (const struct gb_strip *s = first; s != end; s = s->next) {
        give += s->give_pt;
    }
    if (give < too_much) {
        return 0;
    }
    for (struct gb_strip *s = first; s != end && !dry; s = s->next) {
        double less = s->give_pt * too_much / give;
        s->h_pt -= less;
        for (struct gb_item *it = s->items.first; it && less > 0; it = it->next) {
            it->r.h -= it->kind == GB_ITEM_CHART ? less : 0;
        }
    }
    return too_much;
}

static struct gb_strip *chunk_end(struct gb_strip *s)
{
    while (s->keep_next && s->next) {
        s = s->next;
    }
    return s->next;
}

static double needed(const struct filler *f, const struct gb_strip *s, const struct gb_strip *end)
{
    return chunk_pt(s, end) + (f->y > 0 ? s->before_pt - (s->again ? s->again->h_pt : 0) : 0);
}

static void put_chunk(struct filler *f, struct gb_strip *s, const struct gb_strip *end)
{
    double room = f->h_pt - f->y + 0.01, here = needed(f, s, end), less = 0;
    if (here > room && f->y > 0) {
        less = squeeze(s, end, here - room + 0.02, f->dry);
    }
    if (f->dry && less > 0) {
        f->y += here - less;
        return;
    }
    if (here - less > room && f->y > 0 && chunk_pt(s, end) <= f->h_pt) {
        new_page(f);
    }
    for (; s != end; s = s->next) {
        if (f->y > 0 && wanted(f, s) > f->h_pt - f->y + 0.01) {
            new_page(f);
        }
        if (wanted(f, s) > f->h_pt - f->y + 0.01 && !f->dry) {
            f->l->code = gb_fail(f->l->e, GB_E_REPORT, "một phần cao %.0f mm không vừa trang %.0f mm; hãy chia nhỏ",
                                 wanted(f, s) / GB_MM, f->h_pt / GB_MM);
            return;
        }
        place(f, s);
    }
}

/* ---- pictures that do not fit where they stand ----
 *
 * A map of half a page that misses its page would leave the rest of it blank. As in any report set by hand, it then stands a little
 * later, and the text that follows it comes first: whole paragraphs and tables, never past the signature, past a heading only when
 * much is won. Each place up to MOVE_MAX blocks on is tried; the best is where the window of these blocks ends highest. In the
 * structure, for who has the file read to him, the order stays that of the document.
 */

#define BLANK_FRAC 0.2 /* of a page: less is let be */
#define MOVE_MAX 12
#define MOVE_COST 0.01 /* of a page, a block */
#define HEAD_COST 0.2

/* Last strip of the block after which a picture may stand; NULL: none. */
static struct gb_strip *next_block(struct gb_strip *s)
{
    for (; s && !s->stays; s = s->next) {
        if (!s->keep_next && (!s->next || s->next->block != s->block)) {
            return s;
        }
    }
    return NULL;
}

/* Where the strips from s up to `end` would end, in points from the top of the page that has begun. */
static double would_end(const struct filler *f, struct gb_strip *s, const struct gb_strip *end)
{
    struct filler dry = *f;
    dry.dry = true;
    for (; s && s != end && !f->l->code;) {
        struct gb_strip *next = chunk_end(s);
        put_chunk(&dry, s, next);
        s = next;
    }
    return dry.turned * f->h_pt + dry.y;
}

struct move {
    struct gb_strip *before, *pic, *last; /* what it stands below, its first and last strip */
};

/* The strips behind the picture up to `after` come before it. @return the first of them */
static struct gb_strip *set_later(const struct move *m, struct gb_strip *after)
{
    struct gb_strip *rest = m->last->next;
    m->last->next = after->next;
    after->next = m->pic;
    if (m->before) {
        m->before->next = rest;
    }
    return rest;
}

static void set_back(const struct move *m, struct gb_strip *after, struct gb_strip *rest)
{
    after->next = m->last->next;
    m->last->next = rest;
    if (m->before) {
        m->before->next = m->pic;
    }
}

/* What the eye pays for strips from s to `end` that are read before a picture they stood behind. */
static double cost(const struct filler *f, const struct gb_strip *s, const struct gb_strip *end)
{
    double sum = 0;
    for (; s != end; s = s->next) {
        sum += s->next == end || s->next->block != s->block ? (s->head ? HEAD_COST : MOVE_COST) : 0;
    }
    return sum * f->h_pt;
}

/* first: of the chunk that does not fit. @return what comes first now */
static struct gb_strip *move_picture(const struct filler *f, struct gb_strip *first)
{
    struct move m = { .pic = first };
    while (!m.pic->picture && m.pic->keep_next && m.pic->next) {
        m.before = m.pic;
        m.pic = m.pic->next;
    }
    m.last = m.pic->picture ? next_block(m.pic) : NULL;
    if (!m.last || m.last->block != m.pic->block || !m.last->next || (m.before && m.before->head && m.last->next->head)) {
        return first; /* the last: without what follows, its heading would stand above the next one */
    }
    struct gb_strip *end = m.last;
    for (int i = 0; i < MOVE_MAX && end->next && next_block(end->next); i++) {
        end = next_block(end->next);
    }
    const struct gb_strip *stop = end->next;
    struct gb_strip *best = NULL;
    double least = would_end(f, first, stop);
    for (struct gb_strip *after = m.last; after != end;) {
        after = next_block(after == m.last ? m.last->next : after->next);
        struct gb_strip *rest = set_later(&m, after);
        double at = would_end(f, m.before ? first : rest, stop) + cost(f, rest, m.pic);
        set_back(&m, after, rest);
        if (at < least - 0.01) {
            least = at;
            best = after;
        }
    }
    if (!best) {
        return first;
    }
    struct gb_strip *rest = set_later(&m, best);
    return m.before ? first : rest;
}

static void fill(struct filler *f, const struct gb_sheaf *part)
{
    struct gb_strip *s = part->first;
    while (s && !f->l->code) {
        struct gb_strip *end = chunk_end(s);
        double room = f->h_pt - f->y + 0.01, much = needed(f, s, end) - room;
        if (much > 0 && room > BLANK_FRAC * f->h_pt && squeeze(s, end, much + 0.02, true) == 0) {
            s = move_picture(f, s);
            end = chunk_end(s);
        }
        put_chunk(f, s, end);
        s = end;
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
