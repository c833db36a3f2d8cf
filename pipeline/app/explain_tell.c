/* explain_tell.c — see explain.h. One order of things for both forms: who adds a fact writes its key and its sentence next to each other. */
#include "app/explain.h"
#include "base/utf8.h"
#include <stdarg.h>

#define WIDTH 96

void gb_tell_part(struct gb_tell *t, const char *key, const char *title)
{
    if (t->json)
        gb_json_open(&t->j, key, '{');
    else if (title)
        gb_buf_addf(&t->out, "%s%s%s", t->out.n ? "\n" : "", title, *title ? "\n" : "");
}

void gb_tell_part_end(struct gb_tell *t)
{
    if (t->json)
        gb_json_close(&t->j, '}');
}

void gb_tell_list(struct gb_tell *t, const char *key)
{
    if (t->json)
        gb_json_open(&t->j, key, '[');
}

void gb_tell_list_end(struct gb_tell *t)
{
    if (t->json)
        gb_json_close(&t->j, ']');
}

void gb_tell_item(struct gb_tell *t)
{
    if (t->json)
        gb_json_open(&t->j, NULL, '{');
}

void gb_tell_item_end(struct gb_tell *t)
{
    if (t->json)
        gb_json_close(&t->j, '}');
}

void gb_tell_str(struct gb_tell *t, const char *key, const char *s)
{
    if (t->json)
        gb_json_str(&t->j, key, s);
}

void gb_tell_int(struct gb_tell *t, const char *key, int64_t v)
{
    if (t->json)
        gb_json_int(&t->j, key, v);
}

void gb_tell_flag(struct gb_tell *t, const char *key, bool v)
{
    if (t->json)
        gb_json_bool(&t->j, key, v);
}

void gb_tell_dec(struct gb_tell *t, const char *key, int64_t v, int scale)
{
    if (t->json && v == GB_VALUE_MISSING)
        gb_json_null(&t->j, key);
    else if (t->json)
        gb_json_dec(&t->j, key, v, scale);
}

void gb_tell_period(struct gb_tell *t, const char *key, enum gb_freq f, int32_t period)
{
    char iso[24];
    if (!t->json)
        return;
    if (period == GB_PERIOD_NONE)
        gb_json_null(&t->j, key);
    else
        gb_period_iso(f, period, iso), gb_json_str(&t->j, key, iso);
}

void gb_tell_status(struct gb_tell *t, const char *key, char status)
{
    char s[2] = { status ? status : 'A', 0 };
    gb_tell_str(t, key, s);
}

/* Words of s, broken at blanks. A word longer than a line (a hash, a path) stands alone on its own. */
static void wrap(struct gb_buf *out, int indent, const char *s)
{
    size_t at = (size_t)indent;
    bool first = true;
    gb_buf_addf(out, "%*s", indent, "");
    while (*s) {
        const char *end = strchr(s, ' ');
        size_t bytes = end ? (size_t)(end - s) : strlen(s), columns = 0;
        for (const char *p = s; p < s + bytes;) {
            gb_utf8_next(&p, s + bytes);
            columns++;
        }
        if (!first && at + 1 + columns > WIDTH) {
            gb_buf_addf(out, "\n%*s", indent + 2, "");
            at = (size_t)indent + 2;
        } else if (!first) {
            gb_buf_addc(out, ' ');
            at++;
        }
        gb_buf_add(out, s, bytes);
        at += columns;
        first = false;
        s += bytes + (end != NULL);
    }
    gb_buf_addc(out, '\n');
}

void gb_tell_text(struct gb_tell *t, int indent, const char *fmt, ...)
{
    va_list ap;
    char small[512];
    if (t->json)
        return;
    va_start(ap, fmt);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    if (n < (int)sizeof small) {
        wrap(&t->out, indent, small);
        return;
    }
    struct gb_arena a;
    gb_arena_init(&a, 0);
    char *big = GB_NEW_N(&a, (size_t)n + 1, char);
    va_start(ap, fmt);
    vsnprintf(big, (size_t)n + 1, fmt, ap);
    va_end(ap);
    wrap(&t->out, indent, big);
    gb_arena_release(&a);
}

const char *gb_explain_number(const struct gb_explain *x, int64_t value, int scale, int decimals)
{
    char text[48];
    gb_dec_vi(value, scale, decimals, text);
    return gb_strdup(x->arena, text);
}

const char *gb_explain_value(const struct gb_explain *x, int indicator_i, int64_t value, char status)
{
    const struct gb_indicator *ind = &x->c->indicator[indicator_i];
    char text[48];
    if (value == GB_VALUE_MISSING)
        return "chưa có số liệu (M)";
    gb_dec_vi(value, ind->scale, ind->scale, text);
    return gb_sprintf(x->arena, "%s%s%s (%c)", text, ind->is_percent ? "" : " ", ind->unit_vi, status ? status : 'A');
}

const char *gb_explain_next(const struct gb_explain *x, int indicator_i, int region_i, int32_t period)
{
    char iso[24];
    gb_period_iso(x->c->indicator[indicator_i].freq, period, iso);
    return gb_sprintf(x->arena, "giaoban explain %s %s %s", x->c->indicator[indicator_i].code, x->c->region[region_i].code, iso);
}
