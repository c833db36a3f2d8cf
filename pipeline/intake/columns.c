/* columns.c — accepted rows become one segment an indicator, in order of first appearance, rows in file order.
 *
 * Repeated keys are found per indicator with a table of row numbers: a segment's keys fit the cache, those of the whole file do
 * not. The same key with the same value and status is taken once and marked; with another one the file contradicts itself and is
 * refused, partial or not, because nobody can say which row is meant.
 */
#include <stdlib.h>

#include "intake/intake_int.h"

static size_t mix(int32_t region, int32_t period)
{
    uint64_t h = ((uint64_t)(uint32_t)region << 32 | (uint32_t)period) * UINT64_C(0x9E3779B97F4A7C15);
    h ^= h >> 32;
    return (size_t)(h * UINT64_C(0xD6E8FEB86659FD93) >> 20);
}

static void repeated(struct gb_reading *k, const struct gb_row *first, const struct gb_row *again)
{
    const bool same = first->value == again->value && first->status == again->status;
    struct gb_finding *f = same ? gb_finding_add(k, GB_MARK, "MK-duplicate", again->line, NULL)
                                : gb_finding_add(k, GB_REFUSE_FILE, "RF-duplicate", again->line, gb_column_name[GB_COL_VALUE]);
    if (!f)
        return;
    struct gb_arena *a = &k->r->arena;
    const struct gb_indicator *ind = &k->c->indicator[again->indicator];
    char period[24];
    period[gb_period_iso(ind->freq, again->period, period)] = 0;
    f->found = gb_sprintf(a, "%s, %s, %s: đã có ở dòng %u", ind->code, k->c->region[again->region].code, period, first->line);
    f->expected = "mỗi chỉ số, địa bàn, kỳ một dòng";
    f->remedy = same ? "Dòng giống hệt được nhận một lần." : "Hai dòng khác giá trị: giữ dòng đúng, xóa dòng kia.";
}

/* Marks the rows of one indicator that repeat an earlier one: row[i] becomes UINT32_MAX. @return rows left. */
static size_t drop_repeated(struct gb_reading *k, uint32_t *row, size_t n, uint32_t *table, size_t slots)
{
    size_t left = 0;
    memset(table, 0xFF, slots * sizeof *table);
    for (size_t i = 0; i < n; i++) {
        const struct gb_row *r = &k->row[row[i]];
        size_t at = mix(r->region, r->period) & (slots - 1);
        while (table[at] != UINT32_MAX && (k->row[table[at]].region != r->region || k->row[table[at]].period != r->period))
            at = (at + 1) & (slots - 1);
        if (table[at] == UINT32_MAX) {
            table[at] = row[i];
            left++;
        } else {
            repeated(k, &k->row[table[at]], r);
            row[i] = UINT32_MAX;
        }
    }
    return left;
}

static void fill(struct gb_reading *k, const struct gb_indicator *ind, const uint32_t *row, size_t n, size_t left,
                 struct gb_segment *seg, struct gb_control *control)
{
    struct gb_arena *a = &k->r->arena;
    *seg = (struct gb_segment){ .indicator = ind->code,
                                .scale = ind->scale,
                                .freq = ind->freq,
                                .n = left,
                                .region = GB_NEW_N(a, left, const char *),
                                .period = GB_NEW_N(a, left, int32_t),
                                .value = GB_NEW_N(a, left, int64_t),
                                .status = GB_NEW_N(a, left, char),
                                .line = GB_NEW_N(a, left, int64_t) };
    *control = (struct gb_control){ .indicator = ind->code, .n_rows = (int64_t)left, .scale = ind->scale };
    size_t w = 0;
    for (size_t i = 0; i < n; i++) {
        if (row[i] == UINT32_MAX)
            continue;
        const struct gb_row *r = &k->row[row[i]];
        seg->region[w] = k->c->region[r->region].code;
        seg->period[w] = r->period;
        seg->value[w] = r->value;
        seg->status[w] = r->status;
        seg->line[w] = r->line;
        if (r->note) {
            if (!seg->note)
                seg->note = GB_NEW_N(a, left, const char *);
            seg->note[w] = r->note;
        }
        if (r->status == 'M')
            control->n_missing++;
        else
            control->sum += r->value;
        w++;
    }
}

void gb_build_columns(struct gb_reading *k)
{
    struct gb_intake *r = k->r;
    struct gb_arena work;
    gb_arena_init(&work, 0);
    const size_t n_ind = (size_t)gb_n_indicator_keys(k->c);
    size_t *n = GB_NEW_N(&work, n_ind, size_t), *at = GB_NEW_N(&work, n_ind, size_t);
    int32_t *order = GB_NEW_N(&work, n_ind, int32_t);
    uint32_t *row = GB_NEW_N(&work, k->n_rows, uint32_t);
    size_t n_seg = 0, most = 0;
    for (size_t i = 0; i < k->n_rows; i++)
        if (n[k->row[i].indicator]++ == 0)
            order[n_seg++] = k->row[i].indicator;
    for (size_t i = 0, from = 0; i < n_seg; i++) {
        at[order[i]] = from;
        from += n[order[i]];
        if (n[order[i]] > most)
            most = n[order[i]];
    }
    for (size_t i = 0; i < k->n_rows; i++)
        row[at[k->row[i].indicator]++] = (uint32_t)i;
    size_t slots = 16;
    while (slots < most * 2)
        slots *= 2;
    uint32_t *table = GB_NEW_N(&work, slots, uint32_t);
    r->segment = GB_NEW_N(&r->arena, n_seg, struct gb_segment);
    r->control = GB_NEW_N(&r->arena, n_seg, struct gb_control);
    for (size_t i = 0; i < n_seg; i++) {
        const size_t count = n[order[i]];
        uint32_t *own = row + at[order[i]] - count;
        size_t use = 16;
        while (use < count * 2)
            use *= 2;
        const size_t left = drop_repeated(k, own, count, table, use);
        r->rows_repeated += (int64_t)(count - left);
        r->rows_accepted += (int64_t)left;
        if (!k->refused)
            fill(k, &k->c->indicator[order[i]], own, count, left, &r->segment[i], &r->control[i]);
    }
    r->n_segments = r->n_control = k->refused ? 0 : n_seg;
    gb_arena_release(&work);
}
