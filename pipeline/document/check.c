/* check.c — what a document must have before any format sees it.
 *
 * One walk in document order; the first fault is reported with the place as context ("mục tom-tat" <- "bảng canh-bao" <- "dòng 3,
 * cột 2"), because the author mends one thing at a time and runs again. Ids are gathered first, so that a link forward is good.
 */
#include "base/decimal.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "document/document.h"

struct checker {
    struct gb_doc *d;
    struct gb_err *e;
    struct gb_map ids;
    struct gb_err dup; /* a duplicate found while gathering */
};

static enum gb_code node(struct checker *k, const struct gb_node *n, int level);

static bool blank(const char *s)
{
    return !s || !s[strspn(s, " \t\n")];
}

static bool good_id(const char *id)
{
    return id && *id && !id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-")];
}

static enum gb_code string(struct checker *k, const char *s, const char *what)
{
    if (!s) {
        return GB_OK;
    }
    size_t at = 0, n = strlen(s);
    enum gb_text_fault f = gb_text_check(s, n, &at);
    if (f != GB_TEXT_OK) {
        return gb_fail(k->e, GB_E_REPORT, "%s: %s (byte %zu); hãy sửa văn bản nguồn", what, gb_text_fault_vi(f), at + 1);
    }
    if (!gb_is_nfc(s, n)) {
        return gb_fail(k->e, GB_E_REPORT, "%s: văn bản \"%.80s\" chưa ở dạng NFC; hãy chuyển sang Unicode dựng sẵn", what, s);
    }
    return GB_OK;
}

static enum gb_code required(struct checker *k, const char *s, const char *what)
{
    if (blank(s)) {
        return gb_fail(k->e, GB_E_REPORT, "%s còn trống; hãy ghi nội dung", what);
    }
    return string(k, s, what);
}

/* Only ways inside the edition: "#id" of this document, or a plain relative path. */
static enum gb_code link(struct checker *k, const char *t)
{
    if (t[0] == '#') {
        if (gb_map_find_c(&k->ids, t + 1) < 0) {
            return gb_fail(k->e, GB_E_REPORT, "liên kết \"%.80s\": tài liệu không có mục, bảng hay biểu đồ nào mang mã đó", t);
        }
        return GB_OK;
    }
    size_t n = strspn(t, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./");
    bool plain = n > 0 && t[0] != '/' && !strstr(t, "//") && !strstr(t, "..");
    if (plain && t[n] == '#') {
        plain = good_id(t + n + 1);
    } else if (t[n]) {
        plain = false;
    }
    if (!plain) {
        return gb_fail(k->e, GB_E_REPORT,
                       "liên kết \"%.80s\" đi ra ngoài ấn bản; chỉ dùng \"#mã\" hoặc đường dẫn tương đối trong ấn bản", t);
    }
    return GB_OK;
}

static enum gb_code value(struct checker *k, const struct gb_value *v, const char *unit_of_place)
{
    enum gb_code c = string(k, v->text, "giá trị");
    if (!c) {
        c = string(k, v->unit, "đơn vị tính");
    }
    if (c) {
        return c;
    }
    if (v->kind == GB_V_NUM && blank(v->unit) && blank(unit_of_place) && !gb_value_is_count(v)) {
        char raw[64];
        gb_dec_exact(v->num, v->scale, raw);
        return gb_fail(k->e, GB_E_REPORT, "số %s không có đơn vị tính; hãy ghi đơn vị cho giá trị hoặc cho cột", raw);
    }
    return GB_OK;
}

/* noted: footnotes may hang on it. */
static enum gb_code text(struct checker *k, const struct gb_text *t, const char *unit, bool noted)
{
    for (const struct gb_inline *in = t->first; in; in = in->next) {
        enum gb_code c = GB_OK;
        switch (in->kind) {
        case GB_IN_TEXT: c = string(k, in->text, "văn bản"); break;
        case GB_IN_VALUE: c = value(k, &in->value, unit); break;
        case GB_IN_LINK:
            c = required(k, in->text, "chữ của liên kết");
            if (!c) {
                c = link(k, in->target);
            }
            break;
        case GB_IN_NOTE:
            c = noted ? required(k, in->text, "chú thích")
                      : gb_fail(
                            k->e, GB_E_REPORT,
                            "chú thích cuối trang \"%.60s\" chỉ đặt trong đoạn văn, gạch đầu dòng hoặc khung; ở đây hãy ghi vào "
                            "chính lời ghi chú, hoặc ghi chú dưới bảng",
                            in->text);
            break;
        }
        if (c) {
            return c;
        }
    }
    return GB_OK;
}

static bool is_by_label(const struct gb_chart *c)
{
    switch (c->kind) {
    case GB_CHART_LINE:
    case GB_CHART_SPARK:
    case GB_CHART_MULTIPLES:
    case GB_CHART_CALENDAR: return false;
    case GB_CHART_BARS:
    case GB_CHART_BULLET:
    case GB_CHART_MAP:
    case GB_CHART_WATERFALL:
    case GB_CHART_DOTS:
    case GB_CHART_SLOPE:
    case GB_CHART_HEAT: return true;
    case GB_CHART_STACKED: return c->n_series && c->series[0].n && c->series[0].point[0].label;
    }
    gb_bug("chart kind");
}

static enum gb_code chart_points(struct checker *k, const struct gb_chart *c, const struct gb_chart_series *s)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct gb_chart_point *p = &s->point[i];
        bool by_label = is_by_label(c);
        enum gb_code r = by_label ? required(k, p->label, "nhãn") : string(k, p->label, "nhãn");
        if (!r && !by_label && p->x.kind != GB_V_PERIOD) {
            r = gb_fail(k->e, GB_E_REPORT, "trục thời gian: giá trị không phải là kỳ; hãy dùng kỳ của quan sát");
        }
        if (!r && p->y.kind != GB_V_NUM && p->y.kind != GB_V_MISSING) {
            r = gb_fail(k->e, GB_E_REPORT, "trục giá trị: không phải là số; hãy dùng số hoặc để thiếu có lý do");
        }
        if (!r) {
            r = value(k, &p->y, c->unit);
        }
        if (r) {
            return gb_context(k->e, "điểm %zu", i + 1);
        }
    }
    return GB_OK;
}

