/* app/sample_int.h — drawing numbers for sample.c and sample_bench.c; open to tests.
 *
 * Only + - * / and sqrt on doubles (exact by IEEE 754, contraction is off in -std=c11) and own exp, ln, Phi: libm's last bit
 * differs between machines, and with it would the bytes. */
#ifndef GB_APP_SAMPLE_INT_H
#define GB_APP_SAMPLE_INT_H
#include "catalogue/catalogue.h"

struct gb_rng { uint64_t s; };
/** Stream for (seed, any two texts, a purpose): independent of every other stream and of the order of drawing. */
struct gb_rng gb_rng_for(uint64_t seed, const char *a, const char *b, uint64_t purpose);
uint64_t gb_rng_next(struct gb_rng *r);              /* splitmix64 */
double gb_rng_unit(struct gb_rng *r);                /* [0, 1) */
double gb_rng_gauss(struct gb_rng *r);               /* mean 0, sd 1, within +-6: twelve uniforms */
double gb_exp(double x);                             /* relative error < 1e-12 for |x| < 40 */
double gb_ln(double x);                              /* x > 0 */
double gb_phi(double z);                             /* normal distribution function, error < 1e-7 */
/** Quantile of the negative binomial with this mean and variance (Poisson when var <= mean), u in [0, 1). */
int64_t gb_count_quantile(double u, double mean, double var);
/** Split `total` over n places by weights > 0: integers that sum to it exactly, each of the total's sign.
 * Large totals by cumulative rounding; totals below 3n one unit at a time, drawn with r. cum: scratch, n values. */
void gb_sample_split(int64_t total, const double *weight, int n, struct gb_rng *r, double *cum, int64_t *out);

/** Split as much of `total` as the whole allows, only where the whole is: at most `times` for each unit of it, 0 any amount. weight: the
 * whole's own counts, which sum to `whole`. */
void gb_sample_within(int64_t total, int64_t whole, int times, const double *weight, int n, struct gb_rng *r, double *cum, int64_t *out);

/* ---- deliveries: rows by agency and time, then files ---- */
#define GB_SAMPLE_NONE INT64_MIN
struct gb_sample_row { int32_t indicator_i, region_i, period; char status; const char *note; int64_t v; }; /* v GB_SAMPLE_NONE: missing; note NULL: none */
struct gb_sample_file { struct gb_sample_row *row; size_t n, cap; };
struct gb_sample_set {
    const struct gb_catalogue *c;
    struct gb_date to;
    uint64_t seed;
    int first_month, n_history;          /* months of the past: one file each; year * 12 + month - 1 */
    int32_t daily_from, to_day;          /* then one a day */
    int n_slots;
    struct gb_sample_file *file;         /* [agency][slot] */
    struct gb_sample_file revision;
    int revised_agency, revision_month;  /* month counted from first_month; agency -1: none */
    int silent;                          /* agency that has sent nothing since daily_from, or -1 */
};
void gb_sample_set_init(struct gb_sample_set *s, struct gb_arena *a, const struct gb_catalogue *c, struct gb_date from, struct gb_date to, uint64_t seed);
void gb_sample_set_release(struct gb_sample_set *s);
int gb_sample_slot(const struct gb_sample_set *s, int32_t day);
/** Last day of a slot, not after `to`. */
int32_t gb_sample_slot_day(const struct gb_sample_set *s, int slot);
/** Write all of it below dir (sample_files.c), and dir/sai/ (sample_wrong.c). */
GB_MUST_USE enum gb_code gb_sample_files(struct gb_sample_set *s, const char *dir, bool with_errors, struct gb_err *e);

/* How one file is sent. */
enum gb_sample_form { GB_SAMPLE_CSV, GB_SAMPLE_LONG, GB_SAMPLE_WIDE_INDICATORS, GB_SAMPLE_WIDE_PERIODS };
struct gb_sample_delivery {
    const struct gb_sample_set *s;
    const char *dir, *name;              /* without extension */
    const char *tmpdir;                  /* for workbooks */
    int agency, seq;
    struct gb_date as_of;
    int32_t sent_day;
    const char *what;                    /* "ngày 20/11/2026" */
    enum gb_sample_form form;
    const struct gb_sample_row *row; size_t n;
};
/** Only the side file. */
GB_MUST_USE enum gb_code gb_sample_side_file(const struct gb_sample_delivery *d, struct gb_err *e);
/** A long sheet, to be changed before it is rendered; everything in the arena. */
struct gb_sheet;
void gb_sample_long(const struct gb_sample_delivery *d, struct gb_arena *a, struct gb_sheet *sheet);
enum { GB_LONG_STT, GB_LONG_INDICATOR, GB_LONG_NAME, GB_LONG_REGION, GB_LONG_PLACE, GB_LONG_PERIOD, GB_LONG_VALUE, GB_LONG_UNIT, GB_LONG_STATUS, GB_LONG_NOTE, GB_LONG_N };
/** DIR/sai: files that are wrong on purpose, and the list of what is wrong; with_errors: the files also into DIR. */
GB_MUST_USE enum gb_code gb_sample_wrong(const struct gb_sample_set *s, const char *dir, const char *tmpdir, bool with_errors, struct gb_err *e);
#endif
