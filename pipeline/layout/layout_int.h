/* layout/layout_int.h — what the files of this room share.
 *
 * Text goes text -> pieces (break.c: a piece is a run of letters of one style that is never split) -> lines -> items.
 * Everything on a page is a *strip*: a horizontal band of the text column with its items at coordinates relative to its top left
 * corner. A paragraph is as many strips as lines, a table as many as rows. flow.c puts strips on pages and moves their items there;
 * a strip says whether the page may end after it and what is repeated on top of a page that begins with it.
 */
#ifndef GB_LAYOUT_LAYOUT_INT_H
#define GB_LAYOUT_LAYOUT_INT_H
#include "layout/layout.h"

#define GB_MM (72.0 / 25.4)
#define GB_TIGHTEST 2
#define GB_TIGHTEST_PAGE 4 /* of a document that must be one page: 12 pt text and less air in tables, then 11 pt and tables at 8.5 */

/* A footnote: laid out when its mark is, set by flow.c at the foot of the page that takes the line of the mark. */
struct gb_strip;
struct gb_footnote { int number; const char *text; struct gb_strip *first; double h_pt; struct gb_footnote *next; };

struct gb_style { enum gb_font font; double size_pt; struct gb_rgba color; };
struct gb_piece {
    const char *text; size_t n;
    double w_pt, gap_pt;         /* own width; blank before it (0: sticks to the piece before) */
    struct gb_style style;
    bool may_break;              /* a line may begin here */
    const char *target;          /* link, or NULL */
    enum gb_state mark;          /* a state's shape instead of text */
    struct gb_footnote *note;    /* a footnote's mark */
    bool speaks;                 /* nothing beside the shape says the state in words */
};
struct gb_pieces { struct gb_arena *arena; struct gb_piece *v; size_t n, cap; };
struct gb_line { size_t first, end; double natural_pt; /* without what hangs over the edge */ int n_gaps; };
enum gb_setting { GB_JUSTIFIED, GB_RAGGED };

struct gb_items { struct gb_item *first, *last; };
struct gb_strip {
    double before_pt, h_pt;      /* before_pt vanishes at the top of a page */
    double give_pt;              /* height that its pictures can do without, to stay on the page that has begun */
    bool keep_next;
    bool picture, head, stays;   /* may be set after what follows it in the text; heading; nothing goes past it */
    int block;                   /* of one node: moved as a whole */
    struct gb_items items;
    struct gb_footnote *notes;   /* whose marks it carries: they stand on its page */
    const struct gb_strip *again; /* table: head to repeat when a page begins here */
    struct gb_strip *next;
};
struct gb_sheaf {                 /* pages of one orientation and one numbering */
    bool landscape, annex, letterhead;
    struct gb_strip *first, *last;
    int end_page;                 /* out of gb_flow(): pages up to the end of this; 0 if it is empty */
    struct gb_sheaf *next;
};
struct gb_contents_entry { const char *title, *target; int page; }; /* target: "#id"; page of the file, from 1 */
struct gb_contents { struct gb_contents_entry *entry; int n; size_t cap; bool brief; };
struct gb_lay {
    struct gb_arena *a;
    const struct gb_doc *d;
    const struct gb_layout_foot *foot;
    struct gb_err *e;
    struct gb_sheaf *first, *part; /* part: the one being filled */
    double w_pt, h_pt;           /* text area of the part being filled */
    int number[GB_LEVEL_MAX + 2]; /* section counters */
    int n_annexes, annex_no, block;
    int below;                   /* level of a bookmark in the section that is open */
    bool body_only;              /* a try: without annexes */
    int fewer_kept;              /* rows fewer than else that a table must keep whose rows stand elsewhere too */
    int tight;                   /* less air: 0, or the step 1..GB_TIGHTEST of another try (GB_TIGHTEST_PAGE for one page) */
    int n_notes;                 /* footnotes so far */
    int n_left_out;              /* rows that do not go on the one page, over all its tables */
    int body_pages;              /* out of gb_flow(): pages before the first annex, */
    double last_fill;            /* and how full the last of them is, 0..1 */
    const struct gb_contents *contents; /* to be set after the head; NULL: none */
    struct gb_elems elems;       /* the structure being built, */
    struct gb_elem *el;          /* and what is being laid out; NULL: decoration */
    enum gb_code code;
};

/* ---- break.c ---- */
void gb_pieces_add(struct gb_pieces *p, const char *text, size_t n, struct gb_style st, bool keep_blanks, const char *target);
void gb_pieces_mark(struct gb_pieces *p, enum gb_state s, struct gb_style st);
/** The mark of a footnote, at the word before it: no line begins with it. */
void gb_pieces_note(struct gb_pieces *p, struct gb_footnote *note, const char *mark, struct gb_style st);
/** Make every unbreakable stretch fit a width: at "/" and "-" first, between letters if nothing else helps. */
void gb_pieces_fit(struct gb_pieces *p, double width_pt);
/** Lines of least total ugliness (Knuth and Plass 1981). indent_pt: of the first line. @return number of lines. */
size_t gb_break_lines(struct gb_arena *a, const struct gb_pieces *p, double width_pt, double indent_pt, enum gb_setting how, struct gb_line **out);
double gb_hang_pt(const struct gb_piece *x);              /* of its last mark, over the edge of justified text */
double gb_pieces_natural_pt(const struct gb_pieces *p);   /* all on one line */
double gb_pieces_longest_pt(const struct gb_pieces *p);   /* widest unbreakable stretch */

