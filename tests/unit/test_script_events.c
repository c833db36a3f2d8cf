/* doc:events, s:event, doc:ended, doc:deadlines, and the figure behind an ad-hoc report: what a reader of the document sees. */
#include "script_fixture.h"

static struct gb_arena texts;

/* What a dump says: its quoted texts one after the other, line by line, without what stands in <> behind a value. */
static const char *plain(char *dump)
{
    char *to = dump;
    bool quoted = false, behind = false;
    for (const char *p = dump; *p; p++) {
        if (!quoted && *p == '<') behind = true;
        if (behind) behind = *p != '>';
        else if (*p == '\n') *to++ = '\n';
        else if (*p == '"') quoted = !quoted;
        else if (quoted && !strncmp(p, "\u00a0", 2)) *to++ = ' ', p++;
        else if (quoted) *to++ = *p;
    }
    *to = 0;
    return dump;
}

static const char *acked;                            /* "fb.ontime_rate 38 2026-11-21": that row came with a note of so-noi-vu on 22/11/2026 */
static enum gb_audience reader = GB_LEADERSHIP;

static void acknowledge(struct sfx *f)
{
    char ind[64], region[32], period[32];
    enum gb_freq freq;
    struct gb_cube_ack k = { .delivery = 1, .on_days = gb_date_to_days((struct gb_date){ 2026, 11, 22 }) };
    if (!acked) return;
    assert_int_equal(sscanf(acked, "%63s %31s %31s", ind, region, period), 3);
    k.indicator_i = gb_indicator_find(&f->c, ind), k.region_i = gb_key_find(&f->c, region), k.agency_i = gb_agency_find(&f->c, "so-noi-vu");
    assert_true(k.indicator_i >= 0 && k.region_i >= 0 && k.agency_i >= 0 && gb_period_parse(period, strlen(period), &freq, &k.period));
    gb_cube_set_acks(&f->cube, &k, 1);
}

/* Plain text of a document from a definition; an error line after "ERROR ". */
static const char *made(const char *data, const char *date, const char *path, const char *text, const char *level)
{
    struct sfx f;
    struct gb_err e = { 0 };
    struct gb_doc *doc = NULL;
    char line[GB_ERR_TEXT];
    struct gb_buf dump = { 0 };
    sfx_open(&f, "reports", data, reader, date);
    acknowledge(&f);
    struct gb_script_sources src = f.src;
    if (text) {
        struct gb_script_file *v = GB_NEW_N(&texts, f.src.n_files, struct gb_script_file);
        memcpy(v, f.src.file, f.src.n_files * sizeof *v);
        bool there = false;
        for (size_t i = 0; i < f.src.n_files; i++)
            if (!strcmp(v[i].path, path)) v[i].text = text, v[i].n = strlen(text), there = true;
        if (!there) v[0] = (struct gb_script_file){ .path = path, .text = text, .n = strlen(text) };
        src.file = v;
        if (!there) src.n_files = 1;
    }
    struct gb_script_job job = sfx_job(&f, path);
    job.sources = &src;
    job.level = level;
    const char *out;
    if (gb_script_run(&job, &f.a, &doc, &e)) out = gb_sprintf(&texts, "ERROR %s", gb_err_line(&e, line, sizeof line));
    else {
        gb_doc_dump(doc, &dump);
        out = plain(gb_buf_copy(&texts, &dump));
    }
    gb_buf_release(&dump);
    sfx_close(&f);
    return out;
}

static const char *body(const char *data, const char *date, const char *lua)
{
    return made(data, date, "x.lua", gb_sprintf(&texts, "return gb.report { code = \"x\", title = \"x\", body = function(doc, s)\n%s\nend }", lua), "periodic");
}

static void has(const char *text, const char *want)
{
    if (!strstr(text, want)) fail_msg("no \"%s\" in:\n%s", want, text);
}
static void has_not(const char *text, const char *unwanted)
{
    if (strstr(text, unwanted)) fail_msg("\"%s\" in:\n%s", unwanted, text);
}

