/* catalogue/load.h — what the files of this room share while a catalogue is being read. Not for other rooms.
 *
 * A loader never stops at a fault: it notes it (file, line, column, what stands there, what is expected, what to do), takes a
 * harmless value instead, and goes on, so that one run of `giaoban check` shows everything. Ownership: all in c->arena.
 */
#ifndef GB_CATALOGUE_LOAD_H
#define GB_CATALOGUE_LOAD_H
#include "base/csv.h"
#include "base/file.h"
#include "base/utf8.h"
#include "catalogue/catalogue.h"
#include "catalogue/words.h"

#define GB_TABLE_MAX_BYTES ((size_t)16 << 20)

/* Every file read, for the digest: name relative to reports/, bytes in the arena. */
struct gb_read_file { const char *rel, *bytes; size_t n; };
struct gb_unit { const char *code, *name_vi; };

struct gb_table;
/* owners.csv: who delivers instead of the agency that the shared catalogue names. */
struct gb_owner_rule { enum { GB_OWNER_AGENCY, GB_OWNER_SECTOR, GB_OWNER_INDICATOR } kind; const char *code, *owner; };
struct gb_load {
    struct gb_catalogue *c;
    struct gb_fault_notes notes;
    int n_fatal;
    struct gb_read_file *file;
    size_t n_files, cap_files;
    const char *dir_catalogue;  /* folder of indicators.csv */
    const char *rel_catalogue, *rel_locality; /* the same folders by name, for the digest */
    struct gb_unit *unit; int n_units; bool has_units;
    bool has_sectors, has_seasons;
    const char *locality_file, *locality_src; /* locality.lua, read once: switches first, names later */
    size_t locality_n;
    struct gb_table *leads;     /* leads.csv, read first: what it does not name is off */
    struct gb_map scenarios_on, groups_on, indicators_off;
    struct gb_owner_rule *owner_rule; int n_owner_rules;
    const char *const *indicator_codes, *const *region_codes, *const *agency_codes; /* made when first asked for */
    int indicator_codes_n, region_codes_n, agency_codes_n;
};

/* ---- notes (notes.c) ---- */
struct gb_at { const char *file; int line; const char *column; };
/** Note one fault. Text: `found` quoted, then what is expected, then the remedy. Any of the three may be NULL. */
void gb_note(struct gb_load *l, bool fatal, struct gb_at at, const char *found, const char *expected, const char *remedy);
/** By file, line, column, text: the order does not depend on how things were found. */
void gb_notes_sort(struct gb_fault_notes *n);
/** "có phải là "x"?" when something is near, else `otherwise`. */
const char *gb_did_you_mean(struct gb_load *l, const char *word, const char *const *list, size_t n, const char *otherwise);

/* ---- tables (table.c) ---- */
struct gb_column { const char *name; bool required; };
struct gb_table_row { int line; const char **cell; }; /* one cell for each known column, "" when absent or "-" */
struct gb_table {
    struct gb_load *l;
    const char *file;
    const struct gb_column *col; int n_cols;
    bool *has;                 /* per known column: stands in the header */
    struct gb_table_row *row; int n_rows;
    bool present;
};
/** Read dir/name. Faults of the form (missing file when required, header, column counts, text) are noted; rows with a wrong
 * number of cells are left out. @return GB_E_IO / GB_E_LIMIT only when the file is there but cannot be read. */
GB_MUST_USE enum gb_code gb_table_read(struct gb_load *l, struct gb_table *t, const char *dir, const char *rel_dir, const char *name,
                                       const struct gb_column *cols, int n_cols, bool required, struct gb_err *e);
/** The same from bytes in memory (borrowed until the return; cells are copies). */
void gb_table_parse(struct gb_load *l, struct gb_table *t, const char *file, const char *bytes, size_t n, const struct gb_column *cols,
                    int n_cols);
/** Read a file into the arena and record it for the digest; *bytes NULL if it does not exist. */
GB_MUST_USE enum gb_code gb_load_file(struct gb_load *l, const char *dir, const char *rel_dir, const char *name, const char **path,
                                      const char **bytes, size_t *n, struct gb_err *e);
