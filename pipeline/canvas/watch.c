/* watch.c — texts that meet, found in two steps: boxes of whole texts sorted from the top and swept (few are side by side at any height),
 * then, of those that meet, the boxes of their letters, because the tail of a "g" above a blank is no fault.
 *
 * Words of one line come one by one (a justified line is drawn so): a word that follows its neighbour on the same baseline by no more
 * than a wide blank joins it. A fill hides a text when it is an upright rectangle, nearly opaque, drawn later, over some of its letters:
 * that is how a label's ground is drawn. Other shapes are marks and grounds drawn before the texts; they are looked at for the page's
 * edge only.
 */
#include <stdlib.h>

#include "canvas/watch_int.h"

#include "base/fault.h"
#include "base/utf8.h"
#include "canvas/font_int.h"

#define SLACK_PT 0.2
#define EDGE_PT 0.5
enum { MAX_CLIPS = 65, SHOWN = 48, OPAQUE = 200 };

struct text {
    struct gb_rect r;       /* ink */
    double x, y, end, size; /* baseline, from and to */
    enum gb_font font;
    char *s;
    size_t n, cap;
};
struct fault {
    int a, b; /* texts; b -1: only one */
    const char *what;
    struct gb_point at;
};
struct gb_watch {
    double w, h;
    struct text *text;
    size_t n, cap;
    size_t *order, cap_order;
    struct fault *fault;
    size_t n_faults, cap_faults;
    struct gb_rect clip[MAX_CLIPS]; /* clip[depth] holds now */
    int depth;
    bool path_out; /* one line a page is enough for all shapes that leave it */
};

struct gb_watch *gb_watch_new(void)
{
    size_t cap = 0;
    struct gb_watch *w = gb_grow(NULL, &cap, 1, sizeof *w);
    memset(w, 0, sizeof *w);
    return w;
}

static void forget(struct gb_watch *w)
{
    for (size_t i = 0; i < w->n; i++)
        free(w->text[i].s);
    w->n = w->n_faults = 0;
}

void gb_watch_free(struct gb_watch *w)
{
    if (!w)
        return;
    forget(w);
    free(w->text);
    free(w->order);
    free(w->fault);
    free(w);
}

void gb_watch_begin(struct gb_watch *w, double w_pt, double h_pt)
{
    forget(w);
    w->w = w_pt;
    w->h = h_pt;
    w->depth = 0;
    w->path_out = false;
    w->clip[0] = (struct gb_rect){ 0, 0, w_pt, h_pt };
}

static void add_fault(struct gb_watch *w, const char *what, int a, int b, struct gb_point at)
{
    w->fault = gb_grow(w->fault, &w->cap_faults, w->n_faults + 1, sizeof *w->fault);
    w->fault[w->n_faults++] = (struct fault){ a, b, what, at };
}

/* ---- what the front end tells ---- */
void gb_watch_save(struct gb_watch *w)
{
    if (w->depth + 1 < MAX_CLIPS) {
        w->clip[w->depth + 1] = w->clip[w->depth];
        w->depth++;
    }
}
void gb_watch_restore(struct gb_watch *w)
{
    if (w->depth)
        w->depth--;
}
static double least(double a, double b)
{
    return a < b ? a : b;
}
static double most(double a, double b)
{
    return a > b ? a : b;
}
void gb_watch_clip(struct gb_watch *w, struct gb_rect r)
{
    struct gb_rect *c = &w->clip[w->depth];
    double x = most(c->x, r.x), y = most(c->y, r.y);
    *c = (struct gb_rect){ x, y, least(c->x + c->w, r.x + r.w) - x, least(c->y + c->h, r.y + r.h) - y };
}

static bool inside(struct gb_rect r, struct gb_rect of, double slack)
{
    return r.x >= of.x - slack && r.y >= of.y - slack && r.x + r.w <= of.x + of.w + slack && r.y + r.h <= of.y + of.h + slack;
}
static bool meet(struct gb_rect a, struct gb_rect b, double slack)
{
    return least(a.x + a.w, b.x + b.w) - most(a.x, b.x) > slack && least(a.y + a.h, b.y + b.h) - most(a.y, b.y) > slack;
}
static struct gb_rect both(struct gb_rect a, struct gb_rect b)
{
    if (a.w <= 0 || a.h <= 0)
        return b;
    double x = least(a.x, b.x), y = least(a.y, b.y);
    return (struct gb_rect){ x, y, most(a.x + a.w, b.x + b.w) - x, most(a.y + a.h, b.y + b.h) - y };
}

