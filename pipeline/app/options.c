/* options.c — one table of options for all commands. A command names the ones it takes; help and errors come from the same table, so
 * they cannot tell different stories. `--name value` and `--name=value` are the same; `--` ends the options. */
#include "app/app.h"
#include "app/clock.h"
#include <stdlib.h>

enum kind { TEXT, DATE, NUMBER, FLAG, TIME };
struct option {
    const char *name, *arg, *vi, *en;
    enum kind kind;
    size_t at, at_text;
    int64_t lo, hi;
    char letter;
};
#define AT(f) offsetof(struct gb_args, f)
static const struct option options[] = {
    [0] = { "--locality", "L", "địa phương: tên thư mục trong reports/localities/, hoặc đường dẫn", "a locality's slug or folder",
            TEXT, AT(locality), 0, 0, 0, 0 },
    [1] = { "--date", "NGÀY", "ngày công tác YYYY-MM-DD (mặc định: hôm nay, múi giờ +07:00)",
            "business date (default: today in +07:00)", DATE, AT(date), AT(date_text), 0, 0, 0 },
    [2] = { "--drop", "THƯ-MỤC", "nơi các cơ quan đặt bản giao nộp", "folder of deliveries", TEXT, AT(drop), 0, 0, 0, 0 },
    [3] = { "--store", "TỆP", "kho số liệu (mặc định: store/<địa phương>.db)", "the store (default: store/<locality>.db)", TEXT,
            AT(store), 0, 0, 0, 0 },
    [4] = { "--out", "THƯ-MỤC", "nơi công bố (mặc định: out)", "the publication (default: out)", TEXT, AT(out), 0, 0, 0, 0 },
    [5] = { "--jobs", "N", "số tiến trình làm việc cùng lúc (mặc định: số lõi)", "workers at a time (default: number of cores)",
            NUMBER, AT(jobs), 0, 1, GB_MAX_JOBS, 'j' },
    [6] = { "--resume", NULL, "làm tiếp lượt bị dừng: phần nào đã xong và còn đúng thì không làm lại",
            "go on with a run that was stopped", FLAG, AT(resume), 0, 0, 0, 0 },
    [7] = { "--partial", NULL, "nhận các dòng đúng của một tệp có dòng sai", "take the good rows of a faulty delivery", FLAG,
            AT(partial), 0, 0, 0, 0 },
    [8] = { "--level", "CẤP", "định kỳ, đột xuất hay theo yêu cầu: periodic, ad-hoc, on-demand", "periodic, ad-hoc or on-demand",
            TEXT, AT(level), 0, 0, 0, 0 },
    [9] = { "--region", "MÃ", "mã địa bàn", "code of a region", TEXT, AT(region), 0, 0, 0, 0 },
    [10] = { "--audience", "ĐỐI-TƯỢNG", "leadership, statistics, front, public hoặc ioc", "who is to read it", TEXT, AT(audience),
             0, 0, 0, 0 },
    [11] = { "--output", "TỆP", "tệp (hoặc thư mục) kết quả", "output file or folder", TEXT, AT(output), 0, 0, 0, 'o' },
    [12] = { "--from", "NGÀY", "từ ngày", "first day", DATE, AT(from), AT(from_text), 0, 0, 0 },
    [13] = { "--to", "NGÀY", "đến ngày", "last day", DATE, AT(to), AT(to_text), 0, 0, 0 },
    [14] = { "--as-of", "NGÀY", "số liệu như đã biết vào cuối ngày này", "as known at the end of this day", DATE, AT(as_of),
             AT(as_of_text), 0, 0, 0 },
    [15] = { "--evaluation", NULL, "xuất kết quả đánh giá thay cho quan sát", "what was derived instead of what was delivered",
             FLAG, AT(evaluation), 0, 0, 0, 0 },
    [16] = { "--key", "TỆP", "khóa ký (tạo bằng `giaoban keygen`)", "signing key", TEXT, AT(key), 0, 0, 0, 0 },
    [17] = { "--pub", "TỆP", "khóa công khai để kiểm chữ ký", "public key", TEXT, AT(pub), 0, 0, 0, 0 },
    [18] = { "--reports", "THƯ-MỤC", "định nghĩa báo cáo và danh mục (mặc định: reports/ cạnh chương trình)", "definitions", TEXT,
             AT(reports), 0, 0, 0, 0 },
    [19] = { "--templates", "THƯ-MỤC", "mẫu trang (mặc định: templates/ cạnh chương trình)", "templates", TEXT, AT(templates), 0,
             0, 0, 0 },
    [20] = { "--log-format", "KIỂU", "text hoặc json", "text or json", TEXT, AT(log_format), 0, 0, 0, 0 },
    [21] = { "--no-landlock", NULL, "chạy cả khi nhân không có Landlock (được ghi vào manifest)", "run without Landlock", FLAG,
             AT(no_landlock), 0, 0, 0, 0 },
    [22] = { "--vintage", "N", "phiên bản số liệu (mặc định: mới nhất)", "vintage (default: the newest)", NUMBER, AT(vintage), 0,
             1, INT32_MAX, 0 },
    [23] = { "--received", "GIỜ", "giờ nhận, RFC 3339 (mặc định: delivered_at của tệp kèm, không có thì đồng hồ)",
             "time of receipt", TIME, AT(received_utc), AT(received_text), 0, 0, 0 },
    [24] = { "--keep", "N", "số ấn bản giữ lại cho mỗi đối tượng (mặc định: 7)", "editions kept for each audience (default: 7)",
             NUMBER, AT(keep), 0, 1, 10000, 0 },
    [25] = { "--deadline", "GIÂY", "hạn cho mỗi báo cáo (mặc định: 30)", "seconds for one report (default: 30)", NUMBER,
             AT(deadline_s), 0, 1, 3600, 0 },
    [26] = { "--seed", "N", "hạt giống của số liệu mẫu", "seed of the sample", NUMBER, AT(seed), 0, 0, INT64_MAX, 0 },
    [27] = { "--indicators", "N", "số chỉ số", "number of indicators", NUMBER, AT(n_indicators), 0, 1, 5000, 0 },
    [28] = { "--regions", "N", "số địa bàn", "number of regions", NUMBER, AT(n_regions), 0, 2, 20000, 0 },
    [29] = { "--months", "N", "số tháng", "number of months", NUMBER, AT(n_months), 0, 1, 600, 0 },
    [30] = { "--help", NULL, "in phần trợ giúp này", "this help", FLAG, AT(help), 0, 0, 0, 'h' },
    [31] = { "--table", NULL, "bảng kịch bản và nhóm chỉ số của mọi địa phương, Markdown",
             "scenarios and groups of all localities", FLAG, AT(table), 0, 0, 0, 0 },
    [32] = { "--with-errors", NULL, "để cả các tệp cố ý sai (thư mục sai/) vào nơi giao nộp",
             "put the files that are wrong on purpose (sai/) among the deliveries", FLAG, AT(with_errors), 0, 0, 0, 0 },
    [33] = { "--outlook", NULL, "kèm dự báo: phương pháp, khoảng tin cậy, khả năng đạt kế hoạch năm",
             "with the forecast and the year's end", FLAG, AT(outlook), 0, 0, 0, 0 },
    [34] = { "--all", NULL, "liệt kê đủ, không rút gọn (mọi xã, mọi tài liệu)", "every member and document, nothing cut short",
             FLAG, AT(all), 0, 0, 0, 0 },
    [35] = { "--format", "KIỂU", "text hoặc json", "text or json", TEXT, AT(format), 0, 0, 0, 0 },
    [36] = { "--events", NULL,
             "nhật ký diễn biến (các lần ở mức cảnh báo trở lên) mà lượt đêm của --date đã ghi vào kho; mặc định: lượt mới nhất",
             "the log of episodes as the night of --date (default: the newest) wrote it", FLAG, AT(events), 0, 0, 0, 0 },
};
enum { N_OPTIONS = sizeof options / sizeof *options };
#define O(i) (1ULL << (i))
#define COMMON (O(18) | O(19) | O(20) | O(30))

