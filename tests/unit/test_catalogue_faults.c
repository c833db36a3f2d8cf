/* One small sound catalogue in a temporary folder; each case changes one thing in one file and names the note that must come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include "base/file.h"
#include "catalogue/catalogue.h"

static const char *const file_name[] = { "catalogue/indicators.csv", "catalogue/units.csv", "catalogue/sectors.csv",
    "catalogue/groups.csv", "catalogue/scenarios.csv", "catalogue/seasons.csv", "localities/x/locality.lua", "localities/x/regions.csv",
    "localities/x/agencies.csv", "localities/x/targets.csv", "localities/x/leads.csv", "localities/x/tasks.csv", "localities/x/points.csv",
    "catalogue/consistency.csv", "localities/x/bridges.csv" };
enum { IND, UNITS, SECTORS, GROUPS, SCEN, SEASONS, LOC, REG, AG, TARGETS, LEADS, TASKS, POINTS, CONS, BRIDGES, N_FILES };
static const char *const sound[N_FILES] = {
    [IND] = "code,name_vi,unit_vi,unit_code,frequency,sector,indicator_groups,scenarios,direction,aggregation,level,owner,"
            "warn_thresholds,valid_min,valid_max,scale,decimals,classification,season,calendar\n"
            "a.sum,Số ca,ca,{case},monthly,health,g1,s1,down-good,sum,commune,so-y-te,1;2;3;3,0,1000,0,0,public,rain,administrative\n"
            "a.all,Tổng số,ca,{case},monthly,health,,,neutral,sum,commune,so-y-te,,0,,0,0,public,,administrative\n"
            "a.rate,Tỷ lệ,%,%,monthly,health,,,up-good,ratio:a.sum/a.all,commune,so-y-te,90;80;70;60,0,100,2,1,public,,administrative\n"
            "a.ph,Độ pH,pH,[pH],daily,health,,,band,last,point,so-y-te,6..8;5..9;4..10;4..10,0,14,2,1,public,-,\n",
    [UNITS] = "code,name_vi\n{case},ca\n%,%\n[pH],pH\n",
    [SECTORS] = "code,name_vi,name_en\nhealth,Y tế,Health\n",
    [GROUPS] = "code,part,name_vi\ng1,I,Nhóm một\n",
    [SCEN] = "code,part,name_vi,levels,needs_map\ns1,I,Dịch bệnh,periodic;ad-hoc,yes\n",
    [SEASONS] = "profile,m01,m02,m03,m04,m05,m06,m07,m08,m09,m10,m11,m12\nrain,0.1,1,1,1,1,1,1,1,1,1,1,1.25\n",
    [LOC] = "return {\n  slug = \"x\", code = \"38\", name = \"Tỉnh X\", short_name = \"X\", kind = \"province\",\n  root_region = \"38\",\n"
            "  series_breaks = { { date = \"2026-01-01\", text = \"Sáp nhập\" }, { date = \"2025-07-01\", text = \"Sắp xếp\", indicators = { \"a.sum\" } } },\n"
            "  recipients = { \"- Lưu\" },\n}\n",
    [REG] = "code,name,type,parent,lat,lon,valid_from,valid_to\n38,Tỉnh X,province,,,,,\n"
            "001,Xã Một,commune,38,19.8,105.7,2025-07-01,2025-12-31\n001,Phường Một,ward,38,,,2026-01-01,\n"
            "tv-1,Trạm Một,station,38,,,,\n",
    [AG] = "code,name_vi,profile_decimal,profile_grouping\nso-y-te,Sở Y tế,\",\",.\n",
    [TARGETS] = "indicator,region,year,value,basis\na.rate,38,2026,95.5,confirmed\n",
    [LEADS] = "kind,code,lead,lead_vi,due\nscenario,s1,so-y-te,Sở Y tế,2026-07\ngroup,g1,,,\n",
    [TASKS] = "section,part,no,content_vi,lead,due_rule\nA,I,1,Việc,so-y-te,from:2026-07;periodic\n",
    [POINTS] = "indicator,region\na.ph,tv-1\n",
    [CONS] = "kind,indicator,others,tolerance\ncommunes-sum,*,,\nratio,a.rate,,0.5\nat-most,a.sum,a.all,\n",
    [BRIDGES] = "old_region,new_region,weight,from,source\n001,001,0.75,2026-01-01,NQ 1\n001,tv-1,0.25,2026-01-01,NQ 1\n",
};

static char dir[] = "/tmp/gb-catalogue-XXXXXX";

static void write_all(int changed, const char *text)
{
    struct gb_err e = {0};
    struct gb_arena a;
    gb_arena_init(&a, 0);
    assert_int_equal(gb_remove_tree(dir, &e), GB_OK);
    assert_int_equal(gb_mkdirs(gb_path_join(&a, dir, "catalogue"), &e), GB_OK);
    assert_int_equal(gb_mkdirs(gb_path_join(&a, dir, "localities/x"), &e), GB_OK);
    for (int i = 0; i < N_FILES; i++) {
        const char *s = i == changed ? text : sound[i];
        if (i == BRIDGES && changed == LOC && (!text || !strstr(text, "Sáp nhập")))
            continue; /* a locality without that break has no bridge over it */
        if (s)
            assert_int_equal(gb_file_create(gb_path_join(&a, dir, file_name[i]), s, strlen(s), &e), GB_OK);
    }
    gb_arena_release(&a);
}