/* ---- paragraph.c ---- */
struct gb_para_form { enum gb_el role; /* 0: P */ struct gb_style style; double line_pt, before_pt, indent_pt, left_pt, right_pt; enum gb_align align; bool justify; };
/** What is laid out from here on is a child of what was. @return what was: give it to gb_el_close(). In decoration nothing is opened. */
struct gb_elem *gb_el_open(struct gb_lay *l, enum gb_el role);
void gb_el_close(struct gb_lay *l, struct gb_elem *was);
struct gb_item *gb_item_new(struct gb_lay *l, struct gb_items *to, enum gb_item_kind kind);
void gb_item_line(struct gb_lay *l, struct gb_items *to, double x, double y, double w, double h, double width_pt, struct gb_rgba c);
void gb_item_rect(struct gb_lay *l, struct gb_items *to, struct gb_rect r, struct gb_rgba c);
/** One short string on a baseline. @return its width. */
double gb_item_text(struct gb_lay *l, struct gb_items *to, const char *s, struct gb_style st, enum gb_align align, double x, double baseline);
struct gb_style gb_style_with(struct gb_style st, unsigned intent);
void gb_pieces_text(struct gb_lay *l, struct gb_pieces *p, const struct gb_text *t, struct gb_style st);
/** The shape is the only thing that says this state: it gets the word as its alternative. */
void gb_state_speaks(struct gb_lay *l, struct gb_item *state);
/** Items of a line whose left edge is x. extra_pt: added to each blank. */
void gb_line_items(struct gb_lay *l, struct gb_items *to, const struct gb_pieces *p, const struct gb_line *line, double x, double baseline, double extra_pt);
double gb_baseline_pt(struct gb_style st, double line_pt); /* from the top of a line box */
struct gb_strip *gb_strip_new(struct gb_lay *l, double before_pt, double h_pt);
/** Strips of a paragraph; the first and last two lines stay together. @return the first strip. */
struct gb_strip *gb_paragraph(struct gb_lay *l, const struct gb_pieces *p, const struct gb_para_form *form);
struct gb_strip *gb_paragraph_string(struct gb_lay *l, const char *s, const struct gb_para_form *form);
struct gb_strip *gb_paragraph_text(struct gb_lay *l, const struct gb_text *t, const struct gb_para_form *form);

/* ---- footnote.c ---- */
#define GB_FOOT_HEAD_PT 14.0 /* above the first note of a page: air, the rule, air */
#define GB_FOOT_FRAC (1.0 / 3) /* of a page that its notes may take, before a line with one more goes on to the next */
/** The next footnote, numbered, and its mark in the line. st: of the text around it. */
void gb_footnote_pieces(struct gb_lay *l, struct gb_pieces *p, const char *text, struct gb_style st);
/** The mark's items: a link of its own element. */
void gb_footnote_mark(struct gb_lay *l, struct gb_items *to, const struct gb_piece *x, double at, double baseline);
/** Lay out the notes of a paragraph's line; s carries them from here on. */
void gb_footnote_strips(struct gb_lay *l, struct gb_strip *s, const struct gb_pieces *p, const struct gb_line *line);
double gb_footnotes_pt(const struct gb_footnote *n);
struct gb_item *gb_footnote_rule(struct gb_lay *l, struct gb_items *to);

/* ---- the parts of a page ---- */
void gb_letterhead(struct gb_lay *l);                     /* letterhead.c */
void gb_plain_head(struct gb_lay *l);
void gb_sheet_head(struct gb_lay *l);                    /* of a document that is one page */
void gb_annex_head(struct gb_lay *l, const struct gb_node *section);
void gb_signature(struct gb_lay *l);
/** Marks, page number, footer of a finished page, the i-th (from 1) of the n of the file. */
void gb_page_frame(struct gb_lay *l, struct gb_page *page, const struct gb_sheaf *part, int i, int n);
void gb_table_strips(struct gb_lay *l, const struct gb_node *n); /* table.c */
/** How many of the rows that this try leaves out are the last ones of this table. */
int gb_rows_left_out(const struct gb_lay *l, const struct gb_node *table);
void gb_figures_strip(struct gb_lay *l, const struct gb_node *n); /* figures.c */
void gb_callout_strips(struct gb_lay *l, const struct gb_node *n);
void gb_charts_strip(struct gb_lay *l, const struct gb_node *const *n, int n_charts); /* one, or two side by side */
/** A chart's item, with its element and alternative text; its place is left to the caller. */
struct gb_item *gb_chart_item(struct gb_lay *l, struct gb_items *to, const struct gb_chart *c);
bool gb_chart_is_small(const struct gb_chart *c);
/** What a table of contents of these pages says: sections of the first level and annexes. brief: as one paragraph. */
struct gb_contents *gb_contents_of(struct gb_arena *a, const struct gb_pages *p, bool brief); /* contents.c */
bool gb_contents_same(const struct gb_contents *a, const struct gb_contents *b); /* the same pages */
void gb_contents_strips(struct gb_lay *l, const struct gb_contents *t);
void gb_sheaf_begin(struct gb_lay *l, bool landscape, bool annex); /* flow.c */
GB_MUST_USE enum gb_code gb_flow(struct gb_lay *l, struct gb_pages *out);
#endif
