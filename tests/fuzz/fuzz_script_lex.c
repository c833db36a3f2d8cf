/* Any text as a definition: the scanner ends with a verdict, and what it lets through runs in a small budget and ends with a code of
 * ours; the state gives back every byte. */
#include "script/sandbox.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct gb_script_file f = { .path = "fuzz.lua", .text = (const char *)data, .n = size };
    struct gb_err e = { 0 };
    struct gb_sandbox sb = { 0 };
    if (gb_script_lex(&f, NULL, NULL, &e) != GB_OK) {
        gb_assert(e.code == GB_E_REPORT && e.n_frames > 0);
        return 0;
    }
    gb_err_clear(&e);
    enum gb_code rc = gb_sandbox_open(&sb, NULL, (size_t)2 << 20, 50000, &e);
    if (rc == GB_OK) rc = gb_sandbox_load(&sb, &f, &e);
    if (rc == GB_OK) rc = gb_sandbox_call(&sb, 0, 0, &e);
    gb_assert(rc == GB_OK || rc == GB_E_REPORT || rc == GB_E_LIMIT);
    gb_assert(!sb.L || lua_gettop(sb.L) == 0);
    gb_sandbox_close(&sb);
    gb_assert(sb.used_bytes == 0);
    return 0;
}