/* `find` in the sound file becomes `put`; the result is one note with this place and these words. */
struct fault { int file; const char *find, *put; bool fatal; int line; const char *column, *words; };

static char *changed_text(const struct fault *f)
{
    const char *s = sound[f->file], *at = strstr(s, f->find);
    assert_non_null(at);
    size_t n = strlen(s) + strlen(f->put) + 1;
    char *out = malloc(n);
    snprintf(out, n, "%.*s%s%s", (int)(at - s), s, f->put, at + strlen(f->find));
    return out;
}

static const struct fault faults[] = {
    { CONS, "communes-sum", "commune-sum", true, 2, "kind", "có phải là \"communes-sum\"?" },
    { CONS, "ratio,a.rate", "ratio,a.rat", true, 3, "indicator", "có phải là \"a.rate\"?" },
    { CONS, "ratio,a.rate", "ratio,a.sum", true, 3, "indicator", "chỉ số có aggregation = ratio:TỬ/MẪU" },
    { CONS, "ratio,a.rate", "never-falls,a.rate", true, 3, "indicator", "chỉ số flow = cumulative" },
    { CONS, "ratio,a.rate,,0.5", "ratio,a.rate,,0.555", true, 3, "tolerance", "0.555" },
    { CONS, "ratio,a.rate,,0.5", "ratio,a.rate,,-1", true, 3, "tolerance", "số không âm" },
    { CONS, "a.sum,a.all", "a.sum,", true, 4, "others", "các mã khác" },
    { CONS, "a.sum,a.all", "a.sum,a.al", true, 4, "others", "có phải là \"a.all\"?" },
    { CONS, "a.sum,a.all", "a.sum,a.sum", true, 4, "others", "chỉ số khác với chính nó" },
    { CONS, "a.sum,a.all", "a.sum,a.rate", true, 4, "others", "chỉ số cùng đơn vị tính" },
    { CONS, "a.sum,a.all", "a.sum,a.ph", true, 4, "others", "chỉ số cùng tần suất và cùng lịch" },
    { CONS, "at-most,a.sum,a.all,\n", "at-most,*,a.all,\n", true, 4, "others", "indicator là một mã" },
    { CONS, "at-most,a.sum,a.all,\n", "ratio,a.rate,,\n", true, 4, "indicator", "xóa dòng lặp" },
    { IND, "down-good,sum", "down-god,sum", true, 2, "direction", "tìm thấy \"down-god\"; cần một trong: up-good, down-good, band, neutral; cách sửa: có phải là \"down-good\"?" },
    { IND, "ca,{case},monthly,health,g1", "ca,{case},month,health,g1", true, 2, "frequency", "có phải là \"monthly\"?" },
    { IND, "neutral,sum", "neutral,summ", true, 3, "aggregation", "có phải là \"sum\"?" },
    { IND, "ratio:a.sum/a.all", "ratio:a.sum", true, 4, "aggregation", "ratio:TỬ/MẪU" },
    { IND, "ratio:a.sum/a.all", "ratio:a.sum/a.al", true, 4, "aggregation", "có phải là \"a.all\"?" },
    { IND, "ratio:a.sum/a.all", "weighted-mean:a.none", true, 4, "aggregation", "tìm thấy \"a.none\"; cần mã chỉ số có trong indicators.csv" },
    { IND, "ratio:a.sum/a.all", "ratio:a.rate/a.all", true, 4, "aggregation", "chỉ số khác với chính nó" },
    { IND, "neutral,sum,commune", "neutral,sum,comune", true, 3, "level", "có phải là \"commune\"?" },
    { IND, "commune,so-y-te,1;2", "commune,so-yte,1;2", true, 2, "owner", "có phải là \"so-y-te\"?" },
    { IND, "monthly,health,,,neutral", "monthly,heath,,,neutral", true, 3, "sector", "có phải là \"health\"?" },
    { IND, ",g1,s1,", ",g1;gx9abc,s1,", true, 2, "indicator_groups", "\"gx9abc\"; cần mã có trong groups.csv" },
    { IND, ",g1,s1,", ",g1,s1;flood,", true, 2, "scenarios", "\"flood\"; cần mã có trong scenarios.csv" },
    { IND, "public,rain", "public,rains", true, 2, "season", "có phải là \"rain\"?" },
    { IND, "ca,{case},monthly,health,g1", "ca,{cas},monthly,health,g1", true, 2, "unit_code", "có phải là \"{case}\"?" },
    { IND, "Số ca,ca,", "Số ca,vụ,", true, 2, "unit_vi", "tên mà units.csv gắn với mã \"{case}\"" },
    { IND, "a.all,Tổng số", "a.sum,Tổng số", true, 3, "code", "mã không lặp" },
    { IND, "a.all,Tổng số", "a all,Tổng số", true, 3, "code", "mã gồm chữ Latinh không dấu" },
    { IND, "0,100,2,1", "0,100,10,1", true, 4, "scale", "số nguyên từ 0 đến 9" },
    { IND, "0,,0,0,public", "0,,,0,public", true, 3, "scale", "ô trống" },
    { IND, "0,100,2,1", "0,100,2,3", true, 4, "decimals", "decimals không lớn hơn scale (2)" },
    { IND, "90;80;70;60", "80;90;70;60", true, 4, "warn_thresholds", "các bậc giảm dần vì direction = up-good" },
    { IND, "1;2;3;3", "1;2;2;3", true, 2, "warn_thresholds", "các bậc tăng dần" },
    { IND, "1;2;3;3", "1;2;3", true, 2, "warn_thresholds", "đúng bốn bậc" },
    { IND, "90;80;70;60", "90.125;80;70;60", true, 4, "warn_thresholds", "không quá 2 chữ số thập phân" },
    { IND, "90;80;70;60", "90%;80;70;60", true, 4, "warn_thresholds", "tìm thấy \"90%\"" },
    { IND, "6..8;5..9", "6..8;6.5..9", true, 5, "warn_thresholds", "khoảng sau chứa khoảng trước" },
    { IND, "6..8;5..9", "8..6;5..9", true, 5, "warn_thresholds", "đầu thấp không lớn hơn đầu cao" },
    { IND, "6..8;5..9", "7;5..9", true, 5, "warn_thresholds", "thấp..cao" },
    { IND, "0,1000,0,0,public", "2000,1000,0,0,public", true, 2, "valid_min", "valid_min không lớn hơn valid_max (1000)" },
    { IND, "0,0,public,rain", "0,0,internal,rain", true, 4, "classification", "mức không thấp hơn chỉ số đầu vào a.sum (internal" },
    { IND, "0,0,public,rain", "0,0,pubic,rain", true, 2, "classification", "có phải là \"public\"?" },
    { IND, "rain,administrative", "rain,administrativ", true, 2, "calendar", "có phải là \"administrative\"?" },
    { IND, "public,-,", "public,-,administrative", true, 5, "calendar", "số liệu hằng ngày không theo kỳ báo cáo hành chính" },
    { IND, "rain,administrative", "rain,calendar", true, 4, "calendar", "cùng lịch với chỉ số đầu vào a.sum (calendar)" },
    { IND, "so-y-te,,0,,", ",,0,,", false, 3, "owner", "không ai nộp được" },
    { IND, "season,", "seasn,", false, 1, "seasn", "có phải là \"season\"?" },
    { IND, "level,owner", "lvl,owner", true, 1, "level", "cột \"level\" ở dòng tiêu đề" },
    { IND, "Tổng số,ca", "Tổng số,thêm,ca", true, 3, NULL, "20 ô như dòng tiêu đề, dòng này có 21" },
    { IND, "Tổng số", "Tổng\u202esố", true, 3, "name_vi", "chữ UTF-8 sạch" },
    { IND, "Tổng số", "To\u0302\u0309ng số", true, 3, "name_vi", "NFC" },
    { IND, "Tổng số", "T\xc3ng", true, 3, "name_vi", "chữ UTF-8 sạch" },
    { IND, "Độ pH", "\"Độ pH", true, 5, NULL, "dấu ngoặc kép đóng" },
    { SEASONS, "0.1,1", "0.1,x", true, 2, "m02", "tìm thấy \"x\"" },
    { SEASONS, "0.1,1", "0.1,-1", true, 2, "m02", "hệ số không âm" },
    { SCEN, "periodic;ad-hoc", "periodic;adhoc", true, 2, "levels", "có phải là \"ad-hoc\"?" },
    { SCEN, ",yes", ",y", true, 2, "needs_map", "một trong: no, yes" },
    { AG, ".\n", "\",\"\n", true, 2, "profile_grouping", "dấu phân nhóm khác dấu thập phân" },
    { REG, "ward,38", "wrad,38", true, 4, "type", "có phải là \"ward\"?" },
    { REG, "ward,38", "ward,39", true, 4, "parent", "tìm thấy \"39\"; cần mã có trong regions.csv" },
    { REG, "2026-01-01", "2025-12-31", true, 4, "valid_from", "không chồng lên dòng 3" },
    { REG, "2026-01-01,", ",2026-13-01", true, 4, "valid_to", "NNNN-TT-NN" },
    { REG, "province,,", "province,001,", true, 2, "parent", "vòng lặp cha con" },
    { REG, "105.7", "", true, 3, "lon", "cả vĩ độ và kinh độ" },
    { REG, "19.8,105.7", "105.7,19.8", true, 3, "lat", "bị đổi chỗ" },
    { REG, "ward,38", "station,38", true, 4, "type", "cùng cấp với các dòng khác" },
    { TARGETS, "a.rate,38", "a.rat,38", true, 2, "indicator", "có phải là \"a.rate\"?" },
    { TARGETS, "a.rate,38", "a.rate,3", true, 2, "region", "mã có trong regions.csv" },
    { TARGETS, "95.5", "195.5", false, 2, "value", "giới hạn hợp lệ của a.rate" },
    { TARGETS, "95.5", "95.555", true, 2, "value", "không quá 2 chữ số" },
    { TARGETS, "confirmed\n", "confirmed\na.rate,38,2026,96,\n", true, 3, "year", "một mục tiêu" },
    { TARGETS, "confirmed", "confirm", true, 2, "basis", "có phải là \"confirmed\"?" },
    { LEADS, "scenario,s1", "scenario,s2", true, 2, "code", "mã có trong scenarios.csv" },
    { LEADS, "s1,so-y-te", "s1,so-y-tee", true, 2, "lead", "có phải là \"so-y-te\"?" },
    { LEADS, "group,g1", "scenario,s1", true, 3, "code", "một dòng" },
    { TASKS, "from:2026-07", "from 2026-07", true, 2, "due_rule", "tìm thấy \"from 2026-07\"" },
    { TASKS, ";periodic", ";2026-08", true, 2, "due_rule", "tìm thấy \"2026-08\"" },
    { TASKS, "from:2026-07;periodic", "periodic", true, 2, "due_rule", "tìm thấy \"periodic\"" },
    { TASKS, "periodic\n", "periodic\nA,I,1,Việc khác,so-y-te,done\n", true, 3, "part", "\"A.I.1\"; cần mỗi mã nhiệm vụ" },
    { TASKS, "A,I,1,", ",,001,", true, 2, "part", "mã nhiệm vụ khác mọi mã địa bàn" },
    { TASKS, "A,I,1,", ",,,", true, 2, "part", "số thứ tự của nhiệm vụ" },
    { TASKS, "A,I,1,", "A,I,1/2,", true, 2, "part", "chữ cái không dấu" },
    { IND, "pH,[pH],daily,health,,,band,last,point,", "pH,[pH],daily,health,,,band,last,task,", true, 5, "level", "aggregation = none" },
    { POINTS, "a.ph,tv-1", "a.sum,tv-1", true, 2, "indicator", "level = point" },
    { POINTS, "a.ph,tv-1", "a.ph,38", true, 2, "region", "station, reservoir, zone hoặc point" },
    { POINTS, "a.ph,tv-1\n", "a.ph,tv-1\na.ph,tv-1\n", true, 3, "region", "điểm đo một dòng" },
    { POINTS, "a.ph,tv-1\n", "", false, 0, "indicator", "tìm thấy \"a.ph\"; cần ít nhất một điểm đo" },
    { BRIDGES, "001,001", "002,001", true, 2, "old_region", "tìm thấy \"002\"; cần mã có trong regions.csv" },
    { BRIDGES, "001,001", "001,", true, 2, "new_region", "điền mã địa bàn" },
    { BRIDGES, "0.75", "1.75", true, 2, "weight", "lớn hơn 0 và không quá 1" },
    { BRIDGES, "0.75", "0.8", true, 3, "weight", "tìm thấy \"1.05\"; cần tổng các phần của địa bàn cũ 001 bằng 1" },
    { BRIDGES, "0.75", "0.7", false, 3, "weight", "tìm thấy \"0.95\"" },
    { BRIDGES, "0.75,2026-01-01", "0.75,2026-02-01", true, 2, "from", "mốc đứt chuỗi địa bàn" },
    { BRIDGES, "0.75,2026-01-01", "0.75,2025-07-01", true, 2, "from", "không nêu chỉ số" },
    { BRIDGES, "001,tv-1,0.25", "001,001,0.25", true, 3, "new_region", "một dòng" },
    { BRIDGES, "0.25,2026-01-01,NQ 1", "0.25,2026-01-01,", false, 3, "source", "điền nguồn" },
    { LOC, "root_region = \"38\"", "root_region = \"83\"", true, 3, "root_region", "mã địa bàn có trong regions.csv" },
    { LOC, "recipients", "recipient", false, 5, "recipient", "có phải là \"recipients\"?" },
    { LOC, "kind = \"province\"", "kind = 5", true, 2, "kind", "chuỗi chữ" },
    { LOC, "\"a.sum\" } } }", "\"a.sim\" } } }", true, 4, "series_breaks", "có phải là \"a.sum\"?" },
    { LOC, "text = \"Sáp nhập\"", "text = \"Sáp nhập\", area = \"district\"", true, 4, "series_breaks", "province" },
    { LOC, "text = \"Sắp xếp\"", "text = \"Sắp xếp\", area = \"province\"", true, 4, "series_breaks", "không cả hai" },
    { LOC, "2025-07-01", "01/07/2025", true, 4, "series_breaks", "NNNN-TT-NN" },
};

