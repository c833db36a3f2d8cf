/* phrase.c — sentences from facts, as a careful civil servant writes them.
 *
 * A sentence is a subject (what, where, when), a verb with the value, then clauses: comparison, year to date, plan, pace, rank,
 * level. Only clauses that are asked for and defined are said; what is missing is said once, never left to be guessed. Which form
 * a comparison takes (percent, points, pieces) follows from the indicator, not from the author: a count of 3 that was 2 rose by one
 * case, not by 50%. Figures stay values; the direction is a word ("tăng", "giảm") and the value then prints without sign.
 */
#include "document/phrase.h"
#include "base/utf8.h"
#include "evaluation/outlook.h"

#define SMALL_COUNT 100 /* below it a change of a count is told in pieces */

struct teller {
    struct gb_doc *d;
    struct gb_text *t;
    const struct gb_evaluation *ev;
    const struct gb_indicator *ind;
    const struct gb_eval *e;
    int indicator_i, region_i;
    bool compared;  /* a comparison was said: what follows is set off by ';' */
    bool year_said; /* "cùng kỳ năm trước" was said: "cùng kỳ" is enough */
    bool ytd_said;
    bool plan_said;
};

static void word(struct teller *s, const char *text)
{
    gb_text_add(s->d, s->t, text, 0);
}

static struct gb_value fact(const struct teller *s, enum gb_derivation how)
{
    return gb_value_of(s->ev, s->indicator_i, s->region_i, how);
}

static void figure(struct teller *s, enum gb_derivation how, bool magnitude)
{
    struct gb_value v = fact(s, how);
    v.magnitude = magnitude;
    gb_text_value(s->d, s->t, v, 0);
}

/* ---- letters ---- */

static bool upper_letter(uint32_t cp)
{
    return (cp >= 'A' && cp <= 'Z') || (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) || cp == 0x102 || cp == 0x110 || cp == 0x128 ||
           cp == 0x168 || cp == 0x1A0 || cp == 0x1AF || (cp >= 0x1EA0 && cp <= 0x1EF9 && cp % 2 == 0);
}

const char *gb_phrase_lower_first(struct gb_arena *a, const char *s)
{
    const char *p = s, *end = s + strlen(s);
    uint32_t first = gb_utf8_next(&p, end);
    const char *rest = p;
    uint32_t second = gb_utf8_next(&p, end);
    if (!upper_letter(first) || upper_letter(second) || (second >= '0' && second <= '9') || second == '.') {
        return s; /* "GRDP", "PM2,5": a name of capitals keeps them */
    }
    uint32_t lower = first < 0xDF ? first + 32 : first + 1;
    char letter[4];
    size_t n = gb_utf8_encode(lower, letter);
    return gb_sprintf(a, "%.*s%s", (int)n, letter, rest);
}

/* "Phường Hạc Thành" inside a sentence is "phường Hạc Thành"; a name without a word of kind stays. */
const char *gb_phrase_place(struct gb_arena *a, const char *name)
{
    static const char *const kinds[] = { "Tỉnh ",   "Thành phố ", "Xã ",    "Phường ", "Đặc khu ", "Huyện ", "Quận ",
                                         "Thị xã ", "Thị trấn ",  "Trạm ",  "Hồ ",     "Sông ",    "Khu ",   "Cụm ",
                                         "Đập ",    "Nhà máy ",   "Dự án ", "Điểm ",   "Vùng ",    "Cảng " };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (gb_starts_with(name, kinds[i])) {
            return gb_phrase_lower_first(a, name);
        }
    }
    return name;
}

/* ---- periods ---- */

static const char *freq_before(enum gb_freq f)
{
    switch (f) {
    case GB_FREQ_YEAR: return "năm trước";
    case GB_FREQ_QUARTER: return "quý trước";
    case GB_FREQ_MONTH: return "tháng trước";
    case GB_FREQ_WEEK: return "tuần trước";
    case GB_FREQ_DAY: return "ngày trước";
    case GB_FREQ_HOUR: return "giờ trước";
    }
    gb_bug("frequency");
}

