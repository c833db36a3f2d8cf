/* app/plan.h — the night's jobs: what is made, for whom, from which definition, under which path.
 *
 * A pure function of (definitions, catalogue, date), in a fixed order. A job is one worker: one document in its formats, or one data
 * file. Whether an ad-hoc briefing is convened is decided by its own worker, from the figures.
 */
#ifndef GB_APP_PLAN_H
#define GB_APP_PLAN_H
#include "app/app.h"

enum gb_job_kind {
    GB_JOB_DOC,      /* a definition run for one audience */
    GB_JOB_DATA,     /* open data of one indicator */
    GB_JOB_WORKBOOK, /* one sector's workbook */
    GB_JOB_CODEBOOK, GB_JOB_QUALITY, GB_JOB_STATES, GB_JOB_ALERTS, GB_JOB_EVENTS, GB_JOB_STATE,
    GB_JOB_CAP,      /* CAP message of a scenario, on nights that ask for one */
    GB_JOB_INDEX,    /* contents page of an edition; after the others */
    GB_JOB_KIT       /* datapackage.json, catalog.jsonld, feed.xml: list the data files; after the others */
};
enum gb_format { GB_F_PDF, GB_F_HTML, GB_F_XLSX, GB_F_CSV, GB_F_JSON, GB_F_JSONLD, GB_F_XML };
#define GB_MAX_OUTPUTS 4
struct gb_plan_output { enum gb_format format; const char *path; };
struct gb_plan_job {
    const char *id;                       /* "leadership/scenarios/public-investment/periodic" */
    enum gb_audience audience; enum gb_job_kind kind;
    const char *script, *level, *title, *rhythm; /* DOC; level in machine form */
    const char *short_title;              /* of its link in the navigation, NULL = the title */
    bool page;                            /* a page of the site */
    int indicator_i, region_i, sector_i;  /* -1 where it does not apply */
    bool due;                             /* its rhythm falls on this date */
    bool late;                            /* needs the others' results */
    struct gb_plan_output output[GB_MAX_OUTPUTS]; int n_outputs;
};
/* A definition as far as its head. */
struct gb_head { const char *path; bool ok; enum gb_code code; const char *why; struct gb_script_meta meta; };
struct gb_plan { struct gb_plan_job *job; size_t n, cap; struct gb_head *head; size_t n_heads; struct gb_arena *arena; };

/** Read the heads of all definitions in sandboxed workers of `prep` (app/prep.h). A head that is wrong is recorded, not an error. */
struct gb_zygote;
void gb_plan_heads(struct gb_plan *p, struct gb_app *app, struct gb_zygote *prep);
/** First head whose definition is wrong (not merely slow, large or crashing): the night does not start (exit 78). NULL if none. */
const struct gb_head *gb_plan_broken(const struct gb_plan *p);
void gb_plan_build(struct gb_plan *p, const struct gb_app *app, struct gb_date date);
/** Digest of the definitions that an audience's edition is a function of. For leadership and the operations centre that is all of them.
 * For the others: the library and the definitions that serve them (no page tells of a definition that does not serve its reader),
 * the catalogue without the indicators that they may not see, the templates. So an edition's id says nothing of anybody else's. */
struct gb_sha256 gb_plan_definitions(const struct gb_plan *p, const struct gb_app *app, enum gb_audience a);
void gb_plan_json(const struct gb_plan *p, const struct gb_app *app, const struct gb_plan_job *j, struct gb_buf *out);
/** Print the table of scenarios and groups x localities (`giaoban plan --table`): all localities of --reports, on --date. */
GB_MUST_USE enum gb_code gb_plan_table(struct gb_app *app, struct gb_err *e);
/** Does a report of this rhythm (daily, weekly: Mondays, monthly: the first) fall on the day? */
bool gb_rhythm_due(const char *rhythm, struct gb_date d);
const char *gb_job_kind_word(enum gb_job_kind k);
const char *gb_format_word(enum gb_format f); /* also the extension */
#endif
