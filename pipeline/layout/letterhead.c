/* letterhead.c — what a page has beside its text: official head, marks, page number, footer, head of an annex, signature block.
 *
 * Places, sizes and styles are those of Nghị định 30/2020/NĐ-CP, Phụ lục I. A file made by a program is not an issued document
 * until the clerk numbers, dates and signs it: number and day stay blank, and the signature block is an empty space of 80 x 40 mm.
 */
#include "base/utf8.h"
#include "chart/palette.h"
#include "layout/layout_int.h"
#include "layout/wording.h"

#define LEFT_FRAC 0.39 /* of the text width: the agencies' column */
#define SIGN_W_PT (80 * GB_MM)
#define SIGN_H_PT (40 * GB_MM)
#define MARK_PT 11.0
#define RUNNING_MARK_PT 7.0

static const struct gb_rgba black = GB_RGB(0x000000);

static struct gb_style style(enum gb_font f, double size_pt)
{
    return (struct gb_style){ f, size_pt, black };
}

/* A rule below a text, a fraction of its length, centred. */
static void rule_below(struct gb_lay *l, struct gb_items *to, double centre, double y, double text_w, double frac)
{
    gb_item_line(l, to, centre - text_w * frac / 2, y, text_w * frac, 0, 0.7, black);
}

static void said(struct gb_lay *l, struct gb_items *to, const char *s, struct gb_style st, enum gb_align align, double x,
                 double baseline)
{
    struct gb_elem *was = gb_el_open(l, GB_EL_P);
    gb_item_text(l, to, s, st, align, x, baseline);
    gb_el_close(l, was);
}

/* One centred text that may need several lines. @return baseline of the last line; *w: width of that line. */
static double centred(struct gb_lay *l, struct gb_items *to, const char *s, struct gb_style st, double centre, double width,
                      double baseline, double *w)
{
    struct gb_pieces p = { .arena = l->a };
    gb_pieces_add(&p, s, strlen(s), st, false, NULL);
    gb_pieces_fit(&p, width);
    struct gb_line *line;
    size_t n = gb_break_lines(l->a, &p, width, 0, GB_RAGGED, &line);
    bool heading = l->el && (l->el->role == GB_EL_H1 || l->el->role == GB_EL_H2);
    struct gb_elem *was = heading ? l->el : gb_el_open(l, GB_EL_P);
    for (size_t i = 0; i < n; i++) {
        gb_line_items(l, to, &p, &line[i], centre - line[i].natural_pt / 2, baseline, 0);
        *w = line[i].natural_pt;
        baseline += i + 1 < n ? st.size_pt * 1.2 : 0;
    }
    gb_el_close(l, was);
    return baseline;
}

static double agencies(struct gb_lay *l, struct gb_items *to, double centre, double width)
{
    const struct gb_locality *loc = &l->d->catalogue->locality;
    double w = 0, y = 12;
    struct gb_style above = style(GB_SERIF, 12), own = style(GB_SERIF_BOLD, 12);
    bool office = gb_by_office(loc);
    struct gb_style first = office ? above : own;
    const char *one = gb_sprintf(l->a, "%s %s", loc->parent_agency, loc->issuing_agency);
    if (gb_text_width_pt(first.font, first.size_pt, one, strlen(one)) <= width) {
        y = centred(l, to, one, first, centre, width, y, &w);
    } else { /* "ỦY BAN NHÂN DÂN" above "TỈNH THANH HÓA" */
        y = centred(l, to, loc->parent_agency, first, centre, width, y, &w) + 14.4;
        y = centred(l, to, loc->issuing_agency, first, centre, width, y, &w);
    }
    if (office) {
        y = centred(l, to, loc->office, own, centre, width, y + 14.4, &w);
    }
    rule_below(l, to, centre, y + 4, w, 0.42);
    return y;
}

