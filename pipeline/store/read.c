/* read.c — vintages, deliveries and the replay of segments.
 *
 * Order is that of content, (as_of, seq, agency, sha256), never that of arrival. The replay first fetches the small keys of all
 * segments, sorts them by (indicator, rank of the delivery) here, and then reads each blob once by its row id: sorting blobs in
 * SQL would copy every byte through the sorter. The only index is (delivery, indicator), so that an append writes at its end;
 * the other order would touch a page for each indicator and double the cost of a small delivery. Decoding happens in a scratch arena that is rewound after each segment, so
 * memory follows the largest segment, not the store.
 */
#include <stdlib.h>

#include "store/store_int.h"

/* ---- deliveries ---------------------------------------------------------------------------------------------------- */
static enum gb_code read_delivery(struct gb_store *s, struct gb_arena *a, sqlite3_stmt *q, struct gb_delivery *d,
                                  struct gb_err *e)
{
    d->id = sqlite3_column_int64(q, 0);
    d->agency = gb_strdup(a, col_text(q, 1));
    d->as_of = gb_date_from_days((int32_t)sqlite3_column_int64(q, 2));
    d->seq = sqlite3_column_int64(q, 3);
    const void *sha = sqlite3_column_blob(q, 4);
    if (sha && sqlite3_column_bytes(q, 4) == (int)sizeof d->sha256.b)
        memcpy(d->sha256.b, sha, sizeof d->sha256.b);
    d->file_name = gb_strdup(a, col_text(q, 5));
    d->title = gb_strdup(a, col_text(q, 6));
    d->received_utc = sqlite3_column_int64(q, 7);
    d->delivered_utc = sqlite3_column_int64(q, 8);
    d->bytes = sqlite3_column_int64(q, 9);
    d->n_rows = sqlite3_column_int64(q, 10);
    d->n_rounded = sqlite3_column_int64(q, 11);
    d->n_marked = sqlite3_column_int64(q, 12);
    d->sample = sqlite3_column_int64(q, 13) != 0;
    if (!d->agency || !d->file_name || sqlite3_column_int64(q, 14) != gb_store_delivery_sum(d))
        return gb_fail(e, GB_E_IO, "kho %s: bản giao nộp số %lld hỏng (sai tổng kiểm tra); khôi phục từ bản sao lưu", s->path,
                       (long long)d->id);
    return GB_OK;
}

static bool same_key(const struct gb_delivery *a, const struct gb_delivery *b)
{
    return a->seq == b->seq && gb_date_cmp(a->as_of, b->as_of) == 0 && gb_streq(a->agency, b->agency);
}

enum gb_code gb_store_load_deliveries(struct gb_store *s, struct gb_arena *a, int64_t vintage, struct gb_delivery **out,
                                      size_t *n, struct gb_err *e)
{
    sqlite3_stmt *q;
    enum gb_code rc =
        gb_store_prepare(s, &q,
                         "SELECT id, agency, as_of, seq, sha256, file_name, title, received_utc, delivered_utc, "
                         "bytes, n_rows, n_rounded, n_marked, sample, sum FROM delivery WHERE id <= ?1 AND as_of <= ?2 "
                         "ORDER BY as_of, seq, agency, sha256",
                         e);
    if (rc)
        return rc;
    sqlite3_bind_int64(q, 1, vintage);
    sqlite3_bind_int64(q, 2, s->until);
    struct gb_delivery *v = NULL;
    size_t cap = 0;
    int step;
    *n = 0;
    while (!rc && (step = sqlite3_step(q)) != SQLITE_DONE) {
        if (step != SQLITE_ROW) {
            rc = gb_store_fail(s, e, "đọc bản giao nộp");
            break;
        }
        v = gb_grow(v, &cap, *n + 1, sizeof *v);
        v[*n] = (struct gb_delivery){ 0 };
        rc = read_delivery(s, a, q, &v[*n], e);
        ++*n;
    }
    sqlite3_finalize(q);
    *out = GB_NEW_N(a, *n, struct gb_delivery);
    if (!rc && *n)
        memcpy(*out, v, *n * sizeof *v);
    free(v);
    for (size_t i = 1; i < *n && !rc; i++) /* twins are neighbours: sha256 is the last key */
        if (same_key(&(*out)[i - 1], &(*out)[i]))
            (*out)[i - 1].conflict = (*out)[i].conflict = true;
    return rc;
}

