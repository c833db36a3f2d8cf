/* ingest_wire.c — see ingest_wire.h. Columns travel as columns; region codes once each, rows by number. */
#include "app/ingest_wire.h"
#include "base/file.h"

static void put_date(struct gb_buf *b, struct gb_date d)
{
    gb_put_i64(b, d.year ? gb_date_to_days(d) : INT64_MIN);
}

static struct gb_date take_date(struct gb_wire *w)
{
    int64_t v = gb_take_i64(w);
    struct gb_date none = { 0 };
    if (v == INT64_MIN)
        return none;
    if (v < -200000 || v > 4000000) {
        w->bad = true;
        return none;
    }
    return gb_date_from_days((int32_t)v);
}

/* ---- question ---- */

void gb_intake_ask(struct gb_buf *out, const char *name, const void *p, size_t n, const void *meta, size_t m,
                   struct gb_date today, bool partial)
{
    gb_put_str(out, name);
    put_date(out, today);
    gb_put_u8(out, partial);
    gb_put_u8(out, meta != NULL);
    gb_put_bytes(out, meta ? meta : "", m);
    gb_put_bytes(out, p ? p : "", n);
}

bool gb_intake_question_read(struct gb_arena *a, const void *p, size_t n, struct gb_intake_question *q)
{
    struct gb_wire w = { .p = p, .end = (const uint8_t *)p + n };
    memset(q, 0, sizeof *q);
    q->name = gb_take_str(&w, a);
    q->opt.today = take_date(&w);
    q->opt.partial = gb_take_u8(&w) != 0;
    q->has_meta = gb_take_u8(&w) != 0;
    q->meta = gb_take_bytes(&w);
    q->bytes = gb_take_bytes(&w);
    return gb_wire_done(&w) && q->name;
}

/* ---- answer ---- */

static void put_delivery(struct gb_buf *b, const struct gb_delivery *d)
{
    gb_put_str(b, d->agency);
    gb_put_str(b, d->file_name);
    gb_put_str(b, d->title);
    put_date(b, d->as_of);
    gb_put_i64(b, d->seq);
    gb_put_i64(b, d->delivered_utc);
    gb_put_raw(b, d->sha256.b, sizeof d->sha256.b);
    gb_put_i64(b, d->bytes);
    gb_put_i64(b, d->n_rows);
    gb_put_i64(b, d->n_rounded);
    gb_put_i64(b, d->n_marked);
    gb_put_u8(b, d->sample);
}

static void put_segment(struct gb_buf *b, const struct gb_segment *s)
{
    struct gb_map seen;
    struct gb_buf dict = { 0 }, rows = { 0 };
    int32_t n_dict = 0;
    const char *last = NULL;
    int32_t last_id = -1;

    gb_map_init(&seen);
    for (size_t i = 0; i < s->n; i++) {
        if (s->region[i] != last) {
            last = s->region[i];
            if (gb_map_put(&seen, last, strlen(last), n_dict)) {
                gb_put_str(&dict, last);
                n_dict++;
            }
            last_id = gb_map_find_c(&seen, last);
        }
        gb_put_u32(&rows, (uint32_t)last_id);
    }
    gb_put_str(b, s->indicator);
    gb_put_u8(b, (uint8_t)s->scale);
    gb_put_u8(b, (uint8_t)s->freq);
    gb_put_i64(b, (int64_t)s->n);
    gb_put_u32(b, (uint32_t)n_dict);
    gb_put_raw(b, dict.p ? dict.p : "", dict.n);
    gb_put_raw(b, rows.p ? rows.p : "", rows.n);
    gb_put_raw(b, s->period, s->n * sizeof *s->period);
    gb_put_raw(b, s->value, s->n * sizeof *s->value);
    gb_put_raw(b, s->status, s->n);
    gb_put_u8(b, s->line != NULL);
    if (s->line)
        gb_put_raw(b, s->line, s->n * sizeof *s->line);
    gb_put_u8(b, s->note != NULL);
    for (size_t i = 0; s->note && i < s->n; i++)
        gb_put_str(b, s->note[i]);
    gb_map_release(&seen);
    gb_buf_release(&dict);
    gb_buf_release(&rows);
}

