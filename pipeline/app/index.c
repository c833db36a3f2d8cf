/* index.c — contents page of an edition: what is in it, in the order of the plan, with a word where a part is missing;
 * for leadership also what was found in the night. */
#include "app/work.h"
#include "base/utf8.h"
#include <limits.h>
#include <stdlib.h>

void gb_index_put(struct gb_buf *b, const struct gb_index_entry *x)
{
    gb_put_str(b, x->title);
    gb_put_str(b, x->note);
    gb_put_u8(b, x->failed);
    gb_put_u8(b, (uint8_t)x->n_paths);
    for (int i = 0; i < x->n_paths; i++)
        gb_put_str(b, x->path[i]);
}

static bool take_entry(struct gb_wire *w, struct gb_arena *a, struct gb_index_entry *x)
{
    memset(x, 0, sizeof *x);
    x->title = gb_take_str(w, a);
    x->note = gb_take_str(w, a);
    x->failed = gb_take_u8(w) != 0;
    x->n_paths = gb_take_u8(w);
    if (w->bad || x->n_paths > GB_MAX_OUTPUTS || !x->title) {
        w->bad = true;
        return false;
    }
    for (int i = 0; i < x->n_paths; i++)
        x->path[i] = gb_take_str(w, a);
    return !w->bad;
}

/* Sections in this order: what was convened for a reason, what stands at the root of the edition, then folder by folder. */
enum part { PART_AD_HOC, PART_ROOT, PART_SCENARIO, PART_GROUP, PART_WORKBOOK, PART_REGION, PART_INDICATOR, PART_DATA, N_PARTS };
static const struct {
    const char *folder, *title, *what;
} parts[N_PARTS] = {
    [PART_AD_HOC] = { NULL, "Kịch bản họp đột xuất", "Kịch bản" },
    [PART_ROOT] = { "", "Tài liệu chung", "Tài liệu" },
    [PART_SCENARIO] = { "kich-ban/", "Kịch bản định kỳ, theo yêu cầu", "Kịch bản" },
    [PART_GROUP] = { "nhom/", "Nhóm chỉ số", "Nhóm" },
    [PART_WORKBOOK] = { "so-lieu/", "Sổ số liệu theo lĩnh vực", "Lĩnh vực" },
    [PART_REGION] = { "dia-ban/", "Địa bàn", "Địa bàn" },
    [PART_INDICATOR] = { "chi-so/", "Chỉ số", "Chỉ số" },
    [PART_DATA] = { "data/", "Dữ liệu từng chỉ số", "Chỉ số" },
};
static const char ad_hoc_mark[] = "-dot-xuat.", ad_hoc_lead[] = "Đột xuất: ";

static enum part part_of(const struct gb_index_entry *x)
{
    const char *path = x->n_paths ? x->path[0] : "";
    if (strstr(path, ad_hoc_mark))
        return PART_AD_HOC;
    for (enum part i = PART_SCENARIO; i < N_PARTS; i++)
        if (gb_starts_with(path, parts[i].folder))
            return i;
    return PART_ROOT;
}

static const char *extension_upper(struct gb_arena *a, const char *path)
{
    const char *dot = strrchr(path, '.');
    char *s = gb_strdup(a, dot ? dot + 1 : path);
    for (char *p = s; *p; p++)
        if (*p >= 'a' && *p <= 'z')
            *p = (char)(*p - 32);
    return s;
}

/* "kich-ban/fire-safety-dot-xuat.pdf" -> "fire-safety" */
static const char *code_of(struct gb_arena *a, const struct gb_index_entry *x)
{
    const char *path = x->n_paths ? x->path[0] : "", *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *mark = strstr(name, ad_hoc_mark), *dot = mark ? mark : strrchr(name, '.');
    return dot ? gb_strndup(a, name, (size_t)(dot - name)) : name;
}

/* The heading says what kind of thing it is: a scenario by its short name, a commune sheet by its commune. */
static const char *name_of(const struct gb_doc *d, const struct gb_index_entry *x, enum part k)
{
    if (k == PART_SCENARIO || k == PART_AD_HOC) {
        int i = gb_scenario_find(d->catalogue, code_of(d->arena, x));
        if (i >= 0)
            return d->catalogue->scenario[i].name_vi;
    }
    const char *after = k == PART_REGION ? strstr(x->title, ": ") : NULL;
    return after ? after + 2 : x->title;
}

/* The first file, the one to read or to print, is the name itself; the others follow by their format. */
static void name_link(struct gb_doc *d, struct gb_text *t, const struct gb_index_entry *x, enum part k)
{
    if (x->n_paths)
        gb_text_link(d, t, name_of(d, x, k), x->path[0]);
    else
        gb_text_add(d, t, name_of(d, x, k), 0);
}

