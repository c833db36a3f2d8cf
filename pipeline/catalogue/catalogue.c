/* catalogue.c — where the files are, in which order they are read, and what the whole is worth as one digest.
 *
 * Order of loading is order of reference: what the locality switches on and off, lists, then indicators that name them, then regions, then the locality that names a
 * region, then targets, leads, tasks and points that name all of these. The digest is SHA-256 over (name, length, bytes) of every
 * file read, by name; names are relative, so a locality given as a slug and the same one given as a path agree. */
#include <stdio.h>
#include <stdlib.h>
#include "catalogue/load.h"

static const char *const *codes_of(struct gb_load *l, const void *base, size_t stride, int n, size_t *out_n)
{
    const char **v = GB_NEW_N(&l->c->arena, (size_t)n, const char *);
    for (int i = 0; i < n; i++) /* `code` is the first member of each of these structs */
        memcpy(&v[i], (const char *)base + (size_t)i * stride, sizeof v[i]);
    *out_n = (size_t)n;
    return v;
}

const char *const *gb_indicator_codes(struct gb_load *l, size_t *n)
{
    if (l->indicator_codes_n != l->c->n_indicators || !l->indicator_codes)
        l->indicator_codes = codes_of(l, l->c->indicator, sizeof *l->c->indicator, l->indicator_codes_n = l->c->n_indicators, n);
    *n = (size_t)l->indicator_codes_n;
    return l->indicator_codes;
}

const char *const *gb_region_codes(struct gb_load *l, size_t *n)
{
    if (l->region_codes_n != l->c->n_regions || !l->region_codes)
        l->region_codes = codes_of(l, l->c->region, sizeof *l->c->region, l->region_codes_n = l->c->n_regions, n);
    *n = (size_t)l->region_codes_n;
    return l->region_codes;
}

const char *const *gb_agency_codes(struct gb_load *l, size_t *n)
{
    if (l->agency_codes_n != l->c->n_agencies || !l->agency_codes)
        l->agency_codes = codes_of(l, l->c->agency, sizeof *l->c->agency, l->agency_codes_n = l->c->n_agencies, n);
    *n = (size_t)l->agency_codes_n;
    return l->agency_codes;
}

/* ---- where ------------------------------------------------------------------------------------------------------------ */

static enum gb_code unknown_locality(struct gb_load *l, const char *dir, const char *locality, struct gb_err *e)
{
    struct gb_arena *a = &l->c->arena;
    const char **names = NULL;
    size_t n = 0;
    struct gb_err ignored = { 0 };
    struct gb_buf b = { 0 };
    if (gb_dir_exists(dir) && gb_dir_list(a, dir, &names, &n, &ignored) == GB_OK)
        for (size_t i = 0; i < n; i++)
            if (gb_ends_with(names[i], "/"))
                gb_buf_addf(&b, "%s%.*s", b.n ? ", " : "", (int)strlen(names[i]) - 1, names[i]);
    gb_fail(e, GB_E_USAGE, "không có địa phương \"%s\"; có trong %s: %s; hoặc cho đường dẫn tới một thư mục địa phương", locality,
            dir, b.n ? b.p : "(chưa có địa phương nào)");
    gb_buf_release(&b);
    return GB_E_USAGE;
}

static enum gb_code locate(struct gb_load *l, const char *reports, const char *locality, struct gb_err *e)
{
    struct gb_catalogue *c = l->c;
    struct gb_arena *a = &c->arena;
    const char *localities = gb_path_join(a, reports, "localities");
    c->dir_reports = gb_strdup(a, reports);
    bool is_path = strchr(locality, '/') || gb_streq(locality, ".") || gb_streq(locality, "..");
    const char *dir = is_path || !*locality ? locality : gb_path_join(a, localities, locality);
    if (!is_path && *locality && !gb_dir_exists(dir))
        dir = locality; /* a folder beside, given without a slash */
    if (!*locality || !gb_dir_exists(dir))
        return unknown_locality(l, localities, locality, e);
    size_t n = strlen(dir);
    while (n > 1 && dir[n - 1] == '/')
        n--;
    c->dir_locality = gb_strndup(a, dir, n);
    l->rel_locality = gb_sprintf(a, "localities/%s", gb_path_base(c->dir_locality));
    const char *own = gb_path_join(a, c->dir_locality, "catalogue");
    bool has_own = gb_dir_exists(own);
    c->own_catalogue = has_own;
    l->dir_catalogue = has_own ? own : gb_path_join(a, reports, "catalogue");
    l->rel_catalogue = has_own ? gb_path_join(a, l->rel_locality, "catalogue") : "catalogue";
    return GB_OK;
}