/* Rows of a heat table and of stacked bars: every series names the same places or periods in the same order, or a figure would stand
 * beside the wrong name. */
static enum gb_code same_rows(struct checker *k, const struct gb_chart *c)
{
    const struct gb_chart_series *a = &c->series[0];
    for (size_t s = 1; s < c->n_series; s++) {
        const struct gb_chart_series *b = &c->series[s];
        bool same = a->n == b->n;
        for (size_t i = 0; same && i < a->n; i++) {
            const struct gb_chart_point *p = &a->point[i], *q = &b->point[i];
            same = p->label ? gb_streq(p->label, q->label) : !q->label && p->x.period == q->x.period;
        }
        if (!same) {
            return gb_fail(k->e, GB_E_REPORT, "chuỗi %zu không có đúng các nhãn của chuỗi đầu, theo cùng thứ tự", s + 1);
        }
    }
    return GB_OK;
}

bool gb_chart_adds_up(const struct gb_chart *c)
{
    bool percent = gb_streq(c->unit, "%");
    for (size_t i = 0; c->n_series && i < c->series[0].n; i++) {
        __int128 sum = 0, slack = 0; /* at GB_SCALE_MAX */
        bool whole = true;
        for (size_t s = 0; s < c->n_series; s++) {
            const struct gb_value *y = i < c->series[s].n ? &c->series[s].point[i].y : NULL;
            if (!y || y->kind != GB_V_NUM) {
                whole = false;
                continue;
            }
            if (y->num < 0) {
                return false;
            }
            sum += (__int128)y->num * gb_pow10[GB_SCALE_MAX - y->scale];
            slack += gb_pow10[GB_SCALE_MAX - y->decimals] / 2;
        }
        __int128 off = sum - (__int128)100 * gb_pow10[GB_SCALE_MAX];
        if (percent && whole && (off > slack || -off > slack)) {
            return false;
        }
    }
    return true;
}

/* The parts of a change are all of it: checked to the last digit, else the picture would end beside its own end. */
static enum gb_code whole_change(struct checker *k, const struct gb_chart_series *s)
{
    __int128 sum = 0;
    for (size_t i = 0; i < s->n; i++) {
        const struct gb_value *y = &s->point[i].y;
        if (y->kind != GB_V_NUM) {
            return gb_fail(k->e, GB_E_REPORT, "thác nước: phần %zu không có số", i + 1);
        }
        sum += (i + 1 < s->n ? 1 : -1) * (__int128)y->num * gb_pow10[GB_SCALE_MAX - y->scale];
    }
    return sum == 0 ? GB_OK : gb_fail(k->e, GB_E_REPORT, "thác nước: các phần cộng lại không bằng toàn bộ thay đổi");
}

