/* err.c — error records without heap: each frame is printed into the tail of one fixed text, so that recording a failure can
 * never fail itself. A text that no longer fits is cut at a whole UTF-8 character; the cause, recorded first, always fits. */
#include "base/err.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Drop a UTF-8 character that the cut at n left incomplete. */
static size_t whole_chars(const char *s, size_t n)
{
    size_t lead = n;
    while (lead > 0 && ((unsigned char)s[lead - 1] & 0xC0) == 0x80) {
        lead--;
    }
    if (lead == 0) {
        return n;
    }
    unsigned char c = (unsigned char)s[lead - 1];
    size_t want = c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    return n - (lead - 1) < want ? lead - 1 : n;
}

static void push_frame(struct gb_err *e, const char *suffix, const char *fmt, va_list ap)
{
    size_t room = sizeof e->text - e->used;
    if (e->n_frames == GB_ERR_FRAMES || room < 2) {
        return;
    }
    char *at = e->text + e->used;
    int n = vsnprintf(at, room, fmt, ap);
    size_t len = n < 0 ? 0 : (size_t)n;
    if (len >= room) {
        len = whole_chars(at, room - 1);
    }
    at[len] = '\0';
    if (suffix && len + 3 < room) {
        int m = snprintf(at + len, room - len, ": %s", suffix);
        size_t more = m < 0 ? 0 : (size_t)m;
        len += more < room - len ? more : room - len - 1;
    }
    e->frame[e->n_frames++] = at;
    e->used += len + 1;
}

enum gb_code gb_fail(struct gb_err *e, enum gb_code code, const char *fmt, ...)
{
    gb_assert(code != GB_OK);
    if (e && e->code == GB_OK) {
        e->code = code;
        va_list ap;
        va_start(ap, fmt);
        push_frame(e, NULL, fmt, ap);
        va_end(ap);
    }
    return code;
}

enum gb_code gb_fail_errno(struct gb_err *e, enum gb_code code, int errno_value, const char *fmt, ...)
{
    gb_assert(code != GB_OK);
    if (e && e->code == GB_OK) {
        char why[128];
        if (strerror_r(errno_value, why, sizeof why) != 0) {
            (void)snprintf(why, sizeof why, "errno %d", errno_value);
        }
        e->code = code;
        va_list ap;
        va_start(ap, fmt);
        push_frame(e, why, fmt, ap);
        va_end(ap);
    }
    return code;
}

enum gb_code gb_context(struct gb_err *e, const char *fmt, ...)
{
    if (!e) {
        return GB_OK;
    }
    if (e->code != GB_OK) {
        va_list ap;
        va_start(ap, fmt);
        push_frame(e, NULL, fmt, ap);
        va_end(ap);
    }
    return e->code;
}

void gb_err_clear(struct gb_err *e)
{
    e->code = GB_OK;
    e->n_frames = 0;
    e->used = 0;
}

const char *gb_err_line(const struct gb_err *e, char *buf, size_t cap)
{
    if (cap == 0) {
        return buf;
    }
    size_t n = 0;
    buf[0] = '\0';
    for (int i = e->n_frames - 1; i >= 0; i--) {
        int m = snprintf(buf + n, cap - n, "%s%s", e->frame[i], i > 0 ? ": " : "");
        if (m < 0 || (size_t)m >= cap - n) {
            buf[whole_chars(buf, cap - 1)] = '\0';
            break;
        }
        n += (size_t)m;
    }
    return buf;
}

const char *gb_code_name(enum gb_code code)
{
    switch (code) {
    case GB_OK: return "ok";
    case GB_E_USAGE: return "usage";
    case GB_E_INPUT: return "input";
    case GB_E_CONFIG: return "config";
    case GB_E_REPORT: return "report";
    case GB_E_LIMIT: return "limit";
    case GB_E_IO: return "io";
    case GB_E_BUSY: return "busy";
    case GB_E_BUG: return "bug";
    }
    gb_bug("error code");
}

/* write(2) and _exit(2): the process may be out of memory or inside a signal-sensitive place. */
static void say(const char *s)
{
    size_t n = strlen(s);
    while (n > 0) {
        ssize_t w = write(2, s, n);
        if (w <= 0) {
            return;
        }
        s += w;
        n -= (size_t)w;
    }
}

void gb_bug_at(const char *file, int line, const char *what)
{
    char text[512];
    (void)snprintf(text, sizeof text, "giaoban: lỗi của chương trình: %s:%d: %s\n", file, line, what);
    say(text);
    _exit(70);
}

void gb_oom(void)
{
    say("giaoban: hết bộ nhớ\n");
    _exit(71);
}
