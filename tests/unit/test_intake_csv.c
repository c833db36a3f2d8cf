/* test_intake_csv.c — the acceptance battery for CSV (A01..A19), side files, receipts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>

#include "base/file.h"
#include "intake/intake.h"
#include "tiny_catalogue.h"

#define H "indicator,region,period,value,status,note\n"
static const struct gb_intake_options OPT = { .today = { 2026, 11, 22 }, .received_utc = 1795300000 };
static struct gb_catalogue cat;

static int start(void **state)
{
    (void)state;
    tiny_catalogue(&cat);
    return 0;
}
static int stop(void **state)
{
    (void)state;
    tiny_release(&cat);
    return 0;
}

static struct gb_intake read_as(const char *name, const void *p, size_t n, const char *meta, bool partial)
{
    struct gb_intake r;
    struct gb_err e = { 0 };
    struct gb_intake_options opt = OPT;
    opt.partial = partial;
    assert_int_equal(gb_intake_read(&r, &cat, name, p, n, meta, meta ? strlen(meta) : 0, &opt, &e), GB_OK);
    return r;
}

static struct gb_intake read_text(const char *text, const char *meta)
{
    return read_as("so-y-te_x.csv", text, strlen(text), meta, false);
}

/* One finding is expected; NULL column = none. */
static void refused(const char *text, const char *meta, const char *code, int64_t line, const char *column)
{
    struct gb_intake r = read_text(text, meta);
    if (r.n_findings != 1 || !gb_streq(r.finding[0].code, code) || r.finding[0].line != line ||
        !gb_streq(r.finding[0].column, column)) {
        struct gb_buf b = { 0 };
        gb_receipt_text(&r, &cat, &b);
        fail_msg("want %s line %d column %s of\n%s\ngot\n%s", code, (int)line, column ? column : "-", text, b.p);
    }
    assert_int_equal(r.accepted, code[0] == 'M');
    if (code[0] != 'M') {
        assert_int_equal(r.n_segments, 0);
        assert_int_equal(r.rows_accepted, 0);
    }
    if (!gb_streq(code, "RF-meta"))
        assert_non_null(r.finding[0].found);
    assert_non_null(r.finding[0].expected);
    assert_non_null(r.finding[0].remedy);
    gb_intake_release(&r);
}

static void gives(const char *row, const char *meta, int64_t want)
{
    char text[256];
    snprintf(text, sizeof text, "indicator,region,period,value\n%s\n", row);
    struct gb_intake r = read_text(text, meta);
    if (!r.accepted)
        fail_msg("not accepted: %s (%s)", row, r.finding[0].code);
    assert_int_equal(r.n_segments, 1);
    assert_true(r.segment[0].value[0] == want);
    gb_intake_release(&r);
}

static void test_good_file(void **state) /* A01 */
{
    (void)state;
    struct gb_intake r = read_text("\xEF\xBB\xBF"
                                   "note,period,region,indicator,value,status\r\n"
                                   "\"a, b\r\nc \"\"d\"\"\",2026-11-21,38,ep.cases,7,P\r\n"
                                   ",2026-10,14758,ep.rate,-1.25,\r\n"
                                   "kh\xC3\xB4ng c\xC3\xB3,2026-11-21,14758,ep.cases,,M\r\n"
                                   ",2026-11-22,38,ep.cases,8,A",
                                   NULL);
    assert_true(r.accepted);
    assert_int_equal(r.n_findings, 0);
    assert_int_equal(r.rows_read, 4);
    assert_int_equal(r.rows_accepted, 4);
    assert_int_equal(r.n_segments, 2);
    const struct gb_segment *s = &r.segment[0];
    assert_string_equal(s->indicator, "ep.cases");
    assert_int_equal(s->n, 3);
    assert_int_equal(s->freq, GB_FREQ_DAY);
    assert_string_equal(s->region[0], "38");
    assert_string_equal(s->region[1], "14758");
    assert_int_equal(s->period[0], gb_date_to_days((struct gb_date){ 2026, 11, 21 }));
    assert_int_equal(s->value[0], 7);
    assert_true(s->value[1] == GB_VALUE_MISSING);
    assert_memory_equal(s->status, "PMA", 3);
    assert_string_equal(s->note[0], "a, b\r\nc \"d\"");
    assert_string_equal(s->note[1], "không có");
    assert_null(s->note[2]);
    assert_int_equal(s->line[0], 2);
    assert_int_equal(s->line[1], 5);
    assert_int_equal(s->line[2], 6);
    assert_int_equal(r.segment[1].value[0], -1250);
    assert_int_equal(r.segment[1].scale, 3);
    assert_null(r.segment[1].note);
    assert_int_equal(r.control[0].n_rows, 3);
    assert_int_equal(r.control[0].n_missing, 1);
    assert_true(r.control[0].sum == 15);
    assert_string_equal(r.delivery.agency, "so-y-te");
    assert_int_equal(r.delivery.seq, 0);
    assert_int_equal(r.delivery.as_of.day, 22);
    gb_intake_release(&r);
}

