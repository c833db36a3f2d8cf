/* font.c — metrics of the bundled fonts, read once by FreeType into plain tables.
 *
 * A text is measured by two table look-ups a letter (code point -> glyph -> advance): layout measures every word of every page, and
 * FreeType's own calls would cost ten times as much. The tables are static, written by gb_fonts_warm() and never again, so
 * a forked worker shares the pages. The table from code points is flat (64 Ki entries a font): only pages with letters are ever
 * touched. Beyond the BMP there is nothing: libharu drops such text silently and no Vietnamese needs it.
 */
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H

#include "canvas/font_int.h"

#include "base/utf8.h"

enum { MAX_GLYPHS = 1024, BMP = 0x10000 };

extern const char gb_font_serif_regular[], gb_font_serif_regular_end[], gb_font_serif_bold[], gb_font_serif_bold_end[];
extern const char gb_font_serif_italic[], gb_font_serif_italic_end[], gb_font_serif_bold_italic[],
    gb_font_serif_bold_italic_end[];
extern const char gb_font_sans_regular[], gb_font_sans_regular_end[], gb_font_sans_bold[], gb_font_sans_bold_end[];

struct face {
    const char *bytes, *end, *name;
    bool bold, italic;
};
static const struct face faces[GB_N_FONTS] = {
    [GB_SERIF] = { gb_font_serif_regular, gb_font_serif_regular_end, "Serif-Regular", false, false },
    [GB_SERIF_BOLD] = { gb_font_serif_bold, gb_font_serif_bold_end, "Serif-Bold", true, false },
    [GB_SERIF_ITALIC] = { gb_font_serif_italic, gb_font_serif_italic_end, "Serif-Italic", false, true },
    [GB_SERIF_BOLD_ITALIC] = { gb_font_serif_bold_italic, gb_font_serif_bold_italic_end, "Serif-BoldItalic", true, true },
    [GB_SANS] = { gb_font_sans_regular, gb_font_sans_regular_end, "Sans-Regular", false, false },
    [GB_SANS_BOLD] = { gb_font_sans_bold, gb_font_sans_bold_end, "Sans-Bold", true, false },
};

/* Written once, before the first fork (see the header). */
static FT_Library library;
static FT_Face face_of[GB_N_FONTS];
static uint16_t glyph_of[GB_N_FONTS][BMP];
static uint16_t advance_of[GB_N_FONTS][MAX_GLYPHS];
static uint16_t code_of[GB_N_FONTS][MAX_GLYPHS];
static bool warm;

/* Several code points can share a glyph: Đ and Ð, blank and no-break blank. Vietnamese wins, then the lowest. */
static bool says_it_better(uint32_t cp, uint32_t than)
{
    bool vi = cp == 0x110 || cp == 0x111, than_vi = than == 0x110 || than == 0x111;
    return than == 0 || vi || (!than_vi && cp < than);
}

static enum gb_code load(enum gb_font f, struct gb_err *e)
{
    const struct face *src = &faces[f];
    FT_Face face;
    FT_Error bad = FT_New_Memory_Face(library, (const FT_Byte *)src->bytes, (FT_Long)(src->end - src->bytes), 0, &face);
    if (bad)
        return gb_fail(e, GB_E_BUG, "font %s: FreeType error %d", src->name, bad);
    if (face->num_glyphs > MAX_GLYPHS)
        return gb_fail(e, GB_E_BUG, "font %s: %ld glyphs, at most %d", src->name, face->num_glyphs, MAX_GLYPHS);
    FT_UInt glyph;
    for (FT_ULong cp = FT_Get_First_Char(face, &glyph); glyph; cp = FT_Get_Next_Char(face, cp, &glyph)) {
        if (cp >= BMP)
            continue;
        glyph_of[f][cp] = (uint16_t)glyph;
        if (says_it_better((uint32_t)cp, code_of[f][glyph]))
            code_of[f][glyph] = (uint16_t)cp;
    }
    for (FT_UInt g = 0; g < (FT_UInt)face->num_glyphs; g++) {
        FT_Fixed w;
        bad = FT_Get_Advance(face, g, FT_LOAD_NO_SCALE, &w);
        if (bad)
            return gb_fail(e, GB_E_BUG, "font %s: glyph %u has no advance", src->name, g);
        advance_of[f][g] = (uint16_t)w;
    }
    if (!glyph_of[f][0x1EA4] || !glyph_of[f][0x1A1])
        return gb_fail(e, GB_E_BUG, "font %s: no Vietnamese letters", src->name);
    face_of[f] = face;
    return GB_OK;
}

