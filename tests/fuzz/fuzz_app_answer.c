/* Any bytes as a worker's answer: refused, or files by the numbers of the plan that lie inside what was given. */
#include "app/work.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const level[] = { "periodic", "ad-hoc" };
    for (int n = 1; n <= GB_MAX_OUTPUTS; n++)
        for (int k = 0; k < 2; k++) {
            const struct gb_plan_job j = { .level = level[k], .n_outputs = n };
            struct gb_job_answer a;
            struct gb_arena arena;
            int have = 0;
            gb_arena_init(&arena, 0);
            if (gb_job_answer_read(&arena, &j, data, size, &a)) {
                for (int i = 0; i < GB_MAX_OUTPUTS; i++) {
                    have += a.has[i];
                    gb_assert(!a.has[i] || i < n);
                    if (a.has[i])
                        gb_assert(a.file[i].n > 0 && (const uint8_t *)a.file[i].p >= data &&
                                  a.file[i].n <= size - (size_t)((const uint8_t *)a.file[i].p - data));
                }
                gb_assert(have == (a.nothing ? 0 : n) && (!a.nothing || k == 1));
                gb_assert(!a.reason || strlen(a.reason) < size);
            }
            gb_arena_release(&arena);
        }
    return 0;
}
