/* leak.c — see leak.h. Bytes are cut into words of the characters codes are made of; each word, and each head of it that ends before a
 * dot (x.y.csv), is looked up. */
#include "app/leak.h"

void gb_leak_init(struct gb_leak *l, const struct gb_catalogue *c, enum gb_audience audience)
{
    gb_map_init(&l->forbidden);
    l->catalogue = c;
    for (int i = 0; i < gb_n_indicator_keys(c); i++)
        if (gb_indicator_part(&c->indicator[i]) > gb_audience_part(audience))
            gb_map_put(&l->forbidden, c->indicator[i].code, strlen(c->indicator[i].code), i);
}

void gb_leak_release(struct gb_leak *l)
{
    gb_map_release(&l->forbidden);
}

static bool code_char(unsigned char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '.' || ch == '_' ||
           ch == '-';
}

/* A code without any punctuation could be an everyday word ("xa"): only codes with one are searched for. */
static const char *look(const struct gb_leak *l, const char *p, size_t n)
{
    bool marked = false;
    for (size_t i = 0; i < n; i++)
        marked = marked || p[i] == '.' || p[i] == '_' || p[i] == '-';
    int32_t i = marked ? gb_map_find(&l->forbidden, p, n) : -1;
    return i < 0 ? NULL : l->catalogue->indicator[i].code;
}

const char *gb_leak_scan(const struct gb_leak *l, const void *bytes, size_t n)
{
    const char *p = bytes, *end = p + n;
    while (p < end) {
        while (p < end && !code_char((unsigned char)*p))
            p++;
        const char *from = p;
        while (p < end && code_char((unsigned char)*p))
            p++;
        for (const char *to = p; to > from;) {
            const char *hit = look(l, from, (size_t)(to - from));
            if (hit)
                return hit;
            do
                to--;
            while (to > from && *to != '.');
        }
    }
    return NULL;
}