enum gb_code gb_fonts_warm(struct gb_err *e)
{
    if (warm)
        return GB_OK;
    if (!library && FT_Init_FreeType(&library))
        return gb_fail(e, GB_E_BUG, "FreeType does not start");
    for (int f = 0; f < GB_N_FONTS; f++)
        if (!face_of[f] && load((enum gb_font)f, e))
            return e ? e->code : GB_E_BUG;
    warm = true;
    return GB_OK;
}

void gb_fonts_need(void)
{
    struct gb_err e = { 0 };
    if (!warm && gb_fonts_warm(&e))
        gb_bug(e.n_frames ? e.frame[0] : "fonts");
}

uint16_t gb_font_glyph(enum gb_font f, uint32_t cp)
{
    return cp < BMP ? glyph_of[f][cp] : 0;
}
int gb_font_advance(enum gb_font f, uint16_t glyph)
{
    return advance_of[f][glyph];
}
int gb_font_n_glyphs(enum gb_font f)
{
    return (int)face_of[f]->num_glyphs;
}
int gb_font_units_per_em(enum gb_font f)
{
    return face_of[f]->units_per_EM;
}
uint32_t gb_font_code_point(enum gb_font f, uint16_t glyph)
{
    return code_of[f][glyph];
}
/* Not part of gb_fonts_warm(): only what looks at pages asks, of a few hundred glyphs. */
struct gb_ink_box gb_font_ink(enum gb_font f, uint16_t glyph)
{
    static struct gb_ink_box ink[GB_N_FONTS][MAX_GLYPHS];
    static bool known[GB_N_FONTS][MAX_GLYPHS];
    if (!known[f][glyph]) {
        known[f][glyph] = true;
        if (!FT_Load_Glyph(face_of[f], glyph, FT_LOAD_NO_SCALE)) {
            const FT_Glyph_Metrics *m = &face_of[f]->glyph->metrics;
            ink[f][glyph] = (struct gb_ink_box){ (int16_t)m->horiBearingX, (int16_t)(m->horiBearingY - m->height),
                                                 (int16_t)(m->horiBearingX + m->width), (int16_t)m->horiBearingY };
        }
    }
    return ink[f][glyph];
}

struct FT_FaceRec_ *gb_font_face(enum gb_font f)
{
    return face_of[f];
}

double gb_text_width_pt(enum gb_font f, double size_pt, const char *s, size_t n)
{
    gb_fonts_need();
    const char *end = s + n;
    int64_t units = 0;
    while (s < end) {
        uint32_t cp = (unsigned char)*s < 0x80 ? (uint32_t)(unsigned char)*s++ : gb_utf8_next(&s, end);
        units += advance_of[f][cp < BMP ? glyph_of[f][cp] : 0];
    }
    return (double)units * size_pt / face_of[f]->units_per_EM;
}

double gb_font_ascent_pt(enum gb_font f, double size_pt)
{
    gb_fonts_need();
    return face_of[f]->ascender * size_pt / face_of[f]->units_per_EM;
}

double gb_font_descent_pt(enum gb_font f, double size_pt)
{
    gb_fonts_need();
    return -face_of[f]->descender * size_pt / face_of[f]->units_per_EM;
}

uint32_t gb_font_lacks(enum gb_font f, const char *s, size_t n)
{
    gb_fonts_need();
    for (const char *end = s + n; s < end;) {
        uint32_t cp = gb_utf8_next(&s, end);
        if (cp >= BMP || !glyph_of[f][cp])
            return cp;
    }
    return 0;
}

struct gb_str gb_font_bytes(enum gb_font f)
{
    return (struct gb_str){ faces[f].bytes, (size_t)(faces[f].end - faces[f].bytes) };
}
const char *gb_font_css_family(enum gb_font f)
{
    return f >= GB_SANS ? "'Liberation Sans',Arial,Helvetica,sans-serif" : "'Liberation Serif','Times New Roman',Times,serif";
}
bool gb_font_is_bold(enum gb_font f)
{
    return faces[f].bold;
}
bool gb_font_is_italic(enum gb_font f)
{
    return faces[f].italic;
}