static void links(struct gb_doc *d, struct gb_text *t, const struct gb_index_entry *x, const char *lead)
{
    for (int i = 0; i < x->n_paths; i++) {
        gb_text_add(d, t, i ? ", " : lead, 0);
        gb_text_link(d, t, extension_upper(d->arena, x->path[i]), x->path[i]);
    }
}

static const char *remark(struct gb_arena *a, const struct gb_index_entry *x)
{
    const char *note = x->note ? x->note : "";
    if (gb_starts_with(note, ad_hoc_lead))
        note += sizeof ad_hoc_lead - 1;
    return x->failed ? gb_sprintf(a, "Chưa lập được trong ấn bản này.%s%s", note[0] ? " " : "", note) : note;
}

struct entries {
    const struct gb_index_entry *v;
    size_t n;
};

/* A table: name, files, remark; the last column only when somebody has one. */
static void table(struct gb_doc *d, struct gb_node *in, enum part k, struct entries x, bool remarks)
{
    const char *head = NULL;
    struct gb_node *t = gb_doc_table(d, in, gb_sprintf(d->arena, "bang-%d", (int)k + 1), parts[k].title, remarks ? 3 : 2);
    gb_doc_col(d, t, 0, parts[k].what, NULL, GB_LEFT, 5);
    if (remarks)
        gb_doc_col(d, t, 1, k == PART_AD_HOC ? "Lý do" : "Ghi chú", NULL, GB_LEFT, 4);
    gb_doc_col(d, t, remarks ? 2 : 1, "Tệp", NULL, GB_LEFT, 2);
    for (size_t i = 0; i < x.n; i++) {
        if (part_of(&x.v[i]) != k)
            continue;
        int g = k == PART_GROUP ? gb_map_find_c(&d->catalogue->by_group, code_of(d->arena, &x.v[i])) : -1;
        if (g >= 0 && !gb_streq(head, d->catalogue->group[g].part)) {
            head = d->catalogue->group[g].part;
            (void)gb_doc_group_row(d, t, gb_sprintf(d->arena, "Phần %s của kế hoạch", head));
        }
        struct gb_row *r = gb_doc_row(d, t);
        name_link(d, gb_doc_cell_inline(d, r, 0), &x.v[i], k);
        if (remarks)
            gb_doc_cell_text(d, r, 1, remark(d->arena, &x.v[i]));
        links(d, gb_doc_cell_inline(d, r, remarks ? 2 : 1), &x.v[i], "");
    }
}

/* Many things with little to say of each: a list. */
static void item(struct gb_doc *d, struct gb_node *list, const struct gb_index_entry *x, enum part k)
{
    struct gb_text *t = gb_doc_item(d, list);
    name_link(d, t, x, k);
    if (x->n_paths > 1)
        links(d, t, x, " · ");
    if (remark(d->arena, x)[0])
        gb_text_add(d, t, gb_sprintf(d->arena, " (%s)", remark(d->arena, x)), GB_WEAK);
}

static void lists_by_sector(struct gb_doc *d, struct gb_node *in, enum part k, struct entries x)
{
    const struct gb_catalogue *c = d->catalogue;
    for (int s = 0; s < c->n_sectors; s++) {
        struct gb_node *list = NULL;
        int n = 0;
        for (size_t i = 0; i < x.n; i++) {
            int ind = part_of(&x.v[i]) == k ? gb_indicator_find(c, code_of(d->arena, &x.v[i])) : -1;
            if (ind < 0 || c->indicator[ind].sector_i != s)
                continue;
            if (!list || n == GB_LIST_MAX) {
                struct gb_node *sub =
                    list ? NULL
                         : gb_doc_section(d, in, gb_sprintf(d->arena, "muc-%d-%s", (int)k + 1, c->sector[s].code),
                                          c->sector[s].name_vi);
                list = gb_doc_list(d, sub ? sub : in->last, false);
                n = 0;
            }
            item(d, list, &x.v[i], k);
            n++;
        }
    }
}

/* "Trang: Phường Hàm Rồng" -> "Hàm Rồng": people look for the name, whatever kind of unit it is. */
static const char *place_name(const struct gb_index_entry *x)
{
    static const char *const kinds[] = { "Phường ", "Xã ", "Đặc khu ", "Thị trấn " };
    const char *after = strstr(x->title, ": "), *name = after ? after + 2 : x->title;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (gb_starts_with(name, kinds[i]))
            return name + strlen(kinds[i]);
    return name;
}

static int by_place(const void *pa, const void *pb)
{
    const struct gb_index_entry *a = pa, *b = pb;
    int order = gb_collate_vi(place_name(a), place_name(b));
    return order ? order : strcmp(a->n_paths ? a->path[0] : "", b->n_paths ? b->path[0] : "");
}

