/* canvas.c — the front end: everything that would make a library behind draw garbage in silence is refused here.
 *
 * Sticky: the first error disables the canvas, so that a chart draws freely and its owner asks once. Balance of save/restore and of
 * tags is counted here, for every back end alike. Numbers are written by hand from a rounded integer: two decimals of a point
 * are finer than any printer, and printf's %g would give other bytes for other libm roundings.
 */
#include <math.h>
#include <stdlib.h>

#include "canvas/canvas_int.h"

#include "base/utf8.h"
#include "canvas/font_int.h"
#include "canvas/watch_int.h"

enum { MAX_DEPTH = 64, COORD_MAX = 1000000 };

struct gb_canvas {
    const struct gb_canvas_ops *ops;
    void *self;
    struct gb_err err;
    int n_saved;
    int n_tags;
    enum gb_tag tag[MAX_DEPTH];
    struct gb_watch *watch; /* borrowed, may be NULL */
};

struct gb_canvas *gb_canvas_new(const struct gb_canvas_ops *ops, void *self)
{
    size_t cap = 0;
    struct gb_canvas *cv = gb_grow(NULL, &cap, 1, sizeof *cv);
    memset(cv, 0, sizeof *cv);
    cv->ops = ops;
    cv->self = self;
    return cv;
}

void gb_canvas_watch(struct gb_canvas *cv, struct gb_watch *w, double w_pt, double h_pt)
{
    cv->watch = w;
    if (w)
        gb_watch_begin(w, w_pt, h_pt);
}

static bool live(const struct gb_canvas *cv)
{
    return cv->err.code == GB_OK;
}

/* Finite and not beyond what the number writers and the PDF can carry. */
static bool sane(double v)
{
    return isfinite(v) && v > -COORD_MAX && v < COORD_MAX;
}

static bool sane_rect(struct gb_canvas *cv, struct gb_rect r)
{
    if (sane(r.x) && sane(r.y) && sane(r.w) && sane(r.h))
        return true;
    gb_fail(&cv->err, GB_E_BUG, "%s: rectangle without finite coordinates", cv->ops->name);
    return false;
}

static bool sane_path(struct gb_canvas *cv, const struct gb_path *p)
{
    for (size_t i = 0; i < p->n_pts; i++) {
        if (sane(p->pt[i].x) && sane(p->pt[i].y))
            continue;
        gb_fail(&cv->err, GB_E_BUG, "%s: point %zu of a path is not finite", cv->ops->name, i);
        return false;
    }
    if (p->n_ops && p->op[0] != GB_MOVE) {
        gb_fail(&cv->err, GB_E_BUG, "%s: a path must begin with a move", cv->ops->name);
        return false;
    }
    return true;
}

void gb_canvas_save(struct gb_canvas *cv)
{
    if (!live(cv))
        return;
    if (++cv->n_saved > MAX_DEPTH) {
        gb_fail(&cv->err, GB_E_BUG, "%s: more than %d saves", cv->ops->name, MAX_DEPTH);
        return;
    }
    if (cv->watch)
        gb_watch_save(cv->watch);
    if (cv->ops->save)
        cv->ops->save(cv->self);
}

void gb_canvas_restore(struct gb_canvas *cv)
{
    if (!live(cv))
        return;
    if (--cv->n_saved < 0) {
        gb_fail(&cv->err, GB_E_BUG, "%s: restore without save", cv->ops->name);
        return;
    }
    if (cv->watch)
        gb_watch_restore(cv->watch);
    if (cv->ops->restore)
        cv->ops->restore(cv->self);
}

void gb_canvas_clip(struct gb_canvas *cv, struct gb_rect r)
{
    if (!live(cv) || !sane_rect(cv, r))
        return;
    /* A clip ends at the restore of its save; without one it would hold for all that follows. */
    if (cv->n_saved == 0) {
        gb_fail(&cv->err, GB_E_BUG, "%s: clip outside of save and restore", cv->ops->name);
        return;
    }
    if (cv->watch)
        gb_watch_clip(cv->watch, r);
    if (cv->ops->clip)
        cv->ops->clip(cv->self, r);
}

void gb_canvas_fill(struct gb_canvas *cv, const struct gb_path *p, struct gb_rgba c)
{
    if (!live(cv) || !p->n_ops || c.a == 0 || !sane_path(cv, p))
        return;
    if (cv->watch)
        gb_watch_path(cv->watch, p, c, 0, false);
    if (cv->ops->fill)
        cv->ops->fill(cv->self, p, c, &cv->err);
}

