/* names.c — names that change with the day, and words of the shared catalogue that each locality says in its own way.
 *
 * Đồng Nai was a tỉnh until 29 April 2026 and is a Thành phố since: a report of a March day must still say "UBND tỉnh". All names
 * that a locality has had are kept (versions of locality.lua, rows of agencies.csv), and gb_catalogue_on() puts those of one day
 * where everybody reads them. A word in braces in a shared text ("Thống kê {tỉnh}") is what the locality's `words` say, else itself. */
#include <stddef.h>
#include "catalogue/load.h"

#define FIELD(key, required, fixed)                                                                                              \
    {                                                                                                                            \
#key, offsetof(struct gb_locality, key), required, fixed                                                                 \
    }
static const struct gb_name_field fields[] = {
    FIELD(slug, true, true),
    FIELD(code, true, true),
    FIELD(name, true, false),
    FIELD(short_name, true, false),
    FIELD(kind, true, false),
    FIELD(parent_agency, false, false),
    FIELD(issuing_agency, false, false),
    FIELD(office, false, false),
    FIELD(place, false, false),
    FIELD(symbol, false, false),
    FIELD(chairman_title, false, false),
    FIELD(committee, false, false),
    FIELD(party_committee, false, false),
    FIELD(contact, false, false),
    FIELD(website, false, false),
    FIELD(licence, false, false),
    FIELD(licence_url, false, false),
};

const struct gb_name_field *gb_name_fields(int *n)
{
    *n = (int)(sizeof fields / sizeof *fields);
    return fields;
}

void gb_text_slot(struct gb_load *l, const char **at)
{
    struct gb_catalogue *c = l->c;
    for (size_t i = 0; i < c->n_slots; i++)
        if (c->slot[i].at == at) { /* another text now stands there */
            c->slot[i].raw = *at;
            return;
        }
    if (!*at || !strchr(*at, '{'))
        return;
    if ((c->n_slots & (c->n_slots - 1)) == 0) { /* full at each power of two */
        struct gb_text_slot *more = GB_NEW_N(&c->arena, c->n_slots ? c->n_slots * 2 : 1, struct gb_text_slot);
        if (c->n_slots)
            memcpy(more, c->slot, c->n_slots * sizeof *more);
        c->slot = more;
    }
    c->slot[c->n_slots++] = (struct gb_text_slot){ at, *at };
}

static const char *word_of(const struct gb_catalogue *c, const char *word, size_t n)
{
    for (int i = 0; i < c->locality.n_words; i++)
        if (strlen(c->locality.word[i].word) == n && memcmp(c->locality.word[i].word, word, n) == 0)
            return c->locality.word[i].means;
    return NULL;
}

const char *gb_word(const struct gb_catalogue *c, const char *word)
{
    const char *means = word_of(c, word, strlen(word));
    return means ? means : word;
}

/* "Thống kê {tỉnh}" with the words of the day. A brace that is never closed stands as it is. */
static const char *filled(struct gb_catalogue *c, const char *raw)
{
    struct gb_buf b = { 0 };
    const char *p = raw;
    for (const char *open; (open = strchr(p, '{')) != NULL;) {
        const char *close = strchr(open, '}');
        if (!close)
            break;
        gb_buf_add(&b, p, (size_t)(open - p));
        const char *means = word_of(c, open + 1, (size_t)(close - open - 1));
        if (means)
            gb_buf_adds(&b, means);
        else
            gb_buf_add(&b, open + 1, (size_t)(close - open - 1));
        p = close + 1;
    }
    gb_buf_adds(&b, p);
    const char *out = gb_strdup(&c->arena, b.p ? b.p : "");
    gb_buf_release(&b);
    return out;
}

/* Words of a later version stand before those of an earlier one, and the first found is taken. */
static void add_words(struct gb_catalogue *c, const struct gb_names *v)
{
    struct gb_locality *loc = &c->locality;
    if (!v->n_words)
        return;
    struct gb_word *all = GB_NEW_N(&c->arena, (size_t)(v->n_words + loc->n_words), struct gb_word);
    memcpy(all, v->word, (size_t)v->n_words * sizeof *all);
    if (loc->n_words)
        memcpy(all + v->n_words, loc->word, (size_t)loc->n_words * sizeof *all);
    loc->word = all;
    loc->n_words += v->n_words;
}

static void dress_locality(struct gb_catalogue *c, struct gb_date d)
{
    struct gb_locality *loc = &c->locality;
    loc->n_words = 0;
    for (int i = 0; i < loc->n_names; i++) {
        const struct gb_names *v = &loc->names[i];
        if (d.year && v->from.year && gb_date_cmp(v->from, d) > 0)
            continue;
        for (size_t f = 0; f < sizeof fields / sizeof *fields; f++)
            if (v->value[f])
                memcpy((char *)loc + fields[f].offset, &v->value[f], sizeof v->value[f]);
        if (v->n_recipients >= 0) {
            loc->recipients = v->recipients;
            loc->n_recipients = v->n_recipients;
        }
        add_words(c, v);
    }
}

/* The last version that has begun; before all of them the first. Gaps are refused by nobody and keep the name before. */
static void dress_agency(struct gb_agency *a, struct gb_date d)
{
    const struct gb_agency_version *v = &a->version[0];
    for (int i = 1; i < a->n_versions; i++)
        if (!d.year || gb_date_cmp(a->version[i].from, d) <= 0)
            v = &a->version[i];
    a->name_vi = v->name_vi;
    a->short_vi = v->short_vi;
    a->head_title_vi = v->head_title_vi;
    a->email = v->email;
}

void gb_catalogue_on(struct gb_catalogue *c, struct gb_date d)
{
    dress_locality(c, d);
    for (int i = 0; i < c->n_agencies; i++)
        dress_agency(&c->agency[i], d);
    for (size_t i = 0; i < c->n_slots; i++)
        *c->slot[i].at = filled(c, c->slot[i].raw);
}
