/* script_fixture.h — the project's own catalogue, a small made-up vintage as text, and what one audience sees of it.
 *
 * Data lines: "indicator region period=value[:status] ...". The cube is filled through the same calls as in a night: parts in
 * ascending secrecy up to the audience's, roll-up, evaluation.
 */
#ifndef GB_TESTS_SCRIPT_FIXTURE_H
#define GB_TESTS_SCRIPT_FIXTURE_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include "base/file.h"
#include "evaluation/evaluation.h"
#include "evaluation/rollup.h"
#include "evaluation/suppress.h"
#include "script/script.h"

struct sfx {
    struct gb_arena a;
    struct gb_catalogue c;
    struct gb_script_sources src;
    struct gb_cube raw, cube;
    struct gb_evaluation ev;
    enum gb_audience audience;
};
struct sfx_line { struct gb_series s; int order; };

static inline int sfx_by_key(const void *pa, const void *pb)
{
    const struct gb_series *a = &((const struct sfx_line *)pa)->s, *b = &((const struct sfx_line *)pb)->s;
    if (a->part != b->part) return a->part < b->part ? -1 : 1;
    if (a->indicator_i != b->indicator_i) return a->indicator_i < b->indicator_i ? -1 : 1;
    return a->region_i < b->region_i ? -1 : 1;
}

static inline void sfx_parse_pairs(struct sfx *f, char *text, struct gb_series *s, enum gb_freq freq)
{
    size_t cap = strlen(text) / 4 + 2;
    int32_t *period = GB_NEW_N(&f->a, cap, int32_t), *delivery = GB_NEW_N(&f->a, cap, int32_t);
    int64_t *value = GB_NEW_N(&f->a, cap, int64_t);
    char *status = GB_NEW_N(&f->a, cap, char), *save = NULL;
    for (char *w = strtok_r(text, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
        char *eq = strchr(w, '='), *colon = eq ? strchr(eq, ':') : NULL;
        enum gb_freq got = freq;
        if (!eq || !gb_period_parse(w, (size_t)(eq - w), &got, &period[s->n]) || got != freq) fail_msg("bad pair %s", w);
        size_t n = colon ? (size_t)(colon - eq - 1) : strlen(eq + 1);
        if (gb_dec_parse(eq + 1, n, '.', 0, f->c.indicator[s->indicator_i].scale, &value[s->n], NULL) != GB_NUM_OK) fail_msg("bad value %s", w);
        status[s->n] = colon ? colon[1] : 'A';
        delivery[s->n++] = 1;
    }
    s->period = period, s->value = value, s->status = status, s->delivery = delivery;
}

static inline struct gb_series sfx_line(struct sfx *f, char *line)
{
    char *region = strchr(line, ' '), *rest = region ? strchr(region + 1, ' ') : NULL;
    if (!rest) fail_msg("bad line %s", line);
    *region++ = *rest++ = 0;
    struct gb_series s = { .indicator_i = gb_indicator_find(&f->c, line), .region_i = gb_key_find(&f->c, region) };
    if (s.indicator_i < 0 || s.region_i < 0) fail_msg("unknown %s or %s", line, region);
    s.part = (uint8_t)gb_indicator_part(&f->c.indicator[s.indicator_i]);
    sfx_parse_pairs(f, rest, &s, f->c.indicator[s.indicator_i].freq);
    return s;
}

static inline void sfx_fill(struct sfx *f, char *text)
{
    struct sfx_line *all = GB_NEW_N(&f->a, 2000, struct sfx_line);
    size_t n = 0;
    char *save = NULL;
    for (char *l = strtok_r(text, "\n", &save); l; l = strtok_r(NULL, "\n", &save)) {
        if (*l == '#') continue;
        assert_true(n < 2000);
        all[n].s = sfx_line(f, l);
        all[n].order = (int)n;
        n++;
    }
    qsort(all, n, sizeof *all, sfx_by_key);
    size_t i = 0;
    for (int part = 0; part < GB_N_PARTS; part++) {
        for (; i < n && all[i].s.part <= part; i++) gb_cube_add(&f->raw, part, &all[i].s);
        gb_cube_end_part(&f->raw, part);
    }
}

/* Rolled up, suppressed and handed on as a night does it: the audience gets its parts and nothing else. */
static inline void sfx_hand_on(struct sfx *f, struct gb_date date)
{
    struct gb_err e = { 0 };
    char line[GB_ERR_TEXT];
    struct gb_cube whole;
    const struct gb_told none = { { 0 }, 0 };
    FILE *pipe = tmpfile();
    assert_non_null(pipe);
    gb_cube_init(&whole, &f->c);
    if (gb_rollup(&whole, &f->raw, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    gb_suppress(&whole, &whole, NULL, 0, &none, date);
    const int last = (int)gb_audience_part(f->audience);
    for (int part = 0; part <= last; part++)
        if (gb_cube_write_part(&whole, part, fileno(pipe), &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    assert_int_equal(lseek(fileno(pipe), 0, SEEK_SET), 0);
    for (int part = 0; part <= last; part++)
        if (gb_cube_read_part(&f->cube, part, fileno(pipe), &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    gb_cube_release(&whole);
    fclose(pipe);
}

/** @param data   text in the format above (copied), NULL = no observation at all
 *  @param reports  folder of definitions ("reports" for the project's own) */
static inline void sfx_open_in(struct sfx *f, const char *locality, const char *reports, const char *data, enum gb_audience audience, const char *date)
{
    struct gb_err e = { 0 };
    char line[GB_ERR_TEXT];
    memset(f, 0, sizeof *f);
    gb_arena_init(&f->a, 0);
    f->audience = audience;
    if (gb_catalogue_load(&f->c, "reports", locality, NULL, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    if (gb_script_load(&f->src, &f->a, reports, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
    gb_cube_init(&f->raw, &f->c);
    gb_cube_init(&f->cube, &f->c);
    sfx_fill(f, gb_strdup(&f->a, data ? data : ""));
    struct gb_date d;
    assert_true(gb_date_parse(date, strlen(date), &d));
    sfx_hand_on(f, d);
    f->cube.vintage = (struct gb_vintage){ .number = 7 };
    gb_cube_note_delivery(&f->cube, &(struct gb_cube_delivery){ .id = 1, .agency_i = -1, .lined = true, .delivered_utc = INT64_C(1795291500) }); /* 22/11/2026, 03 giờ 05 */
    gb_evaluation_init(&f->ev, &f->cube, d);
    if (gb_evaluation_run(&f->ev, &e)) fail_msg("%s", gb_err_line(&e, line, sizeof line));
}

static inline void sfx_open(struct sfx *f, const char *reports, const char *data, enum gb_audience audience, const char *date)
{
    sfx_open_in(f, "thanh-hoa", reports, data, audience, date);
}

static inline void sfx_close(struct sfx *f)
{
    gb_evaluation_release(&f->ev);
    gb_cube_release(&f->cube);
    gb_cube_release(&f->raw);
    gb_catalogue_release(&f->c);
    gb_arena_release(&f->a);
}

static inline struct gb_script_job sfx_job(const struct sfx *f, const char *path)
{
    return (struct gb_script_job){ .sources = &f->src, .ev = &f->ev, .path = path, .audience = f->audience, .level = "periodic", .indicator_i = -1,
                                   .region_i = -1, .sample = true };
}
#endif
