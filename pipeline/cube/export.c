/* Rows are built in one buffer that goes to the sink whenever it passes 64 KiB.
 * What repeats is made once: the head of a row per series, the text of a period (neighbouring series have the same ones) and of
 * a delivery date (a series' rows mostly came together).
 * Order across parts: parts are each sorted by (indicator, region), so their merge is the file order of the catalogue and does
 * not tell which part a series lies in.
 */
#include "cube/export.h"
#include "base/csv.h"
#include "base/fault.h"
#include "base/json.h"
#include <errno.h>
#include <unistd.h>

enum { CHUNK = 1 << 16 };

enum gb_code gb_sink_fd(void *ctx, const void *p, size_t n, struct gb_err *e)
{
    const char *at = p;
    while (n > 0) {
        ssize_t k = gb_fault("io.write") ? -1 : write(*(const int *)ctx, at, n);
        if (k > 0)
            at += k, n -= (size_t)k;
        else if (k == 0 || errno != EINTR)
            return gb_fail_errno(e, GB_E_IO, k == 0 ? EIO : errno, "writing the export");
    }
    return GB_OK;
}

enum gb_code gb_sink_drain(struct gb_buf *b, size_t above, struct gb_sink sink, struct gb_err *e)
{
    if (b->n <= above)
        return GB_OK;
    enum gb_code code = sink.fn(sink.ctx, b->p, b->n, e);
    gb_buf_reset(b);
    return code;
}

size_t *gb_cube_order(const struct gb_cube *cube, struct gb_arena *a)
{
    size_t *order = GB_NEW_N(a, cube->n_series, size_t), at[GB_N_PARTS] = { 0 };
    for (int k = 0; k < cube->n_parts; k++)
        at[k] = cube->part_first[k];
    size_t n = cube->part_first[cube->n_parts];
    for (size_t i = 0; i < n; i++) {
        int best = -1;
        for (int k = 0; k < cube->n_parts; k++)
            if (at[k] < cube->part_first[k + 1] && (best < 0 || gb_series_before(&cube->series[at[k]], &cube->series[at[best]])))
                best = k;
        order[i] = at[best]++;
    }
    return order;
}

enum { PERIODS = 1 << 12 };
struct period_text {
    int32_t period;
    uint8_t freq, n;
    char p[24];
};
/* What a row needs beside its series; texts made once. */
struct row {
    const struct gb_cube *cube;
    const struct gb_indicator *ind;
    const char *region;
    const struct gb_series *s;
    uint32_t i;
    struct gb_buf head;         /* "indicator,region," of the series, CSV only */
    struct period_text *period; /* direct-mapped, PERIODS slots */
    int32_t dated;
    char as_of[16]; /* delivery whose date as_of holds, "" if not known */
};

static const struct period_text *period_text(struct row *r)
{
    int32_t p = r->s->period[r->i];
    struct period_text *t = &r->period[(uint32_t)p & (PERIODS - 1)];
    if (t->freq != r->ind->freq || t->period != p) {
        *t = (struct period_text){ .period = p, .freq = (uint8_t)r->ind->freq };
        t->n = (uint8_t)gb_period_iso(r->ind->freq, p, t->p);
    }
    return t;
}

static const char *as_of(struct row *r)
{
    int32_t id = r->s->delivery[r->i];
    if (id != r->dated) {
        const struct gb_cube_delivery *d = gb_cube_delivery_find(r->cube, id);
        r->dated = id;
        r->as_of[0] = 0;
        if (d && d->as_of.year != 0)
            gb_date_iso(d->as_of, r->as_of);
    }
    return r->as_of;
}

/* Only the codes can need quotes: they are in the head. */
static void csv_row(struct gb_buf *b, struct row *r, bool numbers)
{
    const struct period_text *p = period_text(r);
    gb_buf_reserve(b, r->head.n + 128);
    gb_buf_add(b, r->head.p, r->head.n);
    gb_buf_add(b, p->p, p->n);
    gb_buf_addc(b, ',');
    if (r->s->value[r->i] != GB_VALUE_MISSING) {
        char text[48];
        gb_buf_add(b, text, gb_dec_plain(r->s->value[r->i], r->ind->scale, r->ind->scale, text));
    }
    gb_buf_add(b, (char[3]){ ',', r->s->status[r->i], ',' }, 3);
    gb_buf_adds(b, as_of(r));
    if (numbers)
        gb_csv_number(b, false, r->s->delivery[r->i], 0);
    gb_csv_end(b);
}

