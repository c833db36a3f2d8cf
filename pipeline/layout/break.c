/* break.c — text into pieces, pieces into lines.
 *
 * Vietnamese is written in short syllables with a blank between any two, so there is nothing to hyphenate: a line ends at a blank.
 * What belongs together is not parted: a figure and its unit, "ngày 05", "tháng 7/2026", "17 giờ 00". Lines are chosen for the
 * whole paragraph (Knuth and Plass, "Breaking paragraphs into lines", 1981): least sum of squared badness, where the badness of a
 * line is 100 r^3 for a stretch ratio r. Greedy filling was tried in thought only: it leaves rivers in narrow columns and single
 * words at the end. All sums are prefix sums; a line looks back over the pieces that can fit it, so the cost is linear in text.
 */
#include "base/utf8.h"
#include "chart/palette.h"
#include "layout/layout_int.h"

#define STRETCH 0.55 /* of a blank, at ratio 1 */
#define SHRINK 0.25
#define MARK_EM 0.88 /* width of a state's shape, in ems of its text */

static struct gb_piece *push(struct gb_pieces *p)
{
    p->v = gb_arena_grow(p->arena, p->v, p->n, &p->cap, p->n + 1, sizeof *p->v);
    return &p->v[p->n++];
}

/* ---- what stays together ---- */

static bool is_any(const char *s, size_t n, const char *const *list, size_t n_list)
{
    for (size_t i = 0; i < n_list; i++) {
        if (strlen(list[i]) == n && memcmp(list[i], s, n) == 0) {
            return true;
        }
    }
    return false;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t without_mark(const char *s, size_t n)
{
    while (n && strchr(",.;:)", s[n - 1])) {
        n--;
    }
    return n;
}

/* May the blank between two words never end a line? `next`: what follows the second ("00 ngày 05": the day is not a unit of 00). */
static bool bound(const char *a, size_t na, const char *b, size_t nb, const char *next, const char *end)
{
    static const char *const units[] = { "%",    "đồng",  "triệu", "tỷ",   "nghìn", "điểm", "vụ",   "người", "lượt",  "dự",
                                         "hộ",   "xã",    "hồ",    "ca",   "ha",    "m",    "mm",   "cm",    "km",    "m3",
                                         "m3/s", "µg/m3", "°C",    "mg/L", "kWh",   "giờ",  "phút", "ngày",  "tháng", "năm",
                                         "tuần", "lần",   "cấp",   "nhà",  "USD",   "tấn",  "tạ",   "phản",  "nhiệm" };
    static const char *const before_number[] = { "ngày", "Ngày", "tháng", "Tháng", "năm", "Năm",  "quý",  "Quý",   "tuần",
                                                 "Tuần", "giờ",  "lúc",   "số",    "Số",  "điều", "Điều", "khoản", "Bảng",
                                                 "bảng", "thứ",  "cấp",   "trang", "mục", "Mục",  "gần",  "trên",  "dưới" };
    static const char *const dates[] = { "ngày", "tháng", "năm", "tuần", "cấp" };
    static const char *const pairs[][2] = { { "tỷ", "đồng" }, { "triệu", "đồng" }, { "triệu", "USD" },
                                            { "tỷ", "USD" },  { "nghìn", "tỷ" },   { "điểm", "%" } };
    size_t nb_bare = without_mark(b, nb);
    bool leads = next + 1 < end && *next == ' ' && digit(next[1]) && is_any(b, nb, dates, sizeof dates / sizeof *dates);
    if (!leads && na && (digit(a[na - 1]) || a[na - 1] == '%') && digit(a[a[0] == '-' || a[0] == '+' ? 1 : 0]) &&
        is_any(b, nb_bare, units, sizeof units / sizeof *units)) {
        return true;
    }
    bool number = nb && (digit(b[0]) || (strchr("IVX", b[0]) && nb_bare == strspn(b, "IVX/0123456789")));
    if (number && is_any(a, na, before_number, sizeof before_number / sizeof *before_number)) {
        return true;
    }
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (is_any(a, na, &pairs[i][0], 1) && is_any(b, nb_bare, &pairs[i][1], 1)) {
            return true;
        }
    }
    return (nb == 3 && memcmp(b, "–", 3) == 0) || (nb == 1 && b[0] == '-');
}

static double blank_pt(struct gb_style st)
{
    return gb_text_width_pt(st.font, st.size_pt, " ", 1);
}

