/* sample_wrong.c — deliveries that are wrong on purpose, each in one way that happens in offices, and the list of what is wrong.
 *
 * They stand in DIR/sai/, where no night reads them, and repeat a few rows of an older day, so that nothing is missing when they are
 * refused. DIR/sai/SAI-CO-Y.csv says for each file where the fault is and which code intake must answer; a test holds intake to it. */
#include "app/sample_int.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/utf8.h"
#include "render/render.h"

enum { HOSTS = 8, ROWS = 12, AGE_DAYS = 9, SEQ_WRONG = 60, LINE = 4 /* row of the fault, 0-based */ };
enum kind {
    COMMA,
    PLACE,
    FUTURE,
    OWNER,
    STATUS,
    TWICE,
    BOUNDS,
    SEMICOLON,
    UTF16,
    OLD_EXCEL,
    MERGED,
    HIDDEN,
    TYPED_DATE,
    FORMULA,
    NO_HEADER,
    N_KINDS
};

static const struct {
    const char *slug, *ext, *code, *code2, *where, *what;
    bool taken;
} KIND[N_KINDS] = {
    [COMMA] = { "dau-phay", "csv", "RR-number", NULL, "dòng 6, cột value", "Dấu phẩy thập phân (12,5) trong tệp khai dấu chấm",
                false },
    [PLACE] = { "dia-ban", "csv", "RR-unknown", NULL, "dòng 6, cột region", "Mã địa bàn mất chữ số đầu, như khi Excel bỏ số 0",
                false },
    [FUTURE] = { "tuong-lai", "csv", "RR-date", NULL, "dòng 6, cột period", "Kỳ ở hai năm sau", false },
    [OWNER] = { "khong-thuoc", "csv", "RF-ownership", NULL, "dòng 6, cột indicator", "Chỉ số của cơ quan khác", false },
    [STATUS] = { "trang-thai", "csv", "RR-status", NULL, "dòng 6, cột status", "Trạng thái Z không có trong bảng mã", false },
    [TWICE] = { "hai-gia-tri", "csv", "RF-duplicate", NULL, "dòng cuối", "Cùng chỉ số, địa bàn, kỳ nhưng khác giá trị", false },
    [BOUNDS] = { "ngoai-khoang", "csv", "MK-bounds", NULL, "dòng 6, cột value", "Giá trị lớn hơn khoảng hợp lý của danh mục",
                 true },
    [SEMICOLON] = { "cham-phay", "csv", "RF-header", NULL, "dòng 1", "Ngăn cột bằng dấu chấm phẩy", false },
    [UTF16] = { "unicode-text", "csv", "RF-encoding", NULL, "cả tệp", "Lưu kiểu \"Unicode Text\" (UTF-16)", false },
    [OLD_EXCEL] = { "excel-cu", "xlsx", "RF-type", NULL, "cả tệp", "Tệp .xls đời cũ đổi đuôi thành .xlsx", false },
    [MERGED] = { "o-gop", "xlsx", "RF-merged", "RR-unknown", "ô D9:D10",
                 "Hai ô mã địa bàn gộp làm một; dòng thứ hai vì thế không có mã", false },
    [HIDDEN] = { "cot-an", "xlsx", "RF-hidden", NULL, "cột I", "Cột trạng thái bị ẩn", false },
    [TYPED_DATE] = { "thanh-ngay", "xlsx", "RR-cell", NULL, "ô G13", "Số bị Excel đổi thành ngày", false },
    [FORMULA] = { "cong-thuc", "xlsx", "MK-formula", NULL, "ô G13", "Giá trị là công thức", true },
    [NO_HEADER] = { "tieu-de", "xlsx", "RF-header", NULL, "dòng 8", "Tiêu đề ghi \"Mã chỉ số\" thay cho indicator", false },
};

struct host { /* an agency and a few of its rows of one day */
    int agency, slot, n;
    struct gb_sample_row row[ROWS];
};
struct maker {
    const struct gb_sample_set *s;
    const char *dir, *tmpdir;
    struct gb_arena a;
    struct host host[HOSTS];
    int n_hosts;
};

static bool usable(const struct gb_sample_set *s, const struct gb_sample_row *r)
{
    const struct gb_indicator *ind = &s->c->indicator[r->indicator_i];
    return r->status == 'A' && r->v != GB_SAMPLE_NONE && !r->note && r->v < gb_pow10[15] && r->v > -gb_pow10[15] &&
           (!ind->has_max || ind->valid_max > r->v) && s->c->region[r->region_i].level <= GB_AT_COMMUNE;
}