static void test_encodings(void **state) /* A02 A10 A18 */
{
    (void)state;
    static const char utf16[] = "\xFF\xFEi\0n\0d\0";
    struct gb_intake r = read_as("so-y-te_x.csv", utf16, sizeof utf16 - 1, NULL, false);
    assert_string_equal(r.finding[0].code, "RF-encoding");
    gb_intake_release(&r);
    static const char nul[] = H "ep.cases,38,2026-11-21,1,A,\nep.cases,38,2026-11-20,1\0"
                                "2,A,\n";
    r = read_as("so-y-te_x.csv", nul, sizeof nul - 1, NULL, false);
    assert_string_equal(r.finding[0].code, "RF-control");
    assert_int_equal(r.finding[0].line, 3);
    assert_string_equal(r.finding[0].column, "value");
    assert_string_equal(r.finding[0].found, "1\\x002,A,\\x0A");
    gb_intake_release(&r);
    refused(H "ep.cases,38,2026-11-21,1,A,S\xE8 ca m\xB3"
              "c\n",
            NULL, "RF-encoding", 2, "note"); /* TCVN3 */
    refused(H "ep.cases,38,2026-11-21,1,A,a\xE2\x80\xAE"
              "b\n",
            NULL, "RF-control", 2, "note"); /* bidi */
    refused(H "ep.cases,38,2026-11-21,1,A,a\nep.c\xE2\x80\x8B"
              "ases,38\n",
            NULL, "RF-control", 3, "indicator"); /* zero width */
    refused(H "ep.cases,38,2026-11-21,1,A,\n", "{\"encoding\": \"tcvn3\"}", "RF-encoding", 0, "encoding");
}

static void test_numbers(void **state) /* A03 A04 A16 A17 */
{
    (void)state;
    gives("ep.rate,38,2026-10,1.234", NULL, 1234);
    gives("ep.rate,38,2026-10,1.234", "{\"decimal\": \",\", \"grouping\": \".\"}", 1234000);
    gives("ep.rate,38,2026-10,1.234", "{\"agency\": \"so-y-te\", \"decimal\": \".\"}", 1234);
    gives("ep.rate,38,2026-10,\"1.234,5\"", "{\"decimal\": \",\", \"grouping\": \".\"}", 1234500);
    gives("ep.cases,38,2026-11-21,-0", NULL, 0);
    gives("ep.cases,38,2026-11-21,\"-0,0\"", "{\"decimal\": \",\"}", 0);
    gives("ep.big,38,2026,9223372036854775807", NULL, INT64_MAX);
    static const char *const bad[] = { "\"1,234\"", "\"1,234.5\"", "12e3", "+5", " 5 ", "5%", "NaN",
                                       "inf",       "0x10",        "",     "-",  ".",   "1.", "٣" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char text[200];
        snprintf(text, sizeof text, H "ep.rate,38,2026-10,%s,A,\n", bad[i]);
        refused(text, NULL, "RR-number", 2, "value");
    }
    struct gb_intake hint = read_text(H "ep.rate,38,2026-10,\"1,5\",A,\n", NULL);
    assert_non_null(strstr(hint.finding[0].remedy, "so-y-te_x.meta.json"));
    gb_intake_release(&hint);
    refused(H "ep.big,38,2026,9223372036854775808,A,\n", NULL, "RR-range", 2, "value");
    refused(H "ep.micro,38,2026,9223372036854775.808,A,\n", NULL, "RR-range", 2, "value");
    refused(H "ep.micro,38,2026,922337203685477580.8,A,\n", NULL, "RR-range", 2, "value");
    refused(H "ep.big,38,2026,-9223372036854775808,A,\n", NULL, "RR-range", 2, "value"); /* our mark for a missing value */
    struct gb_intake r =
        read_text(H "ep.rate,38,2026-10,1.2345,A,\nep.rate,38,2026-09,-1.2345,A,\nep.rate,38,2026-08,1.5000,A,\n", NULL);
    assert_true(r.accepted);
    assert_int_equal(r.rows_rounded, 2);
    assert_int_equal(r.delivery.n_rounded, 2);
    assert_int_equal(r.segment[0].value[0], 1235);
    assert_int_equal(r.segment[0].value[1], -1235);
    gb_intake_release(&r);
}