struct gb_at gb_at_cell(const struct gb_table *t, int row, int col);
const char *gb_cell(const struct gb_table *t, int row, int col);
/** Code of [A-Za-z0-9._-]+; noted and false otherwise. */
bool gb_cell_code(const struct gb_table *t, int row, int col);
/** Index of the cell's word in a list; noted with the nearest word and -1 otherwise. Empty gives `dflt`. */
int gb_cell_word(const struct gb_table *t, int row, int col, const char *const *list, int n, int dflt);
/** Whole number in [lo, hi]. Empty gives `dflt`. */
int64_t gb_cell_int(const struct gb_table *t, int row, int col, int64_t lo, int64_t hi, int64_t dflt);
/** Exact decimal at a scale; false when empty or faulty (noted; more decimals than the scale are a fault). */
bool gb_cell_decimal(const struct gb_table *t, int row, int col, int scale, int64_t *out);
/** The same for a piece of a cell. */
bool gb_piece_decimal(const struct gb_table *t, int row, int col, struct gb_str piece, int scale, int64_t *out);
/** yes / no; empty gives dflt. */
bool gb_cell_yes(const struct gb_table *t, int row, int col, bool dflt);
/** ISO date; {0} when empty or faulty (noted). */
struct gb_date gb_cell_date(const struct gb_table *t, int row, int col);
/** Enter a code; a duplicate is noted and false. */
bool gb_table_unique(const struct gb_table *t, int row, int col, struct gb_map *m, int32_t index);
/** Resolve `;`-separated codes. Unknown ones are noted ("không có trong <where>") with the nearest known code. */
int *gb_cell_refs(const struct gb_table *t, int row, int col, const struct gb_map *m, const char *const *known, size_t n_known,
                  const char *where, int *n_out);

/* ---- overlay (overlay.c): what a locality switches on and off, and who delivers there ---- */
/** Is a scenario or group of the shared lists one of this locality? Enters it in the off map if not. */
bool gb_is_on(struct gb_load *l, bool scenario, const char *code);
/** The owners of an indicator here: the cell of the catalogue, or what owners.csv says instead. */
const char *gb_owner_here(struct gb_load *l, const char *indicator, const char *sector, const char *owners);
/** Columns of leads.csv, in the order of enum gb_lead_column. */
enum gb_lead_column { GB_LEAD_KIND, GB_LEAD_CODE, GB_LEAD_LEAD, GB_LEAD_VI, GB_LEAD_DUE, GB_LEAD_NOTE, GB_LEAD_NAME, GB_LEAD_FULL };

/* ---- names (names.c) ---- */
struct gb_name_field { const char *key; size_t offset; bool required, fixed; }; /* fixed: not in a version */
const struct gb_name_field *gb_name_fields(int *n);
/** Remember a text in which words in braces stand, to be filled in by gb_catalogue_on(). Texts without braces are left alone. */
void gb_text_slot(struct gb_load *l, const char **at);

/* ---- loaders, in this order ---- */
GB_MUST_USE enum gb_code gb_load_overlay(struct gb_load *l, struct gb_err *e);    /* switches of locality.lua, leads.csv by name */
GB_MUST_USE enum gb_code gb_read_switches(struct gb_load *l, struct gb_err *e);   /* locality.c */
GB_MUST_USE enum gb_code gb_load_lists(struct gb_load *l, struct gb_err *e);      /* units sectors seasons agencies groups scenarios */
GB_MUST_USE enum gb_code gb_load_owners(struct gb_load *l, struct gb_err *e);     /* owners.csv */
GB_MUST_USE enum gb_code gb_load_indicators(struct gb_load *l, struct gb_err *e);
GB_MUST_USE enum gb_code gb_load_consistency(struct gb_load *l, struct gb_err *e); /* consistency.csv, if there is one */
GB_MUST_USE enum gb_code gb_load_regions(struct gb_load *l, struct gb_err *e);
GB_MUST_USE enum gb_code gb_load_locality(struct gb_load *l, struct gb_err *e);
GB_MUST_USE enum gb_code gb_load_plans(struct gb_load *l, struct gb_err *e);      /* targets leads tasks points bridges */
GB_MUST_USE enum gb_code gb_load_bridges(struct gb_load *l, struct gb_err *e);    /* bridges.csv, if there is one; part of the plans */
GB_MUST_USE enum gb_code gb_load_boundaries(struct gb_load *l, struct gb_err *e); /* boundaries.geojson, if there is one */
void gb_check_all(struct gb_load *l); /* what only the whole shows: formulas, classes */

/* Codes of what is loaded, for suggestions. */
const char *const *gb_indicator_codes(struct gb_load *l, size_t *n);
const char *const *gb_region_codes(struct gb_load *l, size_t *n);
const char *const *gb_agency_codes(struct gb_load *l, size_t *n);
/* ---- outlines.c ---- */
#define GB_OUTLINES_FILE "boundaries.levels"
/** Fills `simple` of all boundaries from a file. false: it was made of other bytes, by another version, or is not whole; nothing is set. */
bool gb_outlines_read(struct gb_catalogue *c, const void *geojson, size_t n, const char *path);
#endif
