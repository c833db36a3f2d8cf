/* html.c — the tree as a page for phone and desktop: semantic elements, no script, no inline style, works from a USB stick. A briefing
 * is one file, its style sheet inside.
 *
 * Structure follows the document: one h1, sections as h2.., charts as <figure> with the same numbers as a table beside. Order and words
 * are those of the PDF, letterhead and signature included (layout/wording.h), so that the page printed is the same paper;
 * tests/e2e/same.py compares. A style sheet shows on paper what the screen does without
 * (OPENDATA.md, WCAG 2.2). Numbers come from gb_value_text(), the formatter of the PDF too. The frame around the body is a
 * template (templates/site); everything that is not ours is escaped for its context exactly once, here.
 */
#include "render/html_int.h"
#include "base/utf8.h"
#include "chart/palette.h"
#include "layout/wording.h"
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

void gb_html_shape(struct gb_html *h, enum gb_state s)
{
    gb_buf_addf(h->out, "<span class=\"s-%s\" aria-hidden=\"true\">%s</span>&nbsp;", gb_state_word(s), gb_state_shape(s));
}

void gb_html_state(struct gb_html *h, enum gb_state s)
{
    state(h, s, gb_state_vi(s));
}

void gb_html_value(struct gb_html *h, const struct gb_value *v, enum gb_unit_style style)
{
    if (v->kind == GB_V_STATE) {
        if (v->state == GB_STATE_NONE)
            gb_html_escape(h->out, v->text ? v->text : gb_state_vi(v->state));
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

/* The mark in the line here, the text at the end of the page, each a way to the other. No id of a document has a dot. */
static void footnote(struct gb_html *h, const char *text)
{
    int n = ++h->n_notes;
    gb_buf_addf(
        h->out,
        "<sup class=\"noteref\"><a id=\"fnref.%d\" href=\"#fn.%d\" role=\"doc-noteref\" aria-label=\"Chú thích %d\">%d</a></sup>",
        n, n, n, n);
    gb_buf_addf(&h->notes, "<li id=\"fn.%d\"><p role=\"doc-footnote\">", n);
    gb_html_escape(&h->notes, text);
    gb_buf_addf(&h->notes, " <a class=\"back\" href=\"#fnref.%d\" role=\"doc-backlink\">Trở lại chỗ đọc</a></p></li>\n", n);
}

static void footnotes(struct gb_html *h)
{
    if (!h->n_notes)
        return;
    gb_buf_adds(h->out, "<section class=\"footnotes\" aria-labelledby=\"fn.head\">\n<h2 id=\"fn.head\">Chú thích</h2>\n<ol>\n");
    gb_buf_add(h->out, h->notes.p, h->notes.n);
    gb_buf_adds(h->out, "</ol>\n</section>\n");
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
        case GB_IN_NOTE: footnote(h, in->text); break;
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

static bool is_annex(const struct gb_node *n)
{
    return n->kind == GB_NODE_SECTION && n->annex;
}

static void content_entry(struct gb_html *h, const struct gb_node *c, const char *number)
{
    gb_buf_adds(h->out, "<li><a href=\"#");
    gb_html_attr(h->out, c->id);
    gb_buf_adds(h->out, "\">");
    gb_html_escape(h->out, number);
    gb_html_escape(h->out, c->annex ? gb_annex_title(c) : c->title);
    gb_buf_adds(h->out, "</a></li>\n");
}

static void contents(struct gb_html *h, const struct gb_node *n)
{
    bool whole = n->kind == GB_NODE_DOC;
    int number[GB_LEVEL_MAX + 2], annex_no = 0;
    if (parts(n) < PARTS_FOR_CONTENTS)
        return;
    memcpy(number, h->number, sizeof number);
    gb_buf_adds(h->out, whole ? "<nav class=\"toc side\" id=\"muc-luc\" aria-label=\"Các mục"
                              : "<nav class=\"toc\" aria-label=\"Các mục");
    if (n->title) {
        gb_buf_adds(h->out, ": ");
        gb_html_attr(h->out, n->title);
    }
    gb_buf_adds(h->out, "\">\n<ul>\n");
    for (const struct gb_node *c = n->child; c; c = c->next)
        if (c->kind == GB_NODE_SECTION && !(whole && c->annex)) {
            const char *no = gb_heading_number(h->arena, number, c, h->below + 1);
            if (c->id)
                content_entry(h, c, no);
        }
    for (const struct gb_node *c = n->child; whole && c; c = c->next)
        if (is_annex(c) && c->id)
            content_entry(h, c, gb_sprintf(h->arena, "%s. ", gb_annex_word(h->arena, ++annex_no, h->n_annexes)));
    gb_buf_adds(h->out, "</ul>\n</nav>\n");
    if (whole)
        gb_buf_adds(h->out, "<a class=\"to-toc\" href=\"#muc-luc\">Các mục</a>\n");
}

/* An annex has a head of its own, as on paper: the word, the title, what it belongs to. */
static void annex_heading(struct gb_html *h, const struct gb_node *n, int level)
{
    gb_buf_addf(h->out, "<h%d><span class=\"no\">", level);
    gb_html_escape(h->out, gb_annex_word(h->arena, ++h->annex_no, h->n_annexes));
    gb_buf_adds(h->out, "</span> ");
    gb_html_escape(h->out, gb_annex_title(n));
    gb_buf_addf(h->out, "</h%d>\n", level);
    if (h->doc->style != GB_DOC_BRIEFING)
        return;
    gb_buf_adds(h->out, "<p class=\"annex-of\">");
    gb_html_escape(h->out, gb_annex_of(h->arena, h->doc));
    gb_buf_adds(h->out, "</p>\n");
}

static void heading(struct gb_html *h, const struct gb_node *n)
{
    int level = h->depth + 1 > 6 ? 6 : h->depth + 1;
    if (n->annex) {
        memset(h->number, 0, sizeof h->number);
        annex_heading(h, n, level);
        return;
    }
    gb_buf_addf(h->out, "<h%d>", level);
    gb_html_escape(h->out, gb_heading_number(h->arena, h->number, n, h->below + 1));
    gb_html_escape(h->out, n->title);
    gb_buf_addf(h->out, "</h%d>\n", level);
}

static void section(struct gb_html *h, const struct gb_node *n)
{
    const char *above = h->heading;
    int below = h->below;
    gb_buf_adds(h->out, "<section");
    if (n->annex || gb_section_lies(n))
        gb_buf_addf(h->out, " class=\"%s%s\"", n->annex ? "annex" : "", gb_section_lies(n) ? " lies" : "");
    if (n->id) {
        gb_buf_adds(h->out, " id=\"");
        gb_html_attr(h->out, n->id);
        gb_buf_addc(h->out, '"');
    }
    gb_buf_adds(h->out, ">\n");
    heading(h, n);
    h->below = n->annex ? 0 : below + 1;
    contents(h, n);
    h->depth++;
    h->heading = n->title;
    children(h, n);
    h->heading = above;
    h->depth--;
    h->below = below;
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
    bool fold = h->scratch.n > LONG, named = h->scratch.p && gb_starts_with(h->scratch.p, "Nguồn");
    if (fold)
        gb_buf_adds(h->out, "<details class=\"sources\"><summary>Nguồn số liệu và ngưỡng</summary>\n");
    gb_buf_adds(h->out, named ? "<p class=\"source\">" : "<p class=\"source\">Nguồn: ");
    gb_html_text(h, &n->text);
    gb_buf_adds(h->out, "</p>\n");
    if (fold)
        gb_buf_adds(h->out, "</details>\n");
}

static void callout(struct gb_html *h, const struct gb_node *n)
{
    gb_buf_addf(h->out, "<div class=\"callout c-%s\"><p>", gb_state_word(n->state));
    if (n->state != GB_STATE_NONE) {
        state(h, n->state, gb_capitalise(h->arena, gb_state_vi(n->state)));
        gb_buf_adds(h->out, ". ");
    }
    gb_html_text(h, &n->text);
    gb_buf_adds(h->out, "</p></div>\n");
}

/* The parts of paper that a screen has in other ways: shown when the page is printed. */
static void said(struct gb_html *h, const char *css, const char *text)
{
    gb_buf_addf(h->out, css ? "<p class=\"%s\">" : "<p>", css);
    gb_html_escape(h->out, text);
    gb_buf_adds(h->out, "</p>\n");
}

static void signature(struct gb_html *h)
{
    const struct gb_locality *l = &h->doc->catalogue->locality;
    gb_buf_adds(h->out, "<div class=\"signature paper\">\n<div class=\"recipients\">\n");
    said(h, NULL, GB_RECIPIENTS);
    for (int i = 0; i < l->n_recipients; i++)
        said(h, NULL, l->recipients[i]);
    gb_buf_adds(h->out, "</div>\n<div class=\"signer\">\n");
    if (!gb_by_office(l))
        said(h, NULL, GB_SIGN_FOR);
    said(h, NULL, gb_signer(l));
    gb_buf_adds(h->out, "</div>\n</div>\n");
}

/* Text, then the signature, then the annexes, wherever the report put them: as on paper. */
static void body(struct gb_html *h, const struct gb_node *root)
{
    for (const struct gb_node *c = root->child; c; c = c->next)
        h->n_annexes += is_annex(c);
    contents(h, root);
    for (const struct gb_node *c = root->child; c; c = c->next)
        if (!is_annex(c))
            node(h, c);
    if (h->doc->signature)
        signature(h);
    for (const struct gb_node *c = root->child; c; c = c->next)
        if (is_annex(c))
            node(h, c);
}

static void node(struct gb_html *h, const struct gb_node *n)
{
    switch (n->kind) { /* total: -Wswitch-enum, no default */
    case GB_NODE_DOC: body(h, n); return;
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

static void letterhead(struct gb_html *h)
{
    const struct gb_doc *d = h->doc;
    const struct gb_locality *l = &d->catalogue->locality;
    bool office = gb_by_office(l);
    gb_buf_adds(h->out, "<div class=\"letterhead paper\">\n<div>\n");
    said(h, office ? NULL : "own", gb_sprintf(h->arena, "%s %s", l->parent_agency, l->issuing_agency));
    if (office)
        said(h, "own", l->office);
    gb_buf_adds(h->out, "</div>\n<div>\n");
    said(h, NULL, GB_NATION);
    said(h, "own", GB_MOTTO);
    gb_buf_adds(h->out, "</div>\n");
    said(h, "blank", gb_letter_number(h->arena, d));
    said(h, "blank day", gb_letter_day(h->arena, d));
    gb_buf_adds(h->out, "</div>\n");
}

static void marks(struct gb_html *h)
{
    if (!h->doc->n_marks)
        return;
    gb_buf_adds(h->out, "<ul class=\"marks\">\n");
    for (int i = 0; i < h->doc->n_marks; i++) {
        gb_buf_adds(h->out, "<li>");
        gb_html_escape(h->out, h->doc->mark[i]);
        gb_buf_adds(h->out, "</li>\n");
    }
    gb_buf_adds(h->out, "</ul>\n");
}

static void head(struct gb_html *h)
{
    const struct gb_doc *d = h->doc;
    bool letter = d->style == GB_DOC_BRIEFING && !d->one_page;
    if (letter)
        letterhead(h);
    else if (d->one_page)
        said(h, "kicker", gb_sheet_issuer(h->arena, d));
    marks(h);
    if (letter && d->type_name)
        said(h, "kicker", d->type_name);
    gb_buf_adds(h->out, "<h1>");
    gb_html_escape(h->out, d->title);
    gb_buf_adds(h->out, "</h1>\n");
    if (d->subtitle && *d->subtitle && !d->one_page)
        said(h, "lede", d->subtitle);
    if (d->cutoff && *d->cutoff)
        said(h, "cutoff", letter ? gb_sprintf(h->arena, "(%s)", d->cutoff) : d->cutoff);
    const char *mode = letter ? gb_letter_mode(h->arena, d) : NULL;
    if (mode)
        said(h, "mode", mode);
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

static void page(struct gb_html *h, const struct gb_edition_info *ed, const struct gb_buf *body_html, struct gb_buf *out)
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
        .body = body_html->p ? body_html->p : "",
        .foot = f.p,
        .style = h->opt->templates->style_inside,
        .style_hash = h->opt->templates->style_hash,
    };
    gb_template_fill(site ? h->opt->templates->page_html : h->opt->templates->briefing_html, &v, out);
    gb_buf_release(&f);
    gb_buf_release(&title);
}

enum gb_code gb_render_html(const struct gb_doc *d, const struct gb_edition_info *ed, const struct gb_html_options *opt,
                            struct gb_buf *out, struct gb_err *e)
{
    struct gb_arena scratch;
    struct gb_buf text = { 0 };
    gb_arena_init(&scratch, 0);
    struct gb_html h = {
        .out = &text, .doc = d, .opt = opt, .arena = &scratch, .depth = 1, .faults = ed->faults, .e = e, .rc = GB_OK
    };
    way_up(&h);
    head(&h);
    downloads(&h);
    node(&h, d->root);
    footnotes(&h);
    way_on(&h);
    if (h.rc == GB_OK)
        page(&h, ed, &text, out);
    gb_buf_release(&text);
    gb_buf_release(&h.notes);
    gb_buf_release(&h.scratch);
    gb_arena_release(&scratch);
    return h.rc == GB_OK ? GB_OK : gb_context(e, "trang %s", d->slug);
}