/* keep_blanks: a value. Its blanks bind, unless it is long enough to be prose. */
void gb_pieces_add(struct gb_pieces *p, const char *text, size_t n, struct gb_style st, bool keep_blanks, const char *target)
{
    double gap = blank_pt(st);
    const char *s = text, *end = text + n;
    while (s < end) {
        const char *word = s;
        bool blank = false;
        while (word < end && (*word == ' ' || *word == '\n' || *word == '\t')) {
            word++;
            blank = true;
        }
        const char *stop = word;
        while (stop < end && *stop != ' ' && *stop != '\n' && *stop != '\t') {
            stop++;
        }
        s = stop;
        if (stop == word) { /* blanks at the end: kept for what follows */
            struct gb_piece *tail = blank && p->n ? push(p) : NULL;
            if (tail) {
                *tail = (struct gb_piece){ .text = "", .gap_pt = gap, .style = st, .may_break = true };
            }
            break;
        }
        struct gb_piece *last = p->n ? &p->v[p->n - 1] : NULL;
        bool open = last && last->n == 0 && last->mark == GB_STATE_NONE; /* a kept blank: this word takes its place */
        bool spaced = (blank || open) && last;
        const struct gb_piece *before = open ? (p->n > 1 ? &p->v[p->n - 2] : NULL) : last;
        struct gb_piece *w = open ? &p->v[p->n - 1] : push(p);
        bool binds = spaced && before && !before->note &&
                     ((keep_blanks && before->text >= text && before->text < end) ||
                      bound(before->text, before->n, word, (size_t)(stop - word), stop, end));
        *w = (struct gb_piece){ .text = word,
                                .n = (size_t)(stop - word),
                                .w_pt = gb_text_width_pt(st.font, st.size_pt, word, (size_t)(stop - word)),
                                .gap_pt = spaced ? gap : 0,
                                .style = st,
                                .may_break = spaced && !binds,
                                .target = target };
    }
}

void gb_pieces_mark(struct gb_pieces *p, enum gb_state s, struct gb_style st)
{
    struct gb_piece *m = push(p);
    *m = (struct gb_piece){ .text = "", .w_pt = MARK_EM * st.size_pt, .style = st, .mark = s };
}

void gb_pieces_note(struct gb_pieces *p, struct gb_footnote *note, const char *mark, struct gb_style st)
{
    struct gb_piece *last = p->n ? &p->v[p->n - 1] : NULL;
    bool open = last && last->n == 0 && last->mark == GB_STATE_NONE; /* a kept blank: the mark stands before it */
    struct gb_piece *m = open ? last : push(p);
    size_t n = strlen(mark);
    *m = (struct gb_piece){
        .text = mark, .n = n, .w_pt = gb_text_width_pt(st.font, st.size_pt, mark, n), .style = st, .note = note
    };
}

/* ---- too long to fit ---- */

static double width(const struct gb_piece *x, const char *s, size_t n)
{
    return gb_text_width_pt(x->style.font, x->style.size_pt, s, n);
}

/* Bytes of the longest beginning of s that fits, ending after "/" or "-" if there is one in its second half; at least one letter. */
static size_t beginning(const struct gb_piece *x, const char *s, size_t n, double width_pt)
{
    const char *p = s, *end = s + n;
    size_t fits = 0, nice = 0;
    double used = 0;
    while (p < end) {
        const char *from = p;
        gb_utf8_next(&p, end);
        used += width(x, from, (size_t)(p - from));
        if (used > width_pt && fits) {
            break;
        }
        fits = (size_t)(p - s);
        if (*from == '/' || *from == '-') {
            nice = fits;
        }
    }
    return fits < n && nice > fits / 2 ? nice : fits;
}

static void split(struct gb_pieces *out, const struct gb_piece *x, double width_pt)
{
    const char *s = x->text;
    size_t n = x->n;
    bool first = true;
    while (n) {
        size_t k = beginning(x, s, n, width_pt);
        struct gb_piece *y = push(out);
        *y = *x;
        y->text = s;
        y->n = k;
        y->w_pt = width(x, s, k);
        if (!first) {
            y->gap_pt = 0;
            y->may_break = true;
        }
        first = false;
        s += k;
        n -= k;
    }
}

void gb_pieces_fit(struct gb_pieces *p, double width_pt)
{
    bool all = true;
    for (size_t i = 0; i < p->n; i++) {
        all = all && p->v[i].w_pt <= width_pt;
    }
    if (!all) {
        struct gb_pieces out = { .arena = p->arena };
        for (size_t i = 0; i < p->n; i++) {
            if (p->v[i].w_pt > width_pt && p->v[i].n) {
                split(&out, &p->v[i], width_pt);
            } else {
                *push(&out) = p->v[i];
            }
        }
        *p = out;
    }
    /* A bound group wider than the line gives way at its blanks, then anywhere. */
    for (size_t i = 0; i < p->n;) {
        size_t end = i + 1;
        double w = p->v[i].w_pt;
        while (end < p->n && !p->v[end].may_break) {
            w += p->v[end].gap_pt + p->v[end].w_pt;
            end++;
        }
        bool blanks = false;
        for (size_t k = i + 1; w > width_pt && k < end; k++) {
            blanks = blanks || p->v[k].gap_pt > 0;
        }
        for (size_t k = i + 1; w > width_pt && k < end; k++) {
            p->v[k].may_break = !blanks || p->v[k].gap_pt > 0;
        }
        i = w > width_pt && blanks ? i + 1 : end;
        while (i < end && !p->v[i].may_break) {
            i++;
        }
    }
}

/* ---- measures ---- */