static void test_structure(void **state) /* A07 A08 A09 */
{
    (void)state;
    struct gb_buf b = { 0 };
    gb_buf_adds(&b, H);
    for (int i = 0; i < 10000; i++) {
        char iso[24];
        iso[gb_period_iso(GB_FREQ_DAY, 10000 + i, iso)] = 0;
        gb_buf_addf(&b, i == 5000 ? "ep.cases,38,%s,1,A\n" : "ep.cases,38,%s,1,A,\n", iso);
    }
    refused(b.p, NULL, "RF-columns", 5002, NULL);
    gb_buf_reset(&b);
    gb_buf_adds(&b, H "ep.cases,38,2026-11-21,1,A,\nep.cases,38,2026-11-20,1,A,\"open\n");
    while (b.n < 60 << 20)
        gb_buf_adds(&b, "ep.cases,38,2026-11-21,1,A,a rather long note so that this does not take for ever to build up\n");
    const clock_t t = clock();
    refused(b.p, NULL, "RF-quote", 3, NULL);
    assert_true(clock() - t < 2 * CLOCKS_PER_SEC);
    gb_buf_reset(&b);
    gb_buf_adds(&b, H "ep.cases,38,2026-11-21,1,A,");
    for (int i = 0; i < 20 << 20; i++)
        gb_buf_addc(&b, 'x');
    refused(b.p, NULL, "RF-limit", 2, NULL);
    while (b.n < 70 << 20)
        gb_buf_addc(&b, 'x');
    refused(b.p, NULL, "RF-limit", 0, NULL);
    gb_buf_reset(&b);
    gb_buf_adds(&b, "indicator,region,period,value\n");
    for (int i = 0; i <= GB_INTAKE_MAX_ROWS; i++) {
        char iso[24];
        iso[gb_period_iso(GB_FREQ_HOUR, -520000 + i, iso)] = 0;
        gb_buf_adds(&b, "ep.hourly,38,");
        gb_buf_adds(&b, iso);
        gb_buf_adds(&b, ",1\n");
    }
    refused(b.p, NULL, "RF-limit", GB_INTAKE_MAX_ROWS + 2, NULL);
    gb_buf_reset(&b);
    gb_buf_adds(&b, "indicator,region,period,value");
    for (int i = 0; i < 5000; i++)
        gb_buf_adds(&b, ",x");
    refused(b.p, NULL, "RF-limit", 1, NULL);
    gb_buf_release(&b);
    refused(H "ep.cases,38,2026-11-21,1,A,a\"b\n", NULL, "RF-quote", 2, NULL);
    refused(H "ep.cases,38,2026-11-21,1,A,\n\nep.cases,38,2026-11-20,1,A,\n", NULL, "RF-columns", 3, NULL);
    refused("", NULL, "RF-empty", 0, NULL);
    refused(H, NULL, "RF-empty", 0, NULL);
    refused("indicator,region,period,value,unit\nep.cases,38,2026-11-21,1,ca\n", NULL, "RF-header", 1, NULL);
    refused("indicator,region,period,value,value\nep.cases,38,2026-11-21,1,1\n", NULL, "RF-header", 1, "value");
    struct gb_intake r = read_text("indicator;region;period;value\nep.cases;38;2026-11-21;1\n", NULL);
    assert_false(r.accepted);
    assert_int_equal(r.n_findings, 5); /* the strange column and each of the four that are missing */
    gb_intake_release(&r);
}

static void test_dates(void **state) /* A14 A15 */
{
    (void)state;
    static const char *const bad[] = { "29/02/2027", "31/04/2026", "2026-13-01",    "00/00/0000", "2026-02-29", "2026-11-21 ",
                                       "",           "2026-W60",   "2026-11-21T24", "2028-11-22", "2026-11-24" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char text[200];
        snprintf(text, sizeof text, H "ep.cases,38,%s,1,A,\n", bad[i]);
        refused(text, NULL, "RR-date", 2, "period");
    }
    refused(H "ep.big,38,2028,1,A,\n", NULL, "RR-date", 2, "period");
    gives("ep.cases,38,2026-11-23,1", NULL, 1); /* tomorrow */
    gives("ep.rate,38,2026-11,1", NULL, 1000);  /* a month that has begun */
    refused(H "ep.cases,38,2026-11,1,A,\n", NULL, "RR-frequency", 2, "period");
    refused(H "ep.rate,38,2026-11-21,1,A,\n", NULL, "RR-frequency", 2, "period");
}

