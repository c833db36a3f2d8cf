/* meta.c — who delivers, and how: the side file NAME.meta.json, the agency's profile, the file name.
 *
 * What the side file says wins over the agency's profile in agencies.csv, which wins over the contract (decimal point, no
 * grouping, UTF-8, long layout). Nothing is inferred from the content: a comma that is a decimal mark in one file is a grouping
 * mark in the next.
 */
#include "base/utf8.h"
#include "intake/intake_int.h"

enum { IS_STR = 1, IS_INT, IS_BOOL };
static const struct {
    const char *key;
    int type;
} KNOWN[] = {
    { "agency", IS_STR },   { "delivered_at", IS_STR }, { "title", IS_STR },     { "decimal", IS_STR }, { "grouping", IS_STR },
    { "encoding", IS_STR }, { "layout", IS_STR },       { "sheet", IS_STR },     { "period", IS_STR },  { "as_of", IS_STR },
    { "seq", IS_INT },      { "sample", IS_BOOL },      { "indicator", IS_STR },
};
enum { N_KNOWN = sizeof KNOWN / sizeof *KNOWN };

static const char *known_at(const void *ctx, int i)
{
    (void)ctx;
    return KNOWN[i].key;
}
static const char *agency_at(const void *ctx, int i)
{
    return ((const struct gb_catalogue *)ctx)->agency[i].code;
}

static void refuse(struct gb_reading *k, const char *key, const char *found, const char *expected)
{
    gb_refuse_file(k, "RF-meta", 0, key, found ? gb_shown(&k->r->arena, found, strlen(found)) : NULL, expected,
                   gb_sprintf(&k->r->arena, "Sửa khóa \"%s\" trong tệp %s rồi gửi lại.", key, k->side));
}

static void check_keys(struct gb_reading *k, const struct gb_jval *meta)
{
    static const char *const WORD[] = { "", "chuỗi ký tự trong ngoặc kép", "số nguyên", "true hoặc false" };
    for (const struct gb_jval *v = meta->child; v; v = v->next) {
        int i = 0;
        while (i < N_KNOWN && !gb_streq(KNOWN[i].key, v->key))
            i++;
        const bool fits = i < N_KNOWN &&
                          ((KNOWN[i].type == IS_STR && v->kind == GB_J_STR) || (KNOWN[i].type == IS_INT && v->kind == GB_J_INT) ||
                           (KNOWN[i].type == IS_BOOL && v->kind == GB_J_BOOL));
        if (fits && v->kind == GB_J_STR && gb_text_check(v->s, strlen(v->s), NULL) != GB_TEXT_OK) {
            refuse(k, KNOWN[i].key, v->s, "văn bản sạch: không ký tự điều khiển hay ký tự ẩn"); /* \u escapes can carry them */
            continue;
        }
        if (fits)
            continue;
        if (i < N_KNOWN) {
            refuse(k, KNOWN[i].key, v->kind == GB_J_STR ? v->s : NULL, WORD[KNOWN[i].type]);
            continue;
        }
        struct gb_finding *f = gb_finding_add(k, GB_MARK, "MK-meta", 0, NULL);
        if (!f)
            continue;
        const char *near = gb_nearest_code(v->key, strlen(v->key), known_at, NULL, N_KNOWN);
        f->found = gb_shown(&k->r->arena, v->key, strlen(v->key));
        f->expected =
            "agency, delivered_at, title, decimal, grouping, encoding, layout, sheet, indicator, period, as_of, seq, sample";
        f->remedy =
            near ? gb_sprintf(&k->r->arena, "Khóa lạ bị bỏ qua; có phải là \"%s\"?", near) : "Khóa lạ bị bỏ qua; xóa khóa này.";
    }
}

int gb_intake_agency_named(const struct gb_catalogue *c, const char *name)
{
    size_t best = 0;
    int found = -1;
    for (int i = 0; i < c->n_agencies; i++) {
        const char *have = c->agency[i].code;
        const size_t n = strlen(have);
        if (n > best && gb_starts_with(name, have) && (name[n] == '_' || name[n] == '.')) {
            best = n;
            found = i;
        }
    }
    return found;
}

