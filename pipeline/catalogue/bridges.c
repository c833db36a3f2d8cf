/* bridges.c — bridges.csv: which old places became which new ones, and how much of each.
 *
 * One row says: of `old_region` the share `weight` (0 to 1) has been part of `new_region` since the day `from`. What evaluation/breaks.h makes
 * of old figures is right only if these shares are: an old place may not give away more than it had, one that gives less than all of it is
 * noted, and the day must be that of a break which locality.lua declares, or no comparison would ever ask for the bridge. */
#include "catalogue/load.h"

#define N(a) ((int)(sizeof(a) / sizeof((a)[0])))
enum { OLD, NEW, WEIGHT, FROM, SOURCE };
#define WEIGHT_SCALE 6 /* GB_BRIDGE_ONE */

static int place(const struct gb_table *t, int row, int col)
{
    size_t n;
    const char *const *known = gb_region_codes(t->l, &n);
    int count;
    const int *v = gb_cell_refs(t, row, col, &t->l->c->by_region, known, n, "regions.csv", &count);
    if (!*gb_cell(t, row, col))
        gb_note(t->l, true, gb_at_cell(t, row, col), "", "mã có trong regions.csv", "điền mã địa bàn");
    return count == 1 ? v[0] : -1;
}

static bool is_area_break(const struct gb_locality *loc, struct gb_date d)
{
    for (int i = 0; i < loc->n_breaks; i++)
        if (loc->breaks[i].n_indicators == 0 && gb_date_cmp(loc->breaks[i].date, d) == 0)
            return true;
    return false;
}

static void read_row(const struct gb_table *t, int row)
{
    struct gb_load *l = t->l;
    struct gb_catalogue *c = l->c;
    struct gb_bridge b = { .old_region = place(t, row, OLD),
                           .new_region = place(t, row, NEW),
                           .from = gb_cell_date(t, row, FROM),
                           .source_vi = gb_cell(t, row, SOURCE),
                           .line = t->row[row].line };
    bool has = gb_cell_decimal(t, row, WEIGHT, WEIGHT_SCALE, &b.weight);
    if (!*gb_cell(t, row, WEIGHT) || (has && (b.weight <= 0 || b.weight > GB_BRIDGE_ONE)))
        gb_note(l, true, gb_at_cell(t, row, WEIGHT), gb_cell(t, row, WEIGHT), "phần của địa bàn cũ, lớn hơn 0 và không quá 1",
                "ghi 1 khi cả địa bàn cũ nhập vào địa bàn mới");
    if (!*gb_cell(t, row, FROM) || (b.from.year && !is_area_break(&c->locality, b.from)))
        gb_note(l, true, gb_at_cell(t, row, FROM), gb_cell(t, row, FROM),
                "ngày của một mốc đứt chuỗi địa bàn (series_breaks không nêu chỉ số) trong locality.lua",
                "sửa ngày, hoặc khai mốc đó trong locality.lua");
    if (!*b.source_vi)
        gb_note(l, false, gb_at_cell(t, row, SOURCE), "", "văn bản hoặc nguồn của tỷ lệ", "điền nguồn");
    if (b.old_region < 0 || b.new_region < 0 || !has || !b.from.year)
        return;
    for (int i = 0; i < c->n_bridges; i++)
        if (c->bridge[i].old_region == b.old_region && c->bridge[i].new_region == b.new_region &&
            gb_date_cmp(c->bridge[i].from, b.from) == 0)
            gb_note(l, true, gb_at_cell(t, row, NEW), gb_cell(t, row, NEW), "mỗi cặp địa bàn cũ, địa bàn mới, ngày một dòng",
                    "xóa dòng lặp");
    c->bridge[c->n_bridges++] = b;
}

/* All that an old place became, noted at the last of its rows. */
static void check_shares(const struct gb_table *t)
{
    struct gb_catalogue *c = t->l->c;
    for (int i = 0; i < c->n_bridges; i++) {
        int64_t sum = 0;
        bool last = true;
        for (int k = 0; k < c->n_bridges; k++) {
            if (c->bridge[k].old_region != c->bridge[i].old_region || gb_date_cmp(c->bridge[k].from, c->bridge[i].from) != 0)
                continue;
            sum += c->bridge[k].weight;
            last = last && k <= i;
        }
        if (!last || sum == GB_BRIDGE_ONE)
            continue;
        char text[48];
        gb_dec_exact(sum, WEIGHT_SCALE, text);
        gb_note(t->l, sum > GB_BRIDGE_ONE, (struct gb_at){ t->file, c->bridge[i].line, "weight" }, text,
                gb_sprintf(&c->arena, "tổng các phần của địa bàn cũ %s bằng 1", c->region[c->bridge[i].old_region].code),
                sum > GB_BRIDGE_ONE ? "giảm các phần" : "bổ sung địa bàn mới đã nhận phần còn lại, nếu có");
    }
}

enum gb_code gb_load_bridges(struct gb_load *l, struct gb_err *e)
{
    static const struct gb_column cols[] = {
        { "old_region", true }, { "new_region", true }, { "weight", true }, { "from", true }, { "source", true }
    };
    struct gb_table t;
    enum gb_code code = gb_table_read(l, &t, l->c->dir_locality, l->rel_locality, "bridges.csv", cols, N(cols), false, e);
    if (code != GB_OK || !t.present)
        return code;
    l->c->bridge = GB_NEW_N(&l->c->arena, (size_t)t.n_rows + 1, struct gb_bridge);
    for (int i = 0; i < t.n_rows; i++)
        read_row(&t, i);
    check_shares(&t);
    return GB_OK;
}
