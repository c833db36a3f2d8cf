/* opendata.c — what tells machines about the public edition: datapackage.json (Data Package v2, 2024-06-26), catalog.jsonld (DCAT 3,
 * profile DCAT-AP 3.0.1) and feed.xml (Atom, RFC 4287). Mandatory fields as OPENDATA.md section 2 lists them.
 *
 * Addresses are relative to the edition's root unless the locality names its website, so that a copy on a stick is whole; the context
 * of the JSON-LD is inline, because validators and citizens are offline.
 */
#include "base/json.h"
#include "base/utf8.h"
#include "document/describe.h"
#include "render/html_int.h"

#define MADE_UP "SỐ LIỆU MẪU: " /* before a title */

static void created(const struct gb_edition_info *ed, char buf[40])
{
    size_t n = gb_date_iso(ed->date, buf);
    memcpy(buf + n, "T00:00:00+07:00", 16);
}

/* Data appended each day: MINOR grows with the date, PATCH is the release of that day (OPENDATA.md 2.2). Not the vintage: its gaps
 * would tell how much was delivered that this audience may not see (TRUST.md 42). */
static void version_of(const struct gb_edition_info *ed, struct gb_buf *b)
{
    const char *r = strstr(ed->id, "-r");
    int release = 0;
    for (const char *p = r ? r + 2 : ""; *p >= '0' && *p <= '9' && release < 100000; p++)
        release = release * 10 + (*p - '0');
    gb_buf_reset(b);
    gb_buf_addf(b, "1.%d%02d%02d.%d", ed->date.year, ed->date.month, ed->date.day, release > 0 ? release - 1 : 0);
}

/* "https://x.gov.vn/" or "": every address of the catalogue begins with it. */
static const char *base_of(const struct gb_catalogue *c, struct gb_buf *b)
{
    gb_buf_reset(b);
    gb_buf_adds(b, c->locality.website);
    if (b->n && b->p[b->n - 1] != '/')
        gb_buf_addc(b, '/');
    return b->n ? b->p : "";
}