/* An administrative month begins on the 15th of the month before its name, and not a day earlier. */
static void test_administrative_dates(void **state)
{
    (void)state;
    struct gb_indicator *ind = &cat.indicator[gb_indicator_find(&cat, "ep.rate")];
    refused(H "ep.rate,38,2026-12,1,A,\n", NULL, "RR-date", 2, "period");
    ind->calendar = GB_CAL_ADMIN;
    gives("ep.rate,38,2026-12,1", NULL, 1000); /* from 15 November */
    refused(H "ep.rate,38,2027-01,1,A,\n", NULL, "RR-date", 2, "period");
    struct gb_intake r = read_text(H "ep.rate,38,2027-01,1,A,\n", NULL);
    assert_non_null(strstr(r.finding[0].expected, "kỳ hành chính này bắt đầu ngày 2026-12-15"));
    gb_intake_release(&r);
    ind->calendar = GB_CAL_CIVIL;
}

static void test_duplicates(void **state) /* A13 */
{
    (void)state;
    struct gb_intake r =
        read_text(H "ep.cases,38,2026-11-21,5,A,\nep.cases,14758,2026-11-21,5,A,\nep.cases,38,2026-11-21,5,,\n", NULL);
    assert_true(r.accepted);
    assert_int_equal(r.rows_read, 3);
    assert_int_equal(r.rows_accepted, 2);
    assert_int_equal(r.rows_repeated, 1);
    assert_int_equal(r.segment[0].n, 2);
    assert_int_equal(r.n_findings, 1);
    assert_string_equal(r.finding[0].code, "MK-duplicate");
    assert_int_equal(r.finding[0].line, 4);
    gb_intake_release(&r);
    refused(H "ep.cases,38,2026-11-21,5,A,\nep.cases,38,2026-11-21,6,A,\n", NULL, "RF-duplicate", 3, "value");
    refused(H "ep.cases,38,2026-11-21,5,A,\nep.cases,38,2026-11-21,5,P,\n", NULL, "RF-duplicate", 3, "value");
}

static void test_codes(void **state) /* A19 and what belongs to it */
{
    (void)state;
    struct gb_intake r = read_text(H "ep.case,38,2026-11-21,5,A,\nep.cases,14757,2026-11-21,5,A,\n", NULL);
    assert_false(r.accepted);
    assert_int_equal(r.rows_refused, 2);
    assert_string_equal(r.finding[0].code, "RR-unknown");
    assert_string_equal(r.finding[0].column, "indicator");
    assert_non_null(strstr(r.finding[0].remedy, "ep.cases (Số ca mắc)"));
    assert_string_equal(r.finding[1].column, "region");
    assert_non_null(strstr(r.finding[1].remedy, "14758 (Phường Hàm Rồng)"));
    gb_intake_release(&r);
    r = read_text(H "crime.cases,38,2026-10,5,A,\ncrime.cases,14758,2026-10,5,A,\n", NULL);
    assert_int_equal(r.n_findings, 1);
    assert_string_equal(r.finding[0].code, "RF-ownership");
    assert_int_equal(r.finding[0].line, 2);
    assert_non_null(strstr(r.finding[0].found, "Sở Y tế"));
    assert_non_null(strstr(r.finding[0].expected, "Công an tỉnh"));
    gb_intake_release(&r);
    refused(H "EP.CASES,38,2026-11-21,5,A,\n", NULL, "RR-unknown", 2, "indicator");
    refused(H "ep.cases,tv-muong-lat,2026-11-21,5,A,\n", NULL, "RR-level", 2, "region");
    refused(H "ep.big,14758,2026,5,A,\n", NULL, "RR-level", 2, "region");
    gives("ep.big,99999,2026,5", NULL, 5); /* unallocated belongs to every level */
    gives("ep.hourly,38,2026-11-21T05,5", NULL, 500);
    refused(H "ep.rate,380,2025-07,5,A,\n", NULL, "RR-validity", 2, "region");
    struct gb_intake m =
        read_text(H "ep.rate,380,2025-07,,M,\nep.rate,14758,2025-06,,M,\n", NULL); /* no value is true at any time */
    assert_true(m.accepted);
    assert_int_equal(m.n_findings, 0);
    gb_intake_release(&m);
    gives("ep.rate,380,2025-06,5", NULL, 5000);
    gives("ep.rate,26071,2026-04,5", NULL, 5000); /* commune, then ward, in one month */
    refused(H "ep.rate,14758,2025-06,5,A,\n", NULL, "MK-validity", 2, "region");
    refused(H "ep.cases,38,2026-11-21,20001,A,\n", NULL, "MK-bounds", 2, "value");
    refused(H "ep.cases,38,2026-11-21,-1,A,\n", NULL, "MK-bounds", 2, "value");
}