/* One host an agency, from the newest day that is old enough. A fault of bounds needs an indicator with a limit: those come first. */
static void find_hosts(struct maker *m)
{
    const struct gb_sample_set *s = m->s;
    const int last = gb_sample_slot(s, s->to_day - AGE_DAYS < s->daily_from ? s->to_day : s->to_day - AGE_DAYS);
    for (int agency = 0; agency < s->c->n_agencies && m->n_hosts < HOSTS; agency++)
        for (int slot = last; slot >= 0 && slot > last - 40; slot--) {
            const struct gb_sample_file *f = &s->file[(size_t)agency * (size_t)s->n_slots + (size_t)slot];
            struct host *h = &m->host[m->n_hosts];
            *h = (struct host){ .agency = agency, .slot = slot };
            for (int limited = 1; limited >= 0; limited--)
                for (size_t i = 0; i < f->n && h->n < ROWS; i++)
                    if (usable(s, &f->row[i]) && s->c->indicator[f->row[i].indicator_i].has_max == (limited == 1))
                        h->row[h->n++] = f->row[i];
            if (h->n == ROWS) {
                m->n_hosts++;
                break;
            }
        }
}

/* ---- CSV ----------------------------------------------------------------------------------------------------------- */
static void line(const struct gb_sample_set *s, const struct gb_sample_row *r, const char *const field[6], struct gb_buf *out)
{
    const struct gb_indicator *ind = &s->c->indicator[r->indicator_i];
    char period[24], value[48];
    gb_period_iso(ind->freq, r->period, period);
    value[gb_dec_exact(r->v, ind->scale, value)] = 0;
    const char *own[6] = { ind->code, s->c->region[r->region_i].code, period, value, "A", "" };
    for (int i = 0; i < 6; i++)
        gb_csv_code(out, i == 0, field && field[i] ? field[i] : own[i]);
    gb_csv_end(out);
}

static const char *missing_first(struct maker *m, const char *code)
{
    for (const char *p = code + (*code != 0); *p; p++)
        if (gb_region_find(m->s->c, p) < 0)
            return p;
    return gb_sprintf(&m->a, "%s-x", code);
}

/* An indicator that this agency may not send, of the same frequency and communes, so that nothing else is wrong with it. */
static const char *foreign(const struct maker *m, const struct host *h, const struct gb_sample_row *r)
{
    const struct gb_catalogue *c = m->s->c;
    const struct gb_indicator *own = &c->indicator[r->indicator_i];
    for (int i = 0; i < c->n_indicators; i++) {
        const struct gb_indicator *ind = &c->indicator[i];
        bool mine = ind->freq != own->freq || ind->calendar != own->calendar || ind->level < c->region[r->region_i].level ||
                    ind->level > GB_AT_POINT || ind->n_owners == 0;
        for (int k = 0; k < ind->n_owners; k++)
            mine |= ind->owner[k] == h->agency;
        if (!mine)
            return ind->code;
    }
    return NULL;
}

/* False: this fault cannot be made here. */
static bool faulty_field(struct maker *m, enum kind kind, const struct host *h, const char *field[6])
{
    const struct gb_sample_row *r = &h->row[LINE];
    const struct gb_indicator *ind = &m->s->c->indicator[r->indicator_i];
    char text[48];
    switch (kind) {
    case COMMA: field[3] = "12,5"; return true;
    case PLACE: field[1] = missing_first(m, m->s->c->region[r->region_i].code); return true;
    case FUTURE: {
        char period[24];
        gb_period_iso(ind->freq, r->period, period);
        field[2] = gb_sprintf(&m->a, "%d%s", gb_date_from_days(m->s->to_day).year + 2, period + 4);
        return true;
    }
    case OWNER:
        field[0] = foreign(m, h, r);
        field[3] = "";
        field[4] = "M";
        return field[0] != NULL;
    case STATUS: field[4] = "Z"; return true;
    case BOUNDS:
        text[gb_dec_exact(ind->valid_max + gb_pow10[ind->scale], ind->scale, text)] = 0;
        field[3] = gb_strdup(&m->a, text);
        return ind->has_max;
    case TWICE:
    case SEMICOLON:
    case UTF16:
    case OLD_EXCEL:
    case MERGED:
    case HIDDEN:
    case TYPED_DATE:
    case FORMULA:
    case NO_HEADER:
    case N_KINDS: return true;
    }
    gb_bug("kind");
}

