/* log.c — a message is put together in memory and written by one fwrite, then flushed: lines of parent and workers never mix,
 * and a fork never inherits half a line. There is no time here: the layers below app/ know no clock. */
#include "base/log.h"
#include "base/json.h"

static const char *level_name(enum gb_level level)
{
    switch (level) {
    case GB_DEBUG: return "debug";
    case GB_INFO: return "info";
    case GB_WARN: return "warn";
    case GB_ERROR: return "error";
    }
    gb_bug("log level");
}

/* Delivered names and values end up here: nothing in them may move a terminal's cursor or forge a line. */
static void add_escaped(struct gb_buf *b, const char *s)
{
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '\n') {
            gb_buf_adds(b, "\\n");
        } else if (c < 0x20 || c == 0x7F) {
            gb_buf_addf(b, "\\x%02x", c);
        } else if (c == 0xC2 && (unsigned char)s[1] >= 0x80 && (unsigned char)s[1] < 0xA0) {
            gb_buf_addf(b, "\\x%02x", (unsigned char)*++s); /* C1 controls */
        } else {
            gb_buf_addc(b, *s);
        }
    }
}

void gb_log_line(struct gb_log *l, enum gb_level level, const char *stage, const char *fmt, ...)
{
    if (!l || !l->out || level < l->min) {
        return;
    }
    struct gb_arena a;
    gb_arena_init(&a, 0);
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    gb_assert(n >= 0);
    char *text = gb_alloc(&a, (size_t)n + 1);
    (void)vsnprintf(text, (size_t)n + 1, fmt, again);
    va_end(again);
    struct gb_buf b = { 0 };
    if (l->json) {
        struct gb_json j = { .out = &b };
        gb_json_open(&j, NULL, '{');
        gb_json_str(&j, "level", level_name(level));
        gb_json_str(&j, "stage", stage);
        gb_json_str(&j, "message", text);
        gb_json_close(&j, '}');
    } else {
        gb_buf_addf(&b, "%-5s ", level_name(level));
        add_escaped(&b, stage);
        gb_buf_adds(&b, ": ");
        add_escaped(&b, text);
    }
    gb_buf_addc(&b, '\n');
    (void)fwrite(b.p, 1, b.n, l->out);
    (void)fflush(l->out);
    gb_buf_release(&b);
    gb_arena_release(&a);
}
