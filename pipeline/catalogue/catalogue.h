/* catalogue/catalogue.h — what may be measured, where, by whom: read from reports/, checked, then immutable.
 *
 * Everything is an array in file order with integer indexes (indicator_i, region_i, ...), so that the cube can be columns.
 * A *region* here is one code; its rows of regions.csv are its versions (code AND validity are the key, DESIGN.md section 4):
 * a commune that became a ward keeps its series and changes its name at a date.
 * Invariants: (1) indexes are stable for a loaded catalogue; (2) codes are unique; (3) every reference resolves, or
 * gb_catalogue_load() fails; (4) thresholds, bounds and targets are at the indicator's scale; (5) class of a formula's result
 * is not below the class of its inputs (TRUST.md 38, F11).
 * Keys that are no places and no indicators of the plan stand behind the counted ones of the same arrays: region[n_regions +
 * i] is task[i], indicator[n_indicators] is what progress of tasks is delivered as (level `task`; gb_task_indicator() is its
 * index). Who lists places or indicators never meets them; who indexes columns by key asks gb_n_*_keys().
 * Ownership: all in `arena`; release with gb_catalogue_release(), also after a failed load (the notes live there).
 * Text fields are never NULL: what a file does not give is "". The exception is gb_scenario.script.
 */
#ifndef GB_CATALOGUE_CATALOGUE_H
#define GB_CATALOGUE_CATALOGUE_H
#include "base/decimal.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/period.h"

enum gb_direction { GB_UP_GOOD, GB_DOWN_GOOD, GB_BAND, GB_NEUTRAL };
enum gb_aggregation { GB_AGG_NONE, GB_AGG_SUM, GB_AGG_MEAN, GB_AGG_WEIGHTED_MEAN, GB_AGG_MAX, GB_AGG_MIN, GB_AGG_LAST, GB_AGG_RATIO };
enum gb_class { GB_CLASS_PUBLIC, GB_CLASS_FRONT, GB_CLASS_INTERNAL }; /* ascending secrecy; default internal */
enum gb_flow { GB_FLOW_RATE, GB_FLOW_STOCK, GB_FLOW_FLOW, GB_FLOW_CUMULATIVE };
enum gb_level_kind { GB_AT_COUNTRY, GB_AT_PROVINCE, GB_AT_DISTRICT, GB_AT_COMMUNE, GB_AT_POINT, GB_AT_TASK };
enum gb_audience { GB_PUBLIC, GB_FRONT, GB_STATISTICS, GB_LEADERSHIP, GB_IOC, GB_N_AUDIENCES };
/* Parts of the cube in ascending secrecy. A series is in exactly one part; an audience sees parts 0..gb_audience_part(). */
enum gb_part { GB_PART_PUBLIC, GB_PART_FRONT, GB_PART_STATISTICS, GB_PART_ALL, GB_N_PARTS };

/* A share of the quality of the data that giaoban computes itself each night (evaluation/daily.h): no agency delivers it or is late with it. */
enum gb_computed { GB_DELIVERED, GB_COMPUTED_ONTIME, GB_COMPUTED_FULL, GB_COMPUTED_REJECTED };

#define GB_N_STEPS 4 /* watch, warning, danger, emergency */
struct gb_threshold { bool set; int64_t lo, hi; }; /* up-good, down-good: lo == hi == the limit; band: allowed range */