/* ---- the whole -------------------------------------------------------------------------------------------------------- */

static int by_rel(const void *x, const void *y)
{
    const struct gb_read_file *a = x, *b = y;
    return strcmp(a->rel, b->rel);
}

static struct gb_sha256 digest(struct gb_load *l)
{
    struct gb_sha256_state s;
    gb_sha256_init(&s);
    if (l->n_files > 1)
        qsort(l->file, l->n_files, sizeof *l->file, by_rel);
    for (size_t i = 0; i < l->n_files; i++) {
        char len[32];
        int k = snprintf(len, sizeof len, "%zu", l->file[i].n);
        gb_sha256_update(&s, l->file[i].rel, strlen(l->file[i].rel) + 1);
        gb_sha256_update(&s, len, (size_t)k + 1); /* the length ends a file: no two lists of files hash the same bytes */
        gb_sha256_update(&s, l->file[i].bytes, l->file[i].n);
    }
    return gb_sha256_final(&s);
}

/* The column that names the indicator of a row, in a table whose rows are each one indicator's; NULL for other files. */
static const char *indicator_column(const char *rel)
{
    const char *base = gb_path_base(rel);
    if (gb_streq(base, "indicators.csv"))
        return "code";
    return gb_streq(base, "targets.csv") || gb_streq(base, "points.csv") || gb_streq(base, "consistency.csv")
               ? "indicator"
               : NULL; /* owners.csv is no secret */
}

static bool row_seen(const struct gb_catalogue *c, struct gb_str code, enum gb_part part)
{
    int i = gb_map_find(&c->by_indicator, code.p, code.n);
    if (i < 0) /* switched off here: no edition shows it; `*` of consistency.csv is no secret */
        return part == GB_PART_ALL || (code.n == 1 && code.p[0] == '*');
    return gb_indicator_part(&c->indicator[i]) <= part;
}

/* Cells, not bytes: what stands between the rows, and in which line a row stands, is nothing that an edition shows. */
static void digest_rows(const struct gb_catalogue *c, const struct gb_read_file *f, const char *column, enum gb_part part,
                        struct gb_sha256_state *s)
{
    struct gb_csv r;
    int at = -1;
    gb_csv_init(&r, f->bytes, f->n, ',');
    while (gb_csv_next(&r) == GB_CSV_ROW) {
        if (at < 0) {
            for (int i = 0; i < r.n_fields; i++)
                if (strlen(column) == r.field[i].n && memcmp(column, r.field[i].p, r.field[i].n) == 0)
                    at = i;
            if (at < 0)
                break; /* a header that the loader refuses */
        } else if (at < r.n_fields && !row_seen(c, r.field[at], part)) {
            continue;
        }
        for (int i = 0; i < r.n_fields; i++) {
            gb_sha256_update(s, r.field[i].p, r.field[i].n);
            gb_sha256_update(s, i + 1 < r.n_fields ? "," : "\n", 2);
        }
    }
    gb_csv_release(&r);
}