#define COD "iz.cod kcn-le-mon 2026-11-20T01=80 2026-11-20T02=99 2026-11-20T03=10 2026-11-21T01=80 2026-11-21T02=10\n" \
            "iz.cod kcn-bim-son 2026-11-21T22=120 2026-11-21T23=130\n" \
            "iz.tss kcn-bim-son 2026-11-21T22=10\n" \
            "iz.cod kcn-hoang-long 2026-11-21T22=10 2026-11-21T23=20\n"

static void log_by_place(void **st)
{
    (void)st;
    const char *t = body(COD, "2026-11-21", "doc:events { s[\"iz.cod\"], by = \"point\", days = 2, title = \"Nhật ký\" }");
    has(t, "Trong 2 ngày đến ngày 21/11/2026 có 3 lần từ mức cảnh báo trở lên tại 2 nơi; chưa kết thúc 1");
    has(t, "nhiều nhất: Khu công nghiệp Lễ Môn, 2 lần");
    has(t, "Nặng nhất: COD nước thải sau xử lý KCN tại Khu công nghiệp Bỉm Sơn 130,0 mg/L (nguy hiểm), 23 giờ 21/11/2026");
    has(t, "chưa kết thúc");
    has(t, "Không có số liệu trong thời gian này nên không kết luận: Các khu công nghiệp trong Khu kinh tế Nghi Sơn");
    has(t, "Khu công nghiệp Lễ Môn: 2");
    has(t, "Số liệu chỉ có ");
    t = body(COD, "2026-11-21", "doc:events { s[\"iz.cod\"], by = \"point\", days = 2, open = true, title = \"Nhật ký\" }");
    has(t, "Tính đến ngày 21/11/2026 còn 1 lần từ mức cảnh báo trở lên chưa kết thúc");
    has_not(t, "Lễ Môn: ");
    t = body(COD, "2026-11-21", "doc:events { s[\"iz.cod\"], by = \"point\", days = 2, count = true, title = \"Theo khu\" }");
    has(t, "Khu công nghiệp Hoàng Long"); /* kept within the limits: a finding too */
    /* by point: what is not measured at points stands for itself */
    has(body("fb.ontime_rate 38 2026-11-20=60 2026-11-21=98\n" COD, "2026-11-21",
             "doc:events { { s[\"iz.cod\"], s[\"fb.ontime_rate\"] }, by = \"point\", days = 2, title = \"Nhật ký\" }"), "có 4 lần");
    t = body(COD, "2026-11-21", "doc:events { s[\"iz.cod\"], by = \"point\", days = 2, lasting = 2, title = \"Nhật ký\" }");
    has(t, "có 2 lần"); /* one hour alone is none */
}

/* However many facts and places: none is left out in silence. */
static void no_place_is_dropped(void **st)
{
    (void)st;
    const char *many = "local l = {}\nfor i = 1, 26 do l[i] = s[\"fb.ontime_rate\"] end\nl[27] = s[\"tthc.ontime_rate\"]\n";
    has(body("tthc.ontime_rate 14758 2026-10=10\nfb.ontime_rate 14758 2026-11-20=99\n", "2026-11-21",
             gb_sprintf(&texts, "%sdoc:events { l, by = \"commune\", days = 90, title = \"x\" }", many)), "có 1 lần");
    const char *three = body(NULL, "2026-11-21", "doc:tasks { by = \"lead\", limit = 3, title = \"Nhiệm vụ\" }");
    has(three, "nhiệm vụ khác.");
    const char *all = body(NULL, "2026-11-21", "doc:tasks { by = \"lead\", title = \"Nhiệm vụ\" }");
    has_not(all, "nhiệm vụ khác.");
    assert_true(strlen(three) * 4 < strlen(all));
}