static void resource_name(const char *path, struct gb_buf *b)
{
    gb_buf_reset(b);
    for (const char *p = path; *p; p++)
        gb_buf_addc(b, (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || *p == '.' || *p == '-' || *p == '_' ? *p : '-');
}

static void field(struct gb_json *j, const char *name, const char *type, const char *description)
{
    gb_json_open(j, NULL, '{');
    gb_json_str(j, "description", description);
    gb_json_str(j, "name", name);
    gb_json_str(j, "type", type);
    gb_json_close(j, '}');
}

static void table_schema(struct gb_json *j, bool sample)
{
    gb_json_open(j, "schema", '{');
    gb_json_str(j, "$schema", "https://datapackage.org/profiles/2.0/tableschema.json");
    gb_json_open(j, "fields", '[');
    field(j, "indicator", "string", "Mã chỉ số");
    field(j, "region", "string", "Mã địa bàn (giữ số 0 ở đầu)");
    field(j, "region_name", "string", "Tên địa bàn");
    field(j, "period", "string", "Kỳ: 2026, 2026-Q3, 2026-11, 2026-W47, 2026-11-22, 2026-11-22T05");
    field(j, "value", "number", "Giá trị; trống khi chưa có số liệu");
    field(j, "unit", "string", "Đơn vị tính");
    field(j, "status", "string", "Trạng thái số liệu theo SDMX CL_OBS_STATUS");
    field(j, "derived", "string", "1: tổng hợp từ cấp xã; 0: cơ quan giao nộp");
    if (sample)
        field(j, "sample", "string", "Số liệu mẫu, không phải số liệu thật");
    gb_json_close(j, ']');
    gb_json_open(j, "missingValues", '[');
    gb_json_str(j, NULL, "");
    gb_json_close(j, ']');
    gb_json_open(j, "primaryKey", '[');
    gb_json_str(j, NULL, "indicator");
    gb_json_str(j, NULL, "region");
    gb_json_str(j, NULL, "period");
    gb_json_close(j, ']');
    gb_json_close(j, '}');
}

static void resource(struct gb_json *j, const struct gb_catalogue *c, const struct gb_data_file *f, bool sample,
                     struct gb_buf *tmp)
{
    char hex[65], hash[80] = "sha256:";
    bool csv = gb_ends_with(f->path, ".csv");
    gb_sha256_hex(&f->sha256, hex);
    memcpy(hash + 7, hex, 65);
    resource_name(f->path, tmp);
    bool table = csv && f->indicator_i >= 0;
    gb_json_open(j, NULL, '{');
    gb_json_int(j, "bytes", (int64_t)f->bytes);
    if (table) {
        gb_json_open(j, "dialect", '{');
        gb_json_str(j, "lineTerminator", "\r\n");
        gb_json_close(j, '}');
    }
    gb_json_str(j, "encoding", "utf-8");
    gb_json_str(j, "format", csv ? "csv" : "json");
    gb_json_str(j, "hash", hash);
    gb_json_str(j, "mediatype", f->mime);
    gb_json_str(j, "name", tmp->p);
    gb_json_str(j, "path", f->path);
    if (table)
        table_schema(j, sample);
    if (f->indicator_i >= 0)
        gb_json_str(j, "title", c->indicator[f->indicator_i].name_vi);
    if (table)
        gb_json_str(j, "type", "table");
    gb_json_close(j, '}');
}

void gb_datapackage_json(const struct gb_catalogue *c, const struct gb_edition_info *ed, const struct gb_data_file *f, size_t n,
                         struct gb_buf *out)
{
    struct gb_json j = { .out = out, .pretty = true };
    struct gb_buf tmp = { 0 };
    char when[40];
    created(ed, when);
    gb_json_open(&j, NULL, '{');
    gb_json_str(&j, "$schema", "https://datapackage.org/profiles/2.0/datapackage.json");
    gb_json_open(&j, "contributors", '[');
    gb_json_open(&j, NULL, '{');
    gb_json_open(&j, "roles", '[');
    gb_json_str(&j, NULL, "creator");
    gb_json_close(&j, ']');
    gb_json_str(&j, "title", c->locality.contact);
    gb_json_close(&j, '}');
    gb_json_close(&j, ']');
    gb_json_str(&j, "created", when);
    if (*c->locality
             .licence_url) { /* a licence needs a name or a path of the standard: without an address there is none to give */
        gb_json_open(&j, "licenses", '[');
        gb_json_open(&j, NULL, '{');
        gb_json_str(&j, "path", c->locality.licence_url);
        gb_json_str(&j, "title", c->locality.licence);
        gb_json_close(&j, '}');
        gb_json_close(&j, ']');
    }
    gb_json_str(&j, "name", c->locality.slug);
    gb_json_open(&j, "resources", '[');
    for (size_t i = 0; i < n; i++)
        resource(&j, c, &f[i], ed->sample, &tmp);
    gb_json_close(&j, ']');
    gb_buf_reset(&tmp);
    gb_buf_addf(&tmp, "%sSố liệu mở %s", ed->sample ? MADE_UP : "", c->locality.name);
    gb_json_str(&j, "title", tmp.p);
    version_of(ed, &tmp);
    gb_json_str(&j, "version", tmp.p);
    gb_json_close(&j, '}');
    gb_buf_addc(out, '\n');
    gb_buf_release(&tmp);
}

static void vi(struct gb_json *j, const char *key, const char *text)
{
    gb_json_open(j, key, '{');
    gb_json_str(j, "@language", "vi");
    gb_json_str(j, "@value", text);
    gb_json_close(j, '}');
}

static void ref(struct gb_json *j, const char *key, const char *base, const char *id, const char *type)
{
    struct gb_buf b = { 0 };
    gb_buf_addf(&b, "%s%s", base, id);
    gb_json_open(j, key, '{');
    gb_json_str(j, "@id", b.p);
    if (type)
        gb_json_str(j, "@type", type);
    gb_json_close(j, '}');
    gb_buf_release(&b);
}

static void typed(struct gb_json *j, const char *key, const char *value, const char *type)
{
    gb_json_open(j, key, '{');
    gb_json_str(j, "@type", type);
    gb_json_str(j, "@value", value);
    gb_json_close(j, '}');
}

static void context(struct gb_json *j)
{
    static const char *const ns[][2] = {
        { "adms", "http://www.w3.org/ns/adms#" },      { "dcat", "http://www.w3.org/ns/dcat#" },
        { "dct", "http://purl.org/dc/terms/" },        { "foaf", "http://xmlns.com/foaf/0.1/" },
        { "spdx", "http://spdx.org/rdf/terms#" },      { "vcard", "http://www.w3.org/2006/vcard/ns#" },
        { "xsd", "http://www.w3.org/2001/XMLSchema#" }
    };
    gb_json_open(j, "@context", '{');
    for (size_t i = 0; i < sizeof ns / sizeof *ns; i++)
        gb_json_str(j, ns[i][0], ns[i][1]);
    gb_json_close(j, '}');
}

static void distribution(struct gb_json *j, const struct gb_catalogue *c, const char *base, const struct gb_data_file *f,
                         struct gb_buf *tmp)
{
    char hex[65];
    bool csv = gb_ends_with(f->path, ".csv");
    gb_sha256_hex(&f->sha256, hex);
    gb_json_open(j, NULL, '{');
    gb_buf_reset(tmp);
    gb_buf_addf(tmp, "%s%s#distribution", base, f->path);
    gb_json_str(j, "@id", tmp->p);
    gb_json_str(j, "@type", "dcat:Distribution");
    ref(j, "dcat:accessURL", base, f->path, NULL);
    gb_buf_reset(tmp);
    gb_buf_addf(tmp, "%zu", f->bytes);
    typed(j, "dcat:byteSize", tmp->p, "xsd:nonNegativeInteger");
    ref(j, "dcat:downloadURL", base, f->path, NULL);
    ref(j, "dcat:mediaType", "https://www.iana.org/assignments/media-types/", csv ? "text/csv" : "application/json",
        "dct:MediaType");
    ref(j, "dct:format", "http://publications.europa.eu/resource/authority/file-type/", csv ? "CSV" : "JSON",
        "dct:MediaTypeOrExtent");
    if (*c->locality.licence_url)
        ref(j, "dct:license", "", c->locality.licence_url, "dct:LicenseDocument");
    gb_json_open(j, "spdx:checksum", '{');
    gb_json_str(j, "@type", "spdx:Checksum");
    ref(j, "spdx:algorithm", "", "spdx:checksumAlgorithm_sha256", NULL);
    typed(j, "spdx:checksumValue", hex, "xsd:hexBinary");
    gb_json_close(j, '}');
    gb_json_close(j, '}');
}

static const char *eu_frequency(enum gb_freq f)
{
    switch (f) {
    case GB_FREQ_YEAR: return "ANNUAL";
    case GB_FREQ_QUARTER: return "QUARTERLY";
    case GB_FREQ_MONTH: return "MONTHLY";
    case GB_FREQ_WEEK: return "WEEKLY";
    case GB_FREQ_DAY: return "DAILY";
    case GB_FREQ_HOUR: return "HOURLY";
    }
    gb_bug("frequency");
}

static void dataset(struct gb_json *j, const struct gb_catalogue *c, const char *base, const struct gb_data_file *f, size_t first,
                    size_t n, struct gb_buf *tmp)
{
    const struct gb_indicator *ind = &c->indicator[f[first].indicator_i];
    gb_json_open(j, NULL, '{');
    gb_buf_reset(tmp);
    gb_buf_addf(tmp, "%schi-so/%s.html#dataset", base, ind->code);
    gb_json_str(j, "@id", tmp->p);
    gb_json_str(j, "@type", "dcat:Dataset");
    gb_json_open(j, "dcat:contactPoint", '{');
    gb_json_open(j, "@type", '[');
    gb_json_str(j, NULL, "vcard:Kind");
    gb_json_str(j, NULL, "vcard:Organization");
    gb_json_close(j, ']');
    gb_json_str(j, "vcard:fn", c->locality.contact);
    gb_json_close(j, '}');
    gb_json_open(j, "dcat:distribution", '[');
    for (size_t i = first; i < n; i++)
        if (f[i].indicator_i == f[first].indicator_i)
            distribution(j, c, base, &f[i], tmp);
    gb_json_close(j, ']');
    gb_json_open(j, "dcat:keyword", '[');
    vi(j, NULL, c->sector[ind->sector_i].name_vi);
    gb_json_close(j, ']');
    ref(j, "dct:accrualPeriodicity", "http://publications.europa.eu/resource/authority/frequency/", eu_frequency(ind->freq),
        "dct:Frequency");
    gb_buf_reset(tmp);
    gb_buf_addf(tmp, "%s. Đơn vị: %s. Tần suất: %s.", ind->name_vi, ind->unit_vi, gb_frequency_of_vi(ind));
    if (*ind->source_vi)
        gb_buf_addf(tmp, " Nguồn: %s.", ind->source_vi);
    if (*ind->legal_basis)
        gb_buf_addf(tmp, " Căn cứ: %s.", ind->legal_basis);
    vi(j, "dct:description", tmp->p);
    ref(j, "dct:publisher", base, "#publisher", NULL);
    vi(j, "dct:title", ind->name_vi);
    gb_json_close(j, '}');
}

static void catalog_node(struct gb_json *j, const struct gb_catalogue *c, const struct gb_edition_info *ed, const char *base,
                         const struct gb_data_file *f, size_t n, struct gb_buf *tmp)
{
    gb_json_open(j, NULL, '{');
    gb_buf_reset(tmp);
    gb_buf_addf(tmp, "%s#catalog", base);
    gb_json_str(j, "@id", tmp->p);
    gb_json_str(j, "@type", "dcat:Catalog");
    gb_json_open(j, "dcat:dataset", '[');
    for (size_t i = 0; i < n; i++)
        if (f[i].indicator_i >= 0 && gb_ends_with(f[i].path, ".csv")) {
            gb_buf_reset(tmp);
            gb_buf_addf(tmp, "chi-so/%s.html#dataset", c->indicator[f[i].indicator_i].code);
            struct gb_buf id = { 0 };
            gb_buf_adds(&id, tmp->p);
            ref(j, NULL, base, id.p, NULL);
            gb_buf_release(&id);
        }
    gb_json_close(j, ']');
    gb_buf_reset(tmp);
    gb_buf_addf(tmp, "Các chỉ số công khai của %s: giá trị theo kỳ và địa bàn, kèm định nghĩa và nguồn.", c->locality.name);
    vi(j, "dct:description", tmp->p);
    ref(j, "dct:language", "http://publications.europa.eu/resource/authority/language/", "VIE", "dct:LinguisticSystem");
    if (*c->locality.licence_url)
        ref(j, "dct:license", "", c->locality.licence_url, "dct:LicenseDocument");
    ref(j, "dct:publisher", base, "#publisher", NULL);
    gb_buf_reset(tmp);
    gb_buf_addf(tmp, "%sSố liệu mở %s", ed->sample ? MADE_UP : "", c->locality.name);
    vi(j, "dct:title", tmp->p);
    gb_json_close(j, '}');
    gb_json_open(j, NULL, '{');
    gb_buf_reset(tmp);
    gb_buf_addf(tmp, "%s#publisher", base);
    gb_json_str(j, "@id", tmp->p);
    gb_json_str(j, "@type", "foaf:Agent");
    vi(j, "foaf:name", c->locality.committee);
    gb_json_close(j, '}');
}

void gb_catalog_jsonld(const struct gb_catalogue *c, const struct gb_edition_info *ed, const struct gb_data_file *f, size_t n,
                       struct gb_buf *out)
{
    struct gb_json j = { .out = out, .pretty = true };
    struct gb_buf tmp = { 0 };
    struct gb_buf site = { 0 };
    const char *base = base_of(c, &site);
    gb_json_open(&j, NULL, '{');
    context(&j);
    gb_json_open(&j, "@graph", '[');
    catalog_node(&j, c, ed, base, f, n, &tmp);
    for (size_t i = 0; i < n; i++)
        if (f[i].indicator_i >= 0 && gb_ends_with(f[i].path, ".csv"))
            dataset(&j, c, base, f, i, n, &tmp);
    gb_json_close(&j, ']');
    gb_json_close(&j, '}');
    gb_buf_addc(out, '\n');
    gb_buf_release(&tmp);
    gb_buf_release(&site);
}

void gb_feed_xml(const struct gb_catalogue *c, const struct gb_edition_info *ed, const struct gb_data_file *f, size_t n,
                 struct gb_buf *out)
{
    char when[40], date[16];
    size_t n_indicators = 0;
    struct gb_buf site = { 0 };
    const char *base = base_of(c, &site);
    created(ed, when);
    gb_date_vi(ed->date, date);
    for (size_t i = 0; i < n; i++)
        n_indicators += f[i].indicator_i >= 0 && gb_ends_with(f[i].path, ".csv");
    gb_buf_adds(out,
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"vi\">\n");
    gb_buf_addf(out, "<id>tag:giaoban,2026:%s</id>\n<title>%sSố liệu mở ", c->locality.slug, ed->sample ? MADE_UP : "");
    gb_html_escape(out, c->locality.name);
    gb_buf_addf(out, "</title>\n<updated>%s</updated>\n<author><name>", when);
    gb_html_escape(out, c->locality.contact);
    gb_buf_adds(out, "</name></author>\n<link rel=\"self\" href=\"");
    gb_html_attr(out, base);
    gb_buf_adds(out, "feed.xml\"/>\n");
    gb_buf_addf(out, "<entry>\n<id>tag:giaoban,2026:%s:%s</id>\n<title>%sẤn bản ngày %s: %zu chỉ số công khai</title>\n",
                c->locality.slug, ed->id, ed->sample ? MADE_UP : "", date, n_indicators);
    gb_buf_addf(out, "<updated>%s</updated>\n<link rel=\"alternate\" href=\"", when);
    gb_html_attr(out, base);
    gb_buf_adds(out, "index.html\"/>\n</entry>\n</feed>\n");
    gb_buf_release(&site);
}
