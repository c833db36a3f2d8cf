/* base/str.h — byte buffers and borrowed strings.
 *
 * `gb_str` borrows, `gb_buf` owns (heap). A buffer never fails: out of memory ends the process. Text is UTF-8.
 */
#ifndef GB_BASE_STR_H
#define GB_BASE_STR_H
#include <string.h>
#include "base/arena.h"

struct gb_str { const char *p; size_t n; };
#define GB_STR(lit) ((struct gb_str){ "" lit, sizeof(lit) - 1 })
static inline struct gb_str gb_str_of(const char *s) { return (struct gb_str){ s, s ? strlen(s) : 0 }; }
bool gb_str_eq(struct gb_str a, struct gb_str b);
bool gb_str_eq_c(struct gb_str a, const char *b);
bool gb_streq(const char *a, const char *b); /* both may be NULL; NULL equals only NULL */
bool gb_starts_with(const char *s, const char *prefix);
bool gb_ends_with(const char *s, const char *suffix);

struct gb_buf { char *p; size_t n, cap; }; /* zero-initialised; p is NUL-terminated after any append */
void gb_buf_release(struct gb_buf *b);
void gb_buf_reset(struct gb_buf *b);                     /* n = 0, keeps memory */
void gb_buf_reserve(struct gb_buf *b, size_t more);
void gb_buf_add(struct gb_buf *b, const void *p, size_t n);
void gb_buf_adds(struct gb_buf *b, const char *s);
void gb_buf_addc(struct gb_buf *b, char c);
void gb_buf_addf(struct gb_buf *b, const char *fmt, ...) GB_PRINTF(2, 3);
void gb_buf_add_i64(struct gb_buf *b, int64_t v);
/** Copy into an arena, NUL-terminated. */
char *gb_buf_copy(struct gb_arena *a, const struct gb_buf *b);

/** Split on a byte; pieces borrow. Example: "a;b" -> 2 pieces; "" -> 0 pieces. When there are more than max, the last
 * piece is the unsplit rest, so that nothing is lost. @return number of pieces, at most max. */
size_t gb_split(struct gb_str s, char sep, struct gb_str *out, size_t max);
struct gb_str gb_trim(struct gb_str s); /* ASCII blanks */
#endif
