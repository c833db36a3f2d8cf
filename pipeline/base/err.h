/* base/err.h — errors with a cause chain.
 *
 * A function that can fail returns `enum gb_code` and takes `struct gb_err *e` last. The first error wins; every level
 * may add one context frame ("report daily" <- "table 3" <- "column rate: not a number"). A message says what, where, and
 * what to do. Codes name who must act; app/ maps them to the exit statuses of DESIGN.md section 4.
 * Not here: intake findings (intake/finding.h), which are data for a receipt and not errors of the program.
 */
#ifndef GB_BASE_ERR_H
#define GB_BASE_ERR_H
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GB_MUST_USE __attribute__((warn_unused_result))
#define GB_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define GB_NORETURN __attribute__((noreturn))

enum gb_code {
    GB_OK = 0,
    GB_E_USAGE,   /* the caller of the command: exit 64 */
    GB_E_INPUT,   /* a department's delivery: exit 65 */
    GB_E_CONFIG,  /* definitions, catalogue, templates: exit 78 */
    GB_E_REPORT,  /* the author of one report: in a night a section is missing (10); alone, exit 78 */
    GB_E_LIMIT,   /* a budget was used up: in a night a section is missing (10); alone, exit 78 */
    GB_E_IO,      /* the operator: disk, permissions: exit 74 */
    GB_E_BUSY,    /* another run holds the lock: exit 75 */
    GB_E_BUG      /* us: exit 70 */
};

#define GB_ERR_FRAMES 8
#define GB_ERR_TEXT 2048
/* Caller-held, zero-initialised (`struct gb_err e = {0};`). No heap. */
struct gb_err {
    enum gb_code code;
    int n_frames;
    size_t used;
    const char *frame[GB_ERR_FRAMES]; /* innermost (the cause) first; they point into text */
    char text[GB_ERR_TEXT];
};

/** Record a failure. Keeps an earlier one (first error wins). e may be NULL. @return code, so that `return gb_fail(...)`. */
enum gb_code gb_fail(struct gb_err *e, enum gb_code code, const char *fmt, ...) GB_PRINTF(3, 4);
/** Like gb_fail with `: strerror(errno_value)` appended. */
enum gb_code gb_fail_errno(struct gb_err *e, enum gb_code code, int errno_value, const char *fmt, ...) GB_PRINTF(4, 5);
/** Push one context frame on a recorded error (no-op when none). @return e->code. */
enum gb_code gb_context(struct gb_err *e, const char *fmt, ...) GB_PRINTF(2, 3);
/** Forget. */
void gb_err_clear(struct gb_err *e);
/** One line: outermost context first, cause last, joined by ": ". Truncated safely. @return buf. */
const char *gb_err_line(const struct gb_err *e, char *buf, size_t cap);
/** Stable lower-case name of a code ("input", "config", ...), for logs. */
const char *gb_code_name(enum gb_code code);

/** A state that cannot be: prints file:line to stderr and _exit(70). Stays on in release builds. */
GB_NORETURN void gb_bug_at(const char *file, int line, const char *what);
#define gb_bug(what) gb_bug_at(__FILE__, __LINE__, (what))
#define gb_assert(cond) ((cond) ? (void)0 : gb_bug_at(__FILE__, __LINE__, #cond))
/** Out of memory ends the process (a worker or the run): see STYLE "Memory". _exit(71). */
GB_NORETURN void gb_oom(void);
#endif
