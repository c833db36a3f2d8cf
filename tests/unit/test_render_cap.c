/* test_render_cap.c — CAP messages read again by another parser: which message a night asks for, what stands in it and in which order, that
 * polygons are closed and areas are where the figures are, that hostile names stay text. The schema itself is asked in tests/e2e/cap.sh. */
#include "cube_fixture.h"
#include "render/cap.h"
#include <expat.h>

static struct fx fx;
static struct gb_evaluation ev;
static struct gb_cap_hazard hazard[2];
static struct gb_cap cap;
static struct gb_cap_action action[3];

/* ---- reading: "alert/info/area/polygon" in document order, with its text ----------------------------------------------------- */
struct read { char path[8][32]; int depth; char text[4096]; size_t n_text; char *all; size_t n_all, cap_all; };
static void put(struct read *r, const char *s)
{
    size_t n = strlen(s);
    if (r->n_all + n + 1 > r->cap_all) {
        r->cap_all = (r->n_all + n + 1) * 2;
        r->all = realloc(r->all, r->cap_all);
        if (!r->all) fail_msg("memory");
    }
    memcpy(r->all + r->n_all, s, n + 1);
    r->n_all += n;
}
static void XMLCALL start(void *p, const XML_Char *name, const XML_Char **attr)
{
    struct read *r = p;
    static const char ns[] = "urn:oasis:names:tc:emergency:cap:1.2|";
    (void)attr;
    if (strncmp(name, ns, sizeof ns - 1)) fail_msg("not of CAP 1.2: %s", name);
    if (r->depth == 8) fail_msg("too deep: %s", name);
    snprintf(r->path[r->depth++], sizeof r->path[0], "%s", name + sizeof ns - 1);
    r->n_text = 0;
}
static void XMLCALL text(void *p, const XML_Char *s, int n)
{
    struct read *r = p;
    if (r->n_text + (size_t)n + 1 > sizeof r->text) fail_msg("text too long");
    memcpy(r->text + r->n_text, s, (size_t)n);
    r->n_text += (size_t)n;
}
static void XMLCALL end(void *p, const XML_Char *name)
{
    struct read *r = p;
    (void)name;
    r->text[r->n_text] = 0;
    if (strspn(r->text, " \n") != strlen(r->text)) { /* a leaf */
        for (int i = 1; i < r->depth; i++) {
            put(r, i > 1 ? "/" : "");
            put(r, r->path[i]);
        }
        put(r, "=");
        put(r, r->text);
        put(r, "\n");
    }
    r->n_text = 0;
    r->depth--;
}

/* The elements of CAP 1.2 in the order of its schema; what must stand in each message and each info. */
static const char *const alert_order[] = { "identifier", "sender", "sent", "status", "msgType", "source", "scope", "restriction", "addresses",
                                           "code", "note", "references", "incidents", "info", NULL };
static const char *const info_order[] = { "language", "category", "event", "responseType", "urgency", "severity", "certainty", "audience",
                                          "eventCode", "effective", "onset", "expires", "senderName", "headline", "description", "instruction",
                                          "web", "contact", "parameter", "resource", "area", NULL };
static int place_in(const char *const *order, const char *name, size_t n)
{
    for (int i = 0; order[i]; i++)
        if (strlen(order[i]) == n && !strncmp(order[i], name, n)) return i;
    fail_msg("no element of CAP 1.2: %.*s", (int)n, name);
    return -1;
}

static void closed_polygon(const char *line, size_t n)
{
    const char *first = line, *last = line;
    int pairs = 1;
    for (size_t i = 0; i < n; i++)
        if (line[i] == ' ') last = line + i + 1, pairs++;
    size_t n_first = strcspn(first, " \n"), n_last = (size_t)(line + n - last);
    if (pairs < 4 || n_first != n_last || memcmp(first, last, n_first)) fail_msg("polygon of %d pairs, not closed: %.*s", pairs, (int)n, line);
}

