/* document/value.h — a figure that stays typed until the last step, with its identity (DESIGN.md "One fact, one text").
 *
 * Excel gets the number, JSON the raw decimal and unit, PDF and HTML the same Vietnamese text from gb_value_text().
 */
#ifndef GB_DOCUMENT_VALUE_H
#define GB_DOCUMENT_VALUE_H
#include "evaluation/evaluation.h"

enum gb_value_kind { GB_V_NUM, GB_V_TEXT, GB_V_DATE, GB_V_PERIOD, GB_V_STATE, GB_V_MISSING };
enum gb_missing { GB_MISS_NONE, GB_MISS_NO_DATA, /* chưa có số liệu */ GB_MISS_NOT_APPLICABLE, /* không áp dụng */
                  GB_MISS_NO_BASE, /* không có kỳ so sánh */ GB_MISS_ZERO_BASE, /* kỳ gốc bằng 0 */ GB_MISS_NO_TARGET, GB_MISS_WITHHELD,
                  GB_MISS_BREAK /* there is a base, of another area or definition (evaluation/breaks.h) */ };
/* How a figure follows from observations: with (indicator, region, period) it is the fact's identity. */
enum gb_derivation { GB_D_NONE, GB_D_VALUE, GB_D_PREV_DIFF, GB_D_PREV_PCT, GB_D_YEAR_DIFF, GB_D_YEAR_PCT, GB_D_YTD, GB_D_YTD_PCT,
                     GB_D_TARGET, GB_D_ATTAINMENT, GB_D_PACE, GB_D_BEHIND, GB_D_RANK, GB_D_AGE, GB_D_COUNT, GB_D_THRESHOLD,
                     GB_D_RANK_CHANGE, /* places gained (lost: negative) since the period before the ranks', see gb_eval.rank_gain */
                     GB_D_FORECAST, /* of a later period: evaluation/outlook.h */ GB_D_EXPECTED, GB_D_NEEDED, GB_D_CHANCE,
                     GB_D_EXPECTED_PCT /* of the year's target */, GB_D_N };
/* Whether a figure rests on something decided: a threshold that nobody has decided yet is proposed, a target that no plan gives is
 * illustrative, and so is what is measured against it. Everything that shows such a figure says so. */
enum gb_basis { GB_BASIS_NONE, GB_BASIS_PROPOSED, GB_BASIS_ILLUSTRATIVE };
struct gb_fact_id { int32_t indicator_i, region_i, period; enum gb_derivation how; }; /* indicator_i -1: not a fact (a count, text) */
struct gb_value {
    enum gb_value_kind kind;
    int64_t num; uint8_t scale, decimals; /* NUM */
    bool sign;                            /* print + for positive changes */
    bool magnitude;                       /* print without any sign: the sentence says "tăng" or "giảm"; num keeps its sign */
    const char *unit;                     /* Vietnamese unit or NULL; "%" is set without a blank; "điểm %" with one; "cấp" goes first
                                             ("cấp 4", but a change of "1 cấp"); "chỉ số", "pH", "AQI" are not printed after a number */
    const char *text;                     /* TEXT */
    struct gb_date date;                  /* DATE */
    enum gb_freq freq; int32_t period;    /* PERIOD */
    enum gb_state state;                  /* STATE; `text` and `word` set: drawn with this shape, told in these words (for people, for
                                             machines): a task is "chậm", not "nguy hiểm" */
    const char *word;
    enum gb_missing missing;
    char status;                          /* SDMX, 0 or 'A' = normal; P E ... are printed as marks in tables */
    enum gb_basis basis;
    bool unit_told;                       /* print without its unit: the figure beside it in the row has it */
    bool doubtful;                        /* a question about it is put beside it (evaluation/anomaly.h); never in what public or front read */
    struct gb_fact_id fact;
};
struct gb_value gb_value_text_of(const char *text);
struct gb_value gb_value_count(int64_t n, const char *unit);
/** A share that is no fact of the catalogue (so many of so many), % at GB_PCT_SCALE, printed with one decimal; not ok: missing, does not apply. */
struct gb_value gb_value_share(bool ok, int64_t pct);
struct gb_value gb_value_missing(enum gb_missing why);
/** EXPECTED, NEEDED and CHANCE are of the year's end (gb_year_end): what is expected, what each period left must bring (for figures that do not
 * add up: the change it must bring), and the chance in % that the target is met. Without a target, a forecast or a rest of the year they
 * are missing. FORECAST belongs to a period that is not the latest: gb_value_forecast gives it. */