/* Framed marks one below the other, as the clerk stamps them. */
static double framed(struct gb_lay *l, struct gb_items *to, const char *s, double size_pt, double centre, double top)
{
    struct gb_style st = style(GB_SERIF_BOLD, size_pt);
    double w = gb_text_width_pt(st.font, size_pt, s, strlen(s)) + size_pt, h = size_pt * 1.55, x = centre - w / 2,
           t = size_pt / 18;
    gb_item_line(l, to, x, top, w, 0, t, black);
    gb_item_line(l, to, x, top + h, w, 0, t, black);
    gb_item_line(l, to, x, top, 0, h, t, black);
    gb_item_line(l, to, x + w, top, 0, h, t, black);
    said(l, to, s, st, GB_CENTER, centre, top + gb_baseline_pt(st, h));
    return top + h;
}

static void subject(struct gb_lay *l)
{
    const struct gb_doc *d = l->d;
    struct gb_strip *s = gb_strip_new(l, 12, 0);
    double centre = l->w_pt / 2, w = 0, y = 14;
    y = centred(l, &s->items, d->type_name, style(GB_SERIF_BOLD, 14), centre, l->w_pt, y, &w) + 17;
    struct gb_elem *was = gb_el_open(l, GB_EL_H1);
    y = centred(l, &s->items, d->title, style(GB_SERIF_BOLD, 13.5), centre, l->w_pt * 0.86, y, &w);
    gb_el_close(l, was);
    if (d->subtitle && *d->subtitle) {
        y = centred(l, &s->items, d->subtitle, style(GB_SERIF_BOLD, 13.5), centre, l->w_pt * 0.86, y + 16.5, &w);
    }
    w = w < 120 ? 120 : w;
    rule_below(l, &s->items, centre, y + 6, w, 0.36);
    y += 6;
    if (d->cutoff && *d->cutoff) {
        y = centred(l, &s->items, gb_sprintf(l->a, "(%s)", d->cutoff), style(GB_SERIF_ITALIC, 12), centre, l->w_pt * 0.9, y + 16,
                    &w);
    }
    s->h_pt = y + 5;
    s->keep_next = true;
    const char *text = gb_letter_mode(l->a, d);
    if (text) {
        struct gb_para_form f = { .style = style(GB_SERIF_ITALIC, 12),
                                  .line_pt = 14.5,
                                  .before_pt = 2,
                                  .left_pt = 30,
                                  .right_pt = 30,
                                  .align = GB_CENTER };
        gb_paragraph_string(l, text, &f);
        l->part->last->keep_next = true;
    }
}

void gb_letterhead(struct gb_lay *l)
{
    const struct gb_doc *d = l->d;
    struct gb_strip *s = gb_strip_new(l, 0, 0);
    double left_w = l->w_pt * LEFT_FRAC, left = left_w / 2, right = left_w + (l->w_pt - left_w) / 2 + 4, w = 0;
    double y_left = agencies(l, &s->items, left, left_w);
    said(l, &s->items, GB_NATION, style(GB_SERIF_BOLD, 12), GB_CENTER, right, 12);
    struct gb_elem *was = gb_el_open(l, GB_EL_P);
    w = gb_item_text(l, &s->items, GB_MOTTO, style(GB_SERIF_BOLD, 13), GB_CENTER, right, 27.5);
    gb_el_close(l, was);
    rule_below(l, &s->items, right, 31.5, w, 1);
    double number = (y_left > 27.5 ? y_left : 27.5) + 23;
    said(l, &s->items, gb_letter_number(l->a, d), style(GB_SERIF, 13), GB_CENTER, left, number);
    said(l, &s->items, gb_letter_day(l->a, d), style(GB_SERIF_ITALIC, 13), GB_CENTER, right, number);
    /* Marks fill the column of the agencies, then that of the date: two and two make a head of less height. */
    int n_left = (d->n_marks + 1) / 2;
    double y = number + 8, lowest = y;
    for (int i = 0; i < d->n_marks; i++) {
        y = i == n_left ? number + 8 : y;
        y = framed(l, &s->items, d->mark[i], MARK_PT, i < n_left ? left : right, y) + 4;
        lowest = y > lowest ? y : lowest;
    }
    s->h_pt = lowest;
    s->keep_next = true;
    subject(l);
}

