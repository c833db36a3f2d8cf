/* explain_shown.c — which documents of the newest editions show a figure. Each edition says so itself, in its facts.csv (render/facts.c), and
 * its manifest says which files a report became. What an audience's edition shows is told only to who may see that edition. */
#include "app/explain.h"
#include "base/csv.h"
#include "base/file.h"

enum { MAX_EDITION_FILE = 64 << 20 };

struct place {
    const char *report, *title, *section;
    struct gb_buf how;
};
struct shown {
    const struct gb_explain *x;
    const char *code, *region, *period;
    struct place *v;
    size_t n, cap;
    struct gb_str report, title; /* of the document whose rows are being read */
};

/* Is the word one of a list separated by blanks? */
static bool listed(struct gb_str list, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = list.p, *end = list.p + list.n; p < end;) {
        const char *blank = memchr(p, ' ', (size_t)(end - p)), *stop = blank ? blank : end;
        if ((size_t)(stop - p) == n && memcmp(p, word, n) == 0)
            return true;
        p = blank ? blank + 1 : end;
    }
    return false;
}

static struct place *place_of(struct shown *s, const char *report, struct gb_str section)
{
    const struct gb_explain *x = s->x;
    if (s->n && gb_streq(s->v[s->n - 1].report, report) && gb_str_eq_c(section, s->v[s->n - 1].section))
        return &s->v[s->n - 1];
    s->v = gb_arena_grow(x->arena, s->v, s->n, &s->cap, s->n + 1, sizeof *s->v);
    s->v[s->n] = (struct place){ .report = report,
                                 .section = gb_strndup(x->arena, section.p, section.n),
                                 .title = gb_strndup(x->arena, s->title.p, s->title.n) };
    return &s->v[s->n++];
}

static void row(struct shown *s, const struct gb_csv *c)
{
    enum { REPORT, SECTION, TITLE, INDICATOR, HOW, PERIODS, REGIONS, N };
    const struct gb_explain *x = s->x;
    if (c->n_fields != N)
        return;
    if (c->field[INDICATOR].n == 0) {
        s->title = (struct gb_str){ gb_strndup(x->arena, c->field[TITLE].p, c->field[TITLE].n), c->field[TITLE].n };
        return;
    }
    if (!gb_str_eq_c(c->field[INDICATOR], s->code) || !listed(c->field[PERIODS], s->period) ||
        !listed(c->field[REGIONS], s->region))
        return;
    struct place *p = place_of(s, gb_strndup(x->arena, c->field[REPORT].p, c->field[REPORT].n), c->field[TITLE]);
    gb_buf_addf(&p->how, "%s%.*s", p->how.n ? " " : "", (int)c->field[HOW].n, c->field[HOW].p);
}

static const char *how_vi(const struct gb_explain *x, const char *list)
{
    enum { WORDS = 4 };
    static const struct {
        const char *word, *vi;
    } words[] = { { "value", "giá trị" },
                  { "state", "trạng thái" },
                  { "prev-diff", "so kỳ trước" },
                  { "prev-pct", "so kỳ trước %" },
                  { "year-diff", "so cùng kỳ" },
                  { "year-pct", "so cùng kỳ %" },
                  { "ytd", "lũy kế" },
                  { "ytd-pct", "lũy kế so cùng kỳ" },
                  { "target", "kế hoạch" },
                  { "attainment", "mức đạt" },
                  { "pace", "tiến độ phải đạt" },
                  { "behind", "chậm tiến độ" },
                  { "rank", "thứ bậc" },
                  { "age", "tuổi số liệu" },
                  { "count", "số nơi xếp hạng" },
                  { "threshold", "ngưỡng" },
                  { "rank-change", "đổi thứ bậc" },
                  { "forecast", "dự báo" },
                  { "expected", "dự báo cả năm" },
                  { "needed", "mức cần mỗi kỳ" },
                  { "chance", "khả năng đạt" },
                  { "expected-pct", "dự báo mức đạt" } };
    struct gb_buf b = { 0 };
    struct gb_str part[32];
    size_t n = gb_split(gb_str_of(list), ' ', part, 32);
    for (size_t i = 0; i < n; i++) {
        if (i == WORDS && n > WORDS + 1 && !x->app->args.all) {
            gb_buf_adds(&b, " …");
            break;
        }
        const char *vi = NULL;
        for (size_t k = 0; k < sizeof words / sizeof *words && !vi; k++)
            vi = gb_str_eq_c(part[i], words[k].word) ? words[k].vi : NULL;
        gb_buf_addf(&b, "%s%.*s", b.n ? ", " : "", vi ? (int)strlen(vi) : (int)part[i].n, vi ? vi : part[i].p);
    }
    const char *out = gb_buf_copy(x->arena, &b);
    gb_buf_release(&b);
    return out;
}