static void test_status(void **state)
{
    (void)state;
    refused(H "ep.cases,38,2026-11-21,5,M,\n", NULL, "RR-missing", 2, "value");
    refused(H "ep.cases,38,2026-11-21,5,X,\n", NULL, "RR-status", 2, "status");
    refused(H "ep.cases,38,2026-11-21,,L,\n", NULL, "RR-status", 2, "status");
    refused(H "ep.cases,38,2026-11-21,5,a,\n", NULL, "RR-status", 2, "status");
    refused(H "ep.cases,38,2026-11-21,,,\n", NULL, "RR-number", 2, "value");
}

static void expect_name(const char *name, const char *bytes, const char *code)
{
    struct gb_intake r = read_as(name, bytes, strlen(bytes), NULL, false);
    assert_false(r.accepted);
    assert_int_equal(r.n_findings, 1);
    assert_string_equal(r.finding[0].code, code);
    struct gb_buf b = { 0 };
    gb_receipt_text(&r, &cat, &b); /* and nothing of the name gets onto a terminal raw */
    for (size_t i = 0; i < b.n; i++)
        assert_true((unsigned char)b.p[i] >= 0x20 || b.p[i] == '\n');
    gb_buf_release(&b);
    gb_intake_release(&r);
}

static void test_names(void **state) /* D08, foreign formats */
{
    (void)state;
    static const char good[] = H "ep.cases,38,2026-11-21,5,A,\n";
    expect_name("-so-y-te_x.csv", good, "RF-name");
    expect_name("so-y-te_\nx.csv", good, "RF-name");
    expect_name("so-y-te_;rm.csv", good, "RF-name");
    expect_name("so-y-te_\xFF.csv", good, "RF-name");
    expect_name("../so-y-te_x.csv", good, "RF-name");
    expect_name("So-Y-Te_x.csv", good, "RF-name");
    char longest[300];
    memset(longest, 'a', 255);
    strcpy(longest + 251, ".csv");
    expect_name(longest, good, "RF-name");
    expect_name("so-y-te_x.xlsx", "PK\003\004....", "RF-archive");
    expect_name("so-y-te_x.csv", "PK\003\004....", "RF-type");
    expect_name("so-y-te_x.xls", "\xD0\xCF\x11\xE0....", "RF-type");
    expect_name("so-y-te_x.db", "SQLite format 3", "RF-type");
    expect_name("so-y-te_x.ods", "x", "RF-type");
    expect_name("so-y-te_x.txt", good, "RF-type");
    expect_name("so-tai-chinh_x.csv", good, "RF-agency");
    expect_name("so-y-te-moi_x.csv", good, "RF-agency"); /* "so-y-te" does not end at a separator */
    struct gb_intake r = read_as("so-y-te-cu_x.csv", good, strlen(good), NULL, false);
    assert_string_equal(r.delivery.agency, "so-y-te-cu"); /* the longest code */
    assert_string_equal(r.finding[0].code, "RF-ownership");
    gb_intake_release(&r);
}

