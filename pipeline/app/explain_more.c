/* explain_more.c — what `giaoban explain` tells beyond one figure: breaks of its series, what is expected, which documents show it. */
#include "app/explain_more.h"
#include <stdio.h>
#include "document/value.h"
#include "evaluation/breaks.h"
#include "evaluation/outlook.h"

static void over(const char *what, const struct gb_change *c)
{
    char day[16];
    if (!c->over)
        return;
    gb_date_vi(c->over->date, day);
    printf("  Đứt chuỗi số liệu từ %s (%s): %s %s\n", day, c->over->text, what,
           c->ok ? "tính trên số cũ đã quy đổi theo địa bàn mới (bridges.csv)" : "không tính");
}

void gb_explain_breaks(const struct gb_eval *v)
{
    over("so với kỳ trước", &v->prev);
    over("so với cùng kỳ", &v->year_before);
    if (v->ytd_year_before.over && !v->year_before.over)
        over("lũy kế so với cùng kỳ", &v->ytd_year_before);
}

static void amount(const struct gb_indicator *ind, int64_t v)
{
    char text[48];
    gb_dec_vi(v, ind->scale, ind->decimals, text);
    printf("%s", text);
}

static void how_made(enum gb_fc_method method, enum gb_fc_note note, const char *model)
{
    printf("Phương pháp: %s%s%s", gb_fc_method_vi(method), *model ? " " : "", model);
    if (*gb_fc_note_vi(note))
        printf(" (%s)", gb_fc_note_vi(note));
}

static void year_end(const struct gb_evaluation *ev, int indicator_i, int region_i)
{
    static const char *const why[] = { [GB_YE_OK] = "",
                                       [GB_YE_NO_TARGET] = "chưa có kế hoạch năm",
                                       [GB_YE_NO_DIRECTION] = "chỉ số trung tính hoặc theo khoảng, không có \"đạt kế hoạch\"",
                                       [GB_YE_GAPS] = "thiếu số liệu một số kỳ trong năm",
                                       [GB_YE_NO_FORECAST] = "chưa đủ số liệu để dự báo",
                                       [GB_YE_YEAR_IS_OVER] = "năm của kỳ cuối đã hết" };
    const struct gb_indicator *ind = &ev->catalogue->indicator[indicator_i];
    struct gb_year_end y;
    gb_year_end(ev, indicator_i, region_i, &y);
    printf("  Cả năm: ");
    if (y.why != GB_YE_OK) {
        printf("%s\n", why[y.why]);
    } else {
        printf("đã có "), amount(ind, y.so_far);
        printf(", dự báo "), amount(ind, y.expected);
        printf(" (80%%: "), amount(ind, y.lo80), printf(" đến "), amount(ind, y.hi80);
        printf("); kế hoạch "), amount(ind, y.target);
        printf(" %s; khả năng đạt %d%%. ", ind->unit_vi, y.chance_pct);
        how_made(y.method, y.note, y.model);
        putchar('\n');
    }
    if (y.needed_ok) {
        printf("  Mỗi %s còn lại (%d) cần: ", gb_freq_noun_vi(ind->freq), y.left), amount(ind, y.needed);
        printf(" %s\n", ind->unit_vi);
    }
}

void gb_explain_outlook(const struct gb_evaluation *ev, int indicator_i, int region_i)
{
    const struct gb_indicator *ind = &ev->catalogue->indicator[indicator_i];
    struct gb_outlook o;
    char iso[24];
    gb_outlook(ev, indicator_i, region_i, gb_outlook_steps(ind->freq), &o);
    printf("\nDự báo. ");
    how_made(o.method, o.note, o.model);
    if (o.break_text)
        printf("; chỉ dùng số liệu sau mốc: %s", o.break_text);
    if (o.n && o.origins && o.error >= 0 && o.error < 1e6) {
        char text[48];
        gb_dec_vi((int64_t)(o.error * 100 + 0.5), 2, 2, text);
        printf("; sai số qua %d lần dự báo thử: %s lần sai số của \"như kỳ trước\"", o.origins, text);
    }
    putchar('\n');
    for (int k = 0; k < o.n; k++) {
        gb_period_iso(ind->freq, o.first + k, iso);
        printf("  %s: ", iso), amount(ind, o.mean[k]);
        printf(" %s (80%%: ", ind->unit_vi), amount(ind, o.lo80[k]), printf(" đến "), amount(ind, o.hi80[k]);
        printf("; 95%%: "), amount(ind, o.lo95[k]), printf(" đến "), amount(ind, o.hi95[k]), puts(")");
    }
    year_end(ev, indicator_i, region_i);
}

/* Its code in quotes stands in the definition, or a prefix of it ends in "*" (s:like). */
static bool names(const struct gb_script_file *f, const char *code)
{
    size_t n = strlen(code);
    for (size_t i = 0; i + n + 2 <= f->n; i++)
        if (f->text[i] == '"' && memcmp(f->text + i + 1, code, n) == 0 && f->text[i + 1 + n] == '"')
            return true;
    for (size_t k = 3; k < n; k++)
        for (size_t i = 0; i + k + 3 <= f->n; i++)
            if (f->text[i] == '"' && memcmp(f->text + i + 1, code, k) == 0 && f->text[i + 1 + k] == '*' &&
                f->text[i + 2 + k] == '"')
                return true;
    return false;
}

enum gb_code gb_explain_documents(struct gb_app *app, int indicator_i, struct gb_err *e)
{
    const struct gb_catalogue *c = &app->catalogue;
    const struct gb_indicator *ind = &c->indicator[indicator_i];
    enum gb_code code = gb_script_load(&app->sources, &app->arena, app->args.reports, e);
    if (code != GB_OK)
        return code;
    puts("\nTài liệu có thể nêu con số này (theo định nghĩa và danh mục; mỗi đối tượng chỉ thấy trong quyền của mình):");
    for (int i = 0; i < ind->n_scenarios; i++)
        printf("  kịch bản: %s\n", c->scenario[ind->scenario[i]].name_vi);
    for (int i = 0; i < ind->n_groups; i++)
        printf("  nhóm chỉ số: %s\n", c->group[ind->group[i]].name_vi);
    for (size_t i = 0; i < app->sources.n_files; i++)
        if (names(&app->sources.file[i], ind->code))
            printf("  nêu đích danh trong %s\n", app->sources.file[i].path);
    printf("  trang web: chi-so/%s.html\n", ind->code);
    return GB_OK;
}
