/* compare.c EXPECTED.json OBSERVATIONS.csv EVALUATION.csv RECEIPTS — what `giaoban export` and the receipts of a night say, against
 * figures that others computed from the same deliveries. Every comparison is of exact decimal text or of whole numbers; nothing
 * passes through a binary fraction. Prints the first differences and a closing line `figures N, differences N`; exit status 1 on any.
 *
 * Not compared, because no export carries them: `revised` and `repeated_unchanged_rows` (the past of a key), and what only describes
 * the folder. */
#include <dirent.h>
#include <stdlib.h>
#include <stdio.h>
#include "base/csv.h"
#include "base/decimal.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"

enum { SHOW = 25 };
static long n_figures, n_differences;

/* One figure: two texts, NULL = the figure is not there (JSON null, empty cell, missing row). */
static void figure(const char *want, const char *got, const char *what, const char *a, const char *b)
{
    n_figures++;
    if (want && got ? strcmp(want, got) == 0 : want == got) return;
    n_differences++;
    if (n_differences <= SHOW) printf("  differs: %s %s %s: expected %s, got %s\n", what, a, b, want ? want : "(none)", got ? got : "(none)");
}

static void whole(int64_t want, int64_t got, const char *what, const char *a)
{
    char w[32], g[32];
    snprintf(w, sizeof w, "%lld", (long long)want);
    snprintf(g, sizeof g, "%lld", (long long)got);
    figure(w, g, what, a, "");
}

static int die(const char *what, struct gb_err *e)
{
    char line[GB_ERR_TEXT];
    fprintf(stderr, "compare: %s: %s\n", what, e->code != GB_OK ? gb_err_line(e, line, sizeof line) : "not as it should be");
    exit(70);
}

static int64_t whole_of(const struct gb_jval *v, const char *key)
{
    int64_t n;
    struct gb_err none = { 0 };
    if (!gb_jint(v, key, &n)) die(key, &none);
    return n;
}

/* Exact text of a sum of scaled values. */
static const char *sum_text(__int128 v, int scale, char buf[64])
{
    char digits[48];
    int n = 0, at = 0;
    unsigned __int128 m = v < 0 ? (unsigned __int128)-v : (unsigned __int128)v;
    while (m || n <= scale) digits[n++] = (char)('0' + (int)(m % 10)), m /= 10;
    if (v < 0) buf[at++] = '-';
    while (n) {
        if (n == scale) buf[at++] = '.';
        buf[at++] = digits[--n];
    }
    buf[at] = 0;
    return buf;
}

/* ---- observations: counts, sums and extremes by indicator ------------------------------------------------------------------------ */
struct totals { const struct gb_jval *want; int64_t count, missing, regions; __int128 sum; int64_t min, max; int scale; const char *region; };
struct observations { struct totals *t; int n; struct gb_map by_code; int64_t rows, missing, status[128]; };

static void observation(struct observations *o, struct gb_arena *a, const struct gb_csv *c)
{
    struct gb_err none = { 0 };
    int32_t k = gb_map_find(&o->by_code, c->field[0].p, c->field[0].n);
    o->rows++;
    if (c->field[4].n != 1) die("status of an observation", &none);
    o->status[c->field[4].p[0] & 127]++;
    if (c->field[3].n == 0) o->missing++;
    if (k < 0) { figure(NULL, gb_strndup(a, c->field[0].p, c->field[0].n), "indicator of a row", "", ""); return; }
    struct totals *t = &o->t[k];
    if (!t->region || strlen(t->region) != c->field[1].n || memcmp(t->region, c->field[1].p, c->field[1].n) != 0) { /* grouped by region */
        t->regions++;
        t->region = gb_strndup(a, c->field[1].p, c->field[1].n);
    }
    if (c->field[3].n == 0) { t->missing++; return; }
    int64_t v;
    bool rounded;
    if (gb_dec_parse(c->field[3].p, c->field[3].n, '.', 0, t->scale, &v, &rounded) != GB_NUM_OK || rounded)
        die("value of an observation", &none);
    t->sum += v;
    if (!t->count || v < t->min) t->min = v;
    if (!t->count || v > t->max) t->max = v;
    t->count++;
}

