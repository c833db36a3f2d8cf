/* xlsx_file.c — the archive of a workbook and the XML in it (owner of expat).
 *
 * Nothing in the archive is believed: entries are counted, names are compared as a case-blind file system would, inflated bytes are
 * counted as they come and not as the header says. XML is parsed without a document type: entities, and files they could name, end
 * the reading before they mean anything.
 */
#include <expat.h>
#include <stdlib.h>
#include <zip.h>

#include "intake/xlsx_int.h"

enum { MAX_DEPTH = 64, MAX_ATTRIBUTES = 64, CHUNK = 65536 };
#define NS_SEPARATOR '|'
#define SAVE_AGAIN "Mở bằng Excel hoặc LibreOffice, lưu lại thành sổ tính .xlsx mới rồi gửi lại."

void gb_workbook_broken(struct gb_workbook *b, const char *found, const char *expected, const char *remedy)
{
    gb_refuse_file(b->k, "RF-workbook", 0, NULL, found, expected, remedy ? remedy : SAVE_AGAIN);
    b->stop = true;
}

static bool unsafe(struct gb_workbook *b, const char *found, const char *expected)
{
    gb_refuse_file(b->k, "RF-archive", 0, NULL, found, expected, SAVE_AGAIN);
    b->stop = true;
    return false;
}

/* ---- the archive --------------------------------------------------------------------------------------------------- */
static bool name_is_safe(const char *name)
{
    const size_t n = strlen(name);
    if (n == 0 || n > 255 || name[0] == '/' || strchr(name, '\\') || strchr(name, ':'))
        return false;
    for (const char *p = name; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            return false;
    for (const char *p = name; (p = strstr(p, "..")) != NULL; p += 2)
        if ((p == name || p[-1] == '/') && (p[2] == 0 || p[2] == '/'))
            return false;
    return true;
}

static const char *lower(struct gb_arena *a, const char *name)
{
    char *copy = gb_strdup(a, name);
    for (char *p = copy; *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p - 'A' + 'a');
    return copy;
}

static int by_name(const void *pa, const void *pb)
{
    return strcmp(*(const char *const *)pa, *(const char *const *)pb);
}

static bool check_entry(struct gb_workbook *b, zip_uint64_t i, const char **folded, uint64_t *packed)
{
    struct gb_arena *a = &b->k->r->arena;
    zip_stat_t st;
    const char *name = zip_get_name(b->zip, i, ZIP_FL_ENC_RAW);
    if (!name || zip_stat_index(b->zip, i, 0, &st) != 0)
        return unsafe(b, "mục lục của sổ tính hỏng", "tệp .xlsx nguyên vẹn");
    const char *shown = gb_shown(a, name, strlen(name));
    if (!name_is_safe(name))
        return unsafe(b, shown, "tên phần bên trong sổ tính không có \"..\", \"\\\" hay đường dẫn tuyệt đối");
    if (st.encryption_method != ZIP_EM_NONE)
        return unsafe(b, gb_sprintf(a, "%s được mã hóa", shown), "sổ tính không đặt mật khẩu");
    if (st.comp_method != ZIP_CM_STORE && st.comp_method != ZIP_CM_DEFLATE)
        return unsafe(b, gb_sprintf(a, "%s nén theo cách lạ", shown), "nén deflate như Excel và LibreOffice");
    *folded = lower(a, name);
    *packed += st.comp_size;
    if (strstr(*folded, "vbaproject") || strstr(*folded, "macrosheets/")) {
        gb_refuse_file(b->k, "RF-type", 0, NULL, shown, "sổ tính không có macro", "Lưu dưới dạng \"Excel Workbook (*.xlsx)\".");
        b->stop = true;
    } else if (strstr(*folded, "externallinks/")) {
        gb_workbook_broken(
            b, shown, "sổ tính không lấy số từ tệp khác",
            "Trong Excel: Dữ liệu (Data), Sửa liên kết (Edit Links), Ngắt liên kết (Break Link); lưu rồi gửi lại.");
    }
    return !b->stop;
}

static bool check_entries(struct gb_workbook *b)
{
    struct gb_arena *a = &b->k->r->arena;
    const zip_int64_t n = zip_get_num_entries(b->zip, 0);
    uint64_t packed = 0;
    if (n <= 0 || n > GB_XLSX_MAX_ENTRIES)
        return unsafe(b, gb_sprintf(a, "%lld phần bên trong sổ tính", (long long)n),
                      gb_sprintf(a, "từ 1 đến %d phần", GB_XLSX_MAX_ENTRIES));
    const char **name = GB_NEW_N(a, (size_t)n, const char *);
    for (zip_int64_t i = 0; i < n; i++)
        if (!check_entry(b, (zip_uint64_t)i, &name[i], &packed))
            return false;
    if (packed > b->k->n) /* entries that share their bytes */
        return unsafe(b, "các phần của sổ tính chồng lên nhau", "mỗi phần một đoạn riêng của tệp");
    qsort(name, (size_t)n, sizeof *name, by_name);
    for (zip_int64_t i = 1; i < n; i++)
        if (gb_streq(name[i - 1], name[i]))
            return unsafe(b, gb_shown(a, name[i], strlen(name[i])), "mỗi tên một phần, không phân biệt hoa thường");
    return true;
}

bool gb_workbook_open(struct gb_workbook *b)
{
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *source = zip_source_buffer_create(b->k->p, b->k->n, 0, &why);
    b->zip = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &why) : NULL;
    zip_error_fini(&why);
    if (!b->zip) {
        if (source)
            zip_source_free(source);
        return unsafe(b, "không mở được như tệp nén", "tệp .xlsx nguyên vẹn");
    }
    return check_entries(b);
}

