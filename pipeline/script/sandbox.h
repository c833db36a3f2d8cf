/* script/sandbox.h — the Lua state that a definition runs in: what it may name, how much it may use. Not for other rooms.
 *
 * A script has no floating point: the lexer refuses float literals, `/` and `^`, strings do not turn into numbers in arithmetic,
 * every function of the environment gives integers, and every function of the host takes nothing else. (Lua's numeric `for` still
 * reads strings as numbers; what comes of it no function accepts.) So no figure can pass through a binary double (TRUST.md 26),
 * and comparison needs no tolerance. Decimals exist as values of the host (handles.c).
 * Invariants: (1) what a script can reach is the allow-list of stdlib.c and nothing else; (2) nothing it can reach is shared and
 * writable; (3) work done in C is charged to the same budget as instructions; (4) once a limit is hit the state is dead: every
 * protected call rethrows, every further line raises again.
 * Lua errors are raised as the last statement of a C function; what it needs until then lies in an arena or on Lua's stack.
 */
#ifndef GB_SCRIPT_SANDBOX_H
#define GB_SCRIPT_SANDBOX_H
#include <lauxlib.h>
#include <lua.h>
#include "base/str.h"
#include "script/script.h"

#define GB_SCRIPT_MEMORY ((size_t)64 << 20)
#define GB_SCRIPT_INSTRUCTIONS UINT64_C(50000000)
#define GB_SCRIPT_HOOK 10000        /* instructions between two looks at the budget */
#define GB_SCRIPT_MAX_BYTES ((size_t)256 << 10)
#define GB_SUBJECT_MAX 4096         /* bytes a pattern is matched against */
#define GB_PATTERN_MAX 64
#define GB_QUANTIFIERS_MAX 3
#define GB_MATCH_STEPS_MAX 20000000 /* worst case of a match: length ^ quantifiers */
#define GB_STUCK_CHECKS 1000        /* hooks after death before the process is given up */

enum gb_sandbox_state { GB_SANDBOX_ALIVE, GB_SANDBOX_NO_BUDGET, GB_SANDBOX_NO_MEMORY };
struct gb_sandbox {
    lua_State *L;
    const struct gb_script_sources *sources;
    size_t used_bytes, limit_bytes;
    uint64_t budget, left;
    enum gb_sandbox_state dead;
    int n_stuck;
    void (*stuck)(void);            /* worker: _exit(71); NULL in tests */
    void *host;                     /* struct gb_host of the bindings, or NULL */
};

/** Fresh state with the allow-listed environment (no gb.*). @return GB_E_LIMIT if memory_bytes does not even hold that. */
GB_MUST_USE enum gb_code gb_sandbox_open(struct gb_sandbox *sb, const struct gb_script_sources *s, size_t memory_bytes,
                                         uint64_t instructions, struct gb_err *e);
void gb_sandbox_close(struct gb_sandbox *sb);
struct gb_sandbox *gb_sandbox_of(lua_State *L);
/** Call the function under n_args arguments on the stack. Errors: GB_E_LIMIT when a budget is used up, else GB_E_REPORT with
 * Lua's message, which names file and line. On an error nothing is left on the stack. */
GB_MUST_USE enum gb_code gb_sandbox_call(struct gb_sandbox *sb, int n_args, int n_results, struct gb_err *e);
/** Check and load a definition; on GB_OK its function is on the stack. */
GB_MUST_USE enum gb_code gb_sandbox_load(struct gb_sandbox *sb, const struct gb_script_file *f, struct gb_err *e);
/** Take `units` from the budget; raises when it is used up. Every C function whose work grows with its input calls it. */
void gb_charge(lua_State *L, uint64_t units);
/** Raise "file:line: text" (Lua's own position). Never returns. */
GB_NORETURN void gb_raise(lua_State *L, const char *fmt, ...);
/** Set a field of the environment that scripts see (proxied tables too). Value is on the top of the stack and is popped. */
void gb_sandbox_set(lua_State *L, const char *name);
/** Replace the table on the top of the stack by a read-only view of it. `what` names it in messages. */
void gb_read_only(lua_State *L, const char *what);
/** True if the value at idx is a table that scripts may write to. */
bool gb_is_plain_table(lua_State *L, int idx);

/** Refuse what a definition may not contain (lex.c): bytecode, NUL, bad text, bitwise operators, goto, <close>, floats.
 * @param each   called for every string literal with its line, may be NULL (used to check indicator codes)
 * Message: file:line, what stands there, what to write instead. */
typedef void (*gb_each_literal)(void *ctx, int line, struct gb_str literal);
GB_MUST_USE enum gb_code gb_script_lex(const struct gb_script_file *f, gb_each_literal each, void *ctx, struct gb_err *e);

/* stdlib.c, patterns.c: fill the environment. */
void gb_open_base(lua_State *L, int env);
void gb_open_string(lua_State *L, int env);
void gb_open_table(lua_State *L, int env);
int gb_string_find(lua_State *L); /* find and match */
int gb_string_gmatch(lua_State *L);
int gb_string_gsub(lua_State *L);
#endif