static size_t count_matching(const struct gb_fault_notes *n, const struct fault *f)
{
    size_t found = 0;
    for (size_t i = 0; i < n->n; i++) {
        const struct gb_fault_note *v = &n->v[i];
        found += v->fatal == f->fatal && gb_ends_with(v->file, file_name[f->file]) && v->line == f->line &&
                 gb_streq(v->column, f->column) && strstr(v->text, f->words) != NULL;
    }
    return found;
}

static void each_fault_is_noted(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        const struct fault *f = &faults[i];
        char *text = changed_text(f);
        write_all(f->file, text);
        free(text);
        struct gb_catalogue c;
        struct gb_fault_notes n;
        struct gb_err e = {0};
        enum gb_code code = gb_catalogue_load(&c, dir, "x", &n, &e);
        size_t fatal = 0;
        for (size_t k = 0; k < n.n; k++)
            fatal += n.v[k].fatal;
        if (count_matching(&n, f) != 1 || code != (fatal ? GB_E_CONFIG : GB_OK) || (f->fatal && !fatal)) {
            for (size_t k = 0; k < n.n; k++)
                print_error("  %s:%d [%s] %s\n", n.v[k].file, n.v[k].line, n.v[k].column ? n.v[k].column : "", n.v[k].text);
            fail_msg("case %zu: %s -> %s", i, f->find, f->put);
        }
        gb_catalogue_release(&c);
    }
}