static void structure(const char *all)
{
    int at = -1, at_info = -1, n_info = 0;
    for (const char *p = all; *p; p += strcspn(p, "\n") + 1) {
        size_t n = strcspn(p, "\n"), name = strcspn(p, "/=");
        int here = place_in(alert_order, p, name);
        if (here < at) fail_msg("out of order in alert: %.*s", (int)n, p);
        at = here;
        if (strncmp(p, "info/", 5)) continue;
        const char *q = p + 5;
        int k = place_in(info_order, q, strcspn(q, "/="));
        if (k < at_info) {
            if (strncmp(q, "language=", 9)) fail_msg("out of order in info: %.*s", (int)n, p);
            at_info = -1;
        }
        if (!strncmp(q, "language=", 9)) n_info++;
        at_info = k;
        if (!strncmp(q, "area/polygon=", 13)) closed_polygon(q + 13, n - 18);
    }
    static const char *const must[] = { "identifier=", "sender=", "sent=", "status=", "msgType=", "scope=", "restriction=" };
    for (size_t i = 0; i < sizeof must / sizeof *must; i++)
        if (!strstr(all, must[i])) fail_msg("no %s", must[i]);
    static const char *const each[] = { "info/category=", "info/event=", "info/urgency=", "info/severity=", "info/certainty=", "info/area/areaDesc=" };
    for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
        int n = 0;
        for (const char *p = all; (p = strstr(p, each[i])); p++) n++;
        if (n < n_info || !n_info) fail_msg("%d %s in %d info", n, each[i], n_info);
    }
}

/* ---- the province of the test: 38 with communes 00001, 00002 (squares side by side), a station in 00002, one nowhere -------------- */
static const double square1[] = { 105.0, 20.0, 105.1, 20.0, 105.1, 20.1, 105.0, 20.1 }, hole1[] = { 105.04, 20.04, 105.04, 20.06, 105.06, 20.06, 105.06, 20.04 },
                    square2[] = { 105.1, 20.0, 105.2, 20.0, 105.2, 20.1, 105.1, 20.1 };
static struct gb_ring ring1[] = { { square1, 4, true }, { hole1, 4, false } }, ring2[] = { { square2, 4, true } };
static struct gb_boundary outline[] = { { 1, ring1, 2, 105.0, 20.0, 105.1, 20.1, { { 0 } } }, { 2, ring2, 1, 105.1, 20.0, 105.2, 20.1, { { 0 } } } };
enum { DEPTH, HOUSES, INDEX };

static void province(bool outlines)
{
    static const int64_t limit[4] = { 60, 75, 100, 150 };
    static const char *const name[] = { "Số điểm <ngập> & lụt", "Số nhà ngập", "Chỉ số muỗi" };
    static const char *const region[] = { "Tỉnh Mẫu", "Xã Một & Hai", "Phường <Ba>", "Trạm Bến Đò", "Trạm Không Rõ" };
    static int scenario[1] = { 0 };
    fx_init(&fx, 3, 5);
    fx.c.n_scenarios = 1;
    fx.scenario[0] = (struct gb_scenario){ .code = "lu-lut", .name_vi = "Lũ lụt" };
    fx.c.locality = (struct gb_locality){ .code = "38", .name = "Tỉnh Mẫu", .contact = "Văn phòng A & B", .website = "", .committee = "UBND tỉnh" };
    for (int i = 0; i < 3; i++) {
        fx.ind[i].name_vi = name[i], fx.ind[i].unit_vi = "cm", fx.ind[i].freq = GB_FREQ_DAY, fx.ind[i].direction = GB_DOWN_GOOD;
        fx.ind[i].has_steps = true, fx.ind[i].scenario = scenario, fx.ind[i].n_scenarios = 1;
        for (int k = 0; k < 4; k++) fx.ind[i].step[k] = (struct gb_threshold){ true, limit[k], limit[k] };
    }
    fx.ind[DEPTH].level = GB_AT_POINT, fx.ind[DEPTH].agg = GB_AGG_MAX;
    fx.ind[HOUSES].agg = GB_AGG_SUM;
    fx.ind[INDEX].agg = GB_AGG_MAX;
    for (int r = 0; r < 5; r++) fx.version[r].name = region[r];
    fx.region[1].code = "00001", fx.region[2].code = "00002", fx.region[3].code = "tram-1", fx.region[4].code = "tram-2";
    fx.region[3].level = fx.region[4].level = GB_AT_POINT;
    fx.region[3].has_position = true, fx.region[3].lon = 105.15, fx.region[3].lat = 20.05;
    fx.c.boundary = outline, fx.c.n_boundaries = outlines ? 2 : 0;
    hazard[0] = (struct gb_cap_hazard){ .event = "Ngập \"lụt\" <&>", .category = { "Met", "Infra" }, .n_categories = 2, .about = { DEPTH, HOUSES }, .n_about = 2 };
    hazard[1] = (struct gb_cap_hazard){ .event = "Dịch bệnh", .category = { "Health" }, .n_categories = 1, .about = { INDEX }, .n_about = 1 };
    action[0] = (struct gb_cap_action){ .step = GB_DANGER, .who = "Sở A", .does = "đo nước & báo", .within = "trong 2 giờ", .about = { DEPTH }, .n_about = 1, .narrow = true };
    action[1] = (struct gb_cap_action){ .step = GB_DANGER, .who = "Sở B", .does = "diệt muỗi", .within = "trong 3 ngày", .about = { INDEX }, .n_about = 1, .narrow = true };
    action[2] = (struct gb_cap_action){ .step = GB_WARNING, .who = "Sở C", .with = "Sở A", .does = "trực", .within = "trong 1 ngày" };
    cap = (struct gb_cap){ .scenario_i = 0, .hazard = hazard, .n_hazards = 2, .action = action, .n_actions = 3 };
}

