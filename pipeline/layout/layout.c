/* layout.c — walks the document and makes strips of each node; flow.c then makes pages.
 *
 * Sections are numbered as official papers are: I. II. for the first level (capitals), 1. 2. for the second, a) b) for the third.
 * Inside an annex the count begins again one level deeper.
 */
#include "base/utf8.h"
#include "chart/palette.h"
#include "layout/layout_int.h"
#include "layout/wording.h"

#define BODY_PT 13.0
#define BODY_LINE_PT 16.2
#define BODY_LINE_TIGHT_PT 15.0
#define PARA_GAP_PT 6.0
#define LAST_PAGE_MIN 0.4 /* a last page of the text that is emptier is worth another try */
#define INDENT_PT (10 * GB_MM)
#define NOTE_PT 10.0

static const struct gb_style body = { GB_SERIF, BODY_PT, GB_RGB(0x000000) };

static struct gb_style body_of(const struct gb_lay *l)
{
    struct gb_style st = body;
    st.size_pt -= l->tight > GB_TIGHTEST ? l->tight - GB_TIGHTEST : 0;
    return st;
}

static double line_pt(const struct gb_lay *l)
{
    if (l->tight > GB_TIGHTEST)
        return body_of(l).size_pt * 1.16;
    return l->tight ? BODY_LINE_TIGHT_PT : BODY_LINE_PT;
}

static void anchor(struct gb_lay *l, struct gb_strip *s, const char *id)
{
    if (s && id) {
        gb_item_new(l, &s->items, GB_ITEM_ANCHOR)->text = id;
        s->items.last->n = strlen(id);
    }
}

static void heading(struct gb_lay *l, const struct gb_node *n, int depth)
{
    const char *no = gb_heading_number(l->a, l->number, n, depth);
    const char *title = gb_sprintf(l->a, "%s%s", no, depth == 1 ? gb_upper(l->a, n->title) : n->title);
    struct gb_para_form f = { .style = body_of(l),
                              .line_pt = line_pt(l),
                              .before_pt = (depth == 1 ? 13 : 10) - (l->tight ? 3 : 0) };
    f.role = (enum gb_el)(GB_EL_H1 + (n->level < 5 ? n->level : 5)); /* the title of the document is H1 */
    f.style.font = depth <= 2 ? GB_SERIF_BOLD : GB_SERIF_BOLD_ITALIC;
    struct gb_strip *first = gb_paragraph_string(l, title, &f);
    for (struct gb_strip *s = first; s; s = s->next) {
        s->keep_next = s->head = true;
    }
    if (!first) {
        return;
    }
    struct gb_item *o = gb_item_new(l, &first->items, GB_ITEM_OUTLINE);
    o->text = title;
    o->n = strlen(title);
    o->level = n->level - 1;
    o->target = n->id;
    anchor(l, first, n->id);
}

static bool is_remark(const struct gb_node *n)
{
    return n && (n->kind == GB_NODE_NOTE || n->kind == GB_NODE_SOURCE);
}

static void remark(struct gb_lay *l, const struct gb_node *n)
{
    struct gb_para_form f = { .style = { GB_SERIF_ITALIC, NOTE_PT, gb_ink }, .line_pt = 12.2, .before_pt = 2 };
    f.style.size_pt -= l->tight > GB_TIGHTEST ? 1 : 0;
    f.line_pt -= l->tight > GB_TIGHTEST ? 1.2 : 0;
    struct gb_pieces p = { .arena = l->a };
    if (n->kind == GB_NODE_SOURCE) {
        struct gb_buf b = { 0 };
        gb_text_plain(&n->text, &b);
        if (b.p && !gb_starts_with(b.p, "Nguồn")) {
            gb_pieces_add(&p, "Nguồn: ", strlen("Nguồn: "), f.style, false, NULL);
        }
        gb_buf_release(&b);
    }
    if (l->part->last && l->part->last->h_pt < l->h_pt / 2) {
        l->part->last->keep_next = true;
    }
    gb_pieces_text(l, &p, &n->text, f.style);
    gb_paragraph(l, &p, &f);
}

