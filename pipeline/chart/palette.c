/* palette.c — colours after Okabe and Ito (2008), who chose them for all kinds of colour vision; shapes that stay apart in black and
 * white. Inks are darkened until their contrast on white is at least 4.5 (WCAG 2.1, 1.4.3); tests/unit/test_chart_palette.c
 * computes that. The shapes are characters that every bundled font has: arrows up and down are left out, they would read as
 * "rises" and "falls".
 */
#include "chart/palette.h"

const struct gb_rgba gb_ink = GB_RGB(0x1a1a1a), gb_ink_soft = GB_RGB(0x5c5c5c), gb_rule = GB_RGB(0x8c8c8c),
                     gb_rule_soft = GB_RGB(0xdddddd), gb_accent = GB_RGB(0x00609c), gb_accent_2 = GB_RGB(0xa3377a),
                     gb_ground = GB_RGB(0xffffff);

static const struct {
    struct gb_rgba fill, ink, tint;
    const char *shape;
} states[] = {
    [GB_STATE_NONE] = { GB_RGB(0x8c8c8c), GB_RGB(0x5c5c5c), GB_RGB(0xffffff), "" },
    [GB_GOOD] = { GB_RGB(0x009e73), GB_RGB(0x00704f), GB_RGB(0xe3f4ee), "●" },
    [GB_WATCH] = { GB_RGB(0x56b4e9), GB_RGB(0x1b6a98), GB_RGB(0xe6f3fb), "◊" },
    [GB_WARNING] = { GB_RGB(0xe69f00), GB_RGB(0x8a5a00), GB_RGB(0xfdf1d6), "▲" },
    [GB_DANGER] = { GB_RGB(0xd55e00), GB_RGB(0xa34400), GB_RGB(0xfbe3d3), "■" },
    [GB_EMERGENCY] = { GB_RGB(0x7a1033), GB_RGB(0x7a1033), GB_RGB(0xf3d6df), "►" },
    [GB_NO_DATA] = { GB_RGB(0x8c8c8c), GB_RGB(0x5c5c5c), GB_RGB(0xf2f2f2), "○" },
    [GB_OVERDUE] = { GB_RGB(0x5c5c5c), GB_RGB(0x4a4a4a), GB_RGB(0xe8e8e8), "□" },
};
struct gb_rgba gb_state_color(enum gb_state s)
{
    return states[s].fill;
}
struct gb_rgba gb_state_ink(enum gb_state s)
{
    return states[s].ink;
}
struct gb_rgba gb_state_tint(enum gb_state s)
{
    return states[s].tint;
}
const char *gb_state_shape(enum gb_state s)
{
    return states[s].shape;
}

static void corners(struct gb_path *p, const double (*xy)[2], int n, double x, double y, double r)
{
    for (int i = 0; i < n; i++)
        if (i)
            gb_path_line(p, x + xy[i][0] * r, y + xy[i][1] * r);
        else
            gb_path_move(p, x + xy[i][0] * r, y + xy[i][1] * r);
    gb_path_close(p);
}

void gb_state_mark(struct gb_canvas *cv, enum gb_state s, double x, double y, double r, struct gb_arena *a)
{
    static const double diamond[][2] = { { 0, -1 }, { .75, 0 }, { 0, 1 }, { -.75, 0 } },
                        up[][2] = { { 0, -.95 }, { 1, .8 }, { -1, .8 } },
                        square[][2] = { { -.8, -.8 }, { .8, -.8 }, { .8, .8 }, { -.8, .8 } },
                        right[][2] = { { -.8, -1 }, { 1, 0 }, { -.8, 1 } };
    struct gb_path p;
    struct gb_pen pen = { .color = states[s].ink, .width_pt = r * 0.35 };
    gb_path_init(&p, a);
    switch (s) {
    case GB_STATE_NONE: return;
    case GB_GOOD: gb_path_circle(&p, x, y, r * 0.9); break;
    case GB_WATCH: corners(&p, diamond, 4, x, y, r); break;
    case GB_WARNING: corners(&p, up, 3, x, y, r); break;
    case GB_DANGER: corners(&p, square, 4, x, y, r); break;
    case GB_EMERGENCY: corners(&p, right, 3, x, y, r); break;
    case GB_NO_DATA: gb_path_circle(&p, x, y, r * 0.8); break;
    case GB_OVERDUE: corners(&p, square, 4, x, y, r * 0.95); break;
    }
    /* Outlines for the two states that say "nothing to judge", and for the watch diamond as its letter is one. */
    if (s == GB_NO_DATA || s == GB_OVERDUE || s == GB_WATCH)
        gb_canvas_stroke(cv, &p, &pen);
    else
        gb_canvas_fill(cv, &p, states[s].fill);
}