/* The next letter's ink; *pen moves on by its advance. A blank has none: w is 0. */
static struct gb_rect letter(enum gb_font f, double size, const char **s, const char *end, double *pen, double y)
{
    double em = gb_font_units_per_em(f), unit = size / em;
    uint16_t g = gb_font_glyph(f, gb_utf8_next(s, end));
    struct gb_ink_box b = gb_font_ink(f, g);
    struct gb_rect r = { *pen + b.x0 * unit, y - b.y1 * unit, (b.x1 - b.x0) * unit, (b.y1 - b.y0) * unit };
    *pen += gb_font_advance(f, g) * unit;
    return r;
}

/* Does the word go on where the last text ended? */
static bool goes_on(const struct text *t, const struct gb_run *run, struct gb_point at)
{
    double gap = at.x - t->end, rise = at.y - t->y;
    return run->font == t->font && run->size_pt - t->size < 0.01 && t->size - run->size_pt < 0.01 && rise < 0.01 &&
           rise > -0.01 && gap > -0.05 && gap < run->size_pt * 0.1;
}

void gb_watch_text(struct gb_watch *w, const struct gb_run *run, struct gb_point at)
{
    struct gb_rect ink = { 0 };
    double pen = at.x;
    for (const char *s = run->text, *end = s + run->n; s < end;) {
        struct gb_rect one = letter(run->font, run->size_pt, &s, end, &pen, at.y);
        if (one.w > 0)
            ink = both(ink, one);
    }
    if (ink.w <= 0)
        return;
    bool join = w->n && goes_on(&w->text[w->n - 1], run, at);
    if (!join) {
        w->text = gb_grow(w->text, &w->cap, w->n + 1, sizeof *w->text);
        w->text[w->n++] = (struct text){ .x = at.x, .y = at.y, .size = run->size_pt, .font = run->font };
    }
    struct text *t = &w->text[w->n - 1];
    t->r = both(t->r, ink);
    t->end = pen;
    t->s = gb_grow(t->s, &t->cap, t->n + run->n, 1);
    memcpy(t->s + t->n, run->text, run->n);
    t->n += run->n;
    if (inside(ink, w->clip[w->depth], SLACK_PT))
        return;
    bool page = inside(ink, (struct gb_rect){ 0, 0, w->w, w->h }, SLACK_PT);
    add_fault(w, page ? "bị cắt" : "ra ngoài trang", (int)w->n - 1, -1, at);
}

/* What a path's ink may cover. A blunt end of an upright line does not reach beyond its point. */
static struct gb_rect bounds(const struct gb_path *p, double half, bool round)
{
    double x0 = p->pt[0].x, x1 = x0, y0 = p->pt[0].y, y1 = y0;
    for (size_t i = 1; i < p->n_pts; i++) {
        x0 = least(x0, p->pt[i].x);
        x1 = most(x1, p->pt[i].x);
        y0 = least(y0, p->pt[i].y);
        y1 = most(y1, p->pt[i].y);
    }
    bool line = p->n_pts == 2 && !round;
    double dx = line && y1 - y0 <= 0 ? 0 : half, dy = line && x1 - x0 <= 0 ? 0 : half;
    return (struct gb_rect){ x0 - dx, y0 - dy, x1 - x0 + 2 * dx, y1 - y0 + 2 * dy };
}

static bool is_upright_rect(const struct gb_path *p)
{
    if (p->n_pts != 4 || p->n_ops != 5 || p->op[4] != GB_CLOSE)
        return false;
    for (int i = 0; i < 4; i++) {
        const struct gb_point *a = &p->pt[i], *b = &p->pt[(i + 1) % 4];
        if (p->op[i] == GB_CURVE || (a->x < b->x || a->x > b->x) == (a->y < b->y || a->y > b->y))
            return false;
    }
    return true;
}

/* Some letter of t in r? */
static bool letters_in(const struct text *t, struct gb_rect r)
{
    double pen = t->x;
    for (const char *s = t->s, *end = s + t->n; s < end;) {
        struct gb_rect one = letter(t->font, t->size, &s, end, &pen, t->y);
        if (one.w > 0 && meet(one, r, SLACK_PT))
            return true;
    }
    return false;
}

