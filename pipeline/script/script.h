/* script/script.h — sandboxed Lua 5.4: a report definition builds a document (TRUST.md 24-29).
 *
 * Fresh state per report and audience; text chunks only; globals built up from empty; ordered pairs; counted memory; instruction
 * budget that pcall cannot swallow. The real limit is the process (app/sandbox): this layer makes honest mistakes cheap to find.
 * A script gets handles to values, never formatted digits, and returns a typed tree, never HTML, file names or formulas.
 */
#ifndef GB_SCRIPT_SCRIPT_H
#define GB_SCRIPT_SCRIPT_H
#include "document/document.h"
#include "document/phrase.h"
#include "render/cap.h"

struct gb_script_sources {       /* read once before the fork: no file access in a worker */
    struct gb_arena *arena;
    struct gb_script_file { const char *path; /* relative to reports/: "scenarios/public-investment.lua" */ const char *text; size_t n; struct gb_sha256 sha256; } *file;
    size_t n_files;
    struct gb_sha256 digest;     /* over all, in path order */
};
/** Load every reports/[a-z].lua, scenarios, groups, site and lib: size <= 256 KiB, UTF-8, no bytecode; order by path. */
GB_MUST_USE enum gb_code gb_script_load(struct gb_script_sources *s, struct gb_arena *a, const char *reports, struct gb_err *e);
const struct gb_script_file *gb_script_find(const struct gb_script_sources *s, const char *path);

enum gb_script_kind { GB_SCRIPT_REPORT, GB_SCRIPT_SCENARIO, GB_SCRIPT_GROUP };
struct gb_script_meta { enum gb_script_kind kind; const char *code, *title, *short_title; /* of a link in the navigation; NULL = none given */ bool audience[GB_N_AUDIENCES]; const char *rhythm; /* daily|weekly|monthly */
                        bool per_indicator, per_region;
                        const char *slug; /* file stem: "daily", "scenario-public-investment" */ bool page; /* a page of the site, not a briefing */
                        bool cap; /* declares hazards for CAP messages */
                        bool one_page; /* fit = "page": also printed for those who read the web */ };
/** Evaluate a definition as far as its head (no data): for the plan and for `check`. Faults name file and line. Also checks every
 * indicator code written anywhere in the file. A scenario or group that the locality's catalogue does not have gives GB_OK and
 * serves no audience (all of audience[] false): localities with a catalogue of their own share the definitions. */
GB_MUST_USE enum gb_code gb_script_head(const struct gb_script_sources *s, const struct gb_catalogue *c, const char *path, struct gb_arena *a,
                                        struct gb_script_meta *out, struct gb_err *e);

struct gb_script_job {
    const struct gb_script_sources *sources;
    const struct gb_evaluation *ev;
    const char *path;            /* definition */
    enum gb_audience audience;
    const char *level;           /* "periodic" "ad-hoc" "on-demand" */
    int indicator_i, region_i;   /* for per_indicator / per_region reports, else -1 */
    bool sample;                 /* sample data: mark SỐ LIỆU MẪU */
    size_t memory_bytes;         /* 0 = 64 MiB */
    uint64_t instructions;       /* 0 = 50 million */
    void (*stuck)(void);         /* worker: called when a script survives its own end, must not return (_exit(71)); NULL in tests */
};
/** Run: the document is checked (gb_doc_check). GB_E_REPORT: the author's mistake, file:line; GB_E_LIMIT: budget. */
GB_MUST_USE enum gb_code gb_script_run(const struct gb_script_job *job, struct gb_arena *a, struct gb_doc **out, struct gb_err *e);
/** Would the ad-hoc level be convened tonight? *reason NULL if not. Scenario definitions only. */
GB_MUST_USE enum gb_code gb_script_trigger(const struct gb_script_job *job, struct gb_arena *a, const char **reason, struct gb_err *e);
/** The hazards that a scenario tells others of, and its procedure; n_hazards 0 when it declares none. Texts live in `a`. */
GB_MUST_USE enum gb_code gb_script_cap(const struct gb_script_job *job, struct gb_arena *a, struct gb_cap *out, struct gb_err *e);
/** The id a section of this title gets: "Kinh tế" -> "kinh-te" (a second section of the title gets "-2"). For links from other pages. */
const char *gb_script_anchor(struct gb_arena *a, const char *title);
#endif