struct gb_indicator {
    const char *code, *name_vi, *name_en, *unit_vi, *unit_code, *source_vi, *legal_basis, *notes, *evidence, *season;
    enum gb_freq freq;
    enum gb_calendar calendar;     /* of its months, quarters, years; GB_CAL_CIVIL for the finer frequencies */
    enum gb_direction direction;
    enum gb_aggregation agg;
    int agg_num, agg_den;          /* indicator_i: weight in agg_den for weighted-mean (a finer flow is added up, evaluation/rollup.h); NUM and DEN for ratio; else -1 */
    enum gb_level_kind level;
    enum gb_class class;
    enum gb_flow flow;
    bool to_statistics;            /* an internal indicator that statisticians may see */
    int small_count_k;             /* 0: none; else public and front get no value of 1 to k - 1 below the root, nor what would tell it */
    int scale, decimals;           /* stored, published */
    bool has_min, has_max;
    int64_t valid_min, valid_max;
    struct gb_threshold step[GB_N_STEPS];
    bool has_steps;
    bool steps_are_norm;           /* thresholds_basis = norm; otherwise reports say "ngưỡng đề xuất" */
    bool is_percent;               /* unit "%": differences are điểm % */
    int *owner; int n_owners;      /* agency_i; none = nobody may deliver it */
    int sector_i;
    int *scenario; int n_scenarios; /* scenario_i */
    int *group; int n_groups;       /* group_i */
    int64_t typical, typical_sd;    /* at GB_TYPICAL_SCALE, finer than counts are stored; sample data only */
    bool has_typical;
    enum gb_computed computed;
    struct gb_date valid_from, valid_to; /* measured from, to (both days included); year 0: always. See gb_indicator_measured() */
    bool local;                     /* from the locality's own indicators.csv: its scenarios watch it without naming it */
    const char *file; int line;     /* of its row, for messages */
};
#define GB_TYPICAL_SCALE 6
struct gb_region_version { const char *name, *type; struct gb_date from, to; /* {0} = open */ int line; };
struct gb_region {
    const char *code;
    int parent;                    /* region_i or -1 */
    enum gb_level_kind level;      /* from the type: country|region -> COUNTRY; province|city -> PROVINCE; district -> DISTRICT;
                                      ward|commune|special-zone|unallocated -> COMMUNE; station|reservoir|zone|point -> POINT; of a task -> TASK */
    bool has_position; double lat, lon; /* WGS 84, for maps only */
    bool approximate;              /* the position is known to about 2 km: maps say so */
    int64_t population;            /* 0 = not given */
    struct gb_region_version *version; int n_versions; /* by ascending `from` */
};
/* An agency's names change with the day (Công an tỉnh, then Công an Thành phố): several rows of one code, as with regions. */
struct gb_agency_version { struct gb_date from, to; const char *name_vi, *short_vi, *head_title_vi, *email; int line; };
struct gb_agency { const char *code, *name_vi, *short_vi, *head_title_vi, *email, *kind; /* as on the day of gb_catalogue_on() */
                   char decimal, grouping; /* '.' and 0 unless the profile says otherwise */
                   const char *encoding, *layout; int line;
                   struct gb_agency_version *version; int n_versions; };
struct gb_sector { const char *code, *name_vi, *name_en; };
struct gb_group { const char *code, *part, *name_vi, *name_en; int lead; const char *lead_vi, *due; }; /* lead: agency_i or -1 */
struct gb_scenario { const char *code, *part, *name_vi, *name_en, *full_name_vi, *purpose_vi; bool periodic, ad_hoc, on_demand, needs_map;
                     int lead; const char *lead_vi, *due; const char *script; /* path of reports/scenarios/<code>.lua, NULL if none */ };
struct gb_task { const char *code; /* "A.I.1": section, part, no; unique in a locality, and no region has it */
                 const char *section, *part, *no, *content_vi, *result_vi, *lead_vi, *coordinating_vi, *due_rule, *due_text_vi, *note;
                 int *leads; int n_leads; /* agency_i; none: the plan names no single agency, the office alone delivers its status */
                 int lead; /* the first of them, -1 if none */ int line; };
struct gb_target { int indicator_i, region_i, year; int64_t value; /* at the indicator's scale */ bool confirmed; const char *source_vi; };
/* bridges.csv: of old_region the share `weight` (at GB_BRIDGE_ONE = all of it) is part of new_region since the day `from`. */
#define GB_BRIDGE_ONE 1000000
struct gb_bridge { int old_region, new_region; int64_t weight; struct gb_date from; const char *source_vi; int line; };
struct gb_point_series { int indicator_i, region_i; }; /* points.csv: a point at which an indicator of level point is measured */
/* What must hold between figures (consistency.csv): the sum of communes is the whole; a ratio is its quotient; the others add up to the
 * indicator; the indicator is not above the sum of the others; a cumulative figure does not fall within a year. */
enum gb_consistency_kind { GB_MUST_SUM_COMMUNES, GB_MUST_BE_RATIO, GB_MUST_ADD_UP, GB_MUST_NOT_EXCEED, GB_MUST_NOT_FALL, GB_N_CONSISTENCY };
struct gb_consistency { enum gb_consistency_kind kind; int indicator_i, *other, n_others;
                        bool has_tolerance; int64_t tolerance; /* at the indicator's scale; else what rounding explains */
                        const char *note_vi; int line; };