static void to_utf16(struct gb_buf *b)
{
    struct gb_buf wide = { 0 };
    gb_buf_add(&wide, "\xFF\xFE", 2);
    for (const char *p = b->p, *end = b->p + b->n; p < end;) {
        const uint32_t cp = gb_utf8_next(&p, end);
        gb_buf_addc(&wide, (char)(cp & 255));
        gb_buf_addc(&wide, (char)(cp >> 8 & 255));
    }
    gb_buf_release(b);
    *b = wide;
}

static bool make_csv(struct maker *m, enum kind kind, const struct host *h, struct gb_buf *out)
{
    const char *field[6] = { 0 };
    if (!faulty_field(m, kind, h, field))
        return false;
    gb_buf_adds(out, "indicator,region,period,value,status,note\r\n");
    for (int i = 0; i < h->n; i++)
        line(m->s, &h->row[i], i == LINE ? field : NULL, out);
    if (kind == TWICE) {
        struct gb_sample_row again = h->row[0];
        again.v += again.v > 0 ? -1 : 1;
        line(m->s, &again, NULL, out);
    }
    for (size_t i = 0; kind == SEMICOLON && i < out->n; i++)
        if (out->p[i] == ',')
            out->p[i] = ';';
    if (kind == UTF16)
        to_utf16(out);
    return true;
}

