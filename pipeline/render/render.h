/* render/render.h — document (or cube) to bytes. One file a format; each appends to a buffer and knows nothing of the others. */
#ifndef GB_RENDER_RENDER_H
#define GB_RENDER_RENDER_H
#include "document/document.h"

/* What every file of an edition may say about where it comes from. Nothing here tells of another edition. */
struct gb_edition_info { const char *id; /* "2026-11-22-r1" */ const char *short_hash; /* of (vintage digest, definitions): 16 hex */
                         struct gb_date date; int64_t vintage; const char *build; enum gb_audience audience; bool sample; /* made-up figures */
                         struct gb_buf *faults; /* pages of PDF and pictures of HTML are watched (canvas/watch.h) and what is wrong is added here, a
                                                   line each; NULL: not watched */ };

GB_MUST_USE enum gb_code gb_render_pdf(const struct gb_doc *d, const struct gb_edition_info *ed, struct gb_buf *out, struct gb_err *e);

/* HTML: one escaper a context, no script, no inline style, CSP meta, table beside each chart. The page frame is templates/site/page.html
 * with {{title}} {{body}} {{nav}} {{root}} {{foot}} {{lang}} ..., read once before the fork. */
struct gb_templates { const char *page_html; const char *style_css; const char *briefing_html; struct gb_arena *arena;
                      const char *style_inside, *style_hash; /* the sheet without comments, inside a briefing, and its base64 SHA-256 (CSP) */ };
GB_MUST_USE enum gb_code gb_templates_load(struct gb_templates *t, struct gb_arena *a, const char *dir, struct gb_err *e);
/* Where a page stands: the pages above it, and its neighbours. Targets count from the edition's root. */
struct gb_html_link { const char *target, *text; };
struct gb_html_way { struct gb_html_link up[4]; int n_up; struct gb_html_link previous, next; /* target NULL: none */ };
struct gb_html_options { const struct gb_templates *templates; const char *root; /* "./" or "../": relative way to the edition's root */
                         const char *nav_html; /* trusted, ours; may be NULL */ const char *data_stem; /* "../data/x": offers .csv .json; NULL = none */
                         const char *print; /* "14797.pdf": the same on one sheet; NULL = none */
                         const struct gb_html_way *way; /* may be NULL */ };
GB_MUST_USE enum gb_code gb_render_html(const struct gb_doc *d, const struct gb_edition_info *ed, const struct gb_html_options *opt,
                                        struct gb_buf *out, struct gb_err *e);
/* The document's tables and charts: CSV (all tables, one after another, part column first), JSON (tree with raw values), XLSX (one table a sheet). */
GB_MUST_USE enum gb_code gb_render_csv(const struct gb_doc *d, const struct gb_edition_info *ed, struct gb_buf *out, struct gb_err *e);
GB_MUST_USE enum gb_code gb_render_json(const struct gb_doc *d, const struct gb_edition_info *ed, struct gb_buf *out, struct gb_err *e);
/* facts.csv of an edition: which document shows which figures, in which section. Of each document first a row with its title and no
 * figure, then rows (report,section,title,indicator,how,periods,regions): every one of the periods at every one of the regions, lists
 * separated by a blank. `how` as in JSON (gb_derivation_word; "state" for a figure's state). Holds no values. */
void gb_facts_csv_head(struct gb_buf *out);
/** The rows of one document. @param report the job that made it, as in the manifest */
void gb_facts_csv(const struct gb_doc *d, const char *report, struct gb_buf *out);
/** @param tmpdir private directory for libxlsxwriter's temporary files */
GB_MUST_USE enum gb_code gb_render_xlsx(const struct gb_doc *d, const struct gb_edition_info *ed, const char *tmpdir, struct gb_buf *out, struct gb_err *e);

/* From the cube: open data of one indicator (all regions and periods this process may see), tidy. */
/* Of made-up figures: one more column, `sample`, that says so in each row; JSON has "sample": true. */
GB_MUST_USE enum gb_code gb_data_csv(const struct gb_evaluation *ev, int indicator_i, const struct gb_edition_info *ed, struct gb_buf *out, struct gb_err *e);
GB_MUST_USE enum gb_code gb_data_json(const struct gb_evaluation *ev, int indicator_i, const struct gb_edition_info *ed, struct gb_buf *out, struct gb_err *e);
/** Statisticians' workbook of one sector: cover, contents, one wide sheet per indicator (regions x periods), tidy sheet, codebook, notes. */
GB_MUST_USE enum gb_code gb_workbook_sector(const struct gb_evaluation *ev, int sector_i, const struct gb_edition_info *ed, const char *tmpdir,
                                            struct gb_buf *out, struct gb_err *e);