void gb_workbook_close(struct gb_workbook *b)
{
    if (b->zip)
        zip_discard(b->zip);
    b->zip = NULL;
    free(b->string);
    free(b->form);
    gb_buf_release(&b->text);
}

/* ---- XML ----------------------------------------------------------------------------------------------------------- */
struct parse {
    struct gb_workbook *b;
    XML_Parser p;
    const char *path;
    const struct gb_part_reader *r;
    int depth;
};

static const char *local(const char *name)
{
    const char *at = strrchr(name, NS_SEPARATOR);
    return at ? at + 1 : name;
}

const char *gb_attr(const char **attr, const char *name)
{
    for (; attr[0]; attr += 2)
        if (gb_streq(local(attr[0]), name))
            return attr[1];
    return NULL;
}

static void broken_xml(struct parse *x, const char *what)
{
    gb_workbook_broken(x->b, gb_sprintf(&x->b->k->r->arena, "%s: %s", x->path, what), "XML như Excel và LibreOffice ghi", NULL);
}

static void after(struct parse *x)
{
    if (x->b->stop)
        XML_StopParser(x->p, XML_FALSE);
}

static void XMLCALL on_start(void *ctx, const XML_Char *name, const XML_Char **attr)
{
    struct parse *x = ctx;
    int n = 0;
    if (x->b->stop)
        return;
    while (attr[n])
        n += 2;
    if (++x->depth > MAX_DEPTH || n / 2 > MAX_ATTRIBUTES)
        broken_xml(x, "lồng quá sâu hoặc quá nhiều thuộc tính");
    else if (x->r->start)
        x->r->start(x->r->ctx, local(name), attr);
    after(x);
}

static void XMLCALL on_end(void *ctx, const XML_Char *name)
{
    struct parse *x = ctx;
    x->depth--;
    if (!x->b->stop && x->r->end)
        x->r->end(x->r->ctx, local(name));
    after(x);
}

static void XMLCALL on_text(void *ctx, const XML_Char *p, int n)
{
    struct parse *x = ctx;
    if (!x->b->stop && x->r->text)
        x->r->text(x->r->ctx, p, (size_t)n);
    after(x);
}