/* Cells show sums: what is below zero would hide what is above. */
static enum gb_code heat_sums(struct checker *k, const struct gb_chart *c)
{
    int64_t total = 0, v;
    int scale = 0;
    for (size_t i = 0; i < c->series[0].n; i++) {
        const struct gb_value *y = &c->series[0].point[i].y;
        scale = y->kind == GB_V_NUM && y->scale > scale ? y->scale : scale;
    }
    for (size_t i = 0; i < c->series[0].n; i++) {
        const struct gb_chart_point *p = &c->series[0].point[i];
        if (p->y.kind != GB_V_NUM) {
            continue;
        }
        if (p->y.num < 0) {
            return gb_fail(k->e, GB_E_REPORT, "bản đồ ô: \"%s\" có số âm, không cộng theo ô được; hãy dùng as = \"colours\"",
                           p->label);
        }
        if (!gb_dec_rescale(p->y.num, p->y.scale, scale, &v) || !gb_dec_add(total, v, &total)) {
            return gb_fail(k->e, GB_E_REPORT, "bản đồ ô: tổng quá lớn từ \"%s\"; hãy kiểm tra đơn vị tính", p->label);
        }
    }
    return GB_OK;
}

static enum gb_code map_limits(struct checker *k, const struct gb_chart *c)
{
    for (int i = 1; i < c->n_limits && i < GB_MAX_LIMITS; i++)
        if (c->limit[i] <= c->limit[i - 1])
            return gb_fail(k->e, GB_E_REPORT, "bản đồ: các giới hạn phải tăng dần");
    if (c->n_limits > GB_MAX_LIMITS)
        return gb_fail(k->e, GB_E_REPORT, "bản đồ: nhiều nhất %d giới hạn", GB_MAX_LIMITS);
    return GB_OK;
}

/* What a kind of chart asks for beyond its points. */
static enum gb_code kind_rules(struct checker *k, const struct gb_chart *c)
{
    enum { MOST_DAYS = 1100 };
    const struct gb_chart_series *s = &c->series[0];
    switch (c->kind) {
    case GB_CHART_HEAT:
    case GB_CHART_DOTS: return same_rows(k, c);
    case GB_CHART_WATERFALL:
        return c->n_series == 1 ? whole_change(k, s) : gb_fail(k->e, GB_E_REPORT, "thác nước: cần đúng một chuỗi");
    case GB_CHART_SLOPE:
        return c->n_series == 2 ? same_rows(k, c) : gb_fail(k->e, GB_E_REPORT, "biểu đồ thứ hạng: cần đúng hai kỳ");
    case GB_CHART_STACKED:
        if (blank(c->unit)) {
            return gb_fail(k->e, GB_E_REPORT, "thanh xếp chồng không có đơn vị chung; chỉ cộng các số cùng đơn vị");
        }
        if (!gb_chart_adds_up(c)) {
            return gb_fail(k->e, GB_E_REPORT,
                           "thanh xếp chồng có số âm, hoặc phần trăm không cộng đủ 100; hãy dùng biểu đồ khác");
        }
        return same_rows(k, c);
    case GB_CHART_CALENDAR:
        for (size_t i = 0; i < s->n; i++) {
            if (s->point[i].x.freq != GB_FREQ_DAY || (i && s->point[i].x.period <= s->point[i - 1].x.period)) {
                return gb_fail(k->e, GB_E_REPORT, "lịch màu: điểm %zu không phải là ngày, hoặc không theo thứ tự", i + 1);
            }
        }
        if (s->n && (int64_t)s->point[s->n - 1].x.period - s->point[0].x.period > MOST_DAYS) {
            return gb_fail(k->e, GB_E_REPORT, "lịch màu dài quá %d ngày", MOST_DAYS);
        }
        return GB_OK;
    case GB_CHART_MULTIPLES:
        for (size_t i = 0; i < c->n_series; i++) {
            for (size_t j = 0; j < c->series[i].n; j++) {
                if (c->series[i].point[j].x.freq != c->freq) {
                    return gb_fail(k->e, GB_E_REPORT, "chuỗi %zu khác tần suất với các chuỗi khác", i + 1);
                }
            }
        }
        return GB_OK;
    case GB_CHART_LINE:
    case GB_CHART_BARS:
    case GB_CHART_BULLET:
    case GB_CHART_SPARK: return GB_OK;
    case GB_CHART_MAP: {
        enum gb_code r = c->style == GB_MAP_HEAT ? heat_sums(k, c) : GB_OK;
        return r ? r : map_limits(k, c);
    }
    }
    gb_bug("chart kind");
}