/* After digest(): the files are in order. */
static struct gb_sha256 digest_seen(const struct gb_load *l, enum gb_part part)
{
    struct gb_sha256_state s;
    gb_sha256_init(&s);
    for (size_t i = 0; i < l->n_files; i++) {
        const struct gb_read_file *f = &l->file[i];
        const char *column = indicator_column(f->rel);
        struct gb_sha256 h = gb_sha256_of(f->bytes, f->n);
        if (column) {
            struct gb_sha256_state rows;
            gb_sha256_init(&rows);
            digest_rows(l->c, f, column, part, &rows);
            h = gb_sha256_final(&rows);
        }
        gb_sha256_update(&s, f->rel, strlen(f->rel) + 1);
        gb_sha256_update(&s, h.b, sizeof h.b);
    }
    return gb_sha256_final(&s);
}

static int by_target(const void *x, const void *y)
{
    const struct gb_target *a = x, *b = y;
    if (a->indicator_i != b->indicator_i)
        return a->indicator_i - b->indicator_i;
    return a->region_i != b->region_i ? a->region_i - b->region_i : a->year - b->year;
}

static enum gb_code refuse(const struct gb_load *l, struct gb_err *e)
{
    for (size_t i = 0; i < l->notes.n; i++) {
        const struct gb_fault_note *n = &l->notes.v[i];
        if (n->fatal)
            return gb_fail(e, GB_E_CONFIG, "danh mục có %d lỗi; lỗi đầu tiên: %s:%d%s%s: %s", l->n_fatal, n->file, n->line,
                           n->column ? ", cột " : "", n->column ? n->column : "", n->text);
    }
    gb_bug("a fatal note that is not there");
}

enum gb_code gb_catalogue_load(struct gb_catalogue *c, const char *reports, const char *locality, struct gb_fault_notes *notes,
                               struct gb_err *e)
{
    *c = (struct gb_catalogue){ 0 };
    gb_arena_init(&c->arena, 0);
    struct gb_map *const maps[] = { &c->by_indicator, &c->by_region, &c->by_agency,     &c->by_scenario,  &c->by_group,
                                    &c->by_sector,    &c->by_task,   &c->off_indicator, &c->off_scenario, &c->off_group };
    for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++)
        gb_map_init(maps[i]);
    struct gb_load l = { .c = c, .notes = { .arena = &c->arena } };
    if (notes)
        *notes = l.notes;
    enum gb_code code = locate(&l, reports, locality, e);
    if (code != GB_OK)
        return code;
    gb_map_init(&l.scenarios_on);
    gb_map_init(&l.groups_on);
    gb_map_init(&l.indicators_off);
    enum gb_code (*const step[])(struct gb_load *,
                                 struct gb_err *) = { gb_load_overlay,    gb_load_lists,       gb_load_owners,
                                                      gb_load_indicators, gb_load_regions,     gb_load_locality,
                                                      gb_load_plans,      gb_load_consistency, gb_load_boundaries };
    for (size_t i = 0; i < sizeof step / sizeof step[0] && code == GB_OK; i++)
        code = step[i](&l, e);
    if (code == GB_OK) {
        gb_check_all(&l);
        gb_catalogue_on(c, (struct gb_date){ 0 });
        if (c->n_targets > 1)
            qsort(c->target, (size_t)c->n_targets, sizeof *c->target, by_target);
        c->digest = digest(&l);
        for (int part = 0; part < GB_N_PARTS; part++)
            c->digest_of[part] = digest_seen(&l, (enum gb_part)part);
    }
    gb_map_release(&l.scenarios_on);
    gb_map_release(&l.groups_on);
    gb_map_release(&l.indicators_off);
    gb_notes_sort(&l.notes);
    if (notes)
        *notes = l.notes;
    if (code == GB_OK && l.n_fatal > 0)
        code = refuse(&l, e);
    return code;
}

void gb_catalogue_release(struct gb_catalogue *c)
{
    struct gb_map *const maps[] = { &c->by_indicator, &c->by_region, &c->by_agency,     &c->by_scenario,  &c->by_group,
                                    &c->by_sector,    &c->by_task,   &c->off_indicator, &c->off_scenario, &c->off_group };
    for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++)
        gb_map_release(maps[i]);
    gb_arena_release(&c->arena);
    *c = (struct gb_catalogue){ 0 };
}