static void period(struct teller *s, int32_t p)
{
    struct gb_value v = gb_value_period(s->ind->freq, p);
    v.fact = (struct gb_fact_id){ s->indicator_i, s->region_i, p, GB_D_VALUE };
    if (s->ind->freq == GB_FREQ_HOUR) {
        char date[16];
        gb_date_vi(gb_period_start(GB_FREQ_HOUR, p, GB_CAL_CIVIL), date);
        int32_t hour = p - gb_date_to_days(gb_period_start(GB_FREQ_HOUR, p, GB_CAL_CIVIL)) * 24;
        v.kind = GB_V_TEXT;
        v.text = gb_sprintf(s->d->arena, "%02d giờ ngày %s", hour, date);
    }
    if (s->ind->freq == GB_FREQ_DAY) {
        word(s, "ngày ");
    }
    gb_text_value(s->d, s->t, v, 0);
}

/* A stock and a running total stand at the end of their period; a moment is a moment. */
static const char *period_lead(const struct gb_indicator *ind)
{
    if (ind->freq == GB_FREQ_HOUR) {
        return "lúc ";
    }
    bool at_end = ind->flow == GB_FLOW_CUMULATIVE || (ind->flow == GB_FLOW_STOCK && ind->freq != GB_FREQ_YEAR);
    if (!at_end) {
        return "";
    }
    bool say_cumulative = ind->flow == GB_FLOW_CUMULATIVE && !ind->is_percent && !strstr(ind->name_vi, "lũy kế");
    return say_cumulative ? "lũy kế đến hết " : "đến hết ";
}

/* ---- comparison ---- */

enum direction { DIR_MISSING, DIR_BROKEN, DIR_DOWN, DIR_SAME, DIR_NEAR, DIR_UP };
struct comparison {
    enum direction dir;
    enum gb_derivation how;
    bool year, ytd;
};

static enum gb_derivation in_pieces(enum gb_derivation how)
{
    return how == GB_D_PREV_PCT ? GB_D_PREV_DIFF : how == GB_D_YEAR_PCT ? GB_D_YEAR_DIFF : how;
}

static const struct gb_change *change_of(const struct gb_eval *e, enum gb_derivation how)
{
    return how == GB_D_PREV_DIFF || how == GB_D_PREV_PCT ? &e->prev : how == GB_D_YTD_PCT ? &e->ytd_year_before : &e->year_before;
}

static struct comparison compare(const struct teller *s, enum gb_derivation how)
{
    const struct gb_change *c = change_of(s->e, how);
    struct comparison r = { .how = how, .year = how != GB_D_PREV_DIFF && how != GB_D_PREV_PCT, .ytd = how == GB_D_YTD_PCT };
    if (!c->ok) {
        r.dir = c->over ? DIR_BROKEN : DIR_MISSING;
        return r;
    }
    if (how != GB_D_YTD_PCT && (!c->pct_ok || c->base_negative)) {
        r.how = in_pieces(how); /* a percentage of nothing, or of a loss, says nothing */
    }
    struct gb_value v = fact(s, r.how);
    if (v.kind != GB_V_NUM) {
        return r;
    }
    int sign = gb_value_sign(&v);
    r.dir = c->diff == 0 ? DIR_SAME : sign == 0 ? DIR_NEAR : c->diff > 0 ? DIR_UP : DIR_DOWN;
    return r;
}

static bool is_small_count(const struct gb_indicator *ind, const struct gb_eval *e, const struct gb_change *c)
{
    return ind->scale == 0 && ind->decimals == 0 && e->value > -SMALL_COUNT && e->value < SMALL_COUNT && c->base > -SMALL_COUNT &&
           c->base < SMALL_COUNT;
}

/* From one hour to the next most things hardly move. A change of a few last digits that is also below a fiftieth is noise, not
 * news ("253,4 mm, giảm 0,1 mm"); a reservoir that rose by 0,35 m in an hour is told, small as that is beside 98 m. */