static enum gb_code chart(struct checker *k, const struct gb_chart *c, bool spark)
{
    enum gb_code r = spark ? string(k, c->title, "tiêu đề") : required(k, c->title, "tiêu đề");
    if (!r) {
        r = required(k, c->alt, "lời tả thay hình (alt)");
    }
    if (!r) {
        r = spark ? string(k, c->source, "nguồn") : required(k, c->source, "nguồn");
    }
    if (!r) {
        r = string(k, c->unit, "đơn vị tính");
    }
    if (!r) {
        r = string(k, c->reference_label, "nhãn của mốc");
    }
    if (!r && c->n_series == 0) {
        r = gb_fail(k->e, GB_E_REPORT, "không có chuỗi số liệu nào; hãy thêm chuỗi hoặc bỏ biểu đồ");
    }
    if (!r && (c->n_breaks < 0 || c->n_breaks > 4)) {
        r = gb_fail(k->e, GB_E_REPORT, "có %d mốc đứt chuỗi, nhiều nhất là 4", c->n_breaks);
    }
    if (!r && c->has_reference) {
        r = value(k, &c->reference, c->unit);
    }
    for (size_t s = 0; !r && s < c->n_series; s++) {
        r = c->n_series > 1 ? required(k, c->series[s].name, "tên chuỗi") : string(k, c->series[s].name, "tên chuỗi");
        if (!r) {
            r = chart_points(k, c, &c->series[s]);
        }
        if (r) {
            return gb_context(k->e, "chuỗi %zu", s + 1);
        }
    }
    return r ? r : kind_rules(k, c);
}

static enum gb_code row(struct checker *k, const struct gb_node *n, const struct gb_row *r)
{
    int n_cells = r->group_head ? 1 : r->n_cells;
    for (int i = 0; i < n_cells; i++) {
        const struct gb_cell *c = &r->cell[i];
        enum gb_code code = text(k, &c->text, n->col[i].unit, false);
        if (!code && c->is_value) {
            code = value(k, &c->value, n->col[i].unit);
        }
        if (!code && c->spark) {
            code = chart(k, c->spark, true);
        }
        if (code) {
            return gb_context(k->e, "cột %d (%s)", i + 1, n->col[i].label);
        }
    }
    return GB_OK;
}

static enum gb_code table(struct checker *k, const struct gb_node *n)
{
    enum gb_code c = string(k, n->title, "tên bảng");
    for (int i = 0; !c && i < n->n_cols; i++) {
        c = required(k, n->col[i].label, "đầu cột");
        if (!c) {
            c = string(k, n->col[i].unit, "đơn vị tính");
        }
        if (c) {
            return gb_context(k->e, "cột %d", i + 1);
        }
    }
    int line = 0;
    for (const struct gb_row *r = n->row; !c && r; r = r->next) {
        line++;
        if (row(k, n, r)) {
            return gb_context(k->e, "dòng %d", line);
        }
    }
    return c;
}

static enum gb_code figures(struct checker *k, const struct gb_node *n)
{
    for (int i = 0; i < n->n_figures; i++) {
        const struct gb_figure *f = &n->figure[i];
        enum gb_code c = required(k, f->label, "tên");
        if (!c) {
            c = value(k, &f->value, NULL);
        }
        if (!c) {
            c = value(k, &f->change, NULL);
        }
        if (!c) {
            c = string(k, f->change_label, "nhãn thay đổi");
        }
        if (!c && f->spark) {
            c = chart(k, f->spark, true);
        }
        if (c) {
            return gb_context(k->e, "số chính %d", i + 1);
        }
    }
    return GB_OK;
}

static enum gb_code children(struct checker *k, const struct gb_node *n, int level)
{
    for (const struct gb_node *c = n->child; c; c = c->next) {
        enum gb_code r = node(k, c, level);
        if (r) {
            return r;
        }
    }
    return GB_OK;
}

static enum gb_code section(struct checker *k, const struct gb_node *n, int level)
{
    enum gb_code c = required(k, n->title, "tiêu đề mục");
    if (!c && n->level != level + 1) {
        c = gb_fail(k->e, GB_E_REPORT, "mục cấp %d nằm trong mục cấp %d: không được bỏ qua cấp", n->level, level);
    }
    if (!c && n->level > GB_LEVEL_MAX) {
        c = gb_fail(k->e, GB_E_REPORT, "mục sâu quá %d cấp; hãy gộp bớt", GB_LEVEL_MAX);
    }
    return c ? c : children(k, n, level + 1);
}

