/* sandbox.c — the walls of a worker.
 *
 * The filters are built by libseccomp once and exported as BPF, so that entering costs one prctl and not fifty rules a worker.
 * Landlock: constants up to ABI 6 are written out here, since Debian 12's header stops at 2; rights are masked to what the kernel
 * knows. Network calls are denied by seccomp whatever Landlock can do. Sanitizer builds run without seccomp and memory limit (their
 * runtime maps terabytes and reads /proc), but with everything else. */
#define _GNU_SOURCE
#include "app/sandbox.h"
#include "base/arena.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

/* Beyond Debian 12's linux/landlock.h. */
#define FS_REFER (1ULL << 13)     /* ABI 2 */
#define FS_TRUNCATE (1ULL << 14)  /* ABI 3 */
#define FS_IOCTL_DEV (1ULL << 15) /* ABI 5 */
#define NET_ALL (3ULL)            /* ABI 4: bind, connect TCP */
#define SCOPE_ALL (3ULL)          /* ABI 6: abstract sockets, signals */
struct ruleset_attr {
    uint64_t fs, net, scoped;
};

static const int calls_pure[] = {
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(pread64),
    SCMP_SYS(pwrite64),
    SCMP_SYS(writev),
    SCMP_SYS(lseek),
    SCMP_SYS(close),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(futex),
    SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(sched_yield),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getrusage),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(sysinfo), /* glibc's qsort asks once how much memory there is, when an array is not small */
};
/* What a spreadsheet library does with its temporary files; Landlock says where. */
static const int calls_tmpdir[] = { SCMP_SYS(openat),    SCMP_SYS(open),   SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(fcntl),
                                    SCMP_SYS(ftruncate), SCMP_SYS(stat),   SCMP_SYS(lstat),  SCMP_SYS(access),   SCMP_SYS(fsync),
                                    SCMP_SYS(dup),       SCMP_SYS(getuid), SCMP_SYS(geteuid) };

static int add_all(scmp_filter_ctx f, const int *call, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, call[i], 0);
        if (rc != 0)
            return rc;
    }
    return 0;
}

static int add_rules(scmp_filter_ctx f, enum gb_box box)
{
    const int no_exec[] = { SCMP_SYS(mmap), SCMP_SYS(mprotect) };
    int rc = add_all(f, calls_pure, sizeof calls_pure / sizeof *calls_pure);
    for (size_t i = 0; rc == 0 && i < 2; i++) /* memory, but never executable */
        rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, no_exec[i], 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    /* abort() asks for a signal to itself; refused politely it falls back to an illegal instruction, which is told apart from
     * a forbidden call. */
    if (rc == 0)
        rc = seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(tgkill), 0);
    if (rc == 0) /* stdio asks whether a descriptor is a terminal */
        rc = seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOTTY), SCMP_SYS(ioctl), 0);
    if (rc == 0 && box == GB_BOX_TMPDIR)
        rc = add_all(f, calls_tmpdir, sizeof calls_tmpdir / sizeof *calls_tmpdir);
    return rc;
}

static enum gb_code build_filter(struct gb_bpf *out, enum gb_box box, struct gb_err *e)
{
    scmp_filter_ctx f = seccomp_init(SCMP_ACT_KILL_PROCESS);
    enum gb_code code = GB_OK;
    struct stat st;
    int fd = memfd_create("filter", MFD_CLOEXEC);

    if (!f || fd < 0 || add_rules(f, box) != 0 || seccomp_export_bpf(f, fd) != 0 || fstat(fd, &st) != 0 || st.st_size <= 0)
        code = gb_fail(e, GB_E_BUG, "không dựng được bộ lọc seccomp");
    if (code == GB_OK) {
        out->n_bytes = (size_t)st.st_size;
        out->code = mmap(NULL, out->n_bytes, PROT_READ, MAP_PRIVATE, fd, 0);
        if (out->code == MAP_FAILED) {
            out->code = NULL;
            code = gb_fail_errno(e, GB_E_IO, errno, "không nạp được bộ lọc seccomp");
        }
    }
    if (fd >= 0)
        close(fd);
    if (f)
        seccomp_release(f);
    return code;
}

enum gb_code gb_cage_warm(struct gb_cage *s, bool no_landlock, struct gb_err *e)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    enum gb_code code = GB_OK;

    memset(s, 0, sizeof *s);
    s->landlock_abi = abi > 0 ? (int)abi : 0;
    if (s->landlock_abi == 0 && !no_landlock)
        return gb_fail(e, GB_E_CONFIG,
                       "nhân hệ điều hành không có Landlock: bật nó lên (lsm=landlock), hoặc chấp nhận chạy với "
                       "--no-landlock (được ghi vào manifest)");
    s->seccomp = !SANITIZED;
    for (int box = 0; code == GB_OK && s->seccomp && box < GB_N_BOXES; box++)
        code = build_filter(&s->filter[box], (enum gb_box)box, e);
    return code;
}

void gb_cage_release(struct gb_cage *s)
{
    for (int box = 0; box < GB_N_BOXES; box++)
        if (s->filter[box].code)
            munmap(s->filter[box].code, s->filter[box].n_bytes);
    memset(s, 0, sizeof *s);
}