void gb_canvas_stroke(struct gb_canvas *cv, const struct gb_path *p, const struct gb_pen *pen)
{
    if (!live(cv) || !p->n_ops || pen->color.a == 0 || !sane_path(cv, p))
        return;
    if (!sane(pen->width_pt) || pen->width_pt <= 0 || pen->n_dash < 0 || pen->n_dash > 4) {
        gb_fail(&cv->err, GB_E_BUG, "%s: a pen needs a width > 0 and at most 4 dashes", cv->ops->name);
        return;
    }
    for (int i = 0; i < pen->n_dash; i++)
        if (!sane(pen->dash_pt[i]) || pen->dash_pt[i] <= 0) {
            gb_fail(&cv->err, GB_E_BUG, "%s: a dash must be longer than 0", cv->ops->name);
            return;
        }
    if (cv->watch)
        gb_watch_path(cv->watch, p, pen->color, pen->width_pt / 2, pen->round);
    if (cv->ops->stroke)
        cv->ops->stroke(cv->self, p, pen, &cv->err);
}

/* Strict UTF-8 and a glyph for every code point, or an error that names the text. */
static bool sane_text(struct gb_canvas *cv, enum gb_font f, const char *s, size_t n)
{
    size_t at = 0;
    enum gb_text_fault fault = gb_text_check(s, n, &at);
    if (fault) {
        gb_fail(&cv->err, GB_E_REPORT, "%s: văn bản không vẽ được, byte %zu: %s", cv->ops->name, at, gb_text_fault_vi(fault));
        return false;
    }
    uint32_t cp = gb_font_lacks(f, s, n);
    if (cp) {
        gb_fail(&cv->err, GB_E_REPORT, "%s: phông chữ không có ký tự U+%04X trong \"%.*s\"; hãy bỏ hoặc thay ký tự này",
                cv->ops->name, (unsigned)cp, (int)(n > 80 ? 80 : n), s);
        return false;
    }
    return true;
}

void gb_canvas_text(struct gb_canvas *cv, enum gb_font f, double size_pt, struct gb_rgba c, enum gb_anchor anchor, double x,
                    double y, const char *s, size_t n)
{
    if (!live(cv) || n == 0 || c.a == 0)
        return;
    if (!sane(x) || !sane(y) || !sane(size_pt) || size_pt <= 0) {
        gb_fail(&cv->err, GB_E_BUG, "%s: text without finite place or size", cv->ops->name);
        return;
    }
    if (!sane_text(cv, f, s, n))
        return;
    struct gb_run run = { s, n, f, size_pt, c, anchor, gb_text_width_pt(f, size_pt, s, n) };
    double back = anchor == GB_START ? 0 : anchor == GB_MIDDLE ? run.width_pt / 2 : run.width_pt;
    if (cv->watch)
        gb_watch_text(cv->watch, &run, (struct gb_point){ x - back, y });
    if (cv->ops->text)
        cv->ops->text(cv->self, &run, (struct gb_point){ x - back, y }, &cv->err);
}

void gb_canvas_link(struct gb_canvas *cv, struct gb_rect r, const char *target)
{
    if (!live(cv) || !sane_rect(cv, r))
        return;
    if (cv->ops->link)
        cv->ops->link(cv->self, r, target, &cv->err);
}

void gb_canvas_tag_begin(struct gb_canvas *cv, enum gb_tag t, const char *alt)
{
    if (!live(cv))
        return;
    if (cv->n_tags == MAX_DEPTH) {
        gb_fail(&cv->err, GB_E_BUG, "%s: tags nested deeper than %d", cv->ops->name, MAX_DEPTH);
        return;
    }
    cv->tag[cv->n_tags++] = t;
    if (cv->ops->tag)
        cv->ops->tag(cv->self, t, alt, true, &cv->err);
}

void gb_canvas_tag_end(struct gb_canvas *cv, enum gb_tag t)
{
    if (!live(cv))
        return;
    if (cv->n_tags == 0 || cv->tag[cv->n_tags - 1] != t) {
        gb_fail(&cv->err, GB_E_BUG, "%s: end of a tag that is not the open one", cv->ops->name);
        return;
    }
    cv->n_tags--;
    if (cv->ops->tag)
        cv->ops->tag(cv->self, t, NULL, false, &cv->err);
}

void gb_canvas_fill_rect(struct gb_canvas *cv, struct gb_rect r, struct gb_rgba c)
{
    enum gb_path_op op[] = { GB_MOVE, GB_LINE, GB_LINE, GB_LINE, GB_CLOSE };
    struct gb_point pt[] = { { r.x, r.y }, { r.x + r.w, r.y }, { r.x + r.w, r.y + r.h }, { r.x, r.y + r.h } };
    struct gb_path p = { .op = op, .pt = pt, .n_ops = 5, .n_pts = 4 };
    gb_canvas_fill(cv, &p, c);
}

void gb_canvas_line(struct gb_canvas *cv, double x1, double y1, double x2, double y2, const struct gb_pen *pen)
{
    enum gb_path_op op[] = { GB_MOVE, GB_LINE };
    struct gb_point pt[] = { { x1, y1 }, { x2, y2 } };
    struct gb_path p = { .op = op, .pt = pt, .n_ops = 2, .n_pts = 2 };
    gb_canvas_stroke(cv, &p, pen);
}