static enum gb_code list(struct checker *k, const struct gb_node *n)
{
    for (size_t i = 0; i < n->n_items; i++) {
        if (text(k, &n->item[i], NULL, true)) {
            return gb_context(k->e, "mục liệt kê %zu", i + 1);
        }
    }
    return GB_OK;
}

static bool wants_id(enum gb_node_kind kind)
{
    return kind == GB_NODE_SECTION || kind == GB_NODE_TABLE || kind == GB_NODE_CHART;
}

static enum gb_code node(struct checker *k, const struct gb_node *n, int level)
{
    enum gb_code c = GB_OK;
    if (wants_id(n->kind) && !good_id(n->id)) {
        return gb_fail(k->e, GB_E_REPORT, "%s \"%.60s\": mã \"%.60s\" không hợp lệ; chỉ dùng a-z, 0-9 và dấu -",
                       gb_node_kind_word(n->kind), n->title ? n->title : "", n->id ? n->id : "");
    }
    switch (n->kind) {
    case GB_NODE_DOC: return children(k, n, 0);
    case GB_NODE_SECTION: c = section(k, n, level); break;
    case GB_NODE_PARA:
    case GB_NODE_CALLOUT: c = text(k, &n->text, NULL, true); break;
    case GB_NODE_NOTE:
    case GB_NODE_SOURCE: c = text(k, &n->text, NULL, false); break;
    case GB_NODE_LIST: c = list(k, n); break;
    case GB_NODE_TABLE: c = table(k, n); break;
    case GB_NODE_CHART: c = chart(k, n->chart, false); break;
    case GB_NODE_FIGURES: c = figures(k, n); break;
    case GB_NODE_BREAK: break;
    }
    return c ? gb_context(k->e, "%s%s%s", gb_node_kind_word(n->kind), n->id ? " " : "", n->id ? n->id : "") : GB_OK;
}

static void gather(struct checker *k, const struct gb_node *n)
{
    if (n->id && !gb_map_put(&k->ids, n->id, strlen(n->id), 1)) {
        (void)gb_fail(&k->dup, GB_E_REPORT, "mã \"%.60s\" dùng hai lần (lần thứ hai ở %s \"%.60s\"); mỗi mã chỉ dùng một lần",
                      n->id, gb_node_kind_word(n->kind), n->title ? n->title : "");
    }
    for (const struct gb_node *c = n->child; c; c = c->next) {
        gather(k, c);
    }
}

static enum gb_code head(struct checker *k)
{
    const struct gb_doc *d = k->d;
    const struct {
        const char *s, *what;
        bool must;
    } parts[] = {
        { d->title, "trích yếu", true },
        { d->type_name, "tên loại văn bản", d->style == GB_DOC_BRIEFING },
        { d->slug, "mã tài liệu", true },
        { d->subtitle, "dòng phụ", false },
        { d->cutoff, "thời điểm chốt số liệu", false },
        { d->level_vi, "cấp độ", false },
        { d->reason, "lý do", false },
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        enum gb_code c = parts[i].must ? required(k, parts[i].s, parts[i].what) : string(k, parts[i].s, parts[i].what);
        if (c) {
            return c;
        }
    }
    if (!gb_date_valid(d->date)) {
        return gb_fail(k->e, GB_E_REPORT, "tài liệu không có ngày");
    }
    for (int i = 0; i < d->n_marks; i++) {
        enum gb_code c = required(k, d->mark[i], "dấu chỉ");
        if (c) {
            return c;
        }
    }
    return GB_OK;
}

enum gb_code gb_doc_check(struct gb_doc *d, struct gb_err *e)
{
    char line[GB_ERR_TEXT];
    if (d->err.code) {
        return gb_fail(e, d->err.code, "%s", gb_err_line(&d->err, line, sizeof line));
    }
    struct checker k = { .d = d, .e = e };
    gb_map_init(&k.ids);
    gather(&k, d->root);
    enum gb_code c = k.dup.code;
    if (c) {
        (void)gb_fail(e, c, "%s", gb_err_line(&k.dup, line, sizeof line));
    } else {
        c = head(&k);
        if (!c) {
            c = node(&k, d->root, 0);
        }
    }
    gb_map_release(&k.ids);
    return c;
}