/* Everything of one reading sees one state of the file. */
static enum gb_code begin_read(struct gb_store *s, int64_t *vintage, struct gb_err *e)
{
    int64_t newest;
    enum gb_code rc = gb_store_exec(s, "BEGIN", "đọc", e);
    if (!rc)
        rc = gb_store_newest(s, &newest, e);
    if (rc)
        return rc;
    if (*vintage == 0)
        *vintage = newest;
    if (*vintage < 0 || *vintage > newest)
        return gb_fail(e, GB_E_USAGE, "kho %s: không có phiên bản số liệu %lld; mới nhất là %lld", s->path, (long long)*vintage,
                       (long long)newest);
    return GB_OK;
}

enum gb_code gb_store_deliveries(struct gb_store *s, struct gb_arena *a, int64_t vintage, struct gb_delivery **out, size_t *n,
                                 struct gb_err *e)
{
    *out = NULL;
    *n = 0;
    enum gb_code rc = begin_read(s, &vintage, e);
    if (!rc)
        rc = gb_store_load_deliveries(s, a, vintage, out, n, e);
    gb_store_rollback(s);
    return rc;
}

enum gb_code gb_store_refusals(struct gb_store *s, struct gb_arena *a, int64_t vintage, struct gb_refusal **out, size_t *n,
                               struct gb_err *e)
{
    *out = NULL;
    *n = 0;
    enum gb_code rc = begin_read(s, &vintage, e);
    if (!rc)
        rc = gb_store_load_refusals(s, a, vintage, out, n, e);
    gb_store_rollback(s);
    return rc;
}

void gb_store_until(struct gb_store *s, struct gb_date d)
{
    s->until = gb_date_to_days(d);
}

/* ---- vintages ------------------------------------------------------------------------------------------------------ */
enum gb_code gb_store_vintage(struct gb_store *s, int64_t number, struct gb_vintage *out, struct gb_err *e)
{
    *out = (struct gb_vintage){ 0 };
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct gb_delivery *d = NULL;
    struct gb_refusal *refusal = NULL;
    size_t n = 0, n_refusals = 0;
    enum gb_code rc = begin_read(s, &number, e);
    if (!rc)
        rc = gb_store_load_deliveries(s, &a, number, &d, &n, e);
    if (!rc)
        rc = gb_store_load_refusals(s, &a, number, &refusal, &n_refusals, e);
    gb_store_rollback(s);
    struct gb_sha256_state h;
    gb_sha256_init(&h);
    if (s->until != INT32_MAX)
        number = 0;
    for (size_t i = 0; i < n && !rc; i++) {
        char iso[16], hex[65];
        gb_date_iso(d[i].as_of, iso);
        gb_sha256_hex(&d[i].sha256, hex);
        const char *line = gb_sprintf(&a, "%s %lld %s %s\n", iso, (long long)d[i].seq, d[i].agency, hex);
        gb_sha256_update(&h, line, strlen(line));
        out->last_as_of = d[i].as_of; /* replay order: the last is the greatest */
        number = s->until != INT32_MAX && d[i].id > number ? d[i].id : number;
    }
    for (size_t i = 0; i < n_refusals && !rc; i++) /* a number that knows them too */
        number = s->until != INT32_MAX && refusal[i].after > number ? refusal[i].after : number;
    gb_store_hash_refusals(&h, &a, refusal, n_refusals);
    out->number = number;
    if (s->until != INT32_MAX)
        out->until = gb_date_from_days(s->until);
    out->n_deliveries = (int64_t)n;
    out->digest = gb_sha256_final(&h);
    gb_arena_release(&a);
    return rc;
}