static bool is_noise(const struct teller *s, enum gb_derivation how)
{
    const struct gb_change *c = change_of(s->e, how);
    bool previous = how == GB_D_PREV_DIFF || how == GB_D_PREV_PCT;
    if (s->ind->freq != GB_FREQ_HOUR || !previous || !c->ok) {
        return false;
    }
    __int128 diff = c->diff < 0 ? -(__int128)c->diff : c->diff, base = c->base < 0 ? -(__int128)c->base : c->base;
    int64_t few = 5 * gb_pow10[s->ind->scale > s->ind->decimals ? s->ind->scale - s->ind->decimals : 0];
    return diff <= few && diff * 50 <= base;
}

static enum gb_derivation natural(const struct teller *s, enum gb_derivation pct)
{
    bool pieces =
        gb_change_is_difference(s->ind) || s->ind->flow == GB_FLOW_RATE || is_small_count(s->ind, s->e, change_of(s->e, pct));
    return pieces ? in_pieces(pct) : pct;
}

/* A growth rate is itself a comparison: its own changes are told as higher and lower levels. */
static bool is_growth(const struct gb_indicator *ind)
{
    return strstr(ind->name_vi, "so với cùng kỳ") != NULL;
}

static void base_name(struct teller *s, const struct comparison *c)
{
    const struct gb_change *change = change_of(s->e, c->how);
    bool yearly = s->ind->freq == GB_FREQ_YEAR;
    if (is_growth(s->ind)) {
        word(s, "mức ");
    }
    if (c->ytd) {
        word(s, s->year_said ? "cùng kỳ" : "cùng kỳ năm trước");
        s->year_said = true;
    } else if (s->e->overdue && change->ok && change->period != GB_PERIOD_NONE) {
        period(s, change->period); /* "tháng trước" would be read from today */
    } else if (c->year && !yearly) {
        word(s, "cùng kỳ năm trước");
        s->year_said = true;
    } else {
        word(s, freq_before(s->ind->freq));
    }
}

/* Two kinds of figures under one name: said, with the day and what happened, in place of a percentage that would be false. */
static void broken(struct teller *s, const struct comparison *c)
{
    const struct gb_break *over = change_of(s->e, c->how)->over;
    char day[16];
    word(s, "không so sánh với ");
    word(s, c->year && s->ind->freq != GB_FREQ_YEAR ? "cùng kỳ năm trước" : freq_before(s->ind->freq));
    gb_date_vi(over->date, day);
    word(s, gb_sprintf(s->d->arena, " vì đứt chuỗi số liệu từ %s", day));
    if (*over->text)
        word(s, gb_sprintf(s->d->arena, " (%s)", over->text));
}

/* The base is of the places that are now one. */
static void converted(struct teller *s, const struct comparison *c)
{
    if (change_of(s->e, c->how)->over)
        word(s, " (quy đổi theo địa bàn mới)");
}

static void say_direction(struct teller *s, const struct comparison *c, bool with_word)
{
    bool growth = is_growth(s->ind);
    switch (c->dir) {
    case DIR_MISSING:
        word(s, "chưa có số liệu ");
        word(s, c->year && s->ind->freq != GB_FREQ_YEAR ? "cùng kỳ" : freq_before(s->ind->freq));
        word(s, " để so sánh");
        return;
    case DIR_BROKEN: broken(s, c); return;
    case DIR_SAME: word(s, with_word ? "không đổi so với " : ""); break;
    case DIR_NEAR: word(s, "xấp xỉ "); break;
    case DIR_UP:
    case DIR_DOWN:
        if (with_word) {
            word(s, c->dir == DIR_UP ? (growth ? "cao hơn " : "tăng ") : (growth ? "thấp hơn " : "giảm "));
        }
        figure(s, c->how, true);
        word(s, " so với ");
        break;
    }
    base_name(s, c);
    converted(s, c);
}

