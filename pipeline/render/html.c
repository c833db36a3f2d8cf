/* html.c — the tree as a page for phone and desktop: semantic elements, no script, no inline style, works from a USB stick.
 *
 * Structure follows the document: one h1, sections as h2.., charts as <figure> with the same numbers as a table beside
 * (OPENDATA.md, WCAG 2.2). Numbers come from gb_value_text(), the formatter of the PDF too. The frame around the body is a
 * template (templates/site); everything that is not ours is escaped for its context exactly once, here.
 */
#include "render/html_int.h"
#include "chart/palette.h"
#include "render/template_int.h"

void gb_html_escape(struct gb_buf *b, const char *s)
{
    for (; s && *s; s++)
        switch (*s) {
        case '<': gb_buf_adds(b, "&lt;"); break;
        case '>': gb_buf_adds(b, "&gt;"); break;
        case '&': gb_buf_adds(b, "&amp;"); break;
        default: gb_buf_addc(b, *s);
        }
}

void gb_html_attr(struct gb_buf *b, const char *s)
{
    for (; s && *s; s++)
        switch (*s) {
        case '<': gb_buf_adds(b, "&lt;"); break;
        case '>': gb_buf_adds(b, "&gt;"); break;
        case '&': gb_buf_adds(b, "&amp;"); break;
        case '"': gb_buf_adds(b, "&quot;"); break;
        case '\'': gb_buf_adds(b, "&#39;"); break;
        case '\n': gb_buf_addc(b, ' '); break;
        default: gb_buf_addc(b, *s);
        }
}

static void state(struct gb_html *h, enum gb_state s, const char *word)
{
    if (s == GB_STATE_NONE)
        return;
    gb_buf_addf(h->out, "<span class=\"state s-%s\"><span aria-hidden=\"true\">%s</span>&nbsp;", gb_state_word(s),
                gb_state_shape(s));
    gb_html_escape(h->out, word);
    gb_buf_adds(h->out, "</span>");
}

void gb_html_state(struct gb_html *h, enum gb_state s)
{
    state(h, s, gb_state_vi(s));
}

void gb_html_value(struct gb_html *h, const struct gb_value *v, enum gb_unit_style style)
{
    if (v->kind == GB_V_STATE) {
        if (v->state == GB_STATE_NONE && v->text)
            gb_html_escape(h->out, v->text);
        else
            state(h, v->state, v->text ? v->text : gb_state_vi(v->state));
        return;
    }
    gb_buf_reset(&h->scratch);
    gb_value_text(v, style, &h->scratch);
    const char *text = h->scratch.p ? h->scratch.p : "";
    if (v->kind == GB_V_MISSING) {
        gb_buf_adds(h->out, "<span class=\"missing\"");
        if (style == GB_WITHOUT_UNIT) {
            gb_buf_adds(h->out, " title=\"");
            gb_html_attr(h->out, gb_missing_vi(v->missing));
            gb_buf_addc(h->out, '"');
        }
        gb_buf_addc(h->out, '>');
        gb_html_escape(h->out, text);
        gb_buf_adds(h->out, "</span>");
        return;
    }
    gb_buf_reset(&h->scratch);
    gb_value_text_bound(v, style, &h->scratch);
    gb_html_escape(h->out, h->scratch.p ? h->scratch.p : "");
}

static void inline_open(struct gb_html *h, unsigned intent)
{
    if (intent & GB_STRONG)
        gb_buf_adds(h->out, "<strong>");
    if (intent & GB_EMPH)
        gb_buf_adds(h->out, "<em>");
    if (intent & GB_WEAK)
        gb_buf_adds(h->out, "<span class=\"weak\">");
}

static void inline_close(struct gb_html *h, unsigned intent)
{
    if (intent & GB_WEAK)
        gb_buf_adds(h->out, "</span>");
    if (intent & GB_EMPH)
        gb_buf_adds(h->out, "</em>");
    if (intent & GB_STRONG)
        gb_buf_adds(h->out, "</strong>");
}

void gb_html_text(struct gb_html *h, const struct gb_text *t)
{
    for (const struct gb_inline *in = t->first; in; in = in->next) {
        inline_open(h, in->intent);
        switch (in->kind) {
        case GB_IN_TEXT: gb_html_escape(h->out, in->text); break;
        case GB_IN_VALUE:
            gb_buf_adds(h->out, "<span class=\"value\">");
            gb_html_value(h, &in->value, GB_WITH_UNIT);
            gb_buf_adds(h->out, "</span>");
            break;
        case GB_IN_LINK:
            gb_buf_adds(h->out, "<a href=\"");
            if (in->target[0] != '#')
                gb_html_attr(h->out, h->opt->root);
            gb_html_attr(h->out, in->target);
            gb_buf_adds(h->out, "\">");
            gb_html_escape(h->out, in->text);
            gb_buf_adds(h->out, "</a>");
            break;
        }
        inline_close(h, in->intent);
    }
}