/* Where the catalogue has the scenario or the group of an entry: parts I to IV of the plan, and their order there. */
static int catalogue_place(const struct gb_doc *d, const struct gb_index_entry *x, enum part k)
{
    const char *code = code_of(d->arena, x);
    int i = k == PART_GROUP ? gb_map_find_c(&d->catalogue->by_group, code) : gb_scenario_find(d->catalogue, code);
    return i >= 0 ? i : INT_MAX;
}

/* Places are sorted as a reader of Vietnamese seeks them, scenarios and groups as the plan has them (files go by their codes, which
 * say nothing to a reader); everything else keeps the order of the jobs. */
static struct entries in_order(const struct gb_doc *d, enum part k, struct entries x)
{
    bool by_catalogue = k == PART_SCENARIO || k == PART_AD_HOC || k == PART_GROUP;
    if (k != PART_REGION && !by_catalogue)
        return x;
    struct gb_index_entry *v = GB_NEW_N(d->arena, x.n + 1, struct gb_index_entry);
    size_t n = 0;
    for (size_t i = 0; i < x.n; i++)
        if (part_of(&x.v[i]) == k)
            v[n++] = x.v[i];
    if (!by_catalogue)
        qsort(v, n, sizeof *v, by_place);
    for (size_t i = 1; i < n && by_catalogue; i++) /* few, and equal places keep their order */
        for (size_t j = i; j > 0 && catalogue_place(d, &v[j], k) < catalogue_place(d, &v[j - 1], k); j--) {
            struct gb_index_entry t = v[j];
            v[j] = v[j - 1];
            v[j - 1] = t;
        }
    return (struct entries){ v, n };
}

static void part(struct gb_doc *d, enum part k, struct entries x)
{
    size_t n = 0, rest = 0;
    bool remarks = false, loose = false;
    for (size_t i = 0; i < x.n; i++)
        if (part_of(&x.v[i]) == k) {
            n++;
            remarks = remarks || remark(d->arena, &x.v[i])[0];
            loose = loose ||
                    ((k == PART_DATA || k == PART_INDICATOR) && gb_indicator_find(d->catalogue, code_of(d->arena, &x.v[i])) < 0);
        }
    if (!n)
        return;
    struct gb_node *s = gb_doc_section(d, d->root, gb_sprintf(d->arena, "muc-%d", (int)k + 1), parts[k].title), *list = NULL;
    if ((k == PART_DATA || k == PART_INDICATOR) && !loose) {
        lists_by_sector(d, s, k, x);
    } else if (k == PART_REGION || k == PART_WORKBOOK || k == PART_DATA || k == PART_INDICATOR) {
        for (size_t i = 0; i < x.n; i++) {
            if (part_of(&x.v[i]) != k)
                continue;
            if (rest++ % GB_LIST_MAX == 0)
                list = gb_doc_list(d, s, false);
            item(d, list, &x.v[i], k);
        }
    } else {
        table(d, s, k, x, remarks);
    }
}

/* ---- what was found in the night (leadership) ---- */

struct found {
    const char *kind, *subject, *text;
};
static const struct {
    const char *word, *title, *counted;
} kinds[] = {
    { "delivery-refused", "Tệp bị từ chối", "tệp bị từ chối" },
    { "delivery-conflict", "Tệp xung đột", "tệp xung đột" },
    { "drop-full", "Thư mục giao nộp quá đầy", "lần thư mục giao nộp quá đầy" },
    { "orphans", "Số liệu ngoài danh mục", "loại số liệu ngoài danh mục" },
    { "missing", "Phần chưa lập được", "phần chưa lập được" },
    { "layout", "Trang có chữ hoặc hình chồng lên nhau", "phần có chữ hoặc hình chồng lên nhau" },
};
enum { N_KINDS = sizeof kinds / sizeof *kinds, MAX_FOUND_ROWS = 200 };

static const char *kind_title(const char *word)
{
    for (int k = 0; k < N_KINDS; k++)
        if (gb_streq(kinds[k].word, word))
            return kinds[k].title;
    return "Khác";
}

/* A receipt quotes what an agency sent; a page takes only text that its check will let pass. */
static const char *clean(struct gb_arena *a, const char *s)
{
    size_t n = s ? strlen(s) : 0;
    if (!n)
        return "–";
    return gb_text_check(s, n, NULL) == GB_TEXT_OK ? gb_nfc(a, s, n) : "xem biên nhận";
}

