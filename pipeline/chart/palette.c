/* palette.c — the colours of states after Okabe and Ito (2008), who chose them for all kinds of colour vision; shapes that stay apart in
 * black and white. The official colours of disaster levels (QĐ 18/2021/QĐ-TTg) are not drawn: such a level is told by its word.
 *
 * Where no shape helps (classes of a map, pieces of a bar, lines of one picture) the colours also differ in lightness and stay apart
 * for protanopes, deuteranopes and tritanopes; tests/unit/test_chart_palette.c computes that, and the contrast of WCAG 2.2 (1.4.3,
 * 1.4.11). The shapes are characters that every bundled font has: arrows up and down are left out, they would read as "rises" and
 * "falls".
 */
#include "chart/palette.h"

const struct gb_rgba gb_ink = GB_RGB(0x1a1a1a), gb_ink_soft = GB_RGB(0x5c5c5c), gb_rule = GB_RGB(0x8c8c8c),
                     gb_rule_soft = GB_RGB(0xdddddd), gb_accent = GB_RGB(0x00609c), gb_back = GB_RGB(0x7598b2),
                     gb_accent_2 = GB_RGB(0xa3377a), gb_ground = GB_RGB(0xffffff);
const struct gb_rgba gb_ramp[GB_N_RAMP] = { GB_RGB(0xe3edf5), GB_RGB(0xa9c9e0), GB_RGB(0x6ba3c9), GB_RGB(0x2f7aac),
                                            GB_RGB(0x0b4a75) };
const struct gb_rgba gb_sides[2][2] = { { GB_RGB(0xe08214), GB_RGB(0x7f3b08) }, { GB_RGB(0xb2d4e8), GB_RGB(0x2f7aac) } };
const struct gb_rgba gb_middle = GB_RGB(0xf7f7f7), gb_hatching = GB_RGB(0x868686), gb_band = GB_RGB(0xdbe7f0),
                     gb_quiet = GB_RGB(0xf5f5f5), gb_unknown = GB_RGB(0xf0f0f0);
const struct gb_rgba gb_parts[GB_N_PIECES] = { GB_RGB(0x0b4a75), GB_RGB(0xed9d5d), GB_RGB(0xb34e3a), GB_RGB(0xcaf0fd),
                                               GB_RGB(0x349991), GB_RGB(0x7c4757), GB_RGB(0xc387ce), GB_RGB(0xffc7c9) };
const struct gb_rgba gb_several[GB_N_SERIES] = { GB_RGB(0x00609c), GB_RGB(0x401352), GB_RGB(0x8a7430), GB_RGB(0x1f4a14) };
const struct gb_rgba gb_bands[GB_N_BANDS] = { GB_RGB(0xf2f2f2), GB_RGB(0xe4e4e4), GB_RGB(0xd5d5d5), GB_RGB(0xc5c5c5),
                                              GB_RGB(0xb4b4b4) };
const struct gb_rgba gb_days[GB_N_DAYS] = { GB_RGB(0xe4eef5), GB_RGB(0xa9c9e0), GB_RGB(0x5f9ac3), GB_RGB(0x0b4a75) };

static const struct {
    struct gb_rgba fill, ink, tint;
    const char *shape;
} states[] = {
    [GB_STATE_NONE] = { GB_RGB(0x8c8c8c), GB_RGB(0x5c5c5c), GB_RGB(0xffffff), "" },
    [GB_GOOD] = { GB_RGB(0x009e73), GB_RGB(0x00593f), GB_RGB(0xe3f4ee), "●" },
    [GB_WATCH] = { GB_RGB(0x56b4e9), GB_RGB(0x2a70a0), GB_RGB(0xe6f3fb), "◊" },
    [GB_WARNING] = { GB_RGB(0xe69f00), GB_RGB(0x946400), GB_RGB(0xfdf1d6), "▲" },
    [GB_DANGER] = { GB_RGB(0xd55e00), GB_RGB(0x8a2600), GB_RGB(0xfbe3d3), "■" },
    [GB_EMERGENCY] = { GB_RGB(0x7a1033), GB_RGB(0x560130), GB_RGB(0xf3d6df), "►" },
    [GB_NO_DATA] = { GB_RGB(0x8c8c8c), GB_RGB(0x5c5c5c), GB_RGB(0xf2f2f2), "○" },
    [GB_OVERDUE] = { GB_RGB(0x5c5c5c), GB_RGB(0x424242), GB_RGB(0xe8e8e8), "□" },
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

bool gb_is_dark(struct gb_rgba c)
{
    return 299 * c.r + 587 * c.g + 114 * c.b <
           112000; /* luma of Rec. 601; below it white has the contrast of 4.5, above it black */
}

struct gb_rgba gb_on(struct gb_rgba ground)
{
    return gb_is_dark(ground) ? GB_RGB(0xfefefe) : GB_RGB(0x181818);
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
    case GB_WARNING: corners(&p, up, 3, x, y, r * 0.88); break;
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
    /* The yellow of a warning is too near to paper (2.2:1): its rim is what is seen. */
    pen.width_pt = r * 0.2;
    if (s == GB_WARNING)
        gb_canvas_stroke(cv, &p, &pen);
}