/* Outlines for maps (boundaries.geojson, optional). Points lie one after the other as lon, lat in degrees (WGS 84), the first is not
 * repeated at the end; an outer ring (counter-clockwise) is followed by its holes (clockwise). simple: the same for smaller scales, made once
 * when the file is read (catalogue/geometry.h): level i moves no point by more than gb_outline_metres[i]. */
enum { GB_OUTLINE_LEVELS = 6 };
extern const double gb_outline_metres[GB_OUTLINE_LEVELS];
struct gb_ring { const double *lon_lat; size_t n_points; bool outer; };
struct gb_rings { struct gb_ring *ring; int n_rings; };
struct gb_boundary { int region_i; struct gb_ring *ring; int n_rings; double min_lon, min_lat, max_lon, max_lat;
                     struct gb_rings simple[GB_OUTLINE_LEVELS]; };
struct gb_text_slot { const char **at, *raw; };
struct gb_season { const char *code; int64_t month[12]; /* factors at scale 4 */ };

/* What a locality says instead of a word in braces in the shared catalogue: {tỉnh} is "Thành phố" in Hà Nội. */
struct gb_word { const char *word, *means; };
/* Names from a day on: `versions` of locality.lua. The first one holds the names at the top of the file. */
struct gb_names { struct gb_date from; const char **value; /* by field, NULL = as before */
                  const char **recipients; int n_recipients; /* -1 = as before */ struct gb_word *word; int n_words; };

struct gb_locality {
    const char *slug, *code, *name, *short_name, *kind, *parent_agency, *issuing_agency, *office, *place, *symbol;
    const char *chairman_title, *committee, *contact, *website, *licence, *licence_url, *party_committee;
    const char **recipients; int n_recipients;
    struct gb_names *names; int n_names; /* the fields above are these, as on the day of gb_catalogue_on() */
    struct gb_word *word; int n_words;   /* the same for words */
    int root_region;               /* region_i of root_region */
    struct gb_break { struct gb_date date; const char *text; int *indicator; int n_indicators; bool province, starts; } *breaks; int n_breaks;
                                   /* series breaks; without indicators: all of commune level, with `province` of the province as well. `starts`:
                                    * not of the locality: an indicator's own valid_from, in the catalogue's order after the others */
};

struct gb_catalogue {
    struct gb_arena arena;
    bool own_catalogue;            /* the locality brought its own: shared definitions may name what it does not measure */
    const char *dir_reports, *dir_locality; /* paths as given */
    struct gb_locality locality;
    struct gb_indicator *indicator; int n_indicators;
    struct gb_region *region; int n_regions;
    struct gb_agency *agency; int n_agencies;
    struct gb_sector *sector; int n_sectors;
    struct gb_group *group; int n_groups;
    struct gb_scenario *scenario; int n_scenarios;
    struct gb_task *task; int n_tasks; /* task[i] is also region[n_regions + i] */
    bool has_task_indicator;       /* indicator[n_indicators] is progress of tasks */
    struct gb_target *target; int n_targets;
    struct gb_season *season; int n_seasons;
    struct gb_consistency *consistency; int n_consistency; /* those of `*` expanded */
    struct gb_point_series *point; int n_points;
    struct gb_bridge *bridge; int n_bridges; /* none where the file is absent */
    struct gb_map by_indicator, by_region, by_agency, by_scenario, by_group, by_sector, by_task;
    /* Known, and not of this locality: scenarios and groups that its plan does not name, indicators it does not measure. They are in
     * no array, so that no list, job or page can show them; the maps tell "not here" from a mistyped code. */
    struct gb_map off_indicator, off_scenario, off_group;
    struct gb_text_slot *slot; size_t n_slots; /* texts with words in braces: where they stand, and as they were read */
    struct gb_sha256 digest;       /* over every file read, in path order: part of what an edition is a function of */
    struct gb_sha256 digest_of[GB_N_PARTS]; /* the same without the rows of indicators that an audience of this part may not see */
    struct gb_boundary *boundary; int n_boundaries; /* in file order, one a region at most; none where the file is absent */
};

/* What `giaoban check` prints: one per fault, with file and line and the remedy. */
struct gb_fault_note { bool fatal; const char *file; int line; const char *column, *text; };
struct gb_fault_notes { struct gb_arena *arena; struct gb_fault_note *v; size_t n, cap; };

/** Read and check everything. All faults are collected, not only the first.
 * @param reports    folder reports/ (its catalogue/ and localities/)
 * @param locality   slug, or path of a locality folder, which may bring its own catalogue/ (DESIGN.md section 4)
 * @param notes      out, may be NULL: faults and warnings in file order; arena of the catalogue
 * @return GB_OK; GB_E_CONFIG if any note is fatal (message: count and the first one); GB_E_USAGE for an unknown locality. */