static void test_side_file(void **state)
{
    (void)state;
    static const char good[] = H "ep.cases,38,2026-11-21,5,A,\n";
    struct gb_intake r = read_as("20261121_2306.csv", good, strlen(good),
                                 "{\"agency\": \"so-y-te\", \"delivered_at\": \"2026-11-20T23:30:00Z\", \"title\": \"Ca mắc\", "
                                 "\"seq\": 3, \"sample\": true}",
                                 false);
    assert_true(r.accepted);
    assert_string_equal(r.delivery.title, "Ca mắc");
    assert_int_equal(r.delivery.as_of.day, 21); /* 06:30 +07:00 of the next day */
    assert_int_equal(r.delivery.seq, 3);
    assert_true(r.delivery.sample);
    gb_intake_release(&r);
    refused(good, "{\"as_of\": \"2026-11-24\"}", "RF-date", 0, "as_of");
    refused(good, "{\"as_of\": \"24/11/2026\"}", "RF-meta", 0, "as_of");
    refused(good, "{\"seq\": 0}", "RF-meta", 0, "seq");
    refused(good, "{\"seq\": \"1\"}", "RF-meta", 0, "seq");
    refused(good, "{\"sample\": 1}", "RF-meta", 0, "sample");
    refused(good, "{\"delivered_at\": \"yesterday\"}", "RF-meta", 0, "delivered_at");
    refused(good, "{\"decimal\": \";\"}", "RF-meta", 0, "decimal");
    refused(good, "{\"grouping\": \".\"}", "RF-meta", 0, "grouping");
    refused(good, "{\"layout\": \"wide\"}", "RF-meta", 0, "layout");
    refused(good, "{\"title\": \"a\\u202eb\"}", "RF-meta", 0, "title");
    refused(good, "{\"agency\": \"so-y-te\"", "RF-meta", 0, NULL);
    refused(good, "[]", "RF-meta", 0, NULL);
    refused(good, "{\"agency\": \"so-y-ta\"}", "RF-agency", 0, "agency");
    refused(good, "{\"agencies\": \"so-y-te\"}", "MK-meta", 0, NULL);
    r = read_text(good, "{\"agency\": \"so-y-te-cu\", \"decimal\": \".\"}"); /* the profile's grouping mark gives way */
    assert_string_equal(r.finding[0].code, "RF-ownership");
    gb_intake_release(&r);
}

static void test_partial(void **state)
{
    (void)state;
    static const char text[] = H "ep.cases,38,2026-11-21,5,A,\nep.cases,14758,2026-11-21,x,A,\nep.rate,38,2026-10,1.2345,Z,\n";
    struct gb_intake r = read_text(text, NULL);
    assert_false(r.accepted);
    assert_int_equal(r.rows_refused, 2);
    gb_intake_release(&r);
    r = read_as("so-y-te_x.csv", text, strlen(text), NULL, true);
    assert_true(r.accepted);
    assert_int_equal(r.rows_accepted, 1);
    assert_int_equal(r.rows_rounded, 0);
    assert_int_equal(r.n_segments, 1);
    gb_intake_release(&r);
    static const char none[] = H "ep.cases,14758,2026-11-21,x,A,\n";
    r = read_as("so-y-te_x.csv", none, strlen(none), NULL, true);
    assert_false(r.accepted);
    gb_intake_release(&r);
}

static void test_many_findings(void **state)
{
    (void)state;
    struct gb_buf b = { 0 };
    gb_buf_adds(&b, H);
    for (int i = 0; i < 1000; i++) {
        char iso[24];
        iso[gb_period_iso(GB_FREQ_DAY, 10000 + i, iso)] = 0;
        gb_buf_addf(&b, "ep.cases,38,%s,một,A,\n", iso);
    }
    gb_buf_adds(&b, "crime.cases,38,2026-10,1,A,\n"); /* the file's own fault comes last and is kept all the same */
    struct gb_intake r = read_text(b.p, NULL);
    assert_int_equal(r.n_findings, GB_FINDINGS_MAX);
    assert_int_equal(r.n_findings_all, 1001);
    assert_string_equal(r.finding[GB_FINDINGS_MAX - 1].code, "RF-ownership");
    assert_int_equal(r.n_groups, 2);
    assert_int_equal(r.group[0].n, 1000);
    gb_buf_reset(&b);
    gb_receipt_text(&r, &cat, &b);
    assert_non_null(strstr(b.p, "1.000 dòng: 2, 3, 4, 5, 6, 7, 8, 9, …"));
    int lines = 0;
    for (size_t i = 0; i < b.n; i++)
        lines += b.p[i] == '\n';
    assert_true(lines < 25);
    gb_buf_release(&b);
    gb_intake_release(&r);
}