double gb_pieces_natural_pt(const struct gb_pieces *p)
{
    double w = 0;
    for (size_t i = 0; i < p->n; i++) {
        w += p->v[i].w_pt + (i ? p->v[i].gap_pt : 0);
    }
    return w;
}

double gb_pieces_longest_pt(const struct gb_pieces *p)
{
    double longest = 0, w = 0;
    for (size_t i = 0; i < p->n; i++) {
        w = p->v[i].may_break || i == 0 ? p->v[i].w_pt : w + p->v[i].gap_pt + p->v[i].w_pt;
        longest = w > longest ? w : longest;
    }
    return longest;
}

/* ---- total fit ---- */

struct sums {
    double w, gap;
    int n_gaps;
}; /* of the pieces before i */
struct node {
    double demerits;
    size_t from;
};

/* In justified text a light mark at the end of a line hangs over the edge, so that the edge looks straight (Hàn Thế Thành, "Micro-typographic
 * extensions to the TeX typesetting system", 2000): a share of the mark's own width. */
double gb_hang_pt(const struct gb_piece *x)
{
    static const struct {
        const char *mark;
        double share;
    } marks[] = {
        { ".", 0.7 }, { ",", 0.7 }, { "-", 0.6 }, { "–", 0.4 }, { "”", 0.5 }, { "’", 0.7 }, { ";", 0.4 }, { ":", 0.4 }
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t n = strlen(marks[i].mark);
        if (x->n >= n && memcmp(x->text + x->n - n, marks[i].mark, n) == 0) {
            return marks[i].share * gb_text_width_pt(x->style.font, x->style.size_pt, marks[i].mark, n);
        }
    }
    return 0;
}

static double demerits(double natural, double gaps, double width_pt, bool last, bool alone, enum gb_setting how)
{
    double room = width_pt - natural;
    if (how == GB_RAGGED) {
        double r = room / width_pt;
        return 1e4 + (last ? 1.4e3 : 4e3) * r * r * r + (room < -0.01 ? 1e6 : 0); /* fewest lines, then even ones */
    }
    double r = room >= 0 ? (last ? 0 : room / (gaps * STRETCH + 0.01)) : room / (gaps * SHRINK + 0.001);
    if (r > 30) {
        r = 30;
    }
    double badness = 100 * (r < 0 ? -r * r * r : r * r * r);
    double d = (1 + badness) * (1 + badness);
    if (r < -1.001) {
        d += 1e12;
    }
    return d + (last && alone ? 5e3 : 0);
}

size_t gb_break_lines(struct gb_arena *a, const struct gb_pieces *p, double width_pt, double indent_pt, enum gb_setting how,
                      struct gb_line **out)
{
    size_t n = p->n;
    while (n && p->v[n - 1].n == 0 && p->v[n - 1].mark == GB_STATE_NONE) {
        n--; /* blanks at the very end */
    }
    *out = NULL;
    if (n == 0) {
        return 0;
    }
    struct sums *sum = GB_NEW_N(a, n + 1, struct sums);
    struct node *best = GB_NEW_N(a, n + 1, struct node);
    for (size_t i = 0; i < n; i++) {
        const struct gb_piece *x = &p->v[i];
        sum[i + 1] = (struct sums){ sum[i].w + x->w_pt, sum[i].gap + x->gap_pt, sum[i].n_gaps + (x->gap_pt > 0) };
        best[i + 1].demerits = -1;
    }
    for (size_t j = 1; j <= n; j++) {
        if (j < n && !p->v[j].may_break) {
            continue;
        }
        double hang = how == GB_JUSTIFIED ? gb_hang_pt(&p->v[j - 1]) : 0;
        for (size_t i = j; i-- > 0;) {
            if (i > 0 && (!p->v[i].may_break || best[i].demerits < 0)) {
                continue;
            }
            double gaps = sum[j].gap - sum[i + 1].gap, natural = sum[j].w - sum[i].w + gaps - hang;
            double room = i ? width_pt : width_pt - indent_pt;
            bool too_wide = natural - gaps * (how == GB_JUSTIFIED ? SHRINK : 0) > room + 0.01;
            if (too_wide && best[j].demerits >= 0) {
                break;
            }
            double d = best[i].demerits + demerits(natural, gaps, room, j == n, sum[j].n_gaps == sum[i + 1].n_gaps, how);
            if (best[j].demerits < 0 || d < best[j].demerits) {
                best[j] = (struct node){ d, i };
            }
            if (too_wide) {
                break;
            }
        }
    }
    size_t lines = 0;
    for (size_t j = n; j > 0; j = best[j].from) {
        lines++;
    }
    *out = GB_NEW_N(a, lines, struct gb_line);
    for (size_t j = n, k = lines; j > 0; j = best[j].from) {
        size_t i = best[j].from;
        double hang = how == GB_JUSTIFIED ? gb_hang_pt(&p->v[j - 1]) : 0;
        (*out)[--k] =
            (struct gb_line){ i, j, sum[j].w - sum[i].w + sum[j].gap - sum[i + 1].gap - hang, sum[j].n_gaps - sum[i + 1].n_gaps };
    }
    return lines;
}