static void list(struct gb_lay *l, const struct gb_node *n)
{
    struct gb_para_form f = {
        .style = body_of(l), .line_pt = line_pt(l), .before_pt = l->tight ? 2 : 4, .left_pt = 30, .justify = true
    };
    struct gb_elem *above = gb_el_open(l, GB_EL_L);
    if (l->el)
        l->el->ordered = n->ordered;
    f.role = GB_EL_LBODY;
    for (size_t i = 0; i < n->n_items; i++) {
        struct gb_elem *in = gb_el_open(l, GB_EL_LI), *item = l->el;
        struct gb_elem *label = gb_elem_new(&l->elems, l->a, item, GB_EL_LBL);
        struct gb_strip *s = gb_paragraph_text(l, &n->item[i], &f);
        if (s) {
            l->el = label;
            const char *mark = n->ordered ? gb_sprintf(l->a, "%zu.", i + 1) : "-";
            gb_item_text(l, &s->items, mark, f.style, GB_RIGHT, n->ordered ? 24 : 20, gb_baseline_pt(f.style, line_pt(l)));
        }
        gb_el_close(l, in);
    }
    gb_el_close(l, above);
}

static void para(struct gb_lay *l, const struct gb_node *n)
{
    struct gb_para_form f = { .style = body_of(l),
                              .line_pt = line_pt(l),
                              .before_pt = l->tight ? 3 : PARA_GAP_PT,
                              .indent_pt = INDENT_PT,
                              .justify = true };
    gb_paragraph_text(l, &n->text, &f);
}

static void node(struct gb_lay *l, const struct gb_node *n, bool landscape, int depth);

static void children(struct gb_lay *l, const struct gb_node *n, bool landscape, int depth)
{
    for (const struct gb_node *c = n->child; c && !l->code; c = c->next) {
        const struct gb_node *pair[2] = { c, c->next };
        bool two = c->kind == GB_NODE_CHART && c->next && c->next->kind == GB_NODE_CHART && gb_chart_is_small(c->chart) &&
                   gb_chart_is_small(c->next->chart);
        if (two) {
            l->block++;
            if (l->part->landscape != landscape) {
                gb_sheaf_begin(l, landscape, false);
            }
            gb_charts_strip(l, pair, 2);
            anchor(l, l->part->last, c->id);
            anchor(l, l->part->last, c->next->id);
            c = c->next;
        } else {
            node(l, c, landscape, depth);
            if (c->kind == GB_NODE_TABLE && c->rest && c->next && c->next->tells_rest && gb_rows_left_out(l, c)) {
                c = c->next; /* the table has told it, with its own rows */
                l->part->last->keep_next = is_remark(c->next);
            }
        }
    }
}

static void section(struct gb_lay *l, const struct gb_node *n, bool landscape, int depth)
{
    landscape = landscape || gb_section_lies(n);
    struct gb_elem *was = gb_el_open(l, GB_EL_SECT);
    if (n->annex) {
        gb_sheaf_begin(l, landscape, true);
        memset(l->number, 0, sizeof l->number);
        gb_annex_head(l, n);
        l->below = 1;
        anchor(l, l->part->last, n->id);
        children(l, n, landscape, depth);
        gb_el_close(l, was);
        return;
    }
    if (l->part->landscape != landscape) {
        gb_sheaf_begin(l, landscape, false);
    }
    heading(l, n, depth + 1);
    int above = l->below;
    l->below = n->level;
    children(l, n, landscape, depth + 1);
    l->below = above;
    gb_el_close(l, was);
}

/* A table of an annex has its bookmark: an annex is where tables are looked up. */
static void bookmark(struct gb_lay *l, struct gb_strip *s, const struct gb_node *n)
{
    if (!s || !l->part->annex || !n->title || !*n->title) {
        return;
    }
    struct gb_item *o = gb_item_new(l, &s->items, GB_ITEM_OUTLINE);
    o->text = n->title;
    o->n = strlen(n->title);
    o->level = l->below;
    o->target = n->id;
}