const struct gb_command gb_commands[] = {
    { "night", "", "một lượt đêm: nhận số liệu, đánh giá, lập và công bố các ấn bản",
      "one night: from deliveries to published editions",
      O(0) | O(1) | O(2) | O(3) | O(4) | O(5) | O(6) | O(7) | O(16) | O(21) | O(22) | O(23) | O(24) | O(25) | COMMON, 0, 0,
      gb_cmd_night },
    { "intake", "TỆP...", "kiểm tra và lưu bản giao nộp; mỗi bản một phiếu nhận", "check and store deliveries; one receipt each",
      O(0) | O(1) | O(3) | O(5) | O(7) | O(21) | O(23) | COMMON, 1, 1 << 20, gb_cmd_intake },
    { "brief", "BÁO-CÁO", "lập một báo cáo ra tệp .pdf .html .xlsx .csv .json", "one report to one file",
      O(0) | O(1) | O(3) | O(8) | O(9) | O(10) | O(11) | O(21) | O(22) | O(25) | COMMON, 1, 1, gb_cmd_brief },
    { "check", "", "mọi lỗi trong danh mục, định nghĩa báo cáo, mẫu trang", "every error in definitions, catalogue, templates",
      O(0) | O(1) | O(5) | O(21) | COMMON, 0, 0, gb_cmd_check },
    { "plan", "", "các việc của đêm, mỗi dòng một đối tượng JSON", "the night's jobs, one JSON object a line",
      O(0) | O(1) | O(21) | O(31) | COMMON, 0, 0, gb_cmd_plan },
    { "explain", "CHỈ-SỐ ĐỊA-BÀN KỲ", "một con số từ đâu ra, và đã thành gì", "where a number comes from, and what it became",
      O(0) | O(1) | O(3) | O(4) | O(10) | O(21) | O(22) | O(33) | O(34) | O(35) | COMMON, 3, 3, gb_cmd_explain },
    { "export", "", "quan sát của một phiên bản số liệu, kết quả đánh giá hoặc nhật ký diễn biến, ra tệp .csv .json .sqlite",
      "observations of a vintage, what was derived, or the log of episodes",
      O(0) | O(1) | O(3) | O(10) | O(11) | O(14) | O(15) | O(22) | O(36) | COMMON, 0, 0, gb_cmd_export },
    { "verify", "ẤN-BẢN", "đối chiếu một ấn bản với manifest của nó; có --date thì xét cả thời hạn",
      "an edition against its manifest", O(1) | O(17) | O(20) | O(30), 1, 1, gb_cmd_verify },
    { "sample", "", "số liệu mẫu, có đánh dấu, dựng từ danh mục", "made-up, clearly marked deliveries from the catalogue",
      O(0) | O(11) | O(12) | O(13) | O(26) | O(32) | COMMON, 0, 0, gb_cmd_sample },
    { "outlines", "", "giản lược ranh giới một lần, ghi boundaries.levels cạnh boundaries.geojson",
      "simplify the outlines once, for all later commands", O(0) | O(1) | COMMON, 0, 0, gb_cmd_outlines },
    { "keygen", "TỆP", "tạo khóa ký ấn bản và TỆP.pub", "make a signing key", O(20) | O(30), 1, 1, gb_cmd_keygen },
    { "version", "", "số hiệu bản dựng và các thư viện", "build and libraries", O(20) | O(30), 0, 0, gb_cmd_version },
    { "bench-locality", "", NULL, "a made-up locality for measuring", O(11) | O(26) | O(27) | O(28) | O(29) | O(20) | O(30), 0, 0,
      gb_cmd_bench_locality },
};
const int gb_n_commands = sizeof gb_commands / sizeof *gb_commands;

