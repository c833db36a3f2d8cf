/* index.c — contents page of an edition: what is in it, in the order of the plan, with a word where a part is missing. */
#include "app/work.h"

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

/* Sections in this order; what stands at the root of the edition comes first. */
static const struct {
    const char *folder, *title;
} sections[] = {
    { "", "Chung" },
    { "kich-ban/", "Kịch bản" },
    { "nhom/", "Nhóm chỉ số" },
    { "so-lieu/", "Sổ số liệu theo lĩnh vực" },
    { "dia-ban/", "Địa bàn" },
    { "chi-so/", "Chỉ số" },
    { "data/", "Dữ liệu từng chỉ số" },
};
enum { N_SECTIONS = sizeof sections / sizeof *sections };

static int section_of(const char *path)
{
    for (int i = 1; i < N_SECTIONS; i++)
        if (gb_starts_with(path, sections[i].folder))
            return i;
    return 0;
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

static void links(struct gb_doc *d, struct gb_text *t, const struct gb_index_entry *x)
{
    for (int i = 0; i < x->n_paths; i++) {
        if (i)
            gb_text_add(d, t, ", ", 0);
        gb_text_link(d, t, extension_upper(d->arena, x->path[i]), x->path[i]);
    }
}

static const char *remark(struct gb_arena *a, const struct gb_index_entry *x)
{
    const char *note = x->note ? x->note : "";
    return x->failed ? gb_sprintf(a, "Chưa lập được trong ấn bản này.%s%s", note[0] ? " " : "", note) : note;
}

/* A table: name, files, remark; the last column only when somebody has one. */
static void section(struct gb_doc *d, int k, const struct gb_index_entry *x, size_t n, bool remarks)
{
    struct gb_node *s = gb_doc_section(d, d->root, gb_sprintf(d->arena, "muc-%d", k + 1), sections[k].title);
    struct gb_node *t = gb_doc_table(d, s, gb_sprintf(d->arena, "bang-%d", k + 1), sections[k].title, remarks ? 3 : 2);
    gb_doc_col(d, t, 0, "Tài liệu", NULL, GB_LEFT, 5);
    gb_doc_col(d, t, 1, "Tệp", NULL, GB_LEFT, 2);
    if (remarks)
        gb_doc_col(d, t, 2, "Ghi chú", NULL, GB_LEFT, 4);
    for (size_t i = 0; i < n; i++) {
        if (section_of(x[i].n_paths ? x[i].path[0] : "") != k)
            continue;
        struct gb_row *r = gb_doc_row(d, t);
        gb_doc_cell_text(d, r, 0, x[i].title);
        links(d, gb_doc_cell_inline(d, r, 1), &x[i]);
        if (remarks)
            gb_doc_cell_text(d, r, 2, remark(d->arena, &x[i]));
    }
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
    for (int k = 0; k < N_SECTIONS; k++) {
        bool any = false, remarks = false;
        for (size_t i = 0; i < n; i++)
            if (section_of(x[i].n_paths ? x[i].path[0] : "") == k) {
                any = true;
                remarks = remarks || remark(a, &x[i])[0];
            }
        if (any)
            section(d, k, x, n, remarks);
    }
    return d;
}