static void comparisons(struct teller *s, unsigned say)
{
    struct comparison c[2];
    int n = 0;
    if ((say & GB_SAY_PREVIOUS) && !is_noise(s, GB_D_PREV_PCT)) {
        c[n++] = compare(s, natural(s, GB_D_PREV_PCT));
    }
    if ((say & GB_SAY_YEAR) && !(s->ind->freq == GB_FREQ_YEAR && n)) {
        c[n++] = compare(s, natural(s, GB_D_YEAR_PCT));
    }
    if (n == 0) {
        return;
    }
    s->compared = true;
    word(s, ", ");
    if (n == 2 && c[0].dir == DIR_MISSING && c[1].dir == DIR_MISSING) {
        word(s, "chưa có số liệu kỳ trước và cùng kỳ để so sánh");
        return;
    }
    if (n == 2 && c[0].dir == DIR_BROKEN && c[1].dir == DIR_BROKEN) {
        say_direction(s, &c[1], true); /* the one break says it of both */
        return;
    }
    if (n == 2 && c[0].dir <= DIR_BROKEN) { /* what is known first */
        struct comparison first = c[0];
        c[0] = c[1];
        c[1] = first;
    }
    say_direction(s, &c[0], true);
    if (n == 2) {
        bool alike = c[0].dir == c[1].dir && c[0].dir != DIR_NEAR && c[0].dir != DIR_BROKEN;
        word(s, alike ? " và " : ", ");
        say_direction(s, &c[1], !alike);
    }
}

/* ---- subject and value ---- */

static const char *verb(const struct gb_indicator *ind, int64_t value, char status)
{
    bool reaches = ind->direction == GB_UP_GOOD && value > 0;
    switch (status) {
    case 'E': return reaches ? "ước đạt " : "ước tính là ";
    case 'F': return reaches ? "dự báo đạt " : "dự báo là ";
    default: return reaches ? "đạt " : "là ";
    }
}

static void place(struct teller *s, unsigned say)
{
    if (!(say & GB_SAY_REGION) || s->region_i < 0) {
        return;
    }
    const char *name = gb_phrase_place(s->d->arena, gb_region_name(s->ev->catalogue, s->region_i, s->ev->date));
    if (strstr(s->ind->name_vi, name)) {
        return;
    }
    word(s, " tại ");
    word(s, name);
}

/* Name and period, without saying a word twice: "… trong tháng" + "tháng 10/2026" share theirs. */
static void name_and_period(struct teller *s, const char *name, unsigned say, bool with_period)
{
    const char *lead = period_lead(s->ind);
    const char *noun = gb_freq_noun_vi(s->ind->freq);
    size_t n = strlen(name), k = strlen(noun);
    bool shared = with_period && !(say & GB_SAY_REGION) && s->ind->freq != GB_FREQ_HOUR && n > k + 2 && name[n - k - 1] == ' ' &&
                  (name[n - k - 2] < '0' || name[n - k - 2] > '9') &&
                  /* "12 tháng" is a number of months */ gb_streq(name + n - k, noun) && !*lead;
    word(s, shared ? gb_strndup(s->d->arena, name, n - k - 1) : name);
    place(s, say);
    if (with_period) {
        word(s, " ");
        word(s, lead);
        period(s, s->e->period);
    }
}

static void subject(struct teller *s, unsigned say)
{
    const char *name = s->ind->name_vi;
    bool with_period = (say & GB_SAY_PERIOD) && !s->e->overdue;
    if (!with_period || !strstr(name, "so với")) {
        name_and_period(s, name, say, with_period);
        return;
    }
    /* "… so với kế hoạch tháng 10/2026" would be the plan of that month: the time goes first. */
    struct gb_inline *before = s->t->last;
    word(s, period_lead(s->ind));
    period(s, s->e->period);
    struct gb_inline *first = before ? before->next : s->t->first;
    if (first->kind == GB_IN_TEXT) {
        first->text = gb_capitalise(s->d->arena, first->text);
    } else {
        struct gb_buf b = { 0 }; /* a period that opens the sentence: the same value, as text with a capital */
        gb_value_text(&first->value, GB_WITH_UNIT, &b);
        first->value.kind = GB_V_TEXT;
        first->value.text = gb_capitalise(s->d->arena, b.p);
        gb_buf_release(&b);
    }
    word(s, ", ");
    name_and_period(s, gb_phrase_lower_first(s->d->arena, name), say, false);
}

