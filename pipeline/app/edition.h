/* app/edition.h — one audience's part of a night: its zygote, its staging, what became of its jobs. */
#ifndef GB_APP_EDITION_H
#define GB_APP_EDITION_H
#include "app/leak.h"
#include "app/work.h"
#include "release/release.h"

enum gb_made { GB_PENDING, GB_MADE, GB_NOTHING, /* ad-hoc, not convened; no CAP message tonight */ GB_FAILED, GB_REPLACED /* by a placeholder */ };
struct gb_outcome { enum gb_made made; const char *reason; enum gb_job_end end; struct gb_str facts; /* rows of facts.csv */ };

struct gb_edition {
    struct gb_app *app; struct gb_plan *plan; enum gb_audience audience;
    struct gb_outcome *outcome;          /* by job of the plan, shared by all editions */
    struct gb_worker_ctx ctx; struct gb_zygote zygote; bool has_zygote;
    struct gb_release release; struct gb_release_facts facts;
    const char *id; bool exists;         /* published already, from the same input */
    bool sealed, withheld; const char *why_withheld;
    struct gb_err io;                    /* first failure of staging */
    struct gb_leak leak; bool watched;   /* public and front: bytes are searched */
    struct gb_data_file *data; size_t n_data, cap_data;
    const char *leftover;                /* folder of a stopped run (--resume), or NULL */
    int64_t n_findings;
};
/** Id from the facts; if not published yet: staging is opened and the zygote forked. Call when the edition's figures are in memory. */
GB_MUST_USE enum gb_code gb_edition_open(struct gb_edition *ed, int n_slots, bool resume, struct gb_err *e);
/** Take a worker's answer into staging. Sets outcome and findings; an I/O failure is kept in ed->io. */
void gb_edition_take(struct gb_edition *ed, size_t job_i, bool placeholder, const struct gb_job_result *r);
/** The answer to GB_JOB_FACTS, of a document whose files came from a stopped run. */
void gb_edition_take_facts(struct gb_edition *ed, size_t job_i, const struct gb_job_result *r);
/** facts.csv, in the order of the plan; after the documents, before the edition is sealed. */
void gb_edition_add_facts(struct gb_edition *ed);
/** Files the master adds itself. */
void gb_edition_add(struct gb_edition *ed, const char *path, const void *p, size_t n, const char *report, int indicator_i);
void gb_edition_find(struct gb_edition *ed, const char *kind, const char *subject, const char *text);
/** Payload of a late job (contents page, open-data lists). */
void gb_edition_payload(const struct gb_edition *ed, const struct gb_plan_job *j, struct gb_buf *out);
/** SHA-256 over a job's files as they were staged, and the way back: files of a stopped run are taken again when they still have it. */
struct gb_sha256 gb_edition_job_hash(const struct gb_edition *ed, const struct gb_plan_job *j);
bool gb_edition_reuse(struct gb_edition *ed, size_t job_i, const struct gb_sha256 *want);
void gb_edition_close(struct gb_edition *ed); /* zygote ended, staging abandoned unless sealed */
#endif
