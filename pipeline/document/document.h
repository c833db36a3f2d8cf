/* document/document.h — the tree of typed values and intents that every report builds and every format walks.
 *
 * Arena-only: no per-node free. Builders are sticky: the first fault is kept in doc->err and later calls do nothing useful; ask
 * gb_doc_check() once. Renderers switch over enum gb_node_kind without a default. Text is NFC UTF-8, Vietnamese.
 */
#ifndef GB_DOCUMENT_DOCUMENT_H
#define GB_DOCUMENT_DOCUMENT_H
#include "document/value.h"

enum gb_node_kind { GB_NODE_DOC, GB_NODE_SECTION, GB_NODE_PARA, GB_NODE_LIST, GB_NODE_TABLE, GB_NODE_CHART, GB_NODE_FIGURES, GB_NODE_CALLOUT,
                    GB_NODE_NOTE, GB_NODE_SOURCE, GB_NODE_BREAK };
enum { GB_STRONG = 1, GB_EMPH = 2, GB_WEAK = 4, GB_TOTAL = 8 };        /* intents */
enum gb_inline_kind { GB_IN_TEXT, GB_IN_VALUE, GB_IN_LINK,             /* LINK: text + target "indicator/<code>.html", "#anchor": inside the edition only */
                      GB_IN_NOTE }; /* footnote, its text here: a mark in the line, the text at the foot; only in PARA, LIST and CALLOUT */
struct gb_inline { enum gb_inline_kind kind; const char *text, *target; struct gb_value value; unsigned intent; struct gb_inline *next; };
struct gb_text { struct gb_inline *first, *last; };                    /* a run of inlines */

enum gb_align { GB_LEFT, GB_CENTER, GB_RIGHT, GB_DECIMAL };            /* DECIMAL: aligned at the decimal comma */
struct gb_col { const char *label, *unit; enum gb_align align; double weight; /* relative width wish, 0 = by content */ };
struct gb_cell { struct gb_text text; struct gb_value value; bool is_value; unsigned intent; enum gb_state state; /* STATE_NONE = none */
                 const struct gb_chart *spark; };
struct gb_row { struct gb_cell *cell; int n_cells; unsigned intent; bool group_head; /* first cell spans the row */ struct gb_row *next; };

enum gb_chart_kind { GB_CHART_LINE, GB_CHART_BARS, GB_CHART_BULLET, GB_CHART_SPARK, GB_CHART_MAP, GB_CHART_HEAT, GB_CHART_MULTIPLES, GB_CHART_STACKED,
                     GB_CHART_CALENDAR, GB_CHART_WATERFALL, GB_CHART_DOTS, GB_CHART_SLOPE };
enum gb_series_role { GB_ROLE_ACTUAL, GB_ROLE_LAST_YEAR, GB_ROLE_TARGET, GB_ROLE_PACE, GB_ROLE_FORECAST,
                      GB_ROLE_LOW, GB_ROLE_HIGH /* the ends of the forecast's interval: drawn as a band between the two */,
                      GB_ROLE_NEEDED /* what each period left must bring; or the way to the target, which begins at the last measured point */ };
/* x: PERIOD (line, spark). label: bars, bullet, map. region_i: map only, -1 = no place of the catalogue; other kinds do not read it. */
struct gb_chart_point { struct gb_value x, y; const char *label; bool highlight; enum gb_state state; int region_i; };

struct gb_chart_series { const char *name; enum gb_series_role role; struct gb_chart_point *point; size_t n;
                         bool has_limit; struct gb_value limit; const char *limit_label; /* MULTIPLES: the line across its panel */ };
/* A MAP has one series: a point is a place, label its name, region_i where it is (outline, else position, of the catalogue), x.text
 * its code, y the value, highlight an outline with name and value. Coloured by state where a point has a judged one (GOOD to
 * EMERGENCY), with the limits of `step` in the legend if has_steps; by classes of its values (`classing`) where none has. Places of
 * the same level without a point are "chưa có số liệu". With `tiles` nothing is looked up: each point is a tile, in their order, and
 * places without a value are points too. */
/* A HEAT is a table: a series is a column (name with its unit; each value has its own), a point a row, the same labels in the same
 * order in each; x may be the column's PERIOD. MULTIPLES: a series is a panel (name with its unit), all of one frequency. STACKED: a
 * series is a part, a point a row (label, or PERIOD); one unit, nothing negative, percent only where each row adds up to 100.
 * CALENDAR: one series of days in ascending order. WATERFALL: one series of signed parts, the last point is the whole change and the sum
 * of the others, to the last digit; the reference is the base figure. DOTS: ACTUAL with the ends of its interval in LOW and HIGH, the same
 * labels in each. SLOPE: two series of ranks (1 = best), before and now, named by their periods, the same labels in each. */