static void acknowledged(void **st)
{
    (void)st;
#define TWO "fb.ontime_rate 38 2026-11-10=60 2026-11-11=99 2026-11-12=99 2026-11-20=60 2026-11-21=60\n"
#define TELL "doc:events { s[\"fb.ontime_rate\"], days = 20, title = \"x\" }"
    const char *t = body(TWO, "2026-11-22", TELL);
    has(t, "Trong các lần chưa kết thúc, chưa có ghi nhận của đơn vị: 1 lần.");
    has_not(t, "Đơn vị ghi nhận");
    acked = "fb.ontime_rate 38 2026-11-21";
    t = body(TWO, "2026-11-22", TELL);
    has(t, "Đã ghi nhận 1 lần: Sở Nội vụ, giao nộp ngày 22/11/2026.");
    has_not(t, "chưa có ghi nhận");
    has(t, "Đơn vị ghi nhận");
    has(t, "Sở NV, 22/11/2026"); /* the open one */
    has(t, "chưa có");               /* the one before */
    t = body("fb.ontime_rate 38 2026-11-20=60 2026-11-21=60\n", "2026-11-22", TELL);
    has(t, "Đã ghi nhận: Sở Nội vụ, giao nộp ngày 22/11/2026.");
    acked = "fb.ontime_rate 14758 2026-11-21"; /* another place has said something */
    has(body("fb.ontime_rate 38 2026-11-20=60 2026-11-21=60\n", "2026-11-22", TELL), "Chưa có ghi nhận của đơn vị.");
    acked = "fb.ontime_rate 38 2026-11-21";
    reader = GB_FRONT; /* what an agency says to those who lead is not told to others */
    t = made(TWO, "2026-11-22", "x.lua", "return gb.report { code = \"x\", title = \"x\", audiences = { \"front\" }, body = function(doc, s) " TELL " end }", "periodic");
    reader = GB_LEADERSHIP, acked = NULL;
    has(t, "có 2 lần");
    has_not(t, "ghi nhận");
}

static void nothing_to_tell(void **st)
{
    (void)st;
    has(body("fb.ontime_rate 38 2026-11-20=99 2026-11-21=98\n", "2026-11-21", "doc:events { s[\"fb.ontime_rate\"], days = 2, title = \"x\" }"),
        "Trong 2 ngày đến ngày 21/11/2026 không có lần nào từ mức cảnh báo trở lên.");
    has(body("fb.ontime_rate 38 2026-10-20=9\n", "2026-11-21", "doc:events { s[\"fb.ontime_rate\"], days = 2, title = \"x\" }"), "Không có số liệu trong 2 ngày");
    has(body(NULL, "2026-11-21", "doc:events { s[\"fb.ontime_rate\"], days = 2, title = \"x\" }"), "Không có số liệu trong 2 ngày");
    /* the limit of the whole province does not judge a commune */
    const char *t = body("fb.overdue_open 14758 2026-11-21=500\n", "2026-11-21", "doc:events { s[\"fb.overdue_open\"], by = \"commune\", days = 2, title = \"x\" }");
    has(t, "Chưa có ngưỡng để xét từng nơi");
    has_not(t, "không có lần nào");
    has_not(body(NULL, "2026-11-21", "doc:events { {}, title = \"x\" }"), "Không có");
    has(body(NULL, "2026-11-21", "doc:events { s[\"iz.cod\"], by = \"zone\" }"), "by = \"point\" hoặc \"commune\"");
    has(body(NULL, "2026-11-21", "doc:events { s[\"iz.cod\"], step = gb.good }"), "gb.emergency");
}

static void one_event_of_many_facts(void **st)
{
    (void)st;
    const char *data = "dis.rain_24h tv-giang 2026-03-01T05=150 2026-03-01T06=1 2026-11-18T05=150 2026-11-18T06=1\n"
                       "dis.level_giang tv-giang 2026-11-19T01=6 2026-11-20T05=6.6\ndis.casualties 38 2026-11-19=0 2026-11-20=0\n";
    const char *lua = "local e = s:event { s[\"dis.rain_24h\"], s[\"dis.level_giang\"], s[\"dis.casualties\"], step = gb.warning }\n"
                      "doc:text(\"{} {} {} {} {}\", e.day, e.number, e.since, e.level, e.open and \"mở\" or \"đóng\")";
    has(body(data, "2026-11-20", lua), "3 2 18/11/2026 nguy hiểm mở"); /* rain, then the river next day: one event */
    has(body(data, "2026-03-02", lua), "2 1 01/03/2026 cảnh báo đóng");
    has(body(NULL, "2026-11-20", "assert(s:event { s[\"dis.rain_24h\"] } == nil)\ndoc:text(\"không\")"), "không");
    has(body(data, "2026-11-30", "local e = s:event { s[\"dis.level_giang\"] }\nassert(e.open and e.silent)\ndoc:text(\"im\")"), "im");
}