enum gb_code gb_store_vintage_on(struct gb_store *s, struct gb_date d, int64_t *number, struct gb_err *e)
{
    sqlite3_stmt *q;
    *number = 0;
    enum gb_code rc = gb_store_prepare(s, &q,
                                       "SELECT coalesce((SELECT min(id) - 1 FROM delivery WHERE received_utc >= ?1), "
                                       "(SELECT max(id) FROM delivery), 0)",
                                       e);
    if (rc)
        return rc;
    sqlite3_bind_int64(q, 1, gb_time_utc(((int64_t)gb_date_to_days(d) + 1) * 86400)); /* midnight after the day */
    if (sqlite3_step(q) == SQLITE_ROW)
        *number = sqlite3_column_int64(q, 0);
    else
        rc = gb_store_fail(s, e, "tìm phiên bản theo ngày");
    sqlite3_finalize(q);
    return rc;
}

/* ---- replay -------------------------------------------------------------------------------------------------------- */
struct key {
    int64_t row_id;
    const char *indicator;
    uint32_t rank;
};
struct plan {
    struct gb_delivery *delivery;
    size_t n_deliveries;
    struct key *key; /* to be replayed, in order */
    size_t n_keys;
};

static int by_order(const void *pa, const void *pb)
{
    const struct key *a = pa, *b = pb;
    if (a->indicator != b->indicator)
        return strcmp(a->indicator, b->indicator); /* one address a code */
    return a->rank < b->rank ? -1 : a->rank > b->rank;
}

/* Indicator codes are kept once, so that most comparisons are of addresses. */
struct names {
    struct gb_map map;
    const char **v;
    size_t n, cap;
};

static const char *name_once(struct gb_arena *a, struct names *names, const char *code)
{
    const size_t len = strlen(code);
    int32_t at = gb_map_find(&names->map, code, len);
    if (at < 0) {
        at = (int32_t)names->n;
        names->v = gb_grow(names->v, &names->cap, names->n + 1, sizeof *names->v);
        names->v[names->n++] = gb_strndup(a, code, len);
        gb_map_put(&names->map, names->v[at], len, at);
    }
    return names->v[at];
}

/* Walks the index (delivery_id, indicator) alone: no blob is touched. */
static enum gb_code list_keys(struct gb_store *s, struct gb_arena *a, int64_t vintage, const char *indicator, bool with_conflicts,
                              struct plan *p, struct gb_err *e)
{
    uint32_t *rank = GB_NEW_N(a, (size_t)vintage + 1, uint32_t); /* by id, 1-based; 0 = not replayed */
    for (size_t i = 0; i < p->n_deliveries; i++)
        if (with_conflicts || !p->delivery[i].conflict)
            rank[p->delivery[i].id] = (uint32_t)i + 1;
    sqlite3_stmt *q;
    enum gb_code rc = gb_store_prepare(s, &q,
                                       indicator ? "SELECT id, delivery_id, indicator FROM segment "
                                                   "WHERE delivery_id <= ?1 AND indicator = ?2 ORDER BY delivery_id, indicator"
                                                 : "SELECT id, delivery_id, indicator FROM segment "
                                                   "WHERE delivery_id <= ?1 ORDER BY delivery_id, indicator",
                                       e);
    if (rc)
        return rc;
    sqlite3_bind_int64(q, 1, vintage);
    if (indicator)
        bind_text(q, 2, indicator);
    struct names names = { 0 };
    gb_map_init(&names.map);
    size_t cap = 0;
    int step;
    while (!rc && (step = sqlite3_step(q)) != SQLITE_DONE) {
        if (step != SQLITE_ROW) {
            rc = gb_store_fail(s, e, "đọc danh sách khối số liệu");
            break;
        }
        const int64_t id = sqlite3_column_int64(q, 1);
        if (id < 1 || id > vintage || !rank[id])
            continue;
        p->key = gb_grow(p->key, &cap, p->n_keys + 1, sizeof *p->key);
        p->key[p->n_keys++] = (struct key){ sqlite3_column_int64(q, 0), name_once(a, &names, col_text(q, 2)), rank[id] - 1 };
    }
    sqlite3_finalize(q);
    gb_map_release(&names.map);
    free(names.v);
    if (p->n_keys)
        qsort(p->key, p->n_keys, sizeof *p->key, by_order);
    return rc;
}

