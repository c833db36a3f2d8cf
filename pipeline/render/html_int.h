/* render/html_int.h — the writer state shared by html.c (blocks) and html_table.c (tables, charts, figures). */
#ifndef GB_RENDER_HTML_INT_H
#define GB_RENDER_HTML_INT_H
#include "render/render.h"

struct gb_html {
    struct gb_buf *out;
    struct gb_buf scratch;              /* one formatted value */
    const struct gb_doc *doc;
    const struct gb_html_options *opt;
    struct gb_arena *arena;
    int depth;                          /* heading level of the current section: h1 is the document's title */
    int number[GB_LEVEL_MAX + 2], below; /* counters of the sections; level of numbering, which an annex begins again */
    int annex_no, n_annexes;
    int n_notes; struct gb_buf notes;    /* footnotes so far, and the items of their list at the end */
    const char *heading;                /* title of the current section: a table of the same name does not say it twice */
    struct gb_buf *faults;              /* what is wrong with pictures, see gb_edition_info; or NULL */
    struct gb_err *e;
    enum gb_code rc;
};

/* One escaper a context (TRUST.md 35): text between tags, and text inside a double-quoted attribute. */
void gb_html_escape(struct gb_buf *b, const char *s);
void gb_html_attr(struct gb_buf *b, const char *s);
void gb_html_text(struct gb_html *h, const struct gb_text *t);
void gb_html_value(struct gb_html *h, const struct gb_value *v, enum gb_unit_style style);
void gb_html_state(struct gb_html *h, enum gb_state s);
/** Its shape alone, beside words that name it. */
void gb_html_shape(struct gb_html *h, enum gb_state s);
void gb_html_table(struct gb_html *h, const struct gb_node *n);
void gb_html_chart(struct gb_html *h, const struct gb_node *n);
void gb_html_figures(struct gb_html *h, const struct gb_node *n);
/** A chart as SVG of a given width, appended. Ids inside are made unique by `tag`. */
void gb_html_svg(struct gb_html *h, const struct gb_chart *c, double width_pt, const char *css_class, bool described);
#endif