static void table(struct gb_lay *l, const struct gb_node *n)
{
    struct gb_strip *before = l->part->last;
    gb_table_strips(l, n);
    anchor(l, before ? before->next : l->part->first, n->id);
    bookmark(l, before ? before->next : l->part->first, n);
    if (is_remark(n->next) && l->part->last) {
        l->part->last->keep_next = true;
    }
}

static void node(struct gb_lay *l, const struct gb_node *n, bool landscape, int depth)
{
    if (n->kind != GB_NODE_SECTION && n->kind != GB_NODE_BREAK && l->part->landscape != landscape) {
        gb_sheaf_begin(l, landscape, false);
    }
    l->block += !is_remark(n); /* a remark is of what it stands below */
    switch (n->kind) {
    case GB_NODE_DOC: children(l, n, landscape, depth); return;
    case GB_NODE_SECTION: section(l, n, landscape, depth); return;
    case GB_NODE_PARA:
        para(l, n);
        if (n->next && n->next->kind == GB_NODE_TABLE && !n->next->title && l->part->last)
            l->part->last->keep_next = true; /* it is what names the table */
        return;
    case GB_NODE_LIST: list(l, n); return;
    case GB_NODE_TABLE: table(l, n); return;
    case GB_NODE_CHART:
        gb_charts_strip(l, &n, 1);
        anchor(l, l->part->last, n->id);
        l->part->last->keep_next = is_remark(n->next);
        return;
    case GB_NODE_FIGURES: gb_figures_strip(l, n); return;
    case GB_NODE_CALLOUT: gb_callout_strips(l, n); return;
    case GB_NODE_NOTE:
    case GB_NODE_SOURCE: remark(l, n); return;
    case GB_NODE_BREAK:
        if (l->part->first) {
            gb_sheaf_begin(l, l->part->landscape, false);
        }
        return;
    }
    gb_bug("node kind");
}

static bool is_annex(const struct gb_node *n)
{
    return n->kind == GB_NODE_SECTION && n->annex;
}

/* Text, then the signature, then the annexes, wherever the report put them. */
static void body_and_annexes(struct gb_lay *l)
{
    for (const struct gb_node *c = l->d->root->child; c; c = c->next) {
        l->n_annexes += is_annex(c);
    }
    struct gb_node text = { .kind = GB_NODE_DOC };
    struct gb_node *copy_last = NULL;
    for (const struct gb_node *c = l->d->root->child; c; c = c->next) {
        if (is_annex(c)) {
            continue;
        }
        struct gb_node *copy = GB_NEW(l->a, struct gb_node);
        *copy = *c;
        copy->next = NULL;
        *(copy_last ? &copy_last->next : &text.child) = copy;
        copy_last = copy;
    }
    children(l, &text, false, 0);
    if (l->d->signature && !l->code) {
        node(l, &(struct gb_node){ .kind = GB_NODE_DOC }, false, 0);
        gb_signature(l);
    }
    for (const struct gb_node *c = l->d->root->child; c && !l->code && !l->body_only; c = c->next) {
        if (is_annex(c)) {
            node(l, c, false, 0);
        }
    }
}

static enum gb_code once(struct gb_pages *out, struct gb_lay *l)
{
    *out = (struct gb_pages){ .arena = l->a };
    l->el = gb_elem_new(&l->elems, l->a, NULL, GB_EL_DOCUMENT);
    gb_sheaf_begin(l, false, false);
    if (l->d->one_page) {
        gb_sheet_head(l);
    } else if (l->d->style == GB_DOC_BRIEFING) {
        l->part->letterhead = true;
        gb_letterhead(l);
    } else {
        gb_plain_head(l);
    }
    if (l->contents)
        gb_contents_strips(l, l->contents);
    body_and_annexes(l);
    l->el = NULL; /* page frames are decoration */
    enum gb_code c = l->code ? l->code : gb_flow(l, out);
    out->elems = l->elems;
    return c;
}