enum gb_classing { GB_CLASSING_QUANTILE, GB_CLASSING_JENKS, GB_CLASSING_LIMITS };
enum gb_map_style { GB_MAP_COLOURS, GB_MAP_CIRCLES, GB_MAP_HEAT };
enum { GB_MAX_LIMITS = 4 };
struct gb_chart {                        /* drawn by chart/ or map/, tabulated by html/xlsx: the same numbers */
    enum gb_chart_kind kind;
    const char *title;                   /* states the finding */
    const char *alt;                     /* full sentence(s) for those who do not see it; never empty */
    const char *unit, *source;
    enum gb_freq freq;                   /* of x */
    struct gb_chart_series *series; size_t n_series;
    bool has_reference; struct gb_value reference; const char *reference_label; /* target or threshold line */
    struct gb_threshold step[GB_N_STEPS]; bool has_steps; enum gb_direction direction; /* bullet background */
    bool shared;                         /* multiples: one scale for all panels */
    double radius_km;                    /* map: a circle around each highlighted point, 0 = none */
    bool tiles, listed;                  /* map without geography; map of its points' outlines alone */
    enum gb_map_style style;             /* map: CIRCLES: areas of circles follow the values; no colours by state or class.
                                          * HEAT: figures of points, none below zero, added up in hexagons; for alt: the highest and how wide */
    const char *hot_label; struct gb_value hot; int cell_km; /* HEAT; NULL: not known */
    enum gb_classing classing;           /* map coloured by value: how classes are found; LIMITS: class i + 1 starts at limit[i], ascending */
    int64_t limit[GB_MAX_LIMITS]; int n_limits, limit_scale;
    int64_t breaks[4]; const char *break_label[4]; int n_breaks; /* x ordinals of series breaks */
};
struct gb_figure { const char *label; struct gb_value value, change; const char *change_label; enum gb_state state; const struct gb_chart *spark; };

struct gb_node {
    enum gb_node_kind kind;
    struct gb_node *child, *last, *next;
    const char *id;                      /* stable anchor: [a-z0-9-]+ ; sections, tables and charts have one */
    const char *title;                   /* section title, table caption */
    int level;                           /* section: 1.. */
    bool numbered, annex, landscape, keep_together;
    struct gb_text text;                 /* PARA NOTE SOURCE CALLOUT */
    enum gb_state state;                 /* CALLOUT */
    struct gb_text *item; size_t n_items; bool ordered;               /* LIST */
    struct gb_col *col; int n_cols; struct gb_row *row, *last_row; int n_rows; /* TABLE */
    int drop;                            /* TABLE of a one_page or body_max document: whose last rows go first when the page is full; 1 first, 0 = never */
    const char *rest; int beyond;        /* TABLE with drop: what the rows that go are and where they stand, as "chỉ số khác, ghi ở phụ lục"; how many
                                          * of them never were rows of it. NULL: on the web */
    bool tells_rest;                     /* NOTE below such a table: "Còn <beyond> <rest>."; a table that is cut counts anew in its place */
    struct gb_chart *chart;                                           /* CHART */
    struct gb_figure *figure; int n_figures;                          /* FIGURES: key figures side by side */
};

#define GB_LIST_MAX 256 /* items of one list; more is a table */
#define GB_LEVEL_MAX 4  /* depth of sections */
enum gb_doc_style { GB_DOC_BRIEFING, /* letterhead by NĐ 30/2020 */ GB_DOC_PAGE /* a page of the site */ };
struct gb_doc {
    struct gb_arena *arena;              /* borrowed */
    const struct gb_catalogue *catalogue;
    enum gb_audience audience;
    enum gb_doc_style style;
    const char *slug;                    /* file stem: "daily", "scenario-public-investment" */
    const char *type_name;               /* "BÁO CÁO NHANH", "BẢN TIN" */
    const char *title, *subtitle;        /* trích yếu; second line */
    const char *lang;                    /* "vi" */
    struct gb_date date; const char *cutoff; /* "Số liệu tính đến 17 giờ 00 ngày 21/11/2026" */
    const char *level_vi;                /* định kỳ / đột xuất / theo yêu cầu, or NULL */
    const char *reason;                  /* why an ad-hoc briefing was convened, or NULL */
    const char **mark; int n_marks;      /* "BẢN TIN TỰ ĐỘNG", "LƯU HÀNH NỘI BỘ", "SỐ LIỆU MẪU" */
    bool one_page;                       /* on paper exactly one sheet: layout sets it tighter, then leaves rows out, never clips */
    int body_max;                        /* pages that the text before the annexes should need at most; 0 = as many as it takes. Less air first,
                                          * then rows of tables with drop; a text that is longer still is set as it is: no briefing is lost */
    bool signature;                      /* signature block and Nơi nhận at the end */
    int64_t vintage;
    struct gb_node *root;
    struct gb_err err;
};
struct gb_doc *gb_doc_new(struct gb_arena *a, const struct gb_catalogue *c, enum gb_audience audience, const char *slug);
void gb_doc_mark(struct gb_doc *d, const char *mark);

