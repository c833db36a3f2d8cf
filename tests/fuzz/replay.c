/* replay.c — runs a fuzz target without libFuzzer: its seeds (tests/fuzz/corpus/<name>/), then a fixed number of mutations of
 * them from a generator with a fixed start. The same inputs on every machine; `make fuzz` is the search for new ones. TAP out. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_SEEDS = 256, MAX_BYTES = 1 << 16, MUTATIONS = 3000 };
static struct { char *p; size_t n; } seed[MAX_SEEDS];
static uint64_t rng = 88172645463325252u;

static uint32_t draw(uint32_t below)
{
    rng ^= rng << 13;
    rng ^= rng >> 7;
    rng ^= rng << 17;
    return (uint32_t)(rng >> 11) % below;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int load(const char *dir)
{
    static char *name[MAX_SEEDS];
    int n = 0;
    DIR *d = opendir(dir);
    if (!d) {
        return 0;
    }
    for (struct dirent *e; n < MAX_SEEDS && (e = readdir(d)) != NULL;) {
        if (e->d_name[0] != '.') {
            name[n++] = strdup(e->d_name);
        }
    }
    closedir(d);
    qsort(name, (size_t)n, sizeof *name, by_name);
    for (int i = 0; i < n; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", dir, name[i]);
        FILE *f = fopen(path, "rb");
        seed[i].p = malloc(MAX_BYTES);
        seed[i].n = f ? fread(seed[i].p, 1, MAX_BYTES, f) : 0;
        if (f) {
            fclose(f);
        }
        free(name[i]);
    }
    return n;
}

/* The input lives in memory of exactly its size, so that a sanitizer sees a read past the end. */
static void give(const char *p, size_t n)
{
    uint8_t *copy = malloc(n ? n : 1);
    memcpy(copy, p, n);
    LLVMFuzzerTestOneInput(copy, n);
    free(copy);
}

static size_t mutate(char *p, size_t n, size_t cap)
{
    for (uint32_t steps = 1 + draw(4); steps > 0; steps--) {
        size_t at = n ? draw((uint32_t)n) : 0, len = 1 + draw(8);
        static const char spice[] = "\",;\n\r\0-.0123456789\x80\xC3\xE1\xEF\xFF=@{}[]<>&";
        switch (draw(5)) {
        case 0: /* another byte */
            if (n) {
                p[at] = draw(2) ? (char)draw(256) : spice[draw(sizeof spice - 1)];
            }
            break;
        case 1: /* one bit */
            if (n) {
                p[at] = (char)(p[at] ^ (1 << draw(8)));
            }
            break;
        case 2: /* cut */
            len = len < n - at ? len : n - at;
            memmove(p + at, p + at + len, n - at - len);
            n -= len;
            break;
        case 3: /* insert */
            if (n + len <= cap) {
                memmove(p + at + len, p + at, n - at);
                for (size_t i = 0; i < len; i++) {
                    p[at + i] = spice[draw(sizeof spice - 1)];
                }
                n += len;
            }
            break;
        default: /* repeat a stretch */
            len = len * 8 < n - at ? len * 8 : n - at;
            if (n + len <= cap) {
                memmove(p + at + len, p + at, n - at);
                n += len;
            }
        }
    }
    return n;
}

int main(int argc, char **argv)
{
    const char *base = strrchr(argv[0], '/');
    base = base ? base + 1 : argv[0];
    char dir[512];
    snprintf(dir, sizeof dir, "tests/fuzz/corpus/%s", strncmp(base, "replay_", 7) == 0 ? base + 7 : base);
    int n = load(argc > 1 ? argv[1] : dir);
    printf("1..2\n");
    if (n == 0) {
        printf("not ok 1 - no seeds in %s\nnot ok 2 - nothing to mutate\n", dir);
        return 1;
    }
    for (int i = 0; i < n; i++) {
        give(seed[i].p, seed[i].n);
    }
    printf("ok 1 - %d seeds\n", n);
    fflush(stdout);
    char *work = malloc(MAX_BYTES);
    for (int i = 0; i < MUTATIONS; i++) {
        int s = (int)draw((uint32_t)n);
        memcpy(work, seed[s].p, seed[s].n);
        give(work, mutate(work, seed[s].n, MAX_BYTES));
    }
    printf("ok 2 - %d mutations\n", MUTATIONS);
    free(work);
    for (int i = 0; i < n; i++) {
        free(seed[i].p);
    }
    return 0;
}
