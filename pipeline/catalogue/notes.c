/* notes.c — the list of faults: how they are worded and sorted. */
#include <stdlib.h>
#include "catalogue/load.h"

static void append(struct gb_fault_notes *n, struct gb_fault_note note)
{
    n->v = gb_arena_grow(n->arena, n->v, n->n, &n->cap, n->n + 1, sizeof *n->v);
    n->v[n->n++] = note;
}

/* A cell may be long or hold what a terminal would act on: cut at 60 code points, control characters as '?'. */
static const char *excerpt(struct gb_arena *a, const char *s)
{
    size_t n_bytes = strlen(s), at = n_bytes;
    if (gb_text_check(s, n_bytes, &at) == GB_TEXT_OK)
        at = n_bytes;
    struct gb_buf b = { 0 };
    const char *p = s, *end = s + at; /* up to the first fault */
    int n = 0;
    while (p < end && n++ < 60) {
        const char *from = p;
        if (gb_utf8_next(&p, end) < 0x20)
            gb_buf_addc(&b, '?');
        else
            gb_buf_add(&b, from, (size_t)(p - from));
    }
    if (p < s + n_bytes)
        gb_buf_adds(&b, "…");
    char *out = b.n ? gb_buf_copy(a, &b) : gb_strdup(a, "");
    gb_buf_release(&b);
    return out;
}

void gb_note(struct gb_load *l, bool fatal, struct gb_at at, const char *found, const char *expected, const char *remedy)
{
    struct gb_arena *a = &l->c->arena;
    struct gb_buf b = { 0 };
    if (found)
        gb_buf_addf(&b, *found ? "tìm thấy \"%s\"" : "ô trống%s", excerpt(a, found));
    if (expected)
        gb_buf_addf(&b, "%scần %s", b.n ? "; " : "", expected);
    if (remedy)
        gb_buf_addf(&b, "%scách sửa: %s", b.n ? "; " : "", remedy);
    append(&l->notes,
           (struct gb_fault_note){
               .fatal = fatal, .file = at.file, .line = at.line, .column = at.column, .text = b.n ? gb_buf_copy(a, &b) : "" });
    gb_buf_release(&b);
    l->n_fatal += fatal;
}

static int by_place(const void *x, const void *y)
{
    const struct gb_fault_note *a = x, *b = y;
    int d = strcmp(a->file, b->file);
    if (d == 0)
        d = (a->line > b->line) - (a->line < b->line);
    if (d == 0)
        d = strcmp(a->column ? a->column : "", b->column ? b->column : "");
    return d ? d : strcmp(a->text, b->text);
}

void gb_notes_sort(struct gb_fault_notes *n)
{
    if (n->n > 1)
        qsort(n->v, n->n, sizeof *n->v, by_place);
}

const char *gb_did_you_mean(struct gb_load *l, const char *word, const char *const *list, size_t n, const char *otherwise)
{
    const char *near = gb_nearest(word, list, n);
    return near ? gb_sprintf(&l->c->arena, "có phải là \"%s\"? nếu đúng, thay bằng từ đó", near) : otherwise;
}