static const struct option *find(const char *word, size_t n, unsigned long long mask)
{
    for (int i = 0; i < N_OPTIONS; i++) {
        if (!(mask & O(i)))
            continue;
        if (strlen(options[i].name) == n && memcmp(options[i].name, word, n) == 0)
            return &options[i];
        if (n == 2 && word[0] == '-' && word[1] == options[i].letter)
            return &options[i];
    }
    return NULL;
}

/* The option that shares the longest head with a mistyped one. */
static const char *nearest(const char *word, unsigned long long mask)
{
    const char *best = NULL;
    size_t most = 3; /* "--" and a letter at least */
    for (int i = 0; i < N_OPTIONS; i++) {
        size_t k = 0;
        while ((mask & O(i)) && word[k] && word[k] == options[i].name[k])
            k++;
        if (k >= most) {
            most = k + 1;
            best = options[i].name;
        }
    }
    return best;
}

static enum gb_code set(const struct option *o, const char *value, struct gb_args *out, struct gb_err *e)
{
    void *at = (char *)out + o->at;
    switch (o->kind) {
    case FLAG: *(bool *)at = true; return GB_OK;
    case TEXT: *(const char **)at = value; return value[0] ? GB_OK : gb_fail(e, GB_E_USAGE, "%s: cần một giá trị", o->name);
    case DATE:
        *(const char **)(void *)((char *)out + o->at_text) = value;
        if (!gb_date_parse(value, strlen(value), at))
            return gb_fail(e, GB_E_USAGE, "%s: \"%s\" không phải là ngày; viết YYYY-MM-DD, ví dụ 2026-11-22", o->name, value);
        return GB_OK;
    case TIME:
        *(const char **)(void *)((char *)out + o->at_text) = value;
        out->has_received = true;
        if (!gb_time_parse(value, strlen(value), at))
            return gb_fail(e, GB_E_USAGE, "%s: \"%s\" không phải là giờ RFC 3339; ví dụ 2026-11-22T05:00:00+07:00", o->name,
                           value);
        return GB_OK;
    case NUMBER:
        if (gb_dec_parse(value, strlen(value), '.', 0, 0, at, NULL) != GB_NUM_OK || strchr(value, '.') ||
            *(int64_t *)at < o->lo || *(int64_t *)at > o->hi)
            return gb_fail(e, GB_E_USAGE, "%s: \"%s\" không phải là số nguyên từ %lld đến %lld", o->name, value, (long long)o->lo,
                           (long long)o->hi);
        return GB_OK;
    }
    gb_bug("option kind");
}