/* Builders. `in` is a SECTION or DOC. Strings are copied. */
struct gb_node *gb_doc_section(struct gb_doc *d, struct gb_node *in, const char *id, const char *title);
struct gb_node *gb_doc_para(struct gb_doc *d, struct gb_node *in);
struct gb_node *gb_doc_note(struct gb_doc *d, struct gb_node *in);
struct gb_node *gb_doc_source(struct gb_doc *d, struct gb_node *in);
struct gb_node *gb_doc_callout(struct gb_doc *d, struct gb_node *in, enum gb_state state);
struct gb_node *gb_doc_list(struct gb_doc *d, struct gb_node *in, bool ordered);
struct gb_text *gb_doc_item(struct gb_doc *d, struct gb_node *list); /* stays valid */
struct gb_node *gb_doc_table(struct gb_doc *d, struct gb_node *in, const char *id, const char *caption, int n_cols);
void gb_doc_col(struct gb_doc *d, struct gb_node *table, int i, const char *label, const char *unit, enum gb_align align, double weight);
struct gb_row *gb_doc_row(struct gb_doc *d, struct gb_node *table);
void gb_doc_cell_value(struct gb_doc *d, struct gb_row *r, int i, struct gb_value v);
void gb_doc_cell_text(struct gb_doc *d, struct gb_row *r, int i, const char *text);
/** The cell's text, to be filled with inlines (links, several values). */
struct gb_text *gb_doc_cell_inline(struct gb_doc *d, struct gb_row *r, int i);
/** The cell shows a state (shape, word, colour); on a cell with a value the state marks that value. */
void gb_doc_cell_state(struct gb_doc *d, struct gb_row *r, int i, enum gb_state s);
void gb_doc_cell_spark(struct gb_doc *d, struct gb_row *r, int i, const struct gb_chart *spec); /* deep copy */
/** A row whose first cell spans the table: the head of a group of rows. */
struct gb_row *gb_doc_group_row(struct gb_doc *d, struct gb_node *table, const char *text);
struct gb_chart *gb_chart_copy(struct gb_arena *a, const struct gb_chart *spec); /* deep */
struct gb_node *gb_doc_chart(struct gb_doc *d, struct gb_node *in, const char *id, const struct gb_chart *spec); /* deep copy */
struct gb_node *gb_doc_figures(struct gb_doc *d, struct gb_node *in, int n); /* 1..6, filled by gb_doc_figure() */
void gb_doc_figure(struct gb_doc *d, struct gb_node *figures, int i, const struct gb_figure *f); /* strings and spark are copied */
struct gb_node *gb_doc_break(struct gb_doc *d, struct gb_node *in);
void gb_text_add(struct gb_doc *d, struct gb_text *t, const char *text, unsigned intent);
void gb_text_value(struct gb_doc *d, struct gb_text *t, struct gb_value v, unsigned intent);
void gb_text_link(struct gb_doc *d, struct gb_text *t, const char *text, const char *target);
/** A footnote, marked where the text has come to. Numbered by who draws it, in the order of its text. */
void gb_text_footnote(struct gb_doc *d, struct gb_text *t, const char *note);

/** True if the parts of a stacked chart are parts of a whole: none negative, and of percentages each complete row gives 100 (half a
 * printed unit a part is allowed). */
bool gb_chart_adds_up(const struct gb_chart *c);
/** Refuses: a figure without alt text, a table without header, a skipped heading level, a number without unit where the
 * column has none and it is not a count, a chart without source, duplicate ids, text that is not NFC, an external link target. */
GB_MUST_USE enum gb_code gb_doc_check(struct gb_doc *d, struct gb_err *e);
/** Name of a node kind ("table"): dumps, messages. */
const char *gb_node_kind_word(enum gb_node_kind k);
/** Plain text of a run of inlines, values formatted with their unit, appended. */
void gb_text_plain(const struct gb_text *t, struct gb_buf *out);
/** Canonical text of the tree, one node a line, values raw and formatted: the golden format and the debugging aid. */
void gb_doc_dump(const struct gb_doc *d, struct gb_buf *out);
#endif
