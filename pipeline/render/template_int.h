/* render/template_int.h — filling a page template; private to the HTML renderer and its tests. */
#ifndef GB_RENDER_TEMPLATE_INT_H
#define GB_RENDER_TEMPLATE_INT_H
#include "base/str.h"

/* Every value is already escaped for its place: title, place and description as text, nav, body and foot as HTML. */
struct gb_template_values { const char *lang, *title, *description, *root, *css_class, *place, *nav, *body, *foot, *style, *style_hash; };
void gb_template_fill(const char *text, const struct gb_template_values *v, struct gb_buf *out);
#endif
