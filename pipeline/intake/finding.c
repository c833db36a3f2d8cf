/* finding.c — findings: counted always, kept up to a limit, grouped for the reader.
 *
 * A file can be wrong a million times in the same way. Texts are made only for the findings that are kept; the groups (one for
 * each code and column) stay complete, so that the receipt tells how often. A refusal of the file is always kept.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "intake/intake_int.h"

static void count_in_group(struct gb_reading *k, enum gb_severity severity, const char *code, int64_t line, const char *column,
                           size_t kept_at)
{
    struct gb_intake *r = k->r;
    size_t g = 0;
    while (g < r->n_groups && !(gb_streq(r->group[g].code, code) && gb_streq(r->group[g].column, column)))
        g++;
    if (g == r->n_groups) {
        r->group = gb_grow(r->group, &k->cap_groups, g + 1, sizeof *r->group);
        r->group[g] = (struct gb_finding_group){ .severity = severity, .code = code, .column = column, .first = SIZE_MAX };
        r->n_groups++;
    }
    struct gb_finding_group *group = &r->group[g];
    group->n++;
    if (line > 0 && group->n_lines < GB_GROUP_LINES) {
        group->cell_column[group->n_lines] = k->cell_column;
        group->line[group->n_lines++] = line;
    }
    if (group->first == SIZE_MAX)
        group->first = kept_at;
}

struct gb_finding *gb_finding_add(struct gb_reading *k, enum gb_severity severity, const char *code, int64_t line,
                                  const char *column)
{
    struct gb_intake *r = k->r;
    size_t at = r->n_findings;
    r->n_findings_all++;
    if (severity == GB_REFUSE_FILE)
        k->refused = true;
    if (at == GB_FINDINGS_MAX) {
        while (at && r->finding[at - 1].severity == GB_REFUSE_FILE)
            at--;
        at = severity == GB_REFUSE_FILE && at ? at - 1 : SIZE_MAX;
    } else {
        r->finding = gb_grow(r->finding, &k->cap_findings, at + 1, sizeof *r->finding);
        r->n_findings++;
    }
    count_in_group(k, severity, code, line, column, at);
    if (at == SIZE_MAX)
        return NULL;
    r->finding[at] =
        (struct gb_finding){ .severity = severity, .code = code, .line = line, .cell_column = k->cell_column, .column = column };
    return &r->finding[at];
}

void gb_refuse_file(struct gb_reading *k, const char *code, int64_t line, const char *column, const char *found,
                    const char *expected, const char *remedy)
{
    struct gb_finding *f = gb_finding_add(k, GB_REFUSE_FILE, code, line, column);
    if (!f)
        return;
    f->found = found;
    f->expected = expected;
    f->remedy = remedy;
}

const char *gb_shown(struct gb_arena *a, const char *p, size_t n)
{
    struct gb_buf b = { 0 };
    gb_buf_adds(&b, "");
    int shown = 0;
    for (size_t i = 0; i < n; shown++) {
        if (shown == 80) {
            gb_buf_adds(&b, "…");
            break;
        }
        const unsigned char c = (unsigned char)p[i];
        size_t len = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        if (len > n - i)
            len = 1;
        const bool plain = c >= 0x20 && c != 0x7F && gb_text_check(p + i, len, NULL) == GB_TEXT_OK;
        if (plain)
            gb_buf_add(&b, p + i, len);
        else {
            gb_buf_addf(&b, "\\x%02X", c);
            len = 1;
        }
        i += len;
    }
    const char *text = gb_buf_copy(a, &b);
    gb_buf_release(&b);
    return text;
}

static int by_line(const void *pa, const void *pb)
{
    const struct gb_finding *a = pa, *b = pb;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return (a->cell_column > b->cell_column) - (a->cell_column < b->cell_column);
}

/* The places of a group in order; at most GB_GROUP_LINES. */
static void sort_places(struct gb_finding_group *g)
{
    for (int i = 1; i < g->n_lines; i++)
        for (int j = i;
             j && (g->line[j - 1] > g->line[j] || (g->line[j - 1] == g->line[j] && g->cell_column[j - 1] > g->cell_column[j]));
             j--) {
            const int64_t line = g->line[j];
            const int column = g->cell_column[j];
            g->line[j] = g->line[j - 1];
            g->cell_column[j] = g->cell_column[j - 1];
            g->line[j - 1] = line;
            g->cell_column[j - 1] = column;
        }
}