/* Paths of the files that a report became, joined: "daily.html, .pdf". */
static const char *files_of(const struct gb_explain *x, const struct gb_jval *manifest, const char *report)
{
    const struct gb_jval *files = gb_jget(manifest, "files");
    const char *first = NULL;
    size_t stem = 0;
    struct gb_buf b = { 0 };
    gb_tell_list(x->t, "files");
    for (const struct gb_jval *f = files ? files->child : NULL; f; f = f->next) {
        const char *path = gb_jstr(f, "path");
        if (!path || !gb_streq(gb_jstr(f, "report"), report))
            continue;
        const char *dot = strrchr(path, '.');
        bool same = b.n && dot && first && (size_t)(dot - path) == stem && strncmp(path, first, stem) == 0;
        gb_buf_addf(&b, "%s%s", b.n ? ", " : "", same ? dot : path);
        if (!first) {
            first = path;
            stem = dot ? (size_t)(dot - path) : strlen(path);
        }
        if (x->t->json)
            gb_json_str(&x->t->j, NULL, path);
    }
    gb_tell_list_end(x->t);
    const char *out = b.n ? gb_buf_copy(x->arena, &b) : report;
    gb_buf_release(&b);
    return out;
}

/* The data files that hold every figure of an indicator: they are not documents, and no list of facts names them. */
static void tell_data(const struct gb_explain *x, const struct gb_jval *manifest)
{
    const struct gb_jval *files = gb_jget(manifest, "files");
    const char *csv = gb_sprintf(x->arena, "data/%s.csv", x->ind->code),
               *json = gb_sprintf(x->arena, "data/%s.json", x->ind->code);
    gb_tell_list(x->t, "data");
    for (const struct gb_jval *f = files ? files->child : NULL; f; f = f->next) {
        const char *path = gb_jstr(f, "path");
        if (!gb_streq(path, csv) && !gb_streq(path, json))
            continue;
        if (x->t->json)
            gb_json_str(&x->t->j, NULL, path);
        gb_tell_text(x->t, 4, "%s: dữ liệu của chỉ số", path);
    }
    gb_tell_list_end(x->t);
}

/* A page of one of many places or indicators: "public/commune/periodic/14758". What precedes its key, else 0. */
static size_t keyed(const char *report)
{
    static const char *const level[] = { "periodic", "on-demand", "ad-hoc" };
    const char *last = strrchr(report, '/');
    for (size_t i = 0; last && i < sizeof level / sizeof *level; i++)
        if (strcmp(last + 1, level[i]) == 0)
            return 0;
    return last ? (size_t)(last - report) : 0;
}

static bool own_page(const struct shown *s, const char *report)
{
    const char *key = report + keyed(report) + 1;
    return strcmp(key, s->region) == 0 || strcmp(key, s->code) == 0;
}

static void tell_json(const struct shown *s, const struct gb_jval *manifest)
{
    const struct gb_explain *x = s->x;
    gb_tell_list(x->t, "documents");
    for (size_t i = 0; i < s->n; i++) {
        gb_tell_item(x->t);
        gb_tell_str(x->t, "report", s->v[i].report);
        gb_tell_str(x->t, "title", s->v[i].title);
        gb_tell_str(x->t, "section", s->v[i].section);
        gb_tell_str(x->t, "how", s->v[i].how.p);
        (void)files_of(x, manifest, s->v[i].report);
        gb_tell_item_end(x->t);
    }
    gb_tell_list_end(x->t);
}

/* One document and its sections from place i on; returns the first place of the next document. */
static size_t tell_document(const struct shown *s, const struct gb_jval *manifest, size_t i, bool say)
{
    enum { SECTIONS = 3 };
    const struct gb_explain *x = s->x;
    size_t k = i, n = 0;
    struct gb_buf b = { 0 };
    for (; k < s->n && gb_streq(s->v[k].report, s->v[i].report); k++)
        if (n++ < SECTIONS || x->app->args.all)
            gb_buf_addf(&b, "%s%s%s (%s)", b.n ? "; " : "", *s->v[k].section ? "phần " : "đầu tài liệu", s->v[k].section,
                        how_vi(x, s->v[k].how.p));
    if (n > SECTIONS && !x->app->args.all)
        gb_buf_addf(&b, "; và %zu phần khác", n - SECTIONS);
    if (say) {
        gb_tell_text(x->t, 4, "%s: %s", files_of(x, manifest, s->v[i].report), s->v[i].title);
        gb_tell_text(x->t, 6, "%s", b.p);
    }
    gb_buf_release(&b);
    return k;
}