static void read_observations(struct observations *o, struct gb_arena *a, const struct gb_jval *expected, const char *path)
{
    struct gb_err e = { 0 };
    struct gb_buf b = { 0 };
    static struct gb_csv c;
    const struct gb_jval *by = gb_jget(expected, "by_indicator");
    if (!by) die("by_indicator", &e);
    o->t = GB_NEW_N(a, by->n, struct totals);
    gb_map_init(&o->by_code);
    for (const struct gb_jval *v = by->child; v; v = v->next) {
        o->t[o->n] = (struct totals){ .want = v, .scale = (int)whole_of(v, "scale") };
        gb_map_put(&o->by_code, v->key, strlen(v->key), o->n++);
    }
    if (gb_file_read(path, (size_t)2 << 30, &b, &e) != GB_OK) die(path, &e);
    gb_csv_init(&c, b.p, b.n, ',');
    if (gb_csv_next(&c) != GB_CSV_ROW || c.n_fields < 6) die(path, &e);
    enum gb_csv_status st;
    while ((st = gb_csv_next(&c)) == GB_CSV_ROW) observation(o, a, &c);
    if (st != GB_CSV_END) die(path, &e);
    gb_csv_release(&c);
    gb_buf_release(&b);
}

static void compare_observations(const struct observations *o, const struct gb_jval *expected)
{
    char text[64];
    whole(whole_of(expected, "accepted"), o->rows, "accepted", "");
    whole(whole_of(expected, "missing"), o->missing, "missing", "");
    const struct gb_jval *status = gb_jget(expected, "by_status");
    for (int s = 0; s < 128; s++) {
        char key[2] = { (char)s, 0 };
        int64_t want = 0;
        bool there = status && gb_jint(status, key, &want);
        if (there || o->status[s]) whole(want, o->status[s], "status", key);
    }
    for (int i = 0; i < o->n; i++) {
        const struct totals *t = &o->t[i];
        const char *code = t->want->key;
        whole(whole_of(t->want, "count"), t->count, "count", code);
        whole(whole_of(t->want, "missing"), t->missing, "missing", code);
        whole(whole_of(t->want, "regions"), t->regions, "regions", code);
        figure(gb_jstr(t->want, "sum"), sum_text(t->sum, t->scale, text), "sum", code, "");
        figure(gb_jstr(t->want, "min"), t->count ? sum_text(t->min, t->scale, text) : NULL, "min", code, "");
        figure(gb_jstr(t->want, "max"), t->count ? sum_text(t->max, t->scale, text) : NULL, "max", code, "");
    }
}

/* ---- evaluation: latest and what it is compared with ----------------------------------------------------------------------------- */
static int column(const struct gb_csv *head, const char *name)
{
    struct gb_err none = { 0 };
    for (int i = 0; i < head->n_fields; i++)
        if (head->field[i].n == strlen(name) && memcmp(head->field[i].p, name, head->field[i].n) == 0) return i;
    return die(name, &none);
}

static const char *cell(struct gb_arena *a, const struct gb_csv *c, int i) { return c->field[i].n ? gb_strndup(a, c->field[i].p, c->field[i].n) : NULL; }

/* A comparison is there or not as a whole: without a base value its period, value, change and percent are all empty. */
static const char *const part[] = { "latest", "previous", "previous_available", "year_before" };
static const char *const member[] = { "period", "value", "change", "pct" };
struct row { const char *key; const char *cell[4][4]; };

static void compare_pair(const struct gb_jval *pair, const struct row *r)
{
    const char *ind = gb_jstr(pair, "indicator"), *reg = gb_jstr(pair, "region");
    char what[48];
    for (int p = 0; p < 4; p++) {
        const struct gb_jval *want = gb_jget(pair, part[p]);
        for (int m = 0; m < (p ? 4 : 2); m++) {
            snprintf(what, sizeof what, "%s.%s", part[p], member[m]);
            bool none = !want || want->kind != GB_J_OBJ;
            if (none && p && m == 0) { figure(NULL, r ? r->cell[p][1] : NULL, part[p], ind, reg); break; } /* no base value: one figure, its absence */
            figure(none ? NULL : gb_jstr(want, member[m]), r ? r->cell[p][m] : NULL, what, ind, reg);
        }
    }
}