/* A weight or denominator of another frequency than its formula: right, or refused. */
static void weights_of_other_frequencies(void **state)
{
    (void)state;
    static const struct { const char *freq, *formula, *of_freq, *flow, *words; } v[] = {
        { "monthly", "weighted-mean:a.w", "quarterly", "flow", "quyền số thưa hơn chỉ số là số hiện có" },
        { "monthly", "weighted-mean:a.w", "yearly", "cumulative", "quyền số thưa hơn chỉ số là số hiện có" },
        { "monthly", "weighted-mean:a.w", "yearly", "stock", NULL },
        { "monthly", "weighted-mean:a.w", "daily", "flow", NULL },
        { "monthly", "weighted-mean:a.w", "daily", "stock", NULL },
        { "monthly", "ratio:a.n/a.w", "daily", "flow", "mẫu số dày hơn tỷ lệ là số hiện có" },
        { "monthly", "ratio:a.n/a.w", "daily", "stock", NULL },
    };
    for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
        char text[2048];
        snprintf(text, sizeof text,
                 "code,name_vi,unit_vi,unit_code,frequency,sector,direction,aggregation,level,owner,scale,decimals,classification,flow\n"
                 "a.w,Số ca,ca,{case},%s,health,neutral,sum,commune,so-y-te,0,0,public,%s\n"
                 "a.n,Tổng số,ca,{case},monthly,health,neutral,sum,commune,so-y-te,0,0,public,flow\n"
                 "a.rate,Tỷ lệ,%%,%%,%s,health,up-good,%s,commune,so-y-te,2,1,public,rate\n",
                 v[i].of_freq, v[i].flow, v[i].freq, v[i].formula);
        write_all(IND, text);
        struct gb_catalogue c;
        struct gb_fault_notes n;
        struct gb_err e = {0};
        (void)!gb_catalogue_load(&c, dir, "x", &n, &e);
        size_t found = 0;
        for (size_t k = 0; k < n.n; k++)
            found += n.v[k].fatal && gb_streq(n.v[k].column, "aggregation") && strstr(n.v[k].text, "là số hiện có");
        assert_int_equal(found, v[i].words != NULL);
        gb_catalogue_release(&c);
    }
}