/** The value of one derivation of an evaluated series; GB_V_MISSING with its reason where it is not defined. Changes of an
 * indicator in % are differences in "điểm %"; others percent. */
struct gb_value gb_value_of(const struct gb_evaluation *ev, int indicator_i, int region_i, enum gb_derivation how);
/** The whole year's target (of flows TARGET is one period's). */
struct gb_value gb_value_year_target(const struct gb_evaluation *ev, int indicator_i, int region_i);
/** A forecast figure at the indicator's scale: status F. */
struct gb_value gb_value_forecast(const struct gb_catalogue *c, int indicator_i, int region_i, int32_t period, int64_t v);
/** What the derivations give beyond the obvious: PREV_PCT, YEAR_PCT and YTD_PCT of an indicator for which gb_change_is_difference()
 * holds are differences; ATTAINMENT and PACE are % with one decimal, BEHIND "điểm %"; RANK is the place among communes and COUNT how
 * many were ranked; AGE is in days; THRESHOLD is the limit that separates the value's step from the better one (the first step's
 * limit when the value is good). */
/** True where a percentage of change has no meaning: % and điểm % (differences of shares), °C, pH and cấp (no natural zero). */
bool gb_change_is_difference(const struct gb_indicator *ind);
/** The state of a series as a value, with its identity (how = GB_D_VALUE). No series: GB_NO_DATA. */
struct gb_value gb_value_state_of(const struct gb_evaluation *ev, int indicator_i, int region_i);
struct gb_value gb_value_state(enum gb_state s);
/** A state with words of its own. Both borrowed. */
struct gb_value gb_value_state_named(enum gb_state shape, const char *text, const char *word);
struct gb_value gb_value_date(struct gb_date d);
struct gb_value gb_value_period(enum gb_freq f, int32_t period);
/** A whole number that needs no unit (a count, a place in a ranking, the number of a level). */
bool gb_value_is_count(const struct gb_value *v);
/** Is the number, rounded as it will be printed, negative, zero or positive? -1 0 1. */
int gb_value_sign(const struct gb_value *v);
/** One observation of a series (i indexes its columns). */
struct gb_value gb_value_observation(const struct gb_catalogue *c, const struct gb_series *s, int64_t i);
enum gb_unit_style { GB_WITH_UNIT, GB_WITHOUT_UNIT };
/** Vietnamese text, UTF-8, appended, with ordinary blanks only (who breaks lines keeps a value together). The status is not part
 * of it: cells append gb_status_mark(v->status), sentences gb_status_vi(). The only formatter for PDF, HTML and sentences. Missing: "chưa có số liệu" ... or "–" in WITHOUT_UNIT (cell). */
void gb_value_text(const struct gb_value *v, enum gb_unit_style style, struct gb_buf *out);
/** The same text with U+00A0 inside, for running text that others break into lines (titles, HTML): a period and a date never part,
 * a figure not from its unit. */
void gb_value_text_bound(const struct gb_value *v, enum gb_unit_style style, struct gb_buf *out);
const char *gb_missing_vi(enum gb_missing m);
const char *gb_missing_word(enum gb_missing m); /* machine form: "no-data" */
const char *gb_status_mark(char status); /* "" for A; "(sb)" sơ bộ for P, "(ước)" for E ... short Vietnamese mark used in tables */
/** The marks of a figure in a table: its status, and "(?)" when it is doubtful. */
const char *gb_value_mark(const struct gb_value *v);
const char *gb_status_vi(char status);   /* "sơ bộ" */
const char *gb_basis_vi(enum gb_basis b);   /* "ngưỡng đề xuất", "chỉ tiêu minh họa", "" */
const char *gb_basis_word(enum gb_basis b); /* "proposed", "illustrative", "" */
const char *gb_derivation_word(enum gb_derivation d);
#endif
