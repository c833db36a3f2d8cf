/* floor_fwrite.c DIR INDICATORS REGIONS PERIODS — the open data of every indicator as a CSV and a JSON file by snprintf and fwrite,
 * with the columns of the edition's own data files: what writing the same bytes costs without knowing anything. */
#include <stdint.h>
#include "bench.h"

static int n_r, n_p;
static int64_t value(int i, int r, int p) { return (int64_t)(i * 7919 + r * 104729 + p * 31) % 10000000; }

static long csv(FILE *f, int i)
{
    char line[256];
    long bytes = 0;
    for (int r = 0; r < n_r; r++)
        for (int p = 0; p < n_p; p++) {
            int64_t v = value(i, r, p);
            int n = snprintf(line, sizeof line, "bm.i%04d,%05d,Xã Mẫu %d,%04d-%02d,%lld.%02lld,vụ,A,0\r\n", i, 10000 + r, r, 2023 + p / 12, p % 12 + 1, (long long)(v / 100), (long long)(v % 100));
            bytes += (long)fwrite(line, 1, (size_t)n, f);
        }
    return bytes;
}

static long json(FILE *f, int i)
{
    char text[256];
    long bytes = fprintf(f, "{\"code\":\"bm.i%04d\",\"series\":[", i);
    for (int r = 0; r < n_r; r++) {
        bytes += fprintf(f, "%s{\"derived\":false,\"name\":\"Xã Mẫu %d\",\"periods\":[", r ? "," : "", r);
        for (int p = 0; p < n_p; p++) {
            int n = snprintf(text, sizeof text, "%s\"%04d-%02d\"", p ? "," : "", 2023 + p / 12, p % 12 + 1);
            bytes += (long)fwrite(text, 1, (size_t)n, f);
        }
        bytes += fprintf(f, "],\"region\":\"%05d\",\"status\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"values\":[", 10000 + r);
        for (int p = 0; p < n_p; p++) {
            int64_t v = value(i, r, p);
            int n = snprintf(text, sizeof text, "%s%lld.%02lld", p ? "," : "", (long long)(v / 100), (long long)(v % 100));
            bytes += (long)fwrite(text, 1, (size_t)n, f);
        }
        bytes += fprintf(f, "]}");
    }
    return bytes + fprintf(f, "]}\n");
}

int main(int argc, char **argv)
{
    if (argc < 5) bench_die("usage: floor_fwrite DIR INDICATORS REGIONS PERIODS");
    int n_i = atoi(argv[2]);
    n_r = atoi(argv[3]);
    n_p = atoi(argv[4]);
    long bytes = 0;
    double start = bench_cpu_s();
    for (int i = 0; i < n_i; i++)
        for (int k = 0; k < 2; k++) {
            char path[4096];
            snprintf(path, sizeof path, "%s/floor-%04d.%s", argv[1], i, k ? "json" : "csv");
            FILE *f = fopen(path, "wb");
            if (!f) bench_die(path);
            bytes += k ? json(f, i) : csv(f, i);
            if (fclose(f) != 0) bench_die(path);
        }
    char remark[64];
    snprintf(remark, sizeof remark, "bytes=%ld", bytes);
    bench_line("floor_fwrite", bench_cpu_s() - start, remark);
    return 0;
}