static void value_with_remarks(struct teller *s)
{
    const struct gb_eval *e = s->e;
    figure(s, GB_D_VALUE, false);
    bool plain = !*gb_status_vi(e->status) || e->status == 'E' || e->status == 'F';
    if (plain && !e->overdue) {
        return;
    }
    word(s, " (");
    if (!plain) {
        word(s, gb_status_vi(e->status));
        word(s, e->overdue ? "; " : "");
    }
    if (e->overdue) {
        word(s, "số liệu mới nhất của ");
        period(s, e->period);
    }
    word(s, ")");
}

/* ---- year to date, plan, pace, rank, state ---- */

static void ytd_span(struct teller *s)
{
    const struct gb_eval *e = s->e;
    enum gb_freq f = s->ind->freq;
    int due = (int)(e->period - gb_period_year_first(f, e->period)) + 1;
    int months = f == GB_FREQ_MONTH ? due : f == GB_FREQ_QUARTER ? due * 3 : 0;
    if (!e->ytd_complete) {
        word(s, gb_sprintf(s->d->arena, "từ đầu năm (có số liệu %d/%d %s)", e->n_ytd, due, gb_freq_noun_vi(f)));
    } else if (months == 12) {
        word(s, "cả năm");
    } else if (months) {
        word(s, gb_sprintf(s->d->arena, months == 6 ? "%d tháng đầu năm" : "%d tháng", months));
    } else {
        word(s, "từ đầu năm");
    }
}

static bool has_ytd(const struct teller *s)
{
    return s->ind->flow == GB_FLOW_FLOW && s->ind->freq != GB_FREQ_YEAR && s->e->ytd_ok && s->e->n_ytd > 1;
}

static void year_to_date(struct teller *s)
{
    if (!has_ytd(s)) {
        return;
    }
    word(s, "; lũy kế ");
    ytd_span(s);
    word(s, " ");
    word(s, verb(s->ind, s->e->ytd, s->e->status));
    figure(s, GB_D_YTD, false);
    s->ytd_said = s->compared = true;
    struct comparison c = compare(s, GB_D_YTD_PCT);
    if (c.dir > DIR_BROKEN) {
        word(s, ", ");
        say_direction(s, &c, true);
    }
}

static const char *plan_name(struct teller *s, const char *what)
{
    int year = gb_period_year(s->ind->freq, s->e->period);
    s->plan_said = true;
    return year == s->ev->date.year ? what : gb_sprintf(s->d->arena, "%s %d", what, year);
}

/* A plan that nobody has decided is not called one without a word. */
static const char *undecided(const struct teller *s, const char *before, const char *after)
{
    return s->e->target_confirmed ? "" : gb_sprintf(s->d->arena, "%schỉ tiêu minh họa%s", before, after);
}

static void against_level(struct teller *s)
{
    int64_t now = s->e->value, aim = s->e->target;
    word(s, s->compared ? "; " : ", ");
    word(s, now < aim ? "thấp hơn " : now > aim ? "cao hơn " : "bằng ");
    word(s, plan_name(s, "mục tiêu năm"));
    word(s, " (");
    figure(s, GB_D_TARGET, false);
    word(s, undecided(s, ", ", ""));
    word(s, ")");
    s->compared = true;
}

static void target(struct teller *s)
{
    const struct gb_eval *e = s->e;
    if (!e->has_target) {
        return;
    }
    if (s->ind->is_percent && s->ind->flow == GB_FLOW_CUMULATIVE && gb_dec_cmp(e->target, s->ind->scale, 100, 0) == 0) {
        return; /* a share of the plan is already the value itself */
    }
    if (s->ind->flow == GB_FLOW_RATE || s->ind->is_percent) {
        against_level(s);
        return;
    }
    if (!e->attain_ok) {
        return;
    }
    word(s, s->ytd_said ? ", " : s->compared ? "; " : ", ");
    if (s->ind->flow == GB_FLOW_FLOW && !s->ytd_said && has_ytd(s)) {
        word(s, "lũy kế ");
        ytd_span(s);
        word(s, " ");
    }
    const char *plan = plan_name(s, s->ind->direction == GB_DOWN_GOOD ? "mức mục tiêu năm" : "kế hoạch năm");
    int over = gb_dec_cmp(e->attainment_pct, GB_PCT_SCALE, 100, 0);
    if (over < 0) {
        word(s, "bằng ");
        figure(s, GB_D_ATTAINMENT, false);
        word(s, " ");
        word(s, plan);
        word(s, undecided(s, " (", ")"));
    } else {
        word(s, over > 0 ? "vượt " : "đạt ");
        word(s, plan);
        word(s, " (");
        figure(s, GB_D_ATTAINMENT, false);
        word(s, undecided(s, ", ", ""));
        word(s, ")");
    }
    s->compared = true;
}