static void set_agency(struct gb_reading *k, const char *code)
{
    struct gb_arena *a = &k->r->arena;
    if (code) {
        k->agency = gb_agency_find(k->c, code);
        if (k->agency >= 0)
            return;
        const char *near = gb_nearest_code(code, strlen(code), agency_at, k->c, k->c->n_agencies);
        gb_refuse_file(k, "RF-agency", 0, "agency", gb_shown(a, code, strlen(code)), "mã cơ quan có trong agencies.csv",
                       near ? gb_sprintf(a, "Mã gần nhất: %s. Sửa khóa \"agency\" trong %s.", near, k->side)
                            : gb_sprintf(a, "Sửa khóa \"agency\" trong %s.", k->side));
        return;
    }
    k->agency = gb_intake_agency_named(k->c, k->name);
    if (k->agency < 0)
        gb_refuse_file(k, "RF-agency", 0, NULL, gb_shown(a, k->name, strlen(k->name)),
                       "tên tệp bắt đầu bằng mã cơ quan (ví dụ so-y-te_2026-11.csv) hoặc có tệp .meta.json với khóa \"agency\"",
                       gb_sprintf(a, "Đổi tên tệp, hoặc gửi kèm %s có \"agency\".", k->side));
}

static void set_marks(struct gb_reading *k, const char *decimal, const char *grouping)
{
    const struct gb_agency *agency = &k->c->agency[k->agency];
    k->decimal = agency->decimal ? agency->decimal : '.';
    k->grouping = agency->grouping;
    if (decimal) {
        if (!gb_streq(decimal, ".") && !gb_streq(decimal, ","))
            refuse(k, "decimal", decimal, "\".\" hoặc \",\"");
        else
            k->decimal = decimal[0];
    }
    if (grouping) {
        if (*grouping && !gb_streq(grouping, ".") && !gb_streq(grouping, ","))
            refuse(k, "grouping", grouping, "\".\", \",\" hoặc chuỗi rỗng");
        else
            k->grouping = grouping[0];
    }
    if (k->grouping && k->grouping == k->decimal) {
        if (grouping)
            refuse(k, "grouping", grouping, "dấu khác với dấu thập phân");
        else
            k->grouping = 0; /* the profile's grouping mark, now the side file's decimal mark */
    }
}

static void set_form(struct gb_reading *k, const char *encoding, const char *layout)
{
    const struct gb_agency *agency = &k->c->agency[k->agency];
    if (!encoding)
        encoding = agency->encoding;
    if (!layout && k->xlsx) /* a table of an agency that sends wide workbooks is long all the same when it comes as CSV */
        layout = agency->layout;
    if (encoding && *encoding && !gb_streq(encoding, "utf-8") && !gb_streq(encoding, "UTF-8"))
        gb_refuse_file(k, "RF-encoding", 0, "encoding", gb_shown(&k->r->arena, encoding, strlen(encoding)), "utf-8",
                       "Lưu tệp dạng \"CSV UTF-8\" (Excel: Save As, CSV UTF-8); bảng mã TCVN3, VNI, CP1258 phải được chuyển sang "
                       "Unicode trước khi gửi.");
    k->wide = layout && gb_streq(layout, "wide");
    if (layout && *layout && !gb_streq(layout, "long") && !(k->xlsx && k->wide))
        refuse(k, "layout", layout,
               k->xlsx ? "\"long\" (mỗi dòng một giá trị) hoặc \"wide\" (địa bàn theo dòng, chỉ số hoặc kỳ theo cột)"
                       : "\"long\": tệp CSV mỗi dòng một giá trị");
}