static void compare_pairs(struct gb_arena *a, const struct gb_jval *expected, const char *path)
{
    struct gb_err e = { 0 };
    struct gb_buf b = { 0 };
    static struct gb_csv c;
    struct gb_map by_key;
    int at[4][4], n = 0, cap = 0;
    struct row *row = NULL;
    gb_map_init(&by_key);
    if (gb_file_read(path, (size_t)1 << 30, &b, &e) != GB_OK) die(path, &e);
    gb_csv_init(&c, b.p, b.n, ',');
    if (gb_csv_next(&c) != GB_CSV_ROW) die(path, &e);
    for (int p = 0; p < 4; p++)
        for (int m = 0; m < (p ? 4 : 2); m++) at[p][m] = column(&c, gb_sprintf(a, "%s_%s", part[p], member[m]));
    while (gb_csv_next(&c) == GB_CSV_ROW) {
        if (n == cap) {
            struct row *more = GB_NEW_N(a, (size_t)(cap = cap ? cap * 2 : 256), struct row);
            if (n) memcpy(more, row, (size_t)n * sizeof *row);
            row = more;
        }
        struct row *r = &row[n];
        r->key = gb_sprintf(a, "%.*s %.*s", (int)c.field[0].n, c.field[0].p, (int)c.field[1].n, c.field[1].p);
        for (int p = 0; p < 4; p++)
            for (int m = 0; m < (p ? 4 : 2); m++) r->cell[p][m] = cell(a, &c, at[p][m]);
        gb_map_put(&by_key, r->key, strlen(r->key), n++);
    }
    const struct gb_jval *pairs = gb_jget(expected, "pairs");
    for (const struct gb_jval *v = pairs ? pairs->child : NULL; v; v = v->next) {
        const char *key = gb_sprintf(a, "%s %s", gb_jstr(v, "indicator"), gb_jstr(v, "region"));
        int32_t k = gb_map_find(&by_key, key, strlen(key));
        compare_pair(v, k < 0 ? NULL : &row[k]);
    }
    gb_csv_release(&c);
    gb_buf_release(&b);
    gb_map_release(&by_key);
}

/* ---- receipts: files and rows, as they were read --------------------------------------------------------------------------------- */
static void compare_receipts(struct gb_arena *a, const struct gb_jval *expected, const char *dir)
{
    struct gb_err e = { 0 };
    int64_t files = 0, refused_files = 0, rows = 0, refused = 0;
    DIR *d = opendir(dir);
    if (!d) die(dir, &e);
    for (struct dirent *x; (x = readdir(d));) { /* sums: the order does not matter */
        struct gb_buf b = { 0 };
        struct gb_jval *v;
        if (!gb_ends_with(x->d_name, ".json")) continue;
        if (gb_file_read(gb_path_join(a, dir, x->d_name), (size_t)64 << 20, &b, &e) != GB_OK || gb_json_parse(a, b.p, b.n, &v, &e) != GB_OK) die(x->d_name, &e);
        const struct gb_jval *counts = gb_jget(v, "counts"), *accepted = gb_jget(v, "accepted");
        files++;
        refused_files += !accepted || !accepted->b;
        rows += whole_of(counts, "rows_read");
        refused += whole_of(counts, "rows_refused");
        gb_buf_release(&b);
    }
    closedir(d);
    whole(whole_of(expected, "files"), files, "files", "");
    whole((int64_t)gb_jget(expected, "files_refused")->n, refused_files, "files_refused", "");
    whole(whole_of(expected, "rows"), rows, "rows", "");
    whole(whole_of(expected, "rows_refused"), refused, "rows_refused", "");
}

int main(int argc, char **argv)
{
    struct gb_err e = { 0 };
    struct gb_buf b = { 0 };
    struct gb_arena a;
    struct gb_jval *expected;
    static struct observations o;
    if (argc != 5) {
        fprintf(stderr, "usage: compare EXPECTED.json OBSERVATIONS.csv EVALUATION.csv RECEIPTS\n");
        return 64;
    }
    gb_arena_init(&a, 0);
    if (gb_file_read(argv[1], (size_t)64 << 20, &b, &e) != GB_OK || gb_json_parse(&a, b.p, b.n, &expected, &e) != GB_OK) die(argv[1], &e);
    compare_receipts(&a, expected, argv[4]);
    read_observations(&o, &a, expected, argv[2]);
    compare_observations(&o, expected);
    compare_pairs(&a, expected, argv[3]);
    printf("figures %ld, differences %ld\n", n_figures, n_differences);
    gb_map_release(&o.by_code);
    gb_buf_release(&b);
    gb_arena_release(&a);
    return n_differences != 0;
}
