/* base/json.h — JSON. Reading is jansson's (its only owner); writing is ours because figures are exact decimals that no
 * general library can carry. Writer output: compact or indented by 2, keys in the order written (callers keep them sorted
 * where the file must be canonical), `< > & U+2028 U+2029` escaped (TRUST.md 37). No line end after the outermost bracket.
 */
#ifndef GB_BASE_JSON_H
#define GB_BASE_JSON_H
#include "base/str.h"

struct gb_json { struct gb_buf *out; bool pretty; int depth; uint64_t has_item; }; /* init: {.out=&buf,.pretty=true} */
void gb_json_open(struct gb_json *j, const char *key, char bracket);  /* '{' or '['; key NULL inside arrays / at top */
void gb_json_close(struct gb_json *j, char bracket);                  /* '}' or ']' */
void gb_json_str(struct gb_json *j, const char *key, const char *s);  /* NULL -> null */
void gb_json_int(struct gb_json *j, const char *key, int64_t v);
void gb_json_bool(struct gb_json *j, const char *key, bool v);
void gb_json_null(struct gb_json *j, const char *key);
void gb_json_dec(struct gb_json *j, const char *key, int64_t v, int scale);               /* exact, shortest; string if |n| > 2^53 */
void gb_json_dec_fixed(struct gb_json *j, const char *key, int64_t v, int scale, int decimals);

/* Reader: a read-only tree in an arena. Duplicate keys, depth > 64 and trailing bytes are errors (GB_E_INPUT, with
 * line and column). Numbers keep the text they were written with in `s`, so that a decimal can be parsed exactly. */
enum gb_jkind { GB_J_NULL, GB_J_BOOL, GB_J_INT, GB_J_REAL, GB_J_STR, GB_J_ARR, GB_J_OBJ };
struct gb_jval { enum gb_jkind kind; bool b; int64_t i; double d; const char *s; const char *key; struct gb_jval *child, *next; size_t n; };
GB_MUST_USE enum gb_code gb_json_parse(struct gb_arena *a, const char *p, size_t n, struct gb_jval **out, struct gb_err *e);
const struct gb_jval *gb_jget(const struct gb_jval *obj, const char *key); /* NULL if absent or not an object */
const char *gb_jstr(const struct gb_jval *obj, const char *key);           /* NULL if absent or not a string */
bool gb_jint(const struct gb_jval *obj, const char *key, int64_t *out);
#endif