enum gb_code gb_options_parse(const struct gb_command *c, int argc, char **argv, struct gb_arena *a, struct gb_args *out,
                              struct gb_err *e)
{
    bool open = true;
    memset(out, 0, sizeof *out);
    out->word = GB_NEW_N(a, (size_t)argc + 1, const char *);
    for (int i = 0; i < argc; i++) {
        const char *w = argv[i];
        if (!open || w[0] != '-' || w[1] == '\0') {
            out->word[out->n_words++] = w;
            continue;
        }
        if (strcmp(w, "--") == 0) {
            open = false;
            continue;
        }
        const char *eq = w[1] == '-' ? strchr(w, '=') : NULL;
        const char *attached = w[1] != '-' && w[2] ? w + 2 : NULL; /* -j2 */
        const struct option *o = find(w, eq ? (size_t)(eq - w) : attached ? 2 : strlen(w), c->options);
        if (!o) {
            const char *near = nearest(w, c->options);
            return gb_fail(e, GB_E_USAGE, "giaoban %s không có tùy chọn %s%s%s", c->name, w, near ? "; có phải là " : "",
                           near ? near : "");
        }
        const char *value = o->kind == FLAG ? "" : eq ? eq + 1 : attached ? attached : i + 1 < argc ? argv[++i] : NULL;
        if (!value || (o->kind == FLAG && (eq || attached)))
            return gb_fail(e, GB_E_USAGE, value ? "%s không nhận giá trị" : "%s cần một giá trị", o->name);
        enum gb_code code = set(o, value, out, e);
        if (code != GB_OK)
            return code;
    }
    if (out->help)
        return GB_OK;
    if (out->log_format && strcmp(out->log_format, "text") != 0 && strcmp(out->log_format, "json") != 0)
        return gb_fail(e, GB_E_USAGE, "--log-format: text hoặc json");
    if (out->n_words < c->min_words || out->n_words > c->max_words)
        return gb_fail(e, GB_E_USAGE, "cách dùng: giaoban %s [tùy chọn] %s   (xem giaoban %s --help)", c->name, c->usage_words,
                       c->name);
    return GB_OK;
}

void gb_options_help(const struct gb_command *c, FILE *out)
{
    fprintf(out, "giaoban %s [tùy chọn] %s\n", c->name, c->usage_words);
    if (c->about_vi)
        fprintf(out, "  %s\n", c->about_vi);
    fprintf(out, "  English: %s\n\n", c->about_en);
    for (int i = 0; i < N_OPTIONS; i++) {
        char head[64];
        if (!(c->options & O(i)))
            continue;
        char letter[8] = "";
        if (options[i].letter)
            snprintf(letter, sizeof letter, "-%c, ", options[i].letter);
        snprintf(head, sizeof head, "%s%s%s%s", letter, options[i].name, options[i].arg ? " " : "",
                 options[i].arg ? options[i].arg : "");
        fprintf(out, "  %s\n        %s\n        English: %s\n", head, options[i].vi, options[i].en);
    }
}

void gb_usage(FILE *out)
{
    fputs("giaoban — chuẩn bị giao ban: từ số liệu các cơ quan giao nộp đến bản tin, trang công khai và dữ liệu mở.\n"
          "English: the nightly batch that turns deliveries into briefings, a public site and open data.\n\n",
          out);
    for (int i = 0; i < gb_n_commands; i++)
        if (gb_commands[i].about_vi)
            fprintf(out, "  giaoban %-8s %-18s %s\n", gb_commands[i].name, gb_commands[i].usage_words, gb_commands[i].about_vi);
    fputs("\nMỗi lệnh có --help. Mã thoát: 0 xong · 10 đã công bố, có phát hiện · 20 không công bố bản công khai · 64 sai cách "
          "dùng ·\n"
          "65 bản giao nộp bị từ chối · 70 lỗi của chương trình · 74 lỗi đĩa, quyền · 75 lượt khác đang chạy · 78 định nghĩa, "
          "danh mục sai\n",
          out);
}