static void test_receipts(void **state)
{
    (void)state;
    static const char text[] = H "ep.rate,38,2026-10,1.50,A,\nep.rate,14758,2026-10,,M,\nep.big,38,2026,9223372036854775807,A,\n"
                                 "ep.big,38,2025,9223372036854775807,A,\nep.cases,38,2026-11-21,30000,A,\n";
    struct gb_intake r = read_as(
        "so-y-te_2026-11.csv", text, strlen(text),
        "{\"agency\": \"so-y-te\", \"title\": \"Tháng 10\", \"delivered_at\": \"2026-11-20T08:00:00+07:00\", \"seq\": 1}", false);
    struct gb_buf b = { 0 };
    gb_receipt_json(&r, &cat, &b);
    assert_non_null(strstr(b.p, "\"schema\": \"giaoban/receipt/1\""));
    assert_non_null(strstr(b.p, "\"sum\": 1.5"));
    assert_non_null(strstr(b.p, "\"sum\": \"18446744073709551614\""));
    assert_non_null(strstr(b.p, "\"delivered_at\": \"2026-11-20T08:00:00+07:00\""));
    struct gb_jval *v;
    struct gb_err e = { 0 };
    assert_int_equal(gb_json_parse(&r.arena, b.p, b.n, &v, &e), GB_OK);
    const char *last = "";
    for (const struct gb_jval *k = v->child; k; k = k->next) { /* canonical: sorted keys */
        assert_true(strcmp(last, k->key) < 0);
        last = k->key;
    }
    gb_buf_reset(&b);
    gb_receipt_text(&r, &cat, &b);
    assert_non_null(strstr(b.p, "ĐÃ NHẬN"));
    assert_non_null(strstr(b.p, "30000"));
    assert_non_null(strstr(b.p, "    ep.rate          2         1  1,5\n"));
    assert_non_null(strstr(b.p, "    ep.big           2         0  18.446.744.073.709.551.614\n"));
    for (const char *p = b.p, *q; (q = strchr(p, '\n')) != NULL; p = q + 1) { /* readable on 100 columns */
        size_t width = 0;
        for (const char *c = p; c < q; c++)
            width += ((unsigned char)*c & 0xC0) != 0x80;
        assert_true(width <= 100);
    }
    gb_buf_release(&b);
    gb_intake_release(&r);
}

static void test_every_code_is_explained(void **state)
{
    (void)state;
    struct gb_buf b = { 0 };
    struct gb_err e = { 0 };
    assert_int_equal(gb_file_read("reports/intake/README.md", 1 << 20, &b, &e), GB_OK);
    const char *title, *code;
    size_t n = 0, rows = 0;
    for (; (code = gb_finding_code(n, &title)) != NULL; n++) {
        char row[64];
        snprintf(row, sizeof row, "\n| `%s` |", code);
        if (!strstr(b.p, row))
            fail_msg("%s is not in reports/intake/README.md", code);
    }
    for (const char *p = b.p; (p = strstr(p, "\n| `")) != NULL; p++)
        rows++;
    assert_int_equal(rows, n); /* and no code there that no longer exists */
    gb_buf_release(&b);
}

/* The other way round: each literal of the program that looks like a code is in the table, and so, by the test above, explained. */
static void test_every_code_has_a_title(void **state)
{
    (void)state;
    static const char *const family[] = { "\"RF-", "\"RR-", "\"MK-", "\"Q-" };
    struct gb_arena a;
    struct gb_err e = { 0 };
    const char **file;
    size_t n_files, seen = 0;
    gb_arena_init(&a, 0);
    assert_int_equal(gb_tree_list(&a, "pipeline", &file, &n_files, &e), GB_OK);
    for (size_t i = 0; i < n_files; i++) {
        struct gb_buf b = { 0 };
        if (!gb_ends_with(file[i], ".c") && !gb_ends_with(file[i], ".h"))
            continue;
        assert_int_equal(gb_file_read(gb_path_join(&a, "pipeline", file[i]), 1 << 20, &b, &e), GB_OK);
        for (size_t k = 0; k < sizeof family / sizeof *family; k++)
            for (const char *p = b.p; b.n && (p = strstr(p, family[k])) != NULL; p++) {
                size_t n = strcspn(p + 1, "\"\n");
                const char *code = gb_strndup(&a, p + 1, n), *known, *title;
                if (p[1 + n] != '"' || n == strlen(family[k]) - 1)
                    continue; /* a family, not a code */
                bool found = false;
                for (size_t c = 0; (known = gb_finding_code(c, &title)) != NULL; c++)
                    found = found || strcmp(known, code) == 0;
                if (!found)
                    fail_msg("%s: %s has no title in intake/receipt.c", file[i], code);
                seen++;
            }
        gb_buf_release(&b);
    }
    assert_true(seen > 60); /* the table and its users */
    gb_arena_release(&a);
}

