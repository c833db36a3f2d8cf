/* cmd_small.c — the commands of a few lines: verify, sample, outlines, keygen, version, bench-locality. */
#include "app/app.h"
#include "app/sample.h"
#include "base/file.h"
#include "release/release.h"

int gb_cmd_verify(struct gb_app *app, struct gb_err *e)
{
    struct gb_verify_options opt = { .pub_key_path = app->args.pub, .on = app->args.date };
    struct gb_buf report = { 0 };
    enum gb_code code = gb_verify_edition_with(app->args.word[0], &opt, &report, e);

    if (report.n)
        fwrite(report.p, 1, report.n, stdout);
    if (code == GB_OK)
        printf("%s: đúng với manifest.json\n", app->args.word[0]);
    gb_buf_release(&report);
    return 0;
}

int gb_cmd_sample(struct gb_app *app, struct gb_err *e)
{
    const struct gb_args *g = &app->args;
    if (!g->from.year || !g->to.year || !g->output)
        return gb_exit_of(gb_fail(e, GB_E_USAGE, "cần --from, --to và -o THƯ-MỤC"));
    if (gb_app_catalogue(app, e) == GB_OK &&
        gb_sample_write(&app->catalogue, g->from, g->to, g->output, (uint64_t)g->seed, g->with_errors, e) == GB_OK)
        gb_log_line(&app->log, GB_INFO, "sample", "số liệu mẫu từ %s đến %s ở %s", g->from_text, g->to_text, g->output);
    return 0;
}

int gb_cmd_bench_locality(struct gb_app *app, struct gb_err *e)
{
    const struct gb_args *g = &app->args;
    if (!g->output)
        return gb_exit_of(gb_fail(e, GB_E_USAGE, "cần -o THƯ-MỤC"));
    return gb_exit_of(gb_sample_bench(g->output, g->n_indicators ? (int)g->n_indicators : 300,
                                      g->n_regions ? (int)g->n_regions : 167, g->n_months ? (int)g->n_months : 36,
                                      (uint64_t)g->seed, e));
}

int gb_cmd_outlines(struct gb_app *app, struct gb_err *e)
{
    struct gb_buf text = { 0 };
    if (gb_app_catalogue(app, e) == GB_OK && gb_outlines_text(&app->catalogue, &text, e) == GB_OK) {
        char *path = gb_path_join(&app->arena, app->catalogue.dir_locality, "boundaries.levels");
        if (!text.n)
            gb_fail(e, GB_E_USAGE, "%s chưa có boundaries.geojson; cài bằng scripts/boundaries", app->catalogue.dir_locality);
        else if (gb_file_replace(path, text.p, text.n, e) == GB_OK)
            printf("%s: %d ranh giới, %d mức giản lược\n", path, app->catalogue.n_boundaries, GB_OUTLINE_LEVELS);
    }
    gb_buf_release(&text);
    return 0;
}

int gb_cmd_keygen(struct gb_app *app, struct gb_err *e)
{
    if (gb_key_create(app->args.word[0], e) == GB_OK)
        printf("%s (giữ kín), %s.pub (công bố)\n", app->args.word[0], app->args.word[0]);
    return 0;
}

int gb_cmd_version(struct gb_app *app, struct gb_err *e)
{
    struct gb_cage cage;
    struct gb_err none = { 0 };
    (void)app;
    (void)e;
    printf("giaoban %s\n", gb_build_id());
    if (gb_cage_warm(&cage, true, &none) == GB_OK)
        printf("%s%s\n", gb_cage_word(&cage), cage.landlock_abi ? "" : " (nhân không có Landlock)");
    gb_cage_release(&cage);
    return 0;
}
