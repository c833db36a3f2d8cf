/* bench.h — what the measuring programs share: CPU seconds (user and system, all threads), peak memory, files of a folder in the
 * order of their names, and the one line that tests/bench/run reads: NAME CPU_SECONDS PEAK_KIB REMARK. Not used by any test. */
#ifndef GB_TESTS_BENCH_H
#define GB_TESTS_BENCH_H
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

static inline double bench_cpu_s(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + 1e-6 * (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

static inline void bench_line(const char *name, double cpu_s, const char *remark)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    printf("%s %.4f %ld %s\n", name, cpu_s, u.ru_maxrss, remark);
}

static inline _Noreturn void bench_die(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

static inline int bench_by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* Paths of the files of a folder whose names end so, ascending. */
static inline int bench_files(const char *dir, const char *end, char ***out)
{
    DIR *d = opendir(dir);
    if (!d) bench_die(dir);
    char **list = NULL;
    int n = 0;
    for (struct dirent *e; (e = readdir(d));) {
        size_t len = strlen(e->d_name), k = strlen(end), size = strlen(dir) + len + 2;
        if (len < k || strcmp(e->d_name + len - k, end) != 0) continue;
        list = realloc(list, ((size_t)n + 1) * sizeof *list);
        char *path = malloc(size);
        if (!list || !path) bench_die("memory");
        snprintf(path, size, "%s/%s", dir, e->d_name);
        list[n++] = path;
    }
    closedir(d);
    qsort(list, (size_t)n, sizeof *list, bench_by_name);
    *out = list;
    return n;
}

/* A whole file, with a NUL after it. NULL if it is not there. */
static inline char *bench_read(const char *path, size_t *n)
{
    struct stat st;
    FILE *f = fopen(path, "rb");
    if (!f || fstat(fileno(f), &st) != 0) return NULL;
    char *p = malloc((size_t)st.st_size + 1);
    if (!p || fread(p, 1, (size_t)st.st_size, f) != (size_t)st.st_size) bench_die(path);
    fclose(f);
    *n = (size_t)st.st_size;
    p[*n] = 0;
    return p;
}
#endif