/* The sound one has no note at all; otherwise the cases above would prove little. */
static void sound_is_silent(void **state)
{
    (void)state;
    write_all(-1, NULL);
    struct gb_catalogue c;
    struct gb_fault_notes n;
    struct gb_err e = {0};
    assert_int_equal(gb_catalogue_load(&c, dir, "x", &n, &e), GB_OK);
    assert_int_equal(n.n, 0);
    const struct gb_indicator *ph = &c.indicator[gb_indicator_find(&c, "a.ph")];
    assert_int_equal(ph->step[0].lo, 600);
    assert_int_equal(ph->step[3].hi, 1000);
    const struct gb_indicator *rate = &c.indicator[gb_indicator_find(&c, "a.rate")];
    assert_int_equal(rate->agg_num, 0);
    assert_int_equal(rate->agg_den, 1);
    const struct gb_region *r = &c.region[gb_region_find(&c, "001")];
    assert_int_equal(r->n_versions, 2);
    assert_string_equal(gb_region_at(r, (struct gb_date){ 2025, 8, 1 })->name, "Xã Một");
    assert_string_equal(gb_region_at(r, (struct gb_date){ 2026, 1, 1 })->name, "Phường Một");
    assert_string_equal(gb_region_at(r, (struct gb_date){ 2024, 1, 1 })->name, "Xã Một");
    assert_false(gb_region_valid(r, (struct gb_date){ 2025, 1, 1 }, (struct gb_date){ 2025, 6, 30 }));
    assert_true(gb_region_valid(r, (struct gb_date){ 2025, 1, 1 }, (struct gb_date){ 2025, 7, 1 }));
    assert_int_equal(c.agency[0].decimal, ',');
    assert_int_equal(c.agency[0].grouping, '.');
    assert_int_equal(gb_season_find(&c, "rain")->month[11], 12500);
    assert_int_equal(gb_target_find(&c, 2, 0, 2026)->value, 9550);
    assert_null(gb_target_find(&c, 2, 0, 2025));
    assert_int_equal(c.scenario[0].lead, 0);
    assert_int_equal(c.locality.breaks[0].n_indicators, 0), assert_int_equal(c.locality.breaks[1].n_indicators, 1);
    assert_int_equal(c.n_bridges, 2), assert_int_equal(c.bridge[0].weight, 750000);
    assert_int_equal(c.n_points, 1);
    gb_catalogue_release(&c);
}