void gb_plain_head(struct gb_lay *l)
{
    const struct gb_doc *d = l->d;
    struct gb_para_form f = { .role = GB_EL_H1, .style = { GB_SERIF_BOLD, 18, gb_ink }, .line_pt = 22 };
    gb_paragraph_string(l, d->title, &f);
    l->part->last->keep_next = true;
    const char *more[] = { d->subtitle, d->cutoff };
    for (size_t i = 0; i < 2; i++) {
        if (more[i] && *more[i]) {
            f = (struct gb_para_form){ .style = { i ? GB_SERIF_ITALIC : GB_SERIF, 12, gb_ink_soft },
                                       .line_pt = 15,
                                       .before_pt = 2 };
            gb_paragraph_string(l, more[i], &f);
            l->part->last->keep_next = true;
        }
    }
    struct gb_strip *s = gb_strip_new(l, 4, 4);
    gb_item_line(l, &s->items, 0, 2, l->w_pt, 0, 1, gb_ink);
    s->keep_next = true;
}

/* A sheet for the notice board is no official letter: who says it in one line, then what it is about; its room is for what it says. */
void gb_sheet_head(struct gb_lay *l)
{
    const struct gb_doc *d = l->d;
    struct gb_para_form f = { .style = style(GB_SERIF_BOLD, 10), .line_pt = 13 };
    gb_paragraph_string(l, gb_sheet_issuer(l->a, d), &f)->keep_next = true;
    f = (struct gb_para_form){ .role = GB_EL_H1, .style = style(GB_SERIF_BOLD, 17), .line_pt = 21, .before_pt = 3 };
    gb_paragraph_string(l, d->title, &f);
    l->part->last->keep_next = true;
    if (d->cutoff && *d->cutoff) {
        f = (struct gb_para_form){ .style = { GB_SERIF_ITALIC, 11, gb_ink_soft }, .line_pt = 14, .before_pt = 1 };
        gb_paragraph_string(l, d->cutoff, &f);
        l->part->last->keep_next = true;
    }
    struct gb_strip *s = gb_strip_new(l, 3, 4);
    gb_item_line(l, &s->items, 0, 2, l->w_pt, 0, 1.2, gb_ink);
    s->keep_next = true;
}

void gb_annex_head(struct gb_lay *l, const struct gb_node *n)
{
    struct gb_strip *s = gb_strip_new(l, 0, 0);
    double centre = l->w_pt / 2, w = 0;
    const char *word = gb_annex_word(l->a, ++l->annex_no, l->n_annexes);
    struct gb_elem *was = gb_el_open(l, GB_EL_H2);
    gb_item_text(l, &s->items, word, style(GB_SERIF_BOLD, 14), GB_CENTER, centre, 14);
    double y = centred(l, &s->items, gb_upper(l->a, gb_annex_title(n)), style(GB_SERIF_BOLD, 13), centre, l->w_pt * 0.9, 31, &w);
    gb_el_close(l, was);
    if (l->d->style == GB_DOC_BRIEFING) {
        y = centred(l, &s->items, gb_annex_of(l->a, l->d), style(GB_SERIF_ITALIC, 12), centre, l->w_pt * 0.95, y + 16, &w);
    }
    s->h_pt = y + 10;
    s->keep_next = true;
    struct gb_item *o = gb_item_new(l, &s->items, GB_ITEM_OUTLINE);
    o->target = n->id;
    o->text = gb_sprintf(l->a, "%s. %s", word, gb_annex_title(n));
    o->n = strlen(o->text);
}

