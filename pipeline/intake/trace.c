/* trace.c — where in a delivered file one stored figure was written, and how: the file is read once more, as intake read it, and stopped at
 * the row. What stands there is what was delivered, before anything was rounded or a comma became a point.
 *
 * A side file is not kept, so what it may have said (wide layout, the one period or indicator of the sheet) is tried in turn; a reading counts
 * only when the row gives the very value that was stored.
 */
#include "base/utf8.h"
#include "intake/intake_int.h"

/* The record that starts on a line, as bytes; quoted line ends belong to it. */
static struct gb_str record_at(const char *p, size_t n, int64_t line)
{
    const char *end = p + n;
    for (int64_t k = 1; k < line && p < end; k++) {
        const char *lf = memchr(p, '\n', (size_t)(end - p));
        p = lf ? lf + 1 : end;
    }
    const char *q = p;
    bool quoted = false;
    while (q < end && (quoted || *q != '\n')) {
        quoted = (*q == '"') != quoted;
        q++;
    }
    while (q > p && (q[-1] == '\r' || q[-1] == '\n'))
        q--;
    return (struct gb_str){ p, (size_t)(q - p) };
}

/* Bytes of the record as text; other encodings and control characters as \xNN. Cut at 600 bytes: a note may be long. */
static const char *shown(struct gb_arena *a, struct gb_str s)
{
    enum { MOST = 600 };
    struct gb_buf b = { 0 };
    bool cut = s.n > MOST;
    size_t n = cut ? MOST : s.n;
    while (cut && n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    bool text = gb_text_check(s.p, n, NULL) == GB_TEXT_OK;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x20 || c == 0x7F || (c >= 0x80 && !text))
            gb_buf_addf(&b, "\\x%02X", c);
        else
            gb_buf_addc(&b, (char)c);
    }
    if (cut)
        gb_buf_adds(&b, "…");
    const char *out = gb_buf_copy(a, &b);
    gb_buf_release(&b);
    return out;
}

static void side_file(const struct gb_catalogue *c, const struct gb_row_trace *t, const char *agency, int form,
                      struct gb_buf *out)
{
    char iso[24];
    struct gb_json j = { .out = out };
    gb_period_iso(c->indicator[t->indicator_i].freq, t->period, iso);
    gb_buf_reset(out);
    gb_json_open(&j, NULL, '{');
    gb_json_str(&j, "agency", agency);
    if (form > 0)
        gb_json_str(&j, "layout", "wide");
    if (form == 1)
        gb_json_str(&j, "period", iso);
    if (form == 2)
        gb_json_str(&j, "indicator", c->indicator[t->indicator_i].code);
    gb_json_close(&j, '}');
}

enum gb_code gb_intake_trace(struct gb_row_trace *t, struct gb_arena *a, const struct gb_catalogue *c, const char *name,
                             const void *p, size_t n, const char *agency, struct gb_date today, struct gb_err *e)
{
    enum { FORMS = 4 };
    struct gb_buf meta = { 0 };
    enum gb_code code = GB_OK;
    t->written = t->record = t->sheet = NULL;
    for (int form = 0; code == GB_OK && !t->found && form < FORMS; form++) {
        struct gb_intake r;
        struct gb_intake_options opt = { .today = today, .partial = true, .trace = t };
        side_file(c, t, agency, form, &meta);
        code = gb_intake_read(&r, c, name, p, n, meta.p, meta.n, &opt, e);
        if (code == GB_OK && t->found) {
            t->written = gb_strdup(a, t->written);
            t->sheet = r.sheet ? gb_strdup(a, r.sheet) : NULL;
            t->record = r.sheet ? NULL : shown(a, record_at(p, n, t->line));
        }
        gb_intake_release(&r);
    }
    gb_buf_release(&meta);
    return code;
}