static enum gb_code load_lua(const char *lua, char *out, size_t cap)
{
    struct gb_catalogue c;
    struct gb_fault_notes n;
    struct gb_err e = {0};
    write_all(LOC, lua);
    enum gb_code code = gb_catalogue_load(&c, dir, "x", &n, &e);
    snprintf(out, cap, "%s", n.n ? n.v[0].text : "");
    gb_catalogue_release(&c);
    return code;
}

/* Data only: no library, no bytecode, no endless loop, no memory bomb, and a table must come back. */
static void lua_is_data_only(void **state)
{
    (void)state;
    char text[1024];
    static const struct { const char *lua, *words; } bad[] = {
        { "os.execute('true') return {}", "os" }, { "print('x') return {}", "print" }, { "while true do end", "100000" },
        { "local s = 'xxxxxxxx' for i = 1, 60 do s = s .. s end return {}", "not enough memory" }, { "return 5", "một bảng" },
        { "return { slug = ", "unexpected symbol" }, { "\x1bLua\x54", "binary" }, { "return { slug = ('x'):rep(10) }", "index a string value" },
        { "return require 'os'", "require" } };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(load_lua(bad[i].lua, text, sizeof text), GB_E_CONFIG);
        if (!strstr(text, bad[i].words))
            fail_msg("%s -> %s", bad[i].lua, text);
    }
}