static struct found *take_found(struct gb_wire *w, struct gb_arena *a, size_t *n)
{
    *n = gb_take_count(w, 3);
    struct found *v = GB_NEW_N(a, *n + 1, struct found);
    for (size_t i = 0; i < *n && !w->bad; i++) {
        v[i].kind = gb_take_str(w, a);
        v[i].subject = clean(a, gb_take_str(w, a));
        v[i].text = clean(a, gb_take_str(w, a));
        w->bad = w->bad || !v[i].kind;
    }
    return v;
}

/* "Lượt đêm này có 3 phát hiện (2 tệp bị từ chối, 1 phần chưa lập được): xem mục Phát hiện của lượt đêm." */
static void found_line(struct gb_doc *d, const struct found *v, size_t n)
{
    struct gb_text *t = &gb_doc_callout(d, d->root, GB_STATE_NONE)->text;
    const char *lead = " (";
    size_t told = 0;
    gb_text_add(d, t, gb_sprintf(d->arena, "Lượt đêm này có %zu phát hiện", n), GB_STRONG);
    for (int k = 0; k < N_KINDS; k++) {
        size_t count = 0;
        for (size_t i = 0; i < n; i++)
            count += gb_streq(v[i].kind, kinds[k].word);
        if (count) {
            gb_text_add(d, t, gb_sprintf(d->arena, "%s%zu %s", lead, count, kinds[k].counted), 0);
            lead = ", ";
        }
        told += count;
    }
    if (told < n)
        gb_text_add(d, t, gb_sprintf(d->arena, "%s%zu phát hiện khác", lead, n - told), 0);
    gb_text_add(d, t, "): xem mục ", 0);
    gb_text_link(d, t, "Phát hiện của lượt đêm", "#phat-hien");
    gb_text_add(d, t, ".", 0);
}

static void found_section(struct gb_doc *d, const struct found *v, size_t n)
{
    bool delivered = false;
    struct gb_node *s = gb_doc_section(d, d->root, "phat-hien", "Phát hiện của lượt đêm");
    struct gb_node *t = gb_doc_table(d, s, "bang-phat-hien", "Phát hiện của lượt đêm", 3);
    gb_doc_col(d, t, 0, "Loại", NULL, GB_LEFT, 2);
    gb_doc_col(d, t, 1, "Đối tượng", NULL, GB_LEFT, 4);
    gb_doc_col(d, t, 2, "Nội dung", NULL, GB_LEFT, 5);
    for (size_t i = 0; i < n && i < MAX_FOUND_ROWS; i++) {
        struct gb_row *r = gb_doc_row(d, t);
        gb_doc_cell_text(d, r, 0, kind_title(v[i].kind));
        gb_doc_cell_text(d, r, 1, v[i].subject);
        gb_doc_cell_text(d, r, 2, v[i].text);
    }
    for (size_t i = 0; i < n; i++)
        delivered = delivered || gb_starts_with(v[i].kind, "delivery-");
    if (n > MAX_FOUND_ROWS)
        gb_text_add(d, &gb_doc_note(d, s)->text,
                    gb_sprintf(d->arena, "Còn %zu phát hiện nữa: xem manifest.json của ấn bản này.", n - MAX_FOUND_ROWS), 0);
    if (delivered)
        gb_text_add(d, &gb_doc_note(d, s)->text,
                    "Biên nhận của từng tệp, nói rõ dòng nào sai và sửa thế nào, nằm trong ấn bản của trung tâm điều hành (ioc), "
                    "thư mục receipts.",
                    0);
}

struct gb_doc *gb_index_doc(const struct gb_worker_ctx *ctx, const struct gb_plan_job *j, struct gb_arena *a, struct gb_wire *w)
{
    struct gb_doc *d = gb_doc_new(a, &ctx->app->catalogue, ctx->audience, "index");
    char day[64];
    size_t n = gb_take_count(w, 8);

    gb_date_vi_long(ctx->ev->date, day);
    d->title = j->title;
    d->subtitle = gb_strdup(a, day);
    d->style = GB_DOC_PAGE;
    d->date = ctx->ev->date;
    d->vintage = ctx->edition.vintage;
    if (ctx->audience == GB_LEADERSHIP)
        gb_doc_mark(d, "LƯU HÀNH NỘI BỘ");
    if (ctx->sample)
        gb_doc_mark(d, "SỐ LIỆU MẪU");
    struct gb_index_entry *x = GB_NEW_N(a, n + 1, struct gb_index_entry);
    for (size_t i = 0; i < n; i++)
        if (!take_entry(w, a, &x[i]))
            return d;
    size_t n_found;
    const struct found *found = take_found(w, a, &n_found);
    if (w->bad)
        return d;
    if (n_found)
        found_line(d, found, n_found);
    for (enum part k = 0; k < N_PARTS; k++)
        part(d, k, in_order(d, k, (struct entries){ x, n }));
    if (n_found)
        found_section(d, found, n_found);
    return d;
}