size_t gb_cell_name(int column, int64_t row, char buf[32])
{
    char letter[8];
    int n = 0;
    size_t w = 0;
    for (; column > 0 && n < 7; column = (column - 1) / 26)
        letter[n++] = (char)('A' + (column - 1) % 26);
    while (n)
        buf[w++] = letter[--n];
    struct gb_buf b = { 0 };
    gb_buf_add_i64(&b, row);
    memcpy(buf + w, b.p, b.n + 1);
    w += b.n;
    gb_buf_release(&b);
    return w;
}

void gb_findings_finish(struct gb_reading *k)
{
    struct gb_intake *r = k->r;
    /* Stable insertion: at most 200, nearly in order. */
    for (size_t i = 1; i < r->n_findings; i++)
        for (size_t j = i; j && by_line(&r->finding[j - 1], &r->finding[j]) > 0; j--) {
            const struct gb_finding swap = r->finding[j];
            r->finding[j] = r->finding[j - 1];
            r->finding[j - 1] = swap;
        }
    for (size_t g = 0; g < r->n_groups; g++) {
        struct gb_finding_group *group = &r->group[g];
        sort_places(group);
        group->first = SIZE_MAX;
        for (size_t i = 0; i < r->n_findings && group->first == SIZE_MAX; i++)
            if (gb_streq(r->finding[i].code, group->code) && gb_streq(r->finding[i].column, group->column))
                group->first = i;
    }
    struct gb_finding *kept = GB_NEW_N(&r->arena, r->n_findings, struct gb_finding);
    struct gb_finding_group *groups = GB_NEW_N(&r->arena, r->n_groups, struct gb_finding_group);
    if (r->n_findings)
        memcpy(kept, r->finding, r->n_findings * sizeof *kept);
    if (r->n_groups)
        memcpy(groups, r->group, r->n_groups * sizeof *groups);
    free(r->finding);
    free(r->group);
    r->finding = kept;
    r->group = groups;
}

/* Levenshtein distance, given up beyond `limit`. Codes are short: one row of 64 on the stack. */
static int distance(const char *a, size_t na, const char *b, size_t nb, int limit)
{
    enum { MAX = 64 };
    int row[MAX + 1];
    if (na > MAX || nb > MAX || (na > nb ? na - nb : nb - na) > (size_t)limit)
        return limit + 1;
    for (size_t j = 0; j <= nb; j++)
        row[j] = (int)j;
    for (size_t i = 1; i <= na; i++) {
        int diagonal = row[0], best = row[0] = (int)i;
        for (size_t j = 1; j <= nb; j++) {
            int d = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            if (row[j] + 1 < d)
                d = row[j] + 1;
            if (row[j - 1] + 1 < d)
                d = row[j - 1] + 1;
            row[j] = d;
            if (d < best)
                best = d;
        }
        if (best > limit)
            return limit + 1;
    }
    return row[nb];
}

const char *gb_nearest_code(const char *code, size_t n, const char *(*at)(const void *ctx, int i), const void *ctx, int count)
{
    const char *nearest = NULL;
    int best = n < 4 ? 1 : n < 9 ? 2 : 3;
    for (int i = 0; i < count; i++) {
        const char *have = at(ctx, i);
        const int d = distance(code, n, have, strlen(have), best);
        if (d > best || (d == best && nearest))
            continue;
        best = d;
        nearest = have;
    }
    return nearest;
}