/* The workbook of a department, as one is sent: letterhead, title, names and units over the columns, the header row of the contract, a
 * framed table, two signatures. For made-up deliveries (app/sample*). */
enum gb_sheet_kind { GB_SHEET_NONE, GB_SHEET_TEXT, GB_SHEET_NUMBER, GB_SHEET_DATE /* v: days since 1970 */, GB_SHEET_FORMULA /* s "=..", result v */ };
struct gb_sheet_cell { enum gb_sheet_kind kind; const char *s; int64_t v; int scale, decimals; };
struct gb_sheet {
    struct gb_date date; const char *name, *above[2], *title, *subtitle;
    int n_columns, n_rows;
    const double *width;              /* characters, by column */
    const char *const *label, *const *unit, *const *head; /* by column; label and unit may be NULL, and so may their entries */
    const struct gb_sheet_cell *cell; /* n_rows * n_columns */
    const char *sign[2]; int sign_column[2];
    bool landscape;
    int merged_column, hidden_column; /* wrong on purpose: column + 1 whose first two rows are merged, or that is hidden; 0 none */
};
GB_MUST_USE enum gb_code gb_render_sheet(const struct gb_sheet *s, const char *tmpdir, struct gb_buf *out, struct gb_err *e);
/** Has this process any series of an indicator? */
bool gb_indicator_seen(const struct gb_evaluation *ev, int indicator_i);
/** Data quality as tidy CSV: scope (whole, agency, indicator, commune, day), code (of the root, agency, indicator, commune; a date), dimension
 * (gb_dimension_word), met, of (counts), share (% as in the report: 99.9 at most unless all), score (0 to 100, of the scope's row as a whole,
 * so the same on each of its rows; empty when there is none). Days: GB_CONSISTENCY_DAYS up to the date. Of what this process may see.
 * @param sample  adds the column that marks made-up figures */
void gb_quality_csv(const struct gb_evaluation *ev, bool sample, struct gb_buf *out);
/** Codebook of all indicators this process may see (CSV). */
void gb_codebook_csv(const struct gb_evaluation *ev, struct gb_buf *out);
/** events.json: the log of episodes at warning or worse of the last GB_EVENTS_DAYS days (evaluation/event.h). */
enum { GB_EVENTS_DAYS = 31 };
void gb_events_json(const struct gb_evaluation *ev, const struct gb_edition_info *ed, struct gb_buf *out);
/** alerts.json: what stands at warning or worse, or is overdue at the root, worst first; communes under their indicator. */
void gb_alerts_json(const struct gb_evaluation *ev, const struct gb_edition_info *ed, struct gb_buf *out);
/* state.json: what the definitions say of each scenario tonight, beside what its figures say (evaluation/scenario.h). Texts are borrowed. */
struct gb_scenario_line {
    const char *cap;      /* path of tonight's CAP message in the edition, or NULL */
    const char *convened; /* sentence of the definition's own trigger, NULL: nobody is convened */
    bool convened_unknown; /* the trigger failed: not known whether a meeting is convened */
    bool has_next;        /* a next report within a month */
    struct gb_date next_report;
};
/** state.json: each scenario, its phase, since when, the figure that says so, the next report. @param line one per scenario of the catalogue */
void gb_scenarios_json(const struct gb_evaluation *ev, const struct gb_edition_info *ed, const struct gb_scenario_line *line, struct gb_buf *out);
/** Machine states for the operations centre: every judged indicator at the root and at points, JSON. */
void gb_states_json(const struct gb_evaluation *ev, const struct gb_edition_info *ed, struct gb_buf *out);
/** "giaoban.datapackage" of the public edition: datapackage.json (v2) and catalog.jsonld (DCAT-AP 3.0.1) over data/ files; feed.xml. */
struct gb_data_file { const char *path; size_t bytes; struct gb_sha256 sha256; int indicator_i; const char *mime; };
void gb_datapackage_json(const struct gb_catalogue *c, const struct gb_edition_info *ed, const struct gb_data_file *f, size_t n, struct gb_buf *out);
void gb_catalog_jsonld(const struct gb_catalogue *c, const struct gb_edition_info *ed, const struct gb_data_file *f, size_t n, struct gb_buf *out);
void gb_feed_xml(const struct gb_catalogue *c, const struct gb_edition_info *ed, const struct gb_data_file *f, size_t n, struct gb_buf *out);
#endif
