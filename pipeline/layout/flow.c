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
    double foot_pt;       /* of the page's height, for its notes, */
    struct gb_items foot; /* placed from the top of that room */
    int number;
    bool landscape;
    bool dry;   /* only counts: */
    int turned; /* pages begun since */
};

static void append(struct gb_items *to, struct gb_items items, double dx, double dy)
{
    for (struct gb_item *it = items.first; it; it = it->next) {
        it->r.x += dx;
        it->r.y += dy;
    }
    if (items.first) {
        *(to->last ? &to->last->next : &to->first) = items.first;
        to->last = items.last;
    }
}

/* The notes of the page that ends here, at its foot. */
static void end_page(struct filler *f)
{
    if (!f->dry && f->page) {
        struct gb_items to = { f->page->first, f->page->last };
        append(&to, f->foot, LEFT_PT, TOP_PT + f->h_pt - f->foot_pt);
        f->page->first = to.first;
        f->page->last = to.last;
    }
    f->foot = (struct gb_items){ 0 };
    f->foot_pt = 0;
}

static void new_page(struct filler *f)
{
    end_page(f);
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
        struct gb_items to = { f->page->first, f->page->last };
        append(&to, s->items, dx, dy);
        f->page->first = to.first;
        f->page->last = to.last;
    }
    f->y += s->h_pt;
}

/* Room for the notes of the strips from s to `end` on a page that has so much of them already. */
static double notes_pt(const struct gb_strip *s, const struct gb_strip *end, double already)
{
    double h = 0;
    for (; s != end; s = s->next) {
        h += gb_footnotes_pt(s->notes);
    }
    return h > 0 && already <= 0 ? h + GB_FOOT_HEAD_PT : h;
}

static void put_notes(struct filler *f, const struct gb_strip *s)
{
    double y = f->foot_pt;
    f->foot_pt += notes_pt(s, s->next, f->foot_pt);
    if (f->dry || !s->notes) {
        return;
    }
    if (y <= 0) {
        gb_footnote_rule(f->l, &f->foot);
        y = GB_FOOT_HEAD_PT;
    }
    for (const struct gb_footnote *n = s->notes; n; n = n->next) {
        for (const struct gb_strip *t = n->first; t; t = t->next) {
            y += t->before_pt;
            append(&f->foot, t->items, 0, y);
            y += t->h_pt;
        }
    }
}

/* Of the page that has begun. */
static double room_pt(const struct filler *f)
{
    return f->h_pt - f->y - f->foot_pt + 0.01;
}

/* Notes are the foot of a page and not its body. */
static bool crowded(const struct filler *f, const struct gb_strip *s, const struct gb_strip *end)
{
    double more = notes_pt(s, end, f->foot_pt);
    return more > 0 && f->foot_pt > 0 && f->foot_pt + more > GB_FOOT_FRAC * f->h_pt;
}

static void place(struct filler *f, const struct gb_strip *s)
{
    if (f->y == 0 && s->again) {
        put(f, s->again, true);
    } else if (f->y > 0) {
        f->y += s->before_pt;
    }
    put(f, s, false);
    put_notes(f, s);
}

static double wanted(const struct filler *f, const struct gb_strip *s)
{
    return s->h_pt + (f->y > 0 ? s->before_pt : s->again ? s->again->h_pt : 0) + notes_pt(s, s->next, f->foot_pt);
}

static double chunk_pt(const struct gb_strip *s, const struct gb_strip *end)
{
    double h = -s->before_pt + (s->again ? s->again->h_pt : 0) + notes_pt(s, end, 0);
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
    double fresh = notes_pt(s, end, 0), here = notes_pt(s, end, f->foot_pt);
    return chunk_pt(s, end) - fresh + here + (f->y > 0 ? s->before_pt - (s->again ? s->again->h_pt : 0) : 0);
}

static void put_chunk(struct filler *f, struct gb_strip *s, const struct gb_strip *end)
{
    double room = room_pt(f), here = needed(f, s, end), less = 0;
    bool full = crowded(f, s, end);
    if (here > room && f->y > 0 && !full) {
        less = squeeze(s, end, here - room + 0.02, f->dry);
    }
    if (f->dry && less > 0) {
        double notes = notes_pt(s, end, f->foot_pt);
        f->y += here - less - notes;
        f->foot_pt += notes;
        return;
    }
    bool whole = here - less <= room && !full;
    if (!whole && f->y > 0 && chunk_pt(s, end) <= f->h_pt) {
        new_page(f);
        whole = true;
    }
    for (; s != end; s = s->next) {
        if (f->y > 0 && (wanted(f, s) > room_pt(f) || (!whole && crowded(f, s, s->next)))) {
            new_page(f);
        }
        if (wanted(f, s) > room_pt(f) && !f->dry) {
            f->l->code = gb_fail(f->l->e, GB_E_REPORT, "một phần cao %.0f mm%s không vừa trang %.0f mm; hãy chia nhỏ",
                                 wanted(f, s) / GB_MM, s->notes ? " kể cả chú thích của nó" : "", f->h_pt / GB_MM);
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
        double room = room_pt(f), much = needed(f, s, end) - room;
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
            l->last_fill = (f.y + f.foot_pt) / f.h_pt;
        }
        end_page(&f);
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