/* ---- one page ---- */

#define ROWS_KEPT 3 /* a table is not cut below these; */

/* at the last, one whose rows stand in an annex too gives these as well: a body that may not grow has no other way to hold on any night. */
static int spare(const struct gb_node *n, int fewer)
{
    const int kept = n->rest ? ROWS_KEPT - fewer : ROWS_KEPT;
    return n->kind == GB_NODE_TABLE && n->drop > 0 && n->n_rows > kept ? n->n_rows - kept : 0;
}

/* Take from `left` what the tables of one order can give, the last table first. @return what is still to be taken; *of: the share of
 * `table`. */
static int take(const struct gb_node *n, int fewer, int order, int left, const struct gb_node *table, int *of)
{
    const struct gb_node *child[64];
    int k = 0;
    for (const struct gb_node *c = n->child; c && k < 64; c = c->next)
        child[k++] = c;
    while (k-- > 0) {
        const struct gb_node *c = child[k];
        if (c->kind == GB_NODE_SECTION)
            left = take(c, fewer, order, left, table, of);
        int give = c->drop == order ? spare(c, fewer) : 0;
        give = give < left ? give : left;
        left -= give;
        if (table && c->id && table->id && gb_streq(c->id, table->id))
            *of = c->drop == order ? give : *of;
    }
    return left;
}

int gb_rows_left_out(const struct gb_lay *l, const struct gb_node *table)
{
    int left = l->n_left_out, of = 0;
    for (int order = 1; order <= 9 && left > 0; order++)
        left = take(l->d->root, l->fewer_kept, order, left, table, &of);
    return of;
}

static int all_spare(const struct gb_node *n, int fewer)
{
    int sum = spare(n, fewer);
    for (const struct gb_node *c = n->child; c; c = c->next)
        sum += all_spare(c, fewer);
    return sum;
}

/* The same document again, set tighter. */
static struct gb_lay another_try(const struct gb_lay *first, int tight, int n_left_out, struct gb_err *e)
{
    return (struct gb_lay){ .a = first->a,
                            .d = first->d,
                            .foot = first->foot,
                            .e = e,
                            .tight = tight,
                            .n_left_out = n_left_out,
                            .fewer_kept = first->fewer_kept };
}

/* `first` then tells how it was set. */
static bool fits(struct gb_pages *out, struct gb_lay *first, int tight, int n_left_out)
{
    struct gb_err ignored = { 0 };
    struct gb_lay l = another_try(first, tight, n_left_out, &ignored);
    struct gb_pages p;
    if (once(&p, &l) || (first->d->body_max ? l.body_pages > first->d->body_max : p.n > 1))
        return false;
    *out = p;
    first->tight = tight;
    first->n_left_out = n_left_out;
    first->body_pages = l.body_pages;
    return true;
}

/* Whether the body alone holds; its annexes are as they are. */
static bool body_holds(const struct gb_lay *first, int tight, int n_left_out)
{
    struct gb_err ignored = { 0 };
    struct gb_lay l = another_try(first, tight, n_left_out, &ignored);
    l.body_only = true;
    struct gb_pages p;
    return !once(&p, &l) && p.n <= first->d->body_max;
}

/* @return the fewest rows that must go, 0: it does not fit without any of them either. Of a body one after the other: where a table that grows
 * shorter moves to another page, fewer rows may hold where more do not. */
static int fewest(struct gb_pages *out, struct gb_lay *first, int tightest)
{
    int lo = 1, hi = all_spare(first->d->root, first->fewer_kept), found = 0;
    if (first->d->body_max && hi > 0 && body_holds(first, tightest, hi))
        while (!body_holds(first, tightest, lo))
            lo++;
    else if (first->d->body_max)
        return 0;
    if (first->d->body_max)
        return lo;
    while (lo <= hi) {
        int mid = lo + (hi - lo) / 2;
        if (fits(out, first, tightest, mid)) {
            found = mid;
            hi = mid - 1;
        } else
            lo = mid + 1;
    }
    return found;
}