static enum gb_code read_segment(struct gb_store *s, struct gb_arena *scratch, sqlite3_stmt *q, const struct key *k,
                                 const struct gb_delivery *d, struct gb_segment *seg, struct gb_err *e)
{
    sqlite3_bind_int64(q, 1, k->row_id);
    if (sqlite3_step(q) != SQLITE_ROW)
        return gb_store_fail(s, e, "đọc khối số liệu");
    const int64_t freq = sqlite3_column_int64(q, 0), scale = sqlite3_column_int64(q, 1), n = sqlite3_column_int64(q, 2);
    if (freq < GB_FREQ_YEAR || freq > GB_FREQ_HOUR || scale < 0 || scale > 9 || n < 1 || n > (int64_t)GB_PACK_MAX_ROWS ||
        sqlite3_column_int64(q, 4) != d->id)
        return gb_fail(e, GB_E_IO, "khối số liệu hỏng: đặc tả ngoài phạm vi");
    seg->freq = (enum gb_freq)freq;
    seg->scale = (int)scale;
    seg->n = (size_t)n;
    const void *blob = sqlite3_column_blob(q, 3);
    return gb_pack_decode(scratch, blob, (size_t)sqlite3_column_bytes(q, 3), s->code, s->n_codes, seg, e);
}

static enum gb_code play(struct gb_store *s, const struct plan *p, gb_segment_fn fn, void *ctx, struct gb_err *e)
{
    sqlite3_stmt *q;
    enum gb_code rc = gb_store_prepare(s, &q, "SELECT freq, scale, n, columns, delivery_id FROM segment WHERE id = ?1", e);
    if (rc)
        return rc;
    struct gb_arena scratch;
    gb_arena_init(&scratch, 0);
    for (size_t i = 0; i < p->n_keys && !rc; i++) {
        const struct gb_arena_mark mark = gb_arena_mark(&scratch);
        const struct gb_delivery *d = &p->delivery[p->key[i].rank];
        struct gb_segment seg = { .indicator = p->key[i].indicator };
        rc = read_segment(s, &scratch, q, &p->key[i], d, &seg, e);
        if (rc)
            gb_context(e, "kho %s: chỉ số %s trong bản giao nộp số %lld (%s)", s->path, seg.indicator, (long long)d->id,
                       d->file_name);
        else
            rc = fn(ctx, d, &seg, e);
        sqlite3_reset(q);
        gb_arena_rewind(&scratch, mark);
    }
    sqlite3_finalize(q);
    gb_arena_release(&scratch);
    return rc;
}

enum gb_code gb_store_replay_any(struct gb_store *s, int64_t vintage, const char *indicator, bool with_conflicts,
                                 gb_segment_fn fn, void *ctx, struct gb_err *e)
{
    struct gb_arena a;
    gb_arena_init(&a, 0);
    struct plan p = { 0 };
    enum gb_code rc = begin_read(s, &vintage, e);
    if (!rc)
        rc = gb_store_load_codes(s, e);
    if (!rc)
        rc = gb_store_load_deliveries(s, &a, vintage, &p.delivery, &p.n_deliveries, e);
    if (!rc)
        rc = list_keys(s, &a, vintage, indicator, with_conflicts, &p, e);
    if (!rc)
        rc = play(s, &p, fn, ctx, e);
    gb_store_rollback(s);
    free(p.key);
    gb_arena_release(&a);
    return rc;
}

