/* cmd_export.c — `giaoban export`: the observations of a vintage, or what was derived from them, for one audience's eyes. */
#define _GNU_SOURCE
#include "app/episodes.h"
#include "app/extract.h"
#include "base/file.h"
#include "cube/export.h"
#include "evaluation/export.h"
#include "store/export.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static enum gb_code pick_vintage(struct gb_app *app, struct gb_vintage *v, struct gb_err *e)
{
    struct gb_store *s = NULL;
    int64_t number = app->args.vintage;
    enum gb_code code = gb_store_open(&s, gb_app_store(app), true, e);
    if (code == GB_OK && app->args.as_of.year) {
        code = gb_store_vintage_on(s, app->args.as_of, &number, e);
        if (code == GB_OK && number == 0)
            code = gb_fail(e, GB_E_USAGE, "đến hết ngày %s chưa có bản giao nộp nào", app->args.as_of_text);
    }
    if (code == GB_OK && (app->args.date.year || app->args.evaluation))
        gb_store_until(s, gb_app_date(app)); /* as the night of that day */
    if (code == GB_OK)
        code = gb_store_vintage(s, number, v, e);
    gb_store_close(s);
    return code;
}

static enum gb_code to_sqlite(const struct gb_cube *cube, const char *path, struct gb_err *e)
{
    struct gb_sqlite_export *x = NULL;
    struct gb_arena a;
    enum gb_code code = gb_sqlite_export_open(&x, path, e), closed;
    gb_arena_init(&a, 0);
    size_t *order = gb_cube_order(cube, &a);
    for (size_t k = 0; code == GB_OK && k < cube->n_series; k++) {
        const struct gb_series *s = &cube->series[order[k]];
        const struct gb_indicator *ind = &cube->catalogue->indicator[s->indicator_i];
        if (s->flags & GB_SERIES_DERIVED)
            continue;
        for (uint32_t i = 0; code == GB_OK && i < s->n; i++) {
            char period[24];
            const struct gb_cube_delivery *d = gb_cube_delivery_find(cube, s->delivery[i]);
            gb_period_iso(ind->freq, s->period[i], period);
            struct gb_export_row r = {
                ind->code, cube->catalogue->region[s->region_i].code, period, s->value[i], ind->scale, s->status[i], { 0 }
            };
            if (d)
                r.as_of = d->as_of;
            code = gb_sqlite_export_row(x, &r, e);
        }
    }
    closed = gb_sqlite_export_close(x, code == GB_OK, e);
    gb_arena_release(&a);
    return code == GB_OK ? closed : code;
}

/* Written beside and renamed, so that a reader never sees half a table. */
static enum gb_code to_text(const struct gb_app *app, const struct gb_cube *cube, const struct gb_evaluation *ev, bool csv,
                            bool numbers, struct gb_err *e)
{
    struct gb_arena a;
    gb_arena_init(&a, 0);
    const char *path = app->args.output, *tmp = gb_sprintf(&a, "%s.tmp~", path);
    (void)unlink(tmp);
    int fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    enum gb_code code = fd < 0 ? gb_fail_errno(e, GB_E_IO, errno, "không tạo được %s", tmp) : GB_OK;
    struct gb_sink sink = { gb_sink_fd, &fd };
    if (code == GB_OK && app->args.evaluation)
        code = csv ? gb_evaluation_export_csv(ev, sink, e) : gb_evaluation_export_json(ev, sink, e);
    else if (code == GB_OK)
        code = csv ? gb_cube_export_csv(cube, numbers, sink, e) : gb_cube_export_json(cube, numbers, sink, e);
    if (fd >= 0 && (fsync(fd) != 0) && code == GB_OK)
        code = gb_fail_errno(e, GB_E_IO, errno, "không đồng bộ được %s", tmp);
    if (fd >= 0 && close(fd) != 0 && code == GB_OK)
        code = gb_fail_errno(e, GB_E_IO, errno, "không đóng được %s", tmp);
    if (code == GB_OK)
        code = gb_rename(tmp, path, e);
    if (code != GB_OK && fd >= 0)
        (void)unlink(tmp);
    gb_arena_release(&a);
    return code;
}