/* Less air step by step, down to `tightest`, then the fewest rows that must go, in the order the report gives. */
static bool squeezed(struct gb_pages *out, struct gb_lay *first, int tightest)
{
    for (int tight = 1; tight <= tightest; tight++)
        if (fits(out, first, tight, 0))
            return true;
    int found = fewest(out, first, tightest);
    while (!found && first->d->body_max && first->fewer_kept < ROWS_KEPT) {
        first->fewer_kept++;
        found = fewest(out, first, tightest);
    }
    return found && fits(out, first, tightest, found);
}

/* Exactly one page, in smaller letters too, down to the limits of GB_TIGHTEST_PAGE. What still does not fit is an error: nothing is ever
 * clipped. */
static enum gb_code one_page(struct gb_pages *out, struct gb_lay *first)
{
    if (!squeezed(out, first, GB_TIGHTEST_PAGE))
        return gb_fail(
            first->e, GB_E_REPORT,
            "không vừa một trang (fit = \"page\") dù đã thu chữ và bớt dòng; hãy bớt nội dung, hoặc đặt drop = cho bảng");
    return GB_OK;
}

#define CONTENTS_MIN_PAGES 7   /* a document as long as this tells where things are, */
#define CONTENTS_MIN_ENTRIES 3 /* if it has as many parts */

/* Once more with contents, in the longer form that costs no page of text; twice if the numbers moved by it. */
static void with_contents(struct gb_pages *out, const struct gb_lay *chosen)
{
    for (int brief = 0; brief < 2; brief++) {
        const struct gb_contents *t = gb_contents_of(chosen->a, out, brief);
        if (t->n < CONTENTS_MIN_ENTRIES)
            return;
        for (int pass = 0; pass < 3; pass++) {
            struct gb_err ignored = { 0 };
            struct gb_lay l = { .a = chosen->a,
                                .d = chosen->d,
                                .foot = chosen->foot,
                                .e = &ignored,
                                .tight = chosen->tight,
                                .n_left_out = chosen->n_left_out,
                                .fewer_kept = chosen->fewer_kept,
                                .contents = t };
            struct gb_pages p;
            if (once(&p, &l) || l.body_pages > chosen->body_pages)
                break;
            const struct gb_contents *true_now = gb_contents_of(l.a, &p, brief);
            if (gb_contents_same(t, true_now)) {
                *out = p;
                return;
            }
            t = true_now;
        }
    }
}

/* A last page with a few lines and a signature is set once more with less air; kept only if the text then needs a page less. */
enum gb_code gb_layout(struct gb_pages *out, struct gb_arena *a, const struct gb_doc *d, const struct gb_layout_foot *foot,
                       struct gb_err *e)
{
    *out = (struct gb_pages){ .arena = a };
    struct gb_lay l = { .a = a, .d = d, .foot = foot, .e = e };
    enum gb_code c = gb_fonts_warm(e);
    if (c) {
        return c;
    }
    c = once(out, &l);
    if (!c && d->one_page && out->n > 1)
        c = one_page(out, &l);
    struct gb_pages shorter;
    bool held = !c && d->body_max && l.body_pages > d->body_max && squeezed(&shorter, &l, GB_TIGHTEST);
    if (held)
        *out = shorter;
    bool done = c || held || d->one_page || l.body_pages < 2 || l.last_fill >= LAST_PAGE_MIN;
    for (int step = 1; !done && step <= GB_TIGHTEST; step++) {
        struct gb_err ignored = { 0 };
        struct gb_lay tight = { .a = a, .d = d, .foot = foot, .e = &ignored, .tight = step };
        struct gb_pages closer;
        done = !once(&closer, &tight) && tight.body_pages < l.body_pages;
        if (done) {
            *out = closer;
            l = tight;
        }
    }
    if (!c && !d->one_page && out->n >= CONTENTS_MIN_PAGES)
        with_contents(out, &l);
    return c ? gb_context(e, "dàn trang %s", d->slug) : GB_OK;
}