static void block(struct gb_html *h, const char *tag, const char *css, const struct gb_text *t)
{
    if (css)
        gb_buf_addf(h->out, "<%s class=\"%s\">", tag, css);
    else
        gb_buf_addf(h->out, "<%s>", tag);
    gb_html_text(h, t);
    gb_buf_addf(h->out, "</%s>\n", tag);
}

static void list(struct gb_html *h, const struct gb_node *n)
{
    enum { MANY = 12 };
    const char *tag = n->ordered ? "ol" : "ul";
    bool links = n->n_items >= MANY && !n->ordered; /* a long list of links stands in columns */
    for (size_t i = 0; i < n->n_items && links; i++)
        links = n->item[i].first && n->item[i].first->kind == GB_IN_LINK;
    gb_buf_addf(h->out, links ? "<%s class=\"columns\">\n" : "<%s>\n", tag);
    for (size_t i = 0; i < n->n_items; i++)
        block(h, "li", NULL, &n->item[i]);
    gb_buf_addf(h->out, "</%s>\n", tag);
}

static void node(struct gb_html *h, const struct gb_node *n);

static void children(struct gb_html *h, const struct gb_node *n)
{
    for (const struct gb_node *c = n->child; c; c = c->next)
        node(h, c);
}

/* From so many parts on a page, or a section, opens with links to them. */
#define PARTS_FOR_CONTENTS 6

static int parts(const struct gb_node *n)
{
    int k = 0;
    for (const struct gb_node *c = n->child; c; c = c->next)
        k += c->kind == GB_NODE_SECTION && c->id;
    return k;
}

static void contents(struct gb_html *h, const struct gb_node *n)
{
    if (parts(n) < PARTS_FOR_CONTENTS)
        return;
    gb_buf_adds(h->out, "<nav class=\"toc\" aria-label=\"Các mục");
    if (n->title) {
        gb_buf_adds(h->out, ": ");
        gb_html_attr(h->out, n->title);
    }
    gb_buf_adds(h->out, "\">\n<ul>\n");
    for (const struct gb_node *c = n->child; c; c = c->next) {
        if (c->kind != GB_NODE_SECTION || !c->id)
            continue;
        gb_buf_adds(h->out, "<li><a href=\"#");
        gb_html_attr(h->out, c->id);
        gb_buf_adds(h->out, "\">");
        gb_html_escape(h->out, c->title);
        gb_buf_adds(h->out, "</a></li>\n");
    }
    gb_buf_adds(h->out, "</ul>\n</nav>\n");
}

static void section(struct gb_html *h, const struct gb_node *n)
{
    int level = h->depth + 1 > 6 ? 6 : h->depth + 1;
    const char *above = h->heading;
    gb_buf_adds(h->out, "<section");
    if (n->id) {
        gb_buf_adds(h->out, " id=\"");
        gb_html_attr(h->out, n->id);
        gb_buf_addc(h->out, '"');
    }
    gb_buf_addf(h->out, ">\n<h%d>", level);
    gb_html_escape(h->out, n->title);
    gb_buf_addf(h->out, "</h%d>\n", level);
    contents(h, n);
    h->depth++;
    h->heading = n->title;
    children(h, n);
    h->heading = above;
    h->depth--;
    if (parts(n) >= PARTS_FOR_CONTENTS)
        gb_buf_adds(h->out, "<p class=\"back\"><a href=\"#noi-dung\">Lên đầu trang</a></p>\n");
    gb_buf_adds(h->out, "</section>\n");
}

/* A wall of sources is there for who wants it, folded up. */
static void source(struct gb_html *h, const struct gb_node *n)
{
    enum { LONG = 400 }; /* bytes: four lines on a phone */
    gb_buf_reset(&h->scratch);
    gb_text_plain(&n->text, &h->scratch);
    bool fold = h->scratch.n > LONG;
    if (fold)
        gb_buf_adds(h->out, "<details class=\"sources\"><summary>Nguồn số liệu và ngưỡng</summary>\n");
    block(h, "p", "source", &n->text);
    if (fold)
        gb_buf_adds(h->out, "</details>\n");
}