static void convened(void **st)
{
    (void)st;
    const char *data = "dis.level_giang tv-giang 2026-11-20T22=5.6 2026-11-20T23=6.9 2026-11-21T00=6.2\ndis.risk_level 38 2026-11-21T00=1\n";
    const char *t = made(data, "2026-11-21", "scenarios/disaster-response.lua", NULL, "ad-hoc");
    has(t, "Con số triệu tập:");
    has(t, "mực nước sông Mã tại trạm Giàng 6,20 m (00 giờ 21/11/2026), mức cảnh báo. Từ mức cảnh báo trở lên kể từ 22 giờ 20/11/2026, đã 3 giờ; nặng nhất 6,90 m (23 giờ 20/11/2026)");
    has_not(made(data, "2026-11-21", "scenarios/disaster-response.lua", NULL, "periodic"), "Con số triệu tập");
#define OWN(more) "return gb.scenario { code = \"disaster-response\", watch = { \"dis.risk_level\" }, body = function(doc, s) end, trigger = function(now)\n" \
                  "if now[\"dis.risk_level\"]:state() >= gb.watch and #now:alerts(gb.watch) > 0 then return \"Vì thế\"" more " end end }"
    t = made(data, "2026-11-21", "scenarios/disaster-response.lua", OWN(""), "ad-hoc");
    has(t, "Con số xấu nhất đang theo dõi: cấp độ"); /* a list decided: no figure is claimed to have done so */
    t = made(data, "2026-11-21", "scenarios/disaster-response.lua", OWN(", now[\"dis.level_giang\"]:at(\"tv-giang\")"), "ad-hoc");
    has(t, "Con số triệu tập: mực nước sông Mã");
}

/* No report of a calm province out of silence. */
static void silence_is_not_calm(void **st)
{
    (void)st;
    const char *path = "scenarios/disaster-response.lua";
    has(made("dis.risk_level 38 2026-11-21T00=0\n", "2026-11-21", path, NULL, "periodic"), "Không có đợt thiên tai đang diễn ra");
    const char *t = made(NULL, "2026-11-21", path, NULL, "periodic");
    has(t, "chưa kết luận được có đợt thiên tai"), has_not(t, "Không có đợt thiên tai");
    t = made("dis.risk_level 38 2026-11-11T00=0\n", "2026-11-21", path, NULL, "periodic");
    has(t, "chưa kết luận được có đợt thiên tai"), has_not(t, "Không có đợt thiên tai");
    has(made("dis.risk_level 38 2026-11-21T00=2\n", "2026-11-21", path, NULL, "periodic"), "Báo cáo nhanh số 1, ngày thứ 1 của đợt thiên tai thứ 1");
}

/* A procedure is asked for by what its scenario watches: a yearly rate stops no outlet within six hours. */
static void requests_fit(void **st)
{
    (void)st;
    const char *t = made("iz.wwtp_rate 38 2026-Q3=70\niz.cod kcn-le-mon 2026-11-21T23=120\n", "2026-11-22", "daily.lua", NULL, "periodic");
    has(t, "dừng xả, xử lý");
    has_not(made("iz.wwtp_rate 38 2026-Q3=70\n", "2026-11-22", "daily.lua", NULL, "periodic"), "dừng xả, xử lý");
}