/* A code that nobody thought of must not end the night; a deferred file is told as one. */
static void test_deferred_and_unknown(void **state)
{
    (void)state;
    static const struct { const char *code, *words; bool deferred; } cases[] = {
        { "Q-changing", "ĐỂ LẠI ĐÊM SAU", true }, { "RF-nobody-knows", "RF-nobody-knows: lỗi khác", false }, { "RF-open", "TỪ CHỐI TỆP RF-open", false } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct gb_finding f = { .severity = GB_REFUSE_FILE, .code = cases[i].code, .expected = "x", .remedy = "" };
        struct gb_finding_group g = { .severity = GB_REFUSE_FILE, .code = cases[i].code, .n = 1 };
        struct gb_intake r = { .finding = &f, .n_findings = 1, .n_findings_all = 1, .group = &g, .n_groups = 1 };
        struct gb_buf b = { 0 };
        r.delivery.file_name = "a.csv";
        assert_int_equal(gb_intake_deferred(&r), cases[i].deferred);
        gb_receipt_text(&r, &cat, &b);
        assert_non_null(strstr(b.p, cases[i].words));
        assert_int_equal(strstr(b.p, "TỪ CHỐI") == NULL, cases[i].deferred);
        gb_buf_reset(&b);
        gb_receipt_json(&r, &cat, &b);
        assert_non_null(strstr(b.p, cases[i].deferred ? "\"defer-file\"" : "\"refuse-file\""));
        gb_buf_release(&b);
    }
}

/* One stored figure, found again in its file: as it was written there, and only where it says what was stored. */
static void test_trace(void **state)
{
    (void)state;
    static const char text[] = H "ep.cases,14758,2026-11-20,7,,\r\nep.cases,38,2026-11-20,12,P,\"a\nb\"\nep.cases,38,2026-11-21,012,,\x01\n";
    struct gb_arena a;
    struct gb_err e = { 0 };
    int32_t day;
    enum gb_freq f;
    gb_arena_init(&a, 0);
    assert_true(gb_period_parse("2026-11-20", 10, &f, &day));
    struct gb_row_trace t = { .indicator_i = gb_indicator_find(&cat, "ep.cases"), .region_i = gb_region_find(&cat, "38"), .period = day, .line = 3, .value = 12 };
    struct gb_date today = { 2026, 11, 22 };
    const size_t good = strlen(text) - strlen("ep.cases,38,2026-11-21,012,,\x01\n");
    assert_int_equal(gb_intake_trace(&t, &a, &cat, "x.csv", text, good, "so-y-te", today, &e), GB_OK);
    assert_true(t.found);
    assert_string_equal(t.written, "12");
    assert_string_equal(t.record, "ep.cases,38,2026-11-20,12,P,\"a\\x0Ab\"");
    assert_null(t.sheet);
    assert_int_equal(t.cell_column, 0);
    struct gb_row_trace other = t;
    other.found = false;
    other.value = 13; /* stored, but this file does not say so */
    assert_int_equal(gb_intake_trace(&other, &a, &cat, "x.csv", text, good, "so-y-te", today, &e), GB_OK);
    assert_false(other.found);
    other.value = 12;
    other.line = 2;
    assert_int_equal(gb_intake_trace(&other, &a, &cat, "x.csv", text, good, "so-y-te", today, &e), GB_OK);
    assert_false(other.found);
    gb_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_good_file), cmocka_unit_test(test_encodings),
                                        cmocka_unit_test(test_numbers),   cmocka_unit_test(test_structure),
                                        cmocka_unit_test(test_dates), cmocka_unit_test(test_administrative_dates),    cmocka_unit_test(test_duplicates),
                                        cmocka_unit_test(test_codes),     cmocka_unit_test(test_status),
                                        cmocka_unit_test(test_names),     cmocka_unit_test(test_side_file),
                                        cmocka_unit_test(test_partial),   cmocka_unit_test(test_many_findings),
                                        cmocka_unit_test(test_receipts),  cmocka_unit_test(test_every_code_is_explained),
                                        cmocka_unit_test(test_every_code_has_a_title),
                                        cmocka_unit_test(test_deferred_and_unknown),
                                        cmocka_unit_test(test_trace) };
    return cmocka_run_group_tests_name("intake csv", tests, start, stop);
}