enum gb_code gb_store_replay(struct gb_store *s, int64_t vintage, const char *indicator, gb_segment_fn fn, void *ctx,
                             struct gb_err *e)
{
    return gb_store_replay_any(s, vintage, indicator, false, fn, ctx, e);
}

static int by_conflict(const void *pa, const void *pb)
{
    const struct gb_conflict *a = pa, *b = pb;
    int order = strcmp(a->agency, b->agency);
    if (!order)
        order = gb_date_cmp(a->as_of, b->as_of);
    if (!order)
        order = (a->seq > b->seq) - (a->seq < b->seq);
    return order ? order : strcmp(a->indicator, b->indicator);
}

/* Indicators of one conflicting delivery that no later, unconflicting seq of the same agency and as_of has settled. */
static const char unsettled[] =
    "SELECT DISTINCT g.indicator FROM segment g JOIN delivery d ON d.id = g.delivery_id WHERE d.id = ?1 AND NOT EXISTS("
    "SELECT 1 FROM delivery l JOIN segment t ON t.delivery_id = l.id AND t.indicator = g.indicator "
    "WHERE l.agency = d.agency AND l.as_of = d.as_of AND l.seq > d.seq AND l.id <= ?2 AND (SELECT count(*) FROM delivery x "
    "WHERE x.agency = l.agency AND x.as_of = l.as_of AND x.seq = l.seq AND x.id <= ?2) = 1)";

struct conflicts {
    struct gb_conflict *v;
    size_t n, cap;
};

static enum gb_code conflicts_of(struct gb_store *s, struct gb_arena *a, int64_t vintage, const struct gb_delivery *d,
                                 struct conflicts *found, struct gb_err *e)
{
    sqlite3_stmt *q;
    enum gb_code rc = gb_store_prepare(s, &q, unsettled, e);
    if (rc)
        return rc;
    sqlite3_bind_int64(q, 1, d->id);
    sqlite3_bind_int64(q, 2, vintage);
    int step;
    while ((step = sqlite3_step(q)) == SQLITE_ROW) {
        const char *code = col_text(q, 0);
        found->v = gb_grow(found->v, &found->cap, found->n + 1, sizeof *found->v);
        found->v[found->n++] = (struct gb_conflict){
            .agency = d->agency, .indicator = gb_strndup(a, code, strlen(code)), .as_of = d->as_of, .seq = d->seq
        };
    }
    if (step != SQLITE_DONE)
        rc = gb_store_fail(s, e, "đọc chỉ số xung đột");
    sqlite3_finalize(q);
    return rc;
}

enum gb_code gb_store_conflicts(struct gb_store *s, struct gb_arena *a, int64_t vintage, struct gb_conflict **out, size_t *n,
                                struct gb_err *e)
{
    struct gb_delivery *d = NULL;
    size_t n_deliveries = 0;
    struct conflicts found = { 0 };
    *out = NULL;
    *n = 0;
    enum gb_code rc = begin_read(s, &vintage, e);
    if (!rc)
        rc = gb_store_load_deliveries(s, a, vintage, &d, &n_deliveries, e);
    for (size_t i = 0; i < n_deliveries && !rc; i++)
        if (d[i].conflict)
            rc = conflicts_of(s, a, vintage, &d[i], &found, e);
    gb_store_rollback(s);
    if (!rc && found.n) {
        qsort(found.v, found.n, sizeof *found.v, by_conflict);
        *out = GB_NEW_N(a, found.n, struct gb_conflict);
        for (size_t i = 0; i < found.n; i++) /* the twins mostly speak of the same indicators */
            if (i == 0 || by_conflict(&found.v[i - 1], &found.v[i]) != 0)
                (*out)[(*n)++] = found.v[i];
    }
    free(found.v);
    return rc;
}