static void check_balance(struct gb_canvas *cv)
{
    if (!live(cv))
        return;
    if (cv->n_saved)
        gb_fail(&cv->err, GB_E_BUG, "%s: %d saves without restore", cv->ops->name, cv->n_saved);
    else if (cv->n_tags)
        gb_fail(&cv->err, GB_E_BUG, "%s: %d tags not ended", cv->ops->name, cv->n_tags);
}

static enum gb_code hand_over(struct gb_canvas *cv, struct gb_err *e)
{
    enum gb_code code = cv->err.code;
    if (code)
        gb_fail(e, code, "%s", cv->err.n_frames ? cv->err.frame[0] : "canvas");
    if (cv->ops->free)
        cv->ops->free(cv->self);
    free(cv);
    return code;
}

enum gb_code gb_canvas_finish(struct gb_canvas *cv, struct gb_err *e)
{
    check_balance(cv);
    return hand_over(cv, e);
}

enum gb_code gb_canvas_close(struct gb_canvas *cv, struct gb_err *e)
{
    check_balance(cv);
    if (live(cv) && cv->ops->close)
        cv->ops->close(cv->self, &cv->err);
    return hand_over(cv, e);
}

/* ---- paths ---- */
void gb_path_init(struct gb_path *p, struct gb_arena *a)
{
    *p = (struct gb_path){ .arena = a };
}

static void room(struct gb_path *p, size_t ops, size_t pts)
{
    p->op = gb_arena_grow(p->arena, p->op, p->n_ops, &p->cap_ops, p->n_ops + ops, sizeof *p->op);
    p->pt = gb_arena_grow(p->arena, p->pt, p->n_pts, &p->cap_pts, p->n_pts + pts, sizeof *p->pt);
}

static void add(struct gb_path *p, enum gb_path_op op, double x, double y)
{
    room(p, 1, 1);
    p->op[p->n_ops++] = op;
    p->pt[p->n_pts++] = (struct gb_point){ x, y };
}
void gb_path_move(struct gb_path *p, double x, double y)
{
    add(p, GB_MOVE, x, y);
}
void gb_path_line(struct gb_path *p, double x, double y)
{
    add(p, GB_LINE, x, y);
}
void gb_path_curve(struct gb_path *p, double x1, double y1, double x2, double y2, double x, double y)
{
    room(p, 1, 3);
    p->op[p->n_ops++] = GB_CURVE;
    p->pt[p->n_pts++] = (struct gb_point){ x1, y1 };
    p->pt[p->n_pts++] = (struct gb_point){ x2, y2 };
    p->pt[p->n_pts++] = (struct gb_point){ x, y };
}
void gb_path_close(struct gb_path *p)
{
    room(p, 1, 0);
    p->op[p->n_ops++] = GB_CLOSE;
}
void gb_path_circle(struct gb_path *p, double cx, double cy, double r)
{
    const double k = 0.5522847498 * r; /* control distance of a quarter circle by one cubic */
    gb_path_move(p, cx + r, cy);
    gb_path_curve(p, cx + r, cy + k, cx + k, cy + r, cx, cy + r);
    gb_path_curve(p, cx - k, cy + r, cx - r, cy + k, cx - r, cy);
    gb_path_curve(p, cx - r, cy - k, cx - k, cy - r, cx, cy - r);
    gb_path_curve(p, cx + k, cy - r, cx + r, cy - k, cx + r, cy);
    gb_path_close(p);
}
void gb_path_rect(struct gb_path *p, struct gb_rect r)
{
    gb_path_move(p, r.x, r.y);
    gb_path_line(p, r.x + r.w, r.y);
    gb_path_line(p, r.x + r.w, r.y + r.h);
    gb_path_line(p, r.x, r.y + r.h);
    gb_path_close(p);
}

/* ---- numbers ---- */
static void put_hundredths(struct gb_buf *b, double v, bool all)
{
    char t[32];
    int at = sizeof t;
    bool negative = v < 0;
    int64_t h = (int64_t)((negative ? -v : v) * 100 + 0.5);
    int decimals = 2;
    if (!all)
        for (; decimals && h % 10 == 0; decimals--)
            h /= 10;
    for (int i = 0; i < decimals; i++, h /= 10)
        t[--at] = (char)('0' + h % 10);
    bool zero = h == 0;
    for (int i = at; i < (int)sizeof t; i++)
        zero = zero && t[i] == '0';
    if (decimals)
        t[--at] = '.';
    do
        t[--at] = (char)('0' + h % 10);
    while (h /= 10);
    if (negative && !zero)
        t[--at] = '-';
    gb_buf_add(b, t + at, sizeof t - (size_t)at);
}
void gb_put_num(struct gb_buf *b, double v)
{
    put_hundredths(b, v, false);
}
void gb_put_num2(struct gb_buf *b, double v)
{
    put_hundredths(b, v, true);
}