static void XMLCALL on_doctype(void *ctx, const XML_Char *name, const XML_Char *system_id, const XML_Char *public_id,
                               int has_subset)
{
    struct parse *x = ctx;
    (void)name, (void)system_id, (void)public_id, (void)has_subset;
    broken_xml(x, "có khai báo DOCTYPE");
    after(x);
}

/* @return false when reading must end; the reason was said. */
static bool feed(struct parse *x, zip_file_t *f, uint64_t packed)
{
    struct gb_arena *a = &x->b->k->r->arena;
    uint64_t total = 0;
    for (;;) {
        void *buf = XML_GetBuffer(x->p, CHUNK);
        if (!buf)
            gb_oom();
        const zip_int64_t got = zip_fread(f, buf, CHUNK);
        if (got < 0)
            return unsafe(x->b, gb_sprintf(a, "%s không giải nén được", x->path), "tệp .xlsx nguyên vẹn");
        total += (uint64_t)got;
        if (total > GB_XLSX_MAX_PART || (total > 100 * 1024 && total / GB_XLSX_MAX_RATIO > packed)) {
            gb_refuse_file(x->b->k, "RF-limit", 0, NULL, gb_sprintf(a, "%s bung ra quá lớn so với tệp", x->path),
                           gb_sprintf(a, "mỗi phần tối đa %d MiB sau giải nén và không quá %d lần cỡ nén",
                                      (int)(GB_XLSX_MAX_PART >> 20), GB_XLSX_MAX_RATIO),
                           "Xóa định dạng ở các dòng, cột không có số liệu; chia tệp theo tháng hoặc theo chỉ số.");
            x->b->stop = true;
            return false;
        }
        if (XML_ParseBuffer(x->p, (int)got, got == 0) == XML_STATUS_ERROR) {
            if (!x->b->stop)
                broken_xml(x, gb_sprintf(a, "XML hỏng ở dòng %lu", (unsigned long)XML_GetCurrentLineNumber(x->p)));
            return false;
        }
        if (got == 0 || x->b->stop)
            return !x->b->stop;
    }
}

bool gb_workbook_part(struct gb_workbook *b, const char *path, bool optional, const struct gb_part_reader *r)
{
    const zip_int64_t at = b->stop ? -1 : zip_name_locate(b->zip, path, ZIP_FL_ENC_RAW);
    zip_stat_t st;
    if (b->stop)
        return false;
    if (at < 0 && optional)
        return true;
    zip_file_t *f = at < 0 ? NULL : zip_fopen_index(b->zip, (zip_uint64_t)at, 0);
    if (!f || zip_stat_index(b->zip, (zip_uint64_t)at, 0, &st) != 0) {
        if (f)
            (void)zip_fclose(f);
        gb_workbook_broken(b, gb_sprintf(&b->k->r->arena, "không có %s", gb_shown(&b->k->r->arena, path, strlen(path))),
                           "đủ các phần của một sổ tính", NULL);
        return false;
    }
    struct parse x = { .b = b, .path = gb_shown(&b->k->r->arena, path, strlen(path)), .r = r };
    x.p = XML_ParserCreateNS(NULL, NS_SEPARATOR);
    if (!x.p)
        gb_oom();
    XML_SetUserData(x.p, &x);
    XML_SetElementHandler(x.p, on_start, on_end);
    XML_SetCharacterDataHandler(x.p, on_text);
    XML_SetStartDoctypeDeclHandler(x.p, on_doctype);
    bool ok = feed(&x, f, st.comp_size);
    XML_ParserFree(x.p);
    if (zip_fclose(f) != 0 && ok) /* also the CRC was checked */
        ok = unsafe(b, gb_sprintf(&b->k->r->arena, "%s không giải nén được", x.path), "tệp .xlsx nguyên vẹn");
    return ok;
}