static void formula_circle(void **state)
{
    (void)state;
    struct gb_catalogue c;
    struct gb_fault_notes n;
    struct gb_err e = {0};
    write_all(IND, "code,name_vi,unit_vi,unit_code,frequency,direction,aggregation,level,owner,scale\n"
                   "r1,Một,%,%,monthly,neutral,ratio:r2/n,commune,so-y-te,2\nr2,Hai,%,%,monthly,neutral,ratio:r1/n,commune,so-y-te,2\n"
                   "n,Số,ca,{case},monthly,neutral,sum,commune,so-y-te,0\n");
    assert_int_equal(gb_catalogue_load(&c, dir, "x", &n, &e), GB_E_CONFIG);
    size_t circle = 0;
    for (size_t i = 0; i < n.n; i++)
        circle += strstr(n.v[i].text, "vòng về chính nó") != NULL;
    assert_int_equal(circle, 2);
    /* without a column classification everything is internal */
    assert_int_equal(c.indicator[2].class, GB_CLASS_INTERNAL);
    gb_catalogue_release(&c);
}

/* `group` names a part of the list of indicator groups, or nothing. */
static void group_is_a_part(void **state)
{
    (void)state;
    static const struct { const char *part; bool ok; } cases[] = {
        { "I", true }, { "II", true }, { "III", true }, { "IV", true }, { "", true }, { "XX", false }, { "V", false }, { "i", false } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct gb_catalogue c;
        struct gb_fault_notes n;
        struct gb_err e = {0};
        char text[512];
        snprintf(text, sizeof text, "code,name_vi,unit_vi,unit_code,frequency,group,direction,aggregation,level,owner,scale\n"
                 "n,Số,ca,{case},monthly,%s,neutral,sum,commune,so-y-te,0\n", cases[i].part);
        write_all(IND, text);
        assert_int_equal(gb_catalogue_load(&c, dir, "x", &n, &e), GB_E_CONFIG); /* other tables name indicators not here */
        size_t found = 0;
        for (size_t k = 0; k < n.n; k++)
            found += n.v[k].fatal && n.v[k].line == 2 && gb_streq(n.v[k].column, "group") && strstr(n.v[k].text, "I, II, III, IV");
        if (found != (cases[i].ok ? 0 : 1))
            fail_msg("group = \"%s\": %zu notes", cases[i].part, found);
        gb_catalogue_release(&c);
    }
}

/* Too large is a fault of the catalogue, not a report that used up its budget. */
static void oversized_table(void **state)
{
    (void)state;
    struct gb_catalogue c;
    struct gb_fault_notes n;
    struct gb_err e = {0};
    size_t size = (size_t)17 << 20;
    char *text = malloc(size + 1);
    memset(text, 'x', size);
    text[size] = '\0';
    write_all(GROUPS, text);
    free(text);
    assert_int_equal(gb_catalogue_load(&c, dir, "x", &n, &e), GB_E_CONFIG);
    assert_int_equal(e.code, GB_E_CONFIG);
    gb_catalogue_release(&c);
}

static void missing_files(void **state)
{
    (void)state;
    struct gb_catalogue c;
    struct gb_fault_notes n;
    struct gb_err e = {0};
    for (int i = 0; i < N_FILES; i++) {
        write_all(i, NULL);
        memset(&e, 0, sizeof e);
        enum gb_code code = gb_catalogue_load(&c, dir, "x", &n, &e);
        bool fatal = i == IND || i == LOC || i == REG || i == AG || i == GROUPS || i == SCEN || i == SEASONS;
        if (code != (fatal ? GB_E_CONFIG : GB_OK))
            fail_msg("%s -> %d", file_name[i], code);
        gb_catalogue_release(&c);
    }
    memset(&e, 0, sizeof e);
    assert_int_equal(gb_catalogue_load(&c, dir, "y", &n, &e), GB_E_USAGE);
    char line[2048];
    assert_non_null(strstr(gb_err_line(&e, line, sizeof line), ": x;"));
    gb_catalogue_release(&c);
}