static void back_to_normal(void **st)
{
    (void)st;
    const char *data = "dis.level_giang tv-giang 2026-11-20T22=5.6 2026-11-20T23=6.9 2026-11-21T00=3.9\ndis.risk_level 38 2026-11-21T00=0\n";
    const char *t = made(data, "2026-11-21", "daily.lua", NULL, "periodic");
    has(t, "đã trở lại bình thường từ 00 giờ 21/11/2026: mực nước sông Mã tại trạm Giàng từ mức cảnh báo trở lên từ 22 giờ 20/11/2026 đến 23 giờ 20/11/2026, nặng nhất 6,90 m; nay 3,90 m.");
    has_not(made(data, "2026-11-23", "daily.lua", NULL, "periodic"), "trở lại bình thường"); /* told once */
    /* a quarter becomes known with its delivery; what an old history says of old quarters is no news */
    t = made("econ.grdp_growth 38 2026-Q2=5.0 2026-Q3=10.4\n", "2026-11-22", "daily.lua", NULL, "periodic");
    has(t, "đã trở lại bình thường từ quý III/2026: tốc độ tăng");
    has_not(made("econ.grdp_growth 38 2026-Q1=5.0 2026-Q2=10.4 2026-Q3=10.4\n", "2026-11-22", "daily.lua", NULL, "periodic"), "trở lại bình thường");
    has_not(made("econ.grdp_growth 38 2026-Q2=5.0 2026-Q3=10.4\n", "2026-11-25", "daily.lua", NULL, "periodic"), "trở lại bình thường");
    /* not while another figure of the scenario stands at warning, nor when it only fell to watch and may come back */
    has_not(made("dis.level_giang tv-giang 2026-11-20T23=6.9 2026-11-21T00=3.9\ndis.risk_level 38 2026-11-21T00=2\n", "2026-11-21", "daily.lua", NULL, "periodic"), "trở lại bình thường");
    t = made("dis.level_giang tv-giang 2026-11-20T23=6.9 2026-11-21T00=5.4\n", "2026-11-21", "daily.lua", NULL, "periodic");
    has_not(t, "đã trở lại bình thường từ");
    has(t, "ở mức theo dõi, đang chờ xác nhận giảm nhẹ từ mức nguy hiểm"); /* it is not forgotten, and not called a warning either */
    has_not(t, "Mức nguy hiểm");
    has(t, "Không còn con số nào ở mức cảnh báo, chờ xác nhận trở lại bình thường: Ứng phó sự cố, phòng chống thiên tai");
    has_not(made("dis.level_giang tv-giang 2026-11-20T23=6.9\n", "2026-11-21", "daily.lua", NULL, "periodic"), "trở lại bình thường");
}

static void deadlines(void **st)
{
    (void)st;
    const char *t = made(NULL, "2026-11-21", "x.lua", "return gb.report { code = \"x\", title = \"x\", deadlines = { { who = gb.commune_committees, at = \"17:00\", does = \"báo cáo\" },"
                         " { who = gb.office, within = gb.hours(24), does = \"lần đầu\" } }, body = function(doc, s) doc:deadlines() end }", "periodic");
    has(t, "17 giờ 00"), has(t, "trong 24 giờ"), has(t, "Ủy ban nhân dân cấp xã");
    static const char *const wrong[] = { "at = \"24:00\"", "at = \"7:00\"", "at = \"07:60\"", "at = \"17:00\", within = gb.hours(2)", "" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        has(made(NULL, "2026-11-21", "x.lua", gb_sprintf(&texts, "return gb.report { code = \"x\", title = \"x\", deadlines = { { who = gb.lead, does = \"a\", %s } },"
                 " body = function(doc, s) doc:deadlines() end }", wrong[i]), "periodic"), "ERROR");
    has(body(NULL, "2026-11-21", "doc:deadlines()"), "ERROR");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(log_by_place), cmocka_unit_test(no_place_is_dropped), cmocka_unit_test(acknowledged), cmocka_unit_test(nothing_to_tell), cmocka_unit_test(one_event_of_many_facts),
                                        cmocka_unit_test(convened), cmocka_unit_test(silence_is_not_calm), cmocka_unit_test(requests_fit), cmocka_unit_test(back_to_normal), cmocka_unit_test(deadlines) };
    gb_arena_init(&texts, 0);
    int rc = cmocka_run_group_tests(tests, NULL, NULL);
    gb_arena_release(&texts);
    return rc;
}
