/* floor_parse.c DIR — the bytes of all deliveries in DIR read by a bare loop: fields, both codes hashed, period to a month number,
 * value to an integer. No check of anything: what reading costs at the least. */
#include <stdint.h>
#include "bench.h"

int main(int argc, char **argv)
{
    char dir[4096], **file;
    if (argc < 2) bench_die("usage: floor_parse DIR");
    snprintf(dir, sizeof dir, "%s/deliveries", argv[1]);
    double start = bench_cpu_s();
    int n_files = bench_files(dir, ".csv", &file);
    uint64_t sum = 0;
    long rows = 0;
    for (int k = 0; k < n_files; k++) {
        size_t n = 0;
        char *text = bench_read(file[k], &n), *p = strchr(text, '\n') + 1, *end = text + n;
        for (; p < end; rows++) {
            uint64_t code[2] = { 1469598103934665603u, 1469598103934665603u };
            for (int f = 0; f < 2; f++, p++)
                for (; *p != ','; p++) code[f] = (code[f] ^ (unsigned char)*p) * 1099511628211u;
            int64_t year = 0, month = 0, value = 0;
            int negative = 0;
            for (; *p != '-'; p++) year = year * 10 + (*p - '0');
            for (p++; *p != ','; p++) month = month * 10 + (*p - '0');
            p++;
            if (*p == '-') negative = 1, p++;
            for (; *p != '\r' && *p != '\n' && *p != ','; p++)
                if (*p != '.') value = value * 10 + (*p - '0');
            while (*p != '\n') p++;
            p++;
            sum += code[0] ^ code[1] ^ (uint64_t)(year * 12 + month) ^ (uint64_t)(negative ? -value : value);
        }
        free(text);
    }
    char remark[96];
    snprintf(remark, sizeof remark, "rows=%ld sum=%llx", rows, (unsigned long long)sum);
    bench_line("floor_parse", bench_cpu_s() - start, remark);
    return 0;
}
