/* measure.c NAME COMMAND... — runs a command and its descendants; prints NAME, their CPU seconds, their peak memory and wall seconds.
 *
 * Memory is the highest sum of PSS over all descendants, looked at ten times a second: a page that forked workers share counts
 * once, so that the figure is what the machine must have. The largest resident set of one process stands in the remark. */
#define _GNU_SOURCE
#include <ctype.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "bench.h"

static int parent_of(int pid)
{
    char path[64], text[512];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *f = fopen(path, "r");
    if (!f) return 0;
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = 0;
    char *p = strrchr(text, ')'); /* the name may hold anything */
    int parent = 0;
    return p && sscanf(p + 1, " %*c %d", &parent) == 1 ? parent : 0;
}

static long pss_kib(int pid)
{
    char path[64], line[256];
    long kib = 0;
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
    FILE *f = fopen(path, "r");
    if (!f) return 0;
    while (fgets(line, sizeof line, f))
        if (sscanf(line, "Pss: %ld", &kib) == 1) break;
    fclose(f);
    return kib;
}

static long tree_kib(int root)
{
    DIR *d = opendir("/proc");
    if (!d) return 0;
    long kib = 0;
    for (struct dirent *e; (e = readdir(d));) {
        if (!isdigit((unsigned char)e->d_name[0])) continue;
        int pid = atoi(e->d_name), up = pid;
        for (int depth = 0; up > 1 && up != root && depth < 16; depth++) up = parent_of(up);
        if (up == root) kib += pss_kib(pid);
    }
    closedir(d);
    return kib;
}

int main(int argc, char **argv)
{
    if (argc < 3) bench_die("usage: measure NAME COMMAND...");
    struct timespec begin, end, tick = { 0, 100 * 1000 * 1000 };
    clock_gettime(CLOCK_MONOTONIC, &begin);
    pid_t pid = fork();
    if (pid < 0) bench_die("fork");
    if (pid == 0) {
        dup2(2, 1); /* our standard output is for the one line */
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    long peak = 0;
    int status;
    while (waitpid(pid, &status, WNOHANG) == 0) {
        long kib = tree_kib(pid);
        if (kib > peak) peak = kib;
        nanosleep(&tick, NULL);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    struct rusage u;
    getrusage(RUSAGE_CHILDREN, &u);
    double cpu = (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + 1e-6 * (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
    double wall = (double)(end.tv_sec - begin.tv_sec) + 1e-9 * (double)(end.tv_nsec - begin.tv_nsec);
    int exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    printf("%s %.4f %ld wall=%.2f largest_process=%ldK status=%d\n", argv[1], cpu, peak, wall, u.ru_maxrss, exit_status);
    return exit_status;
}
