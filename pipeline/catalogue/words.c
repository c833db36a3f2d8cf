/* words.c — what a mistyped word was probably meant to be. Distance is Levenshtein's over bytes: the words of our tables are ASCII
 * codes. Ties go to the earlier word of the list. */
#include "catalogue/words.h"

#define MAX_WORD 64

static int distance(const char *a, size_t na, const char *b, size_t nb)
{
    int row[MAX_WORD + 1];
    for (size_t j = 0; j <= nb; j++)
        row[j] = (int)j;
    for (size_t i = 1; i <= na; i++) {
        int diagonal = row[0];
        row[0] = (int)i;
        for (size_t j = 1; j <= nb; j++) {
            int best = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[nb];
}

const char *gb_nearest(const char *word, const char *const *list, size_t n)
{
    size_t len = strlen(word);
    if (len == 0 || len > MAX_WORD)
        return NULL;
    const char *best = NULL;
    int best_d = (int)(len / 3 > 2 ? len / 3 : 2) + 1;
    for (size_t i = 0; i < n; i++) {
        size_t m = strlen(list[i]);
        if (m == 0 || m > MAX_WORD)
            continue;
        int d = distance(word, len, list[i], m);
        if (d < best_d && (size_t)d < m) { /* a word that shares nothing is no suggestion */
            best_d = d;
            best = list[i];
        }
    }
    return best;
}

char *gb_join_words(struct gb_arena *a, const char *const *list, size_t n)
{
    struct gb_buf b = { 0 };
    for (size_t i = 0; i < n; i++)
        gb_buf_addf(&b, "%s%s", i ? ", " : "", list[i]);
    char *out = b.n ? gb_buf_copy(a, &b) : gb_strdup(a, "");
    gb_buf_release(&b);
    return out;
}