static void callout(struct gb_html *h, const struct gb_node *n)
{
    gb_buf_addf(h->out, "<div class=\"callout c-%s\"><p>", gb_state_word(n->state));
    if (n->state != GB_STATE_NONE) {
        gb_html_state(h, n->state);
        gb_buf_adds(h->out, " ");
    }
    gb_html_text(h, &n->text);
    gb_buf_adds(h->out, "</p></div>\n");
}

static void node(struct gb_html *h, const struct gb_node *n)
{
    switch (n->kind) { /* total: -Wswitch-enum, no default */
    case GB_NODE_DOC:
        contents(h, n);
        children(h, n);
        return;
    case GB_NODE_SECTION: section(h, n); return;
    case GB_NODE_PARA: block(h, "p", NULL, &n->text); return;
    case GB_NODE_LIST: list(h, n); return;
    case GB_NODE_TABLE: gb_html_table(h, n); return;
    case GB_NODE_CHART: gb_html_chart(h, n); return;
    case GB_NODE_FIGURES: gb_html_figures(h, n); return;
    case GB_NODE_CALLOUT: callout(h, n); return;
    case GB_NODE_NOTE: block(h, "p", "note", &n->text); return;
    case GB_NODE_SOURCE: source(h, n); return;
    case GB_NODE_BREAK: return; /* pages are paper's business */
    }
    gb_bug("node kind");
}

static void head(struct gb_html *h)
{
    const struct gb_doc *d = h->doc;
    if (d->style == GB_DOC_BRIEFING && d->type_name) {
        gb_buf_adds(h->out, "<p class=\"kicker\">");
        gb_html_escape(h->out, d->type_name);
        gb_buf_adds(h->out, "</p>\n");
    }
    gb_buf_adds(h->out, "<h1>");
    gb_html_escape(h->out, d->title);
    gb_buf_adds(h->out, "</h1>\n");
    if (d->subtitle) {
        gb_buf_adds(h->out, "<p class=\"lede\">");
        gb_html_escape(h->out, d->subtitle);
        gb_buf_adds(h->out, "</p>\n");
    }
    if (d->n_marks) {
        gb_buf_adds(h->out, "<ul class=\"marks\">\n");
        for (int i = 0; i < d->n_marks; i++) {
            gb_buf_adds(h->out, "<li>");
            gb_html_escape(h->out, d->mark[i]);
            gb_buf_adds(h->out, "</li>\n");
        }
        gb_buf_adds(h->out, "</ul>\n");
    }
    if (d->cutoff) {
        gb_buf_adds(h->out, "<p class=\"cutoff\">");
        gb_html_escape(h->out, d->cutoff);
        gb_buf_adds(h->out, "</p>\n");
    }
    if (d->reason) {
        gb_buf_adds(h->out, "<p><strong>Lý do triệu tập:</strong> ");
        gb_html_escape(h->out, d->reason);
        gb_buf_adds(h->out, "</p>\n");
    }
}

/* Where the data of the page are, before anything else: who came for them need not read on. */
static void downloads(struct gb_html *h)
{
    if (h->opt->print) {
        gb_buf_adds(h->out, "<ul class=\"downloads\" id=\"ban-in\">\n<li><a href=\"");
        gb_html_attr(h->out, h->opt->print);
        gb_buf_adds(h->out, "\">Bản in một trang (PDF)</a></li>\n</ul>\n");
    }
    if (!h->opt->data_stem)
        return;
    static const char *const ext[] = { "csv", "json" };
    static const char *const label[] = { "Tải số liệu CSV", "Tải số liệu JSON" };
    gb_buf_adds(h->out, "<ul class=\"downloads\" id=\"tai-ve\">\n");
    for (int i = 0; i < 2; i++) {
        gb_buf_adds(h->out, "<li><a href=\"");
        gb_html_attr(h->out, h->opt->data_stem);
        gb_buf_addf(h->out, ".%s\">%s</a></li>\n", ext[i], label[i]);
    }
    gb_buf_adds(h->out, "</ul>\n");
}

static void link_to(struct gb_html *h, const struct gb_html_link *l, const char *before, const char *attributes)
{
    gb_buf_addf(h->out, "<a%s href=\"", attributes);
    gb_html_attr(h->out, h->opt->root);
    gb_html_attr(h->out, l->target);
    gb_buf_addf(h->out, "\">%s", before);
    gb_html_escape(h->out, l->text);
    gb_buf_adds(h->out, "</a>");
}