GB_MUST_USE enum gb_code gb_catalogue_load(struct gb_catalogue *c, const char *reports, const char *locality,
                                           struct gb_fault_notes *notes, struct gb_err *e);
void gb_catalogue_release(struct gb_catalogue *c);
/** The outlines for smaller scales as text for boundaries.levels beside boundaries.geojson: while that file is as it is now, loading reads them
 * instead of making them (catalogue/outlines.c). Nothing where the locality has no outlines. */
GB_MUST_USE enum gb_code gb_outlines_text(const struct gb_catalogue *c, struct gb_buf *out, struct gb_err *e);

/** Names as they are on a day: of the locality, of its agencies, and the words in braces of shared texts. To be called again for
 * another day; loading does it for the newest names, as {0} does. Region names are asked for by day (gb_region_name). */
void gb_catalogue_on(struct gb_catalogue *c, struct gb_date d);
/** What the locality says for a word of the shared catalogue, on that day: gb_word(c, "tỉnh") is "Thành phố" in Hà Nội; the word
 * itself where it says nothing. Borrows. */
const char *gb_word(const struct gb_catalogue *c, const char *word);
/** An indicator code that a shared definition may name although there is no such indicator here: switched off, or the locality
 * brought its own catalogue. */
bool gb_may_be_absent(const struct gb_catalogue *c, const char *code, size_t n);

int gb_indicator_find(const struct gb_catalogue *c, const char *code); /* index or -1 */
int gb_region_find(const struct gb_catalogue *c, const char *code);
/** Region index of a task's code (>= n_regions), -1 if there is none. */
int gb_task_key_find(const struct gb_catalogue *c, const char *code);
/** Region or task: what a delivered row may name. */
int gb_key_find(const struct gb_catalogue *c, const char *code);
static inline int gb_n_region_keys(const struct gb_catalogue *c) { return c->n_regions + c->n_tasks; }
static inline int gb_n_indicator_keys(const struct gb_catalogue *c) { return c->n_indicators + c->has_task_indicator; }
/** Index of the indicator of task progress, -1 where the catalogue has none. */
static inline int gb_task_indicator(const struct gb_catalogue *c) { return c->has_task_indicator ? c->n_indicators : -1; }
/** May this agency say how far a task is? Its leads and the office (agency kind `van-phong`) may. */
bool gb_task_may_deliver(const struct gb_catalogue *c, int task_i, int agency_i);
int gb_agency_find(const struct gb_catalogue *c, const char *code);
int gb_scenario_find(const struct gb_catalogue *c, const char *code);
/** Version of a region valid on a day, else the nearest one. Never NULL. */
const struct gb_region_version *gb_region_at(const struct gb_region *r, struct gb_date d);
/** True if some version's validity overlaps [from, to]. */
bool gb_region_valid(const struct gb_region *r, struct gb_date from, struct gb_date to);
/** Name of a region on a day ("Phường Hạc Thành"). Borrows. */
const char *gb_region_name(const struct gb_catalogue *c, int region_i, struct gb_date d);
/** Target for a year, or NULL. */
const struct gb_target *gb_target_find(const struct gb_catalogue *c, int indicator_i, int region_i, int year);
const struct gb_season *gb_season_find(const struct gb_catalogue *c, const char *code); /* NULL if none */
/** The part in which an indicator's series live, by its class. Small counts of it are masked below GB_PART_STATISTICS (evaluation/suppress.h). */
enum gb_part gb_indicator_part(const struct gb_indicator *ind);
/** Whether a day lies within the indicator's validity: outside it no figure is due, late or judged. */
bool gb_indicator_measured(const struct gb_indicator *ind, struct gb_date day);
/** Whether anybody must deliver a figure of the indicator on a day: not what giaoban computes, nor what is not measured. */
bool gb_indicator_due(const struct gb_indicator *ind, struct gb_date day);
enum gb_part gb_audience_part(enum gb_audience a); /* highest part an audience sees */
const char *gb_audience_word(enum gb_audience a);  /* "public" ... */
bool gb_audience_parse(const char *s, enum gb_audience *out);
const char *gb_class_word(enum gb_class c);
const char *gb_consistency_word(enum gb_consistency_kind k); /* "parts-whole": as in consistency.csv */
#endif