/* Tonight's message as lines "path=text"; "" for none. Checked against the structure of the standard, and the same bytes twice. */
static const char *message(const char *date, bool sample)
{
    static struct read r;
    struct gb_err e = { 0 };
    struct gb_buf b = { 0 }, again = { 0 };
    const struct gb_edition_info ed = { .id = "2026-11-22-r1", .date = fx_date(date), .audience = GB_IOC, .sample = sample };
    gb_cube_end_part(&fx.cube, GB_N_PARTS - 1);
    gb_evaluation_init(&ev, &fx.cube, fx_date(date));
    assert_int_equal(gb_evaluation_run(&ev, &e), GB_OK);
    free(r.all);
    r = (struct read){ 0 };
    put(&r, "");
    const enum gb_cap_kind kind = gb_cap_xml(&ev, &cap, &ed, &b);
    assert_int_equal(kind, gb_cap_kind_of(&ev, &cap));
    assert_int_equal(gb_cap_xml(&ev, &cap, &ed, &again), kind);
    assert_int_equal(b.n, again.n);
    if (kind == GB_CAP_NONE) assert_int_equal(b.n, 0);
    else {
        assert_memory_equal(b.p, again.p, b.n);
        XML_Parser x = XML_ParserCreateNS(NULL, '|');
        XML_SetUserData(x, &r);
        XML_SetElementHandler(x, start, end);
        XML_SetCharacterDataHandler(x, text);
        if (XML_Parse(x, b.p, (int)b.n, 1) != XML_STATUS_OK) fail_msg("line %lu: %s", XML_GetCurrentLineNumber(x), XML_ErrorString(XML_GetErrorCode(x)));
        XML_ParserFree(x);
        structure(r.all);
    }
    gb_buf_release(&b);
    gb_buf_release(&again);
    gb_evaluation_release(&ev);
    fx_release(&fx);
    return r.all;
}
static void has(const char *all, const char *line)
{
    if (!strstr(all, line)) fail_msg("no \"%s\" in:\n%s", line, all);
}
static void has_not(const char *all, const char *line)
{
    if (strstr(all, line)) fail_msg("\"%s\" in:\n%s", line, all);
}

/* One hazard's life, night by night: the message of each, and whom it refers to. */
static void life(void **st)
{
    (void)st;
    static const char figures[] = "2026-11-01=1 2026-11-02=120 2026-11-03=120 2026-11-04=1 2026-11-05=1 2026-11-06=1 2026-11-07=1";
    static const struct { const char *date, *type, *line; } t[] = {
        { "2026-11-01", "", NULL },
        { "2026-11-02", "Alert", "info/responseType=Execute\n" },
        { "2026-11-03", "Update", "info/urgency=Immediate\n" },
        { "2026-11-04", "Update", "info/responseType=Monitor\n" },
        { "2026-11-05", "Update", "info/headline=Dịch bệnh: đang rút, chưa xác nhận kết thúc, tỉnh Mẫu\n" },
        { "2026-11-06", "Cancel", "info/responseType=AllClear\n" },
        { "2026-11-07", "", NULL },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        province(false);
        fx_series(&fx, 0, INDEX, 0, figures);
        const char *all = message(t[i].date, false);
        if (!*t[i].type) {
            if (*all) fail_msg("%s: %s", t[i].date, all);
            continue;
        }
        char want[160];
        snprintf(want, sizeof want, "msgType=%s\n", t[i].type);
        has(all, want);
        has(all, t[i].line);
        snprintf(want, sizeof want, "identifier=giaoban-38-lu-lut-%s\n", t[i].date);
        has(all, want);
        snprintf(want, sizeof want, "sent=%sT00:00:00+07:00\n", t[i].date);
        has(all, want);
        if (!strcmp(t[i].type, "Alert")) {
            has_not(all, "references=");
            continue;
        }
        snprintf(want, sizeof want, "references=giaoban-vn-38,giaoban-38-lu-lut-%s,%sT00:00:00+07:00\n", t[i - 1].date, t[i - 1].date);
        has(all, want);
    }
}

