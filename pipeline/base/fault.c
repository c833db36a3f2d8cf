/* fault.c — see fault.h. State is per process: a forked worker counts on from its parent's numbers. */
#include "base/fault.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum mode { ONCE, FROM_THEN_ON, KILL };
static bool armed;
static struct {
    char point[32];
    long nth, seen;
    enum mode mode;
} fault;

void gb_fault_arm(const char *spec)
{
    armed = false;
    if (!spec || !*spec) {
        return;
    }
    const char *colon = strchr(spec, ':');
    size_t n = colon ? (size_t)(colon - spec) : 0;
    gb_assert(n > 0 && n < sizeof fault.point); /* a spec that arms nothing would make a test pass for nothing */
    memset(&fault, 0, sizeof fault);
    memcpy(fault.point, spec, n);
    const char *p = colon + 1;
    for (; *p >= '0' && *p <= '9' && fault.nth < 1000000000; p++) {
        fault.nth = fault.nth * 10 + (*p - '0');
    }
    if (*p == '+' || *p == '!') {
        fault.mode = *p++ == '+' ? FROM_THEN_ON : KILL;
    }
    gb_assert(fault.nth > 0 && *p == '\0');
    armed = true;
}

static bool strikes(const char *point)
{
    if (strcmp(point, fault.point) != 0) {
        return false;
    }
    fault.seen++;
    if (fault.seen != fault.nth && !(fault.mode == FROM_THEN_ON && fault.seen > fault.nth)) {
        return false;
    }
    if (fault.mode == KILL) {
        (void)kill(getpid(), SIGKILL);
    }
    errno = strcmp(point, "io.write") == 0 ? ENOSPC : EIO;
    return true;
}

bool gb_fault(const char *point)
{
    return armed && strikes(point);
}