void gb_intake_encode(const struct gb_intake *r, struct gb_buf *b)
{
    put_delivery(b, &r->delivery);
    gb_put_str(b, r->sheet);
    gb_put_u8(b, r->accepted);
    const int64_t counts[] = { r->rows_read,    r->rows_accepted, r->rows_refused,           r->rows_marked,
                               r->rows_rounded, r->rows_repeated, (int64_t)r->n_findings_all };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        gb_put_i64(b, counts[i]);
    gb_put_u32(b, (uint32_t)r->n_findings);
    for (size_t i = 0; i < r->n_findings; i++) {
        const struct gb_finding *f = &r->finding[i];
        gb_put_u8(b, (uint8_t)f->severity);
        gb_put_i64(b, f->line);
        gb_put_u32(b, (uint32_t)f->cell_column);
        gb_put_str(b, f->code);
        gb_put_str(b, f->column);
        gb_put_str(b, f->found);
        gb_put_str(b, f->expected);
        gb_put_str(b, f->remedy);
    }
    gb_put_u32(b, (uint32_t)r->n_groups);
    for (size_t i = 0; i < r->n_groups; i++) {
        const struct gb_finding_group *g = &r->group[i];
        gb_put_u8(b, (uint8_t)g->severity);
        gb_put_str(b, g->code);
        gb_put_str(b, g->column);
        gb_put_i64(b, g->n);
        gb_put_u8(b, (uint8_t)g->n_lines);
        for (int k = 0; k < g->n_lines; k++) {
            gb_put_i64(b, g->line[k]);
            gb_put_u32(b, (uint32_t)g->cell_column[k]);
        }
        gb_put_i64(b, g->first == SIZE_MAX ? -1 : (int64_t)g->first);
    }
    gb_put_u32(b, (uint32_t)r->n_control);
    for (size_t i = 0; i < r->n_control; i++) {
        const struct gb_control *k = &r->control[i];
        gb_put_str(b, k->indicator);
        gb_put_i64(b, k->n_rows);
        gb_put_i64(b, k->n_missing);
        gb_put_raw(b, &k->sum, sizeof k->sum);
        gb_put_u8(b, (uint8_t)k->scale);
    }
    gb_put_u32(b, r->accepted ? (uint32_t)r->n_segments : 0);
    for (size_t i = 0; r->accepted && i < r->n_segments; i++)
        put_segment(b, &r->segment[i]);
}

static void take_delivery(struct gb_wire *w, struct gb_arena *a, struct gb_delivery *d)
{
    d->agency = gb_take_str(w, a);
    d->file_name = gb_take_str(w, a);
    d->title = gb_take_str(w, a);
    d->as_of = take_date(w);
    d->seq = gb_take_i64(w);
    d->delivered_utc = gb_take_i64(w);
    const void *sha = gb_take_raw(w, sizeof d->sha256.b);
    if (sha)
        memcpy(d->sha256.b, sha, sizeof d->sha256.b);
    d->bytes = gb_take_i64(w);
    d->n_rows = gb_take_i64(w);
    d->n_rounded = gb_take_i64(w);
    d->n_marked = gb_take_i64(w);
    d->sample = gb_take_u8(w) != 0;
}

/* A column of n elements, copied so that it is aligned. */
static void *take_column(struct gb_wire *w, struct gb_arena *a, size_t n, size_t size)
{
    const void *p = n <= (size_t)(w->end - w->p) / size ? gb_take_raw(w, n * size) : NULL;
    if (!p) {
        w->bad = true;
        return NULL;
    }
    void *copy = gb_alloc_array(a, n, size);
    memcpy(copy, p, n * size);
    return copy;
}

static void take_segment(struct gb_wire *w, struct gb_arena *a, const struct gb_catalogue *c, struct gb_segment *s)
{
    s->indicator = gb_take_str(w, a);
    s->scale = gb_take_u8(w);
    s->freq = (enum gb_freq)gb_take_u8(w);
    s->n = gb_take_count(w, 17);
    uint32_t n_dict = gb_take_u32(w);
    int ind = s->indicator ? gb_indicator_find(c, s->indicator) : -1;
    if (w->bad || ind < 0 || c->indicator[ind].freq != s->freq || c->indicator[ind].scale != s->scale ||
        n_dict > (uint32_t)gb_n_region_keys(c)) {
        w->bad = true;
        return;
    }
    const char **dict = GB_NEW_N(a, n_dict, const char *);
    for (uint32_t i = 0; i < n_dict; i++) {
        const char *code = gb_take_str(w, a);
        int region = code ? gb_key_find(c, code) : -1;
        if (region < 0) {
            w->bad = true;
            return;
        }
        dict[i] = c->region[region].code;
    }
    const uint32_t *id = take_column(w, a, s->n, sizeof *id);
    s->period = take_column(w, a, s->n, sizeof *s->period);
    s->value = take_column(w, a, s->n, sizeof *s->value);
    s->status = take_column(w, a, s->n, 1);
    if (gb_take_u8(w))
        s->line = take_column(w, a, s->n, sizeof *s->line);
    bool has_note = gb_take_u8(w) != 0;
    if (w->bad)
        return;
    s->region = GB_NEW_N(a, s->n, const char *);
    s->note = has_note ? GB_NEW_N(a, s->n, const char *) : NULL;
    for (size_t i = 0; i < s->n && !w->bad; i++) {
        if (id[i] >= n_dict || (s->status[i] == 'M') != (s->value[i] == GB_VALUE_MISSING) || s->status[i] < 'A' ||
            s->status[i] > 'Z')
            w->bad = true;
        else
            s->region[i] = dict[id[i]];
        if (has_note)
            s->note[i] = gb_take_str(w, a);
    }
}

/* Only codes that a receipt has words for. */
static bool known_code(const char *code)
{
    const char *have, *title;
    for (size_t i = 0; (have = gb_finding_code(i, &title)); i++)
        if (gb_streq(have, code))
            return true;
    return false;
}