void gb_watch_path(struct gb_watch *w, const struct gb_path *p, struct gb_rgba c, double half, bool round)
{
    struct gb_rect page = { 0, 0, w->w, w->h };
    if (!p->n_pts)
        return;
    struct gb_rect r = bounds(p, half, round);
    if (!w->path_out && !inside(r, page, EDGE_PT) && inside(page, w->clip[w->depth], 0)) {
        w->path_out = true;
        add_fault(w, "nét vẽ ra ngoài trang", -1, -1, (struct gb_point){ r.x, r.y });
    }
    if (half > 0 || c.a < OPAQUE || !is_upright_rect(p))
        return;
    for (size_t i = 0; i < w->n; i++)
        if (meet(w->text[i].r, r, SLACK_PT) && letters_in(&w->text[i], r))
            add_fault(w, "bị vẽ đè", (int)i, -1, (struct gb_point){ r.x, r.y });
}

/* ---- what meets what ---- */
static bool letters_meet(const struct text *a, const struct text *b)
{
    double pen = a->x;
    for (const char *s = a->s, *end = s + a->n; s < end;) {
        struct gb_rect one = letter(a->font, a->size, &s, end, &pen, a->y);
        if (one.w > 0 && meet(one, b->r, SLACK_PT) && letters_in(b, one))
            return true;
    }
    return false;
}

/* Indexes of texts from the top: insertion sort, for texts come nearly in that order. */
static void sort_down(struct gb_watch *w)
{
    w->order = gb_grow(w->order, &w->cap_order, w->n + 1, sizeof *w->order);
    for (size_t i = 0; i < w->n; i++) {
        size_t j = i;
        for (; j && w->text[w->order[j - 1]].r.y > w->text[i].r.y; j--)
            w->order[j] = w->order[j - 1];
        w->order[j] = i;
    }
}

static void find_meetings(struct gb_watch *w)
{
    sort_down(w);
    for (size_t i = 0; i < w->n; i++) {
        const struct text *a = &w->text[w->order[i]];
        for (size_t j = i + 1; j < w->n && w->text[w->order[j]].r.y < a->r.y + a->r.h; j++) {
            const struct text *b = &w->text[w->order[j]];
            if (meet(a->r, b->r, SLACK_PT) && letters_meet(a, b))
                add_fault(w, "chồng lên", (int)w->order[i], (int)w->order[j], (struct gb_point){ a->x, a->y });
        }
    }
}

static void put_text(const struct gb_watch *w, int i, struct gb_buf *out)
{
    const struct text *t = &w->text[i];
    const char *s = t->s, *end = s + t->n;
    for (int k = 0; s < end && k < SHOWN; k++)
        gb_utf8_next(&s, end);
    gb_buf_addf(out, "\"%.*s%s\" (%d,%d)", (int)(s - t->s), t->s, s < end ? "…" : "", (int)t->x, (int)t->y);
}

size_t gb_watch_report(struct gb_watch *w, const char *where, struct gb_buf *out)
{
    find_meetings(w);
    if (gb_fault("watch.page")) /* for the test that a fault reaches those who run the night: no page of ours has one */
        add_fault(w, "trang thử", -1, -1, (struct gb_point){ 0, 0 });
    for (size_t i = 0; i < w->n_faults && i < GB_WATCH_MAX; i++) {
        const struct fault *f = &w->fault[i];
        gb_buf_addf(out, "%s: ", where);
        if (f->a >= 0) {
            put_text(w, f->a, out);
            gb_buf_addc(out, ' ');
        }
        gb_buf_adds(out, f->what);
        if (f->b >= 0) {
            gb_buf_addc(out, ' ');
            put_text(w, f->b, out);
        } else if (f->a < 0)
            gb_buf_addf(out, " (%d,%d)", (int)f->at.x, (int)f->at.y);
        gb_buf_addc(out, '\n');
    }
    if (w->n_faults > GB_WATCH_MAX)
        gb_buf_addf(out, "%s: và %zu lỗi nữa\n", where, w->n_faults - GB_WATCH_MAX);
    size_t n = w->n_faults;
    w->n_faults = 0;
    return n;
}