/* What a pace is measured by: a share of days, or the curve by which public investment is paid out (season invcum). */
static const char *pace_name(const struct teller *s)
{
    return gb_streq(s->ind->season, "invcum") ? "đường tiến độ giải ngân" : "tiến độ năm";
}

/* A pace towards a plan that the sentence has not named. */
static void whose_pace(struct teller *s)
{
    if (!s->plan_said) {
        word(s, undecided(s, " (", ")"));
    }
}

static void pace(struct teller *s)
{
    if (!s->e->pace_ok) {
        return;
    }
    struct gb_value v = fact(s, GB_D_BEHIND);
    if (v.kind != GB_V_NUM) {
        return;
    }
    bool up = s->ind->direction == GB_UP_GOOD;
    int behind = gb_value_sign(&v);
    word(s, s->compared ? "; " : ", ");
    s->compared = true;
    if (behind == 0) {
        word(s, gb_sprintf(s->d->arena, up ? "đúng %s" : "bằng mức theo %s", pace_name(s)));
        whose_pace(s);
        return;
    }
    word(s, behind > 0 ? (up ? "chậm " : "thấp hơn ") : (up ? "nhanh hơn " : "cao hơn "));
    figure(s, GB_D_BEHIND, true);
    word(s, gb_sprintf(s->d->arena, up ? " so với %s" : " so với mức theo %s", pace_name(s)));
    whose_pace(s);
}

static void rank(struct teller *s)
{
    if (s->e->rank < 1) {
        return;
    }
    word(s, s->compared ? "; xếp thứ " : ", xếp thứ ");
    figure(s, GB_D_RANK, false);
    word(s, " trong ");
    figure(s, GB_D_COUNT, false);
    word(s, " xã, phường có số liệu");
    if (s->e->rank_gain_ok) {
        word(s, ", ");
        figure(s, GB_D_RANK_CHANGE, false);
        word(s, gb_sprintf(s->d->arena, " so với %s", freq_before(s->ind->freq)));
    }
    s->compared = true;
}

/* What a year's end is called: a sum is of the whole year, a level stands at its end. */
static void expect(struct teller *s, const struct gb_year_end *y)
{
    bool adds_up = s->ind->flow == GB_FLOW_FLOW || s->ind->flow == GB_FLOW_CUMULATIVE, up = s->ind->direction == GB_UP_GOOD;
    bool level = s->ind->flow == GB_FLOW_RATE || s->ind->is_percent || !up;
    const char *plan = plan_name(s, level ? "mục tiêu năm" : "kế hoạch năm");
    word(s, gb_sprintf(s->d->arena, adds_up ? "dự báo cả năm %s" : "dự báo cuối năm %s", up && y->expected > 0 ? "đạt " : "là "));
    figure(s, GB_D_EXPECTED, false);
    if (!level && y->attainment_ok) {
        word(s, ", bằng ");
        figure(s, GB_D_EXPECTED_PCT, false);
        word(s, " ");
        word(s, plan);
    } else {
        word(s, gb_sprintf(s->d->arena, ", %s %s (",
                           y->expected < y->target   ? "thấp hơn"
                           : y->expected > y->target ? "cao hơn"
                                                     : "bằng",
                           plan));
        gb_text_value(s->d, s->t, gb_value_year_target(s->ev, s->indicator_i, s->region_i), 0);
        word(s, ")");
    }
    word(s, up ? ", khả năng đạt khoảng " : ", khả năng không vượt khoảng ");
    figure(s, GB_D_CHANCE, false);
}

