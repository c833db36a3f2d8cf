/* base/fault.h — named fault points for tests. `GB_FAULT=io.fsync:3` makes the third call of that point fail once,
 * `GB_FAULT=io.fsync:3+` it and all later ones; `point:N!` kills the process (SIGKILL) there. Read once by app/ at start
 * (gb_fault_arm), so that no other code looks at the environment. Cost when not armed: one branch. */
#ifndef GB_BASE_FAULT_H
#define GB_BASE_FAULT_H
#include "base/err.h"
void gb_fault_arm(const char *spec); /* NULL or "" disarms */
/** @return true if this call must fail; errno is set to EIO (or ENOSPC for io.write). */
bool gb_fault(const char *point);
#endif