/* What a night wrote of episodes, as it is. It holds everything, so it is for the eyes that see everything. */
static enum gb_code export_events(struct gb_app *app, bool csv, enum gb_audience audience, struct gb_err *e)
{
    struct gb_store *s = NULL;
    struct gb_store_night night = { 0 };
    struct gb_buf out = { 0 };
    bool found = false;
    const struct gb_catalogue *c = &app->catalogue;
    if (audience != GB_LEADERSHIP && audience != GB_IOC)
        return gb_fail(e, GB_E_USAGE, "--events: nhật ký diễn biến chỉ dành cho leadership và ioc");
    if (app->args.as_of.year || app->args.vintage || app->args.evaluation)
        return gb_fail(e, GB_E_USAGE, "--events không đi cùng --as-of, --vintage, --evaluation: chọn lượt đêm bằng --date");
    enum gb_code code = gb_app_catalogue(app, e);
    if (code == GB_OK)
        code = gb_store_open(&s, gb_app_store(app), true, e);
    if (code == GB_OK)
        code = gb_store_episodes_get(s, &app->arena, c->locality.slug, app->args.date, &night, &found, e);
    gb_store_close(s);
    if (code == GB_OK && !found)
        code = gb_fail(e, GB_E_USAGE, "kho chưa có nhật ký diễn biến %s%s; chạy giaoban night trước",
                       app->args.date.year ? "của lượt đêm ngày " : "của địa phương này",
                       app->args.date.year ? app->args.date_text : "");
    if (code == GB_OK) {
        (csv ? gb_episodes_csv : gb_episodes_json)(c, &night, &out);
        code = gb_file_replace(app->args.output, out.p, out.n, e);
    }
    gb_buf_release(&out);
    return code;
}

int gb_cmd_export(struct gb_app *app, struct gb_err *e)
{
    static struct gb_cube cube;
    static struct gb_evaluation ev;
    struct gb_vintage v;
    enum gb_audience audience = GB_LEADERSHIP;
    uint64_t orphans = 0;
    const char *out = app->args.output;
    bool csv = out && gb_ends_with(out, ".csv"), json = out && gb_ends_with(out, ".json"),
         sql = out && (gb_ends_with(out, ".sqlite") || gb_ends_with(out, ".db"));

    if (!csv && !json && !sql)
        return gb_exit_of(gb_fail(e, GB_E_USAGE, "cần -o TỆP với đuôi .csv, .json hoặc .sqlite"));
    if (sql && (app->args.evaluation || app->args.events))
        return gb_exit_of(gb_fail(e, GB_E_USAGE, "%s xuất ra .csv hoặc .json", app->args.events ? "--events" : "--evaluation"));
    if (app->args.audience && !gb_audience_parse(app->args.audience, &audience))
        return gb_exit_of(gb_fail(e, GB_E_USAGE, "--audience: \"%s\" không phải là leadership, statistics, front, public hay ioc",
                                  app->args.audience));
    if (app->args.events) {
        const enum gb_code code = export_events(app, csv, audience, e);
        return code == GB_OK ? 0 : gb_exit_of(code);
    }
    if (gb_app_catalogue(app, e) != GB_OK || pick_vintage(app, &v, e) != GB_OK)
        return 0;
    gb_cube_init(&cube, &app->catalogue);
    gb_evaluation_init(&ev, &cube, gb_app_date(app));
    bool inside = audience != GB_PUBLIC && audience != GB_FRONT;
    enum gb_code code = gb_extract_all(app, gb_app_store(app), &v, (int)gb_audience_part(audience), app->args.evaluation, &cube,
                                       app->args.evaluation ? &ev : NULL, &orphans, e);
    if (code == GB_OK)
        code = sql ? to_sqlite(&cube, out, e) : to_text(app, &cube, &ev, csv, inside, e);
    if (code == GB_OK && orphans && inside)
        gb_log_line(&app->log, GB_WARN, "export", "%llu quan sát không còn chỉ số hay địa bàn trong danh mục: không được xuất",
                    (unsigned long long)orphans);
    gb_evaluation_release(&ev);
    gb_cube_release(&cube);
    return 0;
}
