/* floor_store.c FILE INDICATORS REGIONS PERIODS — one SQLite row a series, its columns packed as they lie in memory (13 bytes an
 * observation), one transaction, the library's own settings. */
#include <sqlite3.h>
#include <stdint.h>
#include "bench.h"

int main(int argc, char **argv)
{
    if (argc < 5) bench_die("usage: floor_store FILE INDICATORS REGIONS PERIODS");
    int n_i = atoi(argv[2]), n_r = atoi(argv[3]), n_p = atoi(argv[4]);
    double start = bench_cpu_s();
    sqlite3 *db;
    sqlite3_stmt *st;
    remove(argv[1]);
    if (sqlite3_open(argv[1], &db) != SQLITE_OK ||
        sqlite3_exec(db, "CREATE TABLE series(indicator INTEGER, region INTEGER, data BLOB, PRIMARY KEY(indicator, region)) WITHOUT ROWID; BEGIN", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "INSERT INTO series VALUES(?,?,?)", -1, &st, NULL) != SQLITE_OK)
        bench_die(sqlite3_errmsg(db));
    unsigned char *blob = malloc((size_t)n_p * 13);
    if (!blob) bench_die("memory");
    for (int i = 0; i < n_i; i++)
        for (int r = 0; r < n_r; r++) {
            for (int p = 0; p < n_p; p++) {
                int32_t period = 24000 + p;
                int64_t value = (int64_t)(i * 7919 + r * 104729 + p * 31);
                memcpy(blob + p * 4, &period, 4);
                memcpy(blob + n_p * 4 + p * 8, &value, 8);
                blob[n_p * 12 + p] = 'A';
            }
            sqlite3_bind_int(st, 1, i);
            sqlite3_bind_int(st, 2, r);
            sqlite3_bind_blob(st, 3, blob, n_p * 13, SQLITE_STATIC);
            if (sqlite3_step(st) != SQLITE_DONE || sqlite3_reset(st) != SQLITE_OK) bench_die(sqlite3_errmsg(db));
        }
    if (sqlite3_finalize(st) != SQLITE_OK || sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK || sqlite3_close(db) != SQLITE_OK) bench_die("commit");
    bench_line("floor_store", bench_cpu_s() - start, "");
    return 0;
}