void gb_signature(struct gb_lay *l)
{
    const struct gb_locality *loc = &l->d->catalogue->locality;
    if (l->part->last) {
        l->part->last->keep_next = true;
    }
    struct gb_strip *s = gb_strip_new(l, 14, 0);
    s->stays = true;
    double y = 12;
    said(l, &s->items, GB_RECIPIENTS, style(GB_SERIF_BOLD_ITALIC, 12), GB_LEFT, 0, y);
    for (int i = 0; i < loc->n_recipients; i++) {
        said(l, &s->items, loc->recipients[i], style(GB_SERIF, 11), GB_LEFT, 0, y += 13.5);
    }
    double centre = l->w_pt - SIGN_W_PT / 2, top = 12;
    if (!gb_by_office(loc)) {
        said(l, &s->items, GB_SIGN_FOR, style(GB_SERIF_BOLD, 13), GB_CENTER, centre, top);
        top += 16;
    }
    const char *who = gb_signer(loc);
    said(l, &s->items, who, style(GB_SERIF_BOLD, 13), GB_CENTER, centre, top);
    struct gb_elem *was = gb_el_open(l, GB_EL_FORM);
    struct gb_item *field = gb_item_new(l, &s->items, GB_ITEM_SIGNATURE);
    field->r = (struct gb_rect){ l->w_pt - SIGN_W_PT, top + 6, SIGN_W_PT, SIGN_H_PT };
    if (l->el)
        l->el->alt = gb_sprintf(l->a, "Chỗ để ký số: %s", who);
    gb_el_close(l, was);
    double space = top + 6 + SIGN_H_PT;
    s->h_pt = space > y + 6 ? space : y + 6;
}

/* ---- around the text ---- */

static double text_centre(const struct gb_page *page)
{
    return (30 * GB_MM + page->w_pt - 15 * GB_MM) / 2;
}

static void page_number(struct gb_lay *l, struct gb_items *to, const struct gb_page *page)
{
    if (page->number > 1) {
        gb_item_text(l, to, gb_sprintf(l->a, "%d", page->number), style(GB_SERIF, 13), GB_CENTER, text_centre(page),
                     13.2 * GB_MM);
    }
}

static void running_marks(struct gb_lay *l, struct gb_items *to, const struct gb_page *page)
{
    double x = page->w_pt - 15 * GB_MM;
    for (int i = l->d->n_marks - 1; i >= 0; i--) {
        double w = gb_text_width_pt(GB_SERIF_BOLD, RUNNING_MARK_PT, l->d->mark[i], strlen(l->d->mark[i])) + RUNNING_MARK_PT;
        if (x - w < text_centre(page) + 12 &&
            x > text_centre(page)) { /* the number has the middle: what finds no room on its right goes left */
            x = text_centre(page) - 16;
        }
        framed(l, to, l->d->mark[i], RUNNING_MARK_PT, x - w / 2, 9.6 * GB_MM);
        x -= w + 5;
    }
}

void gb_page_frame(struct gb_lay *l, struct gb_page *page, const struct gb_sheaf *part, int i, int n)
{
    struct gb_items more = { page->first, page->last };
    page_number(l, &more, page);
    if (!(part->letterhead && page->number == 1)) { /* the letterhead has them */
        running_marks(l, &more, page);
    }
    struct gb_style st = { GB_SERIF, 8, gb_ink_soft };
    double y = page->h_pt - 11 * GB_MM;
    const struct gb_layout_foot *f = l->foot;
    if (f && f->edition_id) {
        const char *s = f->short_hash ? gb_sprintf(l->a, "Ấn bản %s · %s", f->edition_id, f->short_hash)
                                      : gb_sprintf(l->a, "Ấn bản %s", f->edition_id);
        gb_item_text(l, &more, s, st, GB_LEFT, 30 * GB_MM, y);
    }
    const char *text = f && f->text ? f->text : "";
    const char *of = n > 1 ? gb_sprintf(l->a, "Trang %d/%d", i, n) : "";
    gb_item_text(l, &more, gb_sprintf(l->a, "%s%s%s", text, *text && *of ? " · " : "", of), st, GB_RIGHT, page->w_pt - 15 * GB_MM,
                 y);
    page->first = more.first;
    page->last = more.last;
}