/* ---- workbooks ----------------------------------------------------------------------------------------------------- */
static enum gb_code make_book(struct maker *m, enum kind kind, const struct gb_sample_delivery *d, struct gb_buf *out,
                              struct gb_err *e)
{
    struct gb_sheet s;
    if (kind == OLD_EXCEL) {
        static const char zero[1528];
        gb_buf_add(out, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
        gb_buf_add(out, zero, sizeof zero);
        return GB_OK;
    }
    gb_sample_long(d, &m->a, &s);
    struct gb_sheet_cell *cell = GB_NEW_N(&m->a, (size_t)s.n_rows * (size_t)s.n_columns, struct gb_sheet_cell);
    memcpy(cell, s.cell, (size_t)s.n_rows * (size_t)s.n_columns * sizeof *cell);
    struct gb_sheet_cell *value = &cell[LINE * s.n_columns + GB_LONG_VALUE];
    s.cell = cell;
    if (kind == MERGED)
        s.merged_column = GB_LONG_REGION + 1;
    if (kind == HIDDEN)
        s.hidden_column = GB_LONG_STATUS + 1;
    if (kind == TYPED_DATE)
        *value = (struct gb_sheet_cell){ .kind = GB_SHEET_DATE, .v = gb_date_to_days(d->as_of) };
    if (kind == FORMULA) {
        char text[48];
        text[gb_dec_exact(value->v, value->scale, text)] = 0;
        value->kind = GB_SHEET_FORMULA;
        value->s = gb_sprintf(&m->a, "=0+%s", text);
    }
    if (kind == NO_HEADER) {
        const char **head = GB_NEW_N(&m->a, (size_t)s.n_columns, const char *);
        memcpy(head, s.head, (size_t)s.n_columns * sizeof *head);
        head[GB_LONG_INDICATOR] = "Mã chỉ số";
        s.head = head;
    }
    return gb_render_sheet(&s, m->tmpdir, out, e);
}

/* ---- files and list ------------------------------------------------------------------------------------------------ */
static void list_line(struct gb_buf *csv, struct gb_buf *md, const char *file, enum kind kind, const char *code)
{
    const char *answer = KIND[kind].taken ? "nhận, đánh dấu" : "từ chối";
    gb_csv_code(csv, true, file);
    gb_csv_text(csv, false, KIND[kind].where);
    gb_csv_code(csv, false, code);
    gb_csv_text(csv, false, answer);
    gb_csv_text(csv, false, KIND[kind].what);
    gb_csv_end(csv);
    gb_buf_addf(md, "| `%s` | %s | `%s` | %s | %s |\n", file, KIND[kind].where, code, answer, KIND[kind].what);
}

static enum gb_code make_one(struct maker *m, enum kind kind, bool with_errors, struct gb_buf *csv, struct gb_buf *md,
                             struct gb_err *e)
{
    const struct host *h = &m->host[(int)kind % m->n_hosts];
    const struct gb_catalogue *c = m->s->c;
    struct gb_buf b = { 0 };
    char day[16], vi[16];
    struct gb_sample_delivery d = {
        .s = m->s, .agency = h->agency, .seq = SEQ_WRONG + (int)kind, .row = h->row, .n = (size_t)h->n
    };
    d.as_of = gb_date_from_days(gb_sample_slot_day(m->s, h->slot));
    d.sent_day = gb_date_to_days(d.as_of);
    d.form = gb_streq(KIND[kind].ext, "csv") ? GB_SAMPLE_CSV : GB_SAMPLE_LONG;
    gb_date_iso(d.as_of, day);
    gb_date_vi(d.as_of, vi);
    d.name = gb_sprintf(&m->a, "%s_%s_sai_%s", c->agency[h->agency].code, day, KIND[kind].slug);
    d.what = gb_sprintf(&m->a, "ngày %s (cố ý sai)", vi);
    enum gb_code code = GB_OK;
    if (d.form != GB_SAMPLE_CSV)
        code = make_book(m, kind, &d, &b, e);
    else if (!make_csv(m, kind, h, &b)) {
        gb_buf_release(&b);
        return GB_OK; /* this locality has nothing to show it with; then it is not in the list either */
    }
    const char *file = gb_sprintf(&m->a, "%s.%s", d.name, KIND[kind].ext);
    for (int copy = 0; copy <= with_errors && code == GB_OK; copy++) {
        d.dir = copy ? m->dir : gb_path_join(&m->a, m->dir, "sai");
        code = gb_file_create(gb_path_join(&m->a, d.dir, file), b.p, b.n, e);
        if (code == GB_OK)
            code = gb_sample_side_file(&d, e);
    }
    gb_buf_release(&b);
    list_line(csv, md, file, kind, KIND[kind].code);
    if (KIND[kind].code2)
        list_line(csv, md, file, kind, KIND[kind].code2);
    return code;
}

static void read_me(struct gb_buf *md, const struct gb_sample_set *s, bool with_errors)
{
    gb_buf_addf(md,
                "# Số liệu mẫu: %s\n\nMọi con số trong thư mục này do máy dựng từ giá trị điển hình của danh mục, không phải số "
                "liệu thật; mọi "
                "tệp kèm theo ghi `\"sample\": true`, và mọi ấn bản làm từ chúng đều ghi SỐ LIỆU MẪU.\n\n"
                "Ở thư mục trên, các cơ quan gửi như trong thực tế: số liệu cũ mỗi tháng một tệp CSV; hai tháng gần nhất mỗi "
                "ngày một tệp, có "
                "cơ quan gửi CSV, có cơ quan gửi sổ Excel bảng dọc, có cơ quan gửi bảng ngang; số liệu giờ gửi riêng; một số tệp "
                "đến muộn 1-3 "
                "ngày; có cơ quan hai tháng nay chưa gửi gì.\n\n"
                "Thư mục `sai/` này có các tệp cố ý sai, mỗi tệp một lỗi hay gặp, để xem biên nhận. %s Bảng dưới đây (cũng ở "
                "`SAI-CO-Y.csv`) "
                "ghi tệp nào sai ở đâu và hệ thống phải trả lời mã nào; các mã được giải thích ở `reports/intake/README.md`.\n\n"
                "| tệp | sai ở đâu | mã | kết quả | mô tả |\n|---|---|---|---|---|\n",
                s->c->locality.name,
                with_errors ? "Chúng cũng nằm trong nơi giao nộp: đêm đó công bố được, với mã thoát 10 (có bản bị từ chối)."
                            : "Lượt đêm không đọc chúng; muốn có chúng trong nơi giao nộp, dùng `giaoban sample --with-errors`.");
}

enum gb_code gb_sample_wrong(const struct gb_sample_set *s, const char *dir, const char *tmpdir, bool with_errors,
                             struct gb_err *e)
{
    struct maker m = { .s = s, .dir = dir, .tmpdir = tmpdir };
    struct gb_buf csv = { 0 }, md = { 0 };
    enum gb_code code = GB_OK;
    gb_arena_init(&m.a, 0);
    find_hosts(&m);
    gb_buf_adds(&csv, "tep,noi_sai,ma,ket_qua,mo_ta\r\n");
    read_me(&md, s, with_errors);
    for (int kind = 0; kind < N_KINDS && m.n_hosts && code == GB_OK; kind++)
        code = make_one(&m, (enum kind)kind, with_errors, &csv, &md, e);
    if (code == GB_OK)
        code = gb_file_create(gb_path_join(&m.a, dir, "sai/SAI-CO-Y.csv"), csv.p, csv.n, e);
    if (code == GB_OK)
        code = gb_file_create(gb_path_join(&m.a, dir, "sai/README.md"), md.p, md.n, e);
    gb_buf_release(&csv);
    gb_buf_release(&md);
    gb_arena_release(&m.a);
    return code;
}
