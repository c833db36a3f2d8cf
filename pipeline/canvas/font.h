/* canvas/font.h — the bundled fonts: one measurer of text for every format (FreeType owner; STYLE.md anti-pattern 23).
 *
 * Liberation Serif and Sans 2.1.5 subsets are made at build time and linked into the program: metrics, PDF and PNG use the same
 * bytes. gb_fonts_warm() is called once before the first fork; afterwards everything here is read-only and needs no file.
 */
#ifndef GB_CANVAS_FONT_H
#define GB_CANVAS_FONT_H
#include "base/str.h"

enum gb_font { GB_SERIF, GB_SERIF_BOLD, GB_SERIF_ITALIC, GB_SERIF_BOLD_ITALIC, GB_SANS, GB_SANS_BOLD, GB_N_FONTS };
GB_MUST_USE enum gb_code gb_fonts_warm(struct gb_err *e);
/** Width of a UTF-8 run in points, advance widths only (no kerning, so that libharu, SVG and cairo agree). Unknown glyph = .notdef. */
double gb_text_width_pt(enum gb_font f, double size_pt, const char *s, size_t n);
double gb_font_ascent_pt(enum gb_font f, double size_pt);   /* positive, above the baseline */
double gb_font_descent_pt(enum gb_font f, double size_pt);  /* positive, below the baseline */
/** First code point without a glyph, or 0 when the font has all of them. */
uint32_t gb_font_lacks(enum gb_font f, const char *s, size_t n);
/** The font file's bytes (subset), linked into the program. */
struct gb_str gb_font_bytes(enum gb_font f);
const char *gb_font_css_family(enum gb_font f); /* "\"Liberation Serif\", \"Times New Roman\", serif" ... */
bool gb_font_is_bold(enum gb_font f);
bool gb_font_is_italic(enum gb_font f);
#endif