static void json_row(struct gb_json *j, struct row *r, bool numbers)
{
    gb_json_open(j, NULL, '{');
    gb_json_str(j, "indicator", r->ind->code);
    gb_json_str(j, "region", r->region);
    gb_json_str(j, "period", period_text(r)->p);
    if (r->s->value[r->i] == GB_VALUE_MISSING)
        gb_json_null(j, "value");
    else
        gb_json_dec_fixed(j, "value", r->s->value[r->i], r->ind->scale, r->ind->scale);
    gb_json_str(j, "status", (char[2]){ r->s->status[r->i], 0 });
    const char *d = as_of(r);
    gb_json_str(j, "as_of", *d ? d : NULL);
    if (numbers)
        gb_json_int(j, "delivery", r->s->delivery[r->i]);
    gb_json_close(j, '}');
}

/* Every delivered observation, as CSV (j NULL) or JSON rows. */
static enum gb_code rows(const struct gb_cube *cube, bool numbers, struct gb_buf *b, struct gb_json *j, struct gb_sink sink,
                         struct gb_err *e)
{
    struct gb_arena a;
    gb_arena_init(&a, 0);
    const size_t *order = gb_cube_order(cube, &a);
    struct row r = { .cube = cube, .period = GB_NEW_N(&a, PERIODS, struct period_text) };
    enum gb_code code = GB_OK;
    for (size_t k = 0; k < cube->part_first[cube->n_parts] && code == GB_OK; k++) {
        r.s = &cube->series[order[k]];
        r.ind = &cube->catalogue->indicator[r.s->indicator_i];
        r.region = cube->catalogue->region[r.s->region_i].code;
        gb_buf_reset(&r.head);
        gb_csv_code(&r.head, true, r.ind->code);
        gb_csv_code(&r.head, false, r.region);
        gb_buf_addc(&r.head, ',');
        for (r.i = 0; r.i < r.s->n && code == GB_OK; r.i++) {
            if (r.s->delivery[r.i] == 0) /* derived */
                continue;
            if (j)
                json_row(j, &r, numbers);
            else
                csv_row(b, &r, numbers);
            code = gb_sink_drain(b, CHUNK, sink, e);
        }
    }
    gb_buf_release(&r.head);
    gb_arena_release(&a);
    return code;
}

enum gb_code gb_cube_export_csv(const struct gb_cube *cube, bool numbers, struct gb_sink sink, struct gb_err *e)
{
    struct gb_buf b = { 0 };
    static const char *const column[] = { "indicator", "region", "period", "value", "status", "as_of", "delivery" };
    for (size_t i = 0; i < (numbers ? 7 : 6); i++)
        gb_csv_code(&b, i == 0, column[i]);
    gb_csv_end(&b);
    enum gb_code code = rows(cube, numbers, &b, NULL, sink, e);
    if (code == GB_OK)
        code = gb_sink_drain(&b, 0, sink, e);
    gb_buf_release(&b);
    return code;
}

enum gb_code gb_cube_export_json(const struct gb_cube *cube, bool numbers, struct gb_sink sink, struct gb_err *e)
{
    struct gb_buf b = { 0 };
    struct gb_json j = { .out = &b };
    gb_json_open(&j, NULL, '{');
    gb_json_str(&j, "schema", "giaoban/observations/1");
    if (numbers)
        gb_json_int(&j, "vintage", cube->vintage.number);
    gb_json_open(&j, "observations", '[');
    enum gb_code code = rows(cube, numbers, &b, &j, sink, e);
    if (code == GB_OK) {
        gb_json_close(&j, ']');
        gb_json_close(&j, '}');
        gb_buf_addc(&b, '\n');
        code = gb_sink_drain(&b, 0, sink, e);
    }
    gb_buf_release(&b);
    return code;
}