static void silence_is_no_end(void **st)
{
    (void)st;
    province(false);
    fx_series(&fx, 0, INDEX, 0, "2026-11-01=1 2026-11-02=120");
    const char *all = message("2026-11-09", false);
    has(all, "msgType=Update\n");
    has(all, "info/responseType=Assess\n");
    has(all, "info/certainty=Unknown\n");
    has(all, "info/headline=Dịch bệnh: mất số liệu khi đang ở mức cảnh báo, tỉnh Mẫu\n");
}

static void where(void **st)
{
    (void)st;
    province(true);
    fx_series(&fx, 0, DEPTH, 0, "2026-11-01=1 2026-11-02=120");
    fx_series(&fx, 0, DEPTH, 3, "2026-11-01=1 2026-11-02=120");
    fx_series(&fx, 0, DEPTH, 4, "2026-11-01=1 2026-11-02=80:P");
    fx_series(&fx, 0, INDEX, 0, "2026-11-01=1 2026-11-02=160");
    fx_series(&fx, 0, INDEX, 1, "2026-11-01=1 2026-11-02=160");
    const char *all = message("2026-11-02", true);
    has(all, "status=Exercise\n");
    has(all, "note=Số liệu mẫu");
    has(all, "info/event=Ngập \"lụt\" <&>\n");
    has(all, "info/headline=DIỄN TẬP, SỐ LIỆU MẪU. Ngập \"lụt\" <&>: mức nguy hiểm, phường <Ba>\n");
    has(all, "info/area/areaDesc=Phường <Ba> (Trạm Bến Đò)\n" /* found by its position */
             "info/area/polygon=20.00000,105.10000 20.00000,105.20000 20.10000,105.20000 20.10000,105.10000 20.00000,105.10000\n"
             "info/area/geocode/valueName=QĐ 19/2025/QĐ-TTg\ninfo/area/geocode/value=00002\n");
    has(all, "info/instruction=Đề nghị Sở A: đo nước & báo, trong 2 giờ.\n"); /* not what answers other figures */
    has(all, "info/severity=Moderate\ninfo/certainty=Likely\n"); /* a provisional figure, of a station that nobody knows where to put */
    has(all, "info/area/areaDesc=Trạm Không Rõ, tỉnh Mẫu\ninfo/area/geocode/valueName=giaoban\ninfo/area/geocode/value=tram-2\n");
    has(all, "info/instruction=Đề nghị Sở C: trực, trong 1 ngày; phối hợp: Sở A.\n");
    has(all, "info/severity=Extreme\n");
    has(all, "info/area/areaDesc=Xã Một & Hai\n" /* the commune, not the province whose worst it is; its hole is no polygon */
             "info/area/polygon=20.00000,105.00000 20.00000,105.10000 20.10000,105.10000 20.10000,105.00000 20.00000,105.00000\n"
             "info/area/geocode/valueName=QĐ 19/2025/QĐ-TTg\ninfo/area/geocode/value=00001\n");
    has(all, "value=indicator=t.i0; region=tram-1; period=2026-11-02; value=120; unit=cm; status=A; step=danger; threshold=100\n");
    has(all, "info/onset=2026-11-02T00:00:00+07:00\ninfo/expires=2026-11-03T12:00:00+07:00\n");
    has_not(all, "areaDesc=Tỉnh Mẫu\n");
}

static void only_the_whole(void **st)
{
    (void)st;
    for (int outlines = 0; outlines < 2; outlines++) {
        province(outlines == 1);
        fx_series(&fx, 0, HOUSES, 0, "2026-11-01=80 2026-11-02=80");
        const char *all = message("2026-11-02", false);
        has(all, "status=Actual\n");
        has(all, "info/urgency=Expected\ninfo/severity=Moderate\ninfo/certainty=Observed\n");
        has(all, "info/area/areaDesc=Tỉnh Mẫu\n");
        has(all, "info/area/geocode/value=38\n");
        int n = 0;
        for (const char *p = all; (p = strstr(p, "info/area/polygon=")); p++) n++;
        assert_int_equal(n, outlines ? 1 : 0); /* the communes together, where the province has no outline of its own */
    }
}

/* A figure outside every hazard alerts nobody. */
static void no_hazard(void **st)
{
    (void)st;
    province(false);
    cap.n_hazards = 1;
    fx_series(&fx, 0, INDEX, 0, "2026-11-01=1 2026-11-02=160");
    assert_string_equal(message("2026-11-02", false), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(life), cmocka_unit_test(silence_is_no_end), cmocka_unit_test(where),
                                        cmocka_unit_test(only_the_whole), cmocka_unit_test(no_hazard) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
