/* app/app.h — what every command shares: its options, the definitions it loads once, and how it talks. */
#ifndef GB_APP_APP_H
#define GB_APP_APP_H
#include "app/pool.h"
#include "catalogue/catalogue.h"
#include "release/release.h"
#include "render/render.h"
#include "script/script.h"

/* Options of all commands; which of them a command takes stands in options.c. Text is borrowed from argv. */
struct gb_args {
    const char *locality, *drop, *store, *out, *reports, *templates, *level, *region, *audience, *output, *key, *pub, *log_format, *format;
    const char *date_text, *from_text, *to_text, *as_of_text, *received_text;
    struct gb_date date, from, to, as_of;
    bool has_received; int64_t received_utc;
    int64_t jobs, vintage, keep, deadline_s, seed, n_indicators, n_regions, n_months;
    bool resume, partial, evaluation, no_landlock, help, table, with_errors, outlook, all, events;
    const char **word; int n_words; /* what is no option */
};
struct gb_app {
    struct gb_arena arena;
    struct gb_args args;
    struct gb_log log;
    bool terminal;                 /* stderr is one: progress bar */
    struct gb_catalogue catalogue; bool has_catalogue;
    struct gb_fault_notes notes;
    struct gb_script_sources sources;
    struct gb_templates templates;
    struct gb_sha256 definitions;  /* catalogue, scripts, templates together; of one audience: gb_plan_definitions */
    struct gb_cage cage;
};

struct gb_command {
    const char *name, *usage_words, *about_vi, *about_en;
    unsigned long long options;    /* bits of options.c */
    int min_words, max_words;
    int (*run)(struct gb_app *app, struct gb_err *e); /* exit status; an error recorded in e decides when there is one */
};
extern const struct gb_command gb_commands[];
extern const int gb_n_commands;

int gb_cmd_night(struct gb_app *app, struct gb_err *e);
int gb_cmd_intake(struct gb_app *app, struct gb_err *e);
int gb_cmd_brief(struct gb_app *app, struct gb_err *e);
int gb_cmd_check(struct gb_app *app, struct gb_err *e);
int gb_cmd_plan(struct gb_app *app, struct gb_err *e);
int gb_cmd_explain(struct gb_app *app, struct gb_err *e);
int gb_cmd_export(struct gb_app *app, struct gb_err *e);
int gb_cmd_verify(struct gb_app *app, struct gb_err *e);
int gb_cmd_sample(struct gb_app *app, struct gb_err *e);
int gb_cmd_outlines(struct gb_app *app, struct gb_err *e);
int gb_cmd_keygen(struct gb_app *app, struct gb_err *e);
int gb_cmd_version(struct gb_app *app, struct gb_err *e);
int gb_cmd_bench_locality(struct gb_app *app, struct gb_err *e);

/** Parse argv after the command's name. Unknown options get the nearest known one. GB_E_USAGE. */
GB_MUST_USE enum gb_code gb_options_parse(const struct gb_command *c, int argc, char **argv, struct gb_arena *a, struct gb_args *out, struct gb_err *e);
void gb_options_help(const struct gb_command *c, FILE *out);
void gb_usage(FILE *out);

/** Exit status of an error (DESIGN.md section 4). */
int gb_exit_of(enum gb_code code);
/** Load catalogue; a fatal note is GB_E_CONFIG. */
GB_MUST_USE enum gb_code gb_app_catalogue(struct gb_app *app, struct gb_err *e);
/** Load catalogue, scripts, templates, fonts, and build the sandbox: everything that is read once before the first fork. */
/** Feed the templates to a digest of definitions. */
void gb_app_hash_templates(const struct gb_app *app, struct gb_sha256_state *s);
GB_MUST_USE enum gb_code gb_app_definitions(struct gb_app *app, struct gb_err *e);
const char *gb_app_store(struct gb_app *app); /* --store, or store/<locality>.db */
/** Writers of one store take turns: <store>.lock, for as long as a vintage is being made; its folder is made too. Says so when it has to
 * wait, and waits a minute at most. GB_E_BUSY. Let go with gb_lock_release(). */
GB_MUST_USE enum gb_code gb_app_lock_store(struct gb_app *app, struct gb_lock *l, struct gb_err *e);
int gb_app_jobs(const struct gb_app *app);
struct gb_date gb_app_date(const struct gb_app *app); /* --date, or today in +07:00 */
extern const struct gb_cage_limits gb_limits[GB_N_BOXES];
const char *gb_tmp_parent(struct gb_app *app); /* for GB_BOX_TMPDIR: a tmpfs when there is one */
const char *gb_build_id(void);
#endif
