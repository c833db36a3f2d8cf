/* canvas/font_int.h — what the back ends need of a font beyond its metrics: glyph numbers and FreeType's face. Inside canvas/ only. */
#ifndef GB_CANVAS_FONT_INT_H
#define GB_CANVAS_FONT_INT_H
#include "canvas/font.h"

struct FT_FaceRec_;
/** Loads every font on first use; a font that is part of the program and cannot be read is a bug of the build. */
void gb_fonts_need(void);
uint16_t gb_font_glyph(enum gb_font f, uint32_t cp);          /* 0 = .notdef */
int gb_font_advance(enum gb_font f, uint16_t glyph);          /* font units */
int gb_font_n_glyphs(enum gb_font f);
int gb_font_units_per_em(enum gb_font f);
/** The code point that best tells what a glyph is (the way back, for copy and search); 0 = only part of others. */
uint32_t gb_font_code_point(enum gb_font f, uint16_t glyph);
/** The box of a glyph's outline in font units, y up; all 0 for a blank. Read on first use of the glyph, then remembered. */
struct gb_ink_box { int16_t x0, y0, x1, y1; };
struct gb_ink_box gb_font_ink(enum gb_font f, uint16_t glyph);
struct FT_FaceRec_ *gb_font_face(enum gb_font f);             /* borrowed, lives as long as the process */
#endif
