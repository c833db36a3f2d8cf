/* cube_fixture.h — a catalogue made by hand and series written as text, for tests of cube/ and evaluation/.
 *
 * Regions: 0 "38" the province (root), 1.. communes "c1", "c2", ...; points are set by the test. A series is
 * "2026-01=5 2026-02=- 2026-03=7.5:P 2026-04=8@0": value or - (missing), status after a colon, delivery after @ (else 1).
 */
#ifndef GB_TESTS_CUBE_FIXTURE_H
#define GB_TESTS_CUBE_FIXTURE_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "cube/cube.h"

enum { FX_MAX = 64 };
struct fx {
    struct gb_catalogue c;
    struct gb_indicator ind[FX_MAX];
    struct gb_region region[FX_MAX];
    struct gb_region_version version[FX_MAX];
    struct gb_season season[4];
    struct gb_target target[FX_MAX];
    struct gb_agency agency[4];
    struct gb_scenario scenario[4];
    char code[2 * FX_MAX + 4][16];
    struct gb_cube cube;
};

static inline void fx_init(struct fx *f, int n_ind, int n_regions)
{
    memset(f, 0, sizeof *f);
    struct gb_catalogue *c = &f->c;
    c->indicator = f->ind, c->n_indicators = n_ind, c->region = f->region, c->n_regions = n_regions;
    c->season = f->season, c->target = f->target, c->agency = f->agency, c->scenario = f->scenario;
    gb_map_init(&c->by_indicator), gb_map_init(&c->by_region), gb_map_init(&c->by_agency);
    for (int i = 0; i < n_ind; i++) {
        snprintf(f->code[i], sizeof f->code[i], "t.i%d", i);
        f->ind[i] = (struct gb_indicator){ .code = f->code[i], .freq = GB_FREQ_MONTH, .direction = GB_UP_GOOD, .agg = GB_AGG_NONE,
            .agg_num = -1, .agg_den = -1, .level = GB_AT_COMMUNE, .flow = GB_FLOW_RATE, .class = GB_CLASS_PUBLIC };
        gb_map_put(&c->by_indicator, f->code[i], strlen(f->code[i]), i);
    }
    for (int r = 0; r < n_regions; r++) {
        char *code = f->code[FX_MAX + r];
        snprintf(code, sizeof f->code[0], r == 0 ? "38" : "c%d", r);
        f->version[r] = (struct gb_region_version){ .name = code, .type = r == 0 ? "province" : "commune" };
        f->region[r] = (struct gb_region){ .code = code, .parent = r == 0 ? -1 : 0, .level = r == 0 ? GB_AT_PROVINCE : GB_AT_COMMUNE,
                                           .version = &f->version[r], .n_versions = 1 };
        gb_map_put(&c->by_region, code, strlen(code), r);
    }
    f->agency[0].code = "so-a", f->agency[1].code = "so-b";
    c->n_agencies = 2;
    gb_map_put(&c->by_agency, "so-a", 4, 0), gb_map_put(&c->by_agency, "so-b", 4, 1);
    gb_cube_init(&f->cube, c);
}

static inline void fx_release(struct fx *f)
{
    gb_cube_release(&f->cube);
    gb_map_release(&f->c.by_indicator), gb_map_release(&f->c.by_region), gb_map_release(&f->c.by_agency);
}

static inline int32_t fx_period(const char *text)
{
    enum gb_freq freq;
    int32_t p;
    if (!gb_period_parse(text, strlen(text), &freq, &p)) fail_msg("not a period: %s", text);
    return p;
}

static inline struct gb_date fx_date(const char *text)
{
    struct gb_date d;
    if (!gb_date_parse(text, strlen(text), &d)) fail_msg("not a date: %s", text);
    return d;
}

static inline int64_t fx_num(const char *p, size_t n, int scale)
{
    int64_t v;
    if (gb_dec_parse(p, n, '.', 0, scale, &v, NULL)) fail_msg("not a number: %.*s", (int)n, p);
    return v;
}

static inline void fx_series(struct fx *f, int part, int ind, int region, const char *text)
{
    static int32_t period[4096], delivery[4096];
    static int64_t value[4096];
    static char status[4096];
    uint32_t n = 0;
    while (*text) {
        size_t len = strcspn(text, " "), eq = strcspn(text, "=");
        enum gb_freq freq;
        if (!gb_period_parse(text, eq, &freq, &period[n]) || freq != f->ind[ind].freq) fail_msg("bad item: %.*s", (int)len, text);
        const char *p = text + eq + 1, *end = text + len;
        size_t vn = strcspn(p, ":@ ");
        if (p + vn > end) vn = (size_t)(end - p);
        bool missing = vn == 1 && *p == '-';
        value[n] = missing ? GB_VALUE_MISSING : fx_num(p, vn, f->ind[ind].scale);
        status[n] = missing ? 'M' : 'A';
        delivery[n] = 1;
        for (const char *q = p + vn; q < end; q++) {
            if (*q == ':') status[n] = q[1];
            if (*q == '@') delivery[n] = atoi(q + 1);
        }
        n++;
        text += len;
        while (*text == ' ') text++;
    }
    struct gb_series s = { .indicator_i = ind, .region_i = region, .n = n, .period = period, .value = value, .status = status, .delivery = delivery };
    gb_cube_add(&f->cube, part, &s);
}

/* The inverse, for comparisons: like the input, status only when not A (and not M), delivery only when not 1. */
static inline const char *fx_text(const struct gb_catalogue *c, const struct gb_series *s)
{
    static char out[8192];
    size_t at = 0;
    out[0] = 0;
    for (uint32_t i = 0; s && i < s->n; i++) {
        char p[24], v[48] = "-";
        const struct gb_indicator *ind = &c->indicator[s->indicator_i];
        gb_period_iso(ind->freq, s->period[i], p);
        if (s->value[i] != GB_VALUE_MISSING) gb_dec_exact(s->value[i], ind->scale, v);
        at += (size_t)snprintf(out + at, sizeof out - at, "%s%s=%s", i ? " " : "", p, v);
        if (s->status[i] != 'A' && s->status[i] != 'M') at += (size_t)snprintf(out + at, sizeof out - at, ":%c", s->status[i]);
        if (s->delivery[i] != 1) at += (size_t)snprintf(out + at, sizeof out - at, "@%d", s->delivery[i]);
    }
    return out;
}

/* A sink that keeps everything. */
static inline enum gb_code fx_sink(void *ctx, const void *p, size_t n, struct gb_err *e)
{
    (void)e;
    gb_buf_add(ctx, p, n);
    return GB_OK;
}

#define FX_OK(call)                                                              \
    do {                                                                         \
        struct gb_err e = { 0 };                                                 \
        char line_[1024];                                                        \
        if ((call) != GB_OK) fail_msg("%s", gb_err_line(&e, line_, sizeof line_)); \
    } while (0)
#endif