/* What the forecast rests on, when that is little. */
static void reserve(struct teller *s, const struct gb_year_end *y)
{
    const char *but = gb_year_end_reservation(y);
    if (*but)
        word(s, gb_sprintf(s->d->arena, ", dè dặt vì %s", but));
    if (y->break_text)
        word(s, gb_sprintf(s->d->arena, "%s chỉ dùng số liệu sau mốc: %s", *but ? "," : ", dè dặt vì", y->break_text));
}

/* Figures that add up and are not there yet: what is left for each period. */
static void still_needed(struct teller *s, const struct gb_year_end *y)
{
    bool adds_up = s->ind->flow == GB_FLOW_FLOW || s->ind->flow == GB_FLOW_CUMULATIVE, up = s->ind->direction == GB_UP_GOOD;
    if (!adds_up || !y->needed_ok || y->needed <= 0)
        return;
    word(s, gb_sprintf(s->d->arena, up ? "; bình quân mỗi %s còn lại cần đạt " : "; bình quân mỗi %s còn lại không được vượt ",
                       gb_freq_noun_vi(s->ind->freq)));
    struct gb_value v = fact(s, GB_D_NEEDED);
    v.sign = false;
    gb_text_value(s->d, s->t, v, 0);
}

/* A forecast is called one, and where there can be none it is said why: silence would be read as "all is well". */
static void outlook(struct teller *s)
{
    struct gb_year_end y;
    gb_year_end(s->ev, s->indicator_i, s->region_i, &y);
    const char *lead = s->compared ? "; " : ", ";
    bool plan_said = s->plan_said;
    switch (y.why) {
    case GB_YE_NO_TARGET:
    case GB_YE_NO_DIRECTION:
    case GB_YE_YEAR_IS_OVER: return;
    case GB_YE_GAPS:
        word(s, lead);
        word(s, "chưa dự báo được cả năm vì thiếu số liệu một số kỳ trong năm");
        break;
    case GB_YE_NO_FORECAST:
        word(s, lead);
        word(s, "chưa đủ số liệu để dự báo cả năm");
        still_needed(s, &y);
        break;
    case GB_YE_OK:
        word(s, lead);
        expect(s, &y);
        if (!plan_said)
            word(s, undecided(s, " (", ")"));
        reserve(s, &y);
        still_needed(s, &y);
        break;
    }
    s->compared = true;
}

static void state(struct teller *s)
{
    const struct gb_eval *e = s->e;
    struct gb_value v = gb_value_state_of(s->ev, s->indicator_i, s->region_i);
    if (e->state == GB_OVERDUE) {
        word(s, s->compared ? "; số liệu đã quá hạn cập nhật" : ", đã quá hạn cập nhật");
        if (e->level == GB_STATE_NONE) {
            return;
        }
        word(s, ", mức gần nhất là ");
        v.state = e->level;
    } else if (e->state == GB_STATE_NONE || e->state == GB_NO_DATA) {
        return;
    } else {
        word(s, s->compared ? "; ở mức " : ", ở mức ");
        v.state = e->level; /* of the value itself: what is not confirmed is said after it */
        v.text = NULL;
    }
    gb_text_value(s->d, s->t, v, gb_stands_at(v.state, GB_WARNING) ? GB_STRONG : 0);
    if (gb_eval_held(e)) {
        word(s,
             e->level == GB_GOOD ? ", đang chờ xác nhận trở lại bình thường sau mức " : ", đang chờ xác nhận giảm nhẹ từ mức ");
        gb_text_value(s->d, s->t, gb_value_state(e->state), 0);
    }
}

/* ", đã 3 tháng liên tiếp từ mức này trở lên, chưa cải thiện": what has lasted calls for more than what is new. */
static void lasting(struct teller *s)
{
    const struct gb_eval *e = s->e;
    if (e->overdue || !gb_stands_at(e->level, GB_WARNING) || e->in_row < 2) {
        return;
    }
    word(s, ", đã ");
    gb_text_value(s->d, s->t, gb_value_count(e->in_row, gb_freq_noun_vi(s->ind->freq)), 0);
    word(s, " liên tiếp từ mức này trở lên");
    word(s, e->stuck ? ", chưa cải thiện" : "");
}