static void set_sheet(struct gb_reading *k, const struct gb_jval *meta)
{
    struct gb_arena *a = &k->r->arena;
    const char *sheet = gb_jstr(meta, "sheet"), *period = gb_jstr(meta, "period"), *indicator = gb_jstr(meta, "indicator");
    enum gb_freq freq;
    int32_t ordinal;
    k->sheet = sheet && *sheet ? gb_nfc(a, sheet, strlen(sheet)) : NULL;
    k->period = period && *period ? period : NULL;
    k->indicator = indicator && *indicator ? indicator : NULL;
    if (k->period && !gb_period_parse(k->period, strlen(k->period), &freq, &ordinal))
        refuse(k, "period", k->period, "một kỳ: 2026, 2026-Q3, 2026-11, 2026-W47, 2026-11-22 hoặc 2026-11-22T05");
    if (k->indicator && gb_indicator_find(k->c, k->indicator) < 0)
        refuse(k, "indicator", k->indicator, "mã chỉ số có trong danh mục indicators.csv");
    if (k->wide && k->period && k->indicator)
        refuse(k, "indicator", k->indicator,
               "chỉ một trong hai khóa \"period\" (các cột là chỉ số) và \"indicator\" (các cột là kỳ)");
}

static void set_times(struct gb_reading *k, const struct gb_jval *meta)
{
    struct gb_delivery *d = &k->r->delivery;
    const char *at = gb_jstr(meta, "delivered_at"), *as_of = gb_jstr(meta, "as_of");
    if (at && (!gb_time_parse(at, strlen(at), &d->delivered_utc) || d->delivered_utc < 0))
        refuse(k, "delivered_at", at, "thời điểm dạng 2026-11-22T05:00:00+07:00");
    d->as_of = k->opt->today;
    if (as_of) {
        if (!gb_date_parse(as_of, strlen(as_of), &d->as_of))
            refuse(k, "as_of", as_of, "ngày dạng 2026-11-22");
    } else if (d->delivered_utc > 0) {
        d->as_of = gb_date_of_utc(d->delivered_utc);
    }
    if (!k->refused && gb_date_to_days(d->as_of) > gb_date_to_days(k->opt->today) + 1) {
        char iso[16];
        gb_date_iso(d->as_of, iso);
        gb_refuse_file(k, "RF-date", 0, "as_of", gb_strdup(&k->r->arena, iso), "không sau ngày làm việc quá 1 ngày",
                       "Sửa \"as_of\" (hoặc \"delivered_at\") trong tệp .meta.json; kiểm tra đồng hồ máy gửi.");
    }
    int64_t seq;
    if (gb_jint(meta, "seq", &seq)) {
        if (seq < 1)
            refuse(k, "seq", NULL, "số nguyên từ 1");
        else
            d->seq = seq;
    }
}

void gb_read_meta(struct gb_reading *k)
{
    struct gb_arena *a = &k->r->arena;
    struct gb_jval *meta = NULL;
    struct gb_err e = { 0 };
    char line[300];
    if (k->meta) {
        if (gb_text_check(k->meta, k->m, NULL) != GB_TEXT_OK) {
            gb_refuse_file(k, "RF-meta", 0, NULL, NULL, "tệp .meta.json là văn bản UTF-8 sạch",
                           gb_sprintf(a, "Sửa tệp %s.", k->side));
            return;
        }
        if (gb_json_parse(a, k->meta, k->m, &meta, &e) != GB_OK || meta->kind != GB_J_OBJ) {
            gb_refuse_file(k, "RF-meta", 0, NULL,
                           e.code ? gb_strdup(a, gb_err_line(&e, line, sizeof line)) : "không phải đối tượng",
                           "một đối tượng JSON: {\"agency\": \"…\", …}", gb_sprintf(a, "Sửa tệp %s.", k->side));
            return;
        }
        check_keys(k, meta);
    }
    set_agency(k, gb_jstr(meta, "agency"));
    if (k->agency < 0)
        return;
    struct gb_delivery *d = &k->r->delivery;
    d->agency = k->c->agency[k->agency].code;
    const char *title = gb_jstr(meta, "title");
    if (title && !k->refused)
        d->title = gb_nfc(a, title, strlen(title));
    const struct gb_jval *sample = gb_jget(meta, "sample");
    d->sample = sample && sample->kind == GB_J_BOOL && sample->b;
    set_marks(k, gb_jstr(meta, "decimal"), gb_jstr(meta, "grouping"));
    set_form(k, gb_jstr(meta, "encoding"), gb_jstr(meta, "layout"));
    set_sheet(k, meta);
    set_times(k, meta);
}