static int take_cell_column(struct gb_wire *w)
{
    const uint32_t v = gb_take_u32(w);
    w->bad = w->bad || v > 16384;
    return w->bad ? 0 : (int)v;
}

static void take_findings(struct gb_wire *w, struct gb_intake *r)
{
    uint32_t n = gb_take_u32(w);
    if (n > GB_FINDINGS_MAX || w->bad) {
        w->bad = true;
        return;
    }
    r->finding = GB_NEW_N(&r->arena, n, struct gb_finding);
    r->n_findings = n;
    for (uint32_t i = 0; i < n; i++) {
        struct gb_finding *f = &r->finding[i];
        uint8_t severity = gb_take_u8(w);
        f->severity = (enum gb_severity)severity;
        f->line = gb_take_i64(w);
        f->cell_column = take_cell_column(w);
        f->code = gb_take_str(w, &r->arena);
        f->column = gb_take_str(w, &r->arena);
        f->found = gb_take_str(w, &r->arena);
        f->expected = gb_take_str(w, &r->arena);
        f->remedy = gb_take_str(w, &r->arena);
        w->bad = w->bad || severity > GB_MARK || !known_code(f->code);
    }
}

static void take_groups(struct gb_wire *w, struct gb_intake *r)
{
    uint32_t n = gb_take_u32(w);
    if (n > 100000 || w->bad) {
        w->bad = true;
        return;
    }
    r->group = GB_NEW_N(&r->arena, n, struct gb_finding_group);
    r->n_groups = n;
    for (uint32_t i = 0; i < n && !w->bad; i++) {
        struct gb_finding_group *g = &r->group[i];
        uint8_t severity = gb_take_u8(w);
        g->severity = (enum gb_severity)severity;
        g->code = gb_take_str(w, &r->arena);
        g->column = gb_take_str(w, &r->arena);
        g->n = gb_take_i64(w);
        g->n_lines = gb_take_u8(w);
        w->bad = w->bad || severity > GB_MARK || !known_code(g->code) || g->n_lines > GB_GROUP_LINES;
        for (int k = 0; k < g->n_lines && !w->bad; k++) {
            g->line[k] = gb_take_i64(w);
            g->cell_column[k] = take_cell_column(w);
        }
        int64_t first = gb_take_i64(w);
        g->first = first < 0 ? SIZE_MAX : (size_t)first;
        w->bad = w->bad || (first >= 0 && g->first >= r->n_findings);
    }
}

static void take_control(struct gb_wire *w, struct gb_intake *r)
{
    uint32_t n = gb_take_u32(w);
    if (n > 100000 || w->bad) {
        w->bad = true;
        return;
    }
    r->control = GB_NEW_N(&r->arena, n, struct gb_control);
    r->n_control = n;
    for (uint32_t i = 0; i < n && !w->bad; i++) {
        struct gb_control *k = &r->control[i];
        k->indicator = gb_take_str(w, &r->arena);
        k->n_rows = gb_take_i64(w);
        k->n_missing = gb_take_i64(w);
        const void *sum = gb_take_raw(w, sizeof k->sum);
        if (sum)
            memcpy(&k->sum, sum, sizeof k->sum);
        k->scale = gb_take_u8(w);
        w->bad = w->bad || !k->indicator || k->scale > GB_SCALE_MAX;
    }
}

bool gb_intake_decode(struct gb_intake *r, const struct gb_catalogue *c, const void *p, size_t n)
{
    struct gb_wire w = { .p = p, .end = (const uint8_t *)p + n };
    int64_t counts[7];

    memset(r, 0, sizeof *r);
    gb_arena_init(&r->arena, 0);
    take_delivery(&w, &r->arena, &r->delivery);
    r->sheet = gb_take_str(&w, &r->arena);
    r->accepted = gb_take_u8(&w) != 0;
    for (size_t i = 0; i < 7; i++) {
        counts[i] = gb_take_i64(&w);
        w.bad = w.bad || counts[i] < 0;
    }
    r->rows_read = counts[0];
    r->rows_accepted = counts[1];
    r->rows_refused = counts[2];
    r->rows_marked = counts[3];
    r->rows_rounded = counts[4];
    r->rows_repeated = counts[5];
    r->n_findings_all = (size_t)counts[6];
    take_findings(&w, r);
    if (!w.bad)
        take_groups(&w, r);
    if (!w.bad)
        take_control(&w, r);
    uint32_t n_seg = gb_take_u32(&w);
    if (w.bad || n_seg > (uint32_t)gb_n_indicator_keys(c))
        return false;
    r->segment = GB_NEW_N(&r->arena, n_seg, struct gb_segment);
    r->n_segments = n_seg;
    for (uint32_t i = 0; i < n_seg && !w.bad; i++)
        take_segment(&w, &r->arena, c, &r->segment[i]);
    if (r->accepted && (!r->delivery.agency || gb_agency_find(c, r->delivery.agency) < 0 || r->delivery.as_of.year == 0))
        w.bad = true;
    return gb_wire_done(&w);
}