/* Pages of other places or indicators are one line: there may be hundreds. */
static void tell_others(const struct shown *s)
{
    for (size_t i = 0; i < s->n;) {
        size_t stem = keyed(s->v[i].report), k = i, pages = 0;
        const char *before = "";
        for (; k < s->n && keyed(s->v[k].report) == stem && strncmp(s->v[k].report, s->v[i].report, stem) == 0; k++) {
            pages += stem && !own_page(s, s->v[k].report) && !gb_streq(before, s->v[k].report);
            before = s->v[k].report;
        }
        if (pages)
            gb_tell_text(s->x->t, 4, "và %zu trang của nơi khác, chỉ số khác (%.*s; --all liệt kê đủ)", pages, (int)stem,
                         s->v[i].report);
        i = k > i ? k : i + 1;
    }
}

static void tell_places(const struct shown *s, const struct gb_jval *manifest)
{
    enum { DOCUMENTS = 6 };
    const struct gb_explain *x = s->x;
    size_t told = 0, more = 0;
    if (x->t->json) {
        tell_json(s, manifest);
        return;
    }
    for (int pass = 0; pass < 2; pass++) /* the page of the place or the indicator itself before those of the whole */
        for (size_t i = 0; i < s->n;) {
            bool own = keyed(s->v[i].report) && own_page(s, s->v[i].report),
                 wanted = pass == 0 ? own : !own && !keyed(s->v[i].report);
            bool say = x->app->args.all ? pass == (own ? 0 : 1) : wanted && told < DOCUMENTS;
            i = tell_document(s, manifest, i, say);
            told += say;
            more += wanted && !say;
        }
    if (more && !x->app->args.all)
        gb_tell_text(x->t, 4, "và %zu tài liệu khác (--all liệt kê đủ)", more);
    if (!x->app->args.all)
        tell_others(s);
}

static void edition(const struct gb_explain *x, enum gb_audience a)
{
    struct gb_buf facts = { 0 }, text = { 0 };
    struct gb_err e = { 0 };
    struct gb_jval *manifest = NULL;
    struct gb_csv c;
    char iso[24];
    const char *root = gb_sprintf(x->arena, "%s/%s/current", x->app->args.out, gb_audience_word(a));
    bool whole = gb_file_read(gb_path_join(x->arena, root, "manifest.json"), MAX_EDITION_FILE, &text, &e) == GB_OK &&
                 gb_json_parse(x->arena, text.p, text.n, &manifest, &e) == GB_OK &&
                 gb_file_read(gb_path_join(x->arena, root, "facts.csv"), MAX_EDITION_FILE, &facts, &e) == GB_OK;
    gb_tell_item(x->t);
    gb_tell_str(x->t, "audience", gb_audience_word(a));
    gb_tell_str(x->t, "date", whole ? gb_jstr(manifest, "business_date") : NULL);
    if (whole) {
        gb_period_iso(x->freq, x->period, iso);
        struct shown s = { .x = x, .code = x->ind->code, .region = x->c->region[x->region_i].code, .period = iso };
        gb_csv_init(&c, facts.p ? facts.p : "", facts.n, ',');
        while (gb_csv_next(&c) == GB_CSV_ROW)
            row(&s, &c);
        gb_csv_release(&c);
        gb_tell_text(x->t, 2, "%s, ấn bản ngày %s: %s", gb_audience_word(a), gb_jstr(manifest, "business_date"),
                     s.n ? gb_sprintf(x->arena, "%zu chỗ", s.n) : "không tài liệu nào nêu con số này");
        tell_places(&s, manifest);
        tell_data(x, manifest);
        for (size_t i = 0; i < s.n; i++)
            gb_buf_release(&s.v[i].how);
    }
    gb_tell_item_end(x->t);
    gb_buf_release(&facts);
    gb_buf_release(&text);
}

void gb_explain_documents(const struct gb_explain *x)
{
    static const enum gb_audience order[] = { GB_LEADERSHIP, GB_STATISTICS, GB_FRONT, GB_PUBLIC, GB_IOC };
    size_t found = 0;
    gb_tell_part(x->t, "shown", "Tài liệu nêu con số này (theo facts.csv của ấn bản mới nhất mỗi đối tượng):");
    gb_tell_list(x->t, "editions");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        enum gb_audience a = order[i];
        if ((x->asked_audience && a != x->audience) ||
            !gb_file_exists(gb_sprintf(x->arena, "%s/%s/current/facts.csv", x->app->args.out, gb_audience_word(a))))
            continue;
        found++;
        edition(x, a);
    }
    gb_tell_list_end(x->t);
    if (!found)
        gb_tell_text(x->t, 2, "chưa có ấn bản nào trong %s: chạy giaoban night, hoặc chỉ nơi công bố bằng --out",
                     x->app->args.out);
    gb_tell_part_end(x->t);
}