const char *gb_cage_word(const struct gb_cage *s)
{
    if (s->landlock_abi)
        return s->seccomp ? "landlock seccomp" : "landlock";
    return s->seccomp ? "seccomp" : "none";
}

static void wall_failed(const char *what)
{
    fprintf(stderr, "sandbox: %s: %s\n", what, strerror(errno));
    _exit(72);
}

void gb_die_with_parent(pid_t parent)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
        _exit(72); /* the parent died before the signal was armed */
}

void gb_close_others(const int *keep, int n)
{
    unsigned from = 3;
    for (int i = 0; i < n; i++) {
        unsigned k = (unsigned)keep[i];
        if (k > from)
            (void)syscall(SYS_close_range, from, k - 1, 0);
        if (k >= from)
            from = k + 1;
    }
    (void)syscall(SYS_close_range, from, ~0U, 0);
}

static void limit(int what, rlim_t soft, rlim_t hard, const char *name)
{
    struct rlimit r = { soft, hard };
    if (setrlimit((__rlimit_resource_t)what, &r) != 0)
        wall_failed(name);
}

/* Address space in use now (the inherited cube counts), in bytes. */
static rlim_t mapped_now(void)
{
    char buf[128];
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, buf, sizeof buf - 1) : -1;
    if (fd >= 0)
        close(fd);
    if (n <= 0)
        wall_failed("statm");
    buf[n] = '\0';
    return (rlim_t)strtoull(buf, NULL, 10) * (rlim_t)sysconf(_SC_PAGESIZE);
}

static void set_limits(const struct gb_cage_limits *lim, unsigned jobs)
{
    if (!SANITIZED) {
        rlim_t as = mapped_now() + (rlim_t)lim->more_memory_mib * 1024 * 1024;
        limit(RLIMIT_AS, as, as, "RLIMIT_AS");
    }
    limit(RLIMIT_CPU, lim->cpu_seconds, lim->cpu_seconds * jobs + 2, "RLIMIT_CPU");
    limit(RLIMIT_FSIZE, (rlim_t)lim->file_mib << 20, (rlim_t)lim->file_mib << 20, "RLIMIT_FSIZE");
    limit(RLIMIT_NOFILE, 32, 32, "RLIMIT_NOFILE");
    limit(RLIMIT_CORE, 0, 0, "RLIMIT_CORE");
    limit(RLIMIT_NPROC, 0, 0, "RLIMIT_NPROC");
}

static void drop_root(void)
{
    if (geteuid() != 0)
        return;
    if (setgroups(0, NULL) != 0 || setresgid(GB_WORKER_UID, GB_WORKER_UID, GB_WORKER_UID) != 0 ||
        setresuid(GB_WORKER_UID, GB_WORKER_UID, GB_WORKER_UID) != 0)
        wall_failed("setresuid");
}

static void landlock_enter(int abi, const char *tmpdir)
{
    struct ruleset_attr attr = { .fs = (1ULL << 13) - 1 };
    if (abi >= 2)
        attr.fs |= FS_REFER;
    if (abi >= 3)
        attr.fs |= FS_TRUNCATE;
    if (abi >= 4)
        attr.net = NET_ALL;
    if (abi >= 5)
        attr.fs |= FS_IOCTL_DEV;
    if (abi >= 6)
        attr.scoped = SCOPE_ALL;
    int fd = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
    if (fd < 0)
        wall_failed("landlock_create_ruleset");
    if (tmpdir) {
        struct landlock_path_beneath_attr below = { .allowed_access = (1ULL << 1 | 1ULL << 2 | 1ULL << 5 | 1ULL << 8) |
                                                                      (abi >= 3 ? FS_TRUNCATE : 0) };
        below.parent_fd = open(tmpdir, O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (below.parent_fd < 0 || syscall(SYS_landlock_add_rule, fd, LANDLOCK_RULE_PATH_BENEATH, &below, 0) != 0)
            wall_failed("landlock_add_rule");
        close(below.parent_fd);
    }
    if (syscall(SYS_landlock_restrict_self, fd, 0) != 0)
        wall_failed("landlock_restrict_self");
    close(fd);
}

void gb_cage_enter(const struct gb_cage *s, enum gb_box box, const struct gb_cage_limits *lim, unsigned jobs, pid_t parent,
                   const char *tmpdir)
{
    gb_die_with_parent(parent);
    drop_root();
    gb_die_with_parent(parent); /* a change of user clears the death signal */
    gb_close_others((const int[]){ 3, 4 }, 2);
    set_limits(lim, jobs);
    if (prctl(PR_SET_DUMPABLE, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        wall_failed("no_new_privs");
    if (s->landlock_abi)
        landlock_enter(s->landlock_abi, box == GB_BOX_TMPDIR ? tmpdir : NULL);
    if (s->seccomp) {
        struct sock_fprog prog = { .len = (unsigned short)(s->filter[box].n_bytes / sizeof(struct sock_filter)),
                                   .filter = s->filter[box].code };
        if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog) != 0)
            wall_failed("seccomp");
    }
}