static bool begin(struct teller *s, struct gb_doc *d, struct gb_text *t, const struct gb_evaluation *ev, int indicator_i,
                  int region_i)
{
    gb_assert(indicator_i >= 0 && indicator_i < gb_n_indicator_keys(ev->catalogue));
    *s = (struct teller){ .d = d,
                          .t = t,
                          .ev = ev,
                          .ind = &ev->catalogue->indicator[indicator_i],
                          .e = gb_eval_find(ev, indicator_i, region_i),
                          .indicator_i = indicator_i,
                          .region_i = region_i };
    return s->e && s->e->latest_i >= 0;
}

void gb_phrase_fact(struct gb_doc *d, struct gb_text *t, const struct gb_evaluation *ev, int indicator_i, int region_i,
                    unsigned say)
{
    struct teller s;
    if (!begin(&s, d, t, ev, indicator_i, region_i)) {
        word(&s, "Chưa có số liệu về ");
        word(&s, gb_phrase_lower_first(d->arena, s.ind->name_vi));
        place(&s, say);
        word(&s, ".");
        return;
    }
    subject(&s, say);
    word(&s, " ");
    word(&s, verb(s.ind, s.e->value, s.e->status));
    value_with_remarks(&s);
    comparisons(&s, say);
    if (say & GB_SAY_YTD) {
        year_to_date(&s);
    }
    if (say & GB_SAY_TARGET) {
        target(&s);
    }
    if (say & GB_SAY_PACE) {
        pace(&s);
    }
    if (say & GB_SAY_OUTLOOK) {
        outlook(&s);
    }
    if (say & GB_SAY_RANK) {
        rank(&s);
    }
    if (say & GB_SAY_STATE) {
        state(&s);
    }
    if (say & GB_SAY_LASTING) {
        lasting(&s);
    }
    word(&s, ".");
}

void gb_phrase_change(struct gb_doc *d, struct gb_text *t, const struct gb_evaluation *ev, int indicator_i, int region_i,
                      enum gb_derivation how)
{
    struct teller s;
    bool has = begin(&s, d, t, ev, indicator_i, region_i);
    if ((how < GB_D_PREV_DIFF || how > GB_D_YEAR_PCT) && how != GB_D_YTD_PCT) {
        (void)gb_fail(&d->err, GB_E_REPORT, "%s: \"%s\" không phải là một phép so sánh", s.ind->code, gb_derivation_word(how));
        return;
    }
    if (!has) {
        word(&s, "chưa có số liệu");
        return;
    }
    struct comparison c = compare(&s, how);
    say_direction(&s, &c, true);
}

const char *gb_phrase_chart_title(struct gb_doc *d, const struct gb_evaluation *ev, int indicator_i, int region_i)
{
    struct teller s;
    struct gb_text t = { 0 };
    bool has = begin(&s, d, &t, ev, indicator_i, region_i);
    word(&s, s.ind->name_vi);
    word(&s, ": ");
    if (!has) {
        word(&s, "chưa có số liệu");
    } else {
        figure(&s, GB_D_VALUE, false);
        word(&s, " ");
        word(&s, period_lead(s.ind));
        period(&s, s.e->period);
        struct comparison c = compare(&s, natural(&s, GB_D_YEAR_PCT));
        if (c.dir <= DIR_BROKEN) {
            c = compare(&s, natural(&s, GB_D_PREV_PCT));
        }
        if (c.dir > DIR_BROKEN && !is_noise(&s, c.how)) {
            word(&s, ", ");
            say_direction(&s, &c, true);
        }
    }
    struct gb_buf b = { 0 };
    for (const struct gb_inline *in = t.first; in;
         in = in->next) { /* a title is broken by whoever draws it: bind what must not part */
        if (in->kind == GB_IN_VALUE) {
            gb_value_text_bound(&in->value, GB_WITH_UNIT, &b);
        } else {
            gb_buf_adds(&b, in->text);
        }
    }
    char *title = gb_buf_copy(d->arena, &b);
    gb_buf_release(&b);
    return title;
}