/* Slug or path, the same digest; one changed byte, another digest. A locality's own catalogue replaces the shared one. */
static void digest_and_own_catalogue(void **state)
{
    (void)state;
    struct gb_catalogue c;
    struct gb_fault_notes n;
    struct gb_err e = {0};
    struct gb_arena a;
    gb_arena_init(&a, 0);
    write_all(-1, NULL);
    assert_int_equal(gb_catalogue_load(&c, dir, "x", &n, &e), GB_OK);
    struct gb_sha256 first = c.digest;
    gb_catalogue_release(&c);
    assert_int_equal(gb_catalogue_load(&c, dir, gb_path_join(&a, dir, "localities/x/"), &n, &e), GB_OK);
    assert_memory_equal(&first, &c.digest, sizeof first);
    gb_catalogue_release(&c);
    write_all(UNITS, "code,name_vi\n{case},ca\n%,%\n[pH],pH\nm,m\n");
    assert_int_equal(gb_catalogue_load(&c, dir, "x", &n, &e), GB_OK);
    assert_memory_not_equal(&first, &c.digest, sizeof first);
    gb_catalogue_release(&c);
    write_all(-1, NULL);
    const char *own = "code,name_vi,unit_vi,unit_code,frequency,sector,direction,aggregation,level,scale,owner\n"
                      "a.rate,Tỷ lệ,phần,x,monthly,mine,up-good,none,province,2,so-y-te\na.ph,Độ pH,pH,y,daily,mine,neutral,last,point,2,so-y-te\n"
                      "a.sum,Số,ca,z,monthly,other,neutral,sum,commune,0,so-y-te\n";
    assert_int_equal(gb_mkdirs(gb_path_join(&a, dir, "localities/x/catalogue"), &e), GB_OK);
    assert_int_equal(gb_file_create(gb_path_join(&a, dir, "localities/x/catalogue/indicators.csv"), own, strlen(own), &e), GB_OK);
    assert_int_equal(gb_remove_tree(gb_path_join(&a, dir, "localities/x/leads.csv"), &e), GB_OK);
    assert_int_equal(gb_catalogue_load(&c, dir, "x", &n, &e), GB_OK);
    assert_int_equal(n.n, 0);
    assert_int_equal(c.n_indicators, 3);
    assert_int_equal(c.n_sectors, 2);
    assert_int_equal(c.n_scenarios, 0);
    gb_catalogue_release(&c);
    gb_arena_release(&a);
}

/* Notes come by file and line whatever finds them first. */
static void notes_are_sorted(void **state)
{
    (void)state;
    struct gb_catalogue c;
    struct gb_fault_notes n;
    struct gb_err e = {0};
    write_all(IND, "code,name_vi,unit_vi,unit_code,frequency,direction,aggregation,level,owner,scale,x\n"
                   "r1,Một,%,%,monthly,neutral,ratio:r2/n,commune,so-y-te,2,\nn,Số,ca,{case},monthy,neutral,sum,commune,so-x,0,\n");
    assert_int_equal(gb_catalogue_load(&c, dir, "x", &n, &e), GB_E_CONFIG);
    assert_true(n.n >= 5);
    for (size_t i = 1; i < n.n; i++) {
        int d = strcmp(n.v[i - 1].file, n.v[i].file);
        assert_true(d < 0 || (d == 0 && n.v[i - 1].line <= n.v[i].line));
    }
    gb_catalogue_release(&c);
}

static int remove_dir(void **state)
{
    (void)state;
    struct gb_err e = {0};
    return gb_remove_tree(dir, &e) == GB_OK ? 0 : -1;
}

int main(void)
{
    if (!mkdtemp(dir))
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_is_silent), cmocka_unit_test(each_fault_is_noted), cmocka_unit_test(weights_of_other_frequencies), cmocka_unit_test(lua_is_data_only),
        cmocka_unit_test(formula_circle), cmocka_unit_test(missing_files), cmocka_unit_test(digest_and_own_catalogue),
        cmocka_unit_test(notes_are_sorted),
        cmocka_unit_test(group_is_a_part), cmocka_unit_test(oversized_table) };
    return cmocka_run_group_tests(tests, NULL, remove_dir);
}