static void way_up(struct gb_html *h)
{
    const struct gb_html_way *w = h->opt->way;
    if (!w || !w->n_up)
        return;
    gb_buf_adds(h->out, "<nav class=\"way\" aria-label=\"Vị trí của trang\">\n<ol>\n");
    for (int i = 0; i < w->n_up; i++) {
        gb_buf_adds(h->out, "<li>");
        link_to(h, &w->up[i], "", "");
        gb_buf_adds(h->out, "</li>\n");
    }
    gb_buf_adds(h->out, "</ol>\n</nav>\n");
}

static void way_on(struct gb_html *h)
{
    const struct gb_html_way *w = h->opt->way;
    if (!w || (!w->previous.target && !w->next.target))
        return;
    gb_buf_adds(h->out, "<nav class=\"turn\" aria-label=\"Trang trước, trang sau\">\n");
    if (w->previous.target)
        link_to(h, &w->previous, "Trước: ", " rel=\"prev\"");
    if (w->next.target)
        link_to(h, &w->next, "Sau: ", " class=\"on\" rel=\"next\"");
    gb_buf_adds(h->out, "</nav>\n");
}

static void foot(struct gb_buf *b, const struct gb_doc *d, const struct gb_edition_info *ed, const char *root)
{
    char date[16];
    gb_date_vi(ed->date, date);
    const struct gb_locality *l = &d->catalogue->locality;
    gb_buf_adds(b, "<p>");
    gb_html_escape(b, l->contact);
    if (ed->audience == GB_PUBLIC && *l->licence) {
        gb_buf_adds(b, ". Giấy phép: ");
        gb_html_escape(b, l->licence);
    }
    gb_buf_addf(b, ".</p>\n<p>Ấn bản %s, số liệu đến ngày %s, mã đối chiếu %s.</p>", ed->id, date, ed->short_hash);
    if (ed->audience != GB_PUBLIC)
        return;
    gb_buf_adds(b, "\n<p>Cách kiểm tra: mã SHA-256 của mọi tệp ở <a href=\"");
    gb_html_attr(b, root);
    gb_buf_adds(b, "SHA256SUMS\">SHA256SUMS</a>; nguồn gốc của ấn bản ở <a href=\"");
    gb_html_attr(b, root);
    gb_buf_adds(b, "manifest.json\">manifest.json</a>.</p>");
}

static const char *escaped(struct gb_arena *a, const char *s, bool attr)
{
    struct gb_buf b = { 0 };
    if (attr)
        gb_html_attr(&b, s);
    else
        gb_html_escape(&b, s);
    const char *r = gb_buf_copy(a, &b);
    gb_buf_release(&b);
    return r;
}

static void page(struct gb_html *h, const struct gb_edition_info *ed, const struct gb_buf *body, struct gb_buf *out)
{
    const struct gb_doc *d = h->doc;
    const struct gb_locality *l = &d->catalogue->locality;
    struct gb_buf f = { 0 }, title = { 0 };
    foot(&f, d, ed, h->opt->root);
    gb_buf_addf(&title, "%s · %s", d->title, l->short_name);
    bool site = d->style == GB_DOC_PAGE && ed->audience == GB_PUBLIC;
    struct gb_template_values v = {
        .lang = d->lang ? d->lang : "vi",
        .title = escaped(h->arena, title.p, false),
        .description = escaped(h->arena, d->subtitle ? d->subtitle : d->title, true),
        .root = escaped(h->arena, h->opt->root, true),
        .css_class = gb_audience_word(ed->audience),
        .place = escaped(h->arena, l->name, false),
        .nav = h->opt->nav_html ? h->opt->nav_html : "",
        .body = body->p ? body->p : "",
        .foot = f.p,
    };
    gb_template_fill(site ? h->opt->templates->page_html : h->opt->templates->briefing_html, &v, out);
    gb_buf_release(&f);
    gb_buf_release(&title);
}

enum gb_code gb_render_html(const struct gb_doc *d, const struct gb_edition_info *ed, const struct gb_html_options *opt,
                            struct gb_buf *out, struct gb_err *e)
{
    struct gb_arena scratch;
    struct gb_buf body = { 0 };
    gb_arena_init(&scratch, 0);
    struct gb_html h = {
        .out = &body, .doc = d, .opt = opt, .arena = &scratch, .depth = 1, .faults = ed->faults, .e = e, .rc = GB_OK
    };
    way_up(&h);
    head(&h);
    downloads(&h);
    node(&h, d->root);
    way_on(&h);
    if (h.rc == GB_OK)
        page(&h, ed, &body, out);
    gb_buf_release(&body);
    gb_buf_release(&h.scratch);
    gb_arena_release(&scratch);
    return h.rc == GB_OK ? GB_OK : gb_context(e, "trang %s", d->slug);
}
